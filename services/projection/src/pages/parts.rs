//! Small pieces that many pages show: chips, due dates, paging, choices of a form.

use askama::{Template, filters::HtmlSafe};
use law::vocabulary::Word;
use serde::Serialize;

use super::{
    address, format,
    frame::Frame,
    i18n::{Lang, Words},
    take,
};
use crate::model::{
    COUNT_MAX, CaseRow, DeadlineState, FindingKind, ItemState, Mode, OfficerRow, Page, Serving, Severity, StageStatus,
    TaskState, Text,
};

/// A word with a shape, so that colour never says it alone.
#[derive(Template)]
#[template(path = "parts/chip.html")]
pub(crate) struct Chip {
    class: &'static str,
    shape: &'static str,
    word: String,
}
impl HtmlSafe for Chip {}

impl Chip {
    pub(crate) fn new(class: &'static str, shape: &'static str, word: impl Into<String>) -> Self {
        Self { class, shape, word: word.into() }
    }
}

/// A word of the views that has a chip.
pub(crate) trait Shown: Copy {
    /// Its class and shape.
    fn look(self) -> (&'static str, &'static str);
    /// Its word.
    fn word(self) -> Text;
    /// Its chip.
    fn chip(self, lang: Lang) -> Chip {
        let (class, shape) = self.look();
        Chip::new(class, shape, say(&self.word(), lang))
    }
}

macro_rules! shown {
    ($($name:ident { $($variant:ident => $class:literal $shape:literal),+ $(,)? })*) => {$(
        impl Shown for $name {
            fn look(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => ($class, $shape),)+ }
            }
            fn word(self) -> Text { self.text() }
        }
    )*};
}

shown! {
    StageStatus {
        Done => "done" "done", Open => "open" "open", Skipped => "quiet" "skipped", Refused => "wrong" "refused",
        NotRequired => "quiet" "square", Missing => "wrong" "wrong", Ahead => "quiet" "pending",
    }
    Severity {
        High => "wrong" "wrong", Medium => "warn" "flag", Low => "quiet" "open", Prevented => "done" "refused",
        NotChecked => "quiet" "pending",
    }
    FindingKind {
        Violation => "wrong" "wrong", MissedDeadline => "warn" "flag", MissingDuty => "warn" "skipped",
        LateRecording => "quiet" "open", RefusedAttempt => "done" "refused", NotChecked => "quiet" "pending",
    }
    DeadlineState {
        Overdue => "wrong" "wrong", Open => "open" "open", Suspended => "quiet" "pause", NoCalendar => "quiet" "pending",
        Missed => "warn" "flag", Met => "done" "done", Cancelled => "quiet" "skipped",
        Others => "quiet" "square",
    }
    ItemState { InForce => "done" "done", Coming => "open" "open", Draft => "quiet" "pending", Cancelled => "quiet" "refused" }
    Serving { Served => "done" "done", Partly => "open" "open", Unserved => "quiet" "skipped" }
    TaskState {
        Overdue => "wrong" "wrong", Underway => "open" "open", Silent => "quiet" "pending", Completed => "done" "done",
    }
    Mode { Handling => "quiet" "square", Reporting => "quiet" "flag" }
}

/// A due date that opens its explanation.
#[derive(Template)]
#[template(path = "parts/due.html")]
pub(crate) struct Due {
    pub(crate) chip: Chip,
    pub(crate) explanation: String,
}
impl HtmlSafe for Due {}

/// A list as files.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<span class="take">{{ w.take_away }}{% for (name, href) in files %} <a href="{{ href }}" download>{{ name }}</a>{% endfor %}</span>"#
)]
pub(crate) struct Files {
    w: &'static Words,
    files: Vec<(String, String)>,
}
impl HtmlSafe for Files {}

impl Files {
    /// Of the list at `path` under `filter`.
    pub(crate) fn of<F: Serialize>(path: &str, filter: &F, lang: Lang) -> Self {
        Self { w: lang.words(), files: take::addresses(path, filter) }
    }
}

