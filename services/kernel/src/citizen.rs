//! What of a citizen may be recorded.
//!
//! Invariant: a citizen's full name and id number end here. They are replaced inside the request itself, before it is
//! read further or digested: even the command's digest could otherwise be used to try out id numbers.

use std::fmt;

use hmac::{Hmac, Mac as _};
use jiff::civil::Date;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

use crate::{fields::Fields, text::NAME};

/// Most characters of a document's number.
const ID_MAX: usize = 32;

/// What is said of a text that holds an id number.
pub const ID_NUMBER_ZH: &str = "含有公民身份号码，不得记录；请改写为“当事人”";
/// The same in English.
pub const ID_NUMBER_EN: &str = "holds a citizen's id number, which must not be recorded; write 当事人 instead";

/// The key under which id numbers are digested: without it, a digest cannot be tried out.
#[derive(Clone)]
pub struct DigestKey([u8; 32]);

impl fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DigestKey")
    }
}

impl DigestKey {
    /// A key.
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// HMAC-SHA-256 of an id number, hex: the same however it is written, and for the 15 digits of before the same as for the
    /// 18 of now.
    pub fn digest(&self, id_number: &str) -> String {
        self.digest_bytes(plain(id_number).as_bytes())
    }

    /// HMAC-SHA-256 of bytes as they are, hex.
    pub fn digest_bytes(&self, bytes: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(bytes);
        hex::encode(mac.finalize().into_bytes())
    }

    /// Replaces a citizen's name by the masked one and the id number by its digest. None of the other texts of the
    /// request, by path, may hold either.
    pub fn protect(
        &self,
        f: &mut Fields,
        path: &str,
        (name, id_number): (&mut String, &mut String),
        texts: &[(&str, &str)],
    ) {
        let full = f.read(&format!("{path}.name"), name, NAME).unwrap_or_default();
        let (id, written) = (plain(id_number), folded(id_number));
        let called = folded(&full);
        if !id.is_empty() && (id.len() > ID_MAX || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
            f.wrong(
                &format!("{path}.id_number"),
                format!("最多{ID_MAX}个字母、数字或者连字符"),
                format!("must be at most {ID_MAX} letters, digits or hyphens"),
            );
        }
        for (path, text) in texts {
            let said = folded(text);
            let named = called.chars().count() > 1 && said.contains(&called);
            let numbered = [&id, &written].into_iter().any(|id| !id.is_empty() && said.contains(id.as_str()));
            if named || numbered || holds_id_number(text) {
                f.wrong(
                    path,
                    "含有公民的姓名或者证件号码，不得记录，请改写为“当事人”",
                    "holds the citizen's name or id number, which must not be recorded; write 当事人 instead",
                );
            }
        }
        *name = masked(&full);
        *id_number = if id.is_empty() { String::new() } else { self.digest(&id) };
    }
}

/// What a text says whatever way it is written: one form of every letter and digit, upper case, and without what people put
/// between them: blanks, hyphens, points, the middle dots of names, what has no width.
pub(crate) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !is_between(*c)).flat_map(char::to_uppercase).collect()
}

fn is_between(c: char) -> bool {
    let dot = matches!(c, '·' | '•' | '・' | '‧' | '∙' | '⋅' | '.' | '．' | '_' | '−');
    let by_category = || matches!(c.general_category(), GeneralCategory::DashPunctuation | GeneralCategory::Format);
    dot || c.is_whitespace() || (!c.is_ascii() || c == '-') && by_category()
}

/// The number of an identity document in the one form that it is digested in: an identity number of the first generation, with
/// 15 digits, as the 18 that the same person has now. A number of another kind keeps its hyphens.
fn plain(id_number: &str) -> String {
    let all = folded(id_number);
    match all.len() {
        15 if is_first_generation(&all) => second_generation(&all),
        18 if is_id_number(all.as_bytes()) => all,
        _ => id_number.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect(),
    }
}

/// The day of birth that an id number (GB 11643) holds; nothing where it is a document of another kind.
pub fn born(id_number: &str) -> Option<Date> {
    let id = plain(id_number);
    if !is_id_number(id.as_bytes()) {
        return None;
    }
    id.get(6..14)?.parse::<u32>().ok().and_then(|day| {
        let part = |n: u32| i8::try_from(n).ok();
        Date::new(i16::try_from(day / 10_000).ok()?, part(day / 100 % 100)?, part(day % 100)?).ok()
    })
}

