//! Compulsory measures: taken, approved afterwards, extended, tested, ended.

use jiff::{Timestamp, civil::Date};
use law::{ClockChange, Decided, MatterChange, Refusal, Rule, check::blank, day_of, order, period::Period};
use uuid::Uuid;

use super::{
    Answer, Asked, Case, Named,
    context::Context,
    investigation::{exists, missing, open_keyed, stop_keyed},
    state::{Measure, plain},
    step::codes,
};
use crate::domain::{
    events::*,
    rules::{
        allowed::{self, EN_ALLOWED},
        measures::{self, EN_MEASURE, EN_MEASURE_URGENT, EN_SEIZE, EN_SEIZE_LENGTH, EN_SEIZE_PAPERS},
        restraint::{self, EN_FAMILY, EN_RESTRAIN, EN_RESTRAIN_END},
    },
};

impl Asked for MeasureTaken {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.open()?;
        if cx.case.measures.iter().any(|m| m.taken.measure == self.measure) {
            return Err(exists("measure", self.measure));
        }
        if self.urgent && self.approved_at.is_some_and(|approved| approved > cx.act.at) {
            return Err(Refusal::invalid(
                "approved_at",
                "lies after the measure; what is approved afterwards is a step of its own (ApproveMeasure)",
            ));
        }
        let item = cx.facts.named_item.as_deref();
        let mut check = cx.check();
        cx.officers_compel(&mut check, filed, &self.officers);
        check.rule(&EN_MEASURE, measures::measure(self, item, cx.facts.agency.as_ref(), &filed.agency, cx.act.at));
        if let Some(item) = item {
            check.rule(&EN_ALLOWED, allowed::allowed(self, item));
        }
        if let Some(outcome) = measures::papers(self.kind, self.papers.as_deref(), cx.day()) {
            check.rule(&EN_SEIZE_PAPERS, outcome);
        }
        let longest = allowed::longest(self.kind, &self.touches, item);
        let restraint = (self.kind == MeasureKind::RestrictLiberty).then(|| self.restraint.clone().unwrap_or_default());
        match &restraint {
            Some(restraint) => {
                told_before(restraint.family_told_at, cx)?;
                check
                    .rule(&EN_RESTRAIN, restraint::within(self.period, longest.as_ref()))
                    .rule(&EN_FAMILY, restraint::family_on_the_spot(restraint.family_told_at));
            }
            None => {
                if let Some(outcome) = measures::length(self.kind, self.period, longest.as_ref()) {
                    let before = days_held(cx, self);
                    let outcome =
                        outcome.and_then(|()| measures::again(before, self.kind, self.period, longest.as_ref()));
                    check.rule(&EN_SEIZE_LENGTH, outcome);
                }
            }
        }
        let acting = cx.acting(&self.officers);
        let approval = self.approved_by.as_ref().map(|head| cx.approval(&mut check, filed, head, &acting));
        let (approved_by, official) = approval.unzip();
        let verdict = check.settle(cx.act.mode)?;
        let event = MeasureTaken {
            officers: acting,
            approved_by,
            official: official.flatten(),
            item_name: item.map_or_else(String::new, |i| i.name.clone()),
            longest,
            restraint,
            ..self.clone()
        };
        let clock = open_keyed(event.clock_rule(), self.measure, cx, self.period);
        // Nobody is held longer because of a holiday.
        let clock = if self.kind == MeasureKind::RestrictLiberty { clock.fixed() } else { clock };
        let mut decided = Decided::under(verdict, event.dated(cx.act.at)).clock(clock);
        if self.urgent && !self.approved_by_then(cx.act.at) {
            decided = decided.clock(open_keyed(&EN_MEASURE_URGENT, self.measure, cx, measures::URGENT_REPORT));
        }
        Ok(vec![decided])
    }

    fn named(&self) -> Named<'_> {
        Named {
            officers: codes(&self.officers),
            heads: self.approved_by.as_deref().into_iter().collect(),
            item: Some(&self.item),
            document: self.record_sha256.as_deref().map(|sha256| ("record_sha256", sha256)),
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

impl Asked for MeasureApproved {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.ever()?;
        if !running(cx, self.measure)?.unapproved {
            return Err(Refusal::state(
                "NOTHING_TO_APPROVE",
                "该措施无需补办批准",
                "this measure needs no later approval",
            ));
        }
        let mut check = cx.check();
        let (approved_by, official) = cx.head(&mut check, filed, &self.approved_by);
        let clock = stop_keyed(&EN_MEASURE_URGENT, self.measure, cx);
        let event = Self { approved_by, official, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at)).clock(clock)])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.measures.iter().any(|m| m.unapproved && !m.ended)
    }
}

