//! First the sample's item: a fine of 50,000 to 100,000 yuan, or 10 to 20 times the value of the goods; the ordinary tier gives 65,000 to
//! 85,000 yuan, or 13 to 17 times. Then items of every shape, as cells write them.

use lists::facts::{Measured, Range, Stated, UNCOMPUTABLE, YUAN};

use super::*;
use crate::domain::case::sample::{self, fine};

fn choice<'a>(tier: Option<&'a str>, penalties: &'a [Penalty], findings: &'a Findings) -> Choice<'a> {
    Choice { tier, departure: None, review_passed: false, party: Addressee::Unit, findings, penalties }
}

fn found(measured: &[(&str, &str, i64)], stated: &[(&str, &str)]) -> Findings {
    let measured = measured.iter().map(|(of, unit, n)| Measured {
        of: (*of).into(),
        unit: (*unit).into(),
        hundredths: *n,
        evidence: Vec::new(),
    });
    let stated = stated.iter().map(|(of, value)| Stated { of: (*of).into(), value: (*value).into() });
    Findings { addressee: None, measured: measured.collect(), stated: stated.collect() }
}

fn check(tier: Option<&str>, penalties: &[Penalty]) -> Outcome {
    let (item, standard) = (sample::item(), sample::standard());
    in_range(Measure { item: &item, standard: Some(&standard) }, &choice(tier, penalties, &Findings::default()))
}

#[test]
fn a_fine_at_either_end_of_the_tier_is_in_range() {
    check(Some("ordinary"), &[fine(6_500_000)]).unwrap();
    check(Some("ordinary"), &[fine(8_500_000)]).unwrap();
    check(Some("mitigated"), &[fine(1_500_000)]).unwrap();
}

#[test]
fn refuses_a_fen_outside_the_tier() {
    check(Some("ordinary"), &[fine(6_499_999)]).unwrap_err();
    let fault = check(Some("ordinary"), &[fine(8_500_001)]).unwrap_err();
    assert!(fault.zh.contains("65,000–85,000"), "{}", fault.zh);
    check(Some("ordinary"), &[fine(5_000_000), fine(5_000_000)]).unwrap_err();
    check(None, &[fine(7_000_000)]).unwrap_err();
    check(Some("none"), &[fine(7_000_000)]).unwrap_err();
}

#[test]
fn a_multiple_is_measured_by_its_base() {
    let (item, standard) = (sample::item(), sample::standard());
    let measure = Measure { item: &item, standard: Some(&standard) };
    let value = found(&[("货值金额", YUAN, 2_000_000)], &[]);
    in_range(measure, &choice(Some("ordinary"), &[fine(26_000_000)], &value)).unwrap();
    in_range(measure, &choice(Some("ordinary"), &[fine(34_000_000)], &value)).unwrap();
    in_range(measure, &choice(Some("ordinary"), &[fine(34_000_001)], &value)).unwrap_err();
    in_range(measure, &choice(Some("ordinary"), &[fine(34_000_000)], &Findings::default())).unwrap_err();
}

#[test]
fn refuses_a_kind_that_the_item_does_not_give() {
    check(Some("ordinary"), &[of(PenaltyKind::Detention)]).unwrap_err();
    check(Some("ordinary"), &[fine(7_000_000), of(PenaltyKind::RevokeLicence)]).unwrap_err();
}

fn departs(amount: i64, review_passed: bool) -> Outcome {
    let (item, standard) = (sample::item(), sample::standard());
    let (penalties, findings) = ([fine(amount)], Findings::default());
    let choice =
        Choice { departure: Some("主动召回全部产品"), review_passed, ..choice(None, &penalties, &findings) };
    in_range(Measure { item: &item, standard: Some(&standard) }, &choice)
}

#[test]
fn a_reviewed_departure_stays_within_the_item() {
    departs(5_500_000, true).unwrap();
    departs(10_000_000, true).unwrap();
    departs(4_999_999, true).unwrap_err();
}

#[test]
fn refuses_an_unreviewed_departure() {
    departs(5_500_000, false).unwrap_err();
}

