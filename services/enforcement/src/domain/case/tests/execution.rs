use super::*;
use lists::facts::{OfficerRole, Sender};

use crate::domain::{case::sample::*, events::*};

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

#[test]
fn service_sets_the_last_day_to_pay_and_the_time_for_the_court() {
    let mut events = decided();
    events.pop();
    let step = Step::ServeDecision(DecisionServed { pay_by: None, at: None, ..served() });
    let got = case(events).when(&act("2024-03-14T09:00"), &ask(step)).decided();
    assert_eq!(got[0].event, served().into());
    assert_eq!(changes(&got), ["stopped EN-SERVE", "opened EN-PAY", "opened EN-COURT", "extended EN-COURT"]);
}

#[test]
fn electronic_service_needs_consent() {
    let mut events = decided();
    events.pop();
    let step = Step::ServeDecision(DecisionServed { method: ServiceMethod::Electronic, ..served() });
    case(events).when(&act("2024-03-14T09:00"), &ask(step)).refused_by("EN-SERVE-ELECTRONIC");
}

pub(super) fn paid(amount_fen: i64, channel: PayChannel, spot_ground: Option<SpotGround>) -> FinePaid {
    let collector = (channel == PayChannel::OnSpot).then(|| code("A1"));
    FinePaid {
        amount_fen,
        surcharge_fen: 0,
        channel,
        collector,
        spot_ground,
        receipt: "黑财0001".into(),
        receipt_of: None,
        ashore_on: None,
        at: None,
    }
}

fn pay(amount_fen: i64, channel: PayChannel, ground: Option<SpotGround>) -> Step {
    Step::RecordPayment(paid(amount_fen, channel, ground))
}

#[test]
fn a_full_payment_stops_the_clocks_and_a_part_does_not() {
    let full = case(decided()).when(&act("2024-03-20T09:00"), &ask(pay(7_000_000, PayChannel::Bank, None))).decided();
    assert_eq!(changes(&full), ["stopped EN-PAY", "cancelled EN-COURT"]);
    let part = case(decided()).when(&act("2024-03-20T09:00"), &ask(pay(1_000_000, PayChannel::Bank, None))).decided();
    assert!(changes(&part).is_empty());
    case(decided())
        .when(&act("2024-03-20T09:00"), &ask(pay(7_000_001, PayChannel::Bank, None)))
        .not_possible("MORE_THAN_OWED");
}

#[test]
fn money_is_never_negative_and_never_nothing() {
    use law::{Decider as _, Refusal};
    for step in [
        pay(0, PayChannel::Bank, None),
        pay(-1, PayChannel::Bank, None),
        surcharge(1, -1),
        Step::DeliverCash(CashDelivered { amount_fen: 0, at: None }),
    ] {
        let given = case(decided());
        let answer = Cases::decide(given.state(), &act("2024-04-08T09:00"), &ask(step));
        assert!(matches!(answer, Err(Refusal::Invalid { .. })), "{answer:?}");
    }
    let unasked = FinePaid { surcharge_fen: 1, ..paid(1, PayChannel::Bank, None) };
    case(decided()).when(&act("2024-04-08T09:00"), &ask(Step::RecordPayment(unasked))).not_possible("MORE_THAN_OWED");
}

#[test]
fn the_agency_does_not_collect_its_own_fine() {
    let when = act("2024-03-20T09:00");
    case(decided()).when(&when, &ask(pay(7_000_000, PayChannel::OnSpot, None))).refused_by("EN-SEPARATE");
    let small = pay(7_000_000, PayChannel::OnSpot, Some(SpotGround::UpTo100Yuan));
    case(decided()).when(&when, &ask(small)).refused_by("EN-SEPARATE");
    let nothing = Step::RecordPayment(FinePaid { receipt: String::new(), ..paid(7_000_000, PayChannel::Bank, None) });
    case(decided()).when(&when, &ask(nothing)).refused_by("EN-RECEIPT");
}

