//! What the services told of themselves: everything that is known here of any of them.

use std::collections::HashMap;

use law::{
    Kind, Label, Profile, Rule, Vocabulary,
    matter::Upcast,
    vocabulary::{Counts, EventCard, IndicatorCard, MatterCard},
};
use sha2::{Digest as _, Sha256};

/// The services whose events are read.
pub struct Services {
    profiles: Vec<Profile>,
    rules: Vec<&'static Rule>,
    kinds: HashMap<&'static str, Kind>,
    vocabularies: HashMap<&'static str, Vocabulary>,
    indicators: Vec<&'static IndicatorCard>,
    /// By stored type, because every event asks.
    older: HashMap<&'static str, Option<&'static dyn Upcast>>,
}

impl Services {
    /// Asks each service for its words once.
    pub fn new(profiles: Vec<Profile>) -> Self {
        let mut rules: Vec<_> = profiles.iter().flat_map(|profile| profile.rules).copied().collect();
        rules.sort_by_key(|rule| rule.id);
        // Services share rules: those about officers and heads.
        rules.dedup_by_key(|rule| rule.id);
        let kinds = rules.iter().map(|rule| (rule.id, rule.kind)).collect();
        let vocabularies: HashMap<_, _> =
            profiles.iter().map(|profile| (profile.service, (profile.vocabulary)())).collect();
        let indicators = profiles
            .iter()
            .filter_map(|profile| vocabularies.get(profile.service))
            .flat_map(Vocabulary::indicators)
            .collect();
        let kinds_of = vocabularies.values().flat_map(|vocabulary: &Vocabulary| vocabulary.events());
        let older = kinds_of.map(|card| (card.kind, reader_of(&profiles, card.kind))).collect();
        Self { profiles, rules, kinds, vocabularies, indicators, older }
    }

    /// The cards of all rules, by id.
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// The card of a rule.
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.rules.iter().find(|rule| rule.id == id).copied()
    }

    /// The services, in their order.
    pub(crate) fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// What the service of this name is about.
    pub(crate) fn label(&self, service: &str) -> Option<Label> {
        self.profiles.iter().find(|profile| profile.service == service).map(|profile| profile.label)
    }

    /// The kind of a rule.
    pub(crate) fn kind(&self, rule: &str) -> Option<Kind> {
        self.kinds.get(rule).copied()
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
    pub(crate) fn older(&self, kind: &str) -> Option<&'static dyn Upcast> {
        match self.older.get(kind) {
            Some(found) => *found,
            None => reader_of(&self.profiles, kind),
        }
    }

    /// How a stored type of a service is read.
    pub(crate) fn event(&self, service: &str, kind: &str) -> Option<&EventCard> {
        self.vocabulary(service)?.event(kind)
    }

    /// Every kind of matter, service by service.
    pub(crate) fn matters(&self) -> impl Iterator<Item = &'static MatterCard> {
        let vocabularies = self.profiles.iter().filter_map(|profile| self.vocabulary(profile.service));
        vocabularies.flat_map(|vocabulary| vocabulary.matters)
    }

    /// A kind of matter of a service.
    pub(crate) fn matter(&self, service: &str, kind: &str) -> Option<&'static MatterCard> {
        self.vocabulary(service)?.matters.iter().find(|card| card.kind == kind)
    }

    /// The indicators that services declare, in their order.
    pub(crate) fn indicators(&self) -> impl Iterator<Item = &'static IndicatorCard> {
        self.indicators.iter().copied()
    }

    /// Digest of everything that the fold asks the services for: with other answers, the views are other views.
    pub(crate) fn digest(&self) -> String {
        let mut told = String::new();
        for profile in &self.profiles {
            told.push_str(&format!("{} {}\n", profile.service, profile.older.len()));
        }
        for rule in &self.rules {
            told.push_str(&format!("{} {:?}\n", rule.id, rule.kind));
        }
        for card in self.matters() {
            let stages: Vec<_> = card.stages.iter().map(|stage| stage.id).collect();
            told.push_str(&format!("{} {stages:?}\n", card.kind));
        }
        for card in self.indicators() {
            told.push_str(&format!("{} {:?}\n", card.id, card.counts));
        }
        hex::encode(Sha256::digest(told))
    }
}

fn reader_of(profiles: &[Profile], kind: &str) -> Option<&'static dyn Upcast> {
    profiles.iter().flat_map(|profile| profile.older).copied().find(|older| older.reads(kind))
}

/// The rule whose clocks an indicator counts, if it counts clocks.
pub(crate) fn clock_of(card: &IndicatorCard) -> Option<&'static str> {
    match card.counts {
        Counts::Clock(rule) => Some(rule),
        Counts::Decided | Counts::Ended => None,
    }
}
