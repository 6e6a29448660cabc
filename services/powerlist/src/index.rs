//! The read model: every stream folded in memory, so that lists and days can be asked for without a second store.
//!
//! Invariant: a pure fold of the ledger. It is built when the service starts and catches up before every answer, so a
//! client reads what it wrote. A county's lists are some thousand events, a province's some hundred thousand: whoever reads holds
//! an index that does not change, and keeps nobody from the next one.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};

use jiff::civil::Date;
use kernel::{ExecuteError, Together};
use law::{
    Decider, DomainEvent,
    id::{BaseCode, ItemCode, OfficerCode, PlanCode, RegionCode, Uscc},
    parameter::ParameterSet,
};
use ledger::{Ledger, Record};
use lists::facts::{OfficerRole, PowerKind};
use tokio::sync::Mutex;

use crate::domain::{
    agency::{self, Agency},
    calendar::{self, Notices},
    catalogue::{self, Catalogue},
    content::ItemContent,
    facts::UniformFact,
    item::{self, Item, Version},
    layout::{self, Layouts},
    listing::{self, ListKind, Listing, RowContent, RowId},
    officer::{self, Officer},
    parameter::{self, Parameters},
    plan::{self, Plan},
    region::{self, Region},
    rules::plain,
    statute::{self, Held, Statute},
};

/// Events read from the ledger, and folded, before others have their turn.
const PAGE_MAX: usize = 256;

/// Everything the lists hold, on every day. A clone shares what neither of both changes.
#[derive(Clone, Default)]
pub struct Index {
    /// The next event to read.
    next: u64,
    /// The notices of holidays; one entry.
    pub calendars: BTreeMap<String, Arc<calendar::State>>,
    /// What each region set.
    parameters: BTreeMap<RegionCode, Arc<parameter::State>>,
    /// Regions.
    pub regions: BTreeMap<RegionCode, Arc<region::State>>,
    /// Agencies.
    pub agencies: BTreeMap<Uscc, Arc<agency::State>>,
    /// Officers.
    pub officers: BTreeMap<OfficerCode, Arc<officer::State>>,
    /// What heads of agencies' files stand for.
    pub layouts: BTreeMap<Uscc, Arc<layout::State>>,
    /// Plans with their measures.
    pub plans: BTreeMap<PlanCode, Arc<plan::State>>,
    /// Catalogue entries.
    pub catalogue: BTreeMap<BaseCode, Arc<catalogue::State>>,
    /// Items.
    pub items: BTreeMap<ItemCode, Arc<item::State>>,
    /// Rows of the other lists.
    pub listings: BTreeMap<RowId, Arc<listing::State>>,
    /// Statutes, by the ids of their streams.
    pub statutes: BTreeMap<String, Arc<statute::State>>,
    /// Items of each base code.
    by_base: BTreeMap<BaseCode, Vec<ItemCode>>,
    /// Items of each agency and name, as names are compared.
    by_name: BTreeMap<(Uscc, String), Vec<ItemCode>>,
    /// Rows of each list, agency and name, as names are compared.
    rows_by_name: BTreeMap<(ListKind, Uscc, String), Vec<RowId>>,
}

/// How often a statute is cited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cited {
    /// By items in force.
    pub cited: u32,
    /// Of these, how often without having been held against a text.
    pub not_checked: u32,
}

/// Which items are asked for.
#[derive(Clone, Debug, Default)]
pub struct ItemFilter {
    /// Of this agency.
    pub agency: Option<Uscc>,
    /// Of this kind.
    pub kind: Option<PowerKind>,
    /// Of this field.
    pub field: Option<String>,
    /// With this text in name, sub-item or code.
    pub text: Option<String>,
    /// Of this base code.
    pub base_code: Option<BaseCode>,
    /// In this region's subtree.
    pub region: Option<RegionCode>,
}

/// Which officers are asked for.
#[derive(Clone, Debug, Default)]
pub struct OfficerFilter {
    /// Of this agency.
    pub agency: Option<Uscc>,
    /// With this role.
    pub role: Option<OfficerRole>,
    /// With a certificate valid on the day.
    pub certified_only: bool,
}

