//! The one rule for days that come in: fields of the API and cells of sheets.

use jiff::civil::{Date, date};

/// The first day that a record can speak of: no law that is held against anything is older.
pub const FIRST: Date = date(1949, 10, 1);
/// The last: no period, no certificate and no plan reaches further.
pub const LAST: Date = date(2099, 12, 31);

/// Reads a day, exactly YYYY-MM-DD.
///
/// # Errors
/// When it is written otherwise, is no day, or lies out of bounds.
pub fn read(text: &str) -> Result<Date, BadDay> {
    // jiff reads more than a plain day.
    let day = text.parse().ok().filter(|_| text.len() == 10).ok_or(BadDay::Form)?;
    within(day)
}

/// A day within the bounds.
///
/// # Errors
/// Which bound it passes.
pub fn within(day: Date) -> Result<Date, BadDay> {
    match day {
        day if day < FIRST => Err(BadDay::Early(day)),
        day if day > LAST => Err(BadDay::Late(day)),
        day => Ok(day),
    }
}

/// Why a day cannot be recorded, in both languages: [`BadDay::zh`], and English as it is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDay {
    /// It is not written as a day is.
    #[error("must be a day written YYYY-MM-DD")]
    Form,
    /// It lies before the first.
    #[error("{0} lies before {FIRST}, the first day that can be recorded")]
    Early(Date),
    /// It lies behind the last.
    #[error("{0} lies after {LAST}, the last day that can be recorded")]
    Late(Date),
    /// It ends what begins later.
    #[error("{until} lies before {from}, when it begins")]
    Ends {
        /// When it begins.
        from: Date,
        /// When it ends.
        until: Date,
    },
}

impl BadDay {
    /// In Chinese.
    pub fn zh(self) -> String {
        match self {
            Self::Form => "应写作YYYY-MM-DD的日期".to_owned(),
            Self::Early(day) => format!("{day}早于可以记录的第一天{FIRST}"),
            Self::Late(day) => format!("{day}晚于可以记录的最后一天{LAST}"),
            Self::Ends { from, until } => format!("{until}早于起始日{from}"),
        }
    }
}

/// Whether what begins on one day does not end before; what goes on has no end.
///
/// # Errors
/// [`BadDay::Ends`].
pub fn span(from: Date, until: Option<Date>) -> Result<(), BadDay> {
    match until {
        Some(until) if until < from => Err(BadDay::Ends { from, until }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_bounds_and_one_form() {
        for (text, want) in [
            ("1949-10-01", Ok(FIRST)),
            ("2099-12-31", Ok(LAST)),
            ("1949-09-30", Err(BadDay::Early(date(1949, 9, 30)))),
            ("0024-03-01", Err(BadDay::Early(date(24, 3, 1)))),
            ("2100-01-01", Err(BadDay::Late(date(2100, 1, 1)))),
            ("2026-02-30", Err(BadDay::Form)),
            ("2026-3-1", Err(BadDay::Form)),
            ("20260301T0", Err(BadDay::Form)),
            ("", Err(BadDay::Form)),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
        assert!(BadDay::Early(date(24, 3, 1)).zh().contains("0024-03-01早于"));
    }

    #[test]
    fn nothing_ends_before_it_begins() {
        let day = date(2026, 3, 2);
        assert_eq!((span(day, None), span(day, Some(day))), (Ok(()), Ok(())));
        let before = date(2026, 3, 1);
        assert_eq!(span(day, Some(before)), Err(BadDay::Ends { from: day, until: before }));
    }
}
