//! The closed sets of words of a domain and those of its API, one for one.

/// A word of a domain with its counterpart in the API.
pub trait Word: Copy + Sized {
    /// The counterpart.
    type Wire: TryFrom<i32> + Into<i32>;
    /// In the API's words.
    fn wire(self) -> Self::Wire;
    /// From the API's words; `None` when unspecified.
    fn from_wire(wire: Self::Wire) -> Option<Self>;
    /// As a field holds it.
    fn number(self) -> i32 {
        self.wire().into()
    }
}

/// Declares the counterparts: `words! { domain, api; Procedure { Simple Ordinary } }`, the two modules first.
#[macro_export]
macro_rules! words {
    ($domain:ident, $api:ident; $($name:ident { $($variant:ident)* })*) => {$(
        impl $crate::words::Word for $domain::$name {
            type Wire = $api::$name;
            fn wire(self) -> $api::$name {
                match self { $(Self::$variant => $api::$name::$variant,)* }
            }
            fn from_wire(wire: $api::$name) -> Option<Self> {
                match wire {
                    $api::$name::Unspecified => None,
                    $($api::$name::$variant => Some(Self::$variant),)*
                }
            }
        }
    )*};
}
