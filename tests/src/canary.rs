//! Identities that no test may find anywhere but where they were put: each is handed out once in a process, and every suite is
//! searched for all of them before it is gone ([`Running::stop`](crate::suite::Running::stop)).
//!
//! Searched is what the suite keeps (every byte of its folder, every row of every table), what it logs and what it shows. The
//! vault keeps ciphertext, so nothing is left out.

use std::{
    collections::BTreeSet,
    io,
    path::Path,
    sync::{
        Arc, Mutex, Once, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use aho_corasick::AhoCorasick;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use tracing_subscriber::EnvFilter;

use crate::suite::Running;

/// Weights of an id number's digits (GB 11643), and the check characters.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// The first of characters that no text of a test holds.
const RARE: u32 = 0x3400;
/// How many of them there are.
const RARE_COUNT: u32 = 6_500;
/// What is logged while a test runs: all of ours, and what others say in earnest.
const LOGGED: &str = "info,kernel=debug,vault=debug,ledger=debug,fazhi=debug,enforcement=debug,complaints=debug,\
                      reconsideration=debug,disclosure=debug,projection=debug,lists=debug,powerlist=debug,bus=debug";

/// Pages looked at of one suite.
const PAGES_MAX: usize = 40;

/// What was handed out so far.
static GIVEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// The search for all of it, as long as nothing is added.
static SEARCH: Mutex<Option<(usize, Arc<AhoCorasick>)>> = Mutex::new(None);
/// What was found in the log.
static LOGGED_FINDS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Somebody whom only the vault may know. The family name stands in the record, behind it two stars.
#[derive(Clone, Debug)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// A valid id number.
    pub id_number: String,
    /// Telephone number.
    pub phone: String,
    /// Address.
    pub address: String,
}

/// Somebody of this family name whom nobody else is.
pub fn person(family: &str) -> Person {
    let n = serial();
    let given = rare(n);
    let person = Person {
        name: format!("{family}{given}"),
        id_number: id_number(n),
        phone: format!("1990007{n:04}"),
        address: words("抚远市沿江路"),
    };
    give(given);
    give(person.id_number.clone());
    give(person.phone.clone());
    person
}

/// Words that nobody else says.
pub fn words(said: &str) -> String {
    let unique = rare(serial());
    let text = format!("{said}{unique}");
    give(unique);
    text
}

fn serial() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    assert!(n < 10_000, "more identities than there are telephone numbers");
    n
}

/// Three characters that stand nowhere else together.
fn rare(n: u32) -> String {
    let at = |n: u32| char::from_u32(RARE + n % RARE_COUNT).expect("a character");
    [at(n), at(n / RARE_COUNT + 17), at(n.wrapping_mul(31) + 5)].iter().collect()
}

fn id_number(n: u32) -> String {
    let body = format!("23088319{:02}{:02}{:02}{:03}", 60 + n / 900 % 40, 1 + n % 12, 1 + n / 12 % 28, n % 1000);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(CHECKS[sum as usize % 11]))
}

fn give(secret: String) {
    GIVEN.lock().unwrap_or_else(PoisonError::into_inner).push(secret);
}

/// The forms in which something may be written down: as it is, in hexadecimal digits, escaped in JSON, and in an address.
fn forms(secret: &str) -> [String; 4] {
    let bytes = |by: fn(u8) -> String| secret.bytes().map(by).collect::<String>();
    let units = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    [secret.to_owned(), bytes(|b| format!("{b:02x}")), units, bytes(|b| format!("%{b:02x}"))]
}

fn search() -> Arc<AhoCorasick> {
    let given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut kept = SEARCH.lock().unwrap_or_else(PoisonError::into_inner);
    match &*kept {
        Some((count, search)) if *count == given.len() => search.clone(),
        _ => {
            let patterns: Vec<String> = given.iter().flat_map(|secret| forms(secret)).collect();
            let search = AhoCorasick::builder().ascii_case_insensitive(true).build(patterns).expect("a search");
            let search = Arc::new(search);
            *kept = Some((given.len(), search.clone()));
            search
        }
    }
}

/// What of all that was handed out stands in these bytes.
pub fn found_in(place: &str, bytes: &[u8]) -> Option<String> {
    let at = search().find(bytes)?;
    let around = &bytes[at.start().saturating_sub(60)..bytes.len().min(at.end() + 20)];
    Some(format!("{place}: …{}…", String::from_utf8_lossy(around)))
}

