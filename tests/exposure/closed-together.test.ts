import { describe, expect, test } from 'vitest';
import { ALL_CASES } from '../../src/checks/all-cases.ts';
import type { ExposureReport } from '../../src/core/exposure.ts';
import { exposureReport } from '../../src/engine/exposure.ts';
import { Model } from '../../src/model/model.ts';
import { scenario } from '../kit/scenario.ts';

/** The critical paths that are left once these edits are made, as a reader of the report works it out. */
function left({ paths }: ExposureReport, edits: readonly string[]): number {
  const closed = (sets: readonly (readonly string[])[]) =>
    sets.length > 0 && sets.every((set) => set.some((id) => edits.includes(id)));
  return paths.filter((p) => p.severity === 'critical' && !closed(p.closedByAll ?? [p.closedBy])).length;
}

describe('what closes a path, alone or together', () => {
  const areas = [...new Set(ALL_CASES.map((c) => c.id.split('.')[0]!))];
  test.each(areas)('the smallest set leaves as many critical paths as it says: %s', (area) => {
    for (const { id, fail } of ALL_CASES.filter((c) => c.id.startsWith(`${area}.`)))
      for (const c of fail) {
        const model = new Model(scenario(c));
        // On a config that cannot be read no edit can be tried; what it closes is believed, and the set counts none of it.
        if (model.configUnreadable) continue;
        const report = exposureReport(model);
        expect(report.morePaths).toBeUndefined();
        const { cut } = report;
        expect(left(report, cut.edits), `${id}: ${c.name}`).toBe(cut.of - cut.closes);
        for (const { closedBy, closedByAll } of report.paths)
          for (const edit of closedBy) for (const set of closedByAll ?? []) expect(set).toContain(edit);
      }
  });
});
