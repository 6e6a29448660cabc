//! Answers about cases, deadlines, findings, officers and rules.

use proto::{
    common::v1::{Mode as WireMode, Violation},
    projection::v1 as p,
};

use super::{Word as _, day, moment, page_info, text, texts};
use crate::model::{
    AuditRow, Broken, CaseFile, CaseRow, DeadlineRow, Decision, EvidenceRow, FindingRow, Mode, OfficerRow, Page,
    Person, RefusedAttempt, RegionRow, RuleUse, TimelineEntry,
};

pub(super) fn all<A, B: From<A>>(rows: Vec<A>) -> Vec<B> {
    rows.into_iter().map(B::from).collect()
}

fn mode(mode: Option<Mode>) -> i32 {
    match mode {
        None => WireMode::Unspecified as i32,
        Some(Mode::Handling) => WireMode::Handling as i32,
        Some(Mode::Reporting) => WireMode::Reporting as i32,
    }
}

fn broken(rows: Vec<Broken>) -> Vec<Violation> {
    let one = |b: Broken| Violation {
        rule: b.rule,
        citation: b.citation,
        zh: b.text.zh.into_owned(),
        en: b.text.en.into_owned(),
    };
    rows.into_iter().map(one).collect()
}

impl From<CaseRow> for p::CaseRow {
    fn from(c: CaseRow) -> Self {
        Self {
            id: c.id,
            number: c.number,
            decision_number: c.decision_number.unwrap_or_default(),
            source: c.source,
            kind: c.kind,
            kind_text: text(c.kind_text),
            procedure_id: c.procedure,
            procedure_text: text(c.procedure_text),
            subject: c.subject,
            agency: c.agency,
            agency_name: c.agency_name,
            region: c.region,
            item: c.item,
            item_name: c.item_name,
            field: c.field,
            party: c.party,
            stage_id: c.stage,
            stage_text: text(c.stage_text),
            closed: c.closed,
            outcome_id: c.outcome.unwrap_or_default(),
            filed: day(Some(c.filed)),
            decided: day(c.decided),
            closed_on: day(c.closed_on),
            fine_fen: c.fine_fen,
            findings: c.findings,
            refused: c.refused,
            overdue: c.overdue,
            incomplete: c.incomplete,
        }
    }
}

impl From<Page<CaseRow>> for p::ListCasesResponse {
    fn from(page: Page<CaseRow>) -> Self {
        Self { page: page_info(&page), cases: all(page.rows) }
    }
}

impl From<Person> for p::Person {
    fn from(p: Person) -> Self {
        Self {
            role: text(p.role),
            name: p.name,
            officer: p.officer.unwrap_or_default(),
            certificate: p.certificate.unwrap_or_default(),
        }
    }
}

impl From<TimelineEntry> for p::TimelineEntry {
    fn from(e: TimelineEntry) -> Self {
        let details = e.details.into_iter().map(|d| p::Detail { label: text(d.label), value: text(d.value) });
        Self {
            seq: e.seq,
            source: e.source,
            log_index: e.log_index,
            kind: e.kind,
            title: text(e.title),
            stage_id: e.stage.unwrap_or_default(),
            happened: moment(Some(e.happened)),
            recorded: moment(Some(e.recorded)),
            late: e.late,
            actor: e.actor,
            people: all(e.people),
            agency: e.agency,
            mode: mode(e.mode),
            rules: e.rules,
            violations: broken(e.violations),
            refused: e.refused,
            details: details.collect(),
        }
    }
}

impl From<EvidenceRow> for p::Evidence {
    fn from(e: EvidenceRow) -> Self {
        Self {
            id: e.id,
            kind: text(e.kind),
            title: e.title,
            source: e.source,
            sha256: e.sha256,
            media_type: e.media_type,
            size_bytes: e.size_bytes,
            day: day(Some(e.day)),
            officers: all(e.officers),
            excluded: e.excluded.unwrap_or_default(),
        }
    }
}

impl From<DeadlineRow> for p::Deadline {
    fn from(d: DeadlineRow) -> Self {
        Self {
            source: d.source,
            stream: d.stream,
            case: d.case.unwrap_or_default(),
            matter: d.matter,
            agency: d.agency,
            agency_name: d.agency_name,
            clock: d.clock,
            rule: d.rule,
            citation: d.citation,
            what: text(d.what),
            start: moment(Some(d.start)),
            period: text(d.period),
            due: day(d.due),
            due_at: moment(d.due_at),
            suspended_since: day(d.suspended_since),
            no_calendar: d.no_calendar.map_or(0, i32::from),
            stopped: moment(d.stopped),
            remaining: d.remaining.map(|left| p::Text { zh: left.to_zh(), en: left.to_en() }),
            state: d.state.number(),
            explanation: text(d.explanation),
        }
    }
}

impl From<Page<DeadlineRow>> for p::ListDeadlinesResponse {
    fn from(page: Page<DeadlineRow>) -> Self {
        Self { page: page_info(&page), deadlines: all(page.rows) }
    }
}

