use lists::facts::PenaltyKind;

use super::*;
use crate::domain::case::sample::*;

const APPEAL: &str = "抚政复〔2024〕1号";

fn lodged() -> CaseEvent {
    let (kind, reference) = (AppealKind::Reconsideration, APPEAL.to_owned());
    AppealLodged { kind, reference, at: Some(at("2024-03-20T09:00")) }.into()
}

fn stay() -> ExecutionStayed {
    ExecutionStayed {
        by: StayedBy::Organ,
        reference: APPEAL.into(),
        provision: "《行政复议法》第四十二条第二项".into(),
        reason: "执行将致停业".into(),
        until: None,
        document: Some("停止执行决定书1号".into()),
        at: Some(at("2024-03-25T09:00")),
    }
}

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

fn appealed() -> Vec<CaseEvent> {
    with(decided(), [lodged()])
}

fn lift() -> Step {
    Step::LiftStay(StayLifted { reference: APPEAL.into(), reason: "情形消失".into(), at: None })
}

fn end(when: &str) -> CaseEvent {
    let (outcome, ending) = ("维持".to_owned(), Some(AppealEnding::Decided));
    AppealEnded { reference: APPEAL.into(), outcome, ending, at: Some(at(when)) }.into()
}

#[test]
fn a_stay_holds_the_time_to_pay_off() {
    let got = case(appealed()).when(&act("2024-03-25T09:00"), &ask(Step::StayExecution(stay()))).decided();
    assert!(got[0].rules.contains(&"EN-STAY"));
    assert_eq!(changes(&got), ["suspended EN-PAY"]);
    let set = ExecutionStayed { until: Some(day("2024-04-30")), ..stay() };
    let got = case(appealed()).when(&act("2024-03-25T09:00"), &ask(Step::StayExecution(set))).decided();
    assert_eq!(changes(&got), ["suspended EN-PAY", "resumed EN-PAY"]);
    let past = ExecutionStayed { until: Some(day("2024-03-24")), ..stay() };
    case(appealed()).when(&act("2024-03-25T09:00"), &ask(Step::StayExecution(past))).invalid("until");
}

#[test]
fn a_stay_rests_on_a_pending_appeal_and_a_provision() {
    let when = act("2024-03-25T09:00");
    let asked = |stay: ExecutionStayed| ask(Step::StayExecution(stay));
    case(decided()).when(&when, &asked(stay())).not_found("appeal");
    let over = with(appealed(), [end("2024-03-22T09:00")]);
    case(over).when(&when, &asked(stay())).not_possible("APPEAL_ENDED");
    let bare = ExecutionStayed { provision: String::new(), ..stay() };
    case(appealed()).when(&when, &asked(bare.clone())).refused_by("EN-STAY");
    case(appealed()).when(&reporting("2024-03-25T09:00"), &asked(bare)).violates("EN-STAY");
    let court = ExecutionStayed { by: StayedBy::Court, ..stay() };
    case(appealed()).when(&when, &asked(court)).refused_by("EN-STAY");
    case(with(appealed(), [stay().into()])).when(&when, &asked(stay())).not_possible("ALREADY_STAYED");
}

#[test]
fn a_stay_ends_with_the_appeal_or_when_it_is_lifted() {
    let stayed = with(appealed(), [stay().into()]);
    let got = case(stayed.clone()).when(&act("2024-04-10T09:00"), &ask(lift())).decided();
    assert_eq!(changes(&got), ["resumed EN-PAY"]);
    let ended = Step::EndAppeal(AppealEnded {
        reference: APPEAL.into(),
        outcome: "维持".into(),
        ending: Some(AppealEnding::Decided),
        at: None,
    });
    let got = case(stayed.clone()).when(&act("2024-04-10T09:00"), &ask(ended)).decided();
    assert_eq!(changes(&got)[0], "resumed EN-PAY");
    case(appealed()).when(&act("2024-04-10T09:00"), &ask(lift())).quiet();
    let lifted = with(stayed, got.into_iter().map(|one| one.event));
    case(lifted).when(&act("2024-04-11T09:00"), &ask(lift())).quiet();
}

/// Received on 14 March, to be paid by the 29th; stayed from 25 March to 10 April: five days were left.
#[test]
fn the_days_of_a_stay_are_not_counted() {
    let over = with(appealed(), [stay().into(), end("2024-04-10T09:00")]);
    let state = case(over.clone());
    assert_eq!(state.state().pay_by(law::calendar::Calendar::china()), Some(Ok(day("2024-04-15"))));
    let surcharge =
        |days: u16| ask(Step::ImposeSurcharge(SurchargeImposed { days, amount_fen: 1, total_fen: 0, at: None }));
    case(over.clone()).when(&act("2024-04-15T09:00"), &surcharge(1)).refused_by("EN-SURCHARGE");
    case(over.clone()).when(&act("2024-04-16T09:00"), &surcharge(1)).satisfies("EN-SURCHARGE");
    case(over).when(&act("2024-04-16T09:00"), &surcharge(2)).refused_by("EN-SURCHARGE");
    // While it lasts nobody knows the day.
    let lasting = case(with(appealed(), [stay().into()]));
    assert_eq!(lasting.state().pay_by(law::calendar::Calendar::china()), None);
}

