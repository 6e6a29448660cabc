//! Values that nobody would send, and values that hardly anybody sends though they are valid.

use prost_reflect::{FieldDescriptor, Kind, Value};
use uuid::Uuid;

use super::sample::Corpus;
use crate::dice::Dice;

/// What is odd and yet a text: most of it is to be recorded as it stands, the rest in normal form.
const TEXTS: &[&str] = &[
    "葛\u{e0100}城",
    "辻\u{fe00}",
    "𠮷野家𱍐𲎰\u{33479}",
    "㐂䶮𬱖",
    "e\u{301}clair Zu\u{308}rich",
    "한글 ئۇيغۇر བོད ᠮᠣᠩᠭᠣᠯ\u{180e}ᠠ",
    "☎\u{fe0f} 👩\u{200d}👧",
    "零\u{200b}宽\u{feff}字",
    "  前后\u{3000}有空格\u{a0} ",
    "=HYPERLINK(\"http://x\",\"y\")",
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "<script>alert(1)</script>",
    "\"'`&lt;\\%_{}[]$1?:;--",
    "' OR 1=1; DROP TABLE events; --",
    "{\"a\":null}",
    "\\u0000\\ud800",
    "../../etc/passwd",
    "NULL",
    "0",
    "-1",
    "1e308",
    "NaN",
    "true",
    "甲",
    "2025-02-28",
    "230883",
    "第9999999999999999999号",
    "ﷺﷺﷺ",
    "ǅﬁ①㈱㍿",
    "\u{0f71}\u{0f72}\u{0f74}",
    "AND OR NOT NEAR * ^ \"",
];

/// What must not be recorded.
const BAD_TEXTS: &[&str] = &[
    "虚构\0甲",
    "\0",
    "虚\u{7}构",
    "虚\u{1b}[31m构",
    "虚\u{85}构",
    "虚\u{202e}构\u{202c}",
    "虚\u{2066}构",
    "虚\u{200f}构",
    "虚\u{3164}构",
    "\u{2800}\u{115f}",
    "虚\u{e0041}构",
    "虚\u{fffe}构",
    "虚\u{10ffff}构",
    "虚\u{378}构",
    "虚\u{e000}构",
    "虚\u{f0000}构",
    "葛\u{e0100}\u{e0101}",
    "甲 \u{fe0f}",
    "a\u{e0100}",
    "\u{301}\u{fe0f}",
    "甲\u{2028}乙",
    "甲\n乙",
    "甲\r\n乙\r",
    " ",
    "\u{3000}\u{a0}\t",
    "\u{200b}\u{200d}\u{feff}",
    "\n",
    "230883199001010015",
    "２３０８８３－１９９００１０１－００１５",
    "",
];

const DAYS: &[&str] = &[
    "0024-03-01",
    "0000-01-01",
    "-0001-01-01",
    "9999-12-31",
    "99999-01-01",
    "1949-09-30",
    "1949-10-01",
    "2099-12-31",
    "2100-01-01",
    "2024-02-29",
    "2025-02-29",
    "2026-02-30",
    "2025-13-01",
    "2025-00-00",
    "2025-1-1",
    "20250101",
    "2025-06-02T00:00:00Z",
    "2025-06-02[Asia/Shanghai]",
    "+002025-06-02",
    "２０２５－０６－０２",
    " 2025-06-02",
    "2025-06-02",
    "2025-12-31",
    "2026-01-01",
    "2025年6月2日",
];

const IDS: &[&str] = &[
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "0195D2B0-0000-7000-8000-00000000ABCD",
    "{0195d2b0-0000-7000-8000-00000000abcd}",
    "urn:uuid:0195d2b0-0000-7000-8000-00000000abcd",
    "0195d2b000007000800000000000abcd",
    "0195d2b0-0000-7000-8000-00000000abc",
    "0195d2b0-0000-7000-8000-00000000abcd ",
    "none",
    "17",
];

const WHOLE: &[i64] = &[
    0,
    1,
    -1,
    2,
    7,
    60,
    100,
    255,
    256,
    65_535,
    65_536,
    1_000_000,
    i32::MAX as i64,
    i32::MIN as i64,
    u32::MAX as i64,
    100_000_000_000_000,
    100_000_000_000_001,
    253_402_300_799,
    253_402_300_800,
    -62_135_596_800,
    -62_135_596_801,
    -377_705_116_800,
    999_999_999,
    1_000_000_000,
    i64::MAX,
    i64::MIN,
    i64::MAX - 1,
];

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-'
}

