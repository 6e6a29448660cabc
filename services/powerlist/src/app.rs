//! Composition: a ledger's service becomes the API.

use std::sync::Arc;

use kernel::{ExecuteError, Service, procedure::Edge};
use law::ParameterCard;
use proto::powerlist::v1::powerlist_server::PowerlistServer;

use crate::{grpc::Api, import::BYTES_MAX, index::Lists};

/// The service, ready to answer.
#[derive(Clone)]
pub struct App {
    api: Api,
}

impl App {
    /// Reads the ledger and builds the read model. `parameters` are those of every service of the suite: here they are set.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds an event this version does not know.
    pub async fn open(service: Service, parameters: Vec<&'static ParameterCard>) -> Result<Self, ExecuteError> {
        let lists = Arc::new(Lists::open(service.ledger().clone(), service.notices().clone()).await?);
        Ok(Self { api: Api { edge: Edge::plain(service), lists, parameters: parameters.into() } })
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
