//! What licences, levies, inspections and orders say of themselves.

use super::*;
use crate::domain::terms::TermLine;

fn says(kind: PowerKind, second: NormLevel, lines: &[&str]) -> law::decider::harness::When<Item> {
    let mut content = content();
    content.kind = kind;
    if kind != PowerKind::Penalty {
        content.outcomes.clear();
    }
    content.terms = lines.iter().map(|line| TermLine::read(line).unwrap()).collect();
    content.bases.push(LegalBasis { statute: "甲规定".into(), article: "第七条".into(), ..basis(second) });
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    ready(content).when(&on(), &command)
}

const LICENCE: &[&str] = &["条件|有固定的场所", "材料|申请书", "办理时限|20个工作日，承诺20个工作日"];

#[test]
fn a_licence_says_what_it_asks_and_takes_no_longer_than_the_law() {
    let law = NormLevel::Law;
    says(PowerKind::Licence, law, LICENCE).satisfies("PL-TERMS");
    says(PowerKind::Licence, law, LICENCE).satisfies("PL-SHOWN");
    for level in [law, NormLevel::AdministrativeRegulation, NormLevel::LocalRegulation] {
        says(PowerKind::Licence, level, &["办理时限|45个工作日|依照《甲规定》第七条"]).satisfies("PL-TERMS");
    }
    says(PowerKind::Licence, law, &["数量限制|每条班线三家|依照《甲规定》第七条"]).satisfies("PL-TERMS");
    says(PowerKind::Inspection, law, &["检查方式|双随机抽查", "年度频次|2次"]).satisfies("PL-TERMS");
    says(PowerKind::Penalty, law, &["责令“补种”|砍伐株数1-3倍|依照《甲规定》第七条"]).satisfies("PL-TERMS");
}

#[test]
fn a_levy_has_its_rate_from_a_law() {
    let rate = "征收标准|每平方米10-20元|依照《甲规定》第七条";
    for level in [NormLevel::Law, NormLevel::AdministrativeRegulation] {
        says(PowerKind::Levy, level, &["缴纳人|建设单位", rate]).satisfies("PL-TERMS");
    }
    let decided = says(PowerKind::Levy, NormLevel::Law, &["征收标准|每平方米10元"]).decided();
    assert!(decided[0].unchecked.iter().any(|u| u.rule == "PL-TERMS"), "{decided:?}");
}

#[test]
fn refuses_parts_of_another_kind() {
    for (kind, line) in [
        (PowerKind::Inspection, "条件|有固定的场所"),
        (PowerKind::Licence, "征收标准|每平方米10元"),
        (PowerKind::Levy, "年度频次|2次"),
        (PowerKind::Licence, "责令“补种”|砍伐株数1-3倍"),
        (PowerKind::Licence, "数量限制|每条班线三家"),
        (PowerKind::Licence, "条件|有固定的场所|依照《乙规定》第七条"),
    ] {
        says(kind, NormLevel::Law, &[line]).refused_by("PL-TERMS");
    }
}

#[test]
fn refuses_a_time_beyond_the_law() {
    for line in ["办理时限|21个工作日", "办理时限|6个月", "办理时限|10个工作日，承诺11个工作日"]
    {
        says(PowerKind::Licence, NormLevel::Law, &[line]).refused_by("PL-TERMS");
    }
    for level in [NormLevel::DepartmentRule, NormLevel::NormativeDocument] {
        says(PowerKind::Licence, level, &["办理时限|45个工作日|依照《甲规定》第七条"]).refused_by("PL-TERMS");
    }
}

#[test]
fn a_time_counted_in_other_units_than_the_law_is_not_known() {
    for line in ["办理时限|1个月", "办理时限|5日，承诺5个工作日"] {
        let decided = says(PowerKind::Licence, NormLevel::Law, &[line]).decided();
        assert!(decided[0].unchecked.iter().any(|u| u.rule == "PL-TERMS"), "{line}: {decided:?}");
        assert!(!decided[0].rules.contains(&"PL-TERMS"), "{line}");
    }
    // What can be told all the same is told: a promise that is longer whatever the holidays.
    says(PowerKind::Licence, NormLevel::Law, &["办理时限|1个月，承诺2个月"]).refused_by("PL-TERMS");
}

#[test]
fn refuses_a_rate_by_a_lower_norm() {
    for level in [NormLevel::LocalRegulation, NormLevel::LocalRule, NormLevel::NormativeDocument] {
        says(PowerKind::Levy, level, &["征收标准|每平方米10元|依照《甲规定》第七条"]).refused_by("PL-TERMS");
    }
}

#[test]
fn finds_a_licence_that_leaves_out_what_it_asks() {
    for left_out in 0..LICENCE.len() {
        let mut lines = LICENCE.to_vec();
        lines.remove(left_out);
        says(PowerKind::Licence, NormLevel::Law, &lines).violates("PL-SHOWN");
    }
    let decided = says(PowerKind::Licence, NormLevel::Law, &[]).decided();
    assert!(decided[0].unchecked.iter().any(|u| u.rule == "PL-SHOWN"), "{decided:?}");
}
