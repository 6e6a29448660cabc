//! Imports and exports.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kernel::{Call, Fields};
use proto::powerlist::v1 as p;
use tokio::sync::watch;
use tonic::Status;

use crate::{
    domain::events::GroundKind,
    forms,
    import::{Change, ChangeKind, FieldChange, ImportOrder, InputFile, Progress, Report, Step},
    sheets::{Choices, ExportOrder, File, Format, HeadChoice, Limits, Sheet},
};

/// Which list; `list` says which of the others, where it is one of them.
fn sheet(f: &mut Fields, path: &str, number: i32, list: Option<i32>) -> Option<Sheet> {
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
        p::Sheet::Fees => Some(Sheet::Fees),
        p::Sheet::Listing => match list {
            Some(list) => {
                f.word(&format!("{}list", path.strip_suffix("sheet").unwrap_or_default()), list).map(Sheet::Listing)
            }
            None => {
                f.fault(
                    path,
                    "names none of the other lists: leave it out, and the head is looked for in each of them",
                );
                None
            }
        },
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
        p::FileFormat::Xls => Some(Format::Xls),
        p::FileFormat::Ods => Some(Format::Ods),
    }
}

/// What to take in.
pub(crate) fn import(r: p::ImportListRequest, call: &Call, limits: Limits) -> Result<ImportOrder, Status> {
    let bytes: usize = r.files.iter().map(|file| file.content.len()).sum();
    if bytes > limits.bytes {
        let most = limits.bytes;
        return Err(Status::resource_exhausted(format!("the files have {bytes} bytes; at most {most} go at once")));
    }
    let mut f = Fields::new();
    if r.files.is_empty() {
        f.fault("files", "at least one file is required");
    }
    f.at_most("files", &r.files, 64);
    let mut files = Vec::new();
    for (i, file) in r.files.into_iter().take(64).enumerate() {
        let name = f.text(&format!("files[{i}].name"), &file.name, forms::PLACE).unwrap_or_default();
        let sheet = sheet(&mut f, &format!("files[{i}].sheet"), file.sheet, Some(file.list));
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
    let choices = choices(&mut f, &r.heads, &r.values);
    f.finish()?;
    Ok(ImportOrder {
        files,
        steps,
        document,
        ground,
        reviewer,
        opinion: opinion.unwrap_or_default(),
        effective,
        published_at: published_at.unwrap_or_else(|| "政府门户网站".to_owned()),
        check_only: r.check_only,
        catalogue,
        choices,
        complete: r.complete,
        mark: r.mark_faults,
        limits,
        progress: watch::Sender::default(),
    })
}

/// How the files are to be read.
fn choices(f: &mut Fields, heads: &[p::HeadChoice], values: &[p::ColumnValue]) -> Choices {
    let mut choices = Choices::default();
    f.at_most("heads", heads, 100);
    for (i, choice) in heads.iter().take(100).enumerate() {
        let only = sheet(f, &format!("heads[{i}].sheet"), choice.sheet, None);
        let head = f.text(&format!("heads[{i}].head"), &choice.head, forms::NAME);
        let column = choice.column.trim().to_owned();
        let known = |sheet: &Sheet| only.is_none_or(|only| only == *sheet) && sheet.column(&column).is_some();
        if !column.is_empty() && !Sheet::ALL.iter().any(known) {
            f.fault(&format!("heads[{i}].column"), no_column(only, &column));
        }
        choices.heads.extend(head.map(|head| HeadChoice { sheet: only, head, column }));
    }
    f.at_most("values", values, 20);
    for (i, given) in values.iter().take(20).enumerate() {
        let column = given.column.trim().to_owned();
        let value = f.text(&format!("values[{i}].value"), &given.value, forms::TEXT);
        if column != "部门代码" && !Sheet::ALL.iter().any(|sheet| sheet.column(&column).is_some()) {
            f.fault(&format!("values[{i}].column"), no_column(None, &column));
        }
        choices.values.extend(value.map(|value| (column, value)));
    }
    choices
}

fn no_column(only: Option<Sheet>, column: &str) -> String {
    let sheets = Sheet::ALL.into_iter().filter(|sheet| only.is_none_or(|only| only == *sheet));
    let columns = sheets.map(|s| format!("{}: {}", s.name(), s.header().join(","))).collect::<Vec<_>>().join("; ");
    format!("{column:?} is no column; there are {columns}")
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
                sheet: f.tab,
                cell: f.cell,
                found: f.found,
                proposal: f.proposal,
            })
            .collect(),
        notes: report
            .notes
            .into_iter()
            .map(|n| p::ImportNote { file: n.file, sheet: n.tab, row: n.row, zh: n.zh, en: n.en })
            .collect(),
        derived: report
            .derived
            .into_iter()
            .map(|d| p::Derived {
                file: d.file,
                sheet: d.tab,
                row: d.row,
                column: d.column.to_owned(),
                value: d.value,
                zh: d.zh,
                en: d.en,
            })
            .collect(),
        added: count(report.changes.added),
        cancelled: count(report.changes.cancelled),
        changes: report.changes.told.into_iter().map(show_change).collect(),
        marked: report.marked,
    }
}

pub(crate) fn show_progress(progress: Progress) -> p::ImportListPiecesResponse {
    use p::ImportStage as S;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (stage, done, of) = match progress {
        Progress::Reading => (S::Reading, 0, 0),
        Progress::Deciding { done, of } => (S::Deciding, count(done), count(of)),
        Progress::Recording(of) => (S::Recording, count(of), count(of)),
    };
    let progress = p::ImportProgress { stage: stage.into(), done, of };
    p::ImportListPiecesResponse { part: Some(p::import_list_pieces_response::Part::Progress(progress)) }
}

fn show_change(change: Change) -> p::ImportChange {
    let kind = match change.kind {
        ChangeKind::Added => p::ChangeKind::Added,
        ChangeKind::Changed => p::ChangeKind::Changed,
        ChangeKind::Cancelled => p::ChangeKind::Cancelled,
    };
    let field = |FieldChange { column, before, after }| p::FieldChange { column: column.to_owned(), before, after };
    p::ImportChange {
        file: change.file,
        sheet: change.tab,
        row: change.row,
        kind: kind.into(),
        key: change.key,
        name: change.name,
        fields: change.fields.into_iter().map(field).collect(),
    }
}

/// What to write.
pub(crate) fn export(r: &p::ExportListRequest, today: Date, staff: bool) -> Result<ExportOrder, Status> {
    let mut f = Fields::new();
    let sheet = sheet(&mut f, "sheet", r.sheet, Some(r.list));
    let format = format(&mut f, "format", r.format);
    if r.sheet == 0 {
        f.required("sheet");
    }
    match format {
        None => f.required("format"),
        Some(Format::Xls | Format::Ods) => f.fault("format", "is only read; lists are written as CSV or XLSX"),
        Some(Format::Csv | Format::Xlsx) => {}
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
        Format::Xlsx | Format::Xls | Format::Ods => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    p::ExportListResponse {
        content: file.content,
        file_name: file.name,
        media_type: media_type.to_owned(),
        rows: u32::try_from(file.rows).unwrap_or(u32::MAX),
        left_out: file
            .left_out
            .into_iter()
            .map(|left| p::LeftOut {
                count: u32::try_from(left.count).unwrap_or(u32::MAX),
                zh: left.label.zh.to_owned(),
                en: left.label.en.to_owned(),
            })
            .collect(),
    }
}
