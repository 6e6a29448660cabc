//! Enforcement cases: one row each, for search and for the numbers.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::{
    event::{Acting, Body, CaseFiled, Event},
    model::{Procedure, Stage},
    store::{Batch, record},
    views::officers,
};

record! {
    /// One case.
    pub(crate) struct Case in CASES = "cases", "One enforcement case." {
        stream: String, key;
        number: String, once;
        decision_number: Option<String>;
        procedure: Procedure, once;
        agency: String, once;
        agency_name: String, once;
        region: String, once;
        item: String, once;
        item_name: String, once;
        item_version: u32, once;
        base_code: String, once;
        field: String, once;
        party: String, once;
        party_kind: String, once;
        source_kind: String, once;
        source_reference: String, once;
        fact: String, once;
        place: String, once;
        violated_from: Option<Date>, once;
        violated_until: Option<Date>, once;
        discovered: Option<Date>, once;
        officers: String;
        stage: Stage;
        filed: Date, once;
        decided: Option<Date>;
        closed: Option<Date>;
        archived: Option<Date>;
        withheld: bool;
        major: bool;
        fine_fen: i64;
        paid_fen: i64;
        tier: Option<String>;
        publicised: Option<Date>;
        withdrawn: Option<Date>;
        url: Option<String>;
        overturned: Option<String>;
        progress: i64;
        flags: i64;
        correlation_id: String, volatile, once;
    }
    indexes [
        ("filed, region, stream", ""),
        ("agency, filed, stream", ""),
        ("item, filed", ""),
        ("stage, filed", ""),
        ("publicised, stream", PUBLIC),
    ]
}

record! {
    /// What a case can be found by, in lower case. Apart from the case, so that a search reads little.
    pub(crate) struct Findable in CASE_SEARCH = "case_search", "What cases can be found by." {
        stream: String, key;
        filed: Date, once;
        text: String;
        pairs: String;
    }
    indexes []
    search "pairs"
}

record! {
    /// An officer in charge of a case, now or before.
    pub(crate) struct InCharge in CASE_OFFICERS = "case_officers", "Which officers were in charge of which cases." {
        officer: String, key;
        stream: String, key;
    }
    indexes []
}

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

/// What has happened in a case, for the numbers at its decision and closing.
mod progress {
    pub(super) const NOTIFIED: i64 = 1;
    pub(super) const REVIEWED: i64 = 1 << 1;
    pub(super) const INVESTIGATED: i64 = 1 << 2;
    pub(super) const EXECUTED: i64 = 1 << 3;
    pub(super) const SERVED: i64 = 1 << 4;
    pub(super) const RECORD_BROKEN: i64 = 1 << 5;
    /// Records of start, investigation, review, decision, service, execution: from this bit on.
    pub(super) const RECORDS: i64 = 1 << 8;
}

/// What a case counts for; a pair per indicator: counted, and passed.
pub(crate) mod flags {
    pub(crate) const NOTICE: i64 = 1;
    pub(crate) const NOTICE_OK: i64 = 1 << 1;
    pub(crate) const REVIEW: i64 = 1 << 2;
    pub(crate) const REVIEW_OK: i64 = 1 << 3;
    pub(crate) const RECORDS: i64 = 1 << 4;
    pub(crate) const RECORDS_OK: i64 = 1 << 5;
    pub(crate) const FINE: i64 = 1 << 6;
    pub(crate) const FINE_OK: i64 = 1 << 7;
}

/// Takes an event into its case; true if the row changed.
pub(crate) fn fold(case: &mut Option<Case>, event: &Event<'_>, out: &mut Batch) -> bool {
    if let Body::CaseFiled(filed) = &event.body {
        out_officers(event, &filed.officers, out);
        acts(event, &filed.agency, &filed.officers, out);
        let filed = file(event, filed);
        filed.index(out);
        *case = Some(filed);
        return true;
    }
    let Some(case) = case else { return false };
    let name = event.known.kind.strip_prefix("enforcement.case.").and_then(|rest| rest.strip_suffix(".v1"));
    let mut changed = case.step(event, name.unwrap_or_default(), out);
    if event.frame.violations.iter().any(|v| v.rule == "EN-RECORD") {
        case.progress |= progress::RECORD_BROKEN;
        changed = true;
    }
    changed |= case.reach(event);
    changed
}

