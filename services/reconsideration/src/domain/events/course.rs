//! What the act rests on, standstill, stay, more time, and ends without a decision.

use jiff::civil::Date;
use lists::officers::Official;
use uuid::Uuid;

use super::parts::Agency;
use crate::domain::words::{EndGround, NormSource, StayGround, SuspendGround};

law::acts! {
    /// The review of a normative document or another basis began (ARL 56, 57).
    struct NormQuestioned {
        /// Its id, chosen by the client.
        norm: Uuid,
        /// Which document or provision.
        document: String,
        /// Who asks for it.
        source: NormSource,
        /// Whether this organ may decide on it.
        competent: bool,
        /// The day it was asked for after the application (ALR 26).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked: Option<Date>,
    }
    /// It was passed on to whoever may decide (ARL 56, 57).
    struct NormReferred {
        /// Which review.
        norm: Uuid,
        /// To whom.
        to: String,
        /// The letter.
        letter: String,
        /// The agency that it went to, where it is on the list.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receiver: Option<Agency>,
    }
    /// It was decided on, here or there (ARL 59, 60).
    struct NormSettled {
        /// Which review.
        norm: Uuid,
        /// Whether the provision is lawful.
        lawful: bool,
        /// What was found, and what was told its maker.
        result: String,
    }
    /// The case stands still (ARL 39).
    struct AppealSuspended {
        /// Why.
        ground: SuspendGround,
        /// What exactly: the other case, the question, the consent of both sides, the need.
        reason: String,
        /// How the parties were told in writing.
        notice: String,
    }
    /// It goes on (ARL 39).
    struct AppealResumed {
        /// What ended the reason.
        reason: String,
        /// How the parties were told in writing.
        notice: String,
    }
    /// It ended (ARL 41).
    struct AppealTerminated {
        /// Why.
        ground: EndGround,
        /// What exactly.
        reason: String,
        /// The case of the act, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
    }
    /// The applicant took it back, with or without a settlement (ARL 41, 74).
    struct AppealWithdrawn {
        /// The applicant's own statement.
        statement: String,
        /// What both sides have settled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        settlement: Option<String>,
        /// Who of the reconsideration institution permitted it; needed once it is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        permitted_by: Option<String>,
        /// That the settlement harms nobody and breaks no binding rule was examined.
        #[serde(default)]
        examined: bool,
        /// The case of the act, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
    }
    /// Mediation came to an agreement or to none (ARL 5, 73).
    struct MediationHeld {
        /// Whether an agreement took effect.
        agreed: bool,
        /// What was agreed, or why nothing was.
        terms: String,
        /// Both sides mediated of their own will.
        voluntary: bool,
        /// The agreement harms nobody and breaks no binding rule: examined.
        #[serde(default)]
        examined: bool,
        /// All parties have signed the document.
        #[serde(default)]
        signed: bool,
        /// It bears the organ's seal.
        #[serde(default)]
        sealed: bool,
        /// In how many days the respondent performs it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        perform_days: Option<u16>,
        /// 文号 of the document.
        number: String,
        /// The case of the act, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
    }
    /// Whether the act is executed meanwhile (ARL 42).
    struct StayDecided {
        /// Whether execution stands still from now on.
        stayed: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<StayGround>,
        /// Who asked for it, the provision, or the reason; for a refusal or an end, its reason.
        reason: String,
        /// The case of the act, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
    }
    /// The period to decide was extended (ARL 62).
    struct DecisionExtended {
        /// By how many days.
        days: u16,
        /// What makes the case complex.
        reason: String,
        /// Head of the reconsideration institution who agreed.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// How the parties were told in writing.
        notice: String,
    }
}
