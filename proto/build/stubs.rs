//! The stubs of one API: the trait that answers it, and its client. They say which RPC has which messages; what is done
//! with them is in `src/rpc/`.

use prost_build::{Method, Service, ServiceGenerator};

pub(crate) struct Stubs;

impl ServiceGenerator for Stubs {
    fn generate(&mut self, service: Service, buf: &mut String) {
        let rpcs: Vec<Rpc<'_>> = service.methods.iter().map(|method| Rpc::of(&service, method)).collect();
        let api: String = rpcs.iter().map(Rpc::asked).collect();
        let answers: String = rpcs.iter().map(Rpc::answered).collect();
        let calls: String = rpcs.iter().map(Rpc::called).collect();
        let (name, module) = (&service.name, crate::snake(&service.name));
        let full_name = format!("{}.{}", service.package, service.proto_name);
        let mut docs = String::new();
        service.comments.append_with_indent(1, &mut docs);
        *buf += &format!(
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
    }
}

struct Rpc<'a> {
    docs: String,
    name: &'a str,
    stream: String,
    path: String,
    kind: &'static str,
    asks: String,
    answers: String,
}

impl<'a> Rpc<'a> {
    fn of(service: &Service, method: &'a Method) -> Self {
        let mut docs = String::new();
        method.comments.append_with_indent(2, &mut docs);
        Self {
            docs,
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

    /// Its lines in the trait.
    fn asked(&self) -> String {
        let Self { docs, name, stream, kind, asks, answers, .. } = self;
        let request = if matches!(*kind, "client_streaming" | "streaming") {
            format!("tonic::Streaming<{asks}>")
        } else {
            asks.clone()
        };
        let (associated, response) = if matches!(*kind, "server_streaming" | "streaming") {
            let item = format!("Result<{answers}, tonic::Status>");
            let bounds = format!("tonic::codegen::tokio_stream::Stream<Item = {item}> + Send + 'static");
            (format!("        type {stream}: {bounds};\n"), format!("Self::{stream}"))
        } else {
            (String::new(), answers.clone())
        };
        format!(
            "{docs}{associated}        async fn {name}(&self, request: tonic::Request<{request}>) -> Result<tonic::Response<{response}>, tonic::Status>;\n"
        )
    }

    /// Its arm in what answers.
    fn answered(&self) -> String {
        let Self { name, path, kind, .. } = self;
        format!("                {path:?} => call.{kind}(api, |api, request| api.{name}(request)),\n")
    }

    /// Its method of the client.
    fn called(&self) -> String {
        let Self { docs, name, path, kind, asks, answers, .. } = self;
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
        format!(
            "{docs}        pub fn {name}(&mut self, request: impl {request}) -> impl Future<Output = Result<tonic::Response<{response}>, tonic::Status>> + Send {{
            self.{kind}({path:?}, request.{into}())
        }}\n"
        )
    }
}
