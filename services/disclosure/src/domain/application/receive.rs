//! Receipt, correction, and what ends an application without an answer.

use law::{ClockChange, Decided, Refusal, calendar, period::Period};

use super::{Answer, Context, place};
use crate::domain::{
    events::*,
    rules::{period, receive as rules},
    words::Element,
};

pub(super) fn receive(cx: &Context<'_>, draft: &ApplicationReceived) -> Answer {
    if cx.application.received.is_some() {
        return Err(Refusal::state("ALREADY_RECEIVED", "该申请已经登记", "the application is registered already"));
    }
    let Some(agency) = cx.facts.agency.as_ref().filter(|a| a.existing) else {
        return Err(Refusal::NotFound { what: "agency", id: draft.agency.to_string() });
    };
    if draft.arrived > cx.day() {
        return Err(Refusal::invalid("arrived", "is after the day of receipt"));
    }
    let mut check = cx.check();
    check
        .rule(&rules::DI_RECEIPT, rules::received_on(draft.channel, draft.arrived, cx.day()))
        .rule(&rules::DI_CONFIRM, rules::confirmed_on(draft.channel, draft.arrived, cx.day()));
    let (_, region) = place(draft, cx.facts);
    let missing = missing(draft);
    let unclear = !missing.is_empty();
    let number = cx.number(&draft.number);
    let event = ApplicationReceived { number, agency_name: agency.name.clone(), region, missing, ..draft.clone() };
    let mut decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at)).clock(ClockChange::open(
        &period::DI_ANSWER,
        cx.act.at,
        period::ANSWER,
    ));
    if unclear {
        decided = decided.clock(ClockChange::open(&rules::DI_CORRECT_TIME, cx.act.at, rules::CORRECT));
    }
    Ok(vec![decided])
}

/// What an application lacks of what OGI 29 asks for.
fn missing(draft: &ApplicationReceived) -> Vec<Element> {
    let lacks = |element| match element {
        Element::Identity => draft.applicant.key().is_none() || draft.applicant.name.trim().is_empty(),
        Element::Contact => !draft.contact,
        Element::Description => draft.description.trim().is_empty(),
        Element::Form => draft.form.is_none(),
    };
    Element::ALL.iter().copied().filter(|element| lacks(*element)).collect()
}

pub(super) fn request_correction(cx: &Context<'_>, draft: &CorrectionRequested) -> Answer {
    let received = cx.unanswered()?;
    if draft.until <= cx.day() {
        return Err(Refusal::invalid("until", "must be after the day on which the applicant is told"));
    }
    let mut check = cx.check();
    check.rule(&rules::DI_CORRECT, rules::once(cx.application.correction.as_ref()));
    let start = received.at.unwrap_or(cx.act.at);
    let Period::WorkingDays(days) = rules::CORRECT else { return Ok(vec![]) };
    let last = cx.calendar().add_working_days(law::day_of(start), days.into());
    // The period begins anew unless the correction is known to be late.
    let in_time = calendar::in_time(cx.day(), last).unwrap_or(true);
    let event = CorrectionRequested { in_time, ..draft.clone() }.dated(cx.act.at);
    let mut decided = Decided::under(check.settle(cx.act.mode)?, event);
    if received.missing.is_empty() {
        // What is unclear showed only on reading: the time runs from receipt all the same.
        decided = decided.clock(ClockChange::open(&rules::DI_CORRECT_TIME, start, rules::CORRECT));
    }
    decided = decided.clock(ClockChange::stop(&rules::DI_CORRECT_TIME, cx.act.at));
    if in_time {
        decided = decided.clock(cancel(&period::DI_ANSWER));
    }
    Ok(vec![decided])
}

pub(super) fn correct(cx: &Context<'_>, draft: &ApplicationCorrected) -> Answer {
    cx.unanswered()?;
    let Some(correction) = cx.application.correction else {
        return Err(Refusal::state("NO_CORRECTION", "没有告知过补正", "no correction was asked for"));
    };
    if correction.corrected {
        return Err(Refusal::state("ALREADY_CORRECTED", "申请已经补正", "the application is corrected already"));
    }
    let event: ApplicationEvent = draft.clone().dated(cx.act.at).into();
    let clocks = if correction.in_time { cx.after(&event).open_clock(cx.act.at) } else { Vec::new() };
    Ok(vec![clocks.into_iter().fold(Decided::plain(event), Decided::clock)])
}

pub(super) fn lapse(cx: &Context<'_>, draft: &ApplicationLapsed) -> Answer {
    cx.unanswered()?;
    let mut check = cx.check();
    match &cx.application.correction {
        None => check.rule(&rules::DI_RECEIVE, rules::corrected_first(None)),
        Some(correction) => {
            let (excuse, why_not) = (draft.excuse.as_deref(), draft.why_not.as_deref());
            check.rule(&rules::DI_LAPSE, rules::given_up(correction, cx.day(), excuse, why_not))
        }
    };
    end(cx, check, draft.clone().dated(cx.act.at))
}

pub(super) fn withdraw(cx: &Context<'_>, draft: &ApplicationWithdrawn) -> Answer {
    cx.unanswered()?;
    end(cx, cx.check(), draft.clone().dated(cx.act.at))
}

/// Ends an application that was never answered. Its clocks are owed no more; a lateness that is there stays on the record.
fn end(cx: &Context<'_>, mut check: law::Check, event: impl Into<ApplicationEvent>) -> Answer {
    let application = cx.application;
    if !application.corrects()
        && let Some(answer) = application.period()
    {
        check.rule(&period::DI_ANSWER, period::not_late(&answer, cx.day(), cx.calendar()));
    }
    let mut decided = Decided::under(check.settle(cx.act.mode)?, event).clock(cancel(&period::DI_ANSWER));
    if application.owes_correction() {
        decided = decided.clock(cancel(&rules::DI_CORRECT_TIME));
    }
    Ok(vec![decided])
}

/// What was owed under a rule is owed no more.
pub(super) fn cancel(rule: &'static law::Rule) -> ClockChange {
    ClockChange::Cancelled { clock: rule.id.to_owned() }
}