/// How many rows there are, and the way to the others.
#[derive(Template)]
#[template(path = "parts/pager.html")]
pub(crate) struct Pager {
    w: &'static Words,
    summary: String,
    position: String,
    previous: Option<String>,
    next: Option<String>,
    files: Files,
}
impl HtmlSafe for Pager {}

impl Pager {
    /// The pager of a list at `path` under `filter`.
    pub(crate) fn of<T, F: Serialize>(list: &Page<T>, path: &str, filter: &F, lang: Lang) -> Self {
        let (page, pages) = (list.page.max(1), list.pages());
        let total = format::count(list.total.min(COUNT_MAX));
        let more = if list.capped { lang.pick("以上", "+") } else { "" };
        Self {
            w: lang.words(),
            summary: lang.pick(format!("共 {total} 条{more}"), format!("{total}{more} rows")),
            position: lang.pick(format!("第 {page} / {pages} 页"), format!("Page {page} of {pages}")),
            previous: (page > 1).then(|| address::at_page(path, filter, (page - 1).min(pages))),
            next: (page < pages).then(|| address::at_page(path, filter, page + 1)),
            files: Files::of(path, filter, lang),
        }
    }

    /// The same, whose files are asked for under another name, with what the page's address says in its path.
    #[must_use]
    pub(crate) fn taken_from<F: Serialize>(self, path: &str, filter: &F, lang: Lang) -> Self {
        Self { files: Files::of(path, filter, lang), ..self }
    }
}

/// One option of a select.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>, chosen: Option<&str>) -> Self {
        let value = value.into();
        Self { chosen: chosen == Some(value.as_str()), label: label.into(), value }
    }
}

/// The options for a set of fixed words.
macro_rules! choices {
    ($kind:ty, $chosen:expr, $lang:expr) => {
        <$kind>::ALL
            .iter()
            .map(|word| {
                $crate::pages::parts::Choice::new(
                    word.id(),
                    $crate::pages::parts::say(&word.text(), $lang),
                    $chosen.map(<$kind>::id),
                )
            })
            .collect::<Vec<_>>()
    };
}
pub(crate) use choices;

/// The options for words of a service; of several with one id the first.
pub(crate) fn word_choices<'w>(words: impl Iterator<Item = &'w Word>, chosen: Option<&str>, lang: Lang) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for word in words {
        if all.iter().all(|choice| choice.value != word.id) {
            all.push(Choice::new(word.id, heading(lang.pick(word.label.zh, word.label.en)), chosen));
        }
    }
    all
}

/// A word as it stands alone: English begins with a capital.
pub(crate) fn heading(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What stands out about a case in a list.
pub(crate) fn marks(f: &Frame, case: &CaseRow) -> Vec<Chip> {
    let mark = |n: u32, class, shape, word: &str| (n > 0).then(|| Chip::new(class, shape, format!("{word} {n}")));
    [
        mark(case.overdue, "wrong", "wrong", f.w.overdue_mark),
        mark(case.findings, "warn", "flag", f.w.findings),
        mark(case.refused, "done", "refused", f.w.refused),
        case.incomplete.then(|| Chip::new("quiet", "skipped", f.w.incomplete)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether an officer may act today.
pub(crate) fn certificate(f: &Frame, officer: &OfficerRow) -> Chip {
    match (officer.valid, officer.certificate.is_some()) {
        (true, _) => Chip::new("done", "done", f.w.certificate_valid),
        (false, true) => Chip::new("warn", "flag", f.w.certificate_ended),
        (false, false) => Chip::new("quiet", "pending", f.w.certificate_none),
    }
}

/// Something with a text in both languages, however a template passes it.
pub(crate) trait Said {
    /// Its text.
    fn text(&self) -> &Text;
}
impl Said for Text {
    fn text(&self) -> &Text {
        self
    }
}
impl<T: Said> Said for &T {
    fn text(&self) -> &Text {
        (*self).text()
    }
}

/// A text in one language.
pub(crate) fn say(text: &impl Said, lang: Lang) -> String {
    let text = match lang {
        Lang::Zh => &text.text().zh,
        Lang::En => &text.text().en,
    };
    text.clone().into_owned()
}
