//! The year's requests for disclosure of information: lawful ones, some that are late, some steps that are refused, and
//! the yearly reports.

use jiff::civil::{Date, date};
use proto::disclosure::v1::{
    AnswerApplicationRequest, ArchiveApplicationRequest, AskThirdPartyRequest, Channel, CorrectApplicationRequest,
    Delivery, ExtendAnswerRequest, Form, Ground, Interest, LapseApplicationRequest, Outcome, Person, PersonKind,
    PublishReportRequest, ReceiveApplicationRequest, RecordThirdPartyAnswerRequest, RequestCorrectionRequest,
    Responsible, SendAnswerRequest, WithdrawApplicationRequest,
};

use super::{
    ask::Ask,
    chance::Chance,
    county::{Agency, County},
    days,
    plan::{FIRST, LAST, Seed, end},
    step::{Expect, Kind, Script, Seat, Step},
    words,
};

/// Applications of a year of at least so many cases.
const APPLICATIONS: u32 = 60;
/// Numbers of these scripts, beyond those of the orders.
const FROM: u32 = 2_000_000;
/// Working days to answer (OGI 33).
const ANSWER: u32 = 20;
/// Working days of a third party (OGI 32).
const OPINION: u32 = 15;

/// What becomes of an application.
#[derive(Clone, Copy)]
enum Course {
    Disclosed,
    /// After a correction.
    Corrected,
    /// Given up.
    Lapsed,
    Withdrawn,
    Extended,
    /// A third party agrees.
    Agreed,
    /// A third party objects: only a part is given out.
    Part,
    /// A third party says nothing: the agency decides.
    Silent,
    Refused,
    NotExisting,
    Forwarded,
    Repeated,
    /// Answered after the last day.
    Late,
    /// A letter that lay about for a day.
    LateConfirmation,
    /// Nobody answers.
    Forgotten,
}

/// Twenty courses, as often as each comes; they are gone through again and again.
const COURSES: [Course; 20] = [
    Course::Disclosed,
    Course::Corrected,
    Course::Refused,
    Course::Disclosed,
    Course::Agreed,
    Course::NotExisting,
    Course::Extended,
    Course::Disclosed,
    Course::Late,
    Course::Part,
    Course::Forwarded,
    Course::Disclosed,
    Course::Lapsed,
    Course::Repeated,
    Course::Silent,
    Course::Disclosed,
    Course::LateConfirmation,
    Course::Withdrawn,
    Course::Extended,
    Course::Forgotten,
];

/// What people ask for, as the county's agencies might hold it.
const SUBJECTS: [&str; 8] = [
    "行政执法人员名录和执法车辆编制情况",
    "上一年度行政检查计划及实施结果",
    "通江路沿线占道经营整治工作方案",
    "行政处罚自由裁量基准的制定说明",
    "安全生产专项整治督查通报",
    "农药经营门店抽样检验结果",
    "餐饮单位量化分级评定结果",
    "重点建设项目验收意见",
];

