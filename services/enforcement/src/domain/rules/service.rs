//! Service and publication.

use law::{
    Citation,
    citation::{APL, TSI},
    period::Period,
};

use super::{Outcome, blank, fault};
use crate::domain::events::ServiceMethod;

law::card! {
    /// Served soon.
    EN_SERVE "EN-SERVE" Deadline; Citation::paragraph(&APL, 61, 1);
    "处罚决定书应当当场交付；当事人不在场的，七个工作日内送达"; "the decision is handed over at once, or served within 7 working days";
    plans "XS 五"; params "working_days" = SERVE; since 2021 7 15;
    allows a_decision_served_on_the_seventh_working_day_is_in_time; refuses a_decision_served_on_the_eighth_working_day_is_late
}
law::card! {
    /// Electronic by consent.
    EN_SERVE_ELECTRONIC "EN-SERVE-ELECTRONIC" Gate; Citation::paragraph(&APL, 61, 2);
    "电子送达须经当事人同意并签订确认书"; "electronic service needs the party's signed consent";
    plans ; since 2021 7 15;
    allows electronic_service_with_consent_is_in_order; refuses refuses_electronic_service_without_consent
}
law::card! {
    /// On the web.
    EN_PUBLICISE "EN-PUBLICISE" Deadline; Citation::paragraph(&APL, 48, 1), Citation::whole(&TSI);
    "行政处罚决定信息应当自作出之日起七个工作日内公开"; "a penalty decision is public within 7 working days";
    plans "FY 22" "TA 19" "XS 五"; params "working_days" = PUBLICISE; since 2021 7 15;
    allows a_decision_publicised_on_the_seventh_working_day_is_in_time; refuses a_decision_publicised_on_the_eighth_working_day_is_late
}
law::card! {
    /// And off it.
    EN_WITHDRAW "EN-WITHDRAW" Deadline; Citation::paragraph(&APL, 48, 2);
    "公开的处罚决定被变更、撤销、确认违法或者无效的，三个工作日内撤回并说明理由";
    "a published decision that was revoked, changed, found unlawful or void is withdrawn within 3 working days, with reasons";
    plans "XS 五"; params "working_days" = WITHDRAW; since 2021 7 15;
    allows a_publication_withdrawn_on_the_third_working_day_is_in_time; refuses a_publication_withdrawn_on_the_fourth_working_day_is_late
}

/// The period of EN-SERVE.
pub const SERVE: Period = Period::WorkingDays(7);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::overdue;

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
