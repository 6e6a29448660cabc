//! What an import changes, entry by entry and column by column: what the record says before and after it was decided.

use kernel::{ExecuteError, Tx, procedure::Procedure as _};
use law::id::{ItemCode, Uscc};

use super::work::{Work, layout_stream};
use crate::{
    domain::{
        agency::Agency,
        catalogue::Catalogue,
        item::{self, Item},
        layout::Layouts,
        listing::{Listing, RowId},
        officer::Officer,
        parameter::Parameters,
        plan::Plan,
        region::Region,
    },
    sheets::{
        Sheet, agency_row, fee_row, item_row, listing_row, office_row, officer_row, parameter_row, plan_task_row,
        region_row, show_basis, standard_rows,
    },
};

/// Most bytes of text of all changes that are told.
const TEXT_MAX: usize = 1024 * 1024;
/// Most characters of a cell that are told.
const CELL_MAX: usize = 500;

/// What happens to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Added,
    Changed,
    Cancelled,
}

/// A column that changes: what it said, and what it says from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldChange {
    pub(crate) column: &'static str,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// An entry that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) file: String,
    pub(crate) tab: String,
    pub(crate) row: u32,
    pub(crate) kind: ChangeKind,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) fields: Vec<FieldChange>,
}

/// The changes of an import: all are counted, the first are told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub(crate) told: Vec<Change>,
    pub(crate) added: usize,
    pub(crate) cancelled: usize,
    bytes: usize,
}

impl Changes {
    /// Whether one more is still told, and not only counted.
    pub(super) fn has_room(&self) -> bool {
        self.bytes <= TEXT_MAX
    }

    /// One more.
    pub(super) fn push(&mut self, change: Change) {
        match change.kind {
            ChangeKind::Added => self.added += 1,
            ChangeKind::Cancelled => self.cancelled += 1,
            ChangeKind::Changed => {}
        }
        let texts = change.fields.iter().map(|f| f.before.len() + f.after.len() + f.column.len()).sum::<usize>();
        self.bytes += texts + change.key.len() + change.name.len() + change.file.len() + 64;
        if self.bytes <= TEXT_MAX {
            self.told.push(change);
        }
    }
}

/// What the record says of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) key: String,
    pub(super) name: String,
    /// Whether it holds: an item that was cancelled does not.
    pub(super) holds: bool,
    cells: Vec<(&'static str, String)>,
}

impl Shown {
    fn of(sheet: Sheet, key: impl ToString, name: &str, row: Vec<String>) -> Self {
        let cells = sheet.header().iter().copied().zip(row).collect();
        Self { key: key.to_string(), name: name.to_owned(), holds: true, cells }
    }

