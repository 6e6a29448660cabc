//! The rules of enforcement, by stage: one card and one pure function each.
//!
//! A card says what the law demands and where; its function takes the facts of one act and answers whether they meet it.
//! Deadlines have no function that refuses: their card names the clock that an event opens, and whether it was met is
//! computed from the clock and the calendar. Where one provision holds a gate and a deadline, there are two cards, the
//! second named `<first>-<what>`.

pub mod allowed;
pub mod at_hearing;
pub mod circumstances;
pub mod competence;
pub mod correction;
pub mod decision;
pub mod deferral;
pub mod delivery;
pub mod discretion;
pub mod disposal;
pub mod duties;
pub mod entrust;
pub mod evidence;
pub mod execution;
pub mod exempt;
pub mod governing;
pub mod hearing;
pub mod highest;
pub mod lead;
pub mod measures;
pub mod money;
pub mod notice;
pub mod orders;
pub mod own_execution;
pub mod party;
pub mod redo;
pub mod restraint;
pub mod review;
pub mod secrecy;
pub mod sentence;
pub mod service;
pub mod simple;
pub mod stay;
pub mod transfer;
pub mod verification;

use jiff::civil::Date;
use law::{
    Rule,
    check::{Outcome, blank, fault},
    money::yuan,
};
use lists::officers;

/// Every rule of this service.
pub static RULES: &[&Rule] = &[
    &officers::OF_CERT,
    &officers::OF_TWO,
    &officers::OF_AUX,
    &officers::OF_RECUSE,
    &officers::OF_OPEN,
    &officers::EN_HEAD,
    &lead::EN_LEAD,
    &competence::EN_POWER,
    &competence::EN_JURISDICTION,
    &competence::EN_LIMITATION,
    &party::EN_TWICE,
    &party::EN_MINOR,
    &exempt::EN_EXEMPT,
    &circumstances::EN_MITIGATING,
    &circumstances::EN_EMERGENCY,
    &correction::EN_CORRECT,
    &correction::EN_CORRECT_TIME,
    &correction::EN_CORRECT_CHECK,
    &correction::EN_GUARDIAN,
    &redo::EN_REDO,
    &redo::EN_SAME,
    &simple::EN_SIMPLE,
    &simple::EN_SIMPLE_REPORT,
    &evidence::EN_EVIDENCE,
    &evidence::EN_DEVICE,
    &verification::EN_VERIFIED,
    &verification::EN_DEVICE_RECORD,
    &verification::EN_DEVICE_QUERY,
    &verification::EN_SHOW,
    &verification::EN_SAMPLE,
    &evidence::EN_PRESERVE,
    &evidence::EN_RECORD,
    &measures::EN_MEASURE,
    &measures::EN_MEASURE_URGENT,
    &measures::EN_SEIZE,
    &measures::EN_SEIZE_LENGTH,
    &measures::EN_SEIZE_PAPERS,
    &allowed::EN_ALLOWED,
    &entrust::EN_ENTRUST,
    &restraint::EN_RESTRAIN,
    &restraint::EN_RESTRAIN_END,
    &restraint::EN_FAMILY,
    &notice::EN_NOTICE,
    &notice::EN_STATEMENT,
    &hearing::EN_HEARING,
    &hearing::EN_HEARING_ASK,
    &hearing::EN_HEARING_NOTICE,
    &hearing::EN_HEARING_HOST,
    &hearing::EN_HEARING_RECORD,
    &at_hearing::EN_HEARING_OPEN,
    &at_hearing::EN_HEARING_AGENTS,
    &at_hearing::EN_HEARING_ABSENT,
    &at_hearing::EN_HEARING_EXAMINED,
    &at_hearing::EN_HEARING_BASIS,
    &review::EN_REVIEW,
    &review::EN_REVIEWER,
    &review::EN_COLLECTIVE,
    &discretion::EN_RANGE,
    &governing::EN_LIGHTER,
    &highest::EN_HIGHEST,
    &decision::EN_DECISION,
    &decision::EN_NINETY,
    &decision::EN_NINETY_BASIS,
    &service::EN_SERVE,
    &service::EN_SERVE_ELECTRONIC,
    &delivery::EN_SERVE_WAY,
    &delivery::EN_SERVE_DAY,
    &delivery::EN_SPOT_HANDED,
    &service::EN_ANNOUNCE,
    &service::EN_ANNOUNCE_DAYS,
    &service::EN_PUBLICISE,
    &service::EN_WITHDRAW,
    &secrecy::EN_NOT_PUBLIC,
    &secrecy::EN_SECRET,
    &money::EN_SEPARATE,
    &money::EN_RECEIPT,
    &money::EN_PAY,
    &deferral::EN_DEFER,
    &money::EN_SPOT_CASH,
    &money::EN_SURCHARGE,
    &stay::EN_STAY,
    &stay::EN_STAY_ASK,
    &execution::EN_DEMAND,
    &execution::EN_NIGHT,
    &own_execution::EN_EXECUTE,
    &own_execution::EN_OFFSET,
    &execution::EN_COURT,
    &execution::EN_COURT_READY,
    &transfer::EN_TRANSFER,
    &transfer::EN_TRANSFER_FIRST,
    &sentence::EN_SET_OFF,
    &sentence::EN_SET_OFF_DONE,
    &disposal::EN_DISPOSAL,
    &disposal::EN_REFUND,
    &orders::EN_QUOTA,
    &orders::EN_STOP,
    &duties::EN_INTERFERENCE,
    &duties::EN_ASSIST,
    &duties::EN_FILE,
    &duties::EN_FOLLOW,
    &duties::EN_FILE_UPWARD,
];

/// The first day of acts that must state what records could not state before. An act of an earlier day that leaves it out
/// is not held against the rule, and the rule is not among those that it satisfies; one that states it is held to it.
pub const ASKED_SINCE: Date = jiff::civil::date(2026, 11, 1);

/// Whether acts of this day must state it.
pub fn asked(day: Date) -> bool {
    ASKED_SINCE <= day
}

/// Why something is asked of a case before it is decided: what a refusal begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    zh: String,
    en: String,
}

impl Why {
    /// A reason in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// What is lacking, and why it is asked for.
    fn fault(&self, zh: &str, en: &str) -> Outcome {
        fault(format!("{}：{zh}", self.zh), format!("{}: {en}", self.en))
    }
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
