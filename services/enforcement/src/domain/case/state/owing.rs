//! What the party still owes, and on which day.

use jiff::civil::Date;
use law::{
    calendar::{Calendar, NoCalendar},
    day_of,
};

use super::Case;
use crate::domain::rules::{
    deferral::Schedule,
    execution::{Course, EndedAppeal},
    money::{Late, pay_by},
};

impl Case {
    /// What is left of the fine to pay.
    pub fn unpaid_fen(&self) -> i64 {
        self.penalty().map_or(0, |p| p.fine_fen.saturating_sub(self.money.paid_fen)).max(0)
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
    pub fn pay_by(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        let put_off = self.deferred.as_ref().map(|d| d.until);
        let stored = put_off.or_else(|| self.served.as_ref()?.pay_by).or_else(|| self.penalty()?.pay_by);
        let served_on = || self.served.as_ref().and_then(|served| served.at).map(day_of);
        stored.map(Ok).or_else(|| served_on().map(|day| pay_by(day, calendar)))
    }

    /// The parts in which it is paid, if it is.
    pub fn schedule(&self) -> Option<Schedule<'_>> {
        let parts = self.deferred.as_ref().map(|deferred| &deferred.parts).filter(|parts| !parts.is_empty())?;
        Some(Schedule { parts, fine_fen: self.penalty()?.fine_fen })
    }

    /// What was paid of the fine before a day; of older payments nobody knows when.
    pub fn paid_before(&self, day: Date) -> i64 {
        let before = self.payments.iter().filter(|(at, _)| at.is_none_or(|at| day_of(at) < day));
        before.fold(0, |sum, (_, fen)| sum.saturating_add(*fen))
    }

    /// How late the party is on the day `to`, without the days under appeal. `last` is the last day to pay.
    pub fn late(&self, last: Date, to: Date) -> Late {
        let schedule = self.schedule();
        let mut late = Late { days: 0, most_fen: schedule.map(|_| 0) };
        let mut day = schedule.and_then(|schedule| schedule.parts.first()).map_or(last, |part| part.due.min(last));
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            if self.under_appeal(day) {
                continue;
            }
            match schedule {
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

    fn under_appeal(&self, day: Date) -> bool {
        let pending = |a: &super::Appeal| {
            a.lodged_at.is_some_and(|l| day_of(l) <= day) && a.ended_at.is_none_or(|e| day <= day_of(e))
        };
        self.appeals.values().any(pending)
    }
}
