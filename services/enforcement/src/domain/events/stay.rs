//! Execution that stands still while an appeal is pending.

use jiff::civil::Date;
use lists::officers::Official;

law::acts! {
    /// Execution stands still from this day on, though an appeal does not stop it by itself (APL 73).
    struct ExecutionStayed {
        /// Who ordered it.
        by: StayedBy,
        /// The appeal in which it was ordered: its case number there.
        reference: String,
        /// The provision that allows it: statute, article, item.
        provision: String,
        /// Why.
        reason: String,
        /// The last day, where one is set; else it lasts until it is lifted, or the appeal ends.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        /// The ruling or notice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
    }
    /// Execution goes on before the appeal ends.
    struct StayLifted {
        /// The appeal.
        reference: String,
        /// Why.
        reason: String,
    }
    /// The party asked that its detention wait (APL 73).
    struct StayRequested {
        /// The appeal.
        reference: String,
        /// What it says.
        reason: String,
    }
    /// That was granted or refused.
    struct StayAnswered {
        /// The appeal.
        reference: String,
        /// Whether the detention waits from now on.
        granted: bool,
        /// The provision by which it was judged.
        provision: String,
        /// The guarantor by office or relation, or the deposit: no citizen's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guarantee: Option<String>,
        /// Reasons.
        reasons: String,
        /// The head.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
    }
}

law::words! {
    /// On whose word execution stands still.
    pub enum StayedBy {
        Agency = "agency" "作出处罚决定的机关" "the agency that decided",
        Organ = "organ" "行政复议机关" "the organ of reconsideration",
        Court = "court" "人民法院" "the court",
        Law = "law" "法律、法规、规章直接规定" "a law, regulation or rule by itself",
    }
}
