import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderGithub } from '../../src/render/github.ts';
import { smallExposure } from './exposures.ts';
import { emptyReport, finding, HOSTILE, hostileReport, RAW } from './reports.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads a line as GitHub's runner does; undefined when it is none of its commands. */
function command(line: string): Command | undefined {
  const match = /^\s*::([\w-]+)(?: ([^:]*(?:(?!::):[^:]*)*))?::(.*)$/s.exec(line);
  if (!match) return undefined;
  const data = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const pairs = (match[2] ?? '').split(',').filter(Boolean);
  const properties = pairs.map((pair): [string, string] => {
    const cut = pair.indexOf('=');
    const value = pair
      .slice(cut + 1)
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',');
    return [pair.slice(0, cut), data(value)];
  });
  return { name: match[1]!, properties: Object.fromEntries(properties), message: data(match[3]!) };
}

const lines = (text: string) => text.trimEnd().split('\n');

describe('GitHub annotations', () => {
  test('an annotation names the file below the workspace, line and column', () => {
    const report = { ...emptyReport(), findings: [finding(1)], summary: { critical: 1, warn: 0, info: 0 } };
    const [first, last] = lines(renderGithub(report, { baseDir: '/home/u' }));
    expect(command(first!)).toEqual({
      name: 'error',
      properties: {
        file: '.openclaw/openclaw.json',
        line: '3',
        endLine: '3',
        col: '5',
        endColumn: '16',
        title: 'Gateway reachable from other machines without authentication (gateway.bind_no_auth)',
      },
      message:
        '.openclaw/openclaw.json:3:5: gateway.bind is "lan". Next: Run `openclaw config set gateway.bind loopback`.',
    });
    expect(last).toBe('openclaw-security: 1 critical, 0 warnings, 0 notes; 0 not known.');
  });

  test('columns are left out where a place has several lines, files where it has none', () => {
    const findings = [
      finding(1, { locations: [{ file: '/x', line: 1, column: 2, endLine: 3, endColumn: 4, exact: true }] }),
      finding(2, { locations: [{ file: '$TOKEN', exact: true }] }),
    ];
    const [first, second] = lines(renderGithub({ ...emptyReport(), findings })).map(command);
    expect(first!.properties).toMatchObject({ file: '/x', line: '1', endLine: '3' });
    expect(first!.properties).not.toHaveProperty('col');
    expect(Object.keys(second!.properties)).toEqual(['title']);
    expect(second!.message).toMatch(/^\$TOKEN: /);
  });

  test('ten of each level are annotated and the others counted', () => {
    const findings = (['critical', 'warn', 'info'] as const).flatMap((severity, s) =>
      Array.from({ length: [10, 11, 40][s]! }, (_, i) => finding(100 * s + i, { severity })),
    );
    const all = lines(renderGithub({ ...emptyReport(), findings }));
    const names = all.map((l) => command(l)?.name);
    for (const name of ['error', 'warning', 'notice']) expect(names.filter((n) => n === name)).toHaveLength(10);
    expect(all.filter((l) => l.includes('not annotated'))).toEqual([
      '1 more of level warning not annotated: GitHub shows 10.',
      '30 more of level notice not annotated: GitHub shows 10.',
    ]);
  });

  test('a hostile name is part of one annotation and starts none of its own', () => {
    for (const name of HOSTILE) {
      const report = hostileReport();
      const findings = report.findings.filter((f) => f.detail === name);
      const text = renderGithub({ ...report, findings }, { baseDir: '/home/u' });
      expect(text).not.toMatch(RAW);
      const all = lines(text);
      expect(all).toHaveLength(2);
      const parsed = command(all[0]!)!;
      expect(Object.keys(parsed.properties).sort()).toEqual(
        ['file', 'line', 'endLine', 'col', 'endColumn', 'title'].sort(),
      );
      expect(parsed.properties.title).toMatch(/^Anybody on /);
      expect(parsed.properties.title).not.toMatch(/[\r\n]/);
      expect(parsed.message).not.toMatch(/[\r\n]/);
      expect(command(all[1]!)).toBeUndefined();
    }
  });

  test('the last line counts the paths', () => {
    const last = (report: Report) => renderGithub(report).trimEnd().split('\n').at(-1);
    expect(last(emptyReport())).toBe('openclaw-security: 0 critical, 0 warnings, 0 notes; 0 not known.');
    expect(last({ ...emptyReport(), exposure: smallExposure() })).toBe(
      'openclaw-security: 0 critical, 0 warnings, 0 notes; 0 not known; 6 attack paths, 5 of them critical, 2 with a boundary that could not be judged.',
    );
  });
});
