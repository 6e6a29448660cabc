//! Lists as agencies publish them, put into the words of ours: what their files do not say is derived, and told.
//!
//! Only text is made here, as a person would write it into the columns; it is read by the one reader of rows.

mod codes;
mod usual;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use law::id::Uscc;
use lists::facts::PowerKind;

use self::codes::Codes;
use super::ImportOrder;
use crate::{
    domain::{content::ItemContent, events::AgencyRegistered, rules::plain},
    index::Index,
    sheets::{Bad, Choices, Faults, Row, Statutes, Table, bases, cut, duty_lines, flow_lines, read_outcomes},
};

/// Most derivations of one import that are told.
const DERIVED_MAX: usize = 2_000;

/// Something that the files do not say and that was derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Derived {
    pub(crate) file: String,
    pub(crate) tab: String,
    pub(crate) row: u32,
    pub(crate) column: &'static str,
    /// What was filled in.
    pub(crate) value: String,
    /// From what.
    pub(crate) zh: String,
    pub(crate) en: String,
}

/// The base codes of powers, by their names as [`power`] has them.
pub(super) type Named = BTreeMap<String, BTreeSet<String>>;

const NAME: &str = "职权名称";

/// A power as standards name it, by the conduct alone: 对…的处罚 without what stands around it.
pub(super) fn power(name: &str) -> String {
    let name = plain(name);
    let bare = name.strip_prefix('对').unwrap_or(&name);
    let ends = ["的行政处罚", "行政处罚", "的处罚", "处罚"];
    ends.into_iter()
        .find_map(|end| bare.strip_suffix(end))
        .unwrap_or(bare)
        .trim_end_matches("行为")
        .trim_end_matches('的')
        .to_owned()
}

/// A standard whose matter cannot be told.
fn unnamed(name: &str, found: &BTreeSet<String>) -> Bad {
    let name = cut(name);
    match found.is_empty() {
        true => Bad::new(
            format!("没有名称为“{name}”的处罚事项：请增加“基本编码”列并填写，或者改用清单中的职权名称"),
            format!("no item is called {name:?}: add a column 基本编码, or write the name as the list has it"),
        ),
        false => {
            let codes = found.iter().cloned().collect::<Vec<_>>().join("、");
            Bad::new(
                format!("名称为“{name}”的处罚事项不止一个（{codes}）：请增加“基本编码”列并填写"),
                format!("several items are called {name:?} ({codes}): add a column 基本编码"),
            )
        }
    }
}

/// What is known before the items of the files are read.
pub(super) struct Deriving<'a> {
    bodies: BTreeMap<Uscc, &'a AgencyRegistered>,
    choices: &'a Choices,
    statutes: Statutes,
    /// What articles say, as items on record have it.
    said: BTreeMap<(String, String), String>,
    codes: Codes,
    known: BTreeMap<String, &'a ItemContent>,
    until: Date,
    pub(super) derived: Vec<Derived>,
}

/// A row while it is put into our words.
struct Filling<'t> {
    table: &'t Table,
    row: &'t Row,
    texts: BTreeMap<&'static str, String>,
    derived: Vec<Derived>,
}

const OUTCOMES: &str = "处罚种类和幅度";

/// Penalties, where a list has no column for them: the words of the article that creates the power say them.
fn outcomes(f: &mut Filling<'_>, faults: &mut Faults) {
    // The first basis is that article.
    let text = f.get("实施依据").lines().next().and_then(|line| line.split_once('：')).map(|(_, text)| text.to_owned());
    let Some(text) = text else { return };
    match read_outcomes(&text) {
        Ok(read) => {
            let lines = read.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
            f.derive(
                OUTCOMES,
                lines,
                "表中没有此列，按实施依据的条文",
                "no such column: by the words of the first basis",
            );
        }
        Err(doubts) => doubts.into_iter().for_each(|bad| f.fault(OUTCOMES, bad, faults)),
    }
}

