//! Payment, surcharge, deferral, appeal, demand, court.

use jiff::civil::Date;
use law::period::Period;
use proto::{
    common::v1::LeftOpen,
    enforcement::v1::{
        self as wire, AppealKind, CloseReason, PayChannel, RecordStage, ServiceMethod, SpotGround, StayedBy,
    },
};

use crate::demo::{days, flaw::Flaw, words, writer::Writer};

impl Writer<'_> {
    /// From service to the end of execution; answers why the case may be closed, or nothing when it may not yet.
    pub(super) fn perform(&mut self, served: Date) -> Option<CloseReason> {
        if self.fine() > 0 {
            let ended = self.money(served);
            if ended != Some(CloseReason::Performed) {
                return ended;
            }
        }
        if self.m.other_than_fine() {
            self.after(0, 5);
            let what = format!("当事人已履行：{}", words::penalties(self.m));
            let officer = self.officer();
            self.step(officer, wire::RecordPerformanceRequest { case_id: self.id(), what, ..Default::default() });
        }
        self.later(5, 40);
        self.record(RecordStage::Execution, "执行情况记录");
        Some(CloseReason::Performed)
    }

    fn money(&mut self, served: Date) -> Option<CloseReason> {
        let last = days::due(served, Period::CalendarDays(15));
        match self.flaw {
            Some(Flaw::HighSurcharge) => return self.pay_late(last),
            Some(Flaw::EarlyCourt) => return self.court(served, last),
            Some(_) => {}
            None => match self.chance.between(0, 99) {
                0..=3 => return self.defer(last),
                4..=7 => return self.pay_late(last),
                8..=10 => return self.court(served, last),
                11..=13 => return self.appeal(),
                // Round a holiday publication may take as long as payment: then it is late.
                _ if self.day() > last => return self.pay_late(last),
                _ => {}
            },
        }
        self.by(last);
        self.pay(self.fine(), 0);
        Some(CloseReason::Performed)
    }

    /// Money comes in at the bank; an unlawful way may be tried or reported.
    pub(super) fn pay(&mut self, amount_fen: i64, surcharge_fen: i64) {
        let channel = if self.chance.percent(60) { PayChannel::Bank } else { PayChannel::Electronic };
        let request = wire::RecordPaymentRequest {
            case_id: self.id(),
            amount_fen,
            surcharge_fen,
            channel: channel.into(),
            receipt: format!("代收罚款收据{:08}（示例）", self.chance.between(1, 99_999_999)),
            ..Default::default()
        };
        let officer = self.officer();
        let by_hand = wire::RecordPaymentRequest {
            channel: PayChannel::OnSpot.into(),
            collector: self.m.officers[0].code.clone(),
            spot_ground: SpotGround::Unspecified.into(),
            ..request.clone()
        };
        match self.flaw {
            Some(Flaw::SelfCollected) => self.refused(officer.clone(), by_hand, Flaw::SelfCollected.rule()),
            Some(Flaw::NoReceipt) => {
                let tried = wire::RecordPaymentRequest { receipt: String::new(), ..request.clone() };
                self.refused(officer.clone(), tried, Flaw::NoReceipt.rule());
            }
            Some(Flaw::ReportedSelfCollected) => {
                let reason = "款项由执法人员自行保管，未交机关（示例）".to_owned();
                self.left.push(LeftOpen { what: "EN-SPOT-CASH:agency".to_owned(), reason });
                return self.broken(officer, by_hand, vec!["EN-SEPARATE"]);
            }
            _ => {}
        }
        self.step(officer, request);
    }

    /// Put off, and paid in two parts (APL 66).
    fn defer(&mut self, last: Date) -> Option<CloseReason> {
        self.by(days::working_until(days::add(last, -3)));
        let until = days::working_from(days::add(last, self.chance.between(30, 90)));
        let half = self.fine() / 20_000 * 10_000;
        let part = |due: Date, amount_fen| wire::Instalment { due: due.to_string(), amount_fen };
        let parts = [part(days::add(until, -7), half), part(until, self.fine() - half)];
        let request = wire::DeferPaymentRequest {
            case_id: self.id(),
            until: until.to_string(),
            approved_by: self.head(),
            applied_on: self.day().to_string(),
            hardship: "近三个月经营亏损，提交了账簿（示例）".to_owned(),
            parts: if half > 0 { parts.to_vec() } else { vec![] },
            ..Default::default()
        };
        self.step(self.chief(), request);
        self.after(3, 20);
        if half > 0 {
            self.pay(half, 0);
        }
        self.by(until);
        self.pay(self.fine() - half, 0);
        Some(CloseReason::Performed)
    }

    /// Paid late, with 3 % for each day (APL 72).
    fn pay_late(&mut self, last: Date) -> Option<CloseReason> {
        let paid = days::working_from(days::add(last, self.chance.between(4, 25)));
        self.on(paid);
        let late = self.day().duration_until(last).abs().as_hours() / 24;
        let days = late.min(33);
        let amount_fen = self.fine() * 3 * days / 100;
        let request = wire::ImposeSurchargeRequest {
            case_id: self.id(),
            days: u32::try_from(days).unwrap_or(0),
            amount_fen,
            ..Default::default()
        };
        if self.has(Flaw::HighSurcharge) {
            let tried = wire::ImposeSurchargeRequest { amount_fen: self.fine() * 2, ..request.clone() };
            self.refused(self.chief(), tried, Flaw::HighSurcharge.rule());
        }
        self.step(self.chief(), request);
        self.later(10, 60);
        self.pay(self.fine(), amount_fen);
        Some(CloseReason::Performed)
    }

    /// Not paid: demanded, and after the periods of appeal the court is applied to (ACL 53, 54).
    fn court(&mut self, served: Date, last: Date) -> Option<CloseReason> {
        self.on(days::add_working(last, 5));
        let court = wire::ApplyToCourtRequest {
            case_id: self.id(),
            court: "抚远市人民法院".to_owned(),
            document: "行政强制执行申请书（示例）".to_owned(),
            ..Default::default()
        };
        if self.has(Flaw::EarlyCourt) {
            self.refused(self.chief(), court.clone(), Flaw::EarlyCourt.rule());
        }
        // A demand some weeks before the period of litigation ends.
        let appeals_end = days::due(served, Period::Months(6));
        let demanded = days::add(appeals_end, -self.chance.between(20, 40));
        self.on(days::working_until(demanded));
        let request = wire::ServeDemandRequest {
            case_id: self.id(),
            text: format!("请自收到本催告书之日起十个工作日内缴纳罚款{}元", self.fine() / 100),
            method: ServiceMethod::Direct.into(),
            perform_by: days::add_working(self.day(), 10).to_string(),
            delivery: Some(self.delivery(ServiceMethod::Direct, self.day())),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer.clone(), request);
        let earliest = days::add(appeals_end.max(days::add_working(self.day(), 10)), 1);
        let applied = days::add(earliest, self.chance.between(1, 30));
        self.on(days::working_from(applied));
        self.step(self.chief(), court);
        self.after(5, 25);
        let request = wire::RecordCourtAnswerRequest {
            case_id: self.id(),
            accepted: true,
            outcome: "裁定准予强制执行（示例）".to_owned(),
            ..Default::default()
        };
        self.step(officer, request);
        self.after(10, 40);
        self.record(RecordStage::Execution, "法院执行情况记录");
        Some(CloseReason::CourtExecuted)
    }

    /// The party asks for reconsideration: most decisions stand, a few fall.
    fn appeal(&mut self) -> Option<CloseReason> {
        self.after(5, 14);
        let reference = format!("抚政复〔{}〕{}号（虚构）", self.day().year(), self.chance.between(1, 90));
        let officer = self.officer();
        let request = wire::LodgeAppealRequest {
            case_id: self.id(),
            kind: AppealKind::Reconsideration.into(),
            reference: reference.clone(),
            ..Default::default()
        };
        self.step(officer.clone(), request);
        if self.chance.percent(40) {
            self.later(20, 90);
            let request = wire::StayExecutionRequest {
                case_id: self.id(),
                reference: reference.clone(),
                by: StayedBy::Organ.into(),
                provision: "《行政复议法》第四十二条第三项".to_owned(),
                reason: "申请人提出执行后难以恢复，要求合理（示例）".to_owned(),
                ..Default::default()
            };
            self.step(officer.clone(), request);
        }
        self.after(35, 58);
        let stands = self.chance.percent(70);
        let outcome = if stands { "维持" } else { "撤销" }.to_owned();
        let request =
            wire::EndAppealRequest { case_id: self.id(), reference: reference.clone(), outcome, ..Default::default() };
        self.step(officer.clone(), request);
        if stands {
            self.after(3, 12);
            self.pay(self.fine(), 0);
            return Some(CloseReason::Performed);
        }
        self.later(10, 40);
        let request = wire::OverturnDecisionRequest {
            case_id: self.id(),
            outcome: "revoked".to_owned(),
            by: "抚远市人民政府（示例）".to_owned(),
            document: reference,
            ..Default::default()
        };
        self.step(officer.clone(), request);
        self.after_working(1, 3);
        let reason = "处罚决定已被行政复议决定撤销".to_owned();
        self.step(officer, wire::WithdrawPublicationRequest { case_id: self.id(), reason, ..Default::default() });
        self.later(5, 30);
        self.record(RecordStage::Execution, "决定撤销后的处理记录");
        Some(CloseReason::Revoked)
    }
}
