//! Service, report, publication, and what happens when the decision falls.

use jiff::civil::Date;
use law::{Check, ClockChange, Decided, MatterChange, Refusal, day_of, period::Period, rule::Rule};

use super::{Answer, Asked, Case, Named, context::Context, deferral, state::Verdict, stay};
use crate::domain::{
    events::*,
    rules::{
        delivery::{self, Served},
        disposal,
        duties::EN_FILE,
        execution::{self, Course},
        money,
        redo::{EN_REDO, REDO_DAYS},
        secrecy, service, simple,
    },
};

/// What was decided, while it has not reached the party.
fn unserved<'a>(cx: &Context<'a>) -> Result<&'a Verdict, Refusal> {
    cx.ever()?;
    let Some(outcome) = cx.case.outcome.as_ref() else {
        return Err(Refusal::state("NOT_DECIDED", "案件尚未作出决定", "nothing has been decided yet"));
    };
    if cx.case.served.is_some() {
        return Err(Refusal::state("ALREADY_SERVED", "决定已经送达", "the decision has been served already"));
    }
    Ok(outcome)
}

impl Asked for ServiceAnnounced {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        unserved(cx)?;
        let decided = cx.case.decided_at().map(day_of);
        if cx.case.announced.is_some() {
            return Err(Refusal::state("ALREADY_ANNOUNCED", "决定已经公告", "the decision has been announced already"));
        }
        let mut check = cx.check();
        check.rule(&service::EN_ANNOUNCE, service::unreachable(self, decided, cx.day()));
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        let (zh, en) = ("公告送达期间", "while the decision is announced");
        let stands = ClockChange::suspend(service::EN_SERVE.id, cx.day(), zh, en);
        Ok(vec![decided.clock(stands.lasting(cx.day(), service::ANNOUNCE))])
    }

    fn may_come(case: &Case) -> bool {
        case.outcome.is_some() && case.served.is_none() && case.announced.is_none()
    }
}

impl Asked for DecisionServed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let outcome = unserved(cx)?;
        let announced = cx.case.announced.as_ref().and_then(|a| a.at).map(day_of);
        let mut check = cx.check();
        check.rule(&service::EN_SERVE_ELECTRONIC, service::consented(self.method, self.consent.as_deref())).rule(
            &service::EN_ANNOUNCE_DAYS,
            service::announced_long_enough(self.method, announced, cx.day(), cx.calendar()),
        );
        let filed = cx.ever()?;
        let decided_on = cx.case.decided_at().map(day_of);
        let served = Served { method: Some(self.method), delivery: self.delivery.as_ref() };
        reached(cx, &mut check, filed, served, decided_on);
        // Penalties are decided on the spot (APL 52); what is not punished, or decided again by order, is served like any other.
        if on_the_spot(cx, filed) && matches!(outcome, Verdict::Penalty(_)) {
            check.rule(&delivery::EN_SPOT_HANDED, delivery::handed_over(self.method, decided_on, cx.day()));
        }
        let verdict = check.settle(cx.act.mode)?;
        let owes = matches!(outcome, Verdict::Penalty(_)) && cx.case.stands() && cx.case.unpaid_fen() > 0;
        let pay_by = if owes { money::pay_by(cx.day(), vec![], cx.calendar()).ok().flatten() } else { None };
        let event = DecisionServed { pay_by, ..self.clone() };
        let mut decided =
            Decided::under(verdict, event.dated(cx.act.at)).clock(ClockChange::stop(&service::EN_SERVE, cx.act.at));
        if owes {
            decided = decided.clock(ClockChange::open(&money::EN_PAY, cx.act.at, money::PAY));
            decided = stay::from_service(cx, decided);
            // Who appealed before, or was applied against, has no period of appeal that is to be waited for.
            let course = Course { served_at: Some(cx.act.at), ..cx.case.course() };
            decided = court_time(cx, decided, &course);
        }
        Ok(vec![decided])
    }

    fn may_come(case: &Case) -> bool {
        case.outcome.is_some() && case.served.is_none()
    }
}

/// Whether the party stands before the officers: in the simple procedure, but for what is decided again by order.
pub(super) fn on_the_spot(cx: &Context<'_>, filed: &CaseFiled) -> bool {
    let again = match &cx.case.outcome {
        Some(Verdict::Penalty(penalty)) => penalty.redone.is_some(),
        Some(Verdict::Withheld(withheld)) => withheld.redone.is_some(),
        None => false,
    };
    filed.procedure == Procedure::Simple && !again && cx.case.redo.is_none()
}

/// How a document reached the party, and on which day: the act is dated by the day on which it works, and every period counts from it.
/// `made` is the day from which there could be such a document.
pub(super) fn reached(cx: &Context<'_>, check: &mut Check, filed: &CaseFiled, served: Served<'_>, made: Option<Date>) {
    if let Some(outcome) = delivery::delivered(served, filed.party.kind, on_the_spot(cx, filed), cx.day()) {
        check.rule(&delivery::EN_SERVE_WAY, outcome);
    }
    if let Some(outcome) = delivery::on_its_day(served, made, cx.day()) {
        check.rule(&delivery::EN_SERVE_DAY, outcome);
    }
}

