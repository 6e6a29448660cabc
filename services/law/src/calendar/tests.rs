//! The notices day by day where they surprise, and month by month against independent counts.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Calendar, DayKind, NoCalendar, in_time};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn carries_every_year_from_2016_to_2026_with_its_document() {
    let china = Calendar::china();
    assert_eq!(china.years().collect::<Vec<_>>(), (2016..=2026).collect::<Vec<_>>());
    for year in china.years() {
        let source = china.source(year).unwrap();
        let title = format!("国务院办公厅关于{year}年部分节假日安排的通知（国办发明电〔{}〕", year - 1);
        assert!(source.starts_with(&title), "{source}");
    }
    assert!(china.further_sources(2020)[0].contains("国办发明电〔2020〕1号"));
    assert!(china.further_sources(2019)[0].contains("国办发明电〔2019〕3号"));
    assert!(china.further_sources(2025).is_empty());
    assert_eq!(china.source(2027), None);
}

/// Working days of each month, counted with three calendar packages that agree with each other.
#[test]
fn has_the_working_days_of_every_month() {
    let counted: [(i16, [u32; 12]); 11] = [
        (2016, [20, 18, 23, 20, 21, 21, 21, 23, 21, 18, 22, 22]),
        (2017, [19, 19, 23, 19, 21, 22, 21, 23, 22, 17, 22, 21]),
        (2018, [22, 17, 22, 20, 22, 20, 22, 23, 21, 18, 22, 21]),
        (2019, [22, 17, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22]),
        (2020, [17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23]),
        (2021, [20, 17, 23, 22, 19, 21, 22, 22, 22, 17, 22, 23]),
        (2022, [21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22]),
        (2023, [18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21]),
        (2024, [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22]),
        (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
        (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
    ];
    let china = Calendar::china();
    for (year, months) in counted {
        for (month, expected) in (1_i8..).zip(months) {
            let first = date(year, month, 1);
            let working = (1..=first.days_in_month())
                .filter(|day| china.is_working_day(date(year, month, *day)).unwrap())
                .count();
            assert_eq!(working, expected as usize, "{year}-{month}");
        }
    }
}

#[test]
fn knows_the_kind_of_each_day() {
    #[track_caller]
    fn check(text: &str, kind: DayKind<'_>) {
        assert_eq!(Calendar::china().day_kind(day(text)), Ok(kind), "{text}");
    }
    // A festival week, and the days around it.
    check("2025-09-27", DayKind::Weekend);
    check("2025-09-28", DayKind::ShiftedWorking);
    check("2025-09-30", DayKind::Working);
    check("2025-10-01", DayKind::Holiday("国庆节、中秋节"));
    check("2025-10-04", DayKind::Holiday("国庆节、中秋节"));
    check("2025-10-08", DayKind::Holiday("国庆节、中秋节"));
    check("2025-10-09", DayKind::Working);
    check("2025-10-11", DayKind::ShiftedWorking);
    check("2025-10-12", DayKind::Weekend);
    // The extended spring festival: a shifted Saturday of the first notice became a holiday by the second.
    check("2020-01-19", DayKind::ShiftedWorking);
    check("2020-01-23", DayKind::Working);
    check("2020-01-31", DayKind::Holiday("春节"));
    check("2020-02-01", DayKind::Holiday("春节"));
    check("2020-02-02", DayKind::Holiday("春节"));
    check("2020-02-03", DayKind::Working);
    // May Day 2019 as amended.
    check("2019-04-28", DayKind::ShiftedWorking);
    check("2019-05-02", DayKind::Holiday("劳动节"));
    check("2019-05-04", DayKind::Holiday("劳动节"));
    check("2019-05-05", DayKind::ShiftedWorking);
    // New Year's holidays that begin in the old year.
    check("2018-12-29", DayKind::ShiftedWorking);
    check("2018-12-31", DayKind::Holiday("元旦"));
    check("2022-12-31", DayKind::Holiday("元旦"));
    check("2023-12-30", DayKind::Weekend);
    check("2023-12-29", DayKind::Working);
    // New Year's Eve of the lunar year: encouraged leave in 2024, a holiday from 2025.
    check("2024-02-09", DayKind::Working);
    check("2025-01-28", DayKind::Holiday("春节"));
    // First and last day of the data.
    check("2016-01-01", DayKind::Holiday("元旦"));
    check("2026-12-31", DayKind::Working);
}

#[test]
fn steps_over_festivals() {
    #[track_caller]
    fn check(from: &str, count: u32, to: &str) {
        let china = Calendar::china();
        assert_eq!(china.add_working_days(day(from), count), Ok(day(to)), "{from} + {count}");
        assert_eq!(china.working_days_between(day(from), day(to)), Ok(count), "{from} to {to}");
    }
    check("2025-09-30", 0, "2025-09-30");
    check("2025-09-26", 1, "2025-09-28");
    check("2025-09-30", 1, "2025-10-09");
    check("2025-09-30", 3, "2025-10-11");
    check("2025-09-30", 4, "2025-10-13");
    check("2024-12-31", 1, "2025-01-02");
    check("2025-01-27", 1, "2025-02-05");
    check("2024-02-28", 2, "2024-03-01");
    check("2025-12-26", 7, "2026-01-07");
}

#[test]
fn steps_back_over_festivals() {
    #[track_caller]
    fn check(from: &str, count: u32, to: &str) {
        assert_eq!(Calendar::china().subtract_working_days(day(from), count), Ok(day(to)), "{from} - {count}");
    }
    check("2025-10-09", 0, "2025-10-09");
    check("2025-10-09", 1, "2025-09-30");
    check("2025-10-09", 3, "2025-09-28");
    check("2025-10-09", 4, "2025-09-26");
    check("2025-10-12", 1, "2025-10-11");
    check("2026-01-05", 3, "2025-12-30");
}

#[test]
fn counts_nothing_backwards() {
    let china = Calendar::china();
    assert_eq!(china.working_days_between(day("2025-10-09"), day("2025-10-09")), Ok(0));
    assert_eq!(china.working_days_between(day("2025-10-09"), day("2025-09-01")), Ok(0));
}

#[test]
fn finds_the_working_day_from_or_after_a_day() {
    let china = Calendar::china();
    assert_eq!(china.working_day_from(day("2025-10-01")), Ok(day("2025-10-09")));
    assert_eq!(china.working_day_from(day("2025-10-09")), Ok(day("2025-10-09")));
    assert_eq!(china.next_working_day(day("2025-10-09")), Ok(day("2025-10-10")));
    assert_eq!(china.next_working_day(day("2025-10-10")), Ok(day("2025-10-11")));
}

#[test]
fn a_year_without_a_notice_is_said_with_what_is_known_all_the_same() {
    let china = Calendar::china();
    let missing = |year, bound| Err(NoCalendar { year, bound: day(bound) });
    assert_eq!(china.day_kind(day("2015-12-31")), Err(NoCalendar { year: 2015, bound: day("2015-12-31") }));
    assert_eq!(china.is_working_day(day("2027-01-04")).map(|_| day("2027-01-04")), missing(2027, "2027-01-04"));
    assert_eq!(china.next_working_day(day("2026-12-31")), missing(2027, "2027-01-01"));
    // 25 December 2026 is a Friday: four working days to the end of the year, and three at the earliest in the next.
    assert_eq!(china.add_working_days(day("2026-12-25"), 7), missing(2027, "2027-01-03"));
    assert_eq!(china.add_working_days(day("2026-12-25"), 4), Ok(day("2026-12-31")));
    assert_eq!(china.subtract_working_days(day("2016-01-04"), 1), missing(2015, "2015-12-31"));
    let between = china.working_days_between(day("2026-12-31"), day("2027-01-01"));
    assert_eq!(between, Err(NoCalendar { year: 2027, bound: day("2027-01-01") }));
    assert_eq!(china.next_working_day(Date::MAX), Err(NoCalendar { year: 9999, bound: Date::MAX }));
}

#[test]
fn what_is_in_time_whatever_the_calendar_is_told() {
    let last = Calendar::china().add_working_days(day("2026-12-25"), 7);
    assert_eq!(in_time(day("2027-01-03"), last), Ok(true));
    assert_eq!(in_time(day("2027-01-04"), last), Err(NoCalendar { year: 2027, bound: day("2027-01-03") }));
    assert_eq!(in_time(day("2026-12-31"), Ok(day("2026-12-31"))), Ok(true));
    assert_eq!(in_time(day("2027-01-01"), Ok(day("2026-12-31"))), Ok(false));
}

#[test]
fn says_which_year_is_missing_and_what_is_known() {
    let missing = NoCalendar { year: 2027, bound: day("2027-02-24") };
    for text in [missing.to_zh(), missing.to_en()] {
        assert!(text.contains("2027") && text.contains("2027-02-24"), "{text}");
    }
}

const SOUND: &str = r#"
year = 2030
source = "某通知（国办发明电〔2029〕1号，2029-11-01）"
workdays = ["2030-09-28"]
[[holiday]]
name = "元旦"
from = "2030-01-01"
to = "2030-01-01"
[[holiday]]
name = "春节"
from = "2030-02-03"
to = "2030-02-08"
[[holiday]]
name = "清明节"
from = "2030-04-05"
to = "2030-04-05"
[[holiday]]
name = "劳动节"
from = "2030-05-01"
to = "2030-05-03"
[[holiday]]
name = "端午节、中秋节"
from = "2030-06-05"
to = "2030-06-05"
[[holiday]]
name = "国庆节"
from = "2030-10-01"
to = "2030-10-07"
"#;

#[test]
fn takes_one_more_year_and_one_that_amends_it() {
    let calendar = Calendar::china().with_notice(SOUND).unwrap();
    assert_eq!(calendar.day_kind(day("2030-10-07")), Ok(DayKind::Holiday("国庆节")));
    assert_eq!(calendar.day_kind(day("2030-09-28")), Ok(DayKind::ShiftedWorking));
    assert_eq!(calendar.day_kind(day("2029-10-07")), Err(NoCalendar { year: 2029, bound: day("2029-10-07") }));
    let amended = calendar.with_notice(&SOUND.replace("to = \"2030-10-07\"", "to = \"2030-10-06\"")).unwrap();
    assert_eq!(amended.day_kind(day("2030-10-07")), Ok(DayKind::Working));
    assert_eq!(amended.years().count(), calendar.years().count());
    assert!(Calendar::parse(&[SOUND, SOUND]).unwrap_err().what.contains("twice"));
}

#[test]
fn refuses_an_unsound_notice() {
    #[track_caller]
    fn check(old: &str, new: &str, says: &str) {
        assert!(Calendar::parse(&[SOUND]).is_ok(), "the sound notice parses");
        assert!(SOUND.contains(old), "{old}");
        let bad = Calendar::parse(&[&SOUND.replace(old, new)]).unwrap_err();
        assert!(bad.to_string().contains(says), "{bad}");
    }
    let overlap = "to = \"2030-10-07\"\n[[holiday]]\nname = \"重阳节\"\nfrom = \"2030-10-07\"\nto = \"2030-10-08\"";
    check("to = \"2030-10-07\"", overlap, "2030-10-07 is in two holidays");
    check("to = \"2030-10-07\"", "to = \"2031-10-07\"", "not inside the year");
    check("from = \"2030-10-01\"", "from = \"2029-12-31\"", "not inside the year");
    check("to = \"2030-10-07\"", "to = \"2030-09-30\"", "not inside the year");
    check("2030-09-28", "2029-09-29", "working day 2029-09-29 is not inside the year");
    check("2030-09-28", "2030-09-27", "2030-09-27 is no weekend");
    check("2030-09-28", "2030-10-05", "2030-10-05 is given twice or lies in a holiday");
    check("[\"2030-09-28\"]", "[\"2030-09-28\", \"2030-09-28\"]", "given twice");
    check("国办发明电〔2029〕1号", "2029年", "names no document number");
    check("year = 2030", "year = 2030\nnote = \"x\"", "unknown field");
    check("name = \"国庆节\"", "name = \"国庆节\"\nlength = 7", "unknown field");
    check("2030-10-07", "2030-02-30", "the notice is wrong in line 28");
    check("to = \"2030-10-07\"", overlap, "the notice of 2030 is wrong in line 29");
    check("2030-09-28", "2030-09-27", "the notice of 2030 is wrong in line 4");
    check("端午节、中秋节", "端午节", "中秋节 is missing");
    check("from = \"2030-10-01\"", "from = \"2030-10-02\"", "国庆节 is missing, or not on its day");
    check("year = 2030", "# 2030", "missing field `year`");
    assert!(Calendar::parse(&[&" ".repeat(super::NOTICE_MAX + 1)]).unwrap_err().to_string().contains("longer"));
}

proptest! {
    #[test]
    fn adding_then_counting_gives_the_count(offset in 0_i64..3650, count in 1_u32..60) {
        let china = Calendar::china();
        let from = date(2016, 1, 1).saturating_add(jiff::Span::new().days(offset));
        let to = china.add_working_days(from, count).unwrap();
        prop_assert!(to > from);
        prop_assert!(china.is_working_day(to).unwrap());
        prop_assert_eq!(china.working_days_between(from, to).unwrap(), count);
        prop_assert_eq!(china.working_days_between(from, to.yesterday().unwrap()).unwrap(), count - 1);
    }

    #[test]
    fn stepping_back_undoes_stepping_forward_from_a_working_day(offset in 0_i64..3650, count in 0_u32..60) {
        let china = Calendar::china();
        let from = china.working_day_from(date(2016, 1, 1).saturating_add(jiff::Span::new().days(offset))).unwrap();
        let to = china.add_working_days(from, count).unwrap();
        prop_assert_eq!(china.subtract_working_days(to, count).unwrap(), from);
    }

    #[test]
    fn counts_add_up(offset in 0_i64..3000, first in 0_i64..300, second in 0_i64..300) {
        let china = Calendar::china();
        let a = date(2016, 1, 1).saturating_add(jiff::Span::new().days(offset));
        let b = a.saturating_add(jiff::Span::new().days(first));
        let c = b.saturating_add(jiff::Span::new().days(second));
        let sum = china.working_days_between(a, b).unwrap() + china.working_days_between(b, c).unwrap();
        prop_assert_eq!(china.working_days_between(a, c).unwrap(), sum);
    }
}
