//! One case with everything known of it: most of it is read out of its events, in the order they happened.
//!
//! Which events are a decision, its service or a piece of evidence, and which stage each is of, say the words of the
//! service that wrote them.

use law::vocabulary::{MatterCard, Part};

use super::{
    Queries, QueryError, audit, cases, deadlines,
    describe::{self, Data, prefixed, text},
    filter::Where,
    findings,
    overview::parked_row,
    stages, trail,
};
use crate::{
    model::{
        CaseFile, CaseRow, CaseViolation, Decision, EvidenceRow, ParkedRow, Person, RefusedAttempt, Scope, Text,
        TimelineEntry,
    },
    store::Columns,
    views::{
        matters::{MATTERS, Matter, PUBLIC},
        timeline::Line,
    },
};

pub(super) async fn file(
    q: &Queries,
    scope: &Scope,
    id: &str,
    service: Option<&str>,
) -> Result<Option<CaseFile>, QueryError> {
    let mut w = Where::default();
    w.own(scope).arg("id = {}", id).opt("source = {}", service);
    if scope.is_public() {
        w.raw(PUBLIC);
    }
    let sql = format!("SELECT {} FROM matters{} ORDER BY source LIMIT 1", MATTERS.list(), w.sql());
    let row = q.reader.one(sql, w.args).await?;
    let Some(matter) = row.map(|row| Matter::read(&mut Columns::of(&row))).transpose()? else { return Ok(None) };
    let lines = audit::of_stream(q, &matter.source, &matter.stream).await?;
    let mut events = Vec::new();
    let mut timeline = Vec::new();
    for line in &lines {
        events.push((line, Data::parse(&line.data)?));
        timeline.push(describe::entry(&q.services, line)?);
    }
    let Some(header) = cases::rows(q, scope, vec![matter.clone()]).await?.pop() else { return Ok(None) };
    let has_trail = trail::goes_on(q, scope, &matter).await?;
    let public = CaseFile { has_trail, ..published(q, &matter, header, &events) };
    if scope.is_public() {
        // What is wrong with a case is not published, nor what was tried in it.
        timeline.retain(|entry| !entry.refused);
        return Ok(Some(CaseFile { stages: stages::of(q, &matter, &timeline, None), ..public }));
    }
    let (source, stream) = (matter.source.as_str(), matter.stream.as_str());
    let deadlines = deadlines::of_matter(q, source, stream).await?;
    let findings = findings::of_matter(q, source, stream).await?;
    Ok(Some(CaseFile {
        stages: stages::of(q, &matter, &timeline, Some((&findings, &deadlines))),
        officers: matter.officers.iter().map(officer).collect(),
        evidence: evidence(q, &events),
        deadlines,
        findings,
        refused: refused(q, &timeline, &events),
        parked: parked(q, source, stream).await?,
        timeline,
        ..public
    }))
}

/// What everybody may see of a case whose decision stands on the web. Nothing else is in it.
fn published(q: &Queries, matter: &Matter, header: CaseRow, events: &[(&Line, Data)]) -> CaseFile {
    CaseFile {
        header,
        violation: CaseViolation {
            fact: matter.subject.clone(),
            place: matter.place.clone(),
            from: matter.about_from,
            until: matter.about_until,
            discovered: matter.discovered,
        },
        source: origin(q, matter),
        item_version: matter.item_version,
        decision: decision(q, matter, events),
        correlation_id: matter.correlation_id.clone(),
        ..CaseFile::default()
    }
}

fn origin(q: &Queries, matter: &Matter) -> Text {
    let of = q.services.fact(&matter.source, &matter.kind, "source", &matter.origin);
    match matter.origin_reference.as_str() {
        "" => of,
        reference => Text::new(format!("{}（{reference}）", of.zh), format!("{} ({reference})", of.en)),
    }
}

fn officer([officer, name, certificate]: &[String; 3]) -> Person {
    Person {
        role: Text::label("执法人员", "officer"),
        name: if name.is_empty() { officer.clone() } else { name.clone() },
        officer: Some(officer.clone()),
        certificate: Some(certificate.clone()).filter(|number| !number.is_empty()),
    }
}

/// Which part of the file an event is.
fn part(q: &Queries, line: &Line) -> Part {
    q.services.event(&line.source, &line.kind).map_or(Part::None, |card| card.part)
}

