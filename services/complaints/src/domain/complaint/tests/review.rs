//! The rating and its loop, review and recheck, supervision.

use super::*;

fn settled(kind: Kind) -> Vec<ComplaintEvent> {
    sample::settled(kind)
}

/// Reviewed, with this outcome.
fn reviewed(outcome: ReviewOutcome) -> Vec<ComplaintEvent> {
    let mut events = settled(Kind::Petition);
    events.push(sample::review_requested().into());
    events.push(sample::review_answered(Instance::Review, outcome).into());
    events
}

/// Under recheck.
fn under_recheck() -> Vec<ComplaintEvent> {
    let mut events = reviewed(ReviewOutcome::Upheld);
    events.push(sample::recheck_requested().into());
    events
}

#[test]
fn a_poor_rating_is_put_right_and_answered_again() {
    let rate = |score| ask(sample::rated(score));
    for score in [Score::VeryGood, Score::Good, Score::Fair] {
        let decided = matter(settled(Kind::Complaint)).when(&act("2025-07-03T09:00"), &rate(score)).decided();
        assert!(decided[0].clocks.is_empty(), "{score:?}");
    }
    for score in [Score::Poor, Score::VeryPoor] {
        let decided = matter(settled(Kind::Complaint)).when(&act("2025-07-03T09:00"), &rate(score)).decided();
        assert_eq!(opened(&decided, "CO-RATE"), ("2025-07-03".into(), "15 working days".into()));
    }
    let poor = || after(settled(Kind::Complaint), [sample::rated(Score::Poor).into()]);
    let again = || ask(sample::answered(Outcome::Rectified));
    poor().when(&act("2025-07-09T09:00"), &again()).refused_by("CO-RECTIFY");
    poor().when(&act("2025-07-03T10:00"), &rate(Score::Good)).not_possible("ALREADY_RATED");
    let put_right = after(settled(Kind::Complaint), [sample::rated(Score::Poor).into(), sample::rectified().into()]);
    let decided = put_right.when(&act("2025-07-09T09:00"), &again()).decided();
    assert_eq!(changes(&decided), ["stopped CO-RATE"]);
    assert!(decided[0].rules.contains(&"CO-RECTIFY"));
}

#[test]
fn what_was_put_right_before_the_rating_answers_no_later_one() {
    let answered = |on: &str| ComplaintAnswered { at: Some(at(on)), ..sample::answered(Outcome::Rectified) };
    let again = AnswerRated { at: Some(at("2025-07-10T09:00")), ..sample::rated(Score::Poor) };
    let twice = || {
        after(
            settled(Kind::Complaint),
            [
                sample::rated(Score::Poor).into(),
                sample::rectified().into(),
                answered("2025-07-09T09:00").into(),
                again.clone().into(),
            ],
        )
    };
    twice().when(&act("2025-07-11T09:00"), &ask(answered("2025-07-11T09:00"))).refused_by("CO-RECTIFY");
    assert_eq!(twice().state().poor, 2);
}

#[test]
fn only_what_was_rated_poor_is_put_right() {
    matter(settled(Kind::Complaint))
        .when(&act("2025-07-08T09:00"), &ask(sample::rectified()))
        .not_possible("NOTHING_TO_RECTIFY");
    matter(sample::handled(Kind::Complaint))
        .when(&act("2025-07-08T09:00"), &ask(sample::rated(Score::Good)))
        .not_possible("NOT_ANSWERED");
    // A service that was rated poor is put right before it is answered the first time.
    let rating = || matter(sample::handled(Kind::ServiceRating));
    rating().when(&act("2025-06-12T09:00"), &ask(sample::answered(Outcome::Rectified))).refused_by("CO-RECTIFY");
    assert_eq!(rating().when(&act("2025-07-08T09:00"), &ask(sample::rectified())).events().len(), 1);
}

