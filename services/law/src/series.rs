//! Document numbers (文号): the body's 代字, the year and a running number (党政机关公文处理工作条例 9(五)). What is handled here gets
//! the next one per agency, year and kind of document, from 1, without holes. A document that was made elsewhere, and is reported,
//! keeps the number that stands on it.
//!
//! A number is given out, or kept, in the same append as the event that carries it: if that event is refused, so is the number. No
//! two documents have the same one, and none has one of another body's.

use std::{collections::BTreeSet, marker::PhantomData};

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

/// Highest number of a series; beyond it a number that stands on a document is taken for one of another form.
const NUMBER_MAX: u32 = 99_999;

/// A document number was given out, or kept as it stands on a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberIssued {
    /// From 1, without holes but for numbers that stand on documents made elsewhere; 0 for one that is of another form.
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
    /// The number that stands on the document already.
    pub stands: Option<Standing>,
}

/// A number that stands on a document made elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// As it stands there.
    pub text: String,
    /// Its place in the agency's own series; 0 where it is of another form.
    pub number: u32,
    /// The other body whose 代字 it bears.
    pub of_another: Option<String>,
}

/// The parts of a number: what stands before the year, the year, and the running number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// 代字 and kind of document.
    pub head: String,
    /// The year.
    pub year: i16,
    /// The running number.
    pub number: u32,
}

impl Parts {
    /// Reads a number as people write it: any brackets, with blanks, 第, or noughts before the number; none if it is of another
    /// form.
    pub fn read(text: &str) -> Option<Self> {
        let text = plain(text);
        let (head, rest) = text.split_once('〔')?;
        let (year, rest) = rest.split_once('〕')?;
        let number = rest.strip_prefix('第').unwrap_or(rest).strip_suffix('号')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if head.is_empty() || year.len() != 4 || !digits(year) || !digits(number) {
            return None;
        }
        let number = number.parse().ok().filter(|number| (1..=NUMBER_MAX).contains(number))?;
        Some(Self { head: head.to_owned(), year: year.parse().ok()?, number })
    }
}

/// A number as it is compared: without blanks, with one kind of brackets and of digits, Latin letters small.
pub fn plain(text: &str) -> String {
    let one = |sign: char| match sign {
        '[' | '(' | '［' | '（' | '【' | '﹝' | '〖' => '〔',
        ']' | ')' | '］' | '）' | '】' | '﹞' | '〗' => '〕',
        '０'..='９' => char::from(b'0' + (u32::from(sign) - u32::from('０')) as u8),
        sign => sign,
    };
    text.chars().filter(|sign| !sign.is_whitespace()).map(one).flat_map(char::to_lowercase).collect()
}

/// The numbers of a series that are in use.
#[derive(Clone, Debug, Default)]
pub struct Used {
    last: u32,
    /// Those below the last that are not: a number that stood on a document passed them over.
    open: BTreeSet<u32>,
    /// Whether there is any, of whatever form.
    any: bool,
}

/// Decides the numbers of a service; `E` is its event, `NumberIssued` under its own stored type.
#[derive(Debug)]
pub struct Numbers<E>(PhantomData<fn() -> E>);

impl<E: DomainEvent + From<NumberIssued> + AsRef<NumberIssued>> Decider for Numbers<E> {
    type Command = IssueNumber;
    type State = Used;
    type Event = E;

    fn answers(_: &IssueNumber) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &Used, _: &Act, ask: &IssueNumber) -> Result<Vec<Decided<E>>, Refusal> {
        if let Some(stands) = &ask.stands {
            return keep(state, stands, ask.matter);
        }
        let Some(number) = state.last.checked_add(1) else {
            return Err(Refusal::state("SERIES_FULL", "文号已经用尽", "the series of numbers is exhausted"));
        };
        let text = format!("{}{}〔{}〕{number}号", ask.short_name, ask.series.mark, ask.year);
        Ok(vec![Decided::plain(NumberIssued { number, text, case: ask.matter })])
    }

    fn evolve(state: &mut Used, event: &E) {
        let number = event.as_ref().number;
        state.any = true;
        // Numbers that are given out follow each other; only one that is kept passes others over, by no more than a year has.
        if number > state.last && number - state.last <= NUMBER_MAX {
            state.open.extend(state.last + 1..number);
        }
        state.open.remove(&number);
        state.last = state.last.max(number);
    }

    fn attempt(_: &Used, _: &Act, _: &IssueNumber, _: &[Breach]) -> Option<E> {
        None
    }
}

