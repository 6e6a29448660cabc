//! The county's penalties as agencies word them, held against the lines that were written apart from them.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use lists::{
    facts::{Addressee, Outcome, PenaltyKind},
    words,
};

/// Of a hundred cells, how many at least are read into the same lines.
const SAME_MIN: usize = 90;

/// A column of the seeds' lists of items, by the code of the item.
fn cells(folder: &str, column: &str) -> BTreeMap<String, String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds").join(folder);
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if !path.file_name().unwrap().to_string_lossy().starts_with("items-") {
            continue;
        }
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let at = |name: &str, header: &csv::StringRecord| header.iter().position(|cell| cell == name).unwrap();
        let header = reader.headers().unwrap().clone();
        let (code, cell) = (at("实施编码", &header), at(column, &header));
        for row in reader.records() {
            let row = row.unwrap();
            let twice = all.insert(row[code].to_owned(), row[cell].to_owned());
            assert!(twice.is_none(), "{} stands twice", &row[code]);
        }
    }
    // The column says of compulsory powers what they allow.
    all.retain(|code, cell| code.starts_with("02") && !cell.is_empty());
    all
}

/// What of a line the words can tell, one text a line; alternatives as the lines that stand in each other's place.
///
/// A unit, or a unit and an individual, is whoever did it, where a text names neither: which of them can act is in the
/// article's first words, which are the item's name and stand in no cell of penalties. Where a text has a line for individuals
/// alone, it names both.
fn told(lines: &[Outcome]) -> Vec<String> {
    let individuals = lines.iter().any(|line| line.who == [Addressee::Individual]);
    let plain = |line: &Outcome| {
        let mut line = line.clone();
        line.instead = None;
        line.when.sort();
        line.who.sort_unstable();
        if !individuals && [&[Addressee::Unit][..], &[Addressee::Unit, Addressee::Individual]].contains(&&line.who[..])
        {
            line.who.clear();
        }
        // The kind says it, and the list may say it shorter than the article.
        if line.kind != PenaltyKind::Other {
            line.called = None;
        }
        line.condition = line.condition.map(|words| words.replace(['，', '、', '；', '的'], ""));
        line.to_string()
    };
    let beside = |line: &Outcome| {
        let others = lines.iter().filter(|other| line.instead.is_some() && other.instead == line.instead);
        let mut others: Vec<_> = others.map(plain).collect();
        others.sort();
        others
    };
    let mut all: Vec<_> = lines
        .iter()
        .map(|line| match &beside(line)[..] {
            [] => plain(line),
            others => format!("{} 〔择一：{}〕", plain(line), others.join(" / ")),
        })
        .collect();
    all.sort();
    all
}

#[test]
fn the_words_of_the_county_are_read_into_its_lines() {
    let (lines, words) = (cells("county", "处罚种类和幅度"), cells("words", "处罚种类和幅度（原文表述）"));
    assert!(lines.keys().eq(words.keys()), "both files have the same penalties");
    let (mut same, mut silent) = (0, String::new());
    for (code, cell) in &lines {
        let listed: Vec<Outcome> = cell.lines().map(|line| Outcome::read(line).unwrap()).collect();
        let read = words::read(&words[code]);
        if told(&listed) == told(&read.lines) {
            same += 1;
            continue;
        }
        let mut all = String::new();
        let _ = writeln!(all, "{code} {}", words[code]);
        let (listed, told) = (told(&listed), told(&read.lines));
        listed.iter().filter(|line| !told.contains(line)).for_each(|line| {
            let _ = writeln!(all, "  listed {line}");
        });
        told.iter().filter(|line| !listed.contains(line)).for_each(|line| {
            let _ = writeln!(all, "  read   {line}");
        });
        for doubt in &read.doubts {
            let _ = writeln!(all, "  doubt  {}: {} [{:?}]", doubt.text, doubt.zh, doubt.proposal);
        }
        println!("{all}");
        if read.doubts.is_empty() {
            silent.push_str(&all);
        }
    }
    println!("{same} of {} cells are read into the same lines", lines.len());
    assert!(silent.is_empty(), "read otherwise without a doubt:\n{silent}");
    assert!(same * 100 >= lines.len() * SAME_MIN, "{same} of {} cells are read into the same lines", lines.len());
}
