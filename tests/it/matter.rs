//! One ordinary case of the market authority, as it goes when everybody keeps to the law: the request of every step.
//!
//! A story takes a step as it is, or breaks one thing in it.

use proto::enforcement::v1 as wire;
use uuid::Uuid;

use crate::{
    county::{DEPUTY, HEAD, HOST, LAN, REVIEWER, SECOND_DEPUTY, UNLICENSED_FOOD, XU},
    people::{MARKET, wire_moment},
};

/// The ids that a case brings along.
#[derive(Clone, Debug)]
pub(crate) struct Matter {
    pub(crate) case_id: String,
    pub(crate) evidence_id: String,
}

/// Several codes as a request holds them.
pub(crate) fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|c| (*c).to_owned()).collect()
}

/// A fine, in yuan.
pub(crate) fn fine(yuan: i64) -> wire::Penalty {
    wire::Penalty { kind: wire::PenaltyKind::Fine.into(), amount_fen: Some(yuan * 100), ..wire::Penalty::default() }
}

/// What is intended and decided: a fine in yuan, and the gains of 3,000 yuan.
pub(crate) fn penalties(fine_yuan: i64) -> Vec<wire::Penalty> {
    let gains = wire::Penalty {
        kind: wire::PenaltyKind::ConfiscateGains.into(),
        amount_fen: Some(300_000),
        ..wire::Penalty::default()
    };
    vec![fine(fine_yuan), gains]
}

/// An invented enterprise.
pub(crate) fn party() -> wire::Party {
    wire::Party {
        kind: wire::PartyKind::LegalPerson.into(),
        name: "抚远市瑞雪餐饮管理有限公司（虚构）".to_owned(),
        uscc: "91230883MAYGTAHY5L".to_owned(),
        ..wire::Party::default()
    }
}

impl Matter {
    pub(crate) fn new() -> Self {
        Self { case_id: Uuid::now_v7().to_string(), evidence_id: Uuid::now_v7().to_string() }
    }

    pub(crate) fn filing(&self) -> wire::FileCaseRequest {
        wire::FileCaseRequest {
            case_id: self.case_id.clone(),
            agency: MARKET.to_owned(),
            procedure: wire::Procedure::Ordinary.into(),
            item_code: UNLICENSED_FOOD.to_owned(),
            party: Some(party()),
            violation: Some(wire::Violation {
                fact: "未取得食品经营许可从事餐饮服务".to_owned(),
                region: "230883100".to_owned(),
                place: "抚远市抚远镇通江路263号".to_owned(),
                from: "2024-12-20".to_owned(),
                until: "2025-02-20".to_owned(),
                grave: false,
                discovered: "2025-02-20".to_owned(),
            }),
            source: wire::SourceKind::Inspection.into(),
            approved_by: HEAD.to_owned(),
            officers: codes(&[XU, LAN]),
            ..wire::FileCaseRequest::default()
        }
    }

    pub(crate) fn evidence(&self, object: &wire::ObjectRef) -> wire::CollectEvidenceRequest {
        wire::CollectEvidenceRequest {
            case_id: self.case_id.clone(),
            evidence_id: self.evidence_id.clone(),
            kind: wire::EvidenceKind::SiteRecord.into(),
            title: "现场检查笔录".to_owned(),
            source: "执法人员在经营场所制作".to_owned(),
            officers: codes(&[XU, LAN]),
            object: Some(object.clone()),
            ..wire::CollectEvidenceRequest::default()
        }
    }

    pub(crate) fn record(&self, stage: wire::RecordStage, object: &wire::ObjectRef) -> wire::MakeRecordRequest {
        wire::MakeRecordRequest {
            case_id: self.case_id.clone(),
            stage: stage.into(),
            form: wire::RecordForm::Text.into(),
            title: format!("{}记录", stage.as_str_name()),
            object: Some(object.clone()),
            ..wire::MakeRecordRequest::default()
        }
    }

    pub(crate) fn conclusion(&self) -> wire::ConcludeInvestigationRequest {
        wire::ConcludeInvestigationRequest {
            case_id: self.case_id.clone(),
            facts: "当事人无证经营餐饮两个月，违法所得3000元".to_owned(),
            tier: "ordinary".to_owned(),
            proposal: penalties(70_000),
            reasons: "经营一个月以上六个月以下，未发现食品安全危害".to_owned(),
            ..wire::ConcludeInvestigationRequest::default()
        }
    }

    pub(crate) fn exemption(&self) -> wire::ConsiderExemptionRequest {
        wire::ConsiderExemptionRequest {
            case_id: self.case_id.clone(),
            applies: false,
            reason: "不属于轻微违法".to_owned(),
            ..wire::ConsiderExemptionRequest::default()
        }
    }

    pub(crate) fn notice(&self) -> wire::NotifyPenaltyRequest {
        wire::NotifyPenaltyRequest {
            case_id: self.case_id.clone(),
            facts: "无证经营餐饮两个月".to_owned(),
            reasons: "符合裁量基准一般阶次".to_owned(),
            bases: vec!["《中华人民共和国食品安全法》第一百二十二条第一款".to_owned()],
            penalties: penalties(70_000),
            statement_right_told: true,
            hearing_right_told: true,
            method: wire::ServiceMethod::Direct.into(),
            ..wire::NotifyPenaltyRequest::default()
        }
    }

    pub(crate) fn statement(&self) -> wire::HearStatementRequest {
        wire::HearStatementRequest {
            case_id: self.case_id.clone(),
            content: "请求从轻处罚".to_owned(),
            outcome: wire::StatementOutcome::Rejected.into(),
            reasons: "没有从轻情节".to_owned(),
            ..wire::HearStatementRequest::default()
        }
    }

