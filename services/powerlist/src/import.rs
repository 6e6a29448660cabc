//! Taking lists in: every row is read and decided before anything is recorded, and then all of it is recorded at once.
//!
//! Invariants: a file goes in whole or not at all, whatever stops it, be it the end of the process; and a check is the same work
//! without the recording.

mod change;
mod derive;
mod plan;
mod work;

use std::{collections::BTreeSet, sync::Arc, thread};

use jiff::civil::Date;
use kernel::{Call, ExecuteError, Role, let_go};
use law::{
    Breach, Refusal,
    id::{OfficerCode, RegionCode},
};
use proto::common::v1::Violation;
use tokio::sync::{oneshot, watch};

use crate::{
    domain::events::GroundKind,
    grpc::Api,
    sheets::{self, Bad, Choices, Faults, Format, IN_A_MESSAGE, Limits, Note, RowFault, Sheet, Table},
};
use change::Shown;
pub(crate) use change::{Change, ChangeKind, Changes, FieldChange};
pub(crate) use derive::Derived;
use plan::{Plan, Tables, Unit};
use work::Work;

/// Most violations of one import that are told.
const VIOLATIONS_MAX: usize = 500;
/// Tries before an import that others get in the way of is given back to the client.
const TRIES_MAX: u32 = 3;

/// What is done with items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Draft what is new or changed.
    Draft,
    /// Record the passed review.
    Review,
    /// Publish, with the standards.
    Publish,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Its files are read.
    #[default]
    Reading,
    /// So many of so many entries are decided.
    Deciding {
        /// How many.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// So many entries are recorded together.
    Recording(usize),
}

/// A file to take in.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Its name.
    pub name: String,
    /// What it holds, when that is said.
    pub sheet: Option<Sheet>,
    /// Its form, when that is said.
    pub format: Option<Format>,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What to take in, and how.
#[derive(Clone, Debug)]
pub struct ImportOrder {
    /// The files.
    pub files: Vec<InputFile>,
    /// What is done with items.
    pub steps: BTreeSet<Step>,
    /// The document the list rests on.
    pub document: String,
    /// The ground for items that were published before.
    pub ground: GroundKind,
    /// Who reviewed.
    pub reviewer: Option<OfficerCode>,
    /// What the review says, in the reviewer's words.
    pub opinion: String,
    /// First day in force.
    pub effective: Date,
    /// Where it is published.
    pub published_at: String,
    /// Only check.
    pub check_only: bool,
    /// Whose catalogue the base codes are entered in first, and its document.
    pub catalogue: Option<(RegionCode, String)>,
    /// How the files are to be read.
    pub choices: Choices,
    /// The items are all that their agencies have.
    pub complete: bool,
    /// Answer a workbook with the faults on their cells.
    pub mark: bool,
    /// How much the files may hold.
    pub limits: Limits,
    /// Where it is told how far it is.
    pub progress: watch::Sender<Progress>,
}

/// What came of an import, or would come of it. With faults, nothing was changed.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Rows that cannot be taken in.
    pub faults: Vec<RowFault>,
    /// Rows read.
    pub rows: usize,
    /// Entries that changed something.
    pub changed: usize,
    /// Entries that had nothing to change.
    pub unchanged: usize,
    /// Rules broken by what was recorded.
    pub violations: Vec<Violation>,
    /// What of the files was not taken, or not as it stands.
    pub notes: Vec<Note>,
    /// What was derived.
    pub(crate) derived: Vec<Derived>,
    /// What changes.
    pub(crate) changes: Changes,
    /// The files with their faults, when that was asked for.
    pub marked: Vec<u8>,
}

impl Api {
    /// Takes lists in. One import at a time is read and decided: what it may hold in memory is bounded, and so is how many do.
    ///
    /// # Errors
    /// [`ExecuteError::Denied`] when the caller may not; what the ledger says when it fails under way.
    pub(crate) async fn import(&self, call: &Call, mut order: ImportOrder) -> Result<Report, ExecuteError> {
        let _turn = self.imports.lock().await;
        let files = std::mem::take(&mut order.files);
        let index = self.lists.read().await?;
        order.choices.kept = plan::kept(&index);
        let (order, of_call) = (Arc::new(order), call.clone());
        // What is long is no work for those threads that answer everybody.
        let planned = {
            let order = order.clone();
            move || {
                let tables = Tables::read(&files, &order.choices, order.limits);
                // Only who wants them marked needs them once more.
                let files = if order.mark { files } else { Vec::new() };
                let plan = plan::plan(&index, &order, tables, &of_call);
                let answered = if plan.faults.count() == 0 { order.answers(&index, &plan) } else { Ok(()) };
                (plan, files, answered)
            }
        };
        let (plan, files, answered) = apart(planned).await?;
        answered?;
        let Plan { units, faults, rows, tables, notes, derived } = plan;
        let mut report = Report { rows, faults: faults.into_told(), notes, derived, ..Report::default() };
        if report.faults.is_empty() {
            self.allowed(call, &order, &units)?;
            self.carry_out(call, &order, &tables, &units, &mut report).await?;
        }
        let_go((units, tables));
        if order.mark && !report.faults.is_empty() {
            if rows > IN_A_MESSAGE.rows {
                report.notes.push(unmarked());
                return Ok(report);
            }
            let (faults, limits) = (report.faults.clone(), order.limits);
            let mark = move || sheets::mark(&files, &faults, limits);
            let marked = tokio::task::spawn_blocking(mark).await.map_err(ExecuteError::internal)?;
            report.marked = marked.map_err(ExecuteError::internal)?;
        }
        Ok(report)
    }

