//! A departure as it stands in a cell: `kind|value|part；part`, as in `当场罚款|500元|对个人；依照《…》第…条`.
//!
//! Invariant: what is written reads back as the same line. A text that is no part is a fault.

use std::fmt;

use law::period::Period;
use serde_json::Value;

use super::{Departure, DepartureKind, Otherwise};
use crate::domain::facts::{Addressee, Unread, decimal, hundredths};

const UNDER: &str = "依照";

impl Otherwise {
    /// The line that a cell writes.
    ///
    /// # Errors
    ///
    /// [`Unread`] for a kind from which no statute departs, a value that the kind does not have, and a missing article.
    pub fn read(line: &str) -> Result<Self, Unread> {
        let mut cells = line.splitn(3, '|').map(str::trim);
        let (word, value) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let parts = cells.next().unwrap_or_default();
        let kind = DepartureKind::from_zh(word).ok_or_else(|| {
            let all = DepartureKind::ALL.iter().map(|kind| kind.zh()).collect::<Vec<_>>().join("、");
            Unread::new(format!("另有规定“{word}”不是{all}之一"), format!("{word:?} is none of {all}"))
        })?;
        let (mut who, mut under) = (None, None);
        for part in parts.split('；').map(str::trim).filter(|part| !part.is_empty()) {
            let addressee = part.strip_prefix('对').and_then(addressee).filter(|_| who.is_none());
            let article = part.strip_prefix(UNDER).filter(|a| a.starts_with('《') && a.contains("》第"));
            match (addressee, article.filter(|_| under.is_none())) {
                (Some(of), _) if kind == DepartureKind::SpotFine => who = Some(of),
                (_, Some(article)) => under = Some(article.to_owned()),
                _ => {
                    return Err(Unread::new(
                        format!("“{part}”不能识别；可以写 依照《…》第…条，当场罚款还可以写 对个人、对单位"),
                        format!(
                            "{part:?} is no part of the line: write 依照《…》第…条, and of 当场罚款 对个人 or 对单位, each once"
                        ),
                    ));
                }
            }
        }
        let rule = departure(kind, value, who).ok_or_else(|| {
            let form = form(kind);
            Unread::new(
                format!("{}的数值“{value}”应写作 {form}", kind.zh()),
                format!("the value {value:?} of {} should read {form}", kind.en()),
            )
        })?;
        let under = under.ok_or_else(|| {
            Unread::new("另有规定须写明依据：依照《…》第…条", "a departure names its article: 依照《…》第…条")
        })?;
        Ok(Self { rule, under })
    }
}

fn addressee(text: &str) -> Option<Addressee> {
    [Addressee::Unit, Addressee::Individual].into_iter().find(|of| of.zh() == text)
}

fn form(kind: DepartureKind) -> &'static str {
    match kind {
        DepartureKind::Jurisdiction => "有管辖权的机关，如 违法行为人居住地的公安机关",
        DepartureKind::Limitation => "6个月、5年",
        DepartureKind::Officers => "1人",
        DepartureKind::SpotFine => "500元",
        DepartureKind::Decision => "30日、6个月",
    }
}

fn departure(kind: DepartureKind, value: &str, who: Option<Addressee>) -> Option<Departure> {
    let period = || Period::from_zh(value).filter(|_| !value.starts_with('0'));
    Some(match kind {
        DepartureKind::Jurisdiction => {
            Departure::Jurisdiction { organ: Some(value).filter(|organ| !organ.is_empty())?.to_owned() }
        }
        DepartureKind::Limitation => {
            let period = period().filter(|p| !matches!(p, Period::Hours(_) | Period::WorkingDays(_)))?;
            Departure::Limitation { period }
        }
        DepartureKind::Officers => {
            Departure::Officers { least: value.strip_suffix('人')?.parse().ok().filter(|least| *least > 0)? }
        }
        DepartureKind::SpotFine => {
            Departure::SpotFine { fen: hundredths(value.strip_suffix('元')?).filter(|fen| *fen > 0)?, who }
        }
        DepartureKind::Decision => Departure::Decision { period: period().filter(|p| !matches!(p, Period::Hours(_)))? },
    })
}

impl Departure {
    /// The value as a cell writes it, in Chinese and in English.
    fn value(&self) -> [String; 2] {
        match self {
            Self::Jurisdiction { organ } => [organ.clone(), organ.clone()],
            Self::Limitation { period } | Self::Decision { period } => [period.to_zh(), period.to_en()],
            Self::Officers { least } => [format!("{least}人"), format!("at least {least}")],
            Self::SpotFine { fen, .. } => [format!("{}元", decimal(*fen)), format!("up to {} yuan", decimal(*fen))],
        }
    }

    fn who(&self) -> Option<Addressee> {
        if let Self::SpotFine { who, .. } = self { *who } else { None }
    }
}

impl fmt::Display for Otherwise {
    /// As a cell writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [value, _] = self.rule.value();
        write!(f, "{}|{value}|", self.rule.kind().zh())?;
        if let Some(who) = self.rule.who() {
            write!(f, "对{}；", who.zh())?;
        }
        write!(f, "{UNDER}{}", self.under)
    }
}

/// The departure that a record holds, in Chinese and in English; `None` where it holds none.
pub fn told_otherwise(line: &Value) -> Option<[String; 2]> {
    let line = serde_json::from_value::<Otherwise>(line.clone()).ok()?;
    let ([zh, en], kind) = (line.rule.value(), line.rule.kind());
    let (zh_who, en_who) =
        line.rule.who().map_or_else(Default::default, |who| (format!("对{}", who.zh()), format!(" for {}", who.en())));
    Some([
        format!("{}：{zh_who}{zh}（依照{}）", kind.zh(), line.under),
        format!("{}: {en}{en_who} (under {})", kind.en(), line.under),
    ])
}
