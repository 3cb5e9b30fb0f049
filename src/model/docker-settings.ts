import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import { AGENT_DEFAULTS, type Agents } from './agents.ts';
import type { Settings } from './settings.ts';

/** One written `sandbox.docker` or `sandbox.browser` object. */
export interface DockerScope {
  /** `agents.defaults`, `agents.list.<id>`. */
  readonly label: string;
  readonly path: KeyPath;
  readonly at: Ref;
}

/** The written objects of a kind, defaults first; mode and scope do not matter here. */
export function readDockerScopes(
  settings: Settings,
  agents: Agents,
  kind: 'docker' | 'browser',
): readonly DockerScope[] {
  const roots: { label: string; path: KeyPath }[] = [
    { label: AGENT_DEFAULTS.join('.'), path: AGENT_DEFAULTS },
    ...agents.written.map((a) => ({ label: `agents.${agents.dialect}.${a.id}`, path: a.path! })),
  ];
  return roots
    .map(({ label, path }) => ({ label, path: [...path, 'sandbox', kind], at: keyRef(...path, 'sandbox', kind) }))
    .filter((s) => settings.object(...s.path) !== undefined);
}
