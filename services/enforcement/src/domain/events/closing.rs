//! The end of a case, and the attempts that the law refused.

use law::{
    check::Breach,
    ending::LeftOpen,
    id::{RegionCode, Uscc},
};
use lists::officers::Official;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::CloseReason;

law::acts! {
    /// A major penalty was reported upward (BT 26).
    struct FiledUpward {
        /// To whom.
        to: String,
        /// The document.
        document: String,
    }
    /// The case ended.
    struct CaseClosed {
        /// Why.
        reason: CloseReason,
        /// The head.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// What the agency still owed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left: Vec<LeftOpen>,
    }
    /// The file was archived.
    struct CaseArchived {
        /// 档号.
        archive_number: String,
        /// Volumes.
        volumes: u16,
        /// Pages.
        pages: u16,
        /// SHA-256 of the file's list of contents.
        contents_sha256: String,
    }
}

/// An attempt that the law refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepRefused {
    /// The command.
    pub step: String,
    /// The rules it ran against.
    pub breaches: Vec<Breach>,
    /// What was tried, in a sentence.
    pub summary: String,
    /// The agency that tried it.
    pub agency: Uscc,
    /// Its region.
    pub region: RegionCode,
}
