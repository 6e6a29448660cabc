//! What happens to an application, as it is stored.
//!
//! Invariant: a stored type only ever gains optional fields; a new meaning is a new type string.

mod course;
mod decide;
mod handle;
mod litigate;
mod parts;
mod receive;

pub use course::*;
pub use decide::*;
pub use handle::*;
pub use litigate::*;
pub use parts::*;
pub use receive::*;

use law::{
    Breach,
    id::{RegionCode, Uscc},
    reaction::{EventFollowed, Led, Reacted, ReactionRefused},
    series::{NumberIssued, Series},
    vocabulary::{
        Field,
        Form::{Plain, Word as OneOf},
        Part,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    vocabulary::{DECIDED, MEDIATED, by::*, stage::*},
    words::*,
};

/// The law refused a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepRefused {
    /// Which, by the name of its RPC.
    pub step: String,
    /// Why.
    pub breaches: Vec<Breach>,
    /// What was asked, in a few words.
    pub summary: String,
    /// Who tried.
    pub agency: Uscc,
    /// Of which region.
    pub region: RegionCode,
}

/// An application against an act was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActAppealed {
    /// Which application.
    pub appeal: Uuid,
    /// Who applied, as far as it tells him from others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant: Option<String>,
}

law::events! {
    /// Events of one application.
    pub enum AppealEvent {
        ApplicationReceived = "reconsideration.appeal.ApplicationReceived.v1" as ApplyForReconsideration:
            did("收到复议申请", "Application received").to_do("登记复议申请", "register an application").stage(APPLY).by(APPLICANT)
                .fields(&[Field::hidden("appeal")]).begins(),
        SupplementRequested = "reconsideration.appeal.SupplementRequested.v1" as RequestSupplement:
            did("通知补正", "Supplement requested").to_do("通知补正", "ask for a supplement").stage(APPLY).by(ORGAN)
                after [ApplicationReceived],
        SupplementExtended = "reconsideration.appeal.SupplementExtended.v1" as ExtendSupplement:
            did("延长补正期限", "Time to supplement extended").to_do("延长补正期限", "extend the time to supplement").stage(APPLY).by(ORGAN)
                after [SupplementRequested],
        ApplicationSupplemented = "reconsideration.appeal.ApplicationSupplemented.v1" as SupplementApplication:
            did("收到补正材料", "Application supplemented").to_do("登记补正材料", "record the supplement").stage(APPLY).by(APPLICANT)
                after [SupplementRequested],
        ApplicationLapsed = "reconsideration.appeal.ApplicationLapsed.v1" as LapseApplication:
            did("视为放弃申请", "Taken as given up").to_do("视为放弃申请", "record that it was given up").stage(ACCEPT).by(ORGAN)
                after [SupplementRequested],
        ApplicationAccepted = "reconsideration.appeal.ApplicationAccepted.v1" as AcceptApplication:
            did("受理", "Accepted").to_do("受理", "accept the application").stage(ACCEPT).by(ORGAN)
                .fields(&[Field::new("ground", "适用简易程序的理由", "Why simple", OneOf(SimpleGround::WORDS)), Field::new("on", "受理之日", "Accepted on", Plain)])
                after [ApplicationReceived, ApplicationSupplemented],
        ApplicationRejected = "reconsideration.appeal.ApplicationRejected.v1" as RejectApplication:
            did("不予受理", "Not accepted").to_do("决定不予受理", "decide not to accept it").stage(ACCEPT).by(ORGAN)
                after [ApplicationReceived, ApplicationSupplemented],
        HandlersAssigned = "reconsideration.appeal.HandlersAssigned.v1" as AssignHandlers:
            did("指定承办人员", "Handlers assigned").to_do("指定承办人员", "assign handlers").stage(REVIEW).by(ORGAN)
                after [ApplicationReceived],
        HandlerRecused = "reconsideration.appeal.HandlerRecused.v1" as RecuseHandler:
            did("决定回避", "Handler recused").to_do("决定回避", "recuse a handler").stage(REVIEW).by(INSTITUTION_HEAD)
                after [HandlersAssigned],
        ThirdPartyJoined = "reconsideration.appeal.ThirdPartyJoined.v1" as JoinThirdParty:
            did("第三人参加复议", "Third party joined").to_do("通知第三人参加", "let a third party in").stage(REVIEW).by(THIRD_PARTY)
                after [ApplicationReceived],
        SpeakersNamed = "reconsideration.appeal.SpeakersNamed.v1" as NameSpeakers:
            did("推选代表人、委托代理人", "Representatives named").to_do("登记代表人、代理人", "record representatives or agents").stage(REVIEW).by(APPLICANT)
                after [ApplicationReceived],
        PartyOpened = "reconsideration.appeal.PartyOpened.v1" as OpenParty:
            did("启封当事人身份", "Party's identity opened").to_do("启封当事人身份", "open the sealed identity of a party").by(ORGAN)
                .fields(&[Field::hidden("entry"), Field::new("reason", "启封理由", "Why it was opened", Plain)])
                after [ApplicationReceived],
        AppealsJoined = "reconsideration.appeal.AppealsJoined.v1" as JoinAppeals:
            did("合并审理", "Cases joined").to_do("合并审理", "join it with another case").stage(REVIEW).by(ORGAN)
                after [ApplicationReceived],
        ProcedureChanged = "reconsideration.appeal.ProcedureChanged.v1" as ChangeProcedure:
            did("转为普通程序", "Changed to the ordinary procedure").to_do("转为普通程序", "change to the ordinary procedure").stage(REVIEW).by(INSTITUTION_HEAD)
                after [ApplicationReceived],
        CopySent = "reconsideration.appeal.CopySent.v1" as SendCopy:
            did("发送申请书副本", "Copy sent to the respondent").to_do("发送申请书副本", "send the respondent the copy").stage(ANSWER).by(ORGAN)
                after [ApplicationReceived],
        AnswerGiven = "reconsideration.appeal.AnswerGiven.v1" as GiveAnswer:
            did("被申请人答复", "Respondent answered").to_do("提出答复、提交证据", "answer with evidence").stage(ANSWER).by(RESPONDENT)
                after [CopySent],
        EvidenceAdded = "reconsideration.appeal.EvidenceAdded.v1" as AddEvidence:
            did("被申请人补充证据", "Respondent added evidence").to_do("补充证据", "add evidence").stage(REVIEW).by(RESPONDENT)
                after [ApplicationReceived],
        EvidenceTaken = "reconsideration.appeal.EvidenceTaken.v1" as TakeEvidence:
            did("复议机构调查取证", "Evidence taken").to_do("调查取证", "take evidence").stage(REVIEW).by(ORGAN)
                after [ApplicationReceived],
        FileRead = "reconsideration.appeal.FileRead.v1" as ReadFile:
            did("查阅案卷", "File read").to_do("处理查阅申请", "answer a request to read the file").stage(REVIEW).by(ORGAN)
                after [AnswerGiven],
        OpinionHeard = "reconsideration.appeal.OpinionHeard.v1" as HearOpinion:
            did("听取意见", "Party heard").to_do("听取意见", "hear a party").stage(REVIEW).by(ORGAN)
                after [ApplicationReceived],
        HearingNotified = "reconsideration.appeal.HearingNotified.v1" as NotifyHearing:
            did("通知听证", "Hearing notified").to_do("听证通知", "notify the hearing").stage(REVIEW).by(ORGAN)
                after [ApplicationReceived],
        HearingHeld = "reconsideration.appeal.HearingHeld.v1" as HoldHearing:
            did("举行听证", "Hearing held").to_do("举行听证", "record the hearing").stage(REVIEW).by(ORGAN)
                after [ApplicationReceived],
        CommitteeHeard = "reconsideration.appeal.CommitteeHeard.v1" as HearCommittee:
            did("复议委员会提出意见", "Committee heard").to_do("记录委员会意见", "record the committee's opinion").stage(REVIEW).by(COMMITTEE)
                after [ApplicationReceived],
        NormQuestioned[norm] = "reconsideration.appeal.NormQuestioned.v1" as QuestionNorm:
            did("启动附带审查", "Review of the basis began").to_do("启动附带审查", "begin the review of a basis").stage(REVIEW).by(ORGAN)
                .fields(&[Field::new("source", "启动方式", "Begun by", OneOf(NormSource::WORDS)), Field::new("document", "文件或者条款", "Document or provision", Plain), Field::hidden("norm")])
                after [ApplicationReceived],
        NormReferred = "reconsideration.appeal.NormReferred.v1" as ReferNorm:
            did("转送有权机关", "Passed on").to_do("转送有权机关", "pass the question on").stage(REVIEW).by(ORGAN)
                .fields(&[Field::new("to", "转送机关", "Passed on to", Plain), Field::hidden("norm")])
                after [NormQuestioned[norm]],
        NormSettled = "reconsideration.appeal.NormSettled.v1" as SettleNorm:
            did("附带审查结果", "Review of the basis ended").to_do("记录审查结果", "record what became of it").stage(REVIEW).by(ORGAN)
                .fields(&[Field::hidden("norm")])
                after [NormQuestioned[norm]],
        AppealSuspended = "reconsideration.appeal.AppealSuspended.v1" as SuspendAppeal:
            did("中止", "Suspended").to_do("中止", "suspend the case").stage(REVIEW).by(ORGAN)
                .fields(&[Field::new("ground", "中止情形", "Ground", OneOf(SuspendGround::WORDS))])
                after [ApplicationReceived],
        AppealResumed = "reconsideration.appeal.AppealResumed.v1" as ResumeAppeal:
            did("恢复审理", "Resumed").to_do("恢复审理", "resume the case").stage(REVIEW).by(ORGAN)
                after [AppealSuspended],
        AppealTerminated = "reconsideration.appeal.AppealTerminated.v1" as TerminateAppeal:
            did("终止", "Terminated").to_do("终止", "terminate the case").stage(DECIDE).by(ORGAN)
                .fields(&[Field::new("ground", "终止情形", "Ground", OneOf(EndGround::WORDS))])
                after [ApplicationReceived],
        AppealWithdrawn = "reconsideration.appeal.AppealWithdrawn.v1" as WithdrawAppeal:
            did("撤回申请", "Withdrawn").to_do("撤回申请", "record a withdrawal").stage(DECIDE).by(APPLICANT)
                after [ApplicationReceived],
        MediationHeld = "reconsideration.appeal.MediationHeld.v1" as HoldMediation:
            did("调解", "Mediation").to_do("调解", "record a mediation").stage(DECIDE).by(ORGAN).part(MEDIATED)
                after [ApplicationReceived],
        StayDecided = "reconsideration.appeal.StayDecided.v1" as DecideStay:
            did("决定是否停止执行", "Stay decided").to_do("决定是否停止执行", "decide on a stay of execution").stage(REVIEW).by(ORGAN)
                .fields(&[Field::new("ground", "停止执行情形", "Ground", OneOf(StayGround::WORDS))])
                after [ApplicationReceived],
        DecisionExtended = "reconsideration.appeal.DecisionExtended.v1" as ExtendDecision:
            did("延长复议期限", "Period extended").to_do("延长复议期限", "extend the period to decide").stage(REVIEW).by(INSTITUTION_HEAD)
                after [ApplicationReceived],
        AppealDecided = "reconsideration.appeal.AppealDecided.v1" as DecideAppeal:
            did("作出复议决定", "Decided").to_do("作出复议决定", "decide").stage(DECIDE).by(ORGAN_HEAD).part(DECIDED)
                .fields(&[Field::new("ground", "理由", "Ground", OneOf(Ground::WORDS)), Field::hidden("respondent")])
                after [ApplicationReceived],
        DecisionServed = "reconsideration.appeal.DecisionServed.v1" as ServeDecision:
            did("送达", "Served").to_do("送达", "serve the decision").stage(SERVE).by(ORGAN).part(Part::Service)
                .fields(&[Field::new("method", "送达方式", "How", OneOf(Delivery::WORDS)), Field::hidden("again")])
                after [AppealDecided, MediationHeld],
        DecisionPublished = "reconsideration.appeal.DecisionPublished.v1" as PublishDecision:
            did("公开决定书", "Published").to_do("公开决定书", "publish the decision").stage(SERVE).by(ORGAN)
                after [AppealDecided],
        LetterIssued[letter] = "reconsideration.appeal.LetterIssued.v1" as IssueLetter:
            did("制发意见书、建议书", "Letter issued").to_do("制发意见书、建议书", "issue a letter").stage(DECIDE).by(ORGAN)
                .fields(&[Field::new("kind", "文书", "Letter", OneOf(LetterKind::WORDS))])
                after [ApplicationReceived],
        LetterAnswered = "reconsideration.appeal.LetterAnswered.v1" as AnswerLetter:
            did("报送纠正情况", "Letter answered").to_do("报送纠正情况", "report what was corrected").stage(PERFORM).by(RESPONDENT)
                after [LetterIssued[letter]],
        DecisionPerformed = "reconsideration.appeal.DecisionPerformed.v1" as PerformDecision:
            did("履行复议决定", "Performed").to_do("报告履行情况", "report the performance").stage(PERFORM).by(RESPONDENT)
                after [DecisionServed],
        ActRedone = "reconsideration.appeal.ActRedone.v1" as RedoAct:
            did("重新作出行政行为", "Act done again").to_do("报告重新作出的行政行为", "report the act done again").stage(PERFORM).by(RESPONDENT)
                .fields(&[Field::new("penalties", "处罚", "Penalties", lists::facts::PENALTY)])
                after [DecisionServed],
        PerformancePressed = "reconsideration.appeal.PerformancePressed.v1" as PressPerformance:
            did("督促履行", "Made to perform").to_do("责令履行、约谈、通报", "order, summon or name the respondent").stage(PERFORM).by(ORGAN)
                after [DecisionServed],
        CompensationClaimed = "reconsideration.appeal.CompensationClaimed.v1" as ClaimCompensation:
            did("申请支付赔偿金", "Payment claimed").to_do("申请支付赔偿金", "record a claim to be paid").stage(PERFORM).by(APPLICANT)
                after [DecisionServed],
        CompensationPaid = "reconsideration.appeal.CompensationPaid.v1" as PayCompensation:
            did("支付赔偿金", "Compensation paid").to_do("支付赔偿金", "record the payment").stage(PERFORM).by(RESPONDENT)
                after [CompensationClaimed],
        EffectNoted = "reconsideration.appeal.EffectNoted.v1" as NoteEffect:
            did("结果反馈", "Effect noted").to_do("登记结果反馈", "note what it led to").stage(PERFORM).by(RESPONDENT)
                after [AppealDecided],
        SuitFiled[suit] = "reconsideration.appeal.SuitFiled.v1" as RecordSuit:
            did("提起行政诉讼", "Suit filed").to_do("登记行政诉讼", "record a suit").stage(LITIGATE).by(APPLICANT)
                after [ApplicationReceived],
        SuitHeard = "reconsideration.appeal.SuitHeard.v1" as RecordTrial:
            did("开庭审理", "Suit heard").to_do("登记开庭", "record the trial").stage(LITIGATE).by(COURT)
                after [SuitFiled[suit]],
        JudgmentGiven[suit] = "reconsideration.appeal.JudgmentGiven.v1" as RecordJudgment:
            did("法院裁判", "Judgment").to_do("登记裁判", "record the judgment").stage(LITIGATE).by(COURT)
                after [SuitFiled[suit]],
        JudgmentPerformed = "reconsideration.appeal.JudgmentPerformed.v1" as PerformJudgment:
            did("履行裁判", "Judgment performed").to_do("登记履行裁判", "record that it was performed").stage(LITIGATE).by(RESPONDENT)
                after [SuitFiled[suit], JudgmentGiven[suit]],
        SuggestionReceived[suggestion] = "reconsideration.appeal.SuggestionReceived.v1" as RecordSuggestion:
            did("收到司法建议", "Judicial suggestion received").to_do("登记司法建议", "record a judicial suggestion").stage(LITIGATE).by(COURT)
                .fields(&[Field::new("from", "建议机关", "From", Plain)])
                after [ApplicationReceived],
        SuggestionAnswered = "reconsideration.appeal.SuggestionAnswered.v1" as AnswerSuggestion:
            did("反馈司法建议", "Judicial suggestion answered").to_do("反馈司法建议", "answer a judicial suggestion").stage(LITIGATE).by(RESPONDENT)
                after [SuggestionReceived[suggestion]],
        AppealClosed = "reconsideration.appeal.AppealClosed.v1" as CloseAppeal:
            did("结案归档", "Closed").to_do("结案归档", "close the file").stage(CLOSE).by(ORGAN)
                after [ApplicationReceived, ApplicationRejected, ApplicationLapsed, AppealWithdrawn, AppealTerminated, AppealDecided, MediationHeld],
        StepRefused = "reconsideration.appeal.StepRefused.v1": did("步骤被拒绝", "Step refused"),
    }
    /// What may be asked of an application.
    pub enum Step: super::appeal::Asked;
}

