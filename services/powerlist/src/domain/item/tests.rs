//! The life of an item, the gates of its publication, its standard, its charges.

mod flow;
mod gates;
mod standard;

use law::{
    Act, Decider,
    decider::harness::{Given, given},
};

use super::*;
use crate::domain::{content::*, events::*, fixture::*};

fn draft_of(content: ItemContent, kind: GroundKind) -> Command {
    Command::Draft(Box::new(DraftItem { content, ground: ground(kind), agency: Some(agency_fact()) }))
}

fn drafted(version: u32, content: ItemContent) -> ItemEvent {
    let kind = if version == 1 { GroundKind::FirstCompilation } else { GroundKind::LawChanged };
    ItemDrafted { item: item(), version, content, ground: ground(kind) }.into()
}

fn reviewed(version: u32, passed: bool) -> ItemEvent {
    let (reviewer, opinion) = ("131035".parse().unwrap(), "依据充分".into());
    ItemReviewed { item: item(), version, passed, reviewer, opinion }.into()
}

fn published(version: u32, effective: &str, content: ItemContent) -> ItemEvent {
    let (effective, published_at) = (day(effective), "抚远市人民政府网站".into());
    ItemPublished { item: item(), version, effective, published_at, content }.into()
}

fn standard_event(effective: &str) -> ItemEvent {
    StandardPublished { item: item(), version: 1, tiers: tiers(), effective: day(effective), document: "基准".into() }
        .into()
}

fn publish_cmd(version: u32, effective: &str) -> PublishItem {
    PublishItem {
        item: item(),
        version,
        effective: day(effective),
        published_at: "抚远市人民政府网站".into(),
        agency: Some(agency_fact()),
        uniform: Some(uniform()),
    }
}

fn publish(version: u32, effective: &str) -> Command {
    Command::Publish(Box::new(publish_cmd(version, effective)))
}

/// A draft that has passed its review, ready for publication.
fn ready(content: ItemContent) -> Given<Item> {
    given([drafted(1, content), standard_event("2026-03-02"), reviewed(1, true)])
}

fn on() -> Act {
    act("2026-03-20")
}
