//! Lines in the words of the law.
//!
//! Invariant: what is written reads back as the same lines. A line that these words cannot hold stands in 〔〕 as a cell
//! writes it.

use super::{
    super::{
        facts::PenaltyKind,
        outcome::{Border, Condition, Imposing, Lack, Limit, Outcome, Range},
    },
    conditions::{CIRCUMSTANCES, CONSEQUENCES, CORRECTION, GRADE, condition},
    kinds::{self, Core, Said},
    read,
};

/// The lines in the words of the law, a sentence for each line, or for lines of which one is chosen.
pub fn write(lines: &[Outcome]) -> String {
    let sentences = groups(lines).map(|group| worded(group).unwrap_or_else(|| cells(group)));
    let text: String = sentences.collect();
    // Lines say of each other what they did not say alone, where one names the case that another is silent on.
    if read(&text).lines == lines { text } else { groups(lines).map(cells).collect() }
}

/// Lines that stand in each other's place, one after another, are one group.
fn groups(lines: &[Outcome]) -> impl Iterator<Item = &[Outcome]> {
    lines.chunk_by(|a, b| a.instead.is_some() && a.instead == b.instead)
}

fn cells(group: &[Outcome]) -> String {
    group.iter().map(|line| format!("〔{line}〕。")).collect()
}

/// A group in words that read back as it.
fn worded(group: &[Outcome]) -> Option<String> {
    let text = sentence(group)?;
    let mut alone = group.to_vec();
    alone.iter_mut().for_each(|line| line.instead = line.instead.map(|_| 1));
    (read(&text).lines == alone).then_some(text)
}

fn sentence(group: &[Outcome]) -> Option<String> {
    let first = group.first()?;
    // What stands before the penalties stands there for all of them.
    let alike = |line: &Outcome| {
        (&line.when, &line.condition, &line.who, &line.approval, line.imposing)
            == (&first.when, &first.condition, &first.who, &first.approval, first.imposing)
    };
    if !group.iter().all(alike) {
        return None;
    }
    let mut text = String::new();
    for condition in &first.when {
        text.push_str(&case(condition)?);
        text.push_str("的，");
    }
    // 依照前款 stands with its verb.
    let cited = first.condition.as_deref().filter(|words| words.starts_with("依照"));
    if let Some(words) = first.condition.as_ref().filter(|_| cited.is_none()) {
        text.push_str(&format!("有“{words}”情形的，"));
    }
    if let Some(body) = &first.approval {
        text.push_str(&format!("报经{body}批准，"));
    }
    if let Some(body) = &first.decided_by {
        text.push_str(&format!("由{body}决定"));
    }
    if !first.who.is_empty() {
        text.push_str(&format!("对{}", first.who.iter().map(|who| who.zh()).collect::<Vec<_>>().join("、")));
    }
    if first.imposing? == Imposing::May {
        text.push_str("可以");
    }
    for (at, line) in group.iter().enumerate() {
        // 责令停业，直至由原发证部门吊销许可证: the later ones can be another's to decide.
        let before = at.checked_sub(1).map(|before| &group[before]);
        if let Some(before) = before {
            text.push_str("或者");
            if let Some(body) = line.decided_by.as_ref().filter(|_| line.decided_by != before.decided_by) {
                text.push_str(&format!("由{body}决定"));
            }
        }
        text.push_str(&penalty(line, cited)?);
    }
    let last = group.last()?;
    for (limit, word) in [(&last.floor, "最低不少于"), (&last.cap, "最高不超过")] {
        if let Some(limit) = limit {
            text.push_str(&format!("，{word}{}", limit_words(limit)));
        }
    }
    if let Some(fen) = last.deemed_fen {
        let (Range::Multiple { of, .. } | Range::Share { of, .. }) = last.range.as_ref()? else { return None };
        let amount = yuan(fen);
        text.push_str(&format!("；{of}不足{amount}的，按{amount}计算"));
    }
    text.push('。');
    Some(text)
}

