//! What an answer must hold, and what a fee.

use law::{
    Citation,
    check::{Outcome, blank, fault},
    citation::{ARL, OGI},
    id::Uscc,
};

use crate::domain::{
    events::{ApplicationAnswered, ApplicationReceived, FeeCharged},
    words::Outcome as Answer,
};

law::card! {
    /// What each kind of answer says.
    DI_CONTENT "DI-CONTENT" Gate "答复内容" "content of the answer"; Citation::article(&OGI, 36), Citation::article(&OGI, 38), Citation::article(&OGI, 39);
    "答复应当按照情形告知获取方式途径、提供的信息、理由或者依据";
    "an answer says what its kind calls for: how to obtain the information, what is provided, the reasons or the provision";
    plans "TA 29"; since 2019 5 15;
    allows each_kind_of_answer_with_what_it_calls_for_is_in_order; refuses refuses_an_answer_without_what_its_kind_calls_for
}
law::card! {
    /// Kept back on a ground only.
    DI_GROUND "DI-GROUND" Gate "不予公开情形" "grounds not to disclose"; Citation::article(&OGI, 13), Citation::article(&OGI, 14), Citation::article(&OGI, 15), Citation::article(&OGI, 16), Citation::article(&OGI, 36), Citation::article(&OGI, 37);
    "不予公开应当属于法定情形并说明理由；能够作区分处理的，应当提供可以公开的内容";
    "information is kept back only on a ground of the regulations, with reasons; what can be separated is disclosed";
    plans "TA 29"; since 2019 5 15;
    allows each_ground_of_the_regulations_counts, what_cannot_be_separated_may_be_kept_back;
    refuses refuses_to_keep_back_without_a_ground, refuses_to_keep_back_without_reasons, refuses_to_keep_back_all_when_a_part_can_be_disclosed, refuses_to_keep_back_without_looking_whether_it_can_be_separated, refuses_internal_affairs_that_a_law_makes_public, refuses_a_ground_under_another_kind_of_answer
}
law::card! {
    /// Examined before it goes out.
    DI_REVIEW "DI-REVIEW" Gate "公开前审查" "review before disclosure"; Citation::paragraph(&OGI, 17, 2);
    "拟公开的政府信息应当经过审查"; "what is to be disclosed is examined first";
    plans "TA 29"; since 2019 5 15;
    allows what_was_examined_may_be_disclosed; refuses refuses_to_disclose_what_nobody_examined
}
law::card! {
    /// Where to go first.
    DI_RECONSIDER "DI-RECONSIDER" Gate "告知先行复议" "told to ask for reconsideration first"; Citation::paragraph(&ARL, 23, 2);
    "不予公开的，应当告知申请人先申请行政复议"; "whoever is refused information is told to ask for reconsideration first";
    plans ; since 2024 1 1;
    allows a_refusal_that_tells_of_reconsideration_is_in_order; refuses refuses_a_refusal_that_does_not_tell_of_reconsideration
}
law::card! {
    /// Who is responsible instead.
    DI_FORWARD "DI-FORWARD" Gate "告知负责机关" "told who is responsible"; Citation::article(&OGI, 36), Citation::article(&OGI, 10);
    "不属于本机关负责公开的，告知并说明理由；能够确定负责机关的，告知其名称、联系方式";
    "who is not responsible says why, and names the responsible agency with its contact where that can be found out";
    plans "TA 29"; since 2019 5 15;
    allows the_responsible_agency_may_be_named, one_that_cannot_be_found_out_need_not_be;
    refuses refuses_to_send_away_without_reasons, refuses_to_name_an_agency_without_contact, refuses_to_name_oneself
}
law::card! {
    /// Answered before.
    DI_REPEAT "DI-REPEAT" Gate "重复申请" "repeated requests"; Citation::article(&OGI, 36);
    "已就同一申请人的相同申请作出答复的，才能告知不予重复处理";
    "only what the same applicant was answered before is not dealt with again";
    plans "TA 29"; since 2019 5 15;
    allows what_was_answered_before_need_not_be_again;
    refuses refuses_a_repetition_of_nothing, refuses_a_repetition_of_somebody_elses_application, refuses_a_repetition_of_what_was_never_answered, refuses_a_repetition_where_the_applicant_is_not_known
}
law::card! {
    /// Free of charge.
    DI_FEE "DI-FEE" Gate "信息处理费" "charges for disclosure"; Citation::article(&OGI, 42);
    "依申请提供政府信息不收取费用；数量、频次明显超过合理范围的，方可按照国家办法收取信息处理费";
    "disclosure is free; only what is clearly excessive may be charged for, by the State Council's method";
    plans ; since 2019 5 15;
    allows excess_may_be_charged_for_by_the_method; refuses refuses_a_fee_without_excess, refuses_a_fee_without_method_or_notice
}

