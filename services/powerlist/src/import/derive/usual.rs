//! What the law has for a kind of power, where a list does not say it.

use lists::facts::PowerKind;

use crate::domain::events::RegionLevel;

/// A kind of power as lists name it: 处罚, 其他行政权力, 行政处罚类.
pub(super) fn kind(said: &str) -> Option<PowerKind> {
    let said = said.split(['(', '（']).next().unwrap_or_default().trim().trim_end_matches('类');
    let short = |kind: &PowerKind| kind.zh().strip_prefix("行政") == Some(said);
    let other =
        ["其他行政权力", "其他行政职权", "其他权力", "其他职权", "其它", "其它权力", "其他类别"].contains(&said);
    PowerKind::from_zh(said)
        .or_else(|| PowerKind::ALL.iter().copied().find(short))
        .or_else(|| other.then_some(PowerKind::Other))
}

/// The kind that a name ends in: 对…的处罚.
pub(super) fn kind_named(name: &str) -> Option<PowerKind> {
    let ends = [
        (PowerKind::Penalty, "的处罚"),
        (PowerKind::Penalty, "的行政处罚"),
        (PowerKind::Inspection, "的监督检查"),
        (PowerKind::Inspection, "的行政检查"),
        (PowerKind::Reward, "的奖励"),
    ];
    ends.into_iter().find(|(_, end)| name.ends_with(end)).map(|(kind, _)| kind)
}

/// Levels of government as lists name them, the longer words first; those of the state are above all.
const LEVELS: [(Option<RegionLevel>, &[&str]); 5] = [
    (None, &["国家级", "国家"]),
    (Some(RegionLevel::Township), &["乡镇街道", "乡镇级", "乡镇", "镇街", "街道", "乡级", "镇级", "乡", "镇"]),
    (Some(RegionLevel::City), &["设区的市级", "设区市级", "设区的市", "设区市", "地市级", "地级市", "市级", "市"]),
    (Some(RegionLevel::County), &["区县级", "县区级", "区县", "县区", "县级", "区级", "县", "区"]),
    (Some(RegionLevel::Province), &["省级", "省"]),
];

/// The lowest level of government that the words of a list (行使层级) give a power to, where they plainly say so: they name levels and
/// nothing else (省级、市级、县级), or one 以上.
pub(super) fn least_level(said: &str) -> Option<RegionLevel> {
    const UNLESS: [&str; 6] = ["委托", "除", "部分", "其中", "以下", "仅"];
    if UNLESS.iter().any(|word| said.contains(word)) {
        return None;
    }
    // 县（市、区）级 is 县级.
    let (mut text, mut inside) = (String::new(), 0_usize);
    for sign in said.chars().filter(|sign| !sign.is_whitespace()) {
        match sign {
            '（' | '(' => inside += 1,
            '）' | ')' => inside = inside.saturating_sub(1),
            sign if inside == 0 => text.push(sign),
            _ => {}
        }
    }
    let mut rest = match text.split_once("以上") {
        Some((_, after)) if ["以上", "省", "设区", "乡"].iter().any(|word| after.contains(word)) => return None,
        Some((before, _)) => before.trim_end_matches('及'),
        None => ["两级", "三级", "四级"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(&text),
    };
    let mut least = None;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['、', '，', ',', '；', ';', '/', '／', '和', '或', '及']) {
            rest = after;
            continue;
        }
        let words = || LEVELS.iter().flat_map(|(level, words)| words.iter().map(move |word| (*level, *word)));
        let (level, after) = words().find_map(|(level, word)| Some((level, rest.strip_prefix(word)?)))?;
        (least, rest) = (least.max(level), after);
    }
    least
}

/// Where anybody turns to, whatever the power: APL 75(2) 行政处罚法第七十五条第二款, and the hotline of the governments.
pub(super) const SUPERVISION: &str = "可以向本机关或者其上级机关申诉、检举，也可以拨打12345政务服务便民热线";

/// Which articles hold those to account who exercise it.
pub(super) const fn accountability(kind: PowerKind) -> &'static str {
    match kind {
        PowerKind::Penalty => "依照《中华人民共和国行政处罚法》第七十六条至第八十三条追究责任",
        PowerKind::Licence => "依照《中华人民共和国行政许可法》第七十二条至第七十七条追究责任",
        PowerKind::Compulsion => "依照《中华人民共和国行政强制法》第六十一条至第六十四条追究责任",
        PowerKind::Levy
        | PowerKind::Payment
        | PowerKind::Inspection
        | PowerKind::Confirmation
        | PowerKind::Reward
        | PowerKind::Adjudication
        | PowerKind::Other => "依照《中华人民共和国公职人员政务处分法》第三十九条追究责任",
    }
}

