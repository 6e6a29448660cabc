//! Who may call what, as the APIs declare it. An RPC that declares nothing does not build.

use kernel::Role;

/// The steps of matters that are recorded by their own agency.
fn steps(service: &str) -> impl Iterator<Item = &'static proto::Method> {
    proto::METHODS.iter().filter(move |m| m.service == service && !m.event.is_empty())
}

fn open_to(method: &proto::Method, role: Role) -> bool {
    method.roles.contains(&role.word())
}

#[test]
fn the_operator_reads_no_case_and_the_auditor_changes_nothing() {
    for method in proto::METHODS {
        assert!(!open_to(method, Role::Operator), "{}", method.path);
        assert!(method.event.is_empty() || !open_to(method, Role::Auditor), "{}", method.path);
        assert!(method.event.is_empty() || !open_to(method, Role::Public), "{}", method.path);
    }
}

#[test]
fn nobody_from_outside_records_a_step_of_a_case() {
    assert!(steps("fazhi.enforcement.v1.Enforcement").count() > 60);
    for method in steps("fazhi.enforcement.v1.Enforcement") {
        for role in [Role::Intake, Role::Handler, Role::ListEditor, Role::ListApprover, Role::Supervisor] {
            assert!(!open_to(method, role), "{} is open to {}", method.path, role.word());
        }
    }
}

#[test]
fn no_agency_rates_itself_or_decides_on_its_own_objection_and_only_the_keeper_opens_what_is_sealed() {
    let sealed = ["OpenIdentity", "ReleaseText", "ShredIdentity"];
    let of_others =
        ["RateAnswer", "RequestReview", "DecideObjection", "RuleAssignment", "AssignComplaint", "WithdrawComplaint"];
    assert!(steps("fazhi.complaints.v1.Complaints").count() > 20);
    for method in steps("fazhi.complaints.v1.Complaints") {
        assert_eq!(method.roles == ["identity_keeper"], sealed.contains(&method.name), "{}", method.path);
        for role in [Role::Handler, Role::AgencyHead] {
            assert!(!open_to(method, role) || !of_others.contains(&method.name), "{} {}", method.path, role.word());
        }
    }
}

#[test]
fn every_step_asks_for_an_event_that_is_declared_under_its_name() {
    for profile in fazhi::services::profiles() {
        let vocabulary = (profile.vocabulary)();
        let package = format!("fazhi.{}.v1.", profile.service);
        for method in proto::METHODS.iter().filter(|m| m.service.starts_with(&package) && !m.event.is_empty()) {
            let card = vocabulary.event(method.event).unwrap_or_else(|| panic!("{}: {}", method.path, method.event));
            assert_eq!(card.step, method.name);
        }
        for card in vocabulary.events().filter(|card| !card.step.is_empty()) {
            let named = proto::METHODS.iter().any(|m| m.name == card.step && m.event == card.kind);
            assert!(named, "{} asks for {}, but no RPC does", card.step, card.kind);
        }
    }
}
