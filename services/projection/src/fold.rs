//! Folds a run of events of one ledger into rows: decode once, load the matters that are not at hand, fold in memory.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
};

use futures::FutureExt as _;
use jiff::Timestamp;
use kernel::telemetry;
use law::{calendar::NOTICES_STREAM, matter::Past, rule::Debtor};
use ledger::{
    Record,
    merkle::{Frontier, leaf_hash},
};

use crate::{
    event::{Event, Unreadable, fits_matter},
    services::Services,
    store::{Batch, Columns, Reader},
    views::{
        agencies,
        deadlines::{Clock, Clocks, DEADLINES, RUNNING, THEIRS},
        demonstration, findings,
        findings::Terms,
        items, listings, matters,
        matters::{Change, MATTERS, Matter},
        officers, parameters, plans, progress,
        progress::{OFFSETS, Offset},
        regions,
        scorecard::{Counted, Of, Tally},
        statutes, ties, timeline,
    },
};

/// Matters kept at hand, in each of two generations.
const MATTERS_MAX: usize = 3 * BATCH_MAX;
/// Events in one batch.
pub(crate) const BATCH_MAX: usize = 8_000;

/// What the fold must know of one stream that is a matter, or has clocks.
#[derive(Default)]
struct Known {
    matter: Option<Matter>,
    clocks: Clocks,
    /// The matter as its service sees it, while its events do not say what they do to it: older ones.
    past: Option<Box<dyn Past>>,
    /// What the matter counted for when the batch began; set once the matter changes.
    before: Option<Counted>,
}

impl Known {
    /// What an event does to the matter: as it says, or if it is older, as its service makes of it.
    fn change<'e>(&mut self, event: &'e Event<'e>) -> Result<Option<Change<'e>>, Unreadable> {
        let does = match (&event.matter, event.older) {
            (Some(does), _) => {
                // From the first event on that says it, all do.
                self.past = None;
                Some(Cow::Borrowed(does))
            }
            (None, Some(older)) => {
                let past = self.past.get_or_insert_with(|| older.begin());
                let does = past.take(event.envelope.kind, event.envelope.data.get()).map_err(Unreadable::Older)?;
                does.map(Cow::Owned)
            }
            (None, None) => None,
        };
        let Some(does) = does else { return Ok(None) };
        fits_matter(&does)?;
        let officers = if does.acted || does.in_charge { event.officers()? } else { Vec::new() };
        Ok(Some(Change { does, officers }))
    }
}

/// The matters of one ledger by stream, in two generations: what is not touched while the younger fills up is forgotten.
///
/// Invariant: what a batch touched is still here when the next batches are folded, because a generation holds
/// the matters of three batches. So what must be loaded has been committed, though two batches wait for the database.
#[derive(Default)]
struct Matters {
    young: HashMap<String, Known>,
    old: HashMap<String, Known>,
}

impl Matters {
    fn has(&self, stream: &str) -> bool {
        self.young.contains_key(stream) || self.old.contains_key(stream)
    }

    fn get(&mut self, stream: &str) -> &mut Known {
        if !self.young.contains_key(stream) {
            let known = self.old.remove(stream).unwrap_or_default();
            if self.young.len() >= MATTERS_MAX {
                self.old = std::mem::take(&mut self.young);
            }
            self.young.insert(stream.to_owned(), known);
        }
        self.young.entry(stream.to_owned()).or_default()
    }

