//! What a statute says, article by article, as it is recorded.

use law::citation::chinese_number;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An article (条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Its number.
    pub number: u16,
    /// 之一, 之二…: one put in behind it later; 0 for the article itself.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub insert: u16,
    /// The headings that stand before it: 第一章 总则.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
    /// Its paragraphs (款), in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph (款).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paragraph {
    /// What it says.
    pub text: String,
    /// Its items (项), in order: the first is （一）.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// An item (项).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// What it says, without its number.
    pub text: String,
    /// Its sub-items (目), in order: the first is 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &u16) -> bool {
    *n == 0
}

impl Article {
    /// 第一百二十二条, 第十条之一.
    pub fn name(&self) -> String {
        name(self.number, self.insert)
    }

    /// Bytes of its text, with some for what stands around each part when it is stored.
    pub fn bytes(&self) -> usize {
        const AROUND: usize = 40;
        let stored = |text: &str| AROUND + text.len() + text.matches(['"', '\\']).count();
        let items = self.paragraphs.iter().flat_map(|p| &p.items);
        AROUND
            + self.headings.iter().map(|h| stored(h)).sum::<usize>()
            + self.paragraphs.iter().map(|p| stored(&p.text)).sum::<usize>()
            + items.map(|i| stored(&i.text) + i.points.iter().map(|p| stored(p)).sum::<usize>()).sum::<usize>()
    }
}

/// The name of an article by its number.
pub fn name(number: u16, insert: u16) -> String {
    let article = format!("第{}条", chinese_number(number));
    if insert == 0 { article } else { format!("{article}之{}", chinese_number(insert)) }
}
