//! Suspected crime (APL 27, CTR).

use law::{
    Citation,
    citation::{APL, CTR},
    period::Period,
};

use super::{Outcome, fault};

law::card! {
    /// The three clocks of a transfer: `:decide`, `:send`, `:police`.
    EN_TRANSFER "EN-TRANSFER" Deadline "涉罪移送期限" "time to transfer"; Citation::article(&CTR, 5), Citation::article(&CTR, 8), Citation::paragraph(&APL, 27, 1);
    "涉嫌犯罪的，负责人三日内决定是否移送，决定移送的二十四小时内移送，公安机关三日内答复";
    "of a suspected crime the head decides in 3 days, the case is transferred in 24 hours, the police answer in 3 days";
    plans "FY 20" "TA 17" "BT 29" "XS 五1"; params "decide_days" = DECIDE, "send_hours" = SEND, "police_days" = POLICE; since 2020 8 7;
    allows a_transfer_decided_on_the_third_day_is_in_time; refuses a_transfer_decided_on_the_fourth_day_is_late
}
law::card! {
    /// No penalty in place of a transfer.
    EN_TRANSFER_FIRST "EN-TRANSFER-FIRST" Gate "不得以罚代刑" "no penalty in place of transfer"; Citation::article(&CTR, 11), Citation::paragraph(&APL, 27, 1), Citation::paragraph(&APL, 8, 2);
    "对应当移送的涉嫌犯罪案件，不得以行政处罚代替移送"; "no penalty takes the place of transferring a suspected crime";
    plans "FY 20" "TA 17" "BT 29"; since 2020 8 7;
    allows a_case_that_the_police_did_not_file_may_be_punished; refuses refuses_a_penalty_in_place_of_a_transfer
}

/// How long the head has.
pub const DECIDE: Period = Period::CalendarDays(3);
/// How long the transfer may take once decided.
pub const SEND: Period = Period::Hours(24);
/// How long the police have.
pub const POLICE: Period = Period::CalendarDays(3);

/// Where a suspicion stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suspicion {
    /// None was raised, the head found none, the police did not file, or the case came back.
    #[default]
    None,
    /// Reported, the head has not decided.
    Reported,
    /// To be transferred.
    ToTransfer,
    /// With the police.
    WithPolice,
    /// The police filed a criminal case.
    Criminal,
}

/// EN-TRANSFER-FIRST.
pub fn not_instead(suspicion: Suspicion) -> Outcome {
    let (zh, en) = match suspicion {
        Suspicion::None => return Ok(()),
        Suspicion::Reported => {
            ("负责人尚未决定是否移送；请先作出决定", "the head has not decided on the transfer; decide first")
        }
        Suspicion::ToTransfer => {
            ("已决定移送公安机关；请先移送", "the case is to be transferred to the police; do so first")
        }
        Suspicion::WithPolice => ("公安机关尚未答复；请等待答复", "the police have not answered; wait for them"),
        Suspicion::Criminal => (
            "公安机关已经立案；在案件退回前不得处罚",
            "the police have filed a criminal case; do not punish unless it comes back",
        ),
    };
    fault(
        format!("本案涉嫌犯罪，不得以处罚代替移送：{zh}"),
        format!("a crime is suspected, and no penalty takes the place of a transfer: {en}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::overdue;

    #[test]
    fn a_transfer_decided_on_the_third_day_is_in_time() {
        assert!(!overdue(DECIDE, "2024-03-04", "2024-03-07"));
        assert!(!overdue(SEND, "2024-03-04", "2024-03-05"));
    }

    #[test]
    fn a_transfer_decided_on_the_fourth_day_is_late() {
        assert!(overdue(DECIDE, "2024-03-04", "2024-03-08"));
        assert!(overdue(SEND, "2024-03-04", "2024-03-06"));
        assert!(overdue(POLICE, "2024-03-04", "2024-03-08"));
    }

    #[test]
    fn a_case_that_the_police_did_not_file_may_be_punished() {
        not_instead(Suspicion::None).unwrap();
    }

    #[test]
    fn refuses_a_penalty_in_place_of_a_transfer() {
        for suspicion in [Suspicion::Reported, Suspicion::ToTransfer, Suspicion::WithPolice, Suspicion::Criminal] {
            not_instead(suspicion).unwrap_err();
        }
    }
}
