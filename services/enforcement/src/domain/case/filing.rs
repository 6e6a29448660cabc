//! Filing, the officers in charge, recusal and jurisdiction.

use law::{Decided, MatterChange, Refusal, id::OfficerCode, sealed};
use lists::officers;

use super::{Answer, Asked, Case, Named, context::Context, matter, step::codes};
use crate::domain::{
    events::*,
    lead::Lead,
    rules::{competence, decision, party},
    series,
};

impl Asked for CaseFiled {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        if cx.case.filed.is_some() {
            return Err(Refusal::state("ALREADY_FILED", "案件已经立案", "the case has been filed already"));
        }
        dates(cx, &self.violation)?;
        if self.party.key().is_none() {
            return Err(Refusal::Invalid {
                field: "party".into(),
                en: "needs a uscc, or a citizen's id number".into(),
            });
        }
        if self.lead.is_some() {
            let unknown = Lead::default();
            cx.facts.lead.as_ref().unwrap_or(&unknown).open_to(&self.agency)?;
        }
        let day = cx.day();
        let item = cx.facts.item.as_deref();
        let agency = cx.facts.agency.as_ref();
        let mut filed = self.clone().dated(cx.act.at);
        filed.filing_number = cx.number(&self.filing_number);
        filed.officers = cx.acting(&self.officers);
        (filed.approved_by, filed.official) = cx.heads(self).recorded(&self.approved_by);
        if let Some(item) = item {
            filed.item_name.clone_from(&item.name);
            filed.item_version = item.version;
            filed.base_code = item.base_code.clone();
            filed.field.clone_from(&item.field);
        }
        if let Some(agency) = agency {
            filed.agency_name.clone_from(&agency.name);
            filed.region = agency.region.clone();
        }
        filed.alike.clone_from(&cx.facts.alike);
        let mut check = cx.check();
        if let Some(outcome) = party::alike(&filed.alike) {
            check.rule(&party::EN_TWICE, outcome);
        }
        check.rule(&competence::EN_POWER, competence::power(&self.agency, agency, item, day)).rule(
            &competence::EN_JURISDICTION,
            competence::jurisdiction(item, &self.violation, self.designation.as_deref()),
        );
        cx.officers_act(&mut check, &filed, &self.officers);
        let at = cx.act.at;
        let ordinary = filed.procedure == Procedure::Ordinary;
        let decided = Decided::under(check.settle(cx.act.mode)?, filed);
        Ok(vec![if ordinary { decided.clock(decision::to_decide(item, at)) } else { decided }])
    }

    fn named(&self) -> Named<'_> {
        Named {
            officers: codes(&self.officers),
            heads: vec![&self.approved_by],
            series: Some(series::filing),
            earlier_fines: true,
            summary: format!("对{}的“{}”，权力事项 {}", self.party.name, self.violation.fact, self.item),
            ..Named::default()
        }
    }

    fn may_come(_: &Case) -> bool {
        false
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.opened = Some(Box::new(matter::opened(self)));
        change.in_charge = true;
        change.acted = true;
    }
}

impl Asked for PartyOpened {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.ever()?;
        let Some(sealed) = &filed.party.identity else {
            return Err(Refusal::NotFound { what: "sealed party", id: filed.case.to_string() });
        };
        let recused = cx.recused();
        let handling = cx.case.officers.iter().map(|o| &o.officer).filter(|code| !recused.contains(code));
        let handling: Vec<&OfficerCode> = handling.collect();
        let mut check = cx.check();
        let outcome = officers::may_open(&self.opened_by, &self.reason, &handling, &cx.heads(filed));
        check.rule(&officers::OF_OPEN, outcome);
        let until = sealed::until(cx.act.at);
        let event = Self { entry: sealed.entry, party: filed.party.name.clone(), until, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![self.opened_by.as_str()], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.filed.as_deref().is_some_and(|filed| filed.party.identity.is_some())
    }
}

/// The days of a violation are in order.
fn dates(cx: &Context<'_>, v: &Violation) -> Result<(), Refusal> {
    let wrong =
        |field: &str, en: &str| Err(Refusal::Invalid { field: format!("violation.{field}"), en: en.to_owned() });
    if v.until.is_some_and(|until| until < v.from) {
        return wrong("until", "is before the first day of the violation");
    }
    if v.discovered < v.from {
        return wrong("discovered", "is before the first day of the violation");
    }
    if v.discovered > cx.day() {
        return wrong("discovered", "is after the day of filing");
    }
    Ok(())
}

