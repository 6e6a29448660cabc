//! Every reason that a service answers in ErrorInfo, out of the source: where a step is refused for the state that its matter is in,
//! the reason stands beside both texts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use super::cell;

const CALL: &str = "Refusal::state(";

const INTRO: &str = "# Reasons

Made from the source by `make golden`; not edited by hand.

A call that is refused carries `google.rpc` details beside its code:

| code | details | what to do |
| --- | --- | --- |
| `INVALID_ARGUMENT` | `BadRequest`: each field with what is wrong with it | change the request; nothing was recorded |
| `UNAUTHENTICATED`, `PERMISSION_DENIED` | `LocalizedMessage` in `zh-CN` and `en`, where a rule of access says no | another token, or another role |
| `NOT_FOUND` | `ResourceInfo`: what, and which id | |
| `ALREADY_EXISTS` | | the `command_id` was used for another command: take a new one |
| `FAILED_PRECONDITION` | `ErrorInfo` with a reason of domain `fazhi`, `LocalizedMessage` in both languages; of a broken rule also `PreconditionFailure` with every rule and its article | do first what is missing |
| `ABORTED`, `RESOURCE_EXHAUSTED`, `UNAVAILABLE` | `RetryInfo`, where the same call may go through later | wait so long, then send the same command again with the same `command_id` |
| `INTERNAL` | an incident id in the message | report it |

The reason is the id of the rule where a rule is broken: `EN-NOTICE`, with the article under `citation`. All of them are in
`fazhi rules`, and on the page of rules. `READ_ONLY` means that the ledger takes nothing until an operator has seen to it
([runbook](../runbook.md#a-process-is-down)). Every other reason says in which state the matter is:

| reason | of | what it means |
| --- | --- | --- |
";

/// What is said under a reason, and by whom.
#[derive(Default)]
struct Reason {
    services: BTreeSet<String>,
    said: BTreeSet<String>,
}

pub(super) fn page() -> String {
    let mut reasons: BTreeMap<String, Reason> = BTreeMap::new();
    for (service, source) in sources() {
        for (at, _) in source.match_indices(CALL) {
            let texts = literals(&source[at + CALL.len()..]);
            let [reason, zh, en, ..] = texts.as_slice() else {
                panic!("{service}: a reason without its texts: {texts:?}")
            };
            assert!(reason.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'), "{service}: {reason} is no reason");
            let known = reasons.entry(reason.clone()).or_default();
            known.services.insert(service.clone());
            known.said.insert(format!("{} {}", cell(&unfilled(zh)), cell(&unfilled(en))));
        }
    }
    assert!(reasons.len() > 50, "hardly any reason is found: {}", reasons.len());
    let mut out = INTRO.to_owned();
    for (reason, Reason { services, said }) in reasons {
        let (services, said): (Vec<_>, Vec<_>) = (services.into_iter().collect(), said.into_iter().collect());
        writeln!(out, "| `{reason}` | {} | {} |", services.join(", "), said.join("<br>")).expect("text");
    }
    out
}

/// What every service's program says, without its tests.
fn sources() -> Vec<(String, String)> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../services");
    let mut found = Vec::new();
    for folder in fs::read_dir(services).expect("services") {
        let folder = folder.expect("an entry");
        let mut files = Vec::new();
        collect(&folder.path().join("src"), &mut files);
        files.sort();
        for file in files {
            let source = fs::read_to_string(file).expect("source is text");
            let program = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            found.push((folder.file_name().to_string_lossy().into_owned(), program));
        }
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let is = |name: &str| path.file_name().is_some_and(|file| file == name);
        match path.is_dir() {
            true if !is("tests") => collect(&path, files),
            false if !is("tests.rs") => files.push(path),
            _ => {}
        }
    }
}

/// The texts between here and the parenthesis that ends the call.
fn literals(call: &str) -> Vec<String> {
    let (mut depth, mut texts, mut text) = (1, Vec::new(), None::<String>);
    let mut signs = call.chars();
    while let Some(sign) = signs.next() {
        match (&mut text, sign) {
            (Some(inside), '\\') => match signs.next() {
                // A line that goes on in the next one, without its margin.
                Some('\n') => *inside = format!("{} ", inside.trim_end()),
                Some(escaped) => inside.push(escaped),
                None => break,
            },
            (Some(_), '"') => texts.extend(text.take()),
            (Some(inside), sign) => inside.push(sign),
            (None, '"') => text = Some(String::new()),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) => {}
        }
        if depth == 0 {
            break;
        }
    }
    texts
}

/// What is filled in when it is said is left open.
fn unfilled(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for sign in text.chars() {
        match sign {
            '{' => {
                inside = true;
                out.push('…');
            }
            '}' => inside = false,
            sign if !inside => out.push(sign),
            _ => {}
        }
    }
    out
}
