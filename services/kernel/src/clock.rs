//! Clocks beside the machine's: a demonstration year is played on one that is set by hand.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use jiff::Timestamp;
use ledger::Clock;

/// Who keeps the lists of a demonstration: what this subject recorded says of a ledger that its data are invented.
pub const DEMONSTRATION: &str = "fazhi-demonstration";

/// A clock for demonstration data: stands where it is set, and after [`DemoClock::run`] goes on from there at the
/// pace of the clock beneath it.
pub struct DemoClock {
    beneath: Arc<dyn Clock>,
    running: AtomicBool,
    /// Standing: the time shown. Running: the difference to the clock beneath. Microseconds.
    micros: AtomicI64,
}

impl DemoClock {
    /// A clock that stands at `at`.
    pub fn standing_at(at: Timestamp, beneath: Arc<dyn Clock>) -> Self {
        Self { beneath, running: AtomicBool::new(false), micros: AtomicI64::new(at.as_microsecond()) }
    }

    /// Sets a standing clock.
    pub fn set(&self, at: Timestamp) {
        self.micros.store(at.as_microsecond(), Ordering::SeqCst);
    }

    /// Lets the clock go on from the time it shows.
    pub fn run(&self) {
        if !self.running.load(Ordering::SeqCst) {
            self.micros.fetch_sub(self.beneath.now().as_microsecond(), Ordering::SeqCst);
            self.running.store(true, Ordering::SeqCst);
        }
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        let micros = self.micros.load(Ordering::SeqCst);
        if self.running.load(Ordering::SeqCst) {
            let shown = self.beneath.now().as_microsecond().saturating_add(micros);
            Timestamp::from_microsecond(shown).unwrap_or(Timestamp::MAX)
        } else {
            Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
        }
    }
}
