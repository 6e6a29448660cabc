use law::period::Period;

use super::*;
use lists::facts::{Allowed, ItemFact, ObjectKind, Otherwise, Sender};

use crate::domain::{
    case::{Command, sample::*},
    events::*,
};

const LATER: &str = "2024-03-04T10:00";

fn investigating() -> Vec<CaseEvent> {
    vec![filed().into(), evidence().into()]
}

#[test]
fn evidence_is_recorded_with_its_officers() {
    let got = case(vec![filed().into()]).when(&act("2024-03-02T10:00"), &ask(Step::CollectEvidence(evidence())));
    assert_eq!(got.satisfies("EN-EVIDENCE"), [evidence().into()]);
}

#[test]
fn evidence_needs_its_bytes_when_handling_and_none_when_reporting() {
    let mut command = ask(Step::CollectEvidence(evidence()));
    command.facts.stored = None;
    case(vec![filed().into()]).when(&act(LATER), &command).refused_by("EN-EVIDENCE");
    let decided = case(vec![filed().into()]).when(&reporting(LATER), &command).decided();
    assert!(decided[0].violations.is_empty());
}

#[test]
fn one_officer_gathers_no_evidence() {
    let alone = EvidenceCollected { officers: two()[..1].to_vec(), ..evidence() };
    case(vec![filed().into()]).when(&act(LATER), &ask(Step::CollectEvidence(alone))).refused_by("OF-TWO");
}

#[test]
fn an_unreviewed_device_gives_no_evidence() {
    let device = Device {
        device: "抓拍1号".into(),
        legal_review: None,
        technical_review: Some("检定".into()),
        published: true,
        query: None,
    };
    let step = Step::CollectEvidence(EvidenceCollected { device: Some(device), ..evidence() });
    case(vec![filed().into()]).when(&act(LATER), &ask(step)).refused_by("EN-DEVICE");
}

fn preserved() -> EvidencePreserved {
    EvidencePreserved {
        preservation: id(300),
        objects: "账册两本".into(),
        approved_by: HEAD.into(),
        official: None,
        officers: two(),
        at: Some(at(LATER)),
    }
}

#[test]
fn a_preservation_opens_its_clock_and_its_settlement_stops_it() {
    let decided = case(investigating()).when(&act(LATER), &ask(Step::PreserveEvidence(preserved()))).decided();
    assert_eq!(changes(&decided), ["opened EN-PRESERVE"]);
    let mut events = investigating();
    events.push(preserved().into());
    let settled = PreservationSettled { preservation: id(300), outcome: "退还".into(), at: None };
    let decided = case(events).when(&act("2024-03-06T10:00"), &ask(Step::SettlePreservation(settled))).decided();
    assert_eq!(changes(&decided), ["stopped EN-PRESERVE"]);
}

#[test]
fn a_preservation_needs_the_heads_approval() {
    for approved_by in ["", "张三"] {
        let step = Step::PreserveEvidence(EvidencePreserved { approved_by: approved_by.into(), ..preserved() });
        case(investigating()).when(&act(LATER), &ask(step)).refused_by("EN-HEAD");
    }
}

fn taken_with(taken: MeasureTaken) -> Vec<CaseEvent> {
    let mut events = investigating();
    events.push(taken.into());
    events
}

#[test]
fn a_measure_opens_its_clock() {
    let decided = case(investigating()).when(&act(LATER), &ask(Step::TakeMeasure(measure_taken()))).decided();
    let recorded =
        MeasureTaken { approved_by: Some("李局长".into()), official: officials(&[HEAD]).pop(), ..measure_taken() };
    assert_eq!(decided[0].event, recorded.into());
    assert_eq!(changes(&decided), ["opened EN-SEIZE"]);
}

