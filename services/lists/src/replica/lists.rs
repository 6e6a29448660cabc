//! The lists as of every day.
//!
//! Invariant: what is kept here has no "now". Each question names its day, and the answer for a past day changes only
//! when an event says so (APL 37: the law of the day of the act counts).

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
    sync::Arc,
};

use jiff::civil::Date;
use kernel::ExecuteError;
use law::{
    ParameterCard, Refusal,
    act::day_of,
    calendar::{NOTICES_STREAM, Notices},
    id::{ItemCode, OfficerCode, RegionCode, RowCode, Uscc},
    parameter::{ParameterSet, Value, in_force},
    series::plain,
};
use ledger::Record;

use super::event::{AgencyRegistered, Event, OfficerRegistered};
use crate::facts::{
    AgencyFact, AgencyKind, CertificateFact, EXEMPT_LIST, ExemptEntry, ExemptFact, ItemFact, ListedItem, Mandate,
    OfficeFact, OfficerFact, StandardFact,
};

/// The streams that anything is asked about.
const ASKED: [&str; 5] = ["agency/", "item/", "officer/", PARAMETERS, EXEMPT];
/// The streams of what regions set.
const PARAMETERS: &str = "parameter/";
/// The streams of violations without a penalty.
const EXEMPT: &str = "listing/no_penalty/";
/// The part of such a row that names the penalty.
const SPARED: &str = "penalty_item";

/// Nothing is decided on an entry that this version could not read in full.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this version cannot read all that the lists say of {0}; upgrade it first")]
pub struct Unreadable(String);

impl From<Unreadable> for Refusal {
    fn from(unreadable: Unreadable) -> Self {
        let zh = format!("本版本无法完整读取清单中的 {}；请升级后再办理", unreadable.0);
        Self::state("LIST_UNREADABLE", zh, unreadable.to_string())
    }
}

impl From<Unreadable> for ExecuteError {
    fn from(unreadable: Unreadable) -> Self {
        Refusal::from(unreadable).into()
    }
}

/// The first day on which something holds no more, and how many entries there were by then: it ends those, and none that came after
/// it, be it on the same day.
type End = (Date, usize);

/// Whether one of them ends the entry at a place before a day is over.
fn ended(ends: &[End], at: usize, day: Date) -> bool {
    ends.iter().any(|(end, entries)| at < *entries && *end <= day)
}

#[derive(Debug, Default)]
struct Agency {
    registrations: Vec<AgencyRegistered>,
    dissolved: Vec<End>,
    /// Organisations that it has entrusted at some time.
    entrusted: Vec<Uscc>,
    /// With what, as far as it was said.
    mandates: Vec<Mandate>,
}

#[derive(Debug, Default)]
struct Officer {
    /// With the day of each entry.
    registrations: Vec<(Date, OfficerRegistered)>,
    certificates: Vec<CertificateFact>,
    offices: Vec<OfficeFact>,
}

#[derive(Debug, Default)]
struct Item {
    versions: Vec<(Date, Arc<ItemFact>)>,
    cancelled: Vec<End>,
    standards: Vec<(Date, Arc<StandardFact>)>,
}

/// A row of the list of violations without a penalty.
#[derive(Debug, Default)]
struct Exempt {
    versions: Vec<(Date, Arc<ExemptFact>)>,
    cancelled: Vec<End>,
}

/// Folded from the power lists' events.
#[derive(Debug, Default)]
pub struct Lists {
    agencies: HashMap<Uscc, Agency>,
    officers: HashMap<OfficerCode, Officer>,
    items: HashMap<ItemCode, Item>,
    exempt: HashMap<Uscc, BTreeMap<RowCode, Exempt>>,
    parameters: Vec<ParameterSet>,
    /// Streams with an event that could not be read, so that nothing said of them can be relied on.
    incomplete: HashSet<String>,
}

/// The last of the entries that had taken effect by a day, in the order they were made.
fn as_of<T>(entries: &[(Date, T)], day: Date) -> Option<&(Date, T)> {
    entries.iter().rev().find(|(from, _)| *from <= day)
}

