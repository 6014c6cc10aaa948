/** What does not hold, and where. */
export interface Complaint {
  step: string;
  message: string;
}

/** Keeps what was complained of, and counts what happened. */
export class Checker {
  readonly complaints: Complaint[] = [];
  calls = 0;
  requests = 0;
  readonly outcomes = new Map<string, number>();
  readonly faults = new Map<string, number>();

  complain(step: string, message: string) {
    this.complaints.push({ step, message });
  }

  check(step: string, holds: boolean, message: string) {
    if (!holds) this.complain(step, message);
  }

  countOutcome(name: string) {
    this.outcomes.set(name, (this.outcomes.get(name) ?? 0) + 1);
  }

  countFault(name: string) {
    this.faults.set(name, (this.faults.get(name) ?? 0) + 1);
  }
}
