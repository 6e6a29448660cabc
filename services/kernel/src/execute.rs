//! Carrying out a command: load, fold, decide, append; once more when somebody was faster.

use std::{
    any::Any,
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use jiff::civil::Date;
use law::{
    Act, Decided, Decider, DomainEvent, MatterChange,
    calendar::{Calendar, Notices},
    check::Refusal,
    decider::{self, Past},
    id::{RegionCode, Uscc},
};
use ledger::{Append, AppendError, Clock, Ledger, Origin, Packed, Proposal, Write};
use lru::LruCache;
use proto::common::v1::Violation;
use serde_json::value::RawValue;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::{
    call::{Call, HANDLED_WITHIN_DAYS},
    clocks,
    done::{Done, wire_violation},
    error::ExecuteError,
    figures,
    identity::Caller,
};

/// Tries before a contended command is given back to the client.
const TRIES_MAX: u32 = 3;
/// Folded states kept in memory.
const CACHE_MAX: NonZeroUsize = NonZeroUsize::new(10_000).expect("not zero");

type AnyState = Arc<dyn Any + Send + Sync>;

/// A stream as it is folded.
#[derive(Clone)]
struct Folded {
    version: u64,
    /// What its decider knows of it.
    state: AnyState,
    /// What the frame knows of it.
    past: Arc<Past>,
}

impl Folded {
    fn state<D: Decider>(&self) -> Option<Arc<D::State>> {
        self.state.clone().downcast().ok()
    }
}

/// Whose matter it is: stands in every event, and is what the caller must be allowed to touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The agency; `None` for what belongs to none.
    pub agency: Option<Uscc>,
    /// Where.
    pub region: RegionCode,
}

impl Place {
    /// What belongs to an agency.
    pub fn of(agency: &Uscc, region: &RegionCode) -> Self {
        Self { agency: Some(agency.clone()), region: region.clone() }
    }

    /// What belongs to a region and to no agency.
    pub fn within(region: &RegionCode) -> Self {
        Self { agency: None, region: region.clone() }
    }
}

/// One ledger, the states folded from it, a clock and the calendar.
#[derive(Clone)]
pub struct Service {
    ledger: Ledger,
    clock: Arc<dyn Clock>,
    notices: Notices,
    cache: Arc<Mutex<LruCache<String, Folded>>>,
    /// Why nothing is recorded any more.
    halted: Arc<OnceLock<String>>,
}

impl Service {
    /// A service over its ledger.
    pub fn new(ledger: Ledger, clock: Arc<dyn Clock>) -> Self {
        let cache = Arc::new(Mutex::new(LruCache::new(CACHE_MAX)));
        Self { ledger, clock, notices: Notices::default(), cache, halted: Arc::default() }
    }

    /// The same service, counting by notices that somebody else keeps up to date.
    #[must_use]
    pub fn counting_by(self, notices: Notices) -> Self {
        Self { notices, ..self }
    }

    /// From now on nothing is recorded, in this process and for this reason; what is recorded can be read.
    pub fn halt(&self, why: String) {
        if self.halted.set(why.clone()).is_ok() {
            tracing::error!("{why}");
        }
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// The notices of holidays as far as they are known here.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// The calendar now.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.notices.calendar()
    }

    /// The folded state of a stream and its version; version 0 is a stream that does not exist.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds an event this version does not know.
    pub async fn load<D: Decider>(&self, stream: &str) -> Result<(u64, Arc<D::State>), ExecuteError> {
        let folded = self.fold::<D>(stream).await?;
        Ok((folded.version, folded.state::<D>().ok_or_else(|| read_twice(stream))?))
    }