#[test]
fn a_measure_has_its_papers_its_signatures_and_the_certificates_shown() {
    let whole = MeasureTaken {
        certificate_shown: Some(true),
        signed: Some(true),
        papers: Some("扣押决定书1号".into()),
        ..measure_taken()
    };
    let take = |taken: MeasureTaken| ask(Step::TakeMeasure(taken));
    let when = act(LATER);
    let of = |taken: MeasureTaken| case(investigating()).when(&when, &take(taken));
    of(whole.clone()).satisfies("EN-SEIZE-PAPERS");
    of(MeasureTaken { certificate_shown: Some(false), ..whole.clone() }).refused_by("EN-MEASURE");
    of(MeasureTaken { signed: Some(false), ..whole.clone() }).refused_by("EN-MEASURE");
    let noted =
        MeasureTaken { signed: Some(false), unsigned_note: Some("当事人拒绝签名".into()), ..whole.clone() };
    of(noted).satisfies("EN-MEASURE");
    // What records could not say before is not held against them, and asked from its day on.
    let silent = of(measure_taken()).decided();
    assert!(!silent[0].rules.contains(&"EN-SEIZE-PAPERS") && silent[0].violations.is_empty());
    let later = |taken: MeasureTaken| case(investigating()).when(&reporting("2027-01-04T09:00"), &take(taken));
    later(MeasureTaken { papers: None, ..whole.clone() }).violates("EN-SEIZE-PAPERS");
    later(MeasureTaken { certificate_shown: None, ..whole.clone() }).violates("EN-MEASURE");
    later(MeasureTaken { signed: None, ..whole }).violates("EN-MEASURE");
}

#[test]
fn an_unlawful_measure_is_refused() {
    let take = |taken| ask(Step::TakeMeasure(taken));
    let unapproved = take(MeasureTaken { approved_by: None, approved_at: None, ..measure_taken() });
    case(investigating()).when(&act(LATER), &unapproved).refused_by("EN-MEASURE");
    let mut powerless = take(measure_taken());
    powerless.facts.named_item = None;
    case(investigating()).when(&act(LATER), &powerless).refused_by("EN-MEASURE");
    let long = take(MeasureTaken { period: Period::CalendarDays(31), ..measure_taken() });
    case(investigating()).when(&act(LATER), &long).refused_by("EN-SEIZE-LENGTH");
}

#[test]
fn an_urgent_measure_is_approved_within_a_day() {
    let urgent = MeasureTaken { urgent: true, approved_by: None, approved_at: None, ..measure_taken() };
    let decided = case(investigating()).when(&act(LATER), &ask(Step::TakeMeasure(urgent.clone()))).decided();
    assert_eq!(changes(&decided), ["opened EN-SEIZE", "opened EN-MEASURE-URGENT"]);
    let approve =
        Step::ApproveMeasure(MeasureApproved { measure: id(200), approved_by: HEAD.into(), official: None, at: None });
    let decided = case(taken_with(urgent)).when(&act("2024-03-04T18:00"), &ask(approve.clone())).decided();
    assert_eq!(changes(&decided), ["stopped EN-MEASURE-URGENT"]);
    case(taken_with(measure_taken())).when(&act(LATER), &ask(approve)).not_possible("NOTHING_TO_APPROVE");
}

#[test]
fn naming_a_head_does_not_approve_an_urgent_measure() {
    let urgent = MeasureTaken { urgent: true, ..measure_taken() };
    let approved = |approved_at: Option<&str>| MeasureTaken { approved_at: approved_at.map(at), ..urgent.clone() };
    let take = |taken: MeasureTaken| case(investigating()).when(&act(LATER), &ask(Step::TakeMeasure(taken)));
    assert_eq!(changes(&take(approved(Some("2024-03-04T08:00"))).decided()), ["opened EN-SEIZE"]);
    // Without a time it was not approved before: the twenty-four hours run until the head approves.
    let unsaid = approved(None);
    assert_eq!(changes(&take(unsaid.clone()).decided()), ["opened EN-SEIZE", "opened EN-MEASURE-URGENT"]);
    let approve = ask(Step::ApproveMeasure(MeasureApproved {
        measure: id(200),
        approved_by: HEAD.into(),
        official: None,
        at: None,
    }));
    let late = case(taken_with(unsaid)).when(&act("2024-03-06T10:00"), &approve).decided();
    assert_eq!(changes(&late), ["stopped EN-MEASURE-URGENT"]);
    take(approved(Some("2024-03-06T10:00"))).invalid("approved_at");
}

