use law::decider::harness::{When, given};

use super::*;

fn standard(tiers: Vec<Tier>, effective: &str) -> Command {
    ask(StandardPublished {
        item: item(),
        version: 0,
        tiers: tiers.into(),
        effective: day(effective),
        document: "基准".into(),
    })
}

fn publish_standard(tiers: Vec<Tier>) -> When<Item> {
    given::<Item>([drafted(1, content())]).when(&act("2026-03-02"), &standard(tiers, "2026-03-02"))
}

#[test]
fn a_standard_published_before_satisfies() {
    ready(content()).when(&on(), &publish(1, "2026-03-20")).satisfies("PL-STANDARD");
}

#[test]
fn a_standard_published_afterwards_satisfies() {
    given::<Item>([drafted(1, content()), reviewed(1, true), published(1, "2026-03-20", content())])
        .when(&act("2026-04-01"), &standard(tiers(), "2026-04-01"))
        .satisfies("PL-STANDARD");
}

#[test]
fn records_a_penalty_published_without_a_standard() {
    given::<Item>([drafted(1, content()), reviewed(1, true)])
        .when(&on(), &publish(1, "2026-03-20"))
        .violates("PL-STANDARD");
    // In force one day too late.
    given::<Item>([drafted(1, content()), reviewed(1, true), standard_event("2026-03-21")])
        .when(&on(), &publish(1, "2026-03-20"))
        .violates("PL-STANDARD");
}

#[test]
fn records_a_standard_that_no_longer_fits() {
    let mut lower = content();
    lower.outcomes = vec![outcome(PenaltyKind::ConfiscateGains), fine(50_000, 99_999)];
    ready(lower).when(&on(), &publish(1, "2026-03-20")).violates("PL-STANDARD");
}

#[test]
fn tiers_may_touch_both_ends_of_the_range() {
    let events = publish_standard(tiers()).satisfies("PL-TIER");
    assert_eq!(events, [standard_event("2026-03-02")]);
}

#[test]
fn refuses_a_tier_above_the_range() {
    publish_standard(vec![tier(TierLevel::Heavier, vec![fine(85_000, 100_001)])]).refused_by("PL-TIER");
}

#[test]
fn refuses_a_tier_below_the_range() {
    publish_standard(vec![tier(TierLevel::Lighter, vec![fine(49_999, 65_000)])]).refused_by("PL-TIER");
    publish_standard(vec![tier(TierLevel::Lighter, vec![outcome(PenaltyKind::Fine)])]).refused_by("PL-TIER");
}

#[test]
fn mitigation_may_go_below_the_range() {
    publish_standard(vec![tier(TierLevel::Mitigated, vec![fine(10_000, 50_000)])]).satisfies("PL-TIER");
    publish_standard(vec![tier(TierLevel::Mitigated, vec![fine(10_000, 100_001)])]).refused_by("PL-TIER");
}

#[test]
fn refuses_a_kind_the_item_does_not_give() {
    publish_standard(vec![tier(TierLevel::Heavier, vec![outcome(PenaltyKind::CloseDown)])]).refused_by("PL-TIER");
}

#[track_caller]
fn pl_tier(lines: &[&str], tiers: &[(TierLevel, &[&str])]) -> Result<(), law::Fault> {
    let read = |lines: &[&str]| lines.iter().map(|line| Outcome::read(line).unwrap()).collect::<Vec<_>>();
    let content = ItemContent { outcomes: read(lines), ..content() };
    let tiers: Vec<_> = tiers.iter().map(|(level, lines)| tier(*level, read(lines))).collect();
    crate::domain::rules::pl_tier(&content, &tiers)
}

#[test]
fn mitigation_may_go_to_a_milder_kind() {
    use TierLevel::{Lighter, Mitigated};
    pl_tier(&["罚款|50000-100000元"], &[(Mitigated, &["警告"])]).unwrap();
    pl_tier(&["罚款|50000-100000元"], &[(Lighter, &["警告"])]).unwrap_err();
    pl_tier(&["罚款|50000-100000元"], &[(Mitigated, &["吊销许可证件"])]).unwrap_err();
    pl_tier(&["吊销许可证件"], &[(Mitigated, &["暂扣许可证件|3-6个月"])]).unwrap();
}

