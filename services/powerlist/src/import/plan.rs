//! From files to commands: what every row asks for, in the order in which it can be done.

mod items;
mod listing;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kernel::{Call, Place};
use law::id::{BaseCode, ItemCode, RegionCode, Uscc};
use lists::facts::{AgencyKind, Tier};
use uuid::Uuid;

use super::{
    ImportOrder, InputFile,
    derive::{Derived, Deriving, Named, power},
    work::Work,
};
use crate::{
    domain::{
        content::ItemContent,
        events::{AgencyRegistered, HeadChosen, RegionLevel},
    },
    index::Index,
    sheets::{self, Bad, Choices, Faults, HeadChoice, Kept, Limits, Note, Room, Row, RowFault, Sheet, Table},
};

/// Makes command ids out of files.
const NAMESPACE: Uuid = Uuid::from_u128(0x6c1f_4d0a_92f3_5b1c_8a77_3d9f_20b6_e401);

/// Where something stands: a sheet of the files, and its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) table: usize,
    pub(super) row: u32,
}

/// One entry of an import: one command.
pub(super) struct Unit {
    /// Its (first) row; none for what the files do not have.
    pub(super) at: Option<At>,
    /// Where the standard that goes with an item stands.
    pub(super) standard: Option<At>,
    /// Whose matter it is.
    pub(super) place: Place,
    /// What is done.
    pub(super) work: Work,
    /// The id of its command.
    pub(super) id: Uuid,
}

impl Unit {
    pub(super) fn is_item(&self) -> bool {
        matches!(self.work, Work::Item { .. } | Work::Cancel { .. })
    }
}

/// The files of an import as they were read.
#[derive(Default)]
pub(super) struct Tables {
    tables: Vec<Table>,
    faults: Faults,
    notes: Vec<Note>,
}

impl Tables {
    /// Reads files, one after the other.
    pub(super) fn read(files: &[InputFile], choices: &Choices, limits: Limits) -> Self {
        let room = Room::of(limits);
        let (mut read, mut names) = (Self::default(), BTreeSet::new());
        for file in files {
            if !names.insert(&file.name) {
                let (zh, en) = ("文件名重复，请改名", "two files have the same name; give one another name");
                read.faults.push(RowFault::of_file(&file.name, zh, en));
                continue;
            }
            let mut one = sheets::read(&file.name, file.sheet, file.format, &file.content, choices, &room);
            read.faults.append(one.faults);
            read.notes.append(&mut one.notes);
            for table in &mut one.tables {
                read.notes.append(&mut table.notes);
            }
            read.tables.append(&mut one.tables);
        }
        read.tables.sort_by_key(|t| t.sheet);
        read
    }
}

/// What was chosen with earlier files of agencies.
pub(super) fn kept(index: &Index) -> Vec<Kept> {
    let of = |(code, state): (&Uscc, &Arc<crate::domain::layout::State>)| {
        let agency = index.agencies.get(code)?.registered.as_ref()?;
        let choice = |head: &HeadChosen| HeadChoice {
            sheet: head.list.as_ref().and_then(|list| Sheet::ALL.into_iter().find(|sheet| sheet.name() == list)),
            head: head.head.clone(),
            column: head.column.clone().unwrap_or_default(),
        };
        let names = vec![agency.name.clone(), agency.short_name.clone(), code.to_string()];
        Some(Kept { names, heads: state.heads.iter().map(choice).collect() })
    };
    index.layouts.iter().filter_map(of).collect()
}

/// What an import will do.
pub(super) struct Plan {
    pub(super) units: Vec<Unit>,
    pub(super) faults: Faults,
    pub(super) rows: usize,
    /// The sheets, without their rows.
    pub(super) tables: Vec<Table>,
    pub(super) notes: Vec<Note>,
    pub(super) derived: Vec<Derived>,
}

struct Planner<'a> {
    index: &'a Index,
    order: &'a ImportOrder,
    call: &'a Call,
    tables: &'a [Table],
    units: Vec<Unit>,
    faults: Faults,
    /// Agencies of the files, which the items may name before they are registered.
    bodies: BTreeMap<Uscc, AgencyRegistered>,
    /// What rows of the other lists left out.
    derived: Vec<Derived>,
}

