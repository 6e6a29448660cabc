//! One year's notice: the file's shape, and what makes it a sound one.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

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
#[error("the notice{} is wrong{}: {what}", of_year(*year), at_line(*line))]
pub struct BadNotice {
    /// The year of the file, if it tells.
    pub year: Option<i16>,
    /// The line of the file, counted from 1, if it is one line.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub what: String,
}

fn of_year(year: Option<i16>) -> String {
    year.map(|year| format!(" of {year}")).unwrap_or_default()
}

fn at_line(line: Option<usize>) -> String {
    line.map(|line| format!(" in line {line}")).unwrap_or_default()
}

/// Bytes of a notice file at most.
pub const NOTICE_MAX: usize = 64 * 1024;

/// The festivals of 全国年节及纪念日放假办法 2 with their day, where the Gregorian calendar has it.
const FESTIVALS: [(&str, Option<(i8, i8)>); 7] = [
    ("元旦", Some((1, 1))),
    ("春节", None),
    ("清明节", None),
    ("劳动节", Some((5, 1))),
    ("端午节", None),
    ("中秋节", None),
    ("国庆节", Some((10, 1))),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: i16,
    source: Spanned<String>,
    #[serde(default)]
    further_sources: Vec<Spanned<String>>,
    workdays: Vec<Spanned<Date>>,
    #[serde(rename = "holiday")]
    holidays: Vec<Spanned<Span>>,
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
        if text.len() > NOTICE_MAX {
            return Err(BadNotice { year: None, line: None, what: format!("it is longer than {NOTICE_MAX} bytes") });
        }
        let line =
            |at: &Range<usize>| 1 + text.as_bytes()[..at.start.min(text.len())].iter().filter(|b| **b == b'\n').count();
        let file: File = toml::from_str(text).map_err(|error| BadNotice {
            year: None,
            line: error.span().as_ref().map(line),
            what: error.message().to_owned(),
        })?;
        let bad = |at: Range<usize>, what: String| BadNotice { year: Some(file.year), line: Some(line(&at)), what };
        for source in std::iter::once(&file.source).chain(&file.further_sources) {
            if !source.get_ref().contains("国办发明电〔") {
                return Err(bad(source.span(), format!("{:?} names no document number", source.get_ref())));
            }
        }
        let mut days = BTreeMap::new();
        for span in &file.holidays {
            let Span { name, from, to } = span.get_ref();
            if from > to || from.year() != file.year || to.year() != file.year {
                return Err(bad(span.span(), format!("{name} from {from} to {to} is not inside the year")));
            }
            for day in from.series(jiff::Span::new().days(1)).take_while(|day| day <= to) {
                if days.insert(day, Special::Holiday(name.clone())).is_some() {
                    return Err(bad(span.span(), format!("{day} is in two holidays")));
                }
            }
        }
        for spanned in &file.workdays {
            let day = *spanned.get_ref();
            let what = if day.year() != file.year {
                format!("working day {day} is not inside the year")
            } else if !is_weekend(day) {
                format!("shifted working day {day} is no weekend")
            } else if days.insert(day, Special::Workday).is_some() {
                format!("working day {day} is given twice or lies in a holiday")
            } else {
                continue;
            };
            return Err(bad(spanned.span(), what));
        }
        for (name, on) in FESTIVALS {
            let mut holidays = days.iter().filter(|(_, special)| special.is_of(name));
            let held = match on {
                Some((month, day)) => holidays.any(|(held, _)| (held.month(), held.day()) == (month, day)),
                None => holidays.next().is_some(),
            };
            if !held {
                let what = format!("{name} is missing, or not on its day: a notice arranges all seven festivals");
                return Err(BadNotice { year: Some(file.year), line: None, what });
            }
        }
        Ok(Notice {
            year: file.year,
            source: file.source.into_inner(),
            further_sources: file.further_sources.into_iter().map(Spanned::into_inner).collect(),
            days,
        })
    }
}

impl Special {
    /// Whether it is a day of this festival; two may be held together.
    fn is_of(&self, festival: &str) -> bool {
        matches!(self, Special::Holiday(name) if name.split('、').any(|one| one == festival))
    }
}
