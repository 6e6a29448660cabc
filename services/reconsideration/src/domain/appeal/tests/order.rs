//! The table of what must not precede what, line by line.

use law::decider::harness::table_holds;

use super::*;

/// After these events, these steps with their golden records.
macro_rules! steps {
    ($($($before:ident)+: $($step:ident $event:ident),+;)+) => {
        vec![$((vec![$(golden!($before).into()),+], vec![$(Step::$step(golden!($event))),+]),)+]
    };
}

fn steps() -> Vec<(Vec<AppealEvent>, Vec<Step>)> {
    let mut steps = steps! {
        ApplicationReceived SupplementRequested: ExtendSupplement SupplementExtended,
            SupplementApplication ApplicationSupplemented, LapseApplication ApplicationLapsed;
        ApplicationReceived SupplementRequested ApplicationSupplemented: AcceptApplication ApplicationAccepted,
            RejectApplication ApplicationRejected;
        ApplicationReceived ApplicationAccepted: AssignHandlers HandlersAssigned, JoinThirdParty ThirdPartyJoined,
            NameSpeakers SpeakersNamed, JoinAppeals AppealsJoined, ChangeProcedure ProcedureChanged, SendCopy CopySent,
            AddEvidence EvidenceAdded, TakeEvidence EvidenceTaken, HearOpinion OpinionHeard, NotifyHearing HearingNotified,
            HoldHearing HearingHeld, HearCommittee CommitteeHeard, QuestionNorm NormQuestioned,
            SuspendAppeal AppealSuspended, TerminateAppeal AppealTerminated, WithdrawAppeal AppealWithdrawn,
            HoldMediation MediationHeld, DecideStay StayDecided, ExtendDecision DecisionExtended, DecideAppeal AppealDecided,
            IssueLetter LetterIssued, RecordSuit SuitFiled, RecordSuggestion SuggestionReceived;
        ApplicationReceived ApplicationAccepted HandlersAssigned: RecuseHandler HandlerRecused;
        ApplicationReceived ApplicationAccepted ThirdPartyJoined: OpenParty PartyOpened;
        ApplicationReceived ApplicationAccepted CopySent: GiveAnswer AnswerGiven;
        ApplicationReceived ApplicationAccepted CopySent AnswerGiven: ReadFile FileRead;
        ApplicationReceived ApplicationAccepted NormQuestioned: ReferNorm NormReferred;
        ApplicationReceived ApplicationAccepted NormQuestioned NormReferred: SettleNorm NormSettled;
        ApplicationReceived ApplicationAccepted AppealSuspended: ResumeAppeal AppealResumed;
        ApplicationReceived ApplicationAccepted AppealDecided: ServeDecision DecisionServed,
            PublishDecision DecisionPublished, NoteEffect EffectNoted;
        ApplicationReceived ApplicationAccepted MediationHeld: ServeDecision DecisionServed;
        ApplicationReceived ApplicationAccepted LetterIssued: AnswerLetter LetterAnswered;
        ApplicationReceived ApplicationAccepted AppealDecided DecisionServed: RedoAct ActRedone,
            PressPerformance PerformancePressed, ClaimCompensation CompensationClaimed;
        ApplicationReceived ApplicationAccepted MediationHeld DecisionServed: PerformDecision DecisionPerformed;
        ApplicationReceived ApplicationAccepted AppealDecided DecisionServed CompensationClaimed:
            PayCompensation CompensationPaid;
        ApplicationReceived ApplicationAccepted SuitFiled: RecordTrial SuitHeard, RecordJudgment JudgmentGiven;
        ApplicationReceived ApplicationAccepted SuitFiled JudgmentGiven: PerformJudgment JudgmentPerformed;
        ApplicationReceived ApplicationAccepted SuggestionReceived: AnswerSuggestion SuggestionAnswered;
    };
    let plain = || Step::CloseAppeal(AppealClosed { left: vec![], ..golden!(AppealClosed) });
    let unserved = law::ending::LeftOpen { what: "service:decision".into(), reason: "下落不明".into() };
    let unserved = || Step::CloseAppeal(AppealClosed { left: vec![unserved.clone()], ..golden!(AppealClosed) });
    let begun = || vec![golden!(ApplicationReceived).into(), golden!(ApplicationAccepted).into()];
    let asked = SupplementRequested { sent: day("2025-06-05"), ..golden!(SupplementRequested) };
    steps.extend([
        (vec![golden!(ApplicationReceived).into()], vec![asked.into()]),
        (and(vec![golden!(ApplicationReceived).into()], golden!(ApplicationRejected)), vec![plain()]),
        (and(vec![golden!(ApplicationReceived).into()], golden!(ApplicationLapsed)), vec![plain()]),
        (and(begun(), golden!(AppealWithdrawn)), vec![plain()]),
        (and(begun(), golden!(AppealTerminated)), vec![plain()]),
        (and(begun(), golden!(AppealDecided)), vec![unserved()]),
        (and(begun(), golden!(MediationHeld)), vec![unserved()]),
    ]);
    steps
}

#[test]
fn nothing_is_recorded_earlier_than_what_it_answers() {
    let tried = |(before, steps): (Vec<AppealEvent>, Vec<Step>)| {
        steps.into_iter().map(move |step| (before.clone(), step.name(), ask(step)))
    };
    table_holds::<Appeals>(steps().into_iter().flat_map(tried));
}
