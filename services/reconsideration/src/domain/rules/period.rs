//! The period to apply in.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, NoCalendar, in_time},
    check::{Outcome, fault},
    citation::{ALR, ARL},
    period::{Deadline, Period, Suspension},
};

use crate::domain::{
    events::{Appealed, Hindrance},
    words::ActKind,
};

/// The time to apply.
const APPLY: Period = Period::CalendarDays(APPLY_DAYS);
/// The same in days.
const APPLY_DAYS: u16 = 60;
/// The most of it, counted from the act's being known, where the rights were not told.
const UNTOLD: Period = Period::Years(1);
/// After so many years nothing is accepted.
const YEARS: u8 = 5;
/// The same where it is about real property.
const REAL_PROPERTY_YEARS: u8 = 20;

law::card! {
    /// Applied in time. 1. The applicant; the organ may not accept what comes too late. 2. The day the application was made
    /// (a letter: posted) with the last day of the period. 3. The law of the day of acceptance. 4. Longer periods of other
    /// laws; days hindered by force majeure or another good reason are not counted; an emergency has no period (ALR 16). 5. Where
    /// the rights were not told, the period begins when they became known, and ends a year after the act was known; where
    /// nobody told when they became known, only the year counts. 6. A hindrance outside the period moves nothing; neither it nor
    /// untold rights go past the five or twenty years. 7. Acceptance is refused, rejecting a timely application too
    /// (RE-REJECT). 8. ARL 20 and 21.
    RE_PERIOD "RE-PERIOD" Gate "复议申请期限" "time to apply"; Citation::article(&ARL, 20), Citation::article(&ARL, 21), Citation::article(&ALR, 16);
    "自知道或者应当知道行政行为之日起六十日内申请；没有告知权利的自知道权利之日起计算，最长一年；超过五年（不动产二十年）的不予受理";
    "applied for within 60 days of knowing of the act; where the rights were not told, from knowing them, within a year at most; never after 5 years (20 for real property)";
    plans "FY 33"; owed by Party;
    compares "提出申请之日与申请期限的最后一日" "the day the application was made with the last day of the period";
    except "法律规定的申请期限超过六十日" "a longer period by law", "不可抗力或者其他正当理由耽误的时间" "days lost to force majeure or another good reason", "紧急情况下不履行保护职责" "protection not given in an emergency";
    params "period" = APPLY, "untold" = UNTOLD, "years_max" = YEARS "years", "real_property_years_max" = REAL_PROPERTY_YEARS "years"; since 2024 1 1;
    allows the_sixtieth_day_is_in_time, hindered_days_are_not_counted, untold_rights_leave_a_year, a_longer_period_of_another_law_holds;
    refuses refuses_the_sixty_first_day, refuses_the_day_after_a_year, refuses_what_is_older_than_five_years, a_hindrance_after_the_period_moves_nothing
}

/// The last days of all periods that bind the applicant; the first of them that is over ends his time.
fn last_days(act: &Appealed, hindrances: &[Hindrance], calendar: &Calendar) -> Vec<Result<Date, NoCalendar>> {
    let ends = |start: Date, period: Period, hindered: bool| {
        let mut deadline = Deadline::new(start, period, "");
        if hindered {
            deadline.suspensions = hindrances.iter().map(hindered_days).collect();
        }
        deadline.due(calendar).map(|due| due.day().unwrap_or(Date::MAX))
    };
    let years = if act.real_property { REAL_PROPERTY_YEARS } else { YEARS };
    let mut last = vec![ends(act.done, Period::Years(years), false)];
    if act.urgent && act.kind == ActKind::Omission {
        return last;
    }
    let sixty = act.longer.as_ref().map_or(APPLY, |longer| Period::CalendarDays(longer.days.max(APPLY_DAYS)));
    let known = if act.rights_told { Some(act.known) } else { act.rights_known };
    last.extend(known.map(|known| ends(known, sixty, true)));
    if !act.rights_told {
        last.push(ends(act.known, UNTOLD, false));
    }
    last
}

fn hindered_days(hindrance: &Hindrance) -> Suspension {
    Suspension { until: Some(hindrance.until), ..Suspension::open(hindrance.from, &*hindrance.reason, "") }
}

