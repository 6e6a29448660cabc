//! The side that answers.

use std::{
    convert::Infallible,
    fmt,
    marker::PhantomData,
    sync::Arc,
    task::{Context, Poll},
};

use prost::Message;
use tonic::{
    Request, Response, Status, Streaming,
    body::Body,
    codec::Codec,
    codegen::{BoxFuture, Bytes, Service, http, tokio_stream::Stream},
    server::NamedService,
};
use tonic_prost::ProstCodec;

use super::{Alone, Bare, Named, Outgoing, Reply, read};

/// What answers the calls of a service.
pub trait Answers<S>: Send + Sync + 'static {
    /// Answers one.
    fn answer(api: Arc<Self>, call: Call) -> Answer;
}

/// What becomes of a call.
pub type Answer = BoxFuture<http::Response<Body>, Infallible>;

/// How large messages may be; where nothing is said, as tonic says.
#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    decoding: Option<usize>,
    encoding: Option<usize>,
}

impl Limits {
    fn grpc<C: Codec>(self, codec: C) -> tonic::server::Grpc<C> {
        tonic::server::Grpc::new(codec).apply_max_message_size_config(self.decoding, self.encoding)
    }
}

/// The server of a service, to be added to others.
pub struct Server<A, S> {
    api: Arc<A>,
    limits: Limits,
    of: PhantomData<fn() -> S>,
}

impl<A, S> Server<A, S> {
    /// Answers with this.
    pub fn new(api: A) -> Self {
        Self { api: Arc::new(api), limits: Limits::default(), of: PhantomData }
    }

    /// Most bytes of a message that comes in.
    #[must_use]
    pub fn max_decoding_message_size(mut self, bytes: usize) -> Self {
        self.limits.decoding = Some(bytes);
        self
    }

    /// Most bytes of a message that goes out.
    #[must_use]
    pub fn max_encoding_message_size(mut self, bytes: usize) -> Self {
        self.limits.encoding = Some(bytes);
        self
    }
}

impl<A, S> Clone for Server<A, S> {
    fn clone(&self) -> Self {
        Self { api: self.api.clone(), limits: self.limits, of: PhantomData }
    }
}

impl<A, S> fmt::Debug for Server<A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl<A, S: Named> NamedService for Server<A, S> {
    const NAME: &'static str = S::NAME;
}

impl<A: Answers<S>, S> Service<http::Request<Body>> for Server<A, S> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Answer {
        A::answer(self.api.clone(), Call { request, limits: self.limits })
    }
}

/// A call that came in.
pub struct Call {
    request: http::Request<Body>,
    limits: Limits,
}

impl Call {
    /// `/<service>/<RPC>`.
    pub fn path(&self) -> &str {
        self.request.uri().path()
    }

    /// The answer where there is no such RPC.
    pub fn unknown(self) -> Answer {
        Box::pin(std::future::ready(Ok(Status::unimplemented("there is no such RPC here").into_http())))
    }

    /// One message for one.
    pub fn unary<A, I, O>(self, api: Arc<A>, method: for<'a> fn(&'a A, Request<I>) -> Reply<'a, O>) -> Answer
    where
        A: Send + Sync + 'static,
        I: Alone,
        O: Alone,
    {
        self.bare(Box::new(move |request: Request<Bytes>| {
            let api = api.clone();
            Box::pin(async move {
                let (metadata, extensions, bytes) = request.into_parts();
                let answer = method(&api, Request::from_parts(metadata, extensions, read(bytes)?));
                Ok(answer.await?.map(|message| Box::new(message) as Outgoing))
            })
        }))
    }

    /// The same, whatever the messages.
    fn bare(self, answer: Box<dyn FnMut(Request<Bytes>) -> Reply<'static, Outgoing> + Send>) -> Answer {
        Box::pin(async move { Ok(self.limits.grpc(Bare).unary(Handler(answer), self.request).await) })
    }

    /// A stream for one message.
    pub fn server_streaming<A, I, O, R>(
        self,
        api: Arc<A>,
        method: for<'a> fn(&'a A, Request<I>) -> Reply<'a, R>,
    ) -> Answer
    where
        A: Send + Sync + 'static,
        I: Message + Default + 'static,
        O: Message + 'static,
        R: Stream<Item = Result<O, Status>> + Send + 'static,
    {
        let mut grpc = self.limits.grpc(ProstCodec::<O, I>::new());
        Box::pin(async move { Ok(grpc.server_streaming(Handler(on(api, method)), self.request).await) })
    }

    /// One message for a stream.
    pub fn client_streaming<A, I, O>(
        self,
        api: Arc<A>,
        method: for<'a> fn(&'a A, Request<Streaming<I>>) -> Reply<'a, O>,
    ) -> Answer
    where
        A: Send + Sync + 'static,
        I: Message + Default + 'static,
        O: Message + 'static,
    {
        let mut grpc = self.limits.grpc(ProstCodec::<O, I>::new());
        Box::pin(async move { Ok(grpc.client_streaming(Handler(on(api, method)), self.request).await) })
    }

    /// A stream for a stream.
    pub fn streaming<A, I, O, R>(
        self,
        api: Arc<A>,
        method: for<'a> fn(&'a A, Request<Streaming<I>>) -> Reply<'a, R>,
    ) -> Answer
    where
        A: Send + Sync + 'static,
        I: Message + Default + 'static,
        O: Message + 'static,
        R: Stream<Item = Result<O, Status>> + Send + 'static,
    {
        let mut grpc = self.limits.grpc(ProstCodec::<O, I>::new());
        Box::pin(async move { Ok(grpc.streaming(Handler(on(api, method)), self.request).await) })
    }
}

/// A method with what it is of.
fn on<A: Send + Sync + 'static, I: Send + 'static, O: 'static>(
    api: Arc<A>,
    method: for<'a> fn(&'a A, Request<I>) -> Reply<'a, O>,
) -> impl FnMut(Request<I>) -> Reply<'static, O> {
    move |request| {
        let api = api.clone();
        Box::pin(async move { method(&api, request).await })
    }
}

/// A function as tonic takes it.
struct Handler<F>(F);

impl<F, I, O, R> Service<Request<I>> for Handler<F>
where
    F: FnMut(Request<I>) -> R,
    R: Future<Output = Result<Response<O>, Status>>,
{
    type Response = Response<O>;
    type Error = Status;
    type Future = R;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<I>) -> R {
        (self.0)(request)
    }
}
