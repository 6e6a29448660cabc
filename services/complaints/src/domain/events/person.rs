//! Between the person and the office: sealed texts, the sealed identity, the reward.

use law::{id::OfficerCode, sealed::SealedText};
use uuid::Uuid;

use super::Organ;
use crate::domain::words::*;

law::acts! {
    /// The person added something.
    struct StatementAdded {
        /// The text, as the vault keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sealed: Option<SealedText>,
    }
    /// The person was written to.
    struct ReplySent {
        /// The text, as the vault keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sealed: Option<SealedText>,
    }
    /// The keeper released a sealed text to an agency.
    struct TextReleased {
        /// Which.
        sealed: SealedText,
        /// To whom.
        to: Organ,
        /// Why it must know the words themselves.
        reason: String,
        /// The keeper who released it.
        opened_by: OfficerCode,
        /// The second person, who looked at it too.
        second: OfficerCode,
    }
    /// A sealed identity was opened.
    struct IdentityOpened {
        /// Whose, by the pseudonym.
        complainant: Uuid,
        /// Why it must be known.
        reason: String,
        /// The keeper who opened it.
        opened_by: OfficerCode,
        /// The second person.
        second: OfficerCode,
    }
    /// The key of the person was shredded: identity and words are unreadable from now on, in every copy.
    struct IdentityShredded {
        /// What was sealed under it, as the record names it: it stays, and proves what it proved.
        shredded: Vec<SealedText>,
        /// Why it is needed no more.
        reason: String,
        /// The keeper who shredded it.
        shredded_by: OfficerCode,
        /// The second person.
        second: OfficerCode,
    }
    /// A report that proved true was rewarded.
    struct ReportRewarded {
        /// In fen.
        amount_fen: i64,
        /// The provision or document that the reward rests on.
        basis: String,
        /// How it was paid.
        method: RewardMethod,
        /// Number of the payment.
        payment: String,
    }
}
