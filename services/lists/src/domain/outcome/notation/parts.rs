//! The parts of a line behind its range: `对单位`, `货值金额<10000元`, `1000≤面积<5000平方米`, `情节=严重`, `情节≠严重`,
//! `没有违法所得`, `应当`, `择一1`, `不足部分按10000元计`, `最低500元`, `最高罚款数额1倍`, `由公安机关决定`,
//! `须经有批准权的人民政府批准`, `依照《…》第…条`.

use super::{
    super::{Addressee, Border, Condition, Imposing, Lack, Limit, Outcome, UNCOMPUTABLE, YUAN},
    amounts::{decimal, hundredths},
};

/// Takes a part into the line; `false` where it is none, or says again what the line already has.
pub(super) fn read(part: &str, line: &mut Outcome) -> bool {
    let part = part.trim();
    if let Some(who) = part.strip_prefix('对').and_then(addressees) {
        return when_empty(line.who.is_empty(), || line.who = who);
    }
    if let Some(imposing) = Imposing::from_zh(part) {
        return when_empty(line.imposing.is_none(), || line.imposing = Some(imposing));
    }
    if let Some(number) = part.strip_prefix("择一").and_then(|n| plain(n)?.parse().ok()) {
        return when_empty(line.instead.is_none(), || line.instead = Some(number));
    }
    if let Some(fen) = part.strip_prefix("不足部分按").and_then(|p| hundredths(p.strip_suffix("元计")?)) {
        return when_empty(line.deemed_fen.is_none(), || line.deemed_fen = Some(fen));
    }
    if let Some(limit) = part.strip_prefix("最低").and_then(limit) {
        return when_empty(line.floor.is_none(), || line.floor = Some(limit));
    }
    if let Some(limit) = part.strip_prefix("最高").and_then(limit) {
        return when_empty(line.cap.is_none(), || line.cap = Some(limit));
    }
    if let Some(body) = part.strip_prefix('由').and_then(|p| p.strip_suffix("决定")).filter(|b| !b.is_empty()) {
        return when_empty(line.decided_by.is_none(), || line.decided_by = Some(body.to_owned()));
    }
    if let Some(body) = part.strip_prefix("须经").and_then(|p| p.strip_suffix("批准")).filter(|b| !b.is_empty()) {
        return when_empty(line.approval.is_none(), || line.approval = Some(body.to_owned()));
    }
    if let Some(article) = part.strip_prefix("依照").filter(|a| a.starts_with('《') && a.contains("》第")) {
        return when_empty(line.under.is_none(), || line.under = Some(article.to_owned()));
    }
    condition(part).is_some_and(|condition| when_empty(!line.when.contains(&condition), || line.when.push(condition)))
}

fn when_empty(empty: bool, set: impl FnOnce()) -> bool {
    if empty {
        set();
    }
    empty
}

/// A number without leading zeros, so that it is written as it was read.
fn plain(number: &str) -> Option<&str> {
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (digits && (number == "0" || !number.starts_with('0'))).then_some(number)
}

