//! Who handles it and who takes part; copy, answer, evidence; the hearing of the parties.

use law::{
    ClockChange, Decided, MatterChange, Refusal, calendar::in_time, day_of, id::OfficerCode, period::Period, sealed,
};
use lists::{
    facts::OfficeKind,
    officers::{OF_OPEN, may_open},
};

use super::{
    Answer, Appeal, Asked, Named,
    context::{Context, positive},
    state::expiry,
};
use crate::domain::{
    events::*,
    rules::{
        course::{DECIDE_MORE, RE_CHANGE, RE_SIXTY},
        handle::{self as rules, ANSWER, ANSWER_MORE, ANSWER_SIMPLE, COPY_MORE, RE_ANSWER, RE_COPY},
    },
    words::Procedure,
};

impl Asked for HandlersAssigned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        if let Some(out) = self.officers.iter().find(|h| cx.appeal.recused.contains(&h.officer)) {
            return Err(Refusal::state(
                "RECUSED",
                format!("{} 已被决定回避本案", out.officer),
                format!("{} has been recused from this case", out.officer),
            ));
        }
        let mut check = cx.check();
        check
            .rule(&rules::RE_TWO, rules::two(&self.officers))
            .rule(&rules::RE_QUALIFIED, rules::qualified(&self.officers, &cx.facts.officers));
        let event = HandlersAssigned { officers: cx.filled(&self.officers), ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: self.officers.iter().map(|h| &h.officer).collect(), ..Named::default() }
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.in_charge = true;
        change.acted = true;
    }
}

impl Asked for HandlerRecused {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.running()?;
        if !cx.appeal.handlers.iter().any(|handler| handler.officer == self.officer) {
            return Err(Refusal::NotFound { what: "handler", id: self.officer.to_string() });
        }
        let (decided_by, official) = cx.institution(received).recorded(&self.decided_by);
        Ok(vec![Decided::plain(HandlerRecused { decided_by, official, ..self.clone() }.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { head: Some(&self.decided_by), ..Named::default() }
    }
}

impl Asked for ThirdPartyJoined {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}

impl Asked for SpeakersNamed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let received = cx.open()?;
        let mut check = cx.check();
        let outcome = rules::speak(self.speaker, self.count, received.applicants, &self.document);
        check.rule(&rules::RE_SPEAKERS, outcome);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}

impl Asked for PartyOpened {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let received = cx.known()?;
        let Some((_, party)) = cx.appeal.parties.get(&self.entry) else {
            return Err(Refusal::NotFound { what: "sealed party", id: self.entry.to_string() });
        };
        let heads = cx.officials(received, OPENERS);
        // Before anybody is named to handle it, it is in the hands of whoever examines the application.
        let handling: Vec<&OfficerCode> = match cx.appeal.handlers.as_slice() {
            [] => vec![&self.opened_by],
            handlers => handlers.iter().map(|handler| &handler.officer).collect(),
        };
        let mut check = cx.check();
        check.rule(&OF_OPEN, may_open(&self.opened_by, &self.reason, &handling, &heads));
        let event = PartyOpened { party: party.clone(), until: sealed::until(cx.act.at), ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { head: Some(self.opened_by.as_str()), ..Named::default() }
    }
}

/// Who may open a party without handling the case.
const OPENERS: &[OfficeKind] = &[OfficeKind::Head, OfficeKind::DeputyHead, OfficeKind::ReconsiderationHead];

impl Asked for AppealsJoined {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.running()?;
        if self.other == received.appeal {
            return Err(Refusal::invalid("other_id", "is this application itself"));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}

impl Asked for ProcedureChanged {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, accepted) = cx.running()?;
        if accepted.procedure == Procedure::Ordinary {
            return Err(Refusal::state(
                "ORDINARY_ALREADY",
                "案件已经适用普通程序",
                "it runs by the ordinary procedure already",
            ));
        }
        let head = cx.institution(received);
        let mut check = cx.check();
        check.rule(&RE_CHANGE, head.named(&self.approved_by).map(drop));
        let (approved_by, official) = head.recorded(&self.approved_by);
        let event = ProcedureChanged { approved_by, official, ..self.clone() };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at));
        let mut decided = decided.clock(longer(RE_SIXTY.id, DECIDE_MORE));
        // What has run out in the simple procedure stays missed; the rest gets what the ordinary one gives more.
        let runs = |start, period| {
            let last = law::period::Deadline::new(start, period, "").due(cx.calendar());
            in_time(cx.day(), last.map(|due| due.day().unwrap_or(jiff::civil::Date::MAX))).unwrap_or(true)
        };
        match (cx.appeal.copied, cx.appeal.answer) {
            (None, _) if runs(accepted.on, crate::domain::rules::handle::COPY_SIMPLE) => {
                decided = decided.clock(longer(RE_COPY.id, COPY_MORE));
            }
            (Some(copied), None) if runs(copied, ANSWER_SIMPLE) => {
                decided = decided.clock(longer(RE_ANSWER.id, ANSWER_MORE));
            }
            (_, _) => {}
        }
        Ok(vec![decided])
    }

    fn named(&self) -> Named<'_> {
        Named { head: Some(&self.approved_by), ..Named::default() }
    }
}

