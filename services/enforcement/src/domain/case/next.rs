//! What may come next: for the person who looks at a case, not for the law.

use super::state::{Case, Verdict};
use crate::domain::{events::Procedure, rules::transfer::Suspicion};

/// The steps that the state of a case does not rule out, by the names of their RPCs. The law may still refuse one of
/// them: this is a list of doors, not of permissions.
pub fn next_steps(case: &Case) -> Vec<&'static str> {
    let Some(filed) = &case.filed else { return vec!["FileCase"] };
    if case.archived.is_some() {
        return vec![];
    }
    let ordinary = filed.procedure == Procedure::Ordinary;
    let mut steps = Vec::new();
    let mut may = |when: bool, names: &[&'static str]| {
        if when {
            steps.extend_from_slice(names);
        }
    };
    let open = case.closed.is_none();
    let undecided = open && case.outcome.is_none();
    let punished = case.penalty().is_some();
    let stands = punished && case.overturned.as_ref().is_none_or(|o| o.outcome == "changed");

    may(open, &["AssignOfficers", "RequestRecusal", "DecideRecusal"]);
    may(undecided, &["DisputeJurisdiction"]);
    may(undecided && case.disputed && case.designated.is_none(), &["DesignateJurisdiction"]);
    may(open, &["CollectEvidence"]);
    may(undecided && !case.evidence.is_empty(), &["ExcludeEvidence"]);
    may(undecided && ordinary, &["PreserveEvidence"]);
    may(open && !case.preserved.is_empty(), &["SettlePreservation"]);
    may(true, &["MakeRecord"]);
    may(undecided && ordinary, &["ConcludeInvestigation"]);
    may(undecided, &["ConsiderExemption"]);
    may(open, &["RequestAssistance"]);
    may(case.assistance.values().any(|answered| !answered), &["AnswerAssistance"]);
    may(true, &["RecordInterference"]);
    may(open && case.suspicion == Suspicion::None, &["SuspectCrime"]);
    may(open && case.suspicion == Suspicion::Reported, &["DecideTransfer"]);
    may(open && case.suspicion == Suspicion::ToTransfer, &["TransferCase"]);
    may(open && case.suspicion == Suspicion::WithPolice, &["RecordPoliceAnswer"]);
    may(open && matches!(case.suspicion, Suspicion::WithPolice | Suspicion::Criminal), &["ReturnCase"]);
    may(open, &["TakeMeasure"]);
    may(open && case.measures.values().any(|m| m.unapproved && !m.ended), &["ApproveMeasure"]);
    may(open && case.measures.values().any(|m| !m.ended), &["ExtendMeasure", "TestMeasure", "EndMeasure"]);
    may(undecided, &["NotifyPenalty"]);
    let notified = undecided && case.notice.is_some();
    may(notified, &["HearStatement"]);
    may(notified && !case.defended(), &["WaiveStatement"]);
    may(notified && case.hearing_requested.is_none(), &["RequestHearing"]);
    may(notified && case.hearing_held.is_none(), &["WaiveHearing"]);
    may(notified && ordinary && case.hearing_held.is_none(), &["NotifyHearing", "HoldHearing"]);
    may(undecided && ordinary, &["ReviewCase", "Deliberate", "ExtendDecision"]);
    may(undecided && ordinary && !case.suspended, &["SuspendDecision"]);
    may(undecided && ordinary && case.suspended, &["ResumeDecision"]);
    may(undecided && (!ordinary || case.concluded.is_some()), &["DecidePenalty"]);
    may(undecided, &["WithholdPenalty"]);
    may(case.outcome.is_some() && case.served.is_none(), &["ServeDecision"]);
    may(stands && !ordinary && !case.spot_reported, &["ReportSpotDecision"]);
    may(stands && !case.published, &["PubliciseDecision"]);
    may(case.published && !case.withdrawn, &["WithdrawPublication"]);
    may(stands, &["OverturnDecision"]);
    may(stands && case.unpaid_fen() > 0, &["PayFine"]);
    may(case.money.cash_fen > case.money.delivered_fen, &["DeliverCash"]);
    may(case.money.delivered_fen > case.money.banked_fen, &["BankCash"]);
    may(stands && case.unpaid_fen() > 0 && case.pay_by().is_some(), &["DeferPayment", "ImposeSurcharge"]);
    may(stands, &["LodgeAppeal"]);
    may(case.appeal_pending(), &["EndAppeal"]);
    may(open && stands, &["ServeDemand", "EnforceExecution"]);
    may(open && stands && !case.court_applied, &["ApplyToCourt"]);
    may(open && case.court_applied, &["RecordCourtAnswer"]);
    may(open && stands, &["PerformPenalty"]);
    may(stands && !case.filed_upward, &["FileUpward"]);
    may(open, &["CloseCase"]);
    may(!open, &["ArchiveCase"]);
    steps
}

/// Where the case stands, as one word of the stages of the process.
pub fn stage(case: &Case) -> &'static str {
    match case {
        Case { filed: None, .. } => "none",
        Case { archived: Some(_), .. } => "archived",
        Case { closed: Some(_), .. } => "closed",
        Case { served: Some(_), outcome: Some(Verdict::Penalty(_)), .. } => "executing",
        Case { served: Some(_), .. } => "served",
        Case { outcome: Some(_), .. } => "decided",
        Case { notice: Some(_), .. } => "notified",
        Case { concluded: Some(_), .. } => "concluded",
        Case { .. } => "investigating",
    }
}
