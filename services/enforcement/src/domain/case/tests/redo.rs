//! What was revoked and ordered to be done again.

use law::ending::LeftOpen;

use super::*;
use crate::domain::{
    case::{CaseStage, Command, matter, next_steps, sample::*, stage},
    party::{self, Parties},
    vocabulary,
};

const ORDERED: &str = "2024-05-20T09:00";
const AGAIN: &str = "2024-06-20T09:00";

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

fn overturned(outcome: Fate) -> DecisionOverturned {
    DecisionOverturned {
        outcome: outcome.into(),
        by: "抚远市人民政府".into(),
        document: "抚政复决〔2024〕1号".into(),
        reference: Some("appeal".into()),
        at: Some(at("2024-05-10T09:00")),
    }
}

fn order() -> RedoOrdered {
    RedoOrdered {
        by: "抚远市人民政府".into(),
        document: "抚政复决〔2024〕1号".into(),
        days: Some(60),
        for_procedure: false,
        reference: Some("appeal".into()),
        at: Some(at(ORDERED)),
    }
}

fn revoked() -> Vec<CaseEvent> {
    with(decided(), [overturned(Fate::Revoked).into()])
}

fn to_redo() -> Vec<CaseEvent> {
    with(revoked(), [order().into()])
}

/// Found out anew, told, heard, reviewed and discussed.
fn ready_again() -> Vec<CaseEvent> {
    let found = EvidenceCollected {
        evidence: id(101),
        title: "进货单据".into(),
        sha256: "cd".repeat(32),
        at: Some(at("2024-05-27T10:00")),
        ..evidence()
    };
    let told = PenaltyNotified { at: Some(at("2024-06-03T09:00")), ..notice(vec![fine(6_600_000)]) };
    let said = StatementHeard { at: Some(at("2024-06-04T09:00")), ..heard() };
    let review = LegalReviewed { at: Some(at("2024-06-17T09:00")), ..reviewed() };
    let discussed = Deliberated { at: Some(at("2024-06-17T14:00")), ..deliberated() };
    with(to_redo(), [found.into(), told.into(), said.into(), review.into(), discussed.into()])
}

fn again() -> PenaltyDecided {
    PenaltyDecided {
        evidence: vec![id(100), id(101)],
        difference: Some("补充进货单据，货值重新认定".into()),
        at: None,
        ..decision(vec![fine(6_600_000)])
    }
}

/// What the party's stream knows, as the events of a case have led to it.
fn known(events: &[CaseEvent]) -> Vec<ActRevoked> {
    let mut of = Vec::new();
    for (n, event) in events.iter().enumerate() {
        let before = case(events[..n].to_vec());
        if let Some(command) = party::follows(&filed(), before.state(), event) {
            of.extend(law::decider::harness::given::<Parties>(of.clone()).when(&act(AGAIN), &command).events());
        }
    }
    let party = law::decider::harness::given::<Parties>(of);
    party.state().revoked(&violation(), at("2024-12-31T09:00"))
}

fn decide(draft: PenaltyDecided, revoked: Vec<ActRevoked>) -> Command {
    let mut command = ask(Step::DecidePenalty(draft));
    command.facts.revoked = revoked;
    command
}

#[test]
fn the_order_begins_its_time_and_the_case_is_undecided_anew() {
    let got = case(revoked()).when(&act(ORDERED), &ask(Step::OrderRedo(order()))).decided();
    assert_eq!(changes(&got), ["opened EN-REDO"]);
    let after = case(to_redo());
    assert!(after.state().is_undecided() && !after.state().penalty_stands());
    assert_eq!(stage(after.state()), Some(CaseStage::Concluded));
    assert_eq!(matter::next(after.state()), Some(vocabulary::stage::NOTIFY));
    assert!(next_steps(after.state()).contains(&"NotifyPenalty"));
    after.when(&act(ORDERED), &ask(Step::OrderRedo(order()))).not_possible("ALREADY_ORDERED");
}

