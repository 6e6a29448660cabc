//! Lines of what a compulsory power allows, both ways.

use kernel::{Fields, clocks::period, words::Word as _};
use lists::facts::{Allowed, Longest};
use proto::powerlist::v1 as p;

use super::read::{LIST_MAX, each, line};
use crate::{forms, lines};

/// The lines of a list.
pub(super) fn allows(f: &mut Fields, path: &str, list: &[p::Allowed]) -> Vec<Allowed> {
    f.at_most(path, list, LIST_MAX);
    each(list).filter_map(|(i, a)| allowed(f, &format!("{path}[{i}]"), a)).collect()
}

fn allowed(f: &mut Fields, path: &str, a: &p::Allowed) -> Option<Allowed> {
    let kind = f.word(&format!("{path}.kind"), a.kind);
    let mut text = |name: &str, said: &str, form| {
        let said = line(f, &format!("{path}.{name}"), said, form, &['|', '；']);
        (!said.is_empty()).then_some(said)
    };
    let (called, objects) = (text("called", &a.called, forms::FIELD), text("objects", &a.objects, forms::TITLE));
    let under = text("under", &a.under, forms::TITLE);
    f.at_most(&format!("{path}.on"), &a.on, 5);
    let on = each(&a.on).filter_map(|(i, on)| f.word(&format!("{path}.on[{i}]"), *on)).collect();
    let by = f.maybe_word(&format!("{path}.by"), a.by).flatten();
    let longest = a.longest.as_ref().and_then(|l| longest(f, &format!("{path}.longest"), l));
    if a.longest.is_some() && longest.is_none() {
        return None;
    }
    let allowed = Allowed { kind: kind?, called, longest, on, objects, by, under };
    lines::bounded_allowed(allowed).map_err(|bad| f.fault(path, bad.en)).ok()
}

fn longest(f: &mut Fields, path: &str, l: &p::Longest) -> Option<Longest> {
    let period = f.period(&format!("{path}.period"), l.period.as_ref());
    let extension = match &l.extension {
        None => Some(None),
        some => f.period(&format!("{path}.extension"), some.as_ref()).map(Some),
    };
    let under = line(f, &format!("{path}.under"), &l.under, forms::TITLE, &['|', '；']);
    Some(Longest { period: period?, extension: extension?, under })
}

pub(super) fn show_allowed(a: &Allowed) -> p::Allowed {
    let longest = |l: &Longest| p::Longest {
        period: Some(period(l.period)),
        extension: l.extension.map(period),
        under: l.under.clone(),
    };
    p::Allowed {
        kind: a.kind.number(),
        called: a.called.clone().unwrap_or_default(),
        longest: a.longest.as_ref().map(longest),
        on: a.on.iter().map(|on| on.number()).collect(),
        objects: a.objects.clone().unwrap_or_default(),
        by: a.by.map_or(0, kernel::words::Word::number),
        under: a.under.clone().unwrap_or_default(),
    }
}
