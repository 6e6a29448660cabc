//! Committing one batch: first on what is remembered, and only if that was wrong on what is read.

use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;
use uuid::Uuid;

use crate::batch::{Batch, Verdicts};
use crate::store::{Found, Landed, Row, Store, Stored, Tip};
use crate::writer::Ends;
use crate::{Append, AppendError, Clock, Packed, StoreError, Together};

/// How many stream versions are remembered.
const VERSIONS_MAX: NonZeroUsize = NonZeroUsize::new(65_536).expect("not zero");
/// How many commands are remembered; most repeats come soon.
const COMMANDS_MAX: NonZeroUsize = NonZeroUsize::new(16_384).expect("not zero");
/// For so many batches after another process appended, the log is read before anything is decided.
const CAREFUL_BATCHES: u32 = 16;

/// What a batch gets: verdicts for those who wait, and the rows of what was accepted.
pub(crate) type Done = (Vec<Verdicts>, Vec<Row>);
/// Appends as they wait: of each, all are stored or none.
pub(crate) type Waiting<'a> = &'a [Append];

/// What commits batches on one store.
pub(crate) struct Committer<S> {
    store: S,
    source: Arc<str>,
    clock: Arc<dyn Clock>,
    ends: Arc<Ends>,
    memory: Memory,
    careful: u32,
}

/// What was committed last, as far as it helps to decide without reading.
struct Memory {
    /// The tip after the last commit here; none after a failure, until the database has been read again.
    tip: Option<Tip>,
    /// Versions as of `tip`: right exactly if the log still ends there.
    versions: LruCache<String, u64>,
    /// Stored commands. What is stored stays stored, so these are always right.
    commands: LruCache<Uuid, Stored>,
}

impl<S: Store> Committer<S> {
    pub(crate) fn new(store: S, source: String, clock: Arc<dyn Clock>, ends: Arc<Ends>, tip: Tip) -> Self {
        let (versions, commands) = (LruCache::new(VERSIONS_MAX), LruCache::new(COMMANDS_MAX));
        let memory = Memory { tip: Some(tip), versions, commands };
        Self { store, source: source.into(), clock, ends, memory, careful: 0 }
    }

