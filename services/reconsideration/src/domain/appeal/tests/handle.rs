//! Handlers, participants, copy, answer, evidence, hearings.

use super::*;

fn running() -> Given<Appeals> {
    after(sample::running())
}

#[test]
fn two_qualified_handlers_are_assigned_with_their_names() {
    let nameless = |officer: &str| Handler { officer: sample::code(officer), name: String::new(), since: None };
    let two = HandlersAssigned { officers: vec![nameless("F1"), nameless("F2")], ..sample::assigned() };
    let decided = running().when(&act("2025-06-05T10:00"), &ask(two.clone())).decided();
    let AppealEvent::HandlersAssigned(e) = &decided[0].event else { panic!("{decided:?}") };
    assert_eq!((e.officers[0].name.as_str(), &decided[0].rules[..]), ("周复", &["RE-TWO", "RE-QUALIFIED"][..]));
    let one = HandlersAssigned { officers: vec![nameless("F1"), nameless("F1")], ..two.clone() };
    running().when(&act("2025-06-05T10:00"), &ask(one)).refused_by("RE-TWO");
    let unlisted = HandlersAssigned { officers: vec![nameless("F1"), nameless("F9")], ..two };
    running().when(&act("2025-06-05T10:00"), &ask(unlisted.clone())).refused_by("RE-QUALIFIED");
    running().when(&reporting("2025-06-05T10:00"), &ask(unlisted)).violates("RE-QUALIFIED");
}

#[test]
fn a_recused_handler_stays_out() {
    let assigned = and(sample::running(), sample::assigned());
    let recused = and(assigned.clone(), golden!(HandlerRecused));
    after(recused.clone()).when(&act("2025-06-09T09:00"), &ask(sample::assigned())).not_possible("RECUSED");
    after(recused).when(&act("2025-06-09T09:00"), &ask(golden!(HandlerRecused))).not_found("handler");
    // One handler less: the decision finds it.
    let without = assigned.into_iter().chain([golden!(HandlerRecused).into()]);
    let ready = without.chain([sample::copied().into(), sample::answered().into(), sample::heard().into()]);
    after(ready).when(&act("2025-06-24T09:00"), &ask(sample::decided())).refused_by("RE-TWO");
}

#[test]
fn who_speaks_is_counted() {
    running().when(&act("2025-06-09T09:00"), &ask(golden!(SpeakersNamed))).satisfies("RE-SPEAKERS");
    let three = SpeakersNamed { count: 3, ..golden!(SpeakersNamed) };
    running().when(&act("2025-06-09T09:00"), &ask(three)).refused_by("RE-SPEAKERS");
}

#[test]
fn cases_are_joined_with_others_only() {
    assert_eq!(running().when(&act("2025-06-09T09:00"), &ask(golden!(AppealsJoined))).events().len(), 1);
    let itself = AppealsJoined { other: sample::received().appeal, ..golden!(AppealsJoined) };
    running().when(&act("2025-06-09T09:00"), &ask(itself)).invalid("other_id");
    assert_eq!(running().when(&act("2025-06-09T09:00"), &ask(golden!(ThirdPartyJoined))).events().len(), 1);
}

#[test]
fn the_copy_stops_the_organs_clock_and_begins_the_respondents() {
    let decided = running().when(&act("2025-06-09T09:00"), &ask(sample::copied())).decided();
    assert_eq!(clocks(&decided), ["stopped RE-COPY", "opened RE-ANSWER"]);
    assert_eq!(whose(&decided, "RE-ANSWER").as_deref(), Some(sample::BUREAU));
    let Some(sent) = decided[0].clocks[0].stopped_on() else { panic!("{decided:?}") };
    assert_eq!(sent, day("2025-06-06"), "it was sent the day before it arrived");
    running().when(&act("2025-06-05T09:00"), &ask(sample::copied())).invalid("sent");
    let again = after(and(sample::running(), sample::copied()));
    again.when(&act("2025-06-10T09:00"), &ask(sample::copied())).not_possible("ALREADY_SENT");
}

#[test]
fn an_answer_after_the_tenth_working_day_counts_as_none() {
    let copied = || after(and(sample::running(), sample::copied()));
    let answer = |when: &str| copied().when(&act(when), &ask(sample::answered())).decided();
    for (when, want) in [("2025-06-20T09:00", true), ("2025-06-23T23:59", true), ("2025-06-24T00:00", false)] {
        let decided = answer(when);
        let AppealEvent::AnswerGiven(e) = &decided[0].event else { panic!("{decided:?}") };
        assert_eq!((e.in_time, clocks(&decided)), (want, vec!["stopped RE-ANSWER".to_owned()]), "{when}");
    }
    running().when(&act("2025-06-10T09:00"), &ask(sample::answered())).not_possible("NO_COPY");
}

