//! Service and publication.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::{Calendar, NoCalendar, at_least, in_time},
    citation::{APL, TSI},
    period::{Deadline, Period},
};

use super::{Outcome, asked, blank, fault};
use crate::domain::events::{AnnounceGround, Attempt, ServiceAnnounced, ServiceMethod};

law::card! {
    /// Served soon.
    EN_SERVE "EN-SERVE" Deadline "送达期限" "time to serve"; Citation::paragraph(&APL, 61, 1);
    "处罚决定书应当当场交付；当事人不在场的，七个工作日内送达"; "the decision is handed over at once, or served within 7 working days";
    plans "XS 五3";
    compares "送达之日与决定之日起的七个工作日" "the day of service with seven working days from the decision";
    except "公告送达期间" "while the decision is announced";
    params "working_days" = SERVE; since 2021 7 15;
    allows a_decision_served_on_the_seventh_working_day_is_in_time; refuses a_decision_served_on_the_eighth_working_day_is_late
}
law::card! {
    /// Electronic by consent.
    EN_SERVE_ELECTRONIC "EN-SERVE-ELECTRONIC" Gate "电子送达" "electronic service"; Citation::paragraph(&APL, 61, 2);
    "电子送达须经当事人同意并签订确认书"; "electronic service needs the party's signed consent";
    plans ; since 2021 7 15;
    allows electronic_service_with_consent_is_in_order; refuses refuses_electronic_service_without_consent
}
law::card! {
    /// Announced for a reason. 1. The agency. 2. The act with what 民事诉讼法 95 asks for, to which APL 61(1) sends: the
    /// whereabouts of the party are unknown, or no other way led to it, and the file says so; for every decision, a
    /// withheld penalty too. 3. The law of the day of the announcement; until 2021 the same stood in article 92. 4.
    /// None: a party whose address is known and who refuses is served by lien. 5. A reason that says nothing is none; which
    /// of the two grounds it is, is asked of acts from [`super::ASKED_SINCE`] on, and held against it wherever it is said.
    /// 6. A try from before the decision, or after the announcement, is none of this decision; nor is one by announcement, or
    /// electronically, which is only an offer. Serving without announcing is EN-ANNOUNCE-DAYS's; whether a reason is true
    /// no record can tell, so it stands in the file with the place. 7. Refused. 8. APL 61(1).
    EN_ANNOUNCE "EN-ANNOUNCE" Gate "公告送达条件" "service by announcement"; Citation::paragraph(&APL, 61, 1);
    "当事人下落不明或者以其他方式无法送达的，才可以公告送达，并在案卷中记明原因和经过";
    "only where the party's whereabouts are unknown or it cannot be served otherwise is a decision announced; reason and course are put on file";
    plans ; compares "以其他方式送达的日期和结果与决定之日、公告之日" "the day and outcome of each try in another way with the decision and the announcement";
    since 2021 7 15;
    allows an_announcement_with_its_reason_is_in_order, an_announcement_after_another_way_failed_is_in_order;
    refuses refuses_an_announcement_that_gives_no_reason, refuses_an_announcement_before_another_way_was_tried, refuses_a_try_from_before_the_decision
}
law::card! {
    /// Announced for thirty days. 1. The agency. 2. The day of a service by announcement with the day of the announcement,
    /// for every decision; the day of the announcement is not counted, a last day that is no working day moves on.
    /// 3. 民事诉讼法 as in force from 2022; before, it was sixty days, which this card does not hold against anybody.
    /// 4. None; a party that turns up may be served in another way meanwhile. 5. Without an announcement on file no day has
    /// passed; a last day in a year whose calendar is not known has not before the thirtieth. 6. An announcement dated before its decision and
    /// a second one are refused by the state; one dated after the service does not count; announcing does not mend a
    /// missed EN-SERVE. A service told as one of another way is not found. 7. Refused. 8. APL 61(1), by 民事诉讼法 95.
    EN_ANNOUNCE_DAYS "EN-ANNOUNCE-DAYS" Gate "公告送达期间" "days of an announcement"; Citation::paragraph(&APL, 61, 1);
    "公告送达的，自发出公告之日起经过三十日，方视为送达";
    "a decision that was announced counts as served when 30 days have passed since";
    plans ;
    compares "以公告送达之日与公告之日起的三十日"
    "the day of service by announcement with thirty days from the announcement";
    except "以其他方式送达的" "service in another way";
    params "period" = ANNOUNCE; since 2022 1 1;
    allows service_by_announcement_after_the_thirtieth_day_is_in_order, another_way_needs_no_announcement;
    refuses refuses_service_by_announcement_on_the_thirtieth_day, refuses_service_by_announcement_on_a_last_day_that_moved, refuses_service_by_announcement_without_one
}
law::card! {
    /// On the web.
    EN_PUBLICISE "EN-PUBLICISE" Deadline "决定公示期限" "time to publish"; Citation::paragraph(&APL, 48, 1), Citation::whole(&TSI);
    "行政处罚决定信息应当自作出之日起七个工作日内公开"; "a penalty decision is public within 7 working days";
    plans "FY 22" "TA 19" "XS 五3"; params "working_days" = PUBLICISE; since 2021 7 15;
    allows a_decision_publicised_on_the_seventh_working_day_is_in_time; refuses a_decision_publicised_on_the_eighth_working_day_is_late
}
law::card! {
    /// And off it.
    EN_WITHDRAW "EN-WITHDRAW" Deadline "公示撤回期限" "time to withdraw"; Citation::paragraph(&APL, 48, 2);
    "公开的处罚决定被变更、撤销、确认违法或者无效的，三个工作日内撤回并说明理由";
    "a published decision that was revoked, changed, found unlawful or void is withdrawn within 3 working days, with reasons";
    plans "XS 五3"; params "working_days" = WITHDRAW; since 2021 7 15;
    allows a_publication_withdrawn_on_the_third_working_day_is_in_time; refuses a_publication_withdrawn_on_the_fourth_working_day_is_late
}