#[test]
fn refuses_tiers_that_leave_a_gap() {
    use TierLevel::{Heavier, Lighter, Ordinary};
    let three = |a, b, c| pl_tier(&["罚款|50000-100000元"], &[(Lighter, &[a]), (Ordinary, &[b]), (Heavier, &[c])]);
    three("罚款|50000-65000元", "罚款|65000-85000元", "罚款|85000-100000元").unwrap();
    three("罚款|50000-64999.99元", "罚款|65000-85000元", "罚款|85000-100000元").unwrap();
    three("罚款|50000-64999.98元", "罚款|65000-85000元", "罚款|85000-100000元").unwrap_err();
    three("罚款|50000.01-65000元", "罚款|65000-85000元", "罚款|85000-100000元").unwrap_err();
    three("罚款|50000-65000元", "罚款|65000-85000元", "罚款|85000-99999元").unwrap_err();
    pl_tier(&["行政拘留|5-15日"], &[(Lighter, &["行政拘留|5-9日"]), (Heavier, &["行政拘留|10-15日"])]).unwrap();
    pl_tier(&["行政拘留|5-15日"], &[(Lighter, &["行政拘留|5-8日"]), (Heavier, &["行政拘留|10-15日"])]).unwrap_err();
}

#[test]
fn refuses_tiers_that_overlap() {
    use TierLevel::{Heavier, Lighter};
    let two = |a, b| pl_tier(&["罚款|货值金额10-20倍"], &[(Lighter, &[a]), (Heavier, &[b])]);
    two("罚款|货值金额10-15倍", "罚款|货值金额15-20倍").unwrap();
    two("罚款|货值金额10-15.01倍", "罚款|货值金额15-20倍").unwrap_err();
}

#[test]
fn a_tier_may_narrow_its_line() {
    use TierLevel::{Heavier, Lighter};
    let line = "罚款|50000-100000元|货值金额<10000元";
    pl_tier(
        &[line],
        &[
            (
                Lighter,
                &["罚款|50000-75000元|货值金额<10000元；情节=较轻", "罚款|75000-100000元|货值金额<10000元；情节=较轻"],
            ),
            (Heavier, &["罚款|50000-100000元|货值金额<10000元；再犯=是"]),
        ],
    )
    .unwrap();
    // What each adds tells the tiers apart; together they leave nothing out.
    let divided = |low: &str, high: &str| pl_tier(&["罚款|50000-100000元"], &[(Lighter, &[low]), (Heavier, &[high])]);
    divided("罚款|50000-70000元|货值金额<3000元", "罚款|60000-100000元|货值金额≥3000元").unwrap();
    divided("罚款|50000-70000元|货值金额<3000元", "罚款|70001-100000元|货值金额≥3000元").unwrap_err();
}

#[test]
fn refuses_a_tier_for_more_than_its_line() {
    use TierLevel::Ordinary;
    let line = "罚款|50000-100000元|对单位；货值金额<10000元";
    pl_tier(&[line], &[(Ordinary, &["罚款|50000-100000元|货值金额<10000元"])]).unwrap_err();
    pl_tier(&[line], &[(Ordinary, &["罚款|50000-100000元|对单位"])]).unwrap_err();
    pl_tier(&[line], &[(Ordinary, &["罚款|50000-100000元|对单位、个人；货值金额<10000元"])]).unwrap_err();
    pl_tier(&[line], &[(Ordinary, &["罚款|50000-100000元|对单位；货值金额<10000元"])]).unwrap();
    pl_tier(&["罚款|货值金额10-20倍"], &[(Ordinary, &["罚款|违法所得10-20倍"])]).unwrap_err();
}

#[test]
fn refuses_a_tier_without_what_must_be_imposed() {
    use TierLevel::{Mitigated, Ordinary};
    let lines = ["没收违法所得|应当", "罚款|50000-100000元|应当", "吊销许可证件|情节=严重；应当"];
    pl_tier(&lines, &[(Ordinary, &["罚款|50000-100000元"])]).unwrap_err();
    pl_tier(&lines, &[(Ordinary, &["没收违法所得", "罚款|50000-100000元"])]).unwrap();
    pl_tier(&lines, &[(Mitigated, &["罚款|10000-50000元"])]).unwrap();
    pl_tier(&["没收违法所得|可以", "罚款|50000-100000元"], &[(Ordinary, &["罚款|50000-100000元"])]).unwrap();
}

