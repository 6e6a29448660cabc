//! Whether an answer is the one that the plan expects.

use proto::{common::v1::Receipt, powerlist::v1::ImportListResponse};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::step::Expect;
use crate::Failure;

/// Whether files were taken in without a fault.
pub(super) fn imported(answer: ImportListResponse) -> Result<(), Failure> {
    let Some(fault) = answer.faults.first() else { return Ok(()) };
    let ImportListResponse { faults, .. } = &answer;
    Err(format!(
        "{} rows of the lists cannot be taken in; first: {} row {} {}: {}",
        faults.len(),
        fault.file,
        fault.row,
        fault.column,
        fault.en
    )
    .into())
}

/// Whether the answer is the expected one.
pub(super) fn judge(expect: &Expect, answer: &Result<Receipt, Status>) -> Result<(), String> {
    match (expect, answer) {
        (Expect::Clean, Ok(receipt)) if receipt.violations.is_empty() => Ok(()),
        (Expect::Clean, Ok(receipt)) => {
            Err(format!("lawful, but recorded with violations of {}", broken(receipt).join(", ")))
        }
        (Expect::Broken(rules), Ok(receipt)) => {
            let broken = broken(receipt);
            match rules.iter().find(|r| !broken.contains(*r)) {
                None => Ok(()),
                Some(rule) => Err(format!("{rule} should be recorded as broken, not {broken:?}")),
            }
        }
        (Expect::Refused(rule), Err(status)) => {
            let rules = refused_under(status);
            match rules.iter().any(|r| r == rule) {
                true => Ok(()),
                false => Err(format!("{rule} should refuse, but: {}", status.message())),
            }
        }
        (Expect::Refused(rule), Ok(_)) => Err(format!("{rule} should refuse, but it was recorded")),
        (_, Err(status)) => Err(format!("refused: {} {}", status.code(), status.message())),
    }
}

fn broken(receipt: &Receipt) -> Vec<&str> {
    receipt.violations.iter().map(|v| v.rule.as_str()).collect()
}

/// The rules that a refusal names.
fn refused_under(status: &Status) -> Vec<String> {
    let failure = status.get_details_precondition_failure();
    failure.map(|f| f.violations.into_iter().map(|v| v.r#type).collect()).unwrap_or_default()
}

/// Whether the suite could not take the command at the moment.
pub(super) fn transient(status: &Status) -> bool {
    matches!(status.code(), Code::Unavailable | Code::Aborted | Code::DeadlineExceeded)
        || (status.code() == Code::ResourceExhausted && status.get_details_retry_info().is_some())
}
