//! The end of the file: nothing is left open in silence.

use law::{
    Decided, MatterChange, Refusal,
    ending::{self, Owed},
};

use super::{Answer, Appeal, Asked, Conclusion, context::Context, state::Compensating};
use crate::domain::{
    events::*,
    rules::{
        litigate::RE_OBEY,
        perform::{self as rules, RE_OPINION, RE_PAY, RE_PERFORM},
    },
    words::{Effect, LetterKind},
};

impl Asked for AppealClosed {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let received = cx.known()?;
        let appeal = cx.appeal;
        if appeal.closed {
            return Err(Refusal::state("CLOSED", "案件已经结案", "the file is closed"));
        }
        if appeal.concluded.is_none_or(|(_, at)| at.is_some_and(|at| at > cx.act.at)) {
            return Err(Refusal::state("NOT_CONCLUDED", "复议申请尚未办结", "the application has not come to its end"));
        }
        let mut check = cx.check();
        if let Some(decision) = appeal.decision.as_deref() {
            let lacks = |effect| !appeal.effects.contains(&effect);
            let case_open = decision.outcome.overturns() && decision.case.is_some() && lacks(Effect::CaseChanged);
            let list_open = decision.item_at_fault.is_some() && lacks(Effect::ListAdjusted);
            check.rule(&rules::RE_PUBLISH, rules::published(appeal.published, self.unpublished.as_deref())).rule_of(
                received.respondent.whose(),
                &rules::RE_FEEDBACK,
                rules::fed_back(case_open, list_open),
            );
        }
        if appeal.task.is_some() {
            let late = appeal.was_late(cx.day(), cx.calendar());
            let outcome = late.map_err(Into::into).and_then(|late| rules::pressed(late, appeal.pressed));
            check.rule(&rules::RE_PRESSED, outcome);
        }
        let verdict = check.settle(cx.act.mode)?;
        ending::named(&owed(appeal), &self.left)?;
        Ok(vec![Decided::under(verdict, self.clone().dated(cx.act.at))])
    }

    fn tell(&self, _: &Appeal, _: &Appeal, change: &mut MatterChange) {
        (change.ended, change.archived) = (true, true);
    }
}

/// What is still to be done in an application that has come to its end.
fn owed(appeal: &Appeal) -> Vec<Owed> {
    let mut owed = Vec::new();
    let mut also = |open: bool, one: Owed| {
        if open {
            owed.push(one);
        }
    };
    let plain = |what: String, zh, en| Owed { what, zh, en };
    let by_document = matches!(appeal.concluded, Some((Conclusion::Decided | Conclusion::Mediated, _)));
    let unserved = plain("service:decision".to_owned(), "决定书、调解书应当送达", "the document is served");
    also(by_document && appeal.served.is_none(), unserved);
    also(appeal.task.is_some() && appeal.performed.is_none(), Owed::under(&RE_PERFORM));
    also(appeal.compensation == Compensating::Claimed, Owed::under(&RE_PAY));
    for (id, letter) in &appeal.letters {
        let open = match letter.kind {
            LetterKind::Opinion => Owed::keyed(&RE_OPINION, &id.to_string()),
            LetterKind::Suggestion => {
                plain(format!("letter:{id}"), "建议书应当回复", "the suggestion letter is answered")
            }
        };
        also(!letter.answered, open);
    }
    for (id, suit) in &appeal.suits {
        let binding = suit.judged.filter(|(_, binding)| *binding);
        let pending = plain(format!("suit:{id}"), "诉讼尚未有生效裁判", "the suit has no binding judgment yet");
        also(binding.is_none(), pending);
        let obliged = binding.is_some_and(|(judgment, _)| judgment.obliges());
        also(obliged && !suit.performed, Owed::keyed(&RE_OBEY, &id.to_string()));
    }
    for (id, answered) in &appeal.suggestions {
        also(!answered, plain(format!("suggestion:{id}"), "司法建议应当反馈", "the judicial suggestion is answered"));
    }
    owed
}
