//! How numbers, days and times are written.

use jiff::{Timestamp, civil::Date, tz::Offset};

use super::i18n::Lang;

/// A count with thousands separators: `12,345`.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Money from fen, in yuan with two places: `12,345.60`.
pub(crate) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "−" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", count(fen / 100), fen % 100)
}

/// Money with its unit: `12,345.60 元`, `CNY 12,345.60`.
pub(crate) fn money(fen: i64, lang: Lang) -> String {
    lang.pick(format!("{} 元", yuan(fen)), format!("CNY {}", yuan(fen)))
}

/// A large sum for a figure: `1,234.5 万元`, `CNY 12.3 m`; small ones in full.
pub(crate) fn money_short(fen: i64, lang: Lang) -> String {
    let tenth = |of: i64| {
        let tenths = fen / (of / 10);
        format!("{}.{}", count(tenths.unsigned_abs() / 10), tenths.unsigned_abs() % 10)
    };
    match lang {
        Lang::Zh if fen >= 1_000_000 => format!("{} 万元", tenth(1_000_000)),
        Lang::En if fen >= 100_000_000 => format!("CNY {} m", tenth(100_000_000)),
        Lang::En if fen >= 1_000_000 => format!("CNY {} k", tenth(100_000)),
        _ => money(fen, lang),
    }
}

/// Hundredths of a percent as a percentage: `98.5 %`, `100 %`.
pub(crate) fn percent(hundredths: i64) -> String {
    match (hundredths / 100, hundredths % 100 / 10) {
        (whole, 0) => format!("{whole}%"),
        (whole, tenth) => format!("{whole}.{tenth}%"),
    }
}

/// A moment in Beijing time, to the minute: `2026-03-04 10:22`.
pub(crate) fn minute(at: Timestamp) -> String {
    Offset::constant(8).to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A moment in Beijing time, to the second.
pub(crate) fn second(at: Timestamp) -> String {
    Offset::constant(8).to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A moment for the `datetime` attribute.
pub(crate) fn machine(at: Timestamp) -> String {
    Offset::constant(8).to_datetime(at).strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string()
}

/// The first and last day of a month written `2026-03`.
pub(crate) fn month_days(month: &str) -> Option<(Date, Date)> {
    let first: Date = format!("{month}-01").parse().ok()?;
    Some((first, first.last_of_month()))
}

/// A size: `512 B`, `3.4 KiB`, `12.0 MiB`.
pub(crate) fn size(bytes: u64) -> String {
    let (unit, per) = match bytes {
        0..1024 => return format!("{bytes} B"),
        1024..1_048_576 => ("KiB", 1024),
        _ => ("MiB", 1_048_576),
    };
    let tenths = bytes.saturating_mul(10) / per;
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_as_tables_do() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1000), "1,000");
        assert_eq!(count(12_345_678), "12,345,678");
        assert_eq!(yuan(5), "0.05");
        assert_eq!(yuan(-123_456), "−1,234.56");
        assert_eq!(money(10_000, Lang::Zh), "100.00 元");
        assert_eq!(money_short(999_999, Lang::Zh), "9,999.99 元");
        assert_eq!(money_short(123_456_700, Lang::Zh), "123.4 万元");
        assert_eq!(money_short(123_456_700, Lang::En), "CNY 1.2 m");
        assert_eq!(percent(10_000), "100%");
        assert_eq!(percent(9_857), "98.5%");
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1_572_864), "1.5 MiB");
    }

    #[test]
    fn tells_times_in_beijing_and_days_of_months() {
        let at: Timestamp = "2026-03-03T18:22:33Z".parse().unwrap();
        assert_eq!(minute(at), "2026-03-04 02:22");
        assert_eq!(machine(at), "2026-03-04T02:22:33+08:00");
        let (first, last) = month_days("2024-02").unwrap();
        assert_eq!((first.to_string().as_str(), last.to_string().as_str()), ("2024-02-01", "2024-02-29"));
        assert!(month_days("2024-13").is_none());
    }
}
