//! Lines of items and tiers, both ways.

use kernel::{Fields, words::Word as _};
use lists::facts::{Border, Condition, Limit, Outcome, Range};
use proto::powerlist::v1 as p;

use super::read::{LIST_MAX, each, line};
use crate::{forms, lines};

/// The lines of a list.
pub(super) fn outcomes(f: &mut Fields, path: &str, list: &[p::Outcome]) -> Vec<Outcome> {
    f.at_most(path, list, LIST_MAX);
    each(list).filter_map(|(i, o)| outcome(f, &format!("{path}[{i}]"), o)).collect()
}

fn outcome(f: &mut Fields, path: &str, o: &p::Outcome) -> Option<Outcome> {
    let kind = f.word(&format!("{path}.kind"), o.kind);
    let range = o.range.as_ref().map(|r| range(f, path, r));
    let mut text = |name: &str, said: &str, form| {
        let said = line(f, &format!("{path}.{name}"), said, form, &['|']);
        (!said.is_empty()).then_some(said)
    };
    let condition = text("condition", &o.condition, forms::TITLE);
    let called = text("called", &o.called, forms::FIELD);
    let decided_by = text("decided_by", &o.decided_by, forms::NAME);
    let approval = text("approval", &o.approval, forms::NAME);
    let under = text("under", &o.under, forms::TITLE);
    f.at_most(&format!("{path}.who"), &o.who, 5);
    let who = each(&o.who).filter_map(|(i, who)| f.word(&format!("{path}.who[{i}]"), *who)).collect();
    f.at_most(&format!("{path}.when"), &o.when, lines::CONDITIONS_MAX);
    let when = each(&o.when).filter_map(|(i, c)| when(f, &format!("{path}.when[{i}]"), c)).collect();
    let imposing = match o.imposing {
        0 => None,
        word => f.word(&format!("{path}.imposing"), word),
    };
    let instead = (o.instead != 0).then(|| u8::try_from(o.instead).unwrap_or(u8::MAX));
    let deemed_fen = o.deemed_fen.and_then(|fen| f.fen(&format!("{path}.deemed_fen"), fen));
    let floor = o.floor.as_ref().and_then(|l| limit(f, &format!("{path}.floor"), l));
    let cap = o.cap.as_ref().and_then(|l| limit(f, &format!("{path}.cap"), l));
    let outcome = Outcome {
        kind: kind?,
        range: range.unwrap_or_default(),
        condition,
        called,
        who,
        when,
        imposing,
        instead,
        deemed_fen,
        floor,
        cap,
        decided_by,
        approval,
        under,
    };
    if !outcome.range.as_ref().is_none_or(|range| range.fits(outcome.kind)) {
        f.fault(
            &format!("{path}.range"),
            "only a fine has money, only detention has days alone, only what lasts has a term",
        );
        return None;
    }
    lines::bounded(outcome).map_err(|bad| f.fault(path, bad.en)).ok()
}

