//! Appends that are many and are stored together, packed until they are: the events of one import repeat each other's texts, and
//! plain they would take several times the memory of all that they say.

use std::io::{Read as _, Write as _};
use std::mem;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use uuid::Uuid;

use crate::limits::APPENDS_TOGETHER_MAX;
use crate::merkle::Hash;
use crate::{Append, AppendError};

/// Bytes of one part before it is packed: as much as the writer holds of them at once.
const PART_BYTES: usize = 1024 * 1024;

/// Appends of one act, in their order.
#[derive(Default)]
pub struct Packed {
    parts: Vec<Vec<u8>>,
    /// The part that is being filled, one append in a line.
    open: Vec<u8>,
    count: usize,
    /// The id and the digest of the first one.
    first: Option<(Uuid, Hash)>,
}

impl Packed {
    /// One more.
    ///
    /// # Errors
    /// [`AppendError::Invalid`] when it breaks a limit, or there are too many.
    pub fn push(&mut self, append: &Append) -> Result<(), AppendError> {
        append.check()?;
        if self.count == APPENDS_TOGETHER_MAX {
            return Err(AppendError::Invalid(format!("more than {APPENDS_TOGETHER_MAX} appends together")));
        }
        self.count += 1;
        self.first.get_or_insert((append.command_id, append.command_digest));
        let unpacked = |error: &dyn std::fmt::Display| AppendError::Invalid(format!("cannot be packed: {error}"));
        serde_json::to_writer(&mut self.open, append).map_err(|e| unpacked(&e))?;
        self.open.push(b'\n');
        if self.open.len() >= PART_BYTES {
            self.close().map_err(|e| unpacked(&e))?;
        }
        Ok(())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// About how much memory they hold, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.open.len() + self.parts.iter().map(Vec::len).sum::<usize>()
    }

    pub(crate) fn first(&self) -> Option<(Uuid, Hash)> {
        self.first
    }

    fn close(&mut self) -> std::io::Result<()> {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&mem::take(&mut self.open))?;
        let mut part = packed.finish()?;
        part.shrink_to_fit();
        self.parts.push(part);
        Ok(())
    }

    /// The appends, part by part.
    pub(crate) fn parts(self) -> impl Iterator<Item = Result<Vec<Append>, String>> + Send {
        let Self { parts, open, .. } = self;
        let packed = parts.into_iter().map(|part| {
            let mut plain = Vec::with_capacity(PART_BYTES + PART_BYTES / 8);
            DeflateDecoder::new(part.as_slice()).read_to_end(&mut plain).map_err(|e| e.to_string())?;
            read(&plain)
        });
        packed.chain((!open.is_empty()).then(|| read(&open)))
    }
}

fn read(plain: &[u8]) -> Result<Vec<Append>, String> {
    let lines = plain.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(|e| e.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;
    use crate::{Origin, Proposal, Write};

    fn append(n: u128, data: &str) -> Append {
        let event = Proposal {
            kind: "test.Done.v1".to_owned(),
            time: "2026-01-02T03:04:05.123456Z".parse().unwrap(),
            rules: vec!["A".to_owned()],
            data: RawValue::from_string(data.to_owned()).unwrap(),
        };
        Append {
            command_id: Uuid::from_u128(n),
            command_digest: [7; 32],
            origin: Origin {
                actor: "a".to_owned(),
                agency: String::new(),
                region: "230883".to_owned(),
                correlation_id: Uuid::from_u128(9),
                causation_id: None,
                traceparent: None,
            },
            writes: vec![Write { stream: format!("item/{n}"), expected: 0, events: vec![event] }],
        }
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let mut packed = Packed::default();
        // As it stands, the order of fields, blanks and numbers included: the bytes are what is hashed.
        let data = |n: u128| format!(r#"{{"z":1, "a":1.50,"text":"{}\n{n}"}}"#, "长".repeat(2_000));
        for n in 0..400 {
            packed.push(&append(n, &data(n))).unwrap();
        }
        assert!(packed.parts.len() > 1 && packed.bytes() < PART_BYTES, "{} bytes", packed.bytes());
        assert_eq!((packed.len(), packed.first()), (400, Some((Uuid::from_u128(0), [7; 32]))));
        let all: Vec<Append> = packed.parts().flat_map(Result::unwrap).collect();
        for (n, read) in (0..).zip(&all) {
            assert_eq!(format!("{read:?}"), format!("{:?}", append(n, &data(n))));
        }
        assert_eq!(all.len(), 400);
    }

    #[test]
    fn refuses_what_the_ledger_would_not_store() {
        let mut wrong = append(1, "{}");
        wrong.origin.actor.clear();
        let mut packed = Packed::default();
        assert!(matches!(packed.push(&wrong), Err(AppendError::Invalid(_))));
        assert!(packed.is_empty());
    }
}
