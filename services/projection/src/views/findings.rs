//! Findings that events prove: rules broken, periods missed, records made late, attempts refused. A deadline that is
//! overdue by time alone is no row here; readers add it from the running clocks.
//!
//! What could not be checked stands here, too, and is no fault: whoever reads faults leaves it out ([`CHECKED`]).

use std::sync::Arc;

use jiff::civil::Date;
use law::{calendar::Calendar, rule::Kind};

use crate::{
    event::{Breach, Event},
    model::{FindingKind, Mode},
    services::Services,
    store::{Batch, record},
    views::{
        deadlines::{Clock, MISSED},
        scorecard::Of,
    },
};

record! {
    /// One finding.
    pub(crate) struct Finding in FINDINGS = "findings", "Findings that events prove." {
        stream: String, key;
        source: String, key;
        seq: u64, key;
        n: u32, key;
        kind: FindingKind;
        rule: String;
        citation: String;
        agency: String;
        region: String;
        day: Date;
        mode: Option<Mode>;
        zh: String;
        en: String;
    }
    indexes [
        ("day, stream, source, seq, n", ""),
        ("agency, day, stream, source, seq, n", ""),
        ("kind, day, stream, source, seq, n", ""),
        ("rule, day, stream, source, seq, n", ""),
    ]
}

/// The rows but those of rules that an act could not be held against.
pub(crate) const CHECKED: &str = "kind <> 'not_checked'";

/// Stands for a rule in findings of late recording, which rest on a parameter and not on an article.
pub(crate) const LATE_RECORDING: &str = "LATE-RECORDING";

/// What the services say, and from when on a record is late.
#[derive(Clone)]
pub(crate) struct Terms {
    pub(crate) services: Arc<Services>,
    /// An act recorded more than so many working days after it happened is recorded late.
    pub(crate) late_after_working_days: u32,
    pub(crate) calendar: Arc<Calendar>,
    /// How many notices of holidays the calendar takes in beside those of this version.
    pub(crate) notices: u64,
}

impl Terms {
    /// Whether an act was recorded late. Without a calendar nobody can say, so it was not.
    pub(crate) fn is_late(&self, act: &Event<'_>) -> bool {
        let recorded = law::day_of(act.envelope.recorded_time);
        let days = act.day.duration_until(recorded).as_hours() / 24;
        // Working days are never more than days.
        days > i64::from(self.late_after_working_days)
            && self
                .calendar
                .working_days_between(act.day, recorded)
                .is_ok_and(|days| days > self.late_after_working_days)
    }

    /// What a broken rule is; one without a card counts as a gate.
    pub(crate) fn kind(&self, rule: &str) -> FindingKind {
        match self.services.kind(rule) {
            Some(Kind::Deadline) => FindingKind::MissedDeadline,
            Some(Kind::Duty) => FindingKind::MissingDuty,
            Some(Kind::Gate | Kind::Limit) | None => FindingKind::Violation,
        }
    }
}

/// What one finding counts as: in the month of its own day, so that a count and the list of a month agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// Whose fault it is.
    pub(crate) agency: String,
    pub(crate) region: String,
    pub(crate) kind: FindingKind,
    pub(crate) rule: String,
    pub(crate) day: Date,
}

/// What an event proves. The clocks are those that ended with it.
pub(crate) fn fold(event: &Event<'_>, terms: &Terms, of: &Of<'_>, ended: &[Clock], out: &mut Batch) -> Vec<Counted> {
    let mut found = Found { event, of, counted: Vec::new(), out };
    if let Some(breaches) = &event.frame.breaches {
        breaches.iter().for_each(|breach| found.breach(FindingKind::RefusedAttempt, breach));
        return found.counted;
    }
    let missed: Vec<&Clock> = ended.iter().filter(|clock| clock.state == MISSED).collect();
    for breach in &event.frame.violations {
        let kind = terms.kind(&breach.rule);
        // The clock says the same and knows the day.
        if kind == FindingKind::MissedDeadline && missed.iter().any(|clock| clock.rule == breach.rule) {
            continue;
        }
        found.breach(kind, breach);
    }
    for unchecked in &event.frame.unchecked {
        // The article is read off the rule's card by whoever shows it.
        found.push(FindingKind::NotChecked, &unchecked.rule, "", event.day, (&unchecked.zh, &unchecked.en));
    }
    missed.into_iter().for_each(|clock| found.missed(clock));
    if of.is_late {
        found.late(terms.late_after_working_days);
    }
    found.counted
}

