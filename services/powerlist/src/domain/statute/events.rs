//! What happens to a statute, as it is stored.

use jiff::civil::Date;
use law::vocabulary::{Field, Form, Piece};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Article;
use crate::domain::{content::NormLevel, vocabulary::by::LIST_APPROVER};

/// A version of a statute went on record, or a part of one; all parts are one append.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextRecorded {
    /// Full title without 《》.
    pub title: String,
    /// Date of the version: when it was passed, promulgated or last amended.
    pub version: Date,
    /// Its level, where the text or whoever brought it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<NormLevel>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When the statute was first promulgated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promulgated: Option<Date>,
    /// First day on which the version is in force, where it is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<Date>,
    /// How it came to be, line by line as the text's head says it; with the first part only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<String>,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Which part this is, from 1.
    pub part: u16,
    /// Of how many.
    pub parts: u16,
    /// The articles of this part.
    pub articles: Vec<Article>,
    /// What follows the last article; with the last part only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annex: Vec<String>,
}

/// A statute is in force no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatuteRepealed {
    /// Full title without 《》.
    pub title: String,
    /// First day without it.
    pub on: Date,
    /// Title and number of the document that ends it.
    pub document: String,
}

/// Of an article its first paragraph tells which it is.
const ARTICLES: Form = Form::Parts(&[Piece::of("number", Form::Plain)]);

law::events! {
    /// Events of one statute.
    pub enum StatuteEvent {
        TextRecorded = "powerlist.statute.TextRecorded.v1":
            did("法律文本收录", "Text of a statute recorded").by(LIST_APPROVER)
                .fields(&[
                    Field::new("title", "名称", "Title", Form::Plain),
                    Field::new("issuer", "制定机关", "Issued by", Form::Plain),
                    Field::new("promulgated", "首次公布", "First promulgated", Form::Plain),
                    Field::new("in_force_from", "施行日期", "In force from", Form::Plain),
                    Field::new("history", "沿革", "History", Form::Plain),
                    Field::new("sha256", "文件摘要", "Digest of the file", Form::Plain),
                    Field::new("part", "部分", "Part", Form::Plain),
                    Field::new("parts", "共几部分", "Parts", Form::Plain),
                    Field::new("articles", "条文", "Articles", ARTICLES),
                    Field::new("annex", "附件", "Annex", Form::Plain),
                ]),
        StatuteRepealed = "powerlist.statute.Repealed.v1":
            did("法律文本废止", "Statute repealed").by(LIST_APPROVER)
                .fields(&[Field::new("title", "名称", "Title", Form::Plain)]),
    }
}