impl Filling<'_> {
    fn get(&self, column: &str) -> &str {
        self.texts.get(column).map_or_else(|| self.table.cell(self.row, column), String::as_str)
    }

    /// Puts a text into a column.
    fn set(&mut self, column: &'static str, text: impl Into<String>) {
        self.texts.insert(column, text.into());
    }

    /// Puts a text into a column that says nothing of it, and tells from what.
    fn derive(&mut self, column: &'static str, text: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) {
        let text = text.into();
        let (file, tab) = (self.table.file.clone(), self.table.tab.clone());
        let (zh, en) = (zh.into(), en.into());
        self.derived.push(Derived { file, tab, row: self.row.number, column, value: cut(&text), zh, en });
        self.set(column, text);
    }

    fn fault(&self, column: &'static str, bad: Bad, faults: &mut Faults) {
        faults.push(self.table.fault(self.row.number, column, self.get(column), bad));
    }
}

impl<'a> Deriving<'a> {
    pub(super) fn new(index: &'a Index, order: &'a ImportOrder, files: &'a BTreeMap<Uscc, AgencyRegistered>) -> Self {
        let mut bodies: BTreeMap<Uscc, &AgencyRegistered> = BTreeMap::new();
        bodies
            .extend(index.agencies.iter().filter_map(|(code, state)| Some((code.clone(), state.registered.as_ref()?))));
        bodies.extend(files.iter().map(|(code, agency)| (code.clone(), agency)));
        let (mut statutes, mut said, mut known) = (Statutes::default(), BTreeMap::new(), BTreeMap::new());
        let of_entries = index.catalogue.values().flat_map(|state| &state.versions).flat_map(|entry| &entry.bases);
        for basis in of_entries.chain(index.items.values().filter_map(|state| state.newest()).flat_map(|c| &c.bases)) {
            statutes.add(&basis.statute, basis.level, basis.version);
            said.insert((basis.statute.clone(), basis.article.clone()), basis.summary.clone());
        }
        for (code, state) in &index.items {
            if let Some(content) = state.newest() {
                known.insert(code.to_string(), content);
            }
        }
        let (codes, until, choices) = (Codes::of(index), order.effective, &order.choices);
        Self { bodies, choices, statutes, said, codes, known, until, derived: Vec::new() }
    }

    /// The rows of a table with the values that were given for its empty cells.
    pub(super) fn given(&mut self, table: &mut Table) {
        let rows = std::mem::take(&mut table.rows);
        table.rows = rows
            .into_iter()
            .map(|row| {
                let mut filling = Filling { table, row: &row, texts: BTreeMap::new(), derived: Vec::new() };
                for (column, value) in &self.choices.values {
                    if let Some(column) = table.sheet.column(column)
                        && filling.get(column).is_empty()
                    {
                        filling.derive(column, value, "随导入指定", "given with the import");
                    }
                }
                match filling.texts.is_empty() {
                    true => row,
                    false => {
                        let made = table.with(&row, std::mem::take(&mut filling.texts));
                        let derived = filling.derived;
                        self.tell(derived);
                        made
                    }
                }
            })
            .collect();
    }

    fn tell(&mut self, derived: Vec<Derived>) {
        let room = DERIVED_MAX.saturating_sub(self.derived.len());
        self.derived.extend(derived.into_iter().take(room));
    }

    /// The rows of a table of items that does not have our header, in our words.
    pub(super) fn items(&mut self, table: &mut Table, faults: &mut Faults) {
        // What stands in the file is numbered after what has a code there.
        let rows = std::mem::take(&mut table.rows);
        for row in &rows {
            self.codes.taken(table.cell(row, "基本编码"));
            self.codes.taken(table.cell(row, "实施编码"));
        }
        table.rows = rows
            .into_iter()
            .filter_map(|row| {
                let mut filling = Filling { table, row: &row, texts: BTreeMap::new(), derived: Vec::new() };
                let whose = self.item(&mut filling, faults);
                let made = table.with(&row, std::mem::take(&mut filling.texts));
                let derived = filling.derived;
                self.tell(derived);
                whose.then_some(made)
            })
            .collect();
    }

