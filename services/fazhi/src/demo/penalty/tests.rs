//! Every line of the county's lists as a decision is held against it: at both borders, beyond them, for others, and by another
//! quantity.

use enforcement::domain::{
    events::Penalty,
    rules::discretion::{Choice, Measure, in_range},
};
use kernel::words::Word as _;
use lists::facts::{ItemFact, PowerKind, StandardFact};

use super::*;
use crate::demo::county::County;

/// The item alone with its lines; what must stand beside them is another question.
fn alone(item: &Item, kind: facts::PenaltyKind) -> ItemFact {
    let bare = |line: &Outcome| Outcome {
        imposing: None,
        instead: None,
        decided_by: None,
        approval: None,
        condition: None,
        ..line.clone()
    };
    ItemFact {
        item: item.code.parse().unwrap(),
        base_code: item.code[..12].parse().unwrap(),
        version: 1,
        name: item.name.clone(),
        kind: PowerKind::Penalty,
        agency: item.agency.parse().unwrap(),
        region: "230883".parse().unwrap(),
        field: item.field.clone(),
        outcomes: item.outcomes.iter().filter(|line| line.kind == kind).map(bare).collect(),
        allows: vec![],
        otherwise: vec![],
    }
}

fn penalty(line: &Outcome, n: i64, bounds: Bounds<'_>) -> Penalty {
    let small = |n: i64| u16::try_from(n).ok();
    let money = matches!(bounds, Bounds::Fen(..));
    Penalty {
        kind: line.kind,
        amount_fen: money.then_some(n),
        days: if matches!(bounds, Bounds::Days(..)) { small(n) } else { None },
        months: if matches!(bounds, Bounds::Months(..)) { small(n) } else { None },
        for_life: matches!(bounds, Bounds::Life),
        what: None,
        approval: None,
    }
}

fn ends(bounds: Bounds<'_>) -> Option<(i64, i64)> {
    match bounds {
        Bounds::Fen(low, high) => Some((low, high)),
        Bounds::Days(low, high) => Some((low.into(), high.into())),
        Bounds::Months(low, Some(high)) => Some((low.into(), high.into())),
        Bounds::Months(_, None) | Bounds::Life | Bounds::Open | Bounds::Ask(_) => None,
    }
}

/// What a case finds for a line to apply, with every other quantity that the item reads.
fn finding(chance: &mut Chance, item: &Item, line: &Outcome, who: Addressee) -> Findings {
    let mut found = Findings { addressee: Some(who), ..Findings::default() };
    for condition in &line.when {
        find(chance, &mut found, condition).unwrap_or_else(|| panic!("{}: {line}", item.code));
    }
    for other in &item.outcomes {
        measure_all(chance, &mut found, other);
    }
    found
}

fn decided(item: &ItemFact, found: &Findings, penalty: Penalty) -> bool {
    let penalties = [penalty];
    let choice = Choice {
        tier: None,
        departure: None,
        review_passed: false,
        party: Addressee::Unit,
        findings: found,
        penalties: &penalties,
    };
    in_range(Measure { item, standard: None }, &choice).is_ok()
}