fn released(on: &str) -> CaseEvent {
    MeasureEnded { measure: id(200), outcome: "退还".into(), family_told_at: None, at: Some(at(on)) }.into()
}

#[test]
fn what_was_released_is_not_seized_again_for_longer() {
    let again = |objects: &str, days| {
        let period = Period::CalendarDays(days);
        let taken = MeasureTaken { measure: id(201), objects: objects.into(), period, ..measure_taken() };
        ask(Step::TakeMeasure(MeasureTaken { approved_at: Some(at("2024-03-04T08:00")), ..taken }))
    };
    let mut events = taken_with(measure_taken());
    events.push(released("2024-04-03T10:00"));
    let same = " 冰柜一台，冷冻鱼40公斤。";
    case(events.clone()).when(&act("2024-04-07T09:00"), &again(same, 30)).refused_by("EN-SEIZE-LENGTH");
    case(events.clone()).when(&reporting("2024-04-07T09:00"), &again(same, 1)).violates("EN-SEIZE-LENGTH");
    case(events).when(&act("2024-04-07T09:00"), &again("账册两本", 30)).satisfies("EN-SEIZE-LENGTH");
    // Released after five days, there are twenty-five left; not released at all, it is held already.
    let mut early = taken_with(measure_taken());
    early.push(released("2024-03-09T10:00"));
    case(early.clone()).when(&act("2024-04-07T09:00"), &again(same, 25)).satisfies("EN-SEIZE-LENGTH");
    case(early).when(&act("2024-04-07T09:00"), &again(same, 26)).refused_by("EN-SEIZE-LENGTH");
    case(taken_with(measure_taken())).when(&act("2024-04-02T09:00"), &again(same, 30)).refused_by("EN-SEIZE-LENGTH");
}

fn tested(begun: bool) -> MeasureTesting {
    MeasureTesting { measure: id(200), begun, what: "检验".into(), until: None, notice: None, at: None }
}

#[test]
fn testing_has_a_last_day_that_the_party_was_told() {
    let told = |until: &str, notice: Option<&str>| {
        let (until, notice) = (Some(day(until)), notice.map(Into::into));
        ask(Step::RecordTesting(MeasureTesting { until, notice, ..tested(true) }))
    };
    let (notice, when) = (Some("检验期间告知书1号"), act("2024-03-11T10:00"));
    let held = || case(taken_with(measure_taken()));
    let begun = held().when(&when, &told("2024-03-20", notice)).decided();
    assert!(begun[0].rules.contains(&"EN-SEIZE-LENGTH"));
    // It ends by itself with that day, whenever somebody says that it has ended.
    let ClockChange::Suspended { lasts: Some(lasts), .. } = &begun[0].clocks[0] else { panic!("{begun:?}") };
    assert_eq!((lasts.after, lasts.period), (day("2024-03-11"), Period::CalendarDays(9)));
    held().when(&when, &told("2024-03-20", None)).refused_by("EN-SEIZE-LENGTH");
    held().when(&when, &told("2024-03-10", notice)).invalid("until");
    let silent = ask(Step::RecordTesting(tested(true)));
    assert!(held().when(&when, &silent).decided()[0].rules.is_empty());
    let later = MeasureTaken { at: Some(at("2027-01-04T09:00")), ..measure_taken() };
    case(taken_with(later)).when(&reporting("2027-01-05T09:00"), &silent).violates("EN-SEIZE-LENGTH");
    // Released after its last day, there is nothing that nobody can tell.
    let end = ask(Step::EndMeasure(MeasureEnded {
        measure: id(200),
        outcome: "退还".into(),
        family_told_at: None,
        at: None,
    }));
    let mut events = taken_with(measure_taken());
    events.push(begun[0].event.clone());
    assert!(case(events).when(&act("2024-03-25T10:00"), &end).decided()[0].unchecked.is_empty());
}

