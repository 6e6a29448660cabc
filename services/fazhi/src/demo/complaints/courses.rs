//! What becomes of what persons bring.

use kernel::Role;
use proto::{
    complaints::v1::{
        AnswerReviewRequest, AssignComplaintRequest, DecideObjectionRequest, DeclineComplaintRequest, DeclineGround,
        Entry, ExtendSettlementRequest, JoinHandlingRequest, Kind as Brought, ObjectAssignmentRequest, Outcome,
        RateAnswerRequest, RectifyComplaintRequest, RedirectComplaintRequest, RegisterComplaintRequest,
        RequestReviewRequest, RequestSupervisionRequest, ReviewOutcome, RewardMethod, RewardReportRequest,
        RuleAssignmentRequest, Score, SupervisionGround, Way, WithdrawComplaintRequest,
    },
    enforcement::v1::DropLeadRequest,
};

use super::{ACCEPT, Agency, Chance, Lead, REPORTED, Writer, days, received, seat};
use crate::demo::step::Expect;

/// Days within which a case is filed on a report.
const LEAD_DAYS: i64 = 20;

/// What becomes of a matter.
#[derive(Clone, Copy)]
pub(super) enum Course {
    /// Answered in time, and rated well.
    Settled,
    /// Of a government service, rated well.
    RatedWell,
    /// Of a government service, rated poor and put right.
    RatedPoor,
    Petition,
    Suggestion,
    /// A report that leads to a case.
    Lead,
    /// The same, and rewarded.
    Rewarded,
    NotSupported,
    /// The answer does not satisfy: put right, answered again.
    Poor,
    ComesBack,
    /// Three times, until it is ruled whose it is.
    Ruled,
    Extended,
    Late,
    Reviewed,
    Redirected,
    Declined,
    Withdrawn,
    NormReview,
    Joined,
    Reprisal,
    /// Nobody answers.
    Forgotten,
}

/// As often as each comes; they are gone through again and again.
pub(super) const COURSES: [Course; 40] = [
    Course::Settled,
    Course::RatedWell,
    Course::Lead,
    Course::Settled,
    Course::Petition,
    Course::Settled,
    Course::Poor,
    Course::RatedWell,
    Course::NotSupported,
    Course::Settled,
    Course::Suggestion,
    Course::ComesBack,
    Course::Settled,
    Course::Lead,
    Course::Redirected,
    Course::RatedWell,
    Course::Settled,
    Course::Petition,
    Course::Late,
    Course::Settled,
    Course::Rewarded,
    Course::RatedPoor,
    Course::Settled,
    Course::Extended,
    Course::Withdrawn,
    Course::Settled,
    Course::Declined,
    Course::RatedWell,
    Course::Lead,
    Course::Reviewed,
    Course::Settled,
    Course::NormReview,
    Course::Ruled,
    Course::Settled,
    Course::Joined,
    Course::NotSupported,
    Course::Poor,
    Course::Settled,
    Course::Reprisal,
    Course::Forgotten,
];

