//! Circumstances that make a penalty milder, or an emergency that makes it heavier.

use jiff::civil::Date;
use law::{Citation, Fault, citation::APL};
use lists::facts::TierLevel;
use uuid::Uuid;

use super::{Outcome, blank, fault};
use crate::domain::events::{EmergencyInvoked, Mitigation, Violation};

law::card! {
    /// Mitigating facts are answered. 1. The agency. 2. Every mitigating fact that the conclusion states with the tier of the decision: one that holds
    /// asks for a lighter or mitigated one; one that does not is answered with reasons. For every kind of penalty, as the tier is. 3. The law of 2021. 4. None: 应当. 5. Without
    /// mitigating facts the rule is not held against the decision; where an item has no tiers, nothing can be compared, and it is unchecked. 6. A fact that was stated once stays until it is answered, though a later conclusion leaves it out; one that rests on
    /// evidence that was excluded, or is not on file, does not hold; one never stated can be brought by the party (EN-STATEMENT); departing upwards from a lighter tier:
    /// the level is that in which the penalty lies. 7. Refused. 8. APL 32.
    EN_MITIGATING "EN-MITIGATING" Gate "从轻减轻情节" "mitigating facts"; Citation::article(&APL, 32);
    "有主动消除或者减轻危害后果、受胁迫诱骗、主动供述、立功等情形的，应当从轻或者减轻；不予认定的应当说明理由";
    "who undid the harm, was coerced, owned up or helped is punished more lightly; a fact that does not hold is answered with reasons";
    plans "FY 21" "XS 五3";
    compares "调查终结所列各项从轻减轻情节与决定适用的裁量阶次" "each mitigating fact of the conclusion with the tier of the decision";
    since 2021 7 15;
    allows a_mitigating_fact_is_answered_by_the_tier, a_fact_that_does_not_hold_is_answered_with_reasons;
    refuses refuses_the_ordinary_tier_in_spite_of_a_mitigating_fact, refuses_a_mitigating_fact_put_aside_without_reasons, refuses_a_mitigating_fact_on_excluded_evidence
}
law::card! {
    /// An emergency. 1. The agency. 2. The days of the violation with those of the emergency, and what is stated of it: who declared it, by which document, which measure
    /// was broken, and the provision. 3. The law of 2021, with the provision named. 4. None. 5. Nothing that is left out is taken for said. 6. A violation from before it,
    /// or from after its end, is none of it. What is heavier stays within the item (EN-RANGE), notice and hearing stay. 7. Refused. 8. APL 49.
    EN_EMERGENCY "EN-EMERGENCY" Gate "突发事件从重" "heavier in an emergency"; Citation::article(&APL, 49);
    "发生重大传染病疫情等突发事件，对违反突发事件应对措施的行为依法快速、从重处罚";
    "in an emergency, breaking the measures against it is punished fast and more heavily, by law";
    plans ;
    compares "违法行为的日期与突发事件应对期间" "the days of the violation with those of the emergency";
    since 2021 7 15;
    allows a_violation_in_an_emergency_is_punished_under_it; refuses refuses_an_emergency_without_who_declared_it, refuses_a_violation_from_before_or_after_the_emergency
}

/// EN-MITIGATING; none where no mitigating fact was stated. `counts`: on file by then, and not excluded.
pub fn answered(stated: &[Mitigation], tier: Option<TierLevel>, counts: impl Fn(&Uuid) -> bool) -> Option<Outcome> {
    let outcome = |fact: &Mitigation| {
        if !fact.established {
            return match blank(&fact.reason) {
                false => Ok(()),
                true => fault(
                    format!("没有说明为何不认定“{}”；请写明理由", fact.ground.zh()),
                    format!("it is not said why the fact does not hold ({}); give the reasons", fact.ground.en()),
                ),
            };
        }
        if let Some(id) = fact.evidence.iter().find(|id| !counts(id)) {
            return fault(
                format!("“{}”所依据的证据 {id} 不在案卷中，或者已被排除；请重新认定", fact.ground.zh()),
                format!(
                    "evidence {id}, on which a mitigating fact rests ({}), is not on file or was excluded; find it anew",
                    fact.ground.en()
                ),
            );
        }
        match tier {
            None => Err(Fault {
                unknown: true,
                ..Fault::new(
                    format!("该事项没有裁量阶次，无法核对“{}”是否从轻或者减轻", fact.ground.zh()),
                    format!(
                        "the item has no tiers, so whether it was made milder ({}) could not be checked",
                        fact.ground.en()
                    ),
                )
            }),
            Some(tier) if tier > TierLevel::Lighter => fault(
                format!("当事人{}，应当从轻或者减轻，不能适用“{}”阶次", fact.ground.zh(), tier.zh()),
                format!(
                    "the party is to be punished more lightly ({}); choose a lighter or mitigated tier",
                    fact.ground.en()
                ),
            ),
            Some(_) => Ok(()),
        }
    };
    // A fault that is known goes before one that is not.
    let outcomes: Vec<Outcome> = stated.iter().map(outcome).collect();
    let broken = outcomes.iter().find(|one| one.as_ref().is_err_and(|fault| !fault.unknown));
    broken.or_else(|| outcomes.iter().find(|one| one.is_err())).or(outcomes.first()).cloned()
}

