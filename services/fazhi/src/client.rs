//! A running suite as the command line speaks to it.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::{
    peer::Routes,
    tls::{self, Tls},
};
use proto::{
    common::v1::{CommandMeta, Mode},
    powerlist::v1::powerlist_client::PowerlistClient,
};
use tonic::{
    Code, Request, Status,
    metadata::MetadataValue,
    transport::{Channel, Endpoint},
};
use uuid::Uuid;

use crate::{Failure, cli::Remote};

/// Most bytes of an answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A connection to a suite.
pub(crate) async fn connect(remote: &Remote) -> Result<Channel, Failure> {
    let Remote { server, tls } = remote;
    let tls = tls.as_deref().map(Tls::open).transpose()?.map(Arc::new);
    let endpoint = Endpoint::from_shared(server.clone()).map_err(|e| format!("{server} is no address: {e}"))?;
    let channel = tls::connect(&endpoint, tls.as_ref()).await;
    channel.map_err(|e| {
        format!(
            "cannot reach {server}: {}; say with --server where the suite answers",
            kernel::error::chain(e.as_ref())
        )
        .into()
    })
}

/// A connection to the lists of a suite.
pub(crate) async fn lists(remote: &Remote) -> Result<PowerlistClient<Routes>, Failure> {
    // Files of lists come in answers.
    Ok(PowerlistClient::new(connect(remote).await?.into()).max_decoding_message_size(ANSWER_BYTES_MAX))
}

/// The frame of a command of its own, handled now.
pub(crate) fn frame(now: Timestamp) -> Option<CommandMeta> {
    Some(CommandMeta {
        command_id: Uuid::now_v7().to_string(),
        at: Some(prost_types::Timestamp { seconds: now.as_second(), nanos: 0 }),
        mode: Mode::Handling.into(),
        ..CommandMeta::default()
    })
}

/// A request with a token.
pub(crate) fn with_token<M>(message: M, token: &str) -> Result<Request<M>, Failure> {
    let mut request = Request::new(message);
    let bearer: MetadataValue<_> =
        format!("Bearer {token}").parse().map_err(|_| "--token has characters that no token has")?;
    request.metadata_mut().insert("authorization", bearer);
    Ok(request)
}

/// What the suite said no with, or that it said nothing.
pub(crate) fn said(status: Status) -> Failure {
    match std::error::Error::source(&status) {
        None if status.code() == Code::Unauthenticated => {
            format!("{}; `fazhi token` prints one for --token", status.message()).into()
        }
        None => format!("{}: {}", status.code(), status.message()).into(),
        Some(broken) => format!("the connection broke: {}", kernel::error::chain(broken)).into(),
    }
}
