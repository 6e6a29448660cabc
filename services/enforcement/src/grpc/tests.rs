//! Through the real server: tokens, guard, parsing, decision, ledger.

mod bytes;
mod case;
mod requests;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use kernel::{
    Caller, DemoClock, LedgerFeed, Role, Service, SystemClock,
    auth::{Issuer, Issuers, Revoked, Verifier},
    server::{Grpc, Limits},
};
use ledger::{Ledger, Url};
use lists::fixture::{self as listed, BUREAU, ITEM, OTHER};
use proto::{
    common::v1::{CommandMeta, Mode},
    enforcement::v1::{enforcement_client::EnforcementClient, *},
};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Status, transport::Channel};
use uuid::Uuid;
use vault::{LocalKey, Vault};

use crate::App;

pub(super) const PARTY: &str = "91230883MAYGTAHY5L";

/// A county's enforcement service with a client.
pub(super) struct World {
    pub(super) client: EnforcementClient<Channel>,
    pub(super) ledger: Ledger,
    pub(super) lists: Ledger,
    pub(super) dir: TempDir,
    clock: Arc<DemoClock>,
    issuer: Issuer,
    ids: AtomicU64,
    shutdown: CancellationToken,
}

impl Drop for World {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

/// The lists, seen up to an index.
pub(super) fn seen(log_index: u64) -> Vec<Seen> {
    vec![Seen { source: "powerlist".into(), log_index }]
}

/// A moment in China's time, `2024-03-04T09:00`.
fn moment(text: &str) -> Timestamp {
    Offset::constant(8).to_timestamp(text.parse::<DateTime>().unwrap()).unwrap()
}

/// The same as it stands in a request.
pub(super) fn at(text: &str) -> prost_types::Timestamp {
    let when = moment(text);
    prost_types::Timestamp { seconds: when.as_second(), nanos: 0 }
}

pub(super) async fn world() -> World {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(DemoClock::standing_at(moment("2024-01-01T09:00"), Arc::new(SystemClock)));
    let lists = listed::lists(dir.path()).await;
    for (stream, event) in listed::county() {
        listed::append(&lists, &stream, &event).await;
    }
    let ledger = listed::ledger(dir.path(), "enforcement", clock.clone()).await;
    let listed = replica(&lists).await;
    let service = Service::new(ledger.clone(), clock.clone());
    let app = App::open(service, listed, vault(dir.path()).await, dir.path().join("evidence"), [7; 32]).await.unwrap();
    let issuer = Issuer::open_or_create(&dir.path().join("issuer.pem")).unwrap();
    let shutdown = CancellationToken::new();
    let client = serve(app, &issuer, &shutdown).await;
    World { client, ledger, lists, dir, clock, issuer, ids: AtomicU64::new(1), shutdown }
}

/// The vault of a folder.
async fn vault(folder: &Path) -> Arc<Vault> {
    let key = LocalKey::from_file(&folder.join("vault.key")).unwrap();
    Arc::new(Vault::open(&Url::Sqlite(folder.to_owned()), Arc::new(key)).await.unwrap())
}

async fn replica(lists: &Ledger) -> lists::Replica {
    let feed = Arc::new(LedgerFeed::new("powerlist", lists.clone()));
    lists::Replica::open(feed, law::calendar::Notices::default()).await.unwrap()
}

async fn serve(app: App, issuer: &Issuer, shutdown: &CancellationToken) -> EnforcementClient<Channel> {
    let verifier = Arc::new(
        Verifier::start("230883".parse().unwrap(), Some(issuer), Issuers::default(), Revoked::nothing()).await.unwrap(),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(app.run(shutdown.clone()));
    let server = Grpc::new(Limits::default()).with(app.grpc());
    tokio::spawn(server.serve(listener, verifier, shutdown.clone().cancelled_owned()));
    EnforcementClient::new(Channel::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap())
}

/// Somebody with a token.
pub(super) fn person(role: Role, agency: Option<&str>, region: &str) -> Caller {
    Caller {
        subject: match role {
            Role::AgencyHead => listed::HEAD.to_owned(),
            other => format!("{}-{region}", other.word()),
        },
        name: role.word().to_owned(),
        agency: agency.map(|a| a.parse().unwrap()),
        region: region.parse().unwrap(),
        roles: [role].into(),
    }
}

pub(super) fn officer() -> Caller {
    person(Role::Officer, Some(BUREAU), "230883")
}

pub(super) fn head() -> Caller {
    person(Role::AgencyHead, Some(BUREAU), "230883")
}

pub(super) fn reviewer() -> Caller {
    person(Role::LegalReviewer, Some(BUREAU), "230883")
}

pub(super) fn stranger() -> Caller {
    person(Role::Officer, Some(OTHER), "230883")
}

impl World {
    /// A request with somebody's token.
    pub(super) fn by<T>(&self, who: &Caller, message: T) -> Request<T> {
        let token = self.issuer.issue(who, &SystemClock, 600).unwrap();
        let mut request = Request::new(message);
        request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        request
    }

    /// A frame of what is done at a moment, which is now then.
    fn meta(&self, mode: Mode, when: &str) -> Option<CommandMeta> {
        self.clock.set(moment(when));
        let n = self.ids.fetch_add(1, Ordering::Relaxed);
        let command_id = Uuid::from_u64_pair(7, n).to_string();
        Some(CommandMeta { command_id, at: Some(at(when)), mode: mode.into(), ..CommandMeta::default() })
    }

    /// A frame in handling mode.
    pub(super) fn now(&self, when: &str) -> Option<CommandMeta> {
        self.meta(Mode::Handling, when)
    }

    /// A frame in reporting mode.
    pub(super) fn told(&self, when: &str) -> Option<CommandMeta> {
        self.meta(Mode::Reporting, when)
    }

    /// A client of one's own, for calls at the same time.
    pub(super) fn client(&self) -> EnforcementClient<Channel> {
        self.client.clone()
    }

    /// A second process of the service on the same ledger, with a memory of its own.
    pub(super) async fn second(&self) -> EnforcementClient<Channel> {
        let service = Service::new(self.ledger.clone(), self.clock.clone());
        let (lists, vault) = (replica(&self.lists).await, vault(self.dir.path()).await);
        let app = App::open(service, lists, vault, self.dir.path().join("evidence-2"), [7; 32]).await.unwrap();
        serve(app, &self.issuer, &self.shutdown).await
    }

    /// Hands bytes in.
    pub(super) async fn put(&self, bytes: &'static [u8]) -> Result<PutObjectResponse, Status> {
        let parts = bytes.chunks(1000).enumerate().map(|(i, chunk)| PutObjectRequest {
            chunk: chunk.to_vec(),
            media_type: if i == 0 { "image/jpeg".into() } else { String::new() },
        });
        let parts: Vec<_> = parts.collect();
        let request = self.by(&officer(), tokio_stream::iter(parts));
        Ok(self.client().put_object(request).await?.into_inner())
    }

    /// A lawful filing.
    pub(super) fn filing(&self, case: u128) -> FileCaseRequest {
        FileCaseRequest {
            meta: self.now("2024-03-01T09:00"),
            case_id: Uuid::from_u128(case).to_string(),
            agency: BUREAU.into(),
            procedure: Procedure::Ordinary.into(),
            item_code: ITEM.into(),
            party: Some(Party {
                kind: PartyKind::LegalPerson.into(),
                name: "抚远市江鱼餐饮有限公司".into(),
                uscc: PARTY.into(),
                ..Party::default()
            }),
            violation: Some(Violation {
                fact: "未取得许可从事餐饮服务".into(),
                region: "230883".into(),
                place: "抚远市正阳路1号".into(),
                from: "2024-01-05".into(),
                until: "2024-02-28".into(),
                grave: false,
                discovered: "2024-02-28".into(),
            }),
            source: SourceKind::Inspection.into(),
            source_reference: String::new(),
            approved_by: listed::HEAD.into(),
            officers: vec!["A1".into(), "A2".into()],
            designation: String::new(),
            lead_id: String::new(),
        }
    }

    pub(super) async fn file(&self, case: u128) -> Recorded {
        let request = self.by(&officer(), self.filing(case));
        self.client().file_case(request).await.unwrap().into_inner()
    }

    /// Evidence that nothing is wrong with but what a test changes.
    pub(super) fn evidence(&self, case: u128, sha256: &str) -> CollectEvidenceRequest {
        CollectEvidenceRequest {
            meta: self.now("2024-03-02T10:00"),
            case_id: Uuid::from_u128(case).to_string(),
            evidence_id: Uuid::from_u128(100).to_string(),
            kind: EvidenceKind::SiteRecord.into(),
            title: "现场笔录".into(),
            source: "经营场所".into(),
            officers: vec!["A1".into(), "A2".into()],
            object: Some(ObjectRef { sha256: sha256.into(), media_type: "image/jpeg".into(), size_bytes: 0 }),
            device: None,
            certificate_shown: None,
        }
    }

    /// Everything that the ledger holds, as text.
    pub(super) async fn everything(&self) -> String {
        let records = self.ledger.log(0, 10_000).await.unwrap();
        records.iter().map(|r| r.bytes.to_string()).collect::<Vec<_>>().join("\n")
    }
}
