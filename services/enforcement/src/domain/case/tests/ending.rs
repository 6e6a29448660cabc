//! Nothing is left open without a reason, and what is left open can be settled afterwards.

use std::collections::BTreeMap;

use law::{ending::LeftOpen, rule::Debtor};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::*;
use crate::domain::case::{closing::owed, sample::*};

const END: &str = "2024-04-01T09:00";

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

fn preserved() -> EvidencePreserved {
    EvidencePreserved {
        preservation: id(300),
        objects: "账册".into(),
        approved_by: HEAD.into(),
        official: None,
        officers: two(),
        at: Some(at("2024-03-04T10:00")),
    }
}

/// Evidence preserved, goods seized, decided, and nothing done since.
fn unfinished() -> Vec<CaseEvent> {
    let decision = decision(vec![fine(7_000_000)]).into();
    with(ready(), [preserved().into(), measure_taken().into(), decision])
}

fn open_in(events: &[CaseEvent]) -> Vec<String> {
    owed(case(events.to_vec()).state()).into_iter().map(|owed| owed.what).collect()
}

fn close(reason: CloseReason, left: &[String]) -> Step {
    let named = |what: &String| LeftOpen { what: what.clone(), reason: "当事人下落不明".into() };
    let left = left.iter().map(named).collect();
    Step::CloseCase(CaseClosed { reason, approved_by: HEAD.into(), official: None, left, at: None })
}

#[test]
fn a_case_ends_when_everything_open_is_named() {
    let all = open_in(&unfinished());
    let keyed = |rule: &str, n| format!("{rule}:{}", id(n));
    assert_eq!(
        all,
        [
            keyed("EN-PRESERVE", 300),
            keyed("EN-SEIZE", 200),
            "EN-SERVE".into(),
            "EN-PUBLICISE".into(),
            "EN-COURT".into()
        ]
    );
    for mode in [act, reporting] {
        for n in 0..all.len() {
            let forgotten = [&all[..n], &all[n + 1..]].concat();
            let step = close(CloseReason::ExecutionEnded, &forgotten);
            case(unfinished()).when(&mode(END), &ask(step)).not_possible("LEFT_OPEN");
        }
        let got = case(unfinished()).when(&mode(END), &ask(close(CloseReason::ExecutionEnded, &all))).decided();
        assert_eq!(changes(&got), ["opened EN-FILE"]);
    }
    let more = [all.clone(), vec!["EN-WITHDRAW".into()]].concat();
    let step = close(CloseReason::ExecutionEnded, &more);
    case(unfinished()).when(&act(END), &ask(step)).invalid("left[5].what");
}

#[test]
fn what_was_left_open_is_settled_after_the_end() {
    let Step::CloseCase(closed) = close(CloseReason::ExecutionEnded, &open_in(&unfinished())) else { unreachable!() };
    let mut events = with(unfinished(), [closed.into()]);
    let settle = PreservationSettled { preservation: id(300), outcome: "退还".into(), at: None };
    let release = MeasureEnded { measure: id(200), outcome: "退还".into(), family_told_at: None, at: None };
    let publicise = DecisionPublicised { url: "https://example.gov.cn/1".into(), left_out: None, at: None };
    let steps = [
        (Step::SettlePreservation(settle), vec!["stopped EN-PRESERVE"]),
        (Step::EndMeasure(release), vec!["stopped EN-SEIZE"]),
        (
            Step::ServeDecision(served()),
            vec!["stopped EN-SERVE", "opened EN-PAY", "opened EN-COURT", "extended EN-COURT"],
        ),
        (Step::PubliciseDecision(publicise), vec!["stopped EN-PUBLICISE"]),
        (Step::RecordPayment(paid(7_000_000)), vec!["stopped EN-PAY", "cancelled EN-COURT"]),
    ];
    for (step, want) in steps {
        let got = case(events.clone()).when(&act("2024-04-08T09:00"), &ask(step)).decided();
        assert_eq!(changes(&got), want);
        events.push(got[0].event.clone());
    }
    assert_eq!(open_in(&events), [""; 0]);
}

#[test]
fn an_unpaid_fine_that_was_left_open_still_goes_to_the_court() {
    let Step::CloseCase(closed) = close(CloseReason::ExecutionEnded, &open_in(&decided())) else { unreachable!() };
    let events = with(decided(), [closed.into()]);
    let court = CourtApplied { court: "抚远市人民法院".into(), document: "申请书1".into(), at: None };
    let got = case(events).when(&reporting("2024-10-08T09:00"), &ask(Step::ApplyToCourt(court))).decided();
    assert_eq!(changes(&got), ["stopped EN-COURT"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_ending_leaves_an_open_obligation_unnamed(
        tries in vec(any::<Index>(), 1..80), reason in any::<Index>()
    ) {
        let steps: Vec<Step> = super::order::steps().into_iter().flat_map(|(_, steps)| steps).collect();
        let when = reporting("2025-06-25T09:00");
        let mut events = vec![filed().into()];
        let mut open = BTreeMap::new();
        let mut take = |events: &mut Vec<CaseEvent>, step: Step| {
            let decided = case(events.clone()).asked(&when, &ask(step)).unwrap_or_default();
            let taken = !decided.is_empty();
            for one in decided {
                events.push(one.event);
                for change in one.clocks {
                    match change {
                        ClockChange::Opened { clock, debtor, .. } => _ = open.insert(clock, debtor),
                        ClockChange::Stopped { clock, .. } | ClockChange::Cancelled { clock } => _ = open.remove(&clock),
                        _ => {}
                    }
                }
            }
            taken.then(|| open.clone())
        };
        for which in tries {
            let step = which.get(&steps).clone();
            if !matches!(step, Step::CloseCase(_)) {
                take(&mut events, step);
            }
        }
        let named = open_in(&events);
        if let Some(after) = take(&mut events, close(*reason.get(CloseReason::ALL), &named)) {
            let own = |debtor: &Option<Debtor>| matches!(debtor, Some(Debtor::Agency | Debtor::Officer));
            for (clock, _) in after.iter().filter(|(clock, debtor)| own(debtor) && *clock != "EN-FILE") {
                prop_assert!(named.contains(clock), "{clock} runs on unnamed after {:?}", events.iter().map(law::DomainEvent::kind).collect::<Vec<_>>());
            }
        }
    }
}