/// A condition without its 的.
fn case(of_line: &Condition) -> Option<String> {
    let reads_back = |text: &str| {
        condition(text, None).is_some_and(|found| found.words.is_none() && found.any == [vec![of_line.clone()]])
    };
    let some = format!("有{}", of_line.of());
    if reads_back(&some) {
        return Some(some);
    }
    let text = match of_line {
        Condition::Between { of, unit, from, to } => {
            let measure = |border: &Border| measured(border.hundredths, unit);
            from.or(*to)?;
            let low = from
                .as_ref()
                .map(|b| if b.included { format!("{}以上", measure(b)) } else { format!("超过{}", measure(b)) });
            let high = to.as_ref().map(|b| match b.included {
                false => format!("不足{}", measure(b)),
                // 超过一万元五万元以下 would run into each other.
                true if from.is_some_and(|from| !from.included) => format!("不超过{}", measure(b)),
                true => format!("{}以下", measure(b)),
            });
            format!("{of}{}{}", low.unwrap_or_default(), high.unwrap_or_default())
        }
        Condition::Lacking { of, how: Lack::None } => format!("没有{of}"),
        Condition::Lacking { of, how: Lack::Uncomputable } => format!("{of}无法计算"),
        Condition::Lacking { of, how: Lack::Either } => format!("没有{of}或者{of}无法计算"),
        Condition::Is { of, value } => found(of, value).unwrap_or_else(|| format!("属于“{of}”为“{value}”情形")),
        Condition::IsNot { of, value } => match found(of, value) {
            Some(text) => format!("不属于{text}"),
            None => format!("不属于“{of}”为“{value}”情形"),
        },
    };
    reads_back(&text).then_some(text)
}

/// What a case finds, in the law's own words for it.
fn found(of: &str, value: &str) -> Option<String> {
    let text = match of {
        CIRCUMSTANCES => format!("{of}{value}"),
        CONSEQUENCES => format!("造成{value}"),
        CORRECTION => value.to_owned(),
        GRADE => format!("发生{value}事故"),
        _ => return None,
    };
    let is = Condition::Is { of: of.to_owned(), value: value.to_owned() };
    condition(&text, None).is_some_and(|found| found.words.is_none() && found.any == [vec![is]]).then_some(text)
}

/// The penalty itself: 处五万元以下罚款, 吊销营业执照, 五年内不得从事….
fn penalty(line: &Outcome, cited: Option<&str>) -> Option<String> {
    if let Some(article) = line.under.as_deref().or(cited.map(|cited| &cited["依照".len()..])) {
        let verb = match line.kind {
            PenaltyKind::Fine => "处以罚款",
            PenaltyKind::Detention => "给予拘留",
            _ => line.called.as_deref()?,
        };
        return Some(format!("依照{article}的规定{verb}"));
    }
    let range = line.range.as_ref();
    let called = line.called.as_deref();
    match (line.kind, range, called) {
        (PenaltyKind::Fine, None, None) => Some("处罚款".to_owned()),
        (PenaltyKind::Fine, Some(Range::PerDay { of, low_ten_thousandths, high_ten_thousandths }), None) => {
            Some(match (low_ten_thousandths, high_ten_thousandths) {
                (10_000, 10_000) => format!("按照{of}按日连续处罚"),
                (low, high) => format!("每日按{of}的{}加处罚款", stretch(&parts(*low), &parts(*high), *low, *high)),
            })
        }
        (PenaltyKind::Fine, Some(range), None) => Some(format!("处{}罚款", money(range)?)),
        (PenaltyKind::Warning | PenaltyKind::PublicCriticism, None, None) => Some(format!("给予{}", line.kind.zh())),
        (PenaltyKind::Detention, Some(range), None) => Some(format!("处{}行政拘留", time(range)?)),
        (PenaltyKind::BarFromTrade | PenaltyKind::RestrictBusiness | PenaltyKind::Other, Some(range), Some(called)) => {
            let text = match range {
                Range::Life => format!("终身{called}"),
                Range::Term { low_months, high_months: Some(high) } if low_months == high => {
                    format!("{}内{called}", months(*high))
                }
                range => format!("{}{called}", time(range)?),
            };
            Some(own(line, &text).unwrap_or(marked(line)?))
        }
        (_, None, Some(called)) => Some(own(line, called).unwrap_or(marked(line)?)),
        _ => marked(line),
    }
}

