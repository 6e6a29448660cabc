//! A whole suite in the test's own process, on a database and ports of its own.

use std::{collections::BTreeSet, num::NonZeroU32, path::Path, sync::Arc};

use fazhi::{
    cli::{self, Store, Telling, Up, Visitors},
    up::Suite,
};
use jiff::Timestamp;
use kernel::{Caller, Role, SystemClock, peer::Routes};
use law::id::RegionCode;
use tempfile::TempDir;
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::Interceptor,
};

use crate::{canary, nats::Nats, postgres};

/// The region that every suite of the tests serves.
pub const REGION: &str = "230883";

/// 抚远市司法局, which receives there what people bring over the web.
pub const RECEIVER: &str = "11230883MB01120105";
/// More calls a minute than any test makes.
const PLENTY: NonZeroU32 = NonZeroU32::new(1_000_000).expect("not zero");

/// Where the suite keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite files in a temporary folder.
    Sqlite,
    /// A database on the test process's private Postgres.
    Postgres,
    /// The same, and every service behind an address of its own: they meet over a private NATS and their event logs.
    Apart,
}

/// A running suite and the folder it lives in.
pub struct Running {
    /// The suite.
    pub suite: Suite,
    /// How it was started.
    pub options: Up,
    folder: Arc<TempDir>,
    /// Over which the services meet that are apart.
    nats: Option<Nats>,
    unsearched: Unsearched,
}

/// What a suite is until somebody has looked whether it keeps what it must not.
struct Unsearched(bool);

impl Drop for Unsearched {
    fn drop(&mut self) {
        assert!(!self.0 || std::thread::panicking(), "a suite ended unsearched: stop it");
    }
}

/// Adds a token to every call.
#[derive(Clone)]
pub struct Bearer(Option<MetadataValue<Ascii>>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            request.metadata_mut().insert("authorization", token.clone());
        }
        Ok(request)
    }
}

/// A channel with a token.
pub type Door = tonic::service::interceptor::InterceptedService<Routes, Bearer>;

/// Starts a suite on the demonstration's clock, which stands where it is set.
///
/// # Panics
/// When it does not start.
pub async fn start(engine: Engine) -> Running {
    let database_url = match engine {
        Engine::Sqlite => None,
        Engine::Postgres | Engine::Apart => {
            Some(tokio::task::spawn_blocking(postgres::database).await.expect("a database"))
        }
    };
    begin(database_url, engine == Engine::Apart, |_| ()).await
}

/// Starts a suite on a database of the caller's, or without one on files of its own.
///
/// # Panics
/// When it does not start.
pub async fn start_on(database_url: Option<String>) -> Running {
    start_with(database_url, |_| ()).await
}

/// The same, with other options.
///
/// # Panics
/// When it does not start.
pub async fn start_with(database_url: Option<String>, change: impl FnOnce(&mut Up)) -> Running {
    begin(database_url, false, change).await
}

async fn begin(database_url: Option<String>, apart: bool, change: impl FnOnce(&mut Up)) -> Running {
    canary::watch_the_log();
    let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
    let store = Store { data: folder.path().to_owned(), database_url, region: REGION.parse().expect("a region code") };
    let any = "127.0.0.1:0".parse().expect("an address");
    let mut options = Up {
        store,
        http: any,
        grpc: any,
        tls: None,
        issuers: None,
        pages_url: None,
        visitors: Visitors {
            receivers: vec![format!("{REGION}={RECEIVER}").parse().expect("a receiver")],
            proxies: vec![],
            public_per_client: PLENTY,
            public_in_total: PLENTY,
        },
        demo: true,
        demo_cases: 1,
        vault_key: None,
        // One for all, so that two suites with the same events hold the same digests of id numbers.
        digest_key: Some("07".repeat(32).parse().expect("a key")),
        telling: Telling { log: "off".to_owned(), log_json: false, otlp: None, metrics: None },
    };
    change(&mut options);
    // Within the suite's folder, so that what it keeps is searched, too.
    let nats = apart.then(|| Nats::start(&folder.path().join("nats")));
    let suite = suite_of(&options, nats.as_ref()).await;
    Running { suite, options, folder, nats, unsearched: Unsearched(true) }
}

tokio::task_local! {
    /// What stands between the suites that a task starts and those who call them; as a rule, nothing does.
    pub static BETWEEN: Arc<dyn Fn(Routes) -> Routes + Send + Sync>;
}

async fn suite_of(options: &Up, nats: Option<&Nats>) -> Suite {
    let started = match nats {
        None => Suite::start(options).await,
        Some(nats) => {
            let nats = cli::Nats { servers: nats.url(), user: None, password: None, replicas: 1 };
            Suite::start_apart(options, &nats).await
        }
    };
    let mut suite = started.expect("the suite starts");
    if let Ok(routes) = BETWEEN.try_with(|between| between(suite.routes.clone())) {
        suite.routes = routes;
    }
    suite
}

/// Copies a folder with everything in it into another one.
///
/// # Panics
/// When it cannot be copied.
pub fn copy_folder(from: &Path, to: &Path) {
    let status = std::process::Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status();
    assert!(status.is_ok_and(|status| status.success()), "{} cannot be copied", from.display());
}

