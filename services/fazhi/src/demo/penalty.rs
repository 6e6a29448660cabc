//! Kind and amount: what a tier gives for a party.

use proto::{common::v1::PenaltyKind, enforcement::v1 as wire};

use super::{
    chance::Chance,
    county::{Item, Tier},
    range::{Outcome, Range},
};

/// From which amount a penalty gives the right to a hearing and makes a decision a major one, in fen: the
/// service's defaults, which the county's document keeps.
const LARGER_CITIZEN: i64 = 500_000;
const LARGER_ORGANISATION: i64 = 5_000_000;
/// What may be imposed on the spot, in fen (APL 51).
const SPOT_CITIZEN: i64 = 20_000;
const SPOT_ORGANISATION: i64 = 300_000;

/// Sum of the fines among penalties, in fen.
pub(super) fn fine_of(penalties: &[wire::Penalty]) -> i64 {
    penalties.iter().filter(|p| p.kind() == PenaltyKind::Fine).filter_map(|p| p.amount_fen).sum()
}

/// Whether penalties give the right to a hearing (APL 63).
pub(super) fn larger(penalties: &[wire::Penalty], organisation: bool) -> bool {
    use PenaltyKind as K;
    let larger = if organisation { LARGER_ORGANISATION } else { LARGER_CITIZEN };
    let sum = |kind| penalties.iter().filter(|p| p.kind() == kind).filter_map(|p| p.amount_fen).sum::<i64>();
    [K::Fine, K::ConfiscateGains, K::ConfiscateGoods].into_iter().any(|kind| sum(kind) >= larger)
        || penalties.iter().any(|p| {
            matches!(
                p.kind(),
                K::LowerQualification | K::RevokeLicence | K::SuspendProduction | K::CloseDown | K::BarFromTrade
            )
        })
}

/// Whether this may be imposed on the spot (APL 51).
pub(super) fn spot(penalties: &[wire::Penalty], organisation: bool) -> bool {
    let most = if organisation { SPOT_ORGANISATION } else { SPOT_CITIZEN };
    fine_of(penalties) <= most && penalties.iter().all(|p| matches!(p.kind(), PenaltyKind::Fine | PenaltyKind::Warning))
}

/// What the tier gives for this party: usually the lightest combination that punishes at all.
pub(super) fn penalties(
    chance: &mut Chance,
    tier: &Tier,
    organisation: bool,
) -> Option<(Vec<wire::Penalty>, Vec<wire::BaseAmount>)> {
    let mut out: Vec<wire::Penalty> = Vec::new();
    let mut bases: Vec<wire::BaseAmount> = Vec::new();
    let fits = |o: &&Outcome| meant_for(o.condition.as_deref(), organisation);
    let fines: Vec<&Outcome> = tier.outcomes.iter().filter(|o| o.kind == PenaltyKind::Fine).filter(fits).collect();
    let warns = tier.outcomes.iter().any(|o| o.kind == PenaltyKind::Warning);
    if warns {
        out.push(penalty(PenaltyKind::Warning));
    }
    if (!warns || chance.percent(40)) && !fines.is_empty() {
        let (fine, base) = fines.iter().find_map(|o| amount(chance, o))?;
        bases.extend(base);
        out.push(wire::Penalty { amount_fen: Some(fine), ..penalty(PenaltyKind::Fine) });
    }
    if !organisation
        && let Some(o) = tier.outcomes.iter().find(|o| o.kind == PenaltyKind::Detention)
        && let Some(Range::Days { low, high }) = o.range
    {
        let days = chance.between(low.max(1).into(), high.into());
        out.push(wire::Penalty { days: u32::try_from(days).ok(), ..penalty(PenaltyKind::Detention) });
    }
    let gives = |kind| tier.outcomes.iter().any(|o| o.kind == kind);
    if gives(PenaltyKind::ConfiscateGains) && (out.is_empty() || chance.percent(35)) {
        let known = bases.iter().find(|b| b.of == "违法所得").map(|b| b.amount_fen);
        let gains = known.unwrap_or_else(|| chance.between(3, 60) * 10_000);
        out.push(wire::Penalty { amount_fen: Some(gains), ..penalty(PenaltyKind::ConfiscateGains) });
    }
    if gives(PenaltyKind::ConfiscateGoods) && chance.percent(20) {
        let what = format!("涉案物品{}件（见物品清单）", chance.between(1, 40));
        out.push(wire::Penalty {
            amount_fen: Some(chance.between(1, 50) * 10_000),
            what,
            ..penalty(PenaltyKind::ConfiscateGoods)
        });
    }
    let grave = [
        (PenaltyKind::SuspendProduction, "责令停产停业整顿"),
        (PenaltyKind::RevokeLicence, "吊销相关许可证件"),
        (PenaltyKind::SuspendLicence, "暂扣相关许可证件"),
        (PenaltyKind::LowerQualification, "降低资质等级一级"),
    ];
    let only_grave = out.is_empty();
    for (kind, what) in grave {
        let alone = only_grave && out.is_empty();
        if organisation && gives(kind) && (alone || (tier.level == "从重" && chance.percent(12))) {
            out.push(wire::Penalty { what: what.to_owned(), ..penalty(kind) });
        }
    }
    (!out.is_empty()).then_some((out, bases))
}

