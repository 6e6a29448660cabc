//! Order inside a matter: what answers something is not earlier than it. Nobody serves a decision that is not made, or
//! settles what is not preserved yet.
//!
//! A step's line in [`events!`](crate::events) says what it must not precede; the frame keeps the legal times of what
//! happened and holds every step against them, before any rule is asked. It is bad input and no breach of law, in both
//! modes: the act cannot have been done at that time.
//!
//! Invariants:
//! - The table never demands that something happened: that is for the state to say. What the law only wants done
//!   earlier (a notice before the decision) is no line of the table either, but a rule: it can be broken.
//! - A step recorded late is judged on its own day: only what it answers is compared, not what was recorded before.
//! - Only new steps are held against it. What is stored is folded as it is.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, tz::Offset};

use crate::{check::Refusal, decider::Decider, event::DomainEvent};

/// A line of the table: an event that a step must not precede.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The event, by its name without service and version.
    pub event: &'static str,
    /// The field that names which one of several; empty where there is one, or the last takes the place of the others.
    pub by: &'static str,
    /// Whether it may answer any of several, so that it must not precede the first.
    pub first: bool,
}

/// Something that happened, as a later step names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happened {
    /// The event.
    pub event: &'static str,
    /// Which one of several.
    pub key: Option<Arc<str>>,
}

/// What one step must not precede.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// What it answers.
    pub what: Happened,
    /// See [`Line::first`].
    pub first: bool,
}

/// The legal times of one thing that happened, once or several times.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: Timestamp,
    /// Of what was recorded last, which stands in the state.
    last: Timestamp,
}

/// When what happened in one matter happened, as far as a step may answer it.
#[derive(Clone, Debug, Default)]
pub struct Times(BTreeMap<Happened, Span>);

impl Times {
    /// Takes an event in, with its legal time.
    pub fn take<E: DomainEvent>(&mut self, event: &E, at: Timestamp) {
        let Some(what) = event.answered() else { return };
        if what.key.is_some() {
            self.put(Happened { key: None, ..what }, at);
        }
        self.put(what, at);
    }

    fn put(&mut self, what: Happened, at: Timestamp) {
        let span = self.0.entry(what).or_insert(Span { first: at, last: at });
        *span = Span { first: span.first.min(at), last: at };
    }

    /// Holds a step at `at` against the table. The same moment is in order: one visit, one set of papers.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] of the legal time, when it is earlier than something that the step answers.
    pub fn hold<D: Decider>(&self, at: Timestamp, command: &D::Command) -> Result<(), Refusal> {
        for After { what, first } in D::answers(command) {
            let Some(span) = self.0.get(&what) else { continue };
            let earlier = if first { span.first } else { span.last };
            if at < earlier {
                let cards = D::Event::cards();
                let title = cards.iter().find(|card| card.name() == what.event).map_or(what.event, |card| card.done.en);
                return Err(too_early(title, earlier));
            }
        }
        Ok(())
    }
}

