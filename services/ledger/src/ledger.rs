//! The handle.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};
use tokio::task::{AbortHandle, JoinHandle};
use uuid::Uuid;

use crate::merkle::{Frontier, Hash, leaf_hash};
use crate::reader::Reader;
use crate::store::{HeadRow, Store, Stored, Tip};
use crate::tree::Tree;
use crate::writer::{Answer, Ends, Job, Many, Waiting, Writer};
use crate::{
    Append, AppendError, Clock, Config, OpenError, Packed, ReadError, Receipt, Record, StoreError, Together, Url,
    postgres, sqlite,
};

/// Most bytes that waiting appends may hold; beyond it, [`AppendError::Overloaded`].
const WAITING_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The end of the log: how many events there are and the root of the tree over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many events the log holds; the next one gets this `log_index`.
    pub size: u64,
    /// The RFC 6962 root over all of them.
    pub root: Hash,
}

/// An open ledger. Clones share one writer and one set of connections.
#[derive(Clone)]
pub struct Ledger(Arc<Inner>);

struct Inner {
    service: Arc<str>,
    queue: mpsc::Sender<Waiting>,
    room: Arc<Semaphore>,
    reader: Arc<dyn Reader>,
    ends: Arc<Ends>,
    tree: Tree,
    closing: watch::Sender<bool>,
    writer: Mutex<Option<JoinHandle<()>>>,
    poller: Option<AbortHandle>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        // The writer sees its queue closed and ends by itself; the poller would go on for ever.
        if let Some(poller) = &self.poller {
            poller.abort();
        }
    }
}

