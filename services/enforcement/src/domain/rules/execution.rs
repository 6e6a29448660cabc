//! Compulsory execution, by the agency or by the court.

use jiff::{Timestamp, civil::Date, tz::Offset};
use law::{
    Citation, Fault,
    calendar::{Calendar, at_least, in_time},
    citation::{ACL, APL},
    day_of,
    id::Uscc,
    period::{Deadline, Period},
};
use lists::facts::{Executor, ItemFact, PowerKind};

use super::{Outcome, blank, fault};
use crate::domain::events::DemandServed;

law::card! {
    /// First a demand.
    EN_DEMAND "EN-DEMAND" Gate "强制执行催告" "demand before execution"; Citation::article(&ACL, 35), Citation::article(&ACL, 37), Citation::article(&ACL, 54), Citation::article(&ACL, 69);
    "强制执行前应当书面催告并载明期限；催告书送达满十个工作日仍不履行的，方可申请人民法院强制执行";
    "before execution there is a written demand with a term; the court is applied to once 10 working days have passed since it was served";
    plans ;
    compares "申请或者执行之日与催告之日起的十个工作日"
    "the day of the application or the execution with ten working days from the demand";
    params "court_working_days" = DEMAND_DAYS "working days"; since 2012 1 1;
    allows execution_after_the_term_of_the_demand_is_in_order, the_court_is_applied_to_on_the_eleventh_working_day; refuses refuses_execution_without_demand_or_within_its_term, refuses_the_court_on_the_tenth_working_day
}
law::card! {
    /// Not at night.
    EN_NIGHT "EN-NIGHT" Gate "夜间节假日执行" "execution at night or on holidays"; Citation::paragraph(&ACL, 43, 1);
    "不得在夜间或者法定节假日实施强制执行，情况紧急的除外"; "no execution at night or on days off, but in an emergency";
    plans ; params "night_from" = NIGHT_FROM "hour", "night_until" = NIGHT_UNTIL "hour"; since 2012 1 1;
    allows execution_in_the_morning_of_a_working_day_is_in_order, an_emergency_does_not_wait; refuses refuses_execution_at_night, refuses_execution_on_a_holiday
}
law::card! {
    /// Power to execute.
    EN_EXECUTE "EN-EXECUTE" Gate "强制执行权" "power to execute"; Citation::article(&ACL, 13), Citation::article(&ACL, 34);
    "只有法律规定有强制执行权的机关才能自行强制执行，其他机关应当申请人民法院"; "only an agency to which a law gives the power executes itself; others apply to the court";
    plans ; since 2012 1 1;
    allows an_agency_with_the_power_executes_itself; refuses refuses_execution_without_power
}
law::card! {
    /// Three months for the court.
    EN_COURT "EN-COURT" Deadline "申请法院执行期限" "time to apply to the court"; Citation::article(&ACL, 53), Citation::paragraph(&APL, 72, 2);
    "没有强制执行权的机关应当自复议、诉讼期限届满之日起三个月内申请人民法院强制执行"; "an agency without power of its own applies to the court within 3 months after the periods of appeal end";
    plans ; params "months" = COURT, "litigation_months" = LITIGATION; since 2012 1 1;
    allows an_application_on_the_last_day_of_three_months_is_in_time; refuses an_application_after_three_months_is_late
}
law::card! {
    /// Not while the party may appeal.
    EN_COURT_READY "EN-COURT-READY" Gate "申请法院执行条件" "when the court may be applied to"; Citation::article(&ACL, 53), Citation::article(&ACL, 46);
    "当事人的复议、诉讼期限届满且没有履行的，方可申请人民法院强制执行"; "the court is applied to once the periods of appeal are over and the party has not performed";
    plans ; since 2012 1 1;
    allows the_court_is_applied_to_after_the_periods_of_appeal; refuses refuses_the_court_while_the_party_may_appeal
}

/// How long a party may sue (APC 46): the longer of the two periods of appeal.
pub const LITIGATION: Period = Period::Months(6);
/// How long a party may sue after a reconsideration decision (APC 45).
pub const AFTER_RECONSIDERATION: Period = Period::CalendarDays(15);
/// The period of EN-COURT.
pub const COURT: Period = Period::Months(3);

/// Working days between the demand and the court.
const DEMAND_DAYS: u16 = 10;
/// The hour at which the night begins.
const NIGHT_FROM: i8 = 22;
/// The hour at which it ends.
const NIGHT_UNTIL: i8 = 6;

