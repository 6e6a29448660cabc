//! What happens to what a person brings, as it is stored.
//!
//! Invariants:
//! - A stored type only ever gains optional fields; a new meaning is a new type string.
//! - No event holds who the person is, or the person's own words: a pseudonym, and digests of what the vault keeps.

mod handling;
mod intake;
mod person;

pub use handling::*;
pub use intake::*;
pub use person::*;

use law::{
    Breach,
    id::{RegionCode, Uscc},
    reaction::{EventFollowed, Led, Reacted, ReactionRefused},
    sealed::SealedText,
    series::{NumberIssued, Series},
    vocabulary::{Field, Form},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    vocabulary::{ANSWERED, NUMBER, SUMMARY, by::*, stage::*},
    words::*,
};

/// An agency that a matter goes to, as listed that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Organ {
    /// Its code.
    pub agency: Uscc,
    /// Its name.
    pub name: String,
    /// Its region.
    pub region: RegionCode,
}

/// A file of a person that the vault keeps, its bytes and its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SealedFile {
    /// The file, as the vault keeps it.
    #[serde(flatten)]
    pub sealed: SealedText,
    /// What its bytes show it to be: a media type.
    pub media_type: String,
    /// Its size in KiB, rounded up: whoever has the file must not know it again by its length.
    pub size_kib: u64,
}

/// Where a matter was registered first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The system, e.g. 12345.
    pub system: String,
    /// Its number there.
    pub number: String,
}

/// The law refused a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepRefused {
    /// Which, by the name of its RPC.
    pub step: String,
    /// Why.
    pub breaches: Vec<Breach>,
    /// What was asked, in a few words.
    pub summary: String,
    /// With which agency the matter lies.
    pub agency: Uscc,
    /// Of which region.
    pub region: RegionCode,
}

