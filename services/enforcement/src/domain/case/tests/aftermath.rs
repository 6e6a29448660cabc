//! Sentences, confiscated goods, money that goes back, and decisions that are not published.

use lists::facts::PenaltyKind;

use super::*;
use crate::domain::{
    case::{Command, sample::*},
    events::*,
};

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

fn transferred() -> [CaseEvent; 2] {
    [
        CaseTransferred { to: "抚远市公安局".into(), document: "移送书1号".into(), at: None }.into(),
        CaseReturned { by: "抚远市人民法院".into(), reason: "判决生效".into(), at: None }.into(),
    ]
}

fn sentence(fine_fen: i64, on: &str) -> SentencePassed {
    SentencePassed {
        court: "抚远市人民法院".into(),
        document: "（2024）黑0883刑初1号".into(),
        crime: "销售有毒、有害食品罪".into(),
        fine_fen,
        confined: false,
        at: Some(at(on)),
    }
}

#[test]
fn where_the_court_fined_the_agency_fines_no_more() {
    let decide = ask(Step::DecidePenalty(decision(vec![fine(7_000_000)])));
    let sentenced = |fine_fen, on| with(with(ready(), transferred()), [sentence(fine_fen, on).into()]);
    let when = act("2024-03-13T09:00");
    case(sentenced(1_000_000, "2024-03-12T09:00")).when(&when, &decide).refused_by("EN-SET-OFF");
    case(sentenced(0, "2024-03-12T09:00")).when(&when, &decide).satisfies("EN-SET-OFF");
    // Sentenced after the decision: then it is set off.
    let later = case(sentenced(1_000_000, "2024-03-13T09:01")).when(&when, &decide).decided();
    assert!(!later[0].rules.contains(&"EN-SET-OFF"));
}

#[test]
fn a_sentence_is_recorded_once() {
    let record = ask(Step::RecordSentence(sentence(1, "2024-06-03T09:00")));
    assert_eq!(case(decided()).when(&act("2024-06-03T09:00"), &record).events().len(), 1);
    let twice = with(decided(), [sentence(1, "2024-06-03T09:00").into()]);
    case(twice.clone()).when(&act("2024-06-04T09:00"), &record).not_possible("ALREADY_SENTENCED");
    // Another judgment takes its place: what the court fined is what it says at last.
    let document = "（2024）黑08刑终1号".into();
    let appealed = SentencePassed { document, ..sentence(2, "2024-09-02T09:00") };
    let record = ask(Step::RecordSentence(appealed));
    let events = with(twice.clone(), case(twice).when(&act("2024-09-02T09:00"), &record).events());
    assert_eq!(case(events).state().sentence.as_ref().map(|sentence| sentence.fine_fen), Some(2));
}

fn close(reason: CloseReason) -> Command {
    ask(Step::CloseCase(CaseClosed { reason, approved_by: HEAD.into(), official: None, left: vec![], at: None }))
}

fn published() -> CaseEvent {
    DecisionPublicised { url: "https://example.gov.cn/1".into(), left_out: None, at: None }.into()
}

#[test]
fn a_fine_that_was_paid_is_set_off_against_the_courts() {
    let paid_up = with(decided(), [paid(7_000_000).into(), published()]);
    let sentenced = with(with(paid_up, transferred()), [sentence(1_000_000, "2024-06-03T09:00").into()]);
    let when = act("2024-06-05T09:00");
    case(sentenced.clone()).when(&when, &close(CloseReason::Performed)).violates("EN-SET-OFF-DONE");
    let set_off = |fine_fen| {
        ask(Step::SetOffPenalty(PenaltySetOff { fine_fen, days: 0, document: "执行通知书1号".into(), at: None }))
    };
    case(sentenced.clone()).when(&when, &set_off(1_000_001)).invalid("fine_fen");
    case(sentenced.clone()).when(&when, &set_off(0)).invalid("days");
    // A part is not all of it, and the rest is no more than what is left.
    let part = with(sentenced.clone(), case(sentenced.clone()).when(&when, &set_off(1)).events());
    case(part.clone()).when(&when, &close(CloseReason::Performed)).violates("EN-SET-OFF-DONE");
    case(part).when(&when, &set_off(1_000_000)).invalid("fine_fen");
    let done = with(sentenced.clone(), case(sentenced).when(&when, &set_off(1_000_000)).events());
    case(done).when(&when, &close(CloseReason::Performed)).satisfies("EN-SET-OFF-DONE");
}

