//! The articles of a text.

use jiff::civil::Date;

use super::{
    ARTICLES_MAX,
    head::dates,
    line::{Faults, Line},
};
use crate::domain::statute::text::{Article, Item, Paragraph, name};

/// Everything behind the head.
#[derive(Default)]
pub(super) struct Body {
    pub(super) articles: Vec<Article>,
    /// What follows the last article.
    pub(super) annex: Vec<String>,
}

/// Articles are counted from one by one; so are the items of a paragraph and the sub-items of an item. What breaks the count
/// is a fault: a number that was misread, or a line that is missing.
pub(super) fn read(lines: &[Line], faults: &mut Faults) -> Body {
    let mut body = Body::default();
    let mut headings: Vec<(u32, String)> = Vec::new();
    let lines = &lines[contents(lines)..];
    for (at, line) in lines.iter().enumerate() {
        if let Some((number, insert, text)) = line.article() {
            let headings = std::mem::take(&mut headings).into_iter().map(|(_, text)| text).collect();
            counts(&body.articles, line, number, insert, faults);
            let paragraphs =
                if text.is_empty() { vec![] } else { vec![Paragraph { text: text.to_owned(), items: vec![] }] };
            body.articles.push(Article { number, insert, headings, paragraphs });
            if body.articles.len() > ARTICLES_MAX {
                let (zh, en) = (format!("超过{ARTICLES_MAX}条"), format!("more than {ARTICLES_MAX} articles"));
                faults.push(line.number, zh, en);
                break;
            }
            continue;
        }
        if !body.articles.is_empty() && line.is_annex() {
            body.annex = lines[at..].iter().map(|line| line.text.clone()).collect();
            break;
        }
        if let Some(heading) = line.heading() {
            headings.push((line.number, heading));
            continue;
        }
        match body.articles.last_mut() {
            Some(article) if headings.is_empty() => within(article, line, faults),
            _ => faults.push(
                line.number,
                "标题与条文之间有一行不属于任何一条；条文应以“第…条”和空格开头",
                "a line between a heading and an article belongs to none: an article begins with 第…条 and a blank",
            ),
        }
    }
    if let Some((line, heading)) = headings.first() {
        faults.push(
            *line,
            format!("标题“{heading}”之后没有条文；文本可能不完整"),
            format!("no article follows the heading {heading:?}: the text may be cut off"),
        );
    }
    if body.articles.is_empty() {
        faults.push(0, "没有条文；条文应以“第…条”和空格开头", "no articles: each begins with 第…条 and a blank");
    }
    if let Some(empty) = body.articles.iter().find(|a| a.paragraphs.is_empty()) {
        let name = empty.name();
        faults.push(0, format!("{name}没有文字"), format!("{name} has no text"));
    }
    body
}

/// How many lines a table of contents has: up to the heading that comes a second time, or the first article.
fn contents(lines: &[Line]) -> usize {
    if !lines.first().is_some_and(Line::is_contents) {
        return 0;
    }
    let first = lines.get(1).and_then(Line::heading);
    let again = |line: &Line| line.article().is_some() || line.heading().is_some_and(|h| Some(h) == first);
    let end = lines.iter().skip(2).position(again).map_or(lines.len(), |at| at + 2);
    // What is no heading in between is told as a line that belongs to nothing.
    lines[1..end].iter().position(|line| line.heading().is_none()).map_or(end, |at| at + 1)
}

/// Whether an article is the next one after those before it.
fn counts(before: &[Article], line: &Line, number: u16, insert: u16, faults: &mut Faults) {
    let (last, last_insert) = before.last().map_or((0, 0), |a| (a.number, a.insert));
    let next = if insert == 0 { number == last + 1 } else { number == last && insert == last_insert + 1 };
    if !next {
        let (this, wanted) = (name(number, insert), name(last + 1, 0));
        faults.push(
            line.number,
            format!("条号不连续：应为{wanted}，这里是{this}；请补上缺的条，或者检查条号后是否有空格"),
            format!("articles do not follow each other: {wanted} should come, here is {this}; see whether one is missing, or the blank behind its number"),
        );
    }
}

/// A line of an article.
fn within(article: &mut Article, line: &Line, faults: &mut Faults) {
    let named = article.name();
    let Some(paragraph) = article.paragraphs.last_mut() else {
        article.paragraphs.push(Paragraph { text: line.text.clone(), items: vec![] });
        return;
    };
    if let Some((number, text)) = line.item() {
        let wanted = paragraph.items.len() + 1;
        if usize::from(number) != wanted {
            faults.push(
                line.number,
                format!("{named}的项不连续：应为第{wanted}项，这里是第{number}项"),
                format!("the items of {named} do not follow each other: item {wanted} should come, here is {number}"),
            );
        }
        paragraph.items.push(Item { text: text.to_owned(), points: vec![] });
        return;
    }
    if let (Some((number, text)), Some(item)) = (line.point(), paragraph.items.last_mut()) {
        let wanted = item.points.len() + 1;
        if usize::from(number) != wanted {
            faults.push(
                line.number,
                format!("{named}的目不连续：应为第{wanted}目，这里是第{number}目"),
                format!("the sub-items of {named} do not follow each other: {wanted} should come, here is {number}"),
            );
        }
        item.points.push(text.to_owned());
        return;
    }
    article.paragraphs.push(Paragraph { text: line.text.clone(), items: vec![] });
}

/// From which day the last articles say that the statute is in force. A day before the version is the first version's.
pub(super) fn in_force_from(articles: &[Article], version: Date, amended: bool) -> Option<Date> {
    const LAST: usize = 3;
    let texts = articles.iter().rev().take(LAST).flat_map(|a| &a.paragraphs).map(|p| p.text.as_str());
    texts.filter(|text| text.contains("施行")).find_map(|text| {
        let stated = dates(text).into_iter().filter(|(at, day)| text[*at..].contains("施行") && *day >= version);
        let at_once = !amended && (text.contains("自公布之日起施行") || text.contains("自发布之日起施行"));
        stated.map(|(_, day)| day).next().or(at_once.then_some(version))
    })
}
