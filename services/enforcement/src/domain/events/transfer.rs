//! Suspected crime.

use lists::officers::Official;

law::acts! {
    /// A crime is suspected (CTR 5).
    struct CrimeSuspected {
        /// Which crime.
        suspected: String,
        /// Who reported it to the head.
        reported_by: String,
    }
    /// The head decided on the transfer (CTR 5).
    struct TransferDecided {
        /// Whether it is transferred.
        transfer: bool,
        /// The head.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// Why.
        reason: String,
    }
    /// The case went to the police (CTR 5, 6).
    struct CaseTransferred {
        /// Which police organ.
        to: String,
        /// 移送书.
        document: String,
    }
    /// The police answered (CTR 8).
    struct PoliceAnswered {
        /// Whether they filed a criminal case.
        filed: bool,
        /// What they say.
        reason: String,
    }
    /// The police or procuratorate returned it for an administrative penalty (APL 27).
    struct CaseReturned {
        /// Who returned it.
        by: String,
        /// Why.
        reason: String,
    }
}
