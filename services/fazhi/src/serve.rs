//! `fazhi serve`: one service, or the views, in a process of its own.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    pin::pin,
    sync::Arc,
};

use bus::{Bus, Settings};
use kernel::{Role, peer::Peer, telemetry, tls::Tls};
use law::calendar::Calendar;

use crate::{
    Failure, cli, figures,
    server::{self, Common, Door, Meets, Part, Server, VIEWS},
    services::PROCEDURES,
    token,
    up::stop_signal,
};

/// Runs until the process is told to stop.
pub(crate) async fn run(options: cli::Serve) -> Result<(), Failure> {
    let cli::Telling { log, log_json, otlp, metrics } = &options.telling;
    let telemetry = telemetry::init(&format!("fazhi-{}", options.service), log, *log_json, otlp.as_deref())?;
    figures::answer(*metrics, &telemetry).await?;
    let mut stop = pin!(stop_signal()?);
    let mut server = tokio::select! {
        server = start(&options) => server?,
        () = &mut stop => return Ok(()),
    };
    println!("Fazhi 法治: {} is ready.", options.service);
    for notice in &server.notices {
        println!("  note   {notice}");
    }
    if let Some(http) = server.http {
        println!("  pages  http://{http}/");
    }
    // Last: whoever starts it as a child reads up to here.
    println!("  gRPC   {}", server.grpc);
    io::stdout().flush()?;
    let failed = tokio::select! {
        () = &mut stop => None,
        failed = server.ended() => Some(failed),
    };
    server.stop().await?;
    failed.map_or(Ok(()), Err)
}

async fn start(options: &cli::Serve) -> Result<Server, Failure> {
    let cli::Serve { service, store, .. } = options;
    let procedure = server::procedure(service);
    if procedure.is_none() && service != VIEWS {
        return Err(format!("there is no service {service:?}; there are {}", names().join(", ")).into());
    }
    if store.database_url.is_none() {
        return Err("a service of its own keeps its data in Postgres; say where with --database-url".into());
    }
    ledger::check_clock(&server::ledger_url(store)).await?;
    fs::create_dir_all(&store.data).map_err(|e| {
        format!("cannot use the data folder {}: {e}; name another one with --data", store.data.display())
    })?;
    let grpc = Door::Later(options.grpc);
    let http = if procedure.is_none() { Some(server::bind(options.http, "--http").await?) } else { None };
    let tls = server::tls(options.tls.as_deref())?;
    let (issuer, token, pages) = match &options.peer_token_file {
        Some(file) => (None, token::of_file(file)?, token::of_file(file)?),
        None => {
            let issuer = server::issuer(&store.data)?;
            let of = |name: &str, role| server::token(issuer.clone(), name, store.region.clone(), role);
            (Some(issuer.clone()), of(service, Role::Service), of("pages", Role::Public))
        }
    };
    let mut peers = BTreeMap::new();
    for cli::PeerAt { service, url } in &options.peers {
        let name = names().into_iter().find(|name| name == service);
        let name = name.ok_or_else(|| format!("--peer: there is no service {service:?}"))?;
        peers.insert(name, Peer { channel: server::channel(url, tls.as_ref())?, token: token.clone() });
    }
    let common = Common {
        store,
        visitors: &options.visitors,
        vault_key: options.vault_key.as_ref(),
        digest_key: options.digest_key.as_ref(),
        pages,
        pages_url: options.pages_url.as_deref(),
        verifier: server::verifier(store, issuer.as_deref(), options.issuers.as_deref()).await?,
        tls: tls.clone(),
        clock: server::system(),
        calendar: Calendar::china().clone(),
        receivers: options.visitors.receivers.clone(),
        demo: false,
    };
    let meets = Meets::Over { bus: bus(service, &options.nats, tls).await?, peers };
    Server::start(&common, Part { services: procedure.into_iter().collect(), grpc, http, meets }).await
}

/// The connection to NATS under these options.
pub(crate) async fn bus(name: &str, nats: &cli::Nats, tls: Option<Arc<Tls>>) -> Result<Bus, Failure> {
    let settings = Settings {
        servers: nats.servers.clone(),
        login: nats.user.clone().zip(nats.password.clone()),
        tls: tls.filter(|_| nats.servers.contains("tls://")),
        replicas: nats.replicas.into(),
    };
    Ok(Bus::open(name, &settings).await?)
}

fn names() -> Vec<&'static str> {
    PROCEDURES.iter().map(|procedure| procedure.profile.service).chain([VIEWS]).collect()
}
