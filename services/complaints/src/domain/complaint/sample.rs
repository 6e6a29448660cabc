//! Lawful matters of each kind to test against, received by the petition office of 抚远 on Tuesday, 3 June 2025.

pub(crate) use law::decider::harness::{act, at, day, overdue, reporting};
use law::{ending::LeftOpen, sealed::SealedText};
pub(crate) use lists::fixture::{BUREAU, HEAD, OTHER, code};
use lists::{
    facts::{AgencyFact, OfficerFact},
    fixture,
};
use uuid::Uuid;

use super::{Command, Facts};
use crate::domain::{events::*, facts::Earlier, parameters::Days, words::*};

/// The petition office.
pub(crate) const OFFICE: &str = "11230883MB0411017B";
/// The county's government.
pub(crate) const GOVERNMENT: &str = "11230883MB05120188";
/// An organ of the city above.
pub(crate) const CITY: &str = "11230800MB0613019X";

/// The identity keeper, who sends what the harness sends.
pub(crate) const KEEPER: &str = "230883-SC-0001";

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn listed(agency: &str, name: &str, region: &str) -> AgencyFact {
    AgencyFact {
        agency: agency.parse().expect("valid"),
        name: name.into(),
        region: region.parse().expect("valid"),
        ..fixture::agency()
    }
}

pub(crate) fn official(number: &str) -> OfficerFact {
    fixture::officer(number, &format!("人员{number}"))
}

pub(crate) fn facts() -> Facts {
    Facts {
        agencies: vec![
            listed(OFFICE, "抚远市信访局", "230883"),
            fixture::agency(),
            listed(OTHER, "抚远市应急管理局", "230883"),
            listed(GOVERNMENT, "抚远市人民政府", "230883"),
            listed(CITY, "佳木斯市人民政府", "230800"),
        ],
        officers: ["A1", "A2", KEEPER, "K2"].map(official).into_iter().chain(fixture::heads()).collect(),
        item: None,
        earlier: None,
        days: Days::default(),
        number: None,
    }
}

pub(crate) fn ask(step: impl Into<super::Step>) -> Command {
    Command { facts: facts(), step: step.into() }
}

/// The same, knowing an earlier matter.
pub(crate) fn ask_knowing(step: impl Into<super::Step>, earlier: Earlier) -> Command {
    let mut command = ask(step);
    command.facts.earlier = Some(earlier);
    command
}

pub(crate) fn organ(agency: &str, region: &str) -> Organ {
    Organ { agency: agency.parse().expect("valid"), name: "某机关".into(), region: region.parse().expect("valid") }
}

/// As the facts have it.
pub(crate) fn known(agency: &str) -> Organ {
    let facts = facts();
    let listed = facts.agency(&agency.parse().expect("valid")).expect("listed");
    Organ { agency: listed.agency.clone(), name: listed.name.clone(), region: listed.region.clone() }
}

pub(crate) fn sealed(n: u8) -> SealedText {
    SealedText { entry: id(u128::from(n) + 500), sha256: format!("{n:02x}").repeat(32) }
}

pub(crate) fn registered(kind: Kind) -> ComplaintRegistered {
    ComplaintRegistered {
        complaint: id(1),
        number: "抚信访登〔2025〕1号".into(),
        kind,
        channel: Channel::Hotline,
        agency: OFFICE.parse().expect("valid"),
        agency_name: "抚远市信访局".into(),
        region: "230883".parse().expect("valid"),
        received: day("2025-06-03"),
        complainant: Some(id(77)),
        identity: Some(sealed(7)),
        sealed: Some(sealed(1)),
        attachments: vec![],
        reachable: true,
        summary: "反映正阳街某超市售卖过期食品".into(),
        against: vec![],
        against_officers: vec![],
        way: Way::Ordinary,
        item: None,
        item_name: String::new(),
        place: Some("正阳街".into()),
        norm: (kind == Kind::NormReview).then(|| "抚政规〔2020〕3号".into()),
        about: (kind == Kind::Reprisal).then(|| id(7)),
        score: (kind == Kind::ServiceRating).then_some(Score::Poor),
        receipt_wanted: false,
        source: None,
        at: Some(at("2025-06-03T09:00")),
    }
}

/// Brought by the person, and read by nobody yet.
pub(crate) fn submitted(kind: Kind) -> ComplaintRegistered {
    ComplaintRegistered { channel: Channel::Web, summary: String::new(), place: None, norm: None, ..registered(kind) }
}

