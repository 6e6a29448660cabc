//! One year's notice: the file's shape, and what makes it a sound one.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::is_weekend;

/// A notice, as the calendar keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) year: i16,
    pub(super) source: String,
    pub(super) further_sources: Vec<String>,
    /// Only the days that the weekday alone does not decide, and weekends inside a holiday.
    pub(super) days: BTreeMap<Date, Special>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Special {
    Holiday(String),
    Workday,
}

/// A notice file that cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the notice of {year} is wrong: {what}")]
pub struct BadNotice {
    /// The year of the file, 0 if the file does not even tell.
    pub year: i16,
    /// What is wrong with it.
    pub what: String,
}

impl BadNotice {
    pub(super) fn new(year: i16, what: impl Into<String>) -> Self {
        BadNotice { year, what: what.into() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i16,
    source: String,
    #[serde(default)]
    further_sources: Vec<String>,
    workdays: Vec<Date>,
    #[serde(rename = "holiday")]
    holidays: Vec<Span>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    name: String,
    from: Date,
    to: Date,
}

impl Notice {
    pub(super) fn parse(text: &str) -> Result<Notice, BadNotice> {
        let file: File = toml::from_str(text).map_err(|error| BadNotice::new(0, error.to_string()))?;
        let bad = |what: String| BadNotice::new(file.year, what);
        for source in std::iter::once(&file.source).chain(&file.further_sources) {
            if !source.contains("国办发明电〔") {
                return Err(bad(format!("{source:?} names no document number")));
            }
        }
        let mut days = BTreeMap::new();
        for span in file.holidays {
            let Span { name, from, to } = span;
            if from > to || from.year() != file.year || to.year() != file.year {
                return Err(bad(format!("{name} from {from} to {to} is not inside the year")));
            }
            for day in from.series(jiff::Span::new().days(1)).take_while(|day| *day <= to) {
                if days.insert(day, Special::Holiday(name.clone())).is_some() {
                    return Err(bad(format!("{day} is in two holidays")));
                }
            }
        }
        for day in file.workdays {
            if day.year() != file.year {
                return Err(bad(format!("working day {day} is not inside the year")));
            }
            if !is_weekend(day) {
                return Err(bad(format!("shifted working day {day} is no weekend")));
            }
            if days.insert(day, Special::Workday).is_some() {
                return Err(bad(format!("working day {day} is given twice or lies in a holiday")));
            }
        }
        Ok(Notice { year: file.year, source: file.source, further_sources: file.further_sources, days })
    }
}
