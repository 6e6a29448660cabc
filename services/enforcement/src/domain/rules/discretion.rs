//! How much: the item's kinds and ranges, and the tier of the discretion standard. Which version of both:
//! [`super::governing`].

use law::{
    Citation,
    citation::{APL, BER},
};
use lists::facts::{self, ItemFact, PenaltyKind, Range, StandardFact, Tier, TierLevel};

use super::{Outcome, blank, fault, notice::sum_of_fines, yuan};
use crate::domain::events::{BaseAmount, Penalty};

law::card! {
    /// Within the tier.
    EN_RANGE "EN-RANGE" Gate "裁量基准" "discretion"; Citation::article(&APL, 34), Citation::paragraph(&APL, 5, 2), Citation::article(&BER, 60);
    "处罚的种类和幅度应当在所适用的权力事项规定之内，并符合所适用裁量基准的阶次；偏离基准须说明理由并经审核，且不得超出法定幅度";
    "the outcome lies in the kinds and ranges of the governing item and in the tier of its standard; a departure needs reasons and review";
    plans "FY 21" "BT 27" "XS 五3" "SB 五";
    compares "处罚的种类、数额和日数与所适用的事项和裁量基准阶次"
        "kind, amount and days of the penalty with the governing item and the tier of its standard";
    since 2021 7 15;
    allows a_fine_at_either_end_of_the_tier_is_in_range, a_multiple_is_measured_by_its_base, a_reviewed_departure_stays_within_the_item, without_a_standard_the_items_range_counts; refuses refuses_a_fen_outside_the_tier, refuses_a_kind_that_the_item_does_not_give, refuses_an_unreviewed_departure, refuses_a_departure_above_the_item
}
/// What a penalty is measured against.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The item.
    pub item: &'a ItemFact,
    /// Its standard, if it has one.
    pub standard: Option<&'a StandardFact>,
}

/// What the decision says of its own measure.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// The tier it cites.
    pub tier: Option<&'a str>,
    /// Why it departs from the standard.
    pub departure: Option<&'a str>,
    /// Whether the legal review passed.
    pub review_passed: bool,
    /// The base amounts found.
    pub bases: &'a [BaseAmount],
    /// The penalties.
    pub penalties: &'a [Penalty],
}

/// The tier that a decision cites.
pub fn tier<'a>(standard: Option<&'a StandardFact>, code: Option<&str>) -> Option<&'a Tier> {
    standard?.tiers.iter().find(|t| Some(t.code.as_str()) == code)
}

/// EN-RANGE against one version of the item and its standard.
pub fn in_range(measure: Measure<'_>, choice: &Choice<'_>) -> Outcome {
    let Measure { item, standard } = measure;
    if let Some(p) = choice.penalties.iter().find(|p| !item.outcomes.iter().any(|o| o.kind == p.kind)) {
        return fault(
            format!("“{}”没有规定“{}”；不得作出权力事项之外的处罚，请删去", item.name, p.kind.zh()),
            format!("{} does not provide for {}; leave it out", item.name, p.kind.en()),
        );
    }
    not_above(&item.outcomes, choice, &format!("“{}”", item.name))?;
    let Some(standard) = standard.filter(|s| !s.tiers.is_empty()) else {
        return within(&item.outcomes, choice, &format!("“{}”", item.name));
    };
    if choice.departure.is_some_and(|d| !blank(d)) {
        if choice.review_passed {
            return Ok(());
        }
        return fault(
            "偏离裁量基准须经法制审核通过；请先送审，或者按基准的阶次处罚",
            "a departure from the standard needs a passed legal review; submit it first, or keep to a tier",
        );
    }
    let Some(tier) = tier(Some(standard), choice.tier) else {
        let codes: Vec<_> = standard.tiers.iter().map(|t| t.code.as_str()).collect();
        return fault(
            format!("没有写明所适用裁量基准的阶次；请选择：{}", codes.join("、")),
            format!("the decision cites no tier of the governing standard; choose one of {}", codes.join(", ")),
        );
    };
    let title = format!("{}阶次（{}）", tier.level.zh(), tier.code);
    if tier.level == TierLevel::None {
        return fault(format!("{title}为不予处罚；请作出不予处罚决定"), "this tier gives no penalty; withhold it");
    }
    if let Some(p) = choice.penalties.iter().find(|p| !tier.outcomes.iter().any(|o| o.kind == p.kind)) {
        return fault(
            format!("{title}不含“{}”；请改选阶次，或者说明偏离理由并送审", p.kind.zh()),
            format!(
                "tier {} does not give {}; choose another, or give reasons for a departure and have it reviewed",
                tier.code,
                p.kind.en()
            ),
        );
    }
    within(&tier.outcomes, choice, &title)
}

