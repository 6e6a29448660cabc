//! What follows when a text of law begins or ceases to hold: on that day the bases that cite it are held anew, though nobody imports
//! anything.
//!
//! Invariant: which entries these are follows from the lists, the texts and the day alone. A process that was down that day
//! finds them when it runs again, and of two that run at once the ledger takes each once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use jiff::civil::Date;
use kernel::{Call, Caller, ExecuteError, error::chain};
use law::{
    Act, Decider, Mode,
    id::{ItemCode, RegionCode},
};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    domain::{
        item::{self, Item},
        listing::{self, Listing, RowId},
        statute,
    },
    grpc::Api,
    index::Index,
};

/// Makes command ids out of days.
const NAMESPACE: Uuid = Uuid::from_u128(0x91d0_5b7e_3c42_5a1f_8e66_0f4b_d2a9_7713);
/// How often somebody looks whether another day has begun.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// In whose name it is done: nobody's.
const NOBODY: &str = "follows:texts";

/// Entries whose bases are not held against the texts of the day any more, with where they are.
#[derive(Debug, Default, PartialEq, Eq)]
struct Stale {
    items: Vec<(ItemCode, RegionCode)>,
    rows: Vec<(RowId, RegionCode)>,
}

/// Holds bases anew on every day, and on the first one that the process sees, until `shutdown`.
pub(crate) async fn follow(api: Api, shutdown: CancellationToken) {
    let mut done = None;
    loop {
        let today = api.today();
        if done != Some(today) {
            match api.hold_anew(today).await {
                Ok(held) => {
                    done = Some(today);
                    if held > 0 {
                        tracing::info!(held, %today, "bases were held anew: texts of law began or ceased to hold");
                    }
                }
                Err(e) => tracing::warn!(error = %chain(&e), "bases could not be held anew; trying again"),
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

impl Api {
    /// Holds the bases of what is listed against the texts of the day, where that says something new; answers of how many entries.
    ///
    /// # Errors
    /// What the ledger says when it fails under way.
    pub(crate) async fn hold_anew(&self, today: Date) -> Result<usize, ExecuteError> {
        let _turn = self.imports.lock().await;
        let index = self.lists.read().await?;
        if index.statutes.is_empty() {
            return Ok(0);
        }
        let act = self.now();
        // A province's lists are no work for those threads that answer everybody.
        let found = tokio::task::spawn_blocking(move || stale(&index, &act)).await.map_err(ExecuteError::internal)?;
        for (item, region) in &found.items {
            self.recheck_item(&self.of_the_day(today, region), item).await?;
        }
        for (row, region) in &found.rows {
            self.recheck_row(&self.of_the_day(today, region), row).await?;
        }
        Ok(found.items.len() + found.rows.len())
    }

    fn now(&self) -> Act {
        let service = &self.edge.service;
        let (at, calendar) = (service.clock().now(), service.calendar());
        Act { at, mode: Mode::Handling, actor: NOBODY.to_owned(), calendar }
    }

    /// The same call on every process.
    fn of_the_day(&self, today: Date, region: &RegionCode) -> Call {
        let name = format!("{NOBODY}/{today}");
        Call {
            act: self.now(),
            too_old: false,
            command_id: Uuid::new_v5(&NAMESPACE, name.as_bytes()),
            digest: Sha256::digest(name.as_bytes()).into(),
            correlation_id: None,
            causation_id: None,
            seen: Vec::new(),
            number: None,
            traceparent: None,
            caller: Caller {
                subject: NOBODY.to_owned(),
                name: String::new(),
                agency: None,
                region: region.clone(),
                roles: BTreeSet::new(),
            },
        }
    }
}

/// What would be recorded if all that is listed were held anew: asked of the deciders themselves, of what is in memory.
fn stale(index: &Index, act: &Act) -> Stale {
    let texts: BTreeMap<String, Arc<statute::State>> =
        index.statutes.values().filter_map(|state| Some((statute::key(state.title()?), state.clone()))).collect();
    let mut found = Stale::default();
    let known = item::Facts { statutes: texts.clone(), ..item::Facts::default() };
    let mut items =
        index.items.iter().filter_map(|(code, state)| Some((code, state, state.versions.last()?))).peekable();
    if let Some((first, ..)) = items.peek() {
        let mut command = item::Command { step: item::Asked::CheckCitations((*first).clone()), facts: known };
        for (code, state, last) in items {
            command.step = item::Asked::CheckCitations(code.clone());
            if Item::decide(state, act, &command).is_ok_and(|events| !events.is_empty()) {
                found.items.push((code.clone(), last.content.region.clone()));
            }
        }
    }
    let known = listing::Facts { statutes: texts, ..listing::Facts::default() };
    let mut rows = index.listings.iter().filter_map(|(id, state)| Some((id, state, state.versions.last()?))).peekable();
    if let Some((first, ..)) = rows.peek() {
        let mut command = listing::Command { step: listing::Asked::CheckCitations((*first).clone()), facts: known };
        for (id, state, last) in rows {
            command.step = listing::Asked::CheckCitations(id.clone());
            if Listing::decide(state, act, &command).is_ok_and(|events| !events.is_empty()) {
                found.rows.push((id.clone(), last.content.region.clone()));
            }
        }
    }
    found
}
