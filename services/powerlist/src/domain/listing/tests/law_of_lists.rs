use lists::facts::AgencyKind;

use super::*;

use NormLevel as L;

/// Every level, and whether it is 法律、法规 or a decision of the State Council.
const LEVELS: [(L, bool); 11] = [
    (L::Law, true),
    (L::AdministrativeRegulation, true),
    (L::StateCouncilDecision, true),
    (L::LocalRegulation, true),
    (L::AutonomousRegulation, true),
    (L::SeparateRegulation, true),
    (L::SpecialZoneRegulation, true),
    (L::DepartmentRule, false),
    (L::LocalRule, false),
    (L::JudicialInterpretation, false),
    (L::NormativeDocument, false),
];

#[track_caller]
fn check(content: RowContent, fits: bool, rule: &str) {
    if fits { publishes(content) } else { refuses(content, rule) }
}

#[test]
fn refuses_a_row_without_any_one_of_its_elements() {
    for list in ListKind::ALL {
        for spec in list.parts().iter().filter(|spec| spec.required) {
            let mut bare = row(*list);
            bare.parts.retain(|part| part.part != spec.key);
            refuses(bare, "PL-ROW");
            if matches!(spec.form, PartForm::Text(_)) {
                refuses(with(row(*list), [text(spec, " ")]), "PL-ROW");
            }
        }
        refuses(RowContent { name: " ".into(), ..row(*list) }, "PL-ROW");
    }
}

#[test]
fn refuses_a_row_without_a_basis_where_its_list_owes_one() {
    for list in ListKind::ALL {
        let bare = RowContent { bases: Vec::new(), ..row(*list) };
        check(bare, !list.spec().based, "PL-ROW");
    }
}

#[test]
fn a_proof_rests_on_law_regulation_or_state_council() {
    for (level, fits) in LEVELS {
        check(on(row(ListKind::Proof), level), fits, "PL-PROOF");
    }
}

#[test]
fn an_intermediary_service_rests_on_law() {
    for (level, fits) in LEVELS {
        check(on(row(ListKind::Intermediary), level), fits, "PL-AGENT");
    }
}

#[test]
fn an_organ_pays_what_it_entrusts() {
    let of = |by: Side, paid: Side| {
        with(row(ListKind::Intermediary), [text(&ENTRUSTED_BY, by.id()), text(&PAID_BY, paid.id())])
    };
    publishes(of(Side::Applicant, Side::Applicant));
    publishes(of(Side::Organ, Side::Organ));
    publishes(of(Side::Applicant, Side::Organ));
    refuses(of(Side::Organ, Side::Applicant), "PL-AGENT");
}

#[test]
fn a_licence_in_a_list_is_created_by_what_may_create_it() {
    for list in [ListKind::Licence, ListKind::BusinessLicence] {
        for (level, fits) in LEVELS.into_iter().filter(|(level, _)| *level != L::LocalRule) {
            check(on(row(list), level), fits, "PL-BASIS-LEVEL");
        }
        // A provincial rule for a year (ALL 15): the last day, and the day after.
        let mut rule = on(row(list), L::LocalRule);
        rule.bases[0].issuer = Some("黑龙江省人民政府".into());
        rule.bases[0].version = day("2025-03-20");
        publishes(rule.clone());
        rule.bases[0].version = day("2025-03-19");
        refuses(rule, "PL-BASIS-LEVEL");
    }
}

#[test]
fn what_is_levied_on_enterprises_and_every_fund_needs_law_regulation_or_state_council() {
    let of = |kind: ChargeKind, payer: Payer, level| {
        on(with(row(ListKind::Charge), [text(&CHARGE_KIND, kind.id()), text(&PAYER, payer.id())]), level)
    };
    for (kind, payer) in [
        (ChargeKind::Fee, Payer::Enterprises),
        (ChargeKind::Fee, Payer::Both),
        (ChargeKind::Deposit, Payer::Enterprises),
        (ChargeKind::Fund, Payer::Individuals),
    ] {
        for level in [L::Law, L::AdministrativeRegulation, L::StateCouncilDecision] {
            publishes(of(kind, payer, level));
        }
        for level in [L::LocalRegulation, L::DepartmentRule, L::LocalRule, L::NormativeDocument] {
            refuses(of(kind, payer, level), "PL-BASIS-LEVEL");
        }
    }
    publishes(of(ChargeKind::Fee, Payer::Individuals, L::LocalRegulation));
}

