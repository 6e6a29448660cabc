//! A private, empty place for one vault, and ways to meddle with what is stored in it.

use std::path::Path;
use std::sync::Arc;

use ledger::Url;
use sqlx::{AssertSqlSafe, Connection as _};
use stories::{postgres, suite::Engine};
use tempfile::TempDir;
use uuid::Uuid;
use vault::{LocalKey, OpenError, Sealed, Unsealed, Vault};

pub(super) const KEY: &str = "0f0e0d0c0b0a09080706050403020100f0e0d0c0b0a090807060504030201000";
pub(super) const NEW_KEY: &str = "1f1e1d1c1b1a19181716151413121110f1e1d1c1b1a191817161514131211101";

pub(super) struct Place {
    pub(super) url: Url,
    folder: TempDir,
}

impl Place {
    pub(super) fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => Url::Sqlite(folder.path().to_owned()),
            Engine::Postgres | Engine::Apart => Url::Postgres(postgres::database()),
        };
        Self { url, folder }
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) async fn open(&self) -> Vault {
        self.try_open(KEY).await.unwrap()
    }

    pub(super) async fn try_open(&self, key: &str) -> Result<Vault, OpenError> {
        Vault::open(&self.url, Arc::new(LocalKey::from_hex(key).unwrap())).await
    }

    /// Runs SQL beside the vault, as somebody with the database's password could.
    pub(super) async fn sql(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.url {
            Url::Sqlite(folder) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("vault.sqlite"));
                let mut conn = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
                conn.close().await.unwrap();
            }
            Url::Postgres(url) => {
                let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                sqlx::raw_sql("SET search_path = fazhi_vault").execute(&mut conn).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
                conn.close().await.unwrap();
            }
        }
    }

    /// The bytes that a query of one column answers with, in the order it gives them.
    pub(super) async fn bytes(&self, sql: &str) -> Vec<Vec<u8>> {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.url {
            Url::Sqlite(folder) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("vault.sqlite"));
                let mut conn = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
                let rows = sqlx::query_scalar(sql).fetch_all(&mut conn).await.unwrap();
                conn.close().await.unwrap();
                rows
            }
            Url::Postgres(url) => {
                let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                sqlx::raw_sql("SET search_path = fazhi_vault").execute(&mut conn).await.unwrap();
                let rows = sqlx::query_scalar(sql).fetch_all(&mut conn).await.unwrap();
                conn.close().await.unwrap();
                rows
            }
        }
    }

    pub(super) async fn ciphertext(&self, sealed: &Sealed) -> Vec<u8> {
        let id = self.literal(sealed.id.as_bytes());
        self.bytes(&format!("SELECT ciphertext FROM entries WHERE id = {id}")).await.remove(0)
    }

    pub(super) async fn set_ciphertext(&self, sealed: &Sealed, ciphertext: &[u8]) {
        let (id, ciphertext) = (self.literal(sealed.id.as_bytes()), self.literal(ciphertext));
        self.sql(&format!("UPDATE entries SET ciphertext = {ciphertext} WHERE id = {id}")).await;
    }

    /// Bytes as this engine's SQL writes them.
    pub(super) fn literal(&self, bytes: &[u8]) -> String {
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        match self.url {
            Url::Sqlite(_) => format!("x'{hex}'"),
            Url::Postgres(_) => format!("'\\x{hex}'::bytea"),
        }
    }
}

/// A name sealed for a new person.
pub(super) async fn name(vault: &Vault, text: &str) -> Sealed {
    let command = Uuid::now_v7();
    let pseudonym = vault.pseudonym(command, "applicant");
    vault.seal(pseudonym, "name", command, text.as_bytes()).await.unwrap()
}

/// What a sealed text opens as; none if it was shredded.
pub(super) async fn opened(vault: &Vault, sealed: &Sealed) -> Option<String> {
    match vault.unseal(sealed).await.unwrap() {
        Unsealed::Plain(plain) => Some(String::from_utf8(plain.to_vec()).unwrap()),
        Unsealed::Shredded => None,
        Unsealed::Unknown => panic!("{sealed:?} is unknown"),
    }
}