#[test]
fn an_organ_of_reconsideration_that_sets_no_time_leaves_sixty_days_and_a_court_none() {
    let silent = ask(Step::OrderRedo(RedoOrdered { days: None, ..order() }));
    let got = case(revoked()).when(&act(ORDERED), &silent).decided();
    assert_eq!(changes(&got), ["opened EN-REDO"]);
    assert!(matches!(&got[0].event, CaseEvent::RedoOrdered(made) if made.days == Some(60)));
    let by_court =
        DecisionOverturned { reference: None, by: "抚远市人民法院".into(), ..overturned(Fate::Revoked) };
    let events = with(decided(), [by_court.into()]);
    assert!(changes(&case(events).when(&act(ORDERED), &silent).decided()).is_empty());
}

#[test]
fn only_what_was_revoked_is_ordered_again() {
    let ask_for = |order| ask(Step::OrderRedo(order));
    for outcome in [Fate::Unlawful, Fate::Void] {
        let events = with(decided(), [overturned(outcome).into()]);
        case(events).when(&act(ORDERED), &ask_for(order())).not_possible("NOT_REVOKED");
    }
    case(decided()).when(&act(ORDERED), &ask_for(order())).not_possible("NOT_REVOKED");
    let never = RedoOrdered { days: Some(0), ..order() };
    case(revoked()).when(&act(ORDERED), &ask_for(never)).invalid("days");
}

#[test]
fn a_new_decision_on_new_evidence_takes_the_place_of_the_revoked_one() {
    let revoked = known(&ready_again());
    assert_eq!(revoked.len(), 1);
    let got = case(ready_again()).when(&act(AGAIN), &decide(again(), revoked)).decided();
    assert!(got[0].rules.contains(&"EN-SAME"), "{:?}", got[0].rules);
    assert_eq!(changes(&got), ["opened EN-SERVE", "stopped EN-REDO", "opened EN-PUBLICISE"]);
    let CaseEvent::PenaltyDecided(made) = &got[0].event else { panic!() };
    let redone = Redone { reference: Some("appeal".into()), same_facts: false, same_reasons: true };
    assert_eq!(made.redone.as_ref(), Some(&redone));
    let after = case(with(ready_again(), [got[0].event.clone()]));
    let state = after.state();
    assert!(state.penalty_stands() && state.redo.is_none() && state.served.is_none());
    assert_eq!(state.unpaid_fen(), 6_600_000);
    after.when(&act(AGAIN), &decide(again(), vec![])).not_possible("ALREADY_DECIDED");
}

#[test]
fn refuses_the_same_penalty_again_in_the_case() {
    let (same, revoked) = (PenaltyDecided { evidence: vec![id(100)], ..again() }, known(&to_redo()));
    case(ready_again()).when(&act(AGAIN), &decide(same.clone(), revoked.clone())).refused_by("EN-SAME");
    case(ready_again()).when(&reporting(AGAIN), &decide(same, revoked)).violates("EN-SAME");
}

#[test]
fn refuses_the_same_penalty_in_another_case() {
    let filed = CaseFiled { case: id(2), ..filed() };
    let events = with(vec![filed.into()], ready().into_iter().skip(1));
    let draft = PenaltyDecided { difference: Some("另案处理".into()), at: None, ..decision(vec![fine(7_000_000)]) };
    case(events).when(&act(AGAIN), &decide(draft, known(&to_redo()))).refused_by("EN-SAME");
}

#[test]
fn what_is_done_again_is_not_dated_before_it_was_ordered() {
    // Dated before the order, the same would not be held against what was revoked by it.
    let same = PenaltyDecided { evidence: vec![id(100)], ..again() };
    for mode in [act, reporting] {
        case(ready_again()).when(&mode("2024-05-20T08:59"), &decide(same.clone(), vec![])).invalid("meta.at");
        let told = ask(Step::NotifyPenalty(notice(vec![fine(6_600_000)])));
        case(to_redo()).when(&mode("2024-05-20T08:59"), &told).invalid("meta.at");
    }
}

