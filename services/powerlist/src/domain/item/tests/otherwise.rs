//! What an item's statute provides otherwise.

use super::*;

fn departs(level: NormLevel, lines: &[&str]) -> law::decider::harness::When<Item> {
    let mut content = content();
    content.otherwise = lines.iter().map(|line| Otherwise::read(line).unwrap()).collect();
    content.bases.push(LegalBasis { statute: "甲规定".into(), article: "第七条".into(), ..basis(level) });
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    ready(content).when(&on(), &command)
}

#[test]
fn each_level_departs_from_what_it_may() {
    let rows = [
        ("管辖|违法行为人居住地的机关", "xx-----x---"),
        ("追责时效|5年", "x----------"),
        ("执法人员|1人", "x----------"),
        ("当场罚款|500元", "x----------"),
        ("办案期限|180日", "xx-xxxxxx--"),
    ];
    for (line, levels) in rows {
        for (level, may) in NormLevel::ALL.iter().zip(levels.chars()) {
            let when = departs(*level, &[&format!("{line}|依照《甲规定》第七条")]);
            if may == 'x' {
                when.satisfies("PL-OTHERWISE");
            } else {
                when.refused_by("PL-OTHERWISE");
            }
        }
    }
}

#[test]
fn refuses_a_departure_without_its_basis_or_said_twice() {
    let law = NormLevel::Law;
    departs(law, &["办案期限|180日|依照《乙规定》第七条"]).refused_by("PL-OTHERWISE");
    departs(law, &["办案期限|180日|依照《甲规定》第八条"]).refused_by("PL-OTHERWISE");
    let (days, months) = ("办案期限|180日|依照《甲规定》第七条", "办案期限|6个月|依照《甲规定》第七条");
    departs(law, &[days, months]).refused_by("PL-OTHERWISE");
    let (units, all) = ("当场罚款|500元|对单位；依照《甲规定》第七条", "当场罚款|500元|依照《甲规定》第七条");
    departs(law, &[units, "当场罚款|500元|对个人；依照《甲规定》第七条"]).satisfies("PL-OTHERWISE");
    departs(law, &[units, all]).refused_by("PL-OTHERWISE");
}

#[test]
fn an_article_inserted_behind_a_basis_is_none_of_the_bases() {
    departs(NormLevel::Law, &["办案期限|180日|依照《甲规定》第七条之一"]).refused_by("PL-OTHERWISE");
    departs(NormLevel::Law, &["办案期限|180日|依照《甲规定》第七条第二款"]).satisfies("PL-OTHERWISE");
    let mut bare = content();
    bare.bases = vec![LegalBasis { article: String::new(), ..basis(NormLevel::Law) }];
    assert!(bare.basis("《食品安全法》第一百二十二条").is_none(), "a basis without an article has every article");
}

#[test]
fn only_a_penalty_departs_from_the_law_of_penalties() {
    let mut content = content();
    content.kind = PowerKind::Confirmation;
    content.outcomes.clear();
    content.otherwise = vec![Otherwise::read("办案期限|180日|依照《食品安全法》第一百二十二条").unwrap()];
    let mut command = publish(1, "2026-03-20");
    command.facts.uniform = None;
    ready(content).when(&on(), &command).refused_by("PL-OTHERWISE");
}