#[test]
fn a_charge_of_which_nobody_says_on_whom_is_incomplete_and_held_to_no_level() {
    let mut row = on(row(ListKind::Charge), L::LocalRegulation);
    row.parts.retain(|part| part.part != PAYER.key);
    let decided = given::<Listing>([]).when(&crate::domain::fixture::reported(WHEN), &publish(row)).decided();
    let broken: Vec<&str> = decided[0].violations.iter().map(|breach| breach.rule.as_str()).collect();
    assert_eq!(broken, ["PL-ROW"]);
}

fn timed(statutory: Period, promised: Period) -> RowContent {
    with(row(ListKind::Licence), [days(&STATUTORY, statutory), days(&PROMISED, promised)])
}

fn yes(spec: &PartSpec) -> Part {
    Part { part: spec.key.to_owned(), value: Value::YesNo(true) }
}

use Period::{CalendarDays, WorkingDays};

#[test]
fn a_licence_may_take_twenty_working_days_and_ten_more() {
    for (statutory, extension, fits) in [(19, 9, true), (20, 10, true), (21, 10, false), (20, 11, false)] {
        for list in [ListKind::Licence, ListKind::BusinessLicence] {
            let parts = [
                days(&STATUTORY, WorkingDays(statutory)),
                days(&EXTENSION, WorkingDays(extension)),
                days(&PROMISED, WorkingDays(0)),
            ];
            check(with(row(list), parts), fits, "PL-TIME");
        }
    }
}

#[test]
fn a_licence_handled_jointly_may_take_forty_five() {
    for (statutory, extension, fits) in [(45, 15, true), (46, 15, false), (45, 16, false)] {
        let parts = [days(&STATUTORY, WorkingDays(statutory)), days(&EXTENSION, WorkingDays(extension)), yes(&JOINT)];
        check(with(row(ListKind::Licence), parts), fits, "PL-TIME");
    }
}

#[test]
fn a_regulation_may_give_another_time() {
    let longer = || timed(WorkingDays(60), WorkingDays(60));
    let named = |level| on(with(longer(), [text(&TIME_BASIS, "《食品安全法》第三十五条")]), level);
    for level in [L::Law, L::AdministrativeRegulation, L::LocalRegulation] {
        publishes(named(level));
    }
    refuses(longer(), "PL-TIME");
}

#[test]
fn a_document_gives_no_other_time() {
    let longer = with(timed(WorkingDays(60), WorkingDays(60)), [text(&TIME_BASIS, "《某省许可工作规定》第三条")]);
    let rule = || LegalBasis { statute: "某省许可工作规定".into(), ..basis(L::DepartmentRule) };
    refuses(RowContent { bases: vec![basis(L::Law), rule()], ..longer.clone() }, "PL-TIME");
    // What is none of the bases, nobody can tell.
    for named in ["《某省许可工作规定》第三条", "某省食品安全法", ""] {
        let longer = with(longer.clone(), [text(&TIME_BASIS, named)]);
        let decided = given::<Listing>([]).when(&act(WHEN), &publish(longer)).decided();
        assert!(decided[0].unchecked.iter().any(|one| one.rule == "PL-TIME"), "{named}: {:?}", decided[0].unchecked);
    }
}

#[test]
fn a_document_with_the_name_of_a_law_in_its_own_gives_no_other_time() {
    let named = |text_: &str| with(timed(WorkingDays(60), WorkingDays(60)), [text(&TIME_BASIS, text_)]);
    let document = LegalBasis { statute: "某县食品安全法实施办法".into(), ..basis(L::NormativeDocument) };
    let both = |row: RowContent| RowContent { bases: vec![basis(L::Law), document.clone()], ..row };
    refuses(both(named("《某县食品安全法实施办法》第三条")), "PL-TIME");
    publishes(both(named("《食品安全法》第三十五条、《某县食品安全法实施办法》第三条")));
}

