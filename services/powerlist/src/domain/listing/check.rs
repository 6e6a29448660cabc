//! Which rules a row of which list is held against.

use jiff::civil::Date;
use law::{Act, Check, Decided, Refusal};
use lists::facts::PowerKind;

use super::{Facts, ListKind, RowChecked, RowContent, RowEvent, RowId, State, Value, part};
use crate::domain::{rules::*, statute::Held};

/// What a row refers to is there: its agency on its first day, in its region, and the power item that it speaks of.
pub(super) fn references(facts: &Facts, content: &RowContent, day: Date) -> Result<(), Refusal> {
    let Some(agency) = facts.agency.as_ref().filter(|agency| agency.exists_on(day)) else {
        return Err(Refusal::NotFound { what: "agency", id: format!("{} on {day}", content.agency) });
    };
    if !agency.region.contains(&content.region) {
        let en = format!("{} does not lie in the agency's region {}", content.region, agency.region);
        return Err(Refusal::invalid("content.region", en));
    }
    if let Some(item) = &facts.charged {
        return Err(Refusal::state(
            "CHARGE_AT_ITEM",
            format!("“{}”已作为权力事项{item}的收费公布，不再列入目录；请在该事项的收费中调整", content.name),
            format!(
                "{:?} is published as a charge of the item {item}, and stands there alone: change it there",
                content.name
            ),
        ));
    }
    let Some((code, kinds)) = content.item() else { return Ok(()) };
    let Some(item) = &facts.item else {
        return Err(Refusal::NotFound { what: "item in force", id: format!("{code} on {day}") });
    };
    if !kinds.is_empty() && !kinds.contains(&item.kind) {
        let wanted = kinds.iter().map(|kind| kind.en()).collect::<Vec<_>>().join(" or ");
        let en = format!("{code} is of the kind {}, and {wanted} is wanted here", item.kind.en());
        return Err(Refusal::invalid("content.parts", en));
    }
    Ok(())
}

/// Holds a row against what the law says of its list.
pub(super) fn rules(check: &mut Check, facts: &Facts, content: &RowContent, day: Date) {
    check.rule(&PL_ROW, pl_row(content));
    let level = |check: &mut Check, kind: PowerKind| {
        let power = Power { kind, outcomes: &[], measures: Vec::new() };
        check.rule(&PL_BASIS_LEVEL, pl_basis_level(power, &content.bases, &Ceilings::default(), day));
    };
    let agency = facts.agency.as_ref();
    match content.list {
        ListKind::Responsibility => {}
        ListKind::Licence | ListKind::BusinessLicence => {
            level(check, PowerKind::Licence);
            check.rule(&PL_BODY, pl_qualified(agency)).rule(&PL_TIME, pl_time(content));
        }
        ListKind::PublicService => {
            check.rule(&PL_TIME, pl_time(content));
        }
        ListKind::Proof => {
            check.rule(&PL_PROOF, pl_proof(content));
        }
        ListKind::Intermediary => {
            check.rule(&PL_AGENT, pl_agent(content));
        }
        // BER 25 speaks of every fund, and of fees and deposits on enterprises.
        ListKind::Charge => {
            let word = |spec| content.said(spec).and_then(Value::text);
            let fund = word(&part::CHARGE_KIND) == Some(part::ChargeKind::Fund.id());
            // Where it is not said on whom, PL-ROW speaks, and nobody can tell whether it is on enterprises.
            if fund || word(&part::PAYER).is_some_and(|payer| payer != part::Payer::Individuals.id()) {
                level(check, PowerKind::Levy);
            }
        }
        ListKind::MarketAccess => {
            check.rule(&PL_ACCESS, pl_access(content));
        }
        ListKind::RandomCheck => {
            level(check, PowerKind::Inspection);
            check.rule(&PL_BODY, pl_qualified(agency)).rule(&PL_RANDOM, pl_random(content));
        }
        ListKind::NoPenalty | ListKind::NoCompulsion => {
            check.rule(&PL_SPARED, pl_spared(content, facts.item.as_ref()));
        }
        ListKind::DocumentMaker => {
            check.rule(&PL_MAKER, pl_qualified(agency));
        }
        ListKind::MajorDecision => {
            check.rule(&PL_DECISION, pl_decision(content));
        }
    }
}

/// The bases of the version that is in force on the day, or comes into force last, held anew.
pub(super) fn citations(
    state: &State,
    act: &Act,
    facts: &Facts,
    id: &RowId,
) -> Result<Vec<Decided<RowEvent>>, Refusal> {
    let Some(version) = state.standing(act.day()) else { return Ok(vec![]) };
    let day = version.effective.max(act.day());
    let (citations, cited) = pl_cite(&version.content.bases, &facts.statutes, day);
    let none = version.citations.is_empty() && citations.iter().all(|c| c.held == Held::NotChecked);
    if citations == version.citations || none {
        return Ok(vec![]);
    }
    let mut check = Check::on(act.day());
    check.rule(&PL_CITED, cited);
    let RowId { list, agency, code } = id.clone();
    let event = RowChecked { list, agency, code, version: version.version, citations };
    Ok(vec![Decided::under(check.settle(act.mode)?, event)])
}
