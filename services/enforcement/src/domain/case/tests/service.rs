//! Service by announcement.

use law::{calendar::Calendar, period::Deadline};

use super::*;
use crate::domain::{
    case::{Command, next_steps, sample::*},
    events::*,
    rules::service::SERVE,
};

fn undelivered() -> Vec<CaseEvent> {
    let mut events = decided();
    events.pop();
    events
}

fn announcement() -> ServiceAnnounced {
    ServiceAnnounced {
        place: "抚远市人民政府门户网站".into(),
        reason: "经营场所已关闭，法定代表人下落不明，邮寄退回".into(),
        ground: None,
        tried: vec![],
        at: Some(at("2024-03-13T10:00")),
    }
}

fn announce() -> Command {
    ask(Step::AnnounceService(ServiceAnnounced { at: None, ..announcement() }))
}

fn unexplained() -> Command {
    ask(Step::AnnounceService(ServiceAnnounced { reason: " ".into(), ..announcement() }))
}

fn announced_on(when: &str) -> Vec<CaseEvent> {
    let mut events = undelivered();
    events.push(ServiceAnnounced { at: Some(at(when)), ..announcement() }.into());
    events
}

fn announced() -> Vec<CaseEvent> {
    announced_on("2024-03-13T10:00")
}

fn serve(method: ServiceMethod) -> Command {
    ask(Step::ServeDecision(DecisionServed { method, pay_by: None, at: None, ..served() }))
}

fn by_announcement() -> Command {
    serve(ServiceMethod::Announcement)
}

#[test]
fn a_decision_is_announced_with_its_reason() {
    let got = case(undelivered()).when(&act("2024-03-13T10:00"), &announce()).decided();
    assert_eq!(got[0].event, announcement().into());
    assert_eq!(got[0].rules, ["EN-ANNOUNCE"]);
    assert_eq!(changes(&got), ["suspended EN-SERVE"]);
}

#[test]
fn refuses_to_announce_for_no_reason() {
    let when = "2024-03-13T10:00";
    case(undelivered()).when(&act(when), &unexplained()).refused_by("EN-ANNOUNCE");
    case(undelivered()).when(&reporting(when), &unexplained()).violates("EN-ANNOUNCE");
}

#[test]
fn what_is_not_decided_is_not_announced() {
    case(ready()).when(&act("2024-03-13T10:00"), &announce()).not_possible("NOT_DECIDED");
    // Dated before the decision, its days would be over sooner.
    case(undelivered()).when(&act("2024-03-12T10:00"), &announce()).invalid("meta.at");
    case(undelivered()).when(&reporting("2024-03-12T10:00"), &announce()).invalid("meta.at");
}

#[test]
fn what_is_served_is_not_announced() {
    case(decided()).when(&act("2024-03-15T10:00"), &announce()).not_possible("ALREADY_SERVED");
}

#[test]
fn a_decision_is_announced_once() {
    case(announced()).when(&act("2024-03-20T10:00"), &announce()).not_possible("ALREADY_ANNOUNCED");
}

#[test]
fn an_announcement_is_offered_while_a_decision_waits_to_be_served() {
    let offered = |events| next_steps(case(events).state()).contains(&"AnnounceService");
    assert!(offered(undelivered()));
    assert!(!offered(ready()) && !offered(announced()) && !offered(decided()));
}

#[test]
fn an_announced_decision_is_still_to_be_served() {
    use crate::domain::{case::matter::next, vocabulary::stage};
    assert_eq!(next(case(announced()).state()), Some(stage::SERVE));
    assert_eq!(next(case(decided()).state()), Some(stage::PUBLICISE));
}

#[test]
fn an_announced_decision_is_served_when_thirty_days_have_passed() {
    let got = case(announced()).when(&act("2024-04-13T09:00"), &by_announcement()).decided();
    assert!(got[0].rules.contains(&"EN-ANNOUNCE-DAYS") && got[0].violations.is_empty());
    assert_eq!(changes(&got)[0], "stopped EN-SERVE");
}

