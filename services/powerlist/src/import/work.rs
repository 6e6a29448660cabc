//! What one entry of an import does, on trial and in earnest.

use std::sync::Arc;

use kernel::{
    ExecuteError, Tx,
    procedure::{Matter, Procedure as _},
};
use law::{
    Refusal,
    id::{ItemCode, Uscc},
    parameter::ParameterSet,
};
use lists::facts::Tier;

use super::{ImportOrder, Step};
use crate::{
    domain::{
        agency::Agency,
        catalogue::Catalogue,
        content::ItemContent,
        events::{
            AgencyRegistered, CatalogueEntryPublished, ExaminationPassed, FeePublished, Ground, GroundKind,
            HeadsChosen, ItemCancelled, ItemDrafted, ItemReviewed, OfficeEnded, OfficerRegistered, RegionRegistered,
            StandardPublished,
        },
        facts::UniformFact,
        item::{Draft, Item, PublishItem},
        layout::{self, Layouts},
        listing::{Listing, PublishRow, RowCancelled, RowContent, RowId},
        officer::{IssueCertificate, Officer},
        parameter::Parameters,
        plan::{Plan, PlanTaskEntered},
        region::Region,
        rules::PASS_MARK,
    },
    grpc::Api,
    procedure::{decide, holders, unknown},
    sheets::{FeeRow, OfficeRow, OfficerRow},
};

/// What one entry does.
pub(super) enum Work {
    Region(RegionRegistered),
    Parameter(ParameterSet),
    Agency(AgencyRegistered),
    Officer(Box<OfficerRow>),
    Office(Box<OfficeRow>),
    Entry(Box<CatalogueEntryPublished>),
    Item {
        content: Arc<ItemContent>,
        tiers: Option<Arc<[Tier]>>,
        peer: Option<Arc<UniformFact>>,
        /// Items before it in the files that may be the same power.
        near: Vec<Near>,
    },
    Standard {
        item: ItemCode,
        tiers: Arc<[Tier]>,
    },
    /// An item that its agency's whole list does not have any more.
    Cancel {
        item: ItemCode,
    },
    Fee(Box<FeeRow>),
    PlanTask(Box<PlanTaskEntered>),
    /// A row of one of the other lists.
    Row(Box<RowContent>),
    /// A row that its agency's whole list does not have any more.
    CancelRow(RowId),
    /// What was chosen for an agency's files is kept.
    Heads(HeadsChosen),
}

/// Items of the files that are alike in something. All of them share the list: each having its own would be much in a province, where
/// hundreds of agencies have the same powers.
#[derive(Clone)]
pub(super) struct Near {
    pub(super) of: Arc<[ItemCode]>,
    /// How many of them come before.
    pub(super) before: usize,
}

impl Work {
    /// Whether an approver must stand behind it.
    pub(super) fn puts_in_force(&self, publishes: bool) -> bool {
        match self {
            Self::Region(_) | Self::Agency(_) | Self::PlanTask(_) | Self::Heads(_) => false,
            Self::Officer(officer) => officer.certificate.is_some(),
            Self::Item { .. } | Self::Row(_) | Self::CancelRow(_) => publishes,
            Self::Office(_)
            | Self::Parameter(_)
            | Self::Entry(_)
            | Self::Standard { .. }
            | Self::Cancel { .. }
            | Self::Fee(_) => true,
        }
    }

    /// What a fault names where no row of the files stands for it, in both languages.
    pub(super) fn named(&self) -> [String; 2] {
        match self {
            Self::Cancel { item } => [item.to_string(), item.to_string()],
            Self::CancelRow(row) => {
                [format!("{}{}", row.list.zh(), row.code), format!("{} of {}", row.code, row.list.en())]
            }
            Self::Heads(chosen) => [chosen.agency.to_string(), chosen.agency.to_string()],
            // These stand in the files.
            Self::Region(_)
            | Self::Parameter(_)
            | Self::Agency(_)
            | Self::Officer(_)
            | Self::Office(_)
            | Self::Entry(_)
            | Self::Item { .. }
            | Self::Standard { .. }
            | Self::Fee(_)
            | Self::PlanTask(_)
            | Self::Row(_) => Default::default(),
        }
    }

