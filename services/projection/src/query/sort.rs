//! The columns that lists can be sorted by: their names in addresses, and what they are to the database.
//!
//! Each is in the order of an index, or of a list that is short by nature. What agencies have imposed is not among them: no ranking
//! is made of fines (APL 74).

use super::QueryError;
use crate::{model::Text, views::matters::DECIDED_OR_NOT};

/// A column to sort by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sortable {
    /// As addresses name it.
    pub(crate) name: &'static str,
    /// What the database orders by, the first one deciding; all of them turn round together. Empty where it is done in memory.
    by: &'static [&'static str],
    /// The largest first when it is first asked for: the newest, the most.
    pub(crate) largest_first: bool,
}

/// How one list can be sorted.
#[derive(Debug)]
pub(crate) struct Sorting {
    /// How it is sorted unless asked otherwise, as an address has it; empty where no column tells it.
    pub(crate) usual: &'static str,
    /// By what.
    pub(crate) columns: &'static [Sortable],
}

/// How a list is sorted now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sorted {
    /// By which column.
    pub(crate) column: Sortable,
    /// The largest first.
    pub(crate) largest_first: bool,
}

const fn up(name: &'static str, by: &'static [&'static str]) -> Sortable {
    Sortable { name, by, largest_first: false }
}

const fn down(name: &'static str, by: &'static [&'static str]) -> Sortable {
    Sortable { name, by, largest_first: true }
}

pub(crate) static CASES: Sorting = Sorting {
    usual: "-filed",
    columns: &[
        down("filed", &["opened", "stream"]),
        down("decided", &[DECIDED_OR_NOT, "stream"]),
        down("fine", &["imposed_fen", "opened", "stream"]),
    ],
};

pub(crate) static DECISIONS: Sorting = Sorting {
    usual: "-published",
    columns: &[
        down("published", &["published", "stream"]),
        down("decided", &[DECIDED_OR_NOT, "stream"]),
        down("fine", &["imposed_fen", "opened", "stream"]),
    ],
};

/// Running clocks come with the most urgent first, ended ones with the latest.
pub(crate) static DEADLINES: Sorting =
    Sorting { usual: "", columns: &[up("due", &["due NULLS LAST", "due_us", "stream", "clock", "opened_seq"])] };

/// In memory, of two lists that come in this order.
/// By weight, and those of one weight with the newest first, unless asked otherwise.
pub(crate) static FINDINGS: Sorting = Sorting { usual: "", columns: &[down("day", &[])] };

/// Of one region there are some hundreds.
pub(crate) static OFFICERS: Sorting = Sorting {
    usual: "code",
    columns: &[
        up("code", &["o.officer"]),
        up(
            "until",
            &["COALESCE((SELECT MAX(c.valid_until) FROM certificates c WHERE c.officer = o.officer), '')", "o.officer"],
        ),
        down(
            "acts",
            &["COALESCE((SELECT SUM(a.acts) FROM officer_acts a WHERE a.officer = o.officer), 0)", "o.officer"],
        ),
    ],
};

/// In memory: of one region there are some hundreds.
pub(crate) static AGENCIES: Sorting = Sorting {
    usual: "code",
    columns: &[
        up("code", &["region", "agency"]),
        down("items", &[]),
        down("officers", &[]),
        down("filed", &[]),
        down("decided", &[]),
        down("closed", &[]),
        down("open", &[]),
        down("overdue", &[]),
        down("high", &[]),
        down("medium", &[]),
    ],
};

/// In memory, as the list of a day is made there.
pub(crate) static ITEMS: Sorting =
    Sorting { usual: "code", columns: &[up("code", &[]), down("version", &[]), down("effective", &[])] };

pub(crate) static AUDIT: Sorting =
    Sorting { usual: "-recorded", columns: &[down("recorded", &["recorded", "log_index", "source"])] };

/// In memory, one row for an agency.
pub(crate) static BOARD: Sorting = Sorting {
    usual: "-open",
    columns: &[
        down("open", &[]),
        down("in_time", &[]),
        down("due_soon", &[]),
        down("overdue", &[]),
        down("no_clock", &[]),
        down("missed", &[]),
    ],
};

impl Sorting {
    /// How the list is sorted; none where no column tells it.
    ///
    /// # Errors
    /// When it has no such column.
    pub(crate) fn read(&self, sort: Option<&str>) -> Result<Option<Sorted>, QueryError> {
        let sort = sort.unwrap_or(self.usual);
        if sort.is_empty() {
            return Ok(None);
        }
        let (name, largest_first) = sort.strip_prefix('-').map_or((sort, false), |name| (name, true));
        match self.columns.iter().find(|column| column.name == name) {
            Some(column) => Ok(Some(Sorted { column: *column, largest_first })),
            None => {
                let all: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
                Err(QueryError::Invalid {
                    field: "sort",
                    what: Text::new(
                        format!("可按这些列排序：{}", all.join("、")),
                        format!("one of {}", all.join(", ")),
                    ),
                })
            }
        }
    }

    /// The order as SQL has it, if one was asked for or is usual.
    pub(super) fn order(&self, sort: Option<&str>) -> Result<Option<String>, QueryError> {
        Ok(self.read(sort)?.map(Sorted::sql))
    }
}

impl Sorted {
    fn sql(self) -> String {
        let one = |by: &&str| match (self.largest_first, by.strip_suffix(" NULLS LAST")) {
            (false, _) => (*by).to_owned(),
            (true, Some(by)) => format!("{by} DESC NULLS LAST"),
            (true, None) => format!("{by} DESC"),
        };
        self.column.by.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// Sorts rows in memory by what the column is; those that are alike stay as they are.
    pub(super) fn sort<T, K: Ord>(self, rows: &mut [T], key: impl Fn(&T) -> K) {
        match self.largest_first {
            true => rows.sort_by_key(|row| std::cmp::Reverse(key(row))),
            false => rows.sort_by_key(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sort_is_a_column_of_the_list_in_either_direction() {
        let order = |sort| CASES.order(sort).map(Option::unwrap);
        assert_eq!(order(None).unwrap(), "opened DESC, stream DESC");
        assert_eq!(order(Some("-fine")).unwrap(), "imposed_fen DESC, opened DESC, stream DESC");
        assert_eq!(order(Some("filed")).unwrap(), "opened, stream");
        assert_eq!(
            DEADLINES.order(Some("-due")).unwrap().unwrap(),
            "due DESC NULLS LAST, due_us DESC, stream DESC, clock DESC, opened_seq DESC"
        );
        assert!(DEADLINES.order(None).unwrap().is_none());
        for wrong in ["-", "--fine", "opened", "fine; DROP TABLE matters"] {
            assert!(matches!(order(Some(wrong)), Err(QueryError::Invalid { field: "sort", .. })), "{wrong}");
        }
    }

    #[test]
    fn what_is_usual_is_one_of_the_columns() {
        for sorting in [&CASES, &DECISIONS, &DEADLINES, &FINDINGS, &OFFICERS, &AGENCIES, &ITEMS, &AUDIT, &BOARD] {
            sorting.read(None).unwrap();
        }
    }
}
