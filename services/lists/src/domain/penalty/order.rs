//! One partial order over sets of penalties.
//!
//! A set reaches no further than another when each of its parts finds a part of the other, each its own, that is as heavy or
//! heavier. Parts are compared so:
//! - one kind by its measure: money by its sum, so that it can be split as one likes; time by its length; what is imposed whole,
//!   by its object;
//! - of two kinds only where one contains the other: a licence suspended, or its grade lowered, is less than the same one revoked;
//!   business restricted is less than stopped, and stopped less than closed down; what only reproves (the first class of APL 9) is
//!   less than anything else, and a warning less than criticism in public;
//! - anything else is another penalty.

use crate::domain::facts::PenaltyKind;

use super::{Penalty, Unit};

/// Whether one set of penalties reaches no further than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// No further: equal or lighter.
    Within,
    /// Further: some part is heavier, more, or of another kind.
    Beyond,
    /// That depends on what one of them does not say.
    Unknown(Lacks),
}

/// What is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacks {
    /// How much.
    Amount(PenaltyKind),
    /// How long, or how long in the same unit.
    Length(PenaltyKind),
    /// Of what: which licence, which goods.
    Object(PenaltyKind),
}

impl Lacks {
    /// For people to read.
    pub fn told(self) -> [String; 2] {
        let (kind, zh, en) = match self {
            Self::Amount(kind) => (kind, "数额（没收财物的，写明价值）", "amount (of goods, their value)"),
            Self::Length(kind) => (kind, "期限（前后用同一单位）", "length (in the same unit both times)"),
            Self::Object(kind) => {
                (kind, "对象（哪一证照、哪些财物，前后用同一名称）", "object (which licence, which goods, by one name)")
            }
        };
        [format!("{}的{zh}", kind.zh()), format!("{en} of {}", kind.en())]
    }
}

/// Whether `now` reaches no further than `than`.
pub fn reach(now: &[Penalty], than: &[Penalty]) -> Reach {
    let (now, than) = (parts(now), parts(than));
    let edges: Vec<Vec<Edge>> =
        now.iter().map(|part| than.iter().map(|other| no_heavier(part, other)).collect()).collect();
    if matched(&edges, |edge| matches!(edge, Edge::Yes)) {
        return Reach::Within;
    }
    if !matched(&edges, |edge| !matches!(edge, Edge::No)) {
        return Reach::Beyond;
    }
    let open = edges.iter().flatten().find_map(|edge| match edge {
        Edge::Perhaps(lacks) => Some(*lacks),
        Edge::Yes | Edge::No => None,
    });
    open.map_or(Reach::Beyond, Reach::Unknown)
}

/// Whether two sets are equal: neither reaches further.
pub fn same(one: &[Penalty], other: &[Penalty]) -> Reach {
    match (reach(one, other), reach(other, one)) {
        (Reach::Within, back) => back,
        (there, Reach::Within) => there,
        (Reach::Beyond, _) | (_, Reach::Beyond) => Reach::Beyond,
        (there @ Reach::Unknown(_), Reach::Unknown(_)) => there,
    }
}

/// How much, as far as it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// Nothing more than that it is imposed.
    Whole,
    Fen(i64),
    /// At least and at most so many days: a month has 28 to 31.
    Days(u32, u32),
    Life,
    Unsaid,
}

/// One part: all of a kind that are of one object.
#[derive(Clone, Debug)]
struct Part {
    kind: PenaltyKind,
    size: Size,
    object: String,
}

/// A set by its parts: whatever is of one kind and one object is one part, and money of one kind whatever it is taken for.
fn parts(penalties: &[Penalty]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for penalty in penalties {
        let new = Part { kind: penalty.kind, size: size(penalty), object: object(penalty) };
        let one = |part: &&mut Part| {
            // Goods with a value and goods without one are two.
            let alike = (part.size == Size::Whole) == (new.size == Size::Whole);
            part.kind == new.kind && part.object == new.object && alike
        };
        match parts.iter_mut().find(one) {
            Some(part) => part.size = together(part.size, new.size),
            None => parts.push(new),
        }
    }
    parts
}

fn together(one: Size, other: Size) -> Size {
    match (one, other) {
        // Said twice it is imposed once.
        (Size::Whole, Size::Whole) => Size::Whole,
        (Size::Fen(sum), Size::Fen(more)) => Size::Fen(sum.saturating_add(more)),
        (Size::Days(least, most), Size::Days(more_least, more_most)) => {
            Size::Days(least + more_least, most + more_most)
        }
        (Size::Life, _) | (_, Size::Life) => Size::Life,
        _ => Size::Unsaid,
    }
}

