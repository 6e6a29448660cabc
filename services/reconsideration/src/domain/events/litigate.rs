//! The lawsuit after it, and the end of the file.

use jiff::civil::Date;
use law::ending::LeftOpen;
use uuid::Uuid;

use crate::domain::words::{Defendant, Instance, Judgment};

law::acts! {
    /// A court has accepted a suit (APC 45).
    struct SuitFiled {
        /// Its id, chosen by the client.
        suit: Uuid,
        /// Which court.
        court: String,
        /// Its number there.
        number: String,
        /// The day it was brought.
        filed: Date,
        /// Who is sued (APC 26).
        defendant: Defendant,
        /// Why the court accepted it after the fifteen days (APC 48).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late_reason: Option<String>,
    }
    /// The court heard it (APC 3).
    struct SuitHeard {
        /// Which suit.
        suit: Uuid,
        /// In which instance.
        instance: Instance,
        /// The head of the defendant who was there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        head: Option<String>,
        /// Why no head was there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        absence: Option<String>,
        /// Who came in his place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delegate: Option<String>,
    }
    /// The court has decided.
    struct JudgmentGiven {
        /// Which suit.
        suit: Uuid,
        /// In which instance.
        instance: Instance,
        /// To what.
        judgment: Judgment,
        /// Its number.
        number: String,
        /// Whether nobody can appeal against it any more.
        binding: bool,
        /// In how many days it is to be performed, counted from the day it binds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        perform_days: Option<u16>,
    }
    /// What the court ordered was done (APC 94).
    struct JudgmentPerformed {
        /// Which suit.
        suit: Uuid,
        /// What was done.
        what: String,
    }
    /// A court or procuratorate suggested something to the agency.
    struct SuggestionReceived {
        /// Its id, chosen by the client.
        suggestion: Uuid,
        /// From whom.
        from: String,
        /// Its number.
        number: String,
        /// What.
        what: String,
    }
    /// The agency told what it did about it.
    struct SuggestionAnswered {
        /// Which.
        suggestion: Uuid,
        /// What was done.
        answer: String,
    }
    /// The file is complete.
    struct AppealClosed {
        /// Number of the file.
        file: String,
        /// Why the decision does not stand on the web (ARL 79).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unpublished: Option<String>,
        /// What is left open.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left: Vec<LeftOpen>,
    }
}
