//! Periods day by day, mostly around festivals, year ends and month ends.

use jiff::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::calendar::{Calendar, NoCalendar};
use Period::{CalendarDays, Hours, Months, WorkingDays, Years};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn deadline(start: &str, period: Period) -> Deadline {
    Deadline::new(day(start), period, "《行政处罚法》第六十一条")
}

fn explained(deadline: &Deadline) -> Explanation {
    deadline.explain(Calendar::china()).unwrap()
}

fn due(deadline: &Deadline) -> Due {
    deadline.due(Calendar::china()).unwrap()
}

fn closed(from: &str, until: &str) -> Suspension {
    let mut suspension = Suspension::open(day(from), "检验期间", "testing");
    suspension.until = Some(day(until));
    suspension
}

fn extension(period: Period) -> Extension {
    Extension { period, reason_zh: "经负责人批准".to_owned(), reason_en: "approved by the head".to_owned() }
}

#[track_caller]
fn check(start: &str, period: Period, end: &str) {
    assert_eq!(due(&deadline(start, period)).day(), Some(day(end)), "{start} + {period:?}");
}

#[test]
fn counts_working_days() {
    check("2025-07-01", WorkingDays(7), "2025-07-10");
    // From a Friday, a Saturday, a Sunday: the same Monday is the first day counted.
    check("2025-07-04", WorkingDays(1), "2025-07-07");
    check("2025-07-05", WorkingDays(1), "2025-07-07");
    check("2025-07-06", WorkingDays(1), "2025-07-07");
    check("2025-07-07", WorkingDays(0), "2025-07-07");
    // National Day week 2025, with both shifted days.
    check("2025-09-26", WorkingDays(1), "2025-09-28");
    check("2025-09-26", WorkingDays(7), "2025-10-13");
    check("2025-09-30", WorkingDays(2), "2025-10-10");
    check("2025-09-30", WorkingDays(3), "2025-10-11");
    check("2025-10-03", WorkingDays(5), "2025-10-14");
    // Across the year, over the shifted Sunday of 2026-01-04.
    check("2025-12-31", WorkingDays(2), "2026-01-05");
    check("2026-02-13", WorkingDays(3), "2026-02-25");
    check("2020-01-22", WorkingDays(3), "2020-02-04");
    check("2024-02-28", WorkingDays(1), "2024-02-29");
}

#[test]
fn counts_natural_days_and_moves_off_holidays() {
    check("2025-07-01", CalendarDays(30), "2025-07-31");
    check("2025-07-01", CalendarDays(60), "2025-09-01"); // 2025-08-30 is a Saturday.
    check("2025-09-01", CalendarDays(30), "2025-10-09"); // 2025-10-01, holiday to the 8th.
    check("2025-08-31", CalendarDays(30), "2025-09-30");
    check("2025-09-13", CalendarDays(15), "2025-09-28"); // A shifted Sunday is a working day: it stays.
    check("2025-09-12", CalendarDays(15), "2025-09-28"); // The Saturday before it moves there.
    check("2025-09-26", CalendarDays(15), "2025-10-11");
    check("2025-12-18", CalendarDays(15), "2026-01-04"); // 2026-01-02 is a holiday, Sunday 01-04 a working day.
    check("2024-02-14", CalendarDays(15), "2024-02-29");
    check("2025-02-14", CalendarDays(15), "2025-03-03"); // 2025-03-01 is a Saturday.
}

#[test]
fn counts_months_and_years_to_the_corresponding_day() {
    check("2025-07-15", Months(2), "2025-09-15");
    check("2024-01-31", Months(1), "2024-02-29");
    check("2025-01-31", Months(1), "2025-02-28");
    check("2022-12-31", Months(2), "2023-02-28");
    check("2025-03-31", Months(3), "2025-06-30");
    check("2025-07-31", Months(2), "2025-09-30");
    check("2025-07-01", Months(3), "2025-10-09");
    check("2025-07-04", Months(6), "2026-01-04"); // A shifted Sunday.
    check("2024-02-29", Years(1), "2025-02-28");
    check("2020-02-29", Years(4), "2024-02-29");
    check("2021-02-28", Years(3), "2024-02-28");
    check("2023-07-03", Years(2), "2025-07-03");
    check("2023-10-01", Years(2), "2025-10-09");
    check("2025-07-15", Months(0), "2025-07-15");
}