#[test]
fn orders_to_correct_are_checked_before_the_case_ends() {
    let order = CorrectionOrdered {
        order: id(500),
        what: "办理许可".into(),
        by: None,
        document: "责令改正通知书1号".into(),
        at: None,
    };
    let done = with(decided(), [paid(7_000_000).into(), published(), order.into()]);
    let when = act("2024-04-01T09:00");
    case(done.clone()).when(&when, &close(CloseReason::Performed)).violates("EN-CORRECT-CHECK");
    let found = "仍未办理".into();
    let checked = CorrectionChecked { order: id(500), corrected: false, found, corrected_on: None, at: None };
    case(with(done, [checked.into()])).when(&when, &close(CloseReason::Performed)).satisfies("EN-CORRECT-CHECK");
}

#[test]
fn a_child_that_is_let_go_has_a_guardian_who_was_ordered() {
    let mut events = ready();
    events[0] = CaseFiled { party: Party { minor_age: Some(13), ..citizen() }, ..filed() }.into();
    let withheld = PenaltyWithheld {
        number: "抚市监不罚〔2024〕1号".into(),
        ground: NoPenaltyGround::Under14,
        reason: "不满十四周岁".into(),
        education: "当面教育".into(),
        decided_by: HEAD.into(),
        official: None,
        redone: None,
        at: Some(at("2024-03-13T09:00")),
    };
    let events = with(events, [withheld.into(), served().into()]);
    let order =
        |duty| GuardianOrdered {
            duty, guardian: "父亲".into(), document: "责令管教通知书1号".into(), at: None
        };
    let end = close(CloseReason::NotPunished);
    let right = with(events.clone(), [order(GuardianDuty::Discipline).into()]);
    case(right).when(&act("2024-04-01T09:00"), &end).satisfies("EN-GUARDIAN");
    let wrong = with(events.clone(), [order(GuardianDuty::CareAndTreatment).into()]);
    case(wrong).when(&act("2024-04-01T09:00"), &end).violates("EN-GUARDIAN");
    let silent = case(events.clone()).when(&act("2024-04-01T09:00"), &end).decided();
    assert!(!silent[0].rules.contains(&"EN-GUARDIAN"));
    case(events).when(&act("2027-01-04T09:00"), &end).violates("EN-GUARDIAN");
}

#[test]
fn confiscated_goods_are_auctioned_or_destroyed_by_law() {
    let goods = Penalty { kind: PenaltyKind::ConfiscateGoods, what: Some("冷冻鱼40公斤".into()), ..fine(0) };
    let mut events = decided();
    events[8] = decision(vec![fine(7_000_000), goods]).into();
    let dispose = |way, basis: Option<&str>| {
        ask(Step::DisposeGoods(GoodsDisposed {
            what: "冷冻鱼40公斤".into(),
            way,
            basis: basis.map(Into::into),
            proceeds_fen: 0,
            receipt: None,
            goods: None,
            at: None,
        }))
    };
    let when = act("2024-04-01T09:00");
    case(events.clone()).when(&when, &dispose(DisposalWay::Destroyed, Some("《食品安全法》"))).satisfies("EN-DISPOSAL");
    case(events.clone()).when(&when, &dispose(DisposalWay::Destroyed, None)).refused_by("EN-DISPOSAL");
    let rules = dispose(DisposalWay::StateRules, None);
    case(events.clone()).when(&reporting("2024-04-01T09:00"), &rules).violates("EN-DISPOSAL");
    // What was never confiscated, or no more, is disposed of unlawfully, and not in silence.
    let auction = dispose(DisposalWay::Auction, None);
    case(decided()).when(&when, &auction).refused_by("EN-DISPOSAL");
    case(decided()).when(&reporting("2024-04-01T09:00"), &auction).violates("EN-DISPOSAL");
    let fell = with(events.clone(), [overturned(Fate::Revoked, "2024-03-28T09:00").into()]);
    case(fell).when(&reporting("2024-04-01T09:00"), &auction).violates("EN-DISPOSAL");
}

