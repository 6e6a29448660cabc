//! Views folded from hand-made records, on SQLite.

mod board;
mod cases;
mod clocks;
mod feed;
mod found;
mod golden;
mod grpc;
mod items;
mod ledgers;
mod listings;
mod numbers;
mod plans;
mod rebuild;
mod records;
mod refused;
mod scopes;
mod trail;

pub(crate) use records::profiles;

use std::sync::Arc;

use jiff::Timestamp;
use kernel::{Clock, Feed};
use tempfile::TempDir;

use crate::{
    App, Db,
    query::Queries,
    tests::{feed::MemoryFeed, records::Ledger},
};

/// A clock that stands.
pub(crate) struct Standing(pub(crate) Timestamp);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Views over ledgers in memory: the lists, the cases, and perhaps others.
pub(crate) struct World {
    pub(crate) dir: Arc<TempDir>,
    pub(crate) powerlist: Arc<MemoryFeed>,
    pub(crate) enforcement: Arc<MemoryFeed>,
    others: Vec<Arc<dyn Feed>>,
    now: Timestamp,
}

impl World {
    pub(crate) fn new(powerlist: &Ledger, enforcement: &Ledger, now: &str) -> Self {
        Self {
            dir: Arc::new(tempfile::tempdir().unwrap()),
            powerlist: Arc::new(MemoryFeed::new("powerlist", powerlist.records())),
            enforcement: Arc::new(MemoryFeed::new("enforcement", enforcement.records())),
            others: Vec::new(),
            now: now.parse().unwrap(),
        }
    }

    /// With the ledger of another service.
    pub(crate) fn and(mut self, source: &str, ledger: &Ledger) -> Self {
        self.others.push(Arc::new(MemoryFeed::new(source, ledger.records())));
        self
    }

    pub(crate) async fn open(&self) -> App {
        let mut feeds: Vec<Arc<dyn Feed>> = vec![self.powerlist.clone(), self.enforcement.clone()];
        feeds.extend(self.others.iter().cloned());
        let db = Db::Sqlite(self.dir.path().to_owned());
        App::open(db, feeds, Arc::new(Standing(self.now)), profiles()).await.unwrap()
    }

    /// Folds everything and answers questions about it.
    pub(crate) async fn folded(&self) -> (Folded, Queries) {
        let app = self.open().await;
        run_until_caught_up(&app).await;
        let queries = app.queries();
        (Folded { app, _dir: self.dir.clone() }, queries)
    }
}

/// Views with the folder they live in.
pub(crate) struct Folded {
    app: App,
    _dir: Arc<TempDir>,
}

impl std::ops::Deref for Folded {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

impl Folded {
    pub(crate) async fn close(self) {
        self.app.close().await;
    }
}

/// Folds what the feeds hold, then stops.
pub(crate) async fn run_until_caught_up(app: &App) {
    let done = async { app.caught_up_with_feeds().await };
    tokio::time::timeout(std::time::Duration::from_secs(30), app.run(&tokio::runtime::Handle::current(), done))
        .await
        .unwrap();
}
