//! The command line. Every option can also be set in the environment; a wrong one prints one line and exits 64.

use std::{
    ffi::OsString,
    io::{self, IsTerminal as _},
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
    process::ExitCode,
    str::FromStr,
};

use clap::{
    Args, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
    error::ErrorKind,
};
use complaints::Receiver;
use kernel::Role;
use law::id::{RegionCode, Uscc};
use powerlist::domain::content::NormLevel;

use crate::{events::Form, vault_key::Key};

/// Exit code for a wrong setting, EX_USAGE of sysexits.
const USAGE: u8 = 64;
/// Where a suite answers gRPC unless told otherwise.
const SERVER: &str = "http://127.0.0.1:50051";

#[derive(Debug, Parser)]
#[command(
    name = "fazhi",
    version,
    about = "Fazhi (法治): law-based government oversight, event by event",
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run every service in this process.
    Up(Up),
    /// Run one service in this process, on Postgres and NATS, beside the others in theirs.
    Serve(Serve),
    /// Make in Postgres what services may not make themselves, as the owner of their tables.
    Prepare(Prepare),
    /// Print a token of the development issuer in the data folder.
    Token(Token),
    /// Import lists (XLSX, XLS, ODS or CSV) into a running suite.
    Import(Import),
    /// Export lists of a running suite, in the form that is imported.
    Export(Export),
    /// Put a year's holiday notice on record, or list the years that are known.
    #[command(subcommand)]
    Calendar(Calendar),
    /// Put texts of statutes on record, or their repeal, or list them.
    #[command(subcommand)]
    Law(Law),
    /// Print every rule with its article, texts, plan clauses and tests.
    Rules(Rules),
    /// Print the events that a service has recorded, and those to come.
    Events(Events),
    /// Re-hash every stored event and every file of evidence, rebuild every tree and compare; hold the vault against the record.
    Verify(Verify),
    /// Copy ledgers, vault, evidence and keys as of one moment, while the suite runs, and prove the copy.
    Backup(Backup),
    /// Make a suite out of a copy, in a folder or on Postgres, where there is none.
    Restore(Restore),
    /// Keys of the vault, in which identities are sealed.
    #[command(subcommand)]
    Vault(Vault),
    /// A small authority for the certificates that processes show each other.
    #[command(subcommand)]
    Pki(Pki),
}

/// Where the data lies.
#[derive(Args, Clone, Debug)]
pub struct Store {
    /// Folder for keys, evidence and, without --database-url, for all data.
    #[arg(long, env = "FAZHI_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Postgres to keep ledgers and views in, postgres://user:password@host/database.
    #[arg(long, env = "FAZHI_DATABASE_URL", value_name = "URL", hide_env_values = true, value_parser = postgres_url)]
    pub database_url: Option<String>,
    /// Region this suite serves: its GB/T 2260 code.
    #[arg(long, env = "FAZHI_REGION", default_value = "230883", value_name = "CODE")]
    pub region: RegionCode,
}

/// Options of `fazhi up`.
#[derive(Args, Clone, Debug)]
pub struct Up {
    /// Where the data lies.
    #[command(flatten)]
    pub store: Store,
    /// Address for pages; port 0 takes a free one.
    #[arg(long, env = "FAZHI_HTTP", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub http: SocketAddr,
    /// Address for gRPC; port 0 takes a free one.
    #[arg(long, env = "FAZHI_GRPC", default_value = "127.0.0.1:50051", value_name = "ADDR")]
    pub grpc: SocketAddr,
    /// Folder with ca.pem, cert.pem and key.pem: gRPC over TLS, for clients with a certificate of the same authority.
    #[arg(long, env = "FAZHI_TLS", value_name = "DIR")]
    pub tls: Option<PathBuf>,
    /// File of issuers whose tokens are accepted, beside the own issuer's (docs/identity.md).
    #[arg(long, env = "FAZHI_ISSUERS", value_name = "FILE")]
    pub issuers: Option<PathBuf>,
    /// Address of the pages as people's browsers have it; https:// where they are behind a proxy with TLS.
    #[arg(long, env = "FAZHI_PAGES_URL", value_name = "URL", value_parser = http_url)]
    pub pages_url: Option<String>,
    /// Who may bring what without a token.
    #[command(flatten)]
    pub visitors: Visitors,
    /// Fill an empty suite with a county's lists and a year of invented cases, on a clock of its own.
    #[arg(long, env = "FAZHI_DEMO")]
    pub demo: bool,
    /// How many cases the demonstration year has.
    #[arg(long, env = "FAZHI_DEMO_CASES", default_value_t = 2200, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub demo_cases: u32,
    /// Key-encryption key of the vault, 64 hexadecimal digits, instead of the data folder's vault.key; better set in the
    /// environment, where no list of processes shows it.
    #[arg(long, env = "FAZHI_VAULT_KEY", value_name = "HEX", hide_env_values = true)]
    pub vault_key: Option<Key>,
    /// Key under which citizens' id numbers are digested, 64 hexadecimal digits, instead of the data folder's digest.key.
    #[arg(long, env = "FAZHI_DIGEST_KEY", value_name = "HEX", hide_env_values = true)]
    pub digest_key: Option<Key>,
    /// What is told of what happens.
    #[command(flatten)]
    pub telling: Telling,
}

