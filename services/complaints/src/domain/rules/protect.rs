//! Who complained is kept from whom it concerns, and nobody suffers for it.

use law::{
    Citation,
    check::{Outcome, blank, fault},
    citation::{LPR, PIPL},
    id::{OfficerCode, Uscc},
};
use lists::facts::OfficerFact;

use crate::domain::{
    events::{ComplaintRegistered, ReportRewarded},
    words::{Kind, RewardMethod},
};

law::card! {
    /// Sealed.
    CO_PROTECT "CO-PROTECT" Gate "来件人保护" "protection of who complains"; Citation::paragraph(&LPR, 30, 3), Citation::article(&LPR, 46);
    "检举控告不得透露或者转给被检举的单位和人员；来件人身份封存，由身份保管人说明理由、两人在场方可启封";
    "a report is neither shown nor passed to whom it accuses; the identity is sealed, and opened by its keeper with a reason and a second person only";
    plans "XS 五2";
    compares "交办、受理、交付原文的对象与被反映的单位和人员；流转的是否为摘要；启封的理由和人员"
    "whom it goes to with whom it accuses; whether a summary is what goes further; the reason and the two persons of an opening";
    since 2022 5 1;
    allows a_report_goes_to_an_agency_that_it_does_not_accuse, a_complaint_goes_to_the_agency_that_can_settle_it, two_persons_open_an_identity_for_a_reason, an_entry_without_the_person_is_in_order, what_was_summarised_goes_further;
    refuses refuses_to_pass_a_report_to_whom_it_accuses, refuses_to_pass_it_to_the_agency_of_the_official_it_accuses, refuses_to_open_an_identity_alone, refuses_to_open_an_identity_without_a_reason, refuses_to_open_an_identity_to_whom_it_accuses, refuses_an_entry_with_a_telephone_number, refuses_to_pass_on_what_nobody_has_summarised
}
law::card! {
    /// Shredded.
    CO_SHRED "CO-SHRED" Gate "粉碎身份密钥" "shredding an identity"; Citation::article(&PIPL, 47), Citation::article(&PIPL, 19);
    "事项办结、不再需要来件人身份的，由身份保管人说明理由、两人在场粉碎其密钥"; "when the matter is over and the identity needed no more, its keeper shreds the key, with a reason and a second person";
    plans ;
    compares "事项是否办结；粉碎的理由和人员" "whether the matter is over; the reason and the two persons";
    except "法律、行政法规规定的保存期限未届满的，继续封存" "what a law or regulation keeps for longer stays sealed"; since 2021 11 1;
    allows two_persons_shred_what_is_over_for_a_reason;
    refuses refuses_to_shred_while_the_matter_is_handled, refuses_to_shred_alone, refuses_to_shred_without_a_reason
}
law::card! {
    /// 回避.
    CO_RECUSE "CO-RECUSE" Gate "信访回避" "recusal of handlers"; Citation::paragraph(&LPR, 28, 3);
    "与事项或者来件人有直接利害关系的工作人员应当回避，被反映的人员不得办理";
    "staff with a stake are recused; whom it is about does not handle it";
    plans "FY 37";
    compares "承办人员与被反映的人员" "who handles it with whom it is about";
    since 2022 5 1;
    allows somebody_else_may_handle_it; refuses refuses_to_let_the_one_complained_of_handle_it
}
law::card! {
    /// Its own matter.
    CO_REPRISAL "CO-REPRISAL" Duty "打击报复登记" "reprisals"; Citation::paragraph(&LPR, 18, 4), Citation::article(&LPR, 46);
    "打击报复来件人的，单独登记，报告上级机关"; "a reprisal is a matter of its own, and reported upward";
    plans "XS 五2";
    compares "交办时是否已经报告上级" "whether it was reported upward when it is assigned";
    since 2022 5 1;
    allows a_reprisal_reported_upward_is_in_order; refuses finds_a_reprisal_that_was_not_reported_upward
}
law::card! {
    /// Rewarded.
    CO_REWARD "CO-REWARD" Gate "举报奖励" "rewards for reports"; Citation::paragraph(&LPR, 29, 2);
    "举报查证属实的可以按照规定奖励，发放时不得泄露举报人身份";
    "a report that proved true may be rewarded under a provision, without revealing who made it";
    plans "XS 五2" "BT 24";
    compares "是否查证属实、依据和发放方式" "whether it proved true; its provision and how it is paid";
    since 2022 5 1;
    allows a_true_report_may_be_rewarded_against_its_code;
    refuses refuses_to_reward_what_did_not_prove_true, refuses_to_pay_against_name_and_signature, refuses_a_reward_without_provision
}

