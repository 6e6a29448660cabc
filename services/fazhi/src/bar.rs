//! The progress bar of long work.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on the terminal; hidden where there is none. Its length is set when it is known.
pub(crate) fn events(what: &str) -> ProgressBar {
    bar(what, "{prefix:12} {wide_bar} {pos}/{len} events {per_sec}")
}

/// The same for so many files.
pub(crate) fn files(what: &str, length: u64) -> ProgressBar {
    let bar = bar(what, "{prefix:12} {wide_bar} {pos}/{len} files {per_sec}");
    bar.set_length(length);
    bar
}

/// The same for entries of lists, whose number is not known at first.
pub(crate) fn entries(what: &str) -> ProgressBar {
    bar(what, "{prefix:12} {wide_bar} {pos}/{len} entries {elapsed}")
}

fn bar(what: &str, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style).with_prefix(what.to_owned())
}
