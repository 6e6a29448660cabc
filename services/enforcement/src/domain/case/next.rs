//! What may come next: for the person who looks at a case, not for the law.

use super::state::Case;
use crate::domain::{events::Procedure, rules::transfer::Suspicion};

/// The steps that the state of a case does not rule out, by the names of their RPCs. The law may still refuse one of
/// them: this is a list of doors, not of permissions.
pub fn next_steps(case: &Case) -> Vec<&'static str> {
    let Some(filed) = &case.filed else { return vec!["FileCase"] };
    let ordinary = filed.procedure == Procedure::Ordinary;
    let mut steps = Vec::new();
    let mut may = |when: bool, names: &[&'static str]| {
        if when {
            steps.extend_from_slice(names);
        }
    };
    let at_hand = case.archived.is_none();
    let open = case.closed.is_none();
    let undecided = open && case.outcome.is_none();
    let punished = case.penalty().is_some();
    let stands = punished && case.stands();

    may(open, &["AssignOfficers", "RequestRecusal", "DecideRecusal"]);
    may(undecided, &["DisputeJurisdiction"]);
    may(undecided && case.disputed && case.designated.is_none(), &["DesignateJurisdiction"]);
    may(open, &["CollectEvidence"]);
    may(undecided && !case.evidence.is_empty(), &["ExcludeEvidence"]);
    may(undecided && ordinary, &["PreserveEvidence"]);
    may(open && !case.preserved.is_empty(), &["SettlePreservation"]);
    may(at_hand, &["MakeRecord"]);
    may(undecided && ordinary, &["ConcludeInvestigation"]);
    may(undecided, &["ConsiderExemption"]);
    may(open, &["RequestAssistance"]);
    may(at_hand && case.assistance.values().any(|answered| !answered), &["AnswerAssistance"]);
    may(at_hand, &["RecordInterference"]);
    may(open && case.suspicion == Suspicion::None, &["SuspectCrime"]);
    may(open && case.suspicion == Suspicion::Reported, &["DecideTransfer"]);
    may(open && case.suspicion == Suspicion::ToTransfer, &["TransferCase"]);
    may(open && case.suspicion == Suspicion::WithPolice, &["RecordPoliceAnswer"]);
    may(open && matches!(case.suspicion, Suspicion::WithPolice | Suspicion::Criminal), &["RecordReturn"]);
    may(open, &["TakeMeasure"]);
    may(open && case.measures.iter().any(|m| m.unapproved && !m.ended), &["ApproveMeasure"]);
    may(open && case.measures.iter().any(|m| !m.ended), &["ExtendMeasure", "RecordTesting", "EndMeasure"]);
    may(undecided, &["NotifyPenalty"]);
    let notified = undecided && case.notice.is_some();
    may(notified, &["HearStatement"]);
    may(notified && !case.defended(), &["WaiveStatement"]);
    may(notified && case.hearing_requested.is_none(), &["RequestHearing"]);
    may(notified && case.hearing_held.is_none(), &["WaiveHearing"]);
    may(notified && ordinary && case.hearing_held.is_none(), &["NotifyHearing", "HoldHearing"]);
    may(undecided && ordinary, &["ReviewLegally", "Deliberate", "ExtendDecision"]);
    may(undecided && ordinary && !case.suspended, &["SuspendDecision"]);
    may(undecided && ordinary && case.suspended, &["ResumeDecision"]);
    may(undecided && (!ordinary || case.concluded.is_some()), &["DecidePenalty"]);
    may(undecided, &["WithholdPenalty"]);
    may(at_hand && case.outcome.is_some() && case.served.is_none(), &["ServeDecision"]);
    may(stands && !ordinary && !case.spot_reported, &["ReportSpotDecision"]);
    may(stands && case.published.is_none(), &["PubliciseDecision"]);
    may(case.published.is_some() && !case.withdrawn, &["WithdrawPublication"]);
    may(stands, &["OverturnDecision"]);
    may(stands && case.unpaid_fen() > 0, &["RecordPayment"]);
    may(at_hand && case.money.cash_fen > case.money.delivered_fen, &["DeliverCash"]);
    may(at_hand && case.money.delivered_fen > case.money.banked_fen, &["BankCash"]);
    may(stands && case.unpaid_fen() > 0 && case.pay_by().is_some(), &["DeferPayment", "ImposeSurcharge"]);
    may(stands, &["LodgeAppeal"]);
    may(case.appeal_pending(), &["EndAppeal"]);
    may(open && stands, &["ServeDemand", "EnforceExecution"]);
    may(open && stands && !case.court_applied, &["ApplyToCourt"]);
    may(open && case.court_applied, &["RecordCourtAnswer"]);
    may(open && stands, &["RecordPerformance"]);
    may(stands && !case.filed_upward, &["FileUpward"]);
    may(open, &["CloseCase"]);
    may(!open && at_hand, &["ArchiveCase"]);
    steps
}

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Filed, under investigation.
    Investigating,
    /// The investigation is concluded.
    Concluded,
    /// The intended penalty was told.
    Notified,
    /// Decided, not yet served.
    Decided,
    /// The decision reached the party.
    Served,
    /// With the police.
    Transferred,
    /// Closed.
    Closed,
    /// Archived.
    Archived,
}

/// How far a case has come; `None` before it is filed.
pub fn stage(case: &Case) -> Option<Stage> {
    case.filed.as_ref()?;
    Some(match case {
        Case { archived: Some(_), .. } => Stage::Archived,
        Case { closed: Some(_), .. } => Stage::Closed,
        Case { served: Some(_), .. } => Stage::Served,
        Case { outcome: Some(_), .. } => Stage::Decided,
        Case { suspicion: Suspicion::WithPolice | Suspicion::Criminal, .. } => Stage::Transferred,
        Case { notice: Some(_), .. } => Stage::Notified,
        Case { concluded: Some(_), .. } => Stage::Concluded,
        Case { .. } => Stage::Investigating,
    })
}
