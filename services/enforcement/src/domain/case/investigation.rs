//! Evidence, records, the end of the investigation, assistance and interference.

use law::{ClockChange, Decided, MatterChange, Refusal, rule::Rule};
use lists::facts::Measured;
use uuid::Uuid;

use super::{Answer, Asked, Case, Named, context::Context, state::plain, step::codes};
use crate::domain::{
    events::*,
    rules::{duties, evidence, exempt, verification},
};

impl Asked for EvidenceCollected {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.open()?;
        if cx.case.evidence.contains_key(&self.evidence) {
            return Err(exists("evidence", self.evidence));
        }
        let mut check = cx.check();
        cx.officers_act(&mut check, filed, &self.officers);
        let size_bytes = cx.size(self.size_bytes)?;
        check
            .rule(&evidence::EN_EVIDENCE, evidence::admissible(&self.source, &self.sha256, cx.bytes_at_hand()))
            .rule(&evidence::EN_DEVICE, evidence::device_reviewed(self.device.as_ref()));
        if let Some(outcome) = verification::shown(self.kind, self.device.is_some(), self.certificate_shown, cx.day()) {
            check.rule(&verification::EN_SHOW, outcome);
        }
        let event = EvidenceCollected { officers: cx.acting(&self.officers), size_bytes, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named {
            officers: codes(&self.officers),
            bytes: Some(&self.sha256),
            summary: self.title.clone(),
            ..Named::default()
        }
    }

    fn may_come(case: &Case) -> bool {
        case.is_open()
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.acted = true;
    }
}

impl Asked for EvidenceExcluded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.undecided()?;
        if !cx.case.evidence.contains_key(&self.evidence) {
            return Err(missing("evidence", self.evidence));
        }
        if cx.case.excluded.contains(&self.evidence) {
            return Ok(vec![]);
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && !case.evidence.is_empty()
    }
}

impl Asked for EvidencePreserved {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.ordinary()?;
        if cx.case.preserved.contains(&self.preservation) || cx.case.settled.contains(&self.preservation) {
            return Err(exists("preservation", self.preservation));
        }
        let mut check = cx.check();
        cx.officers_act(&mut check, filed, &self.officers);
        let acting = cx.acting(&self.officers);
        let (approved_by, official) = cx.approval(&mut check, filed, &self.approved_by, &acting);
        if cx.case.preserved_objects.contains(&plain(&self.objects)) {
            check.rule(&evidence::EN_PRESERVE, evidence::preserved_once(&self.objects));
        }
        let verdict = check.settle(cx.act.mode)?;
        let clock = open_keyed(&evidence::EN_PRESERVE, self.preservation, cx, evidence::PRESERVATION);
        let event = EvidencePreserved { officers: acting, approved_by, official, ..self.clone() };
        Ok(vec![Decided::under(verdict, event.dated(cx.act.at)).clock(clock)])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: codes(&self.officers), heads: vec![&self.approved_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.is_ordinary()
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.acted = true;
    }
}

impl Asked for PreservationSettled {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        if cx.case.settled.contains(&self.preservation) {
            return Err(Refusal::state("ALREADY_SETTLED", "该登记保存已经处理", "this preservation has been settled"));
        }
        if !cx.case.preserved.contains(&self.preservation) {
            return Err(missing("preservation", self.preservation));
        }
        let clock = stop_keyed(&evidence::EN_PRESERVE, self.preservation, cx);
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at)).clock(clock)])
    }

    fn may_come(case: &Case) -> bool {
        !case.preserved.is_empty()
    }
}

impl Asked for RecordMade {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        let mut check = cx.check();
        let size_bytes = cx.size(self.size_bytes)?;
        check
            .rule(&evidence::EN_EVIDENCE, evidence::admissible(&self.title, &self.sha256, cx.bytes_at_hand()))
            .rule(&evidence::EN_RECORD, Ok(()));
        let event = RecordMade { size_bytes, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { bytes: Some(&self.sha256), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_at_hand()
    }
}

impl Asked for InvestigationConcluded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ordinary()?;
        Context::amounts(&self.proposal)?;
        if let Some(at) = self.bases.iter().position(|b| b.amount_fen < 0) {
            return Err(Refusal::Invalid {
                field: format!("bases[{at}].amount_fen"),
                en: "must not be negative".into(),
            });
        }
        let found = self.found();
        let twice = |(at, m): &(usize, &Measured)| found.measured[..*at].iter().any(|before| before.of == m.of);
        if let Some((_, m)) = found.measured.iter().enumerate().find(twice) {
            return Err(Refusal::Invalid {
                field: "findings.measured".into(),
                en: format!("{} is measured twice; state it once, in bases or here", m.of),
            });
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.is_ordinary()
    }
}

impl Asked for ExemptionConsidered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        let entries = exempt::completed(&self.entries, filed, &cx.facts.exempt)?;
        Ok(vec![Decided::plain(Self { entries, ..self.clone() }.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { entries: self.entries.iter().map(|named| &named.entry).collect(), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
    }
}

impl Asked for AssistanceRequested {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.open()?;
        if cx.case.assistance.contains_key(&self.request) {
            return Err(exists("assistance request", self.request));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_open()
    }
}

impl Asked for AssistanceAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        match cx.case.assistance.get(&self.request) {
            None => Err(missing("assistance request", self.request)),
            Some(true) => {
                Err(Refusal::state("ALREADY_ANSWERED", "该协助请求已经答复", "this request has been answered"))
            }
            Some(false) => {
                let mut check = cx.check();
                check.rule(&duties::EN_ASSIST, Ok(()));
                Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
            }
        }
    }

    fn may_come(case: &Case) -> bool {
        case.is_at_hand() && case.assistance.values().any(|answered| !answered)
    }
}

impl Asked for InterferenceRecorded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        let mut check = cx.check();
        check.rule(&duties::EN_INTERFERENCE, duties::interference_reported(&self.reported_to));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_at_hand()
    }
}

/// The id is taken.
pub(super) fn exists(what: &str, id: Uuid) -> Refusal {
    Refusal::state("ALREADY_RECORDED", format!("{id} 已经记录"), format!("{what} {id} has been recorded already"))
}

/// The id is unknown in this case.
pub(super) fn missing(what: &'static str, id: Uuid) -> Refusal {
    Refusal::NotFound { what, id: id.to_string() }
}

/// Opens one of several clocks of a rule.
pub(super) fn open_keyed(rule: &'static Rule, key: Uuid, cx: &Context<'_>, period: law::period::Period) -> ClockChange {
    ClockChange::open_keyed(rule, &key.to_string(), cx.act.at, period)
}

/// Stops one of several clocks of a rule.
pub(super) fn stop_keyed(rule: &'static Rule, key: Uuid, cx: &Context<'_>) -> ClockChange {
    ClockChange::Stopped { clock: ClockChange::name(rule, &key.to_string()), at: cx.act.at }
}
