//! Logs, traces, and the trace context that goes from the client into every event.

use axum::http::{HeaderMap, HeaderName};
use opentelemetry::{
    Context,
    trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState, TracerProvider as _},
};
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, layer::SubscriberExt as _, util::SubscriberInitExt as _};

static TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The W3C trace context of one call.
#[derive(Clone, Debug)]
pub struct Trace {
    /// `00-<trace id>-<span id>-<flags>`.
    pub parent: String,
}

/// Joins the client's trace, or begins one, and says what the call's events carry.
pub fn continue_trace(span: &tracing::Span, headers: &HeaderMap) -> Trace {
    let client = headers.get(&TRACEPARENT).and_then(|v| v.to_str().ok()).and_then(parse);
    if let Some(client) = &client {
        // An error only says that the span is filtered out, which is no reason to fail a call.
        let _ = span.set_parent(Context::new().with_remote_span_context(client.clone()));
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

/// Keeps the exporter alive; dropping it sends what is left.
pub struct Telemetry {
    provider: Option<SdkTracerProvider>,
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(provider) = self.provider.take() {
            // The process ends; a collector that is away must not hold it up, and there is nobody left to tell.
            let _ = provider.shutdown();
        }
    }
}

/// Telemetry cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("telemetry cannot be set up: {0}")]
pub struct TelemetryError(String);

/// Sends logs to standard error and, when `otlp` names a collector, spans to it. Call inside the runtime.
///
/// # Errors
/// When the collector's address is unusable or a subscriber is set already.
pub fn init(filter: &str, json: bool, otlp: Option<&str>) -> Result<Telemetry, TelemetryError> {
    let fail = |e: &dyn std::fmt::Display| TelemetryError(e.to_string());
    let filter = EnvFilter::try_new(filter).map_err(|e| fail(&e))?;
    let provider = match otlp {
        None => None,
        Some(endpoint) => {
            let exporter = opentelemetry_otlp::SpanExporter::builder()
                .with_tonic()
                .with_endpoint(endpoint)
                .build()
                .map_err(|e| fail(&e))?;
            let resource = Resource::builder().with_service_name("fazhi").build();
            Some(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
        }
    };
    let spans = provider.as_ref().map(|p| tracing_opentelemetry::layer().with_tracer(p.tracer("fazhi")));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = if json { lines.json().boxed() } else { lines.compact().boxed() };
    tracing_subscriber::registry().with(filter).with(spans).with(lines).try_init().map_err(|e| fail(&e))?;
    Ok(Telemetry { provider })
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
