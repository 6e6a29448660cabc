//! Filing, officers, recusal, jurisdiction.

use jiff::{Timestamp, civil::Date};
use law::id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc};
use lists::officers::Official;
use uuid::Uuid;

use super::{
    parts::{ActingOfficer, AlikeCase, Party, Violation},
    words::{Procedure, SourceKind},
};

law::acts! {
    /// The power item under which an undecided case runs was cancelled.
    struct ItemEnded {
        /// The item.
        item: ItemCode,
        /// First day without it.
        effective: Date,
        /// The document that cancelled it.
        document: String,
    }
    /// The case was filed.
    struct CaseFiled {
        /// The case's id, chosen by the client.
        case: Uuid,
        /// 立案号: agency, year, number without holes.
        filing_number: String,
        /// Simple or ordinary.
        procedure: Procedure,
        /// Whose case it is.
        agency: Uscc,
        /// Its name as listed that day.
        agency_name: String,
        /// Region of the agency.
        region: RegionCode,
        /// The power item it rests on.
        item: ItemCode,
        /// Its name.
        item_name: String,
        /// The version in force that day; 0 when none was (reporting mode).
        item_version: u32,
        /// The catalogue's code of the matter.
        base_code: BaseCode,
        /// Field of enforcement.
        field: String,
        /// Whom it addresses.
        party: Party,
        /// What is held against the party.
        violation: Violation,
        /// Where it came from.
        source: SourceKind,
        /// Reference at the source: complaint, inspection, plan.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_reference: Option<String>,
        /// The lead that it is filed on, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead: Option<Uuid>,
        /// Who approved the filing.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// The officers in charge.
        officers: Vec<ActingOfficer>,
        /// Document by which a common superior designated this agency (APL 25).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        designation: Option<String>,
        /// Other cases of the party that look like the same act, as they were known then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        alike: Vec<AlikeCase>,
    }
    /// A case of another agency, or another case of this one, was filed that looks like the same act (APL 29).
    struct SameActNoted {
        /// The other case.
        other: AlikeCase,
    }
    /// The sealed identity of the party, a citizen, was opened: a decision must bear the name and address (APL 59), and is
    /// served on the person (APL 61).
    struct PartyOpened {
        /// Which entry of the vault.
        entry: Uuid,
        /// Whose, as the record names it.
        party: String,
        /// Why it must be known.
        reason: String,
        /// Who opened it, and may read it.
        opened_by: OfficerCode,
        /// Until when.
        until: Timestamp,
    }
    /// The officers in charge changed.
    struct OfficersAssigned {
        /// The officers in charge from now on.
        officers: Vec<ActingOfficer>,
        /// Why.
        reason: String,
    }
    /// Somebody says an officer has a stake (APL 43).
    struct RecusalRequested {
        /// Who is said to have a stake.
        officer: OfficerCode,
        /// Who says so.
        by: String,
        /// Which stake.
        reason: String,
    }
    /// The head decided on it.
    struct RecusalDecided {
        /// The officer.
        officer: OfficerCode,
        /// Whether he is out.
        recused: bool,
        /// The head.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// Why.
        reason: String,
    }
    /// Two bodies claim the case (APL 25).
    struct JurisdictionDisputed {
        /// The other body.
        with: String,
        /// Why.
        reason: String,
    }
    /// The two bodies agreed on one (APL 25).
    struct JurisdictionAgreed {
        /// The agency that goes on.
        agreed: Uscc,
        /// With whom it was agreed.
        with: String,
        /// The document.
        document: String,
    }
    /// The common superior designated one.
    struct JurisdictionDesignated {
        /// The agency that goes on.
        designated: Uscc,
        /// The superior.
        by: String,
        /// The document.
        document: String,
    }
}
