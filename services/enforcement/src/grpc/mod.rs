//! The RPCs: parse, gather, carry out, reply.

mod access;
mod bytes;
mod query;
#[cfg(test)]
mod tests;

use std::{pin::Pin, time::Duration};

use kernel::{Call, Fields};
use law::id::Uscc;
use proto::enforcement::v1::{enforcement_server::Enforcement, *};
use tonic::{Code, Request, Response, Status, Streaming};
use tonic_types::{ErrorDetail, RetryInfo, StatusExt as _};
use uuid::Uuid;

pub use access::ACCESS;

use crate::{
    index::Attempts,
    steps::Steps,
    wire::{DigestKey, OrderRequest, Sent, StepRequest},
};

/// How long a command waits for the power lists that its client has seen.
const LISTS_WAIT_MAX: Duration = Duration::from_secs(5);

type Answer<T> = Result<Response<T>, Status>;
type Boxed<'a, T> = Pin<Box<dyn Future<Output = Answer<T>> + Send + 'a>>;

/// The service behind the RPCs.
#[derive(Clone)]
pub struct Api {
    pub(crate) steps: Steps,
    pub(crate) attempts: Attempts,
    pub(crate) key: DigestKey,
}

impl Api {
    /// A step of a case.
    async fn step<R: StepRequest>(&self, mut request: Request<R>) -> Answer<R::Response> {
        let mut f = Fields::new();
        request.get_mut().protect(&mut f, &self.key);
        let (meta, case_id) = request.get_ref().frame();
        let call = Call::parse(&request, meta, self.steps.service.clock())?;
        let case = f.parse::<Uuid>("case_id", case_id);
        let sent = Sent { case: case.unwrap_or_default(), act: &call.act, caller: &call.caller };
        let step = request.get_ref().read(&mut f, &sent);
        let (Some(case), Some(step)) = (case, step) else { return Err(f.status()) };
        f.finish()?;
        self.wait_for_lists(&call).await?;
        let taken = self.steps.take(call, case, step).await?;
        Ok(Response::new(R::answer(taken)))
    }

    /// An order of an agency.
    async fn order<R: OrderRequest>(&self, request: Request<R>) -> Answer<R::Response> {
        let (meta, agency) = request.get_ref().frame();
        let call = Call::parse(&request, meta, self.steps.service.clock())?;
        let mut f = Fields::new();
        let sent = Sent { case: Uuid::nil(), act: &call.act, caller: &call.caller };
        let order = request.get_ref().read(&mut f, &sent);
        let (Some(order), Ok(agency)) = (order, agency.parse::<Uscc>()) else { return Err(f.status()) };
        f.finish()?;
        self.wait_for_lists(&call).await?;
        let done = self.steps.order(&call, &agency, order).await?;
        Ok(Response::new(R::answer(done.receipt(), agency.to_string())))
    }

    async fn wait_for_lists(&self, call: &Call) -> Result<(), Status> {
        let Some(index) = call.powerlist_index else { return Ok(()) };
        self.steps.replica.wait_for(index, LISTS_WAIT_MAX).await.map_err(|behind| {
            let retry = ErrorDetail::RetryInfo(RetryInfo::new(Some(Duration::from_secs(1))));
            Status::with_error_details_vec(Code::Unavailable, behind.to_string(), vec![retry])
        })
    }
}

/// INVALID_ARGUMENT for one field.
fn invalid(field: &str, what: &str) -> Status {
    let mut f = Fields::new();
    f.fault(field, what);
    f.status()
}

