//! A whole county's lists, as a sequence of imports at the days on which things happened.
//!
//! Pure but for the sending, which the caller does: over gRPC, or straight into [`crate::Api`].

use std::{collections::BTreeMap, fs, io, path::Path};

use jiff::{Timestamp, civil::Date};
use law::day_of;
use proto::{
    common::v1::{CommandMeta, Mode},
    powerlist::v1::{ImportFile, ImportListRequest, ImportListResponse, ImportStep},
};
use tonic::Status;
use uuid::Uuid;

/// The files of a county.
#[derive(Clone, Debug, Default)]
pub struct County {
    registers: Vec<ImportFile>,
    /// Items with the standards of the same field.
    lists: Vec<(ImportFile, Option<ImportFile>)>,
    /// The other lists.
    others: Vec<ImportFile>,
}

/// When things happened, and who answers for them.
#[derive(Clone, Debug)]
pub struct CountyPlan {
    /// First day of the agencies, which the files do not tell.
    pub agencies_from: Date,
    /// When regions, agencies and officers are entered. Officers examined or certified later are entered on that day.
    pub registered: Timestamp,
    /// When the items are drafted.
    pub drafted: Timestamp,
    /// When they pass the legal review.
    pub reviewed: Timestamp,
    /// When they are published with their standards; they are in force from that day.
    pub published: Timestamp,
    /// Personnel number of the legal reviewer.
    pub reviewer: String,
    /// What the reviewer says of the items.
    pub opinion: String,
    /// The document the list rests on.
    pub document: String,
    /// The region whose catalogue the base codes are entered in, and the catalogue's document.
    pub catalogue: Option<(String, String)>,
}

/// A stage of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Regions, agencies, officers and offices.
    Registers,
    /// Drafts, and the catalogue.
    Drafts,
    /// Legal reviews.
    Reviews,
    /// Standards and publication.
    Publication,
}

/// One import of the sequence.
#[derive(Clone, Debug)]
pub struct Import {
    /// The stage.
    pub stage: Stage,
    /// Its legal time: a clock that is set by hand must show it before the import is sent.
    pub at: Timestamp,
    /// Which files.
    pub files: String,
    /// What is sent.
    pub request: ImportListRequest,
}

/// What came of a county's import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Entries that changed something.
    pub changed: u32,
    /// Entries that had nothing to change.
    pub unchanged: u32,
    /// Ids of the rules broken by what was recorded, one per violation.
    pub violations: Vec<String>,
}

/// A county that could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum CountyError {
    /// The service refused or failed.
    #[error("{files}: {}", .status.message())]
    Call {
        /// Which files.
        files: String,
        /// What the service says.
        status: Box<Status>,
    },
    /// Rows have faults.
    #[error("{files}: {count} rows have faults, the first: {first}")]
    Rows {
        /// Which files.
        files: String,
        /// How many.
        count: usize,
        /// The first one.
        first: String,
    },
}

impl County {
    /// Sorts files by their names: `regions`, `agencies`, `officers`, `offices`, `items-<field>`, `standards-<field>`, `lists-<list>`;
    /// others are left alone.
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut county = Self::default();
        let (mut items, mut standards) = (Vec::new(), Vec::new());
        for (name, content) in files {
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let kind = stem.split('-').next().unwrap_or_default().to_owned();
            let file = ImportFile { name, content, ..ImportFile::default() };
            match kind.as_str() {
                "regions" | "agencies" | "officers" | "offices" => county.registers.push(file),
                "items" => items.push(file),
                "standards" => standards.push(file),
                "lists" => county.others.push(file),
                _ => {}
            }
        }
        items.sort_by(|a, b| a.name.cmp(&b.name));
        county.others.sort_by(|a, b| a.name.cmp(&b.name));
        for file in items {
            let twin = file.name.replacen("items", "standards", 1);
            let at = standards.iter().position(|s| s.name == twin);
            county.lists.push((file, at.map(|at| standards.remove(at))));
        }
        county
    }

    /// Reads a folder's CSV and XLSX files.
    ///
    /// # Errors
    /// What the file system says.
    pub fn read(dir: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        for entry in fs::read_dir(dir)? {
            let path = entry?.path();
            let list = path.extension().is_some_and(|e| e == "csv" || e == "xlsx");
            if let (true, Some(name)) = (list, path.file_name()) {
                files.push((name.to_string_lossy().into_owned(), fs::read(&path)?));
            }
        }
        Ok(Self::of(files))
    }

    /// The imports, in the order of their days.
    pub fn imports(&self, plan: &CountyPlan) -> Vec<Import> {
        let mut imports = Vec::new();
        let mut registers = Vec::new();
        for file in &self.registers {
            let (now, later) = split(file, day_of(plan.registered));
            registers.push(now);
            for (day, file) in later {
                imports.push(register(noon(day), vec![file], plan));
            }
        }
        if !registers.is_empty() {
            imports.push(register(plan.registered, registers, plan));
        }
        let stages = [
            (Stage::Drafts, plan.drafted, ImportStep::Draft),
            (Stage::Reviews, plan.reviewed, ImportStep::Review),
            (Stage::Publication, plan.published, ImportStep::Publish),
        ];
        for (stage, at, step) in stages {
            for (items, standards) in &self.lists {
                let mut request = ImportListRequest {
                    files: vec![items.clone()],
                    steps: vec![step.into()],
                    document: plan.document.clone(),
                    reviewer: plan.reviewer.clone(),
                    opinion: plan.opinion.clone(),
                    effective: day_of(at).to_string(),
                    ..frame(at, Mode::Handling, &format!("{stage:?} {}", items.name))
                };
                if let (Stage::Drafts, Some((region, document))) = (stage, &plan.catalogue) {
                    request.catalogue_region = region.clone();
                    request.catalogue_document = document.clone();
                }
                if let (Stage::Publication, Some(standards)) = (stage, standards) {
                    request.files.push(standards.clone());
                }
                imports.push(import(stage, at, request));
            }
        }
        if !self.others.is_empty() {
            // They speak of items, which are in force by then.
            let request = ImportListRequest {
                files: self.others.clone(),
                document: plan.document.clone(),
                effective: day_of(plan.published).to_string(),
                ..frame(plan.published, Mode::Handling, "other lists")
            };
            imports.push(import(Stage::Publication, plan.published, request));
        }
        imports.sort_by_key(|i| i.at);
        imports
    }
}

