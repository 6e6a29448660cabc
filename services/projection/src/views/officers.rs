//! Officers, their certificates and training, and what they did in matters.

use jiff::civil::Date;

use crate::{
    event::{Acting, Body, Event},
    store::{Batch, month_text, record},
    views::sought,
};

record! {
    /// One person.
    #[derive(serde::Deserialize)]
    pub(crate) struct Officer in OFFICERS = "officers", "Persons in enforcement." {
        officer: String, key;
        name: String;
        agency: String;
        region: String;
        role: String;
        /// What he is found by.
        #[serde(default)]
        find: String;
    }
    indexes [("agency, officer", "")]
}

record! {
    /// One certificate.
    #[derive(serde::Deserialize)]
    pub(crate) struct Certificate in CERTIFICATES = "certificates", "Enforcement certificates as issued." {
        officer: String, key;
        certificate: String, key;
        agency: String;
        #[serde(default)]
        fields: Vec<String>;
        #[serde(rename = "from")]
        valid_from: Date;
        #[serde(rename = "until")]
        valid_until: Date;
    }
    indexes [("agency, officer", "")]
}

record! {
    /// A certificate withdrawn.
    #[derive(serde::Deserialize)]
    pub(crate) struct Revocation in REVOCATIONS = "revocations", "Certificates withdrawn: the first day without them." {
        officer: String, key;
        certificate: String, key;
        #[serde(rename = "on")]
        on_day: Date;
        #[serde(default)]
        reason: String;
    }
    indexes []
}

record! {
    /// Hours of training in a year.
    pub(crate) struct Training in TRAININGS = "trainings", "Hours of training per officer and year." {
        officer: String, key;
        year: String, key;
        hours: i64, add;
    }
    indexes []
}

record! {
    /// What an officer did under one certificate in one month.
    pub(crate) struct Acts in OFFICER_ACTS = "officer_acts", "Acts of officers in matters, by month and certificate." {
        agency: String, key;
        officer: String, key;
        certificate: String, key;
        month: String, key;
        name: String;
        acts: i64, add;
        first_day: Date, min;
        last_day: Date, max;
    }
    indexes [("officer", "")]
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    match &event.body {
        Body::OfficerRegistered(row) => {
            let find = sought([row.name.as_str(), &row.officer]);
            out.put(&OFFICERS, Officer { find, ..row.clone() }.row());
        }
        Body::CertificateIssued(row) => out.put(&CERTIFICATES, row.row()),
        Body::CertificateRevoked(row) => out.put(&REVOCATIONS, row.row()),
        Body::TrainingRecorded(e) => {
            let year = e.on.year().to_string();
            let row = Training { officer: e.officer.clone().into_owned(), year, hours: e.hours };
            out.put(&TRAININGS, row.row());
        }
        _ => {}
    }
}

/// Notes that an officer took part in an act of a matter.
pub(crate) fn acted(day: Date, agency: &str, officer: &Acting<'_>, out: &mut Batch) {
    let row = Acts {
        agency: agency.to_owned(),
        officer: officer.officer.clone().into_owned(),
        certificate: officer.certificate.clone().into_owned(),
        month: month_text(day),
        name: officer.name.clone().into_owned(),
        acts: 1,
        first_day: day,
        last_day: day,
    };
    out.put(&OFFICER_ACTS, row.row());
}
