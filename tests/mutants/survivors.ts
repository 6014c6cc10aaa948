/** Why no test can notice these mutants. */
interface Explanation {
  reason: string;
  mutants: string[];
}

export const survivors: Explanation[] = [
  {
    reason: "The bits of both sides are never the same, so that `|` and `^` give the same.",
    mutants: [
      "src/options/rules.rs: replace | with ^",
      "src/scan/scanner.rs: replace | with ^ in is_token_of",
      "src/scan/block/plain.rs: replace | with ^ in Block::special_or_not_ascii",
      "src/scan/block/plain.rs: replace | with ^ in bits",
    ],
  },
  {
    reason:
      "The result is the same, but takes longer: nothing is compared with what was before, or sixteen bytes one by one.",
    mutants: [
      "src/scan/block/mod.rs: replace from -> impl Iterator<Item = Block> with ::std::iter::empty()",
      "src/scan/offset.rs: replace equal_length -> usize with 0",
      "src/scan/offset.rs: replace equal_length -> usize with 1",
      "src/scan/scanner.rs: replace Scanner<'a>::text -> &'a[u8] with Vec::leak(Vec::new())",
      "src/scan/scanner.rs: replace Scanner<'a>::text -> &'a[u8] with Vec::leak(vec![0])",
      "src/scan/scanner.rs: replace Scanner<'a>::text -> &'a[u8] with Vec::leak(vec![1])",
      "src/scan/span.rs: replace Span::is_plain -> bool with false",
      "src/scan/phone_numbers.rs: replace > with == in read_row",
      "src/scan/phone_numbers.rs: replace > with < in read_row",
    ],
  },
  {
    reason:
      "A text of JSON that is longer than a string has no quotation mark at its start, which is what the comparison is for.",
    mutants: ["src/scan/phone_numbers.rs: replace > with >= in read_row"],
  },
  {
    reason:
      "The result is the same, but takes longer: an array is scanned a second time, or room is made a row earlier.",
    mutants: [
      "src/decode/envelope.rs: delete match arm (Some(DATA | ITEMS), b'[') in Decoder<'a, N>::candidate",
      "src/decode/envelope.rs: replace match guard level < MAX_LEVEL with true in Decoder<'a, N>::candidate",
      "src/decode/envelope.rs: replace < with <= in Decoder<'a, N>::candidate",
      "src/decode/phone_numbers.rs: replace < with <= in Decoder<'_, N>::check",
      "src/scan/phone_numbers.rs: replace < with <= in read",
    ],
  },
  {
    reason:
      "Resets are whole seconds, and the limit between one window and another is none: half a window, or a second and a half.",
    mutants: [
      "src/rate_limit/window.rs: replace > with >= in Window::learn",
      "src/rate_limit/window.rs: replace < with <= in Window::learn",
    ],
  },
];