/// Options of `fazhi serve`.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// What to serve: powerlist, enforcement, disclosure, complaints, reconsideration, or projection for views and pages.
    #[arg(value_name = "SERVICE")]
    pub service: String,
    /// Where the data lies: Postgres is needed.
    #[command(flatten)]
    pub store: Store,
    /// Address for gRPC; port 0 takes a free one.
    #[arg(long, env = "FAZHI_GRPC", default_value = "127.0.0.1:50051", value_name = "ADDR")]
    pub grpc: SocketAddr,
    /// Address for pages, of projection only; port 0 takes a free one.
    #[arg(long, env = "FAZHI_HTTP", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub http: SocketAddr,
    /// Where another service answers gRPC; several with commas.
    #[arg(long = "peer", env = "FAZHI_PEERS", value_delimiter = ',', value_name = "SERVICE=URL")]
    pub peers: Vec<PeerAt>,
    /// Folder with ca.pem, cert.pem and key.pem: gRPC over TLS, for clients with a certificate of the same authority, and
    /// what is shown to https:// peers and tls:// NATS servers.
    #[arg(long, env = "FAZHI_TLS", value_name = "DIR")]
    pub tls: Option<PathBuf>,
    /// File of issuers whose tokens are accepted (docs/identity.md).
    #[arg(long, env = "FAZHI_ISSUERS", value_name = "FILE")]
    pub issuers: Option<PathBuf>,
    /// File with the token, of role service, that is shown to the other services; it is read again when it changes. Without
    /// one, the data folder's own issuer signs it, and its tokens are accepted here.
    #[arg(long, env = "FAZHI_PEER_TOKEN_FILE", requires = "issuers", value_name = "FILE")]
    pub peer_token_file: Option<PathBuf>,
    /// Address of the pages, of projection only, as people's browsers have it.
    #[arg(long, env = "FAZHI_PAGES_URL", value_name = "URL", value_parser = http_url)]
    pub pages_url: Option<String>,
    /// How events travel.
    #[command(flatten)]
    pub nats: Nats,
    /// Who may bring what without a token.
    #[command(flatten)]
    pub visitors: Visitors,
    /// Key-encryption key of the vault, as for `fazhi up`; the same for all services.
    #[arg(long, env = "FAZHI_VAULT_KEY", value_name = "HEX", hide_env_values = true)]
    pub vault_key: Option<Key>,
    /// Key under which citizens' id numbers are digested, 64 hexadecimal digits, instead of the data folder's digest.key; the
    /// same for all services, or they do not know a citizen again.
    #[arg(long, env = "FAZHI_DIGEST_KEY", value_name = "HEX", hide_env_values = true)]
    pub digest_key: Option<Key>,
    /// What is told of what happens.
    #[command(flatten)]
    pub telling: Telling,
}

/// Options of `fazhi prepare`.
#[derive(Args, Clone, Debug)]
pub struct Prepare {
    /// Where the data shall lie.
    #[command(flatten)]
    pub store: Store,
    /// Key-encryption key of the vault, 64 hexadecimal digits, the same for all services.
    #[arg(long, env = "FAZHI_VAULT_KEY", value_name = "HEX", hide_env_values = true)]
    pub vault_key: Key,
}

