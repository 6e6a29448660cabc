//! Who acts: officers with a certificate, two of them, none with a stake; and what only the head decides.

use std::collections::BTreeSet;

use jiff::civil::Date;
use law::{
    Citation,
    check::{Fault, Outcome, blank, fault},
    citation::{ACL, APL, ARL, CTR, PIPL},
    id::{OfficerCode, Uscc},
    vocabulary::{Form, Piece},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::{AgencyFact, OfficeKind, OfficerFact, OfficerRole, Sender};

law::card! {
    /// A certificate valid that day.
    OF_CERT "OF-CERT" Gate "持证执法" "certificate"; Citation::paragraph(&APL, 42, 1), Citation::paragraph(&ACL, 17, 3);
    "执法人员当日应当持有本机关、本领域的有效执法证件";
    "whoever acts holds a certificate valid that day, of that agency, for that field";
    plans "FY 24" "TA 16" "BT 22" "SB 六"; since 2021 7 15;
    allows a_certificate_counts_on_its_first_and_last_day, an_entrusted_organisations_officer_acts_in_the_agencys_name;
    refuses refuses_a_certificate_the_day_after_it_ends, refuses_a_certificate_of_another_agency_or_field, refuses_an_act_of_nobody
}
law::card! {
    /// Two officers.
    OF_TWO "OF-TWO" Gate "两人执法" "two officers"; Citation::paragraph(&APL, 42, 1), Citation::article(&ACL, 18);
    "执法人员不得少于两人"; "at least two officers act";
    plans "FY 24";
    except "事项所列法律另有规定的，从其规定；强制措施除外" "where the item's law provides otherwise, but not for compulsory measures";
    params "officers_min" = OFFICERS_MIN "persons"; since 2021 7 15;
    allows two_officers_may_act, a_law_may_let_one_officer_act; refuses refuses_one_officer_even_if_named_twice
}
law::card! {
    /// Auxiliary staff do not act.
    OF_AUX "OF-AUX" Gate "辅助人员不得执法" "auxiliary staff do not act"; Citation::paragraph(&APL, 42, 1), Citation::paragraph(&ACL, 17, 3);
    "辅助人员、合同工、临时工不得以执法人员身份执法"; "auxiliary or contract staff do not act as officers";
    plans "TA 16" "FY 24"; since 2021 7 15;
    allows enforcement_staff_may_act; refuses refuses_auxiliary_staff
}
law::card! {
    /// A recused officer stays out. 1. The agency. 2. Who acts with whom the head had recused by then; a decision on the case with the requests
    /// that were open then. 3. The law of 2021. 4. The investigation goes on until the head decides (43(3)): what was done before is
    /// not touched. 5. A request that is not decided is open. 6. Deciding the case over an open request; another date; a request
    /// repeated. 7. Refused in handling, recorded as broken in reporting. 8. APL 43.
    OF_RECUSE "OF-RECUSE" Gate "回避" "recusal"; Citation::article(&APL, 43);
    "与案件有利害关系的执法人员应当回避，由负责人决定；决定作出前不停止调查";
    "an officer with a stake is recused; the head decides; until then the investigation goes on";
    plans ;
    compares "实施人员与当时已决定回避的人员；作出决定时尚未决定的回避申请"
        "who acts with whom the head had recused by then; the requests still open when the case is decided";
    except "回避决定作出前的调查" "what was done before the head decided"; since 2021 7 15;
    allows an_officer_goes_on_until_the_recusal_is_decided; refuses refuses_a_recused_officer, refuses_a_decision_over_an_open_request
}
law::card! {
    /// What only the head decides.
    EN_HEAD "EN-HEAD" Gate "负责人批准" "approval by the head"; Citation::article(&APL, 57), Citation::paragraph(&APL, 43, 3), Citation::article(&APL, 56), Citation::article(&ACL, 18), Citation::article(&CTR, 5);
    "处罚决定、回避、先行登记保存、强制措施、移送等由行政机关负责人决定或者批准";
    "the agency's head decides on penalties, recusal, preservation, measures and transfers, or approves them";
    plans "FY 21"; since 2021 7 15;
    allows the_head_decides, a_deputy_counts_until_the_day_before_his_term_ends;
    refuses refuses_an_officer_who_decides_himself, refuses_a_name_where_a_head_is_asked_for, refuses_the_head_of_another_agency, refuses_a_head_who_approves_what_he_investigates
}

law::card! {
    /// A party's sealed identity. Of a citizen the record holds a mask; a decision and its service need the name (APL 59, 61).
    OF_OPEN "OF-OPEN" Gate "身份启封" "opening an identity"; Citation::paragraph(&PIPL, 6, 1), Citation::article(&PIPL, 34), Citation::article(&PIPL, 51), Citation::article(&APL, 50), Citation::paragraph(&ARL, 36, 2);
    "当事人的姓名、证件号码和联系方式封存保管；只有本案承办人员和负责人因履行职责需要、写明理由方可启封";
    "a party's name, id number and contact are sealed; only who handles the case, or a head, opens them, for a reason that the duty gives";
    plans ;
    compares "启封人员与本案承办人员、负责人；启封的理由" "who opens it with those who handle the case and the heads; the reason";
    since 2021 11 1;
    allows who_handles_the_case_opens_a_party_for_a_reason, a_head_opens_a_party; refuses refuses_to_open_a_party_without_a_reason, refuses_to_open_a_party_to_who_does_not_handle_the_case
}

/// OF-OPEN. 1. The agency, through whoever opens it: the person who sends the step, so nobody opens in another's name. 2. Him with
/// those who handle the case now and the heads of that day; his reason with none. One person is enough, other than for a
/// complainant (CO-PROTECT): the agency knows its party, who gave the name to it, every decision must bear it, and what the
/// law asks is that no more people read it than the duty needs (PIPL 6, 34, 51(4)). 3. Before PIPL nothing was sealed. 4. None. 5. A
/// reason that is not given is none; whom the list does not know is no head. 6. In reporting mode nothing is opened at all;
/// an officer recused or taken off the case handles it no more. 7. Refused, and the attempt kept. 8. PIPL 13(1)(3) lets the agency
/// use the name for its duty, 6 and 34 within what that needs; APL 50 and ARL 36(2) bind its staff to keep it.
pub fn may_open(by: &OfficerCode, reason: &str, handling: &[&OfficerCode], heads: &Officials<'_>) -> Outcome {
    if blank(reason) {
        return fault(
            "没有写明启封的理由；请写明因何职责需要知道当事人的身份",
            "it is not said why it must be opened; say which duty needs to know who the party is",
        );
    }
    if handling.contains(&by) || heads.named(by.as_str()).is_ok() {
        return Ok(());
    }
    fault(
        format!("{by} 不是本案承办人员，也不是负责人，不得启封当事人身份；请由承办人员启封"),
        format!(
            "{by} neither handles this case nor heads the agency, and may not open who the party is; let a handler do it"
        ),
    )
}

/// OF-CERT: every named officer, known to the list, has a certificate valid on the day; and somebody is named.
pub fn certified(named: &[OfficerCode], known: &[OfficerFact], agency: &AgencyFact, field: &str, day: Date) -> Outcome {
    if named.is_empty() {
        return fault(
            "没有写明由谁实施；请写明执法人员的人员编号",
            "it is not said who acted; name the officers by their personnel numbers",
        );
    }
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

/// OF-TWO: two different persons, or as many as a law says of the power, under its article (法律另有规定的除外).
pub fn two(named: &[OfficerCode], otherwise: Option<(u8, &str)>) -> Outcome {
    let count = named.iter().collect::<BTreeSet<_>>().len();
    if let Some((least, article)) = otherwise {
        if count < usize::from(least) {
            return fault(
                format!("只有{count}名执法人员；{article}规定至少{least}名，请增派"),
                format!("only {count} officer acts; {article} asks for at least {least}, so name another one"),
            );
        }
        return Ok(());
    }
    if count < OFFICERS_MIN {
        return fault(
            format!("只有{count}名执法人员；至少须有两名执法人员，请增派"),
            format!("only {count} officer acts; at least two are needed, so name another one"),
        );
    }
    Ok(())
}

/// OF-AUX: nobody who only assists. Of whom the list does not know nobody can tell; OF-CERT speaks of him.
pub fn not_auxiliary(named: &[OfficerCode], known: &[OfficerFact]) -> Outcome {
    if let Some(o) = known.iter().find(|o| o.role == OfficerRole::Auxiliary && named.contains(&o.officer)) {
        return fault(
            format!("{}（{}）是辅助人员，不得执法；请改由执法人员实施", o.name, o.officer),
            format!("{} ({}) is auxiliary staff and may not act; let an officer do it", o.name, o.officer),
        );
    }
    match named.iter().find(|code| known.iter().all(|o| o.officer != **code)) {
        Some(code) => Err(Fault {
            unknown: true,
            ..Fault::new(
                format!("执法人员名录中没有 {code}，是否为辅助人员未予核对"),
                format!("the list does not know {code}, so whether this is auxiliary staff was not checked"),
            )
        }),
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

/// OF-RECUSE: the head decided on every request before the case is decided.
pub fn requests_decided(open: &BTreeSet<OfficerCode>) -> Outcome {
    match open.iter().next() {
        Some(code) => fault(
            format!("对 {code} 的回避申请尚未由负责人决定；请先作出是否回避的决定"),
            format!("the request that {code} withdraw has not been decided; let the head decide it first"),
        ),
        None => Ok(()),
    }
}

/// An official who decided or approved, as the list had him that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Official {
    /// Personnel number.
    pub officer: OfficerCode,
    /// Name.
    pub name: String,
    /// The office that he held.
    pub office: OfficeKind,
}

/// How an official is shown.
pub const OFFICIAL: Form = Form::Parts(&[
    Piece::of("name", Form::Plain),
    Piece::of("office", Form::Word(OfficeKind::WORDS)).before("（", " ("),
    Piece::of("officer", Form::Plain).before("，", ", ").after("）", ")"),
]);

/// Who may decide or approve: the officials who hold one of these offices in an agency on a day.
#[derive(Clone, Copy, Debug)]
pub struct Officials<'a> {
    /// The persons whom a step names, as the list knows them.
    pub known: &'a [OfficerFact],
    /// Which offices do.
    pub offices: &'a [OfficeKind],
    /// In which agency.
    pub agency: &'a Uscc,
    /// On which day.
    pub day: Date,
}

impl Officials<'_> {
    /// The official whom a text names by his personnel number.
    ///
    /// # Errors
    /// What is wrong with the person named.
    pub fn named(&self, text: &str) -> Result<Official, Fault> {
        let offices_zh = self.offices.iter().map(|o| o.zh()).collect::<Vec<_>>().join("或者");
        let offices_en = self.offices.iter().map(|o| o.en()).collect::<Vec<_>>().join(" or ");
        if blank(text) {
            return fault(
                format!("没有写明作出决定或者批准的{offices_zh}；请填写其人员编号"),
                format!("who decided or approved is not named; give the personnel number of the {offices_en}"),
            );
        }
        let Some(person) = self.known.iter().find(|person| person.officer.as_str() == text) else {
            return fault(
                format!("人员名录中没有“{text}”；请填写{offices_zh}的人员编号，尚未登记的请先登记其任职"),
                format!(
                    "the list knows no person with the number {text:?}; give the personnel number of the \
                     {offices_en}, and have the office entered first if it is not"
                ),
            );
        };
        let Some(office) = person.holds(self.offices, self.agency, self.day) else {
            let (name, day) = (&person.name, self.day);
            return fault(
                format!("{name}（{text}）在{day}不是本机关的{offices_zh}；请由任期内的负责人决定或者批准"),
                format!("{name} ({text}) is no {offices_en} of this agency on {day}; let one whose term runs decide"),
            );
        };
        Ok(Official { officer: person.officer.clone(), name: person.name.clone(), office })
    }

    /// The same as it is recorded: the name as the list has it, and the official; what was said where the list knows none.
    pub fn recorded(&self, text: &str) -> (String, Option<Official>) {
        match self.named(text) {
            Ok(official) => (official.name.clone(), Some(official)),
            Err(_) => (text.to_owned(), None),
        }
    }
}

/// EN-HEAD: a head who is none of the investigators, and who in handling sends the decision himself. 1. Bound is the agency, whose
/// head (正职, or a 副职 in charge) decides. 2. The person named is compared with the offices on
/// the list, the sender and the investigators, by personnel number. 3. The office counts as of the day of the act. 4. None:
/// what a 内设机构 approves is no decision of the head. 5. Whom the list does not know is no head. 6. A name in place of a
/// number, a head of another agency, one whose term is over, the investigator under a second name: all break it.
/// 7. Refused in handling, recorded as broken in reporting. 8. APL 57, 43, 56, ACL 18 and CTR 5 all say 负责人.
pub fn decided_by_head(
    handling: bool,
    sender: &Sender,
    named: &str,
    heads: &Officials<'_>,
    investigators: &[&OfficerCode],
) -> Outcome {
    let submits = |zh: &str, en: &str| {
        fault(
            format!("这一步须由行政机关负责人决定或者批准；请由{zh}以其身份提交"),
            format!("this step is the agency head's to decide or approve; let {en} submit it"),
        )
    };
    if handling && blank(named) {
        return submits("负责人", "the head");
    }
    let head = heads.named(named)?;
    if handling && sender.subject != head.officer.as_str() {
        return submits(&head.name, &head.name);
    }
    none_of(&head, investigators)
}

/// EN-HEAD: an approval given beforehand names a head, who is none of those who carry it out.
pub fn approved(approved_by: &str, heads: &Officials<'_>, carried_out_by: &[&OfficerCode]) -> Outcome {
    none_of(&heads.named(approved_by)?, carried_out_by)
}

/// EN-HEAD where a provision asks for 正职负责人或者主持工作的负责人 (CTR 5(2)): which of the deputies is in charge of the work, the list does not
/// say. None where the first head decided, or nobody whom the list knows.
pub fn in_charge(official: Option<&Official>) -> Option<Outcome> {
    let deputy = official.filter(|official| official.office != OfficeKind::Head)?;
    Some(Err(Fault {
        unknown: true,
        ..Fault::new(
            format!(
                "应由正职负责人或者主持工作的负责人决定；{}是{}，是否主持工作未予核对",
                deputy.name,
                deputy.office.zh()
            ),
            format!(
                "the first head decides, or who is in charge of the work; {} is a {}, and whether he is in charge was not checked",
                deputy.name,
                deputy.office.en()
            ),
        )
    }))
}

fn none_of(head: &Official, acting: &[&OfficerCode]) -> Outcome {
    if acting.contains(&&head.officer) {
        let Official { name, officer, .. } = head;
        return fault(
            format!("{name}（{officer}）是本案调查人员，不能决定或者批准自己所办的事；请由其他负责人决定"),
            format!("{name} ({officer}) investigates this case and cannot approve his own acts; another head decides"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{DEPUTY, HEAD, OTHER, agency, code, day, head, heads, officer as person};

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
    fn refuses_an_act_of_nobody() {
        certified(&[], &[person("A1", "张三")], &agency(), "食品", day("2024-01-02")).unwrap_err();
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
        two(&[code("A1"), code("A2")], None).unwrap();
    }

    #[test]
    fn a_law_may_let_one_officer_act() {
        let article = "《甲法》第七条";
        two(&[code("A1")], Some((1, article))).unwrap();
        two(&[], Some((1, article))).unwrap_err();
        // And it may ask for more.
        let few = two(&[code("A1"), code("A2")], Some((3, article))).unwrap_err();
        assert!(few.zh.contains(article) && few.en.contains(article));
    }

    #[test]
    fn refuses_one_officer_even_if_named_twice() {
        two(&[code("A1")], None).unwrap_err();
        two(&[code("A1"), code("A1")], None).unwrap_err();
        two(&[], None).unwrap_err();
    }

    #[test]
    fn enforcement_staff_may_act() {
        not_auxiliary(&[code("A1")], &[person("A1", "张三")]).unwrap();
    }

    #[test]
    fn refuses_auxiliary_staff() {
        let mut aux = person("A1", "张三");
        aux.role = OfficerRole::Auxiliary;
        not_auxiliary(&[code("A1")], &[aux.clone()]).unwrap_err();
        // Whom the list does not know is neither; who is known to assist is found beside him.
        assert!(not_auxiliary(&[code("A8")], &[aux.clone()]).unwrap_err().unknown);
        assert!(!not_auxiliary(&[code("A8"), code("A1")], &[aux]).unwrap_err().unknown);
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
    fn refuses_a_decision_over_an_open_request() {
        requests_decided(&BTreeSet::new()).unwrap();
        assert!(requests_decided(&BTreeSet::from([code("A1")])).unwrap_err().zh.contains("A1"));
    }

    fn held(handling: bool, sender: &Sender, named: &str, on: &str, investigators: &[&str]) -> Outcome {
        let (known, ours) = (listed(), agency().agency);
        let heads = Officials { known: &known, offices: OfficeKind::HEADS, agency: &ours, day: day(on) };
        let investigators: Vec<OfficerCode> = investigators.iter().map(|i| code(i)).collect();
        let investigators: Vec<&OfficerCode> = investigators.iter().collect();
        if handling {
            decided_by_head(true, sender, named, &heads, &investigators)
        } else {
            approved(named, &heads, &investigators)
        }
    }

    /// The heads, of whom one is a head elsewhere and one until the end of 2024, and an officer.
    fn listed() -> Vec<OfficerFact> {
        let mut known = heads();
        known[1].offices[0].agency = OTHER.parse().unwrap();
        known[2].offices[0].ended = Some(day("2025-01-01"));
        known.push(person("A1", "张三"));
        known
    }

    #[test]
    fn the_head_decides() {
        held(true, &head(), HEAD, "2024-03-01", &["A1"]).unwrap();
        held(true, &head(), HEAD, "2020-01-01", &["A1"]).unwrap();
        held(false, &Sender::default(), HEAD, "2024-03-01", &["A1"]).unwrap();
    }

    #[test]
    fn a_deputy_counts_until_the_day_before_his_term_ends() {
        held(false, &Sender::default(), "H3", "2024-12-31", &[]).unwrap();
        held(false, &Sender::default(), "H3", "2025-01-01", &[]).unwrap_err();
        held(false, &Sender::default(), HEAD, "2019-12-31", &[]).unwrap_err();
    }

    #[test]
    fn refuses_an_officer_who_decides_himself() {
        let officer = Sender { subject: "A1".into(), name: "张三".into() };
        held(true, &officer, "A1", "2024-03-01", &["A1"]).unwrap_err();
        held(true, &officer, HEAD, "2024-03-01", &["A1"]).unwrap_err();
    }

    #[test]
    fn refuses_a_name_where_a_head_is_asked_for() {
        for named in ["", "李局长", "H9", "A1"] {
            held(false, &Sender::default(), named, "2024-03-01", &[]).unwrap_err();
        }
    }

    #[test]
    fn refuses_the_head_of_another_agency() {
        held(false, &Sender::default(), DEPUTY, "2024-03-01", &[]).unwrap_err();
    }

    #[test]
    fn refuses_a_head_who_approves_what_he_investigates() {
        held(false, &Sender::default(), HEAD, "2024-03-01", &["A1", HEAD]).unwrap_err();
        held(true, &head(), HEAD, "2024-03-01", &[HEAD]).unwrap_err();
    }

    #[test]
    fn whether_a_deputy_is_in_charge_of_the_work_is_not_checked() {
        let official = |office| Official { officer: code(HEAD), name: "李局长".into(), office };
        assert_eq!(in_charge(Some(&official(OfficeKind::Head))), None);
        assert_eq!(in_charge(None), None);
        let held = in_charge(Some(&official(OfficeKind::DeputyHead))).expect("a deputy").unwrap_err();
        assert!(held.unknown && held.zh.contains("李局长"), "{}", held.zh);
    }

    fn opens(by: &str, reason: &str) -> Outcome {
        let (known, ours) = (listed(), agency().agency);
        let heads = Officials { known: &known, offices: OfficeKind::HEADS, agency: &ours, day: day("2024-03-01") };
        may_open(&code(by), reason, &[&code("A1"), &code("A2")], &heads)
    }

    #[test]
    fn who_handles_the_case_opens_a_party_for_a_reason() {
        opens("A1", "制作处罚决定书").unwrap();
    }

    #[test]
    fn a_head_opens_a_party() {
        opens(HEAD, "签发处罚决定书").unwrap();
    }

    #[test]
    fn refuses_to_open_a_party_without_a_reason() {
        opens("A1", " ").unwrap_err();
        opens(HEAD, "").unwrap_err();
    }

    #[test]
    fn refuses_to_open_a_party_to_who_does_not_handle_the_case() {
        opens("A3", "了解情况").unwrap_err();
        opens(DEPUTY, "了解情况").unwrap_err();
    }

    #[test]
    fn what_the_list_does_not_know_is_recorded_as_said() {
        let (known, ours) = (heads(), agency().agency);
        let heads = Officials { known: &known, offices: OfficeKind::HEADS, agency: &ours, day: day("2024-03-01") };
        assert_eq!(heads.recorded("李局长"), ("李局长".to_owned(), None));
        let (name, official) = heads.recorded(HEAD);
        assert_eq!((name.as_str(), official.unwrap().office), ("李局长", OfficeKind::Head));
    }
}