    /// Loads the matters that are neither at hand nor new.
    async fn load(
        &mut self,
        reader: &Reader,
        source: &str,
        services: &Services,
        events: &[(&Record, Event<'_>)],
    ) -> Result<(), sqlx::Error> {
        let mut missing: Vec<&str> = Vec::new();
        let mut before_frames: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for (_, event) in events.iter().filter(|(_, event)| event.has_state()) {
            let stream = event.envelope.subject;
            if seen.insert(stream) && event.envelope.stream_version > 1 && !self.has(stream) {
                missing.push(stream);
                if event.older.is_some() {
                    before_frames.push(stream);
                }
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let list = serde_json::to_string(&missing).unwrap_or_default();
        let one = reader.list(1);
        let sql = format!("SELECT {} FROM matters WHERE source = $2 AND stream IN {one}", MATTERS.list());
        for row in reader.all(sql, vec![list.as_str().into(), source.into()]).await? {
            let matter = Matter::read(&mut Columns::of(&row))?;
            let stream = matter.stream.clone();
            self.get(&stream).matter = Some(matter);
        }
        let sql = format!(
            "SELECT {} FROM deadlines WHERE state IN ('{RUNNING}', '{THEIRS}{RUNNING}') AND source = $2 AND stream IN {one} ORDER BY stream, opened_seq, clock",
            DEADLINES.list()
        );
        for row in reader.all(sql, vec![list.into(), source.into()]).await? {
            let clock = Clock::read(&mut Columns::of(&row))?;
            let stream = clock.stream.clone();
            self.get(&stream).clocks.loaded(clock);
        }
        self.replay(reader, source, services, &before_frames).await
    }

    /// Reads again the earlier events of matters whose events do not say what they do to them.
    async fn replay(
        &mut self,
        reader: &Reader,
        source: &str,
        services: &Services,
        streams: &[&str],
    ) -> Result<(), sqlx::Error> {
        if streams.is_empty() {
            return Ok(());
        }
        let list = serde_json::to_string(streams).unwrap_or_default();
        let sql = format!(
            "SELECT stream, kind, data FROM timeline WHERE source = $2 AND stream IN {} ORDER BY stream, seq",
            reader.list(1)
        );
        for row in reader.all(sql, vec![list.into(), source.into()]).await? {
            let (stream, kind, data) = (row.text(0)?, row.text(1)?, row.text(2)?);
            let Some(older) = services.older(&kind) else { continue };
            let past = self.get(&stream).past.get_or_insert_with(|| older.begin());
            past.take(&kind, &data).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
        }
        Ok(())
    }

    /// Writes the matters that the batch changed, and counts the difference.
    fn write(&mut self, services: &Services, touched: &HashSet<&str>, tally: &mut Tally, out: &mut Batch) {
        for stream in touched {
            let known = self.get(stream);
            if let (Some(before), Some(matter)) = (known.before.take(), &known.matter) {
                tally.matter(&before, &Counted::of(matter, services));
                out.put(&MATTERS, matter.row());
            }
            for changed in known.clocks.drain_changed() {
                tally.running(changed.before, changed.after);
                out.put(&DEADLINES, changed.row);
            }
        }
    }
}

/// The fold with what it keeps at hand.
pub(crate) struct Folder {
    terms: Terms,
    /// By ledger: two services may name a stream alike.
    matters: HashMap<String, Matters>,
    /// The tree over what was folded, by ledger.
    trees: HashMap<String, Frontier>,
}

impl Folder {
    pub(crate) fn new(terms: Terms) -> Self {
        Self { terms, matters: HashMap::new(), trees: HashMap::new() }
    }

    /// Whether a record is a notice of holidays that is not among those folded by.
    pub(crate) fn misses(&self, record: &Record) -> bool {
        record.stream == NOTICES_STREAM && record.stream_version > self.terms.notices
    }

    /// The rows that these events of one ledger make. After a failure the folder is of no use: it may have taken some in.
    pub(crate) async fn fold(&mut self, reader: &Reader, source: &str, records: &[Record]) -> Result<Batch, NotFolded> {
        match AssertUnwindSafe(self.fold_all(reader, source, records)).catch_unwind().await {
            Ok(folded) => folded,
            Err(_) => Err(NotFolded::Refused("处理时程序出错。The program failed on it.".to_owned())),
        }
    }

    async fn fold_all(&mut self, reader: &Reader, source: &str, records: &[Record]) -> Result<Batch, NotFolded> {
        let mut out = Batch::default();
        let mut events = Vec::with_capacity(records.len());
        for record in records {
            match Event::decode(record, &self.terms.services) {
                Ok(event) => {
                    let span = || tracing::info_span!("project", source, log_index = record.log_index);
                    out.spans.extend(telemetry::of_record(&event.envelope, span));
                    events.push((record, event));
                }
                Err(why) => progress::park(source, record, &why, &mut out),
            }
        }
        let matters = self.matters.entry(source.to_owned()).or_default();
        matters.load(reader, source, &self.terms.services, &events).await?;
        let mut folding = Folding { terms: &self.terms, tally: Tally::default(), touched: HashSet::new(), out };
        for (record, event) in &events {
            if let Err(why) = folding.take(matters, event) {
                progress::park(source, record, &why, &mut folding.out);
            }
        }
        let recorded = events.last().map(|(_, event)| event.envelope.recorded_time);
        let Folding { mut tally, touched, mut out, .. } = folding;
        matters.write(&self.terms.services, &touched, &mut tally, &mut out);
        tally.write(&mut out);
        if let Some(why) = out.take_unfit() {
            return Err(NotFolded::Refused(why));
        }
        if let Some(first) = records.first() {
            let mut tree = match self.trees.remove(source) {
                Some(tree) => tree,
                None => tree_before(reader, source, first).await?,
            };
            reached(source, records, recorded, &mut tree, &mut out);
            self.trees.insert(source.to_owned(), tree);
        }
        Ok(out)
    }
}

/// The tree over everything before a record, as it was committed.
async fn tree_before(reader: &Reader, source: &str, first: &Record) -> Result<Frontier, sqlx::Error> {
    if first.log_index == 0 {
        return Ok(Frontier::default());
    }
    let sql = format!("SELECT {} FROM offsets WHERE source = $1", OFFSETS.list());
    let rows = reader.all(sql, vec![source.into()]).await?;
    let offset = rows.first().map(|row| Offset::read(&mut Columns::of(row))).transpose()?;
    let tree = offset.and_then(|offset| offset.tree()).filter(|tree| tree.size() == first.log_index);
    tree.ok_or_else(|| sqlx::Error::Protocol(format!("the views of {source} do not end before {}", first.log_index)))
}

/// The rows of an event that is refused whatever is folded with it.
pub(crate) async fn parked(reader: &Reader, source: &str, record: &Record, why: &str) -> Result<Batch, sqlx::Error> {
    let mut out = Batch::default();
    progress::park(source, record, &why, &mut out);
    let recorded = record.envelope().ok().map(|envelope| envelope.recorded_time);
    let mut tree = tree_before(reader, source, record).await?;
    reached(source, std::slice::from_ref(record), recorded, &mut tree, &mut out);
    Ok(out)
}

fn reached(source: &str, records: &[Record], recorded: Option<Timestamp>, tree: &mut Frontier, out: &mut Batch) {
    records.iter().for_each(|record| tree.push(leaf_hash(record.bytes.as_bytes())));
    let (source, edge) = (source.to_owned(), hex::encode(tree.to_bytes()));
    out.put(&OFFSETS, Offset { source, next_index: tree.size(), recorded, tree: edge }.row());
}

/// Why events were not folded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotFolded {
    /// For what one of them says; which, shows when fewer are folded at a time.
    #[error("{0}")]
    Refused(String),
    #[error("the views' database failed")]
    Database(#[from] sqlx::Error),
}

/// One batch being folded.
struct Folding<'f> {
    terms: &'f Terms,
    tally: Tally,
    touched: HashSet<&'f str>,
    out: Batch,
}

impl<'f> Folding<'f> {
    /// Takes one event into its matter and the views.
    fn take(&mut self, matters: &mut Matters, event: &'f Event<'f>) -> Result<(), Unreadable> {
        let (terms, services, out) = (self.terms, &*self.terms.services, &mut self.out);
        let mut none = Known::default();
        let known = match event.has_state() {
            true => {
                self.touched.insert(event.envelope.subject);
                matters.get(event.envelope.subject)
            }
            false => &mut none,
        };
        let change = known.change(event)?;
        let is_act = change.is_some() && event.frame.breaches.is_none();
        let is_late = is_act && terms.is_late(event);
        timeline::fold(event, is_late, out);
        if let Some(change) = &change {
            let counted = |matter: &Matter| Counted::of(matter, services);
            let before = known.before.is_none().then(|| known.matter.as_ref().map(counted).unwrap_or_default());
            if matters::fold(&mut known.matter, event, change, services, out) && before.is_some() {
                known.before = before;
            }
        }
        ties::fold(event, known.matter.as_ref(), out);
        items::fold(event, out);
        listings::fold(event, out);
        agencies::fold(event, out);
        officers::fold(event, out);
        parameters::fold(event, out);
        plans::fold(event, out);
        regions::fold(event, out);
        statutes::fold(event, out);
        demonstration::fold(event, out);
        // A matter may be about one agency while another one acts: faults and clocks are those of whoever acts, unless they
        // say whose they are; what is owed once a matter is handed over is owed by who takes it over.
        let (agency, region) = event.whose();
        let handed = change.as_ref().and_then(|change| change.does.handed.as_deref());
        let owes = handed.map_or((agency, region), |to| (to.agency.as_str(), to.region.as_str()));
        let bound = |rule: &str| services.rule(rule).map_or(Debtor::Agency, |card| card.debtor);
        let ended = known.clocks.fold(event, owes, &terms.calendar, bound);
        let paid_fen = change.map_or(0, |change| change.does.paid_fen);
        let of = Of { services, agency, region, is_act, is_late, paid_fen };
        let found = findings::fold(event, terms, &of, &ended, out);
        self.tally.event(event, &of, &found, &ended);
        Ok(())
    }
}
