//! The year's applications for reconsideration: parties of the year's cases apply to the county's government against their
//! penalties. Most stand, some fall or are settled, some are late on either side, a few go to court.

mod courses;
mod requests;

use jiff::civil::Date;
use kernel::Role;
use proto::{
    common::v1::PenaltyKind,
    enforcement::v1::{DecidePenaltyRequest, FileCaseRequest, LodgeAppealRequest, PartyKind, ServeDecisionRequest},
    reconsideration::v1::{self as wire, PersonKind},
};
use uuid::Uuid;

use super::{
    ask::Ask,
    chance::Chance,
    county::{Agency, County},
    days,
    plan::{Plan, Seed, end},
    step::{After, Expect, Kind, Script, Seat, Step},
    words,
};
use courses::COURSES;

/// Most applications of a year.
const APPLICATIONS_MAX: u32 = 120;
/// Of so many cases one application comes.
const CASES_EACH: u32 = 18;
/// Numbers of these scripts, beyond those of complaints.
const FROM: u32 = 4_000_000;
/// 抚远市人民政府, whose agencies' acts it reconsiders.
const GOVERNMENT: &str = "11230883MB0101012C";
/// Its head, the head of its reconsideration institution, and those who handle the cases.
const HEAD: (&str, &str) = ("101901", "赵升长");
const INSTITUTION: (&str, &str) = ("112901", "朱春文");
const HANDLERS: [(&str, &str); 3] = [("112002", "萧志新"), ("112011", "吕晓琳"), ("112012", "安志成")];
/// So many days after service a party that thinks of it in time has applied at the latest; some days before the last.
const APPLIED_WITHIN: i64 = 48;

/// A penalty of the year that its party may apply against.
struct Penalised {
    case: Uuid,
    agency: String,
    item: String,
    party: wire::Person,
    penalties: Vec<wire::Penalty>,
    on_spot: bool,
    decided: Date,
    served: Date,
    /// The last day on which anything happens in the case.
    ended: Date,
}

impl Penalised {
    /// What a case of the plan ended in, if its party may still apply after all of it.
    fn of(script: &Script) -> Option<Self> {
        fn asked<R: 'static>(script: &Script) -> Option<(Date, &R)> {
            let step =
                script.steps.iter().rfind(|step| step.expect == Expect::Clean && step.ask.request::<R>().is_some())?;
            Some((days::local(step.at).date(), step.ask.request()?))
        }
        if script.flaw.is_some() || asked::<LodgeAppealRequest>(script).is_some() {
            return None;
        }
        let (_, filed) = asked::<FileCaseRequest>(script)?;
        let (decided, decision) = asked::<DecidePenaltyRequest>(script)?;
        let (served, _) = asked::<ServeDecisionRequest>(script)?;
        let ended = days::local(script.steps.last()?.entered).date();
        let party = filed.party.as_ref()?;
        let kind = match party.kind() {
            PartyKind::Citizen => PersonKind::Citizen,
            PartyKind::LegalPerson => PersonKind::LegalPerson,
            _ => PersonKind::OtherOrganisation,
        };
        let penalty = |p: &proto::enforcement::v1::Penalty| wire::Penalty {
            kind: p.kind,
            amount_fen: p.amount_fen,
            days: p.days,
            what: p.what.clone(),
            months: p.months,
            for_life: p.for_life,
        };
        Some(Self {
            case: script.case,
            agency: script.agency.clone(),
            item: filed.item_code.clone(),
            party: wire::Person {
                kind: kind.into(),
                name: party.name.clone(),
                uscc: party.uscc.clone(),
                id_number: party.id_number.clone(),
                phone: party.phone.clone(),
                address: party.address.clone(),
            },
            penalties: decision.penalties.iter().map(penalty).collect(),
            on_spot: script.kind == Kind::Simple,
            decided,
            served,
            ended,
        })
        .filter(|one| one.ended < days::add(served, APPLIED_WITHIN) && one.fine() > 0)
    }

    /// Sum of the fines, in fen.
    fn fine(&self) -> i64 {
        let fines = self.penalties.iter().filter(|p| p.kind() == PenaltyKind::Fine);
        fines.filter_map(|p| p.amount_fen).sum()
    }

    /// The penalties with another fine.
    fn with_fine(&self, fen: i64) -> Vec<wire::Penalty> {
        let change = |p: &wire::Penalty| match p.kind() == PenaltyKind::Fine {
            true => wire::Penalty { amount_fen: Some(fen), ..p.clone() },
            false => p.clone(),
        };
        self.penalties.iter().map(change).collect()
    }
}

/// The applications of the year.
pub(super) fn scripts(seed: Seed, county: &County) -> Vec<Script> {
    let Some(government) = county.agencies.iter().find(|a| a.code == GOVERNMENT) else { return Vec::new() };
    let mut penalised: Vec<Penalised> = Plan::new(seed, county).filter_map(|script| Penalised::of(&script)).collect();
    penalised.sort_by_key(|one| one.ended);
    let count = seed.cases.div_ceil(CASES_EACH).min(APPLICATIONS_MAX) as usize;
    let every = (penalised.len() / count.max(1)).max(1);
    let mut chance = Chance::new(seed.seed, u64::from(FROM));
    let mut scripts = Vec::new();
    for (n, act) in (0..).zip(penalised.into_iter().step_by(every).take(count)) {
        let Some(respondent) = county.agencies.iter().find(|a| a.code == act.agency) else { continue };
        let Some(officer) = county.officers.iter().find(|o| o.agency == act.agency) else { continue };
        let id = seed.id(&format!("appeal/{n}"));
        let mut w = Writer {
            id: id.to_string(),
            government,
            respondent,
            officer: seat(respondent, (&officer.code, &officer.name), Role::Officer),
            day: act.ended,
            act,
            today: 0,
            steps: Vec::new(),
        };
        w.play(COURSES[n as usize % COURSES.len()], &mut chance);
        w.steps.retain(|step| step.entered <= end());
        // All of them draw their numbers from one series: played one after the other, they are the same in every suite.
        let agency = GOVERNMENT.to_owned();
        scripts.push(Script {
            number: FROM + n,
            case: id,
            kind: Kind::Reconsideration,
            agency,
            flaw: None,
            steps: w.steps,
        });
    }
    scripts
}