fn range(f: &mut Fields, path: &str, range: &p::outcome::Range) -> Option<Range> {
    use p::outcome::Range as R;
    let span = |f: &mut Fields, low: i64, high: i64| {
        if !(0..=high).contains(&low) {
            f.fault(&format!("{path}.range"), "must run from a low of at least 0 to a high that is not lower");
        }
    };
    let base = |f: &mut Fields, name: &str, of: &str| {
        let of = line(f, &format!("{path}.{name}.of"), of, forms::NAME, &['|']);
        if of.is_empty() || of.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '-') {
            f.fault(&format!("{path}.{name}.of"), "must be a word such as 货值金额");
        }
        of
    };
    let small = |f: &mut Fields, name: &str, n: u32| {
        let small = u16::try_from(n).ok();
        if small.is_none() {
            f.fault(&format!("{path}.{name}"), "are too many");
        }
        small
    };
    Some(match range {
        R::Amount(r) => {
            span(f, r.low_fen, r.high_fen);
            Range::Amount { low_fen: r.low_fen, high_fen: r.high_fen }
        }
        R::Multiple(r) => {
            span(f, r.low_hundredths, r.high_hundredths);
            let of = base(f, "multiple", &r.of);
            Range::Multiple { of, low_hundredths: r.low_hundredths, high_hundredths: r.high_hundredths }
        }
        R::Days(r) => {
            span(f, r.low.into(), r.high.into());
            Range::Days { low: small(f, "days", r.low)?, high: small(f, "days", r.high)? }
        }
        R::Share(r) => {
            let (low_ten_thousandths, high_ten_thousandths) = (r.low_ten_thousandths, r.high_ten_thousandths);
            span(f, low_ten_thousandths, high_ten_thousandths);
            Range::Share { of: base(f, "share", &r.of), low_ten_thousandths, high_ten_thousandths }
        }
        R::PerDay(r) => {
            let (low_ten_thousandths, high_ten_thousandths) = (r.low_ten_thousandths, r.high_ten_thousandths);
            span(f, low_ten_thousandths, high_ten_thousandths);
            Range::PerDay { of: base(f, "per_day", &r.of), low_ten_thousandths, high_ten_thousandths }
        }
        R::PerUnit(r) => {
            span(f, r.low_fen, r.high_fen);
            let of = base(f, "per_unit", &r.of);
            let unit = line(f, &format!("{path}.per_unit.unit"), &r.unit, forms::UNIT, &['|']);
            Range::PerUnit { of, unit, low_fen: r.low_fen, high_fen: r.high_fen }
        }
        R::Term(r) if r.for_life => Range::Life,
        R::Term(r) => {
            let low_months = small(f, "term", r.low_months)?;
            let high_months = match r.high_months {
                Some(high) => {
                    span(f, r.low_months.into(), high.into());
                    Some(small(f, "term", high)?)
                }
                None => None,
            };
            Range::Term { low_months, high_months }
        }
    })
}

fn when(f: &mut Fields, path: &str, c: &p::Condition) -> Option<Condition> {
    use p::condition::Is;
    let of = line(f, &format!("{path}.of"), &c.of, forms::NAME, &['|']);
    let value = |f: &mut Fields, said: &str| line(f, &format!("{path}.value"), said, forms::FIELD, &['|']);
    let Some(is) = &c.is else {
        f.required(&format!("{path}.is"));
        return None;
    };
    Some(match is {
        Is::Between(span) => {
            let unit = line(f, &format!("{path}.between.unit"), &span.unit, forms::UNIT, &['|']);
            let border = |b: &p::Border| Border { hundredths: b.hundredths, included: b.included };
            let (from, to) = (span.from.as_ref().map(border), span.to.as_ref().map(border));
            if from.is_none() && to.is_none() {
                f.fault(&format!("{path}.between"), "needs at least one end");
                return None;
            }
            if from.iter().chain(&to).any(|b| b.hundredths < 0)
                || from.zip(to).is_some_and(|(from, to)| from.hundredths > to.hundredths)
            {
                f.fault(&format!("{path}.between"), "must run from a low of at least 0 to a high that is not lower");
            }
            Condition::Between { of, unit, from, to }
        }
        Is::Lacking(how) => Condition::Lacking { of, how: f.word(&format!("{path}.lacking"), *how)? },
        Is::Value(said) => Condition::Is { of, value: value(f, said) },
        Is::NotValue(said) => Condition::IsNot { of, value: value(f, said) },
    })
}

fn limit(f: &mut Fields, path: &str, l: &p::Limit) -> Option<Limit> {
    match &l.of {
        None => {
            f.required(path);
            None
        }
        Some(p::limit::Of::Fen(fen)) => f.fen(&format!("{path}.fen"), *fen).map(|fen| Limit::Amount { fen }),
        Some(p::limit::Of::Multiple(m)) => {
            if m.low_hundredths != m.high_hundredths || m.low_hundredths < 0 {
                f.fault(&format!("{path}.multiple"), "has a low that is its high, and at least 0");
            }
            let of = line(f, &format!("{path}.multiple.of"), &m.of, forms::NAME, &['|']);
            Some(Limit::Multiple { of, hundredths: m.low_hundredths })
        }
    }
}

