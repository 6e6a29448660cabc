//! A year begins whose holidays nobody has put on record. The office goes on: it files, tells, hears, decides, serves,
//! defers and goes to court. What cannot be known is said to be unknown, and is known at once when the notice comes.

use proto::{
    enforcement::v1 as wire,
    powerlist::v1::{ImportNoticeRequest, ListCalendarYearsRequest, powerlist_client::PowerlistClient},
};
use stories::suite::{self, Engine, Running};

use crate::{
    county::{self, HEAD, REVIEWER, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{
        Command, Head, MARKET, Officer, Person, Reviewer, command::Receipted, list_office::ListOffice, refused::Refused,
    },
    process::{Serving, one_line, run},
    rebuild::{digests, throw_views_away},
};

on_both_engines! {
    an_office_works_through_a_year_without_a_calendar_and_the_notice_settles_every_clock,
}

const OF_2026: &str = include_str!("../../seeds/calendar/2026.toml");
/// Invented: the story is not to depend on what the State Council has yet to decide.
const OF_2027: &str = include_str!("../../seeds/demo/2027.toml");

fn notice(text: &str) -> ImportNoticeRequest {
    ImportNoticeRequest { notice: text.to_owned(), ..ImportNoticeRequest::default() }
}

/// The people of the authority and the file that their records consist of.
struct Office<'a> {
    officer: Officer<'a>,
    head: Head<'a>,
    reviewer: Reviewer<'a>,
    file: wire::ObjectRef,
}

impl<'a> Office<'a> {
    async fn of(running: &'a Running, written: u64) -> Self {
        let officer = Officer::of(running, MARKET, XU).having_seen(written);
        Self {
            file: officer.hands_in("全过程记录（示例）".as_bytes(), "text/plain").await,
            head: Head::of(running, MARKET, HEAD).having_seen(written),
            reviewer: Reviewer::of(running, MARKET, REVIEWER).having_seen(written),
            officer,
        }
    }

    /// From filing to service. Days: filed, evidence, exemption, concluded, told, heard, hearing asked for, hearing
    /// announced, hearing, reviewed, discussed, decided, served.
    async fn decides(&self, matter: &Matter, sold: [&str; 2], days: [&str; 13]) -> wire::ServeDecisionResponse {
        let [
            filed,
            found,
            exempt,
            concluded,
            told,
            heard,
            asked,
            announced,
            hearing,
            reviewed,
            discussed,
            decided,
            served,
        ] = days.map(|day| format!("{day}T09:00"));
        let officer = &*self.officer;
        lawful(officer, &filed, of_days(matter.filing(), sold)).await;
        let evidence = wire::CollectEvidenceRequest { certificate_shown: Some(true), ..matter.evidence(&self.file) };
        lawful(officer, &found, evidence).await;
        let (case_id, evidence_id) = (matter.case_id.clone(), matter.evidence_id.clone());
        let verified = wire::VerifyEvidenceRequest {
            case_id: case_id.clone(),
            evidence_id: evidence_id.clone(),
            genuine: true,
            how: "与现场核对无误".to_owned(),
            ..Default::default()
        };
        lawful(officer, &found, verified).await;
        let reason = "已经停业，无可改正".to_owned();
        lawful(officer, &found, wire::WaiveCorrectionRequest { case_id, reason, ..Default::default() }).await;
        lawful(officer, &exempt, matter.exemption()).await;
        lawful(officer, &concluded, matter.conclusion()).await;
        let notice = wire::NotifyPenaltyRequest { delivery: Some(handed_over()), ..matter.notice() };
        lawful(officer, &told, notice).await;
        lawful(officer, &heard, matter.statement()).await;
        lawful(officer, &asked, matter.hearing_request()).await;
        let method = wire::ServiceMethod::Direct.into();
        let call = matter.hearing_notice(&hearing);
        let call = wire::NotifyHearingRequest { method, delivery: Some(handed_over()), ..call };
        lawful(officer, &announced, call).await;
        let presented_ids = vec![evidence_id];
        let heard = wire::HoldHearingRequest { presented_ids, examined: Some(true), ..matter.hearing(&self.file) };
        lawful(officer, &hearing, heard).await;
        lawful(&self.reviewer, &reviewed, matter.review()).await;
        lawful(&self.head, &discussed, matter.deliberation(&self.file)).await;
        lawful(&self.head, &decided, matter.decision()).await;
        let delivery = Some(handed_over());
        lawful(officer, &served, wire::ServeDecisionRequest { delivery, ..matter.service() }).await
    }
}

fn handed_over() -> wire::Delivery {
    wire::Delivery {
        through: "当事人住所地".to_owned(),
        taken_by: wire::Taker::Representative.into(),
        signed: true,
        ..Default::default()
    }
}

