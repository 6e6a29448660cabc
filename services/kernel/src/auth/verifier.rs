//! Accepts tokens of several issuers, or not.

use std::{
    collections::HashMap,
    num::{NonZeroU32, NonZeroUsize},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::future::join_all;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use jsonwebtoken::{Header, Validation};
use law::id::RegionCode;
use lru::LruCache;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    Issuer, OWN_ISSUER, TokenError, claims,
    fetch::Http,
    keys::{Endpoints, Known, Source},
    revoked::Revoked,
    settings::{Entry, Issuers},
};
use crate::{error::chain, identity::Caller, tls::TlsError};

/// Tokens whose signature need not be checked again: a client sends the same one with every call.
const KNOWN_MAX: NonZeroUsize = NonZeroUsize::new(1024).expect("not zero");
/// Keys are read again this often, for one that was withdrawn.
const READ_EVERY: Duration = Duration::from_secs(600);
/// Keys that could not be had are asked for again this often.
const RETRY_EVERY: Duration = Duration::from_secs(10);
/// What is revoked is looked for this often.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Longest time that a token may still be valid: a leap year and a day.
const LONGEST_SECONDS: u64 = 367 * 24 * 60 * 60;
/// How often a minute a token with a key that is not known makes its issuer be asked.
const ASKED_A_MINUTE_MAX: NonZeroU32 = NonZeroU32::new(6).expect("not zero");

/// Accepts tokens, or not.
pub struct Verifier {
    issuers: HashMap<String, Trusted>,
    home: RegionCode,
    revoked: Revoked,
    /// Whom a token stands for, and until when, in seconds since 1970. Everything but the time was checked when it was
    /// first seen, and does not change as long as the keys do not.
    known: Mutex<LruCache<String, (u64, Caller)>>,
}

/// An issuer whose tokens are accepted.
pub(super) struct Trusted {
    pub(super) entry: Entry,
    source: Source,
    known: RwLock<Option<Arc<Known>>>,
    /// How often its keys were read, with and without success.
    reads: AtomicU64,
    reading: tokio::sync::Mutex<()>,
    pace: DefaultDirectRateLimiter,
}

impl Trusted {
    fn new(entry: Entry, source: Source) -> Self {
        Self {
            entry,
            source,
            known: RwLock::default(),
            reads: AtomicU64::new(0),
            reading: tokio::sync::Mutex::default(),
            pace: RateLimiter::direct(Quota::per_minute(ASKED_A_MINUTE_MAX)),
        }
    }

    fn of(entry: Entry) -> Result<Self, TlsError> {
        let source = match &entry.key {
            Some(path) => Source::File(path.clone()),
            None => Source::Net {
                http: Http::new(entry.authority.as_deref())?,
                issuer: entry.issuer.clone(),
                jwks: entry.jwks.clone(),
                discovery: entry.sign_on.is_some(),
            },
        };
        Ok(Self::new(entry, source))
    }

    fn known(&self) -> Option<Arc<Known>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where people sign on, once it is known.
    pub(super) fn endpoints(&self) -> Option<Endpoints> {
        self.known()?.endpoints.clone()
    }

    /// How the issuer is asked, if it is on the net.
    pub(super) fn http(&self) -> Option<&Http> {
        match &self.source {
            Source::Net { http, .. } => Some(http),
            Source::Own(_) | Source::File(_) => None,
        }
    }
}

/// The part of a token that says by whose keys the rest is checked.
#[derive(Deserialize)]
struct Unverified {
    iss: String,
}

/// A token that is accepted.
pub(super) struct Accepted {
    pub(super) caller: Caller,
    pub(super) claims: Map<String, Value>,
    until: u64,
}

impl Verifier {
    /// Accepts the tokens of the own issuer, if there is one, and of others. Their keys are read now; whose are not to be had
    /// are asked for again, see [`Verifier::keep`], and nobody waits for them.
    ///
    /// # Errors
    /// When a file that the settings name cannot be used.
    pub async fn start(
        home: RegionCode,
        own: Option<&Issuer>,
        others: Issuers,
        revoked: Revoked,
    ) -> Result<Self, VerifierError> {
        let mut issuers = HashMap::new();
        for entry in others.entries {
            issuers.insert(entry.issuer.clone(), Trusted::of(entry)?);
        }
        if let Some(own) = own {
            let trusted = Trusted::new(Entry::own(OWN_ISSUER), Source::Own(own.trusted_pem.clone()));
            if issuers.insert(OWN_ISSUER.to_owned(), trusted).is_some() {
                return Err(VerifierError::Twice(OWN_ISSUER));
            }
        }
        let verifier = Self { issuers, home, revoked, known: Mutex::new(LruCache::new(KNOWN_MAX)) };
        join_all(verifier.issuers.values().map(|trusted| verifier.read(trusted))).await;
        Ok(verifier)
    }

