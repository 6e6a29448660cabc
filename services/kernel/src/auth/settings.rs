//! Whose tokens are accepted, and how they are read: the file of `--issuers`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use axum::http::Uri;
use jsonwebtoken::Algorithm;
use law::id::RegionCode;
use serde::Deserialize;

use super::AUDIENCE;
use crate::identity::Role;

/// Whose tokens are accepted, beside the own issuer's.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuers {
    /// One entry each.
    #[serde(default, rename = "issuer")]
    pub(super) entries: Vec<Entry>,
}

/// One issuer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// What its tokens have in `iss`; of an issuer on the net also the address of its discovery document.
    pub(super) issuer: String,
    /// What its tokens have in `aud`, and the name under which the pages sign on there.
    #[serde(default = "audience")]
    pub(super) audience: String,
    /// File with its public Ed25519 keys in PEM, of an issuer that is not on the net.
    pub(super) key: Option<PathBuf>,
    /// Where its keys are, if not where its discovery document says.
    pub(super) jwks: Option<String>,
    /// File with the authority of its own certificate, if not one of the machine's.
    pub(super) authority: Option<PathBuf>,
    /// With what its tokens may be signed.
    #[serde(default = "algorithms")]
    pub(super) algorithms: Vec<Algorithm>,
    /// For whom it speaks: a token for a region outside is not accepted, one without a region is of this one.
    pub(super) region: Option<RegionCode>,
    /// Under which names its tokens say what we ask for.
    #[serde(default)]
    pub(super) claims: ClaimNames,
    /// What its words for roles mean here; a word that is not here is none. Without it, its words are ours.
    pub(super) roles: Option<BTreeMap<String, BTreeSet<Role>>>,
    /// The pages sign on there.
    pub(super) sign_on: Option<SignOnEntry>,
}

/// A claim is named, or, from `/` on, a place in the token (RFC 6901), as `/realm_access/roles`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ClaimNames {
    pub(super) subject: String,
    pub(super) name: String,
    pub(super) agency: String,
    pub(super) region: String,
    pub(super) roles: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        let own = |name: &str| name.to_owned();
        Self {
            subject: own("sub"),
            name: own("name"),
            agency: own("agency"),
            region: own("region"),
            roles: own("roles"),
        }
    }
}

/// How the pages sign on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignOnEntry {
    /// What people call it.
    pub(super) title: String,
    /// File with the secret of the client, if it has one.
    pub(super) secret_file: Option<PathBuf>,
    /// What is asked for.
    #[serde(default = "scopes")]
    pub(super) scopes: Vec<String>,
}

fn audience() -> String {
    AUDIENCE.to_owned()
}

/// What is understood, too.
fn algorithms() -> Vec<Algorithm> {
    vec![Algorithm::EdDSA, Algorithm::ES256, Algorithm::RS256]
}

fn scopes() -> Vec<String> {
    ["openid", "profile"].map(str::to_owned).to_vec()
}

/// The file of issuers cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The content is not what it should be.
    #[error("{path}: {problem}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl Issuers {
    /// Reads a file; files that it names lie beside it.
    ///
    /// # Errors
    /// [`SettingsError`] naming what is wrong.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(path).map_err(|source| SettingsError::File { path: path.to_owned(), source })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|problem| SettingsError::Content { path: path.to_owned(), problem })
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let mut issuers: Self = toml::from_str(text).map_err(|e| {
            let line = e.span().map(|span| text[..span.start].lines().count().max(1));
            line.map_or_else(|| e.message().to_owned(), |line| format!("line {line}: {}", e.message()))
        })?;
        let mut known = BTreeSet::new();
        for entry in &mut issuers.entries {
            if !known.insert(entry.issuer.clone()) {
                return Err(format!("the issuer {} stands there twice", entry.issuer));
            }
            entry.check().map_err(|problem| format!("the issuer {}: {problem}", entry.issuer))?;
            let secret = entry.sign_on.as_mut().and_then(|sign_on| sign_on.secret_file.as_mut());
            for file in [entry.key.as_mut(), entry.authority.as_mut(), secret].into_iter().flatten() {
                *file = folder.join(&*file);
            }
        }
        Ok(issuers)
    }
}