#[test]
fn testing_time_does_not_count() {
    let testing = |begun| ask(Step::RecordTesting(tested(begun)));
    let events = taken_with(measure_taken());
    let begun = case(events.clone()).when(&act("2024-03-11T10:00"), &testing(true)).decided();
    assert_eq!(changes(&begun), ["suspended EN-SEIZE"]);
    let mut events = events;
    events.push(begun[0].event.clone());
    case(events.clone()).when(&act("2024-03-12T10:00"), &testing(true)).not_possible("TESTING_STAGE");
    for mode in [act, reporting] {
        case(events.clone()).when(&mode("2024-03-11T09:59"), &testing(false)).invalid("meta.at");
        assert_eq!(case(events.clone()).when(&mode("2024-03-11T10:00"), &testing(false)).events().len(), 1);
    }
    // Released while it goes on, whether the time was kept is not known.
    let end = MeasureEnded { measure: id(200), outcome: "退还".into(), family_told_at: None, at: None };
    let released = case(events.clone()).when(&act("2024-06-20T10:00"), &ask(Step::EndMeasure(end))).decided();
    assert!(released[0].unchecked.iter().any(|unchecked| unchecked.rule == "EN-SEIZE"), "{released:?}");
    let ended = case(events).when(&act("2024-03-20T10:00"), &testing(false)).decided();
    assert_eq!(changes(&ended), ["resumed EN-SEIZE"]);
    // Ten days from the 11th to the 20th: the thirtieth day moves from 3 April to 13 April, a Saturday, and on to Monday.
    assert!(!overdue_but_for(Period::CalendarDays(30), "2024-03-04", "2024-04-15", "2024-03-11", "2024-03-21"));
    assert!(overdue_but_for(Period::CalendarDays(30), "2024-03-04", "2024-04-16", "2024-03-11", "2024-03-21"));
}

#[test]
fn a_measure_is_extended_once_by_the_head() {
    let extended = |days| MeasureExtended {
        measure: id(200),
        approved_by: HEAD.into(),
        official: None,
        days,
        reason: "复杂".into(),
        hours: 0,
        ground: Some(ExtensionGround::Complex),
        at: None,
    };
    let events = taken_with(measure_taken());
    let decided =
        case(events.clone()).when(&act("2024-04-01T10:00"), &ask(Step::ExtendMeasure(extended(30)))).decided();
    assert_eq!(changes(&decided), ["extended EN-SEIZE"]);
    case(events.clone())
        .when(&act("2024-04-01T10:00"), &ask(Step::ExtendMeasure(extended(31))))
        .refused_by("EN-SEIZE-LENGTH");
    let silent = MeasureExtended { reason: " ".into(), ..extended(10) };
    case(events.clone())
        .when(&act("2024-04-01T10:00"), &ask(Step::ExtendMeasure(silent)))
        .refused_by("EN-SEIZE-LENGTH");
    let mut command = ask(Step::ExtendMeasure(extended(10)));
    command.facts.sender = Sender::default();
    case(events.clone()).when(&act("2024-04-01T10:00"), &command).refused_by("EN-HEAD");
    let mut twice = events;
    twice.push(extended(10).into());
    case(twice).when(&act("2024-04-10T10:00"), &ask(Step::ExtendMeasure(extended(10)))).refused_by("EN-SEIZE-LENGTH");
}

#[test]
fn a_seizure_that_has_run_out_is_extended_by_nobody() {
    let more = ask(Step::ExtendMeasure(MeasureExtended {
        measure: id(200),
        approved_by: HEAD.into(),
        official: None,
        days: 10,
        reason: "复杂".into(),
        hours: 0,
        ground: Some(ExtensionGround::Complex),
        at: None,
    }));
    let taken = || case(investigating()).after(&act("2024-03-04T10:00"), &ask(Step::TakeMeasure(measure_taken())));
    // The thirtieth day is 3 April.
    taken().when(&act("2024-04-03T23:59"), &more).satisfies("EN-SEIZE-LENGTH");
    taken().when(&act("2024-04-04T00:00"), &more).refused_by("EN-SEIZE");
    taken().when(&reporting("2024-04-04T00:00"), &more).violates("EN-SEIZE");
}

