//! Following other services: what their events lead to here.
//!
//! A service says by a pure function which of its own steps an event of another one leads to. Each step is carried out in the
//! ordinary way, as a report of what happened there, with the mark of the event in the same append ([`law::reaction`]): killed at
//! any point, it goes on behind the last mark, so each event is followed once. Of several processes one follows at a time; should
//! two believe that it is they, the ledger lets one of them be the first.

use std::{cmp::Ordering, collections::BTreeSet, future::Future, pin::Pin, sync::Arc, time::Duration};

use law::{
    Act, Mode, Refusal,
    id::RegionCode,
    reaction::{EventFollowed, Led, Position, React, Reacted, ReactionRefused, Reactions, stream},
    rule::Rule,
};
use ledger::Envelope;
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    alone::alone,
    call::Call,
    error::{ExecuteError, chain},
    execute::{Place, Tx},
    feed::{Feed, FeedError},
    figures::FEED_LAG,
    identity::Caller,
    procedure::{Also, Office, Procedure, led},
};

/// Events read at once.
const BATCH_MAX: usize = 4096;
/// Wait after what cannot be reached.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Makes command ids out of events.
const NAMESPACE: Uuid = Uuid::from_u128(0x5a3e_71c2_8d04_5f96_b1c9_40e7_6fd2_a853);

type Carried<'a> = Pin<Box<dyn Future<Output = Result<(), ExecuteError>> + Send + 'a>>;
type Carry<O> = Box<dyn for<'a> Fn(&'a O, &'a Call, &'a Also) -> Carried<'a> + Send + Sync>;
type Found<'a, I> = Pin<Box<dyn Future<Output = Result<Vec<I>, ExecuteError>> + Send + 'a>>;
/// Finds matters of a service.
pub type Find<O, I> = Box<dyn for<'a> Fn(&'a O) -> Found<'a, I> + Send + Sync>;

/// A step that an event of another service leads to.
pub struct Reaction<O> {
    /// Asks for it.
    rule: &'static Rule,
    step: &'static str,
    matter: String,
    carry: Carry<O>,
}

impl<O: Office> Reaction<O> {
    /// A step of a matter. What it is called, and the rule that is broken if the matter refuses it, come with it.
    pub fn of<P: Procedure<Office = O>>(rule: &'static Rule, name: &'static str, id: P::Id, step: P::Step) -> Self {
        let matter = P::stream(&id);
        let carry: Carry<O> = Box::new(move |office, call, also| {
            let (id, step) = (id.clone(), step.clone());
            Box::pin(async move { led::<P>(office, call, &id, &step, Some(also)).await })
        });
        Self { rule, step: name, matter, carry }
    }

    /// The same step of every matter that is found when the event is followed, each by a command of its own, made from the
    /// event and the matter: whatever dies between two of them, each takes it once. The event is marked when all have.
    /// `about` says in the mark what they have in common.
    pub fn each<P: Procedure<Office = O>>(
        rule: &'static Rule,
        name: &'static str,
        about: String,
        find: Find<O, P::Id>,
        step: P::Step,
    ) -> Self {
        let find = Arc::new(find);
        let carry: Carry<O> = Box::new(move |office, call, also| {
            let (find, step) = (find.clone(), step.clone());
            Box::pin(async move { spread::<P>(office, call, find(office).await?, &step, also).await })
        });
        Self { rule, step: name, matter: about, carry }
    }
}

/// Takes a step of each of these matters, and records the mark. What one of them refuses keeps no other from it.
async fn spread<P: Procedure>(
    office: &P::Office,
    call: &Call,
    matters: Vec<P::Id>,
    step: &P::Step,
    also: &Also,
) -> Result<(), ExecuteError> {
    let mut refused = None;
    for id in matters {
        let name = id.to_string();
        let own = Call {
            command_id: Uuid::new_v5(&call.command_id, name.as_bytes()),
            digest: Sha256::digest(name.as_bytes()).into(),
            ..call.clone()
        };
        match led::<P>(office, &own, &id, step, None).await {
            Ok(()) => {}
            Err(ExecuteError::Refused(refusal)) => refused = refused.or(Some(refusal)),
            Err(other) => return Err(other),
        }
    }
    match refused {
        Some(refusal) => Err(ExecuteError::Refused(refusal)),
        None => office.edge().service.execute(call, &Place::within(&call.caller.region), also).await.map(drop),
    }
}

