//! A small county: one authority with its people and its powers, another one, and the list office.

use proto::powerlist::v1 as wire;
use stories::suite::Running;

use crate::people::{
    FARMING, JUSTICE, MARKET,
    list_office::{Entry, ListOffice},
};

/// The day on which the lists are made.
pub(crate) const FOUNDED: &str = "2025-01-02T09:00";

/// 徐云 and 兰景山, with certificates for food.
pub(crate) const XU: &str = "131001";
pub(crate) const LAN: &str = "131013";
/// 高立新, whose certificate ended in January 2024.
pub(crate) const EXPIRED: &str = "131099";
/// 柳叶, who assists.
pub(crate) const AUXILIARY: &str = "131102";
/// 孙明, who hosts hearings.
pub(crate) const HOST: &str = "131020";
/// 赖东, who reviews decisions.
pub(crate) const REVIEWER: &str = "131035";
/// 李 heads the market authority, 王 and 赵 are his deputies, 周 heads its disclosure office.
pub(crate) const HEAD: &str = "131901";
pub(crate) const DEPUTY: &str = "131902";
pub(crate) const SECOND_DEPUTY: &str = "131903";
pub(crate) const DISCLOSURE_HEAD: &str = "131904";
/// 钱 heads the farming authority.
pub(crate) const FARMING_HEAD: &str = "120901";
/// 何静 of the farming authority.
pub(crate) const FARMER: &str = "120001";
/// 郑文, who reviews the lists.
pub(crate) const LIST_REVIEWER: &str = "112001";

/// 无证生产经营食品: a fine of 50,000 to 100,000 yuan.
pub(crate) const UNLICENSED_FOOD: &str = "021310001000-230883-131";
/// 未按规定查验: a warning, or a fine of up to 3,000 yuan.
pub(crate) const UNCHECKED_FOOD: &str = "021310002000-230883-131";
/// 查封、扣押 of unsafe food.
pub(crate) const SEIZE_FOOD: &str = "031310001000-230883-131";

const CERTIFIED: Option<(&str, &str, &str)> = Some(("2022-03-21", "2022-04-07", "2027-04-06"));

const PEOPLE: &[Entry] = &[
    officer(XU, "徐云", CERTIFIED),
    officer(LAN, "兰景山", CERTIFIED),
    officer(HOST, "孙明", CERTIFIED),
    officer(EXPIRED, "高立新", Some(("2019-01-10", "2019-02-01", "2024-01-31"))),
    Entry { role: wire::OfficerRole::Auxiliary, ..officer(AUXILIARY, "柳叶", None) },
    reviewer(REVIEWER, "赖东", MARKET),
    Entry { agency: FARMING, fields: &["农业"], ..officer(FARMER, "何静", CERTIFIED) },
    reviewer(LIST_REVIEWER, "郑文", JUSTICE),
    staff(HEAD, "李局长", MARKET),
    staff(DEPUTY, "王副局长", MARKET),
    staff(SECOND_DEPUTY, "赵副局长", MARKET),
    staff(DISCLOSURE_HEAD, "周主任", MARKET),
    staff(FARMING_HEAD, "钱局长", FARMING),
];

/// Who decides for which agency, from the day it was founded on.
const OFFICES: &[(&str, &str, wire::OfficeKind)] = &[
    (HEAD, MARKET, wire::OfficeKind::Head),
    (DEPUTY, MARKET, wire::OfficeKind::DeputyHead),
    (SECOND_DEPUTY, MARKET, wire::OfficeKind::DeputyHead),
    (DISCLOSURE_HEAD, MARKET, wire::OfficeKind::DisclosureHead),
    (FARMING_HEAD, FARMING, wire::OfficeKind::Head),
];