#[test]
fn runs_hours_by_the_clock_through_holidays() {
    check("2025-09-30", Hours(24), "2025-10-01");
    check("2025-10-01", Hours(25), "2025-10-03");
    check("2025-10-01", Hours(48), "2025-10-03");
    check("2025-10-01", Hours(1), "2025-10-02");
    let start = "2025-09-30T08:30:00Z".parse().unwrap();
    assert_eq!(Hours(24).hours_after(start), Some("2025-10-01T08:30:00Z".parse().unwrap()));
    assert_eq!(WorkingDays(1).hours_after(start), None);
    assert_eq!(Hours(1).hours_after(Timestamp::MAX), Some(Timestamp::MAX));
}

#[test]
fn a_suspension_whose_end_was_known_may_end_sooner() {
    let mut all = [closed("2025-07-02", "2025-07-04"), closed("2025-07-10", "2025-07-20")];
    Suspension::resume(&mut all, day("2025-07-15"), None);
    assert_eq!(all, [closed("2025-07-02", "2025-07-04"), closed("2025-07-10", "2025-07-14")]);
    // Counted again already: nothing to end.
    Suspension::resume(&mut all, day("2025-07-15"), None);
    assert_eq!(all[1], closed("2025-07-10", "2025-07-14"));
}

#[test]
fn does_not_count_suspended_days() {
    #[track_caller]
    fn check(start: &str, period: Period, suspensions: &[(&str, &str)], end: &str) {
        let mut deadline = deadline(start, period);
        deadline.suspensions = suspensions.iter().map(|(from, until)| closed(from, until)).collect();
        assert_eq!(due(&deadline).day(), Some(day(end)), "{start} + {period:?} without {suspensions:?}");
    }
    // 30 days to 07-31; ten of them not counted.
    check("2025-07-01", CalendarDays(30), &[("2025-07-05", "2025-07-14")], "2025-08-11"); // 08-10 is a Sunday.
    check("2025-07-01", CalendarDays(31), &[("2025-07-05", "2025-07-14")], "2025-08-11");
    // The last day itself suspended; the day after it not.
    check("2025-07-01", CalendarDays(30), &[("2025-07-31", "2025-07-31")], "2025-08-01");
    check("2025-07-01", CalendarDays(30), &[("2025-08-01", "2025-08-20")], "2025-07-31");
    // Before or on the first day: nothing is lost by it, as that day is not counted anyway.
    check("2025-07-01", CalendarDays(30), &[("2025-06-01", "2025-07-01")], "2025-07-31");
    check("2025-07-01", CalendarDays(30), &[("2025-06-01", "2025-07-02")], "2025-08-01");
    // Two that overlap are not taken off twice.
    check("2025-07-01", CalendarDays(30), &[("2025-07-05", "2025-07-10"), ("2025-07-08", "2025-07-12")], "2025-08-08");
    // Into the time won by another.
    check("2025-07-01", CalendarDays(30), &[("2025-07-31", "2025-08-05"), ("2025-08-06", "2025-08-06")], "2025-08-07");
    // Resumed at once.
    check("2025-07-01", CalendarDays(30), &[("2025-07-05", "2025-07-04")], "2025-07-31");
    // Working days: suspended weekends cost nothing.
    check("2025-07-01", WorkingDays(5), &[("2025-07-05", "2025-07-06")], "2025-07-08");
    check("2025-07-01", WorkingDays(5), &[("2025-07-04", "2025-07-07")], "2025-07-10");
    // Months are as long as they are, plus what was suspended.
    check("2025-07-15", Months(2), &[("2025-08-01", "2025-08-10")], "2025-09-25");
    check("2025-07-01", Hours(24), &[("2025-07-02", "2025-07-03")], "2025-07-04");
    // The last day moves off a weekend, and a suspension that begins there stops it too.
    check("2025-07-03", CalendarDays(2), &[("2025-07-06", "2025-07-08")], "2025-07-09");
}

#[test]
fn has_no_last_day_while_suspended() {
    let mut running = deadline("2025-07-01", CalendarDays(30));
    running.suspensions.push(Suspension::open(day("2025-07-10"), "等待鉴定结论", "awaiting an expert opinion"));
    let suspended = due(&running);
    assert_eq!(suspended.day(), None);
    assert!(matches!(suspended, Due::Suspended(since) if since == day("2025-07-10")));
    assert!(!suspended.is_overdue(day("2030-01-01")));
    running.suspensions[0].resume_on(day("2025-07-15"));
    assert_eq!(running.suspensions[0].until, Some(day("2025-07-14")));
    assert_eq!(due(&running).day(), Some(day("2025-08-05")));
}

