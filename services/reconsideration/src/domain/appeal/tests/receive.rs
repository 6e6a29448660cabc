//! Receipt, supplement, acceptance by the organ and by silence.

use law::{calendar::Calendar, day_of, period::Deadline};

use super::*;

/// Received on Friday, 26 September 2025, before the National Day holiday: 28 September is worked, 1 to 8 October are not. The
/// fifth working day is Friday, 10 October.
fn before_the_holiday() -> ApplicationReceived {
    let act = Appealed { done: day("2025-09-01"), known: day("2025-09-02"), ..sample::received().act };
    ApplicationReceived { act, made: day("2025-09-26"), at: Some(at("2025-09-26T09:00")), ..sample::received() }
}

fn pending() -> Given<Appeals> {
    after([before_the_holiday().into()])
}

fn accept() -> Command {
    ask(sample::accepted())
}

fn reject(lack: Lack) -> Command {
    ask(ApplicationRejected { lack, ..golden!(ApplicationRejected) })
}

#[test]
fn an_application_is_received_once_and_its_examination_begins() {
    let decided = after([]).when(&act("2025-06-03T09:00"), &ask(sample::received())).decided();
    assert_eq!(decided[0].event, ApplicationReceived { at: Some(at("2025-06-03T09:00")), ..sample::received() }.into());
    assert_eq!(clocks(&decided), ["opened RE-FIVE"]);
    pending().when(&act("2025-09-26T10:00"), &ask(sample::received())).not_possible("ALREADY_RECEIVED");
}

#[test]
fn an_oral_application_without_a_record_is_received_and_found() {
    let oral = ApplicationReceived { channel: Channel::Oral, ..sample::received() };
    after([]).when(&act("2025-06-03T09:00"), &ask(oral.clone())).violates("RE-ORAL");
    let recorded = ApplicationReceived { oral_record: Some("笔录".into()), ..oral };
    after([]).when(&act("2025-06-03T09:00"), &ask(recorded)).satisfies("RE-ORAL");
}

#[test]
fn an_application_handed_in_with_the_respondent_is_passed_on_in_time_or_that_is_its_fault() {
    let made = sample::received().act.known;
    let through = |on: &str| ask(ApplicationReceived { made, through: Some(day(on)), ..sample::received() });
    after([]).when(&act("2025-06-03T09:00"), &through("2025-05-26")).satisfies("RE-FORWARD");
    let late = after([]).when(&act("2025-06-03T09:00"), &through("2025-05-23")).decided();
    let breach = late[0].violations.iter().find(|breach| breach.rule == "RE-FORWARD").expect("found");
    assert_eq!(breach.whose.as_ref().map(|whose| whose.agency.as_str()), Some(sample::BUREAU));
    after([]).when(&act("2025-06-03T09:00"), &through("2025-05-23")).violates("RE-FORWARD");
    after([]).when(&act("2025-06-03T09:00"), &through("2025-05-19")).invalid("through");
    after([]).when(&act("2025-06-03T09:00"), &through("2025-06-04")).invalid("through");
}

#[test]
fn refuses_days_that_cannot_be_and_agencies_that_are_not() {
    let ask_at = |received| after([]).when(&act("2025-06-03T09:00"), &ask(received));
    ask_at(ApplicationReceived { made: day("2025-06-04"), ..sample::received() }).invalid("made");
    let act_of = |act| ApplicationReceived { act, ..sample::received() };
    ask_at(act_of(Appealed { known: day("2025-05-19"), ..sample::received().act })).invalid("act.known");
    ask_at(act_of(Appealed { known: day("2025-06-04"), ..sample::received().act })).invalid("act.known");
    ask_at(ApplicationReceived { applicants: 0, ..sample::received() }).invalid("applicants");
    let backwards = Hindrance { from: day("2025-05-26"), until: day("2025-05-25"), reason: "洪水".into() };
    ask_at(ApplicationReceived { hindrances: vec![backwards], ..sample::received() }).invalid("hindrances[0].until");
    let mut nobody = ask(sample::received());
    nobody.facts.respondent = None;
    after([]).when(&act("2025-06-03T09:00"), &nobody).not_found("agency");
}