impl<'a> Writer<'a> {
    pub(super) fn play(&mut self, course: Course, chance: &mut Chance, leads: &mut Vec<Lead>) {
        let some_days = u32::try_from(chance.between(8, 20)).unwrap_or(8);
        match course {
            Course::Settled => self.settled(chance, some_days),
            Course::RatedWell => {
                let entry = Entry {
                    score: Score::Good.into(),
                    ..self.entry(chance, Brought::ServiceRating, "政务服务评价")
                };
                self.register(entry);
            }
            Course::RatedPoor => {
                let entry = Entry {
                    score: Score::Poor.into(),
                    ..self.entry(chance, Brought::ServiceRating, "窗口一次告知不全")
                };
                self.register(entry);
                self.later(1);
                self.assign();
                self.later(1);
                self.accept(false);
                self.later(4);
                self.put_right(Outcome::Rectified);
                self.later(3);
                self.close();
            }
            Course::Petition => {
                self.begin(chance, Brought::Petition, "反映土地承包合同纠纷的处理");
                self.later(some_days + 12);
                self.answer(Outcome::Explained);
                self.later(25);
                self.close();
            }
            Course::Suggestion => {
                self.begin(chance, Brought::Suggestion, "建议在沿江公园增设停车位");
                self.later(some_days);
                self.answer(Outcome::PartlyAdopted);
                self.later(3);
                self.close();
            }
            Course::Lead => self.lead(chance, leads, false),
            Course::Rewarded => self.lead(chance, leads, true),
            Course::NotSupported => {
                let summary = self.reported();
                let entry = self.entry(chance, Brought::Complaint, summary);
                self.register(entry);
                self.later(2);
                self.assign();
                self.later(3);
                self.accept(false);
                self.later(some_days);
                self.answer(Outcome::NotSupported);
                self.later(5);
                self.close();
            }
            Course::Poor => {
                self.begin(chance, Brought::Complaint, "反映供热温度不达标答复敷衍");
                self.later(some_days);
                self.answer(Outcome::Explained);
                self.later(3);
                self.rate(Score::Poor);
                self.later(5);
                self.put_right(Outcome::Rectified);
                self.later(2);
                if chance.percent(60) {
                    self.rate(Score::Good);
                }
                self.later(1);
                self.close();
            }
            Course::ComesBack => {
                let entry = self.entry(chance, Brought::Complaint, "反映楼顶信号塔噪声");
                self.register(entry);
                self.later(1);
                self.comes_back();
                self.later(1);
                self.handled(chance, some_days);
            }
            Course::Ruled => {
                let entry = self.entry(chance, Brought::Complaint, "反映背街小巷路灯和井盖无人管护");
                self.register(entry);
                for _ in 0..3 {
                    self.later(1);
                    self.comes_back();
                }
                self.later(1);
                self.refused(self.assigned_to(self.agency), "CO-RULING");
                let ruling = RuleAssignmentRequest {
                    complaint_id: self.id.clone(),
                    to: self.agency.code.clone(),
                    reason: "权力和责任清单列明的承办机关".to_owned(),
                    document: "裁定书（示例）".to_owned(),
                    ..RuleAssignmentRequest::default()
                };
                let office = self.county.agencies.iter().find(|a| a.short == "司法局").unwrap_or(self.government);
                self.step(seat(office, "112080", "清单管理员（示例）", Role::ListApprover), ruling, Expect::Clean);
                self.handled(chance, some_days);
            }
            Course::Extended => self.extended(chance),
            Course::Late => self.late(chance),
            Course::Reviewed => self.reviewed(chance, some_days),
            Course::Redirected => {
                let entry = self.entry(chance, Brought::Petition, "对行政处罚决定不服");
                self.register(Entry { way: Way::Reconsideration.into(), ..entry });
                self.later(1);
                self.refused(self.assigned_to(self.agency), "CO-REDIRECT");
                self.intake(RedirectComplaintRequest {
                    complaint_id: self.id.clone(),
                    way: Way::Reconsideration.into(),
                    organ: "抚远市司法局行政复议机构".to_owned(),
                    reason: "应当通过行政复议解决".to_owned(),
                    told: "告知书（示例）".to_owned(),
                    ..RedirectComplaintRequest::default()
                });
            }
            Course::Declined => {
                let entry = self.entry(chance, Brought::Complaint, "反映外地网购纠纷");
                self.register(entry);
                self.later(2);
                let declined = DeclineComplaintRequest {
                    complaint_id: self.id.clone(),
                    ground: DeclineGround::NotOurs.into(),
                    reason: "经营者住所地不在本市".to_owned(),
                    organ: "经营者住所地市场监督管理部门".to_owned(),
                    told: "不予受理告知书（示例）".to_owned(),
                    ..DeclineComplaintRequest::default()
                };
                self.handler_of(self.government, declined, Expect::Clean);
            }
            Course::Withdrawn => {
                self.begin(chance, Brought::Complaint, "反映停车收费争议");
                self.later(2);
                self.intake(WithdrawComplaintRequest {
                    complaint_id: self.id.clone(),
                    how: "来电说明已经自行解决".to_owned(),
                    ..WithdrawComplaintRequest::default()
                });
            }
            Course::NormReview => {
                let entry = self.entry(chance, Brought::NormReview, "认为停车管理规定增设义务");
                self.register(Entry { norm: "抚远市停车管理规定（示例）".to_owned(), ..entry });
                self.later(2);
                self.assign();
                self.later(4);
                self.accept(false);
                self.later(some_days + 10);
                self.answer(Outcome::NormAmended);
                self.later(2);
                self.close();
            }
            Course::Joined => {
                self.begin(chance, Brought::Complaint, "反映市场周边占道和油烟");
                self.later(1);
                if let Some(other) = self.other() {
                    self.intake(JoinHandlingRequest {
                        complaint_id: self.id.clone(),
                        lead: self.agency.code.clone(),
                        with: vec![other.code.clone()],
                        reason: "涉及两个机关职责".to_owned(),
                        ..JoinHandlingRequest::default()
                    });
                }
                self.later(some_days);
                self.answer(Outcome::Supported);
                self.later(4);
                self.close();
            }
            Course::Reprisal => self.reprisal(chance, some_days),
            Course::Forgotten => self.begin(chance, Brought::Petition, "反映多年未解决的安置问题"),
        }
    }

