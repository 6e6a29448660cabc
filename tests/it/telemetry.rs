//! What a suite tells its operator, as a collector and as Prometheus get it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use kernel::{Caller, Role, SystemClock, auth::Issuer, peer::Peer};
use opentelemetry::trace::{Span as _, SpanContext, Tracer as _, TracerProvider as _};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_proto::tonic::{
    collector::{
        logs::v1::{
            ExportLogsServiceRequest, ExportLogsServiceResponse,
            logs_service_server::{LogsService, LogsServiceServer},
        },
        metrics::v1::{
            ExportMetricsServiceRequest, ExportMetricsServiceResponse,
            metrics_service_server::{MetricsService, MetricsServiceServer},
        },
        trace::v1::{
            ExportTraceServiceRequest, ExportTraceServiceResponse,
            trace_service_server::{TraceService, TraceServiceServer},
        },
    },
    common::v1::any_value::Value,
    resource::v1::Resource,
};
use opentelemetry_sdk::{Resource as Of, trace::SdkTracerProvider};
use proto::{
    common::v1::{CommandMeta, Mode, Seen},
    complaints::v1::{self as complaints, complaints_client::ComplaintsClient},
    projection::v1::{self as views, query_service_client::QueryServiceClient},
};
use stories::{
    postgres,
    suite::{self, REGION},
};
use tonic::{Request, Response, Status, transport::Endpoint};

use crate::{
    cluster::Cluster,
    county,
    loop_story::report,
    people::{JUSTICE, frame},
};

/// A span as it came in.
#[derive(Clone, Debug)]
struct Got {
    process: String,
    name: String,
    trace: Vec<u8>,
    id: Vec<u8>,
    parent: Vec<u8>,
}

/// What a collector got.
#[derive(Default)]
struct Collected {
    spans: Vec<Got>,
    /// Names of figures, with the processes that sent them.
    figures: BTreeMap<String, BTreeSet<String>>,
    logs: Vec<(String, String)>,
}

/// A small collector: takes what comes and keeps it.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Collected>>);

impl Collector {
    fn kept(&self) -> std::sync::MutexGuard<'_, Collected> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens; answers where.
    async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tonic::transport::Server::builder()
            .add_service(TraceServiceServer::new(self.clone()))
            .add_service(MetricsServiceServer::new(self.clone()))
            .add_service(LogsServiceServer::new(self.clone()));
        let incoming = tonic::transport::server::TcpIncoming::from(listener);
        tokio::spawn(async move { server.serve_with_incoming(incoming).await });
        url
    }
}

fn process(resource: Option<&Resource>) -> String {
    let name = resource.iter().flat_map(|r| &r.attributes).find(|a| a.key == "service.name");
    match name.and_then(|a| a.value.as_ref()).and_then(|v| v.value.as_ref()) {
        Some(Value::StringValue(name)) => name.clone(),
        other => panic!("a process without a name: {other:?}"),
    }
}

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        for of_process in request.into_inner().resource_spans {
            let process = process(of_process.resource.as_ref());
            for span in of_process.scope_spans.into_iter().flat_map(|scope| scope.spans) {
                self.kept().spans.push(Got {
                    process: process.clone(),
                    name: span.name,
                    trace: span.trace_id,
                    id: span.span_id,
                    parent: span.parent_span_id,
                });
            }
        }
        Ok(Response::new(Default::default()))
    }
}

#[tonic::async_trait]
impl MetricsService for Collector {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        for of_process in request.into_inner().resource_metrics {
            let process = process(of_process.resource.as_ref());
            for figure in of_process.scope_metrics.into_iter().flat_map(|scope| scope.metrics) {
                self.kept().figures.entry(figure.name).or_default().insert(process.clone());
            }
        }
        Ok(Response::new(Default::default()))
    }
}

#[tonic::async_trait]
impl LogsService for Collector {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        for of_process in request.into_inner().resource_logs {
            let process = process(of_process.resource.as_ref());
            for line in of_process.scope_logs.into_iter().flat_map(|scope| scope.log_records) {
                if let Some(Value::StringValue(said)) = line.body.and_then(|body| body.value) {
                    self.kept().logs.push((process.clone(), said));
                }
            }
        }
        Ok(Response::new(Default::default()))
    }
}

