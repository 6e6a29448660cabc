//! Composition: feeds in, views kept, queries answered.

use std::{
    collections::BTreeMap,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kernel::{Clock, Feed, FeedError};
use law::{
    Profile,
    calendar::{Calendar, NOTICES_STREAM, Notices},
};
use tokio::{
    runtime::Handle,
    sync::{Mutex, watch},
    time::{Instant, timeout},
};

use crate::{
    digest, figures,
    pipeline::{self, Failed, Pipeline},
    query::{Queries, QueryError},
    schema::{self, OpenError},
    services::Services,
    store::{Columns, Db, Reader, Store, Writer},
    views::{findings::Terms, progress::Offset},
};

/// An act is recorded late when more working days than this lie between the act and its record. A parameter of the
/// suite; no statute gives it.
pub const LATE_AFTER_WORKING_DAYS: u32 = 3;

/// How long to wait before the views are tried again after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// How long a ledger is given to tell that it has what was read of it.
const LAG_MAX: Duration = Duration::from_secs(2);
const LAG_RETRY: Duration = Duration::from_millis(100);

/// What an [`App`] is made of.
pub struct Config {
    /// Where the views live.
    pub db: Db,
    /// The ledgers to fold, one feed each.
    pub feeds: Vec<Arc<dyn Feed>>,
    /// Today.
    pub clock: Arc<dyn Clock>,
    /// What the services told of themselves; a rule without a card counts as a gate.
    pub profiles: Vec<Profile>,
    /// See [`LATE_AFTER_WORKING_DAYS`].
    pub late_after_working_days: u32,
    /// The calendar to begin with.
    pub calendar: Arc<Calendar>,
}

/// The read side, opened.
pub struct App {
    db: Db,
    feeds: Vec<Arc<dyn Feed>>,
    services: Arc<Services>,
    late_after_working_days: u32,
    clock: Arc<dyn Clock>,
    reader: Reader,
    writer: Mutex<Writer>,
    queries: Queries,
    /// The notices of holidays on record, and how many there are.
    notices: Notices,
    known: AtomicU64,
    offsets: watch::Sender<BTreeMap<String, u64>>,
}

impl App {
    /// Opens the views, making them if there are none. Nothing is folded before [`App::run`].
    ///
    /// # Errors
    /// [`OpenError`]; the message is meant to be printed as it is.
    pub async fn open(
        db: Db,
        feeds: Vec<Arc<dyn Feed>>,
        clock: Arc<dyn Clock>,
        profiles: Vec<Profile>,
    ) -> Result<Self, OpenError> {
        let calendar = Calendar::china().clone();
        let late_after_working_days = LATE_AFTER_WORKING_DAYS;
        Self::with(Config { db, feeds, clock, profiles, late_after_working_days, calendar }).await
    }

    /// Opens the views with all settings.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn with(config: Config) -> Result<Self, OpenError> {
        let Config { db, feeds, clock, profiles, late_after_working_days, calendar } = config;
        let Store { reader, mut writer } = Store::open(&db).await?;
        let services = Arc::new(Services::new(profiles));
        let notices = Notices::of(calendar);
        let known = read_notices(&feeds, &notices).await?;
        schema::prepare(&mut writer, clock.now(), late_after_working_days, &services, &notices.calendar()).await?;
        if let Some(source) = of_another(&feeds, &mut writer).await? {
            tracing::warn!(
                source,
                "its ledger is shorter than what the views were folded from, or another one: they are folded anew"
            );
            schema::empty(&mut writer).await?;
        }
        let offsets = by_source(&read_offsets(&mut writer).await?);
        let queries = Queries::new(reader.clone(), clock.clone(), services.clone(), feeds.clone(), notices.clone());
        Ok(Self {
            db,
            feeds,
            services,
            late_after_working_days,
            clock,
            reader,
            writer: Mutex::new(writer),
            queries,
            notices,
            known: AtomicU64::new(known),
            offsets: watch::Sender::new(offsets),
        })
    }

    /// Answers questions about the views.
    pub fn queries(&self) -> Queries {
        self.queries.clone()
    }

    /// What the services told of themselves.
    pub fn services(&self) -> Arc<Services> {
        self.services.clone()
    }

    /// The gRPC service, for [`kernel::server::Grpc::with`].
    pub fn grpc(&self) -> crate::grpc::Server {
        crate::grpc::server(self.queries(), self.offsets())
    }

    /// How far each ledger is folded (the log index of the next event), and its changes.
    pub fn offsets(&self) -> watch::Receiver<BTreeMap<String, u64>> {
        self.offsets.subscribe()
    }

    /// Waits until the event at `index` of the ledger `source` is in the views.
    pub async fn caught_up(&self, source: &str, index: u64) {
        let mut offsets = self.offsets();
        // The sender lives as long as self, so this ends only when the level is reached.
        let _ = offsets.wait_for(|all| all.get(source).is_some_and(|next| *next > index)).await;
    }

    /// Waits until everything that the feeds know of now is in the views.
    pub async fn caught_up_with_feeds(&self) {
        for feed in &self.feeds {
            if let Some(last) = feed.head().checked_sub(1) {
                self.caught_up(feed.source(), last).await;
            }
        }
    }

    /// The SHA-256 of every view's rows, hex, by name: equal wherever the same events were folded.
    ///
    /// # Errors
    /// The database's.
    pub async fn view_digests(&self) -> Result<BTreeMap<String, String>, QueryError> {
        digest::view_digests(&self.reader).await.map_err(QueryError::from)
    }

    /// Folds what the feeds bring until `shutdown`, on the threads of `behind`; what is folded is written from the caller's own,
    /// which do little for it but wait for the database. A failure is logged and tried again from the offsets that are committed.
    pub async fn run(&self, behind: &Handle, shutdown: impl Future<Output = ()> + Send) {
        tokio::pin!(shutdown);
        // Only one run at a time owns the writer.
        let mut writer = self.writer.lock().await;
        let figures = figures::tell(&self.feeds, self.offsets(), &self.reader);
        let carried = self.db.carried();
        tokio::pin!(figures, carried);
        let mut refused = None;
        loop {
            let terms = Terms {
                services: self.services.clone(),
                late_after_working_days: self.late_after_working_days,
                calendar: self.notices.calendar(),
                notices: self.known.load(Ordering::Relaxed),
            };
            let work = Pipeline {
                feeds: &self.feeds,
                reader: &self.reader,
                writer: &mut writer,
                offsets: &self.offsets,
                behind,
                terms,
            };
            let failed = tokio::select! {
                failed = pipeline::run(work, refused.take()) => failed,
                never = &mut figures => match never {},
                never = &mut carried => match never {},
                () = &mut shutdown => return,
            };
            match failed {
                Failed::Notice => {
                    tracing::info!("a notice of holidays is on record: what depends on it is folded anew");
                }
                Failed::Refused(one) => {
                    tracing::warn!(why = %one, "an event is refused: it is looked for and parked alone");
                    refused = Some(one);
                }
                Failed::Gap { .. } | Failed::Database(_) | Failed::Ended => {
                    tracing::error!(error = %kernel::error::chain(&failed), "the views cannot be kept; trying again");
                    tokio::select! {
                        () = tokio::time::sleep(RETRY_AFTER) => {}
                        () = &mut shutdown => return,
                    }
                }
            }
            // Not on with what was known before: the database may have forgotten some of it.
            while let Err(error) = self.renew(&mut writer).await {
                tracing::error!(error = %kernel::error::chain(&error), "the views cannot be opened; trying again");
                tokio::select! {
                    () = tokio::time::sleep(RETRY_AFTER) => {}
                    () = &mut shutdown => return,
                }
            }
        }
    }

    /// A fresh connection, the notices on record, the tables if they are gone or rest on other notices, and the offsets that
    /// are committed.
    async fn renew(&self, writer: &mut Writer) -> Result<(), OpenError> {
        let fresh = Writer::open(&self.db).await?;
        // The earlier connection may hold a transaction open, and with it the tables that may have to be made anew.
        _ = timeout(RETRY_AFTER, std::mem::replace(writer, fresh).close()).await;
        match read_notices(&self.feeds, &self.notices).await {
            Ok(known) => self.known.store(known, Ordering::Relaxed),
            // Of a service that is away, what is known stays known; a notice that came meanwhile ends the fold that meets it.
            Err(error) => {
                tracing::warn!(error = %kernel::error::chain(&error), "notices of holidays cannot be read anew");
            }
        }
        let calendar = self.notices.calendar();
        schema::prepare(writer, self.clock.now(), self.late_after_working_days, &self.services, &calendar).await?;
        self.offsets.send_replace(by_source(&read_offsets(writer).await?));
        Ok(())
    }

    /// Closes the readers and, on SQLite, puts what lies in the write-ahead log into the file. Call it after [`App::run`] has
    /// returned; nothing is answered any more.
    pub async fn close(&self) {
        self.reader.close().await;
        let mut writer = self.writer.lock().await;
        if let Err(error) = writer.fold_log().await {
            tracing::debug!(%error, "the views' log stays beside their file");
        }
    }
}