    pub(crate) fn hearing_request(&self) -> wire::RequestHearingRequest {
        wire::RequestHearingRequest { case_id: self.case_id.clone(), ..Default::default() }
    }

    pub(crate) fn hearing_notice(&self, hearing_at: &str) -> wire::NotifyHearingRequest {
        wire::NotifyHearingRequest {
            case_id: self.case_id.clone(),
            hearing_at: Some(wire_moment(hearing_at)),
            place: "市场监管局二楼会议室".to_owned(),
            host: HOST.to_owned(),
            public: true,
            ..wire::NotifyHearingRequest::default()
        }
    }

    pub(crate) fn hearing(&self, record: &wire::ObjectRef) -> wire::HoldHearingRequest {
        wire::HoldHearingRequest {
            case_id: self.case_id.clone(),
            host: HOST.to_owned(),
            record_sha256: record.sha256.clone(),
            signed: true,
            opinion: "事实清楚，建议按告知内容处罚".to_owned(),
            ..wire::HoldHearingRequest::default()
        }
    }

    pub(crate) fn review(&self) -> wire::ReviewLegallyRequest {
        wire::ReviewLegallyRequest {
            case_id: self.case_id.clone(),
            reviewer: REVIEWER.to_owned(),
            passed: true,
            opinion: "程序合法，裁量适当".to_owned(),
            ..wire::ReviewLegallyRequest::default()
        }
    }

    pub(crate) fn deliberation(&self, minutes: &wire::ObjectRef) -> wire::DeliberateRequest {
        wire::DeliberateRequest {
            case_id: self.case_id.clone(),
            members: codes(&[HEAD, DEPUTY, SECOND_DEPUTY]),
            conclusion: "同意按一般阶次处罚".to_owned(),
            minutes_sha256: minutes.sha256.clone(),
            result: wire::DiscussionResult::Penalise.into(),
            ..wire::DeliberateRequest::default()
        }
    }

    pub(crate) fn decision(&self) -> wire::DecidePenaltyRequest {
        wire::DecidePenaltyRequest {
            case_id: self.case_id.clone(),
            penalties: penalties(70_000),
            tier: "ordinary".to_owned(),
            facts: "当事人无证经营餐饮两个月，有现场检查笔录为证".to_owned(),
            evidence_ids: vec![self.evidence_id.clone()],
            bases: vec!["《中华人民共和国食品安全法》第一百二十二条第一款".to_owned()],
            performance: "收到本决定书之日起十五日内到指定银行缴纳".to_owned(),
            appeal: "六十日内申请行政复议，或者六个月内提起行政诉讼".to_owned(),
            address_stated: true,
            sealed: true,
            ..wire::DecidePenaltyRequest::default()
        }
    }

    pub(crate) fn service(&self) -> wire::ServeDecisionRequest {
        wire::ServeDecisionRequest {
            case_id: self.case_id.clone(),
            method: wire::ServiceMethod::Direct.into(),
            receipt: "送达回证2025-17".to_owned(),
            ..wire::ServeDecisionRequest::default()
        }
    }

    pub(crate) fn publication(&self) -> wire::PubliciseDecisionRequest {
        wire::PubliciseDecisionRequest {
            case_id: self.case_id.clone(),
            url: "https://www.hljfy.gov.cn/cf/2025/17".to_owned(),
            ..wire::PubliciseDecisionRequest::default()
        }
    }

    /// A payment at the bank, in yuan.
    pub(crate) fn payment(&self, yuan: i64) -> wire::RecordPaymentRequest {
        wire::RecordPaymentRequest {
            case_id: self.case_id.clone(),
            amount_fen: yuan * 100,
            channel: wire::PayChannel::Bank.into(),
            receipt: "银行回单0117".to_owned(),
            ..wire::RecordPaymentRequest::default()
        }
    }

    /// A surcharge, in yuan.
    pub(crate) fn surcharge(&self, days: u32, yuan: i64) -> wire::ImposeSurchargeRequest {
        let case_id = self.case_id.clone();
        wire::ImposeSurchargeRequest { case_id, days, amount_fen: yuan * 100, ..Default::default() }
    }

    pub(crate) fn upward(&self) -> wire::FileUpwardRequest {
        wire::FileUpwardRequest {
            case_id: self.case_id.clone(),
            to: "抚远市人民政府".to_owned(),
            document: "重大行政处罚备案报告〔2025〕3号".to_owned(),
            ..wire::FileUpwardRequest::default()
        }
    }

    pub(crate) fn demand(&self) -> wire::ServeDemandRequest {
        wire::ServeDemandRequest {
            case_id: self.case_id.clone(),
            text: "十日内缴清罚款".to_owned(),
            method: wire::ServiceMethod::Direct.into(),
            ..wire::ServeDemandRequest::default()
        }
    }

    pub(crate) fn court(&self) -> wire::ApplyToCourtRequest {
        wire::ApplyToCourtRequest {
            case_id: self.case_id.clone(),
            court: "抚远市人民法院".to_owned(),
            document: "强制执行申请书〔2025〕2号".to_owned(),
            ..wire::ApplyToCourtRequest::default()
        }
    }

    pub(crate) fn closing(&self) -> wire::CloseCaseRequest {
        wire::CloseCaseRequest {
            case_id: self.case_id.clone(),
            reason: wire::CloseReason::CourtExecuted.into(),
            ..wire::CloseCaseRequest::default()
        }
    }

    pub(crate) fn archive(&self, contents: &wire::ObjectRef) -> wire::ArchiveCaseRequest {
        wire::ArchiveCaseRequest {
            case_id: self.case_id.clone(),
            archive_number: "2025-JH-017".to_owned(),
            volumes: 1,
            pages: 86,
            contents_sha256: contents.sha256.clone(),
            ..wire::ArchiveCaseRequest::default()
        }
    }
}
