// A process that can be killed: bundled and started by the tests, does one job and prints what came of it as JSON.
import fs from 'node:fs';
import type { Transaction } from '../../src/core/transaction.ts';
import { apply } from '../../src/fix/apply/apply.ts';
import { FixError } from '../../src/fix/apply/errors.ts';
import { recover } from '../../src/fix/apply/recover.ts';
import { undo } from '../../src/fix/apply/undo.ts';

/** What the child is to do. */
export interface Job {
  readonly action: 'apply' | 'undo' | 'finish' | 'rollBack';
  readonly journalDir: string;
  /** Content of the writes as text. */
  readonly transaction?: Transaction;
  readonly id?: string;
  readonly force?: boolean;
  readonly portable?: boolean;
  /** Ends itself with SIGKILL before this step. */
  readonly killAt?: number;
  /** Fills the disk that holds `file` before the first step that starts with `step`. */
  readonly fill?: { readonly step: string; readonly file: string };
  /** The verification's answer; `hang`: never answers. */
  readonly verify?: 'ok' | 'refuse' | 'hang';
}

/** What the child prints. */
export interface Outcome {
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly path?: string };
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
}

const job = JSON.parse(fs.readFileSync(0, 'utf8')) as Job;
const steps: string[] = [];

function faultHook(step: number, what: string): void {
  if (step === job.killAt) process.kill(process.pid, 'SIGKILL');
  const { fill } = job;
  if (fill && what.startsWith(fill.step) && !steps.some((s) => s.startsWith(fill.step))) fillDisk(fill.file);
  steps.push(what);
}

function fillDisk(file: string): void {
  const fd = fs.openSync(file, 'w');
  try {
    for (;;) fs.writeSync(fd, Buffer.alloc(512, 1));
  } catch {
    // Full.
  }
  fs.closeSync(fd);
}

async function run(): Promise<unknown> {
  const { journalDir, portable = false } = job;
  switch (job.action) {
    case 'apply': {
      const operations = job.transaction!.operations.map((op) =>
        op.kind === 'write' ? { ...op, bytes: Buffer.from(op.bytes as unknown as string) } : op,
      );
      const verify = async (): Promise<{ ok: true } | { ok: false; reason: string }> => {
        if (job.verify === 'hang') {
          process.stderr.write('verifying\n');
          await new Promise((resolve) => setTimeout(resolve, 60_000));
        }
        return job.verify === 'refuse' ? { ok: false, reason: 'a new finding appeared' } : { ok: true };
      };
      return apply({ ...job.transaction!, operations }, { journalDir, portable, faultHook, verify });
    }
    case 'undo':
      return undo(journalDir, job.id, { portable, faultHook, force: job.force ?? false });
    default:
      return recover(journalDir, { action: job.action, portable, faultHook });
  }
}

const print = (outcome: Outcome): void => {
  fs.writeSync(1, JSON.stringify(outcome));
  // A verification that hangs must not keep the process.
  process.exit(0);
};
run().then(
  (result) => print({ result, steps }),
  (error: unknown) => {
    if (!(error instanceof FixError)) throw error;
    const { code, message, path } = error;
    print({ error: { code, message, ...(path === undefined ? {} : { path }) }, steps });
  },
);
