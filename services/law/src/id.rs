//! Identifiers. Reference data keeps the codes its users know; matters are numbered by UUIDv7.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A code or id that does not have the form it must have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is not a valid {what}: {why}")]
pub struct BadId {
    /// Which identifier.
    pub what: &'static str,
    /// What was given.
    pub value: String,
    /// The form it must have.
    pub why: &'static str,
}

macro_rules! code {
    ($(#[$meta:meta])* $name:ident, $what:literal, $why:literal, $check:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(s: &str) -> Result<Self, BadId> {
                let check: fn(&str) -> bool = $check;
                if check(s) { Ok(Self(s.to_owned())) } else {
                    Err(BadId { what: $what, value: s.chars().take(80).collect(), why: $why })
                }
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(s: String) -> Result<Self, BadId> { s.parse() }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String { id.0 }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": $why })
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    };
}

code!(
    /// GB/T 2260 region code: 6 digits, or 9 for a township.
    RegionCode, "region code", "6 digits (GB/T 2260), or 9 digits for a township",
    |s| matches!(s.len(), 6 | 9) && s.bytes().all(|b| b.is_ascii_digit())
);
code!(
    /// An agency's or organisation's unified social credit code (GB 32100).
    Uscc, "unified social credit code", "18 characters of GB 32100 with a valid check character",
    uscc_is_valid
);
code!(
    /// An officer's personnel number, unique in the region.
    OfficerCode, "officer code", "1 to 40 letters, digits or hyphens",
    |s| (1..=40).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
);
code!(
    /// What a plan is cited by: `FY` of `FY 19`.
    PlanCode, "plan code", "1 to 8 capital letters",
    |s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_uppercase())
);
code!(
    /// 基本编码: the catalogue's code of a matter, 12 digits.
    BaseCode, "base code", "12 digits",
    |s| s.len() == 12 && s.bytes().all(|b| b.is_ascii_digit())
);
code!(
    /// 实施编码: the agency's own code of a power item.
    ItemCode, "item code", "12 digits, then up to 28 letters, digits or hyphens",
    |s| (12..=40).contains(&s.len())
        && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && s.bytes().take(12).all(|b| b.is_ascii_digit())
);
code!(
    /// 编码 of a row in one of an agency's other lists, unique in that list.
    RowCode, "row code", "1 to 40 letters, digits, hyphens or dots",
    |s| (1..=40).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
);

/// Whose something is, where it is not the acting agency's: the agency, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Whose {
    /// The agency.
    pub agency: Uscc,
    /// Its region.
    pub region: RegionCode,
}

impl RegionCode {
    /// Whether `other` lies in this region's subtree (a region contains itself).
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(self.significant())
    }

    /// The digits that all codes of its subtree begin with: the longer, the lower the region stands.
    pub fn significant(&self) -> &str {
        let digits = match self.0.len() {
            6 if self.0.ends_with("0000") => 2,
            6 if self.0.ends_with("00") => 4,
            n => n,
        };
        &self.0[..digits]
    }
}

/// GB 32100: weights are powers of 3 modulo 31 over an alphabet without I, O, S, V, Z.
fn uscc_is_valid(s: &str) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let Some(values) =
        s.bytes().map(|b| ALPHABET.iter().position(|a| *a == b)).collect::<Option<Vec<_>>>().filter(|v| v.len() == 18)
    else {
        return false;
    };
    let mut weight = 1;
    let mut sum = 0;
    for v in &values[..17] {
        sum += v * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == values[17]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_the_check_character() {
        assert!("11230883MB01310199".parse::<Uscc>().is_ok());
        assert!("11230883MB01310198".parse::<Uscc>().is_err());
        assert!("11230883MB0131019".parse::<Uscc>().is_err());
        assert!("11230883MB0131019I".parse::<Uscc>().is_err());
    }

    #[test]
    fn a_region_contains_its_subtree_only() {
        let r = |s: &str| s.parse::<RegionCode>().expect("valid");
        assert!(r("230000").contains(&r("230883")));
        assert!(r("230800").contains(&r("230883")));
        assert!(r("230883").contains(&r("230883100")));
        assert!(r("230883").contains(&r("230883")));
        assert!(!r("230883").contains(&r("230800")));
        assert!(!r("230883").contains(&r("230882")));
        assert!(!r("230883100").contains(&r("230883")));
        assert!("2308".parse::<RegionCode>().is_err());
    }
}
