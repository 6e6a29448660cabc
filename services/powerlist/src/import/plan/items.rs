//! What the rows of items and of standards ask for.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use kernel::Place;
use law::id::{BaseCode, ItemCode, Uscc};
use lists::facts::Tier;

use super::{At, PlacedItem, Planner, Standards, Whose};
use crate::{
    domain::{
        content::{Duty, ItemContent},
        events::{CatalogueEntryPublished, HeadChosen, HeadsChosen},
        facts::UniformFact,
        rules::plain,
    },
    import::work::{Near, Work},
    sheets::{self, Faults, HeadChoice, Sheet},
};

/// The items of the files that may be the same power: those of a base code, and those that an agency names alike.
struct Alike(BTreeMap<String, Near>);

impl Alike {
    fn of(items: &[PlacedItem]) -> Self {
        let mut alike: BTreeMap<String, Vec<ItemCode>> = BTreeMap::new();
        for (_, content) in items {
            for name in Self::names(content) {
                alike.entry(name).or_default().push(content.item.clone());
            }
        }
        Self(alike.into_iter().map(|(name, of)| (name, Near { of: of.into(), before: 0 })).collect())
    }

    /// Those that come before this one, which is the next.
    fn before(&mut self, content: &ItemContent) -> Vec<Near> {
        let mut near = Vec::new();
        for name in Self::names(content) {
            if let Some(of) = self.0.get_mut(&name) {
                near.extend((of.before > 0).then(|| of.clone()));
                of.before += 1;
            }
        }
        near
    }

    fn names(content: &ItemContent) -> [String; 2] {
        [content.base_code.to_string(), format!("{}/{}", content.agency, plain(&content.name))]
    }
}

/// What an agency owes, stage by stage, is the same for many of its items: it is kept once.
fn shared(known: &mut HashSet<Arc<[Duty]>>, duties: Arc<[Duty]>) -> Arc<[Duty]> {
    match known.get(&duties) {
        Some(same) => same.clone(),
        None => {
            known.insert(duties.clone());
            duties
        }
    }
}

