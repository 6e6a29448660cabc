//! What licences, levies and inspections ask and give, and orders that have a measure: the parts of such items.
//!
//! In a cell: `kind|value|依照《…》第…条`, of an order `责令“补种”|砍伐株数1-3倍|依照《…》第…条`.
//!
//! Invariant: what is written reads back as the same line. A text that is no part is a fault.

use std::fmt;

use law::{money::yuan, period::Period};
use lists::facts::{PowerKind, Unread, decimal, hundredths};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

law::words! {
    /// What a line says.
    pub enum TermKind {
        Condition = "condition" "条件" "condition",
        Material = "material" "材料" "material",
        Time = "time" "办理时限" "time to decide",
        Validity = "validity" "有效期" "validity",
        Number = "number" "数量限制" "limit in number",
        Step = "step" "特别程序" "special step",
        Payer = "payer" "缴纳人" "payer",
        Rate = "rate" "征收标准" "rate",
        Content = "content" "检查内容" "what is inspected",
        Way = "way" "检查方式" "way of inspection",
        Visits = "visits" "年度频次" "visits a year",
        Order = "order" "责令" "order",
    }
    /// Steps that not every licence has (ALL 45, 46, 54, 55); their time is not counted.
    pub enum SpecialStep {
        Hearing = "hearing" "听证" "hearing",
        SiteCheck = "site_check" "现场核查" "check on site",
        ExpertReview = "expert_review" "专家评审" "expert review",
        Examination = "examination" "考试" "examination",
        Testing = "testing" "检验检测" "testing",
        Tender = "tender" "招标拍卖" "tender or auction",
    }
    /// How an inspection is done.
    pub enum InspectionWay {
        OnSite = "on_site" "现场检查" "on site",
        Remote = "remote" "非现场检查" "from afar",
        Documents = "documents" "书面检查" "by documents",
        Sampling = "sampling" "抽样检验" "sampling",
        /// 双随机、一公开 (BER 54).
        Random = "random" "双随机抽查" "drawn at random",
    }
}

/// What holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Term {
    /// Of a licence: what the applicant must fulfil.
    Condition {
        /// In words.
        text: String,
    },
    /// What he hands in.
    Material {
        /// In words.
        text: String,
    },
    /// Within what time it is decided.
    Time {
        /// As the law has it.
        statutory: Period,
        /// As the agency promises.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        promised: Option<Period>,
    },
    /// How long it is valid; absent: as long as nothing else happens.
    Validity {
        /// How long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<Period>,
    },
    /// How many there may be.
    Number {
        /// In words.
        text: String,
    },
    /// A step of its own.
    Step {
        /// Which.
        step: SpecialStep,
        /// Within what time, which is not counted towards the other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<Period>,
    },
    /// Of a levy: who pays.
    Payer {
        /// In words.
        text: String,
    },
    /// How much for each unit.
    Rate {
        /// The unit: 平方米, 人月….
        unit: String,
        /// Lowest, in fen.
        low_fen: i64,
        /// Highest, in fen.
        high_fen: i64,
    },
    /// Of an inspection: what is looked at.
    Content {
        /// In words.
        text: String,
    },
    /// How.
    Way {
        /// Which.
        way: InspectionWay,
    },
    /// How often a year the same subject is visited at most.
    Visits {
        /// Times.
        most: u16,
    },
    /// Beside a penalty: what is ordered, by a measure. An order is no penalty.
    Order {
        /// 补种, 拆除….
        what: String,
        /// The quantity by which it is measured: 砍伐株数….
        of: String,
        /// Least, in hundredths of it.
        low_hundredths: i64,
        /// Most, in hundredths of it.
        high_hundredths: i64,
    },
}

/// A line: what holds, and the article that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TermLine {
    /// What holds.
    pub term: Term,
    /// The article, `《…》第…条`: one of the item's bases; absent: the list does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<String>,
}

