//! The year's complaints, reports, petitions and the rest: received by the county's government, handled by its agencies. Reports
//! lead to the cases of the year; some matters are late, come back, are rated poor and put right, reviewed, rewarded.

mod courses;

use std::{cell::Cell, collections::BTreeMap};

use jiff::civil::Date;
use kernel::Role;
use law::period::Period;
use proto::{
    complaints::v1::{
        AcceptComplaintRequest, AnswerComplaintRequest, AssignComplaintRequest, Channel, CloseComplaintRequest, Entry,
        Kind as Brought, Outcome, RegisterComplaintRequest, Way,
    },
    enforcement::v1::{FileCaseRequest, SourceKind},
};
use uuid::Uuid;

use super::{
    ask::Ask,
    chance::Chance,
    county::{Agency, County, Officer},
    days,
    plan::{FIRST, LAST, Plan, Seed, end},
    step::{After, Expect, Kind, Script, Seat, Step},
};
use courses::COURSES;

/// Most complaints of a year.
const COMPLAINTS_MAX: u32 = 3_000;
/// Numbers of these scripts, beyond those of requests for disclosure.
const FROM: u32 = 3_000_000;
/// 抚远市人民政府, whose office receives what persons bring, and which reviews.
const GOVERNMENT: &str = "11230883MB0101012C";
/// The same, for what comes over the web.
pub(super) const RECEIVER: &str = "230883=11230883MB0101012C";
/// Days to tell whether a matter is accepted (LPR 23), and to settle it (LPR 34).
const ACCEPT: u32 = 15;
const SETTLE: Period = Period::CalendarDays(60);

/// What is reported, by the field of the agency that it concerns.
const REPORTED: [(&str, &str); 8] = [
    ("市场监管局", "反映正阳街一家超市售卖超过保质期的食品"),
    ("应急局", "反映一家企业特种作业人员无证上岗"),
    ("生态环境局", "反映一家洗煤场夜间扬尘"),
    ("交通局", "反映一辆客车擅自更改线路"),
    ("农业农村局", "反映一家门店售卖假种子"),
    ("人社局", "反映一家饭店拖欠工资"),
    ("自然资源局", "反映河岸边擅自建房"),
    ("城管执法局", "反映通江路占道经营"),
];

/// A case of the year that a report may have led to.
struct Lead {
    case: Uuid,
    filed: Date,
    decided: Date,
}

/// What persons brought in the year.
#[derive(Default)]
pub(super) struct Complaints {
    pub(super) scripts: Vec<Script>,
    /// The cases that reports led to, each with its report.
    leads: BTreeMap<Uuid, Uuid>,
}

impl Complaints {
    /// The case is filed on the report that led to it, if one did.
    pub(super) fn lead_to(&self, case: &mut Script) {
        let (Some(report), Some(first)) = (self.leads.get(&case.case), case.steps.first_mut()) else { return };
        let Some(filing) = first.ask.request::<FileCaseRequest>() else { return };
        let (lead_id, source) = (report.to_string(), SourceKind::Complaint.into());
        first.after = Some(received(&lead_id));
        first.ask = FileCaseRequest { lead_id, source, ..filing.clone() }.into();
    }
}

/// The lead that enforcement receives of a report.
fn received(report: &str) -> After {
    After { service: "enforcement", stream: format!("lead/{report}"), kind: "enforcement.lead.LeadReceived.v1" }
}

/// The complaints of the year.
pub(super) fn complaints(seed: Seed, county: &County) -> Complaints {
    let count = (seed.cases * 15 / 11).clamp(1, COMPLAINTS_MAX);
    let Some(government) = county.agencies.iter().find(|a| a.code == GOVERNMENT) else { return Complaints::default() };
    let handlers: Vec<(&Agency, &Officer)> = county
        .agencies
        .iter()
        .filter(|agency| county.penalties.contains_key(&agency.code))
        .filter_map(|agency| Some((agency, county.officers.iter().find(|o| o.agency == agency.code)?)))
        .collect();
    let mut leads = leads(seed, county);
    let mut chance = Chance::new(seed.seed, u64::from(FROM));
    let days = i64::from(FIRST.until(LAST).map_or(0, |span| span.get_days()));
    let mut all = Complaints::default();
    for n in 0..count {
        let Some((agency, officer)) = chance.pick(&handlers).copied() else { break };
        let id = seed.id(&format!("complaint/{n}"));
        let mut w = Writer {
            id: id.to_string(),
            earlier: all.scripts.last().map(|script| script.case.to_string()).unwrap_or_default(),
            county,
            government,
            agency,
            officer,
            received: days::working_from(days::add(FIRST, days * i64::from(n) / i64::from(count))),
            day: FIRST,
            today: Cell::new(0),
            lead: None,
            steps: Vec::new(),
        };
        w.day = w.received;
        let course = COURSES[n as usize % COURSES.len()];
        w.play(course, &mut chance, leads.get_mut(&agency.code).unwrap_or(&mut Vec::new()));
        w.steps.retain(|step| step.entered <= end());
        // All of them draw their numbers from one series: played one after the other, they are the same in every suite.
        let agency = GOVERNMENT.to_owned();
        all.leads.extend(w.lead.map(|case| (case, id)));
        let (number, kind, steps) = (FROM + n, Kind::Complaint, w.steps);
        all.scripts.push(Script { number, case: id, kind, agency, flaw: None, steps });
    }
    all
}

