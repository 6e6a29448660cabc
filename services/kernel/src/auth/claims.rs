//! What a token says, read as its issuer's settings tell.

use std::collections::BTreeSet;

use law::id::RegionCode;
use ledger::TEXT_BYTES_MAX;
use serde_json::{Map, Value};

use super::settings::Entry;
use crate::{
    identity::{Caller, Role},
    text::NAME,
};

/// The caller that verified claims stand for.
///
/// # Errors
/// What is missing, malformed or not for this issuer to say.
pub(super) fn caller(entry: &Entry, claims: &Map<String, Value>) -> Result<Caller, String> {
    let names = &entry.claims;
    let subject = text(claims, &names.subject)?.ok_or_else(|| format!("it has no {}", names.subject))?;
    // It stands in every record of what the caller does.
    if subject.len() > TEXT_BYTES_MAX || subject.contains(['"', '\\']) {
        return Err(format!("{} has a quote, a backslash or over {TEXT_BYTES_MAX} bytes", names.subject));
    }
    let agency = match text(claims, &names.agency)? {
        Some(agency) => Some(agency.parse().map_err(|e| format!("{}: {e}", names.agency))?),
        None => None,
    };
    let region: RegionCode = match (text(claims, &names.region)?, &entry.region) {
        (Some(region), _) => region.parse().map_err(|e| format!("{}: {e}", names.region))?,
        (None, Some(region)) => region.clone(),
        (None, None) => return Err(format!("it has no {}", names.region)),
    };
    if entry.region.as_ref().is_some_and(|within| !within.contains(&region)) {
        return Err(format!("its issuer does not speak for the region {region}"));
    }
    Ok(Caller {
        subject,
        name: text(claims, &names.name)?.unwrap_or_default(),
        agency,
        region,
        roles: roles(entry, find(claims, &names.roles))?,
    })
}

fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let Some(place) = name.strip_prefix('/') else { return claims.get(name) };
    let (first, rest) =
        place.split_once('/').map_or((place, String::new()), |(first, rest)| (first, format!("/{rest}")));
    claims.get(&first.replace("~1", "/").replace("~0", "~"))?.pointer(&rest)
}

/// A text, or none: an empty one says nothing.
fn text(claims: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match find(claims, name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            let text = NAME.read(text).map_err(|bad| format!("{name} {bad}"))?;
            Ok(Some(text).filter(|text| !text.is_empty()))
        }
        Some(_) => Err(format!("{name} is no text")),
    }
}

/// A list of words, or words in one text.
fn roles(entry: &Entry, claim: Option<&Value>) -> Result<BTreeSet<Role>, String> {
    let words: Vec<&str> = match claim {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) => text.split_whitespace().collect(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(_) => return Err(format!("{} is no list", entry.claims.roles)),
    };
    match &entry.roles {
        Some(meaning) => Ok(words.iter().filter_map(|word| meaning.get(*word)).flatten().copied().collect()),
        None => words.iter().map(|word| word.parse()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(more: &str) -> Entry {
        toml::from_str(&format!("issuer = \"x\"\n{more}")).unwrap()
    }

    fn read(entry: &Entry, claims: Value) -> Result<Caller, String> {
        caller(entry, claims.as_object().unwrap())
    }

    #[test]
    fn reads_claims_where_the_settings_say() {
        let entry = entry(
            r#"
            region = "230000"
            claims = { subject = "staff", agency = "/org/uscc", roles = "/access/fazhi~1roles", name = "cn" }
            roles = { clerk = ["officer"], chief = ["agency_head", "officer"] }
            "#,
        );
        let told = json!({
            "staff": "131001", "cn": "王", "org": {"uscc": "11230883MB01310199"}, "region": "230883",
            "access": {"fazhi/roles": ["chief", "offline_access"]},
        });
        let caller = read(&entry, told).unwrap();
        assert_eq!((caller.subject.as_str(), caller.name.as_str()), ("131001", "王"));
        assert_eq!(caller.agency.unwrap().as_str(), "11230883MB01310199");
        assert_eq!(caller.region.as_str(), "230883");
        assert_eq!(caller.roles, BTreeSet::from([Role::AgencyHead, Role::Officer]));
        let bare = read(&entry, json!({"staff": "7", "access": {"fazhi/roles": "clerk other"}})).unwrap();
        assert_eq!((bare.region.as_str(), bare.roles), ("230000", BTreeSet::from([Role::Officer])));
    }

    #[test]
    fn an_issuer_gives_no_role_and_no_region_that_it_was_not_given() {
        let entry = entry("region = \"230000\"\nroles = { clerk = [\"officer\"] }");
        let roles = |roles: Value| read(&entry, json!({"sub": "7", "roles": roles})).unwrap().roles;
        assert!(roles(json!(["service", "auditor"])).is_empty());
        assert!(read(&entry, json!({"sub": "7", "region": "310000"})).unwrap_err().contains("310000"));
    }

    #[test]
    fn says_what_is_wrong_with_the_claims() {
        let own = entry("");
        for (claims, word) in [
            (json!({"region": "230883"}), "sub"),
            (json!({"sub": " ", "region": "230883"}), "sub"),
            (json!({"sub": "7\u{202e}", "region": "230883"}), "U+202E"),
            (json!({"sub": "7", "name": "王\u{0}", "region": "230883"}), "name has U+0000"),
            (json!({"sub": "a\"b", "region": "230883"}), "sub"),
            (json!({"sub": "字".repeat(67), "region": "230883"}), "sub"),
            (json!({"sub": "7"}), "region"),
            (json!({"sub": "7", "region": "23"}), "region"),
            (json!({"sub": "7", "region": 230883}), "region"),
            (json!({"sub": "7", "region": "230883", "agency": "x"}), "agency"),
            (json!({"sub": "7", "region": "230883", "roles": ["king"]}), "king"),
            (json!({"sub": "7", "region": "230883", "roles": {}}), "roles"),
        ] {
            assert!(read(&own, claims.clone()).unwrap_err().contains(word), "{claims}");
        }
    }
}
