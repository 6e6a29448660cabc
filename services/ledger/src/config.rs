//! Where a ledger lives and how much it takes at once.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::OpenError;

/// How to open one service's ledger.
#[derive(Debug, Clone)]
pub struct Config {
    /// The service, as in `enforcement`: names the file or schema and stands in every event's `source`.
    pub service: String,
    /// The region whose events these are, as in `230883`: stands in every event's `source`.
    pub region: String,
    /// The database.
    pub url: Url,
    /// Most appends that wait for the writer; one more is answered with [`crate::AppendError::Overloaded`].
    pub queue_max: usize,
    /// Most appends in one transaction.
    pub batch_max: usize,
    /// Connections for reading.
    pub readers_max: u32,
    /// How long one batch may take before its connection is given up.
    pub batch_timeout: Duration,
    /// Postgres only: how often to look for what other processes appended.
    pub poll_interval: Duration,
}

impl Config {
    /// A configuration with the usual limits.
    pub fn new(service: impl Into<String>, region: impl Into<String>, url: Url) -> Self {
        Self {
            service: service.into(),
            region: region.into(),
            url,
            queue_max: 4096,
            batch_max: 512,
            readers_max: 4,
            batch_timeout: Duration::from_secs(10),
            poll_interval: Duration::from_millis(20),
        }
    }

    /// The CloudEvents `source` of every event: `/fazhi/<service>/<region>`.
    pub fn source(&self) -> String {
        format!("/fazhi/{}/{}", self.service, self.region)
    }

    pub(crate) fn check(&self) -> Result<(), OpenError> {
        let invalid = |what: String| Err(OpenError::Setting(what));
        let name = self.service.as_bytes();
        // The name becomes part of a file name, a schema and a role, none of which should need quoting.
        let plain = name.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_');
        if !plain || !name.first().is_some_and(u8::is_ascii_lowercase) || name.len() > 32 {
            return invalid(format!("service {:?} is not a lowercase name of at most 32 letters", self.service));
        }
        let region = self.region.as_bytes();
        if region.is_empty() || region.len() > 32 || !region.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            return invalid(format!("region {:?} is not a code of at most 32 letters and digits", self.region));
        }
        if self.queue_max == 0 || self.batch_max == 0 || self.readers_max == 0 {
            return invalid("queue, batch and readers must be at least 1".to_owned());
        }
        if self.batch_timeout.is_zero() || self.poll_interval.is_zero() {
            return invalid("batch timeout and poll interval must be longer than nothing".to_owned());
        }
        Ok(())
    }
}

/// The database of a ledger.
#[derive(Clone)]
pub enum Url {
    /// The data folder; the ledger is the file `<service>.sqlite` in it.
    Sqlite(PathBuf),
    /// A `postgres://` URL; the ledger is the schema `fazhi_<service>` of that database.
    Postgres(String),
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(folder) => f.debug_tuple("Sqlite").field(folder).finish(),
            // The URL may hold a password.
            Self::Postgres(_) => f.debug_tuple("Postgres").finish_non_exhaustive(),
        }
    }
}
