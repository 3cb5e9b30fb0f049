import { describe, expect, it } from 'vitest';
import { exposureReport } from '../../src/engine/exposure.ts';
import { Model } from '../../src/model/model.ts';
import { CANARY, scenario } from '../kit/scenario.ts';
import type { ExposureCase } from './case.ts';
import { DIRECT_MESSAGES } from './cases/direct-messages.ts';

const GROUPS: Readonly<Record<string, readonly ExposureCase[]>> = {
  'direct messages': DIRECT_MESSAGES,
};

describe.each(Object.entries(GROUPS))('%s', (_, list) => {
  it.each(list.map((c) => [c.name, c] as const))('%s', (_name, c) => {
    const snapshot = scenario(c);
    const before = JSON.stringify(snapshot);
    const report = exposureReport(new Model(snapshot));
    const lines = (notes: boolean) =>
      [
        ...new Set(
          report.paths
            .filter((p) => (p.severity === 'info') === notes)
            .map((p) => `${p.principal} ${p.asset} ${p.state}`),
        ),
      ].sort();
    expect(lines(false)).toEqual([...c.paths].sort());
    for (const note of c.notes ?? []) expect(lines(true)).toContain(note);
    if (c.cut) {
      const titles = report.cut.edits.map((id) => report.edits.find((e) => e.id === id)?.title);
      expect(titles.sort()).toEqual([...c.cut].sort());
    }
    if (c.closes) expect(`${report.cut.closes}/${report.cut.of}`).toBe(c.closes);
    if (c.gap)
      expect(
        report.gaps.some((g) => g.startsWith(c.gap!)),
        report.gaps.join(),
      ).toBe(true);
    expect(JSON.stringify(snapshot), 'the snapshot was changed').toBe(before);
    expect(JSON.stringify(exposureReport(new Model(scenario(c)))), 'another report the second time').toBe(
      JSON.stringify(report),
    );
    expect(JSON.stringify(report).includes(CANARY), 'a secret is in it').toBe(false);
    for (const path of report.paths) {
      expect(path.nodes.length).toBe(path.edges.length + 1);
      for (const id of path.edges) expect(report.edges.find((e) => e.id === id)?.state).not.toBe('holds');
    }
  });
});