    pub(super) async fn run(&self, api: &Api, tx: &Tx, order: &ImportOrder) -> Result<(), ExecuteError> {
        match self {
            Self::Region(e) => decide::<Region>(api, tx, &e.region, e.clone()).await,
            Self::Parameter(e) => decide::<Parameters>(api, tx, &e.region, e.clone()).await,
            Self::Agency(e) => decide::<Agency>(api, tx, &e.agency, e.clone()).await,
            Self::Officer(row) => officer(api, tx, row).await,
            Self::Office(row) => office(api, tx, row).await,
            Self::Entry(e) => decide::<Catalogue>(api, tx, &e.base_code, e.as_ref().clone()).await,
            Self::Item { content, tiers, peer, near } => {
                item(api, tx, order, content, tiers.as_ref(), peer.as_deref(), near).await
            }
            Self::Standard { item, tiers } => standard(api, tx, order, item, tiers).await,
            Self::Cancel { item } => cancel(api, tx, order, item).await,
            Self::Fee(row) => fee(api, tx, order, row).await,
            Self::PlanTask(e) => decide::<Plan>(api, tx, &e.plan, e.as_ref().clone()).await,
            Self::Row(content) => row(api, tx, order, content).await,
            Self::CancelRow(id) => cancel_row(api, tx, order, id).await,
            Self::Heads(chosen) => {
                tx.decide::<Layouts>(&layout_stream(&chosen.agency), &layout::Command(chosen.clone())).await.map(|_| ())
            }
        }
    }
}

/// The stream of what heads of an agency's files stand for.
pub(super) fn layout_stream(agency: &Uscc) -> String {
    format!("layout/{agency}")
}

async fn officer(api: &Api, tx: &Tx, row: &OfficerRow) -> Result<(), ExecuteError> {
    let agency = tx.state::<Agency>(&Agency::stream(&row.agency)).await?;
    let region = agency.region().cloned().ok_or_else(|| unknown("agency", &row.agency))?;
    let officer = row.officer.clone();
    // Files of before the column came to it say nothing of it.
    let known = tx.state::<Officer>(&Officer::stream(&row.officer)).await?;
    let known = known.registered.as_ref().and_then(|known| known.reviewing_since);
    let registered = OfficerRegistered {
        officer: officer.clone(),
        name: row.name.clone(),
        agency: row.agency.clone(),
        region,
        role: row.role,
        legal_qualification: row.legal_qualification,
        reviewing_since: row.reviewing_since.or(known),
    };
    decide::<Officer>(api, tx, &row.officer, registered).await?;
    // Who failed is in the register without an examination; a certificate is refused then.
    if let Some((on, score)) = row.examination.filter(|(_, score)| *score >= PASS_MARK) {
        let passed = ExaminationPassed { officer: officer.clone(), on, score };
        decide::<Officer>(api, tx, &row.officer, passed).await?;
    }
    if let Some((certificate, fields, from, until)) = row.certificate.clone() {
        let issue = IssueCertificate { officer, certificate, fields, from, until };
        decide::<Officer>(api, tx, &row.officer, issue).await?;
    }
    Ok(())
}

async fn office(api: &Api, tx: &Tx, row: &OfficeRow) -> Result<(), ExecuteError> {
    let given = &row.given;
    decide::<Officer>(api, tx, &given.officer, given.clone()).await?;
    if let Some(on) = row.ended {
        let (officer, agency, document) = (given.officer.clone(), given.agency.clone(), given.document.clone());
        let ended = OfficeEnded { officer, agency, office: given.office, on, document };
        decide::<Officer>(api, tx, &given.officer, ended).await?;
    }
    Ok(())
}

async fn item(
    api: &Api,
    tx: &Tx,
    order: &ImportOrder,
    content: &Arc<ItemContent>,
    tiers: Option<&Arc<[Tier]>>,
    peer: Option<&UniformFact>,
    near: &[Near],
) -> Result<(), ExecuteError> {
    let item = &content.item;
    let stream = Item::stream(item);
    let state = tx.state::<Item>(&stream).await?;
    let drafted =
        state.draft.as_ref().is_some_and(|d| d.content == *content && d.review.as_ref().is_none_or(|r| r.passed));
    if order.steps.contains(&Step::Draft) && !drafted {
        let first = state.versions.is_empty() && api.lists.read().await?.item_before(content).is_none();
        let kind = if first { GroundKind::FirstCompilation } else { order.ground };
        let ground = Ground { kind, document: order.document.clone(), document_sha256: None };
        let draft = ItemDrafted { item: item.clone(), version: 0, content: content.clone(), ground };
        decide::<Item>(api, tx, item, Box::new(draft)).await?;
    }
    if order.steps.contains(&Step::Review)
        && let Some(draft) = pending(tx, &stream, content).await?
        && draft.review.is_none()
    {
        let reviewer = order.reviewer.clone().ok_or_else(|| unknown("reviewer", ""))?;
        let (item, opinion) = (item.clone(), order.opinion.clone());
        let review = ItemReviewed { item, version: draft.version, passed: true, reviewer, opinion };
        decide::<Item>(api, tx, &content.item, review).await?;
    }
    if order.steps.contains(&Step::Publish) {
        if let Some(tiers) = tiers {
            standard(api, tx, order, item, tiers).await?;
        }
        if let Some(draft) = pending(tx, &stream, content).await? {
            let (effective, published_at) = (order.effective, order.published_at.clone());
            let publish = PublishItem { item: item.clone(), version: draft.version, effective, published_at };
            let state = tx.state::<Item>(&stream).await?;
            let matter = Matter { id: item, state: &*state, stored: None };
            let mut command = Item::command(api, tx, &matter, publish.into()).await?;
            // What is not in force yet may still stand in the same files.
            command.facts.uniform = command.facts.uniform.or_else(|| peer.cloned());
            let near: Vec<_> = near.iter().flat_map(|near| &near.of[..near.before]).cloned().collect();
            command.facts.others.extend(holders(tx, near, order.effective).await?);
            tx.decide::<Item>(&stream, &command).await?;
        }
    }
    Ok(())
}

