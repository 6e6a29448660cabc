//! One server: some services, the views, or both, behind one gRPC address.
//!
//! `fazhi up` runs one with everything in it, where services meet in memory; `fazhi serve` runs one for each service, where
//! they meet over NATS and each other's event logs.

use std::{collections::BTreeMap, convert::Infallible, fs, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::serve::ListenerExt as _;
use bus::{Bus, feed::BusFeed};
use complaints::Receiver;
use kernel::{
    Caller, Clock, Feed, LedgerFeed, Role, Service, SystemClock,
    auth::{Issuer, Issuers, Revoked, SignOn, Verifier},
    event_log::EventLog,
    figures::LEDGER_EVENTS,
    peer::{Peer, Token},
    server::{Grpc, Limits},
    throttle::{Pace, Throttle},
    tls::{self, Tls},
};
use law::{calendar::Calendar, id::RegionCode};
use ledger::{Config, Ledger, Url};
use projection::pages::{self, PageState, SIGN_ON_RETURN};
use tokio::{
    net::TcpListener,
    runtime::{Handle, Runtime},
    sync::OnceCell,
    task::JoinSet,
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use vault::Vault;

use crate::{
    Failure, bar, cli,
    services::{Home, PROCEDURES, Procedure, profiles},
    token, vault_key,
};

/// File name of the key under which citizens' id numbers are digested.
const DIGEST_KEY: &str = "digest.key";
/// File name of the list of tokens that are believed no more.
const REVOKED: &str = "revoked.toml";
const DEMO_DIGEST_KEY: &[u8; 32] = b"demonstration only; not a secret";
/// The name of the views, as a part of the suite that can be served.
pub(crate) const VIEWS: &str = "projection";
/// Time for running calls to end when a server stops.
const STOP_MAX: Duration = Duration::from_secs(15);
/// Time for the views to catch up at start; a rebuild of a county's whole history fits in.
const VIEWS_WAIT_MAX: Duration = Duration::from_secs(600);
/// Time between two signs that the views are catching up.
const TELL_EVERY: Duration = Duration::from_millis(500);
/// Time between two looks at how many events there are, for whoever gathers figures.
const TELL_SIZES_EVERY: Duration = Duration::from_secs(5);
/// Wait after a service that is not there yet.
const PEER_RETRY_AFTER: Duration = Duration::from_millis(500);
/// Time between two signs that a service is waited for.
const PEER_TELL_EVERY: Duration = Duration::from_secs(10);

/// The database of every ledger under these options.
pub(crate) fn ledger_url(store: &cli::Store) -> Url {
    match &store.database_url {
        Some(url) => Url::Postgres(url.clone()),
        None => Url::Sqlite(store.data.clone()),
    }
}

/// What all servers of a suite have in common.
pub(crate) struct Common<'a> {
    pub(crate) store: &'a cli::Store,
    pub(crate) visitors: &'a cli::Visitors,
    pub(crate) vault_key: Option<&'a vault_key::Key>,
    /// The key of digests, unless the folder has it.
    pub(crate) digest_key: Option<&'a vault_key::Key>,
    /// How the pages show themselves to the services.
    pub(crate) pages: Token,
    /// Address of the pages as browsers have it; that which they listen on if it is not said.
    pub(crate) pages_url: Option<&'a str>,
    pub(crate) verifier: Arc<Verifier>,
    /// What is shown to other processes, and whom they must be certified by.
    pub(crate) tls: Option<Arc<Tls>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) receivers: Vec<Receiver>,
    /// Whether what is shown is invented.
    pub(crate) demo: bool,
}

