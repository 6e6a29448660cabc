//! Makes the tables, and makes them anew when this version folds differently.

use jiff::Timestamp;
use kernel::FeedError;
use law::calendar::Calendar;
use sha2::{Digest as _, Sha256};

use crate::{
    services::Services,
    store::{Columns, Engine, Table, Writer, record},
    views::{TABLES, VERSION, progress::OFFSETS},
};

record! {
    /// What the tables were made by.
    #[derive(PartialEq, Eq)]
    pub(crate) struct Made in MADE = "made", "Which version of the fold made the tables, by which statements, with which calendar and services." {
        version: i64, key;
        /// Digest of the statements: a table that changed while the version was not raised is made anew all the same.
        tables: String;
        /// Digest of the days and sources of every notice.
        calendar: String;
        /// Digest of what the fold asks the services for.
        services: String;
        late_after_working_days: u32;
        at: Timestamp;
    }
    indexes []
}

/// The views cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The tables were made by a newer version of this software.
    #[error("the views were folded by version {found} of the projection, newer than version {VERSION} of this program")]
    Newer {
        /// The version found.
        found: i64,
    },
    /// A ledger cannot be read: the notices of holidays, or its root.
    #[error("failed to read a ledger")]
    Ledger(#[from] FeedError),
    /// The database refused.
    #[error("failed to open the views' database")]
    Database(#[from] sqlx::Error),
}

/// All tables, those that say how far the views are included.
fn tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().copied().chain([&OFFSETS, &MADE])
}

/// Makes the tables unless they are there, as this version would make them.
pub(crate) async fn prepare(
    writer: &mut Writer,
    now: Timestamp,
    late_after: u32,
    services: &Services,
    calendar: &Calendar,
) -> Result<(), OpenError> {
    let statements = statements(writer.engine());
    let made = Made {
        version: VERSION,
        tables: hex::encode(Sha256::digest(&statements)),
        calendar: hex::encode(Sha256::digest(format!("{calendar:?}"))),
        services: services.digest(),
        late_after_working_days: late_after,
        at: now,
    };
    match version(writer).await? {
        Some(found) if found > VERSION => return Err(OpenError::Newer { found }),
        // The last day of a deadline depends on the calendar, a late record on the parameter, a count on the services.
        Some(VERSION) if found(writer).await?.is_some_and(|found| Made { at: now, ..found } == made) => return Ok(()),
        Some(_) => {
            tracing::info!("the views are folded anew: this version, its tables, its calendar or the services differ");
        }
        None => {}
    }
    Ok(remake(writer, &statements, &made).await?)
}

/// What makes all tables, empty.
fn statements(engine: Engine) -> String {
    let mut sql = String::new();
    for table in tables() {
        for statement in table.ddl(engine) {
            sql.push_str(&statement);
            sql.push_str(";\n");
        }
    }
    if engine == Engine::Postgres {
        sql.push_str(include_str!("schema/bi.sql"));
    }
    sql
}

/// What drops the tables that are there, those of other versions included.
async fn drops(writer: &mut Writer) -> Result<String, sqlx::Error> {
    let (there, cascade) = match writer.engine() {
        // An index of words goes with the tables that it is kept in, and before the table that it is of.
        Engine::Sqlite => (
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') \
             AND name NOT LIKE 'sqlite%' ORDER BY type DESC",
            "",
        ),
        Engine::Postgres => ("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()", " CASCADE"),
    };
    let rows = writer.all(there).await?;
    rows.iter().map(|row| Ok(format!("DROP TABLE {}{cascade};\n", row.text(0)?))).collect()
}

async fn remake(writer: &mut Writer, statements: &str, made: &Made) -> Result<(), sqlx::Error> {
    let drops = drops(writer).await?;
    writer.run(format!("BEGIN;\n{drops}{statements}COMMIT;")).await?;
    let mut first = crate::store::Batch::default();
    first.put(&MADE, made.row());
    first.statements(writer.engine())?.commit(writer).await
}

/// Makes the tables anew, for the same version and settings.
pub(crate) async fn empty(writer: &mut Writer) -> Result<(), OpenError> {
    let statements = statements(writer.engine());
    match found(writer).await? {
        Some(made) => Ok(remake(writer, &statements, &made).await?),
        None => Ok(()),
    }
}

/// The version that made the tables, if there are any.
async fn version(writer: &mut Writer) -> Result<Option<i64>, sqlx::Error> {
    let exists = match writer.engine() {
        Engine::Sqlite => "SELECT 1 FROM sqlite_schema WHERE name = 'made'",
        Engine::Postgres => {
            "SELECT 1::bigint FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'made'"
        }
    };
    if writer.all(exists).await?.is_empty() {
        return Ok(None);
    }
    let rows = writer.all("SELECT version FROM made ORDER BY version DESC LIMIT 1").await?;
    rows.first().map(|row| row.int(0)).transpose()
}

/// What tables of this version were made by.
async fn found(writer: &mut Writer) -> Result<Option<Made>, sqlx::Error> {
    let rows = writer.all("SELECT version, tables, calendar, services, late_after_working_days, at FROM made").await?;
    rows.first().map(|row| Made::read(&mut Columns::of(row))).transpose()
}
