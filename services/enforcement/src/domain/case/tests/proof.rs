//! Evidence that is verified, circumstances that are answered, and orders to correct.

use lists::facts::{Findings, Measured};

use super::*;
use crate::domain::{
    case::{Command, sample::*},
    events::*,
};

const WHEN: &str = "2024-03-13T09:00";
/// A day on which everything is asked for.
const LATER: &str = "2027-01-04T09:00";

fn with(mut events: Vec<CaseEvent>, more: impl IntoIterator<Item = CaseEvent>) -> Vec<CaseEvent> {
    events.extend(more);
    events
}

fn decide() -> Command {
    ask(Step::DecidePenalty(decision(vec![fine(7_000_000)])))
}

fn verified(genuine: bool, on: &str) -> CaseEvent {
    EvidenceVerified { evidence: id(100), genuine, how: "与原件核对".into(), at: Some(at(on)) }.into()
}

#[test]
fn a_penalty_rests_on_verified_evidence() {
    let events = with(ready(), [verified(true, "2024-03-03T10:00")]);
    case(events).when(&act(WHEN), &decide()).satisfies("EN-VERIFIED");
    let found_false = with(ready(), [verified(true, "2024-03-03T10:00"), verified(false, "2024-03-04T10:00")]);
    case(found_false.clone()).when(&act(WHEN), &decide()).refused_by("EN-VERIFIED");
    case(found_false).when(&reporting(WHEN), &decide()).violates("EN-VERIFIED");
}

#[test]
fn evidence_that_nobody_verified_is_asked_for_and_not_said_to_be_verified_before() {
    let silent = case(ready()).when(&act(WHEN), &decide()).decided();
    assert!(!silent[0].rules.contains(&"EN-VERIFIED") && silent[0].violations.is_empty());
    case(ready()).when(&act(LATER), &decide()).refused_by("EN-VERIFIED");
    // Verified after the decision, it was not verified when the decision rested on it.
    let late = with(ready(), [verified(true, "2027-01-04T09:01")]);
    case(late).when(&act(LATER), &decide()).refused_by("EN-VERIFIED");
}

#[test]
fn what_a_device_recorded_is_reviewed_and_the_party_may_look_at_it() {
    let device = |query: Option<&str>| {
        let device = Device {
            device: "抓拍1号".into(),
            legal_review: Some("法审".into()),
            technical_review: Some("检定".into()),
            published: true,
            query: query.map(Into::into),
        };
        let mut events = ready();
        events[1] = EvidenceCollected { device: Some(device), ..evidence() }.into();
        events
    };
    let reviewed = with(device(Some("网上查询")), [verified(true, "2024-03-03T10:00")]);
    case(reviewed.clone()).when(&act(WHEN), &decide()).satisfies("EN-DEVICE-RECORD");
    case(reviewed).when(&act(WHEN), &decide()).satisfies("EN-DEVICE-QUERY");
    let failed = with(device(None), [verified(false, "2024-03-03T10:00")]);
    case(failed).when(&act(WHEN), &decide()).refused_by("EN-DEVICE-RECORD");
    let hidden = with(device(None), [verified(true, "2024-03-03T10:00")]);
    case(hidden).when(&reporting(LATER), &decide()).violates("EN-DEVICE-QUERY");
}

#[test]
fn refuses_findings_that_rest_on_excluded_evidence() {
    let measured = Measured { of: "数量".into(), unit: "件".into(), hundredths: 100, evidence: vec![id(101)] };
    let findings = Findings { measured: vec![measured], ..Findings::default() };
    let mut events = ready();
    events[2] = InvestigationConcluded { findings: Some(findings), ..concluded() }.into();
    // An id that nothing stands behind is no evidence.
    case(events.clone()).when(&act(WHEN), &decide()).refused_by("EN-EVIDENCE");
    let count = EvidenceCollected { evidence: id(101), sha256: "cd".repeat(32), ..evidence() };
    let late = EvidenceCollected { at: Some(at("2024-03-13T09:01")), ..count.clone() };
    case(with(events.clone(), [late.into()])).when(&act(WHEN), &decide()).refused_by("EN-EVIDENCE");
    events.insert(2, count.into());
    case(events.clone()).when(&act(WHEN), &decide()).satisfies("EN-EVIDENCE");
    let excluded = EvidenceExcluded { evidence: id(101), reason: "偷录".into(), ground: None, at: None };
    // The decision itself cites it no more; what was measured by it still stands in the way.
    case(with(events, [excluded.into()])).when(&act(WHEN), &decide()).refused_by("EN-EVIDENCE");
}

