//! Sixteen bytes at once: by WebAssembly's SIMD instructions, or, in the native tests, by plain code that does the same.

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod plain;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub use plain::Block;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub use simd::Block;

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