/// Where another service answers.
#[derive(Clone, Debug)]
pub struct PeerAt {
    /// The service.
    pub service: String,
    /// Its address, http://host:port.
    pub url: String,
}

impl FromStr for PeerAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} is not like powerlist=http://host:50051");
        let (service, url) = text.split_once('=').ok_or_else(wrong)?;
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(wrong());
        }
        Ok(Self { service: service.to_owned(), url: url.to_owned() })
    }
}

/// The NATS servers.
#[derive(Args, Clone, Debug)]
pub struct Nats {
    /// NATS servers, nats://host:port, with commas between.
    #[arg(long = "nats", env = "FAZHI_NATS", default_value = "nats://127.0.0.1:4222", value_name = "URLS")]
    pub servers: String,
    /// User at NATS.
    #[arg(long = "nats-user", env = "FAZHI_NATS_USER", requires = "password", value_name = "NAME")]
    pub user: Option<String>,
    /// Password at NATS; better set in the environment.
    #[arg(
        id = "password",
        long = "nats-password",
        env = "FAZHI_NATS_PASSWORD",
        hide_env_values = true,
        value_name = "TEXT"
    )]
    pub password: Option<String>,
    /// Copies of a stream that a NATS cluster keeps.
    #[arg(long = "nats-replicas", env = "FAZHI_NATS_REPLICAS", default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub replicas: u8,
}

/// What is told of what happens.
#[derive(Args, Clone, Debug)]
pub struct Telling {
    /// Log filter, e.g. info or kernel=debug.
    #[arg(long, env = "FAZHI_LOG", default_value = "warn", value_name = "FILTER")]
    pub log: String,
    /// Log as JSON lines.
    #[arg(long, env = "FAZHI_LOG_JSON")]
    pub log_json: bool,
    /// OTLP collector for traces, figures and logs, e.g. http://127.0.0.1:4317.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_name = "URL", value_parser = http_url)]
    pub otlp: Option<String>,
    /// Address where Prometheus reads figures, at /metrics, without a token: they count, and name nobody. None if absent.
    #[arg(long, env = "FAZHI_METRICS", value_name = "ADDR")]
    pub metrics: Option<SocketAddr>,
}

/// People without a token.
#[derive(Args, Clone, Debug)]
pub struct Visitors {
    /// Organ that receives what people bring over the web, for a region and below; several with commas.
    #[arg(long = "receiver", env = "FAZHI_RECEIVERS", value_delimiter = ',', value_name = "REGION=USCC")]
    pub receivers: Vec<Receiver>,
    /// Reverse proxy that is believed in X-Forwarded-For who calls; several with commas.
    #[arg(long = "proxy", env = "FAZHI_PROXIES", value_delimiter = ',', value_name = "IP")]
    pub proxies: Vec<IpAddr>,
    /// Forms and calls a minute of one visitor without a token.
    #[arg(long, env = "FAZHI_PUBLIC_PER_CLIENT", default_value = "30", value_name = "N")]
    pub public_per_client: NonZeroU32,
    /// Forms and calls a minute of all visitors without a token.
    #[arg(long, env = "FAZHI_PUBLIC_IN_TOTAL", default_value = "600", value_name = "N")]
    pub public_in_total: NonZeroU32,
}

/// Options of `fazhi token`.
#[derive(Args, Clone, Debug)]
pub struct Token {
    /// Data folder that holds the issuer's key.
    #[arg(long, env = "FAZHI_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Role; may be given several times.
    #[arg(long = "role", required = true, value_name = "ROLE", value_parser = role())]
    pub roles: Vec<Role>,
    /// Agency the subject belongs to (unified social credit code).
    #[arg(long, value_name = "USCC")]
    pub agency: Option<Uscc>,
    /// Region whose subtree the subject acts in.
    #[arg(long, env = "FAZHI_REGION", default_value = "230883", value_name = "CODE")]
    pub region: RegionCode,
    /// Subject: an officer's code or an account.
    #[arg(long, default_value = "developer", value_name = "NAME")]
    pub subject: String,
    /// Hours the token is valid.
    #[arg(long, default_value_t = 12, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=8784))]
    pub hours: u32,
}

