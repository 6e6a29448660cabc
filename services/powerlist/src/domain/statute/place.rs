//! A place in a statute as documents cite it: 第一百二十二条第一款第（二）项.

use law::{
    Fault,
    citation::{chinese_number, read_chinese_number},
};

use super::text::{Article, name};

/// Most places that one citation names.
const PLACES_MAX: usize = 16;

/// A place in a statute; every number counts from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The article (条).
    pub article: u16,
    /// 之一…; 0 for none.
    pub insert: u16,
    /// The paragraph (款).
    pub paragraph: Option<u16>,
    /// The item (项).
    pub item: Option<u16>,
    /// The sub-item (目).
    pub point: Option<u16>,
}

/// Every place that a citation names: several parted by 、, 和, 及 or 至 (of 至 both ends), where a later one may leave out
/// what the one before says: 第五条第一款、第三款. `None` where it is written otherwise, which says nothing of whether it is right.
pub fn read(citation: &str) -> Option<Vec<Place>> {
    let mut places: Vec<Place> = Vec::new();
    for part in citation.split(['、', '，', '和', '及', '至']) {
        let place = one(part.trim(), places.last())?;
        places.push(place);
        if places.len() > PLACES_MAX {
            return None;
        }
    }
    Some(places)
}

fn one(text: &str, before: Option<&Place>) -> Option<Place> {
    let mut place: Option<Place> = None;
    let mut rest = text;
    while !rest.is_empty() {
        let (number, unit, after) = step(rest)?;
        rest = after;
        let inherited = || place.or(before.copied());
        place = Some(match unit {
            '条' if place.is_none() => {
                let (insert, after) = insert(rest);
                rest = after;
                Place { article: number, insert, ..Place::default() }
            }
            '款' => inherited().filter(|p| place.is_none() || p.paragraph.is_none()).map(|p| Place {
                paragraph: Some(number),
                item: None,
                point: None,
                ..p
            })?,
            '项' => inherited().filter(|p| place.is_none() || p.item.is_none()).map(|p| Place {
                item: Some(number),
                point: None,
                ..p
            })?,
            '目' => inherited()
                .filter(|p| p.item.is_some() && (place.is_none() || p.point.is_none()))
                .map(|p| Place { point: Some(number), ..p })?,
            _ => return None,
        });
    }
    place
}

/// `第（二）项…`: the number, the unit, and what follows.
fn step(text: &str) -> Option<(u16, char, &str)> {
    let rest = text.strip_prefix('第')?;
    let at = rest.find(['条', '款', '项', '目'])?;
    let (number, rest) = rest.split_at(at);
    let unit = rest.chars().next()?;
    let bare = number.trim_matches(['（', '）', '(', ')', ' ']);
    let number = bare.parse().ok().filter(|n| *n > 0).or_else(|| read_chinese_number(bare))?;
    Some((number, unit, &rest[unit.len_utf8()..]))
}

/// `之一…`: its number, and what follows.
fn insert(text: &str) -> (u16, &str) {
    let Some(rest) = text.strip_prefix('之') else { return (0, text) };
    let end = rest.find(|c: char| read_chinese_number(&c.to_string()).is_none()).unwrap_or(rest.len());
    match read_chinese_number(&rest[..end]) {
        Some(number) => (number, &rest[end..]),
        None => (0, text),
    }
}

/// Whether the place is in these articles; otherwise what stands there instead.
pub fn find(articles: &[Article], place: Place) -> Result<&Article, Fault> {
    let named = name(place.article, place.insert);
    let Some(article) = articles.iter().find(|a| (a.number, a.insert) == (place.article, place.insert)) else {
        let last = articles.last().map(Article::name).unwrap_or_default();
        let count = articles.len();
        return Err(Fault::new(
            format!("没有{named}：全文共{count}条，至{last}为止"),
            format!("has no {named}: it has {count} articles and ends with {last}"),
        ));
    };
    let count = article.paragraphs.len();
    let paragraphs = match place.paragraph.map(usize::from) {
        None => &article.paragraphs[..],
        Some(n) if (1..=count).contains(&n) => &article.paragraphs[n - 1..n],
        Some(n) => {
            return Err(Fault::new(
                format!("{named}只有{count}款，没有第{}款", spelt(n)),
                format!("{named} has {count} paragraphs (款), and no paragraph {n}"),
            ));
        }
    };
    let Some(wanted) = place.item.map(usize::from) else { return Ok(article) };
    let mut with_items = paragraphs.iter().filter(|p| !p.items.is_empty());
    let (first, second) = (with_items.next(), with_items.next());
    let Some(paragraph) = first else {
        return Err(Fault::new(
            format!("{}没有分项", within(&named, place.paragraph)),
            format!("{} has no items (项)", within(&named, place.paragraph)),
        ));
    };
    if second.is_some() {
        return Err(Fault::new(
            format!("{named}有几款都分项，请写明第几款"),
            format!("several paragraphs of {named} have items (项): name the paragraph (款)"),
        ));
    }
    let Some(item) = wanted.checked_sub(1).and_then(|n| paragraph.items.get(n)) else {
        let count = paragraph.items.len();
        return Err(Fault::new(
            format!("{}只有{count}项，没有第{}项", within(&named, place.paragraph), spelt(wanted)),
            format!("{} has {count} items (项), and no item {wanted}", within(&named, place.paragraph)),
        ));
    };
    match place.point.map(usize::from) {
        Some(n) if n > item.points.len() => {
            let count = item.points.len();
            Err(Fault::new(
                format!("{named}第{}项只有{count}目，没有第{n}目", spelt(wanted)),
                format!("item {wanted} of {named} has {count} sub-items (目), and no {n}"),
            ))
        }
        _ => Ok(article),
    }
}

