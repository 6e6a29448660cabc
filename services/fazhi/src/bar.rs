//! The progress bar of long work on events.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on the terminal; hidden where there is none. Its length is set when it is known.
pub(crate) fn events(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:12} {wide_bar} {pos}/{len} events {per_sec}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_prefix(what)
}
