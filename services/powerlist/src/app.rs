//! Composition: a ledger's service becomes the API.

use std::sync::Arc;

use kernel::{ExecuteError, Service, procedure::Edge};
use proto::powerlist::v1::powerlist_server::PowerlistServer;

use crate::{domain::rules::TRAINING_HOURS, grpc::Api, import::BYTES_MAX, index::Lists};

/// What a region sets for itself.
#[derive(Clone, Debug)]
pub struct Config {
    /// Hours of training a year without which a certificate is not renewed (XS 十).
    pub training_hours_min: u16,
}

impl Default for Config {
    fn default() -> Self {
        Self { training_hours_min: TRAINING_HOURS }
    }
}

/// The service, ready to answer.
#[derive(Clone)]
pub struct App {
    api: Api,
}

impl App {
    /// Reads the ledger and builds the read model, with the usual parameters.
    ///
    /// # Errors
    /// When the ledger cannot be read, or holds an event this version does not know.
    pub async fn open(service: Service) -> Result<Self, ExecuteError> {
        Self::open_with(service, Config::default()).await
    }

    /// The same with a region's own parameters.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_with(service: Service, config: Config) -> Result<Self, ExecuteError> {
        let lists = Arc::new(Lists::open(service.ledger().clone(), service.notices().clone()).await?);
        let api = Api { edge: Edge::plain(service), lists, training_hours_min: config.training_hours_min };
        Ok(Self { api })
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
