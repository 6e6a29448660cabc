//! Acceptance, extension, the answer, and what came of the lead.

use super::*;

fn assigned(kind: Kind) -> Given<Complaints> {
    after(vec![sample::registered(kind).into()], [sample::assigned().into()])
}

#[test]
fn a_petition_runs_from_its_acceptance_and_all_else_from_the_first_receipt() {
    for kind in Kind::ALL {
        let decided = assigned(*kind).when(&act("2025-06-10T09:00"), &ask(sample::accepted(*kind))).decided();
        assert_eq!(changes(&decided), ["stopped CO-ACCEPT", "opened CO-SETTLE"], "{kind:?}");
        let want = match kind {
            Kind::Petition => ("2025-06-10", "60 days"),
            Kind::ServiceRating => ("2025-06-03", "15 working days"),
            _ => ("2025-06-03", "60 days"),
        };
        assert_eq!(opened(&decided, "CO-SETTLE"), (want.0.into(), want.1.into()), "{kind:?}");
        assert_eq!(decided[0].event, sample::accepted(*kind).into(), "{kind:?}");
    }
}

#[test]
fn whoever_received_it_may_accept_it() {
    let decided =
        registered(Kind::Petition).when(&act("2025-06-10T09:00"), &ask(sample::accepted(Kind::Petition))).decided();
    assert_eq!(changes(&decided), ["stopped CO-ROUTE", "opened CO-SETTLE"]);
    let ComplaintEvent::ComplaintAccepted(e) = &decided[0].event else { panic!("{decided:?}") };
    assert_eq!(e.agency.as_str(), sample::OFFICE);
}

#[test]
fn a_region_sets_the_time_for_what_is_no_petition() {
    use law::parameter::Value;
    let mut command = ask(sample::accepted(Kind::Complaint));
    let set = |card: &law::ParameterCard| Value {
        quantity: card.of(if card.id == "CO-COMPLAINT-DAYS" { 20 } else { 99 }),
        document: Some("抚政办〔2024〕5号".into()),
    };
    command.facts.days =
        crate::domain::parameters::Days::read(|card| Ok::<_, std::convert::Infallible>(set(card))).unwrap();
    let decided = assigned(Kind::Complaint).when(&act("2025-06-10T09:00"), &command).decided();
    assert_eq!(opened(&decided, "CO-SETTLE"), ("2025-06-03".into(), "20 days".into()));
    let ComplaintEvent::ComplaintAccepted(e) = &decided[0].event else { panic!("{decided:?}") };
    assert!(e.period_by.contains("抚政办〔2024〕5号"), "{}", e.period_by);
}

#[test]
fn refuses_to_accept_without_telling_whoever_can_be_told() {
    let silent = ComplaintAccepted { told: String::new(), ..sample::accepted(Kind::Petition) };
    assigned(Kind::Petition).when(&act("2025-06-10T09:00"), &ask(silent.clone())).refused_by("CO-TELL");
    let nobody = ComplaintRegistered { reachable: false, ..sample::registered(Kind::Petition) };
    matter(vec![nobody.into()]).when(&act("2025-06-10T09:00"), &ask(silent)).satisfies("CO-TELL");
}

#[test]
fn refuses_to_let_the_one_complained_of_handle_it() {
    let about =
        ComplaintRegistered { against_officers: vec![sample::code("A1")], ..sample::registered(Kind::Complaint) };
    let given = || after(vec![about.clone().into()], [sample::assigned().into()]);
    let by = |officer: &str| ComplaintAccepted { officer: sample::code(officer), ..sample::accepted(Kind::Complaint) };
    given().when(&act("2025-06-10T09:00"), &ask(by("A1"))).refused_by("CO-RECUSE");
    given().when(&act("2025-06-10T09:00"), &ask(by("A2"))).satisfies("CO-RECUSE");
}

