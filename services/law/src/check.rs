//! Checking an act against rules: what it satisfied, what it broke, and what follows in each mode.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    act::Mode,
    rule::{Kind, Rule},
};

/// Why one rule is broken by this act, in both languages: a full sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Fault {
    /// A fault with its sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// What a rule says of one act.
pub type Outcome = Result<(), Fault>;

/// A fault in both languages.
pub fn fault<T>(zh: impl Into<String>, en: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::new(zh, en))
}

/// Whether text says nothing.
pub fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// A broken rule as it is recorded: it reads without our software.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Breach {
    /// The rule's id.
    pub rule: String,
    /// The article, in Chinese.
    pub citation: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
}

/// The answer of a decider that says no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The law says no; at least one breach. Kept as an attempt.
    #[error("refused under {}", .0.first().map_or("no rule", |b| b.rule.as_str()))]
    Unlawful(Vec<Breach>),
    /// The state says no, without a rule of law: closed, already done, not begun.
    #[error("not possible now: {code}")]
    State {
        /// A stable upper-case code, e.g. `CASE_CLOSED`.
        code: &'static str,
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// What the command names does not exist.
    #[error("{what} {id} not found")]
    NotFound {
        /// The kind of thing, e.g. `case`.
        what: &'static str,
        /// Its id as given.
        id: String,
    },
    /// A field's value is not acceptable given the facts; the field path and a sentence.
    #[error("invalid field {field}")]
    Invalid {
        /// Path of the field in the request.
        field: String,
        /// What is wrong with it.
        en: String,
    },
}

impl Refusal {
    /// A refusal by state.
    pub fn state(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::State { code, zh: zh.into(), en: en.into() }
    }

    /// The breaches, when the law refused.
    pub fn breaches(&self) -> &[Breach] {
        if let Self::Unlawful(b) = self { b } else { &[] }
    }
}

/// What a settled check says about an act that goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Ids of the rules that were checked and satisfied.
    pub satisfied: Vec<&'static str>,
    /// Rules broken: gates and limits only in reporting mode, duties and deadlines in both.
    pub violations: Vec<Breach>,
}

/// Collects the rules an act is held against.
#[derive(Debug)]
pub struct Check {
    day: Date,
    satisfied: Vec<&'static str>,
    breaches: Vec<(Kind, Breach)>,
}

impl Check {
    /// Begins a check as of the day of the act.
    pub fn on(day: Date) -> Self {
        Self { day, satisfied: Vec::new(), breaches: Vec::new() }
    }

    /// Holds the act against one rule; a rule not in force on the day does not count.
    pub fn rule(&mut self, rule: &'static Rule, outcome: Result<(), Fault>) -> &mut Self {
        if !rule.in_force(self.day) {
            return self;
        }
        match outcome {
            Ok(()) => {
                if !self.satisfied.contains(&rule.id) {
                    self.satisfied.push(rule.id);
                }
            }
            Err(fault) => self.breaches.push((
                rule.kind,
                Breach { rule: rule.id.to_owned(), citation: rule.citation_zh(), zh: fault.zh, en: fault.en },
            )),
        }
        self
    }

    /// Ends the check. A broken gate or limit refuses in handling mode and is recorded in reporting mode; a broken
    /// duty or deadline never refuses, because a late or incomplete act is better recorded than prevented.
    ///
    /// # Errors
    /// [`Refusal::Unlawful`] with every broken gate and limit, in handling mode.
    pub fn settle(self, mode: Mode) -> Result<Verdict, Refusal> {
        let Self { mut satisfied, breaches, .. } = self;
        let refuses = |kind: &Kind| matches!(kind, Kind::Gate | Kind::Limit);
        if mode == Mode::Handling && breaches.iter().any(|(kind, _)| refuses(kind)) {
            return Err(Refusal::Unlawful(
                breaches.into_iter().filter(|(kind, _)| refuses(kind)).map(|(_, b)| b).collect(),
            ));
        }
        let violations: Vec<Breach> = breaches.into_iter().map(|(_, b)| b).collect();
        satisfied.retain(|id| violations.iter().all(|b| b.rule != *id));
        Ok(Verdict { satisfied, violations })
    }
}
