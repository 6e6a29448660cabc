//! `fazhi up`: every service in one process.

use std::{
    collections::BTreeMap,
    fs,
    future::Future,
    io::{self, Write as _},
    net::SocketAddr,
    path::Path,
    pin::pin,
    sync::Arc,
};

use jiff::Timestamp;
use kernel::{
    Caller, Clock as _, DemoClock, Role, SystemClock,
    auth::{Issuer, Verifier},
    peer::{Peer, Routes},
    telemetry,
    tls::{self, Tls},
};
use law::{calendar::Calendar, id::RegionCode};
use ledger::Ledger;
use tonic::transport::Channel;

use crate::{
    Failure, calendar, cli, demo, figures, serve,
    server::{self, Common, Door, Meets, Part, Server},
    services::PROCEDURES,
};

/// Validity of the token that `fazhi up` prints.
const TOKEN_SECONDS: i64 = 12 * 3600;

/// A running suite.
pub struct Suite {
    /// Where the pages are.
    pub http: SocketAddr,
    /// Where gRPC is.
    pub grpc: SocketAddr,
    /// Every service, wherever it answers.
    pub routes: Routes,
    /// The development issuer.
    pub issuer: Arc<Issuer>,
    /// The views.
    pub projection: Arc<projection::App>,
    /// What the operator must know of the services.
    pub notices: Vec<String>,
    clock: Arc<DemoClock>,
    ledgers: BTreeMap<&'static str, Ledger>,
    region: RegionCode,
    servers: Vec<Server>,
}

/// Runs until the process is told to stop.
pub(crate) async fn run(options: cli::Up) -> Result<(), Failure> {
    let cli::Telling { log, log_json, otlp, metrics } = &options.telling;
    let telemetry = telemetry::init("fazhi", log, *log_json, otlp.as_deref())?;
    figures::answer(*metrics, &telemetry).await?;
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
    if options.demo {
        println!("  clock  {:.0}, the demonstration's own: acts carry its time, not today's", suite.clock.now());
    }
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
        let prepared = Prepared::of(options).await?;
        let part = Part {
            services: PROCEDURES.iter().collect(),
            http: Some(server::bind(options.http, "--http").await?),
            grpc: Door::Taken(server::bind(options.grpc, "--grpc").await?),
            meets: Meets::InMemory,
        };
        let server = Server::start(&prepared.common(options)?, part).await?;
        let routes = tls::own(server.grpc, prepared.tls.as_ref()).into();
        prepared.suite(options, routes, vec![server])
    }

    /// The same with every service behind an address of its own, meeting over Postgres and NATS as on a cluster, in this
    /// process: on one clock, which a demonstration and a test need.
    ///
    /// # Errors
    /// As [`Suite::start`].
    pub async fn start_apart(options: &cli::Up, nats: &cli::Nats) -> Result<Self, Failure> {
        let prepared = Prepared::of(options).await?;
        let common = prepared.common(options)?;
        let bus = serve::bus("apart", nats, prepared.tls.clone()).await?;
        let any: SocketAddr = ([127, 0, 0, 1], 0).into();
        let (mut listeners, mut channels) = (Vec::new(), BTreeMap::new());
        for name in PROCEDURES.iter().map(|procedure| procedure.profile.service).chain([server::VIEWS]) {
            let listener = server::bind(any, "--grpc").await?;
            channels.insert(name, tls::own(listener.local_addr()?, prepared.tls.as_ref()));
            listeners.push((name, listener));
        }
        let mut servers = Vec::new();
        for (name, grpc) in listeners {
            let token = server::token(prepared.issuer.clone(), name, options.store.region.clone(), Role::Service);
            let peer = |channel: &Channel| Peer { channel: channel.clone(), token: token.clone() };
            let peers = channels.iter().map(|(name, channel)| (*name, peer(channel))).collect();
            let http = if name == server::VIEWS { Some(server::bind(options.http, "--http").await?) } else { None };
            let services = server::procedure(name).into_iter().collect();
            let part = Part { services, grpc: Door::Taken(grpc), http, meets: Meets::Over { bus: bus.clone(), peers } };
            servers.push(Server::start(&common, part).await?);
        }
        let routes = channels.into_iter().map(|(name, channel)| (name.to_owned(), channel)).collect();
        prepared.suite(options, routes, servers)
    }
}

