//! The side that asks.

use std::{fmt, marker::PhantomData};

use prost::Message;
use tonic::{
    Request, Response, Status, Streaming,
    body::Body,
    client::GrpcService,
    codegen::{
        Bytes, GrpcMethod,
        http::uri::PathAndQuery,
        tokio_stream::{self, Stream},
    },
};
use tonic_prost::ProstCodec;

use super::{Alone, Bare, Outgoing, Reply, read};

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
        self.streaming(path, request.map(tokio_stream::once)).await
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