fn evidence(q: &Queries, events: &[(&Line, Data)]) -> Vec<EvidenceRow> {
    let mut all: Vec<EvidenceRow> = Vec::new();
    for (line, data) in events {
        match part(q, line) {
            Part::Evidence(id) => all.push(EvidenceRow {
                id: data.text(id),
                kind: q.services.read(&line.source, &line.kind, "kind", &data.text("kind").into()),
                title: data.text("title"),
                source: data.text("source"),
                sha256: data.text("sha256"),
                media_type: data.text("media_type"),
                size_bytes: u64::try_from(data.int("size_bytes")).unwrap_or_default(),
                day: law::day_of(line.happened),
                officers: data.get("officers").map(describe::officers).unwrap_or_default(),
                excluded: None,
            }),
            Part::Excluded(id, reason) => {
                let id = data.text(id);
                if let Some(row) = all.iter_mut().find(|row| row.id == id) {
                    row.excluded = Some(data.text(reason));
                }
            }
            Part::None | Part::Decision { .. } | Part::Service => {}
        }
    }
    all
}

fn refused(q: &Queries, timeline: &[TimelineEntry], events: &[(&Line, Data)]) -> Vec<RefusedAttempt> {
    let attempts = timeline.iter().zip(events).filter(|(entry, _)| entry.refused);
    let attempt = |(entry, (_, data)): (&TimelineEntry, &(&Line, Data))| RefusedAttempt {
        seq: entry.seq,
        step: describe::step(&q.services, &entry.source, &data.text("step")).0,
        summary: data.text("summary"),
        at: entry.happened,
        actor: entry.actor.clone(),
        violations: entry.violations.clone(),
    };
    attempts.map(attempt).collect()
}

fn decision(q: &Queries, matter: &Matter, events: &[(&Line, Data)]) -> Option<Decision> {
    let (line, data, part) = events.iter().rev().find_map(|(line, data)| match part(q, line) {
        part @ Part::Decision { .. } => Some((*line, data, part)),
        Part::None | Part::Service | Part::Evidence(_) | Part::Excluded(..) => None,
    })?;
    let Part::Decision { number, outcome: (field, before), facts, bases, performance, appeal, by } = part else {
        return None;
    };
    let one = |value: &serde_json::Value| prefixed(before, q.services.read(&line.source, &line.kind, field, value));
    let penalties = match data.get(field) {
        Some(serde_json::Value::Array(all)) => all.iter().map(one).collect(),
        Some(value) => vec![one(value)],
        None => Vec::new(),
    };
    // Not before the decision that stands: an earlier one may have been served, too.
    let served = events.iter().rfind(|(other, _)| self::part(q, other) == Part::Service);
    let day = law::day_of(line.happened);
    let outcome = matter.outcome.clone().unwrap_or_default();
    let card = q.services.matter(&matter.source, &matter.kind).and_then(|card: &MatterCard| card.outcome(&outcome));
    Some(Decision {
        number: data.text(number),
        day,
        outcome_text: card.map_or_else(|| Text::same(outcome.clone()), |card| text(card.label)),
        title: card.map_or_else(|| Text::same(outcome.clone()), |card| text(card.title)),
        outcome,
        penalties,
        fine_fen: matter.imposed_fen,
        paid_fen: matter.paid_fen,
        tier: matter.tier.clone(),
        facts: data.text(facts),
        bases: data.texts(bases),
        performance: data.text(performance),
        appeal: data.text(appeal),
        decided_by: data.text(by),
        major: matter.major,
        served: served.map(|(line, _)| law::day_of(line.happened)).filter(|served| *served >= day),
        publicised: matter.published,
        url: matter.url.clone(),
        withdrawn: matter.withdrawn,
        overturned: matter.overturned.clone(),
    })
}

async fn parked(q: &Queries, source: &str, stream: &str) -> Result<Vec<ParkedRow>, QueryError> {
    let sql = "SELECT source, log_index, stream, kind, reason, recorded FROM parked \
               WHERE stream = $1 AND source = $2 ORDER BY seq";
    q.reader.all(sql, vec![stream.into(), source.into()]).await?.iter().map(parked_row).collect()
}
