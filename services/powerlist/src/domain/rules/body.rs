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
    /// No charge outside the fee list. 1. The agency that charges. 2. The basis of the charge with its level, by the kind of the power; what is
    /// charged with the standard. 3. The basis as it stands on the first day of the charge. 4. 法律、行政法规另有规定 of ALL 58(1): such a basis carries a charge on
    /// a licence and on inspecting it, and nothing else does; 经国务院批准 of BER 25 carries one on enterprises. 5. On whom it is made is not said:
    /// below these levels a charge on enterprises would be unlawful and one on individuals not, so neither is claimed. A standard or a
    /// unit that is not said is missing. 6. One charge by two names, or in two lists: the name decides (CHARGE_IN_LIST); a charge dated before the one that comes
    /// after it is refused. 7. Refused when handled, recorded when reported. 8. BER 25 (fees on enterprises), ALL 58 and 59 (licences and their
    /// inspection), BER 64(1) (a document burdens nobody); that a penalty is no occasion for a charge: no norm gives one, and APL 63(2) and ACL 25(3)
    /// put its costs on the agency.
    PL_FEE "PL-FEE" Gate "收费依据" "basis of charges"; Citation::article(&BER, 25), Citation::article(&ALL, 58), Citation::article(&ALL, 59),
        Citation::paragraph(&BER, 64, 1);
    "收费须有法律、行政法规依据或者经国务院批准，列入收费目录清单并写明标准；不得超过标准收费";
    "a charge needs a law, an administrative regulation or the State Council's approval, stands in the fee list with its standard, and is never above it";
    plans "FY 2" "TA 3"; compares "收费依据的层级与职权类型，实际收费与标准" "the level of the basis with the kind of power, the charge with the standard";
    except "法律、行政法规另有规定的许可和监督检查收费" "a charge on a licence or its inspection that a law or administrative regulation provides for";
    since 2020 1 1;
    allows publishes_a_fee_at_its_standard, a_law_may_charge_for_an_inspection;
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
    if kind == PowerKind::Penalty {
        return Err(Fault::new("行政处罚不得收取费用", "no charge is made for a penalty"));
    }
    let (statute, level) = (&basis.statute, basis.level);
    let mut open = Ok(());
    match carries(kind, level) {
        Some(true) => {}
        Some(false) => {
            return Err(Fault::new(
                format!("《{statute}》属于{}，不得设定收费", level.zh()),
                format!("{statute} is a norm of level {} and cannot create a charge", level.en()),
            ));
        }
        None => {
            open = Err(Fault {
                unknown: true,
                ..Fault::new(
                    format!("《{statute}》属于{}，不得设定涉企收费；清单没有写明是否向企业收取，未予核对", level.zh()),
                    format!(
                        "{statute} is a norm of level {} and carries no charge on enterprises; the list does not say on whom it is, so this was not checked",
                        level.en()
                    ),
                )
            });
        }
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
    open
}

/// Whether a norm of this level carries a charge on such a power; `None` where that depends on whom it is made.
fn carries(kind: PowerKind, level: NormLevel) -> Option<bool> {
    use NormLevel as L;
    // ALL 58(1): of licences and their inspection nothing else carries one, not even 经国务院批准 (BER 25).
    let free = matches!(kind, PowerKind::Licence | PowerKind::Inspection);
    match level {
        L::Law | L::AdministrativeRegulation => Some(true),
        L::NormativeDocument | L::JudicialInterpretation => Some(false),
        L::StateCouncilDecision => Some(!free),
        L::LocalRegulation
        | L::AutonomousRegulation
        | L::SeparateRegulation
        | L::SpecialZoneRegulation
        | L::DepartmentRule
        | L::LocalRule => free.then_some(false),
    }
}