/// What of a registration says whom it accuses.
#[derive(Clone, Copy, Debug)]
pub struct Accused<'a> {
    kind: Kind,
    agencies: &'a [Uscc],
    officers: &'a [OfficerCode],
    known: &'a [OfficerFact],
}

impl<'a> Accused<'a> {
    /// Whom a registration accuses; what is `known` of officials tells their agencies.
    pub fn of(registered: &'a ComplaintRegistered, known: &'a [OfficerFact]) -> Self {
        let ComplaintRegistered { kind, against, against_officers, .. } = registered;
        Self { kind: *kind, agencies: against, officers: against_officers, known }
    }

    fn concerns(&self, agency: &Uscc) -> bool {
        let serves = |officer: &&OfficerFact| self.officers.contains(&officer.officer) && officer.agency == *agency;
        self.agencies.contains(agency) || self.known.iter().any(|officer| serves(&officer))
    }
}

/// CO-PROTECT for whom a matter goes to. 1. Whoever assigns, accepts or releases. 2. The agency with those accused, and with the agency
/// of each official accused as listed that day. 4. 检举控告 only: a complaint about a service, a petition and a suggestion go to the
/// agency that can settle them, which never sees the person either. 5. An official whom the list does not know has no agency
/// here. 6. Joining the accused in the handling is passing it on. 7. Refused. 8. LPR 30(3).
pub fn kept_from(accused: Accused<'_>, agency: &Uscc) -> Outcome {
    if !matches!(accused.kind, Kind::Report | Kind::Reprisal) || !accused.concerns(agency) {
        return Ok(());
    }
    fault(
        format!("该事项反映的是 {agency} 或者其工作人员，不得转给该机关；请交由其他机关办理"),
        format!("it accuses {agency} or its staff and is not passed to it; give it to another organ"),
    )
}

/// CO-PROTECT for what goes further. 1. Whoever assigns, redirects, joins others or accepts. 2. The entry with its summary: what
/// another agency gets to see of it. 3. The regulations in force that day. 4. None: a release of the words by two persons is an act of its
/// own. 5. Nothing written down is no summary. 6. A summary that repeats the person's words would pass them on; a telephone number
/// in it is found, a name is not. 7. Refused. 8. LPR 30(3) forbids to pass on the material of a report; that it is held for whatever a
/// person brings is how the plan's strict protection is kept here.
pub fn summarised(summary: &str) -> Outcome {
    if blank(summary) {
        return fault(
            "该事项尚无摘要；来件原文封存，不随件流转，请先写出不含来件人身份的摘要",
            "nobody has summarised it; the person's own words are sealed and go no further, so write a summary without the person first",
        );
    }
    Ok(())
}

/// CO-PROTECT for an identity or a sealed text that is opened. 1. The keeper, who in handling sends it himself. 2. Two persons,
/// neither of them accused. 5. A reason that is not given is none. 6. The same person named twice is one; so is opening in
/// another's name. 7. Refused, and the attempt kept. 8. LPR 30(3) and 46(5)
/// forbid to reveal; that it takes two persons is how the plan's strict protection is kept here.
pub fn opened(accused: Accused<'_>, reason: &str, persons: [&OfficerCode; 2], sender: Option<&str>) -> Outcome {
    let [by, second] = persons;
    if blank(reason) {
        return fault("没有写明启封的理由", "it is not said why it must be opened");
    }
    if by == second {
        return fault(
            "启封须由两人在场；请写明另一名人员",
            "it takes two persons to open what is sealed; name another one",
        );
    }
    if let Some(officer) = persons.into_iter().find(|officer| accused.officers.contains(officer)) {
        return fault(
            format!("{officer} 是被反映的人员，不得启封"),
            format!("{officer} is complained of and opens nothing"),
        );
    }
    if sender.is_some_and(|sender| sender != by.as_str()) {
        return fault(format!("启封须由身份保管人 {by} 以其身份提交"), format!("whoever opens it submits it: {by}"));
    }
    Ok(())
}

/// CO-SHRED. 1. The agency, through its keeper, who in handling sends it himself. 2. The state of the matter with its end; two
/// persons; a reason. 3. Sealed since PIPL. 4. A term of keeping that runs (47(2)): the keeper judges it and says so in his reason;
/// sealed, nothing is done with it but keeping, which is what that paragraph asks for. 5. A reason that is not given is none. 6. A matter
/// taken up again after a poor rating is not over; shredding one that is handled would make its answer undeliverable. The same
/// person named twice is one. 7. Refused, because no key comes back. 8. PIPL 47(1)(1) and 19 ask for deletion when the purpose is
/// reached; that it takes two is how CO-PROTECT keeps the opening of the same.
pub fn may_shred(over: bool, reason: &str, persons: [&OfficerCode; 2], sender: Option<&str>) -> Outcome {
    let [by, second] = persons;
    if blank(reason) {
        return fault("没有写明粉碎的理由", "it is not said why it is needed no more");
    }
    if !over {
        return fault(
            "事项尚未办结，仍需要来件人身份；请在办结后粉碎",
            "the matter is not over and the identity is needed; shred it when it is",
        );
    }
    if by == second {
        return fault("粉碎须由两人在场；请写明另一名人员", "it takes two persons to shred a key; name another one");
    }
    if sender.is_some_and(|sender| sender != by.as_str()) {
        return fault(format!("粉碎须由身份保管人 {by} 以其身份提交"), format!("whoever shreds it submits it: {by}"));
    }
    Ok(())
}

