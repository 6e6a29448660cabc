//! Checking an act against rules: what it satisfied, what it broke, and what follows in each mode.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    act::Mode,
    calendar::NoCalendar,
    id::Whose,
    rule::{Kind, Rule},
};

/// Why one rule is broken by this act, in both languages: a full sentence that says what to do. Or why it cannot be told
/// whether it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Whether it is only not known that the rule is kept: that makes no act unlawful.
    pub unknown: bool,
}

impl Fault {
    /// A fault with its sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into(), unknown: false }
    }
}

/// Without a calendar a rule of days cannot be held against an act.
impl From<NoCalendar> for Fault {
    fn from(missing: NoCalendar) -> Self {
        let year = missing.year;
        let zh = format!("{year}年部分节假日安排的通知尚未收录，当时无法核对");
        let en = format!("the holiday notice of {year} was not on record, so this could not be checked");
        Self { unknown: true, ..Self::new(zh, en) }
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
    /// Whose fault it is, where it is another agency's than the one that acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<Whose>,
}

/// A rule that an act was to be held against and could not be, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Unchecked {
    /// The rule's id.
    pub rule: String,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
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

    /// A field whose value the facts do not admit.
    pub fn invalid(field: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), en: en.into() }
    }

    /// Why, in Chinese and in English.
    pub fn told(&self) -> (String, String) {
        match self {
            Self::Unlawful(breaches) => {
                let join = |f: fn(&Breach) -> &str| breaches.iter().map(f).collect::<Vec<_>>().join(" ");
                (join(|b| &b.zh), join(|b| &b.en))
            }
            Self::State { zh, en, .. } => (zh.clone(), en.clone()),
            Self::NotFound { what, id } => (format!("没有{what} {id}"), format!("there is no {what} {id}")),
            Self::Invalid { field, en } => (format!("字段{field}：{en}"), format!("{field}: {en}")),
        }
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
    /// Rules that nobody can tell of: neither satisfied nor broken.
    pub unchecked: Vec<Unchecked>,
}

/// Collects the rules an act is held against.
#[derive(Debug)]
pub struct Check {
    day: Date,
    satisfied: Vec<&'static str>,
    breaches: Vec<(Kind, Breach)>,
    unchecked: Vec<Unchecked>,
}

impl Check {
    /// Begins a check as of the day of the act.
    pub fn on(day: Date) -> Self {
        Self { day, satisfied: Vec::new(), breaches: Vec::new(), unchecked: Vec::new() }
    }

    /// Holds the act against one rule. For a day before the rule's first or after its last nothing is on record: the act
    /// was not checked, whatever the rule would say of it.
    pub fn rule(&mut self, rule: &'static Rule, outcome: Result<(), Fault>) -> &mut Self {
        self.hold(None, rule, outcome)
    }

    /// The same for a rule that binds another agency than the one that acts: the fault is that one's.
    pub fn rule_of(&mut self, whose: Whose, rule: &'static Rule, outcome: Result<(), Fault>) -> &mut Self {
        self.hold(Some(whose), rule, outcome)
    }

