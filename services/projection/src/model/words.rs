//! The fixed words of the views.

use super::text::words;

words! {
    /// How far one stage of a case has got.
    pub enum StageStatus {
        Done = "done" "已完成" "done",
        /// Begun, or the next one to do.
        Open = "open" "进行中" "open",
        /// The case went on without it, and no rule that was held against it says yet whether it needs it.
        Skipped = "skipped" "未经" "skipped",
        /// The case went on without it, and the law does not require it.
        NotRequired = "not_required" "无需" "not required",
        /// The case went on without it, although a rule requires it.
        Missing = "missing" "缺失" "missing",
        /// Tried, and refused by a rule since the last step that succeeded.
        Refused = "refused" "被拒" "refused",
        /// Not reached.
        Ahead = "ahead" "未到" "ahead",
    }
    /// Whether a case still has to be brought to its end.
    pub enum CaseState {
        Open = "open" "在办" "open",
        Closed = "closed" "已结" "closed",
    }
    /// What is counted by agency and month.
    pub enum Monthly {
        Filed = "filed" "立案" "filed",
        Decided = "decided" "作出决定" "decided",
        Closed = "closed" "结案" "closed",
        /// Without those that were prevented.
        Findings = "findings" "问题" "findings",
        Refused = "refused" "被拒的操作" "refused attempts",
    }
    /// Whether a body may act in its own name today.
    pub enum Standing {
        Qualified = "qualified" "具备主体资格" "qualified",
        Unqualified = "unqualified" "不具备主体资格" "not qualified",
        Dissolved = "dissolved" "已撤销" "dissolved",
    }
    /// Whether a person may act today.
    pub enum CertificateState {
        Valid = "valid" "有效" "valid",
        /// Ended or withdrawn.
        Ended = "ended" "失效" "not valid",
        None = "none" "无证" "none",
    }
    /// How a case stands against the running clocks that agencies owe in it.
    pub enum Timing {
        InTime = "in_time" "未到期" "in time",
        /// Not overdue, and one ends within [`SOON_WORKING_DAYS`](crate::model::SOON_WORKING_DAYS).
        DueSoon = "due_soon" "三个工作日内到期" "due within 3 working days",
        Overdue = "overdue" "已逾期" "overdue",
        NoClock = "no_clock" "无进行中的期限" "no clock running",
        /// One has been missed, wherever the others stand.
        Missed = "missed" "曾超期" "missed one before",
    }
    /// What a finding rests on.
    pub enum Proof {
        Proved = "proved" "事件已证明" "proved by events",
        /// A period that is over while nothing was done: time alone proves it.
        Running = "running" "仍在计时" "still running",
    }
    /// How the suite was used for an act.
    pub enum Mode {
        Handling = "handling" "办理" "handling",
        Reporting = "reporting" "补报" "reporting",
    }
    /// What a finding is.
    pub enum FindingKind {
        /// A gate or a limit broken by an act that was recorded.
        Violation = "violation" "违法行为" "Violation",
        /// A statutory period that ended before what was owed was done.
        MissedDeadline = "missed_deadline" "超期" "Missed deadline",
        /// Something that must exist by a stage, and does not.
        MissingDuty = "missing_duty" "应为未为" "Missing duty",
        /// Recorded too long after it happened.
        LateRecording = "late_recording" "迟录" "Late recording",
        /// An unlawful step that was stopped.
        RefusedAttempt = "refused_attempt" "被拒的操作" "Refused attempt",
        /// A rule that an act could not be held against: no fault, and listed only where it is asked for.
        NotChecked = "not_checked" "未能核对" "Not checked",
    }
    /// How much a finding weighs.
    pub enum Severity {
        /// An unlawful act stands.
        High = "high" "严重" "High",
        /// A period or a duty was neglected.
        Medium = "medium" "一般" "Medium",
        /// The record is late.
        Low = "low" "轻微" "Low",
        /// Nothing unlawful happened: it was prevented.
        Prevented = "prevented" "被拒" "Prevented",
        /// Nobody can tell: it was not checked.
        NotChecked = "not_checked" "无从判断" "Nobody can tell",
    }
    /// Where a statutory clock stands on the day of reading.
    pub enum DeadlineState {
        Overdue = "overdue" "已逾期" "overdue",
        Open = "open" "进行中" "open",
        Suspended = "suspended" "中止中" "suspended",
        /// Its end lies in a year without a published calendar.
        NoCalendar = "no_calendar" "无日历" "no calendar",
        Missed = "missed" "超期办结" "missed",
        Met = "met" "按期" "met",
        /// Owed no more: the case ended otherwise.
        Cancelled = "cancelled" "已取消" "cancelled",
        /// Owed by another than the agency, wherever it stands.
        Others = "others" "他方期限" "owed by others",
    }
    /// Where a power item stands on a day.
    pub enum ItemState {
        InForce = "in_force" "有效" "in force",
        /// Published, in force from a later day.
        Coming = "coming" "待生效" "coming",
        /// A draft or review waits; nothing is in force.
        Draft = "draft" "拟制中" "draft",
        Cancelled = "cancelled" "已取消" "cancelled",
    }
    /// How far the suite carries a measure of a plan.
    pub enum Serving {
        Served = "served" "全部支撑" "served",
        Partly = "partly" "部分支撑" "served in part",
        /// No rule names it, and no part of the suite is named for it.
        Unserved = "unserved" "尚未支撑" "not served yet",
    }
    /// Where a measure of a plan stands on the day of reading.
    pub enum TaskState {
        /// A day that its plan names is over, and what was to be done by then is not.
        Overdue = "overdue" "已逾期" "overdue",
        Underway = "underway" "进行中" "under way",
        /// Nothing was reported of it.
        Silent = "silent" "未报进展" "nothing reported",
        Completed = "completed" "已完成" "completed",
    }
    /// Which part of what is behind an indicator.
    pub enum Behind {
        Counted = "counted" "全部" "all counted",
        Passed = "passed" "合格" "passing",
        Failed = "failed" "不合格" "failing",
    }
}

impl FindingKind {
    /// How much a finding of this kind weighs.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Violation => Severity::High,
            Self::MissedDeadline | Self::MissingDuty => Severity::Medium,
            Self::LateRecording => Severity::Low,
            Self::RefusedAttempt => Severity::Prevented,
            Self::NotChecked => Severity::NotChecked,
        }
    }
}

impl DeadlineState {
    /// Whether what is owed is still owed.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Overdue | Self::Open | Self::Suspended | Self::NoCalendar)
    }
}
