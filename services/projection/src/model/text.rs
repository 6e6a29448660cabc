//! Text in the two languages of the suite.

use std::borrow::Cow;

use serde::Serialize;

/// One text in Chinese and in English. Names and other data that exist once are the same in both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Text {
    /// 中文.
    pub zh: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A label of the program.
    pub const fn label(zh: &'static str, en: &'static str) -> Self {
        Self { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
    }

    /// A text made of data.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Data that reads the same in both languages.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: Cow::Owned(text.clone()), en: Cow::Owned(text) }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// Declares an enum of fixed words: stored as snake_case text, shown in both languages.
macro_rules! words {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$vm:meta])* $variant:ident = $id:literal $zh:literal $en:literal),+ $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = concat!($zh, ".")] $(#[$vm])* #[serde(rename = $id)] $variant,)+
        }

        impl $name {
            /// All of them, in the order they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As stored and as written in addresses.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// As shown.
            pub const fn text(self) -> $crate::model::Text {
                match self { $(Self::$variant => $crate::model::Text::label($zh, $en),)+ }
            }

            /// The word with this id.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }
    )*};
}
pub(crate) use words;