#[test]
fn refuses_cash_taken_by_nobody_or_by_auxiliary_staff() {
    let taken = paid(7_000_000, PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest));
    let when = act("2024-03-20T09:00");
    case(decided()).when(&when, &ask(Step::RecordPayment(taken.clone()))).satisfies("OF-CERT");
    let nobody = ask(Step::RecordPayment(FinePaid { collector: None, ..taken.clone() }));
    case(decided()).when(&when, &nobody).refused_by("OF-CERT");
    case(decided()).when(&reporting("2024-03-20T09:00"), &nobody).violates("OF-CERT");
    let mut assisted = ask(Step::RecordPayment(taken));
    assisted.facts.officers[0].role = OfficerRole::Auxiliary;
    case(decided()).when(&when, &assisted).refused_by("OF-AUX");
}

#[test]
fn cash_goes_to_the_agency_and_then_to_the_bank() {
    let mut events = decided();
    let mut step = |when: &str, step: Step| {
        let decided = case(events.clone()).when(&act(when), &ask(step)).decided();
        events.push(decided[0].event.clone());
        changes(&decided)
    };
    let remote = pay(7_000_000, PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest));
    assert_eq!(
        step("2024-03-20T09:00", remote),
        ["opened EN-SPOT-CASH:agency", "stopped EN-PAY", "cancelled EN-COURT"]
    );
    let delivered = Step::DeliverCash(CashDelivered { amount_fen: 7_000_000, at: None });
    assert_eq!(
        step("2024-03-21T09:00", delivered.clone()),
        ["stopped EN-SPOT-CASH:agency", "opened EN-SPOT-CASH:bank"]
    );
    let banked = Step::BankCash(CashBanked { amount_fen: 7_000_000, receipt: "缴款书".into(), at: None });
    assert_eq!(step("2024-03-22T09:00", banked), ["stopped EN-SPOT-CASH:bank"]);
    case(events).when(&act("2024-03-22T10:00"), &ask(delivered)).not_possible("MORE_THAN_TAKEN");
}

fn surcharge(days: u16, amount_fen: i64) -> Step {
    Step::ImposeSurcharge(SurchargeImposed { days, amount_fen, total_fen: 0, at: None })
}

#[test]
fn a_surcharge_is_three_per_cent_a_day_after_the_last_day_to_pay() {
    // The last day to pay is 29 March; on 8 April the fine is ten days late.
    let when = act("2024-04-08T09:00");
    let events = case(decided()).when(&when, &ask(surcharge(10, 2_100_000))).satisfies("EN-SURCHARGE");
    assert_eq!(
        events,
        [SurchargeImposed { days: 10, amount_fen: 2_100_000, total_fen: 2_100_000, at: Some(when.at) }.into()]
    );
    case(decided()).when(&when, &ask(surcharge(10, 2_100_001))).refused_by("EN-SURCHARGE");
    case(decided()).when(&when, &ask(surcharge(11, 2_100_000))).refused_by("EN-SURCHARGE");
    case(with(decided(), events)).when(&when, &ask(surcharge(1, 1))).refused_by("EN-SURCHARGE");
}

#[test]
fn refuses_a_surcharge_for_days_after_the_fine_was_paid() {
    // Due on 29 March, paid on 8 April: ten days late, however late they are claimed.
    let paid_up = FinePaid { at: Some(at("2024-04-08T15:00")), ..paid(7_000_000, PayChannel::Bank, None) };
    let events = with(decided(), [paid_up.into()]);
    let when = act("2024-06-28T09:00");
    case(events.clone()).when(&when, &ask(surcharge(11, 2_310_000))).refused_by("EN-SURCHARGE");
    case(events.clone()).when(&when, &ask(surcharge(10, 2_100_000))).satisfies("EN-SURCHARGE");
    // Of a claim from before the payment the days up to it count.
    case(events).when(&reporting("2024-04-05T09:00"), &ask(surcharge(8, 1_680_000))).violates("EN-SURCHARGE");
}

#[test]
fn a_payment_in_parts_is_made_with_its_latest_part() {
    let part = FinePaid { at: Some(at("2024-04-08T09:00")), ..paid(1_000_000, PayChannel::Bank, None) };
    let events = with(decided(), [part.into()]);
    // The rest, recorded afterwards, came before the day on which the first part was late.
    let rest =
        case(events).when(&reporting("2024-03-20T09:00"), &ask(pay(6_000_000, PayChannel::Bank, None))).decided();
    assert_eq!(rest[0].clocks[0], ClockChange::Stopped { clock: "EN-PAY".into(), at: at("2024-04-08T09:00") });
}