#[test]
fn refuses_a_departure_above_the_item() {
    departs(10_000_001, true).unwrap_err();
}

#[test]
fn without_a_standard_the_items_range_counts() {
    let item = sample::item();
    let measure = Measure { item: &item, standard: None };
    let none = Findings::default();
    in_range(measure, &choice(None, &[fine(5_000_000)], &none)).unwrap();
    in_range(measure, &choice(None, &[fine(4_999_999)], &none)).unwrap_err();
    in_range(measure, &choice(None, &[fine(10_000_001)], &none)).unwrap_err();
}

// ---- Items of every shape.

fn of(kind: PenaltyKind) -> Penalty {
    Penalty { kind, amount_fen: None, ..fine(0) }
}

fn months(kind: PenaltyKind, months: u16) -> Penalty {
    Penalty { months: Some(months), ..of(kind) }
}

fn for_life(kind: PenaltyKind) -> Penalty {
    Penalty { for_life: true, ..of(kind) }
}

#[track_caller]
fn by(lines: &[&str], party: Addressee, findings: &Findings, penalties: &[Penalty]) -> Outcome {
    let outcomes = lines.iter().map(|line| facts::Outcome::read(line).unwrap()).collect();
    let item = ItemFact { outcomes, ..sample::item() };
    in_range(Measure { item: &item, standard: None }, &Choice { party, ..choice(None, penalties, findings) })
}

/// A fine in yuan on a unit.
#[track_caller]
fn fined(lines: &[&str], measured: &[(&str, &str, i64)], stated: &[(&str, &str)], yuan: i64) -> Outcome {
    by(lines, Addressee::Unit, &found(measured, stated), &[fine(yuan * 100)])
}

/// A line is in range at both ends and out of it next to them.
#[track_caller]
fn between(line: &str, measured: &[(&str, &str, i64)], low_fen: i64, high_fen: i64) {
    let findings = found(measured, &[]);
    let fined = |fen| by(&[line], Addressee::Unit, &findings, &[fine(fen)]);
    fined(low_fen).unwrap();
    fined(high_fen).unwrap();
    fined(low_fen - 1).unwrap_err();
    fined(high_fen + 1).unwrap_err();
}

#[test]
fn every_measure_has_its_two_ends() {
    let value = [("货值金额", YUAN, 2_000_000)];
    between("罚款|5000元", &[], 500_000, 500_000);
    between("罚款|50000-100000元", &[], 5_000_000, 10_000_000);
    between("罚款|货值金额10-20倍", &value, 20_000_000, 40_000_000);
    between("罚款|货值金额5-10%", &value, 100_000, 200_000);
    between("罚款|货值金额2-5‰", &value, 4_000, 10_000);
    between("罚款|面积每平方米100-300元", &[("面积", "平方米", 1_050)], 105_000, 315_000);
    between("罚款|劳动者人数每人500-2000元|最高5000元", &[("劳动者人数", "人", 300)], 150_000, 500_000);
    between("罚款|货值金额15-30倍|不足部分按100000元计", &[("货值金额", YUAN, 1)], 150_000_000, 300_000_000);
    between("罚款|货值金额1-2倍|最低50000元", &value, 5_000_000, 5_000_000);
    between("罚款|单位罚款数额10-20%", &[("单位罚款数额", YUAN, 1_000_000)], 100_000, 200_000);
}

#[test]
fn a_daily_fine_may_exceed_the_single_one() {
    let lines = ["罚款|100000-1000000元|改正≠拒不改正", "罚款|按日原处罚数额1000‰|改正=拒不改正"];
    let days = [("原处罚数额", YUAN, 20_000_000), ("日数", "日", 1_500)];
    let refused = [("改正", "拒不改正")];
    fined(&lines, &days, &refused, 3_000_000).unwrap();
    fined(&lines, &days, &refused, 2_999_999).unwrap_err();
    fined(&lines, &days, &refused, 3_000_001).unwrap_err();
    fined(&lines, &days, &[], 3_000_000).unwrap_err();
    fined(&lines, &days, &[], 200_000).unwrap();
}