#[test]
fn refuses_service_of_an_announced_decision_before_thirty_days_have_passed() {
    case(announced()).when(&act("2024-04-12T23:00"), &by_announcement()).refused_by("EN-ANNOUNCE-DAYS");
    // An announcement that comes after the service.
    case(announced()).when(&act("2024-03-13T09:30"), &by_announcement()).refused_by("EN-ANNOUNCE-DAYS");
}

#[test]
fn refuses_service_of_a_decision_that_was_never_announced() {
    case(undelivered()).when(&act("2024-06-03T09:00"), &by_announcement()).refused_by("EN-ANNOUNCE-DAYS");
}

#[test]
fn early_service_by_announcement_is_recorded_with_its_violation_when_reported() {
    case(announced()).when(&reporting("2024-04-12T09:00"), &by_announcement()).violates("EN-ANNOUNCE-DAYS");
    case(undelivered()).when(&reporting("2024-06-03T09:00"), &by_announcement()).violates("EN-ANNOUNCE-DAYS");
}

#[test]
fn an_announced_decision_may_be_served_in_another_way_meanwhile() {
    case(announced()).when(&act("2024-03-20T09:00"), &serve(ServiceMethod::Direct)).satisfies("EN-ANNOUNCE-DAYS");
}

/// The last day to serve the sample's decision of 13 March, announced at that time.
fn last_day_to_serve(when: &str) -> jiff::civil::Date {
    let mut deadline = Deadline::new(day("2024-03-13"), SERVE, "");
    for change in &case(undelivered()).when(&act(when), &announce()).decided()[0].clocks {
        assert_eq!((change.clock(), change.word()), ("EN-SERVE", "suspended"));
        change.clone().edit(&mut deadline);
    }
    deadline.due(Calendar::china()).expect("known years").day().expect("it does not stand still for good")
}

#[test]
fn the_days_of_an_announcement_do_not_count_towards_service() {
    // Announced until Friday 12 April; the seven working days are 15 to 19, 22 and 23 April.
    assert_eq!(last_day_to_serve("2024-03-13T10:00"), day("2024-04-23"));
    // Three days were counted before; announced until Thursday 18 April: 19 and 22 to 24 April are left.
    assert_eq!(last_day_to_serve("2024-03-19T10:00"), day("2024-04-24"));
}

#[test]
fn an_announcement_after_the_last_day_to_serve_mends_nothing() {
    assert_eq!(last_day_to_serve("2024-03-25T10:00"), day("2024-03-22"));
}

fn course() -> Delivery {
    Delivery {
        through: "邮件1234567890".into(),
        taken_by: Some(Taker::Receptionist),
        signed: true,
        refused: None,
        witnesses: vec![],
        recording_sha256: None,
        sent_on: Some(day("2024-03-13")),
        received_on: Some(day("2024-03-15")),
    }
}

fn served_by(method: ServiceMethod, delivery: Delivery) -> Command {
    ask(Step::ServeDecision(DecisionServed { method, delivery: Some(delivery), pay_by: None, ..served() }))
}

#[test]
fn a_posted_decision_is_served_on_the_day_of_the_receipt_and_owed_from_then() {
    let posted = served_by(ServiceMethod::Post, course());
    let got = case(undelivered()).when(&act("2024-03-15T09:00"), &posted).decided();
    assert!(got[0].rules.contains(&"EN-SERVE-WAY") && got[0].rules.contains(&"EN-SERVE-DAY"));
    let Ok(served) = <&DecisionServed>::try_from(&got[0].event) else { panic!("{:?}", got[0].event) };
    // Fifteen days from the receipt; from the posting they would have ended on the 28th.
    assert_eq!(served.pay_by, Some(day("2024-04-01")));
    for day in ["2024-03-13T09:30", "2024-03-14T09:00", "2024-03-16T09:00"] {
        case(undelivered()).when(&act(day), &posted).refused_by("EN-SERVE-DAY");
        case(undelivered()).when(&reporting(day), &posted).violates("EN-SERVE-DAY");
    }
}

