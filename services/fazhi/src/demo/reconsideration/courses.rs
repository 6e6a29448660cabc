//! What becomes of applications.

use kernel::Role;
use proto::reconsideration::v1::{
    self as wire, Defendant, Ground, Instance, Judgment, Lack, LetterKind, Means, NormSource, Outcome, Procedure,
    SuspendGround,
};

use super::{Chance, Expect, HANDLERS, Writer, days, seat};

/// What becomes of an application.
#[derive(Clone, Copy)]
pub(super) enum Course {
    /// The penalty stands.
    Maintained,
    /// The same, in the simple procedure.
    Simple,
    /// It falls, and is done again, but not the same.
    Revoked,
    /// A lower fine.
    Changed,
    /// The respondent says nothing for it.
    Unanswered,
    /// Found unlawful, with a letter on what to correct.
    Unlawful,
    Mediated,
    /// Taken back after a settlement.
    Settled,
    /// Too late.
    Rejected,
    /// Nobody examines it: silence accepts.
    Silence,
    Supplemented,
    /// Not supplemented: given up.
    Lapsed,
    /// Decided after the last day.
    Late,
    Extended,
    /// Stands still for talks, which fail.
    Suspended,
    /// Complex: with a hearing.
    Hearing,
    /// With the review of a document.
    Norm,
    /// Inadmissible, as it turns out.
    Dismissed,
    /// To court, where the head appears and the claim is dismissed.
    Sued,
    /// To court, where nobody appears and the penalty falls.
    Lost,
    Compensated,
    /// Performed only when ordered.
    Pressed,
    /// Nobody decides.
    Forgotten,
}

/// As often as each comes; they are gone through again and again.
pub(super) const COURSES: [Course; 30] = [
    Course::Maintained,
    Course::Revoked,
    Course::Mediated,
    Course::Maintained,
    Course::Changed,
    Course::Simple,
    Course::Silence,
    Course::Sued,
    Course::Settled,
    Course::Maintained,
    Course::Unanswered,
    Course::Rejected,
    Course::Late,
    Course::Supplemented,
    Course::Simple,
    Course::Lost,
    Course::Unlawful,
    Course::Mediated,
    Course::Maintained,
    Course::Extended,
    Course::Hearing,
    Course::Lapsed,
    Course::Compensated,
    Course::Simple,
    Course::Pressed,
    Course::Settled,
    Course::Suspended,
    Course::Norm,
    Course::Dismissed,
    Course::Forgotten,
];

