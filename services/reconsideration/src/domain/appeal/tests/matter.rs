//! What the events of an application do to it as a matter.

use law::{
    Decider as _,
    matter::{Counted, MatterChange},
};

use super::*;
use crate::domain::appeal::Appeal;

fn changes(events: Vec<AppealEvent>) -> Vec<MatterChange> {
    let mut state = Appeal::default();
    let mut out = Vec::new();
    for event in events {
        let before = state.clone();
        Appeals::evolve(&mut state, &event);
        out.push(Appeals::matter(&before, &state, &event, &[]).expect("an application is a matter"));
    }
    out
}

#[test]
fn a_whole_application_runs_through_its_stages() {
    let whole = [sample::redone().into(), golden!(AppealClosed).into()];
    let changes = changes(sample::done().into_iter().chain(whole).collect());
    let course: Vec<_> =
        changes.iter().map(|c| (c.stage.as_deref().unwrap_or(""), c.next.as_deref().unwrap_or(""))).collect();
    let want = [
        ("apply", "accept"),
        ("accept", "answer"),
        ("review", ""),
        ("answer", ""),
        ("answer", "review"),
        ("review", "decide"),
        ("decide", "serve"),
        ("serve", "perform"),
        ("perform", "close"),
        ("close", ""),
    ];
    assert_eq!(course, want);
    let opened = changes[0].opened.as_ref().expect("the first event opens it");
    assert_eq!(
        (opened.kind.as_str(), opened.agency.as_str()),
        ("appeal", sample::BUREAU),
        "it is about the respondent"
    );
    assert!(changes[9].ended && changes[9].archived && changes[2].in_charge);
    let decided = changes[6].decided.as_ref().expect("decided");
    assert_eq!(
        (decided.outcome.as_str(), &changes[6].counted[..]),
        ("revoke", &[Counted::new("reconsideration_corrected", true)][..])
    );
}

#[test]
fn every_end_says_what_it_came_to_and_what_it_counts_for() {
    let last = |before: Vec<AppealEvent>, event: AppealEvent| changes(and(before, event)).pop().expect("an event");
    let came_to = |change: &MatterChange| change.decided.as_ref().map(|d| d.outcome.clone()).unwrap_or_default();
    let corrected = |passed| vec![Counted::new("reconsideration_corrected", passed)];
    for (before, event, outcome, counted) in [
        (vec![sample::received().into()], golden!(ApplicationRejected).into(), "rejected", vec![]),
        (vec![sample::received().into()], golden!(ApplicationLapsed).into(), "lapsed", vec![]),
        (vec![sample::received().into()], sample::withdrawn().into(), "withdrawn", vec![]),
        (sample::running(), sample::withdrawn().into(), "withdrawn", corrected(false)),
        (sample::running(), golden!(AppealTerminated).into(), "terminated", corrected(false)),
        (
            sample::running(),
            sample::mediated().into(),
            "mediated",
            vec![Counted::new("reconsideration_mediated", true), Counted::new("reconsideration_corrected", false)],
        ),
    ] {
        let change = last(before, event);
        assert_eq!((came_to(&change).as_str(), change.counted), (outcome, counted));
    }
    let failed = last(sample::running(), MediationHeld { agreed: false, ..sample::mediated() }.into());
    assert_eq!((failed.decided, failed.counted), (None, vec![Counted::new("reconsideration_mediated", false)]));
}

#[test]
fn trials_and_judgments_count_for_the_respondent_that_is_sued() {
    let sued = |defendant| and(sample::done(), SuitFiled { defendant, ..golden!(SuitFiled) });
    let counted = |events: Vec<AppealEvent>| changes(events).pop().map(|c| c.counted).unwrap_or_default();
    let absent = SuitHeard { head: None, ..golden!(SuitHeard) };
    assert_eq!(counted(and(sued(Defendant::Both), golden!(SuitHeard))), [Counted::new("head_appeared", true)]);
    let once = and(sued(Defendant::Both), absent.clone());
    assert_eq!(counted(once.clone()), [Counted::new("head_appeared", false)]);
    assert_eq!(
        counted(and(once, golden!(SuitHeard))),
        [Counted::new("head_appeared", false)],
        "one trial without him stays"
    );
    assert_eq!(counted(and(sued(Defendant::Organ), absent)), []);
    assert_eq!(counted(and(sued(Defendant::Respondent), golden!(JudgmentGiven))), [Counted::new("suit_lost", true)]);
    let dismissed = JudgmentGiven { judgment: Judgment::Dismissed, ..golden!(JudgmentGiven) };
    assert_eq!(counted(and(sued(Defendant::Both), dismissed)), [Counted::new("suit_lost", false)]);
}
