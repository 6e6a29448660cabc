//! The domain's enumerations and the API's, value by value.

use kernel::Fields;
use proto::powerlist::v1 as p;

use crate::domain::{
    content::{MeasureKind, NormLevel, PenaltyKind, PowerKind, TierLevel},
    events::{AgencyKind, GroundKind, OfficerRole},
    item::YearlyConclusion,
    officer::CertificateState,
};

/// A domain enumeration with its counterpart in the API.
pub(crate) trait Wire: Copy + Sized {
    type Of: TryFrom<i32> + Into<i32>;
    fn to_wire(self) -> Self::Of;
    /// `None` for UNSPECIFIED.
    fn from_wire(of: Self::Of) -> Option<Self>;
    fn number(self) -> i32 {
        self.to_wire().into()
    }
}

macro_rules! same {
    ($($name:ident { $($variant:ident)+ })+) => {$(
        impl Wire for $name {
            type Of = p::$name;
            fn to_wire(self) -> p::$name {
                match self { $(Self::$variant => p::$name::$variant,)+ }
            }
            fn from_wire(of: p::$name) -> Option<Self> {
                match of { p::$name::Unspecified => None, $(p::$name::$variant => Some(Self::$variant),)+ }
            }
        }
    )+};
}

same! {
    PowerKind {
        Licence Penalty Compulsion Levy Payment Inspection Confirmation Reward Adjudication Other
    }
    NormLevel {
        Law AdministrativeRegulation LocalRegulation DepartmentRule LocalRule NormativeDocument
    }
    PenaltyKind {
        Warning PublicCriticism Fine ConfiscateGains ConfiscateGoods SuspendLicence LowerQualification RevokeLicence
        RestrictBusiness SuspendProduction CloseDown BarFromTrade Detention Other
    }
    MeasureKind { RestrictLiberty Seal Seize Freeze Other Execution }
    TierLevel { None Mitigated Lighter Ordinary Heavier }
    AgencyKind { AdministrativeOrgan AuthorisedOrganisation EntrustedOrganisation Unqualified }
    OfficerRole { Enforcement Auxiliary LegalReviewer }
    GroundKind { LawChanged FunctionChanged UpperListChanged ReconsiderationOrJudgment FirstCompilation }
    YearlyConclusion { Kept ToBeAdjusted ToBeCancelled }
    CertificateState { NotYet Valid Expired Revoked }
}

/// A value that must be given.
pub(crate) fn enumeration<T: Wire>(f: &mut Fields, path: &str, number: i32) -> Option<T> {
    T::from_wire(f.enumeration::<T::Of>(path, number)?)
}

/// A value that may be left out.
pub(crate) fn optional_enumeration<T: Wire>(f: &mut Fields, path: &str, number: i32) -> Option<T> {
    if number == 0 { None } else { enumeration(f, path, number) }
}