    /// Reads the keys of all issuers again, from time to time, until `shutdown`.
    pub async fn keep(&self, shutdown: impl Future<Output = ()>) {
        let keep = |trusted| async move {
            loop {
                let known = Trusted::known(trusted).is_some();
                tokio::time::sleep(if known { READ_EVERY } else { RETRY_EVERY }).await;
                self.read(trusted).await;
            }
        };
        let look = async {
            loop {
                tokio::time::sleep(LOOK_EVERY).await;
                self.look();
            }
        };
        tokio::select! {
            _ = join_all(self.issuers.values().map(keep)) => {}
            () = look => {}
            () = shutdown => {}
        }
    }

    /// Looks for what was revoked meanwhile.
    fn look(&self) {
        if self.revoked.look() {
            self.known_tokens().clear();
        }
    }

    /// The caller a token stands for.
    ///
    /// # Errors
    /// [`TokenError`] when signature, issuer, audience or time do not hold, a claim is malformed or missing, or the keys to
    /// tell are not to be had.
    pub async fn verify(&self, token: &str) -> Result<Caller, TokenError> {
        if let Some((until, caller)) = self.known_tokens().get(token)
            && jsonwebtoken::get_current_timestamp() < *until
        {
            return Ok(caller.clone());
        }
        let Accepted { caller, until, .. } = self.accept(token).await?;
        self.known_tokens().put(token.to_owned(), (until, caller.clone()));
        Ok(caller)
    }

    /// A visitor without a token.
    pub fn anonymous(&self) -> Caller {
        Caller::anonymous(self.home.clone())
    }

    /// The issuers where people sign on.
    pub(super) fn sign_on(&self) -> Vec<&Trusted> {
        let mut found: Vec<_> = self.issuers.values().filter(|trusted| trusted.entry.sign_on.is_some()).collect();
        found.sort_unstable_by(|a, b| a.entry.issuer.cmp(&b.entry.issuer));
        found
    }

    /// Checks a token, as if it had never been seen.
    pub(super) async fn accept(&self, token: &str) -> Result<Accepted, TokenError> {
        let refused = |e: jsonwebtoken::errors::Error| TokenError::Refused(e.to_string());
        let header = jsonwebtoken::decode_header(token).map_err(refused)?;
        if header.crit.is_some() {
            // It says that who does not understand it must refuse.
            return Err(TokenError::Refused("its header asks for what is not understood here".to_owned()));
        }
        let Unverified { iss } = jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(refused)?;
        let trusted = self.issuers.get(&iss);
        let trusted = trusted.ok_or_else(|| TokenError::Refused("its issuer is not one of this suite's".to_owned()))?;
        if !trusted.entry.algorithms.contains(&header.alg) {
            return Err(TokenError::Refused(format!("its issuer does not sign with {:?}", header.alg)));
        }
        let reads = trusted.reads.load(Ordering::Acquire);
        if trusted.known().is_none_or(|known| known.candidates(&header).next().is_none()) {
            // A new key, perhaps.
            self.read_if_nobody_did(trusted, reads).await;
        }
        let known = trusted.known().ok_or(TokenError::Away(iss))?;
        let accepted = check(trusted, &known, token, &header)?;
        if accepted.until > jsonwebtoken::get_current_timestamp() + LONGEST_SECONDS {
            return Err(TokenError::Refused(
                "it is valid for more than a year and a day; ask for a shorter one".to_owned(),
            ));
        }
        if self.revoked.has(&accepted.claims) {
            return Err(TokenError::Refused("it was revoked".to_owned()));
        }
        Ok(accepted)
    }

    /// Reads the keys of an issuer, unless they were read since, or too often.
    async fn read_if_nobody_did(&self, trusted: &Trusted, reads: u64) {
        let turn = trusted.reading.lock().await;
        if trusted.reads.load(Ordering::Acquire) != reads || trusted.pace.check().is_err() {
            return;
        }
        self.read_now(trusted).await;
        drop(turn);
    }

    async fn read(&self, trusted: &Trusted) {
        let turn = trusted.reading.lock().await;
        self.read_now(trusted).await;
        drop(turn);
    }

