//! One file for each group of metrics.

pub mod command;
pub mod delivery;
pub mod distributed;
pub mod feed;
pub mod ledger;
pub mod served;
pub mod verify;

use std::{path::PathBuf, time::Duration};

/// What the rows of a run share.
pub struct Run {
    /// Folder for everything that a run writes.
    pub folder: PathBuf,
    /// Rounds of which the median counts.
    pub rounds: usize,
    /// How long each load is measured.
    pub time: Duration,
    /// The program.
    pub fazhi: PathBuf,
    /// The program of the peers on Postgres.
    pub peers: PathBuf,
}

impl Run {
    /// An empty folder for one measurement.
    pub fn fresh(&self, name: &str) -> PathBuf {
        let folder = self.folder.join(name);
        _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        folder
    }
}

/// Says what is being measured.
pub fn say(what: &str) {
    eprintln!("bench: {what}");
}
