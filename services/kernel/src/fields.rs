//! Reading a request: every wrong field is collected, so that a client mends all of them at once.

use std::{fmt::Display, str::FromStr};

use jiff::{Timestamp, civil::Date};
use law::{Act, ending, period::Period};
use proto::common::v1 as p;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, LocalizedMessage, StatusExt as _};

use crate::{
    citizen::{ID_NUMBER_EN, ID_NUMBER_ZH, holds_id_number},
    days,
    objects::Digest,
    text::{Form, NAME, WORDS},
    words::Word,
};

/// Most entries of a list.
pub const LIST_MAX: usize = 64;
/// More than any sum of money that a matter can be about, in fen: a million million yuan.
const FEN_MAX: i64 = 100_000_000_000_000;
/// Most field faults reported at once.
const FAULTS_MAX: usize = 64;
/// Most bytes of field faults: more than clients take in the headers of an answer would be no answer at all.
const FAULT_BYTES_MAX: usize = 6 * 1024;
/// Most characters of what is said of one field.
const FAULT_CHARS_MAX: usize = 240;

/// Collects field faults; ends in INVALID_ARGUMENT with one violation per field.
#[derive(Debug, Default)]
pub struct Fields {
    faults: Vec<FieldViolation>,
    /// What they take in the headers.
    bytes: usize,
}

impl Fields {
    /// No fault yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// INVALID_ARGUMENT for one field.
    pub fn one(path: &str, what: impl Display) -> Status {
        let mut fields = Self::new();
        fields.fault(path, what);
        fields.status()
    }

    /// The same for what people type or choose.
    pub fn one_wrong(path: &str, zh: impl Into<String>, en: impl Display) -> Status {
        let mut fields = Self::new();
        fields.wrong(path, zh, en);
        fields.status()
    }

    /// Notes a fault of one field that programs fill in: people do not read of it.
    pub fn fault(&mut self, path: &str, what: impl Display) {
        self.add(FieldViolation::new(path, what.to_string()));
    }

    /// Notes that a field must be there.
    pub fn required(&mut self, path: &str) {
        self.wrong(path, "必须填写", "is required");
    }

    /// Notes a fault of what people type or choose, who read of it in their language.
    pub fn wrong(&mut self, path: &str, zh: impl Into<String>, en: impl Display) {
        let localized_message = Some(LocalizedMessage::new("zh-CN", zh));
        self.add(FieldViolation { localized_message, ..FieldViolation::new(path, en.to_string()) });
    }

    fn add(&mut self, mut fault: FieldViolation) {
        // What is wrong may be told with the value, which is as long as its sender likes.
        let localized = fault.localized_message.as_mut().map(|message| &mut message.message);
        for text in [Some(&mut fault.field), Some(&mut fault.description), localized].into_iter().flatten() {
            if let Some((end, _)) = text.char_indices().nth(FAULT_CHARS_MAX) {
                text.truncate(end);
                text.push('…');
            }
        }
        let plain = fault.field.len() + fault.description.len();
        let localized = fault.localized_message.as_ref().map_or(0, |message| message.message.len() + 10);
        let encoded =
            |text: &str| text.bytes().map(|b| if b.is_ascii_graphic() && b != b'%' { 1 } else { 3 }).sum::<usize>();
        // Once in the message, and twice in the details, which are in base 64 and have the message, too.
        let bytes = encoded(&fault.field) + encoded(&fault.description) + 10 + (2 * plain + localized + 20) * 4 / 3;
        if self.faults.len() < FAULTS_MAX && (self.faults.is_empty() || self.bytes + bytes <= FAULT_BYTES_MAX) {
            self.bytes += bytes;
            self.faults.push(fault);
        }
    }

    /// A value with its own syntax; empty text is a fault.
    pub fn parse<T: FromStr>(&mut self, path: &str, text: &str) -> Option<T>
    where
        T::Err: Display,
    {
        if text.is_empty() {
            self.required(path);
            return None;
        }
        text.parse().map_err(|e| self.wrong(path, "格式不正确", e)).ok()
    }

