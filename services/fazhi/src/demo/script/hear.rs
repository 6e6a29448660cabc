//! Notice, statement and hearing.

use proto::enforcement::v1::{self as wire, ServiceMethod, StatementOutcome};

use crate::demo::{days, flaw::Flaw, words, writer::Writer};

impl Writer<'_> {
    /// The party is told, heard, and gets its hearing where it has the right to one.
    pub(super) fn tell_and_hear(&mut self) {
        self.notify();
        if self.has(Flaw::NotHeard) {
            self.later(20, 60);
            self.try_decision();
        }
        self.hear_statement();
        if self.major() {
            self.hearing();
        }
    }

    fn notify(&mut self) {
        let request = wire::NotifyPenaltyRequest {
            case_id: self.id(),
            facts: words::facts(self.m),
            reasons: words::reasons(self.m),
            bases: vec![self.m.item.basis.clone()],
            penalties: self.told(),
            statement_right_told: true,
            hearing_right_told: self.major(),
            method: ServiceMethod::Direct.into(),
            delivery: Some(self.delivery(ServiceMethod::Direct, self.day())),
            ..Default::default()
        };
        let officer = self.officer();
        if self.has(Flaw::NoHearingRight) {
            let tried = wire::NotifyPenaltyRequest { hearing_right_told: false, ..request.clone() };
            self.refused(officer.clone(), tried, Flaw::NoHearingRight.rule());
        }
        match [Flaw::ExemptionIgnored, Flaw::ReportedAboveTier].into_iter().find(|flaw| self.has(*flaw)) {
            Some(flaw) => self.broken(officer, request, vec![flaw.rule()]),
            None => self.step(officer, request),
        }
    }

    fn hear_statement(&mut self) {
        let heard = self.has(Flaw::NotHeard) || self.chance.percent(38);
        let officer = self.officer();
        if !heard {
            self.later(5, 30);
            let how = "当事人在告知书上签署“放弃陈述、申辩”".to_owned();
            self.step(officer, wire::WaiveStatementRequest { case_id: self.id(), how, ..Default::default() });
            return;
        }
        self.after(0, 3);
        let (outcome, reasons) = self.chance.one([
            (StatementOutcome::Rejected, "经复核，所述理由不影响违法事实的认定"),
            (StatementOutcome::Rejected, "经复核，所述情节已在裁量中考虑"),
            (StatementOutcome::PartlyAccepted, "经复核，采纳其积极整改的意见，维持原阶次"),
        ]);
        let request = wire::HearStatementRequest {
            case_id: self.id(),
            content: "当事人称系初犯且已整改，请求从轻处理".to_owned(),
            outcome: outcome.into(),
            reasons: reasons.to_owned(),
            ..Default::default()
        };
        self.step(officer, request);
    }

    /// Whether a hearing is held: asked for by few, and only where the time allows it.
    fn hearing(&mut self) {
        let forced = [Flaw::HearingDenied, Flaw::ShortHearingNotice, Flaw::InvestigatorHosts];
        let forced = forced.iter().any(|f| self.has(*f));
        let officer = self.officer();
        if !forced && (self.room() < 45 || !self.chance.percent(30)) {
            if self.chance.percent(75) {
                self.later(5, 40);
                let how = "当事人在告知书上签署“放弃听证”".to_owned();
                self.step(officer, wire::WaiveHearingRequest { case_id: self.id(), how, ..Default::default() });
            } else {
                // Nobody asks: the five working days are waited for.
                self.after_working(6, 8);
            }
            return;
        }
        // The five days run from the notice, a day or so before the statement.
        self.after_working(0, 1);
        self.step(officer.clone(), wire::RequestHearingRequest { case_id: self.id(), ..Default::default() });
        if self.has(Flaw::HearingDenied) {
            self.later(30, 90);
            self.try_decision();
        }
        self.hold_hearing();
    }

    fn hold_hearing(&mut self) {
        self.after_working(1, 2);
        let told_on = self.day();
        let hour = i8::try_from(self.chance.between(9, 15)).unwrap_or(9);
        let at = |day: jiff::civil::Date| {
            let seconds = days::instant(day.at(hour, 0, 0, 0)).as_second();
            Some(prost_types::Timestamp { seconds, nanos: 0 })
        };
        let count = u32::try_from(self.chance.between(8, 10)).unwrap_or(8);
        let held_on = days::add_working(told_on, count);
        let host = self.m.staff.host.code.clone();
        let request = wire::NotifyHearingRequest {
            case_id: self.id(),
            hearing_at: at(held_on),
            place: format!("{}听证室", self.m.agency.name),
            host: host.clone(),
            public: true,
            method: ServiceMethod::Direct.into(),
            delivery: Some(self.delivery(ServiceMethod::Direct, told_on)),
            ..Default::default()
        };
        let officer = self.officer();
        if self.has(Flaw::ShortHearingNotice) {
            let tried = wire::NotifyHearingRequest { hearing_at: at(days::add_working(told_on, 4)), ..request.clone() };
            self.refused(officer.clone(), tried, Flaw::ShortHearingNotice.rule());
        }
        if self.has(Flaw::InvestigatorHosts) {
            let tried = wire::NotifyHearingRequest { host: self.m.officers[0].code.clone(), ..request.clone() };
            self.refused(officer.clone(), tried, Flaw::InvestigatorHosts.rule());
        }
        self.step(officer.clone(), request);
        let minutes = i8::try_from(self.chance.between(20, 55)).unwrap_or(30);
        self.now = held_on.at(hour + 1, minutes, 0, 0);
        let record = words::document("听证笔录", self.m, "双方质证、辩论，当事人核对无误后签字。");
        let request = wire::HoldHearingRequest {
            case_id: self.id(),
            host,
            record_sha256: self.object(record),
            signed: true,
            opinion: "违法事实清楚、证据确凿，拟作出的处罚适当".to_owned(),
            presented_ids: self.evidence.clone(),
            examined: Some(true),
            ..Default::default()
        };
        self.step(officer, request);
    }
}
