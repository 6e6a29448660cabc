//! Rows of the lists themselves: items, discretion standards, charges.

use std::collections::BTreeMap;

use law::id::{BaseCode, ItemCode, RegionCode, Uscc};
use lists::facts::{PowerKind, Tier, TierLevel};

use super::{open, yes_no};
use crate::{
    domain::{
        content::{ItemContent, LegalBasis},
        events::RegionLevel,
    },
    forms,
    sheets::{
        cells::{self, cut},
        fault::{Bad, Faults},
        line::Row,
        table::Table,
    },
    wire::tier_code,
};

/// An item. `body` gives the registered name and region of an agency.
pub fn item(
    table: &Table,
    row: &Row,
    body: impl Fn(&Uscc) -> Option<(String, RegionCode)>,
    faults: &mut Faults,
) -> Option<ItemContent> {
    let before = faults.count();
    let mut c = open(table, row, faults);
    let base_code = c.code::<BaseCode>("基本编码", "12位数字（若以数字格式保存会丢失前导零，请设为文本）");
    let item = c.code::<ItemCode>("实施编码", "12位基本编码加本机关编码");
    let kinds: Vec<&str> = PowerKind::ALL.iter().map(|k| k.zh()).collect();
    let kind = c.word("职权类型", PowerKind::from_zh, &kinds);
    let name = c.optional_text("职权名称", forms::NAME);
    let subitem = c.optional_text("子项", forms::TITLE);
    let agency = c.code::<Uscc>("主体代码", "18位统一社会信用代码，校验码须正确");
    let field = c.optional_text("执法领域", forms::FIELD);
    let bases = c.lines("实施依据", cells::basis);
    let (mut outcomes, mut measures, mut allows) = (Vec::new(), Vec::new(), Vec::new());
    match kind {
        Some(PowerKind::Penalty) => outcomes = c.outcomes(),
        Some(PowerKind::Compulsion) => {
            allows = c.lines("处罚种类和幅度", cells::allowed);
            if allows.is_empty() {
                measures = cells::measures_named(c.get("职权名称"));
            }
        }
        Some(kind) if !c.get("处罚种类和幅度").is_empty() => {
            let zh = kind.zh();
            c.fault("处罚种类和幅度", Bad::new(format!("{zh}事项不填此列"), format!("stays empty for {zh}")));
        }
        _ => {}
    }
    let duties = c.lines("责任事项", cells::duty);
    let responsible = c.optional_text("责任主体", forms::RESPONSIBLE);
    let accountability = c.optional_text("追责方式", forms::TEXT);
    let flow = c.lines("办理流程", cells::step);
    let supervision = c.optional_text("监督方式", forms::SUPERVISION);
    let within = if c.get("区划").is_empty() {
        None
    } else {
        c.code::<RegionCode>("区划", "6位或者9位行政区划代码")
    };
    let exercised_at = c.optional_text("行使层级", forms::NAME);
    let remarks = c.optional_text("备注", forms::TEXT);
    if let (Some(base), Some(kind)) = (&base_code, kind)
        && !base.as_str().starts_with(kind.code())
    {
        let (zh, code) = (kind.zh(), kind.code());
        c.fault(
            "基本编码",
            Bad::new(format!("{zh}的基本编码应以{code}开头"), format!("the base code of {zh} begins with {code}")),
        );
    }
    if let (Some(base), Some(item)) = (&base_code, &item)
        && !item.as_str().starts_with(base.as_str())
    {
        c.fault("实施编码", Bad::new("应以基本编码开头", "must begin with the base code"));
    }
    let region = agency.as_ref().and_then(|code| match body(code) {
        Some((known, region)) => {
            let given = c.get("行使主体");
            if given != known {
                let given = cut(given);
                let bad = Bad::new(
                    format!("主体代码{code}登记的名称是“{known}”，与“{given}”不符"),
                    format!("{code} is registered as {known:?}, not {given:?}"),
                );
                c.fault("行使主体", bad);
            }
            Some(region)
        }
        None => {
            c.fault(
                "主体代码",
                Bad::new(format!("{code}未登记为执法主体"), format!("{code} is not registered as an agency")),
            );
            None
        }
    });
    let levels: Vec<&str> = RegionLevel::ALL.iter().map(|level| level.zh()).collect();
    let least_level = match c.get("法定层级") {
        "" => None,
        _ => c.word("法定层级", RegionLevel::from_zh, &levels),
    };
    let grant = c.optional_text("授权文件", forms::TITLE);
    let terms = c.lines("事项要素", cells::term);
    let otherwise = c.lines("另有规定", cells::otherwise);
    let exclusive = c.word("专属行使", yes_no, &["是", "否"]);
    // An item may be exercised in a part of the agency's region.
    let region = match (within, region) {
        (Some(within), Some(region)) if !region.contains(&within) => {
            let bad = Bad::new(
                format!("区划{within}不在主体的区划{region}之内"),
                format!("the region {within} does not lie in the agency's, {region}"),
            );
            c.fault("区划", bad);
            None
        }
        (within, region) => within.or(region),
    };
    if faults.count() > before {
        return None;
    }
    Some(ItemContent {
        item: item?,
        base_code: base_code?,
        name: name?,
        subitem: subitem.filter(|s| !s.is_empty()),
        kind: kind?,
        agency: agency?,
        region: region?,
        field: field?,
        bases,
        outcomes,
        measures,
        allows,
        otherwise,
        terms,
        duties: duties.into(),
        responsible: responsible?,
        accountability: accountability?,
        flow,
        supervision: supervision?,
        exercised_at: exercised_at.filter(|text| !text.is_empty()),
        remarks: remarks.filter(|text| !text.is_empty()),
        least_level,
        grant: grant.filter(|text| !text.is_empty()),
        exclusive: exclusive?,
    })
}

