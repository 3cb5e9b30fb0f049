import type { CodeJob, RunJobOptions } from './collect/code/job.ts';
import type { CodeScan } from './core/snapshot.ts';
import type { ScriptParser } from './scan/types.ts';

export interface CodeScanOptions extends RunJobOptions {
  /** Stands around the parser. */
  readonly guard?: (parser: ScriptParser) => ScriptParser;
}

/**
 * Loads the code scan: the result reads and scans one plugin, skill or package in this thread. It blocks while it works, and
 * hostile code can make that long; the command line runs it in a thread of its own. Nothing of what is scanned is run.
 */
export async function loadCodeScan(options: CodeScanOptions = {}): Promise<(job: CodeJob) => Promise<CodeScan>> {
  const [{ runJob }, { scanPackage }, { loadScriptParser }] = await Promise.all([
    import('./collect/code/job.ts'),
    import('./scan/scan.ts'),
    import('./scan/parsers/load.ts'),
  ]);
  const { parse } = await loadScriptParser();
  const parser = options.guard?.(parse) ?? parse;
  return (job) => runJob(job, (input) => scanPackage(input, parser), options);
}
