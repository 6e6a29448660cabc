use std::sync::Arc;

use law::decider::harness::given;

use super::*;
use crate::domain::{
    facts::{AgencyFact, UniformFact},
    rules::FINE_LOCAL,
};

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
    refuses("PL-DUTY", |c| c.duties = [].into());
    refuses("PL-DUTY", |c| Arc::make_mut(&mut c.duties)[0].matter.clear());
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

/// A table row: what is created, and which levels may (`x`), in the order of [`NormLevel::ALL`]: law, administrative regulation,
/// decision of the State Council; local, autonomous, separate and special zone regulation; departmental and local rule;
/// judicial interpretation and normative document.
#[track_caller]
fn check_levels(row: &str, allowed: &str, make: impl Fn(&mut ItemContent)) {
    assert_eq!(allowed.len(), NormLevel::ALL.len());
    for (level, mark) in NormLevel::ALL.iter().copied().zip(allowed.chars()) {
        let decided = Item::decide(ready(by_level(level, &make)).state(), &on(), &without_catalogue());
        let refused = decided.is_err_and(|r| r.breaches().iter().any(|b| b.rule == "PL-BASIS-LEVEL"));
        assert_eq!(refused, mark == '-', "{row} by {level:?}");
    }
}

fn by_level(level: NormLevel, make: impl Fn(&mut ItemContent)) -> ItemContent {
    let mut content = content();
    content.bases = vec![basis(level)];
    make(&mut content);
    content
}

/// Publication of what no catalogue names, by the police, who may also limit freedom.
fn without_catalogue() -> Command {
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    command.facts.agency = Some(AgencyFact { may_restrict_liberty: true, ..agency_fact() });
    command
}

/// A power of another kind than a penalty.
fn of_kind(kind: PowerKind) -> impl Fn(&mut ItemContent) {
    move |c: &mut ItemContent| {
        c.kind = kind;
        c.outcomes.clear();
    }
}

#[test]
fn each_level_creates_the_penalties_it_may() {
    let rows = [
        (PenaltyKind::Warning, "xx-xxxxxx--"),
        (PenaltyKind::PublicCriticism, "xx-xxxxxx--"),
        (PenaltyKind::Fine, "xx-xxxxxx--"),
        (PenaltyKind::ConfiscateGains, "xx-xxxx----"),
        (PenaltyKind::ConfiscateGoods, "xx-xxxx----"),
        (PenaltyKind::SuspendLicence, "xx-xxxx----"),
        (PenaltyKind::LowerQualification, "xx-xxxx----"),
        (PenaltyKind::RevokeLicence, "xx-xxxx----"),
        (PenaltyKind::RestrictBusiness, "xx-xxxx----"),
        (PenaltyKind::SuspendProduction, "xx-xxxx----"),
        (PenaltyKind::CloseDown, "xx-xxxx----"),
        (PenaltyKind::BarFromTrade, "xx-xxxx----"),
        (PenaltyKind::Detention, "x----------"),
        (PenaltyKind::Other, "xx---------"),
    ];
    assert_eq!(rows.len(), PenaltyKind::ALL.len());
    for (kind, allowed) in rows {
        check_levels(kind.zh(), allowed, |c| c.outcomes = vec![outcome(kind)]);
    }
    let business =
        Outcome { condition: Some("情节严重（营业执照）".into()), ..outcome(PenaltyKind::RevokeLicence) };
    check_levels("吊销营业执照", "xx---------", |c| c.outcomes = vec![business.clone()]);
}

#[test]
fn each_level_creates_the_measures_it_may() {
    let rows = [
        (MeasureKind::RestrictLiberty, "x----------"),
        (MeasureKind::Seal, "xx-xxxx----"),
        (MeasureKind::Seize, "xx-xxxx----"),
        (MeasureKind::Freeze, "x----------"),
        (MeasureKind::Other, "xx---------"),
        (MeasureKind::Execution, "x----------"),
    ];
    assert_eq!(rows.len(), MeasureKind::ALL.len());
    for (measure, allowed) in rows {
        check_levels(measure.zh(), allowed, |c| {
            c.kind = PowerKind::Compulsion;
            c.outcomes.clear();
            c.measures = vec![measure];
        });
        check_levels(measure.zh(), allowed, |c| {
            c.kind = PowerKind::Compulsion;
            c.outcomes.clear();
            c.allows = vec![Allowed::of(measure.kind())];
        });
    }
    // Entry belongs to laws; each way of execution does, by whatever name.
    for kind in CompulsionKind::ALL.iter().filter(|kind| kind.executes() || **kind == CompulsionKind::Enter) {
        check_levels(kind.zh(), "x----------", |c| {
            c.kind = PowerKind::Compulsion;
            c.outcomes.clear();
            c.allows = vec![Allowed::of(*kind)];
        });
    }
}

