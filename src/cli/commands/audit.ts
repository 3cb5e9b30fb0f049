import { severityRank, type Severity } from '../../core/severity.ts';
import type { Report } from '../../core/report.ts';
import { EXIT, type Io, UsageError, wantsColor } from '../io.ts';
import { type HomeOptions, loadSnapshot } from '../home.ts';

export interface AuditCommandOptions extends HomeOptions {
  readonly json?: boolean;
  readonly failOn: Severity | 'never';
  readonly strict?: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly from?: string;
  readonly deep?: boolean;
  readonly fix?: boolean;
  readonly color: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** `audit`: collect, judge, print. */
export async function auditCommand(options: AuditCommandOptions, io: Io): Promise<number> {
  if (options.deep) throw new UsageError('--deep arrives with a later version; the plain audit works today.');
  if (options.fix) throw new UsageError('--fix arrives with a later version; nothing was changed.');
  const snapshot = await loadSnapshot(options, io);
  const { auditSnapshot } = await import('../../audit.ts');
  const report = await auditSnapshot(snapshot, { only: options.only, skip: options.skip });
  checkSelectors(report, options);
  if (options.json) {
    const { renderJson } = await import('../../render/json.ts');
    io.out(renderJson(report));
  } else {
    if (!snapshot.home.found) {
      io.out(`No OpenClaw home: neither ${snapshot.home.stateDir} nor ${snapshot.home.configPath} exists. Nothing was audited and nothing was created.\n`);
      return EXIT.ok;
    }
    const { renderText } = await import('../../render/text.ts');
    io.out(
      renderText(report, {
        columns: io.columns ?? 80,
        color: wantsColor(io, !options.color),
        homeDir: snapshot.host.homeDir,
        ...(options.verbose ? { verbose: true } : {}),
        ...(options.quiet ? { quiet: true } : {}),
      }),
    );
  }
  return exitCodeFor(report, options);
}

/** A selector that matches no check is a typing mistake, and would make a gate pass silently. */
function checkSelectors(report: Report, options: AuditCommandOptions): void {
  if (options.only.length > 0 && report.coverage.checks.length === 0)
    throw new UsageError(`no check matches --only ${options.only.join(', ')}`, 'List them with: openclaw-security checks');
}

function exitCodeFor(report: Report, options: AuditCommandOptions): number {
  const { failOn } = options;
  if (failOn !== 'never' && report.findings.some((f) => severityRank(f.severity) >= severityRank(failOn)))
    return EXIT.findings;
  const incomplete =
    report.outcomes.unknown + report.outcomes.error + report.coverage.gaps.length > 0 ||
    report.target.configStatus === 'unreadable';
  return options.strict && incomplete ? EXIT.incomplete : EXIT.ok;
}
