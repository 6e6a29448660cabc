//! What happens to an application, and in an agency's year, as it is stored.
//!
//! Invariant: a stored type only ever gains optional fields; a new meaning is a new type string.

use jiff::civil::Date;
use law::{
    Breach,
    ending::LeftOpen,
    id::{RegionCode, Uscc},
    series::{NumberIssued, Series},
};
use lists::officers::Official;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    vocabulary::{by::*, stage::*},
    words::*,
};

/// A person: who applies, or whose rights disclosure touches. A citizen's name is masked and the id number digested
/// before it comes here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// What kind.
    pub kind: PersonKind,
    /// Name; masked for a citizen.
    pub name: String,
    /// Code of an organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uscc: Option<Uscc>,
    /// Keyed digest of a citizen's id number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_digest: Option<String>,
}

impl Person {
    /// What tells this person from any other, where it is known.
    pub fn key(&self) -> Option<&str> {
        self.uscc.as_ref().map(Uscc::as_str).or(self.id_digest.as_deref())
    }
}

/// Who is responsible for the information instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Responsible {
    /// Name of the agency.
    pub name: String,
    /// How to reach it.
    pub contact: String,
}

/// So many applications came to this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeCount {
    /// To what.
    pub outcome: Outcome,
    /// How many.
    pub count: u32,
}

law::acts! {
    /// An application was received; the legal time is the day of receipt by OGI 31.
    struct ApplicationReceived {
        /// The application's id, chosen by the client.
        application: Uuid,
        /// 登记号: agency, year, number without holes.
        number: String,
        /// Who was asked.
        agency: Uscc,
        /// Its name as listed that day.
        agency_name: String,
        /// Its region.
        region: RegionCode,
        /// How it came.
        channel: Channel,
        /// The day it was handed in, signed for, or reached the agency; the day of receipt may be later (OGI 31).
        arrived: Date,
        /// Who asks.
        applicant: Person,
        /// Whether the application says how to reach the applicant.
        contact: bool,
        /// Which information.
        description: String,
        /// In which form it is wanted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<Form>,
        /// What it lacks of what OGI 29 asks for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<Element>,
    }
    /// The applicant was told what to correct (OGI 30).
    struct CorrectionRequested {
        /// What is to be corrected.
        what: String,
        /// How the applicant was guided.
        guidance: String,
        /// Last day of the reasonable time to correct it.
        until: Date,
        /// Whether it was asked for in time: only then does the period to answer begin anew.
        in_time: bool,
    }
    /// The corrected application was received (OGI 30).
    struct ApplicationCorrected {
        /// Which information.
        description: String,
        /// Who asks, when that was corrected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        applicant: Option<Person>,
        /// In which form it is wanted, when that was corrected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<Form>,
    }
    /// Not corrected in time and without good reason: taken as given up (OGI 30).
    struct ApplicationLapsed {
        /// The reason that the applicant gave for the delay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        excuse: Option<String>,
        /// Why it is no good reason.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why_not: Option<String>,
    }
    /// The applicant took it back.
    struct ApplicationWithdrawn {
        /// The applicant's own statement.
        statement: String,
    }
    /// A third party got the letter that asks for its opinion (OGI 32); the legal time is when it got it.
    struct ThirdPartyAsked {
        /// The inquiry's id, chosen by the client.
        inquiry: Uuid,
        /// Who is asked.
        person: Person,
        /// What is touched.
        interest: Interest,
        /// 征求意见书.
        letter: String,
        /// The day the letter was sent.
        sent: Date,
    }
    /// It gave its opinion.
    struct ThirdPartyAnswered {
        /// To which inquiry.
        inquiry: Uuid,
        /// Whether it agrees to disclosure.
        agrees: bool,
        /// What it says.
        reasons: String,
    }
    /// An agency that made the information together with this one got the letter (OGI 34).
    struct AgencyAsked {
        /// The inquiry's id, chosen by the client.
        inquiry: Uuid,
        /// Which agency.
        agency_name: String,
        /// 征求意见书.
        letter: String,
        /// The day the letter was sent.
        sent: Date,
    }
    /// It gave its opinion.
    struct AgencyAnswered {
        /// To which inquiry.
        inquiry: Uuid,
        /// Whether it agrees to disclosure.
        agrees: bool,
        /// What it says.
        reasons: String,
    }
    /// The period to answer was extended (OGI 33).
    struct AnswerExtended {
        /// By how many working days.
        working_days: u16,
        /// Why.
        reason: String,
        /// Head of the disclosure office who agreed.
        approved_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// How the applicant was told.
        notice: String,
    }
    /// So many or so frequent that reasons were asked for (OGI 35).
    struct ReasonsDemanded {
        /// How many applications in which time, and why that is clearly beyond reason.
        excess: String,
        /// The letter.
        letter: String,
    }
    /// The applicant gave reasons.
    struct ReasonsGiven {
        /// Which.
        reasons: String,
    }
    /// Reasonable, but not to be answered within the period (OGI 35).
    struct AnswerDeferred {
        /// By how many working days.
        working_days: u16,
        /// Why it takes so long.
        reason: String,
        /// How the applicant was told.
        notice: String,
    }
    /// A fee for handling was charged (OGI 42).
    struct FeeCharged {
        /// In fen.
        amount_fen: i64,
        /// How many applications in which time.
        excess: String,
        /// By which provision of the State Council's method, and how it was counted.
        basis: String,
        /// The notice.
        notice: String,
    }
    /// The application was decided on (OGI 36).
    struct ApplicationAnswered {
        /// 文号.
        number: String,
        /// With what.
        outcome: Outcome,
        /// On which grounds something is kept back (OGI 14–16).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        grounds: Vec<Ground>,
        /// The reasons told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<String>,
        /// What is provided, or how, where and when it can be obtained.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        how: Option<String>,
        /// The provisions that the answer rests on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        bases: Vec<String>,
        /// Whether what is kept back can be separated from what can be disclosed (OGI 37).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        separable: Option<bool>,
        /// Provision that demands the information to be public all the same (OGI 16).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        public_by: Option<String>,
        /// Whether disclosure would harm a third party's rights (OGI 32).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        harms_third_party: Option<bool>,
        /// Whether a third party's objection has a reasonable ground.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        objection_reasonable: Option<bool>,
        /// Which grave effect on the public interest outweighs the third party's (OGI 15, 32).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        public_interest: Option<String>,
        /// The letter that tells the third party what is disclosed and why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        third_party_told: Option<String>,
        /// Who is responsible instead, where that can be found out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        responsible: Option<Responsible>,
        /// The earlier application that was answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earlier: Option<Uuid>,
        /// Who examined whether it may be disclosed (OGI 17).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reviewed_by: Option<String>,
        /// How to appeal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appeal: Option<String>,
        /// Whether it says that reconsideration comes before a lawsuit (ARL 23).
        #[serde(default)]
        reconsideration_told: bool,
        /// Who decided.
        decided_by: String,
        /// The same as the list had the person that day; absent where it did not know one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        official: Option<Official>,
        /// Who was still waited for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        left: Vec<LeftOpen>,
    }
    /// The answer was handed over or sent: only now the applicant is answered.
    struct AnswerSent {
        /// How.
        method: Delivery,
        /// Receipt or proof of dispatch.
        receipt: String,
    }
    /// The file rests in the archive (OGI 45).
    struct ApplicationArchived {
        /// Number of the file.
        file: String,
    }
    /// The yearly report was published (OGI 49, 50).
    struct ReportPublished {
        /// Which year.
        year: i16,
        /// Applications received in that year.
        received: u32,
        /// What those answered in that year came to.
        answered: Vec<OutcomeCount>,
        /// Applied for reconsideration of an answer.
        reconsiderations: u32,
        /// Lawsuits over an answer.
        lawsuits: u32,
        /// Main problems and improvements.
        problems: String,
        /// The office that it was submitted to.
        submitted_to: String,
        /// Where it stands on the web.
        url: String,
    }
}

