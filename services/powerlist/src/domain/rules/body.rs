//! Who may hold a power, and what may be charged.

use jiff::civil::Date;
use law::{
    Citation, Fault,
    check::blank,
    citation::{ACL, ALL, APL, BER},
    id::Uscc,
};
use lists::facts::{AgencyKind, PowerKind};

use crate::domain::{
    content::{ItemContent, LegalBasis, NormLevel},
    facts::AgencyFact,
};

law::card! {
    /// Only a qualified body holds an item.
    PL_BODY "PL-BODY" Gate "行使主体资格" "who may hold a power"; Citation::article(&APL, 17), Citation::article(&APL, 19), Citation::article(&APL, 20),
        Citation::article(&APL, 21), Citation::paragraph(&APL, 38, 1), Citation::article(&ACL, 17),
        Citation::article(&ALL, 22);
    "权力事项只能由具有行政主体资格的机关或者法律法规授权的组织行使；临时机构、内设机构和受委托组织不得以自己的名义行使";
    "only a qualified organ or an organisation authorised by law holds an item; an ad-hoc, internal or entrusted body does not act in its own name";
    plans "TA 13" "BT 22" "SB 六"; since 2012 1 1;
    allows publishes_a_complete_item, an_agency_acts_until_the_day_before_its_dissolution,
        an_organ_may_entrust_an_organisation;
    refuses refuses_an_unqualified_body, refuses_an_entrusted_organisation, refuses_a_dissolved_agency,
        refuses_a_field_the_agency_does_not_cover, refuses_an_entrusted_organisation_without_its_organ
}

/// Whether the agency may hold the item on the day.
pub fn pl_body(content: &ItemContent, agency: Option<&AgencyFact>, day: Date) -> Result<(), Fault> {
    let Some(agency) = agency else {
        return Err(Fault::new(
            format!("{}未登记为执法主体", content.agency),
            format!("{} is not registered as a body", content.agency),
        ));
    };
    let name = &agency.name;
    match agency.kind {
        AgencyKind::AdministrativeOrgan | AgencyKind::AuthorisedOrganisation => {}
        AgencyKind::EntrustedOrganisation => {
            return Err(Fault::new(
                format!("{name}是受委托组织，只能以委托机关名义行使，事项应列入委托机关的清单"),
                format!(
                    "{name} is entrusted and acts in its organ's name only; the item belongs into that organ's list"
                ),
            ));
        }
        AgencyKind::Unqualified => {
            return Err(Fault::new(
                format!("{name}没有行政主体资格，不得行使行政权力"),
                format!("{name} is not qualified as an administrative body and holds no power"),
            ));
        }
    }
    if !agency.exists_on(day) {
        return Err(Fault::new(
            format!("{name}在{day}不具有执法主体资格"),
            format!("{name} is no qualified body on {day}"),
        ));
    }
    if !agency.region.contains(&content.region) {
        return Err(Fault::new(
            format!("{name}的行政区划为{}，不得在{}行使权力", agency.region, content.region),
            format!("{name} acts in region {}, not in {}", agency.region, content.region),
        ));
    }
    if !agency.fields.contains(&content.field) {
        return Err(Fault::new(
            format!("{name}的执法领域不包括“{}”", content.field),
            format!("the fields of {name} do not cover {:?}", content.field),
        ));
    }
    Ok(())
}

/// Whether an entrusted organisation names an administrative organ that may entrust it (APL 20, 21).
pub fn pl_entrusted(entrusted_by: Option<&Uscc>, organ: Option<&AgencyFact>, day: Date) -> Result<(), Fault> {
    let organ_fits = organ.is_some_and(|o| o.kind == AgencyKind::AdministrativeOrgan && o.exists_on(day));
    match entrusted_by {
        Some(_) if organ_fits => Ok(()),
        Some(by) => Err(Fault::new(
            format!("委托机关{by}不是已登记的行政机关，不能委托"),
            format!("{by} is no registered administrative organ and cannot entrust"),
        )),
        None => Err(Fault::new(
            "受委托组织须写明委托的行政机关",
            "an entrusted organisation must name the organ that entrusts it",
        )),
    }
}

law::card! {
    /// No charge outside the fee list.
    PL_FEE "PL-FEE" Gate "收费依据" "basis of charges"; Citation::article(&BER, 25), Citation::article(&ALL, 58), Citation::article(&ALL, 59);
    "收费须有法律、行政法规依据或者经国务院批准，列入收费目录清单并写明标准；不得超过标准收费";
    "a charge needs a law, an administrative regulation or the State Council's approval, stands in the fee list with its standard, and is never above it";
    plans "FY 2" "TA 3"; since 2020 1 1;
    allows publishes_a_fee_at_its_standard;
    refuses refuses_a_fee_above_its_standard, refuses_a_fee_by_a_normative_document,
        refuses_a_fee_on_what_must_be_free
}

/// Whether a charge may be published: its basis, its standard, and what is charged.
pub fn pl_fee(
    kind: PowerKind,
    basis: &LegalBasis,
    standard_fen: i64,
    unit: &str,
    charge_fen: i64,
) -> Result<(), Fault> {
    if matches!(kind, PowerKind::Penalty | PowerKind::Inspection) {
        return Err(Fault::new(
            format!("{}不得收取费用", kind.zh()),
            "no charge is made for a penalty or an inspection",
        ));
    }
    // 经国务院批准 carries a charge on enterprises (BER 25), but none on a licence (ALL 58(1)).
    let carries = match basis.level {
        NormLevel::Law | NormLevel::AdministrativeRegulation => true,
        NormLevel::StateCouncilDecision => kind != PowerKind::Licence,
        NormLevel::LocalRegulation
        | NormLevel::AutonomousRegulation
        | NormLevel::SeparateRegulation
        | NormLevel::SpecialZoneRegulation
        | NormLevel::DepartmentRule
        | NormLevel::LocalRule
        | NormLevel::JudicialInterpretation
        | NormLevel::NormativeDocument => false,
    };
    if !carries {
        return Err(Fault::new(
            format!("《{}》属于{}，不得设定收费", basis.statute, basis.level.zh()),
            format!("{} is a norm of level {} and cannot create a charge", basis.statute, basis.level.zh()),
        ));
    }
    if standard_fen <= 0 || blank(unit) {
        return Err(Fault::new("收费须写明标准和计量单位", "a charge must state its standard and per what it is made"));
    }
    if charge_fen > standard_fen {
        return Err(Fault::new(
            format!("收费{}分高于标准{}分", charge_fen, standard_fen),
            format!("the charge of {charge_fen} fen is above the standard of {standard_fen} fen"),
        ));
    }
    Ok(())
}
