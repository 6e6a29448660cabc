//! Strings of old workbooks, which may go on from one record into the next.

use super::container::short;

/// The bytes of a record and of those that continue it.
pub(super) struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(pieces: Vec<&'a [u8]>) -> Self {
        Self { pieces, piece: 0, at: 0 }
    }

    /// The next byte, and whether it is the first one of a further record.
    fn byte(&mut self) -> Option<(u8, bool)> {
        let mut turned = false;
        loop {
            let piece = self.pieces.get(self.piece)?;
            if let Some(byte) = piece.get(self.at) {
                self.at += 1;
                return Some((*byte, turned));
            }
            (self.piece, self.at, turned) = (self.piece + 1, 0, true);
        }
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        (0..bytes).try_fold(0, |number, n| Some(number | usize::from(self.byte()?.0) << (8 * n)))
    }

    pub(super) fn skip(&mut self, bytes: usize) -> Option<()> {
        (0..bytes).try_for_each(|_| self.byte().map(|_| ()))
    }

    /// A string with its length before it.
    pub(super) fn string(&mut self) -> Option<String> {
        let length = self.number(2)?;
        let flags = self.number(1)?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let aloud = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let (mut wide, mut units) = (flags & 1 != 0, Vec::new());
        while units.len() < length {
            let (mut low, turned) = self.byte()?;
            if turned {
                // A record that goes on within a string begins with how wide its characters are.
                wide = low & 1 != 0;
                low = self.byte()?.0;
            }
            let high = if wide { self.byte()?.0 } else { 0 };
            units.push(u16::from_le_bytes([low, high]));
        }
        self.skip(4 * runs + aloud)?;
        Some(String::from_utf16_lossy(&units))
    }
}

/// A string of one record: its length has one byte or two.
pub(super) fn plain(bytes: &[u8], at: usize, length_bytes: usize) -> Option<String> {
    let length = match length_bytes {
        1 => usize::from(*bytes.get(at)?),
        _ => usize::from(short(bytes, at)?),
    };
    let flags = *bytes.get(at + length_bytes)?;
    let text = bytes.get(at + length_bytes + 1..)?;
    let units: Vec<u16> = match flags & 1 {
        0 => text.get(..length)?.iter().map(|byte| u16::from(*byte)).collect(),
        _ => text.get(..2 * length)?.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect(),
    };
    Some(String::from_utf16_lossy(&units))
}