#[test]
fn a_refused_decision_is_left_before_witnesses_or_on_film() {
    let left = |change: fn(&mut Delivery)| {
        let mut course = Delivery { taken_by: None, signed: false, sent_on: None, received_on: None, ..course() };
        change(&mut course);
        served_by(ServiceMethod::Lien, course)
    };
    let when = act("2024-03-14T09:00");
    let refused = |d: &mut Delivery| d.refused = Some("拒绝签收".into());
    case(undelivered()).when(&when, &left(refused)).refused_by("EN-SERVE-WAY");
    let witnessed = |d: &mut Delivery| {
        d.refused = Some("拒绝签收".into());
        d.witnesses = vec!["社区居民委员会".into()];
    };
    case(undelivered()).when(&when, &left(witnessed)).satisfies("EN-SERVE-WAY");
    let filmed = |d: &mut Delivery| {
        d.refused = Some("拒绝签收".into());
        d.recording_sha256 = Some(sha());
    };
    case(undelivered()).when(&when, &left(filmed)).satisfies("EN-SERVE-WAY");
}

#[test]
fn service_that_does_not_tell_its_course_is_not_said_to_have_kept_the_rule() {
    let silent = serve(ServiceMethod::Direct);
    let got = case(undelivered()).when(&act("2024-03-14T09:00"), &silent).decided();
    assert!(!got[0].rules.contains(&"EN-SERVE-WAY") && got[0].violations.is_empty());
    case(undelivered()).when(&act("2027-01-04T09:00"), &silent).refused_by("EN-SERVE-WAY");
}

#[test]
fn an_announcement_comes_after_other_ways_failed() {
    let tried = |on: &str| vec![Attempt { method: ServiceMethod::Post, on: day(on), outcome: "退回".into() }];
    let announce = |tried| {
        let ground = Some(AnnounceGround::OtherWaysFailed);
        ask(Step::AnnounceService(ServiceAnnounced { ground, tried, ..announcement() }))
    };
    let when = act("2024-03-20T10:00");
    case(undelivered()).when(&when, &announce(tried("2024-03-14"))).satisfies("EN-ANNOUNCE");
    case(undelivered()).when(&when, &announce(vec![])).refused_by("EN-ANNOUNCE");
    case(undelivered()).when(&when, &announce(tried("2024-03-12"))).refused_by("EN-ANNOUNCE");
}

#[test]
fn a_spot_decision_is_handed_over_on_the_spot() {
    let mut events = undelivered();
    events[0] = CaseFiled { procedure: Procedure::Simple, ..filed() }.into();
    case(events.clone()).when(&act("2024-03-13T09:10"), &serve(ServiceMethod::Direct)).satisfies("EN-SPOT-HANDED");
    case(events.clone()).when(&act("2024-03-14T09:00"), &serve(ServiceMethod::Direct)).violates("EN-SPOT-HANDED");
    case(events).when(&act("2024-03-13T09:10"), &serve(ServiceMethod::Post)).violates("EN-SPOT-HANDED");
}

#[test]
fn a_decision_not_to_punish_is_no_penalty_on_the_spot() {
    let mut events = undelivered();
    events[0] = CaseFiled { procedure: Procedure::Simple, ..filed() }.into();
    let decided = events.iter().position(|event| matches!(event, CaseEvent::PenaltyDecided(_))).unwrap();
    events.truncate(decided);
    events.push(PenaltyWithheld { at: Some(at("2024-03-13T09:00")), ..withheld() }.into());
    let got = case(events).when(&act("2024-03-14T09:00"), &serve(ServiceMethod::Direct)).decided();
    let broken = got[0].violations.iter().map(|breach| &*breach.rule);
    assert!(!got[0].rules.iter().copied().chain(broken).any(|rule| rule == "EN-SPOT-HANDED"), "{got:?}");
}

/// Posted on the first day, signed for on the third.
fn by_post(sent: &str, received: &str) -> Option<Delivery> {
    Some(Delivery { sent_on: Some(day(sent)), received_on: Some(day(received)), ..course() })
}