#[test]
fn an_accepted_application_begins_the_time_to_send_the_copy_and_to_decide() {
    let decided = pending().when(&act("2025-10-10T17:00"), &accept()).decided();
    let AppealEvent::ApplicationAccepted(e) = &decided[0].event else { panic!("{decided:?}") };
    assert_eq!((e.on, e.deemed), (day("2025-10-10"), false));
    assert_eq!(clocks(&decided), ["stopped RE-FIVE", "opened RE-COPY", "opened RE-SIXTY"]);
    for rule in ["RE-PERIOD", "RE-JURISDICTION", "RE-NOT-BOTH", "RE-AGAIN"] {
        assert!(decided[0].rules.contains(&rule), "{rule}");
    }
}

#[test]
fn silence_accepts_with_the_fifth_working_day_of_the_national_day_week() {
    // On the fifth working day itself nothing is accepted yet.
    pending().when(&act("2025-10-10T23:59"), &ask(sample::assigned())).not_possible("NOT_ACCEPTED");
    // The day after, a Saturday that is worked, any step is judged as if it were.
    let decided = pending().when(&act("2025-10-11T09:00"), &ask(sample::assigned())).decided();
    let AppealEvent::ApplicationAccepted(e) = &decided[0].event else { panic!("{decided:?}") };
    assert_eq!((e.on, e.deemed, e.at.map(day_of)), (day("2025-10-10"), true, Some(day("2025-10-10"))));
    assert_eq!(clocks(&decided), ["stopped RE-FIVE", "opened RE-COPY", "opened RE-SIXTY"]);
    assert!(matches!(&decided[1].event, AppealEvent::HandlersAssigned(_)));
    for change in &decided[0].clocks {
        let (ClockChange::Opened { start: when, .. } | ClockChange::Stopped { at: when, .. }) = change else {
            panic!()
        };
        assert_eq!(day_of(*when), day("2025-10-10"));
    }
    // The time to decide runs from that day, whenever it is noted.
    let late = pending().when(&act("2025-12-01T09:00"), &accept()).decided();
    let AppealEvent::ApplicationAccepted(noted) = &late[0].event else { panic!("{late:?}") };
    assert_eq!(noted, e);
    let Some(ClockChange::Opened { start, period, .. }) = late[0].clocks.last() else { panic!("{late:?}") };
    let due = Deadline::new(day_of(*start), *period, "").due(Calendar::china()).expect("known");
    assert_eq!(due.day(), Some(day("2025-12-09")), "sixty days after 10 October");
}

#[test]
fn what_silence_accepted_is_noted_once() {
    let noted = pending().after(&act("2025-10-11T09:00"), &accept());
    noted.when(&act("2025-10-13T09:00"), &accept()).not_possible("ALREADY_ACCEPTED");
    let assigned = pending().after(&act("2025-10-11T09:00"), &ask(sample::assigned()));
    assert_eq!(assigned.when(&act("2025-10-13T09:00"), &ask(golden!(OpinionHeard))).events().len(), 1);
}

#[test]
fn silence_accepts_even_what_the_organ_could_not_have_accepted() {
    let late = ApplicationReceived { made: day("2026-09-18"), at: Some(at("2026-09-18T09:00")), ..sample::received() };
    let silent = after([late.clone().into()]).when(&act("2026-10-12T09:00"), &accept()).events();
    assert!(matches!(&silent[..], [AppealEvent::ApplicationAccepted(e)] if e.deemed));
    after([late.into()]).when(&act("2026-09-21T09:00"), &accept()).refused_by("RE-PERIOD");
}

#[test]
fn an_application_may_be_rejected_on_the_fifth_working_day() {
    let decided = pending().when(&act("2025-10-10T17:00"), &reject(Lack::Interest)).decided();
    assert_eq!(clocks(&decided), ["stopped RE-FIVE"]);
    assert_eq!(decided[0].rules, ["RE-DEEMED", "RE-REJECT"]);
}

