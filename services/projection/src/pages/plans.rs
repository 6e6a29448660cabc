//! 计划任务: the measures of the plans, what of the suite serves which, and how far each has come.

use askama::Template;

use super::{
    PageError, address,
    context::Cx,
    frame::{Frame, Number, RuleLink},
    overview::Figure,
    parts::{Choice, Due, Pager, choices, heading, say},
    room::Room,
};
use crate::model::{
    CaseFilter, MilestoneRow, Page, PlanFilter, PlanList, PlanRow, PlanTaskRow, Serving, TaskState, Text,
};

/// A plan with its counts, each leading to the measures behind it.
struct Plan {
    name: Number,
    p: PlanRow,
    counts: Vec<(String, Number)>,
}

/// What a plan wants by a day.
struct Milestone {
    m: MilestoneRow,
    due: Option<Due>,
}

/// A measure.
struct Task {
    t: PlanTaskRow,
    milestones: Vec<Milestone>,
    rules: Vec<RuleLink>,
    serves: Vec<Number>,
}

#[derive(Template)]
#[template(path = "plans.html")]
struct View {
    f: Frame,
    figures: Vec<Figure>,
    columns: Vec<String>,
    plans: Vec<Plan>,
    choices: Vec<Choice>,
    capabilities: Vec<Choice>,
    servings: Vec<Choice>,
    states: Vec<Choice>,
    list: Page<Task>,
    pager: Pager,
}

/// The measures, of all plans or of one.
pub(crate) async fn list(cx: Cx) -> Result<String, PageError> {
    let filter: PlanFilter = cx.filter()?;
    let f = Frame::of_room(&cx, Room::Plans).await?;
    let PlanList { plans, tasks } = cx.ask().plan_tasks(&filter).await?;
    let all = cx.ask().plan_tasks(&PlanFilter::default()).await?.tasks;
    let (total, size) = (tasks.len(), u32::try_from(tasks.len()).unwrap_or(u32::MAX));
    let rows = tasks.into_iter().map(|t| task(&f, t)).collect();
    let list = Page { rows, total: u64::try_from(total).unwrap_or(u64::MAX), capped: false, page: 1, size };
    let view = View {
        figures: figures(&f, &plans),
        columns: COUNTS.iter().map(|(of, _)| counted(&f, of)).collect(),
        choices: plans.iter().map(|p| Choice::new(&p.plan, called(p), filter.plan.as_deref())).collect(),
        capabilities: capabilities(&f, &all, filter.capability.as_deref()),
        servings: choices!(Serving, filter.serving, f.lang),
        states: choices!(TaskState, filter.state, f.lang),
        plans: plans.into_iter().map(|p| plan(&f, p)).collect(),
        pager: Pager::of(&list, "/plans", &filter, f.lang),
        list,
        f,
    };
    Ok(view.render()?)
}

/// Where the measures begin on the page.
const MEASURES: &str = "#measures";

fn called(plan: &PlanRow) -> String {
    format!("{} · {}", plan.plan, plan.region_name)
}

/// Which measures are counted, and how many of a plan they are.
type Count = (PlanFilter, fn(&PlanRow) -> u64);

/// What the measures of plans are counted by: how many there are, how far they are served, how far they have come.
static COUNTS: [Count; 6] = {
    const ALL: PlanFilter = PlanFilter { plan: None, capability: None, serving: None, state: None };
    const fn serving(of: Serving) -> PlanFilter {
        PlanFilter { serving: Some(of), ..ALL }
    }
    const fn state(of: TaskState) -> PlanFilter {
        PlanFilter { state: Some(of), ..ALL }
    }
    [
        (ALL, |p| p.tasks),
        (serving(Serving::Served), |p| p.served),
        (serving(Serving::Partly), |p| p.partly),
        (serving(Serving::Unserved), |p| p.unserved),
        (state(TaskState::Completed), |p| p.completed),
        (state(TaskState::Overdue), |p| p.overdue),
    ]
};

/// What is counted, as a heading.
fn counted(f: &Frame, of: &PlanFilter) -> String {
    match (of.serving, of.state) {
        (Some(serving), _) => f.heading(serving.text()),
        (None, Some(state)) => f.heading(state.text()),
        (None, None) => f.w.plan_measures.to_owned(),
    }
}

fn figures(f: &Frame, plans: &[PlanRow]) -> Vec<Figure> {
    let figure = |(of, count): &Count| {
        let n = plans.iter().map(count).sum();
        let wrong = n > 0 && of.state == Some(TaskState::Overdue);
        let number = f.leads(n, Room::Plans, address::with("/plans", of) + MEASURES);
        Figure { wrong, ..Figure::new(counted(f, of), number) }
    };
    COUNTS.iter().map(figure).collect()
}

/// What serves any measure: the parts of the suite, then the rules.
fn capabilities(f: &Frame, tasks: &[PlanTaskRow], chosen: Option<&str>) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for (id, text) in tasks.iter().flat_map(|task| task.serves.iter().zip(&task.serves_text)) {
        if all.iter().all(|choice| choice.value != *id) {
            all.push(Choice::new(id, heading(&say(text, f.lang)), chosen));
        }
    }
    let rules: std::collections::BTreeSet<&String> = tasks.iter().flat_map(|task| &task.rules).collect();
    all.extend(rules.into_iter().map(|rule| f.rule_choice(rule, chosen)));
    all
}

fn plan(f: &Frame, p: PlanRow) -> Plan {
    let within =
        |of: &PlanFilter| address::with("/plans", &PlanFilter { plan: Some(p.plan.clone()), ..of.clone() }) + MEASURES;
    let counts = COUNTS.iter().map(|(of, count)| (counted(f, of), f.leads(count(&p), Room::Plans, within(of))));
    Plan { name: Number { text: called(&p), href: Some(within(&PlanFilter::default())) }, counts: counts.collect(), p }
}

fn task(f: &Frame, t: PlanTaskRow) -> Task {
    let milestone = |m: &MilestoneRow| Milestone { due: m.deadline.as_ref().map(|row| f.due(row)), m: m.clone() };
    let served = |(id, text): (&String, &Text)| Number { text: heading(&say(text, f.lang)), href: door(f, id) };
    Task {
        milestones: t.milestones.iter().map(milestone).collect(),
        rules: t.rules.iter().map(|id| f.rule(id)).collect(),
        serves: t.serves.iter().zip(&t.serves_text).map(served).collect(),
        t,
    }
}

/// Where a part of the suite is: the matters of a kind for who reads them, or a room; none where the door is closed.
fn door(f: &Frame, id: &str) -> Option<String> {
    if let Some(card) = f.services.matters().find(|card| card.kind == id).filter(|_| f.opens(Room::Cases)) {
        let filter = CaseFilter { kind: Some(card.kind.to_owned()), ..CaseFilter::default() };
        return Some(address::with("/cases", &filter));
    }
    let of = |room: &Room| match room.path() {
        "/" => id == "overview",
        path => path.strip_prefix('/') == Some(id),
    };
    Room::ALL.into_iter().find(of).filter(|room| f.opens(*room)).map(|room| room.path().to_owned())
}