/// Says what an event leads to, in the order of the steps.
pub type Reading<O> = fn(&Envelope<'_>) -> Vec<Reaction<O>>;

/// What reads the events of a kind; `None` where they lead to nothing, which is most.
pub type Reacts<O> = fn(&str) -> Option<Reading<O>>;

/// Follows the events of another service until `shutdown`: `reacts` says what reads them.
pub async fn follow<O: Office, E: Reacted>(
    office: O,
    feed: Arc<dyn Feed>,
    reacts: Reacts<O>,
    shutdown: CancellationToken,
) {
    let ledger = office.edge().service.ledger().clone();
    let lease = format!("follow {}", feed.source());
    let follower = Follower::<O, E> { office, feed, reacts, kept: std::marker::PhantomData };
    alone(&ledger, &lease, &shutdown, || follower.on_and_on()).await;
}

/// What stops a follower for a moment.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error("the reaction to event {event} of {service} cannot be recorded")]
    Reaction {
        service: String,
        event: u64,
        #[source]
        source: ExecuteError,
    },
    #[error("what was followed cannot be read")]
    Position(#[source] ExecuteError),
}

struct Follower<O, E> {
    office: O,
    feed: Arc<dyn Feed>,
    reacts: Reacts<O>,
    kept: std::marker::PhantomData<fn() -> E>,
}

impl<O: Office, E: Reacted> Follower<O, E> {
    async fn on_and_on(&self) {
        let (mut next, service) = (None, self.office.edge().service.ledger().service().clone());
        let source = self.feed.source().to_owned();
        let lag = FEED_LAG.level([("service", service.into()), ("source", source.into())]);
        loop {
            match self.batch(next).await {
                Ok(read) => {
                    lag.set(self.feed.head().saturating_sub(read));
                    next = Some(read);
                }
                Err(e) => {
                    let source = self.feed.source();
                    tracing::warn!(source, error = %chain(&e), "events cannot be followed; trying again");
                    tokio::time::sleep(RETRY_AFTER).await;
                }
            }
        }
    }

    /// Follows one batch of events from an index on, at first from what is marked as followed; answers where to go on.
    async fn batch(&self, from: Option<u64>) -> Result<u64, Stopped> {
        let mut next = match from {
            Some(next) => next,
            None => self.position().await?.log_index,
        };
        for record in self.feed.read(next, BATCH_MAX).await? {
            // A record that is none is told of by the views, which read all.
            if let Some(read) = record.kind().and_then(self.reacts)
                && let Ok(envelope) = record.envelope()
            {
                self.event(&envelope, &read(&envelope)).await?;
            }
            next = record.log_index + 1;
        }
        Ok(next)
    }

    /// Follows one event, as far as another process has not followed it meanwhile, all of it or in part.
    async fn event(&self, envelope: &Envelope<'_>, reactions: &[Reaction<O>]) -> Result<(), Stopped> {
        if reactions.is_empty() {
            return Ok(());
        }
        let position = self.position().await?;
        match envelope.log_index.cmp(&position.log_index) {
            Ordering::Less => Ok(()),
            Ordering::Equal => self.take(envelope, reactions, position.done).await,
            Ordering::Greater => self.take(envelope, reactions, 0).await,
        }
    }

    async fn position(&self) -> Result<Position, Stopped> {
        let marks = stream(self.feed.source());
        let loaded = self.office.edge().service.load::<Reactions<E>>(&marks).await;
        Ok(*loaded.map_err(Stopped::Position)?.1)
    }

    async fn take(&self, envelope: &Envelope<'_>, reactions: &[Reaction<O>], done: u32) -> Result<(), Stopped> {
        let of = u32::try_from(reactions.len()).unwrap_or(u32::MAX);
        for (nth, reaction) in (0..of).zip(reactions).skip(done as usize) {
            let led = Led {
                service: self.feed.source().to_owned(),
                log_index: envelope.log_index,
                event: envelope.id,
                kind: envelope.kind.to_owned(),
                nth,
                of,
                step: reaction.step.to_owned(),
                matter: reaction.matter.clone(),
            };
            self.one(envelope, reaction, led).await.map_err(|source| Stopped::Reaction {
                service: self.feed.source().to_owned(),
                event: envelope.log_index,
                source,
            })?;
        }
        Ok(())
    }

    async fn one(&self, envelope: &Envelope<'_>, reaction: &Reaction<O>, led: Led) -> Result<(), ExecuteError> {
        let marks = stream(self.feed.source());
        let followed = React::Followed(reaction.rule, EventFollowed { led: led.clone() });
        let mark = mark::<E>(marks.clone(), followed);
        let call = self.call(envelope, &led, "followed")?;
        let refusal = match (reaction.carry)(&self.office, &call, &*mark).await {
            Ok(()) => return Ok(()),
            Err(ExecuteError::Refused(refusal)) => refusal,
            Err(other) => return Err(other),
        };
        self.refused(envelope, reaction, led, &refusal).await
    }

    /// Keeps that the matter would not have it.
    async fn refused(
        &self,
        envelope: &Envelope<'_>,
        reaction: &Reaction<O>,
        led: Led,
        refusal: &Refusal,
    ) -> Result<(), ExecuteError> {
        let (why_zh, why_en) = refusal.told();
        let zh = format!("{}的{}未能落实到{}：{why_zh}", led.service, led.kind, led.matter);
        let en = format!("{} of {} could not be carried into {}: {why_en}", led.kind, led.service, led.matter);
        let call = self.call(envelope, &led, "refused")?;
        let place = Place {
            agency: Some(envelope.agency).filter(|agency| !agency.is_empty()).and_then(|agency| agency.parse().ok()),
            region: region(envelope)?,
        };
        let marks = stream(self.feed.source());
        let refused = React::Refused(reaction.rule, ReactionRefused { led, zh, en });
        let mark = mark::<E>(marks, refused);
        self.office.edge().service.execute(&call, &place, mark).await.map(drop)
    }

    /// A call in nobody's name: what it reports happened in another service, at the time told there.
    fn call(&self, envelope: &Envelope<'_>, led: &Led, what: &str) -> Result<Call, ExecuteError> {
        let name = format!("{}/{}/{what}", envelope.id, led.nth);
        let subject = format!("follows:{}", led.service);
        Ok(Call {
            act: Act {
                at: envelope.time,
                mode: Mode::Reporting,
                actor: subject.clone(),
                calendar: self.office.edge().service.calendar(),
            },
            too_old: false,
            command_id: Uuid::new_v5(&NAMESPACE, name.as_bytes()),
            digest: Sha256::digest(name.as_bytes()).into(),
            correlation_id: Some(envelope.correlation_id),
            causation_id: Some(envelope.id),
            seen: Vec::new(),
            number: None,
            traceparent: envelope.traceparent.map(str::to_owned),
            caller: Caller {
                subject,
                name: String::new(),
                agency: None,
                region: region(envelope)?,
                roles: BTreeSet::new(),
            },
        })
    }
}

fn region(envelope: &Envelope<'_>) -> Result<RegionCode, ExecuteError> {
    envelope.region.parse().map_err(ExecuteError::internal)
}

fn mark<E: Reacted>(marks: String, react: React) -> Box<Also> {
    Box::new(move |tx: Tx| {
        let (marks, react) = (marks.clone(), react.clone());
        Box::pin(async move { tx.decide::<Reactions<E>>(&marks, &react).await.map(drop) })
    })
}

#[cfg(test)]
mod tests;
