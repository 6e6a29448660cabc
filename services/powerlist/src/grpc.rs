//! The RPCs: steps are carried out by the kernel, the rest is reading, and files that go in and out.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use kernel::{Call, Caller, ExecuteError, Fields, Role, procedure::Edge};
use law::{
    ParameterCard, Refusal, day_of,
    id::{ItemCode, OfficerCode, RegionCode, Uscc},
};
use proto::{
    common::v1::CommandMeta,
    powerlist::v1::{self as p, powerlist_server::Powerlist},
};
use tokio::sync::{Mutex, Semaphore};
use tonic::{Request, Response, Status, Streaming};

use crate::{
    domain::{
        calendar::CHINA,
        listing::{ListKind, RowId},
        statute::{self, place},
    },
    forms,
    index::{ItemFilter, Lists, OfficerFilter},
    pieces,
    procedure::{SINCE, statute_id, unknown},
    sheets::IN_A_MESSAGE,
    wire,
};

/// The service behind the RPCs.
#[derive(Clone)]
pub struct Api {
    pub(crate) edge: Edge,
    pub(crate) lists: Arc<Lists>,
    /// What may be set.
    pub(crate) parameters: Arc<[&'static ParameterCard]>,
    /// Held by the one import that goes on.
    pub(crate) imports: Arc<Mutex<()>>,
    /// Of the one whose files come in pieces.
    pub(crate) pieces: Arc<Semaphore>,
}

type Reply<T> = Result<Response<T>, Status>;

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
        if found.len() == size {
            more = true;
            continue;
        }
        let code = code.to_string();
        if code.as_str() <= token {
            continue;
        }
        found.push(entry);
        last = code;
    }
    (found, total, if more { last } else { String::new() })
}

impl Api {
    /// The frame of a request that is no single step, held against the first law on record.
    pub(crate) async fn call<M: prost::Message>(
        &self,
        request: &Request<M>,
        meta: Option<&CommandMeta>,
        noun: &'static str,
    ) -> Result<Call, Status> {
        let call = Call::parse(request, meta, &self.edge.service)?;
        match self.edge.service.before_the_law(&call, SINCE, noun).await? {
            Some(why) => Err(Fields::one("meta.at", why)),
            None => Ok(call),
        }
    }

    pub(crate) fn today(&self) -> Date {
        day_of(self.edge.service.clock().now())
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
    proto::powerlist_steps!(kernel::serve);

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
            kind: f.maybe_word("kind", r.kind).flatten(),
            field: f.asked("field", &r.field, forms::FIELD),
            text: f.asked("text", &r.text, forms::NAME),
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

    async fn describe_lists(&self, request: Request<p::DescribeListsRequest>) -> Reply<p::DescribeListsResponse> {
        let mut f = Fields::new();
        let day = wire::as_of(&mut f, &request.get_ref().as_of, self.today());
        f.finish()?;
        let staff = is_staff(&request);
        let index = self.lists.read().await?;
        let mut counts: BTreeMap<ListKind, u32> = BTreeMap::new();
        for (id, state) in &index.listings {
            if state.in_force(day).is_some_and(|row| staff || !row.withheld) {
                *counts.entry(id.list).or_default() += 1;
            }
        }
        let card = |list: &ListKind| wire::show_list(*list, counts.get(list).copied().unwrap_or_default());
        let lists = ListKind::ALL.iter().map(card).collect();
        Ok(Response::new(p::DescribeListsResponse { lists, as_of: day.to_string() }))
    }

    async fn list_rows(&self, request: Request<p::ListRowsRequest>) -> Reply<p::ListRowsResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let list = f.word::<ListKind>("list", r.list);
        let (agency, region) = (f.optional::<Uscc>("agency", &r.agency), f.optional::<RegionCode>("region", &r.region));
        let text = f.asked("text", &r.text, forms::NAME);
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let size = wire::page_size(&mut f, r.page_size);
        let list = required(f, list)?;
        let staff = is_staff(&request);
        let index = self.lists.read().await?;
        let found = index.listings.iter().filter(|(id, _)| id.list == list).filter_map(|(id, state)| {
            let row = state.in_force(day).filter(|row| staff || !row.withheld)?;
            let content = &row.content;
            let fits = agency.as_ref().is_none_or(|a| *a == content.agency)
                && region.as_ref().is_none_or(|r| r.contains(&content.region))
                && text.as_deref().is_none_or(|t| content.name.contains(t) || content.code.as_str().contains(t));
            fits.then_some((id, row))
        });
        let (found, total, next_page_token) = page(found, &r.page_token, size);
        let rows = found.into_iter().map(wire::show_row_version).collect();
        Ok(Response::new(p::ListRowsResponse { rows, next_page_token, total, as_of: day.to_string() }))
    }

