use law::decider::harness::given;

use super::*;
use crate::domain::facts::{AgencyFact, UniformFact};

#[track_caller]
fn refuses(rule: &str, change: impl Fn(&mut ItemContent)) {
    let mut content = content();
    change(&mut content);
    ready(content).when(&on(), &publish(1, "2026-03-20")).refused_by(rule);
}

#[test]
fn publishes_a_complete_item() {
    for rule in ["PL-ELEMENTS", "PL-DUTY", "PL-BASIS-LEVEL", "PL-CHANGE", "PL-BODY", "PL-FLOW", "PL-STANDARD"] {
        let events = ready(content()).when(&on(), &publish(1, "2026-03-20")).satisfies(rule);
        assert_eq!(events, [published(1, "2026-03-20", content())]);
    }
}

#[test]
fn refuses_an_item_without_its_elements() {
    refuses("PL-ELEMENTS", |c| c.name = "  ".into());
    refuses("PL-ELEMENTS", |c| c.bases.clear());
    refuses("PL-ELEMENTS", |c| c.bases[0].summary.clear());
    refuses("PL-ELEMENTS", |c| c.flow.clear());
    refuses("PL-ELEMENTS", |c| c.supervision.clear());
}

#[test]
fn refuses_a_penalty_without_kinds_and_ranges() {
    refuses("PL-ELEMENTS", |c| c.outcomes.clear());
}

#[test]
fn refuses_a_fine_without_an_amount() {
    refuses("PL-ELEMENTS", |c| c.outcomes.push(outcome(PenaltyKind::Fine)));
    let mut by_another = content();
    by_another.outcomes =
        vec![Outcome { under: Some("《治安管理处罚法》第五十条".into()), ..outcome(PenaltyKind::Fine) }];
    ready(by_another).when(&on(), &publish(1, "2026-03-20")).satisfies("PL-ELEMENTS");
}

#[test]
fn reports_an_item_without_its_elements_as_it_was_published() {
    let mut content = content();
    content.supervision.clear();
    ready(content).when(&reported("2026-03-20"), &publish(1, "2026-03-20")).violates("PL-ELEMENTS");
}

#[test]
fn refuses_an_item_without_duties() {
    refuses("PL-DUTY", |c| c.duties.clear());
    refuses("PL-DUTY", |c| c.duties[0].matter.clear());
    refuses("PL-DUTY", |c| c.responsible.clear());
    refuses("PL-DUTY", |c| c.accountability = " \n".into());
}

#[test]
fn records_a_step_without_a_time_limit() {
    let mut content = content();
    content.flow[0].limit = law::period::Period::CalendarDays(0);
    ready(content).when(&on(), &publish(1, "2026-03-20")).violates("PL-FLOW");
}

#[test]
fn refuses_publication_without_review() {
    given::<Item>([drafted(1, content())]).when(&on(), &publish(1, "2026-03-20")).refused_by("PL-CHANGE");
}

#[test]
fn refuses_publication_after_a_failed_review() {
    given::<Item>([drafted(1, content()), reviewed(1, false)])
        .when(&on(), &publish(1, "2026-03-20"))
        .refused_by("PL-CHANGE");
}

#[test]
fn nothing_is_in_force_before_it_is_public() {
    let early = Item::decide(ready(content()).state(), &on(), &publish(1, "2026-03-19"));
    assert!(matches!(early, Err(law::Refusal::Invalid { field, .. }) if field == "effective"));
}

#[test]
fn publishes_a_version_once() {
    let state = given::<Item>([drafted(1, content()), reviewed(1, true), published(1, "2026-03-20", content())]);
    state.when(&on(), &publish(1, "2026-03-20")).quiet();
    given::<Item>([drafted(1, content()), reviewed(1, true)])
        .when(&on(), &publish(2, "2026-03-20"))
        .not_possible("VERSION_NOT_PENDING");
}

// PL-BASIS-LEVEL

const LEVELS: [NormLevel; 6] = [
    NormLevel::Law,
    NormLevel::AdministrativeRegulation,
    NormLevel::LocalRegulation,
    NormLevel::DepartmentRule,
    NormLevel::LocalRule,
    NormLevel::NormativeDocument,
];

