//! From files to commands: what every row asks for, in the order in which it can be done.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Call, Place};
use law::id::{BaseCode, ItemCode, RegionCode, Uscc};
use lists::facts::AgencyKind;
use uuid::Uuid;

use super::{ImportOrder, InputFile, work::Work};
use crate::{
    domain::{
        content::ItemContent,
        events::{AgencyRegistered, CatalogueEntryPublished, RegionLevel},
        facts::UniformFact,
    },
    index::Index,
    sheets::{self, Faults, Room, RowFault, Sheet, StandardRows, Table},
};

/// Makes command ids out of files.
const NAMESPACE: Uuid = Uuid::from_u128(0x6c1f_4d0a_92f3_5b1c_8a77_3d9f_20b6_e401);

/// One entry of an import: one command.
pub(super) struct Unit {
    /// Its file.
    pub(super) file: String,
    /// Its (first) row.
    pub(super) row: u32,
    /// Where the standard that goes with an item stands.
    pub(super) standard: Option<(String, u32)>,
    /// Whose matter it is.
    pub(super) place: Place,
    /// What is done.
    pub(super) work: Work,
    /// The id of its command.
    pub(super) id: Uuid,
}

impl Unit {
    pub(super) fn is_item(&self) -> bool {
        matches!(self.work, Work::Item { .. })
    }
}

/// The files of an import as they were read.
#[derive(Default)]
pub(super) struct Tables {
    tables: Vec<Table>,
    /// Their names, in the order in which they came.
    names: Vec<String>,
    faults: Faults,
}

impl Tables {
    /// Reads files, and lets go of their bytes one after the other.
    pub(super) fn read(files: Vec<InputFile>) -> Self {
        let room = Room::default();
        let mut read = Self::default();
        for file in files {
            if read.names.contains(&file.name) {
                let (zh, en) = ("文件名重复".to_owned(), "two files have the same name".to_owned());
                let file = file.name.clone();
                read.faults.push(RowFault { file, row: 0, column: String::new(), zh, en, rule: None });
            }
            match sheets::read(&file.name, file.sheet, file.format, &file.content, &room) {
                Ok(mut table) => {
                    read.faults.append(std::mem::take(&mut table.faults));
                    read.tables.push(table);
                }
                Err(fault) => read.faults.push(*fault),
            }
            read.names.push(file.name);
        }
        read.tables.sort_by_key(|t| t.sheet);
        read
    }
}

/// What an import will do.
pub(super) struct Plan {
    pub(super) units: Vec<Unit>,
    pub(super) faults: Faults,
    pub(super) rows: usize,
}

struct Planner<'a> {
    index: &'a Index,
    order: &'a ImportOrder,
    call: &'a Call,
    names: Vec<String>,
    units: Vec<Unit>,
    faults: Faults,
    /// Agencies of the files, which the items may name before they are registered.
    bodies: BTreeMap<Uscc, AgencyRegistered>,
}

pub(super) fn plan(index: &Index, order: &ImportOrder, tables: Tables, call: &Call) -> Plan {
    let Tables { tables, names, faults } = tables;
    let rows = tables.iter().map(|t| t.rows.len()).sum();
    let mut p = Planner { index, order, call, names, units: Vec::new(), faults, bodies: BTreeMap::new() };
    let of = |sheet| tables.iter().filter(move |t| t.sheet == sheet);
    of(Sheet::Regions).for_each(|t| p.regions(t));
    p.parameters(of(Sheet::Parameters));
    p.agencies(of(Sheet::Agencies));
    of(Sheet::Officers).for_each(|t| p.officers(t));
    p.offices(of(Sheet::Offices));
    let standards = of(Sheet::Standards).flat_map(|t| sheets::standards(t, &mut p.faults)).collect();
    let items = of(Sheet::Items).flat_map(|t| p.items(t)).collect();
    p.lists(items, standards);
    of(Sheet::PlanTasks).for_each(|t| p.plan_tasks(t));
    Plan { units: p.units, faults: p.faults, rows }
}

type PlacedItem = (String, u32, ItemContent);

