import type { InstallRecord } from '../../core/snapshot.ts';
import { property } from '../foreign-json.ts';
import { entriesOf, isObject, shortText } from './bounded-json.ts';

const MAX_RECORDS = 10_000;
const MAX_ID = 256;
const MAX_FIELD = 4_096;
/** OpenClaw leaves these out when it reads its index. */
const REFUSED_IDS = new Set(['__proto__', 'constructor', 'prototype']);

/** What was taken from a list, and how many entries were left out because they are no such thing or too many. */
export interface Taken<T> {
  readonly items: readonly T[];
  readonly leftOut: number;
}

/**
 * The records of a map from id to record, as in `plugins.installs`: objects with a `source`. A URL in `spec` loses user
 * name, password and query, which may be credentials.
 */
export function takeInstallRecords(
  map: unknown,
  kind: InstallRecord['kind'],
  recordedIn: string,
): Taken<InstallRecord> {
  const entries = entriesOf(map);
  const items: InstallRecord[] = [];
  for (const [id, record] of entries) {
    if (items.length === MAX_RECORDS) break;
    const source = shortText(record, 'source', 64);
    if (id.length > MAX_ID || REFUSED_IDS.has(id) || source === undefined) continue;
    const spec = shortText(record, 'spec', MAX_FIELD);
    const field = <K extends string>(key: K) => {
      const text = shortText(record, key, MAX_FIELD);
      return text === undefined ? {} : ({ [key]: text } as { readonly [P in K]: string });
    };
    items.push({
      id,
      kind,
      source,
      ...(spec !== undefined && { spec: withoutCredentials(spec) }),
      ...field('version'),
      ...field('resolvedVersion'),
      ...field('integrity'),
      ...field('installPath'),
      recordedIn,
    });
  }
  return { items, leftOut: entries.length - items.length };
}

/**
 * The map of install records in a plugin index: `installRecords`, before that `records`, before that an `installRecord`
 * in each element of `plugins`. Undefined when the value is no index.
 */
export function installRecordsOfIndex(index: unknown): unknown {
  if (!isObject(index)) return undefined;
  for (const key of ['installRecords', 'records']) if (Object.hasOwn(index, key)) return property(index, key);
  const plugins = property(index, 'plugins');
  if (!Array.isArray(plugins)) return undefined;
  const records = plugins.filter((plugin) => property(plugin, 'installRecord') !== undefined);
  return Object.fromEntries(
    records.map((plugin) => [String(shortText(plugin, 'pluginId', MAX_ID)), property(plugin, 'installRecord')]),
  );
}

/** The ids of `plugins` in a plugin index. */
export function pluginIdsOfIndex(index: unknown): Taken<string> {
  const plugins = property(index, 'plugins');
  if (!Array.isArray(plugins)) return { items: [], leftOut: 0 };
  const ids = new Set<string>();
  let leftOut = 0;
  for (const plugin of plugins) {
    const id = shortText(plugin, 'pluginId', MAX_ID);
    if (id === undefined || ids.size === MAX_RECORDS) leftOut++;
    else ids.add(id);
  }
  return { items: [...ids], leftOut };
}

function withoutCredentials(spec: string): string {
  return spec.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^?#]*)(?:\?[^#]*)?/i, '$1$2');
}
