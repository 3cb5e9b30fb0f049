import { readFileSync, realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { parseJson5 } from '../config/parse.ts';
import { toValue } from '../config/to-value.ts';
import { type Baseline, parseBaseline } from '../engine/baseline.ts';
import type { Suppression } from '../engine/suppress.ts';
import { UsageError } from './io.ts';

const FIELDS = new Set(['id', 'at', 'reason', 'owner', 'expires']);

/**
 * Reads `--suppressions <file>`: JSON5, a list of `{id, at?, reason, owner?, expires?}`. The file must lie outside the
 * audited state directory, where an agent could write it.
 */
export function readSuppressions(file: string, stateDir: string): Suppression[] {
  const text = readOutside(file, stateDir, 'suppressions');
  const parsed = parseJson5(text);
  if (parsed.problem || !parsed.root)
    throw new UsageError(`${file} is not JSON5: ${parsed.problem?.message ?? 'it is empty'}`);
  const value = toValue(parsed.root);
  if (!Array.isArray(value)) throw new UsageError(`${file} must hold a list of {id, at?, reason, owner?, expires?}`);
  return value.map((entry, i) => readEntry(entry, `${file}, entry ${i + 1}`));
}

function readEntry(entry: unknown, where: string): Suppression {
  if (typeof entry !== 'object' || entry === null) throw new UsageError(`${where}: expected an object`);
  const record = entry as Record<string, unknown>;
  for (const [key, value] of Object.entries(record)) {
    if (!FIELDS.has(key))
      throw new UsageError(`${where}: there is no field "${key}"; known are ${[...FIELDS].join(', ')}`);
    if (typeof value !== 'string') throw new UsageError(`${where}: ${key} must be a string`);
  }
  const { id, at, reason, owner, expires } = record as Partial<Record<string, string>>;
  if (!id?.trim()) throw new UsageError(`${where}: id is missing`);
  if (!reason?.trim()) throw new UsageError(`${where}: a reason is missing; say why the finding is accepted`);
  if (expires !== undefined && !isDay(expires))
    throw new UsageError(`${where}: expires must be a day such as 2026-12-31`);
  return {
    id: id.trim(),
    reason,
    source: 'file',
    ...(at ? { at } : {}),
    ...(owner ? { owner } : {}),
    ...(expires ? { expires } : {}),
  };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** `--suppress <id>=<reason>`. */
export function parseSuppressFlag(text: string): Suppression {
  const cut = text.indexOf('=');
  const id = (cut === -1 ? text : text.slice(0, cut)).trim();
  const reason = cut === -1 ? '' : text.slice(cut + 1).trim();
  if (!id || !reason)
    throw new UsageError(`--suppress takes an id and a reason: --suppress "gateway.tailscale_serve=our tailnet"`);
  return { id, reason, source: 'flag' };
}

/** Reads `--baseline <file>`, which must lie outside the audited state directory too. */
export function readBaseline(file: string, stateDir: string): Baseline {
  const baseline = parseBaseline(readOutside(file, stateDir, 'baseline'));
  if (typeof baseline === 'string') throw new UsageError(`${file} is not a baseline: ${baseline}`);
  return baseline;
}

function readOutside(file: string, stateDir: string, what: string): string {
  let text: string;
  let real: string;
  try {
    real = realpathSync(file);
    text = readFileSync(real, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read the ${what} file ${file}: ${error instanceof Error ? error.message : error}`);
  }
  let state = stateDir;
  try {
    state = realpathSync(stateDir);
  } catch {
    // No state directory: nothing can lie in it.
  }
  const way = relative(state, real);
  if (way !== '' && !way.startsWith('..') && !way.startsWith('/'))
    throw new UsageError(
      `the ${what} file ${file} lies in the audited state directory, where an agent may write; keep it elsewhere`,
    );
  return text;
}
