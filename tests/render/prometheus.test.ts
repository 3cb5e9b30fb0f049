import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { renderPrometheus } from '../../src/render/prometheus.ts';
import type { Report } from '../../src/core/report.ts';
import { bigExposure, smallExposure } from './exposures.ts';
import { emptyReport, finding, hostileReport, RAW } from './reports.ts';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Reads the text exposition format and refuses what the collector would: an unknown line, a sample without its family, a
 * family in two places, a series given twice, a wrong escape.
 */
function readMetrics(text: string): Sample[] {
  expect(text.endsWith('\n')).toBe(true);
  const samples: Sample[] = [];
  const families = new Set<string>();
  const series = new Set<string>();
  let family = '';
  let helped = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^\\\n]+)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) gauge$/.exec(line);
    if (help) {
      helped = help[1]!;
      continue;
    }
    if (type) {
      family = type[1]!;
      expect(helped, line).toBe(family);
      expect(families.has(family), line).toBe(false);
      families.add(family);
      continue;
    }
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?)$/.exec(line);
    if (!sample) throw new Error(`no sample: ${line}`);
    expect(sample[1], line).toBe(family);
    const labels = readLabels(sample[2] ?? '');
    const key = `${family} ${JSON.stringify(Object.entries(labels).sort())}`;
    expect(series.has(key), key).toBe(false);
    series.add(key);
    samples.push({ name: family, labels, value: Number(sample[3]) });
  }
  return samples;
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=.)|$)/.exec(rest);
    if (!label) throw new Error(`no label: ${rest}`);
    expect(Object.hasOwn(labels, label[1]!)).toBe(false);
    labels[label[1]!] = label[2]!.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
    rest = rest.slice(label[0].length);
  }
  return labels;
}

const metric = (report: Report, name: string, labels: Record<string, string> = {}) =>
  readMetrics(renderPrometheus(report)).find(
    (s) => s.name === `openclaw_security_${name}` && Object.entries(labels).every(([k, v]) => s.labels[k] === v),
  )?.value;

describe('Prometheus', () => {
  test('a report without findings still has every severity and outcome, so that no series goes missing', () => {
    const report = emptyReport();
    for (const severity of ['critical', 'warn', 'info']) expect(metric(report, 'findings', { severity })).toBe(0);
    expect(metric(report, 'checks', { outcome: 'pass' })).toBe(1);
    expect(metric(report, 'checks', { outcome: 'unknown' })).toBe(0);
    expect(metric(report, 'audit_timestamp_seconds')).toBe(Date.UTC(2026, 5, 1, 12, 30, 15, 250) / 1000);
    expect(metric(report, 'config_valid')).toBe(1);
    expect(metric(report, 'info', { openclaw_version: '2026.9.6', version: '0.1.0' })).toBe(1);
    expect(metric(report, 'baseline_findings')).toBeUndefined();
  });

  test('findings are counted by check and severity', () => {
    const report: Report = {
      ...emptyReport(),
      target: { ...emptyReport().target, configStatus: 'invalid' },
      findings: [finding(1), finding(2), finding(3, { severity: 'warn' })],
      summary: { critical: 2, warn: 1, info: 0 },
      baseline: { new: 1, worse: 0, known: 2, gone: 4 },
    };
    const check = 'gateway.bind_no_auth';
    expect(metric(report, 'check_findings', { check, severity: 'critical' })).toBe(2);
    expect(metric(report, 'check_findings', { check, severity: 'warn' })).toBe(1);
    expect(metric(report, 'findings', { severity: 'critical' })).toBe(2);
    expect(metric(report, 'config_valid')).toBe(0);
    expect(metric(report, 'baseline_findings', { state: 'gone' })).toBe(4);
  });

  test('paths are counted by who, what and state', () => {
    const report = { ...emptyReport(), exposure: smallExposure() };
    const paths = (labels: Record<string, string>) => metric(report, 'paths', labels);
    expect(paths({ principal: 'anyone-dm', asset: 'host-shell', state: 'open' })).toBe(1);
    expect(paths({ principal: 'lan', asset: 'host-shell', state: 'possible' })).toBe(1);
    expect(paths({ principal: 'lan', asset: 'host-shell', state: 'open' })).toBeUndefined();
    expect(metric(report, 'critical_paths')).toBe(5);
    expect(metric(report, 'critical_paths_after_cut')).toBe(1);
    expect(metric(report, 'cut_edits')).toBe(3);
    expect(metric(emptyReport(), 'critical_paths')).toBeUndefined();
    const none = { ...smallExposure(), paths: [], cut: { edits: [], closes: 0, of: 0, minimal: true } };
    expect(metric({ ...emptyReport(), exposure: none }, 'critical_paths')).toBe(0);
  });

  test.each([
    ['an empty report', emptyReport()],
    ['paths', { ...emptyReport(), exposure: bigExposure(1000) }],
    ['no paths', { ...emptyReport(), exposure: { ...smallExposure(), paths: [] } }],
    ['hostile names', hostileReport()],
    ['a baseline', { ...emptyReport(), baseline: { new: 1, worse: 0, known: 2, gone: 4 } }],
  ])('promtool has nothing to say about %s', (_, report) => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: renderPrometheus(report),
      encoding: 'utf8',
    });
    expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: '' });
  });

  test('hostile names stay inside of their label, and two that are cut to the same are one series', () => {
    const report = hostileReport();
    const long = ['a', 'b'].map((end, i) =>
      finding(5000 + i, { checkId: `channels.${'y'.repeat(500)}${end}.dm.open` }),
    );
    const text = renderPrometheus({ ...report, findings: [...report.findings, ...long] });
    expect(text).not.toMatch(RAW);
    const samples = readMetrics(text).filter((s) => s.name === 'openclaw_security_check_findings');
    expect(samples.reduce((sum, s) => sum + s.value, 0)).toBe(report.findings.length + 2);
    expect(samples.map((s) => s.labels.check)).toContain(`channels."quotes' and \\ back".dm.open`);
  });
});
