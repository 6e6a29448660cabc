//! The law as the services see it: rule cards, citations, the calendar, periods, the shape of a decision, and what an event
//! says of itself.
//!
//! Invariant: nothing here does IO, reads a clock or draws a random number. Time, actor and facts come in as values,
//! so a decision of any past day can be taken again and gives the same answer. Only the tests' harness writes down what it
//! saw ([`decider::seen`]); no service calls it.
//!
//! Open first: [`decider`] with its test harness, [`rule`] and [`check`] for what a rule is and what follows from it,
//! [`event`] for how events are declared, [`matter`] and [`vocabulary`] for what they tell whoever reads them, [`order`]
//! for which steps must not precede which, [`ending`] for what ending a matter leaves, [`parameter`] for numbers that
//! regions set, [`sealed`] for what a vault keeps; then [`clock`] and [`period`].

pub mod act;
pub mod calendar;
pub mod check;
pub mod citation;
pub mod clock;
pub mod decider;
pub mod ending;
pub mod event;
pub mod id;
pub mod matter;
pub mod money;
pub mod order;
pub mod parameter;
pub mod period;
pub mod reaction;
pub mod rule;
pub mod sealed;
pub mod series;
pub mod vocabulary;
mod words;

pub use act::{Act, Mode, day_of};
pub use check::{Breach, Check, Fault, Refusal, Unchecked, Verdict};
pub use citation::{Citation, Statute};
pub use clock::ClockChange;
pub use decider::{Decided, Decider};
pub use event::{DomainEvent, EventError};
pub use matter::MatterChange;
pub use parameter::ParameterCard;
pub use rule::{Kind, Rule};
pub use vocabulary::{EventCard, Label, Profile, Vocabulary};