#[test]
fn a_posted_notice_leaves_the_party_its_days_from_the_day_of_the_receipt() {
    let mut events = ready();
    let told = events.iter().position(|event| matches!(event, CaseEvent::PenaltyNotified(_))).unwrap();
    events.truncate(told);
    let posted = PenaltyNotified {
        method: ServiceMethod::Post,
        delivery: by_post("2024-03-04", "2024-03-06"),
        ..notice(vec![fine(7_000_000)])
    };
    let step = ask(Step::NotifyPenalty(posted));
    for on in ["2024-03-04T09:00", "2024-03-07T09:00"] {
        case(events.clone()).when(&act(on), &step).refused_by("EN-SERVE-DAY");
        case(events.clone()).when(&reporting(on), &step).violates("EN-SERVE-DAY");
    }
    let got = case(events.clone()).when(&act("2024-03-06T09:00"), &step).decided();
    assert!(got[0].rules.contains(&"EN-SERVE-WAY"));
    events.extend(got.into_iter().map(|one| one.event));
    // Five working days from the sixth, not from the fourth.
    let asks = |on: &str| {
        let asked = ask(Step::RequestHearing(HearingRequested { in_time: false, at: None }));
        case(events.clone()).when(&act(on), &asked).events()
    };
    assert!(matches!(&asks("2024-03-13T09:00")[..], [CaseEvent::HearingRequested(e)] if e.in_time));
    assert!(matches!(&asks("2024-03-14T09:00")[..], [CaseEvent::HearingRequested(e)] if !e.in_time));
}

#[test]
fn the_course_of_a_notice_is_asked_but_not_on_the_spot() {
    let told = |procedure| {
        let filed = CaseFiled { procedure, ..filed() };
        let asked = ask(Step::NotifyPenalty(notice(vec![fine(10_000)])));
        let given = case(vec![filed.into(), exemption().into()]).asked(&reporting("2026-11-02T09:00"), &asked);
        let broken: Vec<_> = given.unwrap()[0].violations.iter().map(|breach| breach.rule.to_owned()).collect();
        broken.iter().any(|rule| rule == "EN-SERVE-WAY")
    };
    assert!(told(Procedure::Ordinary));
    assert!(!told(Procedure::Simple));
}

#[test]
fn a_call_to_a_hearing_and_a_demand_work_on_the_day_of_the_receipt() {
    let mut events = ready();
    let told = events.iter().position(|event| matches!(event, CaseEvent::PenaltyNotified(_))).unwrap();
    events.truncate(told + 1);
    events.push(HearingRequested { in_time: true, at: Some(at("2024-03-08T09:00")) }.into());
    let call = |sent: &str, method| {
        ask(Step::NotifyHearing(HearingNotified {
            hearing_at: at("2024-03-21T09:00"),
            place: "局会议室".into(),
            host: code("A9"),
            public: true,
            closed_ground: None,
            method: Some(method),
            delivery: by_post(sent, "2024-03-12"),
            at: None,
        }))
    };
    let post = ServiceMethod::Post;
    case(events.clone()).when(&act("2024-03-11T09:00"), &call("2024-03-11", post)).refused_by("EN-SERVE-DAY");
    case(events.clone()).when(&act("2024-03-12T09:00"), &call("2024-03-07", post)).refused_by("EN-SERVE-DAY");
    // The twelfth leaves seven working days, had it gone by the twelfth.
    let got = case(events.clone()).when(&act("2024-03-12T09:00"), &call("2024-03-11", post)).decided();
    for rule in ["EN-SERVE-WAY", "EN-SERVE-DAY", "EN-HEARING-NOTICE"] {
        assert!(got[0].rules.contains(&rule), "{rule}");
    }
    let electronic = call("2024-03-11", ServiceMethod::Electronic);
    case(events).when(&act("2024-03-12T09:00"), &electronic).refused_by("EN-SERVE-ELECTRONIC");

    let demand = |on: &str, delivery: Option<Delivery>| {
        let step = ask(Step::ServeDemand(DemandServed {
            text: "缴纳罚款70,000元".into(),
            method: ServiceMethod::Post,
            perform_by: None,
            delivery,
            at: None,
        }));
        case(decided()).when(&reporting(on), &step)
    };
    demand("2024-10-08T09:00", by_post("2024-10-08", "2024-10-10")).violates("EN-SERVE-DAY");
    demand("2024-10-10T09:00", by_post("2024-10-08", "2024-10-10")).satisfies("EN-SERVE-DAY");
    demand("2024-10-10T09:00", by_post("2024-03-01", "2024-10-10")).violates("EN-SERVE-DAY");
    demand("2026-11-02T09:00", None).violates("EN-SERVE-WAY");
}