    async fn fold<D: Decider>(&self, stream: &str) -> Result<Folded, ExecuteError> {
        let cached = self.cached::<D>(stream);
        let newer = self.ledger.stream(stream, cached.as_ref().map_or(0, |known| known.version)).await?;
        let known =
            cached.unwrap_or_else(|| Folded { version: 0, state: Arc::new(D::State::default()), past: Arc::default() });
        if newer.is_empty() {
            return Ok(known);
        }
        let Folded { mut version, mut past, .. } = known.clone();
        let mut state = D::State::clone(&*known.state::<D>().ok_or_else(|| read_twice(stream))?);
        for record in &newer {
            let envelope = record.envelope().map_err(ExecuteError::internal)?;
            let event = D::Event::from_data(envelope.kind, envelope.data.get()).map_err(ExecuteError::internal)?;
            D::evolve(&mut state, &event);
            Arc::make_mut(&mut past).take(&event, clocks::changes(envelope.data.get())?, envelope.time);
            version = record.stream_version;
        }
        let folded = Folded { version, state: Arc::new(state), past };
        self.remember(stream, folded.clone());
        Ok(folded)
    }

    /// The state of a stream as it stands in memory, good only for what never changes: another process may have
    /// outdated it.
    pub fn recent<D: Decider>(&self, stream: &str) -> Option<Arc<D::State>> {
        self.cached::<D>(stream)?.state::<D>()
    }