impl Planner<'_> {
    /// `what` tells several commands of one row apart.
    fn push(&mut self, file: &str, row: u32, what: &str, place: Place, work: Work) {
        // By its place in the call: the same call again is the same command, and any other call is another one, though its files
        // may be the same.
        let at = self.names.iter().position(|name| name == file);
        let name = format!("{}/{}/{row}/{what}", self.call.command_id, at.unwrap_or(self.names.len()));
        let id = Uuid::new_v5(&NAMESPACE, name.as_bytes());
        self.units.push(Unit { file: file.to_owned(), row, standard: None, place, work, id });
    }

    fn fault(&mut self, file: &str, row: u32, column: &str, zh: String, en: String) {
        self.faults.push(RowFault { file: file.to_owned(), row, column: column.to_owned(), zh, en, rule: None });
    }

    fn regions(&mut self, table: &Table) {
        let rows = table.rows.iter();
        let mut found: Vec<_> =
            rows.filter_map(|r| Some((r.number, sheets::region(table, r, &mut self.faults)?))).collect();
        // Those above come first, in whatever order the file has them.
        found.sort_by_key(|(_, e)| RegionLevel::ALL.iter().position(|level| level.id() == e.level));
        for (row, e) in found {
            let place = Place::within(&e.region);
            self.push(&table.file, row, "", place, Work::Region(e));
        }
    }

    fn plan_tasks(&mut self, table: &Table) {
        for row in &table.rows {
            if let Some(task) = sheets::plan_task(table, row, &mut self.faults) {
                let place = Place::within(&task.region);
                self.push(&table.file, row.number, "", place, Work::PlanTask(Box::new(task)));
            }
        }
    }

    fn parameters<'t>(&mut self, tables: impl Iterator<Item = &'t Table>) {
        let mut found = Vec::new();
        for table in tables {
            for row in &table.rows {
                found.extend(sheets::parameter(table, row, &mut self.faults).map(|set| (&table.file, row.number, set)));
            }
        }
        // A value comes after the one it replaces, in whatever order the files have them.
        found.sort_by_key(|(_, _, set)| set.from);
        for (file, row, set) in found {
            let place = Place::within(&set.region);
            self.push(file, row, "", place, Work::Parameter(set));
        }
    }

    fn agencies<'t>(&mut self, tables: impl Iterator<Item = &'t Table>) {
        let mut found = Vec::new();
        for table in tables {
            for row in &table.rows {
                if let Some(read) = sheets::agency(table, row, self.order.effective, &mut self.faults) {
                    found.push((table.file.clone(), row.number, read.agency));
                }
            }
        }
        for (file, row, agency) in &mut found {
            if let Some(known) = self.index.agencies.get(&agency.agency).and_then(|s| s.registered.as_ref()) {
                agency.from = known.from;
            }
            if self.bodies.insert(agency.agency.clone(), agency.clone()).is_some() {
                let (zh, en) = ("主体代码重复".to_owned(), "the agency comes twice".to_owned());
                self.fault(&file.clone(), *row, "主体代码", zh, en);
            }
        }
        // The columns do not name the organ that entrusts; the basis does.
        for (_, _, agency) in &mut found {
            if agency.kind == AgencyKind::EntrustedOrganisation {
                let of_files = self.bodies.values();
                let known = self.index.agencies.values().filter_map(|s| s.registered.as_ref());
                let organs = of_files.chain(known).filter(|a| a.kind == AgencyKind::AdministrativeOrgan);
                let named = organs.filter(|a| agency.basis.contains(&a.name)).max_by_key(|a| a.name.len());
                agency.entrusted_by = named.map(|a| a.agency.clone());
            }
        }
        found.sort_by_key(|(_, _, a)| a.kind == AgencyKind::EntrustedOrganisation);
        for (file, row, agency) in found {
            let place = Place::of(&agency.agency, &agency.region);
            self.push(&file, row, "", place, Work::Agency(agency));
        }
    }

    /// The registered name and region of an agency, of the files or of the ledger.
    fn body(&self, code: &Uscc) -> Option<(String, RegionCode)> {
        let known = || self.index.agencies.get(code).and_then(|s| s.registered.as_ref());
        self.bodies.get(code).or_else(known).map(|a| (a.name.clone(), a.region.clone()))
    }

    fn officers(&mut self, table: &Table) {
        let mut seen = BTreeSet::new();
        for row in &table.rows {
            let Some(officer) = sheets::officer(table, row, &mut self.faults) else { continue };
            if !seen.insert(officer.officer.clone()) {
                let (zh, en) = ("人员编号重复".to_owned(), "the officer comes twice".to_owned());
                self.fault(&table.file, row.number, "人员编号", zh, en);
            }
            let Some((_, region)) = self.body(&officer.agency) else {
                let code = &officer.agency;
                let (zh, en) = (format!("{code}未登记为执法主体"), format!("{code} is not registered as an agency"));
                self.fault(&table.file, row.number, "主体代码", zh, en);
                continue;
            };
            let place = Place::of(&officer.agency, &region);
            self.push(&table.file, row.number, "", place, Work::Officer(Box::new(officer)));
        }
    }

    fn offices<'t>(&mut self, tables: impl Iterator<Item = &'t Table>) {
        let mut found = Vec::new();
        for table in tables {
            for row in &table.rows {
                found.extend(
                    sheets::office(table, row, &mut self.faults).map(|office| (&table.file, row.number, office)),
                );
            }
        }
        // A term comes after the one before it, in whatever order the files have them.
        found.sort_by_key(|(_, _, office)| office.given.from);
        for (file, row, office) in found {
            let Some((_, region)) = self.body(&office.given.agency) else {
                let code = &office.given.agency;
                let (zh, en) = (format!("{code}未登记为执法主体"), format!("{code} is not registered as an agency"));
                self.fault(file, row, "主体代码", zh, en);
                continue;
            };
            let place = Place::of(&office.given.agency, &region);
            self.push(file, row, "", place, Work::Office(Box::new(office)));
        }
    }

    fn items(&mut self, table: &Table) -> Vec<PlacedItem> {
        let mut faults = Faults::default();
        let body = |code: &Uscc| self.body(code);
        let found = table.rows.iter().filter_map(|r| {
            let content = sheets::item(table, r, body, &mut faults)?;
            Some((table.file.clone(), r.number, content))
        });
        let found = found.collect();
        self.faults.append(faults);
        found
    }

    fn lists(&mut self, items: Vec<PlacedItem>, mut standards: Vec<StandardRows>) {
        self.entries(&items);
        let mut seen: BTreeSet<ItemCode> = BTreeSet::new();
        let mut used: BTreeSet<BaseCode> = BTreeSet::new();
        let mut first: BTreeMap<BaseCode, UniformFact> = BTreeMap::new();
        let mut at: BTreeMap<BaseCode, usize> = BTreeMap::new();
        for (n, s) in standards.iter().enumerate() {
            // The same matter in two files of standards: which one is meant?
            if at.insert(s.base_code.clone(), n).is_some() {
                let (zh, en) =
                    ("同一基本编码的裁量基准出现在两个文件中", "two files have a standard for this base code");
                self.fault(&s.file, s.row, "基本编码", zh.to_owned(), en.to_owned());
            }
        }
        for (file, row, content) in items {
            if !seen.insert(content.item.clone()) {
                let (zh, en) = ("实施编码重复".to_owned(), "the item comes twice".to_owned());
                self.fault(&file, row, "实施编码", zh, en);
                continue;
            }
            let peer = first.get(&content.base_code).cloned();
            first.entry(content.base_code.clone()).or_insert_with(|| UniformFact {
                source: format!("本次导入的事项{}", content.item),
                name: content.name.clone(),
                kind: content.kind,
                bases: content.bases.clone(),
            });
            let standard = at.get(&content.base_code).map(|at| &standards[*at]);
            used.extend(standard.map(|s| s.base_code.clone()));
            let tiers = standard.map(|s| s.tiers.clone());
            let stands = standard.map(|s| (s.file.clone(), s.row));
            let place = Place::of(&content.agency, &content.region);
            let work = Work::Item { content: Box::new(content), tiers, peer };
            self.push(&file, row, "", place, work);
            if let Some(unit) = self.units.last_mut() {
                unit.standard = stands;
            }
        }
        standards.retain(|s| !used.contains(&s.base_code));
        if standards.is_empty() {
            return;
        }
        let mut known: BTreeMap<&str, Vec<(&ItemCode, &ItemContent)>> = BTreeMap::new();
        for (code, state) in &self.index.items {
            if let (Some(base), Some(content)) = (code.as_str().split('-').next(), state.newest()) {
                known.entry(base).or_default().push((code, content));
            }
        }
        for standard in standards {
            let items = known.get(standard.base_code.as_str()).map_or(&[][..], Vec::as_slice);
            self.standard(&standard, items);
        }
    }

    /// A standard whose item is not in the files.
    fn standard(&mut self, s: &StandardRows, known: &[(&ItemCode, &ItemContent)]) {
        // An item that could not be read is reported itself.
        if known.is_empty() && self.faults.count() == 0 {
            let base = &s.base_code;
            let (zh, en) =
                (format!("没有基本编码为{base}的事项"), format!("there is no item with the base code {base}"));
            self.fault(&s.file, s.row, "基本编码", zh, en);
        }
        for (code, content) in known {
            let place = Place::of(&content.agency, &content.region);
            let work = Work::Standard { item: (*code).clone(), tiers: s.tiers.clone() };
            self.push(&s.file, s.row, code.as_str(), place, work);
        }
    }

    /// The upper catalogue, drawn from the items: one entry per base code.
    fn entries(&mut self, items: &[PlacedItem]) {
        let Some((region, document)) = self.order.catalogue.clone() else { return };
        let mut seen = BTreeSet::new();
        for (file, row, content) in items {
            if !seen.insert(content.base_code.clone()) {
                continue;
            }
            let entry = CatalogueEntryPublished {
                base_code: content.base_code.clone(),
                name: content.name.clone(),
                kind: content.kind,
                bases: content.bases.clone(),
                region: region.clone(),
                from: self.order.effective,
                document: document.clone(),
            };
            let place = Place::within(&region);
            self.push(file, *row, "catalogue", place, Work::Entry(Box::new(entry)));
        }
    }
}
