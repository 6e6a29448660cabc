//! Certificates between processes: who is let in, what is said of a folder that cannot be used, and that nothing stops when
//! the authority changes.

use std::{
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use fazhi::{cli::Issue, pki};
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock as _, Role, SystemClock, error::chain, tls::Tls};
use ledger::{Config, Ledger, Url};
use proto::projection::v1::{ListRulesRequest, query_service_client::QueryServiceClient};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use stories::{
    postgres::Server,
    suite::{self, Running},
};
use tempfile::TempDir;
use tokio::{io::AsyncReadExt as _, net::TcpStream};
use tokio_rustls::TlsConnector;
use tonic::{Code, Status, transport::Endpoint};

use crate::process::{one_line, run};

/// An authority and what it issued, each a folder.
pub(crate) struct Authority(TempDir);

impl Authority {
    pub(crate) fn new() -> Self {
        let authority = Self(tempfile::tempdir().expect("a folder"));
        pki::init(&authority.folder("ca"), SystemClock.now()).expect("an authority");
        authority
    }

    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn issue(&self, name: &str) -> PathBuf {
        self.issue_on(name, SystemClock.now()).expect("a certificate")
    }

    fn issue_on(&self, name: &str, day: Timestamp) -> Result<PathBuf, fazhi::Failure> {
        let out = self.folder(name);
        let options = Issue {
            folder: self.folder("ca"),
            name: name.to_owned(),
            dns: vec![],
            ips: vec![],
            out: out.clone(),
            days: 90,
        };
        pki::issue(&options, day).map(|_| out)
    }

    /// Puts the authority's certificates of now into a folder.
    fn tell(&self, name: &str) {
        fs::copy(self.folder("ca").join("ca.pem"), self.folder(name).join("ca.pem")).expect("copied");
    }
}

type Queries = QueryServiceClient<suite::Door>;

/// Somebody with the certificate of a folder and a token.
fn queries(running: &Running, folder: &Path, token: Option<&str>) -> Queries {
    queries_with(running, &Arc::new(Tls::open(folder).expect("certificates")), token)
}

/// The same, by a process that has been running for long.
fn queries_with(running: &Running, tls: &Arc<Tls>, token: Option<&str>) -> Queries {
    let address = format!("https://localhost:{}", running.suite.grpc.port());
    let endpoint = Endpoint::from_shared(address).expect("an address");
    let channel = kernel::tls::channel(&endpoint, Some(tls)).expect("a channel");
    QueryServiceClient::new(suite::through(channel, token)).max_decoding_message_size(64 * 1024 * 1024)
}

async fn ask(queries: &mut Queries) -> Result<(), Status> {
    queries.list_rules(ListRulesRequest::default()).await.map(|_| ())
}

