//! The yearly review of a row: every list is looked over at least once a year, whatever it lists.

use law::{Act, ClockChange, Decided, Refusal};

use super::{Facts, RowEvent, RowId, RowReviewedYearly, State};
use crate::domain::rules::{PL_REVIEW, PL_REVIEW_WITHIN};

/// Ends the year that runs, and begins the next one.
pub(super) fn yearly(
    state: &State,
    act: &Act,
    facts: &Facts,
    c: &RowReviewedYearly,
) -> Result<Vec<Decided<RowEvent>>, Refusal> {
    let Some(version) = state.versions.last().filter(|_| !state.is_cancelled()) else {
        let id = RowId { list: c.list, agency: c.agency.clone(), code: c.code.clone() };
        return Err(Refusal::NotFound { what: "published row", id: id.to_string() });
    };
    if state.yearly.contains(c) {
        return Ok(vec![]);
    }
    if c.on > act.day() || c.on < version.effective.min(act.day()) {
        return Err(Refusal::invalid("on", "must lie between the first day of the version and the day of the act"));
    }
    // Anyone of the list office may look a row over; the signature must only be a real person's.
    if facts.person.is_none() {
        return Err(Refusal::NotFound { what: "officer", id: c.reviewer.to_string() });
    }
    let mut decided = Decided::plain(c.clone());
    if let Some(n) = state.review_clock {
        let clock = ClockChange::name(&PL_REVIEW, &n.to_string());
        decided = decided.clock(ClockChange::Stopped { clock, at: act.at });
    }
    let next = (state.next_review() + 1).to_string();
    Ok(vec![decided.clock(ClockChange::open_keyed(&PL_REVIEW, &next, act.at, PL_REVIEW_WITHIN))])
}
