//! Which versions of a statute there are: the published lists name the statute, and seldom the version.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::content::NormLevel;

/// Title, level and the days of its versions.
const KNOWN: &str = include_str!("statutes.csv");
/// What the titles of national statutes begin with, and what everyday speech leaves out.
const NATIONAL: &str = "中华人民共和国";

/// The statutes that are known.
#[derive(Clone, Debug)]
pub struct Statutes(BTreeMap<String, Known>);

#[derive(Clone, Debug)]
struct Known {
    level: NormLevel,
    versions: BTreeSet<Date>,
}

/// A version of a statute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version<'a> {
    /// Full title.
    pub(super) title: &'a str,
    pub(super) level: NormLevel,
    pub(super) day: Date,
}

impl Default for Statutes {
    fn default() -> Self {
        let mut known = Self(BTreeMap::new());
        for line in KNOWN.lines() {
            let mut parts = line.splitn(3, ',');
            let (Some(title), Some(level), Some(days)) = (parts.next(), parts.next(), parts.next()) else { continue };
            for day in days.split('；') {
                if let (Some(level), Ok(day)) = (NormLevel::from_zh(level), day.parse()) {
                    known.add(title, level, day);
                }
            }
        }
        known
    }
}

impl Statutes {
    /// One more version; what is on record of a statute's level goes before what the table says.
    pub fn add(&mut self, title: &str, level: NormLevel, day: Date) {
        let known = self.0.entry(title.to_owned()).or_insert_with(|| Known { level, versions: BTreeSet::new() });
        known.level = level;
        known.versions.insert(day);
    }

    /// The version of a year, or the newest one until a day.
    pub(super) fn version(&self, title: &str, year: Option<i16>, until: Date) -> Option<Version<'_>> {
        let long = format!("{NATIONAL}{title}");
        let short = title.strip_prefix(NATIONAL);
        let found = self.0.get_key_value(title).or_else(|| self.0.get_key_value(&long));
        let (title, known) = found.or_else(|| self.0.get_key_value(short?))?;
        let fits = |day: &&Date| year.map_or(**day <= until, |year| day.year() == year);
        let day = known.versions.iter().rev().find(fits)?;
        Some(Version { title, level: known.level, day: *day })
    }
}

/// The level that a title tells: only what hardly can be another one.
pub(super) fn level_of(title: &str) -> Option<NormLevel> {
    let local = ["省", "市", "自治区", "自治州", "自治县"].iter().any(|place| title.contains(place));
    let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
    match () {
        () if title.starts_with(NATIONAL) && title.ends_with('法') => Some(NormLevel::Law),
        () if title.starts_with(NATIONAL) && ends(&["条例", "实施细则"]) => {
            Some(NormLevel::AdministrativeRegulation)
        }
        () if local && title.ends_with("条例") => Some(NormLevel::LocalRegulation),
        () if ends(&["通知", "意见", "方案", "批复", "公告", "通告", "函"]) => {
            Some(NormLevel::NormativeDocument)
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_statute_with_its_versions_in_order() {
        let known = Statutes::default();
        for line in KNOWN.lines() {
            let parts: Vec<&str> = line.split(',').collect();
            let days: Vec<Date> = parts[2].split('；').map(|day| day.parse().expect(line)).collect();
            assert!(days.is_sorted() && NormLevel::from_zh(parts[1]).is_some(), "{line}");
            assert!(known.0[parts[0]].versions.iter().eq(days.iter()), "{line}");
            if let Some(level) = level_of(parts[0]) {
                assert_eq!(level.zh(), parts[1], "{line}");
            }
        }
    }

    #[test]
    fn the_version_of_a_year_or_the_newest_by_the_day_and_by_either_title() {
        let known = Statutes::default();
        let day = |title, year, until| known.version(title, year, until).map(|v| (v.title.to_owned(), v.day));
        let long = "中华人民共和国食品安全法".to_owned();
        let today = date(2026, 3, 2);
        assert_eq!(day("食品安全法", None, today), Some((long.clone(), date(2021, 4, 29))));
        assert_eq!(day(&long, Some(2018), today), Some((long.clone(), date(2018, 12, 29))));
        assert_eq!(day(&long, None, date(2021, 4, 28)), Some((long.clone(), date(2018, 12, 29))));
        assert_eq!(day(&long, Some(2020), today), None, "there is no version of that year");
        assert_eq!(day("食品安全条例", None, today), None);
    }
}