#[test]
fn refuses_findings_on_evidence_that_was_never_there() {
    let fact = |evidence| Mitigation {
        ground: MitigatingGround::HarmUndone,
        fact: "主动召回".into(),
        evidence: vec![evidence],
        established: true,
        reason: String::new(),
    };
    let on = |evidence| {
        let mut events = ready();
        events[2] = InvestigationConcluded { mitigating: vec![fact(evidence)], ..concluded() }.into();
        events
    };
    case(on(id(999))).when(&act(WHEN), &in_tier("lighter", 60_000, None)).refused_by("EN-MITIGATING");
    case(on(id(100))).when(&reporting(WHEN), &in_tier("lighter", 60_000, None)).satisfies("EN-MITIGATING");
}

#[test]
fn refuses_a_decision_on_what_an_unreviewed_device_recorded() {
    let device = |legal_review: Option<&str>| Device {
        device: "抓拍1号".into(),
        legal_review: legal_review.map(Into::into),
        technical_review: Some("检定".into()),
        published: true,
        query: Some(" ".into()),
    };
    let with_device = |device| {
        let mut events = ready();
        events[1] = EvidenceCollected { device: Some(device), ..evidence() }.into();
        with(events, [verified(true, "2024-03-03T10:00")])
    };
    // Reported once with its breach, it is no evidence for the rest of the case.
    case(with_device(device(None))).when(&act(WHEN), &decide()).refused_by("EN-DEVICE");
    case(with_device(device(Some("法审")))).when(&act(WHEN), &decide()).satisfies("EN-DEVICE");
    // A way to look at it that is said in spaces is none.
    case(with_device(device(Some("法审")))).when(&reporting(LATER), &decide()).violates("EN-DEVICE-QUERY");
}

#[test]
fn refuses_a_decision_on_evidence_without_source() {
    for bare in [
        EvidenceCollected { source: " ".into(), ..evidence() },
        EvidenceCollected { sha256: String::new(), ..evidence() },
    ] {
        let mut events = ready();
        events[1] = bare.into();
        case(events).when(&act(WHEN), &decide()).refused_by("EN-EVIDENCE");
    }
}

#[test]
fn what_was_verified_last_counts_and_not_what_was_recorded_last() {
    let found_false = with(ready(), [verified(false, "2024-03-10T10:00"), verified(true, "2024-03-05T10:00")]);
    case(found_false).when(&act(WHEN), &decide()).refused_by("EN-VERIFIED");
    // What is found after the decision leaves what was known by then.
    let later = with(ready(), [verified(true, "2024-03-05T10:00"), verified(true, "2024-03-14T10:00")]);
    case(later).when(&act(WHEN), &decide()).satisfies("EN-VERIFIED");
}

#[test]
fn refuses_what_was_excluded_under_another_id() {
    let exclude = |ground| EvidenceExcluded { evidence: id(101), reason: "偷录".into(), ground, at: None };
    let given = |ground| {
        let other = EvidenceCollected { evidence: id(101), ..evidence() };
        with(ready(), [other.into(), exclude(ground).into()])
    };
    // The sample's evidence 100 has the same bytes as 101.
    for ground in [ExclusionGround::Unlawful, ExclusionGround::NotGenuine, ExclusionGround::DeviceRecord] {
        case(given(Some(ground))).when(&act(WHEN), &decide()).refused_by("EN-EVIDENCE");
    }
    case(given(Some(ExclusionGround::Irrelevant))).when(&act(WHEN), &decide()).satisfies("EN-EVIDENCE");
    case(given(None)).when(&act(WHEN), &decide()).satisfies("EN-EVIDENCE");
}

