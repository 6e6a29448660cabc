//! What agencies order beside their cases: targets of quality, once a quota of fines, once a blanket stop.

use jiff::civil::{Date, date};
use proto::enforcement::v1::{AreaStopGround, OrderAreaStopRequest, SetTargetRequest, TargetMeasure};

use super::{
    ask::Ask,
    county::{Agency, County},
    days,
    plan::{Seed, end},
    step::{Expect, Kind, Script, Step},
};

/// Numbers of these scripts, beyond those of any case.
pub(super) const FROM: u32 = 1_000_000;
/// The agency whose last order ends the year: the judicial bureau, which holds no penalty item.
pub(super) const LAST_BY: &str = "11230883MB01120105";

/// The orders of the year, in order.
pub(super) fn orders(seed: Seed, county: &County) -> Vec<Script> {
    let mut scripts = Vec::new();
    let mut number = FROM;
    let mut add = |agency: &Agency, day: Date, hour: i8, asks: Vec<(Ask, Expect)>| {
        let steps = asks.into_iter().zip(0..).map(|((ask, expect), n)| {
            let at = days::instant(day.at(hour, n * 20, 0, 0));
            Step {
                at,
                entered: days::full_hour(at),
                by: agency.chief(day),
                reported: false,
                ask,
                objects: Vec::new(),
                after: None,
                expect,
            }
        });
        let (case, agency) = (seed.id(&format!("order/{number}")), agency.code.clone());
        scripts.push(Script { number, case, kind: Kind::Order, agency, flaw: None, steps: steps.collect() });
        number += 1;
    };
    let holders = county.agencies.iter().filter(|a| county.penalties.contains_key(&a.code));
    for (n, agency) in holders.enumerate() {
        let mut asks = Vec::new();
        if n == 2 {
            let quota = target(agency, TargetMeasure::FineAmount, 3_000_000, "2026年罚款收入任务");
            asks.push((quota, Expect::Refused("EN-QUOTA")));
        }
        let quality = target(agency, TargetMeasure::FileQuality, 95, "2026年行政处罚案卷评查合格率（%）");
        asks.push((quality, Expect::Clean));
        add(agency, date(2026, 1, 8), 10, asks);
    }
    if let Some(agency) = county.agencies.iter().find(|a| a.short == "应急局") {
        let stop = |ground: AreaStopGround, basis: &str, approval: &str| {
            Ask::from(OrderAreaStopRequest {
                agency: agency.code.clone(),
                area: agency.region.clone(),
                trade: "烟花爆竹零售".to_owned(),
                ground: ground.into(),
                basis: basis.to_owned(),
                approval: approval.to_owned(),
                ..OrderAreaStopRequest::default()
            })
        };
        let lawful = stop(AreaStopGround::LifeSafety, "《烟花爆竹安全管理条例》", "抚远市人民政府批复（示例）");
        let asks =
            vec![(stop(AreaStopGround::Unspecified, "", ""), Expect::Refused("EN-STOP")), (lawful, Expect::Clean)];
        add(agency, date(2026, 2, 12), 9, asks);
    }
    scripts
}

/// The last command of the play, by which a suite knows that it was played to the end.
pub(super) fn last(seed: Seed, county: &County) -> Option<Script> {
    let agency = county.agencies.iter().find(|a| a.code == LAST_BY)?;
    let ask = target(agency, TargetMeasure::Timeliness, 100, "2026年下半年行政处罚办案期限合规率（%）");
    let step = Step {
        at: end(),
        entered: end(),
        by: agency.chief(days::local(end()).date()),
        reported: false,
        ask,
        objects: Vec::new(),
        after: None,
        expect: Expect::Clean,
    };
    let (case, agency) = (seed.id("last"), agency.code.clone());
    Some(Script { number: u32::MAX, case, kind: Kind::Order, agency, flaw: None, steps: vec![step] })
}

fn target(agency: &Agency, measure: TargetMeasure, value: i64, description: &str) -> Ask {
    SetTargetRequest {
        agency: agency.code.clone(),
        year: 2026,
        measure: measure.into(),
        value,
        description: description.to_owned(),
        set_by: agency.name.clone(),
        ..SetTargetRequest::default()
    }
    .into()
}
