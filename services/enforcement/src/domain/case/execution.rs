//! Payment, surcharge, appeal, demand, execution.

use jiff::{Timestamp, tz::Offset};
use law::{ClockChange, Decided, Refusal, calendar::Calendar, day_of, id::OfficerCode, period::Period};
use lists::{facts::PenaltyKind, officers};

use super::{
    Answer,
    context::Context,
    service_publication::{cancel, then_three_months},
};
use crate::domain::{
    events::*,
    rules::{
        execution::{self, EN_COURT},
        money::{self, EN_PAY, EN_SPOT_CASH, Surcharge},
    },
};

const TO_AGENCY: &str = "agency";
const TO_BANK: &str = "bank";

pub(super) fn pay(cx: &Context<'_>, draft: &FinePaid) -> Answer {
    let (filed, penalty) = cx.standing_penalty()?;
    if draft.amount_fen < 0 || draft.surcharge_fen < 0 {
        return Err(Refusal::Invalid { field: "amount_fen".into(), en: "must not be negative".into() });
    }
    Context::positive("amount_fen", draft.amount_fen.saturating_add(draft.surcharge_fen))?;
    let owed = cx.case.money.surcharge_fen.saturating_sub(cx.case.money.surcharge_paid_fen);
    if draft.amount_fen > cx.case.unpaid_fen() || draft.surcharge_fen > owed {
        return Err(Refusal::state(
            "MORE_THAN_OWED",
            "缴纳数额超过尚欠罚款；请核对",
            "the payment is more than what is left of the fine; check the amount",
        ));
    }
    let mut check = cx.check();
    check
        .rule(&money::EN_SEPARATE, money::separate(draft.channel, draft.spot_ground, filed.procedure, penalty.fine_fen))
        .rule(&money::EN_RECEIPT, money::receipted(&draft.receipt));
    if draft.channel == PayChannel::OnSpot {
        let collectors: Vec<OfficerCode> = draft.collector.iter().cloned().collect();
        let agency = cx.agency(filed);
        let outcome = officers::certified(&collectors, &cx.facts.officers, &agency, &filed.field, cx.day());
        check.rule(&officers::OF_CERT, outcome);
    }
    let verdict = check.settle(cx.act.mode)?;
    let mut decided = Decided::under(verdict, draft.clone().dated(cx.act.at));
    let money = cx.case.money;
    if draft.channel == PayChannel::OnSpot && money.cash_fen <= money.delivered_fen {
        decided = decided.clock(ClockChange::open_keyed(&EN_SPOT_CASH, TO_AGENCY, cx.act.at, money::SPOT_CASH));
    }
    let paid_up = draft.amount_fen == cx.case.unpaid_fen();
    if paid_up && cx.case.served.is_some() && cx.case.unpaid_fen() > 0 && cx.case.closed.is_none() {
        decided = decided.clock(ClockChange::stop(&EN_PAY, cx.act.at));
        if !cx.case.court_applied && !cx.case.appeal_pending() {
            decided = decided.clock(cancel(&EN_COURT));
        }
    }
    Ok(vec![decided])
}

pub(super) fn deliver(cx: &Context<'_>, draft: &CashDelivered) -> Answer {
    cx.known()?;
    Context::positive("amount_fen", draft.amount_fen)?;
    let money = cx.case.money;
    let delivered = money.delivered_fen.saturating_add(draft.amount_fen);
    if delivered > money.cash_fen {
        return Err(more_cash());
    }
    let mut decided = Decided::plain(draft.clone().dated(cx.act.at));
    if delivered == money.cash_fen {
        decided = decided.clock(stop(TO_AGENCY, cx.act.at));
    }
    if money.delivered_fen <= money.banked_fen {
        decided = decided.clock(ClockChange::open_keyed(&EN_SPOT_CASH, TO_BANK, cx.act.at, money::SPOT_CASH));
    }
    Ok(vec![decided])
}

pub(super) fn bank(cx: &Context<'_>, draft: &CashBanked) -> Answer {
    cx.known()?;
    Context::positive("amount_fen", draft.amount_fen)?;
    let money = cx.case.money;
    let banked = money.banked_fen.saturating_add(draft.amount_fen);
    if banked > money.delivered_fen {
        return Err(more_cash());
    }
    let mut check = cx.check();
    check.rule(&money::EN_RECEIPT, money::receipted(&draft.receipt));
    let mut decided = Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at));
    if banked == money.delivered_fen {
        decided = decided.clock(stop(TO_BANK, cx.act.at));
    }
    Ok(vec![decided])
}