/// A table row: what is created, and which levels may (`x`), in the order of [`LEVELS`].
#[track_caller]
fn check_levels(row: &str, allowed: &str, make: impl Fn(&mut ItemContent)) {
    for (level, mark) in LEVELS.into_iter().zip(allowed.chars()) {
        let mut content = content();
        content.bases = vec![basis(level)];
        make(&mut content);
        let mut command = publish(1, "2026-03-20");
        command.facts.uniform = None;
        let mut police = agency_fact();
        police.may_restrict_liberty = true;
        command.facts.agency = Some(police);
        let decided = Item::decide(ready(content).state(), &on(), &command);
        let refused = decided.is_err_and(|r| r.breaches().iter().any(|b| b.rule == "PL-BASIS-LEVEL"));
        assert_eq!(refused, mark == '-', "{row} by {level:?}");
    }
}

#[test]
fn each_level_creates_the_penalties_it_may() {
    let rows = [
        (PenaltyKind::Warning, "xxxxx-"),
        (PenaltyKind::PublicCriticism, "xxxxx-"),
        (PenaltyKind::Fine, "xxxxx-"),
        (PenaltyKind::ConfiscateGains, "xxx---"),
        (PenaltyKind::ConfiscateGoods, "xxx---"),
        (PenaltyKind::SuspendLicence, "xxx---"),
        (PenaltyKind::LowerQualification, "xxx---"),
        (PenaltyKind::RevokeLicence, "xxx---"),
        (PenaltyKind::RestrictBusiness, "xxx---"),
        (PenaltyKind::SuspendProduction, "xxx---"),
        (PenaltyKind::CloseDown, "xxx---"),
        (PenaltyKind::BarFromTrade, "xxx---"),
        (PenaltyKind::Detention, "x-----"),
        (PenaltyKind::Other, "xx----"),
    ];
    assert_eq!(rows.len(), PenaltyKind::ALL.len());
    for (kind, allowed) in rows {
        check_levels(kind.zh(), allowed, |c| c.outcomes = vec![outcome(kind)]);
    }
    let business =
        Outcome { condition: Some("情节严重（营业执照）".into()), ..outcome(PenaltyKind::RevokeLicence) };
    check_levels("吊销营业执照", "xx----", |c| c.outcomes = vec![business.clone()]);
}

#[test]
fn each_level_creates_the_measures_it_may() {
    let rows = [
        (MeasureKind::RestrictLiberty, "x-----"),
        (MeasureKind::Seal, "xxx---"),
        (MeasureKind::Seize, "xxx---"),
        (MeasureKind::Freeze, "x-----"),
        (MeasureKind::Other, "xx----"),
        (MeasureKind::Execution, "x-----"),
    ];
    assert_eq!(rows.len(), MeasureKind::ALL.len());
    for (measure, allowed) in rows {
        check_levels(measure.zh(), allowed, |c| {
            c.kind = PowerKind::Compulsion;
            c.outcomes.clear();
            c.measures = vec![measure];
        });
    }
}

#[test]
fn a_provincial_rule_carries_a_licence_for_one_year() {
    let licence = |version: &str| {
        let mut content = content();
        content.kind = PowerKind::Licence;
        content.outcomes.clear();
        content.bases = vec![LegalBasis { version: day(version), ..basis(NormLevel::LocalRule) }];
        let mut command = publish(1, "2026-03-20");
        command.facts.uniform = None;
        ready(content).when(&on(), &command)
    };
    licence("2025-03-20").satisfies("PL-BASIS-LEVEL");
    licence("2025-03-19").refused_by("PL-BASIS-LEVEL");
    check_levels("行政许可", "xxx---", |c| {
        c.kind = PowerKind::Licence;
        c.outcomes.clear();
    });
}

#[test]
fn a_normative_document_creates_nothing() {
    check_levels("行政征收", "xxxxx-", |c| {
        c.kind = PowerKind::Levy;
        c.outcomes.clear();
    });
    check_levels("无处罚种类的处罚", "xxxxx-", |c| c.outcomes.clear());
}

#[test]
fn a_law_cited_second_does_not_cure_what_a_lower_norm_creates() {
    refuses("PL-BASIS-LEVEL", |c| {
        c.bases = vec![basis(NormLevel::DepartmentRule), basis(NormLevel::Law)];
        c.outcomes = vec![outcome(PenaltyKind::RevokeLicence)];
    });
}

// PL-UNIFORM

#[track_caller]
fn against(uniform: UniformFact) -> law::decider::harness::When<Item> {
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = Some(uniform);
    ready(content()).when(&on(), &command)
}

