//! Notice, statement and hearing.

use law::{Check, Decided, Fault, Refusal, check::Outcome, day_of};
use uuid::Uuid;

use super::{
    Answer, Asked, Case, Named,
    context::Context,
    review_decision::spared,
    service_publication::{consent_on_file, document_reached},
    step::penalties,
};
use crate::domain::{
    events::*,
    rules::{
        at_hearing, competence,
        delivery::Served,
        discretion::{self, Choice},
        exempt, governing, hearing,
        notice::{self, EN_NOTICE, EN_STATEMENT},
        service,
    },
};

impl Asked for PenaltyNotified {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        Context::amounts(&self.penalties)?;
        let grave = hearing::grave(filed.party.kind, &self.penalties, &cx.facts.larger);
        let mut check = cx.check();
        check
            .rule(&competence::EN_LIMITATION, competence::within_limitation(&filed.violation, cx.facts.item.as_deref()))
            .rule(&EN_NOTICE, notice::complete(self))
            .rule(&EN_NOTICE, notice::time_to_answer(self, cx.day()))
            .rule(&hearing::EN_HEARING, hearing::right_told(&grave, self.hearing_right_told))
            .rule(
                &EN_STATEMENT,
                notice::not_heavier_again(
                    cx.case.bars(),
                    &self.penalties,
                    self.new_facts.as_deref(),
                    cx.case.found_since(),
                ),
            );
        if filed.procedure == Procedure::Ordinary {
            let looked = exempt::exemption_considered(cx.exemption().map(|look| look.applies));
            check.rule(&exempt::EN_EXEMPT, looked.and_then(|()| spared(cx, filed).unwrap_or(Ok(()))));
        }
        if let Some(concluded) = &cx.case.concluded {
            let findings = concluded.found();
            let choice = Choice {
                tier: None,
                departure: None,
                review_passed: false,
                party: filed.party.kind.addressee(),
                findings: &findings,
                penalties: &self.penalties,
            };
            let governing = governing::law_that_governs(cx.facts, &choice);
            if let Some(law) = governing.law.filter(|_| governing.reason != GoverningReason::NoPowerNow) {
                check.rule(&discretion::EN_RANGE, discretion::in_law(law, &choice));
            }
        }
        check.rule(&service::EN_SERVE_ELECTRONIC, service::consented(self.method, self.consent.as_deref()));
        // On the spot it is said aloud.
        if filed.procedure == Procedure::Ordinary || self.delivery.is_some() {
            let served = Served { method: Some(self.method), delivery: self.delivery.as_ref() };
            let concluded = cx.case.concluded.as_ref().and_then(|concluded| concluded.at);
            document_reached(cx, &mut check, filed, served, concluded.map(day_of));
        }
        let event = PenaltyNotified { hearing_required: grave.why().is_some(), ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { summary: penalties(&self.penalties), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
    }
}

impl Asked for StatementHeard {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        notified(cx)?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.notice.is_some()
    }
}

impl Asked for StatementWaived {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        notified(cx)?;
        if cx.case.defended() {
            return Err(Refusal::state("ALREADY_HEARD", "已经听取陈述、申辩", "the party has been heard already"));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.notice.is_some() && !case.defended()
    }
}

impl Asked for StatementLapsed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let told = notified(cx)?;
        if cx.case.defended() {
            return Err(Refusal::state("ALREADY_HEARD", "已经听取陈述、申辩", "the party has been heard already"));
        }
        let mut check = cx.check();
        check.rule(&EN_STATEMENT, notice::lapsed(told.answer_by, cx.day()));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.notice.is_some() && !case.defended()
    }
}

impl Asked for HearingRequested {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let told = notified(cx)?;
        if cx.case.hearing_requested.is_some() {
            return Err(Refusal::state("ALREADY_REQUESTED", "已经要求听证", "a hearing has been asked for already"));
        }
        let asked = told.at.map(|at| hearing::asked_in_time(day_of(at), cx.day(), cx.calendar()));
        // The party is heard while nobody can tell that it asked too late.
        let in_time = asked.map_or(self.in_time, |asked| asked.unwrap_or(true));
        let mut check = cx.check();
        if in_time {
            let known = asked.unwrap_or(Ok(true)).map(|_| ()).map_err(Fault::from);
            check.rule(&hearing::EN_HEARING_ASK, known);
        }
        let event = HearingRequested { in_time, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.notice.is_some() && case.hearing_requested.is_none()
    }
}

impl Asked for HearingWaived {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        notified(cx)?;
        if cx.case.hearing_held.is_some() {
            return Err(Refusal::state("HEARING_HELD", "听证已经举行", "the hearing has been held"));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.notice.is_some() && case.hearing_held.is_none()
    }
}

impl Asked for HearingNotified {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        notified(cx)?;
        let filed = cx.ordinary()?;
        not_ended(cx)?;
        let mut check = cx.check();
        check
            .rule(&hearing::EN_HEARING_NOTICE, hearing::told_ahead(cx.day(), day_of(self.hearing_at), cx.calendar()))
            .rule(&hearing::EN_HEARING_HOST, host(cx, filed, &self.host));
        if let Some(outcome) = at_hearing::open(self.public, self.closed_ground, cx.day()) {
            check.rule(&at_hearing::EN_HEARING_OPEN, outcome);
        }
        if self.method == Some(ServiceMethod::Electronic) {
            check.rule(
                &service::EN_SERVE_ELECTRONIC,
                service::consented(ServiceMethod::Electronic, consent_on_file(cx)),
            );
        }
        let served = Served { method: self.method, delivery: self.delivery.as_ref() };
        let asked = cx.case.hearing_requested.as_ref().and_then(|asked| asked.at);
        document_reached(cx, &mut check, filed, served, asked.map(day_of));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: vec![&self.host], summary: format!("主持人 {}", self.host), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
            && case.notice.is_some()
            && case.is_ordinary()
            && case.hearing_held.is_none()
            && !case.hearing_abandoned
    }
}

