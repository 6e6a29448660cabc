//! The article in both directions, then what cannot be told. The sample's item gives a fine of 50,000 to 100,000 yuan or 10
//! to 20 times the value of the goods, and takes the goods; the goods are worth 8,000 yuan.

use std::sync::Arc;

use GoverningReason::*;
use lists::facts::{Addressee, ItemFact, Measured, PowerKind, YUAN};
use proptest::prelude::*;

use super::*;
use crate::domain::{
    case::sample::{self, fine},
    events::Penalty,
};

static NOTHING: Findings = Findings { addressee: None, measured: Vec::new(), stated: Vec::new() };

fn bases() -> Findings {
    let value = Measured { of: "货值金额".into(), unit: YUAN.into(), hundredths: 800_000, evidence: Vec::new() };
    Findings { measured: vec![value], ..Findings::default() }
}

fn choice<'a>(penalties: &'a [Penalty], findings: &'a Findings) -> Choice<'a> {
    let party = Addressee::Unit;
    Choice { tier: Some("ordinary"), departure: None, review_passed: false, party, findings, penalties }
}

fn item(version: u32, outcomes: Vec<facts::Outcome>) -> ItemFact {
    ItemFact { version, outcomes, ..sample::item() }
}

fn line(kind: PenaltyKind, range: Option<Range>) -> facts::Outcome {
    facts::Outcome::of(kind, range)
}

fn only(kind: PenaltyKind) -> facts::Outcome {
    line(kind, None)
}

fn yuan(low: i64, high: i64) -> facts::Outcome {
    line(PenaltyKind::Fine, Some(Range::Amount { low_fen: low * 100, high_fen: high * 100 }))
}

fn times(low: i64, high: i64) -> facts::Outcome {
    let of = "货值金额".to_owned();
    line(PenaltyKind::Fine, Some(Range::Multiple { of, low_hundredths: low * 100, high_hundredths: high * 100 }))
}

fn detained(low: u16, high: u16) -> facts::Outcome {
    line(PenaltyKind::Detention, Some(Range::Days { low, high }))
}

fn when(outcome: facts::Outcome, condition: &str) -> facts::Outcome {
    facts::Outcome { condition: Some(condition.to_owned()), ..outcome }
}

/// Version 1 when the act was done, version 2 at the decision, no standards.
fn changed(then: Vec<facts::Outcome>, now: Vec<facts::Outcome>) -> Facts {
    Facts { item_then: ListedItem::InForce(item(1, then).into()), item: Some(item(2, now).into()), ..Facts::default() }
}

/// The same item, its ordinary tier as it was and as it is.
fn standards(then: Vec<facts::Outcome>, now: Vec<facts::Outcome>) -> Facts {
    let standard = |version, outcomes| {
        let mut standard = StandardFact { version, ..sample::standard() };
        standard.tiers.iter_mut().find(|tier| tier.code == "ordinary").expect("a tier").outcomes = outcomes;
        Some(Arc::new(standard))
    };
    Facts { standard_then: standard(1, then), standard: standard(2, now), ..sample::facts() }
}

#[track_caller]
fn governs(facts: &Facts, version: u32, reason: GoverningReason) {
    let record = law_that_governs(facts, &choice(&[], &bases())).record();
    assert_eq!((record.item_version, record.reason), (Some(version), reason));
}

/// EN-LIGHTER, for a fine in yuan.
fn fined(facts: &Facts, yuan: i64) -> Outcome {
    let (penalties, bases) = ([fine(yuan * 100)], bases());
    let choice = choice(&penalties, &bases);
    applied(&law_that_governs(facts, &choice), &choice)
}