fn stop(key: &str, at: Timestamp) -> ClockChange {
    ClockChange::Stopped { clock: ClockChange::name(&EN_SPOT_CASH, key), at }
}

fn more_cash() -> Refusal {
    Refusal::state(
        "MORE_THAN_TAKEN",
        "数额超过当场收缴的款项；请核对",
        "the amount is more than the cash taken; check it",
    )
}

pub(super) fn defer(cx: &Context<'_>, draft: &PaymentDeferred) -> Answer {
    cx.standing_penalty()?;
    let Some(last) = cx.case.pay_by().filter(|_| cx.case.unpaid_fen() > 0) else {
        return Err(Refusal::state(
            "NOTHING_OWED",
            "没有待缴纳的罚款，或者决定尚未送达",
            "no fine is due in this case",
        ));
    };
    if draft.until <= last {
        return Err(Refusal::Invalid {
            field: "until".into(),
            en: format!("must be after {last}, the present last day"),
        });
    }
    let mut check = cx.check();
    cx.head(&mut check, &draft.approved_by);
    let verdict = check.settle(cx.act.mode)?;
    let days = u16::try_from(last.duration_until(draft.until).as_hours() / 24).unwrap_or(u16::MAX);
    let mut decided = Decided::under(verdict, draft.clone().dated(cx.act.at)).clock(ClockChange::Extended {
        clock: EN_PAY.id.to_owned(),
        period: Period::CalendarDays(days),
        zh: format!("经{}批准延期、分期缴纳至 {}", draft.approved_by, draft.until),
        en: format!("put off until {} by {}", draft.until, draft.approved_by),
    });
    // APL 72(2): the time for the court runs from the end of the deferral.
    if !cx.case.court_applied && !cx.case.appeal_pending() {
        let end = Offset::constant(8).to_timestamp(draft.until.at(23, 0, 0, 0)).unwrap_or(cx.act.at);
        decided = decided.clock(cancel(&EN_COURT)).clock(ClockChange::open(&EN_COURT, end, execution::COURT));
    }
    Ok(vec![decided])
}

pub(super) fn surcharge(cx: &Context<'_>, draft: &SurchargeImposed) -> Answer {
    let (_, penalty) = cx.standing_penalty()?;
    Context::positive("amount_fen", draft.amount_fen)?;
    let days_late = cx.case.pay_by().map_or(0, |last| cx.case.days_without_appeal(last, cx.day()));
    let money = cx.case.money;
    let mut check = cx.check();
    check.rule(
        &money::EN_SURCHARGE,
        money::surcharge(Surcharge {
            fine_fen: penalty.fine_fen,
            days: draft.days,
            amount_fen: draft.amount_fen,
            days_before: money.surcharge_days,
            total_before_fen: money.surcharge_fen,
            days_late,
            appeal_pending: cx.case.appeal_pending(),
        }),
    );
    let verdict = check.settle(cx.act.mode)?;
    let total_fen = money.surcharge_fen.saturating_add(draft.amount_fen);
    Ok(vec![Decided::under(verdict, SurchargeImposed { total_fen, ..draft.clone() }.dated(cx.act.at))])
}

pub(super) fn lodge(cx: &Context<'_>, draft: &AppealLodged) -> Answer {
    cx.standing_penalty()?;
    if cx.case.appeals.contains_key(&draft.reference) {
        return Err(Refusal::state(
            "ALREADY_LODGED",
            "该复议或者诉讼已经记录",
            "this appeal has been recorded already",
        ));
    }
    let decided = Decided::plain(draft.clone().dated(cx.act.at));
    Ok(vec![if court_clock_runs(cx) { decided.clock(cancel(&EN_COURT)) } else { decided }])
}

