//! Entries of an agency's list of violations without a penalty (包容免罚清单).

use std::{borrow::Cow, fmt, str::FromStr};

use law::id::{BadId, ItemCode, RowCode, Uscc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The list's word in the names of its rows.
pub(crate) const LIST: &str = "no_penalty";
const FORM: &str = "no_penalty, agency and code, parted by /";

/// What an entry is known by, as the list calls its rows: `no_penalty/<agency>/<code>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExemptEntry {
    /// Whose list.
    pub agency: Uscc,
    /// 编码.
    pub code: RowCode,
}

impl JsonSchema for ExemptEntry {
    fn schema_name() -> Cow<'static, str> {
        "ExemptEntry".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": FORM })
    }
}

impl fmt::Display for ExemptEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LIST}/{}/{}", self.agency, self.code)
    }
}

impl FromStr for ExemptEntry {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId {
            what: "entry of the list of violations without a penalty",
            value: text.chars().take(80).collect(),
            why: FORM,
        };
        let of = text.strip_prefix(LIST).and_then(|rest| rest.strip_prefix('/')).ok_or_else(bad)?;
        let (agency, code) = of.split_once('/').ok_or_else(bad)?;
        Ok(Self { agency: agency.parse()?, code: code.parse()? })
    }
}

impl TryFrom<String> for ExemptEntry {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<ExemptEntry> for String {
    fn from(entry: ExemptEntry) -> Self {
        entry.to_string()
    }
}

/// An entry as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExemptFact {
    /// What it is known by.
    pub entry: ExemptEntry,
    /// The version in force.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// The penalty that it spares; none where it was published without one.
    pub item: Option<ItemCode>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_reads_as_it_is_written() {
        let text = "no_penalty/11230883MB01310199/MF-131-1";
        let entry: ExemptEntry = text.parse().unwrap();
        assert_eq!((entry.to_string().as_str(), entry.code.as_str()), (text, "MF-131-1"));
        let stored = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<ExemptEntry>(&stored).unwrap(), entry);
    }

    #[test]
    fn what_is_no_entry_of_that_list_is_none() {
        for bad in [
            "",
            "no_penalty",
            "no_penalty/11230883MB01310199",
            "no_penalty/11230883MB01310199/",
            "no_compulsion/11230883MB01310199/BQ-1",
            "no_penalty_11230883MB01310199/MF-1",
            "no_penalty/1/MF-1",
            "no_penalty/11230883MB01310199/MF/1",
        ] {
            assert!(bad.parse::<ExemptEntry>().is_err(), "{bad}");
        }
    }
}
