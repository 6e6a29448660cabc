//! Service, publication, and the fall of a decision.

use jiff::civil::Date;

use super::words::ServiceMethod;

law::acts! {
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
    }
    /// It was withdrawn from the web, with reasons (APL 48).
    struct PublicationWithdrawn {
        /// The reasons published.
        reason: String,
    }
    /// The decision was revoked, changed, found unlawful or void.
    struct DecisionOverturned {
        /// What was decided about it.
        outcome: String,
        /// By whom.
        by: String,
        /// The document.
        document: String,
    }
}