    fn cached<D: Decider>(&self, stream: &str) -> Option<Folded> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.get(stream).filter(|known| known.state.is::<D::State>()).cloned()
    }

    fn remember(&self, stream: &str, folded: Folded) {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        // Two commands may finish out of order; a newer state must not be replaced by an older one.
        if cache.peek(stream).is_none_or(|known| known.version < folded.version) {
            cache.put(stream.to_owned(), folded);
        }
    }

    /// Carries out one command. `work` decides on any number of streams; all of it is committed at once, or nothing.
    /// When a stream changed meanwhile, `work` runs again on the new state.
    ///
    /// `place` says whose matter it is.
    ///
    /// # Errors
    /// [`ExecuteError::Refused`] when the law or the state says no; an attempt that the law refused has been recorded
    /// then. Everything else as its variants say.
    pub async fn execute<F, W>(&self, call: &Call, place: &Place, work: F) -> Result<Done, ExecuteError>
    where
        F: Fn(Tx) -> W,
        W: Future<Output = Result<(), ExecuteError>>,
    {
        let ended = self.carry_out(call, place, work).await;
        figures::command(self.ledger.service(), &ended);
        ended
    }

    async fn carry_out<F, W>(&self, call: &Call, place: &Place, work: F) -> Result<Done, ExecuteError>
    where
        F: Fn(Tx) -> W,
        W: Future<Output = Result<(), ExecuteError>>,
    {
        self.takes(call).await?;
        // The first try trusts states in memory; neither a refusal, nor that the caller may not, nor that there is nothing to do
        // may rest on one that another process has outdated.
        let mut fresh = false;
        let mut tries = 0;
        let shared = Arc::new(call.clone());
        loop {
            let tx = Tx {
                service: self.clone(),
                call: shared.clone(),
                fresh,
                decided: Arc::default(),
                counted: None,
                kept: true,
            };
            let worked = work(tx.clone()).await;
            let mut decided = std::mem::take(&mut *tx.decided());
            let append = match worked {
                Ok(()) => decided.append(call, place),
                Err(ExecuteError::Refused(_) | ExecuteError::Denied { .. }) if decided.trusted => {
                    fresh = true;
                    continue;
                }
                Err(refused @ ExecuteError::Refused(_)) => match decided.attempt.take() {
                    Some(attempt) => {
                        // Only the attempt is stored: what was decided on other streams before it never happened.
                        decided.order.clear();
                        attempt.append(call, place)
                    }
                    None => return self.earlier(call).await?.map_or(Err(refused), Done::answer),
                },
                Err(other) => return Err(other),
            };
            if append.writes.is_empty() && decided.trusted {
                fresh = true;
                continue;
            }
            if append.writes.is_empty() {
                return Ok(self.earlier(call).await?.unwrap_or(Done { records: Vec::new(), repeated: false }));
            }
            let span = tracing::info_span!("append", service = &**self.ledger.service());
            match self.ledger.append(append).instrument(span).await {
                Ok(receipt) => {
                    if !receipt.repeated {
                        decided.remember(self);
                    }
                    return Done::from(receipt).answer();
                }
                Err(AppendError::Conflict { stream, .. }) => {
                    tries += 1;
                    tracing::debug!(%stream, tries, "the stream changed meanwhile");
                    if tries == TRIES_MAX {
                        return Err(ExecuteError::Conflict);
                    }
                    fresh = true;
                }
                Err(other) => return Err(other.into()),
            }
        }
    }

    /// Several commands that are decided one after the other, each on what those before it leave, and recorded together or not at
    /// all. When only `tried`, what is decided is counted and not kept.
    ///
    /// # Errors
    /// As [`Service::execute`] before it works.
    pub async fn together(&self, call: &Call, tried: bool) -> Result<Together, ExecuteError> {
        self.takes(call).await?;
        let counted = Some(Arc::default());
        // Neither a check nor so many commands may rest on states that another process has outdated.
        let (service, call) = (self.clone(), Arc::new(call.clone()));
        let hand = Tx { service, call, fresh: true, decided: Arc::default(), counted, kept: !tried };
        Ok(Together { hand, packed: Packed::default(), order: Vec::new() })
    }

    /// Whether a command is taken at all.
    async fn takes(&self, call: &Call) -> Result<(), ExecuteError> {
        if let Some(why) = self.halted.get() {
            return Err(ExecuteError::ReadOnly(why.clone()));
        }
        if call.too_old && self.earlier(call).await?.is_none() {
            let now = self.clock.now();
            let en = format!(
                "lies more than {HANDLED_WITHIN_DAYS} days before the service's time, {now:.0}: record it in reporting mode"
            );
            return Err(Refusal::Invalid { field: "meta.at".to_owned(), en }.into());
        }
        Ok(())
    }

    /// What is said of an act before the first law on record for its kind; nothing of a repeat of what was recorded.
    ///
    /// # Errors
    /// When the ledger cannot be read, or the command id was used for something else.
    pub async fn before_the_law(&self, call: &Call, since: Date, noun: &str) -> Result<Option<String>, ExecuteError> {
        if call.act.day() >= since || self.earlier(call).await?.is_some() {
            return Ok(None);
        }
        Ok(Some(format!(
            "lies before {since}, the first day of the first law on record for this kind ({noun}); what was done before is \
             not recorded here"
        )))
    }

    /// What an earlier call with the same command id recorded.
    async fn earlier(&self, call: &Call) -> Result<Option<Done>, ExecuteError> {
        Ok(self.ledger.repeated(call.command_id, &call.digest).await?.map(Done::from))
    }
}

/// What a command knows and proposes of one stream; its version is the one that the proposals are appended to.
struct Stream {
    folded: Folded,
    proposals: Vec<Proposal>,
}

fn read_twice(stream: &str) -> ExecuteError {
    ExecuteError::internal(format!("stream {stream} is read as two different aggregates"))
}

struct Attempt {
    stream: String,
    base: u64,
    proposal: Proposal,
}

impl Attempt {
    fn append(self, call: &Call, place: &Place) -> Append {
        let correlation = correlation(call, &self.stream);
        let write = Write { stream: self.stream, expected: self.base, events: vec![self.proposal] };
        append(call, place, correlation, vec![write])
    }
}

/// What one command has read and decided so far.
#[derive(Default)]
struct InProgress {
    streams: BTreeMap<String, Stream>,
    /// Streams with new events, in the order they were first decided on.
    order: Vec<String>,
    attempt: Option<Attempt>,
    /// Whether a state came from memory.
    trusted: bool,
}