/// The words, if they say this penalty by themselves.
fn own(line: &Outcome, text: &str) -> Option<String> {
    let (len, Core::Lines(said)) = kinds::core(text, false)? else { return None };
    let [Said { line: read, .. }] = &said[..] else { return None };
    let same = (read.kind, &read.range, &read.called) == (line.kind, &line.range, &line.called);
    (len == text.len() && same).then(|| text.to_owned())
}

/// The name of the kind, with what the line adds to it: 吊销许可证件“…”.
fn marked(line: &Outcome) -> Option<String> {
    let called = line.called.as_ref().map(|called| format!("“{called}”")).unwrap_or_default();
    let range = match &line.range {
        Some(Range::Life) => "终身".to_owned(),
        Some(range) => time(range).or_else(|| money(range))?,
        None => String::new(),
    };
    Some(format!("{}{called}{range}", line.kind.zh()))
}

fn money(range: &Range) -> Option<String> {
    Some(match range {
        Range::Amount { low_fen, high_fen } => stretch(&yuan(*low_fen), &yuan(*high_fen), *low_fen, *high_fen),
        Range::PerUnit { of, unit, low_fen, high_fen } => {
            format!("{of}每{unit}{}", stretch(&yuan(*low_fen), &yuan(*high_fen), *low_fen, *high_fen))
        }
        Range::Multiple { of, low_hundredths, high_hundredths } => {
            let word = |n: i64| if n % 100 == 0 { measured(n, "倍") } else { parts(n * 100) };
            format!(
                "{of}{}",
                stretch(&word(*low_hundredths), &word(*high_hundredths), *low_hundredths, *high_hundredths)
            )
        }
        Range::Share { of, low_ten_thousandths, high_ten_thousandths } => {
            let (low, high) = (*low_ten_thousandths, *high_ten_thousandths);
            format!("{of}{}", stretch(&parts(low), &parts(high), low, high))
        }
        Range::Days { .. } | Range::PerDay { .. } | Range::Term { .. } | Range::Life => return None,
    })
}

fn time(range: &Range) -> Option<String> {
    Some(match range {
        Range::Days { low, high } => {
            stretch(&format!("{low}日"), &format!("{high}日"), i64::from(*low), i64::from(*high))
        }
        Range::Term { low_months, high_months: Some(high) } => {
            stretch(&months(*low_months), &months(*high), i64::from(*low_months), i64::from(*high))
        }
        Range::Term { low_months, high_months: None } => format!("{}直至终身", months(*low_months)),
        _ => return None,
    })
}

fn stretch(low: &str, high: &str, from: i64, to: i64) -> String {
    match (from, to) {
        (from, to) if from == to => low.to_owned(),
        (0, _) => format!("{high}以下"),
        _ => format!("{low}以上{high}以下"),
    }
}

fn limit_words(limit: &Limit) -> String {
    match limit {
        Limit::Amount { fen } => yuan(*fen),
        Limit::Multiple { of, hundredths } => format!("{of}{}", measured(*hundredths, "倍")),
    }
}

fn yuan(fen: i64) -> String {
    measured(fen, "元")
}

/// A number of hundredths with its unit: 5万元, 0.5倍.
fn measured(hundredths: i64, unit: &str) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 if whole != 0 && whole % 10_000 == 0 && unit == "元" => format!("{}万{unit}", whole / 10_000),
        0 => format!("{whole}{unit}"),
        part if part % 10 == 0 => format!("{whole}.{}{unit}", part / 10),
        part => format!("{whole}.{part:02}{unit}"),
    }
}

/// Ten-thousandths, per cent or per mille.
fn parts(ten_thousandths: i64) -> String {
    if ten_thousandths % 100 != 0 && ten_thousandths % 10 == 0 {
        format!("{}‰", ten_thousandths / 10)
    } else {
        measured(ten_thousandths, "%")
    }
}

fn months(months: u16) -> String {
    if months != 0 && months.is_multiple_of(12) { format!("{}年", months / 12) } else { format!("{months}个月") }
}