#[test]
fn a_promise_may_be_as_long_as_the_law() {
    for (promised, statutory, fits) in [
        (WorkingDays(9), WorkingDays(10), true),
        (WorkingDays(10), WorkingDays(10), true),
        (WorkingDays(11), WorkingDays(10), false),
        (CalendarDays(10), WorkingDays(10), true),
        (WorkingDays(0), CalendarDays(15), true),
        (WorkingDays(16), CalendarDays(15), false),
    ] {
        check(timed(statutory, promised), fits, "PL-TIME");
        let service = [days(&STATUTORY, statutory), days(&PROMISED, promised)];
        check(with(row(ListKind::PublicService), service), fits, "PL-TIME");
    }
    for (promised, statutory) in [(CalendarDays(11), WorkingDays(10)), (WorkingDays(15), CalendarDays(15))] {
        let service = with(row(ListKind::PublicService), [days(&STATUTORY, statutory), days(&PROMISED, promised)]);
        let decided = given::<Listing>([]).when(&act(WHEN), &publish(service)).decided();
        assert!(decided[0].unchecked.iter().any(|one| one.rule == "PL-TIME"), "{promised:?} {statutory:?}");
    }
    // A service owes no statutory time of 20 days.
    publishes(with(
        row(ListKind::PublicService),
        [days(&STATUTORY, WorkingDays(60)), days(&PROMISED, WorkingDays(60))],
    ));
}

#[test]
fn a_row_of_the_national_list_is_repeated() {
    for level in [L::Law, L::AdministrativeRegulation, L::LocalRegulation, L::DepartmentRule] {
        publishes(on(row(ListKind::MarketAccess), level));
    }
}

#[test]
fn a_place_makes_no_negative_list() {
    for spec in [&EDITION, &NATIONAL_CODE] {
        refuses(with(row(ListKind::MarketAccess), [text(spec, "")]), "PL-ACCESS");
    }
}

#[test]
fn a_document_sets_no_condition_of_access() {
    refuses(on(row(ListKind::MarketAccess), L::NormativeDocument), "PL-ACCESS");
}

fn number(spec: &PartSpec, number: i64) -> Part {
    Part { part: spec.key.to_owned(), value: Value::Number(number) }
}

#[test]
fn a_random_check_has_bounds() {
    for (low, high, times, fits) in
        [(1, 99, 1, true), (5, 5, 1, true), (0, 5, 1, false), (6, 5, 1, false), (1, 101, 1, false), (1, 5, 0, false)]
    {
        let parts = [number(&RATIO_LOW, low), number(&RATIO_HIGH, high), number(&PER_YEAR, times)];
        check(with(row(ListKind::RandomCheck), parts), fits, "PL-RANDOM");
    }
    refuses(on(row(ListKind::RandomCheck), L::NormativeDocument), "PL-BASIS-LEVEL");
}

#[test]
fn a_key_field_is_inspected_whole() {
    let whole = || with(row(ListKind::RandomCheck), [number(&RATIO_LOW, 100), number(&RATIO_HIGH, 100)]);
    refuses(whole(), "PL-RANDOM");
    publishes(with(whole(), [yes(&KEY_FIELD)]));
}

fn spared(list: ListKind, item: ItemFact) -> Command {
    Command { facts: Facts { item: Some(item), ..facts(list) }, ..publish(row(list)) }
}

#[test]
fn a_penalty_of_the_agency_is_spared() {
    publishes(row(ListKind::NoPenalty));
}

#[test]
fn a_measure_of_the_agency_is_spared() {
    for compels in [vec![], vec![CompulsionKind::Seal], vec![CompulsionKind::Seize, CompulsionKind::Execution]] {
        let item = ItemFact { compels, ..item_fact(PowerKind::Compulsion) };
        let command = spared(ListKind::NoCompulsion, item);
        assert_eq!(given::<Listing>([]).when(&act(WHEN), &command).events().len(), 1);
    }
}