/// What is entered in a register happened before and elsewhere: reported, with whatever was wrong with it.
fn register(at: Timestamp, files: Vec<ImportFile>, plan: &CountyPlan) -> Import {
    let frame = frame(at, Mode::Reporting, &format!("registers {at}"));
    let effective = plan.agencies_from.to_string();
    import(Stage::Registers, at, ImportListRequest { files, effective, ..frame })
}

/// Officers who are examined or certified after the day, by the day on which both are done; and the file without them.
fn split(file: &ImportFile, day: Date) -> (ImportFile, BTreeMap<Date, ImportFile>) {
    let whole = || (file.clone(), BTreeMap::new());
    if !file.name.starts_with("officers") || file.name.ends_with(".xlsx") {
        return whole();
    }
    let mut reader = csv::Reader::from_reader(file.content.as_slice());
    let Ok(header) = reader.headers().cloned() else { return whole() };
    let dates: Vec<usize> =
        ["考试日期", "发证日期"].iter().filter_map(|name| header.iter().position(|h| h == *name)).collect();
    let mut rows: BTreeMap<Option<Date>, Vec<csv::StringRecord>> = BTreeMap::new();
    for record in reader.into_records() {
        // What cannot be read goes to the service as it is, which says why.
        let Ok(record) = record else { return whole() };
        let last = dates.iter().filter_map(|at| record.get(*at)?.parse::<Date>().ok()).max();
        rows.entry(last.filter(|last| *last > day)).or_default().push(record);
    }
    let write = |rows: &[csv::StringRecord]| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let written = writer.write_record(&header).is_ok() && rows.iter().all(|row| writer.write_record(row).is_ok());
        let content = writer.into_inner().ok().filter(|_| written);
        ImportFile { content: content.unwrap_or_default(), ..file.clone() }
    };
    let now = write(rows.remove(&None).as_deref().unwrap_or_default());
    (now, rows.iter().filter_map(|(day, rows)| Some(((*day)?, write(rows)))).collect())
}

/// Noon of a day, in China.
fn noon(day: Date) -> Timestamp {
    let noon = day.at(12, 0, 0, 0);
    jiff::tz::Offset::constant(8).to_timestamp(noon).unwrap_or(Timestamp::MAX)
}

fn import(stage: Stage, at: Timestamp, request: ImportListRequest) -> Import {
    let files = request.files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
    Import { stage, at, files, request }
}

fn frame(at: Timestamp, mode: Mode, what: &str) -> ImportListRequest {
    let meta = CommandMeta {
        command_id: Uuid::new_v5(&Uuid::NAMESPACE_OID, what.as_bytes()).to_string(),
        at: Some(proto_time(at)),
        mode: mode.into(),
        ..CommandMeta::default()
    };
    ImportListRequest { meta: Some(meta), ..ImportListRequest::default() }
}

fn proto_time(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}

/// Takes a county in. `before` is told of every import before it is sent; `send` sends it.
///
/// # Errors
/// [`CountyError`] at the first import that is refused or has faults; those before it stay, and the whole may be sent
/// again.
pub async fn import_county(
    county: &County,
    plan: &CountyPlan,
    mut before: impl FnMut(&Import),
    mut send: impl AsyncFnMut(ImportListRequest) -> Result<ImportListResponse, Status>,
) -> Result<Summary, CountyError> {
    let mut summary = Summary::default();
    for import in county.imports(plan) {
        before(&import);
        let Import { files, request, .. } = import;
        let answer = match send(request).await {
            Ok(answer) => answer,
            Err(status) => return Err(CountyError::Call { files, status: Box::new(status) }),
        };
        if let Some(first) = answer.faults.first() {
            let first = format!("{} row {} {}: {}", first.file, first.row, first.column, first.en);
            return Err(CountyError::Rows { files, count: answer.faults.len(), first });
        }
        summary.changed += answer.changed;
        summary.unchanged += answer.unchanged;
        summary.violations.extend(answer.violations.into_iter().map(|v| v.rule));
    }
    Ok(summary)
}
