//! Taken back, or closed.

use super::*;

#[test]
fn what_is_taken_back_owes_nothing_more() {
    let withdraw = || ask(sample::withdrawn());
    let decided = registered(Kind::Petition).when(&act("2025-06-04T09:00"), &withdraw()).decided();
    assert_eq!(changes(&decided), ["cancelled CO-ROUTE"]);
    let assigned = after(vec![sample::registered(Kind::Petition).into()], [sample::assigned().into()]);
    let decided = assigned.when(&act("2025-06-06T09:00"), &withdraw()).decided();
    assert_eq!(changes(&decided), ["cancelled CO-ACCEPT"]);
    let decided = matter(sample::handled(Kind::Petition)).when(&act("2025-06-20T09:00"), &withdraw()).decided();
    assert_eq!(changes(&decided), ["cancelled CO-SETTLE"]);
    matter(sample::settled(Kind::Petition))
        .when(&act("2025-07-02T09:00"), &withdraw())
        .not_possible("ALREADY_ANSWERED");
}

#[test]
fn what_was_answered_is_closed() {
    let close = || ask(sample::closed());
    matter(sample::settled(Kind::Complaint)).when(&act("2025-07-10T09:00"), &close()).satisfies("CO-SUPERVISE");
    matter(sample::handled(Kind::Complaint)).when(&act("2025-07-10T09:00"), &close()).not_possible("NOT_ANSWERED");
    after(sample::settled(Kind::Complaint), [sample::closed().into()])
        .when(&act("2025-07-11T09:00"), &close())
        .not_possible("ENDED");
}

#[test]
fn nothing_is_left_open_in_silence() {
    let left = |what: &str| ask(sample::closed_leaving(what));
    let check = |events: fn() -> Vec<ComplaintEvent>, what: &str, on: &str| {
        for mode in [act, reporting] {
            matter(events()).when(&mode(on), &ask(sample::closed())).not_possible("LEFT_OPEN");
            assert_eq!(matter(events()).when(&mode(on), &left(what)).events().len(), 1, "{what}");
            matter(events()).when(&mode(on), &left("CO-NOTHING")).invalid("left[0].what");
        }
    };
    check(|| sample::settled(Kind::Report), "CO-LEAD", "2025-07-10T09:00");
    check(
        || {
            let mut events = sample::settled(Kind::Complaint);
            events.push(sample::rated(Score::Poor).into());
            events
        },
        "CO-RATE",
        "2025-07-10T09:00",
    );
    check(
        || {
            let mut events = sample::settled(Kind::Petition);
            events.push(sample::review_requested().into());
            events
        },
        "CO-REVIEW-ANSWER:review",
        "2025-07-11T09:00",
    );
    check(
        || {
            let mut events = sample::settled(Kind::Petition);
            events.push(sample::review_requested().into());
            events.push(sample::review_answered(Instance::Review, ReviewOutcome::Anew).into());
            events
        },
        "CO-SETTLE",
        "2025-08-01T09:00",
    );
}

#[test]
fn finds_a_lead_that_is_closed_before_its_outcome_was_told() {
    matter(sample::settled(Kind::Report))
        .when(&act("2025-07-10T09:00"), &ask(sample::closed_leaving("CO-LEAD")))
        .violates("CO-LEAD");
    after(sample::settled(Kind::Report), [sample::returned(true).into()])
        .when(&act("2025-07-10T09:00"), &ask(sample::closed()))
        .satisfies("CO-LEAD");
}

#[test]
fn finds_what_was_late_or_poor_twice_and_nobody_supervised() {
    let close = || ask(sample::closed());
    let answered = |on: &str| ComplaintAnswered { at: Some(at(on)), ..sample::answered(Outcome::Supported) };
    after(sample::handled(Kind::Petition), [answered("2025-08-11T09:00").into()])
        .when(&act("2025-08-20T09:00"), &close())
        .satisfies("CO-SUPERVISE");
    let late = || after(sample::handled(Kind::Petition), [answered("2025-08-12T09:00").into()]);
    late().when(&act("2025-08-20T09:00"), &close()).violates("CO-SUPERVISE");
    let breaches = late().when(&act("2025-08-20T09:00"), &close()).decided().remove(0).violations;
    let office = breaches[0].whose.as_ref().map(|whose| whose.agency.as_str());
    assert_eq!(office, Some(sample::OFFICE), "whoever received it watches over it");
    let asked =
        SupervisionRequested { at: Some(at("2025-08-12T08:00")), ..sample::supervision(SupervisionGround::Overdue) };
    after(sample::handled(Kind::Petition), [asked.into(), answered("2025-08-12T09:00").into()])
        .when(&act("2025-08-20T09:00"), &close())
        .satisfies("CO-SUPERVISE");
    // What was put right and answered after a poor rating is measured by its first answer.
    let again = |n: u8| {
        let day = |d: u8, what: u8| at(&format!("2025-07-{:02}T09:00", 10 * n + d + what));
        [
            AnswerRated { at: Some(day(0, 0)), ..sample::rated(Score::Poor) }.into(),
            ComplaintRectified { at: Some(day(1, 0)), ..sample::rectified() }.into(),
            ComplaintAnswered { at: Some(day(1, 1)), ..sample::answered(Outcome::Supported) }.into(),
        ]
    };
    let once = || after(sample::settled(Kind::Complaint), again(1));
    once().when(&act("2025-08-20T09:00"), &close()).satisfies("CO-SUPERVISE");
    let mut twice = sample::settled(Kind::Complaint);
    twice.extend(again(1));
    twice.extend(again(2));
    matter(twice).when(&act("2025-08-20T09:00"), &close()).violates("CO-SUPERVISE");
}

#[test]
fn what_was_closed_goes_on_when_the_person_is_not_satisfied() {
    let closed = || after(sample::settled(Kind::Petition), [sample::closed().into()]);
    for step in [super::super::Step::from(sample::rated(Score::Poor)), sample::review_requested().into()] {
        let decided = closed().when(&act("2025-07-15T09:00"), &ask(step)).decided();
        let mut events = sample::settled(Kind::Petition);
        events.push(sample::closed().into());
        events.push(decided[0].event.clone());
        assert_eq!(matter(events).state().ended, None);
    }
}