/// CO-PROTECT for what a clerk writes. Names cannot be recognised; a telephone number can, and an id number never comes this far.
pub fn names_nobody(texts: &[&str]) -> Outcome {
    if texts.iter().any(|text| holds_telephone(text)) {
        return fault(
            "内容中有电话号码；来件人的联系方式由保管库封存，请删去",
            "the text holds a telephone number; how to reach the person is sealed in the vault, so take it out",
        );
    }
    Ok(())
}

/// A mobile number: eleven digits that stand alone, beginning with 13 to 19.
fn holds_telephone(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        word.len() == 11
            && word.bytes().all(|b| b.is_ascii_digit())
            && word.starts_with('1')
            && matches!(word.as_bytes()[1], b'3'..=b'9')
    })
}

/// CO-RECUSE. 1. The agency that accepts. 2. Who handles it with whom it is about, in every kind of matter. 5. A stake that nobody
/// stated is not known. 6. Answering in another's name: the matter has one handler, named at its acceptance.
/// 7. Refused.
pub fn may_handle(accused: Accused<'_>, officer: &OfficerCode) -> Outcome {
    if accused.officers.contains(officer) {
        return fault(
            format!("{officer} 是被反映的人员，应当回避；请改派其他人员办理"),
            format!("{officer} is complained of and must stay out; let somebody else handle it"),
        );
    }
    Ok(())
}

/// CO-REPRISAL. 1. The office. 2. A reprisal that is assigned with the report upward. 5. Not named is not reported. 6. Kept by
/// whoever received it, it is reported to nobody, and found so. As another kind of matter it would escape: the kind is the
/// registration's. 7. Recorded: it must reach somebody in any case.
pub fn escalated(reported_to: Option<&str>) -> Outcome {
    if reported_to.is_none_or(blank) {
        return fault(
            "打击报复事项没有报告上级机关；请报告并写明",
            "the reprisal was not reported to the organ above; report it and say to whom",
        );
    }
    Ok(())
}