/// Not above the highest that any of these outcomes allows.
fn not_above(outcomes: &[facts::Outcome], choice: &Choice<'_>, title: &str) -> Outcome {
    let (highest, days) = (highest_fine(outcomes, choice.bases), highest_days(outcomes));
    let fine = sum_of_fines(choice.penalties);
    if let Some(highest) = highest.filter(|h| fine > *h) {
        return fault(
            format!("罚款{}元超过{title}的上限{}元；请降低数额", yuan(fine), yuan(highest)),
            format!("a fine of {} yuan is above the highest allowed, {} yuan; lower it", yuan(fine), yuan(highest)),
        );
    }
    if let Some((most, p)) = days.zip(choice.penalties.iter().find(|p| p.kind == PenaltyKind::Detention))
        && p.days.is_none_or(|d| d > most)
    {
        return fault(
            format!("拘留日数超过{title}的上限{most}日；请缩短"),
            format!("detention is longer than the {most} days allowed; shorten it"),
        );
    }
    Ok(())
}

/// Inside one of the ranges of these outcomes.
fn within(outcomes: &[facts::Outcome], choice: &Choice<'_>, title: &str) -> Outcome {
    for p in choice.penalties.iter().filter(|p| p.kind == PenaltyKind::Detention) {
        let fits = outcomes.iter().filter(|o| o.kind == p.kind).any(|o| match &o.range {
            Some(Range::Days { low, high }) => p.days.is_some_and(|d| *low <= d && d <= *high),
            _ => true,
        });
        if !fits {
            return fault(format!("拘留日数不在{title}之内；请调整"), "detention is outside the range; adjust it");
        }
    }
    if !choice.penalties.iter().any(|p| p.kind == PenaltyKind::Fine) {
        return Ok(());
    }
    let fine = sum_of_fines(choice.penalties);
    let mut ranges = Vec::new();
    let mut lacking = None;
    for outcome in outcomes.iter().filter(|o| o.kind == PenaltyKind::Fine) {
        match bounds(outcome, choice.bases) {
            Bounds::Open => return Ok(()),
            Bounds::Between(low, high) if low <= fine && fine <= high => return Ok(()),
            Bounds::Between(low, high) => ranges.push(format!("{}–{}", yuan(low), yuan(high))),
            Bounds::NoBase(of) => lacking = Some(of),
        }
    }
    if let (Some(of), true) = (lacking, ranges.is_empty()) {
        return fault(
            format!("{title}按“{of}”的倍数计算，但调查终结报告没有写明该数额；请补充"),
            format!("the range is a multiple of {of}, which the investigation did not state; add it"),
        );
    }
    let ranges = ranges.join("，");
    fault(
        format!("罚款{}元不在{title}的幅度{ranges}元之内；请调整，或者说明偏离基准的理由并送法制审核", yuan(fine)),
        format!(
            "a fine of {} yuan is outside {ranges} yuan; adjust it, or give reasons for a departure and have it reviewed",
            yuan(fine)
        ),
    )
}

/// Between which amounts a fine lies.
pub(super) enum Bounds<'a> {
    /// No range is given.
    Open,
    /// In fen.
    Between(i64, i64),
    /// They are multiples of an amount that was not stated.
    NoBase(&'a str),
}

