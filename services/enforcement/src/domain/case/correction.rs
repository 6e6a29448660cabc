//! Orders to correct, and to a guardian.

use law::{ClockChange, Decided, Refusal, clock::end_of_day, day_of, period::Period};

use super::{
    Answer, Asked, Case,
    context::Context,
    investigation::{exists, missing, open_keyed},
};
use crate::domain::{events::*, rules::correction::EN_CORRECT_TIME};

impl Asked for CorrectionOrdered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        if cx.case.corrections.contains_key(&self.order) {
            return Err(exists("order", self.order));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        let Some(by) = self.by else { return Ok(vec![decided]) };
        if by < cx.day() {
            return Err(Refusal::invalid("by", "is before the day of the order"));
        }
        let days = u16::try_from(cx.day().duration_until(by).as_hours() / 24).unwrap_or(u16::MAX);
        let clock = open_keyed(&EN_CORRECT_TIME, self.order, cx, Period::CalendarDays(days));
        Ok(vec![decided.clock(clock.fixed())])
    }

    fn may_come(case: &Case) -> bool {
        case.filed.is_some() && case.is_at_hand()
    }
}

impl Asked for CorrectionChecked {
    /// Found undone, it may be looked at again; found done, it is over.
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        let Some(order) = cx.case.corrections.get(&self.order) else {
            return Err(missing("order", self.order));
        };
        if order.corrected {
            return Err(Refusal::state(
                "CORRECTED",
                "该项责令改正已经核查改正",
                "this order was found put right already",
            ));
        }
        let ordered_on = order.at.map(day_of);
        if let Some(on) = self.corrected_on
            && (!self.corrected || on > cx.day() || ordered_on.is_some_and(|ordered| on < ordered))
        {
            return Err(Refusal::invalid(
                "corrected_on",
                "must lie between the order and the check, of what was found put right",
            ));
        }
        let decided = Decided::plain(self.clone().dated(cx.act.at));
        // The party is not late because the agency looked later.
        let done_at = self.corrected_on.map_or(cx.act.at, |on| end_of_day(on).min(cx.act.at));
        let clock = || ClockChange::name(&EN_CORRECT_TIME, &self.order.to_string());
        let stops = (self.corrected && order.timed).then(|| ClockChange::Stopped { clock: clock(), at: done_at });
        Ok(vec![match stops {
            Some(clock) => decided.clock(clock),
            None => decided,
        }])
    }

    fn may_come(case: &Case) -> bool {
        case.corrections.values().any(|order| !order.corrected)
    }
}

impl Asked for CorrectionMoot {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.undecided()?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        case.is_undecided() && case.correction_moot.is_none()
    }
}

impl Asked for GuardianOrdered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.known()?;
        if filed.party.minor_age.is_none() && !filed.party.unable_to_discern {
            return Err(Refusal::state(
                "NO_GUARDIAN",
                "案卷没有记载当事人不满十八周岁或者不能辨认、控制自己的行为",
                "the file does not say that the party is under 18 or could not discern the act",
            ));
        }
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }

    fn may_come(case: &Case) -> bool {
        let warded = |filed: &CaseFiled| filed.party.minor_age.is_some() || filed.party.unable_to_discern;
        case.is_at_hand() && case.filed.as_deref().is_some_and(warded)
    }
}
