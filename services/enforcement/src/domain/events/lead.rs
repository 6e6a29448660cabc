//! What becomes of a lead (线索), before there is a case and after.

use law::id::{ItemCode, RegionCode, Uscc};
use lists::officers::Official;
use uuid::Uuid;

use super::words::{LeadOutcome, SourceKind};

law::acts! {
    /// A lead to a violation came in (APL 54).
    struct LeadReceived {
        /// Its id: that of the matter it came from, where another service of the suite has it.
        lead: Uuid,
        /// Which agency it came to.
        agency: Uscc,
        /// Its name that day.
        agency_name: String,
        /// Its region.
        region: RegionCode,
        /// Where it came from.
        source: SourceKind,
        /// The matter of the service that it came from; what becomes of the lead returns there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<String>,
        /// Reference at the source.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
        /// The power item that it is about, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemCode>,
        /// What it says, without who said so.
        summary: String,
    }
    /// A case was filed on it (APL 54).
    struct LeadFiled {
        /// Which.
        case: Uuid,
    }
    /// It was looked into, and no case is filed.
    struct LeadDropped {
        /// Why: what was looked into, and what the standard of filing lacks.
        reason: String,
        /// The head.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// The matter that it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<String>,
    }
    /// The case that was filed on it came to something.
    struct LeadConcluded {
        /// Which case.
        case: Uuid,
        /// To what.
        outcome: LeadOutcome,
        /// 文号.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Whether what was reported proved true.
        verified: bool,
        /// The matter that the lead came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<String>,
    }
}