#[test]
fn a_review_is_asked_for_within_thirty_days_of_an_organ_above() {
    let asked = || ask(sample::review_requested());
    let decided = matter(settled(Kind::Petition)).when(&act("2025-07-10T09:00"), &asked()).decided();
    assert_eq!(changes(&decided), ["opened CO-REVIEW-ANSWER:review"]);
    assert_eq!(decided[0].rules, ["CO-FINAL", "CO-REVIEW", "CO-HIGHER"]);
    // Got on 3 July; the thirtieth day, 2 August, is a Saturday.
    matter(settled(Kind::Petition)).when(&act("2025-08-04T09:00"), &asked()).satisfies("CO-REVIEW");
    matter(settled(Kind::Petition)).when(&act("2025-08-05T09:00"), &asked()).refused_by("CO-REVIEW");
    matter(settled(Kind::Petition)).when(&reporting("2025-08-05T09:00"), &asked()).violates("CO-REVIEW");
    let same = ReviewRequested { to: sample::known(sample::BUREAU), ..sample::review_requested() };
    matter(settled(Kind::Petition)).when(&act("2025-07-10T09:00"), &ask(same)).refused_by("CO-HIGHER");
    for got in ["2025-06-30", "2025-07-11"] {
        let wrong = ReviewRequested { answer_got: day(got), ..sample::review_requested() };
        matter(settled(Kind::Petition)).when(&act("2025-07-10T09:00"), &ask(wrong)).invalid("answer_got");
    }
    matter(settled(Kind::Complaint)).when(&act("2025-07-10T09:00"), &asked()).not_possible("NOT_A_PETITION");
    matter(sample::handled(Kind::Petition)).when(&act("2025-07-10T09:00"), &asked()).not_possible("NOT_ANSWERED");
}

#[test]
fn while_a_review_is_pending_nothing_else_is_asked_or_answered() {
    let pending = || after(settled(Kind::Petition), [sample::review_requested().into()]);
    pending().when(&act("2025-07-11T09:00"), &ask(sample::review_requested())).not_possible("UNDER_REVIEW");
    let poor = after(settled(Kind::Petition), [sample::rated(Score::Poor).into(), sample::review_requested().into()]);
    poor.when(&act("2025-07-11T09:00"), &ask(sample::answered(Outcome::Supported))).not_possible("UNDER_REVIEW");
}

#[test]
fn a_review_is_answered_with_facts_and_provisions() {
    let pending = || after(settled(Kind::Petition), [sample::review_requested().into()]);
    let answer = || sample::review_answered(Instance::Review, ReviewOutcome::Upheld);
    let decided = pending().when(&act("2025-07-31T09:00"), &ask(answer())).decided();
    assert_eq!(changes(&decided), ["stopped CO-REVIEW-ANSWER:review"]);
    let bare = ReviewAnswered { bases: vec![], ..answer() };
    pending().when(&act("2025-07-31T09:00"), &ask(bare)).refused_by("CO-CONTENT");
    matter(settled(Kind::Petition)).when(&act("2025-07-31T09:00"), &ask(answer())).not_possible("NO_REVIEW");
}

#[test]
fn a_second_request_is_a_recheck_and_then_it_is_closed_for_good() {
    let decided = matter(reviewed(ReviewOutcome::Upheld))
        .when(&act("2025-08-10T09:00"), &ask(sample::recheck_requested()))
        .decided();
    assert_eq!(changes(&decided), ["opened CO-REVIEW-ANSWER:recheck"]);
    let by_reviewer = ReviewRequested { to: sample::known(sample::GOVERNMENT), ..sample::recheck_requested() };
    matter(reviewed(ReviewOutcome::Upheld)).when(&act("2025-08-10T09:00"), &ask(by_reviewer)).refused_by("CO-HIGHER");
    let final_one = after(under_recheck(), [sample::review_answered(Instance::Recheck, ReviewOutcome::Changed).into()]);
    assert!(final_one.state().as_earlier().expect("registered").rechecked);
    let third = ReviewRequested { answer_got: day("2025-09-02"), ..sample::recheck_requested() };
    final_one.when(&act("2025-09-10T09:00"), &ask(third)).refused_by("CO-FINAL");
}

