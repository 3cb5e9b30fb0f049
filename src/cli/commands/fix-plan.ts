import { CHECKS } from '../../checks/registry.ts';
import { eraForVersion, loadSchemaTable } from '../../config/schema/tables.ts';
import type { Finding } from '../../core/finding.ts';
import type { Fix } from '../../core/fix.ts';
import { PRODUCT_VERSION } from '../../core/product.ts';
import { formatKeyPath } from '../../core/ref.ts';
import { jsonText } from '../../core/text.ts';
import { planFixes } from '../../fix/plan.ts';
import { applyToSnapshot } from '../../fix/predict.ts';
import { openRemedies } from '../../fix/remedies.ts';
import { Model } from '../../model/model.ts';
import { renderPlan } from '../../render/fix.ts';
import { journalOf, planHome } from '../fixing.ts';
import type { HomeOptions } from '../home.ts';
import { EXIT, type Io, wantsColor } from '../io.ts';
import { pendingNotice } from '../pending.ts';

export interface FixPlanOptions extends HomeOptions {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly color: boolean;
}

/** `fix plan`: what `--fix` would do, and with `--all` what is left for a person, ready to copy. Writes nothing. */
export async function fixPlanCommand(options: FixPlanOptions, io: Io): Promise<number> {
  const { only, skip } = options;
  const { snapshot, report, plan } = await planHome(options, { only, skip, unsafe: false }, io);
  const table = await loadSchemaTable(eraForVersion(report.target.openclawVersion).era);
  const after = new Model(applyToSnapshot(snapshot, plan.files, plan.modes), table);
  const refusal = (finding: Finding, fix: Fix): string | undefined => {
    if (fix.safety === 'manual' || fix.ops.every((op) => op.op === 'run' || op.op === 'chmod')) return undefined;
    const alone = planFixes(after.snapshot, plan.after, {
      selection: { only: [finding.checkId], skip: [], unsafe: true },
      toolVersion: PRODUCT_VERSION,
      checks: CHECKS,
      schemaTable: table,
      targets: [],
      shared: [],
    });
    const keys = fix.ops.flatMap((op) => (op.op === 'set' || op.op === 'remove' ? [formatKeyPath(op.key)] : []));
    return alone.summary.declined.find((d) => keys.includes(d.what))?.reason;
  };
  const remedies = options.all ? openRemedies(after, plan.after.findings, refusal) : [];
  if (options.json) {
    io.out(`${jsonText({ plan: plan.summary, remedies }, 2)}\n`);
    return EXIT.ok;
  }
  const pending = pendingNotice(journalOf(snapshot, io));
  if (pending !== undefined) io.err(`Note: ${pending}\n`);
  io.out(
    renderPlan(plan.summary, remedies, {
      columns: io.columns ?? 80,
      color: wantsColor(io, !options.color),
      homeDir: snapshot.host.homeDir,
    }),
  );
  return EXIT.ok;
}
