//! The time to settle a matter, and what an answer says.

use jiff::Timestamp;
use law::{
    Citation,
    check::{Outcome, blank, fault},
    citation::LPR,
    period::Period,
};

use super::was_told;
use crate::domain::{events::SettlementExtended, words::Kind};

/// Where the time to settle a petition stands.
pub const SIXTY_DAYS: Citation = Citation::article(&LPR, 34);
/// The time to settle a petition.
pub const SETTLE: Period = Period::CalendarDays(60);
/// The most that it may be extended by, all together.
pub const EXTENSION: u16 = 30;

law::card! {
    /// Settled in time. Bound is the agency that accepted it. A petition runs from its acceptance (LPR 34), for which CO-ACCEPT
    /// and CO-ROUTE leave no more than their days. For everything else articles 29 and 31 ask for an answer and give no days: these
    /// are the region's, as the plans want them, and run from the first receipt, however often it came back.
    /// What is revoked and handled anew has the time once more.
    CO_SETTLE "CO-SETTLE" Deadline "办结期限" "time to settle"; SIXTY_DAYS, Citation::article(&LPR, 31), Citation::article(&LPR, 29);
    "信访事项自受理之日起六十日内办结；其他事项在当地规定的期限内办结，期限自首次收到之日起算";
    "a petition is settled within 60 days of its acceptance, any other matter within the region's period from its first receipt";
    plans "FY 37" "FY 29" "XS 二5";
    compares "答复之日与受理（信访）或者首次收到（其他）之日起的期限"
    "the day of the answer with the period from acceptance (petitions) or first receipt (all else)";
    except "依法延长的" "what was extended";
    params "petition" = SETTLE; since 2022 5 1;
    allows a_petition_settled_on_the_sixtieth_day_is_in_time, other_matters_run_from_the_first_receipt;
    refuses a_petition_settled_on_the_sixty_first_day_is_late
}
law::card! {
    /// Extended. For what is no petition the region sets the time; how far it may be extended nobody has set, so that no more
    /// than for petitions is allowed.
    CO_EXTEND "CO-EXTEND" Limit "办理延期" "extending the time to settle"; Citation::article(&LPR, 34);
    "情况复杂的，经本机关负责人批准可以延长，合计不得超过三十日，并告知延期理由";
    "with the head's approval it is extended by at most 30 days in all, and the person is told why";
    plans "FY 37";
    compares "各次延长的合计与三十日，批准和告知是否具备"
    "all extensions together with thirty days; approval and notice with what is named";
    except "姓名（名称）、住址不清的，不予告知" "whoever cannot be reached is not told";
    params "days" = EXTENSION "days"; since 2022 5 1;
    allows thirty_days_more_are_allowed, two_extensions_may_make_thirty_together;
    refuses refuses_a_thirty_first_day_more, refuses_two_extensions_of_more_than_thirty_together, refuses_an_extension_without_approval_reason_or_notice
}
law::card! {
    /// What an answer says.
    CO_CONTENT "CO-CONTENT" Gate "处理意见内容" "content of the answer"; Citation::article(&LPR, 32), Citation::article(&LPR, 29), Citation::paragraph(&LPR, 30, 1);
    "信访处理意见书应当载明事实和理由、处理意见及其依据；其他答复应当写明事实和处理意见";
    "a petition is answered with facts and reasons, the opinion and its provisions; anything else with facts and opinion";
    plans "FY 37" "FY 29";
    compares "答复的内容与各类事项应当载明的内容" "what the answer says with what its kind calls for";
    since 2022 5 1;
    allows each_kind_of_matter_is_answered_with_what_it_calls_for;
    refuses refuses_an_answer_without_facts_or_opinion, refuses_to_answer_a_petition_without_provisions
}

/// From when the time to settle runs, and the gate and the clock know no other.
pub fn runs_from(kind: Kind, accepted: Timestamp, received: Timestamp) -> Timestamp {
    match kind {
        Kind::Petition => accepted,
        Kind::Complaint | Kind::Report | Kind::Suggestion | Kind::ServiceRating | Kind::NormReview | Kind::Reprisal => {
            received
        }
    }
}

