//! Composition.

use std::{future::Future, io, path::PathBuf, sync::Arc};

use kernel::{
    Feed, Service,
    citizen::DigestKey,
    objects::Objects,
    procedure::Edge,
    reactions::{self, Reacts},
};
use lists::Replica;
use proto::enforcement::v1::enforcement_server::EnforcementServer;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use vault::Vault;

use crate::{
    domain::events::ReactionEvent,
    grpc::Api,
    reactions::{COMPLAINTS, POWERLIST, RECONSIDERATION, of_complaints, of_powerlist, of_reconsideration},
};

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
    followed: Vec<Arc<dyn Feed>>,
}

/// The services that this one follows, and what their events lead to.
const FOLLOWED: [(&str, Reacts<Api>); 3] =
    [(COMPLAINTS, of_complaints), (RECONSIDERATION, of_reconsideration), (POWERLIST, of_powerlist)];

impl App {
    /// Opens the service: its ledger, the power lists and the vault are open already, evidence lies in a folder that no other
    /// process uses, id numbers are digested under `digest_key`.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(
        service: Service,
        lists: Replica,
        vault: Arc<Vault>,
        evidence_dir: PathBuf,
        digest_key: [u8; 32],
    ) -> Result<Self, OpenError> {
        let unusable = |source| OpenError::Evidence { folder: evidence_dir.clone(), source };
        tokio::fs::create_dir_all(&evidence_dir).await.map_err(unusable)?;
        let objects = Objects::open(&evidence_dir).await.map_err(unusable)?;
        let service = service.counting_by(lists.notices().clone());
        let edge = Edge::new(service, DigestKey::new(digest_key), vec![Arc::new(lists.clone())]);
        Ok(Self { api: Api::new(edge.keeping(objects).sealing(vault), lists), followed: Vec::new() })
    }

    /// The same, following what happens in these services.
    #[must_use]
    pub fn following(self, followed: Vec<Arc<dyn Feed>>) -> Self {
        Self { followed, ..self }
    }

    /// The gRPC service.
    pub fn grpc(&self) -> EnforcementServer<Api> {
        EnforcementServer::new(self.api.clone())
            .max_decoding_message_size(DECODE_BYTES_MAX)
            .max_encoding_message_size(ENCODE_BYTES_MAX)
    }

    /// Follows the power lists and the other services until `shutdown`.
    pub fn run(&self, shutdown: CancellationToken) -> impl Future<Output = ()> + Send + 'static + use<> {
        let lists = self.api.lists.clone().run(shutdown.clone());
        let follow = |feed: &Arc<dyn Feed>| {
            let (_, reacts) = FOLLOWED.iter().find(|(source, _)| *source == feed.source())?;
            let (api, feed) = (self.api.clone(), feed.clone());
            Some(reactions::follow::<Api, ReactionEvent>(api, feed, *reacts, shutdown.clone()))
        };
        let follow: Vec<_> = self.followed.iter().filter_map(follow).collect();
        async move {
            let mut followers: JoinSet<()> = follow.into_iter().collect();
            lists.await;
            while followers.join_next().await.is_some() {}
        }
    }

    /// What the operator must know at the start.
    pub fn notice(&self) -> Option<String> {
        self.api.lists.notice()
    }
}
