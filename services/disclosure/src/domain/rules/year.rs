//! The yearly report.

use law::{Citation, citation::OGI, period::Period};

/// From the last day of the year to 31 January.
pub const REPORT: Period = Period::CalendarDays(31);

law::card! {
    /// Published by 31 January. Bound are departments from the county up; the government's own report, due by 31 March, is
    /// its office's and no step here. The clock of a year runs from its last day, opened by the year's first application or,
    /// where there was none, by the report itself; publishing twice is no second report.
    DI_YEAR "DI-YEAR" Deadline "公开年度报告" "yearly report on disclosure"; Citation::paragraph(&OGI, 49, 1), Citation::article(&OGI, 50);
    "每年一月三十一日前提交并公布上一年度政府信息公开工作年度报告";
    "the report of a year is submitted and published by 31 January of the next";
    plans ; params "period" = REPORT; since 2019 5 15;
    allows a_report_on_the_last_day_of_january_is_in_time; refuses a_report_in_february_is_late
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::application::sample::overdue;

    #[test]
    fn a_report_on_the_last_day_of_january_is_in_time() {
        assert!(!overdue(REPORT, "2023-12-31", "2024-01-31"));
        assert!(!overdue(REPORT, "2023-12-31", "2024-01-30"));
    }

    #[test]
    fn a_report_in_february_is_late() {
        assert!(overdue(REPORT, "2023-12-31", "2024-02-01"));
        // 31 January 2025 lies in the Spring Festival, which ends on 4 February.
        assert!(!overdue(REPORT, "2024-12-31", "2025-02-05"));
        assert!(overdue(REPORT, "2024-12-31", "2025-02-06"));
    }
}
