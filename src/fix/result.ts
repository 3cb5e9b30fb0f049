import type { FixPlanSummary } from '../core/fix-plan.ts';
import type { FixResult, ModeAction } from '../core/fix-result.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** How a plan ended. */
export interface Ending {
  readonly dryRun: boolean;
  /** The transaction that was applied. */
  readonly id?: string;
  readonly journal?: string;
  /** Modes that could not be changed after all. */
  readonly unmade: readonly { readonly path: string; readonly reason: string }[];
  /** Why nothing was changed, or why all was taken back. */
  readonly error?: string;
}

/** Says what was done, in the field names of OpenClaw's own fixer. */
export function fixResult(snapshot: Snapshot, plan: FixPlanSummary, ending: Ending): FixResult {
  const { dryRun, id, journal, unmade, error } = ending;
  const done = !dryRun && error === undefined;
  const unable = new Map(unmade.map((u) => [u.path, u.reason]));
  const changed = plan.modes.map(({ path, to }): ModeAction => {
    const reason = unable.get(path);
    const base = { kind: 'chmod', path, mode: to } as const;
    if (reason !== undefined) return { ...base, ok: false, error: reason };
    if (error !== undefined) return { ...base, ok: false, error: 'nothing was changed' };
    return dryRun ? { ...base, ok: false, skipped: 'dry-run' } : { ...base, ok: true };
  });
  return {
    ok: error === undefined,
    stateDir: snapshot.home.stateDir,
    configPath: snapshot.home.configPath,
    configWritten: done && plan.diffs.length > 0,
    changes: plan.keys.map((k) => k.change),
    actions: [...changed, ...untouched(snapshot, plan)],
    errors: error === undefined ? [] : [error],
    ...(dryRun ? { dryRun: true as const } : {}),
    ...(id === undefined ? {} : { id }),
    ...(journal === undefined || id === undefined ? {} : { journal }),
    declined: [...plan.declined, ...unmade.map(({ path, reason }) => ({ what: path, reason }))],
    notes: plan.notes,
    sideEffects: [...new Set(plan.keys.flatMap((k) => k.sideEffect ?? []))],
    resolved: done ? plan.prediction.resolves : [],
  };
}

/** The state directory and the config are listed also when there was nothing to do about them, as OpenClaw does. */
function untouched({ files }: Snapshot, { modes }: FixPlanSummary): ModeAction[] {
  const changed = new Set(modes.map((m) => m.path));
  return files.named.flatMap((f): ModeAction[] => {
    if ((f.role !== 'state-dir' && f.role !== 'config') || changed.has(f.path)) return [];
    const skipped = f.link
      ? 'symlink'
      : f.kind === 'missing'
        ? 'missing'
        : (f.mode & 0o077) === 0
          ? 'already'
          : undefined;
    const mode = f.role === 'state-dir' ? 0o700 : 0o600;
    return skipped ? [{ kind: 'chmod', path: f.path, mode, ok: false, skipped }] : [];
  });
}
