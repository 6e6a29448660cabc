//! Tokens: JWT that carry subject, agency, region and roles, of the own issuer and of others.
//!
//! Invariants:
//! - An issuer's settings say with what its tokens are signed and each of its keys for what it is; the token chooses neither.
//! - What an issuer says counts only for the region it was given, and only in the roles its words were given.
//! - No token is believed for longer than a year and a day, and none that an operator revoked.
//! - An issuer that is away keeps nobody from the others' tokens.

mod claims;
mod fetch;
mod issuer;
mod keys;
mod revoked;
mod settings;
mod sign_on;
mod verifier;

use std::{collections::BTreeSet, fs, io, path::Path};

use law::id::{RegionCode, Uscc};
use serde::Serialize;
use uuid::Uuid;

pub use issuer::{Issuer, KeyError};
pub use revoked::Revoked;
pub use settings::{Issuers, SettingsError};
pub use sign_on::{Begun, SignOn, SignOnError};
pub use verifier::{Verifier, VerifierError};

use crate::identity::Role;

const AUDIENCE: &str = "fazhi";
/// The name under which the own issuer signs.
const OWN_ISSUER: &str = "fazhi";

/// What a token of the own issuer says; how it is read, the settings of issuers tell.
#[derive(Debug, Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<&'a Uscc>,
    region: &'a RegionCode,
    roles: &'a BTreeSet<Role>,
    /// What a line of revoked tokens names it by.
    jti: Uuid,
    iat: i64,
    exp: i64,
}

/// A token that is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Something about it does not hold.
    #[error("the token is not accepted: {0}")]
    Refused(String),
    /// Nobody can tell yet.
    #[error("the keys of the issuer {0} are not known yet; try again in a moment")]
    Away(String),
}

/// Writes a file that only its owner may read; never over an existing one.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
