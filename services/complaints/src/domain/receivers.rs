//! Who receives what people bring over the web: each place says so itself, because no list does (LPR 18(1): organs publish
//! where they can be written to over the web; LPR 22, 23: who is written to registers it).

use std::str::FromStr;

use law::id::{RegionCode, Uscc};

use super::words::Kind;

/// Who receives what is brought in a region, and below it where nobody nearer does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    region: RegionCode,
    agency: Uscc,
}

impl FromStr for Receiver {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (region, agency) = text.split_once('=').ok_or("must read REGION=USCC, e.g. 230883=11230883MB0101012C")?;
        let region = region.trim().parse().map_err(|e| format!("{region}: {e}"))?;
        let agency = agency.trim().parse().map_err(|e| format!("{agency}: {e}"))?;
        Ok(Self { region, agency })
    }
}

/// The organ that receives a matter of a region: the nearest one up the tree. A report goes past an organ that it accuses
/// (LPR 30(3)), to the one above. `None` where nobody receives.
pub fn receiver<'a>(all: &'a [Receiver], region: &RegionCode, kind: Kind, against: &[Uscc]) -> Option<&'a Uscc> {
    let accused = |agency| kind == Kind::Report && against.contains(agency);
    all.iter()
        .filter(|one| one.region.contains(region) && !accused(&one.agency))
        .max_by_key(|one| one.region.significant().len())
        .map(|one| &one.agency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::complaint::sample::{CITY, GOVERNMENT};

    fn receives(region: &str, kind: Kind, against: &[&str]) -> Option<String> {
        let all: Vec<Receiver> = [format!("230800={CITY}"), format!("230883={GOVERNMENT}")]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        let against: Vec<Uscc> = against.iter().map(|code| code.parse().unwrap()).collect();
        receiver(&all, &region.parse().unwrap(), kind, &against).map(ToString::to_string)
    }

    #[test]
    fn the_nearest_organ_up_the_tree_receives() {
        for (region, receiver) in
            [("230883", Some(GOVERNMENT)), ("230883100", Some(GOVERNMENT)), ("230881", Some(CITY)), ("230100", None)]
        {
            assert_eq!(receives(region, Kind::Petition, &[]).as_deref(), receiver, "{region}");
        }
    }

    #[test]
    fn a_report_goes_past_the_organ_that_it_accuses() {
        assert_eq!(receives("230883", Kind::Report, &[GOVERNMENT]).as_deref(), Some(CITY));
        assert_eq!(receives("230883", Kind::Report, &[GOVERNMENT, CITY]), None);
        // A complaint about a service is for the organ itself to settle.
        assert_eq!(receives("230883", Kind::Complaint, &[GOVERNMENT]).as_deref(), Some(GOVERNMENT));
    }

    #[test]
    fn what_is_no_receiver_is_said() {
        for text in ["", "230883", "2308=11230883MB0101012C", "230883=123"] {
            assert!(text.parse::<Receiver>().is_err(), "{text}");
        }
    }
}