/// How services meet.
pub(crate) enum Meets {
    /// In one process.
    InMemory,
    /// Over NATS and each other's gRPC addresses.
    Over { bus: Bus, peers: BTreeMap<&'static str, Peer> },
}

/// Where a server answers.
pub(crate) enum Door {
    /// At an address that is taken already: others know it before the server is there.
    Taken(TcpListener),
    /// At an address that is taken when all is open: whoever can connect is answered.
    Later(SocketAddr),
}

/// What one server is to have in it.
pub(crate) struct Part {
    pub(crate) services: Vec<&'static Procedure>,
    pub(crate) grpc: Door,
    /// Where the pages go, if the views are in it.
    pub(crate) http: Option<TcpListener>,
    pub(crate) meets: Meets,
}

/// A running server.
pub(crate) struct Server {
    pub(crate) grpc: SocketAddr,
    pub(crate) http: Option<SocketAddr>,
    pub(crate) projection: Option<Arc<projection::App>>,
    pub(crate) ledgers: BTreeMap<&'static str, Ledger>,
    vault: Option<Arc<Vault>>,
    /// What the operator must know.
    pub(crate) notices: Vec<String>,
    shutdown: CancellationToken,
    tasks: JoinSet<Result<(), Failure>>,
    /// Ends last: connections that were opened on these threads are read by them until all is closed.
    _behind: Behind,
}

/// The threads of what follows the records: views, replicas, reactions. Folding much takes the processor for milliseconds at a time,
/// over and over; on threads of its own it shares the processor with those who ask, who would else stand in line behind it at each
/// step of an answer. Writing what was folded is not much, and is no business of theirs.
struct Behind {
    threads: Handle,
    /// There until it is dropped.
    runtime: Option<Runtime>,
}

impl Behind {
    fn begin() -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().thread_name("behind").enable_all().build()?;
        Ok(Self { threads: runtime.handle().clone(), runtime: Some(runtime) })
    }

    fn spawn(
        &self,
        tasks: &mut JoinSet<Result<(), Failure>>,
        task: impl Future<Output = Result<(), Failure>> + Send + 'static,
    ) {
        tasks.spawn_on(task, &self.threads);
    }
}

