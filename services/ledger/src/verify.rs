//! Verifies a whole ledger.

mod page;
mod walk;

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use self::page::Checked;
use self::walk::Walk;
use crate::merkle::Hash;
use crate::reader::Reader;
use crate::store::HeadRow;
use crate::{Config, OpenError, ReadError, Record, StoreError, Url, postgres, sqlite};

/// Most problems that a report lists.
const PROBLEMS_MAX: usize = 100;
/// Events of one page.
const PAGE_EVENTS: u64 = 512;
/// Pages that are read and hashed at once.
const LANES: u64 = 4;
/// Heads of one read.
const PAGE_HEADS: usize = 1024;

/// What [`verify`] found.
#[derive(Debug, Clone)]
pub struct VerifyReport {
    /// How many events were read and hashed.
    pub events: u64,
    /// How many stored heads were compared with the rebuilt tree.
    pub heads: u64,
    /// The root of the rebuilt tree.
    pub root: Hash,
    /// How many problems there are.
    pub problems_total: u64,
    /// The first of them, in log order.
    pub problems: Vec<Problem>,
}

impl VerifyReport {
    /// True if there is no problem.
    pub fn is_sound(&self) -> bool {
        self.problems_total == 0
    }
}

/// One place where the ledger is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The log index.
    pub log_index: u64,
    /// The stream of the event there, if there is an event.
    pub stream: Option<String>,
    /// What differs.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.stream {
            Some(stream) => write!(f, "log index {} ({stream}): {}", self.log_index, self.what),
            None => write!(f, "log index {}: {}", self.log_index, self.what),
        }
    }
}