#[test]
fn a_surcharge_keeps_to_its_cap() {
    let lines = ["罚款|按日罚款数额30‰|最高罚款数额1倍"];
    let late = |days: i64| [("罚款数额", YUAN, 1_000_000), ("日数", "日", days * 100)];
    fined(&lines, &late(10), &[], 3_000).unwrap();
    fined(&lines, &late(100), &[], 10_000).unwrap();
    fined(&lines, &late(100), &[], 30_000).unwrap_err();
}

const UNIT_AND_PERSON: [&str; 2] =
    ["罚款|50000-200000元|对单位", "罚款|10000-20000元|对直接负责的主管人员、其他直接责任人员"];

#[test]
fn each_party_is_held_against_its_own_line() {
    let none = Findings::default();
    by(&UNIT_AND_PERSON, Addressee::Unit, &none, &[fine(5_000_000)]).unwrap();
    let in_charge = Findings { addressee: Some(Addressee::InCharge), ..Findings::default() };
    by(&UNIT_AND_PERSON, Addressee::Individual, &in_charge, &[fine(1_000_000)]).unwrap();
}

#[test]
fn refuses_the_range_of_a_line_for_others() {
    let none = Findings::default();
    let fault = by(&UNIT_AND_PERSON, Addressee::Unit, &none, &[fine(1_500_000)]).unwrap_err();
    assert!(fault.zh.contains("该行适用于直接负责的主管人员、其他直接责任人员"), "{}", fault.zh);
    let in_charge = Findings { addressee: Some(Addressee::InCharge), ..Findings::default() };
    by(&UNIT_AND_PERSON, Addressee::Individual, &in_charge, &[fine(5_000_000)]).unwrap_err();
    // An individual who did it himself has no line at all.
    by(&UNIT_AND_PERSON, Addressee::Individual, &none, &[fine(1_500_000)]).unwrap_err();
}

const BY_VALUE: [&str; 2] = ["罚款|50000-100000元|货值金额<10000元", "罚款|货值金额10-20倍|货值金额≥10000元"];

#[test]
fn a_quantity_picks_its_line() {
    fined(&BY_VALUE, &[("货值金额", YUAN, 999_999)], &[], 50_000).unwrap();
    fined(&BY_VALUE, &[("货值金额", YUAN, 1_000_000)], &[], 100_000).unwrap();
    fined(&BY_VALUE, &[("货值金额", YUAN, 1_000_000)], &[], 200_000).unwrap();
}

#[test]
fn refuses_the_range_of_another_quantity() {
    let fault = fined(&BY_VALUE, &[("货值金额", YUAN, 1_000_000)], &[], 60_000).unwrap_err();
    assert!(fault.zh.contains("货值金额<10000元"), "{}", fault.zh);
    fined(&BY_VALUE, &[("货值金额", YUAN, 999_999)], &[], 150_000).unwrap_err();
}

#[test]
fn asks_for_the_quantity_that_decides() {
    let fault = fined(&BY_VALUE, &[], &[], 60_000).unwrap_err();
    assert!(fault.zh.contains("取决于“货值金额”"), "{}", fault.zh);
    fined(&BY_VALUE, &[("货值金额", "万元", 100)], &[], 60_000).unwrap_err();
    fined(&["罚款|面积每平方米100-300元"], &[("面积", "亩", 100)], &[], 100).unwrap_err();
    fined(&["罚款|100000-500000元|没有违法所得或者无法计算"], &[], &[], 100_000).unwrap_err();
    fined(&["罚款|100000-500000元|没有违法所得或者无法计算"], &[], &[("违法所得", UNCOMPUTABLE)], 100_000).unwrap();
    // A confiscation that may be due is not spared by silence about the gains.
    let lines = ["没收违法所得|违法所得>0元；应当", "罚款|50000-100000元"];
    fined(&lines, &[], &[], 60_000).unwrap_err();
    fined(&lines, &[("违法所得", YUAN, 0)], &[], 60_000).unwrap();
    fined(&lines, &[("违法所得", YUAN, 1)], &[], 60_000).unwrap_err();
}

