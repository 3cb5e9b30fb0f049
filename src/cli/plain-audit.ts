import type { AuditCommandOptions } from './commands/audit.ts';

/** Switches of `audit` that stand for themselves: they take no value and exclude nothing. */
const SWITCHES: Readonly<Record<string, Partial<AuditCommandOptions>>> = {
  '--json': { outputs: [{ format: 'json' }] },
  '--strict': { strict: true },
  '--no-color': { color: false },
  '--verbose': { verbose: true },
};

/**
 * The options of an `audit` that has nothing but such switches, each once: what most people and gates run. It starts
 * without the library for command lines, which takes a tenth of the start-up. Undefined for all else, mistakes included.
 */
export function plainAudit(words: readonly string[]): AuditCommandOptions | undefined {
  const [command, ...switches] = words;
  if (command !== 'audit' || new Set(switches).size < switches.length) return undefined;
  let options: AuditCommandOptions = {
    outputs: [{ format: 'text' }],
    failOn: 'never',
    only: [],
    skip: [],
    suppress: [],
    color: true,
  };
  for (const word of switches) {
    if (!Object.hasOwn(SWITCHES, word)) return undefined;
    options = { ...options, ...SWITCHES[word] };
  }
  return options;
}
