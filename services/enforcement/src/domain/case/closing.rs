//! Report upward, close, archive.

use law::{
    Check, ClockChange, Decided, MatterChange, Refusal,
    ending::{self, Owed},
    matter::Counted,
};

use lists::facts::PenaltyKind;

use super::{
    Answer, Asked, Case, Named, aftermath, context::Context, execution, matter, service_publication::cancel,
    state::Verdict, transfer,
};
use crate::domain::{
    events::*,
    rules::{
        asked, correction,
        decision::EN_NINETY,
        disposal::EN_DISPOSAL,
        duties::{self, EN_FILE},
        evidence::{self, EN_PRESERVE},
        execution::EN_COURT,
        measures::EN_MEASURE_URGENT,
        redo::EN_REDO,
        sentence::{self, Imposed},
        service::{EN_PUBLICISE, EN_SERVE, EN_WITHDRAW},
        simple,
        transfer::Suspicion,
    },
    series,
    vocabulary::indicator,
};

impl Asked for FiledUpward {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.standing_penalty()?;
        let mut check = cx.check();
        check.rule(&duties::EN_FILE_UPWARD, Ok(()));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && !case.filed_upward
    }
}

impl Asked for CaseClosed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.open()?;
        reason_holds(cx, self.reason)?;
        let case = cx.case;
        let mut owed = owed(case);
        if asked(cx.day()) {
            owed.extend(aftermath::undisposed(case).map(|goods| Owed::keyed(&EN_DISPOSAL, &goods.to_string())));
        }
        ending::named(&owed, &self.left)?;
        let decided_at_all = case.outcome.is_some();
        let mut check = cx.check();
        let (approved_by, official) = cx.head(&mut check, filed, &self.approved_by);
        check.rule(&duties::EN_ASSIST, duties::assistance_answered(case.assistance.values().filter(|a| !**a).count()));
        if decided_at_all {
            let need = evidence::stages(filed.procedure, case.review.is_some(), case.executed());
            check.rule(&evidence::EN_RECORD, evidence::recorded(&need, &case.recorded));
        }
        if let Some(penalty) = case.penalty() {
            let stands = case.overturned.is_none();
            check
                .rule(&duties::EN_FILE_UPWARD, duties::reported_upward(penalty.major && stands, case.filed_upward))
                .rule(
                    &simple::EN_SIMPLE_REPORT,
                    simple::reported(filed.procedure == Procedure::Simple, case.spot_reported),
                );
        }
        aftermath_settled(cx, &mut check);
        let event = Self { approved_by, official, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at)).clock(ClockChange::open(
            &EN_FILE,
            cx.act.at,
            duties::ARCHIVE,
        ));
        let to_decide = !decided_at_all && filed.procedure == Procedure::Ordinary;
        Ok(vec![if to_decide { decided.clock(cancel(&EN_NINETY)) } else { decided }])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_open()
    }

    fn tell(&self, _: &Case, after: &Case, change: &mut MatterChange) {
        change.ended = true;
        change.counted = vec![Counted::new(indicator::RECORDS, matter::complete(after))];
    }
}

/// Orders that were checked, guardians that were ordered, what goes back or is set off.
fn aftermath_settled(cx: &Context<'_>, check: &mut Check) {
    let case = cx.case;
    if !case.corrections.is_empty() {
        let unchecked = case.corrections.values().filter(|order| !order.checked).count();
        check.rule(&correction::EN_CORRECT_CHECK, correction::checked(unchecked));
    }
    if let Some(Verdict::Withheld(withheld)) = &case.outcome
        && (asked(cx.day()) || !case.guardian.is_empty())
        && let Some(filed) = case.filed.as_deref()
        && let Some(outcome) = correction::guardian_ordered(&filed.party, withheld.ground, &case.guardian)
    {
        check.rule(&correction::EN_GUARDIAN, outcome);
    }
    let detained = |penalty: &PenaltyDecided| {
        let mut detentions = penalty.penalties.iter().filter(|p| p.kind == PenaltyKind::Detention);
        let first = detentions.next()?.days.unwrap_or(0);
        Some(detentions.fold(first, |sum, p| sum.saturating_add(p.days.unwrap_or(0))))
    };
    let stands = case.penalty().filter(|_| case.stands());
    let imposed = Imposed { paid_fen: stands.map_or(0, |_| case.money.paid_fen), detained: stands.and_then(detained) };
    if let Some(outcome) = sentence::set_off(case.sentence.as_ref(), imposed, case.set_off) {
        check.rule(&sentence::EN_SET_OFF_DONE, outcome);
    }
    aftermath::given_back(cx, check);
}

