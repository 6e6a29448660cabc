//! The list office: regions, agencies, officers, items.

use std::{cell::Cell, ops::Deref};

use kernel::Role;
use proto::powerlist::v1 as wire;
use stories::suite::Running;

use super::{JUSTICE, Person};
use crate::people::command::Receipted as _;

/// Keeps the lists, and knows how far it has written them.
pub(crate) struct ListOffice<'a> {
    person: Person<'a>,
    written: Cell<u64>,
}

/// A person on the officer list, with what the list office enters.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) officer: &'static str,
    pub(crate) name: &'static str,
    pub(crate) agency: &'static str,
    pub(crate) role: wire::OfficerRole,
    pub(crate) legal_qualification: bool,
    /// Day of the examination, first and last day of the certificate.
    pub(crate) certified: Option<(&'static str, &'static str, &'static str)>,
    pub(crate) fields: &'static [&'static str],
}

impl<'a> ListOffice<'a> {
    pub(crate) fn of(running: &'a Running) -> Self {
        let roles = [Role::ListEditor, Role::ListApprover, Role::LegalReviewer];
        // The province's own code: the tree of regions begins above the county.
        let token = running.token_in("230000", "list-office", Some(JUSTICE), &roles);
        Self { person: Person::with_door(running, running.door(Some(&token))), written: Cell::new(0) }
    }

    /// How far the lists are written: what others must have seen before they act on them.
    pub(crate) fn written(&self) -> u64 {
        self.written.get()
    }

    /// Enters something.
    pub(crate) async fn enters<C>(&self, at: &str, command: C) -> C::Answer
    where
        C: super::Command,
        C::Answer: super::command::Receipted,
    {
        let answer = self.person.does(at, command).await;
        self.written.set(self.written.get().max(answer.receipt().log_index));
        answer
    }

    /// Tries what is refused; answers why.
    pub(crate) async fn refuses<C: super::Command>(&self, at: &str, command: C) -> String {
        self.person.tries(at, command).await.0.message().to_owned()
    }

    /// Registers a person, records the examination and issues the certificate, as far as there is one.
    pub(crate) async fn employs(&self, at: &str, entry: &Entry) {
        let officer = entry.officer.to_owned();
        let registration = wire::RegisterOfficerRequest {
            officer: officer.clone(),
            name: entry.name.to_owned(),
            agency: entry.agency.to_owned(),
            role: entry.role.into(),
            legal_qualification: entry.legal_qualification,
            ..wire::RegisterOfficerRequest::default()
        };
        self.enters(at, registration).await;
        let Some((examined, from, until)) = entry.certified else { return };
        let examination = wire::RecordExaminationRequest {
            officer: officer.clone(),
            on: examined.to_owned(),
            score: 88,
            ..wire::RecordExaminationRequest::default()
        };
        self.enters(at, examination).await;
        let certificate = wire::IssueCertificateRequest {
            certificate: format!("23088331{officer}"),
            officer,
            fields: entry.fields.iter().map(|f| (*f).to_owned()).collect(),
            from: from.to_owned(),
            until: until.to_owned(),
            ..wire::IssueCertificateRequest::default()
        };
        self.enters(at, certificate).await;
    }

    /// Drafts an item, has it reviewed and publishes it; answers the version.
    pub(crate) async fn publishes(&self, at: &str, content: wire::ItemContent, reviewer: &str) -> u32 {
        let item = content.item.clone();
        let draft = wire::DraftItemRequest {
            content: Some(content),
            ground: Some(crate::county::first_ground()),
            ..wire::DraftItemRequest::default()
        };
        let version = self.enters(at, draft).await.version;
        let review = wire::ReviewItemRequest {
            item: item.clone(),
            version,
            passed: true,
            reviewer: reviewer.to_owned(),
            opinion: "依据、种类和幅度与法律一致，同意公布".to_owned(),
            ..wire::ReviewItemRequest::default()
        };
        self.enters(at, review).await;
        let publication = wire::PublishItemRequest {
            item,
            version,
            effective: at[..10].to_owned(),
            published_at: "抚远市人民政府网站".to_owned(),
            ..wire::PublishItemRequest::default()
        };
        self.enters(at, publication).await;
        version
    }
}

impl<'a> Deref for ListOffice<'a> {
    type Target = Person<'a>;
    fn deref(&self) -> &Person<'a> {
        &self.person
    }
}