/// Why a ledger could not be verified at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// It could not be opened.
    #[error("failed to open the ledger")]
    Open(#[source] OpenError),
    /// It could not be read to its end.
    #[error("failed to read the ledger")]
    Read(#[source] ReadError),
}

/// Reads the whole ledger, hashes every event again, rebuilds the tree and compares every stored head.
///
/// Opens read-only, so it may run beside a serving process. `progress` gets events done and events in all.
///
/// # Errors
/// Only if the ledger cannot be read; damage is in the report.
pub async fn verify(config: &Config, progress: &mut dyn FnMut(u64, u64)) -> Result<VerifyReport, VerifyError> {
    let reader = open(config).await.map_err(VerifyError::Open)?;
    let report = walk(&reader, config, progress).await.map_err(VerifyError::Read);
    reader.close().await;
    report
}

/// Hands over every record in the order of the log, read-only as [`verify`] reads it. Whether the records are what they should be
/// is for that one to say.
///
/// # Errors
/// If the ledger cannot be read to its end.
pub async fn records(config: &Config, take: &mut (dyn FnMut(&Record) + Send)) -> Result<(), VerifyError> {
    let reader = open(config).await.map_err(VerifyError::Open)?;
    let mut from = 0;
    let read = loop {
        let page = match reader.log(from, PAGE_EVENTS as usize).await {
            Ok(page) => page,
            Err(error) => break Err(VerifyError::Read(error)),
        };
        let Some(last) = page.last() else { break Ok(()) };
        from = last.log_index + 1;
        page.iter().for_each(&mut *take);
    };
    reader.close().await;
    read
}

/// Whether there is a ledger, with events or without.
///
/// # Errors
/// When that cannot be told.
pub async fn is_there(config: &Config) -> Result<bool, OpenError> {
    match open(config).await {
        Ok(reader) => {
            reader.close().await;
            Ok(true)
        }
        Err(OpenError::Missing { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

pub(crate) async fn open(config: &Config) -> Result<Arc<dyn Reader>, OpenError> {
    config.check()?;
    Ok(match &config.url {
        Url::Sqlite(folder) => Arc::new(sqlite::open_to_read(config, folder).await?),
        Url::Postgres(url) => Arc::new(postgres::open_to_read(config, url).await?),
    })
}

async fn walk(
    reader: &Arc<dyn Reader>,
    config: &Config,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<VerifyReport, ReadError> {
    // In this order: a ledger in use may grow in between, and then the head is ahead of the events, never behind.
    let events = reader.events().await?;
    let size = reader.last_head().await?.map_or(0, |head| head.size);
    let source: Arc<str> = config.source().into();
    let mut walk = Walk::default();
    let mut heads = Heads { reader, size, waiting: VecDeque::new(), read: 0 };
    let mut lanes: Vec<_> = (0..LANES).map(|lane| read_lane(reader, lane, size, &source)).collect();
    progress(0, size);
    for number in 0..size.div_ceil(PAGE_EVENTS) {
        let page = match lanes[(number % LANES) as usize].recv().await {
            None => return Err(ReadError::Unavailable(StoreError::Closed)),
            Some(Ok(page)) => page,
            Some(Err(error)) if is_damage(&error) => {
                // The file itself is broken here, so that nothing after it can be believed.
                let at = broken_at(reader, walk.due(), size).await;
                walk.report(at, None, "the database cannot read the event: its file is damaged".to_owned());
                return Ok(walk.finish());
            }
            Some(Err(error)) => return Err(error),
        };
        for event in page {
            heads.compare(&mut walk, event.log_index).await?;
            walk.event(event);
        }
        progress(walk.due(), size);
    }
    heads.compare(&mut walk, size).await?;
    if walk.due() < size {
        walk.missing(size);
        heads.compare(&mut walk, size).await?;
    }
    if events > size {
        walk.report(size, None, format!("{} events have no head", events - size));
    }
    Ok(walk.finish())
}

/// One page in every [`LANES`], read and checked in a thread of the lane's own: handing each page from thread to thread
/// takes as long as hashing it.
fn read_lane(
    reader: &Arc<dyn Reader>,
    lane: u64,
    size: u64,
    source: &Arc<str>,
) -> mpsc::Receiver<Result<Vec<Checked>, ReadError>> {
    let (pages, checked) = mpsc::channel(1);
    let (reader, source, runtime) = (reader.clone(), source.clone(), Handle::current());
    spawn_blocking(move || {
        for from in (lane * PAGE_EVENTS..size).step_by((LANES * PAGE_EVENTS) as usize) {
            let page = runtime.block_on(page(&*reader, from, (from + PAGE_EVENTS).min(size), &source));
            let ended = page.is_err();
            // Nobody takes it if an earlier page could not be read.
            if pages.blocking_send(page).is_err() || ended {
                break;
            }
        }
    });
    checked
}

/// Reads and checks the events from `from` to before `to`: at once, and if anything is wrong, one by one.
async fn page(reader: &dyn Reader, from: u64, to: u64, source: &str) -> Result<Vec<Checked>, ReadError> {
    let mut checked = None;
    reader.pack(from, to, &mut |packed| checked = page::check_packed(packed, from, to, source)).await?;
    match checked {
        Some(checked) => Ok(checked),
        None => Ok(page::check(reader.audit(from, to).await?, source)),
    }
}

/// The stored heads, in step with the walk.
struct Heads<'a> {
    reader: &'a Arc<dyn Reader>,
    /// The size of the last head to compare.
    size: u64,
    waiting: VecDeque<HeadRow>,
    read: u64,
}

impl Heads<'_> {
    /// Compares every head of at most `size` events, all of which the walk has taken or will miss.
    async fn compare(&mut self, walk: &mut Walk, size: u64) -> Result<(), ReadError> {
        loop {
            if self.waiting.is_empty() && self.read < self.size {
                self.waiting = self.reader.heads(self.read, PAGE_HEADS).await?.into();
                self.read = self.waiting.back().map_or(self.size, |last| last.size);
            }
            let Some(head) = self.waiting.pop_front_if(|head| head.size <= size) else { return Ok(()) };
            if walk.due() < head.size {
                walk.missing(head.size);
            }
            walk.head(&head);
        }
    }
}

/// The first event from an index on that the database cannot read.
async fn broken_at(reader: &Arc<dyn Reader>, from: u64, size: u64) -> u64 {
    let mut at = from;
    while at < size && reader.audit(at, at + 1).await.is_ok() {
        at += 1;
    }
    at
}

/// True if reading again cannot help.
fn is_damage(error: &ReadError) -> bool {
    let ReadError::Unavailable(StoreError::Database(error)) = error else { return false };
    match &**error {
        sqlx::Error::ColumnDecode { .. } => true,
        // SQLite's CORRUPT and NOTADB; Postgres' data_corrupted and index_corrupted.
        sqlx::Error::Database(error) => matches!(error.code().as_deref(), Some("11" | "26" | "XX001" | "XX002")),
        _ => false,
    }
}
