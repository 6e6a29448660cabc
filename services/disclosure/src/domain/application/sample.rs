//! One lawful application to test against: a citizen of 抚远 asks for the inspection record of a waterworks.

pub(crate) use law::decider::harness::{act, at, day, overdue, reporting};
pub(crate) use lists::fixture::{BUREAU as AGENCY, OTHER as OTHER_AGENCY};
use lists::{
    facts::{OfficeKind, OfficerFact},
    fixture::{HEAD, agency, heads, official},
};
use uuid::Uuid;

use super::{Command, Facts};
use crate::domain::{
    events::*,
    words::{Channel, Form, Ground, Interest, Outcome, PersonKind},
};

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// The head of the disclosure office.
pub(crate) const CONSENTS: &str = "D1";

fn officials() -> Vec<OfficerFact> {
    heads().into_iter().chain([official(CONSENTS, "赵主任", OfficeKind::DisclosureHead)]).collect()
}

pub(crate) fn facts() -> Facts {
    Facts { agency: Some(agency()), earlier: None, officials: officials(), number: None }
}

pub(crate) fn ask(step: impl Into<Step>) -> Command {
    Command { facts: facts(), step: step.into() }
}

pub(crate) fn applicant() -> Person {
    Person { kind: PersonKind::Citizen, name: "王**".into(), uscc: None, id_digest: Some("ab".repeat(32)) }
}

pub(crate) fn third_party() -> Person {
    Person {
        kind: PersonKind::LegalPerson,
        name: "抚远市清源供水有限公司".into(),
        uscc: Some("91230883MA1B2C3D4L".parse().expect("valid")),
        id_digest: None,
    }
}

/// Received on Tuesday, 3 June 2025; the 20th working day is 1 July.
pub(crate) fn received() -> ApplicationReceived {
    ApplicationReceived {
        application: id(1),
        number: "抚市监公开〔2025〕1号".into(),
        agency: AGENCY.parse().expect("valid"),
        agency_name: "抚远市市场监督管理局".into(),
        region: "230883".parse().expect("valid"),
        channel: Channel::InPerson,
        arrived: day("2025-06-03"),
        applicant: applicant(),
        contact: true,
        description: "2024年供水企业检查记录".into(),
        form: Some(Form::Paper),
        missing: vec![],
        at: Some(at("2025-06-03T09:00")),
    }
}

pub(crate) fn correction(in_time: bool) -> CorrectionRequested {
    CorrectionRequested {
        what: "请明确所申请的企业".into(),
        guidance: "可以参照公开目录".into(),
        until: day("2025-06-20"),
        in_time,
        at: Some(at("2025-06-05T09:00")),
    }
}

pub(crate) fn corrected() -> ApplicationCorrected {
    ApplicationCorrected {
        description: "清源供水2024年检查记录".into(),
        applicant: None,
        form: None,
        at: Some(at("2025-06-18T09:00")),
    }
}

pub(crate) fn lapsed() -> ApplicationLapsed {
    ApplicationLapsed { excuse: None, why_not: None, at: None }
}

pub(crate) fn withdrawn() -> ApplicationWithdrawn {
    ApplicationWithdrawn { statement: "撤回申请书".into(), at: None }
}

pub(crate) fn third_party_asked() -> ThirdPartyAsked {
    ThirdPartyAsked {
        inquiry: id(9),
        person: third_party(),
        interest: Interest::TradeSecret,
        letter: "征求意见书1".into(),
        sent: day("2025-06-09"),
        at: Some(at("2025-06-10T09:00")),
    }
}

pub(crate) fn third_party_answered(agrees: bool) -> ThirdPartyAnswered {
    ThirdPartyAnswered {
        inquiry: id(9), agrees, reasons: "含生产工艺参数".into(), at: Some(at("2025-06-13T09:00"))
    }
}

pub(crate) fn agency_asked() -> AgencyAsked {
    AgencyAsked {
        inquiry: id(8),
        agency_name: "抚远市水务局".into(),
        letter: "征求意见书2".into(),
        sent: day("2025-06-12"),
        at: Some(at("2025-06-13T09:00")),
    }
}

pub(crate) fn agency_answered() -> AgencyAnswered {
    AgencyAnswered { inquiry: id(8), agrees: true, reasons: "同意".into(), at: None }
}

pub(crate) fn extended(working_days: u16) -> AnswerExtended {
    AnswerExtended {
        working_days,
        reason: "档案需要清查".into(),
        approved_by: CONSENTS.into(),
        official: None,
        notice: "延期答复告知书1".into(),
        at: None,
    }
}

pub(crate) fn demanded() -> ReasonsDemanded {
    ReasonsDemanded { excess: "一个月内申请46件".into(), letter: "说明理由通知书1".into(), at: None }
}

pub(crate) fn reasons() -> ReasonsGiven {
    ReasonsGiven { reasons: "用于研究".into(), at: None }
}

pub(crate) fn deferred(working_days: u16) -> AnswerDeferred {
    AnswerDeferred { working_days, reason: "数量较多".into(), notice: "延迟答复告知书1".into(), at: None }
}

pub(crate) fn fee() -> FeeCharged {
    FeeCharged {
        amount_fen: 160_000,
        excess: "一个月内申请26件".into(),
        basis: "政府信息公开信息处理费管理办法，按件计收".into(),
        notice: "收费通知1".into(),
        at: None,
    }
}

/// A lawful answer of each kind.
pub(crate) fn answered(outcome: Outcome) -> ApplicationAnswered {
    let withholds = outcome.withholds();
    ApplicationAnswered {
        number: "抚市监公开答〔2025〕1号".into(),
        outcome,
        grounds: if withholds { vec![Ground::Process] } else { vec![] },
        reasons: Some("属于讨论记录；检索了档案系统".into()),
        how: Some("随附检查记录复印件".into()),
        bases: vec!["《政府信息公开条例》第三十六条".into()],
        separable: Some(outcome == Outcome::PartlyDisclosed),
        public_by: None,
        harms_third_party: Some(false),
        objection_reasonable: None,
        public_interest: None,
        third_party_told: None,
        responsible: None,
        earlier: None,
        reviewed_by: Some("孙审".into()),
        appeal: Some("六十日内申请行政复议".into()),
        reconsideration_told: withholds,
        decided_by: HEAD.into(),
        official: None,
        left: vec![],
        at: Some(at("2025-06-20T09:00")),
    }
}

pub(crate) fn sent() -> AnswerSent {
    AnswerSent { method: crate::domain::words::Delivery::Post, receipt: "EMS 1001".into(), at: None }
}

pub(crate) fn archived() -> ApplicationArchived {
    ApplicationArchived { file: "2025-GK-001".into(), at: None }
}
