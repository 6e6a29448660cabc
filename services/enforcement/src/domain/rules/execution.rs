//! Compulsory execution, by the agency or by the court.

use jiff::{Timestamp, civil::Date, tz::Offset};
use law::{
    Citation, ClockChange,
    calendar::{Calendar, NoCalendar, at_least, in_time},
    citation::{ACL, APC, APL},
    day_of,
    period::{Deadline, Period},
};

use super::{Outcome, blank, fault};
use crate::domain::events::{AppealEnding, AppealKind, DemandServed};

law::card! {
    /// First a demand. 1. The agency. 2. The day of the execution with the term of the demand, of the application with ten working days from it. 3. The law of 2012. 4. In the time of the demand an immediate execution,
    /// where evidence on file says that the party moves or hides property (37(3)). 5. A demand without a term is none for the agency's own execution. 6. A demand of a later day; evidence that is not on file, or
    /// was excluded. The last demand counts: another one begins the time anew. 7. Refused in handling, recorded in reporting. 8. ACL 35, 37, 54, 69.
    EN_DEMAND "EN-DEMAND" Gate "强制执行催告" "demand before execution"; Citation::article(&ACL, 35), Citation::article(&ACL, 37), Citation::article(&ACL, 54), Citation::article(&ACL, 69);
    "强制执行前应当书面催告并载明期限；催告书送达满十个工作日仍不履行的，方可申请人民法院强制执行";
    "before execution there is a written demand with a term; the court is applied to once 10 working days have passed since it was served";
    plans ;
    compares "申请或者执行之日与催告之日起的十个工作日"
    "the day of the application or the execution with ten working days from the demand";
    except "催告期间有证据证明有转移或者隐匿财物迹象的" "in its time, where evidence says that property is moved or hidden";
    params "court_working_days" = DEMAND_DAYS "working days"; since 2012 1 1;
    allows execution_after_the_term_of_the_demand_is_in_order, who_moves_his_property_is_not_waited_for, the_court_is_applied_to_on_the_eleventh_working_day; refuses refuses_execution_without_demand_or_within_its_term, refuses_the_court_on_the_tenth_working_day
}
law::card! {
    /// Not at night.
    EN_NIGHT "EN-NIGHT" Gate "夜间节假日执行" "execution at night or on holidays"; Citation::paragraph(&ACL, 43, 1);
    "不得在夜间或者法定节假日实施强制执行，情况紧急的除外"; "no execution at night or on days off, but in an emergency";
    plans ; params "night_from" = NIGHT_FROM "hour", "night_until" = NIGHT_UNTIL "hour"; since 2012 1 1;
    allows execution_in_the_morning_of_a_working_day_is_in_order, an_emergency_does_not_wait; refuses refuses_execution_at_night, refuses_execution_on_a_holiday
}
law::card! {
    /// Three months for the court. 1. The agency without power of its own. 2. The application with three months from the end of the
    /// periods of appeal, or of a deferral where that ends later. 3. The periods of the day of the event. 4. The deferral (APL 72(2)).
    /// 5. How an appeal ended and is not on record is taken for what leaves the party the longer time. 6. A deferral does not shorten it,
    /// an appeal against an earlier decision of the case does not count for a later one; closing names it. 7. Never refuses. 8. ACL 53; APC
    /// 45, 46, 85 for the periods of appeal; APL 72(2) for the deferral.
    EN_COURT "EN-COURT" Deadline "申请法院执行期限" "time to apply to the court"; Citation::article(&ACL, 53), Citation::paragraph(&APL, 72, 2), Citation::article(&APC, 45), Citation::article(&APC, 46), Citation::article(&APC, 85);
    "没有强制执行权的机关应当自复议、诉讼期限届满之日起三个月内申请人民法院强制执行，批准延期、分期缴纳的自期限结束之日起"; "an agency without power of its own applies to the court within 3 months after the periods of appeal end, or after a deferral ends";
    plans ; params "months" = COURT, "litigation_months" = LITIGATION; since 2012 1 1;
    allows an_application_on_the_last_day_of_three_months_is_in_time, the_court_has_three_months_from_whatever_ends_last; refuses an_application_after_three_months_is_late
}
law::card! {
    /// Not while the party may appeal or pay later. 1. The agency. 2. The day of the application with the end of the periods of appeal
    /// and of a deferral: the same function that opens the clock. 4. None. 5. As EN-COURT. 6. A reconsideration withdrawn, a judgment of first
    /// instance, an appeal against the decision that was revoked before, a deferral that is still running. 7. Refused when handled, recorded
    /// when reported. 8. ACL 53, 46; APL 66(2).
    EN_COURT_READY "EN-COURT-READY" Gate "申请法院执行条件" "when the court may be applied to"; Citation::article(&ACL, 53), Citation::article(&ACL, 46), Citation::paragraph(&APL, 66, 2);
    "当事人的复议、诉讼期限和批准的延期、分期缴纳期限届满且没有履行的，方可申请人民法院强制执行"; "the court is applied to once the periods of appeal and a deferral are over and the party has not performed";
    plans ; since 2012 1 1;
    allows the_court_is_applied_to_after_the_periods_of_appeal, a_final_judgment_leaves_nothing_to_wait_for; refuses refuses_the_court_while_the_party_may_appeal, refuses_the_court_while_payment_is_put_off, refuses_the_court_while_a_judgment_may_be_appealed, refuses_the_court_after_a_reconsideration_was_withdrawn
}

