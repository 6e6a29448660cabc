//! The decision: its kind on its ground, never worse, on evidence, by the head, with compensation.

use jiff::civil::Date;
use law::{
    Citation, Fault,
    calendar::{NoCalendar, in_time},
    check::{Outcome as Checked, blank, fault},
    citation::{ALR, APC, ARL, SCL},
};
use lists::{
    facts::{PenaltyKind, Reach, reach},
    officers::Official,
};

use crate::domain::{
    events::{AppealDecided, Appealed, Handler, Penalty},
    words::{ActKind, Ground, Outcome},
};

law::card! {
    /// Each kind on its ground. 1. The organ. 2. The outcome with the ground, and with what kind of act it is. 5. An extent or a time that the kind
    /// asks for, not named, is missing. 6. A ground that fits no kind; an order to do it again beside another kind than revocation. 7. Refused. 8. ARL 33, 63 to 71.
    RE_KIND "RE-KIND" Gate "复议决定种类" "kinds of decision"; Citation::article(&ARL, 63), Citation::article(&ARL, 64), Citation::article(&ARL, 65), Citation::article(&ARL, 66), Citation::article(&ARL, 67), Citation::article(&ARL, 68), Citation::article(&ARL, 69), Citation::article(&ARL, 71), Citation::article(&ARL, 33);
    "变更、撤销、确认违法、确认无效、责令履行、维持、驳回等决定各有其法定情形";
    "change, revocation, unlawful, void, order to perform, maintained, dismissed: each on its own ground";
    plans "SB 九"; compares "决定种类与理由、行政行为的种类" "the kind of decision with its ground and the kind of act"; since 2024 1 1;
    allows every_kind_stands_on_its_grounds; refuses refuses_a_kind_on_the_ground_of_another, refuses_void_that_nobody_asked_for, refuses_an_order_to_perform_without_a_time, refuses_to_order_it_again_without_revoking
}
law::card! {
    /// Not worse. 1. The organ. 2. The new outcome as a whole with the act's, by the one order over all kinds. 4. A third
    /// party asks for the opposite. 5. An amount that nobody told on one side, or a kind put in the place of another that neither contains, is not compared:
    /// unchecked, never satisfied. 6. Leaving the act's penalties out; splitting a fine in two; a longer bar beside a lower fine. 7. Refused. 8. ARL 63(2).
    RE_NO_WORSE "RE-NO-WORSE" Gate "不得更为不利" "not to the applicant's harm"; Citation::paragraph(&ARL, 63, 2), Citation::article(&ALR, 51);
    "不得作出对申请人更为不利的变更决定，第三人提出相反请求的除外"; "a change is not to the applicant's disadvantage, unless a third party asks for the opposite";
    plans ; compares "变更后与原行政行为的处罚整体：种类、数额、期限、对象" "the changed penalties as a whole with the original ones: kinds, amounts, lengths, objects"; except "第三人提出相反请求" "a third party asks for the opposite"; since 2024 1 1;
    allows a_lower_fine_is_no_worse, the_same_outcome_is_no_worse, a_licence_suspended_and_not_revoked_is_no_worse, a_third_party_that_opposes_lifts_the_bar; refuses refuses_a_higher_fine, refuses_a_fine_split_in_two, refuses_a_penalty_more, refuses_more_days, refuses_a_longer_bar_beside_a_lower_fine
}
law::card! {
    /// No answer, no evidence. 1. The organ decides so; the respondent has failed. 2. The outcome with the answer: in time, with evidence and provisions.
    /// 4. Evidence of a third party whose rights the act touches. 5. While the time to answer runs, nobody can say that there is none. 6. A late answer counts as none; evidence of the
    /// organ's own finding does not stand in for it. 7. Refused. 8. ARL 70. An inadmissible application is dismissed all the same (33).
    RE_NO_EVIDENCE "RE-NO-EVIDENCE" Gate "逾期答复无证据" "no answer, no evidence"; Citation::article(&ARL, 70);
    "被申请人不依法答复并提交证据、依据的，视为没有证据、依据，应当撤销、确认违法、确认无效或者责令履行";
    "an act that the respondent did not answer for with evidence has none: it is revoked, found unlawful or void, or to be performed";
    plans "TA 33"; compares "决定种类与被申请人的答复" "the kind of decision with the respondent's answer"; except "第三人提供证据" "evidence of a third party"; since 2024 1 1;
    allows an_unanswered_act_is_revoked, evidence_of_a_third_party_stands_in; refuses refuses_to_maintain_an_unanswered_act, refuses_to_say_so_while_the_time_to_answer_runs
}
law::card! {
    /// By the organ's head. 1. The organ. 2. Who agreed with the offices of the organ on the list that day, and with the handlers. 5. Whom the list does not know is no head.
    /// 6. A name for a number, a head of another agency or of the institution, a handler who signs for the head. 7. Refused. 8. ARL 61(1); what the heads pass in discussion the one who presides answers for.
    RE_HEAD "RE-HEAD" Gate "复议决定审批" "decision approved by the head"; Citation::paragraph(&ARL, 61, 1);
    "复议决定经复议机关的负责人同意或者集体讨论通过"; "the organ's head agrees to the decision, or the heads pass it in discussion";
    plans ; compares "决定人与承办人员" "who decided with who handles it"; since 2024 1 1;
    allows the_head_agrees; refuses refuses_a_decision_of_nobody_or_of_a_handler
}
law::card! {
    /// After the record of the hearing. 1. The organ. 5. Not said is not followed. 7. Refused. 8. ARL 61(2).
    RE_RECORD "RE-RECORD" Gate "依听证笔录决定" "decision by the hearing's record"; Citation::paragraph(&ARL, 61, 2);
    "经过听证的，应当根据听证笔录作出决定"; "after a hearing the decision follows its record";
    plans "FY 33"; since 2024 1 1;
    allows a_decision_follows_the_record; refuses refuses_a_decision_that_passes_the_record_over
}
law::card! {
    /// The document. 1. The organ. 2. What it must hold: facts, reasons, provisions, seal, how to go to court. 5. Not told is missing. 7. Refused. 8. ARL 75(1); APC 45.
    RE_FORM "RE-FORM" Gate "复议决定书内容" "content of the decision"; Citation::paragraph(&ARL, 75, 1), Citation::article(&APC, 45);
    "决定书写明事实、理由、依据和起诉的权利、期限，并加盖印章"; "the decision states facts, reasons, provisions, and how to go to court, and is sealed";
    plans "TA 32"; since 2024 1 1;
    allows a_complete_document_is_in_order; refuses refuses_a_document_that_lacks_a_part
}
law::card! {
    /// Compensation asked for is decided. 1. The organ. 2. The claim with what the decision says of it, granted only with an outcome that finds the act wrong, and no more than was
    /// asked for. 5. No word is no decision. 6. Deciding it elsewhere or later. 7. Refused. 8. ARL 72(1).
    RE_COMPENSATE "RE-COMPENSATE" Gate "一并赔偿" "compensation decided with it"; Citation::paragraph(&ARL, 72, 1), Citation::article(&SCL, 9);
    "一并提出行政赔偿请求的，作出复议决定时应当同时决定赔偿或者驳回"; "compensation asked for with the application is decided with it, granted or dismissed";
    plans "FY 34"; compares "赔偿请求与决定的内容" "the claim with what is decided of it"; since 2024 1 1;
    allows a_claim_is_granted_with_a_revocation, a_claim_is_dismissed_with_reasons; refuses refuses_to_pass_over_a_claim, refuses_to_grant_with_an_act_maintained, refuses_to_grant_more_than_was_asked_for
}
law::card! {
    /// Given back unasked. 1. The organ. 2. An act on property that is revoked or changed with what is to be returned. 5. Not said is missing. 6. Nothing taken yet: that is what it says.
    /// 7. Recorded. 8. ARL 72(2); State Compensation Law 36.
    RE_RESTORE "RE-RESTORE" Duty "返还与赔偿" "what is given back"; Citation::paragraph(&ARL, 72, 2), Citation::article(&SCL, 36);
    "撤销、变更罚款、没收、查封扣押等行为的，应当同时责令返还财产、解除措施或者赔偿价款"; "with a fine, confiscation or seizure revoked or changed, return, release or payment is ordered";
    plans "FY 34"; since 2024 1 1;
    allows a_revoked_fine_is_ordered_back; refuses finds_a_revoked_fine_that_is_not_ordered_back
}

