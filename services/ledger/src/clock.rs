//! Where the recorded time comes from.

use jiff::Timestamp;

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
