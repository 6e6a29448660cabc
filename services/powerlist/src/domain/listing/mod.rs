//! The lists beside the list of powers: licences, proofs, services, charges, exemptions … Every list has rows of one shape, and
//! parts of its own, which [`kind`] has as a table.
//!
//! Invariant: a row is published, changed and cancelled on a ground, and what it said on any day is known.

mod check;
mod events;
pub mod kind;
pub mod part;
mod review;
mod state;

use std::{collections::BTreeMap, fmt, str::FromStr, sync::Arc};

use law::{
    Act, Check, ClockChange, Decided, Decider, Refusal,
    check::Breach,
    id::{BadId, ItemCode, RowCode, Uscc},
    order::After,
};
use lists::facts::{CompulsionKind, PowerKind};

use super::{
    events::StepRefused,
    facts::{AgencyFact, ReviewerFact},
    rules::{PL_CITE, PL_REVIEW, PL_REVIEW_WITHIN, PL_ROW_GROUND, pl_change_ground, pl_cite},
    statute,
};
pub use events::{
    PublishRow, RowCancelled, RowChecked, RowContent, RowEvent, RowPublished, RowReviewedYearly, RowStep,
};
pub use kind::{ListKind, ListSpec};
pub use part::{Part, PartForm, PartSpec, Value};
pub use state::State;

/// What a row is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId {
    /// Of which list.
    pub list: ListKind,
    /// Whose list.
    pub agency: Uscc,
    /// 编码.
    pub code: RowCode,
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.list.id(), self.agency, self.code)
    }
}

impl FromStr for RowId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId { what: "row of a list", value: text.to_owned(), why: "list, agency and code, parted by /" };
        let mut parts = text.splitn(3, '/');
        let mut next = || parts.next().ok_or_else(bad);
        let (list, agency, code) = (next()?, next()?, next()?);
        let list = ListKind::ALL.iter().copied().find(|known| known.id() == list).ok_or_else(bad)?;
        Ok(Self { list, agency: agency.parse()?, code: code.parse()? })
    }
}

impl RowContent {
    /// What it is known by.
    pub fn id(&self) -> RowId {
        RowId { list: self.list, agency: self.agency.clone(), code: self.code.clone() }
    }

    /// What it says in a part.
    pub fn said(&self, spec: &PartSpec) -> Option<&Value> {
        part::said(&self.parts, spec)
    }

    /// The power item that it speaks of, with the kinds that it may be.
    pub fn item(&self) -> Option<(ItemCode, &'static [PowerKind])> {
        self.list.parts().iter().find_map(|spec| match spec.form {
            PartForm::Item(kinds) => Some((self.said(spec)?.text()?.parse().ok()?, kinds)),
            _ => None,
        })
    }
}

/// A power item as a row refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFact {
    /// Whose.
    pub agency: Uscc,
    /// Its kind.
    pub kind: PowerKind,
    /// What a compulsory power does.
    pub compels: Vec<CompulsionKind>,
}

/// What is asked, with what must be known of other streams.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub step: Asked,
    /// What is known.
    pub facts: Facts,
}

/// What may be asked of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// What somebody asks for.
    Step(RowStep),
    /// Hold the bases of the version in force anew against the texts on record: what follows when these change.
    CheckCitations(RowId),
}

impl<S: Into<RowStep>> From<S> for Asked {
    fn from(step: S) -> Self {
        Self::Step(step.into())
    }
}

/// What must be known of other streams, as far as the step asks for it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The agency whose list it is.
    pub agency: Option<AgencyFact>,
    /// The power item that the row speaks of, as of its first day.
    pub item: Option<ItemFact>,
    /// The item of the agency on which the charge of the row is published already.
    pub charged: Option<ItemCode>,
    /// The row that was the same under another code, and has ended.
    pub before: Option<RowId>,
    /// The person who signs.
    pub person: Option<ReviewerFact>,
    /// The statutes on record that the bases name, by [`statute::key`].
    pub statutes: BTreeMap<String, Arc<statute::State>>,
}

/// Rows of lists.
pub struct Listing;

impl Decider for Listing {
    type Command = Command;
    type State = State;
    type Event = RowEvent;

    fn answers(command: &Command) -> Vec<After> {
        match &command.step {
            Asked::Step(step) => step.answers(),
            Asked::CheckCitations(_) => Vec::new(),
        }
    }