/// A running suite.
#[derive(Args, Clone, Debug)]
pub struct Remote {
    /// Running suite.
    #[arg(long, env = "FAZHI_SERVER", default_value = SERVER, value_name = "URL")]
    pub server: String,
    /// Folder with ca.pem, cert.pem and key.pem, for an https:// server.
    #[arg(long, env = "FAZHI_TLS", value_name = "DIR")]
    pub tls: Option<PathBuf>,
}

/// Options of `fazhi import`.
#[derive(Args, Clone, Debug)]
pub struct Import {
    /// Running suite.
    #[command(flatten)]
    pub remote: Remote,
    /// Token with the roles list_editor, list_approver and legal_reviewer.
    #[arg(long, env = "FAZHI_TOKEN", hide_env_values = true)]
    pub token: String,
    /// Officer code of the legal reviewer who answers for the list.
    #[arg(long, value_name = "CODE")]
    pub reviewer: String,
    /// What the reviewer says of the items, in the reviewer's own words; needed where items change.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub opinion: String,
    /// Document on whose ground the list is made or changed.
    #[arg(long, value_name = "TEXT")]
    pub document: String,
    /// First day in force; today if absent.
    #[arg(long, value_name = "DAY")]
    pub effective: Option<jiff::civil::Date>,
    /// Only check the files and show what would change; change nothing.
    #[arg(long)]
    pub check: bool,
    /// Head of a file and the column that it stands for; without a column it is left out. Kept for the agency's next files.
    #[arg(long = "column", value_name = "HEAD=COLUMN", value_parser = pair)]
    pub columns: Vec<(String, String)>,
    /// What stands in a column that the files do not have, as 执法领域=食品.
    #[arg(long = "value", value_name = "COLUMN=TEXT", value_parser = pair)]
    pub values: Vec<(String, String)>,
    /// The items and rows are all that their agencies have in these lists: cancel those in force that are not among them.
    #[arg(long)]
    pub complete: bool,
    /// Where to write a workbook with every fault marked on its cell, if there are faults.
    #[arg(long, value_name = "FILE")]
    pub marked: Option<PathBuf>,
    /// Files: .xlsx, .xlsm, .xls, .ods or .csv.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Options of `fazhi export`.
#[derive(Args, Clone, Debug)]
pub struct Export {
    /// Running suite.
    #[command(flatten)]
    pub remote: Remote,
    /// Token; without one, what anybody may see.
    #[arg(long, env = "FAZHI_TOKEN", hide_env_values = true, default_value = "")]
    pub token: String,
    /// Lists to write; all of them if absent.
    #[arg(long = "list", value_name = "LIST")]
    pub lists: Vec<List>,
    /// Write workbooks instead of CSV.
    #[arg(long)]
    pub xlsx: bool,
    /// Day as of which; today if absent.
    #[arg(long, value_name = "DAY")]
    pub day: Option<jiff::civil::Date>,
    /// Only what belongs to this agency.
    #[arg(long, value_name = "CODE")]
    pub agency: Option<String>,
    /// Folder for the files; it is made if it is not there.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// A list that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum List {
    /// 行政区划.
    Regions,
    /// 参数.
    Parameters,
    /// 执法主体.
    Agencies,
    /// 执法人员.
    Officers,
    /// 任职.
    Offices,
    /// 权力和责任清单.
    Items,
    /// 行政处罚裁量基准.
    Standards,
    /// 行政事业性收费.
    Fees,
    /// 方案任务.
    PlanTasks,
    /// 责任清单.
    Responsibilities,
    /// 行政许可事项清单.
    Licences,
    /// 涉企经营许可事项清单.
    BusinessLicences,
    /// 证明事项清单.
    Proofs,
    /// 公共服务事项清单.
    PublicServices,
    /// 行政审批中介服务清单.
    Intermediaries,
    /// 行政事业性收费和政府性基金目录.
    Charges,
    /// 市场准入负面清单.
    MarketAccess,
    /// 随机抽查事项清单.
    RandomChecks,
    /// 包容免罚清单.
    NoPenalty,
    /// 不予行政强制清单.
    NoCompulsion,
    /// 行政规范性文件制定主体清单.
    DocumentMakers,
    /// 年度重大行政决策事项目录.
    MajorDecisions,
}

/// A name and what it stands for.
fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("must have the form NAME=TEXT")?;
    match name.trim() {
        "" => Err("must have a name before the =".to_owned()),
        name => Ok((name.to_owned(), value.trim().to_owned())),
    }
}