/// A request of a client with a token, in a trace.
fn asked<T>(peer: &Peer, span: &SpanContext, request: T) -> Request<T> {
    let mut request = peer.ask(request);
    let trace = format!("00-{}-{}-01", span.trace_id(), span.span_id());
    request.metadata_mut().insert("traceparent", trace.parse().expect("a header"));
    request
}

fn peer(cluster: &Cluster, service: &str, issuer: &Issuer, agency: Option<&str>, role: Role) -> Peer {
    let caller = Caller {
        subject: "112050".to_owned(),
        name: String::new(),
        agency: agency.map(|agency| agency.parse().expect("an agency")),
        region: REGION.parse().expect("a region"),
        roles: BTreeSet::from([role]),
    };
    let token = issuer.issue(&caller, &SystemClock, 3600).expect("a token");
    let endpoint = Endpoint::from_shared(format!("http://{}", cluster.wires[service])).expect("an address");
    Peer { channel: endpoint.connect_lazy(), token: Arc::new(move || Some(token.clone())) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trace_goes_from_the_client_over_nats_into_the_views_and_every_figure_is_told() {
    let collector = Collector::default();
    let url = collector.listen().await;
    let postgres = tokio::task::spawn_blocking(postgres::Server::start).await.expect("Postgres");
    let database = postgres.database();
    let running = suite::start_on(Some(database.clone())).await;
    let written = county::found(&running).await;
    let (_, folder) = running.stop().await;
    let cluster = Cluster::start(postgres, database, folder.path(), &[], &["--log", "info", "--otlp", &url]).await;
    let issuer = Issuer::open_or_create(&folder.path().join("issuer.pem")).expect("the issuer's key");

    // A client that is in a trace of its own.
    let exporter = SpanExporter::builder().with_tonic().with_endpoint(&url).build().expect("an exporter");
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(Of::builder().with_service_name("client").build())
        .build();
    let mut span = provider.tracer("client").start("registers a complaint");
    let context = span.span_context().clone();

    let intake = peer(&cluster, "complaints", &issuer, Some(JUSTICE), Role::Intake);
    let request = complaints::RegisterComplaintRequest {
        meta: Some(CommandMeta {
            seen: vec![Seen { source: "powerlist".to_owned(), log_index: written }],
            ..frame("2025-03-03T09:00", Mode::Reporting)
        }),
        ..report("6a0e2a52-43c4-4c8c-9a8b-1f6f0a5d7e01", false)
    };
    let mut client = ComplaintsClient::new(intake.channel.clone());
    let registered = client.register_complaint(asked(&intake, &context, request)).await.expect("registered");
    let receipt = registered.into_inner().receipt.expect("a receipt");

    let supervisor = peer(&cluster, "projection", &issuer, None, Role::Supervisor);
    let seen = Seen { source: "complaints".to_owned(), log_index: receipt.log_index };
    let request = views::GetOverviewRequest { seen: vec![seen], ..Default::default() };
    let mut client = QueryServiceClient::new(supervisor.channel.clone());
    client.get_overview(asked(&supervisor, &context, request)).await.expect("it is in the views");
    span.end();
    tokio::task::spawn_blocking(move || provider.shutdown()).await.expect("it ends").expect("all is sent");

    let size = format!(r#"fazhi_ledger_events{{service="complaints"}} {}"#, receipt.log_index + 1);
    let wanted = [
        ("complaints", r#"fazhi_commands_total{outcome="recorded",service="complaints"} 1"#),
        ("complaints", r#"fazhi_relay_lag_events{service="complaints"} 0"#),
        ("complaints", r#"fazhi_append_batch_events_count{service="complaints"} 1"#),
        ("complaints", &size),
        ("projection", r#"fazhi_projection_lag_events{source="complaints"} 0"#),
        ("projection", r#"fazhi_parked_events{source="complaints"} 0"#),
        ("projection", "fazhi_deadlines_open{rule="),
    ];
    // Levels are looked at every few seconds.
    let since = Instant::now();
    loop {
        let told = prometheus(&cluster).await;
        let missing: Vec<_> = wanted.iter().filter(|(service, line)| !told[service].contains(line)).collect();
        if missing.is_empty() {
            every_figure_that_is_asked_for_is_told(&told);
            break;
        }
        assert!(since.elapsed() < Duration::from_secs(30), "{missing:?} in {told:#?}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }

    // What is left is sent when a process ends.
    tokio::task::spawn_blocking(move || cluster.stop()).await.expect("they end");
    let kept = collector.kept();
    let trace = context.trace_id().to_bytes().to_vec();
    let spans: Vec<&Got> = kept.spans.iter().filter(|got| got.trace == trace).collect();
    let those = |process: &str, name: &str| {
        let found = spans.iter().filter(|got| got.process == process && got.name == name);
        found.copied().collect::<Vec<&Got>>()
    };
    let the = |process: &str, name: &str| match those(process, name)[..] {
        [one] => one,
        ref others => panic!("{process} {name}: {others:#?} of {spans:#?}"),
    };
    let client = the("client", "registers a complaint");
    let call = the("fazhi-complaints", "/fazhi.complaints.v1.Complaints/RegisterComplaint");
    let append = the("fazhi-complaints", "append");
    let query = the("fazhi-projection", "/fazhi.projection.v1.QueryService/GetOverview");
    for (child, parent) in [(call, client), (append, call), (query, client)] {
        assert_eq!(child.parent, parent.id, "{child:?} within {parent:?}");
    }
    // The matter and its number: each event goes over NATS and into the views.
    let published = those("fazhi-complaints", "publish");
    let received = those("fazhi-projection", "receive");
    let projected = those("fazhi-projection", "project");
    assert_eq!((published.len(), received.len(), projected.len()), (2, 2, 2), "{spans:#?}");
    assert!(published.iter().chain(&projected).all(|span| span.parent == call.id), "{spans:#?}");
    let messages: BTreeSet<&Vec<u8>> = published.iter().map(|span| &span.id).collect();
    let heard: BTreeSet<&Vec<u8>> = received.iter().map(|span| &span.parent).collect();
    assert_eq!(messages, heard);
    let senders = |name: &str| kept.figures.get(name).cloned().unwrap_or_default();
    assert!(senders("fazhi_commands_total").contains("fazhi-complaints"), "{:?}", kept.figures);
    assert!(senders("fazhi_projection_lag_events").contains("fazhi-projection"), "{:?}", kept.figures);
    assert!(kept.logs.iter().any(|(_, said)| said == "NATS is there"), "{:?}", kept.logs);
}

/// The figures of every process, as Prometheus reads them.
async fn prometheus(cluster: &Cluster) -> BTreeMap<&'static str, String> {
    let mut told = BTreeMap::new();
    for member in &cluster.members {
        let answer = reqwest::get(format!("http://{}/metrics", member.metrics)).await.expect("an answer");
        assert_eq!(answer.status(), 200);
        assert!(answer.headers()["content-type"].to_str().expect("text").starts_with("text/plain"));
        told.insert(member.service, answer.text().await.expect("text"));
    }
    told
}

/// Alerts and dashboards ask for figures by name: each is one that a process gives, with the labels by which it is asked for.
fn every_figure_that_is_asked_for_is_told(told: &BTreeMap<&'static str, String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/observability");
    let mut asked = BTreeSet::new();
    for file in ["alerts.yaml", "grafana/dashboards/fazhi.json"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("a file");
        asked
            .extend(text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter_map(figure).map(str::to_owned));
    }
    assert!(asked.len() > 8, "{asked:?}");
    // A refusal needs one who is refused, a page one who looks.
    for name in asked.iter().filter(|name| !["fazhi_refusals_total", "fazhi_http_seconds"].contains(&name.as_str())) {
        assert!(told.values().any(|text| text.contains(&format!("# TYPE {name} "))), "{name} in {told:#?}");
    }
}

fn figure(word: &str) -> Option<&str> {
    let name = word.strip_prefix("fazhi_").map(|_| word)?;
    Some(["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name))
}
