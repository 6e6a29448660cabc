//! Legal review and collective discussion.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use law::{
    Citation,
    citation::{APL, TSI},
};
use lists::facts::{OfficerFact, OfficerRole};

use super::{Outcome, Why, blank, fault};
use crate::domain::events::{Deliberated, LegalReviewed};

law::card! {
    /// No major decision without legal review.
    EN_REVIEW "EN-REVIEW" Gate "法制审核" "legal review"; Citation::paragraph(&APL, 58, 1), Citation::whole(&TSI);
    "重大公共利益、经过听证、疑难复杂以及其他重大处罚决定，未经法制审核或者审核未通过的，不得作出";
    "a decision of public interest, after a hearing, complex or otherwise major is made only after a passed legal review";
    plans "FY 21" "TA 19" "BT 26" "XS 五3" "SB 五"; since 2021 7 15;
    allows a_reviewed_major_decision_is_in_order, a_minor_decision_needs_no_review; refuses refuses_a_major_decision_without_review, refuses_a_review_that_failed_or_preceded_the_hearing
}
law::card! {
    /// Who reviews.
    EN_REVIEWER "EN-REVIEWER" Gate "法制审核人员资格" "legal reviewers"; Citation::paragraph(&APL, 58, 2);
    "法制审核由非本案调查的法制审核人员进行；2018年1月1日后初次从事的应当取得法律职业资格";
    "the review is done by a legal reviewer who did not investigate; who began on or after 2018-01-01 has the legal profession qualification";
    plans "FY 24" "XS 五3"; since 2021 7 15;
    allows a_qualified_reviewer_may_review, one_who_reviewed_before_2018_may_go_on; refuses refuses_a_new_reviewer_without_qualification, refuses_an_investigator_as_reviewer
}
law::card! {
    /// 集体讨论.
    EN_COLLECTIVE "EN-COLLECTIVE" Gate "集体讨论" "collective discussion"; Citation::paragraph(&APL, 57, 2);
    "情节复杂或者重大的处罚，应当由负责人集体讨论决定"; "a complex or major penalty is discussed collectively by the heads";
    plans "FY 21"; params "members_min" = MEMBERS_MIN "persons"; since 2021 7 15;
    allows a_discussed_major_decision_is_in_order; refuses refuses_a_major_decision_without_discussion
}

/// The first day on which the law asked a beginner for the qualification.
const QUALIFIED_SINCE: Date = jiff::civil::date(2018, 1, 1);

/// How many heads discuss at least.
const MEMBERS_MIN: usize = 2;

/// EN-REVIEW: when needed, a passed review, no earlier than the hearing and no later than the decision.
pub fn reviewed(
    needed: Option<&Why>,
    review: Option<&LegalReviewed>,
    hearing_at: Option<Timestamp>,
    at: Timestamp,
) -> Outcome {
    let Some(why) = needed else { return Ok(()) };
    let Some(review) = review else {
        return why.fault(
            "应当法制审核，但没有审核；请先送法制审核人员审核",
            "the decision needs a legal review and has none; send it to a legal reviewer first",
        );
    };
    if !review.passed {
        return fault(
            "法制审核未通过；请按审核意见修改后重新送审",
            "the legal review did not pass; mend what it says and submit again",
        );
    }
    if review.at.is_some_and(|r| r > at) {
        return fault(
            "法制审核晚于决定；应当先审核、后决定",
            "the legal review is later than the decision; review first, then decide",
        );
    }
    if let (Some(r), Some(h)) = (review.at, hearing_at)
        && r < h
    {
        return fault(
            "法制审核早于听证；请在听证后重新审核",
            "the legal review precedes the hearing; review again with its record",
        );
    }
    Ok(())
}

/// EN-REVIEWER: on the list as a reviewer, no investigator of the case, and qualified unless reviewing since before 2018.
pub fn reviewer(known: Option<&OfficerFact>, investigates: bool, since: Option<Date>) -> Outcome {
    let Some(person) = known.filter(|o| o.role == OfficerRole::LegalReviewer) else {
        return fault(
            "审核人不是登记的法制审核人员；请由法制审核人员审核",
            "the reviewer is not registered as a legal reviewer; let one review",
        );
    };
    if investigates {
        return fault(
            format!("{}参加了本案调查，不能审核本案；请另派审核人员", person.name),
            format!("{} investigated this case and cannot review it; send another reviewer", person.name),
        );
    }
    if !person.legal_qualification && since.is_none_or(|s| s >= QUALIFIED_SINCE) {
        return fault(
            format!("{}没有法律职业资格；初次从事法制审核的人员应当取得，请另派审核人员", person.name),
            format!(
                "{} lacks the legal profession qualification that a first-time reviewer needs; send another",
                person.name
            ),
        );
    }
    Ok(())
}