/// What `fazhi calendar` does.
#[derive(Debug, Subcommand)]
pub enum Calendar {
    /// Put the notice of a year on record, or one that amends a year: a TOML file as in the data folder's calendar/.
    Import {
        /// Running suite.
        #[command(flatten)]
        remote: Remote,
        /// Token with the role list_approver.
        #[arg(long, env = "FAZHI_TOKEN", hide_env_values = true)]
        token: String,
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List the years whose working days are known, with their notices.
    List {
        /// Running suite.
        #[command(flatten)]
        remote: Remote,
    },
}

/// What `fazhi law` does.
#[derive(Debug, Subcommand)]
pub enum Law {
    /// Put texts of statutes on record, a version each: Markdown or plain text (UTF-8).
    Import(LawImport),
    /// Put on record that a statute was repealed.
    Repeal {
        /// Running suite.
        #[command(flatten)]
        remote: Remote,
        /// Token with the role list_approver.
        #[arg(long, env = "FAZHI_TOKEN", hide_env_values = true)]
        token: String,
        /// First day without it.
        #[arg(long, value_name = "DAY")]
        on: jiff::civil::Date,
        /// Title and number of the document that ends it.
        #[arg(long, value_name = "TEXT")]
        document: String,
        /// Its title.
        #[arg(value_name = "TITLE")]
        title: String,
    },
    /// List the statutes on record with their versions.
    List {
        /// Running suite.
        #[command(flatten)]
        remote: Remote,
    },
}

/// Options of `fazhi law import`.
#[derive(Args, Clone, Debug)]
pub struct LawImport {
    /// Running suite.
    #[command(flatten)]
    pub remote: Remote,
    /// Token with the role list_approver.
    #[arg(long, env = "FAZHI_TOKEN", hide_env_values = true)]
    pub token: String,
    /// Level of those statutes whose heads do not tell it: law, department_rule, 部门规章 and so on. Each is named.
    #[arg(long, value_name = "LEVEL", value_parser = norm_level)]
    pub level: Option<NormLevel>,
    /// Who made those whose heads do not tell it. Each is named.
    #[arg(long, value_name = "NAME")]
    pub issuer: Option<String>,
    /// First day on which those versions are in force whose texts do not tell it. Each is named.
    #[arg(long, value_name = "DAY")]
    pub in_force_from: Option<jiff::civil::Date>,
    /// Only check the files; change nothing.
    #[arg(long)]
    pub check: bool,
    /// Files (.md or .txt), or folders of them.
    #[arg(required = true, value_name = "DIR|FILE")]
    pub paths: Vec<PathBuf>,
}

fn norm_level(word: &str) -> Result<NormLevel, String> {
    let level = NormLevel::ALL.iter().copied().find(|level| level.id() == word || level.zh() == word);
    level.ok_or_else(|| {
        let all = NormLevel::ALL.iter().map(|level| format!("{} {}", level.id(), level.zh())).collect::<Vec<_>>();
        format!("there is {}", all.join(", "))
    })
}

/// Options of `fazhi rules`.
#[derive(Args, Clone, Copy, Debug)]
#[group(multiple = false)]
pub struct Rules {
    /// As JSON.
    #[arg(long)]
    pub json: bool,
    /// As a Markdown table.
    #[arg(long)]
    pub markdown: bool,
}

/// Options of `fazhi events`.
#[derive(Args, Clone, Debug)]
pub struct Events {
    /// Running suite, or the service itself.
    #[command(flatten)]
    pub remote: Remote,
    /// Token of whoever reads: supervisor and auditor read their region, staff their own agency.
    #[arg(long, env = "FAZHI_TOKEN", hide_env_values = true)]
    pub token: String,
    /// Service whose events are read.
    #[arg(long, default_value = "enforcement", value_name = "NAME")]
    pub service: String,
    /// First log index.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub from: u64,
    /// Log index to end before; the end of the log if absent.
    #[arg(long, value_name = "N", conflicts_with = "follow")]
    pub to: Option<u64>,
    /// Go on with the events to come.
    #[arg(long)]
    pub follow: bool,
    /// Stored type, e.g. enforcement.case.CaseFiled.v1, or all that begin so: enforcement.case.*; may be given several times.
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    /// Agency that acted (unified social credit code).
    #[arg(long, value_name = "USCC")]
    pub agency: Option<Uscc>,
    /// Region with all below it.
    #[arg(long, value_name = "CODE")]
    pub region: Option<RegionCode>,
    /// Id of a matter.
    #[arg(long, value_name = "ID")]
    pub matter: Option<String>,
    /// Ask for a proof with each event that it is part of the log, and check it.
    #[arg(long, conflicts_with = "follow")]
    pub proven: bool,
    /// Print the records as they are, a line each.
    #[arg(long, conflicts_with = "table")]
    pub json: bool,
    /// Print a line of what each is about; so on a terminal.
    #[arg(long)]
    pub table: bool,
}

impl Events {
    /// As a table for a person, as records for a program.
    pub(crate) fn form(&self) -> Form {
        match self.table || (!self.json && io::stdout().is_terminal()) {
            true => Form::Table,
            false => Form::Json,
        }
    }
}

/// Options of `fazhi verify`.
#[derive(Args, Clone, Debug)]
pub struct Verify {
    /// Where the data lies.
    #[command(flatten)]
    pub store: Store,
}

/// Options of `fazhi backup`.
#[derive(Args, Clone, Debug)]
pub struct Backup {
    /// Where the data lies.
    #[command(flatten)]
    pub store: Store,
    /// Key-encryption key of the vault, 64 hexadecimal digits, if it is not in the data folder: to try whether the vault opens.
    #[arg(long, env = "FAZHI_VAULT_KEY", value_name = "HEX", hide_env_values = true)]
    pub vault_key: Option<Key>,
    /// Folder to make for the keys, instead of the folder keys in the copy: whoever has both reads every sealed identity.
    #[arg(long, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Folder to make.
    #[arg(value_name = "COPY")]
    pub to: PathBuf,
}

/// Options of `fazhi restore`.
#[derive(Args, Clone, Debug)]
pub struct Restore {
    /// Folder for keys, evidence and, without --database-url, for all data; what lies there is not written over.
    #[arg(long, env = "FAZHI_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Postgres to put ledgers and vault into, postgres://user:password@host/database.
    #[arg(long, env = "FAZHI_DATABASE_URL", value_name = "URL", hide_env_values = true, value_parser = postgres_url)]
    pub database_url: Option<String>,
    /// Folder of the keys, if they are kept apart from the copy.
    #[arg(long, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Folder that `fazhi backup` made.
    #[arg(value_name = "COPY")]
    pub from: PathBuf,
}

/// What `fazhi vault` does.
#[derive(Debug, Subcommand)]
pub enum Vault {
    /// Put the vault under a new key-encryption key, while no suite runs on it.
    Rewrap(Rewrap),
}

/// Options of `fazhi vault rewrap`.
#[derive(Args, Clone, Debug)]
pub struct Rewrap {
    /// Where the data lies.
    #[command(flatten)]
    pub store: Store,
    /// Key that the vault is under, 64 hexadecimal digits, instead of the data folder's vault.key.
    #[arg(long, env = "FAZHI_VAULT_KEY", value_name = "HEX", hide_env_values = true)]
    pub vault_key: Option<Key>,
    /// Draw a new key and put it into the data folder's vault.key.
    #[arg(long, required_unless_present = "new_key")]
    pub new_key_file: bool,
    /// The new key, 64 hexadecimal digits, kept elsewhere; from then on it is the setting --vault-key.
    #[arg(
        long,
        env = "FAZHI_VAULT_NEW_KEY",
        value_name = "HEX",
        hide_env_values = true,
        conflicts_with = "new_key_file"
    )]
    pub new_key: Option<Key>,
}

