//! What a case is about: agency, item, party, act, officers, tier and penalty, drawn by chance.

use jiff::civil::Date;
use proto::enforcement::v1::{self as wire, PartyKind, PenaltyKind};

use super::{
    chance::Chance,
    county::{Agency, County, Item, Object, Officer, Tier},
    days,
    range::{Outcome, Range},
    words,
};

/// From which amount a penalty gives the right to a hearing and makes a decision a major one, in fen (the service's
/// default parameters).
const LARGER_CITIZEN: i64 = 500_000;
const LARGER_ORGANISATION: i64 = 5_000_000;
/// What may be imposed on the spot, in fen (APL 51).
const SPOT_CITIZEN: i64 = 20_000;
const SPOT_ORGANISATION: i64 = 300_000;

/// What kind of matter a script asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Whatever comes.
    Any,
    /// One that may be decided on the spot.
    Spot,
    /// An ordinary one with a fine, below the larger amount.
    Fine,
    /// One with the right to a hearing.
    Major,
    /// One whose standard has a tier of no penalty.
    Exempt,
    /// One whose agency may seal or seize in this field.
    Measure,
}

/// What a case is about.
#[derive(Clone, Debug)]
pub(super) struct Matter<'a> {
    pub(super) agency: &'a Agency,
    pub(super) head: String,
    pub(super) item: &'a Item,
    pub(super) tier: &'a Tier,
    pub(super) officers: [&'a Officer; 2],
    /// Colleagues of the agency.
    pub(super) staff: Staff<'a>,
    /// An item of another agency.
    pub(super) foreign: &'a Item,
    /// The agency's own power to seal or seize in this field.
    pub(super) measure: Option<&'a Item>,
    pub(super) party: wire::Party,
    pub(super) organisation: bool,
    /// The name as recorded texts carry it: 当事人 for a citizen.
    pub(super) party_name: String,
    pub(super) violation: wire::Violation,
    pub(super) penalties: Vec<wire::Penalty>,
    pub(super) bases: Vec<wire::BaseAmount>,
    pub(super) trade: String,
}

impl Matter<'_> {
    /// Sum of the fines, in fen.
    pub(super) fn fine(&self) -> i64 {
        fine_of(&self.penalties)
    }

    /// Whether the penalty gives the right to a hearing (APL 63).
    pub(super) fn major(&self) -> bool {
        larger(&self.penalties, self.organisation)
    }

    /// What is not money.
    pub(super) fn other_than_fine(&self) -> bool {
        self.penalties.iter().any(|p| p.kind() != PenaltyKind::Fine && p.kind() != PenaltyKind::Warning)
    }
}

/// Colleagues of the officers in charge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Staff<'a> {
    /// Reviews, and does not investigate.
    pub(super) reviewer: &'a Officer,
    /// Hosts hearings, and does not investigate.
    pub(super) host: &'a Officer,
    /// Has no certificate valid for this field that day.
    pub(super) uncertified: Option<&'a Officer>,
    /// Auxiliary staff.
    pub(super) auxiliary: Option<&'a Officer>,
}

/// Sum of the fines among penalties, in fen.
pub(super) fn fine_of(penalties: &[wire::Penalty]) -> i64 {
    penalties.iter().filter(|p| p.kind() == PenaltyKind::Fine).filter_map(|p| p.amount_fen).sum()
}

/// APL 63.
fn larger(penalties: &[wire::Penalty], organisation: bool) -> bool {
    use PenaltyKind as K;
    let larger = if organisation { LARGER_ORGANISATION } else { LARGER_CITIZEN };
    let sum = |kind| penalties.iter().filter(|p| p.kind() == kind).filter_map(|p| p.amount_fen).sum::<i64>();
    [K::Fine, K::ConfiscateGains, K::ConfiscateGoods].into_iter().any(|kind| sum(kind) >= larger)
        || penalties.iter().any(|p| {
            matches!(
                p.kind(),
                K::LowerQualification | K::RevokeLicence | K::SuspendProduction | K::CloseDown | K::BarFromTrade
            )
        })
}

