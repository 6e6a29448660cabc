//! What the plan may ask of enforcement: one variant for each command of its API.

use proto::{
    common::v1::{CommandMeta, Receipt},
    enforcement::v1::{self as wire, enforcement_client::EnforcementClient},
};
use tonic::{Request, Status, transport::Channel};

macro_rules! asks {
    ($($name:ident($request:ident) $method:ident,)*) => {
        /// A command without its frame.
        #[derive(Clone, Debug, PartialEq)]
        pub(super) enum Ask {
            $(#[doc = concat!("`", stringify!($name), "`.")] $name(Box<wire::$request>),)*
        }

        impl Ask {
            /// The RPC.
            pub(super) fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name),)* }
            }

            /// Gives the command its frame.
            pub(super) fn frame(&mut self, meta: CommandMeta) {
                match self { $(Self::$name(request) => request.meta = Some(meta),)* }
            }

            /// Sends it; `ready` puts the token on the request.
            pub(super) async fn send(
                self,
                client: &mut EnforcementClient<Channel>,
                ready: impl Ready,
            ) -> Result<Receipt, Status> {
                let receipt = match self {
                    $(Self::$name(request) => client.$method(ready.ready(*request)).await?.into_inner().receipt,)*
                };
                receipt.ok_or_else(|| Status::internal("the answer has no receipt"))
            }
        }

        $(impl From<wire::$request> for Ask {
            fn from(request: wire::$request) -> Self {
                Self::$name(Box::new(request))
            }
        })*
    };
}

/// Makes a request ready to be sent.
pub(super) trait Ready {
    /// Puts the token on it.
    fn ready<M>(&self, message: M) -> Request<M>;
}

asks! {
    FileCase(FileCaseRequest) file_case,
    AssignOfficers(AssignOfficersRequest) assign_officers,
    RequestRecusal(RequestRecusalRequest) request_recusal,
    DecideRecusal(DecideRecusalRequest) decide_recusal,
    CollectEvidence(CollectEvidenceRequest) collect_evidence,
    ExcludeEvidence(ExcludeEvidenceRequest) exclude_evidence,
    PreserveEvidence(PreserveEvidenceRequest) preserve_evidence,
    SettlePreservation(SettlePreservationRequest) settle_preservation,
    TakeMeasure(TakeMeasureRequest) take_measure,
    ApproveMeasure(ApproveMeasureRequest) approve_measure,
    ExtendMeasure(ExtendMeasureRequest) extend_measure,
    RecordTesting(RecordTestingRequest) record_testing,
    EndMeasure(EndMeasureRequest) end_measure,
    MakeRecord(MakeRecordRequest) make_record,
    ConcludeInvestigation(ConcludeInvestigationRequest) conclude_investigation,
    ConsiderExemption(ConsiderExemptionRequest) consider_exemption,
    SuspectCrime(SuspectCrimeRequest) suspect_crime,
    DecideTransfer(DecideTransferRequest) decide_transfer,
    TransferCase(TransferCaseRequest) transfer_case,
    RecordPoliceAnswer(RecordPoliceAnswerRequest) record_police_answer,
    RecordReturn(RecordReturnRequest) record_return,
    RequestAssistance(RequestAssistanceRequest) request_assistance,
    AnswerAssistance(AnswerAssistanceRequest) answer_assistance,
    NotifyPenalty(NotifyPenaltyRequest) notify_penalty,
    HearStatement(HearStatementRequest) hear_statement,
    WaiveStatement(WaiveStatementRequest) waive_statement,
    RequestHearing(RequestHearingRequest) request_hearing,
    WaiveHearing(WaiveHearingRequest) waive_hearing,
    NotifyHearing(NotifyHearingRequest) notify_hearing,
    HoldHearing(HoldHearingRequest) hold_hearing,
    ReviewLegally(ReviewLegallyRequest) review_legally,
    Deliberate(DeliberateRequest) deliberate,
    ExtendDecision(ExtendDecisionRequest) extend_decision,
    SuspendDecision(SuspendDecisionRequest) suspend_decision,
    ResumeDecision(ResumeDecisionRequest) resume_decision,
    DecidePenalty(DecidePenaltyRequest) decide_penalty,
    WithholdPenalty(WithholdPenaltyRequest) withhold_penalty,
    ServeDecision(ServeDecisionRequest) serve_decision,
    ReportSpotDecision(ReportSpotDecisionRequest) report_spot_decision,
    PubliciseDecision(PubliciseDecisionRequest) publicise_decision,
    WithdrawPublication(WithdrawPublicationRequest) withdraw_publication,
    OverturnDecision(OverturnDecisionRequest) overturn_decision,
    RecordPayment(RecordPaymentRequest) record_payment,
    DeliverCash(DeliverCashRequest) deliver_cash,
    BankCash(BankCashRequest) bank_cash,
    DeferPayment(DeferPaymentRequest) defer_payment,
    ImposeSurcharge(ImposeSurchargeRequest) impose_surcharge,
    LodgeAppeal(LodgeAppealRequest) lodge_appeal,
    EndAppeal(EndAppealRequest) end_appeal,
    ServeDemand(ServeDemandRequest) serve_demand,
    ApplyToCourt(ApplyToCourtRequest) apply_to_court,
    RecordCourtAnswer(RecordCourtAnswerRequest) record_court_answer,
    RecordPerformance(RecordPerformanceRequest) record_performance,
    RecordInterference(RecordInterferenceRequest) record_interference,
    FileUpward(FileUpwardRequest) file_upward,
    CloseCase(CloseCaseRequest) close_case,
    ArchiveCase(ArchiveCaseRequest) archive_case,
    SetTarget(SetTargetRequest) set_target,
    OrderAreaStop(OrderAreaStopRequest) order_area_stop,
}
