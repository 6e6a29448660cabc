//! The commands with their facts: what a decision needs to know of other streams is read here, in the same transaction.

use kernel::{ExecuteError, Tx};
use law::{
    Refusal,
    id::{OfficerCode, RegionCode, Uscc},
};

use crate::{
    domain::{
        agency::{self, Agency, DissolveAgency, RegisterAgency},
        catalogue::{self, Catalogue, PublishEntry},
        content::ItemContent,
        events::{
            AgencyRegistered, CertificateIssued, CertificateRevoked, ExaminationPassed, Ground, OfficerRegistered,
            RegionRegistered, TrainingRecorded,
        },
        facts::{AgencyFact, ReviewerFact, UniformFact},
        item::{self, CancelItem, DraftItem, Item, PublishFee, PublishItem, PublishStandard, ReviewItem, ReviewYearly},
        officer::{self, IssueCertificate, Officer, RegisterOfficer},
        region::{self, Region, RegisterRegion},
    },
    streams,
};

type Done = Result<(), ExecuteError>;

async fn agency_fact(tx: &Tx, code: &Uscc) -> Result<Option<AgencyFact>, ExecuteError> {
    Ok(tx.state::<Agency>(&streams::agency(code)).await?.fact())
}

async fn reviewer_fact(tx: &Tx, code: &OfficerCode) -> Result<Option<ReviewerFact>, ExecuteError> {
    Ok(tx.state::<Officer>(&streams::officer(code)).await?.reviewer())
}

async fn region_known(tx: &Tx, code: &RegionCode) -> Result<bool, ExecuteError> {
    Ok(tx.state::<Region>(&streams::region(code)).await?.registered.is_some())
}

pub(crate) async fn register_region(tx: &Tx, e: &RegionRegistered) -> Done {
    let parent_known = match &e.parent {
        Some(parent) => region_known(tx, parent).await?,
        None => false,
    };
    let command = region::Command::Register(RegisterRegion {
        region: e.region.clone(),
        name: e.name.clone(),
        level: e.level.clone(),
        parent: e.parent.clone(),
        parent_known,
    });
    tx.decide::<Region>(&streams::region(&e.region), &command).await.map(drop)
}

pub(crate) async fn register_agency(tx: &Tx, e: &AgencyRegistered) -> Done {
    let organ = match &e.entrusted_by {
        Some(by) => agency_fact(tx, by).await?,
        None => None,
    };
    let region_known = region_known(tx, &e.region).await?;
    let command = agency::Command::Register(Box::new(RegisterAgency { agency: e.clone(), region_known, organ }));
    tx.decide::<Agency>(&streams::agency(&e.agency), &command).await.map(drop)
}

pub(crate) async fn dissolve_agency(tx: &Tx, c: &DissolveAgency) -> Done {
    let command = agency::Command::Dissolve(c.clone());
    tx.decide::<Agency>(&streams::agency(&c.agency), &command).await.map(drop)
}

pub(crate) async fn register_officer(tx: &Tx, e: &OfficerRegistered) -> Done {
    let agency = agency_fact(tx, &e.agency).await?;
    let command = officer::Command::Register(RegisterOfficer { officer: e.clone(), agency });
    tx.decide::<Officer>(&streams::officer(&e.officer), &command).await.map(drop)
}

pub(crate) async fn record_examination(tx: &Tx, e: &ExaminationPassed) -> Done {
    let command = officer::Command::RecordExamination(e.clone());
    tx.decide::<Officer>(&streams::officer(&e.officer), &command).await.map(drop)
}

pub(crate) async fn issue_certificate(tx: &Tx, e: &CertificateIssued, training_hours_min: u16) -> Done {
    let agency = agency_fact(tx, &e.agency).await?;
    let command =
        officer::Command::IssueCertificate(IssueCertificate { certificate: e.clone(), agency, training_hours_min });
    tx.decide::<Officer>(&streams::officer(&e.officer), &command).await.map(drop)
}

