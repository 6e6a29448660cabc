//! Forms that visitors send: read as far as they can be read, and shown again with what is wrong.

use axum::{
    body::{Body, Bytes},
    extract::{
        FromRequest as _, Request,
        multipart::{Field, Multipart, MultipartError},
    },
    http::StatusCode,
};
use futures::{StreamExt as _, stream};
use proto::limits::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX};
use tonic::{Code, Status};
use tonic_types::{ErrorDetail, FieldViolation, StatusExt as _};

use super::i18n::Lang;
use crate::model::Text;

/// Most bytes of a text that is read; of a longer one the beginning is kept and shown again.
const TEXT_BYTES_MAX: usize = 128 * 1024;
/// More than the first boundary of a form has.
const BEGIN_BYTES: usize = 256;
/// Most fields that are read.
const FIELDS_MAX: usize = 64;

/// What is wrong with a form.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

/// What is wrong with one of its fields; without a name, with the form itself.
pub(crate) struct Problem {
    pub(crate) field: &'static str,
    pub(crate) text: String,
}

impl Problems {
    /// Notes what is wrong with a field; the first one counts.
    pub(crate) fn add(&mut self, field: &'static str, text: impl Into<String>) {
        if self.of(field).is_none() {
            self.0.push(Problem { field, text: text.into() });
        }
    }

    /// What is wrong with a field.
    pub(crate) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.text.as_str())
    }

    pub(crate) fn all(&self) -> &[Problem] {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A form that is none, as no browser sends it.
pub(crate) fn unreadable(parser: &str) -> Text {
    Text::new("表单无法读取，请返回上一页重新填写", format!("the form cannot be read: {parser}"))
}

/// What a service says no with, in the reader's language, where it says so itself.
pub(crate) fn said(status: &Status, lang: Lang) -> Option<String> {
    let of = |detail| match detail {
        ErrorDetail::LocalizedMessage(message) if Lang::parse(&message.locale) == Some(lang) => Some(message.message),
        _ => None,
    };
    status.get_error_details_vec().into_iter().find_map(of)
}

/// What a service finds fault with, field by field.
pub(crate) fn faulty(status: &Status) -> Vec<FieldViolation> {
    if status.code() != Code::InvalidArgument {
        return Vec::new();
    }
    status.get_details_bad_request().map(|bad| bad.field_violations).unwrap_or_default()
}

/// What a service finds wrong with a field that stands in the form, in the reader's language. Faults that a service words for
/// programs alone are told without what it says of them: it would be in the wrong language.
pub(crate) fn wrong(lang: Lang, fault: &FieldViolation) -> String {
    let localized = fault.localized_message.as_ref().filter(|said| Lang::parse(&said.locale) == Some(lang));
    let what = match lang {
        Lang::Zh => localized.map(|said| &said.message),
        Lang::En => Some(localized.map_or(&fault.description, |said| &said.message)),
    };
    let wrong = lang.words().field_wrong;
    what.map_or_else(|| wrong.to_owned(), |what| format!("{wrong}{}{what}", lang.pick("：", ": ")))
}

/// The same of a field that does not stand in the form: it says which.
pub(crate) fn wrong_elsewhere(lang: Lang, fault: &FieldViolation) -> String {
    format!("{} ({})", wrong(lang, fault), fault.field)
}

/// What a service says no with, as of the whole form; the answer's status.
pub(crate) fn refused(status: &Status, lang: Lang, problems: &mut Problems) -> StatusCode {
    let w = lang.words();
    match (status.code(), said(status, lang)) {
        (Code::AlreadyExists, _) => {
            problems.add("", w.sent_already);
            StatusCode::CONFLICT
        }
        (Code::FailedPrecondition, Some(said)) => {
            problems.add("", said);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => {
            tracing::error!(code = ?status.code(), "what a visitor sent was not taken");
            problems.add("", w.not_now);
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// A file as it came.
pub(crate) struct Upload {
    pub(crate) name: String,
    /// Its bytes; none of one that is too large.
    pub(crate) content: Option<Vec<u8>>,
}

/// A form with files.
#[derive(Default)]
pub(crate) struct Posted {
    texts: Vec<(String, String)>,
    pub(crate) files: Vec<Upload>,
    /// There were more files than may be.
    pub(crate) too_many: bool,
    /// It was longer than may be, and was read no further.
    pub(crate) cut: bool,
}

impl Posted {
    /// Reads a form. What it says is kept even where its files are too many or too large.
    ///
    /// # Errors
    /// When it is no such form, in the words of the parser.
    pub(crate) async fn read(request: Request) -> Result<Self, String> {
        let body = Multipart::from_request(begun(request).await, &()).await;
        let mut body = body.map_err(|rejection| rejection.body_text())?;
        let mut posted = Self::default();
        match posted.take(&mut body).await {
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => posted.cut = true,
            other => other.map_err(|error| error.body_text())?,
        }
        Ok(posted)
    }

    async fn take(&mut self, body: &mut Multipart) -> Result<(), MultipartError> {
        for _ in 0..FIELDS_MAX {
            let Some(field) = body.next_field().await? else { return Ok(()) };
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file) => self.take_file(file, field).await?,
                None => {
                    let (bytes, _) = bytes(field, TEXT_BYTES_MAX).await?;
                    // Browsers send line ends as CR LF.
                    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
                    self.texts.push((name, text));
                }
            }
        }
        Ok(())
    }

    async fn take_file(&mut self, name: String, field: Field<'_>) -> Result<(), MultipartError> {
        let room = self.files.len() < ATTACHMENTS_MAX;
        let (content, whole) = bytes(field, if room { ATTACHMENT_BYTES_MAX } else { 0 }).await?;
        if name.is_empty() && content.is_empty() && whole {
            // No file was chosen.
            return Ok(());
        }
        if !room {
            self.too_many = true;
            return Ok(());
        }
        // Some browsers send the way to the file.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        self.files.push(Upload { name, content: whole.then_some(content) });
        Ok(())
    }

    /// What a field says.
    pub(crate) fn text(&self, name: &str) -> String {
        self.texts.iter().find(|(field, _)| field == name).map(|(_, text)| text.trim().to_owned()).unwrap_or_default()
    }
}

/// The request, once its form has begun to arrive: the parser takes a form for broken that arrives as a whole between two of
/// its looks at the connection, before it has found the first boundary.
async fn begun(request: Request) -> Request {
    let (parts, body) = request.into_parts();
    let mut rest = body.into_data_stream();
    let (mut begin, mut bytes) = (Vec::new(), 0);
    while bytes < BEGIN_BYTES {
        let Some(chunk) = rest.next().await else { break };
        bytes += chunk.as_ref().map_or(BEGIN_BYTES, Bytes::len);
        begin.push(chunk);
    }
    Request::from_parts(parts, Body::from_stream(stream::iter(begin).chain(rest)))
}

/// The bytes of a field up to so many, and whether that is all of it. The rest is read and dropped.
async fn bytes(mut field: Field<'_>, bytes_max: usize) -> Result<(Vec<u8>, bool), MultipartError> {
    let (mut kept, mut whole) = (Vec::new(), true);
    while let Some(chunk) = field.chunk().await? {
        let room = bytes_max - kept.len();
        whole &= chunk.len() <= room;
        kept.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok((kept, whole))
}
