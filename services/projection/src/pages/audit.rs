//! 审计: how far each ledger was read, what the views add up to, what could not be read, and the log itself.

use std::collections::BTreeMap;

use askama::Template;

use super::{
    PageError,
    context::Cx,
    format,
    frame::Frame,
    officers::agency_choices,
    parts::{Chip, Choice, Pager},
    room::Room,
};
use crate::model::{AuditFilter, AuditRow, Page, ParkedRow};
use crate::query::sort;

struct Source {
    id: String,
    name: String,
    read: String,
    head: String,
    state: Chip,
}

struct Entry {
    row: AuditRow,
    chip: Option<Chip>,
}

struct Log {
    entries: Vec<Entry>,
    pager: Pager,
    agencies: Vec<Choice>,
    sources: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct View {
    f: Frame,
    filter: AuditFilter,
    sources: Vec<Source>,
    /// Whether digests can be computed; it reads every row, so only when asked.
    can_digest: bool,
    digests: Option<BTreeMap<String, String>>,
    parked: Vec<ParkedRow>,
    /// None for those who read no case.
    log: Option<Log>,
}

/// The audit page.
pub(crate) async fn show(cx: Cx) -> Result<String, PageError> {
    cx.enter(Room::Audit)?;
    let filter: AuditFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Audit).await?;
    let f = f.sorted("/audit", &filter, filter.sort.as_deref(), &sort::AUDIT)?;
    let digests = match (&cx.state().digests, cx.query("digests")) {
        (Some(digests), Some(_)) => Some(digests().await?),
        _ => None,
    };
    let reads_cases = !cx.scope().is_public();
    let parked = match reads_cases {
        true => cx.ask().parked(cx.scope()).await?,
        false => Vec::new(),
    };
    let states = f.as_of.iter().flat_map(|as_of| &as_of.sources);
    let sources: Vec<Source> = states
        .map(|s| {
            let behind = s.head.saturating_sub(s.read);
            Source {
                id: s.source.clone(),
                name: f.ledger(&s.source).to_owned(),
                read: format::count(s.read),
                head: format::count(s.head),
                state: match behind {
                    0 => Chip::new("done", "done", f.w.up_to_date),
                    n => Chip::new("open", "open", f.lang.pick(format!("落后 {n} 条"), format!("{n} behind"))),
                },
            }
        })
        .collect();
    let log = match reads_cases {
        true => Some(log(&cx, &f, &filter, &sources).await?),
        false => None,
    };
    Ok(View { can_digest: cx.state().digests.is_some(), sources, digests, parked, log, filter, f }.render()?)
}

async fn log(cx: &Cx, f: &Frame, filter: &AuditFilter, sources: &[Source]) -> Result<Log, PageError> {
    let list: Page<AuditRow> = cx.ask().audit(cx.scope(), filter).await?;
    let chosen = filter.source.as_deref();
    Ok(Log {
        pager: Pager::of(&list, "/audit", filter, f.lang),
        agencies: agency_choices(cx, filter.agency.as_deref()).await?,
        sources: sources.iter().map(|s| Choice::new(s.id.clone(), s.name.clone(), chosen)).collect(),
        entries: list
            .rows
            .into_iter()
            .map(|row| Entry {
                chip: match (row.entry.refused, row.entry.violations.is_empty()) {
                    (true, _) => Some(Chip::new("wrong", "refused", f.w.refused_attempt)),
                    (false, false) => Some(Chip::new("warn", "wrong", f.w.with_violations)),
                    (false, true) => None,
                },
                row,
            })
            .collect(),
    })
}