/// The hand a command works with: reads states, decides, and leaves the commit to [`Service::execute`].
#[derive(Clone)]
pub struct Tx {
    service: Service,
    call: Arc<Call>,
    fresh: bool,
    decided: Arc<Mutex<InProgress>>,
    /// What was decided, counted, where commands are decided together.
    counted: Option<Arc<Mutex<Counted>>>,
    /// Whether what is decided is kept to be recorded.
    kept: bool,
}

/// Commands that are recorded together or not at all.
pub struct Together {
    hand: Tx,
    packed: Packed,
    /// Streams with new events.
    order: Vec<String>,
}

impl Together {
    /// The hand that decides the next command.
    pub fn hand(&self) -> &Tx {
        &self.hand
    }

    /// Whether there is nothing to record so far.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// What was decided since the last time is one command. It is counted.
    ///
    /// # Errors
    /// When it is beyond what the ledger stores at once.
    pub fn decided(&mut self, call: &Call, place: &Place) -> Result<Counted, ExecuteError> {
        let mut decided = self.hand.decided();
        let append = decided.append(call, place);
        if !append.writes.is_empty() {
            self.packed.push(&append)?;
        }
        self.order.append(&mut decided.order);
        drop(decided);
        Ok(self.hand.counted())
    }

    /// The streams that it changes, each with its state after it, for who keeps what is folded of them.
    pub fn states(&self) -> Vec<(String, Arc<dyn Any + Send + Sync>)> {
        let decided = self.hand.decided();
        let state = |name: &String| Some((name.clone(), decided.streams.get(name)?.folded.state.clone()));
        self.order.iter().filter_map(state).collect()
    }

    /// Records all of it.
    ///
    /// # Errors
    /// [`ExecuteError::Conflict`] when something changed meanwhile: decide anew. Everything else as its variants say.
    pub async fn record(mut self) -> Result<Recorded, ExecuteError> {
        if self.packed.is_empty() {
            return Ok(Recorded::default());
        }
        let service = &self.hand.service;
        let (packed, span) =
            (std::mem::take(&mut self.packed), tracing::info_span!("append", service = &**service.ledger.service()));
        let commands = packed.len() as u64;
        let stored = match service.ledger.append_together(packed).instrument(span).await {
            Ok(stored) => stored,
            Err(AppendError::Conflict { stream, .. }) => {
                tracing::debug!(%stream, "the stream changed meanwhile");
                return Err(ExecuteError::Conflict);
            }
            Err(other) => return Err(other.into()),
        };
        figures::commands(service.ledger.service(), commands, stored.repeated);
        if stored.repeated {
            return Ok(Recorded::default());
        }
        let mut decided = self.hand.decided();
        decided.order = std::mem::take(&mut self.order);
        decided.remember(service);
        let read = std::mem::take(&mut decided.streams);
        drop(decided);
        let_go(read);
        Ok(Recorded { first: stored.first, events: stored.events })
    }
}

/// Drops what is much in a thread where nobody waits behind it.
pub fn let_go<T: Send + 'static>(much: T) {
    drop(tokio::task::spawn_blocking(move || drop(much)));
}

/// What was recorded together.
#[derive(Clone, Copy, Default)]
pub struct Recorded {
    /// Where its first event stands in the log.
    pub first: u64,
    /// How many events; none where there was nothing to record, or all of it had been recorded before.
    pub events: u64,
}

/// What was decided of commands that are decided together.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// How many events.
    pub events: usize,
    /// The rules they break.
    pub violations: Vec<Violation>,
}

impl Tx {
    /// The frame of the act.
    pub fn act(&self) -> &Act {
        &self.call.act
    }

    /// Who asks.
    pub fn caller(&self) -> &Caller {
        &self.call.caller
    }

    /// What was decided since this was asked before, where commands are decided together.
    fn counted(&self) -> Counted {
        let counted = self.counted.as_ref();
        counted.map_or_else(Counted::default, |counted| {
            std::mem::take(&mut *counted.lock().unwrap_or_else(PoisonError::into_inner))
        })
    }

