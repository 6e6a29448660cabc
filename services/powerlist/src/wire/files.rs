//! Imports and exports.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kernel::{Call, Fields};
use proto::powerlist::v1 as p;
use tonic::Status;

use crate::{
    domain::events::GroundKind,
    forms,
    import::{ImportOrder, InputFile, Report, Step},
    sheets::{BYTES_MAX, ExportOrder, File, Format, Sheet},
};

fn sheet(f: &mut Fields, path: &str, number: i32) -> Option<Sheet> {
    if number == 0 {
        return None;
    }
    match f.enumeration::<p::Sheet>(path, number)? {
        p::Sheet::Unspecified => None,
        p::Sheet::Regions => Some(Sheet::Regions),
        p::Sheet::Parameters => Some(Sheet::Parameters),
        p::Sheet::Agencies => Some(Sheet::Agencies),
        p::Sheet::Officers => Some(Sheet::Officers),
        p::Sheet::Offices => Some(Sheet::Offices),
        p::Sheet::Items => Some(Sheet::Items),
        p::Sheet::Standards => Some(Sheet::Standards),
        p::Sheet::PlanTasks => Some(Sheet::PlanTasks),
    }
}

fn format(f: &mut Fields, path: &str, number: i32) -> Option<Format> {
    if number == 0 {
        return None;
    }
    match f.enumeration::<p::FileFormat>(path, number)? {
        p::FileFormat::Unspecified => None,
        p::FileFormat::Csv => Some(Format::Csv),
        p::FileFormat::Xlsx => Some(Format::Xlsx),
    }
}

/// What to take in.
pub(crate) fn import(r: p::ImportListRequest, call: &Call) -> Result<ImportOrder, Status> {
    let bytes: usize = r.files.iter().map(|file| file.content.len()).sum();
    if bytes > BYTES_MAX {
        return Err(Status::resource_exhausted(format!(
            "the files have {bytes} bytes; at most {BYTES_MAX} go at once"
        )));
    }
    let mut f = Fields::new();
    if r.files.is_empty() {
        f.fault("files", "at least one file is required");
    }
    f.at_most("files", &r.files, 64);
    let mut files = Vec::new();
    for (i, file) in r.files.into_iter().take(64).enumerate() {
        let name = f.text(&format!("files[{i}].name"), &file.name, forms::PLACE).unwrap_or_default();
        let sheet = sheet(&mut f, &format!("files[{i}].sheet"), file.sheet);
        let format = format(&mut f, &format!("files[{i}].format"), file.format);
        files.push(InputFile { name, sheet, format, content: file.content });
    }
    let mut steps = BTreeSet::new();
    for (i, step) in r.steps.iter().take(64).enumerate() {
        match f.enumeration::<p::ImportStep>(&format!("steps[{i}]"), *step) {
            Some(p::ImportStep::Draft) => steps.insert(Step::Draft),
            Some(p::ImportStep::Review) => steps.insert(Step::Review),
            Some(p::ImportStep::Publish) => steps.insert(Step::Publish),
            Some(p::ImportStep::Unspecified) | None => false,
        };
    }
    if r.steps.is_empty() {
        steps.extend([Step::Draft, Step::Review, Step::Publish]);
    }
    let document = f.optional_text("document", &r.document, forms::TITLE).unwrap_or_default();
    let ground = f.maybe_word("ground", r.ground).flatten().unwrap_or(GroundKind::LawChanged);
    let reviewer = f.optional("reviewer", &r.reviewer);
    let opinion = f.optional_text("opinion", &r.opinion, forms::TEXT);
    let effective = f.optional_date("effective", &r.effective).unwrap_or_else(|| call.act.day());
    let published_at = f.optional_text("published_at", &r.published_at, forms::PLACE);
    let region = f.optional("catalogue_region", &r.catalogue_region);
    let catalogue = match region {
        Some(region) => f.text("catalogue_document", &r.catalogue_document, forms::TITLE).map(|d| (region, d)),
        None => None,
    };
    f.finish()?;
    Ok(ImportOrder {
        files,
        steps,
        document,
        ground,
        reviewer,
        opinion: opinion.unwrap_or_else(|| "经合法性审核，依据充分，权责一致，同意公布。".to_owned()),
        effective,
        published_at: published_at.unwrap_or_else(|| "政府门户网站".to_owned()),
        check_only: r.check_only,
        catalogue,
    })
}

pub(crate) fn show_report(report: Report) -> p::ImportListResponse {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    p::ImportListResponse {
        rows: count(report.rows),
        changed: count(report.changed),
        unchanged: count(report.unchanged),
        violations: report.violations,
        faults: report
            .faults
            .into_iter()
            .map(|f| p::RowFault {
                file: f.file,
                row: f.row,
                column: f.column,
                zh: f.zh,
                en: f.en,
                rule: f.rule.unwrap_or_default(),
            })
            .collect(),
    }
}

/// What to write.
pub(crate) fn export(r: &p::ExportListRequest, today: Date, staff: bool) -> Result<ExportOrder, Status> {
    let mut f = Fields::new();
    let sheet = sheet(&mut f, "sheet", r.sheet);
    let format = format(&mut f, "format", r.format);
    if sheet.is_none() {
        f.required("sheet");
    }
    if format.is_none() {
        f.required("format");
    }
    let day = super::as_of(&mut f, &r.as_of, today);
    let agency = f.optional("agency", &r.agency);
    let kind = f.maybe_word("kind", r.kind).flatten();
    let (Some(sheet), Some(format)) = (sheet, format) else { return Err(f.status()) };
    f.finish()?;
    Ok(ExportOrder { sheet, format, day, agency, kind, staff })
}

pub(crate) fn show_file(file: File) -> p::ExportListResponse {
    let media_type = match file.format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    p::ExportListResponse {
        content: file.content,
        file_name: file.name,
        media_type: media_type.to_owned(),
        rows: u32::try_from(file.rows).unwrap_or(u32::MAX),
    }
}