impl Asked for HearingHeld {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        notified(cx)?;
        let filed = cx.ordinary()?;
        not_ended(cx)?;
        let mut check = cx.check();
        check
            .rule(&hearing::EN_HEARING_NOTICE, as_told(cx))
            .rule(&hearing::EN_HEARING_HOST, host(cx, filed, &self.host))
            .rule(&hearing::EN_HEARING_HOST, at_hearing::recusal_decided(&self.host, &cx.recusals_open()))
            .rule(&hearing::EN_HEARING_RECORD, hearing::recorded(self));
        if let Some(outcome) = at_hearing::represented(&self.agents) {
            check.rule(&at_hearing::EN_HEARING_AGENTS, outcome);
        }
        let counts = |id: &Uuid| {
            let gathered = cx.case.evidence.get(id).is_some_and(|gathered| cx.had_happened(gathered.at));
            gathered && !cx.case.excluded.contains(id)
        };
        if let Some(outcome) = at_hearing::examined(&self.presented, self.examined, counts, cx.day()) {
            check.rule(&at_hearing::EN_HEARING_EXAMINED, outcome);
        }
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named {
            officers: vec![&self.host],
            document: Some(("record_sha256", &self.record_sha256)),
            summary: format!("主持人 {}", self.host),
            ..Named::default()
        }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
            && case.notice.is_some()
            && case.is_ordinary()
            && case.hearing_held.is_none()
            && !case.hearing_abandoned
    }
}

impl Asked for HearingAbandoned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        notified(cx)?;
        cx.ordinary()?;
        not_ended(cx)?;
        let mut check = cx.check();
        let (excuse, answer) = (self.excuse.as_deref(), self.answer.as_deref());
        check
            .rule(&hearing::EN_HEARING_NOTICE, as_told(cx))
            .rule(&hearing::EN_HEARING_HOST, no_open_recusal(cx))
            .rule(&at_hearing::EN_HEARING_ABSENT, at_hearing::given_up(&self.note, excuse, answer));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        let over = case.hearing_held.is_some() || case.hearing_abandoned;
        case.is_undecided() && case.notice.is_some() && case.hearing_notified.is_some() && !over
    }
}

/// No hearing was held yet, nor given up.
fn not_ended(cx: &Context<'_>) -> Result<(), Refusal> {
    if cx.case.hearing_held.is_some() {
        return Err(Refusal::state("HEARING_HELD", "听证已经举行", "the hearing has been held"));
    }
    if cx.case.hearing_abandoned {
        return Err(Refusal::state(
            "HEARING_ABANDONED",
            "当事人缺席或者退出，听证已经终止",
            "the party stayed away or left, and the hearing is over",
        ));
    }
    Ok(())
}

/// The hearing was announced, and is not earlier than told.
fn as_told(cx: &Context<'_>) -> Outcome {
    match &cx.case.hearing_notified {
        None => Err(law::Fault::new(
            "没有在七个工作日前通知听证的时间、地点；请先通知",
            "time and place of the hearing were not told; tell them 7 working days before",
        )),
        Some(n) if cx.act.at < n.hearing_at => Err(law::Fault::new(
            format!("听证早于通知的时间 {}；请按通知举行", n.hearing_at),
            format!("the hearing is earlier than told ({}); hold it at that time", n.hearing_at),
        )),
        Some(_) => Ok(()),
    }
}

fn host(cx: &Context<'_>, filed: &CaseFiled, code: &law::id::OfficerCode) -> Outcome {
    let investigates = cx.case.investigators.contains(code);
    at_hearing::not_recused(code, &cx.recused())?;
    hearing::host(code.as_str(), investigates, cx.facts.officer(code), &filed.agency)
}

/// Who waits for the head to decide on the host gives nothing up by staying away.
fn no_open_recusal(cx: &Context<'_>) -> Outcome {
    let told = cx.case.hearing_notified.as_ref();
    told.map_or(Ok(()), |told| at_hearing::recusal_decided(&told.host, &cx.recusals_open()))
}

/// Holds a decision after a hearing against the record of it (APL 65).
pub(super) fn follows_hearing(cx: &Context<'_>, cited: &[Uuid], check: &mut Check) {
    let Some(held) = cx.case.hearing_held.as_ref().filter(|held| cx.had_happened(held.at)) else { return };
    let concluded = cx.case.concluded.as_ref().and_then(|concluded| concluded.at);
    let later = |id: &Uuid| {
        let gathered = cx.case.evidence.get(id).and_then(|gathered| gathered.at);
        gathered.zip(held.at).is_some_and(|(gathered, held)| held < gathered)
    };
    check.rule(&at_hearing::EN_HEARING_BASIS, at_hearing::on_its_record(held, concluded, cited, later));
}

/// The party was told, and nothing is decided yet.
fn notified<'a>(cx: &Context<'a>) -> Result<&'a PenaltyNotified, Refusal> {
    cx.undecided()?;
    cx.case.notice.as_ref().ok_or_else(|| {
        Refusal::state(
            "NOT_NOTIFIED",
            "尚未告知拟作出的处罚；请先告知",
            "the party has not been told of the intended penalty; notify it first",
        )
    })
}
