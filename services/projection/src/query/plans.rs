//! Plans: which rules and which parts of the suite serve which measure, and how far each has come.
//!
//! Which rules serve a measure is said by their cards alone; a measure itself names what no card says.

use std::collections::HashMap;

use jiff::Timestamp;
use law::vocabulary::{Form, Word};

use super::{Queries, QueryError, deadlines, describe::text};
use crate::{
    model::{
        DeadlineRow, DeadlineState, MilestoneRow, PlanFilter, PlanList, PlanRow, PlanTaskRow, Serving, TaskState, Text,
    },
    store::Columns,
    views::{
        items::LISTS,
        plans::{PLAN_TASKS, PlanTask},
    },
};

/// Most measures that are read: a plan has some fifty.
const TASKS_MAX: usize = 2_000;

/// What was reported of a measure.
struct Told {
    last: Timestamp,
    what: String,
    /// All of it is done.
    closed: bool,
    /// How many of its milestones were reached.
    reached: u64,
}

/// Those of every region, whatever the scope: a plan is a public document.
pub(super) async fn list(q: &Queries, filter: &PlanFilter) -> Result<PlanList, QueryError> {
    let sql = format!("SELECT {} FROM plan_tasks ORDER BY plan, place LIMIT {TASKS_MAX}", PLAN_TASKS.list());
    let rows = q.reader.all(sql, vec![]).await?;
    let tasks = rows.iter().map(|row| PlanTask::read(&mut Columns::of(row))).collect::<Result<Vec<_>, _>>()?;
    let (told, regions) = (told(q).await?, regions(q).await?);
    let mut list = PlanList::default();
    for of in tasks.chunk_by(|a, b| a.plan == b.plan) {
        let clocks = deadlines::of_matter(q, LISTS, &of[0].stream).await?;
        let tasks: Vec<_> = of.iter().map(|task| row(q, task, &told, &clocks)).collect();
        list.plans.push(summed(&of[0], &tasks, &regions));
        list.tasks.extend(tasks.into_iter().filter(|task| fits(task, filter)));
    }
    Ok(list)
}

fn fits(task: &PlanTaskRow, filter: &PlanFilter) -> bool {
    let PlanFilter { plan, capability, serving, state } = filter;
    plan.as_ref().is_none_or(|plan| task.plan == *plan)
        && capability.as_ref().is_none_or(|of| task.serves.contains(of) || task.rules.contains(of))
        && serving.is_none_or(|serving| task.serving == serving)
        && state.is_none_or(|state| task.state == state)
}

/// What was reported of each measure, by plan and number.
async fn told(q: &Queries) -> Result<HashMap<(String, String), Told>, QueryError> {
    let sql = "SELECT r.plan, r.number, r.reported, r.what, c.closed, c.reached FROM plan_reports r JOIN ( \
               SELECT plan, number, MAX(seq) AS last, \
               CAST(MAX(CASE WHEN completed = 1 AND milestone IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS closed, \
               CAST(COUNT(DISTINCT CASE WHEN completed = 1 THEN milestone END) AS BIGINT) AS reached \
               FROM plan_reports GROUP BY plan, number) c \
               ON c.plan = r.plan AND c.number = r.number AND c.last = r.seq";
    let mut told = HashMap::new();
    for row in q.reader.all(sql, vec![]).await? {
        let mut columns = Columns::of(&row);
        let key = (columns.text()?, columns.text()?);
        let (last, what, closed, reached) = (columns.time()?, columns.text()?, columns.flag()?, columns.count()?);
        told.insert(key, Told { last, what, closed, reached });
    }
    Ok(told)
}

/// The names of the regions that have a plan.
async fn regions(q: &Queries) -> Result<HashMap<String, String>, QueryError> {
    let sql = "SELECT region, name FROM regions WHERE region IN (SELECT region FROM plan_tasks)";
    let mut names = HashMap::new();
    for row in q.reader.all(sql, vec![]).await? {
        names.insert(row.text(0)?, row.text(1)?);
    }
    Ok(names)
}

fn row(q: &Queries, task: &PlanTask, told: &HashMap<(String, String), Told>, clocks: &[DeadlineRow]) -> PlanTaskRow {
    let clause = format!("{} {}", task.plan, task.number);
    let serving = |rule: &&&'static law::Rule| rule.plans.contains(&clause.as_str());
    let rules: Vec<String> = q.services.rules().iter().filter(serving).map(|rule| rule.id.to_owned()).collect();
    let milestones: Vec<MilestoneRow> = task
        .milestones
        .iter()
        .map(|milestone| MilestoneRow {
            by: milestone.by,
            what: Text::new(milestone.what.clone(), milestone.what_en.clone()),
            deadline: clocks.iter().find(|clock| clock.clock == milestone.clock).cloned(),
        })
        .collect();
    let told = told.get(&(task.plan.clone(), task.number.clone()));
    let overdue = |m: &MilestoneRow| m.deadline.as_ref().is_some_and(|d| d.state == DeadlineState::Overdue);
    let all_reached =
        |told: &Told| !milestones.is_empty() && told.reached == u64::try_from(milestones.len()).unwrap_or_default();
    let words = words(q);
    PlanTaskRow {
        plan: task.plan.clone(),
        number: task.number.clone(),
        title: Text::new(task.title.clone(), task.title_en.clone()),
        lead: task.lead.clone(),
        serving: match (rules.is_empty() && task.serves.is_empty(), task.whole) {
            (true, _) => Serving::Unserved,
            (false, true) => Serving::Served,
            (false, false) => Serving::Partly,
        },
        state: match told {
            Some(told) if told.closed || all_reached(told) => TaskState::Completed,
            _ if milestones.iter().any(overdue) => TaskState::Overdue,
            Some(_) => TaskState::Underway,
            None => TaskState::Silent,
        },
        milestones,
        rules,
        serves_text: task.serves.iter().map(|id| capability(words, id)).collect(),
        serves: task.serves.clone(),
        reported: told.map(|told| told.last),
        report: told.map(|told| told.what.clone()),
    }
}

/// The words of the service for what serves a measure.
fn words(q: &Queries) -> &'static [Word] {
    match q.services.vocabulary(LISTS).and_then(|vocabulary| vocabulary.field("", "serves")).map(|field| field.form) {
        Some(Form::Word(words)) => words,
        _ => &[],
    }
}

fn capability(words: &[Word], id: &str) -> Text {
    words.iter().find(|word| word.id == id).map_or_else(|| Text::same(id), |word| text(word.label))
}

fn summed(first: &PlanTask, tasks: &[PlanTaskRow], regions: &HashMap<String, String>) -> PlanRow {
    let count = |wanted: &dyn Fn(&PlanTaskRow) -> bool| {
        u64::try_from(tasks.iter().filter(|task| wanted(task)).count()).unwrap_or_default()
    };
    PlanRow {
        plan: first.plan.clone(),
        document: first.document.clone(),
        region: first.region.clone(),
        region_name: regions.get(&first.region).unwrap_or(&first.region).clone(),
        from: first.first_day,
        tasks: count(&|_| true),
        served: count(&|task| task.serving == Serving::Served),
        partly: count(&|task| task.serving == Serving::Partly),
        unserved: count(&|task| task.serving == Serving::Unserved),
        completed: count(&|task| task.state == TaskState::Completed),
        overdue: count(&|task| task.state == TaskState::Overdue),
    }
}
