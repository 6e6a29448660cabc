//! Rows of the other lists.

use jiff::civil::Date;
use law::id::{RegionCode, RowCode, Uscc};

use super::open;
use crate::{
    domain::listing::{ListKind, Part, RowContent},
    forms, parts,
    sheets::{
        bases,
        cells::{self, cut},
        fault::{Bad, Faults},
        line::Row,
        statutes::Statutes,
        table::Table,
    },
};

/// A row, and what of its columns was filled in: column, value, and from what in both languages.
pub struct ListingRow {
    /// What it says.
    pub content: RowContent,
    /// What was filled in.
    pub derived: Vec<(&'static str, String, (String, String))>,
}

/// A row of a list. `body` gives the registered name and region of an agency, `named` the one agency of a name.
pub fn listing(
    (list, table, row): (ListKind, &Table, &Row),
    body: impl Fn(&Uscc) -> Option<(String, RegionCode)>,
    named: impl Fn(&str) -> Option<Uscc>,
    (statutes, until): (&Statutes, Date),
    faults: &mut Faults,
) -> Option<ListingRow> {
    let before = faults.count();
    let mut derived = Vec::new();
    let mut c = open(table, row, faults);
    let code = c.code::<RowCode>("编码", "1至40位字母、数字、连字符或者点");
    let name = c.text("名称", forms::NAME);
    let given = c.get("实施主体");
    let agency = match (c.get("主体代码"), named(given)) {
        ("", Some(known)) => {
            let from = (format!("按实施主体“{given}”"), format!("by the name {given}"));
            derived.push(("主体代码", known.to_string(), from));
            Some(known)
        }
        _ => c.code::<Uscc>("主体代码", "18位统一社会信用代码，校验码须正确"),
    };
    let within = match c.get("区划") {
        "" => None,
        _ => c.code::<RegionCode>("区划", "6位或者9位行政区划代码"),
    };
    let region = agency.as_ref().and_then(|code| match body(code) {
        Some((known, region)) => {
            if !given.is_empty() && given != known {
                let bad = Bad::new(
                    format!("主体代码{code}登记的名称是“{known}”，与“{}”不符", cut(given)),
                    format!("{code} is registered as {known:?}, not {:?}", cut(given)),
                );
                c.fault("实施主体", bad);
            }
            Some(within.unwrap_or(region))
        }
        None => {
            let (zh, en) = (format!("{code}未登记为执法主体"), format!("{code} is not registered as an agency"));
            c.fault("主体代码", Bad::new(zh, en));
            None
        }
    });
    let mut said = Vec::new();
    for spec in list.parts() {
        match parts::read(spec, c.get(spec.label.zh)) {
            Ok(Some(value)) => said.push(Part { part: spec.key.to_owned(), value }),
            Ok(None) => {}
            Err(bad) => c.fault(spec.label.zh, bad),
        }
    }
    let mut found = Vec::new();
    for told in bases::read(c.get("依据"), statutes, until, |_, _| None) {
        match told.and_then(|told| Ok((cells::basis(&told.line)?, told.derived))) {
            Ok((basis, filled)) => {
                derived.extend(filled.into_iter().map(|from| ("依据", basis.statute.clone(), from)));
                found.push(basis);
            }
            Err(bad) => c.fault("依据", bad),
        }
    }
    if found.len() > cells::ENTRIES_MAX {
        let most = cells::ENTRIES_MAX;
        c.fault("依据", Bad::new(format!("超过{most}条"), format!("has more than {most} entries")));
    }
    if faults.count() > before {
        return None;
    }
    let (code, name, agency, region) = (code?, name?, agency?, region?);
    let content = RowContent { list, code, name, agency, region, bases: found, parts: said };
    Some(ListingRow { content, derived })
}
