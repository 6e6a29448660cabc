//! Where the process of a matter stands, stage by stage; and of a stage that it went on without, whether it needed it.
//!
//! The rules that say so are named by the matter's service; what they say of this matter stands in its events, findings and
//! clocks. Nothing is judged here.

use law::vocabulary::{Need, Word};

use super::{Queries, describe::text};
use crate::{
    model::{
        DeadlineRow, DeadlineState, FindingKind, FindingRow, StageState, StageStatus, StageWhy, Text, TimelineEntry,
    },
    views::matters::Matter,
};

/// What is wrong with a matter, and its clocks.
type Course<'c> = (&'c [FindingRow], &'c [DeadlineRow]);

/// A stage with events is done once the matter is beyond it; one without was gone past if the matter went on, and is ahead
/// if not. The last attempt at a stage counts: refused, unless a step followed. An event that may be of several stages, a
/// record of what was done, moves none. Without its course nothing is said of why a stage is left out.
pub(super) fn of(
    q: &Queries,
    matter: &Matter,
    timeline: &[TimelineEntry],
    course: Option<Course<'_>>,
) -> Vec<StageState> {
    let Some(card) = q.services.matter(&matter.source, &matter.kind) else { return Vec::new() };
    let moves = |e: &TimelineEntry| q.services.event(&e.source, &e.kind).is_none_or(|card| card.stage_field.is_none());
    let entries: Vec<&TimelineEntry> = timeline.iter().filter(|entry| moves(entry)).collect();
    let place = |stage: &str| card.stages.iter().position(|word| word.id == stage);
    let (reached, end) = (place(&matter.stage), place(card.ended_at));
    // The furthest stage may itself be waiting for its next act; the one after it is what is to be done.
    let next = matter.next.as_deref().and_then(place);
    let ended = matter.ended.is_some();
    let state = |(at, word): (usize, &Word)| {
        let own = || entries.iter().filter(|entry| entry.stage.as_deref() == Some(word.id));
        let done = own().rfind(|entry| !entry.refused);
        let refused = own().rfind(|entry| entry.refused).filter(|r| done.is_none_or(|d| r.seq > d.seq));
        let is_next = next == Some(at);
        let behind = reached.is_some_and(|reached| at < reached) || (ended && end.is_some_and(|end| at <= end));
        let (status, day) = match (refused, done) {
            (Some(refused), _) => (StageStatus::Refused, Some(refused.day)),
            (None, Some(done)) if is_next && !ended => (StageStatus::Open, Some(done.day)),
            (None, Some(done)) => (StageStatus::Done, Some(done.day)),
            (None, None) if is_next && !ended => (StageStatus::Open, None),
            (None, None) if behind => (StageStatus::Skipped, None),
            (None, None) if is_next && matter.archived.is_none() => (StageStatus::Open, None),
            (None, None) => (StageStatus::Ahead, None),
        };
        let (status, why) = match (status, course, card.need(word.id)) {
            (StageStatus::Skipped, Some(course), Some(need)) => {
                // An act before the stage says what is to come, not whether it may be left out.
                let later = |e: &TimelineEntry| ended || e.stage.as_deref().and_then(place).is_some_and(|of| of > at);
                let acts = timeline.iter().filter(|entry| !entry.refused && later(entry)).collect();
                Passed { q, need, acts, course, ended }.judged()
            }
            _ => (status, None),
        };
        StageState { stage: word.id.to_owned(), text: text(word.label), status, day, why }
    };
    card.stages.iter().enumerate().map(state).collect()
}

/// A stage that a matter went on without.
struct Passed<'p> {
    q: &'p Queries,
    need: &'p Need,
    /// What was done that may have been held against its rules, oldest first.
    acts: Vec<&'p TimelineEntry>,
    course: Course<'p>,
    ended: bool,
}

impl Passed<'_> {
    fn judged(&self) -> (StageStatus, Option<StageWhy>) {
        let (findings, clocks) = self.course;
        let demands = |rule: &str| self.need.by.contains(&rule);
        let broken = [FindingKind::Violation, FindingKind::MissedDeadline, FindingKind::MissingDuty];
        if let Some(f) = findings.iter().find(|f| broken.contains(&f.kind) && demands(&f.rule)) {
            return (StageStatus::Missing, Some(self.why(&f.rule, &f.citation, f.text.clone())));
        }
        let clock = |states: &[DeadlineState]| clocks.iter().find(|c| states.contains(&c.state) && demands(&c.rule));
        if let Some(runs) = clock(&[DeadlineState::Open, DeadlineState::Suspended, DeadlineState::NoCalendar]) {
            return (StageStatus::Ahead, Some(self.why(&runs.rule, &runs.citation, still_owed(runs))));
        }
        if let Some((act, rule)) = self.satisfied() {
            return (StageStatus::NotRequired, Some(self.why(rule, "", not_needed(act))));
        }
        let unchecked = self.acts.iter().rev().flat_map(|act| &act.unchecked).find(|one| demands(&one.rule));
        if let Some(one) = unchecked {
            return (StageStatus::Skipped, Some(self.why(&one.rule, "", one.text.clone())));
        }
        if let Some(cancelled) = clock(&[DeadlineState::Cancelled]) {
            return (StageStatus::NotRequired, Some(self.why(&cancelled.rule, &cancelled.citation, no_longer_owed())));
        }
        let later = self.need.by.first().filter(|_| !self.ended).map(|rule| self.why(rule, "", to_be_checked()));
        (StageStatus::Skipped, later)
    }

    /// The last act that satisfied one of the rules, and which: of another way to go on first, which says more.
    fn satisfied(&self) -> Option<(&TimelineEntry, &'static str)> {
        let rules = self.need.spared.iter().chain(self.need.by).copied();
        let by =
            |rule: &'static str| self.acts.iter().rfind(|e| e.rules.iter().any(|id| id == rule)).map(|e| (*e, rule));
        rules.filter_map(by).next()
    }

    fn why(&self, rule: &str, recorded: &str, text: Text) -> StageWhy {
        let citation = match self.q.services.rule(rule) {
            Some(card) => Text::new(card.citation_zh(), card.citation_en()),
            None => Text::same(recorded.to_owned()),
        };
        StageWhy { rule: rule.to_owned(), citation, text }
    }
}

fn not_needed(act: &TimelineEntry) -> Text {
    let (day, title) = (act.day, &act.title);
    Text::new(
        format!("{day}“{}”已按本规则核对，本案依法不需要这一环节", title.zh),
        format!(
            "held against this rule on {day} (\u{201c}{}\u{201d}): the law does not require it in this case",
            title.en
        ),
    )
}

fn still_owed(clock: &DeadlineRow) -> Text {
    match clock.due {
        Some(due) => Text::new(format!("期限至{due}届满，尚未办理"), format!("still to be done, by {due}")),
        None => Text::label("尚未办理", "still to be done"),
    }
}

fn no_longer_owed() -> Text {
    Text::label("所对应的期限已依法取消，不再要求这一环节", "its period was cancelled: it is no longer required")
}

fn to_be_checked() -> Text {
    Text::label(
        "是否需要，在后续环节按本规则核对",
        "whether it is required is checked against this rule at a later step",
    )
}
