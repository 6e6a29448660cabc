//! What a compulsory power may allow: kinds, objects, times.

use super::*;

/// A compulsory power that rests on a law and, second, on a basis of another level.
fn compels(lines: &[&str], second: NormLevel) -> law::decider::harness::When<Item> {
    let mut content = content();
    content.kind = PowerKind::Compulsion;
    content.outcomes.clear();
    content.allows = lines.iter().map(|line| Allowed::read(line).unwrap()).collect();
    content.bases = vec![
        basis(NormLevel::Law),
        LegalBasis { statute: "甲条例".into(), article: "第七条第二款".into(), ..basis(second) },
    ];
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    if let Some(agency) = &mut command.facts.agency {
        agency.may_restrict_liberty = true;
    }
    ready(content).when(&on(), &command)
}

const FOOD: &str = "《食品安全法》第一百二十二条";

#[test]
fn a_measure_with_its_objects_and_a_time_of_its_statute_is_published() {
    let law = NormLevel::Law;
    for lines in [
        &["查封||对场所、设施", "扣押||对财物；限于违法生产经营的食品"][..],
        &[&format!("扣押|7日|对财物；期限依照{FOOD}")],
        &["扣押|7日+15日|期限依照《甲条例》第七条"],
        &[&format!("限制人身自由|24小时|对人身；期限依照{FOOD}第一款")],
        &["冻结||对存款、汇款", "进入||对场所"],
        &["代履行||自行执行", "强制执行“强制拆除”||申请法院执行", "其他强制措施“停止供电”"],
    ] {
        compels(lines, law).satisfies("PL-COMPEL");
    }
    compels(&["查封|7日|期限依照《甲条例》第七条"], NormLevel::AdministrativeRegulation).satisfies("PL-COMPEL");
    compels(&["其他强制措施|7日|期限依照《甲条例》第七条"], NormLevel::LocalRegulation).satisfies("PL-COMPEL");
}

#[test]
fn a_list_without_lines_is_not_checked() {
    let mut content = content();
    (content.kind, content.measures) = (PowerKind::Compulsion, vec![MeasureKind::Seal]);
    content.outcomes.clear();
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    for when in [ready(content).when(&on(), &command), compels(&["限制人身自由||对人身"], NormLevel::Law)] {
        let decided = when.decided();
        assert!(decided.iter().any(|d| d.unchecked.iter().any(|u| u.rule == "PL-COMPEL")), "{decided:?}");
        assert!(decided.iter().all(|d| !d.rules.contains(&"PL-COMPEL")));
    }
}

#[test]
fn refuses_a_measure_under_another_name() {
    for line in ["其他强制措施“暂扣车辆”", "其他强制措施“冻结账户”", "其他强制措施“强制隔离”", "强制执行“查封”"]
    {
        compels(&["查封", line], NormLevel::Law).refused_by("PL-COMPEL");
    }
}

#[test]
fn refuses_objects_that_the_kind_does_not_have() {
    for line in
        ["扣押||对场所", "冻结||对财物", "查封||对人身", "限制人身自由||对财物", "划拨||对财物", "查封||自行执行"]
    {
        compels(&[line], NormLevel::Law).refused_by("PL-COMPEL");
    }
}

#[test]
fn refuses_a_time_that_no_basis_of_its_level_gives() {
    let lower = [NormLevel::LocalRegulation, NormLevel::DepartmentRule, NormLevel::NormativeDocument];
    for level in lower {
        compels(&["查封|7日|期限依照《甲条例》第七条"], level).refused_by("PL-COMPEL");
    }
    // A freeze and a person's liberty belong to laws.
    for line in ["冻结|60日|期限依照《甲条例》第七条", "限制人身自由|24小时|期限依照《甲条例》第七条"]
    {
        compels(&[line], NormLevel::AdministrativeRegulation).refused_by("PL-COMPEL");
        compels(&[line], NormLevel::Law).satisfies("PL-COMPEL");
    }
    for line in ["查封|7日|期限依照《乙条例》第七条", "查封|7日|期限依照《甲条例》第八条", "查封||依照《乙条例》第一条"]
    {
        compels(&[line], NormLevel::Law).refused_by("PL-COMPEL");
    }
    compels(&["代履行|7日|期限依照《甲条例》第七条"], NormLevel::Law).refused_by("PL-COMPEL");
}
