//! What officers of an entrusted organisation may do in an agency's name.

use jiff::civil::Date;
use law::{
    Citation, Fault,
    citation::{ACL, APL},
    id::{BaseCode, OfficerCode, Uscc},
};
use lists::facts::{AgencyFact, Mandate, OfficerFact, PowerKind};

use super::{Outcome, fault};

law::card! {
    /// Inside what was entrusted, and while it lasts. 1. The agency in whose name they act. 2. The power and the day of each step with matters and
    /// term of the document. 3. The entrustments on record; each step is held against the one of its own day. 4. None. 5. A body that was
    /// entrusted before matters and term were kept: not known. 6. Acting after the term, in another matter, by a measure, which cannot be entrusted
    /// at all; naming beside him an officer of the agency: each who acts is held to it. 7. Refused when handled, recorded when reported.
    /// 8. Matters, powers and term stand in the document (APL 20(2)), and the organisation acts within them (20(4)); compulsory measures are not
    /// entrusted (ACL 17(1)).
    EN_ENTRUST "EN-ENTRUST" Gate "委托范围和期限" "matters and term of an entrustment"; Citation::paragraph(&APL, 20, 2), Citation::paragraph(&APL, 20, 4), Citation::paragraph(&ACL, 17, 1);
    "受委托组织的人员只能在委托书载明的事项和期限内执法；行政强制措施不得委托";
    "officers of an entrusted organisation act only in the matters and within the term of its document; compulsory measures are not entrusted";
    plans "TA 13";
    compares "所行使的权力和日期与委托书的事项和期限" "the power and the day with the matters and the term of the document"; since 2012 1 1;
    allows an_entrusted_body_acts_within_its_matters_until_its_last_day, an_entrustment_without_terms_is_not_checked;
    refuses refuses_an_entrusted_body_after_its_term_or_before_it, refuses_a_matter_that_was_not_entrusted, refuses_a_measure_by_an_entrusted_body
}

/// EN-ENTRUST; none where nobody acts for an entrusted organisation. `item`: the power that is used, if there is one.
pub fn within(
    named: &[OfficerCode],
    known: &[OfficerFact],
    agency: &AgencyFact,
    item: Option<&BaseCode>,
    compels: bool,
    day: Date,
) -> Option<Outcome> {
    let acting = known.iter().filter(|officer| named.contains(&officer.officer));
    let outcomes: Vec<Outcome> = acting
        .filter_map(|officer| Some((officer, body_of(officer, agency, day)?)))
        .map(|(officer, body)| one(officer, body, agency, item, compels, day))
        .collect();
    // What is broken before what nobody can tell.
    let broken = outcomes.iter().find(|outcome| outcome.as_ref().is_err_and(|fault| !fault.unknown));
    broken.or_else(|| outcomes.iter().find(|outcome| outcome.is_err())).or(outcomes.first()).cloned()
}

/// The entrusted body that he acts for, where he does not act for the agency itself.
fn body_of<'a>(officer: &'a OfficerFact, agency: &AgencyFact, day: Date) -> Option<&'a Uscc> {
    let valid = || officer.certificates.iter().filter(|certificate| certificate.valid_on(day)).map(|c| &c.agency);
    if valid().any(|body| *body == agency.agency) {
        return None;
    }
    valid().find(|body| agency.entrusted.contains(body))
}

