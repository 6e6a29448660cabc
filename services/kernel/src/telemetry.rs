//! Logs, traces, figures, and the trace context that goes from the client into every event.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName};
use jiff::SignedDuration;
use ledger::{Clock as _, Envelope, SystemClock};
use opentelemetry::{
    Context, global,
    trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState, TracerProvider as _},
};
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, logs::SdkLoggerProvider, metrics::SdkMeterProvider, trace::SdkTracerProvider};
use prometheus::{Registry, TextEncoder};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{
    EnvFilter, Layer as _,
    filter::{FilterExt as _, LevelFilter, Targets},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

static TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// How long a collector may take when the process ends.
const SHUTDOWN_MAX: Duration = Duration::from_secs(2);

/// What happens to a record longer than this after it was made is no part of the trace in which it was: whoever builds views
/// anew, or publishes what a broker forgot, would repeat the spans of years.
const OF_NOW: SignedDuration = SignedDuration::from_secs(60);

/// The W3C trace context of one call.
#[derive(Clone, Debug)]
pub struct Trace {
    /// `00-<trace id>-<span id>-<flags>`.
    pub parent: String,
}

/// Joins the client's trace, or begins one, and says what the call's events carry.
pub fn continue_trace(span: &Span, headers: &HeaderMap) -> Trace {
    let client = headers.get(&TRACEPARENT).and_then(|v| v.to_str().ok()).and_then(parse);
    if let Some(client) = &client {
        of(client.clone(), span.clone());
    }
    let own = span.context().span().span_context().clone();
    if own.is_valid() {
        return Trace { parent: print(&own) };
    }
    let trace = client.map_or_else(|| TraceId::from_bytes(rand::random()), |c| c.trace_id());
    Trace {
        parent: print(&SpanContext::new(
            trace,
            SpanId::from_bytes(rand::random()),
            TraceFlags::default(),
            false,
            TraceState::NONE,
        )),
    }
}

/// Puts a span into the trace that a record was made in. None where that trace is not kept.
pub fn of_record(envelope: &Envelope<'_>, span: impl FnOnce() -> Span) -> Option<Span> {
    let made = envelope.traceparent.and_then(parse).filter(SpanContext::is_sampled)?;
    let age = SystemClock.now().duration_since(envelope.recorded_time);
    (age < OF_NOW).then(|| of(made, span()))
}

/// Puts a span into the trace that a message brings. None where that trace is not kept.
pub fn of_message(traceparent: &str, span: impl FnOnce() -> Span) -> Option<Span> {
    let sent = parse(traceparent).filter(SpanContext::is_sampled)?;
    Some(of(sent, span()))
}

/// The trace context that goes out with what is sent within a span.
pub fn within(span: &Span) -> Option<String> {
    let context = span.context();
    let own = context.span().span_context().clone();
    own.is_valid().then(|| print(&own))
}

fn of(parent: SpanContext, span: Span) -> Span {
    // An error only says that the span is filtered out.
    let _ = span.set_parent(Context::new().with_remote_span_context(parent));
    span
}

fn parse(header: &str) -> Option<SpanContext> {
    let mut parts = header.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if version.len() != 2 || version == "ff" || trace.len() != 32 || span.len() != 16 || flags.len() != 2 {
        return None;
    }
    let context = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(span).ok()?,
        TraceFlags::new(u8::from_str_radix(flags, 16).ok()?),
        true,
        TraceState::NONE,
    );
    context.is_valid().then_some(context)
}

fn print(c: &SpanContext) -> String {
    format!("00-{}-{}-{:02x}", c.trace_id(), c.span_id(), c.trace_flags().to_u8())
}

/// Keeps the exporters alive; dropping it sends what is left.
pub struct Telemetry {
    figures: Registry,
    meters: SdkMeterProvider,
    sent: Option<Sent>,
}

/// What goes to a collector.
struct Sent {
    spans: SdkTracerProvider,
    logs: SdkLoggerProvider,
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        // The process ends; a collector that is away must not hold it up, and there is nobody left to tell.
        let _ = self.meters.shutdown_with_timeout(SHUTDOWN_MAX);
        if let Some(Sent { spans, logs }) = self.sent.take() {
            let _ = spans.shutdown_with_timeout(SHUTDOWN_MAX);
            let _ = logs.shutdown_with_timeout(SHUTDOWN_MAX);
        }
    }
}

impl Telemetry {
    /// The figures as Prometheus reads them, for whoever asks.
    pub fn figures(&self) -> Figures {
        Figures(self.figures.clone())
    }
}

