//! Texts that tests of several aggregates begin with.

use law::decider::harness::day;

use super::{
    Command, State, Statute, StatuteEvent, StatuteText,
    text::{Article, Item, Paragraph},
};
use crate::domain::content::NormLevel;

/// A law of so many articles; each has a paragraph, and another one with two items.
pub(crate) fn text(version: &str, articles: u16) -> StatuteText {
    let item = |text: &str| Item { text: text.to_owned(), points: vec![] };
    let article = |number| Article {
        number,
        insert: 0,
        headings: if number == 1 { vec!["第一章 总则".to_owned()] } else { vec![] },
        paragraphs: vec![
            Paragraph { text: format!("第{number}个第一款。"), items: vec![] },
            Paragraph { text: "有下列情形之一的：".to_owned(), items: vec![item("甲；"), item("乙。")] },
        ],
    };
    StatuteText {
        title: "滨海渡口法".to_owned(),
        version: day(version),
        level: Some(NormLevel::Law),
        issuer: Some("全国人民代表大会常务委员会".to_owned()),
        promulgated: Some(day("2009-02-28")),
        in_force_from: None,
        history: vec![format!("{version} 通过")],
        sha256: "ab".repeat(32),
        articles: (1..=articles).map(article).collect(),
        annex: vec![],
    }
}

/// The events that put a version on record.
pub(crate) fn recorded(text: &StatuteText) -> Vec<StatuteEvent> {
    let command = Command::Record(Box::new(text.clone()));
    law::decider::harness::given::<Statute>([]).when(&crate::domain::fixture::act("2026-03-20"), &command).events()
}

/// What is known after these events.
pub(crate) fn state(events: &[StatuteEvent]) -> State {
    let mut state = State::default();
    events.iter().for_each(|e| state.take(e));
    state
}
