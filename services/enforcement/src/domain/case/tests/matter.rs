//! What the events of a case say they do to it.

use law::{
    Decider as _, DomainEvent as _, MatterChange,
    matter::{Counted, MatterDecided},
};

use super::*;
use crate::domain::{
    OLDER,
    case::{Case, matter::change, sample::*},
    events::*,
    vocabulary::{STAGES, indicator, stage},
};

/// What each of these events, one after the other, does to the case.
fn changes_of(events: &[CaseEvent]) -> Vec<MatterChange> {
    let mut case = Case::default();
    let one = |event: &CaseEvent| {
        let before = case.clone();
        Cases::evolve(&mut case, event);
        change(&before, &case, event)
    };
    events.iter().map(one).collect()
}

/// What the last of these events does.
fn last_of(events: Vec<CaseEvent>) -> MatterChange {
    changes_of(&events).pop().expect("an event")
}

/// The stage an event reaches and the one it makes the next, for short assertions.
fn way(changes: &[MatterChange]) -> Vec<(&str, &str)> {
    changes.iter().map(|c| (c.stage.as_deref().unwrap_or("-"), c.next.as_deref().unwrap_or("-"))).collect()
}

fn publicised() -> CaseEvent {
    DecisionPublicised { url: "https://example.gov.cn/1".into(), left_out: None, at: None }.into()
}

fn closed() -> CaseEvent {
    CaseClosed { reason: CloseReason::Performed, approved_by: HEAD.into(), official: None, left: vec![], at: None }
        .into()
}

fn archived() -> CaseEvent {
    let archive_number = "抚市监档〔2024〕1号".into();
    CaseArchived { archive_number, volumes: 1, pages: 56, contents_sha256: sha(), at: None }.into()
}

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

/// A case from the filing to the archive, its records made as it goes.
fn whole() -> Vec<CaseEvent> {
    let records = RecordStage::ALL.iter().map(|stage| record(*stage));
    let end = [publicised(), paid(3_000_000).into(), paid(4_000_000).into(), closed(), archived()];
    with(decided(), records.chain(end))
}

#[test]
fn a_filing_opens_the_case_with_what_it_is_about() {
    let got = last_of(vec![filed().into()]);
    let opened = got.opened.expect("opens it");
    assert_eq!(opened.kind, "case");
    assert_eq!(opened.id, id(1).to_string());
    assert_eq!((opened.number.as_str(), opened.subject.as_str()), ("抚市监立〔2024〕1号", "未取得许可从事餐饮服务"));
    assert_eq!((opened.party.as_str(), opened.party_kind.as_str()), ("抚远市江鱼餐饮有限公司", "legal_person"));
    assert_eq!((opened.procedure.as_str(), opened.source.as_str()), ("ordinary", "inspection"));
    assert_eq!((opened.item.as_str(), opened.item_version), (item().item.as_str(), 1));
    assert_eq!((opened.from, opened.until), (Some(day("2024-01-05")), Some(day("2024-02-28"))));
    assert!(got.in_charge && got.acted);
}

#[test]
fn a_whole_case_goes_from_stage_to_stage() {
    let changes = changes_of(&whole());
    let want = [
        ("file", "investigate"),
        ("investigate", "-"),
        ("investigate", "notify"),
        ("investigate", "-"),
        ("notify", "state"),
        ("state", "legal_review"),
        ("legal_review", "decide"),
        ("deliberate", "-"),
        ("decide", "serve"),
        ("serve", "publicise"),
        ("-", "-"),
        ("-", "-"),
        ("-", "-"),
        ("-", "-"),
        ("-", "-"),
        ("-", "-"),
        ("publicise", "execute"),
        ("execute", "-"),
        ("execute", "close"),
        ("close", "archive"),
        ("archive", "-"),
    ];
    assert_eq!(way(&changes), want);
    assert_eq!(changes.iter().map(|c| c.paid_fen).sum::<i64>(), 7_000_000);
    assert_eq!(changes.iter().filter(|c| c.acted).count(), 2, "the filing and the evidence");
    assert_eq!(changes[16].published.as_deref(), Some("https://example.gov.cn/1"));
    assert!(changes[19].ended && !changes[19].archived);
    assert!(changes[20].archived && !changes[20].ended);
}

#[test]
fn a_case_on_the_spot_is_decided_next_and_counts_for_no_notice() {
    let filed = CaseFiled { procedure: Procedure::Simple, ..filed() };
    let decision = PenaltyDecided { major: false, ..decision(vec![fine(5_000)]) };
    let changes = changes_of(&[filed.into(), decision.into(), served().into(), paid(5_000).into(), closed()]);
    assert_eq!(
        way(&changes),
        [("file", "decide"), ("decide", "serve"), ("serve", "publicise"), ("execute", "close"), ("close", "archive")]
    );
    assert_eq!(changes[1].counted, []);
    // APL 52: the decision itself is the record of everything.
    assert_eq!(changes[4].counted, [Counted::new(indicator::RECORDS, true)]);
}

#[test]
fn a_hearing_that_was_asked_for_comes_next_until_it_is_held() {
    let mut events = ready();
    events.truncate(6);
    let asked = with(events, [HearingRequested { in_time: true, at: None }.into()]);
    assert_eq!(way(&changes_of(&asked)).last(), Some(&("hear", "hear")));
    let held = HearingHeld {
        host: code("A9"),
        record_sha256: sha(),
        signed: true,
        opinion: "维持".into(),
        note: None,
        at: None,
        ..hearing_held()
    };
    assert_eq!(way(&changes_of(&with(asked, [held.into()]))).last(), Some(&("hear", "legal_review")));
}

