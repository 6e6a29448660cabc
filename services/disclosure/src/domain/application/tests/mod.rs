//! An application's steps: emitted when allowed, refused when forbidden, quiet or impossible when out of place.

mod matter;
mod order;
mod period;

use law::{
    Breach, Decided, Decider as _,
    decider::harness::{Given, given},
    ending::LeftOpen,
};

use lists::{facts::OfficeKind, fixture::HEAD, officers::Officials};

use super::{
    Application, Applications,
    sample::{self, act, ask, reporting},
};
use crate::domain::{
    events::*,
    rules::answer::Earlier,
    words::{Channel, Element, Ground, Outcome},
};

fn after<const N: usize>(events: [ApplicationEvent; N]) -> Given<Applications> {
    given::<Applications>(std::iter::once(sample::received().into()).chain(events))
}

/// An inquiry that is not waited for.
fn not_waited_for(inquiry: u128) -> LeftOpen {
    LeftOpen { what: format!("inquiry:{}", sample::id(inquiry)), reason: "申请的信息不存在".into() }
}

fn clocks(decided: &[Decided<ApplicationEvent>]) -> Vec<(&str, &'static str)> {
    decided.iter().flat_map(|d| &d.clocks).map(|c| (c.clock(), c.word())).collect()
}

#[test]
fn an_application_opens_the_period_to_answer() {
    let decided = given::<Applications>([]).when(&act("2025-06-03T09:00"), &ask(sample::received())).decided();
    assert_eq!(decided[0].event, sample::received().into());
    assert_eq!(clocks(&decided), [("DI-ANSWER", "opened")]);
    assert_eq!(decided[0].rules, ["DI-RECEIPT", "DI-CONFIRM"]);
}

#[test]
fn what_lacks_an_element_is_received_and_a_correction_owed() {
    let mut bare = sample::received();
    (bare.contact, bare.form, bare.applicant.id_digest) = (false, None, None);
    let decided = given::<Applications>([]).when(&act("2025-06-03T09:00"), &ask(bare)).decided();
    let ApplicationEvent::ApplicationReceived(e) = &decided[0].event else { panic!("{decided:?}") };
    assert_eq!(e.missing, [Element::Identity, Element::Contact, Element::Form]);
    assert_eq!(clocks(&decided), [("DI-ANSWER", "opened"), ("DI-CORRECT-TIME", "opened")]);
}

#[test]
fn refuses_to_receive_it_later_than_it_was_handed_in() {
    let late = ask(sample::received());
    given::<Applications>([]).when(&act("2025-06-04T09:00"), &late).refused_by("DI-RECEIPT");
    given::<Applications>([]).when(&reporting("2025-06-04T09:00"), &late).violates("DI-RECEIPT");
    let letter = ask(ApplicationReceived { channel: Channel::OrdinaryPost, ..sample::received() });
    given::<Applications>([]).when(&act("2025-06-04T09:00"), &letter).violates("DI-CONFIRM");
}

#[test]
fn an_application_is_received_once_and_by_an_agency_that_is_there() {
    after([]).when(&act("2025-06-03T10:00"), &ask(sample::received())).not_possible("ALREADY_RECEIVED");
    let mut nobody = ask(sample::received());
    nobody.facts.agency = None;
    given::<Applications>([]).when(&act("2025-06-03T09:00"), &nobody).not_found("agency");
    given::<Applications>([]).when(&act("2025-06-02T09:00"), &ask(sample::received())).invalid("arrived");
}

#[test]
fn a_correction_asked_for_in_time_stops_the_period_and_its_receipt_begins_it_anew() {
    let decided = after([]).when(&act("2025-06-12T09:00"), &ask(sample::correction(false))).decided();
    let ApplicationEvent::CorrectionRequested(e) = &decided[0].event else { panic!("{decided:?}") };
    assert!(e.in_time, "12 June is the 7th working day");
    let want = [("DI-CORRECT-TIME", "opened"), ("DI-CORRECT-TIME", "stopped"), ("DI-ANSWER", "cancelled")];
    assert_eq!(clocks(&decided), want);
    let decided =
        after([sample::correction(true).into()]).when(&act("2025-06-18T09:00"), &ask(sample::corrected())).decided();
    assert_eq!(clocks(&decided), [("DI-ANSWER", "opened")]);
}

