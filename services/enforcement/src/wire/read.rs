//! Fields that many requests share.

use std::fmt::Display;

use kernel::Fields;
use law::period::Period;
use proto::enforcement::v1 as p;
use uuid::Uuid;

use super::{party, words::Word};
use crate::{
    domain::events::{ActingOfficer, BaseAmount, Device, DistinctCase, Penalty, Violation},
    objects::Digest,
};

/// Most characters of a name, a number, a place.
pub(super) const NAME_MAX: usize = 300;
/// Most characters of a text.
pub(super) const TEXT_MAX: usize = 8_000;
/// Most entries of a list.
const LIST_MAX: usize = 64;
/// More than any sum of money that a case can be about, in fen: a million million yuan.
const FEN_MAX: i64 = 100_000_000_000_000;

/// What [`Fields`] reads of this API. Every method answers `None` only after it has noted a fault.
pub(super) trait Read {
    /// A name that must be there.
    fn name(&mut self, path: &str, text: &str) -> Option<String>;
    /// A text that must be there.
    fn said(&mut self, path: &str, text: &str) -> Option<String>;
    /// A text that may be empty.
    fn told(&mut self, path: &str, text: &str) -> Option<String>;
    /// A text that may be absent.
    fn maybe(&mut self, path: &str, text: &str) -> Option<Option<String>>;
    /// A value with its own syntax that may be absent.
    fn maybe_of<T: std::str::FromStr<Err: Display>>(&mut self, path: &str, text: &str) -> Option<Option<T>>;
    /// A list of texts, none of them empty; the list may be.
    fn texts(&mut self, path: &str, list: &[String]) -> Option<Vec<String>>;
    /// A word of a closed set.
    fn word<T: Word>(&mut self, path: &str, value: i32) -> Option<T>;
    /// A word that may be absent.
    fn maybe_word<T: Word>(&mut self, path: &str, value: i32) -> Option<Option<T>>;
    /// A digest, or empty text.
    fn digest(&mut self, path: &str, text: &str) -> Option<String>;
    /// A digest that may be absent.
    fn maybe_digest(&mut self, path: &str, text: &str) -> Option<Option<String>>;
    /// A sum of money.
    fn fen(&mut self, path: &str, value: i64) -> Option<i64>;
    /// A small number.
    fn small<T: TryFrom<u32>>(&mut self, path: &str, value: u32) -> Option<T>;
    /// The officers who act; the law counts them.
    fn officers(&mut self, path: &str, list: &[String]) -> Option<Vec<ActingOfficer>>;
    /// Ids.
    fn ids(&mut self, path: &str, list: &[String]) -> Option<Vec<Uuid>>;
    /// A period.
    fn period(&mut self, path: &str, period: Option<&p::Period>) -> Option<Period>;
    /// Penalties.
    fn penalties(&mut self, path: &str, list: &[p::Penalty]) -> Option<Vec<Penalty>>;
    /// Base amounts.
    fn bases(&mut self, path: &str, list: &[p::BaseAmount]) -> Option<Vec<BaseAmount>>;
    /// Bytes in the store: digest, media type, size.
    fn object(&mut self, path: &str, object: Option<&p::ObjectRef>) -> Option<(String, String, u64)>;
    /// An automatic device that may be absent.
    fn device(&mut self, path: &str, device: Option<&p::Device>) -> Option<Option<Device>>;
    /// Cases that are told apart.
    fn distinct(&mut self, path: &str, list: &[p::DistinctCase]) -> Option<Vec<DistinctCase>>;
    /// What is held against the party.
    fn violation(&mut self, path: &str, violation: Option<&p::Violation>) -> Option<Violation>;
    /// The media type of bytes.
    fn media_type(&mut self, path: &str, text: &str) -> Option<String>;
    /// Every entry of a list of limited length.
    fn each<T, U>(
        &mut self,
        path: &str,
        list: &[T],
        one: impl FnMut(&mut Self, &str, &T) -> Option<U>,
    ) -> Option<Vec<U>>;
    /// A part that must be there.
    fn part<'a, T>(&mut self, path: &str, part: Option<&'a T>) -> Option<&'a T>;
}