impl Asked for MeasureExtended {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.open()?;
        let measure = running(cx, self.measure)?;
        let mut check = cx.check();
        let (approved_by, official) = cx.head(&mut check, filed, &self.approved_by);
        let taken = &measure.taken;
        let by = match (self.days, self.hours) {
            (days, 0) => Period::CalendarDays(days),
            (days, hours) => Period::Hours(days.saturating_mul(24).saturating_add(hours)),
        };
        let longest = taken.longest.as_ref();
        if taken.kind == MeasureKind::RestrictLiberty {
            check.rule(&EN_RESTRAIN, restraint::prolonged(by, measure.extended, longest));
        } else if measures::timed(taken.kind) || longest.is_some() {
            let outcome = measures::extension(measure.extended, by, self.ground, &self.reason, longest);
            check.rule(&EN_SEIZE_LENGTH, outcome);
        }
        let verdict = check.settle(cx.act.mode)?;
        let (zh, en) = (
            format!("经{approved_by}批准延长：{}", self.reason),
            format!("extended with the approval of {approved_by}"),
        );
        let event = Self { approved_by, official, ..self.clone() };
        Ok(vec![Decided::under(verdict, event.dated(cx.act.at)).clock(ClockChange::Extended {
            clock: clock_of(taken),
            period: by,
            zh,
            en,
        })])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.approved_by], summary: format!("{}日", self.days), ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.is_open() && case.measures.iter().any(|m| !m.ended)
    }
}

impl Asked for MeasureTesting {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.open()?;
        let measure = running(cx, self.measure)?;
        // ACL 25 leaves out testing time for sealing and seizure; ACL 32 has no such sentence for freezing, nor ACL 20 for persons.
        if measure.taken.kind == MeasureKind::RestrictLiberty {
            return Err(Refusal::state(
                "NO_TESTING",
                "限制人身自由没有检测期间",
                "a restraint of a person has no testing time",
            ));
        }
        if measure.taken.kind == MeasureKind::Freeze {
            return Err(Refusal::state("NO_TESTING", "冻结存款、汇款没有检测期间", "a freeze has no testing time"));
        }
        if measure.testing.is_some() == self.begun {
            return Err(Refusal::state(
                "TESTING_STAGE",
                if self.begun { "检测已经开始" } else { "检测尚未开始" },
                if self.begun { "testing goes on already" } else { "testing has not begun" },
            ));
        }
        // What ends a testing answers its begin; what begins another one answers nothing.
        if let Some(since) = measure.testing.as_ref().and_then(|begun| begun.at).filter(|since| cx.act.at < *since) {
            return Err(order::too_early("Testing begun", since));
        }
        let clock = clock_of(&measure.taken);
        let mut check = cx.check();
        if self.begun
            && let Some(outcome) = measures::testing_said(self.until, self.notice.as_deref(), cx.day())
        {
            check.rule(&EN_SEIZE_LENGTH, outcome);
        }
        if self.until.is_some_and(|until| until < cx.day()) {
            return Err(Refusal::invalid("until", "is before the day on which testing begins"));
        }
        let change = if self.begun {
            let zh = format!("检测、检验、检疫、鉴定：{}", self.what);
            let stands = ClockChange::suspend(clock, cx.day(), zh, "testing, inspection, quarantine or expert opinion");
            match self.until {
                // Whoever never says that it ended gains nothing by it.
                Some(until) => stands.lasting(cx.day(), Period::CalendarDays(days_until(cx.day(), until))),
                None => stands,
            }
        } else {
            ClockChange::resume(clock, cx.day().tomorrow().unwrap_or(cx.day()))
        };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at)).clock(change)])
    }

    fn may_come(case: &Case) -> bool {
        case.is_open() && case.measures.iter().any(|m| !m.ended)
    }
}

