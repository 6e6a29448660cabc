//! The RPCs: parse, execute, reply.

use std::sync::Arc;

use jiff::civil::Date;
use kernel::{Call, Caller, Done, ExecuteError, Fields, Role, Service, Tx};
use law::{
    Refusal, day_of,
    id::{ItemCode, OfficerCode, RegionCode, Uscc},
};
use proto::{
    common::v1::{CommandMeta, Receipt},
    powerlist::v1::{self as p, powerlist_server::Powerlist},
};
use tonic::{Request, Response, Status};

use crate::{
    app::Config,
    domain::{
        agency::DissolveAgency,
        events::{CertificateIssued, CertificateRevoked, ExaminationPassed, ItemEvent, TrainingRecorded},
        item::{CancelItem, PublishFee, PublishItem, PublishStandard, ReviewItem, ReviewYearly},
    },
    index::{Index, ItemFilter, Lists, OfficerFilter},
    steps::{self, Place, unknown},
    wire,
};

/// The service behind the RPCs.
#[derive(Clone)]
pub struct Api {
    pub(crate) service: Service,
    pub(crate) lists: Arc<Lists>,
    pub(crate) config: Config,
}

type Reply<T> = Result<Response<T>, Status>;

/// The region of an agency, for a request that names none. `None` when the agency's code cannot be read, which the
/// reading of the field reports.
fn home(index: &Index, agency: &str, region: &str) -> Result<Option<RegionCode>, Status> {
    match agency.parse::<Uscc>() {
        Ok(code) if region.is_empty() => match index.agencies.get(&code).and_then(|a| a.region()) {
            Some(region) => Ok(Some(region.clone())),
            None => Err(unknown("agency", code).into()),
        },
        _ => Ok(None),
    }
}

fn required<T>(f: Fields, read: Option<T>) -> Result<T, Status> {
    match read {
        Some(value) => f.finish().map(|()| value),
        None => Err(f.status()),
    }
}

/// Pages through entries sorted by code: those after `token`, as many as fit, how many there are, and the next token.
fn page<T, K: ToString>(entries: impl Iterator<Item = (K, T)>, token: &str, size: usize) -> (Vec<T>, u32, String) {
    let (mut found, mut total, mut last, mut more) = (Vec::new(), 0, String::new(), false);
    for (code, entry) in entries {
        total += 1;
        let code = code.to_string();
        if code.as_str() <= token {
            continue;
        }
        if found.len() == size {
            more = true;
            continue;
        }
        found.push(entry);
        last = code;
    }
    (found, total, if more { last } else { String::new() })
}

impl Api {
    fn call<M: prost::Message>(&self, request: &Request<M>, meta: Option<&CommandMeta>) -> Result<Call, Status> {
        Call::parse(request, meta, self.service.clock())
    }

    /// Carries out one command of a place the caller may touch.
    pub(crate) async fn run<F, W>(&self, call: &Call, place: &Place, work: F) -> Result<Done, ExecuteError>
    where
        F: Fn(Tx) -> W,
        W: Future<Output = Result<(), ExecuteError>>,
    {
        call.caller.require_region(&place.region)?;
        self.service.execute(call, &place.agency, &place.region, work).await
    }

    async fn receipt<F, W>(&self, call: &Call, place: &Place, work: F) -> Result<Option<Receipt>, Status>
    where
        F: Fn(Tx) -> W,
        W: Future<Output = Result<(), ExecuteError>>,
    {
        Ok(Some(self.run(call, place, work).await?.receipt()))
    }

    pub(crate) async fn item_place(&self, item: &ItemCode) -> Result<Place, ExecuteError> {
        let index = self.lists.read().await?;
        let content = index.items.get(item).and_then(|s| s.newest()).ok_or_else(|| unknown("item", item))?;
        Ok(Place { agency: content.agency.to_string(), region: content.region.clone() })
    }

    async fn officer_place(&self, officer: &OfficerCode) -> Result<Place, ExecuteError> {
        let index = self.lists.read().await?;
        let known = index.officers.get(officer).and_then(|s| s.registered.as_ref());
        let known = known.ok_or_else(|| unknown("officer", officer))?;
        Ok(Place { agency: known.agency.to_string(), region: known.region.clone() })
    }

    fn today(&self) -> Date {
        day_of(self.service.clock().now())
    }
}

/// Whether the caller is more than the public.
fn is_staff<M>(request: &Request<M>) -> bool {
    request.extensions().get::<Caller>().is_some_and(|c| c.roles.iter().any(|r| *r != Role::Public))
}