impl Writer<'_> {
    pub(super) fn play(&mut self, course: Course, chance: &mut Chance) {
        match course {
            Course::Maintained => {
                self.begun(chance);
                self.stands(chance);
            }
            Course::Simple => {
                self.applied(chance);
                self.going(Procedure::Simple);
                self.later(3);
                self.decide(self.maintained());
                self.publish();
                self.close(Expect::Clean);
            }
            Course::Revoked => {
                self.begun(chance);
                self.later(8);
                self.decide(self.revoked(Ground::FactsUnclear));
                self.redo(chance);
                self.publish();
                self.close(Expect::Clean);
            }
            Course::Changed => self.changed(chance),
            Course::Unanswered => self.unanswered(chance),
            Course::Unlawful => self.unlawful(chance),
            Course::Mediated => self.mediated(chance),
            Course::Settled => {
                self.begun(chance);
                self.later(5);
                self.clerk(wire::WithdrawAppealRequest {
                    appeal_id: self.id.clone(),
                    statement: "撤回行政复议申请书（示例）".to_owned(),
                    settlement: "双方就整改和履行方式达成和解（示例）".to_owned(),
                    permitted_by: "行政复议机构负责人".to_owned(),
                    examined: true,
                    ..Default::default()
                });
                self.close(Expect::Clean);
            }
            Course::Rejected => self.rejected(chance),
            Course::Silence => {
                self.applied(chance);
                self.later(7);
                let assignment = self.assignment();
                self.clerk(assignment);
                self.later(2);
                self.copy();
                self.answered(6);
                self.heard();
                self.stands(chance);
            }
            Course::Supplemented => {
                self.applied(chance);
                self.supplement();
                self.later(6);
                self.clerk(wire::SupplementApplicationRequest {
                    appeal_id: self.id.clone(),
                    content: "补正的身份证明和处罚决定书复印件（示例）".to_owned(),
                    ..Default::default()
                });
                self.going(Procedure::Ordinary);
                self.stands(chance);
            }
            Course::Lapsed => {
                self.applied(chance);
                self.supplement();
                self.later(12);
                self.clerk(wire::LapseApplicationRequest { appeal_id: self.id.clone(), ..Default::default() });
                self.close(Expect::Clean);
            }
            Course::Late => {
                self.begun(chance);
                self.around(days::add(Self::last_day(self.day), 4));
                self.decide(self.maintained());
                self.publish();
                self.close(Expect::Clean);
            }
            Course::Extended => self.extended(chance),
            Course::Suspended => self.suspended(chance),
            Course::Hearing => self.hearing(chance),
            Course::Norm => self.norm(chance),
            Course::Dismissed => {
                self.begun(chance);
                self.later(4);
                self.decide(self.decision(Outcome::DismissApplication, Ground::Inadmissible));
                self.publish();
                self.close(Expect::Clean);
            }
            Course::Sued => self.sued(chance),
            Course::Lost => self.lost(chance),
            Course::Compensated => self.compensated(chance),
            Course::Pressed => self.pressed(chance),
            Course::Forgotten => self.begun(chance),
        }
    }

    /// The end of most.
    fn stands(&mut self, chance: &mut Chance) {
        self.later(u32::try_from(chance.between(5, 15)).unwrap_or(5));
        self.decide(self.maintained());
        self.publish();
        self.close(Expect::Clean);
    }

    /// Done again: the same is tried first.
    fn redo(&mut self, chance: &mut Chance) {
        self.later(u32::try_from(chance.between(6, 12)).unwrap_or(6));
        let same = self.redone_the_same();
        self.officer(same, Expect::Refused("RE-SAME"));
        self.later(3);
        self.decided_anew();
        self.noted();
    }

    /// A higher fine is tried first.
    fn changed(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(8);
        let to = |fen| wire::DecideAppealRequest {
            changed_to: self.act.with_fine(fen),
            perform_days: Some(15),
            ..self.decision(Outcome::Change, Ground::Inappropriate)
        };
        let (worse, milder) = (to(self.act.fine() + 10_000), to(self.act.fine() / 2));
        self.head(worse, Expect::Refused("RE-NO-WORSE"));
        self.decide(milder);
        self.later(6);
        self.performed("已经退还多缴的罚款");
        self.noted();
        self.publish();
        self.close(Expect::Clean);
    }

    /// Without an answer nothing can be maintained.
    fn unanswered(&mut self, chance: &mut Chance) {
        self.applied(chance);
        self.accept(Procedure::Ordinary);
        let assignment = self.assignment();
        self.clerk(assignment);
        self.later(2);
        self.copy();
        self.later(12);
        self.heard();
        self.head(self.maintained(), Expect::Refused("RE-NO-EVIDENCE"));
        let revoked = self.revoked(Ground::NoEvidence);
        self.decide(wire::DecideAppealRequest { redo: false, perform_days: Some(20), ..revoked });
        self.later(8);
        self.performed("已经退还罚款");
        self.publish();
        // That its penalty fell the case says by itself.
        self.close(Expect::Clean);
    }

    fn unlawful(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(8);
        self.decide(self.decision(Outcome::Unlawful, Ground::SlightProcedure));
        self.noted();
        let letter = self.part("letter");
        self.clerk(wire::IssueLetterRequest {
            appeal_id: self.id.clone(),
            letter_id: letter.clone(),
            kind: LetterKind::Opinion.into(),
            to: self.respondent.code.clone(),
            problem: "文书送达程序不规范，应当纠正".to_owned(),
            ..Default::default()
        });
        self.later(25);
        self.officer(
            wire::AnswerLetterRequest {
                appeal_id: self.id.clone(),
                letter_id: letter,
                report: "已经修订送达流程并组织培训".to_owned(),
                ..Default::default()
            },
            Expect::Clean,
        );
        self.publish();
        self.close(Expect::Clean);
    }

    /// An agreement that one side has not signed is tried first.
    fn mediated(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(6);
        let agreement = |signed| wire::HoldMediationRequest {
            appeal_id: self.id.clone(),
            agreed: true,
            terms: "申请人承诺整改，被申请人依法减轻罚款（示例）".to_owned(),
            voluntary: true,
            examined: true,
            signed,
            sealed: true,
            perform_days: Some(20),
            ..Default::default()
        };
        let (unsigned, whole) = (agreement(false), agreement(true));
        self.refused(unsigned, "RE-MEDIATE");
        self.clerk(whole);
        self.serve();
        self.later(8);
        self.performed("已经按照调解书履行");
        self.close(Expect::Clean);
    }

    fn rejected(&mut self, chance: &mut Chance) {
        let days = chance.between(66, 90);
        let application = self.application(chance, days);
        self.clerk(application);
        self.later(2);
        let accept = wire::AcceptApplicationRequest {
            appeal_id: self.id.clone(),
            procedure: Procedure::Ordinary.into(),
            ..Default::default()
        };
        self.refused(accept, "RE-PERIOD");
        self.clerk(wire::RejectApplicationRequest {
            appeal_id: self.id.clone(),
            lack: Lack::Period.into(),
            reasons: "申请超过六十日期限，也没有正当理由".to_owned(),
            ..Default::default()
        });
        self.close(Expect::Clean);
    }

    fn supplement(&mut self) {
        self.later(2);
        self.clerk(wire::RequestSupplementRequest {
            appeal_id: self.id.clone(),
            what: "身份证明、处罚决定书复印件".to_owned(),
            notice: "补正通知书（示例）".to_owned(),
            sent: self.day.to_string(),
            ..Default::default()
        });
    }

    /// More than thirty days are tried first.
    fn extended(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(15);
        let extension = |days| wire::ExtendDecisionRequest {
            appeal_id: self.id.clone(),
            days,
            reason: "案情复杂，需要进一步核实".to_owned(),
            approved_by: Self::approves(),
            notice: "延期审理通知书（示例）".to_owned(),
            ..Default::default()
        };
        let (too_long, lawful) = (extension(31), extension(20));
        self.institution(too_long, Expect::Refused("RE-EXTEND"));
        self.institution(lawful, Expect::Clean);
        self.later(25);
        self.decide(self.maintained());
        self.publish();
        self.close(Expect::Clean);
    }

    fn suspended(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(3);
        self.clerk(wire::SuspendAppealRequest {
            appeal_id: self.id.clone(),
            ground: SuspendGround::Talks.into(),
            reason: "双方同意中止，进行调解".to_owned(),
            notice: "中止通知书（示例）".to_owned(),
            ..Default::default()
        });
        self.later(20);
        self.clerk(wire::HoldMediationRequest {
            appeal_id: self.id.clone(),
            terms: "对罚款数额未能达成一致".to_owned(),
            voluntary: true,
            ..Default::default()
        });
        self.clerk(wire::ResumeAppealRequest {
            appeal_id: self.id.clone(),
            reason: "调解不成".to_owned(),
            notice: "恢复审理通知书（示例）".to_owned(),
            ..Default::default()
        });
        self.stands(chance);
    }

    /// The respondent's head stays away from the hearing, with his reason.
    fn hearing(&mut self, chance: &mut Chance) {
        self.begun(chance);
        let assignment = self.assignment();
        self.clerk(wire::AssignHandlersRequest { complex: true, ..assignment });
        let held = days::add_working(self.day, 8);
        let hour = days::instant(held.at(9, 0, 0, 0));
        self.clerk(wire::NotifyHearingRequest {
            appeal_id: self.id.clone(),
            hearing_at: Some(prost_types::Timestamp { seconds: hour.as_second(), nanos: 0 }),
            place: "市行政复议听证室（示例）".to_owned(),
            matters: "处罚事实的认定".to_owned(),
            ..Default::default()
        });
        self.on(held);
        let [host, first, second] = HANDLERS.map(|(code, _)| code.to_owned());
        self.clerk(wire::HoldHearingRequest {
            appeal_id: self.id.clone(),
            host,
            assessors: vec![first, second],
            recorder: "书记员".to_owned(),
            applicant_present: true,
            absence: "参加防汛会议".to_owned(),
            delegate: "法规股负责人".to_owned(),
            record: "听证笔录（示例）".to_owned(),
            ..Default::default()
        });
        self.later(3);
        self.clerk(wire::HearCommitteeRequest {
            appeal_id: self.id.clone(),
            members: vec!["专家委员（示例）".to_owned(), "政府委员（示例）".to_owned()],
            opinion: "建议维持".to_owned(),
            record: "咨询意见（示例）".to_owned(),
            ..Default::default()
        });
        self.later(4);
        self.head(self.maintained(), Expect::Refused("RE-RECORD"));
        let hearing_followed = "根据听证笔录认定的事实作出".to_owned();
        self.decide(wire::DecideAppealRequest { hearing_followed, ..self.maintained() });
        self.publish();
        self.close(Expect::Clean);
    }

    /// A document that the county may not decide on is passed on.
    fn norm(&mut self, chance: &mut Chance) {
        let days = chance.between(10, 40);
        let application = self.application(chance, days);
        let norm = "黑龙江省行政处罚裁量规定（示例）".to_owned();
        self.clerk(wire::ApplyForReconsiderationRequest { norm: norm.clone(), ..application });
        self.going(Procedure::Ordinary);
        let norm_id = self.part("norm");
        self.clerk(wire::QuestionNormRequest {
            appeal_id: self.id.clone(),
            norm_id: norm_id.clone(),
            document: norm,
            source: NormSource::Applicant.into(),
            ..Default::default()
        });
        self.clerk(wire::ReferNormRequest {
            appeal_id: self.id.clone(),
            norm_id: norm_id.clone(),
            to: "制定机关（示例）".to_owned(),
            letter: "转送函（示例）".to_owned(),
            ..Default::default()
        });
        self.head(self.maintained(), Expect::Refused("RE-NORM-SETTLED"));
        self.clerk(wire::SuspendAppealRequest {
            appeal_id: self.id.clone(),
            ground: SuspendGround::Norm.into(),
            reason: "附带审查规范性文件".to_owned(),
            notice: "中止通知书（示例）".to_owned(),
            ..Default::default()
        });
        self.later(30);
        self.clerk(wire::SettleNormRequest {
            appeal_id: self.id.clone(),
            norm_id,
            lawful: true,
            result: "文件合法有效".to_owned(),
            ..Default::default()
        });
        self.clerk(wire::ResumeAppealRequest {
            appeal_id: self.id.clone(),
            reason: "附带审查已经有结果".to_owned(),
            notice: "恢复审理通知书（示例）".to_owned(),
            ..Default::default()
        });
        self.stands(chance);
    }

    /// A suit is brought within the fifteen days, whatever holiday lies in them; answers its id.
    fn suit(&mut self) -> String {
        self.around(days::add(self.day, 8));
        let suit_id = self.part("suit");
        self.clerk(wire::RecordSuitRequest {
            appeal_id: self.id.clone(),
            suit_id: suit_id.clone(),
            court: "抚远市人民法院".to_owned(),
            number: format!("（{}）黑0883行初（虚构）", self.day.year()),
            filed: self.day.to_string(),
            defendant: Defendant::Both.into(),
            ..Default::default()
        });
        suit_id
    }

    /// The court hears it; the respondent's head is there, or nobody answers for it.
    fn trial(&mut self, suit_id: &str, appears: bool) {
        self.later(30);
        let head = self.respondent.head(self.day).clone();
        let by = seat(self.respondent, (&head.code, &head.name), Role::AgencyHead);
        let present = if appears { head.name } else { String::new() };
        let trial = wire::RecordTrialRequest {
            appeal_id: self.id.clone(),
            suit_id: suit_id.to_owned(),
            instance: Instance::First.into(),
            head: present,
            ..Default::default()
        };
        self.step(by, trial, if appears { Expect::Clean } else { Expect::Broken(vec!["RE-APPEAR"]) });
    }

    fn judgment(&mut self, suit_id: &str, judgment: Judgment, perform_days: Option<u32>) {
        self.later(20);
        self.clerk(wire::RecordJudgmentRequest {
            appeal_id: self.id.clone(),
            suit_id: suit_id.to_owned(),
            instance: Instance::First.into(),
            judgment: judgment.into(),
            number: format!("（{}）黑0883行初判决（虚构）", self.day.year()),
            binding: true,
            perform_days,
            ..Default::default()
        });
    }

    fn sued(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(8);
        self.decide(self.maintained());
        let suit = self.suit();
        self.publish();
        self.trial(&suit, true);
        self.judgment(&suit, Judgment::Dismissed, None);
        self.close(Expect::Clean);
    }

    fn lost(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(8);
        self.decide(self.maintained());
        let suit = self.suit();
        self.publish();
        self.trial(&suit, false);
        self.judgment(&suit, Judgment::Revoked, Some(15));
        self.later(5);
        self.officer(
            wire::PerformJudgmentRequest {
                appeal_id: self.id.clone(),
                suit_id: suit,
                what: "已经退还罚款".to_owned(),
                ..Default::default()
            },
            Expect::Clean,
        );
        self.close(Expect::Clean);
    }

    fn compensated(&mut self, chance: &mut Chance) {
        let fine = self.act.fine();
        let days = chance.between(10, 40);
        let application = self.application(chance, days);
        self.clerk(wire::ApplyForReconsiderationRequest { compensation_fen: Some(fine), ..application });
        self.going(Procedure::Ordinary);
        self.later(8);
        let revoked = self.decision(Outcome::Revoke, Ground::Procedure);
        self.head(revoked.clone(), Expect::Refused("RE-COMPENSATE"));
        let reason = "《中华人民共和国国家赔偿法》第三十六条".to_owned();
        let compensation = Some(wire::Compensation { granted_fen: fine / 2, reason });
        self.decide(wire::DecideAppealRequest { compensation, ..revoked });
        self.noted();
        self.later(4);
        self.clerk(wire::ClaimCompensationRequest {
            appeal_id: self.id.clone(),
            amount_fen: fine / 2,
            ..Default::default()
        });
        self.later(3);
        let requested = self.day.to_string();
        self.later(6);
        self.officer(
            wire::PayCompensationRequest {
                appeal_id: self.id.clone(),
                amount_fen: fine / 2,
                requested,
                receipt: "支付凭证（示例）".to_owned(),
                ..Default::default()
            },
            Expect::Clean,
        );
        self.publish();
        self.close(Expect::Clean);
    }

    /// Pressing is tried before the time is over.
    fn pressed(&mut self, chance: &mut Chance) {
        self.begun(chance);
        self.later(8);
        self.decide(self.revoked(Ground::FactsUnclear));
        let order = wire::PressPerformanceRequest {
            appeal_id: self.id.clone(),
            means: Means::Order.into(),
            what: "责令限期履行通知书（示例）".to_owned(),
            days: Some(15),
            ..Default::default()
        };
        self.later(5);
        self.refused(order.clone(), "RE-PRESS");
        self.publish();
        self.around(days::add(self.day, 30));
        self.clerk(order);
        self.later(5);
        self.decided_anew();
        self.noted();
        self.close(Expect::Clean);
    }
}