/// What `fazhi pki` does.
#[derive(Debug, Subcommand)]
pub enum Pki {
    /// Make an authority: ca.pem, and ca.key.pem, which only its owner may read.
    Init {
        /// Folder of the authority.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Issue a certificate, or renew one: ca.pem, cert.pem and key.pem, as --tls wants them.
    Issue(Issue),
    /// Make a new authority beside the one before.
    Rotate {
        /// Folder of the authority.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// End the authority before the newest.
    Retire {
        /// Folder of the authority.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Options of `fazhi pki issue`.
#[derive(Args, Clone, Debug)]
pub struct Issue {
    /// Folder of the authority.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Name of the process or the machine, under which others reach it.
    pub name: String,
    /// Another name it is reached under; may be given several times.
    #[arg(long, value_name = "NAME")]
    pub dns: Vec<String>,
    /// Address it is reached under; may be given several times. Its own machine's are always in.
    #[arg(long = "ip", value_name = "IP")]
    pub ips: Vec<IpAddr>,
    /// Folder to put the files into; what lies there is replaced.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Days it is valid.
    #[arg(long, default_value_t = 90, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=825))]
    pub days: u16,
}

/// The command line ends here: help was asked for, or a setting is wrong.
#[derive(Debug)]
pub struct Stop(clap::Error);

impl Stop {
    /// Prints help in full, a wrong setting on one line.
    pub fn exit(self) -> ExitCode {
        match self.0.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                let _ = self.0.print();
                if self.0.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
            }
            _ => {
                eprintln!("fazhi: {}", self.line());
                ExitCode::from(USAGE)
            }
        }
    }

    fn line(&self) -> String {
        let text = self.0.render().to_string();
        let first = text.split("\n\nUsage:").next().unwrap_or(&text).split("\n\nFor more").next().unwrap_or(&text);
        first.trim_start_matches("error: ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Reads the command line and the environment.
///
/// # Errors
/// [`Stop`] when help was asked for or a setting is wrong.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, Stop> {
    Cli::try_parse_from(args).map(|cli| cli.command).map_err(Stop)
}

fn postgres_url(text: &str) -> Result<String, String> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Ok(text.to_owned())
    } else {
        Err("must begin with postgres://".to_owned())
    }
}

/// The roles, so that whoever mistypes one is told them all.
fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::word)).try_map(|word| word.parse::<Role>())
}

