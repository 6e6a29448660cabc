use law::ending::LeftOpen;

use super::*;
use crate::domain::{
    case::{CaseStage, next_steps, sample::*, stage},
    events::*,
};

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

fn upward() -> CaseEvent {
    FiledUpward { to: "抚远市司法局".into(), document: "备案1号".into(), at: None }.into()
}

fn close(reason: CloseReason) -> Step {
    leaving(reason, &[])
}

/// Closed with this left open.
fn leaving(reason: CloseReason, what: &[&str]) -> Step {
    let left = what.iter().map(|what| LeftOpen { what: (*what).into(), reason: "当事人下落不明".into() }).collect();
    Step::CloseCase(CaseClosed { reason, approved_by: HEAD.into(), official: None, left, at: None })
}

fn complete() -> Vec<CaseEvent> {
    let records = RecordStage::ALL.iter().map(|s| record(*s));
    with(decided(), records.chain([paid(7_000_000).into(), published(), upward()]))
}

#[test]
fn a_complete_file_is_closed_without_findings_and_awaits_the_archive() {
    let got = case(complete()).when(&act("2024-04-01T09:00"), &ask(close(CloseReason::Performed))).decided();
    assert!(got[0].violations.is_empty(), "{:?}", got[0].violations);
    assert_eq!(changes(&got), ["opened EN-FILE"]);
}

#[test]
fn what_the_file_lacks_is_found_when_it_is_closed() {
    let bare = with(decided(), [paid(7_000_000).into(), published()]);
    let got = case(bare).when(&act("2024-04-01T09:00"), &ask(close(CloseReason::Performed))).decided();
    let rules: Vec<_> = got[0].violations.iter().map(|b| b.rule.as_str()).collect();
    assert_eq!(rules, ["EN-RECORD", "EN-FILE-UPWARD"]);
    let asked = AssistanceRequested { request: id(9), of: "公安局".into(), what: "查户籍".into(), at: None };
    case(with(complete(), [asked.into()]))
        .when(&act("2024-04-01T09:00"), &ask(close(CloseReason::Performed)))
        .violates("EN-ASSIST");
}

#[test]
fn a_spot_decision_never_reported_is_found() {
    let filed = CaseFiled { procedure: Procedure::Simple, ..filed() };
    let decision = PenaltyDecided { major: false, ..decision(vec![fine(7_000_000)]) };
    let events = vec![filed.into(), decision.into(), served().into(), paid(7_000_000).into(), published()];
    case(events).when(&act("2024-04-01T09:00"), &ask(close(CloseReason::Performed))).violates("EN-SIMPLE-REPORT");
}

#[test]
fn a_reason_that_came_true_later_is_none() {
    let performed = ask(close(CloseReason::Performed));
    let paid = with(decided(), [FinePaid { at: Some(at("2024-03-20T09:00")), ..paid(7_000_000) }.into(), published()]);
    for mode in [act, reporting] {
        case(paid.clone()).when(&mode("2024-03-20T08:59"), &performed).not_possible("CLOSE_REASON");
        assert_eq!(case(paid.clone()).when(&mode("2024-03-20T09:00"), &performed).events().len(), 1);
    }
    let paid_before = with(decided(), [FinePaid { at: Some(at("2024-03-13T10:00")), ..super::paid(7_000_000) }.into()]);
    case(paid_before).when(&reporting("2024-03-13T11:00"), &performed).not_possible("CLOSE_REASON");
}

#[test]
fn a_case_is_closed_for_a_reason_that_holds() {
    let when = act("2024-04-01T09:00");
    for reason in [CloseReason::Performed, CloseReason::NotPunished, CloseReason::Transferred, CloseReason::Revoked] {
        case(decided()).when(&when, &ask(close(reason))).not_possible("CLOSE_REASON");
    }
    let got = case(decided())
        .when(&when, &ask(leaving(CloseReason::ExecutionEnded, &["EN-PUBLICISE", "EN-COURT"])))
        .decided();
    assert_eq!(changes(&got), ["opened EN-FILE"]);
    let got = case(vec![filed().into()]).when(&when, &ask(close(CloseReason::CaseWithdrawn))).decided();
    assert_eq!(changes(&got), ["opened EN-FILE", "cancelled EN-NINETY"]);
}

