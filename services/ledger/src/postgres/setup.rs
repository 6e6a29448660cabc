//! Connections, settings, schema and role on Postgres.

use std::str::FromStr;
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, PgPool, Row as _};
use tokio::time::timeout;

use crate::{Clock as _, Config, OpenError, StoreError, SystemClock, found};

/// The schema version of this program; each one's changes are applied in order, inside one transaction.
const SCHEMAS: [&str; 2] = [include_str!("../../schema/postgres.sql"), include_str!("../../schema/postgres_2.sql")];
pub(crate) const SCHEMA_VERSION: i64 = SCHEMAS.len() as i64;

/// Settings without which an acknowledged append could be lost or a record changed, and what they may be.
const SETTINGS: [(&str, &[&str], &str); 4] = [
    ("fsync", &["on"], "on"),
    ("full_page_writes", &["on"], "on"),
    ("synchronous_commit", &["on", "remote_apply"], "on"),
    ("server_encoding", &["UTF8"], "UTF8"),
];

/// How long a read waits for a connection; while the database is away, this long for the answer that it is.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How far clocks may be apart. The order of events does not rest on them, the time that a record tells does; machines that are
/// kept in time are apart by milliseconds.
const SKEW_MAX: Duration = Duration::from_secs(5);

fn options(url: &str, service: &str) -> Result<PgConnectOptions, OpenError> {
    // The parser's own message could repeat the password.
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| OpenError::Setting("the database URL is not like postgres://user@host/database".to_owned()))?;
    Ok(options.application_name(&format!("fazhi-{service}")).disable_statement_logging())
}

/// Compares this machine's clock with the database's.
pub(crate) async fn check_clock(url: &str) -> Result<(), OpenError> {
    let options = options(url, "clock")?;
    let compare = async {
        let mut conn = PgConnection::connect_with(&options).await?;
        let asked = SystemClock.now();
        let row = sqlx::query("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)");
        let us: i64 = row.fetch_one(&mut conn).await?.try_get(0)?;
        let answered = SystemClock.now();
        conn.close().await?;
        Ok::<_, sqlx::Error>((asked.as_microsecond() - us, us - answered.as_microsecond()))
    };
    let late = |_| OpenError::Database(StoreError::Timeout(ACQUIRE_TIMEOUT.as_millis() as u64));
    // However long the answer took, the database's clock stood between the two readings of this one.
    let (ahead, behind) = timeout(ACQUIRE_TIMEOUT, compare).await.map_err(late)??;
    let (by, than) = if ahead > behind { (ahead, "ahead of") } else { (behind, "behind") };
    match u64::try_from(by).map(Duration::from_micros) {
        Ok(by) if by > SKEW_MAX => Err(OpenError::Skew { by: by.as_secs(), than, most: SKEW_MAX.as_secs() }),
        _ => Ok(()),
    }
}

/// How this process reaches its schema.
#[derive(Clone)]
pub(super) struct Access {
    options: PgConnectOptions,
    schema: String,
    /// Run on every new connection.
    session: String,
    timeout: Duration,
}

impl Access {
    pub(super) fn new(config: &Config, url: &str) -> Result<Self, OpenError> {
        let options = options(url, &config.service)?;
        let schema = format!("fazhi_{}", config.service);
        let ms = config.batch_timeout.as_millis();
        // Every query here is an index probe or an index range. A plan made while the tables were empty must stay one when
        // they have grown, hence no sequential scans and one generic plan. The timeouts free the lock of a stuck process.
        let session = format!(
            "SET search_path = {schema}; SET default_transaction_isolation = 'read committed'; SET enable_seqscan = off; SET enable_bitmapscan = off; SET jit = off; \
             SET plan_cache_mode = force_generic_plan; SET statement_timeout = {ms}; \
             SET idle_in_transaction_session_timeout = {ms};"
        );
        Ok(Self { options, schema, session, timeout: config.batch_timeout })
    }

    /// One lock per schema; advisory locks are per database already.
    pub(super) fn lock_key(&self) -> i64 {
        let digest: [u8; 32] = Sha256::digest(format!("fazhi ledger {}", self.schema)).into();
        digest.first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
    }

    /// Makes schema and role if they are missing, and looks at the settings.
    pub(super) async fn prepare(&mut self, config: &Config) -> Result<(), OpenError> {
        let mut conn = self.connect("").await?;
        check_settings(&mut conn).await?;
        self.migrate(&mut conn, config).await?;
        if self.role(&mut conn).await? {
            self.session = format!("{} SET ROLE {}_append;", self.session, self.schema);
        }
        conn.close().await?;
        Ok(())
    }

    /// Refuses a schema that is missing, newer or another service's.
    pub(super) async fn check_existing(&self, config: &Config) -> Result<(), OpenError> {
        let mut conn = self.connect("").await?;
        if self.check_version(&mut conn, config).await? == 0 {
            return Err(OpenError::Missing { ledger: self.schema.clone() });
        }
        conn.close().await?;
        Ok(())
    }

    pub(super) async fn connect_writer(&self) -> Result<PgConnection, OpenError> {
        let mut conn = self.connect(&self.session).await?;
        check_settings(&mut conn).await?;
        Ok(conn)
    }

    pub(super) async fn readers(&self, config: &Config) -> Result<PgPool, OpenError> {
        let session = self.session.clone();
        let pool = PgPoolOptions::new()
            .max_connections(config.readers_max)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_connect(move |conn, _| {
                let session = AssertSqlSafe(session.clone());
                Box::pin(async move { conn.execute(sqlx::raw_sql(session)).await.map(|_| ()) })
            });
        Ok(pool.connect_with(self.options.clone()).await?)
    }

