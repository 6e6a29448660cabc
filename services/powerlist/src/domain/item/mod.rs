//! Power items: draft, legal review, publication, adjustment, cancellation, with their standards and charges.

mod citations;
mod draft;
mod ground;
mod publish;
mod review;
mod standard;
mod state;

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use law::{Act, Decided, Decider, Refusal, check::Breach, id::ItemCode, order::After};

use super::{
    events::{ItemEvent, ItemStep, StepRefused},
    facts::{AgencyFact, OtherHolder, ReviewerFact, UniformFact},
    listing::RowId,
    rules::Ceilings,
    statute,
};
pub use state::{Draft, Noted, Review, State, Version};

/// What is asked, with what must be known of other streams.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub step: Asked,
    /// What is known.
    pub facts: Facts,
}

/// What may be asked of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// What somebody asks for.
    Step(ItemStep),
    /// Hold the bases of the version in force anew against the texts on record: what follows when these change.
    CheckCitations(ItemCode),
}

impl<S: Into<ItemStep>> From<S> for Asked {
    fn from(step: S) -> Self {
        Self::Step(step.into())
    }
}

/// What must be known of other streams, as far as the step asks for it.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The agency that exercises the power.
    pub agency: Option<AgencyFact>,
    /// The person who signs.
    pub person: Option<ReviewerFact>,
    /// What the base code must agree with.
    pub uniform: Option<UniformFact>,
    /// Items in force that may be the same power.
    pub others: Vec<OtherHolder>,
    /// The item that was the same under another code, and has ended.
    pub before: Option<ItemCode>,
    /// The statutes on record that the bases name, by [`statute::key`].
    pub statutes: BTreeMap<String, Arc<statute::State>>,
    /// The ceilings of fines by rules.
    pub ceilings: Ceilings,
    /// The row of the list of fees and funds in which the agency has the charge already.
    pub charge_row: Option<RowId>,
}

/// A draft to be put in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishItem {
    /// The item.
    pub item: ItemCode,
    /// The draft's version.
    pub version: u32,
    /// First day in force; not before the day of publication.
    pub effective: Date,
    /// Where it is published.
    pub published_at: String,
}

/// Power items.
pub struct Item;

impl Decider for Item {
    type Command = Command;
    type State = State;
    type Event = ItemEvent;

    fn answers(command: &Command) -> Vec<After> {
        match &command.step {
            Asked::Step(step) => step.answers(),
            Asked::CheckCitations(_) => Vec::new(),
        }
    }

    fn decide(state: &State, act: &Act, command: &Command) -> Result<Vec<Decided<ItemEvent>>, Refusal> {
        let facts = &command.facts;
        let step = match &command.step {
            Asked::Step(step) => step,
            Asked::CheckCitations(item) => return citations::check(state, act, facts, item),
        };
        match step {
            ItemStep::DraftItem(c) => draft::draft(state, act, facts, c),
            ItemStep::ReviewItem(c) => review::review(state, act, facts, c),
            ItemStep::PublishItem(c) => publish::publish(state, act, facts, c),
            ItemStep::CancelItem(c) => publish::cancel(state, act, facts, c),
            ItemStep::ReviewItemYearly(c) => review::review_yearly(state, act, facts, c),
            ItemStep::NoteGround(c) => ground::note(state, c),
            ItemStep::AnswerGround(c) => ground::answer(state, act, c),
            ItemStep::PublishStandard(c) => standard::publish_standard(state, act, c),
            ItemStep::PublishFee(c) => standard::publish_fee(state, act, facts, c),
        }
    }

    fn evolve(state: &mut State, event: &ItemEvent) {
        state.take(event);
    }

    fn attempt(state: &State, _: &Act, command: &Command, breaches: &[Breach]) -> Option<ItemEvent> {
        // What follows from other texts is recorded, and no attempt of anybody.
        let Asked::Step(step) = &command.step else { return None };
        let named = |item: &ItemCode| state.newest().map_or_else(|| item.to_string(), |c| c.name.clone());
        let summary = match step {
            ItemStep::DraftItem(c) => format!("起草“{}”", c.content.name),
            ItemStep::ReviewItem(c) => format!("审核“{}”第{}版", named(&c.item), c.version),
            ItemStep::PublishItem(c) => format!("公布“{}”第{}版", named(&c.item), c.version),
            ItemStep::CancelItem(c) => format!("取消“{}”", named(&c.item)),
            ItemStep::ReviewItemYearly(c) => format!("年度评估“{}”", named(&c.item)),
            ItemStep::NoteGround(c) => format!("登记“{}”的调整事由", named(&c.item)),
            ItemStep::AnswerGround(c) => format!("答复“{}”的调整事由", named(&c.item)),
            ItemStep::PublishStandard(c) => format!("公布“{}”的裁量基准", named(&c.item)),
            ItemStep::PublishFee(c) => format!("公布收费“{}”", c.name),
        };
        let agency = match step {
            ItemStep::DraftItem(c) => Some(c.content.agency.clone()),
            _ => state.newest().map(|c| c.agency.clone()),
        };
        let (step, breaches) = (step.name().to_owned(), breaches.to_vec());
        Some(StepRefused { step, breaches, summary, agency }.into())
    }
}

fn pending<'a>(state: &'a State, item: &ItemCode, version: u32) -> Result<&'a Draft, Refusal> {
    let known = state.draft.as_ref();
    match known.filter(|d| d.version == version) {
        Some(draft) => Ok(draft),
        None if state.code.is_none() => Err(Refusal::NotFound { what: "item", id: item.to_string() }),
        None => Err(Refusal::state(
            "VERSION_NOT_PENDING",
            format!("第{version}版不是待办的草案"),
            format!("version {version} is not the pending draft"),
        )),
    }
}

/// What is not yet public binds nobody.
fn not_before_act(effective: Date, act: &Act) -> Result<(), Refusal> {
    if effective < act.day() {
        return Err(Refusal::invalid("effective", format!("lies before the day of publication {}", act.day())));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
