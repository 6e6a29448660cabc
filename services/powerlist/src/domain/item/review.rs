//! The legal review of a draft, and the yearly one of what is in force.

use law::{Act, Check, ClockChange, Decided, Fault, Refusal, check::blank, id::OfficerCode};

use super::{Facts, pending, state::State};
use crate::domain::{
    events::{ItemEvent, ItemReviewed, ItemReviewedYearly},
    facts::ReviewerFact,
    rules::{OF_EXAM, PL_CHANGE, PL_GROUND, PL_PUBLISH, PL_REVIEW, PL_REVIEW_WITHIN, of_exam_reviewer, pl_ground},
};

pub(super) fn review(
    state: &State,
    act: &Act,
    facts: &Facts,
    c: &ItemReviewed,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let draft = pending(state, &c.item, c.version)?;
    if let Some(done) = &draft.review {
        let same = done.passed == c.passed && done.reviewer == c.reviewer && done.opinion == c.opinion;
        return if same { Ok(vec![]) } else { Err(reviewed_already(c.version)) };
    }
    let mut check = Check::on(act.day());
    check.rule(&OF_EXAM, reviewer(&c.reviewer, facts.person.as_ref())?);
    check.rule(&PL_CHANGE, opinion(&c.opinion));
    let decided = Decided::under(check.settle(act.mode)?, c.clone());
    // What failed its review will not be published, so nothing is owed any more.
    Ok(vec![match state.publish_clock {
        Some(key) if !c.passed => {
            decided.clock(ClockChange::Cancelled { clock: ClockChange::name(&PL_PUBLISH, &key.to_string()) })
        }
        _ => decided,
    }])
}

pub(super) fn review_yearly(
    state: &State,
    act: &Act,
    facts: &Facts,
    c: &ItemReviewedYearly,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(version) = state.versions.last().filter(|_| !state.is_cancelled()) else {
        return Err(Refusal::NotFound { what: "published item", id: c.item.to_string() });
    };
    if state.yearly.contains(c) {
        return Ok(vec![]);
    }
    if c.on > act.day() || c.on < version.effective.min(act.day()) {
        return Err(Refusal::invalid("on", "must lie between the first day of the version and the day of the act"));
    }
    // Anyone of the list office may look an item over; the signature must only be a real person's.
    if facts.person.is_none() {
        return Err(Refusal::NotFound { what: "officer", id: c.reviewer.to_string() });
    }
    let open =
        state.grounds.values().filter(|noted| noted.answer.is_none()).map(|noted| noted.ground.document.as_str());
    let mut check = Check::on(act.day());
    check.rule(&PL_GROUND, pl_ground(&open.collect::<Vec<_>>()));
    let mut decided = Decided::under(check.settle(act.mode)?, c.clone());
    if let Some(key) = state.review_clock {
        let clock = ClockChange::name(&PL_REVIEW, &key.to_string());
        decided = decided.clock(ClockChange::Stopped { clock, at: act.at });
    }
    let next = (state.next_review() + 1).to_string();
    Ok(vec![decided.clock(ClockChange::open_keyed(&PL_REVIEW, &next, act.at, PL_REVIEW_WITHIN))])
}

fn reviewed_already(version: u32) -> Refusal {
    Refusal::state(
        "REVIEWED_ALREADY",
        format!("第{version}版已有审核结论；修改请重新起草"),
        format!("version {version} has been reviewed already; to change it, draft it anew"),
    )
}

pub(super) fn reviewer(code: &OfficerCode, person: Option<&ReviewerFact>) -> Result<Result<(), Fault>, Refusal> {
    match person {
        Some(p) => Ok(of_exam_reviewer(&p.name, p.role, p.legal_qualification, p.reviewing_since)),
        None => Err(Refusal::NotFound { what: "officer", id: code.to_string() }),
    }
}

pub(super) fn opinion(text: &str) -> Result<(), Fault> {
    if blank(text) {
        return Err(Fault::new("合法性审核须写明审核意见", "the legal review must state its opinion"));
    }
    Ok(())
}
