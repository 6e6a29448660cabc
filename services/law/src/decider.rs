//! The shape of a decision, and the harness its tests are written in.

pub mod seen;

use jiff::Timestamp;

use crate::{
    act::Act,
    check::{Breach, Refusal, Unchecked, Verdict},
    clock::{ClockChange, Clocks},
    event::DomainEvent,
    matter::MatterChange,
    order::{After, Times},
};

/// One event a decider wants recorded, with what the law says of it. All of it is stored beside the event's own
/// fields, so the record explains itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided<E> {
    /// The event.
    pub event: E,
    /// Ids of the rules that were checked and satisfied.
    pub rules: Vec<&'static str>,
    /// Rules broken: a gate in reporting mode, a duty or a deadline in any.
    pub violations: Vec<Breach>,
    /// Rules that it could not be held against.
    pub unchecked: Vec<Unchecked>,
    /// Statutory clocks that this event opens, pauses, extends or stops.
    pub clocks: Vec<ClockChange>,
}

impl<E> Decided<E> {
    /// An event under a verdict.
    pub fn under(verdict: Verdict, event: impl Into<E>) -> Self {
        let Verdict { satisfied: rules, violations, unchecked } = verdict;
        Self { event: event.into(), rules, violations, unchecked, clocks: Vec::new() }
    }

    /// An event no rule was checked for.
    pub fn plain(event: impl Into<E>) -> Self {
        Self::under(Verdict::default(), event)
    }

    /// Adds a change of a statutory clock.
    #[must_use]
    pub fn clock(mut self, change: ClockChange) -> Self {
        self.clocks.push(change);
        self
    }
}

/// Three pure things: decide, evolve, and the initial state.
pub trait Decider: 'static {
    /// What may be asked, with all facts it needs from elsewhere.
    type Command: Send + Sync;
    /// What is known of one stream; the default is the state before any event.
    type State: Default + Clone + Send + Sync + 'static;
    /// What may happen.
    type Event: DomainEvent;

    /// What a command answers and so must not precede: the frame has held its legal time against it when it comes to
    /// [`Decider::decide`]. Nothing for a command that is no step.
    fn answers(command: &Self::Command) -> Vec<After>;

    /// Says what happens, or why not.
    ///
    /// # Errors
    /// The [`Refusal`], when the law or the state says no.
    fn decide(state: &Self::State, act: &Act, command: &Self::Command) -> Result<Vec<Decided<Self::Event>>, Refusal>;

    /// Takes an event into the state. Must accept every stored event.
    fn evolve(state: &mut Self::State, event: &Self::Event);

    /// What an event does to the matter that the stream is; `None` where the stream is none. `violations` are the rules
    /// that the event is recorded to have broken.
    fn matter(
        _before: &Self::State,
        _after: &Self::State,
        _event: &Self::Event,
        _violations: &[Breach],
    ) -> Option<MatterChange> {
        None
    }

    /// The event that keeps an attempt the law refused, so that supervisors see it; `None` where it is not kept.
    fn attempt(state: &Self::State, act: &Act, command: &Self::Command, breaches: &[Breach]) -> Option<Self::Event>;
}

/// What the frame knows of a matter beside the decider's state.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// When what happened in it happened.
    times: Times,
    /// The clocks that run.
    clocks: Clocks,
}

impl Past {
    /// Takes an event in that happened at `at`, with what it says of clocks.
    pub fn take<E: DomainEvent>(&mut self, event: &E, clocks: impl IntoIterator<Item = ClockChange>, at: Timestamp) {
        self.times.take(event, at);
        clocks.into_iter().for_each(|change| self.clocks.take(change, at));
    }
}

/// Decides on one command: its time first, then the state and the law, and what follows for the clocks at the end.
///
/// # Errors
/// The [`Refusal`], when the time, the state or the law says no.
pub fn decide<D: Decider>(
    past: &Past,
    state: &D::State,
    act: &Act,
    command: &D::Command,
) -> Result<Vec<Decided<D::Event>>, Refusal> {
    past.times.hold::<D>(act.at, command)?;
    past.clocks.hold(act, D::decide(state, act, command)?)
}

/// Given/when/then: what happened before, what is asked, what must follow.
pub mod harness {
    use std::{collections::BTreeSet, fmt::Debug};

    use jiff::{
        Timestamp,
        civil::{Date, DateTime},
        tz::Offset,
    };

    use super::{Act, After, Decided, Decider, DomainEvent, Past, Refusal, seen};
    use crate::{
        act::Mode,
        calendar::Calendar,
        order::Happened,
        period::{Deadline, Period, Suspension},
    };

    /// A day, `2024-03-04`.
    pub fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    /// A moment in China's time, `2024-03-04T09:00`.
    pub fn at(text: &str) -> Timestamp {
        let when: DateTime = text.parse().expect("a moment");
        Offset::constant(8).to_timestamp(when).expect("in range")
    }

