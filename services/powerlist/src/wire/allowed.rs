//! What a compulsory power allows and what a body was entrusted with, both ways.

use kernel::{Fields, clocks::period, words::Word as _};
use law::id::BaseCode;
use lists::facts::{Allowed, Entrustment, Longest, PowerKind, Qualification};
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

/// An entrustment.
pub(super) fn entrustment(f: &mut Fields, path: &str, e: &p::Entrustment) -> Option<Entrustment> {
    let document = line(f, &format!("{path}.document"), &e.document, forms::TITLE, &['|']);
    let (from, until) = (f.date(&format!("{path}.from"), &e.from), f.date(&format!("{path}.until"), &e.until));
    f.at_most(&format!("{path}.kinds"), &e.kinds, PowerKind::ALL.len());
    let kinds = each(&e.kinds).filter_map(|(i, kind)| f.word(&format!("{path}.kinds[{i}]"), *kind)).collect();
    f.at_most(&format!("{path}.items"), &e.items, lines::MATTERS_MAX);
    let items: Vec<BaseCode> =
        each(&e.items).filter_map(|(i, item)| f.parse(&format!("{path}.items[{i}]"), item)).collect();
    f.at_most(&format!("{path}.meets"), &e.meets, Qualification::ALL.len());
    let meets = each(&e.meets).filter_map(|(i, word)| f.word(&format!("{path}.meets[{i}]"), *word)).collect();
    let published_on = f.optional_date(&format!("{path}.published_on"), &e.published_on);
    let terms = Entrustment { document, from: from?, until: until?, kinds, items, published_on, meets };
    lines::bounded_entrustment(terms).map_err(|bad| f.fault(path, bad.en)).ok()
}

pub(super) fn show_entrustment(e: &Entrustment) -> p::Entrustment {
    p::Entrustment {
        document: e.document.clone(),
        from: e.from.to_string(),
        until: e.until.to_string(),
        kinds: e.kinds.iter().map(|kind| kind.number()).collect(),
        items: e.items.iter().map(ToString::to_string).collect(),
        published_on: e.published_on.map(|day| day.to_string()).unwrap_or_default(),
        meets: e.meets.iter().map(|word| word.number()).collect(),
    }
}
