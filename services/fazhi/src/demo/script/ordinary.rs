//! Cases in the ordinary procedure, from filing to archive.

use proto::enforcement::v1::{self as wire, CloseReason, NoPenaltyGround, Procedure, RecordStage};

use crate::demo::{flaw::Flaw, writer::Writer};

/// A case with a penalty.
pub(in crate::demo) fn ordinary(w: &mut Writer<'_>) {
    w.file(Procedure::Ordinary);
    if w.has(Flaw::LateEntry) {
        w.late_days = w.chance.between(12, 35);
    }
    w.investigate();
    if w.has(Flaw::Stalled) {
        return;
    }
    if w.has(Flaw::LateDecision) {
        w.after(92, 125);
    } else {
        w.after(1, 9);
    }
    w.conclude();
    if w.has(Flaw::NoNotice) {
        w.later(20, 60);
        w.try_decision();
    }
    punish(w);
}

/// From the proposal to the archive.
pub(super) fn punish(w: &mut Writer<'_>) {
    if !w.has(Flaw::ExemptionIgnored) {
        w.consider_exemption(false);
    }
    w.after(0, 4);
    if !w.has(Flaw::ReportedWithoutNotice) {
        w.tell_and_hear();
    }
    if !w.has(Flaw::ReportedUnreviewed) {
        w.review_and_deliberate();
    }
    w.after_working(1, 3);
    let decided = w.decide();
    let served = w.serve();
    w.publicise(decided, served);
    w.file_upward();
    w.late_days = 0;
    let Some(reason) = w.perform(served) else { return };
    w.after(1, 12);
    let broken = match w.flaw {
        Some(f @ (Flaw::MissingRecords | Flaw::AssistanceUnanswered | Flaw::NotReportedUpward)) => vec![f.rule()],
        _ => vec![],
    };
    w.close(reason, broken);
}

/// A case that ends without a penalty (APL 33).
pub(in crate::demo) fn withheld(w: &mut Writer<'_>) {
    w.file(Procedure::Ordinary);
    w.investigate();
    w.after(1, 6);
    w.conclude();
    w.consider_exemption(true);
    w.after(1, 5);
    let request = wire::WithholdPenaltyRequest {
        case_id: w.id(),
        ground: w.chance.one([NoPenaltyGround::FirstAndSlight, NoPenaltyGround::SlightAndCorrected]).into(),
        reason: "初次违法，危害后果轻微，已当场改正".to_owned(),
        education: "当面讲解有关规定，签订合规承诺书".to_owned(),
        decided_by: w.head(),
        ..Default::default()
    };
    w.step(w.chief(), request);
    w.later(5, 30);
    w.record(RecordStage::Decision, "不予行政处罚决定审批表");
    w.serve();
    w.after(1, 10);
    w.close(CloseReason::NotPunished, vec![]);
}

/// A second case about an act that has been fined already: refused, and withdrawn.
pub(in crate::demo) fn second_fine(w: &mut Writer<'_>) {
    w.file(Procedure::Ordinary);
    w.investigate();
    w.after(1, 6);
    w.conclude();
    w.consider_exemption(false);
    w.after(0, 3);
    w.tell_and_hear();
    w.after_working(1, 3);
    w.try_decision();
    w.after(1, 3);
    w.close(CloseReason::CaseWithdrawn, vec![]);
}