    /// An act, entered as it is done.
    pub fn act(when: &str) -> Act {
        let calendar = Calendar::china().clone();
        Act { at: at(when), mode: Mode::Handling, actor: "230883-SC-0001".into(), calendar }
    }

    /// An act that is entered afterwards.
    pub fn reporting(when: &str) -> Act {
        Act { mode: Mode::Reporting, ..act(when) }
    }

    /// Whether a period from `start` is over before `done`.
    #[track_caller]
    pub fn overdue(period: Period, start: &str, done: &str) -> bool {
        Deadline::new(day(start), period, "").due(Calendar::china()).expect("known years").is_overdue(day(done))
    }

    /// The same, days from `from` until `resumed` not counted.
    #[track_caller]
    pub fn overdue_but_for(period: Period, start: &str, done: &str, from: &str, resumed: &str) -> bool {
        let mut deadline = Deadline::new(day(start), period, "");
        let mut suspension = Suspension::open(day(from), "", "");
        suspension.resume_on(day(resumed));
        deadline.suspensions.push(suspension);
        deadline.due(Calendar::china()).expect("known years").is_overdue(day(done))
    }

    /// The state after some events, and when they happened.
    pub struct Given<D: Decider>(D::State, Past);

    /// The answer to a command.
    pub struct When<D: Decider>(Result<Vec<Decided<D::Event>>, Refusal>);

    /// Folds what happened before, at the times that the events say of themselves.
    pub fn given<D: Decider>(events: impl IntoIterator<Item = D::Event>) -> Given<D> {
        #[derive(serde::Deserialize)]
        struct Dated {
            at: Option<Timestamp>,
        }
        let at = |event: &D::Event| {
            let data = event.to_data().expect("serialises");
            serde_json::from_str::<Dated>(data.get()).expect("an event is an object").at
        };
        fold(events.into_iter().map(|event| (at(&event), event)))
    }

    /// Folds what happened before, each at its time, where the events do not say it.
    pub fn given_at<D: Decider>(events: impl IntoIterator<Item = (Timestamp, D::Event)>) -> Given<D> {
        fold(events.into_iter().map(|(at, event)| (Some(at), event)))
    }

    fn fold<D: Decider>(events: impl Iterator<Item = (Option<Timestamp>, D::Event)>) -> Given<D> {
        let mut given = Given(D::State::default(), Past::default());
        for (at, event) in events {
            D::evolve(&mut given.0, &event);
            if let Some(at) = at {
                given.1.take(&event, [], at);
            }
        }
        given
    }

    /// Holds a step against each line of the table that these events fill: a minute before what it answers it is refused
    /// for its time, in the same minute it is not. Gives the events that it answers.
    ///
    /// # Panics
    /// When it is otherwise.
    #[track_caller]
    pub fn in_order<D: Decider>(events: &[D::Event], command: &D::Command) -> Vec<&'static str>
    where
        D::Event: Debug,
    {
        let (long_before, then) = (at("2025-06-25T09:00"), at("2025-06-25T10:00"));
        let tried = |what: &Happened, when: &str| {
            let answers = |event: &D::Event| {
                event.answered().is_some_and(|own| own == *what || what.key.is_none() && own.event == what.event)
            };
            let dated = events.iter().map(|event| (if answers(event) { then } else { long_before }, event.clone()));
            (events.iter().any(answers), given_at::<D>(dated).asked(&reporting(when), command))
        };
        let mut answered = Vec::new();
        for After { what, .. } in D::answers(command) {
            let (there, early) = tried(&what, "2025-06-25T09:59");
            if there {
                let too_early = matches!(&early, Err(Refusal::Invalid { field, .. }) if field == "meta.at");
                assert!(too_early, "a minute before {what:?}: {early:?}");
                let (_, in_time) = tried(&what, "2025-06-25T10:00");
                assert!(in_time.is_ok(), "in the minute of {what:?}: {in_time:?}");
                answered.push(what.event);
            }
        }
        answered
    }

