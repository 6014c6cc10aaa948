//! Sixteen bytes, in WebAssembly's SIMD instructions.

use core::arch::wasm32::{
    i8x16_bitmask, i8x16_eq, i8x16_lt, i8x16_ne, i8x16_splat, u8x16_ge, u8x16_lt, u8x16_splat,
    v128, v128_load, v128_or,
};

use super::{Bits, LENGTH};

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub struct Block(v128);

impl Block {
    #[inline(always)]
    pub fn new(bytes: &[u8; LENGTH]) -> Self {
        // SAFETY: the reference is to sixteen bytes, and the instruction needs no alignment.
        Self(unsafe { v128_load(bytes.as_ptr().cast()) })
    }

    /// The bytes that differ from the other block's.
    #[inline(always)]
    pub fn differing(self, other: Self) -> Bits {
        i8x16_bitmask(i8x16_ne(self.0, other.0)).into()
    }

    /// The bytes that end the plain part of a string: quotation marks, backslashes and control characters.
    #[inline(always)]
    pub fn special(self) -> Bits {
        i8x16_bitmask(self.special_bytes()).into()
    }

    /// These, and all that are not ASCII.
    #[inline(always)]
    pub fn special_or_not_ascii(self) -> Bits {
        i8x16_bitmask(v128_or(self.special_bytes(), self.0)).into()
    }

    /// The continuation bytes of UTF-8.
    #[inline(always)]
    pub fn continuations(self) -> Bits {
        i8x16_bitmask(i8x16_lt(self.0, i8x16_splat(-0x40))).into()
    }

    /// The lead bytes of UTF-8's sequences of four bytes.
    #[inline(always)]
    pub fn leads_of_four(self) -> Bits {
        i8x16_bitmask(u8x16_ge(self.0, u8x16_splat(0xF0))).into()
    }

    #[inline(always)]
    fn special_bytes(self) -> v128 {
        let quotation_mark = i8x16_eq(self.0, u8x16_splat(b'"'));
        let backslash = i8x16_eq(self.0, u8x16_splat(b'\\'));
        let control = u8x16_lt(self.0, u8x16_splat(b' '));
        v128_or(v128_or(quotation_mark, backslash), control)
    }
}
