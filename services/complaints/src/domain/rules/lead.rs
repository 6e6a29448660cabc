//! What a report and a request to review a document lead to.

use law::{
    Citation,
    check::{Outcome, blank, fault},
    citation::{APL, LPR},
};

use super::was_told;
use crate::domain::{
    events::{ComplaintAccepted, ComplaintAnswered},
    words::Kind,
};

law::card! {
    /// Becomes a case, and the person hears of it.
    CO_LEAD "CO-LEAD" Duty "举报线索查处" "reports of violations"; Citation::article(&APL, 54), Citation::article(&LPR, 31), Citation::paragraph(&LPR, 30, 1);
    "受理的违法行为举报应当作为执法线索查处，查处结果反馈举报人";
    "an accepted report of a violation becomes a lead of enforcement; what came of it is told to the person";
    plans "FY 29" "TA 26" "BT 33";
    compares "受理的举报与执法线索，办结与结果反馈" "an accepted report with its lead; the end with the outcome told";
    except "不属于违法行为线索并写明理由的；无法联系举报人的"
    "what is no lead, with the reason; whoever cannot be reached";
    since 2022 5 1;
    allows a_report_becomes_a_lead, a_report_that_is_no_lead_says_why, an_outcome_told_is_in_order;
    refuses finds_a_report_that_led_nowhere_without_a_reason, finds_a_lead_closed_before_its_outcome_was_told, finds_an_outcome_that_the_person_was_not_told
}
law::card! {
    /// A document named, and its fate told.
    CO_NORM "CO-NORM" Duty "规范性文件审查建议" "requests to review a document"; Citation::paragraph(&LPR, 29, 1);
    "对规范性文件的审查建议应当写明文件予以登记，经研究论证后答复该文件如何处理";
    "a request to review a normative document is registered with the document, and answered with what becomes of it";
    plans "FY 11" "TA 8" "BT 18";
    compares "登记是否写明文件，答复是否写明依据" "whether the registration names the document; whether the answer rests on provisions";
    since 2022 5 1;
    allows a_request_that_names_its_document_is_in_order, a_document_examined_against_the_law_is_answered;
    refuses finds_a_request_without_its_document, finds_an_answer_that_names_no_provision
}

/// CO-LEAD at acceptance. 1. The agency. 2. Reports only; another matter may be a lead as well. 4. What shows no violation to punish (an
/// official's conduct, say) is none, with the reason. 5. A missing reason is none. 6. Accepting it as no lead would spare the case: the
/// reason stands in the record. 7. Recorded. 8. APL 54 obliges to investigate, the plans to deal with what is reported.
pub fn leads(kind: Kind, event: &ComplaintAccepted) -> Outcome {
    if kind == Kind::Report && !event.lead && event.no_lead.as_deref().is_none_or(blank) {
        return fault(
            "举报没有作为执法线索，也没有写明理由；请移交执法，或者写明理由",
            "the report is no lead and it is not said why; pass it to enforcement, or give the reason",
        );
    }
    Ok(())
}

/// CO-LEAD when the matter is closed.
pub fn returned(lead: bool, told: bool) -> Outcome {
    if lead && !told {
        return fault(
            "执法线索的查处结果没有反馈举报人；请反馈",
            "what came of the lead was not told to the person; tell it",
        );
    }
    Ok(())
}

/// CO-LEAD when the outcome comes back.
pub fn outcome_told(reachable: bool, told: &str) -> Outcome {
    was_told(reachable, told)
}

/// CO-NORM at registration. 1. The office. 5. Without a document there is nothing to review. 7. Recorded.
pub fn norm_named(norm: Option<&str>) -> Outcome {
    if norm.is_none_or(blank) {
        return fault(
            "审查建议没有写明规范性文件的名称、文号；请与来件人核对后登记",
            "the request does not name the document; ask the person and register it",
        );
    }
    Ok(())
}

/// CO-NORM for the answer. 1. The organ that examined it. 2. What becomes of the document is the answer's outcome (no other fits the
/// kind); what it was held against are its provisions. 5. None named: not examined. 6. Answering it as a mere
/// suggestion: the kind is the registration's. 7. Recorded.
pub fn examined(event: &ComplaintAnswered) -> Outcome {
    if event.bases.iter().all(|basis| blank(basis)) {
        return fault(
            "答复没有写明审查所依据的上位法；请补充",
            "the answer does not say which higher law the document was held against; add it",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        complaint::sample::{accepted, answered},
        words::Outcome as Answer,
    };

    #[test]
    fn a_report_becomes_a_lead() {
        leads(Kind::Report, &ComplaintAccepted { lead: true, ..accepted(Kind::Report) }).unwrap();
    }

    #[test]
    fn a_report_that_is_no_lead_says_why() {
        let other =
            ComplaintAccepted {
                lead: false, no_lead: Some("反映工作人员作风".into()), ..accepted(Kind::Report)
            };
        leads(Kind::Report, &other).unwrap();
        leads(Kind::Petition, &ComplaintAccepted { lead: false, no_lead: None, ..accepted(Kind::Petition) }).unwrap();
    }

    #[test]
    fn finds_a_report_that_led_nowhere_without_a_reason() {
        for no_lead in [None, Some(" ".to_owned())] {
            let nothing = ComplaintAccepted { lead: false, no_lead, ..accepted(Kind::Report) };
            leads(Kind::Report, &nothing).unwrap_err();
        }
    }

    #[test]
    fn an_outcome_told_is_in_order() {
        returned(true, true).unwrap();
        returned(false, false).unwrap();
        outcome_told(true, "书面反馈").unwrap();
        outcome_told(false, "").unwrap();
    }

    #[test]
    fn finds_a_lead_closed_before_its_outcome_was_told() {
        returned(true, false).unwrap_err();
    }

    #[test]
    fn finds_an_outcome_that_the_person_was_not_told() {
        outcome_told(true, "").unwrap_err();
    }

    #[test]
    fn a_request_that_names_its_document_is_in_order() {
        norm_named(Some("抚政规〔2020〕3号")).unwrap();
    }

    #[test]
    fn finds_a_request_without_its_document() {
        norm_named(None).unwrap_err();
        norm_named(Some(" ")).unwrap_err();
    }

    #[test]
    fn a_document_examined_against_the_law_is_answered() {
        examined(&answered(Answer::NormAmended)).unwrap();
    }

    #[test]
    fn finds_an_answer_that_names_no_provision() {
        examined(&ComplaintAnswered { bases: vec![], ..answered(Answer::NormStands) }).unwrap_err();
    }
}