#[test]
fn cash_in_parts_is_delivered_with_its_latest_part() {
    let remote = FinePaid {
        at: Some(at("2024-03-20T09:00")),
        ..paid(7_000_000, PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest))
    };
    let late = CashDelivered { amount_fen: 6_999_900, at: Some(at("2024-04-30T09:00")) };
    let events = with(decided(), [remote.into(), late.into()]);
    let rest = ask(Step::DeliverCash(CashDelivered { amount_fen: 100, at: None }));
    let got = case(events).when(&reporting("2024-03-21T09:00"), &rest).decided();
    let stopped = ClockChange::Stopped { clock: "EN-SPOT-CASH:agency".into(), at: at("2024-04-30T09:00") };
    assert!(got[0].clocks.contains(&stopped), "{:?}", got[0].clocks);
}

#[test]
fn the_two_days_of_cash_run_from_the_earliest_of_it() {
    let taken = |amount_fen| pay(amount_fen, PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest));
    let first = || case(decided()).after(&act("2024-03-20T09:00"), &ask(taken(1_000_000)));
    // What is recorded later was taken sooner.
    let sooner = first().when(&reporting("2024-03-18T09:00"), &ask(taken(1_000_000))).decided();
    let from = |clock: &ClockChange| match clock {
        ClockChange::Opened { start, .. } => Some(*start),
        _ => None,
    };
    assert_eq!(changes(&sooner), ["cancelled EN-SPOT-CASH:agency", "opened EN-SPOT-CASH:agency"]);
    assert_eq!(sooner[0].clocks.iter().find_map(from), Some(at("2024-03-18T09:00")));
    let later = first().when(&act("2024-03-21T09:00"), &ask(taken(1_000_000))).decided();
    assert_eq!(changes(&later), [""; 0]);
}

#[test]
fn an_appeal_of_a_later_day_stops_no_earlier_surcharge() {
    let events = with(decided(), [AppealLodged { at: Some(at("2024-04-09T09:00")), ..lodged() }.into()]);
    case(events.clone()).when(&reporting("2024-04-08T09:00"), &ask(surcharge(10, 2_100_000))).satisfies("EN-SURCHARGE");
    case(events).when(&reporting("2024-04-09T09:00"), &ask(surcharge(10, 2_100_000))).violates("EN-SURCHARGE");
}

fn lodged() -> AppealLodged {
    AppealLodged {
        kind: AppealKind::Reconsideration,
        reference: "抚政复〔2024〕1号".into(),
        at: Some(at("2024-04-01T09:00")),
    }
}

fn ended() -> AppealEnded {
    AppealEnded {
        reference: lodged().reference,
        outcome: "维持".into(),
        ending: None,
        at: Some(at("2024-04-10T09:00")),
    }
}

#[test]
fn no_surcharge_runs_during_an_appeal() {
    let pending = with(decided(), [lodged().into()]);
    case(pending.clone()).when(&act("2024-04-08T09:00"), &ask(surcharge(1, 210_000))).refused_by("EN-SURCHARGE");
    // Late on 30 and 31 March and from 11 to 15 April: seven days without the ten under appeal.
    let over = with(pending, [ended().into()]);
    case(over.clone()).when(&act("2024-04-15T09:00"), &ask(surcharge(7, 1_470_000))).satisfies("EN-SURCHARGE");
    case(over).when(&act("2024-04-15T09:00"), &ask(surcharge(8, 1_680_000))).refused_by("EN-SURCHARGE");
}

#[test]
fn an_appeal_puts_off_the_time_for_the_court() {
    let got = case(decided()).when(&act("2024-04-01T09:00"), &ask(Step::LodgeAppeal(lodged()))).decided();
    assert_eq!(changes(&got), ["cancelled EN-COURT"]);
    let got = case(with(decided(), [lodged().into()]))
        .when(&act("2024-04-10T09:00"), &ask(Step::EndAppeal(ended())))
        .decided();
    assert_eq!(changes(&got), ["opened EN-COURT", "extended EN-COURT"]);
}

/// As records were before anything else was asked.
fn put_off() -> PaymentDeferred {
    PaymentDeferred {
        until: day("2024-06-28"),
        instalments: 1,
        approved_by: HEAD.into(),
        official: None,
        applied_on: None,
        hardship: None,
        parts: vec![],
        ends_if_missed: false,
        at: None,
    }
}

