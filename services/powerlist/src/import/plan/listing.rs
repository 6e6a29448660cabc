//! What the rows of the other lists ask for.

use std::collections::BTreeMap;

use kernel::Place;
use law::id::Uscc;

use super::Planner;
use crate::{
    domain::listing::ListKind,
    import::{derive::Derived, work::Work},
    sheets::{self, Faults, Sheet, Statutes, cut},
};

impl Planner<'_> {
    pub(super) fn listings(&mut self) {
        let statutes = Statutes::default();
        let names = self.names();
        let mut seen = BTreeMap::new();
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
