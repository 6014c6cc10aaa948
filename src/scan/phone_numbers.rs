//! Reads an array of phone numbers. Most are like the one before, so each is compared with it, many bytes at once, and only the
//! fields that differ are scanned.

use crate::offset::{Offset, equal_length, plain_end};
use crate::scanner::Scanner;
use crate::span::Span;

/// The names of a phone number's fields as JSON strings, in the order of the documentation.
pub const NAMES: [&str; 11] = [
    "\"id\"",
    "\"number\"",
    "\"companyId\"",
    "\"capabilities\"",
    "\"custom\"",
    "\"provider\"",
    "\"status\"",
    "\"numberType\"",
    "\"createdAt\"",
    "\"updatedAt\"",
    "\"location\"",
];
/// The index of `custom`, a boolean.
pub const CUSTOM: usize = 4;
/// The index of `location`, which may be null or absent.
pub const LOCATION: usize = 10;

/// Whether the field may have this value.
pub fn accepts(field: usize, value: Span) -> bool {
    match value.first {
        b'"' => field != CUSTOM,
        b't' | b'f' => field == CUSTOM,
        b'n' | 0 => field == LOCATION,
        _ => false,
    }
}

/// The table entry of a value, see [`read`].
fn entry_of(value: Span) -> [i32; 2] {
    let [start, end] = value.utf16().map(|offset| offset as i32);
    match value.first {
        b'"' if value.has_escapes => [!start, end],
        b'"' => [start.wrapping_add(1), end.wrapping_sub(1)],
        b'n' => [1, 0],
        b'f' => [2, 0],
        b't' => [3, 0],
        _ => [4, 0],
    }
}

/// The phone number before: where it lies in the text, for the comparison with the next.
struct Previous {
    /// The offset behind its opening brace, in bytes.
    start: usize,
    /// The offset behind its last documented field, in bytes.
    end: usize,
    fields: [Field; NAMES.len()],
}

/// A field of the phone number before. Lengths, because offsets would all have to be moved after a field of another length:
/// 5 % less time for a page.
#[derive(Clone, Copy)]
struct Field {
    /// The bytes from the end of the field before it to its value: the comma, the name, the colon.
    gap: usize,
    /// The bytes of its value.
    length: usize,
    /// How many more bytes than UTF-16 code units its value has.
    surplus: usize,
    /// Whether its value is a string of ASCII without escapes.
    is_plain: bool,
}

/// Longer than any text, so that it is never within the equal bytes.
const ABSENT: Field = Field {
    gap: 0,
    length: usize::MAX / 2,
    surplus: 0,
    is_plain: false,
};

/// The most numbers that a row of the table has.
const MAX_ROW: usize = 1 + 2 * (NAMES.len() + 1);

/// A row of the table, while it is written. Its first number, the changed fields, is known last.
struct Row<'t> {
    numbers: &'t mut [i32],
    length: usize,
    changed: i32,
}

impl Row<'_> {
    #[inline(always)]
    fn add(&mut self, bit: usize, entry: [i32; 2]) {
        self.changed |= 1 << bit;
        let rest = self.numbers.get_mut(self.length..);
        if let Some(added) = rest.and_then(|rest| rest.first_chunk_mut()) {
            *added = entry;
        }
        self.length = self.length.wrapping_add(entry.len());
    }
}

/// Reads the array of phone numbers that is next, into a table. False, and an empty table, unless each phone number starts
/// with the documented fields in their order.
///
/// The table is the number of its rows, then the rows, one for a phone number. A row is a number with a bit set for each field
/// whose value is not that of the row before, from the lowest bit on, and one for further members; then an entry of two numbers
/// for each bit that is set, in that order:
///
/// - a string without escapes: the offsets of its start and end in UTF-16 code units, without the quotation marks;
/// - a string with escapes: the offsets with the quotation marks, the start as its complement, which is negative;
/// - null, false, true or absent: 1, 2, 3 or 4, and 0;
/// - further members: the offsets from the first name to the closing brace, which is included.
pub fn read(scanner: &mut Scanner<'_>, table: &mut Vec<i32>) -> bool {
    let mut previous = Previous {
        start: 0,
        end: 0,
        fields: [ABSENT; NAMES.len()],
    };
    let mut rows = 0_i32;
    let mut length = 1_usize;
    table.resize(length, 0);
    scanner.enter();
    while scanner.next(b']', rows == 0) {
        let needed = length.wrapping_add(MAX_ROW);
        if table.len() < needed {
            // Room for many rows at once: 3 % less time for a page than a call for each row.
            table.resize(needed.wrapping_mul(2), 0);
        }
        let numbers = table.get_mut(length..).unwrap_or_default();
        let Some(row_length) = read_row(scanner, &mut previous, numbers) else {
            table.clear();
            return false;
        };
        length = length.wrapping_add(row_length);
        rows = rows.wrapping_add(1);
    }
    table.truncate(length);
    if let Some(first) = table.first_mut() {
        *first = rows;
    }
    true
}