fn within(article: &str, paragraph: Option<u16>) -> String {
    paragraph.map_or_else(|| article.to_owned(), |n| format!("{article}第{}款", chinese_number(n)))
}

fn spelt(n: usize) -> String {
    u16::try_from(n).map_or_else(|_| n.to_string(), chinese_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::statute::text::{Item, Paragraph};

    fn place(article: u16, paragraph: u16, item: u16) -> Place {
        let some = |n: u16| Some(n).filter(|n| *n > 0);
        Place { article, paragraph: some(paragraph), item: some(item), ..Place::default() }
    }

    #[test]
    fn reads_places_as_documents_write_them() {
        for (text, want) in [
            ("第五十八条", vec![place(58, 0, 0)]),
            ("第一百二十二条第一款", vec![place(122, 1, 0)]),
            ("第九条第（二）项", vec![place(9, 0, 2)]),
            ("第三十四条第一款第十三项", vec![place(34, 1, 13)]),
            ("第五条第一款、第三款", vec![place(5, 1, 0), place(5, 3, 0)]),
            ("第五条第一款第一项、第四项", vec![place(5, 1, 1), place(5, 1, 4)]),
            ("第五条第一款第一项和第六条", vec![place(5, 1, 1), place(6, 0, 0)]),
            ("第五条至第七条", vec![place(5, 0, 0), place(7, 0, 0)]),
        ] {
            assert_eq!(read(text).as_deref(), Some(&want[..]), "{text}");
        }
        let insert = Place { article: 10, insert: 1, paragraph: Some(2), ..Place::default() };
        assert_eq!(read("第十条之一第二款"), Some(vec![insert]));
        let point = Place { point: Some(2), ..place(5, 0, 3) };
        assert_eq!(read("第五条第三项第2目"), Some(vec![point]));
    }

    #[test]
    fn does_not_guess_what_is_written_otherwise() {
        for text in [
            "",
            "第条",
            "第五十条等",
            "本法第五条",
            "第五条（罚则）",
            "第一款",
            "第五条第一款第二款",
            "第二章",
            "第0条",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let many = vec!["第五条"; PLACES_MAX + 1].join("、");
        assert_eq!(read(&many), None);
    }

    fn articles() -> Vec<Article> {
        let item = |text: &str| Item { text: text.to_owned(), points: vec![] };
        let pointed = Item { text: "丙：".to_owned(), points: vec!["子".to_owned()] };
        let plain = |text: &str| Paragraph { text: text.to_owned(), items: vec![] };
        let of = |number, insert, paragraphs| Article { number, insert, headings: vec![], paragraphs };
        let listed = Paragraph { text: "下列：".to_owned(), items: vec![item("甲；"), item("乙；"), pointed] };
        vec![
            of(1, 0, vec![plain("一。")]),
            of(2, 0, vec![plain("二。"), listed.clone()]),
            of(2, 1, vec![listed.clone(), listed]),
        ]
    }

    #[test]
    fn finds_each_place_at_its_border() {
        for (text, found) in [
            ("第一条", true),
            ("第一条第一款", true),
            ("第一条第二款", false),
            ("第一条第一项", false),
            ("第二条第二款第三项", true),
            ("第二条第二款第四项", false),
            ("第二条第一款第一项", false),
            // One paragraph only has items.
            ("第二条第三项", true),
            ("第二条第三项第1目", true),
            ("第二条第三项第2目", false),
            ("第二条之一", true),
            ("第二条之二", false),
            // Which of the two is meant?
            ("第二条之一第一项", false),
            ("第二条之一第二款第一项", true),
            ("第三条", false),
        ] {
            let places = read(text).unwrap();
            assert_eq!(places.iter().all(|p| find(&articles(), *p).is_ok()), found, "{text}");
        }
    }

    #[test]
    fn says_what_stands_there() {
        let all = articles();
        let said = |text: &str| find(&all, read(text).unwrap()[0]).unwrap_err();
        assert_eq!(said("第三条").zh, "没有第三条：全文共3条，至第二条之一为止");
        assert_eq!(said("第一条第二款").zh, "第一条只有1款，没有第二款");
        assert_eq!(said("第二条第二款第四项").en, "第二条第二款 has 3 items (项), and no item 4");
    }
}
