//! One case with everything known of it: most of it is read out of its events, in the order they happened.

use jiff::civil::Date;

use super::{
    Queries, QueryError, audit, cases, deadlines,
    describe::{self, Attempt, Data},
    filter::Where,
    findings,
    overview::parked_row,
};
use crate::{
    model::{
        CaseFile, CaseViolation, Decision, EvidenceRow, ParkedRow, Person, Procedure, RefusedAttempt, Scope, Stage,
        StageState, StageStatus, Text, TimelineEntry,
    },
    store::Columns,
    views::{
        cases::{CASES, Case},
        timeline::Line,
    },
};

pub(super) async fn file(q: &Queries, scope: &Scope, id: &str) -> Result<Option<CaseFile>, QueryError> {
    let stream = format!("case/{id}");
    let mut w = Where::default();
    w.scope(scope, "region", "agency").arg("stream = {}", stream.as_str());
    let row = q.reader.one(format!("SELECT {} FROM cases{}", CASES.list(), w.sql()), w.args).await?;
    let Some(case) = row.map(|row| Case::read(&mut Columns::of(&row))).transpose()? else { return Ok(None) };
    let public = scope.is_public();
    if public && !case.is_public() {
        return Ok(None);
    }
    let lines = audit::of_matter(q, &stream).await?;
    let events: Vec<(&Line, Data)> = lines.iter().map(|line| (line, Data::parse(&line.data))).collect();
    let timeline: Vec<TimelineEntry> = lines.iter().map(|line| describe::entry(&q.services, line)).collect();
    let mut file = CaseFile {
        violation: violation(&case),
        source: source(q, &case),
        item_version: case.item_version,
        officers: officers(&case),
        stages: stages(&case, &timeline),
        evidence: evidence(q, &events),
        deadlines: deadlines::of_matter(q, &stream).await?,
        findings: findings::of_matter(q, &stream).await?,
        refused: refused(q, &events),
        decision: decision(q, &case, &events),
        correlation_id: case.correlation_id.clone(),
        parked: parked(q, &stream).await?,
        timeline,
        header: match cases::rows(q, vec![case]).await?.pop() {
            Some(header) => header,
            None => return Ok(None),
        },
    };
    if public {
        file.timeline.clear();
        file.evidence.clear();
        file.deadlines.clear();
        file.findings.clear();
        file.refused.clear();
        file.officers.clear();
        file.parked.clear();
        (file.header.findings, file.header.refused, file.header.overdue) = (0, 0, 0);
    }
    Ok(Some(file))
}

fn violation(case: &Case) -> CaseViolation {
    CaseViolation {
        fact: case.fact.clone(),
        place: case.place.clone(),
        from: case.violated_from,
        until: case.violated_until,
        discovered: case.discovered,
    }
}

fn source(q: &Queries, case: &Case) -> Text {
    let of =
        q.services.read("enforcement", "enforcement.case.CaseFiled.v1", "source", &case.source_kind.as_str().into());
    match case.source_reference.as_str() {
        "" => of,
        reference => Text::new(format!("{}（{reference}）", of.zh), format!("{} ({reference})", of.en)),
    }
}

fn officers(case: &Case) -> Vec<Person> {
    let listed: Vec<[String; 3]> = serde_json::from_str(&case.officers).unwrap_or_default();
    let person = |[officer, name, certificate]: [String; 3]| Person {
        role: Text::label("执法人员", "officer"),
        name: if name.is_empty() { officer.clone() } else { name },
        officer: Some(officer),
        certificate: Some(certificate).filter(|number| !number.is_empty()),
    };
    listed.into_iter().map(person).collect()
}

/// Where the process stands, stage by stage. A stage with events is done once the case is beyond it; one without is
/// skipped if the case went on, and ahead if not. The last attempt at a stage counts: refused, unless a step followed.
fn stages(case: &Case, timeline: &[TimelineEntry]) -> Vec<StageState> {
    let ended = case.closed.is_some();
    // The furthest stage may itself be waiting for its next act; the one after it is what is to be done.
    let next = if ended { Stage::Archive } else { next_stage(case, timeline) };
    let state = |stage: Stage| {
        let own = || timeline.iter().filter(move |e| e.stage == Some(stage) && !e.kind.ends_with("RecordMade.v1"));
        let done: Option<&TimelineEntry> = own().rfind(|e| !e.refused);
        let refused = own().rfind(|e| e.refused).filter(|r| done.is_none_or(|d| r.seq > d.seq));
        let (status, day) = match (refused, done) {
            (Some(refused), _) => (StageStatus::Refused, Some(refused.day)),
            (None, Some(done)) if stage == next && !ended => (StageStatus::Open, Some(done.day)),
            (None, Some(done)) => (StageStatus::Done, Some(done.day)),
            (None, None) if stage == next && case.archived.is_none() => (StageStatus::Open, None),
            (None, None) if stage < case.stage || (ended && stage < Stage::Close) => (StageStatus::Skipped, None),
            (None, None) => (StageStatus::Ahead, None),
        };
        StageState { stage, status, day }
    };
    Stage::ALL.iter().map(|stage| state(*stage)).collect()
}

