//! The container of a workbook: a ZIP file, whose files are unpacked while they are read and only as far as they are read.
//!
//! What the container says of sizes is not believed, and nothing is reserved by it.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read},
};

use flate2::{Crc, bufread::DeflateDecoder};

use super::{
    fault::Bad,
    limits::{PARTS_MAX, Room, TOKEN_BYTES_MAX},
};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// In the place of a number that does not fit and stands among the extra fields.
const ELSEWHERE: u64 = 0xffff_ffff;

/// The files of a container, by their names in lower case.
pub(super) struct Parts<'a> {
    bytes: &'a [u8],
    found: BTreeMap<String, Part>,
}

struct Part {
    at: u64,
    packed: u64,
    method: u64,
    sum: u64,
}

fn broken() -> Bad {
    Bad::new(
        "无法读取工作簿：文件不完整或者已损坏，请用表格软件打开后另存为 XLSX",
        "the workbook is cut off or damaged; open it in a spreadsheet program and save it as XLSX",
    )
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<u64> {
    let field: [u8; N] = bytes.get(at..at.checked_add(N)?)?.try_into().ok()?;
    Some(field.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

impl<'a> Parts<'a> {
    /// Reads the directory.
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, Bad> {
        // At the very end, but for a comment of at most 65,535 bytes.
        let tail = bytes.len().saturating_sub(65_535 + 22);
        let end = bytes[tail..].windows(END.len()).rposition(|window| window == END).ok_or_else(broken)? + tail;
        let count = number::<2>(bytes, end + 10).ok_or_else(broken)?;
        let mut at = number::<4>(bytes, end + 16).and_then(|at| usize::try_from(at).ok()).ok_or_else(broken)?;
        if count as usize > PARTS_MAX {
            return Err(Bad::new(
                format!("工作簿内含{count}个文件，最多{PARTS_MAX}个"),
                format!("the workbook has {count} files inside, at most {PARTS_MAX}"),
            ));
        }
        let mut found = BTreeMap::new();
        for _ in 0..count {
            let (name, part, next) = entry(bytes, at).ok_or_else(broken)?;
            if found.insert(name.clone(), part).is_some() {
                return Err(Bad::new(
                    format!("工作簿内有两个同名文件 {name}，请用表格软件打开后另存为 XLSX"),
                    format!(
                        "the workbook has two files {name} inside; open it in a spreadsheet program and save it as XLSX"
                    ),
                ));
            }
            at = next;
        }
        Ok(Self { bytes, found })
    }

    /// Whether there is a file of a name in lower case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.found.contains_key(name)
    }

    /// A file, to be read; `None` when there is none of this name.
    pub(super) fn open(&self, name: &str, room: &'a Room) -> Result<Option<Unpacked<'a>>, Bad> {
        let Some(part) = self.found.get(&name.to_lowercase()) else { return Ok(None) };
        let packed = self.packed(part).ok_or_else(broken)?;
        let inner: Box<dyn Read + 'a> = match part.method {
            0 => Box::new(packed),
            8 => Box::new(DeflateDecoder::new(packed)),
            _ => return Err(broken()),
        };
        Ok(Some(Unpacked { inner: BufReader::new(inner), room, token: 0, read: Crc::new(), sum: part.sum }))
    }

    /// Its bytes as they stand in the container.
    fn packed(&self, part: &Part) -> Option<&'a [u8]> {
        let header = self.bytes.get(usize::try_from(part.at).ok()?..)?;
        if !header.starts_with(LOCAL) {
            return None;
        }
        let start = 30 + number::<2>(header, 26)? + number::<2>(header, 28)?;
        let data = header.get(usize::try_from(start).ok()?..)?;
        data.get(..usize::try_from(part.packed).ok()?)
    }
}

/// An entry of the directory, and where the next one begins.
fn entry(bytes: &[u8], at: usize) -> Option<(String, Part, usize)> {
    let header = bytes.get(at..)?;
    if !header.starts_with(CENTRAL) || number::<2>(header, 8)? & 1 != 0 {
        return None;
    }
    let field = |at| number::<2>(header, at).and_then(|length| usize::try_from(length).ok());
    let (name, extra, comment) = (field(28)?, field(30)?, field(32)?);
    let extra_at = 46 + name;
    let name = String::from_utf8_lossy(header.get(46..extra_at)?).replace('\\', "/").to_lowercase();
    let mut part = Part {
        at: number::<4>(header, 42)?,
        packed: number::<4>(header, 20)?,
        method: number::<2>(header, 10)?,
        sum: number::<4>(header, 16)?,
    };
    let mut fields = header.get(extra_at..extra_at + extra)?;
    while let (Some(id), Some(length)) = (number::<2>(fields, 0), number::<2>(fields, 2)) {
        let (field, rest) = fields.get(4..)?.split_at_checked(usize::try_from(length).ok()?)?;
        if id == 1 {
            // Those numbers only that do not fit above, in this order: unpacked, packed, place.
            let mut wide = field.chunks_exact(8).map(|wide| number::<8>(wide, 0));
            for place in [&mut number::<4>(header, 24)?, &mut part.packed, &mut part.at] {
                if *place == ELSEWHERE {
                    *place = wide.next()??;
                }
            }
        }
        fields = rest;
    }
    Some((name, part, at + extra_at + extra + comment))
}

/// A limit that a file inside a workbook goes beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Beyond {
    #[error("unpacks to more than {0} MiB")]
    Unpacked(usize),
    #[error("has a tag or a text of more than {TOKEN_BYTES_MAX} bytes")]
    Token,
}

/// A file of a container, unpacked while it is read.
pub(super) struct Unpacked<'a> {
    inner: BufReader<Box<dyn Read + 'a>>,
    room: &'a Room,
    /// Bytes read since the last tag or text began.
    token: usize,
    /// The checksum of what was unpacked so far, and what it must be in the end.
    read: Crc,
    sum: u64,
}

impl Unpacked<'_> {
    /// The next tag or text begins.
    pub(super) fn begin(&mut self) {
        self.token = 0;
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.token > TOKEN_BYTES_MAX {
            return Err(io::Error::other(Beyond::Token));
        }
        if self.inner.buffer().is_empty() {
            let next = self.inner.fill_buf()?;
            if !self.room.unpacked(next.len()) {
                return Err(io::Error::other(Beyond::Unpacked(self.room.unpacked_mib())));
            }
            self.read.update(next);
            if next.is_empty() && u64::from(self.read.sum()) != self.sum {
                return Err(io::Error::other("its checksum is wrong"));
            }
        }
        Ok(self.inner.buffer())
    }

    fn consume(&mut self, count: usize) {
        self.token += count;
        self.inner.consume(count);
    }
}