#[test]
fn one_officer_gathers_evidence_where_a_law_lets_him_and_never_compels() {
    let one = |step: Step| {
        let mut command = ask(step);
        let otherwise = vec![Otherwise::read("执法人员|1人|依照《甲法》第七条").unwrap()];
        command.facts.item = Some(ItemFact { otherwise, ..item() }.into());
        command
    };
    let officers = evidence().officers[..1].to_vec();
    let gathered = Step::CollectEvidence(EvidenceCollected { officers: officers.clone(), ..evidence() });
    case(vec![filed().into()]).when(&act("2024-03-02T10:00"), &one(gathered)).satisfies("OF-TWO");
    let taken = Step::TakeMeasure(MeasureTaken { officers, ..measure_taken() });
    case(investigating()).when(&act(LATER), &one(taken)).refused_by("OF-TWO");
}

/// A measure with what is known of its item.
fn under(lines: &[&str], taken: MeasureTaken) -> Command {
    let mut command = ask(Step::TakeMeasure(taken));
    let allows = lines.iter().map(|line| Allowed::read(line).unwrap()).collect();
    command.facts.named_item = Some(ItemFact { allows, ..seizing_item() }.into());
    if let Some(agency) = &mut command.facts.agency {
        agency.may_restrict_liberty = true;
    }
    command
}

#[test]
fn a_measure_beyond_its_item_is_refused_and_one_that_the_item_does_not_describe_is_not_checked() {
    let take = |lines: &[&str]| case(investigating()).when(&act(LATER), &under(lines, measure_taken()));
    take(&["扣押||对财物"]).satisfies("EN-ALLOWED");
    take(&["查封||对财物"]).refused_by("EN-ALLOWED");
    take(&["扣押||对设施"]).refused_by("EN-ALLOWED");
    for lines in [&[][..], &["扣押"]] {
        let decided = take(lines).decided();
        assert!(
            decided[0].unchecked.iter().any(|u| u.rule == "EN-ALLOWED") && !decided[0].rules.contains(&"EN-ALLOWED")
        );
    }
}

#[test]
fn the_time_of_the_item_stands_in_the_record_and_holds_for_the_extension() {
    let drugs = &["扣押|7日+7日|对财物；期限依照《中华人民共和国药品管理法》第一百条第二款"];
    let lasting = |days| MeasureTaken { period: Period::CalendarDays(days), ..measure_taken() };
    case(investigating()).when(&act(LATER), &under(drugs, lasting(8))).refused_by("EN-SEIZE-LENGTH");
    let taken = || case(investigating()).after(&act("2024-03-04T10:00"), &under(drugs, lasting(7)));
    let more = |days| MeasureExtended {
        measure: id(200),
        approved_by: HEAD.into(),
        official: None,
        days,
        reason: "情况复杂".into(),
        hours: 0,
        ground: Some(ExtensionGround::Complex),
        at: None,
    };
    // The seventh day is 11 March; the item is asked no more.
    let step = |more| ask(Step::ExtendMeasure(more));
    taken().when(&act("2024-03-11T23:59"), &step(more(7))).satisfies("EN-SEIZE-LENGTH");
    taken().when(&act("2024-03-12T00:00"), &step(more(7))).refused_by("EN-SEIZE");
    taken().when(&act("2024-03-11T10:00"), &step(more(8))).refused_by("EN-SEIZE-LENGTH");
    let other = MeasureExtended { ground: Some(ExtensionGround::Other), ..more(7) };
    taken().when(&act("2024-03-11T10:00"), &step(other)).refused_by("EN-SEIZE-LENGTH");
}

const POLICE: &[&str] = &["限制人身自由|24小时+24小时|对人身；期限依照《中华人民共和国人民警察法》第九条第二款"];

