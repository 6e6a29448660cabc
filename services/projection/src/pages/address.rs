//! Addresses: a filter is kept in the query, so that a page can be sent to somebody else and opened again.

use std::fmt::Write as _;

use kernel::text::NAME;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::model::{Link, Text};

/// Longest query that is read.
pub(crate) const QUERY_BYTES_MAX: usize = 2048;
/// Deepest page that may be turned to.
const PAGE_MAX: u64 = 100_000;

/// Percent-encodes everything but what RFC 3986 leaves unreserved.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The path with the filter as its query; fields without a value are left out.
pub(crate) fn with<T: Serialize>(path: &str, filter: &T) -> String {
    let mut out = path.to_owned();
    let Ok(Value::Object(fields)) = serde_json::to_value(filter) else { return out };
    let mut separator = '?';
    for (key, value) in fields {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => continue,
        };
        let _ = write!(out, "{separator}{}={}", encode(&key), encode(&text));
        separator = '&';
    }
    out
}

/// The same, at another page of the list.
pub(crate) fn at_page<T: Serialize>(path: &str, filter: &T, page: u32) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(filter) else { return path.to_owned() };
    if page > 1 {
        fields.insert("page".to_owned(), page.into());
    } else {
        fields.remove("page");
    }
    with(path, &fields)
}

/// The page behind a number, if a list shows it.
pub(crate) fn of(link: &Link) -> Option<String> {
    Some(match link {
        Link::Cases(filter) => with("/cases", filter),
        Link::Deadlines(filter) => with("/deadlines", filter),
        Link::Findings(filter) => with("/findings", filter),
        Link::Officers(filter) => with("/officers", filter),
        Link::None => return None,
    })
}

/// Reads a filter from a query.
///
/// # Errors
/// What is wrong, and with which of its conditions.
pub(crate) fn read<T: DeserializeOwned>(uri: &axum::http::Uri) -> Result<T, Text> {
    let query = uri.query().unwrap_or_default();
    let deep = |page: &str| !page.is_empty() && !page.parse::<u64>().is_ok_and(|n| n <= PAGE_MAX);
    if pairs(query).any(|(key, value)| key == "page" && deep(value.trim())) {
        return Err(Text::new(format!("页码应为不超过{PAGE_MAX}的数字"), format!("page: a number up to {PAGE_MAX}")));
    }
    let mut plain = String::from("/?");
    for (key, value) in pairs(query) {
        let name = key.escape_debug();
        let value = NAME
            .read(&value)
            .map_err(|bad| Text::new(format!("地址中的条件{}", bad.zh()), format!("{name}: {bad}")))?;
        // Alone first: then it is known which one cannot be read.
        parsed::<T>(&format!("/?{}={}", encode(&key), encode(&value))).map_err(|parser| {
            Text::new(format!("地址中的条件“{value}”不能识别，请重新选择"), format!("{name}: {parser}"))
        })?;
        let _ = write!(plain, "{}={}&", encode(&key), encode(&value));
    }
    parsed(&plain).map_err(|parser| Text::new("地址中的条件有重复或者不能识别", parser))
}

fn parsed<T: DeserializeOwned>(address: &str) -> Result<T, String> {
    let address = address.parse().map_err(|e: axum::http::uri::InvalidUri| e.to_string())?;
    axum::extract::Query::<T>::try_from_uri(&address)
        .map(|axum::extract::Query(filter)| filter)
        .map_err(|rejection| rejection.body_text())
}

/// The pairs of a query, decoded.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key), decode(value))
    })
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = || u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok();
        match (byte, escaped()) {
            (b'+', _) => out.push(b' '),
            (b'%', Some(value)) => {
                out.push(value);
                at += 2;
            }
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The address without one of its parameters, and with another value for it if there is one.
pub(crate) fn replaced(path: &str, query: &str, key: &str, value: Option<&str>) -> String {
    let kept = pairs(query).filter(|(k, _)| k != key);
    let added = value.map(|value| (key.to_owned(), value.to_owned()));
    let mut out = path.to_owned();
    let mut separator = '?';
    for (k, v) in kept.chain(added) {
        let _ = write!(out, "{separator}{}={}", encode(&k), encode(&v));
        separator = '&';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CaseFilter;

    #[test]
    fn a_filter_survives_the_address() {
        let filter = CaseFilter {
            text: Some("王** & 公司=?".into()),
            stage: Some("legal_review".into()),
            from: Some("2026-01-01".parse().unwrap()),
            page: 3,
            ..CaseFilter::default()
        };
        let address = with("/cases", &filter);
        assert!(address.is_ascii(), "{address}");
        assert_eq!(read::<CaseFilter>(&address.parse().unwrap()).unwrap(), filter);
        assert_eq!(with("/cases", &CaseFilter::default()), "/cases");
    }

    #[test]
    fn turns_pages_and_swaps_parameters() {
        let filter = CaseFilter { text: Some("a".into()), page: 2, ..CaseFilter::default() };
        assert_eq!(at_page("/cases", &filter, 3), "/cases?page=3&text=a");
        assert_eq!(at_page("/cases", &filter, 1), "/cases?text=a");
        assert_eq!(
            replaced("/cases", "text=a%20b&lang=zh&page=2", "lang", Some("en")),
            "/cases?text=a%20b&page=2&lang=en"
        );
        assert_eq!(replaced("/", "token=x", "token", None), "/");
    }

    #[test]
    fn decodes_what_browsers_send_and_survives_what_they_do_not() {
        assert_eq!(decode("%E6%B3%95+a%2"), "法 a%2");
        assert_eq!(decode("%zz%ff%"), "%zz\u{fffd}%");
        assert_eq!(decode("%法"), "%法");
        assert!(read::<CaseFilter>(&"/cases?page=999999999".parse().unwrap()).is_err());
        for odd in ["%00", "%E2%80%AE"] {
            let address = format!("/cases?text=a{odd}").parse().unwrap();
            let wrong = read::<CaseFilter>(&address).unwrap_err();
            assert!(wrong.zh.starts_with("地址中的条件第2个字符") && wrong.en.starts_with("text: "), "{wrong:?}");
        }
        assert!(read::<CaseFilter>(&"/cases?page=x".parse().unwrap()).is_err());
        assert!(read::<CaseFilter>(&"/cases?from=2026-02-30".parse().unwrap()).is_err());
        assert_eq!(read::<CaseFilter>(&"/cases?stage=&from=&page=".parse().unwrap()).unwrap(), CaseFilter::default());
    }
}
