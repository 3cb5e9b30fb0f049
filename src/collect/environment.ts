import { join } from 'node:path';
import { referencedNames as namesIn, substitute } from '../config/substitute.ts';
import type { AttemptedMove, CollectGap, EnvFact, EnvFacts } from '../core/snapshot.ts';
import { type DotenvEntry, parseDotenv } from './dotenv.ts';
import type { Environment } from './home.ts';
import { readTextFile } from './read.ts';
import { reduceSecret, type SecretKey } from './secret.ts';
import { isExportedFromConfig, isPlainValue, isSecretName, KNOWN_VARIABLES, MOVING_VARIABLES } from './variables.ts';

const DOTENV_MAX_BYTES = 1024 * 1024;

/** What makes up the environment of the gateway. */
export interface EnvironmentOptions {
  /** The process environment, with the variables that a profile sets. */
  readonly env: Environment;
  readonly stateDir: string;
  /** Names that the config refers to: `${NAME}` and `env` secret references. */
  readonly referencedNames: readonly string[];
  /** Those of them that stand where a secret belongs: a weak one looks like any other word, so its value is never kept. */
  readonly secretNames: readonly string[];
  /** The string variables of the config's `env` block; a later one of the same name wins. */
  readonly configEnvBlock: readonly { readonly name: string; readonly value: string }[];
  readonly key: SecretKey;
}

export interface CollectedEnvironment {
  readonly facts: EnvFacts;
  readonly gateway: GatewayEnv;
  readonly gaps: readonly CollectGap[];
}

interface Setting {
  readonly value: string;
  readonly source: EnvFact['source'];
  readonly line?: number;
}

/**
 * The variables as the gateway sees them, with their real values: only for `collect/`, and nothing of it can be printed
 * or serialised. The process environment comes first, then `<state>/.env`, which does not replace even a blank variable,
 * then the config's `env` block, which fills unset and blank ones (OpenClaw 2026.3.7).
 */
export class GatewayEnv {
  readonly #env: Environment;
  readonly #dotenv: ReadonlyMap<string, DotenvEntry>;
  readonly #config = new Map<string, string>();
  readonly #secretNames: ReadonlySet<string>;
  readonly #key: SecretKey;

  constructor(options: EnvironmentOptions, dotenv: readonly DotenvEntry[]) {
    this.#env = options.env;
    this.#dotenv = new Map(dotenv.map((entry) => [entry.name, entry]));
    this.#secretNames = new Set(options.secretNames);
    this.#key = options.key;
    this.#exportConfigBlock(options.configEnvBlock);
  }

  /** The value of a variable; undefined when nothing sets it. */
  get(name: string): string | undefined {
    return this.#find(name)?.value;
  }

  /** What may be known of a variable outside `collect/`; undefined when nothing sets it. */
  fact(name: string): EnvFact | undefined {
    const found = this.#find(name);
    if (!found) return undefined;
    const { value, source, line } = found;
    const isPlain = !isSecretName(name) && !this.#secretNames.has(name) && isPlainValue(value);
    const origin = source === 'process' ? 'process-env' : source;
    return {
      source,
      ...(isPlain ? { value: value.trim() === '' ? '' : value } : { secret: reduceSecret(value, origin, this.#key) }),
      ...(line !== undefined && { line }),
    };
  }

  /** The variables of a file or the config that would move what is audited. */
  attemptedMoves(): AttemptedMove[] {
    const moves: AttemptedMove[] = [];
    for (const name of MOVING_VARIABLES) {
      const entry = this.#dotenv.get(name);
      if (entry && !isBlank(entry.value)) {
        moves.push({ name, source: 'state-dotenv', line: entry.line, effective: !Object.hasOwn(this.#env, name) });
      }
      if (this.#config.has(name)) {
        moves.push({ name, source: 'config-env', effective: this.#find(name)?.source === 'config-env' });
      }
    }
    return moves;
  }

  #find(name: string): Setting | undefined {
    const outer = this.#findOutside(name);
    if (outer && !isBlank(outer.value)) return outer;
    const value = this.#config.get(name);
    return value === undefined ? outer : { value, source: 'config-env' };
  }

  #findOutside(name: string): Setting | undefined {
    const value = Object.hasOwn(this.#env, name) ? this.#env[name] : undefined;
    if (value !== undefined) return { value, source: 'process' };
    const entry = this.#dotenv.get(name);
    return entry && { value: entry.value, source: 'state-dotenv', line: entry.line };
  }

  /**
   * OpenClaw exports the block twice: first what refers to no other variable, and after substitution the rest, as far as
   * its references are set.
   */
  #exportConfigBlock(block: EnvironmentOptions['configEnvBlock']): void {
    const wanted = new Map<string, string>();
    for (const { name, value } of block) {
      const trimmed = name.trim();
      if (!isBlank(value) && isExportedFromConfig(trimmed)) wanted.set(trimmed, value);
    }
    const second: [name: string, value: string][] = [];
    for (const [name, value] of wanted) {
      if (namesIn(value).length === 0) this.#config.set(name, value);
      else second.push([name, value]);
    }
    const resolved = second.map(([name, value]) => ({
      name,
      ...substitute(value, (reference) => {
        const found = this.get(reference);
        return found === undefined ? undefined : { value: found };
      }),
    }));
    for (const { name, text, unset } of resolved) if (unset.length === 0) this.#config.set(name, text);
  }
}

/**
 * Reads `<state>/.env` and puts the gateway's environment together. A `.env` in the working directory is never opened,
 * although OpenClaw reads it: whoever wrote the current directory would decide what the audit says.
 */
export function collectEnvironment(options: EnvironmentOptions): CollectedEnvironment {
  const path = join(options.stateDir, '.env');
  const read = readTextFile(path, { maxBytes: DOTENV_MAX_BYTES });
  const gateway = new GatewayEnv(options, read.ok ? parseDotenv(read.text) : []);
  // Without a prototype: names come from files, and `constructor` must not look set.
  const vars: { [name: string]: EnvFact } = Object.create(null);
  for (const name of new Set([...KNOWN_VARIABLES, ...options.referencedNames, ...options.secretNames])) {
    const fact = gateway.fact(name);
    if (fact) vars[name] = fact;
  }
  const missing = !read.ok && read.error === 'missing';
  const moves = gateway.attemptedMoves();
  return {
    facts: {
      vars,
      stateDotenv: { path, status: read.ok ? 'ok' : missing ? 'missing' : 'unreadable' },
      ...(moves.length > 0 && { attemptedMoves: moves }),
    },
    gateway,
    gaps: read.ok || missing ? [] : [{ what: path, reason: read.detail }],
  };
}

function isBlank(value: string): boolean {
  return value.trim() === '';
}
