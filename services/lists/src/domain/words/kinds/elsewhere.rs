//! What is no penalty of this text: orders, and what other articles and other authorities do.

use super::{Core, Said, stops::STOPS};
use crate::domain::{facts::PenaltyKind, outcome::Outcome};

/// 依照下列规定处以罚款: the items say it.
pub(super) fn below(text: &str) -> Option<(usize, Core)> {
    let rest = ["依照", "按照"].iter().find_map(|verb| text.strip_prefix(verb))?.strip_prefix("下列规定")?;
    let rest =
        ["处以罚款", "处罚款", "给予处罚", "予以处罚", "处罚"].iter().find_map(|verb| rest.strip_prefix(verb))?;
    Some((text.len() - rest.len(), Core::Order))
}

/// 依照《…》第…条的规定给予处罚, 依照前款规定处以罚款.
pub(super) fn reference(text: &str) -> Option<(usize, Said)> {
    const ELSEWHERE: (&str, &str) =
        ("处罚由所引的条文规定，请改列该条的各项处罚", "the penalty stands in another article: enter its lines");
    let lead = ["依照", "按照", "依据", "比照"].iter().find(|verb| text.starts_with(**verb))?.len();
    let body = &text[lead..];
    let body = &body[..body.find(['，', '；']).unwrap_or(body.len())];
    const VERBS: [&str; 13] = [
        "给予行政处罚",
        "予以行政处罚",
        "给予处罚",
        "予以处罚",
        "进行处罚",
        "处理、处罚",
        "从重处罚",
        "减轻处罚",
        "从轻处罚",
        "给予拘留",
        "处以罚款",
        "处罚款",
        "处罚",
    ];
    let (kind, verb, at) = VERBS.iter().find_map(|verb| {
        let at = body.rfind(verb).filter(|at| at + verb.len() == body.len())?;
        let kind = match *verb {
            "处以罚款" | "处罚款" => PenaltyKind::Fine,
            "给予拘留" => PenaltyKind::Detention,
            _ => PenaltyKind::Other,
        };
        Some((kind, *verb, at))
    })?;
    let article = body[..at].trim_end_matches("规定").trim_end_matches('的');
    let article = article.strip_suffix("的规定").unwrap_or(article);
    let mut said = Said::of(Outcome::of(kind, None));
    if article.starts_with('《') && article.contains("》第") {
        said.line.under = Some(article.to_owned());
    } else {
        said.line.condition = Some(format!("依照{article}"));
    }
    if kind == PenaltyKind::Other {
        said.line.called = Some(verb.to_owned());
    }
    Some((lead + body.len(), said.doubted(ELSEWHERE.0, ELSEWHERE.1)))
}

/// Orders and what else follows from an act without being a penalty for it.
pub(super) fn order(text: &str) -> Option<(usize, Core)> {
    const LEADS: [&str; 22] = [
        "责令",
        "责成",
        "限期",
        "立即",
        "停止违法行为",
        "补种",
        "恢复原状",
        "消除影响",
        "组织拆除",
        "提供必需的资金",
        "给予批评教育",
        "批评教育",
        "予以销毁",
        "予以追缴",
        "进行无害化处理",
        "监督销毁",
        "追回",
        "召回",
        "拆除",
        "停止执行",
        "暂停销售",
        "在相应范围内消除影响",
    ];
    LEADS.iter().find(|lead| text.starts_with(**lead))?;
    // Up to what is a penalty again: 责令停止建设或者停产停业整顿.
    let clause = &text[..text.find(['，', '；', '。']).unwrap_or(text.len())];
    let end = ["或者", "、", "并"]
        .iter()
        .flat_map(|joint| clause.match_indices(joint))
        .map(|(at, joint)| (at, &clause[at + joint.len()..]))
        .filter(|(_, next)| penalty_begins(next))
        .map(|(at, _)| at)
        .min()
        .unwrap_or(clause.len());
    let paused = clause[..end].contains("暂停") && !clause.contains("暂停销售");
    (!paused && !suspicious(&clause[..end])).then_some((end, Core::Order))
}

fn penalty_begins(text: &str) -> bool {
    let text = ["可以", "可", "并", "责令"].iter().fold(text, |text, lead| text.strip_prefix(lead).unwrap_or(text));
    STOPS.iter().any(|(word, _)| text.starts_with(word))
        || ["处", "没收", "吊销", "暂扣", "降低资质", "罚款", "警告", "给予警告", "通报批评"]
            .iter()
            .any(|word| text.starts_with(word))
}

/// Whether a text names a penalty somewhere.
pub(in crate::domain::words) fn suspicious(text: &str) -> bool {
    const NAMES: [&str; 16] = [
        "罚款",
        "没收",
        "吊销",
        "拘留",
        "停产",
        "停业",
        "关闭",
        "暂扣",
        "降低资质",
        "警告",
        "通报批评",
        "禁入",
        "处罚",
        "不得从事",
        "不得担任",
        "终身",
    ];
    NAMES.iter().any(|name| text.contains(name)) || STOPS.iter().any(|(word, _)| text.contains(word))
}

/// Whether a text names a penalty by more than the word for it.
pub(in crate::domain::words) fn grave(text: &str) -> bool {
    ["罚款", "没收", "吊销", "拘留", "停产", "停业", "关闭", "暂扣"].iter().any(|name| text.contains(name))
}
