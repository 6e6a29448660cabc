//! Values and rows, the same for both engines: 64-bit integers and text.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

/// A value to bind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Value {
    Null,
    Int(i64),
    /// Shared, because SQLite's thread is handed its own.
    Text(Arc<str>),
}

impl Value {
    /// How long a text is.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Null | Self::Int(_) => 0,
        }
    }

    /// A list as one JSON array, for [`super::Reader::list`] and [`super::Reader::pairs`].
    pub(crate) fn json<T: serde::Serialize + ?Sized>(list: &T) -> Self {
        serde_json::to_string(list).unwrap_or_default().into()
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}
impl From<u64> for Value {
    fn from(n: u64) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Value {
    fn from(n: u32) -> Self {
        Self::Int(n.into())
    }
}
impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Int(b.into())
    }
}
impl From<&str> for Value {
    fn from(s: &str) -> Self {
        Self::Text(s.into())
    }
}
impl From<&String> for Value {
    fn from(s: &String) -> Self {
        Self::Text(s.as_str().into())
    }
}
impl From<String> for Value {
    fn from(s: String) -> Self {
        Self::Text(s.into())
    }
}
/// Microseconds since 1970.
impl From<Timestamp> for Value {
    fn from(t: Timestamp) -> Self {
        Self::Int(t.as_microsecond())
    }
}
/// `2026-03-01`: sorts as text.
impl From<Date> for Value {
    fn from(d: Date) -> Self {
        Self::Text(day_text(d).into())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(v: Option<T>) -> Self {
        v.map_or(Self::Null, Into::into)
    }
}

/// A day as it is stored; faster than the general printer.
pub(crate) fn day_text(day: Date) -> String {
    let mut out = String::with_capacity(10);
    let (y, m, d) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    for digit in [y / 1000 % 10, y / 100 % 10, y / 10 % 10, y % 10] {
        out.push(char::from(b'0' + digit as u8));
    }
    for part in [m, d] {
        out.push('-');
        out.push(char::from(b'0' + part / 10));
        out.push(char::from(b'0' + part % 10));
    }
    out
}

/// The month of a day: `2026-03`.
pub(crate) fn month_text(day: Date) -> String {
    let mut out = day_text(day);
    out.truncate(7);
    out
}

/// One row read.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    pub(crate) fn opt_int(&self, at: usize) -> Result<Option<i64>, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row.try_get_unchecked(at),
            Self::Postgres(row) => row.try_get(at),
        }
    }

    pub(crate) fn int(&self, at: usize) -> Result<i64, sqlx::Error> {
        Ok(self.opt_int(at)?.unwrap_or_default())
    }

    pub(crate) fn count(&self, at: usize) -> Result<u64, sqlx::Error> {
        Ok(u64::try_from(self.int(at)?).unwrap_or_default())
    }

    pub(crate) fn flag(&self, at: usize) -> Result<bool, sqlx::Error> {
        Ok(self.int(at)? != 0)
    }

    pub(crate) fn opt_text(&self, at: usize) -> Result<Option<String>, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row.try_get_unchecked(at),
            Self::Postgres(row) => row.try_get(at),
        }
    }

    pub(crate) fn text(&self, at: usize) -> Result<String, sqlx::Error> {
        Ok(self.opt_text(at)?.unwrap_or_default())
    }

    pub(crate) fn opt_day(&self, at: usize) -> Result<Option<Date>, sqlx::Error> {
        self.opt_text(at)?.map(|text| text.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))).transpose()
    }

    pub(crate) fn day(&self, at: usize) -> Result<Date, sqlx::Error> {
        Ok(self.opt_day(at)?.unwrap_or_default())
    }

    pub(crate) fn opt_time(&self, at: usize) -> Result<Option<Timestamp>, sqlx::Error> {
        self.opt_int(at)?
            .map(|us| Timestamp::from_microsecond(us).map_err(|e| sqlx::Error::Decode(Box::new(e))))
            .transpose()
    }

    pub(crate) fn time(&self, at: usize) -> Result<Timestamp, sqlx::Error> {
        Ok(self.opt_time(at)?.unwrap_or_default())
    }
}

/// Reads a row's columns one after the other.
pub(crate) struct Columns<'r> {
    row: &'r Row,
    at: usize,
}

macro_rules! next {
    ($($name:ident -> $ty:ty),* $(,)?) => {$(
        pub(crate) fn $name(&mut self) -> Result<$ty, sqlx::Error> {
            self.at += 1;
            self.row.$name(self.at - 1)
        }
    )*};
}

impl<'r> Columns<'r> {
    pub(crate) fn of(row: &'r Row) -> Self {
        Self { row, at: 0 }
    }

    next! {
        opt_int -> Option<i64>, int -> i64, count -> u64, flag -> bool, opt_text -> Option<String>, text -> String,
        opt_day -> Option<Date>, day -> Date, opt_time -> Option<Timestamp>, time -> Timestamp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_everybody_writes_them() {
        for day in ["2026-03-01", "1999-12-31", "2026-11-09"] {
            assert_eq!(day_text(day.parse().unwrap()), day);
        }
        assert_eq!(month_text("2026-03-31".parse().unwrap()), "2026-03");
    }
}
