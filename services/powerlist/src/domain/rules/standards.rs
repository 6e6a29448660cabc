//! Discretion standards.

use law::{Citation, Fault, citation::APL};
use lists::facts::{Imposing, Outcome, PenaltyKind, PowerKind, Range, Tier, TierLevel};

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
    /// A standard stays inside what the item gives, and leaves none of it out.
    ///
    /// 1. The organ that draws up the standard. 2. Each line of each tier with the item's lines of its kind: the same addressees and
    /// conditions or narrower ones, the same kind of range; and the tiers of one line with each other. 3. The version in force on the standard's
    /// first day; PL-STANDARD looks again when the item changes. 4. Mitigation (APL 32) goes below the lowest, or to a milder
    /// kind; exemption (APL 30, 31, 33) has no penalty. 5. An item's line without a range bounds nothing;
    /// tiers that fit a draft only are not known to fit. 6. A tier that drops a condition or
    /// an addressee would be wider than its line; one that leaves out what must be imposed would forgive it; a gap would leave an amount that the
    /// law gives to no tier, an overlap would leave one amount to two. 7. Refused when handled, recorded when reported. 8. APL 34 has discretion
    /// regulated by standards; that they keep to the item is APL 4.
    PL_TIER "PL-TIER" Gate "裁量阶次限度" "tiers within the range"; Citation::article(&APL, 34), Citation::article(&APL, 32), Citation::article(&APL, 33);
    "裁量阶次的处罚种类和幅度不得超出事项所列的种类和幅度，同一幅度的各阶次首尾相接、不重叠；应当并处的不得遗漏；减轻可低于下限或者改为较轻的种类，不予处罚不列处罚";
    "the tiers stay within the kinds and ranges of the item, meet without gap or overlap, and leave out nothing that must be imposed; mitigation may go below the lowest or to a milder kind, exemption has no penalty";
    plans "FY 21" "BT 27"; since 2021 7 15;
    allows tiers_may_touch_both_ends_of_the_range, mitigation_may_go_below_the_range, mitigation_may_go_to_a_milder_kind,
        a_tier_may_narrow_its_line, a_term_is_divided_like_an_amount;
    refuses refuses_a_tier_above_the_range, refuses_a_tier_below_the_range, refuses_a_kind_the_item_does_not_give,
        refuses_a_penalty_in_an_exempting_tier, refuses_tiers_that_leave_a_gap, refuses_tiers_that_overlap,
        refuses_a_tier_for_more_than_its_line, refuses_a_tier_without_what_must_be_imposed,
        a_standard_that_fits_only_a_draft_is_not_known_to_fit_the_item_in_force
}

/// The first tier that leaves the item's kinds and ranges, or the first place where tiers do not meet.
pub fn pl_tier(content: &ItemContent, tiers: &[Tier]) -> Result<(), Fault> {
    for tier in tiers {
        if tier.level == TierLevel::None && !tier.outcomes.is_empty() {
            return Err(Fault::new("“不予”阶次不得列处罚", "a tier of no penalty lists no penalty"));
        }
        if tier.level != TierLevel::None && tier.outcomes.is_empty() {
            let zh = tier.level.zh();
            return Err(Fault::new(format!("“{zh}”阶次未列处罚"), format!("tier {} lists no penalty", tier.code)));
        }
        tier.outcomes.iter().try_for_each(|outcome| inside(&content.outcomes, tier, outcome))?;
        whole(&content.outcomes, tier)?;
    }
    content.outcomes.iter().try_for_each(|line| covered(line, tiers))
}

