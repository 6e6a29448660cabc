//! A citizen is fined on the spot: the limits of the simple procedure, the way of the cash, and what is kept of him.

mod unnamed;

use std::sync::LazyLock;

use proto::enforcement::v1 as wire;
use stories::{
    canary,
    suite::{self, Engine, Running},
};

use crate::{
    county::{self, HEAD, UNCHECKED_FOOD, XU},
    engines::on_both_engines,
    matter::{Matter, fine},
    people::{Head, MARKET, Officer, command::Receipted as _},
};

on_both_engines! {
    a_citizen_is_fined_on_the_spot_and_stays_unnamed,
    an_organisation_is_fined_more_on_the_spot,
    cash_that_dawdles_is_found,
}

/// Fined on the spot.
static WANG: LazyLock<canary::Person> = LazyLock::new(|| canary::person("王"));

/// An officer who fines on the spot, and what he hands in.
struct Spot<'a> {
    officer: Officer<'a>,
    head: Head<'a>,
    file: wire::ObjectRef,
}

async fn on_the_spot(running: &Running) -> Spot<'_> {
    let written = county::found(running).await;
    let officer = Officer::of(running, MARKET, XU).having_seen(written);
    let head = Head::of(running, MARKET, HEAD).having_seen(written);
    let file = officer.hands_in("当场处罚笔录（示例）".as_bytes(), "text/plain").await;
    Spot { officer, head, file }
}

pub(crate) async fn a_citizen_is_fined_on_the_spot_and_stays_unnamed(engine: Engine) {
    let running = suite::start(engine).await;
    let spot = on_the_spot(&running).await;
    let matter = Matter::new();
    unnamed::is_not_recorded(&spot, &matter).await;

    // 6 March 2025 is a Thursday: two working days end on Monday, two more on Wednesday.
    let filed = spot.told("2025-03-06", &matter, citizen(), 201).await;
    assert!(filed.ends_with("〔2025〕1号"), "{filed}");
    let above = spot.officer.tries("2025-03-06T09:15", decision(&matter, 201)).await;
    above.under(&["EN-SIMPLE"], "罚款201元超过当场处罚的上限200元", "above the limit of 200 on the spot");
    let confiscation = wire::Penalty { kind: wire::PenaltyKind::ConfiscateGains.into(), ..fine(10) };
    let other_kind = wire::DecidePenaltyRequest { penalties: vec![confiscation], ..decision(&matter, 10) };
    let refused = spot.officer.tries("2025-03-06T09:16", other_kind).await;
    let rules = ["EN-NOTICE", "EN-RANGE", "EN-SIMPLE"];
    refused.under(&rules, "当场处罚只能是警告或者小额罚款", "cannot be imposed on the spot");
    let decided = spot.officer.does("2025-03-06T09:20", decision(&matter, 200)).await;
    assert_eq!((decided.receipt().violations.len(), decided.fine_fen, decided.major), (0, 20_000, false));
    spot.officer.does("2025-03-06T09:25", matter.service()).await;

    paid_in_cash(&spot, &matter).await;
    reported_and_closed(&spot, &matter).await;
    not_twice_for_one_act(&spot, &decided.number).await;
    unnamed::nothing_names_him(&running, &spot, &matter).await;
    running.stop().await;
}