const fn officer(
    officer: &'static str,
    name: &'static str,
    certified: Option<(&'static str, &'static str, &'static str)>,
) -> Entry {
    let role = wire::OfficerRole::Enforcement;
    Entry { officer, name, agency: MARKET, role, legal_qualification: false, certified, fields: &["食品"] }
}

const fn reviewer(officer: &'static str, name: &'static str, agency: &'static str) -> Entry {
    let role = wire::OfficerRole::LegalReviewer;
    Entry { officer, name, agency, role, legal_qualification: true, certified: None, fields: &[] }
}

const fn staff(officer: &'static str, name: &'static str, agency: &'static str) -> Entry {
    let role = wire::OfficerRole::Staff;
    Entry { officer, name, agency, role, legal_qualification: false, certified: None, fields: &[] }
}

/// Sets the county up; answers how far the lists are written then.
pub(crate) async fn found(running: &Running) -> u64 {
    let office = ListOffice::of(running);
    for (region, name, level, parent) in [
        ("230000", "黑龙江省", wire::RegionLevel::Province, ""),
        ("230800", "佳木斯市", wire::RegionLevel::City, "230000"),
        ("230883", "抚远市", wire::RegionLevel::County, "230800"),
        ("230883100", "抚远镇", wire::RegionLevel::Township, "230883"),
    ] {
        let region = wire::Region {
            region: region.to_owned(),
            name: name.to_owned(),
            level: level.into(),
            parent: parent.to_owned(),
        };
        office.enters(FOUNDED, wire::RegisterRegionRequest { region: Some(region), ..Default::default() }).await;
    }
    for agency in [
        agency(MARKET, "抚远市市场监督管理局", "市场监管局", &["食品", "广告"]),
        agency(FARMING, "抚远市农业农村局", "农业农村局", &["农业"]),
        agency(JUSTICE, "抚远市司法局", "司法局", &[]),
    ] {
        office.enters(FOUNDED, wire::RegisterAgencyRequest { agency: Some(agency), ..Default::default() }).await;
    }
    for entry in PEOPLE {
        office.employs(FOUNDED, entry).await;
    }
    for (officer, agency, kind) in OFFICES {
        let office_given = wire::GiveOfficeRequest {
            officer: (*officer).to_owned(),
            agency: (*agency).to_owned(),
            office: (*kind).into(),
            from: "2019-03-01".to_owned(),
            document: "任职通知（示例）".to_owned(),
            ..Default::default()
        };
        office.enters(FOUNDED, office_given).await;
    }
    for content in [unlicensed_food(), unchecked_food(), seize_food()] {
        office.publishes(FOUNDED, content, LIST_REVIEWER).await;
    }
    for (item, tiers) in [(UNLICENSED_FOOD, tiers()), (UNCHECKED_FOOD, small_tiers())] {
        office.enters(FOUNDED, standard(item, tiers)).await;
    }
    office.written()
}

pub(crate) fn agency(code: &str, name: &str, short_name: &str, fields: &[&str]) -> wire::Agency {
    wire::Agency {
        agency: code.to_owned(),
        name: name.to_owned(),
        short_name: short_name.to_owned(),
        region: "230883".to_owned(),
        kind: wire::AgencyKind::AdministrativeOrgan.into(),
        basis: "抚远市机构改革方案（示例）".to_owned(),
        fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        from: "2019-03-01".to_owned(),
        ..wire::Agency::default()
    }
}

/// The ground of a first version.
pub(crate) fn first_ground() -> wire::Ground {
    wire::Ground {
        kind: wire::GroundKind::FirstCompilation.into(),
        document: "抚远市权力和责任清单编制方案（示例）".to_owned(),
        document_sha256: String::new(),
    }
}

/// 未取得食品生产经营许可从事食品生产经营活动.
pub(crate) fn unlicensed_food() -> wire::ItemContent {
    wire::ItemContent {
        name: "对未取得食品生产经营许可从事食品生产经营活动的处罚".to_owned(),
        kind: wire::PowerKind::Penalty.into(),
        bases: vec![basis("第一百二十二条第一款", "没有许可就生产、销售食品的，没收并罚款")],
        outcomes: vec![confiscation(), fine(50_000, 100_000)],
        ..content(UNLICENSED_FOOD)
    }
}

fn unchecked_food() -> wire::ItemContent {
    wire::ItemContent {
        name: "对食品经营者未按规定查验许可证和相关证明文件的处罚".to_owned(),
        kind: wire::PowerKind::Penalty.into(),
        bases: vec![basis("第一百二十六条第一款", "进货不查验的，责令改正并警告，拒不改正的罚款")],
        outcomes: vec![outcome(wire::PenaltyKind::Warning), fine(100, 3_000)],
        ..content(UNCHECKED_FOOD)
    }
}

fn seize_food() -> wire::ItemContent {
    wire::ItemContent {
        name: "对不符合食品安全标准的食品的查封、扣押".to_owned(),
        kind: wire::PowerKind::Compulsion.into(),
        bases: vec![basis("第一百一十条第四项", "有证据证明不安全的食品可以查封、扣押")],
        measures: vec![wire::MeasureKind::Seal.into(), wire::MeasureKind::Seize.into()],
        ..content(SEIZE_FOOD)
    }
}

/// What all items of the authority have in common.
fn content(item: &str) -> wire::ItemContent {
    let step = |name: &str, unit: wire::PeriodUnit, count| wire::FlowStep {
        name: name.to_owned(),
        limit: Some(wire::Period { unit: unit.into(), count }),
    };
    wire::ItemContent {
        item: item.to_owned(),
        base_code: item[..12].to_owned(),
        agency: MARKET.to_owned(),
        field: "食品".to_owned(),
        duties: vec![wire::Duty { stage: "立案".to_owned(), matter: "核查线索，及时立案".to_owned() }],
        responsible: "食品安全监督管理股".to_owned(),
        accountability: "依行政处罚法第七十六条处理".to_owned(),
        flow: vec![step("立案", wire::PeriodUnit::CalendarDays, 7), step("送达", wire::PeriodUnit::WorkingDays, 7)],
        supervision: "投诉举报电话12345".to_owned(),
        ..wire::ItemContent::default()
    }
}

fn basis(article: &str, summary: &str) -> wire::LegalBasis {
    wire::LegalBasis {
        statute: "中华人民共和国食品安全法".to_owned(),
        level: wire::NormLevel::Law.into(),
        version: "2021-04-29".to_owned(),
        article: article.to_owned(),
        summary: summary.to_owned(),
        ..wire::LegalBasis::default()
    }
}

fn outcome(kind: wire::PenaltyKind) -> wire::Outcome {
    wire::Outcome { kind: kind.into(), ..wire::Outcome::default() }
}

fn confiscation() -> wire::Outcome {
    outcome(wire::PenaltyKind::ConfiscateGains)
}

fn fine(low_yuan: i64, high_yuan: i64) -> wire::Outcome {
    let range = wire::AmountRange { low_fen: low_yuan * 100, high_fen: high_yuan * 100 };
    wire::Outcome { range: Some(wire::outcome::Range::Amount(range)), ..outcome(wire::PenaltyKind::Fine) }
}

fn tiers() -> Vec<wire::Tier> {
    let tier = |code: &str, level: wire::TierLevel, circumstances: &str, low, high| wire::Tier {
        code: code.to_owned(),
        level: level.into(),
        circumstances: circumstances.to_owned(),
        outcomes: vec![confiscation(), fine(low, high)],
    };
    vec![
        tier("mitigated", wire::TierLevel::Mitigated, "经营不足十五日并主动停业", 15_000, 50_000),
        tier("lighter", wire::TierLevel::Lighter, "经营不足一个月", 50_000, 65_000),
        tier("ordinary", wire::TierLevel::Ordinary, "经营一个月以上六个月以下", 65_000, 85_000),
        tier("heavier", wire::TierLevel::Heavier, "经营超过六个月", 85_000, 100_000),
    ]
}

fn small_tiers() -> Vec<wire::Tier> {
    let tier = |code: &str, level: wire::TierLevel, circumstances: &str, outcomes| wire::Tier {
        code: code.to_owned(),
        level: level.into(),
        circumstances: circumstances.to_owned(),
        outcomes,
    };
    vec![
        tier("lighter", wire::TierLevel::Lighter, "初次", vec![outcome(wire::PenaltyKind::Warning)]),
        tier("ordinary", wire::TierLevel::Ordinary, "再次", vec![fine(100, 3_000)]),
    ]
}

fn standard(item: &str, tiers: Vec<wire::Tier>) -> wire::PublishStandardRequest {
    wire::PublishStandardRequest {
        item: item.to_owned(),
        tiers,
        effective: FOUNDED[..10].to_owned(),
        document: "抚远市市场监督管理行政处罚裁量基准（示例）".to_owned(),
        ..wire::PublishStandardRequest::default()
    }
}