/// The applications and reports of the year.
pub(super) fn scripts(seed: Seed, county: &County) -> Vec<Script> {
    let count = seed.cases.min(APPLICATIONS);
    let agencies: Vec<&Agency> = county.agencies.iter().filter(|a| staffed(county, a)).collect();
    let mut chance = Chance::new(seed.seed, u64::from(FROM));
    let mut scripts = Vec::new();
    for n in 0..count {
        let Some(agency) = chance.pick(&agencies) else { break };
        let Some(officer) = county.officers.iter().find(|o| o.agency == agency.code) else { break };
        let days = i64::from(FIRST.until(LAST).map_or(0, |span| span.get_days()));
        let day = days::working_from(days::add(FIRST, days * i64::from(n) / i64::from(count)));
        let id = seed.id(&format!("application/{n}"));
        let mut w = Writer {
            id: id.to_string(),
            agency,
            officer: Seat::Officer(officer.code.clone(), officer.name.clone()),
            day,
            steps: Vec::new(),
        };
        let course = COURSES[n as usize % COURSES.len()];
        let subject = SUBJECTS[n as usize % SUBJECTS.len()];
        w.application(&mut chance, seed, course, subject);
        w.steps.retain(|step| step.entered <= end());
        scripts.push(Script {
            number: FROM + n,
            case: id,
            kind: Kind::Disclosure,
            agency: agency.code.clone(),
            flaw: None,
            steps: w.steps,
        });
    }
    for (agency, n) in agencies.iter().zip(0..) {
        let step = Step {
            at: days::instant(date(2026, 1, 28).at(9, 0, 0, 0)),
            entered: days::instant(date(2026, 1, 28).at(9, 0, 0, 0)),
            by: agency.chief(date(2026, 1, 28)),
            reported: false,
            ask: PublishReportRequest {
                agency: agency.code.clone(),
                year: 2025,
                problems: "答复说理有待加强；已组织培训并统一答复文书格式".to_owned(),
                submitted_to: "抚远市人民政府办公室".to_owned(),
                url: format!("https://www.example.gov.cn/zwgk/{}/2025", agency.code),
                ..PublishReportRequest::default()
            }
            .into(),
            objects: Vec::new(),
            after: None,
            expect: Expect::Clean,
        };
        scripts.push(Script {
            number: FROM + APPLICATIONS + n,
            case: seed.id(&format!("report/{}", agency.code)),
            kind: Kind::Disclosure,
            agency: agency.code.clone(),
            flaw: None,
            steps: vec![step],
        });
    }
    scripts
}

/// An agency with somebody who can handle applications.
fn staffed(county: &County, agency: &Agency) -> bool {
    county.officers.iter().any(|o| o.agency == agency.code)
}

/// Writes one application's steps.
struct Writer<'a> {
    id: String,
    agency: &'a Agency,
    officer: Seat,
    day: Date,
    steps: Vec<Step>,
}