fn file(event: &Event<'_>, e: &CaseFiled<'_>) -> Case {
    Case {
        stream: event.envelope.subject.to_owned(),
        number: e.filing_number.clone().into_owned(),
        decision_number: None,
        procedure: e.procedure,
        agency: e.agency.clone().into_owned(),
        agency_name: e.agency_name.clone().into_owned(),
        region: e.region.clone().into_owned(),
        item: e.item.clone().into_owned(),
        item_name: e.item_name.clone().into_owned(),
        item_version: e.item_version,
        base_code: e.base_code.clone().into_owned(),
        field: e.field.clone().into_owned(),
        party: e.party.name.clone().into_owned(),
        party_kind: e.party.kind.clone().into_owned(),
        source_kind: e.source.clone().into_owned(),
        source_reference: e.source_reference.clone().into_owned(),
        fact: e.violation.fact.clone().into_owned(),
        place: e.violation.place.clone().into_owned(),
        violated_from: e.violation.from,
        violated_until: e.violation.until,
        discovered: e.violation.discovered,
        officers: officers_json(&e.officers),
        stage: Stage::File,
        filed: event.day,
        decided: None,
        closed: None,
        archived: None,
        withheld: false,
        major: false,
        fine_fen: 0,
        paid_fen: 0,
        tier: None,
        publicised: None,
        withdrawn: None,
        url: None,
        overturned: None,
        progress: 0,
        flags: 0,
        correlation_id: event.envelope.correlation_id.to_string(),
    }
}

/// The officers in charge, as the file shows them.
fn officers_json(officers: &[Acting<'_>]) -> String {
    let list: Vec<[&str; 3]> = officers.iter().map(|o| [&*o.officer, &*o.name, &*o.certificate]).collect();
    serde_json::to_string(&list).unwrap_or_default()
}

fn out_officers(event: &Event<'_>, officers: &[Acting<'_>], out: &mut Batch) {
    for officer in officers {
        let row = InCharge { officer: officer.officer.clone().into_owned(), stream: event.envelope.subject.to_owned() };
        out.put(&CASE_OFFICERS, row.row());
    }
}

fn acts(event: &Event<'_>, agency: &str, officers: &[Acting<'_>], out: &mut Batch) {
    for officer in officers {
        officers::acted(event.day, agency, officer, out);
    }
}

impl Case {
    /// Writes what the case can be found by.
    fn index(&self, out: &mut Batch) {
        let parts = [self.number.as_str(), self.decision_number.as_deref().unwrap_or(""), &self.party, &self.item_name];
        let text = parts.join("\n").to_lowercase();
        let pairs = pairs(&text);
        out.put(&CASE_SEARCH, Findable { stream: self.stream.clone(), filed: self.filed, text, pairs }.row());
    }

