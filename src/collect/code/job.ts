import { realpathSync, statSync } from 'node:fs';
import type { CodeScan } from '../../core/snapshot.ts';
import type { ScanFile, ScanInput, ScanResult } from '../../scan/types.ts';
import { errnoReason } from '../errno.ts';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.ts';
import { type ReadPackage, readPackage, readSingleFile } from './read-package.ts';
import { readTarball } from './tarball.ts';

/** One plugin, skill or package that is to be read and scanned. Plain data. */
export interface CodeJob {
  /** Absent where it is to be found out: for what is not installed, which may also be an archive. */
  readonly kind?: 'plugin' | 'skill';
  readonly name: string;
  /** As it is reported. */
  readonly path: string;
  /** What is read; links on the way are followed here, and nowhere below. */
  readonly place: string;
  /** Files that the host loads, relative with `/`. */
  readonly entries?: readonly string[];
}

/** The scan itself: pure, in this process, and it runs nothing of what it is handed. */
export type ScanCode = (input: ScanInput) => ScanResult;

export interface RunJobOptions {
  readonly limits?: PackageLimits;
  /** Told of what is done at the moment. */
  readonly progress?: (what: string) => void;
}

const MAX_FINDINGS = 100;
const MAX_STEPS = 20;
const MAX_LIMITS = 50;
const ARCHIVE = /\.(?:tgz|tar\.gz|tar)$/i;

/** Reads and scans. Nothing is unpacked to disk or run. Never rejects: what cannot be done is a result without a verdict. */
export async function runJob(job: CodeJob, scan: ScanCode, options: RunJobOptions = {}): Promise<CodeScan> {
  const read = await readJob(job, options);
  if ('reason' in read) return notScanned(job, read.reason);
  const { name, entries = [] } = job;
  const { files, failures, oneFile } = read;
  const kind = job.kind ?? kindOf(files);
  let result: ScanResult;
  try {
    result = scan({ kind, name, files, entries, limits: [...read.limits, ...failures] });
  } catch (error) {
    return notScanned(job, `the scan failed: ${error instanceof Error ? error.name : 'unknown error'}`);
  }
  const more = result.findings.length - MAX_FINDINGS;
  return {
    ...subjectOf(job),
    kind,
    ...(oneFile && { oneFile }),
    verdict: result.verdict,
    findings: result.findings.slice(0, MAX_FINDINGS).map((f) => ({ ...f, steps: f.steps.slice(-MAX_STEPS) })),
    ...(more > 0 && { moreFindings: more }),
    limits: result.limits.slice(0, MAX_LIMITS),
    failures,
    counts: result.counts,
  };
}

/** The result for what could not be read or scanned at all. */
export function notScanned(job: CodeJob, reason: string): CodeScan {
  return { ...subjectOf(job), findings: [], limits: [], failures: [{ what: '.', reason }] };
}

function subjectOf({ kind, name, path }: CodeJob): Pick<CodeScan, 'kind' | 'name' | 'path'> {
  return { kind: kind ?? 'package', name, path };
}

interface Read extends ReadPackage {
  readonly oneFile?: true;
}

async function readJob(job: CodeJob, options: RunJobOptions): Promise<Read | { readonly reason: string }> {
  const { limits = PACKAGE_LIMITS } = options;
  try {
    const real = realpathSync.native(job.place);
    const stats = statSync(real);
    if (stats.isDirectory()) return readPackage(real, job.entries, options);
    if (!stats.isFile()) return { reason: 'it is neither a file nor a directory' };
    // A plugin that is one file is loaded as code whatever it is called.
    if (job.kind === undefined && ARCHIVE.test(job.place)) return await readTarball(real, limits);
    return { ...readSingleFile(real, options), oneFile: true };
  } catch (error) {
    return { reason: errnoReason(error) };
  }
}

function kindOf(files: readonly ScanFile[]): CodeScan['kind'] {
  const names = new Set(files.map((file) => file.path));
  if (names.has('openclaw.plugin.json')) return 'plugin';
  return names.has('SKILL.md') ? 'skill' : 'package';
}
