//! One lawful case to test against: a restaurant without a licence in 抚远.

pub(crate) use law::decider::harness::{act, at, day, overdue, overdue_but_for, reporting};
use law::{
    parameter::{Quantity, Unit, Value},
    period::Period,
    sealed::SealedText,
};
use lists::facts::{
    Allowed, ItemFact, ListedItem, ObjectKind, Outcome, PenaltyKind, PowerKind, Range, StandardFact, Tier, TierLevel,
};
pub(crate) use lists::fixture::{HEAD, OTHER as OTHER_AGENCY, agency, code, head, heads, officer, reviewer};
use lists::officers::Official;
use uuid::Uuid;

use super::{Command, Step};

use crate::domain::{events::*, facts::*, parameters::Larger};

pub(crate) const PARTY: &str = "91230883MA1B2C3D4L";

pub(crate) fn sha() -> String {
    "ab".repeat(32)
}

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn amount(low: i64, high: i64) -> Outcome {
    let range = Range::Amount { low_fen: low * 100, high_fen: high * 100 };
    Outcome { condition: Some("货值金额不足10000元".into()), ..Outcome::of(PenaltyKind::Fine, Some(range)) }
}

fn multiple(low: i64, high: i64) -> Outcome {
    let range = Range::Multiple { of: "货值金额".into(), low_hundredths: low * 100, high_hundredths: high * 100 };
    Outcome { condition: Some("货值金额10000元以上".into()), ..Outcome::of(PenaltyKind::Fine, Some(range)) }
}

fn goods() -> Outcome {
    Outcome::of(PenaltyKind::ConfiscateGoods, None)
}

pub(crate) fn item() -> ItemFact {
    ItemFact {
        item: "021310001000-230883-131".parse().expect("valid"),
        base_code: "021310001000".parse().expect("valid"),
        version: 1,
        name: "对未取得食品生产经营许可从事食品生产经营活动的处罚".into(),
        kind: PowerKind::Penalty,
        agency: agency().agency,
        region: "230883".parse().expect("valid"),
        field: "食品".into(),
        outcomes: vec![amount(50_000, 100_000), multiple(10, 20), goods()],
        allows: vec![],
        otherwise: vec![],
    }
}

pub(crate) fn seizing_item() -> ItemFact {
    ItemFact {
        item: "031310001000-230883-131".parse().expect("valid"),
        base_code: "031310001000".parse().expect("valid"),
        name: "查封、扣押违法生产经营的食品".into(),
        kind: PowerKind::Compulsion,
        outcomes: vec![],
        allows: ["查封||对场所、设施", "扣押||对财物", "强制执行||自行执行"]
            .map(|line| Allowed::read(line).expect("a line"))
            .into(),
        ..item()
    }
}

pub(crate) fn standard() -> StandardFact {
    let tier = |code: &str, level, outcomes| Tier { code: code.into(), level, circumstances: String::new(), outcomes };
    StandardFact {
        version: 1,
        tiers: vec![
            tier("none", TierLevel::None, vec![]),
            tier("mitigated", TierLevel::Mitigated, vec![amount(15_000, 50_000), multiple(3, 10), goods()]),
            tier("lighter", TierLevel::Lighter, vec![amount(50_000, 65_000), multiple(10, 13), goods()]),
            tier("ordinary", TierLevel::Ordinary, vec![amount(65_000, 85_000), multiple(13, 17), goods()]),
            tier("heavier", TierLevel::Heavier, vec![amount(85_000, 100_000), multiple(17, 20), goods()]),
        ],
    }
}

pub(crate) fn facts() -> Facts {
    Facts {
        sender: head(),
        agency: Some(agency()),
        item: Some(item().into()),
        item_then: ListedItem::InForce(item().into()),
        standard: Some(standard().into()),
        standard_then: Some(standard().into()),
        named_item: Some(seizing_item().into()),
        officers: [officer("A1", "张三"), officer("A2", "李四"), officer("A9", "陈九"), reviewer()]
            .into_iter()
            .chain(heads())
            .collect(),
        larger: Larger::default(),
        larger_when_told: None,
        exempt: vec![],
        fined: vec![],
        alike: vec![],
        also_broken: vec![],
        revoked: vec![],
        lead: None,
        stored: Some(2048),
        number: None,
    }
}

/// A larger amount as a document sets it.
pub(crate) fn larger(fen: i64) -> Value {
    Value {
        quantity: Quantity { unit: Unit::Fen, count: fen }, document: Some("较大数额标准（示例）".into())
    }
}

