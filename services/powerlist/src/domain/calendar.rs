//! The notices of holidays: which days are working days. The State Council gives one each autumn for the year to come, and
//! sometimes one that amends a year that runs.

use law::{Act, Decided, Decider, Refusal, calendar::NoticePublished, check::Breach, order::After};

use super::events::{CalendarEvent, CalendarStep};

/// The one calendar; every region counts by it.
pub const CHINA: &str = "china";

/// What is known of the notices.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The notices on record, in the order in which they were put there.
    pub notices: Vec<NoticePublished>,
}

/// Notices.
pub struct Notices;

impl Decider for Notices {
    type Command = CalendarStep;
    type State = State;
    type Event = CalendarEvent;

    fn answers(command: &CalendarStep) -> Vec<After> {
        command.answers()
    }

    fn decide(_: &State, act: &Act, command: &CalendarStep) -> Result<Vec<Decided<CalendarEvent>>, Refusal> {
        let CalendarStep::ImportNotice(published) = command;
        let with = act
            .calendar
            .with_notice(&published.notice)
            .map_err(|bad| Refusal::Invalid { field: "notice".to_owned(), en: bad.to_string() })?;
        // What changes no day and no source says nothing new.
        if with == *act.calendar { Ok(vec![]) } else { Ok(vec![Decided::plain(published.clone())]) }
    }

    fn evolve(state: &mut State, event: &CalendarEvent) {
        let CalendarEvent::NoticePublished(published) = event;
        state.notices.push(published.clone());
    }

    fn attempt(_: &State, _: &Act, _: &CalendarStep, _: &[Breach]) -> Option<CalendarEvent> {
        None
    }
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::fixture::act;

    const OF_2026: &str = include_str!("../../../../seeds/calendar/2026.toml");

    fn of_2027() -> NoticePublished {
        published(include_str!("../../../../seeds/demo/2027.toml"))
    }

    fn published(text: &str) -> NoticePublished {
        NoticePublished::read(text, "ab".repeat(32)).unwrap()
    }

    /// An act that knows of a notice.
    fn knowing(notice: &NoticePublished) -> Act {
        let act = act("2026-11-11");
        Act { calendar: act.calendar.with_notice(&notice.notice).unwrap().into(), ..act }
    }

    #[test]
    fn takes_the_notice_of_a_year_to_come_once() {
        let notice = of_2027();
        assert_eq!((notice.year, notice.source.contains("2027年")), (2027, true));
        given::<Notices>([]).when(&act("2026-11-10"), &notice.clone().into()).then(&[notice.clone().into()]);
        given::<Notices>([notice.clone().into()]).when(&knowing(&notice), &notice.into()).quiet();
    }

    #[test]
    fn stays_quiet_about_a_notice_that_this_version_brings() {
        given::<Notices>([]).when(&act("2026-11-10"), &published(OF_2026).into()).quiet();
    }

    #[test]
    fn takes_a_notice_that_amends_a_year() {
        let amended = published(&OF_2026.replace("to = \"2026-02-23\"", "to = \"2026-02-25\""));
        given::<Notices>([]).when(&act("2026-01-27"), &amended.clone().into()).then(&[amended.clone().into()]);
        let day = "2026-02-25".parse().unwrap();
        assert_eq!(knowing(&amended).calendar.is_working_day(day), Ok(false));
        assert_eq!(act("2026-01-27").calendar.is_working_day(day), Ok(true));
    }

    #[test]
    fn refuses_a_notice_that_contradicts_the_weekdays_with_its_line() {
        let wrong = NoticePublished { notice: OF_2026.replace("2026-01-04", "2026-01-05"), ..published(OF_2026) };
        let refused = Notices::decide(&State::default(), &act("2026-11-10"), &wrong.into()).unwrap_err();
        let Refusal::Invalid { field, en } = refused else { panic!("{refused:?}") };
        assert_eq!(field, "notice");
        assert!(en.contains("line 5") && en.contains("2026-01-05 is no weekend"), "{en}");
    }
}