/// The number that stands on a document, unless another document has it or it is another body's.
fn keep<E: DomainEvent + From<NumberIssued>>(
    used: &Used,
    stands: &Standing,
    case: Uuid,
) -> Result<Vec<Decided<E>>, Refusal> {
    let Standing { text, number, of_another } = stands;
    if let Some(other) = of_another {
        return Err(Refusal::state(
            "NUMBER_OF_ANOTHER",
            format!("文号“{text}”的机关代字属于{other}；请核对文书上的文号"),
            format!("the number {text} bears the mark of {other}; look again at what stands on the document"),
        ));
    }
    let is_used = if *number == 0 { used.any } else { *number <= used.last && !used.open.contains(number) };
    if is_used {
        return Err(Refusal::state(
            "NUMBER_USED",
            format!("文号“{text}”已经用于另一份文书；请核对文书上的文号"),
            format!("the number {text} stands on another document; look again at what stands on this one"),
        ));
    }
    Ok(vec![Decided::plain(NumberIssued { number: *number, text: text.clone(), case })])
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
        IssueNumber {
            short_name: "抚市监".into(),
            year: 2024,
            series: PENALTY,
            matter: Uuid::from_u128(1),
            stands: None,
        }
    }

    fn standing(text: &str, number: u32) -> IssueNumber {
        let stands = Standing { text: text.into(), number, of_another: None };
        IssueNumber { stands: Some(stands), ..ask() }
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
    fn a_document_made_elsewhere_keeps_its_number_and_the_next_one_goes_on_behind_it() {
        let kept = issued(57, "抚市监罚决〔2024〕057号");
        given::<Numbers<SeriesEvent>>([])
            .when(&act(), &standing("抚市监罚决〔2024〕057号", 57))
            .then(std::slice::from_ref(&kept));
        given::<Numbers<SeriesEvent>>([kept.clone()])
            .when(&act(), &ask())
            .then(&[issued(58, "抚市监罚决〔2024〕58号")]);
        // What it passed over may stand on others.
        let third = issued(3, "抚市监罚决〔2024〕3号");
        given::<Numbers<SeriesEvent>>([kept]).when(&act(), &standing("抚市监罚决〔2024〕3号", 3)).then(&[third]);
    }

    #[test]
    fn refuses_a_number_that_another_document_has_however_it_got_it() {
        let given_out = issued(1, "抚市监罚决〔2024〕1号");
        let kept = issued(57, "抚市监罚决〔2024〕57号");
        let third = issued(3, "抚市监罚决〔2024〕3号");
        let past = || given::<Numbers<SeriesEvent>>([given_out.clone(), kept.clone(), third.clone()]);
        for number in [1, 3, 57] {
            past().when(&act(), &standing("抚市监罚决[2024]第001号", number)).not_possible("NUMBER_USED");
        }
        let other_form = issued(0, "抚食药监(2024)A-7");
        given::<Numbers<SeriesEvent>>([other_form])
            .when(&act(), &standing("抚食药监（2024）A-7", 0))
            .not_possible("NUMBER_USED");
        given::<Numbers<SeriesEvent>>([])
            .when(&act(), &standing("抚食药监（2024）A-7", 0))
            .then(&[issued(0, "抚食药监（2024）A-7")]);
    }

    #[test]
    fn refuses_a_number_that_bears_another_bodys_mark() {
        let stands =
            Standing {
                text: "抚农罚决〔2024〕1号".into(), number: 0, of_another: Some("抚远市农业农村局".into())
            };
        let ask = IssueNumber { stands: Some(stands), ..ask() };
        given::<Numbers<SeriesEvent>>([]).when(&act(), &ask).not_possible("NUMBER_OF_ANOTHER");
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let parts = Parts { head: "抚市监罚决".into(), year: 2024, number: 5 };
        for text in [
            "抚市监罚决〔2024〕5号",
            "抚市监罚决[2024]5号",
            "抚市监 罚决（２０２４）第００５号",
            "抚市监罚决【2024】05号",
        ] {
            assert_eq!(Parts::read(text), Some(parts.clone()), "{text}");
        }
        for text in [
            "抚市监罚决2024-5",
            "〔2024〕5号",
            "抚市监罚决〔24〕5号",
            "抚市监罚决〔2024〕5",
            "抚市监罚决〔2024〕0号",
            "抚市监罚决〔2024〕100000号",
        ] {
            assert_eq!(Parts::read(text), None, "{text}");
        }
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