    fn step(&mut self, event: &Event<'_>, name: &str, out: &mut Batch) -> bool {
        let day = event.day;
        match (&event.body, name) {
            (Body::OfficersAssigned(e), _) => {
                self.officers = officers_json(&e.officers);
                out_officers(event, &e.officers, out);
                return true;
            }
            (Body::Acted(e), _) => {
                acts(event, &self.agency, &e.officers, out);
                return self.mark(progress::INVESTIGATED);
            }
            (Body::RecordMade(e), _) => {
                let bit = ["start", "investigation", "review", "decision", "service", "execution"]
                    .iter()
                    .position(|stage| *stage == e.stage);
                return bit.is_some_and(|bit| self.mark(progress::RECORDS << bit));
            }
            (Body::LegalReviewed(e), _) if e.passed => return self.mark(progress::REVIEWED),
            (Body::PenaltyDecided(e), _) => {
                self.decision_number = Some(e.number.clone().into_owned());
                self.decided = Some(day);
                self.withheld = false;
                self.major = e.major;
                self.fine_fen = e.fine_fen;
                self.tier = e.tier.clone().map(Cow::into_owned);
                self.decide();
                self.index(out);
            }
            (Body::PenaltyWithheld(e), _) => {
                self.decision_number = Some(e.number.clone().into_owned());
                self.decided = Some(day);
                self.withheld = true;
                self.fine_fen = 0;
                self.index(out);
            }
            (Body::DecisionPublicised(e), _) => {
                self.publicised = Some(day);
                self.withdrawn = None;
                self.url = Some(e.url.clone().into_owned());
            }
            (_, "PublicationWithdrawn") => self.withdrawn = Some(day),
            (Body::DecisionOverturned(e), _) => self.overturned = Some(format!("{}（{}）", e.outcome, e.by)),
            (Body::FinePaid(e), _) => {
                self.paid_fen += e.amount_fen;
                self.mark(progress::EXECUTED);
                self.settle();
            }
            (_, "InvestigationConcluded") => return self.mark(progress::INVESTIGATED),
            (_, "PenaltyNotified") => return self.mark(progress::NOTIFIED),
            (_, "DecisionServed") => return self.mark(progress::SERVED),
            (_, "PenaltyPerformed" | "ExecutionEnforced" | "CourtApplied") => return self.mark(progress::EXECUTED),
            (_, "CaseClosed") => {
                self.closed = Some(day);
                self.close();
            }
            (_, "CaseArchived") => self.archived = Some(day),
            _ => return false,
        }
        true
    }

    fn mark(&mut self, bit: i64) -> bool {
        let new = self.progress & bit == 0;
        self.progress |= bit;
        new
    }

    fn has(&self, bit: i64) -> bool {
        self.progress & bit != 0
    }

    fn flag(&mut self, counted: i64, passed: i64, ok: bool) {
        self.flags |= counted;
        if ok {
            self.flags |= passed;
        } else {
            self.flags &= !passed;
        }
    }

    /// At a decision to punish: was the party told, was a major decision reviewed.
    fn decide(&mut self) {
        use flags::{FINE, FINE_OK, NOTICE, NOTICE_OK, REVIEW, REVIEW_OK};
        self.flags &= !(NOTICE | NOTICE_OK | REVIEW | REVIEW_OK | FINE | FINE_OK);
        if self.procedure == Procedure::Ordinary {
            self.flag(NOTICE, NOTICE_OK, self.has(progress::NOTIFIED));
        }
        if self.major {
            self.flag(REVIEW, REVIEW_OK, self.has(progress::REVIEWED));
        }
        self.settle();
    }

    fn settle(&mut self) {
        if self.fine_fen > 0 {
            self.flag(flags::FINE, flags::FINE_OK, self.paid_fen >= self.fine_fen);
        }
    }

    /// At closing: has every stage that was reached left its record (APL 47).
    fn close(&mut self) {
        let reached = [
            true,
            self.has(progress::INVESTIGATED),
            self.has(progress::REVIEWED),
            self.decided.is_some(),
            self.has(progress::SERVED),
            self.has(progress::EXECUTED),
        ];
        let all = reached.iter().enumerate().all(|(n, reached)| !reached || self.has(progress::RECORDS << n));
        // On the spot, the decision itself is the record of everything (APL 52).
        let complete = self.procedure == Procedure::Simple || all;
        self.flag(flags::RECORDS, flags::RECORDS_OK, complete && !self.has(progress::RECORD_BROKEN));
    }

    /// Moves the case on to the stage of an act that succeeded.
    fn reach(&mut self, event: &Event<'_>) -> bool {
        match event.known.stage {
            Some(stage) if stage > self.stage => {
                self.stage = stage;
                true
            }
            _ => false,
        }
    }

    /// The case's UUID.
    pub(crate) fn id(&self) -> &str {
        self.stream.strip_prefix("case/").unwrap_or(&self.stream)
    }

    pub(crate) fn is_public(&self) -> bool {
        self.publicised.is_some() && self.withdrawn.is_none()
    }
}

/// The condition of a public case, as [`Case::is_public`].
pub(crate) const PUBLIC: &str = "publicised IS NOT NULL AND withdrawn IS NULL";