/// How long a party may sue (APC 46): the longer of the two periods of appeal.
const LITIGATION: Period = Period::Months(6);
/// How long a party may sue after a reconsideration decision (APC 45).
const AFTER_RECONSIDERATION: Period = Period::CalendarDays(15);
/// How long it may appeal against a judgment of first instance (APC 85).
const SECOND_INSTANCE: Period = Period::CalendarDays(15);
/// The period of EN-COURT.
const COURT: Period = Period::Months(3);

/// Working days between the demand and the court.
const DEMAND_DAYS: u16 = 10;
/// The hour at which the night begins.
const NIGHT_FROM: i8 = 22;
/// The hour at which it ends.
const NIGHT_UNTIL: i8 = 6;

/// EN-DEMAND before the agency's own execution. `moving`: whether evidence on file says that the party moves or hides property; the term of
/// the demand is not waited for then (ACL 37(3)), but there is one.
pub fn demanded(demand: Option<&DemandServed>, moving: bool, day: Date) -> Outcome {
    let made = |demand: &&DemandServed| demand.at.is_none_or(|at| day_of(at) <= day);
    match demand.filter(made).and_then(|d| d.perform_by) {
        Some(_) if moving => Ok(()),
        None => fault(
            "没有载明履行期限的书面催告；请先送达催告书",
            "there is no written demand with a term; serve one first",
        ),
        Some(last) if day <= last => fault(
            format!("催告的履行期限到 {last} 才届满；请等期满"),
            format!("the demand gives the party until {last}; wait for it"),
        ),
        Some(_) => Ok(()),
    }
}

/// EN-DEMAND before the court is applied to.
pub fn demanded_for_court(demand: Option<&DemandServed>, day: Date, calendar: &Calendar) -> Outcome {
    let Some(served) = demand.and_then(|d| d.at).map(day_of) else {
        return fault(
            "没有书面催告；请先送达催告书，满十个工作日后再申请",
            format!("there is no written demand; serve one and wait {DEMAND_DAYS} working days"),
        );
    };
    let last = calendar.add_working_days(served, DEMAND_DAYS.into());
    if in_time(day, last)? {
        let last = at_least(last);
        return fault(
            format!("催告书于 {served} 送达，到 {last} 才满十个工作日；请在此之后申请"),
            format!("the demand was served on {served}; {DEMAND_DAYS} working days end on {last}, so apply after that"),
        );
    }
    Ok(())
}

/// EN-NIGHT: from 6:00 to 22:00 on a working day, but in an emergency.
pub fn by_day(at: Timestamp, urgent: Option<&str>, calendar: &Calendar) -> Outcome {
    if urgent.is_some_and(|u| !blank(u)) {
        return Ok(());
    }
    let hour = Offset::constant(8).to_datetime(at).hour();
    if !(NIGHT_UNTIL..NIGHT_FROM).contains(&hour) {
        return fault(
            "不得在夜间（22时至次日6时）强制执行；请改在白天，情况紧急的写明情况",
            "no execution at night (22:00 to 6:00); do it by day, or state the emergency",
        );
    }
    if !calendar.is_working_day(day_of(at))? {
        return fault(
            format!("{} 是休息日或者法定节假日，不得强制执行；请改在工作日，情况紧急的写明情况", day_of(at)),
            format!("{} is a day off; execute on a working day, or state the emergency", day_of(at)),
        );
    }
    Ok(())
}