/// Takes up the notices of holidays that the lists have on record; answers how many there are. One that cannot be read
/// leaves its year as it was.
async fn read_notices(feeds: &[Arc<dyn Feed>], notices: &Notices) -> Result<u64, FeedError> {
    let mut known = 0;
    for feed in feeds {
        for record in feed.stream(NOTICES_STREAM).await? {
            known = record.stream_version;
            let envelope = record.envelope().map_err(|e| e.to_string());
            let taken = envelope.and_then(|envelope| notices.take_data(envelope.data.get()));
            if let Err(why) = taken {
                tracing::error!(log_index = record.log_index, %why, "a notice of holidays cannot be read");
            }
        }
    }
    Ok(known)
}

/// A ledger that does not begin with what the views were folded from: one restored from an older copy, or another one. Its
/// number alone would not tell it, because it grows.
async fn of_another(feeds: &[Arc<dyn Feed>], writer: &mut Writer) -> Result<Option<String>, OpenError> {
    for offset in read_offsets(writer).await? {
        let Some(feed) = feeds.iter().find(|feed| feed.source() == offset.source) else { continue };
        let folded = offset.tree().map(|tree| tree.root());
        let mut root = feed.root(offset.next_index).await?;
        let since = Instant::now();
        // One process of a service may hear a moment later than another what was recorded.
        while root.is_none() && since.elapsed() < LAG_MAX {
            tokio::time::sleep(LAG_RETRY).await;
            root = feed.root(offset.next_index).await?;
        }
        if root.is_none() || root != folded {
            return Ok(Some(offset.source));
        }
    }
    Ok(None)
}

async fn read_offsets(writer: &mut Writer) -> Result<Vec<Offset>, sqlx::Error> {
    let rows = writer.all("SELECT source, next_index, recorded, tree FROM offsets").await?;
    rows.iter().map(|row| Offset::read(&mut Columns::of(row))).collect()
}

fn by_source(offsets: &[Offset]) -> BTreeMap<String, u64> {
    offsets.iter().map(|offset| (offset.source.clone(), offset.next_index)).collect()
}
