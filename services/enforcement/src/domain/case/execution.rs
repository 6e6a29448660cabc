//! Payment, surcharge, appeal, demand, execution.

use jiff::Timestamp;
use law::{
    Check, ClockChange, Decided, Fault, MatterChange, Refusal, calendar::at_least, clock::begin_of_day, day_of,
    ending::Owed, id::OfficerCode, money::yuan, rule::Debtor,
};
use lists::facts::PenaltyKind;

use super::{
    Answer, Asked, Case, Named,
    context::Context,
    deferral,
    investigation::missing,
    service_publication::{cancel, consent_on_file, court_time, document_reached, on_the_spot},
    state::{Money, Stay},
    stay,
};
use crate::domain::{
    events::*,
    rules::{
        self, asked,
        delivery::Served,
        execution::{self, Course, EN_COURT, EndedAppeal},
        money::{self, EN_PAY, EN_SPOT_CASH, Late, Surcharge},
        own_execution::{self, EN_EXECUTE, EN_OFFSET, Held, Unappealed},
        service,
        stay::{EN_STAY, EN_STAY_ASK},
    },
};

const TO_AGENCY: &str = "agency";
const TO_BANK: &str = "bank";

impl Asked for FinePaid {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, penalty) = cx.standing_penalty()?;
        if self.amount_fen < 0 || self.surcharge_fen < 0 {
            return Err(Refusal::Invalid { field: "amount_fen".into(), en: "must not be negative".into() });
        }
        Context::positive("amount_fen", self.amount_fen.saturating_add(self.surcharge_fen))?;
        let owed = cx.case.money.surcharge_fen.saturating_sub(cx.case.money.surcharge_paid_fen);
        if self.amount_fen > cx.case.unpaid_fen() || self.surcharge_fen > owed {
            return Err(Refusal::state(
                "MORE_THAN_OWED",
                "缴纳数额超过尚欠罚款；请核对",
                "the payment is more than what is left of the fine; check the amount",
            ));
        }
        let mut check = cx.check();
        // What is decided again by order is not decided on the spot, and no cash is taken over it there.
        let later = !on_the_spot(cx, filed) || cx.case.decided_at().is_some_and(|decided| day_of(decided) != cx.day());
        check
            .rule(
                &money::EN_SEPARATE,
                money::separate(self.channel, self.spot_ground, filed.procedure, penalty.fine_fen, later),
            )
            .rule(&money::EN_RECEIPT, money::receipted(&self.receipt));
        if let Some(outcome) = money::receipt_of(self.channel, self.receipt_of, cx.day()) {
            check.rule(&money::EN_RECEIPT, outcome);
        }
        if self.ashore_on.is_some_and(|day| day < cx.day()) {
            return Err(Refusal::invalid("ashore_on", "is before the day on which it was taken"));
        }
        if self.channel == PayChannel::OnSpot {
            // One officer may take the money (APL 68 says 执法人员, and no number); he is one who may act.
            let collectors: Vec<OfficerCode> = self.collector.iter().cloned().collect();
            let item = cx.facts.item.as_deref().map(|item| &item.base_code);
            cx.may_act(&mut check, filed, &collectors, item, false);
        }
        let verdict = check.settle(cx.act.mode)?;
        let mut decided = Decided::under(verdict, self.clone().dated(cx.act.at));
        let money = cx.case.money;
        if self.channel == PayChannel::OnSpot {
            let from = self.cash_from(cx.act.at);
            let waits = money.cash_from.filter(|_| money.cash_fen > money.delivered_fen);
            decided = on_its_way(decided, TO_AGENCY, waits, from, Debtor::Officer);
        }
        let paid_up = self.amount_fen == cx.case.unpaid_fen();
        if cx.case.served.is_some() && cx.case.unpaid_fen() > 0 && cx.case.collects() {
            decided = stay::over(cx, decided, Stay::RECEIPT);
            decided = deferral::parts_paid(cx, decided, self.amount_fen);
            if paid_up {
                // It is paid up with its latest part, whichever is recorded last.
                decided = decided.clock(ClockChange::stop(&EN_PAY, last_of(money.paid_at, cx)));
            }
        }
        if paid_up && cx.case.court_clock_runs() {
            decided = decided.clock(cancel(&EN_COURT));
        }
        Ok(vec![decided])
    }

    fn named(&self) -> Named<'_> {
        Named {
            officers: self.collector.iter().collect(),
            summary: format!("{}元", yuan(self.amount_fen)),
            ..Named::default()
        }
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && case.unpaid_fen() > 0
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.paid_fen = self.amount_fen;
    }
}