#[test]
fn what_is_done_again_leaves_records_of_its_own() {
    let closed = |events: Vec<CaseEvent>| {
        let left =
            ["EN-PUBLICISE", "EN-COURT"].map(|what| LeftOpen { what: what.into(), reason: "下落不明".into() });
        let end = CaseClosed {
            reason: CloseReason::ExecutionEnded,
            approved_by: HEAD.into(),
            official: None,
            left: left.into(),
            at: None,
        };
        case(events).when(&act("2024-07-01T09:00"), &ask(Step::CloseCase(end)))
    };
    let every = || RecordStage::ALL.iter().map(|stage| record(*stage));
    let mut events = ready_again();
    // The records of the decision that was revoked.
    events.splice(10..10, every());
    let done = with(events, case(ready_again()).when(&act(AGAIN), &decide(again(), vec![])).events());
    let served = DecisionServed { at: Some(at("2024-06-21T09:00")), ..served() };
    let done = with(done, [served.into()]);
    let got = closed(done.clone()).decided();
    let missing: Vec<_> = got[0].violations.iter().filter(|breach| breach.rule == "EN-RECORD").collect();
    assert!(
        missing.len() == 1 && missing[0].zh.contains("决定、送达") && !missing[0].zh.contains("启动"),
        "{missing:?}"
    );
    closed(with(done, every())).satisfies("EN-RECORD");
}

#[test]
fn the_same_may_follow_a_breach_of_procedure() {
    let order = RedoOrdered { for_procedure: true, ..order() };
    assert!(known(&with(revoked(), [order.into()])).is_empty());
    assert_eq!(known(&to_redo()).len(), 1);
}

#[test]
fn not_to_punish_is_a_decision_made_again() {
    let withheld = PenaltyWithheld {
        number: String::new(),
        ground: NoPenaltyGround::NotEstablished,
        reason: "证据不足".into(),
        education: String::new(),
        decided_by: HEAD.into(),
        official: None,
        redone: None,
        at: None,
    };
    let got = case(to_redo()).when(&act(AGAIN), &ask(Step::WithholdPenalty(withheld))).decided();
    assert_eq!(changes(&got), ["opened EN-SERVE", "stopped EN-REDO"]);
    let CaseEvent::PenaltyWithheld(made) = &got[0].event else { panic!() };
    assert!(made.redone.as_ref().is_some_and(|redone| !redone.same_facts && redone.reference.is_some()));
}

#[test]
fn a_new_decision_needs_its_own_notice_review_and_discussion() {
    case(to_redo()).when(&act(AGAIN), &decide(again(), vec![])).refused_by("EN-NOTICE");
    let mut events = ready_again();
    events.retain(|event| !matches!(event, CaseEvent::LegalReviewed(e) if e.at > order().at));
    case(events).when(&act(AGAIN), &decide(again(), vec![])).refused_by("EN-REVIEW");
}

#[test]
fn the_time_to_decide_is_not_that_of_the_order() {
    let extended = DecisionExtended {
        period: law::period::Period::CalendarDays(30),
        approved_by: HEAD.into(),
        official: None,
        basis: "规章".into(),
        at: None,
    };
    case(to_redo()).when(&act(AGAIN), &ask(Step::ExtendDecision(extended))).not_possible("TO_BE_REDONE");
}

#[test]
fn what_was_paid_under_the_revoked_decision_is_no_payment_of_the_new_one() {
    let mut events = ready_again();
    events.insert(10, paid(7_000_000).into());
    assert_eq!(case(events.clone()).state().money.paid_fen, 7_000_000);
    let got = case(events.clone()).when(&act(AGAIN), &decide(again(), vec![])).decided();
    let before = case(events.clone());
    let after = case(with(events, [got[0].event.clone()]));
    assert_eq!(after.state().unpaid_fen(), 6_600_000);
    let change = matter::change(before.state(), after.state(), &got[0].event);
    assert_eq!(change.paid_fen, -7_000_000);
}