impl Entry {
    /// Of an issuer whose words are ours.
    pub(super) fn own(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            audience: audience(),
            key: None,
            jwks: None,
            authority: None,
            algorithms: vec![Algorithm::EdDSA],
            region: None,
            claims: ClaimNames::default(),
            roles: None,
            sign_on: None,
        }
    }

    fn check(&self) -> Result<(), String> {
        if let Some(other) = self.algorithms.iter().find(|algorithm| !algorithms().contains(algorithm)) {
            return Err(format!("{other:?} is not among EdDSA, ES256 and RS256"));
        }
        if self.key.is_some() {
            if self.jwks.is_some() || self.sign_on.is_some() || self.authority.is_some() {
                return Err("it has a key in a file, and so neither jwks nor authority nor sign_on".to_owned());
            }
            return Ok(());
        }
        address(&self.issuer)?;
        self.jwks.as_deref().map_or(Ok(()), |jwks| address(jwks).map(|_| ()))?;
        // What a directory calls its groups was not chosen with us in mind.
        if self.roles.as_ref().is_none_or(BTreeMap::is_empty) {
            return Err("it needs a table roles, which says what its words for roles mean here".to_owned());
        }
        Ok(())
    }
}

/// An address that may be asked: over TLS, or on this machine.
pub(super) fn address(text: &str) -> Result<Uri, String> {
    let uri: Uri = text.parse().map_err(|e| format!("{text} is no address: {e}"))?;
    let here = matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if here => Ok(uri),
        _ => Err(format!("{text} must begin with https://")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Issuers, String> {
        Issuers::parse(text, Path::new("/etc/fazhi"))
    }

    #[test]
    fn reads_an_issuer_on_the_net_and_one_with_a_key() {
        let issuers = parse(
            r#"
            [[issuer]]
            issuer = "https://sso.example.cn/realms/province"
            algorithms = ["ES256"]
            region = "230000"
            claims = { roles = "/realm_access/roles", subject = "staff_code" }
            roles = { "执法人员" = ["officer"], "局长" = ["agency_head", "officer"] }
            sign_on = { title = "统一身份认证", secret_file = "secret" }

            [[issuer]]
            issuer = "fazhi"
            key = "issuer.pub.pem"
            "#,
        )
        .unwrap();
        let [net, file] = &issuers.entries[..] else { panic!("two") };
        assert_eq!((net.claims.roles.as_str(), net.claims.agency.as_str()), ("/realm_access/roles", "agency"));
        assert_eq!(net.sign_on.as_ref().unwrap().secret_file.as_deref(), Some(Path::new("/etc/fazhi/secret")));
        assert_eq!(net.roles.as_ref().unwrap()["局长"], BTreeSet::from([Role::AgencyHead, Role::Officer]));
        assert_eq!(file.key.as_deref(), Some(Path::new("/etc/fazhi/issuer.pub.pem")));
        assert_eq!(file.audience, "fazhi");
    }

    #[test]
    fn says_what_is_wrong() {
        let net = "[[issuer]]\nissuer = \"https://a.example\"\nroles = { a = [\"officer\"] }\n";
        for (text, word) in [
            ("[[issuer]]\nissuer = \"https://a.example\"", "roles"),
            ("[[issuer]]\nissuer = \"http://a.example\"\nroles = { a = [\"officer\"] }", "https://"),
            (
                "[[issuer]]\nissuer = \"https://a.example\"\nroles = { a = [\"king\"] }",
                "line 3: unknown variant `king`",
            ),
            ("[[issuer]]\nissuer = \"x\"\nkey = \"k\"\njwks = \"https://a.example\"", "jwks"),
            (&format!("{net}{net}"), "twice"),
            (&format!("{net}algorithms = [\"HS256\"]"), "HS256"),
            (&format!("{net}jwks = \"ftp://a.example\""), "ftp://a.example"),
            (&format!("{net}audiences = []"), "audiences"),
        ] {
            let problem = parse(text).expect_err(text);
            assert!(problem.contains(word) && !problem.contains('\n'), "{problem}");
        }
    }
}
