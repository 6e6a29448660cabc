//! Every command of the two services, with its frame and its receipt in the same places.

use proto::{
    common::v1::{CommandMeta, Receipt},
    enforcement::v1 as enforcement,
    powerlist::v1 as powerlist,
};
use stories::suite::Door;
use tonic::{Response, Status};

/// Bytes of a message that our clients send and take; the servers set their own limits.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A command.
pub(crate) trait Command: Clone + Send {
    /// What it answers.
    type Answer: std::fmt::Debug + Send;
    /// Name of the RPC.
    const NAME: &'static str;
    /// Gives it its frame.
    fn framed(self, meta: CommandMeta) -> Self;
    /// Sends it.
    fn send(self, door: &Door) -> impl Future<Output = Result<Self::Answer, Status>> + Send;
}

/// An answer with a receipt.
pub(crate) trait Receipted {
    /// What was recorded.
    fn receipt(&self) -> &Receipt;
}

macro_rules! commands {
    ($service:ident $clients:ident $client:ident; $($name:literal $request:ident $answer:ident $method:ident,)*) => {$(
        impl Command for $service::$request {
            type Answer = $service::$answer;
            const NAME: &'static str = $name;

            fn framed(mut self, meta: CommandMeta) -> Self {
                self.meta = Some(meta);
                self
            }

            async fn send(self, door: &Door) -> Result<Self::Answer, Status> {
                let mut client = $service::$clients::$client::new(door.clone())
                    .max_encoding_message_size(MESSAGE_BYTES_MAX)
                    .max_decoding_message_size(MESSAGE_BYTES_MAX);
                client.$method(self).await.map(Response::into_inner)
            }
        }

        impl Receipted for $service::$answer {
            fn receipt(&self) -> &Receipt {
                self.receipt.as_ref().expect("a receipt")
            }
        }
    )*};
}

commands! {
    enforcement enforcement_client EnforcementClient;
    "FileCase" FileCaseRequest FileCaseResponse file_case,
    "AssignOfficers" AssignOfficersRequest AssignOfficersResponse assign_officers,
    "RequestRecusal" RequestRecusalRequest RequestRecusalResponse request_recusal,
    "DecideRecusal" DecideRecusalRequest DecideRecusalResponse decide_recusal,
    "CollectEvidence" CollectEvidenceRequest CollectEvidenceResponse collect_evidence,
    "ExcludeEvidence" ExcludeEvidenceRequest ExcludeEvidenceResponse exclude_evidence,
    "PreserveEvidence" PreserveEvidenceRequest PreserveEvidenceResponse preserve_evidence,
    "SettlePreservation" SettlePreservationRequest SettlePreservationResponse settle_preservation,
    "TakeMeasure" TakeMeasureRequest TakeMeasureResponse take_measure,
    "ApproveMeasure" ApproveMeasureRequest ApproveMeasureResponse approve_measure,
    "ExtendMeasure" ExtendMeasureRequest ExtendMeasureResponse extend_measure,
    "RecordTesting" RecordTestingRequest RecordTestingResponse record_testing,
    "EndMeasure" EndMeasureRequest EndMeasureResponse end_measure,
    "MakeRecord" MakeRecordRequest MakeRecordResponse make_record,
    "ConcludeInvestigation" ConcludeInvestigationRequest ConcludeInvestigationResponse conclude_investigation,
    "ConsiderExemption" ConsiderExemptionRequest ConsiderExemptionResponse consider_exemption,
    "SuspectCrime" SuspectCrimeRequest SuspectCrimeResponse suspect_crime,
    "DecideTransfer" DecideTransferRequest DecideTransferResponse decide_transfer,
    "TransferCase" TransferCaseRequest TransferCaseResponse transfer_case,
    "RecordPoliceAnswer" RecordPoliceAnswerRequest RecordPoliceAnswerResponse record_police_answer,
    "RecordReturn" RecordReturnRequest RecordReturnResponse record_return,
    "RequestAssistance" RequestAssistanceRequest RequestAssistanceResponse request_assistance,
    "AnswerAssistance" AnswerAssistanceRequest AnswerAssistanceResponse answer_assistance,
    "DisputeJurisdiction" DisputeJurisdictionRequest DisputeJurisdictionResponse dispute_jurisdiction,
    "DesignateJurisdiction" DesignateJurisdictionRequest DesignateJurisdictionResponse designate_jurisdiction,
    "NotifyPenalty" NotifyPenaltyRequest NotifyPenaltyResponse notify_penalty,
    "HearStatement" HearStatementRequest HearStatementResponse hear_statement,
    "WaiveStatement" WaiveStatementRequest WaiveStatementResponse waive_statement,
    "RequestHearing" RequestHearingRequest RequestHearingResponse request_hearing,
    "WaiveHearing" WaiveHearingRequest WaiveHearingResponse waive_hearing,
    "NotifyHearing" NotifyHearingRequest NotifyHearingResponse notify_hearing,
    "HoldHearing" HoldHearingRequest HoldHearingResponse hold_hearing,
    "ReviewLegally" ReviewLegallyRequest ReviewLegallyResponse review_legally,
    "Deliberate" DeliberateRequest DeliberateResponse deliberate,
    "ExtendDecision" ExtendDecisionRequest ExtendDecisionResponse extend_decision,
    "SuspendDecision" SuspendDecisionRequest SuspendDecisionResponse suspend_decision,
    "ResumeDecision" ResumeDecisionRequest ResumeDecisionResponse resume_decision,
    "DecidePenalty" DecidePenaltyRequest DecidePenaltyResponse decide_penalty,
    "WithholdPenalty" WithholdPenaltyRequest WithholdPenaltyResponse withhold_penalty,
    "ServeDecision" ServeDecisionRequest ServeDecisionResponse serve_decision,
    "ReportSpotDecision" ReportSpotDecisionRequest ReportSpotDecisionResponse report_spot_decision,
    "PubliciseDecision" PubliciseDecisionRequest PubliciseDecisionResponse publicise_decision,
    "WithdrawPublication" WithdrawPublicationRequest WithdrawPublicationResponse withdraw_publication,
    "OverturnDecision" OverturnDecisionRequest OverturnDecisionResponse overturn_decision,
    "RecordPayment" RecordPaymentRequest RecordPaymentResponse record_payment,
    "DeliverCash" DeliverCashRequest DeliverCashResponse deliver_cash,
    "BankCash" BankCashRequest BankCashResponse bank_cash,
    "DeferPayment" DeferPaymentRequest DeferPaymentResponse defer_payment,
    "ImposeSurcharge" ImposeSurchargeRequest ImposeSurchargeResponse impose_surcharge,
    "LodgeAppeal" LodgeAppealRequest LodgeAppealResponse lodge_appeal,
    "EndAppeal" EndAppealRequest EndAppealResponse end_appeal,
    "ServeDemand" ServeDemandRequest ServeDemandResponse serve_demand,
    "EnforceExecution" EnforceExecutionRequest EnforceExecutionResponse enforce_execution,
    "ApplyToCourt" ApplyToCourtRequest ApplyToCourtResponse apply_to_court,
    "RecordCourtAnswer" RecordCourtAnswerRequest RecordCourtAnswerResponse record_court_answer,
    "RecordPerformance" RecordPerformanceRequest RecordPerformanceResponse record_performance,
    "RecordInterference" RecordInterferenceRequest RecordInterferenceResponse record_interference,
    "FileUpward" FileUpwardRequest FileUpwardResponse file_upward,
    "CloseCase" CloseCaseRequest CloseCaseResponse close_case,
    "ArchiveCase" ArchiveCaseRequest ArchiveCaseResponse archive_case,
    "SetTarget" SetTargetRequest SetTargetResponse set_target,
    "OrderAreaStop" OrderAreaStopRequest OrderAreaStopResponse order_area_stop,
}