#[test]
fn the_law_of_the_act_governs_where_the_later_one_is_heavier() {
    let later = changed(vec![yuan(10_000, 60_000)], vec![yuan(10_000, 100_000)]);
    governs(&later, 1, OfTheAct);
    fined(&later, 60_000).unwrap();
    governs(&changed(vec![yuan(10_000, 60_000)], vec![yuan(20_000, 60_000)]), 1, OfTheAct);
    let detains = vec![yuan(10_000, 60_000), only(PenaltyKind::Detention)];
    governs(&changed(vec![yuan(10_000, 60_000)], detains), 1, OfTheAct);
    governs(&changed(vec![detained(1, 5)], vec![detained(5, 10)]), 1, OfTheAct);
    governs(&changed(vec![], vec![yuan(1, 2)]), 1, OfTheAct);
}

#[test]
fn the_later_law_governs_where_it_is_milder() {
    let later = changed(vec![yuan(50_000, 100_000)], vec![yuan(10_000, 60_000)]);
    governs(&later, 2, NewerMilder);
    fined(&later, 10_000).unwrap();
    governs(&changed(vec![yuan(50_000, 100_000)], vec![yuan(50_000, 99_999)]), 2, NewerMilder);
    governs(&changed(vec![yuan(50_000, 100_000)], vec![yuan(49_999, 100_000)]), 2, NewerMilder);
    let revokes = vec![yuan(50_000, 100_000), only(PenaltyKind::RevokeLicence)];
    governs(&changed(revokes, vec![yuan(50_000, 100_000)]), 2, NewerMilder);
    governs(&changed(vec![detained(5, 10)], vec![detained(5, 9)]), 2, NewerMilder);
}

#[test]
fn what_is_no_longer_punished_is_not_punished() {
    let gone = changed(vec![yuan(50_000, 100_000)], vec![]);
    governs(&gone, 2, NewerMilder);
    fined(&gone, 60_000).unwrap_err();
}

#[test]
fn refuses_a_fine_that_only_the_later_and_heavier_law_allows() {
    let later = changed(vec![yuan(10_000, 60_000)], vec![yuan(50_000, 100_000)]);
    fined(&later, 60_000).unwrap();
    let fault = fined(&later, 60_001).unwrap_err();
    assert!(!fault.unknown && fault.zh.contains("应当适用事项第1版"), "{}", fault.zh);
}

#[test]
fn refuses_a_fine_that_only_the_earlier_and_heavier_law_allows() {
    let later = changed(vec![yuan(50_000, 100_000)], vec![yuan(10_000, 60_000)]);
    fined(&later, 60_000).unwrap();
    let fault = fined(&later, 60_001).unwrap_err();
    assert!(!fault.unknown && fault.zh.contains("应当适用事项第2版"), "{}", fault.zh);
    // What neither allows is outside the range, and no choice between them.
    fined(&later, 100_001).unwrap();
}

#[test]
fn two_laws_that_allow_the_same_leave_the_law_of_the_act() {
    governs(&changed(vec![yuan(1, 2), detained(1, 5)], vec![detained(1, 5), yuan(1, 2)]), 1, OfTheAct);
    // An open range is no milder than the same open range.
    governs(&changed(vec![only(PenaltyKind::Fine)], vec![only(PenaltyKind::Fine)]), 1, OfTheAct);
    governs(&changed(vec![], vec![]), 1, OfTheAct);
    governs(&sample::facts(), 1, Unchanged);
}

#[test]
fn nobody_takes_the_mild_parts_of_both() {
    let wider = changed(vec![yuan(50_000, 60_000)], vec![yuan(10_000, 100_000)]);
    governs(&wider, 1, NeitherMilder);
    fined(&wider, 10_000).unwrap_err();
    fined(&wider, 55_000).unwrap();
    let swapped = changed(vec![yuan(50_000, 60_000)], vec![yuan(10_000, 20_000), only(PenaltyKind::RevokeLicence)]);
    governs(&swapped, 1, NeitherMilder);
}

#[test]
fn an_open_range_cannot_be_compared() {
    for (then, now) in [(yuan(1, 2), only(PenaltyKind::Fine)), (only(PenaltyKind::Fine), yuan(1, 2))] {
        let facts = changed(vec![then], vec![now]);
        governs(&facts, 1, NotComparable);
        assert!(fined(&facts, 1).unwrap_err().unknown);
    }
}