fn longer(clock: &str, period: Period) -> ClockChange {
    ClockChange::Extended {
        clock: clock.to_owned(),
        period,
        zh: "转为普通程序".to_owned(),
        en: "changed to the ordinary procedure".to_owned(),
    }
}

impl Asked for CopySent {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, accepted) = cx.running()?;
        if cx.appeal.copied.is_some() {
            return Err(Refusal::state("ALREADY_SENT", "副本已经发送", "the copy has been sent already"));
        }
        if self.sent > cx.day() || self.sent < accepted.on {
            return Err(Refusal::invalid("sent", "must lie between acceptance and receipt"));
        }
        let period = match accepted.procedure {
            Procedure::Simple => ANSWER_SIMPLE,
            Procedure::Ordinary => ANSWER,
        };
        let sent = if self.sent == cx.day() { cx.act.at } else { expiry(self.sent) };
        let answer = ClockChange::open(&RE_ANSWER, cx.act.at, period).of(received.respondent.whose());
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        Ok(vec![decided.clock(ClockChange::stop(&RE_COPY, sent)).clock(answer)])
    }
}

impl Asked for AnswerGiven {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.running()?;
        let Some(last) = cx.appeal.answer_by(cx.calendar()) else {
            return Err(Refusal::state("NO_COPY", "副本尚未发送被申请人", "the respondent has not got the copy"));
        };
        let mut check = cx.check();
        check.rule_of(received.respondent.whose(), &rules::RE_ANSWER_FULL, rules::complete(self));
        // Nobody is taken to have given no evidence because a calendar is missing.
        let in_time = in_time(cx.day(), last).unwrap_or(true);
        let decided =
            Decided::under(check.settle(cx.act.mode)?, AnswerGiven { in_time, ..self.clone() }.dated(cx.act.at));
        let first = cx.appeal.answer.is_none();
        Ok(vec![if first { decided.clock(ClockChange::stop(&RE_ANSWER, cx.act.at)) } else { decided }])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

impl Asked for EvidenceAdded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, accepted) = cx.running()?;
        if self.gathered > cx.day() {
            return Err(Refusal::invalid("gathered", "is after the day on which it was handed in"));
        }
        let mut check = cx.check();
        let outcome = rules::not_afterwards(self, accepted.on);
        check.rule_of(received.respondent.whose(), &rules::RE_NO_AFTER, outcome);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { by_respondent: true, ..Named::default() }
    }
}

impl Asked for EvidenceTaken {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        let mut check = cx.check();
        check.rule(&rules::RE_INQUIRY, rules::inquired(&self.officers, self.cards_shown));
        let event = EvidenceTaken { officers: cx.filled(&self.officers), ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: self.officers.iter().map(|h| &h.officer).collect(), ..Named::default() }
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.acted = true;
    }
}

impl Asked for FileRead {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        let mut check = cx.check();
        check.rule(&rules::RE_READ, rules::readable(self));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}

impl Asked for OpinionHeard {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}

impl Asked for HearingNotified {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        let mut check = cx.check();
        let outcome = rules::told_ahead(cx.day(), day_of(self.hearing_at), cx.calendar());
        check.rule(&rules::RE_HEARING_NOTICE, outcome);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}

impl Asked for HearingHeld {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, _) = cx.running()?;
        let head = rules::head_came(self.head.as_deref(), self.absence.as_deref(), self.delegate.as_deref());
        let mut check = cx.check();
        check
            .rule(&rules::RE_HEARING_NOTICE, rules::told(cx.appeal.hearing_at, cx.act.at))
            .rule(&rules::RE_HEARING_PANEL, rules::panel(self))
            .rule_of(received.respondent.whose(), &rules::RE_HEARING_HEAD, head);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}

impl Asked for CommitteeHeard {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.running()?;
        positive("members", i64::try_from(self.members.len()).unwrap_or(i64::MAX))?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}
