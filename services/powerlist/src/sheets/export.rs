//! Lists, written as rows.

use jiff::civil::Date;
use law::{id::Uscc, parameter::ParameterSet};
use lists::facts::{PowerKind, Tier, decimal};

use super::{
    Sheet, cells,
    file::{Format, write},
    left_out::{self, LeftOut},
};
use crate::{
    domain::{
        content::ItemContent,
        events::{AgencyRegistered, FeePublished, RegionRegistered},
        listing::RowContent,
        officer,
        plan::PlanTaskEntered,
    },
    index::{Index, ItemFilter, OfficerFilter},
    parts,
};

/// Which list, as of when, in which form.
#[derive(Clone, Debug)]
pub struct ExportOrder {
    /// Which list.
    pub sheet: Sheet,
    /// In which form.
    pub format: Format,
    /// The day.
    pub day: Date,
    /// Only this agency's.
    pub agency: Option<Uscc>,
    /// Only items of this kind.
    pub kind: Option<PowerKind>,
    /// Whether examination and qualification of officers are shown.
    pub staff: bool,
}

/// A file that was written.
#[derive(Clone, Debug)]
pub struct File {
    /// Its bytes.
    pub content: Vec<u8>,
    /// A name for it.
    pub name: String,
    /// Its form.
    pub format: Format,
    /// How many rows it has, without the header.
    pub rows: usize,
    /// What the ledger knows beside it.
    pub left_out: Vec<LeftOut>,
}