/// One line per RPC: which method of [`Api`] answers it. Written out as `async_trait` would, because an attribute does
/// not see into a macro.
macro_rules! rpcs {
    ($($run:ident { $($method:ident($request:ty) -> $response:ty;)* })*) => {$($(
        fn $method<'life0, 'async_trait>(&'life0 self, request: Request<$request>) -> Boxed<'async_trait, $response>
        where
            'life0: 'async_trait,
            Self: 'async_trait,
        {
            Box::pin(self.$run(request))
        }
    )*)*};
}

impl Enforcement for Api {
    type GetObjectStream = bytes::Parts;

    rpcs! {
        step {
            file_case(FileCaseRequest) -> FileCaseResponse;
            assign_officers(AssignOfficersRequest) -> AssignOfficersResponse;
            request_recusal(RequestRecusalRequest) -> RequestRecusalResponse;
            decide_recusal(DecideRecusalRequest) -> DecideRecusalResponse;
            collect_evidence(CollectEvidenceRequest) -> CollectEvidenceResponse;
            exclude_evidence(ExcludeEvidenceRequest) -> ExcludeEvidenceResponse;
            preserve_evidence(PreserveEvidenceRequest) -> PreserveEvidenceResponse;
            settle_preservation(SettlePreservationRequest) -> SettlePreservationResponse;
            take_measure(TakeMeasureRequest) -> TakeMeasureResponse;
            approve_measure(ApproveMeasureRequest) -> ApproveMeasureResponse;
            extend_measure(ExtendMeasureRequest) -> ExtendMeasureResponse;
            record_testing(RecordTestingRequest) -> RecordTestingResponse;
            end_measure(EndMeasureRequest) -> EndMeasureResponse;
            make_record(MakeRecordRequest) -> MakeRecordResponse;
            conclude_investigation(ConcludeInvestigationRequest) -> ConcludeInvestigationResponse;
            consider_exemption(ConsiderExemptionRequest) -> ConsiderExemptionResponse;
            suspect_crime(SuspectCrimeRequest) -> SuspectCrimeResponse;
            decide_transfer(DecideTransferRequest) -> DecideTransferResponse;
            transfer_case(TransferCaseRequest) -> TransferCaseResponse;
            record_police_answer(RecordPoliceAnswerRequest) -> RecordPoliceAnswerResponse;
            record_return(RecordReturnRequest) -> RecordReturnResponse;
            request_assistance(RequestAssistanceRequest) -> RequestAssistanceResponse;
            answer_assistance(AnswerAssistanceRequest) -> AnswerAssistanceResponse;
            dispute_jurisdiction(DisputeJurisdictionRequest) -> DisputeJurisdictionResponse;
            designate_jurisdiction(DesignateJurisdictionRequest) -> DesignateJurisdictionResponse;
            notify_penalty(NotifyPenaltyRequest) -> NotifyPenaltyResponse;
            hear_statement(HearStatementRequest) -> HearStatementResponse;
            waive_statement(WaiveStatementRequest) -> WaiveStatementResponse;
            request_hearing(RequestHearingRequest) -> RequestHearingResponse;
            waive_hearing(WaiveHearingRequest) -> WaiveHearingResponse;
            notify_hearing(NotifyHearingRequest) -> NotifyHearingResponse;
            hold_hearing(HoldHearingRequest) -> HoldHearingResponse;
            review_legally(ReviewLegallyRequest) -> ReviewLegallyResponse;
            deliberate(DeliberateRequest) -> DeliberateResponse;
            extend_decision(ExtendDecisionRequest) -> ExtendDecisionResponse;
            suspend_decision(SuspendDecisionRequest) -> SuspendDecisionResponse;
            resume_decision(ResumeDecisionRequest) -> ResumeDecisionResponse;
            decide_penalty(DecidePenaltyRequest) -> DecidePenaltyResponse;
            withhold_penalty(WithholdPenaltyRequest) -> WithholdPenaltyResponse;
            serve_decision(ServeDecisionRequest) -> ServeDecisionResponse;
            report_spot_decision(ReportSpotDecisionRequest) -> ReportSpotDecisionResponse;
            publicise_decision(PubliciseDecisionRequest) -> PubliciseDecisionResponse;
            withdraw_publication(WithdrawPublicationRequest) -> WithdrawPublicationResponse;
            overturn_decision(OverturnDecisionRequest) -> OverturnDecisionResponse;
            record_payment(RecordPaymentRequest) -> RecordPaymentResponse;
            deliver_cash(DeliverCashRequest) -> DeliverCashResponse;
            bank_cash(BankCashRequest) -> BankCashResponse;
            defer_payment(DeferPaymentRequest) -> DeferPaymentResponse;
            impose_surcharge(ImposeSurchargeRequest) -> ImposeSurchargeResponse;
            lodge_appeal(LodgeAppealRequest) -> LodgeAppealResponse;
            end_appeal(EndAppealRequest) -> EndAppealResponse;
            serve_demand(ServeDemandRequest) -> ServeDemandResponse;
            enforce_execution(EnforceExecutionRequest) -> EnforceExecutionResponse;
            apply_to_court(ApplyToCourtRequest) -> ApplyToCourtResponse;
            record_court_answer(RecordCourtAnswerRequest) -> RecordCourtAnswerResponse;
            record_performance(RecordPerformanceRequest) -> RecordPerformanceResponse;
            record_interference(RecordInterferenceRequest) -> RecordInterferenceResponse;
            file_upward(FileUpwardRequest) -> FileUpwardResponse;
            close_case(CloseCaseRequest) -> CloseCaseResponse;
            archive_case(ArchiveCaseRequest) -> ArchiveCaseResponse;
        }
        order {
            set_target(SetTargetRequest) -> SetTargetResponse;
            order_area_stop(OrderAreaStopRequest) -> OrderAreaStopResponse;
        }
        case {
            get_case(GetCaseRequest) -> GetCaseResponse;
        }
        refused {
            list_attempts(ListAttemptsRequest) -> ListAttemptsResponse;
        }
        put {
            put_object(Streaming<PutObjectRequest>) -> PutObjectResponse;
        }
        read {
            get_object(GetObjectRequest) -> bytes::Parts;
        }
    }
}