/// Whole years of age (周岁) on a day: they are full from the day after the birthday.
pub fn age_on(born: Date, day: Date) -> u8 {
    let years = i32::from(day.year()) - i32::from(born.year());
    // Whoever is born on 29 February is a year older after 28 February of a common year.
    let birthday =
        Date::new(day.year(), born.month(), born.day().min(last_of(day.year(), born.month()))).unwrap_or(day);
    u8::try_from(years - i32::from(day <= birthday)).unwrap_or_default()
}

fn last_of(year: i16, month: i8) -> i8 {
    Date::new(year, month, 1).map_or(28, Date::days_in_month)
}

/// Whether a text holds a citizen's id number (GB 11643), however its digits are grouped and whatever they stand in: 18
/// characters with a province, a day of birth and the right check character, or 15 digits by themselves, which have none.
pub fn holds_id_number(text: &str) -> bool {
    // Most texts have no number so long.
    if text.chars().filter(|c| c.is_numeric()).count() < 15 {
        return false;
    }
    let mut groups: Vec<String> = vec![String::new()];
    let mut between = 0;
    // Digits belong together while little stands between them; a break ends what may be one number.
    let mut runs = Vec::new();
    for c in text.nfkc() {
        match c {
            c if c.is_ascii_alphanumeric() => {
                if between > 0 {
                    groups.push(String::new());
                }
                between = 0;
                groups.last_mut().expect("one at least").push(c.to_ascii_uppercase());
            }
            c if is_between(c) && between < BETWEEN_MAX => between += 1,
            _ => {
                runs.push(std::mem::replace(&mut groups, vec![String::new()]));
                between = 0;
            }
        }
    }
    runs.push(groups);
    runs.iter().any(|groups| {
        let whole = groups.concat();
        whole.as_bytes().windows(18).any(is_id_number)
            || groups.iter().any(|group| is_first_generation(group))
            || groups.windows(3).any(|three| {
                // As it is printed in groups; 15 digits in any others are too often something else.
                three.iter().map(String::len).eq([6, 6, 3]) && is_first_generation(&three.concat())
            })
    })
}

/// Most characters between two digits of one number.
const BETWEEN_MAX: usize = 3;

fn is_id_number(word: &[u8]) -> bool {
    let Some((body, [check])) = word.split_at_checked(17) else { return false };
    is_born(body, 6, 8) && *check == check_character(body)
}

/// Whether digits begin with a province and hold a day of birth of so many digits at a place.
fn is_born(digits: &[u8], at: usize, len: usize) -> bool {
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = |from: usize, to: usize| digits[from..to].iter().fold(0_i16, |n, b| n * 10 + i16::from(b - b'0'));
    let province =
        matches!(number(0, 2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91);
    let year = if len == 8 { number(at, at + 4) } else { 1900 + number(at, at + 2) };
    let (month, day) = (number(at + len - 4, at + len - 2) as i8, number(at + len - 2, at + len) as i8);
    province && (1850..2100).contains(&year) && jiff::civil::Date::new(year, month, day).is_ok()
}

fn check_character(body: &[u8]) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    b"10X98765432"[sum as usize % 11]
}

fn is_first_generation(word: &str) -> bool {
    word.len() == 15 && is_born(word.as_bytes(), 6, 6)
}

/// The number that a person with a number of the first generation has now: the century of birth and a check character.
fn second_generation(first: &str) -> String {
    let body = format!("{}19{}", &first[..6], &first[6..]);
    format!("{body}{}", char::from(check_character(body.as_bytes())))
}

