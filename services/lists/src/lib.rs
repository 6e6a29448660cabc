//! What every service asks of the power lists: agencies, officers, power items, standards and parameters as of a day, and
//! the rules about the officers and heads who act.
//!
//! Invariants:
//! - `domain` is pure and knows law only; [`Replica`] follows the lists' feed.
//! - Nothing here knows the power lists' code: they come in as their stored events.
//! - What is known has no "now": each question names its day.
//!
//! Open first: `domain/facts.rs`, what is asked as of a day; `domain/officers.rs`, the rules; `domain/words`, penalties as
//! the law words them, read into lines and written again; `replica` for how it is kept.

mod domain;
#[doc(hidden)]
pub mod fixture;
mod replica;

pub use domain::{facts, officers, words};
pub use replica::{Lists, Replica, Unreadable};

use proto::{common::v1 as common, powerlist::v1 as api};

kernel::words! { facts, common;
    PenaltyKind {
        Warning PublicCriticism Fine ConfiscateGains ConfiscateGoods SuspendLicence LowerQualification RevokeLicence
        RestrictBusiness SuspendProduction CloseDown BarFromTrade Detention Other
    }
    Addressee { Unit Individual Principal InCharge Responsible }
    ObjectKind { Person Place Facility Goods Funds }
}

kernel::words! { facts, api;
    Imposing { Must May }
    CompulsionKind {
        RestrictLiberty Seal Seize Freeze Enter OtherMeasure Surcharge Transfer Dispose Restore Perform Execution
    }
    Executor { Agency Court }
    Lack { None Uncomputable Either }
    PowerKind { Licence Penalty Compulsion Levy Payment Inspection Confirmation Reward Adjudication Other }
    TierLevel { None Mitigated Lighter Ordinary Heavier }
    Qualification { PublicFunctions CertifiedStaff TechnicalMeans }
    AgencyKind { AdministrativeOrgan AuthorisedOrganisation EntrustedOrganisation Unqualified }
    OfficerRole { Enforcement Auxiliary LegalReviewer Staff }
    OfficeKind { Head DeputyHead DisclosureHead ReconsiderationHead }
}