/// The same of the notice, the call to a hearing and the demand, which have no announcement of their own on file.
pub(super) fn document_reached(
    cx: &Context<'_>,
    check: &mut Check,
    filed: &CaseFiled,
    served: Served<'_>,
    made: Option<Date>,
) {
    reached(cx, check, filed, served, made);
    if let Some(outcome) = delivery::announced(served, cx.day(), cx.calendar()) {
        check.rule(&service::EN_ANNOUNCE_DAYS, outcome);
    }
}

/// Consent to electronic service, whenever it was given in this case (APL 61(2)).
pub(super) fn consent_on_file<'a>(cx: &Context<'a>) -> Option<&'a str> {
    let notice = cx.case.notice.as_ref().and_then(|notice| notice.consent.as_deref());
    notice.or_else(|| cx.case.served.as_ref()?.consent.as_deref())
}

/// Opens the time to apply to the court, where it runs; one that runs already gives way to it.
pub(super) fn court_time(cx: &Context<'_>, decided: Decided<CaseEvent>, course: &Course) -> Decided<CaseEvent> {
    if cx.case.court_applied {
        return decided;
    }
    let Some(changes) = course.court_time(cx.calendar()) else { return decided };
    let decided = if cx.case.court_clock_runs() { decided.clock(cancel(&execution::EN_COURT)) } else { decided };
    changes.into_iter().flatten().fold(decided, Decided::clock)
}

impl Asked for SpotDecisionReported {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        if filed.procedure != Procedure::Simple {
            return Err(Refusal::state(
                "ORDINARY_PROCEDURE",
                "普通程序案件无需当场处罚备案",
                "only decisions on the spot are reported this way",
            ));
        }
        if cx.case.spot_reported {
            return Ok(vec![]);
        }
        let mut check = cx.check();
        check.rule(&simple::EN_SIMPLE_REPORT, Ok(()));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && !case.is_ordinary() && !case.spot_reported
    }
}

impl Asked for DecisionPublicised {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        // What was taken down for what it showed, or was changed since, is put up again.
        let again = cx.case.published.is_some() && cx.case.withdrawn;
        if cx.case.published.is_some() && !again {
            return Err(if cx.case.to_withdraw.is_some() {
                Refusal::state(
                    "OLD_PUBLICATION",
                    "原决定的公示尚未撤回；请先撤回并说明理由",
                    "the decision that fell is still public; withdraw it first, with reasons",
                )
            } else {
                Refusal::state("ALREADY_PUBLISHED", "决定已经公示", "the decision is public already")
            });
        }
        let mut check = cx.check();
        if let Some(outcome) = secrecy::left_out(cx.case.secret, self.left_out.as_deref()) {
            check.rule(&secrecy::EN_SECRET, outcome);
        }
        let decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        // The simple procedure opens no such clock: its decisions are seldom of public consequence (APL 48).
        Ok(vec![match filed.procedure {
            Procedure::Ordinary if cx.case.publication_omitted || again || cx.case.overturned.is_some() => decided,
            Procedure::Ordinary => decided.clock(ClockChange::stop(&service::EN_PUBLICISE, cx.act.at)),
            Procedure::Simple => decided,
        }])
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && (case.published.is_none() || case.withdrawn)
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.published = Some(self.url.clone());
    }
}

impl Asked for PublicationOmitted {
    /// The time to publish ends; what is published later all the same is public.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, penalty) = cx.standing_penalty()?;
        if cx.case.published.is_some() {
            return Err(Refusal::state(
                "ALREADY_PUBLISHED",
                "决定已经公示；请撤回公示并说明理由",
                "the decision is public already; withdraw it, with reasons",
            ));
        }
        if cx.case.publication_omitted {
            return Ok(vec![]);
        }
        let mut check = cx.check();
        let (decided_by, official) = cx.head(&mut check, filed, &self.decided_by);
        check.rule(&secrecy::EN_NOT_PUBLIC, secrecy::withheld(self.ground, &self.reason, penalty.major));
        let event = Self { decided_by, official, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        let runs = filed.procedure == Procedure::Ordinary && cx.case.overturned.is_none();
        Ok(vec![if runs && cx.case.goes_on(&service::EN_PUBLICISE) {
            decided.clock(cancel(&service::EN_PUBLICISE))
        } else {
            decided
        }])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.decided_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands() && case.published.is_none() && !case.publication_omitted
    }
}

impl Asked for PublicationWithdrawn {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        if cx.case.published.is_none() || cx.case.withdrawn {
            return Err(Refusal::state("NOT_PUBLISHED", "决定没有处于公示状态", "the decision is not public"));
        }
        let reference = cx.case.to_withdraw.as_ref().and_then(|overturned| overturned.reference.clone());
        let mut check = cx.check();
        if cx.case.to_withdraw.is_none() {
            check.rule(&secrecy::EN_NOT_PUBLIC, secrecy::taken_down());
        }
        let event = Self { reference, ..self.clone() }.dated(cx.act.at);
        let decided = Decided::under(check.settle(cx.act.mode)?, event);
        Ok(vec![if cx.case.to_withdraw.is_some() {
            decided.clock(ClockChange::stop(&service::EN_WITHDRAW, cx.act.at))
        } else {
            decided
        }])
    }

    fn may_come(case: &Case) -> bool {
        case.published.is_some() && !case.withdrawn
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.withdrawn = true;
    }
}