/// The grounds on which a kind of decision may stand.
pub fn grounds(outcome: Outcome) -> &'static [Ground] {
    use Ground as G;
    match outcome {
        Outcome::Change => &[G::Inappropriate, G::BasisMisapplied, G::FactsEstablished],
        Outcome::Revoke | Outcome::RevokePart => {
            &[G::FactsUnclear, G::Procedure, G::BasisUnlawful, G::BeyondPower, G::NoEvidence]
        }
        Outcome::Unlawful => {
            &[G::RevocationHarms, G::SlightProcedure, G::NothingToRevoke, G::ChangedSince, G::Pointless, G::NoEvidence]
        }
        Outcome::Void => &[G::GraveAndObvious, G::NoEvidence],
        Outcome::Perform => &[G::NotPerformed, G::NoEvidence],
        Outcome::Agreement => &[G::AgreementBroken, G::CompensationLacking],
        Outcome::Maintain => &[G::Lawful],
        Outcome::DismissRequest => &[G::NoDuty, G::PerformedBefore],
        Outcome::DismissApplication => &[G::Inadmissible],
    }
}

/// Whether a kind of decision may be made on a kind of act.
fn fits(outcome: Outcome, ground: Ground, act: ActKind) -> bool {
    let omission = act == ActKind::Omission;
    match outcome {
        Outcome::Change | Outcome::Revoke | Outcome::RevokePart | Outcome::Void => !omission,
        Outcome::Unlawful => omission || ground != Ground::Pointless,
        Outcome::Perform | Outcome::DismissRequest => omission,
        Outcome::Agreement => act == ActKind::Agreement,
        Outcome::Maintain | Outcome::DismissApplication => true,
    }
}