#[test]
fn what_a_review_revokes_is_settled_anew() {
    let pending = || after(settled(Kind::Petition), [sample::review_requested().into()]);
    let revoked = sample::review_answered(Instance::Review, ReviewOutcome::Anew);
    let decided = pending().when(&act("2025-07-31T09:00"), &ask(revoked)).decided();
    assert_eq!(opened(&decided, "CO-SETTLE"), ("2025-07-31".into(), "60 days".into()));
    let anew = || matter(reviewed(ReviewOutcome::Anew));
    anew().when(&act("2025-08-01T09:00"), &ask(sample::recheck_requested())).not_possible("NOT_ANSWERED");
    let decided = anew().when(&act("2025-08-20T09:00"), &ask(sample::answered(Outcome::Supported))).decided();
    assert_eq!(changes(&decided), ["stopped CO-SETTLE"]);
    let answered = ComplaintAnswered { at: Some(at("2025-08-20T09:00")), ..sample::answered(Outcome::Supported) };
    let once_more = ReviewRequested { answer_got: day("2025-08-21"), ..sample::review_requested() };
    let decided = after(reviewed(ReviewOutcome::Anew), [answered.into()])
        .when(&act("2025-08-25T09:00"), &ask(once_more))
        .decided();
    assert_eq!(changes(&decided), ["opened CO-REVIEW-ANSWER:review"]);
}

#[test]
fn the_days_of_a_hearing_stand_still_in_a_recheck_only() {
    let held = HearingHeld { from: day("2025-08-12"), until: day("2025-08-13"), ..sample::hearing() };
    let decided = matter(under_recheck()).when(&act("2025-08-13T17:00"), &ask(held.clone())).decided();
    assert_eq!(changes(&decided), ["suspended CO-REVIEW-ANSWER:recheck", "resumed CO-REVIEW-ANSWER:recheck"]);
    let review = after(settled(Kind::Petition), [sample::review_requested().into()]);
    let decided = review.when(&act("2025-08-13T17:00"), &ask(held)).decided();
    assert!(decided[0].clocks.is_empty());
    let decided =
        matter(sample::handled(Kind::Petition)).when(&act("2025-06-12T17:00"), &ask(sample::hearing())).decided();
    assert!(decided[0].clocks.is_empty());
    matter(settled(Kind::Petition))
        .when(&act("2025-07-12T17:00"), &ask(sample::hearing()))
        .not_possible("ALREADY_ANSWERED");
    let backwards = HearingHeld { from: day("2025-06-13"), ..sample::hearing() };
    matter(sample::handled(Kind::Petition)).when(&act("2025-06-13T17:00"), &ask(backwards)).invalid("until");
}

#[test]
fn supervision_is_asked_for_when_something_is_overdue_or_badly_done() {
    let overdue = || ask(sample::supervision(SupervisionGround::Overdue));
    matter(sample::handled(Kind::Petition)).when(&act("2025-08-11T09:00"), &overdue()).not_possible("NOT_OVERDUE");
    matter(sample::handled(Kind::Petition)).when(&act("2025-08-12T09:00"), &overdue()).satisfies("CO-SUPERVISE");
    after(sample::handled(Kind::Petition), [sample::extended(10).into()])
        .when(&act("2025-08-12T09:00"), &overdue())
        .not_possible("NOT_OVERDUE");
    // Nobody has accepted it: assigned on 5 June, to be accepted by the 20th.
    let waiting = || after(vec![sample::registered(Kind::Petition).into()], [sample::assigned().into()]);
    waiting().when(&act("2025-06-20T09:00"), &overdue()).not_possible("NOT_OVERDUE");
    waiting().when(&act("2025-06-21T09:00"), &overdue()).satisfies("CO-SUPERVISE");
    let badly = ask(sample::supervision(SupervisionGround::Perfunctory));
    matter(sample::handled(Kind::Petition)).when(&act("2025-06-12T09:00"), &badly).satisfies("CO-SUPERVISE");
}
