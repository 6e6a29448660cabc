//! Every step of the services, with its frame and its receipt in the same places.

use proto::{
    common::v1::{CommandMeta, Receipt},
    powerlist::v1 as powerlist,
};
use stories::suite::Door;
use tonic::{Response, Status};

/// Bytes of a message that our clients send and take; the servers set their own limits.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A command.
pub(crate) trait Command: Clone + Send {
    /// What it answers.
    type Answer: std::fmt::Debug + Send;
    /// Name of the RPC.
    const NAME: &'static str;
    /// Gives it its frame.
    fn framed(self, meta: CommandMeta) -> Self;
    /// Sends it.
    fn send(self, door: &Door) -> impl Future<Output = Result<Self::Answer, Status>> + Send;
}

/// An answer with a receipt.
pub(crate) trait Receipted {
    /// What was recorded.
    fn receipt(&self) -> &Receipt;
}

impl<A: proto::Answer> Receipted for A {
    fn receipt(&self) -> &Receipt {
        proto::Answer::receipt(self).expect("a receipt")
    }
}

macro_rules! commands {
    ($client:path; $($name:ident $method:ident($request:path) -> $answer:path;)*) => {$(
        impl Command for $request {
            type Answer = $answer;
            const NAME: &'static str = stringify!($name);

            fn framed(mut self, meta: CommandMeta) -> Self {
                self.meta = Some(meta);
                self
            }

            async fn send(self, door: &Door) -> Result<Self::Answer, Status> {
                let mut client = <$client>::new(door.clone())
                    .max_encoding_message_size(MESSAGE_BYTES_MAX)
                    .max_decoding_message_size(MESSAGE_BYTES_MAX);
                client.$method(self).await.map(Response::into_inner)
            }
        }
    )*};
}

macro_rules! of_enforcement {
    ($($steps:tt)*) => { commands! { proto::enforcement::v1::enforcement_client::EnforcementClient<Door>; $($steps)* } };
}
proto::enforcement_steps!(of_enforcement);

macro_rules! of_powerlist {
    ($($steps:tt)*) => { commands! { proto::powerlist::v1::powerlist_client::PowerlistClient<Door>; $($steps)* } };
}
proto::powerlist_steps!(of_powerlist);

macro_rules! of_disclosure {
    ($($steps:tt)*) => { commands! { proto::disclosure::v1::disclosure_client::DisclosureClient<Door>; $($steps)* } };
}
proto::disclosure_steps!(of_disclosure);

macro_rules! of_complaints {
    ($($steps:tt)*) => { commands! { proto::complaints::v1::complaints_client::ComplaintsClient<Door>; $($steps)* } };
}
proto::complaints_steps!(of_complaints);

macro_rules! of_reconsideration {
    ($($steps:tt)*) => {
        commands! { proto::reconsideration::v1::reconsideration_client::ReconsiderationClient<Door>; $($steps)* }
    };
}
proto::reconsideration_steps!(of_reconsideration);

/// An import answers for its rows, not with one receipt.
impl Command for powerlist::ImportListRequest {
    type Answer = powerlist::ImportListResponse;
    const NAME: &'static str = "ImportList";

    fn framed(mut self, meta: CommandMeta) -> Self {
        self.meta = Some(meta);
        self
    }

    async fn send(self, door: &Door) -> Result<Self::Answer, Status> {
        let mut client = powerlist::powerlist_client::PowerlistClient::new(door.clone())
            .max_encoding_message_size(MESSAGE_BYTES_MAX);
        client.import_list(self).await.map(Response::into_inner)
    }
}
