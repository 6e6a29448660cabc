//! An agency's years: what it received and answered in each, and the reports on them.

use std::collections::BTreeMap;

use jiff::civil::date;
use law::{Act, Breach, ClockChange, Decided, Decider, Refusal, clock::begin_of_day, id::Uscc, order::After};
use uuid::Uuid;

use super::{
    application::Application,
    events::{AnswerCounted, ApplicationCounted, ApplicationEvent, OutcomeCount, ReportPublished, YearEvent},
    rules::year::{DI_YEAR, REPORT},
    words::Outcome,
};

/// The stream of an agency's years.
pub fn stream(agency: &Uscc) -> String {
    format!("years/{agency}")
}

/// The year in which there were regulations to report on.
const FIRST: i16 = 2008;

/// What an event of an application counts for, and in whose year.
pub fn counts<'a>(
    application: Uuid,
    year: i16,
    before: &'a Application,
    event: &'a ApplicationEvent,
) -> Option<(&'a Uscc, Command)> {
    match (event, before.received.as_deref()) {
        (ApplicationEvent::ApplicationReceived(e), _) => Some((&e.agency, Command::Received { year, application })),
        (ApplicationEvent::ApplicationAnswered(e), Some(received)) => {
            Some((&received.agency, Command::Answered { year, application, outcome: e.outcome }))
        }
        _ => None,
    }
}

/// What is asked of a year.
#[derive(Clone, Debug)]
pub enum Command {
    /// An application of this year counts.
    Received {
        /// The year.
        year: i16,
        /// The application.
        application: Uuid,
    },
    /// An answer of this year counts.
    Answered {
        /// The year.
        year: i16,
        /// The application.
        application: Uuid,
        /// With what.
        outcome: Outcome,
    },
    /// The report is published.
    Publish(ReportPublished),
}

/// An agency's years.
#[derive(Clone, Debug, Default)]
pub struct Reported(BTreeMap<i16, Year>);

#[derive(Clone, Debug, Default)]
struct Year {
    received: u32,
    answered: BTreeMap<Outcome, u32>,
    published: bool,
}

/// Decides what a year holds.
#[derive(Debug)]
pub struct Years;

fn open(year: i16) -> ClockChange {
    ClockChange::open_keyed(&DI_YEAR, &year.to_string(), begin_of_day(date(year, 12, 31)), REPORT)
}

impl Decider for Years {
    type Command = Command;
    type State = Reported;
    type Event = YearEvent;

    fn answers(_: &Command) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &Reported, act: &Act, command: &Command) -> Result<Vec<Decided<YearEvent>>, Refusal> {
        Ok(vec![match command {
            Command::Received { year, application } => {
                let decided = Decided::plain(ApplicationCounted { year: *year, application: *application });
                if state.of(*year).received == 0 { decided.clock(open(*year)) } else { decided }
            }
            Command::Answered { year, application, outcome } => {
                Decided::plain(AnswerCounted { year: *year, application: *application, outcome: *outcome })
            }
            Command::Publish(draft) => publish(&state.of(draft.year), act, draft)?,
        }])
    }

    fn evolve(state: &mut Reported, event: &YearEvent) {
        match event {
            YearEvent::ApplicationCounted(e) => {
                let year = state.0.entry(e.year).or_default();
                year.received = year.received.saturating_add(1);
            }
            YearEvent::AnswerCounted(e) => {
                let count = state.0.entry(e.year).or_default().answered.entry(e.outcome).or_default();
                *count = count.saturating_add(1);
            }
            YearEvent::ReportPublished(e) => state.0.entry(e.year).or_default().published = true,
        }
    }

    fn attempt(_: &Reported, _: &Act, _: &Command, _: &[Breach]) -> Option<YearEvent> {
        None
    }
}

impl Reported {
    fn of(&self, year: i16) -> Year {
        self.0.get(&year).cloned().unwrap_or_default()
    }
}

