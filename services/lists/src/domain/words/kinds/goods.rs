//! What is confiscated: gains, which are told from goods.

use super::{Core, fines, line, terms};
use crate::domain::facts::PenaltyKind;

/// Where an object ends: at the end of its clause, or where the next penalty begins.
pub(super) fn object(text: &str) -> &str {
    const NEXT: [&str; 34] = [
        "，",
        "；",
        "。",
        "并处",
        "并可以",
        "并由",
        "并没收",
        "并吊销",
        "并责令",
        "直至",
        "、吊销",
        "、责令",
        "、处",
        "、没收",
        "、暂扣",
        "、降低",
        "、罚款",
        "、警告",
        "或者吊销",
        "或者责令",
        "或者处",
        "或者降低",
        "或者暂扣",
        "或者没收",
        "和吊销",
        "可以并处",
        "或者停",
        "或者限制",
        "或者关闭",
        "或者暂停",
        "并予以公告",
        "并公告",
        "并向社会公布",
        "、暂停",
    ];
    // 撤销批准文件、一年内不受理其申请: what lasts is a penalty of its own.
    let lasting = text.match_indices('、').find(|(at, joint)| terms::bar(&text[at + joint.len()..]).is_some());
    let lasting = lasting.map(|(at, _)| at);
    let end = NEXT.iter().filter_map(|next| text.find(next)).chain(lasting).min().unwrap_or(text.len());
    &text[..end]
}

/// Amounts of money that were got: 违法所得, 所收取的检验费用, 全部运输收入.
fn gains(text: &str) -> bool {
    ["所得", "收入", "费用", "的费", "款项", "报酬"].iter().any(|word| text.ends_with(word))
}

/// 没收违法所得和违法生产经营的食品、食品添加剂以及用于违法生产经营的工具.
pub(super) fn confiscation(text: &str) -> Option<(usize, Core)> {
    const VERBS: [&str; 6] = ["并处没收", "处以没收", "处没收", "没收销毁", "予以没收", "没收"];
    let verb = VERBS.iter().find(|verb| text.starts_with(**verb))?;
    let objects = object(&text[verb.len()..]);
    // 依照本法规定没收的产品: no confiscation, but what became of one.
    if objects.starts_with('的') || objects.starts_with("决定") {
        return None;
    }
    if objects.is_empty() || objects == "。" {
        return Some((verb.len(), Core::Confiscate));
    }
    // 没收违法所得、违法所得一倍以上十倍以下罚款: the second is a fine.
    let objects = match objects.find("罚款") {
        Some(_) => {
            let cut = objects.match_indices('、').map(|(at, joint)| (at, &objects[at + joint.len()..]));
            let at = cut.filter(|(_, next)| fines::fine(next, true).is_some()).map(|(at, _)| at).next()?;
            &objects[..at]
        }
        None => objects,
    };
    let word = if *verb == "没收销毁" { "没收销毁" } else { "没收" };
    let mut said: Vec<(PenaltyKind, String)> = Vec::new();
    let mut goods_from = 0;
    let mut one_of = false;
    let mut at = 0;
    let mut push = |kind: PenaltyKind, what: &str| {
        if !what.is_empty() {
            said.push((kind, format!("{word}{what}")));
        }
    };
    // Gains are told from goods at every joint; goods stay together as the law joins them.
    for (piece, joint) in pieces(objects) {
        if gains(piece) {
            push(
                PenaltyKind::ConfiscateGoods,
                objects[goods_from..at]
                    .trim_end_matches(['、', '和', '及'])
                    .trim_end_matches("以及")
                    .trim_end_matches("或者"),
            );
            push(PenaltyKind::ConfiscateGains, piece);
            goods_from = at + piece.len() + joint.len();
        }
        one_of |= joint == "或者" && (gains(piece) || objects[at + piece.len() + joint.len()..].ends_with("收入"));
        at += piece.len() + joint.len();
    }
    push(PenaltyKind::ConfiscateGoods, &objects[goods_from.min(objects.len())..]);
    let said = said.into_iter().map(|(kind, words)| line(kind, &words, None)).collect();
    Some((verb.len() + objects.len(), if one_of { Core::OneOf(said) } else { Core::Lines(said) }))
}

/// The pieces of a list, each with what joins it to the next. A 、 joins only where gains stand on one of its sides: the
/// things in 违法生产、销售的药品 are one.
fn pieces(objects: &str) -> Vec<(&str, &str)> {
    const JOINTS: [&str; 4] = ["以及", "和", "及", "或者"];
    let (mut all, mut from, mut at) = (Vec::new(), 0, 0);
    while at < objects.len() {
        let rest = &objects[at..];
        let joint = JOINTS.iter().copied().find(|joint| rest.starts_with(joint)).or_else(|| {
            let next = rest.strip_prefix('、')?;
            let whole = ["违法所得", "违法收入", "非法所得"];
            let before = whole.iter().any(|word| objects[from..at] == **word);
            let after = whole.iter().any(|word| {
                next.strip_prefix(word).is_some_and(|end| {
                    end.is_empty() || end.starts_with('、') || JOINTS.iter().any(|joint| end.starts_with(joint))
                })
            });
            (before || after).then_some("、")
        });
        match joint {
            Some(joint) => {
                all.push((&objects[from..at], joint));
                at += joint.len();
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    all.push((&objects[from..], ""));
    // 全部运输、保管、仓储或者提供制假生产技术的收入 is one object.
    if all.len() > 1 && objects.starts_with("全部") && gains(objects) {
        return vec![(objects, "")];
    }
    all
}
