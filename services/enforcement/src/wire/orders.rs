//! What an agency sets or orders beyond a case.

use super::prelude::*;

fn year(f: &mut Fields, path: &str, year: u32) -> Option<i16> {
    let read = i16::try_from(year).ok().filter(|year| (2000..=2100).contains(year));
    if read.is_none() {
        f.fault(path, "must be a year from 2000 to 2100");
    }
    read
}

kernel::asks! { Agencies, Order, agency;
    SetTargetRequest => SetTarget(TargetSet) |r, f, s| {
        agency: s.id.cloned(),
        year: year(f, "year", r.year),
        measure: f.word("measure", r.measure),
        value: Some(r.value),
        description: f.said("description", &r.description),
        set_by: f.maybe("set_by", &r.set_by).map(|by| by.unwrap_or_else(|| s.caller.label().to_owned())),
    };

    OrderAreaStopRequest => OrderAreaStop(AreaStopOrdered) |r, f, s| {
        agency: s.id.cloned(),
        area: f.parse("area", &r.area),
        trade: f.name("trade", &r.trade),
        ground: f.maybe_word("ground", r.ground),
        basis: f.told("basis", &r.basis),
        approval: f.told("approval", &r.approval),
    };
}
