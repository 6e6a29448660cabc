//! Legal review and collective discussion.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use law::{
    Citation, Fault,
    citation::{APL, TSI},
};
use lists::facts::{Lacks, OfficerFact, OfficerRole, Penalty, Reach, reach, told_all};

use super::{Outcome, Why, blank, fault, notice::unsaid};
use crate::domain::events::{Deliberated, DiscussionResult, LegalReviewed};

law::card! {
    /// No major decision without legal review. 1. The agency. 2. The decision with the review: passed, before it, after the hearing and
    /// the last conclusion of the investigation, and for a penalty that the decision does not go beyond. 3. The larger amount of the day of the decision. 4. None. 5. An amount that is
    /// not stated and decides whether it is needed is asked for; a review of which nobody knows the penalty is unchecked. 6. Reviewed small
    /// and decided large, reviewed before the hearing, before the investigation was concluded anew, a
    /// hearing forgotten over a notice repeated, a failed review after a passed one, goods without value. 7. Refused when handled,
    /// recorded when reported. 8. APL 58(1).
    EN_REVIEW "EN-REVIEW" Gate "法制审核" "legal review"; Citation::paragraph(&APL, 58, 1), Citation::whole(&TSI);
    "重大公共利益、经过听证、疑难复杂以及其他重大处罚决定，未经法制审核或者审核未通过的，不得作出";
    "a decision of public interest, after a hearing, complex or otherwise major is made only after a passed legal review";
    plans "FY 21" "TA 19" "BT 26" "XS 五3" "SB 五"; since 2021 7 15;
    allows a_reviewed_major_decision_is_in_order, a_minor_decision_needs_no_review, a_lighter_decision_than_was_reviewed_is_in_order; refuses refuses_a_major_decision_without_review, refuses_a_review_that_failed_or_preceded_the_hearing, refuses_a_heavier_decision_than_was_reviewed, refuses_a_review_of_another_result, asks_for_the_amount_that_makes_it_major
}
law::card! {
    /// Who reviews. 1. The agency. 2. The person with the list of officers of that day and with everybody who ever investigated the case:
    /// when the review is recorded, and again when the decision rests on it. 3. The list of the day of the review. 4. Reviewers of before 2018.
    /// 5. A day of beginning that is not stated is no early one. 6. The reviewer made an investigator afterwards, and the other way round.
    /// 7. Refused when handled, recorded when reported. 8. APL 58(2); 58(1) asks for the review of another than who investigated.
    EN_REVIEWER "EN-REVIEWER" Gate "法制审核人员资格" "legal reviewers"; Citation::paragraph(&APL, 58, 2);
    "法制审核由非本案调查的法制审核人员进行；2018年1月1日后初次从事的应当取得法律职业资格";
    "the review is done by a legal reviewer who did not investigate; who began on or after 2018-01-01 has the legal profession qualification";
    plans "FY 24" "XS 五3"; since 2021 7 15;
    allows a_qualified_reviewer_may_review, one_who_reviewed_before_2018_may_go_on; refuses refuses_a_new_reviewer_without_qualification, refuses_an_investigator_as_reviewer
}
law::card! {
    /// 集体讨论. 1. The heads. 2. The discussion: two heads, minutes, before the decision, after the hearing (APL 65 decides by article 57 after it)
    /// and after the last conclusion of the investigation; its result, and the penalty they resolved on, with the decision: the same. 3. The larger amount of the day of the decision. 4. None. 5. An amount that is not stated and decides is
    /// asked for; a discussion whose result or penalty is not on record is unchecked. 6. A discussion that resolved on no penalty, on a
    /// lighter or a heavier one; resolved before the hearing, or before the investigation was concluded anew; one head twice; a second discussion counts, and the first stays on record. 7. Refused when handled,
    /// recorded when reported. 8. APL 57(2): they decide, and not only talk.
    EN_COLLECTIVE "EN-COLLECTIVE" Gate "集体讨论" "collective discussion"; Citation::paragraph(&APL, 57, 2), Citation::article(&APL, 65);
    "情节复杂或者重大的处罚，应当由负责人集体讨论决定；决定与决议一致"; "a complex or major penalty is discussed collectively by the heads, and decided as they resolve";
    plans "FY 21"; params "members_min" = MEMBERS_MIN "persons"; since 2021 7 15;
    allows a_discussed_major_decision_is_in_order; refuses refuses_a_major_decision_without_discussion, refuses_a_penalty_where_the_heads_resolved_on_none, refuses_another_penalty_than_the_heads_resolved_on, refuses_a_discussion_without_result, refuses_a_discussion_before_the_hearing_or_the_result
}

