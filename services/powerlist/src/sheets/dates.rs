//! Days as people write them.

use jiff::civil::Date;
use kernel::days::{self, BadDay};

/// Reads a day: `2021-07-15`, `2021-7-15`, `2021/7/15`, `2021.7.15`, `2021年7月15日`, `20210715`; a midnight behind it says nothing.
///
/// # Errors
/// When it is written otherwise, is no day, or lies out of bounds.
pub(super) fn read(text: &str) -> Result<Date, BadDay> {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "0:00"));
    if !time.chars().all(|c| matches!(c, '0' | ':' | '.')) {
        return Err(BadDay::Form);
    }
    let parts: Vec<&str> = match day.strip_suffix('日') {
        Some(day) => {
            let (year, rest) = day.split_once('年').ok_or(BadDay::Form)?;
            let (month, day) = rest.split_once('月').ok_or(BadDay::Form)?;
            vec![year, month, day]
        }
        None if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) => vec![&day[..4], &day[4..6], &day[6..]],
        None => {
            let by = day
                .chars()
                .find(|c| !c.is_ascii_digit())
                .filter(|c| matches!(c, '-' | '/' | '.'))
                .ok_or(BadDay::Form)?;
            day.split(by).collect()
        }
    };
    let [year, month, day] = parts.as_slice() else { return Err(BadDay::Form) };
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        let text = text.trim();
        let plain = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i16>().ok().filter(|_| plain).ok_or(BadDay::Form)
    };
    let small = |text: &str| i8::try_from(number(text, 1..=2)?).map_err(|_| BadDay::Form);
    let day = Date::new(number(year, 4..=4)?, small(month)?, small(day)?).map_err(|_| BadDay::Form)?;
    days::within(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_in_their_usual_forms_and_no_others() {
        for text in [
            "2021-07-15",
            "2021-7-15",
            "2021/7/15",
            "2021/07/15",
            "2021.7.15",
            "2021年7月15日",
            "2021年07月15日",
            "20210715",
            "2021-07-15 00:00:00",
            "2021-07-15T00:00:00.000",
        ] {
            assert_eq!(read(text).map(|day| day.to_string()).as_deref(), Ok("2021-07-15"), "{text}");
        }
        for text in [
            "",
            "2021",
            "2021-07",
            "21-7-15",
            "2021-13-15",
            "2021-02-30",
            "15/7/2021",
            "2021/7.15",
            "2021年7月",
            "7月15日",
            "2021-07-15 08:30",
            "+021-07-15",
            "2021-7-15-1",
            "二〇二一年七月十五日",
            "44392",
        ] {
            assert_eq!(read(text), Err(BadDay::Form), "{text}");
        }
        assert!(matches!(read("1900/1/1"), Err(BadDay::Early(_))));
    }
}
