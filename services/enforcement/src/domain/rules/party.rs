//! What the party must not be made to bear: a second fine, a penalty as a child.

use law::{Citation, Fault, citation::APL};
use lists::facts::{PenaltyKind, TierLevel};

use super::{Outcome, blank, fault};
use crate::domain::{
    events::{AlikeCase, DistinctCase, Party, Penalty},
    facts::FinedBefore,
};

law::card! {
    /// One fine for one act. 1. The agency that fines. 2. The party, the days and the place of the act with those of fines that stand, whoever
    /// imposed them; at filing with those of every case. 3. The law of 2021. 4. An act that is another, with the distinction stated. 5.
    /// At filing nobody can tell: not checked, in both cases. 6. Another agency, another item, another spelling of the place; two
    /// cases at once: of two decisions the second to be recorded sees the first. 7. A second fine is refused when handled, recorded
    /// when reported; a second filing never is. 8. APL 29, first sentence.
    EN_TWICE "EN-TWICE" Gate "一事不二罚" "no second fine"; Citation::article(&APL, 29);
    "对当事人的同一个违法行为，不得给予两次以上罚款"; "the same act is not fined twice";
    plans ;
    compares "当事人、时间、地点与已有的罚款和立案" "party, days and place with fines and filings that there are";
    except "写明区别的另一行为" "another act, with the distinction stated";
    since 2021 7 15;
    allows a_first_fine_is_no_second, a_distinct_act_may_be_fined_with_reasons; refuses refuses_a_second_fine_for_the_same_act, refuses_the_second_of_two_cases_about_one_act
}
law::card! {
    /// Children, and who cannot discern. 1. The agency. 2. The age on the day of the act, and whether the party could discern it, with the penalty; from 14 to
    /// 17 with the level at which it punishes, for every kind. 3. The law of 2021; the standard that governs. 4. 31(3) only lets the agency be milder. 5. An age that is
    /// not stated is that of an adult; where the item has no tiers, whether it was made milder is not known. 6. Citing a lighter tier and departing from it upwards:
    /// the level is that in which the penalty lies. 7. Refused in handling, recorded in reporting. 8. APL 30, 31(1).
    EN_MINOR "EN-MINOR" Gate "未成年人处罚" "minors"; Citation::article(&APL, 30), Citation::paragraph(&APL, 31, 1);
    "不满十四周岁或者不能辨认、控制自己行为的不予处罚；已满十四周岁不满十八周岁的应当从轻或者减轻";
    "no penalty under 14 or for who could not discern; lighter or mitigated from 14 to 17";
    plans ;
    compares "违法行为时的年龄、辨认能力与处罚及其所在的裁量阶次" "age and discernment at the act with the penalty and the tier in which it lies";
    params "age_min" = AGE_MIN "years", "age_full" = AGE_FULL "years"; since 2021 7 15;
    allows a_fourteen_year_old_is_punished_lighter, an_adult_is_no_minor, without_tiers_nobody_can_tell_whether_a_minor_is_punished_lighter; refuses refuses_a_penalty_under_fourteen, refuses_the_ordinary_tier_for_a_minor, refuses_to_depart_upwards_from_the_lighter_tier_of_a_minor
}

/// EN-TWICE: every earlier fine that looks like this act is said, with a reason, to be for another.
pub fn not_twice(fines: bool, before: &[FinedBefore], distinct: &[DistinctCase]) -> Outcome {
    if !fines {
        return Ok(());
    }
    let told = |case| distinct.iter().any(|d| d.case == case && !blank(&d.reason));
    match before.iter().find(|b| !told(b.case)) {
        Some(b) => fault(
            format!(
                "该当事人同一时间、同一地点的行为已由{}以{}罚款；同一违法行为不得再次罚款，确属不同行为的，请写明与该案的区别",
                b.agency, b.number
            ),
            format!(
                "the party was fined by {} in {} for an act on the same days at the same place; do not fine it again, or state why this is another act than case {}",
                b.agency, b.number, b.case
            ),
        ),
        None => Ok(()),
    }
}

/// EN-TWICE at filing, and for the case that was there first: nobody can tell yet whether it is the same act, so it is not checked, and
/// both agencies see it among what is not.
pub fn alike(others: &[AlikeCase]) -> Option<Outcome> {
    let first = others.first()?;
    let who = if first.agency_name.is_empty() { first.agency.as_str() } else { &first.agency_name };
    let (zh, en) = match others.len() {
        1 => (String::new(), String::new()),
        all => (format!("等{all}件"), format!(" and {} more", all - 1)),
    };
    Some(Err(Fault {
        unknown: true,
        ..Fault::new(
            format!(
                "该当事人同一时间、同一地点的行为另有{who}的案件{}{zh}，是否同一违法行为未予核对；请两机关核对，同一行为不得再次罚款，不同行为在决定中写明区别",
                first.number
            ),
            format!(
                "there is another case of this party for the same days at the same place, {} of {who}{en}; whether it is one act was not checked: settle it between the agencies, fine one act once, and state the distinction where it is another",
                first.number
            ),
        )
    }))
}

