//! `fazhi up`: every service in one process.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    fs,
    future::Future,
    io::{self, Write as _},
    net::SocketAddr,
    path::Path,
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::serve::ListenerExt as _;
use complaints::Receiver;
use jiff::Timestamp;
use kernel::{
    Caller, Clock, DemoClock, Role, SystemClock,
    auth::{Issuer, Issuers, SignOn, Verifier},
    server::{Grpc, Limits},
    telemetry,
    throttle::{Pace, Throttle},
    tls::{self, Tls},
};
use law::{calendar::Calendar, id::RegionCode};
use ledger::{Config, Ledger, Url};
use projection::{
    model::Text,
    pages::{Door, PageState, SIGN_ON_RETURN, Window},
};
use tokio::{net::TcpListener, sync::OnceCell, task::JoinSet};
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;

use crate::{
    Failure, bar, calendar, cli, demo,
    services::{Home, PROCEDURES, profiles},
    token::ISSUER_KEY,
    vault_key,
};

/// File name of the key under which citizens' id numbers are digested.
const DIGEST_KEY: &str = "digest.key";
const DEMO_DIGEST_KEY: &[u8; 32] = b"demonstration only; not a secret";

/// The database of every ledger under these options.
pub(crate) fn ledger_url(store: &cli::Store) -> Url {
    match &store.database_url {
        Some(url) => Url::Postgres(url.clone()),
        None => Url::Sqlite(store.data.clone()),
    }
}

/// A running suite.
pub struct Suite {
    /// Where the pages are.
    pub http: SocketAddr,
    /// Where gRPC is.
    pub grpc: SocketAddr,
    /// The development issuer.
    pub issuer: Arc<Issuer>,
    tls: Option<Arc<Tls>>,
    /// The views.
    pub projection: Arc<projection::App>,
    /// What the operator must know of the services.
    pub notices: Vec<String>,
    clock: Arc<DemoClock>,
    ledgers: BTreeMap<&'static str, Ledger>,
    region: RegionCode,
    shutdown: CancellationToken,
    tasks: JoinSet<Result<(), Failure>>,
}

/// Runs until the process is told to stop.
pub(crate) async fn run(options: cli::Up) -> Result<(), Failure> {
    let _telemetry = telemetry::init(&options.log, options.log_json, options.otlp.as_deref())?;
    let mut stop = pin!(stop_signal()?);
    let mut suite = Suite::start(&options).await?;
    tokio::select! {
        prepared = suite.prepare(&options) => prepared?,
        () = &mut stop => return suite.stop().await,
    }
    println!("Fazhi 法治 is ready.");
    println!("  pages  http://{}/", suite.http);
    println!("  public http://{0}/complain and http://{0}/follow", suite.http);
    println!("  gRPC   {}", suite.grpc);
    println!("  token  {}", suite.supervisor_token()?);
    for notice in &suite.notices {
        println!("  note   {notice}");
    }
    // Last: whoever starts the suite as a child reads up to here.
    println!("  open   http://{}/?token={}", suite.http, suite.supervisor_token()?);
    io::stdout().flush()?;
    suite.until(stop).await
}

