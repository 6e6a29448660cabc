//! Which way a matter goes: into its own procedure, or not at all.

use law::{
    Citation,
    check::{Outcome, blank, fault},
    citation::LPR,
};

use super::was_told;
use crate::domain::{
    events::{ComplaintDeclined, ComplaintRedirected},
    facts::Earlier,
    words::{DeclineGround, Way},
};

law::card! {
    /// 诉访分离.
    CO_REDIRECT "CO-REDIRECT" Gate "诉访分离" "sent to its own procedure"; Citation::paragraph(&LPR, 28, 2), Citation::article(&LPR, 31), Citation::paragraph(&LPR, 22, 2);
    "涉及诉讼、复议、仲裁、纪检监察等法定途径的，应当导入相应程序并告知来件人，不得作为信访、投诉举报受理";
    "what belongs to court, reconsideration, arbitration, discipline or another procedure is sent there and the person told; it is not accepted here";
    plans "FY 37" "TA 38";
    compares "应当通过的途径与交办、受理，接收机关和告知是否写明"
    "the way that it is to go with assigning and accepting; whether receiving organ and notice are named";
    since 2022 5 1;
    allows what_no_other_procedure_takes_is_handled, each_other_way_is_taken_with_the_person_told;
    refuses refuses_to_handle_what_another_procedure_takes, refuses_to_send_away_without_saying_where, refuses_to_send_away_without_telling
}
law::card! {
    /// Not accepted.
    CO_DECLINE "CO-DECLINE" Gate "不予受理情形" "grounds to decline"; Citation::paragraph(&LPR, 19, 3), Citation::paragraph(&LPR, 23, 1), Citation::paragraph(&LPR, 23, 3), Citation::paragraph(&LPR, 36, 3);
    "只有正在办理的同一事项、复核终结的事项，以及直接收到而不属于本机关职权的事项，可以不予受理";
    "only what is being handled already, what was rechecked, and what was brought directly to an organ without the power is not accepted";
    plans "FY 37" "TA 38";
    compares "不予受理的情形与在先事项的状态、收到的方式"
    "the ground with where the earlier matter stands, and with how this one was received";
    since 2022 5 1;
    allows what_is_being_handled_need_not_be_accepted_again, what_was_rechecked_need_not_be_accepted, what_was_brought_directly_may_be_another_organs;
    refuses refuses_to_decline_for_a_matter_that_is_not_being_handled, refuses_to_decline_for_a_matter_that_was_not_rechecked, refuses_to_decline_without_saying_where_to_go, refuses_to_decline_what_was_assigned_instead_of_objecting
}
law::card! {
    /// 复核终结.
    CO_FINAL "CO-FINAL" Gate "复核终结" "closed for good"; Citation::paragraph(&LPR, 36, 3);
    "复核终结之后，以同一事实和理由再次提出的，不再受理";
    "what was rechecked is not accepted again on the same facts and reasons";
    plans "TA 38" "FY 37";
    compares "事项及其关联的在先事项是否已经复核" "the matter, and the earlier one that it is linked to, with whether it was rechecked";
    since 2022 5 1;
    allows what_was_only_reviewed_goes_on; refuses refuses_what_was_rechecked
}

/// CO-REDIRECT for assigning and accepting. 1. The office at receipt, the agency at acceptance: each says how it sees the matter
/// (LPR 22, 31), so that neither can leave it to the other. 2. The way that it is to go with the one that is taken. 4. Reports of
/// violations and requests to act are handled here (LPR 31(5)). 5. It must be said; there is no unknown way. 6. Declining it
/// instead: CO-DECLINE has no such ground. 7. Refused. 8. LPR 28(2) and 31.
pub fn handled_here(way: Way) -> Outcome {
    if way == Way::Ordinary {
        return Ok(());
    }
    fault(
        format!("该事项应当通过{}解决，不能作为信访、投诉举报受理；请导入该途径并告知来件人", way.zh()),
        format!("this belongs to {}; it is not accepted here: send it there and tell the person", way.en()),
    )
}

/// CO-REDIRECT for sending it away. 2. Organ and notice with what is named. 4. Whoever cannot be reached is not told (LPR 23).
pub fn sent_away(event: &ComplaintRedirected, reachable: bool) -> Outcome {
    if blank(&event.organ) {
        return fault(
            "没有写明接收的机关；请写明来件人应当向哪个机关提出",
            "the organ that receives it is not named; say where the person is to go",
        );
    }
    was_told(reachable, &event.told)
}