impl ItemFilter {
    fn fits(&self, version: &Version) -> bool {
        let c = &version.content;
        let is = |wanted: &Option<String>, got: &str| wanted.as_deref().is_none_or(|w| w == got);
        self.agency.as_ref().is_none_or(|a| *a == c.agency)
            && self.kind.is_none_or(|k| k == c.kind)
            && is(&self.field, &c.field)
            && self.base_code.as_ref().is_none_or(|b| *b == c.base_code)
            && self.region.as_ref().is_none_or(|r| r.contains(&c.region))
            && self.text.as_deref().is_none_or(|t| {
                c.name.contains(t) || c.item.as_str().contains(t) || c.subitem.as_deref().is_some_and(|s| s.contains(t))
            })
    }
}

impl Index {
    /// The items in force on a day, in the order of their codes.
    pub fn items_on<'a>(
        &'a self,
        day: Date,
        filter: &'a ItemFilter,
    ) -> impl Iterator<Item = (&'a ItemCode, &'a Version, &'a item::State)> {
        self.items.iter().filter_map(move |(code, state)| {
            let version = state.in_force(day)?;
            filter.fits(version).then_some((code, version, &**state))
        })
    }

    /// Registered officers, in the order of their codes.
    pub fn officers_on<'a>(
        &'a self,
        day: Date,
        filter: &'a OfficerFilter,
    ) -> impl Iterator<Item = (&'a OfficerCode, &'a officer::State)> {
        self.officers.iter().map(|(code, state)| (code, &**state)).filter(move |(_, state)| {
            state.registered.as_ref().is_some_and(|e| {
                filter.agency.as_ref().is_none_or(|a| *a == e.agency)
                    && filter.role.is_none_or(|r| r == e.role)
                    && (!filter.certified_only || state.valid_on(day).is_some())
            })
        })
    }

    /// What regions set.
    pub fn parameters(&self) -> impl Iterator<Item = &ParameterSet> {
        self.parameters.values().flat_map(|state| &state.sets)
    }

    /// Another agency's item with the same base code in force on the day: what a new one must agree with where the
    /// catalogue has no entry.
    pub fn peer(&self, base_code: &BaseCode, but: &ItemCode, day: Date) -> Option<UniformFact> {
        let others = self.by_base.get(base_code)?.iter().filter(|code| *code != but);
        let version = others.filter_map(|code| self.items.get(code)?.in_force(day)).next()?;
        let content = &version.content;
        Some(UniformFact {
            source: format!("已公布事项{}", content.item),
            name: content.name.clone(),
            kind: content.kind,
            bases: content.bases.clone(),
        })
    }

    /// Items that may be the same power, other than this one: those of the base code, and those that the agency names alike.
    pub fn near(&self, content: &ItemContent) -> BTreeSet<ItemCode> {
        let coded = self.by_base.get(&content.base_code).into_iter().flatten();
        let named = self.by_name.get(&(content.agency.clone(), plain(&content.name))).into_iter().flatten();
        coded.chain(named).filter(|code| **code != content.item).cloned().collect()
    }

    /// What an agency is called; its code, where it is not registered.
    pub fn agency_name(&self, agency: &Uscc) -> String {
        let known = self.agencies.get(agency).and_then(|state| state.registered.as_ref());
        known.map_or_else(|| agency.to_string(), |registered| registered.name.clone())
    }

    /// The rows of other lists in force on a day, or to come, that cite one of these statutes, by [`statute::key`].
    pub fn rows_citing(&self, keys: &BTreeSet<String>, day: Date) -> Vec<RowId> {
        let cites = |state: &listing::State| {
            let bases = state.standing(day).map(|v| v.content.bases.as_slice()).unwrap_or_default();
            bases.iter().any(|b| keys.contains(&statute::key(&b.statute)))
        };
        self.listings.iter().filter(|(_, state)| cites(state)).map(|(id, _)| id.clone()).collect()
    }

    /// The item of an agency on which a charge of this name is published, in force on a day or to come.
    pub fn charged(&self, agency: &Uscc, name: &str, day: Date) -> Option<&ItemCode> {
        let name = plain(name);
        let charges = |state: &item::State| {
            state.newest().is_some_and(|content| content.agency == *agency)
                && (!state.is_cancelled() || state.in_force(day).is_some())
                && state.fees.iter().any(|fee| plain(&fee.name) == name)
        };
        self.items.iter().find(|(_, state)| charges(state)).map(|(code, _)| code)
    }

    /// The rows of an agency's list of fees and funds with a charge of this name, in force on a day or to come.
    pub fn charge_rows(&self, agency: &Uscc, name: &str, day: Date) -> impl Iterator<Item = &RowId> {
        let stands = move |id: &&RowId| {
            let state = self.listings.get(*id);
            state.and_then(|state| state.standing(day)).is_some_and(|v| plain(&v.content.name) == plain(name))
        };
        self.rows_named(ListKind::Charge, agency, name).filter(stands)
    }

    fn rows_named(&self, list: ListKind, agency: &Uscc, name: &str) -> impl Iterator<Item = &RowId> + use<'_> {
        self.rows_by_name.get(&(list, agency.clone(), plain(name))).into_iter().flatten()
    }

    /// A row of the same list, agency and name that was published under another code and has ended since.
    pub fn row_before(&self, row: &RowContent) -> Option<&RowId> {
        let ended =
            |id: &&RowId| id.code != row.code && self.listings.get(*id).is_some_and(|state| state.is_cancelled());
        self.rows_named(row.list, &row.agency, &row.name).find(ended)
    }

    /// An item of the same agency, kind, name and sub-item that was published under another code and has ended since.
    pub fn item_before(&self, item: &ItemContent) -> Option<&ItemCode> {
        let subitem = |content: &ItemContent| content.subitem.as_deref().map(plain);
        let ended = |code: &&ItemCode| {
            let state = self.items.get(*code).filter(|state| **code != item.item && state.is_cancelled());
            let last = state.and_then(|state| state.versions.last()).map(|version| &version.content);
            last.is_some_and(|last| last.kind == item.kind && subitem(last) == subitem(item))
        };
        self.by_name.get(&(item.agency.clone(), plain(&item.name)))?.iter().find(ended)
    }

    /// An agency that bears a short name on a day, other than this one.
    pub fn bearer_of_mark(&self, mark: &str, but: &Uscc, day: Date) -> Option<&Uscc> {
        let other = |(code, state): &(&Uscc, &Arc<agency::State>)| *code != but && state.bears(mark, day).is_some();
        self.agencies.iter().find(other).map(|(code, _)| code)
    }

    /// How often each statute is cited by items in force on a day, and how often without having been checked, by
    /// [`statute::key`].
    pub fn citations_on(&self, day: Date) -> BTreeMap<String, Cited> {
        let mut cited: BTreeMap<String, Cited> = BTreeMap::new();
        for version in self.items.values().filter_map(|state| state.in_force(day)) {
            for (at, basis) in version.content.bases.iter().enumerate() {
                let of = cited.entry(statute::key(&basis.statute)).or_default();
                of.cited += 1;
                // Items published before bases were held against texts say nothing of them.
                let held = version.citations.get(at).map_or(Held::NotChecked, |c| c.held);
                of.not_checked += u32::from(held == Held::NotChecked);
            }
        }
        cited
    }

    /// The items in force on a day, or to come, that cite one of these statutes, by [`statute::key`].
    pub fn citing(&self, keys: &BTreeSet<String>, day: Date) -> Vec<ItemCode> {
        let cites = |state: &item::State| {
            state
                .standing(day)
                .is_some_and(|v| v.content.bases.iter().any(|b| keys.contains(&statute::key(&b.statute))))
        };
        self.items.iter().filter(|(_, state)| cites(state)).map(|(code, _)| code.clone()).collect()
    }

    fn apply(&mut self, record: &Record, notices: &law::calendar::Notices) -> Result<(), ExecuteError> {
        let (kind, id) = record.stream.split_once('/').ok_or_else(|| unreadable(record))?;
        match kind {
            "calendar" => {
                fold::<Notices, _>(&mut self.calendars, id, record)?;
                if let Some(published) = self.calendars.get(id).and_then(|state| state.notices.last()) {
                    notices.take(published).map_err(ExecuteError::internal)?;
                }
            }
            "parameter" => fold::<Parameters, _>(&mut self.parameters, id, record)?,
            "plan" => fold::<Plan, _>(&mut self.plans, id, record)?,
            "region" => fold::<Region, _>(&mut self.regions, id, record)?,
            "agency" => fold::<Agency, _>(&mut self.agencies, id, record)?,
            "layout" => fold::<Layouts, _>(&mut self.layouts, id, record)?,
            "officer" => fold::<Officer, _>(&mut self.officers, id, record)?,
            "catalogue" => fold::<Catalogue, _>(&mut self.catalogue, id, record)?,
            "item" => {
                fold::<Item, _>(&mut self.items, id, record)?;
                let code: ItemCode = id.parse().map_err(|_| unreadable(record))?;
                self.find(code);
            }
            "listing" => {
                fold::<Listing, _>(&mut self.listings, id, record)?;
                self.find_row(id.parse().map_err(|_| unreadable(record))?);
            }
            "statute" => fold::<Statute, _>(&mut self.statutes, id, record)?,
            // What was followed of other services is in no list.
            "reaction" => {}
            // Whose a short name is, the agency says itself.
            "mark" => {}
            _ => return Err(unreadable(record)),
        }
        self.next = record.log_index + 1;
        Ok(())
    }

    /// An item is found by its newest name and code, too.
    fn find(&mut self, code: ItemCode) {
        if let Some(content) = self.items.get(&code).and_then(|state| state.newest()) {
            enter(self.by_name.entry((content.agency.clone(), plain(&content.name))).or_default(), code.clone());
            enter(self.by_base.entry(content.base_code.clone()).or_default(), code);
        }
    }

    /// So is a row.
    fn find_row(&mut self, id: RowId) {
        if let Some(last) = self.listings.get(&id).and_then(|state| state.versions.last()) {
            let name = (id.list, id.agency.clone(), plain(&last.content.name));
            enter(self.rows_by_name.entry(name).or_default(), id);
        }
    }

    /// Takes the state of a stream over as it was folded elsewhere.
    fn adopt(&mut self, stream: &str, state: Arc<dyn Any + Send + Sync>) -> Result<(), ExecuteError> {
        fn put<K, S>(states: &mut BTreeMap<K, Arc<S>>, id: &str, state: Arc<dyn Any + Send + Sync>) -> Option<()>
        where
            K: std::str::FromStr + Ord,
            S: Send + Sync + 'static,
        {
            states.insert(id.parse().ok()?, state.downcast().ok()?);
            Some(())
        }
        let (kind, id) = stream.split_once('/').unwrap_or_default();
        let taken = match kind {
            "parameter" => put(&mut self.parameters, id, state),
            "plan" => put(&mut self.plans, id, state),
            "region" => put(&mut self.regions, id, state),
            "agency" => put(&mut self.agencies, id, state),
            "layout" => put(&mut self.layouts, id, state),
            "officer" => put(&mut self.officers, id, state),
            "catalogue" => put(&mut self.catalogue, id, state),
            "item" => put(&mut self.items, id, state),
            "listing" => put(&mut self.listings, id, state),
            "mark" => Some(()),
            _ => None,
        };
        taken.ok_or_else(|| ExecuteError::internal(format!("no import decides on the stream {stream}")))?;
        match kind {
            "item" => id.parse().into_iter().for_each(|code| self.find(code)),
            "listing" => id.parse().into_iter().for_each(|row| self.find_row(row)),
            _ => {}
        }
        Ok(())
    }
}