/// Draws matters; remembers who was held to account for which days, so that no act is met twice by chance.
pub(super) struct Draw<'a> {
    county: &'a County,
    /// Agencies with penalty items, with their share of the year's cases.
    agencies: Vec<(&'a Agency, u64)>,
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
        let agencies =
            county.agencies.iter().filter(|a| county.penalties.contains_key(&a.code)).map(|a| (a, share(a))).collect();
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
        let agency = chance.weighted(&self.agencies, |(_, share)| *share)?.0;
        let items = self.county.penalties.get(&agency.code)?;
        let item = chance.weighted(items, weight)?;
        if want == Want::Measure && self.measure(item).is_none() {
            return None;
        }
        if want == Want::Exempt && item.tier("不予").is_none() {
            return None;
        }
        let organisation = !chance.percent(citizens(&item.field));
        let tier = tier(chance, item, want)?;
        let (penalties, bases) = penalties(chance, tier, organisation)?;
        let fits = match want {
            Want::Any | Want::Exempt | Want::Measure => true,
            // A multiple needs its base, which only the conclusion of an investigation states.
            Want::Spot => spot(&penalties, organisation) && bases.is_empty(),
            Want::Fine => fine_of(&penalties) > 0 && !larger(&penalties, organisation),
            Want::Major => larger(&penalties, organisation),
        };
        // Grave penalties are rare in a county's year, even where the article gives them.
        if !fits || (want == Want::Any && larger(&penalties, organisation) && !chance.percent(45)) {
            return None;
        }
        let officers = self.officers(chance, agency, &item.field, day)?;
        let staff = self.staff(chance, agency, officers, &item.field, day)?;
        let foreign = self.county.penalties.iter().find(|(code, _)| **code != agency.code)?.1.first()?;
        let from = days::add(day, -chance.between(3, 40));
        let ended = days::add(from, chance.between(0, 2)).min(day);
        let (party, party_name, region, place, trade) = if organisation {
            let object = self.object(chance, &item.field, from, day)?;
            let kind = if object.code.starts_with("92") { PartyKind::OtherOrganisation } else { PartyKind::LegalPerson };
            let party =
                wire::Party { kind: kind.into(), name: object.name.clone(), uscc: object.code.clone(), ..Default::default() };
            (party, object.name.clone(), object.region.clone(), object.address.clone(), object.trade.clone())
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
            (party, name, region.clone(), place, "个人".to_owned())
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
            head: words::head(&agency.code),
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
            bases,
            trade,
        })
    }

    /// Two officers whose certificates cover the field for as long as an investigation may last.
    fn officers(&self, chance: &mut Chance, agency: &Agency, field: &str, day: Date) -> Option<[&'a Officer; 2]> {
        let ours = |o: &Officer| {
            o.agency == agency.code
                || self.county.agency(&o.agency).and_then(|a| self.county.entrusted_by(a)).is_some_and(|a| a.code == agency.code)
        };
        let until = days::add(day, 75);
        let able: Vec<&Officer> =
            self.county.officers.iter().filter(|o| ours(o) && o.certified(field, day, until)).collect();
        let first = *chance.pick(&able)?;
        let rest: Vec<&Officer> = able.into_iter().filter(|o| o.code != first.code).collect();
        Some([first, *chance.pick(&rest)?])
    }

    fn staff(
        &self,
        chance: &mut Chance,
        agency: &Agency,
        officers: [&Officer; 2],
        field: &str,
        day: Date,
    ) -> Option<Staff<'a>> {
        let others: Vec<&Officer> = self
            .county
            .officers
            .iter()
            .filter(|o| o.agency == agency.code && officers.iter().all(|acting| acting.code != o.code))
            .collect();
        let of = |role: &str| others.iter().copied().filter(|o| o.role == role).collect::<Vec<_>>();
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

    /// An enterprise of a fitting trade whose earlier acts are dealt with.
    fn object(&mut self, chance: &mut Chance, field: &str, from: Date, found: Date) -> Option<&'a Object> {
        let trades = trades(field);
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
        ours.iter().find(|m| m.field == item.field && (m.name.contains("扣押") || m.name.contains("查封")))
    }
}

