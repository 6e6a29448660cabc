//! Compulsory measures.

use jiff::{Timestamp, civil::Date};
use law::{id::ItemCode, period::Period};
use lists::{
    facts::{Longest, ObjectKind},
    officers::Official,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    parts::ActingOfficer,
    words::{ExtensionGround, MeasureKind},
};

law::acts! {
    /// A compulsory measure was taken (ACL 18, 19).
    struct MeasureTaken {
        /// Its id.
        measure: Uuid,
        /// One of the kinds of ACL 9.
        kind: MeasureKind,
        /// The compulsion item it rests on.
        item: ItemCode,
        /// Its name; empty when none was in force (reporting mode).
        item_name: String,
        /// What it touches.
        objects: String,
        /// Who carried it out.
        officers: Vec<ActingOfficer>,
        /// The head who approved it beforehand.
        approved_by: Option<String>,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// When.
        approved_at: Option<Timestamp>,
        /// Taken on the spot before approval (ACL 19).
        urgent: bool,
        /// Reasons, basis and remedies were told on the spot.
        reasons_told: bool,
        /// The party was heard.
        statement_heard: bool,
        /// The party was there.
        party_present: bool,
        /// 现场笔录, SHA-256.
        record_sha256: Option<String>,
        /// How long it is to last.
        period: Period,
        /// Who signed the record in the party's absence (ACL 18).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        witness: Option<String>,
        /// The same as `objects` by kind; empty where nobody said it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        touches: Vec<ObjectKind>,
        /// How long the item let it last that day, where its own article says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        longest: Option<Longest>,
        /// Of a restraint of a person: what ACL 20 asks. Absent in records from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        restraint: Option<Restraint>,
        /// The officers showed their certificates (ACL 18); absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        certificate_shown: Option<bool>,
        /// The record was signed by the party, or by the witness in its absence, and by the officers (ACL 18); absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signed: Option<bool>,
        /// Why the party did not sign, as noted in the record (ACL 18).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unsigned_note: Option<String>,
        /// 查封、扣押决定书 with its list, handed over on the spot (ACL 24): its number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        papers: Option<String>,
    }
    /// Urgent measure approved afterwards (ACL 19).
    struct MeasureApproved {
        /// Which.
        measure: Uuid,
        /// The head.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
    }
    /// The measure was extended, at most 30 days (ACL 25).
    struct MeasureExtended {
        /// Which.
        measure: Uuid,
        /// The head.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// By how many days.
        days: u16,
        /// Why, as told to the party.
        reason: String,
        /// And by how many hours, of what is counted in hours.
        #[serde(default, skip_serializing_if = "is_zero")]
        hours: u16,
        /// On which ground.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<ExtensionGround>,
    }
    /// Testing began or ended; that time does not count (ACL 25).
    struct MeasureTesting {
        /// Which.
        measure: Uuid,
        /// begun or ended.
        begun: bool,
        /// What is tested, and by whom.
        what: String,
        /// Its last day, as the party was told when it began (ACL 25).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        /// The document by which it was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice: Option<String>,
    }
    /// Released, or merged into a decision (ACL 27, 28).
    struct MeasureEnded {
        /// Which.
        measure: Uuid,
        /// What became of the objects.
        outcome: String,
        /// When the family was told, of a restraint whose family was not told on the spot.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        family_told_at: Option<Timestamp>,
    }
}

/// What is kept of a restraint of a person (ACL 20). Nothing here says who the family is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Restraint {
    /// When the family was told on the spot; absent: it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family_told_at: Option<Timestamp>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(n: &u16) -> bool {
    *n == 0
}