/// A file that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// As CSV.
    #[error("the CSV file cannot be written")]
    Csv(#[from] csv::Error),
    /// As a workbook.
    #[error("the workbook cannot be written")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

/// Writes a list as of a day.
///
/// # Errors
/// [`ExportError`], when a cell is beyond what the form can hold.
pub fn export(index: &Index, order: &ExportOrder) -> Result<File, ExportError> {
    let rows = rows(index, order);
    let ending = match order.format {
        Format::Csv => "csv",
        Format::Xlsx | Format::Xls | Format::Ods => "xlsx",
    };
    Ok(File {
        content: write(order.sheet, order.format, &rows)?,
        name: format!("{}-{}.{ending}", order.sheet.name(), order.day),
        format: order.format,
        rows: rows.len(),
        left_out: left_out::of(index, order),
    })
}

fn rows(index: &Index, order: &ExportOrder) -> Vec<Vec<String>> {
    let wanted = |agency: &Uscc| order.agency.as_ref().is_none_or(|a| a == agency);
    let filter = ItemFilter { agency: order.agency.clone(), kind: order.kind, ..ItemFilter::default() };
    let officers = OfficerFilter { agency: order.agency.clone(), ..OfficerFilter::default() };
    match order.sheet {
        Sheet::Regions => index.regions.values().filter_map(|s| s.registered.as_ref()).map(region_row).collect(),
        Sheet::Parameters => parameters(index, order.day).map(parameter_row).collect(),
        Sheet::Agencies => index
            .agencies
            .values()
            .filter(|s| s.fact().is_some_and(|a| a.exists_on(order.day) && wanted(&a.agency)))
            .filter_map(|s| s.registered.as_ref())
            .map(agency_row)
            .collect(),
        Sheet::Officers => index
            .officers_on(order.day, &officers)
            .filter_map(|(_, s)| officer_row(s, order.day, order.staff))
            .collect(),
        Sheet::Offices => {
            let offices = index.officers.values().flat_map(|s| &s.offices);
            offices.filter(|o| o.on(order.day) && wanted(&o.given.agency)).map(office_row).collect()
        }
        Sheet::Items => {
            let row = |c: &ItemContent| item_row(c, index.agency_name(&c.agency));
            index.items_on(order.day, &filter).map(|(_, v, _)| row(&v.content)).collect()
        }
        Sheet::Fees => {
            let items = index.items_on(order.day, &filter);
            items
                .flat_map(|(_, _, state)| state.fees(order.day).into_iter().rev().map(fee_row).collect::<Vec<_>>())
                .collect()
        }
        Sheet::PlanTasks => {
            let tasks = index.plans.values().flat_map(|s| s.tasks());
            tasks.map(|task| plan_task_row(&task.entered)).collect()
        }
        Sheet::Listing(list) => {
            let rows = index.listings.iter().filter(|(id, _)| id.list == list && wanted(&id.agency));
            let rows = rows.filter_map(|(_, state)| state.in_force(order.day));
            let rows = rows.filter(|row| order.staff || !row.withheld);
            rows.map(|row| listing_row(&row.content, index.agency_name(&row.content.agency))).collect()
        }
        Sheet::Standards => {
            let mut rows = Vec::new();
            for (_, version, state) in index.items_on(order.day, &filter) {
                let tiers = state.standard(order.day).map_or(&[][..], |standard| &standard.tiers);
                rows.extend(standard_rows(&version.content, tiers));
            }
            rows
        }
    }
}

/// What regions set that holds on a day.
pub(super) fn parameters(index: &Index, day: Date) -> impl Iterator<Item = &ParameterSet> {
    index.parameters().filter(move |set| {
        let later = |other: &ParameterSet| other.replaces(set) && other.from > set.from && other.from <= day;
        set.from <= day && !index.parameters().any(later)
    })
}

pub(crate) fn region_row(r: &RegionRegistered) -> Vec<String> {
    let parent = r.parent.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![r.region.to_string(), r.name.clone(), r.level.clone(), parent]
}

pub(crate) fn parameter_row(set: &ParameterSet) -> Vec<String> {
    let [number, unit] = cells::show_quantity(set.value);
    let (region, field) = (set.region.to_string(), set.field.clone().unwrap_or_default());
    vec![set.parameter.clone(), region, field, number, unit, set.from.to_string(), set.document.clone()]
}

pub(crate) fn fee_row(fee: &FeePublished) -> Vec<String> {
    vec![
        fee.item.to_string(),
        fee.name.clone(),
        cells::show_basis(&fee.basis),
        decimal(fee.standard_fen),
        fee.unit.clone(),
        fee.charge_fen.map(decimal).unwrap_or_default(),
    ]
}

pub(crate) fn agency_row(a: &AgencyRegistered) -> Vec<String> {
    vec![
        a.agency.to_string(),
        a.name.clone(),
        a.short_name.clone(),
        a.region.to_string(),
        a.kind.zh().to_owned(),
        a.basis.clone(),
        a.fields.join("；"),
        a.department.clone().unwrap_or_default(),
        a.entrusted_by.as_ref().map(ToString::to_string).unwrap_or_default(),
        a.from.to_string(),
        if a.may_restrict_liberty { "是" } else { "否" }.to_owned(),
        a.entrustment.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

pub(crate) fn plan_task_row(task: &PlanTaskEntered) -> Vec<String> {
    vec![
        task.plan.to_string(),
        task.number.clone(),
        task.region.to_string(),
        task.from.to_string(),
        task.title.clone(),
        task.title_en.clone(),
        task.lead.clone().unwrap_or_default(),
        lines(&task.milestones, cells::show_milestone),
        task.serves.iter().map(|capability| capability.zh()).collect::<Vec<_>>().join("；"),
        if task.whole { "是" } else { "" }.to_owned(),
        task.document.clone(),
    ]
}

pub(crate) fn office_row(office: &officer::Office) -> Vec<String> {
    let o = &office.given;
    vec![
        o.officer.to_string(),
        o.agency.to_string(),
        o.office.zh().to_owned(),
        o.from.to_string(),
        office.ended.map(|day| day.to_string()).unwrap_or_default(),
        o.document.clone(),
    ]
}

/// The certificate of an officer that his row shows: the newest one that has begun and was not withdrawn.
pub(super) fn certificate(state: &officer::State, day: Date) -> Option<&officer::Certificate> {
    let mut newest = state.certificates.iter().rev();
    newest.find(|c| c.issued.from <= day && c.revoked.as_ref().is_none_or(|(from, _)| *from > day))
}

pub(crate) fn officer_row(state: &officer::State, day: Date, staff: bool) -> Option<Vec<String>> {
    let o = state.registered.as_ref()?;
    let issued = certificate(state, day).map(|c| &c.issued);
    let examined = state.examinations.first().filter(|_| staff);
    Some(vec![
        o.officer.to_string(),
        o.name.clone(),
        o.agency.to_string(),
        o.role.zh().to_owned(),
        issued.map(|c| c.certificate.clone()).unwrap_or_default(),
        issued.map(|c| c.fields.join("；")).unwrap_or_default(),
        issued.map(|c| c.from.to_string()).unwrap_or_default(),
        issued.map(|c| c.until.to_string()).unwrap_or_default(),
        examined.map(|e| e.on.to_string()).unwrap_or_default(),
        examined.map(|e| e.score.to_string()).unwrap_or_default(),
        if o.legal_qualification { "有" } else { "无" }.to_owned(),
        o.reviewing_since.filter(|_| staff).map(|day| day.to_string()).unwrap_or_default(),
    ])
}

fn lines<T>(entries: &[T], show: impl Fn(&T) -> String) -> String {
    entries.iter().map(show).collect::<Vec<_>>().join("\n")
}

pub(crate) fn item_row(c: &ItemContent, agency: String) -> Vec<String> {
    let outcomes = match c.kind {
        PowerKind::Compulsion => cells::show_compulsion(c),
        _ => lines(&c.outcomes, ToString::to_string),
    };
    vec![
        c.base_code.to_string(),
        c.item.to_string(),
        c.kind.zh().to_owned(),
        c.name.clone(),
        c.subitem.clone().unwrap_or_default(),
        agency,
        c.agency.to_string(),
        c.field.clone(),
        lines(&c.bases, cells::show_basis),
        outcomes,
        lines(&c.duties, cells::show_duty),
        c.responsible.clone(),
        c.accountability.clone(),
        lines(&c.flow, cells::show_step),
        c.supervision.clone(),
        c.exercised_at.clone().unwrap_or_default(),
        c.remarks.clone().unwrap_or_default(),
        c.region.to_string(),
        c.least_level.map(|level| level.zh().to_owned()).unwrap_or_default(),
        c.grant.clone().unwrap_or_default(),
        if c.exclusive { "是" } else { "" }.to_owned(),
        lines(&c.otherwise, ToString::to_string),
        lines(&c.terms, ToString::to_string),
    ]
}

pub(crate) fn listing_row(c: &RowContent, agency: String) -> Vec<String> {
    let mut row = vec![c.code.to_string(), c.name.clone(), agency, c.agency.to_string(), c.region.to_string()];
    row.extend(
        c.list.parts().iter().map(|spec| c.said(spec).map(|value| parts::show(spec, value)).unwrap_or_default()),
    );
    row.push(lines(&c.bases, cells::show_basis));
    row
}

pub(crate) fn standard_rows(c: &ItemContent, tiers: &[Tier]) -> Vec<Vec<String>> {
    let row = |t: &Tier| {
        vec![
            c.base_code.to_string(),
            t.level.zh().to_owned(),
            t.circumstances.clone(),
            lines(&t.outcomes, ToString::to_string),
            c.agency.to_string(),
            t.code.clone(),
        ]
    };
    tiers.iter().map(row).collect()
}