impl Asked for MeasureEnded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        let measure = running(cx, self.measure)?;
        let mut check = cx.check();
        if let Some(restraint) = &measure.taken.restraint {
            told_before(self.family_told_at, cx)?;
            if self.family_told_at.zip(measure.taken.at).is_some_and(|(told, taken)| told < taken) {
                return Err(Refusal::invalid("family_told_at", "lies before the restraint"));
            }
            check.rule(&EN_FAMILY, restraint::family(restraint.family_told_at.or(self.family_told_at)));
        }
        if measure.testing.as_ref().is_some_and(|testing| testing.until.is_none()) {
            check.rule(&EN_SEIZE, measures::testing_goes_on());
        }
        let mut decided = Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at)).clock(stop_keyed(
            measure.taken.clock_rule(),
            self.measure,
            cx,
        ));
        if measure.unapproved {
            // Released before approval: nothing is left to approve.
            let clock = ClockChange::name(&EN_MEASURE_URGENT, &self.measure.to_string());
            decided = decided.clock(ClockChange::Cancelled { clock });
        }
        Ok(vec![decided])
    }

    fn may_come(case: &Case) -> bool {
        case.measures.iter().any(|m| !m.ended)
    }
}

fn clock_of(taken: &MeasureTaken) -> String {
    ClockChange::name(taken.clock_rule(), &taken.measure.to_string())
}

/// For how many days the agency has held the same objects by the same kind of measure in this case: those of earlier measures, up to their
/// end or to this one. Nothing where it has not.
fn days_held(cx: &Context<'_>, taken: &MeasureTaken) -> Option<i64> {
    let objects = plain(&taken.objects);
    let same = |m: &&Measure| m.taken.kind == taken.kind && plain(&m.taken.objects) == objects;
    let days = |m: &Measure| {
        let until = m.ended_at.unwrap_or(cx.act.at).min(cx.act.at);
        let days = m.taken.at.map_or(0, |from| day_of(from).duration_until(day_of(until)).as_hours() / 24);
        days.max(0)
    };
    let before = cx.case.measures.iter().filter(same).map(days);
    before.reduce(i64::saturating_add)
}

/// Days from one to the other.
fn days_until(from: Date, until: Date) -> u16 {
    u16::try_from(from.duration_until(until).as_hours() / 24).unwrap_or(u16::MAX)
}

impl MeasureTaken {
    /// Whether a head had approved it by then.
    pub(in crate::domain) fn approved_by_then(&self, then: Timestamp) -> bool {
        self.approved_by.as_deref().is_some_and(|head| !blank(head)) && self.approved_at.is_some_and(|at| at <= then)
    }

    /// The rule by whose clock it ends. A restraint from before ACL 20 had one of its own ends by that of seizures.
    pub(super) fn clock_rule(&self) -> &'static Rule {
        if self.restraint.is_some() { &EN_RESTRAIN_END } else { &EN_SEIZE }
    }
}

/// Nobody was told tomorrow.
fn told_before(told_at: Option<Timestamp>, cx: &Context<'_>) -> Result<(), Refusal> {
    match told_at {
        Some(at) if at > cx.act.at => Err(Refusal::invalid("family_told_at", "lies after the act")),
        Some(_) | None => Ok(()),
    }
}

fn running<'a>(cx: &Context<'a>, id: Uuid) -> Result<&'a Measure, Refusal> {
    let measure = cx.case.measures.iter().find(|m| m.taken.measure == id).ok_or_else(|| missing("measure", id))?;
    if measure.ended {
        return Err(Refusal::state("MEASURE_ENDED", "该强制措施已经结束", "this measure has ended"));
    }
    Ok(measure)
}
