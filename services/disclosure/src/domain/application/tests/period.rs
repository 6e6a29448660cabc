//! The clock that events carry ends on the day on which the decider holds the period to end.

use jiff::civil::Date;
use law::{Decider as _, calendar::Calendar, clock::ClockChange, day_of, decider::harness::given, period::Deadline};

use super::super::{
    Applications,
    sample::{self, act, ask, day},
};
use crate::domain::{events::*, words::Outcome};

/// DI-ANSWER as whoever reads the events computes it.
#[derive(Default)]
struct Clock(Option<Deadline>);

impl Clock {
    fn take(&mut self, change: &ClockChange) {
        if change.clock() != "DI-ANSWER" {
            return;
        }
        match (change, &mut self.0) {
            (ClockChange::Opened { start, period, .. }, held) => {
                *held = Some(Deadline::new(day_of(*start), *period, ""));
            }
            (ClockChange::Stopped { .. } | ClockChange::Cancelled { .. }, held) => *held = None,
            (edit, Some(d)) => edit.clone().edit(d),
            (_, None) => panic!("{change:?} of a clock that does not run"),
        }
    }

    fn due(&self) -> Option<Date> {
        self.0.as_ref().and_then(|d| d.due(Calendar::china()).expect("known years").day())
    }
}

/// Plays the steps in handling mode; both computations agree after each. Gives the last day.
#[track_caller]
fn play(steps: &[(&str, Step)]) -> Option<Date> {
    let (mut events, mut clock) = (Vec::new(), Clock::default());
    let first = ("2025-06-03T09:00", Step::from(sample::received()));
    for (when, step) in std::iter::once(&first).chain(steps) {
        let now = given::<Applications>(events.clone());
        for decided in now.when(&act(when), &ask(step.clone())).decided() {
            decided.clocks.iter().for_each(|change| clock.take(change));
            events.push(decided.event);
            let mut state = super::Application::default();
            events.iter().for_each(|e| Applications::evolve(&mut state, e));
            let period = state.period().filter(|_| clock.0.is_some());
            let due = period.and_then(|p| p.due(Calendar::china()).expect("known years").day());
            assert_eq!(clock.due(), due, "after {when} {}", step.name());
        }
    }
    clock.due()
}

fn third(inquiry: u128, sent: &str) -> Step {
    let mut asked = ThirdPartyAsked { inquiry: sample::id(inquiry), sent: day(sent), ..sample::third_party_asked() };
    if inquiry != 9 {
        (asked.person.uscc, asked.person.name) = (None, format!("第三方{inquiry}"));
    }
    asked.into()
}

fn opinion(inquiry: u128) -> Step {
    ThirdPartyAnswered { inquiry: sample::id(inquiry), ..sample::third_party_answered(true) }.into()
}

#[test]
fn the_period_ends_on_the_twentieth_working_day() {
    assert_eq!(play(&[]), Some(day("2025-07-01")));
}

#[test]
fn the_time_in_which_a_third_party_is_asked_does_not_count() {
    // Sent on Monday the 9th, received on the 10th, silent: the 15 working days end on 1 July. Counted are 4–9 June and
    // what follows 1 July.
    assert_eq!(play(&[("2025-06-10T09:00", third(9, "2025-06-09"))]), Some(day("2025-07-23")));
    // It answers on the 13th: four working days are not counted.
    let answered = [("2025-06-10T09:00", third(9, "2025-06-09")), ("2025-06-13T09:00", opinion(9))];
    assert_eq!(play(&answered), Some(day("2025-07-07")));
}

#[test]
fn a_late_opinion_does_not_count_further() {
    let late = [("2025-06-10T09:00", third(9, "2025-06-09")), ("2025-07-10T09:00", opinion(9))];
    assert_eq!(play(&late), Some(day("2025-07-23")));
}