async fn fee(api: &Api, tx: &Tx, order: &ImportOrder, row: &FeeRow) -> Result<(), ExecuteError> {
    let FeeRow { item, name, basis, standard_fen, unit, charge_fen } = row.clone();
    let effective = order.effective;
    let published = FeePublished { item, name, basis, standard_fen, unit, effective, charge_fen };
    let state = tx.state::<Item>(&Item::stream(&row.item)).await?;
    // What is charged already needs no new day.
    let known = state.fees.iter().rev().find(|fee| fee.name == published.name);
    if known.is_some_and(|known| FeePublished { effective, ..known.clone() } == published) {
        return Ok(());
    }
    decide::<Item>(api, tx, &row.item, published).await
}

async fn cancel(api: &Api, tx: &Tx, order: &ImportOrder, item: &ItemCode) -> Result<(), ExecuteError> {
    if !order.steps.contains(&Step::Publish) {
        return Ok(());
    }
    let reviewer = order.reviewer.clone().ok_or_else(|| unknown("reviewer", ""))?;
    let ground = Ground { kind: order.ground, document: order.document.clone(), document_sha256: None };
    let (effective, opinion) = (order.effective, order.opinion.clone());
    let cancelled = ItemCancelled { item: item.clone(), effective, ground, reviewer, opinion };
    decide::<Item>(api, tx, item, cancelled).await
}

async fn row(api: &Api, tx: &Tx, order: &ImportOrder, content: &RowContent) -> Result<(), ExecuteError> {
    if !order.steps.contains(&Step::Publish) {
        return Ok(());
    }
    let id = content.id();
    let state = tx.state::<Listing>(&Listing::stream(&id)).await?;
    let first = state.versions.is_empty() && api.lists.read().await?.row_before(content).is_none();
    let kind = if first { GroundKind::FirstCompilation } else { order.ground };
    let ground = Ground { kind, document: order.document.clone(), document_sha256: None };
    let publish = PublishRow { content: content.clone(), effective: order.effective, ground };
    decide::<Listing>(api, tx, &id, Box::new(publish)).await
}

async fn cancel_row(api: &Api, tx: &Tx, order: &ImportOrder, id: &RowId) -> Result<(), ExecuteError> {
    if !order.steps.contains(&Step::Publish) {
        return Ok(());
    }
    let ground = Ground { kind: order.ground, document: order.document.clone(), document_sha256: None };
    let RowId { list, agency, code } = id.clone();
    decide::<Listing>(api, tx, id, RowCancelled { list, agency, code, effective: order.effective, ground }).await
}

/// The draft the row speaks of; none when what the row says is in force already.
async fn pending(tx: &Tx, stream: &str, content: &ItemContent) -> Result<Option<Draft>, ExecuteError> {
    let state = tx.state::<Item>(stream).await?;
    match &state.draft {
        Some(draft) if *draft.content == *content => Ok(Some(draft.clone())),
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

async fn standard(
    api: &Api,
    tx: &Tx,
    order: &ImportOrder,
    item: &ItemCode,
    tiers: &Arc<[Tier]>,
) -> Result<(), ExecuteError> {
    let state = tx.state::<Item>(&Item::stream(item)).await?;
    if state.standards.last().is_some_and(|s| s.tiers == *tiers) {
        return Ok(());
    }
    let (tiers, document) = (tiers.clone(), order.document.clone());
    let published = StandardPublished { item: item.clone(), version: 0, tiers, effective: order.effective, document };
    decide::<Item>(api, tx, item, published).await
}
