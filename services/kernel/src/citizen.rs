//! What of a citizen may be recorded.
//!
//! Invariant: a citizen's full name and id number end here. They are replaced inside the request itself, before it is
//! read further or digested: even the command's digest could otherwise be used to try out id numbers.

use std::fmt;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::fields::Fields;

/// Most characters of a document's number.
const ID_MAX: usize = 32;

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

    /// HMAC-SHA-256 of an id number, hex. Spaces and case do not matter.
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
        let (full, id) = (name.trim().to_owned(), plain(id_number));
        if !id.is_empty() && (id.len() > ID_MAX || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
            f.fault(&format!("{path}.id_number"), format!("must be at most {ID_MAX} letters, digits or hyphens"));
        }
        for (path, text) in texts {
            let named = full.chars().count() > 1 && text.contains(&full);
            if named || (!id.is_empty() && plain(text).contains(&id)) {
                f.fault(
                    path,
                    "holds the citizen's name or id number, which must not be recorded; write 当事人 instead",
                );
            }
        }
        *name = masked(&full);
        *id_number = if id.is_empty() { String::new() } else { self.digest(&id) };
    }
}

fn plain(id_number: &str) -> String {
    id_number.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

/// Whether a text holds a citizen's id number (GB 11643): 18 characters by themselves, with a day of birth in the middle
/// and the right check character at the end.
pub fn holds_id_number(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_id_number)
}

fn is_id_number(word: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let Some((body, check)) = word.split_at_checked(17) else { return false };
    if check.len() != 1 || !body.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let born = format!("{}-{}-{}", &body[6..10], &body[10..12], &body[12..14]);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    let expected = b"10X98765432"[sum as usize % 11];
    check.as_bytes()[0].to_ascii_uppercase() == expected && born.parse::<jiff::civil::Date>().is_ok()
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
    fn knows_an_id_number_by_its_day_and_check_character() {
        for text in ["11010519491231002X", "当事人11010519491231002x，男", "证件（230883199001010015）"] {
            assert!(holds_id_number(text), "{text}");
        }
        for text in [
            "",
            "110105194912310021",
            "11010519491331002X",
            "11010519491231002",
            "0111010519491231002X",
            "91230883MAYGTAHY5L",
            "违法所得3000元，银行回单622848001122334455",
        ] {
            assert!(!holds_id_number(text), "{text}");
        }
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
        for fact in ["王小明无证经营", "身份证23088319900101001X的人无证经营"] {
            let mut f = Fields::new();
            let (mut name, mut id) = ("王小明".to_owned(), "23088319900101001x".to_owned());
            key().protect(&mut f, "party", (&mut name, &mut id), &[("violation.fact", fact)]);
            let status = f.finish().unwrap_err();
            assert!(status.message().contains("violation.fact"), "{}", status.message());
            assert!(!status.message().contains("王小明"));
        }
    }
}
