//! The parts that several events share.

use jiff::civil::Date;
use law::{
    id::{ItemCode, OfficerCode, RegionCode, Uscc, Whose},
    sealed::SealedText,
};
pub use lists::facts::Penalty;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::words::{ActKind, PersonKind};

macro_rules! parts {
    ($($(#[$m:meta])* struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name { $($(#[$fm])* pub $field: $ty,)* })*
    };
}

parts! {
    /// A person: who applies, or comes in as a third party. A citizen's name is masked and the id number digested before it
    /// comes here.
    struct Person {
        /** What kind. */ kind: PersonKind,
        /** Name; masked for a citizen. */ name: String,
        /** Code of an organisation. */ #[serde(default, skip_serializing_if = "Option::is_none")] uscc: Option<Uscc>,
        /** Keyed digest of a citizen's id number. */ #[serde(default, skip_serializing_if = "Option::is_none")] id_digest: Option<String>,
        /** A citizen's full name, id number and contact, as the vault keeps them. */ #[serde(default, skip_serializing_if = "Option::is_none")] identity: Option<SealedText>,
    }
    /// An agency of the list, as it was that day.
    struct Agency {
        /** Its code. */ agency: Uscc,
        /** Its name. */ name: String,
        /** Its region. */ region: RegionCode,
    }
    /// The act, or the omission, that is applied against.
    struct Appealed {
        /** What kind of act. */ kind: ActKind,
        /** The case in which it was done, where this suite has it. */ #[serde(default, skip_serializing_if = "Option::is_none")] case: Option<Uuid>,
        /** 文号; empty for an omission. */ number: String,
        /** What was decided or not done, in a sentence. */ what: String,
        /** The power item it rests on. */ #[serde(default, skip_serializing_if = "Option::is_none")] item: Option<ItemCode>,
        /** The day it was done; for an omission, the day the time to perform ended (ALR 16). */ done: Date,
        /** The day the applicant knew or must have known of it (ARL 20; ALR 15). */ known: Date,
        /** Done on the spot. */ #[serde(default)] on_spot: bool,
        /** About real property: 20 years instead of 5 (ARL 21). */ #[serde(default)] real_property: bool,
        /** Asked to protect body or property in an emergency: an omission without a period (ALR 16). */ #[serde(default)] urgent: bool,
        /** A longer period to apply, by another law (ARL 20). */ #[serde(default, skip_serializing_if = "Option::is_none")] longer: Option<Longer>,
        /** Whether right, organ and period were told with it (ARL 20). */ rights_told: bool,
        /** The day they became known otherwise. */ #[serde(default, skip_serializing_if = "Option::is_none")] rights_known: Option<Date>,
        /** What it imposed, where it is a penalty; empty where nobody has told it. */ #[serde(default, skip_serializing_if = "Vec::is_empty")] penalties: Vec<Penalty>,
    }
    /// A period to apply of more than sixty days.
    struct Longer {
        /** How many days. */ days: u16,
        /** Which law gives it. */ law: String,
    }
    /// Days on which the applicant could not apply (ARL 20).
    struct Hindrance {
        /** The first. */ from: Date,
        /** The last. */ until: Date,
        /** Force majeure, or another good reason. */ reason: String,
    }
    /// Somebody of the reconsideration staff as he acts: what the list said of him that day.
    struct Handler {
        /** Personnel number. */ officer: OfficerCode,
        /** Name, empty when the list does not know him. */ name: String,
        /** First day on which he handled reconsiderations; matters for the qualification (ARL 6). */ #[serde(default, skip_serializing_if = "Option::is_none")] since: Option<Date>,
    }
    /// What the respondent was ordered to do again (ARL 64).
    struct Again {
        /** The case in which it was done. */ case: Uuid,
        /** The organ that ordered it. */ organ: String,
        /** 文号 of its decision. */ number: String,
        /** In how many days from service. */ days: u16,
        /** Revoked for a breach of procedure. */ for_procedure: bool,
    }
    /// What was decided on compensation asked for with the application (ARL 72).
    struct Compensation {
        /** Granted, in fen; 0: the claim was dismissed. */ granted_fen: i64,
        /** Why, by which article of the State Compensation Law. */ reason: String,
    }
}

impl Person {
    /// What tells this person from any other, where it is known.
    pub fn key(&self) -> Option<&str> {
        self.uscc.as_ref().map(Uscc::as_str).or(self.id_digest.as_deref())
    }
}

impl Agency {
    /// Whose clock or fault it is.
    pub fn whose(&self) -> Whose {
        Whose { agency: self.agency.clone(), region: self.region.clone() }
    }
}