#[test]
fn a_late_correction_wins_the_agency_no_time() {
    let decided = after([]).when(&act("2025-06-13T09:00"), &ask(sample::correction(true))).decided();
    let ApplicationEvent::CorrectionRequested(e) = &decided[0].event else { panic!("{decided:?}") };
    assert!(!e.in_time, "13 June is the 8th working day");
    assert_eq!(clocks(&decided), [("DI-CORRECT-TIME", "opened"), ("DI-CORRECT-TIME", "stopped")]);
    let decided =
        after([sample::correction(false).into()]).when(&act("2025-06-18T09:00"), &ask(sample::corrected())).decided();
    assert!(decided[0].clocks.is_empty());
}

#[test]
fn refuses_a_second_request_for_correction() {
    let before = [sample::correction(true).into(), sample::corrected().into()];
    after(before)
        .when(
            &act("2025-06-19T09:00"),
            &ask(CorrectionRequested { until: sample::day("2025-07-01"), ..sample::correction(true) }),
        )
        .refused_by("DI-CORRECT");
}

#[test]
fn a_correction_comes_once_and_only_when_asked_for() {
    after([]).when(&act("2025-06-18T09:00"), &ask(sample::corrected())).not_possible("NO_CORRECTION");
    let before = [sample::correction(true).into(), sample::corrected().into()];
    after(before).when(&act("2025-06-19T09:00"), &ask(sample::corrected())).not_possible("ALREADY_CORRECTED");
    after([]).when(&act("2025-06-20T09:00"), &ask(sample::correction(true))).invalid("until");
}

#[test]
fn what_is_not_corrected_in_time_is_given_up() {
    let asked = || after([sample::correction(true).into()]);
    let decided = asked().when(&act("2025-06-21T09:00"), &ask(sample::lapsed())).decided();
    assert_eq!(clocks(&decided), [("DI-ANSWER", "cancelled")]);
    assert!(decided[0].violations.is_empty());
    asked().when(&act("2025-06-20T09:00"), &ask(sample::lapsed())).refused_by("DI-LAPSE");
    after([]).when(&act("2025-06-21T09:00"), &ask(sample::lapsed())).refused_by("DI-RECEIVE");
}

#[test]
fn giving_up_or_withdrawing_does_not_make_a_missed_answer_vanish() {
    // The correction was asked for too late, so the period ran on from receipt: until 1 July.
    let asked = || after([sample::correction(false).into()]);
    asked().when(&act("2025-07-02T09:00"), &ask(sample::lapsed())).violates("DI-ANSWER");
    after([]).when(&act("2025-07-02T09:00"), &ask(sample::withdrawn())).violates("DI-ANSWER");
    let in_time = after([]).when(&act("2025-07-01T09:00"), &ask(sample::withdrawn())).decided();
    assert!(in_time[0].violations.is_empty());
}

#[test]
fn a_third_party_is_asked_once() {
    let again = ThirdPartyAsked { inquiry: sample::id(10), ..sample::third_party_asked() };
    after([sample::third_party_asked().into()])
        .when(&act("2025-06-11T09:00"), &ask(again))
        .not_possible("ALREADY_ASKED");
    let early = ThirdPartyAsked { sent: sample::day("2025-06-02"), ..sample::third_party_asked() };
    after([]).when(&act("2025-06-10T09:00"), &ask(early)).invalid("sent");
    let late = ThirdPartyAsked { sent: sample::day("2025-06-11"), ..sample::third_party_asked() };
    after([]).when(&act("2025-06-10T09:00"), &ask(late)).invalid("sent");
}

#[test]
fn an_opinion_answers_an_inquiry_once() {
    let answer = || ask(sample::third_party_answered(true));
    after([]).when(&act("2025-06-13T09:00"), &answer()).not_found("inquiry");
    after([sample::agency_asked().into()])
        .when(
            &act("2025-06-13T10:00"),
            &ask(ThirdPartyAnswered { inquiry: sample::id(8), ..sample::third_party_answered(true) }),
        )
        .not_found("inquiry");
    after([sample::third_party_asked().into(), sample::third_party_answered(true).into()])
        .when(&act("2025-06-16T09:00"), &answer())
        .not_possible("ALREADY_GIVEN");
    after([sample::third_party_asked().into()]).when(&act("2025-06-09T09:00"), &answer()).invalid("meta.at");
}

