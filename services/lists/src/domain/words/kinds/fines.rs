//! Fines as the law words them: 处五万元以上十万元以下的罚款, 并处货值金额十倍以上二十倍以下罚款, 罚款五百元,
//! 以每人五百元以上二千元以下的标准处以罚款, 按照原处罚数额按日连续处罚.

use super::{Core, Said};
use crate::domain::{
    facts::PenaltyKind,
    outcome::{Outcome, Range},
    words::{
        amounts::{based, range},
        spans::span,
    },
};

const FINE: &str = "罚款";
/// What leads an amount in; longer ones first.
const VERBS: [&str; 7] = ["处以", "处", "罚", "按照", "按", "以", "给予"];
/// What stands between an amount and 罚款.
const TAIL: [&str; 10] = ["处以", "处", "加处", "计算", "的标准", "标准", "的幅度", "的数额", "幅度", "的"];

/// The fine that a text begins with.
pub(super) fn fine(text: &str, joined: bool) -> Option<(usize, Core)> {
    daily(text).or_else(|| amount_first(text, joined)).or_else(|| amount_last(text))
}

fn line(range: Option<Range>) -> Said {
    Said::of(Outcome::of(PenaltyKind::Fine, range))
}

/// 按照原处罚数额按日连续处罚; 每日按罚款数额的百分之三加处罚款.
fn daily(text: &str) -> Option<(usize, Core)> {
    let said = |of: &str, low: i64, high: i64| {
        let of = of.strip_suffix('的').unwrap_or(of).to_owned();
        line(Some(Range::PerDay { of, low_ten_thousandths: low, high_ten_thousandths: high }))
    };
    const EACH_DAY: &str = "按日连续处罚";
    let stripped = text.strip_prefix("按照").or_else(|| text.strip_prefix('按'));
    if let Some((of, _)) = stripped.and_then(|rest| rest.split_once(EACH_DAY))
        && of.ends_with("数额")
        && !of.contains('，')
    {
        let end = text.find(EACH_DAY)? + EACH_DAY.len();
        return Some((end, Core::Lines(vec![said(of, 10_000, 10_000)])));
    }
    let rest = ["每日按照", "每日按", "按日按照", "按日按"].iter().find_map(|verb| text.strip_prefix(verb))?;
    let (body, _) = rest.split_once("加处罚款")?;
    let (of, span) = based(body)?;
    let Range::Multiple { of: _, low_hundredths, high_hundredths } = range(of, span)? else {
        let Range::Share { low_ten_thousandths, high_ten_thousandths, .. } = range(of, span)? else { return None };
        let end = text.find("加处罚款")? + "加处罚款".len();
        return Some((end, Core::Lines(vec![said(of, low_ten_thousandths, high_ten_thousandths)])));
    };
    let end = text.find("加处罚款")? + "加处罚款".len();
    Some((end, Core::Lines(vec![said(of, low_hundredths * 100, high_hundredths * 100)])))
}

/// …五万元以下的罚款.
fn amount_first(text: &str, joined: bool) -> Option<(usize, Core)> {
    let verb = VERBS.iter().find(|verb| text.starts_with(**verb));
    let from = verb.map_or(0, |verb| verb.len());
    let mut search = from;
    // The amount and its 罚款 stand in one clause, the first that makes sense.
    while let Some(at) = text[search..].find(FINE).map(|at| at + search) {
        search = at + FINE.len();
        let unbracketed = without_brackets(&text[from..at]);
        if text[search..].starts_with("数额") || unbracketed.contains(['，', '；', '。']) {
            continue;
        }
        let mut body = unbracketed.as_str();
        // The fine of a list begins further on.
        if ["警告", "没收", "吊销", "责令", "通报批评", "拘留", "暂扣"].iter().any(|word| body.contains(word))
        {
            return None;
        }
        while let Some(shorter) = TAIL.iter().find_map(|tail| body.strip_suffix(tail)) {
            body = shorter;
        }
        if body.is_empty() {
            continue;
        }
        // 五千万元以下或者上一年度营业额百分之五以下.
        if let Some((first, second)) = body.split_once("或者")
            && let (Some(first), Some(second)) = (ranged(first), ranged(second))
        {
            return Some((search, Core::OneOf(vec![line(Some(first)), line(Some(second))])));
        }
        // 二倍以上五倍以下对负有责任的生产经营单位处以罚款.
        let (body, whom) = match body.find('对') {
            Some(at) if based(&body[..at]).is_some() => (&body[..at], Some(body[at + '对'.len_utf8()..].to_owned())),
            _ => (body, None),
        };
        let Some((base, span)) = based(body) else { continue };
        if verb.is_none() && !base.is_empty() && !(joined && base == "违法所得") {
            continue;
        }
        let said = match range(base, span) {
            // 五万元（不含）以下: no range leaves out its end.
            _ if text[from..at].contains("不含") => {
                line(None).doubted("幅度不含端点，请核对", "the range leaves out one of its ends: please check")
            }
            Some(range) if range.fits(PenaltyKind::Fine) => line(Some(range)),
            // 按照职责处…: the fine begins further on.
            _ if verb.is_some_and(|verb| !verb.contains('处')) => continue,
            _ => line(None).doubted(
                "这一幅度没有上限，或者基数、单位不明",
                "this range has no upper end, or its base or unit is not clear",
            ),
        };
        return Some((search, Core::Lines(vec![Said { whom, ..said }])));
    }
    None
}

fn ranged(text: &str) -> Option<Range> {
    let (base, span) = based(text)?;
    range(base, span).filter(|range| range.fits(PenaltyKind::Fine))
}

/// 违法生产的药品（包括已售出和未售出的药品，下同）货值金额.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let keep = |c: &char| {
        match c {
            '（' => depth += 1,
            '）' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars().filter(keep).collect()
}

/// 罚款五百元, 处罚款, 处以罚款.
fn amount_last(text: &str) -> Option<(usize, Core)> {
    let verb = ["处以", "处", "给予"].iter().find(|verb| text.starts_with(**verb)).map_or(0, |verb| verb.len());
    let rest = text[verb..].strip_prefix(FINE)?;
    if rest.starts_with("数额")
        || rest.starts_with('额')
        || rest.starts_with("标准")
        || rest.starts_with("处罚")
        || rest.starts_with("的")
    {
        return None;
    }
    let found = span(rest)
        .and_then(|(span, after)| Some((range("", span).filter(|range| range.fits(PenaltyKind::Fine))?, after)));
    Some(match found {
        Some((range, after)) => (text.len() - after.len(), Core::Lines(vec![line(Some(range))])),
        None => (text.len() - rest.len(), Core::Lines(vec![line(None)])),
    })
}
