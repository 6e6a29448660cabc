//! A line as people read it, in both languages.

use law::money::yuan;
use serde_json::Value;

use super::{
    Bounds, Condition, Findings, Lack, Limit, Outcome, Range,
    notation::{decimal, parts_of, write_condition},
};

/// The line that a record holds, in Chinese and in English; `None` where it holds none.
pub fn told(line: &Value) -> Option<[String; 2]> {
    serde_json::from_value::<Outcome>(line.clone()).ok().map(|line| line.told())
}

/// The findings that a record holds, in Chinese and in English; `None` where it holds none.
pub fn told_findings(found: &Value) -> Option<[String; 2]> {
    let found = serde_json::from_value::<Findings>(found.clone()).ok()?;
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if let Some(who) = found.addressee {
        zh.push(format!("当事人为{}", who.zh()));
        en.push(format!("the party is one of {}", who.en()));
    }
    for m in &found.measured {
        zh.push(format!("{}{}{}", m.of, yuan(m.hundredths), m.unit));
        en.push(format!("{} {} {}", m.of, yuan(m.hundredths), m.unit));
    }
    for s in &found.stated {
        zh.push(format!("{}{}", s.of, s.value));
        en.push(format!("{} {}", s.of, s.value));
    }
    Some([zh.join("；"), en.join("; ")])
}

impl Outcome {
    /// As people read it: `罚款 50,000元至100,000元（货值金额<10000元；应当）`.
    pub fn told(&self) -> [String; 2] {
        let (mut zh, mut en) = (self.kind.word().label.zh.to_owned(), self.kind.word().label.en.to_owned());
        if let Some(called) = &self.called {
            zh = format!("{zh}“{called}”");
            en = format!("{en} “{called}”");
        }
        if let Some([range_zh, range_en]) = self.range.as_ref().map(Range::told) {
            zh = format!("{zh} {range_zh}");
            en = format!("{en} {range_en}");
        }
        let (mut parts_zh, mut parts_en) = (parts_of(self), parts_en(self));
        parts_zh.extend(self.condition.clone());
        parts_en.extend(self.condition.clone());
        if parts_zh.is_empty() {
            [zh, en]
        } else {
            [format!("{zh}（{}）", parts_zh.join("；")), format!("{en} ({})", parts_en.join("; "))]
        }
    }
}

impl Range {
    fn told(&self) -> [String; 2] {
        let span = |low: String, high: String| {
            if low == high { [low.clone(), low] } else { [format!("{low}至{high}"), format!("{low} to {high}")] }
        };
        let money = |low: i64, high: i64| {
            if low == high {
                return [format!("{}元", yuan(low)), format!("{} yuan", yuan(low))];
            }
            let (low, high) = (yuan(low), yuan(high));
            [format!("{low}元至{high}元"), format!("{low} yuan to {high} yuan")]
        };
        let of = |of: &str, low: i64, high: i64, sign: (&str, &str)| {
            let [zh, en] = span(format!("{}{}", decimal(low), sign.0), format!("{}{}", decimal(high), sign.0));
            [format!("{of}{zh}"), format!("{} of {of}", en.replace(sign.0, sign.1))]
        };
        match self {
            Self::Amount { low_fen, high_fen } => money(*low_fen, *high_fen),
            Self::Multiple { of: base, low_hundredths, high_hundredths } if *high_hundredths < 100 => {
                of(base, low_hundredths * 100, high_hundredths * 100, ("%", " %"))
            }
            Self::Multiple { of: base, low_hundredths, high_hundredths } => {
                of(base, *low_hundredths, *high_hundredths, ("倍", " times"))
            }
            Self::Share { of: base, low_ten_thousandths, high_ten_thousandths } => {
                of(base, low_ten_thousandths * 10, high_ten_thousandths * 10, ("‰", " ‰"))
            }
            Self::PerUnit { of, unit, low_fen, high_fen } => {
                let [zh, en] = money(*low_fen, *high_fen);
                [format!("{of}每{unit}{zh}"), format!("{en} for each {unit} of {of}")]
            }
            Self::PerDay { of: base, low_ten_thousandths, high_ten_thousandths } => {
                let [zh, en] = of(base, *low_ten_thousandths, *high_ten_thousandths, ("%", " %"));
                [format!("按日{zh}"), format!("{en} a day")]
            }
            Self::Days { low, high } => {
                let [zh, en] = span(low.to_string(), high.to_string());
                [format!("{zh}日"), format!("{en} days")]
            }
            Self::Term { low_months, high_months } => Bounds::Months(*low_months, *high_months).told(),
            Self::Life => Bounds::Life.told(),
        }
    }
}

impl Bounds<'_> {
    /// As people read it.
    pub fn told(&self) -> [String; 2] {
        let months = |n: u16| match (n / 12, n % 12) {
            (years, 0) if years > 0 => (format!("{years}年"), format!("{years} years")),
            _ => (format!("{n}个月"), format!("{n} months")),
        };
        match self {
            Self::Open => ["不限".to_owned(), "without bounds".to_owned()],
            Self::Fen(low, high) => {
                [format!("{}–{}元", yuan(*low), yuan(*high)), format!("{}–{} yuan", yuan(*low), yuan(*high))]
            }
            Self::Days(low, high) => [format!("{low}–{high}日"), format!("{low}–{high} days")],
            Self::Months(low, high) => {
                let (low, high) = (months(*low), high.map(months));
                match high {
                    Some(high) if high == low => [low.0, low.1],
                    Some(high) => [format!("{}至{}", low.0, high.0), format!("{} to {}", low.1, high.1)],
                    None => [format!("{}至终身", low.0), format!("{} to life", low.1)],
                }
            }
            Self::Life => ["终身".to_owned(), "for life".to_owned()],
            Self::Ask(of) => [format!("取决于{of}"), format!("depending on {of}")],
        }
    }
}

impl Condition {
    /// As people read it.
    pub fn told(&self) -> [String; 2] {
        [write_condition(self), condition_en(self)]
    }
}

fn parts_en(line: &Outcome) -> Vec<String> {
    let mut all = Vec::new();
    if !line.who.is_empty() {
        all.push(format!("for {}", line.who.iter().map(|who| who.en()).collect::<Vec<_>>().join(", ")));
    }
    all.extend(line.when.iter().map(condition_en));
    all.extend(line.imposing.map(|imposing| imposing.en().to_owned()));
    all.extend(line.instead.map(|number| format!("one of those numbered {number}")));
    all.extend(line.deemed_fen.map(|fen| format!("a base of less counts as {} yuan", yuan(fen))));
    for (word, limit) in [("at least", &line.floor), ("at most", &line.cap)] {
        all.extend(limit.as_ref().map(|limit| match limit {
            Limit::Amount { fen } => format!("{word} {} yuan", yuan(*fen)),
            Limit::Multiple { of, hundredths } => format!("{word} {} times of {of}", decimal(*hundredths)),
        }));
    }
    all.extend(line.decided_by.as_ref().map(|body| format!("decided by {body}")));
    all.extend(line.approval.as_ref().map(|body| format!("with the approval of {body}")));
    all.extend(line.under.as_ref().map(|article| format!("under {article}")));
    all
}

fn condition_en(condition: &Condition) -> String {
    match condition {
        Condition::Lacking { of, how: Lack::None } => format!("no {of}"),
        Condition::Lacking { of, how: Lack::Uncomputable } => format!("{of} cannot be computed"),
        Condition::Lacking { of, how: Lack::Either } => format!("no {of}, or it cannot be computed"),
        Condition::Between { .. } | Condition::Is { .. } | Condition::IsNot { .. } => write_condition(condition),
    }
}