    async fn connect(&self, session: &str) -> Result<PgConnection, OpenError> {
        let connect = async {
            let mut conn = PgConnection::connect_with(&self.options).await?;
            sqlx::raw_sql(AssertSqlSafe(session.to_owned())).execute(&mut conn).await?;
            Ok(conn)
        };
        let late = |_| OpenError::Database(StoreError::Timeout(self.timeout.as_millis() as u64));
        timeout(self.timeout, connect).await.map_err(late)?
    }

    async fn check_version(&self, conn: &mut PgConnection, config: &Config) -> Result<i64, OpenError> {
        let table = format!("{}.versions", self.schema);
        let exists = sqlx::query("SELECT 1 WHERE to_regclass($1) IS NOT NULL").bind(&table);
        if exists.fetch_optional(&mut *conn).await?.is_none() {
            return Ok(0);
        }
        let last = format!("SELECT version, source FROM {table} ORDER BY version DESC LIMIT 1");
        let Some(row) = sqlx::query(AssertSqlSafe(last)).fetch_optional(conn).await? else { return Ok(0) };
        found::check_version(row.try_get(0)?, row.try_get(1)?, SCHEMA_VERSION, config, &self.schema)
    }

    async fn migrate(&self, conn: &mut PgConnection, config: &Config) -> Result<(), OpenError> {
        let mut tx = conn.begin().await?;
        // Two processes may start at once.
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(self.lock_key()).execute(&mut *tx).await?;
        let done = self.check_version(&mut tx, config).await?;
        if done == 0 {
            let known = sqlx::query("SELECT 1 WHERE to_regnamespace($1) IS NOT NULL").bind(&self.schema);
            // Made beforehand by an administrator, perhaps, where this role may not make schemas.
            if known.fetch_optional(&mut *tx).await?.is_none() {
                run(&mut tx, format!("CREATE SCHEMA {}", self.schema)).await?;
            }
        }
        if done < SCHEMAS.len() as i64 {
            run(&mut tx, format!("SET LOCAL search_path = {}", self.schema)).await?;
        }
        if done == 0 {
            run(&mut tx, "CREATE TABLE versions (version bigint PRIMARY KEY, source text NOT NULL)".to_owned()).await?;
        }
        for (version, schema) in (1_i64..).zip(SCHEMAS).skip(done as usize) {
            sqlx::raw_sql(schema).execute(&mut *tx).await?;
            let insert = sqlx::query("INSERT INTO versions (version, source) VALUES ($1, $2)");
            insert.bind(version).bind(config.source()).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Sees to a role that can only read and insert; true if this process shall work under it.
    async fn role(&self, conn: &mut PgConnection) -> Result<bool, OpenError> {
        let mut tries = 0;
        loop {
            match self.try_role(conn).await {
                // Roles belong to the whole cluster, so a process on another database may be making the same one.
                Err(OpenError::Database(error)) if tries < 5 => {
                    tries += 1;
                    tracing::debug!(error = &error as &dyn std::error::Error, "making the role again");
                    tokio::time::sleep(Duration::from_millis(50 * tries)).await;
                }
                done => return done,
            }
        }
    }

    async fn try_role(&self, conn: &mut PgConnection) -> Result<bool, OpenError> {
        let (schema, role) = (&self.schema, format!("{}_append", self.schema));
        let events = format!("{schema}.events");
        let row = sqlx::query(
            "SELECT has_table_privilege($1, 'UPDATE, DELETE, TRUNCATE'), rolsuper OR rolcreaterole,
                EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $2)
             FROM pg_roles WHERE rolname = current_user",
        );
        let row = row.bind(&events).bind(&role).fetch_one(&mut *conn).await?;
        let (too_much, may_create, exists): (bool, bool, bool) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        if !too_much {
            return Ok(false);
        }
        if !exists && may_create {
            run(conn, format!("CREATE ROLE {role} NOLOGIN")).await?;
        } else if !exists {
            tracing::warn!(%schema, %role, "may not make the append-only role; only triggers protect the ledger");
            return Ok(false);
        }
        let granted = "SELECT has_table_privilege($1, $2, 'INSERT') AND has_table_privilege($1, $3, 'UPDATE'),
            pg_has_role($1, 'MEMBER')";
        let row = sqlx::query(granted).bind(&role).bind(&events).bind(format!("{schema}.leases"));
        let row = row.fetch_one(&mut *conn).await?;
        let (inserts, member): (bool, bool) = (row.try_get(0)?, row.try_get(1)?);
        if !inserts {
            let tables = format!("GRANT SELECT, INSERT ON {schema}.events, {schema}.heads TO {role}");
            let leases = format!("GRANT SELECT, INSERT, UPDATE ON {schema}.leases TO {role}");
            run(conn, format!("GRANT USAGE ON SCHEMA {schema} TO {role}; {tables}; {leases}")).await?;
        }
        if !member {
            if !may_create {
                tracing::warn!(%schema, %role, "not a member of the append-only role; only triggers protect the ledger");
                return Ok(false);
            }
            run(conn, format!("GRANT {role} TO CURRENT_USER")).await?;
        }
        Ok(true)
    }
}

async fn run(conn: &mut PgConnection, sql: String) -> Result<(), sqlx::Error> {
    // Only names that `Config::check` has let through go into these texts.
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await.map(|_| ())
}

/// Refuses settings under which an acknowledged append could be lost.
async fn check_settings(conn: &mut PgConnection) -> Result<(), OpenError> {
    for (setting, good, wanted) in SETTINGS {
        let found: String =
            sqlx::query_scalar("SELECT current_setting($1)").bind(setting).fetch_one(&mut *conn).await?;
        if !good.contains(&found.as_str()) {
            return Err(OpenError::Unsafe { setting, found, wanted });
        }
    }
    Ok(())
}
