//! The period made longer, a fee, the answer, its service, the archive.

use law::{ClockChange, Decided, Refusal, ending, period::Period};
use lists::facts::OfficeKind;

use super::{Answer, Context, receive::cancel};
use crate::domain::{
    events::*,
    rules::{answer as rules, ask, period, receive},
    words::{Ground, Outcome},
};

pub(super) fn extend(cx: &Context<'_>, draft: &AnswerExtended) -> Answer {
    let received = cx.unanswered()?;
    runs(cx, draft.working_days)?;
    let (before, more) = (cx.application.extended, draft.working_days);
    let mut check = cx.check();
    let heads = cx.officials(received, &[OfficeKind::DisclosureHead]);
    let consent = heads.named(&draft.approved_by).map(drop);
    check.rule(&period::DI_EXTEND, period::extended(before, more, consent, &draft.notice));
    let (approved_by, official) = heads.recorded(&draft.approved_by);
    let event = AnswerExtended { approved_by, official, ..draft.clone() };
    let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
    Ok(vec![decided.clock(longer(more, &draft.reason))])
}

pub(super) fn defer(cx: &Context<'_>, draft: &AnswerDeferred) -> Answer {
    cx.unanswered()?;
    runs(cx, draft.working_days)?;
    let mut check = cx.check();
    check.rule(&period::DI_REASONS, period::deferred(cx.application.excess, &draft.notice));
    let decided = Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at));
    Ok(vec![decided.clock(longer(draft.working_days, &draft.reason))])
}

/// Whether a period to answer runs that can be made longer; whether it has run out is for the frame to say.
fn runs(cx: &Context<'_>, more: u16) -> Result<(), Refusal> {
    if more == 0 {
        return Err(Refusal::invalid("working_days", "must be at least 1"));
    }
    if cx.application.period().is_none() || cx.application.corrects() {
        return Err(Refusal::state(
            "PERIOD_NOT_RUNNING",
            "申请补正期间答复期限没有起算，不需要延长",
            "while a correction is awaited no period runs, so there is nothing to extend",
        ));
    }
    Ok(())
}

fn longer(days: u16, reason: &str) -> ClockChange {
    let clock = period::DI_ANSWER.id.to_owned();
    ClockChange::Extended { clock, period: Period::WorkingDays(days), zh: reason.to_owned(), en: reason.to_owned() }
}

pub(super) fn charge(cx: &Context<'_>, draft: &FeeCharged) -> Answer {
    cx.unanswered()?;
    if draft.amount_fen <= 0 {
        return Err(Refusal::invalid("amount_fen", "must be more than 0"));
    }
    let mut check = cx.check();
    check.rule(&rules::DI_FEE, rules::chargeable(draft));
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at))])
}

pub(super) fn answer(cx: &Context<'_>, draft: &ApplicationAnswered) -> Answer {
    let received = cx.unanswered()?;
    let application = cx.application;
    let mut check = cx.check();
    check
        .rule(&rules::DI_CONTENT, rules::tells(draft))
        .rule(&rules::DI_GROUND, rules::grounded(draft))
        .rule(&rules::DI_REVIEW, rules::examined(draft))
        .rule(&rules::DI_RECONSIDER, rules::reconsideration_told(draft));
    match draft.outcome {
        Outcome::NotResponsible => check.rule(&rules::DI_FORWARD, rules::redirected(draft, received)),
        Outcome::Repeated => check.rule(&rules::DI_REPEAT, rules::repeats(draft, received, cx.facts.earlier.as_ref())),
        Outcome::StillUnclear => {
            check.rule(&receive::DI_RECEIVE, receive::corrected_first(application.correction.as_ref()))
        }
        Outcome::Unreasonable => check.rule(&period::DI_REASONS, period::put_aside(application.excess)),
        Outcome::AlreadyPublic
        | Outcome::Disclosed
        | Outcome::PartlyDisclosed
        | Outcome::NotDisclosed
        | Outcome::NotExisting
        | Outcome::SpecialLaw
        | Outcome::NeedsProcessing
        | Outcome::NotAnApplication
        | Outcome::Publication => &mut check,
    };
    if draft.outcome.discloses() || draft.grounds.contains(&Ground::ThirdParty) {
        let third = application.third_parties();
        check
            .rule(&ask::DI_THIRD, ask::heard(draft, &third))
            .rule(&ask::DI_THIRD_TIME, ask::had_time(&third, cx.day(), cx.calendar()));
    }
    if draft.outcome.discloses() {
        check.rule(&ask::DI_JOINT, ask::had_time(&application.joint_authors(), cx.day(), cx.calendar()));
    }
    // The Regulation does not say whose decision an answer is.
    let deciders = cx.officials(received, OfficeKind::ALL);
    let (decided_by, official) = deciders.recorded(&draft.decided_by);
    let event = ApplicationAnswered { number: cx.number(&draft.number), decided_by, official, ..draft.clone() };
    let verdict = check.settle(cx.act.mode)?;
    ending::named(&application.owed(cx.day(), cx.calendar()), &draft.left)?;
    let decided = Decided::under(verdict, event.dated(cx.act.at));
    let mut decided = application.waits_no_more(cx.day()).fold(decided, Decided::clock);
    if application.owes_correction() {
        decided = decided.clock(cancel(&receive::DI_CORRECT_TIME));
    }
    Ok(vec![decided])
}

pub(super) fn send(cx: &Context<'_>, draft: &AnswerSent) -> Answer {
    cx.open()?;
    if cx.application.answer.is_none() {
        return Err(Refusal::state("NOT_ANSWERED", "尚未作出答复", "no answer has been decided"));
    }
    let decided = Decided::plain(draft.clone().dated(cx.act.at));
    Ok(vec![decided.clock(ClockChange::stop(&period::DI_ANSWER, cx.act.at))])
}

pub(super) fn archive(cx: &Context<'_>, draft: &ApplicationArchived) -> Answer {
    cx.known()?;
    if cx.application.ended.is_none() {
        return Err(Refusal::state("NOT_ENDED", "申请尚未办结，不能归档", "the application has not ended"));
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}
