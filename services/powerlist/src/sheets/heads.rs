//! Where the header of a sheet stands, and which column of ours each of its heads is.
//!
//! Agencies publish their lists under titles, with heads over two rows and in words of their own: [`HEADS`] knows them, and an
//! agency's own choice goes before it.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    Sheet,
    choices::Chosen,
    limits::HEAD_ROWS_MAX,
    line::Row,
    listing,
    page::{Merge, Page},
};

/// List, column, and the heads under which agencies have it.
const HEADS: &str = include_str!("heads.csv");

/// Most bytes of a head; what is longer is a text.
pub(super) const HEAD_BYTES_MAX: usize = 400;

/// For each list, the column that a head stands for, by the head as [`plain`] writes it.
static KNOWN: LazyLock<BTreeMap<&'static str, BTreeMap<String, &'static str>>> = LazyLock::new(|| {
    let mut known = BTreeMap::<_, BTreeMap<_, _>>::new();
    for line in HEADS.lines() {
        let mut parts = line.splitn(3, ',');
        if let (Some(list), Some(column), Some(heads)) = (parts.next(), parts.next(), parts.next()) {
            let known = known.entry(list).or_default();
            known.insert(plain(column), column);
            for head in heads.split('；') {
                known.entry(plain(head)).or_insert(column);
            }
        }
    }
    known
});

/// One head of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its column in the file, from 0.
    pub at: usize,
    /// As it stands there; over two rows, the upper and the lower one.
    pub text: String,
    /// The column of the list that it stands for.
    pub takes: Option<&'static str>,
    /// Whether somebody chose it, or chose that it is left out.
    pub chosen: bool,
}

/// The header of a sheet.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) sheet: Sheet,
    /// Whether it is the header that an export has.
    pub(super) own: bool,
    /// Its first row, among those of the page.
    pub(super) first: usize,
    /// How many rows it has.
    pub(super) rows: usize,
    pub(super) heads: Vec<Head>,
}

/// A head as it is compared: without blanks, marks and what stands in brackets around nothing else.
pub(super) fn plain(head: &str) -> String {
    let mark = |c: char| {
        matches!(c, '*' | '＊' | ':' | '：' | '、' | '/' | '／' | '“' | '”' | '"')
            || matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】')
    };
    head.chars().filter(|c| !c.is_whitespace() && !mark(*c)).flat_map(char::to_lowercase).collect()
}

/// A head as it is looked for, in every list.
pub(super) struct Asked {
    /// All of it.
    pub(super) plain: String,
    /// Without what follows in brackets: 职权名称（与法律一致）.
    bare: String,
}

impl Asked {
    /// None where it is a text.
    fn of(head: &str) -> Option<Self> {
        let bare = head.split(['(', '（', '[', '【']).next().unwrap_or_default();
        (head.len() <= HEAD_BYTES_MAX).then(|| Self { plain: plain(head), bare: plain(bare) })
    }
}

/// What must be there for a row to be the header of a list, and how many columns of it at least.
fn wanted(sheet: Sheet) -> (&'static [&'static str], usize) {
    match sheet {
        Sheet::Regions => (&["code", "name"], 3),
        Sheet::Parameters => (&["参数", "数值"], 4),
        Sheet::Agencies => (&["主体代码", "名称"], 4),
        Sheet::Officers => (&["姓名", "人员编号"], 4),
        Sheet::Offices => (&["人员编号", "职务"], 4),
        Sheet::Items => (&["职权名称"], 4),
        Sheet::Standards => (&["阶次", "适用情形"], 3),
        Sheet::Fees => (&["收费项目", "收费标准"], 3),
        Sheet::PlanTasks => (&["方案", "任务"], 4),
        Sheet::Listing(list) => (listing::tells(list), 4),
    }
}

impl Header {
    /// The header of a page, as the list that is wanted or as any.
    pub(super) fn find(page: &Page, only: Option<Sheet>, chosen: &Chosen) -> Option<Self> {
        let sheets = || Sheet::ALL.into_iter().filter(move |sheet| only.is_none_or(|only| only == *sheet));
        // What an export has is not looked for behind anything else.
        if let Some(row) = page.rows.first()
            && let Some(sheet) = sheets().find(|sheet| is_own(*sheet, row))
        {
            let heads = row.cells().zip(sheet.header()).enumerate();
            let heads = heads.map(|(at, (text, takes))| Head::own(at, text, takes)).collect();
            return Some(Self { sheet, own: true, first: 0, rows: 1, heads });
        }
        let mut best: Option<(usize, Self)> = None;
        for first in 0..page.rows.len().min(HEAD_ROWS_MAX) {
            let one: Vec<_> =
                page.rows[first].cells().enumerate().filter_map(|(at, text)| Text::of(at, text, None)).collect();
            let two = two_rows(page, first);
            for sheet in sheets() {
                for (rows, texts) in [(2, two.as_ref()), (1, Some(&one))] {
                    let Some(texts) = texts else { continue };
                    let heads = heads(sheet, texts, chosen);
                    let count = count(sheet, &heads);
                    if count > best.as_ref().map_or(0, |(count, _)| *count) {
                        best = Some((count, Self { sheet, own: false, first, rows, heads }));
                    }
                }
            }
        }
        best.map(|(_, header)| header)
    }
}

impl Head {
    fn own(at: usize, text: &str, takes: &'static str) -> Self {
        Self { at, text: text.to_owned(), takes: Some(takes), chosen: false }
    }
}