fn inside(given: &[Outcome], tier: &Tier, outcome: &Outcome) -> Result<(), Fault> {
    let mut of_kind = given.iter().filter(|g| g.kind == outcome.kind && g.called == outcome.called).peekable();
    let (level, kind) = (tier.level.zh(), outcome.kind.zh());
    let mitigated = tier.level == TierLevel::Mitigated;
    if of_kind.peek().is_none() {
        if mitigated && milder(outcome.kind, given) {
            return Ok(());
        }
        return Err(Fault::new(
            format!("“{level}”阶次列有“{kind}”，事项没有该处罚种类"),
            format!("tier {} lists {kind}, which the item does not give", tier.code),
        ));
    }
    let [zh, en] = outcome.told();
    let mut narrower = of_kind.filter(|line| narrows(outcome, line)).peekable();
    if narrower.peek().is_none() {
        return Err(Fault::new(
            format!("“{level}”阶次的“{zh}”不属于事项的任何一行：对象或者适用条件比事项宽"),
            format!("{en} of tier {} belongs to no line of the item: it addresses more or asks for less", tier.code),
        ));
    }
    if narrower.any(|line| within(line.range.as_ref(), outcome.range.as_ref(), mitigated)) {
        return Ok(());
    }
    Err(Fault::new(
        format!("“{level}”阶次的“{kind}”幅度超出事项所列幅度"),
        format!("the range of {kind} in tier {} leaves the item's range", tier.code),
    ))
}

/// Whether mitigation may come down to this kind: to the mildest, and from a revocation to what leaves the licence.
fn milder(kind: PenaltyKind, given: &[Outcome]) -> bool {
    match kind {
        PenaltyKind::Warning | PenaltyKind::PublicCriticism => true,
        PenaltyKind::SuspendLicence | PenaltyKind::LowerQualification => {
            given.iter().any(|g| g.kind == PenaltyKind::RevokeLicence)
        }
        _ => false,
    }
}

/// Whether a tier's line is for no others and under no fewer conditions than the item's.
fn narrows(tier: &Outcome, line: &Outcome) -> bool {
    let addressed = line.who.is_empty() || (!tier.who.is_empty() && tier.who.iter().all(|who| line.who.contains(who)));
    // A condition in words is the same or stands beside none.
    let worded = line.condition.is_none() || line.condition == tier.condition;
    addressed && worded && line.when.iter().all(|condition| tier.when.contains(condition))
}

/// Whether a tier has what the item imposes whatever the case is.
fn whole(given: &[Outcome], tier: &Tier) -> Result<(), Fault> {
    if matches!(tier.level, TierLevel::None | TierLevel::Mitigated) {
        return Ok(());
    }
    let always = |line: &&Outcome| {
        line.imposing == Some(Imposing::Must)
            && line.instead.is_none()
            && line.who.is_empty()
            && line.when.is_empty()
            && line.condition.is_none()
    };
    match given.iter().filter(always).find(|line| !tier.outcomes.iter().any(|o| o.kind == line.kind)) {
        None => Ok(()),
        Some(line) => Err(Fault::new(
            format!("“{}”阶次遗漏了应当并处的“{}”", tier.level.zh(), line.kind.zh()),
            format!("tier {} leaves out {}, which must be imposed", tier.code, line.kind.en()),
        )),
    }
}

