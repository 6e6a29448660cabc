//! Composition.

use std::{future::Future, io, path::PathBuf, sync::Arc};

use kernel::{Service, citizen::DigestKey, objects::Objects, procedure::Edge};
use lists::Replica;
use proto::enforcement::v1::enforcement_server::EnforcementServer;
use tokio_util::sync::CancellationToken;

use crate::grpc::Api;

/// Most bytes of one message in; a chunk of an object is the largest.
const DECODE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Most bytes of one message out.
const ENCODE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The service cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder for evidence.
    #[error("the evidence folder {folder} cannot be used")]
    Evidence {
        /// The folder.
        folder: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// The enforcement service.
#[derive(Clone)]
pub struct App {
    api: Api,
}

impl App {
    /// Opens the service: its ledger and the power lists are open already, evidence lies in a folder that no other process uses, id numbers are digested under `digest_key`.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(
        service: Service,
        lists: Replica,
        evidence_dir: PathBuf,
        digest_key: [u8; 32],
    ) -> Result<Self, OpenError> {
        let unusable = |source| OpenError::Evidence { folder: evidence_dir.clone(), source };
        tokio::fs::create_dir_all(&evidence_dir).await.map_err(unusable)?;
        let objects = Objects::open(&evidence_dir).await.map_err(unusable)?;
        let service = service.counting_by(lists.notices().clone());
        let edge = Edge::new(service, DigestKey::new(digest_key), vec![Arc::new(lists.clone())]).keeping(objects);
        Ok(Self { api: Api { edge, lists } })
    }

    /// The gRPC service.
    pub fn grpc(&self) -> EnforcementServer<Api> {
        EnforcementServer::new(self.api.clone())
            .max_decoding_message_size(DECODE_BYTES_MAX)
            .max_encoding_message_size(ENCODE_BYTES_MAX)
    }

    /// Follows the power lists until `shutdown`.
    pub fn run(&self, shutdown: CancellationToken) -> impl Future<Output = ()> + Send + 'static + use<> {
        self.api.lists.clone().run(shutdown)
    }

    /// What the operator must know at the start.
    pub fn notice(&self) -> Option<String> {
        self.api.lists.notice()
    }
}
