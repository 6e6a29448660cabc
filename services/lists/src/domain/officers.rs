//! Who acts: officers with a certificate, two of them, none with a stake; and what only the head decides.

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::{
    Citation,
    check::{Outcome, blank, fault},
    citation::{ACL, APL, CTR},
    id::{OfficerCode, Uscc},
};

use super::facts::{AgencyFact, OfficerFact, OfficerRole, Sender};

law::card! {
    /// A certificate valid that day.
    OF_CERT "OF-CERT" Gate; Citation::paragraph(&APL, 42, 1), Citation::paragraph(&ACL, 17, 3);
    "执法人员当日应当持有本机关、本领域的有效执法证件";
    "whoever acts holds a certificate valid that day, of that agency, for that field";
    plans "FY 24" "TA 16" "BT 22" "SB 六"; since 2021 7 15;
    allows a_certificate_counts_on_its_first_and_last_day, an_entrusted_organisations_officer_acts_in_the_agencys_name;
    refuses refuses_a_certificate_the_day_after_it_ends, refuses_a_certificate_of_another_agency_or_field
}
law::card! {
    /// Two officers.
    OF_TWO "OF-TWO" Gate; Citation::paragraph(&APL, 42, 1), Citation::article(&ACL, 18);
    "执法人员不得少于两人"; "at least two officers act";
    plans "FY 24"; params "officers_min" = OFFICERS_MIN "persons"; since 2021 7 15;
    allows two_officers_may_act; refuses refuses_one_officer_even_if_named_twice
}
law::card! {
    /// Auxiliary staff do not act.
    OF_AUX "OF-AUX" Gate; Citation::paragraph(&APL, 42, 1), Citation::paragraph(&ACL, 17, 3);
    "辅助人员、合同工、临时工不得以执法人员身份执法"; "auxiliary or contract staff do not act as officers";
    plans "TA 16" "FY 24"; since 2021 7 15;
    allows enforcement_staff_may_act; refuses refuses_auxiliary_staff
}
law::card! {
    /// A recused officer stays out.
    OF_RECUSE "OF-RECUSE" Gate; Citation::article(&APL, 43);
    "与案件有利害关系的执法人员应当回避，由负责人决定；决定作出前不停止调查";
    "an officer with a stake is recused; the head decides; until then the investigation goes on";
    plans ; since 2021 7 15;
    allows an_officer_goes_on_until_the_recusal_is_decided; refuses refuses_a_recused_officer
}
law::card! {
    /// What only the head decides.
    EN_HEAD "EN-HEAD" Gate; Citation::article(&APL, 57), Citation::paragraph(&APL, 43, 3), Citation::article(&APL, 56), Citation::article(&ACL, 18), Citation::article(&CTR, 5);
    "处罚决定、回避、先行登记保存、强制措施、移送等由行政机关负责人决定或者批准";
    "the agency's head decides on penalties, recusal, preservation, measures and transfers, or approves them";
    plans "FY 21"; since 2021 7 15;
    allows the_head_decides, a_report_names_the_head_who_decided; refuses refuses_an_officer_who_decides_himself
}

