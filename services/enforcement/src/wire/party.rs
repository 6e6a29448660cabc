//! Whom a case addresses, and what of a citizen may be recorded.
//!
//! Invariant: a citizen's full name and id number end here. They are replaced inside the request itself, before it is
//! read further or digested: even the command's digest could otherwise be used to try out id numbers.

use std::fmt;

use hmac::{Hmac, Mac as _};
use kernel::Fields;
use proto::enforcement::v1 as p;
use sha2::Sha256;

use super::read::Read as _;
use crate::domain::events::{Party, PartyKind};

/// Most characters of a document's number.
const ID_MAX: usize = 32;

/// The key under which id numbers are digested: without it, a digest cannot be tried out.
#[derive(Clone)]
pub(crate) struct DigestKey([u8; 32]);

impl fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DigestKey")
    }
}

impl DigestKey {
    /// A key.
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// HMAC-SHA-256 of an id number, hex. Spaces and case do not matter.
    pub(crate) fn digest(&self, id_number: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(plain(id_number).as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }
}

fn plain(id_number: &str) -> String {
    id_number.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

/// Whether a text holds a citizen's id number (GB 11643): 18 characters by themselves, with a day of birth in the middle
/// and the right check character at the end.
pub(super) fn holds_id_number(text: &str) -> bool {
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

/// Replaces a citizen's name by the masked one and the id number by its digest.
pub(super) fn protect(request: &mut p::FileCaseRequest, f: &mut Fields, key: &DigestKey) {
    let Some(party) = &mut request.party else { return };
    if party.kind != p::PartyKind::Citizen as i32 {
        return;
    }
    let (name, id) = (party.name.trim().to_owned(), plain(&party.id_number));
    if !id.is_empty() && (id.len() > ID_MAX || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')) {
        f.fault("party.id_number", format!("must be at most {ID_MAX} letters, digits or hyphens"));
    }
    if let Some(violation) = &request.violation {
        let texts = [
            ("violation.fact", &violation.fact),
            ("violation.place", &violation.place),
            ("source_reference", &request.source_reference),
            ("designation", &request.designation),
        ];
        for (path, text) in texts {
            let named = name.chars().count() > 1 && text.contains(&name);
            if named || (!id.is_empty() && plain(text).contains(&id)) {
                f.fault(
                    path,
                    "holds the citizen's name or id number, which must not be recorded; write 当事人 instead",
                );
            }
        }
    }
    party.name = masked(&name);
    party.id_number = if id.is_empty() { String::new() } else { key.digest(&id) };
}

/// A party, protected before.
pub(super) fn party(f: &mut Fields, path: &str, party: Option<&p::Party>) -> Option<Party> {
    let party = f.part(path, party)?;
    let kind = f.word::<PartyKind>(&format!("{path}.kind"), party.kind);
    let name = f.name(&format!("{path}.name"), &party.name);
    let citizen = kind? == PartyKind::Citizen;
    let (code, other) = (format!("{path}.uscc"), format!("{path}.id_number"));
    let (uscc, id_digest) = if citizen {
        if !party.uscc.is_empty() {
            f.fault(&code, "is for organisations; a citizen has an id_number");
        }
        (Some(None), f.name(&other, &party.id_number).map(Some))
    } else {
        if !party.id_number.is_empty() {
            f.fault(&other, "is for citizens; an organisation has a uscc");
        }
        (f.parse(&code, &party.uscc).map(Some), Some(None))
    };
    let minor_age = match party.minor_age {
        None => Some(None),
        Some(age) if citizen && age < 18 => f.small(&format!("{path}.minor_age"), age).map(Some),
        Some(_) => {
            f.fault(&format!("{path}.minor_age"), "is for citizens under 18");
            None
        }
    };
    if party.unable_to_discern && !citizen {
        f.fault(&format!("{path}.unable_to_discern"), "is for citizens");
    }
    Some(Party {
        kind: kind?,
        name: name?,
        uscc: uscc?,
        id_digest: id_digest?,
        minor_age: minor_age?,
        unable_to_discern: party.unable_to_discern,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DigestKey {
        DigestKey::new([7; 32])
    }

    fn citizen() -> p::Party {
        p::Party {
            kind: p::PartyKind::Citizen.into(),
            name: "王小明".into(),
            id_number: "23088319900101001x".into(),
            ..p::Party::default()
        }
    }

    fn request() -> p::FileCaseRequest {
        let violation =
            p::Violation {
                fact: "当事人无证经营".into(), place: "正阳路1号".into(), ..p::Violation::default()
            };
        p::FileCaseRequest { party: Some(citizen()), violation: Some(violation), ..p::FileCaseRequest::default() }
    }

    #[test]
    fn a_citizen_is_a_masked_name_and_a_keyed_digest() {
        let mut request = request();
        let mut f = Fields::new();
        protect(&mut request, &mut f, &key());
        let read = party(&mut f, "party", request.party.as_ref()).unwrap();
        f.finish().unwrap();
        assert_eq!(read.name, "王**");
        assert_eq!(read.id_digest, Some(key().digest("23088319900101001X")));
        assert_eq!(read.uscc, None);
        let sent = format!("{request:?}");
        assert!(!sent.contains("小明") && !sent.contains("23088319900101001"), "{sent}");
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
            let mut request = request();
            request.violation.as_mut().unwrap().fact = fact.into();
            let mut f = Fields::new();
            protect(&mut request, &mut f, &key());
            let status = f.finish().unwrap_err();
            assert!(status.message().contains("violation.fact"), "{}", status.message());
            assert!(!status.message().contains("王小明"));
        }
    }

    #[test]
    fn an_organisation_has_a_code_and_nothing_of_a_citizen() {
        let organisation = p::Party {
            kind: p::PartyKind::LegalPerson.into(),
            name: "某公司".into(),
            uscc: "91230883MAYGTAHY5L".into(),
            ..p::Party::default()
        };
        let mut f = Fields::new();
        let read = party(&mut f, "party", Some(&organisation)).unwrap();
        f.finish().unwrap();
        assert_eq!(read.uscc.unwrap().as_str(), "91230883MAYGTAHY5L");
        let wrong = p::Party { id_number: "1".into(), minor_age: Some(15), uscc: "1".into(), ..organisation };
        let mut f = Fields::new();
        assert_eq!(party(&mut f, "party", Some(&wrong)), None);
        let message = f.finish().unwrap_err().message().to_owned();
        for path in ["party.id_number", "party.minor_age", "party.uscc"] {
            assert!(message.contains(path), "{message}");
        }
    }
}