fn http_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(host) if !host.trim_end_matches('/').is_empty() && !host.contains(['?', '#', ' ']) => Ok(text.to_owned()),
        _ => Err("must be an address like https://fazhi.example.cn or http://127.0.0.1:4317".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stop(args: &[&str]) -> String {
        let args = ["fazhi"].iter().chain(args).map(OsString::from);
        parse(args).expect_err("should be refused").line()
    }

    #[test]
    fn a_wrong_setting_is_one_line_that_names_it() {
        for (args, name) in [
            (&["up", "--http", "nowhere"][..], "--http"),
            (&["up", "--region", "12"], "--region"),
            (&["up", "--database-url", "mysql://x"], "--database-url"),
            (&["up", "--receiver", "230883"], "--receiver"),
            (&["up", "--proxy", "proxy.example"], "--proxy"),
            (&["up", "--public-per-client", "0"], "--public-per-client"),
            (&["prepare"], "--vault-key"),
            (&["up", "--otlp", "collector:4317"], "--otlp"),
            (&["serve", "powerlist", "--metrics", "9464"], "--metrics"),
            (&["serve", "powerlist", "--peer-token-file", "x"], "--issuers"),
            (&["serve", "powerlist", "--peer", "enforcement"], "--peer"),
            (&["token", "--role", "king"], "--role"),
            (&["token"], "--role"),
            (&["rules", "--json", "--markdown"], "--json"),
            (&["up", "--vault-key", "abc"], "--vault-key"),
            (&["up", "--pages-url", "fazhi.example.cn"], "--pages-url"),
            (&["vault", "rewrap"], "--new-key-file"),
            (&["pki", "issue", "ca", "enforcement", "--out", "x", "--days", "0"], "--days"),
            (&["pki", "issue", "ca", "enforcement", "--out", "x", "--ip", "here"], "--ip"),
        ] {
            let line = stop(args);
            assert!(line.contains(name) && !line.contains('\n'), "{line}");
        }
    }
}
