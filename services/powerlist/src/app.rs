//! Composition: a ledger's service becomes the API.

use std::{future::Future, sync::Arc};

use kernel::{ExecuteError, Feed, Service, procedure::Edge, reactions};
use law::ParameterCard;
use proto::powerlist::v1::powerlist_server::PowerlistServer;
use tokio::{sync::Semaphore, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{
    days, domain::events::ReactionEvent, grpc::Api, index::Lists, reactions::of_reconsideration, sheets::BYTES_MAX,
};

/// The service, ready to answer.
#[derive(Clone)]
pub struct App {
    api: Api,
    followed: Vec<Arc<dyn Feed>>,
}

impl App {
    /// Reads the ledger and builds the read model. `parameters` are those of every service of the suite: here they are set.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds an event this version does not know.
    pub async fn open(service: Service, parameters: Vec<&'static ParameterCard>) -> Result<Self, ExecuteError> {
        let lists = Arc::new(Lists::open(service.ledger().clone(), service.notices().clone()).await?);
        let api = Api {
            edge: Edge::plain(service),
            lists,
            parameters: parameters.into(),
            imports: Arc::default(),
            pieces: Arc::new(Semaphore::new(1)),
        };
        Ok(Self { api, followed: Vec::new() })
    }

    /// The same, following what happens in the services of [`FOLLOWED`](crate::FOLLOWED).
    #[must_use]
    pub fn following(self, followed: Vec<Arc<dyn Feed>>) -> Self {
        Self { followed, ..self }
    }

    /// Follows the other services, and the days on which texts of law begin or cease to hold, until `shutdown`.
    pub fn run(&self, shutdown: CancellationToken) -> impl Future<Output = ()> + Send + 'static + use<> {
        let follow = |feed: &Arc<dyn Feed>| {
            let (api, feed, shutdown) = (self.api.clone(), feed.clone(), shutdown.clone());
            reactions::follow::<Api, ReactionEvent>(api, feed, of_reconsideration, shutdown)
        };
        let mut followers: JoinSet<()> = self.followed.iter().map(follow).collect();
        followers.spawn(days::follow(self.api.clone(), shutdown.clone()));
        async move {
            shutdown.cancelled().await;
            while followers.join_next().await.is_some() {}
        }
    }

    /// The gRPC service.
    pub fn grpc(&self) -> PowerlistServer<Api> {
        // A file and the fields around it.
        const MESSAGE_MAX: usize = BYTES_MAX + 256 * 1024;
        PowerlistServer::new(self.api.clone())
            .max_decoding_message_size(MESSAGE_MAX)
            .max_encoding_message_size(2 * MESSAGE_MAX)
    }

    /// The RPCs themselves, for a caller in the same process.
    pub fn api(&self) -> Api {
        self.api.clone()
    }

    /// The read model.
    pub fn lists(&self) -> &Lists {
        &self.api.lists
    }
}
