//! What happens to the measures of a plan, as it is stored.

use jiff::civil::Date;
use law::{
    id::{PlanCode, RegionCode},
    vocabulary::{Field, Form, Piece},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::vocabulary::by::LIST_OFFICE;

law::words! {
    /// What of the suite a measure is carried out with, beside the rules whose cards name it. A word is the id of a room, of a
    /// kind of matter or of what else readers are led to.
    pub enum Capability {
        Items = "items" "权责清单" "power and duty lists",
        Agencies = "agencies" "执法主体和人员" "agencies and officers",
        Case = "case" "执法案件" "penalty cases",
        Decisions = "decisions" "决定公示" "published decisions",
        Application = "application" "依申请公开" "disclosure on request",
        Complaint = "complaint" "投诉举报信访" "complaints and petitions",
        Appeal = "appeal" "行政复议" "reconsideration",
        Deadlines = "deadlines" "期限" "deadlines",
        Findings = "findings" "问题" "findings",
        Overview = "overview" "指标" "indicators",
        Rules = "rules" "规则" "rules",
        Plans = "plans" "计划任务" "plan tasks",
        Audit = "audit" "审计" "audit",
    }
}

/// A part of a measure that the plan wants done by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Milestone {
    /// Last day.
    pub by: Date,
    /// What is done then, in short.
    pub what: String,
    /// The same in English.
    pub what_en: String,
}

/// A measure of a plan was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanTaskEntered {
    /// What the plan is cited by.
    pub plan: PlanCode,
    /// The measure's number, as the plan counts it.
    pub number: String,
    /// Whose plan it is.
    pub region: RegionCode,
    /// First day of the plan.
    pub from: Date,
    /// The measure in short.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// The lead body as the plan names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// What the plan wants by when, in order of days; none where it names no day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// What of the suite it is carried out with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serves: Vec<Capability>,
    /// Whether the suite carries out all of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole: bool,
    /// Title and number of the plan.
    pub document: String,
}

/// What was done for a measure so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanProgressReported {
    /// What the plan is cited by.
    pub plan: PlanCode,
    /// The measure's number.
    pub number: String,
    /// What was done.
    pub what: String,
}

/// A measure, or what it wants by one day, is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanTaskCompleted {
    /// What the plan is cited by.
    pub plan: PlanCode,
    /// The measure's number.
    pub number: String,
    /// What was to be done by this day; all of the measure where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milestone: Option<Date>,
    /// What shows it.
    pub what: String,
}

const NUMBER: Field = Field::new("number", "编号", "Number", Form::Plain);

law::events! {
    /// Events of one plan.
    pub enum PlanEvent {
        PlanTaskEntered[number] = "powerlist.plan.PlanTaskEntered.v1" as EnterPlanTask:
            did("方案任务登记", "Plan task entered").to_do("登记方案任务", "enter a task of a plan").by(LIST_OFFICE)
                .fields(&[
                    NUMBER,
                    Field::new("title_en", "英文", "In English", Form::Plain),
                    Field::new("lead", "牵头单位", "Lead", Form::Plain),
                    Field::new(
                        "milestones", "时间节点", "Milestones",
                        Form::Parts(&[Piece::of("by", Form::Plain), Piece::of("what", Form::Plain).before("：", ": ")])
                    ),
                    Field::new("whole", "全部覆盖", "Served whole", Form::Plain)
                ]).begins(),
        PlanProgressReported = "powerlist.plan.PlanProgressReported.v1" as ReportPlanProgress:
            did("方案任务进展", "Progress reported").to_do("报告方案任务进展", "report the progress of a task").by(LIST_OFFICE)
                .fields(&[NUMBER, Field::new("what", "进展", "Progress", Form::Plain)])
                after [PlanTaskEntered[number]],
        PlanTaskCompleted = "powerlist.plan.PlanTaskCompleted.v1" as CompletePlanTask:
            did("方案任务完成", "Plan task completed").to_do("完成方案任务", "complete a task of a plan").by(LIST_OFFICE)
                .fields(&[
                    NUMBER,
                    Field::new("what", "完成情况", "What shows it", Form::Plain),
                    Field::new("milestone", "时间节点", "Milestone", Form::Plain)
                ])
                after [PlanTaskEntered[number]],
    }
    /// What may be asked of a plan.
    pub enum PlanStep;
}