/// The legal time of an act is earlier than what it answers, which is called `what` and happened at `earlier`.
pub fn too_early(what: &str, earlier: Timestamp) -> Refusal {
    let china = Offset::constant(8).to_datetime(earlier);
    let en = format!(
        "is earlier than what the step answers: {what}, {} (UTC+8); give the time at which it was done, not before that",
        china.strftime("%Y-%m-%d %H:%M:%S%.f"),
    );
    Refusal::Invalid { field: "meta.at".to_owned(), en }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        act::Act,
        check::Breach,
        decider::{
            Decided,
            harness::{act, at, given_at, reporting},
        },
    };

    crate::acts! {
        /// A box came in.
        struct BoxLeft { name: String }
        /// It was opened.
        struct BoxOpened { name: String }
        /// The room was shut.
        struct RoomShut {}
        /// Somebody knocked.
        struct Knocked {}
        /// Somebody looked out.
        struct LookedOut {}
    }
    crate::events! {
        /// What happens in a room.
        enum RoomEvent {
            BoxLeft[name] = "test.room.BoxLeft.v1": did("放入", "Box left"),
            BoxOpened = "test.room.BoxOpened.v1": did("打开", "Box opened") after [BoxLeft[name]],
            RoomShut = "test.room.RoomShut.v1": did("关门", "Room shut") after [BoxLeft, BoxOpened],
            Knocked = "test.room.Knocked.v1": did("敲门", "Knocked"),
            LookedOut = "test.room.LookedOut.v1": did("应门", "Looked out") after_first [Knocked],
        }
    }

    /// What is done, and what it answers.
    type Step = (RoomEvent, Vec<After>);

    fn after(event: &'static str, key: Option<&str>, first: bool) -> Vec<After> {
        vec![After { what: Happened { event, key: key.map(Into::into) }, first }]
    }

    #[derive(Debug)]
    struct Room;

    impl Decider for Room {
        type Command = Step;
        type State = ();
        type Event = RoomEvent;

        fn answers((_, after): &Step) -> Vec<After> {
            after.clone()
        }

        fn decide((): &(), _: &Act, (event, _): &Step) -> Result<Vec<Decided<RoomEvent>>, Refusal> {
            Ok(vec![Decided::plain(event.clone())])
        }

        fn evolve((): &mut (), _: &RoomEvent) {}

        fn attempt((): &(), _: &Act, _: &Step, _: &[Breach]) -> Option<RoomEvent> {
            None
        }
    }

    fn left(name: &str) -> RoomEvent {
        BoxLeft { name: name.into(), at: None }.into()
    }

    fn open(name: &str) -> Step {
        (BoxOpened { name: name.into(), at: None }.into(), after("BoxLeft", Some(name), false))
    }

    #[test]
    fn what_has_a_key_is_compared_with_that_thing_only_in_both_modes() {
        let boxes =
            || given_at::<Room>([(at("2025-03-03T09:10"), left("red")), (at("2025-03-03T09:30"), left("blue"))]);
        for mode in [act, reporting] {
            boxes().when(&mode("2025-03-03T09:09"), &open("red")).invalid("meta.at");
            assert_eq!(boxes().when(&mode("2025-03-03T09:10"), &open("red")).events().len(), 1);
            boxes().when(&mode("2025-03-03T09:29"), &open("blue")).invalid("meta.at");
        }
        // What never came in is for the state to say.
        assert_eq!(boxes().when(&act("2025-03-03T09:00"), &open("green")).events().len(), 1);
    }

    #[test]
    fn what_has_no_key_is_compared_with_the_one_recorded_last() {
        let shut = (RoomShut { at: None }.into(), after("BoxLeft", None, false));
        let room = || given_at::<Room>([(at("2025-03-03T09:30"), left("red")), (at("2025-03-03T09:10"), left("blue"))]);
        room().when(&act("2025-03-03T09:09"), &shut).invalid("meta.at");
        assert_eq!(room().when(&act("2025-03-03T09:10"), &shut).events().len(), 1);
    }

    #[test]
    fn what_may_answer_any_of_several_is_compared_with_the_first() {
        let knocked = || Knocked { at: None }.into();
        let look = (LookedOut { at: None }.into(), after("Knocked", None, true));
        let room = || given_at::<Room>([(at("2025-03-03T09:30"), knocked()), (at("2025-03-03T09:10"), knocked())]);
        room().when(&act("2025-03-03T09:09"), &look).invalid("meta.at");
        assert_eq!(room().when(&act("2025-03-03T09:10"), &look).events().len(), 1);
    }

    #[test]
    fn the_refusal_says_what_was_earlier_and_when() {
        let room = given_at::<Room>([(at("2025-03-03T09:10"), left("red"))]);
        let Err(Refusal::Invalid { en, .. }) = room.asked(&act("2025-03-03T09:00"), &open("red")) else { panic!() };
        assert!(en.contains("Box left, 2025-03-03 09:10:00 (UTC+8)"), "{en}");
    }

    #[test]
    fn only_what_a_step_may_answer_is_kept() {
        let mut times = Times::default();
        times.take(&RoomEvent::from(RoomShut { at: None }), at("2025-03-03T09:10"));
        assert!(times.0.is_empty());
        times.take(&left("red"), at("2025-03-03T09:10"));
        assert_eq!(times.0.len(), 2);
    }
}
