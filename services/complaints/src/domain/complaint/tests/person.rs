//! Sealed texts and identity, the reward.

use super::*;

#[test]
fn the_person_writes_and_is_written_to_at_any_time() {
    let ended = || after(sample::settled(Kind::Complaint), [sample::closed().into()]);
    for step in [super::super::Step::from(sample::statement(2)), sample::reply().into()] {
        assert_eq!(ended().when(&act("2025-09-01T09:00"), &ask(step)).events().len(), 1);
    }
}

#[test]
fn a_sealed_text_is_released_by_two_and_not_to_whom_it_accuses() {
    let report = || after(vec![sample::registered(Kind::Report).into()], [sample::statement(2).into()]);
    for text in [1, 2] {
        assert_eq!(
            report().when(&act("2025-06-12T09:00"), &ask(sample::released(text))).satisfies("CO-PROTECT").len(),
            1
        );
    }
    report().when(&act("2025-06-12T09:00"), &ask(sample::released(3))).not_found("sealed text");
    let alone = TextReleased { second: sample::code(sample::KEEPER), ..sample::released(1) };
    report().when(&act("2025-06-12T09:00"), &ask(alone)).refused_by("CO-PROTECT");
    let accusing =
        ComplaintRegistered { against: vec![sample::BUREAU.parse().unwrap()], ..sample::registered(Kind::Report) };
    matter(vec![accusing.into()]).when(&act("2025-06-12T09:00"), &ask(sample::released(1))).refused_by("CO-PROTECT");
}

#[test]
fn an_identity_is_opened_by_two_for_a_reason() {
    let report = || registered(Kind::Report);
    report().when(&act("2025-06-12T09:00"), &ask(sample::opened())).satisfies("CO-PROTECT");
    let alone = IdentityOpened { second: sample::code(sample::KEEPER), ..sample::opened() };
    report().when(&act("2025-06-12T09:00"), &ask(alone.clone())).refused_by("CO-PROTECT");
    report().when(&reporting("2025-06-12T09:00"), &ask(alone)).violates("CO-PROTECT");
    let somebody = IdentityOpened { complainant: sample::id(78), ..sample::opened() };
    report().when(&act("2025-06-12T09:00"), &ask(somebody)).not_found("complainant");
    let nobody = ComplaintRegistered { complainant: None, ..sample::registered(Kind::Report) };
    matter(vec![nobody.into()]).when(&act("2025-06-12T09:00"), &ask(sample::opened())).not_found("complainant");
}

#[test]
fn a_report_that_proved_true_is_rewarded_once() {
    let reward = || ask(sample::rewarded());
    matter(sample::settled(Kind::Report)).when(&act("2025-07-10T09:00"), &reward()).satisfies("CO-REWARD");
    // The answer says no more than that a case was filed; the case proves it.
    let untrue = ComplaintAnswered { outcome: Outcome::NotVerified, ..sample::answered(Outcome::Verified) };
    let answered = || after(sample::handled(Kind::Report), [untrue.clone().into()]);
    answered().when(&act("2025-07-10T09:00"), &reward()).refused_by("CO-REWARD");
    after(sample::handled(Kind::Report), [untrue.into(), sample::returned(true).into()])
        .when(&act("2025-07-10T09:00"), &reward())
        .satisfies("CO-REWARD");
    after(sample::settled(Kind::Report), [sample::rewarded().into()])
        .when(&act("2025-07-11T09:00"), &reward())
        .not_possible("ALREADY_REWARDED");
    matter(sample::settled(Kind::Complaint)).when(&act("2025-07-10T09:00"), &reward()).not_possible("NOT_A_REPORT");
}

#[test]
fn refuses_a_reward_that_reveals_who_reported() {
    let settled = || matter(sample::settled(Kind::Report));
    let named = ReportRewarded { method: RewardMethod::Named, ..sample::rewarded() };
    settled().when(&act("2025-07-10T09:00"), &ask(named)).refused_by("CO-REWARD");
    let telephone = ReportRewarded { payment: "转账至13900001234".into(), ..sample::rewarded() };
    settled().when(&act("2025-07-10T09:00"), &ask(telephone)).refused_by("CO-PROTECT");
    let nothing = ReportRewarded { amount_fen: 0, ..sample::rewarded() };
    settled().when(&act("2025-07-10T09:00"), &ask(nothing)).invalid("amount_fen");
}

#[test]
fn a_key_is_shredded_by_two_when_the_matter_is_over() {
    let over = || after(sample::settled(Kind::Report), [sample::closed().into()]);
    let events = over().when(&act("2025-09-01T09:00"), &ask(sample::shredded())).satisfies("CO-SHRED");
    let [ComplaintEvent::IdentityShredded(shredded)] = &events[..] else { panic!("{events:?}") };
    // Who it is, and what was said: all is under the one key.
    assert_eq!(shredded.shredded.len(), 2);
    let pending = after(sample::handled(Kind::Report), []);
    pending.when(&act("2025-06-20T09:00"), &ask(sample::shredded())).refused_by("CO-SHRED");
    let alone = IdentityShredded { second: sample::code(sample::KEEPER), ..sample::shredded() };
    over().when(&act("2025-09-01T09:00"), &ask(alone)).refused_by("CO-SHRED");
    let nobody = ComplaintRegistered { identity: None, sealed: None, ..sample::registered(Kind::Report) };
    matter(vec![nobody.into()]).when(&act("2025-09-01T09:00"), &ask(sample::shredded())).not_found("sealed identity");
    after(sample::settled(Kind::Report), [sample::closed().into(), shredded.clone().into()])
        .when(&act("2025-09-02T09:00"), &ask(sample::shredded()))
        .quiet();
}
