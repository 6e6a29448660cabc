use std::sync::Arc;

use law::Act;
use lists::facts::{ExemptEntry, ExemptFact};

use super::*;
use crate::domain::case::{Command, sample::*};

/// On or after it, acts say which entries were looked at.
const ASKED: &str = "2026-11-02T09:00";

fn entry(code: &str) -> ExemptEntry {
    ExemptEntry { agency: filed().agency, code: code.parse().unwrap() }
}

/// An entry of the bureau's list for the item of the case.
fn listed(code: &str, version: u32) -> Arc<ExemptFact> {
    let item = Some(filed().item);
    Arc::new(ExemptFact { entry: entry(code), version, name: "首次轻微不罚".into(), item })
}

fn named(entry: ExemptEntry) -> ConsideredEntry {
    ConsideredEntry { entry, name: String::new(), version: 0 }
}

fn looked_at(applies: bool, when: &str, entries: &[(&str, u32)]) -> ExemptionConsidered {
    let one = |(code, version): &(&str, u32)| ConsideredEntry {
        entry: entry(code),
        name: "首次轻微不罚".into(),
        version: *version,
    };
    let entries = entries.iter().map(one).collect();
    ExemptionConsidered { applies, reason: "已造成危害".into(), entries, at: Some(at(when)) }
}

fn consider(entries: Vec<ConsideredEntry>, known: Vec<Arc<ExemptFact>>) -> Command {
    let look = ExemptionConsidered { applies: false, reason: "已造成危害".into(), entries, at: None };
    with(ask(Step::ConsiderExemption(look)), known)
}

fn with(mut command: Command, known: Vec<Arc<ExemptFact>>) -> Command {
    command.facts.exempt = known;
    command
}

/// The whole case, with this look in the place of the plain one.
fn after(look: Option<ExemptionConsidered>) -> Vec<CaseEvent> {
    let plain = |event: &CaseEvent| matches!(event, CaseEvent::ExemptionConsidered(_));
    let events = ready();
    let place = events.iter().position(plain).unwrap();
    let (before, rest) = events.split_at(place);
    before.iter().cloned().chain(look.map(Into::into)).chain(rest[1..].iter().cloned()).collect()
}

fn decide(known: Vec<Arc<ExemptFact>>) -> Command {
    let draft = PenaltyDecided { at: None, fine_fen: 0, major: false, ..decision(vec![fine(7_000_000)]) };
    with(ask(Step::DecidePenalty(draft)), known)
}

fn notify(known: Vec<Arc<ExemptFact>>) -> Command {
    with(ask(Step::NotifyPenalty(PenaltyNotified { at: None, ..notice(vec![fine(7_000_000)]) })), known)
}

/// The rules broken by what is reported.
fn broken(events: Vec<CaseEvent>, when: &Act, command: &Command) -> Vec<String> {
    let decided = case(events).when(when, command).decided();
    decided[0].violations.iter().map(|breach| breach.rule.clone()).filter(|rule| rule == "EN-EXEMPT").collect()
}

#[test]
fn a_look_records_the_entries_as_they_stand_that_day() {
    let command = consider(vec![named(entry("MF-1"))], vec![listed("MF-1", 3)]);
    let events = case(vec![filed().into()]).when(&act("2024-03-03T11:00"), &command).events();
    assert_eq!(events, [looked_at(false, "2024-03-03T11:00", &[("MF-1", 3)]).into()]);
}

#[test]
fn refuses_a_look_at_an_entry_that_is_not_published_of_another_agency_or_for_another_item() {
    let foreign = ExemptEntry { agency: OTHER_AGENCY.parse().unwrap(), ..entry("MF-1") };
    let other: law::id::ItemCode = "021310099000-230883-131".parse().unwrap();
    let of = |fact: &Arc<ExemptFact>, change: &dyn Fn(&mut ExemptFact)| {
        let mut fact = ExemptFact::clone(fact);
        change(&mut fact);
        Arc::new(fact)
    };
    let own = listed("MF-1", 1);
    let cases = [
        (entry("MF-1"), vec![], "not in force"),
        (entry("MF-2"), vec![own.clone()], "not in force"),
        (foreign.clone(), vec![of(&own, &|fact| fact.entry = foreign.clone())], "of the list of"),
        (entry("MF-1"), vec![of(&own, &|fact| fact.item = Some(other.clone()))], "for the item"),
        (entry("MF-1"), vec![of(&own, &|fact| fact.item = None)], "for none"),
    ];
    for (entry, known, why) in cases {
        let command = consider(vec![named(entry)], known);
        for mode in [act("2024-03-03T11:00"), reporting("2024-03-03T11:00")] {
            let refused = case(vec![filed().into()]).asked(&mode, &command).unwrap_err();
            assert!(format!("{refused:?}").contains(why), "{why}: {refused:?}");
        }
    }
}