/// RE-KIND.
pub fn grounded(draft: &AppealDecided, act: ActKind, void_asked: bool) -> Checked {
    let (outcome, ground) = (draft.outcome, draft.ground);
    if !grounds(outcome).contains(&ground) || !fits(outcome, ground, act) {
        return fault(
            format!("{}不能以“{}”为由对{}作出；请核对", outcome.zh(), ground.zh(), act.zh()),
            format!("{} cannot stand on this ground ({}) for {}; check it", outcome.en(), ground.en(), act.en()),
        );
    }
    if outcome == Outcome::Void && !void_asked {
        return fault("申请人没有申请确认行政行为无效", "the applicant did not ask for the act to be found void");
    }
    let days = draft.perform_days.is_some_and(|days| days > 0);
    if matches!(outcome, Outcome::Perform | Outcome::Agreement) && !days {
        return fault(
            "没有写明被申请人履行的期限；请写明",
            "the time in which the respondent performs is not set; set it",
        );
    }
    if draft.redo && !matches!(outcome, Outcome::Revoke | Outcome::RevokePart) {
        return fault(
            "只有撤销、部分撤销时才能责令重新作出行政行为",
            "only what is revoked is ordered to be done again",
        );
    }
    let extent = draft.extent.as_deref().is_some_and(|e| !blank(e));
    let needs = matches!(outcome, Outcome::RevokePart | Outcome::Perform | Outcome::Agreement)
        || outcome == Outcome::Change && draft.changed_to.is_empty();
    if needs && !extent {
        return fault(
            "没有写明撤销、变更或者履行的内容；请写明",
            "what is revoked, changed or to be performed is not named; name it",
        );
    }
    Ok(())
}

