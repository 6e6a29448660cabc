//! Which organ is the one to apply to.

use law::{
    Citation,
    check::{Outcome, fault},
    citation::ARL,
    id::RegionCode,
};
use lists::facts::AgencyFact;

use crate::domain::words::Relation;

law::card! {
    /// The competent organ. 1. The organ. 2. Where organ and respondent stand, with the relation that makes the organ competent:
    /// same region, the level above, itself. 4. A justice department's applicant may choose (28); so may whoever applies against a
    /// branch in a city's district (24(4)). 5. An agency that the list does not know, or that is none, is not competent. 6. Another
    /// relation named: each has its own condition; whether an organ is a government or only a department of it the
    /// list does not say. 7. Acceptance is refused; a wrong organ tells the right one (RE-REJECT). 8. ARL 24 to 28.
    RE_JURISDICTION "RE-JURISDICTION" Gate "复议管辖" "jurisdiction"; Citation::article(&ARL, 24), Citation::article(&ARL, 25), Citation::article(&ARL, 27), Citation::article(&ARL, 28);
    "对工作部门不服的由本级人民政府管辖，对下级政府不服的由上一级政府管辖；垂直领导机关由上一级主管部门管辖";
    "the government of the department, the government above a government; for vertically led agencies their superior department";
    plans "FY 33" "XS 七4";
    compares "复议机关、被申请人的行政区划与所称的管辖关系" "the regions of organ and respondent with the relation named";
    except "司法行政部门可以选择" "justice departments: a choice", "设区的市派出机构所在地政府" "branches in a city's districts";
    since 2024 1 1;
    allows a_department_belongs_before_its_own_government, a_government_before_the_one_above, a_vertical_agency_before_its_superior, a_province_judges_its_own_act;
    refuses refuses_a_department_of_another_place, refuses_a_government_two_levels_above, refuses_an_organ_that_judges_itself, refuses_an_agency_that_is_none
}

/// The level of a region: province, city, county, township.
fn level(region: &RegionCode) -> usize {
    match region.significant().len() {
        2 => 1,
        4 => 2,
        6 => 3,
        _ => 4,
    }
}

/// Whether a region stands directly above another; counties of a municipality or directly under a province have no city above.
fn directly_above(upper: &RegionCode, lower: &RegionCode) -> bool {
    let (up, low) = (level(upper), level(lower));
    let no_city = low == 3 && up == 1;
    upper.contains(lower) && (low == up + 1 || no_city)
}

/// RE-JURISDICTION.
pub fn competent(relation: Relation, organ: Option<&AgencyFact>, respondent: Option<&AgencyFact>) -> Outcome {
    let (Some(organ), Some(respondent)) = (organ.filter(|a| a.existing), respondent) else {
        return fault(
            "机关名录中没有该复议机关或者被申请人；请核对代码",
            "the list does not know the organ or the respondent; check the codes",
        );
    };
    let (here, there) = (&organ.region, &respondent.region);
    let itself = organ.agency == respondent.agency;
    let holds = match relation {
        Relation::OwnAct => itself && level(here) == 1,
        Relation::Department | Relation::Dispatched => !itself && here == there,
        Relation::LowerGovernment => directly_above(here, there),
        Relation::Managed => !itself && here.contains(there),
        Relation::Branch => !itself && (here == there || directly_above(here, there)),
        Relation::Vertical => directly_above(here, there),
        Relation::Justice => !itself && (here == there || directly_above(here, there)),
    };
    if holds {
        return Ok(());
    }
    fault(
        format!(
            "{}（{here}）不是{}（{there}）的复议机关：{}；请告知有管辖权的机关",
            organ.name,
            respondent.name,
            relation.zh()
        ),
        format!(
            "{} ({here}) is not competent for {} ({there}) as {}; tell the applicant who is",
            organ.name,
            respondent.name,
            relation.en()
        ),
    )
}

/// As what an organ is most likely applied to, where the applicant cannot say: the organ examines it before it accepts.
pub fn likely(organ: Option<&AgencyFact>, respondent: Option<&AgencyFact>) -> Relation {
    let first = [Relation::Department, Relation::LowerGovernment, Relation::OwnAct];
    let holds = |relation: &Relation| competent(*relation, organ, respondent).is_ok();
    first.into_iter().find(holds).unwrap_or(Relation::Department)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::appeal::sample::{organ, respondent};

    fn at(agency: &AgencyFact, region: &str) -> AgencyFact {
        AgencyFact { region: region.parse().expect("valid"), ..agency.clone() }
    }

    fn check(relation: Relation, organ_at: &str, respondent_at: &str) -> Outcome {
        competent(relation, Some(&at(&organ(), organ_at)), Some(&at(&respondent(), respondent_at)))
    }

    #[test]
    fn a_department_belongs_before_its_own_government() {
        for relation in [Relation::Department, Relation::Dispatched, Relation::Managed, Relation::Branch] {
            check(relation, "230883", "230883").unwrap();
        }
        check(Relation::Justice, "230883", "230883").unwrap();
    }

    #[test]
    fn an_applicant_need_not_know_why_an_organ_is_competent() {
        let likely =
            |organ_at, respondent_at| likely(Some(&at(&organ(), organ_at)), Some(&at(&respondent(), respondent_at)));
        assert_eq!(likely("230883", "230883"), Relation::Department);
        assert_eq!(likely("230800", "230883"), Relation::LowerGovernment);
        assert_eq!(likely("230883", "230800"), Relation::Department);
        let itself = at(&organ(), "230000");
        assert_eq!(super::likely(Some(&itself), Some(&itself)), Relation::OwnAct);
    }

    #[test]
    fn a_government_before_the_one_above() {
        check(Relation::LowerGovernment, "230883", "230883100").unwrap();
        check(Relation::LowerGovernment, "230800", "230883").unwrap();
        check(Relation::LowerGovernment, "110000", "110101").unwrap();
    }

    #[test]
    fn a_vertical_agency_before_its_superior() {
        check(Relation::Vertical, "230800", "230883").unwrap();
        check(Relation::Vertical, "230883", "230883").unwrap_err();
        check(Relation::Branch, "230800", "230883").unwrap();
        check(Relation::Justice, "230800", "230883").unwrap();
    }

    #[test]
    fn a_province_judges_its_own_act() {
        let province = at(&organ(), "230000");
        competent(Relation::OwnAct, Some(&province), Some(&province)).unwrap();
    }

    #[test]
    fn refuses_an_organ_that_judges_itself() {
        let county = organ();
        for relation in [Relation::OwnAct, Relation::Department, Relation::Managed, Relation::Justice, Relation::Branch]
        {
            competent(relation, Some(&county), Some(&county)).unwrap_err();
        }
    }

    #[test]
    fn refuses_a_department_of_another_place() {
        check(Relation::Department, "230883", "230882").unwrap_err();
        check(Relation::Department, "230800", "230883").unwrap_err();
        check(Relation::Managed, "230883", "230882").unwrap_err();
    }

    #[test]
    fn refuses_a_government_two_levels_above() {
        check(Relation::LowerGovernment, "230800", "230883100").unwrap_err();
        check(Relation::LowerGovernment, "230000", "230883100").unwrap_err();
        check(Relation::LowerGovernment, "230883", "230883").unwrap_err();
    }

    #[test]
    fn refuses_an_agency_that_is_none() {
        competent(Relation::Department, None, Some(&respondent())).unwrap_err();
        let dissolved = AgencyFact { existing: false, ..organ() };
        competent(Relation::Department, Some(&dissolved), Some(&respondent())).unwrap_err();
        competent(Relation::Department, Some(&organ()), None).unwrap_err();
    }
}
