//! What stands before a penalty in its clause: who decides, to whom, whether it may or must be, and under which condition.

use super::{
    conditions::{Found, condition},
    who::{named, subject},
};

/// What stands before a penalty.
#[derive(Debug, Default)]
pub(super) struct Prefix {
    /// 可以.
    pub(super) may: bool,
    /// 单处或者并处: what follows may be left out, one by one.
    pub(super) single: bool,
    /// 或者 and 直至: it stands in the place of what came before.
    pub(super) instead: bool,
    /// 由…: who decides.
    pub(super) by: Option<String>,
    /// 提请…: it is asked to decide.
    pub(super) asked: bool,
    /// 对…: to whom.
    pub(super) whom: Option<String>,
    /// Whom a condition of this clause names.
    pub(super) found: Vec<Found>,
}

const CONNECTORS: [&str; 33] = [
    "，",
    "并且",
    "同时",
    "还应当",
    "应当",
    "还",
    "并",
    "且",
    "也",
    "依法",
    "及时",
    "一律",
    "予以",
    "给予",
    "直接",
    "可以根据情节",
    "根据情节",
    "依照职责",
    "依据职权",
    "依职权",
    "按照各自职责分工",
    "按照各自职责",
    "按照各自的职责",
    "按照职责分工",
    "按照职责",
    "按职责",
    "按照国务院规定的权限",
    "按照规定的权限",
    "分别",
    "又",
    "另",
    "决定",
    "除",
];
const CHOICES: [&str; 4] = ["单处或者并处", "单处或者并", "并处或者单处", "并处或者单"];

/// Reads what stands before a penalty; `None` where it says something else. While the act is being told, a sentence's own
/// words are no condition yet.
pub(super) fn prefix(text: &str, telling: bool, known: Option<&(String, String)>) -> Option<Prefix> {
    let mut read = Prefix::default();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(next) = ["或者", "直至", "或"].iter().find_map(|word| rest.strip_prefix(word)) {
            read.instead = true;
            rest = next;
        } else if let Some(next) = CHOICES.iter().find_map(|word| rest.strip_prefix(word)) {
            (read.may, read.single) = (true, true);
            rest = next;
        } else if rest.starts_with("可以根据情节") {
            read.may = true;
            rest = &rest["可以根据情节".len()..];
        } else if let Some(next) = rest.strip_prefix("可以").or_else(|| rest.strip_prefix('可')) {
            read.may = true;
            rest = next;
        } else if let Some(next) = connected(rest) {
            rest = next;
        } else if let Some(body) = rest.strip_prefix('由') {
            let len = end_of(
                body,
                &["对", "可以", "应当", "按照", "依照职责", "依据职权", "依法", "按职责", "给予", "予以", "决定"],
            );
            if !agency(&body[..len]) || read.by.is_some() {
                return None;
            }
            read.by = Some(body[..len].to_owned());
            // 由原发证机关决定吊销…: not only whose act it is.
            (read.asked, rest) = match body[len..].strip_prefix("决定") {
                Some(next) => (true, next),
                None => (false, &body[len..]),
            };
        } else if let Some((article, next)) = rest.strip_prefix("依照").and_then(|rest| rest.split_once("规定"))
            && !article.contains(['，', '由', '对'])
        {
            // 依照前款规定处五千元罚款 says itself how much.
            rest = next;
        } else if rest == "处" || rest == "处以" {
            // 并处吊销许可证, 处暂扣驾驶证.
            rest = "";
        } else if let Some(body) = ["提请", "通报"].iter().find_map(|verb| rest.strip_prefix(verb)) {
            let len = end_of(body, &["予以", "给予", "依法", "决定"]);
            if !agency(&body[..len]) {
                return None;
            }
            (read.by, read.asked) = (Some(body[..len].to_owned()), true);
            rest = &body[len..];
        } else if let Some(body) = rest.strip_prefix('对') {
            let len = end_of(body, &["由", "可以", "应当", "依法", "并", "给予", "予以", "分别", "决定"]);
            if len == 0 || read.whom.is_some() {
                return None;
            }
            read.whom = Some(body[..len].to_owned());
            rest = &body[len..];
        } else if let Some(body) = rest.strip_prefix('自') {
            let end = body.find("之日起")? + "之日起".len();
            rest = &body[end..];
        } else if let Some((found, next)) = condition_of(rest, known) {
            read.found.push(found);
            rest = next;
        } else if let Some((who, next)) = rest.split_once('的').and_then(|(text, next)| Some((subject(text)?, next))) {
            read.whom = Some(who.zh().to_owned());
            rest = next;
        } else {
            let len = end_of(rest, &["可以", "应当", "自", "决定"]);
            let phrase = &rest[..len];
            let persons = named(phrase);
            let known = !persons.who.is_empty() && persons.words.is_none() && read.whom.is_none();
            if agency(phrase) && read.by.is_none() && !telling_subject(phrase) && !known {
                read.by = Some(phrase.to_owned());
            } else if !persons.who.is_empty()
                && read.whom.is_none()
                && phrase.chars().count() <= 60
                && !phrase.ends_with('的')
            {
                read.whom = Some(phrase.to_owned());
            } else if !telling && phrase.ends_with('的') && phrase.chars().count() <= 40 {
                let words = phrase.strip_suffix('的').map(str::to_owned);
                read.found.push(Found { any: Vec::new(), words });
            } else {
                return None;
            }
            rest = &rest[len..];
        }
    }
    Some(read)
}