/// CO-DECLINE. 1. The agency that received it. 2. The ground with the earlier matter's own record, or with how it was received.
/// 4. The grounds are the exceptions. 5. An earlier matter that nobody can find is none; that both are the same is the agency's
/// finding, which stands beside both summaries. 6. Declining what was assigned would spare the objection and its check: refused.
/// A chain of declined ones: a declined matter is not being handled. 7. Refused. 8. LPR 19(3), 23, 36(3).
pub fn may_decline(event: &ComplaintDeclined, earlier: Option<Earlier>, assigned: bool) -> Outcome {
    match event.ground {
        DeclineGround::Pending if !earlier.is_some_and(|earlier| earlier.pending) => fault(
            "没有写明正在办理的同一事项，或者该事项不在办理之中；请写明，或者受理",
            "no earlier matter that is being handled is named; name it, or accept this one",
        ),
        DeclineGround::Rechecked if !earlier.is_some_and(|earlier| earlier.rechecked) => fault(
            "没有写明已经复核终结的同一事项；请写明，或者受理",
            "no earlier matter that was rechecked is named; name it, or accept this one",
        ),
        DeclineGround::NotOurs if assigned => fault(
            "转送、交办的事项不属于本机关职权的，应当提出异议，由转送机关核实后交还",
            "what was assigned and is another organ's is objected to; whoever assigned it decides",
        ),
        DeclineGround::NotOurs if event.organ.as_deref().is_none_or(blank) => fault(
            "没有写明有权处理的机关；请告知来件人向哪个机关提出",
            "the competent organ is not named; tell the person where to go",
        ),
        DeclineGround::Pending | DeclineGround::Rechecked | DeclineGround::NotOurs => Ok(()),
    }
}

/// CO-FINAL. 1. Every organ. 2. This matter, or the earlier one that it was linked to as the same. 5. What nobody linked is not
/// known to be the same. 6. Registering it anew: once linked it is refused as well. 7. Refused; a recheck that sends it back to be
/// handled anew has not closed it.
pub fn not_final(rechecked: bool) -> Outcome {
    if rechecked {
        return fault(
            "该事项已经复核终结，以同一事实和理由提出的不再受理",
            "the matter was rechecked; on the same facts and reasons it is not taken up again",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::complaint::sample::{declined, id, redirected};

    fn earlier(pending: bool, rechecked: bool) -> Option<Earlier> {
        Some(Earlier { complaint: id(7), pending, rechecked })
    }

    #[test]
    fn what_no_other_procedure_takes_is_handled() {
        handled_here(Way::Ordinary).unwrap();
    }

    #[test]
    fn each_other_way_is_taken_with_the_person_told() {
        for way in Way::ALL.iter().filter(|way| **way != Way::Ordinary) {
            sent_away(&ComplaintRedirected { way: *way, ..redirected() }, true).unwrap();
        }
        sent_away(&ComplaintRedirected { told: String::new(), ..redirected() }, false).unwrap();
    }

    #[test]
    fn refuses_to_handle_what_another_procedure_takes() {
        for way in Way::ALL.iter().filter(|way| **way != Way::Ordinary) {
            handled_here(*way).unwrap_err();
        }
    }

    #[test]
    fn refuses_to_send_away_without_saying_where() {
        sent_away(&ComplaintRedirected { organ: " ".into(), ..redirected() }, true).unwrap_err();
    }

    #[test]
    fn refuses_to_send_away_without_telling() {
        sent_away(&ComplaintRedirected { told: String::new(), ..redirected() }, true).unwrap_err();
    }

    #[test]
    fn what_is_being_handled_need_not_be_accepted_again() {
        may_decline(&declined(DeclineGround::Pending), earlier(true, false), false).unwrap();
        may_decline(&declined(DeclineGround::Pending), earlier(true, false), true).unwrap();
    }

    #[test]
    fn what_was_rechecked_need_not_be_accepted() {
        may_decline(&declined(DeclineGround::Rechecked), earlier(false, true), false).unwrap();
    }

    #[test]
    fn what_was_brought_directly_may_be_another_organs() {
        may_decline(&declined(DeclineGround::NotOurs), None, false).unwrap();
    }

    #[test]
    fn refuses_to_decline_for_a_matter_that_is_not_being_handled() {
        may_decline(&declined(DeclineGround::Pending), None, false).unwrap_err();
        may_decline(&declined(DeclineGround::Pending), earlier(false, true), false).unwrap_err();
    }

    #[test]
    fn refuses_to_decline_for_a_matter_that_was_not_rechecked() {
        may_decline(&declined(DeclineGround::Rechecked), None, false).unwrap_err();
        may_decline(&declined(DeclineGround::Rechecked), earlier(true, false), false).unwrap_err();
    }

    #[test]
    fn refuses_to_decline_without_saying_where_to_go() {
        let nowhere = ComplaintDeclined { organ: None, ..declined(DeclineGround::NotOurs) };
        may_decline(&nowhere, None, false).unwrap_err();
    }

    #[test]
    fn refuses_to_decline_what_was_assigned_instead_of_objecting() {
        may_decline(&declined(DeclineGround::NotOurs), None, true).unwrap_err();
    }

    #[test]
    fn what_was_only_reviewed_goes_on() {
        not_final(false).unwrap();
    }

    #[test]
    fn refuses_what_was_rechecked() {
        not_final(true).unwrap_err();
    }
}
