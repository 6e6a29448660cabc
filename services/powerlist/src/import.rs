//! Taking lists in: every row is read and decided on trial before the first one is carried out.
//!
//! Invariant: a file goes in whole or not at all. What stops a row is found before anything is recorded; what can still
//! stop it then (the database is gone) leaves a part that the same import, sent again, completes without repeating it.

mod plan;
mod work;

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;
use kernel::{Call, ExecuteError, Role};
use law::{
    Breach, Refusal,
    id::{OfficerCode, RegionCode},
};
use proto::common::v1::Violation;
use tokio::task::JoinSet;

use crate::{
    domain::events::GroundKind,
    grpc::Api,
    sheets::{Faults, Format, RowFault, Sheet},
};
use plan::{Tables, Unit};

/// Most violations of one import that are told.
const VIOLATIONS_MAX: usize = 500;
/// Commands that wait for the ledger at once: enough to fill its batches.
const AT_ONCE: usize = 32;

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
    /// What the review says.
    pub opinion: String,
    /// First day in force.
    pub effective: Date,
    /// Where it is published.
    pub published_at: String,
    /// Only check.
    pub check_only: bool,
    /// Whose catalogue the base codes are entered in first, and its document.
    pub catalogue: Option<(RegionCode, String)>,
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
}

impl Api {
    /// Takes lists in. One import at a time is read and tried: what it may hold in memory is bounded, and so is how many do.
    ///
    /// # Errors
    /// [`ExecuteError::Denied`] when the caller may not; what the ledger says when it fails under way.
    pub(crate) async fn import(&self, call: &Call, mut order: ImportOrder) -> Result<Report, ExecuteError> {
        let _turn = self.imports.lock().await;
        let files = std::mem::take(&mut order.files);
        let tables = tokio::task::spawn_blocking(|| Tables::read(files)).await.map_err(ExecuteError::internal)?;
        let plan = {
            let index = self.lists.read().await?;
            plan::plan(&index, &order, tables, call)
        };
        let mut report = Report { rows: plan.rows, faults: plan.faults.into_told(), ..Report::default() };
        if !report.faults.is_empty() {
            return Ok(report);
        }
        for unit in &plan.units {
            call.caller.require_region(&unit.place.region)?;
        }
        let publishes = order.steps.contains(&Step::Publish);
        require(call, Role::ListApprover, plan.units.iter().any(|u| u.work.puts_in_force(publishes)))?;
        require(
            call,
            Role::LegalReviewer,
            order.steps.contains(&Step::Review) && plan.units.iter().any(Unit::is_item),
        )?;
        let (order, units) = (Arc::new(order), plan.units.into_iter().map(Arc::new).collect::<Vec<_>>());
        self.try_all(call, &order, &units, &mut report).await?;
        if report.faults.is_empty() && !order.check_only {
            (report.changed, report.unchanged, report.violations) = (0, 0, Vec::new());
            self.carry_out(call, &order, &units, &mut report).await?;
        }
        Ok(report)
    }

    /// Decides on every row, one after the other as they will be carried out, and records nothing.
    async fn try_all(
        &self,
        call: &Call,
        order: &ImportOrder,
        units: &[Arc<Unit>],
        report: &mut Report,
    ) -> Result<(), ExecuteError> {
        let Some(first) = units.first() else { return Ok(()) };
        let trial = self.edge.service.trial(&first.call(call)).await?;
        let mut faults = Faults::default();
        for unit in units {
            let worked = unit.work.run(self, &trial, order).await;
            let tried = trial.tried();
            match worked {
                Ok(()) => report.count(tried.events > 0, tried.violations),
                Err(ExecuteError::Refused(refusal)) => unit.faults(refusal).into_iter().for_each(|f| faults.push(f)),
                Err(other) => return Err(other),
            }
        }
        report.faults = faults.into_told();
        Ok(())
    }

    async fn carry_out(
        &self,
        call: &Call,
        order: &Arc<ImportOrder>,
        units: &[Arc<Unit>],
        report: &mut Report,
    ) -> Result<(), ExecuteError> {
        let mut running = JoinSet::new();
        let mut phase = None;
        for (n, unit) in units.iter().enumerate() {
            // What follows may need what comes before: regions before agencies, agencies before officers, and so on. The very
            // first one tells whether the command id was used for something else.
            let next = unit.work.phase();
            let waits = n == 1 || phase.is_some_and(|p| p != next) || unit.work.is_chained();
            while running.len() >= if waits { 1 } else { AT_ONCE } {
                settle(running.join_next().await, report)?;
            }
            phase = Some(next);
            let (api, order, unit, call) = (self.clone(), order.clone(), unit.clone(), unit.call(call));
            running.spawn(async move { api.one(&call, &order, &unit).await });
        }
        while let Some(ended) = running.join_next().await {
            settle(Some(ended), report)?;
        }
        Ok(())
    }

    async fn one(&self, call: &Call, order: &ImportOrder, unit: &Unit) -> Result<kernel::Done, ExecuteError> {
        let work = |tx| async move { unit.work.run(self, &tx, order).await };
        self.edge.service.execute(call, &unit.place, work).await
    }
}

type Ended = Result<Result<kernel::Done, ExecuteError>, tokio::task::JoinError>;

fn settle(ended: Option<Ended>, report: &mut Report) -> Result<(), ExecuteError> {
    let Some(ended) = ended else { return Ok(()) };
    let done = ended.map_err(ExecuteError::internal)??;
    report.count(!done.repeated && !done.records.is_empty(), done.receipt().violations);
    Ok(())
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
    /// The call that carries it out: the same call again is the same command.
    fn call(&self, call: &Call) -> Call {
        Call { command_id: self.id, ..call.clone() }
    }

    /// A refusal as faults of the row.
    fn faults(&self, refusal: Refusal) -> Vec<RowFault> {
        let fault = |rule: Option<String>, zh: String, en: String| {
            let (file, row) = match (&rule, &self.standard) {
                (Some(rule), Some((file, row))) if rule == "PL-TIER" => (file.clone(), *row),
                _ => (self.file.clone(), self.row),
            };
            let column = rule.as_deref().map_or("", column).to_owned();
            RowFault { file, row, column, zh, en, rule }
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