#[test]
fn every_other_power_needs_more_than_a_normative_document() {
    let rows = [
        (PowerKind::Licence, "xxxxxxx----"),
        (PowerKind::Levy, "xxx--------"),
        (PowerKind::Payment, "xxxxxxxxx--"),
        (PowerKind::Inspection, "xxxxxxxxx--"),
        (PowerKind::Confirmation, "xxxxxxxxx--"),
        (PowerKind::Reward, "xxxxxxxxx--"),
        (PowerKind::Adjudication, "xxxxxxxxx--"),
        (PowerKind::Other, "xxxxxxxxx--"),
    ];
    // Penalties and compulsion have tables of their own.
    assert_eq!(rows.len() + 2, PowerKind::ALL.len());
    for (kind, allowed) in rows {
        check_levels(kind.zh(), allowed, of_kind(kind));
    }
}

/// What comes of a power on these bases.
fn on_bases(bases: Vec<LegalBasis>, make: impl Fn(&mut ItemContent)) -> law::decider::harness::When<Item> {
    let mut content = content();
    content.bases = bases;
    make(&mut content);
    ready(content).when(&on(), &without_catalogue())
}

/// The rule is neither satisfied nor broken.
#[track_caller]
fn not_known(when: law::decider::harness::When<Item>, rule: &str) {
    let decided = when.decided();
    assert!(decided.iter().any(|d| d.unchecked.iter().any(|u| u.rule == rule)), "{rule}: {decided:?}");
    assert!(decided.iter().all(|d| !d.rules.contains(&rule)), "{rule} is not satisfied");
}

#[test]
fn a_provincial_rule_carries_a_licence_for_one_year() {
    let licence = |version: &str, issuer: Option<&str>| {
        let issuer = issuer.map(str::to_owned);
        let rule = LegalBasis { version: day(version), issuer, ..basis(NormLevel::LocalRule) };
        on_bases(vec![rule], of_kind(PowerKind::Licence))
    };
    licence("2025-03-20", Some("黑龙江省人民政府")).satisfies("PL-BASIS-LEVEL");
    licence("2025-03-19", Some("黑龙江省人民政府")).refused_by("PL-BASIS-LEVEL");
    licence("2025-03-20", Some("佳木斯市人民政府")).refused_by("PL-BASIS-LEVEL");
    not_known(licence("2025-03-20", None), "PL-BASIS-LEVEL");
}

#[test]
fn a_normative_document_creates_nothing() {
    for kind in PowerKind::ALL.iter().copied().filter(|kind| *kind != PowerKind::Compulsion) {
        on_bases(vec![basis(NormLevel::NormativeDocument)], of_kind(kind)).refused_by("PL-BASIS-LEVEL");
    }
    check_levels("无处罚种类的处罚", "xx-xxxxxx--", |c| c.outcomes.clear());
}

#[test]
fn a_law_cited_second_does_not_cure_what_a_lower_norm_creates() {
    refuses("PL-BASIS-LEVEL", |c| {
        c.bases = vec![basis(NormLevel::DepartmentRule), basis(NormLevel::Law)];
        c.outcomes = vec![outcome(PenaltyKind::RevokeLicence)];
    });
}

fn cited_for(level: NormLevel, purpose: BasisPurpose) -> LegalBasis {
    LegalBasis { purpose: Some(purpose), ..basis(level) }
}

#[test]
fn the_basis_with_the_outcome_creates_the_power_wherever_it_stands() {
    use BasisPurpose::{DutyBreached, OutcomeGiven};
    let revoked = |c: &mut ItemContent| c.outcomes = vec![outcome(PenaltyKind::RevokeLicence)];
    let (rule, law) = (NormLevel::DepartmentRule, NormLevel::Law);
    on_bases(vec![cited_for(rule, DutyBreached), cited_for(law, OutcomeGiven)], revoked).satisfies("PL-BASIS-LEVEL");
    on_bases(vec![cited_for(rule, DutyBreached), basis(law)], revoked).satisfies("PL-BASIS-LEVEL");
    on_bases(vec![basis(law), cited_for(rule, OutcomeGiven)], revoked).refused_by("PL-BASIS-LEVEL");
    on_bases(vec![cited_for(law, DutyBreached)], revoked).refused_by("PL-BASIS-LEVEL");
}

#[test]
fn a_local_regulation_adds_penalties_where_a_law_lays_down_the_duty_only_and_a_rule_does_not() {
    use BasisPurpose::{DutyBreached, OutcomeGiven};
    let fined = |c: &mut ItemContent| c.outcomes = vec![fine(100, 1_000)];
    let by = |above, level| on_bases(vec![cited_for(above, DutyBreached), cited_for(level, OutcomeGiven)], fined);
    // APL 11(3), 12(3): may add; 13(2), 14(2): only where nothing above exists.
    by(NormLevel::Law, NormLevel::AdministrativeRegulation).satisfies("PL-BASIS-LEVEL");
    by(NormLevel::Law, NormLevel::LocalRegulation).satisfies("PL-BASIS-LEVEL");
    by(NormLevel::Law, NormLevel::DepartmentRule).refused_by("PL-BASIS-LEVEL");
    by(NormLevel::LocalRegulation, NormLevel::LocalRule).refused_by("PL-BASIS-LEVEL");
    not_known(by(NormLevel::LocalRegulation, NormLevel::DepartmentRule), "PL-BASIS-LEVEL");
}

