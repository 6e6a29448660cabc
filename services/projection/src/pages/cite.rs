//! A citation as a page shows it: leading to the article, where its statute is on record.

use std::collections::BTreeSet;

use askama::{Template, filters::HtmlSafe};
use jiff::civil::Date;
use law::citation::{read_chinese_number, title_key};

use super::{address, frame::Number};

/// A text with the citations that it holds: 《…》第…条.
#[derive(Template)]
#[template(ext = "html", source = "{% for part in parts %}{{ part }}{% endfor %}")]
pub(crate) struct Cited {
    parts: Vec<Number>,
}
impl HtmlSafe for Cited {}

/// Finds every citation in a text, and leads to those whose statute is among the `known`. `on`: as of which day, if not today.
pub(crate) fn cited(text: &str, known: &BTreeSet<String>, on: Option<Date>) -> Cited {
    let plain = |text: &str| Number { text: text.to_owned(), href: None };
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(from) = rest.find('《') {
        let Some(to) = rest[from..].find('》').map(|at| from + at) else { break };
        let title = &rest[from + '《'.len_utf8()..to];
        let end = to + '》'.len_utf8();
        let article = article(&rest[end..]);
        let until = end + article.map_or(0, |(bytes, _)| bytes);
        if known.contains(&title_key(title)) {
            parts.push(plain(&rest[..from]));
            let href = Some(href(title, article.map(|(_, anchor)| anchor), on));
            parts.push(Number { text: rest[from..until].to_owned(), href });
        } else {
            parts.push(plain(&rest[..until]));
        }
        rest = &rest[until..];
    }
    parts.push(plain(rest));
    parts.retain(|part| !part.text.is_empty());
    Cited { parts }
}

/// The page of a statute, or of an article in it.
pub(crate) fn href(title: &str, article: Option<(u16, u16)>, on: Option<Date>) -> String {
    let day = on.map(|on| format!("?as_of={on}")).unwrap_or_default();
    let anchor = article.map(|(number, insert)| format!("#{}", anchor(number, insert))).unwrap_or_default();
    format!("/laws/{}{day}{anchor}", address::encode(title))
}

/// What marks an article on the page of its statute.
pub(crate) fn anchor(number: u16, insert: u16) -> String {
    if insert == 0 { format!("a{number}") } else { format!("a{number}-{insert}") }
}

/// The place that a text begins with, 第十条之一第二款第（一）项: how long it is, and the article's number.
fn article(text: &str) -> Option<(usize, (u16, u16))> {
    let (number, rest) = text.strip_prefix('第')?.split_once('条')?;
    let number = read_chinese_number(number)?;
    let (insert, mut rest) = match rest.strip_prefix('之') {
        Some(behind) => {
            let end = behind.find(|c: char| read_chinese_number(&c.to_string()).is_none()).unwrap_or(behind.len());
            (read_chinese_number(&behind[..end])?, &behind[end..])
        }
        None => (0, rest),
    };
    // Paragraph, item and sub-item belong to what is cited.
    while let Some((inside, unit)) = rest.strip_prefix('第').and_then(|r| Some((r, r.find(['款', '项', '目'])?))) {
        let bare = inside[..unit].trim_matches(['（', '）', '(', ')']);
        if read_chinese_number(bare).is_none() && bare.parse::<u16>().is_err() {
            break;
        }
        rest = &inside[unit + '款'.len_utf8()..];
    }
    Some((text.len() - rest.len(), (number, insert)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(String, Option<String>)> {
        let known = BTreeSet::from([title_key("中华人民共和国食品安全法"), title_key("甲条例")]);
        cited(text, &known, None).parts.into_iter().map(|p| (p.text, p.href)).collect()
    }

    #[test]
    fn leads_to_the_article_of_a_statute_on_record_and_to_no_other() {
        let law = format!("/laws/{}", address::encode("食品安全法"));
        assert_eq!(
            parts("依据《食品安全法》第一百二十二条第一款第（二）项，《乙法》第三条。"),
            [
                ("依据".to_owned(), None),
                ("《食品安全法》第一百二十二条第一款第（二）项".to_owned(), Some(format!("{law}#a122"))),
                ("，《乙法》第三条".to_owned(), None),
                ("。".to_owned(), None),
            ]
        );
        let insert = parts("《甲条例》第十条之一");
        assert_eq!(insert[0].1.as_deref(), Some(format!("/laws/{}#a10-1", address::encode("甲条例")).as_str()));
        assert_eq!(parts("《食品安全法》")[0].1.as_deref(), Some(law.as_str()));
    }

    #[test]
    fn loses_nothing_of_a_text() {
        for text in
            ["", "没有引用", "《没有完", "《食品安全法》第条", "《食品安全法》第三条第款", "甲《甲条例》乙《乙》丙"]
        {
            assert_eq!(parts(text).into_iter().map(|(text, _)| text).collect::<String>(), text, "{text}");
        }
    }

    #[test]
    fn keeps_the_day() {
        let day = "2026-03-20".parse().ok();
        assert_eq!(href("甲", Some((3, 0)), day), "/laws/%E7%94%B2?as_of=2026-03-20#a3");
    }
}
