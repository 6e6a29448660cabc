//! The county's lists as the planner needs them, read from the seeds embedded in the binary.

use std::collections::BTreeMap;

use jiff::civil::Date;
use lists::facts::{Allowed, CompulsionKind, ObjectKind, Outcome};

use super::{files, step::Seat};

/// A seed that cannot be read, which is a bug of the build.
#[derive(Debug, thiserror::Error)]
#[error("seed {file}: {why}")]
pub(super) struct BadSeed {
    pub(super) file: String,
    pub(super) why: String,
}

/// An agency of the county.
#[derive(Clone, Debug)]
pub(super) struct Agency {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) region: String,
    /// 主体性质, as listed.
    pub(super) kind: String,
    /// 设立依据.
    pub(super) basis: String,
    /// Who decides for it, and when.
    pub(super) terms: Vec<Term>,
}

/// An office with its term.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// 职务, as listed.
    pub(super) office: String,
    /// Personnel number.
    pub(super) code: String,
    pub(super) name: String,
    from: Date,
    ended: Option<Date>,
}

impl Agency {
    /// Those who hold an office on a day.
    pub(super) fn in_office(&self, office: &str, day: Date) -> impl Iterator<Item = &Term> {
        let on = move |t: &&Term| t.from <= day && t.ended.is_none_or(|ended| day < ended);
        self.terms.iter().filter(move |t| t.office == office).filter(on)
    }

    /// The head on a day, as somebody who sends commands.
    pub(super) fn chief(&self, day: Date) -> Seat {
        let head = self.head(day);
        Seat::Head(head.code.clone(), head.name.clone())
    }

    /// The head on a day.
    pub(super) fn head(&self, day: Date) -> &Term {
        self.in_office("正职负责人", day).next().unwrap_or_else(|| unreachable!("every agency of the seeds has a head"))
    }
}

/// A person on the officer list.
#[derive(Clone, Debug)]
pub(super) struct Officer {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) agency: String,
    /// 人员类别, as listed.
    pub(super) role: String,
    pub(super) fields: Vec<String>,
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
    pub(super) examined: Option<(Date, u32)>,
    pub(super) legal_qualification: bool,
}

impl Officer {
    /// Whether he holds a certificate for the field on both days and between.
    pub(super) fn certified(&self, field: &str, from: Date, until: Date) -> bool {
        self.role == "执法人员"
            && self.fields.iter().any(|f| f == field)
            && self.from.is_some_and(|f| f <= from)
            && self.until.is_some_and(|u| until <= u)
    }
}

/// An invented enterprise.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) name: String,
    pub(super) code: String,
    pub(super) region: String,
    pub(super) trade: String,
    pub(super) address: String,
}

/// A tier of a penalty item's standard.
#[derive(Clone, Debug)]
pub(super) struct Tier {
    /// 阶次: 不予, 减轻, 从轻, 一般, 从重.
    pub(super) level: String,
    pub(super) outcomes: Vec<Outcome>,
}

impl Tier {
    /// The tier's code within its standard.
    pub(super) fn code(&self) -> &'static str {
        match self.level.as_str() {
            "不予" => "none",
            "减轻" => "mitigated",
            "从轻" => "lighter",
            "一般" => "ordinary",
            _ => "heavier",
        }
    }
}

/// A penalty or compulsion item.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) agency: String,
    pub(super) field: String,
    /// The article that creates the power, as a document cites it.
    pub(super) basis: String,
    /// What its article gives, for penalties.
    pub(super) outcomes: Vec<Outcome>,
    /// What it allows, for compulsory powers.
    pub(super) allows: Vec<Allowed>,
    pub(super) tiers: Vec<Tier>,
    /// The entries of its agency's list of violations without a penalty that speak of it.
    pub(super) exempt: Vec<String>,
}

impl Item {
    /// What is held against the party: the name without 对 and 的处罚.
    pub(super) fn act(&self) -> &str {
        let name = self.name.strip_prefix('对').unwrap_or(&self.name);
        name.strip_suffix("的处罚").or_else(|| name.strip_suffix("行为的行政处罚")).unwrap_or(name)
    }

    /// The line that lets goods be seized, or else sealed.
    pub(super) fn goods(&self) -> Option<&Allowed> {
        let on_goods = |kind: CompulsionKind| {
            self.allows.iter().find(|line| line.kind == kind && line.covers(&[ObjectKind::Goods]) == Some(true))
        };
        on_goods(CompulsionKind::Seize).or_else(|| on_goods(CompulsionKind::Seal))
    }

    /// The tier of a level, if the standard has one.
    pub(super) fn tier(&self, level: &str) -> Option<&Tier> {
        self.tiers.iter().find(|t| t.level == level)
    }
}

