use law::Decider as _;
use lists::{
    facts::{Entrustment, ItemFact, Mandate, OfficerRole, Sender},
    fixture::TEAM,
};

use super::*;
use crate::domain::{
    case::{Command, next_steps, sample::*},
    events::*,
    facts::Facts,
};

const MORNING: &str = "2024-03-01T09:00";

fn file() -> Command {
    ask(Step::FileCase(CaseFiled { at: None, agency_name: String::new(), item_name: String::new(), ..filed() }))
}

fn with(change: impl FnOnce(&mut Facts)) -> Command {
    let mut command = file();
    change(&mut command.facts);
    command
}

#[test]
fn a_lawful_filing_is_completed_from_the_lists_and_starts_ninety_days() {
    let decided = case(vec![]).when(&act(MORNING), &file()).decided();
    let official = officials(&[HEAD]).pop();
    assert_eq!(decided[0].event, CaseFiled { approved_by: "李局长".into(), official, ..filed() }.into());
    assert!(decided[0].violations.is_empty());
    assert_eq!(changes(&decided), ["opened EN-NINETY"]);
    for rule in ["EN-POWER", "EN-JURISDICTION", "OF-CERT", "OF-TWO", "OF-AUX"] {
        assert!(decided[0].rules.contains(&rule), "{rule}");
    }
}

#[test]
fn a_simple_case_has_no_ninety_days() {
    let command = ask(Step::FileCase(CaseFiled { procedure: Procedure::Simple, ..filed() }));
    assert!(changes(&case(vec![]).when(&act(MORNING), &command).decided()).is_empty());
}

#[test]
fn refuses_an_unlawful_filing_by_its_rule() {
    let refused = |command: Command, rule: &str| case(vec![]).when(&act(MORNING), &command).refused_by(rule);
    refused(with(|f| f.item = None), "EN-POWER");
    refused(with(|f| f.item = Some(ItemFact { agency: OTHER_AGENCY.parse().unwrap(), ..item() }.into())), "EN-POWER");
    refused(with(|f| f.agency = None), "EN-POWER");
    refused(with(|f| f.officers[0].certificates[0].until = day("2024-02-29")), "OF-CERT");
    refused(with(|f| f.officers[1].role = OfficerRole::Auxiliary), "OF-AUX");
    let alone = CaseFiled { officers: two()[..1].to_vec(), ..filed() };
    refused(ask(Step::FileCase(alone)), "OF-TWO");
    let elsewhere = Violation { region: "230882".parse().unwrap(), ..violation() };
    refused(ask(Step::FileCase(CaseFiled { violation: elsewhere, ..filed() })), "EN-JURISDICTION");
}

/// Officers of an entrusted team, under a document with these days and matters.
fn entrusted(mut facts: Facts, term: &str, matters: &str) -> Facts {
    let team: law::id::Uscc = TEAM.parse().unwrap();
    facts.officers.iter_mut().flat_map(|o| &mut o.certificates).for_each(|c| c.agency = team.clone());
    let agency = facts.agency.as_mut().expect("an agency");
    let terms = Entrustment::read(&format!("委托书|{term}|{matters}|公布2024-01-02|持证人员")).unwrap();
    agency.entrusted = vec![team.clone()];
    agency.mandates = vec![Mandate { body: team, terms }];
    facts
}

#[test]
fn an_entrusted_team_files_within_its_term_and_matters_and_takes_no_measure() {
    let by_the_team = |term: &str, matters: &str| with(|f| *f = entrusted(std::mem::take(f), term, matters));
    let lasting = "2024-01-01至2024-03-01";
    case(vec![]).when(&act(MORNING), &by_the_team(lasting, "行政处罚")).satisfies("EN-ENTRUST");
    let over = by_the_team("2024-01-01至2024-02-29", "行政处罚");
    case(vec![]).when(&act(MORNING), &over).refused_by("EN-ENTRUST");
    case(vec![]).when(&reporting(MORNING), &over).violates("EN-ENTRUST");
    case(vec![]).when(&act(MORNING), &by_the_team("2024-03-02至2024-06-30", "行政处罚")).refused_by("EN-ENTRUST");
    case(vec![]).when(&act(MORNING), &by_the_team(lasting, "行政检查")).refused_by("EN-ENTRUST");
    let mut measure = ask(Step::TakeMeasure(MeasureTaken { at: None, ..measure_taken() }));
    measure.facts = entrusted(measure.facts, "2024-01-01至2024-06-30", "行政处罚；行政强制");
    case(vec![filed().into()]).when(&act("2024-03-04T10:00"), &measure).refused_by("EN-ENTRUST");
}

#[test]
fn a_reported_filing_is_recorded_with_its_violations() {
    let command = with(|f| f.item = None);
    let decided = case(vec![]).when(&reporting(MORNING), &command).decided();
    assert!(decided[0].violations.iter().any(|b| b.rule == "EN-POWER" && b.citation.contains("第十七条")));
}