pub(super) fn bounds<'a>(outcome: &'a facts::Outcome, bases: &[BaseAmount]) -> Bounds<'a> {
    match &outcome.range {
        None | Some(Range::Days { .. }) => Bounds::Open,
        Some(Range::Amount { low_fen, high_fen }) => Bounds::Between(*low_fen, *high_fen),
        Some(Range::Multiple { of, low_hundredths, high_hundredths }) => match bases.iter().find(|b| b.of == *of) {
            Some(base) => {
                Bounds::Between(times(base.amount_fen, *low_hundredths), times(base.amount_fen, *high_hundredths))
            }
            None => Bounds::NoBase(of),
        },
    }
}

fn times(fen: i64, hundredths: i64) -> i64 {
    let product = i128::from(fen) * i128::from(hundredths) / 100;
    i64::try_from(product).unwrap_or(i64::MAX)
}

/// The highest fine, or `None` where one outcome has no bound or its base is not known.
fn highest_fine(outcomes: &[facts::Outcome], bases: &[BaseAmount]) -> Option<i64> {
    let mut highest = None;
    for outcome in outcomes.iter().filter(|o| o.kind == PenaltyKind::Fine) {
        match bounds(outcome, bases) {
            Bounds::Between(_, high) => highest = highest.max(Some(high)),
            Bounds::Open => return None,
            Bounds::NoBase(_) => {}
        }
    }
    highest
}

fn highest_days(outcomes: &[facts::Outcome]) -> Option<u16> {
    let days = |o: &facts::Outcome| match o.range {
        Some(Range::Days { high, .. }) => Some(high),
        _ => None,
    };
    outcomes.iter().filter(|o| o.kind == PenaltyKind::Detention).filter_map(days).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, fine};

    fn choice<'a>(tier: Option<&'a str>, penalties: &'a [Penalty], bases: &'a [BaseAmount]) -> Choice<'a> {
        Choice { tier, departure: None, review_passed: false, bases, penalties }
    }

    // The sample item: fine of 50,000 to 100,000 yuan, or 10 to 20 times the value of the goods; the ordinary tier gives
    // 65,000 to 85,000 yuan, or 13 to 17 times.
    fn check(tier: Option<&str>, penalties: &[Penalty]) -> Outcome {
        let (item, standard) = (sample::item(), sample::standard());
        in_range(Measure { item: &item, standard: Some(&standard) }, &choice(tier, penalties, &[]))
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
        let bases = [BaseAmount { of: "货值金额".into(), amount_fen: 2_000_000 }];
        in_range(measure, &choice(Some("ordinary"), &[fine(26_000_000)], &bases)).unwrap();
        in_range(measure, &choice(Some("ordinary"), &[fine(34_000_000)], &bases)).unwrap();
        in_range(measure, &choice(Some("ordinary"), &[fine(34_000_001)], &bases)).unwrap_err();
        in_range(measure, &choice(Some("ordinary"), &[fine(34_000_000)], &[])).unwrap_err();
    }

    #[test]
    fn refuses_a_kind_that_the_item_does_not_give() {
        check(Some("ordinary"), &[Penalty { kind: PenaltyKind::Detention, ..fine(0) }]).unwrap_err();
        check(Some("ordinary"), &[fine(7_000_000), Penalty { kind: PenaltyKind::RevokeLicence, ..fine(0) }])
            .unwrap_err();
    }

    fn departs(amount: i64, review_passed: bool) -> Outcome {
        let (item, standard) = (sample::item(), sample::standard());
        let penalties = [fine(amount)];
        let choice =
            Choice { departure: Some("主动召回全部产品"), review_passed, ..choice(None, &penalties, &[]) };
        in_range(Measure { item: &item, standard: Some(&standard) }, &choice)
    }

    #[test]
    fn a_reviewed_departure_stays_within_the_item() {
        departs(5_500_000, true).unwrap();
        departs(10_000_000, true).unwrap();
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
        in_range(measure, &choice(None, &[fine(5_000_000)], &[])).unwrap();
        in_range(measure, &choice(None, &[fine(4_999_999)], &[])).unwrap_err();
        in_range(measure, &choice(None, &[fine(10_000_001)], &[])).unwrap_err();
    }
}
