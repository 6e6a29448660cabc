//! Compulsory measures.

use jiff::Timestamp;
use law::{id::ItemCode, period::Period};
use lists::officers::Official;
use uuid::Uuid;

use super::{parts::ActingOfficer, words::MeasureKind};

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
    }
    /// Testing began or ended; that time does not count (ACL 25).
    struct MeasureTesting {
        /// Which.
        measure: Uuid,
        /// begun or ended.
        begun: bool,
        /// What is tested, and by whom.
        what: String,
    }
    /// Released, or merged into a decision (ACL 27, 28).
    struct MeasureEnded {
        /// Which.
        measure: Uuid,
        /// What became of the objects.
        outcome: String,
    }
}
