//! The decision.

use super::*;

fn when(events: Vec<AppealEvent>, draft: AppealDecided) -> law::decider::harness::When<Appeals> {
    after(events).when(&act("2025-06-24T09:00"), &ask(draft))
}

fn change(fen: i64) -> AppealDecided {
    AppealDecided {
        outcome: Outcome::Change,
        ground: Ground::Inappropriate,
        changed_to: vec![sample::fine(fen)],
        redo: false,
        perform_days: None,
        ..sample::decided()
    }
}

/// Ready, but for events of this kind.
fn without(kind: &str) -> Vec<AppealEvent> {
    use law::DomainEvent as _;
    sample::ready().into_iter().filter(|event| event.card().name() != kind).collect()
}

#[test]
fn a_lawful_decision_stops_the_time_to_decide_and_says_what_others_need() {
    let bare = AppealDecided { case: None, act_number: String::new(), ..sample::decided() };
    let decided = when(sample::ready(), bare).decided();
    assert_eq!(clocks(&decided), ["stopped RE-SIXTY"]);
    assert!(decided[0].violations.is_empty(), "{decided:?}");
    for rule in [
        "RE-TWO",
        "RE-HEARD",
        "RE-HEARING",
        "RE-COMMITTEE",
        "RE-NORM-SETTLED",
        "RE-KIND",
        "RE-NO-EVIDENCE",
        "RE-HEAD",
        "RE-RECORD",
        "RE-FORM",
        "RE-COMPENSATE",
        "RE-RESTORE",
    ] {
        assert!(decided[0].rules.contains(&rule), "{rule}");
    }
    let AppealEvent::AppealDecided(e) = &decided[0].event else { panic!("{decided:?}") };
    let received = sample::received();
    assert_eq!(
        (e.decided_by.as_str(), e.official.as_ref().map(|o| o.officer.as_str())),
        ("陈县长", Some(sample::HEAD))
    );
    assert_eq!(
        (e.case, &e.act_number, e.respondent.as_ref()),
        (received.act.case, &received.act.number, Some(&received.respondent.agency))
    );
    after(sample::done()).when(&act("2025-06-25T09:00"), &ask(sample::decided())).not_possible("CONCLUDED");
}

#[test]
fn refuses_a_decision_that_nobody_handled() {
    when(without("HandlersAssigned"), sample::decided()).refused_by("RE-TWO");
}

#[test]
fn finds_a_decision_on_papers_alone() {
    when(without("OpinionHeard"), sample::decided()).violates("RE-HEARD");
}

#[test]
fn a_complex_case_needs_hearing_committee_and_record_even_if_it_is_called_simple_again() {
    let complex = HandlersAssigned { complex: true, ..sample::assigned() };
    let said = and(and(sample::ready(), complex), sample::assigned());
    when(said.clone(), sample::decided()).refused_by("RE-HEARING");
    when(said.clone(), sample::decided()).refused_by("RE-COMMITTEE");
    let heard = and(and(said, sample::hearing_held()), golden!(CommitteeHeard));
    when(heard.clone(), sample::decided()).refused_by("RE-RECORD");
    let followed = AppealDecided { hearing_followed: Some("采信听证质证".into()), ..sample::decided() };
    when(heard.clone(), followed.clone()).satisfies("RE-HEARING");
    // What came afterwards is no ground to stand on.
    after(heard).when(&reporting("2025-06-19T12:00"), &ask(followed)).violates("RE-HEARING");
}

#[test]
fn a_technical_case_needs_the_committee() {
    let technical = and(sample::ready(), HandlersAssigned { technical: true, ..sample::assigned() });
    when(technical.clone(), sample::decided()).refused_by("RE-COMMITTEE");
    when(and(technical, golden!(CommitteeHeard)), sample::decided()).satisfies("RE-COMMITTEE");
}

#[test]
fn refuses_a_kind_on_the_ground_of_another() {
    when(sample::ready(), AppealDecided { ground: Ground::Lawful, ..sample::decided() }).refused_by("RE-KIND");
    let draft = AppealDecided { ground: Ground::Lawful, ..sample::decided() };
    after(sample::ready()).when(&reporting("2025-06-24T09:00"), &ask(draft)).violates("RE-KIND");
}