/// EN-DEMAND before the agency's own execution.
pub fn demanded(demand: Option<&DemandServed>, day: Date) -> Outcome {
    match demand.and_then(|d| d.perform_by) {
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

/// EN-EXECUTE: a compulsion item of the agency in force that day, which lets the agency itself execute.
pub fn may_execute(item: Option<&ItemFact>, agency: &Uscc) -> Outcome {
    let none = || {
        fault(
            "权力清单中没有本机关当日有效的强制执行事项；请申请人民法院强制执行",
            "the power list gives this agency no power of execution that day; apply to the court",
        )
    };
    let Some(item) = item.filter(|i| i.agency == *agency && i.kind == PowerKind::Compulsion) else { return none() };
    let unknown = |zh: &str, en: &str| Err(Fault { unknown: true, ..Fault::new(zh, en) });
    if item.allows.is_empty() {
        return unknown(
            "该事项没有逐行写明强制执行方式，是否有强制执行权未予核对",
            "the item does not say line by line what it allows, so whether it gives a power of execution was not checked",
        );
    }
    let ways: Vec<_> = item.allows.iter().filter(|line| line.kind.executes()).map(|line| line.by).collect();
    if ways.contains(&Some(Executor::Agency)) {
        Ok(())
    } else if ways.contains(&None) {
        unknown(
            "该事项没有写明由本机关执行还是申请人民法院执行，未予核对",
            "the item does not say whether the agency or the court executes, so this was not checked",
        )
    } else {
        none()
    }
}

/// What the party may still do against the decision.
#[derive(Clone, Copy, Debug, Default)]
pub struct Appeals {
    /// The day of service.
    pub served_on: Option<Date>,
    /// One is pending.
    pub pending: bool,
    /// The last reconsideration ended.
    pub reconsidered_on: Option<Date>,
    /// The last suit ended.
    pub judged_on: Option<Date>,
}

/// EN-COURT-READY.
pub fn court_ready(appeals: Appeals, performed: bool, day: Date, calendar: &Calendar) -> Outcome {
    if performed {
        return fault("当事人已经履行；不得申请强制执行", "the party has performed; there is nothing to execute");
    }
    if appeals.pending {
        return fault("复议或者诉讼尚未结束；请待其结束", "an appeal is pending; wait for its end");
    }
    let Some(served) = appeals.served_on else {
        return fault("处罚决定书尚未送达；请先送达", "the decision has not been served; serve it first");
    };
    let (start, period) = match (appeals.reconsidered_on, appeals.judged_on) {
        (_, Some(_)) => return Ok(()),
        (Some(day), None) => (day, AFTER_RECONSIDERATION),
        (None, None) => (served, LITIGATION),
    };
    let last = Deadline::new(start, period, "").due(calendar).map(|due| due.day().unwrap_or(start));
    if in_time(day, last)? {
        let last = at_least(last);
        return fault(
            format!("当事人在 {last} 之前仍可复议或者诉讼；请在期满后三个月内申请"),
            format!("the party may appeal until {last}; apply within 3 months after that"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, at, day, overdue};
    use crate::domain::events::ServiceMethod;

    fn demand() -> DemandServed {
        DemandServed {
            text: "缴纳罚款".into(),
            method: ServiceMethod::Direct,
            perform_by: Some(day("2024-10-18")),
            at: Some(at("2024-10-08T10:00")),
        }
    }

    #[test]
    fn execution_after_the_term_of_the_demand_is_in_order() {
        demanded(Some(&demand()), day("2024-10-19")).unwrap();
    }

    #[test]
    fn refuses_execution_without_demand_or_within_its_term() {
        demanded(None, day("2024-10-19")).unwrap_err();
        demanded(Some(&DemandServed { perform_by: None, ..demand() }), day("2024-10-19")).unwrap_err();
        demanded(Some(&demand()), day("2024-10-18")).unwrap_err();
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
    fn an_agency_with_the_power_executes_itself() {
        may_execute(Some(&sample::seizing_item()), &sample::agency().agency).unwrap();
        // What the list does not say is not checked.
        for lines in [&[][..], &["强制执行"]] {
            assert!(by_lines(lines).unwrap_err().unknown);
        }
    }

    fn by_lines(lines: &[&str]) -> Outcome {
        let allows = lines.iter().map(|line| lists::facts::Allowed::read(line).unwrap()).collect();
        may_execute(Some(&ItemFact { allows, ..sample::seizing_item() }), &sample::agency().agency)
    }

    #[test]
    fn refuses_execution_without_power() {
        may_execute(None, &sample::agency().agency).unwrap_err();
        // To seize is not to execute, and what the court executes the agency does not.
        assert!(!by_lines(&["扣押||对财物"]).unwrap_err().unknown);
        assert!(!by_lines(&["强制执行||申请法院执行"]).unwrap_err().unknown);
        may_execute(Some(&sample::item()), &sample::agency().agency).unwrap_err();
        may_execute(Some(&sample::seizing_item()), &sample::OTHER_AGENCY.parse().unwrap()).unwrap_err();
    }

    #[test]
    fn an_application_on_the_last_day_of_three_months_is_in_time() {
        assert!(!overdue(COURT, "2024-09-04", "2024-12-04"));
    }

    #[test]
    fn an_application_after_three_months_is_late() {
        assert!(overdue(COURT, "2024-09-04", "2024-12-05"));
    }

    fn ready(appeals: Appeals, on: &str) -> Outcome {
        court_ready(appeals, false, day(on), Calendar::china())
    }

    #[test]
    fn the_court_is_applied_to_after_the_periods_of_appeal() {
        let served = Appeals { served_on: Some(day("2024-03-04")), ..Appeals::default() };
        ready(served, "2024-09-05").unwrap();
        ready(Appeals { reconsidered_on: Some(day("2024-06-03")), ..served }, "2024-06-19").unwrap();
        ready(Appeals { judged_on: Some(day("2024-06-03")), ..served }, "2024-06-04").unwrap();
    }

    #[test]
    fn refuses_the_court_while_the_party_may_appeal() {
        let served = Appeals { served_on: Some(day("2024-03-04")), ..Appeals::default() };
        ready(served, "2024-09-04").unwrap_err();
        ready(Appeals { reconsidered_on: Some(day("2024-06-03")), ..served }, "2024-06-18").unwrap_err();
        ready(Appeals { pending: true, ..served }, "2025-09-04").unwrap_err();
        ready(Appeals::default(), "2025-09-04").unwrap_err();
        court_ready(served, true, day("2024-10-10"), Calendar::china()).unwrap_err();
    }
}
