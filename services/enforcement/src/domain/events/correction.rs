//! Orders that go with a penalty or take its place.

use jiff::civil::Date;
use uuid::Uuid;

use super::words::GuardianDuty;

law::acts! {
    /// The party was ordered to put the violation right (APL 28).
    struct CorrectionOrdered {
        /// Its id.
        order: Uuid,
        /// What is to be put right.
        what: String,
        /// By which day; absent where at once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Date>,
        /// 责令改正通知书.
        document: String,
    }
    /// Somebody looked whether it was done.
    struct CorrectionChecked {
        /// Which order.
        order: Uuid,
        /// Whether it was put right.
        corrected: bool,
        /// What was found.
        found: String,
        /// The day on which the party put it right, where it was before the check.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrected_on: Option<Date>,
    }
    /// Nothing is left to correct, or can be.
    struct CorrectionMoot {
        /// Why.
        reason: String,
    }
    /// The guardian was ordered to see to the party (APL 30, 31).
    struct GuardianOrdered {
        /// What.
        duty: GuardianDuty,
        /// The guardian: relation or body, no citizen's name.
        guardian: String,
        /// The document.
        document: String,
    }
}
