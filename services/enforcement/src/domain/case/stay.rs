//! Execution that stands still while an appeal is pending.

use jiff::civil::Date;
use law::{ClockChange, Decided, Refusal};
use lists::facts::PenaltyKind;

use super::{
    Answer, Asked, Case, Named,
    context::Context,
    deferral::open_parts,
    state::{Appeal, Stay, StayOf},
};
use crate::domain::{
    events::*,
    rules::{
        money::{self, EN_PAY, EN_RECEIPT},
        stay::{self, EN_STAY, EN_STAY_ASK},
    },
};

/// The appeal of this number, while it is pending.
fn pending<'a>(cx: &Context<'a>, reference: &str) -> Result<&'a Appeal, Refusal> {
    let Some(appeal) = cx.case.appeals.get(reference) else {
        return Err(Refusal::NotFound { what: "appeal", id: reference.to_owned() });
    };
    if appeal.ended {
        return Err(Refusal::state("APPEAL_ENDED", "该复议或者诉讼已经结束", "this appeal has ended already"));
    }
    Ok(appeal)
}

/// Nothing is put off or called due while execution is stayed.
pub(super) fn holds() -> Refusal {
    Refusal::state(
        "STAYED",
        "决定正在停止执行，缴纳期限不计算；请待恢复执行后再办理",
        "execution is stayed and the time to pay stands still; wait until it goes on",
    )
}

/// Whether detention is all that is imposed beside money.
pub(super) fn detains_alone(penalty: &PenaltyDecided) -> bool {
    let detains = penalty.penalties.iter().any(|p| p.kind == PenaltyKind::Detention);
    detains && penalty.penalties.iter().all(|p| matches!(p.kind, PenaltyKind::Detention | PenaltyKind::Fine))
}

/// The clocks by which the party pays, while they run.
fn payment_clocks(cx: &Context<'_>) -> Vec<String> {
    let case = cx.case;
    if case.served.is_none() || case.unpaid_fen() == 0 || !case.penalty_stands() || !case.collects() {
        return Vec::new();
    }
    let parts = open_parts(case, case.money.paid_fen);
    let parts = parts.into_iter().map(|due| ClockChange::name(&EN_PAY, &due.to_string()));
    parts.chain([EN_PAY.id.to_owned()]).collect()
}

fn suspended(clock: String, from: Date, until: Option<Date>, key: &str) -> impl Iterator<Item = ClockChange> {
    let stands = ClockChange::suspend(clock.clone(), from, "停止执行期间", "while execution is stayed").keyed(key);
    let until = until.and_then(|until| until.tomorrow().ok());
    [Some(stands), until.map(|on| ClockChange::resume(clock, on).keyed(key))].into_iter().flatten()
}

/// The time to pay begins with the service, and stands still at once where a stay holds.
pub(super) fn from_service(cx: &Context<'_>, decided: Decided<CaseEvent>) -> Decided<CaseEvent> {
    let holding = cx.case.stays.iter().filter(|stay| stay.of != StayOf::Detention && stay.holds(cx.day()));
    let changes = holding
        .flat_map(|Stay { from, until, reference, .. }| suspended(EN_PAY.id.to_owned(), *from, *until, reference));
    changes.fold(decided, Decided::clock)
}

/// The stays of an appeal end with this day, and the time to pay is counted again from the next.
pub(super) fn over(cx: &Context<'_>, decided: Decided<CaseEvent>, reference: &str) -> Decided<CaseEvent> {
    let lasts = |stay: &Stay| stay.reference == reference && stay.of != StayOf::Detention && stay.holds(cx.day());
    let Ok(next) = cx.day().tomorrow() else { return decided };
    if !cx.case.stays.iter().any(lasts) {
        return decided;
    }
    let changes = payment_clocks(cx).into_iter().map(|clock| ClockChange::resume(clock, next).keyed(reference));
    changes.fold(decided, Decided::clock)
}