#[test]
fn every_line_of_the_county_holds_between_its_borders_for_those_it_addresses() {
    let county = County::embedded().unwrap();
    let (mut lines, mut borders, mut for_others) = (0, 0, 0);
    let mut chance = Chance::new(7, 1);
    for item in county.penalties.values().flatten() {
        for line in &item.outcomes {
            let fact = alone(item, line.kind);
            let addressed = if line.who.is_empty() { Addressee::ALL } else { &line.who };
            for who in addressed {
                let found = finding(&mut chance, item, line, *who);
                let bounds = line.bounds(&found);
                lines += 1;
                let Some((low, high)) = ends(bounds) else { continue };
                let at = |n: i64| decided(&fact, &found, penalty(line, n, bounds));
                // Another line that applies as well may reach further.
                let covered = |n: i64| {
                    let (applying, _) = applying(&fact.outcomes, *who, &found);
                    let others = applying.iter().filter_map(|other| ends(other.bounds(&found)));
                    others.filter(|span| *span != (low, high)).any(|(from, to)| from <= n && n <= to)
                };
                if low > 0 {
                    assert!(at(low), "{} {line}: {low} of {found:?}", item.code);
                    assert!(covered(low - 1) || low == 1 || !at(low - 1), "{} {line}: {}", item.code, low - 1);
                }
                assert!(high == 0 || at(high), "{} {line}: {high} of {found:?}", item.code);
                assert!(covered(high + 1) || !at(high + 1), "{} {line}: {}", item.code, high + 1);
                borders += 2;
            }
            // Nobody else is held to it, and no other quantity opens it.
            for who in Addressee::ALL.iter().filter(|who| !line.who.is_empty() && !line.who.contains(who)) {
                let found = finding(&mut chance, item, line, line.who[0]);
                let bounds = line.bounds(&found);
                let Some((_, high)) = ends(bounds).filter(|(_, high)| *high > 0) else { continue };
                let other = Findings { addressee: Some(*who), ..found };
                let (theirs, _) = applying(&fact.outcomes, *who, &other);
                if !theirs.iter().any(|line| ends(line.bounds(&other)).is_some_and(|(l, h)| l <= high && high <= h)) {
                    assert!(!decided(&fact, &other, penalty(line, high, bounds)), "{} {line} for {who:?}", item.code);
                    for_others += 1;
                }
            }
        }
    }
    assert!(lines > 1_000 && borders > 1_000 && for_others > 300, "{lines} lines, {borders} borders, {for_others}");
}

#[test]
fn a_quantity_that_decides_is_asked_for_in_every_line_of_the_county() {
    let county = County::embedded().unwrap();
    let mut asked = 0;
    for item in county.penalties.values().flatten() {
        for line in &item.outcomes {
            let reads = line.when.iter().any(|c| matches!(c, Condition::Between { .. } | Condition::Lacking { .. }));
            let who = line.who.first().copied().unwrap_or(Addressee::Unit);
            if reads && line.when.iter().all(|c| !matches!(c, Condition::Is { .. })) {
                let nothing = Findings { addressee: Some(who), ..Findings::default() };
                assert!(matches!(line.applies(who, &nothing), facts::Applies::Ask(_)), "{} {line}", item.code);
                asked += 1;
            }
        }
    }
    assert!(asked > 50, "{asked}");
}

/// A penalty of a request as the service reads it.
fn read(p: &wire::Penalty) -> Penalty {
    let small = |n: Option<u32>| n.and_then(|n| u16::try_from(n).ok());
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Penalty {
        kind: facts::PenaltyKind::from_wire(p.kind()).unwrap(),
        amount_fen: p.amount_fen,
        days: small(p.days),
        months: small(p.months),
        for_life: p.for_life,
        what: text(&p.what),
        approval: text(&p.approval),
    }
}

#[test]
fn what_is_drawn_stands_together_as_the_whole_of_its_item_and_tier_allows() {
    let county = County::embedded().unwrap();
    let mut chance = Chance::new(11, 1);
    let mut drawn = 0;
    for item in county.penalties.values().flatten() {
        let fact = ItemFact { outcomes: item.outcomes.clone(), ..alone(item, facts::PenaltyKind::Fine) };
        let tier = |tier: &Tier| facts::Tier {
            code: tier.code().to_owned(),
            level: facts::TierLevel::from_zh(&tier.level).unwrap(),
            circumstances: String::new(),
            outcomes: tier.outcomes.clone(),
        };
        let standard = StandardFact { version: 1, tiers: item.tiers.iter().map(tier).collect() };
        for tier in &item.tiers {
            for organisation in [true, false].repeat(20) {
                let Some((penalties, found)) = penalties(&mut chance, item, tier, organisation) else { continue };
                let penalties: Vec<Penalty> = penalties.iter().map(read).collect();
                let choice = Choice {
                    tier: Some(tier.code()),
                    departure: None,
                    review_passed: true,
                    party: if organisation { Addressee::Unit } else { Addressee::Individual },
                    findings: &found,
                    penalties: &penalties,
                };
                let allowed = in_range(Measure { item: &fact, standard: Some(&standard) }, &choice);
                assert!(allowed.is_ok(), "{} {}: {penalties:?} of {found:?}: {allowed:?}", item.code, tier.level);
                drawn += 1;
            }
        }
    }
    assert!(drawn > 10_000, "{drawn}");
}