/// A charge as a row says it.
#[derive(Clone, Debug)]
pub struct FeeRow {
    /// The item.
    pub item: ItemCode,
    /// What is charged for.
    pub name: String,
    /// What it rests on.
    pub basis: LegalBasis,
    /// Highest charge.
    pub standard_fen: i64,
    /// Per what.
    pub unit: String,
    /// What the agency charges, when that is less.
    pub charge_fen: Option<i64>,
}

/// A charge.
pub fn fee(table: &Table, row: &Row, faults: &mut Faults) -> Option<FeeRow> {
    let before = faults.count();
    let mut c = open(table, row, faults);
    let item = c.code::<ItemCode>("实施编码", "12位基本编码加本机关编码");
    let name = c.text("收费项目", forms::NAME);
    let bases = c.lines("依据", cells::basis);
    if bases.len() != 1 && c.faults.count() == before {
        c.fault("依据", Bad::new("须写明一条依据", "must be one basis"));
    }
    let standard_fen = c.yuan("收费标准");
    let unit = c.optional_text("计费单位", forms::FIELD);
    let charge_fen = if c.get("实际收费").is_empty() { None } else { c.yuan("实际收费") };
    if faults.count() > before {
        return None;
    }
    let basis = bases.into_iter().next()?;
    Some(FeeRow { item: item?, name: name?, basis, standard_fen: standard_fen?, unit: unit?, charge_fen })
}

/// The standard of one base code: its tiers, and where it stands.
#[derive(Clone, Debug)]
pub struct StandardRows {
    /// The matter.
    pub base_code: BaseCode,
    /// Whose it is; that of every agency with the matter when none is named.
    pub agency: Option<Uscc>,
    /// Its tiers, in the order of the rows.
    pub tiers: Vec<Tier>,
    /// The file.
    pub file: String,
    /// The sheet.
    pub tab: String,
    /// Its first row.
    pub row: u32,
}

/// All standards of a file.
pub fn standards(table: &Table, faults: &mut Faults) -> Vec<StandardRows> {
    let mut found: Vec<StandardRows> = Vec::new();
    let mut places: BTreeMap<(BaseCode, Option<Uscc>), usize> = BTreeMap::new();
    let levels: Vec<&str> = TierLevel::ALL.iter().map(|l| l.zh()).collect();
    for row in &table.rows {
        let before = faults.count();
        let mut c = open(table, row, faults);
        let base_code = c.code::<BaseCode>("基本编码", "12位数字（若以数字格式保存会丢失前导零，请设为文本）");
        let level = c.word("阶次", TierLevel::from_zh, &levels);
        let circumstances = c.text("适用情形", forms::TEXT);
        let outcomes = c.outcomes();
        let agency = if c.get("主体代码").is_empty() {
            None
        } else {
            c.code::<Uscc>("主体代码", "18位统一社会信用代码，校验码须正确")
        };
        let code = c.optional_text("阶次编码", forms::CERTIFICATE);
        let (Some(base_code), Some(level), Some(circumstances)) = (base_code, level, circumstances) else { continue };
        if faults.count() > before {
            continue;
        }
        let at = *places.entry((base_code.clone(), agency.clone())).or_insert_with(|| {
            let (file, tab) = (table.file.clone(), table.tab.clone());
            found.push(StandardRows { base_code, agency, tiers: vec![], file, tab, row: row.number });
            found.len() - 1
        });
        let tiers = &mut found[at].tiers;
        let code = code.filter(|code| !code.is_empty()).unwrap_or_else(|| tier_code(tiers, level));
        tiers.push(Tier { code, level, circumstances, outcomes });
    }
    found
}
