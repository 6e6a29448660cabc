use super::*;

fn noted() -> GroundNoted {
    GroundNoted {
        item: item(),
        reference: "01990000-0000-7000-8000-0000000000a1".into(),
        finding: Finding::BasisUnlawful,
        by: "抚远市人民政府".into(),
        document: "抚复决〔2026〕1号".into(),
    }
}

fn answered(answer: GroundAnswer) -> GroundAnswered {
    GroundAnswered { item: item(), reference: noted().reference, answer, reason: "按复议决定修改依据".into() }
}

fn in_force() -> Vec<ItemEvent> {
    vec![drafted(1, content()), reviewed(1, true), published(1, "2026-03-20", content())]
}

fn with_ground() -> Vec<ItemEvent> {
    [in_force(), vec![noted().into()]].concat()
}

/// A second version, made for this reason.
fn adjusted(kind: GroundKind) -> Vec<ItemEvent> {
    let draft = ItemDrafted { item: item(), version: 2, content: content().into(), ground: ground(kind) };
    [with_ground(), vec![draft.into(), reviewed(2, true), published(2, "2026-05-20", content())]].concat()
}

fn yearly() -> Command {
    let conclusion = YearlyConclusion::Kept.id().into();
    ask(ItemReviewedYearly { item: item(), on: day("2026-06-01"), conclusion, reviewer: reviewer().officer })
}

#[test]
fn a_ground_is_noted_once() {
    given::<Item>(in_force()).when(&act("2026-05-06"), &ask(noted())).then(&[noted().into()]);
    given::<Item>(with_ground()).when(&act("2026-05-06"), &ask(noted())).quiet();
    let other = GroundNoted { finding: Finding::PowerMisread, ..noted() };
    given::<Item>(with_ground()).when(&act("2026-05-06"), &ask(other)).not_possible("GROUND_NOTED");
    given::<Item>([drafted(1, content())]).when(&act("2026-05-06"), &ask(noted())).not_found("published item");
}

#[test]
fn a_ground_is_answered_by_adjusting_the_item() {
    let answer = || ask(answered(GroundAnswer::Adjusted));
    let events = adjusted(GroundKind::ReconsiderationOrJudgment);
    given::<Item>(events.clone()).when(&act("2026-05-25"), &answer()).satisfies("PL-GROUND");
    let all = [events, vec![answered(GroundAnswer::Adjusted).into()]].concat();
    given::<Item>(all.clone()).when(&act("2026-05-26"), &answer()).quiet();
    given::<Item>(all.clone())
        .when(&act("2026-05-26"), &ask(answered(GroundAnswer::Kept)))
        .not_possible("GROUND_ANSWERED");
    given::<Item>(all).when(&act("2026-06-01"), &yearly()).satisfies("PL-GROUND");
}

#[test]
fn an_answer_says_what_the_list_shows() {
    let day = act("2026-05-25");
    given::<Item>(with_ground()).when(&day, &ask(answered(GroundAnswer::Adjusted))).not_possible("NOT_SHOWN");
    given::<Item>(with_ground()).when(&day, &ask(answered(GroundAnswer::Cancelled))).not_possible("NOT_SHOWN");
    // A version that was made for another reason, and one from before.
    let other = adjusted(GroundKind::LawChanged);
    given::<Item>(other).when(&day, &ask(answered(GroundAnswer::Adjusted))).not_possible("NOT_SHOWN");
    let mut before = adjusted(GroundKind::ReconsiderationOrJudgment);
    let noted_last = before.remove(3);
    before.push(noted_last);
    given::<Item>(before).when(&day, &ask(answered(GroundAnswer::Adjusted))).not_possible("NOT_SHOWN");
    given::<Item>(in_force()).when(&day, &ask(answered(GroundAnswer::Kept))).not_found("ground");
}

#[test]
fn an_item_is_kept_with_reasons() {
    let day = act("2026-05-25");
    given::<Item>(with_ground()).when(&day, &ask(answered(GroundAnswer::Kept))).satisfies("PL-GROUND");
    let silent = GroundAnswered { reason: " ".into(), ..answered(GroundAnswer::Kept) };
    given::<Item>(with_ground()).when(&day, &ask(silent)).invalid("reason");
}

#[test]
fn an_item_is_cancelled_on_the_ground() {
    let end = ItemCancelled {
        item: item(),
        effective: day("2026-05-20"),
        ground: ground(GroundKind::ReconsiderationOrJudgment),
        reviewer: reviewer().officer,
        opinion: "依据不合法".into(),
    };
    let events = [with_ground(), vec![end.into()]].concat();
    given::<Item>(events).when(&act("2026-05-25"), &ask(answered(GroundAnswer::Cancelled))).satisfies("PL-GROUND");
}

#[test]
fn finds_a_ground_that_the_yearly_review_passes_over() {
    given::<Item>(with_ground()).when(&act("2026-06-01"), &yearly()).violates("PL-GROUND");
}