impl Writer<'_> {
    fn step(&mut self, by: Seat, ask: impl Into<Ask>, expect: Expect) {
        let hour = 9 + i8::try_from(self.steps.len() % 7).unwrap_or(0);
        let at = days::instant(self.day.at(hour, 0, 0, 0));
        self.steps.push(Step {
            at,
            entered: at,
            by,
            reported: false,
            ask: ask.into(),
            objects: Vec::new(),
            after: None,
            expect,
        });
    }

    fn chief(&self) -> Seat {
        self.agency.chief(self.day)
    }

    /// The personnel number of the head of the disclosure office.
    fn consents(&self) -> String {
        let office = self.agency.in_office("政府信息公开工作机构负责人", self.day).next();
        office.map(|head| head.code.clone()).unwrap_or_default()
    }

    fn office(&mut self, ask: impl Into<Ask>) {
        self.step(self.officer.clone(), ask, Expect::Clean);
    }

    /// So many working days later.
    fn later(&mut self, working_days: u32) {
        self.day = days::add_working(self.day, working_days);
    }

    fn application(&mut self, chance: &mut Chance, seed: Seed, course: Course, subject: &str) {
        self.receive(chance, course, subject);
        match course {
            Course::Disclosed | Course::LateConfirmation => {
                let days = chance.between(3, 18);
                self.later(u32::try_from(days).unwrap_or(3));
                self.answer(self.disclosed());
            }
            Course::Corrected => {
                self.correction();
                self.later(4);
                self.office(CorrectApplicationRequest {
                    application_id: self.id.clone(),
                    description: subject.to_owned(),
                    ..CorrectApplicationRequest::default()
                });
                self.later(12);
                self.answer(self.disclosed());
            }
            Course::Lapsed => {
                self.correction();
                let given_up = LapseApplicationRequest { application_id: self.id.clone(), ..Default::default() };
                self.later(3);
                self.step(self.officer.clone(), given_up.clone(), Expect::Refused("DI-LAPSE"));
                self.later(8);
                self.office(given_up);
                return;
            }
            Course::Withdrawn => {
                self.later(2);
                self.office(WithdrawApplicationRequest {
                    application_id: self.id.clone(),
                    statement: "申请人书面撤回申请".to_owned(),
                    ..WithdrawApplicationRequest::default()
                });
                return;
            }
            Course::Extended => {
                self.later(17);
                let extension = |working_days| ExtendAnswerRequest {
                    application_id: self.id.clone(),
                    working_days,
                    reason: "所申请的信息分散在多个档案室，需要清查".to_owned(),
                    approved_by: self.consents(),
                    notice: "延期答复告知书（示例）".to_owned(),
                    ..ExtendAnswerRequest::default()
                };
                let (too_long, lawful) = (extension(30), extension(15));
                self.step(self.officer.clone(), too_long, Expect::Refused("DI-EXTEND"));
                self.office(lawful);
                self.later(15);
                self.answer(self.disclosed());
            }
            Course::Agreed | Course::Part | Course::Silent => self.third_party(seed, course),
            Course::Refused => {
                self.later(9);
                let kept_back = AnswerApplicationRequest {
                    outcome: Outcome::NotDisclosed.into(),
                    reasons: "属于内部管理流程中形成的讨论记录，不涉及对外管理".to_owned(),
                    separable: Some(false),
                    ..self.bare()
                };
                self.step(self.chief(), kept_back.clone(), Expect::Refused("DI-GROUND"));
                self.answer(AnswerApplicationRequest {
                    grounds: vec![Ground::Process.into()],
                    reconsideration_told: true,
                    appeal: "可以自收到本答复之日起六十日内向抚远市人民政府申请行政复议".to_owned(),
                    ..kept_back
                });
            }
            Course::NotExisting => {
                self.later(7);
                self.answer(AnswerApplicationRequest {
                    outcome: Outcome::NotExisting.into(),
                    reasons: "经检索本机关档案室和办公系统，未制作、未保存该信息".to_owned(),
                    ..self.bare()
                });
            }
            Course::Forwarded => {
                self.later(3);
                self.answer(AnswerApplicationRequest {
                    outcome: Outcome::NotResponsible.into(),
                    reasons: "该信息由市水务部门制作".to_owned(),
                    responsible: Some(Responsible {
                        name: "抚远市水务局（示例）".to_owned(),
                        contact: "抚远市正阳街（示例）".to_owned(),
                    }),
                    ..self.bare()
                });
            }
            Course::Repeated => {
                self.later(2);
                // Nothing was answered before: what is wrong about it is refused, and it is answered as any other.
                let again = AnswerApplicationRequest { outcome: Outcome::Repeated.into(), ..self.bare() };
                self.step(self.chief(), again, Expect::Refused("DI-REPEAT"));
                self.answer(AnswerApplicationRequest {
                    outcome: Outcome::AlreadyPublic.into(),
                    how: "已在抚远市人民政府网站“政府信息公开”栏目公布".to_owned(),
                    ..self.bare()
                });
            }
            Course::Late => {
                self.later(ANSWER + 3);
                self.answer(self.disclosed());
            }
            Course::Forgotten => return,
        }
        self.later(20);
        self.office(ArchiveApplicationRequest {
            application_id: self.id.clone(),
            file: format!("GK-{}", &self.id[..8]),
            ..ArchiveApplicationRequest::default()
        });
    }

    fn receive(&mut self, chance: &mut Chance, course: Course, subject: &str) {
        let arrived = self.day;
        let (name, id_number) = words::citizen(chance);
        let mut channel = chance.one([Channel::InPerson, Channel::SignedPost, Channel::Online, Channel::Oral]);
        let mut expect = Expect::Clean;
        if matches!(course, Course::LateConfirmation) {
            (channel, expect) = (Channel::OrdinaryPost, Expect::Broken(vec!["DI-CONFIRM"]));
            self.later(1);
        }
        let unclear = matches!(course, Course::Corrected | Course::Lapsed);
        let request = ReceiveApplicationRequest {
            application_id: self.id.clone(),
            agency: self.agency.code.clone(),
            channel: channel.into(),
            arrived: arrived.to_string(),
            applicant: Some(Person { kind: PersonKind::Citizen.into(), name, id_number, ..Person::default() }),
            contact: true,
            description: if unclear { String::new() } else { subject.to_owned() },
            form: chance.one([Form::Paper, Form::Electronic]).into(),
            ..ReceiveApplicationRequest::default()
        };
        self.step(self.officer.clone(), request, expect);
    }

    fn correction(&mut self) {
        self.later(3);
        self.office(RequestCorrectionRequest {
            application_id: self.id.clone(),
            what: "请写明所申请信息的名称、文号或者特征性描述".to_owned(),
            guidance: "已当面说明可以参照公开目录填写".to_owned(),
            until: days::add_working(self.day, 10).to_string(),
            ..RequestCorrectionRequest::default()
        });
    }

    fn third_party(&mut self, seed: Seed, course: Course) {
        let inquiry_id = seed.id(&format!("inquiry/{}", self.id)).to_string();
        self.later(2);
        let sent = self.day.to_string();
        self.later(1);
        self.office(AskThirdPartyRequest {
            application_id: self.id.clone(),
            inquiry_id: inquiry_id.clone(),
            person: Some(Person {
                kind: PersonKind::OtherOrganisation.into(),
                name: "抚远市黑瞎子岛渔业合作社（虚构）".to_owned(),
                ..Person::default()
            }),
            interest: Interest::TradeSecret.into(),
            letter: "征求意见书（示例）".to_owned(),
            sent,
            ..AskThirdPartyRequest::default()
        });
        let out = AnswerApplicationRequest { harms_third_party: Some(true), ..self.disclosed() };
        self.step(self.chief(), out.clone(), Expect::Refused("DI-THIRD-TIME"));
        if matches!(course, Course::Silent) {
            self.later(OPINION + 1);
            let alone = AnswerApplicationRequest {
                harms_third_party: Some(false),
                third_party_told: "告知第三方函（示例）".to_owned(),
                ..out
            };
            self.answer(alone);
            return;
        }
        self.later(5);
        let agrees = matches!(course, Course::Agreed);
        let reasons = if agrees { "同意公开" } else { "含有客户名单和成交价格" };
        self.office(RecordThirdPartyAnswerRequest {
            application_id: self.id.clone(),
            inquiry_id,
            agrees,
            reasons: reasons.to_owned(),
            ..RecordThirdPartyAnswerRequest::default()
        });
        self.later(3);
        if agrees {
            self.answer(out);
            return;
        }
        let against = AnswerApplicationRequest { objection_reasonable: Some(true), ..out };
        self.step(self.chief(), against.clone(), Expect::Refused("DI-THIRD"));
        self.answer(AnswerApplicationRequest {
            outcome: Outcome::PartlyDisclosed.into(),
            grounds: vec![Ground::ThirdParty.into()],
            reasons: "客户名单和成交价格属于第三方商业秘密".to_owned(),
            separable: Some(true),
            reconsideration_told: true,
            appeal: "可以自收到本答复之日起六十日内向抚远市人民政府申请行政复议".to_owned(),
            ..against
        });
    }

    fn bare(&self) -> AnswerApplicationRequest {
        AnswerApplicationRequest {
            application_id: self.id.clone(),
            bases: vec!["《政府信息公开条例》第三十六条".to_owned()],
            ..AnswerApplicationRequest::default()
        }
    }

    fn disclosed(&self) -> AnswerApplicationRequest {
        AnswerApplicationRequest {
            outcome: Outcome::Disclosed.into(),
            how: "随附复印件".to_owned(),
            harms_third_party: Some(false),
            reviewed_by: "政府信息公开审查小组".to_owned(),
            ..self.bare()
        }
    }

    /// Decided by the head and sent the same day.
    fn answer(&mut self, answer: AnswerApplicationRequest) {
        self.step(self.chief(), answer, Expect::Clean);
        self.office(SendAnswerRequest {
            application_id: self.id.clone(),
            method: Delivery::Post.into(),
            receipt: "邮政挂号信收据（示例）".to_owned(),
            ..SendAnswerRequest::default()
        });
    }
}
