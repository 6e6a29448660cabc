//! Evidence, preservation, measures, assistance, recusal, and the end of the investigation.

use lists::facts::CompulsionKind;
use proto::{
    common::v1::{LeftOpen, ObjectKind},
    enforcement::v1::{self as wire, EvidenceKind, MeasureKind, PeriodUnit, RecordStage},
};

use crate::demo::{days, flaw::Flaw, penalty::on_wire, words, writer::Writer};

/// What an investigation gathers, with its source.
const EVIDENCE: &[(EvidenceKind, &str, &str)] = &[
    (EvidenceKind::SiteRecord, "现场检查笔录", "现场检查，当事人在场签字"),
    (EvidenceKind::PartyStatement, "当事人询问笔录", "询问当事人，逐页签字"),
    (EvidenceKind::AudioVisual, "现场照片及执法记录仪录像", "执法人员现场拍摄"),
    (EvidenceKind::Documentary, "当事人主体资格证明及相关单据复印件", "当事人提供，核对无异"),
    (EvidenceKind::Testimony, "证人证言", "现场工作人员陈述"),
    (EvidenceKind::Electronic, "经营系统导出的电子数据", "当事人在场导出并确认"),
];

impl Writer<'_> {
    /// Everything from the first record to the proposal.
    pub(super) fn investigate(&mut self) {
        self.later(5, 40);
        self.record(RecordStage::Start, "立案审批表");
        self.beside();
        let count = self.chance.between(2, 4);
        for n in 0..count {
            if n > 0 {
                if self.chance.percent(60) { self.later(10, 60) } else { self.after(1, 5) }
            }
            self.gather(usize::try_from(n).unwrap_or(0));
        }
        self.preserve();
        self.take_measure();
        self.assist();
        if self.chance.permille(15) {
            self.exclude();
        }
        self.later(10, 60);
        self.record(RecordStage::Investigation, "调查取证过程记录");
    }

    /// One piece of evidence.
    pub(super) fn gather(&mut self, n: usize) {
        let (kind, title, source) = EVIDENCE[n % EVIDENCE.len()];
        // The first piece is the case's own.
        let bytes = if n == 0 { words::document(title, self.m, source) } else { words::form(title, self.m) };
        let id = self.part(&format!("evidence/{n}"));
        let object = wire::ObjectRef {
            size_bytes: bytes.len() as u64,
            sha256: self.object(bytes),
            media_type: words::TEXT.to_owned(),
        };
        let mut request = wire::CollectEvidenceRequest {
            case_id: self.id(),
            evidence_id: id.clone(),
            kind: kind.into(),
            title: title.to_owned(),
            source: source.to_owned(),
            officers: self.two(),
            object: Some(object),
            ..Default::default()
        };
        let officer = self.officer();
        if n == 0 && self.has(Flaw::UnreviewedDevice) {
            let device =
                wire::Device { device: "路口电子监控07号（虚构）".to_owned(), ..Default::default() };
            let tried = wire::CollectEvidenceRequest { device: Some(device), ..request.clone() };
            self.refused(officer.clone(), tried, Flaw::UnreviewedDevice.rule());
        }
        match self.flaw {
            Some(Flaw::ReportedOneOfficer) => {
                request.officers.truncate(1);
                self.broken(officer, request, vec!["OF-TWO"]);
            }
            Some(Flaw::ReportedExpired) if self.m.staff.uncertified.is_some() => {
                request.officers = self.with_uncertified();
                self.broken(officer, request, vec!["OF-CERT"]);
            }
            _ => self.step(officer, request),
        }
        self.evidence.push(id);
    }

    /// A recusal that is asked for and decided; an official's interference that is recorded.
    fn beside(&mut self) {
        if self.chance.permille(12) {
            self.after(1, 2);
            let officer = self.m.officers[1].code.clone();
            let request = wire::RequestRecusalRequest {
                case_id: self.id(),
                officer: officer.clone(),
                by: self.m.party_name.clone(),
                reason: "当事人称与其同住一村，曾有纠纷".to_owned(),
                ..Default::default()
            };
            let seat = self.officer();
            self.step(seat, request);
            self.after_working(1, 2);
            let decided = wire::DecideRecusalRequest {
                case_id: self.id(),
                officer,
                recused: false,
                decided_by: self.head(),
                reason: "经审查无直接利害关系，不影响公正执法".to_owned(),
                ..Default::default()
            };
            self.step(self.chief(), decided);
        }
        if self.chance.permille(4) {
            self.later(10, 60);
            let request = wire::RecordInterferenceRequest {
                case_id: self.id(),
                who: "某单位工作人员（虚构）".to_owned(),
                what: "来电要求从宽处理".to_owned(),
                reported_to: "抚远市司法局执法监督机构".to_owned(),
                ..Default::default()
            };
            let seat = self.officer();
            self.step(seat, request);
        }
    }

    /// 先行登记保存, settled within 7 working days.
    fn preserve(&mut self) {
        let late = self.has(Flaw::LatePreservation);
        let never = self.has(Flaw::UnsettledPreservation);
        if !late && !never && (self.room() < 65 || !self.chance.percent(9)) {
            return;
        }
        self.later(10, 60);
        let id = self.part("preservation");
        let request = wire::PreserveEvidenceRequest {
            case_id: self.id(),
            preservation_id: id.clone(),
            objects: format!("涉案物品{}件（清单附后）", self.chance.between(1, 30)),
            approved_by: self.head(),
            officers: self.two(),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer.clone(), request);
        if never {
            let reason = "物品保管人员调离，未作处理（示例）".to_owned();
            self.left.push(LeftOpen { what: format!("EN-PRESERVE:{id}"), reason });
            return;
        }
        if late {
            self.after_working(10, 16);
        } else {
            self.after_working(2, 7);
        }
        let request = wire::SettlePreservationRequest {
            case_id: self.id(),
            preservation_id: id,
            outcome: "登记保存的物品核实后返还当事人".to_owned(),
            ..Default::default()
        };
        self.step(officer, request);
    }

    /// A seizure with the head's approval, perhaps with testing, released within 30 days.
    fn take_measure(&mut self) {
        let Some(item) = self.m.measure else { return };
        let Some(line) = item.goods() else { return };
        let tried = self.has(Flaw::UnapprovedMeasure) || self.has(Flaw::LongMeasure);
        let late = self.has(Flaw::LateMeasure);
        if !tried && !late && (self.room() < 60 || !self.chance.percent(12)) {
            return;
        }
        self.later(20, 60);
        let id = self.part("measure");
        let approved_at = self.at();
        self.later(30, 90);
        let record = words::document("查封扣押现场笔录", self.m, "当事人在场，已听取陈述申辩。");
        let approved = prost_types::Timestamp { seconds: approved_at.as_second(), nanos: 0 };
        let days = |count| wire::Period { unit: PeriodUnit::CalendarDays.into(), count };
        // As long as the Act lets it last, or as the item's own article does.
        let lasting: u16 = match line.longest.as_ref().map(|longest| longest.period) {
            Some(law::period::Period::CalendarDays(own)) => own,
            Some(_) | None => 30,
        };
        let kind = match line.kind {
            CompulsionKind::Seal => MeasureKind::Seal,
            _ => MeasureKind::Seize,
        };
        let request = wire::TakeMeasureRequest {
            case_id: self.id(),
            measure_id: id.clone(),
            kind: kind.into(),
            item_code: item.code.clone(),
            touches: vec![ObjectKind::Goods.into()],
            objects: format!("涉案物品{}件（清单附后）", self.chance.between(1, 60)),
            officers: self.two(),
            approved_by: self.head(),
            approved_at: Some(approved),
            reasons_told: true,
            statement_heard: true,
            party_present: true,
            record_sha256: self.object(record),
            period: Some(days(lasting.into())),
            certificate_shown: Some(true),
            signed: Some(true),
            papers: "强制措施决定书和清单（示例）".to_owned(),
            ..Default::default()
        };
        let officer = self.officer();
        if self.has(Flaw::UnapprovedMeasure) {
            let tried = wire::TakeMeasureRequest { approved_by: String::new(), approved_at: None, ..request.clone() };
            self.refused(officer.clone(), tried, Flaw::UnapprovedMeasure.rule());
        }
        if self.has(Flaw::LongMeasure) {
            let tried = wire::TakeMeasureRequest { period: Some(days(60)), ..request.clone() };
            self.refused(officer.clone(), tried, Flaw::LongMeasure.rule());
        }
        self.step(officer.clone(), request);
        let last = days::add(self.day(), i64::from(lasting) - 1);
        let careful = days::add(self.day(), self.room() - 44);
        if !late && lasting == 30 && self.chance.percent(30) {
            self.test(&id);
        }
        if late {
            self.on(days::working_from(days::add(last, 9)));
        } else {
            self.by(days::working_until(last.min(careful)));
        }
        let request = wire::EndMeasureRequest {
            case_id: self.id(),
            measure_id: id,
            outcome: "作出处理决定，物品随案处理；无关物品当日返还".to_owned(),
            ..Default::default()
        };
        self.step(officer, request);
    }

    fn test(&mut self, measure: &str) {
        let what = "送有资质的检验机构检验（虚构）".to_owned();
        for begun in [true, false] {
            if begun {
                self.after(1, 2);
            } else {
                self.after(4, 8);
            }
            let mut request = wire::RecordTestingRequest {
                case_id: self.id(),
                measure_id: measure.to_owned(),
                begun,
                what: what.clone(),
                ..Default::default()
            };
            if begun {
                request.until = days::add(self.day(), 25).to_string();
                request.notice = "检验期间告知书（示例）".to_owned();
            }
            let officer = self.officer();
            self.step(officer, request);
        }
    }

    /// Help asked of another body, and its answer.
    fn assist(&mut self) {
        let unanswered = self.has(Flaw::AssistanceUnanswered);
        if !unanswered && (self.room() < 58 || !self.chance.percent(4)) {
            return;
        }
        self.later(10, 60);
        let id = self.part("assistance");
        let request = wire::RequestAssistanceRequest {
            case_id: self.id(),
            request_id: id.clone(),
            of: "同江市有关主管部门（示例）".to_owned(),
            what: "核实涉案物品的来源和上家的主体资格".to_owned(),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer.clone(), request);
        if unanswered {
            return;
        }
        self.after_working(3, 10);
        let request = wire::AnswerAssistanceRequest {
            case_id: self.id(),
            request_id: id,
            given: true,
            answer: "已核实，材料随函附送".to_owned(),
            ..Default::default()
        };
        self.step(officer, request);
    }

    /// One piece of evidence turns out not to count.
    fn exclude(&mut self) {
        if self.evidence.len() < 2 {
            return;
        }
        self.after(1, 3);
        let Some(evidence_id) = self.evidence.pop() else { return };
        let request = wire::ExcludeEvidenceRequest {
            case_id: self.id(),
            evidence_id,
            reason: "核对后与原件不一致，不作为定案根据".to_owned(),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer, request);
    }

    /// The proposal of the investigators, and a look at the exempt list.
    pub(super) fn conclude(&mut self) {
        let request = wire::ConcludeInvestigationRequest {
            case_id: self.id(),
            facts: words::facts(self.m),
            tier: self.m.tier.code().to_owned(),
            findings: Some(on_wire(&self.m.findings)),
            proposal: self.m.penalties.clone(),
            reasons: words::reasons(self.m),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer, request);
    }

    /// Whether the violation is exempt (APL 33).
    pub(super) fn consider_exemption(&mut self, applies: bool) {
        self.later(5, 30);
        let reason = match applies {
            true => "初次违法，危害后果轻微并及时改正，符合免罚清单",
            false => "不属于免罚清单所列情形",
        };
        let request = wire::ConsiderExemptionRequest {
            case_id: self.id(),
            applies,
            reason: reason.to_owned(),
            entries: self.m.item.exempt.clone(),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer, request);
    }
}