/// The stage that is to be done next: the investigation until it is concluded, else the one after the furthest.
fn next_stage(case: &Case, timeline: &[TimelineEntry]) -> Stage {
    let has = |name: &str| timeline.iter().any(|e| e.kind.split('.').nth(2) == Some(name));
    match case.stage {
        Stage::File if case.procedure == Procedure::Simple => Stage::Decide,
        Stage::File => Stage::Investigate,
        Stage::Investigate if !has("InvestigationConcluded") => Stage::Investigate,
        Stage::Investigate => Stage::Notify,
        Stage::Notify => Stage::State,
        Stage::State | Stage::Hear if has("HearingRequested") && !has("HearingHeld") => Stage::Hear,
        Stage::State | Stage::Hear => Stage::LegalReview,
        Stage::LegalReview | Stage::Deliberate => Stage::Decide,
        Stage::Decide => Stage::Serve,
        Stage::Serve if case.publicised.is_none() => Stage::Publicise,
        Stage::Serve | Stage::Publicise | Stage::Execute if case.withheld => Stage::Close,
        Stage::Serve | Stage::Publicise => Stage::Execute,
        Stage::Execute if case.paid_fen < case.fine_fen => Stage::Execute,
        Stage::Execute => Stage::Close,
        Stage::Close | Stage::Archive => Stage::Archive,
    }
}

fn evidence(q: &Queries, events: &[(&Line, Data)]) -> Vec<EvidenceRow> {
    let mut all: Vec<EvidenceRow> = Vec::new();
    for (line, data) in events {
        match line.kind.as_str() {
            "enforcement.case.EvidenceCollected.v1" => all.push(EvidenceRow {
                id: data.text("evidence"),
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
            "enforcement.case.EvidenceExcluded.v1" => {
                let id = data.text("evidence");
                if let Some(row) = all.iter_mut().find(|row| row.id == id) {
                    row.excluded = Some(data.text("reason"));
                }
            }
            _ => {}
        }
    }
    all
}

fn refused(q: &Queries, events: &[(&Line, Data)]) -> Vec<RefusedAttempt> {
    let attempts = events.iter().filter(|(line, _)| line.kind == "enforcement.case.StepRefused.v1");
    let attempt = |(line, data): &(&Line, Data)| {
        let Attempt { step, summary } = serde_json::from_str(&line.data).unwrap_or_default();
        RefusedAttempt {
            seq: line.seq,
            step: describe::step(&q.services, &line.source, &step).0,
            summary,
            at: line.happened,
            actor: line.actor.clone(),
            violations: describe::broken_of(data),
        }
    };
    attempts.map(attempt).collect()
}

fn decision(q: &Queries, case: &Case, events: &[(&Line, Data)]) -> Option<Decision> {
    let last = |name: &str| {
        let kind = format!("enforcement.case.{name}.v1");
        events.iter().rfind(|(line, _)| line.kind == kind)
    };
    let day = |name: &str| last(name).map(|(line, _)| law::day_of(line.happened));
    let (line, data) = last(if case.withheld { "PenaltyWithheld" } else { "PenaltyDecided" })?;
    let penalties = if case.withheld {
        let ground = q.services.read(&line.source, &line.kind, "ground", &data.text("ground").into());
        vec![Text::new(format!("不予处罚：{}", ground.zh), format!("no penalty: {}", ground.en))]
    } else {
        data.list("penalties").iter().map(|of| q.services.read(&line.source, &line.kind, "penalties", of)).collect()
    };
    Some(Decision {
        number: data.text("number"),
        day: law::day_of(line.happened),
        withheld: case.withheld,
        penalties,
        fine_fen: case.fine_fen,
        paid_fen: case.paid_fen,
        tier: case.tier.clone(),
        facts: if case.withheld { data.text("reason") } else { data.text("facts") },
        bases: data.texts("bases"),
        performance: data.text("performance"),
        appeal: data.text("appeal"),
        decided_by: data.text("decided_by"),
        major: data.flag("major"),
        served: day("DecisionServed").filter(|served| after(*served, line)),
        publicised: case.publicised,
        url: case.url.clone(),
        withdrawn: case.withdrawn,
        overturned: case.overturned.clone(),
    })
}

/// Not before the decision that stands: an earlier one may have been served, too.
fn after(day: Date, decision: &Line) -> bool {
    day >= law::day_of(decision.happened)
}

async fn parked(q: &Queries, stream: &str) -> Result<Vec<ParkedRow>, QueryError> {
    let sql = "SELECT source, log_index, stream, kind, reason, recorded FROM parked WHERE stream = $1 ORDER BY seq";
    q.reader.all(sql, vec![stream.into()]).await?.iter().map(parked_row).collect()
}
