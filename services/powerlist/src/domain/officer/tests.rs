use law::decider::harness::{given, in_order};

use lists::facts::OfficerRole;

use super::*;
use crate::domain::{
    fixture::{act, agency_fact, agency_registered, day, reported},
    rules::TRAINING_HOURS,
};

fn code() -> OfficerCode {
    "131001".parse().unwrap()
}

fn person(role: OfficerRole) -> OfficerRegistered {
    OfficerRegistered {
        officer: code(),
        name: "徐云".into(),
        agency: agency_registered().agency,
        region: "230883".parse().unwrap(),
        role,
        legal_qualification: false,
        reviewing_since: None,
    }
}

fn ask(step: impl Into<OfficerStep>) -> Command {
    Command {
        step: step.into(),
        facts: Facts { agency: Some(agency_fact()), training: Value::of(&TRAINING_HOURS, None) },
    }
}

fn register(officer: OfficerRegistered) -> Command {
    ask(officer)
}

fn examined(on: &str) -> OfficerEvent {
    ExaminationPassed { officer: code(), on: day(on), score: 68 }.into()
}

fn certificate(number: &str, from: &str, until: &str) -> CertificateIssued {
    CertificateIssued {
        officer: code(),
        certificate: number.into(),
        agency: agency_registered().agency,
        fields: vec!["食品".into()],
        from: day(from),
        until: day(until),
    }
}

fn issue(certificate: CertificateIssued) -> Command {
    let CertificateIssued { officer, certificate, fields, from, until, .. } = certificate;
    ask(IssueCertificate { officer, certificate, fields, from, until })
}

fn trained(hours: u16) -> OfficerEvent {
    TrainingRecorded { officer: code(), on: day("2026-06-01"), hours, subject: "行政处罚法".into() }.into()
}

fn officer() -> OfficerEvent {
    person(OfficerRole::Enforcement).into()
}

#[test]
fn registers_an_officer_once() {
    let wanted = person(OfficerRole::Enforcement);
    given::<Officer>([]).when(&act("2022-03-01"), &register(wanted.clone())).then(&[officer()]);
    given::<Officer>([officer()]).when(&act("2022-03-01"), &register(wanted)).quiet();
}

#[test]
fn registers_a_qualified_reviewer() {
    let mut wanted = person(OfficerRole::LegalReviewer);
    wanted.legal_qualification = true;
    given::<Officer>([]).when(&act("2022-03-01"), &register(wanted)).satisfies("OF-EXAM");
}

#[test]
fn refuses_a_new_reviewer_without_the_qualification() {
    let mut wanted = person(OfficerRole::LegalReviewer);
    given::<Officer>([]).when(&act("2022-03-01"), &register(wanted.clone())).refused_by("OF-EXAM");
    given::<Officer>([]).when(&reported("2022-03-01"), &register(wanted.clone())).violates("OF-EXAM");
    wanted.reviewing_since = Some(day("2018-01-01"));
    given::<Officer>([]).when(&act("2022-03-01"), &register(wanted)).refused_by("OF-EXAM");
}

#[test]
fn a_reviewer_of_before_2018_needs_no_qualification() {
    let mut wanted = person(OfficerRole::LegalReviewer);
    wanted.reviewing_since = Some(day("2017-12-31"));
    given::<Officer>([]).when(&act("2022-03-01"), &register(wanted)).satisfies("OF-EXAM");
}

#[test]
fn issues_a_certificate_after_the_examination() {
    let wanted = certificate("23088331001", "2022-04-07", "2027-04-06");
    given::<Officer>([officer(), examined("2022-03-21")])
        .when(&act("2022-04-07"), &issue(wanted.clone()))
        .satisfies("OF-EXAM");
    // On the day itself is not before.
    given::<Officer>([officer(), examined("2022-04-07")]).when(&act("2022-04-07"), &issue(wanted)).satisfies("OF-EXAM");
}

#[test]
fn refuses_a_certificate_without_examination() {
    let wanted = certificate("23088331001", "2022-04-07", "2027-04-06");
    given::<Officer>([officer()]).when(&act("2022-04-07"), &issue(wanted)).refused_by("OF-EXAM");
}

