//! Objects in the order in which they are stored.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A JSON object in the order of its text; the workspace's map sorts by name.
#[derive(Default)]
pub(super) struct Ordered(pub(super) Vec<(String, serde_json::Value)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Ordered;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut all = Vec::new();
                while let Some(next) = map.next_entry()? {
                    all.push(next);
                }
                Ok(Ordered(all))
            }
        }
        input.deserialize_map(Each)
    }
}
