//! The lists of the county: how they come into an empty suite, and what happens to them in the year.

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use proto::powerlist::v1::{
    CancelItemRequest, CompletePlanTaskRequest, Ground, GroundKind, ImportFile, ImportListRequest, ImportNoticeRequest,
    ImportStep, PublishItemRequest, ReportPlanProgressRequest, ReviewItemYearlyRequest, ReviewRowYearlyRequest,
    YearlyConclusion,
};

use super::{
    county::{self, BadSeed, County},
    days, files,
    plan::{FIRST, LAST, end},
    plans,
};

/// The legal reviewer of the list office.
const REVIEWER: &str = "112011";
/// What the lists rest on.
const DOCUMENT: &str = "抚远市人民政府部门权力和责任清单（2025年版，示例）";
const CATALOGUE: &str = "黑龙江省权力事项目录（示例）";
const PROVINCE: &str = "230000";
const WEBSITE: &str = "抚远市人民政府网站（示例）";
/// What an adjustment during the year rests on.
const REORGANISED: &str = "关于调整部分内设机构职责的通知（示例）";
/// The day on which somebody notices that the new year's holidays are not on record; the notice is of November.
const NOTICE_ON_RECORD: Date = date(2026, 1, 12);
/// The day on which the county's documents about parameters are put on record.
const PARAMETERS_SET: Date = date(2025, 12, 15);
/// Agencies that forget the yearly review of their lists.
const FORGETFUL: &[&str] = &["城管执法局", "卫健局"];

/// What is asked of powerlist.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ListAsk {
    /// Files are taken in.
    Import(Box<ImportListRequest>),
    /// A draft is put in force.
    Publish(Box<PublishItemRequest>),
    /// An item is cancelled.
    Cancel(Box<CancelItemRequest>),
    /// An item is looked over.
    Yearly(Box<ReviewItemYearlyRequest>),
    /// A row of another list is looked over.
    RowYearly(Box<ReviewRowYearlyRequest>),
    /// A notice of holidays is put on record.
    Notice(Box<ImportNoticeRequest>),
    /// The list office of a province enters a plan.
    Plan(String, Box<ImportListRequest>),
    /// It reports what was done for a measure.
    Progress(String, Box<ReportPlanProgressRequest>),
    /// It reports a measure done.
    Completed(String, Box<CompletePlanTaskRequest>),
}

impl ListAsk {
    /// The region of the list office that asks.
    pub(super) fn office(&self) -> &str {
        match self {
            Self::Plan(office, _) | Self::Progress(office, _) | Self::Completed(office, _) => office,
            Self::Import(_)
            | Self::Publish(_)
            | Self::Cancel(_)
            | Self::Yearly(_)
            | Self::RowYearly(_)
            | Self::Notice(_) => PROVINCE,
        }
    }
}

/// One step of the list office.
#[derive(Clone, Debug)]
pub(super) struct ListStep {
    /// When; entered at once.
    pub(super) at: Timestamp,
    /// Taken over from elsewhere: recorded with its violations.
    pub(super) reported: bool,
    pub(super) ask: ListAsk,
    /// The rule that refuses it, if one must.
    pub(super) refused: Option<&'static str>,
}

fn at(day: Date, hour: i8) -> Timestamp {
    days::instant(day.at(hour, 0, 0, 0))
}

fn file(name: &str, text: &str) -> ImportFile {
    ImportFile { name: name.to_owned(), content: text.as_bytes().to_vec(), ..ImportFile::default() }
}

fn import(files: Vec<ImportFile>, steps: &[ImportStep]) -> ImportListRequest {
    ImportListRequest {
        files,
        steps: steps.iter().map(|s| (*s).into()).collect(),
        document: DOCUMENT.to_owned(),
        reviewer: REVIEWER.to_owned(),
        opinion: "经合法性审核，依据充分，权责一致，同意公布。".to_owned(),
        published_at: WEBSITE.to_owned(),
        ..ImportListRequest::default()
    }
}