#[test]
fn refuses_a_certificate_before_the_examination() {
    let wanted = certificate("23088331001", "2022-04-07", "2027-04-06");
    given::<Officer>([officer(), examined("2022-04-08")])
        .when(&act("2022-04-08"), &issue(wanted))
        .refused_by("OF-EXAM");
}

#[test]
fn refuses_a_certificate_for_auxiliary_staff() {
    let wanted = certificate("23088331001", "2022-04-07", "2027-04-06");
    given::<Officer>([person(OfficerRole::Auxiliary).into(), examined("2022-03-21")])
        .when(&act("2022-04-07"), &issue(wanted))
        .refused_by("OF-EXAM");
}

#[test]
fn renews_after_sixty_hours() {
    let first = certificate("23088331001", "2022-04-07", "2027-04-06").into();
    given::<Officer>([officer(), examined("2022-03-21"), first, trained(60)])
        .when(&act("2027-04-07"), &issue(certificate("23088331901", "2027-04-07", "2032-04-06")))
        .satisfies("OF-TRAIN");
}

#[test]
fn refuses_renewal_after_fifty_nine_hours() {
    let first = certificate("23088331001", "2022-04-07", "2027-04-06").into();
    given::<Officer>([officer(), examined("2022-03-21"), first, trained(59)])
        .when(&act("2027-04-07"), &issue(certificate("23088331901", "2027-04-07", "2032-04-06")))
        .refused_by("OF-TRAIN");
}

#[test]
fn the_first_certificate_needs_no_training_year() {
    let wanted = certificate("23088331001", "2022-04-07", "2027-04-06");
    let decided =
        given::<Officer>([officer(), examined("2022-03-21")]).when(&act("2022-04-07"), &issue(wanted)).decided();
    assert!(!decided[0].rules.contains(&"OF-TRAIN"), "the rule was not asked");
    assert_eq!(decided[0].violations, vec![]);
}

#[test]
fn a_failed_examination_is_no_examination() {
    let failed = ask(ExaminationPassed { officer: code(), on: day("2022-03-21"), score: 59 });
    given::<Officer>([officer()]).when(&act("2022-03-21"), &failed).not_possible("EXAMINATION_NOT_PASSED");
    let passed = ask(ExaminationPassed { officer: code(), on: day("2022-03-21"), score: 60 });
    given::<Officer>([officer()]).when(&act("2022-03-21"), &passed).events();
}

#[test]
fn a_certificate_is_valid_from_its_first_to_its_last_day() {
    let mut certificate = Certificate { issued: certificate("23088331001", "2022-04-07", "2027-04-06"), revoked: None };
    for (on, want) in [
        ("2022-04-06", CertificateState::NotYet),
        ("2022-04-07", CertificateState::Valid),
        ("2027-04-06", CertificateState::Valid),
        ("2027-04-07", CertificateState::Expired),
    ] {
        assert_eq!(certificate.on(day(on)), want, "{on}");
    }
    certificate.revoked = Some((day("2025-05-01"), "调离".into()));
    assert_eq!(certificate.on(day("2025-04-30")), CertificateState::Valid);
    assert_eq!(certificate.on(day("2025-05-01")), CertificateState::Revoked);
}

#[test]
fn withdraws_a_certificate_once() {
    let first = OfficerEvent::from(certificate("23088331001", "2022-04-07", "2027-04-06"));
    let revoke = |on: &str| {
        ask(CertificateRevoked {
            officer: code(),
            certificate: "23088331001".into(),
            on: day(on),
            reason: "调离执法岗位".into(),
        })
    };
    let before = vec![officer(), examined("2022-03-21"), first];
    let events = given::<Officer>(before.clone()).when(&act("2025-05-01"), &revoke("2025-05-01")).events();
    let after = [before, events].concat();
    given::<Officer>(after.clone()).when(&act("2025-05-01"), &revoke("2025-05-01")).quiet();
    given::<Officer>(after).when(&act("2025-05-02"), &revoke("2025-05-02")).not_possible("CERTIFICATE_REVOKED");
}

