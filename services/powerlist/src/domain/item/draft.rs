//! Drafting a version.

use law::{Act, Check, ClockChange, Decided, Refusal};

use super::{
    Facts,
    state::{Draft, State},
};
use crate::domain::{
    events::{ItemDrafted, ItemEvent},
    rules::{PL_CHANGE, PL_PUBLISH, PL_PUBLISH_WITHIN, pl_change_ground},
};

pub(super) fn draft(
    state: &State,
    act: &Act,
    facts: &Facts,
    c: &ItemDrafted,
) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let content = &c.content;
    if !content.item.as_str().starts_with(content.base_code.as_str()) {
        return Err(Refusal::invalid("content.item", format!("must begin with the base code {}", content.base_code)));
    }
    if facts.agency.is_none() {
        return Err(Refusal::NotFound { what: "agency", id: content.agency.to_string() });
    }
    let same_draft = |d: &Draft| d.content == *content && d.ground == c.ground && d.review.is_none();
    let unchanged = state.draft.is_none() && !state.is_cancelled() && state.newest() == Some(content);
    if state.draft.as_ref().is_some_and(same_draft) || unchanged {
        return Ok(vec![]);
    }
    if state.versions.last().is_some_and(|v| v.content.agency != content.agency) {
        return Err(Refusal::invalid(
            "content.agency",
            "an item does not pass to another agency; cancel it and draft a new one",
        ));
    }
    let mut check = Check::on(act.day());
    let first = state.versions.is_empty() && facts.before.is_none();
    check.rule(&PL_CHANGE, pl_change_ground(&c.ground, first));
    let version = state.last_version + 1;
    let event = ItemDrafted { version, ..c.clone() };
    let decided = Decided::under(check.settle(act.mode)?, event);
    // A draft that replaces another one inherits its clock: drafting again does not win time.
    Ok(vec![match state.publish_clock {
        Some(_) => decided,
        None => decided.clock(ClockChange::open_keyed(&PL_PUBLISH, &version.to_string(), act.at, PL_PUBLISH_WITHIN)),
    }])
}
