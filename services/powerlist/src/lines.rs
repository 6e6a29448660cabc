//! How much a line of an item may say, whichever way it comes in: in a request or in a cell of a sheet.

use lists::facts::{Allowed, Condition, Departure, Entrustment, Limit, Otherwise, Outcome, Range};

use crate::{
    domain::terms::{Term, TermLine},
    forms,
    sheets::Bad,
};

/// Most conditions of one line.
pub(crate) const CONDITIONS_MAX: usize = 8;
/// Most lines that stand in each other's place.
pub(crate) const CHOICES_MAX: u8 = 9;

/// The line, if its texts are short enough and a cell can hold it so that it reads back as the same.
pub(crate) fn bounded(line: Outcome) -> Result<Outcome, Bad> {
    for (text, form) in texts(&line) {
        form.read(text)?;
    }
    if line.when.len() > CONDITIONS_MAX {
        return Err(Bad::new(
            format!("一行最多写{CONDITIONS_MAX}个条件，这一行有{}个；请分成几行", line.when.len()),
            format!(
                "a line has at most {CONDITIONS_MAX} conditions, this one {}; make it several lines",
                line.when.len()
            ),
        ));
    }
    if line.instead.is_some_and(|number| !(1..=CHOICES_MAX).contains(&number)) {
        return Err(Bad::new(
            format!("择一的编号为1至{CHOICES_MAX}"),
            format!("alternatives are numbered 1 to {CHOICES_MAX}"),
        ));
    }
    let written = line.to_string();
    match Outcome::read(&written) {
        Ok(same) if same == line => Ok(line),
        _ => Err(Bad::new(
            format!(
                "“{written}”写进清单后读不回原来的意思；请改换其中的用词（不用 | ； = ≠ < ≤ > ≥，不以数字开头或者结尾）"
            ),
            format!(
                "{written:?} could not be read back from the published list; choose other words (without | ； = ≠ < ≤ > ≥, with no number at either end)"
            ),
        )),
    }
}

/// A line of what a compulsory power allows, if its texts are short enough and it reads back as the same.
pub(crate) fn bounded_allowed(line: Allowed) -> Result<Allowed, Bad> {
    let longest = line.longest.as_ref().map(|longest| &longest.under);
    let texts = [
        (line.called.as_ref(), forms::FIELD),
        (line.objects.as_ref(), forms::TITLE),
        (line.under.as_ref(), forms::TITLE),
    ];
    for (text, form) in texts.into_iter().chain([(longest, forms::TITLE)]) {
        text.map(|text| form.read(text)).transpose()?;
    }
    let written = line.to_string();
    if Allowed::read(&written).is_ok_and(|same| same == line) { Ok(line) } else { Err(unreadable(&written)) }
}

/// A departure, if its texts are short enough and it reads back as the same.
pub(crate) fn bounded_otherwise(line: Otherwise) -> Result<Otherwise, Bad> {
    if let Departure::Jurisdiction { organ } = &line.rule {
        forms::NAME.read(organ)?;
    }
    forms::TITLE.read(&line.under)?;
    let written = line.to_string();
    if Otherwise::read(&written).is_ok_and(|same| same == line) { Ok(line) } else { Err(unreadable(&written)) }
}

/// Most matters of an entrustment.
pub(crate) const MATTERS_MAX: usize = 64;

/// An entrustment, if its texts are short enough, its matters not too many, and it reads back as the same.
pub(crate) fn bounded_entrustment(terms: Entrustment) -> Result<Entrustment, Bad> {
    forms::TITLE.read(&terms.document)?;
    let count = terms.kinds.len() + terms.items.len();
    if count > MATTERS_MAX {
        return Err(Bad::new(
            format!("委托事项最多{MATTERS_MAX}项，现有{count}项；可以写职权类型"),
            format!("an entrustment names at most {MATTERS_MAX} matters, this one {count}; name kinds of powers"),
        ));
    }
    let written = terms.to_string();
    if Entrustment::read(&written).is_ok_and(|same| same == terms) { Ok(terms) } else { Err(unreadable(&written)) }
}

/// A line of what an item asks and gives, if its texts are short enough and it reads back as the same.
pub(crate) fn bounded_term(line: TermLine) -> Result<TermLine, Bad> {
    let (text, form) = match &line.term {
        Term::Condition { text }
        | Term::Material { text }
        | Term::Number { text }
        | Term::Payer { text }
        | Term::Content { text } => (text.as_str(), forms::TITLE),
        Term::Rate { unit, .. } => (unit.as_str(), forms::UNIT),
        Term::Order { of, .. } => (of.as_str(), forms::NAME),
        Term::Time { .. } | Term::Validity { .. } | Term::Step { .. } | Term::Way { .. } | Term::Visits { .. } => {
            ("", forms::NAME)
        }
    };
    form.read(text)?;
    if let Term::Order { what, .. } = &line.term {
        forms::FIELD.read(what)?;
    }
    if let Some(article) = &line.under {
        forms::TITLE.read(article)?;
    }
    let written = line.to_string();
    if TermLine::read(&written).is_ok_and(|same| same == line) { Ok(line) } else { Err(unreadable(&written)) }
}

fn unreadable(written: &str) -> Bad {
    Bad::new(
        format!("“{written}”写进清单后读不回原来的意思；请改换其中的用词（不用 | ；），依据写作《…》第…条"),
        format!(
            "{written:?} could not be read back from the published list; choose other words (without | ；), and write an article as 《…》第…条"
        ),
    )
}

/// The texts of a line, each with its form.
fn texts(line: &Outcome) -> Vec<(&str, kernel::text::Form)> {
    let mut all: Vec<(&str, kernel::text::Form)> = Vec::new();
    let optional = [
        (&line.called, forms::FIELD),
        (&line.condition, forms::TITLE),
        (&line.decided_by, forms::NAME),
        (&line.approval, forms::NAME),
        (&line.under, forms::TITLE),
    ];
    for (text, form) in optional {
        if let Some(text) = text {
            all.push((text, form));
        }
    }
    match &line.range {
        Some(Range::Multiple { of, .. } | Range::Share { of, .. } | Range::PerDay { of, .. }) => {
            all.push((of, forms::NAME));
        }
        Some(Range::PerUnit { of, unit, .. }) => {
            all.push((of, forms::NAME));
            all.push((unit, forms::UNIT));
        }
        Some(Range::Amount { .. } | Range::Days { .. } | Range::Term { .. } | Range::Life) | None => {}
    }
    for condition in &line.when {
        all.push((condition.of(), forms::NAME));
        match condition {
            Condition::Between { unit, .. } => all.push((unit, forms::UNIT)),
            Condition::Is { value, .. } | Condition::IsNot { value, .. } => all.push((value, forms::FIELD)),
            Condition::Lacking { .. } => {}
        }
    }
    for limit in [&line.floor, &line.cap].into_iter().flatten() {
        if let Limit::Multiple { of, .. } = limit {
            all.push((of, forms::NAME));
        }
    }
    all
}
