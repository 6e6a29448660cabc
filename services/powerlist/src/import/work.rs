//! What one entry of an import does, on trial and in earnest.

use kernel::{ExecuteError, Tx};
use law::{Refusal, id::ItemCode};

use super::{ImportOrder, Step};
use crate::{
    domain::{
        catalogue::PublishEntry,
        content::{ItemContent, Tier},
        events::{
            AgencyRegistered, CertificateIssued, ExaminationPassed, Ground, GroundKind, OfficerRegistered,
            RegionRegistered,
        },
        facts::UniformFact,
        item::{Draft, Item, PublishItem, PublishStandard, ReviewItem},
        rules::PASS_MARK,
    },
    sheets::OfficerRow,
    steps::{self, unknown},
    streams,
};

/// What one entry does.
pub(super) enum Work {
    Region(RegionRegistered),
    Agency(AgencyRegistered),
    Officer(Box<OfficerRow>),
    Entry(Box<PublishEntry>),
    Item { content: Box<ItemContent>, tiers: Option<Vec<Tier>>, peer: Option<UniformFact> },
    Standard { item: ItemCode, tiers: Vec<Tier> },
}

impl Work {
    /// What must be finished before something of a later phase begins.
    pub(super) fn phase(&self) -> u8 {
        match self {
            Self::Region(_) => 0,
            Self::Agency(_) => 1,
            Self::Officer(_) => 2,
            Self::Entry(_) => 3,
            Self::Item { .. } => 4,
            Self::Standard { .. } => 5,
        }
    }

    /// Whether it may need the entry right before it.
    pub(super) fn is_chained(&self) -> bool {
        matches!(self, Self::Region(_) | Self::Agency(_))
    }

    /// Whether an approver must stand behind it.
    pub(super) fn puts_in_force(&self, publishes: bool) -> bool {
        match self {
            Self::Region(_) | Self::Agency(_) => false,
            Self::Officer(officer) => officer.certificate.is_some(),
            Self::Item { .. } => publishes,
            Self::Entry(_) | Self::Standard { .. } => true,
        }
    }

    pub(super) async fn run(&self, tx: &Tx, order: &ImportOrder, training_hours_min: u16) -> Result<(), ExecuteError> {
        match self {
            Self::Region(e) => steps::register_region(tx, e).await,
            Self::Agency(e) => steps::register_agency(tx, e).await,
            Self::Officer(row) => officer(tx, row, training_hours_min).await,
            Self::Entry(c) => steps::publish_catalogue_entry(tx, c).await,
            Self::Item { content, tiers, peer } => item(tx, order, content, tiers.as_deref(), peer.clone()).await,
            Self::Standard { item, tiers } => standard(tx, order, item, tiers).await,
        }
    }
}

async fn officer(tx: &Tx, row: &OfficerRow, training_hours_min: u16) -> Result<(), ExecuteError> {
    let agency = tx.state::<crate::domain::agency::Agency>(&streams::agency(&row.agency)).await?;
    let region = agency.region().cloned().ok_or_else(|| unknown("agency", &row.agency))?;
    let registered = OfficerRegistered {
        officer: row.officer.clone(),
        name: row.name.clone(),
        agency: row.agency.clone(),
        region,
        role: row.role,
        legal_qualification: row.legal_qualification,
        reviewing_since: None,
    };
    steps::register_officer(tx, &registered).await?;
    // Who failed is in the register without an examination; a certificate is refused then.
    if let Some((on, score)) = row.examination.filter(|(_, score)| *score >= PASS_MARK) {
        steps::record_examination(tx, &ExaminationPassed { officer: row.officer.clone(), on, score }).await?;
    }
    if let Some((certificate, fields, from, until)) = row.certificate.clone() {
        let (officer, agency) = (row.officer.clone(), row.agency.clone());
        let issued = CertificateIssued { officer, certificate, agency, fields, from, until };
        steps::issue_certificate(tx, &issued, training_hours_min).await?;
    }
    Ok(())
}

async fn item(
    tx: &Tx,
    order: &ImportOrder,
    content: &ItemContent,
    tiers: Option<&[Tier]>,
    peer: Option<UniformFact>,
) -> Result<(), ExecuteError> {
    let stream = streams::item(&content.item);
    let state = tx.state::<Item>(&stream).await?;
    let drafted =
        state.draft.as_ref().is_some_and(|d| d.content == *content && d.review.as_ref().is_none_or(|r| r.passed));
    if order.steps.contains(&Step::Draft) && !drafted {
        let kind = if state.versions.is_empty() { GroundKind::FirstCompilation } else { order.ground };
        let ground = Ground { kind, document: order.document.clone(), document_sha256: None };
        steps::draft_item(tx, content, &ground).await?;
    }
    if order.steps.contains(&Step::Review)
        && let Some(draft) = pending(tx, &stream, content).await?
        && draft.review.is_none()
    {
        let reviewer = order.reviewer.clone().ok_or_else(|| unknown("reviewer", ""))?;
        let (item, opinion) = (content.item.clone(), order.opinion.clone());
        let review = ReviewItem { item, version: draft.version, passed: true, reviewer, opinion, person: None };
        steps::review_item(tx, &review).await?;
    }
    if order.steps.contains(&Step::Publish) {
        if let Some(tiers) = tiers {
            standard(tx, order, &content.item, tiers).await?;
        }
        if let Some(draft) = pending(tx, &stream, content).await? {
            let publish = PublishItem {
                item: content.item.clone(),
                version: draft.version,
                effective: order.effective,
                published_at: order.published_at.clone(),
                agency: None,
                uniform: None,
            };
            steps::publish_item(tx, &publish, peer).await?;
        }
    }
    Ok(())
}

/// The draft the row speaks of; none when what the row says is in force already.
async fn pending(tx: &Tx, stream: &str, content: &ItemContent) -> Result<Option<Draft>, ExecuteError> {
    let state = tx.state::<Item>(stream).await?;
    match &state.draft {
        Some(draft) if draft.content == *content => Ok(Some(draft.clone())),
        Some(draft) => {
            let version = draft.version;
            Err(Refusal::state(
                "DRAFT_DIFFERS",
                format!("待办的第{version}版草案与本行内容不同，请先起草"),
                format!("the pending draft {version} says something else than the row; draft it first"),
            )
            .into())
        }
        None if state.newest() == Some(content) => Ok(None),
        None => Err(unknown("draft of item", &content.item)),
    }
}

async fn standard(tx: &Tx, order: &ImportOrder, item: &ItemCode, tiers: &[Tier]) -> Result<(), ExecuteError> {
    let state = tx.state::<Item>(&streams::item(item)).await?;
    if state.standards.last().is_some_and(|s| s.tiers == tiers) {
        return Ok(());
    }
    let (item, tiers, document) = (item.clone(), tiers.to_vec(), order.document.clone());
    steps::publish_standard(tx, &PublishStandard { item, tiers, effective: order.effective, document }).await
}
