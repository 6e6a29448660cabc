//! The decision, its service and publication, letters, performance.

use law::id::{ItemCode, Uscc};
use lists::officers::Official;
use uuid::Uuid;

use super::parts::{Again, Agency, Compensation, Penalty};
use crate::domain::words::{Delivery, Effect, Ground, LetterKind, Means, Outcome};

law::acts! {
    /// The application was decided on (ARL 61).
    struct AppealDecided {
        /// 文号.
        number: String,
        /// To what.
        outcome: Outcome,
        /// On which ground.
        ground: Ground,
        /// Facts found.
        facts: String,
        /// Reasons.
        reasons: String,
        /// The provisions it rests on.
        bases: Vec<String>,
        /// What the act is changed to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changed_to: Vec<Penalty>,
        /// Which part is revoked, or what a change or an order comes to, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extent: Option<String>,
        /// Whether the respondent is to do it again (ARL 64).
        #[serde(default)]
        redo: bool,
        /// In how many days the respondent performs or does it again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        perform_days: Option<u16>,
        /// What is to be returned or released without being asked for (ARL 72).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        restitution: Option<String>,
        /// What was decided on compensation asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        compensation: Option<Compensation>,
        /// Evidence of a third party whose rights the act touches, where the respondent gave none (ARL 70).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        third_party_evidence: Option<String>,
        /// How the record of the hearing was followed (ARL 61).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hearing_followed: Option<String>,
        /// The head of the organ who agreed, or who presided over the discussion that passed it.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// It bears the organ's seal (ARL 75).
        #[serde(default)]
        sealed: bool,
        /// How to go to court (APC 45).
        appeal: String,
        /// The basis of the act itself is at fault.
        #[serde(default)]
        basis_at_fault: bool,
        /// The power item that is at fault.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item_at_fault: Option<ItemCode>,
        /// The case of the act, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
        /// 文号 of the act.
        act_number: String,
        /// Whose act it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        respondent: Option<Uscc>,
    }
    /// The decision, or the document of a mediation, reached the parties (ARL 75).
    struct DecisionServed {
        /// How.
        method: Delivery,
        /// Receipt or proof.
        receipt: String,
        /// The respondent's superior department that got a copy (ARL 79).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        informed: Option<String>,
        /// What the decision orders to be done again in a case of this suite, from now on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<Again>,
    }
    /// The decision stands on the web (ARL 79).
    struct DecisionPublished {
        /// Where.
        url: String,
        /// Names and what tells persons were removed.
        names_removed: bool,
    }
    /// An opinion or suggestion letter reached its addressee (ARL 76; ALR 57).
    struct LetterIssued {
        /// Its id, chosen by the client.
        letter: Uuid,
        /// Which.
        kind: LetterKind,
        /// 文号.
        number: String,
        /// To whom.
        to: Agency,
        /// What is unlawful or wrong, or what should be made better.
        problem: String,
    }
    /// The addressee reported what it did (ARL 76).
    struct LetterAnswered {
        /// To which letter.
        letter: Uuid,
        /// What was corrected.
        report: String,
    }
    /// The respondent reported that it has performed (ARL 77).
    struct DecisionPerformed {
        /// What was done.
        what: String,
        /// Papers that show it.
        evidence: String,
    }
    /// The respondent reported that it did the act again (ARL 64).
    struct ActRedone {
        /// 文号 of the new act.
        number: String,
        /// On the same facts.
        same_facts: bool,
        /// For the same reasons.
        same_reasons: bool,
        /// What it imposes, where it is a penalty.
        penalties: Vec<Penalty>,
        /// In what it differs from the act that was revoked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        difference: Option<String>,
    }
    /// The respondent was made to perform (ARL 77).
    struct PerformancePressed {
        /// By which means.
        means: Means,
        /// Who was summoned or named, or what was ordered.
        what: String,
        /// In how many days it is ordered to perform.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<u16>,
    }
    /// The applicant asked to be paid the compensation (State Compensation Law 37).
    struct CompensationClaimed {
        /// How much, in fen.
        amount_fen: i64,
    }
    /// It was paid.
    struct CompensationPaid {
        /// How much, in fen.
        amount_fen: i64,
        /// The day on which the respondent asked the finance department to pay.
        requested: jiff::civil::Date,
        /// Receipt.
        receipt: String,
    }
    /// What the decision led to elsewhere.
    struct EffectNoted {
        /// What.
        effect: Effect,
        /// Where it is recorded: the case, the publication, the item.
        reference: String,
    }
}