impl From<FindingRow> for p::Finding {
    fn from(f: FindingRow) -> Self {
        Self {
            kind: f.kind.number(),
            severity: f.severity.number(),
            rule: f.rule,
            citation: f.citation,
            source: f.source,
            stream: f.stream,
            case: f.case.unwrap_or_default(),
            matter: f.matter,
            seq: f.seq.unwrap_or_default(),
            agency: f.agency,
            agency_name: f.agency_name,
            region: f.region,
            day: day(Some(f.day)),
            mode: mode(f.mode),
            text: text(f.text),
            running: f.running,
        }
    }
}

impl From<Page<FindingRow>> for p::ListFindingsResponse {
    fn from(page: Page<FindingRow>) -> Self {
        Self { page: page_info(&page), findings: all(page.rows) }
    }
}

impl From<RefusedAttempt> for p::RefusedAttempt {
    fn from(r: RefusedAttempt) -> Self {
        Self {
            seq: r.seq,
            step: text(r.step),
            summary: r.summary,
            at: moment(Some(r.at)),
            actor: r.actor,
            violations: broken(r.violations),
        }
    }
}

impl From<Decision> for p::Decision {
    fn from(d: Decision) -> Self {
        Self {
            number: d.number,
            day: day(Some(d.day)),
            outcome_id: d.outcome,
            outcome_text: text(d.outcome_text),
            title: text(d.title),
            penalties: texts(d.penalties),
            fine_fen: d.fine_fen,
            paid_fen: d.paid_fen,
            tier: d.tier.unwrap_or_default(),
            facts: d.facts,
            bases: d.bases,
            performance: d.performance,
            appeal: d.appeal,
            decided_by: d.decided_by,
            major: d.major,
            served: day(d.served),
            publicised: day(d.publicised),
            url: d.url.unwrap_or_default(),
            withdrawn: day(d.withdrawn),
            overturned: d.overturned.unwrap_or_default(),
        }
    }
}

impl From<CaseFile> for p::CaseFile {
    fn from(c: CaseFile) -> Self {
        let stages = c.stages.into_iter().map(|s| p::StageState {
            stage_id: s.stage,
            text: text(s.text),
            status: s.status.number(),
            day: day(s.day),
        });
        Self {
            header: Some(c.header.into()),
            violation: c.violation.fact,
            place: c.violation.place,
            source: text(c.source),
            item_version: c.item_version,
            officers: all(c.officers),
            stages: stages.collect(),
            timeline: all(c.timeline),
            evidence: all(c.evidence),
            deadlines: all(c.deadlines),
            findings: all(c.findings),
            refused: all(c.refused),
            decision: c.decision.map(Into::into),
            correlation_id: c.correlation_id,
            parked: all(c.parked),
        }
    }
}

impl From<OfficerRow> for p::Officer {
    fn from(o: OfficerRow) -> Self {
        Self {
            officer: o.officer,
            name: o.name,
            agency: o.agency,
            role: text(o.role),
            certificate: o.certificate.unwrap_or_default(),
            fields: o.fields,
            from: day(o.from),
            until: day(o.until),
            valid: o.valid,
            training_hours: o.training_hours,
            acts: o.acts,
        }
    }
}

impl From<Page<OfficerRow>> for p::ListOfficersResponse {
    fn from(page: Page<OfficerRow>) -> Self {
        Self { page: page_info(&page), officers: all(page.rows) }
    }
}

impl From<RuleUse> for p::RuleUse {
    fn from(r: RuleUse) -> Self {
        let kind = match r.kind {
            law::Kind::Gate => p::RuleKind::Gate,
            law::Kind::Deadline => p::RuleKind::Deadline,
            law::Kind::Duty => p::RuleKind::Duty,
            law::Kind::Limit => p::RuleKind::Limit,
        };
        let param =
            |p: law::rule::Param| p::RuleParam { name: p.name.to_owned(), value: p.value, unit: p.unit.to_owned() };
        Self {
            id: r.id,
            kind: kind as i32,
            citation: text(r.citation),
            text: text(r.text),
            plans: r.plans,
            params: r.params.into_iter().map(param).collect(),
            since: day(Some(r.since)),
            until: day(r.until),
            satisfied: r.satisfied,
            violated: r.violated,
            refused: r.refused,
            running: r.running,
            overdue: r.overdue,
            missed: r.missed,
            met: r.met,
            allows: r.allows,
            refuses: r.refuses,
        }
    }
}

impl From<RegionRow> for p::Region {
    fn from(r: RegionRow) -> Self {
        Self { region: r.region, name: r.name, level: r.level, parent: r.parent.unwrap_or_default() }
    }
}

impl From<Page<AuditRow>> for p::ListEventsResponse {
    fn from(page: Page<AuditRow>) -> Self {
        let one = |row: AuditRow| p::Event {
            stream: row.stream,
            matter: row.matter,
            case: row.case.unwrap_or_default(),
            entry: Some(row.entry.into()),
        };
        Self { page: page_info(&page), events: page.rows.into_iter().map(one).collect() }
    }
}
