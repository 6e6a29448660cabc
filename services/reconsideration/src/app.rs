//! Composition.

use std::{future::Future, sync::Arc};

use kernel::{Service, citizen::DigestKey, procedure::Edge};
use lists::Replica;
use proto::reconsideration::v1::reconsideration_server::ReconsiderationServer;
use tokio_util::sync::CancellationToken;
use vault::Vault;

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
    /// The service: its ledger, the power lists and the vault are open already, id numbers are digested under `digest_key`.
    pub fn new(service: Service, lists: Replica, vault: Arc<Vault>, digest_key: [u8; 32]) -> Self {
        let service = service.counting_by(lists.notices().clone());
        let edge = Edge::new(service, DigestKey::new(digest_key), vec![Arc::new(lists.clone())]).sealing(vault);
        Self { api: Api { edge, lists } }
    }

    /// The gRPC service.
    pub fn grpc(&self) -> ReconsiderationServer<Api> {
        ReconsiderationServer::new(self.api.clone())
    }

    /// Follows the power lists until `shutdown`.
    pub fn run(&self, shutdown: CancellationToken) -> impl Future<Output = ()> + Send + 'static + use<> {
        self.api.lists.clone().run(shutdown)
    }
}