#[test]
fn a_grade_that_was_found_picks_its_line() {
    let lines = ["罚款|300000-1000000元|事故等级=一般", "罚款|1000000-2000000元|事故等级=较大"];
    fined(&lines, &[], &[("事故等级", "较大")], 2_000_000).unwrap();
    fined(&lines, &[], &[("事故等级", "一般")], 2_000_000).unwrap_err();
    fined(&lines, &[], &[], 300_000).unwrap_err();
    let steps = ["罚款|0-50000元|情节≠严重", "罚款|50000-200000元|情节=严重"];
    fined(&steps, &[], &[], 50_000).unwrap();
    fined(&steps, &[], &[], 50_001).unwrap_err();
    fined(&steps, &[], &[("情节", "严重")], 200_000).unwrap();
    fined(&steps, &[], &[("情节", "严重")], 49_999).unwrap_err();
}

#[test]
fn refuses_to_leave_out_what_must_be_imposed() {
    let lines = ["没收非法财物|应当", "罚款|50000-100000元|应当", "吊销许可证件|情节=严重；应当", "警告|可以"];
    let goods = of(PenaltyKind::ConfiscateGoods);
    let none = Findings::default();
    let check = |findings: &Findings, penalties: &[Penalty]| by(&lines, Addressee::Unit, findings, penalties);
    check(&none, &[goods.clone(), fine(6_000_000)]).unwrap();
    check(&none, &[fine(6_000_000)]).unwrap_err();
    check(&none, std::slice::from_ref(&goods)).unwrap_err();
    let serious = found(&[], &[("情节", "严重")]);
    check(&serious, &[goods.clone(), fine(6_000_000)]).unwrap_err();
    check(&serious, &[goods, fine(6_000_000), of(PenaltyKind::RevokeLicence)]).unwrap();
}

#[test]
fn what_is_not_there_need_not_be_confiscated() {
    let lines = ["没收违法所得|应当", "没收非法财物|应当", "罚款|50000-100000元|应当"];
    fined(&lines, &[("违法所得", YUAN, 0)], &[("非法财物", "没有")], 60_000).unwrap();
    fined(&lines, &[("违法所得", YUAN, 1)], &[("非法财物", "没有")], 60_000).unwrap_err();
    let fault = fined(&lines, &[("违法所得", YUAN, 0)], &[], 60_000).unwrap_err();
    assert!(fault.zh.contains("非法财物：没有"), "{}", fault.zh);
}

#[test]
fn a_mitigated_tier_may_leave_out_and_go_below() {
    let read = |lines: &[&str]| lines.iter().map(|line| facts::Outcome::read(line).unwrap()).collect::<Vec<_>>();
    let item =
        ItemFact { outcomes: read(&["没收非法财物|应当", "罚款|50000-100000元|应当"]), ..sample::item() };
    let tier = |code: &str, level, lines: &[&str]| Tier {
        code: code.into(),
        level,
        circumstances: String::new(),
        outcomes: read(lines),
    };
    let standard = StandardFact {
        version: 1,
        tiers: vec![
            tier("mitigated", TierLevel::Mitigated, &["罚款|10000-50000元", "警告"]),
            tier("ordinary", TierLevel::Ordinary, &["没收非法财物", "罚款|50000-100000元"]),
        ],
    };
    let none = Findings::default();
    let check = |tier, penalties: &[Penalty]| {
        in_range(Measure { item: &item, standard: Some(&standard) }, &choice(Some(tier), penalties, &none))
    };
    check("mitigated", &[fine(1_000_000)]).unwrap();
    check("mitigated", &[of(PenaltyKind::Warning)]).unwrap();
    check("ordinary", &[of(PenaltyKind::Warning)]).unwrap_err();
    check("ordinary", &[fine(6_000_000)]).unwrap_err();
    check("ordinary", &[of(PenaltyKind::ConfiscateGoods), fine(5_000_000)]).unwrap();
}

