//! An amount of money as people write it into a form.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Money in yuan, with two places at most: `10000`, `10,000.01`, `１００００`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Yuan {
    /// In fen.
    pub fen: i64,
}

/// What is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("应为金额（元），最多两位小数；an amount in yuan with at most two decimals is wanted")]
pub struct BadYuan;

impl FromStr for Yuan {
    type Err = BadYuan;

    fn from_str(text: &str) -> Result<Self, BadYuan> {
        let plain = kernel::text::folded(text).replace(',', "");
        let (yuan, fen) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if yuan.is_empty() || fen.len() > 2 || !digits(yuan) || !digits(fen) {
            return Err(BadYuan);
        }
        format!("{yuan}{fen:0<2}").parse().map(|fen| Self { fen }).map_err(|_| BadYuan)
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.fen / 100, self.fen % 100) {
            (yuan, 0) => write!(f, "{yuan}"),
            (yuan, fen) => write!(f, "{yuan}.{:02}", fen.abs()),
        }
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write_and_nothing_else() {
        for (text, fen, plain) in [
            ("10000", 1_000_000, "10000"),
            ("10,000.01", 1_000_001, "10000.01"),
            ("１０，０００．５", 1_000_050, "10000.50"),
            ("0.5", 50, "0.50"),
            (" 7. ", 700, "7"),
        ] {
            let yuan: Yuan = text.parse().unwrap();
            assert_eq!((yuan.fen, yuan.to_string().as_str()), (fen, plain), "{text}");
        }
        for text in ["", "-1", "1.234", "1e9", "一万", "1.2.3", ".5", "99999999999999999999"] {
            assert_eq!(text.parse::<Yuan>(), Err(BadYuan), "{text}");
        }
    }
}
