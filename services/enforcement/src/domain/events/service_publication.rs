//! Service, publication, and the fall of a decision.

use jiff::civil::Date;
use lists::officers::Official;

use super::{
    parts::{Attempt, Delivery},
    words::{AnnounceGround, NotPublicGround, ServiceMethod},
};

law::acts! {
    /// 公告送达: the decision was put up in public, because the party could not be reached in another way (APL 61).
    struct ServiceAnnounced {
        /// Where.
        place: String,
        /// Why it could not be reached, and what was tried.
        reason: String,
        /// Which of the two grounds (CPL 95); absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<AnnounceGround>,
        /// What was tried before.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tried: Vec<Attempt>,
    }
    /// The decision reached the party (APL 61).
    struct DecisionServed {
        /// How.
        method: ServiceMethod,
        /// 送达回证.
        receipt: String,
        /// Written consent to electronic service.
        consent: Option<String>,
        /// Last day to pay, for fines (APL 67).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pay_by: Option<Date>,
        /// How, as the receipt tells; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivery: Option<Delivery>,
    }
    /// The simple-procedure decision was reported to the agency (APL 52).
    struct SpotDecisionReported {
        /// To whom.
        to: String,
    }
    /// The decision was put on the web (APL 48).
    struct DecisionPublicised {
        /// Where.
        url: String,
        /// What is left out of it (APL 50).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        left_out: Option<String>,
    }
    /// The decision is not published (APL 48, 50).
    struct PublicationOmitted {
        /// Why.
        ground: NotPublicGround,
        /// Reasons.
        reason: String,
        /// The head.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
    }
    /// It was withdrawn from the web, with reasons (APL 48).
    struct PublicationWithdrawn {
        /// The reasons published.
        reason: String,
        /// The reconsideration that overturned it, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    }
    /// The decision was revoked, changed, found unlawful or void.
    struct DecisionOverturned {
        /// What was decided about it.
        outcome: Overturned,
        /// By whom.
        by: String,
        /// The document.
        document: String,
        /// The reconsideration, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    }
    /// The order to do again what was revoked reached the agency (ARL 64, APC 70).
    struct RedoOrdered {
        /// Who ordered it.
        by: String,
        /// The document.
        document: String,
        /// In how many days; none where it sets no time.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u16>,
        /// Revoked for a breach of procedure: the same may be decided again.
        for_procedure: bool,
        /// The reconsideration, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    }
}

law::words! {
    /// What another body decided about a decision.
    pub enum Fate {
        Revoked = "revoked" "被撤销" "revoked",
        Changed = "changed" "被变更" "changed",
        Unlawful = "unlawful" "被确认违法" "found unlawful",
        Void = "void" "被确认无效" "found void",
    }
}

/// The same as it is stored: one of the words, or what an older record says instead.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Overturned {
    /// One of the words.
    Fate(Fate),
    /// Other words.
    Told(String),
}

impl Overturned {
    /// Whether the penalty is still to be executed: only one that was changed is.
    pub fn stands(&self) -> bool {
        *self == Self::Fate(Fate::Changed)
    }

    /// Whether the decision takes its fine with it. A changed one still fines, and one found unlawful stands in its effect
    /// (APL 29: fined is fined); what is not known to lift the fine does not.
    pub fn lifts_fine(&self) -> bool {
        match self {
            Self::Fate(Fate::Revoked | Fate::Void) => true,
            Self::Fate(Fate::Changed | Fate::Unlawful) | Self::Told(_) => false,
        }
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Fate(fate) => fate.id(),
            Self::Told(text) => text,
        }
    }
}

impl From<Fate> for Overturned {
    fn from(fate: Fate) -> Self {
        Self::Fate(fate)
    }
}