/// Whether the tiers of one line of the item reach from its low to its high and meet.
fn covered(line: &Outcome, tiers: &[Tier]) -> Result<(), Fault> {
    let Some((low, high)) = line.range.as_ref().and_then(ends) else { return Ok(()) };
    let dividing: Vec<&Outcome> = tiers
        .iter()
        .filter(|tier| !matches!(tier.level, TierLevel::None | TierLevel::Mitigated))
        .flat_map(|tier| &tier.outcomes)
        .filter(|o| o.kind == line.kind && o.called == line.called && narrows(o, line))
        .filter(|o| within(line.range.as_ref(), o.range.as_ref(), false))
        .collect();
    if dividing.is_empty() {
        return Ok(());
    }
    let mut spans: Vec<(i64, i64, &Outcome)> = dividing
        .into_iter()
        .filter_map(|o| o.range.as_ref().and_then(ends).map(|(low, high)| (low, high, o)))
        .collect();
    spans.sort_unstable_by_key(|(from, to, _)| (*from, *to));
    let mut reached = low;
    for (i, (from, to, _)) in spans.iter().enumerate() {
        // One unit further is next to it: 5 to 9 days, then 10 to 15.
        if *from > reached + i64::from(i > 0) {
            return Err(apart(line, "各阶次之间留有空档", "the tiers leave a gap"));
        }
        reached = reached.max(*to);
    }
    if reached < high {
        return Err(apart(line, "各阶次没有达到幅度的上限", "the tiers end below the highest"));
    }
    // Tiers that narrow the line in other ways are told apart by what the case found.
    let overlap = |(i, (from, to, one)): (usize, &(i64, i64, &Outcome))| {
        let same =
            |other: &&Outcome| other.when == one.when && other.who == one.who && other.condition == one.condition;
        spans[..i].iter().any(|(low, high, other)| same(other) && from < high && low < to)
    };
    if spans.iter().enumerate().any(overlap) {
        return Err(apart(line, "各阶次相互重叠", "the tiers overlap"));
    }
    Ok(())
}

fn apart(line: &Outcome, zh: &str, en: &str) -> Fault {
    let [line_zh, line_en] = line.told();
    Fault::new(
        format!("{zh}：{line_zh}；请使各阶次首尾相接"),
        format!("{en}: {line_en}; let each begin where the one before it ends"),
    )
}

/// The ends of a range; `None` of one that reaches to no number.
pub(super) fn ends(range: &Range) -> Option<(i64, i64)> {
    match range {
        Range::Amount { low_fen, high_fen } | Range::PerUnit { low_fen, high_fen, .. } => Some((*low_fen, *high_fen)),
        Range::Multiple { low_hundredths, high_hundredths, .. } => Some((*low_hundredths, *high_hundredths)),
        Range::Share { low_ten_thousandths, high_ten_thousandths, .. }
        | Range::PerDay { low_ten_thousandths, high_ten_thousandths, .. } => {
            Some((*low_ten_thousandths, *high_ten_thousandths))
        }
        Range::Days { low, high } => Some(((*low).into(), (*high).into())),
        Range::Term { low_months, high_months: Some(high) } => Some(((*low_months).into(), (*high).into())),
        Range::Term { high_months: None, .. } | Range::Life => None,
    }
}

/// What a range is measured by: ranges of one measure can be compared by their ends.
pub(super) fn measure(range: &Range) -> (u8, &str, &str) {
    match range {
        Range::Amount { .. } => (0, "", ""),
        Range::Multiple { of, .. } => (1, of, ""),
        Range::Share { of, .. } => (2, of, ""),
        Range::PerUnit { of, unit, .. } => (3, of, unit),
        Range::PerDay { of, .. } => (4, of, ""),
        Range::Days { .. } => (5, "", ""),
        Range::Term { .. } => (6, "", ""),
        Range::Life => (7, "", ""),
    }
}

pub(super) fn within(line: Option<&Range>, tier: Option<&Range>, mitigated: bool) -> bool {
    let (line, tier) = match (line, tier) {
        (None, _) => return true,
        (Some(_), None) => return false,
        (Some(line), Some(tier)) => (line, tier),
    };
    if measure(line) != measure(tier) {
        return mitigated && *line == Range::Life && matches!(tier, Range::Term { .. });
    }
    match (ends(line), ends(tier)) {
        (Some((low, high)), Some((from, to))) => 0 <= from && from <= to && to <= high && (mitigated || low <= from),
        // Up to a whole life.
        (None, Some((from, _))) => match line {
            Range::Term { low_months, .. } => mitigated || i64::from(*low_months) <= from,
            _ => false,
        },
        (None, None) => match (line, tier) {
            (Range::Term { low_months, .. }, Range::Term { low_months: from, .. }) => mitigated || low_months <= from,
            _ => true,
        },
        (Some(_), None) => false,
    }
}