impl Asked for PaymentDeclined {
    /// The party is in its right: no rule is held against it, and what it owes stands still until it may have its receipt.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.standing_penalty()?;
        Context::positive("amount_fen", self.amount_fen)?;
        if self.amount_fen > cx.case.unpaid_fen() {
            return Err(Refusal::state(
                "MORE_THAN_OWED",
                "收缴数额超过尚欠罚款；请核对",
                "the amount is more than what is left of the fine; check it",
            ));
        }
        if cx.case.receipt_refused(cx.day()) {
            return Err(Refusal::state(
                "ALREADY_DECLINED",
                "当事人拒缴已经记录",
                "that the party declined is on record already",
            ));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        let from = cx.day();
        let stands = |clock: String| {
            let (zh, en) = ("没有出具专用票据期间", "while no receipt is given");
            ClockChange::suspend(clock, from, zh, en).keyed(Stay::RECEIPT)
        };
        Ok(vec![payment_clocks(cx).into_iter().map(stands).fold(decided, Decided::clock)])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: vec![&self.collector], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && case.unpaid_fen() > 0
    }
}

impl Asked for ReceiptOffered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.standing_penalty()?;
        if !cx.case.receipt_refused(cx.day()) {
            return Err(Refusal::state(
                "NOT_DECLINED",
                "没有因票据拒缴的记录",
                "no payment was declined for want of a receipt",
            ));
        }
        let mut check = cx.check();
        check.rule(&EN_RECEIPT, money::receipted(&self.receipt));
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        Ok(vec![over(cx, decided, Stay::RECEIPT)])
    }

    fn may_come(case: &Case) -> bool {
        case.stays.iter().any(|stay| stay.of == StayOf::Payment && stay.until.is_none())
    }
}

impl Asked for ExecutionStayed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.standing_penalty()?;
        let appeal = pending(cx, &self.reference)?;
        if self.until.is_some_and(|until| until < cx.day()) {
            return Err(Refusal::invalid("until", "is before the day of the stay"));
        }
        if cx.case.stays.iter().any(|s| s.reference == self.reference && s.of == StayOf::Execution && s.holds(cx.day()))
        {
            return Err(Refusal::state(
                "ALREADY_STAYED",
                "该复议或者诉讼中已经停止执行",
                "execution is stayed in this appeal already",
            ));
        }
        let mut check = cx.check();
        check.rule(&EN_STAY, stay::ordered(self, appeal.kind));
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        let (from, until) = (cx.day(), self.until);
        let changes = payment_clocks(cx).into_iter().flat_map(|clock| suspended(clock, from, until, &self.reference));
        Ok(vec![changes.fold(decided, Decided::clock)])
    }

    fn named(&self) -> Named<'_> {
        Named { summary: self.by.zh().to_owned(), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && case.appeal_pending()
    }
}

impl Asked for StayLifted {
    /// Where nothing is stayed, there is nothing to lift: a refused request for a stay says the same.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        if !cx.case.stays.iter().any(|stay| stay.reference == self.reference && stay.holds(cx.day())) {
            return Ok(vec![]);
        }
        Ok(vec![over(cx, Decided::plain(self.clone().dated(cx.act.at)), &self.reference)])
    }

    fn may_come(case: &Case) -> bool {
        case.stays.iter().any(|stay| stay.of != StayOf::Payment && stay.until.is_none())
    }
}

impl Asked for StayRequested {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (_, penalty) = cx.standing_penalty()?;
        pending(cx, &self.reference)?;
        if penalty.penalties.iter().all(|p| p.kind != PenaltyKind::Detention) {
            return Err(Refusal::state(
                "NO_DETENTION",
                "没有限制人身自由的处罚；停止执行请向复议机关或者人民法院提出",
                "no detention was imposed; a stay of anything else is asked of the organ or the court",
            ));
        }
        if cx.case.stay_requests.get(&self.reference) == Some(&false) {
            return Err(Refusal::state(
                "ALREADY_REQUESTED",
                "暂缓执行申请尚未答复",
                "the request has not been answered yet",
            ));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        let detains = |penalty: &PenaltyDecided| penalty.penalties.iter().any(|p| p.kind == PenaltyKind::Detention);
        case.penalty_stands() && case.appeal_pending() && case.penalty().is_some_and(detains)
    }
}

impl Asked for StayAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        pending(cx, &self.reference)?;
        if cx.case.stay_requests.get(&self.reference) != Some(&false) {
            return Err(Refusal::state(
                "NOT_REQUESTED",
                "没有待答复的暂缓执行申请",
                "no request for a stay is waiting for an answer",
            ));
        }
        let mut check = cx.check();
        let (decided_by, official) = cx.head(&mut check, filed, &self.decided_by);
        check.rule(&EN_STAY_ASK, stay::answered(self));
        let event = Self { decided_by, official, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.decided_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.stay_requests.values().any(|answered| !answered)
    }
}