    /// Whether the caller may do all of it.
    fn allowed(&self, call: &Call, order: &ImportOrder, units: &[Unit]) -> Result<(), ExecuteError> {
        for unit in units {
            call.caller.require_region(&unit.place.region)?;
        }
        let publishes = order.steps.contains(&Step::Publish);
        require(call, Role::ListApprover, units.iter().any(|u| u.work.puts_in_force(publishes)))?;
        let reviews = order.steps.contains(&Step::Review) && units.iter().any(Unit::is_item);
        require(call, Role::LegalReviewer, reviews)
    }

    async fn carry_out(
        &self,
        call: &Call,
        order: &ImportOrder,
        tables: &[Table],
        units: &[Unit],
        report: &mut Report,
    ) -> Result<(), ExecuteError> {
        let service = &self.edge.service;
        if !order.check_only && service.ledger().repeated(call.command_id, &call.digest).await?.is_some() {
            report.unchanged = units.len();
            return Ok(());
        }
        let begun = report.clone();
        for _ in 0..TRIES_MAX {
            *report = begun.clone();
            let mut together = service.together(call, order.check_only).await?;
            let mut faults = Faults::default();
            for (done, unit) in units.iter().enumerate() {
                order.progress.send_replace(Progress::Deciding { done, of: units.len() });
                // Nobody waits for all of them.
                tokio::task::yield_now().await;
                let hand = together.hand().clone();
                let told = report.changes.has_room();
                let before = unit.work.shown(&hand, told).await?;
                match unit.work.run(self, &hand, order).await {
                    Ok(()) => {}
                    Err(ExecuteError::Refused(refusal)) => {
                        unit.faults(tables, refusal).into_iter().for_each(|fault| faults.push(fault));
                        continue;
                    }
                    Err(other) => return Err(other),
                }
                // The first one has the id of the call itself: the same id with other files is another command.
                let id = if together.is_empty() { call.command_id } else { unit.id };
                let counted = together.decided(&Call { command_id: id, ..call.clone() }, &unit.place)?;
                let changed = counted.events > 0;
                report.count(changed, counted.violations);
                if changed {
                    let after = unit.work.shown(&hand, told).await?;
                    report.changes.push(unit.change(tables, before, after));
                }
            }
            report.faults = faults.into_told();
            if !report.faults.is_empty() {
                (report.changed, report.unchanged) = (0, 0);
                (report.violations, report.changes) = (Vec::new(), Changes::default());
                return Ok(());
            }
            if order.check_only {
                return Ok(());
            }
            order.progress.send_replace(Progress::Recording(units.len()));
            match self.lists.record(together).await {
                Err(ExecuteError::Conflict) => {}
                other => return other,
            }
        }
        Err(ExecuteError::Conflict)
    }
}

/// A workbook of that many rows would take more memory than the lists themselves.
fn unmarked() -> Note {
    let most = IN_A_MESSAGE.rows;
    Note {
        file: String::new(),
        tab: String::new(),
        row: 0,
        zh: format!("文件超过{most}行，没有生成标注问题的工作簿；请按所列行号修改，或者分成几个文件检查"),
        en: format!(
            "the files have more than {most} rows, and no marked workbook was made: go by the rows that are told, or check a part"
        ),
    }
}

impl ImportOrder {
    /// Whether somebody answers for the items: a reviewer who is known, with an opinion in his own words.
    fn answers(&self, index: &crate::index::Index, plan: &Plan) -> Result<(), ExecuteError> {
        let reviews = self.steps.contains(&Step::Review);
        let reviewed = |unit: &Unit| match &unit.work {
            Work::Item { content, .. } => {
                let state = index.items.get(&content.item);
                let same = state.is_some_and(|state| !state.is_cancelled() && state.newest() == Some(content));
                reviews && !(same && state.is_some_and(|state| state.draft.is_none()))
            }
            Work::Cancel { .. } => self.steps.contains(&Step::Publish),
            _ => false,
        };
        if !plan.units.iter().any(reviewed) {
            return Ok(());
        }
        let missing = |field: &str, en: &str| Refusal::Invalid { field: field.to_owned(), en: en.to_owned() };
        let reviewer = self.reviewer.as_ref().ok_or_else(|| {
            missing("reviewer", "is required: items are published after a legal review, which somebody signs")
        })?;
        let in_files = |unit: &Unit| matches!(&unit.work, Work::Officer(row) if row.officer == *reviewer);
        if !index.officers.contains_key(reviewer) && !plan.units.iter().any(in_files) {
            return Err(Refusal::NotFound { what: "officer", id: reviewer.to_string() }.into());
        }
        if self.opinion.is_empty() {
            let en = "is required: what the reviewer says of the items, in his own words";
            return Err(missing("opinion", en).into());
        }
        Ok(())
    }
}

