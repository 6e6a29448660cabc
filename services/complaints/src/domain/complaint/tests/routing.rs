//! Whose matter it is.

use super::*;

fn assigned() -> Given<Complaints> {
    after(vec![sample::registered(Kind::Petition).into()], [sample::assigned().into()])
}

/// So often sent back.
fn returned(times: usize) -> Vec<ComplaintEvent> {
    let once = [sample::assigned().into(), sample::objected().into(), sample::objection(true).into()];
    let begin: ComplaintEvent = sample::registered(Kind::Petition).into();
    std::iter::once(begin).chain(std::iter::repeat_n(once, times).flatten()).collect()
}

#[test]
fn assigning_ends_the_wait_of_the_office_and_begins_the_agencys() {
    let decided = registered(Kind::Petition).when(&act("2025-06-05T09:00"), &ask(sample::assigned())).decided();
    assert_eq!(changes(&decided), ["stopped CO-ROUTE", "opened CO-ACCEPT"]);
    assert_eq!(opened(&decided, "CO-ACCEPT"), ("2025-06-05".into(), "15 days".into()));
    assert_eq!(decided[0].event, sample::assigned().into());
    assigned().when(&act("2025-06-06T09:00"), &ask(sample::assigned())).not_possible("ALREADY_ASSIGNED");
    let mut nobody = ask(sample::assigned());
    nobody.facts.agencies.clear();
    registered(Kind::Petition).when(&act("2025-06-05T09:00"), &nobody).not_found("agency");
}

#[test]
fn an_objection_alone_stops_nothing_and_a_return_runs_on_from_the_first_receipt() {
    let decided = assigned().when(&act("2025-06-06T09:00"), &ask(sample::objected())).decided();
    assert!(decided[0].clocks.is_empty());
    let objected = || {
        after(vec![sample::registered(Kind::Petition).into()], [sample::assigned().into(), sample::objected().into()])
    };
    let kept = objected().when(&act("2025-06-09T09:00"), &ask(sample::objection(false))).decided();
    assert!(kept[0].clocks.is_empty());
    let back = objected().when(&act("2025-06-09T09:00"), &ask(sample::objection(true))).decided();
    assert_eq!(changes(&back), ["cancelled CO-ACCEPT", "opened CO-ROUTE"]);
    assert_eq!(opened(&back, "CO-ROUTE"), ("2025-06-03".into(), "15 days".into()));
}

#[test]
fn finds_an_objection_after_the_fifth_working_day() {
    // Assigned on Thursday, 5 June; the fifth working day is the 12th.
    assigned().when(&act("2025-06-12T09:00"), &ask(sample::objected())).satisfies("CO-OBJECT");
    assigned().when(&act("2025-06-13T09:00"), &ask(sample::objected())).violates("CO-OBJECT");
    registered(Kind::Petition).when(&act("2025-06-06T09:00"), &ask(sample::objected())).not_possible("NOT_ASSIGNED");
    registered(Kind::Petition)
        .when(&act("2025-06-06T09:00"), &ask(sample::objection(true)))
        .not_possible("NO_OBJECTION");
}

#[test]
fn an_objection_is_on_record_once_until_it_is_decided() {
    let twice =
        after(vec![sample::registered(Kind::Petition).into()], [sample::assigned().into(), sample::objected().into()]);
    twice.when(&act("2025-06-09T09:00"), &ask(sample::objected())).quiet();
}

