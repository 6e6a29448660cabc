//! The stubs of one API: the trait that answers it, and its client. They say which RPC has which messages; what is done
//! with them is in `src/rpc.rs`.

use std::fmt::Write as _;

use prost_build::{Method, Service, ServiceGenerator};

pub(crate) struct Stubs;

impl ServiceGenerator for Stubs {
    fn generate(&mut self, service: Service, buf: &mut String) {
        let (mut api, mut answers, mut calls) = (String::new(), String::new(), String::new());
        for method in &service.methods {
            let rpc = Rpc::of(&service, method);
            for of in [&mut api, &mut calls] {
                method.comments.append_with_indent(2, of);
            }
            rpc.asked(&mut api);
            rpc.answered(&mut answers);
            rpc.called(&mut calls);
        }
        let (name, module) = (&service.name, crate::snake(&service.name));
        let full_name = format!("{}.{}", service.package, service.proto_name);
        let mut docs = String::new();
        service.comments.append_with_indent(1, &mut docs);
        let written = write!(
            buf,
            "pub mod {module}_server {{
    use std::sync::Arc;
    use crate::rpc;
    /// Which API it is, for its server and its client.
    pub enum Of {{}}
    impl rpc::Named for Of {{
        const NAME: &'static str = {full_name:?};
    }}
{docs}    #[tonic::async_trait]
    pub trait {name}: Send + Sync + 'static {{
{api}    }}
    pub type {name}Server<A> = rpc::Server<A, Of>;
    impl<A: {name}> rpc::Answers<Of> for A {{
        fn answer(api: Arc<Self>, call: rpc::Call) -> rpc::Answer {{
            match call.path() {{
{answers}                _ => call.unknown(),
            }}
        }}
    }}
}}
pub mod {module}_client {{
    use crate::rpc;
{docs}    pub type {name}Client<T> = rpc::Client<T, super::{module}_server::Of>;
    impl<T: rpc::Transport> {name}Client<T> {{
{calls}    }}
}}
"
        );
        written.expect("a string takes it");
    }
}

struct Rpc<'a> {
    name: &'a str,
    stream: String,
    path: String,
    kind: &'static str,
    asks: String,
    answers: String,
}

impl<'a> Rpc<'a> {
    fn of(service: &Service, method: &'a Method) -> Self {
        Self {
            name: &method.name,
            stream: format!("{}Stream", method.proto_name),
            path: format!("/{}.{}/{}", service.package, service.proto_name, method.proto_name),
            kind: match (method.client_streaming, method.server_streaming) {
                (false, false) => "unary",
                (false, true) => "server_streaming",
                (true, false) => "client_streaming",
                (true, true) => "streaming",
            },
            asks: format!("super::{}", method.input_type),
            answers: format!("super::{}", method.output_type),
        }
    }

    /// Its line in the trait.
    fn asked(&self, to: &mut String) {
        let Self { name, stream, kind, asks, answers, .. } = self;
        let request = if matches!(*kind, "client_streaming" | "streaming") {
            format!("tonic::Streaming<{asks}>")
        } else {
            asks.clone()
        };
        let response = if matches!(*kind, "server_streaming" | "streaming") {
            writeln!(to, "        type {stream}: tonic::codegen::tokio_stream::Stream<Item = Result<{answers}, tonic::Status>> + Send + 'static;")
                .expect("a string takes it");
            format!("Self::{stream}")
        } else {
            answers.clone()
        };
        writeln!(to, "        async fn {name}(&self, request: tonic::Request<{request}>) -> Result<tonic::Response<{response}>, tonic::Status>;")
            .expect("a string takes it");
    }

    /// Its arm in what answers.
    fn answered(&self, to: &mut String) {
        let Self { name, path, kind, .. } = self;
        writeln!(to, "                {path:?} => call.{kind}(api, |api, request| api.{name}(request)),")
            .expect("a string takes it");
    }

    /// Its method of the client.
    fn called(&self, to: &mut String) {
        let Self { name, path, kind, asks, answers, .. } = self;
        let (request, into) = if matches!(*kind, "client_streaming" | "streaming") {
            (format!("tonic::IntoStreamingRequest<Message = {asks}>"), "into_streaming_request")
        } else {
            (format!("tonic::IntoRequest<{asks}>"), "into_request")
        };
        let response = if matches!(*kind, "server_streaming" | "streaming") {
            format!("tonic::Streaming<{answers}>")
        } else {
            answers.clone()
        };
        writeln!(
            to,
            "        pub fn {name}(&mut self, request: impl {request}) -> impl Future<Output = Result<tonic::Response<{response}>, tonic::Status>> + Send {{
            self.{kind}({path:?}, request.{into}())
        }}"
        )
        .expect("a string takes it");
    }
}