/// Whether anything of it stands in a file of a folder; freed pages and write-ahead logs included.
///
/// # Panics
/// When the folder cannot be read.
pub fn in_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(in_files(&path));
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.extend(found_in(&path.display().to_string(), &bytes));
        }
    }
    found
}

/// Whether anything of it stands in a row of a file of SQLite in a folder: a text may lie in two pages, and one that is cut in two
/// is not found by the file's bytes.
///
/// # Panics
/// When a file cannot be read.
pub async fn in_rows(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "sqlite") {
            continue;
        }
        let options = SqliteConnectOptions::new().filename(&path);
        let mut connection = SqliteConnection::connect_with(&options).await.expect("the database");
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut connection).await.expect("the tables");
        for table in tables {
            // Text as it is, bytes in hexadecimal digits.
            let row = "SELECT group_concat('quote(\"' || name || '\")', ' || ') FROM pragma_table_info($1)";
            let row: String = sqlx::query_scalar(row).bind(&table).fetch_one(&mut connection).await.expect("columns");
            let rows = AssertSqlSafe(format!("SELECT {row} FROM \"{table}\""));
            let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut connection).await.expect("the rows");
            let place = format!("{}: {table}", path.display());
            found.extend(rows.iter().filter_map(|row| found_in(&place, row.as_bytes())));
        }
        connection.close().await.expect("closed");
    }
    found
}

/// Whether anything of it stands in a row of a table of Postgres.
///
/// # Panics
/// When the database cannot be read.
pub async fn in_tables(url: &str) -> Vec<String> {
    const TABLES: &str = "SELECT table_schema || '.' || table_name FROM information_schema.tables \
                          WHERE table_schema LIKE 'fazhi%' AND table_type = 'BASE TABLE'";
    let mut connection = PgConnection::connect(url).await.expect("the database");
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut connection).await.expect("the tables");
    assert!(tables.len() > 20, "hardly any table: {tables:?}");
    let mut found = Vec::new();
    for table in tables {
        // Text as it is, bytes in hexadecimal digits.
        let rows = AssertSqlSafe(format!("SELECT t::text FROM {table} t"));
        let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&mut connection).await.expect("the rows");
        found.extend(rows.iter().filter_map(|row| found_in(&table, row.as_bytes())));
    }
    found
}

/// Whether anything of it stands in an event of a running suite, or on one of its pages.
pub async fn shown_by(running: &Running) -> Vec<String> {
    let mut found = Vec::new();
    for profile in fazhi::services::profiles() {
        let Some(ledger) = running.suite.ledger(profile.service) else { continue };
        let mut from = 0;
        // A suite whose database is gone for good keeps what lies there, which is searched later.
        while let Ok(page) = ledger.log(from, 1000).await
            && let Some(last) = page.last()
        {
            from = last.log_index + 1;
            found.extend(page.iter().filter_map(|record| found_in(profile.service, record.bytes.as_bytes())));
        }
    }
    let token = running.suite.supervisor_token().expect("a token");
    let mut links: Vec<String> = ["/", "/cases", "/findings", "/audit"].map(str::to_owned).into();
    let mut at = 0;
    // As somebody who looks around: what he sees first, and where that leads to.
    while at < links.len().min(PAGES_MAX) {
        if let Some(page) = running.look(&links[at], &token).await {
            found.extend(found_in(&links[at], page.as_bytes()));
            let next = page.split("href=\"/").skip(1).filter_map(|rest| rest.split(['"', '?', '#']).next());
            let next: BTreeSet<String> =
                next.map(|path| format!("/{path}")).filter(|path| !links.contains(path)).collect();
            links.extend(next);
        }
        at += 1;
    }
    found
}

/// Whether anything of it stood in a log line of this process so far.
pub fn logged() -> Vec<String> {
    LOGGED_FINDS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// From now on every log line of this process is searched.
pub fn watch_the_log() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let lines =
            tracing_subscriber::fmt().with_ansi(false).with_writer(|| Watch).with_env_filter(EnvFilter::new(LOGGED));
        lines.try_init().expect("nobody else takes the log");
    });
}

/// Searches what is written to it, and keeps nothing else.
struct Watch;

impl io::Write for Watch {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Some(found) = found_in("the log", line) {
            LOGGED_FINDS.lock().unwrap_or_else(PoisonError::into_inner).push(found);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
