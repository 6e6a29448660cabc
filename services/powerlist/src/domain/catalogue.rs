//! The upper level's catalogue: one matter, one name, kind and basis for every agency below.

use jiff::civil::Date;
use law::{Act, Check, Decided, Decider, Refusal, check::Breach, order::After};

use super::{
    events::{CatalogueEntryPublished, CatalogueEvent, CatalogueStep, StepRefused},
    facts::UniformFact,
    rules::{Ceilings, PL_BASIS_LEVEL, Power, pl_basis_level},
};

/// What is known of one entry.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Every version, oldest first.
    pub versions: Vec<CatalogueEntryPublished>,
}

impl State {
    /// The entry in force on a day.
    pub fn on(&self, day: Date) -> Option<&CatalogueEntryPublished> {
        self.versions.iter().rev().find(|v| v.from <= day)
    }

    /// What items with this code must agree with on a day.
    pub fn uniform(&self, day: Date) -> Option<UniformFact> {
        let entry = self.on(day)?;
        let (source, name) = (entry.document.clone(), entry.name.clone());
        Some(UniformFact { source, name, kind: entry.kind, bases: entry.bases.clone() })
    }
}

/// Catalogue entries.
pub struct Catalogue;

impl Decider for Catalogue {
    type Command = CatalogueStep;
    type State = State;
    type Event = CatalogueEvent;

    fn answers(command: &CatalogueStep) -> Vec<After> {
        command.answers()
    }

    fn decide(state: &State, act: &Act, command: &CatalogueStep) -> Result<Vec<Decided<CatalogueEvent>>, Refusal> {
        let CatalogueStep::PublishCatalogueEntry(c) = command;
        if let Some(last) = state.versions.last() {
            let same = CatalogueEntryPublished { from: c.from, document: c.document.clone(), ..last.clone() };
            if same == *c && last.from <= c.from {
                return Ok(vec![]);
            }
            if c.from <= last.from {
                let en = format!("must lie after {}, the first day of the entry in force", last.from);
                return Err(Refusal::Invalid { field: "from".into(), en });
            }
            if last.region != c.region && !c.region.contains(&last.region) {
                return Err(Refusal::state(
                    "CATALOGUE_OF_UPPER_LEVEL",
                    format!("{}由{}的目录规定，下级不得改动", c.base_code, last.region),
                    format!(
                        "{} is set by the catalogue of {}; a lower level does not change it",
                        c.base_code, last.region
                    ),
                ));
            }
        }
        if c.bases.is_empty() {
            return Err(Refusal::Invalid { field: "bases".into(), en: "at least one basis is required".into() });
        }
        let mut check = Check::on(act.day());
        // What it comes to, and the ceilings of that, each agency's item says.
        let power = Power { kind: c.kind, outcomes: &[], measures: Vec::new() };
        check.rule(&PL_BASIS_LEVEL, pl_basis_level(power, &c.bases, &Ceilings::default(), c.from));
        Ok(vec![Decided::under(check.settle(act.mode)?, c.clone())])
    }

    fn evolve(state: &mut State, event: &CatalogueEvent) {
        if let CatalogueEvent::CatalogueEntryPublished(e) = event {
            state.versions.push(e.clone());
        }
    }

    fn attempt(_: &State, _: &Act, command: &CatalogueStep, breaches: &[Breach]) -> Option<CatalogueEvent> {
        let CatalogueStep::PublishCatalogueEntry(c) = command;
        let summary = format!("发布目录条目{} {}", c.base_code, c.name);
        let (step, breaches) = (command.name().to_owned(), breaches.to_vec());
        Some(StepRefused { step, breaches, summary, agency: None }.into())
    }
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::{
        content::NormLevel,
        fixture::{act, catalogue_entry, content, day},
    };

    fn publish(from: &str, name: &str) -> CatalogueEntryPublished {
        CatalogueEntryPublished { name: name.into(), from: day(from), ..catalogue_entry() }
    }

    #[test]
    fn publishes_an_entry_and_its_change() {
        let name = content().name;
        given::<Catalogue>([])
            .when(&act("2025-01-02"), &publish("2025-01-02", &name).into())
            .then(&[catalogue_entry().into()]);
        let state = {
            let events = given::<Catalogue>([catalogue_entry().into()])
                .when(&act("2026-01-05"), &publish("2026-02-01", "新名称").into())
                .events();
            let mut state = State::default();
            [vec![catalogue_entry().into()], events].concat().iter().for_each(|e| Catalogue::evolve(&mut state, e));
            state
        };
        assert_eq!(state.on(day("2026-01-31")).map(|e| e.name.clone()), Some(name));
        assert_eq!(state.on(day("2026-02-01")).map(|e| e.name.as_str()), Some("新名称"));
        assert_eq!(state.on(day("2025-01-01")), None);
    }

    #[test]
    fn stays_quiet_about_the_same_entry() {
        let name = content().name;
        given::<Catalogue>([catalogue_entry().into()])
            .when(&act("2026-01-05"), &publish("2026-02-01", &name).into())
            .quiet();
    }

    #[test]
    fn refuses_an_entry_on_a_normative_document() {
        let mut entry = publish("2025-01-02", "甲");
        entry.bases[0].level = NormLevel::NormativeDocument;
        given::<Catalogue>([]).when(&act("2025-01-02"), &entry.into()).refused_by("PL-BASIS-LEVEL");
    }

    #[test]
    fn a_county_does_not_change_the_province_s_entry() {
        let mut entry = publish("2026-01-02", "甲");
        entry.region = "230883".parse().unwrap();
        given::<Catalogue>([catalogue_entry().into()])
            .when(&act("2026-01-02"), &entry.into())
            .not_possible("CATALOGUE_OF_UPPER_LEVEL");
    }
}
