//! Tokens that are believed no more, though they have not ended: a file that an operator writes.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::SettingsError;

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    revoked: Vec<Line>,
}

/// What a line names must all be so of a token.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// The issuer; any if absent.
    issuer: Option<String>,
    /// `jti` of the token.
    id: Option<String>,
    /// `sub` of the token.
    subject: Option<String>,
    /// Made before this moment, or it does not say when.
    before: Option<Timestamp>,
}

/// The file as it was read last, and as it is when it has changed.
pub struct Revoked {
    path: Option<PathBuf>,
    list: RwLock<(Option<SystemTime>, Arc<List>)>,
}

impl Revoked {
    /// Nothing is revoked.
    pub fn nothing() -> Self {
        Self { path: None, list: RwLock::default() }
    }

    /// Reads a file. One that is not there says nothing, until it is there.
    ///
    /// # Errors
    /// [`SettingsError`] naming what is wrong.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let list = read(path)?;
        Ok(Self { path: Some(path.to_owned()), list: RwLock::new(list) })
    }

    /// Looks whether the file has changed; true if what it says is new. What cannot be read leaves what was read before.
    pub(super) fn look(&self) -> bool {
        let Some(path) = &self.path else { return false };
        let known = self.list.read().unwrap_or_else(PoisonError::into_inner).0;
        if changed(path).is_ok_and(|changed| changed == known) {
            return false;
        }
        match read(path) {
            Ok(list) => {
                *self.list.write().unwrap_or_else(PoisonError::into_inner) = list;
                tracing::info!(path = %path.display(), "what is revoked was read anew");
                true
            }
            Err(error) => {
                let error = crate::error::chain(&error);
                tracing::error!(%error, "what is revoked cannot be read; what was read before goes on");
                false
            }
        }
    }

    /// Whether a token with these claims is revoked.
    pub(super) fn has(&self, claims: &Map<String, Value>) -> bool {
        let text = |name| claims.get(name).and_then(Value::as_str);
        let made = claims.get("iat").and_then(Value::as_i64).and_then(|at| Timestamp::from_second(at).ok());
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner).1.clone();
        list.revoked.iter().any(|line| {
            let is = |wanted: &Option<String>, name| wanted.as_deref().is_none_or(|wanted| text(name) == Some(wanted));
            is(&line.issuer, "iss")
                && is(&line.id, "jti")
                && is(&line.subject, "sub")
                && line.before.is_none_or(|before| made.is_none_or(|made| made < before))
        })
    }
}

fn changed(path: &Path) -> Result<Option<SystemTime>, SettingsError> {
    match fs::metadata(path).and_then(|file| file.modified()) {
        Ok(at) => Ok(Some(at)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SettingsError::File { path: path.to_owned(), source }),
    }
}

fn read(path: &Path) -> Result<(Option<SystemTime>, Arc<List>), SettingsError> {
    // Before it is read: what is written meanwhile is read the next time.
    let Some(at) = changed(path)? else { return Ok((None, Arc::default())) };
    let text = fs::read_to_string(path).map_err(|source| SettingsError::File { path: path.to_owned(), source })?;
    let content = |problem| SettingsError::Content { path: path.to_owned(), problem };
    let list: List = toml::from_str(&text).map_err(|e| content(e.message().to_owned()))?;
    if list.revoked.iter().any(|line| line.id.is_none() && line.subject.is_none() && line.before.is_none()) {
        return Err(content("a line of [[revoked]] names neither id nor subject nor before".to_owned()));
    }
    Ok((Some(at), Arc::new(list)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn has(text: &str, claims: &Value) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("revoked.toml");
        fs::write(&path, text).unwrap();
        Revoked::read(&path).unwrap().has(claims.as_object().unwrap())
    }

    #[test]
    fn a_token_is_revoked_by_its_id_its_subject_and_when_it_was_made() {
        let token = json!({"iss": "fazhi", "jti": "a", "sub": "131001", "iat": 1_772_323_200});
        for (line, revoked) in [
            ("id = \"a\"", true),
            ("id = \"b\"", false),
            ("subject = \"131001\"", true),
            ("subject = \"131002\"", false),
            ("before = \"2026-03-01T08:00:01+08:00\"", true),
            ("before = \"2026-03-01T08:00:00+08:00\"", false),
            ("subject = \"131001\"\nbefore = \"2026-02-28T00:00:00Z\"", false),
            ("id = \"a\"\nissuer = \"https://sso.example\"", false),
        ] {
            assert_eq!(has(&format!("[[revoked]]\n{line}"), &token), revoked, "{line}");
        }
        let old = json!({"iss": "fazhi", "sub": "131001"});
        assert!(has("[[revoked]]\nbefore = \"2026-03-01T00:00:00Z\"", &old), "it does not say when it was made");
    }

    #[test]
    fn a_line_that_names_no_token_is_a_mistake_and_not_all_tokens() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("revoked.toml");
        for (text, word) in [("[[revoked]]\nissuer = \"fazhi\"", "neither"), ("[[revoked]]\nuser = \"a\"", "user")] {
            fs::write(&path, text).unwrap();
            let error = crate::error::chain(&Revoked::read(&path).err().unwrap());
            assert!(error.contains(word), "{error}");
        }
    }
}