/// What is there before any server.
struct Prepared {
    issuer: Arc<Issuer>,
    verifier: Arc<Verifier>,
    tls: Option<Arc<Tls>>,
    clock: Arc<DemoClock>,
}

impl Prepared {
    async fn of(options: &cli::Up) -> Result<Self, Failure> {
        let data = &options.store.data;
        fs::create_dir_all(data)
            .map_err(|e| format!("cannot use the data folder {}: {e}; name another one with --data", data.display()))?;
        let clock = Arc::new(DemoClock::standing_at(demo::START, server::system()));
        let issuer = server::issuer(data)?;
        let verifier = server::verifier(&options.store, Some(&issuer), options.issuers.as_deref()).await?;
        Ok(Self { issuer, verifier, tls: server::tls(options.tls.as_deref())?, clock })
    }

    fn common<'a>(&self, options: &'a cli::Up) -> Result<Common<'a>, Failure> {
        Ok(Common {
            store: &options.store,
            visitors: &options.visitors,
            vault_key: options.vault_key.as_ref(),
            digest_key: options.digest_key.as_ref(),
            pages: server::token(self.issuer.clone(), "pages", options.store.region.clone(), Role::Public),
            pages_url: options.pages_url.as_deref(),
            verifier: self.verifier.clone(),
            tls: self.tls.clone(),
            clock: if options.demo { self.clock.clone() } else { server::system() },
            calendar: if options.demo { demo::calendar() } else { Calendar::china().clone() },
            receivers: receivers(options)?,
            demo: options.demo,
        })
    }

    /// The suite out of its servers.
    fn suite(self, options: &cli::Up, routes: Routes, servers: Vec<Server>) -> Result<Suite, Failure> {
        let views = servers.iter().find_map(|server| Some((server.http?, server.grpc, server.projection.clone()?)));
        let (http, grpc, projection) = views.ok_or("no server has the views")?;
        Ok(Suite {
            http,
            grpc,
            routes,
            issuer: self.issuer,
            projection,
            notices: servers.iter().flat_map(|server| server.notices.clone()).collect(),
            clock: self.clock,
            ledgers: servers.iter().flat_map(|server| server.ledgers.clone()).collect(),
            region: options.store.region.clone(),
            servers,
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
        calendar::take_in(data, self.routes.clone(), &token, at).await
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
        let sizes = self.ledgers.iter().map(|(name, ledger)| (*name, ledger.head().size)).collect();
        for server in &self.servers {
            server.caught_up(&sizes).await?;
        }
        Ok(())
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
        let failed = {
            let ended: Vec<_> = self.servers.iter_mut().map(|server| Box::pin(server.ended())).collect();
            tokio::select! {
                () = signal => None,
                (failed, ..) = futures::future::select_all(ended) => Some(failed),
            }
        };
        self.stop().await?;
        failed.map_or(Ok(()), Err)
    }

    /// Finishes what runs and closes the data.
    ///
    /// # Errors
    /// A part that failed while it stopped.
    pub async fn stop(self) -> Result<(), Failure> {
        let mut stopped = Ok(());
        // The views first, which follow all others.
        for server in self.servers.into_iter().rev() {
            stopped = server.stop().await.and(stopped);
        }
        stopped
    }
}

/// Who receives what people bring over the web: as set, else in the demonstration its county's government.
fn receivers(options: &cli::Up) -> Result<Vec<complaints::Receiver>, Failure> {
    if options.demo && options.visitors.receivers.is_empty() {
        return Ok(vec![demo::receiver()?]);
    }
    Ok(options.visitors.receivers.clone())
}

/// Resolves when the process is told to stop. The signals are caught from the call on, not from the first poll: whoever
/// reads "ready" may stop the process at once.
pub(crate) fn stop_signal() -> io::Result<impl Future<Output = ()>> {
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
