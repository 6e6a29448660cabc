//! Where the recorded time comes from.

use jiff::Timestamp;

use crate::{OpenError, Url, postgres};

/// A source of the present time, so that a test can set it and a day can be played again.
pub trait Clock: Send + Sync {
    /// The present time. It may stand still or go back; the ledger never lets `recordedtime` go back.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Compares the machine's clock with that of the database's machine, if the database is on one of its own.
///
/// # Errors
/// [`OpenError::Skew`] when they are too far apart; the message is meant to be printed as it is.
pub async fn check_clock(url: &Url) -> Result<(), OpenError> {
    match url {
        Url::Sqlite(_) => Ok(()),
        Url::Postgres(url) => postgres::check_clock(url).await,
    }
}
