//! Legal review, discussion, the time to decide, and the decision.

use std::sync::Arc;

use law::{
    Check, ClockChange, Decided, Fault, MatterChange, Refusal, Rule,
    calendar::Calendar,
    check::{Outcome, blank},
    day_of,
    id::{ItemCode, Uscc},
    matter::MatterDecided,
};
use lists::{
    facts::{ExemptFact, Findings, ItemFact, TierLevel},
    officers::Official,
};

use super::{
    Answer, Asked, Case, Named, context::Context, matter, notice_hearing::follows_hearing, proof::facts_hold,
    service_publication::superseding, state::Statement, step::penalties,
};
use crate::domain::{
    events::*,
    rules::{
        Why, asked, competence,
        decision::{self, EN_NINETY, EN_NINETY_BASIS},
        discretion::{self, Choice},
        evidence, exempt,
        governing::{self, Governing},
        hearing::{self, Grave},
        highest, notice, party,
        redo::{self, EN_REDO},
        review::{self, Needed},
        service, simple,
        transfer::{self, Suspicion},
    },
    series,
    vocabulary::outcome,
};

impl Asked for LegalReviewed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ordinary()?;
        let known = cx.facts.officer(&self.reviewer);
        let investigates = cx.case.investigators.contains(&self.reviewer);
        let mut check = cx.check();
        check.rule(&review::EN_REVIEWER, review::reviewer(known, investigates, self.reviewing_since));
        let reviewer_name = known.map_or_else(|| self.reviewer_name.clone(), |k| k.name.clone());
        let event = LegalReviewed { reviewer_name, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: vec![&self.reviewer], summary: format!("审核人 {}", self.reviewer), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.is_ordinary()
    }
}

impl Asked for Deliberated {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.ordinary()?;
        let mut check = cx.check();
        let heads = cx.heads(filed);
        let (members, officials): (Vec<_>, Vec<_>) = self.members.iter().map(|m| heads.recorded(m)).unzip();
        let heads = Some(officials.into_iter().flatten().collect());
        let event = Self { members, heads, ..self.clone() }.dated(cx.act.at);
        check.rule(&review::EN_COLLECTIVE, review::discussed(&event));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event)])
    }

    fn named(&self) -> Named<'_> {
        Named {
            heads: self.members.iter().map(String::as_str).collect(),
            document: Some(("minutes_sha256", &self.minutes_sha256)),
            ..Named::default()
        }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.is_ordinary()
    }
}

/// What more time rests on, as its clock explains it; a report may name nothing.
fn resting_on(basis: &str) -> [String; 2] {
    if blank(basis) {
        return ["没有写明依据".to_owned(), "without a basis named".to_owned()];
    }
    [format!("依据{basis}"), format!("under {basis}")]
}

impl Asked for DecisionExtended {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (verdict, approved_by, official) = more_time(cx, &self.approved_by, &self.basis)?;
        let (zh, en) = (
            format!("经{approved_by}批准延长，{}", resting_on(&self.basis)[0]),
            format!("extended by {approved_by} {}", resting_on(&self.basis)[1]),
        );
        let event = Self { approved_by, official, ..self.clone() };
        Ok(vec![Decided::under(verdict, event.dated(cx.act.at)).clock(ClockChange::Extended {
            clock: EN_NINETY.id.to_owned(),
            period: self.period,
            zh,
            en,
        })])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.redo.is_none() && case.is_ordinary()
    }
}

impl Asked for DecisionSuspended {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ordinary()?;
        if cx.case.suspended {
            return Err(Refusal::state("ALREADY_SUSPENDED", "办案期限已经中止计算", "the period is suspended already"));
        }
        // Twice suspended, it would be resumed once.
        if with_police(cx.case) {
            return Err(Refusal::state(
                "ALREADY_SUSPENDED",
                "案件移送公安机关期间，办案期限已经中止计算",
                "the period is suspended already while the police have the case",
            ));
        }
        let (verdict, approved_by, official) = more_time(cx, &self.approved_by, &self.basis)?;
        let event = Self { approved_by, official, ..self.clone() };
        Ok(vec![Decided::under(verdict, event.dated(cx.act.at)).clock(ClockChange::suspend(
            EN_NINETY.id,
            cx.day(),
            format!("{}，不计入办案期限", resting_on(&self.basis)[0]),
            format!("not counted {}", resting_on(&self.basis)[1]),
        ))])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.redo.is_none() && case.is_ordinary() && !case.suspended && !with_police(case)
    }
}