#[test]
fn is_not_saved_by_a_suspension_after_its_end() {
    let mut over = deadline("2025-07-01", CalendarDays(30));
    over.suspensions.push(Suspension::open(day("2025-08-01"), "中止", "suspended"));
    assert_eq!(due(&over).day(), Some(day("2025-07-31")));
    over.suspensions[0].from = day("2025-07-31");
    assert_eq!(due(&over).day(), None);
}

#[test]
fn is_stopped_by_a_suspension_while_it_moves_off_a_weekend() {
    let mut waiting = deadline("2025-07-03", CalendarDays(2)); // Ends on Saturday 07-05, moves to 07-07.
    waiting.suspensions.push(Suspension::open(day("2025-07-06"), "中止", "suspended"));
    assert!(matches!(due(&waiting), Due::Suspended(since) if since == day("2025-07-06")));
    waiting.suspensions[0].from = day("2025-07-08");
    assert_eq!(due(&waiting).day(), Some(day("2025-07-07")));
}

#[test]
fn stops_in_an_open_suspension_even_where_a_closed_one_overlaps() {
    let mut running = deadline("2025-07-01", CalendarDays(30));
    running.suspensions = vec![closed("2025-07-05", "2025-07-20"), Suspension::open(day("2025-07-10"), "中止", "x")];
    assert!(matches!(due(&running), Due::Suspended(since) if since == day("2025-07-10")));
}

#[test]
fn goes_on_from_the_unmoved_last_day_when_extended() {
    #[track_caller]
    fn check(start: &str, period: Period, extensions: &[Period], end: &str) {
        let mut deadline = deadline(start, period);
        deadline.extensions = extensions.iter().copied().map(extension).collect();
        assert_eq!(due(&deadline).day(), Some(day(end)), "{start} + {period:?} + {extensions:?}");
    }
    check("2025-07-01", WorkingDays(20), &[WorkingDays(10)], "2025-08-12");
    check("2025-07-01", WorkingDays(30), &[], "2025-08-12");
    // 30 days end on the holiday 10-01; 30 more are 60 in all, not 30 from 10-09.
    check("2025-09-01", CalendarDays(30), &[CalendarDays(30)], "2025-10-31");
    check("2025-09-01", CalendarDays(60), &[], "2025-10-31");
    check("2025-07-01", CalendarDays(60), &[CalendarDays(30), WorkingDays(2)], "2025-10-09");
    check("2025-07-15", Months(2), &[Months(1)], "2025-10-15");
    // Only a period that ends in hours stays on a holiday.
    check("2025-09-29", CalendarDays(1), &[Hours(24)], "2025-10-01");
    check("2025-09-29", Hours(24), &[CalendarDays(1)], "2025-10-09");
}

#[test]
fn a_period_into_a_year_without_a_calendar_has_an_earliest_end() {
    #[track_caller]
    fn check(start: &str, period: Period, bound: &str) {
        let unknown = deadline(start, period).due(Calendar::china()).unwrap_err();
        assert_eq!(unknown, NoCalendar { year: 2027, bound: day(bound) }, "{start} + {period:?}");
    }
    check("2026-11-26", CalendarDays(90), "2027-02-24");
    check("2026-12-25", WorkingDays(7), "2027-01-03");
    check("2026-10-31", Months(3), "2027-01-31");
    let mut suspended = deadline("2026-12-25", WorkingDays(7));
    suspended.suspensions.push(Suspension::open(day("2027-01-02"), "检验", "testing"));
    assert!(matches!(due(&suspended), Due::Suspended(_)));
}

