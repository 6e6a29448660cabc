//! What an organ entrusted a body with: in which matters, from when until when, by which document.
//!
//! In a cell: `document|from至until|matter；matter|公布day|condition；condition`, as in
//! `抚人社委〔2026〕1号|2026-01-01至2028-12-31|行政处罚；021140001000|公布2026-01-05|管理公共事务职能；持证人员`.

use std::fmt;

use jiff::civil::Date;
use law::id::{BaseCode, Uscc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{PowerKind, Unread};

law::words! {
    /// What an entrusted organisation must be (APL 21), as the organ states it.
    pub enum Qualification {
        /// Founded under a law, with functions of public affairs.
        PublicFunctions = "public_functions" "管理公共事务职能" "functions of public affairs",
        /// People who know the law and the trade, and hold certificates.
        CertifiedStaff = "certified_staff" "持证人员" "certified staff",
        /// Where technical inspection or appraisal is needed.
        TechnicalMeans = "technical_means" "技术检查条件" "means of technical inspection",
    }
}

/// An entrustment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entrustment {
    /// 委托书: its title or number.
    pub document: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Whole kinds of powers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<PowerKind>,
    /// 委托事项, by their base codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<BaseCode>,
    /// The day on which the document was made public; absent: it was not, as far as is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Date>,
    /// What the body is said to be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meets: Vec<Qualification>,
}

/// An entrustment, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// The body.
    pub body: Uscc,
    /// What it was entrusted with.
    pub terms: Entrustment,
}

impl Entrustment {
    /// Whether it holds on a day, the last one included.
    pub fn on(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether it covers a power.
    pub fn covers(&self, kind: PowerKind, base_code: &BaseCode) -> bool {
        self.kinds.contains(&kind) || self.items.contains(base_code)
    }

    /// Whether anything of a kind is among what it covers.
    pub fn touches(&self, kind: PowerKind) -> bool {
        self.kinds.contains(&kind) || self.items.iter().any(|item| item.as_str().starts_with(kind.code()))
    }

    /// The entrustment that a cell writes.
    ///
    /// # Errors
    ///
    /// [`Unread`], with the form, where a part is missing or says nothing.
    pub fn read(cell: &str) -> Result<Self, Unread> {
        let wrong = |part: &str| {
            Unread::new(
                format!(
                    "委托“{part}”应写作 委托书文号|2026-01-01至2028-12-31|行政处罚；12位基本编码|公布2026-01-05|管理公共事务职能；持证人员"
                ),
                format!(
                    "the entrustment {part:?} should read document|from至until|kinds and base codes|公布day|conditions"
                ),
            )
        };
        let parts: Vec<&str> = cell.split('|').map(str::trim).collect();
        let [document, term, matters, public, meets] = parts[..] else { return Err(wrong(cell)) };
        if document.is_empty() {
            return Err(wrong(cell));
        }
        let day = |text: &str| text.trim().parse::<Date>().ok();
        let (from, until) =
            term.split_once('至').and_then(|(a, b)| Some((day(a)?, day(b)?))).ok_or_else(|| wrong(term))?;
        let words = |text: &'_ str| -> Vec<String> {
            text.split('；').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let (mut kinds, mut items) = (Vec::new(), Vec::new());
        for word in words(matters) {
            match (PowerKind::from_zh(&word), word.parse::<BaseCode>()) {
                (Some(kind), _) => kinds.push(kind),
                (None, Ok(item)) => items.push(item),
                (None, Err(_)) => return Err(wrong(&word)),
            }
        }
        let published_on = match public {
            "" => None,
            said => Some(said.strip_prefix("公布").and_then(day).ok_or_else(|| wrong(said))?),
        };
        let meets = words(meets)
            .iter()
            .map(|word| Qualification::from_zh(word).ok_or_else(|| wrong(word)))
            .collect::<Result<_, _>>()?;
        Ok(Self { document: document.to_owned(), from, until, kinds, items, published_on, meets })
    }
}

impl fmt::Display for Entrustment {
    /// As a cell writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.kinds.iter().map(|kind| kind.zh().to_owned());
        let matters: Vec<_> = kinds.chain(self.items.iter().map(ToString::to_string)).collect();
        let public = self.published_on.map(|day| format!("公布{day}")).unwrap_or_default();
        let meets: Vec<_> = self.meets.iter().map(|word| word.zh()).collect();
        let (document, from, until) = (&self.document, self.from, self.until);
        write!(f, "{document}|{from}至{until}|{}|{public}|{}", matters.join("；"), meets.join("；"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "抚人社委〔2026〕1号|2026-01-01至2028-12-31|行政处罚；021140001000|公布2026-01-05|管理公共事务职能；持证人员；技术检查条件";

    #[test]
    fn an_entrustment_reads_back_as_it_is_written() {
        for cell in [WHOLE, "委托书|2026-01-01至2026-12-31|||", "委托书|2026-01-01至2026-12-31|行政许可||持证人员"]
        {
            let read = Entrustment::read(cell).unwrap();
            assert_eq!(read.to_string(), cell);
            let stored = serde_json::to_value(&read).unwrap();
            assert_eq!(serde_json::from_value::<Entrustment>(stored).unwrap(), read);
        }
        for cell in [
            "",
            "委托书",
            "|2026-01-01至2028-12-31|||",
            "委托书|2026-01-01|||",
            "委托书|2026-01-01至2028-12-31|处罚||",
            "委托书|2026-01-01至2028-12-31||2026-01-05|",
            "委托书|2026-01-01至2028-12-31|||合格",
        ] {
            assert!(Entrustment::read(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn it_holds_from_its_first_day_through_its_last_for_what_it_names() {
        let terms = Entrustment::read(WHOLE).unwrap();
        let on = |text: &str| terms.on(text.parse().unwrap());
        assert!(!on("2025-12-31") && on("2026-01-01") && on("2028-12-31") && !on("2029-01-01"));
        let some = Entrustment { kinds: vec![], ..terms };
        let covers = |code: &str| some.covers(PowerKind::Penalty, &code.parse().unwrap());
        assert!(covers("021140001000") && !covers("021140002000"));
        assert!(some.touches(PowerKind::Penalty) && !some.touches(PowerKind::Compulsion));
    }
}