fn said(text: Option<&str>) -> bool {
    text.is_some_and(|t| !blank(t))
}

fn wants(there: bool, zh: &str, en: &str) -> Outcome {
    if there {
        Ok(())
    } else {
        fault(format!("答复缺少{zh}；请补充"), format!("the answer lacks {en}; add it"))
    }
}

/// DI-CONTENT. 1. The agency. 2. Each kind of answer with what articles 36, 38 and 39 make it tell. 4. A petition need not be shown
/// its way (39: 可以). 5. Empty text tells nothing. 6. Another kind chosen to tell less: each kind has its own demands,
/// here and in DI-GROUND, DI-FORWARD, DI-REPEAT, DI-REASONS and DI-RECEIVE. 7. Refused. 8. Articles 36, 38 and 39.
pub fn tells(answer: &ApplicationAnswered) -> Outcome {
    let (how, reasons) = (said(answer.how.as_deref()), said(answer.reasons.as_deref()));
    match answer.outcome {
        Answer::AlreadyPublic | Answer::Publication => wants(how, "获取的方式、途径", "how to obtain it"),
        Answer::Disclosed | Answer::PartlyDisclosed => {
            wants(how, "提供的信息或者获取的方式、途径和时间", "what is provided, or how, where and when to obtain it")
        }
        Answer::NotExisting => wants(reasons, "检索情况", "what was searched"),
        Answer::SpecialLaw => wants(!answer.bases.is_empty(), "作出特别规定的法律、行政法规", "the special provision"),
        Answer::NotDisclosed
        | Answer::NeedsProcessing
        | Answer::StillUnclear
        | Answer::Unreasonable
        | Answer::NotResponsible => wants(reasons, "理由", "the reasons"),
        Answer::Repeated | Answer::NotAnApplication => Ok(()),
    }
}

/// DI-GROUND. 1. The agency. 2. Every answer that keeps something back, wholly or in part, with the grounds of 14–16. 4. A law,
/// regulation or rule that makes internal affairs, processes or files public (16): `public_by`; consent and public interest for
/// third parties: DI-THIRD. 5. Whether it can be separated must be looked at. 6. A refusal under the name of another
/// answer carries a ground, and none but a refusal may. 7. Refused. 8. Articles 13–16, 36(3), 37.
pub fn grounded(answer: &ApplicationAnswered) -> Outcome {
    if !answer.outcome.withholds() {
        return if answer.grounds.is_empty() {
            Ok(())
        } else {
            fault(
                "有不予公开的理由时，答复应当是不予公开或者部分公开",
                "an answer with a ground to keep information back is a refusal, in whole or in part",
            )
        };
    }
    if answer.grounds.is_empty() {
        return fault(
            "不予公开只能依据条例第十四条至第十六条；请写明属于哪一情形，否则应当公开",
            "information is kept back only under articles 14 to 16; name the ground, or disclose it",
        );
    }
    if !said(answer.reasons.as_deref()) {
        return fault("不予公开应当说明理由", "say why the information is kept back");
    }
    if said(answer.public_by.as_deref()) && answer.grounds.iter().any(|g| g.may()) {
        return fault(
            "法律、法规、规章规定应当公开的，不能以内部事务、过程性信息或者执法案卷为由不予公开",
            "what a law, regulation or rule makes public is not kept back as internal affairs, process or enforcement file",
        );
    }
    match (answer.outcome, answer.separable) {
        (Answer::NotDisclosed, None) => fault(
            "没有说明能否作区分处理；请先核实并写明",
            "it is not said whether a part can be separated; find out and say so",
        ),
        (Answer::NotDisclosed, Some(true)) => fault(
            "能够作区分处理的，应当提供可以公开的内容；请改为部分公开",
            "what can be separated is disclosed; answer with disclosure in part",
        ),
        _ => Ok(()),
    }
}