    /// The rows of a table of standards that does not have our header: what has no code is found by its name, among the items of the
    /// files and those on record.
    pub(super) fn standards(&mut self, table: &mut Table, named: &Named, faults: &mut Faults) {
        let rows = std::mem::take(&mut table.rows);
        let mut above = String::new();
        table.rows = rows
            .into_iter()
            .filter_map(|row| {
                let mut filling = Filling { table, row: &row, texts: BTreeMap::new(), derived: Vec::new() };
                let said = filling.get(NAME).to_owned();
                if !said.is_empty() {
                    above = said;
                }
                if !filling.get("基本编码").is_empty() || above.is_empty() {
                    return Some(row);
                }
                let found = named.get(&power(&above)).cloned().unwrap_or_default();
                let codes: Vec<&String> = found.iter().collect();
                let [code] = codes.as_slice() else {
                    filling.fault(NAME, unnamed(&above, &found), faults);
                    return None;
                };
                filling.derive("基本编码", code.as_str(), "按违法行为的名称", "by the name of the matter");
                let made = table.with(&row, std::mem::take(&mut filling.texts));
                let derived = filling.derived;
                self.tell(derived);
                Some(made)
            })
            .collect();
    }

    /// Puts a row into our words, and says whether it is known whose it is: else that is the fault that is told.
    fn item(&mut self, f: &mut Filling<'_>, faults: &mut Faults) -> bool {
        let kind = self.kind(f);
        let agency = self.agency(f);
        let whose = agency.is_some() || !f.get("主体代码").is_empty();
        if !whose {
            let name = cut(f.get("行使主体"));
            let (zh, en) = match name.as_str() {
                "" => (
                    "文件没有写明行使主体，标题中也没有已登记的主体：请以“主体代码=…”指定".to_owned(),
                    "the file does not say whose the items are: give 主体代码=…".to_owned(),
                ),
                name => (
                    format!("“{name}”未登记为执法主体：请先登记，或者以“主体代码=…”指定"),
                    format!("{name} is not registered as an agency: register it, or give 主体代码=…"),
                ),
            };
            f.fault("行使主体", Bad::new(zh, en), faults);
        }
        if let (Some(kind), Some(agency)) = (kind, agency) {
            let known = self.codes(f, agency, kind, faults);
            self.field(f, agency, known, faults);
        }
        if let Some(level) = usual::least_level(f.get("行使层级")).filter(|_| f.get("法定层级").is_empty()) {
            f.derive("法定层级", level.zh(), "按“行使层级”所写", "by the words of 行使层级");
        }
        self.bases(f, faults);
        if kind == Some(PowerKind::Penalty) && !f.table.has(OUTCOMES) {
            outcomes(f, faults);
        }
        self.duties(f, kind);
        self.flow(f, kind, faults);
        if let Some(agency) = agency
            && !f.table.has("责任主体")
        {
            f.derive("责任主体", &agency.name, "表中没有此列，取行使主体", "no such column: the exercising body");
        }
        if let Some(kind) = kind
            && !f.table.has("追责方式")
        {
            let (text, zh, en) =
                (usual::accountability(kind), "表中没有此列，按职权类型", "no such column: by the kind of power");
            f.derive("追责方式", text, zh, en);
        }
        if !f.table.has("监督方式") {
            f.derive(
                "监督方式",
                usual::SUPERVISION,
                "表中没有此列，取法定的一般途径",
                "no such column: the ways that are open by law",
            );
        }
        whose
    }

    fn kind(&self, f: &mut Filling<'_>) -> Option<PowerKind> {
        const COLUMN: &str = "职权类型";
        let said = f.get(COLUMN).to_owned();
        if let Some(kind) = usual::kind(&said) {
            f.set(COLUMN, kind.zh());
            return Some(kind);
        }
        if !said.is_empty() {
            return None;
        }
        let section = f.table.kinds.range(..=f.row.number).next_back().map(|(_, kind)| *kind);
        let mut all = PowerKind::ALL.iter().copied();
        let coded = all.clone().find(|kind| f.get("基本编码").starts_with(kind.code()));
        let titles = &f.table.titles;
        let named = all.find(|kind| *kind != PowerKind::Other && titles.iter().any(|title| title.contains(kind.zh())));
        let (kind, zh, en) = match (section, coded, named) {
            (Some(kind), ..) => (kind, "按小标题", "by the title of the section"),
            (None, Some(kind), _) => (kind, "按基本编码", "by the base code"),
            (None, None, Some(kind)) => (kind, "按表名", "by the title of the sheet"),
            (None, None, None) => (usual::kind_named(f.get("职权名称"))?, "按职权名称", "by the name"),
        };
        f.derive(COLUMN, kind.zh(), zh, en);
        Some(kind)
    }