#[test]
fn money_paid_under_a_decision_that_fell_goes_back() {
    let (by, document) = ("抚远市人民政府".into(), "抚政复决〔2024〕1号".into());
    let fell = DecisionOverturned { outcome: Fate::Revoked.into(), by, document, reference: None, at: None };
    let refund = |amount_fen| {
        ask(Step::RefundFine(FineRefunded {
            amount_fen,
            reason: "复议撤销".into(),
            document: "退库1".into(),
            at: None,
        }))
    };
    let paid_up = with(decided(), [paid(7_000_000).into()]);
    let when = act("2024-05-08T09:00");
    case(paid_up.clone()).when(&when, &refund(1)).not_possible("DECISION_STANDS");
    let events = with(paid_up, [fell.into()]);
    case(events.clone()).when(&when, &refund(7_000_001)).invalid("amount_fen");
    let part = with(events.clone(), case(events).when(&when, &refund(6_999_999)).events());
    case(part.clone()).when(&when, &close(CloseReason::Revoked)).violates("EN-REFUND");
    let all = with(part.clone(), case(part).when(&when, &refund(1)).satisfies("EN-REFUND"));
    case(all).when(&when, &close(CloseReason::Revoked)).satisfies("EN-REFUND");
}

fn overturned(outcome: Fate, on: &str) -> DecisionOverturned {
    let (by, document) = ("抚远市人民政府".into(), "抚政复决〔2024〕1号".into());
    DecisionOverturned { outcome: outcome.into(), by, document, reference: None, at: Some(at(on)) }
}

fn back(amount_fen: i64) -> Command {
    ask(Step::RefundFine(FineRefunded { amount_fen, reason: "退还".into(), document: "退库1".into(), at: None }))
}

#[test]
fn what_fell_after_the_case_was_closed_goes_back_all_the_same() {
    let closed = CaseClosed {
        reason: CloseReason::Performed,
        approved_by: HEAD.into(),
        official: None,
        left: vec![],
        at: Some(at("2024-04-01T09:00")),
    };
    let done = with(decided(), [paid(7_000_000).into(), published(), closed.into()]);
    let fell = Step::OverturnDecision(overturned(Fate::Revoked, "2027-01-04T09:00"));
    let got = case(done.clone()).when(&act("2027-01-04T09:00"), &ask(fell)).decided();
    assert!(got[0].unchecked.iter().any(|unchecked| unchecked.rule == "EN-REFUND"), "{got:?}");
    let archive = ask(Step::ArchiveCase(CaseArchived {
        archive_number: "1".into(),
        volumes: 1,
        pages: 1,
        contents_sha256: sha(),
        at: None,
    }));
    let after = with(done.clone(), [got[0].event.clone()]);
    case(after.clone()).when(&act("2027-02-01T09:00"), &archive).violates("EN-REFUND");
    let given = with(after.clone(), case(after).when(&act("2027-01-11T09:00"), &back(7_000_000)).events());
    case(given).when(&act("2027-02-01T09:00"), &archive).satisfies("EN-REFUND");
    assert!(case(done).when(&act("2027-02-01T09:00"), &archive).decided()[0].violations.is_empty());
}