/// A text for a field, by what stands there now.
pub(super) fn text(dice: &mut Dice, corpus: &Corpus, field: &FieldDescriptor, now: &str) -> String {
    let like = corpus.values.get(field.name()).and_then(|values| values[dice.below(values.len())].as_str());
    let like = like.unwrap_or(now).to_owned();
    if dice.below(4) == 0 && !like.is_empty() {
        return like;
    }
    let model = if now.is_empty() { like.as_str() } else { now };
    if is_day(model) && dice.below(5) > 0 {
        if let Ok(day) = model.parse::<jiff::civil::Date>()
            && dice.below(2) == 0
        {
            let other = day.checked_add(jiff::Span::new().days(i32::try_from(dice.below(800)).expect("few") - 400));
            return other.map(|day| day.to_string()).unwrap_or_default();
        }
        return (*dice.of(DAYS)).to_owned();
    }
    if model.len() == 36 && model.parse::<Uuid>().is_ok() && dice.below(5) > 0 {
        return match dice.below(4) {
            0 => Uuid::from_u128(u128::from(dice.0)).to_string(),
            1 => model.to_uppercase(),
            _ => (*dice.of(IDS)).to_owned(),
        };
    }
    match dice.below(20) {
        0..8 => (*dice.of(TEXTS)).to_owned(),
        8..10 => format!("{model}{}", dice.of(TEXTS)),
        10..14 => (*dice.of(BAD_TEXTS)).to_owned(),
        14 => format!("{}{model}", dice.of(BAD_TEXTS)),
        15 => {
            let length = *dice.of(&[299, 300, 301, 4_000, 8_000, 8_001]);
            "长".repeat(length)
        }
        // Bytes, not characters, are what other limits count.
        16 => "𠮷".repeat(*dice.of(&[75, 300, 8_000])),
        17 => format!("{}止", dice.of(DAYS)),
        18 => (*dice.of(IDS)).to_owned(),
        _ => "x".repeat(*dice.of(&[1, 64, 256, 1_000, 65_536, 200_000])),
    }
}

/// A value of one entry of a field, by what stands there now.
pub(super) fn value(dice: &mut Dice, corpus: &Corpus, field: &FieldDescriptor, now: &Value) -> Option<Value> {
    let whole = |dice: &mut Dice, now: i64| match dice.below(6) {
        0 => now.wrapping_add(1),
        1 => now.wrapping_sub(1),
        2 => now.wrapping_mul(100),
        _ => *dice.of(WHOLE),
    };
    Some(match now {
        Value::String(now) => Value::String(text(dice, corpus, field, now)),
        Value::Bool(now) => Value::Bool(!now),
        Value::I32(now) => Value::I32(low32(whole(dice, i64::from(*now)))),
        Value::I64(now) => Value::I64(whole(dice, *now)),
        Value::U32(now) => Value::U32(low32(whole(dice, i64::from(*now))).cast_unsigned()),
        Value::U64(now) => Value::U64(whole(dice, now.cast_signed()).cast_unsigned()),
        Value::F32(_) => Value::F32(*dice.of(&[0.0, -0.0, 1e30, f32::NAN, f32::INFINITY])),
        Value::F64(_) => Value::F64(*dice.of(&[0.0, -0.0, 1e300, f64::NAN, f64::INFINITY])),
        Value::EnumNumber(_) => {
            let Kind::Enum(kind) = field.kind() else { return None };
            let known: Vec<i32> = kind.values().map(|value| value.number()).collect();
            match dice.below(4) {
                0 => Value::EnumNumber(*dice.of(&[-1, 99, i32::MAX, i32::MIN, 0])),
                _ => Value::EnumNumber(*dice.of(&known)),
            }
        }
        Value::Bytes(now) => {
            let mut bytes = now.to_vec();
            match dice.below(4) {
                0 => bytes.clear(),
                1 => bytes = vec![0xff; *dice.of(&[1, 1_000, 300_000])],
                2 => bytes.truncate(now.len() / 2),
                _ => {
                    let at = dice.below(bytes.len().max(1));
                    bytes.get_mut(at)?.clone_from(&0);
                }
            }
            Value::Bytes(bytes.into())
        }
        Value::Message(_) | Value::List(_) | Value::Map(_) => return None,
    })
}

fn low32(whole: i64) -> i32 {
    let [a, b, c, d, ..] = whole.to_le_bytes();
    i32::from_le_bytes([a, b, c, d])
}
