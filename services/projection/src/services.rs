//! What the services told of themselves: everything that is known here of any of them.

use std::collections::HashMap;

use law::{Kind, Profile, Rule, Vocabulary, matter::Upcast};

/// The services whose events are read.
#[derive(Debug)]
pub struct Services {
    profiles: Vec<Profile>,
    rules: Vec<&'static Rule>,
    vocabularies: HashMap<&'static str, Vocabulary>,
}

impl Services {
    /// Asks each service for its words once.
    pub fn new(profiles: Vec<Profile>) -> Self {
        let mut rules: Vec<_> = profiles.iter().flat_map(|profile| profile.rules).copied().collect();
        rules.sort_by_key(|rule| rule.id);
        // Services share rules: those about officers and heads.
        rules.dedup_by_key(|rule| rule.id);
        let vocabularies = profiles.iter().map(|profile| (profile.service, (profile.vocabulary)())).collect();
        Self { profiles, rules, vocabularies }
    }

    /// The cards of all rules, by id.
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// The card of a rule.
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.rules.iter().find(|rule| rule.id == id).copied()
    }

    /// The kind of each rule by id.
    pub(crate) fn kinds(&self) -> HashMap<&'static str, Kind> {
        self.rules.iter().map(|rule| (rule.id, rule.kind)).collect()
    }

    /// The words of a service.
    pub fn vocabulary(&self, service: &str) -> Option<&Vocabulary> {
        self.vocabularies.get(service)
    }

    /// The words of all services, in their order.
    pub(crate) fn vocabularies(&self) -> impl Iterator<Item = &Vocabulary> {
        self.profiles.iter().filter_map(|profile| self.vocabulary(profile.service))
    }

    /// What reads the older events of a stored type.
    pub fn older(&self, kind: &str) -> Option<&'static dyn Upcast> {
        self.profiles.iter().flat_map(|profile| profile.older).copied().find(|older| older.reads(kind))
    }
}
