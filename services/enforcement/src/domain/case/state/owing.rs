//! What the party still owes, and on which day.

use jiff::civil::Date;
use law::{
    calendar::{Calendar, NoCalendar},
    day_of,
    period::Suspension,
};

use super::{Appeal, Case, Stay, StayOf};
use crate::domain::{
    events::Instalment,
    rules::{
        deferral::Schedule,
        execution::{Course, EndedAppeal},
        money::{Late, pay_by},
    },
};

impl Case {
    /// What is left of the fine to pay.
    pub fn unpaid_fen(&self) -> i64 {
        self.penalty().map_or(0, |p| p.fine_fen.saturating_sub(self.money.paid_fen)).max(0)
    }

    /// The same with what is left of the surcharges.
    pub fn owed_fen(&self) -> i64 {
        let surcharge = self.money.surcharge_fen.saturating_sub(self.money.surcharge_paid_fen).max(0);
        self.unpaid_fen().saturating_add(surcharge)
    }

    /// What became of the decision since it reached the party. An appeal against an earlier decision of the case is none against
    /// this one.
    pub fn course(&self) -> Course {
        let decided = self.decided_at();
        let ended = self
            .appeals
            .values()
            .filter(|appeal| appeal.lodged_at.is_none() || appeal.lodged_at >= decided)
            .filter_map(|appeal| Some(EndedAppeal { kind: appeal.kind, at: appeal.ended_at?, how: appeal.how }));
        Course {
            served_at: self.served.as_ref().and_then(|served| served.at),
            pending: self.appeal_pending(),
            ended: ended.max_by_key(|ended| ended.at),
            deferred_until: self.deferred.as_ref().map(|deferred| deferred.until),
        }
    }

    /// Whether an appeal is pending.
    pub fn appeal_pending(&self) -> bool {
        self.appeals.values().any(|a| !a.ended)
    }

    /// The last day to pay, once the decision was served: of parts, that of the last. The calendar may have come after the service.
    /// None while a stay holds it off.
    pub fn pay_by(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        if let Some(deferred) = &self.deferred {
            return self.after_stays(deferred.until).map(Ok);
        }
        let served_on = self.served.as_ref().and_then(|served| served.at).map(day_of);
        let stayed = self
            .stays_of_payment()
            .any(|stay| served_on.is_none_or(|served| stay.until.is_none_or(|until| served < until)));
        let stored = self.served.as_ref().and_then(|served| served.pay_by).or_else(|| self.penalty()?.pay_by);
        match (stored.filter(|_| !stayed), served_on) {
            (Some(day), _) => Some(Ok(day)),
            (None, served_on) => pay_by(served_on?, self.uncounted(), calendar).transpose(),
        }
    }

    /// The parts in which it is paid, if it is, each on the day that stays have left it.
    pub fn schedule(&self) -> Option<Schedule> {
        let deferred = self.deferred.as_ref().filter(|deferred| !deferred.parts.is_empty())?;
        let parts = deferred.parts.iter().map(|part| {
            let due = self.after_stays(part.due).unwrap_or(Date::MAX);
            (part.due, Instalment { due, amount_fen: part.amount_fen })
        });
        Some(Schedule { parts: parts.collect(), fine_fen: self.penalty()?.fine_fen })
    }

    /// Stays that hold payment off.
    fn stays_of_payment(&self) -> impl Iterator<Item = &Stay> {
        self.stays.iter().filter(|stay| stay.of != StayOf::Detention)
    }

    /// The same as days that are not counted.
    fn uncounted(&self) -> Vec<Suspension> {
        let suspension =
            |stay: &Stay| Suspension { until: stay.until, ..Suspension::open(stay.from, "停止执行", "stayed") };
        self.stays_of_payment().map(suspension).collect()
    }

    /// A day that was granted, later by the days of the stays before it; none while one lasts.
    fn after_stays(&self, granted: Date) -> Option<Date> {
        let mut day = granted;
        let mut counted = Date::MIN;
        for stay in self
            .stays_of_payment()
            .filter(|stay| self.deferred.as_ref().is_none_or(|d| d.at.is_none_or(|at| day_of(at) <= stay.from)))
        {
            let from = stay.from.max(counted);
            if day < from {
                continue;
            }
            let next = stay.until?.tomorrow().unwrap_or(Date::MAX);
            if from < next {
                day = day.saturating_add(next - from);
                counted = next;
            }
        }
        Some(day)
    }

    /// Whether a stay holds on a day.
    pub fn stayed(&self, day: Date) -> bool {
        self.stays.iter().any(|stay| stay.of == StayOf::Execution && stay.holds(day))
    }

    /// Whether the detention waits on a day.
    pub fn detention_stayed(&self, day: Date) -> bool {
        self.stays.iter().any(|stay| stay.of != StayOf::Payment && stay.holds(day))
    }

    /// Whether the party may keep its money back on a day, because it was refused a receipt.
    pub fn receipt_refused(&self, day: Date) -> bool {
        self.stays.iter().any(|stay| stay.of == StayOf::Payment && stay.holds(day))
    }

    /// What was paid of the fine before a day; of older payments nobody knows when.
    pub fn paid_before(&self, day: Date) -> i64 {
        let before = self.payments.iter().filter(|(at, _)| at.is_none_or(|at| day_of(at) < day));
        before.fold(0, |sum, (_, fen)| sum.saturating_add(*fen))
    }

    /// How late the party is on the day `to`, without the days under appeal and those on which it was refused its receipt. `last` is the last day to pay.
    pub fn late(&self, last: Date, to: Date) -> Late {
        let schedule = self.schedule();
        let mut late = Late { days: 0, most_fen: schedule.as_ref().map(|_| 0) };
        let first = schedule.as_ref().and_then(|schedule| schedule.parts.first());
        let mut day = first.map_or(last, |(_, part)| part.due.min(last));
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            if self.under_appeal(day) || self.receipt_refused(day) {
                continue;
            }
            match &schedule {
                None => late.count(0),
                Some(schedule) => match schedule.overdue_fen(day, self.paid_before(day)) {
                    0 => {}
                    // Once the last day has passed it is the fine that is not paid.
                    _ if last < day => late.count(schedule.fine_fen),
                    part_fen => late.count(part_fen),
                },
            }
        }
        late
    }

    /// Whether an appeal was pending on a day.
    pub fn under_appeal(&self, day: Date) -> bool {
        let begun = |appeal: &Appeal| appeal.lodged_at.is_some_and(|lodged| day_of(lodged) <= day);
        self.appeals.values().any(|a| begun(a) && a.ended_at.is_none_or(|ended| day <= day_of(ended)))
    }
}
