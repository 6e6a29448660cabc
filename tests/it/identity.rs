//! Tokens of issuers elsewhere: which are accepted, how their keys change, and how people sign on there.

mod issuer;

use std::{collections::BTreeSet, path::Path, sync::atomic::Ordering};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, get_current_timestamp};
use kernel::{
    Role,
    auth::{Issuers, Revoked, TokenError, Verifier},
};
use proto::projection::v1::{ListAgenciesRequest, query_service_client::QueryServiceClient};
use reqwest::{Client, Response, redirect::Policy};
use serde_json::{Value, json};
use stories::suite::{self, Running};
use tempfile::TempDir;
use tonic::Code;

use self::issuer::{CLIENT, Key, OpenId, SECRET};
use crate::tls::Authority;

/// The settings for an issuer, in a folder.
fn settings(folder: &Path, issuer: &OpenId) -> std::path::PathBuf {
    std::fs::write(folder.join("secret"), format!("{SECRET}\n")).expect("a secret");
    let file = folder.join("issuers.toml");
    let text = format!(
        r#"
        [[issuer]]
        issuer = "{}"
        audience = "{CLIENT}"
        region = "230800"
        claims = {{ subject = "staff_code", agency = "/org/uscc", roles = "/realm_access/roles" }}
        roles = {{ supervision = ["supervisor"], "执法人员" = ["officer"] }}
        sign_on = {{ title = "佳木斯市统一身份认证", secret_file = "secret" }}
        "#,
        issuer.url
    );
    std::fs::write(&file, text).expect("settings");
    file
}

struct Trusting {
    _folder: TempDir,
    verifier: Verifier,
}

