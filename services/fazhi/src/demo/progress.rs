//! How far the play has come: a bar on a terminal, a line a second elsewhere.

use std::{
    io::{IsTerminal as _, stderr},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use super::days;

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(1);

/// Progress of a play.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    cases: u64,
    done: u64,
    commands: u64,
    began: Instant,
    told: Instant,
}

impl Progress {
    pub(super) fn new(cases: u32) -> Self {
        let cases = u64::from(cases);
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} cases, {per_sec}, {eta} left");
            let bar = ProgressBar::new(cases);
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        let now = Instant::now();
        Self { bar, cases, done: 0, commands: 0, began: now, told: now }
    }

    /// What goes on before the first case.
    pub(super) fn say(&self, what: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(what.to_owned()),
            None => eprintln!("demo: {what}"),
        }
    }

    /// An hour was played, in which so many cases ended their part in the year.
    pub(super) fn played(&mut self, now: Timestamp, commands: usize, cases: usize) {
        self.commands += commands as u64;
        self.done += cases as u64;
        let day = days::local(now).date();
        if let Some(bar) = &self.bar {
            bar.set_message(day.to_string());
            bar.set_position(self.done);
        } else if self.told.elapsed() >= LINE_EVERY {
            self.told = Instant::now();
            eprintln!("demo: {day}, {} of {} cases, {} commands a second", self.done, self.cases, self.speed());
        }
    }

    /// Everything was played.
    pub(super) fn end(&self) {
        let seconds = self.began.elapsed().as_secs_f32();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        eprintln!(
            "demo: {} cases and {} commands played in {seconds:.1} s, {} commands a second",
            self.cases,
            self.commands,
            self.speed()
        );
    }

    fn speed(&self) -> u64 {
        let millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        self.commands.saturating_mul(1000) / millis
    }
}
