import { parentPort, workerData } from 'node:worker_threads';
import { loadCodeScan } from '../code-scan.ts';
import type { CodeTask, WorkerAnswer } from './code-thread.ts';

// The thread that reads and scans packages, one after the other; see code-thread.ts.

const PROGRESS_MS = 500;

const counter = new Int32Array(workerData as SharedArrayBuffer);
const send = (answer: WorkerAnswer) => parentPort?.postMessage(answer);
let refused: CodeTask['refused'] = [];
let parses = 0;
let said = Date.now();

function progress(what: string): void {
  if (Date.now() - said < PROGRESS_MS) return;
  said = Date.now();
  send({ progress: what });
}

async function run({ job, limits, refused: calls }: CodeTask): Promise<void> {
  refused = calls;
  parses = 0;
  const scan = await loadCodeScan({
    limits,
    progress,
    guard: (parse) => (text, language) => {
      const call = ++parses;
      if (refused === 'all' || refused.includes(call)) return { ok: false, reason: 'parsing it took too long' };
      Atomics.store(counter, 0, call);
      const outcome = parse(text, language);
      Atomics.store(counter, 0, 0);
      return outcome;
    },
  });
  send({ done: await scan(job) });
}

parentPort?.on('message', (task: CodeTask) => void run(task));
