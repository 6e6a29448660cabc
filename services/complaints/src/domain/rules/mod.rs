//! The rules of what persons bring, by what they govern: one card and its functions each.

pub mod lead;
pub mod protect;
pub mod receive;
pub mod review;
pub mod satisfaction;
pub mod settle;
pub mod way;

use law::{
    Rule,
    check::{Outcome, blank, fault},
};

/// Every rule of this service.
pub static RULES: &[&Rule] = &[
    &receive::CO_REGISTER,
    &receive::CO_ROUTE,
    &receive::CO_ACCEPT,
    &receive::CO_TELL,
    &receive::CO_OBJECT,
    &receive::CO_RULING,
    &way::CO_REDIRECT,
    &way::CO_DECLINE,
    &way::CO_FINAL,
    &settle::CO_SETTLE,
    &settle::CO_EXTEND,
    &settle::CO_CONTENT,
    &satisfaction::CO_RATE,
    &satisfaction::CO_RECTIFY,
    &satisfaction::CO_SUPERVISE,
    &review::CO_REVIEW,
    &review::CO_HIGHER,
    &review::CO_REVIEW_ANSWER,
    &protect::CO_PROTECT,
    &protect::CO_SHRED,
    &protect::CO_RECUSE,
    &protect::CO_REPRISAL,
    &protect::CO_REWARD,
    &lead::CO_LEAD,
    &lead::CO_NORM,
];

/// The person was told, unless nobody can be reached (LPR 23(2)).
fn was_told(reachable: bool, told: &str) -> Outcome {
    if reachable && blank(told) {
        return fault(
            "没有书面告知来件人；请告知并写明告知方式",
            "the person was not told in writing; tell him and say how",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_id_is_used_twice() {
        let mut ids: Vec<_> = RULES.iter().map(|r| r.id).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}
