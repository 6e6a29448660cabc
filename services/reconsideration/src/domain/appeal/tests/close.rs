//! The end of the file.

use law::ending::LeftOpen;

use super::*;

fn close(left: &[&str]) -> Command {
    let left = left.iter().map(|what| LeftOpen { what: (*what).into(), reason: "另行督促".into() }).collect();
    ask(AppealClosed { unpublished: None, left, ..golden!(AppealClosed) })
}

/// Decided, served, published, done again in time, and noted in the case.
fn complete() -> Vec<AppealEvent> {
    let done = ActRedone { at: Some(at("2025-07-01T09:00")), ..sample::redone() };
    and(and(and(sample::done(), sample::published()), done), golden!(EffectNoted))
}

#[test]
fn a_complete_file_is_closed_once() {
    let decided = after(complete()).when(&act("2025-08-01T09:00"), &close(&[])).decided();
    assert_eq!(decided[0].rules, ["RE-PUBLISH", "RE-FEEDBACK", "RE-PRESSED"]);
    let closed = and(complete(), AppealClosed { left: vec![], ..golden!(AppealClosed) });
    after(closed).when(&act("2025-08-01T09:00"), &close(&[])).not_possible("CLOSED");
    after(sample::ready()).when(&act("2025-08-01T09:00"), &close(&[])).not_possible("NOT_CONCLUDED");
    after(complete()).when(&reporting("2025-06-23T09:00"), &close(&[])).invalid("meta.at");
}

#[test]
fn what_is_open_is_named_in_both_modes() {
    let open = and(and(sample::done(), sample::published()), golden!(EffectNoted));
    after(open.clone()).when(&act("2025-07-10T09:00"), &close(&[])).not_possible("LEFT_OPEN");
    after(open.clone()).when(&reporting("2025-07-10T09:00"), &close(&[])).not_possible("LEFT_OPEN");
    assert_eq!(after(open).when(&act("2025-07-10T09:00"), &close(&["RE-PERFORM"])).events().len(), 1);
    let letter = format!("RE-OPINION:{}", golden!(LetterIssued).letter);
    let suit = format!("suit:{}", golden!(SuitFiled).suit);
    let suggestion = format!("suggestion:{}", golden!(SuggestionReceived).suggestion);
    let many = [golden!(LetterIssued).into(), golden!(SuitFiled).into(), golden!(SuggestionReceived).into()];
    let many: Vec<AppealEvent> = complete().into_iter().chain(many).collect();
    let all = [letter.as_str(), &suit, &suggestion];
    assert_eq!(after(many.clone()).when(&act("2025-08-01T09:00"), &close(&all)).events().len(), 1);
    for n in 0..all.len() {
        let but: Vec<_> = all.iter().enumerate().filter(|(i, _)| *i != n).map(|(_, what)| *what).collect();
        after(many.clone()).when(&act("2025-08-01T09:00"), &close(&but)).not_possible("LEFT_OPEN");
    }
    let unserved = and(sample::ready(), sample::decided());
    after(unserved).when(&act("2025-07-10T09:00"), &close(&["service:decision"])).violates("RE-PUBLISH");
    let obey = format!("RE-OBEY:{}", golden!(SuitFiled).suit);
    let judged = and(and(complete(), golden!(SuitFiled)), golden!(JudgmentGiven));
    assert_eq!(after(judged).when(&act("2025-08-01T09:00"), &close(&[&obey])).events().len(), 1);
}

#[test]
fn what_was_left_open_may_be_settled_after_the_end() {
    let left = vec![LeftOpen { what: "RE-PERFORM".into(), reason: "期限未满".into() }];
    let closed = and(sample::done(), AppealClosed { left, ..golden!(AppealClosed) });
    let done = after(closed).when(&act("2025-07-20T09:00"), &ask(sample::redone())).decided();
    assert_eq!(clocks(&done), ["stopped RE-PERFORM"]);
}

#[test]
fn finds_a_late_respondent_that_nobody_pressed_and_a_case_that_nobody_changed() {
    let late = ActRedone { at: Some(at("2025-07-25T09:00")), ..sample::redone() };
    let late = and(and(sample::done(), sample::published()), late);
    after(late.clone()).when(&act("2025-08-01T09:00"), &close(&[])).violates("RE-PRESSED");
    let decided = after(late.clone()).when(&act("2025-08-01T09:00"), &close(&[])).decided();
    let feedback = decided[0].violations.iter().find(|b| b.rule == "RE-FEEDBACK").expect("found");
    assert_eq!(feedback.whose.as_ref().map(|w| w.agency.as_str()), Some(sample::BUREAU));
    let pressed = PerformancePressed { at: Some(at("2025-07-25T08:00")), ..golden!(PerformancePressed) };
    after(and(late, pressed)).when(&act("2025-08-01T09:00"), &close(&[])).satisfies("RE-PRESSED");
    let at_fault = AppealDecided { item_at_fault: golden!(AppealDecided).item_at_fault, ..sample::decided() };
    let listed = [at_fault.into(), sample::served().into(), golden!(EffectNoted).into()];
    let listed = sample::ready().into_iter().chain(listed);
    after(listed).when(&act("2025-07-01T09:00"), &close(&["RE-PERFORM"])).violates("RE-FEEDBACK");
}

#[test]
fn a_withdrawn_application_is_closed_without_more() {
    let withdrawn = and(sample::running(), sample::withdrawn());
    assert_eq!(after(withdrawn).when(&act("2025-06-25T09:00"), &close(&[])).events().len(), 1);
}
