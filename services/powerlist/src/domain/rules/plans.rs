//! What a plan wants done by a day.

use law::{
    Citation,
    citation::{LGO, LGP},
};

law::card! {
    /// What the plan names a day for is done by that day.
    ///
    /// 1. Bound is the government whose plan it is, with the lead body that the plan names: the clock is its region's.
    /// 2. The day of completion is held against the day that the plan names, milestone by milestone.
    /// 3. The plan itself governs, from its first day; the outline that it carries out wants every measure to have its time.
    /// 4. A plan makes no exception. A day that it names in words ("as a rule by the end of 2019") is that day.
    /// 5. A measure without a day has no clock, and is never late; that it is done is recorded all the same.
    /// 6. A milestone that is on record is not entered again with another day, and none is completed twice. Whoever enters
    ///    a plan late enters it late: the clock runs from the plan's first day, whenever it was entered. The day does not
    ///    move off a holiday.
    /// 7. Nothing is refused: met, missed and overdue follow from the clock.
    /// 8. It comes from the plans, which the outlines ask for.
    PT_TASK "PT-TASK" Deadline "方案任务时限" "plan tasks in time"; Citation::whole(&LGO), Citation::whole(&LGP);
    "方案任务有明确时间要求的，在该时间节点前完成"; "a measure is done by the day that its plan names";
    plans "FY 末段" "TA 45" "BT 保障五" "XS 十6";
    compares "完成之日与方案写明的时间节点" "the day of completion with the day that the plan names";
    since 2016 1 1;
    allows a_task_completed_on_its_last_day_is_in_time, each_milestone_has_its_own_day;
    refuses a_task_completed_the_day_after_is_late, a_task_entered_after_its_day_is_late_all_the_same
}
