//! A running suite as the command line speaks to it.

use jiff::Timestamp;
use kernel::peer::Routes;
use proto::{
    common::v1::{CommandMeta, Mode},
    powerlist::v1::powerlist_client::PowerlistClient,
};
use tonic::{Request, Status, metadata::MetadataValue, transport::Endpoint};
use uuid::Uuid;

use crate::Failure;

/// A connection to the lists of a suite.
pub(crate) async fn lists(server: &str) -> Result<PowerlistClient<Routes>, Failure> {
    let channel = Endpoint::from_shared(server.to_owned())?.connect().await;
    let channel = channel.map_err(|e| format!("cannot reach {server}: {}", kernel::error::chain(&e)))?;
    Ok(PowerlistClient::new(Routes::all(channel)))
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

/// What the suite said no with.
pub(crate) fn said(status: Status) -> Failure {
    format!("{}: {}", status.code(), status.message()).into()
}
