//! When a line applies, as the law words it: 货值金额不足一万元, 没有违法所得或者违法所得不足十万元, 情节严重, 逾期不改正.

use super::{
    super::outcome::{Border, Condition, Lack, UNCOMPUTABLE, YUAN},
    amounts::quantity,
    numbers::number,
    spans::span,
};

/// A condition as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// One of these, each of which is all of its conditions.
    pub(super) any: Vec<Vec<Condition>>,
    /// What stands beside it in words only.
    pub(super) words: Option<String>,
}

impl Found {
    fn all(condition: Condition) -> Option<Self> {
        Some(Self { any: vec![vec![condition]], words: None })
    }

    fn either(first: Condition, second: Condition) -> Option<Self> {
        Some(Self { any: vec![vec![first], vec![second]], words: None })
    }

    /// What it speaks of, if all of it speaks of one thing.
    pub(super) fn of(&self) -> Option<&str> {
        let mut all = self.any.iter().flatten().map(Condition::of);
        let first = all.next()?;
        all.all(|of| of == first).then_some(first)
    }
}

/// 情节, and how it is found; a longer value before one that it begins with.
pub(super) const CIRCUMSTANCES: &str = "情节";
/// What came of it.
pub(super) const CONSEQUENCES: &str = "后果";
/// Whether it was corrected.
pub(super) const CORRECTION: &str = "改正";
pub(super) const NOT_CORRECTED: &str = "逾期不改正";
pub(super) const REFUSED: &str = "拒不改正";
/// Whether it was done before.
pub(super) const REPEATED: &str = "再犯";
/// How grave an accident was.
pub(super) const GRADE: &str = "事故等级";

/// How often a penalty was imposed within a year.
const PUNISHED: &str = "一年内受处罚次数";
/// What a building does to the plan (城乡规划法 64), and whether it can be pulled down.
const IMPACT: &str = "影响";
const DEMOLITION: &str = "拆除";
const ACCIDENT: &str = "发生生产安全事故";

const HOW: [&str; 9] = ["特别严重", "特别恶劣", "特别轻微", "严重", "恶劣", "较重", "较轻", "轻微", "一般"];
const RESULTS: [&str; 6] = ["特别严重后果", "严重后果", "重大后果", "较大后果", "较轻后果", "轻微后果"];
const GRADES: [&str; 4] = ["特别重大", "重大", "较大", "一般"];

/// The condition that a text without its 的 states; `known` is the quantity that was spoken of last, with its unit.
pub(super) fn condition(text: &str, known: Option<&(String, String)>) -> Option<Found> {
    let text = text.strip_prefix("但").unwrap_or(text);
    if let Some((of, value, negated)) = quoted(text) {
        return Found::all(if negated { Condition::IsNot { of, value } } else { Condition::Is { of, value } });
    }
    if let Some(found) = text.strip_prefix("不属于").and_then(finding) {
        return match found {
            Condition::Is { of, value } => Found::all(Condition::IsNot { of, value }),
            other => Some(Found { any: vec![vec![other]], words: None }),
        };
    }
    if let Some(found) = finding(text) {
        return Found::all(found);
    }
    // 情节特别严重、影响特别恶劣: the first is found, the second stays in words.
    if let Some((first, words)) = text.split_once('、')
        && let Some(found) = finding(first)
    {
        return Some(Found { any: vec![vec![found]], words: Some(words.to_owned()) });
    }
    // 备案时提供虚假材料情节严重: what was done, and how.
    if let Some(how) = HOW.iter().find(|how| text.strip_suffix(**how).is_some_and(|text| text.ends_with(CIRCUMSTANCES)))
        && let done = &text[..text.len() - how.len() - CIRCUMSTANCES.len()]
        && !done.contains(['，', '、'])
        && done.chars().count() >= 4
        && between(done, known).is_none()
    {
        return Some(Found { any: vec![vec![is(CIRCUMSTANCES, how)]], words: Some(done.to_owned()) });
    }
    times(text).or_else(|| lacking(text)).or_else(|| between(text, known))
}

