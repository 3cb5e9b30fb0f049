import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ALL_CASES } from '../../src/checks/all-cases.ts';
import { CHECKS } from '../../src/checks/registry.ts';
import { catalogue } from '../../src/checks/rules.ts';
import { audit } from '../../src/engine/audit.ts';
import { exposureReport } from '../../src/engine/exposure.ts';
import { plannedEdits } from '../../src/fix/replacements.ts';
import { Model } from '../../src/model/model.ts';
import { renderGithub } from '../../src/render/github.ts';
import { renderHtml } from '../../src/render/html.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderJunit } from '../../src/render/junit.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { renderPrometheus } from '../../src/render/prometheus.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { CANARY, scenario } from '../kit/scenario.ts';

const { rules, taxonomies } = catalogue();
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');

const areas = [...new Set(ALL_CASES.map((c) => c.id.split('.')[0]!))];

describe('no secret of a case reaches any form of the report', () => {
  test.each(areas)('%s', (area) => {
    for (const { id, fail } of ALL_CASES.filter((c) => c.id.startsWith(`${area}.`)))
      for (const c of fail) {
        const snapshot = scenario(c);
        const report = {
          ...audit(snapshot, { toolVersion: 'test', checks: CHECKS.filter((check) => check.id === id) }),
          exposure: exposureReport(new Model(snapshot)),
        };
        const own = { rules: rules.filter((r) => r.id === id), taxonomies };
        const edits = plannedEdits(snapshot, report.findings);
        for (const text of [
          renderJson(report),
          renderSarif(report, { catalogue: own, edits }),
          renderMarkdown(report),
          renderJunit(report),
          renderGithub(report),
          renderPrometheus(report),
          renderHtml(report, { catalogue: own, sha256 }),
        ])
          expect(text.includes(CANARY), `${id}: ${c.name}`).toBe(false);
      }
  });
});
