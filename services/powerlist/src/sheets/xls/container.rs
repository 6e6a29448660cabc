//! The container of old workbooks: a compound file (MS-CFB), a small file system of sectors.
//!
//! Nothing that it says of sizes is believed: a stream has at most as many sectors as the file.

use crate::sheets::fault::Bad;

/// In the place of a sector: the chain ends.
const END: u32 = 0xffff_fffe;

pub(super) fn broken() -> Bad {
    Bad::new(
        "无法读取工作簿：文件不完整或者已损坏，请用表格软件打开后另存为 XLSX",
        "the workbook is cut off or damaged; open it in a spreadsheet program and save it as XLSX",
    )
}

pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Where a stream lies.
struct Entry {
    name: String,
    start: u32,
    size: usize,
}

struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector after each.
    next: Vec<u32>,
}

/// The stream that holds the workbook.
pub(super) fn workbook(bytes: &[u8]) -> Result<Vec<u8>, Bad> {
    let (container, entries) = Container::of(bytes).ok_or_else(broken)?;
    let find = |name: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    if find("EncryptedPackage").is_some() {
        return Err(super::locked());
    }
    let Some(book) = find("Workbook") else {
        return Err(match find("Book") {
            Some(_) => Bad::new(
                "文件是 Excel 97 以前的工作簿；请用表格软件打开后另存为 XLSX",
                "the workbook is older than Excel 97; open it in a spreadsheet program and save it as XLSX",
            ),
            None => broken(),
        });
    };
    container.stream(book, &entries).ok_or_else(broken)
}

impl<'a> Container<'a> {
    fn of(bytes: &'a [u8]) -> Option<(Self, Vec<Entry>)> {
        let sector = 1_usize.checked_shl(u32::from(short(bytes, 30)?)).filter(|size| matches!(size, 512 | 4096))?;
        let mut container = Self { bytes, sector, next: Vec::new() };
        // The sectors of the table: the first 109 stand in the head of the file, the others in a chain of their own.
        let mut tables: Vec<u32> = (0..109).filter_map(|n| long(bytes, 76 + 4 * n)).collect();
        let (mut more, mut left) = (long(bytes, 68)?, bytes.len() / sector + 1);
        while more < END - 1 && left > 0 {
            let page = container.sector(more)?;
            tables.extend((0..sector / 4 - 1).filter_map(|n| long(page, 4 * n)));
            more = long(page, sector - 4)?;
            left -= 1;
        }
        for table in tables.into_iter().filter(|at| *at < END - 1).take(bytes.len() / sector + 1) {
            let page = container.sector(table)?;
            container.next.extend((0..sector / 4).filter_map(|n| long(page, 4 * n)));
        }
        let directory = container.chain(long(bytes, 48)?)?;
        let entries = directory.chunks_exact(128).map(|entry| {
            let name: Vec<u16> = (0..32).map_while(|n| short(entry, 2 * n).filter(|unit| *unit != 0)).collect();
            let (start, size) = (long(entry, 116)?, usize::try_from(long(entry, 120)?).ok()?);
            Some(Entry { name: String::from_utf16_lossy(&name), start, size })
        });
        let entries = entries.collect::<Option<_>>()?;
        Some((container, entries))
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = (usize::try_from(number).ok()? + 1).checked_mul(self.sector)?;
        let rest = self.bytes.get(at..).filter(|rest| !rest.is_empty())?;
        // The last one may be cut off behind what is used of it.
        Some(&rest[..rest.len().min(self.sector)])
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let (mut out, mut at) = (Vec::new(), start);
        while at < END - 1 {
            out.extend_from_slice(self.sector(at)?);
            if out.len() > self.bytes.len() {
                return None;
            }
            at = *self.next.get(usize::try_from(at).ok()?)?;
        }
        Some(out)
    }

    fn stream(&self, entry: &Entry, entries: &[Entry]) -> Option<Vec<u8>> {
        let mut out = if entry.size >= usize::try_from(long(self.bytes, 56)?).ok()? {
            self.chain(entry.start)?
        } else {
            // Small ones lie together in the stream of the root.
            let together = self.chain(entries.first()?.start)?;
            let table = self.chain(long(self.bytes, 60)?)?;
            let (mut out, mut at) = (Vec::new(), entry.start);
            while at < END - 1 && out.len() <= together.len() {
                let from = usize::try_from(at).ok()?.checked_mul(64)?;
                out.extend_from_slice(together.get(from..from + 64)?);
                at = long(&table, usize::try_from(at).ok()?.checked_mul(4)?)?;
            }
            out
        };
        out.truncate(entry.size);
        Some(out)
    }
}