#[test]
fn refuses_to_reject_on_the_sixth_working_day() {
    pending().when(&act("2025-10-11T09:00"), &reject(Lack::Interest)).refused_by("RE-DEEMED");
    pending().when(&reporting("2025-10-11T09:00"), &reject(Lack::Interest)).violates("RE-DEEMED");
}

#[test]
fn refuses_to_reject_what_the_file_disproves() {
    for lack in [Lack::Period, Lack::Jurisdiction, Lack::Pending] {
        pending().when(&act("2025-09-28T09:00"), &reject(lack)).refused_by("RE-REJECT");
    }
    let in_court = ApplicationReceived { court: Some("（2025）黑0883行初1号".into()), ..before_the_holiday() };
    after([in_court.clone().into()]).when(&act("2025-09-28T09:00"), &reject(Lack::Pending)).satisfies("RE-REJECT");
    after([in_court.into()]).when(&act("2025-09-28T09:00"), &accept()).refused_by("RE-NOT-BOTH");
}

#[test]
fn a_wrong_organ_does_not_accept_and_may_reject() {
    let wrong = ApplicationReceived { relation: Relation::LowerGovernment, ..before_the_holiday() };
    after([wrong.clone().into()]).when(&act("2025-09-28T09:00"), &accept()).refused_by("RE-JURISDICTION");
    after([wrong.into()]).when(&act("2025-09-28T09:00"), &reject(Lack::Jurisdiction)).satisfies("RE-REJECT");
}

#[test]
fn refuses_a_second_application_of_the_same_applicant_against_the_same_act() {
    let mut again = accept();
    let applicant = sample::received().applicant.key().map(str::to_owned);
    again.facts.earlier = vec![crate::domain::act::Earlier { appeal: sample::id(7), applicant }];
    pending().when(&act("2025-09-28T09:00"), &again).refused_by("RE-AGAIN");
    let unwilling = ApplicationReceived { unwilling: Some("录音".into()), ..before_the_holiday() };
    after([unwilling.into()]).when(&act("2025-09-28T09:00"), &again).satisfies("RE-AGAIN");
}

#[test]
fn the_simple_procedure_has_shorter_times_and_its_own_grounds() {
    let simple =
        |ground| ApplicationAccepted { procedure: Procedure::Simple, ground: Some(ground), ..sample::accepted() };
    pending().when(&act("2025-09-28T09:00"), &ask(simple(SimpleGround::Warning))).refused_by("RE-SIMPLE");
    let agreed = ApplicationAccepted { consent: Some("同意书".into()), ..simple(SimpleGround::AllAgree) };
    let decided = pending().when(&act("2025-09-28T09:00"), &ask(agreed)).decided();
    assert!(decided[0].rules.contains(&"RE-SIMPLE"));
    let periods: Vec<_> = decided[0]
        .clocks
        .iter()
        .filter_map(|c| match c {
            ClockChange::Opened { period, .. } => Some(*period),
            _ => None,
        })
        .collect();
    assert_eq!(periods, [crate::domain::rules::handle::COPY_SIMPLE, crate::domain::rules::course::DECIDE_SIMPLE]);
}

fn supplement(sent: &str, told: &str) -> SupplementRequested {
    SupplementRequested {
        sent: day(sent),
        in_time: true,
        at: Some(at(&format!("{told}T09:00"))),
        ..golden!(SupplementRequested)
    }
}

#[test]
fn a_supplement_asked_for_in_time_keeps_silence_from_accepting() {
    let asked = ask(supplement("2025-10-10", "2025-10-11"));
    let decided = pending().when(&act("2025-10-11T09:00"), &asked).decided();
    assert_eq!(clocks(&decided), ["cancelled RE-FIVE", "opened RE-SUPPLY"]);
    let waiting = || pending().after(&act("2025-10-11T09:00"), &asked);
    waiting().when(&act("2025-10-20T09:00"), &accept()).not_possible("SUPPLEMENT_AWAITED");
    waiting().when(&act("2025-10-20T09:00"), &ask(sample::assigned())).not_possible("NOT_ACCEPTED");
    let came = waiting().after(&act("2025-10-20T09:00"), &ask(golden!(ApplicationSupplemented)));
    // Received on Monday the 20th: the fifth working day is Monday the 27th.
    let silent = came.when(&act("2025-10-28T09:00"), &accept()).events();
    assert!(matches!(&silent[..], [AppealEvent::ApplicationAccepted(e)] if e.deemed && e.on == day("2025-10-27")));
}

