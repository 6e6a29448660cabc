//! The lists beside that of powers.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{BasisText, ItemState, Text};

/// One of the lists, with its rows in force on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListCount {
    /// As addresses name it.
    pub list: String,
    /// As it is called.
    pub text: Text,
    /// Rows in force.
    pub rows: u64,
}

/// A part of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListPartText {
    /// As stored.
    pub part: String,
    /// Its heading.
    pub label: Text,
    /// What it says.
    pub value: Text,
    /// Whether it is the code of a power item on record; told of a row by itself.
    pub item: bool,
}

/// A row in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListRow {
    /// Of which list.
    pub list: String,
    /// 编码.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whose list, by code.
    pub agency: String,
    /// Its name, or its code where the name is not known.
    pub agency_name: String,
    /// Region.
    pub region: String,
    /// The version shown.
    pub version: u32,
    /// In force from.
    pub effective: Date,
    /// Where it stands on the day asked for.
    pub state: ItemState,
    /// What it says.
    pub parts: Vec<ListPartText>,
    /// What it rests on.
    pub bases: Vec<BasisText>,
}

/// A version of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListRowVersion {
    /// From 1.
    pub version: u32,
    /// When it was published.
    pub published: Timestamp,
    /// In force from.
    pub effective: Date,
    /// Last day in force, when another version or a cancellation followed.
    pub until: Option<Date>,
    /// Why: the ground and its document.
    pub ground: Text,
    /// What changed against the version before: heading, before, after.
    pub changes: Vec<(Text, Text, Text)>,
}

/// One row as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListRowFile {
    /// As a list shows it.
    pub row: ListRow,
    /// What the list is called.
    pub list: Text,
    /// The day looked at.
    pub on: Date,
    /// The same, where it is past: nothing that came later is in here.
    pub upto: Option<Date>,
    /// What came of holding each basis against the texts on record; empty for a version that another one has followed.
    pub citations: Vec<(String, Text)>,
    /// Every version known that day, oldest first.
    pub versions: Vec<ListRowVersion>,
    /// Cancelled from, and why.
    pub cancelled: Option<(Date, Text)>,
}