/// Everything the planner knows of the county.
#[derive(Clone, Debug)]
pub(super) struct County {
    pub(super) agencies: Vec<Agency>,
    pub(super) officers: Vec<Officer>,
    pub(super) objects: Vec<Object>,
    /// Penalty items with their tiers, by agency in the order of the lists.
    pub(super) penalties: BTreeMap<String, Vec<Item>>,
    /// Compulsion items, by agency.
    pub(super) measures: BTreeMap<String, Vec<Item>>,
    /// Townships.
    pub(super) townships: Vec<(String, String)>,
}

impl County {
    /// Reads the embedded seeds.
    ///
    /// # Errors
    /// [`BadSeed`], which a test of this crate would have met.
    pub(super) fn embedded() -> Result<Self, BadSeed> {
        let officers: Vec<Officer> =
            rows("officers.csv", files::OFFICERS)?.iter().map(officer).collect::<Result<_, _>>()?;
        let offices = rows("offices.csv", files::OFFICES)?;
        let terms = |agency: &str| -> Result<Vec<Term>, BadSeed> {
            offices.iter().filter(|row| row.get("主体代码") == agency).map(|row| term(row, &officers)).collect()
        };
        let agencies = rows("agencies.csv", files::AGENCIES)?
            .iter()
            .map(|r| {
                Ok(Agency {
                    code: r.get("主体代码"),
                    name: r.get("名称"),
                    short: r.get("简称"),
                    region: r.get("区划"),
                    kind: r.get("主体性质"),
                    basis: r.get("设立依据"),
                    terms: terms(&r.get("主体代码"))?,
                })
            })
            .collect::<Result<_, BadSeed>>()?;
        let objects = rows("objects.csv", files::OBJECTS)?
            .iter()
            .map(|r| Object {
                name: r.get("名称"),
                code: r.get("统一社会信用代码"),
                region: r.get("区划"),
                trade: r.get("行业"),
                address: r.get("地址"),
            })
            .collect();
        let townships = rows("regions.csv", files::REGIONS)?
            .iter()
            .filter(|r| r.get("level") == "township")
            .map(|r| (r.get("code"), r.get("name")))
            .collect();
        let mut tiers = tiers()?;
        let mut exempt: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows("lists-no-penalty.csv", files::NO_PENALTY)? {
            let entry = format!("no_penalty/{}/{}", row.get("主体代码"), row.get("编码"));
            exempt.entry(row.get("处罚实施编码")).or_default().push(entry);
        }
        let mut penalties: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        let mut measures: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for (file, text) in files::ITEMS {
            for row in rows(file, text)? {
                let lists = match row.get("职权类型").as_str() {
                    "行政处罚" => &mut penalties,
                    "行政强制" => &mut measures,
                    _ => continue,
                };
                let agency = row.get("主体代码");
                let outcomes = if row.get("职权类型") == "行政处罚" { outcomes(&row)? } else { Vec::new() };
                let allows = if row.get("职权类型") == "行政强制" { allows(&row)? } else { Vec::new() };
                lists.entry(agency.clone()).or_default().push(Item {
                    outcomes,
                    allows,
                    code: row.get("实施编码"),
                    name: row.get("职权名称"),
                    field: row.get("执法领域"),
                    basis: cited(&row.get("实施依据")),
                    tiers: tiers.remove(&row.get("基本编码")).unwrap_or_default(),
                    exempt: exempt.remove(&row.get("实施编码")).unwrap_or_default(),
                    agency,
                });
            }
        }
        Ok(Self { agencies, officers, objects, penalties, measures, townships })
    }

    /// The agency in whose name an entrusted organisation acts: the one that its founding document names.
    pub(super) fn entrusted_by(&self, agency: &Agency) -> Option<&Agency> {
        if agency.kind != "受委托组织" {
            return None;
        }
        self.agencies.iter().find(|a| a.code != agency.code && agency.basis.contains(&a.name))
    }
}

fn term(row: &Row, officers: &[Officer]) -> Result<Term, BadSeed> {
    let code = row.get("人员编号");
    let person = officers.iter().find(|o| o.code == code).ok_or_else(|| row.bad("人员编号"))?;
    let ended = Some(row.get("免职日期")).filter(|text| !text.is_empty()).map(|text| text.parse()).transpose();
    Ok(Term {
        office: row.get("职务"),
        name: person.name.clone(),
        code,
        from: row.get("任职日期").parse().map_err(|_| row.bad("任职日期"))?,
        ended: ended.map_err(|_| row.bad("免职日期"))?,
    })
}