impl Asked for ItemEnded {
    /// A flag, and no refusal: which power there is on the day of the decision is asked then (EN-POWER). What was decided already was
    /// decided under the power that there was.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.ever()?;
        if filed.item != self.item || !cx.case.is_undecided() || cx.case.item_ended == Some(self.effective) {
            return Ok(vec![]);
        }
        let mut check = cx.check();
        check.rule(&competence::EN_POWER, competence::power_ends(&filed.item_name, self.effective));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
    }
}

impl Asked for SameActNoted {
    /// A flag, and no refusal: whether it is one act is for the two agencies to settle, and asked of the decision (EN-TWICE).
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.ever()?;
        let known = filed.alike.iter().any(|alike| alike.case == self.other.case);
        if self.other.case == filed.case || known || cx.case.same_acts.contains(&self.other.case) {
            return Ok(vec![]);
        }
        let mut check = cx.check();
        if let Some(outcome) = party::alike(std::slice::from_ref(&self.other)) {
            check.rule(&party::EN_TWICE, outcome);
        }
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
    }
}

impl Asked for OfficersAssigned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.open()?;
        let mut check = cx.check();
        cx.officers_act(&mut check, filed, &self.officers);
        let event = OfficersAssigned { officers: cx.acting(&self.officers), ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: codes(&self.officers), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_open()
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.in_charge = true;
    }
}

/// Who may be asked to withdraw: an investigator, or the host of the hearing (APL 43, 64).
fn takes_part(cx: &Context<'_>, officer: &OfficerCode) -> Result<(), Refusal> {
    let hosts = cx.case.hearing_notified.as_ref().is_some_and(|notified| notified.host == *officer);
    if hosts || cx.case.investigators.contains(officer) {
        return Ok(());
    }
    Err(Refusal::NotFound { what: "officer of this case", id: officer.to_string() })
}

impl Asked for RecusalRequested {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.open()?;
        takes_part(cx, &self.officer)?;
        if cx.case.recusals_open(cx.act.at).contains(&self.officer) {
            return Ok(vec![]);
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_open()
    }
}

impl Asked for RecusalDecided {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.open()?;
        // APL 43(1) lets the head recuse an officer without a request, too.
        takes_part(cx, &self.officer)?;
        let mut check = cx.check();
        let (decided_by, official) = cx.head(&mut check, filed, &self.decided_by);
        check.rule(&officers::OF_RECUSE, Ok(()));
        let event = Self { decided_by, official, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.decided_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_open()
    }
}

impl Asked for JurisdictionDisputed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        // Disputed again, what was settled for another agency could be agreed away.
        if cx.case.designated.as_ref().is_some_and(|designated| *designated != filed.agency) {
            return Err(Refusal::state(
                "ALREADY_SETTLED",
                "管辖争议已经解决，由其他机关管辖；请将案件移送该机关",
                "the dispute was settled for another agency; hand the case over to it",
            ));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
    }
}

impl Asked for JurisdictionAgreed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        if !cx.case.disputed {
            return Err(Refusal::state("NOT_DISPUTED", "没有管辖争议", "jurisdiction is not disputed"));
        }
        // What was agreed once, or settled above, is not agreed away; the superior may still designate.
        if cx.case.designated.is_some() {
            return Err(Refusal::state("ALREADY_SETTLED", "管辖争议已经解决", "the dispute has been settled already"));
        }
        let mut check = cx.check();
        // As of a designation: whom it names decides whether this case goes on.
        if self.agreed == filed.agency {
            check.rule(&competence::EN_JURISDICTION, Ok(()));
        }
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.disputed && case.designated.is_none()
    }
}

impl Asked for JurisdictionDesignated {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        let mut check = cx.check();
        // The designation itself is what the rule asks for; whom it names decides whether this case goes on.
        if self.designated == filed.agency {
            check.rule(&competence::EN_JURISDICTION, Ok(()));
        }
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.disputed && case.designated.is_none()
    }
}
