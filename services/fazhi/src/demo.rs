//! The demonstration: a county's published lists, and a year of invented cases played through the suite's own API.
//!
//! Invariants:
//! - The only door is gRPC with real tokens; no rule is bypassed, and what a step must come to is checked.
//! - Everything is planned from one fixed seed: two suites with the same number of cases hold the same matters. An
//!   interrupted play goes on where it stopped, because every command has its id from the plan and a repeat does nothing.
//! - Whether it was played is read from the ledgers themselves: there is no file that could disagree with them.

mod answer;
mod ask;
mod chance;
mod complaints;
mod county;
mod days;
mod disclosure;
mod draw;
mod files;
mod flaw;
mod lists;
mod matter;
mod orders;
mod penalty;
mod plan;
mod plans;
mod player;
mod progress;
mod reconsideration;
mod script;
mod step;
mod words;
mod writer;

use std::{collections::BTreeMap, iter::Peekable, sync::Arc};

use ::complaints::Receiver;
use jiff::Timestamp;
use law::calendar::Calendar;
use ledger::Ledger;
use sha2::{Digest as _, Sha256};

use self::{
    county::County,
    lists::ListStep,
    plan::{Plan, Seed, end},
    player::{Due, Player, dues},
    progress::Progress,
    step::Script,
};
use crate::{Failure, up::Suite};

/// When the demonstration begins.
pub const START: Timestamp = Timestamp::constant(1_748_736_000, 0);
/// Everything is planned from this number.
const SEED: u64 = 20_250_701;

/// Who receives in the demonstration what people bring over the web.
pub(crate) fn receiver() -> Result<Receiver, Failure> {
    Ok(complaints::RECEIVER.parse()?)
}

/// What a demonstration knows of the working days when it begins: the notice of its second year is put on record late, in
/// January, so that a year can be seen to turn without a calendar.
pub(crate) fn calendar() -> Arc<Calendar> {
    Arc::new(Calendar::china().until(plan::FIRST.year()))
}

/// Plays the demonstration as far as it is not yet there, then lets the suite's clock go on from its end.
///
/// # Errors
/// When the suite holds other data, is out of reach, or answers a step otherwise than the law lets expect.
pub async fn play(suite: &mut Suite, cases: u32) -> Result<(), Failure> {
    let county = County::embedded()?;
    let seed = Seed { seed: SEED, cases };
    let clock_end = match progress_of(suite, seed, &county).await? {
        Played::Whole(last_entry) => last_entry.max(end()),
        Played::Part => {
            play_year(suite, seed, &county).await?;
            end()
        }
    };
    suite.demo_clock().set(clock_end);
    suite.demo_clock().run();
    Ok(())
}

/// How far a suite's ledgers hold this demonstration.
enum Played {
    /// All of it; with the time of the last entry.
    Whole(Timestamp),
    /// Nothing, or the first part.
    Part,
}

async fn progress_of(suite: &Suite, seed: Seed, county: &County) -> Result<Played, Failure> {
    let (Some(lists), Some(cases)) = (suite.ledger("powerlist"), suite.ledger("enforcement")) else {
        return Err("the suite lacks a ledger".into());
    };
    if let Some(last) = orders::last(seed, county) {
        let command = last.command(0);
        let stream = cases.stream(&format!("agency/{}", last.agency), 0).await?;
        for record in &stream {
            if record.envelope()?.command_id == command {
                return Ok(Played::Whole(last_entry(lists).await?.max(last_entry(cases).await?)));
            }
        }
    }
    let Some(first) = cases.log(0, 1).await?.into_iter().next() else {
        // Lists alone: the demonstration's own have no mark of their number of cases, and going on with them is right
        // for any number.
        return if lists.head().size == 0 || begun(lists).await? { Ok(Played::Part) } else { Err(OTHER_DATA.into()) };
    };
    let ours = Plan::new(seed, county).next().map(|script| script.command(0));
    if Some(first.envelope()?.command_id) == ours { Ok(Played::Part) } else { Err(OTHER_DATA.into()) }
}

const OTHER_DATA: &str = "this suite holds other data, or a demonstration with another number of cases; --demo needs an \
                          empty data folder, or the same --demo-cases as before";