impl Lists {
    /// Takes one record in, or says why it cannot; the entry it belongs to is incomplete then. What is never asked about
    /// may say anything.
    pub(super) fn take(&mut self, record: &Record, notices: &Notices) -> Result<(), String> {
        if record.stream == NOTICES_STREAM {
            return notices.take_data(record.envelope().map_err(|e| e.to_string())?.data.get());
        }
        if !ASKED.iter().any(|asked| record.stream.starts_with(asked)) {
            return Ok(());
        }
        let taken = record.envelope().map_err(|e| e.to_string()).and_then(|envelope| {
            let event = Event::read(envelope.kind, envelope.data.get())?;
            self.fold(event, day_of(envelope.time))
        });
        if taken.is_err() {
            self.incomplete.insert(record.stream.clone());
        }
        taken
    }

    fn fold(&mut self, event: Event, day: Date) -> Result<(), String> {
        match event {
            Event::AgencyRegistered(e) => {
                if let Some(by) = e.entrusted_by.clone() {
                    let organ = self.agencies.entry(by).or_default();
                    if !organ.entrusted.contains(&e.agency) {
                        organ.entrusted.push(e.agency.clone());
                    }
                    let mandate = e.entrustment.clone().map(|terms| Mandate { body: e.agency.clone(), terms });
                    organ.mandates.extend(mandate.filter(|mandate| !organ.mandates.contains(mandate)));
                }
                self.agencies.entry(e.agency.clone()).or_default().registrations.push(e);
            }
            Event::AgencyDissolved(e) => {
                let agency = self.agencies.entry(e.agency).or_default();
                agency.dissolved.push((e.on, agency.registrations.len()));
            }
            Event::OfficerRegistered(e) => {
                self.officers.entry(e.officer.clone()).or_default().registrations.push((day, e));
            }
            Event::CertificateIssued(e) => {
                self.officers.entry(e.officer).or_default().certificates.push(CertificateFact {
                    certificate: e.certificate,
                    agency: e.agency,
                    fields: e.fields,
                    from: e.from,
                    until: e.until,
                    revoked: None,
                });
            }
            Event::CertificateRevoked(e) => {
                let certificates = &mut self.officers.entry(e.officer).or_default().certificates;
                for certificate in certificates.iter_mut().filter(|c| c.certificate == e.certificate) {
                    certificate.revoked = Some(e.on);
                }
            }
            Event::OfficeGiven(e) => {
                let given = OfficeFact { agency: e.agency, office: e.office, from: e.from, ended: None };
                self.officers.entry(e.officer).or_default().offices.push(given);
            }
            Event::OfficeEnded(e) => {
                let offices = &mut self.officers.entry(e.officer).or_default().offices;
                let held = |o: &&mut OfficeFact| o.agency == e.agency && o.office == e.office && o.ended.is_none();
                offices.iter_mut().filter(held).for_each(|o| o.ended = Some(e.on));
            }
            Event::ItemPublished(e) => {
                let content = e.content;
                let fact = ItemFact {
                    item: e.item.clone(),
                    base_code: content.base_code,
                    version: e.version,
                    name: content.name,
                    kind: content.kind,
                    agency: content.agency,
                    region: content.region,
                    field: content.field,
                    outcomes: content.outcomes,
                    allows: content.allows,
                    otherwise: content.otherwise,
                };
                self.items.entry(e.item).or_default().versions.push((e.effective, fact.into()));
            }
            Event::ItemCancelled(e) => {
                let item = self.items.entry(e.item).or_default();
                item.cancelled.push((e.effective, item.versions.len()));
            }
            Event::StandardPublished(e) => {
                let fact = StandardFact { version: e.version, tiers: e.tiers };
                self.items.entry(e.item).or_default().standards.push((e.effective, fact.into()));
            }
            Event::RowPublished(e) if e.content.list == EXEMPT_LIST => {
                let item = e.content.item(SPARED)?;
                let entry = ExemptEntry { agency: e.content.agency, code: e.content.code };
                let row = self.exempt.entry(entry.agency.clone()).or_default().entry(entry.code.clone()).or_default();
                let fact = ExemptFact { entry, version: e.version, name: e.content.name, item };
                row.versions.push((e.effective, fact.into()));
            }
            Event::RowCancelled(e) if e.list == EXEMPT_LIST => {
                let row = self.exempt.entry(e.agency).or_default().entry(e.code).or_default();
                row.cancelled.push((e.effective, row.versions.len()));
            }
            Event::ParameterSet(e) => self.parameters.push(e),
            Event::RowPublished(_) | Event::RowCancelled(_) | Event::Ignored => {}
        }
        Ok(())
    }

