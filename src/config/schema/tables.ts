import { compareVersions, type OpenClawVersion, parseVersion, SECOND_ERA_FROM } from '../../core/version.ts';
import { parseTable, type SchemaTable } from './table.ts';

/** The OpenClaw versions whose schema is known to the letter. */
export type SchemaEra = '2026.3.7' | '2026.9.6';

/** Which table judges a version. */
export interface EraChoice {
  readonly era: SchemaEra;
  /** False when the version is another one than the table's. */
  readonly exact: boolean;
  /** For people, when it is: `judged by the schema of OpenClaw 2026.3.7, the nearest known one`. */
  readonly note?: string;
}

/** The table for a version: that of 2026.3.7 before 2026.8.1, that of 2026.9.6 from there on and for what is no version. */
export function eraForVersion(version: string | OpenClawVersion): EraChoice {
  const parsed = typeof version === 'string' ? parseVersion(version) : version;
  const second = parsed === undefined || compareVersions(parsed, parseVersion(SECOND_ERA_FROM)!) >= 0;
  const era: SchemaEra = second ? '2026.9.6' : '2026.3.7';
  if (parsed?.text === era) return { era, exact: true };
  return { era, exact: false, note: `judged by the schema of OpenClaw ${era}, the nearest known one` };
}

const loaded = new Map<SchemaEra, SchemaTable>();

/** Reads a table. Each is a chunk of its own, so that nothing of it is loaded before a config is validated. */
export async function loadSchemaTable(era: SchemaEra): Promise<SchemaTable> {
  const known = loaded.get(era);
  if (known) return known;
  const { text } = era === '2026.3.7' ? await import('./data/2026.3.7.ts') : await import('./data/2026.9.6.ts');
  const table = parseTable(text);
  loaded.set(era, table);
  return table;
}