/// Every step of the list office, in order.
///
/// # Errors
/// [`BadSeed`].
pub(super) fn program(county: &County) -> Result<Vec<ListStep>, BadSeed> {
    let mut steps = Vec::new();
    let mut add = |at, request: ImportListRequest| {
        steps.push(ListStep { at, reported: false, ask: ListAsk::Import(Box::new(request)), refused: None });
    };
    let bodies = vec![file("regions.csv", files::REGIONS), file("agencies.csv", files::AGENCIES)];
    add(at(date(2025, 6, 3), 9), import(bodies, &[]));
    let registered = date(2025, 6, 4);
    let officers = Officers::of(county, registered)?;
    add(at(registered, 9), import(vec![file("officers.csv", &officers.known)], &[]));
    for (day, text) in &officers.later {
        add(at(*day, 9), import(vec![file(&format!("officers-{day}.csv"), text)], &[]));
    }
    add(at(registered, 11), import(vec![file("offices.csv", files::OFFICES)], &[]));
    let items: Vec<ImportFile> = files::ITEMS.iter().map(|(name, text)| file(name, text)).collect();
    let standards = files::STANDARDS.iter().map(|(name, text)| file(name, text));
    let all: Vec<ImportFile> = items.iter().cloned().chain(standards).collect();
    let effective = FIRST.to_string();
    let drafted = ImportListRequest {
        effective: effective.clone(),
        catalogue_region: PROVINCE.to_owned(),
        catalogue_document: CATALOGUE.to_owned(),
        ..import(items.clone(), &[ImportStep::Draft])
    };
    add(at(date(2025, 6, 9), 9), drafted);
    add(at(date(2025, 6, 16), 9), import(items, &[ImportStep::Review]));
    let others = files::LISTS.iter().map(|(name, text)| file(name, text)).collect();
    let published = |files| ImportListRequest { effective: effective.clone(), ..import(files, &[ImportStep::Publish]) };
    add(at(date(2025, 6, 26), 9), published(all));
    add(at(date(2025, 6, 27), 9), published(others));
    add(at(PARAMETERS_SET, 9), import(vec![file("parameters.csv", files::PARAMETERS)], &[]));
    steps.push(ListStep {
        at: at(registered, 10),
        reported: true,
        ask: ListAsk::Import(Box::new(import(vec![file("officers-taken-over.csv", &officers.unqualified)], &[]))),
        refused: None,
    });
    let notice = ImportNoticeRequest { notice: files::SECOND_YEAR.to_owned(), ..ImportNoticeRequest::default() };
    steps.push(ListStep {
        at: at(NOTICE_ON_RECORD, 9),
        reported: false,
        ask: ListAsk::Notice(Box::new(notice)),
        refused: None,
    });
    adjust(county, &mut steps)?;
    yearly(county, &mut steps)?;
    steps.extend(plans::program()?);
    steps.sort_by_key(|s| s.at);
    steps.retain(|s| s.at <= end());
    Ok(steps)
}

/// Officers as they come into the register.
struct Officers {
    /// Those there on the first day.
    known: String,
    /// Legal reviewers without the qualification, taken over as they are.
    unqualified: String,
    /// Those who come during the year, by the day of their certificate.
    later: Vec<(Date, String)>,
}

impl Officers {
    fn of(county: &County, registered: Date) -> Result<Self, BadSeed> {
        let later = |o: &county::Officer| o.from.filter(|from| *from > registered);
        let text = |keep: &dyn Fn(&county::Officer) -> bool| {
            sheet("officers.csv", files::OFFICERS, |row| {
                let code = row.get("人员编号");
                let Some(officer) = county.officers.iter().find(|o| o.code == code).filter(|o| keep(o)) else {
                    return false;
                };
                // A failed examination is no record of a passed one.
                if officer.examined.is_some_and(|(_, score)| score < 60) {
                    row.set("考试日期", "");
                    row.set("考试成绩", "");
                }
                true
            })
        };
        let unqualified = |o: &county::Officer| o.role == "法制审核人员" && !o.legal_qualification;
        let days: std::collections::BTreeSet<Date> = county.officers.iter().filter_map(later).collect();
        Ok(Self {
            known: text(&|o| later(o).is_none() && !unqualified(o))?,
            unqualified: text(&unqualified)?,
            later: days
                .into_iter()
                .map(|day| Ok((day, text(&|o| later(o) == Some(day))?)))
                .collect::<Result<_, BadSeed>>()?,
        })
    }
}