/// DI-REVIEW. The agency is bound; who examined it must be named before anything goes out. What may not be decided alone
/// goes to the competent office (17(3)), which is then the one named.
pub fn examined(answer: &ApplicationAnswered) -> Outcome {
    if answer.outcome.discloses() && !said(answer.reviewed_by.as_deref()) {
        return fault(
            "拟公开的信息没有经过审查；请先审查并写明审查人",
            "nobody examined what is disclosed; have it examined and name who did",
        );
    }
    Ok(())
}

/// DI-RECONSIDER. In force with the amended law, from 2024. A refusal in part is a refusal.
pub fn reconsideration_told(answer: &ApplicationAnswered) -> Outcome {
    if answer.outcome.withholds() && !answer.reconsideration_told {
        return fault(
            "没有告知申请人先申请行政复议；请在答复中告知",
            "the applicant is not told to ask for reconsideration first; tell him in the answer",
        );
    }
    Ok(())
}

/// DI-FORWARD. 2. Only for this kind of answer. 5. An agency that is not named could not be found out, which the reasons say.
/// 6. Sending the applicant in a circle: this agency is not another one.
pub fn redirected(answer: &ApplicationAnswered, received: &ApplicationReceived) -> Outcome {
    if answer.outcome != Answer::NotResponsible {
        return Ok(());
    }
    if !said(answer.reasons.as_deref()) {
        return fault("请说明不属于本机关负责公开的理由", "say why it is not for this agency to disclose it");
    }
    let Some(other) = &answer.responsible else { return Ok(()) };
    if other.name.trim() == received.agency_name.trim() {
        return fault(
            "负责公开的机关就是本机关，不能以此答复",
            "the agency named is this one; the answer cannot send away",
        );
    }
    if blank(&other.name) || blank(&other.contact) {
        return fault(
            "请告知负责公开的机关的名称、联系方式",
            "tell the name of the responsible agency and how to reach it",
        );
    }
    Ok(())
}

/// An earlier application, as its own record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Who was asked.
    pub agency: Uscc,
    /// What tells its applicant from any other.
    pub applicant: Option<String>,
    /// With what it was answered.
    pub outcome: Option<Answer>,
}

/// DI-REPEAT. 1. The agency. 2. The applicant and agency of both; that the information is the same is the agency's finding, which
/// stands beside the earlier application's description. 5. An applicant who is not known is nobody's repetition. 6. An earlier
/// "answered before" or a refusal to deal with it answered nothing: no chain of them counts. 7. Refused. 8. 36(6).
pub fn repeats(answer: &ApplicationAnswered, received: &ApplicationReceived, earlier: Option<&Earlier>) -> Outcome {
    if answer.outcome != Answer::Repeated {
        return Ok(());
    }
    let Some(earlier) = earlier.filter(|_| answer.earlier != Some(received.application)) else {
        return fault(
            "没有写明此前已经答复的申请；请写明，或者按规定答复",
            "the earlier application that was answered is not named; name it, or answer this one",
        );
    };
    let same = received.applicant.key().is_some_and(|key| earlier.applicant.as_deref() == Some(key));
    if !same || earlier.agency != received.agency {
        return fault(
            "此前的申请不是同一申请人向本机关提出的",
            "the earlier application was not made by the same applicant to this agency",
        );
    }
    match earlier.outcome {
        None => fault("此前的申请尚未答复，不能不予重复处理", "the earlier application has not been answered"),
        Some(Answer::Repeated | Answer::StillUnclear | Answer::Unreasonable | Answer::NotAnApplication) => fault(
            "此前的申请没有得到实质答复，不能不予重复处理",
            "the earlier application was not answered on its merits",
        ),
        Some(_) => Ok(()),
    }
}

