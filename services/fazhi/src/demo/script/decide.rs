//! Legal review, discussion, decision, service, publication.

use lists::facts::{Bounds, Outcome, PenaltyKind};
use proto::{
    common::v1 as common,
    enforcement::v1::{self as wire, RecordStage, ServiceMethod, Taker},
};

use crate::demo::{
    days,
    flaw::Flaw,
    penalty::{fine_of, larger, on_wire},
    step::Seat,
    words,
    writer::Writer,
};

impl Writer<'_> {
    /// What is told and decided: above the tier where a report says so.
    pub(super) fn told(&self) -> Vec<wire::Penalty> {
        if self.has(Flaw::ReportedAboveTier) { self.above_tier() } else { self.m.penalties.clone() }
    }

    /// The fine that is owed.
    pub(super) fn fine(&self) -> i64 {
        fine_of(&self.told())
    }

    /// Whether what is told gives the right to a hearing, and makes the decision a major one (APL 58, 63).
    pub(super) fn major(&self) -> bool {
        larger(&self.told(), self.m.organisation)
    }

    /// The penalties with a fine above everything the item gives.
    fn above_tier(&self) -> Vec<wire::Penalty> {
        let highest = |line: &Outcome| match line.bounds(&self.m.findings) {
            Bounds::Fen(_, high) => Some(high),
            _ => None,
        };
        let lines = self.m.item.outcomes.iter().chain(self.m.item.tiers.iter().flat_map(|tier| &tier.outcomes));
        let most = lines.filter(|line| line.kind == PenaltyKind::Fine).filter_map(highest).max();
        let above = most.unwrap_or(self.m.fine()) + 500_000;
        let raise = |p: &wire::Penalty| match p.kind() {
            common::PenaltyKind::Fine => wire::Penalty { amount_fen: Some(above), ..p.clone() },
            _ => p.clone(),
        };
        self.m.penalties.iter().map(raise).collect()
    }

    /// The decision as the law wants it.
    pub(super) fn decision(&mut self) -> wire::DecidePenaltyRequest {
        let text = words::document("行政处罚决定书", self.m, &words::penalties(self.m));
        wire::DecidePenaltyRequest {
            case_id: self.id(),
            penalties: self.told(),
            tier: self.m.tier.code().to_owned(),
            facts: words::facts(self.m),
            evidence_ids: self.evidence.clone(),
            bases: vec![self.m.item.basis.clone()],
            performance: words::performance(self.m),
            appeal: words::APPEAL.to_owned(),
            decided_by: self.head(),
            address_stated: true,
            sealed: true,
            document_sha256: self.object(text),
            findings: Some(on_wire(&self.m.findings)),
            ..Default::default()
        }
    }

    /// A decision at the wrong moment, refused under the flaw's rule.
    pub(super) fn try_decision(&mut self) {
        let rule = self.flaw.map_or("", Flaw::rule);
        let tried = self.decision();
        self.refused(self.chief(), tried, rule);
    }

    /// What a major decision needs before it is made.
    pub(super) fn review_and_deliberate(&mut self) {
        if !self.major() {
            return;
        }
        self.after_working(1, 3);
        if self.has(Flaw::NoReview) {
            self.try_decision();
        }
        let reviewer = self.m.staff.reviewer;
        let seat = Seat::Reviewer(reviewer.code.clone(), reviewer.name.clone());
        let since = if reviewer.legal_qualification { "" } else { "2016-03-01" };
        let request = wire::ReviewLegallyRequest {
            case_id: self.id(),
            reviewer: reviewer.code.clone(),
            passed: true,
            opinion: "事实清楚，证据充分，程序合法，裁量适当，同意".to_owned(),
            reviewing_since: since.to_owned(),
            ..Default::default()
        };
        if self.has(Flaw::WrongReviewer) {
            let host = self.m.staff.host.code.clone();
            let tried =
                wire::ReviewLegallyRequest { reviewer: host, reviewing_since: String::new(), ..request.clone() };
            self.refused(seat.clone(), tried, Flaw::WrongReviewer.rule());
        }
        self.step(seat, request);
        self.later(10, 40);
        self.record(RecordStage::Review, "法制审核意见书");
        self.after_working(1, 2);
        if self.has(Flaw::NoDeliberation) {
            self.try_decision();
        }
        let minutes = words::form("集体讨论记录", self.m);
        let request = wire::DeliberateRequest {
            case_id: self.id(),
            members: self.heads(),
            conclusion: format!("同意{}", words::penalties(self.m)),
            minutes_sha256: self.object(minutes),
            result: wire::DiscussionResult::Penalise.into(),
            ..Default::default()
        };
        self.step(self.chief(), request);
    }

    /// The head decides; answers on which day.
    pub(super) fn decide(&mut self) -> jiff::civil::Date {
        let mut request = self.decision();
        if let Some((seat, tried)) = self.wrong_decision(&request) {
            self.refused(seat, tried, self.flaw.map_or("", Flaw::rule));
            request = self.decision();
        }
        let broken: &[&'static str] = match self.flaw {
            Some(Flaw::ReportedWithoutNotice) => &["EN-NOTICE", "EN-STATEMENT"],
            Some(Flaw::ReportedUnreviewed) => &["EN-REVIEW", "EN-COLLECTIVE"],
            Some(Flaw::ReportedAboveTier) => &["EN-RANGE"],
            _ => &[],
        };
        if broken.is_empty() {
            self.step(self.chief(), request);
        } else {
            self.broken(self.chief(), request, broken.to_vec());
        }
        let decided = self.day();
        self.later(5, 30);
        self.record(RecordStage::Decision, "行政处罚决定审批表");
        decided
    }

    fn wrong_decision(&self, right: &wire::DecidePenaltyRequest) -> Option<(Seat, wire::DecidePenaltyRequest)> {
        let mut tried = right.clone();
        let mut seat = self.chief();
        match self.flaw? {
            Flaw::AboveTier => tried.penalties = self.above_tier(),
            Flaw::OfficerDecides => seat = self.officer(),
            Flaw::IncompleteDecision => tried.appeal = String::new(),
            Flaw::NoEvidence => tried.evidence_ids.clear(),
            _ => return None,
        }
        Some((seat, tried))
    }

    /// The decision reaches the party; answers on which day.
    pub(super) fn serve(&mut self) -> jiff::civil::Date {
        let sent = self.day();
        if self.has(Flaw::LateService) {
            self.after_working(10, 22);
        } else if self.chance.percent(55) {
            self.later(10, 60);
        } else {
            self.after_working(1, 5);
        }
        let (method, consent) = match self.chance.between(0, 9) {
            0..=6 => (ServiceMethod::Direct, ""),
            7 => (ServiceMethod::Lien, ""),
            8 => (ServiceMethod::Post, ""),
            _ => (ServiceMethod::Electronic, "当事人签署的电子送达确认书"),
        };
        let request = wire::ServeDecisionRequest {
            case_id: self.id(),
            method: method.into(),
            receipt: "送达回证".to_owned(),
            consent: consent.to_owned(),
            delivery: Some(self.delivery(method, sent)),
            ..Default::default()
        };
        let officer = self.officer();
        if self.has(Flaw::ElectronicWithoutConsent) {
            let method = ServiceMethod::Electronic.into();
            let tried =
                wire::ServeDecisionRequest { method, consent: String::new(), delivery: None, ..request.clone() };
            self.refused(officer.clone(), tried, Flaw::ElectronicWithoutConsent.rule());
        }
        self.step(officer, request);
        let served = self.day();
        self.later(5, 20);
        self.record(RecordStage::Service, "送达过程记录");
        served
    }

    /// How it was served today, as its way needs it told.
    pub(super) fn delivery(&self, method: ServiceMethod, sent: jiff::civil::Date) -> wire::Delivery {
        let taken = if self.m.organisation { Taker::Representative } else { Taker::Party };
        let day = |day: jiff::civil::Date| day.to_string();
        let (through, received) = match method {
            ServiceMethod::Post => ("特快专递（示例邮件号）", day(self.day())),
            ServiceMethod::Electronic => ("确认书载明的电子邮箱（示例）", day(self.day())),
            _ => ("当事人住所地", String::new()),
        };
        let left = method == ServiceMethod::Lien;
        wire::Delivery {
            through: through.to_owned(),
            taken_by: if left { Taker::Unspecified } else { taken }.into(),
            signed: !left,
            refused: if left { "当事人拒绝签收".to_owned() } else { String::new() },
            witnesses: if left { vec!["社区居民委员会工作人员（示例）".to_owned()] } else { Vec::new() },
            sent_on: if method == ServiceMethod::Post { day(sent) } else { String::new() },
            received_on: received,
            ..Default::default()
        }
    }

    /// The decision is put on the web, within 7 working days of being made.
    pub(super) fn publicise(&mut self, decided: jiff::civil::Date, served: jiff::civil::Date) {
        if self.has(Flaw::Unpublicised) {
            return;
        }
        let last = days::add_working(decided, 7);
        if self.has(Flaw::LatePublication) {
            self.on(last);
            self.after_working(3, 20);
        } else {
            // Not after the party has paid.
            self.by(last.min(days::add(served, 8)));
        }
        let url = format!("https://www.example.gov.cn/fuyuan/xzcf/{}", self.id());
        let officer = self.officer();
        self.step(officer, wire::PubliciseDecisionRequest { case_id: self.id(), url, ..Default::default() });
    }

    /// A major penalty is reported upward.
    pub(super) fn file_upward(&mut self) {
        if !self.major() || self.has(Flaw::NotReportedUpward) {
            return;
        }
        self.after_working(0, 3);
        let request = wire::FileUpwardRequest {
            case_id: self.id(),
            to: "抚远市人民政府（示例）".to_owned(),
            document: format!("重大行政处罚备案报告（{}年，示例）", self.day().year()),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer, request);
    }
}
