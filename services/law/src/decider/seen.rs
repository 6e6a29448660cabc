//! What the tests in given/when/then saw of the rules: one that no decider applies is found out by what is missing.

use std::{env, fs::OpenOptions, io::Write};

use super::{Decided, Refusal};
use crate::clock::ClockChange;

/// The variable that names the file to add to. Without it nothing is written.
pub const FILE: &str = "RULES_SEEN";

/// What a line says of the rule that it begins with: it was satisfied.
pub const SATISFIED: &str = "satisfied";
/// It was broken.
pub const BROKEN: &str = "broken";
/// A clock of it was opened.
pub const OPENED: &str = "opened";

/// Adds a line per rule, `EN-COURT opened`.
pub(super) fn note<E>(answer: &Result<Vec<Decided<E>>, Refusal>) {
    let Some(file) = env::var_os(FILE) else { return };
    let mut lines = String::new();
    let mut add = |rule: &str, what: &str| lines.extend([rule, " ", what, "\n"]);
    let decided = answer.as_deref().unwrap_or_default();
    for one in decided {
        one.rules.iter().for_each(|rule| add(rule, SATISFIED));
        one.violations.iter().for_each(|breach| add(&breach.rule, BROKEN));
        for change in &one.clocks {
            if let ClockChange::Opened { rule, .. } = change {
                add(rule, OPENED);
            }
        }
    }
    if let Err(refusal) = answer {
        refusal.breaches().iter().for_each(|breach| add(&breach.rule, BROKEN));
    }
    // One write, so that tests which run at once do not break into each other's lines.
    let file = OpenOptions::new().create(true).append(true).open(file);
    file.and_then(|mut file| file.write_all(lines.as_bytes())).expect("the file of the rules seen is writable");
}