#[test]
fn refuses_a_late_or_a_second_supplement_and_neither_keeps_anything_open() {
    let late = ask(supplement("2025-10-11", "2025-10-13"));
    pending().when(&act("2025-10-13T09:00"), &late).refused_by("RE-SUPPLEMENT");
    let reported = pending().when(&reporting("2025-10-13T09:00"), &late).decided();
    assert!(clocks(&reported).is_empty());
    let silent = after([before_the_holiday().into(), reported[0].event.clone()]);
    let events = silent.when(&act("2025-10-14T09:00"), &accept()).events();
    assert!(matches!(&events[..], [AppealEvent::ApplicationAccepted(e)] if e.on == day("2025-10-10")));

    let once = [before_the_holiday().into(), supplement("2025-09-28", "2025-09-29").into()];
    let came = ApplicationSupplemented { at: Some(at("2025-10-09T09:00")), ..golden!(ApplicationSupplemented) };
    let again = ask(supplement("2025-10-10", "2025-10-10"));
    after(and(once.to_vec(), came)).when(&act("2025-10-10T09:00"), &again).refused_by("RE-SUPPLEMENT");
    after(once).when(&act("2025-10-09T09:00"), &again).invalid("sent");
}

#[test]
fn what_is_not_supplemented_in_time_is_given_up() {
    let waiting = || after([before_the_holiday().into(), supplement("2025-09-28", "2025-09-29").into()]);
    let lapse = ask(ApplicationLapsed { excuse: None, why_not: None, ..golden!(ApplicationLapsed) });
    // Told on 29 September: the tenth working day is Monday, 20 October.
    waiting().when(&act("2025-10-20T09:00"), &lapse).refused_by("RE-LAPSE");
    let decided = waiting().when(&act("2025-10-21T09:00"), &lapse).decided();
    assert_eq!((clocks(&decided), &decided[0].rules[..]), (vec!["cancelled RE-SUPPLY".to_owned()], &["RE-LAPSE"][..]));
    let longer = waiting().after(&act("2025-10-16T09:00"), &ask(golden!(SupplementExtended)));
    longer.when(&act("2025-10-24T09:00"), &lapse).refused_by("RE-LAPSE");
    pending().when(&act("2025-09-28T09:00"), &lapse).not_possible("NO_SUPPLEMENT");
    let came = ask(golden!(ApplicationSupplemented));
    assert_eq!(
        clocks(&waiting().when(&act("2025-10-20T09:00"), &came).decided()),
        ["stopped RE-SUPPLY", "opened RE-FIVE"]
    );
}

#[test]
fn whether_silence_has_accepted_nobody_can_tell_without_a_calendar() {
    let received =
        ApplicationReceived { made: day("2026-12-30"), at: Some(at("2026-12-30T09:00")), ..sample::received() };
    let act_of = |act| ApplicationReceived { act, ..received.clone() };
    let received = act_of(Appealed { done: day("2026-12-01"), known: day("2026-12-02"), ..received.act.clone() });
    let pending = || after([received.clone().into()]);
    pending().when(&act("2027-01-20T09:00"), &ask(sample::assigned())).not_possible("NOT_ACCEPTED");
    let events = pending().when(&act("2027-01-20T09:00"), &accept()).events();
    assert!(matches!(&events[..], [AppealEvent::ApplicationAccepted(e)] if !e.deemed && e.on == day("2027-01-20")));
    let rejected = pending().when(&act("2027-01-20T09:00"), &reject(Lack::Interest)).decided();
    assert_eq!(rejected[0].unchecked[0].rule, "RE-DEEMED");
}
