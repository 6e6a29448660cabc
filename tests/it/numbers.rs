//! 文号: one row of numbers for each agency and year, without holes, however many decide at once.

use std::collections::BTreeSet;

use proto::{
    common::v1::{CommandMeta, Mode},
    enforcement::v1 as wire,
};
use stories::suite::{self, Engine};
use tonic::Code;

use crate::{
    county::{self, HEAD, UNCHECKED_FOOD, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{
        Command, Head, MARKET, Officer, Person, frame, moment,
        refused::{Refused, plain},
    },
};

on_both_engines! {
    decisions_at_once_are_numbered_without_holes,
    a_reported_document_keeps_the_number_that_stands_on_it,
}

const CASES: u64 = 16;
const FILED: &str = "2025-03-03T09:00";
const DECIDED: &str = "2025-03-07T10:00";

async fn decisions_at_once_are_numbered_without_holes(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    let head = Head::of(&running, MARKET, HEAD).having_seen(written);
    let file = officer.hands_in("现场笔录（示例）".as_bytes(), "text/plain").await;

    let matters: Vec<_> = (0..CASES).map(|_| Matter::new()).collect();
    let filed = futures::future::join_all(matters.iter().map(|m| insists(&officer, FILED, filing(m)))).await;
    assert_eq!(in_a_row(filed.iter().map(|filed| &filed.number)), (1..=CASES).collect(), "{filed:?}");
    for matter in &matters {
        prepared(&officer, matter, &file).await;
    }

    let decided = futures::future::join_all(matters.iter().map(|matter| {
        let head = &head;
        async move {
            // A decision that is refused takes no number.
            let unsealed = wire::DecidePenaltyRequest { sealed: false, ..decision(matter) };
            head.tries(DECIDED, unsealed).await.under(&["EN-DECISION"], "机关印章", "the agency's seal");
            insists(head, DECIDED, decision(matter)).await.number
        }
    }))
    .await;
    assert_eq!(in_a_row(decided.iter()), (1..=CASES).collect(), "{decided:?}");
    assert!(decided.iter().all(|number| number.contains("〔2025〕")), "{decided:?}");

    // The next year begins at one again.
    let matter = Matter::new();
    insists(&officer, FILED, filing(&matter)).await;
    prepared(&officer, &matter, &file).await;
    let next = insists(&head, "2026-01-05T10:00", decision(&matter)).await.number;
    assert!(next.contains("〔2026〕1号"), "{next}");
    running.stop().await;
}

async fn a_reported_document_keeps_the_number_that_stands_on_it(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    running.set_clock(moment(FILED));
    let standing = async |number: &str, mode: Mode| {
        let meta = CommandMeta { document_number: number.to_owned(), ..frame(FILED, mode) };
        filing(&Matter::new()).framed(meta).send(&officer.door).await.map(|filed| filed.number)
    };
    let reported = async |number: &str| standing(number, Mode::Reporting).await;
    assert_eq!(reported("市场监管局立〔2025〕57号").await.expect("recorded"), "市场监管局立〔2025〕57号");
    assert_eq!(reported("抚食药监(2024) A-7").await.expect("an old mark"), "抚食药监(2024) A-7");
    // However it is written, it is the same number.
    for used in ["市场监管局立[2025]第057号", "市场监管局立（２０２５）５７号", "抚食药监（2024）a-7"]
    {
        Refused(reported(used).await.expect_err("it stands on another document")).by_state("NUMBER_USED");
    }
    let refused = Refused(reported("农业农村局罚字〔2025〕1号").await.expect_err("it is another body's"));
    refused.by_state("NUMBER_OF_ANOTHER");
    refused.says("抚远市农业农村局", "the mark of");
    // Whatever document it stands on, its head says which series it is of.
    assert_eq!(reported("市场监管局罚决〔2025〕15号").await.expect("recorded"), "市场监管局罚决〔2025〕15号");
    Refused(reported("市场监管局罚决（2025）第15号").await.expect_err("it stands on another document"))
        .by_state("NUMBER_USED");
    let handled = standing("市场监管局立〔2025〕60号", Mode::Handling).await.expect_err("the service numbers");
    assert!(plain(&handled).contains("meta.document_number"), "{}", plain(&handled));
    // What is handled goes on behind the last; what that one passed over may still be reported.
    assert_eq!(officer.does(FILED, filing(&Matter::new())).await.number, "市场监管局立〔2025〕58号");
    assert_eq!(reported("市场监管局立〔2025〕3号").await.expect("recorded"), "市场监管局立〔2025〕3号");
    Refused(reported("市场监管局立〔2025〕58号").await.expect_err("it was given out")).by_state("NUMBER_USED");
    // A penalty does not get the number that a filing bears, and no filing that of a penalty.
    let (head, matter) = (Head::of(&running, MARKET, HEAD).having_seen(written), Matter::new());
    let file = officer.hands_in("现场笔录（示例）".as_bytes(), "text/plain").await;
    officer.does(FILED, filing(&matter)).await;
    prepared(&officer, &matter, &file).await;
    assert_eq!(insists(&head, DECIDED, decision(&matter)).await.number, "市场监管局罚决〔2025〕16号");
    running.set_clock(moment(DECIDED));
    Refused(reported("市场监管局罚决〔2025〕16号").await.expect_err("a penalty has it")).by_state("NUMBER_USED");
    running.stop().await;
}

fn filing(matter: &Matter) -> wire::FileCaseRequest {
    wire::FileCaseRequest { item_code: UNCHECKED_FOOD.to_owned(), ..matter.filing() }
}

/// Brings a case to where only its decision is missing.
async fn prepared(officer: &Person<'_>, matter: &Matter, file: &wire::ObjectRef) {
    officer.does("2025-03-03T10:00", matter.evidence(file)).await;
    officer.does("2025-03-04T09:00", matter.exemption()).await;
    officer.does("2025-03-04T10:00", matter.conclusion()).await;
    let notice = wire::NotifyPenaltyRequest { penalties: vec![warning()], ..matter.notice() };
    officer.does("2025-03-05T09:00", notice).await;
    officer.does("2025-03-06T09:00", matter.statement()).await;
}

fn warning() -> wire::Penalty {
    wire::Penalty { kind: wire::PenaltyKind::Warning.into(), ..wire::Penalty::default() }
}

fn decision(matter: &Matter) -> wire::DecidePenaltyRequest {
    wire::DecidePenaltyRequest { penalties: vec![warning()], tier: "lighter".to_owned(), ..matter.decision() }
}

/// Sends a command until it is answered: whoever is told to try again does so, with the same id.
async fn insists<C: Command>(person: &Person<'_>, at: &str, command: C) -> C::Answer {
    person.running.set_clock(moment(at));
    let command = command.framed(frame(at, Mode::Handling));
    for _ in 0..200 {
        match command.clone().send(&person.door).await {
            Ok(answer) => return answer,
            Err(status) if status.code() == Code::Aborted => {}
            Err(status) => panic!("{} at {at}: {}", C::NAME, plain(&status)),
        }
    }
    panic!("{} at {at} was put off 200 times", C::NAME);
}

/// The numbers at the end of 市监罚〔2025〕17号.
fn in_a_row<'a>(numbers: impl Iterator<Item = &'a String>) -> BTreeSet<u64> {
    let number = |text: &String| {
        let digits = text.rsplit('〕').next().unwrap_or(text).trim_end_matches('号');
        digits.trim_start_matches('第').parse().unwrap_or_else(|_| panic!("{text} ends in no number"))
    };
    let mut seen = BTreeSet::new();
    for text in numbers {
        assert!(seen.insert(number(text)), "{text} was given twice");
    }
    seen
}
