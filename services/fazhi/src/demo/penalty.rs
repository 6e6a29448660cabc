//! Kind and amount: what a tier gives for a party, and what a case must have found for it.

use kernel::words::Word as _;
use lists::facts::{
    self, Addressee, Bounds, Condition, DAYS, Findings, Imposing, Lack, Measured, Outcome, Range, Stated, UNCOMPUTABLE,
    YUAN, applying,
};
use proto::{common::v1::PenaltyKind, enforcement::v1 as wire};

use super::{
    chance::Chance,
    county::{Item, Tier},
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

/// What the tier gives for this party: one of its lines, the findings under which it applies, and what must stand beside it.
pub(super) fn penalties(
    chance: &mut Chance,
    item: &Item,
    tier: &Tier,
    organisation: bool,
) -> Option<(Vec<wire::Penalty>, Findings)> {
    let party = if organisation { Addressee::Unit } else { Addressee::Individual };
    let ours = |line: &&Outcome| {
        (line.who.is_empty() || line.who.contains(&party))
            && line.decided_by.is_none()
            && meant_for(line.condition.as_deref(), organisation)
    };
    let lines: Vec<&Outcome> = tier.outcomes.iter().filter(ours).collect();
    let lead = *chance.weighted(&lines, |line| share(line.kind))?;
    let mut found = Findings::default();
    for condition in &lead.when {
        find(chance, &mut found, condition)?;
    }
    // Whatever else decides is measured, too: a case that leaves it out is asked for it.
    for line in
        item.outcomes.iter().chain(&tier.outcomes).filter(|line| line.who.is_empty() || line.who.contains(&party))
    {
        measure_all(chance, &mut found, line);
    }
    let (given, asked) = applying(&item.outcomes, party, &found);
    let (of_tier, asked_of_tier) = applying(&tier.outcomes, party, &found);
    if asked.is_some() || asked_of_tier.is_some() {
        return None;
    }
    let mut out = vec![imposed(chance, lead, &found)?];
    let mut chosen: Vec<u8> = lead.instead.into_iter().collect();
    let others: Vec<&Outcome> = of_tier.into_iter().filter(ours).filter(|line| line.kind != lead.kind).collect();
    for line in &others {
        let must = given.iter().any(|g| g.kind == line.kind && g.imposing == Some(Imposing::Must));
        let taken = out.iter().any(|p| p.kind() == line.kind.wire());
        let instead = line.instead.is_some_and(|number| chosen.contains(&number));
        let extra = line.imposing != Some(Imposing::Must) && !grave(line.kind) && chance.percent(25);
        if !taken && !instead && (must || extra) {
            out.push(imposed(chance, line, &found)?);
            chosen.extend(line.instead);
        }
    }
    // What must be imposed and this tier does not give, another tier does.
    let whole = given
        .iter()
        .filter(|g| g.imposing == Some(Imposing::Must) && g.instead.is_none() && g.condition.is_none())
        .filter(|g| g.decided_by.is_none())
        .all(|g| out.iter().any(|p| p.kind() == g.kind.wire()));
    (whole || tier.code() == "mitigated").then_some((out, found))
}

/// How often a kind leads.
fn share(kind: facts::PenaltyKind) -> u64 {
    use facts::PenaltyKind as K;
    match kind {
        K::Fine => 60,
        K::Warning | K::PublicCriticism => 25,
        K::Detention => 8,
        K::ConfiscateGains | K::ConfiscateGoods => 4,
        _ => 1,
    }
}

fn grave(kind: facts::PenaltyKind) -> bool {
    use facts::PenaltyKind as K;
    !matches!(kind, K::Warning | K::PublicCriticism | K::Fine | K::ConfiscateGains | K::ConfiscateGoods)
}

/// Whether a condition in words can be met by this party.
fn meant_for(condition: Option<&str>, organisation: bool) -> bool {
    let Some(condition) = condition else { return true };
    let persons = ["个人", "人员", "负责人", "所有人", "机动车所有人"].iter().any(|w| condition.contains(w));
    let bodies = ["单位", "企业", "机构", "广告主", "发布者", "经营者"].iter().any(|w| condition.contains(w));
    !condition.contains("事故") && if organisation { !persons } else { !bodies }
}

/// Makes a condition hold; `None` where what was found already speaks against it.
fn find(chance: &mut Chance, found: &mut Findings, condition: &Condition) -> Option<()> {
    let known = |found: &Findings| found.quantity(condition.of()).is_some() || found.says(condition.of(), UNCOMPUTABLE);
    match condition {
        Condition::Between { of, unit, from, to } if !known(found) => {
            let low = from.map_or(0, |b| b.hundredths + if b.included { 0 } else { 100 });
            let high = to.map_or(low * 3 + 60_000, |b| b.hundredths - if b.included { 0 } else { 100 });
            if high < low {
                return None;
            }
            // Mostly near the lower end, in whole units.
            let whole = (low + 99) / 100;
            let n = chance.between(whole, whole.max(low / 100 + (high - low) / 100 / 2));
            measure(found, of, unit, (n * 100).min(high));
        }
        Condition::Lacking { of, how: Lack::None | Lack::Either } if !known(found) => measure(found, of, YUAN, 0),
        Condition::Lacking { of, how: Lack::Uncomputable } if !known(found) => state(found, of, UNCOMPUTABLE),
        Condition::Is { of, value } if !found.stated.iter().any(|s| s.of == *of) => state(found, of, value),
        Condition::Between { .. } | Condition::Lacking { .. } | Condition::Is { .. } | Condition::IsNot { .. } => {}
    }
    Some(())
}

fn measure(found: &mut Findings, of: &str, unit: &str, hundredths: i64) {
    let (of, unit) = (of.to_owned(), unit.to_owned());
    found.measured.push(Measured { of, unit, hundredths, evidence: Vec::new() });
}

fn state(found: &mut Findings, of: &str, value: &str) {
    found.stated.push(Stated { of: of.to_owned(), value: value.to_owned() });
}

/// Every quantity that a line reads and nobody measured yet.
fn measure_all(chance: &mut Chance, found: &mut Findings, line: &Outcome) {
    let mut wanted: Vec<(&str, &str)> = Vec::new();
    for condition in &line.when {
        match condition {
            Condition::Between { of, unit, .. } => wanted.push((of, unit)),
            Condition::Lacking { of, .. } => wanted.push((of, YUAN)),
            Condition::Is { .. } | Condition::IsNot { .. } => {}
        }
    }
    match &line.range {
        Some(Range::Multiple { of, .. } | Range::Share { of, .. }) => wanted.push((of, YUAN)),
        Some(Range::PerUnit { of, unit, .. }) => wanted.push((of, unit)),
        Some(Range::PerDay { of, .. }) => wanted.extend([(of.as_str(), YUAN), (DAYS, "日")]),
        Some(Range::Amount { .. } | Range::Days { .. } | Range::Term { .. } | Range::Life) | None => {}
    }
    for limit in [&line.floor, &line.cap].into_iter().flatten() {
        if let facts::Limit::Multiple { of, .. } = limit {
            wanted.push((of, YUAN));
        }
    }
    for (of, unit) in wanted {
        if found.quantity(of).is_none() && !found.says(of, UNCOMPUTABLE) {
            let n = if unit == YUAN { 100 * hundreds_of_yuan(chance, of) } else { chance.between(1, 30) };
            measure(found, of, unit, n * 100);
        }
    }
}

/// A usual amount of a base, in hundreds of yuan.
fn hundreds_of_yuan(chance: &mut Chance, of: &str) -> i64 {
    match of {
        "货值金额" | "违法所得" => chance.between(3, 60),
        "广告费用" => chance.between(5, 80),
        of if of.contains("造价") || of.contains("价款") || of.contains("编制费") => chance.between(200, 3_000),
        _ => chance.between(20, 300),
    }
}

/// A line as it is imposed.
fn imposed(chance: &mut Chance, line: &Outcome, found: &Findings) -> Option<wire::Penalty> {
    use facts::PenaltyKind as K;
    let mut p = wire::Penalty { kind: line.kind.number(), ..Default::default() };
    match line.bounds(found) {
        Bounds::Fen(low, high) => p.amount_fen = Some(amount(chance, low, high)?),
        Bounds::Days(low, high) => {
            p.days = u32::try_from(chance.between(low.max(1).into(), high.into())).ok();
        }
        Bounds::Months(low, high) => {
            let high = high.unwrap_or(low.saturating_add(24));
            p.months = u32::try_from(chance.between(low.max(1).into(), high.into())).ok();
        }
        Bounds::Life => p.for_life = true,
        Bounds::Open => {}
        Bounds::Ask(_) => return None,
    }
    match line.kind {
        K::Fine if p.amount_fen.is_none() => return None,
        K::ConfiscateGains => {
            let gains = found.quantity("违法所得").map(|m| m.hundredths);
            p.amount_fen = Some(gains.unwrap_or_else(|| chance.between(3, 60) * 10_000)).filter(|fen| *fen > 0);
            p.amount_fen?;
        }
        K::ConfiscateGoods => {
            p.what = format!("涉案物品{}件（见物品清单）", chance.between(1, 40));
            p.amount_fen = Some(chance.between(1, 50) * 10_000);
        }
        K::SuspendProduction => p.what = "责令停产停业整顿".to_owned(),
        K::RevokeLicence => p.what = "吊销相关许可证件".to_owned(),
        K::SuspendLicence => p.what = "暂扣相关许可证件".to_owned(),
        K::LowerQualification => p.what = "降低资质等级一级".to_owned(),
        _ => {}
    }
    if let Some(called) = &line.called {
        p.what.clone_from(called);
    }
    if let Some(body) = &line.approval {
        p.approval = format!("{body}批复（虚构）");
    }
    Some(p)
}

/// An amount inside the range, in whole yuan where there is one.
fn amount(chance: &mut Chance, low: i64, high: i64) -> Option<i64> {
    // Round where the range leaves room; people decide on round sums.
    let step = match high - low {
        1_000_000.. => 50_000,
        50_000.. => 10_000,
        100.. => 100,
        _ => 1,
    };
    let (from, to) = (((low + step - 1).div_euclid(step)).max(1), high.div_euclid(step));
    // Most fines lie in the lower half of the tier.
    let most = if chance.percent(70) { from + (to - from) / 2 } else { to };
    (from <= to).then(|| chance.between(from, most) * step)
}

/// The least that the lighter tier of an item gives, in yuan; for comparing items with each other.
pub(super) fn lowest(item: &Item) -> Option<i64> {
    let tier = item.tier("从轻")?;

    let low = |o: &Outcome| match (&o.range, o.kind) {
        (Some(Range::Amount { low_fen, .. }), _) => Some(low_fen / 100),
        (Some(Range::PerUnit { low_fen, .. }), _) => Some(low_fen / 10),
        (Some(Range::Multiple { .. } | Range::Share { .. } | Range::PerDay { .. }), _) => Some(10_000),
        (Some(Range::Days { .. } | Range::Term { .. }), _) => Some(1_000),
        (None, facts::PenaltyKind::Warning) => Some(0),
        (Some(Range::Life) | None, _) => None,
    };
    tier.outcomes.iter().filter_map(low).min()
}

/// The findings as a request states them.
pub(super) fn on_wire(found: &Findings) -> wire::Findings {
    wire::Findings {
        addressee: found.addressee.map_or(0, kernel::words::Word::number),
        measured: found
            .measured
            .iter()
            .map(|m| wire::Measured {
                of: m.of.clone(),
                unit: m.unit.clone(),
                hundredths: m.hundredths,
                evidence_ids: Vec::new(),
            })
            .collect(),
        stated: found.stated.iter().map(|s| wire::Stated { of: s.of.clone(), value: s.value.clone() }).collect(),
    }
}

#[cfg(test)]
mod tests;
