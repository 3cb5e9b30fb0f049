import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { closest } from '../../core/closest.ts';
import type { Finding } from '../../core/finding.ts';
import type { Report } from '../../core/report.ts';
import { type Severity, severityRank } from '../../core/severity.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { jsonText } from '../../core/text.ts';
import { selectorMatches } from '../../engine/select.ts';
import { type HomeOptions, loadSnapshot, noHome, resolveHomeFacts } from '../home.ts';
import { EXIT, type Io, UsageError, wantsColor } from '../io.ts';
import type { Format, Output } from '../outputs.ts';

export interface AuditCommandOptions extends HomeOptions {
  /** The forms of the report and where they go. */
  readonly outputs: readonly Output[];
  readonly failOn: Severity | 'never';
  readonly strict?: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly from?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly verifyWithOpenclaw?: boolean;
  readonly color: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly suppressions?: string;
  readonly suppress: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  /** Who can reach what, in every form. */
  readonly exposure?: boolean;
}

/** `audit`: collect, judge, print. */
export async function auditCommand(options: AuditCommandOptions, io: Io): Promise<number> {
  checkDeepOptions(options);
  await checkSelectors(options);
  if (options.dryRun && !options.fix) throw new UsageError('--dry-run goes with --fix');
  if (options.verifyWithOpenclaw && !options.fix) throw new UsageError('--verify-with-openclaw goes with --fix');
  if (options.fix) return fixFirst(options, io);
  const snapshot = await loadSnapshot(options, io);
  const { auditSnapshot } = await import('../../audit.ts');
  const report = await auditSnapshot(snapshot, {
    only: options.only,
    skip: options.skip,
    exposure: wantsPaths(options),
    ...(await acceptedFindings(options, snapshot.home.stateDir)),
  });
  if (!snapshot.home.found && options.outputs.every((o) => o.format === 'text' && o.file === undefined)) {
    io.out(noHome(snapshot.home));
    return EXIT.ok;
  }
  const text = async (color: boolean) => {
    if (!snapshot.home.found) return noHome(snapshot.home);
    const { renderText } = await import('../../render/text.ts');
    return renderText(options.exposure ? report : withoutPaths(report), {
      columns: io.columns ?? 80,
      color,
      homeDir: snapshot.host.homeDir,
      ...(options.verbose ? { verbose: true } : {}),
      ...(options.quiet ? { quiet: true } : {}),
    });
  };
  await printReport(report, { text, snapshot }, options, io);
  return concluded(report, options, io);
}

/** The forms that always tell who can reach what; the others, for which it would cost the plain audit, when asked. */
const PATH_FORMS: ReadonlySet<Format> = new Set<Format>(['html', 'sarif', 'markdown', 'prometheus']);

function wantsPaths({ exposure, outputs }: AuditCommandOptions): boolean {
  return exposure === true || outputs.some((o) => PATH_FORMS.has(o.format));
}

/** What a form says does not depend on what is printed beside it. */
function withoutPaths({ exposure: _, ...report }: Report): Report {
  return report;
}

interface Printing {
  readonly text: (color: boolean) => Promise<string>;
  /** Another document than the report for `json` on standard output. */
  readonly json?: () => string;
  readonly snapshot?: Snapshot;
}

/** Prints and writes the report in every form that was asked for. */
async function printReport(report: Report, printing: Printing, options: AuditCommandOptions, io: Io): Promise<void> {
  const { snapshot, json } = printing;
  for (const { format, file } of options.outputs) {
    const toStream = file === undefined;
    let document: string;
    if (format === 'text') document = await printing.text(toStream && wantsColor(io, !options.color));
    else if (format === 'json' && toStream && json) document = json();
    else {
      const { renderDocument } = await import('../../formats.ts');
      const shown = options.exposure || PATH_FORMS.has(format) ? report : withoutPaths(report);
      document = await renderDocument(format, shown, { baseDir: io.cwd, ...(snapshot ? { snapshot } : {}) });
    }
    if (toStream) {
      io.out(document);
      continue;
    }
    const { writeOutput } = await import('../write-output.ts');
    // Only the numbers for Prometheus are for another user's program, the collector.
    writeOutput(resolve(io.cwd, file), document, format === 'prometheus' ? 0o644 : undefined);
    io.err(`Wrote ${file}.\n`);
  }
}

/** The baseline, if one is to be written, and the exit code. */
async function concluded(report: Report, options: AuditCommandOptions, io: Io): Promise<number> {
  if (options.writeBaseline !== undefined) {
    const { makeBaseline } = await import('../../engine/baseline.ts');
    writeNew(options.writeBaseline, `${jsonText(makeBaseline(report.findings), 2)}\n`);
  }
  sayWhatIsNotCounted(report, options, io);
  return exitCodeFor(report, options);
}

