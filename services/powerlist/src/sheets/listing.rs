//! The columns of the other lists, made of the table of parts, and the heads that agencies have for them.

use std::{collections::BTreeMap, sync::LazyLock};

use super::heads::plain;
use crate::domain::listing::ListKind;

/// Column, and the heads under which agencies have it. One head may stand for several columns: each list has one of them.
const HEADS: &str = include_str!("listing.csv");

/// What every row has before its parts, and what behind them.
const FIRST: [&str; 5] = ["编码", "名称", "实施主体", "主体代码", "区划"];
const LAST: &str = "依据";

/// Of one list: its header, and the columns that must be there for a file to be this list.
struct Columns {
    header: Vec<&'static str>,
    tells: Vec<&'static str>,
}

static COLUMNS: LazyLock<BTreeMap<ListKind, Columns>> = LazyLock::new(|| {
    let of = |list: &ListKind| {
        let headings = list.parts().iter().map(|spec| spec.label.zh);
        let header = FIRST.into_iter().chain(headings).chain([LAST]).collect();
        let tells = ["名称"].into_iter().chain(list.spec().tells.iter().map(|spec| spec.label.zh)).collect();
        (*list, Columns { header, tells })
    };
    ListKind::ALL.iter().map(of).collect()
});

/// Columns by the head as [`plain`] writes it.
static KNOWN: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut known: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    let own = COLUMNS.values().flat_map(|columns| &columns.header).map(|column| (*column, *column));
    let told = HEADS
        .lines()
        .filter_map(|line| line.split_once(','))
        .flat_map(|(column, heads)| heads.split('；').map(move |head| (column, head)));
    for (column, head) in own.chain(told) {
        let columns = known.entry(plain(head)).or_default();
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    known
});

/// The header row of a list.
pub(super) fn header(list: ListKind) -> &'static [&'static str] {
    &COLUMNS[&list].header
}

/// What must be there for a row to be the header of a list.
pub(super) fn tells(list: ListKind) -> &'static [&'static str] {
    &COLUMNS[&list].tells
}

/// The column of a list that a head stands for.
pub(super) fn known(list: ListKind, head: &str) -> Option<&'static str> {
    let header = header(list);
    KNOWN.get(head)?.iter().copied().find(|column| header.contains(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_stands_for_one_column_of_a_list() {
        for (head, columns) in KNOWN.iter() {
            for list in ListKind::ALL {
                let of: Vec<_> = columns.iter().filter(|column| header(*list).contains(column)).collect();
                assert!(of.len() <= 1, "{head} stands for {of:?} of {}", list.zh());
            }
        }
        for line in HEADS.lines() {
            let column = line.split(',').next().unwrap();
            assert!(ListKind::ALL.iter().any(|list| header(*list).contains(&column)), "{line}");
        }
    }

    #[test]
    fn a_header_names_no_column_twice_and_no_other_list() {
        for list in ListKind::ALL {
            let mut columns = header(*list).to_vec();
            columns.sort_unstable();
            columns.dedup();
            assert_eq!(columns.len(), header(*list).len(), "{}", list.zh());
        }
    }
}
