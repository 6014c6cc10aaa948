//! Sixteen bytes at once: by WebAssembly's SIMD instructions, or, in the native tests, by plain code that does the same.

pub use implementation::Block;

/// The bytes of a block.
pub const LENGTH: usize = 16;

/// A set of bytes of a block: a bit for each, the lowest for the first.
pub type Bits = u32;

/// The bytes before the first of the set; all of the block's if the set is empty.
pub fn before(bits: Bits) -> Bits {
    bits.wrapping_sub(1) & !bits
}

/// The whole blocks from a byte offset on.
#[inline(always)]
pub fn from(text: &[u8], byte: usize) -> impl Iterator<Item = Block> {
    let (blocks, _) = text.get(byte..).unwrap_or_default().as_chunks();
    blocks.iter().map(Block::new)
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod implementation {
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
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod implementation {
    use super::{Bits, LENGTH};

    /// Sixteen bytes.
    #[derive(Clone, Copy)]
    pub struct Block([u8; LENGTH]);

    impl Block {
        pub fn new(bytes: &[u8; LENGTH]) -> Self {
            Self(*bytes)
        }

        /// The bytes that differ from the other block's.
        pub fn differing(self, other: Self) -> Bits {
            let pairs = self.0.iter().zip(other.0);
            bits(pairs.map(|(byte, other)| *byte != other))
        }

        /// The bytes that end the plain part of a string: quotation marks, backslashes and control characters.
        pub fn special(self) -> Bits {
            self.bits(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
        }

        /// These, and all that are not ASCII.
        pub fn special_or_not_ascii(self) -> Bits {
            self.special() | self.bits(|byte| byte >= 0x80)
        }

        /// The continuation bytes of UTF-8.
        pub fn continuations(self) -> Bits {
            self.bits(|byte| (0x80..0xC0).contains(&byte))
        }

        /// The lead bytes of UTF-8's sequences of four bytes.
        pub fn leads_of_four(self) -> Bits {
            self.bits(|byte| byte >= 0xF0)
        }

        fn bits(self, is_one: impl Fn(u8) -> bool) -> Bits {
            bits(self.0.into_iter().map(is_one))
        }
    }

    fn bits(bytes: impl DoubleEndedIterator<Item = bool>) -> Bits {
        bytes
            .rev()
            .fold(0, |bits, is_one| bits << 1 | Bits::from(is_one))
    }
}