/// Everyday matters come more often than grave ones: by the lowest fine of the lighter tier, in yuan.
fn weight(item: &Item) -> u64 {
    let lowest = item.tier("从轻").and_then(|t| {
        let low = |o: &Outcome| match (&o.range, o.kind) {
            (Some(Range::Amount { low, .. }), _) => Some(low / 100),
            (Some(Range::Multiple { .. }), _) => Some(10_000),
            (Some(Range::Days { .. }), _) => Some(1_000),
            (None, PenaltyKind::Warning) => Some(0),
            _ => None,
        };
        t.outcomes.iter().filter_map(low).min()
    });
    match lowest {
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

/// Whether this may be imposed on the spot (APL 51).
fn spot(penalties: &[wire::Penalty], organisation: bool) -> bool {
    let most = if organisation { SPOT_ORGANISATION } else { SPOT_CITIZEN };
    fine_of(penalties) <= most
        && penalties.iter().all(|p| matches!(p.kind(), PenaltyKind::Fine | PenaltyKind::Warning))
}

/// What the tier gives for this party: usually the lightest combination that punishes at all.
fn penalties(
    chance: &mut Chance,
    tier: &Tier,
    organisation: bool,
) -> Option<(Vec<wire::Penalty>, Vec<wire::BaseAmount>)> {
    let mut out: Vec<wire::Penalty> = Vec::new();
    let mut bases: Vec<wire::BaseAmount> = Vec::new();
    let fits = |o: &&Outcome| meant_for(o.condition.as_deref(), organisation);
    let fines: Vec<&Outcome> = tier.outcomes.iter().filter(|o| o.kind == PenaltyKind::Fine).filter(fits).collect();
    let warns = tier.outcomes.iter().any(|o| o.kind == PenaltyKind::Warning);
    if warns {
        out.push(penalty(PenaltyKind::Warning));
    }
    if (!warns || chance.percent(40)) && !fines.is_empty() {
        let (fine, base) = fines.iter().find_map(|o| amount(chance, o))?;
        bases.extend(base);
        out.push(wire::Penalty { amount_fen: Some(fine), ..penalty(PenaltyKind::Fine) });
    }
    if !organisation
        && let Some(o) = tier.outcomes.iter().find(|o| o.kind == PenaltyKind::Detention)
        && let Some(Range::Days { low, high }) = o.range
    {
        let days = chance.between(low.max(1).into(), high.into());
        out.push(wire::Penalty { days: u32::try_from(days).ok(), ..penalty(PenaltyKind::Detention) });
    }
    let gives = |kind| tier.outcomes.iter().any(|o| o.kind == kind);
    if gives(PenaltyKind::ConfiscateGains) && (out.is_empty() || chance.percent(35)) {
        let known = bases.iter().find(|b| b.of == "违法所得").map(|b| b.amount_fen);
        let gains = known.unwrap_or_else(|| chance.between(3, 60) * 10_000);
        out.push(wire::Penalty { amount_fen: Some(gains), ..penalty(PenaltyKind::ConfiscateGains) });
    }
    if gives(PenaltyKind::ConfiscateGoods) && chance.percent(20) {
        let what = format!("涉案物品{}件（见物品清单）", chance.between(1, 40));
        out.push(wire::Penalty {
            amount_fen: Some(chance.between(1, 50) * 10_000),
            what,
            ..penalty(PenaltyKind::ConfiscateGoods)
        });
    }
    let grave = [
        (PenaltyKind::SuspendProduction, "责令停产停业整顿"),
        (PenaltyKind::RevokeLicence, "吊销相关许可证件"),
        (PenaltyKind::SuspendLicence, "暂扣相关许可证件"),
        (PenaltyKind::LowerQualification, "降低资质等级一级"),
    ];
    let only_grave = out.is_empty();
    for (kind, what) in grave {
        let alone = only_grave && out.is_empty();
        if organisation && gives(kind) && (alone || (tier.level == "从重" && chance.percent(12))) {
            out.push(wire::Penalty { what: what.to_owned(), ..penalty(kind) });
        }
    }
    (!out.is_empty()).then_some((out, bases))
}

fn penalty(kind: PenaltyKind) -> wire::Penalty {
    wire::Penalty { kind: kind.into(), ..Default::default() }
}

/// Whether a condition of the article can be met by this party.
fn meant_for(condition: Option<&str>, organisation: bool) -> bool {
    let Some(condition) = condition else { return true };
    let persons = ["个人", "人员", "负责人", "所有人", "机动车所有人"].iter().any(|w| condition.contains(w));
    let bodies = ["单位", "企业", "机构", "广告主", "发布者", "经营者"].iter().any(|w| condition.contains(w));
    !condition.contains("事故") && if organisation { !persons } else { !bodies }
}

/// An amount inside the range, in whole yuan, with the base it is measured by.
fn amount(chance: &mut Chance, outcome: &Outcome) -> Option<(i64, Option<wire::BaseAmount>)> {
    match outcome.range.as_ref()? {
        Range::Amount { low, high } => {
            // Round where the range leaves room; people decide on round sums.
            let step = if high - low >= 1_000_000 { 50_000 } else if high - low >= 50_000 { 10_000 } else { 100 };
            let (from, to) = ((low + step - 1).div_euclid(step).max(1), high.div_euclid(step));
            // Most fines lie in the lower half of the tier.
            let most = if chance.percent(70) { from + (to - from) / 2 } else { to };
            (from <= to).then(|| (chance.between(from, most) * step, None))
        }
        Range::Multiple { of, low, high } => {
            let base = 10_000 * base_hundreds(chance, of)?;
            let hundredths = chance.between((*low).max(1), low + (high - low) / 2);
            (hundredths <= *high)
                .then(|| (base * hundredths / 100, Some(wire::BaseAmount { of: of.clone(), amount_fen: base })))
        }
        Range::Days { .. } => None,
    }
}

/// A usual amount of a base, in hundreds of yuan; `None` for bases that no everyday case has.
fn base_hundreds(chance: &mut Chance, of: &str) -> Option<i64> {
    match of {
        "货值金额" | "违法所得" => Some(chance.between(3, 60)),
        "广告费用" => Some(chance.between(5, 80)),
        of if of.contains("造价") || of.contains("价款") || of.contains("编制费") => Some(chance.between(200, 3_000)),
        _ => None,
    }
}
