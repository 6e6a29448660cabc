//! Between the person and the vault: what a receipt code opens, and what a keeper or an agency may read of what is sealed.
//!
//! What is sealed is read only after the event that opened or released it, by whom it was opened for or released to.

use kernel::{
    Call, Caller, ExecuteError, Fields, Role,
    clocks::timestamp,
    procedure::{self, Procedure as _, Taken},
    reading,
    sealed::{self, Kept, Secret, Whose},
};
use law::{DomainEvent as _, sealed::SealedText};
use prost::Message as _;
use proto::{
    common::v1::{CommandMeta, Mode},
    complaints::v1::*,
};
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

/// A text that the caller may read.
pub(crate) async fn text(api: &Api, request: Request<ReadTextRequest>) -> Answer<ReadTextResponse> {
    let (caller, r) = (reading::caller(&request)?, request.get_ref());
    let (id, state) = matter(api, &r.complaint_id).await?;
    let brought = state.registered.as_deref().and_then(|registered| registered.sealed.as_ref());
    let entry = match (r.entry_id.as_str(), brought) {
        ("", Some(sealed)) => sealed.entry,
        (named, _) => named.parse().map_err(|e| Fields::one("entry_id", e))?,
    };
    let text = state.texts.get(&entry).filter(|_| may_read(&state, &caller, entry)).ok_or_else(not_released)?;
    let with_it = state.registered.as_deref().filter(|_| brought == Some(text));
    let attachments = with_it.into_iter().flat_map(|registered| &registered.attachments).map(|file| AttachmentRef {
        entry_id: file.sealed.entry.to_string(),
        media_type: file.media_type.clone(),
        size_kib: file.size_kib,
    });
    Ok(Response::new(ReadTextResponse { text: words(api, id, text).await?, attachments: attachments.collect() }))
}

/// A file, for whoever may read the text that it came with.
pub(crate) async fn attachment(api: &Api, request: Request<ReadAttachmentRequest>) -> Answer<ReadAttachmentResponse> {
    let (caller, r) = (reading::caller(&request)?, request.get_ref());
    let (id, state) = matter(api, &r.complaint_id).await?;
    let entry: Uuid = r.entry_id.parse().map_err(|e| Fields::one("entry_id", e))?;
    let registered = state.registered.as_deref().ok_or_else(not_released)?;
    let may_read = registered.sealed.as_ref().is_some_and(|text| may_read(&state, &caller, text.entry));
    let file = registered.attachments.iter().find(|file| file.sealed.entry == entry).filter(|_| may_read);
    let file = file.ok_or_else(not_released)?;
    let whole = api.edge.file(Whose::Matter(id), &file.sealed).await?;
    let attachment = whole.map(|whole| Attachment::decode(&whole[..]).map_err(ExecuteError::internal)).transpose()?;
    Ok(Response::new(ReadAttachmentResponse { attachment, media_type: file.media_type.clone() }))
}

fn may_read(state: &Complaint, caller: &Caller, text: Uuid) -> bool {
    let agency = caller.agency.as_ref();
    agency.is_some_and(|agency| state.may_read(text, agency, &caller.subject, caller.has(Role::Intake)))
}

fn not_released() -> Status {
    Status::permission_denied(
        "it is sealed: read by the intake of the agency that received the matter while it lies there, and by agencies that \
         it was released to; ask the keeper (ReleaseText)",
    )
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
        may_rate: state.answer.is_some() && !state.rated,
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
    let command_id = request.get_mut().meta.take().unwrap_or_default().command_id;
    let mut call = public_call(api, &request, "meta.command_id", &command_id)?;
    let id = api.edge.by_code::<Complaints>(&code).await?;
    let (_, state) = matter(api, &id.to_string()).await?;
    let registered = state.registered.as_deref().ok_or_else(|| unknown(id))?;
    let now = api.edge.service.clock().now();
    call.of_a_person("complainant", None, registered.region.clone(), Role::Intake, now);
    let mut kept = Kept::default();
    let step = match (words, request.get_ref().score) {
        (Some(words), 0) => {
            f.finish()?;
            kept = api.edge.seal(call.command_id, &id.to_string(), vec![words]).await?;
            Step::from(StatementAdded { sealed: kept.text("text"), at: Some(call.act.at) })
        }
        (None, score) => {
            let score = f.word("score", score);
            f.finish()?;
            Step::from(AnswerRated { score: score.ok_or_else(|| unknown(id))?, at: Some(call.act.at) })
        }
        (Some(_), _) => {
            return Err(Fields::one_wrong("score", "文字和评分只能填写一项", "give either words or a score"));
        }
    };
    let taken = take(api, call, id, step, &kept).await?;
    Ok(Response::new(Recorded { receipt: Some(taken.receipt), id: taken.id, number: String::new() }))
}

/// The frame of what a person does over the web. It happens when it comes, whatever the client's clock says, and is handled;
/// what it is told apart by is the body without the frame, so that a repeat may come later.
pub(crate) fn public_call<M: prost::Message>(
    api: &Api,
    request: &Request<M>,
    field: &str,
    command_id: &str,
) -> Result<Call, Status> {
    if command_id.parse::<Uuid>().is_err() {
        return Err(Fields::one(field, "must be a UUID made by the client"));
    }
    let meta = CommandMeta {
        command_id: command_id.to_owned(),
        at: Some(timestamp(api.edge.service.clock().now())),
        mode: Mode::Handling.into(),
        ..CommandMeta::default()
    };
    Call::parse(request, Some(&meta), &api.edge.service)
}

/// Takes a person's step; what was sealed for one that is refused is taken out again.
pub(crate) async fn take(
    api: &Api,
    mut call: Call,
    id: Uuid,
    step: Step,
    kept: &Kept,
) -> Result<Taken<Complaints>, Status> {
    let asked = (call.command_id, call.digest);
    let taken = procedure::take::<Complaints>(api, &mut call, &id, &step).await;
    if let Err(status) = &taken
        && procedure::refused_for_good(status)
    {
        api.edge.unneeded(asked, kept).await;
    }
    taken
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
