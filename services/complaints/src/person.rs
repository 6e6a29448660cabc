//! Between the person and the vault: what a receipt code opens, and what a keeper or an agency may read of what is sealed.
//!
//! What is sealed is read only after the event that opened or released it, by whom it was opened for or released to.

use kernel::{
    Call, ExecuteError, Fields, Role,
    procedure::{self, Procedure as _},
    reading,
    sealed::{self, Secret, Whose},
};
use law::{DomainEvent as _, sealed::SealedText};
use proto::complaints::v1::*;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::{
    app::Api,
    domain::{
        complaint::{Complaint, Complaints, Step},
        events::*,
    },
};

type Answer<T> = Result<Response<T>, Status>;

/// The identity, for the keeper who opened it within a day.
pub(crate) async fn identity(api: &Api, request: Request<ReadIdentityRequest>) -> Answer<ReadIdentityResponse> {
    let (caller, name) = (reading::caller(&request)?, &request.get_ref().complaint_id);
    let (id, state) = matter(api, name).await?;
    let registered = state.registered.as_deref().filter(|registered| caller.region.contains(&registered.region));
    let sealed = registered.and_then(|registered| registered.identity.as_ref());
    let identity = api.edge.identity(&caller, &state.opened, Whose::Matter(id), sealed).await?;
    Ok(Response::new(ReadIdentityResponse { identity }))
}

/// A text that was released to the caller's agency.
pub(crate) async fn text(api: &Api, request: Request<ReadTextRequest>) -> Answer<ReadTextResponse> {
    let (caller, r) = (reading::caller(&request)?, request.get_ref());
    let (id, state) = matter(api, &r.complaint_id).await?;
    let entry: Uuid = r.entry_id.parse().map_err(|e| Fields::one("entry_id", e))?;
    let released = caller.agency.is_some_and(|agency| state.released.contains(&(entry, agency)));
    let Some(sealed) = state.texts.get(&entry).filter(|_| released) else {
        return Err(Status::permission_denied(
            "the text was not released to this agency; ask its keeper (ReleaseText)",
        ));
    };
    Ok(Response::new(ReadTextResponse { text: words(api, id, sealed).await? }))
}

/// How a matter stands, for whoever holds its receipt.
pub(crate) async fn follow(api: &Api, request: Request<FollowComplaintRequest>) -> Answer<FollowComplaintResponse> {
    let id = api.edge.by_code::<Complaints>(&request.get_ref().receipt_code).await?;
    let (id, state) = matter(api, &id.to_string()).await?;
    let mut events = Vec::new();
    for (at, event) in sealed::happened::<Complaints>(&api.edge, &id).await? {
        // What was refused never happened.
        if !matches!(event, ComplaintEvent::StepRefused(_)) {
            events.push(sealed::followed(at, event.card().done, said(api, id, &event).await?));
        }
    }
    let registered = state.registered.as_deref();
    Ok(Response::new(FollowComplaintResponse {
        number: registered.map(|registered| registered.number.clone()).unwrap_or_default(),
        summary: registered.map(|registered| registered.summary.clone()).unwrap_or_default(),
        organ: state.holder().map(|organ| organ.name).unwrap_or_default(),
        events,
    }))
}

/// What an event says to the person.
async fn said(api: &Api, id: Uuid, event: &ComplaintEvent) -> Result<String, Status> {
    use ComplaintEvent as E;
    let sealed = match event {
        E::ComplaintRegistered(e) => e.sealed.as_ref(),
        E::StatementAdded(e) => e.sealed.as_ref(),
        E::ReplySent(e) => e.sealed.as_ref(),
        _ => None,
    };
    if let Some(sealed) = sealed {
        return words(api, id, sealed).await;
    }
    Ok(match event {
        E::ComplaintRedirected(e) => format!("{}：{}", e.organ, e.reason),
        E::ComplaintDeclined(e) => e.reason.clone(),
        E::ComplaintAnswered(e) => format!("{}\n{}", e.facts, e.opinion),
        E::OutcomeReturned(e) => match &e.decision {
            Some(decision) => format!("{}（{decision}）", e.decided),
            None => e.decided.clone(),
        },
        E::ReviewAnswered(e) => format!("{}\n{}", e.facts, e.opinion),
        E::ComplaintRectified(e) => e.measures.clone(),
        _ => String::new(),
    })
}

/// Adds words, or a rating, in the name of whoever holds the receipt.
pub(crate) async fn add(api: &Api, mut request: Request<AddByReceiptRequest>) -> Answer<Recorded> {
    let mut f = Fields::new();
    let words = Secret::text(&mut f, "text", &mut request.get_mut().text, api.edge.key()?);
    // Neither does the code belong into a digest that is kept.
    let code = std::mem::take(&mut request.get_mut().receipt_code);
    let mut call = Call::parse(&request, request.get_ref().meta.as_ref(), &api.edge.service)?;
    let id = api.edge.by_code::<Complaints>(&code).await?;
    let (_, state) = matter(api, &id.to_string()).await?;
    let registered = state.registered.as_deref().ok_or_else(|| unknown(id))?;
    let now = api.edge.service.clock().now();
    call.of_a_person("complainant", None, registered.region.clone(), Role::Intake, now);
    let step = match (words, request.get_ref().score) {
        (Some(words), 0) => {
            f.finish()?;
            let kept = api.edge.seal(call.command_id, &id.to_string(), vec![words]).await?;
            Step::from(StatementAdded { sealed: kept.text("text"), at: Some(call.act.at) })
        }
        (None, score) => {
            let score = f.word("score", score);
            f.finish()?;
            Step::from(AnswerRated { score: score.ok_or_else(|| unknown(id))?, at: Some(call.act.at) })
        }
        (Some(_), _) => return Err(Fields::one("score", "give either words or a score")),
    };
    let taken = procedure::take::<Complaints>(api, call, id, step).await?;
    Ok(Response::new(Recorded { receipt: Some(taken.receipt), id: taken.id, number: String::new() }))
}

async fn matter(api: &Api, name: &str) -> Result<(Uuid, std::sync::Arc<Complaint>), Status> {
    let id: Uuid = name.parse().map_err(|e| Fields::one("complaint_id", e))?;
    Ok((id, api.edge.service.load::<Complaints>(&Complaints::stream(&id)).await?.1))
}

fn unknown(id: Uuid) -> ExecuteError {
    procedure::unknown::<Complaints>(&id)
}

async fn words(api: &Api, id: Uuid, sealed: &SealedText) -> Result<String, Status> {
    api.edge.words(Whose::Matter(id), sealed).await
}
