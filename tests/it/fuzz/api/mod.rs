//! Requests that nobody would send, to every RPC of every service, and what they leave behind.
//!
//! The stories are overheard, and told again in several worlds side by side, each with ids of its own: before each of their
//! requests go odd ones, made of it by changing a few fields, the way it is written down, the way it is sent or who sends it. What
//! no story asks is made of what its fields are known to hold. What is sent follows from the seed, the request it is made of and
//! the world alone.

mod left;
mod odd;
mod play;
mod sample;
mod send;
mod spoil;
mod tap;

use std::{
    sync::{
        Once,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::{LocalBoxFuture, join_all};
use stories::suite::{self, Engine};

use self::{
    left::Left,
    play::{Course, Told, lock, play},
    sample::Corpus,
};
use super::seed;
use crate::{
    case_story, complaints_story, crime_story, disclosure_story, lists, loop_story, reconsideration_story,
    reporting_story, spot_story,
};

/// Most memory above idle that two suites, built twice, and all who call them may take; 1,109 MiB were measured of five passes.
const MEMORY_MIB_MAX: u64 = 2048;

static PANICS: AtomicU64 = AtomicU64::new(0);

/// Counts from now on what panics in this process, but for tests; answers how much did so far.
fn count_panics() -> u64 {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if panic.location().is_none_or(|at| !at.file().starts_with("tests/")) {
                PANICS.fetch_add(1, Ordering::Relaxed);
            }
            before(panic);
        }));
    });
    panics()
}

fn panics() -> u64 {
    PANICS.load(Ordering::Relaxed)
}

/// Listens to stories: a few of them, or all.
async fn overhear(all: bool) -> Corpus {
    let sqlite = Engine::Sqlite;
    let mut stories: Vec<LocalBoxFuture<'_, ()>> = vec![
        Box::pin(lists::the_lists_answer_as_of_a_day(sqlite)),
        Box::pin(case_story::a_case_goes_from_filing_to_archive(sqlite)),
        Box::pin(complaints_story::a_petition_goes_through_review_and_recheck(sqlite)),
        Box::pin(disclosure_story::a_third_party_is_heard_before_anything_is_disclosed(sqlite)),
        Box::pin(reconsideration_story::a_late_decision_is_found_and_the_judgment_is_counted_against_the_respondent(
            sqlite,
        )),
    ];
    if all {
        let others: Vec<LocalBoxFuture<'_, ()>> = vec![
            Box::pin(spot_story::a_citizen_is_fined_on_the_spot_and_stays_unnamed(sqlite)),
            Box::pin(spot_story::an_organisation_is_fined_more_on_the_spot(sqlite)),
            Box::pin(spot_story::cash_that_dawdles_is_found(sqlite)),
            Box::pin(crime_story::a_crime_goes_to_the_police(sqlite)),
            Box::pin(crime_story::a_case_that_the_police_do_not_file_goes_on(sqlite)),
            Box::pin(crime_story::no_quota_and_no_blanket_stop(sqlite)),
            Box::pin(complaints_story::a_report_finds_its_agency_and_what_came_of_it_is_told(sqlite)),
            Box::pin(complaints_story::what_another_system_registered_comes_in_once(sqlite)),
            Box::pin(disclosure_story::what_comes_late_is_found_and_the_year_is_reported(sqlite)),
            Box::pin(reconsideration_story::silence_accepts_and_what_is_revoked_may_not_come_back_the_same(sqlite)),
            Box::pin(reconsideration_story::a_citizen_applies_over_the_internet_and_follows_it_by_a_code(sqlite)),
            Box::pin(reporting_story::an_unlawful_case_that_is_reported_is_recorded_and_found(sqlite)),
            Box::pin(loop_story::a_report_comes_back_to_whoever_made_it(sqlite)),
            Box::pin(loop_story::who_reported_stands_in_the_vault_alone(sqlite)),
        ];
        stories.extend(others);
    }
    let heard: Vec<_> = join_all(stories.into_iter().map(tap::overhear)).await;
    Corpus::of(&heard)
}

/// What a run came to.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) requests: u64,
    pub(super) odd_and_taken: u64,
    pub(super) panics: u64,
    pub(super) internal: u64,
    pub(super) wrong: usize,
    pub(super) parked: usize,
    pub(super) views_equal: bool,
    pub(super) other: usize,
    pub(super) events: u64,
    pub(super) rss_mib: u64,
    pub(super) above_idle_mib: u64,
    never_asked: Vec<&'static str>,
}

