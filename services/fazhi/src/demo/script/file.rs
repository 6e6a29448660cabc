//! Filing, and what is tried at it.

use proto::{
    common::v1::LeftOpen,
    enforcement::v1::{self as wire, Procedure, RecordForm, RecordStage, SourceKind},
};

use crate::demo::{flaw::Flaw, words, writer::Writer};

impl Writer<'_> {
    /// Files the case; the case's flaw may be tried first.
    pub(super) fn file(&mut self, procedure: Procedure) {
        let mut request = wire::FileCaseRequest {
            case_id: self.id(),
            agency: self.m.agency.code.clone(),
            procedure: procedure.into(),
            item_code: self.m.item.code.clone(),
            party: Some(self.m.party.clone()),
            violation: Some(self.m.violation.clone()),
            source: self.source().into(),
            approved_by: self.head(),
            officers: self.two(),
            ..Default::default()
        };
        if request.source() != SourceKind::Inspection {
            request.source_reference =
                format!("线索〔{}〕{}号（虚构）", self.day().year(), self.chance.between(1, 900));
        }
        let officer = self.officer();
        if let Some(tried) = self.tried(&request) {
            self.refused(officer.clone(), tried, self.flaw.map_or("", Flaw::rule));
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
    }

    /// What an unlawful filing looks like.
    fn tried(&self, right: &wire::FileCaseRequest) -> Option<wire::FileCaseRequest> {
        let mut tried = right.clone();
        let first = tried.officers.first()?.clone();
        match self.flaw? {
            Flaw::ForeignItem => tried.item_code.clone_from(&self.m.foreign.code),
            Flaw::Elsewhere => tried.violation.as_mut()?.region = "230882".to_owned(),
            Flaw::OneOfficer => tried.officers = vec![first],
            Flaw::ExpiredCertificate => tried.officers = vec![first, self.m.staff.uncertified?.code.clone()],
            Flaw::Auxiliary => tried.officers = vec![first, self.m.staff.auxiliary?.code.clone()],
            _ => return None,
        }
        Some(tried)
    }

    /// The first officer and one without a certificate.
    pub(super) fn with_uncertified(&self) -> Vec<String> {
        let mut two = self.two();
        if let (Some(other), Some(last)) = (self.m.staff.uncertified, two.last_mut()) {
            last.clone_from(&other.code);
        }
        two
    }

    fn source(&mut self) -> SourceKind {
        self.chance.one([
            SourceKind::Inspection,
            SourceKind::Inspection,
            SourceKind::Inspection,
            SourceKind::Complaint,
            SourceKind::Complaint,
            SourceKind::Monitoring,
            SourceKind::Transfer,
            SourceKind::Assigned,
            SourceKind::Media,
        ])
    }

    /// The record of a stage (APL 47); a careless agency leaves some out.
    pub(super) fn record(&mut self, stage: RecordStage, title: &str) {
        if self.has(Flaw::MissingRecords) && matches!(stage, RecordStage::Start | RecordStage::Service) {
            return;
        }
        let bytes = words::form(title, self.m);
        let size_bytes = bytes.len() as u64;
        let sha256 = self.object(bytes);
        let object = wire::ObjectRef { sha256, media_type: words::TEXT.to_owned(), size_bytes };
        let request = wire::MakeRecordRequest {
            case_id: self.id(),
            stage: stage.into(),
            form: RecordForm::Text.into(),
            title: title.to_owned(),
            object: Some(object),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer, request);
    }

    /// What becomes of each lot that was confiscated (APL 74).
    fn dispose_of_goods(&mut self) {
        let confiscated = |p: &&wire::Penalty| p.kind() == wire::PenaltyKind::ConfiscateGoods;
        let lots: Vec<String> = self.m.penalties.iter().filter(confiscated).map(|p| p.what.clone()).collect();
        for (goods, what) in (1..).zip(lots) {
            let request = wire::DisposeGoodsRequest {
                case_id: self.id(),
                what,
                way: wire::DisposalWay::StateRules.into(),
                basis: "本省罚没财物管理规定（示例）".to_owned(),
                goods,
                ..Default::default()
            };
            let officer = self.officer();
            self.step(officer, request);
        }
    }

    /// The head closes the case, and the file is archived.
    pub(super) fn close(&mut self, reason: wire::CloseReason, broken: Vec<&'static str>) {
        if self.has(Flaw::Unpublicised) {
            let reason = "公示系统故障（示例）".to_owned();
            self.left.push(LeftOpen { what: Flaw::Unpublicised.rule().to_owned(), reason });
        }
        if !matches!(
            reason,
            wire::CloseReason::NotPunished | wire::CloseReason::Revoked | wire::CloseReason::Transferred
        ) {
            self.dispose_of_goods();
        }
        let request = wire::CloseCaseRequest {
            case_id: self.id(),
            reason: reason.into(),
            approved_by: self.head(),
            left: std::mem::take(&mut self.left),
            ..Default::default()
        };
        if broken.is_empty() {
            self.step(self.chief(), request);
        } else {
            self.broken(self.chief(), request, broken);
        }
        if self.has(Flaw::LateArchive) {
            self.after(38, 75);
        } else {
            self.after(2, 26);
        }
        let pages = self.chance.between(18, 160);
        let contents = words::form("卷内目录", self.m);
        let request = wire::ArchiveCaseRequest {
            case_id: self.id(),
            volumes: 1,
            pages: u32::try_from(pages).unwrap_or(1),
            contents_sha256: self.object(contents),
            ..Default::default()
        };
        let officer = self.officer();
        self.step(officer, request);
    }
}