law::events! {
    /// Events of one matter.
    pub enum ComplaintEvent {
        ComplaintRegistered = "complaints.complaint.ComplaintRegistered.v1" as RegisterComplaint:
            did("登记", "Registered").to_do("登记", "register it").stage(REGISTER).by(OFFICE).fields(&[NUMBER, SUMMARY]).begins(),
        ComplaintSummarised = "complaints.complaint.ComplaintSummarised.v1" as SummariseComplaint:
            did("摘要", "Summarised").to_do("写出摘要", "summarise it").stage(REGISTER).by(OFFICE).fields(&[SUMMARY])
                after [ComplaintRegistered],
        ComplaintLinked = "complaints.complaint.ComplaintLinked.v1" as LinkComplaint:
            did("关联重复事项", "Linked to an earlier matter").to_do("关联重复事项", "link it to an earlier matter").by(OFFICE)
                after [ComplaintRegistered],
        ComplaintRedirected = "complaints.complaint.ComplaintRedirected.v1" as RedirectComplaint:
            did("诉访分离，导入法定途径", "Sent to its own procedure").to_do("导入法定途径", "send it to its own procedure").stage(ROUTE).by(OFFICE)
                after [ComplaintRegistered],
        ComplaintAssigned = "complaints.complaint.ComplaintAssigned.v1" as AssignComplaint:
            did("转送、交办", "Assigned").to_do("转送、交办", "assign it").stage(ROUTE).by(OFFICE)
                after [ComplaintRegistered, ObjectionDecided, AssignmentRuled],
        AssignmentObjected = "complaints.complaint.AssignmentObjected.v1" as ObjectAssignment:
            did("提出异议", "Assignment objected to").to_do("提出异议", "object to the assignment").stage(ROUTE).by(AGENCY)
                after [ComplaintAssigned],
        ObjectionDecided = "complaints.complaint.ObjectionDecided.v1" as DecideObjection:
            did("核实异议", "Objection decided").to_do("核实异议", "decide on the objection").stage(ROUTE).by(OFFICE)
                after [AssignmentObjected],
        AssignmentRuled = "complaints.complaint.AssignmentRuled.v1" as RuleAssignment:
            did("裁定承办机关", "Ruled whose matter it is").to_do("裁定承办机关", "rule whose matter it is").stage(ROUTE).by(LIST_OFFICE)
                after [ObjectionDecided],
        HandlingJoined = "complaints.complaint.HandlingJoined.v1" as JoinHandling:
            did("联合办理", "Handled jointly").to_do("联合办理", "have it handled jointly").by(OFFICE)
                after [ComplaintRegistered, ComplaintAssigned],
        ComplaintAccepted = "complaints.complaint.ComplaintAccepted.v1" as AcceptComplaint:
            did("受理", "Accepted").to_do("受理", "accept it").stage(ACCEPT).by(AGENCY).fields(&[SUMMARY])
                after [ComplaintRegistered, ComplaintAssigned],
        ComplaintDeclined = "complaints.complaint.ComplaintDeclined.v1" as DeclineComplaint:
            did("不予受理", "Not accepted").to_do("不予受理", "not accept it").stage(ACCEPT).by(AGENCY)
                .fields(&[Field::new("ground", "理由类型", "Ground", Form::Word(DeclineGround::WORDS))])
                after [ComplaintRegistered, ComplaintAssigned],
        SettlementExtended = "complaints.complaint.SettlementExtended.v1" as ExtendSettlement:
            did("延长办理期限", "Period extended").to_do("延长办理期限", "extend the period").by(HEAD)
                after [ComplaintAccepted],
        HearingHeld = "complaints.complaint.HearingHeld.v1" as HoldHearing:
            did("举行听证", "Hearing held").to_do("举行听证", "record a hearing").by(AGENCY)
                after [ComplaintAccepted],
        ComplaintAnswered = "complaints.complaint.ComplaintAnswered.v1" as AnswerComplaint:
            did("答复", "Answered").to_do("答复", "answer it").stage(ANSWER).by(AGENCY).part(ANSWERED)
                after [ComplaintAccepted, ComplaintRectified],
        OutcomeReturned = "complaints.complaint.OutcomeReturned.v1" as ReturnOutcome:
            did("反馈查处结果", "Outcome of the case told").to_do("反馈查处结果", "tell what came of the lead").by(AGENCY)
                after [ComplaintAccepted],
        AnswerRated = "complaints.complaint.AnswerRated.v1" as RateAnswer:
            did("评价", "Answer rated").to_do("评价", "record how the person rates the answer").stage(RATE).by(PERSON)
                after [ComplaintAnswered],
        ComplaintRectified = "complaints.complaint.ComplaintRectified.v1" as RectifyComplaint:
            did("整改", "Put right").to_do("整改", "record what was put right").stage(RATE).by(AGENCY)
                after [ComplaintAccepted, AnswerRated],
        ReviewRequested = "complaints.complaint.ReviewRequested.v1" as RequestReview:
            did("请求复查、复核", "Review asked for").to_do("请求复查、复核", "record a request for review or recheck").stage(REVIEW).by(PERSON)
                after [ComplaintAnswered, ReviewAnswered],
        ReviewAnswered = "complaints.complaint.ReviewAnswered.v1" as AnswerReview:
            did("提出复查、复核意见", "Review answered").to_do("提出复查、复核意见", "answer the review or recheck").stage(REVIEW).by(REVIEWER).part(ANSWERED)
                .fields(&[Field::new("outcome", "意见", "Opinion", Form::Word(ReviewOutcome::WORDS))])
                after [ReviewRequested],
        SupervisionRequested = "complaints.complaint.SupervisionRequested.v1" as RequestSupervision:
            did("提请督办", "Supervision asked for").to_do("提请督办", "ask for supervision").by(OFFICE)
                .fields(&[Field::new("ground", "督办情形", "Ground", Form::Word(SupervisionGround::WORDS))])
                after [ComplaintRegistered, ComplaintAssigned],
        ComplaintWithdrawn = "complaints.complaint.ComplaintWithdrawn.v1" as WithdrawComplaint:
            did("撤回", "Withdrawn").to_do("撤回", "record that the person took it back").stage(CLOSE).by(PERSON)
                after [ComplaintRegistered],
        ComplaintClosed = "complaints.complaint.ComplaintClosed.v1" as CloseComplaint:
            did("办结", "Closed").to_do("办结", "close it").stage(CLOSE).by(AGENCY)
                after [ComplaintAnswered, ReviewAnswered],
        StatementAdded = "complaints.complaint.StatementAdded.v1" as AddStatement:
            did("补充陈述", "Statement added").to_do("补充陈述", "add a statement of the person").by(PERSON)
                after [ComplaintRegistered],
        ReplySent = "complaints.complaint.ReplySent.v1" as SendReply:
            did("回复来件人", "Person written to").to_do("回复来件人", "write to the person").by(AGENCY)
                after [ComplaintRegistered],
        TextReleased = "complaints.complaint.TextReleased.v1" as ReleaseText:
            did("交付原文", "Sealed text released").to_do("交付原文", "release a sealed text").by(KEEPER)
                after [ComplaintRegistered],
        IdentityOpened = "complaints.complaint.IdentityOpened.v1" as OpenIdentity:
            did("启封身份", "Identity opened").to_do("启封身份", "open the sealed identity").by(KEEPER)
                after [ComplaintRegistered],
        IdentityShredded = "complaints.complaint.IdentityShredded.v1" as ShredIdentity:
            did("粉碎身份", "Identity shredded").to_do("粉碎身份", "shred the sealed identity").by(KEEPER)
                after [ComplaintRegistered],
        ReportRewarded = "complaints.complaint.ReportRewarded.v1" as RewardReport:
            did("奖励举报", "Report rewarded").to_do("奖励举报", "reward the report").by(HEAD)
                after [ComplaintAccepted],
        StepRefused = "complaints.complaint.StepRefused.v1":
            did("步骤被拒绝", "Step refused"),
    }
    /// What may be asked of a matter, with the event as the caller asserts it.
    pub enum Step: super::complaint::Asked;
}

law::events! {
    /// What was followed of other services.
    pub enum ReactionEvent {
        EventFollowed = "complaints.reaction.EventFollowed.v1": did("联动", "Event followed"),
        ReactionRefused = "complaints.reaction.ReactionRefused.v1": did("联动未成", "Event could not be followed"),
    }
}

impl Reacted for ReactionEvent {
    fn led(&self) -> &Led {
        match self {
            Self::EventFollowed(e) => &e.led,
            Self::ReactionRefused(e) => &e.led,
        }
    }
}

law::events! {
    /// Numbers of registers and answers.
    pub enum SeriesEvent {
        NumberIssued = "complaints.series.NumberIssued.v1": did("编发文号", "Number issued"),
    }
}

/// 登记号.
pub const REGISTERED: Series = Series { word: "register", mark: "访登" };
/// 答复文号.
pub const REPLY: Series = Series { word: "reply", mark: "访复" };
/// 复查意见文号.
pub const OF_REVIEW: Series = Series { word: "review", mark: "复查" };
/// 复核意见文号.
pub const OF_RECHECK: Series = Series { word: "recheck", mark: "复核" };
/// All of them.
pub const SERIES: [Series; 4] = [REGISTERED, REPLY, OF_REVIEW, OF_RECHECK];

impl AsRef<NumberIssued> for SeriesEvent {
    fn as_ref(&self) -> &NumberIssued {
        let Self::NumberIssued(issued) = self;
        issued
    }
}
