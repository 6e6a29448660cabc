//! The table of what must not precede what, line by line.

use jiff::{SignedDuration, Timestamp};
use law::{
    Act, DomainEvent as _, Mode,
    decider::harness::{act, at, given_at, table_holds},
    ending::LeftOpen,
};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;

use super::*;
use crate::domain::case::sample::ask;

/// An event as its golden record has it: every field has a value, and all speak of the same things.
macro_rules! golden {
    ($event:ident) => {
        serde_json::from_str::<$event>(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/golden/enforcement.case.",
            stringify!($event),
            ".v1.json"
        )))
        .expect("a golden record")
    };
}

/// After these events, these steps with their events.
macro_rules! steps {
    ($($($before:ident)+: $($step:ident $event:ident),+;)+) => {
        vec![$((vec![$(golden!($before).into()),+], vec![$(Step::$step(golden!($event))),+]),)+]
    };
}

/// Every step that answers something, after the events that it needs to be taken.
pub(super) fn steps() -> Vec<(Vec<CaseEvent>, Vec<Step>)> {
    let mut steps = steps! {
        CaseFiled: AssignOfficers OfficersAssigned, RequestRecusal RecusalRequested, CollectEvidence EvidenceCollected,
            PreserveEvidence EvidencePreserved, TakeMeasure MeasureTaken, MakeRecord RecordMade,
            ConcludeInvestigation InvestigationConcluded, ConsiderExemption ExemptionConsidered,
            SuspectCrime CrimeSuspected, RequestAssistance AssistanceRequested, DisputeJurisdiction JurisdictionDisputed,
            NotifyPenalty PenaltyNotified, ReviewLegally LegalReviewed, Deliberate Deliberated,
            ExtendDecision DecisionExtended, SuspendDecision DecisionSuspended, DecidePenalty PenaltyDecided,
            WithholdPenalty PenaltyWithheld, NoteItemEnd ItemEnded, TakeSample SampleTaken,
            RecordObstruction ObstructionRecorded, InvokeEmergency EmergencyInvoked,
            WaiveCorrection CorrectionMoot, NoteSameAct SameActNoted, RecordInterference InterferenceRecorded;
        CaseFiled RecusalRequested: DecideRecusal RecusalDecided;
        CaseFiled EvidenceCollected: VerifyEvidence EvidenceVerified, ExcludeEvidence EvidenceExcluded;
        CaseFiled CorrectionOrdered: CheckCorrection CorrectionChecked;
        CaseFiled EvidencePreserved: SettlePreservation PreservationSettled;
        CaseFiled MeasureTaken: ExtendMeasure MeasureExtended, RecordTesting MeasureTesting;
        CaseFiled MeasureTaken MeasureExtended: EndMeasure MeasureEnded;
        CaseFiled CrimeSuspected: DecideTransfer TransferDecided;
        CaseFiled CrimeSuspected TransferDecided: TransferCase CaseTransferred;
        CaseFiled CrimeSuspected TransferDecided CaseTransferred:
            RecordPoliceAnswer PoliceAnswered, RecordReturn CaseReturned, RecordSentence SentencePassed;
        CaseFiled AssistanceRequested: AnswerAssistance AssistanceAnswered;
        CaseFiled JurisdictionDisputed: AgreeJurisdiction JurisdictionAgreed, DesignateJurisdiction JurisdictionDesignated;
        CaseFiled PenaltyNotified: HearStatement StatementHeard, WaiveStatement StatementWaived, RequestHearing HearingRequested,
            WaiveHearing HearingWaived, LapseStatement StatementLapsed;
        CaseFiled PenaltyNotified HearingRequested: NotifyHearing HearingNotified, HoldHearing HearingHeld;
        CaseFiled PenaltyNotified HearingRequested HearingNotified: AbandonHearing HearingAbandoned;
        CaseFiled DecisionSuspended: ResumeDecision DecisionResumed;
        CaseFiled PenaltyWithheld: AnnounceService ServiceAnnounced, ServeDecision DecisionServed;
        CaseFiled PenaltyDecided: AnnounceService ServiceAnnounced, ServeDecision DecisionServed,
            PubliciseDecision DecisionPublicised, OmitPublication PublicationOmitted,
            OverturnDecision DecisionOverturned, RecordPayment FinePaid, DeclinePayment PaymentDeclined, ImposeSurcharge SurchargeImposed,
            LodgeAppeal AppealLodged, EnforceExecution ExecutionEnforced,
            ApplyToCourt CourtApplied, RecordPerformance PenaltyPerformed, FileUpward FiledUpward;
        CaseFiled PenaltyDecided DecisionPublicised: WithdrawPublication PublicationWithdrawn;
        CaseFiled PenaltyDecided PaymentDeclined: OfferReceipt ReceiptOffered;
        CaseFiled PenaltyDecided FinePaid: DeliverCash CashDelivered;
        CaseFiled PenaltyDecided FinePaid CashDelivered: BankCash CashBanked;
        CaseFiled PenaltyDecided AppealLodged: EndAppeal AppealEnded;
        CaseFiled PenaltyDecided CourtApplied: RecordCourtAnswer CourtAnswered;
        CaseFiled PenaltyDecided CaseClosed: ArchiveCase CaseArchived;
    };
    let close = |reason, left: &[&str]| {
        let left = left.iter().map(|what| LeftOpen { what: (*what).into(), reason: "下落不明".into() }).collect();
        Step::CloseCase(CaseClosed { reason, left, ..golden!(CaseClosed) })
    };
    let unfinished = close(CloseReason::ExecutionEnded, &["EN-SERVE", "EN-PUBLICISE", "EN-COURT"]);
    let urgent = MeasureTaken { urgent: true, approved_by: None, ..golden!(MeasureTaken) };
    let spot = CaseFiled { procedure: Procedure::Simple, ..golden!(CaseFiled) };
    let deferred = PaymentDeferred { until: sample::day("2025-09-30"), ..golden!(PaymentDeferred) };
    let part = |due: &str, amount_fen| Instalment { due: sample::day(due), amount_fen };
    let missed = PaymentDeferred {
        until: sample::day("2025-09-30"),
        parts: vec![part("2024-03-05", 1), part("2025-09-30", 2)],
        ends_if_missed: true,
        ..golden!(PaymentDeferred)
    };
    let missed =
        [golden!(CaseFiled).into(), golden!(PenaltyDecided).into(), golden!(DecisionServed).into(), missed.into()];
    let ended = DeferralEnded { pay_by: sample::day("2025-09-30"), ..golden!(DeferralEnded) };
    let overturned = DecisionOverturned { outcome: Fate::Revoked.into(), ..golden!(DecisionOverturned) };
    let demand = DemandServed { perform_by: None, ..golden!(DemandServed) };
    let punished = |filed: CaseFiled| vec![filed.into(), golden!(PenaltyDecided).into()];
    let overturn = |overturned: DecisionOverturned| {
        let mut events = punished(golden!(CaseFiled));
        events.push(overturned.into());
        events
    };
    let mut served = punished(golden!(CaseFiled));
    served.push(golden!(DecisionServed).into());
    let withheld = vec![golden!(CaseFiled).into(), golden!(PenaltyWithheld).into()];
    let sealed = CaseFiled { party: sample::sealed(), ..golden!(CaseFiled) };
    let child = Party { minor_age: Some(13), ..sample::citizen() };
    let child = CaseFiled { party: child, ..golden!(CaseFiled) };
    let at_once = CorrectionOrdered { by: None, ..golden!(CorrectionOrdered) };
    let confiscated = Penalty { kind: lists::facts::PenaltyKind::ConfiscateGoods, ..sample::fine(0) };
    let confiscated = PenaltyDecided { penalties: vec![confiscated], ..golden!(PenaltyDecided) };
    let stayed = ExecutionStayed { until: None, ..golden!(ExecutionStayed) };
    let mut appealed = punished(golden!(CaseFiled));
    appealed.push(golden!(AppealLodged).into());
    let mut execution_stayed = appealed.clone();
    execution_stayed.push(stayed.clone().into());
    let detained = Penalty { days: Some(5), ..Penalty::of(lists::facts::PenaltyKind::Detention) };
    let detained = PenaltyDecided { penalties: vec![detained], ..golden!(PenaltyDecided) };
    let detained = vec![golden!(CaseFiled).into(), detained.into(), golden!(AppealLodged).into()];
    let mut asked = detained.clone();
    asked.push(golden!(StayRequested).into());
    let mut fell = punished(golden!(CaseFiled));
    fell.extend([golden!(FinePaid).into(), overturned.clone().into()]);
    let refund = FineRefunded { amount_fen: 1, ..golden!(FineRefunded) };
    let mut sentenced = punished(golden!(CaseFiled));
    sentenced.extend([golden!(CaseTransferred).into(), golden!(SentencePassed).into()]);
    let set_off = PenaltySetOff { fine_fen: 0, ..golden!(PenaltySetOff) };
    let mut again = overturn(overturned.clone());
    again.push(golden!(RedoOrdered).into());
    let done_again = vec![
        Step::NotifyPenalty(golden!(PenaltyNotified)),
        Step::ReviewLegally(golden!(LegalReviewed)),
        Step::Deliberate(golden!(Deliberated)),
        Step::DecidePenalty(golden!(PenaltyDecided)),
        Step::WithholdPenalty(golden!(PenaltyWithheld)),
    ];
    steps.extend([
        (again, done_again),
        (vec![golden!(CaseFiled).into()], vec![Step::OrderCorrection(at_once)]),
        (vec![child.into()], vec![Step::OrderGuardian(golden!(GuardianOrdered))]),
        (vec![golden!(CaseFiled).into(), confiscated.into()], vec![Step::DisposeGoods(golden!(GoodsDisposed))]),
        (appealed, vec![Step::StayExecution(stayed)]),
        (execution_stayed, vec![Step::LiftStay(golden!(StayLifted))]),
        (detained, vec![Step::RequestStay(golden!(StayRequested))]),
        (asked, vec![Step::AnswerStay(golden!(StayAnswered))]),
        (fell, vec![Step::RefundFine(refund)]),
        (sentenced, vec![Step::SetOffPenalty(set_off)]),
        (vec![sealed.into()], vec![Step::OpenParty(golden!(PartyOpened))]),
        (vec![golden!(CaseFiled).into(), urgent.into()], vec![Step::ApproveMeasure(golden!(MeasureApproved))]),
        (punished(spot), vec![Step::ReportSpotDecision(golden!(SpotDecisionReported))]),
        (served, vec![Step::DeferPayment(deferred)]),
        (missed.to_vec(), vec![Step::EndDeferral(ended)]),
        (overturn(overturned), vec![Step::OrderRedo(golden!(RedoOrdered))]),
        (punished(golden!(CaseFiled)), vec![Step::ServeDemand(demand), unfinished]),
        (withheld, vec![close(CloseReason::NotPunished, &["EN-SERVE"])]),
    ]);
    steps
}