/// A text without a citizen's id number: of these, only digests may be recorded.
fn unnumbered(f: &mut Fields, path: &str, text: &str, chars_max: usize) -> Option<String> {
    let text = f.text(path, text, chars_max)?;
    if party::holds_id_number(&text) {
        f.fault(path, "holds a citizen's id number, which must not be recorded; write 当事人 instead");
        return None;
    }
    Some(text)
}

impl Read for Fields {
    fn name(&mut self, path: &str, text: &str) -> Option<String> {
        unnumbered(self, path, text, NAME_MAX)
    }

    fn said(&mut self, path: &str, text: &str) -> Option<String> {
        unnumbered(self, path, text, TEXT_MAX)
    }

    fn told(&mut self, path: &str, text: &str) -> Option<String> {
        if text.trim().is_empty() { Some(String::new()) } else { self.said(path, text) }
    }

    fn maybe(&mut self, path: &str, text: &str) -> Option<Option<String>> {
        if text.trim().is_empty() { Some(None) } else { self.said(path, text).map(Some) }
    }

    fn maybe_of<T: std::str::FromStr<Err: Display>>(&mut self, path: &str, text: &str) -> Option<Option<T>> {
        if text.is_empty() { Some(None) } else { self.parse(path, text).map(Some) }
    }

    fn texts(&mut self, path: &str, list: &[String]) -> Option<Vec<String>> {
        self.each(path, list, |f, path, text| f.said(path, text))
    }

    fn word<T: Word>(&mut self, path: &str, value: i32) -> Option<T> {
        self.enumeration::<T::Wire>(path, value).and_then(T::from_wire)
    }

    fn maybe_word<T: Word>(&mut self, path: &str, value: i32) -> Option<Option<T>> {
        if value == 0 { Some(None) } else { self.word(path, value).map(Some) }
    }

    fn digest(&mut self, path: &str, text: &str) -> Option<String> {
        self.maybe_digest(path, text).map(Option::unwrap_or_default)
    }

    fn maybe_digest(&mut self, path: &str, text: &str) -> Option<Option<String>> {
        Some(self.maybe_of::<Digest>(path, text)?.map(|digest| digest.to_string()))
    }

    fn fen(&mut self, path: &str, value: i64) -> Option<i64> {
        if (0..=FEN_MAX).contains(&value) {
            return Some(value);
        }
        self.fault(path, format!("must be a sum in fen from 0 to {FEN_MAX}"));
        None
    }

    fn small<T: TryFrom<u32>>(&mut self, path: &str, value: u32) -> Option<T> {
        T::try_from(value).map_err(|_| self.fault(path, format!("{value} is too large"))).ok()
    }

    fn officers(&mut self, path: &str, list: &[String]) -> Option<Vec<ActingOfficer>> {
        self.each(path, list, |f, path, code| {
            let officer = f.parse(path, code)?;
            Some(ActingOfficer { officer, name: String::new(), certificate: String::new() })
        })
    }

    fn ids(&mut self, path: &str, list: &[String]) -> Option<Vec<Uuid>> {
        self.each(path, list, |f, path, id| f.parse(path, id))
    }

    fn period(&mut self, path: &str, period: Option<&p::Period>) -> Option<Period> {
        let period = self.part(path, period)?;
        let count = &format!("{path}.count");
        if period.count == 0 {
            self.fault(count, "must be at least 1");
            return None;
        }
        match self.enumeration(&format!("{path}.unit"), period.unit)? {
            p::PeriodUnit::WorkingDays => self.small(count, period.count).map(Period::WorkingDays),
            p::PeriodUnit::CalendarDays => self.small(count, period.count).map(Period::CalendarDays),
            p::PeriodUnit::Months => self.small(count, period.count).map(Period::Months),
            p::PeriodUnit::Years => self.small(count, period.count).map(Period::Years),
            p::PeriodUnit::Hours => self.small(count, period.count).map(Period::Hours),
            p::PeriodUnit::Unspecified => None,
        }
    }

