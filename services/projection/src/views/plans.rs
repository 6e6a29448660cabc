//! Plans: their measures as entered, and what was reported of each.
//!
//! Where a day is named, the clock tells how it stands: a milestone is kept with the name of the clock that it opened.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    event::{Body, ChangeKind, Event},
    store::{Batch, json, record},
};

record! {
    /// One measure.
    #[derive(serde::Deserialize)]
    pub(crate) struct PlanTask in PLAN_TASKS = "plan_tasks", "Measures of plans as entered." {
        plan: String, key;
        number: String, key;
        /// Where its clocks are.
        #[serde(skip)]
        stream: String;
        /// Its place in the plan.
        #[serde(skip)]
        place: u64;
        region: String;
        #[serde(rename = "from")]
        first_day: Date;
        title: String;
        title_en: String;
        #[serde(default)]
        lead: Option<String>;
        #[serde(default)]
        milestones: Vec<Milestone>;
        #[serde(default)]
        serves: Vec<String>;
        #[serde(default)]
        whole: bool;
        document: String;
    }
    indexes []
}

record! {
    /// What was done for a measure, or that it is done.
    #[derive(serde::Deserialize)]
    pub(crate) struct Report in PLAN_REPORTS = "plan_reports", "What was reported of measures of plans." {
        plan: String, key;
        number: String, key;
        #[serde(skip)]
        seq: u64, key;
        #[serde(skip)]
        reported: Timestamp;
        #[serde(skip)]
        completed: bool;
        #[serde(default)]
        milestone: Option<Date>;
        what: String;
    }
    indexes []
}

/// What a plan wants by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Milestone {
    pub(crate) by: Date,
    pub(crate) what: String,
    #[serde(default)]
    pub(crate) what_en: String,
    /// The clock that it opened.
    #[serde(default)]
    pub(crate) clock: String,
}

json! { Vec<Milestone>; }

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    let e = &event.envelope;
    let mut report = |of: &Report, completed| {
        let row = Report { seq: e.stream_version, reported: e.time, completed, ..of.clone() };
        out.put(&PLAN_REPORTS, row.row());
    };
    match &event.body {
        Body::PlanTaskEntered(task) => {
            let mut task = PlanTask { stream: e.subject.to_owned(), place: e.stream_version, ..task.clone() };
            // One clock per milestone, in their order.
            let opened = event.frame.clocks.iter().filter(|change| change.change == ChangeKind::Opened);
            for (milestone, change) in task.milestones.iter_mut().zip(opened) {
                milestone.clock = change.clock.clone().into_owned();
            }
            out.put(&PLAN_TASKS, task.row());
        }
        Body::PlanProgressReported(of) => report(of, false),
        Body::PlanTaskCompleted(of) => report(of, true),
        _ => {}
    }
}
