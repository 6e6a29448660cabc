//! Payment put off or split, and the end of that.

use jiff::civil::Date;
use law::{ClockChange, Decided, Refusal, calendar::at_least, money::yuan, period::Period};

use super::{
    Answer, Asked, Case, Named,
    context::Context,
    service_publication::{cancel, court_time},
    stay,
};
use crate::domain::{
    events::*,
    rules::{
        deferral::{self, EN_DEFER, PARTS_MAX},
        execution::Course,
        money::EN_PAY,
    },
};

fn nothing_owed() -> Refusal {
    Refusal::state("NOTHING_OWED", "没有待缴纳的罚款，或者决定尚未送达", "no fine is due in this case")
}

fn days_between(from: Date, to: Date) -> Period {
    Period::CalendarDays(u16::try_from(from.duration_until(to).as_hours() / 24).unwrap_or(u16::MAX))
}

impl PaymentDeferred {
    /// Parts, their number and the last day say the same.
    fn one_plan(&self) -> Result<(), Refusal> {
        let parts = self.parts.len();
        if self.ends_if_missed && parts == 0 {
            return Err(Refusal::invalid("ends_if_missed", "is only for payment in parts; name the parts"));
        }
        if self.parts.iter().any(|part| part.amount_fen <= 0) {
            return Err(Refusal::invalid("parts", "must each be more than 0"));
        }
        if parts > usize::from(PARTS_MAX) {
            return Err(Refusal::invalid("parts", format!("must be at most {PARTS_MAX}")));
        }
        if parts > 0 && parts != usize::from(self.instalments) {
            return Err(Refusal::invalid(
                "instalments",
                format!("is {}, but {parts} parts are named", self.instalments),
            ));
        }
        if self.parts.last().is_some_and(|last| last.due != self.until) {
            return Err(Refusal::invalid("until", "is not the day of the last part"));
        }
        Ok(())
    }
}

impl Asked for PaymentDeferred {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        if cx.case.stayed(cx.day()) {
            return Err(stay::holds());
        }
        let last = cx.case.pay_by(cx.calendar()).filter(|_| cx.case.unpaid_fen() > 0).map(at_least);
        let last = last.ok_or_else(nothing_owed)?;
        if self.until <= last {
            return Err(Refusal::Invalid {
                field: "until".into(),
                en: format!("must be after {last}, the present last day"),
            });
        }
        self.one_plan()?;
        let mut check = cx.check();
        let (approved_by, official) = cx.head(&mut check, filed, &self.approved_by);
        let before = cx.case.deferred.as_ref().and_then(|deferred| deferred.at);
        if let Some(outcome) = deferral::granted(self, cx.case.unpaid_fen(), before.map(law::day_of), cx.day()) {
            check.rule(&EN_DEFER, outcome);
        }
        let verdict = check.settle(cx.act.mode)?;
        let (zh, en) = (
            format!("经{approved_by}批准延期、分期缴纳至 {}", self.until),
            format!("put off until {} by {approved_by}", self.until),
        );
        let event = Self { approved_by, official, ..self.clone() };
        let decided = parts_void(cx, Decided::under(verdict, event.dated(cx.act.at))).clock(ClockChange::Extended {
            clock: EN_PAY.id.to_owned(),
            period: days_between(last, self.until),
            zh,
            en,
        });
        let earlier = self.parts.split_last().map_or(&[][..], |(_, earlier)| earlier);
        let decided = earlier.iter().fold(decided, |decided, part| {
            let days = days_between(cx.day(), part.due);
            let clock = ClockChange::open_keyed(&EN_PAY, &part.due.to_string(), cx.act.at, days).fixed();
            let fen = yuan(part.amount_fen);
            decided.clock(clock.saying(
                format!("当事人应当在 {} 以前缴纳分期罚款{fen}元", part.due),
                format!("the party pays {fen} yuan of the fine by {}", part.due),
            ))
        });
        let course = Course { deferred_until: Some(self.until), ..cx.case.course() };
        Ok(vec![court_time(cx, decided, &course)])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && case.unpaid_fen() > 0 && case.served.is_some()
    }
}

impl Asked for DeferralEnded {
    /// The rest is owed on one day, and the time for the court begins with that day (APL 72(2)).
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        if cx.case.stayed(cx.day()) {
            return Err(stay::holds());
        }
        let schedule = cx.case.schedule().filter(|_| cx.case.unpaid_fen() > 0).ok_or_else(|| {
            Refusal::state(
                "NOT_IN_PARTS",
                "罚款没有分期缴纳，或者已经缴清",
                "the fine is not paid in parts, or is paid",
            )
        })?;
        let last = cx.case.deferred.as_ref().map(|deferred| deferred.until);
        if self.pay_by <= cx.day() || last.is_some_and(|last| last < self.pay_by) {
            let last = last.unwrap_or(self.pay_by);
            return Err(Refusal::invalid("pay_by", format!("must be after {} and not after {last}", cx.day())));
        }
        let says_so = cx.case.deferred.as_ref().is_some_and(|deferred| deferred.ends_if_missed);
        let missed = schedule.missed(cx.day(), cx.case.paid_before(cx.day()));
        let mut check = cx.check();
        let (approved_by, official) = cx.head(&mut check, filed, &self.approved_by);
        check.rule(&EN_DEFER, deferral::may_end(says_so, missed));
        let event = Self { approved_by, official, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        if !cx.case.collects() {
            return Ok(vec![decided]);
        }
        let rest = ClockChange::open(&EN_PAY, cx.act.at, days_between(cx.day(), self.pay_by)).fixed();
        let decided = parts_void(cx, decided).clock(cancel(&EN_PAY)).clock(rest);
        let course = Course { deferred_until: Some(self.pay_by), ..cx.case.course() };
        Ok(vec![court_time(cx, decided, &course)])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && case.schedule().is_some() && case.unpaid_fen() > 0
    }
}

/// Days of the parts before the last that so much does not cover.
pub(super) fn open_parts(case: &Case, paid_fen: i64) -> Vec<Date> {
    case.schedule().map(|schedule| schedule.open(paid_fen)).unwrap_or_default()
}

/// Stops the clocks of the parts that a payment covers.
pub(super) fn parts_paid(cx: &Context<'_>, decided: Decided<CaseEvent>, amount_fen: i64) -> Decided<CaseEvent> {
    let (before, after) = (cx.case.money.paid_fen, cx.case.money.paid_fen.saturating_add(amount_fen));
    let left = open_parts(cx.case, after);
    let covered = open_parts(cx.case, before).into_iter().filter(|due| !left.contains(due));
    covered.fold(decided, |decided, due| {
        let clock = ClockChange::name(&EN_PAY, &due.to_string());
        decided.clock(ClockChange::Stopped { clock, at: cx.act.at })
    })
}

/// Cancels the clocks of parts that are owed no more on their days.
pub(super) fn parts_void(cx: &Context<'_>, decided: Decided<CaseEvent>) -> Decided<CaseEvent> {
    open_parts(cx.case, cx.case.money.paid_fen).into_iter().fold(decided, |decided, due| {
        decided.clock(ClockChange::Cancelled { clock: ClockChange::name(&EN_PAY, &due.to_string()) })
    })
}