#[test]
fn the_certificate_is_shown_to_whom_evidence_is_taken_from() {
    let collect = |shown| {
        ask(Step::CollectEvidence(EvidenceCollected { evidence: id(101), certificate_shown: shown, ..evidence() }))
    };
    let begun = || vec![filed().into()];
    case(begun()).when(&act("2024-03-02T10:00"), &collect(Some(true))).satisfies("EN-SHOW");
    case(begun()).when(&act("2024-03-02T10:00"), &collect(Some(false))).refused_by("EN-SHOW");
    assert!(!case(begun()).when(&act("2024-03-02T10:00"), &collect(None)).decided()[0].rules.contains(&"EN-SHOW"));
    case(begun()).when(&reporting(LATER), &collect(None)).violates("EN-SHOW");
}

#[test]
fn a_sample_is_taken_by_two_with_record_and_receipt() {
    let sample = SampleTaken {
        sample: id(400),
        objects: "冷冻鱼".into(),
        quantity: "3千克".into(),
        officers: two(),
        record_sha256: sha(),
        receipt: "抽样取证凭证1号".into(),
        party_present: true,
        at: None,
    };
    let take = |sample: SampleTaken| ask(Step::TakeSample(sample));
    let when = act("2024-03-02T10:00");
    case(vec![filed().into()]).when(&when, &take(sample.clone())).satisfies("EN-SAMPLE");
    let bare = SampleTaken { receipt: " ".into(), ..sample.clone() };
    case(vec![filed().into()]).when(&when, &take(bare)).refused_by("EN-SAMPLE");
    let alone = SampleTaken { officers: two()[..1].to_vec(), ..sample };
    case(vec![filed().into()]).when(&when, &take(alone)).refused_by("OF-TWO");
}

/// The sample case with one mitigating fact in its conclusion.
fn mitigated(established: bool, reason: &str) -> Vec<CaseEvent> {
    let fact = Mitigation {
        ground: MitigatingGround::HarmUndone,
        fact: "主动召回".into(),
        evidence: vec![id(100)],
        established,
        reason: reason.into(),
    };
    let mut events = ready();
    events[2] = InvestigationConcluded { mitigating: vec![fact], ..concluded() }.into();
    events
}

#[test]
fn a_mitigating_fact_is_answered_in_the_tier_or_with_reasons() {
    case(mitigated(true, "")).when(&act(WHEN), &decide()).refused_by("EN-MITIGATING");
    case(mitigated(true, "")).when(&reporting(WHEN), &decide()).violates("EN-MITIGATING");
    case(mitigated(false, "召回是责令的")).when(&act(WHEN), &decide()).satisfies("EN-MITIGATING");
    case(mitigated(false, "")).when(&act(WHEN), &decide()).refused_by("EN-MITIGATING");
    assert!(!case(ready()).when(&act(WHEN), &decide()).decided()[0].rules.contains(&"EN-MITIGATING"));
}

#[test]
fn refuses_the_ordinary_tier_after_concluding_again_without_the_mitigating_fact() {
    let again = |mitigating| InvestigationConcluded { mitigating, at: Some(at("2024-03-03T12:00")), ..concluded() };
    let left_out = with(mitigated(true, ""), [again(vec![]).into()]);
    case(left_out).when(&act(WHEN), &decide()).refused_by("EN-MITIGATING");
    // Answered with reasons in the later one, it is answered.
    let CaseEvent::InvestigationConcluded(denied) = mitigated(false, "召回是责令的").swap_remove(2) else {
        unreachable!("it is the conclusion")
    };
    let answered = with(mitigated(true, ""), [again(denied.mitigating).into()]);
    case(answered).when(&act(WHEN), &decide()).satisfies("EN-MITIGATING");
}

/// The sample's decision in another tier, with an amount and reasons to depart.
fn in_tier(tier: &str, yuan: i64, departure: Option<&str>) -> Command {
    let penalties = vec![fine(yuan * 100)];
    let departure = departure.map(Into::into);
    ask(Step::DecidePenalty(PenaltyDecided { tier: Some(tier.into()), departure, ..decision(penalties) }))
}

const DEPARTS: Option<&str> = Some("社会影响恶劣");

