import { FixError } from './errors.ts';

/** Called before each step that changes anything; throws, or ends the process, to play a fault there. */
export type FaultHook = (step: number, what: string) => void;

/** Numbers the steps of one run from 0. */
export class Steps {
  #next = 0;
  readonly #hook: FaultHook | undefined;
  constructor(hook: FaultHook | undefined) {
    this.#hook = hook;
  }
  /** Announces a step, e.g. `rename /home/u/.openclaw/openclaw.json`. */
  before(what: string): void {
    this.#hook?.(this.#next++, what);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Notices signals and the caller's abort, so that work can stop between two steps and be rolled back. */
export interface Interruption {
  /** Lets pending signals in, and throws a `FixError` (`stopped`) if one came. */
  check(): Promise<void>;
  /** The work's own outcome, or a rejection as soon as a signal comes. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Gives the signals back. */
  dispose(): void;
}

/**
 * Holds SIGINT, SIGTERM and SIGHUP back until `dispose`: the first one stops the transaction, which then rolls back;
 * further ones are ignored, because ending in the middle of a rollback helps nobody.
 */
export function watchInterruption(signal: AbortSignal | undefined): Interruption {
  let stopped: FixError | undefined;
  let reject: (error: FixError) => void = () => {};
  const interrupted = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Nobody may be racing when the signal comes.
  interrupted.catch(() => {});
  const stop = (by: string): void => {
    stopped ??= new FixError('stopped', `stopped by ${by}; run it again when you are ready`);
    reject(stopped);
  };
  const onSignal = (name: NodeJS.Signals): void => stop(name);
  const onAbort = (): void => stop('the caller');
  for (const name of SIGNALS) process.on(name, onSignal);
  if (signal?.aborted) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  return {
    async check() {
      await new Promise((resolve) => setImmediate(resolve));
      if (stopped) throw stopped;
    },
    race: (work) => Promise.race([work, interrupted]),
    dispose() {
      for (const name of SIGNALS) process.off(name, onSignal);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