#[test]
fn multiples_of_one_amount_are_compared_without_it_and_with_a_sum_only_by_it() {
    let none = |facts: &Facts| law_that_governs(facts, &choice(&[], &NOTHING)).reason;
    assert_eq!(none(&changed(vec![times(10, 20)], vec![times(5, 20)])), NewerMilder);
    // Ten to twenty times 8,000 yuan.
    let (sum, multiple) = (yuan(80_000, 200_000), times(10, 20));
    governs(&changed(vec![sum.clone()], vec![multiple.clone()]), 2, NewerMilder);
    governs(&changed(vec![multiple.clone()], vec![sum.clone()]), 1, OfTheAct);
    assert_eq!(none(&changed(vec![sum], vec![multiple])), NotComparable);
}

#[test]
fn lines_are_compared_under_their_conditions() {
    let (small, large) = ("货值金额不足10000元", "货值金额10000元以上");
    let law = |low, high, multiple| vec![when(yuan(low, high), small), when(times(multiple, 20), large)];
    governs(&changed(law(50, 100, 10), law(30, 80, 10)), 2, NewerMilder);
    governs(&changed(law(50, 100, 10), law(50, 120, 10)), 1, OfTheAct);
    // Under which line the case falls the list tells in words only.
    governs(&changed(law(50, 100, 10), law(30, 80, 15)), 1, NotComparable);
    let reordered: Vec<_> = law(30, 80, 10).into_iter().rev().collect();
    governs(&changed(law(50, 100, 10), reordered), 2, NewerMilder);
}

#[test]
fn the_same_range_on_another_condition_is_not_the_same() {
    let always = changed(vec![yuan(1, 2)], vec![when(yuan(1, 2), "情节严重的")]);
    governs(&always, 1, NotComparable);
    // Numbers that are milder under every condition need no condition to be compared.
    governs(
        &changed(vec![when(yuan(5, 9), "甲")], vec![when(yuan(1, 2), "乙"), when(yuan(3, 9), "丙")]),
        2,
        NewerMilder,
    );
    // A line that became heavier beside one that cannot be compared may be the one that does not apply.
    let half = vec![when(yuan(5, 10), "甲"), when(only(PenaltyKind::Fine), "乙")];
    governs(&changed(vec![when(yuan(5, 9), "甲"), when(yuan(1, 2), "乙")], half), 1, NotComparable);
}

#[test]
fn a_warning_may_stand_beside_the_rest_or_in_its_place() {
    let with = || vec![yuan(1, 2), only(PenaltyKind::Warning)];
    governs(&changed(vec![yuan(1, 2)], with()), 1, NotComparable);
    governs(&changed(with(), vec![yuan(1, 2)]), 1, NotComparable);
    // What is heavier for certain is not milder, whatever the warning means.
    governs(&changed(vec![yuan(1, 2)], vec![yuan(1, 3), only(PenaltyKind::Warning)]), 1, OfTheAct);
}

#[test]
fn without_an_item_at_the_decision_nothing_governs() {
    let gone = Facts { item: None, ..sample::facts() };
    let governing = law_that_governs(&gone, &choice(&[], &NOTHING));
    assert_eq!((governing.reason, governing.record().item_version), (NoPowerNow, None));
    assert!(governing.law.is_none() && governing.record().standard_version.is_none());
}

#[test]
fn an_item_cancelled_and_published_anew_is_compared_as_any_other() {
    // In force as version 1 when the act was done, and as version 2 now: what lay between does not count.
    governs(&changed(vec![yuan(5, 9)], vec![yuan(1, 9)]), 2, NewerMilder);
}

#[test]
fn refuses_what_was_cancelled_when_it_was_done() {
    let between = Facts { item_then: ListedItem::Cancelled, ..sample::facts() };
    assert_eq!(law_that_governs(&between, &choice(&[], &NOTHING)).reason, NoPowerThen);
    assert!(!fined(&between, 70_000).unwrap_err().unknown);
}

