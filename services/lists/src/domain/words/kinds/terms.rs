//! What lasts: detention, and bars from a trade.

use super::{Said, line};
use crate::domain::{
    facts::PenaltyKind,
    outcome::Range,
    words::{amounts::range, spans::span},
};

/// 处五日以上十五日以下拘留.
pub(super) fn detention(text: &str) -> Option<(usize, Said)> {
    const WORDS: [&str; 2] = ["行政拘留", "拘留"];
    let verb = ["处以", "处", "给予"].iter().find(|verb| text.starts_with(**verb)).map_or(0, |verb| verb.len());
    let rest = &text[verb..];
    if let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word)) {
        let after = &rest[word.len()..];
        let range = span(after).and_then(|(span, after)| Some((range("", span)?, after)));
        return match range {
            Some((range @ Range::Days { .. }, after)) => {
                Some((text.len() - after.len(), line(PenaltyKind::Detention, "", Some(range))))
            }
            _ => Some((verb + word.len(), line(PenaltyKind::Detention, "", None))),
        };
    }
    let (span, after) = span(rest)?;
    let after = after.strip_prefix('的').unwrap_or(after);
    let word = WORDS.iter().find(|word| after.starts_with(**word))?;
    let range = range("", span).filter(|range| matches!(range, Range::Days { .. }))?;
    Some((text.len() - after.len() + word.len(), line(PenaltyKind::Detention, "", Some(range))))
}

/// 五年内不得从事…, 终身禁止从事…, 十年直至终身禁止从事…, 实行终身行业禁入.
pub(super) fn bar(text: &str) -> Option<(usize, Said)> {
    // What may not be applied for or brought in cannot be done for so long.
    const RESTRICTED: (&str, &str) = (
        "在一定期限内不予受理、禁止某项活动读作限制开展生产经营活动，是否属于行政处罚取决于该法的规定",
        "a ban for a time was read as a restriction of business: whether it is a penalty depends on its law",
    );
    if let Some(rest) =
        text.strip_prefix("实行终身").or_else(|| text.strip_prefix("终身")).filter(|r| r.contains("禁入"))
    {
        let end = text.len() - rest.len() + rest.find("禁入")? + "禁入".len();
        return Some((
            end,
            line(PenaltyKind::BarFromTrade, &text[text.find("终身")? + "终身".len()..end], Some(Range::Life)),
        ));
    }
    let (range, rest) = match text.strip_prefix("终身") {
        Some(rest) => (Range::Life, rest),
        None => {
            let (mut term, rest) = span(text)?;
            // 五年内 is five years, not up to five.
            if term.from.is_none() {
                term.from = term.to;
            }
            (range("", term).filter(|range| matches!(range, Range::Term { .. }))?, rest)
        }
    };
    let rest = rest.strip_prefix('内').unwrap_or(rest);
    let verb = ["不得", "禁止", "不准", "不予", "不受理"].iter().find(|verb| rest.starts_with(**verb))?;
    let doing = &rest[verb.len()..];
    let words = &rest[..verb.len() + doing.find(['，', '；', '。']).unwrap_or(doing.len())];
    let words = &words
        [..["，并", "并可以", "并处", "并由"].iter().filter_map(|next| words.find(next)).min().unwrap_or(words.len())];
    let end = text.len() - rest.len() + words.len();
    let trade = ["从事", "担任", "申请", "再次", "执业", "参与", "经营"].iter().any(|word| doing.starts_with(word));
    Some(match (*verb, trade) {
        ("不予" | "不受理", _) | (_, false) if !doing.starts_with("开展") => {
            (end, line(PenaltyKind::RestrictBusiness, words, Some(range)).doubted(RESTRICTED.0, RESTRICTED.1))
        }
        (_, true) => (end, line(PenaltyKind::BarFromTrade, words, Some(range))),
        _ => (end, line(PenaltyKind::RestrictBusiness, words, Some(range))),
    })
}