#[test]
fn a_decision_says_what_it_came_to_and_counts_for_notice_and_review() {
    let got = last_of(with(ready(), [decision(vec![fine(7_000_000)]).into()]));
    let want = MatterDecided {
        number: "抚市监罚决〔2024〕1号".into(),
        outcome: "punished".into(),
        imposed_fen: 7_000_000,
        major: true,
        tier: Some("ordinary".into()),
    };
    assert_eq!(got.decided.as_deref(), Some(&want));
    assert_eq!(got.counted, [Counted::new(indicator::NOTICE, true), Counted::new(indicator::LEGAL_REVIEW, true)]);
}

#[test]
fn a_penalty_without_notice_or_review_counts_and_does_not_pass() {
    let failed = LegalReviewed { passed: false, ..reviewed() };
    let got = last_of(vec![filed().into(), failed.into(), decision(vec![fine(7_000_000)]).into()]);
    assert_eq!(got.counted, [Counted::new(indicator::NOTICE, false), Counted::new(indicator::LEGAL_REVIEW, false)]);
}

#[test]
fn a_withheld_penalty_imposes_nothing_counts_for_nothing_and_is_closed_once_public() {
    let got = last_of(with(ready(), [withheld().into()]));
    let decided = got.decided.expect("decided");
    assert_eq!((decided.outcome.as_str(), decided.imposed_fen, decided.major), ("withheld", 0, false));
    assert_eq!(got.counted, []);
    let served = with(ready(), [withheld().into(), served().into(), publicised()]);
    assert_eq!(way(&changes_of(&served)).last(), Some(&("publicise", "close")));
}

#[test]
fn a_decision_anew_replaces_what_the_first_counted_for() {
    let small = PenaltyDecided { major: false, ..decision(vec![fine(10_000)]) };
    let first = with(ready(), [decision(vec![fine(7_000_000)]).into()]);
    let anew = last_of(with(first.clone(), [small.into()]));
    assert_eq!(anew.counted, [Counted::new(indicator::NOTICE, true), Counted::not(indicator::LEGAL_REVIEW)]);
    let taken_back = last_of(with(first, [withheld().into()]));
    assert_eq!(taken_back.counted, [Counted::not(indicator::NOTICE), Counted::not(indicator::LEGAL_REVIEW)]);
}

#[test]
fn a_file_is_complete_when_every_stage_it_went_through_left_its_record() {
    let passes = |events| last_of(with(events, [closed()])).counted == [Counted::new(indicator::RECORDS, true)];
    let recorded = |but: Option<RecordStage>| {
        let stages = RecordStage::ALL.iter().filter(|stage| Some(**stage) != but);
        with(decided(), stages.map(|stage| record(*stage)).chain([paid(7_000_000).into()]))
    };
    assert!(passes(recorded(None)));
    for missing in RecordStage::ALL {
        assert!(!passes(recorded(Some(*missing))), "{missing:?}");
    }
    // What the case never came to needs no record.
    assert!(passes(vec![filed().into(), record(RecordStage::Start)]));
}

#[test]
fn new_officers_are_in_charge_without_having_acted() {
    let assigned = OfficersAssigned { officers: two(), reason: "轮岗".into(), at: None };
    let got = last_of(vec![filed().into(), assigned.into()]);
    assert!(got.in_charge && !got.acted);
    let got = last_of(vec![filed().into(), measure_taken().into()]);
    assert!(got.acted && !got.in_charge);
}

#[test]
fn a_fallen_decision_is_overturned_and_taken_off_the_web() {
    let overturned = DecisionOverturned {
        outcome: Fate::Revoked.into(),
        by: "抚远市人民政府".into(),
        document: "抚政复决〔2024〕1号".into(),
        reference: None,
        at: None,
    };
    let withdrawn = PublicationWithdrawn { reason: "复议撤销".into(), reference: None, at: None };
    let changes = changes_of(&with(decided(), [publicised(), overturned.into(), withdrawn.into()]));
    assert_eq!(changes[11].overturned.as_deref(), Some("revoked（抚远市人民政府）"));
    assert!(changes[12].withdrawn);
}

#[test]
fn an_attempt_does_nothing() {
    let refused = StepRefused {
        step: "DecidePenalty".into(),
        breaches: vec![],
        summary: String::new(),
        agency: agency().agency,
        region: agency().region,
    };
    assert_eq!(last_of(vec![refused.clone().into()]), MatterChange::default());
    assert_eq!(last_of(with(decided(), [refused.into()])), MatterChange::default());
}

/// Every stage has one that follows, so a stage that is added must say what comes after it.
#[test]
fn no_stage_leads_nowhere() {
    let events: Vec<CaseEvent> = with(whole(), [HearingRequested { in_time: true, at: None }.into()]);
    let reached: Vec<_> = changes_of(&events).into_iter().filter_map(|c| c.stage).collect();
    for word in STAGES {
        assert!(reached.iter().any(|stage| stage == word.id), "{} is in no sample", word.id);
    }
    for n in 1..=whole().len() {
        let state = case(whole()[..n].to_vec());
        assert!(super::super::matter::next(state.state()).is_some(), "after {n} events");
    }
    assert_eq!(STAGES.last().map(|word| word.id), Some(stage::ARCHIVE));
}

#[test]
fn what_older_events_did_is_read_as_new_ones_say_it() {
    let events = whole();
    let upcast = OLDER.iter().find(|older| older.reads(events[0].kind())).expect("cases have one");
    let mut past = upcast.begin();
    for (event, want) in events.iter().zip(changes_of(&events)) {
        let data = event.to_data().expect("serialises");
        assert_eq!(past.take(event.kind(), data.get()).expect("reads"), Some(want), "{}", event.kind());
    }
}
