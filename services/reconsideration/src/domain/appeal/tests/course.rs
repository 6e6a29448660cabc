//! Review of the basis, standstill, stay, more time, ends without a decision.

use super::*;

fn running() -> Given<Appeals> {
    after(sample::running())
}

/// With the clocks that the first steps open.
fn clocked() -> Given<Appeals> {
    after([])
        .after(&act("2025-06-03T09:00"), &ask(sample::received()))
        .after(&act("2025-06-05T09:00"), &ask(sample::accepted()))
}

fn own_norm() -> NormQuestioned {
    NormQuestioned { competent: true, asked: None, ..golden!(NormQuestioned) }
}

#[test]
fn a_basis_is_settled_here_or_passed_on_and_its_time_runs_from_acceptance() {
    let begun = running().when(&act("2025-06-20T09:00"), &ask(own_norm())).decided();
    assert_eq!(clocks(&begun), ["opened RE-NORM"]);
    let ClockChange::Opened { start, .. } = &begun[0].clocks[0] else { panic!("{begun:?}") };
    assert_eq!(law::day_of(*start), day("2025-06-05"), "the organ began late");
    let found = NormQuestioned { source: NormSource::Organ, ..own_norm() };
    let found = running().when(&act("2025-06-20T09:00"), &ask(found)).decided();
    assert!(
        matches!(&found[0].clocks[0], ClockChange::Opened { start, .. } if law::day_of(*start) == day("2025-06-20"))
    );
    let later = NormQuestioned { asked: Some(day("2025-06-16")), ..own_norm() };
    let later = running().when(&act("2025-06-20T09:00"), &ask(later)).decided();
    assert!(
        matches!(&later[0].clocks[0], ClockChange::Opened { start, .. } if law::day_of(*start) == day("2025-06-16"))
    );
    let tomorrow = NormQuestioned { asked: Some(day("2025-06-21")), ..own_norm() };
    running().when(&act("2025-06-20T09:00"), &ask(tomorrow)).invalid("asked");

    let elsewhere = and(sample::running(), golden!(NormQuestioned));
    let passed = after(elsewhere.clone()).when(&act("2025-06-09T09:00"), &ask(golden!(NormReferred))).decided();
    assert_eq!(clocks(&passed), ["stopped RE-NORM-PASS", "opened RE-NORM-REPLY"]);
    assert_eq!(whose(&passed, "RE-NORM-REPLY").as_deref(), Some(sample::BUREAU), "its own clock");
    let beyond = NormReferred { receiver: None, ..golden!(NormReferred) };
    let passed = after(elsewhere.clone()).when(&act("2025-06-09T09:00"), &ask(beyond.clone())).decided();
    assert_eq!(clocks(&passed), ["stopped RE-NORM-PASS"], "whom the list does not know has no clock here");
    after(elsewhere.clone()).when(&act("2025-06-23T09:00"), &ask(golden!(NormSettled))).not_possible("NOT_TO_SETTLE");
    let back = after(and(elsewhere.clone(), golden!(NormReferred)));
    let back = back.when(&act("2025-06-23T09:00"), &ask(golden!(NormSettled))).decided();
    assert_eq!(clocks(&back), ["stopped RE-NORM-REPLY"]);
    let back =
        after(and(elsewhere.clone(), beyond)).when(&act("2025-06-23T09:00"), &ask(golden!(NormSettled))).decided();
    assert!(back[0].clocks.is_empty());
    after(elsewhere).when(&act("2025-06-20T09:00"), &ask(own_norm())).not_possible("ALREADY_BEGUN");
    let here = after(and(sample::running(), own_norm()));
    here.when(&act("2025-06-24T09:00"), &ask(golden!(NormReferred))).not_possible("NOT_TO_REFER");
    running().when(&act("2025-06-24T09:00"), &ask(golden!(NormSettled))).not_found("review of a basis");
    let passing = running().when(&act("2025-06-06T09:00"), &ask(golden!(NormQuestioned))).decided();
    assert_eq!(clocks(&passing), ["opened RE-NORM-PASS"]);
}

