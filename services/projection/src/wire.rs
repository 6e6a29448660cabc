//! Between the model and the wire. Fixed words have the same names on both sides, checked by a test.

mod answer;
mod items;
mod overview;
mod request;

use jiff::{Timestamp, civil::Date};
use kernel::Fields;
use proto::projection::v1 as p;

use crate::model::{Page, Text};

pub(crate) use request::Ask;

/// A fixed word that stands in the model and in the API.
pub(crate) trait Word: Sized + 'static {
    const ALL: &'static [Self];
    type Wire: TryFrom<i32> + Copy + 'static;
    fn wire(&self) -> Self::Wire;
    fn number(&self) -> i32;
}

macro_rules! words {
    ($($model:ident $prefix:literal { $($variant:ident),* $(,)? })*) => {
        $(impl Word for crate::model::$model {
            const ALL: &'static [Self] = Self::ALL;
            type Wire = p::$model;
            fn wire(&self) -> p::$model {
                match self { $(Self::$variant => p::$model::$variant,)* }
            }
            fn number(&self) -> i32 {
                self.wire() as i32
            }
        })*

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn words_are_named_alike_on_the_wire() {
                $(for word in crate::model::$model::ALL {
                    let name = format!("{}_{}", $prefix, word.id().to_uppercase());
                    assert_eq!(word.wire().as_str_name(), name);
                })*
            }
        }
    };
}

words! {
    StageStatus "STAGE_STATUS" { Done, Open, Skipped, Refused, Ahead }
    FindingKind "FINDING_KIND" { Violation, MissedDeadline, MissingDuty, LateRecording, RefusedAttempt }
    Severity "SEVERITY" { High, Medium, Low, Prevented }
    DeadlineState "DEADLINE_STATE" { Overdue, Open, Suspended, NoCalendar, Missed, Met, Cancelled }
    ItemState "ITEM_STATE" { InForce, Coming, Draft, Cancelled }
    Behind "BEHIND" { Counted, Passed, Failed }
    CaseState "CASE_STATE" { Open, Closed }
    Standing "STANDING" { Qualified, Unqualified, Dissolved }
    CertificateState "CERTIFICATE_STATE" { Valid, Ended, None }
    Proof "PROOF" { Proved, Running }
}

/// A word of a request; unspecified is none, an unknown number a fault.
fn word<W: Word + Copy>(fields: &mut Fields, path: &str, number: i32) -> Option<W> {
    if number == 0 {
        return None;
    }
    let found = W::ALL.iter().copied().find(|word| word.number() == number);
    if found.is_none() {
        fields.fault(path, format!("{number} is not a known value"));
    }
    found
}

fn text(text: Text) -> Option<p::Text> {
    Some(p::Text { zh: text.zh.into_owned(), en: text.en.into_owned() })
}

fn texts(all: Vec<Text>) -> Vec<p::Text> {
    all.into_iter().filter_map(text).collect()
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn moment(at: Option<Timestamp>) -> Option<prost_types::Timestamp> {
    at.map(|at| prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() })
}

fn page_info<T>(page: &Page<T>) -> Option<p::PageInfo> {
    Some(p::PageInfo { total: page.total, capped: page.capped, page: page.page, size: page.size })
}
