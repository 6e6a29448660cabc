//! Counters per agency and month: what the numbers of a period are summed up from.
//!
//! What a matter counts for follows from its row alone. When the row changes, the difference between what it counted for
//! before and after is added, so a matter that is decided again never counts twice. What every matter has is a column;
//! what services count beside it, each by its own indicators, is a row.

use std::collections::BTreeMap;

use law::vocabulary::{Counts, IndicatorCard};

use crate::{
    event::Event,
    model::FindingKind,
    services::{Services, clock_of},
    store::{Batch, Column, Table, Value, month_text},
    views::{
        deadlines::{self, Clock, MET, MISSED, RUNNING_CLOCKS},
        findings,
        matters::{Matter, passes},
    },
};

macro_rules! counters {
    ($(#[$of_first:meta])* $first:ident, $($(#[$meta:meta])* $name:ident),* $(,)?) => {
        /// One counter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(non_camel_case_types, reason = "the names are the columns")]
        pub(crate) enum Counter { $(#[$of_first])* $first, $($(#[$meta])* $name,)* }

        impl Counter {
            pub(crate) const NAMES: &'static [&'static str] = &[stringify!($first), $(stringify!($name)),*];
        }

        const NOTHING_AT_ALL: &str = concat!(stringify!($first), " = 0" $(, " AND ", stringify!($name), " = 0")*);

        /// Counters per agency and month.
        pub(crate) static SCORECARD: Table = Table {
            name: "scorecard",
            about: "Counters per agency and month.",
            columns: &[
                Column::of::<String>("agency").key(),
                Column::of::<String>("month").key(),
                Column::of::<String>("region").key(),
                Column::of::<i64>(stringify!($first)).add(),
                $(Column::of::<i64>(stringify!($name)).add(),)*
            ],
            indexes: &[("region, month", ""), (stringify!($first), NOTHING_AT_ALL)],
            // A month in which another agency had a matter before: how the batches were cut must not show.
            empty: NOTHING_AT_ALL,
            search: "",
        };
    };
}

counters! {
    /// By month of opening.
    opened,
    /// By month of decision, whatever it came to.
    decided,
    /// Decided, in fen.
    imposed_fen,
    /// Of these, paid so far.
    collected_fen,
    /// By month of the end.
    ended,
    /// Decisions that stand on the web, by month of publication.
    published,
    /// By month of payment, in fen.
    paid_fen,
    /// By month of the act.
    events, late_events,
    /// Findings, by month of the finding's day.
    violations, missed_deadlines, missing_duties, late_recordings, refused_attempts,
    /// Rules that acts could not be held against, by month of the act.
    not_checked,
    /// Clocks, by month in which they ended.
    clocks_met, clocks_missed,
}

const COUNTERS: usize = Counter::NAMES.len();

/// What services count beside it: matters by month of decision or end, clocks by month in which they ended.
pub(crate) static INDICATORS: Table = Table {
    name: "indicators",
    about: "What counts for an indicator that a service declares, and of it what passes, per agency and month.",
    columns: &[
        Column::of::<String>("agency").key(),
        Column::of::<String>("month").key(),
        Column::of::<String>("region").key(),
        Column::of::<String>("indicator").key(),
        Column::of::<i64>("counted").add(),
        Column::of::<i64>("passed").add(),
    ],
    indexes: &[("region, month", ""), ("counted", NOTHING_COUNTED)],
    // A month that a matter was decided in before it was decided again: how the batches were cut must not show.
    empty: NOTHING_COUNTED,
    search: "",
};

const NOTHING_COUNTED: &str = "counted = 0 AND passed = 0";

/// Matters by the stage they stand at now.
pub(crate) static STAGES: Table = Table {
    name: "stages",
    about: "Matters by agency, kind and the stage they stand at, and those of them that have not ended.",
    columns: &[
        Column::of::<String>("agency").key(),
        Column::of::<String>("region").key(),
        Column::of::<String>("kind").key(),
        Column::of::<String>("stage").key(),
        Column::of::<i64>("matters").add(),
        Column::of::<i64>("open").add(),
    ],
    indexes: &[],
    // A stage that every matter has left: how the batches were cut must not show.
    empty: "matters = 0",
    search: "",
};

/// What decisions came to.
pub(crate) static OUTCOMES: Table = Table {
    name: "outcomes",
    about: "Matters by agency, month of their decision, kind and what it came to.",
    columns: &[
        Column::of::<String>("agency").key(),
        Column::of::<String>("month").key(),
        Column::of::<String>("region").key(),
        Column::of::<String>("kind").key(),
        Column::of::<String>("outcome").key(),
        Column::of::<i64>("decided").add(),
    ],
    indexes: &[("kind, month", ""), ("decided", NOTHING_DECIDED)],
    // A month that a matter was decided in before it was decided again: how the batches were cut must not show.
    empty: NOTHING_DECIDED,
    search: "",
};

const NOTHING_DECIDED: &str = "decided = 0";

const NOTHING_CITES: &str = "matters = 0 AND published = 0";

/// Matters by the item they cite.
pub(crate) static ITEM_USE: Table = Table {
    name: "item_use",
    about: "Matters by the item they cite, and those of them that stand on the web.",
    columns: &[
        Column::of::<String>("item").key(),
        Column::of::<String>("agency").key(),
        Column::of::<String>("region").key(),
        Column::of::<i64>("matters").add(),
        Column::of::<i64>("published").add(),
    ],
    indexes: &[("matters", NOTHING_CITES)],
    // An item that a matter cited while another agency had it: how the batches were cut must not show.
    empty: NOTHING_CITES,
    search: "",
};

/// How often each rule spoke.
pub(crate) static RULE_USE: Table = Table {
    name: "rule_use",
    about: "How often each rule was satisfied, broken, refused by, met, missed and not checked, per agency.",
    columns: &[
        Column::of::<String>("agency").key(),
        Column::of::<String>("region").key(),
        Column::of::<String>("rule").key(),
        Column::of::<i64>("satisfied").add(),
        Column::of::<i64>("violated").add(),
        Column::of::<i64>("refused").add(),
        Column::of::<i64>("met").add(),
        Column::of::<i64>("missed").add(),
        Column::of::<i64>("not_checked").add(),
    ],
    indexes: &[],
    empty: "",
    search: "",
};

/// Whose counter, and of which month.
type Key = (String, String, String);

/// What the fold found out of one event.
pub(crate) struct Of<'f> {
    pub(crate) services: &'f Services,
    /// Whose it is.
    pub(crate) agency: &'f str,
    pub(crate) region: &'f str,
    /// An act of a matter: what can be recorded late. An attempt that was refused is no act.
    pub(crate) is_act: bool,
    pub(crate) is_late: bool,
    pub(crate) paid_fen: i64,
}

/// What one batch adds to the counters.
#[derive(Default)]
pub(crate) struct Tally {
    months: BTreeMap<Key, [i64; COUNTERS]>,
    indicators: BTreeMap<(Key, &'static str), [i64; 2]>,
    stages: BTreeMap<(String, String, String, String), [i64; 2]>,
    /// By kind and outcome.
    outcomes: BTreeMap<(Key, String, String), i64>,
    items: BTreeMap<(String, String, String), [i64; 2]>,
    rules: BTreeMap<(String, String, String), [i64; 6]>,
    /// Clocks begin to count (1) and count no more (-1).
    running: Vec<(deadlines::Counted, i64)>,
}

/// What one matter counts for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    agency: String,
    region: String,
    item: String,
    public: bool,
    /// Kind, stage, and whether it has not ended; none before it is opened.
    stands: Option<(String, String, bool)>,
    months: Vec<(String, Counter, i64)>,
    /// Month, kind and outcome of its decision.
    outcome: Option<(String, String, String)>,
    /// Month, indicator, and whether it passes.
    indicators: Vec<(String, &'static str, bool)>,
}

impl Counted {
    pub(crate) fn of(matter: &Matter, services: &Services) -> Self {
        use Counter as C;
        let mut months = vec![(month_text(matter.opened), C::opened, 1)];
        if let Some(decided) = matter.decided {
            let month = month_text(decided);
            months.extend(
                [
                    (C::decided, 1),
                    (C::imposed_fen, matter.imposed_fen),
                    (C::collected_fen, matter.paid_fen.min(matter.imposed_fen)),
                ]
                .map(|(counter, n)| (month.clone(), counter, n)),
            );
        }
        if let Some(ended) = matter.ended {
            months.push((month_text(ended), C::ended, 1));
        }
        if let Some(published) = matter.published.filter(|_| matter.is_public() && matter.decided.is_some()) {
            months.push((month_text(published), C::published, 1));
        }
        Self {
            agency: matter.agency.clone(),
            region: matter.region.clone(),
            item: matter.item.clone(),
            public: matter.is_public(),
            stands: Some((matter.kind.clone(), matter.stage.clone(), matter.ended.is_none())),
            months,
            outcome: matter
                .decided
                .zip(matter.outcome.clone())
                .map(|(day, outcome)| (month_text(day), matter.kind.clone(), outcome)),
            indicators: indicators(matter, services),
        }
    }
}

fn indicators(matter: &Matter, services: &Services) -> Vec<(String, &'static str, bool)> {
    // Most matters of most batches count for nothing yet.
    if matter.counts.is_empty() {
        return Vec::new();
    }
    let one = |card: &'static IndicatorCard| {
        let day = match card.counts {
            Counts::Decided => matter.decided,
            Counts::Ended => matter.ended,
            Counts::Clock(_) => None,
        };
        Some((month_text(day?), card.id, passes(&matter.counts, card.id)?))
    };
    services.indicators().filter_map(one).collect()
}

impl Tally {
    fn month(&mut self, agency: &str, region: &str, month: String) -> &mut [i64; COUNTERS] {
        self.months.entry((agency.to_owned(), month, region.to_owned())).or_insert([0; COUNTERS])
    }

    fn rule(&mut self, agency: &str, region: &str, rule: &str) -> &mut [i64; 6] {
        self.rules.entry((agency.to_owned(), region.to_owned(), rule.to_owned())).or_insert([0; 6])
    }

    fn indicator(&mut self, agency: &str, region: &str, month: &str, indicator: &'static str) -> &mut [i64; 2] {
        let key = (agency.to_owned(), month.to_owned(), region.to_owned());
        self.indicators.entry((key, indicator)).or_default()
    }

    /// A matter's row changed: it counts for something else now.
    pub(crate) fn matter(&mut self, before: &Counted, after: &Counted) {
        if before == after {
            return;
        }
        for (counted, sign) in [(before, -1), (after, 1)] {
            for (month, counter, n) in &counted.months {
                let sum = &mut self.month(&counted.agency, &counted.region, month.clone())[*counter as usize];
                *sum = sum.saturating_add(sign * n);
            }
            for (month, indicator, passes) in &counted.indicators {
                let [all, passed] = self.indicator(&counted.agency, &counted.region, month, indicator);
                *all += sign;
                *passed += sign * i64::from(*passes);
            }
            if let Some((month, kind, outcome)) = &counted.outcome {
                let key = (counted.agency.clone(), month.clone(), counted.region.clone());
                *self.outcomes.entry((key, kind.clone(), outcome.clone())).or_default() += sign;
            }
            let Some((kind, stage, is_open)) = &counted.stands else { continue };
            if !counted.item.is_empty() {
                let key = (counted.item.clone(), counted.agency.clone(), counted.region.clone());
                let [matters, published] = self.items.entry(key).or_default();
                *matters += sign;
                *published += sign * i64::from(counted.public);
            }
            let key = (counted.agency.clone(), counted.region.clone(), kind.clone(), stage.clone());
            let [matters, open] = self.stages.entry(key).or_default();
            *matters += sign;
            *open += sign * i64::from(*is_open);
        }
    }

    /// What an event counts for by itself.
    pub(crate) fn event(&mut self, event: &Event<'_>, of: &Of<'_>, found: &[findings::Counted], ended: &[Clock]) {
        use Counter as C;
        let (agency, region) = (of.agency, of.region);
        let month = self.month(agency, region, month_text(event.day));
        month[C::events as usize] += i64::from(of.is_act);
        month[C::late_events as usize] += i64::from(of.is_late);
        let paid = &mut month[C::paid_fen as usize];
        *paid = paid.saturating_add(of.paid_fen);
        for one in found {
            let counter = match one.kind {
                FindingKind::Violation => C::violations,
                FindingKind::MissedDeadline => C::missed_deadlines,
                FindingKind::MissingDuty => C::missing_duties,
                FindingKind::LateRecording => C::late_recordings,
                FindingKind::RefusedAttempt => C::refused_attempts,
                FindingKind::NotChecked => C::not_checked,
            };
            self.month(&one.agency, &one.region, month_text(one.day))[counter as usize] += 1;
            match one.kind {
                FindingKind::Violation | FindingKind::MissedDeadline | FindingKind::MissingDuty => {
                    self.rule(&one.agency, &one.region, &one.rule)[1] += 1;
                }
                FindingKind::RefusedAttempt => self.rule(&one.agency, &one.region, &one.rule)[2] += 1,
                FindingKind::NotChecked => self.rule(&one.agency, &one.region, &one.rule)[5] += 1,
                FindingKind::LateRecording => {}
            }
        }
        for rule in &event.envelope.rules {
            self.rule(agency, region, rule)[0] += 1;
        }
        for clock in ended {
            self.clock(clock, of.services);
        }
    }

    /// A clock changed: it counts for another moment now, or for none.
    pub(crate) fn running(&mut self, before: Option<deadlines::Counted>, after: Option<deadlines::Counted>) {
        if before != after {
            self.running.extend(before.map(|counted| (counted, -1)));
            self.running.extend(after.map(|counted| (counted, 1)));
        }
    }

    fn clock(&mut self, clock: &Clock, services: &Services) {
        use Counter as C;
        let (met, missed) = (clock.state == MET, clock.state == MISSED);
        let Some(stopped) = clock.stopped.filter(|_| met || missed) else { return };
        let month = month_text(law::day_of(stopped));
        for card in services.indicators().filter(|card| clock_of(card) == Some(&clock.rule)) {
            let [counted, passed] = self.indicator(&clock.agency, &clock.region, &month, card.id);
            *counted += 1;
            *passed += i64::from(met);
        }
        let counter = if met { C::clocks_met } else { C::clocks_missed };
        self.month(&clock.agency, &clock.region, month)[counter as usize] += 1;
        self.rule(&clock.agency, &clock.region, &clock.rule)[if met { 3 } else { 4 }] += 1;
    }

    pub(crate) fn write(self, out: &mut Batch) {
        for ((agency, month, region), counts) in self.months {
            let mut row: Vec<Value> = vec![agency.into(), month.into(), region.into()];
            row.extend(counts.map(Value::Int));
            out.append(&SCORECARD, row);
        }
        for (((agency, month, region), indicator), [counted, passed]) in self.indicators {
            if (counted, passed) != (0, 0) {
                let row =
                    vec![agency.into(), month.into(), region.into(), indicator.into(), counted.into(), passed.into()];
                out.append(&INDICATORS, row);
            }
        }
        for ((agency, region, kind, stage), [matters, open]) in self.stages {
            if (matters, open) != (0, 0) {
                let row = vec![agency.into(), region.into(), kind.into(), stage.into(), matters.into(), open.into()];
                out.append(&STAGES, row);
            }
        }
        for (((agency, month, region), kind, outcome), decided) in self.outcomes {
            if decided != 0 {
                let row = vec![agency.into(), month.into(), region.into(), kind.into(), outcome.into(), decided.into()];
                out.append(&OUTCOMES, row);
            }
        }
        for ((item, agency, region), [matters, published]) in self.items {
            // A batch in which a matter only went on changes nothing here.
            if (matters, published) != (0, 0) {
                let row = vec![item.into(), agency.into(), region.into(), matters.into(), published.into()];
                out.append(&ITEM_USE, row);
            }
        }
        for (counted, sign) in self.running {
            let deadlines::Counted { agency, region, rule, due, due_us, counters } = counted;
            let mut row: Vec<Value> = vec![agency.into(), region.into(), rule.into(), due.into(), due_us.into()];
            row.extend(counters.map(|n| Value::Int(sign * n)));
            out.put(&RUNNING_CLOCKS, row);
        }
        for ((agency, region, rule), counts) in self.rules {
            let mut row: Vec<Value> = vec![agency.into(), region.into(), rule.into()];
            row.extend(counts.map(Value::Int));
            out.append(&RULE_USE, row);
        }
    }
}