/// RE-PERIOD.
pub fn applied(act: &Appealed, hindrances: &[Hindrance], made: Date, calendar: &Calendar) -> Outcome {
    let last = last_days(act, hindrances, calendar);
    if let Some(over) = last.iter().filter_map(|last| last.as_ref().ok()).filter(|last| **last < made).min() {
        return fault(
            format!("申请于{made}提出，申请期限已于{over}届满；有正当理由的请写明受阻的日期"),
            format!(
                "it was made on {made}, and the period ended on {over}; if there was a good reason, name the days hindered"
            ),
        );
    }
    for last in last {
        in_time(made, last)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::appeal::sample::{self, day};

    /// Known on Monday, 1 September 2025: the sixtieth day is Friday, 31 October.
    fn act() -> Appealed {
        Appealed { known: day("2025-09-01"), done: day("2025-08-29"), ..sample::received().act }
    }

    fn made(act: &Appealed, hindrances: &[Hindrance], on: &str) -> Outcome {
        applied(act, hindrances, day(on), Calendar::china())
    }

    fn hindered(from: &str, until: &str) -> Vec<Hindrance> {
        vec![Hindrance { from: day(from), until: day(until), reason: "洪水封路".into() }]
    }

    #[test]
    fn the_sixtieth_day_is_in_time() {
        made(&act(), &[], "2025-10-30").unwrap();
        made(&act(), &[], "2025-10-31").unwrap();
        // Known on the 2nd: the sixtieth day is a Saturday.
        made(&Appealed { known: day("2025-09-02"), ..act() }, &[], "2025-11-03").unwrap();
    }

    #[test]
    fn refuses_the_sixty_first_day() {
        made(&act(), &[], "2025-11-01").unwrap_err();
        made(&Appealed { known: day("2025-09-02"), ..act() }, &[], "2025-11-04").unwrap_err();
    }

    #[test]
    fn hindered_days_are_not_counted() {
        let ten = hindered("2025-09-10", "2025-09-19");
        made(&act(), &ten, "2025-11-10").unwrap();
        made(&act(), &ten, "2025-11-11").unwrap_err();
    }

    #[test]
    fn a_hindrance_after_the_period_moves_nothing() {
        made(&act(), &hindered("2025-11-03", "2025-11-30"), "2025-12-01").unwrap_err();
    }

    #[test]
    fn untold_rights_leave_a_year() {
        let untold = Appealed { rights_told: false, rights_known: None, ..act() };
        made(&untold, &[], "2026-09-01").unwrap();
        let learned = Appealed { rights_known: Some(day("2026-03-02")), ..untold };
        made(&learned, &[], "2026-05-06").unwrap();
        made(&learned, &[], "2026-05-07").unwrap_err();
    }

    #[test]
    fn refuses_the_day_after_a_year() {
        let untold = Appealed { rights_told: false, rights_known: None, ..act() };
        made(&untold, &[], "2026-09-02").unwrap_err();
        made(&untold, &hindered("2026-08-01", "2026-12-31"), "2026-09-02").unwrap_err();
        let learned = Appealed { rights_known: Some(day("2026-08-20")), ..untold };
        made(&learned, &[], "2026-09-02").unwrap_err();
    }

    #[test]
    fn refuses_what_is_older_than_five_years() {
        let old = Appealed { done: day("2020-10-30"), known: day("2025-10-29"), ..act() };
        made(&old, &[], "2025-10-30").unwrap();
        made(&old, &[], "2025-10-31").unwrap_err();
        made(&Appealed { real_property: true, ..old.clone() }, &[], "2025-10-31").unwrap();
        made(&Appealed { done: day("2005-10-28"), real_property: true, ..old }, &[], "2025-10-29").unwrap_err();
    }

    #[test]
    fn a_longer_period_of_another_law_holds() {
        let longer = Some(crate::domain::events::Longer { days: 90, law: "专利法".into() });
        made(&Appealed { longer: longer.clone(), ..act() }, &[], "2025-12-01").unwrap();
        let shorter = longer.map(|l| crate::domain::events::Longer { days: 30, ..l });
        made(&Appealed { longer: shorter, ..act() }, &[], "2025-10-31").unwrap();
    }

    #[test]
    fn an_emergency_has_no_period_and_what_no_calendar_tells_is_unchecked() {
        let urgent = Appealed { kind: ActKind::Omission, urgent: true, ..act() };
        made(&urgent, &[], "2026-10-09").unwrap();
        made(&Appealed { kind: ActKind::Penalty, ..urgent }, &[], "2026-10-09").unwrap_err();
        let into_2027 = Appealed { known: day("2026-11-20"), done: day("2026-11-19"), ..act() };
        assert!(made(&into_2027, &[], "2027-02-25").unwrap_err().unknown);
    }
}