#[test]
fn refuses_to_spare_what_is_no_penalty() {
    for (list, kind) in [(ListKind::NoPenalty, PowerKind::Compulsion), (ListKind::NoCompulsion, PowerKind::Penalty)] {
        given::<Listing>([]).when(&act(WHEN), &spared(list, item_fact(kind))).refused_by("PL-SPARED");
    }
}

#[test]
fn refuses_to_spare_another_agency_s_penalty() {
    let item = ItemFact { agency: "11230883MB0125014Y".parse().unwrap(), ..item_fact(PowerKind::Penalty) };
    given::<Listing>([]).when(&act(WHEN), &spared(ListKind::NoPenalty, item)).refused_by("PL-SPARED");
}

#[test]
fn execution_is_not_spared() {
    for compels in [vec![CompulsionKind::Execution], vec![CompulsionKind::Surcharge, CompulsionKind::Perform]] {
        let item = ItemFact { compels, ..item_fact(PowerKind::Compulsion) };
        given::<Listing>([]).when(&act(WHEN), &spared(ListKind::NoCompulsion, item)).refused_by("PL-SPARED");
    }
}

fn by(list: ListKind, kind: AgencyKind) -> Command {
    let agency = crate::domain::facts::AgencyFact { kind, ..agency_fact() };
    Command { facts: Facts { agency: Some(agency), ..facts(list) }, ..publish(row(list)) }
}

#[test]
fn an_organ_or_an_authorised_organisation_makes_documents() {
    for kind in [AgencyKind::AdministrativeOrgan, AgencyKind::AuthorisedOrganisation] {
        let command = by(ListKind::DocumentMaker, kind);
        assert_eq!(given::<Listing>([]).when(&act(WHEN), &command).events().len(), 1);
    }
}

#[test]
fn no_internal_or_entrusted_body_makes_documents() {
    for kind in [AgencyKind::Unqualified, AgencyKind::EntrustedOrganisation] {
        given::<Listing>([]).when(&act(WHEN), &by(ListKind::DocumentMaker, kind)).refused_by("PL-MAKER");
        for list in [ListKind::Licence, ListKind::BusinessLicence, ListKind::RandomCheck] {
            given::<Listing>([]).when(&act(WHEN), &by(list, kind)).refused_by("PL-BODY");
        }
    }
}

fn planned(flags: &[&PartSpec], steps: &[DecisionStep]) -> RowContent {
    let steps = Value::Texts(steps.iter().map(|step| step.id().to_owned()).collect());
    let parts = flags.iter().map(|spec| yes(spec)).chain([Part { part: STEPS.key.into(), value: steps }]);
    with(row(ListKind::MajorDecision), parts)
}

#[test]
fn a_decision_is_planned_with_every_step() {
    use DecisionStep::{Collective, Experts, LegalReview, Participation, Risk};
    let all = [Participation, Experts, Risk, LegalReview, Collective];
    publishes(planned(&[&TECHNICAL, &RISKY], &all));
    for left_out in all {
        let steps: Vec<_> = all.into_iter().filter(|step| *step != left_out).collect();
        refuses(planned(&[&TECHNICAL, &RISKY], &steps), "PL-DECISION");
    }
}

#[test]
fn a_withheld_decision_needs_no_participation() {
    use DecisionStep::{Collective, LegalReview};
    publishes(planned(&[&WITHHELD], &[LegalReview, Collective]));
    refuses(planned(&[], &[LegalReview, Collective]), "PL-DECISION");
}

#[test]
fn a_plain_decision_needs_neither_experts_nor_risk() {
    use DecisionStep::{Collective, LegalReview, Participation};
    publishes(planned(&[], &[Participation, LegalReview, Collective]));
    for flag in [&TECHNICAL, &RISKY] {
        refuses(planned(&[flag], &[Participation, LegalReview, Collective]), "PL-DECISION");
    }
}