#[test]
fn where_a_law_regulates_the_matter_nothing_below_it_creates_measures() {
    use BasisPurpose::{DutyBreached, OutcomeGiven};
    let sealed = |c: &mut ItemContent| {
        of_kind(PowerKind::Compulsion)(c);
        c.measures = vec![MeasureKind::Seal];
    };
    let by = |level| on_bases(vec![cited_for(NormLevel::Law, DutyBreached), cited_for(level, OutcomeGiven)], sealed);
    by(NormLevel::LocalRegulation).refused_by("PL-BASIS-LEVEL");
    // ACL 11(2): a law may leave the measures to administrative regulations.
    not_known(by(NormLevel::AdministrativeRegulation), "PL-BASIS-LEVEL");
    on_bases(vec![basis(NormLevel::LocalRegulation)], sealed).satisfies("PL-BASIS-LEVEL");
}

#[test]
fn a_level_counts_only_with_who_may_make_it() {
    let by = |level, issuer: &str| {
        on_bases(vec![LegalBasis { issuer: Some(issuer.into()), ..basis(level) }], of_kind(PowerKind::Inspection))
    };
    by(NormLevel::Law, "全国人民代表大会常务委员会").satisfies("PL-BASIS-LEVEL");
    by(NormLevel::Law, "黑龙江省人民代表大会常务委员会").refused_by("PL-BASIS-LEVEL");
    by(NormLevel::DepartmentRule, "国家市场监督管理总局").satisfies("PL-BASIS-LEVEL");
    by(NormLevel::DepartmentRule, "黑龙江省市场监督管理局").refused_by("PL-BASIS-LEVEL");
    by(NormLevel::LocalRule, "桦南县人民政府").refused_by("PL-BASIS-LEVEL");
}

fn ceiling(yuan: i64) -> Option<law::parameter::Value> {
    let set = law::parameter::ParameterSet {
        parameter: FINE_LOCAL.id.into(),
        region: "230000".parse().unwrap(),
        field: None,
        value: FINE_LOCAL.of(yuan * 100),
        from: day("2022-01-01"),
        document: "黑人常〔2022〕3号（示例）".into(),
    };
    law::parameter::Value::known(&FINE_LOCAL, Some(&set))
}

#[test]
fn a_rule_creates_a_fine_up_to_its_ceiling() {
    let fined = |level, outcome: Outcome, department, local| {
        let mut content = by_level(level, |_| {});
        content.outcomes = vec![outcome];
        let mut command = without_catalogue();
        command.facts.ceilings = Ceilings { department, local };
        ready_for(content).when(&on(), &command)
    };
    let (department, local) = (NormLevel::DepartmentRule, NormLevel::LocalRule);
    fined(local, fine(100, 30_000), None, ceiling(30_000)).satisfies("PL-BASIS-LEVEL");
    let above = Outcome { range: Some(Range::Amount { low_fen: 1, high_fen: 3_000_001 }), ..fine(1, 1) };
    fined(local, above, None, ceiling(30_000)).refused_by("PL-BASIS-LEVEL");
    fined(department, fine(100, 100_000), ceiling(100_000), None).satisfies("PL-BASIS-LEVEL");
    fined(department, fine(100, 100_001), ceiling(100_000), ceiling(900_000)).refused_by("PL-BASIS-LEVEL");
    // One ceiling says nothing of the other, a multiple is no amount, and what is not known is not satisfied.
    not_known(fined(local, fine(100, 200), ceiling(900_000), None), "PL-BASIS-LEVEL");
    let multiple = Range::Multiple { of: "货值金额".into(), low_hundredths: 100, high_hundredths: 300 };
    let multiple = Outcome { range: Some(multiple), ..fine(1, 1) };
    not_known(fined(local, multiple, None, ceiling(30_000)), "PL-BASIS-LEVEL");
    // A law has no ceiling.
    fined(NormLevel::Law, fine(100, 9_000_000), None, ceiling(30_000)).satisfies("PL-BASIS-LEVEL");
}

/// As [`ready`], without a standard, whose tiers are of other fines.
fn ready_for(content: ItemContent) -> Given<Item> {
    given([drafted(1, content), reviewed(1, true)])
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
    content.duties = [].into();
    let given = ready(content);
    let refusal = Item::decide(given.state(), &on(), &publish(1, "2026-03-20")).unwrap_err();
    let kept = Item::attempt(given.state(), &on(), &publish(1, "2026-03-20"), refusal.breaches());
    let Some(ItemEvent::StepRefused(kept)) = kept else { panic!("{kept:?}") };
    assert_eq!(kept.step, "PublishItem");
    assert_eq!(kept.breaches.iter().map(|b| b.rule.as_str()).collect::<Vec<_>>(), ["PL-ELEMENTS", "PL-DUTY"]);
}
