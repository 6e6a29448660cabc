//! Parameters: numbers that the law leaves to whoever may set them in a region. A card says which number it is, a
//! [`ParameterSet`] on record says what a document made it, and [`in_force`] which of them counts at a place on a day.
//!
//! Invariant: where none was set, the card's default counts, and says where it is from; a card without a default says why, and
//! what turns on it is not known then: nothing is satisfied by it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Citation, Label, Rule, id::RegionCode, money::yuan, period::Period};

/// The stored type of [`ParameterSet`].
pub const PARAMETER_SET: &str = "powerlist.parameter.ParameterSet.v1";

crate::words! {
    /// What a parameter is counted in.
    pub enum Unit {
        Fen = "fen" "分" "fen",
        Hours = "hours" "学时" "hours",
        Days = "days" "日" "days",
        WorkingDays = "working_days" "个工作日" "working days",
    }
}

/// So many of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// Of what.
    pub unit: Unit,
    /// How many.
    pub count: i64,
}

impl Quantity {
    /// In Chinese: 5,000元.
    pub fn zh(self) -> String {
        match self.unit {
            Unit::Fen => format!("{}元", yuan(self.count)),
            Unit::Hours | Unit::Days | Unit::WorkingDays => format!("{}{}", self.count, self.unit.zh()),
        }
    }

    /// In English: 5,000 yuan.
    pub fn en(self) -> String {
        match self.unit {
            Unit::Fen => format!("{} yuan", yuan(self.count)),
            Unit::Hours | Unit::Days | Unit::WorkingDays => format!("{} {}", self.count, self.unit.en()),
        }
    }
}

/// What a parameter must not be less than.
#[derive(Clone, Copy, Debug)]
pub struct Least {
    /// The least count.
    pub count: i64,
    /// Where it stands.
    pub citation: Citation,
}

/// One number that may be set.
#[derive(Debug)]
pub struct ParameterCard {
    /// Our id, e.g. `EN-LARGE-CITIZEN`.
    pub id: &'static str,
    /// What it is called.
    pub label: Label,
    /// What it is counted in.
    pub unit: Unit,
    /// The count where none was set; `None` where nobody knows it then, and what turns on it cannot be told.
    pub default: Option<i64>,
    /// Where the default is from, or why there is none.
    pub source: Label,
    /// What leaves it open.
    pub citation: Citation,
    /// What it must not be less than, if the law says so.
    pub least: Option<Least>,
    /// Whether it may be set for one field of enforcement.
    pub by_field: bool,
    /// The rules that turn on it.
    pub rules: &'static [&'static Rule],
}

impl ParameterCard {
    /// So many of its unit.
    pub const fn of(&self, count: i64) -> Quantity {
        Quantity { unit: self.unit, count }
    }
}

/// A parameter was set for a region and everything below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ParameterSet {
    /// Which one: the id of its card.
    pub parameter: String,
    /// For which region.
    pub region: RegionCode,
    /// For this field of enforcement only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What it is.
    pub value: Quantity,
    /// First day.
    pub from: Date,
    /// Title and number of the document that sets it.
    pub document: String,
}

impl ParameterSet {
    /// Whether the other one sets the same number for the same place and field.
    pub fn replaces(&self, other: &Self) -> bool {
        (&self.parameter, &self.region, &self.field) == (&other.parameter, &other.region, &other.field)
    }
}

/// What a parameter was set to for a region and field on a day; `None` where its default counts.
///
/// The nearest region up the tree counts before one above it, within a region what was set for the field before what was
/// set for all, and of those the one that began last.
pub fn in_force<'a>(
    sets: impl IntoIterator<Item = &'a ParameterSet>,
    card: &ParameterCard,
    region: &RegionCode,
    field: Option<&str>,
    day: Date,
) -> Option<&'a ParameterSet> {
    sets.into_iter()
        .filter(|set| set.parameter == card.id && set.region.contains(region) && set.from <= day)
        .filter(|set| set.field.is_none() || set.field.as_deref() == field)
        .max_by_key(|set| (set.region.significant().len(), set.field.is_some(), set.from))
}

/// What a parameter is at a place on a day, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// How much.
    pub quantity: Quantity,
    /// The document that sets it; `None` for the default.
    pub document: Option<String>,
}

impl Value {
    /// As it was set, or the default.
    ///
    /// # Panics
    /// For a card without a default that was not set: such are read by [`Value::known`].
    pub fn of(card: &ParameterCard, set: Option<&ParameterSet>) -> Self {
        Self::known(card, set).expect("the card has a default")
    }

    /// As it was set, or the default; `None` where it was not set and has none.
    pub fn known(card: &ParameterCard, set: Option<&ParameterSet>) -> Option<Self> {
        match set {
            Some(set) => Some(Self { quantity: set.value, document: Some(set.document.clone()) }),
            None => card.default.map(|count| Self { quantity: card.of(count), document: None }),
        }
    }

    /// How many of the unit.
    pub const fn count(&self) -> i64 {
        self.quantity.count
    }