fn size(penalty: &Penalty) -> Size {
    match penalty.kind.unit() {
        Unit::Money => penalty.amount_fen.map_or(Size::Unsaid, Size::Fen),
        Unit::Goods => penalty.amount_fen.map_or(Size::Whole, Size::Fen),
        Unit::Whole => Size::Whole,
        Unit::Time if penalty.for_life => Size::Life,
        Unit::Time if penalty.days.is_none() && penalty.months.is_none() => Size::Unsaid,
        Unit::Time => {
            let (days, months) =
                (u32::from(penalty.days.unwrap_or_default()), u32::from(penalty.months.unwrap_or_default()));
            Size::Days(months * 28 + days, months * 31 + days)
        }
    }
}

/// Of what, where that tells one penalty from another, without the signs that do not.
fn object(penalty: &Penalty) -> String {
    use PenaltyKind::*;
    let tells = match penalty.kind {
        Fine | ConfiscateGains | Warning | PublicCriticism | Detention => false,
        ConfiscateGoods => penalty.amount_fen.is_none(),
        SuspendLicence | LowerQualification | RevokeLicence | RestrictBusiness | SuspendProduction | CloseDown
        | BarFromTrade | Other => true,
    };
    let what = penalty.what.iter().filter(|_| tells).flat_map(|what| what.chars());
    what.filter(|c| c.is_alphanumeric()).collect()
}

/// Whether one part is no heavier than another.
#[derive(Clone, Copy, Debug)]
enum Edge {
    Yes,
    No,
    Perhaps(Lacks),
}

fn no_heavier(part: &Part, than: &Part) -> Edge {
    use PenaltyKind::*;
    if part.kind == than.kind {
        return of_one_kind(part, than);
    }
    match (part.kind, than.kind) {
        (Warning, _) => Edge::Yes,
        (PublicCriticism, other) if other != Warning => Edge::Yes,
        (SuspendLicence | LowerQualification, RevokeLicence) | (RestrictBusiness | SuspendProduction, CloseDown) => {
            about(part, than)
        }
        (RestrictBusiness, SuspendProduction) => of_one_kind(part, than),
        _ => Edge::No,
    }
}

/// By measure, then by object.
fn of_one_kind(part: &Part, than: &Part) -> Edge {
    let long = || Edge::Perhaps(Lacks::Length(part.kind));
    match (part.size, than.size) {
        (Size::Whole, Size::Whole) => about(part, than),
        (Size::Fen(fen), Size::Fen(other)) => {
            if fen <= other {
                Edge::Yes
            } else {
                Edge::No
            }
        }
        (Size::Days(..) | Size::Life, Size::Life) => about(part, than),
        (Size::Life, Size::Days(..)) => Edge::No,
        (Size::Days(least, most), Size::Days(other_least, other_most)) => {
            // The same words are the same length.
            if (least, most) == (other_least, other_most) || most <= other_least {
                about(part, than)
            } else if least > other_most {
                Edge::No
            } else {
                long()
            }
        }
        // Until it is put right, told so both times.
        (Size::Unsaid, Size::Unsaid) if part.kind.unit() == Unit::Time => about(part, than),
        (Size::Unsaid, _) | (_, Size::Unsaid) if part.kind.unit() == Unit::Time => long(),
        // Goods of which one has a value and the other has none, or money that is not told.
        _ => Edge::Perhaps(Lacks::Amount(part.kind)),
    }
}

/// By object: whoever says none speaks of whatever there is.
fn about(part: &Part, than: &Part) -> Edge {
    if than.object.is_empty()
        || part.object == than.object
        || !part.object.is_empty() && part.object.contains(&than.object)
    {
        return Edge::Yes;
    }
    Edge::Perhaps(Lacks::Object(part.kind))
}

/// Whether each row can be given a column of its own among those that count.
fn matched(edges: &[Vec<Edge>], counts: impl Fn(&Edge) -> bool) -> bool {
    let columns = edges.first().map_or(0, Vec::len);
    let mut taken: Vec<Option<usize>> = vec![None; columns];
    (0..edges.len()).all(|row| place(edges, &counts, row, &mut vec![false; columns], &mut taken))
}

/// Gives a row a column, moving others where they can go elsewhere.
fn place(
    edges: &[Vec<Edge>],
    counts: &impl Fn(&Edge) -> bool,
    row: usize,
    tried: &mut [bool],
    taken: &mut [Option<usize>],
) -> bool {
    for column in 0..taken.len() {
        if tried[column] || !counts(&edges[row][column]) {
            continue;
        }
        tried[column] = true;
        if taken[column].is_none_or(|other| place(edges, counts, other, tried, taken)) {
            taken[column] = Some(row);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
