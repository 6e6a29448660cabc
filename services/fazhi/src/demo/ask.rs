//! What the plan may ask of enforcement: one variant for each command of its API.

use proto::{
    common::v1::{CommandMeta, Receipt},
    enforcement::v1::enforcement_client::EnforcementClient,
};
use tonic::{Request, Status, transport::Channel};

macro_rules! asks {
    ($($name:ident $method:ident($request:path) -> $response:path;)*) => {
        /// A command without its frame.
        #[derive(Clone, Debug, PartialEq)]
        pub(super) enum Ask {
            $(#[doc = concat!("`", stringify!($name), "`.")] $name(Box<$request>),)*
        }

        impl Ask {
            /// The RPC.
            pub(super) fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name),)* }
            }

            /// Gives the command its frame.
            pub(super) fn frame(&mut self, meta: CommandMeta) {
                match self { $(Self::$name(request) => request.meta = Some(meta),)* }
            }

            /// Sends it; `ready` puts the token on the request.
            pub(super) async fn send(
                self,
                client: &mut EnforcementClient<Channel>,
                ready: impl Ready,
            ) -> Result<Receipt, Status> {
                let receipt = match self {
                    $(Self::$name(request) => client.$method(ready.ready(*request)).await?.into_inner().receipt,)*
                };
                receipt.ok_or_else(|| Status::internal("the answer has no receipt"))
            }
        }

        $(impl From<$request> for Ask {
            fn from(request: $request) -> Self {
                Self::$name(Box::new(request))
            }
        })*
    };
}

/// Makes a request ready to be sent.
pub(super) trait Ready {
    /// Puts the token on it.
    fn ready<M>(&self, message: M) -> Request<M>;
}

proto::enforcement_steps!(asks);
