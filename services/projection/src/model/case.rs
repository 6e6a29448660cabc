//! A case: as a row of a search, and as its whole file.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    Text,
    deadline::DeadlineRow,
    finding::FindingRow,
    words::{Mode, StageStatus},
};

/// One case in a list: a matter of any service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaseRow {
    /// Its id, as the API of its service names it.
    pub id: String,
    /// The service that handles it.
    pub source: String,
    /// Which kind of matter.
    pub kind: String,
    /// The same in words.
    pub kind_text: Text,
    /// 立案号, or whatever number it is known by.
    pub number: String,
    /// 文号 of the decision.
    pub decision_number: Option<String>,
    /// Which procedure; a word of the service.
    pub procedure: String,
    /// The same in words.
    pub procedure_text: Text,
    /// What it is about.
    pub subject: String,
    /// The agency's code.
    pub agency: String,
    /// Its name on the day of filing.
    pub agency_name: String,
    /// The region.
    pub region: String,
    /// 实施编码 of the power item.
    pub item: String,
    /// Its name on the day of filing.
    pub item_name: String,
    /// 执法领域.
    pub field: String,
    /// The party, masked when a citizen.
    pub party: String,
    /// The furthest stage reached.
    pub stage: String,
    /// The same in words.
    pub stage_text: Text,
    /// Closed: nothing is owed but the archive.
    pub closed: bool,
    /// The day of filing.
    pub filed: Date,
    /// The day of the decision, whatever it came to.
    pub decided: Option<Date>,
    /// What the decision came to; a word of the service.
    pub outcome: Option<String>,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// Sum of the fines decided, in fen.
    pub fine_fen: i64,
    /// Findings in it, without overdue deadlines.
    pub findings: u32,
    /// Attempts that a rule refused.
    pub refused: u32,
    /// Running deadlines that have passed today.
    pub overdue: u32,
    /// An event of it could not be read by this version: what is shown may be incomplete.
    pub incomplete: bool,
}

/// One case with everything known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaseFile {
    /// The case as a list shows it.
    pub header: CaseRow,
    /// What the party is held to have done.
    pub violation: CaseViolation,
    /// Where the case came from, with its reference.
    pub source: Text,
    /// The version of the power item that it cites.
    pub item_version: u32,
    /// The officers in charge now.
    pub officers: Vec<Person>,
    /// The full process at one look, in its order.
    pub stages: Vec<StageState>,
    /// Everything that happened, oldest first; for the public, empty.
    pub timeline: Vec<TimelineEntry>,
    /// The evidence, in the order gathered; for the public, empty.
    pub evidence: Vec<EvidenceRow>,
    /// Its clocks: running ones first, the most urgent at the top; for the public, empty.
    pub deadlines: Vec<DeadlineRow>,
    /// What is wrong with it, newest first, overdue deadlines included; for the public, empty.
    pub findings: Vec<FindingRow>,
    /// Attempts that the law refused, oldest first (also in the timeline); for the public, empty.
    pub refused: Vec<RefusedAttempt>,
    /// The decision, if there is one.
    pub decision: Option<Decision>,
    /// Follows the matter through all services.
    pub correlation_id: String,
    /// Why the file may be incomplete: events this version cannot read.
    pub parked: Vec<ParkedRow>,
}

/// The act held against the party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaseViolation {
    /// What was done.
    pub fact: String,
    /// Where.
    pub place: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day; absent while it goes on.
    pub until: Option<Date>,
    /// The day it was discovered.
    pub discovered: Option<Date>,
}

/// One stage in the ribbon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageState {
    /// Which.
    pub stage: String,
    /// The same in words.
    pub text: Text,
    /// How far.
    pub status: StageStatus,
    /// The day of its last event, or of the refused attempt.
    pub day: Option<Date>,
}

