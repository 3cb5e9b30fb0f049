import { type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { errnoReason } from '../../collect/errno.ts';
import { PRODUCT_NAME, PRODUCT_VERSION } from '../../core/product.ts';
import { type ScanReport, worstVerdict } from '../../core/scan-report.ts';
import { type Severity, severityRank } from '../../core/severity.ts';
import type { CodeScan } from '../../core/snapshot.ts';
import { jsonText } from '../../core/text.ts';
import { renderScanReport } from '../../render/scan-text.ts';
import { CodeThread } from '../code-thread.ts';
import { EXIT, type Io, UsageError, wantsColor } from '../io.ts';
import { progressLine } from '../progress.ts';

export interface ScanCommandOptions {
  readonly json?: boolean;
  readonly failOn: Severity | 'never';
  readonly strict?: boolean;
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** `scan`: judges code before it is installed. Offline; nothing of it is run. */
export async function scanCommand(paths: readonly string[], options: ScanCommandOptions, io: Io): Promise<number> {
  const targets = paths.map((path) => existing(path, io.cwd));
  const progress = progressLine(io);
  const scans: CodeScan[] = [];
  const thread = new CodeThread(progress.say);
  try {
    for (const path of targets) {
      progress.say(`Reading ${path}`);
      scans.push(await thread.scan({ name: basename(path), path, place: path }));
    }
  } finally {
    progress.end();
    thread.end();
  }
  const report: ScanReport = {
    schemaVersion: 1,
    tool: { name: PRODUCT_NAME, version: PRODUCT_VERSION },
    verdict: worstVerdict(scans),
    scans,
  };
  const text = () =>
    renderScanReport(report, {
      columns: io.columns ?? 80,
      color: wantsColor(io, !options.color),
      homeDir: io.env.HOME ?? homedir(),
      baseDir: io.cwd,
      ...(options.quiet ? { quiet: true } : {}),
    });
  io.out(options.json ? `${jsonText(report, 2)}\n` : text());
  return exitCode(report, options);
}

/** A path that is not there is a mistake of the caller; what is there and cannot be read is a result. */
function existing(path: string, cwd: string): string {
  const full = resolve(cwd, path);
  let stats: Stats;
  try {
    stats = statSync(full);
  } catch (error) {
    throw new UsageError(`cannot scan ${path}: ${errnoReason(error)}`);
  }
  if (!stats.isDirectory() && !stats.isFile())
    throw new UsageError(`cannot scan ${path}: it is neither a file nor a directory`);
  return full;
}

function exitCode({ scans }: ScanReport, { failOn, strict }: ScanCommandOptions): number {
  const findings = scans.flatMap((scan) => scan.findings);
  if (failOn !== 'never' && findings.some((f) => severityRank(f.severity) >= severityRank(failOn)))
    return EXIT.findings;
  const unread = scans.some((scan) => scan.verdict === undefined || scan.verdict === 'incomplete');
  const limited = scans.some((scan) => scan.limits.length + scan.failures.length > 0);
  if (strict ? unread || limited : unread && failOn !== 'never') return EXIT.incomplete;
  return EXIT.ok;
}