fn unknown(zh: &str, en: &str) -> Fault {
    Fault { unknown: true, ..Fault::new(zh, en) }
}

/// RE-NO-WORSE.
pub fn no_worse(original: &[Penalty], changed: &[Penalty], opposed: bool) -> Checked {
    if opposed {
        return Ok(());
    }
    if original.is_empty() || changed.is_empty() {
        return Err(unknown(
            "原行政行为或者变更后的处罚内容没有载明，无法比较轻重",
            "what the act imposed, or what it is changed to, is not told, so they could not be compared",
        ));
    }
    let of = |kind, all: &[Penalty]| all.iter().filter(|p| p.kind == kind).cloned().collect::<Vec<_>>();
    let lost = original.iter().any(|p| changed.iter().all(|c| c.kind != p.kind));
    // Heavier in one kind it is worse, whatever else is milder; a kind put in the place of another is another matter.
    let worse = |p: &&Penalty| match of(p.kind, original) {
        before if before.is_empty() => !lost,
        before => reach(&of(p.kind, changed), &before) == Reach::Beyond,
    };
    match reach(changed, original) {
        Reach::Within => Ok(()),
        Reach::Beyond | Reach::Unknown(_) => match changed.iter().find(worse) {
            Some(p) => fault(
                format!("变更后的{}重于原行政行为，对申请人更为不利", p.kind.zh()),
                format!("{} is heavier than in the act, to the applicant's disadvantage", p.kind.en()),
            ),
            None => Err(unknown(
                "有的处罚没有载明数额、期限，或者以另一种处罚代替，无法比较轻重",
                "an amount or a length is not told, or another kind takes the place of one, so they could not be compared",
            )),
        },
    }
}

/// What the respondent has answered by the decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// In time, with evidence and provisions.
    Fully,
    /// Not, or not so; its time ends with this day.
    Not(Result<Date, NoCalendar>),
    /// It has not got the copy.
    NeverAsked,
}

/// RE-NO-EVIDENCE.
pub fn on_evidence(draft: &AppealDecided, answered: &Answered, third_party: bool, day: Date) -> Checked {
    let says_none = draft.ground == Ground::NoEvidence;
    let last = match answered {
        Answered::Fully if says_none => {
            return fault(
                "被申请人已经依法答复举证，不能视为没有证据",
                "the respondent has answered with evidence, so there is some",
            );
        }
        Answered::Fully => return Ok(()),
        Answered::NeverAsked if draft.outcome == Outcome::DismissApplication => return Ok(()),
        Answered::NeverAsked => {
            return fault(
                "没有将申请书副本发送被申请人；请先发送并等待答复",
                "the respondent was never sent the copy; send it and wait for the answer",
            );
        }
        Answered::Not(last) => last,
    };
    if draft.outcome == Outcome::DismissApplication {
        return Ok(());
    }
    let stands_in = third_party && draft.third_party_evidence.as_deref().is_some_and(|e| !blank(e));
    if !says_none && stands_in {
        return Ok(());
    }
    if in_time(day, *last)? {
        let last = law::calendar::at_least(*last);
        return fault(
            format!("被申请人的答复期限至{last}届满，此前不能认定没有证据或者径行决定"),
            format!("the respondent has until {last} to answer; nothing is decided before that without its answer"),
        );
    }
    match draft.outcome {
        Outcome::Revoke | Outcome::RevokePart | Outcome::Unlawful | Outcome::Void | Outcome::Perform => Ok(()),
        Outcome::Change
        | Outcome::Agreement
        | Outcome::Maintain
        | Outcome::DismissRequest
        | Outcome::DismissApplication => fault(
            "被申请人没有依法答复举证，视为没有证据、依据；应当撤销、确认违法、确认无效或者责令履行",
            "the respondent gave no evidence in time, so there is none: revoke it, find it unlawful or void, or order performance",
        ),
    }
}