impl Suite {
    /// Opens the data, starts the servers and the views.
    ///
    /// # Errors
    /// Anything that keeps it from serving safely, as one clear message.
    pub async fn start(options: &cli::Up) -> Result<Self, Failure> {
        let store = &options.store;
        fs::create_dir_all(&store.data)
            .map_err(|e| format!("cannot use the data folder {}: {e}", store.data.display()))?;
        let tls = options.tls.as_deref().map(Tls::open).transpose()?.map(Arc::new);
        if let Some(tls) = &tls {
            tls.must_name(tls::OWN_NAME)?;
        }
        let http = bind(options.http).await?;
        let grpc = bind(options.grpc).await?;
        let issuer = Arc::new(Issuer::open_or_create(&store.data.join(ISSUER_KEY))?);
        let issuers = options.issuers.as_deref().map(Issuers::read).transpose()?.unwrap_or_default();
        let verifier = Arc::new(Verifier::start(store.region.clone(), Some(&issuer), issuers).await?);

        let system: Arc<dyn Clock> = Arc::new(SystemClock);
        let demo_clock = Arc::new(DemoClock::standing_at(demo::START, system.clone()));
        let clock: Arc<dyn Clock> = if options.demo { demo_clock.clone() } else { system };
        let mut ledgers = BTreeMap::new();
        for name in PROCEDURES.iter().map(|procedure| procedure.profile.service) {
            let config = Config::new(name, store.region.as_str(), ledger_url(store));
            let ledger = Ledger::open(config, clock.clone()).await;
            ledgers.insert(name, ledger.map_err(|e| format!("{name}: {}", kernel::error::chain(&e)))?);
        }
        let digest_key = digest_key(&store.data.join(DIGEST_KEY), options.demo)?;
        let calendar = if options.demo { demo::calendar() } else { Calendar::china().clone() };
        let home = Home {
            data: store.data.clone(),
            digest_key,
            clock: clock.clone(),
            calendar: calendar.clone(),
            ledgers,
            lists: OnceCell::new(),
            receivers: receivers(options)?,
            vault: Arc::new(vault_key::open(store, options.vault_key.as_ref()).await?),
        };
        let pace = Pace { per_client: options.public_per_client, in_total: options.public_in_total };
        let throttle = Arc::new(Throttle::new(pace, options.proxies.clone()));
        let mut grpc_server = Grpc::new(Limits::default()).throttled(throttle.clone()).secured(tls.clone());
        let (mut runs, mut feeds) = (Vec::new(), Vec::new());
        let mut notices = Vec::new();
        for procedure in &PROCEDURES {
            let opened = procedure.open(&home).await?;
            grpc_server = (opened.serve)(grpc_server);
            runs.push(opened.run);
            notices.extend(opened.notice.map(|notice| format!("{}: {notice}", procedure.profile.service)));
            feeds.push(home.feed(procedure.profile.service)?);
        }
        let views = match &store.database_url {
            Some(url) => projection::Db::Postgres(url.clone()),
            None => projection::Db::Sqlite(store.data.clone()),
        };
        let config = projection::Config {
            db: views,
            feeds,
            clock: clock.clone(),
            profiles: profiles(),
            late_after_working_days: projection::LATE_AFTER_WORKING_DAYS,
            calendar,
        };
        let projection = Arc::new(projection::App::with(config).await?);

        let shutdown = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let addresses = (http.local_addr()?, grpc.local_addr()?);
        let window = window(tls::own(addresses.1, tls.as_ref()), &issuer, store.region.clone());
        let url = options.pages_url.clone().unwrap_or_else(|| format!("http://{}", addresses.0));
        let pages = pages(&projection, verifier.clone(), &url, store.region.clone(), options.demo, window, throttle);
        let pages = pages.into_make_service_with_connect_info::<SocketAddr>();
        let stopped = shutdown.clone().cancelled_owned();
        tasks.spawn(async move {
            axum::serve(http.tap_io(|socket| _ = socket.set_nodelay(true)), pages)
                .with_graceful_shutdown(stopped)
                .await
                .map_err(Failure::from)
        });
        let (keys, stopped) = (verifier.clone(), shutdown.clone().cancelled_owned());
        tasks.spawn(async move {
            keys.keep(stopped).await;
            Ok(())
        });
        let server = grpc_server.with(projection.grpc());
        let stopped = shutdown.clone().cancelled_owned();
        tasks.spawn(async move { server.serve(grpc, verifier, stopped).await.map_err(Failure::from) });
        for run in runs {
            let run = run(shutdown.clone());
            tasks.spawn(async move {
                run.await;
                Ok(())
            });
        }
        let (views, stopped) = (projection.clone(), shutdown.clone().cancelled_owned());
        tasks.spawn(async move {
            views.run(stopped).await;
            Ok(())
        });

        Ok(Self {
            http: addresses.0,
            grpc: addresses.1,
            issuer,
            tls,
            projection,
            notices,
            clock: demo_clock,
            ledgers: home.ledgers,
            region: store.region.clone(),
            shutdown,
            tasks,
        })
    }
}