async fn start(folder: &Path) -> Running {
    let folder = folder.to_owned();
    suite::start_with(None, |up| up.tls = Some(folder)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_certificate_of_the_authority_is_not_let_in_and_who_has_one_still_needs_a_token() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let running = start(&ours.issue("suite")).await;
    let token = running.token("auditor", None, &[Role::Auditor]);
    let client = ours.issue("client");

    ask(&mut queries(&running, &client, Some(&token))).await.expect("certificate and token");
    let forged = ask(&mut queries(&running, &client, Some("forged"))).await.expect_err("a certificate alone");
    assert_eq!(forged.code(), Code::Unauthenticated, "{forged}");

    // A token alone. A stranger who believes our authority, and shows what another one issued:
    let stranger = theirs.issue("stranger");
    let both = [&theirs, &ours].map(|a| fs::read_to_string(a.folder("ca").join("ca.pem")).expect("an authority"));
    fs::write(stranger.join("ca.pem"), both.concat()).expect("written");
    let refused = ask(&mut queries(&running, &stranger, Some(&token))).await.expect_err("of another authority");
    assert!(is_cut_off(&refused), "{refused:?}");
    let address = format!("https://localhost:{}", running.suite.grpc.port());
    let list = |tls: &Path| run(&["calendar", "list", "--server", &address, "--tls", tls.to_str().expect("a path")]);
    assert!(list(&client).status.success());
    assert!(one_line(&list(&stranger), 1).contains("the connection broke"));
    assert!(one_line(&run(&["calendar", "list", "--server", &address]), 1).contains("--tls"));
    // Somebody who shows nothing:
    let error = shows_nothing(&running, &ours.folder("ca")).await;
    assert!(error.to_string().contains("CertificateRequired"), "{error}");
    // Somebody in the clear:
    let plain = suite::through(kernel::tls::own(running.suite.grpc, None), Some(&token));
    let refused = ask(&mut QueryServiceClient::new(plain)).await.expect_err("in the clear");
    assert!(is_cut_off(&refused), "{refused:?}");
    running.stop().await;
}

/// Nobody answered: what came is of the connection, not of a server. What of it the client notices first is a matter of luck.
fn is_cut_off(status: &Status) -> bool {
    std::error::Error::source(status).is_some()
}

/// What somebody hears who comes over TLS without a certificate.
async fn shows_nothing(running: &Running, authority: &Path) -> io::Error {
    let ca = CertificateDer::from_pem_file(authority.join("ca.pem")).expect("a certificate");
    let mut roots = RootCertStore::empty();
    roots.add(ca).expect("an authority");
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tcp = TcpStream::connect(running.suite.grpc).await.expect("a connection");
    let name = "localhost".try_into().expect("a name");
    // The server's no comes after the client has spoken.
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, tcp).await.expect("half a handshake");
    stream.read_u8().await.expect_err("nobody answers")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_authority_changes_while_everybody_serves() {
    let authority = Authority::new();
    let running = start(&authority.issue("suite")).await;
    let (old, new) = (authority.issue("old"), authority.issue("new"));
    // Open from the first to the last, as the connections of services are.
    let mut open = queries(&running, &old, None);
    ask(&mut open).await.expect("open");
    // Processes that run on, and open connections when they need them.
    let [old, new] = [old, new].map(|folder| Arc::new(Tls::open(&folder).expect("certificates")));
    let (old, new) = (|| queries_with(&running, &old, None), || queries_with(&running, &new, None));

    pki::rotate(&authority.folder("ca"), SystemClock.now()).expect("a new authority");
    for name in ["suite", "old", "new"] {
        authority.tell(name);
    }
    ask(&mut old()).await.expect("what was issued before goes on");
    authority.issue("new");
    ask(&mut new()).await.expect("of the new authority, to a suite of the old");
    authority.issue("suite");
    ask(&mut old()).await.expect("of the old authority, to a suite of the new");
    pki::retire(&authority.folder("ca")).expect("retired");
    authority.tell("new");
    ask(&mut new()).await.expect("believes the new one alone");
    ask(&mut old()).await.expect("not yet retired everywhere");
    authority.tell("suite");
    ask(&mut old()).await.expect_err("retired");
    ask(&mut new()).await.expect("of the new authority");

    // Half a renewal is no reason to stop, either.
    fs::write(authority.folder("suite").join("cert.pem"), "half a certif").expect("written");
    ask(&mut new()).await.expect("the last that held");
    ask(&mut open).await.expect("open all the time");
    running.stop().await;
}

#[test]
fn a_folder_that_cannot_be_used_is_one_line() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let data = tempfile::tempdir().expect("a folder");
    let said = |folder: &Path| {
        let (data, tls) = (data.path().to_str().expect("a path"), folder.to_str().expect("a path"));
        one_line(&run(&["up", "--data", data, "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--tls", tls]), 1)
    };
    let put = |from: &Path, to: &Path, file: &str| fs::copy(from.join(file), to.join(file)).expect("copied");

    assert!(said(&ours.folder("nothing")).contains("ca.pem"));
    let other = theirs.issue("other");
    let folder = ours.issue("key");
    put(&other, &folder, "key.pem");
    assert!(said(&folder).contains("key.pem is not the key of cert.pem"), "{}", said(&folder));
    let folder = ours.issue("authority");
    put(&theirs.folder("ca"), &folder, "ca.pem");
    assert!(said(&folder).contains("cert.pem was not issued by an authority in ca.pem"), "{}", said(&folder));
    let folder = ours.issue("text");
    fs::write(folder.join("cert.pem"), "certificate").expect("written");
    assert!(said(&folder).contains("cert.pem holds no certificate"), "{}", said(&folder));

    let day = |days: i64| SystemClock.now() + SignedDuration::from_hours(24 * days);
    assert!(ours.issue_on("late", day(-100)).expect_err("too late").to_string().contains("has expired"));
    assert!(said(&ours.folder("late")).contains("cert.pem has expired"));
    ours.issue_on("early", day(10)).expect_err("too early");
    assert!(said(&ours.folder("early")).contains("cert.pem is not valid yet"));
}

