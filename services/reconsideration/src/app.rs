//! Composition.

use std::{future::Future, sync::Arc};

use kernel::{Feed, Service, citizen::DigestKey, procedure::Edge, reactions};
use lists::Replica;
use proto::reconsideration::v1::reconsideration_server::ReconsiderationServer;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use vault::Vault;

use crate::{domain::events::ReactionEvent, reactions::reacts};

/// The service.
#[derive(Clone)]
pub struct App {
    api: Api,
    followed: Vec<Arc<dyn Feed>>,
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
        Self { api: Api { edge, lists }, followed: Vec::new() }
    }

    /// The same, following what happens in the services of [`FOLLOWED`](crate::FOLLOWED).
    #[must_use]
    pub fn following(self, followed: Vec<Arc<dyn Feed>>) -> Self {
        Self { followed, ..self }
    }

    /// The gRPC service.
    pub fn grpc(&self) -> ReconsiderationServer<Api> {
        ReconsiderationServer::new(self.api.clone())
    }

    /// Follows the power lists and the other services until `shutdown`.
    pub fn run(&self, shutdown: CancellationToken) -> impl Future<Output = ()> + Send + 'static + use<> {
        let lists = self.api.lists.clone().run(shutdown.clone());
        let follow = |feed: &Arc<dyn Feed>| {
            reactions::follow::<Api, ReactionEvent>(self.api.clone(), feed.clone(), reacts, shutdown.clone())
        };
        let follow: Vec<_> = self.followed.iter().map(follow).collect();
        async move {
            let mut followers: JoinSet<()> = follow.into_iter().collect();
            lists.await;
            while followers.join_next().await.is_some() {}
        }
    }
}
