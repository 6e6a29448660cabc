//! What was revoked is done again, and not the same once more.

use std::collections::BTreeSet;

use law::{
    Citation, Fault,
    citation::{ALR, APC, ARL},
    period::Period,
};
use lists::facts::{PenaltyKind, Reach, reach};

use super::{Outcome, blank, fault};
use crate::domain::events::{DecidedAct, Penalty};

/// The time to do it again where no provision and no decision sets one (ALR 49).
pub const REDO: Period = Period::CalendarDays(REDO_DAYS);
/// In days.
pub const REDO_DAYS: u16 = 60;

law::card! {
    /// Done again in the time set. 1. The agency whose decision was revoked. 2. The new decision, to punish or not to, with the last day
    /// that the order sets, from its service; sixty days where the organ of reconsideration sets none. 3. The order's own law, of 2024; one of
    /// a court by APC 70. 4. None. 5. An order that sets no time has no last day: a court's. 6. Closing the case does not end it: it is
    /// named as left open with its reason, and the clock goes on; a second order has a clock of its own. 7. Never refuses. 8. ARL 64(1), 77; ALR 49.
    EN_REDO "EN-REDO" Deadline "重新作出期限" "time to do it again"; Citation::paragraph(&ARL, 64, 1), Citation::article(&APC, 70), Citation::article(&ALR, 49);
    "责令重新作出行政行为的，应当在确定的期限内重新作出，没有确定的为六十日";
    "what was revoked and ordered to be done again is done in the time set; in 60 days where none is set";
    plans "XS 七4" "FY 33" "TA 32";
    compares "重新作出决定之日与责令的期限" "the day of the new decision with the time that the order sets";
    params "redo" = REDO; since 2024 1 1;
    allows a_decision_made_again_on_the_last_day_is_in_time; refuses a_decision_made_again_the_day_after_is_late
}
law::card! {
    /// Not the same again. 1. The agency whose decision was revoked, in this case or in another about the same violation. 2. Act with act: the
    /// kinds and amounts of penalties, with the tier; the provisions; the evidence by what its bytes are. The words of facts and reasons are not
    /// compared: they can be changed without changing either. 3. Every decision after the order, whatever law governs it. 4. Revoked for a
    /// breach of procedure: the article lets the same be done again. 5. Whether a milder decision outside the same tier is nearly the same nobody can
    /// compute: unchecked, where it says in what it differs. 6. One yuan less, a penalty more beside the old ones, other words, the same provision in figures, or one of them left out: as long as
    /// nothing is new in evidence and provisions, it is the same; another case for the violation: found by party, place and days; a
    /// decision in between: everything that was revoked is compared, for ever. New evidence or another provision alone is not enough:
    /// what differs must be said, and whether it matters is for who reads it. 7. Refused. 8. ARL 64(2); APC 71 for a court's order.
    EN_SAME "EN-SAME" Gate "不得重复同一处罚" "not the same penalty again"; Citation::paragraph(&ARL, 64, 2), Citation::article(&APC, 71);
    "责令重新作出的，不得以同一事实和理由作出与被撤销的处罚相同或者基本相同的处罚";
    "what is to be decided again is not the same penalty, or nearly, on the same facts and reasons";
    plans "XS 七4" "BT 39";
    compares "新决定与被撤销的决定：处罚种类、数额、阶次，依据，证据" "the new decision with the revoked one: kinds, amounts and tier of penalties, provisions, evidence";
    except "以违反法定程序为由撤销的" "revoked for a breach of procedure"; since 2024 1 1;
    allows a_penalty_on_new_evidence_is_another, a_penalty_on_another_provision_is_another, a_penalty_of_another_kind_is_another, the_same_may_follow_a_breach_of_procedure;
    refuses refuses_the_same_penalty_again, refuses_one_yuan_less_in_the_same_tier, refuses_a_warning_more_beside_the_same_fine, refuses_the_same_penalty_in_another_case, refuses_the_same_penalty_on_the_same_provision_in_other_signs_or_with_one_left_out
}

/// How the penalties of a new decision stand to those of the revoked one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// All of them, as high or higher; whether or not others came to them.
    Same,
    /// All kinds, some of them lower.
    Lower,
    /// Some of the kinds.
    Part,
    /// None of the kinds.
    Other,
    /// All kinds, but how much or how long is not told of both.
    Untold,
}