#[test]
fn an_authority_is_made_once_and_its_key_is_its_owners() {
    let folder = tempfile::tempdir().expect("a folder");
    let ca = folder.path().join("ca");
    let (ca_text, out) = (ca.to_str().expect("a path"), folder.path().join("out"));
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let issue = ["pki", "issue", ca_text, "enforcement", "--ip", "10.0.0.7", "--out", out.to_str().expect("a path")];

    assert!(one_line(&run(&issue), 1).contains("cannot read"));
    assert!(run(&["pki", "init", ca_text]).status.success());
    let before = fs::read(ca.join("ca.key.pem")).expect("a key");
    assert!(one_line(&run(&["pki", "init", ca_text]), 1).contains("exists already"));
    assert_eq!(fs::read(ca.join("ca.key.pem")).expect("a key"), before);
    assert_eq!(mode(&ca.join("ca.key.pem")), 0o600);

    let said = String::from_utf8(run(&issue).stdout).expect("text");
    assert!(said.contains("enforcement, valid to"), "{said}");
    assert_eq!(mode(&out.join("key.pem")), 0o600);
    Tls::open(&out).expect("certificates").must_name("localhost").expect("a name of its own");
    let bad = ["pki", "issue", ca_text, "no name", "--out", out.to_str().expect("a path")];
    assert!(one_line(&run(&bad), 1).contains("no name"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_is_reached_over_tls_when_its_certificate_and_ours_hold() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let (server, client, stranger) = (ours.issue("postgres"), ours.issue("client"), theirs.issue("stranger"));
    let postgres = tokio::task::spawn_blocking(move || Server::start_secured(&server)).await.expect("a server");
    let url = postgres.database_over_tcp();
    let open = async |settings: String| {
        let url = Url::Postgres(format!("{url}?{settings}"));
        Ledger::open(Config::new("trial", suite::REGION, url), Arc::new(SystemClock)).await.map(drop)
    };
    let settings = |believed: &Path, shown: &Path| {
        let file = |folder: &Path, name| folder.join(name).display().to_string();
        let (ca, cert, key) = (file(believed, "ca.pem"), file(shown, "cert.pem"), file(shown, "key.pem"));
        format!("sslmode=verify-full&sslrootcert={ca}&sslcert={cert}&sslkey={key}")
    };
    open(settings(&client, &client)).await.expect("both hold");
    let problem = async |settings| chain(&open(settings).await.expect_err("does not hold"));
    let unknown = problem(settings(&stranger, &client)).await;
    assert!(unknown.contains("UnknownIssuer"), "{unknown}");
    let not_let_in = problem(settings(&client, &stranger)).await;
    assert!(not_let_in.contains("alert") || not_let_in.contains("certificate"), "{not_let_in}");
    let clear = problem("sslmode=disable".to_owned()).await;
    assert!(clear.contains("no encryption"), "{clear}");
}
