//! Evidence, records, the end of the investigation, assistance and interference.

use law::{ClockChange, Decided, Refusal, rule::Rule};
use lists::officers;
use uuid::Uuid;

use super::{Answer, context::Context};
use crate::domain::{
    events::*,
    rules::{duties, evidence},
};

pub(super) fn collect(cx: &Context<'_>, draft: &EvidenceCollected) -> Answer {
    let filed = cx.open()?;
    if cx.case.evidence.contains(&draft.evidence) {
        return Err(exists("evidence", draft.evidence));
    }
    let mut check = cx.check();
    cx.officers_act(&mut check, filed, &draft.officers);
    let stored = cx.facts.object_stored || !cx.handling();
    check
        .rule(&evidence::EN_EVIDENCE, evidence::admissible(&draft.source, &draft.sha256, stored))
        .rule(&evidence::EN_DEVICE, evidence::device_reviewed(draft.device.as_ref()));
    let event = EvidenceCollected { officers: cx.acting(&draft.officers), ..draft.clone() };
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
}

pub(super) fn exclude(cx: &Context<'_>, draft: &EvidenceExcluded) -> Answer {
    cx.undecided()?;
    if !cx.case.evidence.contains(&draft.evidence) {
        return Err(missing("evidence", draft.evidence));
    }
    if cx.case.excluded.contains(&draft.evidence) {
        return Ok(vec![]);
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn preserve(cx: &Context<'_>, draft: &EvidencePreserved) -> Answer {
    let filed = cx.ordinary()?;
    if cx.case.preserved.contains(&draft.preservation) || cx.case.settled.contains(&draft.preservation) {
        return Err(exists("preservation", draft.preservation));
    }
    let mut check = cx.check();
    cx.officers_act(&mut check, filed, &draft.officers);
    let acting = cx.acting(&draft.officers);
    let names: Vec<_> = acting.iter().map(|o| o.name.as_str()).collect();
    check.rule(&officers::EN_HEAD, officers::approved(&draft.approved_by, &names));
    let verdict = check.settle(cx.act.mode)?;
    let clock = open_keyed(&evidence::EN_PRESERVE, draft.preservation, cx, evidence::PRESERVATION);
    let event = EvidencePreserved { officers: acting, ..draft.clone() };
    Ok(vec![Decided::under(verdict, event.dated(cx.act.at)).clock(clock)])
}

pub(super) fn settle(cx: &Context<'_>, draft: &PreservationSettled) -> Answer {
    cx.open()?;
    if cx.case.settled.contains(&draft.preservation) {
        return Err(Refusal::state("ALREADY_SETTLED", "该登记保存已经处理", "this preservation has been settled"));
    }
    if !cx.case.preserved.contains(&draft.preservation) {
        return Err(missing("preservation", draft.preservation));
    }
    let clock = stop_keyed(&evidence::EN_PRESERVE, draft.preservation, cx);
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at)).clock(clock)])
}

pub(super) fn record(cx: &Context<'_>, draft: &RecordMade) -> Answer {
    cx.known()?;
    let mut check = cx.check();
    let stored = cx.facts.object_stored || !cx.handling();
    check
        .rule(&evidence::EN_EVIDENCE, evidence::admissible(&draft.title, &draft.sha256, stored))
        .rule(&evidence::EN_RECORD, Ok(()));
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at))])
}

pub(super) fn conclude(cx: &Context<'_>, draft: &InvestigationConcluded) -> Answer {
    cx.ordinary()?;
    Context::amounts(&draft.proposal)?;
    if let Some(at) = draft.bases.iter().position(|b| b.amount_fen < 0) {
        return Err(Refusal::Invalid { field: format!("bases[{at}].amount_fen"), en: "must not be negative".into() });
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn exempt(cx: &Context<'_>, draft: &ExemptionConsidered) -> Answer {
    cx.undecided()?;
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn request_assistance(cx: &Context<'_>, draft: &AssistanceRequested) -> Answer {
    cx.open()?;
    if cx.case.assistance.contains_key(&draft.request) {
        return Err(exists("assistance request", draft.request));
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn answer_assistance(cx: &Context<'_>, draft: &AssistanceAnswered) -> Answer {
    cx.known()?;
    match cx.case.assistance.get(&draft.request) {
        None => Err(missing("assistance request", draft.request)),
        Some(true) => Err(Refusal::state("ALREADY_ANSWERED", "该协助请求已经答复", "this request has been answered")),
        Some(false) => {
            let mut check = cx.check();
            check.rule(&duties::EN_ASSIST, Ok(()));
            Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at))])
        }
    }
}

pub(super) fn interference(cx: &Context<'_>, draft: &InterferenceRecorded) -> Answer {
    cx.known()?;
    let mut check = cx.check();
    check.rule(&duties::EN_INTERFERENCE, duties::interference_reported(&draft.reported_to));
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at))])
}

/// The id is taken.
pub(super) fn exists(what: &str, id: Uuid) -> Refusal {
    Refusal::state("ALREADY_RECORDED", format!("{id} 已经记录"), format!("{what} {id} has been recorded already"))
}

/// The id is unknown in this case.
pub(super) fn missing(what: &'static str, id: Uuid) -> Refusal {
    Refusal::NotFound { what, id: id.to_string() }
}

/// Opens one of several clocks of a rule.
pub(super) fn open_keyed(rule: &'static Rule, key: Uuid, cx: &Context<'_>, period: law::period::Period) -> ClockChange {
    ClockChange::open_keyed(rule, &key.to_string(), cx.act.at, period)
}

/// Stops one of several clocks of a rule.
pub(super) fn stop_keyed(rule: &'static Rule, key: Uuid, cx: &Context<'_>) -> ClockChange {
    ClockChange::Stopped { clock: ClockChange::name(rule, &key.to_string()), at: cx.act.at }
}