    fn penalties(&mut self, path: &str, list: &[p::Penalty]) -> Option<Vec<Penalty>> {
        self.each(path, list, |f, path, penalty| {
            let kind = f.word(&format!("{path}.kind"), penalty.kind);
            let amount_fen = match penalty.amount_fen {
                Some(fen) => f.fen(&format!("{path}.amount_fen"), fen).map(Some),
                None => Some(None),
            };
            let days = match penalty.days {
                Some(days) => f.small(&format!("{path}.days"), days).map(Some),
                None => Some(None),
            };
            let what = f.maybe(&format!("{path}.what"), &penalty.what);
            Some(Penalty { kind: kind?, amount_fen: amount_fen?, days: days?, what: what? })
        })
    }

    fn bases(&mut self, path: &str, list: &[p::BaseAmount]) -> Option<Vec<BaseAmount>> {
        self.each(path, list, |f, path, base| {
            let of = f.name(&format!("{path}.of"), &base.of);
            let amount_fen = f.fen(&format!("{path}.amount_fen"), base.amount_fen);
            Some(BaseAmount { of: of?, amount_fen: amount_fen? })
        })
    }

    fn object(&mut self, path: &str, object: Option<&p::ObjectRef>) -> Option<(String, String, u64)> {
        // Evidence without bytes is for EN-EVIDENCE to refuse.
        let Some(object) = object.filter(|o| !o.sha256.is_empty()) else { return Some(Default::default()) };
        let sha256 = self.digest(&format!("{path}.sha256"), &object.sha256);
        let media_type = self.media_type(&format!("{path}.media_type"), &object.media_type);
        Some((sha256?, media_type?, object.size_bytes))
    }

    fn device(&mut self, path: &str, device: Option<&p::Device>) -> Option<Option<Device>> {
        let Some(d) = device else { return Some(None) };
        let device = self.name(&format!("{path}.device"), &d.device);
        let legal_review = self.maybe(&format!("{path}.legal_review"), &d.legal_review);
        let technical_review = self.maybe(&format!("{path}.technical_review"), &d.technical_review);
        Some(Some(Device {
            device: device?,
            legal_review: legal_review?,
            technical_review: technical_review?,
            published: d.published,
        }))
    }

    fn distinct(&mut self, path: &str, list: &[p::DistinctCase]) -> Option<Vec<DistinctCase>> {
        self.each(path, list, |f, path, other| {
            let case = f.parse(&format!("{path}.case_id"), &other.case_id);
            let reason = f.told(&format!("{path}.reason"), &other.reason);
            Some(DistinctCase { case: case?, reason: reason? })
        })
    }

    fn violation(&mut self, path: &str, violation: Option<&p::Violation>) -> Option<Violation> {
        let v = self.part(path, violation)?;
        let fact = self.said(&format!("{path}.fact"), &v.fact);
        let region = self.parse(&format!("{path}.region"), &v.region);
        let place = self.name(&format!("{path}.place"), &v.place);
        let from = self.date(&format!("{path}.from"), &v.from);
        let until =
            if v.until.is_empty() { Some(None) } else { self.date(&format!("{path}.until"), &v.until).map(Some) };
        let discovered = self.date(&format!("{path}.discovered"), &v.discovered);
        Some(Violation {
            fact: fact?,
            region: region?,
            place: place?,
            from: from?,
            until: until?,
            grave: v.grave,
            discovered: discovered?,
        })
    }

    fn media_type(&mut self, path: &str, text: &str) -> Option<String> {
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

    fn each<T, U>(
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

    fn part<'a, T>(&mut self, path: &str, part: Option<&'a T>) -> Option<&'a T> {
        if part.is_none() {
            self.fault(path, "is required");
        }
        part
    }
}
