//! Reading a request: every wrong field is collected, so that a client mends all of them at once.

use std::{fmt::Display, str::FromStr};

use jiff::{Timestamp, civil::Date};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

/// Most field faults reported at once.
const FAULTS_MAX: usize = 64;

/// Collects field faults; ends in INVALID_ARGUMENT with one violation per field.
#[derive(Debug, Default)]
pub struct Fields {
    faults: Vec<(String, String)>,
}

impl Fields {
    /// No fault yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a fault of one field.
    pub fn fault(&mut self, path: &str, what: impl Display) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push((path.to_owned(), what.to_string()));
        }
    }

    /// A value with its own syntax; empty text is a fault.
    pub fn parse<T: FromStr>(&mut self, path: &str, text: &str) -> Option<T>
    where
        T::Err: Display,
    {
        if text.is_empty() {
            self.fault(path, "is required");
            return None;
        }
        text.parse().map_err(|e| self.fault(path, e)).ok()
    }

    /// A value with its own syntax; empty text is `None` without a fault.
    pub fn optional<T: FromStr>(&mut self, path: &str, text: &str) -> Option<T>
    where
        T::Err: Display,
    {
        if text.is_empty() { None } else { self.parse(path, text) }
    }

    /// Text of 1 to `chars_max` characters without control characters other than line breaks.
    pub fn text(&mut self, path: &str, text: &str, chars_max: usize) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            self.fault(path, "is required");
            return None;
        }
        self.optional_text(path, text, chars_max)
    }

    /// The same, but empty text is `None` without a fault.
    pub fn optional_text(&mut self, path: &str, text: &str, chars_max: usize) -> Option<String> {
        let text = text.trim();
        let count = text.chars().count();
        if count == 0 {
            return None;
        }
        if count > chars_max {
            self.fault(path, format!("has {count} characters; at most {chars_max} are allowed"));
            return None;
        }
        if text.chars().any(|c| c.is_control() && c != '\n') {
            self.fault(path, "has control characters");
            return None;
        }
        Some(text.to_owned())
    }

    /// A day, YYYY-MM-DD.
    pub fn date(&mut self, path: &str, text: &str) -> Option<Date> {
        if text.is_empty() {
            self.fault(path, "is required");
            return None;
        }
        self.optional_date(path, text)
    }

    /// A day, YYYY-MM-DD, or empty.
    pub fn optional_date(&mut self, path: &str, text: &str) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        // jiff reads more than a plain day; a field of the API is exactly YYYY-MM-DD.
        match text.parse::<Date>() {
            Ok(date) if text.len() == 10 => Some(date),
            _ => {
                self.fault(path, "must be a day written YYYY-MM-DD");
                None
            }
        }
    }

    /// A moment.
    pub fn timestamp(&mut self, path: &str, value: Option<&prost_types::Timestamp>) -> Option<Timestamp> {
        let Some(value) = value else {
            self.fault(path, "is required");
            return None;
        };
        match Timestamp::new(value.seconds, value.nanos) {
            Ok(at) => Some(at),
            Err(e) => {
                self.fault(path, e);
                None
            }
        }
    }

    /// An enum value; unknown numbers and `*_UNSPECIFIED` (zero) are faults.
    pub fn enumeration<T: TryFrom<i32>>(&mut self, path: &str, value: i32) -> Option<T> {
        if value == 0 {
            self.fault(path, "is required");
            return None;
        }
        T::try_from(value).map_err(|_| self.fault(path, format!("{value} is not a known value"))).ok()
    }

    /// A list of at most `max` entries.
    pub fn at_most<T>(&mut self, path: &str, list: &[T], max: usize) {
        if list.len() > max {
            self.fault(path, format!("has {} entries; at most {max} are allowed", list.len()));
        }
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// INVALID_ARGUMENT with a BadRequest detail per fault.
    pub fn finish(self) -> Result<(), Status> {
        if self.faults.is_empty() {
            return Ok(());
        }
        let message = self.faults.iter().map(|(path, what)| format!("{path}: {what}")).collect::<Vec<_>>().join("; ");
        let mut details = ErrorDetails::new();
        for (path, what) in self.faults {
            details.add_bad_request_violation(path, what);
        }
        Err(Status::with_error_details(Code::InvalidArgument, message, details))
    }

    /// Ends the reading when a value could not be read: there is at least one fault.
    pub fn status(self) -> Status {
        self.finish().err().unwrap_or_else(|| Status::invalid_argument("the request cannot be read"))
    }
}