impl Outcome {
    fn of(corpus: &Corpus, runs: &[(Told, Left)], panics: u64) -> Self {
        let mut outcome = Self { panics, views_equal: true, ..Self::default() };
        for (told, left) in runs {
            told.print(corpus);
            let wrong = lock(&told.wrong);
            for wrong in wrong.iter().chain(&left.parked).chain(&left.views).chain(&left.other) {
                println!("{wrong}");
            }
            outcome.requests += told.requests.load(Ordering::Relaxed);
            outcome.odd_and_taken += told.odd_and_taken();
            outcome.internal += wrong.iter().filter(|wrong| wrong.contains(": INTERNAL")).count() as u64;
            outcome.wrong += wrong.len();
            outcome.parked += left.parked.len();
            outcome.views_equal &= left.views.is_empty();
            outcome.other += left.other.len();
            outcome.events += left.events;
            outcome.never_asked.extend(told.never_asked(corpus));
        }
        outcome
    }

    /// Nothing is broken, and enough was taken of what was odd to say so.
    #[track_caller]
    pub(super) fn are_harmless(&self) {
        assert_eq!((self.panics, self.wrong, self.parked, self.other), (0, 0, 0, 0), "see what is printed");
        assert!(self.views_equal, "views are other than folded anew");
        assert_eq!(self.never_asked, Vec::<&str>::new());
        assert!(self.odd_and_taken * 20 > self.requests, "hardly anything odd was valid: {}", self.odd_and_taken);
        assert!(self.above_idle_mib <= MEMORY_MIB_MAX, "{} MiB", self.above_idle_mib);
    }
}

/// Sends so many requests to each engine, or as many as there is time for.
pub(super) async fn for_minutes(requests: u64, end: Instant) -> Outcome {
    let before = count_panics();
    let corpus = overhear(true).await;
    println!("SEED={}: {} requests overheard", seed(), corpus.samples.len());
    let memory = Memory::idle();
    let passes = async |engine: Engine| {
        let mut runs = Vec::new();
        let (mut sent, mut longest) = (0, Duration::ZERO);
        // Each pass leaves a year behind, and its clock goes forward: the next one has a suite of its own.
        while sent < requests && (runs.is_empty() || Instant::now() + longest < end) {
            let began = Instant::now();
            let seed = seed() + (runs.len() as u64) * 1_000_003;
            let course = Course { seed, worlds: 6, of_each: 8, end };
            let (told, left) = pass(engine, &corpus, course).await;
            sent += told.requests.load(Ordering::Relaxed);
            longest = longest.max(began.elapsed());
            let held = Memory::kib("VmRSS:") / 1024;
            println!("{engine:?}: {sent} requests, the pass took {} s; {held} MiB held", began.elapsed().as_secs());
            runs.push((told, left));
        }
        runs
    };
    let (mut runs, others) = tokio::join!(passes(Engine::Sqlite), passes(Engine::Postgres));
    runs.extend(others);
    let mut outcome = Outcome::of(&corpus, &runs, panics() - before);
    (outcome.rss_mib, outcome.above_idle_mib) = memory.most();
    outcome
}

async fn pass(engine: Engine, corpus: &Corpus, course: Course) -> (Told, Left) {
    let running = suite::start(engine).await;
    let told = Told::default();
    play(&running, corpus, course, &told).await;
    let left = Left::of(running).await;
    (told, left)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odd_requests_are_answered_and_leave_nothing_odd() {
    let before = count_panics();
    let corpus = overhear(false).await;
    let course = Course { seed: seed(), worlds: 1, of_each: 0, end: Instant::now() + Duration::from_secs(600) };
    let runs = tokio::join!(pass(Engine::Sqlite, &corpus, course), pass(Engine::Postgres, &corpus, course));
    Outcome::of(&corpus, &[runs.0, runs.1], panics() - before).are_harmless();
}

/// What this process holds.
struct Memory {
    idle_kib: u64,
}

impl Memory {
    /// From now on its most is watched for.
    fn idle() -> Self {
        std::fs::write("/proc/self/clear_refs", "5").expect("our own");
        Self { idle_kib: Self::most_kib() }
    }

    fn most_kib() -> u64 {
        Self::kib("VmHWM:")
    }

    fn kib(of: &str) -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").expect("our own");
        let found = status.lines().find_map(|line| line.strip_prefix(of)?.trim().strip_suffix(" kB"));
        found.and_then(|kib| kib.parse().ok()).expect("a number")
    }

    /// MiB that it held at most, and how much of it above idle.
    fn most(&self) -> (u64, u64) {
        let most = Self::most_kib();
        (most / 1024, most.saturating_sub(self.idle_kib) / 1024)
    }
}
