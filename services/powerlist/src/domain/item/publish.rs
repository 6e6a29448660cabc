//! What puts an item in force, and what ends it.

use law::{Act, Check, ClockChange, Decided, Refusal};
use lists::facts::PowerKind;

use super::{
    Facts, PublishItem, not_before_act, pending,
    review::{opinion, reviewer},
    state::State,
};
use crate::domain::{
    events::{ItemCancelled, ItemEvent, ItemPublished},
    rules::*,
};

pub(super) fn publish(
    state: &State,
    act: &Act,
    facts: &Facts,
    c: &PublishItem,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    if state.versions.iter().any(|v| v.version == c.version && v.effective == c.effective) {
        return Ok(vec![]);
    }
    let draft = pending(state, &c.item, c.version)?;
    not_before_act(c.effective, act)?;
    let last = state.versions.last().map(|v| v.effective).max(state.cancellations.last().map(|c| c.effective));
    if last.is_some_and(|last| c.effective < last) {
        return Err(Refusal::invalid("effective", "lies before the first day of the version before it"));
    }
    let content = &draft.content;
    let standard = state.standard(c.effective);
    let (citations, cited) = pl_cite(&content.bases, &facts.statutes, c.effective);
    let mut check = Check::on(act.day());
    check
        .rule(&PL_ELEMENTS, pl_elements(content))
        .rule(&PL_DUTY, pl_duty(content))
        .rule(&PL_BASIS_LEVEL, pl_basis_level(Power::from(&**content), &content.bases, &facts.ceilings, c.effective))
        .rule(&PL_CITE, cited)
        .rule(&PL_UNIFORM, pl_uniform(content, facts.uniform.as_ref()))
        .rule(&PL_CHANGE, pl_change_ground(&draft.ground, state.versions.is_empty()))
        .rule(&PL_CHANGE, pl_change_reviewed(draft.review.as_ref().map(|r| r.passed)))
        .rule(&PL_BODY, pl_body(content, facts.agency.as_ref(), c.effective))
        .rule(&PL_HOLDER, pl_holder(content, facts.agency.as_ref(), &facts.others))
        .rule(&PL_FREEDOM, pl_freedom(content, facts.agency.as_ref()))
        .rule(&PL_WIDER, pl_wider(content, &facts.statutes, c.effective))
        .rule(&PL_FLOW, pl_flow(content))
        .rule(&PL_STANDARD, pl_standard(content, standard.map(|s| &*s.tiers)));
    if content.kind == PowerKind::Compulsion {
        check.rule(&PL_COMPEL, pl_compel(content));
    }
    if !content.terms.is_empty() {
        check.rule(&PL_TERMS, pl_terms(content));
    }
    if content.kind == PowerKind::Licence {
        check.rule(&PL_SHOWN, pl_shown(content));
    }
    if !content.otherwise.is_empty() {
        check.rule(&PL_OTHERWISE, pl_otherwise(content));
    }
    let event = ItemPublished {
        item: c.item.clone(),
        version: c.version,
        effective: c.effective,
        published_at: c.published_at.clone(),
        content: content.clone(),
        citations,
    };
    let mut decided = Decided::under(check.settle(act.mode)?, event);
    if let Some(key) = state.publish_clock {
        let clock = ClockChange::name(&PL_PUBLISH, &key.to_string());
        decided = decided.clock(ClockChange::Stopped { clock, at: act.at });
    }
    if state.review_clock.is_none() {
        decided = decided.clock(review_clock(state, act));
    }
    Ok(vec![decided])
}

fn review_clock(state: &State, act: &Act) -> ClockChange {
    ClockChange::open_keyed(&PL_REVIEW, &state.next_review().to_string(), act.at, PL_REVIEW_WITHIN)
}

pub(super) fn cancel(
    state: &State,
    act: &Act,
    facts: &Facts,
    c: &ItemCancelled,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(version) = state.versions.last() else {
        return Err(Refusal::NotFound { what: "published item", id: c.item.to_string() });
    };
    if state.is_cancelled() {
        let same = state.cancellations.last().is_some_and(|d| d.effective == c.effective && d.ground == c.ground);
        return if same {
            Ok(vec![])
        } else {
            Err(Refusal::state("ITEM_CANCELLED", "该事项已取消", "the item has been cancelled already"))
        };
    }
    not_before_act(c.effective, act)?;
    if c.effective < version.effective {
        return Err(Refusal::invalid("effective", "lies before the first day of the version in force"));
    }
    let mut check = Check::on(act.day());
    check
        .rule(&PL_CHANGE, pl_change_ground(&c.ground, false))
        .rule(&PL_CHANGE, opinion(&c.opinion))
        .rule(&OF_EXAM, reviewer(&c.reviewer, facts.person.as_ref())?);
    let mut decided = Decided::under(check.settle(act.mode)?, c.clone());
    let open = [state.publish_clock.map(|k| (&PL_PUBLISH, k)), state.review_clock.map(|k| (&PL_REVIEW, k))];
    for (rule, key) in open.into_iter().flatten() {
        decided = decided.clock(ClockChange::Cancelled { clock: ClockChange::name(rule, &key.to_string()) });
    }
    Ok(vec![decided])
}