/// The first day on which the law asked a beginner for the qualification.
const QUALIFIED_SINCE: Date = jiff::civil::date(2018, 1, 1);

/// How many heads discuss at least.
const MEMBERS_MIN: usize = 2;

/// Whether something is asked of a decision before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needed {
    /// It is, and why.
    Yes(Why),
    /// It is not.
    No,
    /// That depends on what is not stated.
    Asked(Lacks),
}

impl Needed {
    /// This, or else for that reason.
    pub fn or(self, why: Option<Why>) -> Self {
        match (self, why) {
            (Self::No | Self::Asked(_), Some(why)) => Self::Yes(why),
            (needed, _) => needed,
        }
    }

    /// Nothing was done: is anything lacking?
    fn lacking(&self, zh: &str, en: &str) -> Outcome {
        match self {
            Self::No => Ok(()),
            Self::Yes(why) => why.fault(zh, en),
            Self::Asked(lacks) => {
                let [lacks_zh, lacks_en] = lacks.told();
                fault(
                    format!("没有写明{lacks_zh}，不能确定是否属于重大处罚；请写明。属于的，{zh}"),
                    format!(
                        "the {lacks_en} is not stated, so whether it is a major penalty cannot be told; state it, and if it is, {en}"
                    ),
                )
            }
        }
    }
}

/// What was looked at beforehand with what is decided: it may go no further.
fn covers(covered: &[Penalty], decided: &[Penalty], zh: &str, en: &str) -> Outcome {
    if covered.is_empty() {
        return Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("{zh}针对的处罚没有载明，未予核对"),
                format!("for which penalty the {en} was is not on record"),
            )
        });
    }
    match reach(decided, covered) {
        Reach::Within => Ok(()),
        Reach::Beyond => {
            let ([zh_now, en_now], [zh_then, en_then]) = (told_all(decided), told_all(covered));
            fault(
                format!("决定的处罚（{zh_now}）超出{zh}的内容（{zh_then}）；请就现在的处罚重新进行"),
                format!("the decision ({en_now}) goes beyond the {en} ({en_then}); do it again for this penalty"),
            )
        }
        Reach::Unknown(lacks) => unsaid(lacks, &format!("{zh}的内容"), &format!("the {en}")),
    }
}

/// What a review or a discussion must come after.
#[derive(Clone, Copy, Debug, Default)]
pub struct Preceding {
    /// The last hearing.
    pub hearing: Option<Timestamp>,
    /// The last conclusion of the investigation: its result is what is looked at (APL 57(1)).
    pub concluded: Option<Timestamp>,
}