const UNDER: &str = "依照";
const FOR_GOOD: &str = "长期";
const PROMISED: &str = "，承诺";

impl Term {
    /// What it says.
    pub const fn kind(&self) -> TermKind {
        match self {
            Self::Condition { .. } => TermKind::Condition,
            Self::Material { .. } => TermKind::Material,
            Self::Time { .. } => TermKind::Time,
            Self::Validity { .. } => TermKind::Validity,
            Self::Number { .. } => TermKind::Number,
            Self::Step { .. } => TermKind::Step,
            Self::Payer { .. } => TermKind::Payer,
            Self::Rate { .. } => TermKind::Rate,
            Self::Content { .. } => TermKind::Content,
            Self::Way { .. } => TermKind::Way,
            Self::Visits { .. } => TermKind::Visits,
            Self::Order { .. } => TermKind::Order,
        }
    }

    /// The value as a cell writes it.
    fn value(&self) -> String {
        match self {
            Self::Condition { text }
            | Self::Material { text }
            | Self::Number { text }
            | Self::Payer { text }
            | Self::Content { text } => text.clone(),
            Self::Time { statutory, promised } => {
                let promised = promised.map(|period| format!("{PROMISED}{}", period.to_zh())).unwrap_or_default();
                format!("{}{promised}", statutory.to_zh())
            }
            Self::Validity { period } => period.map_or_else(|| FOR_GOOD.to_owned(), Period::to_zh),
            Self::Step { step, within } => {
                let within = within.map(|period| format!("，{}", period.to_zh())).unwrap_or_default();
                format!("{}{within}", step.zh())
            }
            Self::Rate { unit, low_fen, high_fen } => format!("每{unit}{}元", span(*low_fen, *high_fen)),
            Self::Way { way } => way.zh().to_owned(),
            Self::Visits { most } => format!("{most}次"),
            Self::Order { of, low_hundredths, high_hundredths, .. } => {
                format!("{of}{}倍", span(*low_hundredths, *high_hundredths))
            }
        }
    }

    /// The same in English, as far as it is no text of the list's own.
    fn value_en(&self) -> String {
        match self {
            Self::Time { statutory, promised } => {
                let promised = promised.map(|period| format!(", promised {}", period.to_en())).unwrap_or_default();
                format!("{}{promised}", statutory.to_en())
            }
            Self::Validity { period } => period.map_or_else(|| "without end".to_owned(), Period::to_en),
            Self::Step { step, within } => {
                let within = within.map(|period| format!(", {}", period.to_en())).unwrap_or_default();
                format!("{}{within}", step.en())
            }
            Self::Rate { unit, low_fen, high_fen } if low_fen == high_fen => {
                format!("{} yuan for each {unit}", yuan(*low_fen))
            }
            Self::Rate { unit, low_fen, high_fen } => {
                format!("{} to {} yuan for each {unit}", yuan(*low_fen), yuan(*high_fen))
            }
            Self::Way { way } => way.en().to_owned(),
            Self::Visits { most } => format!("at most {most}"),
            Self::Order { what, of, low_hundredths, high_hundredths } => {
                format!("{what}, {} times {of}", span(*low_hundredths, *high_hundredths))
            }
            Self::Condition { .. }
            | Self::Material { .. }
            | Self::Number { .. }
            | Self::Payer { .. }
            | Self::Content { .. } => self.value(),
        }
    }
}

impl TermKind {
    /// The kinds of power that have it.
    pub const fn of(self) -> PowerKind {
        match self {
            Self::Condition | Self::Material | Self::Time | Self::Validity | Self::Number | Self::Step => {
                PowerKind::Licence
            }
            Self::Payer | Self::Rate => PowerKind::Levy,
            Self::Content | Self::Way | Self::Visits => PowerKind::Inspection,
            Self::Order => PowerKind::Penalty,
        }
    }

