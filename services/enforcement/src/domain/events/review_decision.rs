//! Review, discussion, the time to decide, the decision.

use jiff::civil::Date;
use law::{id::OfficerCode, period::Period};
use lists::{facts::Findings, officers::Official};
use uuid::Uuid;

use super::{
    parts::{DistinctCase, GoverningLaw, Penalty, Redone},
    words::{DiscussionResult, NoPenaltyGround, SuspensionGround},
};

law::acts! {
    /// Legal review (APL 58).
    struct LegalReviewed {
        /// Who reviewed.
        reviewer: OfficerCode,
        /// Name.
        reviewer_name: String,
        /// Whether it passed.
        passed: bool,
        /// The opinion.
        opinion: String,
        /// First day on which this person reviewed decisions; matters for the qualification.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reviewing_since: Option<Date>,
        /// The penalties that were reviewed; empty: those of the last notice.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        penalties: Vec<Penalty>,
    }
    /// The heads discussed it (APL 57).
    struct Deliberated {
        /// Who took part.
        members: Vec<String>,
        /// Those of them who were heads that day, as the list had them; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heads: Option<Vec<Official>>,
        /// What they concluded.
        conclusion: String,
        /// Dissenting opinions.
        dissent: Vec<String>,
        /// Minutes, SHA-256.
        minutes_sha256: String,
        /// What they resolved (APL 57(1)); absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        result: Option<DiscussionResult>,
        /// The penalties that they resolved on; empty: those of the last notice.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        penalties: Vec<Penalty>,
    }
    /// The period to decide was extended (APL 60), where law or rule allows.
    struct DecisionExtended {
        /// By how much.
        period: Period,
        /// The head.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// The law, regulation or rule that allows it.
        basis: String,
    }
    /// Days from now on do not count towards the period to decide (APL 60).
    struct DecisionSuspended {
        /// Why.
        ground: SuspensionGround,
        /// The head.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// The law, regulation or rule that does not count them.
        basis: String,
    }
    /// They count again.
    struct DecisionResumed {
        /// What ended the suspension.
        reason: String,
    }
    /// The penalty was decided (APL 57, 59), in the simple procedure on the spot (APL 51, 52).
    struct PenaltyDecided {
        /// 文号.
        number: String,
        /// What is imposed.
        penalties: Vec<Penalty>,
        /// Sum of the fines.
        fine_fen: i64,
        /// Tier of the standard.
        tier: Option<String>,
        /// Reasons for departing from it.
        departure: Option<String>,
        /// Facts found.
        facts: String,
        /// Evidence they rest on.
        evidence: Vec<Uuid>,
        /// Legal bases.
        bases: Vec<String>,
        /// How and when to perform.
        performance: String,
        /// How and when to appeal.
        appeal: String,
        /// The head; in the simple procedure the officers.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// Reviewed, discussed and reported upward (APL 57, 58, 63).
        major: bool,
        /// Last day to pay, for fines served on the spot; otherwise service sets it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pay_by: Option<Date>,
        /// The document states the party's name and address (APL 59).
        #[serde(default)]
        address_stated: bool,
        /// The document bears the agency's seal (APL 59), or in the simple procedure the officers' signatures (APL 52).
        #[serde(default)]
        sealed: bool,
        /// The document, SHA-256.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document_sha256: Option<String>,
        /// Earlier fines that look like this act but are not (APL 29).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        distinct_from: Vec<DistinctCase>,
        /// By which version of the item it was judged (APL 37).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        governed_by: Option<GoverningLaw>,
        /// In which main facts or reasons it differs from a decision that was revoked (ARL 64).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        difference: Option<String>,
        /// What the lines of the item are read by, where no investigation was concluded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        findings: Option<Findings>,
        /// It was ordered to be made again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        redone: Option<Redone>,
    }
    /// 不予处罚.
    struct PenaltyWithheld {
        /// 文号.
        number: String,
        /// Why there is no penalty.
        ground: NoPenaltyGround,
        /// Reasons.
        reason: String,
        /// How the party was educated (APL 33).
        education: String,
        /// The head.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// It was ordered to be made again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        redone: Option<Redone>,
    }
}
