//! What happens beyond one case: numbers, fines of a party, orders of an agency.

use jiff::civil::Date;
use law::id::{RegionCode, Uscc};
use uuid::Uuid;

use super::{
    parts::{DecidedAct, DistinctCase},
    words::{AreaStopGround, TargetMeasure},
};

law::acts! {
    /// A target was set for an agency and a year.
    struct TargetSet {
        /// For whom.
        agency: Uscc,
        /// For which year.
        year: i16,
        /// What it is measured in.
        measure: TargetMeasure,
        /// The number.
        value: i64,
        /// In words.
        description: String,
        /// Who set it.
        set_by: String,
    }
    /// A trade was ordered to stop in an area (BER 59).
    struct AreaStopOrdered {
        /// Who ordered it.
        agency: Uscc,
        /// Where.
        area: RegionCode,
        /// Which trade.
        trade: String,
        /// Why; absent only when reported without one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<AreaStopGround>,
        /// Law or regulation it rests on.
        basis: String,
        /// Document of the body that approved it.
        approval: String,
    }
    /// The party was fined for an act.
    struct FineRecorded {
        /// In which case.
        case: Uuid,
        /// 文号 of the decision.
        number: String,
        /// By whom.
        agency: Uscc,
        /// Where the act was done.
        region: RegionCode,
        /// Address.
        place: String,
        /// First day of the act.
        from: Date,
        /// Last day that the decision covers.
        until: Date,
        /// The act.
        fact: String,
        /// Earlier fines that were said to be for other acts.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        distinct_from: Vec<DistinctCase>,
    }
    /// A case was filed against the party: what the next one for the same act is told by (APL 29).
    struct ActFiled {
        /// In which case.
        case: Uuid,
        /// 立案号.
        number: String,
        /// By whom.
        agency: Uscc,
        /// Its name.
        agency_name: String,
        /// Where the act was done.
        region: RegionCode,
        /// Address.
        place: String,
        /// First day of the act.
        from: Date,
        /// Last day as far as it was known.
        until: Date,
    }
    /// A decision of the party's was revoked and is to be made again: what must not be decided once more (ARL 64).
    struct ActRevoked {
        /// In which case.
        case: Uuid,
        /// 文号 of the revoked decision.
        number: String,
        /// Where the violation happened.
        region: RegionCode,
        /// Address.
        place: String,
        /// First day of the violation.
        from: Date,
        /// Last day that the decision covered.
        until: Date,
        /// What it came to.
        act: DecidedAct,
    }
    /// The fine is no more: its decision was overturned.
    struct FineLifted {
        /// In which case.
        case: Uuid,
        /// Why.
        reason: String,
    }
}
