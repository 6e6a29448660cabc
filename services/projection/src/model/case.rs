//! A case: as a row of a search, and as its whole file.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    Text,
    deadline::DeadlineRow,
    finding::FindingRow,
    rows::rows,
    words::{Mode, StageStatus},
};

rows! {
    /// One case in a list: a matter of any service.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct CaseRow is CaseRow {
        /// Its id, as the API of its service names it.
        id: String,
        /// The service that handles it.
        source: String,
        /// Which kind of matter.
        kind: String,
        /// The same in words.
        kind_text: Text,
        /// 立案号, or whatever number it is known by.
        number: String,
        /// 文号 of the decision.
        decision_number: Option<String>,
        /// Which procedure; a word of the service.
        procedure: String as procedure_id,
        /// The same in words.
        procedure_text: Text,
        /// What it is about.
        subject: String,
        /// The agency's code.
        agency: String,
        /// Its name on the day of filing.
        agency_name: String,
        /// The region.
        region: String,
        /// 实施编码 of the power item.
        item: String,
        /// Its name on the day of filing.
        item_name: String,
        /// 执法领域.
        field: String,
        /// The party, masked when a citizen.
        party: String,
        /// The furthest stage reached.
        stage: String as stage_id,
        /// The same in words.
        stage_text: Text,
        /// Closed: nothing is owed but the archive.
        closed: bool,
        /// The day of filing.
        filed: Date,
        /// The day of the decision, whatever it came to.
        decided: Option<Date>,
        /// What the decision came to; a word of the service.
        outcome: Option<String> as outcome_id,
        /// The day it was closed.
        closed_on: Option<Date>,
        /// Sum of the fines decided, in fen.
        fine_fen: i64,
        /// Findings in it, without overdue deadlines.
        findings: u32,
        /// Attempts that a rule refused.
        refused: u32,
        /// Running deadlines that have passed today.
        overdue: u32,
        /// An event of it could not be read by this version: what is shown may be incomplete.
        incomplete: bool,
    }
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
    /// What is wrong with it, the heaviest first, then the newest, overdue deadlines included; for the public, empty.
    pub findings: Vec<FindingRow>,
    /// Attempts that the law refused, oldest first (also in the timeline); for the public, empty.
    pub refused: Vec<RefusedAttempt>,
    /// The decision, if there is one.
    pub decision: Option<Decision>,
    /// Follows the matter through all services.
    pub correlation_id: String,
    /// Whether it belongs with other matters: its trail tells more than its file.
    pub has_trail: bool,
    /// Why the file may be incomplete: events this version cannot read.
    pub parked: Vec<ParkedRow>,
}

/// What was tried and refused where no matter came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attempts {
    /// The service.
    pub source: String,
    /// The stream that would have become the matter.
    pub stream: String,
    /// Whose attempts: the agency's code.
    pub agency: String,
    /// Its name, or its code where the name is not known.
    pub agency_name: String,
    /// Its region.
    pub region: String,
    /// The attempts, oldest first.
    pub attempts: Vec<TimelineEntry>,
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

