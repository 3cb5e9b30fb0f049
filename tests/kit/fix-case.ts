import { expect } from 'vitest';
import { CHECKS } from '../../src/checks/registry.ts';
import type { SchemaTable } from '../../src/config/schema/table.ts';
import type { FailingCase } from '../../src/core/cases.ts';
import type { Check } from '../../src/core/check.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { audit } from '../../src/engine/audit.ts';
import { planFixes } from '../../src/fix/plan.ts';
import { applyToSnapshot } from '../../src/fix/predict.ts';
import type { Model } from '../../src/model/model.ts';
import { scenario } from './scenario.ts';

/** Plans the config fixes of one check for a snapshot, with every check watching for what they would introduce. */
export function planFor(check: Check<Model>, snapshot: Snapshot, schemaTable: SchemaTable) {
  const options = { toolVersion: 'test', checks: CHECKS, schemaTable };
  const report = audit(snapshot, options);
  const only = audit(snapshot, { ...options, checks: [check] }).findings.map((f) => f.checkId);
  return planFixes(snapshot, report, {
    ...options,
    selection: { only: only.length > 0 ? only : [check.id], skip: [], unsafe: true },
    targets: [],
    shared: [],
  });
}

/** Does the check offer a change of the config in this case, and one that leads to nothing worse? */
export function offersConfigFix(check: Check<Model>, c: FailingCase, schemaTable: SchemaTable): boolean {
  const { findings } = audit(scenario(c), { toolVersion: 'test', checks: [check], schemaTable });
  const offers = findings.some((f) =>
    f.fixes.some((fix) => fix.ops.some((op) => op.op === 'set' || op.op === 'remove')),
  );
  return offers && planFor(check, scenario(c), schemaTable).files.length > 0;
}

/** The config afterwards is the one that the case states; a second time there is nothing to do; comments stay. */
export function expectFixed(check: Check<Model>, c: FailingCase, schemaTable: SchemaTable): void {
  const snapshot = scenario(c);
  const before = JSON.stringify(snapshot);
  const plan = planFor(check, snapshot, schemaTable);
  expect(JSON.stringify(snapshot), 'planning changed the snapshot').toBe(before);
  expect(plan.summary.declined).toEqual([]);
  expect(plan.files.map((f) => f.after.text)).toEqual([c.after]);
  expect(plan.summary.prediction.introduces.filter((f) => f.severity !== 'info')).toEqual([]);
  const ids = c.expect.map((e) => e.id ?? check.id).filter((id) => !id.includes('<'));
  const resolved = plan.summary.prediction.resolves.map((f) => f.checkId);
  for (const id of ids) expect(resolved, `${id} is not resolved`).toContain(id);

  const again = planFor(check, applyToSnapshot(snapshot, plan.files, plan.modes), schemaTable);
  expect(again.files, 'the second time something was changed').toEqual([]);

  const commented = (text: string) => `// above\n${text}\n/* below */\n`;
  const kept = planFor(check, scenario({ ...c, config: commented(c.config ?? '') }), schemaTable);
  expect(kept.files.map((f) => f.after.text)).toEqual([commented(c.after ?? '')]);
}