fn penalty(kind: PenaltyKind) -> wire::Penalty {
    wire::Penalty { kind: kind.into(), ..Default::default() }
}

/// Whether a condition of the article can be met by this party.
fn meant_for(condition: Option<&str>, organisation: bool) -> bool {
    let Some(condition) = condition else { return true };
    let persons = ["个人", "人员", "负责人", "所有人", "机动车所有人"].iter().any(|w| condition.contains(w));
    let bodies = ["单位", "企业", "机构", "广告主", "发布者", "经营者"].iter().any(|w| condition.contains(w));
    !condition.contains("事故") && if organisation { !persons } else { !bodies }
}

/// An amount inside the range, in whole yuan, with the base it is measured by.
fn amount(chance: &mut Chance, outcome: &Outcome) -> Option<(i64, Option<wire::BaseAmount>)> {
    match outcome.range.as_ref()? {
        Range::Amount { low, high } => {
            // Round where the range leaves room; people decide on round sums.
            let step = if high - low >= 1_000_000 {
                50_000
            } else if high - low >= 50_000 {
                10_000
            } else {
                100
            };
            let (from, to) = ((low + step - 1).div_euclid(step).max(1), high.div_euclid(step));
            // Most fines lie in the lower half of the tier.
            let most = if chance.percent(70) { from + (to - from) / 2 } else { to };
            (from <= to).then(|| (chance.between(from, most) * step, None))
        }
        Range::Multiple { of, low, high } => {
            let base = 10_000 * base_hundreds(chance, of)?;
            let hundredths = chance.between((*low).max(1), low + (high - low) / 2);
            (hundredths <= *high)
                .then(|| (base * hundredths / 100, Some(wire::BaseAmount { of: of.clone(), amount_fen: base })))
        }
        Range::Days { .. } => None,
    }
}

/// A usual amount of a base, in hundreds of yuan; `None` for bases that no everyday case has.
fn base_hundreds(chance: &mut Chance, of: &str) -> Option<i64> {
    match of {
        "货值金额" | "违法所得" => Some(chance.between(3, 60)),
        "广告费用" => Some(chance.between(5, 80)),
        of if of.contains("造价") || of.contains("价款") || of.contains("编制费") => {
            Some(chance.between(200, 3_000))
        }
        _ => None,
    }
}

/// The least that the lighter tier of an item gives, in yuan; for comparing items with each other.
pub(super) fn lowest(item: &Item) -> Option<i64> {
    let tier = item.tier("从轻")?;

    let low = |o: &Outcome| match (&o.range, o.kind) {
        (Some(Range::Amount { low, .. }), _) => Some(low / 100),
        (Some(Range::Multiple { .. }), _) => Some(10_000),
        (Some(Range::Days { .. }), _) => Some(1_000),
        (None, PenaltyKind::Warning) => Some(0),
        _ => None,
    };
    tier.outcomes.iter().filter_map(low).min()
}