/// EN-COLLECTIVE: when needed, at least two heads discussed it, with minutes, before the decision. Two heads are two
/// persons who hold an office of the agency that day; a record from before this was asked says names only.
pub fn deliberated(needed: Option<&Why>, discussion: Option<&Deliberated>, at: Timestamp) -> Outcome {
    let Some(why) = needed else { return Ok(()) };
    let lacking = || {
        why.fault(
            "应当由负责人集体讨论（两人以上、有会议记录、先于决定）；请补充集体讨论",
            "the heads (two or more) discuss it, with minutes, before it is decided",
        )
    };
    match discussion {
        Some(d) if heads(d) >= MEMBERS_MIN && !blank(&d.minutes_sha256) && d.at.is_none_or(|t| t <= at) => Ok(()),
        _ => lacking(),
    }
}

/// How many heads took part, each counted once.
fn heads(discussion: &Deliberated) -> usize {
    match &discussion.heads {
        Some(heads) => heads.iter().map(|head| &head.officer).collect::<BTreeSet<_>>().len(),
        None => discussion.members.iter().filter(|m| !blank(m)).collect::<BTreeSet<_>>().len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, at, day};

    fn why() -> Why {
        Why::new("案情疑难复杂", "the case is complex")
    }

    fn review() -> LegalReviewed {
        LegalReviewed {
            reviewer: sample::code("L1"),
            reviewer_name: "孙审".into(),
            passed: true,
            opinion: "同意".into(),
            reviewing_since: None,
            at: Some(at("2024-03-20T09:00")),
        }
    }

    #[test]
    fn a_reviewed_major_decision_is_in_order() {
        reviewed(Some(&why()), Some(&review()), Some(at("2024-03-20T09:00")), at("2024-03-20T09:00")).unwrap();
    }

    #[test]
    fn a_minor_decision_needs_no_review() {
        reviewed(None, None, None, at("2024-03-20T09:00")).unwrap();
    }

    #[test]
    fn refuses_a_major_decision_without_review() {
        reviewed(Some(&why()), None, None, at("2024-03-20T09:00")).unwrap_err();
        reviewed(Some(&why()), Some(&review()), None, at("2024-03-20T08:59")).unwrap_err();
    }

    #[test]
    fn refuses_a_review_that_failed_or_preceded_the_hearing() {
        let now = at("2024-03-21T09:00");
        reviewed(Some(&why()), Some(&LegalReviewed { passed: false, ..review() }), None, now).unwrap_err();
        reviewed(Some(&why()), Some(&review()), Some(at("2024-03-20T09:01")), now).unwrap_err();
    }

    #[test]
    fn a_qualified_reviewer_may_review() {
        reviewer(Some(&sample::reviewer()), false, None).unwrap();
    }

    #[test]
    fn one_who_reviewed_before_2018_may_go_on() {
        let old = OfficerFact { legal_qualification: false, ..sample::reviewer() };
        reviewer(Some(&old), false, Some(day("2017-12-31"))).unwrap();
    }

    #[test]
    fn refuses_a_new_reviewer_without_qualification() {
        let new = OfficerFact { legal_qualification: false, ..sample::reviewer() };
        reviewer(Some(&new), false, Some(day("2018-01-01"))).unwrap_err();
        reviewer(Some(&new), false, None).unwrap_err();
    }

    #[test]
    fn refuses_an_investigator_as_reviewer() {
        reviewer(Some(&sample::reviewer()), true, None).unwrap_err();
        reviewer(Some(&sample::officer("A1", "张三")), false, None).unwrap_err();
        reviewer(None, false, None).unwrap_err();
    }

    fn discussion() -> Deliberated {
        Deliberated {
            members: vec!["李局长".into(), "王副局长".into()],
            heads: Some(sample::officials(&["H1", "H2"])),
            conclusion: "同意".into(),
            dissent: vec![],
            minutes_sha256: sample::sha(),
            at: Some(at("2024-03-20T09:00")),
        }
    }

    #[test]
    fn a_discussed_major_decision_is_in_order() {
        deliberated(Some(&why()), Some(&discussion()), at("2024-03-20T09:00")).unwrap();
        deliberated(None, None, at("2024-03-20T09:00")).unwrap();
    }

    #[test]
    fn a_record_from_before_offices_counts_names() {
        let now = at("2024-03-20T09:00");
        let old = Deliberated { heads: None, ..discussion() };
        deliberated(Some(&why()), Some(&old), now).unwrap();
        let once = Deliberated { members: vec!["李局长".into(), "李局长".into()], ..old };
        deliberated(Some(&why()), Some(&once), now).unwrap_err();
    }

    #[test]
    fn refuses_a_major_decision_without_discussion() {
        let now = at("2024-03-20T09:00");
        deliberated(Some(&why()), None, now).unwrap_err();
        for heads in [&[][..], &["H1"], &["H1", "H1"]] {
            let heads = Some(sample::officials(heads));
            deliberated(Some(&why()), Some(&Deliberated { heads, ..discussion() }), now).unwrap_err();
        }
        deliberated(Some(&why()), Some(&Deliberated { minutes_sha256: String::new(), ..discussion() }), now)
            .unwrap_err();
        deliberated(Some(&why()), Some(&discussion()), at("2024-03-20T08:00")).unwrap_err();
    }
}
