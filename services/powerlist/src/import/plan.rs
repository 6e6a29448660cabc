//! From files to commands: what every row asks for, in the order in which it can be done.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Place;
use law::id::{BaseCode, ItemCode, RegionCode, Uscc};
use lists::facts::AgencyKind;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{ImportOrder, Step, work::Work};
use crate::{
    domain::{
        content::ItemContent,
        events::{AgencyRegistered, CatalogueEntryPublished, RegionLevel},
        facts::UniformFact,
    },
    index::Index,
    sheets::{self, RowFault, Sheet, StandardRows, Table},
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
    /// The command's id.
    pub(super) id: Uuid,
    /// The command's digest.
    pub(super) digest: [u8; 32],
}

impl Unit {
    pub(super) fn is_item(&self) -> bool {
        matches!(self.work, Work::Item { .. })
    }
}

/// What an import will do.
pub(super) struct Plan {
    pub(super) units: Vec<Unit>,
    pub(super) faults: Vec<RowFault>,
    pub(super) rows: usize,
}

/// The digest of the file a row stands in, and of what is done with it: the same again is the same command.
struct Ids<'a> {
    files: BTreeMap<&'a str, [u8; 32]>,
    how: Vec<u8>,
}

impl<'a> Ids<'a> {
    fn of(order: &'a ImportOrder) -> Self {
        let files = order.files.iter().map(|f| (f.name.as_str(), Sha256::digest(&f.content).into())).collect();
        let mut how = order.document.as_bytes().to_vec();
        for step in &order.steps {
            how.push(match step {
                Step::Draft => 1,
                Step::Review => 2,
                Step::Publish => 3,
            });
        }
        Self { files, how }
    }

    /// `what` tells several commands of one row apart.
    fn make(&self, file: &str, row: u32, what: &str) -> (Uuid, [u8; 32]) {
        let mut hasher = Sha256::new();
        hasher.update(self.files.get(file).copied().unwrap_or_default());
        hasher.update(row.to_be_bytes());
        hasher.update(what.as_bytes());
        hasher.update(&self.how);
        let digest: [u8; 32] = hasher.finalize().into();
        (Uuid::new_v5(&NAMESPACE, &digest), digest)
    }
}

struct Planner<'a> {
    index: &'a Index,
    order: &'a ImportOrder,
    ids: Ids<'a>,
    units: Vec<Unit>,
    faults: Vec<RowFault>,
    /// Agencies of the files, which the items may name before they are registered.
    bodies: BTreeMap<Uscc, AgencyRegistered>,
}

pub(super) fn plan(index: &Index, order: &ImportOrder) -> Plan {
    let mut faults = Vec::new();
    let mut tables = Vec::new();
    let mut names = BTreeSet::new();
    for file in &order.files {
        if !names.insert(file.name.as_str()) {
            let (zh, en) = ("文件名重复".to_owned(), "two files have the same name".to_owned());
            faults.push(RowFault { file: file.name.clone(), row: 0, column: String::new(), zh, en, rule: None });
        }
        match sheets::read(&file.name, file.sheet, file.format, &file.content) {
            Ok(mut table) => {
                faults.append(&mut table.faults);
                tables.push(table);
            }
            Err(fault) => faults.push(*fault),
        }
    }
    tables.sort_by_key(|t| t.sheet);
    let rows = tables.iter().map(|t| t.rows.len()).sum();
    let ids = Ids::of(order);
    let mut p = Planner { index, order, ids, units: Vec::new(), faults, bodies: BTreeMap::new() };
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
    fn push(&mut self, file: &str, row: u32, what: &str, place: Place, work: Work) {
        let (id, digest) = self.ids.make(file, row, what);
        self.units.push(Unit { file: file.to_owned(), row, standard: None, place, work, id, digest });
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
        let mut faults = Vec::new();
        let body = |code: &Uscc| self.body(code);
        let found = table.rows.iter().filter_map(|r| {
            let content = sheets::item(table, r, body, &mut faults)?;
            Some((table.file.clone(), r.number, content))
        });
        let found = found.collect();
        self.faults.extend(faults);
        found
    }

    fn lists(&mut self, items: Vec<PlacedItem>, mut standards: Vec<StandardRows>) {
        self.entries(&items);
        let mut seen: BTreeSet<ItemCode> = BTreeSet::new();
        let mut used: BTreeSet<BaseCode> = BTreeSet::new();
        let mut first: BTreeMap<BaseCode, UniformFact> = BTreeMap::new();
        self.twice(&standards);
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
            let standard = standards.iter().find(|s| s.base_code == content.base_code);
            used.extend(standard.map(|s| s.base_code.clone()));
            let tiers = standard.map(|s| s.tiers.clone());
            let at = standard.map(|s| (s.file.clone(), s.row));
            let place = Place::of(&content.agency, &content.region);
            // A standard changes what is done with the item's row, so it belongs into the command's id.
            let what = standard.map(|s| format!("{}:{}", hex(self.ids.files.get(s.file.as_str())), s.row));
            let work = Work::Item { content: Box::new(content), tiers, peer };
            self.push(&file, row, &what.unwrap_or_default(), place, work);
            if let Some(unit) = self.units.last_mut() {
                unit.standard = at;
            }
        }
        standards.retain(|s| !used.contains(&s.base_code));
        for standard in standards {
            self.standard(standard);
        }
    }

    /// A standard whose item is not in the files.
    fn standard(&mut self, s: StandardRows) {
        let base = s.base_code.as_str();
        let index = self.index;
        let of_base = index.items.iter().filter(|(code, _)| code.as_str().starts_with(base));
        let known: Vec<_> = of_base.filter_map(|(code, state)| Some((code, state.newest()?))).collect();
        // An item that could not be read is reported itself.
        if known.is_empty() && self.faults.is_empty() {
            let (zh, en) =
                (format!("没有基本编码为{base}的事项"), format!("there is no item with the base code {base}"));
            self.fault(&s.file, s.row, "基本编码", zh, en);
        }
        for (code, content) in known {
            let place = Place::of(&content.agency, &content.region);
            let work = Work::Standard { item: code.clone(), tiers: s.tiers.clone() };
            self.push(&s.file, s.row, code.as_str(), place, work);
        }
    }

    /// The same matter in two files of standards: which one is meant?
    fn twice(&mut self, standards: &[StandardRows]) {
        for (i, s) in standards.iter().enumerate() {
            if standards[..i].iter().any(|t| t.base_code == s.base_code) {
                let (zh, en) =
                    ("同一基本编码的裁量基准出现在两个文件中", "two files have a standard for this base code");
                self.fault(&s.file, s.row, "基本编码", zh.to_owned(), en.to_owned());
            }
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

fn hex(digest: Option<&[u8; 32]>) -> String {
    digest.map(|d| d.iter().map(|b| format!("{b:02x}")).collect()).unwrap_or_default()
}
