//! What a person brings, and where it does not belong here.

use jiff::civil::Date;
use law::{
    id::{ItemCode, OfficerCode, RegionCode, Uscc},
    sealed::SealedText,
};
use uuid::Uuid;

use super::{Organ, SealedFile, Source};
use crate::domain::words::*;

law::acts! {
    /// It was received and registered (LPR 21, 22).
    struct ComplaintRegistered {
        /// The matter's id: the client's, or derived from the other system's number.
        complaint: Uuid,
        /// 登记号: organ, year, number without holes.
        number: String,
        /// What kind of matter.
        kind: Kind,
        /// How it came.
        channel: Channel,
        /// Who received it.
        agency: Uscc,
        /// Its name as listed that day.
        agency_name: String,
        /// Its region.
        region: RegionCode,
        /// The day it was received: from it the days run.
        received: Date,
        /// The pseudonym of whoever brought it; none where nobody is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        complainant: Option<Uuid>,
        /// Who the person is, as the vault keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        identity: Option<SealedText>,
        /// The person's own text, as the vault keeps it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sealed: Option<SealedText>,
        /// The person's files, as the vault keeps them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<SealedFile>,
        /// Whether the person can be told anything: by name and address, or by a receipt (LPR 23).
        reachable: bool,
        /// What it is about, in the clerk's words and without the person; empty until somebody has read it.
        summary: String,
        /// The agencies complained of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against: Vec<Uscc>,
        /// The officials complained of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against_officers: Vec<OfficerCode>,
        /// Which way it is to be settled, as the office sees it (LPR 22).
        way: Way,
        /// The power item that it is about, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemCode>,
        /// Its name that day.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        item_name: String,
        /// Where it happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Title and number of the document that is to be reviewed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        norm: Option<String>,
        /// The complaint for which somebody took reprisal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Uuid>,
        /// How the service was rated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score: Option<Score>,
        /// Whether the person is given a code to follow it by.
        #[serde(default)]
        receipt_wanted: bool,
        /// Where it was first registered, if elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    }
    /// Whoever received it wrote down what it is about, without the person, from words that the vault keeps (LPR 19, 22).
    struct ComplaintSummarised {
        /// What it is about.
        summary: String,
        /// The agencies complained of, beside those of the registration.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against: Vec<Uscc>,
        /// The officials complained of, beside those of the registration.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        against_officers: Vec<OfficerCode>,
        /// Which way it is to be settled, as the office sees it (LPR 22).
        way: Way,
        /// The power item that it is about, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemCode>,
        /// Its name that day.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        item_name: String,
        /// Where it happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Title and number of the document that is to be reviewed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        norm: Option<String>,
    }
    /// It was found to be one with an earlier matter.
    struct ComplaintLinked {
        /// Which.
        earlier: Uuid,
        /// How it stands to it.
        relation: Relation,
    }
    /// It was sent into the procedure that settles it (诉访分离; LPR 22, 28, 31).
    struct ComplaintRedirected {
        /// Into which.
        way: Way,
        /// To which organ.
        organ: String,
        /// Why it belongs there.
        reason: String,
        /// How the person was told.
        told: String,
    }
    /// It was given to the agency that has the power to settle it (LPR 22).
    struct ComplaintAssigned {
        /// To which.
        to: Organ,
        /// The letter that hands it over.
        letter: String,
        /// To whom a reprisal was reported upward (LPR 46).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reported_to: Option<String>,
    }
    /// That agency says that it is not its matter (LPR 23).
    struct AssignmentObjected {
        /// Why, in detail.
        reason: String,
    }
    /// Whoever assigned it looked into the objection (LPR 23).
    struct ObjectionDecided {
        /// Whether the matter goes back.
        agreed: bool,
        /// Why.
        reason: String,
    }
    /// It was ruled whose matter it is (LPR 24).
    struct AssignmentRuled {
        /// Whose.
        to: Organ,
        /// On which entry of the lists of powers and duties it rests, and why.
        reason: String,
        /// The document.
        document: String,
    }
    /// Several agencies handle it together (LPR 24).
    struct HandlingJoined {
        /// Which one leads.
        lead: Uscc,
        /// The others.
        with: Vec<Organ>,
        /// Why.
        reason: String,
    }
}