    /// The length of time that so many days are; `None` for what is counted in anything else.
    pub fn period(&self) -> Option<Period> {
        let count = u16::try_from(self.count()).ok()?;
        match self.quantity.unit {
            Unit::Days => Some(Period::CalendarDays(count)),
            Unit::WorkingDays => Some(Period::WorkingDays(count)),
            Unit::Fen | Unit::Hours => None,
        }
    }

    /// In Chinese, with what it rests on.
    pub fn zh(&self) -> String {
        format!("{}（{}）", self.quantity.zh(), self.document.as_deref().unwrap_or("未作规定，按缺省值"))
    }

    /// In English, with what it rests on.
    pub fn en(&self) -> String {
        format!("{} ({})", self.quantity.en(), self.document.as_deref().unwrap_or("not set: the default"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{citation::APL, decider::harness::day};

    static CARD: ParameterCard = ParameterCard {
        id: "EN-LARGE",
        label: Label::new("较大数额", "larger amount"),
        unit: Unit::Fen,
        default: Some(500_000),
        source: Label::new("无", "none"),
        citation: Citation::article(&APL, 63),
        least: None,
        by_field: true,
        rules: &[],
    };

    fn set(region: &str, field: Option<&str>, count: i64, from: &str) -> ParameterSet {
        ParameterSet {
            parameter: CARD.id.to_owned(),
            region: region.parse().unwrap(),
            field: field.map(str::to_owned),
            value: CARD.of(count),
            from: day(from),
            document: format!("{region}〔{count}〕"),
        }
    }

    #[track_caller]
    fn check(sets: &[ParameterSet], region: &str, field: Option<&str>, on: &str, want: i64) {
        let found = in_force(sets, &CARD, &region.parse().unwrap(), field, day(on));
        assert_eq!(Value::of(&CARD, found).count(), want);
    }

    #[test]
    fn a_value_counts_from_its_day_until_the_next_one() {
        let sets = [set("230883", None, 300_000, "2025-07-01"), set("230883", None, 400_000, "2026-01-01")];
        check(&sets, "230883", None, "2025-06-30", 500_000);
        check(&sets, "230883", None, "2025-07-01", 300_000);
        check(&sets, "230883", None, "2025-12-31", 300_000);
        check(&sets, "230883", None, "2026-01-01", 400_000);
    }

    #[test]
    fn the_nearest_region_up_the_tree_counts_and_no_other() {
        let of = |region, count| set(region, None, count, "2025-01-01");
        let all = [of("230883100", 1), of("230883", 2), of("230800", 3), of("230000", 4), of("110000", 9)];
        for (skipped, want) in (0..4).zip(1..) {
            check(&all[skipped..], "230883100", None, "2025-01-01", want);
        }
        check(&all[4..], "230883100", None, "2025-01-01", 500_000);
        check(&all, "230883", None, "2025-01-01", 2);
        check(&all, "230801", None, "2025-01-01", 3);
    }

    #[test]
    fn what_is_set_for_a_field_counts_before_what_is_set_for_all_unless_a_nearer_region_sets_all() {
        let mut sets = vec![set("230000", None, 1, "2026-01-01"), set("230000", Some("食品"), 2, "2025-01-01")];
        check(&sets, "230883", Some("食品"), "2026-02-01", 2);
        check(&sets, "230883", Some("药品"), "2026-02-01", 1);
        check(&sets, "230883", None, "2026-02-01", 1);
        sets.push(set("230883", None, 3, "2026-01-01"));
        check(&sets, "230883", Some("食品"), "2026-02-01", 3);
    }

    #[test]
    fn another_parameter_says_nothing_of_this_one() {
        let other = ParameterSet { parameter: "EN-OTHER".to_owned(), ..set("230883", None, 1, "2025-01-01") };
        check(&[other], "230883", None, "2025-01-01", 500_000);
    }

    #[test]
    fn reads_with_what_it_rests_on() {
        let value = Value::of(&CARD, Some(&set("230883", None, 1_234_550, "2025-01-01")));
        assert_eq!(value.zh(), "12,345.50元（230883〔1234550〕）");
        let default = Value::of(&CARD, None);
        assert_eq!(default.zh(), "5,000元（未作规定，按缺省值）");
        assert_eq!(default.en(), "5,000 yuan (not set: the default)");
    }
    #[test]
    fn so_many_days_are_a_length_of_time_and_money_is_none() {
        let value = |unit, count| Value { quantity: Quantity { unit, count }, document: None };
        assert_eq!(value(Unit::Days, 60).period(), Some(Period::CalendarDays(60)));
        assert_eq!(value(Unit::WorkingDays, 15).period(), Some(Period::WorkingDays(15)));
        assert_eq!(value(Unit::Days, 65_536).period(), None);
        assert_eq!(value(Unit::Fen, 60).period(), None);
        assert_eq!(value(Unit::WorkingDays, 15).zh(), "15个工作日（未作规定，按缺省值）");
    }
}
