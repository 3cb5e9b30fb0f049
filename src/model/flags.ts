import { type KeyPath, keyRef, type Ref } from '../core/ref.ts';
import { DANGEROUS_FLAGS, type DangerousFlag } from './data/dangerous-flags.ts';
import type { Settings } from './settings.ts';

/** A dangerous switch that is set. */
export interface SetFlag {
  readonly flag: DangerousFlag;
  readonly path: KeyPath;
  readonly at: Ref;
}

/** Every dangerous switch that is set to its dangerous value, wildcards expanded in config order. */
export function readSetFlags(settings: Settings): readonly SetFlag[] {
  const out: SetFlag[] = [];
  for (const flag of DANGEROUS_FLAGS) {
    for (const path of expand(settings, flag.path)) {
      const value = settings.value(...path);
      if (!value || value.kind === 'object' || value.kind === 'array' || value.value !== flag.when) continue;
      out.push({ flag, path, at: keyRef(...path) });
    }
  }
  return out;
}

/** Concrete paths of a pattern; `agents.*` means the defaults and every agent of the roster in either spelling. */
function expand(settings: Settings, pattern: KeyPath): KeyPath[] {
  let paths: KeyPath[] = [[]];
  for (const step of pattern) {
    if (step !== '*') {
      paths = paths.map((p) => [...p, step]);
      continue;
    }
    paths = paths.flatMap((p) => {
      if (p.length === 1 && p[0] === 'agents') return agentScopes(settings);
      const value = settings.value(...p);
      if (value?.kind === 'array') return value.items.map((_, i) => [...p, i]);
      return settings.keys(...p).map((k) => [...p, k]);
    });
  }
  return paths;
}

function agentScopes(settings: Settings): KeyPath[] {
  const list = Array.from({ length: settings.count('agents', 'list') }, (_, i): KeyPath => ['agents', 'list', i]);
  const entries = settings.keys('agents', 'entries').map((id): KeyPath => ['agents', 'entries', id]);
  return [['agents', 'defaults'], ...list, ...entries];
}