#[test]
fn the_attempt_is_kept_with_what_was_tried() {
    let command = with(|f| f.item = None);
    let Some(CaseEvent::StepRefused(kept)) = Cases::attempt(&Default::default(), &act(MORNING), &command, &[]) else {
        panic!("not kept");
    };
    assert_eq!(kept.step, "FileCase");
    assert!(kept.summary.contains("江鱼") && kept.summary.contains("021310001000"), "{}", kept.summary);
    assert_eq!(Cases::attempt(&Default::default(), &reporting(MORNING), &command, &[]), None);
}

#[test]
fn an_attempt_does_not_count_as_a_filing() {
    let kept = StepRefused {
        step: "FileCase".into(),
        breaches: vec![],
        summary: String::new(),
        agency: agency().agency,
        region: agency().region,
    };
    case(vec![kept.into()]).when(&act(MORNING), &file()).satisfies("EN-POWER");
}

#[test]
fn files_a_case_once() {
    case(vec![filed().into()]).when(&act("2024-03-02T09:00"), &file()).not_possible("ALREADY_FILED");
}

#[test]
fn refuses_days_out_of_order() {
    use law::{Refusal, decider::Decider};
    let bad = [
        Violation { until: Some(day("2024-01-04")), ..violation() },
        Violation { discovered: day("2024-01-04"), ..violation() },
        Violation { discovered: day("2024-03-02"), ..violation() },
    ];
    for violation in bad {
        let command = ask(Step::FileCase(CaseFiled { violation, ..filed() }));
        let answer = Cases::decide(&Default::default(), &act(MORNING), &command);
        assert!(matches!(answer, Err(Refusal::Invalid { .. })), "{answer:?}");
    }
}

#[test]
fn a_step_before_the_filing_is_not_possible() {
    case(vec![filed().into()])
        .when(&act("2024-02-29T09:00"), &ask(Step::CollectEvidence(evidence())))
        .invalid("meta.at");
}

fn decided_recusal(recused: bool) -> RecusalDecided {
    RecusalDecided {
        officer: code("A1"),
        recused,
        decided_by: HEAD.into(),
        official: None,
        reason: "与当事人系近亲属".into(),
        at: None,
    }
}

fn recusal(recused: bool) -> Step {
    Step::DecideRecusal(decided_recusal(recused))
}

#[test]
fn an_officer_works_on_until_recused_and_not_after() {
    let requested =
        RecusalRequested { officer: code("A1"), by: "当事人".into(), reason: "近亲属".into(), at: None };
    let asked = vec![filed().into(), requested.into()];
    case(asked.clone()).when(&act("2024-03-02T10:00"), &ask(Step::CollectEvidence(evidence()))).satisfies("OF-RECUSE");
    let mut out = asked.clone();
    out.extend(case(asked).when(&act("2024-03-02T09:00"), &ask(recusal(true))).satisfies("EN-HEAD"));
    case(out).when(&act("2024-03-02T10:00"), &ask(Step::CollectEvidence(evidence()))).refused_by("OF-RECUSE");
}

#[test]
fn what_an_officer_did_before_he_was_recused_is_in_order_when_it_is_recorded_later() {
    let out = RecusalDecided { at: Some(at("2024-03-05T09:00")), ..decided_recusal(true) };
    let events = vec![filed().into(), out.into()];
    let collect = ask(Step::CollectEvidence(evidence()));
    case(events.clone()).when(&reporting("2024-03-05T08:59"), &collect).satisfies("OF-RECUSE");
    case(events.clone()).when(&reporting("2024-03-05T09:00"), &collect).violates("OF-RECUSE");
    // What is handled now is not dated back behind it.
    case(events.clone()).when(&act("2024-03-05T08:59"), &collect).refused_by("OF-RECUSE");
    // Taken back later, he was out in between, in whatever order it is recorded.
    let back = RecusalDecided { at: Some(at("2024-03-08T09:00")), ..decided_recusal(false) };
    let events = vec![filed().into(), back.into(), events[1].clone()];
    case(events.clone()).when(&reporting("2024-03-07T09:00"), &collect).violates("OF-RECUSE");
    case(events).when(&reporting("2024-03-08T09:00"), &collect).satisfies("OF-RECUSE");
}

#[test]
fn no_case_is_decided_over_a_request_that_somebody_withdraw() {
    let requested = RecusalRequested {
        officer: code("A1"),
        by: "当事人".into(),
        reason: "近亲属".into(),
        at: Some(at("2024-03-06T09:00")),
    };
    let mut events = ready();
    events.push(requested.into());
    let decide = ask(Step::DecidePenalty(decision(vec![fine(7_000_000)])));
    let withhold = ask(Step::WithholdPenalty(PenaltyWithheld {
        number: String::new(),
        ground: NoPenaltyGround::NotEstablished,
        reason: "证据不足".into(),
        education: String::new(),
        decided_by: HEAD.into(),
        official: None,
        redone: None,
        at: None,
    }));
    for step in [&decide, &withhold] {
        case(events.clone()).when(&act("2024-03-13T09:00"), step).refused_by("OF-RECUSE");
        case(events.clone()).when(&reporting("2024-03-13T09:00"), step).violates("OF-RECUSE");
        let refused = RecusalDecided { at: Some(at("2024-03-07T09:00")), ..decided_recusal(false) };
        let mut answered = events.clone();
        answered.push(refused.into());
        case(answered).when(&act("2024-03-13T09:00"), step).satisfies("OF-RECUSE");
    }
}