fn in_parts(ends_if_missed: bool) -> PaymentDeferred {
    let part = |due: &str, yuan: i64| Instalment { due: day(due), amount_fen: yuan * 100 };
    PaymentDeferred {
        instalments: 2,
        applied_on: Some(day("2024-03-22")),
        hardship: Some("停业三个月".into()),
        parts: vec![part("2024-05-10", 30_000), part("2024-06-28", 40_000)],
        ends_if_missed,
        at: Some(at("2024-03-25T09:00")),
        ..put_off()
    }
}

#[test]
fn a_fine_in_parts_is_owed_part_by_part() {
    let asked = ask(Step::DeferPayment(in_parts(false)));
    let got = case(decided()).when(&act("2024-03-25T09:00"), &asked).decided();
    assert!(got[0].rules.contains(&"EN-DEFER"));
    assert_eq!(
        changes(&got),
        ["extended EN-PAY", "opened EN-PAY:2024-05-10", "cancelled EN-COURT", "opened EN-COURT", "extended EN-COURT"]
    );
    let split = with(decided(), [in_parts(false).into()]);
    let pays = |yuan: i64| {
        let step = ask(pay(yuan * 100, PayChannel::Bank, None));
        changes(&case(split.clone()).when(&act("2024-05-10T09:00"), &step).decided())
    };
    assert!(pays(29_999).is_empty());
    assert_eq!(pays(30_000), ["stopped EN-PAY:2024-05-10"]);
    assert_eq!(pays(70_000), ["stopped EN-PAY:2024-05-10", "stopped EN-PAY", "cancelled EN-COURT"]);
    // Put off once more, the parts of before are owed no more.
    let again = PaymentDeferred {
        applied_on: Some(day("2024-04-01")),
        parts: vec![],
        instalments: 1,
        until: day("2024-07-31"),
        ..in_parts(false)
    };
    let got = case(split).when(&act("2024-04-02T09:00"), &ask(Step::DeferPayment(again))).decided();
    assert_eq!(changes(&got)[..2], ["cancelled EN-PAY:2024-05-10", "extended EN-PAY"]);
}

#[test]
fn the_plan_of_a_deferral_is_one() {
    let refused = |plan: PaymentDeferred, field: &str| {
        case(decided()).when(&act("2024-03-25T09:00"), &ask(Step::DeferPayment(plan))).invalid(field);
    };
    refused(PaymentDeferred { instalments: 3, ..in_parts(false) }, "instalments");
    refused(PaymentDeferred { until: day("2024-06-27"), ..in_parts(false) }, "until");
    refused(PaymentDeferred { ends_if_missed: true, ..put_off() }, "ends_if_missed");
    let nothing = Instalment { due: day("2024-05-10"), amount_fen: 0 };
    refused(PaymentDeferred { parts: vec![nothing.clone(); 2], ..in_parts(false) }, "parts");
    refused(PaymentDeferred { parts: vec![Instalment { amount_fen: 1, ..nothing }; 61], ..in_parts(false) }, "parts");
}

#[test]
fn only_the_part_that_was_missed_bears_a_surcharge() {
    let split = with(decided(), [in_parts(false).into()]);
    let on = |events: &[CaseEvent], when: &str, days: u16, yuan: i64| {
        case(events.to_vec()).when(&act(when), &ask(surcharge(days, yuan * 100)))
    };
    // Three per cent a day of the 30,000 that are late, not of the fine of 70,000.
    on(&split, "2024-05-20T09:00", 10, 9_000).satisfies("EN-SURCHARGE");
    on(&split, "2024-05-20T09:00", 10, 9_001).refused_by("EN-SURCHARGE");
    on(&split, "2024-05-20T09:00", 11, 9_000).refused_by("EN-SURCHARGE");
    on(&split, "2024-05-10T09:00", 1, 1).refused_by("EN-SURCHARGE");
    let paid_on = FinePaid { at: Some(at("2024-05-15T09:00")), ..paid(2_000_000, PayChannel::Bank, None) };
    let partly = with(split, [paid_on.into()]);
    // Five days for 30,000 and five for 10,000.
    on(&partly, "2024-05-20T09:00", 10, 6_000).satisfies("EN-SURCHARGE");
    on(&partly, "2024-05-20T09:00", 10, 6_001).refused_by("EN-SURCHARGE");
    // What was imposed before the parts were granted is neither of these days nor of this amount.
    let before =
        SurchargeImposed { days: 5, amount_fen: 1_050_000, total_fen: 1_050_000, at: Some(at("2024-04-03T09:00")) };
    let late = PaymentDeferred { at: Some(at("2024-04-08T09:00")), ..in_parts(false) };
    let granted = with(decided(), [before.into(), late.into()]);
    on(&granted, "2024-05-20T09:00", 10, 9_000).satisfies("EN-SURCHARGE");
    on(&granted, "2024-05-20T09:00", 10, 9_001).refused_by("EN-SURCHARGE");
    on(&granted, "2024-05-20T09:00", 11, 9_000).refused_by("EN-SURCHARGE");
}