pub(super) fn plan(index: &Index, order: &ImportOrder, tables: Tables, call: &Call) -> Plan {
    let Tables { mut tables, mut faults, notes } = tables;
    let rows = tables.iter().map(|t| t.rows.len()).sum();
    // Agencies come first: what the items leave out is derived from them.
    let agencies = agencies(index, order, &tables, &mut faults);
    let bodies: BTreeMap<Uscc, AgencyRegistered> =
        agencies.iter().map(|(_, agency)| (agency.agency.clone(), agency.clone())).collect();
    let mut deriving = Deriving::new(index, order, &bodies);
    for table in &mut tables {
        if !order.choices.values.is_empty() {
            deriving.given(table);
        }
        if table.sheet == Sheet::Items && !table.own {
            deriving.items(table, &mut faults);
        }
    }
    if tables.iter().any(|table| table.sheet == Sheet::Standards && !table.own) {
        let named = named(index, &tables);
        for table in tables.iter_mut().filter(|table| table.sheet == Sheet::Standards && !table.own) {
            deriving.standards(table, &named, &mut faults);
        }
    }
    let mut derived = std::mem::take(&mut deriving.derived);
    drop(deriving);
    let mut p = Planner { index, order, call, tables: &tables, units: Vec::new(), faults, bodies, derived: Vec::new() };
    p.regions();
    p.parameters();
    p.agencies(agencies);
    p.officers();
    p.offices();
    let standards = p.standards();
    let items = p.items();
    p.lists(items, standards);
    p.fees();
    p.plan_tasks();
    p.listings();
    derived.append(&mut p.derived);
    let (units, faults) = (p.units, p.faults);
    tables.iter_mut().for_each(|table| table.rows = Vec::new());
    Plan { units, faults, rows, tables, notes, derived }
}

/// The base codes of penalties by their names, of the files and on record; of several sub-items, each under both names.
fn named(index: &Index, tables: &[Table]) -> Named {
    let mut named = Named::new();
    let mut add = |name: &str, subitem: &str, code: &str| {
        let names = [power(name), power(subitem), power(&format!("{name}{subitem}"))];
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            named.entry(name).or_default().insert(code.to_owned());
        }
    };
    for table in tables.iter().filter(|table| table.sheet == Sheet::Items) {
        for row in &table.rows {
            let [name, subitem, code] = ["职权名称", "子项", "基本编码"].map(|column| table.cell(row, column));
            add(name, subitem, code);
        }
    }
    for content in index.items.values().filter_map(|state| state.newest()) {
        add(&content.name, content.subitem.as_deref().unwrap_or_default(), content.base_code.as_str());
    }
    named
}

/// The agencies of the files, those that others entrust behind them.
fn agencies(index: &Index, order: &ImportOrder, tables: &[Table], faults: &mut Faults) -> Vec<(At, AgencyRegistered)> {
    let mut found: Vec<(At, AgencyRegistered)> = Vec::new();
    for (n, table) in tables.iter().enumerate().filter(|(_, table)| table.sheet == Sheet::Agencies) {
        for row in &table.rows {
            if let Some(read) = sheets::agency(table, row, order.effective, faults) {
                let mut agency = read.agency;
                // Files of before the last columns came to the layout say nothing of them: it stays as it is.
                if let Some(known) = index.agencies.get(&agency.agency).and_then(|s| s.registered.as_ref()) {
                    let said = |column| !table.cell(row, column).is_empty();
                    if !read.dated {
                        agency.from = known.from;
                    }
                    if !said("委托机关") && agency.kind == known.kind {
                        agency.entrusted_by.clone_from(&known.entrusted_by);
                    }
                    if !said("委托") {
                        agency.entrustment.clone_from(&known.entrustment);
                    }
                    if !said("可限制人身自由") && agency.kind == known.kind {
                        agency.may_restrict_liberty = known.may_restrict_liberty;
                    }
                    if !said("部门代码") {
                        agency.department.clone_from(&known.department);
                    }
                }
                found.push((At { table: n, row: row.number }, agency));
            }
        }
    }
    // Where no column names the organ that entrusts, the basis does.
    let of_files: Vec<AgencyRegistered> = found.iter().map(|(_, agency)| agency.clone()).collect();
    for (_, agency) in &mut found {
        if agency.kind == AgencyKind::EntrustedOrganisation && agency.entrusted_by.is_none() {
            let known = index.agencies.values().filter_map(|s| s.registered.as_ref());
            let organs = of_files.iter().chain(known).filter(|a| a.kind == AgencyKind::AdministrativeOrgan);
            let named = organs.filter(|a| agency.basis.contains(&a.name)).max_by_key(|a| a.name.len());
            agency.entrusted_by = named.map(|a| a.agency.clone());
        }
    }
    found.sort_by_key(|(_, a)| a.kind == AgencyKind::EntrustedOrganisation);
    found
}