/// An application counts in its year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ApplicationCounted {
    /// In which.
    pub year: i16,
    /// The application.
    pub application: Uuid,
}

/// An answer counts in its year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerCounted {
    /// In which.
    pub year: i16,
    /// The application.
    pub application: Uuid,
    /// With what it was answered.
    pub outcome: Outcome,
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
    /// Whose application.
    pub agency: Uscc,
    /// Of which region.
    pub region: RegionCode,
}

law::events! {
    /// Events of one application.
    pub enum ApplicationEvent {
        ApplicationReceived = "disclosure.application.ApplicationReceived.v1" as ReceiveApplication:
            did("收到申请", "Application received").to_do("登记申请", "register an application").stage(RECEIVE).by(APPLICANT).begins(),
        CorrectionRequested = "disclosure.application.CorrectionRequested.v1" as RequestCorrection:
            did("要求补正", "Correction requested").to_do("告知补正", "ask for a correction").stage(CORRECT).by(AGENCY)
                after [ApplicationReceived],
        ApplicationCorrected = "disclosure.application.ApplicationCorrected.v1" as CorrectApplication:
            did("收到补正", "Application corrected").to_do("登记补正", "record the corrected application").stage(CORRECT).by(APPLICANT)
                after [CorrectionRequested],
        ApplicationLapsed = "disclosure.application.ApplicationLapsed.v1" as LapseApplication:
            did("视为放弃申请", "Taken as given up").to_do("视为放弃申请", "record that the application was given up").stage(CORRECT).by(AGENCY)
                after [ApplicationReceived, CorrectionRequested],
        ApplicationWithdrawn = "disclosure.application.ApplicationWithdrawn.v1" as WithdrawApplication:
            did("撤回申请", "Application withdrawn").to_do("撤回申请", "record a withdrawal").stage(RECEIVE).by(APPLICANT)
                after [ApplicationReceived],
        ThirdPartyAsked[inquiry] = "disclosure.application.ThirdPartyAsked.v1" as AskThirdParty:
            did("征求第三方意见", "Third party asked").to_do("征求第三方意见", "ask a third party").stage(ASK).by(AGENCY)
                after [ApplicationReceived],
        ThirdPartyAnswered = "disclosure.application.ThirdPartyAnswered.v1" as RecordThirdPartyAnswer:
            did("第三方提出意见", "Third party answered").to_do("登记第三方意见", "record a third party's opinion").stage(ASK).by(THIRD_PARTY)
                after [ThirdPartyAsked[inquiry]],
        AgencyAsked[inquiry] = "disclosure.application.AgencyAsked.v1" as AskAgency:
            did("征求共同制作机关意见", "Joint author asked").to_do("征求共同制作机关意见", "ask an agency that made the information too").stage(ASK).by(AGENCY)
                after [ApplicationReceived],
        AgencyAnswered = "disclosure.application.AgencyAnswered.v1" as RecordAgencyAnswer:
            did("共同制作机关提出意见", "Joint author answered").to_do("登记共同制作机关意见", "record that agency's opinion").stage(ASK).by(OTHER_AGENCY)
                after [AgencyAsked[inquiry]],
        AnswerExtended = "disclosure.application.AnswerExtended.v1" as ExtendAnswer:
            did("延长答复期限", "Period to answer extended").to_do("延长答复期限", "extend the period to answer").stage(ANSWER).by(OFFICE_HEAD)
                after [ApplicationReceived],
        ReasonsDemanded = "disclosure.application.ReasonsDemanded.v1" as DemandReasons:
            did("要求说明理由", "Reasons demanded").to_do("要求说明理由", "ask for reasons").stage(ASK).by(AGENCY)
                after [ApplicationReceived],
        ReasonsGiven = "disclosure.application.ReasonsGiven.v1" as RecordReasons:
            did("申请人说明理由", "Reasons given").to_do("登记理由", "record the reasons given").stage(ASK).by(APPLICANT)
                after [ReasonsDemanded],
        AnswerDeferred = "disclosure.application.AnswerDeferred.v1" as DeferAnswer:
            did("延迟答复", "Answer deferred").to_do("延迟答复", "defer the answer").stage(ANSWER).by(AGENCY)
                after [ApplicationReceived, ReasonsGiven],
        FeeCharged = "disclosure.application.FeeCharged.v1" as ChargeFee:
            did("收取信息处理费", "Fee charged").to_do("收取信息处理费", "charge a fee").stage(ANSWER).by(AGENCY)
                after [ApplicationReceived],
        ApplicationAnswered = "disclosure.application.ApplicationAnswered.v1" as AnswerApplication:
            did("作出答复", "Answer decided").to_do("作出答复", "decide the answer").stage(ANSWER).by(AGENCY).part(super::vocabulary::ANSWERED)
                after [ApplicationReceived, ApplicationCorrected],
        AnswerSent = "disclosure.application.AnswerSent.v1" as SendAnswer:
            did("送达答复", "Answer sent").to_do("送达答复", "send the answer").stage(SERVE).by(AGENCY).part(law::vocabulary::Part::Service)
                after [ApplicationAnswered],
        ApplicationArchived = "disclosure.application.ApplicationArchived.v1" as ArchiveApplication:
            did("归档", "File archived").to_do("归档", "archive the file").stage(ARCHIVE).by(AGENCY)
                after [AnswerSent, ApplicationLapsed, ApplicationWithdrawn],
        StepRefused = "disclosure.application.StepRefused.v1":
            did("步骤被拒绝", "Step refused"),
    }
    /// What may be asked of an application.
    pub enum Step;
}

law::events! {
    /// Events of an agency's years.
    pub enum YearEvent {
        ApplicationCounted = "disclosure.year.ApplicationCounted.v1": did("计入年度申请", "Application counted"),
        AnswerCounted = "disclosure.year.AnswerCounted.v1": did("计入年度答复", "Answer counted"),
        ReportPublished = "disclosure.year.ReportPublished.v1" as PublishReport:
            did("公布年度报告", "Yearly report published").to_do("公布年度报告", "publish the yearly report").by(AGENCY).begins(),
    }
    /// What may be asked of it.
    pub enum Report;
}

law::events! {
    /// Numbers of registers and answers.
    pub enum SeriesEvent {
        NumberIssued = "disclosure.series.NumberIssued.v1": did("编发文号", "Number issued"),
    }
}

/// 登记号.
pub const REGISTER: Series = Series { word: "register", mark: "公开" };
/// 答复文号.
pub const REPLY: Series = Series { word: "reply", mark: "公开答" };
/// All of them.
pub const SERIES: [Series; 2] = [REGISTER, REPLY];

impl AsRef<NumberIssued> for SeriesEvent {
    fn as_ref(&self) -> &NumberIssued {
        let Self::NumberIssued(issued) = self;
        issued
    }
}