impl Suite {
    /// What comes before "ready"; given up where it stands, it goes on from there at the next start.
    async fn prepare(&mut self, options: &cli::Up) -> Result<(), Failure> {
        if options.demo {
            self.play(options.demo_cases).await?;
        }
        let at = if options.demo { self.clock.now() } else { SystemClock.now() };
        let told = self.take_in_notices(&options.store.data, at).await?;
        self.notices.extend(told);
        self.caught_up().await
    }

    /// Puts the notices of holidays that lie in the data folder on record.
    ///
    /// # Errors
    /// When the folder cannot be read, or signing fails.
    async fn take_in_notices(&self, data: &Path, at: Timestamp) -> Result<Vec<String>, Failure> {
        let caller = Caller {
            subject: "calendar-folder".to_owned(),
            name: "数据目录".to_owned(),
            agency: None,
            region: self.region.clone(),
            roles: [Role::ListApprover].into(),
        };
        let token = self.issuer.issue(&caller, &SystemClock, TOKEN_SECONDS)?;
        calendar::take_in(data, self.channel(), &token, at).await
    }

    /// Lets the demonstration be played, as far as it is not yet there, with progress on the terminal.
    ///
    /// # Errors
    /// When the suite refuses what the demonstration does lawfully, or is out of reach.
    pub async fn play(&mut self, cases: u32) -> Result<(), Failure> {
        demo::play(self, cases).await
    }

    /// Waits until the views know every event that is recorded now.
    ///
    /// # Errors
    /// When the views do not get there in time.
    pub async fn caught_up(&self) -> Result<(), Failure> {
        let caught_up = async {
            tokio::select! {
                () = self.projection.caught_up_with_feeds() => {}
                never = self.tell_how_far() => match never {},
            }
        };
        tokio::time::timeout(VIEWS_WAIT_MAX, caught_up)
            .await
            .map_err(|_| "the views do not catch up; see the log".into())
    }

    /// Shows how many events the views know, for as long as that takes more than a moment.
    async fn tell_how_far(&self) -> Infallible {
        let bar = bar::events("views");
        loop {
            tokio::time::sleep(TELL_EVERY).await;
            let known: u64 = self.projection.offsets().borrow().values().sum();
            let all: u64 = self.ledgers.values().map(|l| l.head().size).sum();
            bar.set_length(all);
            bar.set_position(known);
            if bar.is_hidden() {
                eprintln!("views: {known} of {all} events");
            }
        }
    }

    /// A channel to the suite's own door.
    pub fn channel(&self) -> Channel {
        tls::own(self.grpc, self.tls.as_ref())
    }

    /// The clock of a suite with demonstration data.
    pub fn demo_clock(&self) -> &DemoClock {
        &self.clock
    }

    /// The ledger of a service.
    pub fn ledger(&self, service: &str) -> Option<&Ledger> {
        self.ledgers.get(service)
    }

    /// The region the suite serves.
    pub fn region(&self) -> &RegionCode {
        &self.region
    }

    /// A token for looking at everything in the region.
    ///
    /// # Errors
    /// When signing fails, which is a bug.
    pub fn supervisor_token(&self) -> Result<String, Failure> {
        let caller = Caller {
            subject: "supervisor".to_owned(),
            name: "执法监督".to_owned(),
            agency: None,
            region: self.region.clone(),
            roles: [Role::Supervisor, Role::Auditor].into(),
        };
        Ok(self.issuer.issue(&caller, &SystemClock, TOKEN_SECONDS)?)
    }