#[test]
fn finds_a_penalty_without_a_look_at_the_published_entry() {
    let known = || vec![listed("MF-1", 1)];
    let bare = || after(Some(looked_at(false, "2024-03-03T11:00", &[])));
    // The day before it must be said, and the day.
    assert_eq!(broken(bare(), &reporting("2026-10-31T09:00"), &decide(known())), [] as [&str; 0]);
    assert_eq!(broken(bare(), &reporting("2026-11-01T09:00"), &decide(known())), ["EN-EXEMPT"]);
    // No look at all, as on the spot; and a list without an entry for the item.
    assert_eq!(broken(after(None), &reporting(ASKED), &decide(known())), ["EN-EXEMPT"]);
    assert_eq!(broken(bare(), &reporting(ASKED), &decide(vec![])), [] as [&str; 0]);
    let other = ExemptFact { item: Some("021310099000-230883-131".parse().unwrap()), ..(*listed("MF-9", 1)).clone() };
    assert_eq!(broken(bare(), &reporting(ASKED), &decide(vec![other.into()])), [] as [&str; 0]);
    // The notice asks for it, too.
    assert_eq!(
        broken(vec![filed().into(), concluded().into(), exemption().into()], &reporting(ASKED), &notify(known())),
        ["EN-EXEMPT"]
    );
}

#[test]
fn a_penalty_after_a_look_at_every_entry_for_the_item_is_in_order() {
    let known = vec![listed("MF-1", 1), listed("MF-2", 4)];
    let look = looked_at(false, "2024-03-03T11:00", &[("MF-1", 1), ("MF-2", 4)]);
    let decided = case(after(Some(look))).when(&act("2024-03-13T09:00"), &decide(known)).decided();
    assert!(decided[0].violations.is_empty() && decided[0].rules.contains(&"EN-EXEMPT"), "{:?}", decided[0].violations);
}

#[test]
fn finds_a_penalty_without_a_look_at_an_entry_published_or_changed_since_the_look() {
    let look = || after(Some(looked_at(false, "2024-03-03T11:00", &[("MF-1", 1)])));
    for known in [vec![listed("MF-1", 1), listed("MF-2", 1)], vec![listed("MF-1", 2)]] {
        assert_eq!(broken(look(), &act("2024-03-13T09:00"), &decide(known)), ["EN-EXEMPT"]);
    }
    assert_eq!(broken(look(), &act("2024-03-13T09:00"), &decide(vec![])), [] as [&str; 0], "it ended since");
}

#[test]
fn finds_a_penalty_after_an_exemption_was_found_to_apply_since_the_notice() {
    let mut events = ready();
    events.push(looked_at(true, "2024-03-12T09:00", &[]).into());
    assert_eq!(broken(events.clone(), &act("2024-03-13T09:00"), &decide(vec![])), ["EN-EXEMPT"]);
    events.push(looked_at(false, "2024-03-12T15:00", &[]).into());
    assert_eq!(
        broken(events, &act("2024-03-13T09:00"), &decide(vec![])),
        [] as [&str; 0],
        "looked at again, with reasons"
    );
}

#[test]
fn finds_a_notice_dated_before_the_look_at_the_exempt_list() {
    let events =
        vec![filed().into(), evidence().into(), concluded().into(), looked_at(false, "2024-03-05T11:00", &[]).into()];
    assert_eq!(broken(events.clone(), &act("2024-03-04T09:00"), &notify(vec![])), ["EN-EXEMPT"]);
    assert_eq!(broken(events, &act("2024-03-05T11:00"), &notify(vec![])), [] as [&str; 0]);
}