    fn decided(&self) -> MutexGuard<'_, InProgress> {
        self.decided.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state of a stream, with what this command has decided on it so far.
    ///
    /// # Errors
    /// As [`Service::load`].
    pub async fn state<D: Decider>(&self, stream: &str) -> Result<Arc<D::State>, ExecuteError> {
        self.folded::<D>(stream).await?.state::<D>().ok_or_else(|| read_twice(stream))
    }

    async fn folded<D: Decider>(&self, stream: &str) -> Result<Folded, ExecuteError> {
        let known = self.decided().streams.get(stream).map(|s| s.folded.clone());
        if let Some(folded) = known {
            return Ok(folded);
        }
        let cached = if self.fresh { None } else { self.service.cached::<D>(stream) };
        let trusted = cached.is_some();
        let folded = match cached {
            Some(hit) => hit,
            None => self.service.fold::<D>(stream).await?,
        };
        let mut decided = self.decided();
        decided.trusted |= trusted;
        let entry = Stream { folded: folded.clone(), proposals: Vec::new() };
        decided.streams.insert(stream.to_owned(), entry);
        Ok(folded)
    }

    /// Whether a command would be taken, as things stand.
    ///
    /// # Errors
    /// As [`Service::load`].
    pub async fn takes<D: Decider>(&self, stream: &str, command: &D::Command) -> Result<bool, ExecuteError> {
        let state = self.state::<D>(stream).await?;
        let past = self.folded::<D>(stream).await?.past;
        Ok(decider::decide::<D>(&past, &state, self.act(), command).is_ok())
    }

    /// Decides on one stream and gives the events decided.
    ///
    /// # Errors
    /// [`ExecuteError::Refused`]; pass it on, so that the attempt is kept.
    pub async fn decide<D: Decider>(&self, stream: &str, command: &D::Command) -> Result<Vec<D::Event>, ExecuteError> {
        let state = self.state::<D>(stream).await?;
        let mut past = self.folded::<D>(stream).await?.past;
        let act = &self.call.act;
        let decided = match decider::decide::<D>(&past, &state, act, command) {
            Ok(decided) => decided,
            Err(refusal) => {
                let kept = match &refusal {
                    Refusal::Unlawful(breaches) => D::attempt(&state, act, command, breaches),
                    _ => None,
                };
                if let Some(event) = kept {
                    let mut after = D::State::clone(&state);
                    D::evolve(&mut after, &event);
                    let matter = D::matter(&state, &after, &event, &[]);
                    let proposal = proposal(act, &Decided::<D::Event>::plain(event), matter.as_ref())?;
                    let mut decided = self.decided();
                    let base = decided.streams.get(stream).map_or(0, |s| s.folded.version);
                    decided.attempt = Some(Attempt { stream: stream.to_owned(), base, proposal });
                }
                return Err(refusal.into());
            }
        };
        if decided.is_empty() {
            return Ok(Vec::new());
        }
        let mut next = D::State::clone(&state);
        let mut events = Vec::with_capacity(decided.len());
        let mut proposals = Vec::with_capacity(decided.len());
        for (n, one) in decided.into_iter().enumerate() {
            // The state before the first event is at hand; most commands decide no second one.
            let before = (n > 0).then(|| next.clone());
            D::evolve(&mut next, &one.event);
            Arc::make_mut(&mut past).take(&one.event, one.clocks.iter().cloned(), act.at);
            if self.kept {
                let matter = D::matter(before.as_ref().unwrap_or(&state), &next, &one.event, &one.violations);
                proposals.push(proposal(act, &one, matter.as_ref())?);
            }
            if let Some(counted) = &self.counted {
                let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
                counted.events += 1;
                counted.violations.extend(one.violations.into_iter().map(wire_violation));
            }
            events.push(one.event);
        }
        let mut decided = self.decided();
        let mut first = false;
        if let Some(entry) = decided.streams.get_mut(stream) {
            first = entry.proposals.is_empty() && !proposals.is_empty();
            (entry.folded.state, entry.folded.past) = (Arc::new(next), past);
            entry.proposals.extend(proposals);
        }
        if first {
            decided.order.push(stream.to_owned());
        }
        Ok(events)
    }
}

