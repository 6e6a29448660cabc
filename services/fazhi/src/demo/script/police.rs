//! Suspected crimes (APL 27, CTR).

use proto::enforcement::v1::{self as wire, CloseReason, Procedure};

use super::ordinary::punish;
use crate::demo::{days, flaw::Flaw, writer::Writer};

/// A case that goes to the police; most stay there, some come back for a penalty.
pub(in crate::demo) fn transferred(w: &mut Writer<'_>) {
    w.file(Procedure::Ordinary);
    w.investigate();
    w.after(1, 5);
    w.conclude();
    w.later(10, 60);
    let officer = w.officer();
    let request = wire::SuspectCrimeRequest {
        case_id: w.id(),
        suspected: "涉案数额可能达到刑事立案追诉标准".to_owned(),
        reported_by: w.m.officers[0].name.clone(),
        ..Default::default()
    };
    w.step(officer.clone(), request);
    if w.has(Flaw::InsteadOfTransfer) {
        w.later(20, 60);
        w.try_decision();
    }
    if w.has(Flaw::LateTransfer) {
        w.on(days::working_from(days::add(w.day(), 7)));
    } else {
        // Three natural days that end on a working day: on the next working day at the latest.
        w.by(days::working_until(days::add(w.day(), 3)));
    }
    let request = wire::DecideTransferRequest {
        case_id: w.id(),
        transfer: true,
        decided_by: w.head(),
        reason: "涉嫌犯罪，应当移送".to_owned(),
        ..Default::default()
    };
    w.step(w.chief(), request);
    w.now = w.now.saturating_add(jiff::ToSpan::minutes(w.chance.between(60, 240)));
    let request = wire::TransferCaseRequest {
        case_id: w.id(),
        to: "抚远市公安局".to_owned(),
        document: "涉嫌犯罪案件移送书（示例）".to_owned(),
        ..Default::default()
    };
    w.step(officer.clone(), request);
    w.by(days::working_until(days::add(w.day(), 3)));
    let filed = w.chance.percent(60);
    let reason = if filed { "决定立案侦查" } else { "未达到追诉标准，不予立案" }.to_owned();
    w.step(officer, wire::RecordPoliceAnswerRequest { case_id: w.id(), filed, reason, ..Default::default() });
    if filed {
        w.after(1, 10);
        w.close(CloseReason::Transferred, vec![]);
    } else {
        w.after(1, 4);
        punish(w);
    }
}
