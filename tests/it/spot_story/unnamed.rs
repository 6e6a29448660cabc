//! Nothing that is answered or shown holds the citizen's name or id number.

use std::fmt::Debug;

use proto::{
    enforcement::v1 as wire,
    projection::v1::{self as views, query_service_client::QueryServiceClient},
};
use stories::{canary, suite::Running};
use tonic::{Response, Status};

use super::{Spot, WANG, citizen, decision, filing};
use crate::{
    county::EXPIRED,
    matter::{Matter, codes},
    people::refused::Refused,
};

#[track_caller]
fn silent(what: impl Debug) {
    assert_eq!(canary::found_in("an answer", format!("{what:?}").as_bytes()), None);
}

/// The message and the details behind it.
#[track_caller]
fn silent_too(Refused(status): &Refused) {
    silent(status.message());
    silent(String::from_utf8_lossy(status.details()));
}

/// Texts that hold his name or number are sent back; what the law refuses is kept without them.
pub(super) async fn is_not_recorded(spot: &Spot<'_>, matter: &Matter) {
    for text in [format!("{}未按规定查验", WANG.name), format!("身份证{}的人未按规定查验", WANG.id_number)]
    {
        let mut naming = filing(matter, citizen());
        naming.violation.as_mut().expect("a violation").fact = text;
        let refused = spot.officer.tries("2025-03-05T09:00", naming).await;
        silent_too(&refused);
        refused.for_fields(&["violation.fact"]);
    }
    let with_a_guest =
        wire::FileCaseRequest { officers: codes(&[EXPIRED, crate::county::XU]), ..filing(matter, citizen()) };
    let refused = spot.officer.tries("2025-03-05T09:10", with_a_guest).await;
    silent_too(&refused);
    refused.under(&["OF-CERT"], "高立新", "no certificate valid on 2025-03-05");
    let numbered =
        wire::DecidePenaltyRequest { facts: format!("{}未查验", WANG.id_number), ..decision(matter, 200) };
    let refused = spot.officer.tries("2025-03-05T09:20", numbered).await;
    silent_too(&refused);
    refused.for_fields(&["facts"]);
}

/// Neither an answer nor a page; what is kept is searched when the suite ends.
pub(super) async fn nothing_names_him(running: &Running, spot: &Spot<'_>, matter: &Matter) {
    running.suite.caught_up().await.expect("the views");
    let records = running.suite.ledger("enforcement").expect("a ledger").log(0, 1000).await.expect("the log");
    assert!(records.len() > 20 && records.iter().any(|r| r.bytes.contains("王**")), "{}", records.len());
    no_answer_does(running, spot, matter).await;
    no_page_does(running, matter).await;
}

async fn no_answer_does(running: &Running, spot: &Spot<'_>, matter: &Matter) {
    let case = spot.officer.reads_case(&matter.case_id).await.expect("the case");
    silent(&case);
    let party = case.case.and_then(|c| c.party).expect("a party");
    assert_eq!((party.name.as_str(), party.id_digest.len(), party.uscc.as_str()), ("王**", 64, ""));
    let attempts = spot.officer.reads_attempts(&matter.case_id).await.expect("the attempts").attempts;
    assert!(attempts.iter().any(|a| a.step == "FileCase" && a.summary.contains("王**")), "{attempts:?}");
    silent(&attempts);

    let token = running.suite.supervisor_token().expect("a token");
    let mut queries = QueryServiceClient::new(running.door(Some(&token)));
    let of_the_case = views::GetCaseRequest { case: matter.case_id.clone(), ..Default::default() };
    shows_masked(queries.get_case(of_the_case).await);
    let by_his_name = |text: &str| views::ListCasesRequest { text: text.to_owned(), ..Default::default() };
    shows_masked(queries.list_cases(by_his_name("王**")).await);
    let found = queries.list_cases(by_his_name(&WANG.name)).await.expect("an answer").into_inner();
    assert_eq!(found.cases, [], "nobody is found by his name");
    let events = views::ListEventsRequest { stream: format!("case/{}", matter.case_id), ..Default::default() };
    shows_masked(queries.list_events(events).await);
}

#[track_caller]
fn shows_masked<T: Debug>(answer: Result<Response<T>, Status>) {
    let answer = format!("{:?}", answer.expect("an answer").into_inner());
    assert!(answer.contains("王**"), "{answer}");
    silent(answer);
}

async fn no_page_does(running: &Running, matter: &Matter) {
    let token = running.suite.supervisor_token().expect("a token");
    let of_the_case = format!("/cases/{}", matter.case_id);
    for (path, masked) in [(of_the_case.as_str(), true), ("/cases", true), ("/findings", false), ("/audit", false)] {
        for token in [Some(token.as_str()), None] {
            let (_, page) = running.page(path, token).await;
            silent(&page);
            assert!(token.is_none() || !masked || page.contains("王**"), "{path}: {page}");
        }
    }
}
