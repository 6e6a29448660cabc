//! Matters drawn by chance from the county's lists.

use jiff::civil::Date;
use proto::enforcement::v1::{self as wire, PartyKind};

use super::{
    chance::Chance,
    county::{Agency, County, Item, Object, Officer, Tier},
    days,
    matter::{Matter, Staff, Want},
    penalty::{fine_of, larger, lowest, penalties, spot},
    words,
};

/// An agency with its items and its people.
struct Bench<'a> {
    agency: &'a Agency,
    /// Penalty items, with how often they come up.
    items: Vec<(&'a Item, u64)>,
    /// Who acts in its name: its own people, and those of an organisation it has entrusted.
    officers: Vec<&'a Officer>,
    /// Its own people.
    staff: Vec<&'a Officer>,
    /// An item of another agency.
    foreign: &'a Item,
}

impl<'a> Bench<'a> {
    fn of(county: &'a County, agency: &'a Agency) -> Option<Self> {
        let items = county.penalties.get(&agency.code)?.iter().map(|item| (item, weight(item))).collect();
        let acts_for =
            |a: &Agency| a.code == agency.code || county.entrusted_by(a).is_some_and(|o| o.code == agency.code);
        let bodies: Vec<&str> = county.agencies.iter().filter(|a| acts_for(a)).map(|a| a.code.as_str()).collect();
        Some(Self {
            agency,
            items,
            officers: county.officers.iter().filter(|o| bodies.contains(&o.agency.as_str())).collect(),
            staff: county.officers.iter().filter(|o| o.agency == agency.code).collect(),
            foreign: county.penalties.iter().find(|(code, _)| **code != agency.code)?.1.first()?,
        })
    }

    /// Two officers whose certificates cover the field for as long as an investigation may last.
    fn pair(&self, chance: &mut Chance, field: &str, day: Date) -> Option<[&'a Officer; 2]> {
        let until = days::add(day, 75);
        let able: Vec<&Officer> = self.officers.iter().copied().filter(|o| o.certified(field, day, until)).collect();
        let first = *chance.pick(&able)?;
        let rest: Vec<&Officer> = able.into_iter().filter(|o| o.code != first.code).collect();
        Some([first, *chance.pick(&rest)?])
    }

    fn colleagues(&self, chance: &mut Chance, acting: [&Officer; 2], field: &str, day: Date) -> Option<Staff<'a>> {
        let of = |role: &str| -> Vec<&'a Officer> {
            let others = self.staff.iter().copied().filter(|o| acting.iter().all(|a| a.code != o.code));
            // Who comes during the year is on no list before.
            others.filter(|o| o.role == role && o.from.is_none_or(|from| from <= day)).collect()
        };
        let colleagues = of("执法人员");
        let lapsed: Vec<&Officer> =
            colleagues.iter().copied().filter(|o| o.until.is_some_and(|until| until < day)).collect();
        let uncertified: Vec<&Officer> = match lapsed.is_empty() {
            true => colleagues.iter().copied().filter(|o| !o.certified(field, day, day)).collect(),
            false => lapsed,
        };
        Some(Staff {
            reviewer: *chance.pick(&of("法制审核人员"))?,
            host: *chance.pick(&colleagues)?,
            uncertified: chance.pick(&uncertified).copied(),
            auxiliary: chance.pick(&of("辅助人员")).copied(),
        })
    }
}

/// Draws matters; remembers who was held to account for which days, so that no act is met twice by chance.
pub(super) struct Draw<'a> {
    county: &'a County,
    /// Agencies with penalty items, with their share of the year's cases.
    agencies: Vec<(Bench<'a>, u64)>,
    /// Per object: the day up to which its acts are dealt with.
    dealt: Vec<Date>,
}

impl<'a> Draw<'a> {
    pub(super) fn new(county: &'a County) -> Self {
        let share = |a: &Agency| match a.short.as_str() {
            "市场监管局" => 34,
            "城管执法局" | "交通局" => 16,
            "农业农村局" => 9,
            "应急局" | "生态环境局" => 7,
            "人社局" => 4,
            "自然资源局" => 3,
            _ => 2,
        };
        let benches = county.agencies.iter().filter_map(|a| Some((Bench::of(county, a)?, share(a))));
        let agencies = benches.collect();
        Self { county, agencies, dealt: vec![Date::MIN; county.objects.len()] }
    }