/// Writes the steps of one application.
struct Writer<'a> {
    id: String,
    government: &'a Agency,
    respondent: &'a Agency,
    /// Who acts for the respondent.
    officer: Seat,
    act: Penalised,
    day: Date,
    /// How many steps there are today.
    today: i8,
    steps: Vec<Step>,
}

impl Writer<'_> {
    fn step(&mut self, by: Seat, ask: impl Into<Ask>, expect: Expect) {
        let at = days::instant(self.day.at(9 + self.today, 0, 0, 0));
        self.today += 1;
        let (ask, objects, after) = (ask.into(), Vec::new(), None);
        self.steps.push(Step { at, entered: at, by, reported: false, ask, objects, after, expect });
    }

    /// Those who handle it.
    fn clerk(&mut self, ask: impl Into<Ask>) {
        self.step(seat(self.government, HANDLERS[0], Role::ReconsiderationClerk), ask, Expect::Clean);
    }

    fn refused(&mut self, ask: impl Into<Ask>, rule: &'static str) {
        self.step(seat(self.government, HANDLERS[0], Role::ReconsiderationClerk), ask, Expect::Refused(rule));
    }

    /// The head of the reconsideration institution.
    fn institution(&mut self, ask: impl Into<Ask>, expect: Expect) {
        self.step(seat(self.government, INSTITUTION, Role::ReconsiderationHead), ask, expect);
    }

    /// The head of the government.
    fn head(&mut self, ask: impl Into<Ask>, expect: Expect) {
        self.step(seat(self.government, HEAD, Role::AgencyHead), ask, expect);
    }

    /// The respondent's officer.
    fn officer(&mut self, ask: impl Into<Ask>, expect: Expect) {
        self.step(self.officer.clone(), ask, expect);
    }

    /// So many working days later.
    fn later(&mut self, working_days: u32) {
        self.on(days::add_working(self.day, working_days));
    }

    /// On that day, if it has not passed.
    fn on(&mut self, day: Date) {
        if day > self.day {
            self.day = day;
            self.today = 0;
        }
    }

    /// On the first working day from that one on.
    fn around(&mut self, day: Date) {
        self.on(days::working_from(day));
    }

    /// The id of a part of it.
    fn part(&self, name: &str) -> String {
        Uuid::new_v5(&self.act.case, name.as_bytes()).to_string()
    }

    /// What was imposed, in a sentence.
    fn imposed(&self) -> String {
        words::imposed(
            self.act.penalties.iter().map(|p| (p.kind(), p.amount_fen, p.days.map(|days| format!("{days}日")))),
        )
    }
}

fn seat(agency: &Agency, (code, name): (&str, &str), role: Role) -> Seat {
    Seat::Of { agency: agency.code.clone(), code: code.to_owned(), name: name.to_owned(), role }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proto::reconsideration::v1::ApplyForReconsiderationRequest;

    use super::*;

    const SEED: Seed = Seed { seed: 20_250_701, cases: 2_200 };

    fn all() -> Vec<Script> {
        scripts(SEED, &County::embedded().unwrap())
    }

    #[test]
    fn a_year_has_a_hundred_and_twenty_at_the_most_and_every_kind_of_end() {
        let county = County::embedded().unwrap();
        assert_eq!(all().len(), 120);
        assert!(scripts(Seed { cases: 40, ..SEED }, &county).len() <= 3);
        let asked: BTreeSet<_> = all().iter().flat_map(|s| &s.steps).map(|step| step.ask.name()).collect();
        for step in [
            "RejectApplication",
            "LapseApplication",
            "WithdrawAppeal",
            "HoldMediation",
            "RedoAct",
            "IssueLetter",
            "PressPerformance",
            "PayCompensation",
            "RecordJudgment",
            "CloseAppeal",
        ] {
            assert!(asked.contains(step), "{step}: {asked:?}");
        }
    }

    #[test]
    fn steps_follow_each_other_within_the_year_and_its_office_hours() {
        for script in all() {
            assert!(script.steps.iter().all(|step| step.entered <= end()), "{}", script.number);
            assert!(script.steps.iter().all(|step| days::local(step.at).hour() < 18), "{}", script.number);
            for pair in script.steps.windows(2) {
                assert!(pair[0].at < pair[1].at, "{}: {:?} after {:?}", script.number, pair[1].ask, pair[0].ask);
            }
        }
    }

    #[test]
    fn every_application_is_against_another_case_of_the_year_that_was_over() {
        let over: BTreeMap<String, Date> = Plan::new(SEED, &County::embedded().unwrap())
            .filter_map(|s| Some((s.case.to_string(), days::local(s.steps.last()?.entered).date())))
            .collect();
        let mut cases = BTreeSet::new();
        for script in all() {
            let Some(first) = script.steps.first() else { continue };
            let applied = first.ask.request::<ApplyForReconsiderationRequest>().expect("an application first");
            let case = &applied.act.as_ref().unwrap().case_id;
            assert!(days::local(first.at).date() > over[case], "{}", script.number);
            assert!(cases.insert(case.clone()), "{case} twice");
        }
    }
}