    /// Holds every line of an aggregate's table, as [`in_order`]: the steps, each with its name and what it is taken after, fill
    /// all of them.
    ///
    /// # Panics
    /// When a line does not hold, or no step fills it.
    #[track_caller]
    pub fn table_holds<D: Decider>(tried: impl IntoIterator<Item = (Vec<D::Event>, &'static str, D::Command)>)
    where
        D::Event: Debug,
    {
        let mut held = BTreeSet::new();
        for (before, name, command) in tried {
            held.extend(in_order::<D>(&before, &command).into_iter().map(|answered| (name, answered)));
        }
        let cards = D::Event::cards();
        let table = cards.iter().flat_map(|card| card.after.iter().map(|line| (card.step, line.event)));
        assert_eq!(held, table.collect());
    }

    impl<D: Decider> Given<D> {
        /// The same after one more step, with the clocks that it moves.
        ///
        /// # Panics
        /// When it is refused.
        #[track_caller]
        #[must_use]
        pub fn after(mut self, act: &Act, command: &D::Command) -> Self {
            let decided = self.asked(act, command).unwrap_or_else(|refusal| panic!("refused: {refusal:?}"));
            for one in decided {
                D::evolve(&mut self.0, &one.event);
                self.1.take(&one.event, one.clocks, act.at);
            }
            self
        }

        /// Asks for a decision.
        pub fn when(self, act: &Act, command: &D::Command) -> When<D> {
            let answer = self.asked(act, command);
            seen::note(&answer);
            When(answer)
        }

        /// The answer as it is.
        ///
        /// # Errors
        /// The refusal.
        pub fn asked(&self, act: &Act, command: &D::Command) -> Result<Vec<Decided<D::Event>>, Refusal> {
            super::decide::<D>(&self.1, &self.0, act, command)
        }

        /// The folded state.
        pub fn state(&self) -> &D::State {
            &self.0
        }
    }

    impl<D: Decider> When<D>
    where
        D::Event: Debug + PartialEq,
    {
        /// Exactly these events follow.
        #[track_caller]
        pub fn then(self, want: &[D::Event]) {
            let got: Vec<_> = self.events();
            assert_eq!(got, want);
        }

        /// The command is allowed; gives the events.
        #[track_caller]
        pub fn events(self) -> Vec<D::Event> {
            match self.0 {
                Ok(decided) => decided.into_iter().map(|d| d.event).collect(),
                Err(refusal) => panic!("refused: {refusal:?}"),
            }
        }

        /// The command is allowed, and this rule was checked and satisfied.
        #[track_caller]
        pub fn satisfies(self, rule: &str) -> Vec<D::Event> {
            match self.0 {
                Ok(decided) => {
                    assert!(
                        decided.iter().any(|d| d.rules.contains(&rule)),
                        "{rule} was not among the satisfied rules: {:?}",
                        decided.iter().map(|d| &d.rules).collect::<Vec<_>>()
                    );
                    decided.into_iter().map(|d| d.event).collect()
                }
                Err(refusal) => panic!("refused: {refusal:?}"),
            }
        }

        /// The command is allowed; gives everything decided, with violations and clocks.
        #[track_caller]
        pub fn decided(self) -> Vec<Decided<D::Event>> {
            match self.0 {
                Ok(decided) => decided,
                Err(refusal) => panic!("refused: {refusal:?}"),
            }
        }

        /// The act is recorded, with this rule broken (a duty, a deadline, or any rule in reporting mode).
        #[track_caller]
        pub fn violates(self, rule: &str) {
            let decided = self.decided();
            assert!(
                decided.iter().flat_map(|d| &d.violations).any(|b| b.rule == rule),
                "{rule} should be recorded as broken, but: {decided:?}"
            );
        }

        /// The rules that refuse it; none when it goes on.
        pub fn refusing(self) -> Vec<String> {
            match self.0 {
                Ok(_) => Vec::new(),
                Err(refusal) => refusal.breaches().iter().map(|b| b.rule.clone()).collect(),
            }
        }

        /// The law refuses, and this rule is among the reasons.
        #[track_caller]
        pub fn refused_by(self, rule: &str) {
            match self.0 {
                Ok(decided) => panic!("{rule} should refuse, but: {decided:?}"),
                Err(refusal) => {
                    assert!(
                        refusal.breaches().iter().any(|b| b.rule == rule),
                        "{rule} should refuse, but: {refusal:?}"
                    );
                }
            }
        }

        /// The state refuses, with this code.
        #[track_caller]
        pub fn not_possible(self, want: &str) {
            match self.0 {
                Err(Refusal::State { code, .. }) => assert_eq!(code, want),
                other => panic!("{want} expected, but: {other:?}"),
            }
        }

        /// The facts refuse: this field is wrong.
        #[track_caller]
        pub fn invalid(self, want: &str) {
            match self.0 {
                Err(Refusal::Invalid { field, .. }) => assert_eq!(field, want),
                other => panic!("{want} should be wrong, but: {other:?}"),
            }
        }

        /// What the command names is not there.
        #[track_caller]
        pub fn not_found(self, want: &str) {
            match self.0 {
                Err(Refusal::NotFound { what, .. }) => assert_eq!(what, want),
                other => panic!("no {want} expected, but: {other:?}"),
            }
        }

        /// Nothing to do: allowed, without events.
        #[track_caller]
        pub fn quiet(self) {
            assert_eq!(self.events(), vec![]);
        }
    }
}
