use super::*;
use crate::domain::facts::{AgencyFact, OtherHolder};

/// Publishes as this body, with these items beside it.
fn held(content: ItemContent, agency: AgencyFact, others: Vec<OtherHolder>) -> law::decider::harness::When<Item> {
    let mut command = publish(1, "2026-03-20");
    (command.facts.agency, command.facts.others, command.facts.uniform) = (Some(agency), others, None);
    ready(content).when(&on(), &command)
}

fn of_level(region: &str) -> AgencyFact {
    AgencyFact { region: region.parse().unwrap(), ..agency_fact() }
}

fn given_to(least: RegionLevel) -> ItemContent {
    ItemContent { least_level: Some(least), ..content() }
}

fn granted(content: ItemContent) -> ItemContent {
    ItemContent { grant: Some("黑政规〔2021〕17号".into()), region: "230883100".parse().unwrap(), ..content }
}

#[test]
fn the_level_that_the_article_names_holds_the_power() {
    held(given_to(RegionLevel::County), of_level("230883"), vec![]).satisfies("PL-HOLDER");
    held(given_to(RegionLevel::County), of_level("230000"), vec![]).satisfies("PL-HOLDER");
    held(given_to(RegionLevel::Province), of_level("230000"), vec![]).satisfies("PL-HOLDER");
    held(content(), of_level("230883"), vec![]).satisfies("PL-HOLDER");
}

#[test]
fn refuses_a_body_below_the_level() {
    held(given_to(RegionLevel::City), of_level("230883"), vec![]).refused_by("PL-HOLDER");
    held(given_to(RegionLevel::Province), of_level("230800"), vec![]).refused_by("PL-HOLDER");
    // A grant of the province does not lift a power that belongs to a higher level than the county.
    held(granted(given_to(RegionLevel::City)), of_level("230883100"), vec![]).refused_by("PL-HOLDER");
}

#[test]
fn a_township_holds_what_the_province_hands_down() {
    held(granted(given_to(RegionLevel::County)), of_level("230883100"), vec![]).satisfies("PL-HOLDER");
}

#[test]
fn refuses_a_township_without_the_provinces_decision() {
    let own = |grant: Option<&str>| ItemContent { grant: grant.map(str::to_owned), ..granted(content()) };
    held(own(None), of_level("230883100"), vec![]).refused_by("PL-HOLDER");
    held(own(Some("  ")), of_level("230883100"), vec![]).refused_by("PL-HOLDER");
}

#[test]
fn refuses_liberty_by_a_grant() {
    let range = Some(Range::Days { low: 1, high: 5 });
    let detains = ItemContent { outcomes: vec![Outcome::of(PenaltyKind::Detention, range)], ..granted(content()) };
    held(detains, of_level("230883100"), vec![]).refused_by("PL-HOLDER");
}

fn authorised(level: NormLevel) -> law::decider::harness::When<Item> {
    let body = AgencyFact { kind: AgencyKind::AuthorisedOrganisation, ..of_level("230883100") };
    let region = "230883100".parse().unwrap();
    let warning = vec![outcome(PenaltyKind::Warning)];
    held(ItemContent { bases: vec![basis(level)], outcomes: warning, region, ..content() }, body, vec![])
}

#[test]
fn a_law_or_regulation_authorises_an_organisation() {
    for level in [NormLevel::Law, NormLevel::AdministrativeRegulation, NormLevel::LocalRegulation] {
        authorised(level).satisfies("PL-HOLDER");
    }
}

#[test]
fn refuses_an_organisation_that_a_rule_authorises() {
    for level in [NormLevel::DepartmentRule, NormLevel::LocalRule, NormLevel::NormativeDocument] {
        authorised(level).refused_by("PL-HOLDER");
    }
}

/// The item as another body lists it, or as it stands under another code.
fn other(agency: &str, base_code: &str, exclusive: bool) -> OtherHolder {
    OtherHolder {
        item: format!("{base_code}-230883-999").parse().unwrap(),
        base_code: base_code.parse().unwrap(),
        agency: agency.parse().unwrap(),
        exclusive,
        ..OtherHolder::of(&content(), "抚远市综合行政执法局".into())
    }
}

const ELSEWHERE: &str = "12230883MB0214017Q";

#[test]
fn two_bodies_hold_a_power_that_is_not_exclusive() {
    held(content(), agency_fact(), vec![other(ELSEWHERE, "021310001000", false)]).satisfies("PL-HOLDER");
}

#[test]
fn refuses_a_second_holder_of_an_exclusive_power() {
    // Whichever of the two says that it is.
    held(content(), agency_fact(), vec![other(ELSEWHERE, "021310001000", true)]).refused_by("PL-HOLDER");
    let exclusive = ItemContent { exclusive: true, ..content() };
    held(exclusive, agency_fact(), vec![other(ELSEWHERE, "021310001000", false)]).refused_by("PL-HOLDER");
}

#[test]
fn refuses_one_power_under_two_codes() {
    let own = "11230883MB01310199";
    held(content(), agency_fact(), vec![other(own, "021310009000", false)]).refused_by("PL-HOLDER");
    let punctuated = OtherHolder { name: format!(" {}。", content().name), ..other(own, "021310009000", false) };
    held(content(), agency_fact(), vec![punctuated]).refused_by("PL-HOLDER");
    let subitem = OtherHolder { subitem: Some("餐饮服务".into()), ..other(own, "021310009000", false) };
    held(content(), agency_fact(), vec![subitem]).satisfies("PL-HOLDER");
    let another_act = OtherHolder { name: "对其他行为的处罚".into(), ..other(own, "021310009000", false) };
    held(content(), agency_fact(), vec![another_act]).satisfies("PL-HOLDER");
    held(content(), agency_fact(), vec![other(ELSEWHERE, "021310009000", false)]).satisfies("PL-HOLDER");
}

#[test]
fn another_place_is_another_power() {
    let elsewhere = OtherHolder { region: "230882".parse().unwrap(), ..other(ELSEWHERE, "021310001000", true) };
    held(content(), agency_fact(), vec![elsewhere]).satisfies("PL-HOLDER");
}