    /// A value with its own syntax; empty text is `None` without a fault.
    pub fn optional<T: FromStr>(&mut self, path: &str, text: &str) -> Option<T>
    where
        T::Err: Display,
    {
        if text.is_empty() { None } else { self.parse(path, text) }
    }

    /// Text of this form that must be there.
    pub fn text(&mut self, path: &str, text: &str, form: Form) -> Option<String> {
        let text = self.recorded(path, text, form)?;
        if text.is_empty() {
            self.required(path);
            return None;
        }
        Some(text)
    }

    /// Text that is not recorded, but asked for or sealed; it may be empty.
    pub fn read(&mut self, path: &str, text: &str, form: Form) -> Option<String> {
        form.read(text).map_err(|bad| self.wrong(path, bad.zh(), bad)).ok()
    }

    /// Text that is asked for and not recorded; empty text is `None` without a fault.
    pub fn asked(&mut self, path: &str, text: &str, form: Form) -> Option<String> {
        self.read(path, text, form).filter(|text| !text.is_empty())
    }

    /// Text that is recorded; empty text is `None` without a fault.
    pub fn optional_text(&mut self, path: &str, text: &str, form: Form) -> Option<String> {
        self.recorded(path, text, form).filter(|text| !text.is_empty())
    }

    /// A day, YYYY-MM-DD.
    pub fn date(&mut self, path: &str, text: &str) -> Option<Date> {
        if text.is_empty() {
            self.required(path);
            return None;
        }
        self.optional_date(path, text)
    }

    /// A day, YYYY-MM-DD, or empty.
    pub fn optional_date(&mut self, path: &str, text: &str) -> Option<Date> {
        if text.is_empty() {
            return None;
        }
        days::read(text).map_err(|bad| self.wrong(path, bad.zh(), bad)).ok()
    }

    /// The last day of what begins on another, told by its path.
    pub fn span(&mut self, path: &str, from: Option<Date>, until: Option<Date>) {
        if let Some(from) = from
            && let Err(bad) = days::span(from, until)
        {
            self.wrong(path, bad.zh(), bad);
        }
    }

    /// The last day of what begins on a day that the request names, too.
    pub fn until(&mut self, path: &str, text: &str, from: &str) -> Option<Date> {
        let until = self.date(path, text);
        self.span(path, days::read(from).ok(), until);
        until
    }

    /// The last day of what begins with the act, or later.
    pub fn last_day(&mut self, path: &str, text: &str, act: &Act) -> Option<Date> {
        let until = self.date(path, text);
        self.span(path, Some(act.day()), until);
        until
    }

    /// A moment.
    pub fn timestamp(&mut self, path: &str, value: Option<&prost_types::Timestamp>) -> Option<Timestamp> {
        let Some(value) = value else {
            self.required(path);
            return None;
        };
        let at = Timestamp::new(value.seconds, value.nanos).map_err(|e| self.wrong(path, "不是有效的时间", e)).ok()?;
        days::within(law::day_of(at)).map_err(|bad| self.wrong(path, bad.zh(), bad)).ok()?;
        Some(at)
    }

    /// An enum value; unknown numbers and `*_UNSPECIFIED` (zero) are faults.
    pub fn enumeration<T: TryFrom<i32>>(&mut self, path: &str, value: i32) -> Option<T> {
        if value == 0 {
            self.required(path);
            return None;
        }
        T::try_from(value).map_err(|_| self.wrong(path, "不是可用的选项", format!("{value} is not a known value"))).ok()
    }

    /// A list of at most `max` entries.
    pub fn at_most<T>(&mut self, path: &str, list: &[T], max: usize) {
        if list.len() > max {
            let (zh, en) = (
                format!("有{}项，最多{max}项", list.len()),
                format!("has {} entries; at most {max} are allowed", list.len()),
            );
            self.wrong(path, zh, en);
        }
    }

    /// A name, a number, a place that must be there.
    pub fn name(&mut self, path: &str, text: &str) -> Option<String> {
        self.text(path, text, NAME)
    }

    /// A text that must be there.
    pub fn said(&mut self, path: &str, text: &str) -> Option<String> {
        self.text(path, text, WORDS)
    }