async fn paid_in_cash(spot: &Spot<'_>, matter: &Matter) {
    let without_ground = cash(matter, 200, wire::SpotGround::Unspecified);
    let refused = spot.officer.tries("2025-03-06T09:27", without_ground).await;
    refused.under(&["EN-SEPARATE"], "没有当场收缴的法定情形", "no ground for taking the fine on the spot");
    let as_a_small_one = cash(matter, 200, wire::SpotGround::UpTo100Yuan);
    let refused = spot.officer.tries("2025-03-06T09:28", as_a_small_one).await;
    refused.under(&["EN-SEPARATE"], "罚款200元超过当场收缴的一百元上限", "above the 100 yuan that may be taken");
    let hard_afterwards = cash(matter, 200, wire::SpotGround::HardAfterwards);
    let without_receipt = wire::RecordPaymentRequest { receipt: String::new(), ..hard_afterwards.clone() };
    let refused = spot.officer.tries("2025-03-06T09:29", without_receipt).await;
    refused.under(&["EN-RECEIPT"], "当事人有权拒缴", "the party may refuse to pay without one");
    let paid = spot.officer.does("2025-03-06T09:30", hard_afterwards).await;
    assert_eq!(paid.outstanding_fen, 0);
    assert_eq!(spot.clocks(matter).await, [("EN-SPOT-CASH:agency".to_owned(), "2025-03-10".to_owned())]);

    let refused = spot.officer.tries("2025-03-10T08:55", delivery(matter, 201)).await;
    refused.by_state("MORE_THAN_TAKEN");
    spot.officer.does("2025-03-10T09:00", delivery(matter, 200)).await;
    assert_eq!(spot.clocks(matter).await, [("EN-SPOT-CASH:bank".to_owned(), "2025-03-12".to_owned())]);
    spot.officer.does("2025-03-12T09:00", banking(matter, 200)).await;
    assert_eq!(spot.clocks(matter).await, []);
}

async fn reported_and_closed(spot: &Spot<'_>, matter: &Matter) {
    spot.officer.does("2025-03-12T09:30", report(matter)).await;
    spot.recorded("2025-03-12T10:00", matter).await;
    let closed = spot.head.does("2025-03-13T09:00", closing(matter)).await;
    assert_eq!(closed.receipt().violations, []);
}

/// The digest of his number is enough to know him again.
async fn not_twice_for_one_act(spot: &Spot<'_>, number: &str) {
    let again = Matter::new();
    spot.told("2025-03-14", &again, citizen(), 100).await;
    let refused = spot.officer.tries("2025-03-14T09:20", decision(&again, 100)).await;
    refused.under(&["EN-TWICE"], number, "for an act on the same days at the same place");
}

pub(crate) async fn an_organisation_is_fined_more_on_the_spot(engine: Engine) {
    let running = suite::start(engine).await;
    let spot = on_the_spot(&running).await;
    let matter = Matter::new();
    spot.told("2025-03-06", &matter, crate::matter::party(), 3_001).await;
    let refused = spot.officer.tries("2025-03-06T09:15", decision(&matter, 3_001)).await;
    let rules = ["EN-RANGE", "EN-SIMPLE"];
    refused.under(&rules, "罚款3,001元超过当场处罚的上限3,000元", "above the limit of 3,000 on the spot");
    let decided = spot.officer.does("2025-03-06T09:20", decision(&matter, 3_000)).await;
    assert_eq!((decided.receipt().violations.len(), decided.fine_fen), (0, 300_000));
    running.stop().await;
}

pub(crate) async fn cash_that_dawdles_is_found(engine: Engine) {
    let running = suite::start(engine).await;
    let spot = on_the_spot(&running).await;
    let matter = Matter::new();
    let filed = spot.told("2025-03-06", &matter, citizen(), 100).await;
    spot.officer.does("2025-03-06T09:20", decision(&matter, 100)).await;
    spot.officer.does("2025-03-06T09:25", matter.service()).await;
    spot.officer.does("2025-03-06T09:30", cash(&matter, 100, wire::SpotGround::UpTo100Yuan)).await;
    // The third working day, and the third after that: each a day too late.
    spot.officer.does("2025-03-11T09:00", delivery(&matter, 100)).await;
    spot.officer.does("2025-03-14T09:00", banking(&matter, 100)).await;
    spot.recorded("2025-03-14T10:00", &matter).await;
    let closed = spot.head.does("2025-03-17T09:00", closing(&matter)).await;
    let broken: Vec<_> = closed.receipt().violations.iter().map(|v| (v.rule.as_str(), v.zh.as_str())).collect();
    assert_eq!(broken, [("EN-SIMPLE-REPORT", "当场处罚决定没有报本机关备案；请补报")]);

    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    for (rule, times) in [("EN-SPOT-CASH", 2), ("EN-SIMPLE-REPORT", 1), ("EN-SEPARATE", 0)] {
        let (status, page) = running.page(&format!("/findings?rule={rule}"), Some(&token)).await;
        assert_eq!((status, page.matches(&filed).count()), (200, times), "{rule}: {page}");
    }
    running.stop().await;
}

