//! Regions: the tree of GB/T 2260 codes in which everything lies.

use law::{Act, Decided, Decider, Refusal, check::Breach, id::RegionCode, order::After};

use super::events::{RegionEvent, RegionLevel, RegionRegistered, RegionStep};

/// What is asked, with what must be known of other streams.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub step: RegionStep,
    /// Whether the region above is registered.
    pub parent_known: bool,
}

/// What is known of one region.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// As it was registered.
    pub registered: Option<RegionRegistered>,
}

/// Regions.
pub struct Region;

impl Decider for Region {
    type Command = Command;
    type State = State;
    type Event = RegionEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &State, _: &Act, command: &Command) -> Result<Vec<Decided<RegionEvent>>, Refusal> {
        let RegionStep::RegisterRegion(c) = &command.step;
        match &state.registered {
            Some(known) if known == c => return Ok(vec![]),
            Some(_) => {
                return Err(Refusal::state(
                    "REGION_EXISTS",
                    format!("行政区划{}已登记，且内容不同", c.region),
                    format!("region {} is registered already, with other contents", c.region),
                ));
            }
            None => {}
        }
        let level = level_of(&c.region);
        if level.id() != c.level {
            return Err(Refusal::invalid("level", format!("the code {} is one of a {}", c.region, level.en())));
        }
        match &c.parent {
            None if level == RegionLevel::Province => {}
            None => return Err(Refusal::invalid("parent", "is required below a province")),
            Some(parent) if *parent == c.region || !parent.contains(&c.region) => {
                return Err(Refusal::invalid("parent", format!("{} does not lie in {parent}", c.region)));
            }
            Some(parent) if !command.parent_known => {
                return Err(Refusal::NotFound { what: "region", id: parent.to_string() });
            }
            Some(_) => {}
        }
        Ok(vec![Decided::plain(c.clone())])
    }

    fn evolve(state: &mut State, event: &RegionEvent) {
        let RegionEvent::RegionRegistered(e) = event;
        state.registered = Some(e.clone());
    }

    fn attempt(_: &State, _: &Act, _: &Command, _: &[Breach]) -> Option<RegionEvent> {
        None
    }
}

/// The level a code is of, by its shape.
pub fn level_of(region: &RegionCode) -> RegionLevel {
    match region.as_str() {
        code if code.len() == 9 => RegionLevel::Township,
        code if code.ends_with("0000") => RegionLevel::Province,
        code if code.ends_with("00") => RegionLevel::City,
        _ => RegionLevel::County,
    }
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::fixture::act;

    fn register(region: &str, level: &str, parent: Option<&str>) -> Command {
        let region = RegionRegistered {
            region: region.parse().unwrap(),
            name: "抚远市".into(),
            level: level.into(),
            parent: parent.map(|p| p.parse().unwrap()),
        };
        Command { step: region.into(), parent_known: parent == Some("230800") }
    }

    fn county() -> RegionEvent {
        let (region, parent) = ("230883".parse().unwrap(), Some("230800".parse().unwrap()));
        RegionRegistered { region, name: "抚远市".into(), level: "county".into(), parent }.into()
    }

    #[test]
    fn registers_a_county_under_its_city() {
        given::<Region>([]).when(&act("2026-03-02"), &register("230883", "county", Some("230800"))).then(&[county()]);
    }

    #[test]
    fn stays_quiet_about_the_same_region_again() {
        given::<Region>([county()]).when(&act("2026-03-02"), &register("230883", "county", Some("230800"))).quiet();
        given::<Region>([county()])
            .when(&act("2026-03-02"), &register("230883", "city", Some("230800")))
            .not_possible("REGION_EXISTS");
    }

    #[test]
    fn refuses_a_place_outside_the_tree() {
        let decide = |c| Region::decide(&State::default(), &act("2026-03-02"), &c).unwrap_err();
        assert!(matches!(decide(register("230883", "county", None)), Refusal::Invalid { .. }));
        assert!(matches!(decide(register("230883", "county", Some("220000"))), Refusal::Invalid { .. }));
        assert!(matches!(decide(register("230883", "city", Some("230800"))), Refusal::Invalid { .. }));
        assert!(matches!(decide(register("230883", "county", Some("230000"))), Refusal::NotFound { .. }));
    }
}
