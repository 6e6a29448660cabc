//! Notice, statement and defence.

use jiff::civil::Date;
use law::{Citation, citation::APL};
use lists::facts::{Findings, Lacks, Penalty, PenaltyKind, Reach, reach, told_all};

use super::{Outcome, blank, decision::incomplete, fault};
use crate::domain::events::PenaltyNotified;

law::card! {
    /// Told beforehand. 1. The agency. 2. The notice with what must be told; the decision, as a whole and for every kind, with what was
    /// told, and what the case had found then with what it found at last. 3. The last notice. 4. None in the ordinary procedure.
    /// 5. An amount, a length or an object that is not stated and decides is asked for. 6. A penalty of another name, a fine split in
    /// two, a longer suspension beside a lower fine, goods whose value nobody told, quantities corrected after the notice. 7. Refused when
    /// handled, recorded when reported. 8. APL 44 what is told, 62 nothing without it.
    EN_NOTICE "EN-NOTICE" Gate "处罚告知" "notice before the penalty"; Citation::article(&APL, 44), Citation::article(&APL, 62);
    "作出处罚决定前，应当告知拟处罚内容及事实、理由、依据和依法享有的权利；决定不得超出告知的内容，查明的数额有变化的重新告知";
    "before a decision the party is told the intended penalty, facts, reasons, basis and its rights; the decision goes no further, and what is found differently is told again";
    plans "XS 五3";
    compares "决定的处罚整体与最后一次告知的处罚，告知时与决定时查明的数额和情节"
        "the decision as a whole with the penalty last told; what was found then with what is found now";
    since 2021 7 15;
    allows a_full_notice_is_in_order, a_decision_within_the_notice_is_in_order, a_lighter_penalty_of_another_kind_needs_no_new_notice;
    refuses refuses_a_notice_that_leaves_something_out, refuses_a_decision_without_notice, refuses_a_penalty_that_was_not_told, refuses_a_longer_suspension_beside_a_lower_fine, asks_for_what_was_not_stated, refuses_a_decision_on_other_quantities_than_were_told, refuses_a_time_to_answer_that_is_over
}
law::card! {
    /// Heard, and not made to pay for it. 1. The agency. 2. The decision, and a repeated notice, with everything that was told before the
    /// defence: the lightest of it bars, by the one order over all kinds. 3. Every notice since the last that rested on new facts.
    /// 4. Plainly waived (APL 62); the time that the notice gave passed in silence; facts found since, on evidence taken since. 5. A measure
    /// that is not stated and decides is asked for; a notice without a time makes no silence. 6. The notice repeated higher and then decided;
    /// the notice repeated twice; new facts in words only; another kind of penalty; silence recorded on the last day. 7. Refused when
    /// handled, recorded when reported. 8. APL 45: heard, checked, never heavier for it; 62 no decision before.
    EN_STATEMENT "EN-STATEMENT" Gate "陈述申辩" "statement and defence"; Citation::article(&APL, 45), Citation::article(&APL, 62);
    "应当充分听取陈述、申辩并复核，不得因此加重处罚；当事人明确放弃，或者在告知的期限内没有提出的除外";
    "statement and defence are heard and checked, or plainly waived, or not made in the time that was told; the penalty is not made heavier for them";
    plans "XS 五3";
    compares "决定或者重新告知的处罚与陈述、申辩以前告知的最轻的处罚" "the penalty decided or told again with the lightest told before the defence";
    except "当事人明确放弃" "plainly waived", "告知的期限届满没有提出" "silent for the time told", "告知后又查明并有证据的新事实" "facts found since, with their evidence";
    since 2021 7 15;
    allows a_party_that_was_heard_may_be_punished, new_facts_may_make_a_new_notice_heavier, silence_after_the_last_day_is_an_answer;
    refuses refuses_a_decision_before_the_party_was_heard, refuses_a_heavier_penalty_after_the_defence, refuses_a_heavier_penalty_after_the_same_notice_was_repeated, refuses_new_facts_without_evidence, refuses_silence_on_the_last_day_and_without_one
}

/// What the party was told, and what the case had found by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The penalties.
    pub penalties: Vec<Penalty>,
    /// By what they were measured; nothing where no investigation was concluded.
    pub found: Option<Findings>,
}

