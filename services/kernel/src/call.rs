//! One command as it comes in over gRPC: who, when, which id, and a digest that tells a repeat from a reuse.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use law::{
    Act, Mode,
    calendar::Calendar,
    id::{RegionCode, Uscc},
};
use proto::common::v1::{CommandMeta, Mode as WireMode, Seen};
use sha2::{Digest as _, Sha256};
use tonic::{Extensions, Request, Status};
use uuid::Uuid;

use crate::{
    access::Method,
    execute::Service,
    fields::Fields,
    identity::{Caller, Role},
    telemetry::Trace,
    text::Form,
};

/// How far a client's clock may be ahead of ours.
const AHEAD_MAX: SignedDuration = SignedDuration::from_mins(5);

/// An act is handled while it happens: one that lies further back was done elsewhere, and is reported. A week, so that what
/// was done on the spot, out of reach or before a weekend can still be entered as it was done. A parameter of the suite;
/// no statute gives it.
pub const HANDLED_WITHIN_DAYS: i64 = 7;

/// A number as it stands on a document.
const DOCUMENT_NUMBER: Form = Form::line(60);

/// Most services that a client names what it has seen of.
const SEEN_MAX: usize = 16;

/// The frame of one command.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who asks.
    pub caller: Caller,
    /// When it happened, in which mode.
    pub act: Act,
    /// Whether it is to be handled and lies too far back for that, see [`HANDLED_WITHIN_DAYS`]. A repeat of what was recorded
    /// in time gets its answer all the same.
    pub too_old: bool,
    /// The client's id of the command.
    pub command_id: Uuid,
    /// SHA-256 over the RPC's name and the request's bytes.
    pub digest: [u8; 32],
    /// The matter it belongs to, if the client says.
    pub correlation_id: Option<Uuid>,
    /// The event that led to it, if the client says.
    pub causation_id: Option<Uuid>,
    /// What the client has seen of other services.
    pub seen: Vec<Seen>,
    /// The number that stands on a document that is reported.
    pub number: Option<String>,
    /// W3C trace context, kept in every event.
    pub traceparent: Option<String>,
}

impl Call {
    /// Reads the frame of a request that the server's guard has let through.
    ///
    /// # Errors
    /// INVALID_ARGUMENT with every wrong field of `meta`; UNAUTHENTICATED when no guard stood before it.
    pub fn parse<M: prost::Message>(
        request: &Request<M>,
        meta: Option<&CommandMeta>,
        service: &Service,
    ) -> Result<Self, Status> {
        Self::sent(request.extensions(), &request.get_ref().encode_to_vec(), meta, service)
    }

    fn sent(
        extensions: &Extensions,
        message: &[u8],
        meta: Option<&CommandMeta>,
        service: &Service,
    ) -> Result<Self, Status> {
        let caller = extensions.get::<Caller>().ok_or_else(|| Status::unauthenticated("a token is required"))?.clone();
        let method = extensions.get::<Method>().map_or("", |m| &m.0);
        let mut hasher = Sha256::new();
        hasher.update(method.as_bytes());
        hasher.update([0]);
        hasher.update(message);
        let traceparent = extensions.get::<Trace>().map(|t| t.parent.clone());
        let now = (service.clock().now(), service.calendar());
        Self::frame(caller, meta, hasher.finalize().into(), traceparent, now)
    }

    /// Lets somebody without an account act in a matter of this agency, or of none, of this region: here and now and in that
    /// matter alone, whatever the frame says, because nobody answers for what it says.
    pub fn of_a_person(&mut self, subject: &str, agency: Option<Uscc>, region: RegionCode, role: Role, now: Timestamp) {
        let (subject, name, roles) = (subject.to_owned(), String::new(), [role].into());
        self.act.actor.clone_from(&subject);
        (self.act.at, self.act.mode, self.too_old) = (now, Mode::Handling, false);
        (self.correlation_id, self.causation_id, self.number) = (None, None, None);
        self.caller = Caller { subject, name, agency, region, roles };
    }