/// The period of EN-SERVE.
pub const SERVE: Period = Period::WorkingDays(7);
/// Days of an announcement.
const ANNOUNCE_DAYS: u16 = 30;
/// The period of EN-ANNOUNCE-DAYS.
pub const ANNOUNCE: Period = Period::CalendarDays(ANNOUNCE_DAYS);
/// The period of EN-PUBLICISE.
pub const PUBLICISE: Period = Period::WorkingDays(7);
/// The period of EN-WITHDRAW.
pub const WITHDRAW: Period = Period::WorkingDays(3);

/// EN-SERVE-ELECTRONIC.
pub fn consented(method: ServiceMethod, consent: Option<&str>) -> Outcome {
    if method == ServiceMethod::Electronic && consent.is_none_or(blank) {
        return fault(
            "没有当事人签订的电子送达确认书；请取得确认书，或者改用其他送达方式",
            "there is no signed consent to electronic service; obtain it, or serve in another way",
        );
    }
    Ok(())
}

/// EN-ANNOUNCE.
pub fn unreachable(announced: &ServiceAnnounced, decided: Option<Date>, day: Date) -> Outcome {
    use ServiceMethod::{Direct, Entrusted, Lien, Post, Transferred};
    if blank(&announced.reason) {
        return fault(
            "没有记明公告送达的原因；请写明当事人下落不明或者其他方式无法送达的情况，或者改用其他送达方式",
            "there is no reason for the announcement; state how the party could not be reached, or serve in another way",
        );
    }
    let counts = |tried: &&Attempt| {
        let meanwhile = tried.on <= day && decided.is_none_or(|decided| decided <= tried.on);
        let way = matches!(tried.method, Direct | Lien | Entrusted | Post | Transferred);
        meanwhile && way && !blank(&tried.outcome)
    };
    match announced.ground {
        None if asked(day) => fault(
            "没有写明公告送达属于下落不明还是其他方式无法送达；请写明",
            "it is not said whether the party's whereabouts are unknown or other ways failed; say which",
        ),
        Some(AnnounceGround::OtherWaysFailed) if !announced.tried.iter().any(|tried| counts(&tried)) => fault(
            "没有在作出决定后、公告前以直接、留置、委托、邮寄或者转交方式送达未果的记录；请先以其他方式送达",
            "no try in another way after the decision and before the announcement is on record; serve in another way first",
        ),
        None | Some(AnnounceGround::OtherWaysFailed | AnnounceGround::WhereaboutsUnknown) => Ok(()),
    }
}

