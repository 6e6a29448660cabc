//! Values that tests of several aggregates begin with.

use jiff::Timestamp;
pub(crate) use law::decider::harness::day;
use law::{Act, Mode, id::ItemCode, period::Period};

use lists::facts::{AgencyKind, OfficerRole, Outcome, PenaltyKind, PowerKind, Range, Tier, TierLevel};

use super::{
    content::*,
    events::*,
    facts::{AgencyFact, ReviewerFact, UniformFact},
};

/// Ten in the morning of a day, in China.
pub(crate) fn at(text: &str) -> Timestamp {
    format!("{text}T10:00:00+08:00").parse().unwrap()
}

pub(crate) fn act(text: &str) -> Act {
    Act { at: at(text), ..law::decider::harness::act("2026-03-02T09:00") }
}

pub(crate) fn reported(text: &str) -> Act {
    Act { mode: Mode::Reporting, ..act(text) }
}

pub(crate) fn ground(kind: GroundKind) -> Ground {
    Ground { kind, document: "抚政发〔2026〕1号".into(), document_sha256: None }
}

pub(crate) fn item() -> ItemCode {
    "021310001000-230883-131".parse().unwrap()
}

pub(crate) fn basis(level: NormLevel) -> LegalBasis {
    LegalBasis {
        statute: "中华人民共和国食品安全法".into(),
        level,
        version: day("2021-04-29"),
        article: "第一百二十二条第一款".into(),
        summary: "无证生产经营食品的，没收并罚款".into(),
        issuer: None,
        purpose: None,
    }
}

pub(crate) fn outcome(kind: PenaltyKind) -> Outcome {
    Outcome::of(kind, None)
}

pub(crate) fn fine(low_yuan: i64, high_yuan: i64) -> Outcome {
    let range = Range::Amount { low_fen: low_yuan * 100, high_fen: high_yuan * 100 };
    Outcome::of(PenaltyKind::Fine, Some(range))
}

/// A penalty of the market bureau, with everything a published item needs.
pub(crate) fn content() -> ItemContent {
    ItemContent {
        item: item(),
        base_code: "021310001000".parse().unwrap(),
        name: "对未取得食品生产经营许可从事食品生产经营活动的处罚".into(),
        subitem: None,
        kind: PowerKind::Penalty,
        agency: "11230883MB01310199".parse().unwrap(),
        region: "230883".parse().unwrap(),
        field: "食品".into(),
        bases: vec![basis(NormLevel::Law)],
        outcomes: vec![outcome(PenaltyKind::ConfiscateGains), fine(50_000, 100_000)],
        measures: vec![],
        allows: vec![],
        otherwise: vec![],
        terms: vec![],
        duties: [Duty { stage: "立案".into(), matter: "核查线索，及时立案".into() }].into(),
        responsible: "食品安全监管股".into(),
        accountability: "依行政处罚法第七十六条处理".into(),
        flow: vec![
            FlowStep { name: "立案".into(), limit: Period::CalendarDays(7) },
            FlowStep { name: "送达".into(), limit: Period::WorkingDays(7) },
        ],
        supervision: "投诉电话12345".into(),
        least_level: None,
        grant: None,
        exclusive: false,
        exercised_at: None,
        remarks: None,
    }
}

pub(crate) fn tier(level: TierLevel, outcomes: Vec<Outcome>) -> Tier {
    let code = format!("{level:?}").to_lowercase();
    Tier { code, level, circumstances: "货值不满3000元".into(), outcomes }
}

pub(crate) fn tiers() -> Vec<Tier> {
    vec![
        tier(TierLevel::Lighter, vec![outcome(PenaltyKind::ConfiscateGains), fine(50_000, 65_000)]),
        tier(TierLevel::Ordinary, vec![outcome(PenaltyKind::ConfiscateGains), fine(65_000, 85_000)]),
        tier(TierLevel::Heavier, vec![outcome(PenaltyKind::ConfiscateGains), fine(85_000, 100_000)]),
    ]
}

pub(crate) fn agency_registered() -> AgencyRegistered {
    AgencyRegistered {
        agency: content().agency,
        name: "抚远市市场监督管理局".into(),
        short_name: "市场监管局".into(),
        region: "230883".parse().unwrap(),
        kind: AgencyKind::AdministrativeOrgan,
        basis: "抚远市机构改革方案".into(),
        fields: vec!["食品".into(), "药品".into()],
        entrusted_by: None,
        entrustment: None,
        may_restrict_liberty: false,
        department: None,
        from: day("2019-03-01"),
    }
}

pub(crate) fn agency_fact() -> AgencyFact {
    let e = agency_registered();
    AgencyFact {
        agency: e.agency,
        name: e.name,
        kind: e.kind,
        region: e.region,
        fields: e.fields,
        may_restrict_liberty: false,
        from: e.from,
        dissolved_on: None,
    }
}

pub(crate) fn reviewer() -> ReviewerFact {
    ReviewerFact {
        officer: "131035".parse().unwrap(),
        name: "赖东".into(),
        agency: content().agency,
        role: OfficerRole::LegalReviewer,
        legal_qualification: true,
        reviewing_since: None,
    }
}

pub(crate) fn catalogue_entry() -> CatalogueEntryPublished {
    CatalogueEntryPublished {
        base_code: content().base_code,
        name: content().name,
        kind: PowerKind::Penalty,
        bases: content().bases,
        region: "230000".parse().unwrap(),
        from: day("2025-01-02"),
        document: "黑龙江省行政权力基本目录（2025年版）".into(),
    }
}

pub(crate) fn uniform() -> UniformFact {
    let e = catalogue_entry();
    UniformFact { source: e.document, name: e.name, kind: e.kind, bases: e.bases }
}