#[test]
fn finds_money_that_a_new_decision_did_not_give_back() {
    let mut events = ready_again();
    events.insert(10, paid(7_000_000).into());
    let done = with(events.clone(), case(events).when(&act(AGAIN), &decide(again(), vec![])).events());
    let left = ["EN-SERVE", "EN-PUBLICISE", "EN-COURT"];
    let left = left.map(|what| LeftOpen { what: what.into(), reason: "下落不明".into() });
    let end = ask(Step::CloseCase(CaseClosed {
        reason: CloseReason::ExecutionEnded,
        approved_by: HEAD.into(),
        official: None,
        left: left.into(),
        at: None,
    }));
    let back = ask(Step::RefundFine(FineRefunded {
        amount_fen: 7_000_000,
        reason: "原决定撤销".into(),
        document: "退库1".into(),
        at: None,
    }));
    case(done.clone()).when(&act("2027-01-04T09:00"), &end).violates("EN-REFUND");
    let given = with(done.clone(), case(done).when(&act("2024-06-24T09:00"), &back).events());
    case(given.clone()).when(&act("2024-06-25T09:00"), &back).invalid("amount_fen");
    case(given).when(&act("2027-01-04T09:00"), &end).satisfies("EN-REFUND");
}

#[test]
fn a_closed_case_is_taken_up_again() {
    let left = ["EN-PUBLICISE", "EN-COURT"].map(|what| LeftOpen { what: what.into(), reason: "下落不明".into() });
    let closed =
        |left: Vec<LeftOpen>, reason| CaseClosed { reason, approved_by: HEAD.into(), official: None, left, at: None };
    let ended = closed(left.into(), CloseReason::ExecutionEnded);
    let events = with(decided(), [ended.into(), overturned(Fate::Revoked).into()]);
    let got = case(events.clone()).when(&act(ORDERED), &ask(Step::OrderRedo(order()))).decided();
    assert_eq!(changes(&got), ["cancelled EN-FILE", "opened EN-REDO"]);
    let (before, after) = (case(events.clone()), case(with(events.clone(), [order().into()])));
    assert!(matter::change(before.state(), after.state(), &order().into()).reopened);
    assert!(after.state().is_open());
}

#[test]
fn a_case_closed_with_the_order_named_may_still_be_decided() {
    let close = |left: Vec<LeftOpen>| {
        let reason = CloseReason::Revoked;
        Step::CloseCase(CaseClosed { reason, approved_by: HEAD.into(), official: None, left, at: None })
    };
    case(ready_again()).when(&act(AGAIN), &ask(close(vec![]))).not_possible("LEFT_OPEN");
    let left = LeftOpen { what: "EN-REDO".into(), reason: "当事人死亡，等待继承人".into() };
    let got = case(ready_again()).when(&act(AGAIN), &ask(close(vec![left]))).decided();
    assert_eq!(changes(&got), ["opened EN-FILE"]);
    let events = with(ready_again(), [got[0].event.clone()]);
    case(events.clone()).when(&act("2024-06-21T09:00"), &ask(close(vec![]))).not_possible("CASE_CLOSED");
    let got = case(events).when(&act("2024-06-21T09:00"), &decide(again(), vec![])).decided();
    assert_eq!(changes(&got), ["cancelled EN-FILE", "opened EN-SERVE", "stopped EN-REDO", "opened EN-PUBLICISE"]);
}