struct Found<'e, 'o> {
    event: &'e Event<'e>,
    of: &'e Of<'e>,
    counted: Vec<Counted>,
    out: &'o mut Batch,
}

impl Found<'_, '_> {
    fn breach(&mut self, kind: FindingKind, breach: &Breach<'_>) {
        let of = (self.of.agency, self.of.region);
        let whose = breach.whose.as_ref().map_or(of, |w| (w.agency.as_str(), w.region.as_str()));
        self.put(whose, kind, &breach.rule, &breach.citation, self.event.day, (&breach.zh, &breach.en));
    }

    fn missed(&mut self, clock: &Clock) {
        let (Some(due), Some(stopped)) = (clock.due, clock.stopped) else { return };
        let done = law::day_of(stopped);
        let (done_zh, done_en) = match clock.changes.never_done {
            false => (format!("{done}才完成"), format!("done on {done} only")),
            true => (format!("至{done}终止时仍未完成"), format!("not done when it was owed no more on {done}")),
        };
        let zh = format!("{}期限至{due}届满，{done_zh}。{}", clock.period.to_zh(), clock.zh);
        let en = format!("The period of {} ended on {due}; {done_en}. {}", clock.period.to_en(), clock.en);
        // The matter may lie with another agency by now: the fault is of who owed it.
        let whose = (clock.agency.as_str(), clock.region.as_str());
        self.put(whose, FindingKind::MissedDeadline, &clock.rule, &clock.citation, due, (&zh, &en));
    }

    fn late(&mut self, after: u32) {
        let (happened, recorded) = (self.event.day, law::day_of(self.event.envelope.recorded_time));
        let kind = self.event.envelope.kind;
        let card = self.of.services.event(self.event.service(), kind);
        let title = card.map_or((kind, kind), |card| (card.done.zh, card.done.en));
        let zh = format!("“{}”发生于{happened}，{recorded}才录入，超过{after}个工作日。", title.0);
        let en = format!(
            "\"{}\" happened on {happened} and was recorded on {recorded}, more than {after} working days later.",
            title.1
        );
        self.push(FindingKind::LateRecording, LATE_RECORDING, "", happened, (&zh, &en));
    }

    /// What whoever acts is told.
    fn push(&mut self, kind: FindingKind, rule: &str, citation: &str, day: Date, texts: (&str, &str)) {
        self.put((self.of.agency, self.of.region), kind, rule, citation, day, texts);
    }

    fn put(
        &mut self,
        (agency, region): (&str, &str),
        kind: FindingKind,
        rule: &str,
        citation: &str,
        day: Date,
        (zh, en): (&str, &str),
    ) {
        let row = Finding {
            stream: self.event.envelope.subject.to_owned(),
            source: self.event.service().to_owned(),
            seq: self.event.envelope.stream_version,
            n: u32::try_from(self.counted.len()).unwrap_or(u32::MAX),
            kind,
            rule: rule.to_owned(),
            citation: citation.to_owned(),
            agency: agency.to_owned(),
            region: region.to_owned(),
            day,
            mode: self.event.frame.mode,
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        self.out.append(&FINDINGS, row.row());
        let (agency, region) = (agency.to_owned(), region.to_owned());
        self.counted.push(Counted { agency, region, kind, rule: rule.to_owned(), day });
    }
}