/// Reads a phone number into a row, and gives the length of the row.
fn read_row(
    scanner: &mut Scanner<'_>,
    previous: &mut Previous,
    numbers: &mut [i32],
) -> Option<usize> {
    if scanner.peek() != b'{' {
        return None;
    }
    scanner.enter();
    let text = scanner.text();
    let mut row = Row {
        numbers,
        length: 1,
        changed: 0,
    };
    // The end of the last field: of this phone number, and of the one before, in bytes.
    let mut here = scanner.offset();
    let mut there = previous.start;
    // How far the phone number before is equal to this one from `there` and `here` on.
    let left = previous.end.wrapping_sub(there);
    let mut equal_end = there.wrapping_add(equal_length(text, here.byte, there, left));
    // Whether further members follow, if it is known.
    let mut has_more = None;
    previous.start = here.byte;
    for (index, (field, name)) in previous.fields.iter_mut().zip(&NAMES).enumerate() {
        let before = *field;
        let value_there = there.wrapping_add(before.gap);
        let end_there = value_there.wrapping_add(before.length);
        if end_there <= equal_end {
            here.byte = here.byte.wrapping_add(end_there.wrapping_sub(there));
            here.surplus = here.surplus.wrapping_add(before.surplus);
            there = end_there;
            continue;
        }
        // Of the value, if all before it is equal.
        let start = here.byte.wrapping_add(before.gap);
        let mut end = Offset::START;
        if before.is_plain && value_there < equal_end {
            // A string that starts like the one before: only its rest is scanned.
            let byte = here.byte.wrapping_add(equal_end.wrapping_sub(there));
            end = plain_end(text, Offset { byte, ..here });
        }
        if end.byte > 0 && text.get(end.byte) == Some(&b'"') {
            let first = start.wrapping_add(1).wrapping_sub(here.surplus);
            row.add(index, [first as i32, end.utf16() as i32]);
            field.surplus = end.surplus.wrapping_sub(here.surplus);
            field.is_plain = field.surplus == 0;
            here = end;
            here.byte = here.byte.wrapping_add(1);
            field.length = here.byte.wrapping_sub(start);
        } else {
            let value = if before.length != ABSENT.length && value_there <= equal_end {
                scanner.seek(Offset {
                    byte: start,
                    ..here
                });
                scanner.skip_whitespace();
                Ok(scanner.value())
            } else {
                read_field(scanner, here, name, index == 0)
            };
            let span = value.unwrap_or(Span::NONE);
            if !accepts(index, span) {
                return None;
            }
            row.add(index, entry_of(span));
            if let Err(is_member) = value {
                *field = ABSENT;
                has_more = Some(is_member);
                break;
            }
            *field = Field {
                gap: span.start.byte.wrapping_sub(here.byte),
                length: span.end.byte.wrapping_sub(span.start.byte),
                surplus: span.surplus(),
                is_plain: span.is_plain(),
            };
            here = span.end;
        }
        if before.length == ABSENT.length {
            // Nothing is equal to what is absent.
            equal_end = 0;
        } else {
            there = end_there;
            let left = previous.end.wrapping_sub(there);
            equal_end = there.wrapping_add(equal_length(text, here.byte, there, left));
        }
    }
    previous.end = here.byte;
    let mut has_more = has_more.unwrap_or_else(|| {
        scanner.seek(here);
        scanner.next(b'}', false)
    });
    if has_more {
        let start = scanner.offset().utf16() as i32;
        while has_more {
            if scanner.name_among(&NAMES).is_some() {
                return None;
            }
            scanner.value();
            has_more = scanner.next(b'}', false);
        }
        row.add(NAMES.len(), [start, scanner.offset().utf16() as i32]);
    }
    if let Some(first) = row.numbers.first_mut() {
        *first = row.changed;
    }
    Some(row.length)
}

/// The value of the field of this name, if it is the next member behind `end`, the end of the field before. Otherwise whether
/// there is another member.
#[inline(never)]
fn read_field(
    scanner: &mut Scanner<'_>,
    end: Offset,
    name: &str,
    is_first: bool,
) -> Result<Span, bool> {
    scanner.seek(end);
    let is_member = scanner.next(b'}', is_first);
    if is_member && scanner.skip_name(name.as_bytes()) {
        return Ok(scanner.value());
    }
    Err(is_member)
}