pub(super) fn end_appeal(cx: &Context<'_>, draft: &AppealEnded) -> Answer {
    cx.ever()?;
    let Some(appeal) = cx.case.appeals.get(&draft.reference) else {
        return Err(Refusal::NotFound { what: "appeal", id: draft.reference.clone() });
    };
    if appeal.ended {
        return Err(Refusal::state("APPEAL_ENDED", "该复议或者诉讼已经结束", "this appeal has ended already"));
    }
    let mut decided = Decided::plain(draft.clone().dated(cx.act.at));
    let others = cx.case.appeals.values().filter(|a| !a.ended).count() > 1;
    let stands = cx.case.overturned.is_none() && cx.case.closed.is_none();
    if stands && !others && !cx.case.court_applied && cx.case.served.is_some() && cx.case.unpaid_fen() > 0 {
        decided = if appeal.kind == "reconsideration" {
            decided
                .clock(ClockChange::open(&EN_COURT, cx.act.at, execution::AFTER_RECONSIDERATION))
                .clock(then_three_months())
        } else {
            decided.clock(ClockChange::open(&EN_COURT, cx.act.at, execution::COURT))
        };
    }
    Ok(vec![decided])
}

fn court_clock_runs(cx: &Context<'_>) -> bool {
    cx.case.served.is_some()
        && cx.case.unpaid_fen() > 0
        && !cx.case.court_applied
        && !cx.case.appeal_pending()
        && cx.case.closed.is_none()
}

pub(super) fn demand(cx: &Context<'_>, draft: &DemandServed) -> Answer {
    cx.open()?;
    cx.standing_penalty()?;
    if draft.perform_by.is_some_and(|last| last < cx.day()) {
        return Err(Refusal::Invalid { field: "perform_by".into(), en: "is before the day of the demand".into() });
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn enforce(cx: &Context<'_>, draft: &ExecutionEnforced) -> Answer {
    cx.open()?;
    let (filed, _) = cx.standing_penalty()?;
    let mut check = cx.check();
    cx.head(&mut check, &draft.decided_by);
    check
        .rule(&execution::EN_EXECUTE, execution::may_execute(cx.facts.named_item.as_deref(), &filed.agency))
        .rule(&execution::EN_DEMAND, execution::demanded(cx.case.demand.as_ref(), cx.day()))
        .rule(&execution::EN_NIGHT, execution::by_day(cx.act.at, draft.urgent.as_deref(), Calendar::china()));
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at))])
}

pub(super) fn court(cx: &Context<'_>, draft: &CourtApplied) -> Answer {
    cx.open()?;
    let (_, penalty) = cx.standing_penalty()?;
    if cx.case.court_applied {
        return Err(Refusal::state(
            "ALREADY_APPLIED",
            "已经申请人民法院强制执行",
            "the court has been applied to already",
        ));
    }
    let ended = |kind: &str| {
        let ends = cx.case.appeals.values().filter(|a| a.kind == kind).filter_map(|a| a.ended_at);
        ends.max().map(day_of)
    };
    let appeals = execution::Appeals {
        served_on: cx.case.served.as_ref().and_then(|s| s.at).map(day_of),
        pending: cx.case.appeal_pending(),
        reconsidered_on: ended("reconsideration"),
        judged_on: ended("litigation"),
    };
    let money_only = penalty.fine_fen > 0 && penalty.penalties.iter().all(|p| p.kind == PenaltyKind::Fine);
    let done = (money_only && cx.case.unpaid_fen() == 0) || (cx.case.performed && cx.case.unpaid_fen() == 0);
    let mut check = cx.check();
    check.rule(&execution::EN_COURT_READY, execution::court_ready(appeals, done, cx.day(), Calendar::china())).rule(
        &execution::EN_DEMAND,
        execution::demanded_for_court(cx.case.demand.as_ref(), cx.day(), Calendar::china()),
    );
    let decided = Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at));
    let runs = appeals.served_on.is_some() && cx.case.unpaid_fen() > 0 && !appeals.pending;
    Ok(vec![if runs { decided.clock(ClockChange::stop(&EN_COURT, cx.act.at)) } else { decided }])
}

pub(super) fn court_answer(cx: &Context<'_>, draft: &CourtAnswered) -> Answer {
    cx.open()?;
    if !cx.case.court_applied {
        return Err(Refusal::state("NOT_APPLIED", "没有申请人民法院强制执行", "the court has not been applied to"));
    }
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}

pub(super) fn perform(cx: &Context<'_>, draft: &PenaltyPerformed) -> Answer {
    cx.open()?;
    cx.standing_penalty()?;
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at))])
}