/** What only --deep uses must not be given without it: somebody would believe that the gateway was asked. */
function checkDeepOptions(options: AuditCommandOptions): void {
  const given = [
    ['--auth', options.auth],
    ['--token', options.token],
    ['--password', options.password],
    ['--gateway-url', options.gatewayUrl],
    ['--timeout', options.timeout],
  ].find(([, value]) => value !== undefined);
  if (given && !options.deep) throw new UsageError(`${given[0]} goes with --deep`);
  if (options.deep && options.from !== undefined)
    throw new UsageError('--deep asks this machine; a snapshot carries what was asked where it was made');
}

async function acceptedFindings(options: AuditCommandOptions, stateDir: string) {
  if (options.suppressions === undefined && options.suppress.length === 0 && options.baseline === undefined) return {};
  const { parseSuppressFlag, readBaseline, readSuppressions } = await import('../suppressions.ts');
  const suppressions = [
    ...(options.suppressions === undefined ? [] : readSuppressions(options.suppressions, stateDir)),
    ...options.suppress.map(parseSuppressFlag),
  ];
  return {
    ...(suppressions.length > 0 ? { suppressions } : {}),
    ...(options.baseline === undefined ? {} : { baseline: readBaseline(options.baseline, stateDir) }),
  };
}

/** A baseline may be replaced; it holds no secret, yet nobody else needs it. */
function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** The exit code never moves silently: what a suppression or baseline takes out of it is said. */
function sayWhatIsNotCounted(report: Report, options: AuditCommandOptions, io: Io): void {
  const { failOn } = options;
  if (failOn === 'never') return;
  const bad = (f: Finding) => severityRank(f.severity) >= severityRank(failOn);
  const suppressed = (report.suppressedFindings ?? []).filter(bad).length;
  const known = report.findings.filter((f) => bad(f) && f.baselineState === 'known').length;
  if (suppressed > 0) io.err(`Not counted for --fail-on ${failOn}: ${suppressed} suppressed.\n`);
  if (known > 0) io.err(`Not counted for --fail-on ${failOn}: ${known} known from the baseline.\n`);
}

/** `audit --fix`: fix what is safe to fix, then report what is left. */
async function fixFirst(options: AuditCommandOptions, io: Io): Promise<number> {
  const { fixText, runFix } = await import('./audit-fix.ts');
  const { only, skip } = options;
  const { stateDir } = await resolveHomeFacts(options, io);
  const accepted = await acceptedFindings(options, stateDir);
  const run = await runFix({ ...options, exposure: wantsPaths(options) }, { only, skip, unsafe: false }, io, accepted);
  const { report, result } = run;
  const printing: Printing = {
    text: async (color) => (report.target.homeFound ? fixText(run, color, io) : noHome(run.planned.snapshot.home)),
    json: () => `${jsonText({ fix: result, report: options.exposure ? report : withoutPaths(report) }, 2)}\n`,
  };
  await printReport(report, printing, options, io);
  return result.ok ? concluded(report, options, io) : EXIT.fixFailed;
}

/** A selector that matches no check is a typing mistake, and would make a gate pass silently. */
async function checkSelectors({ only, skip }: AuditCommandOptions): Promise<void> {
  if (only.length + skip.length === 0) return;
  const { CHECKS } = await import('../../checks/registry.ts');
  for (const [option, selectors] of [
    ['--only', only],
    ['--skip', skip],
  ] as const) {
    const unknown = selectors.find((s) => !CHECKS.some((c) => selectorMatches(s, c.id)));
    if (unknown === undefined) continue;
    const areas = CHECKS.flatMap(({ id }) => id.split('.').map((_, i, words) => words.slice(0, i + 1).join('.')));
    const close = closest(unknown, [...new Set(areas)]);
    throw new UsageError(
      `no check matches ${option} ${unknown}`,
      close ? `Did you mean ${close}?` : 'List them with: openclaw-security checks',
    );
  }
}

function exitCodeFor(report: Report, options: AuditCommandOptions): number {
  const { failOn } = options;
  const counts = (f: Finding) => f.baselineState !== 'known';
  if (failOn !== 'never' && report.findings.some((f) => counts(f) && severityRank(f.severity) >= severityRank(failOn)))
    return EXIT.findings;
  const incomplete =
    report.outcomes.unknown + report.outcomes.error + report.coverage.gaps.length > 0 ||
    report.target.configStatus === 'unreadable';
  return options.strict && incomplete ? EXIT.incomplete : EXIT.ok;
}
