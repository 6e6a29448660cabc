//! Lists whose files come piece by piece: what is larger than a message, or takes longer than a call.

use std::{pin::Pin, time::Duration};

use futures::{Stream, stream};
use kernel::Fields;
use proto::powerlist::v1::{self as p, import_list_pieces_request::Part, import_list_pieces_response::Part as Answer};
use sha2::{Digest as _, Sha256};
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval, timeout},
};
use tonic::{Request, Status, Streaming};
use tracing::Instrument as _;

use crate::{grpc::Api, sheets::IN_PIECES, wire};

/// Most bytes of one piece.
pub const PIECE_BYTES_MAX: usize = 1024 * 1024;
/// How long all pieces may take to arrive.
const ARRIVAL_MAX: Duration = Duration::from_secs(120);
/// How long the import may take once they are there.
const TIME_MAX: Duration = Duration::from_secs(600);
/// How often it is told how far it is.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// How far it is, and what came of it.
pub(crate) type Answers = Pin<Box<dyn Stream<Item = Result<p::ImportListPiecesResponse, Status>> + Send>>;

/// Takes lists in, and answers while it does.
pub(crate) fn import(api: &Api, request: Request<Streaming<p::ImportListPiecesRequest>>) -> Result<Answers, Status> {
    let (metadata, extensions, pieces) = request.into_parts();
    // What comes in is held in memory until it is decided.
    let place = api.pieces.clone().try_acquire_owned().map_err(|_| {
        Status::resource_exhausted("another import in pieces is under way; try again when it has ended")
    })?;
    let (answers, told) = mpsc::channel(4);
    let api = api.clone();
    let work = async move {
        let done = async {
            let arrived = timeout(ARRIVAL_MAX, whole(pieces)).await;
            let late = |_| Status::deadline_exceeded("the files did not arrive in time; send them again");
            let (order, contents) = arrived.map_err(late)??;
            let order = Request::from_parts(metadata, extensions, order);
            timeout(TIME_MAX, carry_out(&api, order, contents, &answers))
                .await
                .map_err(|_| Status::deadline_exceeded("the import took too long, and nothing of it was recorded"))?
        };
        let done = tokio::select! {
            done = done => Some(done),
            () = answers.closed() => None,
        };
        // Before the answer is out: whoever has it finds the place free.
        drop(place);
        if let Some(done) = done {
            _ = answers.send(done.map(|done| p::ImportListPiecesResponse { part: Some(Answer::Done(done)) })).await;
        }
    };
    tokio::spawn(work.in_current_span());
    let next = |mut told: mpsc::Receiver<_>| async move { told.recv().await.map(|answer| (answer, told)) };
    Ok(Box::pin(stream::unfold(told, next)))
}

/// The order, with the digest of each file in the place of its bytes, and the bytes.
async fn whole(
    mut pieces: Streaming<p::ImportListPiecesRequest>,
) -> Result<(p::ImportListRequest, Vec<Vec<u8>>), Status> {
    let first = pieces.message().await?.and_then(|first| first.part);
    let Some(Part::Order(mut order)) = first else {
        return Err(Fields::one("order", "must be the first message"));
    };
    let mut contents: Vec<Vec<u8>> = vec![Vec::new(); order.files.len()];
    let mut left = IN_PIECES.bytes;
    while let Some(next) = pieces.message().await? {
        let Some(Part::Piece(p::ImportPiece { file, content })) = next.part else {
            return Err(Fields::one("piece", "must follow the order, and nothing else"));
        };
        if content.len() > PIECE_BYTES_MAX {
            return Err(Status::resource_exhausted(format!(
                "piece.content: at most {PIECE_BYTES_MAX} bytes a message"
            )));
        }
        left = left.checked_sub(content.len()).ok_or_else(|| {
            let most = IN_PIECES.bytes;
            Status::resource_exhausted(format!("the files have more than {most} bytes; divide the lists"))
        })?;
        let of = usize::try_from(file).ok().and_then(|file| contents.get_mut(file));
        let of = of.ok_or_else(|| Fields::one("piece.file", "is the place of a file in the order, from 0"))?;
        of.extend_from_slice(&content);
    }
    for (file, content) in order.files.iter_mut().zip(&contents) {
        if !file.content.is_empty() {
            return Err(Fields::one("order.files", "have no bytes in the order: they follow piece by piece"));
        }
        file.content = Sha256::digest(content).to_vec();
    }
    Ok((order, contents))
}

async fn carry_out(
    api: &Api,
    request: Request<p::ImportListRequest>,
    contents: Vec<Vec<u8>>,
    answers: &mpsc::Sender<Result<p::ImportListPiecesResponse, Status>>,
) -> Result<p::ImportListResponse, Status> {
    // Told apart from others by the digests.
    let call = api.call(&request, request.get_ref().meta.as_ref(), "list").await?;
    let mut order = request.into_inner();
    for (file, content) in order.files.iter_mut().zip(contents) {
        file.content = content;
    }
    let order = wire::import(order, &call, IN_PIECES)?;
    let mut progress = order.progress.subscribe();
    let work = api.import(&call, order);
    tokio::pin!(work);
    let mut ticks = interval(TELL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            report = &mut work => return Ok(wire::show_report(report?)),
            _ = ticks.tick() => {
                // Who does not listen now hears the next one.
                let now = *progress.borrow_and_update();
                _ = answers.try_send(Ok(wire::show_progress(now)));
            }
        }
    }
}
