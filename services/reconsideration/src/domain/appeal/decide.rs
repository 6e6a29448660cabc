//! The decision.

use law::{
    ClockChange, Decided, MatterChange, Refusal,
    matter::{Counted, MatterDecided},
};
use lists::facts::OfficeKind;

use super::{
    Answer, Appeal, Asked, Named,
    context::{Context, positive},
    course::nothing_follows,
};
use crate::domain::{
    events::*,
    rules::{
        course::{self, RE_SIXTY},
        decide as rules, handle,
    },
    vocabulary::indicator,
    words::{Outcome, Relation},
};

impl Asked for AppealDecided {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (received, accepted) = cx.moving()?;
        if let Some(compensation) = &self.compensation
            && compensation.granted_fen < 0
        {
            return Err(Refusal::invalid("compensation.granted_fen", "must not be negative"));
        }
        if let Some(days) = self.perform_days {
            positive("perform_days", days.into())?;
        }
        let (appeal, at) = (cx.appeal, cx.act.at);
        let needs_advice = appeal.complex || appeal.technical || received.relation == Relation::OwnAct;
        let held = appeal.hearing_held.filter(|held| *held <= at);
        let answered = appeal.answered(cx.calendar());
        let heads = cx.officials(received, OfficeKind::HEADS);
        let mut check = cx.check();
        check
            .rule(&handle::RE_TWO, handle::two(&appeal.handlers))
            .rule(&handle::RE_HEARD, handle::heard(accepted.procedure, &appeal.heard, at))
            .rule(&handle::RE_HEARING, handle::hearing(appeal.complex, appeal.hearing_held, at))
            .rule(&handle::RE_COMMITTEE, handle::advised(needs_advice, appeal.advised, at))
            .rule(
                &course::RE_NORM_SETTLED,
                course::norm_settled(received.norm.is_some(), !appeal.norms.is_empty(), appeal.reviews()),
            )
            .rule(&rules::RE_KIND, rules::grounded(self, received.act.kind, received.void_asked))
            .rule(&rules::RE_NO_EVIDENCE, rules::on_evidence(self, &answered, appeal.third_parties.is_some(), cx.day()))
            .rule(&rules::RE_HEAD, rules::by_head(heads.named(&self.decided_by), &appeal.handlers))
            .rule(&rules::RE_RECORD, rules::by_record(held.is_some(), self.hearing_followed.as_deref()))
            .rule(&rules::RE_FORM, rules::complete(self))
            .rule(&rules::RE_COMPENSATE, rules::compensated(received.compensation_fen, self))
            .rule(&rules::RE_RESTORE, rules::restored(&received.act, self));
        if self.outcome == Outcome::Change {
            let opposed = appeal.third_parties == Some(true);
            check.rule(&rules::RE_NO_WORSE, rules::no_worse(&received.act.penalties, &self.changed_to, opposed));
        }
        let (decided_by, official) = heads.recorded(&self.decided_by);
        let event = AppealDecided {
            number: cx.number(&self.number),
            decided_by,
            official,
            case: received.act.case,
            act_number: received.act.number.clone(),
            respondent: Some(received.respondent.agency.clone()),
            ..self.clone()
        };
        let decided = Decided::under(check.settle(cx.act.mode)?, event.dated(at));
        Ok(vec![nothing_follows(appeal, decided.clock(ClockChange::stop(&RE_SIXTY, at)))])
    }

    fn named(&self) -> Named<'_> {
        Named { head: Some(&self.decided_by), series: Some(DECISION), ..Named::default() }
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        change.decided = Some(Box::new(MatterDecided {
            number: self.number.clone(),
            outcome: self.outcome.id().to_owned(),
            ..MatterDecided::default()
        }));
        change.counted = vec![Counted::new(indicator::CORRECTED, self.outcome.corrects())];
    }
}