#[test]
fn reasons_come_after_they_are_asked_for() {
    after([]).when(&act("2025-06-04T09:00"), &ask(sample::reasons())).not_possible("NOT_DEMANDED");
    after([sample::demanded().into()])
        .when(&act("2025-06-04T09:00"), &ask(sample::demanded()))
        .not_possible("ALREADY_DEMANDED");
    let unreasonable = || ask(sample::answered(Outcome::Unreasonable));
    after([]).when(&act("2025-06-20T09:00"), &unreasonable()).refused_by("DI-REASONS");
    after([sample::demanded().into(), sample::reasons().into()])
        .when(&act("2025-06-20T09:00"), &unreasonable())
        .satisfies("DI-REASONS");
    let deferred = || ask(sample::deferred(30));
    after([sample::demanded().into()]).when(&act("2025-06-20T09:00"), &deferred()).refused_by("DI-REASONS");
}

#[test]
fn an_answer_is_held_against_its_rules() {
    let answer = |outcome| ask(sample::answered(outcome));
    let disclosed = after([]).when(&act("2025-06-20T09:00"), &answer(Outcome::Disclosed)).satisfies("DI-THIRD");
    let facts = sample::facts();
    let (agency, day) = (facts.agency.unwrap().agency, sample::day("2025-06-20"));
    let officials = Officials { known: &facts.officials, offices: &[OfficeKind::Head], agency: &agency, day };
    let official = officials.named(HEAD).ok();
    let recorded =
        ApplicationAnswered { decided_by: "李局长".into(), official, ..sample::answered(Outcome::Disclosed) };
    assert_eq!(disclosed, [recorded.into()]);
    let bare = |change: fn(&mut ApplicationAnswered), outcome| {
        let mut answer = sample::answered(outcome);
        change(&mut answer);
        ask(answer)
    };
    let refused = |rule: &str, outcome, change: fn(&mut ApplicationAnswered)| {
        after([]).when(&act("2025-06-20T09:00"), &bare(change, outcome)).refused_by(rule);
        after([]).when(&reporting("2025-06-20T09:00"), &bare(change, outcome)).violates(rule);
    };
    refused("DI-CONTENT", Outcome::AlreadyPublic, |a| a.how = None);
    refused("DI-GROUND", Outcome::NotDisclosed, |a| a.grounds.clear());
    refused("DI-REVIEW", Outcome::Disclosed, |a| a.reviewed_by = None);
    refused("DI-RECONSIDER", Outcome::NotDisclosed, |a| a.reconsideration_told = false);
    refused("DI-FORWARD", Outcome::NotResponsible, |a| {
        a.responsible = Some(Responsible { name: "抚远市水务局".into(), contact: String::new() });
    });
    refused("DI-REPEAT", Outcome::Repeated, |_| {});
    refused("DI-RECEIVE", Outcome::StillUnclear, |_| {});
    refused("DI-THIRD", Outcome::Disclosed, |a| a.harms_third_party = None);
    refused("DI-THIRD", Outcome::NotDisclosed, |a| a.grounds = vec![Ground::ThirdParty]);
}

#[test]
fn an_applicant_may_be_sent_to_another_agency_or_told_that_none_is_known() {
    let another = Responsible { name: "抚远市水务局".into(), contact: "0454-2130000".into() };
    for responsible in [Some(another), None] {
        let answer = ApplicationAnswered { responsible, ..sample::answered(Outcome::NotResponsible) };
        after([]).when(&act("2025-06-20T09:00"), &ask(answer)).satisfies("DI-FORWARD");
    }
}

#[test]
fn what_was_corrected_may_still_be_unclear() {
    let unclear = || ask(sample::answered(Outcome::StillUnclear));
    let asked = || sample::correction(true).into();
    after([asked()]).when(&act("2025-06-20T09:00"), &unclear()).refused_by("DI-RECEIVE");
    after([asked(), sample::corrected().into()]).when(&act("2025-06-20T09:00"), &unclear()).satisfies("DI-RECEIVE");
}

