import { maskKeepingPositions } from '../config/secrets.ts';
import type { ConfigFile, Snapshot } from '../core/snapshot.ts';
import { snapshotProblem } from './snapshot-shape.ts';

/** The snapshot with every secret in the config texts replaced by asterisks of the same length; positions stay true. */
export function toPortable(snapshot: Snapshot): Snapshot {
  const files = snapshot.config.files.map((f): ConfigFile => ({ ...f, text: maskKeepingPositions(f.text, f.secrets) }));
  return { ...snapshot, config: { ...snapshot.config, files } };
}

/** Reads a snapshot that was written elsewhere; a string says why the text is none. */
export function parseSnapshot(text: string): Snapshot | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is not an object';
  const record = value as Record<string, unknown>;
  if (record.format !== 'openclaw-security.snapshot') return 'it has another format';
  if (record.formatVersion !== 1) return `its format version ${String(record.formatVersion)} is not known here`;
  const problem = snapshotProblem(record);
  if (problem !== undefined) return problem;
  return value as Snapshot;
}