/// What the agency owes in a case, by the names of its clocks. That nothing was decided is no debt: closing an undecided
/// case is what takes the decision's place. Nor is what others owe, nor a duty that the closing itself is held against.
pub(super) fn owed(case: &Case) -> Vec<Owed> {
    let mut owed: Vec<_> = case.preserved.iter().map(|id| Owed::keyed(&EN_PRESERVE, &id.to_string())).collect();
    for measure in case.measures.iter().filter(|measure| !measure.ended) {
        let id = measure.taken.measure.to_string();
        owed.push(Owed::keyed(measure.taken.clock_rule(), &id));
        if measure.unapproved {
            owed.push(Owed::keyed(&EN_MEASURE_URGENT, &id));
        }
    }
    owed.extend(transfer::owed(case.suspicion));
    let mut also = |open: bool, rule| {
        if open {
            owed.push(Owed::under(rule));
        }
    };
    let penalty = case.penalty().is_some();
    also(case.outcome.is_some() && case.served.is_none() && case.stands(), &EN_SERVE);
    let unpublished = case.published.is_none() || case.to_withdraw.is_some();
    also(
        penalty && case.is_ordinary() && unpublished && case.overturned.is_none() && !case.publication_omitted,
        &EN_PUBLICISE,
    );
    also(case.to_withdraw.is_some(), &EN_WITHDRAW);
    also(case.redo.is_some(), &EN_REDO);
    // Whoever is not paid goes to the court in time, though that time may begin only later.
    also(case.penalty_stands() && case.unpaid_fen() > 0 && case.may_apply(), &EN_COURT);
    owed.extend(execution::cash_owed(&case.money));
    owed
}

/// The stated reason is what the file says, as it was on the day of closing.
fn reason_holds(cx: &Context<'_>, reason: CloseReason) -> Result<(), Refusal> {
    let case = cx.case;
    let (holds, zh, en) = match reason {
        CloseReason::Performed => (
            case.penalty().is_some()
                && case.served.as_ref().is_some_and(|s| cx.had_happened(s.at))
                && case.is_performed()
                && cx.had_happened(case.money.paid_at),
            "处罚尚未送达、罚款尚未缴清，或者罚款以外的处罚没有履行的记录",
            "the penalty has not been served, the fine is not paid in full, or the rest is not on record as performed",
        ),
        CloseReason::NotPunished => (
            matches!(case.outcome, Some(Verdict::Withheld(_))),
            "没有不予处罚决定",
            "there is no decision to withhold the penalty",
        ),
        CloseReason::Transferred => {
            (case.suspicion == Suspicion::Criminal, "公安机关没有立案", "the police have not filed a criminal case")
        }
        CloseReason::CourtExecuted => {
            (case.court_accepts == Some(true), "人民法院没有裁定准予强制执行", "no court has agreed to execute")
        }
        CloseReason::ExecutionEnded => (case.penalty().is_some(), "没有处罚决定", "there is no penalty to execute"),
        CloseReason::Revoked => (
            case.overturned.as_ref().is_some_and(|o| cx.had_happened(o.at)),
            "处罚决定没有被撤销",
            "the decision has not been overturned",
        ),
        CloseReason::CaseWithdrawn => (case.outcome.is_none(), "案件已经作出决定", "the case has been decided"),
    };
    if holds {
        Ok(())
    } else {
        Err(Refusal::state(
            "CLOSE_REASON",
            format!("不能以该理由结案：{zh}"),
            format!("it cannot be closed for this reason: {en}"),
        ))
    }
}

impl Asked for CaseArchived {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        if cx.case.closed.is_none() {
            return Err(Refusal::state(
                "NOT_CLOSED",
                "案件尚未结案；请先结案再归档",
                "the case is not closed; close it first",
            ));
        }
        let mut check = cx.check();
        let closed = cx.case.closed.as_ref().and_then(|closed| closed.at);
        if cx.case.overturned.as_ref().is_some_and(|fell| fell.at > closed) {
            aftermath::given_back(cx, &mut check);
        }
        let event = CaseArchived { archive_number: cx.number(&self.archive_number), ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        Ok(vec![decided.clock(ClockChange::stop(&EN_FILE, cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named {
            document: Some(("contents_sha256", &self.contents_sha256)),
            series: self.archive_number.is_empty().then_some(|_| series::ARCHIVE),
            ..Named::default()
        }
    }

    fn may_come(case: &Case) -> bool {
        !case.is_open() && case.is_at_hand()
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.archived = true;
    }
}
