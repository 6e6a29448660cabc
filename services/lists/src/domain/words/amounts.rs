//! Ranges, limits and what they are measured by: 货值金额十倍以上二十倍以下, 每平方米一百元, 上一年年收入百分之三十.

use super::{
    super::outcome::{Limit, Range},
    spans::{Measure, Span, UNITS, span},
};

/// The range that a span gives of a base; `None` where it is open upwards, leaves out an end, or has a base that it needs
/// not, or needs one.
pub(super) fn range(base: &str, span: Span) -> Option<Range> {
    let Span { from, to, for_life } = span;
    let small = |n: i64| u16::try_from(n).ok();
    if from.is_some_and(|(_, included)| !included) || to.is_some_and(|(_, included)| !included) {
        return None;
    }
    if for_life {
        let (Measure::Months(low), _) = from? else { return None };
        return base.is_empty().then_some(Range::Term { low_months: small(low)?, high_months: None });
    }
    let (high, _) = to?;
    let low = from.map_or(0, |(low, _)| low.value());
    match high {
        Measure::Fen(high) if base.is_empty() => Some(Range::Amount { low_fen: low, high_fen: high }),
        Measure::Fen(high) => {
            per_unit(base).map(|(of, unit)| Range::PerUnit { of, unit, low_fen: low, high_fen: high })
        }
        Measure::Share(high) => {
            let of = quantity(base)?;
            Some(if low % 100 == 0 && high % 100 == 0 {
                Range::Multiple { of, low_hundredths: low / 100, high_hundredths: high / 100 }
            } else {
                Range::Share { of, low_ten_thousandths: low, high_ten_thousandths: high }
            })
        }
        Measure::Days(high) if base.is_empty() => Some(Range::Days { low: small(low / 100)?, high: small(high)? }),
        Measure::Months(high) if base.is_empty() => {
            Some(Range::Term { low_months: small(low / 100)?, high_months: Some(small(high)?) })
        }
        Measure::Days(_) | Measure::Months(_) | Measure::Of(..) => None,
    }
}

/// A limit: an amount, or a multiple of a base.
pub(super) fn limit(text: &str) -> Option<Limit> {
    let (base, span) = based(text)?;
    match span.single()? {
        Measure::Fen(fen) if base.is_empty() => Some(Limit::Amount { fen }),
        Measure::Share(parts) if parts % 100 == 0 => {
            Some(Limit::Multiple { of: quantity(base)?, hundredths: parts / 100 })
        }
        _ => None,
    }
}

/// A base, and the span that takes up all of the rest.
pub(super) fn based(text: &str) -> Option<(&str, Span)> {
    text.char_indices().find_map(|(at, _)| match span(&text[at..]) {
        Some((span, "")) => Some((&text[..at], span)),
        _ => None,
    })
}

/// 每平方米, 每名劳动者, 每辆机动车: what is counted, and in which unit.
fn per_unit(base: &str) -> Option<(String, String)> {
    let (counted, each) = base.rsplit_once('每')?;
    let unit =
        UNITS.iter().find(|unit| each.starts_with(**unit)).or(["日", "天"].iter().find(|d| each.starts_with(**d)))?;
    let noun = &each[unit.len()..];
    let unit = match *unit {
        "名" => "人",
        "天" => "日",
        other => other,
    };
    let of = match (counted, noun, unit) {
        ("", "", "平方米" | "亩" | "公顷" | "平方公里") => "面积".to_owned(),
        ("", "", "吨" | "公斤" | "千克" | "克" | "毫克") => "重量".to_owned(),
        ("", "", "立方米") => "体积".to_owned(),
        ("", "", "米" | "公里") => "长度".to_owned(),
        ("", "", "日") => "日数".to_owned(),
        ("", "", unit) => format!("{unit}数"),
        ("", noun, "人") => format!("{noun}人数"),
        ("", noun, _) => format!("{noun}数量"),
        (counted, "", _) => quantity(counted)?,
        _ => return None,
    };
    Some((of, unit.to_owned()))
}

/// Quantities that stand behind the words that say of what: 违法生产经营的食品货值金额 is 货值金额.
const QUANTITIES: [&str; 4] = ["货值金额", "违法所得", "违法收入", "直接损失"];
/// As much of a name as one has.
const NAME_MAX: usize = 30;

/// The name of a quantity, as lines and findings have it.
pub(super) fn quantity(text: &str) -> Option<String> {
    let text = text.strip_suffix('的').unwrap_or(text);
    // 警告、没收违法所得、处以违法所得一倍: a list of penalties is no quantity.
    const PENALTIES: [&str; 10] = ["并处", "处以", "没收", "警告", "吊销", "责令", "可以", "，", "以上", "以下"];
    if text.starts_with('处') || PENALTIES.iter().any(|word| text.contains(word)) {
        return None;
    }
    if let Some(known) = QUANTITIES.iter().find(|known| text.ends_with(**known)) {
        return Some((*known).to_owned());
    }
    let text = text.strip_prefix('其').unwrap_or(text);
    let fits = !text.is_empty()
        && text.chars().count() <= NAME_MAX
        && text.chars().all(|c| c.is_alphabetic() || "、《》".contains(c))
        && !["没有", "以", "最高", "最低"].iter().any(|word| text.starts_with(word))
        && !text.ends_with("无法计算");
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(text: &str, cell: &str) {
        let (base, span) = based(text).unwrap_or_else(|| panic!("{text} is no span"));
        let line = crate::facts::Outcome::read(&format!("其他行政处罚|{cell}")).unwrap();
        assert_eq!(range(base, span), line.range, "{text}");
    }

    #[test]
    fn a_range_is_read_however_it_is_written() {
        is("五万元以上十万元以下", "50000-100000元");
        is("5万元以上10万元以下", "50000-100000元");
        is("5-10万元", "50000-100000元");
        is("5000-1万元", "5000-10000元");
        is("五至十万元", "50000-100000元");
        is("5000元以下", "0-5000元");
        is("500元", "500元");
        is("不超过5万元", "0-50000元");
        is("货值金额十倍以上二十倍以下", "货值金额10-20倍");
        is("违法生产、销售的产品货值金额等值以上三倍以下", "货值金额1-3倍");
        is("货值金额百分之五十以上三倍以下", "货值金额0.5-3倍");
        is("合同价款百分之五以上百分之十以下", "合同价款5-10%");
        is("合同价款5-10%", "合同价款5-10%");
        is("合同价款千分之五以上百分之一以下", "合同价款5-10‰");
        is("上一年年收入百分之六十至百分之一百", "上一年年收入0.6-1倍");
        is("每平方米一百元以上三百元以下", "面积每平方米100-300元");
        is("每名劳动者五百元以上二千元以下", "劳动者人数每人500-2000元");
        is("每辆机动车五千元", "机动车数量每辆5000元");
        is("五日以上十五日以下", "5-15日");
        is("三个月以上六个月以下", "3-6个月");
        is("一年至三年", "1-3年");
        is("十年直至终身", "10年至终身");
    }

    #[test]
    fn a_range_without_an_upper_end_or_without_its_base_is_none() {
        for text in ["五万元以上", "三倍以下", "合同价款五万元以下", "不满五万元", "超过五万元", "货值金额五日以下"]
        {
            assert_eq!(based(text).and_then(|(base, span)| range(base, span)), None, "{text}");
        }
        for text in ["十万元以上五万元以下", "五万元以上三倍以下", "200-500万元"] {
            assert_eq!(based(text).filter(|(base, _)| base.is_empty()), None, "{text}");
        }
    }
}
