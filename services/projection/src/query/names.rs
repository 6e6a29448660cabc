//! Names of matters, of what is on the lists, and of agencies, for lists that keep codes only.

use std::collections::{BTreeSet, HashMap};

use law::id::Uscc;

use super::{Queries, QueryError};
use crate::{store::Value, views::items::LISTS};

/// Names by stream and by agency code.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Name and id of each matter, by stream and source: its number, or what it is about where it has none.
    matters: HashMap<(String, String), (String, String)>,
    /// Names of what the lists hold, by stream.
    listed: HashMap<String, String>,
    agencies: HashMap<String, String>,
}

impl Names {
    /// Looks up the names of these streams (source, stream) and agencies.
    pub(super) async fn of<'a>(
        q: &Queries,
        streams: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> Result<Self, QueryError> {
        let (mut keys, mut agencies) = (BTreeSet::new(), BTreeSet::new());
        for (source, stream, agency) in streams {
            keys.insert((stream, source));
            agencies.insert(agency);
            agencies.extend(about_agency(stream));
        }
        let mut names = Self::default();
        let sql = format!(
            "SELECT stream, source, CASE WHEN number = '' THEN subject ELSE number END, id FROM matters WHERE (stream, source) IN {}",
            q.reader.pairs(1)
        );
        for row in q.reader.all(sql, vec![Value::json(&keys)]).await? {
            names.matters.insert((row.text(0)?, row.text(1)?), (row.text(2)?, row.text(3)?));
        }
        for (prefix, sql) in [
            ("item/", "SELECT item, name FROM item_drafts WHERE item IN"),
            ("item/", "SELECT item, name FROM item_versions WHERE item IN"),
            (
                "listing/",
                "SELECT list || '/' || agency || '/' || code, name FROM list_rows WHERE list || '/' || agency || '/' || code IN",
            ),
            ("officer/", "SELECT officer, name FROM officers WHERE officer IN"),
            ("plan/", "SELECT plan, document FROM plan_tasks WHERE plan IN"),
            ("agency/", "SELECT agency, name FROM agencies WHERE agency IN"),
        ] {
            let listed = keys.iter().filter(|(_, source)| *source == LISTS);
            let codes: Vec<&str> = listed.filter_map(|(stream, _)| stream.strip_prefix(prefix)).collect();
            for (code, name) in pairs(q, sql, &codes).await? {
                names.listed.insert(format!("{prefix}{code}"), name);
            }
        }
        let agencies: Vec<&str> = agencies.into_iter().filter(|code| !code.is_empty()).collect();
        names.agencies = pairs(q, "SELECT agency, name FROM agencies WHERE agency IN", &agencies).await?;
        Ok(names)
    }

    /// The names of agencies only.
    pub(super) async fn of_agencies<'a>(
        q: &Queries,
        codes: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, QueryError> {
        let agencies: Vec<_> = codes.into_iter().map(|code| ("", "", code)).collect();
        Self::of(q, agencies).await
    }

    /// What a stream is called, itself where it has no name; and the id of the case that it is, if it is one.
    pub(super) fn matter(&self, source: &str, stream: &str) -> (String, Option<String>) {
        if let Some((number, id)) = self.matters.get(&(stream.to_owned(), source.to_owned())) {
            return (number.clone(), Some(id.clone()));
        }
        let listed = self.listed.get(stream).filter(|_| source == LISTS);
        let agency = || about_agency(stream).and_then(|code| self.agencies.get(code));
        (listed.or_else(agency).map_or(stream, String::as_str).to_owned(), None)
    }

    /// The id under which an attempt is shown that nothing came of: neither a matter nor anything else that has a name.
    pub(super) fn attempted<'s>(&self, source: &str, stream: &'s str) -> Option<&'s str> {
        let (name, case) = self.matter(source, stream);
        stream.rsplit_once('/').map(|(_, id)| id).filter(|_| case.is_none() && name == stream)
    }

    /// The agency's name; its code where the name is not known.
    pub(super) fn agency(&self, code: &str) -> String {
        self.agencies.get(code).map_or(code, String::as_str).to_owned()
    }
}

/// The agency whose code a stream ends with: it holds what a service keeps of the agency itself.
fn about_agency(stream: &str) -> Option<&str> {
    stream.rsplit_once('/').map(|(_, code)| code).filter(|code| code.parse::<Uscc>().is_ok())
}

async fn pairs(q: &Queries, sql: &str, keys: &[&str]) -> Result<HashMap<String, String>, QueryError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = q.reader.all(format!("{sql} {}", q.reader.list(1)), vec![Value::json(keys)]).await?;
    let mut found = HashMap::new();
    for row in rows {
        found.insert(row.text(0)?, row.text(1)?);
    }
    Ok(found)
}
