//! What is spared: the look at the list of violations without a penalty, before anybody is told of one, and before one is decided.

use std::sync::Arc;

use law::{Citation, Refusal, citation::APL};
use lists::facts::ExemptFact;

use super::{Outcome, blank, fault};
use crate::domain::events::{CaseFiled, ConsideredEntry, ExemptionConsidered, NoPenaltyGround};

law::card! {
    /// Trifles. 1. The agency that punishes. 2. The entries of its own list of violations without a penalty for the case's item with those
    /// that the file says were looked at, version by version; a penalty with what the look came to; a withheld penalty with how the party was
    /// taught. 3. The list as of the day of the notice and of the decision: an entry made since the act is the milder law (APL 37). 4.
    /// 法律、行政法规另有规定 (APL 33(2)) stands in the terms of an entry; whether these are met people judge, and say why. 5. Where the list has no
    /// entry for the item, the look is asked for all the same, before a notice; which entries were looked at is asked of acts from
    /// [`super::ASKED_SINCE`] on, and held against the list wherever it is said. 6. An entry published or changed after the look, a look that is
    /// dated after the notice, a penalty decided on the spot without a notice, an exemption found to apply after the notice: the decision is held
    /// against the list once more. An entry of another agency, for another item, or not in force names nothing: it is refused in both modes.
    /// 7. A finding: whether a violation is slight is a judgement. 8. APL 33; that there is a list and that it is looked at, the plans want.
    EN_EXEMPT "EN-EXEMPT" Duty "免罚与教育" "exempt, and taught"; Citation::article(&APL, 33);
    "处罚前应当核对免罚清单；轻微并及时改正、没有危害后果的不予处罚；不予处罚的应当教育";
    "before a penalty the exempt list is consulted; a slight violation put right without harm is not punished, but taught";
    plans "XS 五4"; compares "核对的免罚清单事项与本机关公布的事项" "the entries looked at with those that the agency published";
    except "法律、行政法规另有规定的" "where a law or administrative regulation says otherwise"; since 2021 7 15;
    allows an_exemption_considered_and_found_not_to_apply, a_withheld_penalty_comes_with_education, a_penalty_after_a_look_at_every_entry_for_the_item_is_in_order;
    refuses finds_a_penalty_without_a_look_at_the_exempt_list, finds_no_penalty_without_education, finds_a_penalty_without_a_look_at_the_published_entry,
        finds_a_penalty_after_an_exemption_was_found_to_apply_since_the_notice
}

/// EN-EXEMPT before a penalty: the list was consulted, and does not apply.
pub fn exemption_considered(considered: Option<bool>) -> Outcome {
    match considered {
        None => fault(
            "没有核对免罚清单的记录；请在告知前核对并记录是否适用",
            "the exempt list was not consulted; do so before the notice and record whether it applies",
        ),
        Some(true) => fault(
            "已认定符合免罚情形，仍拟处罚；请作出不予处罚决定，或者重新核对并说明理由",
            "an exemption was found to apply; withhold the penalty, or consider it again and say why not",
        ),
        Some(false) => Ok(()),
    }
}

/// EN-EXEMPT with the list at hand: none, where neither it nor the file says anything that could be held against the other.
/// `listed`: the entries of the agency for the item that are in force; `asked`: the act must say which were looked at.
pub fn held_against_the_list(
    listed: &[&Arc<ExemptFact>],
    considered: Option<&ExemptionConsidered>,
    asked: bool,
) -> Option<Outcome> {
    if considered.is_some_and(|look| look.applies) {
        return Some(exemption_considered(Some(true)));
    }
    let looked_at = considered.map_or(&[][..], |look| &look.entries);
    if looked_at.is_empty() && (listed.is_empty() || !asked) {
        return None;
    }
    let seen = |fact: &ExemptFact| looked_at.iter().any(|e| e.entry == fact.entry && e.version == fact.version);
    let Some(missed) = listed.iter().find(|fact| !seen(fact)) else { return Some(Ok(())) };
    let (code, name, version) = (&missed.entry.code, &missed.name, missed.version);
    Some(fault(
        format!(
            "本机关免罚清单已公布该处罚事项的“{name}”（{code}，第{version}版），没有核对的记录；请核对该条并记录是否适用"
        ),
        format!(
            "the agency's exempt list has {name:?} ({code}, version {version}) for this item, and no look at it is on record: look at it and record whether it applies"
        ),
    ))
}

