//! What follows a decision: a court's sentence, confiscated goods, money that goes back.

use law::{Decided, Refusal};
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
        if cx.case.sentence.is_some() {
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
        case.transferred && case.sentence.is_none()
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
        let most = sentence.fine_fen.min(cx.case.money.paid_fen);
        if self.fine_fen < 0 || self.fine_fen > most {
            return Err(Refusal::invalid(
                "fine_fen",
                format!("must lie between 0 and {most}: what was paid, and no more than the court's fine"),
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
        let (_, penalty) = cx.standing_penalty()?;
        let confiscated = confiscations(penalty);
        if confiscated == 0 {
            return Err(Refusal::state(
                "NOTHING_CONFISCATED",
                "处罚决定没有没收非法财物",
                "the decision confiscates no goods",
            ));
        }
        match self.goods {
            Some(goods) if goods == 0 || usize::from(goods) > confiscated => {
                return Err(Refusal::invalid("goods", format!("must lie between 1 and {confiscated}")));
            }
            None if confiscated > 1 && asked(cx.day()) => {
                return Err(Refusal::invalid("goods", format!("must say which of the {confiscated} confiscations")));
            }
            Some(_) | None => {}
        }
        if self.proceeds_fen < 0 {
            return Err(Refusal::invalid("proceeds_fen", "must not be negative"));
        }
        let mut check = cx.check();
        check.rule(&disposal::EN_DISPOSAL, disposal::disposed(self));
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
        if cx.case.stands() {
            return Err(Refusal::state("DECISION_STANDS", "处罚决定没有被撤销", "the decision stands"));
        }
        Context::positive("amount_fen", self.amount_fen)?;
        let left = owed_back(cx.case);
        if self.amount_fen > left {
            return Err(Refusal::invalid(
                "amount_fen",
                format!("is more than the {left} that are left of what was paid"),
            ));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        !case.stands() && owed_back(case) > 0
    }
}

/// What was paid, surcharges too, and not given back yet.
fn owed_back(case: &Case) -> i64 {
    paid(case).saturating_sub(case.money.refunded_fen)
}

/// What was paid, surcharges too.
pub(super) fn paid(case: &Case) -> i64 {
    case.money.paid_fen.saturating_add(case.money.surcharge_paid_fen)
}