#[test]
fn a_list_that_did_not_exist_is_no_law_that_did_not_exist() {
    let later = Facts { item_then: ListedItem::NotYet, ..sample::facts() };
    governs(&later, 1, NoListOfThatDay);
    assert!(fined(&later, 70_000).unwrap_err().unknown);
}

#[test]
fn a_standard_goes_with_its_item() {
    let (mut milder, mut heavier) = (sample::facts(), sample::facts());
    for facts in [&mut milder, &mut heavier] {
        facts.standard = Some(StandardFact { version: 5, ..sample::standard() }.into());
    }
    let mut small = sample::item().outcomes;
    small[0].range = Some(Range::Amount { low_fen: 3_000_000, high_fen: 10_000_000 });
    milder.item = Some(item(2, small.clone()).into());
    heavier.item_then = ListedItem::InForce(item(1, small).into());
    heavier.item = Some(item(2, sample::item().outcomes).into());
    let by = |facts: &Facts| law_that_governs(facts, &choice(&[], &NOTHING)).record();
    let law = |item, standard, reason| GoverningLaw { item_version: Some(item), standard_version: standard, reason };
    assert_eq!(by(&milder), law(2, Some(5), NewerMilder));
    assert_eq!(by(&heavier), law(1, Some(1), OfTheAct));
    // The standard was written for the later item.
    heavier.standard_then = None;
    assert_eq!(by(&heavier), law(1, None, OfTheAct));
}

#[test]
fn where_only_the_standard_changed_its_tiers_are_compared() {
    let standard = |facts: &Facts| {
        let record = law_that_governs(facts, &choice(&[], &bases())).record();
        (record.item_version, record.standard_version, record.reason)
    };
    let (low, high) = (|| vec![yuan(60_000, 80_000)], || vec![yuan(65_000, 85_000)]);
    assert_eq!(standard(&standards(high(), low())), (Some(1), Some(2), NewerMilder));
    assert_eq!(standard(&standards(low(), high())), (Some(1), Some(1), OfTheAct));
    assert_eq!(standard(&standards(low(), low())), (Some(1), Some(1), OfTheAct));
    assert_eq!(standard(&standards(low(), vec![])), (Some(1), Some(2), NewerMilder));
    let wider = standards(high(), vec![yuan(60_000, 90_000)]);
    assert_eq!(standard(&wider), (Some(1), Some(1), NeitherMilder));
    fined(&standards(high(), low()), 62_000).unwrap();
    assert!(fined(&standards(high(), low()), 84_000).unwrap_err().zh.contains("应当适用事项第1版、裁量基准第2版"));
}

#[test]
fn a_tier_that_one_standard_divides_is_compared_by_its_level() {
    let mut facts = standards(vec![yuan(65_000, 85_000)], vec![]);
    let divided = Arc::make_mut(facts.standard.as_mut().unwrap());
    let mut halves = Vec::new();
    for (code, high) in [("ordinary-1", 70_000), ("ordinary-2", 80_000)] {
        let tier = divided.tiers.iter().find(|tier| tier.level == TierLevel::Ordinary).unwrap();
        halves.push(facts::Tier { code: code.into(), outcomes: vec![yuan(60_000, high)], ..tier.clone() });
    }
    divided.tiers.retain(|tier| tier.level != TierLevel::Ordinary);
    let others = facts.clone();
    Arc::make_mut(facts.standard.as_mut().unwrap()).tiers.extend(halves);
    let cites = |tier, facts: &Facts| {
        law_that_governs(facts, &Choice { tier: Some(tier), ..choice(&[], &NOTHING) }).record().standard_version
    };
    assert_eq!((cites("ordinary-1", &facts), cites("ordinary", &facts)), (Some(2), Some(2)));
    // Where one has no tier of the level at all, they cannot be compared.
    governs(&others, 1, NotComparable);
}

