//! What the pages ask of the services for whoever stands before them, over the services' own API.

use futures::{StreamExt as _, future::BoxFuture, stream::BoxStream};
use kernel::peer::{Peer, with_token};
use proto::{
    common::v1::{GetObjectRequest, GetObjectResponse, Recorded},
    complaints::v1::{
        AddByReceiptRequest, FollowComplaintRequest, FollowComplaintResponse, ReadAttachmentRequest,
        ReadAttachmentResponse, SubmitComplaintRequest, SubmitComplaintResponse, complaints_client::ComplaintsClient,
    },
    enforcement::v1::enforcement_client::EnforcementClient,
    limits::WITH_ATTACHMENTS_BYTES_MAX,
    reconsideration::v1::{
        ApplyOnlineRequest, ApplyOnlineResponse, FollowApplicationRequest, FollowApplicationResponse,
        reconsideration_client::ReconsiderationClient,
    },
};
use tonic::{Status, transport::Channel};

use super::shield::PAGE_TIME_MAX;

/// An answer on its way.
pub type Reply<T> = BoxFuture<'static, Result<T, Status>>;
/// A file on its way, part by part.
pub type Parts = BoxStream<'static, Result<GetObjectResponse, Status>>;

/// Where visitors bring matters and follow them: a seam, so that the pages can be tried without services.
pub trait Window: Send + Sync {
    /// A matter is brought.
    fn submit(&self, request: SubmitComplaintRequest) -> Reply<SubmitComplaintResponse>;
    /// A matter is followed by its receipt.
    fn follow(&self, request: FollowComplaintRequest) -> Reply<FollowComplaintResponse>;
    /// Words or a rating are added by receipt.
    fn add(&self, request: AddByReceiptRequest) -> Reply<Recorded>;
    /// Somebody applies for reconsideration.
    fn apply(&self, request: ApplyOnlineRequest) -> Reply<ApplyOnlineResponse>;
    /// An application is followed by its receipt.
    fn follow_application(&self, request: FollowApplicationRequest) -> Reply<FollowApplicationResponse>;
    /// Whether a service keeps files of its matters.
    fn keeps_files(&self, service: &str) -> bool;
    /// A file that a matter names, for who has this token.
    fn object(&self, token: &str, request: GetObjectRequest) -> Reply<Parts>;
    /// A sealed file, for who has this token.
    fn attachment(&self, token: &str, request: ReadAttachmentRequest) -> Reply<ReadAttachmentResponse>;
}

/// An answer, or that there was none in time.
pub(crate) async fn in_time<T>(reply: Reply<T>) -> Result<T, Status> {
    let answer = tokio::time::timeout(PAGE_TIME_MAX, reply).await;
    answer.unwrap_or_else(|_| Err(Status::deadline_exceeded("no answer in time")))
}

/// The services over gRPC: in this process or in others. Their token tells who the pages are, so that all their visitors are
/// not taken for one client. The pages hold each visitor to his pace themselves.
pub struct Door {
    /// Where the files of cases are.
    pub enforcement: Peer,
    /// Where complaints are brought.
    pub complaints: Peer,
    /// Where reconsideration is applied for.
    pub reconsideration: Peer,
}

impl Door {
    fn complaints(&self) -> ComplaintsClient<Channel> {
        ComplaintsClient::new(self.complaints.channel.clone())
            .max_encoding_message_size(WITH_ATTACHMENTS_BYTES_MAX)
            .max_decoding_message_size(WITH_ATTACHMENTS_BYTES_MAX)
    }

    fn reconsideration(&self) -> ReconsiderationClient<Channel> {
        ReconsiderationClient::new(self.reconsideration.channel.clone())
    }
}

impl Window for Door {
    fn submit(&self, request: SubmitComplaintRequest) -> Reply<SubmitComplaintResponse> {
        let (mut client, request) = (self.complaints(), self.complaints.ask(request));
        Box::pin(async move { Ok(client.submit_complaint(request).await?.into_inner()) })
    }

    fn follow(&self, request: FollowComplaintRequest) -> Reply<FollowComplaintResponse> {
        let (mut client, request) = (self.complaints(), self.complaints.ask(request));
        Box::pin(async move { Ok(client.follow_complaint(request).await?.into_inner()) })
    }

    fn add(&self, request: AddByReceiptRequest) -> Reply<Recorded> {
        let (mut client, request) = (self.complaints(), self.complaints.ask(request));
        Box::pin(async move { Ok(client.add_by_receipt(request).await?.into_inner()) })
    }

    fn apply(&self, request: ApplyOnlineRequest) -> Reply<ApplyOnlineResponse> {
        let (mut client, request) = (self.reconsideration(), self.reconsideration.ask(request));
        Box::pin(async move { Ok(client.apply_online(request).await?.into_inner()) })
    }

    fn follow_application(&self, request: FollowApplicationRequest) -> Reply<FollowApplicationResponse> {
        let (mut client, request) = (self.reconsideration(), self.reconsideration.ask(request));
        Box::pin(async move { Ok(client.follow_application(request).await?.into_inner()) })
    }

    fn keeps_files(&self, service: &str) -> bool {
        service == "enforcement"
    }

    fn object(&self, token: &str, request: GetObjectRequest) -> Reply<Parts> {
        let mut client = EnforcementClient::new(self.enforcement.channel.clone());
        let request = with_token(Some(token), request);
        Box::pin(async move { Ok(client.get_object(request).await?.into_inner().boxed()) })
    }

    fn attachment(&self, token: &str, request: ReadAttachmentRequest) -> Reply<ReadAttachmentResponse> {
        let (mut client, request) = (self.complaints(), with_token(Some(token), request));
        Box::pin(async move { Ok(client.read_attachment(request).await?.into_inner()) })
    }
}
