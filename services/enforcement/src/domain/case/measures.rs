//! Compulsory measures: taken, approved afterwards, extended, tested, ended.

use law::{ClockChange, Decided, Refusal, period::Period};
use lists::officers;
use uuid::Uuid;

use super::{
    Answer,
    context::Context,
    investigation::{exists, missing, open_keyed, stop_keyed},
    state::Measure,
};
use crate::domain::{
    events::*,
    rules::measures::{self, EN_MEASURE, EN_MEASURE_URGENT, EN_SEIZE, EN_SEIZE_LENGTH},
};

pub(super) fn take(cx: &Context<'_>, draft: &MeasureTaken) -> Answer {
    let filed = cx.open()?;
    if cx.case.measures.iter().any(|m| m.taken.measure == draft.measure) {
        return Err(exists("measure", draft.measure));
    }
    let item = cx.facts.named_item.as_deref();
    let mut check = cx.check();
    cx.officers_act(&mut check, filed, &draft.officers);
    check
        .rule(&EN_MEASURE, measures::measure(draft, item, cx.facts.agency.as_ref(), &filed.agency, cx.act.at))
        .rule(&EN_SEIZE_LENGTH, measures::within_thirty(draft.kind, draft.period));
    let acting = cx.acting(&draft.officers);
    if let Some(approver) = &draft.approved_by {
        let names: Vec<_> = acting.iter().map(|o| o.name.as_str()).collect();
        check.rule(&officers::EN_HEAD, officers::approved(approver, &names));
    }
    let verdict = check.settle(cx.act.mode)?;
    let event = MeasureTaken {
        officers: acting,
        item_name: item.map_or_else(String::new, |i| i.name.clone()),
        ..draft.clone()
    };
    let mut decided =
        Decided::under(verdict, event.dated(cx.act.at)).clock(open_keyed(&EN_SEIZE, draft.measure, cx, draft.period));
    if draft.urgent && draft.approved_by.is_none() {
        decided = decided.clock(open_keyed(&EN_MEASURE_URGENT, draft.measure, cx, measures::URGENT_REPORT));
    }
    Ok(vec![decided])
}

pub(super) fn approve(cx: &Context<'_>, draft: &MeasureApproved) -> Answer {
    cx.open()?;
    if !running(cx, draft.measure)?.unapproved {
        return Err(Refusal::state("NOTHING_TO_APPROVE", "该措施无需补办批准", "this measure needs no later approval"));
    }
    let mut check = cx.check();
    cx.head(&mut check, &draft.approved_by);
    let clock = stop_keyed(&EN_MEASURE_URGENT, draft.measure, cx);
    Ok(vec![Decided::under(check.settle(cx.act.mode)?, draft.clone().dated(cx.act.at)).clock(clock)])
}

pub(super) fn extend(cx: &Context<'_>, draft: &MeasureExtended) -> Answer {
    cx.open()?;
    let measure = running(cx, draft.measure)?;
    let mut check = cx.check();
    cx.head(&mut check, &draft.approved_by);
    check.rule(&EN_SEIZE_LENGTH, measures::extension(measure.taken.kind, measure.extended, draft.days));
    let verdict = check.settle(cx.act.mode)?;
    Ok(vec![Decided::under(verdict, draft.clone().dated(cx.act.at)).clock(ClockChange::Extended {
        clock: clock_of(draft.measure),
        period: Period::CalendarDays(draft.days),
        zh: format!("经{}批准延长：{}", draft.approved_by, draft.reason),
        en: format!("extended with the approval of {}", draft.approved_by),
    })])
}

pub(super) fn test(cx: &Context<'_>, draft: &MeasureTesting) -> Answer {
    cx.open()?;
    let measure = running(cx, draft.measure)?;
    // ACL 25 leaves out testing time for sealing and seizure; ACL 32 has no such sentence for freezing.
    if measure.taken.kind == MeasureKind::Freeze {
        return Err(Refusal::state("NO_TESTING", "冻结存款、汇款没有检测期间", "a freeze has no testing time"));
    }
    if measure.testing == draft.begun {
        return Err(Refusal::state(
            "TESTING_STAGE",
            if draft.begun { "检测已经开始" } else { "检测尚未开始" },
            if draft.begun { "testing goes on already" } else { "testing has not begun" },
        ));
    }
    let clock = clock_of(draft.measure);
    let change = if draft.begun {
        ClockChange::Suspended {
            clock,
            from: cx.day(),
            zh: format!("检测、检验、检疫、鉴定：{}", draft.what),
            en: "testing, inspection, quarantine or expert opinion".to_owned(),
        }
    } else {
        ClockChange::Resumed { clock, on: cx.day().tomorrow().unwrap_or(cx.day()) }
    };
    Ok(vec![Decided::plain(draft.clone().dated(cx.act.at)).clock(change)])
}

pub(super) fn end(cx: &Context<'_>, draft: &MeasureEnded) -> Answer {
    cx.open()?;
    let measure = running(cx, draft.measure)?;
    let mut decided = Decided::plain(draft.clone().dated(cx.act.at)).clock(stop_keyed(&EN_SEIZE, draft.measure, cx));
    if measure.unapproved {
        // Released before approval: nothing is left to approve.
        let clock = ClockChange::name(&EN_MEASURE_URGENT, &draft.measure.to_string());
        decided = decided.clock(ClockChange::Cancelled { clock });
    }
    Ok(vec![decided])
}

fn clock_of(measure: Uuid) -> String {
    ClockChange::name(&EN_SEIZE, &measure.to_string())
}

fn running<'a>(cx: &Context<'a>, id: Uuid) -> Result<&'a Measure, Refusal> {
    let measure = cx.case.measures.iter().find(|m| m.taken.measure == id).ok_or_else(|| missing("measure", id))?;
    if measure.ended {
        return Err(Refusal::state("MEASURE_ENDED", "该强制措施已经结束", "this measure has ended"));
    }
    Ok(measure)
}