#[test]
fn refuses_to_count_into_a_year_without_a_calendar() {
    #[track_caller]
    fn check(start: &str, period: Period, year: i16) {
        let unknown = deadline(start, period).due(Calendar::china()).unwrap_err();
        assert_eq!(unknown.year, year, "{start} + {period:?}");
    }
    check("2026-12-25", WorkingDays(7), 2027);
    check("2026-12-25", CalendarDays(15), 2027);
    check("2026-06-30", Years(1), 2027);
    check("2026-12-31", Months(1), 2027);
    check("2015-12-25", WorkingDays(2), 2015);
    check("2026-12-31", CalendarDays(u16::MAX), 2206);
    check("9998-01-01", Years(u8::MAX), 9999);
    // Natural days need the calendar of their last day only.
    super::tests::check("2015-12-25", CalendarDays(11), "2016-01-05");
    super::tests::check("2026-12-21", CalendarDays(10), "2026-12-31");
    super::tests::check("2026-12-25", WorkingDays(4), "2026-12-31");
}

#[test]
fn a_suspension_that_ends_by_itself_is_right_once_the_calendar_is_known() {
    let short = Calendar::china().until(2024);
    // Announced on 10 December 2024 for thirty days; then seven working days.
    let mut serve = deadline("2024-12-09", WorkingDays(7));
    let announced = Suspension::open(day("2024-12-10"), "公告", "announced");
    let lasts = Some(Lasts { after: day("2024-12-10"), period: CalendarDays(30) });
    serve.suspensions.push(Suspension { lasts, ..announced.clone() });
    assert_eq!(due(&serve).day(), Some(day("2025-01-20")));
    let unknown = serve.due(&short).unwrap_err();
    assert_eq!((unknown.year, unknown.bound), (2025, day("2025-01-16")));
    // Ended sooner by somebody, all of it is known.
    Suspension::resume(&mut serve.suspensions, day("2024-12-16"), None);
    assert_eq!(serve.due(&short).unwrap().day(), Some(day("2024-12-24")));
}

#[test]
fn several_suspensions_end_each_by_its_key() {
    let open = |from: &str, key: &str| Suspension { key: Some(key.into()), ..Suspension::open(day(from), "", "") };
    let mut asked = deadline("2025-07-01", WorkingDays(10));
    asked.suspensions = vec![open("2025-07-03", "a"), open("2025-07-07", "b")];
    Suspension::resume(&mut asked.suspensions, day("2025-07-09"), Some("a"));
    assert_eq!(due(&asked), Due::Suspended(day("2025-07-07")));
    Suspension::resume(&mut asked.suspensions, day("2025-07-10"), Some("b"));
    Suspension::resume(&mut asked.suspensions, day("2025-07-31"), Some("c"));
    assert_eq!(due(&asked).day(), Some(day("2025-07-22")));
}

#[test]
fn explains_a_festival_week() {
    let explain = explained(&deadline("2025-09-26", WorkingDays(7)));
    assert_eq!(
        explain.to_zh(),
        "期限7个工作日，自2025年9月26日起算，当日不计入，第一日为2025年9月28日。\
         不计入的日子：周末（2025年9月27日、2025年10月12日）；国庆节、中秋节（2025年10月1日至8日）。\
         2025年9月28日、2025年10月11日为调休上班日，计入。“日”指工作日，依据《行政处罚法》第八十五条。2025年10月13日届满。\
         依据：《行政处罚法》第六十一条。"
    );
    assert_eq!(
        explain.to_en(),
        "The period is 7 working days from 26 September 2025; that day is not counted, and 28 September 2025 is the \
         first day counted. Not counted: weekend (27 September 2025, 12 October 2025); National Day and Mid-Autumn \
         Festival (1–8 October 2025). Counted, as shifted working days: 28 September 2025, 11 October 2025. Days are \
         working days under Administrative Penalty Law, art. 85. It ends on 13 October 2025. Basis: 《行政处罚法》第六十一条."
    );
}

#[test]
fn explains_a_suspension_an_extension_and_a_move() {
    let mut seizure = deadline("2025-08-01", CalendarDays(30));
    seizure.suspensions.push(closed("2025-08-10", "2025-08-12"));
    seizure.extensions.push(extension(CalendarDays(30)));
    let explain = explained(&seizure);
    assert_eq!(
        explain.to_zh(),
        "期限30日，自2025年8月1日起算，当日不计入，第一日为2025年8月2日。\
         不计入的日子：检验期间（2025年8月10日至12日）。\
         延长30日（经负责人批准），由2025年9月3日延至2025年10月3日。\
         最后一日2025年10月3日不是工作日（国庆节、中秋节），参照《民事诉讼法》第八十五条顺延至其后第一个工作日。2025年10月9日届满。\
         依据：《行政处罚法》第六十一条。"
    );
    assert_eq!(
        explain.to_en(),
        "The period is 30 days from 1 August 2025; that day is not counted, and 2 August 2025 is the first day \
         counted. Not counted: testing (10–12 August 2025). Extended by 30 days (approved by the head), from \
         3 September 2025 to 3 October 2025. The last day, 3 October 2025, is not a working day (National Day and \
         Mid-Autumn Festival), so by analogy with Civil Procedure Law, art. 85 it moves to the next one. It ends on \
         9 October 2025. Basis: 《行政处罚法》第六十一条."
    );
}

