//! Document numbers (文号): per agency, year and kind of document, from 1, without holes.
//!
//! A number is given out in the same append as the event that carries it: if that event is refused, so is the number.

use law::{
    Act, Breach, Refusal,
    decider::{Decided, Decider},
    id::Uscc,
};
use uuid::Uuid;

use super::events::{NumberIssued, SeriesEvent};

/// Kinds of documents that are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 立案.
    Filing,
    /// 当场处罚的案件.
    SpotFiling,
    /// 行政处罚决定书.
    Penalty,
    /// 当场处罚决定书.
    SpotPenalty,
    /// 不予行政处罚决定书.
    NoPenalty,
    /// 案卷.
    Archive,
}

impl Kind {
    /// The word in the stream's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::SpotFiling => "spot_filing",
            Self::Penalty => "penalty",
            Self::SpotPenalty => "spot_penalty",
            Self::NoPenalty => "no_penalty",
            Self::Archive => "archive",
        }
    }

    /// The characters in the number.
    fn mark(self) -> &'static str {
        match self {
            Self::Filing => "立",
            Self::SpotFiling => "当立",
            Self::Penalty => "罚决",
            Self::SpotPenalty => "当罚",
            Self::NoPenalty => "不罚",
            Self::Archive => "档",
        }
    }
}

/// The stream of a series.
pub fn stream(agency: &Uscc, year: i16, kind: Kind) -> String {
    format!("series/{agency}/{year}/{}", kind.word())
}

/// Asks for the next number.
#[derive(Clone, Debug)]
pub struct IssueNumber {
    /// The agency's short name, the head of the number.
    pub short_name: String,
    /// Of which year.
    pub year: i16,
    /// For which kind of document.
    pub kind: Kind,
    /// For which case.
    pub case: Uuid,
}

/// The last number given out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Series {
    last: u32,
}

/// Decides numbers.
#[derive(Debug)]
pub struct Numbers;

impl Decider for Numbers {
    type Command = IssueNumber;
    type State = Series;
    type Event = SeriesEvent;

    fn decide(state: &Series, _: &Act, ask: &IssueNumber) -> Result<Vec<Decided<SeriesEvent>>, Refusal> {
        let Some(number) = state.last.checked_add(1) else {
            return Err(Refusal::state("SERIES_FULL", "文号已经用尽", "the series of numbers is exhausted"));
        };
        let text = format!("{}{}〔{}〕{number}号", ask.short_name, ask.kind.mark(), ask.year);
        Ok(vec![Decided::plain(NumberIssued { number, text, case: ask.case })])
    }

    fn evolve(state: &mut Series, event: &SeriesEvent) {
        let SeriesEvent::NumberIssued(e) = event;
        state.last = state.last.max(e.number);
    }

    fn attempt(_: &Series, _: &Act, _: &IssueNumber, _: &[Breach]) -> Option<SeriesEvent> {
        None
    }
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::case::sample;

    fn ask() -> IssueNumber {
        IssueNumber { short_name: "抚市监".into(), year: 2024, kind: Kind::Penalty, case: Uuid::from_u128(1) }
    }

    fn issued(number: u32, text: &str) -> SeriesEvent {
        NumberIssued { number, text: text.into(), case: Uuid::from_u128(1) }.into()
    }

    #[test]
    fn numbers_begin_at_one_and_leave_no_hole() {
        let act = sample::act("2024-03-04T09:00");
        given::<Numbers>([]).when(&act, &ask()).then(&[issued(1, "抚市监罚决〔2024〕1号")]);
        let before = [issued(1, "抚市监罚决〔2024〕1号"), issued(2, "抚市监罚决〔2024〕2号")];
        given::<Numbers>(before).when(&act, &ask()).then(&[issued(3, "抚市监罚决〔2024〕3号")]);
    }

    #[test]
    fn refuses_a_number_beyond_the_last() {
        given::<Numbers>([issued(u32::MAX, "")])
            .when(&sample::act("2024-03-04T09:00"), &ask())
            .not_possible("SERIES_FULL");
    }

    #[test]
    fn each_agency_year_and_kind_has_its_own_stream() {
        let agency = sample::agency().agency;
        assert_eq!(stream(&agency, 2024, Kind::Penalty), "series/11230883MB01310199/2024/penalty");
        assert_ne!(stream(&agency, 2025, Kind::Penalty), stream(&agency, 2025, Kind::NoPenalty));
    }
}
