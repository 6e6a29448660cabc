//! What a Chinese page says is Chinese.

use std::collections::BTreeSet;

use super::{
    fixture::window::{CODE, FAILS, ODD},
    *,
};

/// Latin words that a Chinese page may hold: names of formats, units and things that have no other name; and what a visitor of these tests typed.
const ALLOWED: [&str; 17] = [
    "worst", "script", "alert", "English", "CSV", "XLSX", "PDF", "JPEG", "PNG", "UUID", "SHA", "KB", "MB", "GB", "KiB",
    "MiB", "OIDC",
];

/// What people read of a page: its texts and what is said of its parts, but for identifiers, which are marked as code.
fn read(page: &str) -> Vec<String> {
    let body = page.split("<body>").nth(1).unwrap_or(page);
    let (mut told, mut code): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for part in body.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else { continue };
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap_or_default().to_owned();
        if tag.starts_with('/') {
            if code.last() == Some(&name) {
                code.pop();
            }
        } else if code.last() == Some(&name) && !tag.ends_with('/') {
            code.push(name);
        } else if code.is_empty() {
            let class = attribute(tag, "class").unwrap_or_default();
            let marked = class.split(' ').any(|class| matches!(class, "code" | "hash" | "uri"));
            if marked || name == "code" || name == "textarea" {
                code.push(name);
            }
            told.extend(
                ["title", "aria-label", "placeholder", "alt", "data-l"]
                    .into_iter()
                    .filter_map(|of| attribute(tag, of))
                    .map(str::to_owned),
            );
        }
        if code.is_empty() {
            told.push(text.to_owned());
        }
    }
    told
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

/// The Latin words of a text that nothing allows.
fn latin(text: &str) -> Vec<String> {
    let text = text
        .replace("&#38;", " ")
        .replace("&#60;", " ")
        .replace("&#62;", " ")
        .replace("&#34;", " ")
        .replace("&#39;", " ");
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.@/:".contains(c)));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    let is_word = |word: &&str| word.chars().filter(char::is_ascii_alphabetic).count() > 1;
    let allowed = |word: &str| {
        // Ids of rules and parameters, clauses of plans, codes, addresses, moments: all of them are no words of a language.
        let id = word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
        id || ALLOWED.contains(&word)
            || word.contains('@')
            || word.contains("://")
            || word.chars().any(|c| c.is_ascii_digit())
    };
    words.filter(is_word).filter(|word| !allowed(word)).map(str::to_owned).collect()
}

#[tokio::test]
async fn no_chinese_page_says_anything_in_english() {
    let mut found = BTreeSet::new();
    let mut look = |name: &str, page: &Answered| {
        for text in read(page.text()) {
            for word in latin(&text) {
                found.insert(format!("{name}: {word:?} in {:?}", text.trim()));
            }
        }
    };
    let wrong = [
        "/nope",
        "/cases?from=x",
        "/cases?stage=%00",
        "/cases?page=x",
        "/cases?page=999999999",
        "/findings?severity=worst",
        "/findings?kind=a&kind=b",
        "/items?on=2026-02-30",
        "/rules?kind=x",
        "/login?bad=1",
        "/login?next=%2Fcases",
    ];
    for token in ["", "supervisor", "officer", "operator", "ran-out"] {
        for empty in [false, true] {
            let browser = Browser::of(Fixture { empty, ..Fixture::default() }, token);
            for address in addresses().iter().map(String::as_str).chain(wrong) {
                let address = in_lang(address, "zh");
                look(&format!("{address} as {token:?}"), &browser.get(&address).await);
            }
        }
    }
    let broken = Browser::of(Fixture { broken: true, ..Fixture::default() }, "supervisor");
    for address in addresses() {
        look(&format!("{address} while the views fail"), &broken.get(&in_lang(&address, "zh")).await);
    }
    let visitor = Browser::visitor();
    for address in ["/complain", "/appeal", "/follow"] {
        for (name, fields) in [
            ("nothing", vec![]),
            ("odd", vec![("code", ODD), ("text", ODD), ("kind", "x")]),
            ("failing", vec![("code", FAILS), ("text", FAILS)]),
            ("", vec![("code", CODE)]),
        ] {
            look(&format!("{address} sent {name}"), &visitor.posts(address, &fields).await);
        }
    }
    assert!(found.is_empty(), "{}", found.into_iter().collect::<Vec<_>>().join("\n"));
}
