//! A rule card: what a rule is, where it stands in the law, which plan clauses it serves and which tests prove it.

use jiff::civil::Date;
pub use jiff::civil::date;
use serde::Serialize;

use crate::{citation::Citation, period::Period, vocabulary::Label};

/// How a rule acts on a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The act must not be taken.
    Gate,
    /// A clock starts, pauses, is extended, stops.
    Deadline,
    /// Something must exist by a stage.
    Duty,
    /// A number that must not be passed.
    Limit,
}

/// Who owes what a clock counts. What others neglect is no fault of the agency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Debtor {
    /// The agency whose matter it is.
    #[default]
    Agency,
    /// Its officer, for whom it answers.
    Officer,
    /// The party.
    Party,
    /// The police.
    Police,
}

impl Debtor {
    /// Whether the agency answers for it.
    pub const fn of_the_agency(self) -> bool {
        matches!(self, Self::Agency | Self::Officer)
    }

    /// In both languages.
    pub const fn label(self) -> Label {
        match self {
            Self::Agency => Label::new("行政机关", "the agency"),
            Self::Officer => Label::new("执法人员", "the officer"),
            Self::Party => Label::new("当事人", "the party"),
            Self::Police => Label::new("公安机关", "the police"),
        }
    }
}

/// A number a rule uses, with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Param {
    /// What the number is, e.g. `citizen_fine_fen_max`.
    pub name: &'static str,
    /// Its value.
    pub value: i64,
    /// Its unit, e.g. `fen`, `working days`.
    pub unit: &'static str,
}

impl Param {
    /// A period.
    pub const fn period(name: &'static str, period: Period) -> Self {
        let (value, unit) = match period {
            Period::WorkingDays(n) => (n as i64, "working days"),
            Period::CalendarDays(n) => (n as i64, "days"),
            Period::Months(n) => (n as i64, "months"),
            Period::Years(n) => (n as i64, "years"),
            Period::Hours(n) => (n as i64, "hours"),
        };
        Self { name, value, unit }
    }
}

/// The tests that prove a rule, by function name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tests {
    /// Tests in which the rule lets a lawful act pass (or a deadline is met).
    pub allows: &'static [&'static str],
    /// Tests in which the rule refuses or finds an unlawful act (or a deadline is missed).
    pub refuses: &'static [&'static str],
}

/// The card of one rule.
#[derive(Debug)]
pub struct Rule {
    /// Our id, e.g. `EN-REVIEW`.
    pub id: &'static str,
    /// What it is called.
    pub name: Label,
    /// How it acts.
    pub kind: Kind,
    /// Whom it binds.
    pub debtor: Debtor,
    /// What is held against what; none on cards that have not been gone through for it yet.
    pub compared: Option<Label>,
    /// What the article itself leaves out.
    pub exceptions: &'static [Label],
    /// The articles it stands on; the first is the one a refusal names.
    pub citations: &'static [Citation],
    /// What it demands, in Chinese.
    pub zh: &'static str,
    /// What it demands, in English.
    pub en: &'static str,
    /// Plan clauses it serves, e.g. `FY 21`, `XS 五`.
    pub plans: &'static [&'static str],
    /// The numbers it uses.
    pub params: &'static [Param],
    /// First day in force.
    pub since: Date,
    /// Last day in force, if it has ended.
    pub until: Option<Date>,
    /// The tests that prove it.
    pub tests: Tests,
}

impl Rule {
    /// Whether the rule is in force on `day` (APL 37: the law of the day of the act counts).
    pub fn in_force(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }

    /// All citations in Chinese, joined by 、.
    pub fn citation_zh(&self) -> String {
        self.citations.iter().map(Citation::zh).collect::<Vec<_>>().join("、")
    }

    /// All citations in English.
    pub fn citation_en(&self) -> String {
        self.citations.iter().map(Citation::en).collect::<Vec<_>>().join("; ")
    }
}

/// Declares a rule card: its id, kind and name in both languages; the articles it stands on; what it demands in both languages; the plan clauses
/// it serves, whom it binds if not the agency, the numbers it uses and its first day; the tests that prove it.
///
/// ```
/// use law::{Citation, card, citation::APL};
/// const OFFICERS_MIN: usize = 2;
/// card! {
///     /// Two officers.
///     TWO "DEMO-TWO" Gate "两人执法" "two officers"; Citation::paragraph(&APL, 42, 1);
///     "执法人员不得少于两人"; "at least two officers act";
///     plans "FY 24"; params "officers_min" = OFFICERS_MIN "persons"; since 2021 7 15;
///     allows two_may_act; refuses refuses_one
/// }
/// assert_eq!((TWO.id, TWO.params[0].value), ("DEMO-TWO", 2));
/// ```
#[macro_export]
macro_rules! card {
    (@debtor) => { $crate::rule::Debtor::Agency };
    (@debtor $debtor:ident) => { $crate::rule::Debtor::$debtor };
    (@compared) => { None };
    (@compared $zh:literal $en:literal) => { Some($crate::Label::new($zh, $en)) };
    (@param $name:literal $value:ident) => { $crate::rule::Param::period($name, $value) };
    (@param $name:literal $value:ident $unit:literal) => {
        $crate::rule::Param { name: $name, value: $value as i64, unit: $unit }
    };
    ($(#[$meta:meta])* $name:ident $id:literal $kind:ident $name_zh:literal $name_en:literal; $($cite:expr),+; $zh:literal; $en:literal;
     plans $($plan:literal)*; $(owed by $debtor:ident;)? $(compares $compares_zh:literal $compares_en:literal;)?
     $(except $($except_zh:literal $except_en:literal),+;)? $(params $($param:literal = $value:ident $($unit:literal)?),+;)? since $y:literal $m:literal $d:literal;
     allows $($allow:ident),+; refuses $($refuse:ident),+) => {
        $(#[$meta])*
        pub static $name: $crate::Rule = $crate::Rule {
            id: $id,
            name: $crate::Label::new($name_zh, $name_en),
            kind: $crate::Kind::$kind,
            debtor: $crate::card!(@debtor $($debtor)?),
            compared: $crate::card!(@compared $($compares_zh $compares_en)?),
            exceptions: &[$($($crate::Label::new($except_zh, $except_en)),+)?],
            citations: &[$($cite),+],
            zh: $zh,
            en: $en,
            plans: &[$($plan),*],
            params: &[$($($crate::card!(@param $param $value $($unit)?)),+)?],
            since: $crate::rule::date($y, $m, $d),
            until: None,
            tests: $crate::rule::Tests { allows: &[$(stringify!($allow)),+], refuses: &[$(stringify!($refuse)),+] },
        };
    };
}