/// The entries that were looked at, with name and version as the list has them that day.
///
/// # Errors
/// When one names no entry of the agency's list for the item of the case.
pub fn completed(
    named: &[ConsideredEntry],
    filed: &CaseFiled,
    known: &[Arc<ExemptFact>],
) -> Result<Vec<ConsideredEntry>, Refusal> {
    let one = |(at, named): (usize, &ConsideredEntry)| {
        let entry = &named.entry;
        let field = format!("entries[{at}]");
        let wrong = |why: String| Err(Refusal::Invalid { field, en: why });
        if entry.agency != filed.agency {
            return wrong(format!("{entry} is of the list of {}; name an entry of the case's agency", entry.agency));
        }
        let Some(fact) = known.iter().find(|fact| fact.entry == *entry) else {
            return wrong(format!("{entry} is not in force on the day of the act; name a published entry"));
        };
        match &fact.item {
            Some(item) if *item == filed.item => {}
            Some(item) => {
                return wrong(format!("{entry} is for the item {item}, and the case is under {}", filed.item));
            }
            None => return wrong(format!("{entry} was published without an item and is for none")),
        }
        Ok(ConsideredEntry { entry: entry.clone(), name: fact.name.clone(), version: fact.version })
    };
    named.iter().enumerate().map(one).collect()
}

/// EN-EXEMPT with a withheld penalty: whoever did it is taught.
pub fn educated(ground: NoPenaltyGround, education: &str) -> Outcome {
    if ground != NoPenaltyGround::NotEstablished && blank(education) {
        return fault(
            "不予处罚没有写明对当事人的教育；请补充教育方式和内容",
            "the penalty is withheld without a word on how the party was taught; say how",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use lists::facts::ExemptEntry;

    use super::*;

    fn entry(code: &str) -> ExemptEntry {
        format!("no_penalty/11230883MB01310199/{code}").parse().unwrap()
    }

    fn fact(code: &str, version: u32) -> Arc<ExemptFact> {
        Arc::new(ExemptFact { entry: entry(code), version, name: "首次不罚".into(), item: None })
    }

    fn look(applies: bool, entries: &[(&str, u32)]) -> ExemptionConsidered {
        let named = |(code, version): &(&str, u32)| ConsideredEntry {
            entry: entry(code),
            name: "首次不罚".into(),
            version: *version,
        };
        ExemptionConsidered {
            applies, reason: "已核对".into(), entries: entries.iter().map(named).collect(), at: None
        }
    }

    #[track_caller]
    fn held(listed: &[(&str, u32)], look: Option<&ExemptionConsidered>, asked: bool) -> Option<bool> {
        let listed: Vec<_> = listed.iter().map(|(code, version)| fact(code, *version)).collect();
        held_against_the_list(&listed.iter().collect::<Vec<_>>(), look, asked).map(|outcome| outcome.is_ok())
    }

    #[test]
    fn the_look_names_every_entry_in_the_version_of_the_day() {
        let one = look(false, &[("MF-1", 1)]);
        assert_eq!(held(&[("MF-1", 1)], Some(&one), true), Some(true));
        assert_eq!(held(&[("MF-1", 2)], Some(&one), true), Some(false), "changed since");
        assert_eq!(held(&[("MF-1", 1), ("MF-2", 1)], Some(&one), true), Some(false), "another one");
        let both = look(false, &[("MF-2", 1), ("MF-1", 1)]);
        assert_eq!(held(&[("MF-1", 1), ("MF-2", 1)], Some(&both), true), Some(true));
        assert_eq!(held(&[], Some(&both), true), Some(true), "none is left");
    }

    #[test]
    fn a_look_that_names_no_entry_is_held_against_the_list_from_the_day_on_which_it_must() {
        let bare = look(false, &[]);
        for look in [Some(&bare), None] {
            assert_eq!(held(&[("MF-1", 1)], look, true), Some(false));
            assert_eq!(held(&[("MF-1", 1)], look, false), None);
            assert_eq!(held(&[], look, true), None);
        }
        // Whoever names one is held to all of them on any day.
        assert_eq!(held(&[("MF-1", 1), ("MF-2", 1)], Some(&look(false, &[("MF-1", 1)])), false), Some(false));
    }

    #[test]
    fn an_exemption_that_applies_leaves_no_penalty() {
        let applies = look(true, &[("MF-1", 1)]);
        for listed in [&[][..], &[("MF-1", 1)]] {
            assert_eq!(held(listed, Some(&applies), false), Some(false));
        }
    }

    #[test]
    fn an_exemption_considered_and_found_not_to_apply() {
        exemption_considered(Some(false)).unwrap();
    }

    #[test]
    fn finds_a_penalty_without_a_look_at_the_exempt_list() {
        exemption_considered(None).unwrap_err();
        exemption_considered(Some(true)).unwrap_err();
    }

    #[test]
    fn a_withheld_penalty_comes_with_education() {
        educated(NoPenaltyGround::FirstAndSlight, "当面讲解标签要求").unwrap();
        educated(NoPenaltyGround::NotEstablished, "").unwrap();
    }

    #[test]
    fn finds_no_penalty_without_education() {
        educated(NoPenaltyGround::SlightAndCorrected, " ").unwrap_err();
    }
}
