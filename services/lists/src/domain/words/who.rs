//! Whom a line addresses, as the law names them.

use super::super::outcome::Addressee;

/// Whom a phrase names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Those that a line knows.
    pub(super) who: Vec<Addressee>,
    /// The phrase, where it names others: 广告主, 农户.
    pub(super) words: Option<String>,
    /// Which of them: 逃匿 of 逃匿的主要负责人.
    pub(super) which: Option<String>,
}

impl Named {
    /// Those that a line has.
    pub(super) fn of(who: &[Addressee]) -> Self {
        Self { who: who.to_vec(), ..Self::default() }
    }

    /// Persons who answer beside their unit, and not the unit.
    pub(super) fn persons(&self) -> bool {
        let person =
            |who: &Addressee| matches!(who, Addressee::Principal | Addressee::InCharge | Addressee::Responsible);
        self.who.iter().any(person) && !self.who.contains(&Addressee::Unit)
    }
}

/// The law's words for each, longest first where one is part of another.
const WORDS: [(&str, &[Addressee]); 23] = {
    use Addressee::{InCharge, Individual, Principal, Responsible, Unit};
    [
        ("负有责任的主管人员", &[InCharge]),
        ("直接负责的主管人员", &[InCharge]),
        ("主管人员", &[InCharge]),
        ("其他直接责任人员", &[Responsible]),
        ("其他直接责任人", &[Responsible]),
        ("其他责任人员", &[Responsible]),
        // Without 其他 they are all who are directly responsible, those in charge among them.
        ("直接责任人员", &[InCharge, Responsible]),
        ("直接责任人", &[InCharge, Responsible]),
        ("法定代表人", &[Principal]),
        ("主要负责人", &[Principal]),
        ("企业事业单位", &[Unit]),
        ("生产经营单位", &[Unit]),
        ("建设单位", &[Unit]),
        ("施工单位", &[Unit]),
        ("用人单位", &[Unit]),
        ("违法单位", &[Unit]),
        ("单位", &[Unit]),
        ("机构", &[Unit]),
        ("公民", &[Individual]),
        ("自然人", &[Individual]),
        ("个人经营的投资人", &[Individual]),
        ("个人", &[Individual]),
        ("公司、企业", &[Unit]),
    ]
};

/// Reads who is meant: 其直接负责的主管人员和其他直接责任人员.
pub(super) fn named(phrase: &str) -> Named {
    let phrase = its(phrase);
    // 逃匿的主要负责人, 有执业证书的法定代表人和其他责任人员.
    if let Some((which, persons)) = phrase.split_once('的')
        && (which == "逃匿" || which.starts_with('有') && ["证书", "证", "资格"].iter().any(|end| which.ends_with(end)))
        && let all = named(persons)
        && !all.who.is_empty()
        && all.words.is_none()
        && all.persons()
    {
        return Named { which: Some(which.to_owned()), ..all };
    }
    let mut rest = phrase;
    let mut who = Vec::new();
    while !rest.is_empty() {
        let Some((word, of)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) else {
            // 违法单位的, 生产经营单位的主要负责人: whose they are.
            if let Some(mine) = whose(rest) {
                rest = mine;
                continue;
            }
            // 有前款行为的机构及其直接责任人员: who they are is known, and which of them stays in words.
            let behind = phrase.match_indices('的').map(|(at, of)| named(&phrase[at + of.len()..]));
            let known = behind.filter(|named| named.words.is_none()).map(|named| named.who);
            let who = known.chain([known_in(phrase)]).max_by_key(Vec::len).unwrap_or_default();
            return Named { who, words: Some(phrase.to_owned()), which: None };
        };
        // 单位直接负责的主管人员: the unit is whose they are, not who.
        let next = &rest[word.len()..];
        let of_it = its(next.strip_prefix('的').unwrap_or(next));
        let owner = of[0] == Addressee::Unit
            && WORDS.iter().any(|(word, of)| of[0] != Addressee::Unit && of_it.starts_with(word));
        if !owner {
            who.extend(of.iter().filter(|a| !who.contains(*a)).copied().collect::<Vec<_>>());
        }
        rest = if owner { of_it } else { next };
        rest = its(["以及", "及其", "、", "和", "及", "或者"]
            .iter()
            .find_map(|joint| rest.strip_prefix(joint))
            .unwrap_or(rest));
    }
    who.sort_unstable();
    who.dedup();
    Named { who, words: None, which: None }
}