/// On Wednesday the 4th.
pub(crate) fn summarised() -> ComplaintSummarised {
    ComplaintSummarised {
        summary: "反映正阳街某饭店无证经营".into(),
        against: vec![],
        against_officers: vec![],
        way: Way::Ordinary,
        item: None,
        item_name: String::new(),
        place: Some("正阳街".into()),
        norm: None,
        at: Some(at("2025-06-04T09:00")),
    }
}

pub(crate) fn linked() -> ComplaintLinked {
    ComplaintLinked { earlier: id(7), relation: Relation::Repeat, at: Some(at("2025-06-04T09:00")) }
}

pub(crate) fn redirected() -> ComplaintRedirected {
    ComplaintRedirected {
        way: Way::Reconsideration,
        organ: "抚远市人民政府行政复议机构".into(),
        reason: "对处罚决定不服".into(),
        told: "告知书1".into(),
        at: None,
    }
}

/// On Thursday the 5th.
pub(crate) fn assigned() -> ComplaintAssigned {
    ComplaintAssigned {
        to: known(BUREAU),
        letter: "转送函1".into(),
        reported_to: Some("佳木斯市信访局".into()),
        at: Some(at("2025-06-05T09:00")),
    }
}

pub(crate) fn objected() -> AssignmentObjected {
    AssignmentObjected { reason: "属于应急管理部门职责".into(), at: Some(at("2025-06-06T09:00")) }
}

pub(crate) fn objection(agreed: bool) -> ObjectionDecided {
    ObjectionDecided { agreed, reason: "经核实".into(), at: Some(at("2025-06-09T09:00")) }
}

pub(crate) fn ruled() -> AssignmentRuled {
    AssignmentRuled {
        to: known(BUREAU),
        reason: "权责清单列明".into(),
        document: "抚编办〔2025〕8号".into(),
        at: Some(at("2025-06-09T10:00")),
    }
}

pub(crate) fn joined() -> HandlingJoined {
    HandlingJoined {
        lead: BUREAU.parse().expect("valid"),
        with: vec![known(OTHER)],
        reason: "涉及两个机关".into(),
        at: None,
    }
}

/// On Tuesday the 10th.
pub(crate) fn accepted(kind: Kind) -> ComplaintAccepted {
    let (period, period_by) = Days::default().to_settle(kind);
    ComplaintAccepted {
        agency: BUREAU.parse().expect("valid"),
        way: Way::Ordinary,
        officer: code("A2"),
        officer_name: "人员A2".into(),
        lead: kind == Kind::Report,
        no_lead: None,
        item: None,
        summary: "反映正阳街某超市售卖过期食品".into(),
        told: "受理告知书1".into(),
        period,
        period_by,
        at: Some(at("2025-06-10T09:00")),
    }
}

pub(crate) fn declined(ground: DeclineGround) -> ComplaintDeclined {
    let same = ground != DeclineGround::NotOurs;
    ComplaintDeclined {
        ground,
        reason: "与在先事项相同".into(),
        earlier: same.then(|| id(7)),
        organ: (!same).then(|| "抚远市应急管理局".into()),
        told: "不予受理告知书1".into(),
        at: None,
    }
}

pub(crate) fn extended(days: u16) -> SettlementExtended {
    SettlementExtended {
        days,
        reason: "案情复杂".into(),
        approved_by: HEAD.into(),
        official: None,
        told: "延期告知书1".into(),
        at: None,
    }
}

pub(crate) fn hearing() -> HearingHeld {
    HearingHeld { from: day("2025-06-12"), until: day("2025-06-12"), record: "听证笔录1".into(), at: None }
}

/// What a kind is answered with.
pub(crate) fn outcome(kind: Kind) -> Outcome {
    *Outcome::ALL.iter().find(|outcome| outcome.fits(kind)).expect("every kind has an answer")
}

/// On Tuesday, 1 July.
pub(crate) fn answered(outcome: Outcome) -> ComplaintAnswered {
    ComplaintAnswered {
        number: "抚市监访复〔2025〕1号".into(),
        outcome,
        facts: "经核查，反映属实".into(),
        opinion: "责令改正并立案查处".into(),
        bases: vec!["《食品安全法》第三十四条".into()],
        told: "邮寄".into(),
        at: Some(at("2025-07-01T09:00")),
    }
}

