//! Parameters of a region: the numbers that its documents set where the law leaves them open.

use law::{
    Act, Decided, Decider, ParameterCard, Refusal, check::Breach, id::RegionCode, order::After, parameter::ParameterSet,
};

use super::events::{ParameterEvent, ParameterStep};

/// More than any parameter: a million million yuan in fen.
const COUNT_MAX: i64 = 100_000_000_000_000;

/// What is asked, with what must be known beside the stream.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub step: ParameterStep,
    /// The card of the parameter that is meant.
    pub card: &'static ParameterCard,
    /// Whether the region is registered.
    pub region_known: bool,
}

/// What is known of one region's parameters.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// As they were set, in the order in which they were put on record.
    pub sets: Vec<ParameterSet>,
}

impl State {
    /// Whose they are.
    pub fn region(&self) -> Option<&RegionCode> {
        self.sets.first().map(|set| &set.region)
    }
}

/// Parameters.
pub struct Parameters;

impl Decider for Parameters {
    type Command = Command;
    type State = State;
    type Event = ParameterEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    /// What is out of its bounds is bad input and breaks no rule, whatever the mode: on record it would be in force, and
    /// every act that is lawful by the article would be held against it.
    fn decide(state: &State, _: &Act, command: &Command) -> Result<Vec<Decided<ParameterEvent>>, Refusal> {
        let Command { step: ParameterStep::SetParameter(set), card, region_known } = command;
        if !region_known {
            return Err(Refusal::NotFound { what: "region", id: set.region.to_string() });
        }
        if set.value.unit != card.unit {
            return Err(Refusal::invalid("value", format!("{} is counted in {}", card.id, card.unit.en())));
        }
        if !(1..=COUNT_MAX).contains(&set.value.count) {
            return Err(Refusal::invalid("value", format!("must be from 1 to {COUNT_MAX}")));
        }
        if let Some(least) = card.least.filter(|least| set.value.count < least.count) {
            let (en, zh) = (least.citation.en(), least.citation.zh());
            return Err(Refusal::invalid(
                "value",
                format!("must be at least {} ({en}; {zh})", card.of(least.count).en()),
            ));
        }
        if set.field.is_some() && !card.by_field {
            return Err(Refusal::invalid("field", format!("{} is the same for every field", card.id)));
        }
        if state.sets.contains(set) {
            return Ok(vec![]);
        }
        match state.sets.iter().rev().find(|last| set.replaces(last)) {
            Some(last) if set.from <= last.from => Err(Refusal::invalid(
                "from",
                format!("must lie after {}, the first day of the value on record", last.from),
            )),
            _ => Ok(vec![Decided::plain(set.clone())]),
        }
    }

    fn evolve(state: &mut State, event: &ParameterEvent) {
        let ParameterEvent::ParameterSet(set) = event;
        state.sets.push(set.clone());
    }

    fn attempt(_: &State, _: &Act, _: &Command, _: &[Breach]) -> Option<ParameterEvent> {
        None
    }
}

#[cfg(test)]
mod tests {
    use law::{
        Citation, Label, Mode,
        citation::APL,
        decider::harness::given,
        parameter::{Quantity, Unit},
    };

    use super::*;
    use crate::domain::{
        fixture::{act, day},
        rules::TRAINING_HOURS,
    };

    static LARGE: ParameterCard = ParameterCard {
        id: "EN-LARGE",
        label: Label::new("较大数额", "larger amount"),
        unit: Unit::Fen,
        default: Some(500_000),
        source: Label::NONE,
        citation: Citation::article(&APL, 63),
        least: None,
        by_field: true,
        rules: &[],
    };

    fn set(card: &ParameterCard, count: i64, from: &str) -> ParameterSet {
        ParameterSet {
            parameter: card.id.to_owned(),
            region: "230883".parse().unwrap(),
            field: None,
            value: card.of(count),
            from: day(from),
            document: "抚政发〔2025〕9号（示例）".to_owned(),
        }
    }

    fn ask(card: &'static ParameterCard, set: &ParameterSet) -> Command {
        Command { step: set.clone().into(), card, region_known: true }
    }

