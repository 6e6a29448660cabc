//! What ran out stays so, whatever comes later and in whatever order.

use proptest::prelude::*;

use super::*;
use crate::decider::harness::{act, at, day, reporting};

const NAME: &str = "T-CLOCK";

fn opened(start: &str, period: Period) -> ClockChange {
    ClockChange::Opened {
        clock: NAME.to_owned(),
        rule: NAME.to_owned(),
        citation: "《行政强制法》第二十五条".to_owned(),
        zh: "处理".to_owned(),
        en: "settle".to_owned(),
        start: at(start),
        period,
        fixed: false,
        debtor: Some(Debtor::Agency),
        whose: None,
    }
}

fn extended(days: u16) -> ClockChange {
    let (zh, en) = ("批准".to_owned(), "approved".to_owned());
    ClockChange::Extended { clock: NAME.to_owned(), period: Period::CalendarDays(days), zh, en }
}

/// A clock of thirty days from Monday 3 March 2025: its last day is Wednesday 2 April.
fn thirty() -> Clocks {
    let mut clocks = Clocks::default();
    clocks.take(opened("2025-03-03T09:00", Period::CalendarDays(30)), at("2025-03-03T09:00"));
    clocks
}

fn last_day(clocks: &Clocks) -> Option<Date> {
    let (_, running) = clocks.iter().next().expect("it runs");
    running.deadline(Calendar::china()).due(Calendar::china()).expect("known years").day()
}

fn decided(change: ClockChange) -> Vec<Decided<()>> {
    let (rules, violations, unchecked) = (vec![NAME], Vec::new(), Vec::new());
    vec![Decided { event: (), rules, violations, unchecked, clocks: vec![change] }]
}

#[test]
fn an_extension_on_the_last_day_is_in_order() {
    let held = thirty().hold(&act("2025-04-02T23:59"), decided(extended(30))).unwrap();
    assert_eq!((held[0].violations.len(), held[0].rules.as_slice()), (0, &[NAME][..]));
}

#[test]
fn refuses_an_extension_on_the_day_after_the_last() {
    let refused = thirty().hold(&act("2025-04-03T00:00"), decided(extended(30))).unwrap_err();
    assert_eq!(refused.breaches()[0].citation, "《行政强制法》第二十五条");
    assert!(refused.breaches()[0].zh.contains("2025-04-02届满"), "{refused:?}");
}

#[test]
fn a_late_extension_that_is_reported_is_a_violation_and_gives_no_day() {
    let mut clocks = thirty();
    let held = clocks.hold(&reporting("2025-04-03T09:00"), decided(extended(30))).unwrap();
    assert_eq!((held[0].violations[0].rule.as_str(), held[0].rules.as_slice()), (NAME, &[][..]));
    clocks.take(extended(30), at("2025-04-03T09:00"));
    assert_eq!(last_day(&clocks), Some(day("2025-04-02")));
}

#[test]
fn what_a_party_owes_is_put_off_after_its_last_day_and_was_late_all_the_same() {
    let mut clocks = Clocks::default();
    let theirs = opened("2025-03-03T09:00", Period::CalendarDays(15)).owed_by(Debtor::Party);
    clocks.take(theirs, at("2025-03-03T09:00"));
    let held = clocks.hold(&act("2025-06-03T09:00"), decided(extended(60))).unwrap();
    assert_eq!(held[0].violations, []);
    clocks.take(extended(60), at("2025-06-03T09:00"));
    assert_eq!(last_day(&clocks), Some(day("2025-03-18")));
}

#[test]
fn what_no_calendar_tells_is_not_held_against_an_extension() {
    let mut clocks = Clocks::default();
    clocks.take(opened("2026-12-28T09:00", Period::WorkingDays(7)), at("2026-12-28T09:00"));
    // Seven days of which every unknown one counts end on 4 January.
    let early = clocks.hold(&act("2027-01-04T09:00"), decided(extended(7))).unwrap();
    assert_eq!(early[0].unchecked, []);
    let late = clocks.hold(&act("2027-01-05T09:00"), decided(extended(7))).unwrap();
    assert_eq!((late[0].unchecked[0].rule.as_str(), late[0].rules.len(), late[0].violations.len()), (NAME, 0, 0));
}

#[test]
fn hours_end_by_the_clock() {
    let mut clocks = Clocks::default();
    clocks.take(opened("2025-03-03T09:00", Period::Hours(24)), at("2025-03-03T09:00"));
    clocks.hold(&act("2025-03-04T09:00"), decided(extended(1))).unwrap();
    clocks.hold(&act("2025-03-04T09:01"), decided(extended(1))).unwrap_err();
}

#[test]
fn a_restraint_of_a_person_ends_on_its_day_holiday_or_not() {
    // 30 days from 5 September 2025 end on Sunday 5 October, in the holiday.
    let period = Period::CalendarDays(30);
    for (change, last) in
        [(opened("2025-09-05T09:00", period), "2025-10-09"), (opened("2025-09-05T09:00", period).fixed(), "2025-10-05")]
    {
        let mut clocks = Clocks::default();
        clocks.take(change, at("2025-09-05T09:00"));
        assert_eq!(last_day(&clocks), Some(day(last)));
    }
}

proptest! {
    /// Whatever suspends, resumes and extends a clock after its last day leaves the last day where it was.
    #[test]
    fn no_sequence_of_changes_moves_a_last_day_that_has_passed(
        before in prop::collection::vec((0_u16..4, 0_i64..25, 1_u16..20), 0..4),
        after in prop::collection::vec((0_u16..4, 0_i64..200, 1_u16..90), 1..6),
    ) {
        let change = |(kind, _, n): (u16, i64, u16), on: Date| match kind {
            0 => ClockChange::suspend(NAME, on, "", ""),
            1 => ClockChange::suspend(NAME, on, "", "").lasting(on, Period::WorkingDays(n)),
            2 => ClockChange::resume(NAME, on),
            _ => extended(n),
        };
        let start = day("2025-03-03");
        let moment = |on: Date| end_of_day(on);
        let mut clocks = thirty();
        for one in before {
            let on = start.saturating_add(jiff::Span::new().days(one.1));
            clocks.take(change(one, on), moment(on));
        }
        // One that stands still has no last day that could pass.
        let Some(last) = last_day(&clocks) else { return Ok(()) };
        for one in after {
            let on = last.saturating_add(jiff::Span::new().days(one.1 + 1));
            clocks.take(change(one, on), moment(on));
            prop_assert_eq!(last_day(&clocks), Some(last));
        }
    }
}