    /// A text that may be empty.
    pub fn told(&mut self, path: &str, text: &str) -> Option<String> {
        self.recorded(path, text, WORDS)
    }

    /// A text that may be absent.
    pub fn maybe(&mut self, path: &str, text: &str) -> Option<Option<String>> {
        self.told(path, text).map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    /// A value with its own syntax that may be absent.
    pub fn maybe_of<T: FromStr<Err: Display>>(&mut self, path: &str, text: &str) -> Option<Option<T>> {
        if text.is_empty() { Some(None) } else { self.parse(path, text).map(Some) }
    }

    /// A list of texts, none of them empty; the list may be.
    pub fn texts(&mut self, path: &str, list: &[String]) -> Option<Vec<String>> {
        self.each(path, list, |f, path, text| f.said(path, text))
    }

    /// A list of ids or codes.
    pub fn ids<T: FromStr<Err: Display>>(&mut self, path: &str, list: &[String]) -> Option<Vec<T>> {
        self.each(path, list, |f, path, id| f.parse(path, id))
    }

    /// A word of a closed set.
    pub fn word<T: Word>(&mut self, path: &str, value: i32) -> Option<T> {
        self.enumeration::<T::Wire>(path, value).and_then(T::from_wire)
    }

    /// A word that may be absent.
    pub fn maybe_word<T: Word>(&mut self, path: &str, value: i32) -> Option<Option<T>> {
        if value == 0 { Some(None) } else { self.word(path, value).map(Some) }
    }

    /// A digest, or empty text.
    pub fn digest(&mut self, path: &str, text: &str) -> Option<String> {
        self.maybe_digest(path, text).map(Option::unwrap_or_default)
    }

    /// A digest that may be absent.
    pub fn maybe_digest(&mut self, path: &str, text: &str) -> Option<Option<String>> {
        Some(self.maybe_of::<Digest>(path, text)?.map(|digest| digest.to_string()))
    }

    /// A sum of money in fen.
    pub fn fen(&mut self, path: &str, value: i64) -> Option<i64> {
        if (0..=FEN_MAX).contains(&value) {
            return Some(value);
        }
        self.wrong(
            path,
            format!("应为0至{}元的金额", FEN_MAX / 100),
            format!("must be a sum in fen from 0 to {FEN_MAX}"),
        );
        None
    }

    /// A small number.
    pub fn small<T: TryFrom<u32>>(&mut self, path: &str, value: u32) -> Option<T> {
        T::try_from(value).map_err(|_| self.wrong(path, "数值过大", format!("{value} is too large"))).ok()
    }

    /// A length of time as a statute gives it.
    pub fn period(&mut self, path: &str, period: Option<&p::Period>) -> Option<Period> {
        if period.is_some_and(|period| period.count == 0) {
            self.wrong(&format!("{path}.count"), "至少为1", "must be at least 1");
            return None;
        }
        self.time_allowed(path, period)
    }

    /// The same, where none may be allowed: what is done at once.
    pub fn time_allowed(&mut self, path: &str, period: Option<&p::Period>) -> Option<Period> {
        let period = self.part(path, period)?;
        let count = &format!("{path}.count");
        match self.enumeration(&format!("{path}.unit"), period.unit)? {
            p::PeriodUnit::WorkingDays => self.small(count, period.count).map(Period::WorkingDays),
            p::PeriodUnit::CalendarDays => self.small(count, period.count).map(Period::CalendarDays),
            p::PeriodUnit::Months => self.small(count, period.count).map(Period::Months),
            p::PeriodUnit::Years => self.small(count, period.count).map(Period::Years),
            p::PeriodUnit::Hours => self.small(count, period.count).map(Period::Hours),
            p::PeriodUnit::Unspecified => None,
        }
    }

    /// Bytes in the store, or none: digest, media type, size.
    pub fn object(&mut self, path: &str, object: Option<&p::ObjectRef>) -> Option<(String, String, u64)> {
        // That bytes are missing is for a rule to say.
        let Some(object) = object.filter(|o| !o.sha256.is_empty()) else { return Some(Default::default()) };
        let sha256 = self.digest(&format!("{path}.sha256"), &object.sha256);
        let media_type = self.media_type(&format!("{path}.media_type"), &object.media_type);
        Some((sha256?, media_type?, object.size_bytes))
    }

    /// The media type of bytes.
    pub fn media_type(&mut self, path: &str, text: &str) -> Option<String> {
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
        };
        match text.split_once('/') {
            Some((kind, of)) if text.len() <= 100 && plain(kind) && plain(of) => Some(text.to_ascii_lowercase()),
            _ => {
                self.fault(path, "must be a media type such as image/jpeg, without parameters");
                None
            }
        }
    }