    /// A matter that is found on `day`.
    pub(super) fn matter(&mut self, chance: &mut Chance, want: Want, day: Date) -> Matter<'a> {
        // Almost every draw fits at once; a wish that cannot be met falls back to whatever comes.
        (0..400)
            .find_map(|_| self.drawn(chance, want, day))
            .or_else(|| (0..400).find_map(|_| self.drawn(chance, Want::Any, day)))
            .unwrap_or_else(|| unreachable!("the seeds hold items that can be punished"))
    }

    fn drawn(&mut self, chance: &mut Chance, want: Want, day: Date) -> Option<Matter<'a>> {
        let bench = &chance.weighted(&self.agencies, |(_, share)| *share)?.0;
        let item = chance.weighted(&bench.items, |(_, weight)| *weight)?.0;
        if want == Want::Measure && self.measure(item).is_none() {
            return None;
        }
        if want == Want::Exempt && item.tier("不予").is_none() {
            return None;
        }
        let organisation = !chance.percent(citizens(&item.field));
        let tier = tier(chance, item, want)?;
        let (penalties, findings) = penalties(chance, item, tier, organisation)?;
        let fits = match want {
            Want::Any | Want::Exempt | Want::Measure => true,
            Want::Spot => spot(&penalties, organisation),
            Want::Fine => fine_of(&penalties) > 0 && !larger(&penalties, organisation),
            Want::Major => larger(&penalties, organisation),
        };
        // Grave penalties are rare in a county's year, even where the article gives them.
        if !fits || (want == Want::Any && larger(&penalties, organisation) && !chance.percent(45)) {
            return None;
        }
        let officers = bench.pair(chance, &item.field, day)?;
        let staff = bench.colleagues(chance, officers, &item.field, day)?;
        let (agency, foreign) = (bench.agency, bench.foreign);
        let from = days::add(day, -chance.between(3, 40));
        let ended = days::add(from, chance.between(0, 2)).min(day);
        let (party, party_name, region, place) = if organisation {
            let object = self.object(chance, item, from, day)?;
            let kind =
                if object.code.starts_with("92") { PartyKind::OtherOrganisation } else { PartyKind::LegalPerson };
            let party = wire::Party {
                kind: kind.into(),
                name: object.name.clone(),
                uscc: object.code.clone(),
                ..Default::default()
            };
            (party, object.name.clone(), object.region.clone(), object.address.clone())
        } else {
            let (region, township) = chance.pick(&self.county.townships)?;
            let (name, number) = words::citizen(chance);
            let party = wire::Party {
                kind: PartyKind::Citizen.into(),
                name: name.clone(),
                id_number: number,
                ..Default::default()
            };
            let place = format!("抚远市{township}{}{}号（虚构）", words::street(chance), chance.between(1, 399));
            (party, name, region.clone(), place)
        };
        // A citizen's name stays out of every text that is recorded.
        let party_name = if organisation { party_name } else { "当事人".to_owned() };
        let named = &party_name;
        let violation = wire::Violation {
            fact: format!("{named}涉嫌{}", item.act()),
            region,
            place,
            from: from.to_string(),
            until: ended.to_string(),
            grave: false,
            discovered: day.to_string(),
        };
        Some(Matter {
            agency,
            item,
            tier,
            officers,
            staff,
            foreign,
            measure: self.measure(item),
            party,
            organisation,
            party_name,
            violation,
            penalties,
            findings,
        })
    }

    /// An enterprise of a fitting trade whose earlier acts are dealt with.
    fn object(&mut self, chance: &mut Chance, item: &Item, from: Date, found: Date) -> Option<&'a Object> {
        let trades = TRADES.iter().find(|(word, _)| item.name.contains(word)).map_or(trades(&item.field), |(_, t)| *t);
        let free: Vec<usize> = (0..self.county.objects.len())
            .filter(|i| trades.contains(&self.county.objects[*i].trade.as_str()) && self.dealt[*i] < from)
            .collect();
        let at = *chance.pick(&free)?;
        self.dealt[at] = found;
        Some(&self.county.objects[at])
    }

    /// The agency's own power to seal or seize in the item's field.
    fn measure(&self, item: &Item) -> Option<&'a Item> {
        let ours = self.county.measures.get(&item.agency)?;
        ours.iter().find(|m| m.field == item.field && m.goods().is_some())
    }
}

