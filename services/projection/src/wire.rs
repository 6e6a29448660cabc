//! Between the model and the wire. Rows are declared for both at once ([`crate::model::rows`]); fixed words have the same
//! names on both sides, checked by a test.

mod files;
mod request;

use jiff::{Timestamp, civil::Date};
use kernel::Fields;
use law::{period::Remaining, rule::Param};
use proto::{
    common::v1::{Mode as WireMode, Violation},
    projection::v1 as p,
};

use crate::model::{
    AgencyRow, AuditRow, Broken, CaseRow, DeadlineRow, FindingRow, ItemRow, Mode, OfficerRow, Page, PublicDecision,
    Text,
};

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
        }
        impl OnWire<i32> for crate::model::$model {
            fn on_wire(self) -> i32 {
                self.number()
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
    StageStatus "STAGE_STATUS" { Done, Open, Skipped, Refused, Ahead, NotRequired, Missing }
    FindingKind "FINDING_KIND" { Violation, MissedDeadline, MissingDuty, LateRecording, RefusedAttempt, NotChecked }
    Severity "SEVERITY" { High, Medium, Low, Prevented, NotChecked }
    DeadlineState "DEADLINE_STATE" { Overdue, Open, Suspended, NoCalendar, Missed, Met, Cancelled, Others }
    ItemState "ITEM_STATE" { InForce, Coming, Draft, Cancelled }
    Behind "BEHIND" { Counted, Passed, Failed }
    CaseState "CASE_STATE" { Open, Closed }
    Standing "STANDING" { Qualified, Unqualified, Dissolved }
    CertificateState "CERTIFICATE_STATE" { Valid, Ended, None }
    Proof "PROOF" { Proved, Running }
    Serving "SERVING" { Served, Partly, Unserved }
    TaskState "TASK_STATE" { Overdue, Underway, Silent, Completed }
    Timing "TIMING" { InTime, DueSoon, Overdue, NoClock, Missed }
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

/// What a field of the model is on the wire.
pub(crate) trait OnWire<T> {
    fn on_wire(self) -> T;
}

/// Declares how types are told: the type, what it is on the wire, and how the value becomes that.
macro_rules! told {
    ($($from:ty => $to:ty: |$value:ident| $told:expr;)*) => {$(
        impl OnWire<$to> for $from {
            fn on_wire(self) -> $to {
                let $value = self;
                $told
            }
        }
    )*};
}

told! {
    bool => bool: |b| b;
    u32 => u32: |n| n;
    u64 => u64: |n| n;
    i64 => i64: |n| n;
    String => String: |text| text;
    Vec<String> => Vec<String>: |all| all;
    Option<i64> => Option<i64>: |n| n;
    Option<u32> => Option<u32>: |n| n;
    // Nothing is told by what is nothing: 0, the empty text.
    Option<u64> => u64: |n| n.unwrap_or_default();
    Option<i16> => i32: |n| n.map_or(0, i32::from);
    Option<String> => String: |text| text.unwrap_or_default();
    Option<Date> => String: |day| day.map(|day| day.to_string()).unwrap_or_default();
    Date => String: |day| day.to_string();
    Option<Timestamp> => Option<prost_types::Timestamp>: |at| at.and_then(OnWire::on_wire);
    Timestamp => Option<prost_types::Timestamp>: |at| {
        Some(prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() })
    };
    Text => Option<p::Text>: |text| Some(p::Text { zh: text.zh.into_owned(), en: text.en.into_owned() });
    Vec<Text> => Vec<p::Text>: |all| all.into_iter().filter_map(OnWire::on_wire).collect();
    Option<Remaining> => Option<p::Text>: |left| left.map(|left| p::Text { zh: left.to_zh(), en: left.to_en() });
    Option<Mode> => i32: |mode| match mode {
        None => WireMode::Unspecified as i32,
        Some(Mode::Handling) => WireMode::Handling as i32,
        Some(Mode::Reporting) => WireMode::Reporting as i32,
    };
    law::Kind => i32: |kind| match kind {
        law::Kind::Gate => p::RuleKind::Gate as i32,
        law::Kind::Deadline => p::RuleKind::Deadline as i32,
        law::Kind::Duty => p::RuleKind::Duty as i32,
        law::Kind::Limit => p::RuleKind::Limit as i32,
    };
    Vec<Param> => Vec<p::RuleParam>: |all| {
        let one = |p: Param| p::RuleParam { name: p.name.to_owned(), value: p.value, unit: p.unit.to_owned() };
        all.into_iter().map(one).collect()
    };
    Vec<Broken> => Vec<Violation>: |all| {
        let one = |b: Broken| {
            let Broken { rule, citation, text } = b;
            Violation { rule, citation, zh: text.zh.into_owned(), en: text.en.into_owned() }
        };
        all.into_iter().map(one).collect()
    };
    // Field, before, after.
    Vec<(Text, String, String)> => Vec<p::Change>: |all| {
        all.into_iter().map(|(field, before, after)| p::Change { field: field.on_wire(), before, after }).collect()
    };
    // Version, in force from, document.
    Vec<(u32, Date, String)> => Vec<p::StandardVersion>: |all| {
        let one = |(version, effective, document): (u32, Date, String)| {
            p::StandardVersion { version, effective: effective.on_wire(), document }
        };
        all.into_iter().map(one).collect()
    };
    // Month, decisions.
    Vec<(String, u64)> => Vec<p::PublishedMonth>: |all| {
        all.into_iter().map(|(month, published)| p::PublishedMonth { month, published }).collect()
    };
    // Code, name, decisions.
    Vec<(String, String, u64)> => Vec<p::PublishedAgency>: |all| {
        all.into_iter().map(|(agency, name, published)| p::PublishedAgency { agency, name, published }).collect()
    };
}

/// A row where a message has it once, perhaps, or many times.
macro_rules! row {
    ($name:ident $message:ident) => {
        impl $crate::wire::OnWire<Option<proto::projection::v1::$message>> for $name {
            fn on_wire(self) -> Option<proto::projection::v1::$message> {
                Some(self.into())
            }
        }
        impl $crate::wire::OnWire<Option<proto::projection::v1::$message>> for Option<$name> {
            fn on_wire(self) -> Option<proto::projection::v1::$message> {
                self.map(Into::into)
            }
        }
        impl $crate::wire::OnWire<Vec<proto::projection::v1::$message>> for Vec<$name> {
            fn on_wire(self) -> Vec<proto::projection::v1::$message> {
                self.into_iter().map(Into::into).collect()
            }
        }
    };
}
pub(crate) use row;

macro_rules! lists {
    ($($row:ident $rows:ident $response:ident;)*) => {$(
        impl From<Page<$row>> for p::$response {
            fn from(page: Page<$row>) -> Self {
                let Page { rows, total, capped, page, size } = page;
                Self { page: Some(p::PageInfo { total, capped, page, size }), $rows: rows.on_wire() }
            }
        }
    )*};
}

lists! {
    AgencyRow agencies ListAgenciesResponse;
    CaseRow cases ListCasesResponse;
    PublicDecision decisions ListDecisionsResponse;
    DeadlineRow deadlines ListDeadlinesResponse;
    FindingRow findings ListFindingsResponse;
    ItemRow items ListItemsResponse;
    OfficerRow officers ListOfficersResponse;
    AuditRow events ListEventsResponse;
}
