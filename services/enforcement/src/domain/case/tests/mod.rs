//! Given/when/then, by stage.

mod aftermath;
mod closing;
mod decision;
mod ending;
mod execution;
mod exempt;
mod filing;
mod hearing;
mod investigation;
mod matter;
mod order;
mod proof;
mod redo;
mod service;
mod stay;
mod whole;

use law::{
    ClockChange,
    decider::{
        Decided,
        harness::{Given, given},
    },
};

use super::{Cases, Step, sample};
use crate::domain::events::*;

/// The case after these events.
fn case(events: Vec<CaseEvent>) -> Given<Cases> {
    given::<Cases>(events)
}

/// A clock's change, as `opened EN-SERVE`, for short assertions.
fn changes(decided: &[Decided<CaseEvent>]) -> Vec<String> {
    let short = |c: &ClockChange| match c.clock().split_once(':') {
        Some((rule, key)) if key.len() == 36 => rule.to_owned(),
        _ => c.clock().to_owned(),
    };
    decided.iter().flat_map(|d| &d.clocks).map(|c| format!("{} {}", c.word(), short(c))).collect()
}

fn record(stage: RecordStage) -> CaseEvent {
    let (title, media_type) = ("记录".into(), "application/pdf".into());
    RecordMade { stage, form: RecordForm::Text, title, sha256: sample::sha(), media_type, size_bytes: 1, at: None }
        .into()
}

/// Paid to the bank.
fn paid(amount_fen: i64) -> FinePaid {
    FinePaid {
        amount_fen,
        surcharge_fen: 0,
        channel: PayChannel::Bank,
        collector: None,
        spot_ground: None,
        receipt: "银行".into(),
        receipt_of: None,
        ashore_on: None,
        at: None,
    }
}

/// Every stage accepts every event of the sample: what is stored always folds.
#[test]
fn the_whole_sample_folds() {
    let given = case(sample::decided());
    assert!(given.state().served.is_some());
    assert_eq!(given.state().unpaid_fen(), 7_000_000);
}

#[test]
fn every_step_needs_a_filed_case() {
    use law::Refusal;
    let steps = [
        Step::CollectEvidence(sample::evidence()),
        Step::NotifyPenalty(sample::notice(vec![sample::fine(1)])),
        Step::DecidePenalty(sample::decision(vec![sample::fine(1)])),
        Step::ServeDecision(sample::served()),
    ];
    for step in steps {
        let command = sample::ask(step);
        let answer = <Cases as law::Decider>::decide(&Default::default(), &sample::act("2024-03-02T09:00"), &command);
        assert!(matches!(answer, Err(Refusal::NotFound { what: "case", .. })), "{answer:?}");
    }
}