/// EN-ANNOUNCE-DAYS: served by announcement on `day`.
pub fn announced_long_enough(
    method: ServiceMethod,
    announced: Option<Date>,
    day: Date,
    calendar: &Calendar,
) -> Outcome {
    if method != ServiceMethod::Announcement {
        return Ok(());
    }
    let Some(announced) = announced else {
        return fault(
            "案卷中没有公告；请先公告送达，期满后再记录送达，或者改用其他送达方式",
            "there is no announcement on file; announce the decision first and serve it when its days have passed, or serve in another way",
        );
    };
    let last = last_day(announced, calendar);
    if in_time(day, last)? {
        let last = at_least(last);
        return fault(
            format!("{announced} 发出的公告至 {last} 期满；请在期满后记录送达，或者改用其他送达方式"),
            format!("the announcement of {announced} lasts until {last}; serve after that day, or in another way"),
        );
    }
    Ok(())
}

fn last_day(announced: Date, calendar: &Calendar) -> Result<Date, NoCalendar> {
    Ok(Deadline::new(announced, ANNOUNCE, "").due(calendar)?.day().unwrap_or(announced))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{day, overdue};

    #[test]
    fn a_decision_served_on_the_seventh_working_day_is_in_time() {
        assert!(!overdue(SERVE, "2024-04-30", "2024-05-13"));
    }

    #[test]
    fn a_decision_served_on_the_eighth_working_day_is_late() {
        // The Labour Day holiday runs from 1 to 5 May; Saturday the 11th is a working day.
        assert!(overdue(SERVE, "2024-04-30", "2024-05-14"));
    }

    #[test]
    fn electronic_service_with_consent_is_in_order() {
        consented(ServiceMethod::Electronic, Some("送达地址确认书")).unwrap();
        consented(ServiceMethod::Post, None).unwrap();
    }

    #[test]
    fn refuses_electronic_service_without_consent() {
        consented(ServiceMethod::Electronic, None).unwrap_err();
        consented(ServiceMethod::Electronic, Some("")).unwrap_err();
    }

    fn by_announcement(announced: Option<&str>, served: &str) -> Outcome {
        announced_long_enough(ServiceMethod::Announcement, announced.map(day), day(served), Calendar::china())
    }

    #[test]
    fn an_announcement_with_its_reason_is_in_order() {
        announce("下落不明", None, &[], "2024-03-20").unwrap();
        announce("下落不明", Some(AnnounceGround::WhereaboutsUnknown), &[], "2027-03-22").unwrap();
    }

    fn announce(reason: &str, ground: Option<AnnounceGround>, tried: &[(ServiceMethod, &str)], on: &str) -> Outcome {
        let tried = tried.iter().map(|(method, on)| Attempt { method: *method, on: day(on), outcome: "退回".into() });
        let announced =
            ServiceAnnounced {
                place: "网站".into(), reason: reason.into(), ground, tried: tried.collect(), at: None
            };
        unreachable(&announced, Some(day("2024-03-13")), day(on))
    }

    const FAILED: Option<AnnounceGround> = Some(AnnounceGround::OtherWaysFailed);

    #[test]
    fn an_announcement_after_another_way_failed_is_in_order() {
        for on in ["2024-03-13", "2024-03-20"] {
            announce("邮寄退回", FAILED, &[(ServiceMethod::Post, on)], "2024-03-20").unwrap();
        }
    }

    #[test]
    fn refuses_an_announcement_before_another_way_was_tried() {
        announce("无法送达", FAILED, &[], "2024-03-20").unwrap_err();
        announce("无法送达", FAILED, &[(ServiceMethod::Post, "2024-03-21")], "2024-03-20").unwrap_err();
        for method in [ServiceMethod::Electronic, ServiceMethod::Announcement] {
            announce("无法送达", FAILED, &[(method, "2024-03-14")], "2024-03-20").unwrap_err();
        }
        // Which ground it is must be said once it is asked.
        announce("无法送达", None, &[], "2026-10-31").unwrap();
        announce("无法送达", None, &[], "2026-11-01").unwrap_err();
    }

    #[test]
    fn refuses_a_try_from_before_the_decision() {
        announce("邮寄退回", FAILED, &[(ServiceMethod::Post, "2024-03-12")], "2024-03-20").unwrap_err();
    }

    #[test]
    fn refuses_an_announcement_that_gives_no_reason() {
        announce("", None, &[], "2024-03-20").unwrap_err();
        announce(" \n", Some(AnnounceGround::WhereaboutsUnknown), &[], "2024-03-20").unwrap_err();
    }

    #[test]
    fn service_by_announcement_after_the_thirtieth_day_is_in_order() {
        by_announcement(Some("2024-03-13"), "2024-04-13").unwrap();
    }

    #[test]
    fn refuses_service_by_announcement_on_the_thirtieth_day() {
        by_announcement(Some("2024-03-13"), "2024-04-11").unwrap_err();
        by_announcement(Some("2024-03-13"), "2024-04-12").unwrap_err();
    }

    #[test]
    fn refuses_service_by_announcement_on_a_last_day_that_moved() {
        // Thirty days from 2 April end on 2 May, a holiday until 5 May.
        by_announcement(Some("2024-04-02"), "2024-05-03").unwrap_err();
        by_announcement(Some("2024-04-02"), "2024-05-06").unwrap_err();
        by_announcement(Some("2024-04-02"), "2024-05-07").unwrap();
    }

    #[test]
    fn refuses_service_by_announcement_without_one() {
        by_announcement(None, "2024-04-13").unwrap_err();
    }

    #[test]
    fn another_way_needs_no_announcement() {
        announced_long_enough(ServiceMethod::Post, None, day("2024-03-14"), Calendar::china()).unwrap();
    }

    #[test]
    fn an_announcement_into_an_unknown_year_is_not_over_and_stops_no_clock_for_good() {
        assert_eq!(
            last_day(day("2026-12-10"), Calendar::china()),
            Err(NoCalendar { year: 2027, bound: day("2027-01-09") })
        );
        assert!(!by_announcement(Some("2026-12-10"), "2027-01-09").unwrap_err().unknown);
        assert!(by_announcement(Some("2026-12-10"), "2027-01-10").unwrap_err().unknown);
    }

    #[test]
    fn a_decision_publicised_on_the_seventh_working_day_is_in_time() {
        assert!(!overdue(PUBLICISE, "2024-03-04", "2024-03-13"));
    }

    #[test]
    fn a_decision_publicised_on_the_eighth_working_day_is_late() {
        assert!(overdue(PUBLICISE, "2024-03-04", "2024-03-14"));
    }

    #[test]
    fn a_publication_withdrawn_on_the_third_working_day_is_in_time() {
        assert!(!overdue(WITHDRAW, "2024-03-08", "2024-03-13"));
    }

    #[test]
    fn a_publication_withdrawn_on_the_fourth_working_day_is_late() {
        assert!(overdue(WITHDRAW, "2024-03-08", "2024-03-14"));
    }
}
