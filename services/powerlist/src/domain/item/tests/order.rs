//! The table of what must not precede what, line by line.

use law::decider::harness::table_holds;

use super::*;

#[test]
fn nothing_is_recorded_earlier_than_what_it_answers() {
    let first = "2026-03-20";
    let review = |version| {
        let ItemEvent::ItemReviewed(e) = reviewed(version, true) else { unreachable!("just made") };
        ask(e)
    };
    let cancel = ItemCancelled {
        item: item(),
        effective: day(first),
        ground: ground(GroundKind::LawChanged),
        reviewer: reviewer().officer,
        opinion: "依据已废止".into(),
    };
    let yearly = ItemReviewedYearly {
        item: item(),
        on: day("2025-06-25"),
        conclusion: YearlyConclusion::Kept.id().into(),
        reviewer: reviewer().officer,
    };
    let ItemEvent::StandardPublished(standard) = standard_event(first) else { unreachable!("just made") };
    let fee = FeePublished {
        item: item(),
        name: "检验费".into(),
        basis: basis(NormLevel::Law),
        standard_fen: 100,
        unit: "次".into(),
        effective: day(first),
        charge_fen: None,
    };
    let noted = GroundNoted {
        item: item(),
        reference: "1".into(),
        finding: Finding::BasisUnlawful,
        by: "抚远市人民政府".into(),
        document: "抚复决〔2026〕1号".into(),
    };
    let answered =
        GroundAnswered { item: item(), reference: "1".into(), answer: GroundAnswer::Kept, reason: "理由".into() };
    let in_force = || vec![drafted(1, content()), reviewed(1, true), published(1, "2025-01-02", content())];
    let steps = [
        (vec![drafted(1, content())], review(1)),
        (vec![drafted(1, content()), standard_event("2025-01-02"), reviewed(1, true)], publish(1, first)),
        (in_force(), ask(cancel)),
        (in_force(), ask(yearly)),
        (in_force(), ask(standard)),
        (in_force(), ask(fee)),
        (in_force(), ask(noted.clone())),
        ([in_force(), vec![noted.into()]].concat(), ask(answered)),
    ];
    table_holds::<Item>(steps.map(|(before, command)| (before, step_name(&command), command)));
}

fn step_name(command: &Command) -> &'static str {
    match &command.step {
        Asked::Step(step) => step.name(),
        Asked::CheckCitations(_) => panic!("nobody asks for it"),
    }
}
