//! Confiscated goods, and money that goes back.

use super::words::DisposalWay;

law::acts! {
    /// Confiscated goods were disposed of (APL 74).
    struct GoodsDisposed {
        /// Which.
        what: String,
        /// How.
        way: DisposalWay,
        /// The provision, where they were not auctioned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        basis: Option<String>,
        /// What they brought, in fen.
        proceeds_fen: i64,
        /// The treasury's receipt for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<String>,
        /// Which of the decision's confiscations of goods, from 1; absent in records from before it was asked, and where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        goods: Option<u16>,
    }
    /// Money paid under a decision that fell was given back.
    struct FineRefunded {
        /// How much, in fen.
        amount_fen: i64,
        /// Why.
        reason: String,
        /// Number of the refund.
        document: String,
    }
}
