//! A line as it stands in a cell: `kind“word”|longest|part；part…`, as in
//! `查封“封存”|7日|对场所、财物；限于违法生产经营的食品；期限依照《…》第…条`.
//!
//! Invariant: what is written reads back as the same line. Nothing is left over: a text that is no part is a fault.

use std::fmt;

use law::period::Period;

use super::{Allowed, CompulsionKind, Executor, Longest, ObjectKind};
use crate::domain::facts::Unread;

/// Between the parts of a line.
const PARTED: char = '；';
/// Leads the objects in the words of the article.
const ONLY: &str = "限于";
/// Leads the article of the time.
const TIME_UNDER: &str = "期限依照";
/// Leads the article of the line.
const UNDER: &str = "依照";
/// Between a time and its extension.
const AND: char = '+';

impl Allowed {
    /// The line that a cell writes.
    ///
    /// # Errors
    ///
    /// [`Unread`] for a kind that ACL 9 and 12 do not know, a time that is none, and a part that is none.
    pub fn read(line: &str) -> Result<Self, Unread> {
        let mut cells = line.splitn(3, '|').map(str::trim);
        let (first, time) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let parts = cells.next().unwrap_or_default();
        let (word, called) = match first.split_once('“').and_then(|(word, rest)| Some((word, rest.strip_suffix('”')?)))
        {
            Some((word, called)) => (word, Some(called)),
            None => (first, None),
        };
        let kind = CompulsionKind::from_zh(word).ok_or_else(|| {
            let all = CompulsionKind::ALL.iter().map(|kind| kind.zh()).collect::<Vec<_>>().join("，");
            Unread::new(
                format!("强制种类“{}”不是{all}之一", cut(word)),
                format!("the compulsory measure {:?} is none of {all}", cut(word)),
            )
        })?;
        let mut line = Self::of(kind);
        line.called = called.filter(|word| !word.is_empty()).map(str::to_owned);
        let mut time_under = None;
        for part in parts.split(PARTED).map(str::trim).filter(|part| !part.is_empty()) {
            if !read_part(part, &mut line, &mut time_under) {
                return Err(Unread::new(
                    format!(
                        "“{}”不能识别；可以写 对场所、设施、财物、存款、汇款、人身，限于…，自行执行，申请法院执行，期限依照《…》第…条，依照《…》第…条",
                        cut(part)
                    ),
                    format!(
                        "{:?} is no part of the line, or says again what it has: write 对 with objects, 限于…, 自行执行, 申请法院执行, 期限依照《…》第…条 or 依照《…》第…条",
                        cut(part)
                    ),
                ));
            }
        }
        line.longest = longest(time, time_under)?;
        Ok(line)
    }
}

/// The time, and the article that it needs.
fn longest(time: &str, under: Option<String>) -> Result<Option<Longest>, Unread> {
    if time.is_empty() {
        return match under {
            None => Ok(None),
            Some(_) => Err(Unread::new(
                "写了期限的依据，没有写期限；请写 7日 或者 7日+15日",
                "the article of the time is named and the time is not: write 7日 or 7日+15日",
            )),
        };
    }
    let read = |text: &str| Period::from_zh(text.trim()).filter(|_| !text.trim().starts_with('0'));
    let (period, extension) = match time.split_once(AND) {
        Some((period, extension)) => (read(period), read(extension).map(Some)),
        None => (read(time), Some(None)),
    };
    let (Some(period), Some(extension)) = (period, extension) else {
        return Err(Unread::new(
            format!("期限“{}”应写作 7日、24小时，可以延长的写作 30日+15日", cut(time)),
            format!("the time {:?} should read 7日 or 24小时, and 30日+15日 where it can be prolonged", cut(time)),
        ));
    };
    let under = under.ok_or_else(|| {
        Unread::new(
            "另有规定的期限须写明依据：期限依照《…》第…条；依行政强制法第二十五条、第三十二条的，期限留空",
            "a time of its own names its article, 期限依照《…》第…条; leave it empty where that of ACL 25 and 32 holds",
        )
    })?;
    Ok(Some(Longest { period, extension, under }))
}

/// Takes a part into the line; `false` where it is none, or says again what the line has.
fn read_part(part: &str, line: &mut Allowed, time_under: &mut Option<String>) -> bool {
    let once = |empty: bool, set: &mut dyn FnMut()| {
        if empty {
            set();
        }
        empty
    };
    if let Some(by) = Executor::from_zh(part) {
        return once(line.by.is_none(), &mut || line.by = Some(by));
    }
    if let Some(on) = part.strip_prefix('对').and_then(object_kinds) {
        return once(line.on.is_empty(), &mut || line.on.clone_from(&on));
    }
    if let Some(objects) = part.strip_prefix(ONLY).filter(|text| !text.is_empty()) {
        return once(line.objects.is_none(), &mut || line.objects = Some(objects.to_owned()));
    }
    if let Some(article) = part.strip_prefix(TIME_UNDER).filter(|text| is_article(text)) {
        return once(time_under.is_none(), &mut || *time_under = Some(article.to_owned()));
    }
    if let Some(article) = part.strip_prefix(UNDER).filter(|text| is_article(text)) {
        return once(line.under.is_none(), &mut || line.under = Some(article.to_owned()));
    }
    false
}

fn is_article(text: &str) -> bool {
    text.starts_with('《') && text.contains("》第")
}

/// 场所、设施、存款、汇款: each once, in any order.
fn object_kinds(text: &str) -> Option<Vec<ObjectKind>> {
    let (mut rest, mut found) = (text, Vec::new());
    loop {
        let next = ObjectKind::ALL.iter().find(|kind| rest.starts_with(kind.zh()) && !found.contains(*kind))?;
        found.push(*next);
        rest = &rest[next.zh().len()..];
        match rest.strip_prefix('、') {
            Some(more) => rest = more,
            None => return rest.is_empty().then_some(found),
        }
    }
}

/// The parts of a line, in the order in which people read them.
pub(super) fn parts(line: &Allowed) -> Vec<String> {
    let mut parts = Vec::new();
    if !line.on.is_empty() {
        parts.push(format!("对{}", line.on.iter().map(|kind| kind.zh()).collect::<Vec<_>>().join("、")));
    }
    parts.extend(line.objects.as_ref().map(|text| format!("{ONLY}{text}")));
    parts.extend(line.by.map(|by| by.zh().to_owned()));
    parts.extend(line.longest.as_ref().map(|longest| format!("{TIME_UNDER}{}", longest.under)));
    parts.extend(line.under.as_ref().map(|article| format!("{UNDER}{article}")));
    parts
}

impl fmt::Display for Allowed {
    /// As a cell writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.zh())?;
        if let Some(called) = &self.called {
            write!(f, "“{called}”")?;
        }
        let time = self.longest.as_ref().map_or_else(String::new, |l| match l.extension {
            Some(extension) => format!("{}{AND}{}", l.period.to_zh(), extension.to_zh()),
            None => l.period.to_zh(),
        });
        match (time.is_empty(), parts(self)) {
            (true, parts) if parts.is_empty() => Ok(()),
            (_, parts) => write!(f, "|{time}|{}", parts.join("；")),
        }
    }
}

/// As much of a cell as an error repeats.
fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
