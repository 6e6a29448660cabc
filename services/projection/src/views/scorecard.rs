//! Counters per agency and month: what the numbers of a period are summed up from.
//!
//! What a case counts for follows from its row alone. When the row changes, the difference between what it counted for
//! before and after is added, so a case that is decided again never counts twice.

use std::collections::BTreeMap;

use crate::{
    event::{Body, Event},
    model::{FindingKind, Stage},
    store::{Batch, Column, Table, Value, month_text},
    views::{
        cases::{Case, flags},
        deadlines::{self, CANCELLED, Clock, MET, MISSED, RUNNING_CLOCKS},
        findings,
    },
};

macro_rules! counters {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {
        /// One counter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(non_camel_case_types, reason = "the names are the columns")]
        pub(crate) enum Counter { $($(#[$meta])* $name,)* }

        impl Counter {
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
        }

        /// Counters per agency and month.
        pub(crate) static SCORECARD: Table = Table {
            name: "scorecard",
            about: "Counters per agency and month.",
            columns: &[
                Column::of::<String>("agency").key(),
                Column::of::<String>("month").key(),
                Column::of::<String>("region").key(),
                $(Column::of::<i64>(stringify!($name)).add(),)*
            ],
            indexes: &[("region, month", "")],
            empty: "",
            search: "",
        };
    };
}

counters! {
    /// By month of filing.
    filed,
    /// By month of decision, to punish or not.
    decided,
    withheld,
    /// Decided, in fen.
    fine_fen,
    /// Of these, paid so far.
    collected_fen,
    notice_counted, notice_passed, review_counted, review_passed,
    /// By month of closing.
    closed,
    records_counted, records_passed,
    /// Decisions that stand on the web, by month of publication.
    published,
    /// By month of payment, in fen.
    paid_fen,
    /// By month of the act.
    events, late_events,
    /// Findings, by month of the finding's day.
    violations, missed_deadlines, missing_duties, late_recordings, refused_attempts,
    /// Clocks, by month in which they ended.
    clocks_met, clocks_missed, decision_met, decision_missed, publication_met, publication_missed,
}

const COUNTERS: usize = Counter::NAMES.len();

/// Cases by the stage they stand at now.
pub(crate) static STAGES: Table = Table {
    name: "stages",
    about: "Cases by agency and the stage they stand at.",
    columns: &[
        Column::of::<String>("agency").key(),
        Column::of::<String>("region").key(),
        Column::of::<Stage>("stage").key(),
        Column::of::<i64>("cases").add(),
    ],
    indexes: &[],
    // A stage that every case has left: how the batches were cut must not show.
    empty: "cases = 0",
    search: "",
};

/// Cases by the item they cite.
pub(crate) static ITEM_USE: Table = Table {
    name: "item_use",
    about: "Cases by the item they cite, and those of them that stand on the web.",
    columns: &[
        Column::of::<String>("item").key(),
        Column::of::<String>("agency").key(),
        Column::of::<String>("region").key(),
        Column::of::<i64>("cases").add(),
        Column::of::<i64>("published").add(),
    ],
    indexes: &[],
    empty: "",
    search: "",
};

/// How often each rule spoke.
pub(crate) static RULE_USE: Table = Table {
    name: "rule_use",
    about: "How often each rule was satisfied, broken, refused by, met and missed, per agency.",
    columns: &[
        Column::of::<String>("agency").key(),
        Column::of::<String>("region").key(),
        Column::of::<String>("rule").key(),
        Column::of::<i64>("satisfied").add(),
        Column::of::<i64>("violated").add(),
        Column::of::<i64>("refused").add(),
        Column::of::<i64>("met").add(),
        Column::of::<i64>("missed").add(),
    ],
    indexes: &[],
    empty: "",
    search: "",
};

/// Whose counter, and of which month.
type Key = (String, String, String);

/// What one batch adds to the counters.
#[derive(Default)]
pub(crate) struct Tally {
    months: BTreeMap<Key, [i64; COUNTERS]>,
    stages: BTreeMap<(String, String, Stage), i64>,
    items: BTreeMap<(String, String, String), [i64; 2]>,
    rules: BTreeMap<(String, String, String), [i64; 5]>,
    /// Clocks begin to count (1) and count no more (-1).
    running: Vec<(deadlines::Counted, i64)>,
}

/// What one case counts for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    agency: String,
    region: String,
    item: String,
    public: bool,
    stage: Option<Stage>,
    months: Vec<(String, Counter, i64)>,
}

impl Counted {
    pub(crate) fn of(case: &Case) -> Self {
        use Counter as C;
        let mut months = vec![(month_text(case.filed), C::filed, 1)];
        if let Some(decided) = case.decided {
            let month = month_text(decided);
            let flag = |bit| i64::from(case.flags & bit != 0);
            months.extend(
                [
                    (C::decided, 1),
                    (C::withheld, case.withheld.into()),
                    (C::fine_fen, case.fine_fen),
                    (C::collected_fen, case.paid_fen.min(case.fine_fen)),
                    (C::notice_counted, flag(flags::NOTICE)),
                    (C::notice_passed, flag(flags::NOTICE_OK)),
                    (C::review_counted, flag(flags::REVIEW)),
                    (C::review_passed, flag(flags::REVIEW_OK)),
                ]
                .map(|(counter, n)| (month.clone(), counter, n)),
            );
        }
        if let Some(closed) = case.closed {
            let month = month_text(closed);
            let flag = |bit| i64::from(case.flags & bit != 0);
            months.push((month.clone(), C::closed, 1));
            months.push((month.clone(), C::records_counted, flag(flags::RECORDS)));
            months.push((month, C::records_passed, flag(flags::RECORDS_OK)));
        }
        if let Some(publicised) = case.publicised.filter(|_| case.is_public() && case.decided.is_some()) {
            months.push((month_text(publicised), C::published, 1));
        }
        Self {
            agency: case.agency.clone(),
            region: case.region.clone(),
            item: case.item.clone(),
            public: case.is_public(),
            stage: Some(case.stage),
            months,
        }
    }
}

impl Tally {
    fn month(&mut self, agency: &str, region: &str, month: String) -> &mut [i64; COUNTERS] {
        self.months.entry((agency.to_owned(), month, region.to_owned())).or_insert([0; COUNTERS])
    }

    fn rule(&mut self, agency: &str, region: &str, rule: &str) -> &mut [i64; 5] {
        self.rules.entry((agency.to_owned(), region.to_owned(), rule.to_owned())).or_insert([0; 5])
    }

    /// A case's row changed: it counts for something else now.
    pub(crate) fn case(&mut self, before: &Counted, after: &Counted) {
        if before == after {
            return;
        }
        for (counted, sign) in [(before, -1), (after, 1)] {
            for (month, counter, n) in &counted.months {
                self.month(&counted.agency, &counted.region, month.clone())[*counter as usize] += sign * n;
            }
            if let Some(stage) = counted.stage {
                let key = (counted.item.clone(), counted.agency.clone(), counted.region.clone());
                let [cases, published] = self.items.entry(key).or_default();
                *cases += sign;
                *published += sign * i64::from(counted.public);
                *self.stages.entry((counted.agency.clone(), counted.region.clone(), stage)).or_default() += sign;
            }
        }
    }

    /// What an event counts for by itself.
    pub(crate) fn event(
        &mut self,
        event: &Event<'_>,
        (agency, region): (&str, &str),
        late: bool,
        found: &[findings::Counted],
        ended: &[Clock],
    ) {
        use Counter as C;
        let month = self.month(agency, region, month_text(event.day));
        month[C::events as usize] += i64::from(is_act(event));
        month[C::late_events as usize] += i64::from(late);
        if let Body::FinePaid(e) = &event.body {
            month[C::paid_fen as usize] += e.amount_fen;
        }
        for one in found {
            let counter = match one.kind {
                FindingKind::Violation => C::violations,
                FindingKind::MissedDeadline => C::missed_deadlines,
                FindingKind::MissingDuty => C::missing_duties,
                FindingKind::LateRecording => C::late_recordings,
                FindingKind::RefusedAttempt => C::refused_attempts,
            };
            self.month(agency, region, month_text(one.day))[counter as usize] += 1;
            match one.kind {
                FindingKind::Violation | FindingKind::MissedDeadline | FindingKind::MissingDuty => {
                    self.rule(agency, region, &one.rule)[1] += 1;
                }
                FindingKind::RefusedAttempt => self.rule(agency, region, &one.rule)[2] += 1,
                FindingKind::LateRecording => {}
            }
        }
        for rule in &event.envelope.rules {
            self.rule(agency, region, rule)[0] += 1;
        }
        for clock in ended {
            self.clock(clock);
        }
    }

    /// A clock changed: it counts for another moment now, or for none.
    pub(crate) fn running(&mut self, before: Option<deadlines::Counted>, after: Option<deadlines::Counted>) {
        if before != after {
            self.running.extend(before.map(|counted| (counted, -1)));
            self.running.extend(after.map(|counted| (counted, 1)));
        }
    }

    fn clock(&mut self, clock: &Clock) {
        use Counter as C;
        let (met, missed) = (clock.state == MET, clock.state == MISSED);
        let Some(stopped) = clock.stopped.filter(|_| (met || missed) && clock.state != CANCELLED) else { return };
        let month = self.month(&clock.agency, &clock.region, month_text(law::day_of(stopped)));
        month[if met { C::clocks_met } else { C::clocks_missed } as usize] += 1;
        match clock.rule.as_str() {
            DECISION_RULE => month[if met { C::decision_met } else { C::decision_missed } as usize] += 1,
            PUBLICATION_RULE => month[if met { C::publication_met } else { C::publication_missed } as usize] += 1,
            _ => {}
        }
        self.rule(&clock.agency, &clock.region, &clock.rule)[if met { 3 } else { 4 }] += 1;
    }

    pub(crate) fn write(self, out: &mut Batch) {
        for ((agency, month, region), counts) in self.months {
            let mut row: Vec<Value> = vec![agency.into(), month.into(), region.into()];
            row.extend(counts.map(Value::Int));
            out.append(&SCORECARD, row);
        }
        for ((agency, region, stage), cases) in self.stages {
            out.append(&STAGES, vec![agency.into(), region.into(), stage.id().into(), cases.into()]);
        }
        for ((item, agency, region), [cases, published]) in self.items {
            // A batch in which a case only went on changes nothing here.
            if (cases, published) != (0, 0) {
                let row = vec![item.into(), agency.into(), region.into(), cases.into(), published.into()];
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

/// An act of a case: what can be recorded late. An attempt that was refused is no act.
pub(crate) fn is_act(event: &Event<'_>) -> bool {
    event.envelope.subject.starts_with("case/") && !matches!(event.body, Body::StepRefused(_))
}

/// The clock of the period to decide.
pub(crate) const DECISION_RULE: &str = "EN-NINETY";
/// The clock of publication.
pub(crate) const PUBLICATION_RULE: &str = "EN-PUBLICISE";
