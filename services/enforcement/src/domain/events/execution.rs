//! Payment, surcharge, appeal, execution.

use jiff::civil::Date;
use law::id::{ItemCode, OfficerCode};
use lists::officers::Official;
use uuid::Uuid;

use super::{
    parts::{Delivery, Instalment},
    words::{PayChannel, ReceiptIssuer, ServiceMethod, SpotGround},
};

law::acts! {
    /// Money came in.
    struct FinePaid {
        /// Of the fine.
        amount_fen: i64,
        /// Of the surcharge.
        surcharge_fen: i64,
        /// How it was paid.
        channel: PayChannel,
        /// The officer who took it, on the spot.
        collector: Option<OfficerCode>,
        /// Why it was taken on the spot.
        spot_ground: Option<SpotGround>,
        /// Receipt of the fiscal authority, or of the bank.
        receipt: String,
        /// Of whom the receipt is; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt_of: Option<ReceiptIssuer>,
        /// Taken on the water: the day ashore, from which the two days run (APL 71).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ashore_on: Option<Date>,
    }
    /// The party refused to pay an officer who gave no receipt of the finance department, as it may (APL 70).
    struct PaymentDeclined {
        /// The officer.
        collector: OfficerCode,
        /// How much was to be collected.
        amount_fen: i64,
        /// What was noted of it.
        note: String,
    }
    /// The receipt was offered after all, or the party was sent to the bank: what it owes runs again.
    struct ReceiptOffered {
        /// Of whom the receipt is.
        receipt_of: ReceiptIssuer,
        /// Its number, or that of the payment slip for the bank.
        receipt: String,
    }
    /// Cash reached the agency (APL 71).
    struct CashDelivered {
        /// How much.
        amount_fen: i64,
    }
    /// Cash reached the bank (APL 71).
    struct CashBanked {
        /// How much.
        amount_fen: i64,
        /// The bank's receipt.
        receipt: String,
    }
    /// Payment was put off or split (APL 66).
    struct PaymentDeferred {
        /// Last day to pay.
        until: Date,
        /// In how many parts.
        instalments: u16,
        /// The head.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// The day of the party's application; absent in records from before it was asked, like the hardship and the parts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        applied_on: Option<Date>,
        /// The hardship that the party showed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hardship: Option<String>,
        /// The parts, in the order of their days.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        parts: Vec<Instalment>,
        /// Whether the approval says that a part which is not paid on its day lets the agency end it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ends_if_missed: bool,
    }
    /// Payment in parts was ended, because one was missed and the approval said so: the rest is owed on one day.
    struct DeferralEnded {
        /// Last day to pay the rest.
        pay_by: Date,
        /// The head.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
    }
    /// A surcharge was imposed (APL 72).
    struct SurchargeImposed {
        /// For how many days.
        days: u16,
        /// How much.
        amount_fen: i64,
        /// All surcharges so far.
        total_fen: i64,
    }
    /// An appeal was lodged.
    struct AppealLodged {
        /// Which.
        kind: AppealKind,
        /// Its case number there.
        reference: String,
    }
    /// The appeal is over.
    struct AppealEnded {
        /// Its case number there.
        reference: String,
        /// How it ended.
        outcome: String,
        /// The same as far as it matters for what the party may still do; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ending: Option<AppealEnding>,
    }
    /// A written demand was served (ACL 35, 54).
    struct DemandServed {
        /// What is demanded, with amount and way of payment.
        text: String,
        /// How it was served.
        method: ServiceMethod,
        /// Last day to perform.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        perform_by: Option<Date>,
        /// How it reached the party, as the receipt tells; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delivery: Option<Delivery>,
    }
    /// Execution by the agency itself, where a law gives it the power (ACL 13).
    struct ExecutionEnforced {
        /// What was executed.
        what: String,
        /// The compulsion item it rests on.
        item: ItemCode,
        /// The head.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// The emergency that allowed a night or a holiday (ACL 43).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urgent: Option<String>,
        /// In which way; absent in records from before it was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        way: Option<ExecutionWay>,
        /// The seal, seizure or freezing whose objects pay the fine (APL 72).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measure: Option<Uuid>,
        /// Evidence that the party moves or hides property (ACL 37).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moving: Vec<Uuid>,
    }
    /// The court was applied to (ACL 53).
    struct CourtApplied {
        /// Which court.
        court: String,
        /// 申请书.
        document: String,
    }
    /// The court answered.
    struct CourtAnswered {
        /// Whether it executes.
        accepted: bool,
        /// What it said.
        outcome: String,
    }
    /// What was not money was performed.
    struct PenaltyPerformed {
        /// What was performed.
        what: String,
    }
}

law::words! {
    /// In which way the agency itself executes (ACL 12).
    pub enum ExecutionWay {
        Transfer = "transfer" "划拨存款、汇款" "transfer of deposits",
        Dispose = "dispose" "拍卖或者依法处理查封、扣押的财物" "auction or disposal of seized goods",
        Restore = "restore" "排除妨碍、恢复原状" "removal of obstacles and restoring",
        Perform = "perform" "代履行" "performance in the party's place",
        Other = "other" "其他强制执行方式" "execution in another way",
    }
    /// How an appeal ended, as far as it matters for what the party may still do.
    pub enum AppealEnding {
        /// By a decision of the organ of reconsideration: 15 days to sue (APC 45).
        Decided = "decided" "作出复议决定" "decided",
        /// Withdrawn, lapsed or not accepted.
        Withdrawn = "withdrawn" "撤回、终止或者不予受理" "withdrawn, ended or not accepted",
        /// By mediation or settlement.
        Settled = "settled" "调解、和解结案" "settled",
        /// By a judgment or ruling of first instance, which may be appealed against (APC 85).
        JudgedFirst = "judged_first" "一审裁判" "judged at first instance",
        /// By a judgment or ruling that has taken effect.
        JudgedFinal = "judged_final" "生效裁判" "judged with final effect",
    }
    /// How a decision is appealed against.
    pub enum AppealKind {
        Reconsideration = "reconsideration" "行政复议" "reconsideration",
        Litigation = "litigation" "行政诉讼" "litigation",
    }
}
