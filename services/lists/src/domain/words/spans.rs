//! How much and how long: 五万元以上十万元以下, `5-10万元`, 一倍以上三倍以下, 百分之五十以上三倍以下, 五年内, 十年直至终身,
//! 不足一万元, 超过三个月. 以上、以下、以内、届满 take their number in, 不满、不足、超过、以外 leave it out (Civil Code 1259).

use super::{
    super::outcome::Border,
    numbers::{Number, number, share},
};

/// Units that a quantity is measured in, longest first where one begins with another.
pub(super) const UNITS: [&str; 28] = [
    "平方公里",
    "平方米",
    "立方米",
    "公顷",
    "公里",
    "公斤",
    "千克",
    "毫克",
    "分贝",
    "小时",
    "千瓦",
    "吨",
    "克",
    "亩",
    "株",
    "米",
    "人",
    "名",
    "头",
    "只",
    "辆",
    "件",
    "份",
    "台",
    "张",
    "次",
    "户",
    "艘",
];

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// 元, in fen.
    Fen(i64),
    /// 倍, 百分之…, 等值: in ten-thousandths of a base.
    Share(i64),
    /// 日.
    Days(i64),
    /// 个月 and 年.
    Months(i64),
    /// Another unit, in hundredths of it.
    Of(i64, &'static str),
}

impl Measure {
    /// The number in hundredths, and the unit, where a condition measures by it.
    pub(super) fn measured(self) -> (i64, &'static str) {
        match self {
            Self::Fen(fen) => (fen, "元"),
            Self::Share(parts) => (parts, "%"),
            Self::Days(days) => (days * 100, "日"),
            Self::Months(months) => (months * 100, "个月"),
            Self::Of(hundredths, unit) => (hundredths, unit),
        }
    }

    fn like(self, other: Self) -> bool {
        self.measured().1 == other.measured().1
    }

    pub(super) fn value(self) -> i64 {
        self.measured().0
    }
}

/// Between which measures; an end is there with whether it belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Option<(Measure, bool)>,
    pub(super) to: Option<(Measure, bool)>,
    /// 至终身.
    pub(super) for_life: bool,
}

impl Span {
    fn of(from: Option<(Measure, bool)>, to: Option<(Measure, bool)>) -> Option<Self> {
        let fits = match (from, to) {
            (Some((low, _)), Some((high, _))) => low.like(high) && low.value() <= high.value(),
            _ => true,
        };
        fits.then_some(Self { from, to, for_life: false })
    }

    /// The two ends of a condition, and their unit.
    pub(super) fn borders(self) -> Option<(Option<Border>, Option<Border>, &'static str)> {
        let border = |end: (Measure, bool)| Border { hundredths: end.0.value(), included: end.1 };
        let unit = self.from.or(self.to)?.0.measured().1;
        Some((self.from.map(border), self.to.map(border), unit))
    }

    /// The amount, where it is one and not a stretch.
    pub(super) fn single(self) -> Option<Measure> {
        self.from.filter(|_| self.from == self.to).map(|(measure, _)| measure)
    }
}

fn unit(number: Number, rest: &str) -> Option<(Measure, &str)> {
    let whole = |n: i64| (n % 100 == 0).then_some(n / 100);
    let n = number.hundredths;
    if let Some(rest) = rest.strip_prefix('元') {
        // 元 may be followed by 人民币; the amount is the same.
        return Some((Measure::Fen(n), rest.strip_prefix("人民币").unwrap_or(rest)));
    }
    if let Some(rest) = rest.strip_prefix('倍') {
        return Some((Measure::Share(n.checked_mul(100)?), rest));
    }
    if let Some(rest) = rest.strip_prefix("个月").or_else(|| rest.strip_prefix('月')) {
        return Some((Measure::Months(whole(n)?), rest));
    }
    if let Some(rest) = rest.strip_prefix('年') {
        return Some((Measure::Months(whole(n.checked_mul(12)?)?), rest));
    }
    if let Some(rest) = ["日", "天"].iter().find_map(|day| rest.strip_prefix(day)) {
        return Some((Measure::Days(whole(n)?), rest));
    }
    UNITS.iter().find_map(|unit| Some((Measure::Of(n, unit), rest.strip_prefix(unit)?)))
}

/// The measure that a text begins with.
pub(super) fn measure(text: &str) -> Option<(Measure, &str)> {
    let text = text.strip_prefix("人民币").unwrap_or(text);
    if let Some(rest) = text.strip_prefix("等值") {
        return Some((Measure::Share(10_000), rest));
    }
    if let Some((parts, rest)) = share(text) {
        return Some((Measure::Share(parts), rest));
    }
    let (number, rest) = number(text)?;
    unit(number, rest)
}

const BELOW: [&str; 9] = ["<", "＜", "不足", "不满", "未满", "低于", "少于", "小于", "未达到"];
const ABOVE: [&str; 6] = [">", "＞", "超过", "高于", "多于", "大于"];
const AT_LEAST: [&str; 6] = ["≥", "达到", "不少于", "不低于", "达", "满"];
const AT_MOST: [&str; 5] = ["≤", "不超过", "不得超过", "不高于", "不多于"];
const TO: [&str; 3] = ["至", "到", "-"];

fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// The span that a text begins with, and what comes after it.
pub(super) fn span(text: &str) -> Option<(Span, &str)> {
    if let Some(rest) = after(text, &AT_MOST) {
        let (high, rest) = measure(rest)?;
        return Some((Span::of(None, Some((high, true)))?, rest));
    }
    if let Some(rest) = after(text, &BELOW) {
        let (high, rest) = measure(rest)?;
        return Some((Span::of(None, Some((high, false)))?, rest));
    }
    if let Some(rest) = after(text, &ABOVE) {
        let (low, rest) = measure(rest)?;
        return upper(Some((low, false)), rest);
    }
    if let Some(rest) = after(text, &AT_LEAST) {
        let (low, rest) = measure(rest)?;
        return upper(Some((low, true)), rest.strip_prefix("以上").unwrap_or(rest));
    }
    if let Some(first) = bare(text) {
        return Some(first);
    }
    let (first, rest) = measure(text)?;
    if let Some(rest) = rest.strip_prefix("以上") {
        return upper(Some((first, true)), rest);
    }
    if let Some(rest) = after(rest, &["以下", "以内", "内"]) {
        return Some((Span::of(None, Some((first, true)))?, rest));
    }
    if let Some(rest) = rest.strip_prefix("以外") {
        return Some((Span::of(Some((first, false)), None)?, rest));
    }
    if let Some(rest) = after(rest, &["直至终身", "至终身"]) {
        return Some((Span { from: Some((first, true)), to: None, for_life: true }, rest));
    }
    if let Some((second, rest)) = after(rest, &TO).and_then(measure) {
        let rest = after(rest, &["以下", "以内"]).unwrap_or(rest);
        return Some((Span::of(Some((first, true)), Some((second, true)))?, rest));
    }
    Some((Span::of(Some((first, true)), Some((first, true)))?, rest))
}

/// What limits a lower end from above, if anything does.
fn upper(from: Option<(Measure, bool)>, rest: &str) -> Option<(Span, &str)> {
    // 一万元以上、不满五万元.
    let next = rest.strip_prefix('、').unwrap_or(rest);
    if let Some((high, rest)) = after(next, &BELOW).and_then(measure) {
        return Some((Span::of(from, Some((high, false)))?, rest));
    }
    if let Some((high, rest)) = after(next, &AT_MOST).and_then(measure) {
        return Some((Span::of(from, Some((high, true)))?, rest));
    }
    if let Some((high, rest)) = measure(next)
        && let Some(rest) = after(rest, &["以下", "以内"])
    {
        return Some((Span::of(from, Some((high, true)))?, rest));
    }
    Some((Span::of(from, None)?, rest))
}

/// A span whose lower end leaves its unit to the upper one: `5-10万元`, 一至三倍.
fn bare(text: &str) -> Option<(Span, &str)> {
    let (low, rest) = number(text)?;
    let (high, after_high) = number(after(rest, &TO)?)?;
    let (high_measure, rest) = unit(high, after_high).or_else(|| {
        let parts = after_high.strip_prefix('%')?;
        Some((Measure::Share(high.hundredths), parts))
    })?;
    let mut low = low;
    if high.in_ten_thousands && !low.in_ten_thousands {
        let lifted = low.hundredths.checked_mul(10_000)?;
        if lifted <= high.hundredths {
            // 100-10万元 can be meant either way from a hundred on.
            if low.hundredths >= 10_000 {
                return None;
            }
            low.hundredths = lifted;
        }
    }
    let low_measure = match high_measure {
        Measure::Share(_) if after_high.starts_with('%') => Measure::Share(low.hundredths),
        _ => unit(low, after_high)?.0,
    };
    let rest = after(rest, &["以下", "以内"]).unwrap_or(rest);
    Some((Span::of(Some((low_measure, true)), Some((high_measure, true)))?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_belongs_to_a_span_as_the_civil_code_says() {
        let ends = |text: &str| {
            let (span, rest) = span(text).unwrap();
            assert_eq!(rest, "");
            let (from, to, _) = span.borders().unwrap();
            (from.map(|b| b.included), to.map(|b| b.included))
        };
        assert_eq!(ends("一万元以上"), (Some(true), None));
        assert_eq!(ends("不足一万元"), (None, Some(false)));
        assert_eq!(ends("一万元以上不足五万元"), (Some(true), Some(false)));
        assert_eq!(ends("超过1万元"), (Some(false), None));
        assert_eq!(ends("超过三日不满十日"), (Some(false), Some(false)));
        assert_eq!(ends("五亩以上十亩以下"), (Some(true), Some(true)));
        assert_eq!(ends("未达到十吨"), (None, Some(false)));
        assert_eq!(ends("三十日以外"), (Some(false), None));
        assert_eq!(ends("五日以内"), (None, Some(true)));
    }
}
