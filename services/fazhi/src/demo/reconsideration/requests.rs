//! The steps that courses are made of.

use jiff::civil::Date;
use kernel::Role;
use proto::{
    enforcement::v1::{NoPenaltyGround, ServeDecisionRequest, ServiceMethod, WithholdPenaltyRequest},
    reconsideration::v1::{self as wire, Channel, Delivery, Ground, Outcome, Procedure, Relation},
};

use super::{After, Chance, Expect, GOVERNMENT, HANDLERS, HEAD, INSTITUTION, Writer, days, seat};

/// The law's longest standard periods of these courses, in days.
const DECIDE: i64 = 60;

impl Writer<'_> {
    /// The application as it comes, so many days after the penalty was served but never before its case was over.
    pub(super) fn application(
        &mut self,
        chance: &mut Chance,
        after_service: i64,
    ) -> wire::ApplyForReconsiderationRequest {
        self.around(days::add(self.act.served, after_service).max(days::add(self.act.ended, 1)));
        let channel = chance.one([Channel::InPerson, Channel::InPerson, Channel::Online, Channel::Oral]);
        let oral_record =
            if channel == Channel::Oral { "口头申请笔录，申请人已经签名确认" } else { "" };
        wire::ApplyForReconsiderationRequest {
            appeal_id: self.id.clone(),
            organ: GOVERNMENT.to_owned(),
            respondent: self.respondent.code.clone(),
            relation: Relation::Department.into(),
            channel: channel.into(),
            made: self.day.to_string(),
            oral_record: oral_record.to_owned(),
            applicant: Some(self.act.party.clone()),
            applicants: 1,
            act: Some(wire::Appealed {
                kind: wire::ActKind::Penalty.into(),
                case_id: self.act.case.to_string(),
                what: format!("行政处罚决定：{}（虚构）", self.imposed()),
                item: self.act.item.clone(),
                done: self.act.decided.to_string(),
                known: self.act.served.to_string(),
                on_spot: self.act.on_spot,
                rights_told: true,
                penalties: self.act.penalties.clone(),
                ..Default::default()
            }),
            request: "撤销或者变更行政处罚决定".to_owned(),
            reasons: chance
                .one(["认定的事实有出入", "处罚过重", "情节轻微并已经改正", "程序存在瑕疵", "已经主动减轻危害后果"])
                .to_owned(),
            ..Default::default()
        }
    }

    /// Applied for in time.
    pub(super) fn applied(&mut self, chance: &mut Chance) {
        let days = chance.between(10, 45);
        let application = self.application(chance, days);
        self.clerk(application);
    }

    /// Accepted within five working days, by the simple procedure where the act itself allows it.
    pub(super) fn accept(&mut self, procedure: Procedure) {
        self.later(3);
        let ground = if self.act.on_spot { wire::SimpleGround::OnSpot } else { wire::SimpleGround::AllAgree };
        let (ground, consent) = match procedure {
            Procedure::Simple if ground == wire::SimpleGround::AllAgree => (ground, "各方签署的同意书"),
            Procedure::Simple => (ground, ""),
            _ => (wire::SimpleGround::Unspecified, ""),
        };
        self.clerk(wire::AcceptApplicationRequest {
            appeal_id: self.id.clone(),
            procedure: procedure.into(),
            ground: ground.into(),
            consent: consent.to_owned(),
            ..Default::default()
        });
    }

    fn two(&self) -> Vec<wire::Handler> {
        let handler = |(code, _): &(&str, &str)| wire::Handler { officer: (*code).to_owned(), since: String::new() };
        HANDLERS.iter().take(2).map(handler).collect()
    }

    pub(super) fn assignment(&self) -> wire::AssignHandlersRequest {
        wire::AssignHandlersRequest { appeal_id: self.id.clone(), officers: self.two(), ..Default::default() }
    }

    /// The respondent gets its copy.
    pub(super) fn copy(&mut self) {
        self.clerk(wire::SendCopyRequest {
            appeal_id: self.id.clone(),
            sent: self.day.to_string(),
            notice: "行政复议答复通知书（示例）".to_owned(),
            ..Default::default()
        });
    }

    /// The respondent answers, so many working days after its copy.
    pub(super) fn answered(&mut self, working_days: u32) {
        self.later(working_days);
        self.officer(
            wire::GiveAnswerRequest {
                appeal_id: self.id.clone(),
                answer: "行政复议答复书（示例）：处罚事实清楚，适用依据正确，程序合法".to_owned(),
                evidence: vec!["案卷证据清单（示例）".to_owned()],
                bases: vec!["职权事项所列的实施依据".to_owned()],
                ..Default::default()
            },
            Expect::Clean,
        );
    }

    pub(super) fn heard(&mut self) {
        self.later(2);
        self.clerk(wire::HearOpinionRequest {
            appeal_id: self.id.clone(),
            party: "申请人".to_owned(),
            method: wire::Hearing::Phone.into(),
            record: "听取意见笔录（示例）".to_owned(),
            ..Default::default()
        });
    }

    /// Applied for, accepted, answered and heard in time: what remains is the end.
    pub(super) fn begun(&mut self, chance: &mut Chance) {
        self.applied(chance);
        self.going(Procedure::Ordinary);
    }

    /// From acceptance to the hearing of the parties.
    pub(super) fn going(&mut self, procedure: Procedure) {
        self.accept(procedure);
        let assignment = self.assignment();
        self.clerk(assignment);
        self.later(2);
        self.copy();
        self.answered(4);
        self.heard();
    }

    pub(super) fn decision(&self, outcome: Outcome, ground: Ground) -> wire::DecideAppealRequest {
        let (article, found) = match outcome {
            Outcome::Change => (63, "处罚幅度与违法情节不相当"),
            Outcome::Revoke => (64, "主要事实没有查清"),
            Outcome::Unlawful => (65, "文书送达存在轻微瑕疵，未影响申请人权利"),
            Outcome::Maintain => (68, "认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当"),
            _ => (33, "申请不符合受理条件"),
        };
        let fell = matches!(outcome, Outcome::Change | Outcome::Revoke);
        wire::DecideAppealRequest {
            appeal_id: self.id.clone(),
            outcome: outcome.into(),
            ground: ground.into(),
            facts: "经审理查明，案卷材料与各方陈述相互印证（示例）".to_owned(),
            reasons: found.to_owned(),
            bases: vec![format!("《中华人民共和国行政复议法》第{article}条")],
            restitution: if fell { "责令返还已经缴纳而不应当缴纳的罚款" } else { "" }.to_owned(),
            decided_by: HEAD.0.to_owned(),
            sealed: true,
            appeal: "可以自收到决定书之日起十五日内向人民法院起诉".to_owned(),
            ..Default::default()
        }
    }

    /// The penalty stands.
    pub(super) fn maintained(&self) -> wire::DecideAppealRequest {
        self.decision(Outcome::Maintain, Ground::Lawful)
    }

    /// It falls, and is to be done again.
    pub(super) fn revoked(&self, ground: Ground) -> wire::DecideAppealRequest {
        wire::DecideAppealRequest { redo: true, perform_days: Some(30), ..self.decision(Outcome::Revoke, ground) }
    }

    /// The last day to decide, counted from a day.
    pub(super) fn last_day(from: Date) -> Date {
        days::add(from, DECIDE)
    }

    /// Decided by the head, and served.
    pub(super) fn decide(&mut self, decision: wire::DecideAppealRequest) {
        self.head(decision, Expect::Clean);
        self.serve();
    }

    pub(super) fn serve(&mut self) {
        self.later(2);
        self.clerk(wire::ServeDecisionRequest {
            appeal_id: self.id.clone(),
            method: Delivery::Direct.into(),
            receipt: "送达回证（示例）".to_owned(),
            informed: "佳木斯市主管部门（示例）".to_owned(),
            ..Default::default()
        });
    }

    pub(super) fn publish(&mut self) {
        self.later(5);
        self.clerk(wire::PublishDecisionRequest {
            appeal_id: self.id.clone(),
            url: format!("https://www.example.gov.cn/fuyuan/xzfy/{}", self.id),
            names_removed: true,
            ..Default::default()
        });
    }

    /// What fell shows in its case.
    pub(super) fn noted(&mut self) {
        self.officer(
            wire::NoteEffectRequest {
                appeal_id: self.id.clone(),
                effect: wire::Effect::CaseChanged.into(),
                reference: self.act.case.to_string(),
                ..Default::default()
            },
            Expect::Clean,
        );
    }

    pub(super) fn performed(&mut self, what: &str) {
        let what = what.to_owned();
        let evidence = "退库凭证（示例）".to_owned();
        self.officer(
            wire::PerformDecisionRequest { appeal_id: self.id.clone(), what, evidence, ..Default::default() },
            Expect::Clean,
        );
    }

    pub(super) fn redone_the_same(&self) -> wire::RedoActRequest {
        wire::RedoActRequest {
            appeal_id: self.id.clone(),
            number: format!("{}罚重〔{}〕{}号（虚构）", self.respondent.short, self.day.year(), self.steps.len()),
            same_facts: true,
            same_reasons: true,
            penalties: self.act.penalties.clone(),
            ..Default::default()
        }
    }

    /// What fell is decided anew in its case, which the service of the decision has taken up again: no penalty this time.
    pub(super) fn decided_anew(&mut self) {
        let (case_id, head) = (self.act.case.to_string(), self.respondent.head(self.day));
        let by = seat(self.respondent, (&head.code, &head.name), Role::AgencyHead);
        let withheld = WithholdPenaltyRequest {
            case_id: case_id.clone(),
            ground: NoPenaltyGround::NotEstablished.into(),
            reason: "补充调查后，主要事实仍不能认定".to_owned(),
            decided_by: head.code.clone(),
            ..Default::default()
        };
        self.step(by, withheld, Expect::Clean);
        self.waits("enforcement", format!("case/{case_id}"), "enforcement.case.RedoOrdered.v1");
        self.later(1);
        let served = ServeDecisionRequest {
            case_id,
            method: ServiceMethod::Direct.into(),
            receipt: "送达回证（示例）".to_owned(),
            ..Default::default()
        };
        self.officer(served, Expect::Clean);
        self.waits("reconsideration", format!("appeal/{}", self.id), "reconsideration.appeal.ActRedone.v1");
    }

    /// The last step waits for what follows of itself.
    fn waits(&mut self, service: &'static str, stream: String, kind: &'static str) {
        if let Some(step) = self.steps.last_mut() {
            step.after = Some(After { service, stream, kind });
        }
    }

    pub(super) fn close(&mut self, expect: Expect) {
        self.later(3);
        let file = format!("抚复议卷〔{}〕（示例）", self.day.year());
        let close = wire::CloseAppealRequest { appeal_id: self.id.clone(), file, ..Default::default() };
        self.institution(close, expect);
    }

    /// The personnel number of the head of the institution.
    pub(super) fn approves() -> String {
        INSTITUTION.0.to_owned()
    }
}