    /// The caller holds the turn.
    async fn read_now(&self, trusted: &Trusted) {
        let read = trusted.source.read().await;
        match read {
            Ok(new) => {
                let before = trusted.known();
                let same = before.as_ref().is_some_and(|before| before.digest == new.digest);
                *trusted.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(new));
                if before.is_some() && !same {
                    tracing::info!(issuer = trusted.entry.issuer, "the issuer has other keys now");
                    // One that was withdrawn must not be believed for what it signed before.
                    self.known_tokens().clear();
                }
            }
            Err(error) => {
                tracing::warn!(issuer = trusted.entry.issuer, error = %chain(&error), "the issuer's keys cannot be read");
            }
        }
        trusted.reads.fetch_add(1, Ordering::Release);
    }

    fn known_tokens(&self) -> MutexGuard<'_, LruCache<String, (u64, Caller)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn check(trusted: &Trusted, known: &Known, token: &str, header: &Header) -> Result<Accepted, TokenError> {
    let mut why = TokenError::Refused("its issuer has no such key".to_owned());
    for key in known.candidates(header) {
        let mut validation = Validation::new(key.algorithm);
        validation.set_audience(&[&trusted.entry.audience]);
        validation.set_issuer(&[&trusted.entry.issuer]);
        validation.set_required_spec_claims(&["exp", "aud", "iss"]);
        validation.validate_nbf = true;
        match jsonwebtoken::decode::<Map<String, Value>>(token, &key.decoding, &validation) {
            Ok(data) => {
                let caller = claims::caller(&trusted.entry, &data.claims).map_err(TokenError::Refused)?;
                let until = data.claims.get("exp").and_then(Value::as_u64).unwrap_or(0);
                return Ok(Accepted { caller, claims: data.claims, until });
            }
            Err(e) => why = TokenError::Refused(e.to_string()),
        }
    }
    Err(why)
}

