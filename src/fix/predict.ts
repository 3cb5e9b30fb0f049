import type { Finding } from '../core/finding.ts';
import type { FindingName, PlannedMode, Prediction } from '../core/fix-plan.ts';
import type { ModeTarget } from '../core/mode-target.ts';
import { formatRef } from '../core/ref.ts';
import type { Report } from '../core/report.ts';
import { severityRank } from '../core/severity.ts';
import type { FileFact, FileFacts, LooseGroup, Snapshot } from '../core/snapshot.ts';
import { type FileEdit, withFiles } from './edit-files.ts';

/** The snapshot as it will be once the edits and modes are applied. */
export function applyToSnapshot(
  snapshot: Snapshot,
  files: readonly FileEdit[],
  modes: readonly (PlannedMode & { readonly target?: ModeTarget })[],
): Snapshot {
  return { ...snapshot, config: withFiles(snapshot.config, files), files: withModes(snapshot, modes) };
}

function withModes(
  { files, home }: Snapshot,
  modes: readonly (PlannedMode & { readonly target?: ModeTarget })[],
): FileFacts {
  if (modes.length === 0) return files;
  const to = new Map(modes.map((m) => [m.path, m.to]));
  const named = files.named.map((f): FileFact => {
    const mode = to.get(f.path);
    return mode === undefined || f.link ? f : { ...f, mode };
  });
  const closed = new Map<string, number>();
  for (const { target } of modes)
    if (target?.counted) {
      const key = groupKey(target.role, target.agent, target.counted);
      closed.set(key, (closed.get(key) ?? 0) + 1);
    }
  const root = named.find((f) => f.role === 'state-dir' && f.path === home.stateDir);
  const shut = root !== undefined && (root.mode & 0o011) === 0;
  const loose = files.loose.flatMap((g) => remaining(g, closed.get(groupKey(g.role, g.agent, g.access)) ?? 0, shut));
  return { ...files, named, loose };
}

/** A group without those that were closed; with the state directory shut the rest is no longer reached. */
function remaining(group: LooseGroup, closed: number, shut: boolean): LooseGroup[] {
  const all = group.count + (group.shielded ?? 0);
  const left = Math.max(0, all - closed);
  if (left === 0) return [];
  if (shut) return [{ ...group, count: 0, examples: [], shielded: left }];
  return [{ ...group, count: Math.min(group.count, left) }];
}

function groupKey(role: string, agent: string | undefined, access: string): string {
  return `${role}/${access}/${agent ?? ''}`;
}

/**
 * Compares two audits of one home. A finding counts as introduced when the earlier audit had no finding of that check, at
 * least as bad, left over that could have moved to its place.
 */
export function compareReports(before: Report, after: Report): Prediction {
  const now = new Map(after.findings.map((f) => [f.fingerprint, f]));
  const gone = before.findings.filter((f) => !now.has(f.fingerprint));
  const known = new Set(before.findings.map((f) => f.fingerprint));
  const moved = [...gone];
  const introduces: Finding[] = [];
  for (const f of after.findings) {
    if (known.has(f.fingerprint) || cameToLight(f, before)) continue;
    // One that is milder now is the same finding, and better.
    const from = moved.findIndex(
      (g) => g.checkId === f.checkId && severityRank(g.severity) >= severityRank(f.severity),
    );
    if (from === -1) introduces.push(f);
    else moved.splice(from, 1);
  }
  return {
    resolves: moved.map(nameOf),
    introduces: introduces.map(nameOf),
    leaves: after.findings.filter((f) => !introduces.includes(f)).map(nameOf),
  };
}

/** A path that was there before and not told, because the worse one that is gone included it. */
function cameToLight(f: Finding, before: Report): boolean {
  const shell = before.findings.find((g) => g.checkId === 'exposure.path.host-shell');
  return (
    shell !== undefined &&
    f.checkId.startsWith('exposure.path.') &&
    severityRank(shell.severity) >= severityRank(f.severity)
  );
}

/** What identifies a finding for people. */
export function nameOf(f: Finding): FindingName {
  const { checkId, severity, title, fingerprint } = f;
  return { checkId, severity, title, fingerprint, at: formatRef(f.refs[0]!) };
}
