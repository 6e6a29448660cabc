//! The RPCs: steps are carried out by the kernel; the rest is what applicants do without an account, and reading.

use kernel::{
    Call, ExecuteError, Fields, Role,
    procedure::{self, Procedure as _, unknown},
    reading,
    sealed::{self, Whose},
    words::Word as _,
};
use law::{DomainEvent as _, Label, day_of, id::Uscc};
use proto::reconsideration::v1::{reconsideration_server::Reconsideration, *};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{appeal::Appeals, rules::jurisdiction::likely, vocabulary::STAGES},
    told::told,
};

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl Reconsideration for Api {
    proto::reconsideration_steps!(kernel::serve);

    async fn read_party(&self, request: Request<ReadPartyRequest>) -> Answer<ReadPartyResponse> {
        let (caller, r) = (reading::caller(&request)?, request.get_ref());
        let appeal = reading::own::<Appeals>(self, &caller, "appeal_id", &r.appeal_id).await?;
        let entry: Uuid = r.entry_id.parse().map_err(|e| Fields::one("entry_id", e))?;
        let sealed = appeal.parties.get(&entry).map(|(sealed, _)| sealed);
        let identity = self.edge.identity(&caller, &appeal.opened, Whose::Own, sealed).await?;
        Ok(Response::new(ReadPartyResponse { identity }))
    }

    async fn apply_online(&self, request: Request<ApplyOnlineRequest>) -> Answer<ApplyOnlineResponse> {
        let request = request.map(|r| r.application.unwrap_or_default());
        let recorded = procedure::command_as::<Appeals, _>(self, request, |call, r| self.complete(call, r)).await?;
        let Recorded { receipt, id, number } = recorded.into_inner();
        let appeal = id.parse().map_err(ExecuteError::internal)?;
        let receipt_code = self.edge.receipt_code::<Appeals>(appeal).await?;
        Ok(Response::new(ApplyOnlineResponse { receipt, id, number, receipt_code }))
    }

    async fn follow_application(
        &self,
        request: Request<FollowApplicationRequest>,
    ) -> Answer<FollowApplicationResponse> {
        let id = self.edge.by_code::<Appeals>(&request.get_ref().receipt_code).await?;
        let happened = sealed::happened::<Appeals>(&self.edge, &id).await?;
        let events =
            happened.iter().filter_map(|(at, e)| Some(sealed::followed(*at, e.card().done, told(e)?))).collect();
        let (_, state) = self.edge.service.load::<Appeals>(&Appeals::stream(&id)).await?;
        let received = state.received.as_deref().ok_or_else(|| unknown::<Appeals>(&id))?;
        let stage = STAGES.iter().find(|stage| Some(stage.id) == state.reached).map(|stage| stage.label);
        let stage = stage.unwrap_or(Label::NONE);
        let decided = state.decision.as_deref();
        let outcome = decided.map(|decided| decided.outcome);
        Ok(Response::new(FollowApplicationResponse {
            number: received.number.clone(),
            organ: received.organ.name.clone(),
            respondent: received.respondent.name.clone(),
            what: received.act.what.clone(),
            stage_zh: stage.zh.to_owned(),
            stage_en: stage.en.to_owned(),
            ended: state.concluded.is_some(),
            outcome_zh: outcome.map(|o| o.zh().to_owned()).unwrap_or_default(),
            outcome_en: outcome.map(|o| o.en().to_owned()).unwrap_or_default(),
            decision_number: decided.map(|decided| decided.number.clone()).unwrap_or_default(),
            events,
        }))
    }
}

impl Api {
    /// Says for an applicant without an account what he cannot: that it comes today and over the internet (ARL 22), and as
    /// what the organ is applied to.
    fn complete(&self, call: &mut Call, r: &mut ApplyForReconsiderationRequest) {
        let now = self.edge.service.clock().now();
        let today = day_of(now);
        (r.channel, r.made) = (Channel::Online.into(), today.to_string());
        r.oral_record.clear();
        // What is wrong with a code is said where it is read.
        let Ok(organ) = r.organ.parse::<Uscc>() else { return };
        let lists = self.lists.lists();
        let listed = |code: &Uscc| lists.agency(code, today).ok().flatten();
        let respondent = r.respondent.parse().ok().and_then(|code| listed(&code));
        if r.relation == Relation::Unspecified as i32 {
            r.relation = likely(listed(&organ).as_ref(), respondent.as_ref()).number();
        }
        drop(lists);
        let region = self.lists.place(&organ, today, &call.caller.region).region;
        call.of_a_person("applicant", Some(organ), region, Role::Public, now);
    }
}