    fn decide(state: &State, act: &Act, command: &Command) -> Result<Vec<Decided<RowEvent>>, Refusal> {
        match &command.step {
            Asked::Step(RowStep::PublishRow(c)) => publish(state, act, &command.facts, c),
            Asked::Step(RowStep::CancelRow(c)) => cancel(state, act, c),
            Asked::Step(RowStep::ReviewRowYearly(c)) => review::yearly(state, act, &command.facts, c),
            Asked::CheckCitations(id) => check::citations(state, act, &command.facts, id),
        }
    }

    fn evolve(state: &mut State, event: &RowEvent) {
        state.take(event);
    }

    fn attempt(state: &State, _: &Act, command: &Command, breaches: &[Breach]) -> Option<RowEvent> {
        // What follows from other texts is recorded, and no attempt of anybody.
        let Asked::Step(step) = &command.step else { return None };
        let named = |code: &RowCode| {
            let name = state.versions.last().map(|v| v.content.name.clone());
            name.unwrap_or_else(|| code.to_string())
        };
        let (summary, agency) = match step {
            RowStep::PublishRow(c) => {
                let RowContent { list, name, agency, .. } = &c.content;
                (format!("公布{}“{name}”", list.zh()), agency)
            }
            RowStep::CancelRow(c) => (format!("取消{}“{}”", c.list.zh(), named(&c.code)), &c.agency),
            RowStep::ReviewRowYearly(c) => (format!("年度评估{}“{}”", c.list.zh(), named(&c.code)), &c.agency),
        };
        let (step, breaches) = (step.name().to_owned(), breaches.to_vec());
        Some(StepRefused { step, breaches, summary, agency: Some(agency.clone()) }.into())
    }
}

fn publish(state: &State, act: &Act, facts: &Facts, c: &PublishRow) -> Result<Vec<Decided<RowEvent>>, Refusal> {
    let content = &c.content;
    if state.newest() == Some(content) {
        return Ok(vec![]);
    }
    not_before(state, act, c.effective)?;
    check::references(facts, content, c.effective)?;
    let (citations, cited) = pl_cite(&content.bases, &facts.statutes, c.effective);
    let mut check = Check::on(act.day());
    let first = state.versions.is_empty() && facts.before.is_none();
    check.rule(&PL_ROW_GROUND, pl_change_ground(&c.ground, first));
    check::rules(&mut check, facts, content, c.effective);
    if !content.bases.is_empty() {
        check.rule(&PL_CITE, cited);
    }
    let event = RowPublished {
        version: state.versions.last().map_or(1, |v| v.version + 1),
        effective: c.effective,
        content: content.clone(),
        ground: c.ground.clone(),
        citations,
        withheld: content.said(&part::WITHHELD).is_some_and(Value::is_yes),
        review: state.review_clock.is_none().then(|| state.next_review()),
    };
    let clock = event.review.map(|n| ClockChange::open_keyed(&PL_REVIEW, &n.to_string(), act.at, PL_REVIEW_WITHIN));
    let decided = Decided::under(check.settle(act.mode)?, event);
    Ok(vec![match clock {
        Some(clock) => decided.clock(clock),
        None => decided,
    }])
}

fn cancel(state: &State, act: &Act, c: &RowCancelled) -> Result<Vec<Decided<RowEvent>>, Refusal> {
    if state.versions.is_empty() {
        let id = RowId { list: c.list, agency: c.agency.clone(), code: c.code.clone() };
        return Err(Refusal::NotFound { what: "published row", id: id.to_string() });
    }
    if state.is_cancelled() {
        let same = state.cancellations.last() == Some(c);
        return if same {
            Ok(vec![])
        } else {
            Err(Refusal::state("ROW_CANCELLED", "该清单事项已取消", "the row has been cancelled already"))
        };
    }
    not_before(state, act, c.effective)?;
    let mut check = Check::on(act.day());
    check.rule(&PL_ROW_GROUND, pl_change_ground(&c.ground, false));
    let decided = Decided::under(check.settle(act.mode)?, c.clone());
    Ok(vec![match state.review_clock {
        Some(n) => decided.clock(ClockChange::Cancelled { clock: ClockChange::name(&PL_REVIEW, &n.to_string()) }),
        None => decided,
    }])
}

/// What is not yet public binds nobody, and what came later stands.
fn not_before(state: &State, act: &Act, effective: jiff::civil::Date) -> Result<(), Refusal> {
    if effective < act.day() {
        return Err(Refusal::invalid("effective", format!("lies before the day of publication {}", act.day())));
    }
    let last = state.versions.last().map(|v| v.effective).max(state.cancellations.last().map(|c| c.effective));
    if last.is_some_and(|last| effective < last) {
        return Err(Refusal::invalid("effective", "lies before the first day of the version before it"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
