import type { CollectLimit } from '../../scan/types.ts';

/** Most failures kept by name; the rest is counted. */
const MAX_FAILURES = 50;

/** What of a package was not read, and why. */
export class Shortfall {
  readonly #reached = new Map<string, CollectLimit>();
  readonly #failures: CollectLimit[] = [];
  #failed = 0;

  /** A bound was hit; the first time counts. */
  reach(bound: string, what: string, reason: string): void {
    if (!this.#reached.has(bound)) this.#reached.set(bound, { what: what === '' ? '.' : what, reason });
  }

  /** Something is there and cannot be read. */
  fail(what: string, reason: string): void {
    if (this.#failed++ < MAX_FAILURES) this.#failures.push({ what, reason });
  }

  get limits(): readonly CollectLimit[] {
    return [...this.#reached.values()];
  }

  get failures(): readonly CollectLimit[] {
    const rest = this.#failed - this.#failures.length;
    return rest > 0 ? [...this.#failures, { what: '.', reason: `${rest} more places cannot be read` }] : this.#failures;
  }
}