    /// What is left open when a matter ends.
    pub fn left(&mut self, path: &str, list: &[p::LeftOpen]) -> Option<Vec<ending::LeftOpen>> {
        self.each(path, list, |f, path, entry| {
            let what = f.name(&format!("{path}.what"), &entry.what);
            let reason = f.said(&format!("{path}.reason"), &entry.reason);
            Some(ending::LeftOpen { what: what?, reason: reason? })
        })
    }

    /// Every entry of a list of limited length.
    pub fn each<T, U>(
        &mut self,
        path: &str,
        list: &[T],
        mut one: impl FnMut(&mut Self, &str, &T) -> Option<U>,
    ) -> Option<Vec<U>> {
        self.at_most(path, list, LIST_MAX);
        let mut read = Some(Vec::with_capacity(list.len().min(LIST_MAX)));
        for (i, entry) in list.iter().take(LIST_MAX).enumerate() {
            match (one(self, &format!("{path}[{i}]"), entry), &mut read) {
                (Some(value), Some(values)) => values.push(value),
                _ => read = None,
            }
        }
        read.filter(|values| values.len() == list.len())
    }

    /// A part that must be there.
    pub fn part<'a, T>(&mut self, path: &str, part: Option<&'a T>) -> Option<&'a T> {
        if part.is_none() {
            self.required(path);
        }
        part
    }

    /// A day that may be absent.
    pub fn maybe_date(&mut self, path: &str, text: &str) -> Option<Option<Date>> {
        if text.is_empty() { Some(None) } else { self.date(path, text).map(Some) }
    }

    /// Text as it is recorded, which may be empty. It has no citizen's id number: of these, only digests may be recorded.
    fn recorded(&mut self, path: &str, text: &str, form: Form) -> Option<String> {
        let text = self.read(path, text, form)?;
        if holds_id_number(&text) {
            self.wrong(path, ID_NUMBER_ZH, ID_NUMBER_EN);
            return None;
        }
        Some(text)
    }

    /// Whether no field is at fault so far.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// INVALID_ARGUMENT with a BadRequest detail per fault, in Chinese, too, where people typed what is wrong.
    pub fn finish(self) -> Result<(), Status> {
        if self.faults.is_empty() {
            return Ok(());
        }
        let told = |fault: &FieldViolation| format!("{}: {}", fault.field, fault.description);
        let message = self.faults.iter().map(told).collect::<Vec<_>>().join("; ");
        let details = ErrorDetails::with_bad_request(self.faults);
        Err(Status::with_error_details(Code::InvalidArgument, message, details))
    }

    /// Ends the reading when a value could not be read: there is at least one fault.
    pub fn status(self) -> Status {
        self.finish().err().unwrap_or_else(|| Status::invalid_argument("the request cannot be read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// gRPC clients close a stream whose headers are longer.
    #[test]
    fn however_much_is_wrong_the_answer_is_one_that_clients_take() {
        for (path, what) in [("officers[17].code", "x"), ("当事人", "甲"), ("a", "%"), ("violation.fact", "短 short")]
        {
            for times in [1, 100, 100_000] {
                let mut f = Fields::new();
                (0..1_000).for_each(|_| f.wrong(path, "自造字，请改用规范编码的字", what.repeat(times)));
                let head = f.status().into_http::<()>();
                let length: usize = head.headers().values().map(axum::http::HeaderValue::len).sum();
                assert!(length < 8 * 1024, "{what} {times}: {length}");
                let read = Status::from_header_map(head.headers()).unwrap();
                assert!(read.get_details_bad_request().is_some_and(|bad| !bad.field_violations.is_empty()));
            }
        }
    }
}
