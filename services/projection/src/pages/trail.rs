//! 事项脉络: what belongs together across all services, in order, with what led to what.

use std::collections::HashMap;

use askama::Template;

use super::{
    PageError,
    cases::entry_chip,
    context::Cx,
    format,
    frame::{Crumb, Frame, Number, called, file},
    parts::Chip,
    room::Room,
};
use crate::model::{CaseRow, Scope, Trail, TrailEvent};

/// Most matters that stand beside each other; more stand in one column.
const LANES_MAX: usize = 6;

/// A column of the trail: a matter, or several.
struct Lane {
    name: String,
    /// Where there is little room.
    short: String,
    below: String,
}

impl Lane {
    fn of(name: &str) -> Self {
        Self { name: name.to_owned(), short: name.to_owned(), below: String::new() }
    }
}

/// What led to an event: where it stands here, and what it was.
enum Cause {
    Here(usize, String),
    Elsewhere,
}

/// One line.
struct Line {
    e: TrailEvent,
    /// Its column.
    lane: usize,
    /// Its matter, where columns do not say it.
    of: Option<String>,
    title: Number,
    chip: Option<Chip>,
    cause: Option<Cause>,
}

#[derive(Template)]
#[template(path = "trail.html")]
struct View {
    f: Frame,
    t: Trail,
    lanes: Vec<Lane>,
    lines: Vec<Line>,
    /// What is left out.
    cut: Vec<String>,
}

/// The trail of a matter. Who may not see the matter whole is told what the public is.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    let id = cx.param("id").to_owned();
    let whole = match Room::Cases.admits(cx.caller()) {
        true => cx.ask().trail(cx.scope(), &id).await?,
        false => None,
    };
    let t = match whole {
        Some(t) => t,
        None => match cx.ask().trail(&Scope::Public, &id).await? {
            Some(t) => t,
            None => return Err(cx.enter(Room::Cases).err().unwrap_or(PageError::NotFound)),
        },
    };
    let room = if Room::Cases.admits(cx.caller()) { Room::Cases } else { Room::Overview };
    let from = t.matters.iter().find(|m| m.id == id);
    let between = from.map(|m| Crumb::to(called(m, cx.lang()), file(&m.id, &m.source))).into_iter().collect();
    let f = Frame::of(&cx, room, cx.lang().words().trail, between).await?;
    let view = View { lanes: lanes(&f, &t), lines: lines(&f, &t), cut: cut(&f, &t), t, f };
    Ok(view.render()?)
}

/// A matter by its kind and number.
pub(crate) fn named(f: &Frame, matter: &CaseRow) -> String {
    format!("{} {}", f.t(&matter.kind_text), matter.number).trim_end().to_owned()
}

/// What a matter was decided to, in the words of its service.
pub(crate) fn outcome(f: &Frame, matter: &CaseRow) -> String {
    let Some(id) = &matter.outcome else { return "—".to_owned() };
    let found = f.services.matter(&matter.source, &matter.kind).and_then(|card| card.outcome(id));
    found.map_or(id.as_str(), |outcome| f.lang.pick(outcome.label.zh, outcome.label.en)).to_owned()
}

/// A column for each matter, and one for what no matter keeps; or one for all.
fn lanes(f: &Frame, t: &Trail) -> Vec<Lane> {
    if t.matters.len() > LANES_MAX {
        return vec![Lane::of(f.w.what_happened)];
    }
    let lane = |m: &CaseRow| Lane { name: named(f, m), short: f.t(&m.kind_text), below: m.agency_name.clone() };
    let mut all: Vec<Lane> = t.matters.iter().map(lane).collect();
    if t.events.iter().any(|e| e.matter.is_none()) {
        all.push(Lane::of(f.w.no_matter));
    }
    all
}

fn lines(f: &Frame, t: &Trail) -> Vec<Line> {
    let places: HashMap<&str, usize> = t.events.iter().zip(1..).map(|(e, at)| (e.entry.id.as_str(), at)).collect();
    let beside = t.matters.len() <= LANES_MAX;
    let line = |e: &TrailEvent| {
        let at = e.matter.map_or(t.matters.len(), |at| at as usize);
        let matter = t.matters.get(at);
        let cause = e.entry.cause.as_deref().map(|cause| match places.get(cause) {
            Some(at) => Cause::Here(*at, t.events.get(at - 1).map(|e| f.t(&e.entry.title)).unwrap_or_default()),
            None => Cause::Elsewhere,
        });
        Line {
            lane: if beside { at } else { 0 },
            of: (!beside).then(|| matter.map_or_else(|| f.w.no_matter.to_owned(), |m| named(f, m))),
            title: Number {
                text: f.t(&e.entry.title),
                href: matter.map(|m| format!("{}#e{}", f.file(m), e.entry.seq)),
            },
            chip: entry_chip(f, &e.entry),
            cause,
            e: e.clone(),
        }
    };
    t.events.iter().map(line).collect()
}

fn cut(f: &Frame, t: &Trail) -> Vec<String> {
    let (matters, events) = (format::count(t.matters.len() as u64), format::count(t.events.len() as u64));
    let told = [
        (
            t.matters_cut,
            format!("相关事项过多，只列出{matters}件。"),
            format!("There are more matters; {matters} are told."),
        ),
        (
            t.events_cut,
            format!("经过过长，只列出前{events}条。"),
            format!("There is more; the first {events} events are told."),
        ),
    ];
    told.into_iter().filter(|(cut, ..)| *cut).map(|(_, zh, en)| f.lang.pick(zh, en)).collect()
}