    /// An agency as of a day; `None` when the list never knew it.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn agency(&self, code: &Uscc, day: Date) -> Result<Option<AgencyFact>, Unreadable> {
        self.readable(format_args!("agency/{code}"))?;
        Ok(self.agency_on(code, day))
    }

    /// The body whose 代字 a number begins with, and whether the agency's documents may bear it: it is its own, or that of the organ in
    /// whose name it acts.
    pub(super) fn bearer_of_mark(&self, agency: &Uscc, number: &str, day: Date) -> Option<(AgencyFact, bool)> {
        let bodies = self.agencies.keys().filter_map(|code| self.agency_on(code, day));
        let marked = bodies.filter(|body| !body.short_name.is_empty() && number.starts_with(&plain(&body.short_name)));
        // 抚市 is the beginning of 抚市监, too: the longest is meant. Of two equal ones, the agency's own.
        let bearer = marked.max_by_key(|body| (body.short_name.chars().count(), body.agency == *agency))?;
        let own = bearer.agency == *agency
            || self.agencies.get(&bearer.agency).is_some_and(|organ| organ.entrusted.contains(agency));
        Some((bearer, own))
    }

    /// Where an agency is, as far as the list is readable and knows it.
    pub fn region(&self, agency: &Uscc, day: Date) -> Option<RegionCode> {
        self.agency_on(agency, day).map(|a| a.region)
    }

    /// What the list says of a power item on a day.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn listed(&self, code: &ItemCode, day: Date) -> Result<ListedItem, Unreadable> {
        self.readable(format_args!("item/{code}"))?;
        let on = |item: &Item| {
            let at = item.versions.iter().rposition(|(effective, _)| *effective <= day)?;
            let ended = ended(&item.cancelled, at, day);
            Some(if ended { ListedItem::Cancelled } else { ListedItem::InForce(item.versions[at].1.clone()) })
        };
        Ok(self.items.get(code).and_then(on).unwrap_or_default())
    }

    /// A power item as in force on a day.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn item(&self, code: &ItemCode, day: Date) -> Result<Option<Arc<ItemFact>>, Unreadable> {
        Ok(self.listed(code, day)?.in_force().cloned())
    }

    /// An item's discretion standard as in force on a day.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn standard(&self, code: &ItemCode, day: Date) -> Result<Option<Arc<StandardFact>>, Unreadable> {
        self.readable(format_args!("item/{code}"))?;
        let standards = self.items.get(code).map(|item| &item.standards);
        Ok(standards.and_then(|s| as_of(s, day)).map(|(_, fact)| fact.clone()))
    }

    /// The entries of an agency's list of violations without a penalty that are in force on a day for an item, in the order of
    /// their codes.
    ///
    /// # Errors
    /// [`Unreadable`], when any of the agency's entries cannot be read: it might be one for the item.
    pub fn exempt(&self, agency: &Uscc, item: &ItemCode, day: Date) -> Result<Vec<Arc<ExemptFact>>, Unreadable> {
        if !self.incomplete.is_empty() {
            let own = format!("{EXEMPT}{agency}/");
            if let Some(stream) = self.incomplete.iter().filter(|stream| stream.starts_with(&own)).min() {
                return Err(Unreadable(stream.clone()));
            }
        }
        let rows = self.exempt.get(agency).into_iter().flat_map(|rows| rows.values());
        Ok(rows.filter_map(|row| row.on(day)).filter(|fact| fact.item.as_ref() == Some(item)).cloned().collect())
    }

    /// One of them, whatever item it is for, as in force on a day.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn exempt_entry(&self, entry: &ExemptEntry, day: Date) -> Result<Option<Arc<ExemptFact>>, Unreadable> {
        self.readable(format_args!("listing/{entry}"))?;
        Ok(self.exempt.get(&entry.agency).and_then(|rows| rows.get(&entry.code)?.on(day)).cloned())
    }

    /// What a parameter is at a place on a day, for a field or for all; the default where it was never set.
    ///
    /// # Errors
    /// [`Unreadable`], when the region or one above it set something that this version cannot read.
    pub fn parameter(
        &self,
        card: &ParameterCard,
        region: &RegionCode,
        field: Option<&str>,
        day: Date,
    ) -> Result<Value, Unreadable> {
        let above = |stream: &&String| {
            let of = stream.strip_prefix(PARAMETERS).and_then(|of| of.parse::<RegionCode>().ok());
            of.is_some_and(|of| of.contains(region))
        };
        if let Some(stream) = self.incomplete.iter().filter(above).min() {
            return Err(Unreadable(stream.clone()));
        }
        Ok(Value::of(card, in_force(&self.parameters, card, region, field, day)))
    }

    /// What the list says of officers as of a day; one that it does not know is absent.
    ///
    /// An entry made after the day still says who the person is: people are entered later than they begin, and what
    /// they may do on the day depends on the certificate's own dates.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn officers<'a>(
        &self,
        codes: impl IntoIterator<Item = &'a OfficerCode>,
        day: Date,
    ) -> Result<Vec<OfficerFact>, Unreadable> {
        let mut known = Vec::new();
        for code in codes {
            self.readable(format_args!("officer/{code}"))?;
            known.extend(self.officer_on(code, day));
        }
        Ok(known)
    }

    fn readable(&self, stream: fmt::Arguments<'_>) -> Result<(), Unreadable> {
        // Asked some ten times for each step, and there is hardly ever one.
        if self.incomplete.is_empty() {
            return Ok(());
        }
        let stream = stream.to_string();
        if self.incomplete.contains(&stream) { Err(Unreadable(stream)) } else { Ok(()) }
    }

    fn agency_on(&self, code: &Uscc, day: Date) -> Option<AgencyFact> {
        let agency = self.agencies.get(code)?;
        let begun = agency.registrations.iter().rev().find(|r| r.from <= day);
        let shown = begun.or(agency.registrations.first())?;
        let entrusted = |body: &&Uscc| {
            let body = self.agencies.get(*body).and_then(|a| a.on(day));
            body.is_some_and(|b| b.kind == AgencyKind::EntrustedOrganisation && b.entrusted_by.as_ref() == Some(code))
        };
        Some(AgencyFact {
            agency: code.clone(),
            name: shown.name.clone(),
            short_name: shown.short_name.clone(),
            region: shown.region.clone(),
            kind: shown.kind,
            existing: agency.on(day).is_some(),
            may_restrict_liberty: shown.may_restrict_liberty,
            entrusted: agency.entrusted.iter().filter(entrusted).cloned().collect(),
            mandates: agency.mandates.clone(),
        })
    }

    fn officer_on(&self, code: &OfficerCode, day: Date) -> Option<OfficerFact> {
        let officer = self.officers.get(code)?;
        let (_, shown) = as_of(&officer.registrations, day).or(officer.registrations.first())?;
        Some(OfficerFact {
            officer: code.clone(),
            name: shown.name.clone(),
            agency: shown.agency.clone(),
            role: shown.role,
            legal_qualification: shown.legal_qualification,
            certificates: officer.certificates.clone(),
            offices: officer.offices.clone(),
        })
    }
}

impl Exempt {
    /// The version in force on a day.
    fn on(&self, day: Date) -> Option<&Arc<ExemptFact>> {
        let at = self.versions.iter().rposition(|(effective, _)| *effective <= day)?;
        (!ended(&self.cancelled, at, day)).then(|| &self.versions[at].1)
    }
}

impl Agency {
    /// The entry by which the body exists on a day.
    fn on(&self, day: Date) -> Option<&AgencyRegistered> {
        let at = self.registrations.iter().rposition(|r| r.from <= day)?;
        (!ended(&self.dissolved, at, day)).then(|| &self.registrations[at])
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