rows! {
    /// One stage in the ribbon.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct StageState is StageState {
        /// Which.
        stage: String as stage_id,
        /// The same in words.
        text: Text,
        /// How far.
        status: StageStatus,
        /// The day of its last event, or of the refused attempt.
        day: Option<Date>,
        /// Why the case may do without it, or may not; none where no rule says so, and for the public.
        why: Option<StageWhy>,
    }

    /// Which rule says whether a case needs a stage.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct StageWhy is StageWhy {
        /// The rule's id.
        rule: String,
        /// The articles.
        citation: Text,
        /// What it says of this case.
        text: Text,
    }

    /// Somebody named in an event, with the part he had in it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Person is Person {
        /// The part: 执法人员, 审核人, 批准人…
        role: Text,
        /// The name as recorded.
        name: String,
        /// Officer code, when the event has one.
        officer: Option<String>,
        /// Certificate, when the event has one.
        certificate: Option<String>,
    }

    /// A rule that an act could not be held against.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Unchecked is Unchecked {
        /// The rule's id.
        rule: String,
        /// The articles.
        citation: Text,
        /// Why nobody can tell.
        text: Text,
    }

    /// One event of a matter.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct TimelineEntry is TimelineEntry {
        /// Position in the matter's stream, from 1.
        seq: u64,
        /// The ledger.
        source: String,
        /// The event's position in its ledger: where an auditor finds the bytes.
        log_index: u64,
        /// Its id.
        id: String,
        /// The id of the event that led to it; none where a person or system began.
        cause: Option<String>,
        /// The stored type, e.g. `enforcement.case.CaseFiled.v1`.
        kind: String,
        /// What happened, in a few words.
        title: Text,
        /// The stage of its matter that it belongs to.
        stage: Option<String> as stage_id,
        /// When it happened.
        happened: Timestamp,
        /// The legal day it happened on (UTC+8).
        day: Date,
        /// When it was recorded.
        recorded: Timestamp,
        /// Recorded later than the parameter allows.
        late: bool,
        /// The subject that recorded it, as its token named it.
        actor: String,
        /// Who did it and in which role, as the event names them.
        people: Vec<Person>,
        /// The agency acting, by code; empty for the system.
        agency: String,
        /// Handling or reporting.
        mode: Option<Mode>,
        /// Ids of the rules that were checked and satisfied.
        rules: Vec<String>,
        /// Rules broken, or for a refused attempt the rules that refused it.
        violations: Vec<Broken>,
        /// Rules that it could not be held against: neither satisfied nor broken.
        unchecked: Vec<Unchecked>,
        /// This is an attempt that was refused, not an act.
        refused: bool,
        /// What the event says, field by field.
        details: Vec<Detail>,
    }

    /// One field of an event.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Detail is Detail {
        /// The field.
        label: Text,
        /// Its value.
        value: Text,
    }
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

rows! {
    /// One piece of evidence.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct EvidenceRow is Evidence {
        /// Its UUID.
        id: String,
        /// One of the eight kinds.
        kind: Text,
        /// Title.
        title: String,
        /// Where it comes from.
        source: String,
        /// SHA-256 of the bytes, hex.
        sha256: String,
        /// Media type.
        media_type: String,
        /// Size in bytes.
        size_bytes: u64,
        /// The day it was gathered.
        day: Date,
        /// By whom.
        officers: Vec<Person>,
        /// Excluded, and why.
        excluded: Option<String>,
    }

    /// An attempt that the law refused.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct RefusedAttempt is RefusedAttempt {
        /// Position in the matter's stream.
        seq: u64,
        /// The step, in words.
        step: Text,
        /// What was tried.
        summary: String,
        /// When.
        at: Timestamp,
        /// Who.
        actor: String,
        /// The rules that refused it.
        violations: Vec<Broken>,
    }

    /// A decision.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Decision is Decision {
        /// 文号.
        number: String,
        /// The day.
        day: Date,
        /// What it came to; a word of the service.
        outcome: String as outcome_id,
        /// The same in words.
        outcome_text: Text,
        /// What such a decision is called.
        title: Text,
        /// What was decided, in words: the penalties, or the ground of 不予处罚.
        penalties: Vec<Text>,
        /// Sum of the fines, in fen.
        fine_fen: i64,
        /// Paid so far, in fen, without surcharges.
        paid_fen: i64,
        /// The tier of the discretion standard.
        tier: Option<String>,
        /// Facts found.
        facts: String,
        /// The articles it rests on.
        bases: Vec<String>,
        /// How and when to perform.
        performance: String,
        /// How to appeal.
        appeal: String,
        /// Who decided.
        decided_by: String,
        /// A major decision.
        major: bool,
        /// The day it was served.
        served: Option<Date>,
        /// The day it went on the web.
        publicised: Option<Date>,
        /// Its address there.
        url: Option<String>,
        /// The day it was taken off the web.
        withdrawn: Option<Date>,
        /// Revoked, changed or found unlawful: how, and by whom.
        overturned: Option<String>,
    }

    /// An event that this version could not read.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct ParkedRow is Parked {
        /// The ledger.
        source: String,
        /// Its position there.
        log_index: u64,
        /// The matter.
        stream: String,
        /// The stored type.
        kind: String,
        /// Why it could not be read.
        reason: String,
        /// When it was recorded.
        recorded: Option<Timestamp>,
    }
}
