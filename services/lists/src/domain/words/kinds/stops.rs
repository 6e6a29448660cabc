//! Production and business that are stopped, restricted or closed.

use super::{Core, Said, line};
use crate::domain::{
    facts::PenaltyKind,
    words::{amounts::range, spans::span},
};

/// What is stopped by way of penalty; longer words first.
pub(super) const STOPS: [(&str, PenaltyKind); 19] = {
    use PenaltyKind::{CloseDown, RestrictBusiness, SuspendProduction};
    [
        ("停产停业整顿", SuspendProduction),
        ("停产停业整治", SuspendProduction),
        ("停产停业", SuspendProduction),
        ("停业整顿", SuspendProduction),
        ("停业整治", SuspendProduction),
        ("停产整顿", SuspendProduction),
        ("停产整治", SuspendProduction),
        ("停工整顿", SuspendProduction),
        ("停工整治", SuspendProduction),
        ("停产", SuspendProduction),
        ("停业", SuspendProduction),
        ("停止营业", SuspendProduction),
        ("停止执业", SuspendProduction),
        ("停止招生", SuspendProduction),
        ("停止办学", SuspendProduction),
        ("限制开展生产经营活动", RestrictBusiness),
        ("限制生产经营", RestrictBusiness),
        ("限制生产", RestrictBusiness),
        ("关闭", CloseDown),
    ]
};

/// 责令停产停业整顿, 责令停业、关闭, 责令生产经营单位停产停业整顿, 予以关闭.
pub(super) fn stop(text: &str, joined: bool) -> Option<(usize, Core)> {
    let lead =
        ["责令其采取", "责令采取", "责令其", "责令", "予以"].iter().find(|lead| text.starts_with(**lead)).copied();
    let bare = STOPS.iter().find(|(word, _)| text.starts_with(word)).filter(|(word, _)| joined || *word != "关闭");
    let mut at = match (lead, bare) {
        (Some(lead), _) => lead.len(),
        (None, Some((word, _))) if joined || ends(&text[word.len()..]) => 0,
        _ => return None,
    };
    let mut whom = None;
    if !STOPS.iter().any(|(word, _)| text[at..].starts_with(word)) {
        let (verb, _) = STOPS.iter().filter_map(|(word, _)| Some((text[at..].find(word)?, word))).min()?;
        let who = &text[at..at + verb];
        let unit = ["单位", "企业", "机构", "经营者", "使用人", "人"].iter().any(|end| who.ends_with(end));
        if !unit || who.contains(['，', '、', '；']) || who.contains("或者") || who.starts_with("停止") {
            return None;
        }
        whom = Some(who.to_owned());
        at += verb;
    }
    let mut all = Vec::new();
    while let Some((word, kind)) = STOPS.iter().find(|(word, _)| text[at..].starts_with(word)) {
        let mut end = at + word.len();
        let mut range_found = None;
        if let Some((span, rest)) = span(&text[end..])
            && let Some(range) = range("", span).filter(|range| range.fits(*kind))
        {
            (range_found, end) = (Some(range), text.len() - rest.len());
        }
        let called = if *kind == PenaltyKind::RestrictBusiness { (*word).to_owned() } else { format!("责令{word}") };
        all.push(Said { whom: whom.clone(), ..line(*kind, &called, range_found) });
        at = end;
        let next = text[at..].strip_prefix('、').filter(|next| STOPS.iter().any(|(word, _)| next.starts_with(word)));
        match next {
            Some(next) => at = text.len() - next.len(),
            None => break,
        }
    }
    // 等措施 and 的 say no more.
    for tail in ["等措施", "措施"] {
        at += if text[at..].starts_with(tail) { tail.len() } else { 0 };
    }
    match all.len() {
        0 => None,
        1 => Some((at, Core::Lines(all))),
        _ => Some((at, Core::OneOf(all))),
    }
}

fn ends(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(['，', '；', '、', '。'])
        || rest.starts_with("或者")
        || rest.starts_with("直至")
        || span(rest).is_some()
}
