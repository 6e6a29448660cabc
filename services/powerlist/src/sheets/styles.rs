//! Days in a workbook: a number, and a style that says the number is a day.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};

use super::{
    fault::Bad,
    limits::STYLES_MAX,
    xml::{Token, Xml, attribute},
};

/// Which styles of a workbook show a number as a day or a time.
#[derive(Default)]
pub(super) struct Styles {
    days: Vec<bool>,
}

impl Styles {
    /// Reads them.
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, Bad> {
        let mut own = std::collections::BTreeMap::new();
        let (mut days, mut cells) = (Vec::new(), false);
        loop {
            let token = xml.next()?;
            let (tag, opens) = match &token {
                Token::Open(tag) => (tag.local_name(), true),
                Token::Close(tag) => (tag.local_name(), false),
                Token::Text(_) | Token::Other => continue,
                Token::End => return Ok(Self { days }),
            };
            match (tag.as_ref(), &token) {
                ("cellXfs", _) => cells = opens,
                ("numFmt", Token::Open(tag)) => {
                    let [id, code] = ["numFmtId", "formatCode"].map(|name| attribute("styles.xml", tag, name));
                    if let (Some(id), Some(code)) = (id?.and_then(|id| id.parse::<u32>().ok()), code?) {
                        own.insert(id, is_day(&code));
                    }
                }
                ("xf", Token::Open(tag)) if cells => {
                    let id = attribute("styles.xml", tag, "numFmtId")?;
                    let id = id.and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
                    days.push(own.get(&id).copied().unwrap_or(is_day_everywhere(id)));
                }
                _ => {}
            }
            if days.len() > STYLES_MAX || own.len() > STYLES_MAX {
                return Err(Bad::new(
                    format!("工作簿的单元格样式超过{STYLES_MAX}种，请把清单复制到新的工作簿"),
                    format!("the workbook has more than {STYLES_MAX} styles; copy the list into a new one"),
                ));
            }
        }
    }

    /// Of an old workbook: the format of each style, and which of its own formats are days.
    pub(super) fn of(formats: &[u16], own: &std::collections::BTreeMap<u16, bool>) -> Self {
        let is_day = |id: &u16| own.get(id).copied().unwrap_or(is_day_everywhere(u32::from(*id)));
        Self { days: formats.iter().map(is_day).collect() }
    }

    /// Whether a number of this style is a day.
    pub(super) fn is_day(&self, style: usize) -> bool {
        self.days.get(style).copied().unwrap_or(false)
    }
}

/// The numbers that stand for days and times everywhere, and those of the Chinese calendar's formats.
fn is_day_everywhere(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format's code shows days or times: a letter of one, outside of quotes and brackets.
pub(super) fn is_day(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut skip) = (false, false, false);
    // Behind the first ; stand the formats for numbers below zero and so on.
    code.chars().take_while(|c| *c != ';').any(|c| {
        match c {
            _ if std::mem::take(&mut skip) => return false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            // The next character is taken as it is.
            '\\' | '_' | '*' => skip = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if bracketed => {}
            _ => return matches!(c.to_ascii_lowercase(), 'y' | 'm' | 'd' | 'h' | 's'),
        }
        false
    })
}

/// The day that a number stands for; the part behind the point is the time of day.
pub(super) fn day(number: f64, from_1904: bool) -> Option<Date> {
    // The last one is 9999-12-31.
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it lies in the range")]
    let days = number as i64;
    let first = match (from_1904, days) {
        (true, _) => date(1904, 1, 1),
        // Spreadsheets take 1900 for a leap year.
        (false, ..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    first.checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days_as_spreadsheets_do() {
        for (number, said) in
            [(1.0, "1900-01-01"), (59.0, "1900-02-28"), (61.0, "1900-03-01"), (45_992.75, "2025-12-01")]
        {
            assert_eq!(day(number, false).unwrap().to_string(), said);
        }
        assert_eq!(day(44_530.0, true).unwrap().to_string(), "2025-12-01");
        assert_eq!(day(2_958_465.0, false).unwrap().to_string(), "9999-12-31");
        for beyond in [-1.0, 2_958_466.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(day(beyond, false), None, "{beyond}");
        }
    }

    #[test]
    fn tells_the_formats_of_days_from_others() {
        for code in ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy/m/d;@", "h:mm:ss"] {
            assert!(is_day(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0\"days\"", "[Red]0", "0\\d", "_d0", "0;d"] {
            assert!(!is_day(code), "{code}");
        }
    }
}
