//! Filing, the officers in charge, recusal and jurisdiction.

use law::{ClockChange, Decided, Refusal};
use lists::officers;

use super::{Answer, context::Context};
use crate::domain::{
    events::*,
    rules::{competence, decision},
};

pub(super) fn file(cx: &Context<'_>, draft: &CaseFiled) -> Answer {
    if cx.case.filed.is_some() {
        return Err(Refusal::state("ALREADY_FILED", "案件已经立案", "the case has been filed already"));
    }
    dates(cx, &draft.violation)?;
    if draft.party.key().is_none() {
        return Err(Refusal::Invalid { field: "party".into(), en: "needs a uscc, or a citizen's id number".into() });
    }
    let day = cx.day();
    let item = cx.facts.item.as_deref();
    let agency = cx.facts.agency.as_ref();
    let mut filed = draft.clone().dated(cx.act.at);
    filed.officers = cx.acting(&draft.officers);
    if let Some(item) = item {
        filed.item_name.clone_from(&item.name);
        filed.item_version = item.version;
        filed.base_code = item.base_code.clone();
        filed.field.clone_from(&item.field);
    }
    if let Some(agency) = agency {
        filed.agency_name.clone_from(&agency.name);
        filed.region = agency.region.clone();
    }
    let mut check = cx.check();
    check.rule(&competence::EN_POWER, competence::power(&draft.agency, agency, item, day)).rule(
        &competence::EN_JURISDICTION,
        competence::jurisdiction(item, &draft.violation, draft.designation.as_deref()),
    );
    cx.officers_act(&mut check, &filed, &draft.officers);
    let at = cx.act.at;
    let ordinary = filed.procedure == Procedure::Ordinary;
    let decided = Decided::under(check.settle(cx.act.mode)?, filed);
    Ok(vec![if ordinary {
        decided.clock(ClockChange::open(&decision::EN_NINETY, at, decision::NINETY))
    } else {
        decided
    }])
}

/// The days of a violation are in order.
fn dates(cx: &Context<'_>, v: &Violation) -> Result<(), Refusal> {
    let wrong =
        |field: &str, en: &str| Err(Refusal::Invalid { field: format!("violation.{field}"), en: en.to_owned() });
    if v.until.is_some_and(|until| until < v.from) {
        return wrong("until", "is before the first day of the violation");
    }
    if v.discovered < v.from {
        return wrong("discovered", "is before the first day of the violation");
    }
    if v.discovered > cx.day() {
        return wrong("discovered", "is after the day of filing");
    }
    Ok(())
}

pub(super) fn assign(cx: &Context<'_>, draft: &OfficersAssigned) -> Answer {
    let filed = cx.open()?;
    let mut check = cx.check();
    cx.officers_act(&mut check, filed, &draft.officers);
    let event = OfficersAssigned { officers: cx.acting(&draft.officers), ..draft.clone() };
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
}

pub(super) fn request_recusal(cx: &Context<'_>, draft: &RecusalRequested) -> Answer {
    cx.open()?;
    if !cx.case.investigators.contains_key(&draft.officer) {
        return Err(Refusal::NotFound { what: "officer of this case", id: draft.officer.to_string() });
    }
    if cx.case.recusals_open.contains(&draft.officer) {
        return Ok(vec![]);
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn decide_recusal(cx: &Context<'_>, draft: &RecusalDecided) -> Answer {
    cx.open()?;
    // APL 43(1) lets the head recuse an officer without a request, too.
    if !cx.case.investigators.contains_key(&draft.officer) {
        return Err(Refusal::NotFound { what: "officer of this case", id: draft.officer.to_string() });
    }
    let mut check = cx.check();
    cx.head(&mut check, &draft.decided_by);
    check.rule(&officers::OF_RECUSE, Ok(()));
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at))])
}

pub(super) fn dispute(cx: &Context<'_>, draft: &JurisdictionDisputed) -> Answer {
    cx.undecided()?;
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn designate(cx: &Context<'_>, draft: &JurisdictionDesignated) -> Answer {
    let filed = cx.undecided()?;
    let mut check = cx.check();
    // The designation itself is what the rule asks for; whom it names decides whether this case goes on.
    if draft.designated == filed.agency {
        check.rule(&competence::EN_JURISDICTION, Ok(()));
    }
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at))])
}