#[test]
fn refuses_to_take_up_again_what_was_rechecked() {
    let accept = || sample::accepted(Kind::Petition);
    assigned(Kind::Petition).when(&act("2025-06-10T09:00"), &ask_knowing(accept(), rechecked())).refused_by("CO-FINAL");
    assigned(Kind::Petition).when(&act("2025-06-10T09:00"), &ask_knowing(accept(), pending())).satisfies("CO-FINAL");
}

#[test]
fn finds_a_report_that_leads_nowhere() {
    let nowhere = ComplaintAccepted { lead: false, ..sample::accepted(Kind::Report) };
    assigned(Kind::Report).when(&act("2025-06-10T09:00"), &ask(nowhere)).violates("CO-LEAD");
    assigned(Kind::Report).when(&act("2025-06-10T09:00"), &ask(sample::accepted(Kind::Report))).satisfies("CO-LEAD");
}

#[test]
fn a_matter_is_declined_on_a_ground_only() {
    for (ground, earlier) in [(DeclineGround::Pending, pending()), (DeclineGround::Rechecked, rechecked())] {
        let decline = ask_knowing(sample::declined(ground), earlier);
        let decided = assigned(Kind::Petition).when(&act("2025-06-10T09:00"), &decline).decided();
        assert_eq!(changes(&decided), ["stopped CO-ACCEPT"]);
        assert_eq!(decided[0].rules, ["CO-DECLINE", "CO-TELL"]);
    }
    let pending_only = ask_knowing(sample::declined(DeclineGround::Rechecked), pending());
    assigned(Kind::Petition).when(&act("2025-06-10T09:00"), &pending_only).refused_by("CO-DECLINE");
    let not_ours = || ask(sample::declined(DeclineGround::NotOurs));
    registered(Kind::Petition).when(&act("2025-06-10T09:00"), &not_ours()).satisfies("CO-DECLINE");
    // What was assigned is objected to, so that whoever assigned it looks into it.
    assigned(Kind::Petition).when(&act("2025-06-10T09:00"), &not_ours()).refused_by("CO-DECLINE");
}

#[test]
fn a_link_made_before_is_no_ground_that_is_named() {
    let unnamed = ComplaintDeclined { earlier: None, ..sample::declined(DeclineGround::Pending) };
    after(vec![sample::registered(Kind::Petition).into()], [sample::linked().into()])
        .when(&act("2025-06-10T09:00"), &ask_knowing(unnamed, pending()))
        .refused_by("CO-DECLINE");
}

#[test]
fn thirty_days_more_and_no_thirty_first() {
    let handled = || matter(sample::handled(Kind::Petition));
    let decided = handled().when(&act("2025-08-01T09:00"), &ask(sample::extended(30))).decided();
    assert_eq!(changes(&decided), ["extended CO-SETTLE"]);
    assert_eq!(decided[0].rules, ["CO-EXTEND"]);
    handled().when(&act("2025-08-01T09:00"), &ask(sample::extended(31))).refused_by("CO-EXTEND");
    handled().when(&act("2025-08-01T09:00"), &ask(sample::extended(0))).invalid("days");
    after(sample::handled(Kind::Petition), [sample::extended(20).into()])
        .when(&act("2025-08-01T09:00"), &ask(sample::extended(11)))
        .refused_by("CO-EXTEND");
    for nobody in ["A2", "李局长", ""] {
        let by_itself = SettlementExtended { approved_by: nobody.into(), ..sample::extended(5) };
        handled().when(&act("2025-08-01T09:00"), &ask(by_itself)).refused_by("CO-EXTEND");
    }
}

#[test]
fn what_ran_out_is_not_extended() {
    let clocked = || {
        matter(vec![])
            .after(&act("2025-06-03T09:00"), &ask(sample::registered(Kind::Petition)))
            .after(&act("2025-06-05T09:00"), &ask(sample::assigned()))
            .after(&act("2025-06-10T09:00"), &ask(sample::accepted(Kind::Petition)))
    };
    // The sixtieth day, 9 August 2025, is a Saturday.
    clocked().when(&act("2025-08-11T23:59"), &ask(sample::extended(10))).satisfies("CO-EXTEND");
    clocked().when(&act("2025-08-12T00:00"), &ask(sample::extended(10))).refused_by("CO-SETTLE");
    clocked().when(&reporting("2025-08-12T00:00"), &ask(sample::extended(10))).violates("CO-SETTLE");
}

