//! Whom a case addresses.

use kernel::{
    Fields,
    citizen::{DigestKey, age_on, born},
    sealed::{Citizen, Kept, Secret},
};
use proto::enforcement::v1 as p;

use crate::domain::{
    events::{Party, PartyKind},
    rules::party::AGE_FULL,
};

/// What of a party that is a citizen goes to the vault; the request keeps a masked name and digests.
pub(super) fn seal(request: &mut p::FileCaseRequest, f: &mut Fields, key: &DigestKey) -> Option<Secret> {
    let party = request.party.as_mut().filter(|party| party.kind == p::PartyKind::Citizen as i32)?;
    let until = request.violation.as_ref().map(|v| if v.until.is_empty() { &v.discovered } else { &v.until });
    if let (Some(born), Some(last)) = (born(&party.id_number), until.and_then(|day| day.parse().ok())) {
        age(f, party, age_on(born, last));
    }
    let (fact, place) = request.violation.as_ref().map_or(("", ""), |v| (v.fact.as_str(), v.place.as_str()));
    let texts = [
        ("violation.fact", fact),
        ("violation.place", place),
        ("source_reference", request.source_reference.as_str()),
        ("designation", request.designation.as_str()),
    ];
    let p::Party { name, id_number, phone, address, .. } = party;
    Some(Secret::citizen(f, "party", Citizen { name, id_number, phone, address }, &texts, key))
}

/// The age that the id number tells, on the last day of the violation: it is filled in for whoever is under 18, and another one is
/// refused.
fn age(f: &mut Fields, party: &mut p::Party, age: u8) {
    let minor = (age < AGE_FULL).then_some(u32::from(age));
    if party.minor_age.is_some() && party.minor_age != minor {
        f.wrong(
            "party.minor_age",
            format!("与证件号码不符：违法行为终了时{age}周岁"),
            format!("is not what the id number tells: {age} on the last day of the violation"),
        );
    }
    party.minor_age = minor;
}

/// A party, sealed before.
pub(super) fn party(f: &mut Fields, path: &str, party: Option<&p::Party>, kept: &Kept) -> Option<Party> {
    let party = f.part(path, party)?;
    let kind = f.word::<PartyKind>(&format!("{path}.kind"), party.kind);
    let name = f.name(&format!("{path}.name"), &party.name);
    let citizen = kind? == PartyKind::Citizen;
    let (code, other) = (format!("{path}.uscc"), format!("{path}.id_number"));
    let (uscc, id_digest) = if citizen {
        if !party.uscc.is_empty() {
            f.wrong(&code, "只有单位填写；公民填写证件号码", "is for organisations; a citizen has an id_number");
        }
        (Some(None), f.name(&other, &party.id_number).map(Some))
    } else {
        for (field, said) in [("id_number", &party.id_number), ("phone", &party.phone), ("address", &party.address)] {
            if !said.is_empty() {
                f.wrong(
                    &format!("{path}.{field}"),
                    "只有公民填写；单位填写统一社会信用代码",
                    "is for citizens; an organisation has a uscc",
                );
            }
        }
        (f.parse(&code, &party.uscc).map(Some), Some(None))
    };
    let minor_age = match party.minor_age {
        None => Some(None),
        Some(age) if citizen && age < u32::from(AGE_FULL) => f.small(&format!("{path}.minor_age"), age).map(Some),
        Some(_) => {
            f.wrong(&format!("{path}.minor_age"), "只有不满十八周岁的公民填写", "is for citizens under 18");
            None
        }
    };
    if party.unable_to_discern && !citizen {
        f.wrong(&format!("{path}.unable_to_discern"), "只有公民填写", "is for citizens");
    }
    Some(Party {
        kind: kind?,
        name: name?,
        uscc: uscc?,
        id_digest: id_digest?,
        identity: kept.text(path),
        minor_age: minor_age?,
        unable_to_discern: party.unable_to_discern,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_has_a_code_and_nothing_of_a_citizen() {
        let organisation = p::Party {
            kind: p::PartyKind::LegalPerson.into(),
            name: "某公司".into(),
            uscc: "91230883MAYGTAHY5L".into(),
            ..p::Party::default()
        };
        let mut f = Fields::new();
        let read = party(&mut f, "party", Some(&organisation), &Kept::default()).unwrap();
        f.finish().unwrap();
        assert_eq!(read.uscc.unwrap().as_str(), "91230883MAYGTAHY5L");
        let wrong = p::Party {
            id_number: "1".into(),
            phone: "1".into(),
            minor_age: Some(15),
            uscc: "1".into(),
            ..organisation
        };
        let mut f = Fields::new();
        assert_eq!(party(&mut f, "party", Some(&wrong), &Kept::default()), None);
        let message = f.finish().unwrap_err().message().to_owned();
        for path in ["party.id_number", "party.phone", "party.minor_age", "party.uscc"] {
            assert!(message.contains(path), "{message}");
        }
    }

    #[test]
    fn the_age_is_that_of_the_id_number() {
        // Born on 15 March 2010: 14 from the day after its fourteenth birthday.
        let filing = |until: &str, told: Option<u32>| {
            let mut request = p::FileCaseRequest {
                party: Some(p::Party {
                    kind: p::PartyKind::Citizen.into(),
                    name: "王小明".into(),
                    id_number: "110101201003151233".into(),
                    minor_age: told,
                    ..p::Party::default()
                }),
                violation: Some(p::Violation { until: until.into(), ..p::Violation::default() }),
                ..p::FileCaseRequest::default()
            };
            let mut f = Fields::new();
            _ = seal(&mut request, &mut f, &DigestKey::new([7; 32]));
            (request.party.unwrap().minor_age, f.finish().is_ok())
        };
        assert_eq!(filing("2024-03-15", None), (Some(13), true));
        assert_eq!(filing("2024-03-16", None), (Some(14), true));
        assert_eq!(filing("2028-03-16", None), (None, true));
        assert_eq!(filing("2024-03-16", Some(14)), (Some(14), true));
        // A child is not made older, nor an adult younger.
        assert!(!filing("2024-03-15", Some(14)).1);
        assert!(!filing("2028-03-16", Some(17)).1);
    }
}