    /// Serves until `signal`, or until a part of the suite fails.
    ///
    /// # Errors
    /// The failure of that part.
    pub async fn until(mut self, signal: impl Future<Output = ()>) -> Result<(), Failure> {
        let failed = tokio::select! {
            () = signal => None,
            ended = self.tasks.join_next() => Some(ended),
        };
        self.stop().await?;
        match failed {
            None => Ok(()),
            Some(Some(Ok(Err(e)))) => Err(e),
            Some(Some(Err(e))) => Err(e.into()),
            Some(_) => Err("a part of the suite ended by itself".into()),
        }
    }

    /// Finishes what runs and closes the data.
    ///
    /// # Errors
    /// A part that failed while it stopped.
    pub async fn stop(mut self) -> Result<(), Failure> {
        self.shutdown.cancel();
        let drained = tokio::time::timeout(STOP_MAX, async {
            while let Some(ended) = self.tasks.join_next().await {
                ended??;
            }
            Ok::<(), Failure>(())
        })
        .await;
        for ledger in self.ledgers.into_values() {
            ledger.close().await;
        }
        drained.unwrap_or_else(|_| Err("the suite did not stop in time; what was acknowledged is safe".into()))
    }
}

/// Time for running calls to end when the suite stops.
const STOP_MAX: Duration = Duration::from_secs(15);
/// Time for the views to catch up at start; a rebuild of a county's whole history fits in.
const VIEWS_WAIT_MAX: Duration = Duration::from_secs(600);
/// Time between two signs that the views are catching up.
const TELL_EVERY: Duration = Duration::from_millis(500);
/// Validity of the token that `fazhi up` prints.
const TOKEN_SECONDS: i64 = 12 * 3600;
/// Validity of the token that the pages show with one call.
const PAGES_TOKEN_SECONDS: i64 = 60;

/// Who receives what people bring over the web: as set, else in the demonstration its county's government.
fn receivers(options: &cli::Up) -> Result<Vec<Receiver>, Failure> {
    if options.demo && options.receivers.is_empty() {
        return Ok(vec![demo::receiver()?]);
    }
    Ok(options.receivers.clone())
}

/// The services as the pages ask them for visitors: at this suite's own gRPC door, as they would in another process.
fn window(suite: Channel, issuer: &Arc<Issuer>, region: RegionCode) -> Arc<dyn Window> {
    let issuer = issuer.clone();
    let pages =
        Caller { subject: "pages".to_owned(), name: String::new(), agency: None, region, roles: [Role::Public].into() };
    let token = move || issuer.issue(&pages, &SystemClock, PAGES_TOKEN_SECONDS).ok();
    Arc::new(Door::new(suite, Arc::new(token)))
}

fn pages(
    views: &Arc<projection::App>,
    verifier: Arc<Verifier>,
    url: &str,
    home: RegionCode,
    demo: bool,
    window: Arc<dyn Window>,
    throttle: Arc<Throttle>,
) -> axum::Router {
    let digests = views.clone();
    let back = format!("{}{SIGN_ON_RETURN}", url.trim_end_matches('/'));
    let sign_on = SignOn::new(verifier.clone(), back).map(Arc::new);
    projection::pages::router(PageState {
        queries: Arc::new(views.queries()),
        authenticate: Arc::new(move |token| {
            let (verifier, token) = (verifier.clone(), token.to_owned());
            Box::pin(async move { verifier.verify(&token).await.ok() })
        }),
        sign_on,
        home,
        services: views.services(),
        digests: Some(Arc::new(move || {
            let views = digests.clone();
            Box::pin(async move { views.view_digests().await })
        })),
        demo_banner: demo.then(|| {
            Text::label(
                "演示数据：当事人、执法人员和案件均为虚构，时间为演示时钟。",
                "Demonstration data: parties, officers and cases are invented, on a clock of their own.",
            )
        }),
        window,
        throttle,
        secure: url.starts_with("https://"),
    })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|e| format!("cannot listen on {address}: {e}").into())
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

/// Resolves when the process is told to stop. The signals are caught from the call on, not from the first poll: whoever
/// reads "ready" may stop the process at once.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
