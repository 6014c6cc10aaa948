//! Offsets in a text, and the two steps from one to another that take many bytes at once.

use crate::block::{self, Block};

/// An offset in a text of UTF-8. It is kept in bytes, which the scanner counts, and in UTF-16 code units, which JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// In bytes.
    pub byte: usize,
    /// How many more bytes than UTF-16 code units the text has before it.
    pub(crate) surplus: usize,
}

impl Offset {
    /// The start of a text.
    pub const START: Self = Self {
        byte: 0,
        surplus: 0,
    };

    /// In UTF-16 code units.
    pub fn utf16(self) -> usize {
        self.byte.wrapping_sub(self.surplus)
    }
}

/// The length of the run of equal bytes that starts at both offsets: `limit` at most, and less where the text ends within a
/// block.
#[inline(always)]
pub(crate) fn equal_length(text: &[u8], one: usize, other: usize, limit: usize) -> usize {
    let mut length = 0;
    for (one, other) in block::from(text, one).zip(block::from(text, other)) {
        if length >= limit {
            return limit;
        }
        let differing = one.differing(other);
        if differing != 0 {
            return length.wrapping_add(differing.trailing_zeros() as usize);
        }
        length = length.wrapping_add(block::LENGTH);
    }
    length.min(limit)
}

/// The offset of the next quotation mark, backslash or control character; of the text's end if there is none.
#[inline(always)]
pub(crate) fn plain_end(text: &[u8], from: Offset) -> Offset {
    let Offset {
        mut byte,
        mut surplus,
    } = from;
    for block in block::from(text, byte) {
        let found = block.special_or_not_ascii();
        if found != 0 {
            let special = block.special();
            if found != special {
                surplus = surplus.wrapping_add(surplus_of(block, block::before(special)));
            }
            if special != 0 {
                byte = byte.wrapping_add(special.trailing_zeros() as usize);
                return Offset { byte, surplus };
            }
        }
        byte = byte.wrapping_add(block::LENGTH);
    }
    plain_end_bytewise(text, Offset { byte, surplus })
}

/// [`plain_end`] for the last bytes of the text, which fill no block.
#[cold]
#[inline(never)]
fn plain_end_bytewise(text: &[u8], from: Offset) -> Offset {
    let Offset {
        mut byte,
        mut surplus,
    } = from;
    for next in text.get(byte..).unwrap_or_default() {
        match next {
            b'"' | b'\\' | 0..b' ' => break,
            0x80..0xC0 => surplus = surplus.wrapping_add(1),
            0xF0.. => surplus = surplus.wrapping_sub(1),
            _ => {}
        }
        byte = byte.wrapping_add(1);
    }
    Offset { byte, surplus }
}

/// The surplus of the selected bytes of a block. UTF-16 has one code unit for a character of up to three bytes, and two for
/// one of four. A character may lie in two blocks, so a block's surplus may be negative.
fn surplus_of(block: Block, selected: block::Bits) -> usize {
    let continuations = (block.continuations() & selected).count_ones();
    let leads_of_four = (block.leads_of_four() & selected).count_ones();
    continuations.wrapping_sub(leads_of_four) as i32 as usize
}
