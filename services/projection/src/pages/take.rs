//! 导出: a list as a file, whole, with the filter and the order of its page: CSV for programs, a workbook for reports.
//!
//! A file is asked for with the scope of its reader and through the door of the list's room, as the page is. It has all rows, up to
//! [`WHOLE_MAX`]; where there are more, its last line and its name say so.

mod lists;
mod write;

use std::time::Duration;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::Date};
use tokio::sync::Semaphore;

use super::{PageError, address, context::Cx, error, format, frame::Frame, i18n::Lang, parts::heading};
use crate::model::{Page, WHOLE_MAX};

/// Longest time for a file, from the question to its last byte.
const TIME_MAX: Duration = Duration::from_secs(60);
/// Files made at once: each holds its rows in memory.
const AT_ONCE_MAX: usize = 2;
/// How long a request waits for its turn.
const WAIT_MAX: Duration = Duration::from_secs(10);

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE_MAX);

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    None,
    Text(String),
    Count(u64),
    /// Money, in fen.
    Fen(i64),
    Day(Date),
    /// A moment, told in Beijing time.
    Moment(Timestamp),
}

impl Cell {
    fn day(day: Option<Date>) -> Self {
        day.map_or(Self::None, Self::Day)
    }
    fn moment(at: Option<Timestamp>) -> Self {
        at.map_or(Self::None, Self::Moment)
    }
    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::None } else { Self::Text(text) }
    }
}

/// A column: its head, and what it says of a row.
type Column<T> = (&'static str, fn(&Frame, &T) -> Cell);

/// A list, ready to be written.
struct Sheet {
    /// What the list is called.
    title: String,
    /// The day that it was taken on.
    day: Date,
    /// What it rests on: up to when the views know, and which filter.
    about: Vec<[String; 2]>,
    heads: Vec<String>,
    rows: Vec<Vec<Cell>>,
    /// What is missing, if there are more rows than a file has.
    cut: Option<String>,
}

impl Sheet {
    fn of<T>(cx: &Cx, f: &Frame, list: &Page<T>, columns: &[Column<T>]) -> Self {
        let rows = list.rows.iter().map(|row| columns.iter().map(|(_, cell)| cell(f, row)).collect()).collect();
        let heads = columns.iter().map(|(head, _)| heading(head)).collect();
        Self::new(cx, f, heads, rows, list.capped || list.total > list.rows.len() as u64)
    }

    fn new(cx: &Cx, f: &Frame, heads: Vec<String>, rows: Vec<Vec<Cell>>, is_cut: bool) -> Self {
        let shown = format::count(rows.len() as u64);
        let cut = is_cut.then(|| {
            f.lang.pick(
                format!("只含前 {shown} 行，清单还有更多；请收窄条件后再导出"),
                format!("Only the first {shown} rows; the list has more. Narrow the filter and take it again"),
            )
        });
        let mut about = vec![[f.lang.pick("清单", "List").to_owned(), f.title.clone()]];
        about.push([f.lang.pick("截至", "As of").to_owned(), f.stamp().unwrap_or_default()]);
        about.push([f.lang.pick("条件", "Filter").to_owned(), cx.uri().query().unwrap_or("—").to_owned()]);
        about.push([f.lang.pick("行数", "Rows").to_owned(), cut.clone().unwrap_or(shown)]);
        let day = f.as_of.as_ref().map_or(Date::ZERO, |as_of| as_of.today);
        Self { title: f.title.clone(), day, about, heads, rows, cut }
    }
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Csv,
    Xlsx,
}

impl Form {
    const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    fn media_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        })
    }
}

/// The addresses of the files of a list, by what they are called: `/export/cases.xlsx?…`.
pub(crate) fn addresses<F: serde::Serialize>(path: &str, filter: &F) -> Vec<(String, String)> {
    let at = |form: Form| address::at_page(&format!("/export{path}.{}", form.ending()), filter, 1);
    Form::ALL.map(|form| (form.ending().to_uppercase(), at(form))).into()
}

/// A list as a file.
pub(crate) async fn file(cx: Cx) -> Response {
    match tokio::time::timeout(TIME_MAX, make(&cx)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => error::page(&cx, &error).await,
        Err(_) => error::page(&cx, &PageError::TimedOut).await,
    }
}

async fn make(cx: &Cx) -> Result<Response, PageError> {
    let named = cx.param("file").rsplit_once('.');
    let (name, form) = named
        .and_then(|(name, ending)| Some((name, Form::ALL.into_iter().find(|form| form.ending() == ending)?)))
        .ok_or(PageError::NotFound)?;
    // Not before its door is open: who may not enter waits for no turn.
    let list = lists::find(name).ok_or(PageError::NotFound)?;
    list.enter(cx)?;
    let turn = tokio::time::timeout(WAIT_MAX, TURNS.acquire()).await.map_err(|_| PageError::Busy)?;
    let turn = turn.map_err(|_| PageError::Busy)?;
    let sheet = list.sheet(cx).await?;
    let called = called(&sheet, cx.lang(), form);
    let write = move || {
        // Writing goes on when nobody waits for it any more, and its turn lasts as long.
        let _turn = turn;
        write::bytes(&sheet, form)
    };
    let bytes = tokio::task::spawn_blocking(write).await;
    let bytes = bytes.map_err(|e| PageError::Written(e.to_string()))?.map_err(PageError::Written)?;
    let headers = [
        (header::CONTENT_TYPE, form.media_type()),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(called).unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    Ok((headers, bytes).into_response())
}

/// The header that names the file: after the list, the day, and whether it is cut.
fn called(sheet: &Sheet, lang: Lang, form: Form) -> String {
    let cut = match sheet.cut {
        Some(_) => lang.pick(format!("-前{WHOLE_MAX}行"), format!("-first-{WHOLE_MAX}")),
        None => String::new(),
    };
    let name = format!("{}-{}{cut}.{}", sheet.title, sheet.day, form.ending());
    format!("attachment; filename*=UTF-8''{}", address::encode(&name))
}
