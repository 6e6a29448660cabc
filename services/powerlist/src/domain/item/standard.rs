//! An item's discretion standard and its charge.

use law::{Act, Check, Decided, Fault, Refusal};
use lists::facts::PowerKind;

use super::{Facts, not_before_act, state::State};
use crate::domain::{
    events::{FeePublished, ItemEvent, StandardPublished},
    rules::{PL_CITE, PL_FEE, PL_STANDARD, PL_TIER, pl_cite, pl_fee, pl_tier},
};

pub(super) fn publish_standard(
    state: &State,
    act: &Act,
    c: &StandardPublished,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(content) = state.newest() else {
        return Err(Refusal::NotFound { what: "item", id: c.item.to_string() });
    };
    if content.kind != PowerKind::Penalty {
        return Err(Refusal::state(
            "NO_PENALTY",
            format!("“{}”不是行政处罚，没有处罚裁量基准", content.name),
            format!("{:?} is no penalty and has no discretion standard", content.name),
        ));
    }
    let last = state.standards.last();
    if last.is_some_and(|s| s.tiers == c.tiers && s.document == c.document && s.effective == c.effective) {
        return Ok(vec![]);
    }
    not_before_act(c.effective, act)?;
    if last.is_some_and(|s| c.effective < s.effective) {
        return Err(Refusal::invalid("effective", "lies before the first day of the standard before it"));
    }
    if c.tiers.is_empty() {
        return Err(Refusal::invalid("tiers", "at least one tier is required"));
    }
    for (i, tier) in c.tiers.iter().enumerate() {
        if c.tiers[..i].iter().any(|t| t.code == tier.code) {
            return Err(Refusal::invalid("tiers", format!("the tier code {} comes twice", tier.code)));
        }
    }
    let mut check = Check::on(act.day());
    check.rule(&PL_TIER, fits(state, c));
    check.rule(&PL_STANDARD, Ok(()));
    let event = StandardPublished { version: last.map_or(1, |s| s.version + 1), ..c.clone() };
    Ok(vec![Decided::under(check.settle(act.mode)?, event)])
}

/// Whether the tiers fit the version that is in force when they are. A standard for a version that is to come is published before it: whether
/// that comes nobody can tell yet, and PL-STANDARD looks again when it does.
fn fits(state: &State, c: &StandardPublished) -> Result<(), Fault> {
    let newest = state.newest().map_or(Ok(()), |content| pl_tier(content, &c.tiers));
    let Some(version) = state.in_force(c.effective) else { return newest };
    match (pl_tier(&version.content, &c.tiers), &state.draft) {
        (Err(fault), Some(draft)) if newest.is_ok() => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!(
                    "只与待公布的第{}版草案相符，与施行中的第{}版不符：{}",
                    draft.version, version.version, fault.zh
                ),
                format!(
                    "it fits the pending draft {} only, and not version {} in force: {}",
                    draft.version, version.version, fault.en
                ),
            )
        }),
        (held, _) => held,
    }
}

pub(super) fn publish_fee(
    state: &State,
    act: &Act,
    facts: &Facts,
    c: &FeePublished,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(content) = state.newest().filter(|_| !state.is_cancelled()) else {
        return Err(Refusal::NotFound { what: "item", id: c.item.to_string() });
    };
    let last = state.fees.iter().rev().find(|fee| fee.name == c.name);
    if last == Some(c) {
        return Ok(vec![]);
    }
    not_before_act(c.effective, act)?;
    if last.is_some_and(|last| c.effective < last.effective) {
        return Err(Refusal::invalid("effective", "lies before the first day of the charge before it"));
    }
    if let Some(row) = &facts.charge_row {
        let code = &row.code;
        return Err(Refusal::state(
            "CHARGE_IN_LIST",
            format!("“{}”已列入收费和基金目录（编码{code}）；请先取消该行，再作为事项的收费公布", c.name),
            format!("{:?} stands in the list of fees and funds as {code}: cancel that row first", c.name),
        ));
    }
    let charged = c.charge_fen.unwrap_or(c.standard_fen);
    let mut check = Check::on(act.day());
    check.rule(&PL_FEE, pl_fee(content.kind, &c.basis, c.standard_fen, &c.unit, charged));
    check.rule(&PL_CITE, pl_cite(std::slice::from_ref(&c.basis), &facts.statutes, c.effective).1);
    Ok(vec![Decided::under(check.settle(act.mode)?, c.clone())])
}