#[test]
fn refuses_both_of_two_alternatives() {
    let lines = ["警告|应当；择一1", "罚款|0-5000元|应当；择一1"];
    let none = Findings::default();
    let check = |penalties: &[Penalty]| by(&lines, Addressee::Individual, &none, penalties);
    check(&[of(PenaltyKind::Warning)]).unwrap();
    check(&[fine(100_000)]).unwrap();
    check(&[of(PenaltyKind::Warning), fine(100_000)]).unwrap_err();
    check(&[]).unwrap_err();
}

#[test]
fn refuses_what_another_body_decides() {
    let lines = ["罚款|0-5000元", "行政拘留|5-15日|由公安机关决定"];
    let none = Findings::default();
    let detained = Penalty { days: Some(5), ..of(PenaltyKind::Detention) };
    let fault = by(&lines, Addressee::Individual, &none, &[fine(100_000), detained]).unwrap_err();
    assert!(fault.zh.contains("由公安机关决定"), "{}", fault.zh);
    by(&lines, Addressee::Individual, &none, &[fine(100_000)]).unwrap();
    // What is left to others alone is owed by nobody here.
    let theirs =
        ["罚款|0-5000元", "降低资质等级|应当；择一1；由发证机关决定", "吊销许可证件|应当；择一1；由发证机关决定"];
    by(&theirs, Addressee::Unit, &none, &[fine(100_000)]).unwrap();
}

#[test]
fn refuses_what_needs_an_approval_without_it() {
    let lines = ["罚款|100000-1000000元", "责令关闭|情节=严重；须经有批准权的人民政府批准"];
    let serious = found(&[], &[("情节", "严重")]);
    let close =
        |approval: Option<&str>| Penalty { approval: approval.map(str::to_owned), ..of(PenaltyKind::CloseDown) };
    by(&lines, Addressee::Unit, &serious, &[fine(10_000_000), close(None)]).unwrap_err();
    by(&lines, Addressee::Unit, &serious, &[fine(10_000_000), close(Some(" "))]).unwrap_err();
    by(&lines, Addressee::Unit, &serious, &[fine(10_000_000), close(Some("抚政复〔2026〕3号"))]).unwrap();
}

#[test]
fn refuses_a_term_outside_its_range() {
    use PenaltyKind::{BarFromTrade, Detention, SuspendLicence};
    let none = Findings::default();
    let check = |line: &str, p: Penalty| by(&[line], Addressee::Individual, &none, &[p]);
    check("暂扣许可证件|3-6个月", months(SuspendLicence, 3)).unwrap();
    check("暂扣许可证件|3-6个月", months(SuspendLicence, 6)).unwrap();
    for p in [months(SuspendLicence, 2), months(SuspendLicence, 7), of(SuspendLicence), for_life(SuspendLicence)] {
        check("暂扣许可证件|3-6个月", p).unwrap_err();
    }
    check("限制从业|5年至终身", for_life(BarFromTrade)).unwrap();
    check("限制从业|5年至终身", months(BarFromTrade, 60)).unwrap();
    check("限制从业|5年至终身", months(BarFromTrade, 59)).unwrap_err();
    check("限制从业|终身", months(BarFromTrade, 600)).unwrap_err();
    check("行政拘留|5-15日", Penalty { days: Some(16), ..of(Detention) }).unwrap_err();
    check("行政拘留|5-15日", of(Detention)).unwrap_err();
}

#[test]
fn refuses_a_fine_without_an_amount() {
    let none = Findings::default();
    by(&["罚款|0-50000元"], Addressee::Unit, &none, &[of(PenaltyKind::Fine)]).unwrap_err();
    by(&["罚款||依照《治安管理处罚法》第五十条"], Addressee::Unit, &none, &[of(PenaltyKind::Fine)]).unwrap_err();
    by(&["罚款||依照《治安管理处罚法》第五十条"], Addressee::Unit, &none, &[fine(20_000)]).unwrap();
    assert!(facts::Outcome::read("罚款|0-50000元").unwrap().range.is_some_and(|r| matches!(r, Range::Amount { .. })));
}