#[test]
fn a_missed_part_ends_the_deferral_only_where_the_approval_says_so() {
    let end = |pay_by: &str| {
        ask(Step::EndDeferral(DeferralEnded {
            pay_by: day(pay_by),
            approved_by: HEAD.into(),
            official: None,
            at: None,
        }))
    };
    let split = |ends_if_missed| with(decided(), [in_parts(ends_if_missed).into()]);
    case(split(false)).when(&act("2024-05-13T09:00"), &end("2024-05-31")).refused_by("EN-DEFER");
    case(split(true)).when(&act("2024-05-10T09:00"), &end("2024-05-31")).refused_by("EN-DEFER");
    case(split(true)).when(&act("2024-05-13T09:00"), &end("2024-05-13")).invalid("pay_by");
    case(split(true)).when(&act("2024-05-13T09:00"), &end("2024-06-29")).invalid("pay_by");
    case(decided()).when(&act("2024-05-13T09:00"), &end("2024-05-31")).not_possible("NOT_IN_PARTS");
    let got = case(split(true)).when(&act("2024-05-13T09:00"), &end("2024-05-31")).decided();
    assert_eq!(
        changes(&got)[..4],
        ["cancelled EN-PAY:2024-05-10", "cancelled EN-PAY", "opened EN-PAY", "cancelled EN-COURT"]
    );
    // The rest is late from June on, and all of it.
    let ended = with(split(true), [got[0].event.clone()]);
    case(ended.clone()).when(&act("2024-05-31T10:00"), &ask(surcharge(1, 1))).refused_by("EN-SURCHARGE");
    case(ended).when(&act("2024-06-01T10:00"), &ask(surcharge(1, 210_000))).satisfies("EN-SURCHARGE");
}

#[test]
fn payment_is_put_off_on_application_only() {
    let when = act("2024-03-25T09:00");
    let plan = PaymentDeferred { applied_on: None, ..in_parts(false) };
    case(decided()).when(&when, &ask(Step::DeferPayment(plan.clone()))).refused_by("EN-DEFER");
    case(decided()).when(&reporting("2024-03-25T09:00"), &ask(Step::DeferPayment(plan))).violates("EN-DEFER");
}

#[test]
fn payment_is_put_off_by_the_head() {
    let defer =
        |until: &str| ask(Step::DeferPayment(PaymentDeferred { until: day(until), instalments: 3, ..put_off() }));
    let got = case(decided()).when(&act("2024-03-25T09:00"), &defer("2024-06-28")).decided();
    // The party may sue until September: the court has its time from then on, as before.
    assert_eq!(changes(&got), ["extended EN-PAY", "cancelled EN-COURT", "opened EN-COURT", "extended EN-COURT"]);
    let got = case(decided()).when(&act("2024-03-25T09:00"), &defer("2024-12-31")).decided();
    assert_eq!(changes(&got), ["extended EN-PAY", "cancelled EN-COURT", "opened EN-COURT"]);
    let mut officer = defer("2024-06-28");
    officer.facts.sender = Sender::default();
    case(decided()).when(&act("2024-03-25T09:00"), &officer).refused_by("EN-HEAD");
    let events = with(decided(), case(decided()).when(&act("2024-03-25T09:00"), &defer("2024-06-28")).events());
    case(events).when(&act("2024-05-08T09:00"), &ask(surcharge(1, 1))).refused_by("EN-SURCHARGE");
}

fn demanded() -> DemandServed {
    DemandServed {
        text: "缴纳罚款70,000元".into(),
        method: ServiceMethod::Direct,
        perform_by: Some(day("2024-10-18")),
        delivery: None,
        at: Some(at("2024-10-08T09:00")),
    }
}

