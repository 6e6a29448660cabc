//! The trail of a matter: what belongs together across all services.
//!
//! Matters belong together by correlation, be it another matter's id, and by events that led to each other. The walk goes on
//! from a matter only where its reader may see it: of one beyond, it is told that it is there, and nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Queries, QueryError, cases, describe, filter::Where, search, search::Key};
use crate::{
    model::{Scope, Trail, TrailEvent},
    store::{Columns, Value},
    views::{
        matters::{MATTERS, Matter},
        timeline::{Line, TIMELINE},
    },
};

/// Most matters of one trail.
pub(super) const MATTERS_MAX: usize = 50;
/// Most events of one trail.
pub(super) const EVENTS_MAX: usize = 2_000;

pub(super) async fn trail(q: &Queries, scope: &Scope, id: &str) -> Result<Option<Trail>, QueryError> {
    let mut walk = Walk::default();
    let sql = format!("SELECT {} FROM matters WHERE id = $1", MATTERS.list());
    for row in q.reader.all(sql, vec![id.into()]).await? {
        walk.meet(scope, Matter::read(&mut Columns::of(&row))?);
    }
    if walk.seen.is_empty() {
        return Ok(None);
    }
    while let Some(more) = walk.step(q).await? {
        more.into_iter().for_each(|matter| walk.meet(scope, matter));
    }
    let Walk { seen, hidden, names, cut: matters_cut, .. } = walk;
    let mut matters: Vec<Matter> = seen.into_values().collect();
    matters.sort_by(|a, b| (a.opened, &a.source, &a.stream).cmp(&(b.opened, &b.source, &b.stream)));
    let (mut events, mut events_cut) = (Vec::new(), false);
    if !scope.is_public() {
        let keys: Vec<Key> = matters.iter().map(key).collect();
        let mut lines = within(q, &keys).await?;
        lines.extend(outside(q, scope, &names).await?);
        lines.sort_by(|a, b| order(a).cmp(&order(b)));
        events_cut = lines.len() > EVENTS_MAX;
        lines.truncate(EVENTS_MAX);
        first_seen_first(&mut matters, &lines);
        events = told(q, &matters, &lines)?;
    }
    Ok(Some(Trail {
        matters: cases::rows(q, scope, matters).await?,
        others: u32::try_from(hidden.len()).unwrap_or(u32::MAX),
        events,
        matters_cut,
        events_cut,
    }))
}

/// Whether a matter belongs with any other that its reader is told of.
pub(super) async fn goes_on(q: &Queries, scope: &Scope, matter: &Matter) -> Result<bool, QueryError> {
    if !scope.is_public() {
        // Of what lies beyond the reader's scope it is told that it is there, so one row is enough.
        let own = "(SELECT tag FROM ties WHERE stream = $1 AND source = $2 UNION SELECT $3 UNION SELECT $4)";
        let among = "stream = $1 AND source = $2";
        let sql = format!(
            "SELECT 1 FROM ({}) AS found JOIN matters USING (stream, source) WHERE NOT ({among}) LIMIT 1",
            related(own, among)
        );
        let of = [&matter.stream, &matter.source, &matter.id, &matter.correlation_id];
        return Ok(q.reader.one(sql, of.map(|text| text.as_str().into()).to_vec()).await?.is_some());
    }
    let mut walk = Walk::default();
    walk.meet(scope, matter.clone());
    for other in walk.step(q).await?.unwrap_or_default() {
        walk.meet(scope, other);
    }
    Ok(walk.seen.len() + walk.hidden.len() > 1)
}

/// A walk from matter to matter.
#[derive(Default)]
struct Walk {
    /// The matters that the reader may see.
    seen: BTreeMap<Key, Matter>,
    /// Those that he may not, and is told of.
    hidden: BTreeSet<Key>,
    /// Those seen that were not yet gone on from.
    ahead: Vec<Key>,
    /// Ids and correlations of the matters seen.
    names: BTreeSet<String>,
    cut: bool,
}

impl Walk {
    fn meet(&mut self, scope: &Scope, matter: Matter) {
        let key = key(&matter);
        if self.seen.contains_key(&key) || self.hidden.contains(&key) {
            return;
        }
        if !scope.admits(&matter) {
            // That a public decision has to do with a matter that is not public may betray who brought it.
            if !scope.is_public() && self.has_room() {
                self.hidden.insert(key);
            }
            return;
        }
        if self.has_room() {
            self.names.extend([matter.id.clone(), matter.correlation_id.clone()]);
            self.ahead.push(key.clone());
            self.seen.insert(key, matter);
        }
    }

    fn has_room(&mut self) -> bool {
        let full = self.seen.len() + self.hidden.len() >= MATTERS_MAX;
        self.cut |= full;
        !full
    }

