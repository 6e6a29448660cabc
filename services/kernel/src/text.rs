//! The one rule for text that comes in, whatever the way: fields of the API, cells of sheets, claims of tokens, names of files.
//!
//! What people type is written one way: in normal form C, with plain blanks and plain line ends, and without what has no width.
//! What could show a reader something else than it is, or nothing, is refused, with the character, its place and what to do.
//! Every character of the newest Unicode is kept, the rare ideographs and the variants of ideographs included. Bytes of files are
//! evidence and never come here.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// How long a text may be, and whether it has lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    chars_max: usize,
    has_lines: bool,
}

/// A name, a number, a place.
pub const NAME: Form = Form::line(300);
/// What somebody says: facts, reasons, an opinion.
pub const WORDS: Form = Form::lines(8_000);

impl Form {
    /// Text of at most so many characters on one line.
    pub const fn line(chars_max: usize) -> Self {
        Self { chars_max, has_lines: false }
    }

    /// Text of at most so many characters that may have several lines.
    pub const fn lines(chars_max: usize) -> Self {
        Self { chars_max, has_lines: true }
    }

    /// The text as it is recorded; it may be empty.
    ///
    /// # Errors
    /// The first character that cannot be recorded, or that there are too many.
    pub fn read(self, text: &str) -> Result<String, BadText> {
        let mut plain = String::with_capacity(text.len());
        let (mut before, mut usual) = (None, true);
        let first = 1 + text.chars().take_while(|c| c.is_whitespace()).count();
        for (at, c) in (first..).zip(text.trim().chars()) {
            if is_usual(c) {
                plain.push(c);
                before = Some(c);
                continue;
            }
            usual = false;
            let bad = |why| BadText::Character { c, at, why };
            let kept = match read(c, before).map_err(bad)? {
                // Both halves of one line end.
                Some('\n') if before == Some('\r') => None,
                kept => kept,
            };
            if kept == Some('\n') && !self.has_lines {
                return Err(bad(Why::LineBreak));
            }
            plain.extend(kept);
            before = Some(c);
        }
        // What is usual is in normal form already, one beside the other, too.
        let plain = if usual { plain } else { plain.trim().nfc().collect() };
        match plain.chars().count() {
            count if count > self.chars_max => Err(BadText::Long { count, most: self.chars_max }),
            _ => Ok(plain),
        }
    }
}

/// A text as it is searched for and found: full-width and half-width forms, letter case, kinds of brackets, middle dots and blanks
/// make no difference. The one form for what is indexed and for what is asked.
pub fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter_map(fold).collect()
}

/// A character that is left of what was [normalised](folded); `None` where it makes no difference.
fn fold(c: char) -> Option<char> {
    match c {
        '(' | '[' | '{' | '〔' | '【' | '〖' | '〘' | '〚' | '「' | '『' | '⟦' => Some('('),
        ')' | ']' | '}' | '〕' | '】' | '〗' | '〙' | '〛' | '」' | '』' | '⟧' => Some(')'),
        // How names of other peoples are parted, and what is typed for it.
        '·' | '•' | '・' | '‧' | '∙' | '⋅' | '●' | '᛫' | '⸱' | '\u{387}' => None,
        c if c.is_whitespace() => None,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        c => Some(c),
    }
}

/// Most of what is written here: stays as it is, and goes together with no other character.
fn is_usual(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fa5}' | '、' | '。' | '《' | '》' | '〔' | '〕' | '\u{ff01}'..='\u{ff5e}' | '“' | '”')
}

/// A character as it is recorded; `None` where it has no width and says nothing.
fn read(c: char, before: Option<char>) -> Result<Option<char>, Why> {
    use GeneralCategory as G;
    Ok(Some(match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' => ' ',
        // Soft hyphen, zero-width blank and joiners, byte order mark: what is pasted from pages and mails is full of them.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => return Ok(None),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            return Err(Why::Direction);
        }
        // Letters and marks that are drawn as nothing.
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => {
            return Err(Why::Invisible);
        }
        // Parts two letters of one Mongolian word.
        '\u{180e}' if before.is_some_and(is_mongolian) => c,
        '\u{180b}'..='\u{180d}' | '\u{180f}' if before.is_some_and(is_mongolian) => c,
        '\u{fe00}'..='\u{fe0f}' if before.is_some_and(is_drawn) => c,
        '\u{e0100}'..='\u{e01ef}' if before.is_some_and(is_ideograph) => c,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            return Err(Why::Selector);
        }
        c => match c.general_category() {
            G::Control => return Err(Why::Control),
            G::Format => return Err(Why::Invisible),
            G::Unassigned | G::Surrogate => return Err(Why::Unassigned),
            G::PrivateUse => return Err(Why::Private),
            G::SpaceSeparator => ' ',
            _ => c,
        },
    }))
}

fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1800}'..='\u{180a}' | '\u{1810}'..='\u{18af}')
}

/// Whether something is drawn that a selector can vary.
fn is_drawn(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Whether a spreadsheet program would take the text for a formula.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}

/// Text that no spreadsheet program takes for a formula: one apostrophe more in front.
pub fn guard(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text behind [`guard`].
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Why a text cannot be recorded, in both languages: [`BadText::zh`], and English as it is displayed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// One character cannot.
    #[error("has {} as its character {at}: {}", code(*.c), why.en())]
    Character {
        /// Which.
        c: char,
        /// Which one it is, from 1.
        at: usize,
        /// What is wrong with it.
        why: Why,
    },
    /// There are too many.
    #[error("has {count} characters; at most {most} are allowed")]
    Long {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
}

impl BadText {
    /// In Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Character { c, at, why } => format!("第{at}个字符是{}：{}", code(*c), why.zh()),
            Self::Long { count, most } => format!("有{count}个字符，最多{most}个"),
        }
    }
}

fn code(c: char) -> impl fmt::Display {
    format!("U+{:04X}", u32::from(c))
}

/// What is wrong with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It steers a device.
    Control,
    /// It turns the direction of writing, so that a text reads as another one.
    Direction,
    /// It is drawn as nothing.
    Invisible,
    /// Unicode has no character there.
    Unassigned,
    /// Every program draws another one there.
    Private,
    /// A variant of a character that has none, or of no character.
    Selector,
    /// The text has one line.
    LineBreak,
}

impl Why {
    fn zh(self) -> &'static str {
        match self {
            Self::Control => "控制字符，请删去",
            Self::Direction => "改变书写方向的字符，会使文字读作另一个样子，请删去",
            Self::Invisible => "看不见的字符，请删去",
            Self::Unassigned => "Unicode没有这个字符，请改用规范的字符",
            Self::Private => "自造字，在别的电脑上会显示为另一个字，请改用规范编码的字",
            Self::Selector => "异体字选择符，但前面没有可以选择的字，请删去",
            Self::LineBreak => "换行，但此项只能写一行，请写在一行内",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Self::Control => "a control character; take it out",
            Self::Direction => "it turns the direction of writing, so that the text reads as another one; take it out",
            Self::Invisible => "a character that is drawn as nothing; take it out",
            Self::Unassigned => "Unicode has no such character; write the one that is meant",
            Self::Private => "a character of private use, drawn differently elsewhere; write it by its own code",
            Self::Selector => "it selects a variant, but follows no character that has any; take it out",
            Self::LineBreak => "a line break, but this has one line; write it on one",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, want: &str) {
        assert_eq!(NAME.read(text).as_deref(), Ok(want));
    }

