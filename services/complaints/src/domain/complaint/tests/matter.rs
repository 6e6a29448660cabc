//! What the events of a matter do to it.

use law::{
    Decider as _,
    matter::{Counted, MatterChange},
};

use super::*;

fn changes(events: Vec<ComplaintEvent>) -> Vec<MatterChange> {
    let mut state = Complaint::default();
    let mut out = Vec::new();
    for event in events {
        let before = state.clone();
        Complaints::evolve(&mut state, &event);
        out.push(Complaints::matter(&before, &state, &event, &[]).expect("a complaint is a matter"));
    }
    out
}

/// Stage reached, stage next, and to whom it goes.
fn course(changes: &[MatterChange]) -> Vec<(&str, &str, &str)> {
    fn one(c: &MatterChange) -> (&str, &str, &str) {
        let handed = c.handed.as_ref().map_or("", |handed| &handed.agency);
        (c.stage.as_deref().unwrap_or(""), c.next.as_deref().unwrap_or(""), handed)
    }
    changes.iter().map(one).collect()
}

fn counted(change: &MatterChange) -> Vec<(&str, bool)> {
    change.counted.iter().map(|c: &Counted| (c.indicator.as_str(), c.passed)).collect()
}

#[test]
fn a_summary_says_what_the_matter_is_about() {
    let changes = changes(vec![sample::submitted(Kind::Report).into(), sample::summarised().into()]);
    assert_eq!(course(&changes), [("register", "route", ""), ("register", "", "")]);
    assert_eq!(changes[0].opened.as_ref().expect("it is opened").subject, "");
    assert_eq!(changes[1].subject, Some(sample::summarised().summary));
}

#[test]
fn a_petition_runs_through_its_stages_and_lies_with_one_organ_at_a_time() {
    let mut events = sample::settled(Kind::Petition);
    events.extend([
        sample::review_requested().into(),
        sample::review_answered(Instance::Review, ReviewOutcome::Upheld).into(),
        sample::closed().into(),
    ]);
    let changes = changes(events);
    let want = [
        ("register", "route", ""),
        ("route", "accept", sample::BUREAU),
        ("accept", "answer", ""),
        ("answer", "close", ""),
        ("review", "review", sample::GOVERNMENT),
        ("review", "close", sample::BUREAU),
        ("close", "", ""),
    ];
    assert_eq!(course(&changes), want);
    assert!(changes[6].ended && changes[3].decided.as_ref().is_some_and(|d| d.outcome == "supported"));
    let opened = changes[0].opened.as_ref().expect("the first event opens it");
    assert_eq!(
        (opened.kind.as_str(), opened.procedure.as_str(), opened.source.as_str()),
        ("complaint", "petition", "hotline")
    );
    assert_eq!(opened.party, "", "nobody may know");
}

#[test]
fn a_return_gives_it_back_to_the_office_and_counts_the_first_time() {
    let returned = || [sample::assigned().into(), sample::objected().into(), sample::objection(true).into()];
    let mut events: Vec<ComplaintEvent> = vec![sample::registered(Kind::Petition).into()];
    events.extend(returned());
    events.extend(returned());
    let changes = changes(events);
    assert_eq!(counted(&changes[1]), [("complaints_first_return", false)]);
    assert_eq!(counted(&changes[3]), [("complaints_first_return", true)]);
    assert_eq!(course(&changes)[3], ("route", "", sample::OFFICE));
    assert!(counted(&changes[4]).is_empty() && counted(&changes[6]).is_empty());
}

#[test]
fn ratings_and_acceptance_are_counted_and_a_poor_one_reopens() {
    let mut events = sample::settled(Kind::Complaint);
    events.extend([sample::closed().into(), sample::rated(Score::Poor).into()]);
    let changes = changes(events);
    assert_eq!(counted(&changes[2]), [("complaints_accepted", true)]);
    assert_eq!(counted(&changes[3]), [("complaints_handled_anew", false)]);
    assert_eq!(counted(&changes[5]), [("complaints_satisfied", false), ("complaints_handled_anew", true)]);
    assert!(changes[4].ended && changes[5].reopened);
    assert_eq!(changes[5].next.as_deref(), Some("rate"));
}

#[test]
fn what_is_not_accepted_or_goes_elsewhere_ends_with_its_word() {
    for (end, word) in [
        (ComplaintEvent::from(sample::declined(DeclineGround::NotOurs)), "declined"),
        (sample::redirected().into(), "redirected"),
    ] {
        let changes = changes(vec![sample::registered(Kind::Petition).into(), end]);
        let decided = changes[1].decided.as_ref().expect("it came to something");
        assert!(changes[1].ended && decided.outcome == word);
        assert_eq!(changes[1].stage.as_deref(), Some("close"));
    }
    let good = ComplaintRegistered { score: Some(Score::Good), ..sample::registered(Kind::ServiceRating) };
    assert!(changes(vec![good.into()])[0].ended);
}

#[test]
fn what_a_review_changes_or_revokes_was_overturned() {
    for (outcome, overturned) in
        [(ReviewOutcome::Upheld, false), (ReviewOutcome::Changed, true), (ReviewOutcome::Anew, true)]
    {
        let mut events = sample::settled(Kind::Petition);
        events.push(sample::review_requested().into());
        events.push(sample::review_answered(Instance::Review, outcome).into());
        assert_eq!(changes(events)[5].overturned.is_some(), overturned, "{outcome:?}");
    }
}
