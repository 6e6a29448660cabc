use law::decider::harness::{When, given};

use super::*;

fn standard(tiers: Vec<Tier>, effective: &str) -> Command {
    ask(StandardPublished { item: item(), version: 0, tiers, effective: day(effective), document: "基准".into() })
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
    assert!(fits(part(60_000, 70_000, "货值不足1万元")).is_ok());
    assert!(fits(part(60_000, 70_000, "货值1万元以上")).is_err());
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
    fee(PowerKind::Inspection, NormLevel::Law, 10_000).refused_by("PL-FEE");
}
