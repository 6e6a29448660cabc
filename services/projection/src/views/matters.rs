//! Matters of all services: one row each, for search, for the file and for the numbers.
//!
//! A matter is a stream whose events say what they do to it ([`law::matter`]). What a change means for the law was
//! decided by the service that wrote it; here it is only added up.

use std::borrow::Cow;

use jiff::civil::Date;
use law::{
    matter::{Counted, MatterChange, Opened},
    vocabulary::MatterCard,
};

use crate::{
    event::{Acting, Event},
    services::Services,
    store::{Batch, record},
    views::{officers, sought},
};

record! {
    /// One matter.
    pub(crate) struct Matter in MATTERS = "matters", "One matter of any service: a case, an application, a complaint." {
        stream: String, key;
        source: String, key;
        id: String, once;
        kind: String, once;
        number: String, once;
        decision_number: Option<String>;
        procedure: String, once;
        agency: String;
        agency_name: String;
        region: String;
        keeper: Option<String>, once;
        item: String, once;
        item_name: String, once;
        item_version: u32, once;
        base_code: String, once;
        field: String, once;
        party: String, once;
        party_kind: String, once;
        origin: String, once;
        origin_reference: String, once;
        subject: String;
        place: String, once;
        about_from: Option<Date>, once;
        about_until: Option<Date>, once;
        discovered: Option<Date>, once;
        /// Code, name and certificate of each officer in charge now.
        officers: Vec<[String; 3]>;
        stage: String;
        next: Option<String>;
        opened: Date, once;
        decided: Option<Date>;
        ended: Option<Date>;
        archived: Option<Date>;
        outcome: Option<String>;
        major: bool;
        imposed_fen: i64;
        paid_fen: i64;
        tier: Option<String>;
        published: Option<Date>;
        withdrawn: Option<Date>;
        url: Option<String>;
        overturned: Option<String>;
        /// Every stage that it has reached, as [`stage_mark`] writes it.
        passed: String;
        /// What it counts for, as [`mark`] writes it.
        counts: String;
        correlation_id: String, volatile, once;
    }
    indexes [
        ("opened, region, stream", ""),
        ("kind, opened, stream", ""),
        ("kind, stage, opened, stream", ""),
        ("opened, stream", OPEN),
        ("published, stream", PUBLIC),
        // The later the fewer rows it leaves: of two that serve alike SQLite takes the later one.
        ("agency, opened, stream", ""),
        ("keeper, opened, stream", KEPT),
        ("imposed_fen, opened, stream", ""),
        (DECIDED_FIRST, ""),
        ("item, opened, stream", ""),
        ("id", ""),
        ("correlation_id", ""),
    ]
}

record! {
    /// What a matter can be found by, as [`sought`] writes it. Apart from the matter, so that a search reads little.
    pub(crate) struct Findable in MATTER_SEARCH = "matter_search", "What matters can be found by." {
        stream: String, key;
        source: String, key;
        opened: Date, once;
        text: String;
        pairs: String;
    }
    indexes []
    search "pairs"
}

record! {
    /// An officer in charge of a matter, now or before.
    pub(crate) struct InCharge in MATTER_OFFICERS = "matter_officers", "Which officers were in charge of which matters." {
        officer: String, key;
        stream: String, key;
        source: String, key;
    }
    indexes []
}

/// The condition of a matter that an agency keeps for another one, or handed to it.
const KEPT: &str = "keeper IS NOT NULL";
/// The condition of a matter that has not ended.
pub(crate) const OPEN: &str = "ended IS NULL";
/// The condition of a matter whose decision stands on the web, as [`Matter::is_public`].
pub(crate) const PUBLIC: &str = "published IS NOT NULL AND withdrawn IS NULL";

/// Every two characters that stand side by side, as words of an index: Chinese has no spaces to find words by, and a
/// name may be no longer than two characters. Written as numbers, so that both engines take any pair for one word.
pub(crate) fn pairs(text: &str) -> String {
    let mut all = std::collections::BTreeSet::new();
    for part in text.split('\n') {
        let chars: Vec<u32> = part.chars().map(u32::from).collect();
        all.extend(chars.windows(2).map(|pair| format!("{:x}x{:x}", pair[0], pair[1])));
    }
    all.into_iter().collect::<Vec<_>>().join(" ")
}

