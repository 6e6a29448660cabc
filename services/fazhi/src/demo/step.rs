//! A step of the plan: who asks what, when it happened, when it is entered, and what must come of it.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::Role;
use uuid::Uuid;

use super::ask::Ask;

/// In which capacity somebody of an agency sends a command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Seat {
    /// An officer, by personnel number and name.
    Officer(String, String),
    /// A head of the agency, by personnel number and name.
    Head(String, String),
    /// A legal reviewer, by personnel number and name.
    Reviewer(String, String),
    /// Somebody of another agency than the one whose script it is.
    Of {
        /// Its code.
        agency: String,
        /// Personnel number.
        code: String,
        name: String,
        role: Role,
    },
}

/// What must come of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// Recorded, with no rule broken.
    Clean,
    /// Recorded, with these rules broken and no other.
    Broken(Vec<&'static str>),
    /// Refused under this rule, perhaps among others.
    Refused(&'static str),
}

/// An event that one service records because another one acted: it comes in its own time, and must stand before the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct After {
    pub(super) service: &'static str,
    pub(super) stream: String,
    pub(super) kind: &'static str,
}

/// Bytes to be handed in before a step that names them.
pub(super) type Bytes = Arc<[u8]>;

/// One step.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// When it happened.
    pub(super) at: Timestamp,
    /// When it is entered: never before it happened, never before the step before it was entered.
    pub(super) entered: Timestamp,
    pub(super) by: Seat,
    /// Reported: by an agency that works elsewhere, or entered too late to be handled.
    pub(super) reported: bool,
    pub(super) ask: Ask,
    pub(super) objects: Vec<Bytes>,
    /// What must have come of other services' events.
    pub(super) after: Option<After>,
    pub(super) expect: Expect,
}

/// What kind of story a script tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Decided on the spot.
    Simple,
    /// Ordinary procedure with a penalty.
    Ordinary,
    /// No penalty in the end.
    Withheld,
    /// To the police.
    Transferred,
    /// What an agency orders beside its cases.
    Order,
    /// A request for disclosure of information, or the report of a year of them.
    Disclosure,
    /// What a person brought.
    Complaint,
    /// An application for reconsideration.
    Reconsideration,
}

/// The steps of one matter, in order.
#[derive(Clone, Debug)]
pub(super) struct Script {
    /// Its number in the plan, from 0.
    pub(super) number: u32,
    pub(super) case: Uuid,
    pub(super) kind: Kind,
    pub(super) agency: String,
    /// What is unlawful about it, if anything is.
    pub(super) flaw: Option<super::flaw::Flaw>,
    pub(super) steps: Vec<Step>,
}

impl Script {
    /// The id of the command of a step.
    pub(super) fn command(&self, step: usize) -> Uuid {
        Uuid::new_v5(&self.case, format!("step/{step}").as_bytes())
    }
}