impl Trusting {
    async fn of(issuer: &OpenId) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let issuers = Issuers::read(&settings(folder.path(), issuer)).expect("settings");
        let verifier = Verifier::start("230883".parse().expect("a region"), None, issuers, Revoked::nothing())
            .await
            .expect("a verifier");
        Self { _folder: folder, verifier }
    }

    async fn refuses(&self, token: &str) -> String {
        match self.verifier.verify(token).await {
            Err(TokenError::Refused(why)) => why,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_token_of_an_issuer_is_read_as_its_settings_say_whatever_it_is_signed_with() {
    for algorithm in [Algorithm::EdDSA, Algorithm::ES256, Algorithm::RS256] {
        let issuer = OpenId::start(vec![Key::new("a", algorithm)]).await;
        let trusting = Trusting::of(&issuer).await;
        let caller = trusting.verifier.verify(&issuer.token(&json!({}))).await.expect("accepted");
        assert_eq!((caller.subject.as_str(), caller.name.as_str()), ("131001", "王某"), "{algorithm:?}");
        assert_eq!(caller.agency.expect("an agency").as_str(), "11230883MB01310199");
        assert_eq!(caller.roles, BTreeSet::from([Role::Supervisor]));
    }
}

#[tokio::test]
async fn what_does_not_hold_is_refused() {
    let issuer = OpenId::start(vec![Key::new("a", Algorithm::ES256)]).await;
    let trusting = Trusting::of(&issuer).await;
    trusting.verifier.verify(&issuer.token(&json!({}))).await.expect("as it should be");
    let now = get_current_timestamp();
    for (wrong, word) in [
        (json!({"exp": now - 120}), "Expired"),
        (json!({"nbf": now + 120}), "Immature"),
        (json!({"aud": "another"}), "Audience"),
        (json!({"aud": null}), "aud"),
        (json!({"exp": null}), "exp"),
        (json!({"iss": "https://elsewhere.example"}), "issuer"),
        (json!({"region": "310000"}), "310000"),
        (json!({"staff_code": ""}), "staff_code"),
        (json!({"org": {"uscc": "1"}}), "/org/uscc"),
    ] {
        let why = trusting.refuses(&issuer.token(&wrong)).await;
        assert!(why.contains(word), "{wrong}: {why}");
    }
    // Signed by somebody else, under the name of the issuer's key.
    trusting.refuses(&Key::new("a", Algorithm::ES256).sign(&issuer.claims(&json!({})))).await;
    trusting.refuses(&Key::new("a", Algorithm::EdDSA).sign(&issuer.claims(&json!({})))).await;
    // Signed with what is public, and not at all.
    let claims = issuer.claims(&json!({}));
    let header = |algorithm| Header { kid: Some("a".to_owned()), ..Header::new(algorithm) };
    let public = issuer.desk().keys[0].public();
    for secret in [public["x"].to_string().into_bytes(), public.to_string().into_bytes()] {
        let forged = jsonwebtoken::encode(&header(Algorithm::HS256), &claims, &EncodingKey::from_secret(&secret));
        assert!(trusting.refuses(&forged.expect("a token")).await.contains("HS256"));
    }
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    for unsigned in ["none", "None", "NONE"] {
        let token = format!("{}.{}.", part(&json!({"alg": unsigned, "kid": "a"})), part(&claims));
        trusting.refuses(&token).await;
    }
    let critical = json!({"alg": "ES256", "kid": "a", "crit": ["b64"]});
    trusting.refuses(&format!("{}.{}.AA", part(&critical), part(&claims))).await;
}

#[tokio::test]
async fn a_new_key_counts_at_once_and_a_withdrawn_one_ends_with_it() {
    let issuer = OpenId::start(vec![Key::new("a", Algorithm::ES256)]).await;
    let trusting = Trusting::of(&issuer).await;
    let before = issuer.token(&json!({}));
    trusting.verifier.verify(&before).await.expect("the first key");
    issuer.desk().keys.push(Key::new("b", Algorithm::EdDSA));
    trusting.verifier.verify(&issuer.token(&json!({}))).await.expect("the second, at once");
    trusting.verifier.verify(&before).await.expect("both");
    issuer.desk().keys = vec![Key::new("c", Algorithm::ES256)];
    trusting.verifier.verify(&issuer.token(&json!({}))).await.expect("the third");
    trusting.refuses(&before).await;
}

#[tokio::test]
async fn whoever_invents_keys_does_not_make_us_ask_for_them_each_time() {
    let issuer = OpenId::start(vec![Key::new("a", Algorithm::ES256)]).await;
    let trusting = Trusting::of(&issuer).await;
    let other = Key::new("a", Algorithm::ES256);
    for n in 0..50 {
        let invented = Key { id: format!("invented {n}"), ..other.clone() };
        trusting.refuses(&invented.sign(&issuer.claims(&json!({})))).await;
    }
    let asked = issuer.keys_asked.load(Ordering::Relaxed);
    assert!((2..=8).contains(&asked), "{asked}");
    trusting.verifier.verify(&issuer.token(&json!({}))).await.expect("the others are not kept out");
}

#[tokio::test]
async fn an_issuer_that_was_away_is_believed_when_it_is_back() {
    let issuer = OpenId::start(vec![Key::new("a", Algorithm::ES256)]).await;
    issuer.desk().away = true;
    let trusting = Trusting::of(&issuer).await;
    let token = issuer.token(&json!({}));
    assert!(matches!(trusting.verifier.verify(&token).await, Err(TokenError::Away(_))));
    issuer.desk().away = false;
    trusting.verifier.verify(&token).await.expect("back");
    // Away again, it is still known.
    issuer.desk().away = true;
    trusting.verifier.verify(&issuer.token(&json!({"name": "李某"}))).await.expect("known");
}

#[tokio::test]
async fn an_issuer_is_asked_over_tls_and_believed_by_the_authority_that_was_named_for_it() {
    let authority = Authority::new();
    let issuer = OpenId::start_secured(vec![Key::new("a", Algorithm::ES256)], &authority.issue("issuer")).await;
    let token = issuer.token(&json!({}));
    let stranger = Trusting::of(&issuer).await;
    assert!(matches!(stranger.verifier.verify(&token).await, Err(TokenError::Away(_))), "of an authority nobody knows");

    let folder = tempfile::tempdir().expect("a folder");
    let file = settings(folder.path(), &issuer);
    let ca = authority.folder("ca").join("ca.pem");
    std::fs::copy(ca, folder.path().join("sso.pem")).expect("copied");
    let named =
        std::fs::read_to_string(&file).expect("settings").replace("region =", "authority = \"sso.pem\"\nregion =");
    std::fs::write(&file, named).expect("settings");
    let issuers = Issuers::read(&file).expect("settings");
    let verifier = Verifier::start("230883".parse().expect("a region"), None, issuers, Revoked::nothing())
        .await
        .expect("a verifier");
    verifier.verify(&token).await.expect("of the authority");
}

/// A browser as far as signing on goes.
struct Browser<'a> {
    client: Client,
    running: &'a Running,
    cookies: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    fn new(running: &'a Running) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, running, cookies: Vec::new() }
    }

    /// A page of the suite, by its path, or of anybody.
    async fn get(&mut self, address: &str) -> Response {
        let ours = format!("http://{}", self.running.suite.http);
        let url = if address.starts_with('/') { format!("{ours}{address}") } else { address.to_owned() };
        let mut request = self.client.get(&url);
        if url.starts_with(&ours) {
            let kept: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", kept.join("; "));
        }
        let answer = request.send().await.expect("an answer");
        for cookie in answer.headers().get_all("set-cookie") {
            let text = cookie.to_str().expect("text");
            assert!(text.contains("; HttpOnly; SameSite="), "{text}");
            let (name, value) = text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
            self.cookies.retain(|(known, _)| known != name);
            if !text.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    /// Signs on, up to the answer of the issuer: the address that it leads back to.
    async fn goes(&mut self, next: &str) -> String {
        let away = location(&self.get(&format!("/login/with/0?next={next}")).await);
        location(&self.get(&away).await)
    }
}

fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303, "{answer:?}");
    answer.headers()["location"].to_str().expect("an address").to_owned()
}

async fn said(answer: Response, status: u16) -> String {
    assert_eq!(answer.status(), status);
    answer.text().await.expect("a body")
}

/// A suite that trusts an issuer, and the folder of its settings.
async fn trusting(issuer: &OpenId) -> (Running, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = settings(folder.path(), issuer);
    (suite::start_with(None, |up| up.issuers = Some(file)).await, folder)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_sign_on_at_their_issuer_and_are_back_where_they_were() {
    let issuer = OpenId::start(vec![Key::new("a", Algorithm::RS256)]).await;
    let (running, _folder) = trusting(&issuer).await;
    let mut browser = Browser::new(&running);

    let closed = said(browser.get("/agencies?text=%E5%B8%82").await, 403).await;
    assert!(closed.contains("/login?next=%2Fagencies%3Ftext%3D"), "{closed}");
    let form = said(browser.get("/login?next=%2Fagencies%3Ftext%3D%25E5%25B8%2582").await, 200).await;
    assert!(form.contains("佳木斯市统一身份认证"), "{form}");
    assert!(form.contains("/login/with/0?next=%2Fagencies%3Ftext%3D%25E5%25B8%2582"), "{form}");
    let back = browser.goes("%2Fagencies%3Ftext%3D%25E5%25B8%2582").await;
    let page = said(browser.get(&back).await, 200).await;
    assert!(page.contains("0; url=/agencies?text=%E5%B8%82"), "{page}");
    let open = said(browser.get("/agencies?text=%E5%B8%82").await, 200).await;
    assert!(open.contains("王某"), "{open}");
    assert_eq!(browser.cookies.len(), 1, "{:?}", browser.cookies);

    // The same token opens the services' own doors.
    let token = browser.cookies[0].1.clone();
    let mut queries = QueryServiceClient::new(running.door(Some(&token)));
    queries.list_agencies(ListAgenciesRequest::default()).await.expect("a supervisor");
    let forged = Key::new("a", Algorithm::ES256).sign(&issuer.claims(&json!({})));
    let mut queries = QueryServiceClient::new(running.door(Some(&forged)));
    let refused = queries.list_agencies(ListAgenciesRequest::default()).await.expect_err("forged");
    assert_eq!(refused.code(), Code::Unauthenticated);

    // When it has run out, the page says so, and leads back again.
    let old = issuer.token(&json!({"exp": get_current_timestamp() - 120}));
    browser.cookies = vec![("fazhi_session".to_owned(), old)];
    let closed = said(browser.get("/agencies").await, 403).await;
    assert!(closed.contains("您的登录已经过期") && closed.contains("/login?next=%2Fagencies"), "{closed}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_signs_on_with_what_he_did_not_begin_himself() {
    let issuer = OpenId::start(vec![Key::new("a", Algorithm::ES256)]).await;
    let (running, _folder) = trusting(&issuer).await;
    let mut browser = Browser::new(&running);

    // An answer comes back once, to the browser that asked.
    let back = browser.goes("/cases").await;
    let kept = browser.cookies.clone();
    let mut victim = Browser::new(&running);
    assert!(said(victim.get(&back).await, 401).await.contains("登录没有完成"), "without a cookie");
    victim.goes("/").await;
    assert!(said(victim.get(&back).await, 401).await.contains("登录没有完成"), "with another's");
    said(browser.get(&back.replace("iss=http", "iss=https")).await, 401).await;
    said(browser.get(&back).await, 200).await;
    browser.cookies = kept;
    assert!(said(browser.get(&back).await, 503).await.contains("无法访问"), "a second time");

    // A code that another began does not fit, even with a state of one's own.
    let theirs = Browser::new(&running).goes("/").await;
    let own = browser.goes("/").await;
    let code = |back: &str| back.split(['?', '&']).find(|part| part.starts_with("code=")).expect("a code").to_owned();
    said(browser.get(&own.replace(&code(&own), &code(&theirs))).await, 503).await;

    // Nor a token that was made for something else, or says too little.
    for (says, status) in [
        (json!({"nonce": "another"}), 401),
        (json!({"azp": "another"}), 401),
        (json!({"aud": "another"}), 401),
        (json!({"region": "310000"}), 401),
        (json!({"long": "x".repeat(5000)}), 401),
        (json!({}), 200),
    ] {
        issuer.desk().says = says.clone();
        let mut browser = Browser::new(&running);
        let back = browser.goes("/").await;
        assert_eq!(browser.get(&back).await.status(), status, "{says}");
        assert_eq!(browser.cookies.iter().any(|(name, _)| name == "fazhi_session"), status == 200, "{says}");
    }

    // The issuer says no, nothing at all, or there is none.
    issuer.desk().denies = true;
    let back = browser.goes("/").await;
    assert!(said(browser.get(&back).await, 401).await.contains("没有准许登录"));
    assert_eq!(browser.get("/login/with/7").await.status(), 503);
    assert_eq!(browser.get("/login/with/x").await.status(), 404);
    // A way back to another site is none.
    let away = browser.get("/login/with/0?next=https://evil.example/").await;
    assert!(!away.headers()["set-cookie"].to_str().expect("text").contains("evil"));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_there_is_no_issuer_nobody_is_sent_to_one() {
    let running = suite::start(suite::Engine::Sqlite).await;
    let mut browser = Browser::new(&running);
    assert!(!said(browser.get("/login").await, 200).await.contains("/login/with"));
    for address in ["/login/with/0", "/login/done?code=a&state=b"] {
        assert_eq!(browser.get(address).await.status(), 404, "{address}");
    }
    running.stop().await;
}