    /// What somebody reports of this agency's field.
    fn reported(&self) -> &'static str {
        let of = REPORTED.iter().find(|(short, _)| *short == self.agency.short);
        of.map_or("反映一家单位违法经营", |(_, summary)| summary)
    }

    /// Another agency than the one that handles it.
    fn other(&self) -> Option<&'a Agency> {
        let county = self.county;
        county.agencies.iter().find(|a| a.code != self.agency.code && county.penalties.contains_key(&a.code))
    }

    fn settled(&mut self, chance: &mut Chance, days: u32) {
        let summary = chance.one(["反映小区物业收费", "反映商户退款困难", "反映施工噪声", "反映公交班次减少"]);
        let entry = self.entry(chance, Brought::Complaint, summary);
        self.register(entry);
        self.later(1);
        self.handled(chance, days);
    }

    /// Assigned, accepted, answered, rated and closed.
    fn handled(&mut self, chance: &mut Chance, days: u32) {
        self.assign();
        self.later(2);
        self.accept(false);
        self.later(days);
        self.answer(chance.one([Outcome::Supported, Outcome::Explained, Outcome::Mediated]));
        self.later(2);
        if chance.percent(70) {
            self.rate(chance.one([Score::VeryGood, Score::Good, Score::Fair]));
        }
        self.later(1);
        self.close();
    }

    fn rate(&mut self, score: Score) {
        self.intake(RateAnswerRequest { complaint_id: self.id.clone(), score: score.into(), ..Default::default() });
    }

    fn put_right(&mut self, outcome: Outcome) {
        self.handler(RectifyComplaintRequest {
            complaint_id: self.id.clone(),
            measures: "上门说明情况并整改到位".to_owned(),
            ..RectifyComplaintRequest::default()
        });
        self.answer(outcome);
    }

    /// Assigned to an agency that is not competent, and back.
    fn comes_back(&mut self) {
        let Some(other) = self.other().cloned() else { return };
        self.intake(self.assigned_to(&other));
        let objection = ObjectAssignmentRequest {
            complaint_id: self.id.clone(),
            reason: "不属于本机关职责，权责清单没有该事项".to_owned(),
            ..ObjectAssignmentRequest::default()
        };
        self.handler_of(&other, objection, Expect::Clean);
        self.intake(DecideObjectionRequest {
            complaint_id: self.id.clone(),
            agreed: true,
            reason: "经核实属实".to_owned(),
            ..DecideObjectionRequest::default()
        });
    }

    /// A report leads to the next case that the agency files after it, or to none.
    fn lead(&mut self, chance: &mut Chance, leads: &mut Vec<Lead>, rewarded: bool) {
        let summary = self.reported();
        let telephone = self.entry(chance, Brought::Report, "举报人电话13900001234");
        let complaint_id = self.id.clone();
        if rewarded {
            self.refused(
                RegisterComplaintRequest { complaint_id, entry: Some(telephone), ..Default::default() },
                "CO-PROTECT",
            );
        }
        self.begin(chance, Brought::Report, summary);
        while leads.last().is_some_and(|lead| lead.filed <= self.day) {
            leads.pop();
        }
        let soon = days::add(self.day, LEAD_DAYS);
        let Some(lead) = leads.pop_if(|lead| lead.filed <= soon) else { return self.dropped() };
        self.lead = Some(lead.case);
        self.later(15);
        self.answer(Outcome::Verified);
        self.on(days::add_working(lead.decided.max(self.day), 2));
        if rewarded {
            self.later(2);
            let head = self.agency.head(self.day);
            let head = seat(self.agency, &head.code, &head.name, Role::AgencyHead);
            let reward = |method: RewardMethod| RewardReportRequest {
                complaint_id: self.id.clone(),
                amount_fen: 50_000,
                basis: "举报奖励规定（示例）".to_owned(),
                method: method.into(),
                payment: "发放凭证（示例）".to_owned(),
                ..RewardReportRequest::default()
            };
            let (named, by_code) = (reward(RewardMethod::Named), reward(RewardMethod::Code));
            self.step(head.clone(), named, Expect::Refused("CO-REWARD"));
            self.follows(self.outcome());
            self.step(head, by_code, Expect::Clean);
        }
        self.later(1);
        self.close();
        self.follows(self.outcome());
    }

    /// Nothing is found: the head files no case.
    fn dropped(&mut self) {
        self.later(4);
        let head = self.agency.head(self.day);
        let drop = DropLeadRequest {
            lead_id: self.id.clone(),
            reason: "现场核查未发现所反映的行为".to_owned(),
            decided_by: head.code.clone(),
            ..DropLeadRequest::default()
        };
        self.step(seat(self.agency, &head.code, &head.name, Role::AgencyHead), drop, Expect::Clean);
        self.follows(received(&self.id));
        self.later(2);
        self.answer(Outcome::NotVerified);
        self.later(2);
        self.close();
        self.follows(self.outcome());
    }

    fn extended(&mut self, chance: &mut Chance) {
        self.begin(chance, Brought::Petition, "反映征收补偿历史遗留问题");
        let last = Self::last_day(self.day);
        self.on(days::working_until(days::add(last, -3)));
        let extension = |days| ExtendSettlementRequest {
            complaint_id: self.id.clone(),
            days,
            reason: "涉及面广，需要进一步调查".to_owned(),
            approved_by: self.agency.head(self.day).code.clone(),
            told: "延期告知书（示例）".to_owned(),
            ..ExtendSettlementRequest::default()
        };
        let (too_long, lawful) = (extension(45), extension(20));
        self.handler_of(self.agency, too_long, Expect::Refused("CO-EXTEND"));
        self.handler(lawful);
        self.on(days::working_until(days::add(last, 10)));
        self.answer(Outcome::Supported);
        self.later(25);
        self.close();
    }

    /// Answered after the last day; some of it is put before the supervising organ.
    fn late(&mut self, chance: &mut Chance) {
        self.begin(chance, Brought::Petition, "反映信访事项长期未办结");
        self.on(days::add_working(Self::last_day(self.day), 4));
        let supervised = self.day.year() != 2025 || chance.percent(50);
        if supervised {
            self.intake(RequestSupervisionRequest {
                complaint_id: self.id.clone(),
                ground: SupervisionGround::Perfunctory.into(),
                organ: "抚远市司法局".to_owned(),
                facts: "期限届满仍未办结".to_owned(),
                ..RequestSupervisionRequest::default()
            });
        }
        self.answer(Outcome::Supported);
        self.later(3);
        self.closed(if supervised { Expect::Clean } else { Expect::Broken(vec!["CO-SUPERVISE"]) });
    }

    fn reviewed(&mut self, chance: &mut Chance, some_days: u32) {
        self.begin(chance, Brought::Petition, "反映低保核定结果");
        self.later(some_days);
        self.answer(Outcome::NotSupported);
        let got = days::add_working(self.day, 2);
        self.on(days::add_working(got, 5));
        let review = |to: &str| RequestReviewRequest {
            complaint_id: self.id.clone(),
            to: to.to_owned(),
            answer_got: got.to_string(),
            ..RequestReviewRequest::default()
        };
        let (same, above) = (review(&self.agency.code), review(&self.government.code));
        self.refused(same, "CO-HIGHER");
        self.intake(above);
        self.later(12);
        let opinion = AnswerReviewRequest {
            complaint_id: self.id.clone(),
            outcome: chance.one([ReviewOutcome::Upheld, ReviewOutcome::Upheld, ReviewOutcome::Changed]).into(),
            facts: "经复查，原办理查明的事实清楚".to_owned(),
            opinion: "复查意见（示例）".to_owned(),
            bases: vec!["《信访工作条例》第三十五条".to_owned()],
            told: "直接送达（示例）".to_owned(),
            ..AnswerReviewRequest::default()
        };
        self.handler_of(self.government, opinion, Expect::Clean);
        self.later(20);
        self.close();
    }

    /// Somebody takes reprisal for the matter before this one.
    fn reprisal(&mut self, chance: &mut Chance, some_days: u32) {
        if self.earlier.is_empty() {
            return self.settled(chance, some_days);
        }
        let entry = self.entry(chance, Brought::Reprisal, "反映因投诉被取消摊位");
        self.register(Entry { about_id: self.earlier.clone(), ..entry });
        self.later(1);
        let assigned = self.assigned_to(self.agency);
        self.intake(AssignComplaintRequest { reported_to: "佳木斯市信访局（示例）".to_owned(), ..assigned });
        self.later(2);
        self.accept(false);
        self.later(u32::min(some_days, ACCEPT));
        self.answer(Outcome::NotVerified);
        self.later(3);
        self.close();
    }
}