#[test]
fn names_the_article_by_which_days_are_working_days_and_a_last_day_moves() {
    let told = |source: &str, period| explained(&Deadline::new(day("2025-09-26"), period, source)).to_zh();
    assert!(told("《行政强制法》第三十五条", WorkingDays(10)).contains("“日”指工作日，依据《行政强制法》第六十九条"));
    assert!(told("《行政复议法》第三十条", WorkingDays(5)).contains("“日”指工作日，依据《行政复议法》第八十八条"));
    // The statute says 工作日 itself; and these are natural days.
    assert!(!told("《政府信息公开条例》第三十三条", WorkingDays(20)).contains("指工作日"));
    assert!(!told("《行政强制法》第二十五条", CalendarDays(30)).contains("指工作日"));
    // 26 September and seven days end on 3 October.
    assert!(told("《行政复议法》第六十二条", CalendarDays(7)).contains("依据《行政复议法》第八十八条顺延"));
    assert!(told("《行政强制法》第二十五条", CalendarDays(7)).contains("参照《民事诉讼法》第八十五条顺延"));
}

#[test]
fn explains_an_open_suspension() {
    let mut running = deadline("2025-07-01", WorkingDays(10));
    running.source.clear();
    running.suspensions.push(Suspension::open(day("2025-07-03"), "等待鉴定结论", "awaiting an expert opinion"));
    let explain = explained(&running);
    assert_eq!(
        explain.to_zh(),
        "期限10个工作日，自2025年7月1日起算，当日不计入，第一日为2025年7月2日。\
         自2025年7月3日起中止（等待鉴定结论），恢复计算前尚无届满日。"
    );
    assert_eq!(
        explain.to_en(),
        "The period is 10 working days from 1 July 2025; that day is not counted, and 2 July 2025 is the first day \
         counted. Suspended from 3 July 2025 (awaiting an expert opinion); it has no last day until it resumes."
    );
}

#[test]
fn tells_many_weekends_by_their_number() {
    let explain = explained(&deadline("2025-07-01", WorkingDays(40)));
    assert!(explain.to_zh().contains("周末（2025年7月5日至8月24日间共16日）"), "{}", explain.to_zh());
    assert!(explain.to_en().contains("weekend (16 days within 5 July – 24 August 2025)"), "{}", explain.to_en());
    let six = explained(&deadline("2025-07-01", WorkingDays(30)));
    assert!(six.to_zh().contains("、2025年8月9日至10日）"), "{}", six.to_zh());
}

#[test]
fn keeps_a_weekend_apart_from_the_holiday_it_runs_into() {
    let explain = explained(&deadline("2018-06-15", WorkingDays(1)));
    let weekend = Skipped { from: day("2018-06-16"), to: day("2018-06-17"), why: Why::Weekend };
    let holiday = Why::Holiday { name: "端午节".to_owned() };
    let festival = Skipped { from: day("2018-06-18"), to: day("2018-06-18"), why: holiday };
    assert_eq!(explain.skipped, [weekend, festival]);
}

#[test]
fn names_runs_across_months_and_years() {
    let mut running = deadline("2025-12-01", CalendarDays(90));
    running.suspensions = vec![closed("2025-12-30", "2026-01-02")];
    let explain = explained(&running);
    assert!(explain.to_zh().contains("（2025年12月30日至2026年1月2日）"), "{}", explain.to_zh());
    assert!(explain.to_en().contains("(30 December 2025 – 2 January 2026)"), "{}", explain.to_en());
}