fn court() -> Step {
    Step::ApplyToCourt(CourtApplied {
        court: "抚远市人民法院".into(), document: "申请书1号".into(), at: None
    })
}

#[test]
fn the_court_is_applied_to_after_demand_and_periods_of_appeal() {
    let events = with(decided(), [demanded().into()]);
    let got = case(events.clone()).when(&act("2024-10-22T09:00"), &ask(court())).decided();
    assert_eq!(changes(&got), ["stopped EN-COURT"]);
    case(events.clone()).when(&act("2024-10-21T09:00"), &ask(court())).refused_by("EN-DEMAND");
    case(decided()).when(&act("2024-10-22T09:00"), &ask(court())).refused_by("EN-DEMAND");
    let early = DemandServed { at: Some(at("2024-04-08T09:00")), ..demanded() };
    case(with(decided(), [early.into()])).when(&act("2024-05-08T09:00"), &ask(court())).refused_by("EN-COURT-READY");
}

fn enforce(urgent: Option<&str>) -> Step {
    Step::EnforceExecution(ExecutionEnforced {
        what: "划拨存款".into(),
        item: seizing_item().item,
        decided_by: HEAD.into(),
        official: None,
        urgent: urgent.map(str::to_owned),
        way: None,
        measure: None,
        moving: vec![],
        at: None,
    })
}

#[test]
fn an_agency_executes_with_power_demand_and_by_day() {
    let events = with(decided(), [demanded().into()]);
    let got = case(events.clone()).when(&act("2024-10-21T09:00"), &ask(enforce(None))).decided();
    for rule in ["EN-EXECUTE", "EN-DEMAND", "EN-NIGHT", "EN-HEAD"] {
        assert!(got[0].rules.contains(&rule), "{rule}");
    }
    case(events.clone()).when(&act("2024-10-21T23:00"), &ask(enforce(None))).refused_by("EN-NIGHT");
    case(events.clone()).when(&act("2024-10-18T09:00"), &ask(enforce(None))).refused_by("EN-DEMAND");
    let mut powerless = ask(enforce(None));
    powerless.facts.named_item = None;
    case(events).when(&act("2024-10-21T09:00"), &powerless).refused_by("EN-EXECUTE");
}

#[test]
fn refuses_execution_before_service_before_the_time_to_pay_is_over_and_after_payment() {
    let hasty = |on: &str, by: &str| DemandServed { perform_by: Some(day(by)), at: Some(at(on)), ..demanded() };
    // Served on 14 March, due on the 29th; demanded at once and for tomorrow.
    let early = with(decided(), [hasty("2024-03-15T09:00", "2024-03-18").into()]);
    case(early.clone()).when(&act("2024-03-29T09:00"), &ask(enforce(None))).refused_by("EN-EXECUTE");
    case(early.clone()).when(&reporting("2024-03-29T09:00"), &ask(enforce(None))).violates("EN-EXECUTE");
    case(early.clone()).when(&act("2024-04-01T09:00"), &ask(enforce(None))).satisfies("EN-EXECUTE");
    let mut unserved = early.clone();
    unserved.retain(|event| !matches!(event, CaseEvent::DecisionServed(_)));
    case(unserved).when(&act("2024-04-01T09:00"), &ask(enforce(None))).refused_by("EN-EXECUTE");
    let paid_up = with(early, [paid(7_000_000, PayChannel::Bank, None).into()]);
    case(paid_up).when(&act("2024-04-01T09:00"), &ask(enforce(None))).refused_by("EN-EXECUTE");
}

#[test]
fn who_moves_his_property_is_executed_against_in_the_time_of_the_demand() {
    let moving = |id| {
        let Step::EnforceExecution(execution) = enforce(None) else { unreachable!("it is the execution") };
        ask(Step::EnforceExecution(ExecutionEnforced { moving: vec![id], ..execution }))
    };
    let events = with(decided(), [demanded().into()]);
    let when = act("2024-10-14T09:00");
    case(events.clone()).when(&when, &ask(enforce(None))).refused_by("EN-DEMAND");
    case(events.clone()).when(&when, &moving(id(100))).satisfies("EN-DEMAND");
    case(events.clone()).when(&when, &moving(id(999))).not_found("evidence");
    case(decided()).when(&when, &moving(id(100))).refused_by("EN-DEMAND");
}