fn likeness(before: &[Penalty], after: &[Penalty]) -> Likeness {
    let kinds: BTreeSet<PenaltyKind> = before.iter().map(|p| p.kind).collect();
    let kept = kinds.iter().filter(|kind| after.iter().any(|p| p.kind == **kind)).count();
    match reach(before, after) {
        _ if kept == 0 => Likeness::Other,
        _ if kept < kinds.len() => Likeness::Part,
        Reach::Within => Likeness::Same,
        Reach::Beyond => Likeness::Lower,
        Reach::Unknown(_) => Likeness::Untold,
    }
}

/// Whether a decision rests on evidence that another did not rest on.
pub fn on_new_evidence(before: &DecidedAct, after: &DecidedAct) -> bool {
    after.evidence.iter().any(|digest| !before.evidence.contains(digest))
}

/// Whether a decision rests on no provision that another did not rest on, however they are spelled, spaced and ordered: one of
/// them left out is no other reason.
pub fn on_same_bases(before: &DecidedAct, after: &DecidedAct) -> bool {
    let known: BTreeSet<String> = before.bases.iter().map(|basis| plain(basis)).collect();
    after.bases.iter().map(|basis| plain(basis)).filter(|basis| !basis.is_empty()).all(|basis| known.contains(&basis))
}

/// A provision without what may be written in several ways: signs, spaces, the name of the country before a title, the figures
/// of its numbers.
fn plain(basis: &str) -> String {
    let letters: String = basis.chars().map(narrow).filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.replace("中华人民共和国", "");
    let mut plain = String::new();
    let mut figures = String::new();
    for c in letters.chars() {
        if c.is_ascii_digit() {
            figures.push(c);
            continue;
        }
        plain.push_str(&in_words(&figures));
        figures.clear();
        plain.push(c);
    }
    plain.push_str(&in_words(&figures));
    plain
}

/// Digits of full width as others.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A number of up to three figures as articles are counted in words: 122 is 一百二十二. A longer one stays as it is.
fn in_words(figures: &str) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let Some(n) = figures.parse::<usize>().ok().filter(|n| (1..1000).contains(n)) else { return figures.to_owned() };
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    let mut words = String::new();
    if hundreds > 0 {
        words.push_str(DIGITS[hundreds]);
        words.push('百');
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => words.push('零'),
        0 => {}
        1 if hundreds == 0 => words.push('十'),
        tens => {
            words.push_str(DIGITS[tens]);
            words.push('十');
        }
    }
    if ones > 0 {
        words.push_str(DIGITS[ones]);
    }
    words
}

/// EN-SAME.
pub fn another(revoked: &DecidedAct, new: &DecidedAct, difference: Option<&str>) -> Outcome {
    let likeness = likeness(&revoked.penalties, &new.penalties);
    let told = difference.is_some_and(|difference| !blank(difference));
    let differs = on_new_evidence(revoked, new) || !on_same_bases(revoked, new);
    if likeness == Likeness::Other || told && differs {
        return Ok(());
    }
    let same_tier = revoked.tier.is_some() && revoked.tier == new.tier;
    match likeness {
        Likeness::Part | Likeness::Untold if told => Err(untold()),
        Likeness::Lower if told && !same_tier => Err(untold()),
        Likeness::Same | Likeness::Lower | Likeness::Part | Likeness::Untold | Likeness::Other if differs => fault(
            "没有写明与被撤销的决定在主要事实或者主要理由上的区别；请写明，确无区别的不得作出",
            "in which main facts or reasons it differs from the revoked decision is not said; say it, and if in none, do not make it",
        ),
        Likeness::Same | Likeness::Lower | Likeness::Part | Likeness::Untold | Likeness::Other => fault(
            "证据和依据与被撤销的决定相同，属于以同一事实和理由作出相同或者基本相同的处罚；请重新调查取证、另行认定，或者决定不予处罚",
            "evidence and provisions are those of the revoked decision, so it is the same again, or nearly; find the facts anew, or withhold the penalty",
        ),
    }
}