#[test]
fn a_term_is_divided_like_an_amount() {
    use TierLevel::{Heavier, Lighter, Mitigated};
    let two = |a, b| pl_tier(&["限制从业|1-5年"], &[(Lighter, &[a]), (Heavier, &[b])]);
    two("限制从业|1-3年", "限制从业|3-5年").unwrap();
    two("限制从业|1-3年", "限制从业|3-6年").unwrap_err();
    two("限制从业|1-2年", "限制从业|3-5年").unwrap_err();
    pl_tier(&["限制从业|5年至终身"], &[(Lighter, &["限制从业|5-10年"]), (Heavier, &["限制从业|10年至终身"])]).unwrap();
    pl_tier(&["限制从业|5年至终身"], &[(Lighter, &["限制从业|3-10年"])]).unwrap_err();
    pl_tier(&["限制从业|终身"], &[(Mitigated, &["限制从业|10年"])]).unwrap();
}

#[test]
fn refuses_a_penalty_in_an_exempting_tier() {
    publish_standard(vec![tier(TierLevel::None, vec![fine(50_000, 50_000)])]).refused_by("PL-TIER");
    publish_standard(vec![tier(TierLevel::None, vec![])]).satisfies("PL-TIER");
    publish_standard(vec![tier(TierLevel::Lighter, vec![])]).refused_by("PL-TIER");
}

#[test]
fn a_tier_of_a_condition_is_held_against_that_part_of_the_range() {
    let part = |low, high, condition: &str| Outcome { condition: Some(condition.into()), ..fine(low, high) };
    let mut split = content();
    split.outcomes = vec![part(50_000, 100_000, "货值不足1万元"), part(100_000, 200_000, "货值1万元以上")];
    let fits = |o: Outcome| crate::domain::rules::pl_tier(&split, &[tier(TierLevel::Ordinary, vec![o])]);
    assert!(fits(part(50_000, 100_000, "货值不足1万元")).is_ok());
    assert!(fits(part(50_000, 100_000, "货值1万元以上")).is_err());
}

#[test]
fn only_penalties_have_standards() {
    let mut inspection = content();
    inspection.kind = PowerKind::Inspection;
    given::<Item>([drafted(1, inspection)])
        .when(&act("2026-03-02"), &standard(tiers(), "2026-03-02"))
        .not_possible("NO_PENALTY");
}

fn fee(kind: PowerKind, level: NormLevel, charge_fen: i64) -> When<Item> {
    let mut licence = content();
    licence.kind = kind;
    let charge = FeePublished {
        item: item(),
        name: "考试费".into(),
        basis: basis(level),
        standard_fen: 10_000,
        charge_fen: Some(charge_fen),
        unit: "人次".into(),
        effective: day("2026-03-02"),
    };
    given::<Item>([drafted(1, licence)]).when(&act("2026-03-02"), &ask(charge))
}

#[test]
fn publishes_a_fee_at_its_standard() {
    fee(PowerKind::Licence, NormLevel::Law, 10_000).satisfies("PL-FEE");
    fee(PowerKind::Confirmation, NormLevel::AdministrativeRegulation, 0).satisfies("PL-FEE");
}

#[test]
fn refuses_a_fee_above_its_standard() {
    fee(PowerKind::Licence, NormLevel::Law, 10_001).refused_by("PL-FEE");
}

#[test]
fn refuses_a_fee_by_a_normative_document() {
    fee(PowerKind::Licence, NormLevel::NormativeDocument, 10_000).refused_by("PL-FEE");
    fee(PowerKind::Licence, NormLevel::LocalRule, 10_000).refused_by("PL-FEE");
}

#[test]
fn refuses_a_fee_on_what_must_be_free() {
    fee(PowerKind::Penalty, NormLevel::Law, 10_000).refused_by("PL-FEE");
    // 但是，法律、行政法规另有规定的，依照其规定 (ALL 58): nothing else.
    for level in NormLevel::ALL.iter().filter(|l| !matches!(l, NormLevel::Law | NormLevel::AdministrativeRegulation)) {
        for kind in [PowerKind::Inspection, PowerKind::Licence] {
            fee(kind, *level, 10_000).refused_by("PL-FEE");
        }
    }
}

#[test]
fn a_law_may_charge_for_an_inspection() {
    for level in [NormLevel::Law, NormLevel::AdministrativeRegulation] {
        fee(PowerKind::Inspection, level, 10_000).satisfies("PL-FEE");
    }
}