    /// What is different afterwards; `None` where nothing was before, or is after.
    pub(super) fn change(before: Option<&Self>, after: Option<&Self>) -> (ChangeKind, Vec<FieldChange>) {
        let holds = |shown: Option<&Self>| shown.is_some_and(|shown| shown.holds);
        let kind = match (holds(before), holds(after)) {
            (true, false) => ChangeKind::Cancelled,
            (false, true) => ChangeKind::Added,
            _ => ChangeKind::Changed,
        };
        let (Some(before), Some(after)) = (before, after) else { return (kind, Vec::new()) };
        let cell = |shown: &Self, column: &str| {
            let found = shown.cells.iter().find(|(known, _)| *known == column);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let mut columns: Vec<&'static str> = after.cells.iter().map(|(column, _)| *column).collect();
        columns.extend(
            before.cells.iter().map(|(column, _)| *column).filter(|c| !columns.contains(c)).collect::<Vec<_>>(),
        );
        let fields = columns.into_iter().filter_map(|column| {
            let (before, after) = (cell(before, column), cell(after, column));
            (before != after).then(|| FieldChange { column, before: short(&before), after: short(&after) })
        });
        (kind, fields.collect())
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(CELL_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

impl Work {
    /// What the record says of the entry, as far as this command knows it; column by column only where that is `told`.
    pub(super) async fn shown(&self, tx: &Tx, told: bool) -> Result<Option<Shown>, ExecuteError> {
        Ok(match self {
            Self::Region(e) => {
                let state = tx.state::<Region>(&Region::stream(&e.region)).await?;
                state.registered.as_ref().map(|r| Shown::of(Sheet::Regions, &r.region, &r.name, region_row(r)))
            }
            Self::Parameter(e) => {
                let state = tx.state::<Parameters>(&Parameters::stream(&e.region)).await?;
                let set = state.sets.iter().rev().find(|set| set.replaces(e) || *set == e);
                set.map(|set| Shown::of(Sheet::Parameters, &set.region, &set.parameter, parameter_row(set)))
            }
            Self::Agency(e) => {
                let state = tx.state::<Agency>(&Agency::stream(&e.agency)).await?;
                state.registered.as_ref().map(|a| Shown::of(Sheet::Agencies, &a.agency, &a.name, agency_row(a)))
            }
            Self::Officer(row) => {
                let state = tx.state::<Officer>(&Officer::stream(&row.officer)).await?;
                let cells = officer_row(&state, tx.act().day(), true);
                let name = state.registered.as_ref().map(|o| o.name.as_str()).unwrap_or_default();
                cells.map(|cells| Shown::of(Sheet::Officers, &row.officer, name, cells))
            }
            Self::Office(row) => {
                let given = &row.given;
                let state = tx.state::<Officer>(&Officer::stream(&given.officer)).await?;
                let same = state.offices.iter().find(|o| {
                    (&o.given.agency, o.given.office, o.given.from) == (&given.agency, given.office, given.from)
                });
                same.map(|o| Shown::of(Sheet::Offices, &given.officer, given.office.zh(), office_row(o)))
            }
            Self::Entry(e) => {
                let state = tx.state::<Catalogue>(&Catalogue::stream(&e.base_code)).await?;
                state.versions.last().map(|entry| {
                    let bases = entry.bases.iter().map(show_basis).collect::<Vec<_>>().join("\n");
                    let cells = vec![
                        ("职权名称", entry.name.clone()),
                        ("职权类型", entry.kind.zh().to_owned()),
                        ("实施依据", bases),
                        ("目录", entry.document.clone()),
                    ];
                    Shown { key: entry.base_code.to_string(), name: entry.name.clone(), holds: true, cells }
                })
            }
            Self::Item { content, tiers, .. } => item_shown(tx, &content.item, told, tiers.is_some()).await?,
            Self::Standard { item, .. } => item_shown(tx, item, told, true).await?,
            Self::Cancel { item } => item_shown(tx, item, told, false).await?,
            Self::Heads(chosen) => {
                let state = tx.state::<Layouts>(&layout_stream(&chosen.agency)).await?;
                let heads = state
                    .heads
                    .iter()
                    .map(|head| format!("{}={}", head.head, head.column.as_deref().unwrap_or_default()));
                let cells = vec![("表头", heads.collect::<Vec<_>>().join("\n"))];
                let name = name(tx, &chosen.agency).await?;
                let holds = !state.heads.is_empty();
                holds.then(|| Shown { key: chosen.agency.to_string(), name, holds, cells })
            }
            Self::Fee(row) => {
                let state = tx.state::<Item>(&Item::stream(&row.item)).await?;
                let fee = state.fees.iter().rev().find(|fee| fee.name == row.name);
                fee.map(|fee| Shown::of(Sheet::Fees, &row.item, &fee.name, fee_row(fee)))
            }
            Self::Row(content) => row_shown(tx, &content.id()).await?,
            // No file says which list it was of.
            Self::CancelRow(id) => row_shown(tx, id).await?.map(|shown| Shown { key: id.to_string(), ..shown }),
            Self::PlanTask(e) => {
                let state = tx.state::<Plan>(&Plan::stream(&e.plan)).await?;
                let task = state.tasks().iter().find(|task| task.entered.number == e.number);
                task.map(|task| {
                    let key = format!("{} {}", task.entered.plan, task.entered.number);
                    Shown::of(Sheet::PlanTasks, key, &task.entered.title, plan_task_row(&task.entered))
                })
            }
        })
    }
}

async fn row_shown(tx: &Tx, id: &RowId) -> Result<Option<Shown>, ExecuteError> {
    let state = tx.state::<Listing>(&Listing::stream(id)).await?;
    let Some(version) = state.versions.last() else { return Ok(None) };
    let row = &version.content;
    let cells = listing_row(row, name(tx, &row.agency).await?);
    let shown = Shown::of(Sheet::Listing(row.list), &row.code, &row.name, cells);
    Ok(Some(Shown { holds: !state.is_cancelled(), ..shown }))
}

async fn item_shown(tx: &Tx, item: &ItemCode, told: bool, with_standard: bool) -> Result<Option<Shown>, ExecuteError> {
    let state = tx.state::<Item>(&Item::stream(item)).await?;
    let Some(content) = state.newest() else { return Ok(None) };
    let holds = !state.is_cancelled() || state.draft.is_some();
    if !told {
        return Ok(Some(Shown { holds, ..Shown::default() }));
    }
    let agency = name(tx, &content.agency).await?;
    let mut shown = Shown::of(Sheet::Items, item, &content.name, item_row(content, agency));
    shown.holds = holds;
    shown.cells.push(("状态", standing(&state)));
    if with_standard {
        let tiers = state.standards.last().map_or(&[][..], |standard| &*standard.tiers);
        let tiers = standard_rows(content, tiers).into_iter().map(|row| {
            let [level, circumstances, outcomes] = [1, 2, 3].map(|at| row.get(at).cloned().unwrap_or_default());
            format!("{level}：{circumstances}：{}", outcomes.replace('\n', "；"))
        });
        shown.cells.push(("裁量基准", tiers.collect::<Vec<_>>().join("\n")));
    }
    Ok(Some(shown))
}

async fn name(tx: &Tx, agency: &Uscc) -> Result<String, ExecuteError> {
    let state = tx.state::<Agency>(&Agency::stream(agency)).await?;
    Ok(state.registered.as_ref().map_or_else(|| agency.to_string(), |a| a.name.clone()))
}

/// Where an item stands: drafted, reviewed, in force, cancelled.
fn standing(state: &item::State) -> String {
    if let Some(draft) = &state.draft {
        let review = match draft.review.as_ref().map(|review| review.passed) {
            None => "待审核",
            Some(true) => "审核通过，待公布",
            Some(false) => "审核未通过",
        };
        return format!("第{}版草案，{review}", draft.version);
    }
    match (state.is_cancelled(), state.cancellations.last(), state.versions.last()) {
        (true, Some(cancelled), _) => format!("自{}起取消", cancelled.effective),
        (_, _, Some(version)) => format!("第{}版，自{}起施行", version.version, version.effective),
        _ => String::new(),
    }
}
