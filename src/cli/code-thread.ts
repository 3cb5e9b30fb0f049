import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type CodeJob, notScanned } from '../collect/code/job.ts';
import { PACKAGE_LIMITS, type PackageLimits } from '../collect/code/limits.ts';
import type { CodeScan } from '../core/snapshot.ts';

/** What the thread is asked to do. */
export interface CodeTask {
  readonly job: CodeJob;
  readonly limits: PackageLimits;
  /** Calls of the parser, counted from 1, that are to fail: they took too long before. */
  readonly refused: readonly number[] | 'all';
}

/** What the thread says. */
export type WorkerAnswer = { readonly progress: string } | { readonly done: CodeScan };

/** One call of the parser may take this long: real files take a second at most, hostile ones may take for ever. */
const PARSE_MS = 5000;
/** One package. */
const JOB_MS = 60_000;
const HEAP_MB = 272;
const MAX_REFUSED = 4;
const WATCH_MS = 200;
const MIB = 1024 * 1024;
const LESS: PackageLimits = { ...PACKAGE_LIMITS, keptBytes: 8 * MIB, fileBytes: MIB };

type Less = Pick<CodeTask, 'limits' | 'refused'>;
type End = { readonly done: CodeScan } | Stop;
interface Stop {
  readonly stopped: 'parser' | 'time' | 'memory' | 'broken';
  /** The call of the parser that was running, or 0. */
  readonly call: number;
}

const REASONS: Record<Stop['stopped'], string> = {
  parser: 'parsing it took too long',
  time: 'scanning it took too long',
  memory: 'scanning it took too much memory',
  broken: 'the scan broke off',
};

/**
 * Reads and scans packages in a thread of its own that can be stopped: what hostile code does to a parser, it cannot do to
 * the audit. A call of the parser that hangs is left out when the package is scanned again; a thread that runs out of time
 * or memory is started again with less to do. Nothing of what is scanned is run.
 */
export class CodeThread {
  readonly #progress: (what: string) => void;
  readonly #board = new SharedArrayBuffer(4);
  #worker: Worker | undefined;

  /** @param progress told of what is done at the moment */
  constructor(progress: (what: string) => void) {
    this.#progress = progress;
  }

  /** Never rejects. */
  readonly scan = async (job: CodeJob): Promise<CodeScan> => {
    let less: Less | undefined = { limits: PACKAGE_LIMITS, refused: [] };
    for (;;) {
      const end: End = await this.#attempt({ job, ...less });
      if ('done' in end) return end.done;
      this.end();
      less = withLess(less, end);
      if (!less) return notScanned(job, REASONS[end.stopped]);
    }
  };

  /** Stops the thread. */
  end(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #attempt(task: CodeTask): Promise<End> {
    const file = join(__dirname, 'code-worker.cjs');
    if (!existsSync(file)) {
      // From the sources, where there is no built thread; the build leaves this out.
      const { loadCodeScan } = await import('../code-scan.ts');
      return { done: await (await loadCodeScan({ progress: this.#progress }))(task.job) };
    }
    this.#worker ??= this.#start(file);
    const worker = this.#worker;
    const counter = new Int32Array(this.#board);
    Atomics.store(counter, 0, 0);
    return new Promise((resolve) => {
      const started = Date.now();
      let call = 0;
      let since = started;
      const end = (result: End) => {
        clearInterval(watch);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(result);
      };
      const onMessage = (answer: WorkerAnswer) => {
        if ('progress' in answer) this.#progress(answer.progress);
        else end(answer);
      };
      const onError = (error: NodeJS.ErrnoException) =>
        end({ stopped: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'broken', call });
      const onExit = () => end({ stopped: 'broken', call });
      const watch = setInterval(() => {
        const now = Date.now();
        const running = Atomics.load(counter, 0);
        if (running !== call || running === 0) [call, since] = [running, now];
        if (now - started > JOB_MS) end({ stopped: 'time', call });
        else if (now - since > PARSE_MS) end({ stopped: 'parser', call });
      }, WATCH_MS);
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(task);
    });
  }

  #start(file: string): Worker {
    const worker = new Worker(file, {
      workerData: this.#board,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16 },
    });
    // What a thread that is being stopped still has to say is no error of ours.
    worker.on('error', () => {});
    return worker;
  }
}

/** What to leave out after this end; undefined when nothing is left to try. */
function withLess({ limits, refused }: Less, { stopped, call }: Stop): Less | undefined {
  if (stopped === 'broken' || refused === 'all') return undefined;
  if (stopped === 'parser' && refused.length < MAX_REFUSED) return { limits, refused: [...refused, call] };
  if (stopped !== 'parser' && limits !== LESS) return { limits: LESS, refused };
  return { limits: LESS, refused: 'all' };
}
