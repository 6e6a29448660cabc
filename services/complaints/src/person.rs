//! Between the person and the vault: what a receipt code opens, and what a keeper or an agency may read of what is sealed.
//!
//! What is sealed is read only after the event that opened or released it, by whom it was opened for or released to.

use jiff::SignedDuration;
use kernel::{
    Call, Caller, ExecuteError, Fields, Role,
    clocks::timestamp,
    procedure::{self, Secret},
    reading,
};
use law::DomainEvent as _;
use prost::Message as _;
use proto::{common::v1::Recorded, complaints::v1::*};
use tonic::{Request, Response, Status};
use uuid::Uuid;
use vault::ReceiptCode;

use crate::{
    app::Api,
    domain::{
        complaint::{Complaint, Complaints, Step},
        events::*,
    },
    wire::{IDENTITY, TEXT},
};

/// How long after it was opened an identity may be read.
const OPEN_FOR: SignedDuration = SignedDuration::from_hours(24);

type Answer<T> = Result<Response<T>, Status>;

/// The identity, for the keeper who opened it within a day.
pub(crate) async fn identity(api: &Api, request: Request<ReadIdentityRequest>) -> Answer<ReadIdentityResponse> {
    let (caller, name) = (reading::caller(&request)?, &request.get_ref().complaint_id);
    let (id, state) = matter(api, name).await?;
    let now = api.edge.service.clock().now();
    let opened =
        state.opened.as_ref().filter(|(by, at)| by.as_str() == caller.subject && now.duration_since(*at) <= OPEN_FOR);
    let registered = state.registered.as_deref().filter(|registered| caller.region.contains(&registered.region));
    let sealed = registered.and_then(|registered| registered.identity.as_ref()).filter(|_| opened.is_some());
    let Some(sealed) = sealed else {
        return Err(Status::permission_denied(
            "open the identity first, with a reason and a second person (OpenIdentity)",
        ));
    };
    let plain = api.edge.unseal(id, IDENTITY, (sealed.entry, &sealed.sha256)).await?;
    let identity = plain.map(|plain| {
        let bytes = hex::decode(&*plain).map_err(ExecuteError::internal)?;
        Identity::decode(&bytes[..]).map_err(ExecuteError::internal)
    });
    Ok(Response::new(ReadIdentityResponse { identity: identity.transpose()? }))
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
    let id = by_code(api, &request.get_ref().receipt_code).await?;
    let (id, state) = matter(api, &id.to_string()).await?;
    let records = api.edge.service.ledger().stream(&stream(id), 0).await.map_err(ExecuteError::from)?;
    let mut events = Vec::with_capacity(records.len());
    for record in &records {
        let envelope = record.envelope().map_err(ExecuteError::internal)?;
        let event = ComplaintEvent::from_data(envelope.kind, envelope.data.get()).map_err(ExecuteError::internal)?;
        // What was refused never happened.
        if matches!(event, ComplaintEvent::StepRefused(_)) {
            continue;
        }
        let title = event.card().done;
        events.push(Followed {
            at: Some(timestamp(envelope.time)),
            zh: title.zh.to_owned(),
            en: title.en.to_owned(),
            text: said(api, id, &event).await?,
        });
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
    let words = Secret::take(&mut f, "text", TEXT, &mut request.get_mut().text, api.edge.key()?);
    // Neither does the code belong into a digest that is kept.
    let code = std::mem::take(&mut request.get_mut().receipt_code);
    let mut call = Call::parse(&request, request.get_ref().meta.as_ref(), &api.edge.service)?;
    let id = by_code(api, &code).await?;
    let (_, state) = matter(api, &id.to_string()).await?;
    let Some(registered) = state.registered.as_deref() else { return Err(no_such()) };
    call.caller = Caller {
        subject: "complainant".to_owned(),
        name: String::new(),
        agency: None,
        region: registered.region.clone(),
        roles: [Role::Intake].into(),
    };
    call.act.actor.clone_from(&call.caller.subject);
    let step = match (words, request.get_ref().score) {
        (Some(words), 0) => {
            f.finish()?;
            let sealed = api.edge.seal(call.command_id, &id.to_string(), vec![words]).await?;
            let sealed = sealed.into_iter().next().map(|(_, s)| SealedText { entry: s.id, sha256: s.sha256 });
            Step::from(StatementAdded { sealed, at: Some(call.act.at) })
        }
        (None, score) => {
            let score = f.word("score", score);
            f.finish()?;
            Step::from(AnswerRated { score: score.ok_or_else(no_such)?, at: Some(call.act.at) })
        }
        (Some(_), _) => return Err(Fields::one("score", "give either words or a score")),
    };
    let taken = procedure::take::<Complaints>(api, call, id, step).await?;
    Ok(Response::new(Recorded { receipt: Some(taken.receipt), id: taken.id, number: String::new() }))
}

fn stream(id: Uuid) -> String {
    <Complaints as kernel::procedure::Procedure>::stream(&id)
}

async fn matter(api: &Api, name: &str) -> Result<(Uuid, std::sync::Arc<Complaint>), Status> {
    let id: Uuid = name.parse().map_err(|e| Fields::one("complaint_id", e))?;
    Ok((id, api.edge.service.load::<Complaints>(&stream(id)).await?.1))
}

async fn words(api: &Api, id: Uuid, sealed: &SealedText) -> Result<String, Status> {
    let plain = api.edge.unseal(id, TEXT, (sealed.entry, &sealed.sha256)).await?;
    plain.map_or(Ok(String::new()), |plain| {
        String::from_utf8(plain.to_vec()).map_err(|e| ExecuteError::internal(e).into())
    })
}

fn no_such() -> Status {
    Status::not_found("no matter has this receipt code")
}

async fn by_code(api: &Api, text: &str) -> Result<Uuid, Status> {
    let code: ReceiptCode = text.parse().map_err(|e| Fields::one("receipt_code", e))?;
    api.edge.vault()?.follow(&code).await.map_err(ExecuteError::internal)?.ok_or_else(no_such)
}