pub(crate) async fn revoke_certificate(tx: &Tx, e: &CertificateRevoked) -> Done {
    let command = officer::Command::RevokeCertificate(e.clone());
    tx.decide::<Officer>(&streams::officer(&e.officer), &command).await.map(drop)
}

pub(crate) async fn record_training(tx: &Tx, e: &TrainingRecorded) -> Done {
    let command = officer::Command::RecordTraining(e.clone());
    tx.decide::<Officer>(&streams::officer(&e.officer), &command).await.map(drop)
}

pub(crate) async fn publish_catalogue_entry(tx: &Tx, c: &PublishEntry) -> Done {
    let command = catalogue::Command::Publish(c.clone());
    tx.decide::<Catalogue>(&streams::catalogue(&c.base_code), &command).await.map(drop)
}

/// Drafts a version.
pub(crate) async fn draft_item(tx: &Tx, content: &ItemContent, ground: &Ground) -> Done {
    let agency = agency_fact(tx, &content.agency).await?;
    let draft = DraftItem { content: content.clone(), ground: ground.clone(), agency };
    tx.decide::<Item>(&streams::item(&content.item), &item::Command::Draft(Box::new(draft))).await.map(drop)
}

pub(crate) async fn review_item(tx: &Tx, c: &ReviewItem) -> Done {
    let person = reviewer_fact(tx, &c.reviewer).await?;
    let command = item::Command::Review(ReviewItem { person, ..c.clone() });
    tx.decide::<Item>(&streams::item(&c.item), &command).await.map(drop)
}

/// Publishes a draft. `peer`: what another agency's item says, for base codes the catalogue does not have.
pub(crate) async fn publish_item(tx: &Tx, c: &PublishItem, peer: Option<UniformFact>) -> Done {
    let stream = streams::item(&c.item);
    let state = tx.state::<Item>(&stream).await?;
    let (agency, uniform) = match state.newest() {
        Some(content) => {
            let entry = tx.state::<Catalogue>(&streams::catalogue(&content.base_code)).await?;
            (agency_fact(tx, &content.agency).await?, entry.uniform(c.effective).or(peer))
        }
        None => (None, None),
    };
    let command = item::Command::Publish(Box::new(PublishItem { agency, uniform, ..c.clone() }));
    tx.decide::<Item>(&stream, &command).await.map(drop)
}

pub(crate) async fn cancel_item(tx: &Tx, c: &CancelItem) -> Done {
    let person = reviewer_fact(tx, &c.reviewer).await?;
    let command = item::Command::Cancel(CancelItem { person, ..c.clone() });
    tx.decide::<Item>(&streams::item(&c.item), &command).await.map(drop)
}

pub(crate) async fn review_yearly(tx: &Tx, c: &ReviewYearly) -> Done {
    let person = reviewer_fact(tx, &c.reviewer).await?;
    let command = item::Command::ReviewYearly(ReviewYearly { person, ..c.clone() });
    tx.decide::<Item>(&streams::item(&c.item), &command).await.map(drop)
}

pub(crate) async fn publish_standard(tx: &Tx, c: &PublishStandard) -> Done {
    tx.decide::<Item>(&streams::item(&c.item), &item::Command::PublishStandard(c.clone())).await.map(drop)
}

pub(crate) async fn publish_fee(tx: &Tx, c: &PublishFee) -> Done {
    tx.decide::<Item>(&streams::item(&c.item), &item::Command::PublishFee(c.clone())).await.map(drop)
}

/// Where a stream's matter belongs: stands in every event, and is what the caller must be allowed to touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Whose matter; empty for what belongs to no agency.
    pub(crate) agency: String,
    /// Where.
    pub(crate) region: RegionCode,
}

pub(crate) fn unknown(what: &'static str, id: impl ToString) -> ExecuteError {
    Refusal::NotFound { what, id: id.to_string() }.into()
}
