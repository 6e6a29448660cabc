//! What an applicant is told of his application, whoever asks with its receipt code. Pure.

use crate::domain::events::{AppealEvent as E, Handler};

/// What an event says to the applicant; `None` where it is not for him: how the organ deliberates, and what it writes to others.
pub(crate) fn told(event: &E) -> Option<String> {
    let text = match event {
        E::ApplicationReceived(e) => e.request.clone(),
        E::SupplementRequested(e) => format!("{}（{}）", e.what, e.notice),
        E::SupplementExtended(e) => e.reason.clone(),
        E::ApplicationSupplemented(e) => e.content.clone(),
        E::ApplicationRejected(e) => match &e.competent {
            Some(competent) => format!("{}；有管辖权的机关：{competent}", e.reasons),
            None => e.reasons.clone(),
        },
        E::HandlersAssigned(e) => names(&e.officers),
        E::ProcedureChanged(e) => e.reason.clone(),
        E::HearingNotified(e) => format!("{}：{}", e.place, e.matters),
        E::NormReferred(e) => e.to.clone(),
        E::NormSettled(e) => e.result.clone(),
        E::AppealSuspended(e) => e.reason.clone(),
        E::AppealResumed(e) => e.reason.clone(),
        E::AppealTerminated(e) => e.reason.clone(),
        E::AppealWithdrawn(e) => e.statement.clone(),
        E::MediationHeld(e) => e.terms.clone(),
        E::StayDecided(e) => format!("{}：{}", if e.stayed { "停止执行" } else { "不停止执行" }, e.reason),
        E::DecisionExtended(e) => format!("延长{}日：{}", e.days, e.reason),
        E::AppealDecided(e) => format!("{}：{}\n{}", e.number, e.outcome.zh(), e.reasons),
        E::DecisionPublished(e) => e.url.clone(),
        E::DecisionPerformed(e) => e.what.clone(),
        E::ActRedone(e) => e.number.clone(),
        E::PartyOpened(e) => e.reason.clone(),
        // That it happened is all there is to say.
        E::ApplicationLapsed(_)
        | E::ApplicationAccepted(_)
        | E::HandlerRecused(_)
        | E::ThirdPartyJoined(_)
        | E::SpeakersNamed(_)
        | E::AppealsJoined(_)
        | E::CopySent(_)
        | E::AnswerGiven(_)
        | E::EvidenceAdded(_)
        | E::EvidenceTaken(_)
        | E::FileRead(_)
        | E::OpinionHeard(_)
        | E::HearingHeld(_)
        | E::NormQuestioned(_)
        | E::DecisionServed(_)
        | E::CompensationClaimed(_)
        | E::CompensationPaid(_)
        | E::SuitFiled(_)
        | E::SuitHeard(_)
        | E::JudgmentGiven(_)
        | E::JudgmentPerformed(_)
        | E::AppealClosed(_) => String::new(),
        E::CommitteeHeard(_)
        | E::LetterIssued(_)
        | E::LetterAnswered(_)
        | E::PerformancePressed(_)
        | E::EffectNoted(_)
        | E::SuggestionReceived(_)
        | E::SuggestionAnswered(_)
        | E::StepRefused(_) => return None,
    };
    Some(text)
}

fn names(handlers: &[Handler]) -> String {
    handlers.iter().map(|handler| handler.name.as_str()).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appeal::sample,
        events::{AppealDecided, CommitteeHeard},
    };

    #[test]
    fn an_applicant_is_told_the_decision_and_not_how_it_was_found() {
        let decided = AppealDecided { number: "抚政复决〔2025〕1号".into(), ..sample::decided() };
        let text = told(&decided.into()).unwrap();
        assert!(text.starts_with("抚政复决〔2025〕1号：") && text.contains("撤销"), "{text}");
        assert_eq!(told(&sample::golden!(CommitteeHeard).into()), None);
        assert_eq!(told(&sample::accepted().into()).as_deref(), Some(""));
    }
}
