//! Answers about power items.

use proto::projection::v1 as p;

use super::{Word as _, day, moment, page_info, text, texts};
use crate::model::{Fee, ItemFile, ItemRow, ItemUse, ItemVersion, OutcomeCount, Page, Standard};

impl From<ItemRow> for p::ItemRow {
    fn from(i: ItemRow) -> Self {
        Self {
            item: i.item,
            base_code: i.base_code,
            name: i.name,
            subitem: i.subitem.unwrap_or_default(),
            kind: i.kind,
            kind_text: text(i.kind_text),
            agency: i.agency,
            agency_name: i.agency_name,
            region: i.region,
            field: i.field,
            version: i.version,
            effective: day(i.effective),
            state: i.state.number(),
            has_standard: i.has_standard,
            cases: i.cases,
        }
    }
}

impl From<Page<ItemRow>> for p::ListItemsResponse {
    fn from(page: Page<ItemRow>) -> Self {
        Self { page: page_info(&page), items: page.rows.into_iter().map(Into::into).collect() }
    }
}

impl From<ItemVersion> for p::ItemVersion {
    fn from(v: ItemVersion) -> Self {
        let changes =
            v.changes.into_iter().map(|(field, before, after)| p::Change { field: text(field), before, after });
        Self {
            version: v.version,
            drafted: moment(v.drafted),
            ground: text(v.ground),
            reviewed: moment(v.reviewed.map(|(at, _)| at)),
            passed: v.reviewed.is_some_and(|(_, passed)| passed),
            opinion: v.opinion.unwrap_or_default(),
            published: moment(v.published),
            effective: day(v.effective),
            until: day(v.until),
            published_at: v.published_at.unwrap_or_default(),
            changes: changes.collect(),
        }
    }
}

impl From<Standard> for p::Standard {
    fn from(s: Standard) -> Self {
        let tiers = s.tiers.into_iter().map(|t| p::Tier {
            code: t.code,
            level: text(t.level),
            circumstances: t.circumstances,
            outcomes: texts(t.outcomes),
            used: t.used,
        });
        Self { version: s.version, effective: day(Some(s.effective)), document: s.document, tiers: tiers.collect() }
    }
}

impl From<Fee> for p::Fee {
    fn from(f: Fee) -> Self {
        Self {
            name: f.name,
            basis: f.basis,
            standard_fen: f.standard_fen,
            unit: f.unit,
            effective: day(Some(f.effective)),
        }
    }
}

impl From<OutcomeCount> for p::OutcomeCount {
    fn from(c: OutcomeCount) -> Self {
        Self { kind: c.kind, outcome_id: c.outcome, text: text(c.text), decided: c.decided }
    }
}

impl From<ItemUse> for p::ItemUse {
    fn from(u: ItemUse) -> Self {
        Self {
            cases: u.cases,
            outcomes: u.outcomes.into_iter().map(Into::into).collect(),
            fine_low_fen: u.fine_low_fen,
            fine_high_fen: u.fine_high_fen,
            fine_sum_fen: u.fine_sum_fen,
            findings: u.findings,
        }
    }
}

impl From<ItemFile> for p::ItemFile {
    fn from(i: ItemFile) -> Self {
        let bases = i.content.bases.into_iter().map(|b| p::Basis {
            statute: b.statute,
            level: text(b.level),
            version: day(b.version),
            article: b.article,
            summary: b.summary,
        });
        let flow = i.content.flow.into_iter().map(|step| p::FlowStep { name: step.name, limit: text(step.limit) });
        let duties = i.content.duties.into_iter().map(|duty| p::Duty { stage: duty.stage, matter: duty.matter });
        Self {
            row: Some(i.row.into()),
            on: day(Some(i.on)),
            bases: bases.collect(),
            outcomes: texts(i.content.outcomes),
            duties: duties.collect(),
            responsible: i.content.responsible,
            accountability: i.content.accountability,
            flow: flow.collect(),
            supervision: i.content.supervision,
            versions: i.versions.into_iter().map(Into::into).collect(),
            cancelled: day(i.cancelled),
            standard: i.standard.map(Into::into),
            fee: i.fee.map(Into::into),
            usage: Some(i.usage.into()),
            timeline: i.timeline.into_iter().map(Into::into).collect(),
            incomplete: i.incomplete,
        }
    }
}
