//! Conditions of a SELECT, with their arguments.

use std::fmt::Write as _;

use kernel::text::folded;
use law::id::{RegionCode, Uscc};

use super::{Queries, QueryError};
use crate::{
    model::{COUNT_MAX, Page, Paging, Scope, Text},
    store::{Engine, Reader, Row, Value},
};

/// Conditions joined by AND; arguments are numbered as they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Where {
    sql: String,
    pub(super) args: Vec<Value>,
}

impl Where {
    /// Conditions that come after these arguments.
    pub(super) fn after(args: Vec<Value>) -> Self {
        Self { sql: String::new(), args }
    }

    /// A condition as it stands; only text of the program.
    pub(super) fn raw(&mut self, condition: &str) -> &mut Self {
        self.sql.push_str(if self.sql.is_empty() { " WHERE " } else { " AND " });
        self.sql.push_str(condition);
        self
    }

    /// A condition with one argument: `{}` stands for it, as often as it is there.
    pub(super) fn arg(&mut self, condition: &str, value: impl Into<Value>) -> &mut Self {
        let place = self.place(value);
        self.raw(&condition.replace("{}", &place))
    }

    /// An argument for a condition that is put together elsewhere; its place.
    pub(super) fn place(&mut self, value: impl Into<Value>) -> String {
        self.args.push(value.into());
        format!("${}", self.args.len())
    }

    /// The same, if there is a value.
    pub(super) fn opt(&mut self, condition: &str, value: Option<impl Into<Value>>) -> &mut Self {
        match value {
            Some(value) => self.arg(condition, value),
            None => self,
        }
    }

    /// Rows of a region's subtree.
    pub(super) fn region(&mut self, column: &str, region: &RegionCode) -> &mut Self {
        let condition = self.subtree(column, region);
        self.raw(&condition)
    }

    /// The same as a condition.
    fn subtree(&mut self, column: &str, region: &RegionCode) -> String {
        let prefix = prefix(region);
        let mut after = prefix.to_owned();
        // Digits only, so the character after the last digit's is the bound: ':' follows '9'.
        if let Some(last) = after.pop() {
            after.push(char::from_u32(u32::from(last) + 1).unwrap_or(':'));
        }
        let (first, after) = (self.place(prefix), self.place(after));
        format!("{column} >= {first} AND {column} < {after}")
    }

    /// Rows within the scope and the filter's region and agency, for tables that name an agency and no region.
    pub(super) fn of_agencies(
        &mut self,
        column: &str,
        scope: &Scope,
        region: Option<&str>,
        agency: Option<&str>,
    ) -> Result<&mut Self, QueryError> {
        let mut regions: Vec<RegionCode> = region.map(region_code).transpose()?.into_iter().collect();
        match scope {
            Scope::Everything | Scope::Public => {}
            Scope::Region(code) => regions.push(code.clone()),
            Scope::Agency(code) => {
                self.arg(&format!("{column} = {{}}"), code.as_str());
            }
        }
        if let Some(agency) = agency {
            self.arg(&format!("{column} = {{}}"), agency_code(agency)?.as_str());
        }
        for region in &regions {
            let within = self.subtree("region", region);
            self.raw(&format!("{column} IN (SELECT agency FROM agencies WHERE {within})"));
        }
        Ok(self)
    }

    /// Rows within the scope and the filter's region and agency.
    pub(super) fn at(scope: &Scope, region: Option<&str>, agency: Option<&str>) -> Result<Self, QueryError> {
        let mut w = Self::default();
        w.scope(scope, "region", "agency");
        if let Some(region) = region {
            w.region("region", &region_code(region)?);
        }
        if let Some(agency) = agency {
            w.arg("agency = {}", agency_code(agency)?.as_str());
        }
        Ok(w)
    }

    /// Rows that are found by a text.
    pub(super) fn found_by(&mut self, reader: &Reader, text: Option<&str>) -> &mut Self {
        self.opt(&contains(reader, "find"), text.map(folded))
    }

    /// Rows within a scope. What the public may see is each query's own condition.
    pub(super) fn scope(&mut self, scope: &Scope, region: &str, agency: &str) -> &mut Self {
        match scope {
            Scope::Everything | Scope::Public => self,
            Scope::Region(code) => self.region(region, code),
            Scope::Agency(code) => self.arg(&format!("{agency} = {{}}"), code.as_str()),
        }
    }

    /// Matters within the scope: of an agency those that are its own, and those that it keeps.
    pub(super) fn own(&mut self, scope: &Scope) -> &mut Self {
        match scope {
            Scope::Agency(code) => self.arg("(agency = {} OR keeper = {})", code.as_str()),
            Scope::Everything | Scope::Public | Scope::Region(_) => self.scope(scope, "region", "agency"),
        }
    }

    /// Matters within the scope and the filter's region and agency.
    ///
    /// Few agencies keep matters of others. For the rest the scope stays an equation, which an index answers in order.
    pub(super) async fn matters(
        q: &Queries,
        scope: &Scope,
        region: Option<&str>,
        agency: Option<&str>,
    ) -> Result<Self, QueryError> {
        let Scope::Agency(code) = scope else { return Self::within(q, scope, region, agency).await };
        let kept = "SELECT 1 FROM matters WHERE keeper = $1 LIMIT 1".to_owned();
        if q.reader.one(kept, vec![code.as_str().into()]).await?.is_none() {
            return Self::within(q, scope, region, agency).await;
        }
        let mut w = Self::within(q, &Scope::Everything, region, agency).await?;
        w.own(scope);
        Ok(w)
    }

