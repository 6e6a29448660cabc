//! A citation held against the register.

use jiff::civil::Date;
use law::Fault;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{State, StatuteText, place};
use crate::domain::content::{LegalBasis, NormLevel};

law::words! {
    /// What came of holding a citation against the text.
    pub enum Held {
        Found = "found" "已核对" "checked",
        NotChecked = "not_checked" "未核对" "not checked",
        Wrong = "wrong" "与文本不符" "not as the text has it",
    }
}

/// What came of one citation, as the published item carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CitationHeld {
    /// What came of it.
    pub held: Held,
    /// The version that it was held against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Date>,
}

impl CitationHeld {
    fn new(held: Held, version: Option<&StatuteText>) -> Self {
        Self { held, version: version.map(|v| v.version) }
    }
}

/// Holds a basis against the statute that it names, as of `day`: in force, of this version, level and issuer, with this place.
/// Where the register has no text for it, nothing is said against it and nothing for it.
pub fn hold(basis: &LegalBasis, statute: Option<&State>, day: Date) -> (CitationHeld, Result<(), Fault>) {
    let known = statute.filter(|s| !s.versions.is_empty());
    let Some(state) = known else {
        return not_checked(None, "文本没有收录", "its text is not on record");
    };
    if let Some(repealed) = state.repealed.as_ref().filter(|_| state.on(day).is_none()).filter(|r| r.on <= day) {
        let (on, by) = (repealed.on, &repealed.document);
        return wrong(
            None,
            format!("自{on}起已废止（{by}），{day}不再施行"),
            format!("was repealed on {on} ({by}) and is not in force on {day}"),
        );
    }
    let Some(text) = state.on(day) else {
        let first = state.versions.iter().min_by_key(|v| v.first_day());
        // What was promulgated only later was not in force; what was, was so by a text that is not on record.
        return match first.and_then(|v| v.promulgated.map(|p| (v, p))) {
            Some((v, promulgated)) if promulgated == v.version || day < promulgated => {
                let from = v.first_day();
                wrong(
                    Some(v),
                    format!("自{from}起施行，{day}尚未施行"),
                    format!("is in force from {from}, and not on {day} yet"),
                )
            }
            _ => not_checked(None, "该日施行的文本没有收录", "the text in force on that day is not on record"),
        };
    };
    if basis.version > text.version {
        return not_checked(None, "所引版本的文本没有收录", "the text of the version cited is not on record");
    }
    if basis.version < text.version {
        let (cited, stands) = (basis.version, text.version);
        return wrong(
            Some(text),
            format!("引用{cited}的版本，{day}施行的是{stands}的版本"),
            format!("is cited in its version of {cited}; in force on {day} is that of {stands}"),
        );
    }
    if let Some(level) = text.level.filter(|level| *level != basis.level) {
        let (said, is) = (basis.level, level);
        return wrong(
            Some(text),
            format!("是{}，不是{}", is.zh(), said.zh()),
            format!("is of level {}, not {}", is.en(), said.en()),
        );
    }
    if let (Some(said), Some(is)) = (&basis.issuer, &text.issuer)
        && law::series::plain(said) != law::series::plain(is)
    {
        return wrong(Some(text), format!("的制定机关是{is}，不是{said}"), format!("was made by {is}, not by {said}"));
    }
    let Some(places) = place::read(&basis.article) else {
        return not_checked(
            Some(text),
            "所引条款未按第…条第…款第…项书写，无法逐条核对",
            "its place is not written as 第…条第…款第…项 and was not looked up",
        );
    };
    if let Some(fault) = places.into_iter().find_map(|p| place::find(&text.articles, p).err()) {
        return wrong(Some(text), fault.zh, fault.en);
    }
    let unsaid: &[(bool, &str, &str)] = &[
        (
            text.level.is_none() && basis.level != NormLevel::NormativeDocument,
            "文本没有载明效力层级",
            "the text on record does not say its level",
        ),
        (
            text.issuer.is_none() && basis.issuer.is_some(),
            "文本没有载明制定机关",
            "the text on record does not say who made it",
        ),
    ];
    match unsaid.iter().find(|(unsaid, ..)| *unsaid) {
        Some((_, zh, en)) => not_checked(Some(text), zh, en),
        None => (CitationHeld::new(Held::Found, Some(text)), Ok(())),
    }
}

fn not_checked(text: Option<&StatuteText>, zh: &str, en: &str) -> (CitationHeld, Result<(), Fault>) {
    let fault = Fault { unknown: true, ..Fault::new(zh, en) };
    (CitationHeld::new(Held::NotChecked, text), Err(fault))
}

fn wrong(text: Option<&StatuteText>, zh: String, en: String) -> (CitationHeld, Result<(), Fault>) {
    (CitationHeld::new(Held::Wrong, text), Err(Fault::new(zh, en)))
}
