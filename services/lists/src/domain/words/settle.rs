//! What lines of one act say of each other: the heavier takes the place of the ordinary, what a quantity lacks is left to
//! the line that speaks of it.

use super::{
    super::{
        facts::PenaltyKind,
        outcome::{Border, Condition, Outcome, Range, YUAN},
    },
    conditions::{CIRCUMSTANCES, CONSEQUENCES, REPEATED},
    sentence::{Drawn, Note},
};

/// Lets each later line of a kind take the place of an earlier one in the case that it names.
///
/// An ordinary line before 情节严重的，处… of the same kind, for the same persons, under the same other conditions gets
/// 情节≠严重, and so with 后果; a multiple of a quantity before 没有违法所得的，处… or …不足一万元的，处… leaves these cases to it.
pub(super) fn settle(lines: &mut [Drawn], notes: &mut Vec<Note>) {
    tell_parties(lines);
    for later in 1..lines.len() {
        let (before, rest) = lines.split_at_mut(later);
        let new = &rest[0];
        let settled = |old: &&mut Drawn| old.act == new.act && old.twin != new.twin && !old.exact && !new.exact;
        for old in before.iter_mut().filter(settled).filter(|old| alike(&old.line, &new.line)) {
            for condition in &new.line.when {
                let others: Vec<&Condition> = new.line.when.iter().filter(|c| *c != condition).collect();
                if !others.iter().all(|c| old.line.when.contains(c)) {
                    continue;
                }
                let excluded = named(condition, &old.line).or_else(|| measured(condition, &old.line));
                // 有违法所得的 before 违法所得不足一万元的: from there on.
                if let Some(Condition::Between { of, from: Some(from), to: None, .. }) = &excluded
                    && from.hundredths > 0
                {
                    old.line.when.retain(|c| !any_at_all(c, of));
                }
                old.line.when.extend(excluded.filter(|c| !old.line.when.contains(c)));
            }
        }
    }
    multiples_of_fines(lines, notes);
    doubt_what_stands_in_words(lines, notes);
    // A doubt about a line that was not drawn in the end speaks of none.
    for note in notes.iter_mut() {
        note.line = note.line.filter(|line| *line < lines.len());
    }
}

/// 可以按照前款罚款数额的二倍以上五倍以下处以罚款 stands in the place of the fines that it is a multiple of.
fn multiples_of_fines(lines: &mut [Drawn], notes: &mut Vec<Note>) {
    for at in 0..lines.len() {
        let (before, rest) = lines.split_at_mut(at);
        let new = &mut rest[0];
        let Some(Range::Multiple { of, .. } | Range::Share { of, .. }) = &new.line.range else { continue };
        if !of.ends_with("罚款数额") || new.line.instead.is_some() || new.exact {
            continue;
        }
        let number = before.iter().filter_map(|old| old.line.instead).max().unwrap_or(0).saturating_add(1);
        let fined = |old: &&mut Drawn| {
            (old.line.kind, old.act, &old.line.who) == (new.line.kind, new.act, &new.line.who)
                && old.line.instead.is_none()
        };
        let mut any = false;
        for old in before.iter_mut().filter(fined) {
            (old.line.instead, any) = (Some(number), true);
        }
        if any {
            new.line.instead = Some(number);
            notes.push(instead_or_besides(at, new));
        }
    }
}

fn instead_or_besides(at: usize, new: &Drawn) -> Note {
    Note {
        at: new.at.clone(),
        zh: "这一罚款是代替还是增加前述罚款，请核对".to_owned(),
        en: "whether this fine takes the place of the one before or is added to it has to be checked".to_owned(),
        line: Some(at),
        proposal: None,
    }
}

/// A fine under a condition in words beside an ordinary one: whether it takes the other's place, no rule can tell.
fn doubt_what_stands_in_words(lines: &[Drawn], notes: &mut Vec<Note>) {
    for (at, new) in lines.iter().enumerate().filter(|(_, new)| new.line.kind == PenaltyKind::Fine && !new.exact) {
        let beside = |old: &Drawn| {
            old.line.kind == new.line.kind
                && (old.act, &old.line.who) == (new.act, &new.line.who)
                && old.line.condition.is_none()
                && old.line.when.iter().all(|c| new.line.when.contains(c))
        };
        if new.twin == at && new.line.condition.is_some() && lines[..at].iter().any(beside) {
            notes.push(instead_or_besides(at, new));
        }
    }
}