    fn frame(
        caller: Caller,
        meta: Option<&CommandMeta>,
        digest: [u8; 32],
        traceparent: Option<String>,
        (now, calendar): (Timestamp, Arc<Calendar>),
    ) -> Result<Self, Status> {
        let mut fields = Fields::new();
        let Some(meta) = meta else {
            fields.required("meta");
            return Err(fields.status());
        };
        let command_id = fields.parse::<Uuid>("meta.command_id", &meta.command_id);
        let at = fields.timestamp("meta.at", meta.at.as_ref());
        if at.is_some_and(|at| at.duration_since(now) > AHEAD_MAX) {
            fields.wrong(
                "meta.at",
                format!("晚于当前时间，服务的时间为{now}"),
                format!("lies in the future: the service's time is {now}"),
            );
        }
        let mode = fields.enumeration::<WireMode>("meta.mode", meta.mode);
        fields.at_most("meta.seen", &meta.seen, SEEN_MAX);
        let number = fields.optional_text("meta.document_number", &meta.document_number, DOCUMENT_NUMBER);
        if number.is_some() && mode == Some(WireMode::Handling) {
            fields.fault("meta.document_number", "in handling mode the number is given by the service; leave it out");
        }
        let correlation_id = fields.optional::<Uuid>("meta.correlation_id", &meta.correlation_id);
        let causation_id = fields.optional::<Uuid>("meta.causation_id", &meta.causation_id);
        let (Some(command_id), Some(at), Some(mode)) = (command_id, at, mode) else { return Err(fields.status()) };
        fields.finish()?;
        let mode = if mode == WireMode::Reporting { Mode::Reporting } else { Mode::Handling };
        let oldest = SignedDuration::from_hours(24 * HANDLED_WITHIN_DAYS);
        Ok(Self {
            too_old: mode == Mode::Handling && now.duration_since(at) > oldest,
            act: Act { at, mode, actor: caller.subject.clone(), calendar },
            caller,
            command_id,
            digest,
            correlation_id,
            causation_id,
            seen: meta.seen.clone(),
            number,
            traceparent,
        })
    }
}

#[cfg(test)]
mod tests {
    use tonic::Code;

    use super::*;

    fn now() -> Timestamp {
        "2026-03-01T00:00:00Z".parse().unwrap()
    }

    fn meta() -> CommandMeta {
        CommandMeta {
            command_id: Uuid::from_u128(7).to_string(),
            at: Some(prost_types::Timestamp { seconds: now().as_second(), nanos: 0 }),
            mode: WireMode::Handling.into(),
            ..CommandMeta::default()
        }
    }

    fn frame(meta: Option<&CommandMeta>) -> Result<Call, Status> {
        Call::frame(
            Caller::anonymous("230883".parse().unwrap()),
            meta,
            [0; 32],
            None,
            (now(), Calendar::china().clone()),
        )
    }

    #[test]
    fn reads_a_full_frame() {
        let call = frame(Some(&meta())).unwrap();
        assert_eq!(call.act.at, now());
        assert_eq!(call.act.mode, Mode::Handling);
    }

    #[test]
    fn somebody_without_an_account_acts_here_and_now_and_in_no_other_trail() {
        let mut told = meta();
        told.at = Some(prost_types::Timestamp { seconds: now().as_second() - 3_000_000, nanos: 0 });
        (told.mode, told.correlation_id) = (WireMode::Reporting.into(), Uuid::from_u128(8).to_string());
        let mut call = frame(Some(&told)).unwrap();
        call.of_a_person("applicant", None, "230883".parse().unwrap(), Role::Public, now());
        assert_eq!((call.act.at, call.act.mode, call.too_old), (now(), Mode::Handling, false));
        assert_eq!((call.correlation_id, call.act.actor.as_str()), (None, "applicant"));
        assert_eq!(call.caller.subject, "applicant");
    }

    #[test]
    fn names_every_wrong_field() {
        let status = frame(Some(&CommandMeta { mode: 9, ..CommandMeta::default() })).unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument);
        for field in ["meta.command_id", "meta.at", "meta.mode"] {
            assert!(status.message().contains(field), "{field}: {}", status.message());
        }
        assert_eq!(frame(None).unwrap_err().code(), Code::InvalidArgument);
    }

    #[test]
    fn refuses_an_act_in_the_future() {
        let mut late = meta();
        late.at = Some(prost_types::Timestamp { seconds: now().as_second() + 301, nanos: 0 });
        assert!(frame(Some(&late)).unwrap_err().message().contains("future"));
        late.at = Some(prost_types::Timestamp { seconds: now().as_second() + 300, nanos: 0 });
        assert!(frame(Some(&late)).is_ok());
    }

    #[test]
    fn an_act_of_more_than_a_week_ago_is_too_old_to_be_handled_and_can_be_reported() {
        let act = |seconds_ago: i64, nanos: i32, mode: WireMode| CommandMeta {
            at: Some(prost_types::Timestamp { seconds: now().as_second() - seconds_ago, nanos }),
            mode: mode.into(),
            ..meta()
        };
        let week = 7 * 24 * 60 * 60;
        let too_old = |seconds_ago, nanos, mode| frame(Some(&act(seconds_ago, nanos, mode))).unwrap().too_old;
        assert!(!too_old(week, 0, WireMode::Handling));
        assert!(too_old(week + 1, 999_999_999, WireMode::Handling) && too_old(week + 1, 0, WireMode::Handling));
        for seconds_ago in [week, week + 1, 3_000 * week] {
            assert!(!too_old(seconds_ago, 0, WireMode::Reporting), "{seconds_ago}");
        }
    }
}
