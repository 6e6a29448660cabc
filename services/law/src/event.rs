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
    /// How people read it.
    fn card(&self) -> crate::vocabulary::EventCard;
    /// As later steps name it that answer it; `None` where none does.
    fn answered(&self) -> Option<crate::order::Happened> {
        None
    }
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
    /// How people read each stored type.
    fn cards() -> Vec<crate::vocabulary::EventCard>;
    /// Every stored type with the JSON Schema of its data; what types share is left with the generator.
    fn schemas(shared: &mut schemars::SchemaGenerator) -> Vec<Stored>;
}

/// How the data of a stored type looks.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The stored type.
    pub kind: &'static str,
    /// The Rust type whose data it is: one may be stored under several types, as a refused attempt is.
    pub of: std::borrow::Cow<'static, str>,
    /// The JSON Schema.
    pub schema: schemars::Schema,
}

/// Declares an aggregate's event enum: for each event its stored type, the step that asks for it if anybody does, and how
/// people read it ([`EventCard`](crate::vocabulary::EventCard)).
///
/// `after [Opened[door], Painted]` behind it names the events that its step must not precede, those in brackets by the
/// field that tells which one, as the event declares it, `Opened[door] = …`. Without such a field the last one stands for
/// all; `after_first [Painted]`: the step may answer any of them ([`order`](crate::order)). A step that answers nothing
/// says `.begins()`.
///
/// With a second enum, that one holds the steps, each with the event as the caller asserts it, or with what stands behind
/// the step's name where the caller asserts something else: `as OpenDoor(Key)`. With a trait behind its name, the events
/// that are asked for must implement it, and `asked` gives the step as that trait; in braces
/// behind it, what each implementation says of its step without being asked.
///
/// ```
/// # use serde::{Serialize, Deserialize};
/// #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
/// pub struct Opened { pub name: String }
/// # #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
/// # pub struct Shut { pub name: String }
/// law::events! {
///     /// What happens to a door.
///     pub enum DoorEvent {
///         Opened = "demo.door.Opened.v1" as OpenDoor: did("打开", "Opened").to_do("打开", "open the door").begins(),
///         Shut = "demo.door.Shut.v1" as ShutDoor: did("关闭", "Shut").to_do("关闭", "shut the door") after [Opened],
///     }
///     /// What may be asked of a door.
///     pub enum Step;
/// }
/// use law::DomainEvent;
/// let e = DoorEvent::Opened(Opened { name: "front".into() });
/// assert_eq!(e.kind(), "demo.door.Opened.v1");
/// assert_eq!(DoorEvent::from_data(e.kind(), e.to_data().unwrap().get()).unwrap(), e);
/// assert_eq!(Step::OpenDoor(Opened { name: "back".into() }).name(), "OpenDoor");
/// assert_eq!(DoorEvent::cards()[0].to_do.en, "open the door");
/// assert_eq!(Step::ShutDoor(Shut { name: "back".into() }).answers()[0].what.event, "Opened");
/// ```
#[macro_export]
macro_rules! events {
    // A constant, so that what it refers to may be written in place.
    (@card $($card:tt)+) => {{
        const CARD: $crate::vocabulary::EventCard = $crate::vocabulary::EventCard::$($card)+;
        CARD
    }};
    // The table, as data, as one step names it, and held against the events there are.
    (@lines [$($event:ident $([$by:ident])?),* $(,)?] [$($once:ident),* $(,)?]) => {
        &[
            $($crate::order::Line { event: stringify!($event), by: concat!($(stringify!($by))?), first: false },)*
            $($crate::order::Line { event: stringify!($once), by: "", first: true },)*
        ]
    };
    (@answers $self:ident [] $($none:tt)*) => {};
    (@answers $self:ident [$steps:ident :: $step:ident] [$($event:ident $([$by:ident])?),* $(,)?] [$($once:ident),* $(,)?]) => {
        if let $steps::$step(e) = $self {
            let _ = e;
            return vec![
                $($crate::order::After { what: $crate::events!(@happened e, $event $(, $by)?), first: false },)*
                $($crate::order::After { what: $crate::events!(@happened e, $once), first: true },)*
            ];
        }
    };
    (@happened $e:ident, $event:ident) => {{
        let _ = $e;
        $crate::order::Happened { event: stringify!($event), key: None }
    }};
    (@happened $e:ident, $event:ident, $by:ident) => {
        $crate::order::Happened { event: stringify!($event), key: Some($e.$by.to_string().into()) }
    };
    (@there $name:ident [$($event:ident $([$by:ident])?),* $(,)?] [$($once:ident),* $(,)?]) => {
        $(const _: fn($event) -> $name = $name::$event;)*
        $(const _: fn($once) -> $name = $name::$once;)*
    };
    (@names [$($event:ident $([$by:ident])?),* $(,)?] [$($once:ident),* $(,)?]) => {
        &[$(stringify!($event),)* $(stringify!($once),)*]
    };
    (@of $variant:ident) => { $variant };
    (@of $variant:ident, $of:ty) => { $of };
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($variant:ident $([$key:ident])? = $kind:literal $(as $step:ident)? : $did:ident($zh:literal, $en:literal) $(. $with:ident($($arg:expr),*))*
            $(after [$($after:tt)*])? $(after_first [$($once:tt)*])?),+ $(,)?
    }
    $(#[$step_meta:meta])* $step_vis:vis enum $steps:ident: $asked:path { $doors:ident = $door:ident: $opens:ty };) => {
        $crate::events! {
            $(#[$meta])* $vis enum $name {
                $($variant $([$key])? = $kind $(as $step)? : $did($zh, $en) $(. $with($($arg),*))*
                    $(after [$($after)*])? $(after_first [$($once)*])?),+
            }
            $(#[$step_meta])* $step_vis enum $steps: $asked;
        }

        impl $steps {
            /// Of every step, by name, what its implementation says without being asked.
            pub(crate) const $doors: &'static [(&'static str, $opens)] =
                &[$($((stringify!($step), <$variant as $asked>::$door),)?)+];
        }
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($variant:ident $([$key:ident])? = $kind:literal $(as $step:ident)? : $did:ident($zh:literal, $en:literal) $(. $with:ident($($arg:expr),*))*
            $(after [$($after:tt)*])? $(after_first [$($once:tt)*])?),+ $(,)?
    }
    $(#[$step_meta:meta])* $step_vis:vis enum $steps:ident: $asked:path;) => {
        $crate::events! {
            $(#[$meta])* $vis enum $name {
                $($variant $([$key])? = $kind $(as $step)? : $did($zh, $en) $(. $with($($arg),*))*
                    $(after [$($after)*])? $(after_first [$($once)*])?),+
            }
            $(#[$step_meta])* $step_vis enum $steps;
        }

        impl $steps {
            /// What is asked.
            pub(crate) fn asked(&self) -> &dyn $asked {
                match self { $($(Self::$step(e) => e,)?)+ }
            }
        }

        impl $name {
            /// The step that asks for this event; none where nobody asks.
            pub(crate) fn asked(&self) -> Option<&dyn $asked> {
                match self { $(Self::$variant(e) => $crate::events!(@asked $asked, e $(, $step)?),)+ }
            }
        }
    };
    (@asked $asked:path, $e:ident, $step:ident) => { Some($e as &dyn $asked) };
    (@asked $asked:path, $e:ident) => {{
        let _ = $e;
        None
    }};
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($variant:ident $([$key:ident])? = $kind:literal $(as $step:ident $(($of:ty))?)? : $did:ident($zh:literal, $en:literal) $(. $with:ident($($arg:expr),*))*
            $(after [$($after:tt)*])? $(after_first [$($once:tt)*])?),+ $(,)?
    }
    $(#[$step_meta:meta])* $step_vis:vis enum $steps:ident;) => {
        $crate::events! {
            $(#[$meta])* $vis enum $name {
                $($variant $([$key])? = $kind $(as $step)? : $did($zh, $en) $(. $with($($arg),*))*
                    $(after [$($after)*])? $(after_first [$($once)*])?),+
            }
        }

        $(#[$step_meta])*
        #[derive(Clone, Debug, PartialEq)]
        $step_vis enum $steps {
            $($(#[doc = concat!($zh, ": asks for [`", stringify!($variant), "`].")] $step($crate::events!(@of $variant $(, $of)?)),)?)+
        }

        impl $steps {
            /// The name of its RPC.
            pub fn name(&self) -> &'static str {
                match self { $($(Self::$step(_) => stringify!($step),)?)+ }
            }

            /// What it must not precede.
            #[allow(irrefutable_let_patterns, reason = "there may be a single step")]
            pub fn answers(&self) -> Vec<$crate::order::After> {
                $($crate::events!(@answers self [$($steps::$step)?] [$($($after)*)?] [$($($once)*)?]);)+
                Vec::new()
            }

            /// How people read the event that it asks for.
            pub fn card(&self) -> $crate::vocabulary::EventCard {
                let kind = match self { $($(Self::$step(_) => $kind,)?)+ };
                let cards = <$name as $crate::DomainEvent>::cards();
                cards.into_iter().find(|card| card.kind == kind).expect("every event has its card")
            }
        }

        $($(impl From<$crate::events!(@of $variant $(, $of)?)> for $steps {
            fn from(asked: $crate::events!(@of $variant $(, $of)?)) -> Self { Self::$step(asked) }
        })?)+
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($variant:ident $([$key:ident])? = $kind:literal $(as $step:ident $(($of:ty))?)? : $did:ident($zh:literal, $en:literal) $(. $with:ident($($arg:expr),*))*
            $(after [$($after:tt)*])? $(after_first [$($once:tt)*])?),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis enum $name {
            $(#[doc = concat!("Stored as `", $kind, "`.")] $variant($variant),)+
        }

        $(impl From<$variant> for $name {
            fn from(e: $variant) -> Self { Self::$variant(e) }
        }

        impl<'a> TryFrom<&'a $name> for &'a $variant {
            type Error = &'a $name;
            #[allow(irrefutable_let_patterns, reason = "an aggregate may have a single event")]
            fn try_from(event: &'a $name) -> Result<Self, Self::Error> {
                if let $name::$variant(e) = event { Ok(e) } else { Err(event) }
            }
        })+

        $($crate::events!(@there $name [$($($after)*)?] [$($($once)*)?]);)+

        impl $crate::DomainEvent for $name {
            fn answered(&self) -> Option<$crate::order::Happened> {
                const ANSWERED: &[&[&str]] = &[$($crate::events!(@names [$($($after)*)?] [$($($once)*)?])),+];
                let what = match self { $(Self::$variant(e) => $crate::events!(@happened e, $variant $(, $key)?),)+ };
                ANSWERED.iter().any(|names| names.contains(&what.event)).then_some(what)
            }
            fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind,)+ }
            }
            fn card(&self) -> $crate::vocabulary::EventCard {
                match self {
                    $(Self::$variant(_) => $crate::events!(
                        @card $did($zh, $en) $(.$with($($arg),*))* .named($kind, concat!($(stringify!($step))?))
                            .ordered(concat!($(stringify!($key))?), $crate::events!(@lines [$($($after)*)?] [$($($once)*)?]))
                    ),)+
                }
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
            fn cards() -> Vec<$crate::vocabulary::EventCard> {
                vec![$($crate::events!(
                    @card $did($zh, $en) $(.$with($($arg),*))* .named($kind, concat!($(stringify!($step))?))
                            .ordered(concat!($(stringify!($key))?), $crate::events!(@lines [$($($after)*)?] [$($($once)*)?]))
                ),)+]
            }
            fn schemas(shared: &mut schemars::SchemaGenerator) -> Vec<$crate::event::Stored> {
                vec![$($crate::event::Stored {
                    kind: $kind,
                    of: <$variant as schemars::JsonSchema>::schema_id(),
                    schema: <$variant as schemars::JsonSchema>::json_schema(shared),
                },)+]
            }
        }
    };
}
