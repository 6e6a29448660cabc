//! Statutes whose text is on record.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Text;

/// A statute in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatuteRow {
    /// Title without 《》.
    pub title: String,
    /// Its level; none where it is not known.
    pub level: Option<Text>,
    /// Who made it.
    pub issuer: Option<String>,
    /// The newest version on record.
    pub version: Date,
    /// First day of that version.
    pub from: Date,
    /// How many versions are on record.
    pub versions: u64,
    /// First day without it.
    pub repealed: Option<Date>,
}

/// The register of statutes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatuteList {
    /// Those asked for, by title.
    pub rows: Vec<StatuteRow>,
    /// How many there are.
    pub total: u64,
    /// Bases of all published items.
    pub cited: u64,
    /// Those of them that were not held against a text.
    pub not_checked: u64,
}

/// A version of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatuteVersionText {
    /// Its date.
    pub version: Date,
    /// First day in force.
    pub from: Date,
    /// Whether that day is stated, or the day of the version stands for it.
    pub stated: bool,
}

/// A statute as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatuteFile {
    /// Title without 《》.
    pub title: String,
    /// Its level.
    pub level: Option<Text>,
    /// Who made it.
    pub issuer: Option<String>,
    /// The day looked at.
    pub on: Date,
    /// The version in force that day; none where there is none on record.
    pub in_force: Option<StatuteVersionText>,
    /// Every version on record, oldest first.
    pub versions: Vec<StatuteVersionText>,
    /// First day without it, and the document that ended it.
    pub repealed: Option<(Date, String)>,
    /// How the version came to be.
    pub history: Vec<String>,
    /// Its articles.
    pub articles: Vec<ArticleText>,
    /// What follows them.
    pub annex: Vec<String>,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleText {
    /// Its number.
    pub number: u16,
    /// 之一…; 0 for none.
    #[serde(default)]
    pub insert: u16,
    /// Headings before it.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Its paragraphs.
    pub paragraphs: Vec<ParagraphText>,
}

/// A paragraph of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphText {
    /// What it says.
    pub text: String,
    /// Its items.
    #[serde(default)]
    pub items: Vec<ArticleItemText>,
}

/// An item of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleItemText {
    /// What it says.
    pub text: String,
    /// Its sub-items.
    #[serde(default)]
    pub points: Vec<String>,
}

/// Which statutes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatuteFilter {
    /// With this in the title.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "super::filter::blank")]
    pub text: Option<String>,
}

/// As of which day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AsOfFilter {
    /// The day; today if absent.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "super::filter::blank")]
    pub as_of: Option<Date>,
}