/// Somebody named in an event, with the part he had in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The part: 执法人员, 审核人, 批准人…
    pub role: Text,
    /// The name as recorded.
    pub name: String,
    /// Officer code, when the event has one.
    pub officer: Option<String>,
    /// Certificate, when the event has one.
    pub certificate: Option<String>,
}

/// One event of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineEntry {
    /// Position in the matter's stream, from 1.
    pub seq: u64,
    /// The ledger.
    pub source: String,
    /// The event's position in its ledger: where an auditor finds the bytes.
    pub log_index: u64,
    /// The stored type, e.g. `enforcement.case.CaseFiled.v1`.
    pub kind: String,
    /// What happened, in a few words.
    pub title: Text,
    /// The stage of its matter that it belongs to.
    pub stage: Option<String>,
    /// When it happened.
    pub happened: Timestamp,
    /// The legal day it happened on (UTC+8).
    pub day: Date,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// Recorded later than the parameter allows.
    pub late: bool,
    /// The subject that recorded it, as its token named it.
    pub actor: String,
    /// Who did it and in which role, as the event names them.
    pub people: Vec<Person>,
    /// The agency acting, by code; empty for the system.
    pub agency: String,
    /// Handling or reporting.
    pub mode: Option<Mode>,
    /// Ids of the rules that were checked and satisfied.
    pub rules: Vec<String>,
    /// Rules broken, or for a refused attempt the rules that refused it.
    pub violations: Vec<Broken>,
    /// This is an attempt that was refused, not an act.
    pub refused: bool,
    /// What the event says, field by field.
    pub details: Vec<Detail>,
}

/// One field of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// The field.
    pub label: Text,
    /// Its value.
    pub value: Text,
}

/// A rule that was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// The rule's id.
    pub rule: String,
    /// The article.
    pub citation: String,
    /// What is wrong.
    pub text: Text,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceRow {
    /// Its UUID.
    pub id: String,
    /// One of the eight kinds.
    pub kind: Text,
    /// Title.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// The day it was gathered.
    pub day: Date,
    /// By whom.
    pub officers: Vec<Person>,
    /// Excluded, and why.
    pub excluded: Option<String>,
}

/// An attempt that the law refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedAttempt {
    /// Position in the matter's stream.
    pub seq: u64,
    /// The step, in words.
    pub step: Text,
    /// What was tried.
    pub summary: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// The rules that refused it.
    pub violations: Vec<Broken>,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// 文号.
    pub number: String,
    /// The day.
    pub day: Date,
    /// What it came to; a word of the service.
    pub outcome: String,
    /// The same in words.
    pub outcome_text: Text,
    /// What such a decision is called.
    pub title: Text,
    /// What was decided, in words: the penalties, or the ground of 不予处罚.
    pub penalties: Vec<Text>,
    /// Sum of the fines, in fen.
    pub fine_fen: i64,
    /// Paid so far, in fen, without surcharges.
    pub paid_fen: i64,
    /// The tier of the discretion standard.
    pub tier: Option<String>,
    /// Facts found.
    pub facts: String,
    /// The articles it rests on.
    pub bases: Vec<String>,
    /// How and when to perform.
    pub performance: String,
    /// How to appeal.
    pub appeal: String,
    /// Who decided.
    pub decided_by: String,
    /// A major decision.
    pub major: bool,
    /// The day it was served.
    pub served: Option<Date>,
    /// The day it went on the web.
    pub publicised: Option<Date>,
    /// Its address there.
    pub url: Option<String>,
    /// The day it was taken off the web.
    pub withdrawn: Option<Date>,
    /// Revoked, changed or found unlawful: how, and by whom.
    pub overturned: Option<String>,
}

/// An event that this version could not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParkedRow {
    /// The ledger.
    pub source: String,
    /// Its position there.
    pub log_index: u64,
    /// The matter.
    pub stream: String,
    /// The stored type.
    pub kind: String,
    /// Why it could not be read.
    pub reason: String,
    /// When it was recorded.
    pub recorded: Option<Timestamp>,
}
