//! Makes the tables, and makes them anew when this version folds differently.

use jiff::Timestamp;
use law::calendar::Calendar;

use crate::{
    store::{Columns, Engine, Table, Writer, record},
    views::{TABLES, VERSION, progress::OFFSETS},
};

record! {
    /// What the tables were made by.
    pub(crate) struct Made in MADE = "made", "Which version of the fold made the tables, and with which calendar." {
        version: i64, key;
        calendar: String;
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
    /// The database refused.
    #[error("failed to open the views' database")]
    Database(#[from] sqlx::Error),
}

/// All tables, those that say how far the views are included.
fn tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().copied().chain([&OFFSETS, &MADE])
}

/// Makes the tables unless they are there, as this version would make them.
pub(crate) async fn prepare(writer: &mut Writer, now: Timestamp, late_after: u32) -> Result<(), OpenError> {
    let found = found(writer).await?;
    let calendar = Calendar::china().years().map(|year| year.to_string()).collect::<Vec<_>>().join(",");
    match found {
        Some(made) if made.version > VERSION => return Err(OpenError::Newer { found: made.version }),
        // The last day of a deadline depends on the calendar, a late record on the parameter.
        Some(made)
            if made.version == VERSION && made.calendar == calendar && made.late_after_working_days == late_after =>
        {
            return Ok(());
        }
        Some(_) => tracing::info!("the views are folded anew: this version or its calendar differs"),
        None => {}
    }
    let made = Made { version: VERSION, calendar, late_after_working_days: late_after, at: now };
    Ok(remake(writer, &made).await?)
}

/// Drops all tables and makes them again, empty.
async fn remake(writer: &mut Writer, made: &Made) -> Result<(), sqlx::Error> {
    let engine = writer.engine();
    let mut sql = String::from("BEGIN;\n");
    for table in tables() {
        let cascade = if engine == Engine::Postgres { " CASCADE" } else { "" };
        sql.push_str(&format!("DROP TABLE IF EXISTS {}{cascade};\n", table.name));
        for statement in table.ddl(engine) {
            sql.push_str(&statement);
            sql.push_str(";\n");
        }
    }
    if engine == Engine::Postgres {
        sql.push_str(include_str!("schema/bi.sql"));
    }
    sql.push_str("COMMIT;");
    writer.run(sql).await?;
    let mut first = crate::store::Batch::default();
    first.put(&MADE, made.row());
    first.statements(writer.engine())?.commit(writer).await
}

async fn found(writer: &mut Writer) -> Result<Option<Made>, sqlx::Error> {
    let exists = match writer.engine() {
        Engine::Sqlite => "SELECT 1 FROM sqlite_schema WHERE name = 'made'",
        Engine::Postgres => {
            "SELECT 1::bigint FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'made'"
        }
    };
    if writer.all(exists).await?.is_empty() {
        return Ok(None);
    }
    let rows = writer
        .all("SELECT version, calendar, late_after_working_days, at FROM made ORDER BY version DESC LIMIT 1")
        .await?;
    rows.first().map(|row| Made::read(&mut Columns::of(row))).transpose()
}