/// What became of a decision since it reached the party, as far as it tells until when the party may appeal and from when
/// the court may be applied to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Course {
    /// When it was served.
    pub served_at: Option<Timestamp>,
    /// An appeal is pending.
    pub pending: bool,
    /// The appeal that ended last.
    pub ended: Option<EndedAppeal>,
    /// Payment was put off until then (APL 66).
    pub deferred_until: Option<Date>,
}

/// An appeal that ended.
#[derive(Clone, Copy, Debug)]
pub struct EndedAppeal {
    /// Which.
    pub kind: AppealKind,
    /// When.
    pub at: Timestamp,
    /// How; nobody knows it of older records.
    pub how: Option<AppealEnding>,
}

impl Course {
    /// From when, and for how long, the party may still appeal; no period where it may not any more.
    fn remedy(&self) -> Option<(Timestamp, Option<Period>)> {
        use AppealEnding as How;
        let served = self.served_at?;
        let Some(EndedAppeal { kind, at, how }) = self.ended else { return Some((served, Some(LITIGATION))) };
        Some(match (kind, how) {
            // Whoever withdrew may still sue in the time that he had (the suit bars itself).
            (AppealKind::Reconsideration, Some(How::Withdrawn)) => (served, Some(LITIGATION)),
            (AppealKind::Reconsideration, Some(How::Decided) | None) => (at, Some(AFTER_RECONSIDERATION)),
            // A judgment of which nobody says that it is final may be appealed against.
            (_, Some(How::JudgedFirst)) | (AppealKind::Litigation, Some(How::Decided) | None) => {
                (at, Some(SECOND_INSTANCE))
            }
            (AppealKind::Litigation, Some(How::Withdrawn)) | (_, Some(How::Settled | How::JudgedFinal)) => (at, None),
        })
    }

    /// The last day on which the court may not be applied to yet: the party may appeal, or payment is put off.
    fn waits_until(&self, calendar: &Calendar) -> Option<Result<Date, NoCalendar>> {
        let (start, period) = self.remedy()?;
        let open = period.map(|period| {
            Deadline::new(day_of(start), period, "").due(calendar).map(|due| due.day().unwrap_or(day_of(start)))
        });
        match (open, self.deferred_until) {
            (None, deferred) => deferred.map(Ok),
            (Some(Ok(last)), Some(deferred)) => Some(Ok(last.max(deferred))),
            // However long the holidays of that year are, they end before a deferral of so long.
            (Some(Err(missing)), Some(deferred)) if missing.bound < deferred => Some(Ok(deferred)),
            (open, _) => open,
        }
    }

    /// The time to apply to the court (ACL 53, APL 72(2)): three months from the end of the periods of appeal, or of the deferral where
    /// that is later. None while it does not run.
    pub fn court_time(&self, calendar: &Calendar) -> Option<[Option<ClockChange>; 2]> {
        if self.pending {
            return None;
        }
        let (start, period) = self.remedy()?;
        let from_deferral = self.deferred_until.filter(|deferred| {
            let without = Self { deferred_until: None, ..*self }.waits_until(calendar).map(at_least);
            without.is_none_or(|last| last < *deferred) && day_of(start) < *deferred
        });
        Some(match (from_deferral, period) {
            (Some(deferred), _) => {
                let end = Offset::constant(8).to_timestamp(deferred.at(23, 0, 0, 0)).unwrap_or(start);
                [Some(ClockChange::open(&EN_COURT, end, COURT)), None]
            }
            (None, Some(period)) => [Some(ClockChange::open(&EN_COURT, start, period)), Some(then_three_months())],
            (None, None) => [Some(ClockChange::open(&EN_COURT, start, COURT)), None],
        })
    }
}

