//! Rows: what the pages show and what the API answers, from one declaration.

/// Declares rows with the message that each is on the wire: field by field, under the same name unless `as` gives another.
/// `as _` keeps a field to the pages, `with` fills a field of the message by a method of the row. A field that is
/// forgotten on either side does not compile.
macro_rules! rows {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident is $message:ident $(with { $($extra:ident: $method:ident),* })? {
            $($(#[$fm:meta])* $field:ident: $ty:ty $(as $to:tt)?,)*
        }
    )*) => {$(
        $(#[$meta])*
        pub struct $name { $($(#[$fm])* pub $field: $ty,)* }

        impl From<$name> for proto::projection::v1::$message {
            fn from(row: $name) -> Self {
                $crate::model::rows::message!(
                    row $message { $($($extra: row.$method(),)*)? } $($field $(as $to)?,)*
                )
            }
        }

        $crate::wire::row! { $name $message }

        #[cfg(test)]
        impl $name {
            /// The fields that only the pages show.
            pub(crate) fn kept_to_pages() -> Vec<&'static str> {
                let all: Vec<Option<&'static str>> = vec![$($($crate::model::rows::kept!($field $to),)?)*];
                all.into_iter().flatten().collect()
            }
        }
    )*};
}

/// The message of a row, put together field by field.
macro_rules! message {
    ($row:ident $message:ident { $($done:tt)* }) => {
        proto::projection::v1::$message { $($done)* }
    };
    ($row:ident $message:ident { $($done:tt)* } $field:ident as _, $($rest:tt)*) => {
        $crate::model::rows::message!($row $message { $($done)* } $($rest)*)
    };
    ($row:ident $message:ident { $($done:tt)* } $field:ident as $to:ident, $($rest:tt)*) => {
        $crate::model::rows::message!(
            $row $message { $($done)* $to: $crate::wire::OnWire::on_wire($row.$field), } $($rest)*
        )
    };
    ($row:ident $message:ident { $($done:tt)* } $field:ident, $($rest:tt)*) => {
        $crate::model::rows::message!(
            $row $message { $($done)* $field: $crate::wire::OnWire::on_wire($row.$field), } $($rest)*
        )
    };
}

#[cfg(test)]
macro_rules! kept {
    ($field:ident _) => {
        Some(stringify!($field))
    };
    ($field:ident $to:ident) => {
        None
    };
}

#[cfg(test)]
pub(crate) use kept;
pub(crate) use {message, rows};