/// EN-NOTICE when the party is told: everything that must be told is.
pub fn complete(notice: &PenaltyNotified) -> Outcome {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let mut missing = |lacks: bool, a: &'static str, b: &'static str| {
        if lacks {
            zh.push(a);
            en.push(b);
        }
    };
    missing(notice.penalties.is_empty(), "拟处罚内容", "the intended penalty");
    missing(
        notice.penalties.iter().any(incomplete),
        "拟处罚的数额或者期限",
        "amount or length of the intended penalty",
    );
    missing(blank(&notice.facts), "事实", "facts");
    missing(blank(&notice.reasons), "理由", "reasons");
    missing(notice.bases.iter().all(|b| blank(b)), "依据", "legal basis");
    missing(!notice.statement_right_told, "陈述、申辩的权利", "the right to state and defend");
    if zh.is_empty() {
        return Ok(());
    }
    fault(
        format!("告知缺少：{}；请补充后重新告知", zh.join("、")),
        format!("the notice lacks: {}; complete it and notify again", en.join(", ")),
    )
}

/// EN-NOTICE when the party is told: it has until a day after this one to state and defend, where the notice says until when.
pub fn time_to_answer(notice: &PenaltyNotified, day: Date) -> Outcome {
    match notice.answer_by {
        Some(last) if last <= day => fault(
            format!("陈述、申辩的截止日{last}不晚于告知之日{day}，当事人没有时间陈述、申辩；请改在此后"),
            format!("the party is told on {day} and is to answer by {last}, which leaves no time; name a later day"),
        ),
        _ => Ok(()),
    }
}

/// EN-NOTICE when deciding: there was a notice, no part of the decision goes beyond what it told, and what it was measured by
/// is still so.
pub fn told(notice: Option<&Told>, heard: bool, decided: &[Penalty], found: Option<&Findings>) -> Outcome {
    let Some(told) = notice else {
        return fault(
            "没有告知当事人拟作出的处罚；请先送达处罚告知书",
            "the party was not told of the intended penalty; serve the notice first",
        );
    };
    // Where nothing was established yet when the party was told, all that was found since is new to it.
    let nothing = Findings::default();
    let then = told.found.as_ref().unwrap_or(&nothing);
    let changed = found.map(|now| then.differences(now)).unwrap_or_default().join("、");
    if !changed.is_empty() {
        return fault(
            format!("告知以后查明的数额或者情节有变化（{changed}）；请按现在查明的重新告知"),
            format!("what was found has changed since the notice ({changed}); notify again by what is found now"),
        );
    }
    match reach(decided, &told.penalties) {
        Reach::Within => Ok(()),
        // What goes further after a defence is EN-STATEMENT's, but for kinds of which the party never heard.
        Reach::Beyond if heard && decided.iter().all(|p| told.penalties.iter().any(|t| t.kind == p.kind)) => Ok(()),
        Reach::Beyond => {
            let ([zh, en], [told_zh, told_en]) = (told_all(decided), told_all(&told.penalties));
            fault(
                format!("决定的处罚（{zh}）超出告知的内容（{told_zh}）；请按新的内容重新告知"),
                format!("the decision ({en}) goes beyond what was told ({told_en}); notify again with the new content"),
            )
        }
        Reach::Unknown(lacks) => unsaid(lacks, "告知的内容", "what was told"),
    }
}

/// What decides a comparison and is not said.
pub(super) fn unsaid(lacks: Lacks, with_zh: &str, with_en: &str) -> Outcome {
    let [zh, en] = lacks.told();
    fault(
        format!("没有写明{zh}，无法与{with_zh}比较轻重；请写明"),
        format!("the {en} is not stated, so it cannot be held against {with_en}; state it"),
    )
}

/// EN-STATEMENT when deciding: heard, waived or silent after the notice, and not made heavier after the defence: `bars` is what
/// was told to a party that defended itself, since the last notice that rests on new facts.
pub fn heard(settled: bool, bars: &[Vec<Penalty>], decided: &[Penalty]) -> Outcome {
    if !settled {
        return fault(
            "没有听取当事人的陈述、申辩，当事人也没有明确放弃或者在告知的期限内保持沉默；请先听取并复核，或者记录其放弃、逾期",
            "the party was neither heard, nor did it plainly waive or stay silent for the time that it was told; hear it and check what it says, or record the waiver or the silence",
        );
    }
    no_heavier(bars, decided, "不得因陈述、申辩加重处罚", "a defence must not cost the party")
}

/// EN-STATEMENT when notified again after a defence: heavier only for facts found since, on evidence taken since.
pub fn not_heavier_again(
    bars: &[Vec<Penalty>],
    again: &[Penalty],
    new_facts: Option<&str>,
    new_evidence: bool,
) -> Outcome {
    let told = new_facts.is_some_and(|facts| !blank(facts));
    if told && new_evidence {
        return Ok(());
    }
    let (zh, en) = if told {
        (
            "写明的新事实没有告知以后收集的证据支持，不得因陈述、申辩加重处罚",
            "no evidence was taken since for the new facts, and a defence must not cost the party",
        )
    } else {
        ("又没有新的事实，不得因陈述、申辩加重处罚", "without new facts a defence must not cost the party")
    };
    no_heavier(bars, again, zh, en)
}

