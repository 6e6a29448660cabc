//! Unlawful entries beside the items as they might be planted, each with its lawful twin: the twin goes in, the plant is refused by
//! the rule named.

use law::{Decider, Refusal};
use lists::facts::{AgencyKind, Entrustment, PowerKind};

use super::{
    agency::{self, Agency},
    events::{AgencyRegistered, GroundKind},
    fixture::{act, agency_fact, agency_registered, content, day, ground, item},
    listing::{
        Facts, ItemFact, ListKind, Listing, Part, PublishRow, RowContent, RowStep, Value,
        part::{PENALTY_ITEM, PartSpec, SLIGHT, Slight, TERMS},
    },
};

fn outcome<E>(decided: Result<E, Refusal>) -> Option<String> {
    match decided {
        Ok(_) => None,
        Err(Refusal::Unlawful(breaches)) => Some(breaches[0].rule.clone()),
        Err(other) => Some(format!("{other:?}")),
    }
}

/// A team that the bureau entrusts with these matters.
fn entrusted(kind: AgencyKind, matters: &str) -> Option<String> {
    let terms =
        format!("抚市监委〔2026〕1号|2026-03-02至2029-03-01|{matters}|公布2026-03-02|管理公共事务职能；持证人员");
    let team = AgencyRegistered {
        agency: "12230883MB0214017Q".parse().unwrap(),
        kind,
        entrusted_by: Some(content().agency),
        entrustment: Some(Entrustment::read(&terms).unwrap()),
        ..agency_registered()
    };
    let facts = agency::Facts { bearer: None, region_known: true, organ: Some(agency_fact()) };
    let command = agency::Command { step: team.into(), facts };
    outcome(Agency::decide(&agency::State::default(), &act("2026-03-02"), &command))
}

fn team(matters: &str) -> Option<String> {
    entrusted(AgencyKind::EntrustedOrganisation, matters)
}

/// An entry of the list of violations without a penalty, for an item of this kind and agency.
fn spared(kind: PowerKind, agency: &str) -> Option<String> {
    let part = |spec: &PartSpec, text: &str| Part { part: spec.key.to_owned(), value: Value::Text(text.to_owned()) };
    let content = RowContent {
        list: ListKind::NoPenalty,
        code: "MF-1".parse().unwrap(),
        name: "首次轻微不罚".into(),
        agency: content().agency,
        region: content().region,
        bases: Vec::new(),
        parts: vec![
            part(&PENALTY_ITEM, item().as_str()),
            part(&SLIGHT, Slight::First.id()),
            part(&TERMS, "一年内没有受过处罚"),
        ],
    };
    let item = ItemFact { agency: agency.parse().unwrap(), kind, compels: Vec::new() };
    let facts = Facts { agency: Some(agency_fact()), item: Some(item), ..Facts::default() };
    let publish = PublishRow { content, effective: day("2026-03-20"), ground: ground(GroundKind::FirstCompilation) };
    let command = super::listing::Command { step: RowStep::PublishRow(Box::new(publish)).into(), facts };
    outcome(Listing::decide(&Default::default(), &act("2026-03-20"), &command))
}

const BUREAU: &str = "11230883MB01310199";
const ANOTHER: &str = "11230883MB0125014Y";

#[test]
fn every_plant_beside_the_items_is_caught_and_every_twin_goes_in() {
    let planted = [
        ("a measure is entrusted", "PL-ENTRUST", team("行政处罚"), team("行政处罚；行政强制")),
        ("a measure by its code", "PL-ENTRUST", team("021310001000"), team("021310001000；031310001000")),
        (
            "a licence to an organisation",
            "PL-ENTRUST",
            entrusted(AgencyKind::AdministrativeOrgan, "行政许可"),
            team("行政许可"),
        ),
        ("no matters", "PL-ENTRUST", team("行政检查"), team("")),
        (
            "another agency's penalty is spared",
            "PL-SPARED",
            spared(PowerKind::Penalty, BUREAU),
            spared(PowerKind::Penalty, ANOTHER),
        ),
        (
            "what is no penalty is spared",
            "PL-SPARED",
            spared(PowerKind::Penalty, BUREAU),
            spared(PowerKind::Inspection, BUREAU),
        ),
    ];
    for (what, rule, twin, plant) in planted {
        assert_eq!((twin, plant.as_deref()), (None, Some(rule)), "{what}");
    }
}
