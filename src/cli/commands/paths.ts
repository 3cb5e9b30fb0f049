import { closest } from '../../core/closest.ts';
import type { AssetKind, ExposurePath, ExposureReport, PrincipalKind } from '../../core/exposure.ts';
import { severityRank } from '../../core/severity.ts';
import { jsonText } from '../../core/text.ts';
import { exposureReport } from '../../engine/exposure.ts';
import { ASSETS, PRINCIPALS } from '../../exposure/paths.ts';
import { Model } from '../../model/model.ts';
import { renderPaths } from '../../render/paths-text.ts';
import { type HomeOptions, loadSnapshot, noHome } from '../home.ts';
import { EXIT, type Io, UsageError, wantsColor } from '../io.ts';

export interface PathsCommandOptions extends Omit<HomeOptions, 'from'> {
  /** The principals that are asked about. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly snapshot?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly failOn: 'critical' | 'warn' | 'never';
  readonly color: boolean;
}

/** `paths`: who can reach what, and the fewest edits that close the worst of it. Changes nothing. */
export async function pathsCommand(options: PathsCommandOptions, io: Io): Promise<number> {
  const from = options.from.map((word) => oneOf(word, PRINCIPALS, '--from', 'principal'));
  const to = options.to.map((word) => oneOf(word, ASSETS, '--to', 'asset'));
  const { from: _, snapshot: file, ...home } = options;
  const snapshot = await loadSnapshot({ ...home, ...(file === undefined ? {} : { from: file }) }, io);
  const model = new Model(snapshot);
  const report = chosen(exposureReport(model), from, to);
  if (options.json) io.out(`${jsonText(report, 2)}\n`);
  else if (!snapshot.home.found) io.out(noHome(snapshot.home));
  else {
    const asked = [
      ...(from.length > 0 ? [`from ${from.join(', ')}`] : []),
      ...(to.length > 0 ? [`to ${to.join(', ')}${to.includes('host-shell') ? '' : '; a shell reaches it too'}`] : []),
    ];
    io.out(
      renderPaths(report, {
        columns: io.columns ?? 80,
        color: wantsColor(io, !options.color),
        homeDir: snapshot.host.homeDir,
        all: options.all === true,
        stateDir: snapshot.home.stateDir,
        version: model.target.version,
        ...(asked.length > 0 ? { asked: `Only paths ${asked.join(' ')}.` } : {}),
      }),
    );
  }
  const { failOn } = options;
  const bad = failOn !== 'never' && report.paths.some((p) => severityRank(p.severity) >= severityRank(failOn));
  return bad ? EXIT.findings : EXIT.ok;
}

function oneOf<T extends string>(word: string, words: readonly T[], option: string, what: string): T {
  const found = words.find((w) => w === word.trim().toLowerCase());
  if (found !== undefined) return found;
  const close = closest(word, words);
  throw new UsageError(
    `no ${what} is called ${word} (${option})`,
    close ? `Did you mean ${close}?` : `Known: ${words.join(', ')}`,
  );
}

/** The paths that were asked for. Whoever has the host's shell has what else is on the host. */
function chosen(report: ExposureReport, from: readonly PrincipalKind[], to: readonly AssetKind[]): ExposureReport {
  if (from.length + to.length === 0) return report;
  const ends = new Set<AssetKind>(to.length > 0 ? [...to, 'host-shell'] : ASSETS);
  const wanted = (p: ExposurePath) => (from.length === 0 || from.includes(p.principal)) && ends.has(p.asset);
  return { ...report, paths: report.paths.filter(wanted) };
}
