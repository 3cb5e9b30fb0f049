import type { Report } from '../../core/report.ts';
import type { FixResult } from '../../core/fix-result.ts';
import { auditSnapshot } from '../../audit.ts';
import { fixResult } from '../../fix/result.ts';
import { type FixSelection, NO_FINDING } from '../../fix/wishes.ts';
import { renderFixed } from '../../render/fix.ts';
import { type Accepted, applyPlan, journalOf, type Planned, planHome } from '../fixing.ts';
import { type HomeOptions, loadSnapshot } from '../home.ts';
import { type Io, wantsColor } from '../io.ts';
import { verifyWithOpenClaw } from '../openclaw.ts';
import { pendingNotice } from '../pending.ts';

/** How a fix is asked for. */
export interface FixOptions extends HomeOptions {
  readonly dryRun?: boolean;
  readonly verifyWithOpenclaw?: boolean;
  /** Follows who can reach what afterwards. */
  readonly exposure?: boolean;
}

/** A fix that was made or only tried, and the audit of the home as it is now. */
export interface FixRun {
  readonly planned: Planned;
  readonly result: FixResult;
  readonly report: Report;
}

/** Plans, applies (unless only asked what would happen), and audits what is there afterwards. */
export async function runFix(
  options: FixOptions,
  selection: FixSelection & { readonly editIds?: readonly string[] },
  io: Io,
  accepted: Accepted = {},
): Promise<FixRun> {
  const planned = await planHome(options, selection, io, accepted);
  const { snapshot, plan } = planned;
  const dryRun = options.dryRun === true;
  const journal = journalOf(snapshot, io);
  const only = selection.only.filter((id) => id !== NO_FINDING);
  const report = async () =>
    auditSnapshot(await loadSnapshot(options, io), {
      only,
      skip: selection.skip,
      exposure: options.exposure === true,
      ...accepted,
    });
  const ended = async (ending: Omit<Parameters<typeof fixResult>[2], 'dryRun' | 'journal'>): Promise<FixRun> => ({
    planned,
    result: fixResult(snapshot, plan.summary, { ...ending, dryRun, journal }),
    report: await report(),
  });
  const pending = pendingNotice(journal);
  if (pending !== undefined && !dryRun) return ended({ unmade: [], error: pending });
  if (options.verifyWithOpenclaw) {
    const refused = await verifyWithOpenClaw(snapshot, plan, io);
    if (refused !== undefined) return ended({ unmade: [], error: refused });
  }
  if (dryRun) return ended({ unmade: [] });
  const { fixed, unmade } = await applyPlan(planned, options, io);
  if (fixed.outcome === 'failed') {
    const left = fixed.rolledBack ? '. Everything is as it was before.' : '. Nothing was changed.';
    const incomplete = fixed.error.code === 'rollback-incomplete';
    return ended({ unmade, error: `${fixed.error.message}${incomplete ? '' : left}` });
  }
  return ended({ unmade, ...(fixed.outcome === 'applied' ? { id: fixed.id } : {}) });
}

/** The text about a fix. */
export function fixText({ planned, result }: FixRun, color: boolean, io: Io): string {
  return renderFixed(result, planned.plan.summary, {
    columns: io.columns ?? 80,
    color: wantsColor(io, !color),
    homeDir: planned.snapshot.host.homeDir,
  });
}