impl Asked for DecisionResumed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ordinary()?;
        if !cx.case.suspended {
            return Err(Refusal::state("NOT_SUSPENDED", "办案期限没有中止计算", "the period is not suspended"));
        }
        let on = cx.day().tomorrow().unwrap_or(cx.day());
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        // While the police have the case, it counts again when it comes back.
        let waits = with_police(cx.case);
        Ok(vec![if waits { decided } else { decided.clock(ClockChange::resume(EN_NINETY.id, on)) }])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.is_ordinary() && case.suspended
    }
}

/// Whether the case is with the police, or a criminal case there.
fn with_police(case: &Case) -> bool {
    matches!(case.suspicion, Suspicion::WithPolice | Suspicion::Criminal)
}

fn more_time(
    cx: &Context<'_>,
    approved_by: &str,
    basis: &str,
) -> Result<(law::Verdict, String, Option<Official>), Refusal> {
    let filed = cx.ordinary()?;
    if cx.case.redo.is_some() {
        return Err(Refusal::state(
            "TO_BE_REDONE",
            "责令重新作出的期限由复议机关、人民法院确定，不适用办案期限的延长和中止",
            "the time to do it again is set by who ordered it; the period to decide is over",
        ));
    }
    let mut check = cx.check();
    let (approved_by, official) = cx.head(&mut check, filed, approved_by);
    check.rule(&EN_NINETY_BASIS, decision::allowed_by_law(basis));
    Ok((check.settle(cx.act.mode)?, approved_by, official))
}

impl Asked for PenaltyDecided {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        let simple = filed.procedure == Procedure::Simple;
        Context::amounts(&self.penalties)?;
        if !simple && cx.handling() && !cx.case.concluded.as_ref().is_some_and(|c| cx.had_happened(c.at)) {
            return Err(Refusal::state(
                "NOT_CONCLUDED",
                "调查尚未终结；请先提交调查终结报告",
                "the investigation has not been concluded; conclude it first",
            ));
        }
        let larger = &cx.facts.larger;
        let review_needed = cx.case.needs_review(&self.penalties, larger);
        let mut check = cx.check();
        let found = found(cx, self);
        let choice = choice(cx, filed, self, &found);
        let governing = governing::law_that_governs(cx.facts, &choice);
        lawful_case(cx, filed, self, governing.level(&choice), &mut check);
        told_and_heard(cx, self, &mut check);
        follows_hearing(cx, &self.evidence, &mut check);
        facts_hold(cx, self, &found, governing.level(&choice), &mut check);
        measured(&governing, &choice, &mut check);
        by_the_highest(cx, &governing, &choice, &mut check);
        check.rule(&decision::EN_DECISION, decision::stated(self, filed.procedure));
        cx.recusals_decided(&mut check);
        time_stands_still(cx, &mut check);
        let (mut decided_by, mut official) = (self.decided_by.clone(), None);
        if simple {
            check.rule(
                &simple::EN_SIMPLE,
                simple::within_simple(filed.party.kind, &self.penalties, cx.facts.item.as_deref()),
            );
            cx.officers_act(&mut check, filed, &cx.case.officers);
        } else {
            (decided_by, official) = cx.head(&mut check, filed, &self.decided_by);
            let departs = self.departure.as_deref().is_some_and(|d| !blank(d));
            let departs = departs.then(|| Why::new("偏离裁量基准", "it departs from the discretion standard"));
            let needed = review_needed.clone().or(departs);
            let after = review::Preceding {
                hearing: cx.case.hearing_held.as_ref().and_then(|h| h.at),
                concluded: cx.case.concluded.as_ref().and_then(|c| c.at),
            };
            // Who reviewed may have been sent to investigate since.
            let reviewed = cx.case.review.as_ref().filter(|_| needed != Needed::No);
            if let Some(review) = reviewed.filter(|r| cx.case.investigators.contains(&r.reviewer)) {
                check.rule(&review::EN_REVIEWER, review::investigated_since(&review.reviewer_name));
            }
            let discussed = cx.case.needs_deliberation(&self.penalties, larger);
            check
                .rule(
                    &review::EN_REVIEW,
                    review::reviewed(&needed, cx.case.review.as_ref(), after, cx.act.at, &self.penalties),
                )
                .rule(
                    &review::EN_COLLECTIVE,
                    review::deliberated(&discussed, cx.case.deliberation.as_ref(), after, cx.act.at, &self.penalties),
                );
        }
        if let Some(outcome) = spared(cx, filed) {
            check.rule(&exempt::EN_EXEMPT, outcome);
        }
        let act = cx.case.act(self);
        for revoked in &cx.facts.revoked {
            check.rule(&redo::EN_SAME, redo::another(&revoked.act, &act, self.difference.as_deref()));
        }
        let verdict = check.settle(cx.act.mode)?;
        let redone = cx.case.redo.as_ref().map(|order| {
            let before = cx.case.penalty().map(|penalty| cx.case.act(penalty));
            Redone {
                reference: order.reference.clone(),
                same_facts: before.as_ref().is_some_and(|before| !redo::on_new_evidence(before, &act)),
                same_reasons: before.as_ref().is_some_and(|before| redo::on_same_bases(before, &act)),
            }
        });
        let event = PenaltyDecided {
            number: cx.number(&self.number),
            redone,
            decided_by,
            official,
            fine_fen: notice::sum_of_fines(&self.penalties),
            // What nobody stated may make it one.
            major: review_needed != Needed::No,
            governed_by: Some(governing.record()),
            ..self.clone()
        };
        let mut decided = in_time(cx, Decided::under(verdict, event.dated(cx.act.at)));
        if !simple {
            decided = decided.clock(ClockChange::open(&service::EN_PUBLICISE, cx.act.at, service::PUBLICISE));
        }
        Ok(vec![decided])
    }

    fn named(&self) -> Named<'_> {
        Named {
            in_charge: true,
            heads: vec![&self.decided_by],
            document: self.document_sha256.as_deref().map(|sha256| ("document_sha256", sha256)),
            series: Some(series::penalty),
            earlier_fines: true,
            summary: penalties(&self.penalties),
            ..Named::default()
        }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && (!case.is_ordinary() || case.concluded.is_some())
    }

    fn tell(&self, before: &Case, after: &Case, change: &mut MatterChange) {
        change.decided = Some(Box::new(MatterDecided {
            number: self.number.clone(),
            outcome: outcome::PUNISHED.to_owned(),
            imposed_fen: self.fine_fen,
            major: self.major,
            tier: self.tier.clone(),
        }));
        change.counted = matter::at_decision(before, after);
        taken_up(before, change);
    }
}