impl InProgress {
    fn append(&mut self, call: &Call, place: &Place) -> Append {
        let correlation = self.order.first().map_or(call.command_id, |s| correlation(call, s));
        let mut writes = Vec::with_capacity(self.order.len());
        for name in &self.order {
            if let Some(stream) = self.streams.get_mut(name) {
                let events = std::mem::take(&mut stream.proposals);
                let expected = stream.folded.version;
                stream.folded.version += events.len() as u64;
                writes.push(Write { stream: name.clone(), expected, events });
            }
        }
        append(call, place, correlation, writes)
    }

    /// Keeps the states that are committed now.
    fn remember(&mut self, service: &Service) {
        for name in std::mem::take(&mut self.order) {
            if let Some(stream) = self.streams.remove(&name) {
                service.remember(&name, stream.folded);
            }
        }
    }
}

fn append(call: &Call, place: &Place, correlation_id: Uuid, writes: Vec<Write>) -> Append {
    Append {
        command_id: call.command_id,
        command_digest: call.digest,
        origin: Origin {
            actor: call.caller.subject.clone(),
            agency: place.agency.as_ref().map(Uscc::to_string).unwrap_or_default(),
            region: place.region.to_string(),
            correlation_id,
            causation_id: call.causation_id,
            traceparent: call.traceparent.clone(),
        },
        writes,
    }
}

/// The matter a command belongs to: as the client says, or the stream's own id.
fn correlation(call: &Call, stream: &str) -> Uuid {
    call.correlation_id.unwrap_or_else(|| {
        let own = stream.rsplit('/').next().and_then(|id| id.parse().ok());
        own.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, stream.as_bytes()))
    })
}

/// The event's own fields, and behind them what the law says of it and what it does to its matter.
fn proposal<E: DomainEvent>(
    act: &Act,
    decided: &Decided<E>,
    matter: Option<&MatterChange>,
) -> Result<Proposal, ExecuteError> {
    let data = decided.event.to_data().map_err(ExecuteError::internal)?;
    let fields =
        data.get().strip_suffix('}').ok_or_else(|| ExecuteError::internal("an event must be a JSON object"))?;
    let mut out = String::with_capacity(fields.len() + 256);
    out.push_str(fields);
    let mut put = |key: &str, json: String| {
        if !out.ends_with('{') {
            out.push(',');
        }
        out.push('"');
        out.push_str(key);
        out.push_str("\":");
        out.push_str(&json);
    };
    put("mode", serde_json::to_string(&act.mode).map_err(ExecuteError::internal)?);
    if !decided.violations.is_empty() {
        put("violations", serde_json::to_string(&decided.violations).map_err(ExecuteError::internal)?);
    }
    if !decided.unchecked.is_empty() {
        put("unchecked", serde_json::to_string(&decided.unchecked).map_err(ExecuteError::internal)?);
    }
    if !decided.clocks.is_empty() {
        put("clocks", serde_json::to_string(&decided.clocks).map_err(ExecuteError::internal)?);
    }
    if let Some(matter) = matter {
        put("matter", serde_json::to_string(matter).map_err(ExecuteError::internal)?);
    }
    out.push('}');
    Ok(Proposal {
        kind: decided.event.kind().to_owned(),
        time: act.at,
        rules: decided.rules.iter().map(|r| (*r).to_owned()).collect(),
        data: RawValue::from_string(out).map_err(ExecuteError::internal)?,
    })
}