/// ACL 53: the three months follow the period of appeal.
fn then_three_months() -> ClockChange {
    ClockChange::Extended {
        clock: EN_COURT.id.to_owned(),
        period: COURT,
        zh: "复议、诉讼期限届满后三个月内申请".to_owned(),
        en: "three months after the periods of appeal end".to_owned(),
    }
}

/// EN-COURT-READY.
pub fn court_ready(course: &Course, performed: bool, day: Date, calendar: &Calendar) -> Outcome {
    if performed {
        return fault("当事人已经履行；不得申请强制执行", "the party has performed; there is nothing to execute");
    }
    if course.pending {
        return fault("复议或者诉讼尚未结束；请待其结束", "an appeal is pending; wait for its end");
    }
    if course.served_at.is_none() {
        return fault("处罚决定书尚未送达；请先送达", "the decision has not been served; serve it first");
    }
    let Some(last) = course.waits_until(calendar) else { return Ok(()) };
    if in_time(day, last)? {
        let last = at_least(last);
        let deferred = course.deferred_until.is_some_and(|deferred| day <= deferred);
        let (zh, en) = if deferred {
            ("经批准的延期、分期缴纳或者复议、诉讼期限", "payment is put off, or the party may appeal,")
        } else {
            ("当事人复议、诉讼的期限", "the party may appeal")
        };
        return fault(
            format!("{zh}到 {last} 才届满；请在期满后三个月内申请"),
            format!("{en} until {last}; apply within 3 months after that"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{at, day, overdue};
    use crate::domain::events::ServiceMethod;

    fn demand() -> DemandServed {
        DemandServed {
            text: "缴纳罚款".into(),
            method: ServiceMethod::Direct,
            perform_by: Some(day("2024-10-18")),
            delivery: None,
            at: Some(at("2024-10-08T10:00")),
        }
    }

    #[test]
    fn execution_after_the_term_of_the_demand_is_in_order() {
        demanded(Some(&demand()), false, day("2024-10-19")).unwrap();
    }

    #[test]
    fn who_moves_his_property_is_not_waited_for() {
        demanded(Some(&demand()), true, day("2024-10-08")).unwrap();
        demanded(Some(&demand()), true, day("2024-10-07")).unwrap_err();
        demanded(None, true, day("2024-10-19")).unwrap_err();
        demanded(Some(&DemandServed { perform_by: None, ..demand() }), true, day("2024-10-19")).unwrap_err();
    }

    #[test]
    fn refuses_execution_without_demand_or_within_its_term() {
        demanded(None, false, day("2024-10-19")).unwrap_err();
        demanded(Some(&DemandServed { perform_by: None, ..demand() }), false, day("2024-10-19")).unwrap_err();
        demanded(Some(&demand()), false, day("2024-10-18")).unwrap_err();
    }

    #[test]
    fn the_court_is_applied_to_on_the_eleventh_working_day() {
        // Saturday 12 October 2024 is a working day: ten working days after Tuesday the 8th end on Monday the 21st.
        demanded_for_court(Some(&demand()), day("2024-10-22"), Calendar::china()).unwrap();
    }

    #[test]
    fn refuses_the_court_on_the_tenth_working_day() {
        demanded_for_court(Some(&demand()), day("2024-10-21"), Calendar::china()).unwrap_err();
        demanded_for_court(None, day("2024-10-22"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn execution_in_the_morning_of_a_working_day_is_in_order() {
        by_day(at("2024-10-21T06:00"), None, Calendar::china()).unwrap();
        by_day(at("2024-10-12T21:59"), None, Calendar::china()).unwrap();
    }

    #[test]
    fn refuses_execution_at_night() {
        by_day(at("2024-10-21T22:00"), None, Calendar::china()).unwrap_err();
        by_day(at("2024-10-21T05:59"), Some(" "), Calendar::china()).unwrap_err();
    }

    #[test]
    fn refuses_execution_on_a_holiday() {
        by_day(at("2024-10-01T10:00"), None, Calendar::china()).unwrap_err();
        by_day(at("2024-10-20T10:00"), None, Calendar::china()).unwrap_err();
    }

    #[test]
    fn an_emergency_does_not_wait() {
        by_day(at("2024-10-01T23:00"), Some("危楼随时倒塌"), Calendar::china()).unwrap();
    }

    #[test]
    fn an_application_on_the_last_day_of_three_months_is_in_time() {
        assert!(!overdue(COURT, "2024-09-04", "2024-12-04"));
    }

    #[test]
    fn an_application_after_three_months_is_late() {
        assert!(overdue(COURT, "2024-09-04", "2024-12-05"));
    }

    fn ready(course: Course, on: &str) -> Outcome {
        court_ready(&course, false, day(on), Calendar::china())
    }

    fn served() -> Course {
        Course { served_at: Some(at("2024-03-04T09:00")), ..Course::default() }
    }

    fn ended(kind: AppealKind, how: Option<AppealEnding>) -> Course {
        Course { ended: Some(EndedAppeal { kind, at: at("2024-06-03T09:00"), how }), ..served() }
    }

    #[test]
    fn the_court_is_applied_to_after_the_periods_of_appeal() {
        ready(served(), "2024-09-05").unwrap();
        for how in [None, Some(AppealEnding::Decided)] {
            ready(ended(AppealKind::Reconsideration, how), "2024-06-19").unwrap();
        }
    }

    #[test]
    fn refuses_the_court_while_the_party_may_appeal() {
        ready(served(), "2024-09-04").unwrap_err();
        ready(ended(AppealKind::Reconsideration, Some(AppealEnding::Decided)), "2024-06-18").unwrap_err();
        ready(Course { pending: true, ..served() }, "2025-09-04").unwrap_err();
        ready(Course::default(), "2025-09-04").unwrap_err();
        court_ready(&served(), true, day("2024-10-10"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn a_final_judgment_leaves_nothing_to_wait_for() {
        for how in [AppealEnding::JudgedFinal, AppealEnding::Withdrawn, AppealEnding::Settled] {
            ready(ended(AppealKind::Litigation, Some(how)), "2024-06-04").unwrap();
        }
    }

    #[test]
    fn refuses_the_court_while_a_judgment_may_be_appealed() {
        for how in [None, Some(AppealEnding::JudgedFirst)] {
            ready(ended(AppealKind::Litigation, how), "2024-06-18").unwrap_err();
            ready(ended(AppealKind::Litigation, how), "2024-06-19").unwrap();
        }
    }

    #[test]
    fn refuses_the_court_after_a_reconsideration_was_withdrawn() {
        let withdrawn = ended(AppealKind::Reconsideration, Some(AppealEnding::Withdrawn));
        ready(withdrawn, "2024-09-04").unwrap_err();
        ready(withdrawn, "2024-09-05").unwrap();
    }

    #[test]
    fn refuses_the_court_while_payment_is_put_off() {
        let deferred = |until: &str| Course { deferred_until: Some(day(until)), ..served() };
        ready(deferred("2024-12-31"), "2024-12-31").unwrap_err();
        ready(deferred("2024-12-31"), "2025-01-01").unwrap();
        // A deferral that ends before the periods of appeal changes nothing.
        ready(deferred("2024-06-28"), "2024-09-04").unwrap_err();
    }

    #[test]
    fn the_court_has_three_months_from_whatever_ends_last() {
        let opened = |course: Course| {
            let [open, more] = course.court_time(Calendar::china()).expect("it runs");
            match open {
                Some(ClockChange::Opened { start, period, .. }) => (day_of(start).to_string(), period, more.is_some()),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(opened(served()), ("2024-03-04".into(), LITIGATION, true));
        let deferred = |until: &str| Course { deferred_until: Some(day(until)), ..served() };
        assert_eq!(opened(deferred("2024-06-28")), ("2024-03-04".into(), LITIGATION, true));
        assert_eq!(opened(deferred("2024-12-31")), ("2024-12-31".into(), COURT, false));
        let judged = ended(AppealKind::Litigation, Some(AppealEnding::JudgedFinal));
        assert_eq!(opened(judged), ("2024-06-03".into(), COURT, false));
        let later = Course { deferred_until: Some(day("2024-07-31")), ..judged };
        assert_eq!(opened(later), ("2024-07-31".into(), COURT, false));
        assert!(Course { pending: true, ..judged }.court_time(Calendar::china()).is_none());
    }
}
