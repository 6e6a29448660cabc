//! Answers of another shape than the model: what is one thing on a page stands in several fields. Each is taken apart
//! whole, so that a field that is forgotten does not compile.

use proto::projection::v1 as p;

use super::{OnWire as _, row};
use crate::model::{CaseFile, CaseViolation, ItemFile, ItemText, ItemVersion, ListCounts, Overview, PublishedCounts};

impl From<CaseFile> for p::CaseFile {
    fn from(file: CaseFile) -> Self {
        let CaseFile {
            header,
            violation: CaseViolation { fact, place, from, until, discovered },
            source,
            item_version,
            officers,
            stages,
            timeline,
            evidence,
            deadlines,
            findings,
            refused,
            decision,
            correlation_id,
            has_trail,
            parked,
        } = file;
        Self {
            header: header.on_wire(),
            violation: fact,
            place,
            from: from.on_wire(),
            until: until.on_wire(),
            discovered: discovered.on_wire(),
            source: source.on_wire(),
            item_version,
            officers: officers.on_wire(),
            stages: stages.on_wire(),
            timeline: timeline.on_wire(),
            evidence: evidence.on_wire(),
            deadlines: deadlines.on_wire(),
            findings: findings.on_wire(),
            refused: refused.on_wire(),
            decision: decision.on_wire(),
            correlation_id,
            has_trail,
            parked: parked.on_wire(),
        }
    }
}

row! { ItemVersion ItemVersion }

impl From<ItemVersion> for p::ItemVersion {
    fn from(of: ItemVersion) -> Self {
        let ItemVersion {
            version,
            drafted,
            ground,
            reviewed,
            opinion,
            published,
            effective,
            until,
            published_at,
            changes,
        } = of;
        Self {
            version,
            drafted: drafted.on_wire(),
            ground: ground.on_wire(),
            reviewed: reviewed.map(|(at, _)| at).on_wire(),
            passed: reviewed.is_some_and(|(_, passed)| passed),
            opinion: opinion.on_wire(),
            published: published.on_wire(),
            effective: effective.on_wire(),
            until: until.on_wire(),
            published_at: published_at.on_wire(),
            changes: changes.on_wire(),
        }
    }
}

impl From<ItemFile> for p::ItemFile {
    fn from(file: ItemFile) -> Self {
        let ItemFile {
            row,
            on,
            upto: _,
            content: ItemText { bases, outcomes, parts, duties, responsible, accountability, flow, supervision },
            citations: _,
            versions,
            cancelled,
            standard,
            standards,
            fee,
            usage,
            timeline,
            incomplete,
        } = file;
        Self {
            row: row.on_wire(),
            on: on.on_wire(),
            bases: bases.on_wire(),
            outcomes: outcomes.on_wire(),
            parts: parts.on_wire(),
            duties: duties.on_wire(),
            responsible,
            accountability,
            flow: flow.on_wire(),
            supervision,
            versions: versions.on_wire(),
            cancelled: cancelled.on_wire(),
            standard: standard.on_wire(),
            standards: standards.on_wire(),
            fee: fee.on_wire(),
            usage: usage.on_wire(),
            timeline: timeline.on_wire(),
            incomplete,
        }
    }
}

impl From<Overview> for p::GetOverviewResponse {
    fn from(overview: Overview) -> Self {
        let Overview {
            as_of,
            from,
            to,
            stages,
            filed,
            decided,
            closed,
            open,
            fine_fen,
            paid_fen,
            findings,
            deadlines,
            months,
            indicators,
            agencies,
            latest,
            published: PublishedCounts { all, period, months: published_months, agencies: published_agencies },
            lists: ListCounts { agencies: agencies_count, items: items_count, officers: officers_count },
            parked,
        } = overview;
        Self {
            as_of: as_of.on_wire(),
            from: from.on_wire(),
            to: to.on_wire(),
            stages: stages.on_wire(),
            filed,
            decided,
            closed,
            open,
            fine_fen,
            paid_fen,
            findings: findings.on_wire(),
            deadlines: deadlines.on_wire(),
            months: months.on_wire(),
            indicators: indicators.on_wire(),
            agencies: agencies.on_wire(),
            latest: latest.on_wire(),
            agencies_count,
            items_count,
            officers_count,
            parked: parked.on_wire(),
            published: all,
            published_in_period: period,
            published_months: published_months.on_wire(),
            published_agencies: published_agencies.on_wire(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::*;

    macro_rules! all_told {
        ($($row:ident)*) => {$(assert_eq!($row::kept_to_pages(), [""; 0], stringify!($row));)*};
    }

    #[test]
    fn what_only_pages_show_are_the_lists_behind_a_number() {
        assert_eq!(Indicator::kept_to_pages(), ["counted", "passed", "failed"]);
        all_told! {
            AgencyCard AgencyRow AsOf AuditRow BasisText Board BoardRow CaseRow DeadlineCounts DeadlineRow Decision Detail DutyText
            EvidenceRow Fee FindingCounts FindingRow FlowText ItemRow ItemUse MonthCount OfficerRow OutcomeCount
            ParkedRow PartText Person PlanList PlanRow PlanTaskRow MilestoneRow PublicDecision RefusedAttempt RegionRow RuleUse SourceState StageCount StageState StageWhy
            Standard TierText TimelineEntry Trail TrailEvent Unchecked
        }
    }
}
