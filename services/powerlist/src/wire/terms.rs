//! What an item asks and gives beside its outcomes, both ways.

use kernel::{Fields, clocks::period, words::Word as _};
use proto::powerlist::v1 as p;

use super::read::{LIST_MAX, each, line};
use crate::{
    domain::terms::{Term, TermLine},
    forms, lines,
};

/// The lines of a list.
pub(super) fn terms(f: &mut Fields, path: &str, list: &[p::Term]) -> Vec<TermLine> {
    f.at_most(path, list, LIST_MAX);
    each(list).filter_map(|(i, t)| one(f, &format!("{path}[{i}]"), t)).collect()
}

fn one(f: &mut Fields, path: &str, t: &p::Term) -> Option<TermLine> {
    use p::term::Says as S;
    let under = line(f, &format!("{path}.under"), &t.under, forms::TITLE, &['|']);
    let says = f.part(&format!("{path}.says"), t.says.as_ref())?;
    let text = |f: &mut Fields, name: &str, said: &str, form| line(f, &format!("{path}.{name}"), said, form, &['|']);
    let maybe = |f: &mut Fields, name: &str, time: Option<&proto::common::v1::Period>| match time {
        None => Some(None),
        some => f.period(&format!("{path}.{name}"), some).map(Some),
    };
    let term = match says {
        S::Condition(said) => Term::Condition { text: text(f, "condition", said, forms::TITLE) },
        S::Material(said) => Term::Material { text: text(f, "material", said, forms::TITLE) },
        S::Number(said) => Term::Number { text: text(f, "number", said, forms::TITLE) },
        S::Payer(said) => Term::Payer { text: text(f, "payer", said, forms::TITLE) },
        S::Content(said) => Term::Content { text: text(f, "content", said, forms::TITLE) },
        S::Time(time) => Term::Time {
            statutory: f.period(&format!("{path}.time.statutory"), time.statutory.as_ref())?,
            promised: maybe(f, "time.promised", time.promised.as_ref())?,
        },
        S::Validity(validity) => Term::Validity { period: maybe(f, "validity.period", validity.period.as_ref())? },
        S::Step(step) => Term::Step {
            step: f.word(&format!("{path}.step.step"), step.step)?,
            within: maybe(f, "step.within", step.within.as_ref())?,
        },
        S::Rate(rate) => Term::Rate {
            unit: text(f, "rate.unit", &rate.unit, forms::UNIT),
            low_fen: rate.low_fen,
            high_fen: rate.high_fen,
        },
        S::Way(way) => Term::Way { way: f.word(&format!("{path}.way"), *way)? },
        S::Visits(most) => Term::Visits { most: f.small(&format!("{path}.visits"), *most)? },
        S::Order(order) => Term::Order {
            what: text(f, "order.what", &order.what, forms::FIELD),
            of: text(f, "order.of", &order.of, forms::NAME),
            low_hundredths: order.low_hundredths,
            high_hundredths: order.high_hundredths,
        },
    };
    let under = (!under.is_empty()).then_some(under);
    lines::bounded_term(TermLine { term, under }).map_err(|bad| f.fault(path, bad.en)).ok()
}

pub(super) fn show_term(line: &TermLine) -> p::Term {
    use p::term::Says as S;
    let says = match &line.term {
        Term::Condition { text } => S::Condition(text.clone()),
        Term::Material { text } => S::Material(text.clone()),
        Term::Number { text } => S::Number(text.clone()),
        Term::Payer { text } => S::Payer(text.clone()),
        Term::Content { text } => S::Content(text.clone()),
        Term::Time { statutory, promised } => {
            S::Time(p::LicenceTime { statutory: Some(period(*statutory)), promised: promised.map(period) })
        }
        Term::Validity { period: time } => S::Validity(p::Validity { period: time.map(period) }),
        Term::Step { step, within } => S::Step(p::LicenceStep { step: step.number(), within: within.map(period) }),
        Term::Rate { unit, low_fen, high_fen } => {
            S::Rate(p::LevyRate { unit: unit.clone(), low_fen: *low_fen, high_fen: *high_fen })
        }
        Term::Way { way } => S::Way(way.number()),
        Term::Visits { most } => S::Visits((*most).into()),
        Term::Order { what, of, low_hundredths, high_hundredths } => S::Order(p::MeasuredOrder {
            what: what.clone(),
            of: of.clone(),
            low_hundredths: *low_hundredths,
            high_hundredths: *high_hundredths,
        }),
    };
    p::Term { says: Some(says), under: line.under.clone().unwrap_or_default() }
}