impl Asked for DecisionOverturned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (filed, _) = cx.standing_penalty()?;
        let case = cx.case;
        let mut check = cx.check();
        // An open case is asked when it is closed.
        if self.outcome.lifts_fine() && !case.is_open() && case.paid_fen() > 0 {
            check.rule(&disposal::EN_REFUND, disposal::to_be_given_back(case.paid_fen()));
        }
        let mut decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at));
        if case.published.is_some() && case.to_withdraw.is_none() {
            if !case.withdrawn {
                decided = decided.clock(ClockChange::open(&service::EN_WITHDRAW, cx.act.at, service::WITHDRAW));
            }
        } else if filed.procedure == Procedure::Ordinary && !case.publication_omitted {
            decided = decided.clock(cancel(&service::EN_PUBLICISE));
        }
        // A changed decision is still owed; one that was revoked, or found void or unlawful, is not executed.
        if !self.outcome.stands() {
            if case.served.is_none() && case.goes_on(&service::EN_SERVE) {
                decided = decided.clock(cancel(&service::EN_SERVE));
            }
            if case.collects() {
                decided = owed_no_more(cx, decided);
            }
        }
        Ok(vec![decided])
    }

    fn may_come(case: &Case) -> bool {
        case.penalty_stands()
    }

    fn tell(&self, _: &Case, _: &Case, change: &mut MatterChange) {
        change.overturned = Some(format!("{}（{}）", self.outcome.as_str(), self.by));
    }
}

impl Asked for RedoOrdered {
    /// Only what was revoked, whole or in part, is done again (ARL 64, APC 70). The file is taken up again, though it was closed.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        let case = cx.case;
        let fate = case.overturned.as_ref().map(|overturned| &overturned.outcome);
        if !matches!(fate, Some(Overturned::Fate(Fate::Revoked | Fate::Changed))) {
            return Err(Refusal::state(
                "NOT_REVOKED",
                "处罚决定没有被撤销或者部分撤销，不能登记责令重新作出",
                "the decision was not revoked, whole or in part, so it is not to be made again",
            ));
        }
        if case.redo.is_some() {
            return Err(Refusal::state("ALREADY_ORDERED", "已经登记责令重新作出", "the order is on record already"));
        }
        if self.days == Some(0) {
            return Err(Refusal::invalid("days", "must be more than 0"));
        }
        let reference = case.overturned.as_ref().and_then(|overturned| overturned.reference.clone());
        // An organ of reconsideration that sets no time leaves sixty days (ALR 49); a court that sets none, none.
        let days = self.days.or(reference.as_ref().map(|_| REDO_DAYS));
        let decided = Decided::plain(Self { reference, days, ..self.clone() }.dated(cx.act.at));
        let decided = taken_up(case, decided);
        Ok(vec![match days {
            Some(days) => decided.clock(ClockChange::open(&EN_REDO, cx.act.at, Period::CalendarDays(days))),
            None => decided,
        }])
    }

    fn may_come(case: &Case) -> bool {
        case.overturned.is_some() && case.redo.is_none()
    }

    fn tell(&self, before: &Case, _: &Case, change: &mut MatterChange) {
        change.reopened = !before.is_open();
    }
}

/// A closed file that is taken up again goes into no archive now.
fn taken_up(case: &Case, decided: Decided<CaseEvent>) -> Decided<CaseEvent> {
    if case.is_open() || case.archived.is_some() { decided } else { decided.clock(cancel(&EN_FILE)) }
}

/// What a decision made again ends of the one whose place it takes.
pub(super) fn superseding(cx: &Context<'_>, decided: Decided<CaseEvent>) -> Decided<CaseEvent> {
    let case = cx.case;
    if case.redo.is_none() {
        return decided;
    }
    let mut decided = taken_up(case, decided);
    if case.stands() {
        if case.served.is_none() && case.goes_on(&service::EN_SERVE) {
            decided = decided.clock(cancel(&service::EN_SERVE));
        }
        if case.collects() {
            decided = owed_no_more(cx, decided);
        }
    }
    decided
}

/// Cancels what the party would have had to pay.
fn owed_no_more(cx: &Context<'_>, mut decided: Decided<CaseEvent>) -> Decided<CaseEvent> {
    if cx.case.served.is_some() && cx.case.unpaid_fen() > 0 {
        decided = deferral::parts_void(cx, decided).clock(cancel(&money::EN_PAY));
    }
    if cx.case.court_clock_runs() {
        decided = decided.clock(cancel(&execution::EN_COURT));
    }
    decided
}

/// Ends a clock whose duty has fallen away.
pub(super) fn cancel(rule: &'static Rule) -> ClockChange {
    ClockChange::Cancelled { clock: rule.id.to_owned() }
}