/// Whether a row is the header that an export has; one of before the last columns came to it is it, too.
fn is_own(sheet: Sheet, row: &Row) -> bool {
    let header = sheet.header();
    (sheet.columns_at_least()..=header.len()).contains(&row.width)
        && row.cells().eq(header[..row.width].iter().copied())
}

/// How many columns of a list are there, if it can be that list.
fn count(sheet: Sheet, heads: &[Head]) -> usize {
    let has = |column: &str| heads.iter().any(|head| head.takes == Some(column));
    let (must, least) = wanted(sheet);
    let count = sheet.header().iter().filter(|column| has(column)).count();
    if count >= least && must.iter().all(|column| has(column)) { count } else { 0 }
}

/// What may be a head.
struct Text {
    at: usize,
    text: String,
    /// What it is looked for by, first to last.
    asked: Vec<Asked>,
}

impl Text {
    /// What stands in one row, or below one another in two; none where that is nothing.
    fn of(at: usize, head: &str, sub: Option<&str>) -> Option<Self> {
        if head.is_empty() {
            return None;
        }
        let text = sub.map_or_else(|| head.to_owned(), |sub| format!("{head}／{sub}"));
        let asked = match sub {
            Some(sub) => [text.as_str(), sub, head].into_iter().filter_map(Asked::of).collect(),
            None => Asked::of(head).into_iter().collect(),
        };
        Some(Self { at, text, asked })
    }
}

/// The heads of two rows, where some of the first one stand over several of the second.
fn two_rows(page: &Page, first: usize) -> Option<Vec<Text>> {
    let (upper, lower) = (page.rows.get(first)?, page.rows.get(first + 1)?);
    // A title stands alone in its row.
    if lower.number != upper.number + 1 || upper.cells().filter(|cell| !cell.is_empty()).count() < 2 {
        return None;
    }
    let over = |merge: &&Merge, at: usize| {
        merge.top == upper.number && merge.bottom == upper.number && (merge.left..=merge.right).contains(&at)
    };
    let (mut texts, mut last, mut subs) = (Vec::new(), "", 0);
    for at in 0..upper.width.max(lower.width) {
        let (head, sub) = (upper.cell(at), lower.cell(at));
        let spans = match page.merges.is_empty() {
            // Without merged cells, a head that stands over several leaves the cells beside it empty.
            true => head.is_empty() || upper.cell(at + 1).is_empty() && !lower.cell(at + 1).is_empty(),
            false => page.merges.iter().any(|merge| over(&merge, at)),
        };
        if !head.is_empty() {
            last = head;
        }
        match (head.is_empty(), sub.is_empty()) {
            (true, true) => {}
            (false, true) => texts.extend(Text::of(at, head, None)),
            _ if !spans || last.is_empty() || sub.chars().count() > 12 => return None,
            _ => {
                subs += 1;
                texts.extend(Text::of(at, last, Some(sub)));
            }
        }
    }
    (subs > 0).then_some(texts)
}

/// Which column of a list each head stands for. Of single values, the first head is taken.
fn heads(sheet: Sheet, texts: &[Text], chosen: &Chosen) -> Vec<Head> {
    let mut taken: Vec<&'static str> = Vec::new();
    let mut heads = Vec::new();
    for Text { at, text, asked } in texts {
        let choice = asked.iter().find_map(|head| chosen.head(sheet, head));
        let takes = choice.unwrap_or_else(|| asked.iter().find_map(|head| known(sheet, head)));
        let takes = takes.filter(|column| sheet.is_joined(column) || !taken.contains(column));
        taken.extend(takes);
        heads.push(Head { at: *at, text: text.clone(), takes, chosen: choice.is_some() });
    }
    heads
}

/// The column of a list by the head that an agency has for it.
fn known(sheet: Sheet, head: &Asked) -> Option<&'static str> {
    let find = |head: &str| match sheet {
        Sheet::Listing(list) => listing::known(list, head),
        _ => KNOWN.get(sheet.name())?.get(head).copied(),
    };
    find(&head.plain).or_else(|| find(&head.bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(sheet: Sheet, head: &str) -> Option<&'static str> {
        super::known(sheet, &Asked::of(head)?)
    }

    #[test]
    fn the_table_names_columns_of_the_lists_and_no_head_twice() {
        for line in HEADS.lines() {
            let parts: Vec<&str> = line.splitn(3, ',').collect();
            let sheet = Sheet::ALL.into_iter().find(|sheet| sheet.name() == parts[0]).expect(line);
            assert!(sheet.header().contains(&parts[1]) || sheet.beside().contains(&parts[1]), "{line}");
            for head in parts[2].split('；') {
                assert_eq!(known(sheet, head), Some(parts[1]), "{head} stands for two columns of {}", parts[0]);
            }
        }
        for sheet in Sheet::ALL {
            for column in sheet.header() {
                assert_eq!(known(sheet, column), Some(*column), "{column} has no line");
            }
        }
    }

    #[test]
    fn a_head_is_known_with_blanks_marks_and_what_it_explains_in_brackets() {
        for head in ["职权 名称", "* 职权名称：", "职权名称（与法律法规一致）", "职权\n名称"]
        {
            assert_eq!(known(Sheet::Items, head), Some("职权名称"), "{head:?}");
        }
        assert_eq!(known(Sheet::Items, "服务对象"), None);
    }
}