/// Below this age there is no penalty.
pub const AGE_MIN: u8 = 14;
/// Below this age a penalty is lighter or mitigated.
pub const AGE_FULL: u8 = 18;

/// EN-MINOR: `tier` is the level at which the decision punishes, if the item has a standard.
pub fn minor(party: &Party, tier: Option<TierLevel>) -> Outcome {
    if party.unable_to_discern {
        return fault(
            "当事人不能辨认或者控制自己的行为；不予处罚，责令监护人严加看管和治疗",
            "the party could not discern or control the act; withhold the penalty and charge the guardian with care",
        );
    }
    match (party.minor_age, tier) {
        (Some(age), _) if age < AGE_MIN => fault(
            format!("当事人{age}周岁，不满十四周岁；不予处罚，责令监护人管教"),
            format!("the party is {age}, under {AGE_MIN}; withhold the penalty and charge the guardian"),
        ),
        (Some(age), Some(tier)) if age < AGE_FULL && tier > TierLevel::Lighter => fault(
            format!("当事人{age}周岁，应当从轻或者减轻，不能适用“{}”阶次", tier.zh()),
            format!("the party is {age}: choose a lighter or mitigated tier"),
        ),
        (Some(age), None) if age < AGE_FULL => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("当事人{age}周岁；该事项没有裁量阶次，无法核对是否从轻或者减轻"),
                format!(
                    "the party is {age}; the item has no tiers, so whether it is punished more lightly could not be checked"
                ),
            )
        }),
        _ => Ok(()),
    }
}

/// Whether a fine is among the penalties.
pub fn fines(penalties: &[Penalty]) -> bool {
    penalties.iter().any(|p| p.kind == PenaltyKind::Fine)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::case::sample;

    fn before() -> Vec<FinedBefore> {
        vec![FinedBefore {
            case: Uuid::from_u128(7),
            number: "抚农罚决〔2024〕1号".into(),
            agency: sample::OTHER_AGENCY.parse().unwrap(),
            fact: "无证经营".into(),
        }]
    }

    #[test]
    fn a_first_fine_is_no_second() {
        not_twice(true, &[], &[]).unwrap();
        not_twice(false, &before(), &[]).unwrap();
    }

    #[test]
    fn refuses_a_second_fine_for_the_same_act() {
        not_twice(true, &before(), &[]).unwrap_err();
        let empty = [DistinctCase { case: Uuid::from_u128(7), reason: " ".into() }];
        not_twice(true, &before(), &empty).unwrap_err();
        let wrong = [DistinctCase { case: Uuid::from_u128(8), reason: "另一行为".into() }];
        not_twice(true, &before(), &wrong).unwrap_err();
    }

    #[test]
    fn a_distinct_act_may_be_fined_with_reasons() {
        let told =
            [DistinctCase { case: Uuid::from_u128(7), reason: "该案罚的是消防，本案是食品".into() }];
        not_twice(true, &before(), &told).unwrap();
    }

    #[test]
    fn a_case_that_looks_the_same_is_not_checked_and_named() {
        let other = |n: u128| AlikeCase {
            case: Uuid::from_u128(n),
            number: format!("抚农立〔2024〕{n}号"),
            agency: sample::OTHER_AGENCY.parse().unwrap(),
            agency_name: "抚远市农业农村局".into(),
        };
        assert_eq!(alike(&[]), None);
        let one = alike(&[other(7)]).expect("one").unwrap_err();
        assert!(one.unknown && one.zh.contains("抚远市农业农村局的案件抚农立〔2024〕7号"), "{}", one.zh);
        let two = alike(&[other(7), other(8)]).expect("two").unwrap_err();
        assert!(two.zh.contains("等2件") && two.en.contains("and 1 more"), "{} {}", two.zh, two.en);
    }

    fn aged(age: Option<u8>) -> Party {
        Party { minor_age: age, ..sample::citizen() }
    }

    #[test]
    fn a_fourteen_year_old_is_punished_lighter() {
        minor(&aged(Some(14)), Some(TierLevel::Lighter)).unwrap();
        minor(&aged(Some(17)), Some(TierLevel::Mitigated)).unwrap();
    }

    #[test]
    fn without_tiers_nobody_can_tell_whether_a_minor_is_punished_lighter() {
        assert!(minor(&aged(Some(17)), None).unwrap_err().unknown);
        assert!(!minor(&aged(Some(13)), None).unwrap_err().unknown);
        minor(&aged(None), None).unwrap();
    }

    #[test]
    fn an_adult_is_no_minor() {
        minor(&aged(None), Some(TierLevel::Heavier)).unwrap();
        minor(&aged(Some(18)), Some(TierLevel::Heavier)).unwrap();
    }

    #[test]
    fn refuses_a_penalty_under_fourteen() {
        minor(&aged(Some(13)), Some(TierLevel::Mitigated)).unwrap_err();
        minor(&Party { unable_to_discern: true, ..aged(None) }, None).unwrap_err();
    }

    #[test]
    fn refuses_the_ordinary_tier_for_a_minor() {
        minor(&aged(Some(14)), Some(TierLevel::Ordinary)).unwrap_err();
        minor(&aged(Some(17)), Some(TierLevel::Heavier)).unwrap_err();
    }
}
