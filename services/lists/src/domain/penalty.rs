//! A penalty as it is intended or imposed: a set of parts, and one partial order over such sets.
//!
//! The order is what every rule asks that holds an act against an earlier one: no heavier than told, than reviewed, than
//! discussed, than revoked. It is partial: a fine and a suspension are neither heavier nor lighter than one another. A measure that
//! nobody stated is not known, and never nothing.

use std::fmt::Write as _;

use law::vocabulary::{Form, Piece};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::PenaltyKind;

mod order;

/// `罚款 5,000元`, `没收非法财物：过期食品12袋`, as a page words it.
pub const PENALTY: Form = Form::Parts(&[
    Piece::of("kind", Form::Word(PenaltyKind::WORDS)),
    Piece::of("amount_fen", Form::Money).before(" ", " "),
    Piece::of("days", Form::Days).before(" ", " "),
    Piece::of("months", Form::Plain).before(" ", " ").after("个月", " months"),
    Piece::of("for_life", Form::Plain).before("，终身：", ", for life: "),
    Piece::of("what", Form::Plain).before("：", ": "),
    Piece::of("approval", Form::Plain).before("，批准：", ", approved: "),
]);

pub use order::{Lacks, Reach, reach, same};

/// One penalty intended or decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Penalty {
    /// Kind.
    pub kind: PenaltyKind,
    /// Fines, and the value of what is confiscated, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_fen: Option<i64>,
    /// Detention and suspension, in days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// In words: what is confiscated, which licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Suspensions and bars counted in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u16>,
    /// A bar for life.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_life: bool,
    /// Who approved it, and by which document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
}

/// In what a kind of penalty is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An amount of money.
    Money,
    /// Money where what is taken has a value, and what is taken where it has none.
    Goods,
    /// Days, months or a life.
    Time,
    /// It is imposed or not.
    Whole,
}

impl PenaltyKind {
    /// In what it is measured.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Fine | Self::ConfiscateGains => Unit::Money,
            Self::ConfiscateGoods => Unit::Goods,
            Self::SuspendLicence
            | Self::RestrictBusiness
            | Self::SuspendProduction
            | Self::BarFromTrade
            | Self::Detention => Unit::Time,
            Self::Warning
            | Self::PublicCriticism
            | Self::LowerQualification
            | Self::RevokeLicence
            | Self::CloseDown
            | Self::Other => Unit::Whole,
        }
    }
}

impl Penalty {
    /// A penalty that is imposed or not.
    pub const fn of(kind: PenaltyKind) -> Self {
        Self { kind, amount_fen: None, days: None, what: None, months: None, for_life: false, approval: None }
    }

    /// For people to read: kind, measure and object.
    pub fn told(&self) -> [String; 2] {
        let mut told = [self.kind.zh().to_owned(), self.kind.en().to_owned()];
        let mut add = |zh: String, en: String| {
            let [ours, theirs] = &mut told;
            ours.push_str(&zh);
            _ = write!(theirs, " {en}");
        };
        if let Some(fen) = self.amount_fen {
            let yuan = law::money::yuan(fen);
            add(format!("{yuan}元"), format!("of {yuan} yuan"));
        }
        if self.for_life {
            add("（终身）".to_owned(), "for life".to_owned());
        }
        if let Some(days) = self.days {
            add(format!("{days}日"), format!("of {days} days"));
        }
        if let Some(months) = self.months {
            add(format!("{months}个月"), format!("of {months} months"));
        }
        if let Some(what) = self.what.as_deref().filter(|what| !law::check::blank(what)) {
            add(format!("（{what}）"), format!("({what})"));
        }
        told
    }
}

/// All of them, as one says them.
pub fn told_all(penalties: &[Penalty]) -> [String; 2] {
    let each: Vec<_> = penalties.iter().map(Penalty::told).collect();
    let join = |which: usize, by: &str| each.iter().map(|told| told[which].as_str()).collect::<Vec<_>>().join(by);
    [join(0, "、"), join(1, ", ")]
}

/// All of one kind together, in fen; `None` where one of them does not say how much.
pub fn sum_of(kind: PenaltyKind, penalties: &[Penalty]) -> Option<i64> {
    penalties.iter().filter(|p| p.kind == kind).try_fold(0_i64, |sum, p| Some(sum.saturating_add(p.amount_fen?)))
}