impl Asked for CashDelivered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        Context::positive("amount_fen", self.amount_fen)?;
        let money = cx.case.money;
        let delivered = money.delivered_fen.saturating_add(self.amount_fen);
        if delivered > money.cash_fen {
            return Err(more_cash());
        }
        let mut decided = Decided::plain(self.clone().dated(cx.act.at));
        if delivered == money.cash_fen {
            decided = decided.clock(stop(TO_AGENCY, last_of(money.delivered_at, cx)));
        }
        let waits = money.bank_from.filter(|_| money.delivered_fen > money.banked_fen);
        decided = on_its_way(decided, TO_BANK, waits, cx.act.at, Debtor::Agency);
        Ok(vec![decided])
    }

    fn may_come(case: &Case) -> bool {
        case.money.cash_fen > case.money.delivered_fen
    }
}

impl Asked for CashBanked {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        Context::positive("amount_fen", self.amount_fen)?;
        let money = cx.case.money;
        let banked = money.banked_fen.saturating_add(self.amount_fen);
        if banked > money.delivered_fen {
            return Err(more_cash());
        }
        let mut check = cx.check();
        check.rule(&money::EN_RECEIPT, money::receipted(&self.receipt));
        let mut decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        if banked == money.delivered_fen {
            decided = decided.clock(stop(TO_BANK, last_of(money.banked_at, cx)));
        }
        Ok(vec![decided])
    }

    fn may_come(case: &Case) -> bool {
        case.money.delivered_fen > case.money.banked_fen
    }
}

/// Cash that was taken and is on its way.
pub(super) fn cash_owed(money: &Money) -> impl Iterator<Item = Owed> {
    let on_the_way =
        [(money.cash_fen > money.delivered_fen, TO_AGENCY), (money.delivered_fen > money.banked_fen, TO_BANK)];
    on_the_way.into_iter().filter(|(on_the_way, _)| *on_the_way).map(|(_, to)| Owed::keyed(&EN_SPOT_CASH, to))
}

impl FinePaid {
    /// From when on the two days of cash run: on the water from the day ashore.
    pub(super) fn cash_from(&self, at: Timestamp) -> Timestamp {
        self.ashore_on.map_or(at, |ashore| begin_of_day(ashore).max(at))
    }
}

/// The clock of cash that is on its way from then on. The earliest of it counts, in whatever order it is recorded. `waits`: from when on a
/// running one does.
fn on_its_way(
    decided: Decided<CaseEvent>,
    to: &str,
    waits: Option<Timestamp>,
    from: Timestamp,
    debtor: Debtor,
) -> Decided<CaseEvent> {
    let open = || ClockChange::open_keyed(&EN_SPOT_CASH, to, from, money::SPOT_CASH).owed_by(debtor);
    match waits {
        None => decided.clock(open()),
        Some(running) if from < running => {
            let clock = ClockChange::name(&EN_SPOT_CASH, to);
            decided.clock(ClockChange::Cancelled { clock }).clock(open())
        }
        Some(_) => decided,
    }
}

