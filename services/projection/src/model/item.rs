//! Power items: the published list, and one item with its history and use.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{Text, case::TimelineEntry, rows::rows, words::ItemState};

rows! {
    /// One item in a list.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct ItemRow is ItemRow {
        /// 实施编码.
        item: String,
        /// 基本编码.
        base_code: String,
        /// 职权名称.
        name: String,
        /// 子项.
        subitem: Option<String>,
        /// 职权类型, as stored.
        kind: String,
        /// 职权类型, as shown.
        kind_text: Text,
        /// 行使主体, by code.
        agency: String,
        /// Its name, or its code where the name is not known.
        agency_name: String,
        /// Region.
        region: String,
        /// 执法领域.
        field: String,
        /// The version shown.
        version: u32,
        /// In force from.
        effective: Option<Date>,
        /// Where it stands on the day asked for.
        state: ItemState,
        /// A discretion standard is in force that day.
        has_standard: bool,
        /// Cases that cite it, up to the day asked for.
        cases: u64,
    }
}

/// One item as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemFile {
    /// As a list shows it.
    pub row: ItemRow,
    /// The day looked at.
    pub on: Date,
    /// The same, where it is past: nothing that came later is in here.
    pub upto: Option<Date>,
    /// The content in force that day; the latest draft when nothing was.
    pub content: ItemText,
    /// What came of holding each basis against the texts on record, in their order: as stored, and as read. Empty for a
    /// version that another one has followed.
    pub citations: Vec<(String, Text)>,
    /// Every version known that day, oldest first.
    pub versions: Vec<ItemVersion>,
    /// Cancelled from, if it was.
    pub cancelled: Option<Date>,
    /// The discretion standard in force that day.
    pub standard: Option<Standard>,
    /// The versions of its standard: version, in force from, document.
    pub standards: Vec<(u32, Date, String)>,
    /// The charge in force that day.
    pub fee: Option<Fee>,
    /// How it is used.
    pub usage: ItemUse,
    /// What happened to it up to that day, oldest first; for the public, publications only.
    pub timeline: Vec<TimelineEntry>,
    /// An event of it could not be read by this version.
    pub incomplete: bool,
}

/// What an item says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ItemText {
    /// 实施依据.
    pub bases: Vec<BasisText>,
    /// 处罚种类和幅度.
    pub outcomes: Vec<Text>,
    /// What else it allows and asks, part by part.
    pub parts: Vec<PartText>,
    /// 责任事项.
    pub duties: Vec<DutyText>,
    /// 责任主体.
    pub responsible: String,
    /// 追责方式.
    pub accountability: String,
    /// 办理流程.
    pub flow: Vec<FlowText>,
    /// 监督方式.
    pub supervision: String,
}

rows! {
    /// A part of an item, line by line.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct PartText is ItemPart {
        /// What it is called.
        label: Text,
        /// Its lines.
        lines: Vec<Text>,
    }
}

rows! {
    /// One legal basis.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct BasisText is Basis {
        /// Title of the statute without 《》.
        statute: String,
        /// Its level.
        level: Text,
        /// Date of the version cited.
        version: Option<Date>,
        /// Article.
        article: String,
        /// What it says, summed up.
        summary: String,
    }

    /// One duty.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct DutyText is Duty {
        /// The stage.
        stage: String,
        /// What is owed.
        matter: String,
    }

    /// One step of the process flow.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct FlowText is FlowStep {
        /// The step.
        name: String,
        /// Its time limit.
        limit: Text,
    }
}

/// One version of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemVersion {
    /// From 1.
    pub version: u32,
    /// When it was drafted.
    pub drafted: Option<Timestamp>,
    /// Why: the ground and its document.
    pub ground: Text,
    /// When it was reviewed, and whether it passed.
    pub reviewed: Option<(Timestamp, bool)>,
    /// The reviewer's opinion.
    pub opinion: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// In force from.
    pub effective: Option<Date>,
    /// Last day in force, when another version or a cancellation followed.
    pub until: Option<Date>,
    /// Where it was published.
    pub published_at: Option<String>,
    /// What changed against the version before: field, before, after.
    pub changes: Vec<(Text, String, String)>,
}

rows! {
    /// A discretion standard.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Standard is Standard {
        /// Its version.
        version: u32,
        /// In force from.
        effective: Date,
        /// Its document.
        document: String,
        /// The tiers, mildest first.
        tiers: Vec<TierText>,
    }

    /// One tier of a standard.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct TierText is Tier {
        /// Its code.
        code: String,
        /// Its level.
        level: Text,
        /// When it applies.
        circumstances: String,
        /// What it allows.
        outcomes: Vec<Text>,
        /// Decisions that cite it, up to the day asked for.
        used: u64,
    }

    /// A charge.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Fee is Fee {
        /// Name.
        name: String,
        /// The article.
        basis: String,
        /// Highest charge, in fen.
        standard_fen: i64,
        /// Per what.
        unit: String,
        /// In force from.
        effective: Date,
    }

    /// How often decisions came to one thing.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct OutcomeCount is OutcomeCount {
        /// The kind of matter.
        kind: String,
        /// What they came to; a word of the service.
        outcome: String as outcome_id,
        /// What such decisions are called where they are counted.
        text: Text,
        /// How many.
        decided: u64,
    }

    /// How an item is used, up to the day asked for.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct ItemUse is ItemUse {
        /// Cases that cite it.
        cases: u64,
        /// How often decisions under it came to what.
        outcomes: Vec<OutcomeCount>,
        /// Smallest fine decided, in fen.
        fine_low_fen: Option<i64>,
        /// Largest fine decided, in fen.
        fine_high_fen: Option<i64>,
        /// Sum of the fines, in fen.
        fine_sum_fen: i64,
        /// Findings in its cases.
        findings: u64,
    }
}
