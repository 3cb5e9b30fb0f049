import { compareVersions, NEWEST_KNOWN_VERSION, parseVersion, SECOND_ERA_FROM } from '../core/version.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { Settings } from './settings.ts';

/** The OpenClaw version that the config is judged for. */
export interface Target {
  readonly version: string;
  readonly source: 'option' | 'installed' | 'config' | 'newest-known';
  /** True from 2026.8.1 on: agents.entries, gateway.nodes.commands, state in SQLite, and the checks of 2026.9.6. */
  readonly secondEra: boolean;
  /** True when the version is the given one or newer. */
  atLeast(version: string): boolean;
}

/** `--openclaw-version`, else the installed one, else `meta.lastTouchedVersion`, else the newest known. */
export function readTarget(snapshot: Snapshot, settings: Settings): Target {
  const touched = settings.string(['meta', 'lastTouchedVersion'], undefined);
  const candidates: [Target['source'], string | undefined][] = [
    ['option', snapshot.openclaw.requested],
    ['installed', snapshot.openclaw.installed],
    ['config', touched.known ? touched.value : undefined],
  ];
  for (const [source, text] of candidates) {
    const version = text === undefined ? undefined : parseVersion(text);
    if (version) return makeTarget(version.text, source);
  }
  return makeTarget(NEWEST_KNOWN_VERSION, 'newest-known');
}

function makeTarget(text: string, source: Target['source']): Target {
  const version = parseVersion(text)!;
  const atLeast = (other: string) => {
    const v = parseVersion(other);
    return v !== undefined && compareVersions(version, v) >= 0;
  };
  return { version: text, source, secondEra: atLeast(SECOND_ERA_FROM), atLeast };
}