    /// Rows within the scope and the filter's region and agency, for tables whose regions are those of the counters.
    ///
    /// A range of regions would keep the engine from reading in the order of an index. As a rule all rows are of one
    /// region, or all within the scope: then it becomes an equation, or nothing at all.
    pub(super) async fn within(
        q: &Queries,
        scope: &Scope,
        region: Option<&str>,
        agency: Option<&str>,
    ) -> Result<Self, QueryError> {
        let mut w = Self::default();
        if let Scope::Agency(code) = scope {
            w.arg("agency = {}", code.as_str());
        }
        if let Some(agency) = agency {
            w.arg("agency = {}", agency_code(agency)?.as_str());
        }
        let mut wanted: Vec<RegionCode> = region.map(region_code).transpose()?.into_iter().collect();
        if let Scope::Region(code) = scope {
            wanted.push(code.clone());
        }
        if wanted.is_empty() {
            return Ok(w);
        }
        let contained = |code: &str| code.parse::<RegionCode>().is_ok_and(|r| wanted.iter().all(|w| w.contains(&r)));
        let mut found = Vec::new();
        for row in q.reader.all("SELECT DISTINCT region FROM scorecard", vec![]).await? {
            found.push(row.text(0)?);
        }
        let within: Vec<&String> = found.iter().filter(|code| contained(code)).collect();
        match within.as_slice() {
            all if all.len() == found.len() => {}
            [one] => {
                w.arg("region = {}", *one);
            }
            [] => {
                w.raw("1 = 0");
            }
            _ => {
                for code in &wanted {
                    w.region("region", code);
                }
            }
        }
        Ok(w)
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }
}

/// The digits that a region shares with all of its subtree.
fn prefix(region: &RegionCode) -> &str {
    let code = region.as_str();
    match code.len() {
        6 if code.ends_with("0000") => &code[..2],
        6 if code.ends_with("00") => &code[..4],
        _ => code,
    }
}

pub(super) fn region_code(text: &str) -> Result<RegionCode, QueryError> {
    let bad = |e: law::id::BadId| Text::new(format!("“{text}”不是行政区划代码"), e.to_string());
    text.parse().map_err(|e| QueryError::Invalid { field: "region", what: bad(e) })
}

pub(super) fn agency_code(text: &str) -> Result<Uscc, QueryError> {
    let bad = |e: law::id::BadId| Text::new(format!("“{text}”不是统一社会信用代码"), e.to_string());
    text.parse().map_err(|e| QueryError::Invalid { field: "agency", what: bad(e) })
}

/// Whether a text column contains another text.
pub(super) fn contains(reader: &Reader, column: &str) -> String {
    match reader.engine() {
        Engine::Sqlite => format!("instr({column}, {{}}) > 0"),
        Engine::Postgres => format!("strpos({column}, {{}}) > 0"),
    }
}

/// How many rows match, up to as many as are [counted](Paging::count_max), and whether there are more.
pub(super) async fn count(
    reader: &Reader,
    from: &str,
    conditions: &Where,
    paging: Paging,
) -> Result<(u64, bool), QueryError> {
    let most = paging.count_max();
    let mut sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {from}{}", conditions.sql());
    let _ = write!(sql, " LIMIT {}) AS counted", most + 1);
    let row = reader.one(sql, conditions.args.clone()).await?;
    let counted = row.map(|row| row.count(0)).transpose()?.unwrap_or(0);
    Ok((counted.min(most), counted > most))
}

/// One page of a table, in an order.
pub(super) async fn select(
    reader: &Reader,
    what: &str,
    from: &str,
    conditions: &Where,
    order: &str,
    paging: Paging,
) -> Result<Vec<Row>, QueryError> {
    check(paging)?;
    let (size, offset) = (paging.size(), paging.offset());
    let sql = format!("SELECT {what} FROM {from}{} ORDER BY {order} LIMIT {size} OFFSET {offset}", conditions.sql());
    Ok(reader.all(sql, conditions.args.clone()).await?)
}

/// Refuses pages beyond what is counted.
pub(super) fn check(paging: Paging) -> Result<(), QueryError> {
    if paging.offset() >= COUNT_MAX + u64::from(paging.size()) {
        let what = Text::new(
            format!("列表最多翻看前{COUNT_MAX}条，请缩小筛选范围"),
            format!("the list can be paged through for {COUNT_MAX} rows; narrow the filter"),
        );
        return Err(QueryError::Invalid { field: "page", what });
    }
    Ok(())
}

/// A page from its rows and the count.
pub(super) fn page<T>(rows: Vec<T>, (total, capped): (u64, bool), paging: Paging) -> Page<T> {
    Page { rows, total, capped, page: paging.page(), size: paging.size() }
}

/// The page of rows that were made in memory.
pub(super) fn slice<T>(rows: Vec<T>, paging: Paging) -> Result<Page<T>, QueryError> {
    check(paging)?;
    let total = rows.len() as u64;
    let (offset, size) = (usize::try_from(paging.offset()).unwrap_or(usize::MAX), paging.size() as usize);
    let rows = rows.into_iter().skip(offset).take(size).collect();
    Ok(page(rows, (total, false), paging))
}
