//! Plans for building a law-based government: their measures, what they want by when, and how far each has come.

mod events;
#[cfg(test)]
mod tests;

pub use events::*;

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::{
    Act, ClockChange, Decided, Decider, Refusal,
    check::Breach,
    clock::begin_of_day,
    id::{PlanCode, RegionCode},
    order::After,
    period::Period,
};

use super::rules::PT_TASK;

/// The longest that a plan may run, from its first day to a milestone: two terms of five years.
const DAYS_MAX: u16 = 3660;

/// What is asked, with what must be known of other streams.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub step: PlanStep,
    /// Whether the region of a measure that is entered is registered.
    pub region_known: bool,
}

/// A measure, and what is still to be done of it.
#[derive(Clone, Debug)]
pub struct Task {
    /// As it was entered.
    pub entered: PlanTaskEntered,
    /// Last days of the milestones that were not reached.
    open: BTreeSet<Date>,
    completed: bool,
    /// How often it was reported on, milestones that were reached among it.
    pub reports: usize,
}

/// What is known of one plan.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Its measures in the order in which they were entered.
    tasks: Vec<Task>,
}

impl State {
    /// Its measures, in the order in which they were entered.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// Whose plan it is.
    pub fn region(&self) -> Option<&RegionCode> {
        self.tasks.first().map(|task| &task.entered.region)
    }

    fn task(&self, number: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.entered.number == number)
    }

    /// The measure, unless it is done.
    fn pending(&self, plan: &PlanCode, number: &str) -> Result<&Task, Refusal> {
        let not_there = || Refusal::NotFound { what: "plan task", id: format!("{plan} {number}") };
        let task = self.task(number).ok_or_else(not_there)?;
        if task.completed {
            return Err(Refusal::state(
                "PLAN_TASK_COMPLETED",
                format!("{plan} {number}已登记完成"),
                format!("{plan} {number} is on record as completed"),
            ));
        }
        Ok(task)
    }
}

/// Plans.
pub struct Plan;

impl Decider for Plan {
    type Command = Command;
    type State = State;
    type Event = PlanEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &State, act: &Act, command: &Command) -> Result<Vec<Decided<PlanEvent>>, Refusal> {
        match &command.step {
            PlanStep::EnterPlanTask(task) => enter(state, command.region_known, task),
            PlanStep::ReportPlanProgress(report) => {
                state.pending(&report.plan, &report.number)?;
                Ok(vec![Decided::plain(report.clone())])
            }
            PlanStep::CompletePlanTask(done) => complete(state, act, done),
        }
    }

    fn evolve(state: &mut State, event: &PlanEvent) {
        match event {
            PlanEvent::PlanTaskEntered(entered) => {
                let open = entered.milestones.iter().map(|milestone| milestone.by).collect();
                state.tasks.push(Task { entered: entered.clone(), open, completed: false, reports: 0 });
            }
            PlanEvent::PlanProgressReported(report) => {
                if let Some(task) = state.tasks.iter_mut().find(|task| task.entered.number == report.number) {
                    task.reports += 1;
                }
            }
            PlanEvent::PlanTaskCompleted(done) => {
                if let Some(task) = state.tasks.iter_mut().find(|task| task.entered.number == done.number) {
                    match done.milestone {
                        Some(by) => _ = task.open.remove(&by),
                        None => task.open.clear(),
                    }
                    task.completed = task.open.is_empty();
                    task.reports += 1;
                }
            }
        }
    }

    /// Nothing here is refused by a rule.
    fn attempt(_: &State, _: &Act, _: &Command, _: &[Breach]) -> Option<PlanEvent> {
        None
    }
}

/// What is on record stays as it is: another day for the same milestone would make a missed one vanish.
fn enter(state: &State, region_known: bool, task: &PlanTaskEntered) -> Result<Vec<Decided<PlanEvent>>, Refusal> {
    let (plan, number) = (&task.plan, &task.number);
    match state.task(number) {
        Some(known) if known.entered == *task => return Ok(vec![]),
        Some(_) => {
            return Err(Refusal::state(
                "PLAN_TASK_EXISTS",
                format!("{plan} {number}已登记，且内容不同"),
                format!("{plan} {number} is on record already, with other contents"),
            ));
        }
        None => {}
    }
    if !region_known {
        return Err(Refusal::NotFound { what: "region", id: task.region.to_string() });
    }
    if let Some(first) = state.tasks.first().map(|first| &first.entered)
        && (&first.region, first.from, &first.document) != (&task.region, task.from, &task.document)
    {
        let en = format!("{plan} is {} of {}, from {}", first.document, first.region, first.from);
        return Err(Refusal::invalid("plan", en));
    }
    let mut decided = Decided::plain(task.clone());
    let mut before = task.from;
    for milestone in &task.milestones {
        if milestone.by <= before {
            let en =
                format!("{} must lie after {before}: they stand in order, behind the plan's first day", milestone.by);
            return Err(Refusal::invalid("milestones", en));
        }
        before = milestone.by;
        let days = task.from.until(milestone.by).map(|span| u16::try_from(span.get_days()));
        let Ok(Ok(days @ ..=DAYS_MAX)) = days else {
            let en = format!("{} lies more than {DAYS_MAX} days behind the plan's first day", milestone.by);
            return Err(Refusal::invalid("milestones", en));
        };
        let (zh, en) =
            (format!("{plan} {number}：{}", milestone.what), format!("{plan} {number}: {}", milestone.what_en));
        let clock = ClockChange::open_keyed(
            &PT_TASK,
            &key(number, milestone.by),
            begin_of_day(task.from),
            Period::CalendarDays(days),
        );
        decided = decided.clock(clock.fixed().saying(zh, en));
    }
    Ok(vec![decided])
}

fn complete(state: &State, act: &Act, done: &PlanTaskCompleted) -> Result<Vec<Decided<PlanEvent>>, Refusal> {
    let (plan, number) = (&done.plan, &done.number);
    let task = state.pending(plan, number)?;
    let reached: Vec<Date> = match done.milestone {
        None => task.open.iter().copied().collect(),
        Some(by) if task.open.contains(&by) => vec![by],
        Some(by) => return Err(Refusal::NotFound { what: "open milestone", id: format!("{plan} {number} {by}") }),
    };
    let stopped = reached
        .into_iter()
        .map(|by| ClockChange::Stopped { clock: ClockChange::name(&PT_TASK, &key(number, by)), at: act.at });
    Ok(vec![stopped.fold(Decided::plain(done.clone()), Decided::clock)])
}

/// What tells the clocks of a plan apart.
fn key(number: &str, by: Date) -> String {
    format!("{number}:{by}")
}