/// Without the 其 that points to the unit; 其他 does not.
fn its(text: &str) -> &str {
    text.strip_prefix('其').filter(|rest| !rest.starts_with('他')).unwrap_or(text)
}

/// What stands behind the owner of a person: 技术机构直接负责的主管人员.
fn whose(rest: &str) -> Option<&str> {
    const OWNERS: [&str; 6] = ["负有责任的", "本单位", "该单位", "有关", "相关", "责任"];
    OWNERS.iter().find_map(|owner| rest.strip_prefix(owner)).map(|rest| rest.trim_start_matches('的'))
}

fn known_in(phrase: &str) -> Vec<Addressee> {
    let mut who: Vec<Addressee> = WORDS
        .iter()
        .filter(|(word, of)| phrase.contains(word) && of[0] != Addressee::Unit && of[0] != Addressee::Individual)
        .flat_map(|(_, of)| of.iter().copied())
        .collect();
    who.sort_unstable();
    who.dedup();
    who
}

/// 单位有前款行为的, 个人违反规定的: what is addressed by a condition.
pub(super) fn subject(condition: &str) -> Option<Addressee> {
    const DOING: [&str; 4] = ["有前款", "违反", "违法", "实施前款"];
    const WHO: [(&str, Addressee); 6] = [
        ("单位", Addressee::Unit),
        ("法人或者其他组织", Addressee::Unit),
        ("法人和其他组织", Addressee::Unit),
        ("个人", Addressee::Individual),
        ("自然人", Addressee::Individual),
        ("公民", Addressee::Individual),
    ];
    let (who, rest) = WHO.into_iter().find_map(|(word, who)| {
        let text = condition.strip_prefix("属于").or_else(|| condition.strip_prefix("违法主体为")).unwrap_or(condition);
        Some((who, text.strip_prefix(word)?))
    })?;
    (rest.is_empty() || DOING.iter().any(|doing| rest.starts_with(doing))).then_some(who)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Addressee::{InCharge, Individual, Principal, Responsible, Unit};

    #[track_caller]
    fn is(phrase: &str, who: &[Addressee]) {
        assert_eq!(named(phrase), Named { who: who.to_vec(), ..Named::default() }, "{phrase}");
    }

    #[test]
    fn those_the_law_names_are_known() {
        is("单位", &[Unit]);
        is("个人", &[Individual]);
        is("其直接负责的主管人员和其他直接责任人员", &[InCharge, Responsible]);
        is("法定代表人、主要负责人、直接负责的主管人员和其他责任人员", &[Principal, InCharge, Responsible]);
        is("生产经营单位的主要负责人", &[Principal]);
        is("单位直接负责的主管人员", &[InCharge]);
        is("负有责任的主管人员和直接责任人员", &[InCharge, Responsible]);
        is("机构", &[Unit]);
        is("机构及其直接责任人员", &[Unit, InCharge, Responsible]);
        is("生产经营单位的主要负责人、个人经营的投资人", &[Individual, Principal]);
    }

    #[test]
    fn others_stay_in_words_beside_those_that_are_known() {
        assert_eq!(named("农户"), Named { words: Some("农户".into()), ..Named::default() });
        let both = named("生产经营单位的主要负责人、广告主");
        let words = Some("生产经营单位的主要负责人、广告主".into());
        assert_eq!(both, Named { who: vec![Principal], words, which: None });
    }

    #[test]
    fn which_of_the_persons_are_meant_is_told_from_whose_they_are() {
        let one = |which: &str, who: &[Addressee]| Named { who: who.to_vec(), words: None, which: Some(which.into()) };
        assert_eq!(named("逃匿的主要负责人"), one("逃匿", &[Principal]));
        assert_eq!(
            named("有医疗卫生人员执业证书的法定代表人、主要负责人和其他责任人员"),
            one("有医疗卫生人员执业证书", &[Principal, Responsible])
        );
    }

    #[test]
    fn a_condition_may_say_who() {
        assert_eq!(subject("单位有前款规定的违法行为"), Some(Unit));
        assert_eq!(subject("个人"), Some(Individual));
        assert_eq!(subject("单位燃用不符合质量标准的煤炭"), None);
    }
}
