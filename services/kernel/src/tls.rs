//! Mutual TLS between processes: one folder with the authority (`ca.pem`, which may hold several), the own certificate
//! (`cert.pem`, with whatever stands between it and the authority) and its key (`key.pem`).
//!
//! Who opens a connection shows a certificate of this authority, whichever end it is; who acts for whom is said by the token
//! of each call. The folder is looked at again at every handshake: what is put there counts for every connection from then
//! on, so a certificate and an authority are changed without a stop. What does not hold there is logged, and the last that
//! held goes on.

mod connect;
mod folder;
mod live;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rustls::{ClientConfig, ServerConfig};

pub(crate) use connect::open;
pub use connect::{OWN_NAME, channel, connect, own};
pub use folder::TlsError;
pub(crate) use folder::{certificates, provider};

use folder::{Held, Stamp};

/// How often it is said that the certificate ends soon.
const REMIND_EVERY: Duration = Duration::from_hours(24);

/// What this process shows, and whom it believes.
pub struct Tls {
    folder: PathBuf,
    known: Mutex<Known>,
}

struct Known {
    held: Held,
    stamp: Stamp,
    reminded: Option<Instant>,
}

impl Tls {
    /// Opens a folder.
    ///
    /// # Errors
    /// [`TlsError`] when a file is missing or is not what it should be, the key is not the certificate's, or the certificate
    /// is not one of the authority, or not of today.
    pub fn open(folder: &Path) -> Result<Self, TlsError> {
        let stamp = Stamp::of(folder);
        let mut known = Known { held: Held::read(folder)?, stamp, reminded: None };
        known.remind(folder);
        Ok(Self { folder: folder.to_owned(), known: Mutex::new(known) })
    }

    /// Says whether the own certificate is valid for a name.
    ///
    /// # Errors
    /// [`TlsError`] when it is not.
    pub fn must_name(&self, name: &'static str) -> Result<(), TlsError> {
        self.with(|held| held.must_name(&self.folder, name))
    }

    /// How this process speaks to others. It need not be asked for again: each handshake takes what the folder holds then.
    pub fn client(self: &Arc<Self>) -> ClientConfig {
        live::client(self)
    }

    pub(crate) fn grpc_server(&self) -> Arc<ServerConfig> {
        self.with(|held| held.grpc_server.clone())
    }

    fn with<T>(&self, take: impl FnOnce(&Held) -> T) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.look(&self.folder);
        take(&known.held)
    }
}

impl Known {
    /// Asking the system for three files is nothing beside a handshake.
    fn look(&mut self, folder: &Path) {
        let stamp = Stamp::of(folder);
        if stamp != self.stamp {
            // Before it is read: what is written meanwhile has another stamp, and is read the next time.
            self.stamp = stamp;
            match Held::read(folder) {
                Ok(held) => {
                    self.held = held;
                    self.reminded = None;
                    tracing::info!(folder = %folder.display(), "new certificates are in use");
                }
                Err(error) => {
                    let error = crate::error::chain(&error);
                    tracing::warn!(%error, "new certificates are not used; the last that held go on");
                }
            }
        }
        self.remind(folder);
    }

    fn remind(&mut self, folder: &Path) {
        if self.reminded.is_none_or(|at| at.elapsed() >= REMIND_EVERY) {
            self.reminded = Some(Instant::now());
            if let Some(problem) = self.held.soon() {
                tracing::warn!(folder = %folder.display(), "cert.pem {problem}");
            }
        }
    }
}
