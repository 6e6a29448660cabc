//! Leads: what was reported is looked into.

use law::{Citation, citation::APL};

use super::{Outcome, blank, fault};

law::card! {
    /// Looked into, and filed or dropped with reasons. 1. The agency. 2. The decision to drop with its reasons, and with the case
    /// that has been filed. 3. The law of the day of the decision. 4. None. 5. Reasons that are not given are none. 6. A lead that is
    /// dropped without a word, or dropped after a case was filed on it, vanishes (有案不立); a lead that nobody settles stays open among
    /// the agency's matters. 7. Refused in handling, recorded as broken in reporting. 8. 54(2) demands filing where the standard is
    /// met; who does not file must be able to say that it is not met.
    EN_LEAD "EN-LEAD" Gate "线索立案核查" "leads checked"; Citation::paragraph(&APL, 54, 2);
    "符合立案标准的应当及时立案；核查后不予立案的，应当说明核查情况和理由";
    "where the standard is met a case is filed; who files none says what was looked into and why";
    plans "FY 29";
    compares "不予立案的决定与核查情况、理由" "the decision to file no case with what was looked into and why";
    since 2021 7 15;
    allows a_lead_is_dropped_with_reasons; refuses refuses_to_drop_a_lead_without_reasons
}

/// EN-LEAD.
pub fn reasoned(reason: &str) -> Outcome {
    if blank(reason) {
        return fault(
            "没有说明核查情况和不予立案的理由；请补充",
            "what was looked into and why no case is filed is not said; say it",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_dropped_with_reasons() {
        reasoned("现场核查未发现经营行为").unwrap();
    }

    #[test]
    fn refuses_to_drop_a_lead_without_reasons() {
        reasoned(" ").unwrap_err();
    }
}
