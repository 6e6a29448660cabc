//! Which events a reader gets: those that are its to see, and of these the ones it asked for.

use law::id::{RegionCode, Uscc};
use ledger::{Envelope, Record};
use proto::events::v1::EventFilter;
use tonic::Status;

use crate::{
    fields::Fields,
    identity::{Caller, Role},
    text::Form,
};

/// Most stored types of one filter.
const TYPES_MAX: usize = 64;
/// The name of a matter.
const MATTER: Form = Form::line(200);

/// A reader's right and wish.
#[derive(Debug)]
pub(super) struct Selection {
    caller: Caller,
    types: Vec<Type>,
    agency: Option<Uscc>,
    region: Option<RegionCode>,
    matter: Option<String>,
}

#[derive(Debug)]
enum Type {
    Exactly(String),
    BeginningWith(String),
}

impl Selection {
    pub(super) fn new(caller: Caller, filter: Option<&EventFilter>) -> Result<Self, Status> {
        let Some(filter) = filter else {
            return Ok(Self { caller, types: Vec::new(), agency: None, region: None, matter: None });
        };
        let mut f = Fields::new();
        f.at_most("filter.types", &filter.types, TYPES_MAX);
        let types = filter.types.iter().map(|text| Type::of(text)).collect();
        let agency = f.optional("filter.agency", &filter.agency);
        let region = f.optional("filter.region", &filter.region);
        let matter = f.asked("filter.matter", &filter.matter, MATTER);
        f.finish()?;
        Ok(Self { caller, types, agency, region, matter })
    }

    pub(super) fn takes(&self, record: &Record) -> bool {
        let everything = self.types.is_empty() && self.agency.is_none() && self.region.is_none();
        if self.caller.has(Role::Service) && everything && self.matter.is_none() {
            return true;
        }
        // What is no record is nobody's to see here; who verifies the ledger is told of it.
        let Ok(envelope) = record.envelope() else { return false };
        self.may_see(&envelope) && self.asks_for(&envelope)
    }

    fn may_see(&self, envelope: &Envelope<'_>) -> bool {
        let caller = &self.caller;
        if caller.has(Role::Service) {
            return true;
        }
        let region = region(envelope);
        let in_region = || region.is_some_and(|region| caller.region.contains(&region));
        if caller.has(Role::Supervisor) || caller.has(Role::Auditor) {
            return in_region();
        }
        caller.agency.as_ref().is_some_and(|agency| agency.as_str() == envelope.agency)
    }

    fn asks_for(&self, envelope: &Envelope<'_>) -> bool {
        let matter = |wanted: &String| {
            let id = envelope.subject.split_once('/').map_or(envelope.subject, |(_, id)| id);
            envelope.subject == wanted || id == wanted
        };
        let within = |wanted: &RegionCode| region(envelope).is_some_and(|region| wanted.contains(&region));
        (self.types.is_empty() || self.types.iter().any(|wanted| wanted.is(envelope.kind)))
            && self.agency.as_ref().is_none_or(|wanted| wanted.as_str() == envelope.agency)
            && self.region.as_ref().is_none_or(within)
            && self.matter.as_ref().is_none_or(matter)
    }
}

/// The region an event happened in; that of the log, where the system itself acted.
fn region(envelope: &Envelope<'_>) -> Option<RegionCode> {
    let told = match envelope.region {
        "" => envelope.source.rsplit('/').next()?,
        region => region,
    };
    told.parse().ok()
}

impl Type {
    fn of(text: &str) -> Self {
        match text.strip_suffix('*') {
            Some(beginning) => Self::BeginningWith(beginning.to_owned()),
            None if text.ends_with('.') => Self::BeginningWith(text.to_owned()),
            None => Self::Exactly(text.to_owned()),
        }
    }

    fn is(&self, kind: &str) -> bool {
        match self {
            Self::Exactly(wanted) => kind == wanted,
            Self::BeginningWith(wanted) => kind.starts_with(wanted.as_str()),
        }
    }
}