fn restrained(hours: u16, told: Option<&str>) -> MeasureTaken {
    MeasureTaken {
        kind: MeasureKind::RestrictLiberty,
        touches: vec![ObjectKind::Person],
        period: Period::Hours(hours),
        restraint: told.map(|told| Restraint { family_told_at: Some(at(told)) }),
        ..measure_taken()
    }
}

#[test]
fn a_restraint_is_over_by_the_hour_and_on_a_holiday() {
    // 4 April is a holiday.
    let begun = "2024-04-03T10:00";
    case(investigating()).when(&act(begun), &under(POLICE, restrained(25, Some(begun)))).refused_by("EN-RESTRAIN");
    let taken = || case(investigating()).after(&act(begun), &under(POLICE, restrained(24, Some(begun))));
    let more = |hours| {
        ask(Step::ExtendMeasure(MeasureExtended {
            measure: id(200),
            approved_by: HEAD.into(),
            official: None,
            days: 0,
            reason: "身份尚未查清".into(),
            hours,
            ground: None,
            at: None,
        }))
    };
    taken().when(&act("2024-04-04T09:59"), &more(24)).satisfies("EN-RESTRAIN");
    taken().when(&act("2024-04-04T09:59"), &more(25)).refused_by("EN-RESTRAIN");
    taken().when(&act("2024-04-04T10:01"), &more(24)).refused_by("EN-RESTRAIN-END");
    let twice = taken().after(&act("2024-04-04T09:00"), &more(24));
    twice.when(&act("2024-04-04T09:30"), &more(1)).refused_by("EN-RESTRAIN");
    // No testing stops the clock of a person.
    let testing = ask(Step::RecordTesting(tested(true)));
    taken().when(&act("2024-04-03T11:00"), &testing).not_possible("NO_TESTING");
}

#[test]
fn the_family_is_told_on_the_spot_or_before_the_restraint_ends() {
    let begun = "2024-03-04T10:00";
    let spot = case(investigating()).when(&act(begun), &under(POLICE, restrained(24, Some(begun))));
    spot.satisfies("EN-FAMILY");
    let later = || case(investigating()).when(&act(begun), &under(POLICE, restrained(24, None)));
    assert!(later().decided()[0].unchecked.iter().any(|u| u.rule == "EN-FAMILY"));
    let tomorrow = under(POLICE, restrained(24, Some("2024-03-05T10:00")));
    case(investigating()).when(&act(begun), &tomorrow).invalid("family_told_at");
    let end = |told: Option<&str>| {
        let family_told_at = told.map(at);
        ask(Step::EndMeasure(MeasureEnded { measure: id(200), outcome: "放行".into(), family_told_at, at: None }))
    };
    let held = |told| case(investigating()).after(&act(begun), &under(POLICE, restrained(24, told)));
    held(None).when(&act("2024-03-05T09:00"), &end(Some("2024-03-04T11:00"))).satisfies("EN-FAMILY");
    held(None).when(&act("2024-03-05T09:00"), &end(Some("2024-03-04T09:59"))).invalid("family_told_at");
    held(None).when(&act("2024-03-05T09:00"), &end(None)).violates("EN-FAMILY");
    held(Some(begun)).when(&act("2024-03-05T09:00"), &end(None)).satisfies("EN-FAMILY");
}

#[test]
fn a_restraint_from_before_it_had_a_clock_of_its_own_ends_by_the_old_one() {
    let end = ask(Step::EndMeasure(MeasureEnded {
        measure: id(200),
        outcome: "放行".into(),
        family_told_at: None,
        at: None,
    }));
    let old = case(taken_with(restrained(24, None))).when(&act("2024-03-05T09:00"), &end).decided();
    assert_eq!(changes(&old), ["stopped EN-SEIZE"]);
    let new = case(taken_with(MeasureTaken { restraint: Some(Restraint::default()), ..restrained(24, None) }));
    assert_eq!(changes(&new.when(&act("2024-03-05T09:00"), &end).decided()), ["stopped EN-RESTRAIN-END"]);
}

