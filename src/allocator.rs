//! An allocator of a few hundred bytes, for a module that has one thread and needs little memory.
//!
//! Every block has a power of two as its size. One that is given back waits in the list of its size for the next of that
//! size: the memory does not grow beyond the most that was ever in use of each size at once.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;
use core::ptr;

/// The smallest block, in bytes, and what every block is aligned to. It holds the link to the next of its list.
const SMALLEST: usize = 16;

const PAGE: usize = 65_536;

/// The memory that the module's own data does not take.
pub struct Allocator {
    /// For each size, by its exponent, the first of the blocks that wait to be used again.
    free: [Cell<*mut u8>; 32],
    /// The memory that no block was made of yet: where it starts, and how much it is.
    rest: Cell<(usize, usize)>,
}

// SAFETY: there is one thread.
unsafe impl Sync for Allocator {}

impl Allocator {
    /// An allocator that has no memory yet.
    pub const fn new() -> Self {
        Self {
            free: [const { Cell::new(ptr::null_mut()) }; 32],
            rest: Cell::new((0, 0)),
        }
    }

    fn make(&self, size: usize) -> *mut u8 {
        let (mut start, mut left) = self.rest.get();
        if left < size {
            let end = memory_size::<0>().wrapping_mul(PAGE);
            // Somebody else may have had the memory grow in between.
            if start.wrapping_add(left) != end {
                (start, left) = (end, 0);
            }
            let pages = size.wrapping_sub(left).div_ceil(PAGE);
            if memory_grow::<0>(pages) == usize::MAX {
                return ptr::null_mut();
            }
            left = left.wrapping_add(pages.wrapping_mul(PAGE));
        }
        self.rest
            .set((start.wrapping_add(size), left.wrapping_sub(size)));
        start as *mut u8
    }
}

fn size_of(layout: Layout) -> usize {
    layout.size().max(SMALLEST).next_power_of_two()
}

// SAFETY: a block is in one list, or in use by one owner, and as large as its layout asks for.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > SMALLEST {
            return ptr::null_mut();
        }
        let size = size_of(layout);
        let Some(free) = self.free.get(size.trailing_zeros() as usize) else {
            return ptr::null_mut();
        };
        let block = free.get();
        if block.is_null() {
            return self.make(size);
        }
        // SAFETY: a block that waits begins with the link to the next.
        free.set(unsafe { block.cast::<*mut u8>().read() });
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some(free) = self.free.get(size_of(layout).trailing_zeros() as usize) {
            // SAFETY: nobody else uses the block any more, and it is large enough for the link.
            unsafe { block.cast::<*mut u8>().write(free.get()) };
            free.set(block);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the new size is one that a layout may have.
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        if size_of(new_layout) == size_of(layout) {
            return block;
        }
        // SAFETY: the caller's promises for this block are those of the three calls.
        unsafe {
            let new_block = self.alloc(new_layout);
            if !new_block.is_null() {
                ptr::copy_nonoverlapping(block, new_block, layout.size().min(new_size));
                self.dealloc(block, layout);
            }
            new_block
        }
    }
}
