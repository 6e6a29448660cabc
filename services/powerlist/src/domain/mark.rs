//! The short names of bodies, which are the 代字 that their documents are numbered under (党政机关公文处理工作条例 9(五)): each is one body's,
//! or two documents would have one number.

use law::{Act, Decided, Decider, Refusal, check::Breach, id::Uscc, order::After, series::plain};

use super::events::{AgencyRegistered, MarkEvent, MarkTaken};

/// What a registered body takes.
#[derive(Clone, Debug)]
pub struct Command(pub MarkTaken);

/// Whose a short name is.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Who took it last.
    pub bearer: Option<Uscc>,
}

/// Short names.
pub struct Marks;

/// A short name as it is compared, and named in a stream.
pub fn of(short_name: &str) -> String {
    plain(short_name)
}

/// What follows from a registration.
pub fn follows(registered: &AgencyRegistered) -> Command {
    Command(MarkTaken { mark: registered.short_name.clone(), agency: registered.agency.clone() })
}

impl Decider for Marks {
    type Command = Command;
    type State = State;
    type Event = MarkEvent;

    fn answers(_: &Command) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &State, _: &Act, Command(taken): &Command) -> Result<Vec<Decided<MarkEvent>>, Refusal> {
        match &state.bearer {
            Some(bearer) if *bearer == taken.agency => Ok(Vec::new()),
            // Whether the one before still bears it, the registration has looked.
            _ => Ok(vec![Decided::plain(taken.clone())]),
        }
    }

    fn evolve(state: &mut State, event: &MarkEvent) {
        let MarkEvent::MarkTaken(taken) = event;
        state.bearer = Some(taken.agency.clone());
    }

    fn attempt(_: &State, _: &Act, _: &Command, _: &[Breach]) -> Option<MarkEvent> {
        None
    }
}