/// A file with the rows that are wanted, in which cells may have been changed.
fn sheet(name: &str, text: &str, mut keep: impl FnMut(&mut county::Row) -> bool) -> Result<String, BadSeed> {
    let bad = |why: String| BadSeed { file: name.to_owned(), why };
    let header = text.lines().next().unwrap_or_default();
    let columns: Vec<&str> = header.split(',').collect();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(&columns).map_err(|e| bad(e.to_string()))?;
    for mut row in county::rows(name, text)? {
        if keep(&mut row) {
            out.write_record(columns.iter().map(|c| row.get(c))).map_err(|e| bad(e.to_string()))?;
        }
    }
    let bytes = out.into_inner().map_err(|e| bad(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| bad(e.to_string()))
}

/// Some items are adjusted on a ground, once tried without a legal review; one is cancelled.
fn adjust(county: &County, steps: &mut Vec<ListStep>) -> Result<(), BadSeed> {
    let wanted: Vec<&str> =
        county.penalties.values().filter_map(|items| items.get(1)).map(|i| i.code.as_str()).take(4).collect();
    let mut rows = Vec::new();
    for (name, text) in files::ITEMS {
        let changed = sheet(name, text, |row| {
            let ours = wanted.contains(&row.get("实施编码").as_str());
            if ours {
                let body = row.get("责任主体");
                row.set("责任主体", &format!("{body}、执法协调监督股"));
            }
            ours
        })?;
        if changed.lines().count() > 1 {
            rows.push(file(name, &changed));
        }
    }
    let change = |day: Date, step: ImportStep| ListStep {
        at: at(day, 10),
        reported: false,
        ask: ListAsk::Import(Box::new(ImportListRequest {
            document: REORGANISED.to_owned(),
            ground: GroundKind::FunctionChanged.into(),
            effective: date(2025, 12, 15).to_string(),
            ..import(rows.clone(), &[step])
        })),
        refused: None,
    };
    steps.push(change(date(2025, 12, 1), ImportStep::Draft));
    if let Some(item) = wanted.first() {
        let request = PublishItemRequest {
            item: (*item).to_owned(),
            version: 2,
            effective: date(2025, 12, 2).to_string(),
            published_at: WEBSITE.to_owned(),
            ..PublishItemRequest::default()
        };
        let ask = ListAsk::Publish(Box::new(request));
        steps.push(ListStep { at: at(date(2025, 12, 2), 11), reported: false, ask, refused: Some("PL-CHANGE") });
    }
    steps.push(change(date(2025, 12, 4), ImportStep::Review));
    steps.push(change(date(2025, 12, 8), ImportStep::Publish));
    let reward = files::ITEMS.iter().find_map(|(name, text)| {
        let rows = county::rows(name, text).ok()?;
        rows.iter().find(|r| r.get("职权类型") == "行政奖励").map(|r| r.get("实施编码"))
    });
    if let Some(item) = reward {
        let ground = Ground {
            kind: GroundKind::UpperListChanged.into(),
            document: "黑龙江省权力事项目录调整通知（示例）".to_owned(),
            ..Ground::default()
        };
        let request = CancelItemRequest {
            item,
            effective: date(2026, 3, 16).to_string(),
            ground: Some(ground),
            reviewer: REVIEWER.to_owned(),
            opinion: "上级目录已取消该事项，同意取消".to_owned(),
            ..CancelItemRequest::default()
        };
        let ask = ListAsk::Cancel(Box::new(request));
        steps.push(ListStep { at: at(date(2026, 3, 12), 10), reported: false, ask, refused: None });
    }
    Ok(())
}

/// Before a year is over every agency looks its items and its other lists over; a few forget.
fn yearly(county: &County, steps: &mut Vec<ListStep>) -> Result<(), BadSeed> {
    let mut day = date(2026, 5, 11);
    for agency in &county.agencies {
        if FORGETFUL.contains(&agency.short.as_str()) {
            continue;
        }
        let mut any = false;
        for (name, text) in files::ITEMS {
            let rows = county::rows(name, text)?;
            let ours = rows.iter().filter(|r| r.get("主体代码") == agency.code && r.get("职权类型") != "行政奖励");
            for row in ours {
                any = true;
                let request = ReviewItemYearlyRequest {
                    item: row.get("实施编码"),
                    on: day.to_string(),
                    conclusion: YearlyConclusion::Kept.into(),
                    reviewer: REVIEWER.to_owned(),
                    ..ReviewItemYearlyRequest::default()
                };
                let ask = ListAsk::Yearly(Box::new(request));
                steps.push(ListStep { at: at(day, 15), reported: false, ask, refused: None });
            }
        }
        for (name, text) in files::LISTS {
            let list = name.trim_start_matches("lists-").trim_end_matches(".csv").replace('-', "_");
            let rows = county::rows(name, text)?;
            for row in rows.iter().filter(|r| r.get("主体代码") == agency.code) {
                any = true;
                let request = ReviewRowYearlyRequest {
                    row: format!("{list}/{}/{}", agency.code, row.get("编码")),
                    on: day.to_string(),
                    conclusion: YearlyConclusion::Kept.into(),
                    reviewer: REVIEWER.to_owned(),
                    ..ReviewRowYearlyRequest::default()
                };
                let ask = ListAsk::RowYearly(Box::new(request));
                steps.push(ListStep { at: at(day, 16), reported: false, ask, refused: None });
            }
        }
        if any {
            day = days::add_working(day, 2).min(LAST);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_there_before_the_first_case() {
        let county = County::embedded().unwrap();
        let steps = program(&county).unwrap();
        let ours = |s: &&ListStep| matches!(s.ask, ListAsk::Import(_)) && s.at < at(FIRST, 0);
        let before = steps.iter().filter(ours).count();
        assert_eq!(before, 8, "bodies, officers twice, offices, draft, review, publication, the other lists");
        assert!(steps.windows(2).all(|p| p[0].at <= p[1].at));
        assert!(steps.iter().any(|s| s.refused == Some("PL-CHANGE")));
    }

    #[test]
    fn every_officer_comes_once() {
        let county = County::embedded().unwrap();
        let officers = Officers::of(&county, date(2025, 6, 4)).unwrap();
        let texts = [&officers.known, &officers.unqualified].into_iter().chain(officers.later.iter().map(|(_, t)| t));
        let rows: usize = texts.map(|t| county::rows("officers", t).unwrap().len()).sum();
        assert_eq!(rows, county.officers.len());
        assert!(!officers.later.is_empty());
    }
}
