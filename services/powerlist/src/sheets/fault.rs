//! What is wrong with a row.

/// A row that cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The file.
    pub file: String,
    /// The row as a spreadsheet counts; the header is row 1.
    pub row: u32,
    /// The column's header; empty when the whole row is meant.
    pub column: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
    /// The rule that refuses, when one does.
    pub rule: Option<String>,
}

/// What is wrong with one cell, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bad {
    pub(super) zh: String,
    pub(super) en: String,
}

impl Bad {
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}
