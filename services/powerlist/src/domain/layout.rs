//! What the heads of an agency's files stand for, where somebody had to choose: its next files need no choice.

use law::{Act, Decided, Decider, Refusal, check::Breach, order::After};

use super::events::{HeadChosen, HeadsChosen, LayoutEvent};

/// What was chosen with an import.
#[derive(Clone, Debug)]
pub struct Command(pub HeadsChosen);

/// What was chosen for an agency, the newest of each head.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The heads and their columns.
    pub heads: Vec<HeadChosen>,
}

/// The heads of an agency's files.
pub struct Layouts;

impl Decider for Layouts {
    type Command = Command;
    type State = State;
    type Event = LayoutEvent;

    fn answers(_: &Command) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &State, _: &Act, Command(chosen): &Command) -> Result<Vec<Decided<LayoutEvent>>, Refusal> {
        if chosen.heads.iter().all(|head| state.heads.contains(head)) {
            return Ok(Vec::new());
        }
        Ok(vec![Decided::plain(chosen.clone())])
    }

    fn evolve(state: &mut State, event: &LayoutEvent) {
        let LayoutEvent::HeadsChosen(chosen) = event;
        state.heads.retain(|known| chosen.heads.iter().all(|new| (&new.list, &new.head) != (&known.list, &known.head)));
        state.heads.extend(chosen.heads.iter().cloned());
    }

    fn attempt(_: &State, _: &Act, _: &Command, _: &[Breach]) -> Option<LayoutEvent> {
        None
    }
}