/// OF-CERT: every named officer, known to the list, has a certificate valid on the day.
pub fn certified(named: &[OfficerCode], known: &[OfficerFact], agency: &AgencyFact, field: &str, day: Date) -> Outcome {
    for code in named {
        let Some(officer) = known.iter().find(|o| o.officer == *code) else {
            return fault(
                format!("执法人员名录中没有 {code}；请先登记其执法证件，或者改派持证人员"),
                format!(
                    "the officer list does not know {code}; register the certificate first, or assign someone else"
                ),
            );
        };
        let name = &officer.name;
        let ours = |body: &Uscc| *body == agency.agency || agency.entrusted.contains(body);
        let valid: Vec<_> = officer.certificates.iter().filter(|c| c.valid_on(day)).collect();
        if valid.is_empty() {
            let last = officer.certificates.iter().map(|c| c.revoked.unwrap_or(c.until)).max();
            let (zh, en) = match last {
                Some(last) => (format!("（最后有效至 {last} 前后）"), format!(" (the last one ended about {last})")),
                None => (String::new(), String::new()),
            };
            return fault(
                format!("{name}（{code}）在 {day} 没有有效的执法证件{zh}；请改派持有效证件的执法人员"),
                format!("{name} ({code}) has no certificate valid on {day}{en}; assign an officer with a valid one"),
            );
        }
        if !valid.iter().any(|c| ours(&c.agency)) {
            return fault(
                format!("{name}（{code}）的执法证件不属于本机关；请改派本机关的执法人员"),
                format!("the certificate of {name} ({code}) is of another agency; assign an officer of this one"),
            );
        }
        // Without a power item there is no field to hold it against; EN-POWER speaks then.
        if !blank(field) && !valid.iter().any(|c| ours(&c.agency) && c.fields.iter().any(|f| f == field)) {
            return fault(
                format!("{name}（{code}）的执法证件不含“{field}”领域；请改派该领域的持证人员"),
                format!(
                    "the certificate of {name} ({code}) does not cover the field {field}; assign an officer whose does"
                ),
            );
        }
    }
    Ok(())
}

/// How many officers act at least.
const OFFICERS_MIN: usize = 2;

/// OF-TWO: two different persons.
pub fn two(named: &[OfficerCode]) -> Outcome {
    let count = named.iter().collect::<BTreeSet<_>>().len();
    if count < OFFICERS_MIN {
        return fault(
            format!("只有{count}名执法人员；至少须有两名执法人员，请增派"),
            format!("only {count} officer acts; at least two are needed, so name another one"),
        );
    }
    Ok(())
}

/// OF-AUX: nobody who only assists.
pub fn not_auxiliary(named: &[OfficerCode], known: &[OfficerFact]) -> Outcome {
    match known.iter().find(|o| o.role == OfficerRole::Auxiliary && named.contains(&o.officer)) {
        Some(o) => fault(
            format!("{}（{}）是辅助人员，不得执法；请改由执法人员实施", o.name, o.officer),
            format!("{} ({}) is auxiliary staff and may not act; let an officer do it", o.name, o.officer),
        ),
        None => Ok(()),
    }
}

/// OF-RECUSE: nobody whom the head has recused.
pub fn not_recused(named: &[OfficerCode], recused: &BTreeSet<OfficerCode>) -> Outcome {
    match named.iter().find(|code| recused.contains(code)) {
        Some(code) => fault(
            format!("{code} 已被决定回避本案；请改派其他执法人员"),
            format!("{code} has been recused from this case; assign another officer"),
        ),
        None => Ok(()),
    }
}

/// EN-HEAD: in handling the head himself sends the decision; a report names the head, who is none of the investigators.
pub fn decided_by_head(handling: bool, sender: &Sender, named: &str, investigators: &[&str]) -> Outcome {
    if handling && !sender.head {
        return fault(
            "这一步须由行政机关负责人决定或者批准；请由负责人以其身份提交",
            "this step is the agency head's to decide or approve; let the head submit it",
        );
    }
    if blank(named) {
        return fault(
            "没有写明作出决定或者批准的负责人；请补充",
            "the head who decided or approved is not named; name the head",
        );
    }
    if investigators.contains(&named) {
        return fault(
            format!("{named} 是本案调查人员，不能自行批准；请由负责人决定"),
            format!("{named} investigates this case and cannot approve it; the head decides"),
        );
    }
    Ok(())
}