#[test]
fn what_is_not_money_is_performed_before_the_case_is_closed_as_performed() {
    use lists::facts::PenaltyKind;
    let of = |kind| {
        let mut events = complete();
        let at = events.iter().position(|event| matches!(event, CaseEvent::PenaltyDecided(_))).expect("decided");
        events[at] = decision(vec![fine(7_000_000), Penalty::of(kind)]).into();
        events
    };
    let (when, closed) = (act("2024-04-01T09:00"), ask(close(CloseReason::Performed)));
    for kind in [PenaltyKind::Warning, PenaltyKind::PublicCriticism] {
        assert_eq!(case(of(kind)).when(&when, &closed).events().len(), 1);
    }
    for kind in [PenaltyKind::SuspendProduction, PenaltyKind::ConfiscateGains, PenaltyKind::RevokeLicence] {
        case(of(kind)).when(&when, &closed).not_possible("CLOSE_REASON");
        let done = PenaltyPerformed { what: "已停产停业".into(), at: None };
        assert_eq!(case(with(of(kind), [done.into()])).when(&when, &closed).events().len(), 1);
    }
}

#[test]
fn the_court_has_executed_only_what_it_agreed_to_execute() {
    let applied = CourtApplied { court: "抚远市人民法院".into(), document: "申请书1号".into(), at: None };
    let answer = |accepted| CourtAnswered { accepted, outcome: "裁定".into(), at: None };
    let events = with(decided(), [published(), applied.into()]);
    let (when, closed) = (act("2025-01-06T09:00"), ask(close(CloseReason::CourtExecuted)));
    case(events.clone()).when(&when, &closed).not_possible("CLOSE_REASON");
    let refused = with(events.clone(), [answer(false).into()]);
    case(refused.clone()).when(&when, &closed).not_possible("CLOSE_REASON");
    // It owes the court an application still.
    let ended = |what: &[&str]| ask(leaving(CloseReason::ExecutionEnded, what));
    case(refused.clone()).when(&when, &ended(&[])).not_possible("LEFT_OPEN");
    assert_eq!(case(refused).when(&when, &ended(&["EN-COURT"])).events().len(), 1);
    assert_eq!(case(with(events, [answer(true).into()])).when(&when, &closed).events().len(), 1);
}

#[test]
fn a_penalty_that_was_never_executed_needs_no_record_of_its_execution() {
    let records = RecordStage::ALL.iter().filter(|stage| **stage != RecordStage::Execution).map(|s| record(*s));
    let Step::OverturnDecision(fell) = overturn(Fate::Revoked) else { unreachable!("it is the fall") };
    let events = with(decided(), records.chain([upward(), fell.into()]));
    case(events).when(&act("2024-05-10T09:00"), &ask(close(CloseReason::Revoked))).satisfies("EN-RECORD");
}

fn archive() -> Step {
    Step::ArchiveCase(CaseArchived {
        archive_number: "抚市监档〔2024〕1号".into(),
        volumes: 1,
        pages: 56,
        contents_sha256: sha(),
        at: None,
    })
}

#[test]
fn a_closed_case_is_archived_and_then_rests() {
    case(complete()).when(&act("2024-04-02T09:00"), &ask(archive())).not_possible("NOT_CLOSED");
    let closed =
        CaseClosed { reason: CloseReason::Performed, approved_by: HEAD.into(), official: None, left: vec![], at: None };
    let events = with(complete(), [closed.into()]);
    assert_eq!(next_steps(case(events.clone()).state()).last(), Some(&"ArchiveCase"));
    let got = case(events.clone()).when(&act("2024-04-02T09:00"), &ask(archive())).decided();
    assert_eq!(changes(&got), ["stopped EN-FILE"]);
    let rests = case(with(events, [got[0].event.clone()]));
    assert_eq!(stage(rests.state()), Some(CaseStage::Archived));
    // What a court, a superior or the web page does comes later and is still recorded.
    assert_eq!(next_steps(rests.state()), ["WithdrawPublication", "OverturnDecision", "LodgeAppeal"]);
    rests.when(&act("2024-04-03T09:00"), &ask(Step::CollectEvidence(evidence()))).not_possible("CASE_ARCHIVED");
}

fn published() -> CaseEvent {
    DecisionPublicised { url: "https://example.gov.cn/1".into(), left_out: None, at: None }.into()
}

fn overturn(outcome: Fate) -> Step {
    let (by, document) = ("抚远市人民政府".into(), "抚政复决〔2024〕1号".into());
    Step::OverturnDecision(DecisionOverturned { outcome: outcome.into(), by, document, reference: None, at: None })
}

#[test]
fn an_overturned_decision_is_withdrawn_from_the_web() {
    let events = with(decided(), [published()]);
    let got = case(events.clone()).when(&act("2024-05-08T09:00"), &ask(overturn(Fate::Revoked))).decided();
    assert_eq!(changes(&got), ["opened EN-WITHDRAW", "cancelled EN-PAY", "cancelled EN-COURT"]);
    let events = with(events, [got[0].event.clone()]);
    let withdraw =
        Step::WithdrawPublication(PublicationWithdrawn { reason: "复议撤销".into(), reference: None, at: None });
    let got = case(events.clone()).when(&act("2024-05-09T09:00"), &ask(withdraw)).decided();
    assert_eq!(changes(&got), ["stopped EN-WITHDRAW"]);
    case(events)
        .when(&act("2024-05-09T09:00"), &ask(Step::RecordPayment(paid(7_000_000))))
        .not_possible("DECISION_OVERTURNED");
}