#[test]
fn a_day_that_was_granted_is_later_by_the_days_of_the_stay() {
    let part = |due: &str, amount_fen| Instalment { due: day(due), amount_fen };
    let split = PaymentDeferred {
        until: day("2024-06-28"),
        instalments: 2,
        approved_by: HEAD.into(),
        official: None,
        applied_on: Some(day("2024-03-19")),
        hardship: Some("停业".into()),
        parts: vec![part("2024-04-10", 3_000_000), part("2024-06-28", 4_000_000)],
        ends_if_missed: true,
        at: Some(at("2024-03-19T09:00")),
    };
    let granted = with(decided(), [split.into(), lodged()]);
    let got = case(granted.clone()).when(&act("2024-03-25T09:00"), &ask(Step::StayExecution(stay()))).decided();
    assert_eq!(changes(&got), ["suspended EN-PAY:2024-04-10", "suspended EN-PAY"]);
    let over = with(granted, [stay().into(), end("2024-03-31T09:00")]);
    let state = case(over.clone());
    // Seven days, from 25 to 31 March.
    assert_eq!(state.state().pay_by(law::calendar::Calendar::china()), Some(Ok(day("2024-07-05"))));
    let end = |pay_by: &str| {
        ask(Step::EndDeferral(DeferralEnded {
            pay_by: day(pay_by),
            approved_by: HEAD.into(),
            official: None,
            at: None,
        }))
    };
    case(over.clone()).when(&act("2024-04-17T09:00"), &end("2024-05-31")).refused_by("EN-DEFER");
    case(over).when(&act("2024-04-18T09:00"), &end("2024-05-31")).satisfies("EN-DEFER");
}

#[test]
fn nothing_is_executed_while_it_is_stayed() {
    let demand = DemandServed {
        text: "缴纳罚款".into(),
        method: ServiceMethod::Direct,
        perform_by: Some(day("2024-04-01")),
        delivery: None,
        at: Some(at("2024-03-21T09:00")),
    };
    let enforce = ask(Step::EnforceExecution(ExecutionEnforced {
        what: "划拨存款".into(),
        item: seizing_item().item,
        decided_by: HEAD.into(),
        official: None,
        urgent: None,
        way: None,
        measure: None,
        moving: vec![],
        at: None,
    }));
    let stayed =
        with(appealed(), [demand.clone().into(), ExecutionStayed { until: Some(day("2024-04-30")), ..stay() }.into()]);
    case(stayed.clone()).when(&act("2024-04-30T09:00"), &enforce).refused_by("EN-STAY");
    // Five days to pay were left, and the last of them is a day off.
    case(stayed.clone()).when(&act("2024-05-06T09:00"), &enforce).refused_by("EN-EXECUTE");
    case(stayed.clone()).when(&act("2024-05-07T09:00"), &enforce).satisfies("EN-STAY");
    let court =
        ask(Step::ApplyToCourt(CourtApplied {
            court: "抚远市人民法院".into(), document: "1号".into(), at: None
        }));
    case(stayed).when(&act("2024-04-30T09:00"), &court).refused_by("EN-STAY");
    case(with(appealed(), [demand.into()])).when(&act("2024-04-30T09:00"), &enforce).decided();
}

fn detained() -> Vec<CaseEvent> {
    let detention = Penalty { days: Some(5), ..Penalty::of(PenaltyKind::Detention) };
    let decision = PenaltyDecided { fine_fen: 0, at: Some(at("2024-03-13T09:00")), ..decision(vec![detention]) };
    vec![filed().into(), decision.into(), served().into(), lodged()]
}

fn request() -> CaseEvent {
    StayRequested { reference: APPEAL.into(), reason: "近亲属病危".into(), at: Some(at("2024-03-21T09:00")) }.into()
}

fn answer(granted: bool) -> StayAnswered {
    StayAnswered {
        reference: APPEAL.into(),
        granted,
        provision: "《治安管理处罚法》关于暂缓执行行政拘留的规定".into(),
        guarantee: granted.then(|| "保证金1000元".into()),
        reasons: "不致发生社会危险".into(),
        decided_by: HEAD.into(),
        official: None,
        at: Some(at("2024-03-22T09:00")),
    }
}

#[test]
fn a_detention_waits_for_the_answer_and_for_the_appeal() {
    let when = act("2024-03-22T09:00");
    let carried_out = ask(Step::RecordPerformance(PenaltyPerformed { what: "拘留5日".into(), at: None }));
    let asked = with(detained(), [request()]);
    case(asked.clone()).when(&when, &carried_out).refused_by("EN-STAY-ASK");
    case(asked.clone()).when(&reporting("2024-03-22T09:00"), &carried_out).violates("EN-STAY-ASK");
    let unguarded = StayAnswered { guarantee: None, ..answer(true) };
    case(asked.clone()).when(&when, &ask(Step::AnswerStay(unguarded))).refused_by("EN-STAY-ASK");
    case(asked.clone()).when(&when, &ask(Step::AnswerStay(answer(true)))).satisfies("EN-STAY-ASK");
    let granted = with(asked.clone(), [answer(true).into()]);
    case(granted.clone()).when(&act("2024-04-22T09:00"), &carried_out).refused_by("EN-STAY");
    case(with(granted, [end("2024-05-20T09:00")])).when(&act("2024-05-21T09:00"), &carried_out).satisfies("EN-STAY");
    let refused = with(asked, [answer(false).into()]);
    case(refused).when(&act("2024-03-23T09:00"), &carried_out).satisfies("EN-STAY-ASK");
}

#[test]
fn only_a_detention_is_asked_to_wait_and_once_at_a_time() {
    let when = act("2024-03-22T09:00");
    let step =
        ask(Step::RequestStay(StayRequested { reference: APPEAL.into(), reason: "近亲属病危".into(), at: None }));
    case(appealed()).when(&when, &step).not_possible("NO_DETENTION");
    case(detained()).when(&when, &step).decided();
    case(with(detained(), [request()])).when(&when, &step).not_possible("ALREADY_REQUESTED");
    case(detained()).when(&when, &ask(Step::AnswerStay(answer(true)))).not_possible("NOT_REQUESTED");
}