#[test]
fn publishes_what_agrees_with_the_catalogue() {
    against(uniform()).satisfies("PL-UNIFORM");
}

#[test]
fn a_newer_version_of_the_same_statute_is_no_departure() {
    let mut older = uniform();
    older.bases[0].version = day("2018-12-29");
    older.bases[0].summary = "别的概括".into();
    against(older).satisfies("PL-UNIFORM");
}

#[test]
fn refuses_another_name_than_the_catalogue() {
    against(UniformFact { name: "对无证经营食品的处罚".into(), ..uniform() }).refused_by("PL-UNIFORM");
}

#[test]
fn refuses_another_kind_than_the_catalogue() {
    against(UniformFact { kind: PowerKind::Other, ..uniform() }).refused_by("PL-UNIFORM");
}

#[test]
fn refuses_another_basis_than_the_catalogue() {
    let mut other = uniform();
    other.bases[0].article = "第一百二十三条".into();
    against(other).refused_by("PL-UNIFORM");
    let mut more = uniform();
    more.bases.push(LegalBasis { article: "第三十五条".into(), ..basis(NormLevel::Law) });
    against(more).refused_by("PL-UNIFORM");
}

// PL-BODY, PL-FREEDOM

fn by(change: impl Fn(&mut AgencyFact)) -> law::decider::harness::When<Item> {
    let mut agency = agency_fact();
    change(&mut agency);
    let mut command = publish(1, "2026-03-20");
    command.facts.agency = Some(agency);
    ready(content()).when(&on(), &command)
}

#[test]
fn refuses_an_unqualified_body() {
    by(|a| a.kind = AgencyKind::Unqualified).refused_by("PL-BODY");
    by(|a| a.region = "230882".parse().unwrap()).refused_by("PL-BODY");
    let mut command = publish(1, "2026-03-20");
    command.facts.agency = None;
    ready(content()).when(&on(), &command).refused_by("PL-BODY");
}

#[test]
fn refuses_an_entrusted_organisation() {
    by(|a| a.kind = AgencyKind::EntrustedOrganisation).refused_by("PL-BODY");
    by(|a| a.kind = AgencyKind::AuthorisedOrganisation).satisfies("PL-BODY");
}

#[test]
fn an_agency_acts_until_the_day_before_its_dissolution() {
    by(|a| a.dissolved_on = Some(day("2026-03-21"))).satisfies("PL-BODY");
}

#[test]
fn refuses_a_dissolved_agency() {
    by(|a| a.dissolved_on = Some(day("2026-03-20"))).refused_by("PL-BODY");
    by(|a| a.from = day("2026-03-21")).refused_by("PL-BODY");
}

#[test]
fn refuses_a_field_the_agency_does_not_cover() {
    by(|a| a.fields = vec!["药品".into()]).refused_by("PL-BODY");
}

fn detention() -> ItemContent {
    let mut content = content();
    let range = Some(Range::Days { low: 5, high: 15 });
    content.outcomes = vec![Outcome { range, ..outcome(PenaltyKind::Detention) }];
    content
}

#[test]
fn the_police_may_detain() {
    let mut police = agency_fact();
    police.may_restrict_liberty = true;
    let mut command = publish(1, "2026-03-20");
    command.facts.agency = Some(police);
    ready(detention()).when(&on(), &command).satisfies("PL-FREEDOM");
}

#[test]
fn refuses_detention_by_another_body() {
    ready(detention()).when(&on(), &publish(1, "2026-03-20")).refused_by("PL-FREEDOM");
    refuses("PL-FREEDOM", |c| {
        c.kind = PowerKind::Compulsion;
        c.measures = vec![MeasureKind::RestrictLiberty];
    });
}

#[test]
fn keeps_the_attempt_with_every_broken_rule() {
    let mut content = content();
    content.supervision.clear();
    content.duties.clear();
    let given = ready(content);
    let refusal = Item::decide(given.state(), &on(), &publish(1, "2026-03-20")).unwrap_err();
    let kept = Item::attempt(given.state(), &on(), &publish(1, "2026-03-20"), refusal.breaches());
    let Some(ItemEvent::StepRefused(kept)) = kept else { panic!("{kept:?}") };
    assert_eq!(kept.step, "PublishItem");
    assert_eq!(kept.breaches.iter().map(|b| b.rule.as_str()).collect::<Vec<_>>(), ["PL-ELEMENTS", "PL-DUTY"]);
}