#[test]
fn reconsideration_is_told_of_since_the_law_demands_it() {
    let mut old = sample::received();
    (old.arrived, old.at) = (sample::day("2023-12-05"), Some(sample::at("2023-12-05T09:00")));
    let silent = ask(ApplicationAnswered { reconsideration_told: false, ..sample::answered(Outcome::NotDisclosed) });
    let filed = || given::<Applications>([old.clone().into()]);
    filed().when(&act("2023-12-31T09:00"), &silent).events();
    filed().when(&act("2024-01-01T09:00"), &silent).refused_by("DI-RECONSIDER");
}

#[test]
fn a_repetition_needs_the_earlier_answer() {
    let mut repeated = ask(ApplicationAnswered { earlier: Some(sample::id(7)), ..sample::answered(Outcome::Repeated) });
    repeated.facts.earlier = Some(Earlier {
        agency: sample::AGENCY.parse().unwrap(),
        applicant: sample::applicant().id_digest,
        outcome: Some(Outcome::Disclosed),
    });
    after([]).when(&act("2025-06-20T09:00"), &repeated).satisfies("DI-REPEAT");
}

#[test]
fn those_asked_have_their_time_before_anything_is_disclosed() {
    let disclosed = || ask(sample::answered(Outcome::Disclosed));
    // Received on 10 June: the 15th working day is 1 July.
    let asked = || after([sample::third_party_asked().into()]);
    asked().when(&act("2025-07-01T09:00"), &disclosed()).refused_by("DI-THIRD-TIME");
    asked().when(&act("2025-07-02T09:00"), &disclosed()).satisfies("DI-THIRD-TIME");
    after([sample::agency_asked().into()]).when(&act("2025-07-01T09:00"), &disclosed()).refused_by("DI-JOINT");
    after([
        sample::agency_asked().into(),
        AgencyAnswered { at: Some(sample::at("2025-06-16T09:00")), ..sample::agency_answered() }.into(),
    ])
    .when(&act("2025-06-20T09:00"), &disclosed())
    .satisfies("DI-JOINT");
    // What does not turn on them need not wait, but says so.
    let not_there = ApplicationAnswered { left: vec![not_waited_for(9)], ..sample::answered(Outcome::NotExisting) };
    asked().when(&act("2025-06-20T09:00"), &ask(not_there)).events();
}

#[test]
fn only_a_sent_answer_stops_the_period() {
    let decided = after([]).when(&act("2025-06-20T09:00"), &ask(sample::answered(Outcome::Disclosed))).decided();
    assert!(decided[0].clocks.is_empty());
    after([]).when(&act("2025-06-20T09:00"), &ask(sample::sent())).not_possible("NOT_ANSWERED");
    let decided = after([sample::answered(Outcome::Disclosed).into()])
        .when(&act("2025-06-23T09:00"), &ask(sample::sent()))
        .decided();
    assert_eq!(clocks(&decided), [("DI-ANSWER", "stopped")]);
}

#[test]
fn an_answer_without_correction_ends_what_was_owed() {
    let lacking = ApplicationReceived { missing: vec![Element::Form], ..sample::received() };
    let decided = given::<Applications>([lacking.into()])
        .when(&act("2025-06-20T09:00"), &ask(sample::answered(Outcome::Disclosed)))
        .decided();
    assert_eq!(clocks(&decided), [("DI-CORRECT-TIME", "cancelled")]);
}

#[test]
fn a_fee_needs_its_reason() {
    after([]).when(&act("2025-06-05T09:00"), &ask(sample::fee())).satisfies("DI-FEE");
    after([])
        .when(&act("2025-06-05T09:00"), &ask(FeeCharged { excess: String::new(), ..sample::fee() }))
        .refused_by("DI-FEE");
    after([]).when(&act("2025-06-05T09:00"), &ask(FeeCharged { amount_fen: 0, ..sample::fee() })).invalid("amount_fen");
}