/// RE-HEAD, with the official named, or what is wrong with him.
pub fn by_head(head: Result<Official, Fault>, handlers: &[Handler]) -> Checked {
    let Official { officer, name, .. } = head?;
    if handlers.iter().any(|handler| handler.officer == officer) {
        return fault(
            format!("{name}（{officer}）承办本案，不能同意自己所办的事；请由其他负责人同意"),
            format!("{name} ({officer}) handles the case and cannot agree to it himself; another head agrees"),
        );
    }
    Ok(())
}

/// RE-RECORD.
pub fn by_record(held: bool, followed: Option<&str>) -> Checked {
    if held && followed.is_none_or(blank) {
        return fault(
            "没有写明如何根据听证笔录决定；请写明",
            "how the decision follows the record of the hearing is not said; say it",
        );
    }
    Ok(())
}

/// RE-FORM.
pub fn complete(draft: &AppealDecided) -> Checked {
    let texts = [
        (draft.facts.as_str(), "事实", "facts"),
        (draft.reasons.as_str(), "理由", "reasons"),
        (draft.appeal.as_str(), "起诉的权利和期限", "how to go to court"),
    ];
    let missing = texts.into_iter().find(|(text, ..)| blank(text)).map(|(_, zh, en)| (zh, en));
    let missing = missing.or_else(|| draft.bases.iter().all(|b| blank(b)).then_some(("依据", "provisions")));
    let missing = missing.or_else(|| (!draft.sealed).then_some(("印章", "seal")));
    match missing {
        Some((zh, en)) => fault(format!("决定书缺少{zh}；请补充"), format!("the decision lacks its {en}; add it")),
        None => Ok(()),
    }
}

/// RE-COMPENSATE.
pub fn compensated(asked_fen: Option<i64>, draft: &AppealDecided) -> Checked {
    let Some(asked) = asked_fen else { return Ok(()) };
    let Some(compensation) = draft.compensation.as_ref().filter(|c| !blank(&c.reason)) else {
        return fault(
            "申请人一并提出了赔偿请求；请同时决定赔偿或者驳回并说明理由",
            "compensation was asked for; grant or dismiss it with this decision, with reasons",
        );
    };
    if compensation.granted_fen > 0 && !draft.outcome.overturns() {
        return fault(
            "没有撤销、变更行政行为或者确认违法、无效，不能同时决定赔偿",
            "the act is not found wrong, so no compensation is granted with it",
        );
    }
    if compensation.granted_fen > asked {
        return fault("决定的赔偿超过请求的数额；请核对", "more is granted than was asked for; check it");
    }
    Ok(())
}