    #[test]
    fn what_makes_no_difference_when_searching_is_folded_away() {
        for (one, other) in [
            ("抚市监罚〔2026〕1号", "抚市监罚[２０２６]1号"),
            ("抚市监罚〔2026〕1号", "抚市监罚（2026） 1 号"),
            ("买买提·艾力", "买买提艾力"),
            ("买买提·艾力", "买买提・艾力"),
            ("ＡＢＣ商贸（抚远）有限公司", "abc商贸(抚远)有限公司"),
            ("STRASSE Ⅳ", "strasse iv"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("(2026)1号"), folded("20261号"), "brackets part a number from the next");
        for text in ["抚市监罚〔2026〕1号", "ＡＢＣ·abc", "ｶﾞ"] {
            assert_eq!(folded(&folded(text)), folded(text), "{text}");
        }
    }

    #[test]
    fn what_is_usual_is_read_as_all_else_is() {
        for c in (0..0x1_0000).filter_map(char::from_u32).filter(|c| is_usual(*c)) {
            assert_eq!(super::read(c, None), Ok(Some(c)), "{c}");
            let text = format!("甲{c}乙");
            assert_eq!(text.nfc().collect::<String>(), text, "{c}");
        }
        // A mark that goes together with it, or a variant of it.
        reads("e\u{301}", "é");
        reads("葛\u{e0100}", "葛\u{e0100}");
    }

    #[track_caller]
    fn refuses(text: &str, at: usize, why: Why) {
        let refused = WORDS.read(text).unwrap_err();
        assert!(
            matches!(refused, BadText::Character { at: found, why: w, .. } if (found, w) == (at, why)),
            "{refused:?}"
        );
    }

    #[test]
    fn what_people_type_is_written_one_way() {
        reads(" 王\u{3000}小明\u{a0}", "王 小明");
        reads("\u{feff}王\u{200b}小\u{200d}明", "王小明");
        reads("Zu\u{308}rich", "Zürich");
        reads("甲\t乙", "甲 乙");
        assert_eq!(WORDS.read("甲\r\n乙\r丙\u{2028}丁\n\n戊").as_deref(), Ok("甲\n乙\n丙\n丁\n\n戊"));
        assert_eq!(WORDS.read(" \r\n\u{200b}").as_deref(), Ok(""));
    }

    #[test]
    fn rare_characters_and_variants_of_ideographs_are_kept() {
        // Extension B to J, a variant by its selector, an emoji, Mongolian, Uyghur, Tibetan.
        for text in [
            "𠮷",
            "㐂",
            "𱍐",
            "𲎰",
            "\u{33479}",
            "葛\u{e0100}城",
            "辻\u{fe00}",
            "☎\u{fe0f}",
            "ᠮᠣᠩᠭᠣᠯ\u{180e}ᠠ",
            "ئۇيغۇر",
            "བོད",
            "䶮",
        ] {
            reads(text, text);
        }
    }

    #[test]
    fn what_could_deceive_a_reader_is_refused_with_its_place() {
        refuses("虚构\0甲", 3, Why::Control);
        refuses("虚构\u{7}", 3, Why::Control);
        refuses("虚构\u{1b}[31m甲", 3, Why::Control);
        refuses("虚构\u{85}甲", 3, Why::Control);
        for c in ['\u{202e}', '\u{2066}', '\u{200e}', '\u{61c}'] {
            refuses(&format!("虚{c}构"), 2, Why::Direction);
        }
        for c in ['\u{3164}', '\u{2800}', '\u{e0041}', '\u{2061}'] {
            refuses(&format!("虚{c}构"), 2, Why::Invisible);
        }
        for c in ['\u{fffe}', '\u{ffff}', '\u{10ffff}', '\u{378}'] {
            refuses(&format!("虚{c}构"), 2, Why::Unassigned);
        }
        refuses("\u{e5e5}", 1, Why::Private);
        // Words could hide in selectors.
        refuses("葛\u{e0100}\u{e0101}", 3, Why::Selector);
        refuses("甲 \u{fe0f}", 3, Why::Selector);
        refuses("a\u{e0100}", 2, Why::Selector);
    }

    #[test]
    fn a_name_has_one_line_and_so_many_characters() {
        for text in ["甲\n乙", "甲\r\n乙", "甲\u{2029}乙"] {
            let refused = NAME.read(text).unwrap_err();
            assert!(matches!(refused, BadText::Character { at: 2, why: Why::LineBreak, .. }), "{refused:?}");
        }
        assert!(Form::line(2).read(" 甲乙 ").is_ok());
        assert_eq!(Form::line(2).read("甲乙丙"), Err(BadText::Long { count: 3, most: 2 }));
    }

    #[test]
    fn says_which_character_and_what_to_do_in_both_languages() {
        let refused = NAME.read("虚构\u{202e}甲").unwrap_err();
        assert!(refused.zh().contains("第3个字符是U+202E") && refused.zh().contains("请删去"), "{}", refused.zh());
        assert!(refused.to_string().contains("U+202E as its character 3"), "{refused}");
    }
}