    fn agency(&self, f: &mut Filling<'_>) -> Option<&'a AgencyRegistered> {
        let (code, name) = (f.get("主体代码").to_owned(), f.get("行使主体").to_owned());
        if !code.is_empty() {
            let known = code.parse().ok().and_then(|code: Uscc| self.bodies.get(&code).copied());
            if let Some(agency) = known
                && (name.is_empty() || name == agency.short_name)
            {
                f.derive(
                    "行使主体",
                    &agency.name,
                    "按主体代码登记的名称",
                    "the name that the code is registered under",
                );
            }
            return known;
        }
        let is = |agency: &&&AgencyRegistered| agency.name == name || agency.short_name == name;
        let over = |agency: &&&AgencyRegistered| {
            f.table.file.contains(&agency.name)
                || f.table.tab.contains(&agency.name)
                || f.table.titles.iter().any(|t| t.contains(&agency.name))
        };
        let longest = |found: Vec<&'a AgencyRegistered>| found.into_iter().max_by_key(|agency| agency.name.len());
        let (agency, zh, en) = if name.is_empty() {
            (
                longest(self.bodies.values().filter(over).copied().collect())?,
                "按标题或者文件名",
                "by the title or the file's name",
            )
        } else {
            (
                longest(self.bodies.values().filter(is).copied().collect())?,
                "按行使主体登记的代码",
                "the code that the body is registered under",
            )
        };
        f.derive("主体代码", agency.agency.as_str(), zh, en);
        if name.is_empty() {
            f.derive("行使主体", &agency.name, zh, en);
        } else {
            f.set("行使主体", &agency.name);
        }
        Some(agency)
    }

    /// Codes, and the item on record that has them.
    fn codes(
        &mut self,
        f: &mut Filling<'_>,
        agency: &AgencyRegistered,
        kind: PowerKind,
        faults: &mut Faults,
    ) -> Option<&'a ItemContent> {
        let said = f.get("实施编码").to_owned();
        let department = self.choices.value("部门代码").map(str::to_owned).or_else(|| self.codes.department(agency));
        if f.get("基本编码").is_empty() && codes::is_base(&said) {
            f.derive("基本编码", &said, "职权编码即基本编码", "the code is the base code");
            f.set("实施编码", "");
        } else if f.get("基本编码").is_empty() && codes::is_item(&said) {
            f.derive("基本编码", &said[..12], "按实施编码", "by the item's code");
        } else if (9..12).contains(&said.len())
            && said.bytes().all(|b| b.is_ascii_digit())
            && codes::is_base(&format!("{said:0>12}"))
        {
            let whole = format!("{said:0>12}");
            let zh = format!("“{said}”只有{}位，开头的0已经丢失，应为12位编码；请设为文本格式", said.len());
            let bad =
                Bad::new(zh, format!("{said:?} has lost the zeros in front; set the cell to text")).propose(&whole);
            f.fault("实施编码", bad, faults);
            f.set("基本编码", whole);
            f.set("实施编码", "");
        } else if !said.is_empty() && !codes::is_item(&said) {
            let before = f.get("备注");
            let remarks =
                if before.is_empty() { format!("原编码：{said}") } else { format!("{before}\n原编码：{said}") };
            f.derive(
                "备注",
                remarks,
                "文件中的编码不是目录编码，记入备注",
                "the file's own code is none of the catalogue's: kept as a remark",
            );
            f.set("实施编码", "");
        }
        let (name, subitem) = (f.get("职权名称").to_owned(), f.get("子项").to_owned());
        if name.is_empty() {
            return None;
        }
        if f.get("基本编码").is_empty() {
            match self.codes.base(agency, kind, &name, &subitem, department.as_deref()) {
                Some((base, zh, en)) => f.derive("基本编码", base, zh, en),
                None => {
                    let bad = Bad::new(
                        format!(
                            "{}没有部门代码，无法编码：请在执法主体表填写部门代码，或者以“部门代码=三位数字”指定",
                            agency.name
                        ),
                        format!(
                            "{} has no department code to number its items by: enter it with the agency, or give 部门代码=NNN",
                            agency.name
                        ),
                    );
                    f.fault("实施编码", bad, faults);
                    // So that the rest of the row is read; nothing of the files is taken any more.
                    let base = format!("{}000{:07}", kind.code(), f.row.number);
                    f.set("实施编码", format!("{base}-{}-000", agency.region));
                    f.set("基本编码", base);
                    return None;
                }
            }
        }
        if f.get("实施编码").is_empty() {
            let base = f.get("基本编码").to_owned();
            match self.codes.item(agency, &base, department.as_deref()) {
                Some((item, zh, en)) => f.derive("实施编码", item, zh, en),
                None => return None,
            }
        }
        self.known.get(f.get("实施编码")).copied()
    }