fn alike(old: &Outcome, new: &Outcome) -> bool {
    // What is revoked cannot be suspended, too.
    let revoked = (old.kind, new.kind) == (PenaltyKind::SuspendLicence, PenaltyKind::RevokeLicence);
    (old.kind == new.kind || revoked)
        && old.who == new.who
        && old.condition == new.condition
        && old.decided_by == new.decided_by
        && graded(old.kind)
}

/// Kinds of which a heavier one takes the place of a lighter; what is confiscated or revoked besides is added.
fn graded(kind: PenaltyKind) -> bool {
    use PenaltyKind::{BarFromTrade, Detention, Fine, RestrictBusiness, SuspendLicence, SuspendProduction};
    matches!(kind, Fine | Detention | BarFromTrade | RestrictBusiness | SuspendLicence | SuspendProduction)
}

/// 情节=严重 over a line that says nothing of 情节.
fn named(condition: &Condition, old: &Outcome) -> Option<Condition> {
    let Condition::Is { of, value } = condition else { return None };
    let known = [CIRCUMSTANCES, CONSEQUENCES, REPEATED, PARTY].contains(&of.as_str());
    let free = !old.when.iter().any(|c| matches!(c, Condition::Is { of: other, .. } if other == of));
    (known && free).then(|| Condition::IsNot { of: of.clone(), value: value.clone() })
}

/// A case of the quantity that the earlier line is measured by.
fn measured(condition: &Condition, old: &Outcome) -> Option<Condition> {
    let (Range::Multiple { of: base, .. } | Range::Share { of: base, .. }) = old.range.as_ref()? else { return None };
    let named = matches!(condition, Condition::Is { .. });
    if condition.of() != base || spans(old, base) && !named {
        return None;
    }
    let more_than =
        |from: Border| Condition::Between { of: base.clone(), unit: YUAN.to_owned(), from: Some(from), to: None };
    Some(match condition {
        Condition::Between { from: None, to: Some(to), unit, .. } if unit == YUAN => {
            more_than(Border { hundredths: to.hundredths, included: !to.included })
        }
        Condition::Lacking { .. } => more_than(Border { hundredths: 0, included: false }),
        Condition::Is { of, value } => Condition::IsNot { of: of.clone(), value: value.clone() },
        Condition::Between { .. } | Condition::IsNot { .. } => return None,
    })
}

/// 有违法所得, and no more.
fn any_at_all(condition: &Condition, base: &str) -> bool {
    let nothing = Border { hundredths: 0, included: false };
    matches!(condition, Condition::Between { of, from: Some(from), to: None, .. } if of == base && *from == nothing)
}

/// Who it is, where a line is for parties that have no name of their own.
const PARTY: &str = "身份";

/// 对农户处… beside a line for everybody, or for another party: which of them it is has to be found.
fn tell_parties(lines: &mut [Drawn]) {
    let beside = |drawn: &Drawn, other: &Drawn| {
        other.act == drawn.act && other.line.who.is_empty() && !other.exact && other.party != drawn.party
    };
    let told: Vec<bool> = lines.iter().map(|drawn| lines.iter().any(|other| beside(drawn, other))).collect();
    for (drawn, told) in lines.iter_mut().zip(told) {
        let Some(party) = drawn.party.clone().filter(|_| told) else { continue };
        let words = drawn.line.condition.take().unwrap_or_default();
        let rest: Vec<&str> = words.split('；').filter(|words| words.strip_prefix('对') != Some(&party)).collect();
        drawn.line.condition = (!rest.is_empty()).then(|| rest.join("；"));
        drawn.line.when.insert(0, Condition::Is { of: PARTY.to_owned(), value: party });
    }
}

/// Whether a line says itself of which span it speaks.
fn spans(line: &Outcome, base: &str) -> bool {
    let more = |c: &&Condition| !any_at_all(c, base);
    line.when
        .iter()
        .filter(more)
        .any(|c| matches!(c, Condition::Between { of, .. } | Condition::Lacking { of, .. } if of == base))
}