#[test]
fn the_first_standard_binds_from_its_day() {
    let first = Facts { standard_then: None, ..sample::facts() };
    let governing = law_that_governs(&first, &choice(&[], &NOTHING));
    assert_eq!((governing.reason, governing.record().standard_version), (Unchanged, Some(1)));
    // A standard of no tiers is none.
    let mut empty = sample::facts();
    Arc::make_mut(empty.standard_then.as_mut().unwrap()).tiers.clear();
    assert_eq!(law_that_governs(&empty, &choice(&[], &NOTHING)).reason, Unchanged);
    // One that was withdrawn leaves the whole item, from 50,000 yuan.
    let mut withdrawn = standards(vec![yuan(60_000, 100_000)], vec![]);
    withdrawn.standard = None;
    let mut plain = item(1, vec![yuan(50_000, 100_000)]);
    plain.kind = PowerKind::Penalty;
    withdrawn.item = Some(plain.clone().into());
    withdrawn.item_then = ListedItem::InForce(plain.into());
    let governing = law_that_governs(&withdrawn, &choice(&[], &NOTHING));
    assert_eq!((governing.reason, governing.record().standard_version), (NewerMilder, None));
}

#[test]
fn a_departure_keeps_to_the_item_and_no_tier_is_compared() {
    let facts = standards(vec![yuan(65_000, 85_000)], vec![yuan(10_000, 20_000)]);
    let departs = Choice { tier: None, departure: Some("主动召回"), ..choice(&[], &NOTHING) };
    let record = law_that_governs(&facts, &departs).record();
    assert_eq!((record.standard_version, record.reason), (Some(1), Unchanged));
}

#[test]
fn the_tier_of_a_minor_is_that_of_the_law_that_governs() {
    let mut facts = standards(vec![yuan(65_000, 85_000)], vec![yuan(60_000, 80_000)]);
    for tier in &mut Arc::make_mut(facts.standard.as_mut().unwrap()).tiers {
        if tier.code == "ordinary" {
            tier.level = TierLevel::Lighter;
        }
    }
    let choice = choice(&[], &NOTHING);
    assert_eq!(law_that_governs(&facts, &choice).level(&choice), Some(TierLevel::Lighter));
}

/// A law as a table: how much at least and at most of each kind, nothing where it does not give it.
type Table = [(u16, u16); 4];

fn table() -> impl Strategy<Value = Table> {
    let range = || (0..4_u16, 0..3_u16).prop_map(|(low, more)| if low == 0 { (0, 0) } else { (low, low + more) });
    let whole = || prop::bool::ANY.prop_map(|given| if given { (1, 1) } else { (0, 0) });
    (range(), range(), whole(), whole()).prop_map(|(fine, days, goods, licence)| [fine, days, goods, licence])
}

fn written(law: &Table) -> Vec<facts::Outcome> {
    let [fine, days, goods, licence] = *law;
    let given = |(_, high): (u16, u16), line: facts::Outcome| (high > 0).then_some(line);
    [
        given(fine, yuan(fine.0.into(), fine.1.into())),
        given(days, detained(days.0, days.1)),
        given(goods, only(PenaltyKind::ConfiscateGoods)),
        given(licence, only(PenaltyKind::RevokeLicence)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

proptest! {
    #[test]
    fn which_law_governs_agrees_with_a_plain_reference(then in table(), now in table()) {
        let ends = |law: &Table| law.iter().flat_map(|(low, high)| [*low, *high]).collect::<Vec<_>>();
        let pairs = || ends(&then).into_iter().zip(ends(&now));
        let (heavier, lighter) = (pairs().any(|(then, now)| now > then), pairs().any(|(then, now)| now < then));
        let want = match (heavier, lighter) {
            (true, true) => NeitherMilder,
            (false, true) => NewerMilder,
            (true | false, false) => OfTheAct,
        };
        let facts = changed(written(&then), written(&now));
        let record = law_that_governs(&facts, &choice(&[], &bases())).record();
        prop_assert_eq!(record.reason, want);
        prop_assert_eq!(record.item_version, Some(if want == NewerMilder { 2 } else { 1 }));
    }
}
