//! Answers about agencies, cases, deadlines, findings and rules.

use proto::{
    common::v1::{Mode as WireMode, Violation},
    projection::v1 as p,
};

use super::{Word as _, day, moment, page_info, text, texts};
use crate::model::{
    AgencyCard, AgencyRow, AuditRow, Broken, CaseFile, CaseRow, DeadlineCounts, DeadlineRow, Decision, EvidenceRow,
    FindingCounts, FindingRow, Indicator, ItemRow, Mode, MonthCount, OfficerRow, Overview, Page, ParkedRow, Person,
    RefusedAttempt, RegionRow, RuleUse, StageCount, TimelineEntry,
};

fn all<A, B: From<A>>(rows: Vec<A>) -> Vec<B> {
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

impl From<StageCount> for p::StageCount {
    fn from(s: StageCount) -> Self {
        Self { stage: s.stage.number(), cases: s.cases }
    }
}

impl From<FindingCounts> for p::FindingCounts {
    fn from(c: FindingCounts) -> Self {
        Self { high: c.high, medium: c.medium, low: c.low, prevented: c.prevented }
    }
}

impl From<DeadlineCounts> for p::DeadlineCounts {
    fn from(c: DeadlineCounts) -> Self {
        Self {
            open: c.open,
            due_soon: c.due_soon,
            overdue: c.overdue,
            suspended: c.suspended,
            no_calendar: c.no_calendar,
        }
    }
}

impl From<MonthCount> for p::MonthCount {
    fn from(m: MonthCount) -> Self {
        Self {
            month: m.month,
            filed: m.filed,
            decided: m.decided,
            closed: m.closed,
            fine_fen: m.fine_fen,
            paid_fen: m.paid_fen,
            findings: m.findings,
            refused: m.refused,
        }
    }
}

impl From<Indicator> for p::Indicator {
    fn from(i: Indicator) -> Self {
        Self {
            id: i.id.number(),
            too_small: i.too_small(),
            formula: text(i.formula),
            numerator: i.numerator,
            denominator: i.denominator,
            money: i.money,
            target: i.target,
            lower_is_better: i.lower_is_better,
        }
    }
}

impl From<ParkedRow> for p::Parked {
    fn from(r: ParkedRow) -> Self {
        Self {
            source: r.source,
            log_index: r.log_index,
            stream: r.stream,
            kind: r.kind,
            reason: r.reason,
            recorded: moment(r.recorded),
        }
    }
}

impl From<AgencyRow> for p::AgencyRow {
    fn from(a: AgencyRow) -> Self {
        Self {
            agency: a.agency,
            name: a.name,
            short_name: a.short_name,
            region: a.region,
            kind: text(a.kind),
            dissolved: day(a.dissolved),
            items: a.items,
            officers: a.officers,
            filed: a.filed,
            decided: a.decided,
            closed: a.closed,
            open: a.open,
            findings: Some(a.findings.into()),
            overdue: a.overdue,
            fine_fen: a.fine_fen,
            indicators: all(a.indicators),
        }
    }
}

impl From<Page<AgencyRow>> for p::ListAgenciesResponse {
    fn from(page: Page<AgencyRow>) -> Self {
        Self { page: page_info(&page), agencies: all(page.rows) }
    }
}

impl From<Overview> for p::GetOverviewResponse {
    fn from(o: Overview) -> Self {
        let sources = o.as_of.sources.into_iter();
        let latest = o.latest.into_iter().map(|d| p::PublicDecision {
            case: d.case,
            number: d.number,
            agency: d.agency,
            agency_name: d.agency_name,
            party: d.party,
            item_name: d.item_name,
            fine_fen: d.fine_fen,
            decided: day(Some(d.decided)),
            publicised: day(Some(d.publicised)),
        });
        Self {
            as_of: Some(p::AsOf {
                today: day(Some(o.as_of.today)),
                recorded: moment(o.as_of.recorded),
                sources: sources.map(|s| p::SourceState { source: s.source, read: s.read, head: s.head }).collect(),
            }),
            from: day(Some(o.from)),
            to: day(Some(o.to)),
            stages: all(o.stages),
            filed: o.filed,
            decided: o.decided,
            closed: o.closed,
            open: o.open,
            fine_fen: o.fine_fen,
            paid_fen: o.paid_fen,
            findings: Some(o.findings.into()),
            deadlines: Some(o.deadlines.into()),
            months: all(o.months),
            indicators: all(o.indicators),
            agencies: all(o.agencies),
            latest: latest.collect(),
            agencies_count: o.lists.agencies,
            items_count: o.lists.items,
            officers_count: o.lists.officers,
            parked: all(o.parked),
        }
    }
}

impl From<AgencyCard> for p::GetAgencyResponse {
    fn from(a: AgencyCard) -> Self {
        Self {
            row: Some(a.row.into()),
            basis: a.basis,
            fields: a.fields,
            since: day(Some(a.since)),
            entrusted_by: a.entrusted_by.unwrap_or_default(),
            from: day(Some(a.from)),
            to: day(Some(a.to)),
            stages: all(a.stages),
            months: all(a.months),
            deadlines: Some(a.deadlines.into()),
            findings: all(a.findings),
            cases: all(a.cases),
            officers: all(a.officers),
            items: all::<ItemRow, _>(a.items),
        }
    }
}

impl From<CaseRow> for p::CaseRow {
    fn from(c: CaseRow) -> Self {
        Self {
            id: c.id,
            number: c.number,
            decision_number: c.decision_number.unwrap_or_default(),
            procedure: c.procedure.number(),
            agency: c.agency,
            agency_name: c.agency_name,
            region: c.region,
            item: c.item,
            item_name: c.item_name,
            field: c.field,
            party: c.party,
            stage: c.stage.number(),
            closed: c.closed,
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
            stage: e.stage.map_or(0, |stage| stage.number()),
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
            stream: d.stream,
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
            stream: f.stream,
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
            withheld: d.withheld,
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
            stage: s.stage.number(),
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
        let one = |row: AuditRow| p::Event { stream: row.stream, matter: row.matter, entry: Some(row.entry.into()) };
        Self { page: page_info(&page), events: page.rows.into_iter().map(one).collect() }
    }
}