impl Report {
    /// One more entry that went well.
    fn count(&mut self, changed: bool, violations: Vec<Violation>) {
        if changed {
            self.changed += 1;
            let room = VIOLATIONS_MAX.saturating_sub(self.violations.len());
            self.violations.extend(violations.into_iter().take(room));
        } else {
            self.unchanged += 1;
        }
    }
}

/// Works in a thread of its own. What it leaves behind of a large file is given back when the thread ends; a thread that is kept for
/// later keeps its memory, too.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ExecuteError> {
    let (tell, told) = oneshot::channel();
    let thread = thread::Builder::new().name("import".to_owned());
    thread.spawn(move || _ = tell.send(work())).map_err(ExecuteError::internal)?;
    told.await.map_err(ExecuteError::internal)
}

fn require(call: &Call, role: Role, needed: bool) -> Result<(), ExecuteError> {
    if !needed || call.caller.has(role) {
        return Ok(());
    }
    Err(ExecuteError::Denied {
        zh: format!("此项导入还需要角色 {}", role.word()),
        en: format!("this import also needs the role {}", role.word()),
    })
}

impl Unit {
    fn change(&self, tables: &[Table], before: Option<Shown>, after: Option<Shown>) -> Change {
        let (kind, fields) = Shown::change(before.as_ref(), after.as_ref());
        let table = self.at.map(|at| &tables[at.table]);
        let (key, name) = after.or(before).map(|shown| (shown.key, shown.name)).unwrap_or_default();
        Change {
            file: table.map(|table| table.file.clone()).unwrap_or_default(),
            tab: table.map(|table| table.tab.clone()).unwrap_or_default(),
            row: self.at.map(|at| at.row).unwrap_or_default(),
            kind,
            key,
            name,
            fields,
        }
    }

    /// A refusal as faults of the row.
    fn faults(&self, tables: &[Table], refusal: Refusal) -> Vec<RowFault> {
        let fault = |rule: Option<String>, zh: String, en: String| {
            let at = match (&rule, self.standard) {
                (Some(rule), Some(standard)) if rule == "PL-TIER" => Some(standard),
                _ => self.at,
            };
            let Some(at) = at else {
                // What the files do not have: the item or row is named in its place.
                let [gone_zh, gone_en] = self.work.named();
                return RowFault {
                    zh: format!("{gone_zh}：{zh}"),
                    en: format!("{gone_en}: {en}"),
                    rule,
                    ..RowFault::default()
                };
            };
            let column = rule.as_deref().map_or("", |rule| match tables[at.table].sheet {
                Sheet::Listing(_) => listing_column(rule),
                _ => column(rule),
            });
            RowFault { rule, ..tables[at.table].fault(at.row, column, "", Bad::new(zh, en)) }
        };
        match refusal {
            Refusal::Unlawful(breaches) => breaches
                .into_iter()
                .map(|Breach { rule, citation, zh, en, .. }| {
                    let (zh, en) = (format!("{zh}（{rule}，{citation}）"), format!("{en} ({rule}, {citation})"));
                    fault(Some(rule), zh, en)
                })
                .collect(),
            Refusal::State { zh, en, .. } => vec![fault(None, zh, en)],
            Refusal::NotFound { what, id } => {
                vec![fault(None, format!("{id}（{what}）不存在"), format!("there is no {what} {id}"))]
            }
            Refusal::Invalid { field, en } => {
                vec![fault(None, format!("{field} 不合要求：{en}"), format!("{field}: {en}"))]
            }
        }
    }
}

/// The column a rule speaks of.
fn column(rule: &str) -> &'static str {
    match rule {
        "PL-BASIS-LEVEL" => "实施依据",
        "PL-FREEDOM" | "PL-TIER" => "处罚种类和幅度",
        "PL-DUTY" => "责任事项",
        "PL-UNIFORM" => "基本编码",
        "PL-BODY" => "主体代码",
        "PL-FLOW" => "办理流程",
        "OF-EXAM" => "考试日期",
        _ => "",
    }
}

/// The column of one of the other lists that a rule speaks of.
fn listing_column(rule: &str) -> &'static str {
    match rule {
        "PL-BASIS-LEVEL" | "PL-CITE" | "PL-PROOF" => "依据",
        "PL-AGENT" => "费用承担",
        "PL-BODY" | "PL-MAKER" => "主体代码",
        "PL-TIME" => "承诺办结时限",
        "PL-RANDOM" => "抽查比例上限（%）",
        "PL-DECISION" => "拟履行程序",
        _ => "",
    }
}