/// The figures of this process as text.
#[derive(Clone)]
pub struct Figures(Registry);

impl Figures {
    /// The media type of [`Self::text`].
    pub const MEDIA_TYPE: &str = prometheus::TEXT_FORMAT;

    /// The figures now, in the text format of Prometheus.
    ///
    /// # Errors
    /// [`TelemetryError`] when one of them cannot be written, which is a bug.
    pub fn text(&self) -> Result<String, TelemetryError> {
        let text = TextEncoder::new().encode_to_string(&self.0.gather());
        text.map_err(|e| TelemetryError(e.to_string()))
    }
}

/// Telemetry cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("telemetry cannot be set up: {0}")]
pub struct TelemetryError(String);

/// Sends logs to standard error and, when `otlp` names a collector, logs, spans and figures to it, as the process `process`.
/// Call inside the runtime, before anything else tells a figure.
///
/// # Errors
/// When the collector's address is unusable or a subscriber is set already.
pub fn init(process: &str, filter: &str, json: bool, otlp: Option<&str>) -> Result<Telemetry, TelemetryError> {
    let fail = |e: &dyn std::fmt::Display| TelemetryError(e.to_string());
    let told = || EnvFilter::try_new(filter).map_err(|e| fail(&e));
    let resource = Resource::builder().with_service_name(process.to_owned()).build();
    let figures = Registry::new();
    // The names are whole as they stand, units included.
    let prometheus = opentelemetry_prometheus::exporter().with_registry(figures.clone()).without_units();
    let prometheus = prometheus.without_counter_suffixes().without_target_info().scope_info_enabled(false);
    let mut meters = SdkMeterProvider::builder()
        .with_reader(prometheus.build().map_err(|e| fail(&e))?)
        .with_resource(resource.clone());
    let mut sent = None;
    if let Some(endpoint) = otlp {
        let exporter = MetricExporter::builder().with_tonic().with_endpoint(endpoint).build();
        meters = meters.with_periodic_exporter(exporter.map_err(|e| fail(&e))?);
        let exporter = SpanExporter::builder().with_tonic().with_endpoint(endpoint).build();
        let spans = SdkTracerProvider::builder().with_batch_exporter(exporter.map_err(|e| fail(&e))?);
        let exporter = LogExporter::builder().with_tonic().with_endpoint(endpoint).build();
        let logs = SdkLoggerProvider::builder().with_batch_exporter(exporter.map_err(|e| fail(&e))?);
        let (spans, logs) = (spans.with_resource(resource.clone()).build(), logs.with_resource(resource).build());
        sent = Some(Sent { spans, logs });
    }
    let meters = meters.build();
    global::set_meter_provider(meters.clone());
    // What sending makes be logged is not sent, or it would never end.
    let not_its_own = || {
        let own =
            ["h2", "hyper", "hyper_util", "opentelemetry", "opentelemetry_sdk", "opentelemetry-otlp", "tonic", "tower"];
        Targets::new().with_default(LevelFilter::INFO).with_targets(own.map(|target| (target, LevelFilter::OFF)))
    };
    let spans = sent
        .as_ref()
        .map(|sent| tracing_opentelemetry::layer().with_tracer(sent.spans.tracer("fazhi")).with_filter(not_its_own()));
    let logs = match &sent {
        Some(sent) => Some(OpenTelemetryTracingBridge::new(&sent.logs).with_filter(told()?.and(not_its_own()))),
        None => None,
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = if json { lines.json().boxed() } else { lines.compact().boxed() };
    let lines = lines.with_filter(told()?);
    tracing_subscriber::registry().with(spans).with(logs).with(lines).try_init().map_err(|e| fail(&e))?;
    Ok(Telemetry { figures, meters, sent })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_clients_trace_id() {
        let mut headers = HeaderMap::new();
        headers.insert(&TRACEPARENT, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".parse().unwrap());
        let trace = continue_trace(&tracing::Span::none(), &headers);
        assert!(trace.parent.starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"), "{}", trace.parent);
        assert!(!trace.parent.contains("00f067aa0ba902b7"));
    }

    #[test]
    fn begins_a_trace_when_there_is_none_or_a_broken_one() {
        let mut headers = HeaderMap::new();
        assert_eq!(continue_trace(&tracing::Span::none(), &headers).parent.len(), 55);
        headers.insert(&TRACEPARENT, "00-xyz".parse().unwrap());
        assert_eq!(continue_trace(&tracing::Span::none(), &headers).parent.len(), 55);
    }
}