/// Puts a code where it belongs among others. Most names have one bearer: it has no room for more.
fn enter<T: Ord>(codes: &mut Vec<T>, code: T) {
    if let Err(at) = codes.binary_search(&code) {
        codes.reserve_exact(1);
        codes.insert(at, code);
    }
}

fn fold<D, K>(states: &mut BTreeMap<K, Arc<D::State>>, id: &str, record: &Record) -> Result<(), ExecuteError>
where
    D: Decider,
    K: std::str::FromStr + Ord,
{
    let key = id.parse::<K>().map_err(|_| unreadable(record))?;
    let envelope = record.envelope().map_err(ExecuteError::internal)?;
    let event = D::Event::from_data(envelope.kind, envelope.data.get()).map_err(ExecuteError::internal)?;
    D::evolve(Arc::make_mut(states.entry(key).or_default()), &event);
    Ok(())
}

fn unreadable(record: &Record) -> ExecuteError {
    ExecuteError::internal(format!("stream {} at log index {} is none of powerlist", record.stream, record.log_index))
}

/// The index with the ledger it follows.
pub struct Lists {
    ledger: Ledger,
    /// What the service counts by.
    notices: law::calendar::Notices,
    index: RwLock<Arc<Index>>,
    /// Held by whoever brings the index up to date.
    turn: Mutex<()>,
}

