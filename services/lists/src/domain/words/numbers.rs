//! Numbers as the law writes them: `5000`, `1.5万`, `５０,０００`, 五万, 一百五十万, 一点五, 百分之五, 千分之三, 二分之一.
//!
//! Invariant: what cannot be held exactly is no number.

/// More than any amount of a penalty, and no product of it overflows.
const HUNDREDTHS_MAX: i128 = 10_000_000_000_000_000;

/// The number that a text begins with, in hundredths, whether it is followed by 万 or more, and what comes after it.
pub(super) fn number(text: &str) -> Option<(Number, &str)> {
    let (hundredths, rest) =
        if text.starts_with(|c: char| c.is_ascii_digit()) { arabic(text)? } else { chinese(text)? };
    let used = &text[..text.len() - rest.len()];
    Some((Number { hundredths: i64::try_from(hundredths).ok()?, in_ten_thousands: used.ends_with('万') }, rest))
}

/// A number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// In hundredths.
    pub(super) hundredths: i64,
    /// Written in 万: the number before it in `5-10万元` is, too.
    pub(super) in_ten_thousands: bool,
}

fn arabic(text: &str) -> Option<(i128, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    let (written, mut rest) = text.split_at(end);
    let plain: String = grouped(written)?;
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.len() > 14 || part.len() > 6 || part.contains('.') || (part.is_empty() && plain.contains('.')) {
        return None;
    }
    let mut millionths: i128 = format!("{whole}{part:0<6}").parse().ok()?;
    while let Some((next, times)) = rest.chars().next().and_then(|c| Some((c, scale(c)?))) {
        millionths = millionths.checked_mul(times)?;
        rest = &rest[next.len_utf8()..];
    }
    // 1万5千 would be read as two numbers.
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit() || digit(c).is_some());
    (ends && millionths % 10_000 == 0 && millionths / 10_000 <= HUNDREDTHS_MAX).then_some((millionths / 10_000, rest))
}

/// Without the commas that part thousands.
fn grouped(written: &str) -> Option<String> {
    let whole = written.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let fits = !whole.contains(',')
        || groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3);
    fits.then(|| written.replace(',', ""))
}

fn digit(c: char) -> Option<i128> {
    const DIGITS: [&str; 10] = ["零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"];
    (0..).zip(DIGITS).find(|(_, of)| of.contains(c)).map(|(value, _)| value)
}

fn scale(c: char) -> Option<i128> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

fn chinese(text: &str) -> Option<(i128, &str)> {
    let (mut whole, mut below, mut last, mut end) = (0_i128, 0_i128, None::<i128>, 0);
    for (at, c) in text.char_indices() {
        if let Some(value) = digit(c) {
            // 二三 is no number but a list of two.
            if last.is_some_and(|before| before != 0) {
                return None;
            }
            last = Some(value);
        } else if let Some(times) = scale(c) {
            if times >= 10_000 {
                // 一亿二千万: a smaller one does not lift what stands before it.
                let part = below + last.take().unwrap_or(0);
                whole = if whole >= times {
                    whole + part.checked_mul(times)?
                } else {
                    (whole + part).checked_mul(times)?
                };
                below = 0;
            } else {
                // 十万 is ten of them, 百万 is not written without 一.
                let count = last.take().filter(|n| *n != 0).or((times == 10 && below == 0).then_some(1))?;
                below += count * times;
            }
        } else {
            break;
        }
        if whole > HUNDREDTHS_MAX {
            return None;
        }
        end = at + c.len_utf8();
    }
    if end == 0 {
        return None;
    }
    let (value, rest) = (whole + below + last.unwrap_or(0), &text[end..]);
    let Some(decimals) = rest.strip_prefix('点') else { return bounded(value * 100, rest) };
    let (mut hundredths, mut place, mut rest) = (value * 100, 10, decimals);
    while let Some((c, of)) = rest.chars().next().and_then(|c| Some((c, digit(c)?))) {
        if place == 0 {
            return None;
        }
        hundredths += of * place;
        place /= 10;
        rest = &rest[c.len_utf8()..];
    }
    if place == 10 { None } else { bounded(hundredths, rest) }
}

fn bounded(hundredths: i128, rest: &str) -> Option<(i128, &str)> {
    (hundredths <= HUNDREDTHS_MAX).then_some((hundredths, rest))
}

/// The share that a text begins with, in ten-thousandths, and what comes after it.
pub(super) fn share(text: &str) -> Option<(i64, &str)> {
    let (first, rest) = match text.chars().next()? {
        c @ ('百' | '千' | '万') => (i64::try_from(scale(c)? * 100).ok()?, &text[c.len_utf8()..]),
        _ => {
            let (number, rest) = number(text)?;
            (number.hundredths, rest)
        }
    };
    if let Some(rest) = rest.strip_prefix("分之") {
        let (of, rest) = number(rest)?;
        return exact(of.hundredths.checked_mul(10_000)?, first).map(|value| (value, rest));
    }
    if let Some(rest) = rest.strip_prefix('%') {
        return Some((first, rest));
    }
    rest.strip_prefix('‰').and_then(|rest| Some((exact(first, 10)?, rest)))
}

fn exact(value: i64, by: i64) -> Option<i64> {
    (by != 0 && value % by == 0).then(|| value / by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(text: &str, hundredths: i64, rest: &str) {
        assert_eq!(number(text).map(|(n, rest)| (n.hundredths, rest)), Some((hundredths, rest)), "{text}");
    }

    #[test]
    fn a_number_is_read_in_every_script() {
        is("5000元", 500_000, "元");
        is("1.5万元", 1_500_000, "元");
        is("50,000元", 5_000_000, "元");
        is("五万元", 5_000_000, "元");
        is("十五日", 1_500, "日");
        is("一百五十万元", 150_000_000, "元");
        is("二十万元", 20_000_000, "元");
        is("一千零五十元", 105_000, "元");
        is("二万五千元", 2_500_000, "元");
        is("一亿二千万元", 12_000_000_000, "元");
        is("一点五倍", 150, "倍");
        is("两年", 200, "年");
        is("5千元", 500_000, "元");
        is("伍仟元", 500_000, "元");
    }

    #[test]
    fn what_is_no_single_number_is_none() {
        for text in
            ["二三万元", "1万5千元", "5,00元", "1.2.3元", "元", "点五", "0.0000001万", "百万", "12345678901234567元"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_share_is_read_in_ten_thousandths() {
        let is = |text: &str| share(text).map(|(value, _)| value);
        assert_eq!(is("百分之五以上"), Some(500));
        assert_eq!(is("百分之一百的"), Some(10_000));
        assert_eq!(is("千分之三"), Some(30));
        assert_eq!(is("万分之五"), Some(5));
        assert_eq!(is("二分之一"), Some(5_000));
        assert_eq!(is("百分之零点五"), Some(50));
        assert_eq!(is("5%"), Some(500));
        assert_eq!(is("0.5‰"), Some(5));
        assert_eq!(is("三分之一"), None);
        assert_eq!(is("五万元"), None);
    }
}
