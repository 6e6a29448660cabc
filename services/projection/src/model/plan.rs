//! Plans and their measures: what of the suite serves which, and how far each has come.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    DeadlineRow, Text,
    rows::rows,
    words::{Serving, TaskState},
};

rows! {
    /// The plans, and the measures that were asked for.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub struct PlanList is ListPlanTasksResponse {
        /// Every plan with its counts, whatever was asked for.
        plans: Vec<PlanRow>,
        /// The measures, plan by plan as the plan counts them.
        tasks: Vec<PlanTaskRow>,
    }

    /// One plan.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct PlanRow is Plan {
        /// What it is cited by.
        plan: String,
        /// Title and number.
        document: String,
        /// Whose it is.
        region: String,
        /// The region's name.
        region_name: String,
        /// First day.
        from: Date,
        /// How many measures it has.
        tasks: u64,
        /// Carried out with the suite.
        served: u64,
        /// In part.
        partly: u64,
        /// Not at all.
        unserved: u64,
        /// Done.
        completed: u64,
        /// With a day that is over.
        overdue: u64,
    }

    /// One measure.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct PlanTaskRow is PlanTask {
        /// What its plan is cited by.
        plan: String,
        /// Its number, as the plan counts it.
        number: String,
        /// The measure in short.
        title: Text,
        /// The lead body, as the plan names it.
        lead: Option<String>,
        /// What the plan wants by when.
        milestones: Vec<MilestoneRow>,
        /// The rules whose cards name it.
        rules: Vec<String>,
        /// What else of the suite it is carried out with.
        serves: Vec<String>,
        /// The same in words.
        serves_text: Vec<Text>,
        /// How far that carries it.
        serving: Serving,
        /// Where it stands.
        state: TaskState,
        /// When something was last reported of it.
        reported: Option<Timestamp>,
        /// What that was.
        report: Option<String>,
    }

    /// What a plan wants by a day.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct MilestoneRow is Milestone {
        /// Last day.
        by: Date,
        /// What is done then.
        what: Text,
        /// Its clock.
        deadline: Option<DeadlineRow>,
    }
}