/// Which of several provisions that the act breaks fines it highest (APL 29).
fn by_the_highest(cx: &Context<'_>, governing: &Governing<'_>, choice: &Choice<'_>, check: &mut Check) {
    let Some(law) = governing.law else { return };
    let named = |(code, item): &'_ (ItemCode, Option<Arc<ItemFact>>)| {
        (item.as_ref().map_or_else(|| code.to_string(), |item| item.name.clone()), item.clone())
    };
    let others: Vec<_> = cx.facts.also_broken.iter().map(named).collect();
    let others: Vec<_> = others.iter().map(|(name, item)| (name.as_str(), item.as_deref())).collect();
    if let Some(outcome) = highest::by_the_highest(law.item, &others, choice.party, choice.findings) {
        check.rule(&highest::EN_HIGHEST, outcome);
    }
}

/// What a decision ends and begins: its time, and service.
fn in_time(cx: &Context<'_>, decided: Decided<CaseEvent>) -> Decided<CaseEvent> {
    let decided = superseding(cx, decided);
    let decided = decided.clock(ClockChange::open(&service::EN_SERVE, cx.act.at, service::SERVE));
    let ends = match &cx.case.redo {
        Some(order) => order.days.map(|_| &EN_REDO),
        None => cx.case.is_ordinary().then_some(&EN_NINETY),
    };
    match ends {
        Some(rule) => decided.clock(ClockChange::stop(rule, cx.act.at)),
        None => decided,
    }
}

/// Suspended and never resumed, the ninety days would not be missed by any decision: then it is not known that they were kept.
fn time_stands_still(cx: &Context<'_>, check: &mut Check) {
    if cx.case.suspended && cx.case.redo.is_none() {
        check.rule(&EN_NINETY, decision::never_resumed());
    }
}

/// A decision made again goes on with a case that was closed; what was paid under the one that fell is no payment of it.
fn taken_up(before: &Case, change: &mut MatterChange) {
    if before.redo.is_some() {
        change.reopened = !before.is_open();
        change.paid_fen = if before.stands() { 0 } else { -before.money.paid_fen };
    }
}

/// The exempt list as of the day, held against what was looked at by then.
pub(super) fn spared(cx: &Context<'_>, filed: &CaseFiled) -> Option<law::check::Outcome> {
    let own = |fact: &&Arc<ExemptFact>| fact.entry.agency == filed.agency && fact.item.as_ref() == Some(&filed.item);
    let listed: Vec<_> = cx.facts.exempt.iter().filter(own).collect();
    exempt::held_against_the_list(&listed, cx.exemption(), asked(cx.day()))
}

