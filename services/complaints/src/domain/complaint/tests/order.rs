//! The table of what must not precede what, line by line.

use law::decider::harness::table_holds;

use super::*;

/// The steps, each with what it is taken after.
fn steps() -> Vec<(Vec<ComplaintEvent>, Vec<super::super::Step>)> {
    let report = || sample::registered(Kind::Report);
    let begin = |kind: Kind| vec![sample::registered(kind).into()];
    let with = |mut events: Vec<ComplaintEvent>, more: Vec<ComplaintEvent>| {
        events.extend(more);
        events
    };
    let assigned = || with(begin(Kind::Petition), vec![sample::assigned().into()]);
    let petition = || sample::accepted(Kind::Petition);
    let handled = || sample::handled(Kind::Petition);
    // The harness moves all to one day in June; what the state compares with days lies before it.
    let early = Some(at("2025-06-20T09:00"));
    let settled =
        || with(handled(), vec![ComplaintAnswered { at: early, ..sample::answered(Outcome::Supported) }.into()]);
    let returned = || {
        let events = vec![sample::assigned().into(), sample::objected().into(), sample::objection(true).into()];
        with(begin(Kind::Petition), events)
    };
    let reviewed = || {
        let events = vec![
            sample::review_requested().into(),
            ReviewAnswered { at: early, ..sample::review_answered(Instance::Review, ReviewOutcome::Upheld) }.into(),
        ];
        with(settled(), events)
    };
    let poor = || with(sample::settled(Kind::Complaint), vec![sample::rated(Score::Poor).into()]);
    let on = day("2025-06-25");
    let review = ReviewRequested { answer_got: on, ..sample::review_requested() };
    let recheck = ReviewRequested { answer_got: on, ..sample::recheck_requested() };
    vec![
        (
            vec![report().into()],
            vec![
                sample::summarised().into(),
                sample::linked().into(),
                sample::redirected().into(),
                sample::assigned().into(),
                sample::accepted(Kind::Report).into(),
                sample::withdrawn().into(),
                sample::statement(2).into(),
                sample::reply().into(),
                sample::released(1).into(),
                sample::opened().into(),
                sample::shredded().into(),
            ],
        ),
        (
            assigned(),
            vec![
                sample::objected().into(),
                petition().into(),
                sample::declined(DeclineGround::Pending).into(),
                sample::joined().into(),
                sample::supervision(SupervisionGround::Perfunctory).into(),
            ],
        ),
        (with(assigned(), vec![sample::objected().into()]), vec![sample::objection(true).into()]),
        (returned(), vec![sample::ruled().into()]),
        (with(returned(), vec![sample::ruled().into()]), vec![sample::assigned().into()]),
        (
            handled(),
            vec![
                sample::extended(5).into(),
                HearingHeld { from: on, until: on, ..sample::hearing() }.into(),
                sample::answered(Outcome::Supported).into(),
            ],
        ),
        (sample::handled(Kind::Report), vec![sample::returned(true).into()]),
        (sample::handled(Kind::ServiceRating), vec![sample::rectified().into()]),
        (settled(), vec![sample::rated(Score::Good).into(), review.into(), sample::closed().into()]),
        (sample::settled(Kind::Report), vec![sample::rewarded().into()]),
        (poor(), vec![sample::rectified().into()]),
        (with(poor(), vec![sample::rectified().into()]), vec![sample::answered(Outcome::Rectified).into()]),
        (
            with(settled(), vec![sample::review_requested().into()]),
            vec![sample::review_answered(Instance::Review, ReviewOutcome::Upheld).into()],
        ),
        (reviewed(), vec![recheck.into(), sample::closed().into()]),
    ]
}

#[test]
fn nothing_is_recorded_earlier_than_what_it_answers() {
    let tried = |(before, steps): (Vec<ComplaintEvent>, Vec<super::super::Step>)| {
        steps.into_iter().map(move |step| (before.clone(), step.name(), ask_knowing(step, pending())))
    };
    table_holds::<Complaints>(steps().into_iter().flat_map(tried));
}