/// DI-FEE. 1. The agency. 2. Any charge with the finding of excess, the provision of the method and the notice. 3. The method in force that
/// day; its rates are the State Council's and not repeated here. 5. Not named is not there. 6. A charge of another name is no step
/// of this procedure. 7. Refused. 8. Article 42.
pub fn chargeable(fee: &FeeCharged) -> Outcome {
    if blank(&fee.excess) {
        return fault(
            "依申请公开不收取费用；没有写明数量、频次明显超过合理范围的情况",
            "disclosure is free; it is not said how the applications are clearly excessive",
        );
    }
    if blank(&fee.basis) || blank(&fee.notice) {
        return fault(
            "请写明收费所依据的国家办法条款和收费通知",
            "name the provision of the State Council's method and the notice",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        application::sample::{AGENCY, OTHER_AGENCY, answered, fee, id, received},
        events::Responsible,
        words::Ground,
    };

    fn some(text: &str) -> Option<String> {
        Some(text.into())
    }

    #[test]
    fn each_kind_of_answer_with_what_it_calls_for_is_in_order() {
        for outcome in Answer::ALL {
            tells(&answered(*outcome)).unwrap_or_else(|f| panic!("{outcome:?}: {f:?}"));
        }
    }

    #[test]
    fn refuses_an_answer_without_what_its_kind_calls_for() {
        for outcome in Answer::ALL {
            let bare = ApplicationAnswered { how: some(" "), reasons: None, bases: vec![], ..answered(*outcome) };
            let free = matches!(outcome, Answer::Repeated | Answer::NotAnApplication);
            assert_eq!(tells(&bare).is_ok(), free, "{outcome:?}");
        }
    }

    #[test]
    fn each_ground_of_the_regulations_counts() {
        for ground in Ground::ALL {
            grounded(&ApplicationAnswered { grounds: vec![*ground], ..answered(Answer::NotDisclosed) }).unwrap();
        }
    }

    #[test]
    fn what_cannot_be_separated_may_be_kept_back() {
        grounded(&ApplicationAnswered { separable: Some(false), ..answered(Answer::NotDisclosed) }).unwrap();
        grounded(&answered(Answer::PartlyDisclosed)).unwrap();
        grounded(&answered(Answer::Disclosed)).unwrap();
    }

    #[test]
    fn refuses_to_keep_back_without_a_ground() {
        for outcome in [Answer::NotDisclosed, Answer::PartlyDisclosed] {
            grounded(&ApplicationAnswered { grounds: vec![], ..answered(outcome) }).unwrap_err();
        }
    }

    #[test]
    fn refuses_to_keep_back_without_reasons() {
        for outcome in [Answer::NotDisclosed, Answer::PartlyDisclosed] {
            grounded(&ApplicationAnswered { reasons: some(""), ..answered(outcome) }).unwrap_err();
        }
    }

    #[test]
    fn refuses_to_keep_back_all_when_a_part_can_be_disclosed() {
        grounded(&ApplicationAnswered { separable: Some(true), ..answered(Answer::NotDisclosed) }).unwrap_err();
    }

    #[test]
    fn refuses_to_keep_back_without_looking_whether_it_can_be_separated() {
        grounded(&ApplicationAnswered { separable: None, ..answered(Answer::NotDisclosed) }).unwrap_err();
    }

    #[test]
    fn refuses_internal_affairs_that_a_law_makes_public() {
        for ground in [Ground::InternalAffairs, Ground::Process, Ground::EnforcementFile] {
            let answer = ApplicationAnswered {
                grounds: vec![Ground::StateSecret, ground],
                public_by: some("行政处罚法第四十八条"),
                ..answered(Answer::NotDisclosed)
            };
            grounded(&answer).unwrap_err();
        }
    }

    #[test]
    fn refuses_a_ground_under_another_kind_of_answer() {
        grounded(&ApplicationAnswered { grounds: vec![Ground::Process], ..answered(Answer::NotExisting) }).unwrap_err();
    }

    #[test]
    fn what_was_examined_may_be_disclosed() {
        examined(&answered(Answer::Disclosed)).unwrap();
        examined(&ApplicationAnswered { reviewed_by: None, ..answered(Answer::NotExisting) }).unwrap();
    }

    #[test]
    fn refuses_to_disclose_what_nobody_examined() {
        for outcome in [Answer::Disclosed, Answer::PartlyDisclosed] {
            examined(&ApplicationAnswered { reviewed_by: None, ..answered(outcome) }).unwrap_err();
        }
    }

    #[test]
    fn a_refusal_that_tells_of_reconsideration_is_in_order() {
        reconsideration_told(&answered(Answer::NotDisclosed)).unwrap();
        reconsideration_told(&ApplicationAnswered { reconsideration_told: false, ..answered(Answer::Disclosed) })
            .unwrap();
    }

    #[test]
    fn refuses_a_refusal_that_does_not_tell_of_reconsideration() {
        for outcome in [Answer::NotDisclosed, Answer::PartlyDisclosed] {
            reconsideration_told(&ApplicationAnswered { reconsideration_told: false, ..answered(outcome) })
                .unwrap_err();
        }
    }

    fn sent_away(responsible: Option<Responsible>) -> ApplicationAnswered {
        ApplicationAnswered { responsible, ..answered(Answer::NotResponsible) }
    }

    fn agency(name: &str, contact: &str) -> Option<Responsible> {
        Some(Responsible { name: name.into(), contact: contact.into() })
    }

    #[test]
    fn the_responsible_agency_may_be_named() {
        redirected(&sent_away(agency("抚远市水务局", "0454-2130000")), &received()).unwrap();
    }

    #[test]
    fn one_that_cannot_be_found_out_need_not_be() {
        redirected(&sent_away(None), &received()).unwrap();
    }

    #[test]
    fn refuses_to_send_away_without_reasons() {
        redirected(&ApplicationAnswered { reasons: None, ..sent_away(None) }, &received()).unwrap_err();
    }

    #[test]
    fn refuses_to_name_an_agency_without_contact() {
        redirected(&sent_away(agency("抚远市水务局", "")), &received()).unwrap_err();
    }

    #[test]
    fn refuses_to_name_oneself() {
        let own = received().agency_name;
        redirected(&sent_away(agency(&own, "0454-2130000")), &received()).unwrap_err();
    }

    fn earlier() -> Earlier {
        Earlier {
            agency: AGENCY.parse().unwrap(),
            applicant: received().applicant.key().map(str::to_owned),
            outcome: Some(Answer::NotDisclosed),
        }
    }

    fn repeated() -> ApplicationAnswered {
        ApplicationAnswered { earlier: Some(id(7)), ..answered(Answer::Repeated) }
    }

    #[test]
    fn what_was_answered_before_need_not_be_again() {
        repeats(&repeated(), &received(), Some(&earlier())).unwrap();
        repeats(&answered(Answer::Disclosed), &received(), None).unwrap();
    }

    #[test]
    fn refuses_a_repetition_of_nothing() {
        repeats(&repeated(), &received(), None).unwrap_err();
        let itself = ApplicationAnswered { earlier: Some(received().application), ..repeated() };
        repeats(&itself, &received(), Some(&earlier())).unwrap_err();
    }

    #[test]
    fn refuses_a_repetition_of_somebody_elses_application() {
        let other = Earlier { applicant: some("cd"), ..earlier() };
        repeats(&repeated(), &received(), Some(&other)).unwrap_err();
        let elsewhere = Earlier { agency: OTHER_AGENCY.parse().unwrap(), ..earlier() };
        repeats(&repeated(), &received(), Some(&elsewhere)).unwrap_err();
    }

    #[test]
    fn refuses_a_repetition_where_the_applicant_is_not_known() {
        let mut unknown = received();
        unknown.applicant.id_digest = None;
        repeats(&repeated(), &unknown, Some(&Earlier { applicant: None, ..earlier() })).unwrap_err();
    }

    #[test]
    fn refuses_a_repetition_of_what_was_never_answered() {
        for outcome in [None, Some(Answer::Repeated), Some(Answer::StillUnclear), Some(Answer::Unreasonable)] {
            repeats(&repeated(), &received(), Some(&Earlier { outcome, ..earlier() })).unwrap_err();
        }
    }

    #[test]
    fn excess_may_be_charged_for_by_the_method() {
        chargeable(&fee()).unwrap();
    }

    #[test]
    fn refuses_a_fee_without_excess() {
        chargeable(&FeeCharged { excess: " ".into(), ..fee() }).unwrap_err();
    }

    #[test]
    fn refuses_a_fee_without_method_or_notice() {
        chargeable(&FeeCharged { basis: String::new(), ..fee() }).unwrap_err();
        chargeable(&FeeCharged { notice: String::new(), ..fee() }).unwrap_err();
    }
}