/// The lawful cases of the year with a penalty, by agency, the latest first.
fn leads(seed: Seed, county: &County) -> BTreeMap<String, Vec<Lead>> {
    let day = |step: &Step| days::local(step.at).date();
    let lead = |script: &Script| {
        let filing = script.steps.first().filter(|step| step.ask.name() == "FileCase" && !step.reported)?;
        let decided = script.steps.iter().find(|step| step.ask.name() == "DecidePenalty")?;
        Some(Lead { case: script.case, filed: day(filing), decided: day(decided) })
    };
    let mut leads: BTreeMap<String, Vec<Lead>> = BTreeMap::new();
    for script in Plan::new(seed, county).filter(|script| script.flaw.is_none()) {
        leads.entry(script.agency.clone()).or_default().extend(lead(&script));
    }
    leads.values_mut().for_each(|of| of.reverse());
    leads
}

/// Writes the steps of one matter.
struct Writer<'a> {
    id: String,
    /// The matter before this one.
    earlier: String,
    county: &'a County,
    government: &'a Agency,
    agency: &'a Agency,
    officer: &'a Officer,
    received: Date,
    day: Date,
    /// How many steps there are today.
    today: Cell<i8>,
    /// The case that it led to.
    lead: Option<Uuid>,
    steps: Vec<Step>,
}

impl Writer<'_> {
    fn step(&mut self, by: Seat, ask: impl Into<Ask>, expect: Expect) {
        let at = days::instant(self.day.at(9 + self.today.get(), 0, 0, 0));
        self.today.set(self.today.get() + 1);
        let (ask, objects, after) = (ask.into(), Vec::new(), None);
        self.steps.push(Step { at, entered: at, by, reported: false, ask, objects, after, expect });
    }

    /// The last step waits for what follows from another service's event.
    fn follows(&mut self, after: After) {
        if let Some(step) = self.steps.last_mut() {
            step.after = Some(after);
        }
    }

    /// What came of the lead, as it returns by itself.
    fn outcome(&self) -> After {
        let stream = format!("complaint/{}", self.id);
        After { service: "complaints", stream, kind: "complaints.complaint.OutcomeReturned.v1" }
    }

    /// The office that receives it.
    fn intake(&mut self, ask: impl Into<Ask>) {
        self.step(seat(self.government, "101050", "接件员（示例）", Role::Intake), ask, Expect::Clean);
    }

    fn refused(&mut self, ask: impl Into<Ask>, rule: &'static str) {
        self.step(seat(self.government, "101050", "接件员（示例）", Role::Intake), ask, Expect::Refused(rule));
    }

    /// The agency that handles it.
    fn handler(&mut self, ask: impl Into<Ask>) {
        self.handler_of(self.agency, ask, Expect::Clean);
    }

    fn handler_of(&mut self, agency: &Agency, ask: impl Into<Ask>, expect: Expect) {
        let officer = self.county.officers.iter().find(|o| o.agency == agency.code);
        let (code, name) = officer.map_or(("101060", "办理员（示例）"), |o| (o.code.as_str(), o.name.as_str()));
        self.step(seat(agency, code, name, Role::Handler), ask, expect);
    }

    /// So many working days later.
    fn later(&mut self, working_days: u32) {
        self.on(days::add_working(self.day, working_days));
    }

    /// On that day, if it has not passed.
    fn on(&mut self, day: Date) {
        if day > self.day {
            self.day = day;
            self.today.set(0);
        }
    }

    /// The last day to settle it, counted from a day.
    fn last_day(from: Date) -> Date {
        days::due(from, SETTLE)
    }

    fn entry(&self, chance: &mut Chance, kind: Brought, summary: &str) -> Entry {
        let channel = chance.one([
            Channel::Hotline,
            Channel::Hotline,
            Channel::Web,
            Channel::Wechat,
            Channel::Letter,
            Channel::Visit,
            Channel::Email,
            Channel::Mailbox,
            Channel::Microblog,
        ]);
        Entry {
            kind: kind.into(),
            channel: channel.into(),
            agency: GOVERNMENT.to_owned(),
            received: self.received.to_string(),
            reachable: channel != Channel::Mailbox,
            summary: format!("{summary}（虚构）"),
            way: Way::Ordinary.into(),
            place: "抚远市（示例）".to_owned(),
            ..Entry::default()
        }
    }

    fn register(&mut self, entry: Entry) {
        let complaint_id = self.id.clone();
        self.intake(RegisterComplaintRequest { complaint_id, entry: Some(entry), ..Default::default() });
    }

    fn assigned_to(&self, agency: &Agency) -> AssignComplaintRequest {
        AssignComplaintRequest {
            complaint_id: self.id.clone(),
            to: agency.code.clone(),
            letter: "转送函（示例）".to_owned(),
            ..AssignComplaintRequest::default()
        }
    }

    fn assign(&mut self) {
        self.intake(self.assigned_to(self.agency));
    }

    fn accept(&mut self, lead: bool) {
        self.handler(AcceptComplaintRequest {
            complaint_id: self.id.clone(),
            way: Way::Ordinary.into(),
            officer: self.officer.code.clone(),
            lead,
            told: "受理告知书（示例）".to_owned(),
            ..AcceptComplaintRequest::default()
        });
    }

    /// Registered, assigned and accepted within the days.
    fn begin(&mut self, chance: &mut Chance, kind: Brought, summary: &str) {
        let entry = self.entry(chance, kind, summary);
        self.register(entry);
        self.later(u32::try_from(chance.between(1, 4)).unwrap_or(1));
        self.assign();
        self.later(u32::try_from(chance.between(1, 6)).unwrap_or(1));
        self.accept(kind == Brought::Report);
    }

    fn answer(&mut self, outcome: Outcome) {
        self.handler(AnswerComplaintRequest {
            complaint_id: self.id.clone(),
            outcome: outcome.into(),
            facts: "经调查核实，来件反映的情况已经查清".to_owned(),
            opinion: "已经依法处理并告知".to_owned(),
            bases: vec!["《信访工作条例》第三十二条".to_owned()],
            told: "书面答复（示例）".to_owned(),
            ..AnswerComplaintRequest::default()
        });
    }

    fn close(&mut self) {
        self.closed(Expect::Clean);
    }

    fn closed(&mut self, expect: Expect) {
        let complaint_id = self.id.clone();
        self.handler_of(self.agency, CloseComplaintRequest { complaint_id, ..Default::default() }, expect);
    }
}