impl Planner<'_> {
    pub(super) fn items(&mut self) -> Vec<PlacedItem> {
        let mut faults = Faults::default();
        let body = |code: &Uscc| self.body(code);
        let (mut found, mut duties) = (Vec::new(), HashSet::new());
        for (at, table, row) in self.rows(Sheet::Items) {
            let Some(mut content) = sheets::item(table, row, body, &mut faults) else { continue };
            // A file without a column says nothing of it: it stays as it is on record.
            if let Some(known) = self.index.items.get(&content.item).and_then(|state| state.newest()) {
                let keeps = |column: &str| !table.has(column);
                if keeps("行使层级") {
                    content.exercised_at.clone_from(&known.exercised_at);
                }
                if keeps("备注") {
                    content.remarks.clone_from(&known.remarks);
                }
                if keeps("区划") && known.agency == content.agency {
                    content.region.clone_from(&known.region);
                }
                if keeps("法定层级") && content.least_level.is_none() {
                    content.least_level = known.least_level;
                }
                if keeps("授权文件") {
                    content.grant.clone_from(&known.grant);
                }
                if keeps("专属行使") {
                    content.exclusive = known.exclusive;
                }
            }
            content.duties = shared(&mut duties, content.duties);
            found.push((at, content));
        }
        self.faults.append(faults);
        found
    }

    pub(super) fn standards(&mut self) -> Standards {
        let mut found = Standards::new();
        for (n, table) in self.tables.iter().enumerate().filter(|(_, table)| table.sheet == Sheet::Standards) {
            for standard in sheets::standards(table, &mut self.faults) {
                let at = At { table: n, row: standard.row };
                let whose = (standard.base_code, standard.agency);
                // The same matter in two files of standards: which one is meant?
                if let Some((first, _)) = found.get(&whose) {
                    let (zh, en) = ("同一基本编码的裁量基准出现两处", "there are two standards for this base code");
                    self.twice(at, *first, "基本编码", zh, en);
                    continue;
                }
                found.insert(whose, (at, standard.tiers.into()));
            }
        }
        found
    }

    pub(super) fn lists(&mut self, items: Vec<PlacedItem>, mut standards: Standards) {
        self.entries(&items);
        let mut seen: BTreeMap<ItemCode, At> = BTreeMap::new();
        let mut used: BTreeSet<Whose> = BTreeSet::new();
        let mut first: BTreeMap<BaseCode, Arc<UniformFact>> = BTreeMap::new();
        let mut agencies: BTreeSet<Uscc> = BTreeSet::new();
        let mut alike = Alike::of(&items);
        for (at, content) in items {
            if let Some(before) = seen.get(&content.item) {
                self.twice(at, *before, "实施编码", "实施编码重复", "the item comes twice");
                continue;
            }
            seen.insert(content.item.clone(), at);
            agencies.insert(content.agency.clone());
            let peer = first.get(&content.base_code).cloned();
            let near = alike.before(&content);
            first.entry(content.base_code.clone()).or_insert_with(|| {
                let source = format!("本次导入的事项{}", content.item);
                let (name, bases) = (content.name.clone(), content.bases.clone());
                Arc::new(UniformFact { source, name, kind: content.kind, bases })
            });
            let own = (content.base_code.clone(), Some(content.agency.clone()));
            let of_all = (content.base_code.clone(), None);
            let whose = [own, of_all].into_iter().find(|whose| standards.contains_key(whose));
            let standard = whose.as_ref().and_then(|whose| standards.get(whose)).cloned();
            if let Some((stands, tiers)) = &standard {
                self.whole(*stands, &content.item, tiers);
            }
            used.extend(whose);
            let place = Place::of(&content.agency, &content.region);
            let tiers = standard.as_ref().map(|(_, tiers)| tiers.clone());
            let work = Work::Item { content: Arc::new(content), tiers, peer, near };
            self.push(Some(at), "", place, work);
            if let Some(unit) = self.units.last_mut() {
                unit.standard = standard.map(|(stands, _)| stands);
            }
        }
        self.chosen(&agencies);
        if self.order.complete {
            self.cancel(&agencies, &seen);
        }
        standards.retain(|whose, _| !used.contains(whose));
        if standards.is_empty() {
            return;
        }
        let mut known: BTreeMap<&str, Vec<(&ItemCode, &ItemContent)>> = BTreeMap::new();
        for (code, state) in &self.index.items {
            if let (Some(base), Some(content)) = (code.as_str().split('-').next(), state.newest()) {
                known.entry(base).or_default().push((code, content));
            }
        }
        for ((base_code, agency), (at, tiers)) in standards {
            let items = known.get(base_code.as_str()).map_or(&[][..], Vec::as_slice);
            let items: Vec<_> =
                items.iter().filter(|(_, c)| agency.as_ref().is_none_or(|a| *a == c.agency)).copied().collect();
            self.standard(at, &base_code, &tiers, &items);
        }
    }

    /// A standard whose item is not in the files.
    fn standard(&mut self, at: At, base: &BaseCode, tiers: &Arc<[Tier]>, known: &[(&ItemCode, &ItemContent)]) {
        // An item that could not be read is reported itself.
        if known.is_empty() && self.faults.count() == 0 {
            let (zh, en) =
                (format!("没有基本编码为{base}的事项"), format!("there is no item with the base code {base}"));
            self.fault(at, "基本编码", zh, en);
        }
        for (code, content) in known {
            self.whole(at, code, tiers);
            let place = Place::of(&content.agency, &content.region);
            let work = Work::Standard { item: (*code).clone(), tiers: tiers.clone() };
            self.push(Some(at), code.as_str(), place, work);
        }
    }

    /// Whether a standard has every level that the one on record has: a part of one must not take the place of the whole.
    fn whole(&mut self, at: At, item: &ItemCode, tiers: &[Tier]) {
        let Some(known) = self.index.items.get(item).and_then(|state| state.standards.last()) else { return };
        let mut missing: Vec<_> = known.tiers.iter().map(|tier| tier.level).collect();
        missing.retain(|level| tiers.iter().all(|tier| tier.level != *level));
        missing.dedup();
        if missing.is_empty() {
            return;
        }
        let zh = missing.iter().map(|level| level.zh()).collect::<Vec<_>>().join("、");
        let en = missing.iter().map(|level| level.en()).collect::<Vec<_>>().join(", ");
        self.fault(
            at,
            "阶次",
            format!("裁量基准不完整：{item}现行基准有“{zh}”阶次，文件中没有；请把整套基准写全，确需取消阶次的，用公布裁量基准的步骤办理"),
            format!("the standard is not whole: that on record for {item} has {en}; give all of it, or publish it by the step PublishStandard if a level is to end"),
        );
    }

    /// What was chosen of heads is kept for the agencies of the items.
    fn chosen(&mut self, agencies: &BTreeSet<Uscc>) {
        let chosen = |choice: &HeadChoice| HeadChosen {
            list: choice.sheet.map(|sheet| sheet.name().to_owned()),
            head: choice.head.clone(),
            column: Some(choice.column.clone()).filter(|column| !column.is_empty()),
        };
        let heads: Vec<HeadChosen> = self.order.choices.heads.iter().map(chosen).collect();
        if heads.is_empty() {
            return;
        }
        for agency in agencies {
            if let Some((_, region)) = self.body(agency) {
                let (place, heads) = (Place::of(agency, &region), heads.clone());
                self.push(None, agency.as_str(), place, Work::Heads(HeadsChosen { agency: agency.clone(), heads }));
            }
        }
    }

    /// Items in force that are not in the files, of agencies whose items are.
    fn cancel(&mut self, agencies: &BTreeSet<Uscc>, seen: &BTreeMap<ItemCode, At>) {
        let index = self.index;
        for (code, state) in &index.items {
            let Some(version) = state.versions.last().filter(|_| !state.is_cancelled()) else { continue };
            let content = &version.content;
            if agencies.contains(&content.agency) && !seen.contains_key(code) {
                let place = Place::of(&content.agency, &content.region);
                self.push(None, code.as_str(), place, Work::Cancel { item: code.clone() });
            }
        }
    }

    /// The upper catalogue, drawn from the items: one entry per base code.
    fn entries(&mut self, items: &[PlacedItem]) {
        let Some((region, document)) = self.order.catalogue.clone() else { return };
        let mut seen = BTreeSet::new();
        for (at, content) in items {
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
            self.push(Some(*at), "catalogue", place, Work::Entry(Box::new(entry)));
        }
    }
}