    async fn get_row(&self, request: Request<p::GetRowRequest>) -> Reply<p::GetRowResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let id = f.parse::<RowId>("row", &r.row);
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let id = required(f, id)?;
        let staff = is_staff(&request);
        let index = self.lists.read().await?;
        // What is withheld now was so before: no version of it is for the public.
        let known = index.listings.get(&id).filter(|s| staff || !s.versions.iter().any(|row| row.withheld));
        let state = known.ok_or_else(|| unknown("row", &id))?;
        Ok(Response::new(p::GetRowResponse {
            in_force: state.in_force(day).map(wire::show_row_version),
            versions: state.versions.iter().map(wire::show_row_version).collect(),
            cancellations: state.cancellations.iter().map(wire::show_row_cancellation).collect(),
            yearly_reviews: state.yearly.iter().map(wire::show_row_review).collect(),
            as_of: day.to_string(),
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
            role: f.maybe_word("role", r.role).flatten(),
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
        let agency = index.agencies.get(&code).and_then(|s| wire::show_agency(s));
        let agency = Some(agency.ok_or_else(|| unknown("agency", &code))?);
        Ok(Response::new(p::GetAgencyResponse { agency }))
    }

    async fn list_agencies(&self, request: Request<p::ListAgenciesRequest>) -> Reply<p::ListAgenciesResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let region = f.optional::<RegionCode>("region", &r.region);
        let field = f.asked("field", &r.field, forms::FIELD);
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
        let agencies = found.into_iter().filter_map(|s| wire::show_agency(s)).collect();
        Ok(Response::new(p::ListAgenciesResponse { agencies, next_page_token, total }))
    }

    async fn list_regions(&self, _: Request<p::ListRegionsRequest>) -> Reply<p::ListRegionsResponse> {
        let index = self.lists.read().await?;
        let regions = index.regions.values().filter_map(|s| s.registered.as_ref()).map(wire::show_region).collect();
        Ok(Response::new(p::ListRegionsResponse { regions }))
    }

    async fn list_calendar_years(
        &self,
        _: Request<p::ListCalendarYearsRequest>,
    ) -> Reply<p::ListCalendarYearsResponse> {
        let index = self.lists.read().await?;
        let on_record = index.calendars.get(CHINA).map_or(&[][..], |state| &state.notices);
        let years = wire::show_years(&self.edge.service.calendar(), on_record);
        Ok(Response::new(p::ListCalendarYearsResponse { years }))
    }

    async fn list_parameters(&self, request: Request<p::ListParametersRequest>) -> Reply<p::ListParametersResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let region = f.parse::<RegionCode>("region", &r.region);
        let region = required(f, region)?;
        let index = self.lists.read().await?;
        let parameters = wire::show_parameters(&self.parameters, || index.parameters(), &region, day);
        Ok(Response::new(p::ListParametersResponse { parameters, as_of: day.to_string() }))
    }

    async fn import_list(&self, request: Request<p::ImportListRequest>) -> Reply<p::ImportListResponse> {
        let call = self.call(&request, request.get_ref().meta.as_ref(), "list").await?;
        let order = wire::import(request.into_inner(), &call, IN_A_MESSAGE)?;
        let report = self.import(&call, order).await?;
        Ok(Response::new(wire::show_report(report)))
    }