#[test]
fn whether_a_regulation_charges_enterprises_is_not_known_where_nobody_says_on_whom() {
    for level in [NormLevel::LocalRegulation, NormLevel::DepartmentRule, NormLevel::LocalRule] {
        let decided = fee(PowerKind::Confirmation, level, 10_000).decided();
        assert!(decided[0].unchecked.iter().any(|one| one.rule == "PL-FEE") && !decided[0].rules.contains(&"PL-FEE"));
        fee(PowerKind::Confirmation, level, 10_001).refused_by("PL-FEE");
    }
    fee(PowerKind::Confirmation, NormLevel::NormativeDocument, 10_000).refused_by("PL-FEE");
    fee(PowerKind::Confirmation, NormLevel::StateCouncilDecision, 10_000).satisfies("PL-FEE");
}

/// A licence, and so much charged for it from a day on.
fn charged(fen: i64, effective: &str) -> FeePublished {
    FeePublished {
        item: item(),
        name: "考试费".into(),
        basis: basis(NormLevel::Law),
        standard_fen: fen,
        charge_fen: None,
        unit: "人次".into(),
        effective: day(effective),
    }
}

fn licensed(charges: &[FeePublished]) -> Vec<ItemEvent> {
    let licence = ItemContent { kind: PowerKind::Licence, ..content() };
    std::iter::once(drafted(1, licence)).chain(charges.iter().cloned().map(ItemEvent::from)).collect()
}

#[test]
fn a_charge_that_was_changed_is_changed_back_on_the_same_day() {
    let known = [charged(10_000, "2026-04-01"), charged(8_000, "2026-04-01")];
    let back = charged(10_000, "2026-04-01");
    given::<Item>(licensed(&known)).when(&act("2026-03-02"), &ask(back.clone())).then(&[back.clone().into()]);
    given::<Item>(licensed(std::slice::from_ref(&back))).when(&act("2026-03-02"), &ask(back)).quiet();
}

#[test]
fn refuses_a_charge_before_the_first_day_of_the_one_that_comes_after_it() {
    let known = licensed(&[charged(5_000, "2027-01-01")]);
    let earlier = ask(charged(10_000, "2026-04-01"));
    given::<Item>(known).when(&act("2026-03-02"), &earlier).invalid("effective");
}

#[test]
fn refuses_a_charge_that_the_list_of_fees_and_funds_has_already() {
    let licence = ItemContent { kind: PowerKind::Licence, ..content() };
    let mut command = ask(charged(10_000, "2026-03-02"));
    command.facts.charge_row = Some(format!("charge/{}/SF-1", content().agency).parse().unwrap());
    given::<Item>([drafted(1, licence)]).when(&act("2026-03-02"), &command).not_possible("CHARGE_IN_LIST");
}

fn wide() -> Vec<Tier> {
    vec![tier(TierLevel::Ordinary, vec![fine(10_000, 200_000)])]
}

/// In force as it is, with a draft that gives more.
fn with_a_wider_draft() -> Vec<ItemEvent> {
    let plain = ItemContent { outcomes: vec![fine(50_000, 100_000)], ..content() };
    let wider = ItemContent { outcomes: vec![fine(10_000, 200_000)], ..content() };
    vec![drafted(1, plain.clone()), reviewed(1, true), published(1, "2026-03-02", plain), drafted(2, wider)]
}

#[test]
fn a_standard_that_fits_only_a_draft_is_not_known_to_fit_the_item_in_force() {
    let command = standard(wide(), "2026-03-20");
    let decided = given::<Item>(with_a_wider_draft()).when(&on(), &command).decided();
    assert!(decided[0].unchecked.iter().any(|one| one.rule == "PL-TIER"), "{decided:?}");
    assert!(!decided[0].rules.contains(&"PL-TIER"));
    // Without the draft it is plainly too wide.
    let events = with_a_wider_draft()[..3].to_vec();
    given::<Item>(events).when(&on(), &command).refused_by("PL-TIER");
}

#[test]
fn a_standard_for_the_version_in_force_is_published_while_a_draft_is_pending() {
    let tiers = vec![tier(TierLevel::Ordinary, vec![fine(50_000, 100_000)])];
    given::<Item>(with_a_wider_draft()).when(&on(), &standard(tiers, "2026-03-20")).satisfies("PL-TIER");
}