/// No heavier than the lightest that the party was told before it defended itself.
fn no_heavier(bars: &[Vec<Penalty>], now: &[Penalty], why_zh: &str, why_en: &str) -> Outcome {
    for bar in bars {
        match reach(now, bar) {
            Reach::Within => {}
            Reach::Beyond => {
                let ([zh, en], [bar_zh, bar_en]) = (told_all(now), told_all(bar));
                return fault(
                    format!("当事人陈述、申辩以后，处罚（{zh}）重于此前告知的（{bar_zh}）；{why_zh}"),
                    format!(
                        "after the defence the penalty ({en}) is heavier than the one told before ({bar_en}); {why_en}"
                    ),
                );
            }
            Reach::Unknown(lacks) => return unsaid(lacks, "此前告知的内容", "what was told before"),
        }
    }
    Ok(())
}

/// EN-STATEMENT when silence is recorded: the notice gave a time, and it has passed.
pub fn lapsed(answer_by: Option<Date>, day: Date) -> Outcome {
    match answer_by {
        None => fault(
            "告知书没有写明陈述、申辩的期限，沉默不能视为放弃；请听取当事人意见，记录其明确放弃，或者写明期限重新告知",
            "the notice gave no time to state, so silence is no waiver; hear the party, record its plain waiver, or notify again with a time",
        ),
        Some(last) if day <= last => fault(
            format!("陈述、申辩的期限到{last}才届满；请等期满"),
            format!("the party has until {last} to state and defend; wait for it"),
        ),
        Some(_) => Ok(()),
    }
}