#[test]
fn after_the_third_return_it_goes_where_it_is_ruled_to_go_and_stays_there() {
    matter(returned(2)).when(&act("2025-06-10T09:00"), &ask(sample::assigned())).satisfies("CO-RULING");
    matter(returned(3)).when(&act("2025-06-10T09:00"), &ask(sample::assigned())).refused_by("CO-RULING");
    matter(returned(3)).when(&reporting("2025-06-10T09:00"), &ask(sample::assigned())).violates("CO-RULING");
    let ruled = || after(returned(3), [sample::ruled().into()]);
    ruled().when(&act("2025-06-10T09:00"), &ask(sample::assigned())).satisfies("CO-RULING");
    let elsewhere = ComplaintAssigned { to: sample::known(sample::OTHER), ..sample::assigned() };
    ruled().when(&act("2025-06-10T09:00"), &ask(elsewhere)).refused_by("CO-RULING");
    let given = ComplaintAssigned { at: Some(at("2025-06-10T09:00")), ..sample::assigned() };
    after(returned(3), [sample::ruled().into(), given.into()])
        .when(&act("2025-06-11T09:00"), &ask(sample::objected()))
        .refused_by("CO-RULING");
}

#[test]
fn only_a_dispute_is_ruled_on() {
    registered(Kind::Petition).when(&act("2025-06-10T09:00"), &ask(sample::ruled())).not_possible("NOT_DISPUTED");
    assigned().when(&act("2025-06-10T09:00"), &ask(sample::ruled())).not_possible("NOT_DISPUTED");
    matter(returned(1)).when(&act("2025-06-09T10:00"), &ask(sample::ruled())).then(&[sample::ruled().into()]);
}

#[test]
fn refuses_to_pass_a_report_to_whom_it_accuses_in_any_way() {
    let accusing = ComplaintRegistered {
        against: vec![sample::OTHER.parse().unwrap()],
        against_officers: vec![sample::code("A1")],
        ..sample::registered(Kind::Report)
    };
    let report = || matter(vec![accusing.clone().into()]);
    // A1 serves in the bureau.
    report().when(&act("2025-06-05T09:00"), &ask(sample::assigned())).refused_by("CO-PROTECT");
    report().when(&reporting("2025-06-05T09:00"), &ask(sample::assigned())).violates("CO-PROTECT");
    let elsewhere = ComplaintAssigned { to: sample::known(sample::GOVERNMENT), ..sample::assigned() };
    report().when(&act("2025-06-05T09:00"), &ask(elsewhere.clone())).satisfies("CO-PROTECT");
    let joins = HandlingJoined { lead: sample::GOVERNMENT.parse().unwrap(), ..sample::joined() };
    after(vec![accusing.clone().into()], [elsewhere.into()])
        .when(&act("2025-06-06T09:00"), &ask(joins))
        .refused_by("CO-PROTECT");
    // Received by the accused itself, it is not accepted there.
    let received = ComplaintRegistered { agency: sample::OTHER.parse().unwrap(), ..accusing };
    matter(vec![received.into()])
        .when(&act("2025-06-05T09:00"), &ask(sample::accepted(Kind::Report)))
        .refused_by("CO-PROTECT");
}

#[test]
fn a_reprisal_is_reported_upward_when_it_is_assigned() {
    registered(Kind::Reprisal).when(&act("2025-06-05T09:00"), &ask(sample::assigned())).satisfies("CO-REPRISAL");
    let quiet = ComplaintAssigned { reported_to: None, ..sample::assigned() };
    registered(Kind::Reprisal).when(&act("2025-06-05T09:00"), &ask(quiet)).violates("CO-REPRISAL");
    let kept = ask(sample::accepted(Kind::Reprisal));
    registered(Kind::Reprisal).when(&act("2025-06-05T09:00"), &kept).violates("CO-REPRISAL");
}

#[test]
fn several_handle_it_together_under_the_one_with_which_it_lies() {
    let handled = || matter(sample::handled(Kind::Petition));
    assert_eq!(handled().when(&act("2025-06-12T09:00"), &ask(sample::joined())).satisfies("CO-PROTECT").len(), 1);
    let other = HandlingJoined { lead: sample::OTHER.parse().unwrap(), ..sample::joined() };
    handled().when(&act("2025-06-12T09:00"), &ask(other)).invalid("lead");
    for with in [vec![], vec![sample::known(sample::BUREAU)]] {
        let alone = HandlingJoined { with, ..sample::joined() };
        handled().when(&act("2025-06-12T09:00"), &ask(alone)).invalid("with");
    }
}
