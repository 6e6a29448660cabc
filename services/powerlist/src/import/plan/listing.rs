//! What the rows of the other lists ask for.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Place;
use law::id::{ItemCode, Uscc};

use super::{At, Planner};
use crate::{
    domain::{
        listing::{ListKind, RowContent, RowId},
        rules::plain,
    },
    import::{derive::Derived, work::Work},
    sheets::{self, Faults, Sheet, Statutes, cut},
};

impl Planner<'_> {
    pub(super) fn listings(&mut self) {
        let statutes = Statutes::default();
        let names = self.names();
        let mut seen: BTreeMap<RowId, At> = BTreeMap::new();
        for list in ListKind::ALL {
            for (at, table, row) in self.rows(Sheet::Listing(*list)) {
                let mut faults = Faults::default();
                let body = |code: &Uscc| self.body(code);
                let named = |name: &str| names.get(name).cloned().flatten();
                let until = (&statutes, self.order.effective);
                let read = sheets::listing((*list, table, row), body, named, until, &mut faults);
                self.faults.append(faults);
                let Some(read) = read else { continue };
                let content = read.content;
                if let Some((item, there)) = self.charge_of_the_files(*list, &content) {
                    let (zh, en) = (format!("与事项{item}的收费重复"), format!("it is a charge of the item {item}"));
                    self.twice(at, there, "名称", &zh, &en);
                }
                if let Some(first) = seen.insert(content.id(), at) {
                    self.twice(at, first, "编码", "编码重复", "the code comes twice");
                }
                self.derived.extend(read.derived.into_iter().map(|(column, value, (zh, en))| Derived {
                    file: table.file.clone(),
                    tab: table.tab.clone(),
                    row: at.row,
                    column,
                    value: cut(&value),
                    zh,
                    en,
                }));
                let place = Place::of(&content.agency, &content.region);
                self.push(Some(at), "", place, Work::Row(Box::new(content)));
            }
        }
        if self.order.complete {
            self.end_rows(&seen);
        }
    }

    /// The charge of a power among the files that a row of the list of fees and funds repeats.
    fn charge_of_the_files(&self, list: ListKind, row: &RowContent) -> Option<(ItemCode, At)> {
        let name = (list == ListKind::Charge).then(|| plain(&row.name))?;
        self.units.iter().find_map(|unit| match &unit.work {
            Work::Fee(fee) if unit.place.agency.as_ref() == Some(&row.agency) && plain(&fee.name) == name => {
                Some((fee.item.clone(), unit.at?))
            }
            _ => None,
        })
    }

    /// Rows that the files do not have, of those lists of those agencies of which they have rows.
    fn end_rows(&mut self, seen: &BTreeMap<RowId, At>) {
        let lists: BTreeSet<_> = seen.keys().map(|id| (id.list, &id.agency)).collect();
        let index = self.index;
        for (id, state) in &index.listings {
            let Some(content) = state.newest() else { continue };
            if lists.contains(&(id.list, &id.agency)) && !seen.contains_key(id) {
                let place = Place::of(&content.agency, &content.region);
                self.push(None, &id.to_string(), place, Work::CancelRow(id.clone()));
            }
        }
    }

    /// The agencies by their names; a name that two have is nobody's.
    fn names(&self) -> BTreeMap<String, Option<Uscc>> {
        let mut names: BTreeMap<String, Option<Uscc>> = BTreeMap::new();
        let known = self.index.agencies.values().filter_map(|state| state.registered.as_ref());
        for agency in self.bodies.values().chain(known) {
            let code = agency.agency.clone();
            let of = names.entry(agency.name.clone()).or_insert_with(|| Some(code.clone()));
            if of.as_ref() != Some(&code) {
                *of = None;
            }
        }
        names
    }
}
