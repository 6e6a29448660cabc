//! What a file must hold when it is closed, and what must be reported.

use law::{
    Citation,
    citation::{AES, APL, ARCHIVES, ARL, TSI},
    period::Period,
};

use super::{Outcome, blank, fault};

law::card! {
    /// Interference. 1. The officers. 2. The record with whom it was reported to. 3. The regulation of 2026 and the plans. 4. None. 5. A report to nobody is none. 6. What is never recorded no
    /// rule finds. 7. A finding. 8. The plans carry it (BT 21, FY 23) with the regulation on the supervision of enforcement; the Penalty Law has no word on it.
    EN_INTERFERENCE "EN-INTERFERENCE" Duty "干预执法记录" "interference recorded"; Citation::whole(&AES);
    "领导干部干预执法的，应当记录并报告"; "an official's interference is recorded and reported";
    plans "BT 21" "FY 23"; since 2021 7 15;
    allows a_reported_interference_is_in_order; refuses finds_an_interference_that_was_not_reported
}
law::card! {
    /// Assistance.
    EN_ASSIST "EN-ASSIST" Duty "执法协助" "assistance answered"; Citation::article(&APL, 26);
    "协助请求应当得到答复"; "a request for assistance is answered";
    plans "FY 21"; since 2021 7 15;
    allows an_answered_request_is_in_order; refuses finds_a_request_without_answer
}
law::card! {
    /// The archive. The number of days is a region's parameter: no statute gives one for every field.
    EN_FILE "EN-FILE" Deadline "立卷归档期限" "time to archive"; Citation::article(&APL, 47), Citation::article(&ARCHIVES, 14);
    "案件办结后应当及时立卷归档（地区参数：三十日）"; "a closed case is archived in time (a region's parameter: 30 days)";
    plans "BT 26" "SB 七"; params "days" = ARCHIVE; since 2021 7 15;
    allows a_file_archived_on_the_thirtieth_day_is_in_time; refuses a_file_archived_on_the_thirty_first_day_is_late
}
law::card! {
    /// Upward.
    EN_FILE_UPWARD "EN-FILE-UPWARD" Duty "重大处罚备案" "major penalties reported upward"; Citation::article(&APL, 75), Citation::whole(&TSI);
    "重大行政处罚决定应当报上级或者同级政府备案"; "a major penalty is reported upward for the record";
    plans "BT 26"; since 2021 7 15;
    allows a_major_penalty_reported_upward_is_in_order; refuses finds_a_major_penalty_not_reported_upward
}

law::card! {
    /// What others decide is carried into the case. 1. The agency. 2. The appeal, and what the organ decided about the penalty, with
    /// the case. 3. The law of the day of the event. 4. None. 5. An appeal that names no case touches none. 6. A decision of the
    /// organ that the case does not show would go on being collected and published; what the case will not have is kept as a finding.
    /// 7. It is recorded in any mode. 8. ARL 77: the respondent performs the decision; APL 48 and 73 say what follows in the case.
    EN_FOLLOW "EN-FOLLOW" Duty "复议结果落实" "outcome of an appeal followed"; Citation::article(&ARL, 77), Citation::article(&APL, 73), Citation::paragraph(&APL, 48, 2);
    "当事人申请复议、复议机关的决定，应当在案件中如实反映并执行"; "an appeal against a penalty, and what the organ decides about it, is carried into the case";
    plans "XS 七4" "BT 39";
    compares "复议案件的进展与处罚案件的记录" "what happened in the reconsideration with what the case shows";
    since 2024 1 1;
    allows a_followed_appeal_is_in_order, what_the_organ_decided_is_done_to_the_penalty_and_ends_the_appeal;
    refuses finds_an_appeal_that_the_case_does_not_follow, what_the_case_will_not_have_is_kept_as_a_finding
}

/// The period of EN-FILE.
pub const ARCHIVE: Period = Period::CalendarDays(30);

/// EN-INTERFERENCE.
pub fn interference_reported(reported_to: &str) -> Outcome {
    if blank(reported_to) {
        return fault(
            "干预执法的情况没有报告；请报告并写明受理单位",
            "the interference was not reported; report it and say to whom",
        );
    }
    Ok(())
}

/// EN-ASSIST, when the case is closed.
pub fn assistance_answered(open: usize) -> Outcome {
    if open > 0 {
        return fault(
            format!("有{open}件协助请求没有答复；请催办或者记录结果"),
            format!("{open} requests for assistance have no answer; ask again or record the outcome"),
        );
    }
    Ok(())
}

/// EN-FILE-UPWARD, when the case is closed.
pub fn reported_upward(major: bool, reported: bool) -> Outcome {
    if major && !reported {
        return fault("重大处罚决定没有报备案；请报备案", "the major penalty was not reported upward; report it");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::overdue;

    #[test]
    fn a_reported_interference_is_in_order() {
        interference_reported("市纪委监委").unwrap();
    }

    #[test]
    fn finds_an_interference_that_was_not_reported() {
        interference_reported("").unwrap_err();
    }

    #[test]
    fn an_answered_request_is_in_order() {
        assistance_answered(0).unwrap();
    }

    #[test]
    fn finds_a_request_without_answer() {
        assistance_answered(1).unwrap_err();
    }

    #[test]
    fn a_file_archived_on_the_thirtieth_day_is_in_time() {
        assert!(!overdue(ARCHIVE, "2024-03-04", "2024-04-03"));
    }

    #[test]
    fn a_file_archived_on_the_thirty_first_day_is_late() {
        assert!(overdue(ARCHIVE, "2024-03-04", "2024-04-04"));
    }

    #[test]
    fn a_major_penalty_reported_upward_is_in_order() {
        reported_upward(true, true).unwrap();
        reported_upward(false, false).unwrap();
    }

    #[test]
    fn finds_a_major_penalty_not_reported_upward() {
        reported_upward(true, false).unwrap_err();
    }
}
