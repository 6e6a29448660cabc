//! What happens to lists, agencies and officers, as it is stored.
//!
//! Invariant: a stored type only ever gains optional fields; a new meaning is a new type string.

use std::sync::Arc;

use jiff::civil::Date;
use law::{
    calendar::NoticePublished,
    check::Breach,
    id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc},
    parameter::{ParameterSet, Unit},
    period::Period,
    reaction::{EventFollowed, Led, Reacted, ReactionRefused},
    vocabulary::{Field, Form, Piece},
};
use lists::facts::{AgencyKind, Entrustment, OfficeKind, OfficerRole, PowerKind, Tier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::content::{ItemContent, LegalBasis};
use super::vocabulary::{ARTICLE, HEADS, by::*};
use super::{item::PublishItem, officer::IssueCertificate, statute::CitationHeld};

const QUANTITY: Form = Form::OneOf(
    "unit",
    &[
        (Unit::Fen.id(), Form::Parts(&[Piece::of("count", Form::Money)])),
        (Unit::Hours.id(), Form::Parts(&[Piece::of("count", Form::Plain).after("学时", " hours")])),
        (Unit::Days.id(), Form::Parts(&[Piece::of("count", Form::Plain).after("日", " days")])),
        (Unit::WorkingDays.id(), Form::Parts(&[Piece::of("count", Form::Plain).after("个工作日", " working days")])),
    ],
);

macro_rules! event_structs {
    ($($(#[$m:meta])* $name:ident { $($(#[$fm:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $($(#[$m])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name { $($(#[$fm])* pub $field: $ty,)* })*
    };
}

law::words! {
    /// The only grounds on which a list is changed (BT 2).
    pub enum GroundKind {
        LawChanged = "law_changed" "法律法规规章立改废释" "law made, changed or repealed",
        FunctionChanged = "function_changed" "机构或职能调整" "body or function changed",
        UpperListChanged = "upper_list_changed" "上级目录调整" "upper list changed",
        ReconsiderationOrJudgment = "reconsideration_or_judgment" "行政复议或诉讼" "reconsideration or judgment",
        FirstCompilation = "first_compilation" "首次编制" "first compilation",
    }
}

law::words! {
    /// Where a region stands in the tree.
    pub enum RegionLevel {
        Province = "province" "省级" "province",
        City = "city" "市级" "city",
        County = "county" "县级" "county",
        Township = "township" "乡级" "township",
    }
}

law::words! {
    /// What a yearly review ends in.
    pub enum YearlyConclusion {
        Kept = "kept" "保留" "kept",
        ToBeAdjusted = "to_be_adjusted" "拟调整" "to be adjusted",
        ToBeCancelled = "to_be_cancelled" "拟取消" "to be cancelled",
    }
}

law::words! {
    /// What a reconsideration or a court found in an item.
    pub enum Finding {
        BasisUnlawful = "basis_unlawful" "设定依据不合法" "its basis is unlawful",
        PowerMisread = "power_misread" "职权表述、理解有误" "the power is misread",
    }
}

law::words! {
    /// How such a ground was answered.
    pub enum GroundAnswer {
        Adjusted = "adjusted" "已调整" "adjusted",
        Cancelled = "cancelled" "已取消" "cancelled",
        Kept = "kept" "保留" "kept",
    }
}

event_structs! {
    /// The ground of a change, with its document.
    Ground {
        /// Which of the listed grounds.
        kind: GroundKind,
        /// Title and number of the document.
        document: String,
        /// SHA-256 of the document, hex, when it was handed in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document_sha256: Option<String>,
    }
    /// A region was entered.
    RegionRegistered {
        /// Region code.
        region: RegionCode,
        /// Name.
        name: String,
        /// province, city, county or township.
        level: String,
        /// The region above it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<RegionCode>,
    }
    /// A body was entered, qualified or not.
    AgencyRegistered {
        /// Code of the agency.
        agency: Uscc,
        /// Name.
        name: String,
        /// Short name, for tables.
        short_name: String,
        /// Region code.
        region: RegionCode,
        /// Its kind.
        kind: AgencyKind,
        /// The document or article that makes it a body.
        basis: String,
        /// Fields of enforcement it covers.
        fields: Vec<String>,
        /// The organ in whose name an entrusted organisation acts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entrusted_by: Option<Uscc>,
        /// With what, as its document says; absent in entries from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entrustment: Option<Entrustment>,
        /// Police, or a body a law names (APL 18).
        #[serde(default)]
        may_restrict_liberty: bool,
        /// 部门代码: the three digits by which the catalogue of codes knows the department.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<String>,
        /// First day it is qualified.
        from: Date,
    }
    /// A body lost its qualification or was dissolved.
    AgencyDissolved {
        /// Code of the agency.
        agency: Uscc,
        /// First day it is no body any more.
        on: Date,
        /// Why.
        ground: Ground,
    }
    /// Somebody chose what heads of an agency's files stand for.
    HeadsChosen {
        /// Code of the agency.
        agency: Uscc,
        /// The heads and what they stand for.
        heads: Vec<HeadChosen>,
    }
    /// A short name became a body's: its documents are numbered under it.
    MarkTaken {
        /// The short name.
        mark: String,
        /// Code of the agency.
        agency: Uscc,
    }
    /// A person was entered.
    OfficerRegistered {
        /// Personnel number.
        officer: OfficerCode,
        /// Name.
        name: String,
        /// Code of the agency.
        agency: Uscc,
        /// Region code.
        region: RegionCode,
        /// What the person does.
        role: OfficerRole,
        /// 法律职业资格.
        legal_qualification: bool,
        /// Since when a legal reviewer has been reviewing, when that was before the registration.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reviewing_since: Option<Date>,
    }
    /// An examination was passed.
    ExaminationPassed {
        /// Personnel number.
        officer: OfficerCode,
        /// The day.
        on: Date,
        /// Percent.
        score: u16,
    }
    /// A certificate was issued.
    CertificateIssued {
        /// Personnel number.
        officer: OfficerCode,
        /// 执法证号.
        certificate: String,
        /// Code of the agency.
        agency: Uscc,
        /// 执法领域.
        fields: Vec<String>,
        /// First day.
        from: Date,
        /// Last day valid.
        until: Date,
    }
    /// A certificate was withdrawn.
    CertificateRevoked {
        /// Personnel number.
        officer: OfficerCode,
        /// 执法证号.
        certificate: String,
        /// First day without it.
        on: Date,
        /// Why.
        reason: String,
    }
    /// An office was given: what a person decides for an agency.
    OfficeGiven {
        /// Personnel number.
        officer: OfficerCode,
        /// Code of the agency, which need not be the one that the person serves.
        agency: Uscc,
        /// Which office.
        office: OfficeKind,
        /// First day.
        from: Date,
        /// The document that gives it.
        document: String,
    }
    /// An office ended.
    OfficeEnded {
        /// Personnel number.
        officer: OfficerCode,
        /// Code of the agency.
        agency: Uscc,
        /// Which office.
        office: OfficeKind,
        /// First day without it.
        on: Date,
        /// The document that ends it.
        document: String,
    }
    /// Training was done.
    TrainingRecorded {
        /// Personnel number.
        officer: OfficerCode,
        /// The day.
        on: Date,
        /// How many hours.
        hours: u16,
        /// What was taught.
        subject: String,
    }
    /// The upper level's catalogue entry of a matter, for every agency below.
    CatalogueEntryPublished {
        /// 基本编码.
        base_code: BaseCode,
        /// Name.
        name: String,
        /// Its kind.
        kind: PowerKind,
        /// Legal bases, the creating one first.
        bases: Vec<LegalBasis>,
        /// Region code.
        region: RegionCode,
        /// First day.
        from: Date,
        /// The catalogue's document.
        document: String,
    }
    /// A version of an item was drafted.
    ItemDrafted {
        /// 实施编码.
        item: ItemCode,
        /// From 1.
        version: u32,
        /// The whole row.
        content: Arc<ItemContent>,
        /// Why.
        ground: Ground,
    }
    /// The draft passed or failed legal review.
    ItemReviewed {
        /// 实施编码.
        item: ItemCode,
        /// Version, from 1.
        version: u32,
        /// Whether it passed.
        passed: bool,
        /// Who signed.
        reviewer: OfficerCode,
        /// What the review says.
        opinion: String,
    }
    /// The version is in force from `effective`.
    ItemPublished {
        /// 实施编码.
        item: ItemCode,
        /// Version, from 1.
        version: u32,
        /// First day in force.
        effective: Date,
        /// Where.
        published_at: String,
        /// The whole row.
        content: Arc<ItemContent>,
        /// What came of holding each basis against the texts of statutes on record, in their order; added after v1.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        citations: Vec<CitationHeld>,
    }
    /// The bases of a published version were held anew against the texts on record, which have changed.
    CitationsChecked {
        /// 实施编码.
        item: ItemCode,
        /// Version, from 1.
        version: u32,
        /// What came of each basis, in their order.
        citations: Vec<CitationHeld>,
    }
    /// The item is no power any more from `effective`.
    ItemCancelled {
        /// 实施编码.
        item: ItemCode,
        /// First day in force.
        effective: Date,
        /// Why.
        ground: Ground,
        /// Who signed.
        reviewer: OfficerCode,
        /// What the review says.
        opinion: String,
    }
    /// The item was looked at in the yearly review of the list.
    ItemReviewedYearly {
        /// 实施编码.
        item: ItemCode,
        /// The day.
        on: Date,
        /// kept, to be adjusted, to be cancelled.
        conclusion: String,
        /// Who signed.
        reviewer: OfficerCode,
    }
    /// A reconsideration or a court found a fault in the item: a ground for adjusting it.
    GroundNoted {
        /// 实施编码.
        item: ItemCode,
        /// What it is known by: the application or the court's case.
        reference: String,
        /// What was found.
        finding: Finding,
        /// The organ or court.
        by: String,
        /// Its decision.
        document: String,
    }
    /// The ground was answered.
    GroundAnswered {
        /// 实施编码.
        item: ItemCode,
        /// Which.
        reference: String,
        /// How.
        answer: GroundAnswer,
        /// Why, or what was changed.
        reason: String,
    }
    /// A discretion standard is in force from `effective`.
    StandardPublished {
        /// 实施编码.
        item: ItemCode,
        /// Version, from 1.
        version: u32,
        /// Its tiers.
        tiers: Arc<[Tier]>,
        /// First day in force.
        effective: Date,
        /// Title and number of its document.
        document: String,
    }
    /// A charge entered in the fee list (行政事业性收费).
    FeePublished {
        /// 实施编码.
        item: ItemCode,
        /// Name.
        name: String,
        /// What it rests on.
        basis: LegalBasis,
        /// Highest charge.
        standard_fen: i64,
        /// per what.
        unit: String,
        /// First day in force.
        effective: Date,
        /// What the agency charges, when that is less.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        charge_fen: Option<i64>,
    }
    /// An attempt that the law refused.
    StepRefused {
        /// The command.
        step: String,
        /// The rules that refused.
        breaches: Vec<Breach>,
        /// What was tried, in one sentence.
        summary: String,
        /// Code of the agency.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agency: Option<Uscc>,
    }
}

/// A head of an agency's files, and the column of the list that it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeadChosen {
    /// The list; of every list when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// As it stands in the files.
    pub head: String,
    /// The column; none when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

/// A step of a process flow with its time limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FlowStep {
    /// Name of the step.
    pub name: String,
    /// Its time limit.
    pub limit: Period,
}

law::events! {
    /// Events of one region.
    pub enum RegionEvent {
        RegionRegistered = "powerlist.region.RegionRegistered.v1" as RegisterRegion:
            did("登记行政区划", "Region registered").to_do("登记行政区划", "register a region").by(LIST_OFFICE)
                .fields(&[Field::new("level", "层级", "Level", Form::Word(RegionLevel::WORDS))]).begins(),
    }
    /// What may be asked of a region.
    pub enum RegionStep;
}
law::events! {
    /// Events of the calendar.
    pub enum CalendarEvent {
        NoticePublished = "powerlist.calendar.NoticePublished.v1" as ImportNotice:
            did("节假日安排收录", "Holiday notice put on record").to_do("收录节假日安排", "put a holiday notice on record")
                .by(LIST_OFFICE)
                .fields(&[Field::new("year", "年份", "Year", Form::Plain), Field::new("source", "通知", "Notice", Form::Plain), Field::new("notice", "全文", "Text", Form::Plain)]).begins(),
    }
    /// What may be asked of the calendar.
    pub enum CalendarStep;
}
law::events! {
    /// Events of one region's parameters.
    pub enum ParameterEvent {
        ParameterSet = "powerlist.parameter.ParameterSet.v1" as SetParameter:
            did("参数设定", "Parameter set").to_do("设定参数", "set a parameter").by(LIST_APPROVER)
                .fields(&[Field::new("parameter", "参数", "Parameter", Form::Plain), Field::new("value", "数值", "Value", QUANTITY)]).begins(),
    }
    /// What may be asked of parameters.
    pub enum ParameterStep;
}
law::events! {
    /// Events of one agency.
    pub enum AgencyEvent {
        AgencyRegistered = "powerlist.agency.AgencyRegistered.v1" as RegisterAgency:
            did("登记执法主体", "Agency registered").to_do("登记执法主体", "register an agency").by(LIST_OFFICE)
                .fields(&[Field::new("kind", "类型", "Kind", Form::Word(AgencyKind::WORDS))]).begins(),
        AgencyDissolved = "powerlist.agency.AgencyDissolved.v1" as DissolveAgency:
            did("执法主体终止", "Agency dissolved").to_do("登记执法主体终止", "record that an agency ended").by(LIST_OFFICE)
                after [AgencyRegistered],
        StepRefused = "powerlist.agency.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of an agency.
    pub enum AgencyStep;
}
law::events! {
    /// Events of one short name.
    pub enum MarkEvent {
        MarkTaken = "powerlist.mark.MarkTaken.v1": did("机关代字确定", "Short name taken")
            .fields(&[Field::new("mark", "机关代字", "Short name", Form::Plain)]),
    }
}
law::events! {
    /// Events of the files of one agency.
    pub enum LayoutEvent {
        HeadsChosen = "powerlist.layout.HeadsChosen.v1": did("表头对应关系选定", "Heads of files chosen")
            .fields(&[Field::new("heads", "表头", "Heads", HEADS)]),
    }
}
law::events! {
    /// Events of one officer.
    pub enum OfficerEvent {
        OfficerRegistered = "powerlist.officer.OfficerRegistered.v1" as RegisterOfficer:
            did("登记执法人员", "Officer registered").to_do("登记执法人员", "register an officer").by(LIST_OFFICE).begins(),
        ExaminationPassed = "powerlist.officer.ExaminationPassed.v1" as RecordExamination:
            did("通过资格考试", "Examination passed").to_do("登记资格考试通过", "record a passed examination").by(OFFICER)
                after_first [OfficerRegistered],
        CertificateIssued[certificate] = "powerlist.officer.CertificateIssued.v1" as IssueCertificate(IssueCertificate):
            did("核发执法证", "Certificate issued").to_do("核发执法证", "issue a certificate").by(LIST_OFFICE)
                after_first [OfficerRegistered],
        CertificateRevoked = "powerlist.officer.CertificateRevoked.v1" as RevokeCertificate:
            did("收回执法证", "Certificate revoked").to_do("收回执法证", "withdraw a certificate").by(LIST_OFFICE)
                after [CertificateIssued[certificate]],
        OfficeGiven = "powerlist.officer.OfficeGiven.v1" as GiveOffice:
            did("任职", "Office given").to_do("登记任职", "enter an office").by(LIST_OFFICE)
                after_first [OfficerRegistered],
        OfficeEnded = "powerlist.officer.OfficeEnded.v1" as EndOffice:
            did("免职", "Office ended").to_do("登记免职", "enter the end of an office").by(LIST_OFFICE)
                after_first [OfficeGiven],
        TrainingRecorded = "powerlist.officer.TrainingRecorded.v1" as RecordTraining:
            did("记录培训", "Training recorded").to_do("记录培训", "record training").by(OFFICER)
                after_first [OfficerRegistered],
        StepRefused = "powerlist.officer.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of an officer.
    pub enum OfficerStep;
}
law::events! {
    /// Events of one catalogue entry.
    pub enum CatalogueEvent {
        CatalogueEntryPublished = "powerlist.catalogue.CatalogueEntryPublished.v1" as PublishCatalogueEntry:
            did("发布基本目录", "Catalogue entry published").to_do("发布基本目录", "publish a catalogue entry").by(UPPER_LEVEL).begins(),
        StepRefused = "powerlist.catalogue.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of a catalogue entry.
    pub enum CatalogueStep;
}
law::events! {
    /// Events of one power item, its discretion standard and its charge.
    pub enum ItemEvent {
        ItemDrafted[version] = "powerlist.item.ItemDrafted.v1" as DraftItem(Box<ItemDrafted>):
            did("拟制事项", "Item drafted").to_do("拟制事项", "draft an item").by(LIST_EDITOR).begins(),
        ItemReviewed[version] = "powerlist.item.ItemReviewed.v1" as ReviewItem:
            did("合法性审核", "Legal review").to_do("合法性审核", "review an item").by(REVIEWER)
                after [ItemDrafted[version]],
        ItemPublished = "powerlist.item.ItemPublished.v1" as PublishItem(PublishItem):
            did("公布事项", "Item published").to_do("公布事项", "publish an item").by(LIST_APPROVER)
                after [ItemDrafted[version], ItemReviewed[version]],
        CitationsChecked = "powerlist.item.CitationsChecked.v1": did("依据重新核对", "Bases held anew against the texts"),
        ItemCancelled = "powerlist.item.ItemCancelled.v1" as CancelItem:
            did("取消事项", "Item cancelled").to_do("取消事项", "cancel an item").by(LIST_APPROVER)
                after [ItemPublished],
        ItemReviewedYearly = "powerlist.item.ItemReviewedYearly.v1" as ReviewItemYearly:
            did("年度评估", "Yearly review").to_do("年度评估", "review an item for the year").by(REVIEWER)
                after_first [ItemPublished],
        GroundNoted[reference] = "powerlist.item.GroundNoted.v1" as NoteGround:
            did("收到调整事由", "Ground for adjustment noted").to_do("登记调整事由", "note a ground for adjustment").by(COMPETENT_ORGAN)
                after_first [ItemPublished],
        GroundAnswered = "powerlist.item.GroundAnswered.v1" as AnswerGround:
            did("答复调整事由", "Ground for adjustment answered").to_do("答复调整事由", "answer a ground for adjustment").by(LIST_APPROVER)
                after [GroundNoted[reference]],
        StandardPublished[version] = "powerlist.item.StandardPublished.v1" as PublishStandard:
            did("公布裁量基准", "Standard published").to_do("公布裁量基准", "publish a discretion standard").by(LIST_APPROVER)
                after_first [ItemDrafted],
        FeePublished = "powerlist.item.FeePublished.v1" as PublishFee:
            did("公布收费", "Fee published").to_do("公布收费", "publish a charge").by(LIST_APPROVER)
                .fields(&[ARTICLE])
                after_first [ItemDrafted],
        StepRefused = "powerlist.item.StepRefused.v1": did("操作被拒", "Step refused"),
    }
    /// What may be asked of a power item.
    pub enum ItemStep;
}
law::events! {
    /// What was followed of other services.
    pub enum ReactionEvent {
        EventFollowed = "powerlist.reaction.EventFollowed.v1": did("联动", "Event followed"),
        ReactionRefused = "powerlist.reaction.ReactionRefused.v1": did("联动未成", "Event could not be followed"),
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
