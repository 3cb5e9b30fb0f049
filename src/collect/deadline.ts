/** A point in time after which work stops, whatever the other side does. */
export interface Deadline {
  /** Aborts at the deadline, and when the caller aborts. */
  readonly signal: AbortSignal;
  /** Milliseconds left, never negative. */
  left(): number;
  /** Frees the timer. Call it when the work is done. */
  clear(): void;
}

/** The reason of an abort that a deadline caused, to tell it from the caller's own abort. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly afterMs: number;
  constructor(afterMs: number) {
    super(`no answer within ${afterMs} ms`);
    this.afterMs = afterMs;
  }
}

/**
 * A deadline `ms` milliseconds from now, or earlier when `parent` aborts. Its timer keeps the process alive, unlike
 * `AbortSignal.timeout`, so that waiting on it always ends.
 */
export function deadlineAfter(ms: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = performance.now() + ms;
  const timer = setTimeout(() => controller.abort(new DeadlineError(ms)), ms);
  const onParent = (): void => controller.abort(parent?.reason);
  if (parent?.aborted) onParent();
  else parent?.addEventListener('abort', onParent, { once: true });
  return {
    signal: controller.signal,
    left: () => Math.max(0, end - performance.now()),
    clear: () => {
      clearTimeout(timer);
      parent?.removeEventListener('abort', onParent);
    },
  };
}