pub(crate) fn returned(verified: bool) -> OutcomeReturned {
    OutcomeReturned {
        case: Some(id(500)),
        decided: "罚款五千元".into(),
        decision: Some("抚市监罚决〔2025〕9号".into()),
        verified,
        told: "书面反馈".into(),
        at: Some(at("2025-07-02T09:00")),
    }
}

pub(crate) fn rated(score: Score) -> AnswerRated {
    AnswerRated { score, at: Some(at("2025-07-03T09:00")) }
}

pub(crate) fn rectified() -> ComplaintRectified {
    ComplaintRectified { measures: "重新现场核查并责令下架".into(), at: Some(at("2025-07-08T09:00")) }
}

pub(crate) fn review_requested() -> ReviewRequested {
    ReviewRequested {
        instance: Instance::Review,
        to: known(GOVERNMENT),
        answer_got: day("2025-07-03"),
        at: Some(at("2025-07-10T09:00")),
    }
}

pub(crate) fn recheck_requested() -> ReviewRequested {
    ReviewRequested {
        instance: Instance::Recheck,
        to: known(CITY),
        answer_got: day("2025-08-01"),
        at: Some(at("2025-08-10T09:00")),
    }
}

pub(crate) fn review_answered(instance: Instance, outcome: ReviewOutcome) -> ReviewAnswered {
    ReviewAnswered {
        instance,
        number: "抚政复查〔2025〕1号".into(),
        outcome,
        facts: "原办理事实清楚".into(),
        opinion: "维持".into(),
        bases: vec!["《信访工作条例》第三十五条".into()],
        told: "直接送达".into(),
        at: Some(at(if instance == Instance::Review { "2025-07-31T09:00" } else { "2025-09-01T09:00" })),
    }
}

pub(crate) fn supervision(ground: SupervisionGround) -> SupervisionRequested {
    SupervisionRequested { ground, organ: "抚远市司法局".into(), facts: "超期未办结".into(), at: None }
}

pub(crate) fn withdrawn() -> ComplaintWithdrawn {
    ComplaintWithdrawn { how: "凭收据码网上撤回".into(), at: None }
}

pub(crate) fn closed() -> ComplaintClosed {
    ComplaintClosed { left: vec![], at: None }
}

pub(crate) fn closed_leaving(what: &str) -> ComplaintClosed {
    ComplaintClosed { left: vec![LeftOpen { what: what.into(), reason: "案件尚在办理".into() }], at: None }
}

pub(crate) fn statement(n: u8) -> StatementAdded {
    StatementAdded { sealed: Some(sealed(n)), at: None }
}

pub(crate) fn reply() -> ReplySent {
    ReplySent { sealed: Some(sealed(9)), at: None }
}

pub(crate) fn released(n: u8) -> TextReleased {
    TextReleased {
        sealed: sealed(n),
        to: known(BUREAU),
        reason: "需要核对所购商品".into(),
        opened_by: code(KEEPER),
        second: code("K2"),
        at: None,
    }
}

pub(crate) fn opened() -> IdentityOpened {
    IdentityOpened {
        complainant: id(77),
        reason: "移送公安机关需要证人".into(),
        opened_by: code(KEEPER),
        second: code("K2"),
        at: None,
    }
}

pub(crate) fn shredded() -> IdentityShredded {
    IdentityShredded {
        shredded: vec![],
        reason: "处理目的已经实现".into(),
        shredded_by: code(KEEPER),
        second: code("K2"),
        at: None,
    }
}

pub(crate) fn rewarded() -> ReportRewarded {
    ReportRewarded {
        amount_fen: 50_000,
        basis: "市场监管领域重大违法行为举报奖励办法".into(),
        method: RewardMethod::Code,
        payment: "发放凭证1".into(),
        at: None,
    }
}

/// Registered, assigned and accepted.
pub(crate) fn handled(kind: Kind) -> Vec<ComplaintEvent> {
    vec![registered(kind).into(), assigned().into(), accepted(kind).into()]
}

/// The same, and answered.
pub(crate) fn settled(kind: Kind) -> Vec<ComplaintEvent> {
    let mut events = handled(kind);
    if kind == Kind::ServiceRating {
        events.push(ComplaintRectified { at: Some(at("2025-06-12T09:00")), ..rectified() }.into());
    }
    events.push(answered(outcome(kind)).into());
    events
}
