//! Closed sets of words, and events that are acts: what every service declares, in one form.

/// Declares closed sets of words: each variant with the word as stored and as people read it, in Chinese and in English.
/// `as` gives how it is read where it stands alone, when that is otherwise than in a sentence.
///
/// ```
/// law::words! {
///     /// How a door moves.
///     pub enum Motion { Open = "open" "打开" "opened", Shut = "shut" "关闭" "shutting" as "关" "shut" }
/// }
/// assert_eq!(Motion::Shut.id(), "shut");
/// assert_eq!(Motion::Shut.zh(), "关闭");
/// assert_eq!(serde_json::to_string(&Motion::Open).unwrap(), "\"open\"");
/// assert_eq!(Motion::WORDS[1].label.en, "shut");
/// assert_eq!(Motion::from_zh("打开"), Some(Motion::Open));
/// ```
#[macro_export]
macro_rules! words {
    ($($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$of:meta])* $variant:ident = $id:literal $zh:literal $en:literal $(as $alone_zh:literal $alone_en:literal)?),+ $(,)?
    })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        $vis enum $name {
            $($(#[$of])* #[doc = concat!($zh, ".")] #[serde(rename = $id)] $variant,)+
        }

        impl $name {
            /// Every word.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// Every word, as people read it.
            pub const WORDS: &'static [$crate::vocabulary::Word] = &[$(Self::$variant.word()),+];

            /// The word, as stored and as people read it.
            pub const fn word(self) -> $crate::vocabulary::Word {
                match self {
                    $(Self::$variant => $crate::words!(@alone $id $zh $en $(as $alone_zh $alone_en)?),)+
                }
            }

            /// As stored.
            pub const fn id(self) -> &'static str {
                self.word().id
            }

            /// In Chinese.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// In English.
            pub const fn en(self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }

            /// The word that reads so in Chinese.
            pub fn from_zh(zh: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.zh() == zh)
            }
        }
    )+};
    (@alone $id:literal $zh:literal $en:literal) => { $crate::vocabulary::Word::new($id, $zh, $en) };
    (@alone $id:literal $zh:literal $en:literal as $alone_zh:literal $alone_en:literal) => {
        $crate::vocabulary::Word::new($id, $alone_zh, $alone_en)
    };
}

/// Declares events that are acts: each gets its legal time, because later decisions count days from it and see the events
/// only.
///
/// ```
/// law::acts! {
///     /// The door was opened.
///     struct Opened { /// By whom.
///         by: String }
/// }
/// let at = jiff::Timestamp::UNIX_EPOCH;
/// assert_eq!(Opened { by: "me".into(), at: None }.dated(at).at, Some(at));
/// ```
#[macro_export]
macro_rules! acts {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$of:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $($(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub struct $name {
            $($(#[$of])* pub $field: $ty,)*
            /// When the act happened (the record's `time`, here because later decisions count from it).
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub at: Option<jiff::Timestamp>,
        }

        impl $name {
            /// The same, done at `at`.
            #[must_use]
            pub fn dated(mut self, at: jiff::Timestamp) -> Self {
                self.at = Some(at);
                self
            }
        })*
    };
}