#[test]
fn a_measure_ends_once() {
    let end = MeasureEnded { measure: id(200), outcome: "退还".into(), family_told_at: None, at: None };
    let decided =
        case(taken_with(measure_taken())).when(&act("2024-03-20T10:00"), &ask(Step::EndMeasure(end.clone()))).decided();
    assert_eq!(changes(&decided), ["stopped EN-SEIZE"]);
    let mut events = taken_with(measure_taken());
    events.push(end.clone().into());
    case(events).when(&act("2024-03-21T10:00"), &ask(Step::EndMeasure(end))).not_possible("MEASURE_ENDED");
}

fn suspected() -> CrimeSuspected {
    CrimeSuspected {
        suspected: "生产、销售有毒、有害食品罪".into(), reported_by: "张三".into(), at: Some(at(LATER))
    }
}

fn transfer(transfer: bool) -> TransferDecided {
    TransferDecided { transfer, decided_by: HEAD.into(), official: None, reason: "达到追诉标准".into(), at: None }
}

#[test]
fn a_suspicion_runs_through_its_three_clocks() {
    let mut events = investigating();
    let mut step = |when: &str, step: Step| {
        let decided = case(events.clone()).when(&act(when), &ask(step)).decided();
        events.push(decided[0].event.clone());
        changes(&decided)
    };
    assert_eq!(step(LATER, Step::SuspectCrime(suspected())), ["opened EN-TRANSFER:decide"]);
    let decided = step("2024-03-05T10:00", Step::DecideTransfer(transfer(true)));
    assert_eq!(decided, ["stopped EN-TRANSFER:decide", "opened EN-TRANSFER:send"]);
    let sent = CaseTransferred { to: "抚远市公安局".into(), document: "移送书1号".into(), at: None };
    let sent = step("2024-03-05T16:00", Step::TransferCase(sent));
    assert_eq!(sent, ["stopped EN-TRANSFER:send", "opened EN-TRANSFER:police", "suspended EN-NINETY"]);
    let answer = PoliceAnswered { filed: false, reason: "情节显著轻微".into(), at: None };
    let answered = step("2024-03-07T10:00", Step::RecordPoliceAnswer(answer));
    assert_eq!(answered, ["stopped EN-TRANSFER:police", "resumed EN-NINETY"]);
}

#[test]
fn what_stands_still_while_the_police_have_the_case_is_neither_stopped_twice_nor_resumed_there() {
    let suspend = ask(Step::SuspendDecision(DecisionSuspended {
        ground: SuspensionGround::Testing,
        approved_by: HEAD.into(),
        official: None,
        basis: "《市场监督管理行政处罚程序规定》第六十四条".into(),
        at: None,
    }));
    let resume = ask(Step::ResumeDecision(DecisionResumed { reason: "检测结束".into(), at: None }));
    let sent =
        ask(Step::TransferCase(CaseTransferred {
            to: "抚远市公安局".into(), document: "移送书1号".into(), at: None
        }));
    let answer =
        ask(Step::RecordPoliceAnswer(PoliceAnswered { filed: false, reason: "情节轻微".into(), at: None }));
    let given = || {
        let mut events = investigating();
        events.extend([suspected().into(), transfer(true).into()]);
        case(events)
    };
    let with_police = || given().after(&act("2024-03-06T10:00"), &sent);
    with_police().when(&act("2024-03-07T10:00"), &suspend).not_possible("ALREADY_SUSPENDED");
    // Suspended before it was sent: resumed there, it counts again when it comes back.
    let before = || given().after(&act("2024-03-05T10:00"), &suspend).after(&act("2024-03-06T10:00"), &sent);
    let there = before().after(&act("2024-03-07T10:00"), &resume);
    assert_eq!(changes(&before().when(&act("2024-03-07T10:00"), &resume).decided()), [""; 0]);
    let back = there.when(&act("2024-03-08T10:00"), &answer).decided();
    assert_eq!(changes(&back), ["stopped EN-TRANSFER:police", "resumed EN-NINETY"]);
    let back = before().when(&act("2024-03-08T10:00"), &answer).decided();
    assert_eq!(changes(&back), ["stopped EN-TRANSFER:police"]);
}

