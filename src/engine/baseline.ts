import type { Finding } from '../core/finding.ts';
import { formatRef } from '../core/ref.ts';
import { type Severity, severityRank, SEVERITIES } from '../core/severity.ts';

/** The findings of an earlier day, by what and where; no text and no secret is in it. */
export interface Baseline {
  readonly format: 'openclaw-security.baseline';
  readonly formatVersion: 1;
  readonly findings: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly checkId: string;
  /** Key path, file or `$NAME`. */
  readonly at: string;
  readonly severity: Severity;
}

/** How a finding compares with the baseline. */
export type BaselineState = 'new' | 'worse' | 'known';

/** A baseline of the given findings, in a fixed order. */
export function makeBaseline(findings: readonly Finding[]): Baseline {
  const entries = findings.map((f): BaselineEntry => ({ checkId: f.checkId, at: placeOf(f), severity: f.severity }));
  entries.sort((a, b) => compare(a.checkId, b.checkId) || compare(a.at, b.at) || compare(a.severity, b.severity));
  return { format: 'openclaw-security.baseline', formatVersion: 1, findings: entries };
}

/** Reads a baseline file; a string says why the text is none. */
export function parseBaseline(text: string): Baseline | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const record = value as Partial<Baseline> | null;
  if (typeof record !== 'object' || record === null || record.format !== 'openclaw-security.baseline')
    return 'it has another format';
  if (record.formatVersion !== 1) return 'its format version is not known here';
  const valid = (e: unknown): e is BaselineEntry => {
    const { checkId, at, severity } = (e ?? {}) as Partial<BaselineEntry>;
    return typeof checkId === 'string' && typeof at === 'string' && SEVERITIES.includes(severity as Severity);
  };
  if (!Array.isArray(record.findings) || !record.findings.every(valid)) return 'its findings have a wrong shape';
  return value as Baseline;
}

/** The state of each finding, and how many entries of the baseline are gone. */
export function compareWithBaseline(
  findings: readonly Finding[],
  baseline: Baseline,
): { readonly states: ReadonlyMap<Finding, BaselineState>; readonly gone: number } {
  const before = new Map<string, Severity[]>();
  for (const e of baseline.findings) {
    const key = `${e.checkId}\u0000${e.at}`;
    before.set(key, [...(before.get(key) ?? []), e.severity]);
  }
  const states = new Map<Finding, BaselineState>();
  for (const f of findings) {
    const known = before.get(`${f.checkId}\u0000${placeOf(f)}`);
    const severity = known?.shift();
    if (!severity) states.set(f, 'new');
    else states.set(f, severityRank(f.severity) > severityRank(severity) ? 'worse' : 'known');
  }
  const gone = [...before.values()].reduce((n, list) => n + list.length, 0);
  return { states, gone };
}

function placeOf(finding: Finding): string {
  const ref = finding.refs[0];
  return ref ? formatRef(ref) : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
