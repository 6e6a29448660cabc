//! Execution that stands still while an appeal is pending.

use law::{
    Citation,
    citation::{APC, APL, ARL},
};

use super::{Outcome, blank, fault};
use crate::domain::events::{AppealKind, ExecutionStayed, StayAnswered, StayedBy};

law::card! {
    /// An appeal stops nothing, but where a law says so. 1. The agency, the organ, the court. 2. Who ordered the stay with the kind of
    /// the appeal; the stay with a provision and a reason; an execution, an application to the court, a detention carried out with
    /// the days of the stays. 3. The law of 2021. 4. The provision is the exception (法律另有规定), and entered with the stay. 5. A stay
    /// without a provision is none. 6. It lasts until it is lifted, its day comes, or the appeal ends; an appeal that was never recorded
    /// or has ended bears none; executing in parts, or by another way, is executing. The party may pay meanwhile. 7. Refused when handled,
    /// recorded when reported. 8. APL 73(1), with ARL 42 and APC 56 for who may order it.
    EN_STAY "EN-STAY" Gate "停止执行" "stay of execution"; Citation::paragraph(&APL, 73, 1), Citation::article(&ARL, 42), Citation::article(&APC, 56);
    "申请复议、提起诉讼不停止执行，法律另有规定的除外；停止执行须写明决定者、规定和理由，停止期间不得执行";
    "an appeal does not stop execution unless a law says so; a stay names who ordered it, by which provision and why, and while it holds nothing is executed";
    plans ;
    compares "停止执行的决定者与复议、诉讼，执行之日与停止执行期间" "who ordered the stay with the appeal, the day of the execution with the days of the stay";
    except "当事人自行履行" "the party's own performance";
    since 2021 7 15;
    allows a_stay_with_its_provision_is_in_order, execution_goes_on_when_nothing_stays_it;
    refuses refuses_a_stay_without_provision_or_reason, refuses_a_stay_by_who_has_no_such_appeal, refuses_execution_while_it_is_stayed
}
law::card! {
    /// Detention waits where the law says so. 1. The agency that detained. 2. The answer with its provision, and a grant with the guarantee; a
    /// detention carried out with the request. 3. The law of 2021. 4. None. 5. No answer is no refusal. 6. Carried out before the
    /// request is answered; a refusal without reasons. Whether the grounds of the law are met is for the agency to judge, and
    /// for the appeal. 7. Refused when handled, recorded when reported. 8. APL 73(2); the grounds are those of the law by which it was imposed.
    EN_STAY_ASK "EN-STAY-ASK" Gate "暂缓执行拘留" "stay of detention"; Citation::paragraph(&APL, 73, 2);
    "当事人对限制人身自由的处罚提出暂缓执行申请的，应当依照规定答复并说明理由，暂缓的写明担保；答复以前不得执行";
    "a request to stay a detention is answered by its provision and with reasons, a grant with its guarantee; before the answer it is not carried out";
    plans ; compares "答复与申请，执行之日与答复" "the answer with the request, the day it is carried out with the answer";
    since 2021 7 15;
    allows a_grant_with_its_guarantee_is_in_order, a_refusal_with_reasons_is_in_order;
    refuses refuses_an_answer_without_reasons_or_provision, refuses_a_grant_without_guarantee, refuses_detention_before_the_answer
}

/// EN-STAY when it is ordered.
pub fn ordered(stay: &ExecutionStayed, appeal: AppealKind) -> Outcome {
    if blank(&stay.provision) || blank(&stay.reason) {
        return fault(
            "没有写明停止执行所依据的规定和理由；请写明条、项和具体情况",
            "provision and reason of the stay are not stated; name the article with its item, and the facts",
        );
    }
    let wrong = match stay.by {
        StayedBy::Organ => appeal != AppealKind::Reconsideration,
        StayedBy::Court => appeal != AppealKind::Litigation,
        StayedBy::Agency | StayedBy::Law => false,
    };
    if wrong {
        return fault(
            format!("{}不能在{}中决定停止执行；请更正决定者或者案号", stay.by.zh(), appeal.zh()),
            format!(
                "{} does not order a stay in a {}; correct who ordered it, or the appeal",
                stay.by.en(),
                appeal.en()
            ),
        );
    }
    Ok(())
}

