//! The names of this service's streams.

use law::id::{BaseCode, ItemCode, OfficerCode, RegionCode, Uscc};

pub(crate) fn region(code: &RegionCode) -> String {
    format!("region/{code}")
}

pub(crate) fn agency(code: &Uscc) -> String {
    format!("agency/{code}")
}

pub(crate) fn officer(code: &OfficerCode) -> String {
    format!("officer/{code}")
}

pub(crate) fn catalogue(code: &BaseCode) -> String {
    format!("catalogue/{code}")
}

pub(crate) fn item(code: &ItemCode) -> String {
    format!("item/{code}")
}
