//! What follows a decision: a court's sentence, confiscated goods, money that goes back.

use law::{Check, Decided, Refusal};
use lists::facts::PenaltyKind;

use super::{Answer, Asked, Case, context::Context};
use crate::domain::{
    events::*,
    rules::{asked, disposal},
};

impl Asked for SentencePassed {
    /// A case that a court has decided may long be closed here, or the police may have found the crime themselves.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        // A judgment of second instance takes the place of the first.
        if cx.case.sentence.as_ref().is_some_and(|before| before.document == self.document) {
            return Err(Refusal::state(
                "ALREADY_SENTENCED",
                "刑事判决已经记录",
                "the sentence has been recorded already",
            ));
        }
        if self.fine_fen < 0 {
            return Err(Refusal::invalid("fine_fen", "must not be negative"));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.transferred
    }
}

impl Asked for PenaltySetOff {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        let Some(sentence) = &cx.case.sentence else {
            return Err(Refusal::state(
                "NOT_SENTENCED",
                "没有刑事判决；请先记录判决",
                "there is no sentence; record it first",
            ));
        };
        let most = sentence.fine_fen.min(cx.case.money.paid_fen).saturating_sub(cx.case.set_off.fine_fen).max(0);
        if self.fine_fen < 0 || self.fine_fen > most {
            return Err(Refusal::invalid(
                "fine_fen",
                format!(
                    "must lie between 0 and {most}: what was paid and not set off yet, and no more than the court's fine"
                ),
            ));
        }
        if self.fine_fen == 0 && self.days == 0 {
            return Err(Refusal::invalid("days", "nothing is set off; give the fine or the days"));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.sentence.is_some() && case.penalty().is_some()
    }
}

/// How often a decision confiscates goods.
fn confiscations(penalty: &PenaltyDecided) -> usize {
    penalty.penalties.iter().filter(|penalty| penalty.kind == PenaltyKind::ConfiscateGoods).count()
}

/// Confiscated goods of which nobody says what became of them.
pub(super) fn undisposed(case: &Case) -> impl Iterator<Item = u16> {
    let all = case.penalty().filter(|_| case.penalty_stands()).map_or(0, confiscations);
    (1..=u16::try_from(all).unwrap_or(u16::MAX)).filter(|goods| !case.disposed.contains(goods))
}

impl Asked for GoodsDisposed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        let standing = cx.case.penalty().filter(|_| cx.case.stands());
        let lots = standing.map_or(0, confiscations);
        let confiscated = lots > 0;
        match self.goods {
            Some(goods) if confiscated && (goods == 0 || usize::from(goods) > lots) => {
                return Err(Refusal::invalid("goods", format!("must lie between 1 and {lots}")));
            }
            None if lots > 1 && asked(cx.day()) => {
                return Err(Refusal::invalid("goods", format!("must say which of the {lots} confiscations")));
            }
            Some(_) | None => {}
        }
        if self.proceeds_fen < 0 {
            return Err(Refusal::invalid("proceeds_fen", "must not be negative"));
        }
        let mut check = cx.check();
        check.rule(&disposal::EN_DISPOSAL, disposal::disposed(self, confiscated));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        let goods = |penalty: &Penalty| penalty.kind == PenaltyKind::ConfiscateGoods;
        case.penalty_stands() && case.penalty().is_some_and(|decided| decided.penalties.iter().any(goods))
    }
}

impl Asked for FineRefunded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        if cx.case.overturned.is_none() && cx.case.money.fell_fen == 0 {
            return Err(Refusal::state("DECISION_STANDS", "处罚决定没有被撤销", "the decision stands"));
        }
        Context::positive("amount_fen", self.amount_fen)?;
        let left = may_go_back(cx.case);
        if self.amount_fen > left {
            return Err(Refusal::invalid(
                "amount_fen",
                format!("is more than the {left} that are left of what was paid"),
            ));
        }
        let mut check = cx.check();
        let due = cx.case.due_back_fen();
        if due > 0 && cx.case.money.refunded_fen.saturating_add(self.amount_fen) >= due {
            check.rule(&disposal::EN_REFUND, Ok(()));
        }
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        may_go_back(case) > 0
    }
}

/// What was paid under a decision that was overturned, if only in part, and not given back yet.
fn may_go_back(case: &Case) -> i64 {
    let of_this_one = if case.overturned.is_some() { case.paid_fen() } else { 0 };
    case.money.fell_fen.saturating_add(of_this_one).saturating_sub(case.money.refunded_fen)
}

/// Holds what was paid under decisions that fell against what was given back.
pub(super) fn given_back(cx: &Context<'_>, check: &mut Check) {
    let case = cx.case;
    let (due, refunded) = (case.due_back_fen(), case.money.refunded_fen);
    if due > 0 && (asked(cx.day()) || refunded > 0) {
        check.rule(&disposal::EN_REFUND, disposal::given_back(due, refunded));
    }
    let unlawful = case.overturned.as_ref().is_some_and(|o| !o.outcome.stands() && !o.outcome.lifts_fine());
    if unlawful && may_go_back(case) > 0 {
        check.rule(&disposal::EN_REFUND, disposal::may_stand());
    }
}