/// EN-EMERGENCY.
pub fn in_emergency(e: &EmergencyInvoked, violation: &Violation) -> Outcome {
    if [&e.emergency, &e.declared_by, &e.document, &e.broken, &e.basis].into_iter().any(|text| blank(text)) {
        return fault(
            "没有写明突发事件、宣布机关和文书、违反的应对措施或者从重处罚的依据；请补充",
            "the emergency, who declared it by which document, the measure broken or the provision is missing; add it",
        );
    }
    let last: Date = violation.last_day();
    if last < e.from || e.until.is_some_and(|until| until < violation.from) {
        return fault(
            format!("违法行为不在 {} 起的突发事件应对期间；不得依此从重处罚", e.from),
            format!("the violation does not lie in the emergency that began on {}; it makes nothing heavier", e.from),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        case::sample::{self, day, id},
        events::MitigatingGround,
    };

    fn fact(established: bool, reason: &str) -> Mitigation {
        Mitigation {
            ground: MitigatingGround::HarmUndone,
            fact: "主动召回全部产品".into(),
            evidence: vec![id(100)],
            established,
            reason: reason.into(),
        }
    }

    fn decide(facts: &[Mitigation], tier: Option<TierLevel>) -> Outcome {
        answered(facts, tier, |_| true).expect("something was stated")
    }

    #[test]
    fn a_mitigating_fact_is_answered_by_the_tier() {
        for tier in [TierLevel::Lighter, TierLevel::Mitigated] {
            decide(&[fact(true, "")], Some(tier)).unwrap();
        }
        assert_eq!(answered(&[], Some(TierLevel::Heavier), |_| true), None);
        assert!(decide(&[fact(true, "")], None).unwrap_err().unknown);
    }

    #[test]
    fn a_fact_that_does_not_hold_is_answered_with_reasons() {
        decide(&[fact(false, "召回是监管部门责令的")], Some(TierLevel::Heavier)).unwrap();
    }

    #[test]
    fn refuses_the_ordinary_tier_in_spite_of_a_mitigating_fact() {
        for tier in [TierLevel::Ordinary, TierLevel::Heavier] {
            decide(&[fact(false, "不成立"), fact(true, "")], Some(tier)).unwrap_err();
        }
    }

    #[test]
    fn refuses_a_mitigating_fact_put_aside_without_reasons() {
        decide(&[fact(false, " ")], Some(TierLevel::Lighter)).unwrap_err();
        assert!(!decide(&[fact(true, ""), fact(false, "")], None).unwrap_err().unknown);
    }

    #[test]
    fn refuses_a_mitigating_fact_on_excluded_evidence() {
        answered(&[fact(true, "")], Some(TierLevel::Lighter), |on| *on != id(100)).expect("stated").unwrap_err();
        // A fact that does not hold rests on nothing.
        answered(&[fact(false, "不成立")], Some(TierLevel::Ordinary), |_| false).expect("stated").unwrap();
    }

    fn emergency() -> EmergencyInvoked {
        EmergencyInvoked {
            emergency: "重大传染病疫情".into(),
            declared_by: "黑龙江省人民政府".into(),
            document: "黑政发〔2024〕1号".into(),
            from: day("2024-01-01"),
            until: Some(day("2024-03-31")),
            broken: "暂停活禽交易".into(),
            basis: "《传染病防治法》".into(),
            at: None,
        }
    }

    fn on(from: &str, until: &str) -> Violation {
        Violation { from: day(from), until: Some(day(until)), discovered: day(until), ..sample::violation() }
    }

    #[test]
    fn a_violation_in_an_emergency_is_punished_under_it() {
        in_emergency(&emergency(), &on("2024-01-01", "2024-01-01")).unwrap();
        in_emergency(&emergency(), &on("2024-03-31", "2024-04-02")).unwrap();
        in_emergency(&EmergencyInvoked { until: None, ..emergency() }, &on("2024-06-01", "2024-06-02")).unwrap();
    }

    #[test]
    fn refuses_an_emergency_without_who_declared_it() {
        in_emergency(&EmergencyInvoked { declared_by: " ".into(), ..emergency() }, &on("2024-02-01", "2024-02-02"))
            .unwrap_err();
        in_emergency(&EmergencyInvoked { basis: String::new(), ..emergency() }, &on("2024-02-01", "2024-02-02"))
            .unwrap_err();
    }

    #[test]
    fn refuses_a_violation_from_before_or_after_the_emergency() {
        in_emergency(&emergency(), &on("2023-12-01", "2023-12-31")).unwrap_err();
        in_emergency(&emergency(), &on("2024-04-01", "2024-04-02")).unwrap_err();
    }
}
