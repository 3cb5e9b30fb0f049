import type { CollectGap } from '../core/snapshot.ts';

/** Told of each thing that a collector wanted and did not get. */
export type ReportGap = (gap: CollectGap) => void;

/**
 * Passes on the first gaps and counts the rest, so that a tree of a million closed directories does not become a million
 * gaps. `finish` reports the count.
 */
export class BoundedGaps {
  readonly #report: ReportGap;
  readonly #limit: number;
  #met = 0;

  constructor(report: ReportGap, limit: number) {
    this.#report = report;
    this.#limit = limit;
  }

  add(what: string, reason: string): void {
    if (this.#met++ < this.#limit) this.#report({ what, reason });
  }

  finish(what: string): void {
    const rest = this.#met - this.#limit;
    if (rest > 0) this.#report({ what, reason: `${rest} more places below it could not be examined` });
  }
}
