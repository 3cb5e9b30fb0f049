import { CHECKS } from './checks/registry.ts';
import { PRODUCT_VERSION } from './core/product.ts';
import type { Report } from './core/report.ts';
import type { Snapshot } from './core/snapshot.ts';
import { audit } from './engine/audit.ts';

/** What to judge. */
export interface AuditRequest {
  /** Only these checks: an id, or the first words of one (`gateway`, `fs.config`). */
  readonly only?: readonly string[];
  /** Not these. */
  readonly skip?: readonly string[];
}

/** Judges a snapshot with every check of this version. */
export async function auditSnapshot(snapshot: Snapshot, request: AuditRequest = {}): Promise<Report> {
  return audit(snapshot, {
    toolVersion: PRODUCT_VERSION,
    checks: CHECKS,
    ...(request.only ? { only: request.only } : {}),
    ...(request.skip ? { skip: request.skip } : {}),
  });
}
