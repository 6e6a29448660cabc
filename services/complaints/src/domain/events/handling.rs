//! Acceptance, the answer, and what follows when it does not satisfy.

use jiff::civil::Date;
use law::{
    ending::LeftOpen,
    id::{ItemCode, OfficerCode, Uscc},
    period::Period,
};
use lists::officers::Official;
use uuid::Uuid;

use super::Organ;
use crate::domain::words::*;

law::acts! {
    /// It was accepted (LPR 23).
    struct ComplaintAccepted {
        /// By which agency.
        agency: Uscc,
        /// Which way it is to be settled, as the agency sees it (LPR 31).
        way: Way,
        /// Who handles it.
        officer: OfficerCode,
        /// Name as listed that day.
        officer_name: String,
        /// Whether it is a lead to a violation that enforcement is to look into.
        lead: bool,
        /// Why a report is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        no_lead: Option<String>,
        /// The power item that it is about, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemCode>,
        /// What it is about.
        summary: String,
        /// How the person was told.
        told: String,
        /// The time to settle it.
        period: Period,
        /// What that rests on.
        period_by: String,
    }
    /// It was not accepted (LPR 19, 23, 36).
    struct ComplaintDeclined {
        /// On which ground.
        ground: DeclineGround,
        /// Why it holds.
        reason: String,
        /// The earlier matter that it is one with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earlier: Option<Uuid>,
        /// The organ that has the power to handle it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organ: Option<String>,
        /// How the person was told.
        told: String,
    }
    /// The time to settle it was extended (LPR 34).
    struct SettlementExtended {
        /// By how many days.
        days: u16,
        /// Why.
        reason: String,
        /// Head who approved.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// How the person was told.
        told: String,
    }
    /// A hearing was held on it (LPR 31, 36).
    struct HearingHeld {
        /// First day that it took.
        from: Date,
        /// Last day that it took.
        until: Date,
        /// The record.
        record: String,
    }
    /// It was answered; the legal time is when the answer was handed over or sent (LPR 29–34).
    struct ComplaintAnswered {
        /// 文号.
        number: String,
        /// With what.
        outcome: Outcome,
        /// Facts and reasons found.
        facts: String,
        /// What is done about it.
        opinion: String,
        /// The provisions that it rests on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bases: Vec<String>,
        /// How the answer reached the person.
        told: String,
    }
    /// What came of the lead was told to the person (LPR 30).
    struct OutcomeReturned {
        /// The enforcement case; absent where none was filed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
        /// What was decided in it.
        decided: String,
        /// 文号 of that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision: Option<String>,
        /// Whether the report proved true.
        verified: bool,
        /// How the person was told.
        told: String,
    }
    /// The person rated the answer.
    struct AnswerRated {
        /// How.
        score: Score,
    }
    /// What had been rated poor was put right.
    struct ComplaintRectified {
        /// What was done.
        measures: String,
    }
    /// The person asked for a review or a recheck (LPR 35, 36).
    struct ReviewRequested {
        /// Which of both.
        instance: Instance,
        /// The organ that is to look at it.
        to: Organ,
        /// The day on which the person had got the written answer.
        answer_got: Date,
    }
    /// That organ gave its opinion in writing.
    struct ReviewAnswered {
        /// On a review or a recheck.
        instance: Instance,
        /// 文号.
        number: String,
        /// What it comes to.
        outcome: ReviewOutcome,
        /// Facts and reasons found.
        facts: String,
        /// The opinion.
        opinion: String,
        /// The provisions that it rests on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bases: Vec<String>,
        /// How it reached the person.
        told: String,
    }
    /// The supervising organ was asked to act against the agency (LPR 40).
    struct SupervisionRequested {
        /// Why.
        ground: SupervisionGround,
        /// Which organ.
        organ: String,
        /// What happened.
        facts: String,
    }
    /// The person took it back.
    struct ComplaintWithdrawn {
        /// How the person said so.
        how: String,
    }
    /// It was closed.
    struct ComplaintClosed {
        /// What is left open, and why.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left: Vec<LeftOpen>,
    }
}