type PlacedItem = (At, ItemContent);

/// Whose a standard is: a matter's, and of one agency or of all that have the matter.
type Whose = (BaseCode, Option<Uscc>);

/// Where each standard stands, and its tiers.
type Standards = BTreeMap<Whose, (At, Arc<[Tier]>)>;

impl<'a> Planner<'a> {
    /// `what` tells several commands of one row apart.
    fn push(&mut self, at: Option<At>, what: &str, place: Place, work: Work) {
        // By its place in the call: the same call again is the same command, and any other call is another one, though its files
        // may be the same.
        let stands = at
            .map(|at| (at.row, &self.tables[at.table]))
            .map(|(row, table)| format!("{}/{}/{row}", table.file, table.tab));
        let name = format!("{}/{}/{what}", self.call.command_id, stands.unwrap_or_default());
        let id = Uuid::new_v5(&NAMESPACE, name.as_bytes());
        self.units.push(Unit { at, standard: None, place, work, id });
    }

    /// A fault of a cell that was read.
    fn fault(&mut self, at: At, column: &str, zh: impl Into<String>, en: impl Into<String>) {
        let table = &self.tables[at.table];
        let row = table.rows.iter().find(|row| row.number == at.row);
        let found = row.map_or("", |row| table.cell(row, column));
        self.faults.push(table.fault(at.row, column, found, Bad::new(zh, en)));
    }

    /// Something that stands twice: where it stood first is said.
    fn twice(&mut self, at: At, first: At, column: &str, zh: &str, en: &str) {
        let (table, there) = (&self.tables[at.table], &self.tables[first.table]);
        let row = first.row;
        let (zh, en) = if (&table.file, &table.tab) == (&there.file, &there.tab) {
            (format!("{zh}：第{row}行已有"), format!("{en}: row {row} has it, too"))
        } else {
            let tab = if there.tab.is_empty() { String::new() } else { format!("“{}”", there.tab) };
            let file = &there.file;
            (format!("{zh}：{file}{tab}第{row}行已有"), format!("{en}: row {row} of {file} {} has it, too", there.tab))
        };
        self.fault(at, column, zh, en);
    }