#[test]
fn refuses_to_make_it_worse_but_for_a_third_party_that_asks_for_it() {
    when(sample::ready(), change(5_000_000)).satisfies("RE-NO-WORSE");
    when(sample::ready(), change(5_000_001)).refused_by("RE-NO-WORSE");
    let joined = |opposes| and(sample::ready(), ThirdPartyJoined { opposes, ..golden!(ThirdPartyJoined) });
    when(joined(false), change(5_000_001)).refused_by("RE-NO-WORSE");
    when(joined(true), change(5_000_001)).satisfies("RE-NO-WORSE");
    let mut untold = sample::ready();
    let act = Appealed { penalties: vec![], ..sample::received().act };
    untold[0] = ApplicationReceived { act, ..sample::received() }.into();
    let decided = when(untold, change(1)).decided();
    assert_eq!(decided[0].unchecked[0].rule, "RE-NO-WORSE");
}

#[test]
fn an_act_that_the_respondent_did_not_answer_for_cannot_be_maintained() {
    let maintained =
        || AppealDecided { outcome: Outcome::Maintain, ground: Ground::Lawful, redo: false, ..sample::decided() };
    when(sample::ready(), maintained()).satisfies("RE-NO-EVIDENCE");
    when(without("AnswerGiven"), maintained()).refused_by("RE-NO-EVIDENCE");
    let late = AnswerGiven { in_time: false, ..sample::answered() };
    when(and(without("AnswerGiven"), late.clone()), maintained()).refused_by("RE-NO-EVIDENCE");
    let none = AppealDecided { ground: Ground::NoEvidence, ..sample::decided() };
    when(and(without("AnswerGiven"), late), none.clone()).satisfies("RE-NO-EVIDENCE");
    // On the respondent's last day nobody can say that there is none.
    after(without("AnswerGiven")).when(&act("2025-06-23T09:00"), &ask(none)).refused_by("RE-NO-EVIDENCE");
}

#[test]
fn refuses_a_handler_who_signs_for_the_head_and_a_document_without_seal() {
    for nobody in ["周复", "F1", "", sample::INSTITUTION, "陈县长"] {
        when(sample::ready(), AppealDecided { decided_by: nobody.into(), ..sample::decided() }).refused_by("RE-HEAD");
    }
    let mut handles = ask(sample::decided());
    handles.facts.officers[3].officer = sample::code("F1");
    let itself = Step::from(AppealDecided { decided_by: "F1".into(), ..sample::decided() });
    let handles = Command {
        step: itself,
        facts: crate::domain::facts::Facts { officers: vec![handles.facts.officers[3].clone()], ..handles.facts },
    };
    after(sample::ready()).when(&act("2025-06-24T09:00"), &handles).refused_by("RE-HEAD");
    when(sample::ready(), AppealDecided { sealed: false, ..sample::decided() }).refused_by("RE-FORM");
}

#[test]
fn compensation_asked_for_is_decided_and_a_fine_ordered_back() {
    let mut asked = sample::ready();
    asked[0] = ApplicationReceived { compensation_fen: Some(200_000), ..sample::received() }.into();
    when(asked.clone(), sample::decided()).refused_by("RE-COMPENSATE");
    let granted = AppealDecided { compensation: golden!(AppealDecided).compensation, ..sample::decided() };
    when(asked.clone(), granted.clone()).satisfies("RE-COMPENSATE");
    let negative = granted.compensation.map(|c| Compensation { granted_fen: -1, ..c });
    when(asked, AppealDecided { compensation: negative, ..sample::decided() }).invalid("compensation.granted_fen");
    when(sample::ready(), AppealDecided { restitution: None, ..sample::decided() }).violates("RE-RESTORE");
    when(sample::ready(), AppealDecided { perform_days: Some(0), ..sample::decided() }).invalid("perform_days");
}

#[test]
fn refuses_to_decide_before_the_basis_is_settled() {
    let mut asked = sample::ready();
    asked[0] = ApplicationReceived { norm: Some("规定".into()), ..sample::received() }.into();
    when(asked.clone(), sample::decided()).refused_by("RE-NORM-SETTLED");
    let begun = and(asked, NormQuestioned { competent: true, ..golden!(NormQuestioned) });
    when(begun.clone(), sample::decided()).refused_by("RE-NORM-SETTLED");
    when(and(begun, golden!(NormSettled)), sample::decided()).satisfies("RE-NORM-SETTLED");
}