/// RE-RESTORE.
pub fn restored(act: &Appealed, draft: &AppealDecided) -> Checked {
    let takes = |kind| matches!(kind, PenaltyKind::Fine | PenaltyKind::ConfiscateGains | PenaltyKind::ConfiscateGoods);
    let property = act.kind == ActKind::Measure || act.penalties.iter().any(|p| takes(p.kind));
    let undone = matches!(draft.outcome, Outcome::Change | Outcome::Revoke | Outcome::RevokePart);
    if property && undone && draft.restitution.as_deref().is_none_or(blank) {
        return fault(
            "没有责令返还财产、解除措施或者赔偿价款；尚未收缴、执行的请写明",
            "no return, release or payment is ordered; if nothing was taken yet, say so",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appeal::sample::{self, day, decided, fine},
        events::Compensation,
    };

    fn kind(outcome: Outcome, ground: Ground, act: ActKind) -> Checked {
        let (perform_days, extent) = (Some(15), Some("第二项".to_owned()));
        grounded(&AppealDecided { outcome, ground, perform_days, extent, redo: false, ..decided() }, act, true)
    }

    fn act_for(outcome: Outcome, ground: Ground) -> ActKind {
        match (outcome, ground) {
            (Outcome::Perform | Outcome::DismissRequest, _) | (_, Ground::Pointless) => ActKind::Omission,
            (Outcome::Agreement, _) => ActKind::Agreement,
            _ => ActKind::Penalty,
        }
    }

    #[test]
    fn every_kind_stands_on_its_grounds() {
        for outcome in Outcome::ALL {
            for ground in grounds(*outcome) {
                kind(*outcome, *ground, act_for(*outcome, *ground))
                    .unwrap_or_else(|e| panic!("{outcome:?} {ground:?} {e:?}"));
            }
        }
        assert!(
            Ground::ALL.iter().all(|g| Outcome::ALL.iter().any(|o| grounds(*o).contains(g))),
            "every ground carries something"
        );
    }

    #[test]
    fn refuses_a_kind_on_the_ground_of_another() {
        for outcome in Outcome::ALL {
            for ground in Ground::ALL.iter().filter(|ground| !grounds(*outcome).contains(ground)) {
                kind(*outcome, *ground, act_for(*outcome, *ground)).unwrap_err();
            }
        }
        kind(Outcome::Revoke, Ground::Procedure, ActKind::Omission).unwrap_err();
        kind(Outcome::Perform, Ground::NotPerformed, ActKind::Penalty).unwrap_err();
        kind(Outcome::Unlawful, Ground::Pointless, ActKind::Penalty).unwrap_err();
    }

    #[test]
    fn refuses_void_that_nobody_asked_for() {
        let void = AppealDecided { outcome: Outcome::Void, ground: Ground::GraveAndObvious, redo: false, ..decided() };
        grounded(&void, ActKind::Penalty, false).unwrap_err();
    }

    #[test]
    fn refuses_an_order_to_perform_without_a_time() {
        let perform = AppealDecided {
            outcome: Outcome::Perform,
            ground: Ground::NotPerformed,
            extent: Some("予以答复".into()),
            redo: false,
            perform_days: None,
            ..decided()
        };
        grounded(&perform, ActKind::Omission, false).unwrap_err();
        grounded(&AppealDecided { perform_days: Some(0), ..perform.clone() }, ActKind::Omission, false).unwrap_err();
        grounded(&AppealDecided { perform_days: Some(30), extent: None, ..perform }, ActKind::Omission, false)
            .unwrap_err();
    }

    #[test]
    fn refuses_to_order_it_again_without_revoking() {
        let again = AppealDecided { outcome: Outcome::Maintain, ground: Ground::Lawful, redo: true, ..decided() };
        grounded(&again, ActKind::Penalty, false).unwrap_err();
    }

    #[test]
    fn a_lower_fine_is_no_worse() {
        no_worse(&[fine(5_000_000)], &[fine(4_999_999)], false).unwrap();
    }

    #[test]
    fn the_same_outcome_is_no_worse() {
        no_worse(&[fine(5_000_000)], &[fine(5_000_000)], false).unwrap();
        let licence = Penalty::of(PenaltyKind::RevokeLicence);
        no_worse(&[licence.clone(), fine(1)], &[licence], false).unwrap();
    }

    #[test]
    fn refuses_a_higher_fine() {
        no_worse(&[fine(5_000_000)], &[fine(5_000_001)], false).unwrap_err();
    }

    #[test]
    fn refuses_a_fine_split_in_two() {
        no_worse(&[fine(5_000_000)], &[fine(3_000_000), fine(2_000_001)], false).unwrap_err();
    }

    #[test]
    fn refuses_a_penalty_more() {
        let warning = Penalty::of(PenaltyKind::Warning);
        let worse = no_worse(&[fine(5_000_000)], &[fine(1), warning], false).unwrap_err();
        assert!(!worse.unknown);
    }

    fn detained(days: Option<u16>) -> Penalty {
        Penalty { days, ..Penalty::of(PenaltyKind::Detention) }
    }

    #[test]
    fn refuses_more_days() {
        no_worse(&[detained(Some(5))], &[detained(Some(6))], false).unwrap_err();
        no_worse(&[detained(Some(5))], &[detained(Some(5))], false).unwrap();
    }

    #[test]
    fn refuses_a_longer_bar_beside_a_lower_fine() {
        let bar = |months| Penalty { months: Some(months), ..Penalty::of(PenaltyKind::BarFromTrade) };
        no_worse(&[fine(5_000_000), bar(12)], &[fine(1), bar(13)], false).unwrap_err();
        no_worse(&[fine(5_000_000), bar(12)], &[fine(1), bar(12)], false).unwrap();
        let life = Penalty { for_life: true, ..Penalty::of(PenaltyKind::BarFromTrade) };
        assert!(!no_worse(&[bar(60)], &[life], false).unwrap_err().unknown);
    }

    #[test]
    fn a_licence_suspended_and_not_revoked_is_no_worse() {
        let suspended = Penalty { days: Some(90), ..Penalty::of(PenaltyKind::SuspendLicence) };
        no_worse(&[Penalty::of(PenaltyKind::RevokeLicence)], std::slice::from_ref(&suspended), false).unwrap();
        no_worse(&[suspended], &[Penalty::of(PenaltyKind::RevokeLicence)], false).unwrap_err();
    }

    #[test]
    fn what_nobody_told_is_not_compared_and_never_satisfied() {
        let untold = Penalty { amount_fen: None, ..fine(1) };
        for (before, after) in [
            (vec![untold.clone()], vec![fine(1)]),
            (vec![fine(1)], vec![untold]),
            (vec![], vec![fine(1)]),
            (vec![fine(1)], vec![]),
            (vec![detained(None)], vec![detained(Some(1))]),
            (vec![detained(Some(5))], vec![fine(1)]),
        ] {
            assert!(no_worse(&before, &after, false).unwrap_err().unknown, "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_third_party_that_opposes_lifts_the_bar() {
        no_worse(&[fine(1)], &[fine(2)], true).unwrap();
    }

    fn maintained() -> AppealDecided {
        AppealDecided { outcome: Outcome::Maintain, ground: Ground::Lawful, redo: false, ..decided() }
    }

    fn silent() -> Answered {
        Answered::Not(Ok(day("2025-07-04")))
    }

    #[test]
    fn an_unanswered_act_is_revoked() {
        let revoked = AppealDecided { ground: Ground::NoEvidence, ..decided() };
        on_evidence(&revoked, &silent(), false, day("2025-07-05")).unwrap();
        on_evidence(&revoked, &Answered::Fully, false, day("2025-07-05")).unwrap_err();
    }

    #[test]
    fn evidence_of_a_third_party_stands_in() {
        let draft = AppealDecided { third_party_evidence: Some("买卖合同".into()), ..maintained() };
        on_evidence(&draft, &silent(), true, day("2025-07-05")).unwrap();
        on_evidence(&draft, &silent(), false, day("2025-07-05")).unwrap_err();
    }

    #[test]
    fn refuses_to_maintain_an_unanswered_act() {
        on_evidence(&maintained(), &Answered::Fully, false, day("2025-07-05")).unwrap();
        on_evidence(&maintained(), &silent(), false, day("2025-07-05")).unwrap_err();
        on_evidence(&maintained(), &Answered::NeverAsked, false, day("2025-07-05")).unwrap_err();
        let dismissed =
            AppealDecided { outcome: Outcome::DismissApplication, ground: Ground::Inadmissible, ..maintained() };
        on_evidence(&dismissed, &silent(), false, day("2025-07-05")).unwrap();
        on_evidence(&dismissed, &Answered::NeverAsked, false, day("2025-07-05")).unwrap();
    }

    #[test]
    fn refuses_to_say_so_while_the_time_to_answer_runs() {
        let revoked = AppealDecided { ground: Ground::NoEvidence, ..decided() };
        on_evidence(&revoked, &silent(), false, day("2025-07-04")).unwrap_err();
        let into_2027 = Answered::Not(Err(NoCalendar { year: 2027, bound: day("2027-01-05") }));
        assert!(on_evidence(&revoked, &into_2027, false, day("2027-01-06")).unwrap_err().unknown);
    }

    fn head(number: &str) -> Official {
        Official { officer: sample::code(number), name: "陈县长".into(), office: lists::facts::OfficeKind::Head }
    }

    fn handler() -> Handler {
        Handler { officer: sample::code("F1"), name: "周复".into(), since: None }
    }

    #[test]
    fn the_head_agrees() {
        by_head(Ok(head("G1")), &[handler()]).unwrap();
    }

    #[test]
    fn refuses_a_decision_of_nobody_or_of_a_handler() {
        by_head(Err(Fault::new("名录中没有", "not on the list")), &[]).unwrap_err();
        by_head(Ok(head("F1")), &[handler()]).unwrap_err();
    }

    #[test]
    fn a_decision_follows_the_record() {
        by_record(true, Some("采信听证中质证的证据")).unwrap();
        by_record(false, None).unwrap();
    }

    #[test]
    fn refuses_a_decision_that_passes_the_record_over() {
        by_record(true, None).unwrap_err();
    }

    #[test]
    fn a_complete_document_is_in_order() {
        complete(&decided()).unwrap();
    }

    #[test]
    fn refuses_a_document_that_lacks_a_part() {
        complete(&AppealDecided { facts: String::new(), ..decided() }).unwrap_err();
        complete(&AppealDecided { reasons: " ".into(), ..decided() }).unwrap_err();
        complete(&AppealDecided { bases: vec![], ..decided() }).unwrap_err();
        complete(&AppealDecided { appeal: String::new(), ..decided() }).unwrap_err();
        complete(&AppealDecided { sealed: false, ..decided() }).unwrap_err();
    }

    fn granting(granted_fen: i64) -> AppealDecided {
        AppealDecided {
            compensation: Some(Compensation { granted_fen, reason: "国家赔偿法第三十六条".into() }),
            ..decided()
        }
    }

    #[test]
    fn a_claim_is_granted_with_a_revocation() {
        compensated(Some(100), &granting(100)).unwrap();
        compensated(None, &decided()).unwrap();
    }

    #[test]
    fn a_claim_is_dismissed_with_reasons() {
        compensated(Some(100), &AppealDecided { outcome: Outcome::Maintain, ..granting(0) }).unwrap();
    }

    #[test]
    fn refuses_to_pass_over_a_claim() {
        compensated(Some(100), &AppealDecided { compensation: None, ..decided() }).unwrap_err();
    }

    #[test]
    fn refuses_to_grant_with_an_act_maintained() {
        compensated(Some(100), &AppealDecided { outcome: Outcome::Maintain, ..granting(1) }).unwrap_err();
    }

    #[test]
    fn refuses_to_grant_more_than_was_asked_for() {
        compensated(Some(100), &granting(101)).unwrap_err();
    }

    #[test]
    fn a_revoked_fine_is_ordered_back() {
        restored(&sample::received().act, &decided()).unwrap();
        restored(&sample::received().act, &AppealDecided { restitution: None, ..maintained() }).unwrap();
    }

    #[test]
    fn finds_a_revoked_fine_that_is_not_ordered_back() {
        restored(&sample::received().act, &AppealDecided { restitution: None, ..decided() }).unwrap_err();
        let seized = Appealed { kind: ActKind::Measure, penalties: vec![], ..sample::received().act };
        restored(&seized, &AppealDecided { restitution: Some(" ".into()), ..decided() }).unwrap_err();
    }
}
