//! One lawful application to test against: a restaurant of 抚远 against a fine before which nobody told it of its right to a
//! hearing. Each event is its golden record, less what that has only so that every field has a value.

pub(crate) use law::decider::harness::{act, at, day, overdue, overdue_but_for, reporting};
use lists::facts::{AgencyFact, OfficeFact, OfficeKind, OfficerFact, OfficerRole, PenaltyKind};
pub(crate) use lists::fixture::{BUREAU, OTHER, agency as respondent, code, officer};
use uuid::Uuid;

use super::{Command, Step};
use crate::domain::{events::*, facts::Facts, words::*};

/// An event as its golden record has it: every field has a value, and all speak of the same things.
macro_rules! golden {
    ($event:ident) => {
        serde_json::from_str::<$event>(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/golden/reconsideration.appeal.",
            stringify!($event),
            ".v1.json"
        )))
        .expect("a golden record")
    };
}
pub(crate) use golden;

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// The government of 抚远.
pub(crate) fn organ() -> AgencyFact {
    let (name, short_name) = ("抚远市人民政府".into(), "抚政".into());
    AgencyFact { agency: OTHER.parse().expect("valid"), name, short_name, ..respondent() }
}

/// The head of the government.
pub(crate) const HEAD: &str = "G1";
/// The head of its reconsideration institution.
pub(crate) const INSTITUTION: &str = "G2";

fn official(number: &str, name: &str, office: OfficeKind) -> OfficerFact {
    let held = OfficeFact { agency: organ().agency, office, from: day("2020-01-01"), ended: None };
    OfficerFact { role: OfficerRole::Staff, certificates: vec![], offices: vec![held], ..officer(number, name) }
}

pub(crate) fn facts() -> Facts {
    let staff = |number: &str, name: &str| OfficerFact { legal_qualification: true, ..officer(number, name) };
    Facts {
        organ: Some(organ()),
        respondent: Some(respondent()),
        named: Some(respondent()),
        officers: vec![
            staff("F1", "周复"),
            staff("F2", "吴议"),
            staff("F3", "冯理"),
            official(HEAD, "陈县长", OfficeKind::Head),
            official(INSTITUTION, "郑主任", OfficeKind::ReconsiderationHead),
        ],
        ..Facts::default()
    }
}

pub(crate) fn ask(step: impl Into<Step>) -> Command {
    Command { facts: facts(), step: step.into() }
}

pub(crate) fn fine(amount_fen: i64) -> Penalty {
    Penalty { amount_fen: Some(amount_fen), ..Penalty::of(PenaltyKind::Fine) }
}

/// Received on Tuesday, 3 June 2025: the fifth working day is Tuesday, 10 June.
pub(crate) fn received() -> ApplicationReceived {
    let golden = golden!(ApplicationReceived);
    let act = Appealed { longer: None, rights_told: true, rights_known: None, ..golden.act };
    ApplicationReceived {
        act,
        channel: Channel::InPerson,
        oral_record: None,
        void_asked: false,
        compensation_fen: None,
        norm: None,
        hindrances: vec![],
        court: None,
        unwilling: None,
        through: None,
        item_name: String::new(),
        ..golden
    }
}

/// On Thursday, 5 June 2025: sixty days end on Monday, 4 August.
pub(crate) fn accepted() -> ApplicationAccepted {
    let procedure = Procedure::Ordinary;
    ApplicationAccepted { procedure, ground: None, consent: None, ..golden!(ApplicationAccepted) }
}

pub(crate) fn assigned() -> HandlersAssigned {
    HandlersAssigned { complex: false, technical: false, ..golden!(HandlersAssigned) }
}

/// On Monday, 9 June 2025: the tenth working day is Monday, 23 June.
pub(crate) fn copied() -> CopySent {
    golden!(CopySent)
}

pub(crate) fn answered() -> AnswerGiven {
    golden!(AnswerGiven)
}

pub(crate) fn heard() -> OpinionHeard {
    golden!(OpinionHeard)
}

pub(crate) fn hearing_held() -> HearingHeld {
    HearingHeld { absence: None, delegate: None, ..golden!(HearingHeld) }
}

pub(crate) fn withdrawn() -> AppealWithdrawn {
    golden!(AppealWithdrawn)
}

pub(crate) fn mediated() -> MediationHeld {
    golden!(MediationHeld)
}

pub(crate) fn stayed() -> StayDecided {
    golden!(StayDecided)
}

/// Revoked for its procedure, to be done again in 30 days.
pub(crate) fn decided() -> AppealDecided {
    AppealDecided {
        changed_to: vec![],
        compensation: None,
        third_party_evidence: None,
        hearing_followed: None,
        basis_at_fault: false,
        item_at_fault: None,
        decided_by: HEAD.into(),
        official: None,
        ..golden!(AppealDecided)
    }
}

/// On 24 June 2025: thirty days end on Thursday, 24 July.
pub(crate) fn served() -> DecisionServed {
    golden!(DecisionServed)
}

pub(crate) fn published() -> DecisionPublished {
    golden!(DecisionPublished)
}

pub(crate) fn redone() -> ActRedone {
    golden!(ActRedone)
}

pub(crate) fn extended() -> DecisionExtended {
    DecisionExtended { approved_by: INSTITUTION.into(), official: None, ..golden!(DecisionExtended) }
}

pub(crate) fn changed() -> ProcedureChanged {
    ProcedureChanged { approved_by: INSTITUTION.into(), official: None, ..golden!(ProcedureChanged) }
}

/// Received and accepted.
pub(crate) fn running() -> Vec<AppealEvent> {
    vec![received().into(), accepted().into()]
}

/// All that a decision asks for.
pub(crate) fn ready() -> Vec<AppealEvent> {
    let mut events = running();
    events.extend([assigned().into(), copied().into(), answered().into(), heard().into()]);
    events
}

/// Decided and served.
pub(crate) fn done() -> Vec<AppealEvent> {
    let mut events = ready();
    events.extend([decided().into(), served().into()]);
    events
}
