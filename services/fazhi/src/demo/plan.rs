//! The plan of the year: which case is filed when, what it is about, what is unlawful about it, and every step of it.
//!
//! Pure: the same seed and number of cases give the same steps, on any machine, for ever.

use std::collections::VecDeque;

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use uuid::Uuid;

use super::{
    chance::Chance,
    county::County,
    days,
    draw::Draw,
    flaw::{Flaw, Manner},
    matter::{Matter, Want},
    script,
    step::{Kind, Script},
    writer::Writer,
};

/// The first and the last day of the year that is played.
pub(super) const FIRST: Date = date(2025, 7, 1);
pub(super) const LAST: Date = date(2026, 6, 30);
/// Of a thousand cases, so many are unlawful in some way.
const UNLAWFUL_PERMILLE: u32 = 100;
/// Days before the end after which nothing can be overdue yet.
const STALLED_DAYS: i64 = 100;
/// Fined matters remembered, for a second case about the same act.
const FINED_MAX: usize = 64;

/// What identifies a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seed {
    pub(super) seed: u64,
    pub(super) cases: u32,
}

impl Seed {
    /// An id that only this plan has.
    pub(super) fn id(self, name: &str) -> Uuid {
        let text = format!("fazhi-demo/{}/{}/{name}", self.seed, self.cases);
        Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes())
    }
}

/// The moment the year ends: the last hour of its last working day.
pub(super) fn end() -> Timestamp {
    days::instant(LAST.at(18, 0, 0, 0))
}

/// The scripts of the year's cases, in the order of filing.
pub(super) struct Plan<'a> {
    seed: Seed,
    next: u32,
    days: Vec<(Date, u64)>,
    draw: Draw<'a>,
    fined: VecDeque<(Matter<'a>, Date)>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(seed: Seed, county: &'a County) -> Self {
        Self { seed, next: 0, days: busy_days(seed.seed), draw: Draw::new(county), fined: VecDeque::new() }
    }

    /// The day on which case `number` is filed.
    fn day(&self, number: u32) -> Date {
        let total = self.days.last().map_or(1, |(_, up_to)| *up_to);
        let at = (u64::from(number) * 2 + 1) * total / (u64::from(self.seed.cases) * 2).max(1);
        self.days.iter().find(|(_, up_to)| at < *up_to).map_or(LAST, |(day, _)| *day)
    }

    fn script(&mut self, number: u32) -> Script {
        let day = self.day(number);
        let mut chance = Chance::new(self.seed.seed, u64::from(number));
        let mut flaw = chance.permille(UNLAWFUL_PERMILLE).then(|| Flaw::draw(&mut chance));
        // What was filed lately cannot have been forgotten for long.
        if flaw == Some(Flaw::Stalled) && day > days::add(LAST, -STALLED_DAYS) {
            flaw = Some(Flaw::LateEntry);
        }
        let again = if flaw == Some(Flaw::SecondFine) { self.fined_before(day) } else { None };
        if flaw == Some(Flaw::SecondFine) && again.is_none() {
            flaw = Some(Flaw::AboveTier);
        }
        let kind = flaw.map_or_else(|| kind(&mut chance), Flaw::kind);
        let want = match (flaw, kind) {
            (Some(flaw), _) => flaw.want(),
            (None, Kind::Simple) => Want::Spot,
            (None, Kind::Withheld) => Want::Exempt,
            (None, Kind::Transferred) => Want::Fine,
            (None, _) => Want::Any,
        };
        let matter = match &again {
            Some(matter) => matter.clone(),
            None => self.draw.matter(&mut chance, want, day),
        };
        let case = self.seed.id(&format!("case/{number}"));
        let mut w = Writer::begin(&matter, &mut chance, flaw, case, day);
        let lawful_report = flaw.is_none() && kind != Kind::Simple && w.chance.percent(7);
        w.reported = lawful_report || flaw.is_some_and(|f| f.manner() == Manner::Reported);
        match kind {
            _ if again.is_some() => script::second_fine(&mut w),
            Kind::Simple => script::spot(&mut w),
            Kind::Withheld => script::withheld(&mut w),
            Kind::Transferred => script::transferred(&mut w),
            Kind::Ordinary | Kind::Order | Kind::Disclosure | Kind::Complaint | Kind::Reconsideration => {
                script::ordinary(&mut w);
            }
        }
        let mut steps = w.steps;
        let cut = steps.iter().position(|s| s.entered > end()).unwrap_or(steps.len());
        steps.truncate(cut);
        if flaw.is_none() && kind == Kind::Ordinary && matter.fine() > 0 {
            self.remember(matter.clone(), day);
        }
        Script { number, case, kind, agency: matter.agency.code.clone(), flaw, steps }
    }

    /// Keeps a matter that was fined.
    fn remember(&mut self, matter: Matter<'a>, filed: Date) {
        if self.fined.len() == FINED_MAX {
            self.fined.pop_front();
        }
        self.fined.push_back((matter, filed));
    }

    /// A matter whose fine must have been decided and entered by now: lawful cases are within 90 days.
    fn fined_before(&mut self, day: Date) -> Option<Matter<'a>> {
        let at = self.fined.iter().position(|(_, filed)| days::add(*filed, 110) <= day)?;
        let (mut matter, _) = self.fined.remove(at)?;
        matter.violation.discovered = day.to_string();
        Some(matter)
    }
}

impl Iterator for Plan<'_> {
    type Item = Script;

    fn next(&mut self) -> Option<Script> {
        if self.next >= self.seed.cases {
            return None;
        }
        let number = self.next;
        self.next += 1;
        Some(self.script(number))
    }
}

/// The kind of a lawful case.
fn kind(chance: &mut Chance) -> Kind {
    match chance.between(0, 999) {
        0..=329 => Kind::Simple,
        330..=909 => Kind::Ordinary,
        910..=984 => Kind::Withheld,
        _ => Kind::Transferred,
    }
}

/// The working days of the year, with the sum of their business up to each.
fn busy_days(seed: u64) -> Vec<(Date, u64)> {
    let mut chance = Chance::new(seed, u64::MAX);
    let mut sum = 0;
    let mut days = Vec::new();
    let mut day = FIRST;
    while day <= LAST {
        if days::is_working(day) {
            let season = match day.month() {
                1 | 2 => 6,
                3..=5 | 9..=11 => 11,
                _ => 9,
            };
            sum += season * u64::try_from(chance.between(2, 8)).unwrap_or(5);
            days.push((day, sum));
        }
        day = days::add(day, 1);
    }
    days
}

#[cfg(test)]
mod tests;
