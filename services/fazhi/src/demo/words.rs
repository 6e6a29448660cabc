//! The texts that the plan's people write. All of them are invented and say so where they could be mistaken.

use kernel::words::Word as _;
use lists::facts;
use proto::{common::v1::PenaltyKind, enforcement::v1 as wire};

use super::{chance::Chance, matter::Matter};

const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻";
const GIVEN: &str = "春山立新海波文博雪松志远丽华东升桂兰玉梅长河北辰江涛云帆秋实景行";
const STREETS: &[&str] = &["通江路", "正阳街", "迎宾路", "长征路", "中心街", "沿江路", "建设街", "东极路"];

/// A citizen: a name that says it is invented, and an id number that no person can have (month and day 00).
pub(super) fn citizen(chance: &mut Chance) -> (String, String) {
    let surname = char_of(chance, SURNAMES);
    let given: String = (0..chance.between(1, 2)).map(|_| char_of(chance, GIVEN)).collect();
    let number = format!("230883{}0000{:03}X", chance.between(1955, 2004), chance.between(0, 999));
    (format!("{surname}{given}（虚构）"), number)
}

fn char_of(chance: &mut Chance, of: &str) -> char {
    let all: Vec<char> = of.chars().collect();
    chance.pick(&all).copied().unwrap_or('某')
}

/// A street.
pub(super) fn street(chance: &mut Chance) -> &'static str {
    chance.pick(STREETS).copied().unwrap_or("中心街")
}

/// What was found.
pub(super) fn facts(m: &Matter<'_>) -> String {
    let v = &m.violation;
    let days = if v.from == v.until { v.from.clone() } else { format!("{}至{}", v.from, v.until) };
    format!("{days}，{}在{}{}；有现场笔录、询问笔录和照片为证", m.party_name, v.place, m.item.act())
}

/// Why this much.
pub(super) fn reasons(m: &Matter<'_>) -> String {
    format!("违法事实清楚，证据确凿；对照本机关裁量基准，符合“{}”阶次的适用情形", m.tier.level)
}

/// The penalties in a sentence.
pub(super) fn penalties(m: &Matter<'_>) -> String {
    let long = |p: &wire::Penalty| match (p.for_life, p.months) {
        (true, _) => Some("终身".to_owned()),
        (false, Some(months)) => Some(format!("{months}个月")),
        (false, None) => p.days.map(|days| format!("{days}日")),
    };
    imposed(m.penalties.iter().map(|p| (p.kind(), p.amount_fen, long(p))))
}

/// Kinds with amounts in fen or how long they last, in a sentence.
pub(super) fn imposed(penalties: impl Iterator<Item = (PenaltyKind, Option<i64>, Option<String>)>) -> String {
    let zh = |kind: PenaltyKind| facts::PenaltyKind::from_wire(kind).unwrap_or(facts::PenaltyKind::Other).zh();
    let one = |(kind, fen, long): (PenaltyKind, Option<i64>, Option<String>)| match (fen, long) {
        (Some(fen), _) => format!("{}{}元", zh(kind), fen / 100),
        (None, Some(long)) => format!("{}{long}", zh(kind)),
        (None, None) => zh(kind).to_owned(),
    };
    penalties.map(one).collect::<Vec<_>>().join("，")
}

/// How and when to perform.
pub(super) fn performance(m: &Matter<'_>) -> String {
    if m.fine() > 0 {
        "自收到本决定书之日起十五日内到代收银行或者通过电子支付系统缴纳罚款；逾期每日按罚款数额的百分之三加处罚款"
            .to_owned()
    } else {
        "自收到本决定书之日起立即履行".to_owned()
    }
}

/// How and when to appeal.
pub(super) const APPEAL: &str =
    "可以自收到本决定书之日起六十日内向抚远市人民政府申请行政复议，或者六个月内向有管辖权的人民法院提起行政诉讼";

/// The bytes of an invented form that says nothing of the single case: the same for every case of an agency, so that the
/// year's forms are stored once.
pub(super) fn form(title: &str, m: &Matter<'_>) -> Vec<u8> {
    format!(
        "【虚构示例】{title}\n机关：{}\n（通用样式，内容从略）\n本文书由演示数据生成，不涉及任何真实的人和单位。\n",
        m.agency.name
    )
    .into_bytes()
}

/// The bytes of an invented document of one case.
pub(super) fn document(title: &str, m: &Matter<'_>, more: &str) -> Vec<u8> {
    format!(
        "【虚构示例】{title}\n机关：{}\n当事人：{}\n事由：{}\n地点：{}\n{more}\n本文书由演示数据生成，不涉及任何真实的人和单位。\n",
        m.agency.name,
        m.party_name,
        m.item.act(),
        m.violation.place,
    )
    .into_bytes()
}

/// Media type of invented documents.
pub(super) const TEXT: &str = "text/plain";
