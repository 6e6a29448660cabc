//! The end of a matter: what is still owed in it is settled before, or named with the reason why it is not.
//!
//! Invariants:
//! - Ending a matter makes nothing vanish. The clock of what is named goes on, to be met or missed, and the steps that
//!   settle it stay possible after the end.
//! - It is the state that refuses, in both modes, and no rule: no article says what a file must name. Whoever reports an
//!   end afterwards names what was left open then.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    check::{Refusal, blank},
    clock::ClockChange,
    rule::Rule,
};

/// Something that the agency owes in a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The name of its clock, or `kind:key` of what has none.
    pub what: String,
    /// What is owed, in Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Owed {
    /// What the one clock of a rule is for.
    pub fn under(rule: &'static Rule) -> Self {
        Self { what: rule.id.to_owned(), zh: rule.zh, en: rule.en }
    }

    /// What one of several clocks of a rule is for.
    pub fn keyed(rule: &'static Rule, key: &str) -> Self {
        Self { what: ClockChange::name(rule, key), ..Self::under(rule) }
    }
}

/// Something left open when a matter ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOpen {
    /// The name of its clock, or `kind:key` of what has none.
    pub what: String,
    /// Why it is not settled.
    pub reason: String,
}

/// Everything that is owed is named with a reason, and nothing else is.
///
/// # Errors
/// [`Refusal::State`] with what is open and not named; [`Refusal::Invalid`] for an entry without a reason, or of what is
/// not open.
pub fn named(owed: &[Owed], left: &[LeftOpen]) -> Result<(), Refusal> {
    for (i, entry) in left.iter().enumerate() {
        if blank(&entry.reason) {
            let en = "must say why it is left open".to_owned();
            return Err(Refusal::Invalid { field: format!("left[{i}].reason"), en });
        }
        if !owed.iter().any(|owed| owed.what == entry.what) {
            let en = format!("{:?} is not open in this matter", entry.what);
            return Err(Refusal::Invalid { field: format!("left[{i}].what"), en });
        }
    }
    let unnamed: Vec<_> = owed.iter().filter(|owed| left.iter().all(|entry| entry.what != owed.what)).collect();
    if unnamed.is_empty() {
        return Ok(());
    }
    let list = |of: fn(&Owed) -> String| unnamed.iter().map(|owed| of(owed)).collect::<Vec<_>>();
    Err(Refusal::state(
        "LEFT_OPEN",
        format!(
            "尚有未了事项：{}；请先办理，或者逐项写明未了的理由",
            list(|o| format!("{}（{}）", o.what, o.zh)).join("；")
        ),
        format!(
            "still open: {}; settle each, or name it in left with the reason",
            list(|o| format!("{} ({})", o.what, o.en)).join("; ")
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owed() -> Vec<Owed> {
        let one = |what: &str| Owed { what: what.into(), zh: "应当送达", en: "is served" };
        vec![one("T-SERVE"), one("T-KEEP:7")]
    }

    fn left(what: &str, reason: &str) -> LeftOpen {
        LeftOpen { what: what.into(), reason: reason.into() }
    }

    #[test]
    fn what_is_open_is_named_and_the_refusal_says_what_is_not() {
        named(&[], &[]).unwrap();
        named(&owed(), &[left("T-KEEP:7", "待鉴定"), left("T-SERVE", "下落不明")]).unwrap();
        let Err(Refusal::State { code, zh, en }) = named(&owed(), &[left("T-SERVE", "下落不明")]) else { panic!() };
        assert_eq!(code, "LEFT_OPEN");
        assert!(zh.contains("T-KEEP:7（应当送达）") && en.contains("T-KEEP:7 (is served)") && !en.contains("T-SERVE"));
    }

    #[test]
    fn an_entry_says_why_and_is_of_something_open() {
        let field = |entry| match named(&owed(), &[entry]) {
            Err(Refusal::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(field(left("T-SERVE", " ")), "left[0].reason");
        assert_eq!(field(left("T-SERVED", "下落不明")), "left[0].what");
    }
}
