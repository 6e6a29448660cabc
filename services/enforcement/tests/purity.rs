//! The domain decides and does nothing else: this test reads its source and says so.

use std::{fs, path::Path};

/// What a decision must not touch, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    ("HashMap", "its order differs from run to run"),
    ("HashSet", "its order differs from run to run"),
    ("std::fs", "a decision does no IO"),
    ("std::env", "a decision reads no environment"),
    ("std::net", "a decision does no IO"),
    ("std::time", "a decision reads no clock"),
    ("::now(", "a decision reads no clock"),
    ("now_v7", "a decision draws no random number"),
    ("rand::", "a decision draws no random number"),
    ("tokio", "a decision does no IO"),
    ("kernel::", "the domain knows law only"),
    ("ledger::", "the domain knows law only"),
    ("proto::", "the domain knows law only"),
    ("tonic", "the domain knows law only"),
    ("crate::wire", "the domain knows nothing of its edge"),
];

fn check(folder: &Path, files: &mut usize) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            check(&path, files);
            continue;
        }
        *files += 1;
        let source = fs::read_to_string(&path).expect("text");
        for (line, text) in source.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for (word, why) in FORBIDDEN {
                assert!(!text.contains(word), "{}:{}: {word}: {why}", path.display(), line + 1);
            }
        }
    }
}

#[test]
fn the_domain_touches_neither_clock_nor_io_nor_chance() {
    let mut files = 0;
    check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/domain"), &mut files);
    assert!(files > 30, "only {files} files were read");
}
