//! A text in one script, each of its characters with its place in what was given.

/// Joined and divided by these.
const BRACKETS: [(char, char); 4] = [('（', '）'), ('《', '》'), ('“', '”'), ('〔', '〕')];

/// The text as it is read: full-width digits and signs are plain ones, spaces are gone.
pub(super) struct Plain {
    /// Its characters.
    pub(super) text: String,
    /// Where each byte's character stands in what was given, in characters; one more for the end.
    places: Vec<usize>,
}

impl Plain {
    pub(super) fn of(given: &str) -> Self {
        let (mut text, mut places) = (String::new(), Vec::new());
        let given: Vec<char> = given.chars().collect();
        for (place, c) in given.iter().copied().enumerate() {
            let before = text.chars().next_back();
            let after = given.get(place + 1).copied();
            let Some(c) = plain(c, before, after) else { continue };
            text.push(c);
            places.resize(text.len(), place);
        }
        places.push(given.len());
        Self { text, places }
    }

    /// The place of a byte, in characters of what was given.
    pub(super) fn place(&self, at: usize) -> usize {
        self.places[at.min(self.places.len() - 1)]
    }
}

fn plain(c: char, before: Option<char>, after: Option<char>) -> Option<char> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    Some(match c {
        '\n' => '\n',
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10)?,
        c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => return None,
        '．' => '.',
        '％' => '%',
        ',' | '，' if digit(before) && digit(after) && c == ',' => ',',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        '｡' => '。',
        '~' | '～' | '－' | '–' | '—' => '-',
        '圆' if before.is_some_and(|c| "万千百十0123456789".contains(c)) => '元',
        c => c,
    })
}

/// A part of a text: where it begins, and itself.
pub(super) type Part<'a> = (usize, &'a str);

/// Parts a text at a sign that stands in no bracket; empty parts are none.
pub(super) fn parts((from, text): Part<'_>, sign: char) -> Vec<Part<'_>> {
    let (mut all, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        if BRACKETS.iter().any(|(open, _)| c == *open) {
            depth += 1;
        } else if BRACKETS.iter().any(|(_, close)| c == *close) {
            depth = depth.saturating_sub(1);
        } else if c == sign && depth == 0 {
            all.push((from + begin, &text[begin..at]));
            begin = at + c.len_utf8();
        }
    }
    all.push((from + begin, &text[begin..]));
    all.retain(|(_, part)| !part.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_that_of_the_text_given() {
        let plain = Plain::of("处 ５,０００元\n以下，罚款;");
        assert_eq!(plain.text, "处5,000元\n以下，罚款；");
        let at = plain.text.find('罚').unwrap();
        assert_eq!(plain.place(at), 12);
        assert_eq!(plain.place(plain.text.len()), 15);
    }

    #[test]
    fn a_sign_in_brackets_parts_nothing() {
        assert_eq!(parts((0, "甲（乙，丙），丁"), '，'), [(0, "甲（乙，丙）"), (21, "丁")]);
    }
}