#[test]
fn nothing_is_recorded_earlier_than_what_it_answers() {
    let tried = |(before, steps): (Vec<CaseEvent>, Vec<Step>)| {
        steps.into_iter().map(move |step| (before.clone(), step.name(), ask(step)))
    };
    table_holds::<Cases>(steps().into_iter().flat_map(tried));
}

/// Everything that was recorded is as the table wants it: read from the cards and the events' own fields.
fn assert_ordered(log: &[(Timestamp, CaseEvent)]) {
    let cards = CaseEvent::cards();
    let field = |event: &CaseEvent, name: &str| {
        let data: Value = serde_json::from_str(event.to_data().unwrap().get()).unwrap();
        data[name].clone()
    };
    for (n, (at, event)) in log.iter().enumerate() {
        let card = cards.iter().find(|card| card.kind == event.kind()).unwrap();
        for line in card.after {
            let answers = |earlier: &CaseEvent| {
                earlier.card().name() == line.event
                    && (line.by.is_empty() || field(earlier, line.by) == field(event, line.by))
            };
            let mut times = log[..n].iter().filter(|(_, earlier)| answers(earlier)).map(|(at, _)| *at);
            let bound = if line.first { times.min() } else { times.next_back() };
            assert!(bound.is_none_or(|bound| bound <= *at), "{} at {at}, {} at {bound:?}", card.step, line.event);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_order_of_times_that_the_table_forbids_is_recorded(
        tries in vec((any::<prop::sample::Index>(), 0..30_i64, any::<bool>()), 1..60)
    ) {
        let steps: Vec<Step> = steps().into_iter().flat_map(|(_, steps)| steps).collect();
        let begin = at("2024-06-03T09:00");
        let mut log = vec![(begin, golden!(CaseFiled).into())];
        for (which, minute, mode) in tries {
            let mode = if mode { Mode::Reporting } else { Mode::Handling };
            let act = Act { at: begin + SignedDuration::from_mins(minute - 3), mode, ..act("2024-06-03T09:00") };
            let given = given_at::<Cases>(log.clone());
            for decided in given.asked(&act, &ask(which.get(&steps).clone())).unwrap_or_default() {
                log.push((act.at, decided.event));
            }
        }
        assert_ordered(&log);
    }
}
