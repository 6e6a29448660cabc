//! The register of statutes: texts that go in, and what follows for the items that cite them.
//!
//! Invariant: a file goes in whole or not at all, and one with faults leaves the others alone. When a text or a repeal is on
//! record, the bases of every item that cites the statute are held anew, each by a command of its own: sent again, the request
//! goes on where it stopped.

use std::collections::BTreeSet;

use kernel::{Call, ExecuteError, Place, Tx, procedure::Procedure as _};
use law::{Refusal, id::ItemCode};
use uuid::Uuid;

use crate::{
    domain::{
        item::{Asked, Item},
        listing::{self, Listing, RowId},
        statute::{self, Command, Held, Statute, StatuteRepealed, StatuteText},
    },
    grpc::Api,
    procedure::{decide, statute_stream},
    statutes::{self, LineFault, Said},
};

/// Makes command ids out of requests.
const NAMESPACE: Uuid = Uuid::from_u128(0x2b71_90c4_5f1e_5d22_9a06_c4d8_1e77_3f50);

/// A file to take in.
#[derive(Clone, Debug)]
pub(crate) struct InputText {
    /// Its name.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) content: Vec<u8>,
    /// What is said of it beside.
    pub(crate) said: Said,
}

/// What came of one file.
pub(crate) struct Read {
    pub(crate) name: String,
    pub(crate) text: Result<StatuteText, Vec<LineFault>>,
    pub(crate) changed: bool,
}

/// What followed for items.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rechecked {
    pub(crate) items: u32,
    pub(crate) at_fault: u32,
}

impl Api {
    /// Takes texts in.
    ///
    /// # Errors
    /// What the ledger says when it fails under way.
    pub(crate) async fn import_texts(
        &self,
        call: &Call,
        files: Vec<InputText>,
        check_only: bool,
    ) -> Result<(Vec<Read>, Rechecked), ExecuteError> {
        let _turn = self.imports.lock().await;
        let read = |file: InputText| {
            let text = statutes::read(&file.name, &file.content, &file.said);
            Read { name: file.name, text, changed: false }
        };
        let read_all = move || files.into_iter().map(read).collect::<Vec<_>>();
        let mut all = tokio::task::spawn_blocking(read_all).await.map_err(ExecuteError::internal)?;
        let trial = if check_only { Some(self.edge.service.together(call, true).await?) } else { None };
        let mut changed = BTreeSet::new();
        for (n, file) in all.iter_mut().enumerate() {
            let Ok(text) = &file.text else { continue };
            let (key, command) = (statute::key(&text.title), Command::Record(Box::new(text.clone())));
            let done = match &trial {
                Some(trial) => tried(trial.hand(), &key, &command).await,
                None => self.record(call, &format!("file/{n}"), &key, &command).await,
            };
            match done {
                Ok(new) => file.changed = new,
                Err(ExecuteError::Refused(refusal)) => file.text = Err(vec![fault(&refusal)]),
                Err(other) => return Err(other),
            }
            if file.changed {
                changed.insert(key);
            }
        }
        let rechecked = if check_only { Rechecked::default() } else { self.recheck(call, &changed).await? };
        Ok((all, rechecked))
    }

    /// Puts the end of a statute on record; answers whether that is new.
    ///
    /// # Errors
    /// When there is no such statute, or it began later; what the ledger says when it fails.
    pub(crate) async fn repeal(
        &self,
        call: &Call,
        repealed: StatuteRepealed,
    ) -> Result<(bool, Rechecked), ExecuteError> {
        let key = statute::key(&repealed.title);
        let new = self.record(call, "repeal", &key, &Command::Repeal(repealed)).await?;
        Ok((new, self.recheck(call, &[key].into()).await?))
    }

    async fn record(&self, call: &Call, what: &str, key: &str, command: &Command) -> Result<bool, ExecuteError> {
        let (call, stream) = (of(call, what), statute_stream(key));
        let place = Place::within(&call.caller.region);
        let work = |tx: Tx| {
            let stream = &stream;
            async move { tx.decide::<Statute>(stream, command).await.map(drop) }
        };
        let done = self.edge.service.execute(&call, &place, work).await?;
        Ok(!done.records.is_empty())
    }

    /// Holds the bases of items that cite these statutes anew.
    async fn recheck(&self, call: &Call, keys: &BTreeSet<String>) -> Result<Rechecked, ExecuteError> {
        let mut found = Rechecked::default();
        if keys.is_empty() {
            return Ok(found);
        }
        let citing = self.lists.read().await?.citing(keys, call.act.day());
        for item in citing {
            self.recheck_item(call, &item).await?;
            let index = self.lists.read().await?;
            let version = index.items.get(&item).and_then(|state| state.standing(call.act.day()));
            let wrong = version.is_some_and(|v| v.citations.iter().any(|c| c.held == Held::Wrong));
            found.items += 1;
            found.at_fault += u32::from(wrong);
        }
        let citing = self.lists.read().await?.rows_citing(keys, call.act.day());
        for row in citing {
            self.recheck_row(call, &row).await?;
            let index = self.lists.read().await?;
            let version = index.listings.get(&row).and_then(|state| state.standing(call.act.day()));
            let wrong = version.is_some_and(|v| v.citations.iter().any(|c| c.held == Held::Wrong));
            found.items += 1;
            found.at_fault += u32::from(wrong);
        }
        Ok(found)
    }

    pub(crate) async fn recheck_row(&self, call: &Call, row: &RowId) -> Result<(), ExecuteError> {
        let (_, state) = self.edge.service.load::<Listing>(&Listing::stream(row)).await?;
        let Some(place) = Listing::owner(&state) else { return Ok(()) };
        let call = of(call, &format!("row/{row}"));
        let asked = || listing::Asked::CheckCitations(row.clone());
        let work = |tx: Tx| async move { decide::<Listing>(self, &tx, row, asked()).await };
        self.edge.service.execute(&call, &place, work).await.map(drop)
    }

    pub(crate) async fn recheck_item(&self, call: &Call, item: &ItemCode) -> Result<(), ExecuteError> {
        let (_, state) = self.edge.service.load::<Item>(&Item::stream(item)).await?;
        let Some(place) = Item::owner(&state) else { return Ok(()) };
        let call = of(call, &format!("item/{item}"));
        let work = |tx: Tx| async move { decide::<Item>(self, &tx, item, Asked::CheckCitations(item.clone())).await };
        self.edge.service.execute(&call, &place, work).await.map(drop)
    }
}

/// The same call for one of the things that it leads to.
fn of(call: &Call, what: &str) -> Call {
    let name = format!("{}/{what}", call.command_id);
    Call { command_id: Uuid::new_v5(&NAMESPACE, name.as_bytes()), ..call.clone() }
}

async fn tried(trial: &Tx, key: &str, command: &Command) -> Result<bool, ExecuteError> {
    Ok(!trial.decide::<Statute>(&statute_stream(key), command).await?.is_empty())
}

fn fault(refusal: &Refusal) -> LineFault {
    let (zh, en) = refusal.told();
    LineFault { line: 0, zh, en }
}