/// The counts are those of the record, whatever the agency asserts.
fn publish(year: &Year, act: &Act, draft: &ReportPublished) -> Result<Decided<YearEvent>, Refusal> {
    let wrong = |en: &str| Err(Refusal::Invalid { field: "year".to_owned(), en: en.to_owned() });
    if draft.year >= act.day().year() {
        return wrong("is not over yet");
    }
    if draft.year < FIRST {
        return wrong("is before there were regulations to report on");
    }
    if year.published {
        return Err(Refusal::state("ALREADY_PUBLISHED", "该年度报告已经公布", "the report of that year is published"));
    }
    let answered = year.answered.iter().map(|(outcome, count)| OutcomeCount { outcome: *outcome, count: *count });
    let event = ReportPublished { received: year.received, answered: answered.collect(), ..draft.clone() };
    let mut decided = Decided::plain(event.dated(act.at));
    if year.received == 0 {
        decided = decided.clock(open(draft.year));
    }
    let clock = ClockChange::name(&DI_YEAR, &draft.year.to_string());
    Ok(decided.clock(ClockChange::Stopped { clock, at: act.at }))
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::application::sample::{act, id};

    fn counted(n: u128) -> YearEvent {
        ApplicationCounted { year: 2024, application: id(n) }.into()
    }

    fn answer(n: u128, outcome: Outcome) -> YearEvent {
        AnswerCounted { year: 2024, application: id(n), outcome }.into()
    }

    fn report() -> ReportPublished {
        ReportPublished {
            year: 2024,
            received: 99,
            answered: vec![],
            reconsiderations: 1,
            lawsuits: 0,
            problems: "答复说理不充分".into(),
            submitted_to: "抚远市政府办公室".into(),
            url: "https://www.example.gov.cn/2024".into(),
            at: None,
        }
    }

    #[test]
    fn the_first_application_of_a_year_opens_its_clock() {
        let first = Command::Received { year: 2024, application: id(1) };
        let decided = given::<Years>([]).when(&act("2024-05-06T09:00"), &first).decided();
        assert!(
            matches!(&decided[0].clocks[..], [ClockChange::Opened { start, .. }] if *start == begin_of_day(date(2024, 12, 31)))
        );
        let decided = given::<Years>([counted(1)]).when(&act("2024-05-07T09:00"), &first).decided();
        assert!(decided[0].clocks.is_empty());
    }

    #[test]
    fn the_report_counts_what_the_record_holds() {
        let before = [counted(1), counted(2), answer(1, Outcome::Disclosed), answer(9, Outcome::Disclosed)];
        let decided = given::<Years>(before).when(&act("2025-01-15T09:00"), &Command::Publish(report())).decided();
        let YearEvent::ReportPublished(e) = &decided[0].event else { panic!("{decided:?}") };
        assert_eq!((e.received, &e.answered[..]), (2, &[OutcomeCount { outcome: Outcome::Disclosed, count: 2 }][..]));
        assert!(matches!(&decided[0].clocks[..], [ClockChange::Stopped { .. }]));
    }

    #[test]
    fn a_year_without_applications_is_reported_all_the_same() {
        let decided = given::<Years>([]).when(&act("2025-02-10T09:00"), &Command::Publish(report())).decided();
        assert!(matches!(&decided[0].clocks[..], [ClockChange::Opened { .. }, ClockChange::Stopped { .. }]));
    }

    #[test]
    fn a_year_is_reported_once_and_after_its_end() {
        let publish = Command::Publish(report());
        given::<Years>([report().into()]).when(&act("2025-01-15T09:00"), &publish).not_possible("ALREADY_PUBLISHED");
        given::<Years>([]).when(&act("2024-12-31T09:00"), &publish).invalid("year");
        let ancient = Command::Publish(ReportPublished { year: 2007, ..report() });
        given::<Years>([]).when(&act("2024-12-31T09:00"), &ancient).invalid("year");
        let other = Command::Publish(ReportPublished { year: 2023, ..report() });
        given::<Years>([report().into()]).when(&act("2025-01-15T09:00"), &other).events();
    }
}
