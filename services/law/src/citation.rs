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
    MAD "重大行政决策程序暂行条例" "Provisional Regulations on Procedures for Major Administrative Decisions" "2019-04-20" Some("国务院令第713号");
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

/// The title by which a statute is known: people leave the name of the state out, and write brackets in several ways.
pub fn title_key(title: &str) -> String {
    let title = crate::series::plain(title);
    title.strip_prefix("中华人民共和国").unwrap_or(&title).to_owned()
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number from 0 to 9999 as statutes count articles: 一百零二.
pub fn chinese_number(n: u16) -> String {
    let mut out = String::new();
    // Whether places were passed over since the last digit: 零 stands for them.
    let mut skipped = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = n / unit % 10;
        if digit == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if skipped {
            out.push(DIGITS[0]);
            skipped = false;
        }
        // 十五, but 一百一十五.
        if !(unit == 10 && digit == 1 && out.is_empty()) {
            out.push(DIGITS[usize::from(digit)]);
        }
        out.push_str(name);
    }
    if out.is_empty() { DIGITS[0].to_string() } else { out }
}

/// The number that reads so, from 1 to 9999, as statutes count: 一百零二, also with 〇 for 零. `None` for anything else.
pub fn read_chinese_number(text: &str) -> Option<u16> {
    let (mut total, mut digit, mut unit_before) = (0_u16, None, 10_000_u16);
    for c in text.chars() {
        let c = if c == '〇' { '零' } else { c };
        if let Some(value) = DIGITS.iter().position(|d| *d == c) {
            // Two digits in a row are no number; 零 only parts them.
            if digit.is_some_and(|d| d != 0) {
                return None;
            }
            digit = Some(u16::try_from(value).ok()?);
            continue;
        }
        let unit = match c {
            '千' => 1000,
            '百' => 100,
            '十' => 10,
            _ => return None,
        };
        if unit >= unit_before {
            return None;
        }
        let count = match digit.take() {
            None | Some(0) if unit == 10 => 1,
            None | Some(0) => return None,
            Some(count) => count,
        };
        total += count * unit;
        unit_before = unit;
    }
    total += digit.unwrap_or(0);
    (total > 0 && chinese_number(total) == text.replace('〇', "零")).then_some(total)
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
            (1000, "一千"),
            (1001, "一千零一"),
            (1010, "一千零一十"),
            (1260, "一千二百六十"),
            (9999, "九千九百九十九"),
        ] {
            assert_eq!(chinese_number(n), want, "{n}");
        }
        assert_eq!(chinese_number(0), "零");
    }

    #[test]
    fn reads_every_number_that_it_writes_and_nothing_else() {
        for n in 1..=9999 {
            assert_eq!(read_chinese_number(&chinese_number(n)), Some(n), "{n}");
        }
        assert_eq!(read_chinese_number("一百〇二"), Some(102));
        for wrong in ["", "零", "一二", "十百", "百", "二百一千", "一百零零二", "一百二", "12", "第一", "一十五"]
        {
            assert_eq!(read_chinese_number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_title_is_known_with_and_without_the_name_of_the_state() {
        assert_eq!(title_key("中华人民共和国食品安全法"), title_key("食品安全法"));
        assert_eq!(title_key("甲条例（试行）"), title_key("甲条例(试行)"));
        assert_ne!(title_key("甲条例"), title_key("甲条例实施细则"));
    }

    #[test]
    fn writes_a_citation_in_both_languages() {
        let c = Citation::paragraph(&APL, 58, 1);
        assert_eq!(c.zh(), "《行政处罚法》第五十八条第一款");
        assert_eq!(c.en(), "Administrative Penalty Law, art. 58(1)");
    }
}