/// CO-REWARD. 1. The agency. 2. The finding, or what came of the case, with the reward. 5. Not found true is not true. 6. Paying
/// against a name would reveal who it was by the receipt. 7. Refused. 8. LPR 29(2) lets contributions be rewarded under the
/// provisions there are; the plans ask for it and for strict protection.
pub fn may_reward(event: &ReportRewarded, verified: bool) -> Outcome {
    if !verified {
        return fault("举报没有查证属实，不能奖励", "the report has not been found true and is not rewarded");
    }
    if event.method == RewardMethod::Named {
        return fault(
            "实名签领会泄露举报人身份；请凭举报编码或者由身份保管人转交",
            "a payment against name and signature reveals the person; pay against the code or through the keeper",
        );
    }
    if blank(&event.basis) || blank(&event.payment) {
        return fault("请写明奖励依据和发放凭证", "name the provision that the reward rests on, and the payment");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::complaint::sample::{BUREAU, OTHER, code, official, registered, rewarded};

    fn accusing(kind: Kind, agency: Option<&str>, officer: Option<&str>) -> ComplaintRegistered {
        ComplaintRegistered {
            against: agency.map(|a| a.parse().unwrap()).into_iter().collect(),
            against_officers: officer.map(code).into_iter().collect(),
            ..registered(kind)
        }
    }

    fn passed(registered: &ComplaintRegistered) -> Outcome {
        kept_from(Accused::of(registered, &[official("A1")]), &BUREAU.parse().unwrap())
    }

    #[test]
    fn a_report_goes_to_an_agency_that_it_does_not_accuse() {
        passed(&accusing(Kind::Report, None, None)).unwrap();
        passed(&accusing(Kind::Report, Some(OTHER), Some("A9"))).unwrap();
    }

    #[test]
    fn a_complaint_goes_to_the_agency_that_can_settle_it() {
        for kind in Kind::ALL {
            let kept = matches!(kind, Kind::Report | Kind::Reprisal);
            assert_eq!(passed(&accusing(*kind, Some(BUREAU), None)).is_err(), kept, "{kind:?}");
        }
    }

    #[test]
    fn refuses_to_pass_a_report_to_whom_it_accuses() {
        passed(&accusing(Kind::Report, Some(BUREAU), None)).unwrap_err();
    }

    #[test]
    fn refuses_to_pass_it_to_the_agency_of_the_official_it_accuses() {
        passed(&accusing(Kind::Reprisal, None, Some("A1"))).unwrap_err();
    }

    fn open(reason: &str, by: &str, second: &str) -> Outcome {
        let registered = accusing(Kind::Report, None, Some("A1"));
        opened(Accused::of(&registered, &[]), reason, [&code(by), &code(second)], Some("K1"))
    }

    #[test]
    fn two_persons_open_an_identity_for_a_reason() {
        open("移送公安机关需要证人", "K1", "K2").unwrap();
    }

    #[test]
    fn refuses_to_open_an_identity_alone() {
        open("移送公安机关需要证人", "K1", "K1").unwrap_err();
        open("移送公安机关需要证人", "K2", "K1").unwrap_err();
    }

    #[test]
    fn refuses_to_open_an_identity_without_a_reason() {
        open(" ", "K1", "K2").unwrap_err();
    }

    #[test]
    fn refuses_to_open_an_identity_to_whom_it_accuses() {
        open("了解情况", "K1", "A1").unwrap_err();
        let registered = accusing(Kind::Report, None, Some("A1"));
        opened(Accused::of(&registered, &[]), "了解情况", [&code("A1"), &code("K2")], None).unwrap_err();
    }

    fn shred(over: bool, reason: &str, by: &str, second: &str) -> Outcome {
        may_shred(over, reason, [&code(by), &code(second)], Some("K1"))
    }

    #[test]
    fn two_persons_shred_what_is_over_for_a_reason() {
        shred(true, "处理目的已经实现", "K1", "K2").unwrap();
    }

    #[test]
    fn refuses_to_shred_while_the_matter_is_handled() {
        shred(false, "来件人请求删除", "K1", "K2").unwrap_err();
    }

    #[test]
    fn refuses_to_shred_alone() {
        shred(true, "处理目的已经实现", "K1", "K1").unwrap_err();
        shred(true, "处理目的已经实现", "K2", "K1").unwrap_err();
    }

    #[test]
    fn refuses_to_shred_without_a_reason() {
        shred(true, " ", "K1", "K2").unwrap_err();
    }

    #[test]
    fn an_entry_without_the_person_is_in_order() {
        names_nobody(&["正阳街某超市售卖过期食品，票据号20250603001", "订单123456789012"]).unwrap();
    }

    #[test]
    fn refuses_an_entry_with_a_telephone_number() {
        names_nobody(&["反映噪声", "来电人手机13900001234"]).unwrap_err();
    }

    #[test]
    fn what_was_summarised_goes_further() {
        summarised("反映正阳街某饭店无证经营").unwrap();
    }

    #[test]
    fn refuses_to_pass_on_what_nobody_has_summarised() {
        summarised("").unwrap_err();
        summarised(" \n").unwrap_err();
    }

    #[test]
    fn somebody_else_may_handle_it() {
        let registered = accusing(Kind::Complaint, None, Some("A1"));
        may_handle(Accused::of(&registered, &[]), &code("A2")).unwrap();
    }

    #[test]
    fn refuses_to_let_the_one_complained_of_handle_it() {
        let registered = accusing(Kind::Complaint, None, Some("A1"));
        may_handle(Accused::of(&registered, &[]), &code("A1")).unwrap_err();
    }

    #[test]
    fn a_reprisal_reported_upward_is_in_order() {
        escalated(Some("佳木斯市信访局")).unwrap();
    }

    #[test]
    fn finds_a_reprisal_that_was_not_reported_upward() {
        escalated(None).unwrap_err();
        escalated(Some(" ")).unwrap_err();
    }

    #[test]
    fn a_true_report_may_be_rewarded_against_its_code() {
        may_reward(&rewarded(), true).unwrap();
        may_reward(&ReportRewarded { method: RewardMethod::Keeper, ..rewarded() }, true).unwrap();
    }

    #[test]
    fn refuses_to_reward_what_did_not_prove_true() {
        may_reward(&rewarded(), false).unwrap_err();
    }

    #[test]
    fn refuses_to_pay_against_name_and_signature() {
        may_reward(&ReportRewarded { method: RewardMethod::Named, ..rewarded() }, true).unwrap_err();
    }

    #[test]
    fn refuses_a_reward_without_provision() {
        may_reward(&ReportRewarded { basis: String::new(), ..rewarded() }, true).unwrap_err();
        may_reward(&ReportRewarded { payment: " ".into(), ..rewarded() }, true).unwrap_err();
    }
}
