//! The code on a receipt: how it is drawn, written, and read back from what people type. Pure.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

/// Crockford's base32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The first characters find the receipt, 40 bits; the next prove it, 80 bits; the last is the check character.
const SELECTOR: usize = 8;
const SECRET: usize = 16;
const LENGTH: usize = SELECTOR + SECRET + 1;
const GROUP: usize = 5;

/// The code by which a matter is followed, as in `7K3QM-…`: five groups of five characters. Shown once, then only a
/// hash of it is known.
pub struct ReceiptCode(Zeroizing<[u8; LENGTH]>);

/// The text is no receipt code: a character is wrong, missing or in another's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the receipt code is mistyped")]
pub struct Mistyped;

impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode")
    }
}

impl ReceiptCode {
    pub(crate) fn random() -> Self {
        let mut digits = Zeroizing::new([0; LENGTH]);
        rand::fill(&mut digits[..]);
        for digit in digits.iter_mut() {
            *digit %= 32;
        }
        let (check, data) = digits.split_last_mut().expect("it has a length");
        *check = times_x(check_sum(data));
        Self(digits)
    }

    /// The code in groups, to be shown to its owner. Not `Display`, so that it is not written by accident.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / GROUP));
        for (at, digit) in self.0.iter().enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(letter(*digit));
        }
        text
    }

    /// What the receipt is found by.
    pub(crate) fn selector(&self) -> String {
        self.0[..SELECTOR].iter().map(|digit| letter(*digit)).collect()
    }

    /// What is hashed.
    pub(crate) fn secret(&self) -> &[u8] {
        &self.0[SELECTOR..SELECTOR + SECRET]
    }
}

impl FromStr for ReceiptCode {
    type Err = Mistyped;

    /// Reads a code as people type it: case, blanks and hyphens do not count, full-width characters are as good as
    /// plain ones, O is 0, and I and L are 1. The check character tells every single wrong character and every
    /// exchange of two without asking the vault.
    fn from_str(text: &str) -> Result<Self, Mistyped> {
        let mut digits = Zeroizing::new([0; LENGTH]);
        let mut typed = text.chars().map(narrow).filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐'..='―' | '−'));
        for digit in digits.iter_mut() {
            *digit = typed.next().and_then(value).ok_or(Mistyped)?;
        }
        (typed.next().is_none() && check_sum(&digits[..]) == 0).then_some(Self(digits)).ok_or(Mistyped)
    }
}

fn letter(digit: u8) -> char {
    char::from(ALPHABET[usize::from(digit)])
}

fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().position(|letter| char::from(*letter) == c).map(|at| at as u8)
}

/// The plain form of a full-width character, which an input method may have typed.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')).unwrap_or(c),
        c => c,
    }
}

/// The digits as a polynomial over the field of 32 elements, at the point x. Of a whole code it is 0. All of the first
/// 31 powers of x differ, so neither one wrong digit nor two exchanged ones can go unseen.
fn check_sum(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |sum, digit| times_x(sum) ^ digit)
}

/// Times x, modulo the primitive polynomial x⁵ + x² + 1.
fn times_x(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 32 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn read(text: &str) -> Option<String> {
        text.parse().ok().map(|code: ReceiptCode| code.to_text().to_string())
    }

    #[test]
    fn is_five_groups_of_five_and_reads_back() {
        let text = ReceiptCode::random().to_text().to_string();
        assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [5; 5]);
        assert_eq!(read(&text).as_deref(), Some(text.as_str()));
    }

    #[test]
    fn no_two_are_alike_and_all_characters_are_used() {
        let codes: HashSet<String> = (0..1000).map(|_| ReceiptCode::random().to_text().to_string()).collect();
        assert_eq!(codes.len(), 1000);
        assert_eq!(codes.iter().flat_map(|code| code.chars()).collect::<HashSet<_>>().len(), 33);
    }

    #[test]
    fn forgives_case_blanks_hyphens_and_letters_like_digits() {
        let digits = [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 31];
        let all = [&digits[..], &[times_x(check_sum(&digits))]].concat();
        let text = ReceiptCode(Zeroizing::new(all.try_into().unwrap())).to_text().to_string();
        assert_eq!(text, "01234-56701-ABCDE-FGHJK-MNPZT");
        for typed in [
            "01234567 01ABCDE FGHJKMNPZT",
            "o1234-567oi-abcde-fghjk-mnpzt",
            " OL234–567O1—ABCDE−FGHJK-MNPZT\n",
            "０１２３４－５６７０１　ａｂｃｄｅ　ＦＧＨＪＫ　ＭＮＰＺＴ",
        ] {
            assert_eq!(read(typed).as_ref(), Some(&text), "{typed}");
        }
    }

    #[test]
    fn tells_every_wrong_character_and_every_exchange_of_two() {
        let code = ReceiptCode::random();
        let typed = |digits: [u8; LENGTH]| read(&ReceiptCode(Zeroizing::new(digits)).to_text());
        for at in 0..LENGTH {
            for wrong in (0..32).filter(|digit| *digit != code.0[at]) {
                let mut digits = *code.0;
                digits[at] = wrong;
                assert_eq!(typed(digits), None, "{wrong} at {at}");
            }
            for other in (0..at).filter(|other| code.0[*other] != code.0[at]) {
                let mut digits = *code.0;
                digits.swap(at, other);
                assert_eq!(typed(digits), None, "{at} and {other}");
            }
        }
    }

    #[test]
    fn refuses_what_is_too_short_too_long_or_no_code() {
        let text = ReceiptCode::random().to_text().to_string();
        let longer = format!("{text}0");
        for wrong in ["", "-", &text[1..], &text[..text.len() - 1], &longer, "查询码", &text.replacen('-', "U", 1)] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