pub(crate) fn party() -> Party {
    Party {
        kind: PartyKind::LegalPerson,
        name: "抚远市江鱼餐饮有限公司".into(),
        uscc: Some(PARTY.parse().expect("valid")),
        id_digest: None,
        identity: None,
        minor_age: None,
        unable_to_discern: false,
    }
}

pub(crate) fn citizen() -> Party {
    Party { kind: PartyKind::Citizen, name: "王**".into(), uscc: None, id_digest: Some(sha()), ..party() }
}

/// A citizen whose name and contact the vault keeps.
pub(crate) fn sealed() -> Party {
    Party { identity: Some(SealedText { entry: id(501), sha256: sha() }), ..citizen() }
}

pub(crate) fn violation() -> Violation {
    Violation {
        fact: "未取得许可从事餐饮服务".into(),
        region: "230883".parse().expect("valid"),
        place: "抚远市正阳路1号".into(),
        from: day("2024-01-05"),
        until: Some(day("2024-02-28")),
        grave: false,
        discovered: day("2024-02-28"),
    }
}

/// Heads of the bureau, as they are recorded.
pub(crate) fn officials(numbers: &[&str]) -> Vec<Official> {
    let of = |number: &&str| {
        let known = heads().into_iter().find(|head| head.officer.as_str() == *number).expect("a head");
        Official { officer: known.officer, name: known.name, office: known.offices[0].office }
    };
    numbers.iter().map(of).collect()
}

fn acting(number: &str, name: &str) -> ActingOfficer {
    ActingOfficer { officer: code(number), name: name.into(), certificate: format!("0801-{number}") }
}

pub(crate) fn two() -> Vec<ActingOfficer> {
    vec![acting("A1", "张三"), acting("A2", "李四")]
}

pub(crate) fn filed() -> CaseFiled {
    CaseFiled {
        case: id(1),
        filing_number: "抚市监立〔2024〕1号".into(),
        procedure: Procedure::Ordinary,
        agency: agency().agency,
        agency_name: agency().name,
        region: agency().region,
        item: item().item,
        item_name: item().name,
        item_version: 1,
        base_code: item().base_code,
        field: "食品".into(),
        party: party(),
        violation: violation(),
        source: SourceKind::Inspection,
        source_reference: None,
        lead: None,
        approved_by: HEAD.into(),
        official: None,
        officers: two(),
        designation: None,
        alike: vec![],
        at: Some(at("2024-03-01T09:00")),
    }
}

pub(crate) fn fine(fen: i64) -> Penalty {
    Penalty {
        kind: PenaltyKind::Fine,
        amount_fen: Some(fen),
        days: None,
        what: None,
        months: None,
        for_life: false,
        approval: None,
    }
}

pub(crate) fn evidence() -> EvidenceCollected {
    EvidenceCollected {
        evidence: id(100),
        kind: EvidenceKind::SiteRecord,
        title: "现场笔录".into(),
        source: "经营场所".into(),
        officers: two(),
        sha256: sha(),
        media_type: "application/pdf".into(),
        size_bytes: 2048,
        device: None,
        certificate_shown: None,
        at: Some(at("2024-03-02T10:00")),
    }
}

pub(crate) fn concluded() -> InvestigationConcluded {
    InvestigationConcluded {
        facts: "无证经营五十五日，货值金额8000元".into(),
        tier: Some("ordinary".into()),
        bases: vec![BaseAmount { of: "货值金额".into(), amount_fen: 800_000 }],
        proposal: vec![fine(7_000_000)],
        reasons: "情节一般".into(),
        complex: false,
        public_interest: false,
        findings: None,
        mitigating: vec![],
        also_breaks: vec![],
        at: Some(at("2024-03-03T10:00")),
    }
}

/// So much value of goods was found, in yuan.
pub(crate) fn findings(yuan: i64) -> lists::facts::Findings {
    let bases = vec![BaseAmount { of: "货值金额".into(), amount_fen: yuan * 100 }];
    InvestigationConcluded { bases, ..concluded() }.found()
}

pub(crate) fn exemption() -> ExemptionConsidered {
    let reason = "不属轻微".into();
    ExemptionConsidered { applies: false, reason, entries: vec![], at: Some(at("2024-03-03T11:00")) }
}

pub(crate) fn notice(penalties: Vec<Penalty>) -> PenaltyNotified {
    PenaltyNotified {
        facts: "无证经营".into(),
        reasons: "违反许可制度".into(),
        bases: vec!["《食品安全法》第一百二十二条第一款".into()],
        penalties,
        statement_right_told: true,
        hearing_right_told: true,
        hearing_required: true,
        method: ServiceMethod::Direct,
        consent: None,
        new_facts: None,
        answer_by: None,
        delivery: None,
        at: Some(at("2024-03-04T09:00")),
    }
}