impl Lists {
    /// Reads the whole ledger; the notices of holidays go into `notices`.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds an event this version does not know.
    pub async fn open(ledger: Ledger, notices: law::calendar::Notices) -> Result<Self, ExecuteError> {
        let lists = Self { ledger, notices, index: RwLock::default(), turn: Mutex::default() };
        drop(lists.read().await?);
        Ok(lists)
    }

    /// The index with everything committed up to now.
    ///
    /// # Errors
    /// As [`Lists::open`].
    pub async fn read(&self) -> Result<Arc<Index>, ExecuteError> {
        let size = self.ledger.head().size;
        let index = self.now();
        if size <= index.next {
            return Ok(index);
        }
        drop(index);
        let _turn = self.turn.lock().await;
        self.catch_up(size).await
    }

    fn now(&self) -> Arc<Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, index: Arc<Index>) {
        let before = std::mem::replace(&mut *self.index.write().unwrap_or_else(PoisonError::into_inner), index);
        drop(before);
    }

    /// Folds what comes before an index of the log, page by page, so that nobody waits for all of it who need not. Only in turn.
    async fn catch_up(&self, size: u64) -> Result<Arc<Index>, ExecuteError> {
        let index = self.now();
        if size <= index.next {
            return Ok(index);
        }
        let page = async |next: u64| self.ledger.log(next, PAGE_MAX.min(size.saturating_sub(next) as usize)).await;
        let mut next = page(index.next).await?;
        if next.last().is_none_or(|last| last.log_index + 1 >= size) {
            // Most often little is missing.
            drop(index);
            let mut now = self.index.write().unwrap_or_else(PoisonError::into_inner);
            let index = Arc::make_mut(&mut now);
            next.iter().try_for_each(|record| index.apply(record, &self.notices))?;
            return Ok(now.clone());
        }
        let mut index = Index::clone(&index);
        let folded = loop {
            let folded = next.iter().try_for_each(|record| index.apply(record, &self.notices));
            if folded.is_err() || next.is_empty() || index.next >= size {
                break folded;
            }
            tokio::task::yield_now().await;
            next = page(index.next).await?;
        };
        let index = Arc::new(index);
        self.put(index.clone());
        folded.map(|()| index)
    }

    /// Records what was decided together, and takes over what it leaves, as it was folded to decide on it: nobody waits until all of
    /// it has been read again. It is taken over beside the index that others read, before it is recorded.
    ///
    /// # Errors
    /// As [`Together::record`].
    pub(crate) async fn record(&self, together: Together) -> Result<(), ExecuteError> {
        // Nobody begins to read again what is handed over here.
        let _turn = self.turn.lock().await;
        let states = together.states();
        let index = self.catch_up(self.ledger.head().size).await?;
        let mut after = adopted(&index, &states).await?;
        drop(index);
        let recorded = together.record().await?;
        if recorded.events == 0 {
            return Ok(());
        }
        if after.next != recorded.first {
            let index = self.catch_up(recorded.first).await?;
            // Only where another process writes, too, may something have come between again.
            if index.next != recorded.first {
                return Ok(());
            }
            after = adopted(&index, &states).await?;
        }
        after.next = recorded.first + recorded.events;
        self.put(Arc::new(after));
        Ok(())
    }
}

/// An index with these states in the place of its own.
async fn adopted(index: &Index, states: &[(String, Arc<dyn Any + Send + Sync>)]) -> Result<Index, ExecuteError> {
    let mut index = Index::clone(index);
    for states in states.chunks(PAGE_MAX) {
        states.iter().try_for_each(|(stream, state)| index.adopt(stream, state.clone()))?;
        tokio::task::yield_now().await;
    }
    Ok(index)
}