/// 一年内累计三次以上因违反本法受到…处罚: how often one was punished before.
fn times(text: &str) -> Option<Found> {
    let (number, rest) = number(text.strip_prefix("一年内累计")?)?;
    let rest = rest.strip_prefix('次')?;
    let rest = rest.strip_prefix("以上").unwrap_or(rest);
    if !rest.contains("受到") || !rest.ends_with("处罚") {
        return None;
    }
    let from = Some(Border { hundredths: number.hundredths, included: true });
    Found::all(Condition::Between { of: PUNISHED.to_owned(), unit: "次".to_owned(), from, to: None })
}

fn is(of: &str, value: &str) -> Condition {
    Condition::Is { of: of.to_owned(), value: value.to_owned() }
}

/// What the case has to find: circumstances, consequences, correction, an accident's grade, a repetition.
fn finding(text: &str) -> Option<Condition> {
    if let Some(how) = text.strip_prefix(CIRCUMSTANCES).and_then(|how| HOW.iter().find(|word| how == **word)) {
        return Some(is(CIRCUMSTANCES, how));
    }
    if let Some(result) = text.strip_prefix("造成").and_then(|result| RESULTS.iter().find(|word| result == **word)) {
        return Some(is(CONSEQUENCES, result));
    }
    // What stands beside 其他严重情节 is one itself: 两年内有三次以上违法行为或者有其他严重情节.
    if text == "有严重情节" || text.ends_with("或者有其他严重情节") {
        return Some(is(CIRCUMSTANCES, "严重"));
    }
    if text == "后果严重" {
        return Some(is(CONSEQUENCES, "严重后果"));
    }
    if ["导致", ""].iter().any(|verb| text.strip_prefix(verb) == Some(ACCIDENT)) {
        return Some(is(CONSEQUENCES, ACCIDENT));
    }
    for can in ["尚可采取改正措施消除", "无法采取改正措施消除"] {
        if let Some(impact) = text.strip_prefix(can)
            && matches!(impact, "影响" | "对规划实施的影响" | "对规划实施影响")
        {
            return Some(is(IMPACT, can));
        }
    }
    if text == "不能拆除" {
        return Some(is(DEMOLITION, text));
    }
    let corrected = ["经责令改正", "责令改正后", "经责令改正后", "被责令改正", "责令限期改正"]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text);
    match corrected {
        "逾期不改正" | "逾期未改正" | "逾期仍不改正" | "逾期仍未改正" | "逾期不改" | "逾期未改" | "逾期拒不改正" =>
        {
            return Some(is(CORRECTION, NOT_CORRECTED));
        }
        "拒不改正" | "仍拒不改正" | "仍不改正" | "拒不改" | "拒绝改正" | "仍拒绝改正" => {
            return Some(is(CORRECTION, REFUSED));
        }
        // 逾期不补报, 逾期未清除: the order was to do just that.
        // 拒不投保, 拒不执行: what was ordered.
        other
            if other.strip_prefix("拒不").is_some_and(|doing| {
                ["执行", "投保", "停止", "整改", "拆除", "清除", "补办", "备案"].contains(&doing)
            }) =>
        {
            return Some(is(CORRECTION, REFUSED));
        }
        other
            if ["逾期不", "逾期未", "逾期仍不", "逾期仍未"].iter().any(|late| {
                other.strip_prefix(late).is_some_and(|doing| {
                    (1..=3).contains(&doing.chars().count())
                        && !["缴", "支付", "起诉", "申请"].iter().any(|w| doing.contains(w))
                })
            }) =>
        {
            return Some(is(CORRECTION, NOT_CORRECTED));
        }
        "再次违法" | "再犯" => return Some(is(REPEATED, "是")),
        _ => {}
    }
    let accident = ["导致发生", "发生", "造成"].iter().find_map(|verb| text.strip_prefix(verb))?;
    let kind = accident.strip_suffix("事故")?;
    let grade = GRADES.iter().find(|grade| kind.starts_with(**grade))?;
    matches!(&kind[grade.len()..], "" | "生产安全" | "特种设备" | "安全生产" | "质量" | "安全")
        .then(|| is(GRADE, grade))
}