fn addressees(text: &str) -> Option<Vec<Addressee>> {
    let (mut rest, mut found) = (text, Vec::new());
    while !rest.is_empty() {
        let next = Addressee::ALL.iter().find(|a| rest.starts_with(a.zh()) && !found.contains(*a))?;
        found.push(*next);
        rest = &rest[next.zh().len()..];
        rest = match rest.strip_prefix('、') {
            Some("") => return None,
            Some(more) => more,
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    (!found.is_empty()).then_some(found)
}

fn limit(text: &str) -> Option<Limit> {
    if let Some(fen) = text.strip_suffix(YUAN).and_then(hundredths) {
        return Some(Limit::Amount { fen });
    }
    let body = text.strip_suffix('倍')?;
    let at = body.rfind(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (of, number) = body.split_at(at + body[at..].chars().next()?.len_utf8());
    Some(Limit::Multiple { of: of.to_owned(), hundredths: hundredths(number)? })
}

const SIGNS: [(char, bool, bool); 6] = [
    // Sign, whether what stands before it is the smaller, whether the end belongs to it.
    ('<', true, false),
    ('＜', true, false),
    ('≤', true, true),
    ('>', false, false),
    ('＞', false, false),
    ('≥', false, true),
];

fn sign(c: char) -> Option<(bool, bool)> {
    SIGNS.iter().find(|(sign, ..)| *sign == c).map(|(_, smaller, included)| (*smaller, *included))
}

fn condition(part: &str) -> Option<Condition> {
    if let Some(of) = part.strip_suffix(UNCOMPUTABLE) {
        if let Some(of) = of.strip_prefix("没有").and_then(|of| of.strip_suffix("或者")) {
            return quantity(of).map(|of| Condition::Lacking { of, how: Lack::Either });
        }
        return quantity(of).map(|of| Condition::Lacking { of, how: Lack::Uncomputable });
    }
    if let Some(of) = part.strip_prefix("没有") {
        return quantity(of).map(|of| Condition::Lacking { of, how: Lack::None });
    }
    if let Some((of, value)) = part.split_once('≠') {
        return Some(Condition::IsNot { of: quantity(of)?, value: word(value)? });
    }
    if let Some((of, value)) = part.split_once('=') {
        return Some(Condition::Is { of: quantity(of)?, value: word(value)? });
    }
    between(part)
}

fn between(part: &str) -> Option<Condition> {
    let mut pieces = Vec::new();
    let mut signs = Vec::new();
    let mut from = 0;
    for (at, c) in part.char_indices() {
        if let Some(sign) = sign(c) {
            pieces.push(&part[from..at]);
            signs.push(sign);
            from = at + c.len_utf8();
        }
    }
    pieces.push(&part[from..]);
    let measured = |text: &str| {
        let at = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, unit) = text.split_at(at);
        Some((hundredths(number)?, word(unit)?))
    };
    let border = |hundredths, included| Some(Border { hundredths, included });
    match (&pieces[..], &signs[..]) {
        ([of, end], [(smaller, included)]) => {
            let (end, unit) = measured(end)?;
            let (from, to) = if *smaller { (None, border(end, *included)) } else { (border(end, *included), None) };
            Some(Condition::Between { of: quantity(of)?, unit, from, to })
        }
        ([low, of, high], [(true, low_included), (true, high_included)]) => {
            let (high, unit) = measured(high)?;
            let (from, to) = (border(hundredths(low)?, *low_included), border(high, *high_included));
            Some(Condition::Between { of: quantity(of)?, unit, from, to })
        }
        _ => None,
    }
}

/// The name of a quantity or of a finding: no sign and no digit may stand where it would be read otherwise.
fn quantity(of: &str) -> Option<String> {
    let edge = |c: char| c.is_ascii_digit() || c == '.';
    let bad = of.is_empty()
        || of.trim() != of
        || of.starts_with(edge)
        || of.ends_with(edge)
        || of.starts_with("没有")
        || of.contains(|c: char| sign(c).is_some() || "=≠，。".contains(c));
    (!bad).then(|| of.to_owned())
}

fn word(value: &str) -> Option<String> {
    let bad = value.is_empty()
        || value.trim() != value
        || value.ends_with(UNCOMPUTABLE)
        || value.contains(|c: char| sign(c).is_some() || "=≠，。".contains(c));
    (!bad).then(|| value.to_owned())
}

/// The parts of a line, in the order in which people read them.
pub(in super::super) fn write(line: &Outcome) -> Vec<String> {
    let mut parts = Vec::new();
    if !line.who.is_empty() {
        parts.push(format!("对{}", line.who.iter().map(|a| a.zh()).collect::<Vec<_>>().join("、")));
    }
    parts.extend(line.when.iter().map(write_condition));
    parts.extend(line.imposing.map(|imposing| imposing.zh().to_owned()));
    parts.extend(line.instead.map(|number| format!("择一{number}")));
    parts.extend(line.deemed_fen.map(|fen| format!("不足部分按{}元计", decimal(fen))));
    let limits = [("最低", &line.floor), ("最高", &line.cap)];
    parts.extend(limits.into_iter().filter_map(|(word, limit)| {
        Some(match limit.as_ref()? {
            Limit::Amount { fen } => format!("{word}{}{YUAN}", decimal(*fen)),
            Limit::Multiple { of, hundredths } => format!("{word}{of}{}倍", decimal(*hundredths)),
        })
    }));
    parts.extend(line.decided_by.as_ref().map(|body| format!("由{body}决定")));
    parts.extend(line.approval.as_ref().map(|body| format!("须经{body}批准")));
    parts.extend(line.under.as_ref().map(|article| format!("依照{article}")));
    parts
}

/// A condition as people read it.
pub(in super::super) fn write_condition(condition: &Condition) -> String {
    match condition {
        Condition::Between { of, unit, from: Some(from), to: Some(to) } => {
            let sign = |b: &Border| if b.included { '≤' } else { '<' };
            let (low, high) = (decimal(from.hundredths), decimal(to.hundredths));
            format!("{low}{}{of}{}{high}{unit}", sign(from), sign(to))
        }
        Condition::Between { of, unit, from, to } => {
            let (end, sign) = match (from, to) {
                (Some(b), _) => (b, if b.included { '≥' } else { '>' }),
                (None, Some(b)) => (b, if b.included { '≤' } else { '<' }),
                // Without ends it holds of whatever was measured.
                (None, None) => return format!("{of}≥0{unit}"),
            };
            format!("{of}{sign}{}{unit}", decimal(end.hundredths))
        }
        Condition::Lacking { of, how: Lack::None } => format!("没有{of}"),
        Condition::Lacking { of, how: Lack::Uncomputable } => format!("{of}{UNCOMPUTABLE}"),
        Condition::Lacking { of, how: Lack::Either } => format!("没有{of}或者{UNCOMPUTABLE}"),
        Condition::Is { of, value } => format!("{of}={value}"),
        Condition::IsNot { of, value } => format!("{of}≠{value}"),
    }
}