/// The first character of a name and two stars, whatever its length.
fn masked(name: &str) -> String {
    name.trim().chars().next().map_or_else(String::new, |first| format!("{first}**"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DigestKey {
        DigestKey::new([7; 32])
    }

    #[test]
    fn a_citizen_is_a_masked_name_and_a_keyed_digest() {
        let mut f = Fields::new();
        let (mut name, mut id) = ("王小明".to_owned(), "23088319900101001x".to_owned());
        key().protect(&mut f, "party", (&mut name, &mut id), &[("violation.fact", "当事人无证经营")]);
        f.finish().unwrap();
        assert_eq!((name.as_str(), id), ("王**", key().digest("23088319900101001X")));
    }

    #[test]
    fn a_digest_depends_on_the_key_and_not_on_how_the_number_is_written() {
        let digest = key().digest("23088319900101001X");
        assert_eq!(digest, key().digest(" 230883 19900101 001x "));
        assert_ne!(digest, DigestKey::new([8; 32]).digest("23088319900101001X"));
        assert_ne!(digest, key().digest("23088319900101002X"));
        // As another implementation of HMAC-SHA-256 computes it.
        assert_eq!(digest, "90480df890ce8a2207cd3e6760f21d47d6a3a1ba3c11e52aead4b0b23034e0f6");
    }

    #[test]
    fn an_age_is_full_the_day_after_the_birthday() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let id = |born: &str| {
            let body = format!("110101{born}123");
            let check = char::from(check_character(body.as_bytes()));
            super::born(&format!("{body}{check}"))
        };
        let born = id("20100315").expect("a day of birth");
        assert_eq!(born, day("2010-03-15"));
        for (on, age) in
            [("2024-03-15", 13), ("2024-03-16", 14), ("2028-03-15", 17), ("2028-03-16", 18), ("2009-01-01", 0)]
        {
            assert_eq!(age_on(born, day(on)), age, "{on}");
        }
        let leap = id("20120229").expect("a day of birth");
        assert_eq!((age_on(leap, day("2026-02-28")), age_on(leap, day("2026-03-01"))), (13, 14));
        assert_eq!(super::born("E12345678"), None);
        assert_eq!(super::born("110101201013151234"), None);
    }

    #[test]
    fn knows_an_id_number_by_its_day_and_check_character() {
        for text in [
            "11010519491231002X",
            "当事人11010519491231002x，男",
            "证件（230883199001010015）",
            "110105 19491231 002X",
            "110105-1949-1231-002X",
            "1101 0519 4912 3100 2X",
            "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105\u{3000}19491231\u{2013}002x",
            "110105\u{200b}19491231002X",
            "编号0011010519491231002X",
            "ID11010519491231002X号",
            "6222110105194912310021 11010519491231002X7",
            "身份证110105491231002",
            "110105 491231 002",
            "１１０１０５４９１２３１００２",
        ] {
            assert!(holds_id_number(text), "{text}");
        }
        for text in [
            "",
            "110105194912310021",
            "11010519491331002X",
            "11010519491231002",
            "91230883MAYGTAHY5L",
            "违法所得3000元，银行回单622848001122334455",
            "抚市监罚〔2026〕12号，2026-03-24至2026-04-30，电话0454-1234567、13900001234",
            "0190b2c8-0000-7000-8000-000000000300",
            "快递单号773012345678901、110105 4912 310 02",
        ] {
            assert!(!holds_id_number(text), "{text}");
        }
    }

    #[test]
    fn one_person_has_one_digest() {
        let now = key().digest("11010519491231002X");
        for written in [
            "11010519491231002x",
            "110105-19491231-002X",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105 1949 1231 002X",
            "110105491231002",
            "110105 491231 002",
        ] {
            assert_eq!(key().digest(written), now, "{written}");
        }
        // What is no identity number stays as it is.
        assert_ne!(key().digest("H-1234567"), key().digest("H1234567"));
    }

    #[test]
    fn masks_a_name_of_any_length_alike() {
        for (name, want) in [("王五", "王**"), ("王小明", "王**"), ("欧阳小明", "欧**"), (" 李 ", "李**"), ("", "")]
        {
            assert_eq!(masked(name), want);
        }
    }

    #[test]
    fn refuses_a_text_that_names_the_citizen() {
        for (name, fact) in [
            ("王小明", "王小明无证经营"),
            ("王小明", "当事人王 小\u{3000}明无证经营"),
            ("王 小明", "王小明无证经营"),
            ("王小明", "身份证23088319900101001X的人无证经营"),
            ("王小明", "身份证230883-19900101-001x的人无证经营"),
            ("王小明", "身份证２３０８８３19900101 001X的人无证经营"),
            ("阿卜杜拉·买买提", "阿卜杜拉•买买提无证经营"),
            ("阿卜杜拉・买买提", "阿卜杜拉‧买买提无证经营"),
            ("阿卜杜拉 买买提", "阿卜杜拉·买买提无证经营"),
        ] {
            let mut f = Fields::new();
            let (mut name, mut id) = (name.to_owned(), "23088319900101001X".to_owned());
            key().protect(&mut f, "party", (&mut name, &mut id), &[("violation.fact", fact)]);
            let status = f.finish().unwrap_err();
            assert!(status.message().contains("violation.fact"), "{fact}: {}", status.message());
            assert!(!status.message().contains("王小明"));
        }
    }
}
