//! Names of matters and agencies for lists that keep codes only.

use std::collections::{BTreeSet, HashMap};

use super::{Queries, QueryError};
use crate::store::Value;

/// Names by stream and by agency code.
#[derive(Debug, Default)]
pub(super) struct Names {
    matters: HashMap<String, String>,
    agencies: HashMap<String, String>,
}

impl Names {
    /// Looks up the names of these matters and agencies.
    pub(super) async fn of<'a>(
        q: &Queries,
        matters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, QueryError> {
        let (mut streams, mut agencies) = (BTreeSet::new(), BTreeSet::new());
        for (stream, agency) in matters {
            streams.insert(stream);
            agencies.insert(agency);
        }
        let mut names = Self::default();
        let of_kind =
            |kind: &str| -> Vec<&str> { streams.iter().filter_map(|stream| stream.strip_prefix(kind)).collect() };
        let cases: Vec<&str> = streams.iter().copied().filter(|stream| stream.starts_with("case/")).collect();
        names.look_up(q, "", "SELECT stream, number FROM cases WHERE stream IN", &cases).await?;
        let items = of_kind("item/");
        names.look_up(q, "item/", "SELECT item, name FROM item_drafts WHERE item IN", &items).await?;
        names.look_up(q, "item/", "SELECT item, name FROM item_versions WHERE item IN", &items).await?;
        names
            .look_up(q, "officer/", "SELECT officer, name FROM officers WHERE officer IN", &of_kind("officer/"))
            .await?;
        names.look_up(q, "agency/", "SELECT agency, name FROM agencies WHERE agency IN", &of_kind("agency/")).await?;
        let agencies: Vec<&str> = agencies.into_iter().filter(|code| !code.is_empty()).collect();
        names.agencies = pairs(q, "SELECT agency, name FROM agencies WHERE agency IN", &agencies).await?;
        Ok(names)
    }

    async fn look_up(&mut self, q: &Queries, prefix: &str, sql: &str, keys: &[&str]) -> Result<(), QueryError> {
        for (key, name) in pairs(q, sql, keys).await? {
            self.matters.insert(format!("{prefix}{key}"), name);
        }
        Ok(())
    }

    /// What the matter is called; its stream where it has no name.
    pub(super) fn matter(&self, stream: &str) -> String {
        self.matters.get(stream).map_or(stream, String::as_str).to_owned()
    }

    /// The agency's name; its code where the name is not known.
    pub(super) fn agency(&self, code: &str) -> String {
        self.agencies.get(code).map_or(code, String::as_str).to_owned()
    }
}

async fn pairs(q: &Queries, sql: &str, keys: &[&str]) -> Result<HashMap<String, String>, QueryError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let list: Value = serde_json::to_string(keys).unwrap_or_default().into();
    let rows = q.reader.all(format!("{sql} {}", q.reader.list(1)), vec![list]).await?;
    let mut found = HashMap::new();
    for row in rows {
        found.insert(row.text(0)?, row.text(1)?);
    }
    Ok(found)
}
