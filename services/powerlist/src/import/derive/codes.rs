//! Codes of items that a list does not number, or numbers in a way of its own.
//!
//! A base code has the kind (2 digits), the department (3), the matter (4) and the sub-item (3); an item's code has the agency's region
//! and department behind it.

use std::collections::{BTreeMap, BTreeSet};

use law::id::{BaseCode, ItemCode, Uscc};
use lists::facts::PowerKind;

use crate::{domain::events::AgencyRegistered, index::Index};

type Matter = (PowerKind, String, String);
type Code = (String, &'static str, &'static str);

/// Which codes are taken, and by what.
#[derive(Default)]
pub(super) struct Codes {
    /// By agency and matter.
    items: BTreeMap<(Uscc, Matter), String>,
    /// By agency and base code.
    by_base: BTreeMap<(Uscc, String), String>,
    /// By matter, whoever has it.
    bases: BTreeMap<Matter, String>,
    taken: BTreeSet<String>,
    /// The department that an agency's items are numbered under.
    departments: BTreeMap<Uscc, String>,
}

pub(super) fn is_base(code: &str) -> bool {
    code.parse::<BaseCode>().is_ok()
}

pub(super) fn is_item(code: &str) -> bool {
    code.is_ascii() && code.len() > 12 && code.parse::<ItemCode>().is_ok()
}

impl Codes {
    pub(super) fn of(index: &Index) -> Self {
        let mut codes = Self::default();
        for base in index.catalogue.keys() {
            codes.taken(base.as_str());
        }
        for (base, state) in &index.catalogue {
            if let (Some(entry), true) = (state.versions.last(), base.as_str().ends_with("000")) {
                codes.bases.insert((entry.kind, entry.name.clone(), String::new()), base.to_string());
            }
        }
        for (item, state) in &index.items {
            codes.taken(item.as_str());
            let Some(content) = state.newest() else { continue };
            let subitem = content.subitem.clone().unwrap_or_default();
            let matter = (content.kind, content.name.clone(), subitem);
            codes.bases.entry(matter.clone()).or_insert_with(|| content.base_code.to_string());
            codes.items.insert((content.agency.clone(), matter), item.to_string());
            codes.by_base.insert((content.agency.clone(), content.base_code.to_string()), item.to_string());
            if let Some(department) = item.as_str().rsplit('-').next() {
                codes.departments.insert(content.agency.clone(), department.to_owned());
            }
        }
        codes
    }

    /// A code that the files have.
    pub(super) fn taken(&mut self, code: &str) {
        if let Some(base) = code.get(..12).filter(|base| is_base(base)) {
            self.taken.insert(base.to_owned());
        }
    }

    /// The department that an agency's items are numbered under.
    pub(super) fn department(&self, agency: &AgencyRegistered) -> Option<String> {
        agency.department.clone().or_else(|| self.departments.get(&agency.agency).cloned())
    }

    /// The base code of a matter: that of the same matter on record, or the next one that is free.
    pub(super) fn base(
        &mut self,
        agency: &AgencyRegistered,
        kind: PowerKind,
        name: &str,
        subitem: &str,
        department: Option<&str>,
    ) -> Option<Code> {
        let matter = (kind, name.to_owned(), subitem.to_owned());
        if let Some(item) = self.items.get(&(agency.agency.clone(), matter.clone())) {
            return Some((item[..12].to_owned(), "与已公布的同名事项相同", "that of the item of this name on record"));
        }
        if let Some(base) = self.bases.get(&matter) {
            return Some((base.clone(), "与目录中的同名事项相同", "that of the same matter on record"));
        }
        let prefix = format!("{}{}", kind.code(), department?);
        if prefix.len() != 5 {
            return None;
        }
        // Sub-items of one matter have one number.
        let mut of_name = self
            .bases
            .range((kind, name.to_owned(), String::new())..)
            .take_while(|((of, other, _), _)| *of == kind && other == name);
        let number = of_name.find(|(_, base)| base.starts_with(&prefix));
        let number: String = match number {
            Some((_, base)) => base[5..9].to_owned(),
            None => {
                let last = self.taken.range(prefix.clone()..format!("{prefix}~")).next_back();
                let last = last.and_then(|base| base[5..9].parse::<u16>().ok()).unwrap_or(0);
                if last >= 9_999 {
                    return None;
                }
                format!("{:04}", last + 1)
            }
        };
        let stem = format!("{prefix}{number}");
        let sub = match subitem {
            "" => "000".to_owned(),
            _ => {
                let last = self.taken.range(stem.clone()..format!("{stem}~")).next_back();
                let last = last.and_then(|base| base[9..12].parse::<u16>().ok()).unwrap_or(0);
                if last >= 999 {
                    return None;
                }
                format!("{:03}", last + 1)
            }
        };
        let base = format!("{stem}{sub}");
        self.taken.insert(base.clone());
        self.bases.insert(matter, base.clone());
        Some((base, "按职权类型、部门代码和行序编码", "by kind, department and the order of the rows"))
    }

    /// The code of an agency's item.
    pub(super) fn item(&self, agency: &AgencyRegistered, base: &str, department: Option<&str>) -> Option<Code> {
        if let Some(item) = self.by_base.get(&(agency.agency.clone(), base.to_owned())) {
            return Some((item.clone(), "与已公布的事项相同", "that of the item on record"));
        }
        let code = format!("{base}-{}-{}", agency.region, department?);
        Some((code, "按基本编码、主体区划和部门代码", "by base code, region and department"))
    }
}