fn makes_lists<M>(request: &Request<M>) -> bool {
    let roles = [Role::ListEditor, Role::ListApprover, Role::LegalReviewer, Role::Supervisor, Role::Auditor];
    request.extensions().get::<Caller>().is_some_and(|c| roles.iter().any(|r| c.has(*r)))
}

#[tonic::async_trait]
impl Powerlist for Api {
    async fn register_region(&self, request: Request<p::RegisterRegionRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let region = wire::region(&mut f, r.region.as_ref());
        let region = &required(f, region)?;
        let place = Place { agency: String::new(), region: region.region.clone() };
        let receipt =
            self.receipt(&call, &place, |tx| async move { steps::register_region(&tx, region).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn register_agency(&self, request: Request<p::RegisterAgencyRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let agency = wire::agency(&mut f, r.agency.as_ref());
        let agency = &required(f, agency)?;
        let place = Place { agency: agency.agency.to_string(), region: agency.region.clone() };
        let receipt =
            self.receipt(&call, &place, |tx| async move { steps::register_agency(&tx, agency).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn dissolve_agency(&self, request: Request<p::DissolveAgencyRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let (agency, on) = (f.parse::<Uscc>("agency", &r.agency), f.date("on", &r.on));
        let ground = wire::ground(&mut f, "ground", r.ground.as_ref());
        let read = (|| Some(DissolveAgency { agency: agency?, on: on?, ground: ground? }))();
        let c = &required(f, read)?;
        let known = self.lists.read().await?.agencies.get(&c.agency).and_then(|a| a.region().cloned());
        let region = known.ok_or_else(|| unknown("agency", &c.agency))?;
        let place = Place { agency: c.agency.to_string(), region };
        let receipt = self.receipt(&call, &place, |tx| async move { steps::dissolve_agency(&tx, c).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn register_officer(&self, request: Request<p::RegisterOfficerRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let home = home(&*self.lists.read().await?, &r.agency, &r.region)?;
        let mut f = Fields::new();
        let officer = wire::officer(&mut f, r, home);
        let officer = &required(f, officer)?;
        let place = Place { agency: officer.agency.to_string(), region: officer.region.clone() };
        let receipt =
            self.receipt(&call, &place, |tx| async move { steps::register_officer(&tx, officer).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn record_examination(&self, request: Request<p::RecordExaminationRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let (officer, on) = (f.parse::<OfficerCode>("officer", &r.officer), f.date("on", &r.on));
        if r.score > 100 {
            f.fault("score", "is a percentage: at most 100");
        }
        let score = u16::try_from(r.score).unwrap_or(u16::MAX);
        let read = (|| Some(ExaminationPassed { officer: officer?, on: on?, score }))();
        let e = &required(f, read)?;
        let place = self.officer_place(&e.officer).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::record_examination(&tx, e).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn issue_certificate(&self, request: Request<p::IssueCertificateRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let officer = f.parse::<OfficerCode>("officer", &r.officer);
        let certificate = f.text("certificate", &r.certificate, 40);
        let fields = wire::words(&mut f, "fields", &r.fields);
        let (from, until) = (f.date("from", &r.from), f.date("until", &r.until));
        let read = (|| Some((officer?, certificate?, from?, until?)))();
        let (officer, certificate, from, until) = required(f, read)?;
        let place = self.officer_place(&officer).await?;
        let agency = place.agency.parse().map_err(ExecuteError::internal)?;
        let e = &CertificateIssued { officer, certificate, agency, fields, from, until };
        let hours = self.config.training_hours_min;
        let receipt =
            self.receipt(&call, &place, |tx| async move { steps::issue_certificate(&tx, e, hours).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn revoke_certificate(&self, request: Request<p::RevokeCertificateRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let officer = f.parse::<OfficerCode>("officer", &r.officer);
        let certificate = f.text("certificate", &r.certificate, 40);
        let (on, reason) = (f.date("on", &r.on), f.text("reason", &r.reason, 500));
        let read =
            (|| Some(CertificateRevoked { officer: officer?, certificate: certificate?, on: on?, reason: reason? }))();
        let e = &required(f, read)?;
        let place = self.officer_place(&e.officer).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::revoke_certificate(&tx, e).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn record_training(&self, request: Request<p::RecordTrainingRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let (officer, on) = (f.parse::<OfficerCode>("officer", &r.officer), f.date("on", &r.on));
        let subject = f.text("subject", &r.subject, 200);
        let hours = u16::try_from(r.hours).ok().filter(|h| *h > 0);
        if hours.is_none() {
            f.fault("hours", "must be at least 1 and fit a month");
        }
        let read = (|| Some(TrainingRecorded { officer: officer?, on: on?, hours: hours?, subject: subject? }))();
        let e = &required(f, read)?;
        let place = self.officer_place(&e.officer).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::record_training(&tx, e).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn publish_catalogue_entry(&self, request: Request<p::PublishCatalogueEntryRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let entry = wire::entry(&mut f, r.entry.as_ref());
        let c = &required(f, entry)?;
        let place = Place { agency: String::new(), region: c.region.clone() };
        let receipt =
            self.receipt(&call, &place, |tx| async move { steps::publish_catalogue_entry(&tx, c).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn draft_item(&self, request: Request<p::DraftItemRequest>) -> Reply<p::DraftItemResponse> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let home = match &r.content {
            Some(c) => home(&*self.lists.read().await?, &c.agency, &c.region)?,
            None => None,
        };
        let mut f = Fields::new();
        let content = wire::content(&mut f, r.content.as_ref(), home);
        let ground = wire::ground(&mut f, "ground", r.ground.as_ref());
        let (content, ground) = &required(f, content.zip(ground))?;
        let place = Place { agency: content.agency.to_string(), region: content.region.clone() };
        let done = self.run(&call, &place, |tx| async move { steps::draft_item(&tx, content, ground).await }).await?;
        let drafted = done.events::<ItemEvent>().into_iter().find_map(|e| match e {
            ItemEvent::ItemDrafted(e) => Some(e.version),
            _ => None,
        });
        let version = match drafted {
            Some(version) => version,
            // Nothing had to be drafted: the version is the one that already says so.
            None => self.lists.read().await?.items.get(&content.item).map_or(0, |s| s.last_version),
        };
        Ok(Response::new(p::DraftItemResponse { receipt: Some(done.receipt()), version }))
    }

    async fn review_item(&self, request: Request<p::ReviewItemRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let (item, reviewer) = (f.parse::<ItemCode>("item", &r.item), f.parse("reviewer", &r.reviewer));
        let version = version(&mut f, r.version);
        let opinion = f.optional_text("opinion", &r.opinion, wire::TEXT_MAX).unwrap_or_default();
        let passed = r.passed;
        let read = (|| {
            let (item, version, reviewer) = (item?, version?, reviewer?);
            Some(ReviewItem { item, version, passed, reviewer, opinion, person: None })
        })();
        let c = &required(f, read)?;
        let place = self.item_place(&c.item).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::review_item(&tx, c).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn publish_item(&self, request: Request<p::PublishItemRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let (item, version) = (f.parse::<ItemCode>("item", &r.item), version(&mut f, r.version));
        let effective = f.date("effective", &r.effective);
        let published_at = f.text("published_at", &r.published_at, 200);
        let read = (|| {
            let (item, version, effective, published_at) = (item?, version?, effective?, published_at?);
            Some(PublishItem { item, version, effective, published_at, agency: None, uniform: None })
        })();
        let c = &required(f, read)?;
        let place = self.item_place(&c.item).await?;
        let peer = {
            let index = self.lists.read().await?;
            let base = index.items.get(&c.item).and_then(|s| s.newest()).map(|content| content.base_code.clone());
            &base.and_then(|base| index.peer(&base, &c.item, c.effective))
        };
        let receipt =
            self.receipt(&call, &place, |tx| async move { steps::publish_item(&tx, c, peer.clone()).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn cancel_item(&self, request: Request<p::CancelItemRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let (item, reviewer) = (f.parse::<ItemCode>("item", &r.item), f.parse("reviewer", &r.reviewer));
        let effective = f.date("effective", &r.effective);
        let ground = wire::ground(&mut f, "ground", r.ground.as_ref());
        let opinion = f.optional_text("opinion", &r.opinion, wire::TEXT_MAX).unwrap_or_default();
        let read = (|| {
            let (item, effective, ground, reviewer) = (item?, effective?, ground?, reviewer?);
            Some(CancelItem { item, effective, ground, reviewer, opinion, person: None })
        })();
        let c = &required(f, read)?;
        let place = self.item_place(&c.item).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::cancel_item(&tx, c).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn review_item_yearly(&self, request: Request<p::ReviewItemYearlyRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let (item, reviewer) = (f.parse::<ItemCode>("item", &r.item), f.parse("reviewer", &r.reviewer));
        let (on, conclusion) = (f.date("on", &r.on), wire::enumeration(&mut f, "conclusion", r.conclusion));
        let read = (|| {
            let (item, on, conclusion, reviewer) = (item?, on?, conclusion?, reviewer?);
            Some(ReviewYearly { item, on, conclusion, reviewer, person: None })
        })();
        let c = &required(f, read)?;
        let place = self.item_place(&c.item).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::review_yearly(&tx, c).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn publish_standard(&self, request: Request<p::PublishStandardRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let item = f.parse::<ItemCode>("item", &r.item);
        let tiers = wire::tiers(&mut f, &r.tiers);
        let effective = f.date("effective", &r.effective);
        let document = f.text("document", &r.document, wire::TITLE_MAX);
        let read = (|| Some(PublishStandard { item: item?, tiers, effective: effective?, document: document? }))();
        let c = &required(f, read)?;
        let place = self.item_place(&c.item).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::publish_standard(&tx, c).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn publish_fee(&self, request: Request<p::PublishFeeRequest>) -> Reply<p::Recorded> {
        let r = request.get_ref();
        let call = self.call(&request, r.meta.as_ref())?;
        let mut f = Fields::new();
        let item = f.parse::<ItemCode>("item", &r.item);
        let fee = wire::fee(&mut f, item, r.fee.as_ref());
        let c = &required::<PublishFee>(f, fee)?;
        let place = self.item_place(&c.item).await?;
        let receipt = self.receipt(&call, &place, |tx| async move { steps::publish_fee(&tx, c).await }).await?;
        Ok(Response::new(p::Recorded { receipt, ..p::Recorded::default() }))
    }

    async fn get_item(&self, request: Request<p::GetItemRequest>) -> Reply<p::GetItemResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let code = f.parse::<ItemCode>("item", &r.item);
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let code = required(f, code)?;
        let index = self.lists.read().await?;
        let state = index.items.get(&code).ok_or_else(|| unknown("item", &code))?;
        let Some(version) = state.in_force(day) else {
            return Err(ExecuteError::from(Refusal::NotFound {
                what: "item in force",
                id: format!("{code} on {day}"),
            })
            .into());
        };
        let item = Some(wire::show_item(version, state, day));
        Ok(Response::new(p::GetItemResponse { item, as_of: day.to_string() }))
    }

    async fn list_items(&self, request: Request<p::ListItemsRequest>) -> Reply<p::ListItemsResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let filter = ItemFilter {
            agency: f.optional("agency", &r.agency),
            kind: wire::optional_enumeration(&mut f, "kind", r.kind),
            field: f.optional_text("field", &r.field, 50),
            text: f.optional_text("text", &r.text, wire::NAME_MAX),
            base_code: f.optional("base_code", &r.base_code),
            region: f.optional("region", &r.region),
        };
        let size = wire::page_size(&mut f, r.page_size);
        f.finish()?;
        let index = self.lists.read().await?;
        let found = index.items_on(day, &filter).map(|(code, version, state)| (code, (version, state)));
        let (found, total, next_page_token) = page(found, &r.page_token, size);
        let items = found.into_iter().map(|(version, state)| wire::show_item(version, state, day)).collect();
        Ok(Response::new(p::ListItemsResponse { items, next_page_token, total, as_of: day.to_string() }))
    }

    async fn list_versions(&self, request: Request<p::ListVersionsRequest>) -> Reply<p::ListVersionsResponse> {
        let mut f = Fields::new();
        let code = f.parse::<ItemCode>("item", &request.get_ref().item);
        let code = required(f, code)?;
        let insider = makes_lists(&request);
        let index = self.lists.read().await?;
        let known = index.items.get(&code).filter(|s| insider || !s.versions.is_empty());
        let state = known.ok_or_else(|| unknown("item", &code))?;
        Ok(Response::new(p::ListVersionsResponse {
            versions: state.versions.iter().map(wire::show_version).collect(),
            cancellations: state.cancellations.iter().map(wire::show_cancellation).collect(),
            standards: state.standards.iter().map(wire::show_standard).collect(),
            fees: state.fees.iter().map(wire::show_fee).collect(),
            yearly_reviews: state.yearly.iter().map(wire::show_yearly).collect(),
            draft: state.draft.as_ref().filter(|_| insider).map(wire::show_draft),
        }))
    }

    async fn get_catalogue_entry(
        &self,
        request: Request<p::GetCatalogueEntryRequest>,
    ) -> Reply<p::GetCatalogueEntryResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let code = f.parse("base_code", &r.base_code);
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let code = required(f, code)?;
        let index = self.lists.read().await?;
        let entry = index.catalogue.get(&code).and_then(|s| wire::show_catalogue(s, day));
        let entry = Some(entry.ok_or_else(|| unknown("catalogue entry", &code))?);
        Ok(Response::new(p::GetCatalogueEntryResponse { entry, as_of: day.to_string() }))
    }

    async fn get_officer(&self, request: Request<p::GetOfficerRequest>) -> Reply<p::GetOfficerResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let code = f.parse::<OfficerCode>("officer", &r.officer);
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let code = required(f, code)?;
        let staff = is_staff(&request);
        let index = self.lists.read().await?;
        let officer = index.officers.get(&code).and_then(|s| wire::show_officer(s, day, staff));
        let officer = Some(officer.ok_or_else(|| unknown("officer", &code))?);
        Ok(Response::new(p::GetOfficerResponse { officer, as_of: day.to_string() }))
    }

    async fn list_officers(&self, request: Request<p::ListOfficersRequest>) -> Reply<p::ListOfficersResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let filter = OfficerFilter {
            agency: f.optional("agency", &r.agency),
            role: wire::optional_enumeration(&mut f, "role", r.role),
            certified_only: r.certified_only,
        };
        let size = wire::page_size(&mut f, r.page_size);
        f.finish()?;
        let staff = is_staff(&request);
        let index = self.lists.read().await?;
        let (found, total, next_page_token) = page(index.officers_on(day, &filter), &r.page_token, size);
        let officers = found.into_iter().filter_map(|s| wire::show_officer(s, day, staff)).collect();
        Ok(Response::new(p::ListOfficersResponse { officers, next_page_token, total, as_of: day.to_string() }))
    }

    async fn get_agency(&self, request: Request<p::GetAgencyRequest>) -> Reply<p::GetAgencyResponse> {
        let mut f = Fields::new();
        let code = f.parse::<Uscc>("agency", &request.get_ref().agency);
        let code = required(f, code)?;
        let index = self.lists.read().await?;
        let agency = index.agencies.get(&code).and_then(wire::show_agency);
        let agency = Some(agency.ok_or_else(|| unknown("agency", &code))?);
        Ok(Response::new(p::GetAgencyResponse { agency }))
    }

    async fn list_agencies(&self, request: Request<p::ListAgenciesRequest>) -> Reply<p::ListAgenciesResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let region = f.optional::<RegionCode>("region", &r.region);
        let field = f.optional_text("field", &r.field, 50);
        let size = wire::page_size(&mut f, r.page_size);
        f.finish()?;
        let index = self.lists.read().await?;
        let found = index.agencies.iter().filter(|(_, state)| {
            state.fact().is_some_and(|a| {
                a.exists_on(day)
                    && region.as_ref().is_none_or(|r| r.contains(&a.region))
                    && field.as_ref().is_none_or(|f| a.fields.contains(f))
            })
        });
        let (found, total, next_page_token) = page(found, &r.page_token, size);
        let agencies = found.into_iter().filter_map(wire::show_agency).collect();
        Ok(Response::new(p::ListAgenciesResponse { agencies, next_page_token, total }))
    }

    async fn list_regions(&self, _: Request<p::ListRegionsRequest>) -> Reply<p::ListRegionsResponse> {
        let index = self.lists.read().await?;
        let regions = index.regions.values().filter_map(|s| s.registered.as_ref()).map(wire::show_region).collect();
        Ok(Response::new(p::ListRegionsResponse { regions }))
    }

    async fn import_list(&self, request: Request<p::ImportListRequest>) -> Reply<p::ImportListResponse> {
        let call = self.call(&request, request.get_ref().meta.as_ref())?;
        let order = wire::import(request.into_inner(), &call)?;
        let report = self.import(&call, order).await?;
        Ok(Response::new(wire::show_report(report)))
    }

    async fn export_list(&self, request: Request<p::ExportListRequest>) -> Reply<p::ExportListResponse> {
        let order = wire::export(request.get_ref(), self.today(), is_staff(&request))?;
        let index = self.lists.read().await?;
        Ok(Response::new(wire::show_file(crate::sheets::export(&index, &order).map_err(ExecuteError::internal)?)))
    }
}

fn version(f: &mut Fields, version: u32) -> Option<u32> {
    if version == 0 {
        f.fault("version", "is required");
    }
    (version > 0).then_some(version)
}