fn one(
    officer: &OfficerFact,
    body: &Uscc,
    agency: &AgencyFact,
    item: Option<&BaseCode>,
    compels: bool,
    day: Date,
) -> Outcome {
    let name = &officer.name;
    if compels {
        return fault(
            format!("{name}属于受委托组织；行政强制措施权不得委托，请由本机关的执法人员实施"),
            format!(
                "{name} serves an entrusted organisation; compulsory measures are not entrusted, so let officers of the agency take it"
            ),
        );
    }
    let mandates: Vec<&Mandate> = agency.mandates.iter().filter(|mandate| mandate.body == *body).collect();
    if mandates.is_empty() {
        return Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("{name}所属受委托组织的委托事项和期限没有登记，未予核对"),
                format!(
                    "matters and term of the entrustment under which {name} acts are not on record, so this was not checked"
                ),
            )
        });
    }
    let lasting: Vec<_> = mandates.iter().filter(|mandate| mandate.terms.on(day)).collect();
    if lasting.is_empty() {
        let terms: Vec<_> = mandates.iter().map(|m| format!("{}至{}", m.terms.from, m.terms.until)).collect();
        let terms = terms.join("、");
        return fault(
            format!("{name}所属组织的委托期限为{terms}，{day}不在其内；请续签委托书，或者由本机关的执法人员办理"),
            format!(
                "the entrustment under which {name} acts runs {terms}, and {day} is not within it; renew it, or let officers of the agency act"
            ),
        );
    }
    // Without a power item EN-POWER speaks.
    let Some(item) = item else { return Ok(()) };
    if lasting.iter().any(|mandate| mandate.terms.covers(PowerKind::Penalty, item)) {
        return Ok(());
    }
    let documents: Vec<_> = lasting.iter().map(|mandate| mandate.terms.document.as_str()).collect();
    let documents = documents.join("、");
    fault(
        format!("{item}不在{documents}的委托事项之内；请由本机关的执法人员办理"),
        format!("{item} is not among the matters of {documents}; let officers of the agency act"),
    )
}

#[cfg(test)]
mod tests {
    use lists::{facts::Entrustment, fixture::TEAM};

    use super::*;
    use crate::domain::case::sample::{self, code, day};

    fn held(matters: &[&str], on: &str, compels: bool) -> Option<Outcome> {
        let mut officer = sample::officer("A1", "张三");
        officer.certificates.iter_mut().for_each(|certificate| certificate.agency = TEAM.parse().unwrap());
        let mut agency = sample::agency();
        agency.entrusted = vec![TEAM.parse().unwrap()];
        let terms = |matters: &&str| Mandate {
            body: TEAM.parse().unwrap(),
            terms: Entrustment::read(&format!("委托书|2024-01-01至2024-06-30|{matters}|公布2024-01-02|持证人员"))
                .unwrap(),
        };
        agency.mandates = matters.iter().map(terms).collect();
        within(&[code("A1")], &[officer], &agency, Some(&sample::item().base_code), compels, day(on))
    }

    #[test]
    fn an_entrusted_body_acts_within_its_matters_until_its_last_day() {
        for matters in ["行政处罚", "021310001000", "021310009000；021310001000"] {
            for on in ["2024-01-01", "2024-03-04", "2024-06-30"] {
                held(&[matters], on, false).unwrap().unwrap();
            }
        }
        held(&["021310009000", "021310001000"], "2024-03-04", false).unwrap().unwrap();
        // An officer of the agency is no matter of entrustment.
        let own = [sample::officer("A1", "张三")];
        assert!(within(&[code("A1")], &own, &sample::agency(), None, true, day("2024-03-04")).is_none());
    }

    #[test]
    fn an_entrustment_without_terms_is_not_checked() {
        assert!(held(&[], "2024-03-04", false).unwrap().unwrap_err().unknown);
    }

    #[test]
    fn refuses_an_entrusted_body_after_its_term_or_before_it() {
        for on in ["2023-12-31", "2024-07-01"] {
            assert!(!held(&["行政处罚"], on, false).unwrap().unwrap_err().unknown, "{on}");
        }
    }

    #[test]
    fn refuses_a_matter_that_was_not_entrusted() {
        for matters in ["021310009000", "行政检查"] {
            assert!(!held(&[matters], "2024-03-04", false).unwrap().unwrap_err().unknown, "{matters}");
        }
    }

    #[test]
    fn refuses_a_measure_by_an_entrusted_body() {
        for matters in [&[][..], &["行政处罚；行政强制"]] {
            assert!(!held(matters, "2024-03-04", true).unwrap().unwrap_err().unknown);
        }
    }
}