/// EN-HEAD: an approval given beforehand names who gave it, who is none of those who carry it out.
pub fn approved(approved_by: &str, carried_out_by: &[&str]) -> Outcome {
    if blank(approved_by) {
        return fault(
            "没有负责人的批准；请先报行政机关负责人批准并写明批准人",
            "the head's approval is missing; obtain it first and name who approved",
        );
    }
    if carried_out_by.contains(&approved_by) {
        return fault(
            format!("{approved_by} 不能批准自己实施的行为；请由负责人批准"),
            format!("{approved_by} cannot approve what he carries out himself; the head approves"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{OTHER, agency, code, day, head, officer as person};

    fn check(officer: OfficerFact, on: &str) -> Outcome {
        let named = [officer.officer.clone()];
        certified(&named, &[officer], &agency(), "食品", day(on))
    }

    #[test]
    fn a_certificate_counts_on_its_first_and_last_day() {
        check(person("A1", "张三"), "2020-01-01").unwrap();
        check(person("A1", "张三"), "2030-12-31").unwrap();
    }

    #[test]
    fn refuses_a_certificate_the_day_after_it_ends() {
        check(person("A1", "张三"), "2031-01-01").unwrap_err();
        check(person("A1", "张三"), "2019-12-31").unwrap_err();
        let mut revoked = person("A1", "张三");
        revoked.certificates[0].revoked = Some(day("2024-05-06"));
        check(revoked.clone(), "2024-05-05").unwrap();
        check(revoked, "2024-05-06").unwrap_err();
        certified(&[code("A9")], &[], &agency(), "食品", day("2024-01-02")).unwrap_err();
    }

    #[test]
    fn refuses_a_certificate_of_another_agency_or_field() {
        let mut other = person("A1", "张三");
        other.certificates[0].agency = OTHER.parse().unwrap();
        check(other, "2024-01-02").unwrap_err();
        let mut field = person("A1", "张三");
        field.certificates[0].fields = vec!["环境".into()];
        assert!(check(field, "2024-01-02").unwrap_err().zh.contains("食品"));
    }

    #[test]
    fn without_a_power_item_no_field_is_asked_for() {
        let officer = person("A1", "张三");
        let named = [officer.officer.clone()];
        certified(&named, &[officer], &agency(), "", day("2024-01-02")).unwrap();
    }

    #[test]
    fn an_entrusted_organisations_officer_acts_in_the_agencys_name() {
        let mut ours = agency();
        ours.entrusted = vec![OTHER.parse().unwrap()];
        let mut officer = person("A1", "张三");
        officer.certificates[0].agency = OTHER.parse().unwrap();
        certified(&[code("A1")], &[officer], &ours, "食品", day("2024-01-02")).unwrap();
    }

    #[test]
    fn two_officers_may_act() {
        two(&[code("A1"), code("A2")]).unwrap();
    }

    #[test]
    fn refuses_one_officer_even_if_named_twice() {
        two(&[code("A1")]).unwrap_err();
        two(&[code("A1"), code("A1")]).unwrap_err();
        two(&[]).unwrap_err();
    }

    #[test]
    fn enforcement_staff_may_act() {
        not_auxiliary(&[code("A1")], &[person("A1", "张三")]).unwrap();
    }

    #[test]
    fn refuses_auxiliary_staff() {
        let mut aux = person("A1", "张三");
        aux.role = OfficerRole::Auxiliary;
        not_auxiliary(&[code("A1")], &[aux]).unwrap_err();
    }

    #[test]
    fn an_officer_goes_on_until_the_recusal_is_decided() {
        not_recused(&[code("A1")], &BTreeSet::new()).unwrap();
    }

    #[test]
    fn refuses_a_recused_officer() {
        not_recused(&[code("A2"), code("A1")], &BTreeSet::from([code("A1")])).unwrap_err();
    }

    #[test]
    fn the_head_decides() {
        decided_by_head(true, &head(), "李局长", &["张三"]).unwrap();
        approved("李局长", &["张三"]).unwrap();
    }

    #[test]
    fn a_report_names_the_head_who_decided() {
        decided_by_head(false, &Sender::default(), "李局长", &["张三"]).unwrap();
        decided_by_head(false, &Sender::default(), "", &[]).unwrap_err();
    }

    #[test]
    fn refuses_an_officer_who_decides_himself() {
        decided_by_head(true, &Sender::default(), "李局长", &[]).unwrap_err();
        decided_by_head(false, &Sender::default(), "张三", &["张三"]).unwrap_err();
        approved("", &[]).unwrap_err();
        approved("张三", &["张三"]).unwrap_err();
    }
}
