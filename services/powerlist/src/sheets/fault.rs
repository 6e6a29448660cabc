//! What is wrong with a row.

use kernel::{days::BadDay, text::BadText};

/// Most faults of one import that are told.
pub const FAULTS_MAX: usize = 500;

/// A row that cannot be taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowFault {
    /// The file.
    pub file: String,
    /// The name on the sheet's tab; empty for a CSV file.
    pub tab: String,
    /// The row as a spreadsheet counts; the header is row 1.
    pub row: u32,
    /// The column's header; empty when the whole row is meant.
    pub column: String,
    /// The cell as a spreadsheet names it: `D5`; empty when the whole row is meant.
    pub cell: String,
    /// What stands there.
    pub found: String,
    /// What could stand there instead, where that can be told.
    pub proposal: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
    /// The rule that refuses, when one does.
    pub rule: Option<String>,
}

/// The faults of an import: all are counted, the first [`FAULTS_MAX`] are told. A file can have one in every cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    told: Vec<RowFault>,
    count: usize,
}

impl Faults {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Those that are told.
    pub fn told(&self) -> &[RowFault] {
        &self.told
    }

    /// Those that are told.
    pub fn into_told(self) -> Vec<RowFault> {
        self.told
    }

    /// One more.
    pub fn push(&mut self, fault: RowFault) {
        self.count += 1;
        if self.told.len() < FAULTS_MAX {
            self.told.push(fault);
        }
    }

    /// Those of another file after these.
    pub fn append(&mut self, other: Self) {
        self.count += other.count;
        let room = FAULTS_MAX - self.told.len();
        self.told.extend(other.told.into_iter().take(room));
    }
}

impl RowFault {
    /// A fault of a whole file.
    pub fn of_file(file: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { file: file.to_owned(), zh: zh.into(), en: en.into(), ..Self::default() }
    }
}

/// What is wrong with one cell, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bad {
    pub(crate) zh: String,
    pub(crate) en: String,
    /// What could stand there instead, where that can be told.
    pub(crate) proposal: Option<String>,
}

impl Bad {
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into(), proposal: None }
    }

    /// The same, with what could stand there instead.
    pub(crate) fn propose(self, proposal: impl Into<String>) -> Self {
        Self { proposal: Some(proposal.into()).filter(|text| !text.is_empty()), ..self }
    }

    /// The same, of a place in a file that cannot be read on from there.
    pub(super) fn at(self, row: u32) -> Unread {
        Unread { row, column: None, bad: self }
    }
}

/// Why a file cannot be read.
#[derive(Debug)]
pub(super) struct Unread {
    /// The row as a spreadsheet counts.
    pub(super) row: u32,
    /// The column, from 0.
    pub(super) column: Option<usize>,
    pub(super) bad: Bad,
}

impl From<BadDay> for Bad {
    fn from(bad: BadDay) -> Self {
        Self::new(bad.zh(), bad.to_string())
    }
}

impl From<BadText> for Bad {
    fn from(bad: BadText) -> Self {
        Self::new(bad.zh(), bad.to_string())
    }
}