/// Power, jurisdiction, time, age, no second fine, no crime, and evidence.
fn lawful_case(
    cx: &Context<'_>,
    filed: &CaseFiled,
    draft: &PenaltyDecided,
    tier: Option<TierLevel>,
    check: &mut Check,
) {
    let facts = cx.facts;
    // Power is that of the day: an item that is gone gives none, whatever it allowed when the act was done.
    let item = facts.item.as_deref();
    // 先取证，后裁决: what was gathered after the decision is none that it rests on.
    // Two agencies agree which of them goes on (APL 25); neither gets a jurisdiction by it that it had not.
    let above = cx.case.designated.as_ref().filter(|_| cx.case.designated_above);
    let ours = above.filter(|designated| **designated == filed.agency);
    let designation = filed.designation.as_deref().or(ours.map(Uscc::as_str));
    let collected =
        cx.case.evidence.iter().filter(|(_, gathered)| cx.had_happened(gathered.at)).map(|(id, _)| *id).collect();
    check
        .rule(&competence::EN_POWER, competence::power(&filed.agency, facts.agency.as_ref(), item, cx.day()))
        .rule(
            &competence::EN_JURISDICTION,
            competence::jurisdiction_settled(&filed.agency, cx.case.disputed, cx.case.designated.as_ref()),
        )
        .rule(&competence::EN_JURISDICTION, competence::jurisdiction(item, &filed.violation, designation))
        .rule(&competence::EN_LIMITATION, competence::within_limitation(&filed.violation, cx.facts.item.as_deref()))
        .rule(&party::EN_MINOR, party::minor(&filed.party, tier))
        .rule(&party::EN_TWICE, party::not_twice(party::fines(&draft.penalties), &facts.fined, &draft.distinct_from))
        .rule(&transfer::EN_TRANSFER_FIRST, transfer::not_instead(cx.suspicion()))
        .rule(&evidence::EN_EVIDENCE, evidence::grounded(&draft.evidence, &collected, &cx.case.excluded));
    if let Some(outcome) = competence::detains(&draft.penalties, facts.agency.as_ref()) {
        check.rule(&competence::EN_POWER, outcome);
    }
}

/// Notice, statement and hearing.
///
/// The right to a hearing arises when the party is told (APL 63), so it is the larger amount of that day that counts: what
/// was told under an old amount stays in order when another one begins before the decision, and a right once told stays.
/// The review and the discussion can still be had, so for them it is the amount of the day of the decision.
fn told_and_heard(cx: &Context<'_>, draft: &PenaltyDecided, check: &mut Check) {
    let case: &Case = cx.case;
    let told = case.notice.as_ref().filter(|n| cx.had_happened(n.at));
    let settled = match &case.statement {
        Some(Statement::Heard(s)) => cx.had_happened(s.at),
        Some(Statement::Waived(w)) => cx.had_happened(w.at),
        Some(Statement::Lapsed(l)) => cx.had_happened(l.at),
        None => false,
    };
    let found = case.concluded.as_ref().map(InvestigationConcluded::found);
    let content = case.told.as_ref().filter(|_| told.is_some());
    check
        .rule(&notice::EN_NOTICE, notice::told(content, case.defended(), &draft.penalties, found.as_ref()))
        .rule(&notice::EN_STATEMENT, notice::heard(settled, case.bars(), &draft.penalties));
    let larger = cx.facts.larger_when_told.as_ref().unwrap_or(&cx.facts.larger);
    let right_told = told.filter(|n| n.hearing_required).map(|_| {
        Grave::Yes(Why::new(
            "已告知的处罚给予听证权利",
            "the penalty that the party was told of gives the right to a hearing",
        ))
    });
    let standing = hearing::Standing {
        required: match (case.grave(&draft.penalties, larger), right_told) {
            (Grave::No | Grave::Asked(_) | Grave::Perhaps(_), Some(told)) => told,
            (grave, _) => grave,
        },
        told: told.is_some_and(|n| n.hearing_right_told),
        notified_on: told.and_then(|n| n.at).map(day_of),
        requested: case.hearing_requested.as_ref().is_some_and(|r| r.in_time && !too_late(told, r, cx.calendar())),
        waived: case.hearing_waived.as_ref().is_some_and(|w| cx.had_happened(w.at)),
        held_at: case.hearing_held.as_ref().and_then(|h| h.at),
    };
    check.rule(&hearing::EN_HEARING, hearing::granted(standing, cx.act.at, cx.calendar()));
}

/// Whether it is known by now that the hearing was asked for too late.
fn too_late(told: Option<&PenaltyNotified>, asked: &HearingRequested, calendar: &Calendar) -> bool {
    let days = told.and_then(|told| told.at).zip(asked.at).map(|(told, asked)| (day_of(told), day_of(asked)));
    days.is_some_and(|(told, asked)| hearing::asked_in_time(told, asked, calendar) == Ok(false))
}