/// What comes in parts is done with its latest one.
fn last_of(before: Option<Timestamp>, cx: &Context<'_>) -> Timestamp {
    before.map_or(cx.act.at, |before| before.max(cx.act.at))
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

impl Asked for SurchargeImposed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (_, penalty) = cx.standing_penalty()?;
        Context::positive("amount_fen", self.amount_fen)?;
        let last = cx.case.pay_by(cx.calendar());
        let money = cx.case.money;
        // Whoever has paid is late no more.
        let paid_on = money.paid_at.filter(|_| cx.case.unpaid_fen() == 0).map(day_of);
        let until = paid_on.map_or(cx.day(), |paid| paid.min(cx.day()));
        let late = last.map_or_else(Late::default, |last| cx.case.late(at_least(last), until));
        let surcharge = money::surcharge(Surcharge {
            fine_fen: penalty.fine_fen,
            days: self.days,
            amount_fen: self.amount_fen,
            days_before: money.surcharge_days,
            total_before_fen: money.surcharge_fen,
            earlier_fen: money.surcharge_before_fen,
            late,
            appeal_pending: cx.case.under_appeal(cx.day()),
        });
        let mut check = cx.check();
        // At most so many days late: within them it is lawful only if the last day is known.
        let known = last.unwrap_or(Ok(cx.day())).map(|_| ()).map_err(Fault::from);
        check.rule(&money::EN_SURCHARGE, surcharge.and(known));
        let verdict = check.settle(cx.act.mode)?;
        let total_fen = money.surcharge_fen.saturating_add(self.amount_fen);
        Ok(vec![Decided::under(verdict, SurchargeImposed { total_fen, ..self.clone() }.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { summary: format!("{}日，{}元", self.days, yuan(self.amount_fen)), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && case.unpaid_fen() > 0 && case.served.is_some()
    }
}

impl Asked for AppealLodged {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.standing_penalty()?;
        if cx.case.appeals.contains_key(&self.reference) {
            return Err(Refusal::state(
                "ALREADY_LODGED",
                "该复议或者诉讼已经记录",
                "this appeal has been recorded already",
            ));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        Ok(vec![if cx.case.court_clock_runs() { decided.clock(cancel(&EN_COURT)) } else { decided }])
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands()
    }
}

impl Asked for AppealEnded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        let Some(appeal) = cx.case.appeals.get(&self.reference) else {
            return Err(Refusal::NotFound { what: "appeal", id: self.reference.clone() });
        };
        if appeal.ended {
            return Err(Refusal::state("APPEAL_ENDED", "该复议或者诉讼已经结束", "this appeal has ended already"));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        let decided = stay::over(cx, decided, &self.reference);
        let others = cx.case.appeals.values().filter(|a| !a.ended).count() > 1;
        let stands = cx.case.overturned.is_none() && cx.case.collects();
        if !stands || others || cx.case.served.is_none() || cx.case.unpaid_fen() == 0 {
            return Ok(vec![decided]);
        }
        let ended = EndedAppeal { kind: appeal.kind, at: cx.act.at, how: self.ending };
        let course = Course { pending: false, ended: Some(ended), ..cx.case.course() };
        Ok(vec![court_time(cx, decided, &course)])
    }

    fn may_come(case: &Case) -> bool {
        case.appeal_pending()
    }
}

impl Asked for DemandServed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        if self.perform_by.is_some_and(|last| last < cx.day()) {
            return Err(Refusal::Invalid { field: "perform_by".into(), en: "is before the day of the demand".into() });
        }
        let mut check = cx.check();
        if self.method == ServiceMethod::Electronic && (self.delivery.is_some() || asked(cx.day())) {
            check.rule(&service::EN_SERVE_ELECTRONIC, service::consented(self.method, consent_on_file(cx)));
        }
        let served = Served { method: Some(self.method), delivery: self.delivery.as_ref() };
        let decided_on = cx.case.decided_at().map(day_of);
        document_reached(cx, &mut check, filed, served, decided_on);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.goes_on(&EN_COURT) && case.penalty_stands()
    }
}

impl ExecutionEnforced {
    /// The measure of this case that it names.
    fn held(&self, cx: &Context<'_>) -> Option<Held> {
        let measure = cx.case.measures.iter().find(|m| Some(m.taken.measure) == self.measure)?;
        Some(Held { kind: measure.taken.kind, ended: measure.ended })
    }

    /// By the item, or by ACL 46(3) for what was seized.
    fn within_power(&self, cx: &Context<'_>, filed: &CaseFiled) -> Result<(), Fault> {
        let by_item = own_execution::may_execute(cx.facts.named_item.as_deref(), &filed.agency, self.way, cx.day());
        let course = cx.case.course();
        let over = execution::court_ready(&course, false, cx.day(), cx.calendar()).is_ok();
        let unappealed = if over && course.ended.is_none() { Unappealed::Yes } else { Unappealed::No };
        own_execution::or_as_seized(by_item, self.way, self.held(cx).map(|held| held.kind), unappealed)
    }
}

