//! Discretion standards.

use law::{Citation, Fault, citation::APL};
use lists::facts::{Outcome, PowerKind, Range, Tier, TierLevel};

use crate::domain::content::ItemContent;

law::card! {
    /// A penalty item has a published standard.
    PL_STANDARD "PL-STANDARD" Duty "裁量基准公布" "discretion standards published"; Citation::article(&APL, 34);
    "处罚事项须有行政处罚裁量基准，并向社会公布";
    "a penalty item has a discretion standard, and it is public";
    plans "FY 21" "BT 27" "XS 五3" "SB 五"; since 2021 7 15;
    allows a_standard_published_before_satisfies, a_standard_published_afterwards_satisfies;
    refuses records_a_penalty_published_without_a_standard, records_a_standard_that_no_longer_fits
}

/// Whether a penalty item has a standard that fits it. `tiers`: those of the standard in force when the item is.
pub fn pl_standard(content: &ItemContent, tiers: Option<&[Tier]>) -> Result<(), Fault> {
    if content.kind != PowerKind::Penalty {
        return Ok(());
    }
    let Some(tiers) = tiers else {
        return Err(Fault::new(
            format!("“{}”没有公布的裁量基准，请制定并公布", content.name),
            format!("{:?} has no published discretion standard; draw one up and publish it", content.name),
        ));
    };
    pl_tier(content, tiers).map_err(|fault| {
        Fault::new(
            format!("现行裁量基准与新版事项不符，请修订：{}", fault.zh),
            format!("the standard in force does not fit the new version of the item: {}", fault.en),
        )
    })
}

law::card! {
    /// A standard stays inside what the item gives.
    PL_TIER "PL-TIER" Gate "裁量阶次限度" "tiers within the range"; Citation::article(&APL, 34), Citation::article(&APL, 32), Citation::article(&APL, 33);
    "裁量阶次的处罚种类和幅度不得超出事项所列的种类和幅度；减轻可低于下限，不予处罚不列处罚";
    "the tiers stay within the kinds and ranges of the item; mitigation may go below the lowest, exemption has no penalty";
    plans "FY 21" "BT 27"; since 2021 7 15;
    allows tiers_may_touch_both_ends_of_the_range, mitigation_may_go_below_the_range;
    refuses refuses_a_tier_above_the_range, refuses_a_tier_below_the_range, refuses_a_kind_the_item_does_not_give,
        refuses_a_penalty_in_an_exempting_tier
}

/// The first tier that leaves the item's kinds and ranges.
pub fn pl_tier(content: &ItemContent, tiers: &[Tier]) -> Result<(), Fault> {
    let given: Vec<&Outcome> = content.outcomes.iter().collect();
    tiers.iter().try_for_each(|tier| {
        if tier.level == TierLevel::None && !tier.outcomes.is_empty() {
            return Err(Fault::new("“不予”阶次不得列处罚", "a tier of no penalty lists no penalty"));
        }
        if tier.level != TierLevel::None && tier.outcomes.is_empty() {
            let zh = tier.level.zh();
            return Err(Fault::new(format!("“{zh}”阶次未列处罚"), format!("tier {} lists no penalty", tier.code)));
        }
        tier.outcomes.iter().try_for_each(|outcome| inside(&given, tier, outcome))
    })
}

fn inside(given: &[&Outcome], tier: &Tier, outcome: &Outcome) -> Result<(), Fault> {
    let of_kind: Vec<&&Outcome> = given.iter().filter(|g| g.kind == outcome.kind).collect();
    let (level, kind) = (tier.level.zh(), outcome.kind.zh());
    if of_kind.is_empty() {
        return Err(Fault::new(
            format!("“{level}”阶次列有“{kind}”，事项没有该处罚种类"),
            format!("tier {} lists {kind}, which the item does not give", tier.code),
        ));
    }
    // Where the article splits its range by conditions, the tier of a condition is held against that part.
    let same_condition = of_kind.iter().any(|g| g.condition == outcome.condition);
    let mitigated = tier.level == TierLevel::Mitigated;
    let fits = of_kind
        .iter()
        .filter(|g| !same_condition || g.condition == outcome.condition)
        .any(|g| within(g.range.as_ref(), outcome.range.as_ref(), mitigated));
    if fits {
        return Ok(());
    }
    Err(Fault::new(
        format!("“{level}”阶次的“{kind}”幅度超出事项所列幅度"),
        format!("the range of {kind} in tier {} leaves the item's range", tier.code),
    ))
}

fn within(item: Option<&Range>, tier: Option<&Range>, mitigated: bool) -> bool {
    let fits = |low: i64, high: i64, item_low: i64, item_high: i64| {
        0 <= low && low <= high && high <= item_high && (mitigated || item_low <= low)
    };
    match (item, tier) {
        (None, None) => true,
        (Some(Range::Amount { low_fen: a, high_fen: b }), Some(Range::Amount { low_fen, high_fen })) => {
            fits(*low_fen, *high_fen, *a, *b)
        }
        (
            Some(Range::Multiple { of, low_hundredths: a, high_hundredths: b }),
            Some(Range::Multiple { of: base, low_hundredths, high_hundredths }),
        ) => of == base && fits(*low_hundredths, *high_hundredths, *a, *b),
        (Some(Range::Days { low: a, high: b }), Some(Range::Days { low, high })) => {
            fits((*low).into(), (*high).into(), (*a).into(), (*b).into())
        }
        _ => false,
    }
}
