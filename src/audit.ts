import { CHECKS } from './checks/registry.ts';
import { PRODUCT_VERSION } from './core/product.ts';
import type { Report } from './core/report.ts';
import type { Snapshot } from './core/snapshot.ts';
import { eraForVersion, loadSchemaTable } from './config/schema/tables.ts';
import { auditModel } from './engine/audit.ts';
import type { Baseline } from './engine/baseline.ts';
import type { Suppression } from './engine/suppress.ts';
import { selectChecks } from './engine/select.ts';
import { Model } from './model/model.ts';
import { Settings } from './model/settings.ts';
import { readTarget } from './model/target.ts';

/** What to judge. */
export interface AuditRequest {
  /** Only these checks: an id, or the first words of one (`gateway`, `fs.config`). */
  readonly only?: readonly string[];
  /** Not these. */
  readonly skip?: readonly string[];
  readonly suppressions?: readonly Suppression[];
  readonly baseline?: Baseline;
  /** Also follow who can reach what: fills `exposure` of the report. */
  readonly exposure?: boolean;
}

/** Judges a snapshot with every check of this version. */
export async function auditSnapshot(snapshot: Snapshot, request: AuditRequest = {}): Promise<Report> {
  const { only = [], skip = [] } = request;
  const needsSchema = selectChecks(CHECKS, only, skip).some((c) => c.needs.includes('schema'));
  const settings = new Settings(snapshot.config, snapshot.env);
  const version = readTarget(snapshot, settings).version;
  const schemaTable = needsSchema ? await loadSchemaTable(eraForVersion(version).era) : undefined;
  const model = new Model(snapshot, schemaTable, settings);
  const report = auditModel(model, {
    toolVersion: PRODUCT_VERSION,
    checks: CHECKS,
    only,
    skip,
    ...(schemaTable ? { schemaTable } : {}),
    ...(request.suppressions ? { suppressions: request.suppressions } : {}),
    ...(request.baseline ? { baseline: request.baseline } : {}),
  });
  if (!request.exposure) return report;
  const { exposureReport } = await import('./engine/exposure.ts');
  return { ...report, exposure: exposureReport(model) };
}