    /// The matters that those ahead are tied to; none once there is nothing ahead.
    async fn step(&mut self, q: &Queries) -> Result<Option<Vec<Matter>>, QueryError> {
        let from = std::mem::take(&mut self.ahead);
        if from.is_empty() {
            return Ok(None);
        }
        let streams = Value::json(&from);
        let among = format!("(stream, source) IN {}", q.reader.pairs(1));
        let sql = format!("SELECT DISTINCT tag FROM ties WHERE {among}");
        let mut names: BTreeSet<String> = BTreeSet::new();
        for row in q.reader.all(sql, vec![streams.clone()]).await? {
            names.insert(row.text(0)?);
        }
        for matter in from.iter().filter_map(|key| self.seen.get(key)) {
            names.extend([matter.id.clone(), matter.correlation_id.clone()]);
        }
        // Joined: under IN, SQLite walks all matters in their order to find the few that are in the union.
        let sql = format!(
            "SELECT {} FROM ({}) AS found JOIN matters USING (stream, source) ORDER BY opened, stream, source LIMIT {}",
            MATTERS.list(),
            related(&q.reader.list(2), &among),
            MATTERS_MAX + self.seen.len() + self.hidden.len() + 1
        );
        self.names.extend(names.iter().cloned());
        let rows = q.reader.all(sql, vec![streams, Value::json(&names)]).await?;
        Ok(Some(rows.iter().map(|row| Matter::read(&mut Columns::of(row))).collect::<Result<_, _>>()?))
    }
}

/// Selects the matters that belong with some: by what these are called, by what their events are tied to, by what caused
/// events there, by what was caused from there. `named` is the list of their names, `among` the condition for a row of theirs.
fn related(named: &str, among: &str) -> String {
    format!(
        "SELECT stream, source FROM matters WHERE id IN {named} \
         UNION SELECT stream, source FROM matters WHERE correlation_id IN {named} \
         UNION SELECT stream, source FROM ties WHERE tag IN {named} \
         UNION SELECT stream, source FROM timeline WHERE id IN {named} \
         UNION SELECT stream, source FROM ties WHERE tag IN (SELECT id FROM timeline WHERE {among})"
    )
}

impl Scope {
    /// Whether a matter is its reader's to see.
    fn admits(&self, matter: &Matter) -> bool {
        match self {
            Self::Everything => true,
            Self::Region(code) => matter.region.parse().is_ok_and(|region| code.contains(&region)),
            Self::Agency(code) => [Some(&matter.agency), matter.keeper.as_ref()].contains(&Some(&code.to_string())),
            Self::Public => matter.is_public(),
        }
    }
}

fn key(matter: &Matter) -> Key {
    (matter.stream.clone(), matter.source.clone())
}

/// When it happened, then when it was recorded; within one stream as it came.
fn order(line: &Line) -> impl Ord {
    (line.happened, line.recorded, line.source.clone(), line.log_index)
}

const ORDER: &str = "happened, recorded, source, log_index";

/// Everything that happened in some matters, the first of it if it is too much.
async fn within(q: &Queries, matters: &[Key]) -> Result<Vec<Line>, QueryError> {
    let mut w = Where::default();
    search::among(q, &mut w, matters);
    lines(q, w).await
}

/// Faults under these names that no matter keeps: an event of one that could not be carried into another.
async fn outside(q: &Queries, scope: &Scope, names: &BTreeSet<String>) -> Result<Vec<Line>, QueryError> {
    let mut w = Where::default();
    let named = q.reader.list(1);
    w.place(Value::json(names));
    w.raw(&format!("(stream, source, seq) IN (SELECT stream, source, seq FROM ties WHERE tag IN {named})"));
    w.raw("NOT EXISTS (SELECT 1 FROM matters m WHERE m.stream = timeline.stream AND m.source = timeline.source)");
    w.scope(scope, "region", "agency");
    lines(q, w).await
}

async fn lines(q: &Queries, w: Where) -> Result<Vec<Line>, QueryError> {
    let sql = format!("SELECT {} FROM timeline{} ORDER BY {ORDER} LIMIT {}", TIMELINE.list(), w.sql(), EVENTS_MAX + 1);
    let rows = q.reader.all(sql, w.args).await?;
    Ok(rows.iter().map(|row| Line::read(&mut Columns::of(row))).collect::<Result<_, _>>()?)
}

/// Matters of one day in the order in which they began.
fn first_seen_first(matters: &mut [Matter], lines: &[Line]) {
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        first.entry((&line.stream, &line.source)).or_insert(at);
    }
    matters.sort_by_key(|matter| {
        let at = first.get(&(matter.stream.as_str(), matter.source.as_str())).copied();
        (matter.opened, at.unwrap_or(usize::MAX))
    });
}

fn told(q: &Queries, matters: &[Matter], lines: &[Line]) -> Result<Vec<TrailEvent>, QueryError> {
    let place = |line: &Line| matters.iter().position(|m| m.stream == line.stream && m.source == line.source);
    let event = |line: &Line| {
        let matter = place(line).and_then(|at| u32::try_from(at).ok());
        Ok(TrailEvent { matter, entry: describe::entry(&q.services, line)? })
    };
    lines.iter().map(event).collect()
}
