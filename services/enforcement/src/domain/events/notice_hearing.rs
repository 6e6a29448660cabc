//! Notice, statement, hearing.

use jiff::{Timestamp, civil::Date};
use law::id::OfficerCode;
use uuid::Uuid;

use super::{
    parts::{Delivery, HearingAgent, Penalty},
    words::{Absence, ClosedGround, ServiceMethod, StatementOutcome},
};

law::acts! {
    /// The party was told (APL 44, 62, 63).
    struct PenaltyNotified {
        /// Facts told.
        facts: String,
        /// Reasons told.
        reasons: String,
        /// Legal bases told.
        bases: Vec<String>,
        /// Penalty intended.
        penalties: Vec<Penalty>,
        /// Right to state and defend told.
        statement_right_told: bool,
        /// Right to a hearing told.
        hearing_right_told: bool,
        /// Whether the intended penalty gives that right (APL 63).
        hearing_required: bool,
        /// How the notice reached the party.
        method: ServiceMethod,
        /// Written consent to electronic service (APL 61).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<String>,
        /// Facts found since an earlier notice, when this one is heavier (APL 45).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new_facts: Option<String>,
        /// Last day to state and defend, as the notice says; whoever is silent until then was heard as far as it wished.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_by: Option<Date>,
        /// How it reached the party, as the receipt tells; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivery: Option<Delivery>,
    }
    /// Statement and defence were heard (APL 45).
    struct StatementHeard {
        /// What the party said.
        content: String,
        /// Whether it was accepted.
        outcome: StatementOutcome,
        /// Result of the check, with reasons.
        reasons: String,
    }
    /// Plainly waived.
    struct StatementWaived {
        /// How the party said so.
        how: String,
    }
    /// The time that the notice gave passed without a word of the party.
    struct StatementLapsed {
        /// What was looked at to know that nothing had come: the register of letters, the mailbox, the counter.
        checked: String,
    }
    /// A hearing was asked for (APL 64).
    struct HearingRequested {
        /// Within 5 working days of the notice.
        in_time: bool,
    }
    /// The hearing right was plainly waived.
    struct HearingWaived {
        /// How the party said so.
        how: String,
    }
    /// Time and place were told (APL 64).
    struct HearingNotified {
        /// When it will be held.
        hearing_at: Timestamp,
        /// Where.
        place: String,
        /// Who hosts it.
        host: OfficerCode,
        /// Whether it is open to the public.
        public: bool,
        /// Why it is closed; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closed_ground: Option<ClosedGround>,
        /// How the call reached the party; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<ServiceMethod>,
        /// The same as the receipt tells.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivery: Option<Delivery>,
    }
    /// The hearing was held.
    struct HearingHeld {
        /// Who hosted it.
        host: OfficerCode,
        /// 笔录, SHA-256.
        record_sha256: String,
        /// Whether the party signed the record.
        signed: bool,
        /// What the host concludes from it.
        opinion: String,
        /// Why the record is not signed, noted by the host (APL 64).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// Who spoke for the party; none where it came in person (APL 64).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        agents: Vec<HearingAgent>,
        /// The evidence that the investigators brought (APL 64); none in records from before it was asked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        presented: Vec<Uuid>,
        /// Whether the party could defend itself and examine it (APL 64).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        examined: Option<bool>,
    }
    /// The party gave its hearing up by staying away or leaving, and the hearing ended (APL 64).
    struct HearingAbandoned {
        /// Which of the two.
        how: Absence,
        /// What the party gave as its reason, if it gave one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        excuse: Option<String>,
        /// Why that is no good reason.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<String>,
        /// What the host noted: when it was called, who had come.
        note: String,
    }
}
