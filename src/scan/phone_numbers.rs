//! Phone numbers one after the other, which are mostly like the one before: only what differs is read.

use crate::place::{Place, plain_end, same_length};
use crate::scanner::{Scanner, Span};

/// The fields of a phone number as they are spelled, in the order of the documentation.
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

/// The entry of the table for a value: where its text is, in units of UTF-16. A string's quotation marks are left out, but for
/// one with escapes, which is told by the complement of its start. What has no place of its own has a number instead:
/// 1 for null, 2 for false, 3 for true and 4 for what is absent.
fn entry_of(value: Span) -> [i32; 2] {
    let [start, end] = value.units().map(|units| units as i32);
    match value.first {
        b'"' if value.has_escapes => [!start, end],
        b'"' => [start.wrapping_add(1), end.wrapping_sub(1)],
        b'n' => [1, 0],
        b'f' => [2, 0],
        b't' => [3, 0],
        _ => [4, 0],
    }
}

/// Where a phone number is, and its fields are, for the next one.
struct Row {
    start: usize,
    fields: [Field; NAMES.len()],
    end: usize,
}

/// Where the value of a field is: in bytes, from the start of its row.
#[derive(Clone, Copy)]
struct Field {
    start: usize,
    /// As far as it gets where the field is not there.
    end: usize,
    /// How many of its bytes have no unit of their own in UTF-16.
    surplus: usize,
    /// Whether it is a string without escapes and of ASCII.
    is_plain: bool,
}

const ABSENT: Field = Field {
    start: 0,
    end: usize::MAX,
    surplus: 0,
    is_plain: false,
};

/// The longest row of the table.
const LONGEST: usize = 1 + 2 * (NAMES.len() + 1);

/// A row of the table under construction, of which the first number is the last to be known.
struct Entries<'t> {
    entries: &'t mut [i32],
    length: usize,
    changed: i32,
}

impl Entries<'_> {
    #[inline(always)]
    fn add(&mut self, bit: usize, entry: [i32; 2]) {
        self.changed |= 1 << bit;
        let rest = self.entries.get_mut(self.length..);
        if let Some(added) = rest.and_then(|rest| rest.first_chunk_mut()) {
            *added = entry;
        }
        self.length = self.length.wrapping_add(entry.len());
    }
}

/// Reads the array of phone numbers that begins here, into a table. Whether all are phone numbers whose fields are the first of
/// their members, and in the documented order; else there is no table.
///
/// It begins with the number of its rows. Each row begins with a number that has a bit for each field whose value is another one
/// than in the row before, from the lowest on, and one for members that follow the fields. Then come two numbers for each of
/// these, where it is: of the other members the text from the first one on, the closing brace included.
pub fn read(scanner: &mut Scanner<'_>, table: &mut Vec<i32>) -> bool {
    let mut previous = Row {
        start: 0,
        fields: [ABSENT; NAMES.len()],
        end: 0,
    };
    let mut rows = 0_i32;
    table.clear();
    table.push(0);
    scanner.enter();
    while scanner.next(b']', rows == 0) {
        if !read_row(scanner, &mut previous, table) {
            table.clear();
            return false;
        }
        rows = rows.wrapping_add(1);
    }
    if let Some(first) = table.first_mut() {
        *first = rows;
    }
    true
}

fn read_row(scanner: &mut Scanner<'_>, previous: &mut Row, table: &mut Vec<i32>) -> bool {
    if scanner.peek() != b'{' {
        return false;
    }
    let text = scanner.whole();
    let row_start = scanner.place().byte;
    scanner.enter();
    let first = table.len();
    table.resize(first.wrapping_add(LONGEST), 0);
    let mut row = Entries {
        entries: table.get_mut(first..).unwrap_or_default(),
        length: 1,
        changed: 0,
    };
    // Where the last field has ended.
    let mut at = scanner.place();
    // Whether other members follow, where that is known.
    let mut goes_on = None;
    // From the start of the row before on, so many bytes are the same here, this much later in their row.
    let mut same = same_length(text, row_start, previous.start, previous.end);
    let mut shift = 0_usize;
    for (index, (field, name)) in previous.fields.iter_mut().zip(&NAMES).enumerate() {
        let before = *field;
        let start = before.start.wrapping_add(shift);
        if before.end <= same {
            if shift != 0 {
                field.start = start;
                field.end = before.end.wrapping_add(shift);
            }
            at.byte = row_start.wrapping_add(before.end).wrapping_add(shift);
            at.surplus = at.surplus.wrapping_add(before.surplus);
            continue;
        }
        let mut end = Place::default();
        if before.is_plain && before.start < same {
            // The string begins like the one before.
            let byte = row_start.wrapping_add(same).wrapping_add(shift);
            end = plain_end(text, Place { byte, ..at });
        }
        if end.byte > 0 && text.get(end.byte) == Some(&b'"') {
            let first = row_start.wrapping_add(start).wrapping_add(1);
            let units = [first.wrapping_sub(at.surplus), end.units()];
            row.add(index, units.map(|units| units as i32));
            field.start = start;
            field.surplus = end.surplus.wrapping_sub(at.surplus);
            field.is_plain = field.surplus == 0;
            at = end;
            at.byte = at.byte.wrapping_add(1);
        } else {
            let value = if before.start <= same && before.end != ABSENT.end {
                // The name is the same.
                let byte = row_start.wrapping_add(start);
                scanner.go_to(Place { byte, ..at });
                scanner.skip_space();
                Ok(scanner.value())
            } else {
                read_field(scanner, at, name, index == 0)
            };
            if !accepts(index, value.unwrap_or_default()) {
                return false;
            }
            row.add(index, entry_of(value.unwrap_or_default()));
            match value {
                Ok(value) => {
                    field.start = value.start.byte.wrapping_sub(row_start);
                    field.surplus = value.surplus();
                    field.is_plain = value.is_plain();
                    at = value.end;
                }
                Err(is_member) => {
                    *field = ABSENT;
                    goes_on = Some(is_member);
                    break;
                }
            }
        }
        field.end = at.byte.wrapping_sub(row_start);
        shift = field.end.wrapping_sub(before.end);
        let there = previous.start.wrapping_add(before.end);
        let left = previous.end.saturating_sub(before.end);
        same = same_length(text, at.byte, there, left);
        // Nothing is the same as what is not there.
        same = if before.end == ABSENT.end {
            0
        } else {
            before.end.wrapping_add(same)
        };
    }
    previous.start = row_start;
    previous.end = at.byte.wrapping_sub(row_start);
    let mut goes_on = goes_on.unwrap_or_else(|| {
        scanner.go_to(at);
        scanner.next(b'}', false)
    });
    if goes_on {
        let start = scanner.place().units() as i32;
        while goes_on {
            if scanner.name_among(&NAMES).is_some() {
                return false;
            }
            scanner.value();
            goes_on = scanner.next(b'}', false);
        }
        row.add(NAMES.len(), [start, scanner.place().units() as i32]);
    }
    let Entries {
        entries,
        length,
        changed,
    } = row;
    if let Some(first) = entries.first_mut() {
        *first = changed;
    }
    table.truncate(first.wrapping_add(length));
    true
}

/// The value of the field of this name, which is read from where the one before has ended; or whether another member follows
/// in its place.
#[inline(never)]
fn read_field(
    scanner: &mut Scanner<'_>,
    at: Place,
    name: &str,
    is_first: bool,
) -> Result<Span, bool> {
    scanner.go_to(at);
    let is_member = scanner.next(b'}', is_first);
    if is_member && scanner.skip_name(name.as_bytes()) {
        return Ok(scanner.value());
    }
    Err(is_member)
}