commands! {
    powerlist powerlist_client PowerlistClient;
    "RegisterRegion" RegisterRegionRequest RegisterRegionResponse register_region,
    "RegisterAgency" RegisterAgencyRequest RegisterAgencyResponse register_agency,
    "DissolveAgency" DissolveAgencyRequest DissolveAgencyResponse dissolve_agency,
    "RegisterOfficer" RegisterOfficerRequest RegisterOfficerResponse register_officer,
    "RecordExamination" RecordExaminationRequest RecordExaminationResponse record_examination,
    "IssueCertificate" IssueCertificateRequest IssueCertificateResponse issue_certificate,
    "RevokeCertificate" RevokeCertificateRequest RevokeCertificateResponse revoke_certificate,
    "RecordTraining" RecordTrainingRequest RecordTrainingResponse record_training,
    "PublishCatalogueEntry" PublishCatalogueEntryRequest PublishCatalogueEntryResponse publish_catalogue_entry,
    "DraftItem" DraftItemRequest DraftItemResponse draft_item,
    "ReviewItem" ReviewItemRequest ReviewItemResponse review_item,
    "PublishItem" PublishItemRequest PublishItemResponse publish_item,
    "CancelItem" CancelItemRequest CancelItemResponse cancel_item,
    "ReviewItemYearly" ReviewItemYearlyRequest ReviewItemYearlyResponse review_item_yearly,
    "PublishStandard" PublishStandardRequest PublishStandardResponse publish_standard,
    "PublishFee" PublishFeeRequest PublishFeeResponse publish_fee,
}

/// An import answers for its rows, not with one receipt.
impl Command for powerlist::ImportListRequest {
    type Answer = powerlist::ImportListResponse;
    const NAME: &'static str = "ImportList";

    fn framed(mut self, meta: CommandMeta) -> Self {
        self.meta = Some(meta);
        self
    }

    async fn send(self, door: &Door) -> Result<Self::Answer, Status> {
        let mut client = powerlist::powerlist_client::PowerlistClient::new(door.clone())
            .max_encoding_message_size(MESSAGE_BYTES_MAX);
        client.import_list(self).await.map(Response::into_inner)
    }
}
