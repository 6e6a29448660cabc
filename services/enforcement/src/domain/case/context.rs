//! What every step looks at.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use law::{
    Act, Check, Mode, Refusal,
    calendar::Calendar,
    id::{BaseCode, OfficerCode},
};
use lists::{
    facts::{AgencyFact, AgencyKind, Departure, OfficeKind},
    officers::{self, Official, Officials},
};

use uuid::Uuid;

use super::state::Case;
use crate::domain::{
    events::{ActingOfficer, CaseFiled, ExemptionConsidered, Penalty, PenaltyDecided, Procedure},
    facts::Facts,
    rules::{
        entrust::{self, EN_ENTRUST},
        transfer::Suspicion,
    },
};

/// The case, the act and the facts of one step.
pub(crate) struct Context<'a> {
    pub(super) case: &'a Case,
    pub(super) act: &'a Act,
    pub(super) facts: &'a Facts,
}

impl<'a> Context<'a> {
    pub(super) fn day(&self) -> Date {
        self.act.day()
    }

    pub(super) fn calendar(&self) -> &'a Calendar {
        &self.act.calendar
    }

    pub(super) fn handling(&self) -> bool {
        self.act.mode == Mode::Handling
    }

    pub(super) fn check(&self) -> Check {
        Check::on(self.day())
    }

    /// Whether what is on file had happened by this act; older events do not say when.
    pub(super) fn had_happened(&self, at: Option<Timestamp>) -> bool {
        at.is_none_or(|at| at <= self.act.at)
    }

    /// The case was filed. Courts and superiors act on a file that rests in the archive, too.
    pub(super) fn ever(&self) -> Result<&'a CaseFiled, Refusal> {
        let filed = self.case.filed.as_deref();
        filed.ok_or_else(|| Refusal::NotFound { what: "case", id: "not filed yet".to_owned() })
    }

    /// The same, and its file is not archived.
    pub(super) fn known(&self) -> Result<&'a CaseFiled, Refusal> {
        let filed = self.ever()?;
        if self.case.archived.is_some() && !self.case.redoes() {
            return Err(Refusal::state(
                "CASE_ARCHIVED",
                "案件已经归档，不能再增加内容",
                "the case is archived; nothing can be added to its file",
            ));
        }
        Ok(filed)
    }

    /// The same, and it is not closed.
    pub(super) fn open(&self) -> Result<&'a CaseFiled, Refusal> {
        let filed = self.known()?;
        if self.case.closed.is_some() {
            return Err(Refusal::state("CASE_CLOSED", "案件已经结案", "the case is closed"));
        }
        Ok(filed)
    }

    /// It is open and nothing is decided yet, or it is to be decided anew.
    pub(super) fn undecided(&self) -> Result<&'a CaseFiled, Refusal> {
        if self.case.redoes() {
            return self.ever();
        }
        let filed = self.open()?;
        if self.case.outcome.is_some() {
            return Err(Refusal::state("ALREADY_DECIDED", "案件已经作出决定", "the case has been decided already"));
        }
        Ok(filed)
    }

    /// The same, and it runs by the ordinary procedure.
    pub(super) fn ordinary(&self) -> Result<&'a CaseFiled, Refusal> {
        let filed = self.undecided()?;
        if filed.procedure == Procedure::Simple {
            return Err(Refusal::state(
                "SIMPLE_PROCEDURE",
                "简易程序案件没有这一步骤；需要时请按普通程序另行立案",
                "a case in the simple procedure has no such step; file it in the ordinary procedure if it needs one",
            ));
        }
        Ok(filed)
    }

    /// Whether a piece of evidence was on file by this act, and not excluded.
    pub(super) fn on_file(&self, evidence: &Uuid) -> bool {
        let gathered = self.case.evidence.get(evidence).is_some_and(|gathered| self.had_happened(gathered.at));
        gathered && !self.case.excluded.contains(evidence)
    }

    /// The penalty that was decided and still stands.
    pub(super) fn standing_penalty(&self) -> Result<(&'a CaseFiled, &'a PenaltyDecided), Refusal> {
        let filed = self.ever()?;
        match self.case.penalty() {
            Some(_) if !self.case.stands() => {
                Err(Refusal::state("DECISION_OVERTURNED", "处罚决定已被撤销或者否定", "the decision no longer stands"))
            }
            Some(penalty) => Ok((filed, penalty)),
            None => Err(Refusal::state("NOT_PUNISHED", "案件没有处罚决定", "no penalty has been decided in this case")),
        }
    }

    /// The look at the exempt list, if there was one by this act.
    pub(super) fn exemption(&self) -> Option<&'a ExemptionConsidered> {
        self.case.exemption.as_ref().filter(|look| self.had_happened(look.at))
    }

    /// An amount of money is more than nothing.
    pub(super) fn positive(field: &str, fen: i64) -> Result<(), Refusal> {
        if fen > 0 {
            Ok(())
        } else {
            Err(Refusal::Invalid { field: field.to_owned(), en: "must be more than 0".to_owned() })
        }
    }

    /// Amounts of penalties are not negative.
    pub(super) fn amounts(penalties: &[Penalty]) -> Result<(), Refusal> {
        match penalties.iter().position(|p| p.amount_fen.is_some_and(|a| a < 0)) {
            None => Ok(()),
            Some(at) => {
                let field = format!("penalties[{at}].amount_fen");
                Err(Refusal::Invalid { field, en: "must not be negative".to_owned() })
            }
        }
    }

    /// The agency as the lists know it, or a bare one that has nothing.
    pub(super) fn agency(&self, filed: &CaseFiled) -> AgencyFact {
        self.facts.agency.clone().unwrap_or_else(|| AgencyFact {
            agency: filed.agency.clone(),
            name: filed.agency_name.clone(),
            short_name: String::new(),
            region: filed.region.clone(),
            kind: AgencyKind::Unqualified,
            existing: false,
            may_restrict_liberty: false,
            entrusted: Vec::new(),
            mandates: Vec::new(),
        })
    }

    /// The number of the step's document: the one drawn for it, else as the caller gives it.
    pub(super) fn number(&self, given: &str) -> String {
        self.facts.number.clone().unwrap_or_else(|| given.to_owned())
    }

    /// The size of the bytes that the step takes in, as stored; the caller's may be 0, but not another one.
    pub(super) fn size(&self, given: u64) -> Result<u64, Refusal> {
        match self.facts.stored {
            Some(size) if given != 0 && given != size => Err(Refusal::Invalid {
                field: "object.size_bytes".into(),
                en: format!("is {given}, but the stored object has {size} bytes"),
            }),
            stored => Ok(stored.unwrap_or(given)),
        }
    }

    /// Whether bytes may be relied on: they are stored, or were reported from elsewhere.
    pub(super) fn bytes_at_hand(&self) -> bool {
        self.facts.stored.is_some() || !self.handling()
    }

    /// Holds the named officers against the rules on who may act in a matter of penalties.
    pub(super) fn officers_act(&self, check: &mut Check, filed: &CaseFiled, named: &[ActingOfficer]) {
        let least = |rule: &Departure| if let Departure::Officers { least } = rule { Some(*least) } else { None };
        let otherwise = self.facts.item.as_deref().and_then(|item| item.departs(least));
        self.so_many_act(check, filed, named, otherwise, self.facts.item.as_deref().map(|item| &item.base_code), false);
    }

    /// The same of those who compel: ACL 18 knows no exception from two.
    pub(super) fn officers_compel(&self, check: &mut Check, filed: &CaseFiled, named: &[ActingOfficer]) {
        self.so_many_act(check, filed, named, None, None, true);
    }

    fn so_many_act(
        &self,
        check: &mut Check,
        filed: &CaseFiled,
        named: &[ActingOfficer],
        otherwise: Option<(u8, &str)>,
        item: Option<&BaseCode>,
        compels: bool,
    ) {
        let codes: Vec<OfficerCode> = named.iter().map(|o| o.officer.clone()).collect();
        check.rule(&officers::OF_TWO, officers::two(&codes, otherwise));
        self.may_act(check, filed, &codes, item, compels);
    }

    /// Holds each of the named officers against the rules on who may act, however many they are.
    pub(super) fn may_act(
        &self,
        check: &mut Check,
        filed: &CaseFiled,
        codes: &[OfficerCode],
        item: Option<&BaseCode>,
        compels: bool,
    ) {
        let agency = self.agency(filed);
        check
            .rule(
                &officers::OF_CERT,
                officers::certified(codes, &self.facts.officers, &agency, &filed.field, self.day()),
            )
            .rule(&officers::OF_AUX, officers::not_auxiliary(codes, &self.facts.officers))
            .rule(&officers::OF_RECUSE, officers::not_recused(codes, &self.recused()));
        if let Some(outcome) = entrust::within(codes, &self.facts.officers, &agency, item, compels, self.day()) {
            check.rule(&EN_ENTRUST, outcome);
        }
    }

    /// Holds a decision on the case against the requests that somebody withdraw: it ends what they are about.
    pub(super) fn recusals_decided(&self, check: &mut Check) {
        if !self.case.recusals_asked.is_empty() {
            let outcome = officers::requests_decided(&self.recusals_open());
            check.rule(&officers::OF_RECUSE, outcome);
        }
    }

    /// Who had to stay out when it was done. What is handled now is held against what is known now, too: dating it back is no way
    /// round.
    pub(super) fn recused(&self) -> BTreeSet<OfficerCode> {
        self.then_and_now(Case::recused)
    }

    /// Of whom it was asked that he withdraw, and not decided; the same.
    pub(super) fn recusals_open(&self) -> BTreeSet<OfficerCode> {
        self.then_and_now(Case::recusals_open)
    }

    fn then_and_now(&self, of: fn(&Case, Timestamp) -> BTreeSet<OfficerCode>) -> BTreeSet<OfficerCode> {
        let mut codes = of(self.case, self.act.at);
        if self.handling() {
            codes.extend(of(self.case, Timestamp::MAX));
        }
        codes
    }

    /// Where the suspicion of a crime stood when it was done; the same.
    pub(super) fn suspicion(&self) -> Suspicion {
        let now = self.case.suspicion;
        if self.handling() && now != Suspicion::None {
            return now;
        }
        self.case.suspicions.then(self.act.at).unwrap_or_default()
    }

    /// The named officers with name and certificate as the list gives them that day.
    pub(super) fn acting(&self, named: &[ActingOfficer]) -> Vec<ActingOfficer> {
        let fill = |o: &ActingOfficer| {
            let known = self.facts.officer(&o.officer);
            let valid = known.and_then(|k| k.certificates.iter().find(|c| c.valid_on(self.day())));
            ActingOfficer {
                officer: o.officer.clone(),
                name: known.map_or_else(String::new, |k| k.name.clone()),
                certificate: valid.map_or_else(String::new, |c| c.certificate.clone()),
            }
        };
        named.iter().map(fill).collect()
    }

    /// The heads of the case's agency, among those whom the step names.
    pub(super) fn heads(&self, filed: &'a CaseFiled) -> Officials<'a> {
        Officials { known: &self.facts.officers, offices: OfficeKind::HEADS, agency: &filed.agency, day: self.day() }
    }

    /// Holds a decision of the head against EN-HEAD; answers the name and the official to record.
    pub(super) fn head(&self, check: &mut Check, filed: &'a CaseFiled, named: &str) -> (String, Option<Official>) {
        let heads = self.heads(filed);
        let investigators: Vec<&OfficerCode> = self.case.investigators.iter().collect();
        let outcome = officers::decided_by_head(self.handling(), &self.facts.sender, named, &heads, &investigators);
        check.rule(&officers::EN_HEAD, outcome);
        heads.recorded(named)
    }

    /// Holds an approval given beforehand against EN-HEAD; answers the name and the official to record.
    pub(super) fn approval(
        &self,
        check: &mut Check,
        filed: &'a CaseFiled,
        named: &str,
        acting: &[ActingOfficer],
    ) -> (String, Option<Official>) {
        let heads = self.heads(filed);
        let acting: Vec<&OfficerCode> = acting.iter().map(|o| &o.officer).collect();
        check.rule(&officers::EN_HEAD, officers::approved(named, &heads, &acting));
        heads.recorded(named)
    }
}