#[test]
fn each_kind_is_answered_with_what_it_may_come_to() {
    for kind in Kind::ALL {
        let mut events = sample::handled(*kind);
        if *kind == Kind::ServiceRating {
            events.push(ComplaintRectified { at: Some(at("2025-06-12T09:00")), ..sample::rectified() }.into());
        }
        let answer = sample::answered(sample::outcome(*kind));
        let decided = matter(events.clone()).when(&act("2025-07-01T09:00"), &ask(answer)).decided();
        assert_eq!(changes(&decided), ["stopped CO-SETTLE"], "{kind:?}");
        let other = *Outcome::ALL.iter().find(|outcome| !outcome.fits(*kind)).expect("some other");
        matter(events).when(&act("2025-07-01T09:00"), &ask(sample::answered(other))).invalid("outcome");
    }
}

#[test]
fn refuses_an_answer_that_says_too_little_or_too_much() {
    let handled = || matter(sample::handled(Kind::Petition));
    let answer = || sample::answered(Outcome::Supported);
    for bad in [
        ComplaintAnswered { facts: String::new(), ..answer() },
        ComplaintAnswered { opinion: " ".into(), ..answer() },
        ComplaintAnswered { bases: vec![], ..answer() },
    ] {
        handled().when(&act("2025-07-01T09:00"), &ask(bad)).refused_by("CO-CONTENT");
    }
    let names = ComplaintAnswered { facts: "投诉人电话13900001234".into(), ..answer() };
    handled().when(&act("2025-07-01T09:00"), &ask(names)).refused_by("CO-PROTECT");
    let unread = ComplaintAnswered { bases: vec![], ..sample::answered(Outcome::NormStands) };
    matter(sample::handled(Kind::NormReview)).when(&act("2025-07-01T09:00"), &ask(unread)).violates("CO-NORM");
}

#[test]
fn a_matter_is_answered_after_acceptance_and_once() {
    let answer = || ask(sample::answered(Outcome::Supported));
    registered(Kind::Petition).when(&act("2025-07-01T09:00"), &answer()).not_possible("NOT_ACCEPTED");
    matter(sample::settled(Kind::Petition)).when(&act("2025-07-02T09:00"), &answer()).not_possible("ALREADY_ANSWERED");
    matter(sample::settled(Kind::Petition))
        .when(&act("2025-07-02T09:00"), &ask(sample::extended(5)))
        .not_possible("ALREADY_ANSWERED");
    after(sample::handled(Kind::Petition), [sample::withdrawn().into()])
        .when(&act("2025-07-02T09:00"), &answer())
        .not_possible("ALREADY_ANSWERED");
    matter(sample::handled(Kind::Petition))
        .when(&act("2025-07-02T09:00"), &ask(sample::accepted(Kind::Petition)))
        .not_possible("ALREADY_ACCEPTED");
}

#[test]
fn what_came_of_a_lead_is_told_once() {
    let handled = || matter(sample::handled(Kind::Report));
    handled().when(&act("2025-07-02T09:00"), &ask(sample::returned(true))).satisfies("CO-LEAD");
    let silent = OutcomeReturned { told: String::new(), ..sample::returned(true) };
    handled().when(&act("2025-07-02T09:00"), &ask(silent)).violates("CO-LEAD");
    after(sample::handled(Kind::Report), [sample::returned(true).into()])
        .when(&act("2025-07-03T09:00"), &ask(sample::returned(true)))
        .quiet();
    matter(sample::handled(Kind::Petition))
        .when(&act("2025-07-02T09:00"), &ask(sample::returned(true)))
        .not_possible("NO_LEAD");
}
