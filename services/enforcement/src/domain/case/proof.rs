//! What is known of evidence, of the circumstances, and what a decision makes of both.

use std::collections::{BTreeMap, BTreeSet};

use law::{Check, Decided, MatterChange};
use lists::facts::{Findings, TierLevel};
use uuid::Uuid;

use super::{Answer, Asked, Case, Named, context::Context, investigation::missing, step::codes};
use crate::domain::{
    events::*,
    rules::{
        asked, circumstances, correction,
        evidence::{self, EN_DEVICE, EN_EVIDENCE},
        party, sentence,
        verification::{self, Known},
    },
};

impl Asked for EvidenceVerified {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.undecided()?;
        if !cx.case.evidence.contains_key(&self.evidence) {
            return Err(missing("evidence", self.evidence));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && !case.evidence.is_empty()
    }
}

impl Asked for SampleTaken {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.open()?;
        let mut check = cx.check();
        cx.officers_act(&mut check, filed, &self.officers);
        let outcome = verification::sampled(&self.record_sha256, &self.quantity, &self.receipt);
        check.rule(&verification::EN_SAMPLE, outcome);
        let event = Self { officers: cx.acting(&self.officers), ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named {
            officers: codes(&self.officers),
            document: Some(("record_sha256", &self.record_sha256)),
            summary: self.objects.clone(),
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

impl Asked for ObstructionRecorded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.open()?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_open()
    }
}

impl Asked for EmergencyInvoked {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        let mut check = cx.check();
        check.rule(&circumstances::EN_EMERGENCY, circumstances::in_emergency(self, &filed.violation));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
    }
}

/// Holds a penalty against what its facts rest on, what makes it milder, the order to correct and a court's sentence.
pub(super) fn facts_hold(
    cx: &Context<'_>,
    draft: &PenaltyDecided,
    findings: &Findings,
    tier: Option<TierLevel>,
    check: &mut Check,
) {
    let case: &Case = cx.case;
    let on_file = case.evidence.iter().filter(|(_, gathered)| cx.had_happened(gathered.at)).map(|(id, _)| *id);
    let on_file: BTreeSet<Uuid> = on_file.collect();
    let tainted = |id: &Uuid| case.evidence.get(id).is_some_and(|gathered| case.tainted.contains(&gathered.sha256));
    let rests: Vec<_> = findings.measured.iter().flat_map(|measured| &measured.evidence).copied().collect();
    if !rests.is_empty() {
        check.rule(&EN_EVIDENCE, evidence::found_on_file(&rests, &on_file, &case.excluded));
    }
    if !case.tainted.is_empty() {
        let mut relied_on = draft.evidence.iter().chain(&rests);
        check.rule(&EN_EVIDENCE, evidence::not_tainted(relied_on.find(|id| tainted(id))));
    }
    let known = |id: &Uuid| {
        let gathered = case.evidence.get(id).filter(|_| on_file.contains(id))?;
        Some((*id, Known { genuine: gathered.verified.then(cx.act.at), ..gathered.known }))
    };
    let known: BTreeMap<_, _> = draft.evidence.iter().filter_map(known).collect();
    let first = |of: fn(&Known) -> bool| known.iter().find(|(_, known)| of(known)).map(|(id, _)| id);
    check.rule(&EN_EVIDENCE, evidence::not_bare(first(|known| known.bare)));
    if known.values().any(|known| known.device) {
        check.rule(&EN_DEVICE, evidence::none_unreviewed(first(|known| known.unreviewed)));
    }
    let day = cx.day();
    if let Some(outcome) = verification::verified(&known, false, day) {
        check.rule(&verification::EN_VERIFIED, outcome);
    }
    if let Some(outcome) = verification::verified(&known, true, day) {
        check.rule(&verification::EN_DEVICE_RECORD, outcome);
    }
    if let Some(outcome) = verification::may_be_looked_at(&known, day) {
        check.rule(&verification::EN_DEVICE_QUERY, outcome);
    }
    if let Some(outcome) = circumstances::answered(&case.mitigating, tier, |id| {
        on_file.contains(id) && !case.excluded.contains(id) && !tainted(id)
    }) {
        check.rule(&circumstances::EN_MITIGATING, outcome);
    }
    let sentence = case.sentence.as_ref().filter(|sentence| cx.had_happened(sentence.at));
    if let Some(outcome) = sentence::no_second_fine(sentence, party::fines(&draft.penalties)) {
        check.rule(&sentence::EN_SET_OFF, outcome);
    }
    let ordered = case.corrections.values().any(|correction| cx.had_happened(correction.at));
    let corrects = ordered || case.correction_moot.is_some_and(|at| cx.had_happened(at));
    if corrects || asked(day) {
        check.rule(&correction::EN_CORRECT, correction::ordered(corrects));
    }
}