impl Asked for ExecutionEnforced {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        let moving = self.moving.iter().any(|id| cx.on_file(id));
        if let Some(id) = self.moving.iter().find(|id| !cx.on_file(id)) {
            return Err(missing("evidence", *id));
        }
        let served = cx.case.served.as_ref().and_then(|served| served.at).map(day_of);
        let pay_by = cx.case.pay_by(cx.calendar()).filter(|_| cx.case.unpaid_fen() > 0);
        let mut check = cx.check();
        let (decided_by, official) = cx.head(&mut check, filed, &self.decided_by);
        check
            .rule(&EN_EXECUTE, own_execution::due(served, pay_by, cx.case.is_performed(), cx.day()))
            .rule(&EN_EXECUTE, self.within_power(cx, filed))
            .rule(&execution::EN_DEMAND, execution::demanded(cx.case.demand.as_ref(), moving, cx.day()))
            .rule(&execution::EN_NIGHT, execution::by_day(cx.act.at, self.urgent.as_deref(), cx.calendar()));
        if let Some(outcome) = own_execution::pays(self.way, self.measure.is_some(), self.held(cx), cx.case.owed_fen())
        {
            check.rule(&EN_OFFSET, outcome);
        }
        not_while_stayed(cx, &mut check);
        let event = Self { decided_by, official, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.decided_by], item: Some(&self.item), summary: self.what.clone(), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.goes_on(&EN_COURT) && case.penalty_stands()
    }
}

impl Asked for CourtApplied {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (_, penalty) = cx.standing_penalty()?;
        if !cx.case.may_apply() {
            return Err(Refusal::state(
                "ALREADY_APPLIED",
                "已经申请人民法院强制执行",
                "the court has been applied to already",
            ));
        }
        let money_only = penalty.fine_fen > 0 && penalty.penalties.iter().all(|p| p.kind == PenaltyKind::Fine);
        let done = (money_only && cx.case.unpaid_fen() == 0) || (cx.case.performed && cx.case.unpaid_fen() == 0);
        let mut check = cx.check();
        check
            .rule(&execution::EN_COURT_READY, execution::court_ready(&cx.case.course(), done, cx.day(), cx.calendar()))
            .rule(
                &execution::EN_DEMAND,
                execution::demanded_for_court(cx.case.demand.as_ref(), cx.day(), cx.calendar()),
            );
        not_while_stayed(cx, &mut check);
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        Ok(vec![if cx.case.court_clock_runs() {
            decided.clock(ClockChange::stop(&EN_COURT, cx.act.at))
        } else {
            decided
        }])
    }

    fn named(&self) -> Named<'_> {
        Named { summary: self.court.clone(), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.goes_on(&EN_COURT) && case.penalty_stands() && case.may_apply()
    }
}

impl Asked for CourtAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        if !cx.case.court_applied {
            return Err(Refusal::state("NOT_APPLIED", "没有申请人民法院强制执行", "the court has not been applied to"));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_open() && case.court_applied
    }
}

/// A case whose execution was never stayed has nothing to keep to.
fn not_while_stayed(cx: &Context<'_>, check: &mut Check) {
    if !cx.case.stays.is_empty() {
        check.rule(&EN_STAY, rules::stay::not_stayed(cx.case.stayed(cx.day())));
    }
}

impl Asked for PenaltyPerformed {
    /// The party may perform while execution is stayed; a detention is not performed, but carried out.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (_, penalty) = cx.standing_penalty()?;
        let mut check = cx.check();
        if stay::detains_alone(penalty) {
            if !cx.case.stays.is_empty() {
                check.rule(&EN_STAY, rules::stay::not_stayed(cx.case.detention_stayed(cx.day())));
            }
            if !cx.case.stay_requests.is_empty() {
                let unanswered = cx.case.stay_requests.values().any(|answered| !answered);
                check.rule(&EN_STAY_ASK, rules::stay::answered_first(unanswered));
            }
        }
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.goes_on(&EN_COURT) && case.penalty_stands()
    }
}