/// A gRPC channel to an address with a token, or without any; it connects when it is first used, and again when the
/// other side was gone.
///
/// # Panics
/// When the token is none.
pub fn door(address: std::net::SocketAddr, token: Option<&str>) -> Door {
    through(kernel::tls::own(address, None), token)
}

/// A door to a channel, or to services at several addresses, with a token, or without any.
///
/// # Panics
/// When the token is none.
pub fn through(routes: impl Into<Routes>, token: Option<&str>) -> Door {
    let bearer = token.map(|t| format!("Bearer {t}").parse().expect("a header value"));
    Door::new(routes.into(), Bearer(bearer))
}

impl Running {
    /// Stops the suite and starts it again on the same data.
    ///
    /// # Panics
    /// When either fails.
    pub async fn restart(self) -> Self {
        self.restart_after(|_| ()).await
    }

    /// Stops the suite, lets something happen to its data, and starts it again.
    ///
    /// # Panics
    /// When either fails.
    pub async fn restart_after(self, meanwhile: impl FnOnce(&Up)) -> Self {
        let Self { suite, options, folder, nats, unsearched } = self;
        suite.stop().await.expect("the suite stops");
        meanwhile(&options);
        let suite = suite_of(&options, nats.as_ref()).await;
        Self { suite, options, folder, nats, unsearched }
    }

    /// Stops the suite, and looks whether anybody whom only the vault may know stands anywhere ([`canary`]). What it has stored
    /// lies where the answer says, for as long as the answer lives.
    ///
    /// # Panics
    /// When it does not stop, or somebody was found.
    pub async fn stop(self) -> (Up, Arc<TempDir>) {
        let (left, found) = self.stop_and_search().await;
        assert_eq!(found, Vec::<String>::new(), "only the vault may know this");
        left
    }

    /// The same, with what was found.
    ///
    /// # Panics
    /// When it does not stop.
    pub async fn stop_and_search(mut self) -> ((Up, Arc<TempDir>), Vec<String>) {
        let mut found = canary::shown_by(&self).await;
        self.unsearched.0 = false;
        let Self { suite, options, folder, .. } = self;
        suite.stop().await.expect("the suite stops");
        found.extend(canary::in_files(folder.path()));
        found.extend(match &options.store.database_url {
            Some(url) => canary::in_tables(url).await,
            None => canary::in_rows(folder.path()).await,
        });
        found.extend(canary::logged());
        ((options, folder), found)
    }

    /// Sets the suite's clock.
    pub fn set_clock(&self, at: Timestamp) {
        self.suite.demo_clock().set(at);
    }

    /// A token for the suite's region.
    ///
    /// # Panics
    /// When the issuer fails.
    pub fn token(&self, subject: &str, agency: Option<&str>, roles: &[Role]) -> String {
        self.token_in(self.suite.region().as_str(), subject, agency, roles)
    }

    /// A token for any region.
    ///
    /// # Panics
    /// When the issuer fails.
    pub fn token_in(&self, region: &str, subject: &str, agency: Option<&str>, roles: &[Role]) -> String {
        let caller = Caller {
            subject: subject.to_owned(),
            name: subject.to_owned(),
            agency: agency.map(|a| a.parse().expect("a valid agency code")),
            region: region.parse::<RegionCode>().expect("a region code"),
            roles: BTreeSet::from_iter(roles.iter().copied()),
        };
        self.suite.issuer.issue(&caller, &SystemClock, 3600).expect("a token")
    }

    /// A gRPC channel to the suite with a token, or without any.
    pub fn door(&self, token: Option<&str>) -> Door {
        through(self.suite.routes.clone(), token)
    }

    /// A page as a visitor with a token sees it, with everything the answer says.
    ///
    /// # Panics
    /// When the suite does not answer.
    pub async fn fetch(&self, path: &str, token: Option<&str>) -> reqwest::Response {
        let request = self.request(path, token).header("accept-encoding", "gzip");
        request.send().await.expect("an answer")
    }

    /// A page as a visitor with a token sees it: status and body.
    ///
    /// # Panics
    /// When the suite does not answer.
    pub async fn page(&self, path: &str, token: Option<&str>) -> (u16, String) {
        let response = self.request(path, token).send().await.expect("an answer");
        (response.status().as_u16(), response.text().await.expect("a body"))
    }

    /// A page, if the suite can show it.
    pub(crate) async fn look(&self, path: &str, token: &str) -> Option<String> {
        self.request(path, Some(token)).send().await.ok()?.text().await.ok()
    }

    /// A form as a visitor sends it: status, when to come again, and body.
    ///
    /// # Panics
    /// When the suite does not answer.
    pub async fn sends(&self, path: &str, media_type: &str, body: Vec<u8>) -> (u16, Option<String>, String) {
        let request = reqwest::Client::new().post(format!("http://{}{path}", self.suite.http));
        let response = request.header("content-type", media_type).body(body).send().await.expect("an answer");
        let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
        let (status, retry_after) = (response.status().as_u16(), retry_after.map(str::to_owned));
        (status, retry_after, response.text().await.expect("a body"))
    }

    fn request(&self, path: &str, token: Option<&str>) -> reqwest::RequestBuilder {
        let request = reqwest::Client::new().get(format!("http://{}{path}", self.suite.http));
        match token {
            Some(token) => request.header("cookie", format!("fazhi_session={token}")),
            None => request,
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
