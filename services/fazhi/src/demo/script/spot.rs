//! Decisions on the spot (APL 51–53).

use proto::enforcement::v1::{
    self as wire, CloseReason, PayChannel, PenaltyKind, Procedure, RecordStage, ServiceMethod, SpotGround,
};

use crate::demo::{days, flaw::Flaw, words, writer::Writer};

/// A case in the simple procedure.
pub(in crate::demo) fn spot(w: &mut Writer<'_>) {
    let officer = w.officer();
    w.file(Procedure::Simple);
    w.later(3, 8);
    w.gather(0);
    w.later(2, 6);
    w.record(RecordStage::Investigation, "当场处罚执法记录仪录像说明");
    w.later(2, 6);
    let request = wire::NotifyPenaltyRequest {
        case_id: w.id(),
        facts: words::facts(w.m),
        reasons: words::reasons(w.m),
        bases: vec![w.m.item.basis.clone()],
        penalties: w.m.penalties.clone(),
        statement_right_told: true,
        method: ServiceMethod::Direct.into(),
        ..Default::default()
    };
    w.step(officer.clone(), request);
    w.later(2, 6);
    let how = "当事人当场表示不陈述、不申辩".to_owned();
    w.step(officer.clone(), wire::WaiveStatementRequest { case_id: w.id(), how, ..Default::default() });
    w.later(2, 6);
    let mut request = w.decision();
    request.decided_by = w.m.officers[0].name.clone();
    if w.has(Flaw::TooMuchOnTheSpot) {
        let raise = |p: &wire::Penalty| wire::Penalty {
            kind: PenaltyKind::Fine.into(),
            amount_fen: Some(800_000),
            ..p.clone()
        };
        let tried = wire::DecidePenaltyRequest {
            penalties: w.m.penalties.iter().take(1).map(raise).collect(),
            ..request.clone()
        };
        w.refused(officer.clone(), tried, Flaw::TooMuchOnTheSpot.rule());
        // The document was handed in for the attempt; the right one names the same.
    }
    w.step(officer.clone(), request);
    w.at_once(2, 6);
    w.record(RecordStage::Decision, "当场处罚决定书存根");
    let request = wire::ServeDecisionRequest {
        case_id: w.id(),
        method: ServiceMethod::Direct.into(),
        receipt: "当场交付，当事人签收".to_owned(),
        delivery: Some(w.delivery(ServiceMethod::Direct, w.day())),
        ..Default::default()
    };
    w.step(officer.clone(), request);
    let served = w.day();
    w.at_once(2, 6);
    w.record(RecordStage::Service, "当场交付记录");
    let reported = !w.has(Flaw::SpotUnreported);
    let cash = w.m.fine() > 0 && w.chance.percent(18);
    if cash {
        pay_cash(w, reported);
    } else {
        if reported {
            report(w);
        }
        if w.m.fine() > 0 {
            w.by(days::due(served, law::period::Period::CalendarDays(15)));
            w.pay(w.m.fine(), 0);
        }
    }
    w.after(1, 10);
    let broken = if reported { vec![] } else { vec![Flaw::SpotUnreported.rule()] };
    w.close(CloseReason::Performed, broken);
}

fn report(w: &mut Writer<'_>) {
    w.after_working(0, 2);
    let request =
        wire::ReportSpotDecisionRequest { case_id: w.id(), to: w.m.agency.name.clone(), ..Default::default() };
    let officer = w.officer();
    w.step(officer, request);
}

/// Cash taken on the spot, within two working days at the agency and within two more at the bank (APL 71).
fn pay_cash(w: &mut Writer<'_>, reported: bool) {
    let officer = w.officer();
    let amount_fen = w.m.fine();
    let ground = if amount_fen <= 10_000 { SpotGround::UpTo100Yuan } else { SpotGround::HardAfterwards };
    w.at_once(2, 6);
    let request = wire::RecordPaymentRequest {
        case_id: w.id(),
        amount_fen,
        channel: PayChannel::OnSpot.into(),
        collector: w.m.officers[0].code.clone(),
        spot_ground: ground.into(),
        receipt: format!("当场罚款专用票据{:08}（示例）", w.chance.between(1, 99_999_999)),
        ..Default::default()
    };
    w.step(officer.clone(), request);
    w.after_working(0, 2);
    w.step(officer.clone(), wire::DeliverCashRequest { case_id: w.id(), amount_fen, ..Default::default() });
    if reported {
        report(w);
    }
    // The two working days of the agency run from the delivery; the report has taken some of them.
    w.later(10, 60);
    let receipt = format!("银行缴款回单{:08}（示例）", w.chance.between(1, 99_999_999));
    w.step(officer, wire::BankCashRequest { case_id: w.id(), amount_fen, receipt, ..Default::default() });
}
