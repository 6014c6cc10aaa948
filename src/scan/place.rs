//! Places in a text, and how to get from one to another, many bytes at once.

use crate::block::{self, Block};

/// A place in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Counted in the bytes of UTF-8.
    pub byte: usize,
    /// How many of the bytes before it have no unit of their own in UTF-16.
    pub(crate) surplus: usize,
}

impl Place {
    /// Counted in the units of UTF-16, as JavaScript does.
    pub fn units(self) -> usize {
        self.byte.wrapping_sub(self.surplus)
    }
}

/// How many bytes are the same from here and from there on: no more than so many, or some fewer where there are no whole
/// blocks to compare.
#[inline(always)]
pub(crate) fn same_length(text: &[u8], here: usize, there: usize, most: usize) -> usize {
    let mut length = 0;
    for (here, there) in block::from(text, here).zip(block::from(text, there)) {
        if length >= most {
            return most;
        }
        let differing = here.differing(there);
        if differing != 0 {
            return length.wrapping_add(differing.trailing_zeros() as usize);
        }
        length = length.wrapping_add(block::LENGTH);
    }
    length.min(most)
}

/// The place of the next quotation mark, backslash or control character; or the end.
#[inline(always)]
pub(crate) fn plain_end(text: &[u8], from: Place) -> Place {
    let Place {
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
                return Place { byte, surplus };
            }
        }
        byte = byte.wrapping_add(block::LENGTH);
    }
    last_plain_end(text, Place { byte, surplus })
}

/// The same, where there is no whole block left.
#[cold]
#[inline(never)]
fn last_plain_end(text: &[u8], from: Place) -> Place {
    let Place {
        mut byte,
        mut surplus,
    } = from;
    for found in text.get(byte..).unwrap_or_default() {
        match found {
            b'"' | b'\\' | 0..b' ' => break,
            0x80..0xC0 => surplus = surplus.wrapping_add(1),
            0xF0.. => surplus = surplus.wrapping_sub(1),
            _ => {}
        }
        byte = byte.wrapping_add(1);
    }
    Place { byte, surplus }
}

/// The surplus of these bytes of a block. A character of two or three bytes has one unit, one of four has two.
fn surplus_of(block: Block, among: block::Bits) -> usize {
    let continuing = (block.continuing() & among).count_ones();
    let first_of_four = (block.first_of_four() & among).count_ones();
    // A character may begin in one block and go on in the next.
    continuing.wrapping_sub(first_of_four) as i32 as usize
}