impl Ledger {
    /// Opens the ledger, making it if there is none.
    ///
    /// # Errors
    /// See [`OpenError`]; the message is meant to be printed as it is.
    pub async fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        config.check()?;
        match &config.url {
            Url::Sqlite(folder) => {
                let sqlite::Opened { store, readers } = sqlite::open(&config, folder).await?;
                let name = sqlite::file(folder, &config).display().to_string();
                Self::start(&config, clock, store, Arc::new(readers), &name, false).await
            }
            Url::Postgres(url) => {
                let postgres::Opened { store, readers } = postgres::open(&config, url).await?;
                let name = format!("fazhi_{}", config.service);
                Self::start(&config, clock, store, Arc::new(readers), &name, true).await
            }
        }
    }

    async fn start<S: Store>(
        config: &Config,
        clock: Arc<dyn Clock>,
        store: S,
        reader: Arc<dyn Reader>,
        name: &str,
        shared: bool,
    ) -> Result<Self, OpenError> {
        let tip = check_end(&*reader, name).await?;
        let ends = Arc::new(Ends::new(tip.head()));
        let (queue, jobs) = mpsc::channel(config.queue_max);
        let (closing, closed) = watch::channel(false);
        let writer = Writer::new(store, config, clock, ends.clone(), tip);
        let writer = tokio::spawn(writer.run(jobs, closed));
        let poller =
            shared.then(|| tokio::spawn(poll(reader.clone(), ends.clone(), config.poll_interval)).abort_handle());
        let room = Arc::new(Semaphore::new(WAITING_BYTES_MAX));
        Ok(Self(Arc::new(Inner {
            service: config.service.as_str().into(),
            queue,
            room,
            reader,
            ends,
            tree: Tree::default(),
            closing,
            writer: Mutex::new(Some(writer)),
            poller,
        })))
    }

    /// The service whose events these are.
    pub fn service(&self) -> &Arc<str> {
        &self.0.service
    }

    /// Stores the events of one command, and answers once they are durable.
    ///
    /// A repeat (same command id, same digest) stores nothing and gets the first answer, wherever the streams are by now.
    ///
    /// # Errors
    /// See [`AppendError`]. After [`AppendError::Unavailable`] the outcome is unknown: retry with the same command id.
    pub async fn append(&self, append: Append) -> Result<Receipt, AppendError> {
        append.check()?;
        let room = self.room(append.bytes())?;
        let (reply, answer) = oneshot::channel();
        self.queue(Waiting::One(Job { append, reply, room }))?;
        match answer.await.map_err(|_| AppendError::Unavailable(StoreError::Closed))?? {
            Answer::Stored(records) => Ok(Receipt { records, repeated: false }),
            Answer::Repeats(stored) => self.receipt(stored).await,
        }
    }

    /// Stores the events of several commands, all of them or none, each on what those before it leave. A process that is killed
    /// meanwhile leaves none. Other appends wait for as long as it takes.
    ///
    /// A repeat is known by the first of them.
    ///
    /// # Errors
    /// As [`Ledger::append`]; nothing of any command is stored then.
    pub async fn append_together(&self, packed: Packed) -> Result<Together, AppendError> {
        if packed.is_empty() {
            return Err(AppendError::Invalid("no appends".to_owned()));
        }
        let room = self.room(packed.bytes())?;
        let (reply, answer) = oneshot::channel();
        self.queue(Waiting::Many(Many { packed, reply, room }))?;
        answer.await.map_err(|_| AppendError::Unavailable(StoreError::Closed))?
    }

    /// A share of the memory that waiting appends may hold. What is larger than all of it waits until nothing else does.
    fn room(&self, bytes: usize) -> Result<OwnedSemaphorePermit, AppendError> {
        let bytes = u32::try_from(bytes.min(WAITING_BYTES_MAX)).map_err(|_| AppendError::Overloaded)?;
        self.0.room.clone().try_acquire_many_owned(bytes).map_err(|_| AppendError::Overloaded)
    }

    fn queue(&self, waiting: Waiting) -> Result<(), AppendError> {
        self.0.queue.try_send(waiting).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => AppendError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => AppendError::Unavailable(StoreError::Closed),
        })
    }

    /// What an earlier append with this command id stored, if there was one.
    ///
    /// # Errors
    /// [`AppendError::CommandReused`] if it had another body; [`AppendError::Unavailable`].
    pub async fn repeated(&self, command_id: Uuid, digest: &Hash) -> Result<Option<Receipt>, AppendError> {
        match self.0.reader.command(command_id).await.map_err(unavailable)? {
            Some(stored) if stored.digest != *digest => Err(AppendError::CommandReused { command_id }),
            Some(stored) => self.receipt(stored).await.map(Some),
            None => Ok(None),
        }
    }

    async fn receipt(&self, stored: Stored) -> Result<Receipt, AppendError> {
        let mut records = Vec::new();
        while (records.len() as u64) < stored.events {
            let missing = stored.events - records.len() as u64;
            let page = self.0.reader.log(stored.first + records.len() as u64, missing as usize).await;
            let page = page.map_err(unavailable)?;
            if page.is_empty() {
                let what = format!("the command at log index {} lacks events", stored.first);
                return Err(AppendError::Unavailable(StoreError::Damaged(what)));
            }
            records.extend(page);
        }
        Ok(Receipt { records, repeated: true })
    }

    /// The events of one stream after a version, oldest first; all of them after version 0.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn stream(&self, stream: &str, after_version: u64) -> Result<Vec<Record>, ReadError> {
        self.0.reader.stream(stream, after_version).await
    }

    /// At most `limit` events of the log from an index on, gapless and in order; only what is committed.
    ///
    /// A page also ends after 10,000 events or some megabytes, so only an empty one means that the end is reached.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn log(&self, from: u64, limit: usize) -> Result<Vec<Record>, ReadError> {
        match self.0.ends.tail.read(from, limit) {
            Some(records) => Ok(records),
            None => self.0.reader.log(from, limit).await,
        }
    }

    /// Proofs that the events at these indexes are part of the log up to a head: for each the hashes from its leaf's sibling
    /// up, as [`crate::merkle::root_of_path`] takes them (RFC 6962, 2.1.1).
    ///
    /// # Errors
    /// See [`ReadError`]; also when an index lies behind the head.
    pub async fn paths(&self, head: Head, indexes: &[u64]) -> Result<Vec<Vec<Hash>>, ReadError> {
        self.0.tree.paths(&*self.0.reader, head, indexes).await
    }

    /// The root over the first events of the log, so many; `None` while there are fewer.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn root_at(&self, size: u64) -> Result<Option<Hash>, ReadError> {
        if size > self.head().size {
            return Ok(None);
        }
        let damaged = |what| ReadError::Damaged { log_index: size.saturating_sub(1), what };
        // From the last head that counts no more of them; a batch is short.
        let mut tree = match self.0.reader.head_before(size + 1).await? {
            Some(row) => row.tip().ok_or_else(|| damaged("the head before it does not match its tree"))?.frontier,
            None => Frontier::default(),
        };
        for leaf in self.0.reader.leaves(tree.size(), size).await? {
            tree.push(leaf);
        }
        match tree.size() == size {
            true => Ok(Some(tree.root())),
            false => Err(damaged("a leaf hash before it is missing or no hash")),
        }
    }

    /// How many events were recorded up to and including a time: the log as of then is the events before this index.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn size_at(&self, time: Timestamp) -> Result<u64, ReadError> {
        self.0.reader.size_at(time.as_microsecond()).await
    }

    /// The last head known to be committed.
    pub fn head(&self) -> Head {
        *self.0.ends.head.borrow()
    }

    /// The log's size, and its changes. Level-triggered: after a wake, read up to the size seen; wakes may be merged.
    ///
    /// On Postgres this includes what other processes append, within [`Config::poll_interval`].
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.0.ends.size.subscribe()
    }

    /// Takes or renews a lease, for what only one process of a service shall do at a time: whether it is the holder's for so
    /// long from now, by the database's clock. On SQLite it is, because no other process has the ledger open.
    ///
    /// A holder that stood still may believe that it still has it: what is done under a lease must also hold without, as
    /// appends do by the version they expect.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub async fn lease(&self, name: &str, holder: Uuid, time: Duration) -> Result<bool, ReadError> {
        self.0.reader.lease(name, holder, i64::try_from(time.as_millis()).unwrap_or(i64::MAX)).await
    }

    /// Takes no more appends, finishes those that wait, and closes the connections. Other clones find the ledger closed.
    pub async fn close(self) {
        self.0.closing.send_replace(true);
        if let Some(poller) = &self.0.poller {
            poller.abort();
        }
        let mut writer = self.0.writer.lock().await;
        // Readers first: the writer folds SQLite's write-ahead log into the file when it closes, and then lets
        // the next process in.
        self.0.reader.close().await;
        if let Some(writer) = writer.take() {
            _ = writer.await;
        }
    }
}

