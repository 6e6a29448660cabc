//! Odd files made of good ones. The same seed makes the same file.

use super::{
    container::{Parts, book, parts},
    hostile::rows,
};
use crate::dice::Dice;

pub(super) const REGIONS: &str = include_str!("../../../seeds/county/regions.csv");
pub(super) const AGENCIES: &str = include_str!("../../../seeds/county/agencies.csv");
pub(super) const OFFICERS: &str = include_str!("../../../seeds/county/officers.csv");
const OFFICES: &str = include_str!("../../../seeds/county/offices.csv");
const ITEMS: &str = include_str!("../../../seeds/county/items-labour.csv");
const STANDARDS: &str = include_str!("../../../seeds/county/standards-labour.csv");
const PARAMETERS: &str = include_str!("../../../seeds/demo/parameters.csv");
const PLAN: &str = include_str!("../../../seeds/plans/fy.csv");
const GOOD: [&str; 8] = [REGIONS, AGENCIES, OFFICERS, OFFICES, ITEMS, STANDARDS, PARAMETERS, PLAN];

/// What is put where it does not belong.
const ODD: &[&str] = &[
    "\"",
    "\"\"",
    ",",
    "\n",
    "\r",
    "\r\n",
    "\n\n\n",
    "\0",
    "\t",
    "；",
    "|",
    "：",
    "《",
    "》",
    "(",
    ")",
    "-",
    "=1+1",
    "'",
    "''=",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{7}",
    "𠀀",
    "é",
    "e\u{301}",
    "\u{fffe}",
    "0000-00-00",
    "9999-12-31",
    "-9999-01-01",
    "99999999999999999999",
    "-1",
    "0.001",
    "1e308",
    "NaN",
    "_x0000_",
    "_xD800_",
    "_x005F_",
    "_x",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&x;",
    "<",
    ">",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?x",
    "</c>",
    "<c>",
    "<v>",
    "<row>",
    "<row r=\"1\">",
    "<row r=\"4294967296\">",
    "<c r=\"XFE1\">",
    "<c t=\"s\"><v>9</v></c>",
    "<c t=\"s\"><v>-1</v></c>",
    "<c s=\"1\"><v>1e300</v></c>",
    "<c s=\"2\"><v>45000.5</v></c>",
    "<c t=\"d\"><v>x</v></c>",
    "<is><t>",
    "<si>",
    "<rPh>",
    " r=\"A1\"",
    " t=\"b\"",
    " s=\"-1\"",
    " xmlns=\"\"",
    "<!DOCTYPE x>",
    "..",
    "/",
    "xl/",
];

/// A file and what to call it.
pub(super) fn file(seed: u64) -> (String, Vec<u8>) {
    let mut dice = Dice(seed);
    let good = *dice.of(&GOOD);
    // A few rows are as good as many, and faster.
    let lines: Vec<&str> = good.lines().collect();
    let kept = 1 + dice.below(lines.len().min(12));
    let text = lines[..kept].join("\n") + "\n";
    match dice.below(3) {
        0 => ("f.csv".to_owned(), spoil(&mut dice, text.into_bytes())),
        1 => {
            let mut parts: Parts = parts(&rows(&text));
            for _ in 0..1 + dice.below(3) {
                // Most often the sheet and its strings.
                let at = if dice.below(4) == 0 { dice.below(parts.len()) } else { 3 + dice.below(2) };
                let spoiled = spoil(&mut dice, std::mem::take(&mut parts[at].1).into_bytes());
                parts[at].1 = String::from_utf8_lossy(&spoiled).into_owned();
            }
            ("f.xlsx".to_owned(), book(&parts))
        }
        _ => ("f.xlsx".to_owned(), spoil(&mut dice, book(&parts(&rows(&text))))),
    }
}

/// Changes a few places.
fn spoil(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..1 + dice.below(6) {
        let from = dice.below(bytes.len().max(1));
        let to = (from + 1 + dice.below(64)).min(bytes.len());
        match dice.below(7) {
            0 if from < to => bytes[from] ^= 1 << dice.below(8),
            1 if from < to => bytes[from] = u8::try_from(dice.below(256)).expect("a byte"),
            2 if from < to => drop(bytes.drain(from..to)),
            3 if from < to => {
                let again: Vec<u8> = bytes[from..to].repeat(1 + dice.below(20));
                bytes.splice(to..to, again);
            }
            4 => {
                let long = dice.of(ODD).repeat(1 + dice.below(3_000));
                bytes.splice(from..from, long.into_bytes());
            }
            5 if dice.below(8) == 0 => bytes.truncate(from),
            _ => {
                let odd = *dice.of(ODD);
                let at = char_at(&bytes, from);
                bytes.splice(at..at, odd.bytes());
            }
        }
    }
    bytes
}

/// The place before it where a character begins, so that text stays text.
fn char_at(bytes: &[u8], at: usize) -> usize {
    (0..=at).rev().find(|at| bytes.get(*at).is_none_or(|b| *b & 0xc0 != 0x80)).unwrap_or(0)
}