/// What stands behind a word that says nothing by itself. 除 parts what it leads in, 直接负责 and 直接责任 say who.
fn connected(text: &str) -> Option<&str> {
    let persons = ["直接负责", "直接责任"].iter().any(|word| text.starts_with(word));
    let mut words = CONNECTORS.iter().filter(|word| **word != "除" && !(persons && **word == "直接"));
    words.find_map(|word| text.strip_prefix(word))
}

/// A phrase that begins with what an act says, not with who decides.
fn telling_subject(phrase: &str) -> bool {
    ["违反", "未", "对", "因", "被"].iter().any(|word| phrase.starts_with(word))
}

fn end_of(text: &str, words: &[&str]) -> usize {
    words.iter().filter_map(|word| text.find(word)).min().unwrap_or(text.len())
}

fn condition_of<'a>(text: &'a str, known: Option<&(String, String)>) -> Option<(Found, &'a str)> {
    text.match_indices('的').find_map(|(at, of)| Some((condition(&text[..at], known)?, &text[at + of.len()..])))
}

/// Whether a phrase names a body that decides.
pub(super) fn agency(text: &str) -> bool {
    const ENDS: [&str; 13] =
        ["部门", "机关", "机构", "政府", "海关", "法院", "委员会", "局", "厅", "部", "国务院", "单位", "所在地"];
    !text.contains(['，', '；']) && ENDS.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decides_and_whom_it_meets_stand_in_any_order() {
        for text in [
            "并可以由公安机关对其直接负责的主管人员和其他直接责任人员",
            "对其直接负责的主管人员和其他直接责任人员，并可以由公安机关",
        ] {
            let read = prefix(text, false, None).unwrap();
            assert!(read.may, "{text}");
            assert_eq!(read.by.as_deref(), Some("公安机关"));
        }
        let read = prefix("由县级以上人民政府食品安全监督管理等部门按照各自职责分工", true, None).unwrap();
        assert_eq!(read.by.as_deref(), Some("县级以上人民政府食品安全监督管理等部门"));
    }

    #[test]
    fn what_tells_of_the_act_is_none() {
        for text in ["受到", "被", "经责令停止后，仍", "擅自"] {
            assert!(prefix(text, true, None).is_none(), "{text}");
        }
    }
}