impl Drop for Behind {
    fn drop(&mut self) {
        // A runtime must not be waited for within another one.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Server {
    /// Opens what is in it and serves it.
    ///
    /// # Errors
    /// Anything that keeps it from serving safely, as one clear message.
    pub(crate) async fn start(common: &Common<'_>, part: Part) -> Result<Self, Failure> {
        let Part { services, grpc, http, meets } = part;
        let (shutdown, mut tasks, behind) = (CancellationToken::new(), JoinSet::new(), Behind::begin()?);
        let mut running: BTreeMap<&'static str, Service> = BTreeMap::new();
        keys_without_record(common.store).await?;
        for procedure in &services {
            let name = procedure.profile.service;
            let config = Config::new(name, common.store.region.as_str(), ledger_url(common.store));
            let ledger = Ledger::open(config, common.clock.clone()).await;
            let ledger = ledger.map_err(|e| format!("{name}: {}", kernel::error::chain(&e)))?;
            running.insert(name, Service::new(ledger, common.clock.clone()));
        }
        let mut feeds: BTreeMap<&'static str, Arc<dyn Feed>> = BTreeMap::new();
        for (name, service) in &running {
            feeds.insert(name, Arc::new(LedgerFeed::new(*name, service.ledger().clone())));
        }
        if let Meets::Over { bus, peers } = &meets {
            // The views follow, and are followed by nobody.
            let elsewhere = |name: &str| procedure(name).is_some() && !running.contains_key(name);
            for (name, peer) in peers.iter().filter(|(name, _)| elsewhere(name)) {
                let feed = BusFeed::new(*name, peer.clone());
                feeds.insert(name, Arc::new(feed.clone()));
                let (bus, shutdown) = (bus.clone(), shutdown.clone());
                tasks.spawn(async move {
                    feed.listen(bus, shutdown).await;
                    Ok(())
                });
            }
            for (name, service) in &running {
                if let Some(why) = bus::relay::behind(bus, name, service.ledger()).await {
                    service.halt(why);
                }
                tasks.spawn(relay(bus.clone(), name, service.clone(), shutdown.clone()));
            }
        }
        let http_address = http.as_ref().map(TcpListener::local_addr).transpose()?;
        let pace = Pace { per_client: common.visitors.public_per_client, in_total: common.visitors.public_in_total };
        let throttle = Arc::new(Throttle::new(pace, common.visitors.proxies.clone()));
        let mut server = Grpc::new(Limits::default()).throttled(throttle.clone()).secured(common.tls.clone());
        let (mut runs, mut notices, mut vault) = (Vec::new(), Vec::new(), None);
        let ledgers: BTreeMap<&'static str, Ledger> =
            running.iter().map(|(name, service)| (*name, service.ledger().clone())).collect();
        if !services.is_empty() {
            let home = Home {
                store: common.store.clone(),
                digest_key: match common.digest_key {
                    Some(key) => key.bytes()?,
                    None => digest_key(&common.store.data.join(DIGEST_KEY), common.demo)?,
                },
                calendar: common.calendar.clone(),
                services: running,
                feeds: feeds.clone(),
                lists: OnceCell::new(),
                receivers: common.receivers.clone(),
                vault_key: common.vault_key.cloned(),
                vault: OnceCell::new(),
            };
            for procedure in &services {
                let name = procedure.profile.service;
                // What the others follow is heard of in time; the lists are what a service decides by.
                if let Some(lists) = feeds.get(powerlist::PROFILE.service) {
                    there(&**lists).await;
                }
                let opened = procedure.open(&home).await?;
                server = (opened.serve)(server);
                runs.push(opened.run);
                notices.extend(opened.notice.map(|notice| format!("{name}: {notice}")));
            }
            vault = home.vault.get().cloned();
            let logs = ledgers.iter().map(|(name, ledger)| ((*name).to_owned(), ledger.clone())).collect();
            server = server.with(EventLog::new(logs, shutdown.clone()).grpc());
        }
        let opened = match http {
            Some(http) => Some((views(common, feeds.into_values().collect()).await?, http)),
            None => None,
        };
        let grpc = match grpc {
            Door::Taken(listener) => listener,
            Door::Later(address) => bind(address, "--grpc").await?,
        };
        let grpc_address = grpc.local_addr()?;
        let mut projection = None;
        if let Some((views, http)) = opened {
            server = server.with(views.grpc());
            let own = format!("http://{}", http.local_addr()?);
            let url = common.pages_url.unwrap_or(&own);
            let pages = pages(common, &views, url, window(common, &meets, grpc_address)?, throttle);
            let stopped = shutdown.clone().cancelled_owned();
            tasks.spawn(async move {
                let pages = pages.into_make_service_with_connect_info::<SocketAddr>();
                axum::serve(http.tap_io(|socket| _ = socket.set_nodelay(true)), pages)
                    .with_graceful_shutdown(stopped)
                    .await
                    .map_err(Failure::from)
            });
            let (folding, stopped) = (views.clone(), shutdown.clone().cancelled_owned());
            let threads = behind.threads.clone();
            tasks.spawn(async move {
                folding.run(&threads, stopped).await;
                Ok(())
            });
            projection = Some(views);
        }
        let (counted, stopped) = (ledgers.clone(), shutdown.clone().cancelled_owned());
        tasks.spawn(async move {
            tokio::select! {
                never = tell_sizes(counted) => match never {},
                () = stopped => Ok(()),
            }
        });
        let (keys, stopped) = (common.verifier.clone(), shutdown.clone().cancelled_owned());
        tasks.spawn(async move {
            keys.keep(stopped).await;
            Ok(())
        });
        let (verifier, stopped) = (common.verifier.clone(), shutdown.clone().cancelled_owned());
        tasks.spawn(async move { server.serve(grpc, verifier, stopped).await.map_err(Failure::from) });
        for run in runs {
            let run = run(shutdown.clone());
            behind.spawn(&mut tasks, async move {
                run.await;
                Ok(())
            });
        }
        let http = http_address;
        Ok(Self { grpc: grpc_address, http, projection, ledgers, vault, notices, shutdown, tasks, _behind: behind })
    }

    /// Waits until the views, if they are here, know so many events of each service; with a sign of how far they are.
    ///
    /// # Errors
    /// When the views do not get there in time.
    pub(crate) async fn caught_up(&self, sizes: &BTreeMap<&'static str, u64>) -> Result<(), Failure> {
        let Some(views) = &self.projection else { return Ok(()) };
        let all_of_them = async {
            for (name, size) in sizes.iter().filter(|(_, size)| **size > 0) {
                views.caught_up(name, size - 1).await;
            }
        };
        let caught_up = async {
            tokio::select! {
                () = all_of_them => {}
                never = tell_how_far(views, sizes.values().sum()) => match never {},
            }
        };
        timeout(VIEWS_WAIT_MAX, caught_up).await.map_err(|_| "the views do not catch up; see the log".into())
    }

    /// The end of the first part that ends by itself, which none should.
    pub(crate) async fn ended(&mut self) -> Failure {
        match self.tasks.join_next().await {
            Some(Ok(Err(e))) => e,
            Some(Err(e)) => e.into(),
            Some(Ok(Ok(()))) | None => "a part of the suite ended by itself".into(),
        }
    }

    /// Finishes what runs and closes the data.
    ///
    /// # Errors
    /// A part that failed while it stopped.
    pub(crate) async fn stop(mut self) -> Result<(), Failure> {
        self.shutdown.cancel();
        let drained = timeout(STOP_MAX, async {
            while let Some(ended) = self.tasks.join_next().await {
                ended??;
            }
            Ok::<(), Failure>(())
        })
        .await;
        for ledger in self.ledgers.into_values() {
            ledger.close().await;
        }
        // On SQLite a closed database is one file, whole by itself.
        if let Some(vault) = self.vault {
            vault.close().await;
        }
        if let Some(views) = self.projection {
            views.close().await;
        }
        drained.unwrap_or_else(|_| Err("the suite did not stop in time; what was acknowledged is safe".into()))
    }
}

/// Refuses a folder that has keys or a vault while there is no ledger at all: a record that is begun anew there would hide that
/// the one before is missing.
async fn keys_without_record(store: &cli::Store) -> Result<(), Failure> {
    let left = [DIGEST_KEY, vault_key::KEY, "vault.sqlite"].map(|name| store.data.join(name));
    let Some(left) = left.into_iter().find(|file| file.exists()) else { return Ok(()) };
    for procedure in &PROCEDURES {
        let config = Config::new(procedure.profile.service, store.region.as_str(), ledger_url(store));
        if ledger::is_there(&config).await.map_err(|e| kernel::error::chain(&e))? {
            return Ok(());
        }
    }
    Err(format!(
        "{} belongs to a suite, but its ledgers are not there: restore them (fazhi restore), or name its database; for a new \
         suite take a new folder",
        left.display()
    )
    .into())
}

/// Publishes a service's events. Where more were published than the ledger has, it records nothing more.
async fn relay(bus: Bus, name: &'static str, service: Service, shutdown: CancellationToken) -> Result<(), Failure> {
    bus::relay::relay(bus, name, service.ledger(), |why| service.halt(why), &shutdown).await;
    Ok(())
}

/// Tells how many events the ledgers have.
async fn tell_sizes(ledgers: BTreeMap<&'static str, Ledger>) -> Infallible {
    let levels = ledgers.values().map(|ledger| LEDGER_EVENTS.level([("service", ledger.service().clone().into())]));
    let levels: Vec<_> = levels.collect();
    loop {
        for (ledger, level) in ledgers.values().zip(&levels) {
            level.set(ledger.head().size);
        }
        sleep(TELL_SIZES_EVERY).await;
    }
}

/// Waits until the owner of a feed answers.
async fn there(feed: &dyn Feed) {
    let mut told: Option<Instant> = None;
    while let Err(e) = feed.ask().await {
        if told.is_none_or(|at| at.elapsed() > PEER_TELL_EVERY) {
            told = Some(Instant::now());
            tracing::warn!(source = feed.source(), error = %kernel::error::chain(&e), "waiting for a service");
        }
        sleep(PEER_RETRY_AFTER).await;
    }
}

async fn views(common: &Common<'_>, feeds: Vec<Arc<dyn Feed>>) -> Result<Arc<projection::App>, Failure> {
    for feed in &feeds {
        there(&**feed).await;
    }
    let db = match &common.store.database_url {
        Some(url) => projection::Db::Postgres(url.clone()),
        None => projection::Db::Sqlite(common.store.data.clone()),
    };
    let config = projection::Config {
        db,
        feeds,
        clock: common.clock.clone(),
        profiles: profiles(),
        late_after_working_days: projection::LATE_AFTER_WORKING_DAYS,
        calendar: common.calendar.clone(),
    };
    Ok(Arc::new(projection::App::with(config).await?))
}

/// Shows how many events the views know, for as long as that takes more than a moment.
async fn tell_how_far(views: &projection::App, all: u64) -> Infallible {
    let bar = bar::events("views");
    loop {
        sleep(TELL_EVERY).await;
        let known: u64 = views.offsets().borrow().values().sum();
        bar.set_length(all);
        bar.set_position(known);
        if bar.is_hidden() {
            eprintln!("views: {known} of {all} events");
        }
    }
}

/// The services as the pages ask them for visitors, over gRPC wherever they are.
fn window(common: &Common<'_>, meets: &Meets, own: SocketAddr) -> Result<Arc<pages::Door>, Failure> {
    let token = common.pages.clone();
    let peer = |service: &str| match meets {
        Meets::InMemory => Ok(Peer { channel: tls::own(own, common.tls.as_ref()), token: token.clone() }),
        Meets::Over { peers, .. } => {
            let peer = peers.get(service).ok_or_else(|| format!("the pages need --peer {service}=URL"))?;
            Ok::<Peer, Failure>(Peer { channel: peer.channel.clone(), token: token.clone() })
        }
    };
    Ok(Arc::new(pages::Door {
        enforcement: peer("enforcement")?,
        complaints: peer("complaints")?,
        reconsideration: peer("reconsideration")?,
    }))
}

/// A connection that is made when it is first used, and again whenever the other side comes back.
pub(crate) fn channel(url: &str, tls: Option<&Arc<Tls>>) -> Result<tonic::transport::Channel, Failure> {
    let endpoint = tonic::transport::Endpoint::from_shared(url.to_owned())?
        .tcp_nodelay(true)
        .connect_timeout(Duration::from_secs(5))
        .http2_keep_alive_interval(Duration::from_secs(10))
        .keep_alive_timeout(Duration::from_secs(10))
        .keep_alive_while_idle(true);
    Ok(tls::channel(&endpoint, tls)?)
}

/// The folder of certificates, if one is given. Processes on this machine call this one by the machine's own name.
pub(crate) fn tls(folder: Option<&Path>) -> Result<Option<Arc<Tls>>, Failure> {
    let tls = folder.map(Tls::open).transpose()?.map(Arc::new);
    if let Some(tls) = &tls {
        tls.must_name(tls::OWN_NAME)?;
    }
    Ok(tls)
}

/// The token of a service that asks another, or of the pages that ask for visitors.
pub(crate) fn token(issuer: Arc<Issuer>, name: &str, region: RegionCode, role: Role) -> Token {
    let caller = Caller { subject: name.to_owned(), name: String::new(), agency: None, region, roles: [role].into() };
    token::of_process(issuer, caller)
}

fn pages(
    common: &Common<'_>,
    views: &Arc<projection::App>,
    url: &str,
    window: Arc<pages::Door>,
    throttle: Arc<Throttle>,
) -> axum::Router {
    let (digests, verifier) = (views.clone(), common.verifier.clone());
    let back = format!("{}{SIGN_ON_RETURN}", url.trim_end_matches('/'));
    let sign_on = SignOn::new(verifier.clone(), back).map(Arc::new);
    projection::pages::router(PageState {
        queries: Arc::new(views.queries()),
        authenticate: Arc::new(move |token| {
            let (verifier, token) = (verifier.clone(), token.to_owned());
            Box::pin(async move { verifier.verify(&token).await.ok() })
        }),
        sign_on,
        home: common.store.region.clone(),
        services: views.services(),
        digests: Some(Arc::new(move || {
            let views = digests.clone();
            Box::pin(async move { views.view_digests().await })
        })),
        window,
        throttle,
        secure: url.starts_with("https://"),
    })
}

/// Listens on the address of an option.
pub(crate) async fn bind(address: SocketAddr, option: &str) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|e| format!("cannot listen on {address}: {e}; name another address with {option}").into())
}

