//! What can go wrong with a command, and what the client is told.

use std::time::Duration;

use law::check::{Breach, Refusal};
use ledger::{AppendError, ReadError};
use tonic::{Code, Status};
use tonic_types::{
    ErrorDetail, ErrorInfo, FieldViolation, LocalizedMessage, PreconditionFailure, PreconditionViolation, RetryInfo,
    StatusExt as _,
};
use uuid::Uuid;

use crate::auth::TokenError;

const DOMAIN: &str = "fazhi";
/// How what we answer INTERNAL with begins, and how that stands in the header `grpc-message`.
const INCIDENT: &str = "internal error; report incident";
pub(crate) const INCIDENT_ON_THE_WIRE: &str = "internal%20error;%20report%20incident";
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    /// The law or the state says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The caller may not.
    #[error("{en}")]
    Denied {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// The matter changed underneath, three times in a row.
    #[error("the matter is being changed by others; try again")]
    Conflict,
    /// The command id was used before for another command.
    #[error("command {0} was recorded before with another body; use a new command_id for a new command")]
    Reused(Uuid),
    /// Too many commands wait.
    #[error("too many commands are waiting; try again in a moment")]
    Overloaded,
    /// Nothing is recorded any more until an operator has seen to it.
    #[error("read-only: {0}")]
    ReadOnly(String),
    /// The ledger's database does not answer; nothing acknowledged is lost.
    #[error("the ledger cannot be reached; try again with the same command_id")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The command is larger than the ledger takes.
    #[error("{0}")]
    TooLarge(String),
    /// A bug or damage; the client gets an incident id only.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ExecuteError {
    /// An internal error with its cause.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }
}

impl From<AppendError> for ExecuteError {
    fn from(e: AppendError) -> Self {
        match e {
            AppendError::Conflict { .. } => Self::Conflict,
            AppendError::CommandReused { command_id } => Self::Reused(command_id),
            AppendError::Invalid(what) => Self::TooLarge(what),
            AppendError::Overloaded => Self::Overloaded,
            other => Self::Unavailable(other.into()),
        }
    }
}

impl From<ReadError> for ExecuteError {
    fn from(e: ReadError) -> Self {
        match e {
            ReadError::Unavailable(_) => Self::Unavailable(e.into()),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<ExecuteError> for Status {
    fn from(e: ExecuteError) -> Self {
        let message = e.to_string();
        match e {
            ExecuteError::Refused(refusal) => refused(refusal),
            ExecuteError::Denied { zh, en } => {
                Status::with_error_details_vec(Code::PermissionDenied, en.clone(), both(&zh, &en))
            }
            ExecuteError::Conflict => retry(Code::Aborted, message),
            ExecuteError::Reused(_) => Status::already_exists(message),
            ExecuteError::Overloaded => retry(Code::ResourceExhausted, message),
            ExecuteError::ReadOnly(_) => {
                let reason = ErrorDetail::ErrorInfo(ErrorInfo::new("READ_ONLY", DOMAIN, []));
                Status::with_error_details_vec(Code::FailedPrecondition, message, vec![reason])
            }
            ExecuteError::TooLarge(_) => Status::resource_exhausted(message),
            ExecuteError::Unavailable(source) => {
                tracing::error!(error = %chain(source.as_ref()), "the ledger is unavailable");
                retry(Code::Unavailable, message)
            }
            ExecuteError::Internal(source) => incident(source.as_ref()),
        }
    }
}

impl From<TokenError> for Status {
    fn from(e: TokenError) -> Self {
        match e {
            TokenError::Refused(_) => Status::unauthenticated(e.to_string()),
            TokenError::Away(_) => retry(Code::Unavailable, e.to_string()),
        }
    }
}

/// Logs an error once and gives the client an incident id to report.
pub fn incident(source: &(dyn std::error::Error + 'static)) -> Status {
    let incident = Uuid::now_v7();
    tracing::error!(%incident, error = %chain(source), "internal error");
    Status::internal(format!("{INCIDENT} {incident}"))
}

/// An error with everything beneath it, for the log.
pub fn chain(e: &(dyn std::error::Error + 'static)) -> String {
    let mut out = e.to_string();
    let mut next = e.source();
    while let Some(e) = next {
        out.push_str(": ");
        out.push_str(&e.to_string());
        next = e.source();
    }
    out
}

fn retry(code: Code, message: String) -> Status {
    Status::with_error_details_vec(code, message, vec![ErrorDetail::RetryInfo(RetryInfo::new(Some(RETRY_AFTER)))])
}

fn both(zh: &str, en: &str) -> Vec<ErrorDetail> {
    vec![
        ErrorDetail::LocalizedMessage(LocalizedMessage::new("zh-CN", zh)),
        ErrorDetail::LocalizedMessage(LocalizedMessage::new("en", en)),
    ]
}

fn refused(refusal: Refusal) -> Status {
    match refusal {
        Refusal::Unlawful(breaches) => unlawful(&breaches),
        Refusal::State { code, zh, en } => {
            let mut details = vec![ErrorDetail::ErrorInfo(ErrorInfo::new(code, DOMAIN, []))];
            details.extend(both(&zh, &en));
            Status::with_error_details_vec(Code::FailedPrecondition, en, details)
        }
        Refusal::NotFound { what, id } => Status::with_error_details_vec(
            Code::NotFound,
            format!("there is no {what} {id}"),
            vec![ErrorDetail::ResourceInfo(tonic_types::ResourceInfo::new(what, id, "", ""))],
        ),
        Refusal::Invalid { field, en } => Status::with_error_details_vec(
            Code::InvalidArgument,
            format!("{field}: {en}"),
            vec![ErrorDetail::BadRequest(tonic_types::BadRequest::new(vec![FieldViolation::new(field, en)]))],
        ),
    }
}

/// FAILED_PRECONDITION: the first rule as ErrorInfo, every broken rule as a precondition, both languages.
fn unlawful(breaches: &[Breach]) -> Status {
    let join = |f: fn(&Breach) -> &str| breaches.iter().map(f).collect::<Vec<_>>().join(" ");
    let (zh, en) = (join(|b| &b.zh), join(|b| &b.en));
    let mut details = Vec::new();
    if let Some(first) = breaches.first() {
        details.push(ErrorDetail::ErrorInfo(ErrorInfo::new(
            first.rule.clone(),
            DOMAIN,
            [("rule".to_owned(), first.rule.clone()), ("citation".to_owned(), first.citation.clone())],
        )));
    }
    details.push(ErrorDetail::PreconditionFailure(PreconditionFailure::new(
        breaches
            .iter()
            .map(|b| PreconditionViolation::new(b.rule.clone(), b.citation.clone(), format!("{} / {}", b.zh, b.en)))
            .collect::<Vec<_>>(),
    )));
    details.extend(both(&zh, &en));
    let rules = breaches.iter().map(|b| format!("{} {}", b.rule, b.citation)).collect::<Vec<_>>().join("; ");
    Status::with_error_details_vec(Code::FailedPrecondition, format!("[{rules}] {en}"), details)
}