fn officer(row: &Row) -> Result<Officer, BadSeed> {
    let date = |column: &str| -> Result<Option<Date>, BadSeed> {
        let text = row.get(column);
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| row.bad(column)) }
    };
    let examined = match (date("考试日期")?, row.get("考试成绩").parse().ok()) {
        (Some(day), Some(score)) => Some((day, score)),
        _ => None,
    };
    Ok(Officer {
        code: row.get("人员编号"),
        name: row.get("姓名"),
        agency: row.get("主体代码"),
        role: row.get("人员类别"),
        fields: row.list("执法领域"),
        from: date("发证日期")?,
        until: date("有效期至")?,
        examined,
        legal_qualification: row.get("法律职业资格") == "有",
    })
}

/// The lines of a row.
fn outcomes(row: &Row) -> Result<Vec<Outcome>, BadSeed> {
    let lines = row.get("处罚种类和幅度");
    let lines = lines.lines().filter(|line| !line.is_empty()).map(Outcome::read);
    lines.collect::<Result<_, _>>().map_err(|_| row.bad("处罚种类和幅度"))
}

/// The lines of a compulsory power.
fn allows(row: &Row) -> Result<Vec<Allowed>, BadSeed> {
    let lines = row.get("处罚种类和幅度");
    let lines = lines.lines().filter(|line| !line.is_empty()).map(Allowed::read);
    lines.collect::<Result<_, _>>().map_err(|_| row.bad("处罚种类和幅度"))
}

/// The tiers of every standard, by base code.
fn tiers() -> Result<BTreeMap<String, Vec<Tier>>, BadSeed> {
    let mut all: BTreeMap<String, Vec<Tier>> = BTreeMap::new();
    for (file, text) in files::STANDARDS {
        for row in rows(file, text)? {
            let outcomes = outcomes(&row)?;
            all.entry(row.get("基本编码")).or_default().push(Tier { level: row.get("阶次"), outcomes });
        }
    }
    Ok(all)
}

/// `《…法》第…条` of the first line of 实施依据.
fn cited(bases: &str) -> String {
    let first = bases.lines().next().unwrap_or_default();
    let head = first.split('：').next().unwrap_or_default();
    match (head.find("》("), head.find(')')) {
        (Some(open), Some(close)) if open < close => {
            let title_end = open + '》'.len_utf8();
            format!("{}{}", &head[..title_end], &head[close + 1..])
        }
        _ => head.to_owned(),
    }
}

/// One row of a seed.
pub(super) struct Row {
    file: String,
    line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// A cell, empty when the column is missing.
    pub(super) fn get(&self, column: &str) -> String {
        self.cells.get(column).cloned().unwrap_or_default()
    }

    /// Changes a cell.
    pub(super) fn set(&mut self, column: &str, text: &str) {
        self.cells.insert(column.to_owned(), text.to_owned());
    }

    /// A cell's entries, separated by ；.
    pub(super) fn list(&self, column: &str) -> Vec<String> {
        self.get(column).split('；').filter(|s| !s.is_empty()).map(str::to_owned).collect()
    }

    fn bad(&self, column: &str) -> BadSeed {
        BadSeed { file: self.file.clone(), why: format!("row {}: {column}: {:?}", self.line, self.get(column)) }
    }
}

/// The rows of a seed.
pub(super) fn rows(file: &str, text: &str) -> Result<Vec<Row>, BadSeed> {
    let bad = |e: csv::Error| BadSeed { file: file.to_owned(), why: e.to_string() };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().map_err(bad)?.iter().map(str::to_owned).collect();
    reader
        .records()
        .enumerate()
        .map(|(line, record)| {
            let record = record.map_err(bad)?;
            let cells = header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
            Ok(Row { file: file.to_owned(), line: line + 2, cells })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_seed_is_read() {
        let county = County::embedded().unwrap();
        assert_eq!(county.agencies.len(), 18);
        assert!(county.agencies.iter().all(|a| a.head(date(2025, 7, 1)).code.len() == 6));
        assert!(county.officers.len() >= 120 && county.objects.len() >= 200 && county.townships.len() == 10);
        let items: Vec<&Item> = county.penalties.values().flatten().collect();
        assert!(items.len() >= 150);
        assert!(items.iter().all(|i| i.tiers.len() >= 3), "every penalty item has three tiers");
        assert!(items.iter().all(|i| i.basis.starts_with('《') && i.basis.contains("》第") && !i.basis.contains('(')));
    }

    #[test]
    fn the_entrusted_organisation_acts_for_the_labour_authority() {
        let county = County::embedded().unwrap();
        let entrusted = county.agencies.iter().find(|a| a.kind == "受委托组织").unwrap();
        assert_eq!(county.entrusted_by(entrusted).unwrap().short, "人社局");
    }
}
