//! Third parties, joint authors, and the applicant's reasons.

use jiff::civil::Date;
use law::{Decided, Refusal};
use uuid::Uuid;

use super::{Answer, Context};
use crate::domain::{
    events::*,
    rules::{
        ask::{Inquiry, Whom},
        period::Excess,
    },
};

pub(super) fn third_party(cx: &Context<'_>, draft: &ThirdPartyAsked) -> Answer {
    let event = draft.clone().dated(cx.act.at);
    inquire(cx, draft.inquiry, &Whom::ThirdParty(draft.person.clone()), draft.sent, event)
}

pub(super) fn agency(cx: &Context<'_>, draft: &AgencyAsked) -> Answer {
    let event = draft.clone().dated(cx.act.at);
    inquire(cx, draft.inquiry, &Whom::Agency(draft.agency_name.clone()), draft.sent, event)
}

fn inquire(cx: &Context<'_>, id: Uuid, whom: &Whom, sent: Date, event: impl Into<ApplicationEvent>) -> Answer {
    let received = cx.unanswered()?;
    let begun = received.at.map_or(cx.day(), law::day_of);
    if sent < begun || sent > cx.day() {
        return Err(Refusal::invalid("sent", "must lie between the receipt of the application and that of the letter"));
    }
    if cx.application.inquiries.iter().any(|i| i.id == id || i.asks(whom)) {
        return Err(Refusal::state(
            "ALREADY_ASKED",
            "已经征求过其意见，不再重复征求",
            "it has been asked already, and once is enough",
        ));
    }
    let event = event.into();
    let asked = cx.after(&event).inquiries.last().map(Inquiry::waited_for);
    Ok(vec![asked.into_iter().fold(Decided::plain(event), Decided::clock)])
}

pub(super) fn third_party_answer(cx: &Context<'_>, draft: &ThirdPartyAnswered) -> Answer {
    opinion(cx, draft.inquiry, |whom| matches!(whom, Whom::ThirdParty(_)), draft.clone().dated(cx.act.at))
}

pub(super) fn agency_answer(cx: &Context<'_>, draft: &AgencyAnswered) -> Answer {
    opinion(cx, draft.inquiry, |whom| matches!(whom, Whom::Agency(_)), draft.clone().dated(cx.act.at))
}

fn opinion(cx: &Context<'_>, id: Uuid, of: fn(&Whom) -> bool, event: impl Into<ApplicationEvent>) -> Answer {
    cx.known()?;
    let asked = cx.application.inquiries.iter().find(|i| i.id == id && of(&i.whom));
    let Some(inquiry) = asked else {
        return Err(Refusal::NotFound { what: "inquiry", id: id.to_string() });
    };
    if inquiry.opinion.is_some() {
        return Err(Refusal::state("ALREADY_GIVEN", "意见已经登记", "the opinion is recorded already"));
    }
    let decided = Decided::plain(event);
    // An answer that did not wait for it has ended the wait.
    let waited = cx.application.answer.as_ref().is_none_or(|answer| answer.at.is_some_and(|at| cx.act.at < at));
    Ok(vec![if waited { decided.clock(inquiry.heard(cx.day())) } else { decided }])
}

pub(super) fn demand_reasons(cx: &Context<'_>, draft: &ReasonsDemanded) -> Answer {
    cx.unanswered()?;
    if cx.application.excess != Excess::None {
        return Err(Refusal::state("ALREADY_DEMANDED", "已经要求说明理由", "reasons were asked for already"));
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn reasons(cx: &Context<'_>, draft: &ReasonsGiven) -> Answer {
    cx.unanswered()?;
    if cx.application.excess == Excess::None {
        return Err(Refusal::state("NOT_DEMANDED", "没有要求说明理由", "no reasons were asked for"));
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}