fn seat(agency: &Agency, code: &str, name: &str, role: Role) -> Seat {
    Seat::Of { agency: agency.code.clone(), code: code.to_owned(), name: name.to_owned(), role }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SEED: Seed = Seed { seed: 20_250_701, cases: 400 };

    fn all() -> Vec<Script> {
        complaints(SEED, &County::embedded().unwrap()).scripts
    }

    #[test]
    fn a_year_has_three_thousand_at_the_most_and_every_kind_of_step() {
        let county = County::embedded().unwrap();
        assert_eq!(complaints(Seed { cases: 2_200, ..SEED }, &county).scripts.len(), 3_000);
        assert_eq!(complaints(Seed { cases: 1, ..SEED }, &county).scripts.len(), 1);
        let asked: BTreeSet<_> = all().iter().flat_map(|s| &s.steps).map(|step| step.ask.name()).collect();
        for step in ["RegisterComplaint", "RuleAssignment", "DropLead", "RewardReport", "AnswerReview", "RateAnswer"] {
            assert!(asked.contains(step), "{step}: {asked:?}");
        }
    }

    #[test]
    fn what_comes_over_the_web_is_received_by_whom_the_rest_is() {
        assert!(RECEIVER.ends_with(GOVERNMENT) && RECEIVER.parse::<::complaints::Receiver>().is_ok());
    }

    #[test]
    fn steps_follow_each_other_within_the_year() {
        for script in all() {
            assert!(script.steps.iter().all(|step| step.entered <= end()), "{}", script.number);
            for pair in script.steps.windows(2) {
                assert!(pair[0].at < pair[1].at, "{}: {:?} after {:?}", script.number, pair[1].ask, pair[0].ask);
            }
        }
    }

    #[test]
    fn a_case_that_a_report_led_to_is_filed_on_it_after_it_was_accepted() {
        let county = County::embedded().unwrap();
        let all = complaints(SEED, &county);
        let accepted: BTreeMap<String, Date> = all
            .scripts
            .iter()
            .filter_map(|s| Some((s, s.steps.iter().find(|step| step.ask.name() == "AcceptComplaint")?)))
            .map(|(s, step)| (s.case.to_string(), days::local(step.at).date()))
            .collect();
        let mut filed = 0;
        for mut case in Plan::new(SEED, &county) {
            all.lead_to(&mut case);
            let Some(first) = case.steps.first() else { continue };
            let filing = first.ask.request::<FileCaseRequest>().filter(|filing| !filing.lead_id.is_empty());
            let Some(filing) = filing else { continue };
            assert!(accepted[&filing.lead_id] < days::local(first.at).date(), "{}", case.number);
            assert!(first.after.is_some() && filing.source() == SourceKind::Complaint);
            filed += 1;
        }
        assert_eq!(filed, all.leads.len());
        assert!(filed > 5, "{filed}");
    }
}
