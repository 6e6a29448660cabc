use super::*;
use crate::domain::facts::PenaltyKind::{BarFromTrade, Fine, RevokeLicence};

#[track_caller]
fn same(cell: &str) -> Outcome {
    let line = Outcome::read(cell).unwrap_or_else(|e| panic!("{cell}: {}", e.zh));
    assert_eq!(line.to_string(), cell);
    line
}

fn found(of: &str, unit: &str, hundredths: i64) -> Measured {
    Measured { of: of.into(), unit: unit.into(), hundredths, evidence: Vec::new() }
}

fn findings(measured: &[(&str, &str, i64)], stated: &[(&str, &str)]) -> Findings {
    Findings {
        addressee: None,
        measured: measured.iter().map(|(of, unit, n)| found(of, unit, *n)).collect(),
        stated: stated.iter().map(|(of, value)| Stated { of: (*of).into(), value: (*value).into() }).collect(),
    }
}

fn bounds(cell: &str, measured: &[(&str, &str, i64)]) -> Option<(i64, i64)> {
    match same(cell).bounds(&findings(measured, &[])) {
        Bounds::Fen(low, high) => Some((low, high)),
        _ => None,
    }
}

#[test]
fn every_shape_is_written_as_it_is_read() {
    for cell in [
        "警告",
        "警告|情节轻微的",
        "罚款|5000元",
        "罚款|50000-100000元|货值金额<10000元；应当",
        "罚款|货值金额10-20倍|货值金额≥10000元",
        "罚款|合同价款5-10%|对单位",
        "罚款|广告费用0.5-5‰",
        "罚款|面积每平方米100-300元|1000≤面积<5000平方米",
        "罚款|劳动者人数每人500-2000元|改正=逾期不改正；最高100000元",
        "罚款|按日原处罚数额1000‰|改正=逾期不改正",
        "罚款|按日罚款数额30‰|最高罚款数额1倍",
        "罚款|货值金额15-30倍|不足部分按100000元计；最低1500000元",
        "罚款||应当；依照《中华人民共和国治安管理处罚法》第五十条",
        "罚款|10000-20000元|对直接负责的主管人员、其他直接责任人员；改正=逾期不改正",
        "罚款|10000-20000元|对法定代表人、主要负责人、直接负责的主管人员",
        "罚款|100000-500000元|没有违法所得或者无法计算",
        "罚款|0-50000元|情节≠严重；可以；择一1",
        "暂扣许可证件|3-6个月",
        "限制从业|5年|对直接负责的主管人员",
        "限制从业|5年至终身",
        "限制从业|终身|情节=特别严重",
        "行政拘留|5-15日|由公安机关决定",
        "责令关闭|须经有批准权的人民政府批准；情节严重的",
        "其他行政处罚“取消资格”|1-3年|情节=严重",
        "罚款|5000元|文字：可以",
        "罚款|5000元|文字：；文字：情节=严重",
        "没收非法财物||3日",
    ] {
        same(cell);
    }
}

