//! What an agency sets or orders beyond a case: targets, and stops of a whole trade.

use law::{
    Act, Breach, Check, Mode, Refusal,
    decider::{Decided, Decider},
    id::{RegionCode, Uscc},
    order::After,
};

pub use super::events::Order;
use super::{
    events::{AgencyEvent, StepRefused},
    rules::orders::{self, EN_QUOTA, EN_STOP},
};

/// The stream of an agency's orders.
pub fn stream(agency: &Uscc) -> String {
    format!("agency/{agency}")
}

/// An order, with the region it is given in.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub order: Order,
    /// The agency's region.
    pub region: RegionCode,
}

/// Nothing of earlier orders matters for the next.
#[derive(Clone, Copy, Debug, Default)]
pub struct Orders;

/// Decides orders.
#[derive(Debug)]
pub struct Agencies;

impl Decider for Agencies {
    type Command = Command;
    type State = Orders;
    type Event = AgencyEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.order.answers()
    }

    fn decide(_: &Orders, act: &Act, command: &Command) -> Result<Vec<Decided<AgencyEvent>>, Refusal> {
        let mut check = Check::on(act.day());
        let event: AgencyEvent = match &command.order {
            Order::SetTarget(e) => {
                check.rule(&EN_QUOTA, orders::no_quota(e.measure, &e.description));
                e.clone().dated(act.at).into()
            }
            Order::OrderAreaStop(e) => {
                check.rule(&EN_STOP, orders::stop_allowed(e.ground, &e.basis, &e.approval));
                e.clone().dated(act.at).into()
            }
        };
        Ok(vec![Decided::under(check.settle(act.mode)?, event)])
    }

    fn evolve(_: &mut Orders, _: &AgencyEvent) {}

    fn attempt(_: &Orders, act: &Act, command: &Command, breaches: &[Breach]) -> Option<AgencyEvent> {
        if act.mode != Mode::Handling {
            return None;
        }
        let (agency, summary) = match &command.order {
            Order::SetTarget(e) => (&e.agency, format!("下达指标：{}（{}年，{}）", e.description, e.year, e.value)),
            Order::OrderAreaStop(e) => (&e.agency, format!("要求{}停产停业（{}）", e.trade, e.area)),
        };
        let step = command.order.name().to_owned();
        let (agency, region) = (agency.clone(), command.region.clone());
        Some(StepRefused { step, breaches: breaches.to_vec(), summary, agency, region }.into())
    }
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::{
        case::sample,
        events::{AreaStopGround, AreaStopOrdered, TargetMeasure, TargetSet},
    };

    fn target(measure: TargetMeasure) -> Command {
        let target = TargetSet {
            agency: sample::agency().agency,
            year: 2024,
            measure,
            value: 95,
            description: "年度目标".into(),
            set_by: "李局长".into(),
            at: None,
        };
        Command { order: Order::SetTarget(target), region: sample::agency().region }
    }

    fn stop(ground: Option<AreaStopGround>) -> Command {
        let order = AreaStopOrdered {
            agency: sample::agency().agency,
            area: "230883".parse().unwrap(),
            trade: "餐饮".into(),
            ground,
            basis: "《安全生产法》第七十条".into(),
            approval: "市政府批复1号".into(),
            at: None,
        };
        Command { order: Order::OrderAreaStop(order), region: sample::agency().region }
    }

    #[test]
    fn a_target_of_quality_is_set_and_a_quota_refused() {
        let act = sample::act("2024-03-04T09:00");
        given::<Agencies>([]).when(&act, &target(TargetMeasure::FileQuality)).satisfies("EN-QUOTA");
        given::<Agencies>([]).when(&act, &target(TargetMeasure::FineAmount)).refused_by("EN-QUOTA");
        given::<Agencies>([])
            .when(&sample::reporting("2024-03-04T09:00"), &target(TargetMeasure::FineAmount))
            .violates("EN-QUOTA");
    }

    #[test]
    fn an_approved_stop_is_ordered_and_a_blanket_one_refused() {
        let act = sample::act("2024-03-04T09:00");
        given::<Agencies>([]).when(&act, &stop(Some(AreaStopGround::LifeSafety))).satisfies("EN-STOP");
        given::<Agencies>([]).when(&act, &stop(None)).refused_by("EN-STOP");
    }

    #[test]
    fn a_refused_order_is_kept() {
        let act = sample::act("2024-03-04T09:00");
        let kept = Agencies::attempt(&Orders, &act, &stop(None), &[]).expect("kept");
        assert!(matches!(kept, AgencyEvent::StepRefused(e) if e.step == "OrderAreaStop" && e.summary.contains("餐饮")));
    }
}