/// The day of the decision, for an order in which both engines put what was not decided at the same end.
pub(crate) const DECIDED_OR_NOT: &str = "COALESCE(decided,'')";
const DECIDED_FIRST: &str = "COALESCE(decided,''), stream";

/// How a stage stands among those that a matter has reached.
pub(crate) fn stage_mark(stage: &str) -> String {
    format!(";{stage};")
}

/// How a count of an indicator stands among a matter's counts: `;notice=1;` where it passes, `;notice=0;` where it does
/// not, and `;notice=` in either case.
pub(crate) fn mark(indicator: &str, passed: Option<bool>) -> String {
    match passed {
        Some(passed) => format!(";{indicator}={};", u8::from(passed)),
        None => format!(";{indicator}="),
    }
}

/// Takes a count among a matter's counts, in the place of an earlier one of the same indicator.
fn count(counts: &mut String, one: &Counted) {
    for passed in [true, false] {
        *counts = counts.replace(&mark(&one.indicator, Some(passed)), "");
    }
    if one.counted {
        counts.push_str(&mark(&one.indicator, Some(one.passed)));
    }
}

/// Whether a matter with these counts counts for an indicator, and passes.
pub(crate) fn passes(counts: &str, indicator: &str) -> Option<bool> {
    [true, false].into_iter().find(|passed| counts.contains(&mark(indicator, Some(*passed))))
}

/// What an event does to a matter, with the officers that it names where they matter.
pub(crate) struct Change<'c> {
    pub(crate) does: Cow<'c, MatterChange>,
    pub(crate) officers: Vec<Acting<'c>>,
}

/// Takes a change into its matter; true if the row changed.
pub(crate) fn fold(
    matter: &mut Option<Matter>,
    event: &Event<'_>,
    change: &Change<'_>,
    services: &Services,
    out: &mut Batch,
) -> bool {
    if let Some(opened) = &change.does.opened {
        let mut new = open(event, opened);
        new.apply(event, change, services, out);
        new.index(out);
        *matter = Some(new);
        return true;
    }
    matter.as_mut().is_some_and(|matter| matter.apply(event, change, services, out))
}

fn open(event: &Event<'_>, e: &Opened) -> Matter {
    Matter {
        stream: event.envelope.subject.to_owned(),
        source: event.service().to_owned(),
        id: e.id.clone(),
        kind: e.kind.clone(),
        number: e.number.clone(),
        decision_number: None,
        procedure: e.procedure.clone(),
        agency: e.agency.clone(),
        agency_name: e.agency_name.clone(),
        region: e.region.clone(),
        keeper: Some(e.keeper.clone()).filter(|keeper| !keeper.is_empty()),
        item: e.item.clone(),
        item_name: e.item_name.clone(),
        item_version: e.item_version,
        base_code: e.base_code.clone(),
        field: e.field.clone(),
        party: e.party.clone(),
        party_kind: e.party_kind.clone(),
        origin: e.source.clone(),
        origin_reference: e.source_reference.clone(),
        subject: e.subject.clone(),
        place: e.place.clone(),
        about_from: e.from,
        about_until: e.until,
        discovered: e.discovered,
        officers: Vec::new(),
        stage: String::new(),
        next: None,
        opened: event.day,
        decided: None,
        ended: None,
        archived: None,
        outcome: None,
        major: false,
        imposed_fen: 0,
        paid_fen: 0,
        tier: None,
        published: None,
        withdrawn: None,
        url: None,
        overturned: None,
        passed: String::new(),
        counts: String::new(),
        correlation_id: event.envelope.correlation_id.to_string(),
    }
}

