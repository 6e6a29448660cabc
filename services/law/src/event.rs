//! Domain events: plain serde structs under explicit stored type names.

use serde_json::value::RawValue;

/// An event that cannot be read back.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// The type is none that this version knows.
    #[error("unknown event type {0}")]
    UnknownType(String),
    /// The data does not fit the type.
    #[error("event data of {kind} cannot be read")]
    Data {
        /// The stored type.
        kind: String,
        /// What serde says.
        #[source]
        source: serde_json::Error,
    },
}

/// The closed set of events of one aggregate.
pub trait DomainEvent: Sized + Clone + Send + Sync + 'static {
    /// The stored type, e.g. `enforcement.case.CaseFiled.v1`.
    fn kind(&self) -> &'static str;
    /// The event as JSON.
    ///
    /// # Errors
    /// Only when serde cannot serialise, which is a bug.
    fn to_data(&self) -> Result<Box<RawValue>, serde_json::Error>;
    /// Reads an event back.
    ///
    /// # Errors
    /// [`EventError`] for an unknown type or data that does not fit.
    fn from_data(kind: &str, data: &str) -> Result<Self, EventError>;
    /// Every stored type with the JSON Schema of its data.
    fn schemas() -> Vec<(&'static str, schemars::Schema)>;
}

/// Declares an aggregate's event enum and its stored type names.
///
/// ```
/// # use serde::{Serialize, Deserialize};
/// #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
/// pub struct Opened { pub name: String }
/// law::events! {
///     /// What happens to a door.
///     pub enum DoorEvent {
///         Opened = "demo.door.Opened.v1",
///     }
/// }
/// use law::DomainEvent;
/// let e = DoorEvent::Opened(Opened { name: "front".into() });
/// assert_eq!(e.kind(), "demo.door.Opened.v1");
/// assert_eq!(DoorEvent::from_data(e.kind(), e.to_data().unwrap().get()).unwrap(), e);
/// ```
#[macro_export]
macro_rules! events {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($variant:ident = $kind:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis enum $name {
            $(#[doc = concat!("Stored as `", $kind, "`.")] $variant($variant),)+
        }

        $(impl From<$variant> for $name {
            fn from(e: $variant) -> Self { Self::$variant(e) }
        })+

        impl $crate::DomainEvent for $name {
            fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind,)+ }
            }
            fn to_data(&self) -> Result<Box<serde_json::value::RawValue>, serde_json::Error> {
                match self { $(Self::$variant(e) => serde_json::value::to_raw_value(e),)+ }
            }
            fn from_data(kind: &str, data: &str) -> Result<Self, $crate::EventError> {
                match kind {
                    $($kind => serde_json::from_str::<$variant>(data)
                        .map(Self::$variant)
                        .map_err(|source| $crate::EventError::Data { kind: kind.to_owned(), source }),)+
                    _ => Err($crate::EventError::UnknownType(kind.to_owned())),
                }
            }
            fn schemas() -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($kind, schemars::schema_for!($variant)),)+]
            }
        }
    };
}
