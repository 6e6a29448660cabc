//! What an agency sets or orders beyond a case.

use kernel::Fields;
use proto::{
    common::v1::{CommandMeta, Receipt},
    enforcement::v1 as p,
};

use super::{Sent, read::Read as _, sender_name};
use crate::domain::{
    agency::Order,
    events::{AreaStopOrdered, TargetSet},
};

/// A request that is an order of an agency.
pub(crate) trait OrderRequest: prost::Message + Sized + 'static {
    /// Its answer.
    type Response: Send;
    /// Frame and agency.
    fn frame(&self) -> (Option<&CommandMeta>, &str);
    /// The order; `None` when a field is at fault.
    fn read(&self, f: &mut Fields, sent: &Sent<'_>) -> Option<Order>;
    /// The answer.
    fn answer(receipt: Receipt, agency: String) -> Self::Response;
}

impl OrderRequest for p::SetTargetRequest {
    type Response = p::SetTargetResponse;

    fn frame(&self) -> (Option<&CommandMeta>, &str) {
        (self.meta.as_ref(), &self.agency)
    }

    fn read(&self, f: &mut Fields, sent: &Sent<'_>) -> Option<Order> {
        let agency = f.parse("agency", &self.agency);
        let year = i16::try_from(self.year).ok().filter(|year| (2000..=2100).contains(year));
        if year.is_none() {
            f.fault("year", "must be a year from 2000 to 2100");
        }
        let measure = f.word("measure", self.measure);
        let description = f.said("description", &self.description);
        let set_by =
            f.maybe("set_by", &self.set_by).map(|by| by.unwrap_or_else(|| sender_name(sent.caller).to_owned()));
        Some(Order::SetTarget(TargetSet {
            agency: agency?,
            year: year?,
            measure: measure?,
            value: self.value,
            description: description?,
            set_by: set_by?,
            at: Some(sent.act.at),
        }))
    }

    fn answer(receipt: Receipt, agency: String) -> Self::Response {
        p::SetTargetResponse { receipt: Some(receipt), agency }
    }
}

impl OrderRequest for p::OrderAreaStopRequest {
    type Response = p::OrderAreaStopResponse;

    fn frame(&self) -> (Option<&CommandMeta>, &str) {
        (self.meta.as_ref(), &self.agency)
    }

    fn read(&self, f: &mut Fields, sent: &Sent<'_>) -> Option<Order> {
        let agency = f.parse("agency", &self.agency);
        let area = f.parse("area", &self.area);
        let trade = f.name("trade", &self.trade);
        let ground = f.maybe_word("ground", self.ground);
        let basis = f.told("basis", &self.basis);
        let approval = f.told("approval", &self.approval);
        Some(Order::OrderAreaStop(AreaStopOrdered {
            agency: agency?,
            area: area?,
            trade: trade?,
            ground: ground?,
            basis: basis?,
            approval: approval?,
            at: Some(sent.act.at),
        }))
    }

    fn answer(receipt: Receipt, agency: String) -> Self::Response {
        p::OrderAreaStopResponse { receipt: Some(receipt), agency }
    }
}