#[test]
fn the_court_that_refused_may_be_applied_to_again() {
    let answer = |accepted| CourtAnswered { accepted, outcome: "裁定".into(), at: Some(at("2024-10-28T09:00")) };
    let applied: CaseEvent =
        CourtApplied { court: "抚远市人民法院".into(), document: "申请书1号".into(), at: None }.into();
    let events = |accepted: Option<bool>| {
        let applied = with(decided(), [demanded().into(), applied.clone()]);
        with(applied, accepted.map(|accepted| answer(accepted).into()))
    };
    let when = act("2024-11-04T09:00");
    for accepted in [None, Some(true)] {
        case(events(accepted)).when(&when, &ask(court())).not_possible("ALREADY_APPLIED");
    }
    assert_eq!(case(events(Some(false))).when(&when, &ask(court())).events().len(), 1);
}

#[test]
fn cash_taken_on_the_water_is_due_from_the_day_ashore() {
    let afloat = |ashore: Option<&str>| {
        let taken = paid(7_000_000, PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest));
        ask(Step::RecordPayment(FinePaid { ashore_on: ashore.map(day), ..taken }))
    };
    let begins = |ashore| {
        let got = case(decided()).when(&act("2024-03-20T09:00"), &afloat(ashore)).decided();
        let opened = got[0].clocks.iter().find_map(|clock| match clock {
            ClockChange::Opened { clock, start, .. } if clock.starts_with("EN-SPOT-CASH") => Some(*start),
            _ => None,
        });
        law::day_of(opened.expect("cash is on its way"))
    };
    assert_eq!(begins(None), day("2024-03-20"));
    assert_eq!(begins(Some("2024-03-20")), day("2024-03-20"));
    assert_eq!(begins(Some("2024-03-22")), day("2024-03-22"));
    case(decided()).when(&act("2024-03-20T09:00"), &afloat(Some("2024-03-19"))).invalid("ashore_on");
}

#[test]
fn cash_is_taken_for_the_finance_departments_receipt() {
    let taken = |receipt_of| {
        let taken = paid(7_000_000, PayChannel::OnSpot, Some(SpotGround::RemoteAtRequest));
        ask(Step::RecordPayment(FinePaid { receipt_of, ..taken }))
    };
    let when = act("2024-03-20T09:00");
    case(decided()).when(&when, &taken(Some(ReceiptIssuer::Province))).satisfies("EN-RECEIPT");
    case(decided()).when(&when, &taken(Some(ReceiptIssuer::Bank))).refused_by("EN-RECEIPT");
    case(decided()).when(&reporting("2027-01-04T09:00"), &taken(None)).violates("EN-RECEIPT");
}

fn execution(way: ExecutionWay, measure: Option<uuid::Uuid>) -> ExecutionEnforced {
    ExecutionEnforced {
        what: "抵缴罚款".into(),
        item: seizing_item().item,
        decided_by: HEAD.into(),
        official: None,
        urgent: None,
        way: Some(way),
        measure,
        moving: vec![],
        at: None,
    }
}

/// Only seizing is in the item.
fn without_power(step: ExecutionEnforced) -> crate::domain::case::Command {
    let mut asked = ask(Step::EnforceExecution(step));
    let allows = vec![lists::facts::Allowed::read("扣押||对财物").unwrap()];
    asked.facts.named_item = Some(lists::facts::ItemFact { allows, ..seizing_item() }.into());
    asked
}