#[test]
fn only_the_head_decides_a_recusal() {
    let mut command = ask(recusal(true));
    command.facts.sender = Sender { subject: "A1".into(), name: "张三".into() };
    case(vec![filed().into()]).when(&act("2024-03-02T09:00"), &command).refused_by("EN-HEAD");
}

#[test]
fn new_officers_are_held_against_the_same_rules() {
    let assign = |officers| ask(Step::AssignOfficers(OfficersAssigned { officers, reason: "轮岗".into(), at: None }));
    case(vec![filed().into()]).when(&act("2024-03-02T09:00"), &assign(two())).satisfies("OF-TWO");
    case(vec![filed().into()]).when(&act("2024-03-02T09:00"), &assign(two()[..1].to_vec())).refused_by("OF-TWO");
}

#[test]
fn a_sealed_party_is_opened_by_who_handles_the_case_or_a_head_for_a_reason() {
    let of = |party: Party| case(vec![CaseFiled { party, ..filed() }.into()]);
    let open = |by: &str, reason: &str| {
        let (entry, party, until) = (id(1), String::new(), at(MORNING));
        ask(Step::OpenParty(PartyOpened { entry, party, reason: reason.into(), opened_by: code(by), until, at: None }))
    };
    let then = || act("2024-03-20T09:00");
    let events = of(sealed()).when(&then(), &open("A1", "制作处罚决定书")).satisfies("OF-OPEN");
    let [CaseEvent::PartyOpened(opened)] = &events[..] else { panic!("{events:?}") };
    assert_eq!((opened.entry, opened.party.as_str()), (id(501), "王**"));
    assert_eq!(opened.until, at("2024-03-21T09:00"));
    of(sealed()).when(&then(), &open(HEAD, "签发处罚决定书")).satisfies("OF-OPEN");
    of(sealed()).when(&then(), &open("A9", "了解情况")).refused_by("OF-OPEN");
    of(sealed()).when(&then(), &open("A1", "")).refused_by("OF-OPEN");
    // An organisation has no secret name, and of a case from before the vault there is none to open.
    of(party()).when(&then(), &open("A1", "送达")).not_found("sealed party");
    of(citizen()).when(&then(), &open("A1", "送达")).not_found("sealed party");
    assert!(next_steps(of(sealed()).state()).contains(&"OpenParty"));
    assert!(!next_steps(of(party()).state()).contains(&"OpenParty"));
}

#[test]
fn a_recused_officer_opens_no_party() {
    let recused = RecusalDecided {
        officer: code("A1"),
        recused: true,
        decided_by: HEAD.into(),
        official: None,
        reason: "亲属".into(),
        at: None,
    };
    let opening = PartyOpened {
        entry: id(501),
        party: String::new(),
        reason: "了解情况".into(),
        opened_by: code("A1"),
        until: at(MORNING),
        at: None,
    };
    case(vec![CaseFiled { party: sealed(), ..filed() }.into(), recused.into()])
        .when(&act("2024-03-20T09:00"), &ask(Step::OpenParty(opening)))
        .refused_by("OF-OPEN");
}

fn other_case() -> AlikeCase {
    AlikeCase {
        case: id(7),
        number: "抚农立〔2024〕1号".into(),
        agency: OTHER_AGENCY.parse().unwrap(),
        agency_name: "抚远市农业农村局".into(),
    }
}

#[test]
fn a_filing_that_meets_another_case_names_it_and_is_not_checked() {
    let decided = case(vec![]).when(&act(MORNING), &with(|facts| facts.alike = vec![other_case()])).decided();
    let Ok(filed) = <&CaseFiled>::try_from(&decided[0].event) else { panic!("{:?}", decided[0].event) };
    assert_eq!(filed.alike, [other_case()]);
    assert_eq!(decided[0].unchecked[0].rule, "EN-TWICE");
    assert!(decided[0].violations.is_empty() && !decided[0].rules.contains(&"EN-TWICE"));
    // Where there is none, nothing is said of it.
    let alone = case(vec![]).when(&act(MORNING), &file()).decided();
    assert!(alone[0].unchecked.is_empty());
}

#[test]
fn a_case_is_told_once_of_another_that_looks_the_same() {
    let note = |other: AlikeCase| ask(Step::NoteSameAct(SameActNoted { other, at: None }));
    let when = act("2024-03-04T09:00");
    let got = case(vec![filed().into()]).when(&when, &note(other_case())).decided();
    assert_eq!(got[0].unchecked[0].rule, "EN-TWICE");
    assert!(got[0].violations.is_empty() && got[0].rules.is_empty());
    case(vec![filed().into(), got[0].event.clone()]).when(&when, &note(other_case())).quiet();
    let knows = CaseFiled { alike: vec![other_case()], ..filed() };
    case(vec![knows.into()]).when(&when, &note(other_case())).quiet();
    let itself = AlikeCase { case: filed().case, ..other_case() };
    case(vec![filed().into()]).when(&when, &note(itself)).quiet();
}
