//! The rating and what it leads to; review, recheck and hearing; supervision.

use jiff::Span;
use law::{ClockChange, Decided, MatterChange, Refusal, day_of, matter::Counted};

use super::{Answer, Asked, Complaint, Named, context::Context, matter};
use crate::domain::{
    events::*,
    rules::{
        protect,
        review::{self, CO_REVIEW_ANSWER},
        satisfaction::{CO_RATE, CO_SUPERVISE},
        settle::{self, CO_SETTLE, SETTLE},
        way,
    },
    vocabulary::indicator,
    words::{Instance, Kind, ReviewOutcome, SupervisionGround},
};

impl Asked for AnswerRated {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.answered()?;
        if cx.complaint.rated {
            return Err(Refusal::state("ALREADY_RATED", "该答复已经评价", "the answer has been rated already"));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        Ok(vec![if self.score.is_poor() {
            decided.clock(ClockChange::open(&CO_RATE, cx.act.at, cx.facts.days.to_rectify()))
        } else {
            decided
        }])
    }

    fn tell(&self, before: &Complaint, _: &Complaint, change: &mut MatterChange) {
        let poor = self.score.is_poor();
        change.counted = vec![Counted::new(indicator::SATISFIED, !poor)];
        if poor {
            change.counted.push(Counted::new(indicator::HANDLED_ANEW, true));
            change.reopened = before.ended.is_some();
        }
    }
}

impl Asked for ComplaintRectified {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.accepted()?;
        if !cx.complaint.owes_rectification {
            return Err(Refusal::state(
                "NOTHING_TO_RECTIFY",
                "没有待整改的差评",
                "nothing was rated poor since it was last put right",
            ));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}

impl Asked for ReviewRequested {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let answer = cx.answered()?;
        let (registered, complaint) = (cx.known()?, cx.complaint);
        if registered.kind != Kind::Petition {
            return Err(Refusal::state(
                "NOT_A_PETITION",
                "复查、复核只适用于信访处理意见；对其他答复不服的，可以申请行政复议或者提起诉讼",
                "only opinions on petitions are reviewed; against other answers there are reconsideration and the courts",
            ));
        }
        if complaint.review.is_some() {
            return Err(Refusal::state("UNDER_REVIEW", "该事项正在复查、复核", "a review of the matter is pending"));
        }
        if complaint.owes_settlement() {
            return Err(Refusal::state("NOT_ANSWERED", "该事项正在重新办理", "the matter is being handled anew"));
        }
        let sent = complaint.reviewed_at.or(answer.at).map(day_of);
        if sent.is_some_and(|sent| self.answer_got < sent) || self.answer_got > cx.day() {
            return Err(Refusal::invalid("answer_got", "must lie between the answer and the request"));
        }
        let instance = if complaint.reviewed.is_some() { Instance::Recheck } else { Instance::Review };
        let to = cx.organ(&self.to.agency)?;
        let handler = complaint.handler().ok_or_else(|| Refusal::NotFound { what: "agency", id: String::new() })?;
        let reviewer = complaint.reviewed.as_ref().map(|(_, by)| by);
        let mut check = cx.check();
        check
            .rule(&way::CO_FINAL, way::not_final(complaint.is_rechecked()))
            .rule(&review::CO_REVIEW, review::in_days(self.answer_got, cx.day(), cx.calendar()))
            .rule(&review::CO_HIGHER, review::above(&to, &handler, reviewer));
        let event = Self { instance, to, ..self.clone() }.dated(cx.act.at);
        let clock = ClockChange::open_keyed(&CO_REVIEW_ANSWER, review::key(instance), cx.act.at, review::ANSWER);
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event).clock(clock)])
    }

    fn named(&self) -> Named<'_> {
        Named { agencies: vec![&self.to.agency], ..Named::default() }
    }

    fn tell(&self, before: &Complaint, _: &Complaint, change: &mut MatterChange) {
        change.reopened = before.ended.is_some();
    }
}

/// The review or recheck that is pending.
fn pending(cx: &Context<'_>) -> Result<Instance, Refusal> {
    cx.known()?;
    let pending = cx.complaint.review.as_ref().map(|(instance, _)| *instance);
    pending.ok_or_else(|| Refusal::state("NO_REVIEW", "没有待办的复查、复核", "no review or recheck is pending"))
}

impl Asked for ReviewAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let instance = pending(cx)?;
        let mut check = cx.check();
        check
            .rule(&settle::CO_CONTENT, settle::complete(Kind::Petition, &self.facts, &self.opinion, &self.bases))
            .rule(&protect::CO_PROTECT, protect::names_nobody(&[&self.facts, &self.opinion]));
        let event = Self { instance, number: cx.number(&self.number), ..self.clone() }.dated(cx.act.at);
        let clock = ClockChange::name(&CO_REVIEW_ANSWER, review::key(instance));
        let decided =
            Decided::under(check.settle(cx.act.mode)?, event).clock(ClockChange::Stopped { clock, at: cx.act.at });
        Ok(vec![if self.outcome == ReviewOutcome::Anew {
            decided.clock(ClockChange::open(&CO_SETTLE, cx.act.at, SETTLE))
        } else {
            decided
        }])
    }

    fn named(&self) -> Named<'_> {
        let series = |complaint: &Complaint| match complaint.review {
            Some((Instance::Recheck, _)) => OF_RECHECK,
            Some((Instance::Review, _)) | None => OF_REVIEW,
        };
        Named { series: Some(series), ..Named::default() }
    }

    fn tell(&self, _: &Complaint, _: &Complaint, change: &mut MatterChange) {
        match self.outcome {
            ReviewOutcome::Upheld => {}
            ReviewOutcome::Changed => change.overturned = Some(matter::overturned(self)),
            ReviewOutcome::Anew => {
                change.overturned = Some(matter::overturned(self));
                change.counted = vec![Counted::new(indicator::HANDLED_ANEW, true)];
            }
        }
    }
}

impl Asked for HearingHeld {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.accepted()?;
        let instance = cx.complaint.review.as_ref().map(|(instance, _)| *instance);
        if instance.is_none() && !cx.complaint.owes_settlement() {
            return Err(Refusal::state("ALREADY_ANSWERED", "该事项已经答复", "the matter has been answered already"));
        }
        if self.from > self.until || self.until > cx.day() {
            return Err(Refusal::invalid(
                "until",
                "must lie between the first day of the hearing and the day of its record",
            ));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        // Only the recheck's days stand still (LPR 36(2)).
        Ok(vec![if instance == Some(Instance::Recheck) {
            let clock = || ClockChange::name(&CO_REVIEW_ANSWER, review::key(Instance::Recheck));
            let (zh, en) = ("复核听证所需时间", "the time that the hearing took");
            let again = self.until.saturating_add(Span::new().days(1));
            decided
                .clock(ClockChange::suspend(clock(), self.from, zh, en).keyed(self.from))
                .clock(ClockChange::resume(clock(), again).keyed(self.from))
        } else {
            decided
        }])
    }
}

impl Asked for SupervisionRequested {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        if self.ground == SupervisionGround::Overdue && !cx.complaint.is_late(cx.day(), cx.calendar()) {
            return Err(Refusal::state("NOT_OVERDUE", "该事项没有超期", "nothing in the matter is overdue"));
        }
        let mut check = cx.check();
        check.rule(&CO_SUPERVISE, Ok(()));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}