law::events! {
    /// Applications against one act, whoever made them: what ARL 30 and 74 look at.
    pub enum ActEvent {
        ActAppealed = "reconsideration.act.ActAppealed.v1": did("登记复议案件", "Application recorded")
            .fields(&[Field::hidden("appeal"), Field::new("applicant", "申请人代码", "Applicant's code", Plain)]),
    }
}

law::events! {
    /// What was followed of other services.
    pub enum ReactionEvent {
        EventFollowed = "reconsideration.reaction.EventFollowed.v1": did("联动", "Event followed"),
        ReactionRefused = "reconsideration.reaction.ReactionRefused.v1": did("联动未成", "Event could not be followed"),
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
    /// Numbers of registers and documents.
    pub enum SeriesEvent {
        NumberIssued = "reconsideration.series.NumberIssued.v1": did("编发文号", "Number issued"),
    }
}

/// 登记号.
pub const REGISTER: Series = Series { word: "register", mark: "复议" };
/// 决定书文号.
pub const DECISION: Series = Series { word: "decision", mark: "复决" };
/// 调解书文号.
pub const MEDIATION: Series = Series { word: "mediation", mark: "复调" };
/// 意见书、建议书文号.
pub const LETTER: Series = Series { word: "letter", mark: "复建" };
/// All of them.
pub const SERIES: [Series; 4] = [REGISTER, DECISION, MEDIATION, LETTER];

impl AsRef<NumberIssued> for SeriesEvent {
    fn as_ref(&self) -> &NumberIssued {
        let Self::NumberIssued(issued) = self;
        issued
    }
}
