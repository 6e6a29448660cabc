//! What the files of one import may hold. Limits are kept while a file is unpacked and read, so that no file, whatever it
//! says of itself, takes more memory than they allow.

use std::cell::Cell;

/// What the files of one import may hold, by the way they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of all files, as they are sent.
    pub bytes: usize,
    /// Most rows of all files, without headers and empty rows.
    pub rows: usize,
    /// Most bytes of text (UTF-8) of all files. A workbook's text counts once more while it is read, where its cells share their
    /// strings.
    pub text_bytes: usize,
    /// Most bytes that all workbooks unpack to.
    pub unpacked_bytes: usize,
}

const MIB: usize = 1024 * 1024;

/// Of an import in one message: as many rows as are tried and recorded within the time of a call, and held on trial within 64 MiB.
pub const IN_A_MESSAGE: Limits =
    Limits { bytes: BYTES_MAX, rows: 10_000, text_bytes: 16 * MIB, unpacked_bytes: 128 * MIB };
/// Of an import whose files come piece by piece: the lists of a province's departments.
pub const IN_PIECES: Limits =
    Limits { bytes: 64 * MIB, rows: 100_000, text_bytes: 64 * MIB, unpacked_bytes: 512 * MIB };

/// Most bytes of all files of an import in one message.
pub const BYTES_MAX: usize = 8 * MIB;
/// Most columns that are looked at; no list has as many.
pub const COLUMNS_MAX: usize = 100;
/// Most characters of a cell, counted by [`chars`]: as many as a cell of a workbook holds.
pub const CELL_CHARS_MAX: usize = 32_767;
/// Last row of a workbook's sheet.
pub(super) const SHEET_ROWS: u32 = 1_048_576;
/// Last column of a workbook's sheet.
pub(super) const SHEET_COLUMNS: usize = 16_384;
/// Most sheets of a workbook.
pub(super) const PAGES_MAX: usize = 64;
/// Most merged cells of a sheet.
pub(super) const MERGES_MAX: usize = 20_000;
/// Most cells of a sheet of an old workbook, which may stand in any order and are sorted first.
pub(super) const OLD_CELLS_MAX: usize = 400_000;
/// Rows of a sheet among which its header is looked for: titles and remarks stand above it.
pub(super) const HEAD_ROWS_MAX: usize = 30;
/// Most files inside a workbook.
pub(super) const PARTS_MAX: usize = 1_000;
/// Most bytes of one tag or one text of a workbook's files.
pub(super) const TOKEN_BYTES_MAX: usize = 256 * 1024;
/// Most tags of a workbook's files inside each other.
pub(super) const DEPTH_MAX: usize = 64;
/// Most strings that a workbook's cells share.
pub(super) const SHARED_MAX: usize = 1_000_000;
/// Most styles of a workbook: as many as spreadsheet programs keep.
pub(super) const STYLES_MAX: usize = 65_490;

/// Characters as spreadsheet programs count them, in UTF-16.
pub fn chars(text: &str) -> usize {
    text.encode_utf16().count()
}

/// What is left for the files of one import.
#[derive(Debug)]
pub struct Room {
    limits: Limits,
    rows: Cell<usize>,
    text: Cell<usize>,
    unpacked: Cell<usize>,
}

/// Takes so much; false when there is not so much left.
fn take(left: &Cell<usize>, count: usize) -> bool {
    let after = left.get().checked_sub(count);
    left.set(after.unwrap_or(0));
    after.is_some()
}

impl Room {
    /// All of it.
    pub fn of(limits: Limits) -> Self {
        let [rows, text, unpacked] = [limits.rows, limits.text_bytes, limits.unpacked_bytes].map(Cell::new);
        Self { limits, rows, text, unpacked }
    }

    /// How many rows there may be.
    pub(super) fn rows_max(&self) -> usize {
        self.limits.rows
    }

    /// How much text there may be, in MiB.
    pub(super) fn text_mib(&self) -> usize {
        self.limits.text_bytes / MIB
    }

    /// How much may be unpacked, in MiB.
    pub(super) fn unpacked_mib(&self) -> usize {
        self.limits.unpacked_bytes / MIB
    }

    /// Room for one more row, or none.
    pub(super) fn row(&self) -> bool {
        take(&self.rows, 1)
    }

    /// Room for so many bytes of text, or none.
    pub(super) fn text(&self, bytes: usize) -> bool {
        take(&self.text, bytes)
    }

    /// Text that was read and is not kept.
    pub(super) fn dropped(&self, bytes: usize) {
        self.text.set(self.text.get() + bytes);
    }

    /// Room to unpack so many bytes, or none.
    pub(super) fn unpacked(&self, bytes: usize) -> bool {
        take(&self.unpacked, bytes)
    }
}
