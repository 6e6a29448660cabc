//! Notices that were issued after this version: events of the power lists, which every service and view takes up.

use std::sync::{Arc, PoisonError, RwLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BadNotice, Calendar, notice::Notice};

/// The stored type of [`NoticePublished`].
pub const NOTICE_PUBLISHED: &str = "powerlist.calendar.NoticePublished.v1";

/// The stream of all notices: who opens the suite's calendar reads it and nothing else.
pub const NOTICES_STREAM: &str = "calendar/china";

/// A yearly notice was put on record, or one that amends a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticePublished {
    /// The year it arranges.
    pub year: i16,
    /// Title, document number and date, as the notice's file names them.
    pub source: String,
    /// The file, word for word: years hence the days can be read from it without this software.
    pub notice: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
}

impl NoticePublished {
    /// What the text of a notice says of itself; `sha256` is its digest, hex.
    ///
    /// # Errors
    /// [`BadNotice`].
    pub fn read(text: &str, sha256: String) -> Result<Self, BadNotice> {
        let notice = Notice::parse(text)?;
        Ok(Self { year: notice.year, source: notice.source, notice: text.to_owned(), sha256 })
    }
}

/// The calendar as the notices on record make it. Clones share it.
#[derive(Clone, Debug)]
pub struct Notices(Arc<RwLock<Arc<Calendar>>>);

impl Default for Notices {
    /// What this version brings.
    fn default() -> Self {
        Self::of(Calendar::china().clone())
    }
}

impl Notices {
    /// A calendar to begin with.
    pub fn of(calendar: Arc<Calendar>) -> Self {
        Self(Arc::new(RwLock::new(calendar)))
    }

    /// The calendar now.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes up what the data of a stored [`NOTICE_PUBLISHED`] says.
    ///
    /// # Errors
    /// Why it cannot be read: nothing has changed then.
    pub fn take_data(&self, data: &str) -> Result<(), String> {
        let published = serde_json::from_str(data).map_err(|e| e.to_string())?;
        self.take(&published).map_err(|e| e.to_string())
    }

    /// Takes a notice up.
    ///
    /// # Errors
    /// [`BadNotice`]: nothing has changed then.
    pub fn take(&self, published: &NoticePublished) -> Result<(), BadNotice> {
        let mut calendar = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *calendar = Arc::new(calendar.with_notice(&published.notice)?);
        Ok(())
    }
}