/// 属于“改正”为“逾期不改正”情形: what no law words.
fn quoted(text: &str) -> Option<(String, String, bool)> {
    let (text, negated) = match text.strip_prefix("不属于“") {
        Some(text) => (text, true),
        None => (text.strip_prefix("属于“")?, false),
    };
    let (of, value) = text.strip_suffix("”情形")?.split_once("”为“")?;
    let plain = |word: &str| !word.is_empty() && !word.contains(['“', '”']);
    (plain(of) && plain(value)).then(|| (of.to_owned(), value.to_owned(), negated))
}

const UNKNOWN: [&str; 4] = [UNCOMPUTABLE, "难以计算", "不能计算", "无法确定"];
/// What a law says 有 and 没有 of: amounts of money.
const MONEY: [&str; 6] = ["所得", "收入", "金额", "费用", "价款", "利润"];

fn money(text: &str) -> Option<String> {
    quantity(text).filter(|of| MONEY.iter().any(|word| of.ends_with(word)))
}

fn lacking(text: &str) -> Option<Found> {
    let none = ["没有", "无"].iter().find_map(|word| text.strip_prefix(word));
    if let Some(rest) = none {
        if let Some((of, other)) = rest.split_once("或者") {
            let of = money(of)?;
            let other = match other.find(&of) {
                Some(at) => &other[at + of.len()..],
                None => other,
            };
            if UNKNOWN.contains(&other) {
                return Found::all(Condition::Lacking { of, how: Lack::Either });
            }
            // None is less than any amount.
            return match span(other)? {
                (span, "") if span.from.is_none() => {
                    let (from, to, unit) = span.borders()?;
                    Found::all(Condition::Between { of, unit: unit.to_owned(), from, to })
                }
                _ => None,
            };
        }
        return money(rest).and_then(|of| Found::all(Condition::Lacking { of, how: Lack::None }));
    }
    if let Some(of) = text.strip_prefix('有').and_then(money) {
        let from = Some(Border { hundredths: 0, included: false });
        return Found::all(Condition::Between { of, unit: YUAN.to_owned(), from, to: None });
    }
    // 违法所得不足五千元或者没有违法所得.
    if let Some((less, none)) = text.split_once("或者")
        && let Some(of) = ["没有", "无"].iter().find_map(|word| none.strip_prefix(word)).and_then(money)
    {
        let found = between(less, None)?;
        let only_less = matches!(&found.any[0][..], [Condition::Between { of: other, from: None, .. }] if *other == of);
        return only_less.then_some(found);
    }
    let unknown = |of: &str| Some(Condition::Lacking { of: money(of)?, how: Lack::Uncomputable });
    if let Some(of) = UNKNOWN.iter().find_map(|word| text.strip_suffix(word)) {
        return unknown(of).and_then(Found::all);
    }
    let of = text.strip_suffix("明显偏低")?;
    if let Some(of) = UNKNOWN.iter().find_map(|word| of.strip_suffix("或者")?.strip_suffix(word)) {
        return Found::either(unknown(of)?, is(&money(of)?, "明显偏低"));
    }
    Found::all(is(&money(of)?, "明显偏低"))
}