#[test]
fn a_case_stands_still_and_goes_on_with_its_clock() {
    let wait = AppealSuspended { ground: SuspendGround::OtherCase, ..golden!(AppealSuspended) };
    let decided = running().when(&act("2025-06-12T09:00"), &ask(wait.clone())).decided();
    assert_eq!(clocks(&decided), ["suspended RE-SIXTY"]);
    assert_eq!(decided[0].rules, ["RE-SUSPEND", "RE-SUSPEND-TOLD"]);
    let standing = || after(and(sample::running(), wait.clone()));
    assert_eq!(
        clocks(&standing().when(&act("2025-06-23T09:00"), &ask(golden!(AppealResumed))).decided()),
        ["resumed RE-SIXTY"]
    );
    standing().when(&act("2025-06-23T09:00"), &ask(wait.clone())).not_possible("SUSPENDED");
    standing().when(&act("2025-06-23T09:00"), &ask(sample::decided())).not_possible("SUSPENDED");
    running().when(&act("2025-06-23T09:00"), &ask(golden!(AppealResumed))).not_possible("NOT_SUSPENDED");
    let quiet = AppealSuspended { notice: String::new(), ..wait };
    running().when(&act("2025-06-12T09:00"), &ask(quiet)).violates("RE-SUSPEND-TOLD");
}

#[test]
fn refuses_a_standstill_for_a_review_that_never_began() {
    let wait = ask(golden!(AppealSuspended));
    running().when(&act("2025-06-12T09:00"), &wait).refused_by("RE-SUSPEND");
    after(and(sample::running(), own_norm())).when(&act("2025-06-12T09:00"), &wait).satisfies("RE-SUSPEND");
}

#[test]
fn when_the_basis_is_settled_the_time_counts_again_though_nobody_resumes_the_case() {
    let waiting = and(and(sample::running(), own_norm()), golden!(AppealSuspended));
    let settled = after(waiting.clone()).when(&act("2025-06-23T09:00"), &ask(golden!(NormSettled))).decided();
    assert_eq!(clocks(&settled), ["stopped RE-NORM", "resumed RE-SIXTY"]);
    let told = after(and(waiting, golden!(NormSettled))).when(&act("2025-06-24T09:00"), &ask(golden!(AppealResumed)));
    assert!(told.decided()[0].clocks.is_empty());
}

#[test]
fn a_standstill_after_the_sixtieth_day_saves_nothing() {
    let wait = ask(AppealSuspended { ground: SuspendGround::OtherCase, ..golden!(AppealSuspended) });
    // Sixty days after 5 June are over on 4 August; extending what ran out is refused under its own rule.
    clocked().when(&act("2025-08-04T23:00"), &ask(sample::extended())).satisfies("RE-EXTEND");
    clocked().when(&act("2025-08-05T00:00"), &ask(sample::extended())).refused_by("RE-SIXTY");
    let stood =
        clocked().after(&act("2025-08-05T09:00"), &wait).after(&act("2025-08-20T09:00"), &ask(golden!(AppealResumed)));
    stood.when(&act("2025-08-20T10:00"), &ask(sample::extended())).refused_by("RE-SIXTY");
}

#[test]
fn an_extension_is_thirty_days_in_all() {
    let more = |days| ask(DecisionExtended { days, ..sample::extended() });
    let once = || after(and(sample::running(), DecisionExtended { days: 20, ..sample::extended() }));
    once().when(&act("2025-07-01T09:00"), &more(10)).satisfies("RE-EXTEND");
    once().when(&act("2025-07-01T09:00"), &more(11)).refused_by("RE-EXTEND");
    once().when(&act("2025-07-01T09:00"), &more(0)).invalid("days");
}

#[test]
fn a_case_ends_on_a_listed_ground() {
    let decided = running().when(&act("2025-06-24T09:00"), &ask(golden!(AppealTerminated))).decided();
    assert_eq!(clocks(&decided), ["cancelled RE-SIXTY", "cancelled RE-COPY"]);
    assert_eq!(decided[0].rules, ["RE-TERMINATE"]);
    let still = ask(AppealTerminated { ground: EndGround::StillSuspended, ..golden!(AppealTerminated) });
    running().when(&act("2025-06-24T09:00"), &still).refused_by("RE-TERMINATE");
    let died = AppealSuspended { ground: SuspendGround::Died, ..golden!(AppealSuspended) };
    // Standing still since 12 June: the sixtieth day is Monday, 11 August.
    let standing = || after(and(sample::running(), died.clone()));
    standing().when(&act("2025-08-11T09:00"), &still).refused_by("RE-TERMINATE");
    standing().when(&act("2025-08-12T09:00"), &still).satisfies("RE-TERMINATE");
}

