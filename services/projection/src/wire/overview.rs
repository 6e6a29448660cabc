//! Answers about a region, its agencies and what they publish, with their numbers.

use proto::projection::v1 as p;

use super::{answer::all, day, moment, page_info, text};
use crate::model::{
    AgencyCard, AgencyRow, DeadlineCounts, FindingCounts, Indicator, ItemRow, MonthCount, Overview, Page, ParkedRow,
    PublicDecision, StageCount,
};

impl From<StageCount> for p::StageCount {
    fn from(s: StageCount) -> Self {
        Self { kind: s.kind, kind_text: text(s.kind_text), stage_id: s.stage, text: text(s.text), cases: s.cases }
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
            too_small: i.too_small(),
            indicator_id: i.id,
            label: text(i.label),
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
            latest: all(o.latest),
            agencies_count: o.lists.agencies,
            items_count: o.lists.items,
            officers_count: o.lists.officers,
            parked: all(o.parked),
            published: o.published.all,
            published_in_period: o.published.period,
        }
    }
}

impl From<PublicDecision> for p::PublicDecision {
    fn from(d: PublicDecision) -> Self {
        Self {
            case: d.case,
            number: d.number,
            agency: d.agency,
            agency_name: d.agency_name,
            party: d.party,
            item_name: d.item_name,
            fine_fen: d.fine_fen,
            decided: day(Some(d.decided)),
            publicised: day(Some(d.publicised)),
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

impl From<Page<PublicDecision>> for p::ListDecisionsResponse {
    fn from(page: Page<PublicDecision>) -> Self {
        Self { page: page_info(&page), decisions: all(page.rows) }
    }
}
