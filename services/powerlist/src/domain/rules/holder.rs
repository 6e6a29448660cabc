//! Which body of several holds a power: of which level of government, and that it is one.

use law::{
    Citation, Fault,
    check::blank,
    citation::{ALL, APL},
};
use lists::facts::{AgencyKind, PowerKind};

use crate::domain::{
    content::{ItemContent, NormLevel},
    events::RegionLevel,
    facts::{AgencyFact, OtherHolder},
    region::level_of,
};

law::card! {
    /// The level of government, the authorisation and the one holder that the law wants.
    ///
    /// 1. The list office that publishes, for the body that is to hold the item. 2. The level of the body's region with the lowest level that the
    /// article names; the item with the other items in force in the same place. 3. The item as it is published, the bodies and items of its
    /// first day. 4. Townships hold county powers that the province's decision hands down (APL 24), but no power over liberty (APL 18); an
    /// organisation that a law or regulation authorises acts by itself at any level (APL 19). 5. An item that names no level is for every level; a
    /// grant without its document is none. 6. A township that lists a power without the grant; an organisation authorised by a rule only; an
    /// exclusive power listed by a second body, or by a first one that left the word out (either item's word counts); one power under two codes. 7. Refused when handled,
    /// recorded when reported. 8. APL 18, 19, 23 and 24 for penalties; ALL 25 for licences of one organ in place of several.
    PL_HOLDER "PL-HOLDER" Gate "行使层级与唯一主体" "level and one holder"; Citation::paragraph(&APL, 18, 2), Citation::article(&APL, 19),
        Citation::article(&APL, 23), Citation::article(&APL, 24), Citation::article(&ALL, 25);
    "权力事项由法律规定层级以上的机关行使；交由乡镇行使的须有省级的决定并公布；授权组织的授权来自法律、法规；由一个机关集中或者专属行使的权力，其他机关不得再列；同一权力不得以两个编码重复列入";
    "a power is held by organs of the level that the law names or above; by a township only on the province's published decision; by an authorised organisation only where a law or regulation authorises it; one that a single body holds is listed by no other, and no power stands under two codes";
    plans "FY 2" "TA 13" "XS 五3";
    compares "行使主体所在层级与依据规定的层级；本事项与同一区划内的其他事项"
        "the level of the body with the level of the basis; the item with the others in the same region";
    since 2021 7 15;
    allows the_level_that_the_article_names_holds_the_power, a_township_holds_what_the_province_hands_down,
        a_law_or_regulation_authorises_an_organisation, two_bodies_hold_a_power_that_is_not_exclusive;
    refuses refuses_a_body_below_the_level, refuses_a_township_without_the_provinces_decision,
        refuses_liberty_by_a_grant, refuses_an_organisation_that_a_rule_authorises, refuses_a_second_holder_of_an_exclusive_power,
        refuses_one_power_under_two_codes
}

/// Whether this body, and only it, may hold the item. `others`: items in force on the first day that may be the same power.
pub fn pl_holder(content: &ItemContent, agency: Option<&AgencyFact>, others: &[OtherHolder]) -> Result<(), Fault> {
    // Without a body PL-BODY speaks.
    let Some(agency) = agency else { return Ok(()) };
    level(content, agency)?;
    authorised(content, agency)?;
    one(content, others)
}

fn level(content: &ItemContent, agency: &AgencyFact) -> Result<(), Fault> {
    let name = &agency.name;
    let held = level_of(&agency.region);
    let granted = content.grant.as_deref().is_some_and(|document| !blank(document));
    let by_itself = agency.kind == AgencyKind::AuthorisedOrganisation;
    if held == RegionLevel::Township && !by_itself {
        if content.kind == PowerKind::Penalty && !granted {
            return Err(Fault::new(
                format!(
                    "{name}属于乡级，行使行政处罚权须有省、自治区、直辖市的决定；请写明决定的名称和文号，或者由县级部门行使"
                ),
                format!(
                    "{name} is of a township, which penalises only by the province's decision; name it with its number, or leave the power to the county"
                ),
            ));
        }
        if granted && content.restricts_liberty() {
            return Err(Fault::new(
                "限制人身自由的权力不得交由乡镇行使",
                "a power over personal liberty is not handed to a township",
            ));
        }
        if granted && content.least_level.is_none_or(|least| least >= RegionLevel::County) {
            return Ok(());
        }
    }
    match content.least_level {
        Some(least) if held > least && !by_itself => Err(Fault::new(
            format!("依据规定由{}以上机关行使，{name}属于{}；请由相应层级的机关列入清单", least.zh(), held.zh()),
            format!(
                "its basis gives the power to organs of {} level and above, {name} is of {} level",
                least.en(),
                held.en()
            ),
        )),
        Some(_) | None => Ok(()),
    }
}

/// APL 19.
fn authorised(content: &ItemContent, agency: &AgencyFact) -> Result<(), Fault> {
    let may = |level: NormLevel| {
        !matches!(
            level,
            NormLevel::StateCouncilDecision
                | NormLevel::DepartmentRule
                | NormLevel::LocalRule
                | NormLevel::JudicialInterpretation
                | NormLevel::NormativeDocument
        )
    };
    if agency.kind != AgencyKind::AuthorisedOrganisation || content.bases.iter().any(|basis| may(basis.level)) {
        return Ok(());
    }
    Err(Fault::new(
        format!("{}是授权组织，授权须来自法律、法规；所列依据只有规章或者规范性文件", agency.name),
        format!(
            "{} is an authorised organisation; the authorisation comes from a law or regulation, and the item names none",
            agency.name
        ),
    ))
}

fn one(content: &ItemContent, others: &[OtherHolder]) -> Result<(), Fault> {
    let meets = |other: &&OtherHolder| other.region.contains(&content.region) || content.region.contains(&other.region);
    let exclusive = |other: &&OtherHolder| {
        other.base_code == content.base_code && other.agency != content.agency && (content.exclusive || other.exclusive)
    };
    if let Some(other) = others.iter().filter(meets).find(exclusive) {
        return Err(Fault::new(
            format!("该权力由一个机关专属或者集中行使，{}已由{}行使；请先取消该事项", other.item, other.agency_name),
            format!(
                "one body alone holds this power, and {} lists it as {}; cancel that item first",
                other.agency_name, other.item
            ),
        ));
    }
    let creating = |bases: &[crate::domain::content::LegalBasis]| {
        bases.first().map(|basis| (basis.statute.clone(), basis.article.clone()))
    };
    let twice = |other: &&OtherHolder| {
        other.agency == content.agency
            && other.base_code != content.base_code
            && other.kind == content.kind
            && plain(&other.name) == plain(&content.name)
            && other.subitem.as_deref().map(plain) == content.subitem.as_deref().map(plain)
            && other.basis == creating(&content.bases)
    };
    if let Some(other) = others.iter().filter(meets).find(twice) {
        return Err(Fault::new(
            format!("同一权力已以编码{}列入清单，不得重复列入；请删去，或者调整原事项", other.item),
            format!("the same power stands in the list as {}; leave it out, or adjust that item", other.item),
        ));
    }
    Ok(())
}

/// A name without what makes no difference between names of powers.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}