#[test]
fn a_withdrawal_needs_permission_once_it_is_accepted() {
    let bare = AppealWithdrawn { permitted_by: None, settlement: None, examined: false, ..sample::withdrawn() };
    running().when(&act("2025-06-24T09:00"), &ask(bare.clone())).refused_by("RE-WITHDRAW");
    let decided = running().when(&act("2025-06-24T09:00"), &ask(sample::withdrawn())).decided();
    assert_eq!(clocks(&decided), ["cancelled RE-SIXTY", "cancelled RE-COPY"]);
    let before = after([sample::received().into()]).when(&act("2025-06-04T09:00"), &ask(bare.clone())).decided();
    assert_eq!(clocks(&before), ["cancelled RE-FIVE"]);
    // Silence has accepted it by the sixth working day.
    after([sample::received().into()]).when(&act("2025-06-11T09:00"), &ask(bare.clone())).refused_by("RE-WITHDRAW");
    let waiting = after([sample::received().into(), golden!(SupplementRequested).into()]);
    assert_eq!(clocks(&waiting.when(&act("2025-06-09T09:00"), &ask(bare)).decided()), ["cancelled RE-SUPPLY"]);
    let ended = after(and(sample::running(), sample::withdrawn()));
    ended.when(&act("2025-06-25T09:00"), &ask(sample::decided())).not_possible("CONCLUDED");
}

#[test]
fn an_agreement_ends_the_case_and_a_failed_mediation_does_not() {
    let decided = after(sample::ready()).when(&act("2025-06-24T09:00"), &ask(sample::mediated())).decided();
    assert_eq!((clocks(&decided), &decided[0].rules[..]), (vec!["stopped RE-SIXTY".to_owned()], &["RE-MEDIATE"][..]));
    let unsigned = MediationHeld { signed: false, ..sample::mediated() };
    running().when(&act("2025-06-24T09:00"), &ask(unsigned)).refused_by("RE-MEDIATE");
    let failed = MediationHeld { agreed: false, signed: false, sealed: false, ..sample::mediated() };
    let events = after(sample::ready()).when(&act("2025-06-20T09:00"), &ask(failed)).events();
    let going_on = after(sample::ready().into_iter().chain(events));
    going_on.when(&act("2025-06-24T09:00"), &ask(sample::decided())).satisfies("RE-KIND");
}

#[test]
fn a_stay_names_its_ground_and_the_case_that_it_stays() {
    let asked = StayDecided { case: None, ..sample::stayed() };
    let events = running().when(&act("2025-06-09T09:00"), &ask(asked)).satisfies("RE-STAY");
    assert!(matches!(&events[..], [AppealEvent::StayDecided(e)] if e.case == sample::received().act.case));
    let groundless = StayDecided { ground: None, ..sample::stayed() };
    running().when(&act("2025-06-09T09:00"), &ask(groundless)).refused_by("RE-STAY");
}

#[test]
fn what_ends_a_case_ends_the_review_of_its_basis() {
    let here = and(sample::running(), own_norm());
    let ended = after(here).when(&act("2025-06-24T09:00"), &ask(sample::withdrawn())).decided();
    assert_eq!(clocks(&ended), ["cancelled RE-SIXTY", "cancelled RE-COPY", "cancelled RE-NORM"]);
    let copied = and(and(sample::running(), sample::copied()), golden!(NormQuestioned));
    let ended = after(copied).when(&act("2025-06-24T09:00"), &ask(sample::withdrawn())).decided();
    assert_eq!(clocks(&ended), ["cancelled RE-SIXTY", "cancelled RE-ANSWER", "cancelled RE-NORM-PASS"]);
}

#[test]
fn whatever_ends_an_application_says_which_case_it_was_about() {
    let case = |event: &AppealEvent| match event {
        AppealEvent::AppealWithdrawn(e) => e.case,
        AppealEvent::AppealTerminated(e) => e.case,
        AppealEvent::MediationHeld(e) => e.case,
        AppealEvent::ApplicationRejected(e) => e.case,
        AppealEvent::ApplicationLapsed(e) => e.case,
        other => panic!("{other:?}"),
    };
    let asked_for: [(Vec<AppealEvent>, &str, Command); 5] = [
        (sample::running(), "2025-06-24T09:00", ask(AppealWithdrawn { case: None, ..sample::withdrawn() })),
        (sample::running(), "2025-06-24T09:00", ask(AppealTerminated { case: None, ..golden!(AppealTerminated) })),
        (sample::running(), "2025-06-24T09:00", ask(MediationHeld { case: None, ..sample::mediated() })),
        (
            vec![sample::received().into()],
            "2025-06-04T09:00",
            ask(ApplicationRejected { case: None, lack: Lack::Interest, ..golden!(ApplicationRejected) }),
        ),
        (
            vec![sample::received().into(), golden!(SupplementRequested).into()],
            "2025-06-30T09:00",
            ask(ApplicationLapsed { case: None, excuse: None, why_not: None, ..golden!(ApplicationLapsed) }),
        ),
    ];
    for (before, when, command) in asked_for {
        let events = after(before).when(&act(when), &command).events();
        assert_eq!(events.iter().map(case).collect::<Vec<_>>(), [sample::received().act.case], "{events:?}");
    }
    assert!(sample::received().act.case.is_some());
}