/// CO-EXTEND. 1. The agency. 2. All extensions together with the limit: the article bounds how long, not how often; who approves with
/// the heads on the list that day, by personnel number. 4. Nobody can be told who cannot be reached. 5. A reason or notice that is not named is none. 6. A second extension
/// adds to the first; what has run out is extended by nobody, for which the frame stands. 7. Refused; reported, the period is
/// longer all the same. 8. LPR 34; for other kinds see the card.
pub fn extended(before: u16, event: &SettlementExtended, approval: Outcome, reachable: bool) -> Outcome {
    let all = before.saturating_add(event.days);
    if all > EXTENSION {
        return fault(
            format!("延长合计{all}日，超过三十日的上限"),
            format!("{all} days more in all are above the limit of 30"),
        );
    }
    approval?;
    if blank(&event.reason) {
        return fault("没有写明延期理由", "it is not said why the period is extended");
    }
    was_told(reachable, &event.told)
}

/// CO-CONTENT, for answers, reviews and rechecks. 1. Whoever answers. 2. What is said with what the kind calls for. 5. Empty text says
/// nothing. 6. Another kind chosen to say less: the kind is the registration's and does not change. 7. Refused. 8. LPR 32 for
/// petitions; 29 and 30 ask for a reply, and one without facts and opinion is none.
pub fn complete(kind: Kind, facts: &str, opinion: &str, bases: &[String]) -> Outcome {
    if blank(facts) || blank(opinion) {
        return fault(
            "答复没有写明事实和理由或者处理意见；请补充",
            "the answer lacks the facts and reasons or the opinion; add them",
        );
    }
    if kind == Kind::Petition && bases.is_empty() {
        return fault(
            "信访处理意见没有写明法律法规依据；请补充",
            "the opinion on a petition names no provision that it rests on; add it",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::complaint::sample::{at, extended as event, overdue};

    #[test]
    fn a_petition_settled_on_the_sixtieth_day_is_in_time() {
        // Accepted on 10 June 2025; the sixtieth day, 9 August, is a Saturday.
        assert!(!overdue(SETTLE, "2025-06-10", "2025-08-08"));
        assert!(!overdue(SETTLE, "2025-06-10", "2025-08-11"));
        assert!(!overdue(SETTLE, "2025-06-12", "2025-08-11"));
    }

    #[test]
    fn a_petition_settled_on_the_sixty_first_day_is_late() {
        assert!(overdue(SETTLE, "2025-06-10", "2025-08-12"));
        assert!(overdue(SETTLE, "2025-06-12", "2025-08-12"));
    }

    #[test]
    fn other_matters_run_from_the_first_receipt() {
        let (accepted, received) = (at("2025-06-10T09:00"), at("2025-06-03T00:00"));
        for kind in Kind::ALL {
            let want = if *kind == Kind::Petition { accepted } else { received };
            assert_eq!(runs_from(*kind, accepted, received), want, "{kind:?}");
        }
    }

    #[test]
    fn thirty_days_more_are_allowed() {
        extended(0, &event(30), Ok(()), true).unwrap();
    }

    #[test]
    fn two_extensions_may_make_thirty_together() {
        extended(12, &event(18), Ok(()), true).unwrap();
    }

    #[test]
    fn refuses_a_thirty_first_day_more() {
        extended(0, &event(31), Ok(()), true).unwrap_err();
    }

    #[test]
    fn refuses_two_extensions_of_more_than_thirty_together() {
        extended(20, &event(11), Ok(()), true).unwrap_err();
        extended(u16::MAX, &event(u16::MAX), Ok(()), true).unwrap_err();
    }

    #[test]
    fn refuses_an_extension_without_approval_reason_or_notice() {
        let silent = SettlementExtended { told: String::new(), ..event(5) };
        extended(0, &event(5), fault("没有批准", "not approved"), true).unwrap_err();
        extended(0, &silent, Ok(()), true).unwrap_err();
        extended(0, &silent, Ok(()), false).unwrap();
        extended(0, &SettlementExtended { reason: " ".into(), ..event(5) }, Ok(()), true).unwrap_err();
    }

    fn bases() -> Vec<String> {
        vec!["《食品安全法》第三十四条".into()]
    }

    #[test]
    fn each_kind_of_matter_is_answered_with_what_it_calls_for() {
        for kind in Kind::ALL {
            complete(*kind, "查明", "支持", &bases()).unwrap();
            let free = *kind != Kind::Petition;
            assert_eq!(complete(*kind, "查明", "支持", &[]).is_ok(), free, "{kind:?}");
        }
    }

    #[test]
    fn refuses_an_answer_without_facts_or_opinion() {
        for kind in Kind::ALL {
            complete(*kind, " ", "支持", &bases()).unwrap_err();
            complete(*kind, "查明", "", &bases()).unwrap_err();
        }
    }

    #[test]
    fn refuses_to_answer_a_petition_without_provisions() {
        complete(Kind::Petition, "查明", "支持", &[]).unwrap_err();
    }
}
