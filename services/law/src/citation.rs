//! Statutes and places in them.

use std::fmt::{self, Write as _};

/// A statute or document a rule rests on.
#[derive(Debug, PartialEq, Eq)]
pub struct Statute {
    /// Short name used in rule tables, e.g. `APL`.
    pub code: &'static str,
    /// Common Chinese name without 中华人民共和国, e.g. 行政处罚法.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// Version cited: the date it was passed or last amended.
    pub version: &'static str,
    /// Document number, for what has one.
    pub number: Option<&'static str>,
}

macro_rules! statutes {
    ($($name:ident $zh:literal $en:literal $version:literal $number:expr;)*) => {
        $(#[doc = concat!($zh, " (", $en, "), version of ", $version, ".")]
        pub static $name: Statute =
            Statute { code: stringify!($name), zh: $zh, en: $en, version: $version, number: $number };)*
        /// Every statute that a rule may cite.
        pub static STATUTES: &[&Statute] = &[$(&$name),*];
    };
}

statutes! {
    APL "行政处罚法" "Administrative Penalty Law" "2021-01-22" None;
    ACL "行政强制法" "Administrative Compulsion Law" "2011-06-30" None;
    ALL "行政许可法" "Administrative Licensing Law" "2019-04-23" None;
    ARL "行政复议法" "Administrative Reconsideration Law" "2023-09-01" None;
    ALR "行政复议法实施条例" "Regulations Implementing the Administrative Reconsideration Law" "2007-05-29" Some("国务院令第499号");
    CPL "民事诉讼法" "Civil Procedure Law" "2023-09-01" None;
    APC "行政诉讼法" "Administrative Litigation Law" "2017-06-27" None;
    SCL "国家赔偿法" "State Compensation Law" "2012-10-26" None;
    PIPL "个人信息保护法" "Personal Information Protection Law" "2021-08-20" None;
    OGI "政府信息公开条例" "Open Government Information Regulations" "2019-04-03" Some("国务院令第711号");
    CTR "行政执法机关移送涉嫌犯罪案件的规定" "Provisions on the Transfer of Suspected Criminal Cases" "2020-08-07" Some("国务院令第730号");
    FSR "罚款决定与罚款收缴分离实施办法" "Measures on Separating Fine Decisions from Collection" "1997-11-17" Some("国务院令第235号");
    BER "优化营商环境条例" "Regulations on Optimising the Business Environment" "2019-10-22" Some("国务院令第722号");
    AES "行政执法监督条例" "Regulations on the Supervision of Administrative Enforcement" "2025" Some("国务院令第825号");
    TSI "关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见" "Guiding Opinions on the Three Systems of Enforcement" "2018-12-05" Some("国办发〔2018〕118号");
    LGO "法治政府建设实施纲要（2021—2025年）" "Outline for Building a Law-Based Government (2021–2025)" "2021-08-02" None;
    LGP "法治政府建设实施纲要（2015—2020年）" "Outline for Building a Law-Based Government (2015–2020)" "2015-12" Some("中发〔2015〕36号");
    LPR "信访工作条例" "Regulations on Petition Work" "2022-02-25" None;
    ARCHIVES "档案法" "Archives Law" "2020-06-20" None;
}

/// One place in a statute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The statute.
    pub statute: &'static Statute,
    /// The article, or `None` when the document as a whole is meant.
    pub article: Option<u16>,
    /// The paragraph (款), from 1.
    pub paragraph: Option<u8>,
}

impl Citation {
    /// A whole article.
    pub const fn article(statute: &'static Statute, article: u16) -> Self {
        Self { statute, article: Some(article), paragraph: None }
    }

    /// One paragraph of an article.
    pub const fn paragraph(statute: &'static Statute, article: u16, paragraph: u8) -> Self {
        Self { statute, article: Some(article), paragraph: Some(paragraph) }
    }

    /// The document as a whole.
    pub const fn whole(statute: &'static Statute) -> Self {
        Self { statute, article: None, paragraph: None }
    }

    /// The citation as a Chinese document writes it: 《行政处罚法》第五十八条第一款.
    pub fn zh(&self) -> String {
        let mut out = format!("《{}》", self.statute.zh);
        if let Some(a) = self.article {
            let _ = write!(out, "第{}条", chinese_number(a));
        }
        if let Some(p) = self.paragraph {
            let _ = write!(out, "第{}款", chinese_number(u16::from(p)));
        }
        out
    }

    /// The citation in English: Administrative Penalty Law, art. 58(1).
    pub fn en(&self) -> String {
        let mut out = self.statute.en.to_owned();
        if let Some(a) = self.article {
            let _ = write!(out, ", art. {a}");
        }
        if let Some(p) = self.paragraph {
            let _ = write!(out, "({p})");
        }
        out
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh())
    }
}

/// A number from 1 to 999 as statutes count articles: 一百零二.
pub fn chinese_number(n: u16) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, tens, ones) = (n / 100 % 10, n / 10 % 10, n % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push_str(DIGITS[usize::from(hundreds)]);
        out.push('百');
    }
    match (hundreds, tens, ones) {
        (0, 1, _) => out.push('十'),
        (_, 0, 0) => {}
        (0, 0, _) => {}
        (_, 0, _) => out.push('零'),
        _ => {
            out.push_str(DIGITS[usize::from(tens)]);
            out.push('十');
        }
    }
    if ones > 0 || n == 0 {
        out.push_str(DIGITS[usize::from(ones)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_articles_as_statutes_do() {
        for (n, want) in [
            (1, "一"),
            (10, "十"),
            (15, "十五"),
            (20, "二十"),
            (58, "五十八"),
            (100, "一百"),
            (102, "一百零二"),
            (110, "一百一十"),
            (125, "一百二十五"),
        ] {
            assert_eq!(chinese_number(n), want, "{n}");
        }
    }

    #[test]
    fn writes_a_citation_in_both_languages() {
        let c = Citation::paragraph(&APL, 58, 1);
        assert_eq!(c.zh(), "《行政处罚法》第五十八条第一款");
        assert_eq!(c.en(), "Administrative Penalty Law, art. 58(1)");
    }
}
