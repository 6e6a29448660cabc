//! What a reconsideration or a court found in an item, and how the list answers it.

use law::{Act, Check, Decided, Refusal, check::blank};

use super::state::State;
use crate::domain::{
    events::{GroundAnswer, GroundAnswered, GroundKind, GroundNoted, ItemEvent},
    rules::PL_GROUND,
};

pub(super) fn note(state: &State, c: &GroundNoted) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    if state.versions.is_empty() {
        return Err(Refusal::NotFound { what: "published item", id: c.item.to_string() });
    }
    match state.grounds.get(&c.reference) {
        Some(noted) if noted.ground == *c => Ok(vec![]),
        Some(_) => Err(Refusal::state(
            "GROUND_NOTED",
            "该案的调整事由已经登记，且内容不同",
            "a ground of this reference is on record with other contents",
        )),
        None => Ok(vec![Decided::plain(c.clone())]),
    }
}

/// An answer says what the list shows; what is kept is kept for a reason.
pub(super) fn answer(state: &State, act: &Act, c: &GroundAnswered) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
    let Some(noted) = state.grounds.get(&c.reference) else {
        return Err(Refusal::NotFound { what: "ground", id: c.reference.clone() });
    };
    if let Some(answer) = &noted.answer {
        return if answer == c {
            Ok(vec![])
        } else {
            Err(Refusal::state("GROUND_ANSWERED", "该调整事由已经答复", "the ground has been answered already"))
        };
    }
    if blank(&c.reason) {
        return Err(Refusal::invalid("reason", "must not be blank"));
    }
    let because = |ground: &crate::domain::events::Ground| ground.kind == GroundKind::ReconsiderationOrJudgment;
    let (shown, zh, en) = match c.answer {
        GroundAnswer::Adjusted => (
            state.versions.iter().skip(noted.versions).any(|v| v.ground.as_ref().is_some_and(because)),
            "此后没有以行政复议或诉讼为事由公布新的版本",
            "no version was published since on the ground of a reconsideration or judgment",
        ),
        GroundAnswer::Cancelled => (
            state.cancellations.iter().skip(noted.cancellations).any(|end| because(&end.ground)),
            "此后没有以行政复议或诉讼为事由取消该事项",
            "it was not cancelled since on the ground of a reconsideration or judgment",
        ),
        GroundAnswer::Kept => (true, "", ""),
    };
    if !shown {
        return Err(Refusal::state(
            "NOT_SHOWN",
            format!("清单与答复不符：{zh}"),
            format!("the list does not show this answer: {en}"),
        ));
    }
    let mut check = Check::on(act.day());
    check.rule(&PL_GROUND, Ok(()));
    Ok(vec![Decided::under(check.settle(act.mode)?, c.clone())])
}