#[test]
fn an_answer_without_evidence_is_the_respondents_fault() {
    let copied = after(and(sample::running(), sample::copied()));
    let bare = AnswerGiven { evidence: vec![], ..sample::answered() };
    let decided = copied.when(&act("2025-06-18T09:00"), &ask(bare)).decided();
    let breach = &decided[0].violations[0];
    let theirs = breach.whose.as_ref().map(|w| w.agency.as_str());
    assert_eq!((breach.rule.as_str(), theirs), ("RE-ANSWER-FULL", Some(sample::BUREAU)));
    let copied = after(and(sample::running(), sample::copied()));
    copied.when(&act("2025-06-18T09:00"), &ask(sample::answered())).satisfies("RE-ANSWER-FULL");
}

#[test]
fn the_respondent_gathers_nothing_afterwards() {
    running().when(&act("2025-06-19T09:00"), &ask(golden!(EvidenceAdded))).satisfies("RE-NO-AFTER");
    for gathered in ["2025-06-05", "2025-06-18"] {
        let later = EvidenceAdded { gathered: day(gathered), ..golden!(EvidenceAdded) };
        running().when(&act("2025-06-19T09:00"), &ask(later)).refused_by("RE-NO-AFTER");
    }
    let tomorrow = EvidenceAdded { gathered: day("2025-06-20"), ..golden!(EvidenceAdded) };
    running().when(&act("2025-06-19T09:00"), &ask(tomorrow)).invalid("gathered");
}

#[test]
fn two_with_cards_take_evidence() {
    running().when(&act("2025-06-19T09:00"), &ask(golden!(EvidenceTaken))).satisfies("RE-INQUIRY");
    let hidden = EvidenceTaken { cards_shown: false, ..golden!(EvidenceTaken) };
    running().when(&act("2025-06-19T09:00"), &ask(hidden)).refused_by("RE-INQUIRY");
}

#[test]
fn the_file_is_open_but_for_secrets() {
    running().when(&act("2025-06-19T09:00"), &ask(golden!(FileRead))).satisfies("RE-READ");
    let no_ground = FileRead { secret: None, ..golden!(FileRead) };
    running().when(&act("2025-06-19T09:00"), &ask(no_ground)).refused_by("RE-READ");
}

/// For Friday, 20 June 2025: five working days before it is the 13th.
#[test]
fn a_hearing_is_told_five_working_days_ahead() {
    let told = ask(golden!(HearingNotified));
    running().when(&act("2025-06-13T17:00"), &told).satisfies("RE-HEARING-NOTICE");
    running().when(&act("2025-06-14T09:00"), &told).refused_by("RE-HEARING-NOTICE");
    running().when(&reporting("2025-06-14T09:00"), &told).violates("RE-HEARING-NOTICE");
}

#[test]
fn a_hearing_is_held_as_told_by_three_with_the_respondents_head() {
    let told = || after(and(sample::running(), golden!(HearingNotified)));
    let held = sample::hearing_held();
    let decided = told().when(&act("2025-06-20T10:00"), &ask(held.clone())).decided();
    assert_eq!(decided[0].rules, ["RE-HEARING-NOTICE", "RE-HEARING-PANEL", "RE-HEARING-HEAD"]);
    told().when(&act("2025-06-19T10:00"), &ask(held.clone())).refused_by("RE-HEARING-NOTICE");
    running().when(&act("2025-06-20T10:00"), &ask(held.clone())).refused_by("RE-HEARING-NOTICE");
    let alone = HearingHeld { assessors: vec![], ..held.clone() };
    told().when(&act("2025-06-20T10:00"), &ask(alone)).refused_by("RE-HEARING-PANEL");
    let nobody = HearingHeld { head: None, ..held };
    let decided = told().when(&act("2025-06-20T10:00"), &ask(nobody)).decided();
    let theirs = decided[0].violations[0].whose.as_ref().map(|w| w.agency.as_str());
    assert_eq!((decided[0].violations[0].rule.as_str(), theirs), ("RE-HEARING-HEAD", Some(sample::BUREAU)));
}

