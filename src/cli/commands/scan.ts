import { scanOne } from '../../collect/code/code.ts';
import { openTarget } from '../../collect/code/open-target.ts';
import type { CodeScan } from '../../core/snapshot.ts';
import { severityRank, type Severity } from '../../core/severity.ts';
import { renderScan } from '../../render/scan-text.ts';
import type { ScanInput, ScanResult } from '../../scan/types.ts';
import { EXIT, type Io, UsageError } from '../io.ts';

export interface ScanCommandOptions {
  readonly json?: boolean;
  readonly failOn: Severity | 'never';
  readonly strict?: boolean;
}

/** `scan`: judges code before it is installed. Offline; nothing of it is run. */
export function scanCommand(
  path: string,
  options: ScanCommandOptions,
  io: Io,
  scan: (input: ScanInput) => ScanResult,
): number {
  const target = openTarget(path, io.cwd);
  if (!target.ok) throw new UsageError(`cannot scan ${path}: ${target.reason}`);
  const { input, failures } = target;
  const subject = { kind: input.kind, name: input.name, path: target.path };
  const result = scanOne(subject, failures, input, scan);
  io.out(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderScan(result));
  return exitCode(result, options);
}

function exitCode({ findings, verdict }: CodeScan, { failOn, strict }: ScanCommandOptions): number {
  if (failOn !== 'never' && findings.some((f) => severityRank(f.severity) >= severityRank(failOn)))
    return EXIT.findings;
  const incomplete = verdict === undefined || verdict === 'incomplete';
  return strict && incomplete ? EXIT.incomplete : EXIT.ok;
}
