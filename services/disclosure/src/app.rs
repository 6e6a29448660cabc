//! Composition, and the RPCs.

use std::{future::Future, sync::Arc};

use kernel::{Feed, FeedError, Service, citizen::DigestKey, procedure::Edge};
use lists::Replica;
use proto::disclosure::v1::disclosure_server::{Disclosure, DisclosureServer};
use tokio_util::sync::CancellationToken;

/// The service.
#[derive(Clone)]
pub struct App {
    api: Api,
}

/// The service behind the RPCs.
#[derive(Clone)]
pub struct Api {
    pub(crate) edge: Edge,
    pub(crate) lists: Replica,
}

impl App {
    /// Opens the service: its ledger is open already, the power lists are folded as far as they go, id numbers are
    /// digested under `digest_key`.
    ///
    /// # Errors
    /// When the power lists cannot be read.
    pub async fn open(service: Service, powerlist: Arc<dyn Feed>, digest_key: [u8; 32]) -> Result<Self, FeedError> {
        let lists = Replica::open(powerlist, service.notices().clone()).await?;
        let edge = Edge::new(service, DigestKey::new(digest_key), vec![Arc::new(lists.clone())]);
        Ok(Self { api: Api { edge, lists } })
    }

    /// The gRPC service.
    pub fn grpc(&self) -> DisclosureServer<Api> {
        DisclosureServer::new(self.api.clone())
    }

    /// Follows the power lists until `shutdown`.
    pub fn run(&self, shutdown: CancellationToken) -> impl Future<Output = ()> + Send + 'static + use<> {
        self.api.lists.clone().run(shutdown)
    }
}

impl Disclosure for Api {
    proto::disclosure_steps!(kernel::serve);
}