    /// Decides and commits one batch; the verdicts hold only if this succeeds.
    ///
    /// # Errors
    /// Whether anything was stored is then unknown; call [`Self::doubt`].
    pub(crate) async fn commit(&mut self, appends: &[Waiting<'_>]) -> Result<Done, StoreError> {
        let source = self.source.clone();
        if let Some(guess) = self.guess(&source, appends) {
            let landed = match guess.batch.rows.is_empty() {
                true => Landed::All,
                false => self.store.store(&guess.batch.rows, &guess.batch.tip).await?,
            };
            if landed == Landed::All {
                return Ok(self.keep(guess));
            }
        }
        let decided = self.decide_under_lock(&source, appends).await?;
        if decided.batch.rows.is_empty() {
            self.store.abandon().await?;
        } else {
            self.store.commit(&decided.batch.rows, &decided.batch.tip).await?;
        }
        Ok(self.keep(decided))
    }

    /// Decides and commits appends that are many, part by part in one transaction: of all of them, no more than a part is held.
    ///
    /// # Errors
    /// Whether anything was stored is then unknown; call [`Self::doubt`].
    pub(crate) async fn commit_packed(&mut self, packed: Packed) -> Result<Result<Together, AppendError>, StoreError> {
        let carries = self.store.carries();
        self.store.widen(true).await?;
        let done = tokio::select! {
            done = self.commit_parts(packed) => done?,
            never = carries => match never {},
        };
        self.store.widen(false).await?;
        Ok(done)
    }

    async fn commit_parts(&mut self, packed: Packed) -> Result<Result<Together, AppendError>, StoreError> {
        let Some((command_id, digest)) = packed.first() else {
            return Ok(Err(AppendError::Invalid("no appends".to_owned())));
        };
        let source = self.source.clone();
        let found = self.store.begin(&[], &[command_id]).await?;
        let (mut tip, moved) = self.tip_of(&found)?;
        if moved {
            self.careful = CAREFUL_BATCHES;
        }
        if let Some(stored) = found.commands.get(&command_id) {
            self.store.abandon().await?;
            return Ok(match stored.digest == digest {
                true => Ok(Together { first: stored.first, events: stored.events, repeated: true }),
                false => Err(AppendError::CommandReused { command_id }),
            });
        }
        let first = tip.size();
        for part in packed.parts() {
            let part = part.map_err(StoreError::Damaged)?;
            let mut streams: Vec<&str> =
                part.iter().flat_map(|append| &append.writes).map(|write| write.stream.as_str()).collect();
            streams.sort_unstable();
            streams.dedup();
            let commands: Vec<Uuid> = part.iter().map(|append| append.command_id).collect();
            let found = self.store.look(&streams, &commands).await?;
            let refused = match found.commands.keys().next() {
                Some(known) => Some(AppendError::CommandReused { command_id: *known }),
                None => {
                    let mut batch = Batch::new(&source, tip.clone(), self.clock.now());
                    batch.versions = streams.into_iter().zip(found.versions).collect();
                    match batch.decide(&part) {
                        Ok(_) => {
                            batch.seal();
                            self.store.put(&batch.rows, &batch.tip).await?;
                            tip = batch.tip;
                            None
                        }
                        Err(refused) => Some(refused),
                    }
                }
            };
            if let Some(refused) = refused {
                self.store.abandon().await?;
                return Ok(Err(refused));
            }
        }
        self.store.end().await?;
        self.memory.versions.clear();
        self.ends.publish(tip.head());
        let events = tip.size() - first;
        self.memory.tip = Some(tip);
        Ok(Ok(Together { first, events, repeated: false }))
    }

    /// Decides from memory alone, if memory holds all it takes.
    ///
    /// A stream not remembered passes for empty where the decider saw it empty, and a command not remembered for new. If
    /// the log, a stream or a command is not as remembered, one of the unique indexes refuses the whole batch.
    /// A conflict is never told from memory: the decider may have seen what another process appended.
    fn guess<'a>(&mut self, source: &'a str, appends: &[Waiting<'a>]) -> Option<Decided<'a>> {
        let tip = self.memory.tip.as_ref()?;
        if self.careful > 0 || self.ends.head.borrow().size != tip.size() {
            self.careful = self.careful.saturating_sub(1);
            return None;
        }
        let mut batch = Batch::new(source, tip.clone(), self.clock.now());
        for append in appends.iter().copied().flatten() {
            if let Some(stored) = self.memory.commands.get(&append.command_id) {
                batch.commands.insert(append.command_id, *stored);
            }
            for write in &append.writes {
                let stream = write.stream.as_str();
                if !batch.versions.contains_key(stream) {
                    let version = match self.memory.versions.get(stream) {
                        Some(version) => *version,
                        None if write.expected == 0 => 0,
                        None => return None,
                    };
                    batch.versions.insert(stream, version);
                }
            }
        }
        let decided = Decided::all(batch, appends);
        let conflict = |verdicts: &Verdicts| matches!(verdicts, Err(AppendError::Conflict { .. }));
        (!decided.verdicts.iter().any(conflict)).then_some(decided)
    }

    /// Reads what the batch needs under the lock, and decides on that.
    async fn decide_under_lock<'a>(
        &mut self,
        source: &'a str,
        appends: &[Waiting<'a>],
    ) -> Result<Decided<'a>, StoreError> {
        let all = || appends.iter().copied().flatten();
        let mut streams: Vec<&str> =
            all().flat_map(|append| &append.writes).map(|write| write.stream.as_str()).collect();
        streams.sort_unstable();
        streams.dedup();
        let commands: Vec<Uuid> = all().map(|append| append.command_id).collect();

        let found = self.store.begin(&streams, &commands).await?;
        let (tip, moved) = self.tip_of(&found)?;
        if moved {
            self.memory.versions.clear();
            self.careful = CAREFUL_BATCHES;
        }
        let mut batch = Batch::new(source, tip, self.clock.now());
        batch.versions = streams.into_iter().zip(found.versions).collect();
        batch.commands = found.commands;
        Ok(Decided::all(batch, appends))
    }

    /// Remembers what was committed.
    fn keep(&mut self, decided: Decided<'_>) -> Done {
        let Decided { batch: Batch { tip, rows, versions, commands, .. }, verdicts } = decided;
        for (stream, version) in versions {
            match self.memory.versions.get_mut(stream) {
                Some(known) => *known = version,
                None => _ = self.memory.versions.put(stream.to_owned(), version),
            }
        }
        for (id, stored) in commands {
            self.memory.commands.put(id, stored);
        }
        self.ends.tail.push(rows.iter().map(|row| row.record.clone()));
        self.ends.publish(tip.head());
        self.memory.tip = Some(tip);
        (verdicts, rows)
    }

    /// The tip to go on from, and whether the log moved since the last commit here.
    fn tip_of(&self, found: &Found) -> Result<(Tip, bool), StoreError> {
        let known = self.ends.head.borrow().size;
        let Some(row) = &found.head else {
            return if known == 0 { Ok((Tip::default(), false)) } else { Err(went_back(0)) };
        };
        let same = |tip: &&Tip| tip.size() == row.size && tip.root == row.root[..];
        if let Some(tip) = self.memory.tip.as_ref().filter(same) {
            return Ok((tip.clone(), false));
        }
        if row.size < known {
            return Err(went_back(row.size));
        }
        let tip = row.tip().ok_or_else(|| StoreError::Damaged(format!("head {} has a wrong root", row.size)))?;
        Ok((tip, true))
    }

    /// True after a failure, until the database has been read again.
    pub(crate) fn is_in_doubt(&self) -> bool {
        self.memory.tip.is_none()
    }

    /// Forgets everything that a failure may have made wrong.
    pub(crate) fn doubt(&mut self) {
        self.memory.tip = None;
        self.memory.versions.clear();
        self.store.reset();
    }

    /// After a failure: reads how the log really ends, so that readers hear of a commit whose answer was lost.
    pub(crate) async fn recover(&mut self) -> Result<(), StoreError> {
        let found = self.store.begin(&[], &[]).await?;
        let (tip, _) = self.tip_of(&found)?;
        self.store.abandon().await?;
        self.ends.publish(tip.head());
        self.memory.tip = Some(tip);
        Ok(())
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
    }
}

/// A batch with its verdicts.
struct Decided<'a> {
    batch: Batch<'a>,
    verdicts: Vec<Verdicts>,
}

impl<'a> Decided<'a> {
    fn all(mut batch: Batch<'a>, appends: &[Waiting<'a>]) -> Self {
        let verdicts = appends.iter().map(|append| batch.decide(append)).collect();
        batch.seal();
        Self { batch, verdicts }
    }
}

/// Acknowledged events are gone, as after a restored backup: to go on would give their indexes to others.
fn went_back(size: u64) -> StoreError {
    StoreError::Damaged(format!("the log went back to {size} events"))
}