/// A service by its name.
pub(crate) fn procedure(name: &str) -> Option<&'static Procedure> {
    PROCEDURES.iter().find(|procedure| procedure.profile.service == name)
}

/// The folder's key for digests of id numbers, made at first use. Of a demonstration it is no secret, so that the same
/// citizen has the same digest everywhere.
fn digest_key(path: &Path, demo: bool) -> Result<[u8; 32], Failure> {
    match fs::read(path) {
        Ok(bytes) => bytes.try_into().map_err(|_| format!("{} is not a key of 32 bytes", path.display()).into()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            let key: [u8; 32] = if demo { *DEMO_DIGEST_KEY } else { rand::random() };
            kernel::auth::write_private(path, &key)?;
            Ok(key)
        }
        Err(e) => Err(format!("cannot read {}: {e}", path.display()).into()),
    }
}

/// The issuer of the data folder, made at first use.
pub(crate) fn issuer(data: &Path) -> Result<Arc<Issuer>, Failure> {
    Ok(Arc::new(Issuer::open_or_create(&data.join(token::ISSUER_KEY))?))
}

/// Who vouches for callers: the own issuer, if there is one, and those of a file.
pub(crate) async fn verifier(
    store: &cli::Store,
    own: Option<&Issuer>,
    issuers: Option<&Path>,
) -> Result<Arc<Verifier>, Failure> {
    let others = issuers.map(Issuers::read).transpose()?.unwrap_or_default();
    let revoked = Revoked::read(&store.data.join(REVOKED))?;
    Ok(Arc::new(Verifier::start(store.region.clone(), own, others, revoked).await?))
}

/// A clock that is the machine's.
pub(crate) fn system() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}
