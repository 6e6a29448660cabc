//! Folds a run of events of one ledger into rows: decode once, load the matters that are not at hand, fold in memory.

use std::collections::{HashMap, HashSet};

use ledger::Record;

use crate::{
    event::{Body, Event},
    store::{Batch, Columns, Reader},
    views::{
        agencies, cases,
        cases::{CASES, Case},
        deadlines::{Clock, Clocks, DEADLINES, RUNNING},
        findings,
        findings::Terms,
        items, officers, progress,
        progress::{OFFSETS, Offset},
        regions,
        scorecard::{Counted, Tally},
        timeline,
    },
};

/// Matters kept at hand, in each of two generations.
const MATTERS_MAX: usize = 3 * BATCH_MAX;
/// Events in one batch.
pub(crate) const BATCH_MAX: usize = 8_000;

/// What the fold must know of one matter.
#[derive(Debug, Default)]
struct Matter {
    case: Option<Case>,
    clocks: Clocks,
    /// What the case counted for when the batch began; set once the case changes.
    before: Option<Counted>,
}

/// The matters of one ledger by stream, in two generations: what is not touched while the younger fills up is forgotten.
///
/// Invariant: what a batch touched is still here when the next batches are folded, because a generation holds
/// the matters of three batches. So what must be loaded has been committed, though two batches wait for the database.
#[derive(Default)]
struct Matters {
    young: HashMap<String, Matter>,
    old: HashMap<String, Matter>,
}

impl Matters {
    fn has(&self, stream: &str) -> bool {
        self.young.contains_key(stream) || self.old.contains_key(stream)
    }

    fn get(&mut self, stream: &str) -> &mut Matter {
        if !self.young.contains_key(stream) {
            let matter = self.old.remove(stream).unwrap_or_default();
            if self.young.len() >= MATTERS_MAX {
                self.old = std::mem::take(&mut self.young);
            }
            self.young.insert(stream.to_owned(), matter);
        }
        self.young.entry(stream.to_owned()).or_default()
    }

    /// Loads the matters that are neither at hand nor new.
    async fn load(&mut self, reader: &Reader, source: &str, events: &[Event<'_>]) -> Result<(), sqlx::Error> {
        let mut missing: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for event in events.iter().filter(|event| is_matter(event)) {
            let stream = event.envelope.subject;
            if seen.insert(stream) && event.envelope.stream_version > 1 && !self.has(stream) {
                missing.push(stream);
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let list = serde_json::to_string(&missing).unwrap_or_default();
        let one = reader.list(1);
        let sql = format!("SELECT {} FROM cases WHERE stream IN {one}", CASES.list());
        for row in reader.all(sql, vec![list.as_str().into()]).await? {
            let case = Case::read(&mut Columns::of(&row))?;
            let stream = case.stream.clone();
            self.get(&stream).case = Some(case);
        }
        let sql = format!(
            "SELECT {} FROM deadlines WHERE state = '{RUNNING}' AND source = $2 AND stream IN {one} ORDER BY stream, opened_seq, clock",
            DEADLINES.list()
        );
        for row in reader.all(sql, vec![list.into(), source.into()]).await? {
            let clock = Clock::read(&mut Columns::of(&row))?;
            let stream = clock.stream.clone();
            self.get(&stream).clocks.loaded(clock);
        }
        Ok(())
    }

    /// Writes the matters that the batch changed, and counts the difference.
    fn write(&mut self, touched: &HashSet<&str>, tally: &mut Tally, out: &mut Batch) {
        for stream in touched {
            let matter = self.get(stream);
            if let (Some(before), Some(case)) = (matter.before.take(), &matter.case) {
                tally.case(&before, &Counted::of(case));
                out.put(&CASES, case.row());
            }
            for changed in matter.clocks.drain_changed() {
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
}

impl Folder {
    pub(crate) fn new(terms: Terms) -> Self {
        Self { terms, matters: HashMap::new() }
    }

    /// The rows that these events of one ledger make.
    pub(crate) async fn fold(
        &mut self,
        reader: &Reader,
        source: &str,
        records: &[Record],
    ) -> Result<Batch, sqlx::Error> {
        let mut out = Batch::default();
        let mut events = Vec::with_capacity(records.len());
        for record in records {
            match Event::decode(record) {
                Ok(event) => events.push(event),
                Err(why) => progress::park(source, record, &why, &mut out),
            }
        }
        let matters = self.matters.entry(source.to_owned()).or_default();
        matters.load(reader, source, &events).await?;
        let mut tally = Tally::default();
        let mut touched = HashSet::new();
        for event in &events {
            take(&self.terms, matters, event, &mut tally, &mut touched, &mut out);
        }
        matters.write(&touched, &mut tally, &mut out);
        tally.write(&mut out);
        if let Some(last) = records.last() {
            let recorded = events.last().map(|event| event.envelope.recorded_time);
            let offset = Offset { source: source.to_owned(), next_index: last.log_index + 1, recorded };
            out.put(&OFFSETS, offset.row());
        }
        Ok(out)
    }
}

/// Takes one event into its matter and the views.
fn take<'e>(
    terms: &Terms,
    matters: &mut Matters,
    event: &'e Event<'e>,
    tally: &mut Tally,
    touched: &mut HashSet<&'e str>,
    out: &mut Batch,
) {
    let late = terms.is_late(event);
    timeline::fold(event, late, out);
    let stream = event.envelope.subject;
    let mut none = Matter::default();
    let matter = if is_matter(event) {
        touched.insert(stream);
        matters.get(stream)
    } else {
        &mut none
    };
    if stream.starts_with("case/") {
        let before = match (&matter.before, &matter.case) {
            (None, Some(case)) => Some(Counted::of(case)),
            (None, None) => Some(Counted::default()),
            (Some(_), _) => None,
        };
        if cases::fold(&mut matter.case, event, out) && before.is_some() {
            matter.before = before;
        }
    } else {
        items::fold(event, out);
        agencies::fold(event, out);
        officers::fold(event, out);
        regions::fold(event, out);
    }
    let (agency, region) = owner(event, matter.case.as_ref());
    let (agency, region) = (agency.to_owned(), region.to_owned());
    let ended = matter.clocks.fold(event, &agency, &region, terms.calendar);
    let found = findings::fold(event, terms, late, &ended, (&agency, &region), out);
    tally.event(event, (&agency, &region), late, &found, &ended);
}

/// Whether the event belongs to a matter with a state of its own: a case, or anything with clocks.
fn is_matter(event: &Event<'_>) -> bool {
    event.envelope.subject.starts_with("case/") || !event.frame.clocks.is_empty()
}

/// Whose event it is: the case's agency, else the one that the event names, else the one that recorded it.
fn owner<'a>(event: &'a Event<'a>, case: Option<&'a Case>) -> (&'a str, &'a str) {
    let recorded = (event.envelope.agency, event.envelope.region);
    match (case, &event.body) {
        (Some(case), _) => (&case.agency, &case.region),
        (None, Body::StepRefused(e)) => {
            (e.agency.as_deref().unwrap_or(recorded.0), e.region.as_deref().unwrap_or(recorded.1))
        }
        _ => recorded,
    }
}