    #[track_caller]
    fn refused(before: &[ParameterSet], command: &Command) -> (String, String) {
        let mut state = State::default();
        before.iter().for_each(|set| Parameters::evolve(&mut state, &set.clone().into()));
        let mut said = [Mode::Handling, Mode::Reporting].map(|mode| {
            let act = Act { mode, ..act("2025-12-01") };
            match Parameters::decide(&state, &act, command) {
                Err(Refusal::Invalid { field, en }) => (field, en),
                other => panic!("{other:?}"),
            }
        });
        std::mem::take(&mut said[0])
    }

    #[test]
    fn sets_a_value_and_another_one_from_a_later_day() {
        let (first, next) = (set(&LARGE, 300_000, "2025-12-01"), set(&LARGE, 400_000, "2025-12-02"));
        let on = act("2025-12-01");
        given::<Parameters>([]).when(&on, &ask(&LARGE, &first)).then(&[first.clone().into()]);
        given::<Parameters>([first.clone().into()]).when(&on, &ask(&LARGE, &next)).then(&[next.clone().into()]);
        given::<Parameters>([first.clone().into(), next.into()]).when(&on, &ask(&LARGE, &first)).quiet();
    }

    #[test]
    fn a_field_has_days_of_its_own() {
        let first = set(&LARGE, 300_000, "2025-12-01");
        let of_food = ParameterSet { field: Some("食品".to_owned()), ..set(&LARGE, 200_000, "2025-06-01") };
        let on = act("2025-12-01");
        given::<Parameters>([first.into()]).when(&on, &ask(&LARGE, &of_food)).then(&[of_food.clone().into()]);
    }

    #[test]
    fn refuses_another_value_from_the_day_of_the_one_on_record_or_earlier() {
        let first = set(&LARGE, 300_000, "2025-12-01");
        for from in ["2025-12-01", "2025-11-30"] {
            let (field, en) = refused(std::slice::from_ref(&first), &ask(&LARGE, &set(&LARGE, 400_000, from)));
            assert_eq!(field, "from");
            assert!(en.contains("2025-12-01"), "{en}");
        }
    }

    #[test]
    fn refuses_what_the_law_does_not_allow_with_its_place() {
        let least = set(&TRAINING_HOURS, 60, "2025-12-01");
        given::<Parameters>([]).when(&act("2025-12-01"), &ask(&TRAINING_HOURS, &least)).then(&[least.clone().into()]);
        let (field, en) = refused(&[], &ask(&TRAINING_HOURS, &set(&TRAINING_HOURS, 59, "2025-12-01")));
        assert_eq!(field, "value");
        assert!(en.contains("60 hours") && en.contains("《法治政府建设实施纲要（2021—2025年）》"), "{en}");
    }

    #[test]
    fn refuses_what_is_no_such_number() {
        for count in [i64::MIN, 0, COUNT_MAX + 1] {
            assert_eq!(refused(&[], &ask(&LARGE, &set(&LARGE, count, "2025-12-01"))).0, "value");
        }
        let hours = ParameterSet { value: Quantity { unit: Unit::Hours, count: 60 }, ..set(&LARGE, 1, "2025-12-01") };
        assert_eq!(refused(&[], &ask(&LARGE, &hours)), ("value".into(), "EN-LARGE is counted in fen".into()));
        let field = Some("食品".to_owned());
        let of_food = ParameterSet { field, ..set(&TRAINING_HOURS, 80, "2025-12-01") };
        assert_eq!(refused(&[], &ask(&TRAINING_HOURS, &of_food)).0, "field");
    }

    #[test]
    fn refuses_a_region_that_nobody_registered() {
        let command = Command { region_known: false, ..ask(&LARGE, &set(&LARGE, 300_000, "2025-12-01")) };
        let refused = Parameters::decide(&State::default(), &act("2025-12-01"), &command).unwrap_err();
        assert!(matches!(refused, Refusal::NotFound { what: "region", .. }), "{refused:?}");
    }
}