fn unavailable(error: ReadError) -> AppendError {
    AppendError::Unavailable(match error {
        ReadError::Unavailable(error) => error,
        damaged => StoreError::Damaged(damaged.to_string()),
    })
}

/// Looks for what other processes have appended.
async fn poll(reader: Arc<dyn Reader>, ends: Arc<Ends>, every: std::time::Duration) {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // While the database is away there is nothing to hear; the writer reports it.
        if let Ok(Some(row)) = reader.last_head().await
            && row.size > ends.head.borrow().size
            && let Some(tip) = row.tip()
        {
            ends.publish(tip.head());
        }
    }
}

/// Reads the end of the log and checks that its head, its tree and its events agree. [`crate::verify`] checks all of it.
pub(crate) async fn check_end(reader: &dyn Reader, name: &str) -> Result<Tip, OpenError> {
    let disagree = |what: String| OpenError::Disagree { ledger: name.to_owned(), what };
    let failed = |error| match error {
        ReadError::Unavailable(error) => OpenError::Database(error),
        damaged => disagree(damaged.to_string()),
    };
    let tip_of = |row: HeadRow| {
        row.tip().ok_or_else(|| disagree(format!("the head of {} events does not match its tree", row.size)))
    };
    // Another process may commit between two reads: what was read in one piece has the same head before and after.
    let (head, events) = loop {
        let head = reader.last_head().await.map_err(failed)?;
        let events = reader.events().await.map_err(failed)?;
        let after = reader.last_head().await.map_err(failed)?;
        if after.as_ref().map(|row| row.size) == head.as_ref().map(|row| row.size) {
            break (head, events);
        }
    };
    let tip = head.map(tip_of).transpose()?.unwrap_or_default();
    if events != tip.size() {
        return Err(disagree(format!("the head counts {} events, the log {events}", tip.size())));
    }
    // The last batch again, from the tree before it.
    let before = reader.head_before(tip.size()).await.map_err(failed)?.map(tip_of).transpose()?.unwrap_or_default();
    let mut frontier = before.frontier;
    while frontier.size() < tip.size() {
        let missing = tip.size() - frontier.size();
        let page = reader.log(frontier.size(), missing as usize).await.map_err(failed)?;
        if page.is_empty() {
            return Err(disagree(format!("the event at log index {} is missing", frontier.size())));
        }
        page.iter().for_each(|record| frontier.push(leaf_hash(record.bytes.as_bytes())));
    }
    if frontier != tip.frontier {
        return Err(disagree(format!("the last events do not match the tree of the head at {}", tip.size())));
    }
    Ok(tip)
}