#[test]
fn what_was_found_unlawful_or_changed_need_not_go_back_and_may() {
    let when = act("2027-01-04T09:00");
    let unlawful = with(decided(), [paid(7_000_000).into(), overturned(Fate::Unlawful, "2024-05-08T09:00").into()]);
    let got = case(unlawful).when(&when, &close(CloseReason::Revoked)).decided();
    assert!(got[0].unchecked.iter().any(|unchecked| unchecked.rule == "EN-REFUND"), "{got:?}");
    assert!(got[0].violations.iter().all(|breach| breach.rule != "EN-REFUND"));
    let changed = with(decided(), [paid(7_000_000).into(), overturned(Fate::Changed, "2024-05-08T09:00").into()]);
    assert_eq!(case(changed.clone()).when(&when, &back(4_000_000)).events().len(), 1);
    case(changed).when(&when, &back(7_000_001)).invalid("amount_fen");
}

fn omit(reason: &str) -> Command {
    omit_for(NotPublicGround::TradeSecret, reason)
}

fn omit_for(ground: NotPublicGround, reason: &str) -> Command {
    ask(Step::OmitPublication(PublicationOmitted {
        ground,
        reason: reason.into(),
        decided_by: HEAD.into(),
        official: None,
        at: None,
    }))
}

#[test]
fn a_decision_that_is_not_published_is_owed_no_more() {
    let when = act("2024-03-15T09:00");
    let got = case(decided()).when(&when, &omit("决定书载明配方")).decided();
    assert_eq!(changes(&got), ["cancelled EN-PUBLICISE"]);
    assert!(got[0].rules.contains(&"EN-NOT-PUBLIC") && got[0].rules.contains(&"EN-HEAD"));
    let events = with(decided(), [got[0].event.clone(), paid(7_000_000).into()]);
    case(events.clone()).when(&when, &omit("再次")).quiet();
    // Nothing is left open when the case ends, and to publish later stops no clock that is not there.
    assert_eq!(
        changes(&case(events.clone()).when(&act("2024-04-01T09:00"), &close(CloseReason::Performed)).decided())[0],
        "opened EN-FILE"
    );
    let publish =
        DecisionPublicised { url: "https://example.gov.cn/1".into(), left_out: Some("配方".into()), at: None };
    assert_eq!(changes(&case(events).when(&when, &ask(Step::PubliciseDecision(publish))).decided()), [""; 0]);
}

#[test]
fn refuses_to_keep_a_decision_from_the_web_without_reasons_or_the_head() {
    let when = act("2024-03-15T09:00");
    case(decided()).when(&when, &omit(" ")).refused_by("EN-NOT-PUBLIC");
    // The sample's decision is a major one.
    let slight = omit_for(NotPublicGround::NoConsequence, "无社会影响");
    case(decided()).when(&when, &slight).refused_by("EN-NOT-PUBLIC");
    case(with(decided(), [published()])).when(&when, &omit("迟了")).not_possible("ALREADY_PUBLISHED");
    let mut command = omit("决定书载明配方");
    command.facts.sender = lists::facts::Sender::default();
    case(decided()).when(&when, &command).refused_by("EN-HEAD");
}

#[test]
fn what_a_closed_hearing_protected_is_left_out_of_what_is_published() {
    let closed = HearingNotified {
        hearing_at: at("2024-03-12T09:00"),
        place: "局会议室".into(),
        host: code("A9"),
        public: false,
        closed_ground: Some(ClosedGround::TradeSecret),
        method: None,
        delivery: None,
        at: Some(at("2024-03-05T10:00")),
    };
    let events = with(decided(), [closed.into()]);
    let publish = |left_out: Option<&str>| {
        let url = "https://example.gov.cn/1".into();
        ask(Step::PubliciseDecision(DecisionPublicised { url, left_out: left_out.map(Into::into), at: None }))
    };
    let when = act("2024-03-15T09:00");
    case(events.clone()).when(&when, &publish(Some("配方"))).satisfies("EN-SECRET");
    case(events.clone()).when(&when, &publish(None)).refused_by("EN-SECRET");
    case(events).when(&reporting("2024-03-15T09:00"), &publish(None)).violates("EN-SECRET");
    assert!(!case(decided()).when(&when, &publish(None)).decided()[0].rules.contains(&"EN-SECRET"));
}

