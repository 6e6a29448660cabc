//! A row type and its table from one declaration.

use jiff::{Timestamp, civil::Date};

use super::{
    Columns, Value,
    table::{Column, column},
};
use crate::model::{FindingKind, Mode};

/// What a column can hold.
pub(crate) trait Field: Sized {
    const INT: bool;
    const OPTIONAL: bool;
    fn write(&self) -> Value;
    fn read(columns: &mut Columns<'_>) -> Result<Self, sqlx::Error>;
}

macro_rules! fields {
    ($($ty:ty, $int:literal, $optional:literal, $write:ident, $read:ident;)*) => {$(
        impl Field for $ty {
            const INT: bool = $int;
            const OPTIONAL: bool = $optional;
            fn write(&self) -> Value {
                self.$write().into()
            }
            fn read(columns: &mut Columns<'_>) -> Result<Self, sqlx::Error> {
                columns.$read()
            }
        }
    )*};
}

fields! {
    String, false, false, as_str, text;
    Option<String>, false, true, as_deref, opt_text;
    i64, true, false, clone, int;
    Option<i64>, true, true, clone, opt_int;
    u64, true, false, clone, count;
    bool, true, false, clone, flag;
    Date, false, false, clone, day;
    Option<Date>, false, true, clone, opt_day;
    Timestamp, true, false, clone, time;
    Option<Timestamp>, true, true, clone, opt_time;
}

impl Field for u32 {
    const INT: bool = true;
    const OPTIONAL: bool = false;
    fn write(&self) -> Value {
        (*self).into()
    }
    fn read(columns: &mut Columns<'_>) -> Result<Self, sqlx::Error> {
        Ok(u32::try_from(columns.int()?).unwrap_or(u32::MAX))
    }
}

macro_rules! words {
    ($($ty:ident)*) => {$(
        impl Field for $ty {
            const INT: bool = false;
            const OPTIONAL: bool = false;
            fn write(&self) -> Value {
                self.id().into()
            }
            fn read(columns: &mut Columns<'_>) -> Result<Self, sqlx::Error> {
                let id = columns.text()?;
                Self::from_id(&id).ok_or_else(|| unknown(stringify!($ty), &id))
            }
        }
        impl Field for Option<$ty> {
            const INT: bool = false;
            const OPTIONAL: bool = true;
            fn write(&self) -> Value {
                self.map($ty::id).into()
            }
            fn read(columns: &mut Columns<'_>) -> Result<Self, sqlx::Error> {
                columns.opt_text()?.map(|id| $ty::from_id(&id).ok_or_else(|| unknown(stringify!($ty), &id))).transpose()
            }
        }
    )*};
}

words! { FindingKind Mode }

fn unknown(what: &str, id: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("{id:?} is no {what}").into())
}

/// Declares what a column holds as JSON. A text that does not read back fails the read of its row.
macro_rules! json {
    ($($ty:ty;)*) => {$(
        impl $crate::store::Field for $ty {
            const INT: bool = false;
            const OPTIONAL: bool = false;
            fn write(&self) -> $crate::store::Value {
                // What cannot be written would not read back either: an empty text is no JSON.
                serde_json::to_string(self).unwrap_or_default().into()
            }
            fn read(columns: &mut $crate::store::Columns<'_>) -> Result<Self, sqlx::Error> {
                serde_json::from_str(&columns.text()?).map_err(|e| sqlx::Error::Decode(Box::new(e)))
            }
        }
    )*};
}
pub(crate) use json;

json! { Vec<String>; Vec<[String; 3]>; }

impl Column {
    pub(crate) const fn of<T: Field>(name: &'static str) -> Self {
        column(name, T::INT, T::OPTIONAL)
    }
}

/// Declares a row type with its table: `field: Type, modifier, …;`, key fields first.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub(crate) struct $name:ident in $table:ident = $sql:literal, $about:literal {
            $($(#[$fm:meta])* $field:ident : $ty:ty $(, $modifier:ident)*;)*
        }
        indexes [$(($columns:expr, $condition:expr)),* $(,)?]
        $(search $search:literal)?
    ) => {
        #[doc = $about]
        pub(crate) static $table: $crate::store::Table = $crate::store::Table {
            name: $sql,
            about: $about,
            columns: &[$($crate::store::Column::of::<$ty>(stringify!($field))$(.$modifier())*,)*],
            indexes: &[$(($columns, $condition)),*],
            empty: "",
            search: concat!("" $(, $search)?),
        };

        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name {
            $($(#[$fm])* pub(crate) $field: $ty,)*
        }

        impl $name {
            /// The row as the table holds it.
            pub(crate) fn row(&self) -> Vec<$crate::store::Value> {
                vec![$($crate::store::Field::write(&self.$field),)*]
            }

            /// Reads the table's columns in their order.
            #[allow(dead_code, reason = "some tables are read by aggregates only")]
            pub(crate) fn read(columns: &mut $crate::store::Columns<'_>) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: $crate::store::Field::read(columns)?,)* })
            }
        }
    };
}
pub(crate) use record;