#[test]
fn period_has_a_stable_json_and_names() {
    #[track_caller]
    fn check(period: Period, json: &str, zh: &str, en: &str) {
        assert_eq!(serde_json::to_string(&period).unwrap(), json);
        assert_eq!(serde_json::from_str::<Period>(json).unwrap(), period);
        assert_eq!((period.to_zh().as_str(), period.to_en().as_str()), (zh, en));
    }
    check(WorkingDays(7), r#"{"unit":"working_days","count":7}"#, "7个工作日", "7 working days");
    check(CalendarDays(1), r#"{"unit":"calendar_days","count":1}"#, "1日", "1 day");
    check(Months(3), r#"{"unit":"months","count":3}"#, "3个月", "3 months");
    check(Years(1), r#"{"unit":"years","count":1}"#, "1年", "1 year");
    check(Hours(24), r#"{"unit":"hours","count":24}"#, "24小时", "24 hours");
    assert!(serde_json::from_str::<Period>(r#"{"unit":"days","count":7}"#).is_err());
    assert!(serde_json::from_str::<Period>(r#"{"unit":"months","count":256}"#).is_err());
}

#[test]
fn tells_what_is_left() {
    #[track_caller]
    fn check(due: &str, today: &str, unit: DayUnit, zh: &str, en: &str) {
        let remaining = remaining(day(due), day(today), unit, Calendar::china()).unwrap();
        assert_eq!((remaining.to_zh().as_str(), remaining.to_en().as_str()), (zh, en), "{due} on {today}");
    }
    use DayUnit::{CalendarDays as Calendar_, WorkingDays as Working};
    check("2025-10-13", "2025-09-30", Working, "还剩4个工作日", "4 working days left");
    check("2025-10-13", "2025-10-11", Working, "还剩1个工作日", "1 working day left");
    check("2025-10-13", "2025-10-12", Working, "还剩1个工作日", "1 working day left");
    check("2025-10-13", "2025-10-13", Working, "今日到期", "due today");
    check("2025-10-13", "2025-10-14", Working, "已逾期1个工作日", "1 working day overdue");
    check("2025-10-13", "2025-10-15", Calendar_, "已逾期2日", "2 days overdue");
    check("2025-10-09", "2025-10-08", Calendar_, "还剩1日", "1 day left");
    check("2025-10-09", "2025-10-01", Calendar_, "还剩8日", "8 days left");
    // Overdue since Friday, told on Saturday; and an end inside a holiday.
    check("2025-07-04", "2025-07-05", Working, "已逾期1日", "1 day overdue");
    check("2025-10-05", "2025-10-01", Working, "还剩4日", "4 days left");
}

#[test]
fn tells_natural_days_without_a_calendar_and_working_days_only_with_one() {
    let china = Calendar::china();
    let (due, today) = (day("2027-02-01"), day("2027-01-31"));
    let left = Remaining::Left { count: 1, unit: DayUnit::CalendarDays };
    assert_eq!(remaining(due, today, DayUnit::CalendarDays, china), Ok(left));
    assert_eq!(remaining(due, today, DayUnit::WorkingDays, china).unwrap_err().year, 2027);
    assert_eq!(remaining(due, due, DayUnit::WorkingDays, china), Ok(Remaining::DueToday));
}

#[test]
fn finds_the_last_day_for_a_notice_before_a_hearing() {
    #[track_caller]
    fn check(hearing: &str, period: Period, latest: &str) {
        assert_eq!(period.latest_start_before(day(hearing), Calendar::china()), Ok(day(latest)), "{hearing}");
    }
    check("2025-07-18", WorkingDays(7), "2025-07-09");
    check("2025-10-15", WorkingDays(7), "2025-09-29");
    check("2025-07-07", WorkingDays(1), "2025-07-04");
    check("2025-10-31", CalendarDays(30), "2025-10-01");
    check("2025-03-31", Months(1), "2025-02-28");
    check("2024-02-29", Years(1), "2023-02-28");
    check("2025-07-02", Hours(24), "2025-07-01");
    check("2025-07-03", Hours(25), "2025-07-01");
    let early = WorkingDays(7).latest_start_before(day("2016-01-05"), Calendar::china());
    assert_eq!(early, Err(NoCalendar { year: 2015, bound: day("2015-12-26") }));
}

#[test]
fn is_overdue_from_the_day_after_the_last() {
    let due = due(&deadline("2025-07-01", CalendarDays(30)));
    assert!(!due.is_overdue(day("2025-07-31")));
    assert!(due.is_overdue(day("2025-08-01")));
}

fn some_day() -> impl Strategy<Value = Date> {
    (0_i64..3600).prop_map(|offset| date(2016, 1, 1).saturating_add(Span::new().days(offset)))
}

fn days(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

fn total(runs: &[Skipped]) -> i64 {
    runs.iter().map(Skipped::days).sum()
}

#[test]
fn a_period_is_no_longer_than_another_where_that_is_so_whenever_they_begin() {
    use Period::{CalendarDays, Hours, Months, WorkingDays, Years};
    for (one, other, want) in [
        (CalendarDays(7), CalendarDays(7), Some(true)),
        (CalendarDays(8), CalendarDays(7), Some(false)),
        (Hours(24), CalendarDays(1), Some(true)),
        (Hours(25), CalendarDays(1), Some(false)),
        (CalendarDays(1), Hours(24), Some(true)),
        (CalendarDays(2), Hours(24), Some(false)),
        (Months(1), CalendarDays(30), None),
        (Months(1), Months(1), Some(true)),
        (CalendarDays(28), Months(1), Some(true)),
        (CalendarDays(29), Months(1), None),
        (CalendarDays(32), Months(1), Some(false)),
        (Months(12), Years(1), None),
        (WorkingDays(5), WorkingDays(5), Some(true)),
        (WorkingDays(0), CalendarDays(0), Some(true)),
        (CalendarDays(20), WorkingDays(20), Some(true)),
        (WorkingDays(1), CalendarDays(7), None),
        (WorkingDays(8), CalendarDays(7), Some(false)),
    ] {
        assert_eq!(one.no_longer_than(other), want, "{one:?} and {other:?}");
    }
}

proptest! {
    #[test]
    fn every_day_of_a_period_is_counted_skipped_or_moved_over(
        start in some_day(), count in 0_u16..90, working: bool, suspended_after in 0_i64..120, lasting in -1_i64..30,
    ) {
        let period = if working { WorkingDays(count) } else { CalendarDays(count) };
        let mut deadline = Deadline::new(start, period, "");
        let from = start.saturating_add(Span::new().days(suspended_after));
        let mut suspension = Suspension::open(from, "中止", "suspended");
        suspension.until = Some(from.saturating_add(Span::new().days(lasting)));
        deadline.suspensions.push(suspension);
        let explain = explained(&deadline);
        let end = due(&deadline).day().unwrap();
        prop_assert_eq!(explain.due, Some(end));
        let moved = explain.moved.as_ref().map_or(0, |moved| total(&moved.over));
        prop_assert_eq!(days(start, end), i64::from(count) + total(&explain.skipped) + moved);
        prop_assert!(Calendar::china().is_working_day(end).unwrap());
    }

    #[test]
    fn a_later_start_never_ends_earlier(start in some_day(), count in 0_u8..12, unit in 0..5) {
        let period = match unit {
            0 => WorkingDays(count.into()),
            1 => CalendarDays(count.into()),
            2 => Months(count),
            3 => Years(count % 2),
            _ => Hours(count.into()),
        };
        let end = |start: Date| due(&Deadline::new(start, period, "")).day().unwrap();
        prop_assert!(end(start) <= end(start.tomorrow().unwrap()));
        prop_assert!(end(start) >= start);
    }

    #[test]
    fn a_notice_on_its_latest_day_is_early_enough_and_no_working_day_later_is(
        event in some_day().prop_filter("room to look back", |day| *day > date(2016, 6, 1)), count in 1_u16..30,
    ) {
        let china = Calendar::china();
        let latest = WorkingDays(count).latest_start_before(event, china).unwrap();
        let eve = event.yesterday().unwrap();
        prop_assert_eq!(china.working_days_between(latest.yesterday().unwrap(), eve).unwrap(), u32::from(count));
    }
}

proptest! {
    #[test]
    fn the_earliest_end_is_never_after_the_end_that_the_notice_brings(
        start in 0i32..360, working in any::<bool>(), count in 1u16..120,
    ) {
        let short = Calendar::china().until(2024);
        let start = date(2024, 1, 1).saturating_add(Span::new().days(start));
        let period = if working { WorkingDays(count) } else { CalendarDays(count) };
        let deadline = Deadline::new(start, period, "");
        let end = due(&deadline).day().unwrap();
        match deadline.due(&short) {
            Ok(known) => prop_assert_eq!(known.day(), Some(end)),
            Err(unknown) => prop_assert!(unknown.year == 2025 && unknown.bound <= end, "{:?} {}", unknown, end),
        }
    }
}