#[test]
fn nothing_happens_before_receipt_or_after_the_end() {
    given::<Applications>([]).when(&act("2025-06-05T09:00"), &ask(sample::fee())).not_found("application");
    after([]).when(&act("2025-06-02T09:00"), &ask(sample::fee())).invalid("meta.at");
    let answered = || sample::answered(Outcome::Disclosed).into();
    after([answered()]).when(&act("2025-06-23T09:00"), &ask(sample::fee())).not_possible("ALREADY_ANSWERED");
    after([]).when(&act("2025-06-23T09:00"), &ask(sample::archived())).not_possible("NOT_ENDED");
    after([answered(), sample::sent().into()])
        .when(&act("2025-06-24T09:00"), &ask(sample::sent()))
        .not_possible("ENDED");
    let archived = [answered(), sample::sent().into(), sample::archived().into()];
    after(archived).when(&act("2025-06-25T09:00"), &ask(sample::archived())).not_possible("ARCHIVED");
}

#[test]
fn a_refused_step_is_kept_with_its_name() {
    let breach = Breach {
        rule: "DI-RECEIPT".into(),
        citation: String::new(),
        zh: String::new(),
        en: String::new(),
        whose: None,
    };
    let attempt = |act: &law::Act, state: &Application| {
        Applications::attempt(state, act, &ask(sample::received()), std::slice::from_ref(&breach))
    };
    let kept = attempt(&act("2025-06-04T09:00"), &Application::default());
    let Some(ApplicationEvent::StepRefused(e)) = kept else { panic!("{kept:?}") };
    assert_eq!((e.step.as_str(), e.agency.as_str()), ("ReceiveApplication", sample::AGENCY));
    assert_eq!(attempt(&reporting("2025-06-04T09:00"), &Application::default()), None);
}

#[test]
fn an_answer_that_does_not_wait_names_whom_and_why() {
    let asked = || [sample::third_party_asked().into(), sample::agency_asked().into()];
    let answer =
        |left: &[LeftOpen]| ask(ApplicationAnswered { left: left.to_vec(), ..sample::answered(Outcome::NotExisting) });
    let (third, joint) = (not_waited_for(9), not_waited_for(8));
    for mode in [act, reporting] {
        after(asked()).when(&mode("2025-06-20T09:00"), &answer(&[])).not_possible("LEFT_OPEN");
        after(asked()).when(&mode("2025-06-20T09:00"), &answer(std::slice::from_ref(&third))).not_possible("LEFT_OPEN");
        let both = answer(&[third.clone(), joint.clone()]);
        assert_eq!(after(asked()).when(&mode("2025-06-20T09:00"), &both).events().len(), 1);
    }
    // The fifteenth working day of the third party is 1 July, of the joint author 4 July.
    after(asked()).when(&act("2025-07-02T09:00"), &answer(&[third])).invalid("left[0].what");
    assert_eq!(after(asked()).when(&act("2025-07-07T09:00"), &answer(&[])).events().len(), 1);
}

#[test]
fn an_answer_while_the_applicant_may_correct_says_why() {
    let asked = || [sample::correction(true).into()];
    let answer = |left| ask(ApplicationAnswered { left, ..sample::answered(Outcome::NotExisting) });
    after(asked()).when(&act("2025-06-20T09:00"), &answer(vec![])).not_possible("LEFT_OPEN");
    let named = vec![LeftOpen { what: "correction".into(), reason: "申请人来电说明".into() }];
    assert_eq!(after(asked()).when(&act("2025-06-20T09:00"), &answer(named)).events().len(), 1);
    assert_eq!(after(asked()).when(&act("2025-06-21T09:00"), &answer(vec![])).events().len(), 1);
}

#[test]
fn an_opinion_that_comes_after_the_answer_is_recorded_and_changes_no_period() {
    let answered = sample::answered(Outcome::NotExisting);
    let events = [sample::third_party_asked().into(), answered.into()];
    let late = ask(sample::third_party_answered(false));
    let decided = after(events.clone()).when(&act("2025-06-23T09:00"), &late).decided();
    assert_eq!(clocks(&decided), []);
    let earlier = after(events).when(&reporting("2025-06-16T09:00"), &late).decided();
    assert_eq!(clocks(&earlier), [("DI-ANSWER", "resumed")]);
}