/// EN-REVIEW: when needed, a passed review of this penalty or a heavier one, no earlier than the hearing and the conclusion of the
/// investigation, and no later than the decision.
pub fn reviewed(
    needed: &Needed,
    review: Option<&LegalReviewed>,
    after: Preceding,
    at: Timestamp,
    decided: &[Penalty],
) -> Outcome {
    let Some(review) = review else {
        return needed.lacking(
            "应当法制审核，但没有审核；请先送法制审核人员审核",
            "the decision needs a legal review and has none; send it to a legal reviewer first",
        );
    };
    if *needed == Needed::No {
        return Ok(());
    }
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
    if let (Some(r), Some(h)) = (review.at, after.hearing)
        && r < h
    {
        return fault(
            "法制审核早于听证；请在听证后重新审核",
            "the legal review precedes the hearing; review again with its record",
        );
    }
    if let (Some(r), Some(c)) = (review.at, after.concluded)
        && r < c
    {
        return fault(
            "法制审核早于调查终结，审核的不是据以决定的调查结果；请就现在的调查结果重新审核",
            "the legal review precedes the conclusion of the investigation, so it was of another result; review this one",
        );
    }
    covers(&review.penalties, decided, "法制审核", "legal review")
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

/// EN-REVIEWER when the decision rests on the review of one who was sent to investigate since.
pub fn investigated_since(name: &str) -> Outcome {
    fault(
        format!("{name}审核以后参加了本案调查，其审核不能作为依据；请另由法制审核人员审核"),
        format!(
            "{name} has investigated this case since the review, which no decision rests on; have another review it"
        ),
    )
}

/// EN-COLLECTIVE when they discuss: at least two heads, with minutes and a result. Two heads are two persons who hold an office of
/// the agency that day; a record from before this was asked says names only.
pub fn discussed(discussion: &Deliberated) -> Outcome {
    if heads(discussion) < MEMBERS_MIN || blank(&discussion.minutes_sha256) {
        return fault(
            "集体讨论应当有负责人两人以上参加，并有会议记录；请补充",
            "the heads (two or more) discuss it, with minutes; complete the record",
        );
    }
    if discussion.result.is_none() {
        return fault(
            "没有写明集体讨论的决议（给予处罚、不予处罚、移送、补充调查）；请写明",
            "what the heads resolved (a penalty, none, transfer, further investigation) is not stated; state it",
        );
    }
    Ok(())
}

/// EN-COLLECTIVE when deciding: when needed, the heads discussed it before and resolved on this penalty.
pub fn deliberated(
    needed: &Needed,
    discussion: Option<&Deliberated>,
    after: Preceding,
    at: Timestamp,
    decided: &[Penalty],
) -> Outcome {
    const LACKING: (&str, &str) = (
        "应当由负责人集体讨论（两人以上、有会议记录、先于决定）；请补充集体讨论",
        "the heads (two or more) discuss it, with minutes, before it is decided",
    );
    let complete = |d: &&Deliberated| {
        heads(d) >= MEMBERS_MIN && !blank(&d.minutes_sha256) && d.at.is_none_or(|discussed| discussed <= at)
    };
    let Some(discussion) = discussion.filter(complete) else { return needed.lacking(LACKING.0, LACKING.1) };
    if *needed == Needed::No {
        return Ok(());
    }
    if let (Some(discussed), Some(hearing)) = (discussion.at, after.hearing)
        && discussed < hearing
    {
        return fault(
            "集体讨论早于听证；请在听证后根据笔录重新讨论",
            "the discussion precedes the hearing; discuss again with its record",
        );
    }
    if let (Some(discussed), Some(concluded)) = (discussion.at, after.concluded)
        && discussed < concluded
    {
        return fault(
            "集体讨论早于调查终结，讨论的不是据以决定的调查结果；请就现在的调查结果重新讨论",
            "the discussion precedes the conclusion of the investigation, so it was of another result; discuss this one",
        );
    }
    match discussion.result {
        Some(DiscussionResult::Penalise) => {}
        Some(other) => {
            return fault(
                format!("负责人集体讨论的决议是“{}”，不是给予处罚；请按决议办理，或者重新集体讨论", other.zh()),
                format!(
                    "the heads resolved on {}, not on a penalty; do as they resolved, or have them discuss it again",
                    other.en()
                ),
            );
        }
        None => {
            return Err(Fault {
                unknown: true,
                ..Fault::new(
                    "集体讨论的决议没有载明，未予核对",
                    "what the heads resolved is not on record, so it was not checked",
                )
            });
        }
    }
    covers(&discussion.penalties, decided, "集体讨论", "discussion")?;
    match reach(&discussion.penalties, decided) {
        Reach::Within => Ok(()),
        Reach::Beyond => {
            let ([zh, en], [zh_then, en_then]) = (told_all(decided), told_all(&discussion.penalties));
            fault(
                format!("决定的处罚（{zh}）与集体讨论的决议（{zh_then}）不同；请按决议决定，或者重新集体讨论"),
                format!(
                    "the decision ({en}) is not what the heads resolved ({en_then}); decide so, or have them discuss it again"
                ),
            )
        }
        Reach::Unknown(lacks) => unsaid(lacks, "集体讨论的决议", "what the heads resolved"),
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
    use lists::facts::PenaltyKind;

    use crate::domain::case::sample::{self, at, day, fine};

    fn why() -> Needed {
        Needed::Yes(Why::new("案情疑难复杂", "the case is complex"))
    }

    fn review() -> LegalReviewed {
        LegalReviewed {
            reviewer: sample::code("L1"),
            reviewer_name: "孙审".into(),
            passed: true,
            opinion: "同意".into(),
            reviewing_since: None,
            penalties: vec![fine(100)],
            at: Some(at("2024-03-20T09:00")),
        }
    }

    fn check(needed: &Needed, review: Option<&LegalReviewed>, hearing: Option<&str>, when: &str) -> Outcome {
        let after = Preceding { hearing: hearing.map(at), concluded: Some(at("2024-03-19T09:00")) };
        reviewed(needed, review, after, at(when), &[fine(100)])
    }

    #[test]
    fn a_reviewed_major_decision_is_in_order() {
        check(&why(), Some(&review()), Some("2024-03-20T09:00"), "2024-03-20T09:00").unwrap();
    }

    #[test]
    fn a_minor_decision_needs_no_review() {
        check(&Needed::No, None, None, "2024-03-20T09:00").unwrap();
        check(&Needed::No, Some(&LegalReviewed { passed: false, ..review() }), None, "2024-03-20T09:00").unwrap();
    }

    #[test]
    fn refuses_a_major_decision_without_review() {
        check(&why(), None, None, "2024-03-20T09:00").unwrap_err();
        check(&why(), Some(&review()), None, "2024-03-20T08:59").unwrap_err();
    }

    #[test]
    fn refuses_a_review_that_failed_or_preceded_the_hearing() {
        let failed = LegalReviewed { passed: false, ..review() };
        check(&why(), Some(&failed), None, "2024-03-21T09:00").unwrap_err();
        check(&why(), Some(&review()), Some("2024-03-20T09:01"), "2024-03-21T09:00").unwrap_err();
    }

    #[test]
    fn a_lighter_decision_than_was_reviewed_is_in_order() {
        reviewed(&why(), Some(&review()), Preceding::default(), at("2024-03-21T09:00"), &[fine(99)]).unwrap();
        let unsaid = LegalReviewed { penalties: vec![], ..review() };
        assert!(check(&why(), Some(&unsaid), None, "2024-03-21T09:00").unwrap_err().unknown);
    }

    #[test]
    fn refuses_a_heavier_decision_than_was_reviewed() {
        let now = at("2024-03-21T09:00");
        reviewed(&why(), Some(&review()), Preceding::default(), now, &[fine(101)]).unwrap_err();
        reviewed(&why(), Some(&review()), Preceding::default(), now, &[fine(1), Penalty::of(PenaltyKind::CloseDown)])
            .unwrap_err();
    }

    #[test]
    fn refuses_a_review_of_another_result() {
        let concluded = |when| Preceding { concluded: Some(at(when)), ..Preceding::default() };
        let decide = |after| reviewed(&why(), Some(&review()), after, at("2024-03-21T09:00"), &[fine(100)]);
        decide(concluded("2024-03-20T09:00")).unwrap();
        decide(concluded("2024-03-20T09:01")).unwrap_err();
    }

    #[test]
    fn refuses_a_discussion_before_the_hearing_or_the_result() {
        let then = discussion().at;
        let decide = |after| deliberated(&why(), Some(&discussion()), after, at(NOW), &[fine(100)]);
        decide(Preceding { hearing: then, concluded: then }).unwrap();
        let later = then.and_then(|then| then.checked_add(jiff::SignedDuration::from_mins(1)).ok());
        decide(Preceding { hearing: later, concluded: None }).unwrap_err();
        decide(Preceding { hearing: None, concluded: later }).unwrap_err();
    }

    #[test]
    fn asks_for_the_amount_that_makes_it_major() {
        let asked = Needed::Asked(Lacks::Amount(PenaltyKind::ConfiscateGoods));
        let said = check(&asked, None, None, "2024-03-21T09:00").unwrap_err();
        assert!(!said.unknown && said.zh.contains("没收非法财物"), "{}", said.zh);
        // Reviewed it is in order, whatever it is worth.
        check(&asked, Some(&review()), None, "2024-03-21T09:00").unwrap();
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
            result: Some(DiscussionResult::Penalise),
            penalties: vec![fine(100)],
            at: Some(at("2024-03-20T09:00")),
        }
    }

    fn decide(needed: &Needed, discussion: Option<&Deliberated>, when: &str) -> Outcome {
        deliberated(needed, discussion, Preceding::default(), at(when), &[fine(100)])
    }

    const NOW: &str = "2024-03-20T09:00";

    #[test]
    fn a_discussed_major_decision_is_in_order() {
        discussed(&discussion()).unwrap();
        decide(&why(), Some(&discussion()), NOW).unwrap();
        decide(&Needed::No, None, NOW).unwrap();
    }

    #[test]
    fn a_record_from_before_offices_counts_names() {
        let old = Deliberated { heads: None, ..discussion() };
        decide(&why(), Some(&old), NOW).unwrap();
        let once = Deliberated { members: vec!["李局长".into(), "李局长".into()], ..old };
        decide(&why(), Some(&once), NOW).unwrap_err();
        // Its result is not known, and not taken for a yes.
        let unsaid = Deliberated { result: None, ..discussion() };
        assert!(decide(&why(), Some(&unsaid), NOW).unwrap_err().unknown);
    }

    #[test]
    fn refuses_a_major_decision_without_discussion() {
        decide(&why(), None, NOW).unwrap_err();
        for heads in [&[][..], &["H1"], &["H1", "H1"]] {
            let heads = Some(sample::officials(heads));
            discussed(&Deliberated { heads: heads.clone(), ..discussion() }).unwrap_err();
            decide(&why(), Some(&Deliberated { heads, ..discussion() }), NOW).unwrap_err();
        }
        decide(&why(), Some(&Deliberated { minutes_sha256: String::new(), ..discussion() }), NOW).unwrap_err();
        decide(&why(), Some(&discussion()), "2024-03-20T08:00").unwrap_err();
    }

    #[test]
    fn refuses_a_discussion_without_result() {
        discussed(&Deliberated { result: None, ..discussion() }).unwrap_err();
    }

    #[test]
    fn refuses_a_penalty_where_the_heads_resolved_on_none() {
        for result in [DiscussionResult::Withhold, DiscussionResult::Transfer, DiscussionResult::InvestigateFurther] {
            let other = Deliberated { result: Some(result), ..discussion() };
            assert!(!decide(&why(), Some(&other), NOW).unwrap_err().unknown, "{result:?}");
        }
    }

    #[test]
    fn refuses_another_penalty_than_the_heads_resolved_on() {
        for other in [fine(99), fine(101), Penalty::of(PenaltyKind::CloseDown)] {
            deliberated(&why(), Some(&discussion()), Preceding::default(), at(NOW), &[other]).unwrap_err();
        }
        deliberated(&why(), Some(&discussion()), Preceding::default(), at(NOW), &[fine(40), fine(60)]).unwrap();
    }
}