/// A line as the API shows it.
pub(super) fn show_outcome(o: &Outcome) -> p::Outcome {
    p::Outcome {
        kind: o.kind.number(),
        range: o.range.as_ref().map(show_range),
        condition: o.condition.clone().unwrap_or_default(),
        called: o.called.clone().unwrap_or_default(),
        who: o.who.iter().map(|who| who.number()).collect(),
        when: o.when.iter().map(show_condition).collect(),
        imposing: o.imposing.map_or(0, kernel::words::Word::number),
        instead: o.instead.unwrap_or_default().into(),
        deemed_fen: o.deemed_fen,
        floor: o.floor.as_ref().map(show_limit),
        cap: o.cap.as_ref().map(show_limit),
        decided_by: o.decided_by.clone().unwrap_or_default(),
        approval: o.approval.clone().unwrap_or_default(),
        under: o.under.clone().unwrap_or_default(),
    }
}

fn show_range(range: &Range) -> p::outcome::Range {
    use p::outcome::Range as R;
    let share = |of: &str, low: i64, high: i64| p::ShareRange {
        of: of.to_owned(),
        low_ten_thousandths: low,
        high_ten_thousandths: high,
    };
    match range {
        Range::Amount { low_fen, high_fen } => R::Amount(p::AmountRange { low_fen: *low_fen, high_fen: *high_fen }),
        Range::Multiple { of, low_hundredths, high_hundredths } => R::Multiple(p::MultipleRange {
            of: of.clone(),
            low_hundredths: *low_hundredths,
            high_hundredths: *high_hundredths,
        }),
        Range::Days { low, high } => R::Days(p::DaysRange { low: (*low).into(), high: (*high).into() }),
        Range::Share { of, low_ten_thousandths, high_ten_thousandths } => {
            R::Share(share(of, *low_ten_thousandths, *high_ten_thousandths))
        }
        Range::PerDay { of, low_ten_thousandths, high_ten_thousandths } => {
            R::PerDay(share(of, *low_ten_thousandths, *high_ten_thousandths))
        }
        Range::PerUnit { of, unit, low_fen, high_fen } => {
            R::PerUnit(p::UnitRange { of: of.clone(), unit: unit.clone(), low_fen: *low_fen, high_fen: *high_fen })
        }
        Range::Term { low_months, high_months } => R::Term(p::TermRange {
            low_months: (*low_months).into(),
            high_months: high_months.map(Into::into),
            for_life: false,
        }),
        Range::Life => R::Term(p::TermRange { low_months: 0, high_months: None, for_life: true }),
    }
}

fn show_condition(condition: &Condition) -> p::Condition {
    use p::condition::Is;
    let border = |b: &Border| p::Border { hundredths: b.hundredths, included: b.included };
    let is = match condition {
        Condition::Between { unit, from, to, .. } => {
            Is::Between(p::Span { unit: unit.clone(), from: from.as_ref().map(border), to: to.as_ref().map(border) })
        }
        Condition::Lacking { how, .. } => Is::Lacking(how.number()),
        Condition::Is { value, .. } => Is::Value(value.clone()),
        Condition::IsNot { value, .. } => Is::NotValue(value.clone()),
    };
    p::Condition { of: condition.of().to_owned(), is: Some(is) }
}

fn show_limit(limit: &Limit) -> p::Limit {
    let of = match limit {
        Limit::Amount { fen } => p::limit::Of::Fen(*fen),
        Limit::Multiple { of, hundredths } => p::limit::Of::Multiple(p::MultipleRange {
            of: of.clone(),
            low_hundredths: *hundredths,
            high_hundredths: *hundredths,
        }),
    };
    p::Limit { of: Some(of) }
}