#[test]
fn refuses_to_depart_upwards_from_the_lighter_tier_of_a_minor() {
    let mut events = ready();
    events[0] = CaseFiled { party: Party { minor_age: Some(15), ..citizen() }, ..filed() }.into();
    let decide = |command: &Command| case(events.clone()).when(&act(WHEN), command);
    // Thirteen times 8,000 yuan is the upper end of the lighter tier. Reported, for the heads of the sample resolved on another amount.
    let report = |command: &Command| case(events.clone()).when(&reporting(WHEN), command);
    report(&in_tier("lighter", 60_000, None)).satisfies("EN-MINOR");
    decide(&in_tier("lighter", 120_000, DEPARTS)).refused_by("EN-MINOR");
    decide(&in_tier("lighter", 136_000, DEPARTS)).refused_by("EN-MINOR");
    // What departs downwards into the lighter tier is lighter, whatever it cites.
    report(&in_tier("ordinary", 60_000, DEPARTS)).satisfies("EN-MINOR");
}

#[test]
fn refuses_to_depart_upwards_in_spite_of_a_mitigating_fact() {
    let report = |command: &Command| case(mitigated(true, "")).when(&reporting(WHEN), command);
    report(&in_tier("lighter", 60_000, None)).satisfies("EN-MITIGATING");
    report(&in_tier("lighter", 120_000, DEPARTS)).violates("EN-MITIGATING");
    case(mitigated(true, "")).when(&act(WHEN), &in_tier("lighter", 120_000, DEPARTS)).refused_by("EN-MITIGATING");
}

#[test]
fn an_emergency_is_invoked_with_all_that_it_rests_on() {
    let emergency = EmergencyInvoked {
        emergency: "重大传染病疫情".into(),
        declared_by: "黑龙江省人民政府".into(),
        document: "黑政发〔2024〕1号".into(),
        from: day("2024-01-01"),
        until: None,
        broken: "暂停堂食".into(),
        basis: "《传染病防治法》".into(),
        at: None,
    };
    let invoke = |emergency: EmergencyInvoked| ask(Step::InvokeEmergency(emergency));
    case(ready()).when(&act(WHEN), &invoke(emergency.clone())).satisfies("EN-EMERGENCY");
    // The sample's violation ended on 28 February.
    let later = EmergencyInvoked { from: day("2024-02-29"), ..emergency.clone() };
    case(ready()).when(&act(WHEN), &invoke(later)).refused_by("EN-EMERGENCY");
    let bare = EmergencyInvoked { basis: " ".into(), ..emergency };
    case(ready()).when(&act(WHEN), &invoke(bare)).refused_by("EN-EMERGENCY");
}

fn ordered(by: Option<&str>, on: &str) -> CorrectionOrdered {
    CorrectionOrdered {
        order: id(500),
        what: "停止无证经营".into(),
        by: by.map(day),
        document: "责令改正通知书1号".into(),
        at: Some(at(on)),
    }
}

fn checked(corrected: bool, on: Option<&str>) -> CorrectionChecked {
    CorrectionChecked { order: id(500), corrected, found: "现场核查".into(), corrected_on: on.map(day), at: None }
}

fn check(corrected: bool) -> Command {
    ask(Step::CheckCorrection(checked(corrected, None)))
}

#[test]
fn an_order_to_correct_sets_a_day_and_is_looked_at_until_it_is_done() {
    let order = ask(Step::OrderCorrection(ordered(Some("2024-03-20"), "2024-03-04T09:00")));
    let got = case(ready()).when(&act("2024-03-04T09:00"), &order).decided();
    assert_eq!(changes(&got), ["opened EN-CORRECT-TIME"]);
    case(ready()).when(&act("2024-03-21T09:00"), &order).invalid("by");
    let events = with(ready(), [got[0].event.clone()]);
    let undone = case(events.clone()).when(&act("2024-03-20T09:00"), &check(false)).decided();
    assert_eq!(changes(&undone), [""; 0]);
    let events = with(events, [undone[0].event.clone()]);
    let done = case(events.clone()).when(&act("2024-03-21T09:00"), &check(true)).decided();
    assert_eq!(changes(&done), ["stopped EN-CORRECT-TIME"]);
    case(with(events, [done[0].event.clone()])).when(&act("2024-03-22T09:00"), &check(true)).not_possible("CORRECTED");
    // At once sets no day.
    let at_once = ask(Step::OrderCorrection(ordered(None, "2024-03-04T09:00")));
    assert_eq!(changes(&case(ready()).when(&act("2024-03-04T09:00"), &at_once).decided()), [""; 0]);
}