    fn field(&self, f: &mut Filling<'_>, agency: &AgencyRegistered, known: Option<&ItemContent>, faults: &mut Faults) {
        const COLUMN: &str = "执法领域";
        if !f.get(COLUMN).is_empty() {
            return;
        }
        if let Some(known) = known {
            return f.derive(COLUMN, &known.field, "按已公布的事项", "as the item on record has it");
        }
        if let [only] = agency.fields.as_slice() {
            return f.derive(COLUMN, only, "主体只有一个执法领域", "the only field of the body");
        }
        let text = format!("{}\n{}", f.get("职权名称"), f.get("实施依据"));
        let named: Vec<&String> = agency.fields.iter().filter(|field| text.contains(field.as_str())).collect();
        // The name is nearer to the matter than the words of the law.
        let in_name: Vec<&String> =
            named.iter().filter(|field| f.get("职权名称").contains(field.as_str())).copied().collect();
        if let ([only], _) | (_, [only]) = (in_name.as_slice(), named.as_slice()) {
            return f.derive(COLUMN, *only, "按名称和依据中的词语", "by a word of the name and the bases");
        }
        let fields = agency.fields.join("、");
        let bad = Bad::new(
            format!("{}有多个执法领域（{fields}），请增加“执法领域”列，或者以“执法领域=…”指定", agency.name),
            format!("{} has several fields ({fields}): add a column 执法领域, or give 执法领域=…", agency.name),
        );
        f.fault(COLUMN, bad, faults);
    }

    fn bases(&self, f: &mut Filling<'_>, faults: &mut Faults) {
        const COLUMN: &str = "实施依据";
        let cell = f.get(COLUMN).to_owned();
        if cell.is_empty() {
            return;
        }
        let said = |statute: &str, article: &str| self.said.get(&(statute.to_owned(), article.to_owned())).cloned();
        let (mut lines, mut notes) = (Vec::new(), Vec::new());
        for told in bases::read(&cell, &self.statutes, self.until, said) {
            match told {
                Ok(told) => {
                    lines.push(told.line);
                    notes.extend(told.derived);
                }
                Err(bad) => f.fault(COLUMN, bad, faults),
            }
        }
        let text = lines.join("\n");
        match notes.is_empty() {
            true => f.set(COLUMN, text),
            false => {
                let (zh, en): (Vec<_>, Vec<_>) = notes.into_iter().unzip();
                f.derive(COLUMN, text, format!("补填{}", zh.join("，")), format!("filled in: {}", en.join(", ")));
            }
        }
    }

    fn duties(&self, f: &mut Filling<'_>, kind: Option<PowerKind>) {
        const COLUMN: &str = "责任事项";
        if f.table.has(COLUMN) {
            let text = duty_lines(f.get(COLUMN));
            return f.set(COLUMN, text);
        }
        if let Some(usual) = kind.and_then(usual::duties) {
            f.derive(
                COLUMN,
                usual,
                "表中没有此列，按职权类型取法定程序",
                "no such column: the procedure that the law has for the kind",
            );
        }
    }

    fn flow(&self, f: &mut Filling<'_>, kind: Option<PowerKind>, faults: &mut Faults) {
        const COLUMN: &str = "办理流程";
        if f.table.has(COLUMN) {
            match flow_lines(f.get(COLUMN)) {
                Ok(text) => f.set(COLUMN, text),
                Err(bad) => {
                    f.fault(COLUMN, bad, faults);
                    f.set(COLUMN, "");
                }
            }
            return;
        }
        if let Some(usual) = kind.and_then(usual::flow) {
            f.derive(
                COLUMN,
                usual,
                "表中没有此列，按职权类型取法定期限",
                "no such column: the periods that the law has for the kind",
            );
        }
    }
}
