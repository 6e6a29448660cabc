//! Between the person and the office: sealed texts and identity, the reward.

use law::{Decided, Refusal};

use super::{Answer, Asked, Named, context::Context};
use crate::domain::{
    events::*,
    rules::protect::{self, CO_PROTECT},
    words::Kind,
};

impl Asked for StatementAdded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}

impl Asked for ReplySent {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        cx.known()?;
        Ok(vec![Decided::plain(self.clone().dated(cx.act.at))])
    }
}

impl Asked for TextReleased {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.known()?;
        let Some(sealed) = cx.complaint.texts.get(&self.sealed.entry).cloned() else {
            return Err(Refusal::NotFound { what: "sealed text", id: self.sealed.entry.to_string() });
        };
        let to = cx.organ(&self.to.agency)?;
        let accused = cx.accused(registered);
        let mut check = cx.check();
        check
            .rule(&CO_PROTECT, protect::kept_from(accused, &to.agency))
            .rule(&CO_PROTECT, protect::opened(accused, &self.reason, [&self.opened_by, &self.second], cx.sender()));
        let event = Self { to, sealed, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { agencies: vec![&self.to.agency], officers: vec![&self.opened_by, &self.second], ..Named::default() }
    }
}

impl Asked for IdentityOpened {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.known()?;
        if registered.complainant != Some(self.complainant) {
            return Err(Refusal::NotFound { what: "complainant", id: self.complainant.to_string() });
        }
        let mut check = cx.check();
        check.rule(
            &CO_PROTECT,
            protect::opened(cx.accused(registered), &self.reason, [&self.opened_by, &self.second], cx.sender()),
        );
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: vec![&self.opened_by, &self.second], ..Named::default() }
    }
}

impl Asked for IdentityShredded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let registered = cx.known()?;
        // What an earlier step has shredded already is done, and done again without a word.
        if cx.complaint.shredded {
            return Ok(vec![]);
        }
        let texts = cx.complaint.texts.values().chain(&cx.complaint.replies);
        let files = registered.attachments.iter().map(|file| &file.sealed);
        let shredded: Vec<_> = registered.identity.iter().chain(texts).chain(files).cloned().collect();
        if shredded.is_empty() {
            return Err(Refusal::NotFound { what: "sealed identity", id: registered.complaint.to_string() });
        }
        let mut check = cx.check();
        let (over, persons) = (cx.complaint.ended.is_some(), [&self.shredded_by, &self.second]);
        check.rule(&protect::CO_SHRED, protect::may_shred(over, &self.reason, persons, cx.sender()));
        let event = Self { shredded, ..self.clone() };
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, event.dated(cx.act.at))])
    }

    fn named(&self) -> Named<'_> {
        Named { officers: vec![&self.shredded_by, &self.second], ..Named::default() }
    }
}

impl Asked for ReportRewarded {
    fn decide(&self, cx: &Context<'_>) -> Answer {
        let (registered, _) = cx.accepted()?;
        if registered.kind != Kind::Report {
            return Err(Refusal::state("NOT_A_REPORT", "该事项不是举报", "only reports are rewarded"));
        }
        if cx.complaint.rewarded {
            return Err(Refusal::state("ALREADY_REWARDED", "该举报已经奖励", "the report was rewarded already"));
        }
        if self.amount_fen <= 0 {
            return Err(Refusal::invalid("amount_fen", "must be more than 0"));
        }
        let mut check = cx.check();
        check
            .rule(&protect::CO_REWARD, protect::may_reward(self, cx.complaint.is_verified()))
            .rule(&CO_PROTECT, protect::names_nobody(&[&self.payment]));
        Ok(vec![Decided::under(check.settle(cx.act.mode)?, self.clone().dated(cx.act.at))])
    }
}