    const fn form(self) -> &'static str {
        match self {
            Self::Condition | Self::Material | Self::Number | Self::Payer | Self::Content => "一句话",
            Self::Time => "20个工作日，承诺10个工作日",
            Self::Validity => "5年、长期",
            Self::Step => "听证、现场核查、专家评审、考试、检验检测、招标拍卖，可以加时限：现场核查，10个工作日",
            Self::Rate => "每平方米10-20元",
            Self::Way => "现场检查、非现场检查、书面检查、抽样检验、双随机抽查",
            Self::Visits => "2次",
            Self::Order => "责令“补种”|砍伐株数1-3倍",
        }
    }
}

fn span(low: i64, high: i64) -> String {
    if low == high { decimal(low) } else { format!("{}-{}", decimal(low), decimal(high)) }
}

/// A word and, behind it, a number or two: `砍伐株数1-3`.
fn measured(text: &str) -> Option<(String, i64, i64)> {
    let at = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (word, numbers) = text.split_at(at);
    let (low, high) = numbers.split_once('-').unwrap_or((numbers, numbers));
    let (low, high) = (hundredths(low)?, hundredths(high)?);
    (low <= high && high > 0).then(|| (word.to_owned(), low, high))
}

fn period(text: &str) -> Option<Period> {
    Period::from_zh(text).filter(|_| !text.starts_with('0'))
}

fn term(kind: TermKind, called: &str, value: &str) -> Option<Term> {
    if (kind == TermKind::Order) == called.is_empty() {
        return None;
    }
    let text = || Some(value.to_owned()).filter(|text| !text.is_empty());
    Some(match kind {
        TermKind::Condition => Term::Condition { text: text()? },
        TermKind::Material => Term::Material { text: text()? },
        TermKind::Number => Term::Number { text: text()? },
        TermKind::Payer => Term::Payer { text: text()? },
        TermKind::Content => Term::Content { text: text()? },
        TermKind::Time => match value.split_once(PROMISED) {
            Some((statutory, promised)) => {
                Term::Time { statutory: period(statutory)?, promised: Some(period(promised)?) }
            }
            None => Term::Time { statutory: period(value)?, promised: None },
        },
        TermKind::Validity if value == FOR_GOOD => Term::Validity { period: None },
        TermKind::Validity => Term::Validity { period: Some(period(value)?) },
        TermKind::Step => match value.split_once('，') {
            Some((step, within)) => Term::Step { step: SpecialStep::from_zh(step)?, within: Some(period(within)?) },
            None => Term::Step { step: SpecialStep::from_zh(value)?, within: None },
        },
        TermKind::Rate => {
            let (unit, low_fen, high_fen) = measured(value.strip_prefix('每')?.strip_suffix('元')?)?;
            Term::Rate { unit, low_fen, high_fen }
        }
        TermKind::Way => Term::Way { way: InspectionWay::from_zh(value)? },
        TermKind::Visits => Term::Visits { most: value.strip_suffix('次')?.parse().ok().filter(|most| *most > 0)? },
        TermKind::Order => {
            let (of, low_hundredths, high_hundredths) = measured(value.strip_suffix('倍')?)?;
            Term::Order { what: called.to_owned(), of, low_hundredths, high_hundredths }
        }
    })
}