/// Accepted by the simple procedure on 5 June 2025: three working days end on 10 June, thirty days on 5 July, a Saturday.
fn simple() -> Given<Appeals> {
    let agreed = ask(golden!(ApplicationAccepted));
    after([]).after(&act("2025-06-03T09:00"), &ask(sample::received())).after(&act("2025-06-05T09:00"), &agreed)
}

#[test]
fn a_case_changed_to_the_ordinary_procedure_gets_its_times() {
    let change = ask(sample::changed());
    let early = simple().when(&act("2025-06-10T09:00"), &change).decided();
    assert_eq!(clocks(&early), ["extended RE-SIXTY", "extended RE-COPY"]);
    // The three days for the copy are over: they stay missed.
    let later = simple().when(&act("2025-06-11T09:00"), &change).decided();
    assert_eq!(clocks(&later), ["extended RE-SIXTY"]);
    let copied = || simple().after(&act("2025-06-09T09:00"), &ask(sample::copied()));
    // Five working days to answer end on the 16th.
    assert_eq!(
        clocks(&copied().when(&act("2025-06-16T09:00"), &change).decided()),
        ["extended RE-SIXTY", "extended RE-ANSWER"]
    );
    assert_eq!(clocks(&copied().when(&act("2025-06-17T09:00"), &change).decided()), ["extended RE-SIXTY"]);
    running().when(&act("2025-06-10T09:00"), &change).not_possible("ORDINARY_ALREADY");
}

#[test]
fn refuses_to_change_the_procedure_to_hide_that_thirty_days_are_over() {
    let change = ask(sample::changed());
    assert_eq!(simple().when(&act("2025-07-07T23:00"), &change).events().len(), 1, "the thirtieth day moves to Monday");
    simple().when(&act("2025-07-08T09:00"), &change).refused_by("RE-SIXTY");
    simple().when(&reporting("2025-07-08T09:00"), &change).violates("RE-SIXTY");
}

#[test]
fn refuses_a_change_that_no_head_of_the_institution_approved() {
    for nobody in ["郑主任", "", sample::HEAD] {
        let change = ProcedureChanged { approved_by: nobody.into(), ..sample::changed() };
        simple().when(&act("2025-06-10T09:00"), &ask(change)).refused_by("RE-CHANGE");
    }
    let events = simple().when(&act("2025-06-10T09:00"), &ask(sample::changed())).satisfies("RE-CHANGE");
    assert!(
        matches!(&events[..], [AppealEvent::ProcedureChanged(e)] if e.approved_by == "郑主任" && e.official.is_some())
    );
}

#[test]
fn a_sealed_party_is_opened_by_who_handles_it_or_a_head_for_a_reason() {
    let joined = || after(and(sample::running(), golden!(ThirdPartyJoined)));
    let open = |by: &str, reason: &str| {
        ask(PartyOpened { opened_by: sample::code(by), reason: reason.into(), ..golden!(PartyOpened) })
    };
    let then = || act("2025-06-10T09:00");
    // Until somebody is named to handle it, whoever the organ lets act for it does.
    joined().when(&then(), &open("F3", "发送通知")).satisfies("OF-OPEN");
    let assigned = || after(and(and(sample::running(), golden!(ThirdPartyJoined)), sample::assigned()));
    let events = assigned().when(&then(), &open("F1", "制作复议决定书")).satisfies("OF-OPEN");
    let [AppealEvent::PartyOpened(opened)] = &events[..] else { panic!("{events:?}") };
    assert_eq!((opened.party.as_str(), opened.until), ("赵**", at("2025-06-11T09:00")));
    for head in [sample::HEAD, sample::INSTITUTION] {
        assigned().when(&then(), &open(head, "签发复议决定书")).satisfies("OF-OPEN");
    }
    assigned().when(&then(), &open("F3", "了解情况")).refused_by("OF-OPEN");
    assigned().when(&then(), &open("F1", " ")).refused_by("OF-OPEN");
    after(sample::running()).when(&then(), &open("F1", "送达")).not_found("sealed party");
}

#[test]
fn who_speaks_is_a_party_that_may_be_opened() {
    let named = || after(and(sample::running(), golden!(SpeakersNamed)));
    let entry = golden!(SpeakersNamed).persons[0].identity.as_ref().expect("sealed").entry;
    let opening = PartyOpened { entry, ..golden!(PartyOpened) };
    named().when(&act("2025-06-10T09:00"), &ask(opening)).satisfies("OF-OPEN");
}
