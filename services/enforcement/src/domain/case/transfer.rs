//! Suspected crime, from the report to the answer of the police.

use law::{ClockChange, Decided, Refusal, ending::Owed, rule::Debtor};
use lists::officers;

use super::{Answer, Asked, Case, Named, context::Context};
use crate::domain::{
    events::*,
    rules::{
        decision::EN_NINETY,
        transfer::{self, EN_TRANSFER, Suspicion},
    },
};

const DECIDE: &str = "decide";
const SEND: &str = "send";
const POLICE: &str = "police";

impl Asked for CrimeSuspected {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.open()?;
        expect(cx, &[Suspicion::None])?;
        let clock = ClockChange::open_keyed(&EN_TRANSFER, DECIDE, cx.act.at, transfer::DECIDE);
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at)).clock(clock)])
    }

    fn may_come(case: &Case) -> bool {
        case.is_open() && case.suspicion == Suspicion::None
    }
}

impl Asked for TransferDecided {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let filed = cx.ever()?;
        expect(cx, &[Suspicion::Reported])?;
        let mut check = cx.check();
        let (decided_by, official) = cx.head(&mut check, filed, &self.decided_by);
        if let Some(outcome) = officers::in_charge(official.as_ref()) {
            check.rule(&officers::EN_HEAD, outcome);
        }
        let verdict = check.settle(cx.act.mode)?;
        let event = Self { decided_by, official, ..self.clone() };
        let mut decided = Decided::under(verdict, event.dated(cx.act.at)).clock(stop(cx, DECIDE));
        if self.transfer {
            decided = decided.clock(ClockChange::open_keyed(&EN_TRANSFER, SEND, cx.act.at, transfer::SEND));
        }
        Ok(vec![decided])
    }

    fn named(&self) -> Named<'_> {
        Named { heads: vec![&self.decided_by], ..Named::default() }
    }

    fn may_come(case: &Case) -> bool {
        case.suspicion == Suspicion::Reported
    }
}

impl Asked for CaseTransferred {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        expect(cx, &[Suspicion::ToTransfer])?;
        let mut decided = Decided::plain(self.clone().dated(cx.act.at))
            .clock(stop(cx, SEND))
            .clock(ClockChange::open_keyed(&EN_TRANSFER, POLICE, cx.act.at, transfer::POLICE).owed_by(Debtor::Police));
        if ninety_runs(cx) && !cx.case.suspended {
            let (zh, en) = ("案件移送公安机关期间", "while the police have the case");
            decided = decided.clock(ClockChange::suspend(EN_NINETY.id, cx.day(), zh, en));
        }
        Ok(vec![decided])
    }

    fn may_come(case: &Case) -> bool {
        case.suspicion == Suspicion::ToTransfer
    }
}

impl Asked for PoliceAnswered {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.ever()?;
        expect(cx, &[Suspicion::WithPolice])?;
        let mut decided = Decided::plain(self.clone().dated(cx.act.at)).clock(stop(cx, POLICE));
        if !self.filed {
            decided = resumed(cx, decided);
        }
        Ok(vec![decided])
    }

    fn may_come(case: &Case) -> bool {
        case.suspicion == Suspicion::WithPolice
    }
}

impl Asked for CaseReturned {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.open()?;
        expect(cx, &[Suspicion::WithPolice, Suspicion::Criminal])?;
        let mut decided = Decided::plain(self.clone().dated(cx.act.at));
        if cx.case.suspicion == Suspicion::WithPolice {
            decided = decided.clock(stop(cx, POLICE));
        }
        Ok(vec![resumed(cx, decided)])
    }

    fn may_come(case: &Case) -> bool {
        case.is_open() && matches!(case.suspicion, Suspicion::WithPolice | Suspicion::Criminal)
    }
}

/// What the agency owes while a suspicion of crime is open.
pub(super) fn owed(suspicion: Suspicion) -> Option<Owed> {
    match suspicion {
        Suspicion::Reported => Some(Owed::keyed(&EN_TRANSFER, DECIDE)),
        Suspicion::ToTransfer => Some(Owed::keyed(&EN_TRANSFER, SEND)),
        Suspicion::None | Suspicion::WithPolice | Suspicion::Criminal => None,
    }
}

fn resumed(cx: &Context<'_>, decided: Decided<CaseEvent>) -> Decided<CaseEvent> {
    if !ninety_runs(cx) || cx.case.suspended {
        return decided;
    }
    let on = cx.day().tomorrow().unwrap_or(cx.day());
    decided.clock(ClockChange::resume(EN_NINETY.id, on))
}

/// Whether the ninety days are an open clock of this case.
fn ninety_runs(cx: &Context<'_>) -> bool {
    cx.case.is_undecided() && cx.case.filed.as_ref().is_some_and(|f| f.procedure == Procedure::Ordinary)
}

fn stop(cx: &Context<'_>, key: &str) -> ClockChange {
    ClockChange::Stopped { clock: ClockChange::name(&EN_TRANSFER, key), at: cx.act.at }
}

fn expect(cx: &Context<'_>, allowed: &[Suspicion]) -> Result<(), Refusal> {
    if allowed.contains(&cx.case.suspicion) {
        return Ok(());
    }
    let (zh, en) = match cx.case.suspicion {
        Suspicion::None => ("没有报告涉嫌犯罪；请先报告", "no crime has been reported; report it first"),
        Suspicion::Reported => ("已报告涉嫌犯罪，等待负责人决定", "the report awaits the head's decision"),
        Suspicion::ToTransfer => ("已决定移送，等待移送公安机关", "the case is to be handed to the police"),
        Suspicion::WithPolice => ("案件已移送，等待公安机关答复", "the police have the case and have not answered"),
        Suspicion::Criminal => ("公安机关已经立案", "the police have filed a criminal case"),
    };
    Err(Refusal::state(
        "TRANSFER_STAGE",
        format!("移送尚不能走这一步：{zh}"),
        format!("the transfer is not at this step: {en}"),
    ))
}