#[test]
fn what_was_put_right_in_time_is_not_late_because_it_was_checked_later() {
    let events = with(ready(), [ordered(Some("2024-03-20"), "2024-03-04T09:00").into()]);
    let check = |on: Option<&str>| ask(Step::CheckCorrection(checked(true, on)));
    let stopped_on = |on: Option<&str>| {
        let decided = case(events.clone()).when(&act("2024-03-28T09:00"), &check(on)).decided();
        decided[0].clocks[0].stopped_on()
    };
    assert_eq!(stopped_on(Some("2024-03-20")), Some(day("2024-03-20")));
    assert_eq!(stopped_on(None), Some(day("2024-03-28")));
    // Neither before it was ordered nor after it was looked at.
    for wrong in ["2024-03-03", "2024-03-29"] {
        case(events.clone()).when(&act("2024-03-28T09:00"), &check(Some(wrong))).invalid("corrected_on");
    }
    let undone = ask(Step::CheckCorrection(checked(false, Some("2024-03-20"))));
    case(events).when(&act("2024-03-28T09:00"), &undone).invalid("corrected_on");
}

#[test]
fn a_penalty_comes_with_an_order_to_correct_or_with_why_there_is_none() {
    let order = ordered(None, "2024-03-04T09:00");
    case(with(ready(), [order.into()])).when(&act(WHEN), &decide()).satisfies("EN-CORRECT");
    let moot = CorrectionMoot { reason: "已经终了".into(), at: Some(at("2024-03-04T09:00")) };
    case(with(ready(), [moot.into()])).when(&act(WHEN), &decide()).satisfies("EN-CORRECT");
    let silent = case(ready()).when(&act(WHEN), &decide()).decided();
    assert!(!silent[0].rules.contains(&"EN-CORRECT") && silent[0].violations.is_empty());
    let later = with(ready(), [verified(true, "2024-03-03T10:00")]);
    case(later).when(&reporting(LATER), &decide()).violates("EN-CORRECT");
}

#[test]
fn finds_an_order_to_correct_made_after_the_decision() {
    let events = with(ready(), [ordered(None, "2027-01-04T09:01").into()]);
    case(events).when(&reporting(LATER), &decide()).violates("EN-CORRECT");
}

#[test]
fn a_guardian_is_ordered_only_of_who_has_one() {
    let order = ask(Step::OrderGuardian(GuardianOrdered {
        duty: GuardianDuty::Discipline,
        guardian: "父亲".into(),
        document: "责令管教通知书1号".into(),
        at: None,
    }));
    case(ready()).when(&act(WHEN), &order).not_possible("NO_GUARDIAN");
    let mut child = ready();
    child[0] = CaseFiled { party: Party { minor_age: Some(13), ..citizen() }, ..filed() }.into();
    assert_eq!(case(child).when(&act(WHEN), &order).events().len(), 1);
}

