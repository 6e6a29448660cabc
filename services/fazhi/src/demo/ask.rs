//! What the plan may ask: every command of a matter of any service.

use std::{any::Any, fmt::Debug, sync::Arc};

use futures::future::BoxFuture;
use kernel::peer::Routes;
use proto::{
    common::v1::{CommandMeta, Receipt},
    complaints::v1::complaints_client::ComplaintsClient,
    disclosure::v1::disclosure_client::DisclosureClient,
    enforcement::v1::enforcement_client::EnforcementClient,
    reconsideration::v1::reconsideration_client::ReconsiderationClient,
};
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
};

/// A token on every request.
#[derive(Clone)]
pub(super) struct Bearer(pub(super) MetadataValue<Ascii>);

impl Bearer {
    /// Puts it on a request.
    pub(super) fn on<M>(&self, message: M) -> Request<M> {
        let mut request = Request::new(message);
        request.metadata_mut().insert("authorization", self.0.clone());
        request
    }
}

/// A command without its frame.
#[derive(Clone, Debug)]
pub(super) struct Ask(Arc<dyn Sends>);

/// A request of a command.
trait Sends: Any + Debug + Send + Sync {
    fn name(&self) -> &'static str;
    fn send(&self, meta: CommandMeta, suite: &Routes, token: &Bearer) -> BoxFuture<'static, Result<Receipt, Status>>;
}

impl Ask {
    /// The RPC.
    pub(super) fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Sends it in its frame.
    pub(super) async fn send(&self, meta: CommandMeta, suite: &Routes, token: &Bearer) -> Result<Receipt, Status> {
        self.0.send(meta, suite, token).await
    }

    /// The request, if it is of this type.
    pub(super) fn request<R: 'static>(&self) -> Option<&R> {
        (self.0.as_ref() as &dyn Any).downcast_ref()
    }
}

impl<R: Sends> From<R> for Ask {
    fn from(request: R) -> Self {
        Self(Arc::new(request))
    }
}

macro_rules! asks {
    ($client:ident; $($name:ident $method:ident($request:path) -> $response:path;)*) => {$(
        impl Sends for $request {
            fn name(&self) -> &'static str {
                stringify!($name)
            }

            fn send(
                &self,
                meta: CommandMeta,
                suite: &Routes,
                token: &Bearer,
            ) -> BoxFuture<'static, Result<Receipt, Status>> {
                let request = token.on(Self { meta: Some(meta), ..self.clone() });
                let mut client = $client::new(suite.clone());
                Box::pin(async move {
                    let receipt = client.$method(request).await?.into_inner().receipt;
                    receipt.ok_or_else(|| Status::internal("the answer has no receipt"))
                })
            }
        }
    )*};
}

macro_rules! of_enforcement {
    ($($steps:tt)*) => { asks! { EnforcementClient; $($steps)* } };
}
proto::enforcement_steps!(of_enforcement);

macro_rules! of_disclosure {
    ($($steps:tt)*) => { asks! { DisclosureClient; $($steps)* } };
}
proto::disclosure_steps!(of_disclosure);

macro_rules! of_complaints {
    ($($steps:tt)*) => { asks! { ComplaintsClient; $($steps)* } };
}
proto::complaints_steps!(of_complaints);

macro_rules! of_reconsideration {
    ($($steps:tt)*) => { asks! { ReconsiderationClient; $($steps)* } };
}
proto::reconsideration_steps!(of_reconsideration);
