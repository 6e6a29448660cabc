//! What servers and clients of all APIs do with a call.
//!
//! For each message only reading and writing it is made; everything between is made once. The stubs that tonic generates
//! are made anew for each RPC, which was more than half of the program (docs/adr/0031-one-machine-for-calls.md).

use std::{
    convert::Infallible,
    fmt,
    marker::PhantomData,
    sync::Arc,
    task::{Context, Poll},
};

use prost::{DecodeError, Message};
use tonic::{
    Code, Request, Response, Status, Streaming,
    body::Body,
    client::GrpcService,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::{
        BoxFuture, Bytes, GrpcMethod, Pin, Service,
        http::{self, uri::PathAndQuery},
        tokio_stream::Stream,
    },
    server::NamedService,
};
use tonic_prost::ProstCodec;

/// A message that comes or goes alone, not in a stream.
pub trait Alone: Send + Sync + 'static {
    /// Of its bytes.
    fn read(bytes: Bytes) -> Result<Self, DecodeError>
    where
        Self: Sized;

    /// Writes its bytes.
    fn write(&self, to: &mut EncodeBuf<'_>);
}

/// Makes a message one that comes or goes alone, here, where it is made once for all that use it.
macro_rules! alone {
    ($message:ty) => {
        impl $crate::rpc::Alone for $message {
            fn read(bytes: tonic::codegen::Bytes) -> Result<Self, prost::DecodeError> {
                prost::Message::decode(bytes)
            }

            fn write(&self, to: &mut tonic::codec::EncodeBuf<'_>) {
                prost::Message::encode(self, to).expect("a buffer that grows takes it");
            }
        }
    };
}
pub(crate) use alone;

type Outgoing = Box<dyn Alone>;

/// Bytes in, any message out.
struct Bare;

impl Codec for Bare {
    type Encode = Outgoing;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Bare {
    type Item = Outgoing;
    type Error = Status;

    fn encode(&mut self, message: Outgoing, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        message.write(to);
        Ok(())
    }
}

impl Decoder for Bare {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        use prost::bytes::Buf as _;
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

/// A message of its bytes; the error is the one that gRPC names for it.
fn read<M: Alone>(bytes: Bytes) -> Result<M, Status> {
    M::read(bytes).map_err(|error| Status::internal(error.to_string()))
}

/// A service of an API.
pub trait Named {
    /// Its full name, e.g. `fazhi.enforcement.v1.Enforcement`.
    const NAME: &'static str;
}

/// What answers the calls of a service.
pub trait Answers<S>: Send + Sync + 'static {
    /// Answers one.
    fn answer(api: Arc<Self>, call: Call) -> Answer;
}

/// What becomes of a call.
pub type Answer = BoxFuture<http::Response<Body>, Infallible>;

/// What a method of an API gives.
type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<Response<T>, Status>> + Send + 'a>>;

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
        Box::pin(std::future::ready(Ok(Status::new(Code::Unimplemented, "").into_http())))
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

/// What carries the calls of a client: a channel, or one with something before it.
pub trait Transport:
    GrpcService<
        Body,
        ResponseBody: tonic::codegen::Body<Error: Into<tonic::codegen::StdError>> + Send + 'static,
        Future: Send,
    > + Send
{
}

impl<T> Transport for T where
    T: GrpcService<
            Body,
            ResponseBody: tonic::codegen::Body<Error: Into<tonic::codegen::StdError>> + Send + 'static,
            Future: Send,
        > + Send
{
}

/// A client of a service.
pub struct Client<T, S> {
    inner: tonic::client::Grpc<T>,
    of: PhantomData<fn() -> S>,
}

impl<T: Clone, S> Clone for Client<T, S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), of: PhantomData }
    }
}

impl<T: fmt::Debug, S> fmt::Debug for Client<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl<T, S> Client<T, S> {
    /// Calls over this.
    pub fn new(inner: T) -> Self {
        Self { inner: tonic::client::Grpc::new(inner), of: PhantomData }
    }

    /// Most bytes of a message that comes in.
    #[must_use]
    pub fn max_decoding_message_size(self, bytes: usize) -> Self {
        Self { inner: self.inner.max_decoding_message_size(bytes), ..self }
    }

    /// Most bytes of a message that goes out.
    #[must_use]
    pub fn max_encoding_message_size(self, bytes: usize) -> Self {
        Self { inner: self.inner.max_encoding_message_size(bytes), ..self }
    }
}

impl<T: Transport, S> Client<T, S> {
    pub(crate) async fn unary<I: Alone, O: Alone>(
        &mut self,
        path: &'static str,
        request: Request<I>,
    ) -> Result<Response<O>, Status> {
        let answer = bare(&mut self.inner, path, request.map(|message| Box::new(message) as Outgoing)).await?;
        let (metadata, bytes, extensions) = answer.into_parts();
        Ok(Response::from_parts(metadata, read(bytes)?, extensions))
    }

    pub(crate) async fn server_streaming<I, O>(
        &mut self,
        path: &'static str,
        request: Request<I>,
    ) -> Result<Response<Streaming<O>>, Status>
    where
        I: Message + 'static,
        O: Message + Default + 'static,
    {
        let (path, request) = called(&mut self.inner, path, request).await?;
        self.inner.server_streaming(request, path, ProstCodec::<I, O>::new()).await
    }

    pub(crate) async fn client_streaming<I, O>(
        &mut self,
        path: &'static str,
        request: Request<impl Stream<Item = I> + Send + 'static>,
    ) -> Result<Response<O>, Status>
    where
        I: Message + 'static,
        O: Message + Default + 'static,
    {
        let (path, request) = called(&mut self.inner, path, request).await?;
        self.inner.client_streaming(request, path, ProstCodec::<I, O>::new()).await
    }

    pub(crate) async fn streaming<I, O>(
        &mut self,
        path: &'static str,
        request: Request<impl Stream<Item = I> + Send + 'static>,
    ) -> Result<Response<Streaming<O>>, Status>
    where
        I: Message + 'static,
        O: Message + Default + 'static,
    {
        let (path, request) = called(&mut self.inner, path, request).await?;
        self.inner.streaming(request, path, ProstCodec::<I, O>::new()).await
    }
}

/// One message for one, whatever they are.
fn bare<'a, T: Transport>(
    grpc: &'a mut tonic::client::Grpc<T>,
    path: &'static str,
    request: Request<Outgoing>,
) -> Reply<'a, Bytes> {
    Box::pin(async move {
        let (path, request) = called(grpc, path, request).await?;
        grpc.unary(request, path, Bare).await
    })
}

/// The call as interceptors see it, once the transport takes one.
async fn called<T: Transport, M>(
    grpc: &mut tonic::client::Grpc<T>,
    path: &'static str,
    mut request: Request<M>,
) -> Result<(PathAndQuery, Request<M>), Status> {
    grpc.ready().await.map_err(|error| Status::unknown(format!("the service was not ready: {}", error.into())))?;
    if let Some((service, method)) = path.trim_start_matches('/').split_once('/') {
        request.extensions_mut().insert(GrpcMethod::new(service, method));
    }
    Ok((PathAndQuery::from_static(path), request))
}
