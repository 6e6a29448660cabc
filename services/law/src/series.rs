//! Document numbers (文号): per agency, year and kind of document, from 1, without holes.
//!
//! A number is given out in the same append as the event that carries it: if that event is refused, so is the number.

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    act::Act,
    check::{Breach, Refusal},
    decider::{Decided, Decider},
    event::{DomainEvent, EventError, Stored},
    order::After,
    vocabulary::EventCard,
};

/// A kind of document that is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// The word in the stream's name.
    pub word: &'static str,
    /// The characters in the number.
    pub mark: &'static str,
}

impl Series {
    /// The stream of an agency's series of a year.
    pub fn stream(&self, agency: &str, year: i16) -> String {
        format!("series/{agency}/{year}/{}", self.word)
    }
}

/// A document number was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberIssued {
    /// From 1, without holes.
    pub number: u32,
    /// The number as the document shows it.
    pub text: String,
    /// The case whose document carries it.
    pub case: Uuid,
}

/// Asks for the next number.
#[derive(Clone, Debug)]
pub struct IssueNumber {
    /// The agency's short name, the head of the number.
    pub short_name: String,
    /// Of which year.
    pub year: i16,
    /// For which kind of document.
    pub series: Series,
    /// For which matter.
    pub matter: Uuid,
}

/// The last number given out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Last {
    last: u32,
}

/// Decides the numbers of a service; `E` is its event, `NumberIssued` under its own stored type.
#[derive(Debug)]
pub struct Numbers<E>(PhantomData<fn() -> E>);

impl<E: DomainEvent + From<NumberIssued> + AsRef<NumberIssued>> Decider for Numbers<E> {
    type Command = IssueNumber;
    type State = Last;
    type Event = E;

    fn answers(_: &IssueNumber) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &Last, _: &Act, ask: &IssueNumber) -> Result<Vec<Decided<E>>, Refusal> {
        let Some(number) = state.last.checked_add(1) else {
            return Err(Refusal::state("SERIES_FULL", "文号已经用尽", "the series of numbers is exhausted"));
        };
        let text = format!("{}{}〔{}〕{number}号", ask.short_name, ask.series.mark, ask.year);
        Ok(vec![Decided::plain(NumberIssued { number, text, case: ask.matter })])
    }

    fn evolve(state: &mut Last, event: &E) {
        state.last = state.last.max(event.as_ref().number);
    }

    fn attempt(_: &Last, _: &Act, _: &IssueNumber, _: &[Breach]) -> Option<E> {
        None
    }
}

/// For aggregates whose documents have no numbers: there is no event, so nothing is ever asked.
#[derive(Clone, Copy, Debug)]
pub enum Unnumbered {}

impl AsRef<NumberIssued> for Unnumbered {
    fn as_ref(&self) -> &NumberIssued {
        match *self {}
    }
}

impl DomainEvent for Unnumbered {
    fn kind(&self) -> &'static str {
        match *self {}
    }
    fn card(&self) -> EventCard {
        match *self {}
    }
    fn to_data(&self) -> Result<Box<serde_json::value::RawValue>, serde_json::Error> {
        match *self {}
    }
    fn from_data(kind: &str, _: &str) -> Result<Self, EventError> {
        Err(EventError::UnknownType(kind.to_owned()))
    }
    fn cards() -> Vec<EventCard> {
        Vec::new()
    }
    fn schemas(_: &mut schemars::SchemaGenerator) -> Vec<Stored> {
        Vec::new()
    }
}

impl Decider for Unnumbered {
    type Command = IssueNumber;
    type State = ();
    type Event = Self;

    fn answers(_: &IssueNumber) -> Vec<After> {
        Vec::new()
    }

    fn decide((): &(), _: &Act, _: &IssueNumber) -> Result<Vec<Decided<Self>>, Refusal> {
        Ok(Vec::new())
    }

    fn evolve((): &mut (), event: &Self) {
        match *event {}
    }

    fn attempt((): &(), _: &Act, _: &IssueNumber, _: &[Breach]) -> Option<Self> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decider::harness::given;

    crate::events! {
        /// Numbers of a test.
        enum SeriesEvent { NumberIssued = "test.series.NumberIssued.v1": did("编发文号", "Number issued") }
    }

    impl AsRef<NumberIssued> for SeriesEvent {
        fn as_ref(&self) -> &NumberIssued {
            let Self::NumberIssued(issued) = self;
            issued
        }
    }

    const PENALTY: Series = Series { word: "penalty", mark: "罚决" };

    fn ask() -> IssueNumber {
        IssueNumber { short_name: "抚市监".into(), year: 2024, series: PENALTY, matter: Uuid::from_u128(1) }
    }

    fn act() -> Act {
        crate::decider::harness::act("2024-03-04T09:00")
    }

    fn issued(number: u32, text: &str) -> SeriesEvent {
        NumberIssued { number, text: text.into(), case: Uuid::from_u128(1) }.into()
    }

    #[test]
    fn numbers_begin_at_one_and_leave_no_hole() {
        given::<Numbers<SeriesEvent>>([]).when(&act(), &ask()).then(&[issued(1, "抚市监罚决〔2024〕1号")]);
        let before = [issued(1, "抚市监罚决〔2024〕1号"), issued(2, "抚市监罚决〔2024〕2号")];
        given::<Numbers<SeriesEvent>>(before).when(&act(), &ask()).then(&[issued(3, "抚市监罚决〔2024〕3号")]);
    }

    #[test]
    fn refuses_a_number_beyond_the_last() {
        given::<Numbers<SeriesEvent>>([issued(u32::MAX, "")]).when(&act(), &ask()).not_possible("SERIES_FULL");
    }

    #[test]
    fn each_agency_year_and_kind_has_its_own_stream() {
        assert_eq!(PENALTY.stream("11230883MB01310199", 2024), "series/11230883MB01310199/2024/penalty");
        assert_ne!(PENALTY.stream("A", 2025), PENALTY.stream("A", 2024));
    }
}
