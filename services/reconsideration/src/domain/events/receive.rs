//! Application, supplement, acceptance.

use jiff::civil::Date;
use uuid::Uuid;

use super::parts::{Agency, Appealed, Hindrance, Person};
use crate::domain::words::{Channel, Lack, Procedure, Relation, SimpleGround};

law::acts! {
    /// An application was received (ARL 22).
    struct ApplicationReceived {
        /// Its id, chosen by the client.
        appeal: Uuid,
        /// 登记号: organ, year, number without holes.
        number: String,
        /// The organ applied to.
        organ: Agency,
        /// Whose act it is (ARL 19).
        respondent: Agency,
        /// Why this organ is the one to apply to (ARL 24–28).
        relation: Relation,
        /// How it came.
        channel: Channel,
        /// The day it was made: handed in, told, sent off, or posted (CPL 85).
        made: Date,
        /// The record of an oral application, signed by the applicant (ARL 22; ALR 20).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        oral_record: Option<String>,
        /// Who applies.
        applicant: Person,
        /// How many apply together.
        applicants: u32,
        /// Against what.
        act: Appealed,
        /// What is asked for.
        request: String,
        /// Facts and reasons given.
        reasons: String,
        /// Whether the act is asked to be found void (ARL 67).
        #[serde(default)]
        void_asked: bool,
        /// Compensation asked for with it, in fen (ARL 72).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        compensation_fen: Option<i64>,
        /// The normative document whose review is asked for with it (ARL 13).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        norm: Option<String>,
        /// Days on which the applicant could not apply.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        hindrances: Vec<Hindrance>,
        /// The court that has accepted a suit over the same act, and its number (ARL 29).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        court: Option<String>,
        /// How the applicant shows that an earlier withdrawal was against his true will (ARL 74).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unwilling: Option<String>,
        /// The day on which the agency of the act received it, where it was handed in there (ARL 32).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        through: Option<Date>,
        /// The power item's name.
        item_name: String,
    }
    /// The applicant got the notice of what to supplement (ARL 31); the legal time is when he got it.
    struct SupplementRequested {
        /// All of what is to be supplemented.
        what: String,
        /// 补正通知书.
        notice: String,
        /// The day it was sent.
        sent: Date,
        /// Whether it was sent in time: only then is the application not examined meanwhile.
        in_time: bool,
    }
    /// The applicant got more time to supplement (ARL 31).
    struct SupplementExtended {
        /// By how many working days.
        working_days: u16,
        /// The applicant's good reason.
        reason: String,
    }
    /// The supplement was received: it is examined anew (ARL 31).
    struct ApplicationSupplemented {
        /// What was handed in.
        content: String,
    }
    /// Not supplemented in time and without good reason: taken as given up (ARL 31).
    struct ApplicationLapsed {
        /// The reason that the applicant gave for the delay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        excuse: Option<String>,
        /// Why it is no good reason.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why_not: Option<String>,
        /// The case of the act, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
    }
    /// Accepted: by the organ, or by the law when the time to examine it ran out (ARL 30).
    struct ApplicationAccepted {
        /// From which day on it is accepted.
        on: Date,
        /// Whether silence has accepted it.
        deemed: bool,
        /// By which procedure it runs.
        procedure: Procedure,
        /// Why by the simple one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<SimpleGround>,
        /// How all parties agreed to it (ARL 53).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<String>,
    }
    /// Not accepted (ARL 30).
    struct ApplicationRejected {
        /// What it lacks.
        lack: Lack,
        /// The reasons told.
        reasons: String,
        /// The competent organ told to the applicant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        competent: Option<String>,
        /// The case of the act, where this suite has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<Uuid>,
    }
}
