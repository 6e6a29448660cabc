//! What may be asked of a case.

use law::{
    MatterChange,
    id::{ItemCode, OfficerCode},
    money::yuan,
    series::Series,
};

use lists::facts::ExemptEntry;

use super::{Answer, Case, context::Context};
use crate::domain::events::{ActingOfficer, CaseFiled, Penalty, Procedure, Step};

/// A step: the event as the caller asserts it.
pub(crate) trait Asked {
    /// Completes the event and holds it against the law.
    ///
    /// # Errors
    /// The refusal, when the law or the state says no.
    fn decide(&self, cx: &Context<'_>) -> Answer;

    /// What it names that must be looked up, stored or numbered before; often nothing.
    fn named(&self) -> Named<'_> {
        Named::default()
    }

    /// Whether the state of a case that was filed does not rule it out. The law may still refuse it: this is a door for
    /// the person who looks, not a permission.
    fn may_come(case: &Case) -> bool
    where
        Self: Sized;

    /// What the event does to its matter, beside the stage that it is of; mostly nothing.
    fn tell(&self, _before: &Case, _after: &Case, _change: &mut MatterChange) {}
}

/// What a step names; nothing, unless it says so.
#[derive(Debug, Default)]
pub struct Named<'a> {
    /// Officers: the lists are asked about them.
    pub officers: Vec<&'a OfficerCode>,
    /// Those in charge of the case act in it without being named: the lists are asked about them, too.
    pub in_charge: bool,
    /// Who decided or approved, by personnel number: the lists are asked about them, too.
    pub heads: Vec<&'a str>,
    /// Another power item that it rests on.
    pub item: Option<&'a ItemCode>,
    /// Entries of the list of violations without a penalty: the lists are asked about them, too.
    pub entries: Vec<&'a ExemptEntry>,
    /// The digest of bytes that it takes in.
    pub bytes: Option<&'a str>,
    /// Another document: the field, and its digest.
    pub document: Option<(&'static str, &'a str)>,
    /// The series that its document draws a number from.
    pub series: Option<fn(Procedure) -> Series>,
    /// Earlier cases and fines of the party matter to it (APL 29).
    pub earlier_fines: bool,
    /// What is tried, for the record of a refused attempt.
    pub summary: String,
}

/// The names of the steps that the state of a case does not rule out, in the order of the process.
pub fn next_steps(case: &Case) -> Vec<&'static str> {
    let begin = case.filed.is_none();
    Step::DOORS
        .iter()
        .filter(|(name, may_come)| if begin { *name == "FileCase" } else { may_come(case) })
        .map(|(name, _)| *name)
        .collect()
}

impl Step {
    /// What it names.
    pub fn named(&self) -> Named<'_> {
        self.asked().named()
    }

    /// The filing, if it is one.
    pub fn filing(&self) -> Option<&CaseFiled> {
        if let Self::FileCase(filed) = self { Some(filed) } else { None }
    }

    /// What is tried, in a sentence, for the record of a refused attempt.
    pub fn summary(&self) -> String {
        let (title, what) = (self.card().to_do.zh, self.named().summary);
        if what.is_empty() { title.to_owned() } else { format!("{title}：{what}") }
    }
}

/// The codes of acting officers.
pub(super) fn codes(officers: &[ActingOfficer]) -> Vec<&OfficerCode> {
    officers.iter().map(|o| &o.officer).collect()
}

/// Penalties in a line.
pub(super) fn penalties(list: &[Penalty]) -> String {
    let one = |p: &Penalty| match p.amount_fen {
        Some(fen) => format!("{}{}元", p.kind.zh(), yuan(fen)),
        None => p.kind.zh().to_owned(),
    };
    list.iter().map(one).collect::<Vec<_>>().join("，")
}