/// No token can be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifierError {
    /// A file with certificates cannot be used.
    #[error(transparent)]
    Authority(#[from] TlsError),
    /// The own issuer stands among the others.
    #[error("{0} is this suite's own issuer and cannot be named in the file of issuers")]
    Twice(&'static str),
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use ledger::SystemClock;

    use super::*;
    use crate::{auth::Issuers, identity::Role};

    fn caller() -> Caller {
        Caller {
            subject: "230883-SC-0001".into(),
            name: "试用".into(),
            agency: Some("11230883MB01310199".parse().unwrap()),
            region: "230883".parse().unwrap(),
            roles: BTreeSet::from([Role::Officer]),
        }
    }

    async fn verifier(own: &Issuer) -> Verifier {
        Verifier::start("230883".parse().unwrap(), Some(own), Issuers::default(), Revoked::nothing()).await.unwrap()
    }

    /// A process that verifies and cannot sign.
    async fn elsewhere(folder: &Path) -> Verifier {
        let file = folder.join("issuers.toml");
        fs::write(&file, "[[issuer]]\nissuer = \"fazhi\"\nkey = \"issuer.pub.pem\"").unwrap();
        Verifier::start("230883".parse().unwrap(), None, Issuers::read(&file).unwrap(), Revoked::nothing())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_token_says_who_calls() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("issuer.pem");
        let token = Issuer::open_or_create(&path).unwrap().issue(&caller(), &SystemClock, 60).unwrap();
        let again = Issuer::open_or_create(&path).unwrap();
        for verifier in [verifier(&again).await, elsewhere(dir.path()).await] {
            assert_eq!(verifier.verify(&token).await.unwrap(), caller());
            assert_eq!(verifier.verify(&token).await.unwrap(), caller(), "a known token");
        }
    }

    #[tokio::test]
    async fn what_is_revoked_is_not_believed_from_the_next_look_on() {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::open_or_create(&dir.path().join("issuer.pem")).unwrap();
        let list = dir.path().join("revoked.toml");
        let revoked = Revoked::read(&list).unwrap();
        let home = "230883".parse().unwrap();
        let verifier = Verifier::start(home, Some(&issuer), Issuers::default(), revoked).await.unwrap();
        let token = issuer.issue(&caller(), &SystemClock, 60).unwrap();
        verifier.verify(&token).await.unwrap();
        fs::write(&list, "[[revoked]]\nsubject = \"230883-SC-0001\"").unwrap();
        verifier.verify(&token).await.unwrap();
        verifier.look();
        assert!(verifier.verify(&token).await.unwrap_err().to_string().contains("revoked"));
        // A list that cannot be read gives nobody back what he lost.
        fs::write(&list, "[[revoked]]\n").unwrap();
        verifier.look();
        assert!(verifier.verify(&token).await.is_err());
    }

    #[tokio::test]
    async fn no_token_is_believed_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::open_or_create(&dir.path().join("issuer.pem")).unwrap();
        let verifier = verifier(&issuer).await;
        let day = 24 * 60 * 60;
        verifier.verify(&issuer.issue(&caller(), &SystemClock, 366 * day).unwrap()).await.unwrap();
        let long = issuer.issue(&caller(), &SystemClock, 368 * day).unwrap();
        assert!(verifier.verify(&long).await.unwrap_err().to_string().contains("year"));
    }

    #[tokio::test]
    async fn the_earlier_key_is_believed_while_it_lies_beside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("issuer.pem");
        let before = Issuer::open_or_create(&path).unwrap().issue(&caller(), &SystemClock, 60).unwrap();
        fs::rename(dir.path().join("issuer.pub.pem"), dir.path().join("issuer.earlier.pem")).unwrap();
        fs::remove_file(&path).unwrap();
        let issuer = Issuer::open_or_create(&path).unwrap();
        let after = issuer.issue(&caller(), &SystemClock, 60).unwrap();
        for token in [&before, &after] {
            verifier(&issuer).await.verify(token).await.unwrap();
        }
        fs::remove_file(dir.path().join("issuer.earlier.pem")).unwrap();
        let later = verifier(&Issuer::open_or_create(&path).unwrap()).await;
        later.verify(&after).await.unwrap();
        assert!(later.verify(&before).await.is_err());
    }

    #[tokio::test]
    async fn a_known_token_ends_when_it_says() {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::open_or_create(&dir.path().join("issuer.pem")).unwrap();
        let verifier = verifier(&issuer).await;
        let token = issuer.issue(&caller(), &SystemClock, 60).unwrap();
        verifier.verify(&token).await.unwrap();
        // As if it had been seen long ago: it is looked at anew, and an altered one under its name is not accepted.
        verifier.known_tokens().get_mut(&token).unwrap().0 = 0;
        assert_eq!(verifier.verify(&token).await.unwrap(), caller());
        assert!(verifier.known_tokens().get(&token).unwrap().0 > 0);
        let expired = issuer.issue(&caller(), &SystemClock, -3600).unwrap();
        verifier.known_tokens().put(expired.clone(), (1, caller()));
        assert!(verifier.verify(&expired).await.is_err());
    }

    #[tokio::test]
    async fn refuses_expired_altered_and_foreign_tokens() {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::open_or_create(&dir.path().join("a.pem")).unwrap();
        let other = Issuer::open_or_create(&dir.path().join("b.pem")).unwrap();
        let verifier = verifier(&issuer).await;
        let expired = issuer.issue(&caller(), &SystemClock, -3600).unwrap();
        assert!(verifier.verify(&expired).await.is_err());
        let foreign = other.issue(&caller(), &SystemClock, 60).unwrap();
        assert!(verifier.verify(&foreign).await.is_err());
        let good = issuer.issue(&caller(), &SystemClock, 60).unwrap();
        let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
        parts[1].insert(3, 'A');
        assert!(verifier.verify(&parts.join(".")).await.is_err());
        assert!(verifier.verify("").await.is_err());
    }

    #[tokio::test]
    async fn a_new_key_in_the_file_is_taken_up_and_the_old_one_goes_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("issuer.pem");
        let before = Issuer::open_or_create(&path).unwrap().issue(&caller(), &SystemClock, 60).unwrap();
        let verifier = elsewhere(dir.path()).await;
        verifier.verify(&before).await.unwrap();
        fs::remove_file(&path).unwrap();
        let after = Issuer::open_or_create(&path).unwrap().issue(&caller(), &SystemClock, 60).unwrap();
        assert_eq!(verifier.verify(&after).await.unwrap(), caller());
        assert!(matches!(verifier.verify(&before).await, Err(TokenError::Refused(_))), "its key was withdrawn");
    }

    #[tokio::test]
    async fn an_issuer_that_is_away_stops_nobody_else() {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::open_or_create(&dir.path().join("issuer.pem")).unwrap();
        let file = dir.path().join("issuers.toml");
        // Nobody listens there.
        let away = "[[issuer]]\nissuer = \"http://127.0.0.1:1\"\nroles = { a = [\"officer\"] }";
        fs::write(&file, away).unwrap();
        let others = Issuers::read(&file).unwrap();
        let verifier =
            Verifier::start("230883".parse().unwrap(), Some(&issuer), others, Revoked::nothing()).await.unwrap();
        let token = issuer.issue(&caller(), &SystemClock, 60).unwrap();
        assert_eq!(verifier.verify(&token).await.unwrap(), caller());
        let claims =
            serde_json::json!({"iss": "http://127.0.0.1:1", "aud": "fazhi", "sub": "7", "exp": 9_999_999_999_u64});
        let key = jsonwebtoken::EncodingKey::from_ed_pem(&fs::read(dir.path().join("issuer.pem")).unwrap()).unwrap();
        let theirs = jsonwebtoken::encode(&Header::new(jsonwebtoken::Algorithm::EdDSA), &claims, &key).unwrap();
        assert!(matches!(verifier.verify(&theirs).await, Err(TokenError::Away(_))));
    }
}