impl TermLine {
    /// The line that a cell writes.
    ///
    /// # Errors
    ///
    /// [`Unread`] for a kind that is none, a value that the kind does not have, and an article that is none.
    pub fn read(line: &str) -> Result<Self, Unread> {
        let mut cells = line.splitn(3, '|').map(str::trim);
        let (word, value) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let under = cells.next().unwrap_or_default();
        let (word, called) = match word.split_once('“').and_then(|(word, rest)| Some((word, rest.strip_suffix('”')?)))
        {
            Some(parts) => parts,
            None => (word, ""),
        };
        let kind = TermKind::from_zh(word).ok_or_else(|| {
            let all = TermKind::ALL.iter().map(|kind| kind.zh()).collect::<Vec<_>>().join("、");
            Unread { zh: format!("要素“{word}”不是{all}之一"), en: format!("{word:?} is none of {all}") }
        })?;
        let term = term(kind, called, value).ok_or_else(|| Unread {
            zh: format!("{}“{value}”应写作 {}", kind.zh(), kind.form()),
            en: format!("{} {value:?} should read {}", kind.en(), kind.form()),
        })?;
        let under = match under {
            "" => None,
            said => match said.strip_prefix(UNDER).filter(|a| a.starts_with('《') && a.contains("》第")) {
                Some(article) => Some(article.to_owned()),
                None => {
                    return Err(Unread {
                        zh: format!("“{said}”应写作 依照《…》第…条"),
                        en: format!("{said:?} should read 依照《…》第…条"),
                    });
                }
            },
        };
        Ok(Self { term, under })
    }
}

impl fmt::Display for TermLine {
    /// As a cell writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.term.kind().zh())?;
        if let Term::Order { what, .. } = &self.term {
            write!(f, "“{what}”")?;
        }
        write!(f, "|{}", self.term.value())?;
        match &self.under {
            Some(article) => write!(f, "|{UNDER}{article}"),
            None => Ok(()),
        }
    }
}

/// The line that a record holds, in Chinese and in English; `None` where it holds none.
pub fn told_term(line: &Value) -> Option<[String; 2]> {
    let line = serde_json::from_value::<TermLine>(line.clone()).ok()?;
    let kind = line.term.kind();
    let what = if let Term::Order { what, .. } = &line.term { what.as_str() } else { "" };
    let (zh, en) = line
        .under
        .as_ref()
        .map_or_else(Default::default, |article| (format!("（{UNDER}{article}）"), format!(" (under {article})")));
    Some([
        format!("{}：{what}{}{zh}", kind.zh(), line.term.value()),
        format!("{}: {}{en}", kind.en(), line.term.value_en()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_back_as_it_is_written() {
        for line in [
            "条件|有与经营规模相适应的场所|依照《中华人民共和国食品安全法》第三十三条",
            "材料|申请书",
            "办理时限|20个工作日，承诺10个工作日|依照《中华人民共和国道路运输条例》第十条第二款",
            "办理时限|30日",
            "有效期|5年",
            "有效期|长期",
            "数量限制|县内班线每条不超过三家|依照《甲法》第七条",
            "特别程序|现场核查，10个工作日",
            "特别程序|听证",
            "缴纳人|建设单位",
            "征收标准|每平方米10-20.5元|依照《甲条例》第七条",
            "征收标准|每人月100元",
            "检查内容|进货查验记录",
            "检查方式|双随机抽查",
            "年度频次|2次",
            "责令“补种”|砍伐株数1-3倍|依照《中华人民共和国森林法》第七十六条第一款",
        ] {
            let read = TermLine::read(line).unwrap();
            assert_eq!(read.to_string(), line);
            let stored = serde_json::to_value(&read).unwrap();
            assert_eq!(serde_json::from_value::<TermLine>(stored.clone()).unwrap(), read);
            assert!(told_term(&stored).is_some_and(|[zh, en]| !zh.is_empty() && !en.is_empty()));
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_line() {
        for line in [
            "",
            "费用|10元",
            "条件|",
            "办理时限|二十日",
            "办理时限|20日，承诺",
            "有效期|0年",
            "特别程序|评审",
            "征收标准|10元",
            "征收标准|每平方米20-10元",
            "检查方式|随便看看",
            "年度频次|0次",
            "责令|砍伐株数1-3倍",
            "责令“补种”|1-3倍",
            "条件“甲”|乙",
            "材料|申请书|甲法第七条",
        ] {
            let bad = TermLine::read(line).unwrap_err();
            assert!(!bad.zh.is_empty() && !bad.en.is_empty(), "{line}");
        }
    }
}