/// Everyday matters come more often than grave ones.
fn weight(item: &Item) -> u64 {
    match lowest(item) {
        Some(0..2_000) => 12,
        Some(2_000..10_001) => 6,
        Some(10_001..50_000) => 3,
        Some(_) | None => 1,
    }
}

/// How many of a hundred parties are citizens.
fn citizens(field: &str) -> u32 {
    match field {
        "公安" => 100,
        "交通运输" | "城市管理" => 50,
        "农业" => 40,
        "城乡规划" => 20,
        "生态环境" | "卫生健康" => 10,
        _ => 5,
    }
}

/// Trades that an item's own words point to.
const TRADES: &[(&str, &[&str])] = &[
    ("客运", &["道路旅客运输"]),
    ("货运", &["道路货物运输"]),
    ("维修", &["机动车维修"]),
    ("餐饮", &["餐饮服务"]),
    ("食品生产", &["食品生产", "水产品加工"]),
    ("电梯", &["电梯使用与物业"]),
    ("锅炉", &["锅炉与供热"]),
    ("广告经营者", &["广告"]),
    ("旅行社", &["旅行社"]),
    ("危险化学品", &["危险化学品经营"]),
    ("烟花爆竹", &["烟花爆竹零售"]),
    ("农药", &["农资经营"]),
    ("兽药", &["农资经营"]),
    ("种子", &["农资经营"]),
    ("医疗机构", &["医疗机构"]),
    ("建筑", &["建筑施工"]),
    ("施工", &["建筑施工"]),
];

fn trades(field: &str) -> &'static [&'static str] {
    match field {
        "食品" => &["餐饮服务", "食品经营", "食品生产", "水产品加工"],
        "药品" => &["药品零售", "医疗机构"],
        "特种设备" => &["电梯使用与物业", "锅炉与供热", "工业制造", "住宿"],
        "产品质量" => &["工业制造", "农资经营", "进出口贸易", "食品经营"],
        "广告" => &["广告", "药品零售", "食品经营", "房地产开发", "医疗机构"],
        "消费维权" => &["食品经营", "旅行社", "机动车维修", "住宿"],
        "安全生产" => &["工业制造", "危险化学品经营", "烟花爆竹零售", "建筑施工", "锅炉与供热"],
        "生态环境" => &["工业制造", "水产品加工", "建筑施工", "机动车维修", "餐饮服务"],
        "交通运输" => &["道路货物运输", "道路旅客运输", "机动车维修"],
        "农业" => &["农资经营", "种植与养殖", "水产品加工"],
        "劳动保障" => &["建筑施工", "餐饮服务", "工业制造", "住宿"],
        "城乡规划" => &["房地产开发", "建筑施工", "工业制造"],
        "城市管理" => &["建筑施工", "餐饮服务", "食品经营", "电梯使用与物业"],
        "卫生健康" => &["医疗机构", "公共场所", "住宿"],
        _ => &["住宿", "公共场所"],
    }
}

fn tier<'a>(chance: &mut Chance, item: &'a Item, want: Want) -> Option<&'a Tier> {
    let levels: &[(&str, u64)] = match want {
        Want::Exempt => &[("从轻", 1)],
        Want::Spot => &[("从轻", 3), ("一般", 1), ("减轻", 2)],
        _ => &[("减轻", 15), ("从轻", 45), ("一般", 32), ("从重", 8)],
    };
    let there: Vec<(&Tier, u64)> = levels.iter().filter_map(|(l, w)| item.tier(l).map(|t| (t, *w))).collect();
    chance.weighted(&there, |(_, w)| *w).map(|(t, _)| *t)
}