impl Matter {
    fn apply(&mut self, event: &Event<'_>, change: &Change<'_>, services: &Services, out: &mut Batch) -> bool {
        let (does, day) = (&*change.does, event.day);
        if does.acted {
            for officer in &change.officers {
                officers::acted(day, &self.agency, officer, out);
            }
        }
        if *does == (MatterChange { acted: does.acted, ..MatterChange::default() }) {
            return false;
        }
        if let Some(subject) = &does.subject {
            self.subject.clone_from(subject);
            self.index(out);
        }
        if let Some(to) = &does.handed {
            (self.agency, self.agency_name, self.region) =
                (to.agency.clone(), to.agency_name.clone(), to.region.clone());
        }
        if does.reopened {
            (self.ended, self.archived) = (None, None);
        }
        if let Some(stage) = &does.stage {
            self.reach(stage, services);
        }
        if let Some(next) = &does.next {
            self.next = Some(next.clone());
        }
        if does.in_charge {
            self.put_in_charge(&change.officers, out);
        }
        if let Some(decided) = &does.decided {
            self.decision_number = Some(decided.number.clone());
            self.decided = Some(day);
            self.outcome = Some(decided.outcome.clone());
            self.major = decided.major;
            self.imposed_fen = decided.imposed_fen;
            self.tier = decided.tier.clone();
            // What is decided anew stands.
            self.overturned = None;
            self.index(out);
        }
        self.paid_fen = self.paid_fen.saturating_add(does.paid_fen);
        does.counted.iter().for_each(|one| count(&mut self.counts, one));
        if does.ended {
            self.ended = Some(day);
        }
        if does.archived {
            self.archived = Some(day);
        }
        if let Some(url) = &does.published {
            (self.published, self.withdrawn, self.url) = (Some(day), None, Some(url.clone()));
        }
        if does.withdrawn {
            self.withdrawn = Some(day);
        }
        if let Some(how) = &does.overturned {
            self.overturned = Some(how.clone());
        }
        true
    }

    /// The furthest stage stands. One that the service's words do not name has no place in their order and stands, too.
    fn reach(&mut self, stage: &str, services: &Services) {
        let mark = stage_mark(stage);
        if !self.passed.contains(&mark) {
            self.passed.push_str(&mark);
        }
        let order = |card: &MatterCard, stage: &str| card.stages.iter().position(|word| word.id == stage);
        let behind = services.matter(&self.source, &self.kind).is_some_and(|card| {
            order(card, stage).is_some_and(|new| order(card, &self.stage).is_some_and(|old| new < old))
        });
        if !behind {
            stage.clone_into(&mut self.stage);
        }
    }

    fn put_in_charge(&mut self, officers: &[Acting<'_>], out: &mut Batch) {
        let person = |o: &Acting<'_>| [&o.officer, &o.name, &o.certificate].map(|text| text.clone().into_owned());
        self.officers = officers.iter().map(person).collect();
        for officer in officers {
            let row = InCharge {
                officer: officer.officer.clone().into_owned(),
                stream: self.stream.clone(),
                source: self.source.clone(),
            };
            out.put(&MATTER_OFFICERS, row.row());
        }
    }

    /// Writes what the matter can be found by.
    fn index(&self, out: &mut Batch) {
        let about = if self.item_name.is_empty() { &self.subject } else { &self.item_name };
        let parts = [self.number.as_str(), self.decision_number.as_deref().unwrap_or(""), &self.party, about];
        let text = sought(parts);
        let pairs = pairs(&text);
        let row =
            Findable { stream: self.stream.clone(), source: self.source.clone(), opened: self.opened, text, pairs };
        out.put(&MATTER_SEARCH, row.row());
    }

    pub(crate) fn is_public(&self) -> bool {
        self.published.is_some() && self.withdrawn.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_count_takes_the_place_of_an_earlier_one() {
        let mut counts = String::new();
        let mut after = |one: Counted| {
            count(&mut counts, &one);
            (passes(&counts, "notice"), passes(&counts, "not"))
        };
        assert_eq!(after(Counted::new("notice", false)), (Some(false), None));
        assert_eq!(after(Counted::new("not", true)), (Some(false), Some(true)));
        assert_eq!(after(Counted::new("notice", true)), (Some(true), Some(true)));
        assert_eq!(after(Counted::not("notice")), (None, Some(true)));
    }
}