    fn hold(&mut self, whose: Option<Whose>, rule: &'static Rule, outcome: Result<(), Fault>) -> &mut Self {
        let outcome = if rule.in_force(self.day) { outcome } else { Err(not_on_record(rule, self.day)) };
        match outcome {
            Err(Fault { zh, en, unknown: true }) => {
                let unchecked = Unchecked { rule: rule.id.to_owned(), zh, en };
                if !self.unchecked.contains(&unchecked) {
                    self.unchecked.push(unchecked);
                }
            }
            Ok(()) => {
                if !self.satisfied.contains(&rule.id) {
                    self.satisfied.push(rule.id);
                }
            }
            Err(fault) => self.breaches.push((
                rule.kind,
                Breach { rule: rule.id.to_owned(), citation: rule.citation_zh(), zh: fault.zh, en: fault.en, whose },
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
        let Self { mut satisfied, breaches, unchecked, .. } = self;
        let refuses = |kind: &Kind| matches!(kind, Kind::Gate | Kind::Limit);
        if mode == Mode::Handling && breaches.iter().any(|(kind, _)| refuses(kind)) {
            return Err(Refusal::Unlawful(
                breaches.into_iter().filter(|(kind, _)| refuses(kind)).map(|(_, b)| b).collect(),
            ));
        }
        let violations: Vec<Breach> = breaches.into_iter().map(|(_, b)| b).collect();
        satisfied.retain(|id| violations.iter().all(|b| b.rule != *id) && unchecked.iter().all(|u| u.rule != *id));
        Ok(Verdict { satisfied, violations, unchecked })
    }
}

/// The law of that day is not among the rules.
fn not_on_record(rule: &Rule, day: Date) -> Fault {
    let (since, last) = (rule.since, rule.until);
    let (zh, en) = match last {
        Some(until) if until < day => (format!("本规则施行至{until}"), format!("this rule ended on {until}")),
        _ => (format!("本规则自{since}起施行"), format!("this rule is in force from {since}")),
    };
    Fault {
        unknown: true,
        ..Fault::new(
            format!("{zh}，{day}适用的规定没有收录，未予核对"),
            format!("{en}; the law of {day} is not on record, and nothing was checked"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Citation,
        citation::APL,
        rule::{Debtor, Tests, date},
    };

    static GATE: Rule = Rule {
        id: "EN-X",
        name: crate::Label::new("规则", "rule"),
        kind: Kind::Gate,
        debtor: Debtor::Agency,
        compared: None,
        exceptions: &[],
        citations: &[Citation::article(&APL, 58)],
        zh: "规则",
        en: "a rule",
        plans: &[],
        params: &[],
        since: date(2021, 7, 15),
        until: None,
        tests: Tests { allows: &[], refuses: &[] },
    };

    fn checked(day: Date, outcome: Outcome, mode: Mode) -> Result<Verdict, Refusal> {
        let mut check = Check::on(day);
        check.rule(&GATE, outcome);
        check.settle(mode)
    }

    #[test]
    fn a_gate_that_a_missing_calendar_keeps_from_being_told_neither_refuses_nor_is_satisfied() {
        let unknown = NoCalendar { year: 2027, bound: date(2027, 1, 3) };
        for mode in [Mode::Handling, Mode::Reporting] {
            let verdict = checked(date(2027, 1, 4), Err(unknown.into()), mode).unwrap();
            assert_eq!((verdict.satisfied.len(), verdict.violations.len()), (0, 0));
            assert!(verdict.unchecked[0].rule == "EN-X" && verdict.unchecked[0].en.contains("2027"));
        }
    }

    #[test]
    fn an_act_of_a_day_without_rules_was_not_checked() {
        for outcome in [Ok(()), fault("错", "wrong")] {
            let verdict = checked(date(2021, 7, 14), outcome, Mode::Handling).unwrap();
            assert_eq!((verdict.satisfied.len(), verdict.violations.len()), (0, 0));
            assert!(verdict.unchecked[0].zh.contains("2021-07-14适用的规定没有收录"));
        }
        assert_eq!(checked(date(2021, 7, 15), Ok(()), Mode::Handling).unwrap().satisfied, ["EN-X"]);
        checked(date(2021, 7, 15), fault("错", "wrong"), Mode::Handling).unwrap_err();
    }

    #[test]
    fn what_is_not_checked_twice_for_one_reason_is_said_once() {
        let mut check = Check::on(date(2026, 12, 20));
        for year in [2027, 2027, 2028] {
            check.rule(&GATE, Err(NoCalendar { year, bound: date(2027, 1, 3) }.into()));
        }
        assert_eq!(check.settle(Mode::Handling).unwrap().unchecked.len(), 2);
    }
}