    /// The rows of all sheets of a list.
    fn rows(&self, sheet: Sheet) -> impl Iterator<Item = (At, &'a Table, &'a Row)> + use<'a> {
        let tables = self.tables.iter().enumerate().filter(move |(_, table)| table.sheet == sheet);
        tables.flat_map(|(n, table)| table.rows.iter().map(move |row| (At { table: n, row: row.number }, table, row)))
    }

    fn regions(&mut self) {
        let mut found = Vec::new();
        let mut seen = BTreeMap::new();
        for (at, table, row) in self.rows(Sheet::Regions) {
            let Some(region) = sheets::region(table, row, &mut self.faults) else { continue };
            if let Some(first) = seen.insert(region.region.clone(), at) {
                self.twice(at, first, "code", "区划代码重复", "the region comes twice");
            }
            found.push((at, region));
        }
        // Those above come first, in whatever order the file has them.
        found.sort_by_key(|(_, e)| RegionLevel::ALL.iter().position(|level| level.id() == e.level));
        for (at, e) in found {
            let place = Place::within(&e.region);
            self.push(Some(at), "", place, Work::Region(e));
        }
    }

    fn plan_tasks(&mut self) {
        for (at, table, row) in self.rows(Sheet::PlanTasks) {
            if let Some(task) = sheets::plan_task(table, row, &mut self.faults) {
                let place = Place::within(&task.region);
                self.push(Some(at), "", place, Work::PlanTask(Box::new(task)));
            }
        }
    }

    fn fees(&mut self) {
        let of_files: BTreeMap<ItemCode, Place> = self
            .units
            .iter()
            .filter_map(|unit| match &unit.work {
                Work::Item { content, .. } => Some((content.item.clone(), unit.place.clone())),
                _ => None,
            })
            .collect();
        for (at, table, row) in self.rows(Sheet::Fees) {
            let Some(fee) = sheets::fee(table, row, &mut self.faults) else { continue };
            let known = || self.index.items.get(&fee.item).and_then(|state| state.newest());
            let place = of_files.get(&fee.item).cloned();
            match place.or_else(|| known().map(|content| Place::of(&content.agency, &content.region))) {
                Some(place) => self.push(Some(at), "", place, Work::Fee(Box::new(fee))),
                None => {
                    let item = &fee.item;
                    let (zh, en) = (format!("没有实施编码为{item}的事项"), format!("there is no item {item}"));
                    self.fault(at, "实施编码", zh, en);
                }
            }
        }
    }

    fn parameters(&mut self) {
        let mut found = Vec::new();
        for (at, table, row) in self.rows(Sheet::Parameters) {
            found.extend(sheets::parameter(table, row, &mut self.faults).map(|set| (at, set)));
        }
        // A value comes after the one it replaces, in whatever order the files have them.
        found.sort_by_key(|(_, set)| set.from);
        for (at, set) in found {
            let place = Place::within(&set.region);
            self.push(Some(at), "", place, Work::Parameter(set));
        }
    }

    fn agencies(&mut self, found: Vec<(At, AgencyRegistered)>) {
        let mut seen = BTreeMap::new();
        for (at, agency) in found {
            if let Some(first) = seen.insert(agency.agency.clone(), at) {
                self.twice(at, first, "主体代码", "主体代码重复", "the agency comes twice");
            }
            let place = Place::of(&agency.agency, &agency.region);
            self.push(Some(at), "", place, Work::Agency(agency));
        }
    }

    /// The registered name and region of an agency, of the files or of the ledger.
    fn body(&self, code: &Uscc) -> Option<(String, RegionCode)> {
        let known = || self.index.agencies.get(code).and_then(|s| s.registered.as_ref());
        self.bodies.get(code).or_else(known).map(|a| (a.name.clone(), a.region.clone()))
    }

    fn unregistered(&mut self, at: At, code: &Uscc) {
        let (zh, en) = (format!("{code}未登记为执法主体"), format!("{code} is not registered as an agency"));
        self.fault(at, "主体代码", zh, en);
    }

    fn officers(&mut self) {
        let (mut seen, mut certificates) = (BTreeMap::new(), BTreeMap::new());
        let mut held = BTreeMap::new();
        for (code, state) in &self.index.officers {
            for certificate in state.certificates.iter().filter(|c| c.revoked.is_none()) {
                held.insert(certificate.issued.certificate.as_str(), code);
            }
        }
        for (at, table, row) in self.rows(Sheet::Officers) {
            let Some(officer) = sheets::officer(table, row, &mut self.faults) else { continue };
            if let Some(first) = seen.insert(officer.officer.clone(), at) {
                self.twice(at, first, "人员编号", "人员编号重复", "the officer comes twice");
            }
            if let Some((number, ..)) = &officer.certificate {
                if let Some(first) = certificates.insert(number.clone(), at) {
                    self.twice(at, first, "执法证号", "一证两人：执法证号重复", "two officers hold one certificate");
                } else if let Some(holder) = held.get(number.as_str()).filter(|holder| ***holder != officer.officer) {
                    let zh = format!("一证两人：执法证号{number}已发给{holder}");
                    self.fault(at, "执法证号", zh, format!("{holder} holds the certificate {number} already"));
                }
            }
            let Some((_, region)) = self.body(&officer.agency) else {
                self.unregistered(at, &officer.agency);
                continue;
            };
            let place = Place::of(&officer.agency, &region);
            self.push(Some(at), "", place, Work::Officer(Box::new(officer)));
        }
    }

    fn offices(&mut self) {
        let mut found = Vec::new();
        for (at, table, row) in self.rows(Sheet::Offices) {
            found.extend(sheets::office(table, row, &mut self.faults).map(|office| (at, office)));
        }
        // A term comes after the one before it, in whatever order the files have them.
        found.sort_by_key(|(_, office)| office.given.from);
        for (at, office) in found {
            let Some((_, region)) = self.body(&office.given.agency) else {
                self.unregistered(at, &office.given.agency);
                continue;
            };
            let place = Place::of(&office.given.agency, &region);
            self.push(Some(at), "", place, Work::Office(Box::new(office)));
        }
    }
}