pub(crate) fn heard() -> StatementHeard {
    StatementHeard {
        content: "正在办证".into(),
        outcome: StatementOutcome::Rejected,
        reasons: "办证期间不得经营".into(),
        at: Some(at("2024-03-05T09:00")),
    }
}

pub(crate) fn hearing_held() -> HearingHeld {
    HearingHeld {
        host: code("A9"),
        record_sha256: sha(),
        signed: true,
        opinion: "维持".into(),
        note: None,
        agents: vec![],
        presented: vec![],
        examined: None,
        at: Some(at("2024-03-21T09:00")),
    }
}

pub(crate) fn reviewed() -> LegalReviewed {
    LegalReviewed {
        reviewer: code("L1"),
        reviewer_name: "孙审".into(),
        passed: true,
        opinion: "同意".into(),
        reviewing_since: None,
        penalties: vec![],
        at: Some(at("2024-03-12T09:00")),
    }
}

pub(crate) fn deliberated() -> Deliberated {
    Deliberated {
        members: vec!["H1".into(), "H2".into(), "H3".into()],
        heads: Some(officials(&["H1", "H2", "H3"])),
        conclusion: "同意".into(),
        dissent: vec![],
        minutes_sha256: sha(),
        result: Some(DiscussionResult::Penalise),
        penalties: vec![],
        at: Some(at("2024-03-12T14:00")),
    }
}

pub(crate) fn decision(penalties: Vec<Penalty>) -> PenaltyDecided {
    PenaltyDecided {
        number: "抚市监罚决〔2024〕1号".into(),
        fine_fen: crate::domain::rules::notice::sum_of_fines(&penalties),
        penalties,
        tier: Some("ordinary".into()),
        departure: None,
        facts: "无证经营五十五日".into(),
        evidence: vec![id(100)],
        bases: vec!["《食品安全法》第一百二十二条第一款".into()],
        performance: "十五日内缴至指定银行".into(),
        appeal: "六十日内申请复议，六个月内起诉".into(),
        decided_by: HEAD.into(),
        official: None,
        major: true,
        pay_by: None,
        address_stated: true,
        sealed: true,
        document_sha256: None,
        distinct_from: vec![],
        governed_by: Some(GoverningLaw {
            item_version: Some(1),
            standard_version: Some(1),
            reason: GoverningReason::Unchanged,
        }),
        difference: None,
        findings: None,
        redone: None,
        at: Some(at("2024-03-13T09:00")),
    }
}

pub(crate) fn withheld() -> PenaltyWithheld {
    PenaltyWithheld {
        number: "抚市监不罚〔2024〕1号".into(),
        ground: NoPenaltyGround::FirstAndSlight,
        reason: "初次违法".into(),
        education: "当面讲解".into(),
        decided_by: HEAD.into(),
        official: None,
        redone: None,
        at: None,
    }
}

pub(crate) fn served() -> DecisionServed {
    DecisionServed {
        method: ServiceMethod::Direct,
        receipt: "送达回证1".into(),
        consent: None,
        pay_by: Some(day("2024-03-29")),
        delivery: None,
        at: Some(at("2024-03-14T09:00")),
    }
}

pub(crate) fn measure_taken() -> MeasureTaken {
    MeasureTaken {
        measure: id(200),
        kind: MeasureKind::Seize,
        item: seizing_item().item,
        item_name: seizing_item().name,
        objects: "冰柜一台、冷冻鱼40公斤".into(),
        officers: two(),
        approved_by: Some(HEAD.into()),
        official: None,
        approved_at: Some(at("2024-03-04T08:00")),
        urgent: false,
        reasons_told: true,
        statement_heard: true,
        party_present: true,
        record_sha256: Some(sha()),
        period: Period::CalendarDays(30),
        witness: None,
        touches: vec![ObjectKind::Goods],
        longest: None,
        restraint: None,
        certificate_shown: None,
        signed: None,
        unsigned_note: None,
        papers: None,
        at: Some(at("2024-03-04T10:00")),
    }
}

/// The sample case up to the deliberation: everything a decision needs.
pub(crate) fn ready() -> Vec<CaseEvent> {
    vec![
        filed().into(),
        evidence().into(),
        concluded().into(),
        exemption().into(),
        notice(vec![fine(7_000_000)]).into(),
        heard().into(),
        reviewed().into(),
        deliberated().into(),
    ]
}

/// The same, decided and served.
pub(crate) fn decided() -> Vec<CaseEvent> {
    let mut events = ready();
    events.extend([decision(vec![fine(7_000_000)]).into(), served().into()]);
    events
}

/// A step with the sample's facts.
pub(crate) fn ask(step: Step) -> Command {
    Command { facts: facts(), step }
}