impl Spot<'_> {
    /// Files on the morning of a day, with evidence, told and waived; answers the filing number.
    async fn told(&self, day: &str, matter: &Matter, party: wire::Party, yuan: i64) -> String {
        let filed = self.officer.does(&format!("{day}T09:00"), filing(matter, party)).await;
        self.officer.does(&format!("{day}T09:05"), matter.evidence(&self.file)).await;
        let notice = wire::NotifyPenaltyRequest { penalties: vec![fine(yuan)], ..matter.notice() };
        self.officer.does(&format!("{day}T09:10"), notice).await;
        let waiver = wire::WaiveStatementRequest {
            case_id: matter.case_id.clone(),
            how: "当场签字放弃".to_owned(),
            ..wire::WaiveStatementRequest::default()
        };
        self.officer.does(&format!("{day}T09:12"), waiver).await;
        filed.number
    }

    async fn recorded(&self, at: &str, matter: &Matter) {
        for stage in [wire::RecordStage::Investigation, wire::RecordStage::Decision, wire::RecordStage::Service] {
            self.officer.does(at, matter.record(stage, &self.file)).await;
        }
    }

    /// The clocks that run, each with its last day.
    async fn clocks(&self, matter: &Matter) -> Vec<(String, String)> {
        let case = self.officer.reads_case(&matter.case_id).await.expect("the case");
        case.open_clocks.into_iter().map(|c| (c.clock, c.due)).collect()
    }
}

fn citizen() -> wire::Party {
    wire::Party {
        kind: wire::PartyKind::Citizen.into(),
        name: WANG.name.clone(),
        id_number: WANG.id_number.clone(),
        phone: WANG.phone.clone(),
        address: WANG.address.clone(),
        ..wire::Party::default()
    }
}

fn filing(matter: &Matter, party: wire::Party) -> wire::FileCaseRequest {
    wire::FileCaseRequest {
        procedure: wire::Procedure::Simple.into(),
        item_code: UNCHECKED_FOOD.to_owned(),
        party: Some(party),
        ..matter.filing()
    }
}

fn decision(matter: &Matter, yuan: i64) -> wire::DecidePenaltyRequest {
    wire::DecidePenaltyRequest { penalties: vec![fine(yuan)], ..matter.decision() }
}

fn cash(matter: &Matter, yuan: i64, ground: wire::SpotGround) -> wire::RecordPaymentRequest {
    wire::RecordPaymentRequest {
        channel: wire::PayChannel::OnSpot.into(),
        spot_ground: ground.into(),
        collector: XU.to_owned(),
        receipt: "黑财票0007".to_owned(),
        ..matter.payment(yuan)
    }
}

fn delivery(matter: &Matter, yuan: i64) -> wire::DeliverCashRequest {
    wire::DeliverCashRequest { case_id: matter.case_id.clone(), amount_fen: yuan * 100, ..Default::default() }
}

fn banking(matter: &Matter, yuan: i64) -> wire::BankCashRequest {
    let (case_id, receipt) = (matter.case_id.clone(), "缴款书0007".to_owned());
    wire::BankCashRequest { case_id, amount_fen: yuan * 100, receipt, ..Default::default() }
}

fn report(matter: &Matter) -> wire::ReportSpotDecisionRequest {
    let (case_id, to) = (matter.case_id.clone(), "市场监督管理局法制股".to_owned());
    wire::ReportSpotDecisionRequest { case_id, to, ..Default::default() }
}

fn closing(matter: &Matter) -> wire::CloseCaseRequest {
    wire::CloseCaseRequest { reason: wire::CloseReason::Performed.into(), ..matter.closing() }
}