fn untold() -> Fault {
    Fault {
        unknown: true,
        ..Fault::new(
            "处罚轻于被撤销的决定，是否基本相同无法核对",
            "it is milder than the revoked decision; whether it is nearly the same could not be checked",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{fine, overdue};

    fn act(penalties: Vec<Penalty>) -> DecidedAct {
        DecidedAct {
            penalties,
            tier: Some("ordinary".into()),
            bases: vec!["《食品安全法》第一百二十二条".into()],
            evidence: vec!["ab".into()],
        }
    }

    fn warning() -> Penalty {
        Penalty::of(PenaltyKind::Warning)
    }

    fn revoked() -> DecidedAct {
        act(vec![fine(7_000_000)])
    }

    const TOLD: Option<&str> = Some("补充了进货单据，货值重新认定");

    #[test]
    fn a_decision_made_again_on_the_last_day_is_in_time() {
        assert!(!overdue(REDO, "2025-08-06", "2025-10-09"));
    }

    #[test]
    fn a_decision_made_again_the_day_after_is_late() {
        assert!(overdue(REDO, "2025-08-06", "2025-10-10"));
    }

    #[test]
    fn refuses_the_same_penalty_again() {
        for told in [None, Some(" "), TOLD] {
            assert!(!another(&revoked(), &revoked(), told).unwrap_err().unknown, "{told:?}");
        }
        // Heavier, split in two, the provision spaced and spelled alike.
        another(&revoked(), &act(vec![fine(8_000_000)]), TOLD).unwrap_err();
        another(&revoked(), &act(vec![fine(3_000_000), fine(4_000_000)]), TOLD).unwrap_err();
        let spaced = DecidedAct { bases: vec![" 《食品安全法》 第一百二十二条".into()], ..revoked() };
        another(&revoked(), &spaced, TOLD).unwrap_err();
        // Less evidence is no other.
        another(&revoked(), &DecidedAct { evidence: vec![], ..revoked() }, TOLD).unwrap_err();
    }

    #[test]
    fn refuses_one_yuan_less_in_the_same_tier() {
        assert!(!another(&revoked(), &act(vec![fine(6_999_900)]), TOLD).unwrap_err().unknown);
    }

    #[test]
    fn refuses_a_warning_more_beside_the_same_fine() {
        another(&revoked(), &act(vec![fine(7_000_000), warning()]), TOLD).unwrap_err();
        another(&revoked(), &act(vec![fine(6_999_900), warning()]), TOLD).unwrap_err();
    }

    #[test]
    fn a_penalty_on_new_evidence_is_another() {
        let more = DecidedAct { evidence: vec!["ab".into(), "cd".into()], ..revoked() };
        another(&revoked(), &more, TOLD).unwrap();
        another(&revoked(), &more, None).unwrap_err();
    }

    #[test]
    fn a_penalty_on_another_provision_is_another() {
        let other = DecidedAct { bases: vec!["《食品安全法》第一百二十四条".into()], ..revoked() };
        another(&revoked(), &other, TOLD).unwrap();
        another(&revoked(), &other, Some("")).unwrap_err();
    }

    #[test]
    fn refuses_the_same_penalty_on_the_same_provision_in_other_signs_or_with_one_left_out() {
        let two = DecidedAct {
            bases: vec!["《食品安全法》第一百二十二条第一款".into(), "《食品安全法》第一百零五条".into()],
            ..revoked()
        };
        let on = |bases: &[&str]| DecidedAct { bases: bases.iter().map(|b| (*b).to_owned()).collect(), ..revoked() };
        for bases in [
            &["《中华人民共和国食品安全法》第122条第1款", "食品安全法第105条"][..],
            &["《食品安全法》第１２２条第１款；", "《食品安全法》第一百零五条"],
            &["《食品安全法》第一百二十二条第一款"],
            &["《食品安全法》第一百零五条", " "],
            &[],
        ] {
            assert!(!another(&two, &on(bases), TOLD).unwrap_err().unknown, "{bases:?}");
        }
        another(&two, &on(&["《食品安全法》第一百二十二条第二款"]), TOLD).unwrap();
        another(&two, &on(&["《食品安全法》第112条第1款"]), TOLD).unwrap();
    }

    #[test]
    fn numbers_of_articles_are_one_in_figures_and_in_words() {
        for (figures, words) in [
            ("7", "七"),
            ("10", "十"),
            ("12", "十二"),
            ("20", "二十"),
            ("63", "六十三"),
            ("100", "一百"),
            ("105", "一百零五"),
            ("110", "一百一十"),
            ("122", "一百二十二"),
            ("999", "九百九十九"),
            ("", ""),
            ("2024", "2024"),
        ] {
            assert_eq!(in_words(figures), words);
        }
    }

    #[test]
    fn a_penalty_of_another_kind_is_another() {
        another(&revoked(), &act(vec![warning()]), None).unwrap();
    }

    #[test]
    fn whether_a_milder_penalty_is_nearly_the_same_is_unchecked_and_never_satisfied() {
        let lighter = DecidedAct { tier: Some("lighter".into()), ..act(vec![fine(5_000_000)]) };
        assert!(another(&revoked(), &lighter, TOLD).unwrap_err().unknown);
        assert!(!another(&revoked(), &lighter, None).unwrap_err().unknown);
        let both = act(vec![fine(7_000_000), warning()]);
        assert!(another(&both, &revoked(), TOLD).unwrap_err().unknown);
    }
}