#[test]
fn an_archived_case_can_still_be_appealed_and_overturned() {
    let closed =
        CaseClosed { reason: CloseReason::Performed, approved_by: HEAD.into(), official: None, left: vec![], at: None };
    let Step::ArchiveCase(archived) = archive() else { unreachable!("it is the archive") };
    let events = with(complete(), [closed.into(), archived.into()]);
    let got = case(events).when(&act("2024-05-08T09:00"), &ask(overturn(Fate::Revoked))).decided();
    assert_eq!(changes(&got), ["opened EN-WITHDRAW"]);
}

#[test]
fn a_changed_decision_is_still_owed() {
    let got = case(decided()).when(&act("2024-05-08T09:00"), &ask(overturn(Fate::Changed))).decided();
    assert_eq!(changes(&got), ["cancelled EN-PUBLICISE"]);
}

#[test]
fn the_stages_follow_one_another() {
    let stages = |n: usize| stage(case(decided()[..n].to_vec()).state());
    use CaseStage::*;
    let want = [None, Some(Investigating), Some(Investigating), Some(Concluded), Some(Concluded), Some(Notified)];
    for (n, want) in want.into_iter().enumerate() {
        assert_eq!(stages(n), want, "after {n}");
    }
    assert_eq!((stages(9), stages(10)), (Some(Decided), Some(Served)));
}

#[test]
fn the_next_steps_are_those_the_state_allows() {
    assert_eq!(next_steps(case(vec![]).state()), ["FileCase"]);
    let filed = case(vec![filed().into()]);
    let steps = next_steps(filed.state());
    assert!(steps.contains(&"CollectEvidence") && steps.contains(&"NotifyPenalty"));
    assert!(!steps.contains(&"DecidePenalty") && !steps.contains(&"ServeDecision"));
}

#[test]
fn closing_names_the_confiscated_goods_of_which_nothing_is_known() {
    let goods = |what: &str| {
        let kind = lists::facts::PenaltyKind::ConfiscateGoods;
        Penalty { kind, what: Some(what.into()), ..fine(0) }
    };
    let decision = decision(vec![fine(7_000_000), goods("冷冻鱼40公斤"), goods("冰柜一台")]);
    let decided = complete().into_iter().map(|event| match event {
        CaseEvent::PenaltyDecided(_) => decision.clone().into(),
        other => other,
    });
    let performed = PenaltyPerformed { what: "交出物品".into(), at: Some(at("2024-03-21T09:00")) };
    let decided: Vec<_> = decided.chain([performed.into()]).collect();
    let disposed = |goods| GoodsDisposed {
        what: "冷冻鱼40公斤".into(),
        way: DisposalWay::Auction,
        basis: None,
        proceeds_fen: 0,
        receipt: None,
        goods,
        at: Some(at("2024-03-25T09:00")),
    };
    let performed = ask(close(CloseReason::Performed));
    let left = |what: &[&str]| ask(leaving(CloseReason::Performed, what));
    let when = reporting("2027-01-04T09:00");
    case(decided.clone()).when(&when, &performed).not_possible("LEFT_OPEN");
    case(decided.clone()).when(&when, &left(&["EN-DISPOSAL:1", "EN-DISPOSAL:2"])).decided();
    let one = with(decided.clone(), [disposed(Some(2)).into()]);
    case(one.clone()).when(&when, &left(&["EN-DISPOSAL:2"])).invalid("left[0].what");
    case(one.clone()).when(&when, &left(&["EN-DISPOSAL:1"])).decided();
    // A record that does not say which stands for the next.
    case(with(one, [disposed(None).into()])).when(&when, &performed).decided();
    // Before it was asked, nothing was named.
    case(decided.clone()).when(&reporting("2024-04-01T09:00"), &performed).decided();
    let dispose = |goods| ask(Step::DisposeGoods(GoodsDisposed { at: None, ..disposed(goods) }));
    case(decided.clone()).when(&act("2024-04-01T09:00"), &dispose(Some(3))).invalid("goods");
    case(decided.clone()).when(&reporting("2026-11-02T09:00"), &dispose(None)).invalid("goods");
    case(decided).when(&act("2024-04-01T09:00"), &dispose(None)).satisfies("EN-DISPOSAL");
}
