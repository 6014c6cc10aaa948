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
  {
    reason:
      "An id would be kept as a string, or in another slot: the same ids are told apart, with more memory or more steps.",
    mutants: [
      "pkg-template/src/seen-ids.ts: !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) → true (ConditionalExpression)",
      'pkg-template/src/seen-ids.ts: (start: number, end: number) => Number.parseInt(id.slice(start, end).replace("-", ""), 16) → () => undefined (ArrowFunction)',
      "pkg-template/src/seen-ids.ts: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ → /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]$/ (Regex)",
      'pkg-template/src/seen-ids.ts: { if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined; const word = (start: number, end: number) => Number.parseInt(id.slice(start, end).replace("-", ""), 16); return [word(0, 8), word(9, 18), word(19, 28), word(28, 36)]; } → {} (BlockStatement)',
      "pkg-template/src/seen-ids.ts: slot + 2 → slot - 2 (ArithmeticOperator)",
      "pkg-template/src/seen-ids.ts: !isFree(before, slot) → true (ConditionalExpression)",
      "pkg-template/src/seen-ids.ts: !words || isFree(words, 0) → true (ConditionalExpression)",
      "pkg-template/src/seen-ids.ts: [word(0, 8), word(9, 18), word(19, 28), word(28, 36)] → [] (ArrayDeclaration)",
      "pkg-template/src/seen-ids.ts: slot + 1 → slot - 1 (ArithmeticOperator)",
      "pkg-template/src/seen-ids.ts: slot + 3 → slot - 3 (ArithmeticOperator)",
      "pkg-template/src/seen-ids.ts: slot += 4 → slot -= 4 (AssignmentOperator)",
      "pkg-template/src/seen-ids.ts: slot < before.length → slot <= before.length (EqualityOperator)",
      "pkg-template/src/seen-ids.ts: this.#count * 8 > this.#table.length → this.#count * 8 >= this.#table.length (EqualityOperator)",
      "pkg-template/src/seen-ids.ts: words[slot] || words[slot + 1] || words[slot + 2] || words[slot + 3] → (words[slot] || words[slot + 1] || words[slot + 2]) && words[slot + 3] (LogicalOperator)",
      "pkg-template/src/seen-ids.ts: words[slot] || words[slot + 1] || words[slot + 2] || words[slot + 3] → false (ConditionalExpression)",
      "pkg-template/src/seen-ids.ts: words[slot] || words[slot + 1] || words[slot + 2] → (words[slot] || words[slot + 1]) && words[slot + 2] (LogicalOperator)",
      "pkg-template/src/seen-ids.ts: words[slot] || words[slot + 1] || words[slot + 2] → false (ConditionalExpression)",
      "pkg-template/src/seen-ids.ts: words[slot] || words[slot + 1] → false (ConditionalExpression)",
      "pkg-template/src/seen-ids.ts: words[slot] || words[slot + 1] → words[slot] && words[slot + 1] (LogicalOperator)",
    ],
  },
  {
    reason:
      "It gives the same: what reading a property of nothing throws is caught, what a type calls optional is there, bytes behind the end of an array are dropped, and a page may as well be a copy.",
    mutants: [
      "pkg-template/src/consistency.ts: duplicates > 0 → duplicates >= 0 (EqualityOperator)",
      "pkg-template/src/consistency.ts: duplicates > 0 → true (ConditionalExpression)",
      "pkg-template/src/consistency.ts: this.#counts?.total → this.#counts.total (OptionalChaining)",
      "pkg-template/src/listing.ts: listing.latest?.emitChange → listing.latest.emitChange (OptionalChaining)",
      "pkg-template/src/listing.ts: pages.return?.() → pages.return() (OptionalChaining)",
      "pkg-template/src/signal.ts: signal?.aborted → signal.aborted (OptionalChaining)",
      "pkg-template/src/snapshot.ts: value === null → false (ConditionalExpression)",
      "pkg-template/src/inlined-wasm.ts: index < binary.length → index <= binary.length (EqualityOperator)",
    ],
  },
  {
    reason:
      "It gives the same: a call that has settled is not in the set, what is discarded twice is discarded, and no timer is cleared for `undefined`.",
    mutants: [
      "pkg-template/src/core.ts: isDiscarded → false (ConditionalExpression)",
      "pkg-template/src/core.ts: reject?.(loadError(trap)) → reject(loadError(trap)) (OptionalChaining)",
      "pkg-template/src/core.ts: timer === undefined → false (ConditionalExpression)",
      "pkg-template/src/core.ts: true → false (BooleanLiteral)",
      "pkg-template/src/core.ts: { calls.delete(pending); pending.reject = undefined; } → {} (BlockStatement)",
      "pkg-template/src/core.ts: { reject: undefined } → {} (ObjectLiteral)",
    ],
  },
  {
    reason:
      "It gives the same: an instance is discarded once, before another is loaded; what a trapped one returns is only not to look like an error; and of two traps, one inside the other, either may be the one that is named.",
    mutants: [
      'pkg-template/src/core.ts: [] → ["Stryker was here"] (ArrayDeclaration)',
      "pkg-template/src/core.ts: !core.hasTrapped → true (ConditionalExpression)",
      "pkg-template/src/core.ts: current !== loading → false (ConditionalExpression)",
    ],
  },
  {
    reason:
      "No user meets it: the fake sends the messages themselves, and a random number is never exactly 0.15.",
    mutants: [
      'pkg-template/src/testing/errors.ts: "; " → "" (StringLiteral)',
      "pkg-template/src/testing/phone-numbers.ts: this.#random() < 0.15 → this.#random() <= 0.15 (EqualityOperator)",
    ],
  },
  {
    reason: "A call that the core is loaded for waits a turn more or less.",
    mutants: [
      "pkg-template/src/core.ts: current === loading → current !== loading (EqualityOperator)",
      "pkg-template/src/core.ts: current === loading → false (ConditionalExpression)",
      "pkg-template/src/core.ts: current === loading → true (ConditionalExpression)",
      "pkg-template/src/core.ts: { if (current === loading) ready = instance; } → {} (BlockStatement)",
    ],
  },
  {
    reason: "Noticed by the matrix alone, in workerd, which has a process of its own.",
    mutants: [
      "pkg-template/src/wasm-module.ts: { return WebAssembly.instantiate(wasm, imports); } → {} (BlockStatement)",
    ],
  },
  {
    reason: "Noticed by listing-long.test.ts alone, which lists ten thousand pages in a process of its own.",
    mutants: ["pkg-template/src/pages.ts: number === LAST_PAGE → false (ConditionalExpression)"],
  },
];