#[test]
fn a_penalty_is_held_against_the_suspicion_of_its_own_time() {
    let decide = ask(Step::DecidePenalty(decision(vec![fine(7_000_000)])));
    let then = |on: &str| Some(at(on));
    let sent =
        CaseTransferred {
            to: "抚远市公安局".into(), document: "移送书1号".into(), at: then("2024-03-11T10:00")
        };
    let back = CaseReturned { by: "检察院".into(), reason: "不起诉".into(), at: then("2024-03-18T10:00") };
    let mut events = ready();
    events.push(CrimeSuspected { at: then("2024-03-10T10:00"), ..suspected() }.into());
    // Dated back behind the report, it is refused all the same.
    case(events.clone()).when(&act("2024-03-09T17:00"), &decide).refused_by("EN-TRANSFER-FIRST");
    // Reported of a day before the suspicion, it broke nothing.
    case(events.clone()).when(&reporting("2024-03-09T17:00"), &decide).satisfies("EN-TRANSFER-FIRST");
    case(events.clone()).when(&reporting("2024-03-10T10:00"), &decide).violates("EN-TRANSFER-FIRST");
    // Nor does the return of the case make good what was decided while the police had it.
    events.extend([sent.into(), back.into()]);
    case(events.clone()).when(&act("2024-03-15T09:00"), &decide).refused_by("EN-TRANSFER-FIRST");
    case(events).when(&act("2024-03-18T10:00"), &decide).satisfies("EN-TRANSFER-FIRST");
}

#[test]
fn a_transfer_is_decided_by_the_head_and_in_order() {
    let mut events = investigating();
    case(events.clone()).when(&act(LATER), &ask(Step::DecideTransfer(transfer(true)))).not_possible("TRANSFER_STAGE");
    events.push(suspected().into());
    let mut command = ask(Step::DecideTransfer(transfer(false)));
    command.facts.sender = Sender::default();
    case(events).when(&act("2024-03-05T10:00"), &command).refused_by("EN-HEAD");
}

#[test]
fn a_transfer_is_decided_by_who_is_in_charge_of_the_work() {
    let mut events = investigating();
    events.push(suspected().into());
    let when = act("2024-03-05T10:00");
    case(events.clone()).when(&when, &ask(Step::DecideTransfer(transfer(false)))).satisfies("EN-HEAD");
    let mut deputy = ask(Step::DecideTransfer(TransferDecided { decided_by: "H2".into(), ..transfer(false) }));
    deputy.facts.sender = Sender { subject: "H2".into(), name: "王副局长".into() };
    let got = case(events).when(&when, &deputy).decided();
    assert!(got[0].unchecked.iter().any(|unchecked| unchecked.rule == "EN-HEAD"), "{got:?}");
    assert!(!got[0].rules.contains(&"EN-HEAD"));
}

#[test]
fn finds_the_same_objects_preserved_again() {
    let settled = PreservationSettled { preservation: id(300), outcome: "继续保存".into(), at: None };
    let events = vec![filed().into(), preserved().into(), settled.into()];
    let again = |objects: &str| {
        ask(Step::PreserveEvidence(EvidencePreserved { preservation: id(301), objects: objects.into(), ..preserved() }))
    };
    let when = act("2024-03-13T10:00");
    case(events.clone()).when(&when, &again("账册，两本。")).violates("EN-PRESERVE");
    let other = case(events).when(&when, &again("电脑一台")).decided();
    assert!(other[0].violations.is_empty(), "{other:?}");
}

#[test]
fn an_interference_that_was_not_reported_is_recorded_with_its_finding() {
    let record = |to: &str| {
        let event = InterferenceRecorded {
            who: "某局副局长".into(),
            what: "要求不予处罚".into(),
            reported_to: to.into(),
            at: None,
        };
        ask(Step::RecordInterference(event))
    };
    case(investigating()).when(&act(LATER), &record("")).violates("EN-INTERFERENCE");
    case(investigating()).when(&act(LATER), &record("市纪委监委")).satisfies("EN-INTERFERENCE");
}