/// EN-STAY when something is executed.
pub fn not_stayed(stayed: bool) -> Outcome {
    if stayed {
        return fault(
            "决定正在停止执行；请待恢复执行或者复议、诉讼结束",
            "execution is stayed; wait until it is lifted or the appeal ends",
        );
    }
    Ok(())
}

/// EN-STAY-ASK when it is answered.
pub fn answered(answer: &StayAnswered) -> Outcome {
    if blank(&answer.provision) || blank(&answer.reasons) {
        return fault(
            "没有写明答复所依据的规定和理由；请写明",
            "provision and reasons of the answer are not stated; state them",
        );
    }
    if answer.granted && answer.guarantee.as_deref().is_none_or(blank) {
        return fault(
            "暂缓执行没有写明担保人或者保证金；请写明",
            "the stay is granted without a guarantor or a deposit; name it",
        );
    }
    Ok(())
}

/// EN-STAY-ASK when a detention is carried out.
pub fn answered_first(unanswered: bool) -> Outcome {
    if unanswered {
        return fault(
            "当事人的暂缓执行申请尚未答复；请先答复",
            "the party's request for a stay has not been answered; answer it first",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(by: StayedBy) -> ExecutionStayed {
        ExecutionStayed {
            by,
            reference: "抚政复〔2024〕1号".into(),
            provision: "《行政复议法》第四十二条第二项".into(),
            reason: "执行将致停业".into(),
            until: None,
            document: None,
            at: None,
        }
    }

    #[test]
    fn a_stay_with_its_provision_is_in_order() {
        ordered(&stay(StayedBy::Organ), AppealKind::Reconsideration).unwrap();
        ordered(&stay(StayedBy::Court), AppealKind::Litigation).unwrap();
        for kind in [AppealKind::Reconsideration, AppealKind::Litigation] {
            ordered(&stay(StayedBy::Agency), kind).unwrap();
            ordered(&stay(StayedBy::Law), kind).unwrap();
        }
    }

    #[test]
    fn refuses_a_stay_without_provision_or_reason() {
        let of = |stay| ordered(&stay, AppealKind::Reconsideration);
        of(ExecutionStayed { provision: " ".into(), ..stay(StayedBy::Organ) }).unwrap_err();
        of(ExecutionStayed { reason: String::new(), ..stay(StayedBy::Law) }).unwrap_err();
    }

    #[test]
    fn refuses_a_stay_by_who_has_no_such_appeal() {
        ordered(&stay(StayedBy::Organ), AppealKind::Litigation).unwrap_err();
        ordered(&stay(StayedBy::Court), AppealKind::Reconsideration).unwrap_err();
    }

    #[test]
    fn execution_goes_on_when_nothing_stays_it() {
        not_stayed(false).unwrap();
    }

    #[test]
    fn refuses_execution_while_it_is_stayed() {
        not_stayed(true).unwrap_err();
    }

    fn answer(granted: bool) -> StayAnswered {
        StayAnswered {
            reference: "抚政复〔2024〕1号".into(),
            granted,
            provision: "《治安管理处罚法》关于暂缓执行行政拘留的规定".into(),
            guarantee: granted.then(|| "保证金2000元".into()),
            reasons: "近亲属病危，不致发生社会危险".into(),
            decided_by: "H1".into(),
            official: None,
            at: None,
        }
    }

    #[test]
    fn a_grant_with_its_guarantee_is_in_order() {
        answered(&answer(true)).unwrap();
    }

    #[test]
    fn a_refusal_with_reasons_is_in_order() {
        answered(&answer(false)).unwrap();
        answered_first(false).unwrap();
    }

    #[test]
    fn refuses_an_answer_without_reasons_or_provision() {
        for granted in [true, false] {
            answered(&StayAnswered { reasons: " ".into(), ..answer(granted) }).unwrap_err();
            answered(&StayAnswered { provision: String::new(), ..answer(granted) }).unwrap_err();
        }
    }

    #[test]
    fn refuses_a_grant_without_guarantee() {
        answered(&StayAnswered { guarantee: None, ..answer(true) }).unwrap_err();
        answered(&StayAnswered { guarantee: Some(" ".into()), ..answer(true) }).unwrap_err();
    }

    #[test]
    fn refuses_detention_before_the_answer() {
        answered_first(true).unwrap_err();
    }
}