fn between(text: &str, known: Option<&(String, String)>) -> Option<Found> {
    let (of, span) = text.char_indices().find_map(|(at, _)| {
        let (span, rest) = span(&text[at..])?;
        rest.is_empty().then_some((&text[..at], span))
    })?;
    // A number alone bounds nothing.
    if span.for_life || span.single().is_some() {
        return None;
    }
    let (mut from, mut to, mut unit) = span.borders()?;
    if unit == "%" && text.contains('倍') {
        unit = "倍";
        for border in [&mut from, &mut to].into_iter().flatten() {
            border.hundredths /= 100;
        }
    }
    let of = match of.strip_suffix('在').or_else(|| of.strip_suffix('为')).unwrap_or(of) {
        "" => known.filter(|(_, before)| before == unit).map(|(of, _)| of.clone())?,
        of => quantity(of).filter(|of| !of.ends_with("年") && !of.contains("累计"))?,
    };
    Found::all(Condition::Between { of, unit: unit.to_owned(), from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::Outcome;

    #[track_caller]
    fn is(text: &str, parts: &[&str]) {
        let found =
            condition(text, Some(&("货值金额".into(), "元".into()))).unwrap_or_else(|| panic!("{text} is none"));
        let when: Vec<_> = parts.iter().map(|part| Outcome::read(&format!("罚款||{part}")).unwrap().when).collect();
        assert_eq!((found.any, found.words), (when, None), "{text}");
    }

    #[test]
    fn quantities_are_compared() {
        is("违法生产经营的食品、食品添加剂货值金额不足一万元", &["货值金额<10000元"]);
        is("货值金额一万元以上", &["货值金额≥10000元"]);
        is("一万元以上不满五万元", &["10000≤货值金额<50000元"]);
        is("违法所得超过1万元", &["违法所得>10000元"]);
        is("违法所得在十万元以上", &["违法所得≥100000元"]);
        is("建筑面积一千平方米以上不足五千平方米", &["1000≤建筑面积<5000平方米"]);
        is("非法占用耕地五亩以下", &["非法占用耕地≤5亩"]);
        is("没有违法所得或者违法所得不足十万元", &["违法所得<100000元"]);
        is("违法所得不足5万元", &["违法所得<50000元"]);
        is("超过标准三倍以上五倍以下", &["3≤超过标准≤5倍"]);
    }

    #[test]
    fn what_is_lacking_is_told_from_what_is_little() {
        is("没有违法所得", &["没有违法所得"]);
        is("无违法所得", &["没有违法所得"]);
        is("没有违法所得或者违法所得无法计算", &["没有违法所得或者无法计算"]);
        is("违法所得无法计算", &["违法所得无法计算"]);
        is("有违法所得", &["违法所得>0元"]);
        is("广告费用无法计算或者明显偏低", &["广告费用无法计算", "广告费用=明显偏低"]);
    }

    #[test]
    fn what_has_to_be_found_is_found_by_its_name() {
        is("情节严重", &["情节=严重"]);
        is("情节特别严重", &["情节=特别严重"]);
        is("造成严重后果", &["后果=严重后果"]);
        is("逾期未改正", &["改正=逾期不改正"]);
        is("经责令改正仍不改正", &["改正=拒不改正"]);
        is("拒不改正", &["改正=拒不改正"]);
        is("发生特别重大事故", &["事故等级=特别重大"]);
        is("发生较大生产安全事故", &["事故等级=较大"]);
        is("再次违法", &["再犯=是"]);
        is("不属于情节严重", &["情节≠严重"]);
        is("两年内有三次以上违法行为或者有其他严重情节", &["情节=严重"]);
        is("导致发生生产安全事故", &["后果=发生生产安全事故"]);
        is("尚可采取改正措施消除对规划实施的影响", &["影响=尚可采取改正措施消除"]);
        is("无法采取改正措施消除影响", &["影响=无法采取改正措施消除"]);
        is("不能拆除", &["拆除=不能拆除"]);
        is("一年内累计三次以上因违反本法规定受到停业以外处罚", &["一年内受处罚次数≥3次"]);
        is("属于“改正”为“不及时”情形", &["改正=不及时"]);
    }

    #[test]
    fn other_words_stay_words() {
        for text in [
            "隐匿、伪造、毁灭有关证据",
            "一年内受到两次以上行政处罚",
            "有许可证",
            "导致发生环境污染事故",
            "逾期不缴纳罚款",
            "造成三人以上死亡",
            "没有许可证",
            "超过三个月",
        ] {
            assert_eq!(condition(text, Some(&("货值金额".into(), "元".into()))), None, "{text}");
        }
    }
}
