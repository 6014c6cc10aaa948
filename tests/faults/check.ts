/** Fails the row where this does not hold. */
export function check(holds: boolean, failure: string): void {
  if (!holds) throw new Error(failure);
}
