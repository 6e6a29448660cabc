//! Rules, and what the events say of them.

use jiff::civil::Date;
use law::rule::{Kind, Param};
use serde::Serialize;

use super::Text;

/// One rule with how often it spoke.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleUse {
    /// Its id.
    pub id: String,
    /// Gate, deadline, duty or limit.
    pub kind: Kind,
    /// The articles.
    pub citation: Text,
    /// What it demands.
    pub text: Text,
    /// Plan clauses it serves.
    pub plans: Vec<String>,
    /// The numbers it uses.
    pub params: Vec<Param>,
    /// First day in force.
    pub since: Date,
    /// Last day in force.
    pub until: Option<Date>,
    /// Acts it was checked on and satisfied by.
    pub satisfied: u64,
    /// Findings that it was broken, or its period missed, by what is recorded.
    pub violated: u64,
    /// Attempts it refused.
    pub refused: u64,
    /// Its clocks that run now.
    pub running: u64,
    /// Its clocks that are overdue now.
    pub overdue: u64,
    /// Its clocks that were missed.
    pub missed: u64,
    /// Its clocks that were met.
    pub met: u64,
    /// Tests that let a lawful act pass.
    pub allows: Vec<String>,
    /// Tests in which it refuses.
    pub refuses: Vec<String>,
}