/// With a violation of these days, discovered on the last of them.
fn of_days(filing: wire::FileCaseRequest, [from, until]: [&str; 2]) -> wire::FileCaseRequest {
    let violation = filing.violation.map(|violation| wire::Violation {
        from: from.to_owned(),
        until: until.to_owned(),
        discovered: until.to_owned(),
        ..violation
    });
    wire::FileCaseRequest { violation, ..filing }
}

/// Does what is lawful, and nothing is held against it.
async fn lawful<C>(who: &Person<'_>, at: &str, command: C) -> C::Answer
where
    C: Command,
    C::Answer: Receipted,
{
    let answer = who.does(at, command).await;
    assert_eq!(answer.receipt().violations, [], "{} at {at}", C::NAME);
    answer
}

/// The clocks of a case that run: rule and last day, empty where nobody can know it yet.
async fn clocks(officer: &Officer<'_>, matter: &Matter) -> Vec<(String, String)> {
    let case = officer.reads_case(&matter.case_id).await.expect("the case");
    case.open_clocks.into_iter().map(|clock| (clock.rule, clock.due)).collect()
}

async fn pay_by(officer: &Officer<'_>, matter: &Matter) -> String {
    officer.reads_case(&matter.case_id).await.expect("the case").case.expect("its head").pay_by
}

fn due(rule: &str, day: &str) -> (String, String) {
    (rule.to_owned(), day.to_owned())
}

/// Whether the list of deadlines in this state names the case.
async fn listed(running: &Running, state: &str, number: &str) -> bool {
    running.suite.caught_up().await.expect("the views");
    let token = running.suite.supervisor_token().expect("a token");
    let (status, page) = running.page(&format!("/deadlines?state={state}"), Some(&token)).await;
    assert_eq!(status, 200);
    page.contains(number)
}

async fn an_office_works_through_a_year_without_a_calendar_and_the_notice_settles_every_clock(engine: Engine) {
    let running = suite::start(engine).await;
    county::found(&running).await;
    let lists = ListOffice::of(&running);
    lists.enters("2025-11-06T09:00", notice(OF_2026)).await;
    let office = Office::of(&running, lists.written()).await;

    // A fine of April that is not paid.
    let (unpaid, late) = (Matter::new(), Matter::new());
    let spring = [
        "2026-02-25",
        "2026-02-26",
        "2026-03-10",
        "2026-03-18",
        "2026-03-20",
        "2026-03-24",
        "2026-03-25",
        "2026-03-27",
        "2026-04-15",
        "2026-04-17",
        "2026-04-21",
        "2026-04-22",
        "2026-04-23",
    ];
    assert_eq!(office.decides(&unpaid, ["2026-01-05", "2026-02-20"], spring).await.pay_by, "2026-05-08");
    lawful(&office.officer, "2026-04-24T09:00", unpaid.publication()).await;
    lawful(
        &office.officer,
        "2026-12-21T10:00",
        wire::ServeDemandRequest { delivery: Some(handed_over()), ..unpaid.demand() },
    )
    .await;

    // Nobody knows the ten working days of the demand; eight of them are over with the year.
    let early = office.head.tries("2026-12-31T09:00", unpaid.court()).await;
    refused_for_want_of_days(early);
    let court = office.head.does("2027-01-12T09:00", unpaid.court()).await;
    assert_eq!(court.receipt().violations, [], "what nobody can know is held against nobody");

    // A case that goes through the turn of the year; told on the 21st, the party may ask until the 28th.
    let winter = [
        "2026-12-01",
        "2026-12-02",
        "2026-12-08",
        "2026-12-15",
        "2026-12-21",
        "2026-12-23",
        "2026-12-25",
        "2026-12-30",
        "2027-01-13",
        "2027-01-14",
        "2027-01-15",
        "2027-01-15",
        "2027-01-18",
    ];
    let served = office.decides(&late, ["2026-10-08", "2026-11-27"], winter).await;
    assert_eq!(served.pay_by, "", "no calendar tells it");
    assert_eq!(pay_by(&office.officer, &late).await, "");
    let defer = wire::DeferPaymentRequest {
        case_id: unpaid.case_id.clone(),
        until: "2027-06-30".to_owned(),
        instalments: 1,
        applied_on: "2027-01-18".to_owned(),
        hardship: "停业两个月，账上没有余款".to_owned(),
        ..wire::DeferPaymentRequest::default()
    };
    lawful(&office.head, "2027-01-19T10:00", defer).await;
    let number =
        office.officer.reads_case(&late.case_id).await.expect("the case").case.expect("its head").filing_number;
    let waiting = clocks(&office.officer, &late).await;
    for rule in ["EN-PUBLICISE", "EN-PAY", "EN-COURT"] {
        assert!(waiting.contains(&due(rule, "")), "{rule} has no day: {waiting:?}");
    }
    assert!(listed(&running, "no_calendar", &number).await, "the clock is told to wait for the notice");
    let before = running.page("/", Some(&running.suite.supervisor_token().expect("a token"))).await.1;
    assert!(before.contains("href=\"/deadlines?state=no_calendar"), "the overview counts and opens them");

    // A notice that contradicts the weekdays is refused with its line; nothing changes.
    let wrong = notice(&OF_2027.replace("2027-01-31", "2027-02-01"));
    let refused = lists.refuses("2027-01-20T09:00", wrong).await;
    assert!(refused.contains("notice") && refused.contains("line 5"), "{refused}");
    assert_eq!(clocks(&office.officer, &late).await, waiting);

    // The notice comes.
    lists.enters("2027-01-20T10:00", notice(OF_2027)).await;
    let office = Office::of(&running, lists.written()).await;
    lawful(&office.officer, "2027-01-20T11:00", late.publication()).await;
    assert_eq!(pay_by(&office.officer, &late).await, "2027-02-02");
    let settled = clocks(&office.officer, &late).await;
    assert!(settled.contains(&due("EN-PAY", "2027-02-02")), "{settled:?}");
    assert!(!listed(&running, "no_calendar", &number).await, "no clock waits any more");
    let years = PowerlistClient::new(running.door(None)).list_calendar_years(ListCalendarYearsRequest {}).await;
    let last = years.expect("the years").into_inner().years.pop().expect("a year");
    assert_eq!((last.year, last.sha256.len()), (2027, 1));

    // As if it had been there from the beginning.
    let first = digests(&running).await;
    let running = running.restart().await;
    assert_eq!(digests(&running).await, first, "after a restart");
    let running = running.restart_after(throw_views_away).await;
    assert_eq!(digests(&running).await, first, "after a rebuild");
    assert_eq!(pay_by(&Officer::of(&running, MARKET, XU), &late).await, "2027-02-02");
    running.stop().await;
}

/// Refused, because on that day the ten working days cannot have passed whatever the notice says.
fn refused_for_want_of_days(refused: Refused) {
    refused.under(&["EN-DEMAND"], "才满十个工作日", "working days end on");
}

#[test]
fn notices_are_taken_in_from_the_data_folder_and_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("a path");
    std::fs::create_dir(folder.path().join("calendar")).expect("a folder");
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("written");
        file.to_str().expect("a path").to_owned()
    };
    write("calendar/2027.toml", OF_2027);
    write("calendar/2028.toml", "year = 2028\n");
    let serving = Serving::start(folder.path(), None);
    let server = format!("http://{}", serving.grpc);
    let list = || String::from_utf8(run(&["calendar", "list", "--server", &server]).stdout).expect("text");
    let known = list();
    assert!(known.contains("2016  ") && known.contains("2027  （演示，虚构）") && !known.contains("2028"), "{known}");

    let token = run(&["token", "--data", data, "--role", "list_approver"]).stdout;
    let token = String::from_utf8(token).expect("a token");
    let import =
        |file: &str, token: &str| run(&["calendar", "import", "--server", &server, "--token", token.trim(), file]);
    let amended = write("amended.toml", &OF_2027.replace("〔2026〕0号", "〔2027〕1号"));
    assert_eq!(import(&amended, &token).stdout, b"the notice is on record\n");
    assert_eq!(import(&amended, &token).stdout, b"the notice says nothing new\n");
    assert!(list().contains("〔2027〕1号"));
    let weekday = write("weekday.toml", &OF_2027.replace("2027-01-31", "2027-02-01"));
    let line = one_line(&import(&weekday, &token), 1);
    assert!(line.contains("line 5") && line.contains("2027-02-01 is no weekend"), "{line}");
    let officer = run(&["token", "--data", data, "--role", "officer", "--agency", MARKET]).stdout;
    let line = one_line(&import(&amended, &String::from_utf8(officer).expect("a token")), 1);
    assert!(line.contains("list_approver"), "{line}");
    let endless = write("endless.toml", &" ".repeat(70_000));
    assert!(one_line(&import(&endless, &token), 1).contains("at most 65536"));
    serving.stop();
    // What was put on record stands before what lies in the folder.
    let serving = Serving::start(folder.path(), None);
    let server = format!("http://{}", serving.grpc);
    let again = String::from_utf8(run(&["calendar", "list", "--server", &server]).stdout).expect("text");
    assert!(again.contains("〔2027〕1号"), "{again}");
    serving.stop();
}