/// All fines together, in fen; one that does not say how much counts nothing here.
pub fn sum_of_fines(penalties: &[Penalty]) -> i64 {
    penalties.iter().filter(|p| p.kind == PenaltyKind::Fine).filter_map(|p| p.amount_fen).fold(0, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, day, fine};

    fn notice() -> PenaltyNotified {
        sample::notice(vec![fine(1_000_000)])
    }

    #[test]
    fn a_full_notice_is_in_order() {
        complete(&notice()).unwrap();
    }

    #[test]
    fn refuses_a_notice_that_leaves_something_out() {
        for bad in [
            PenaltyNotified { facts: " ".into(), ..notice() },
            PenaltyNotified { reasons: String::new(), ..notice() },
            PenaltyNotified { bases: vec![], ..notice() },
            PenaltyNotified { penalties: vec![], ..notice() },
            PenaltyNotified { penalties: vec![Penalty::of(PenaltyKind::Fine)], ..notice() },
            PenaltyNotified { statement_right_told: false, ..notice() },
        ] {
            complete(&bad).unwrap_err();
        }
    }

    fn of(penalties: &[Penalty]) -> Told {
        Told { penalties: penalties.to_vec(), found: None }
    }

    fn days(kind: PenaltyKind, days: u16) -> Penalty {
        Penalty { days: Some(days), ..Penalty::of(kind) }
    }

    #[test]
    fn a_decision_within_the_notice_is_in_order() {
        let notice = of(&[fine(1_000_000)]);
        told(Some(&notice), true, &[fine(1_000_000)], None).unwrap();
        told(Some(&notice), false, &[fine(999_999)], None).unwrap();
        told(Some(&notice), false, &[fine(400_000), fine(600_000)], None).unwrap();
    }

    #[test]
    fn a_lighter_penalty_of_another_kind_needs_no_new_notice() {
        let revoke = of(&[Penalty::of(PenaltyKind::RevokeLicence)]);
        told(Some(&revoke), false, &[days(PenaltyKind::SuspendLicence, 90)], None).unwrap();
        told(Some(&revoke), true, &[Penalty::of(PenaltyKind::Warning)], None).unwrap();
    }

    #[test]
    fn refuses_a_decision_without_notice() {
        told(None, false, &[fine(1)], None).unwrap_err();
    }

    #[test]
    fn refuses_a_penalty_that_was_not_told() {
        let notice = of(&[fine(1_000_000)]);
        told(Some(&notice), true, &[Penalty::of(PenaltyKind::RevokeLicence)], None).unwrap_err();
        told(Some(&notice), false, &[fine(1_000_001)], None).unwrap_err();
        told(Some(&notice), false, &[fine(1), Penalty::of(PenaltyKind::ConfiscateGoods)], None).unwrap_err();
    }

    #[test]
    fn refuses_a_longer_suspension_beside_a_lower_fine() {
        let notice = of(&[fine(1_000_000), days(PenaltyKind::SuspendLicence, 30)]);
        told(Some(&notice), false, &[fine(1), days(PenaltyKind::SuspendLicence, 31)], None).unwrap_err();
        told(Some(&notice), false, &[fine(1), days(PenaltyKind::SuspendLicence, 30)], None).unwrap();
        // One sum of days would let the one pass for the other.
        let two = of(&[days(PenaltyKind::SuspendLicence, 30), days(PenaltyKind::Detention, 5)]);
        let turned = [days(PenaltyKind::SuspendLicence, 5), days(PenaltyKind::Detention, 15)];
        told(Some(&two), false, &turned, None).unwrap_err();
    }

    #[test]
    fn asks_for_what_was_not_stated() {
        let goods = |fen| Penalty { amount_fen: fen, ..Penalty::of(PenaltyKind::ConfiscateGoods) };
        let said = told(Some(&of(&[goods(None)])), false, &[goods(Some(1))], None).unwrap_err();
        assert!(!said.unknown && said.zh.contains("价值"), "{}", said.zh);
        let licence = |what: &str| Penalty { what: Some(what.into()), ..Penalty::of(PenaltyKind::RevokeLicence) };
        told(Some(&of(&[licence("食品经营许可证")])), false, &[licence("营业执照")], None).unwrap_err();
        told(Some(&of(&[licence("食品经营许可证")])), false, &[licence("《食品经营许可证》")], None).unwrap();
    }

    #[test]
    fn refuses_a_decision_on_other_quantities_than_were_told() {
        let found = |yuan: i64| sample::findings(yuan);
        let notice = Told { found: Some(found(8_000)), ..of(&[fine(1_000_000)]) };
        told(Some(&notice), false, &[fine(1_000_000)], Some(&found(8_000))).unwrap();
        let said = told(Some(&notice), false, &[fine(1_000_000)], Some(&found(7_999))).unwrap_err();
        assert!(said.zh.contains("货值金额"), "{}", said.zh);
    }

    #[test]
    fn refuses_a_time_to_answer_that_is_over() {
        let until = |last: &str| PenaltyNotified { answer_by: Some(day(last)), ..notice() };
        time_to_answer(&notice(), day("2024-03-04")).unwrap();
        time_to_answer(&until("2024-03-05"), day("2024-03-04")).unwrap();
        time_to_answer(&until("2024-03-04"), day("2024-03-04")).unwrap_err();
    }

    #[test]
    fn a_party_that_was_heard_may_be_punished() {
        heard(true, &[vec![fine(1_000_000)]], &[fine(1_000_000)]).unwrap();
        heard(true, &[], &[fine(2_000_000)]).unwrap();
    }

    #[test]
    fn refuses_a_decision_before_the_party_was_heard() {
        heard(false, &[], &[fine(1_000_000)]).unwrap_err();
    }

    #[test]
    fn refuses_a_heavier_penalty_after_the_defence() {
        let bars = [vec![fine(1_000_000)]];
        heard(true, &bars, &[fine(1_000_001)]).unwrap_err();
        not_heavier_again(&bars, &[fine(1_000_001)], None, true).unwrap_err();
        not_heavier_again(&bars, &[fine(1), Penalty::of(PenaltyKind::SuspendProduction)], None, true).unwrap_err();
    }

    #[test]
    fn refuses_a_heavier_penalty_after_the_same_notice_was_repeated() {
        // Told 10,000 and then 20,000: the lightest bars.
        let bars = [vec![fine(1_000_000)], vec![fine(2_000_000)]];
        heard(true, &bars, &[fine(1_500_000)]).unwrap_err();
        heard(true, &bars, &[fine(1_000_000)]).unwrap();
    }

    #[test]
    fn new_facts_may_make_a_new_notice_heavier() {
        not_heavier_again(&[vec![fine(1_000_000)]], &[fine(2_000_000)], Some("又查实一批"), true).unwrap();
        not_heavier_again(&[], &[fine(2_000_000)], None, false).unwrap();
    }

    #[test]
    fn refuses_new_facts_without_evidence() {
        not_heavier_again(&[vec![fine(1_000_000)]], &[fine(2_000_000)], Some("又查实一批"), false).unwrap_err();
        not_heavier_again(&[vec![fine(1_000_000)]], &[fine(2_000_000)], Some(" "), true).unwrap_err();
    }

    #[test]
    fn silence_after_the_last_day_is_an_answer() {
        lapsed(Some(day("2024-03-11")), day("2024-03-12")).unwrap();
    }

    #[test]
    fn refuses_silence_on_the_last_day_and_without_one() {
        lapsed(Some(day("2024-03-11")), day("2024-03-11")).unwrap_err();
        lapsed(None, day("2024-05-01")).unwrap_err();
    }
}