#[test]
fn refuses_to_publish_a_secret_whole_after_a_new_notice() {
    let closed = HearingNotified {
        hearing_at: at("2024-03-12T09:00"),
        place: "局会议室".into(),
        host: code("A9"),
        public: false,
        closed_ground: Some(ClosedGround::TradeSecret),
        method: None,
        delivery: None,
        at: Some(at("2024-03-05T10:00")),
    };
    let mut events = ready();
    events.extend([closed.into(), notice(vec![fine(7_000_000)]).into(), heard().into()]);
    events.extend([decision(vec![fine(7_000_000)]).into(), served().into()]);
    let url = "https://example.gov.cn/1".into();
    let publish = ask(Step::PubliciseDecision(DecisionPublicised { url, left_out: None, at: None }));
    case(events).when(&act("2024-03-15T09:00"), &publish).refused_by("EN-SECRET");
}

fn publish(left_out: Option<&str>) -> Command {
    let url = "https://example.gov.cn/1".into();
    ask(Step::PubliciseDecision(DecisionPublicised { url, left_out: left_out.map(Into::into), at: None }))
}

#[test]
fn what_was_kept_from_the_web_as_a_secret_is_not_put_up_whole() {
    let when = act("2024-03-15T09:00");
    let kept = |ground| with(decided(), case(decided()).when(&when, &omit_for(ground, "决定书载明")).events());
    for ground in [NotPublicGround::TradeSecret, NotPublicGround::Privacy, NotPublicGround::Minor] {
        case(kept(ground)).when(&when, &publish(None)).refused_by("EN-SECRET");
        case(kept(ground)).when(&when, &publish(Some("姓名、配方"))).satisfies("EN-SECRET");
    }
    case(kept(NotPublicGround::StateSecret)).when(&when, &publish(Some("全部"))).refused_by("EN-SECRET");
    // A state secret is one, though a hearing was closed for something less since.
    let lesser = HearingNotified {
        hearing_at: at("2024-03-12T09:00"),
        place: "局会议室".into(),
        host: code("A9"),
        public: false,
        closed_ground: Some(ClosedGround::TradeSecret),
        method: None,
        delivery: None,
        at: Some(at("2024-03-05T10:00")),
    };
    let state = HearingNotified { closed_ground: Some(ClosedGround::StateSecret), ..lesser.clone() };
    let called_less = with(decided(), [state.into(), lesser.into()]);
    case(called_less).when(&when, &publish(Some("配方"))).refused_by("EN-SECRET");
}

#[test]
fn what_was_taken_down_is_put_up_again_and_why_it_was_taken_down_is_not_checked() {
    let down = ask(Step::WithdrawPublication(PublicationWithdrawn {
        reason: "误将住址公示".into(),
        reference: None,
        at: None,
    }));
    let up = with(decided(), [published()]);
    let got = case(up.clone()).when(&act("2024-03-18T09:00"), &down).decided();
    assert!(got[0].unchecked.iter().any(|unchecked| unchecked.rule == "EN-NOT-PUBLIC"), "{got:?}");
    let taken = with(up.clone(), [got[0].event.clone()]);
    let again = case(taken.clone()).when(&act("2024-03-18T10:00"), &publish(Some("住址"))).decided();
    assert_eq!(changes(&again), [""; 0]);
    let up_again = case(with(taken, [again[0].event.clone()]));
    assert!(!up_again.state().withdrawn);
    up_again.when(&act("2024-03-18T11:00"), &publish(None)).not_possible("ALREADY_PUBLISHED");
    // Changed by the organ of reconsideration, the old text goes and the new one comes.
    let (by, document) = ("抚远市人民政府".into(), "抚政复决〔2024〕1号".into());
    let changed = DecisionOverturned { outcome: Fate::Changed.into(), by, document, reference: None, at: None };
    let gone = with(up, [changed.into(), got[0].event.clone()]);
    assert_eq!(case(gone).when(&act("2024-05-10T09:00"), &publish(None)).events().len(), 1);
}
