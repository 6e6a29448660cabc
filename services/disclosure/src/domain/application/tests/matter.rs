//! What the events of an application do to it as a matter.

use law::{
    Decider as _,
    matter::{MatterChange, MatterDecided},
};

use super::super::{Application, Applications, sample};
use crate::domain::{events::*, words::Outcome};

fn changes<const N: usize>(events: [ApplicationEvent; N]) -> Vec<MatterChange> {
    let mut state = Application::default();
    let mut out = Vec::new();
    for event in events {
        let before = state.clone();
        Applications::evolve(&mut state, &event);
        out.push(Applications::matter(&before, &state, &event, &[]).expect("an application is a matter"));
    }
    out
}

/// Stage reached, stage next, ended.
fn course(changes: &[MatterChange]) -> Vec<(&str, &str, bool)> {
    changes.iter().map(|c| (c.stage.as_deref().unwrap_or(""), c.next.as_deref().unwrap_or(""), c.ended)).collect()
}

#[test]
fn a_whole_application_runs_through_its_stages() {
    let changes = changes([
        sample::received().into(),
        sample::correction(true).into(),
        sample::corrected().into(),
        sample::third_party_asked().into(),
        sample::third_party_answered(true).into(),
        sample::extended(5).into(),
        sample::answered(Outcome::Disclosed).into(),
        sample::sent().into(),
        sample::archived().into(),
    ]);
    let want = [
        ("receive", "answer", false),
        ("correct", "correct", false),
        ("correct", "answer", false),
        ("ask", "ask", false),
        ("ask", "answer", false),
        ("", "", false),
        ("answer", "serve", false),
        ("serve", "archive", true),
        ("archive", "", false),
    ];
    assert_eq!(course(&changes), want);
    assert!(changes[8].archived);
    let opened = changes[0].opened.as_ref().expect("the first event opens it");
    assert_eq!(
        (opened.kind.as_str(), opened.party.as_str(), opened.source.as_str()),
        ("application", "王**", "in_person")
    );
    let decided = MatterDecided {
        number: "抚市监公开答〔2025〕1号".into(),
        outcome: "disclosed".into(),
        ..MatterDecided::default()
    };
    assert_eq!(changes[6].decided.as_deref(), Some(&decided));
}

#[test]
fn what_is_given_up_or_withdrawn_ends_without_decision() {
    for end in [ApplicationEvent::from(sample::lapsed()), sample::withdrawn().into()] {
        let changes = changes([sample::received().into(), sample::correction(true).into(), end]);
        assert!(changes[2].ended && changes[2].decided.is_none());
        assert_eq!(changes[2].next.as_deref(), Some("archive"));
    }
}
