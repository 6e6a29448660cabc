//! A line as people read it, in both languages.

use serde_json::Value;

use super::{Allowed, notation::parts};

/// The line that a record holds, in Chinese and in English; `None` where it holds none.
pub fn told_allowed(line: &Value) -> Option<[String; 2]> {
    serde_json::from_value::<Allowed>(line.clone()).ok().map(|line| line.told())
}

impl Allowed {
    /// As people read it: `查封 最长7日（对场所、设施；期限依照《…》第…条）`.
    pub fn told(&self) -> [String; 2] {
        let (mut zh, mut en) = (self.kind.word().label.zh.to_owned(), self.kind.word().label.en.to_owned());
        if let Some(called) = &self.called {
            zh = format!("{zh}“{called}”");
            en = format!("{en} “{called}”");
        }
        if let Some(longest) = &self.longest {
            zh = format!("{zh} 最长{}", longest.period.to_zh());
            en = format!("{en} for at most {}", longest.period.to_en());
            if let Some(more) = longest.extension {
                zh = format!("{zh}，可以延长{}", more.to_zh());
                en = format!("{en}, and {} more", more.to_en());
            }
        }
        let (zh_parts, en_parts) = (parts(self).join("；"), self.parts_en().join("; "));
        if zh_parts.is_empty() {
            return [zh, en];
        }
        [format!("{zh}（{zh_parts}）"), format!("{en} ({en_parts})")]
    }

    fn parts_en(&self) -> Vec<String> {
        let mut all = Vec::new();
        if !self.on.is_empty() {
            all.push(format!("on {}", self.on.iter().map(|kind| kind.en()).collect::<Vec<_>>().join(", ")));
        }
        all.extend(self.objects.as_ref().map(|text| format!("only {text}")));
        all.extend(self.by.map(|by| format!("by {}", by.en())));
        all.extend(self.longest.as_ref().map(|longest| format!("its time under {}", longest.under)));
        all.extend(self.under.as_ref().map(|article| format!("under {article}")));
        all
    }
}
