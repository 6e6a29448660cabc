//! The bases of a published item held anew, when the texts of statutes on record have changed.

use law::{Act, Check, Decided, Refusal, id::ItemCode};

use super::{Facts, state::State};
use crate::domain::{
    events::{CitationsChecked, ItemEvent},
    rules::{PL_CITED, pl_cite},
    statute::Held,
};

/// Of the version that is in force on the day, or comes into force last: an item that is over is no list's any more.
pub(super) fn check(
    state: &State,
    act: &Act,
    facts: &Facts,
    item: &ItemCode,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(version) = state.standing(act.day()) else { return Ok(vec![]) };
    let day = version.effective.max(act.day());
    let (citations, cited) = pl_cite(&version.content.bases, &facts.statutes, day);
    // An item published before bases were held against texts says nothing of them, which is not checked.
    let none = version.citations.is_empty() && citations.iter().all(|c| c.held == Held::NotChecked);
    if citations == version.citations || none {
        return Ok(vec![]);
    }
    let mut check = Check::on(act.day());
    check.rule(&PL_CITED, cited);
    let event = CitationsChecked { item: item.clone(), version: version.version, citations };
    Ok(vec![Decided::under(check.settle(act.mode)?, event)])
}
