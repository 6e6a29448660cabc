//! The parts that several events share.

use jiff::civil::Date;
use law::{
    id::{OfficerCode, RegionCode, Uscc},
    sealed::SealedText,
};
use lists::facts::ExemptEntry;
pub use lists::facts::Penalty;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::words::{GoverningReason, MitigatingGround, PartyKind, ServiceMethod, Taker};

macro_rules! parts {
    ($($(#[$m:meta])* struct $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name { $($(#[$fm])* pub $field: $ty,)* })*
    };
}

parts! {
    /// Who the act addresses. A citizen's full name and id number never enter the record.
    struct Party {
        /** Citizen, legal person or other organisation. */ kind: PartyKind,
        /** Organisation: its name. Citizen: the name masked, e.g. 王**. */ name: String,
        /** Organisations. */ #[serde(default, skip_serializing_if = "Option::is_none")] uscc: Option<Uscc>,
        /** Citizens: keyed digest (HMAC-SHA-256, hex) of the id number. */
        #[serde(default, skip_serializing_if = "Option::is_none")] id_digest: Option<String>,
        /** Citizens: full name, id number and contact, as the vault keeps them. */
        #[serde(default, skip_serializing_if = "Option::is_none")] identity: Option<SealedText>,
        /** Citizens: age on the day of the violation, when under 18. */
        #[serde(default, skip_serializing_if = "Option::is_none")] minor_age: Option<u8>,
        /** Could not discern or control the act (APL 31). */ #[serde(default)] unable_to_discern: bool,
    }
    /// The act that is held against the party.
    struct Violation {
        /** What was done, in a sentence. */ fact: String,
        /** Where (APL 22). */ region: RegionCode,
        /** Address. */ place: String,
        /** First day. */ from: Date,
        /** Last day, the act having ended; absent while it goes on. */
        #[serde(default, skip_serializing_if = "Option::is_none")] until: Option<Date>,
        /** Life and health, finance, with harm: 5 years (APL 36). */ #[serde(default)] grave: bool,
        /** The day it was discovered. */ discovered: Date,
    }
    /// An officer as he acted: what the list said of him that day.
    struct ActingOfficer {
        /** Personnel number. */ officer: OfficerCode,
        /** Name, empty when the list does not know him. */ name: String,
        /** Certificate under which he acted, empty when he had none valid that day. */ certificate: String,
    }
    /// One part of a fine that is paid in parts (APL 66).
    struct Instalment { /** Last day to pay it. */ due: Date, /** How much, in fen. */ amount_fen: i64 }
    /// A base amount by which a fine is measured.
    struct BaseAmount { /** 货值金额, 违法所得… */ of: String, /** In fen. */ amount_fen: i64 }
    /// An automatic device and its two reviews (APL 41).
    struct Device {
        /** Which device. */ device: String,
        /** Document of its legal review. */ legal_review: Option<String>,
        /** Document of its technical review. */ technical_review: Option<String>,
        /** Whether its place was published. */ published: bool,
        /** How the party may look at what it recorded. */ #[serde(default, skip_serializing_if = "Option::is_none")] query: Option<String>,
    }
    /// How a document reached whom it is for, as its receipt tells (APL 61, CPL 87 to 94).
    struct Delivery {
        /** Where it was handed over or left; the post's number; the electronic system and address; who was entrusted, or passed it on. */ through: String,
        /** Who took it. */ #[serde(default, skip_serializing_if = "Option::is_none")] taken_by: Option<Taker>,
        /** Signed or sealed for. */ #[serde(default)] signed: bool,
        /** Why it was not taken. */ #[serde(default, skip_serializing_if = "Option::is_none")] refused: Option<String>,
        /** Who witnessed that it was left: office and body, no citizen's name. */ #[serde(default, skip_serializing_if = "Vec::is_empty")] witnesses: Vec<String>,
        /** Photographs or film of it, SHA-256. */ #[serde(default, skip_serializing_if = "Option::is_none")] recording_sha256: Option<String>,
        /** Handed to the post, or to who was entrusted or passes it on; put up, of what was announced. */ #[serde(default, skip_serializing_if = "Option::is_none")] sent_on: Option<Date>,
        /** The day on the receipt, or on which it reached the system. */ #[serde(default, skip_serializing_if = "Option::is_none")] received_on: Option<Date>,
    }
    /// One try to serve a decision that did not reach the party.
    struct Attempt { /** How. */ method: ServiceMethod, /** When. */ on: Date, /** What came of it. */ outcome: String }
    /// Who speaks for the party at a hearing (APL 64): by office, no citizen's name.
    struct HearingAgent { /** Lawyer, employee… */ capacity: String, /** 授权委托书. */ authority: String }
    /// A fact that makes the penalty milder, or is said to (APL 32).
    struct Mitigation {
        /** Which of the five grounds. */ ground: MitigatingGround,
        /** What happened. */ fact: String,
        /** Evidence it rests on. */ #[serde(default, skip_serializing_if = "Vec::is_empty")] evidence: Vec<Uuid>,
        /** Whether the investigators hold it to be so. */ established: bool,
        /** Why, or why not. */ reason: String,
    }
    /// An entry of the list of violations without a penalty that was looked at.
    struct ConsideredEntry {
        /** Which. */ entry: ExemptEntry,
        /** Its name that day. */ name: String,
        /** Its version that day. */ version: u32,
    }
    /// Another case of the same party that looks like the same act but is not, with the reason (APL 29).
    struct DistinctCase { /** The other case. */ case: Uuid, /** Why it is another act. */ reason: String }
    /// Another case of the same party for an act on the same days at the same place (APL 29).
    struct AlikeCase {
        /** The other case. */ case: Uuid,
        /** Its number: of the filing, or of the decision where that alone is known. */ number: String,
        /** Whose it is. */ agency: Uscc,
        /** Its name. */ #[serde(default, skip_serializing_if = "String::is_empty")] agency_name: String,
    }
    /// The law that a decision was judged by: which version of the item, with which discretion standard, and why (APL 37).
    struct GoverningLaw {
        /** Version of the item; absent where none gave power. */
        #[serde(default, skip_serializing_if = "Option::is_none")] item_version: Option<u32>,
        /** Version of its standard, where it had one. */
        #[serde(default, skip_serializing_if = "Option::is_none")] standard_version: Option<u32>,
        /** Why this one. */ reason: GoverningReason,
    }
    /// What a penalty decision comes to, as far as another one may be the same (ARL 64).
    struct DecidedAct {
        /** What is imposed. */ penalties: Vec<Penalty>,
        /** Tier of the standard. */ #[serde(default, skip_serializing_if = "Option::is_none")] tier: Option<String>,
        /** Legal bases. */ bases: Vec<String>,
        /** Evidence, by the SHA-256 of its bytes. */ evidence: Vec<String>,
    }
    /// How a decision that was ordered to be made again stands to the one that was revoked.
    struct Redone {
        /** The reconsideration that ordered it, where this suite has it. */
        #[serde(default, skip_serializing_if = "Option::is_none")] reference: Option<String>,
        /** It rests on no evidence that the other did not rest on. */ same_facts: bool,
        /** It rests on the same provisions. */ same_reasons: bool,
    }
}

impl Party {
    /// What tells this party from any other: the code of an organisation or the digest of a citizen's id number.
    pub fn key(&self) -> Option<&str> {
        self.uscc.as_ref().map(Uscc::as_str).or(self.id_digest.as_deref())
    }
}

impl Violation {
    /// The last day that counts for periods: the end of the act, or its discovery while it goes on.
    pub fn last_day(&self) -> Date {
        self.until.unwrap_or(self.discovered)
    }
}