/// The stages that the law has for a kind, with its articles; of the other kinds no law has them for all.
pub(super) const fn duties(kind: PowerKind) -> Option<&'static str> {
    match kind {
        PowerKind::Penalty => Some(
            "立案：符合立案标准的，及时立案（行政处罚法第五十四条第二款）\n\
             调查取证：执法人员不少于两人，主动出示执法证件，全面、客观、公正地收集证据（行政处罚法第四十二条、第五十四条第一款、第五十五条）\n\
             告知：决定前告知拟作出的处罚内容及事实、理由、依据和陈述、申辩、要求听证等权利（行政处罚法第四十四条、第六十三条）\n\
             决定：由负责人审查或者集体讨论决定，依法应当法制审核的先行审核（行政处罚法第五十七条、第五十八条）\n\
             送达：宣告后当场交付，当事人不在场的在七日内送达（行政处罚法第六十一条）\n\
             执行：督促履行，逾期不履行的依法强制执行（行政处罚法第七十二条）",
        ),
        PowerKind::Licence => Some(
            "受理：材料不全的当场或者五日内一次告知，符合要求的予以受理（行政许可法第三十二条）\n\
             审查：审查申请材料，需要核实的指派两名以上工作人员核查（行政许可法第三十四条）\n\
             决定：在法定期限内作出书面决定，不予许可的说明理由（行政许可法第三十八条、第四十二条）\n\
             送达：自决定之日起十日内颁发、送达许可证件（行政许可法第四十四条）\n\
             监督：对被许可人从事许可事项的活动履行监督责任（行政许可法第六十一条）",
        ),
        PowerKind::Compulsion => Some(
            "审批：实施前向行政机关负责人报告并经批准（行政强制法第十八条）\n\
             实施：两名以上执法人员出示证件，通知当事人到场，告知理由、依据和权利，听取陈述和申辩，制作现场笔录（行政强制法第十八条）\n\
             处理：及时查清事实，在法定期限内作出处理决定（行政强制法第二十七条）",
        ),
        PowerKind::Levy
        | PowerKind::Payment
        | PowerKind::Inspection
        | PowerKind::Confirmation
        | PowerKind::Reward
        | PowerKind::Adjudication
        | PowerKind::Other => None,
    }
}

/// The periods that the law has for a kind: APL 60, 61; ALL 32, 42, 44, counted in working days (82); ACL 19, 25.
pub(super) const fn flow(kind: PowerKind) -> Option<&'static str> {
    match kind {
        PowerKind::Penalty => Some("立案至决定|90日\n送达|7日"),
        PowerKind::Licence => Some("受理|5工作日\n审查决定|20工作日\n送达|10工作日"),
        PowerKind::Compulsion => Some("紧急情况补办批准|24小时\n处理决定|30日"),
        PowerKind::Levy
        | PowerKind::Payment
        | PowerKind::Inspection
        | PowerKind::Confirmation
        | PowerKind::Reward
        | PowerKind::Adjudication
        | PowerKind::Other => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::{read_duty, read_step};

    #[test]
    fn kinds_are_known_in_the_words_of_lists() {
        for (said, want) in [
            ("行政处罚", Some(PowerKind::Penalty)),
            ("处罚", Some(PowerKind::Penalty)),
            ("行政处罚类（共3项）", Some(PowerKind::Penalty)),
            ("其他行政权力", Some(PowerKind::Other)),
            ("其他", Some(PowerKind::Other)),
            ("", None),
            ("许可证", None),
        ] {
            assert_eq!(kind(said), want, "{said}");
        }
        assert_eq!(kind_named("对无证经营食品的处罚"), Some(PowerKind::Penalty));
        assert_eq!(kind_named("食品经营许可"), None);
    }

    #[test]
    fn what_is_usual_can_be_read_as_it_stands() {
        for kind in PowerKind::ALL.iter().copied() {
            assert!(duties(kind).into_iter().flat_map(str::lines).all(|line| read_duty(line).is_ok()), "{kind:?}");
            assert!(flow(kind).into_iter().flat_map(str::lines).all(|line| read_step(line).is_ok()), "{kind:?}");
        }
    }

    #[test]
    fn the_lowest_level_is_that_of_words_that_say_nothing_else() {
        for (said, level) in [
            ("县级以上", Some(RegionLevel::County)),
            ("县级以上地方人民政府市场监督管理部门", Some(RegionLevel::County)),
            ("县（市、区）级及以上", Some(RegionLevel::County)),
            ("设区的市级以上", Some(RegionLevel::City)),
            ("省级", Some(RegionLevel::Province)),
            ("省级、市级、县级", Some(RegionLevel::County)),
            ("国家级、省级", Some(RegionLevel::Province)),
            ("市、县（区）", Some(RegionLevel::County)),
            ("省市县三级", Some(RegionLevel::County)),
            ("乡镇（街道）", Some(RegionLevel::Township)),
        ] {
            assert_eq!(least_level(said), level, "{said}");
        }
        for said in [
            "",
            "国家级",
            "属地管理",
            "按权限",
            "县级以下",
            "县级以上，其中进口药品由省级",
            "省级（委托市级实施）部分",
            "市级（除直管县外）",
            "省级（委托市级）",
            "本级",
        ] {
            assert_eq!(least_level(said), None, "{said}");
        }
    }
}