/// What the case found: as the investigation concluded, or as the decision on the spot says.
fn found(cx: &Context<'_>, draft: &PenaltyDecided) -> Findings {
    match &cx.case.concluded {
        Some(concluded) => concluded.found(),
        None => draft.findings.clone().unwrap_or_default(),
    }
}

/// What the decision says of its own measure.
fn choice<'a>(cx: &Context<'a>, filed: &CaseFiled, draft: &'a PenaltyDecided, findings: &'a Findings) -> Choice<'a> {
    Choice {
        tier: draft.tier.as_deref(),
        departure: draft.departure.as_deref(),
        review_passed: cx.case.review.as_ref().is_some_and(|r| r.passed && cx.had_happened(r.at)),
        party: filed.party.kind.addressee(),
        findings,
        penalties: &draft.penalties,
    }
}

/// Kind and amount, by the law that governs.
fn measured(governing: &Governing<'_>, choice: &Choice<'_>, check: &mut Check) {
    if governing.reason == GoverningReason::NoPowerNow {
        // EN-POWER has spoken.
        return;
    }
    if let Some(law) = governing.law {
        check.rule(&discretion::EN_RANGE, discretion::in_range(law, choice));
    }
    check.rule(&governing::EN_LIGHTER, governing::applied(governing, choice));
}

impl Asked for PenaltyWithheld {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.undecided()?;
        let mut check = cx.check();
        let (decided_by, official) = cx.head(&mut check, filed, &self.decided_by);
        if let Some((rule, outcome)) = ground_holds(filed, cx.facts.item.as_deref(), self.ground) {
            check.rule(rule, outcome);
        }
        check
            .rule(
                &competence::EN_JURISDICTION,
                competence::jurisdiction_settled(&filed.agency, cx.case.disputed, cx.case.designated.as_ref()),
            )
            .rule(&transfer::EN_TRANSFER_FIRST, transfer::not_instead(cx.suspicion()))
            .rule(&exempt::EN_EXEMPT, exempt::educated(self.ground, &self.education));
        cx.recusals_decided(&mut check);
        time_stands_still(cx, &mut check);
        let redone = cx.case.redo.as_ref().map(|order| Redone {
            reference: order.reference.clone(),
            same_facts: false,
            same_reasons: false,
        });
        let event = PenaltyWithheld { number: cx.number(&self.number), decided_by, official, redone, ..self.clone() };
        Ok(vec![in_time(cx, Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at)))])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.decided_by], series: Some(|_| series::NO_PENALTY), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided()
    }

    fn tell(&self, before: &Case, after: &Case, change: &mut MatterChange) {
        change.decided = Some(Box::new(MatterDecided {
            number: self.number.clone(),
            outcome: outcome::WITHHELD.to_owned(),
            ..MatterDecided::default()
        }));
        change.counted = matter::at_decision(before, after);
        taken_up(before, change);
    }
}

/// A ground that the file can prove or disprove is the one the file proves; by the rule that gives the ground.
fn ground_holds(
    filed: &CaseFiled,
    item: Option<&ItemFact>,
    ground: NoPenaltyGround,
) -> Option<(&'static Rule, Outcome)> {
    let (rule, holds, zh, en) = match ground {
        NoPenaltyGround::Under14 => (
            &party::EN_MINOR,
            filed.party.minor_age.is_some_and(|age| age < party::AGE_MIN),
            "案卷没有记载当事人不满十四周岁",
            "the file does not say that the party is under 14",
        ),
        NoPenaltyGround::UnableToDiscern => (
            &party::EN_MINOR,
            filed.party.unable_to_discern,
            "案卷没有记载当事人不能辨认或者控制自己的行为",
            "the file does not say that the party could not discern the act",
        ),
        NoPenaltyGround::PastPeriod => (
            &competence::EN_LIMITATION,
            competence::within_limitation(&filed.violation, item).is_err(),
            "违法行为没有超过追究期限",
            "the violation is not past the period",
        ),
        NoPenaltyGround::SlightAndCorrected
        | NoPenaltyGround::FirstAndSlight
        | NoPenaltyGround::NoFault
        | NoPenaltyGround::NotEstablished => return None,
    };
    let outcome = if holds {
        Ok(())
    } else {
        Err(Fault::new(
            format!("不能以该理由不予处罚：{zh}；请改用实际的理由，或者依法处罚"),
            format!("the penalty cannot be withheld on this ground: {en}; give the true one, or impose the penalty"),
        ))
    };
    Some((rule, outcome))
}