/// Whether the lists are the demonstration's: recorded at its beginning.
async fn begun(lists: &Ledger) -> Result<bool, Failure> {
    let Some(first) = lists.log(0, 1).await?.into_iter().next() else { return Ok(true) };
    Ok(first.envelope()?.recorded_time < days::instant(plan::FIRST.at(0, 0, 0, 0)))
}

async fn last_entry(ledger: &Ledger) -> Result<Timestamp, Failure> {
    let size = ledger.head().size;
    match ledger.log(size.saturating_sub(1), 1).await?.into_iter().next() {
        Some(record) => Ok(record.envelope()?.recorded_time),
        None => Ok(START),
    }
}

/// The year, hour by hour.
async fn play_year(suite: &Suite, seed: Seed, county: &County) -> Result<(), Failure> {
    let mut progress = Progress::new(seed.cases);
    let player = Player::new(suite, seed);
    let mut lists = lists::program(county)?.into_iter().enumerate().peekable();
    let mut hours = Hours::default();
    orders::orders(seed, county).into_iter().for_each(|script| hours.add(script));
    disclosure::scripts(seed, county).into_iter().for_each(|script| hours.add(script));
    let mut complaints = complaints::complaints(seed, county);
    std::mem::take(&mut complaints.scripts).into_iter().for_each(|script| hours.add(script));
    reconsideration::scripts(seed, county).into_iter().for_each(|script| hours.add(script));
    let mut plan = Plan::new(seed, county).peekable();
    progress.say("taking in the county's lists");
    loop {
        // Every case that begins by then is planned before an hour is played.
        while let Some(mut script) =
            plan.next_if(|s| hours.first().is_none_or(|hour| begins(s) <= days::local(hour).date()))
        {
            complaints.lead_to(&mut script);
            hours.add(script);
        }
        let Some(hour) = hours.first() else { break };
        list_office(suite, &player, &mut lists, hour).await?;
        let (steps, ended) = hours.take(hour);
        let commands = steps.len();
        player.hour(hour, steps).await?;
        progress.played(hour, commands, ended);
    }
    list_office(suite, &player, &mut lists, end()).await?;
    player.verdict()?;
    if let Some(last) = orders::last(seed, county) {
        player.hour(end(), dues(last).map(|(_, due)| due).collect()).await?;
    }
    player.verdict()?;
    progress.end();
    Ok(())
}

/// What the list office does up to an hour; whoever acts in that hour has seen it.
async fn list_office(
    suite: &Suite,
    player: &Player<'_>,
    lists: &mut Peekable<impl Iterator<Item = (usize, ListStep)>>,
    hour: Timestamp,
) -> Result<(), Failure> {
    while let Some((number, step)) = lists.next_if(|(_, step)| step.at <= hour) {
        suite.demo_clock().set(step.at);
        player.list(number, &step).await?;
    }
    player.lists_seen();
    Ok(())
}

/// The day on which a script begins.
fn begins(script: &Script) -> jiff::civil::Date {
    script.steps.first().map_or(plan::LAST, |s| days::local(s.at).date())
}

/// Steps that wait for their hour.
#[derive(Default)]
struct Hours {
    waiting: BTreeMap<Timestamp, Vec<Due>>,
    /// Steps still to come, by script.
    left: BTreeMap<u32, usize>,
}

impl Hours {
    fn add(&mut self, script: Script) {
        self.left.insert(script.number, script.steps.len());
        for (hour, due) in dues(script) {
            self.waiting.entry(hour).or_default().push(due);
        }
    }

    fn first(&self) -> Option<Timestamp> {
        self.waiting.keys().next().copied()
    }

    /// The steps of an hour, and how many cases have no step after it.
    fn take(&mut self, hour: Timestamp) -> (Vec<Due>, usize) {
        let steps = self.waiting.remove(&hour).unwrap_or_default();
        let mut ended = 0;
        for due in &steps {
            if let Some(left) = self.left.get_mut(&due.script) {
                *left -= 1;
                if *left == 0 {
                    self.left.remove(&due.script);
                    ended += usize::from(due.script < orders::FROM);
                }
            }
        }
        (steps, ended)
    }
}

/// SHA-256.
fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 in hex.
fn sha256(bytes: &[u8]) -> String {
    hex::encode(digest(bytes))
}