fn given_office(from: &str) -> OfficeGiven {
    OfficeGiven {
        officer: code(),
        agency: agency_registered().agency,
        office: OfficeKind::Head,
        from: day(from),
        document: "任职通知".into(),
    }
}

fn ended_office(on: &str) -> OfficeEnded {
    OfficeEnded {
        officer: code(),
        agency: agency_registered().agency,
        office: OfficeKind::Head,
        on: day(on),
        document: "免职通知".into(),
    }
}

#[test]
fn an_office_is_held_from_its_first_day_to_the_day_before_it_ends() {
    let before = vec![officer(), given_office("2024-02-26").into()];
    let ended = given::<Officer>(before.clone()).when(&act("2026-01-01"), &ask(ended_office("2026-01-01"))).events();
    let state = given::<Officer>([before, ended].concat()).state().clone();
    for (on, held) in [("2024-02-25", false), ("2024-02-26", true), ("2025-12-31", true), ("2026-01-01", false)] {
        assert_eq!(state.offices[0].on(day(on)), held, "{on}");
    }
}

#[test]
fn gives_an_office_once_and_again_after_it_ended() {
    let before = vec![officer(), given_office("2024-02-26").into()];
    given::<Officer>(before.clone()).when(&act("2024-03-01"), &ask(given_office("2024-02-26"))).quiet();
    let again = ask(given_office("2025-01-01"));
    given::<Officer>(before.clone()).when(&act("2025-01-01"), &again).not_possible("OFFICE_HELD");
    let ended = [before, vec![ended_office("2025-01-01").into()]].concat();
    given::<Officer>(ended.clone()).when(&act("2025-01-01"), &again).then(&[given_office("2025-01-01").into()]);
    let between = ask(given_office("2024-12-31"));
    given::<Officer>(ended.clone()).when(&act("2025-01-01"), &between).not_possible("OFFICE_HELD");
    given::<Officer>(ended).when(&act("2025-01-01"), &ask(ended_office("2025-01-01"))).quiet();
}

#[test]
fn ends_only_what_is_held_and_not_before_it_began() {
    let end = |on: &str| ask(ended_office(on));
    given::<Officer>([officer()]).when(&act("2025-01-01"), &end("2025-01-01")).not_possible("OFFICE_NOT_HELD");
    let held = [officer(), given_office("2024-02-26").into()];
    given::<Officer>(held).when(&act("2025-01-01"), &end("2024-02-25")).invalid("on");
}

#[test]
fn refuses_an_office_in_an_agency_that_nobody_registered() {
    let mut command = ask(given_office("2024-02-26"));
    command.facts.agency = None;
    given::<Officer>([officer()]).when(&act("2024-02-26"), &command).not_found("agency");
}

#[test]
fn keeps_training_apart_from_what_cannot_be() {
    let train = |hours| ask(TrainingRecorded { officer: code(), on: day("2026-06-01"), hours, subject: "法".into() });
    given::<Officer>([officer()]).when(&act("2026-06-01"), &train(16)).events();
    let zero = Officer::decide(&given::<Officer>([officer()]).state().clone(), &act("2026-06-01"), &train(0));
    assert!(matches!(zero, Err(Refusal::Invalid { .. })));
}

#[test]
fn nothing_is_recorded_of_an_officer_before_it_could_be() {
    let registered = [officer()];
    let held = certificate("0801-1", "2025-01-02", "2030-01-01");
    let examination = ExaminationPassed { officer: code(), on: day("2022-03-01"), score: 68 };
    let training =
        TrainingRecorded { officer: code(), on: day("2025-06-01"), hours: 8, subject: "行政处罚法".into() };
    for command in [ask(examination), issue(held.clone()), ask(training)] {
        assert_eq!(in_order::<Officer>(&registered, &command), ["OfficerRegistered"]);
    }
    let revoked = CertificateRevoked {
        officer: code(),
        certificate: "0801-1".into(),
        on: day("2025-06-25"),
        reason: "调离".into(),
    };
    assert_eq!(in_order::<Officer>(&[officer(), held.into()], &ask(revoked)), ["CertificateIssued"]);
}
