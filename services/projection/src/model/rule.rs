//! Rules, and what the events say of them.

use jiff::civil::Date;
use law::rule::{Kind, Param};
use serde::Serialize;

use super::{Text, rows::rows};

rows! {
    /// One rule with how often it spoke.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct RuleUse is RuleUse {
        /// Its id.
        id: String,
        /// What it is called.
        name: Text,
        /// Gate, deadline, duty or limit.
        kind: Kind,
        /// The articles.
        citation: Text,
        /// What it demands.
        text: Text,
        /// Plan clauses it serves.
        plans: Vec<String>,
        /// The numbers it uses.
        params: Vec<Param>,
        /// First day in force.
        since: Date,
        /// Last day in force.
        until: Option<Date>,
        /// Acts it was checked on and satisfied by.
        satisfied: u64,
        /// Findings that it was broken, or its period missed, by what is recorded.
        violated: u64,
        /// Attempts it refused.
        refused: u64,
        /// How often an act could not be held against it.
        not_checked: u64,
        /// Its clocks that run now.
        running: u64,
        /// Its clocks that are overdue now.
        overdue: u64,
        /// Its clocks that were missed.
        missed: u64,
        /// Its clocks that were met.
        met: u64,
        /// Tests that let a lawful act pass.
        allows: Vec<String>,
        /// Tests in which it refuses.
        refuses: Vec<String>,
    }
}

/// One parameter as it was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterRow {
    /// The id of its card.
    pub parameter: String,
    /// The region's name.
    pub region: String,
    /// The field it was set for; empty for all.
    pub field: String,
    /// First day.
    pub since: Date,
    /// The value, in the card's unit.
    pub count: i64,
    /// Title and number of the document that sets it.
    pub document: String,
}
