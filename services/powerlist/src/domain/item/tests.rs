//! The life of an item, the gates of its publication, its standard, its charges.

mod citations;
mod compulsion;
mod flow;
mod gates;
mod ground;
mod holder;
mod order;
mod otherwise;
mod planted;
mod standard;
mod terms;
mod wider;

use law::{
    Act, Decider,
    decider::harness::{Given, given},
};

use super::*;
use crate::domain::{
    content::*,
    events::*,
    fixture::*,
    statute::{CitationHeld, Held},
};
use lists::facts::{
    AgencyKind, Allowed, CompulsionKind, OfficerRole, Otherwise, Outcome, PenaltyKind, PowerKind, Range, Tier,
    TierLevel,
};

fn draft_of(content: ItemContent, kind: GroundKind) -> Command {
    draft_on(content, ground(kind))
}

fn draft_on(content: ItemContent, ground: Ground) -> Command {
    ask(Box::new(ItemDrafted { item: content.item.clone(), version: 0, content: content.into(), ground }))
}

/// A step with everything known that it may ask for.
fn ask(step: impl Into<ItemStep>) -> Command {
    let (agency, person, uniform) = (Some(agency_fact()), Some(reviewer()), Some(uniform()));
    Command { step: Asked::Step(step.into()), facts: Facts { agency, person, uniform, ..Facts::default() } }
}

fn drafted(version: u32, content: ItemContent) -> ItemEvent {
    let kind = if version == 1 { GroundKind::FirstCompilation } else { GroundKind::LawChanged };
    ItemDrafted { item: item(), version, content: content.into(), ground: ground(kind) }.into()
}

fn reviewed(version: u32, passed: bool) -> ItemEvent {
    let (reviewer, opinion) = ("131035".parse().unwrap(), "依据充分".into());
    ItemReviewed { item: item(), version, passed, reviewer, opinion }.into()
}

fn published(version: u32, effective: &str, content: ItemContent) -> ItemEvent {
    let (effective, published_at) = (day(effective), "抚远市人民政府网站".into());
    let citations = content.bases.iter().map(|_| CitationHeld { held: Held::NotChecked, version: None }).collect();
    let content = content.into();
    ItemPublished { item: item(), version, effective, published_at, content, citations }.into()
}

fn standard_event(effective: &str) -> ItemEvent {
    StandardPublished {
        item: item(),
        version: 1,
        tiers: tiers().into(),
        effective: day(effective),
        document: "基准".into(),
    }
    .into()
}

fn publish(version: u32, effective: &str) -> Command {
    let (effective, published_at) = (day(effective), "抚远市人民政府网站".into());
    ask(PublishItem { item: item(), version, effective, published_at })
}

/// A draft that has passed its review, ready for publication.
fn ready(content: ItemContent) -> Given<Item> {
    given([drafted(1, content), standard_event("2026-03-02"), reviewed(1, true)])
}

fn on() -> Act {
    act("2026-03-20")
}
