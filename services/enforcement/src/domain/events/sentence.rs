//! The sentence of a court about the same violation.

law::acts! {
    /// A court sentenced the party for the violation (APL 35).
    struct SentencePassed {
        /// Which court.
        court: String,
        /// Number of the judgment.
        document: String,
        /// For which crime.
        crime: String,
        /// 罚金, in fen; 0 where there is none.
        fine_fen: i64,
        /// Whether 拘役 or 有期徒刑 was imposed.
        confined: bool,
    }
    /// What the agency had imposed was set off against the sentence (APL 35).
    struct PenaltySetOff {
        /// Of the fine, in fen.
        fine_fen: i64,
        /// Of detention.
        days: u16,
        /// The court's document.
        document: String,
    }
}