#[test]
fn the_old_publication_is_withdrawn_before_the_new_decision_is_published() {
    let published: CaseEvent =
        DecisionPublicised { url: "https://example.gov.cn/1".into(), left_out: None, at: None }.into();
    let mut events = ready_again();
    events.insert(10, published);
    let got = case(events.clone()).when(&act(AGAIN), &decide(again(), vec![])).decided();
    let mut events = with(events, [got[0].event.clone()]);
    let publicise = || {
        ask(Step::PubliciseDecision(DecisionPublicised {
            url: "https://example.gov.cn/2".into(),
            left_out: None,
            at: None,
        }))
    };
    case(events.clone()).when(&act("2024-06-21T09:00"), &publicise()).not_possible("OLD_PUBLICATION");
    let withdraw =
        Step::WithdrawPublication(PublicationWithdrawn { reason: "复议撤销".into(), reference: None, at: None });
    let got = case(events.clone()).when(&act("2024-06-21T10:00"), &ask(withdraw)).decided();
    assert_eq!(changes(&got), ["stopped EN-WITHDRAW"]);
    assert!(matches!(&got[0].event, CaseEvent::PublicationWithdrawn(e) if e.reference.as_deref() == Some("appeal")));
    events.push(got[0].event.clone());
    let got = case(events).when(&act("2024-06-24T09:00"), &publicise()).decided();
    assert_eq!(changes(&got), ["stopped EN-PUBLICISE"]);
}

#[test]
fn what_stood_in_part_is_owed_until_it_is_decided_anew() {
    let mut events = ready_again();
    events[10] = overturned(Fate::Changed).into();
    assert!(case(events.clone()).state().penalty_stands());
    let got = case(events).when(&act(AGAIN), &decide(again(), vec![])).decided();
    assert_eq!(
        changes(&got),
        ["cancelled EN-PAY", "cancelled EN-COURT", "opened EN-SERVE", "stopped EN-REDO", "opened EN-PUBLICISE"]
    );
}

#[test]
fn what_replaces_a_spot_decision_is_served_like_any_other() {
    let redone = Some(Redone { reference: Some("appeal".into()), same_facts: false, same_reasons: true });
    let not_punished = PenaltyWithheld { redone: redone.clone(), at: Some(at(AGAIN)), ..withheld() };
    let punished = PenaltyDecided { redone, at: Some(at(AGAIN)), ..again() };
    let serve = ask(Step::ServeDecision(DecisionServed { pay_by: None, at: None, ..served() }));
    for decision in [CaseEvent::from(not_punished), punished.into()] {
        let mut events = with(to_redo(), [decision]);
        events[0] = CaseFiled { procedure: Procedure::Simple, ..filed() }.into();
        let got = case(events).when(&act("2024-06-21T09:00"), &serve).decided();
        let broken = got[0].violations.iter().map(|breach| &*breach.rule);
        assert!(!got[0].rules.iter().copied().chain(broken).any(|rule| rule == "EN-SPOT-HANDED"), "{got:?}");
    }
}

#[test]
fn refuses_cash_over_what_replaces_a_spot_decision() {
    let on_the_spot = |mut events: Vec<CaseEvent>| {
        events[0] = CaseFiled { procedure: Procedure::Simple, ..filed() }.into();
        case(events)
    };
    let take = |ground| ask(Step::RecordPayment(super::execution::paid(5_000, PayChannel::OnSpot, Some(ground))));
    let redone = Some(Redone { reference: Some("appeal".into()), same_facts: false, same_reasons: true });
    let small = decision(vec![fine(5_000)]);
    for ground in [SpotGround::UpTo100Yuan, SpotGround::HardAfterwards] {
        let again = PenaltyDecided { redone: redone.clone(), at: Some(at(AGAIN)), ..small.clone() };
        let replaced = on_the_spot(with(to_redo(), [again.into()]));
        replaced.when(&act("2024-06-20T10:00"), &take(ground)).refused_by("EN-SEPARATE");
        let mut first = decided();
        let at_first = first.iter().position(|event| matches!(event, CaseEvent::PenaltyDecided(_))).unwrap();
        first.truncate(at_first);
        first.push(small.clone().into());
        on_the_spot(first).when(&act("2024-03-13T09:10"), &take(ground)).satisfies("EN-SEPARATE");
    }
}