    type ImportListPiecesStream = pieces::Answers;

    async fn import_list_pieces(
        &self,
        request: Request<Streaming<p::ImportListPiecesRequest>>,
    ) -> Reply<pieces::Answers> {
        Ok(Response::new(pieces::import(self, request)?))
    }

    async fn import_statutes(&self, request: Request<p::ImportStatutesRequest>) -> Reply<p::ImportStatutesResponse> {
        let call = self.call(&request, request.get_ref().meta.as_ref(), "statute").await?;
        let check_only = request.get_ref().check_only;
        let files = wire::texts(request.into_inner())?;
        let (files, rechecked) = self.import_texts(&call, files, check_only).await?;
        Ok(Response::new(wire::show_imported(files, rechecked)))
    }

    async fn repeal_statute(&self, request: Request<p::RepealStatuteRequest>) -> Reply<p::RepealStatuteResponse> {
        let call = self.call(&request, request.get_ref().meta.as_ref(), "statute").await?;
        let repealed = wire::repealed(request.get_ref())?;
        let (changed, rechecked) = self.repeal(&call, repealed).await?;
        Ok(Response::new(p::RepealStatuteResponse { changed, items_at_fault: rechecked.at_fault }))
    }

    async fn get_article(&self, request: Request<p::GetArticleRequest>) -> Reply<p::GetArticleResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let title = f.text("statute", &r.statute, forms::PLACE);
        let article = f.text("article", &r.article, forms::NAME);
        let place = article.as_deref().and_then(|article| place::read(article)?.first().copied());
        if article.is_some() && place.is_none() {
            f.fault("article", "must be a place as documents cite it, such as 第五十八条");
        }
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let (title, place) = required(f, title.zip(place))?;
        let index = self.lists.read().await?;
        let state = index.statutes.get(&statute_id(&statute::key(&title))).ok_or_else(|| unknown("statute", &title))?;
        let text = state.on(day).ok_or_else(|| unknown("statute in force", format!("{title} on {day}")))?;
        let article = text.article(place).ok_or_else(|| unknown("article", format!("{} of {title}", r.article)))?;
        Ok(Response::new(wire::show_article(text, article, day)))
    }

    async fn list_statutes(&self, request: Request<p::ListStatutesRequest>) -> Reply<p::ListStatutesResponse> {
        let r = request.get_ref();
        let mut f = Fields::new();
        let text = f.asked("text", &r.text, forms::PLACE);
        let day = wire::as_of(&mut f, &r.as_of, self.today());
        let size = wire::page_size(&mut f, r.page_size);
        f.finish()?;
        let index = self.lists.read().await?;
        let cited = index.citations_on(day);
        let fits = |title: &str| text.as_deref().is_none_or(|text| title.contains(text));
        let by_title: BTreeMap<&str, &statute::State> = index
            .statutes
            .values()
            .filter_map(|state| Some((state.title()?, &**state)))
            .filter(|(title, _)| fits(title))
            .collect();
        let (found, total, next_page_token) = page(by_title.into_iter().map(|of| (of.0, of)), &r.page_token, size);
        let shown = |(title, state): (&str, &statute::State)| {
            let of = cited.get(&statute::key(title)).copied().unwrap_or_default();
            wire::show_statute(state, day, of)
        };
        Ok(Response::new(p::ListStatutesResponse {
            statutes: found.into_iter().map(shown).collect(),
            next_page_token,
            total,
            as_of: day.to_string(),
            cited: cited.values().map(|of| of.cited).sum(),
            not_checked: cited.values().map(|of| of.not_checked).sum(),
        }))
    }

    async fn export_list(&self, request: Request<p::ExportListRequest>) -> Reply<p::ExportListResponse> {
        let order = wire::export(request.get_ref(), self.today(), is_staff(&request))?;
        let index = self.lists.read().await?;
        Ok(Response::new(wire::show_file(crate::sheets::export(&index, &order).map_err(ExecuteError::internal)?)))
    }
}