#[test]
fn several_who_are_asked_at_once_are_waited_for_together() {
    let two = [("2025-06-10T09:00", third(9, "2025-06-09")), ("2025-06-12T09:00", third(10, "2025-06-11"))];
    let last = play(&two);
    assert_eq!(last, Some(day("2025-07-25")));
    let mut answered = two.to_vec();
    answered.push(("2025-06-13T09:00", opinion(10)));
    assert_eq!(play(&answered), Some(day("2025-07-23")), "the first is still waited for");
    answered.push(("2025-06-16T09:00", opinion(9)));
    assert_eq!(play(&answered), Some(day("2025-07-08")));
    // A letter that was sent before the other, and received after it.
    let crossed = [("2025-06-10T09:00", third(9, "2025-06-09")), ("2025-06-13T09:00", third(10, "2025-06-05"))];
    assert_eq!(play(&crossed), Some(day("2025-07-30")));
}

#[test]
fn somebody_asked_after_another_wait_is_waited_for_again() {
    let one_then_another = [
        ("2025-06-10T09:00", third(9, "2025-06-09")),
        ("2025-06-13T09:00", opinion(9)),
        ("2025-06-17T09:00", sample_agency("2025-06-16")),
        ("2025-06-19T09:00", AgencyAnswered { ..sample::agency_answered() }.into()),
    ];
    assert_eq!(play(&one_then_another), Some(day("2025-07-10")));
}

fn sample_agency(sent: &str) -> Step {
    AgencyAsked { sent: day(sent), ..sample::agency_asked() }.into()
}

#[test]
fn extensions_and_deferral_come_after_what_was_waited_for() {
    let steps = [
        ("2025-06-10T09:00", third(9, "2025-06-09")),
        ("2025-06-11T09:00", sample::extended(20).into()),
        ("2025-06-13T09:00", opinion(9)),
    ];
    assert_eq!(play(&steps), Some(day("2025-08-04")));
    let deferred = [
        ("2025-06-04T09:00", Step::from(sample::demanded())),
        ("2025-06-06T09:00", sample::reasons().into()),
        ("2025-07-01T09:00", sample::deferred(40).into()),
    ];
    assert_eq!(play(&deferred), Some(day("2025-08-26")));
}

#[test]
fn a_corrected_application_begins_the_period_anew_even_while_others_are_asked() {
    let steps = [
        ("2025-06-05T09:00", third(9, "2025-06-04")),
        ("2025-06-06T09:00", sample::correction(false).into()),
        ("2025-06-18T09:00", sample::corrected().into()),
    ];
    // The third party has until 26 June.
    assert_eq!(play(&steps), Some(day("2025-07-24")));
    assert_eq!(play(&steps[1..]), Some(day("2025-07-16")));
}

#[test]
fn an_answer_ends_every_wait() {
    let answer = ApplicationAnswered { left: vec![super::not_waited_for(9)], ..sample::answered(Outcome::NotExisting) };
    let steps = [("2025-06-10T09:00", third(9, "2025-06-09")), ("2025-06-12T09:00", answer.into())];
    assert_eq!(play(&steps), Some(day("2025-07-04")));
}

#[test]
fn refuses_to_extend_what_does_not_run_or_ran_out() {
    let asked = given::<Applications>([sample::received().into(), sample::correction(true).into()]);
    asked.when(&act("2025-06-10T09:00"), &ask(sample::extended(5))).not_possible("PERIOD_NOT_RUNNING");
    let received = || given::<Applications>([sample::received().into()]);
    received().when(&act("2025-07-01T09:00"), &ask(sample::extended(20))).satisfies("DI-EXTEND");
    // What ran out is refused under the period's own rule.
    let clocked = || given::<Applications>([]).after(&act("2025-06-03T09:00"), &ask(sample::received()));
    clocked().when(&act("2025-07-01T23:59"), &ask(sample::extended(1))).satisfies("DI-EXTEND");
    clocked().when(&act("2025-07-02T00:00"), &ask(sample::extended(1))).refused_by("DI-ANSWER");
    clocked()
        .when(&law::decider::harness::reporting("2025-07-02T09:00"), &ask(sample::extended(1)))
        .violates("DI-ANSWER");
    received().when(&act("2025-06-10T09:00"), &ask(sample::extended(0))).invalid("working_days");
    let once = given::<Applications>([sample::received().into(), sample::extended(15).into()]);
    once.when(&act("2025-07-02T09:00"), &ask(sample::extended(6))).refused_by("DI-EXTEND");
}