#[test]
fn a_dispute_over_jurisdiction_is_settled_by_agreement() {
    let disputed = JurisdictionDisputed { with: "同江市市监局".into(), reason: "跨界".into(), at: None };
    let agree = |agreed: &str| JurisdictionAgreed {
        agreed: agreed.parse().unwrap(),
        with: "同江市市监局".into(),
        document: "会商纪要1号".into(),
        at: None,
    };
    let ours = agree(agency().agency.as_str());
    case(ready()).when(&act(WHEN), &ask(Step::AgreeJurisdiction(ours.clone()))).not_possible("NOT_DISPUTED");
    let open = with(ready(), [disputed.into()]);
    case(open.clone()).when(&act(WHEN), &decide()).refused_by("EN-JURISDICTION");
    case(open.clone()).when(&act(WHEN), &ask(Step::AgreeJurisdiction(ours.clone()))).satisfies("EN-JURISDICTION");
    case(with(open.clone(), [ours.into()])).when(&act(WHEN), &decide()).satisfies("EN-JURISDICTION");
    case(with(open.clone(), [agree(OTHER_AGENCY).into()])).when(&act(WHEN), &decide()).refused_by("EN-JURISDICTION");
    // What the superior settled is not agreed away.
    let designated = JurisdictionDesignated {
        designated: OTHER_AGENCY.parse().unwrap(),
        by: "佳木斯市市监局".into(),
        document: "指定管辖1号".into(),
        at: None,
    };
    let ours = ask(Step::AgreeJurisdiction(agree(agency().agency.as_str())));
    let settled = with(open, [designated.into()]);
    case(settled.clone()).when(&act(WHEN), &ours).not_possible("ALREADY_SETTLED");
    // Nor disputed anew until it can be.
    let again = JurisdictionDisputed { with: "萝北县市监局".into(), reason: "跨界".into(), at: None };
    case(settled.clone()).when(&act(WHEN), &ask(Step::DisputeJurisdiction(again))).not_possible("ALREADY_SETTLED");
    // And whoever has no jurisdiction does not let the party go either.
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
    case(settled).when(&act(WHEN), &withhold).refused_by("EN-JURISDICTION");
    case(ready()).when(&act(WHEN), &withhold).satisfies("EN-JURISDICTION");
}

#[test]
fn nobody_but_the_police_detains_whatever_the_item_says() {
    use lists::facts::{ItemFact, Outcome, PenaltyKind};
    let detention = || Penalty { days: Some(5), ..Penalty::of(PenaltyKind::Detention) };
    let mut command = ask(Step::DecidePenalty(decision(vec![fine(7_000_000), detention()])));
    let mut outcomes = item().outcomes;
    outcomes.push(Outcome::of(PenaltyKind::Detention, None));
    command.facts.item = Some(ItemFact { outcomes, ..item() }.into());
    case(ready()).when(&act(WHEN), &command).refused_by("EN-POWER");
    case(ready()).when(&reporting(WHEN), &command).violates("EN-POWER");
    if let Some(agency) = &mut command.facts.agency {
        agency.may_restrict_liberty = true;
    }
    case(ready()).when(&reporting(WHEN), &command).satisfies("EN-POWER");
}

#[test]
fn refuses_to_decide_what_was_filed_from_elsewhere() {
    let elsewhere = Violation { region: "230882".parse().unwrap(), ..violation() };
    let filed_as = |designation: Option<&str>| {
        let designation = designation.map(Into::into);
        let mut events = ready();
        events[0] = CaseFiled { violation: elsewhere.clone(), designation, ..filed() }.into();
        events
    };
    // Reported once with its breach, it is not in order for the rest of the case.
    case(filed_as(None)).when(&act(WHEN), &decide()).refused_by("EN-JURISDICTION");
    case(filed_as(None)).when(&reporting(WHEN), &decide()).violates("EN-JURISDICTION");
    case(filed_as(Some("指定管辖1号"))).when(&act(WHEN), &decide()).satisfies("EN-JURISDICTION");
    let designated = JurisdictionDesignated {
        designated: agency().agency,
        by: "佳木斯市市监局".into(),
        document: "指定管辖1号".into(),
        at: None,
    };
    let ours = with(filed_as(None), [designated.into()]);
    case(ours).when(&act(WHEN), &decide()).satisfies("EN-JURISDICTION");
    // Agreeing with a neighbour gives no jurisdiction that neither has.
    let disputed = JurisdictionDisputed { with: "同江市市监局".into(), reason: "跨界".into(), at: None };
    let agreed = JurisdictionAgreed {
        agreed: agency().agency,
        with: "同江市市监局".into(),
        document: "会商纪要1号".into(),
        at: None,
    };
    let agreed = with(filed_as(None), [disputed.into(), agreed.into()]);
    case(agreed).when(&act(WHEN), &decide()).refused_by("EN-JURISDICTION");
}