#[test]
fn an_older_cell_means_what_it_meant() {
    let line = same("罚款|50000-100000元|货值金额不足10000元");
    assert_eq!(line.condition.as_deref(), Some("货值金额不足10000元"));
    assert!(line.when.is_empty());
    assert_eq!(Outcome::read("罚款|5000-5000元").unwrap(), Outcome::read("罚款|5000元").unwrap());
    let old: Outcome = serde_json::from_str(r#"{"kind":"warning","condition":"情节轻微的"}"#).unwrap();
    assert_eq!(old, same("警告|情节轻微的"));
    assert_eq!(serde_json::to_string(&old).unwrap(), r#"{"kind":"warning","condition":"情节轻微的"}"#);
}

#[test]
fn a_range_that_the_kind_cannot_have_is_refused() {
    for cell in ["罚款|3-6个月", "行政拘留|5000元", "罚款|20-10元", "罚款|一些", "游街", "行政拘留|终身", "罚款|倍"]
    {
        Outcome::read(cell).unwrap_err();
    }
}

#[test]
fn an_end_belongs_to_a_span_where_its_sign_says_so() {
    let line = same("罚款|5000元|1000≤面积<5000平方米");
    let at = |hundredths| line.applies(Addressee::Unit, &findings(&[("面积", "平方米", hundredths)], &[]));
    let no = Applies::No(&line.when[0]);
    assert_eq!([at(99_999), at(100_000), at(499_999), at(500_000)], [no.clone(), Applies::Yes, Applies::Yes, no]);
}

#[test]
fn a_quantity_that_is_missing_or_in_another_unit_is_asked_for() {
    let line = same("罚款|5000元|面积<5000平方米");
    assert_eq!(line.applies(Addressee::Unit, &Findings::default()), Applies::Ask("面积"));
    assert_eq!(line.applies(Addressee::Unit, &findings(&[("面积", "亩", 100)], &[])), Applies::Ask("面积"));
}

#[test]
fn what_has_to_be_found_and_was_not_is_not_so() {
    let serious = same("吊销许可证件|情节=严重");
    let ordinary = same("罚款|5000元|情节≠严重");
    let none = Findings::default();
    assert_eq!(serious.applies(Addressee::Unit, &none), Applies::No(&serious.when[0]));
    assert_eq!(ordinary.applies(Addressee::Unit, &none), Applies::Yes);
    let found = findings(&[], &[("情节", "严重")]);
    assert_eq!(serious.applies(Addressee::Unit, &found), Applies::Yes);
    assert_eq!(ordinary.applies(Addressee::Unit, &found), Applies::No(&ordinary.when[0]));
    assert_eq!((serious.kind, ordinary.kind), (RevokeLicence, Fine));
}

#[test]
fn gains_that_nobody_can_compute_are_lacking() {
    let line = same("罚款|5000元|没有违法所得或者无法计算");
    let none = same("罚款|5000元|没有违法所得");
    let uncomputable = findings(&[], &[("违法所得", UNCOMPUTABLE)]);
    assert_eq!(line.applies(Addressee::Unit, &uncomputable), Applies::Yes);
    assert_eq!(none.applies(Addressee::Unit, &uncomputable), Applies::No(&none.when[0]));
    let zero = findings(&[("违法所得", YUAN, 0)], &[]);
    assert_eq!(
        (line.applies(Addressee::Unit, &zero), none.applies(Addressee::Unit, &zero)),
        (Applies::Yes, Applies::Yes)
    );
    assert_eq!(line.applies(Addressee::Unit, &Findings::default()), Applies::Ask("违法所得"));
}

#[test]
fn a_line_for_others_does_not_apply() {
    let line = same("罚款|10000-20000元|对直接负责的主管人员、其他直接责任人员");
    assert_eq!(line.applies(Addressee::Unit, &Findings::default()), Applies::Others(&line.who));
    assert_eq!(line.applies(Addressee::Individual, &Findings::default()), Applies::Others(&line.who));
    let as_head = Findings { addressee: Some(Addressee::InCharge), ..Findings::default() };
    assert_eq!(line.applies(Addressee::Individual, &as_head), Applies::Yes);
}

#[test]
fn amounts_follow_from_what_was_measured() {
    let value = |fen| [("货值金额", YUAN, fen)];
    assert_eq!(bounds("罚款|货值金额10-20倍", &value(2_000_000)), Some((20_000_000, 40_000_000)));
    assert_eq!(bounds("罚款|货值金额10-20倍", &[]), None);
    assert_eq!(bounds("罚款|货值金额5‰", &value(2_000_000)), Some((10_000, 10_000)));
    // 不足的按…计 lifts the base, not what is more.
    assert_eq!(bounds("罚款|货值金额15-30倍|不足部分按100000元计", &value(100)), Some((150_000_000, 300_000_000)));
    assert_eq!(bounds("罚款|货值金额1倍|不足部分按100000元计", &value(20_000_000)), Some((20_000_000, 20_000_000)));
    let area = [("面积", "平方米", 5_050)];
    assert_eq!(bounds("罚款|面积每平方米100-300元", &area), Some((505_000, 1_515_000)));
    assert_eq!(bounds("罚款|面积每平方米100-300元|最低6000元；最高10000元", &area), Some((600_000, 1_000_000)));
}

#[test]
fn a_daily_fine_counts_the_days_and_keeps_to_its_cap() {
    let days = |n: i64| [("原处罚数额", YUAN, 1_000_000), (DAYS, "日", n * 100)];
    assert_eq!(bounds("罚款|按日原处罚数额1000‰", &days(7)), Some((7_000_000, 7_000_000)));
    assert_eq!(bounds("罚款|按日原处罚数额30‰|最高原处罚数额1倍", &days(10)), Some((300_000, 300_000)));
    assert_eq!(bounds("罚款|按日原处罚数额30‰|最高原处罚数额1倍", &days(40)), Some((1_000_000, 1_000_000)));
    assert_eq!(bounds("罚款|按日原处罚数额30‰", &days(10)[..1]), None);
}

#[test]
fn terms_are_counted_in_months() {
    let none = Findings::default();
    assert_eq!(same("限制从业|1-3年").bounds(&none), Bounds::Months(12, Some(36)));
    assert_eq!(same("限制从业|5年至终身").bounds(&none), Bounds::Months(60, None));
    assert_eq!(same("限制从业|终身").bounds(&none), Bounds::Life);
    assert_eq!(same("限制从业|终身").kind, BarFromTrade);
}
