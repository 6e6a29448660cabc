//! One ordinary case over gRPC, from filing to archive. At each gate the unlawful step is tried first: it is refused
//! with rule and article, and kept. Then the lawful one passes. At the end everybody reads what he may.

mod decision;
mod execution;
mod investigation;
mod notice;
mod reading;

use proto::enforcement::v1::ObjectRef;
use stories::suite::{self, Engine, Running};

use crate::{
    county::{self, HEAD, REVIEWER, XU},
    engines::on_both_engines,
    matter::Matter,
    people::{Command, Head, MARKET, Officer, Person, Reviewer, command::Receipted, refused::Refused},
};

on_both_engines! {
    a_case_goes_from_filing_to_archive,
}

/// What the page must show of one event.
struct Shown {
    /// Its title in Chinese.
    title: &'static str,
    /// The rules that refused it, for an attempt.
    refused: &'static [&'static str],
}

/// The people, the case, and what has happened so far.
struct Story<'a> {
    running: &'a Running,
    officer: Officer<'a>,
    head: Head<'a>,
    reviewer: Reviewer<'a>,
    matter: Matter,
    shown: Vec<Shown>,
    /// Any file of the case: records, minutes, the list of contents.
    file: ObjectRef,
}

pub(crate) async fn a_case_goes_from_filing_to_archive(engine: Engine) {
    let running = suite::start(engine).await;
    let written = county::found(&running).await;
    let officer = Officer::of(&running, MARKET, XU).having_seen(written);
    let mut story = Story {
        file: officer.hands_in("全过程记录（示例）".as_bytes(), "text/plain").await,
        head: Head::of(&running, MARKET, HEAD).having_seen(written),
        reviewer: Reviewer::of(&running, MARKET, REVIEWER).having_seen(written),
        officer,
        running: &running,
        matter: Matter::new(),
        shown: Vec::new(),
    };
    Box::pin(investigation::filed_and_investigated(&mut story)).await;
    Box::pin(notice::told_and_heard(&mut story)).await;
    Box::pin(decision::reviewed_and_decided(&mut story)).await;
    Box::pin(execution::served_and_executed(&mut story)).await;
    Box::pin(reading::everybody_reads(&story)).await;
    running.stop().await;
}

/// Who acts in a step of the story.
#[derive(Clone, Copy)]
enum Who {
    Officer,
    Head,
    Reviewer,
}

impl<'a> Story<'a> {
    fn person(&self, who: Who) -> &Person<'a> {
        match who {
            Who::Officer => &self.officer,
            Who::Head => &self.head,
            Who::Reviewer => &self.reviewer,
        }
    }

    /// A lawful step, with its title on the page; nothing is wrong with it.
    async fn done<C>(&mut self, who: Who, at: &str, title: &'static str, command: C) -> C::Answer
    where
        C: Command,
        C::Answer: Receipted,
    {
        let answer = self.person(who).does(at, command).await;
        let receipt = answer.receipt();
        assert!(!receipt.repeated);
        assert_eq!(receipt.violations, [], "{} at {at}", C::NAME);
        self.shown.push(Shown { title, refused: &[] });
        answer
    }

    /// An unlawful step: refused under exactly these rules, for these reasons, and kept.
    async fn refused<C: Command>(
        &mut self,
        who: Who,
        at: &str,
        command: C,
        rules: &'static [&'static str],
        zh: &str,
        en: &str,
    ) {
        self.person(who).tries(at, command).await.under(rules, zh, en);
        self.shown.push(Shown { title: "操作被拒", refused: rules });
    }

    /// A step that the state of the case, not the law, rules out: nothing is kept.
    async fn impossible<C: Command>(&self, who: Who, at: &str, command: C) -> Refused {
        self.person(who).tries(at, command).await
    }

    /// How many attempts were refused so far.
    fn attempts(&self) -> impl DoubleEndedIterator<Item = &'static [&'static str]> {
        self.shown.iter().map(|s| s.refused).filter(|rules| !rules.is_empty())
    }
}