#[test]
fn seized_goods_pay_the_fine_once_nobody_appealed() {
    let seized = measure_taken();
    let auction = without_power(execution(ExecutionWay::Dispose, Some(seized.measure)));
    let held = with(decided(), [seized.clone().into(), demanded().into()]);
    let got = case(held.clone()).when(&act("2024-10-21T09:00"), &auction).decided();
    for rule in ["EN-EXECUTE", "EN-OFFSET"] {
        assert!(got[0].rules.contains(&rule), "{rule}");
    }
    // An appeal, even one that is over, leaves it to the court.
    let appealed = with(held.clone(), [lodged().into(), ended().into()]);
    case(appealed).when(&act("2024-10-21T09:00"), &auction).refused_by("EN-EXECUTE");
    let early = DemandServed { perform_by: Some(day("2024-08-30")), at: Some(at("2024-08-01T09:00")), ..demanded() };
    let early = with(decided(), [seized.clone().into(), early.into()]);
    case(early).when(&act("2024-09-13T09:00"), &auction).refused_by("EN-EXECUTE");
    let released = MeasureEnded { measure: seized.measure, outcome: "退还".into(), family_told_at: None, at: None };
    case(with(held.clone(), [released.into()])).when(&act("2024-10-21T09:00"), &auction).refused_by("EN-OFFSET");
    let paid = with(held, [paid(7_000_000, PayChannel::Bank, None).into()]);
    case(paid).when(&act("2024-10-21T09:00"), &auction).refused_by("EN-OFFSET");
    let other = without_power(execution(ExecutionWay::Dispose, Some(id(404))));
    let demanded = with(decided(), [demanded().into()]);
    case(demanded).when(&act("2024-10-21T09:00"), &other).refused_by("EN-OFFSET");
}

#[test]
fn a_way_that_the_item_does_not_have_is_refused() {
    let transfer = without_power(execution(ExecutionWay::Transfer, None));
    let events = with(decided(), [demanded().into()]);
    case(events.clone()).when(&act("2024-10-21T09:00"), &transfer).refused_by("EN-EXECUTE");
    case(events).when(&reporting("2024-10-21T09:00"), &transfer).violates("EN-EXECUTE");
}

#[test]
fn no_surcharge_counts_while_the_party_is_refused_its_receipt() {
    let declined = |when: &str| PaymentDeclined {
        collector: code("A1"),
        amount_fen: 7_000_000,
        note: "要求出具专用票据".into(),
        at: Some(at(when)),
    };
    let step = |declined: PaymentDeclined| ask(Step::DeclinePayment(declined));
    let got = case(decided()).when(&act("2024-03-25T09:00"), &step(declined("2024-03-25T09:00"))).decided();
    assert_eq!(changes(&got), ["suspended EN-PAY"]);
    let waits = with(decided(), [declined("2024-03-25T09:00").into()]);
    case(waits.clone()).when(&act("2024-04-08T09:00"), &ask(surcharge(1, 1))).refused_by("EN-SURCHARGE");
    case(waits.clone())
        .when(&act("2024-04-08T09:00"), &step(declined("2024-04-08T09:00")))
        .not_possible("ALREADY_DECLINED");
    let offer = |receipt: &str| {
        ask(Step::OfferReceipt(ReceiptOffered {
            receipt_of: ReceiptIssuer::Province,
            receipt: receipt.into(),
            at: None,
        }))
    };
    case(waits.clone()).when(&act("2024-04-10T09:00"), &offer(" ")).refused_by("EN-RECEIPT");
    let got = case(waits.clone()).when(&act("2024-04-10T09:00"), &offer("黑财票2")).decided();
    assert_eq!(changes(&got), ["resumed EN-PAY"]);
    // Five of the fifteen days were left on 25 March.
    let offered = with(waits.clone(), [got[0].event.clone()]);
    case(offered.clone()).when(&act("2024-04-15T09:00"), &ask(surcharge(1, 1))).refused_by("EN-SURCHARGE");
    case(offered).when(&act("2024-04-16T09:00"), &ask(surcharge(1, 1))).satisfies("EN-SURCHARGE");
    // Whoever pays after all has its receipt.
    let got = case(waits).when(&act("2024-04-10T09:00"), &ask(pay(1_000_000, PayChannel::Bank, None))).decided();
    assert_eq!(changes(&got), ["resumed EN-PAY"]);
    case(decided()).when(&act("2024-04-10T09:00"), &offer("黑财票2")).not_possible("NOT_DECLINED");
    // Declined when it was late already: those days are not counted either.
    let late = with(
        decided(),
        [
            declined("2024-04-02T09:00").into(),
            ReceiptOffered { receipt_of: ReceiptIssuer::Bank, receipt: "1".into(), at: Some(at("2024-04-05T09:00")) }
                .into(),
        ],
    );
    case(late.clone()).when(&act("2024-04-08T09:00"), &ask(surcharge(6, 1))).satisfies("EN-SURCHARGE");
    case(late).when(&act("2024-04-08T09:00"), &ask(surcharge(7, 1))).refused_by("EN-SURCHARGE");
}
