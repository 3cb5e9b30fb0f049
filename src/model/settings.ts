import { type ConfigDocument, loadDocument } from '../config/document.ts';
import { childOf, type ObjectValue, type Value, valueAt } from '../config/value.ts';
import { type Fact, known, unknownFact } from '../core/fact.ts';
import { type KeyPath, type KeyStep, keyRef, type Ref } from '../core/ref.ts';
import type { SecretFact } from '../core/secret.ts';
import type { ConfigFile, ConfigSource, EnvFacts } from '../core/snapshot.ts';

/**
 * A place where OpenClaw accepts a secret: a string, or a reference `{source, provider, id}` to one elsewhere
 * (SecretInput of OpenClaw 2026.3.7 and 2026.9.6).
 */
export type SecretInput =
  | { readonly state: 'absent'; readonly at: Ref }
  /** A value is there, or the variable it refers to has one. */
  | { readonly state: 'value'; readonly at: Ref; readonly secret: SecretFact; readonly byReference: boolean }
  /** A secret reference object; its value is not read offline. */
  | { readonly state: 'reference'; readonly at: Ref; readonly source: string; readonly id: string }
  /** `${NAME}` with no such variable. */
  | { readonly state: 'unresolved'; readonly at: Ref; readonly names: readonly string[] }
  /** The config is not readable here, or the value has a wrong type. */
  | { readonly state: 'unknown'; readonly at: Ref; readonly reason: string };

/** The config as facts: every answer knows its key and says so when it cannot be told. */
export class Settings {
  readonly document: ConfigDocument;
  private readonly status: ConfigSource['status'];
  private readonly env: EnvFacts;

  constructor(config: ConfigSource, env: EnvFacts, document?: ConfigDocument) {
    this.status = config.status;
    this.env = env;
    this.document = document ?? documentOf(config, env);
  }

  /** The merged value at a place, if there is one. */
  value(...path: KeyStep[]): Value | undefined {
    return valueAt(this.document.root, path);
  }

  /** Why an absent key may nevertheless be set: the config is unreadable, or breaks off in one of its parents. */
  gapAt(path: KeyPath): string | undefined {
    if (this.status === 'unreadable') return 'the config cannot be read';
    if (this.status === 'missing') return undefined;
    let value = this.document.root;
    if (!value) return 'the config does not parse';
    for (const step of path) {
      if ((value.kind === 'object' || value.kind === 'array') && value.incomplete) return value.incomplete;
      const child = childOf(value, step);
      if (!child) return undefined;
      value = child;
    }
    return (value.kind === 'object' || value.kind === 'array') && value.incomplete ? value.incomplete : undefined;
  }

  /** True when the key is written, whatever its value. */
  has(...path: KeyStep[]): boolean {
    return this.value(...path) !== undefined;
  }

  /** The keys of the object at a place, in config order; empty when there is none. */
  keys(...path: KeyStep[]): string[] {
    const value = this.value(...path);
    return value?.kind === 'object' ? [...value.entries.keys()] : [];
  }

  /** The number of items of the list at a place; 0 when there is none. */
  count(...path: KeyStep[]): number {
    const value = this.value(...path);
    return value?.kind === 'array' ? value.items.length : 0;
  }

  /** The object at a place. */
  object(...path: KeyStep[]): ObjectValue | undefined {
    const value = this.value(...path);
    return value?.kind === 'object' ? value : undefined;
  }

  /** A string; trimmed only where OpenClaw trims, so by the caller. Absent: the default. */
  string<D extends string | undefined>(path: KeyPath, fallback: D): Fact<string | D> {
    return this.scalar(path, fallback, 'a string', (v) => {
      if (v.kind !== 'string') return undefined;
      return v.value;
    });
  }

  /** A boolean. Absent: the default. */
  boolean<D extends boolean | undefined>(path: KeyPath, fallback: D): Fact<boolean | D> {
    return this.scalar(path, fallback, 'true or false', (v) =>
      v.kind === 'boolean' ? (v.value as boolean) : undefined,
    );
  }

  /** A number. Absent: the default. */
  number<D extends number | undefined>(path: KeyPath, fallback: D): Fact<number | D> {
    return this.scalar(path, fallback, 'a number', (v) => (v.kind === 'number' ? (v.value as number) : undefined));
  }

  /**
   * A list of strings as OpenClaw reads its lists: numbers become text, entries are trimmed, blanks dropped.
   * Absent: undefined.
   */
  strings(path: KeyPath): Fact<readonly string[] | undefined> {
    const at = keyRef(...path);
    const value = this.value(...path);
    const gap = value?.kind === 'array' ? value.incomplete : this.gapAt(path);
    if (gap) return unknownFact(gap, at);
    if (!value) return known(undefined, at, false);
    if (value.kind !== 'array') return unknownFact(`expected a list, found ${describeKind(value)}`, at);
    const out: string[] = [];
    for (const [i, item] of value.items.entries()) {
      if (item.kind !== 'string' && item.kind !== 'number') continue;
      const missing = item.kind === 'string' ? templateGap(item) : undefined;
      if (missing) return unknownFact(missing, keyRef(...path, i));
      const text = String(item.value).trim();
      if (text) out.push(text);
    }
    return known(out, at);
  }

  /** A secret input. Blank strings count as absent, as in OpenClaw. */
  secret(...path: KeyStep[]): SecretInput {
    const at = keyRef(...path);
    const value = this.value(...path);
    if (!value) {
      const gap = this.gapAt(path);
      return gap ? { state: 'unknown', at, reason: gap } : { state: 'absent', at };
    }
    if (value.kind === 'object') {
      const [source, provider, id] = ['source', 'provider', 'id'].map((k) => {
        const v = value.entries.get(k)?.value;
        return v?.kind === 'string' ? v.value.trim() : '';
      });
      if (source && id && (provider || !value.entries.has('provider'))) return this.reference(at, source, id);
      return { state: 'unknown', at, reason: 'expected a string or a reference {source, provider, id}' };
    }
    if (value.kind !== 'string')
      return { state: 'unknown', at, reason: `expected a string, found ${describeKind(value)}` };
    const span = value.secret;
    if (!span)
      return value.value.trim() === '' ? { state: 'absent', at } : { state: 'unknown', at, reason: 'not kept' };
    if (span.secret) {
      if (span.secret.placeholder === 'empty') return { state: 'absent', at };
      return { state: 'value', at, secret: span.secret, byReference: span.byReference };
    }
    return { state: 'unresolved', at, names: span.vars };
  }

  /** An `env` reference is as readable as `${NAME}`; files and commands are not opened or run. */
  private reference(at: Ref, source: string, id: string): SecretInput {
    const secret = source === 'env' ? this.env.vars[id]?.secret : undefined;
    if (secret && secret.placeholder !== 'empty') return { state: 'value', at, secret, byReference: true };
    return { state: 'reference', at, source, id };
  }

  private scalar<T, D>(path: KeyPath, fallback: D, expected: string, read: (v: Value) => T | undefined): Fact<T | D> {
    const at = keyRef(...path);
    const value = this.value(...path);
    if (!value) {
      const gap = this.gapAt(path);
      return gap ? unknownFact(gap, at) : known(fallback, at, false);
    }
    if (value.kind === 'string') {
      const missing = templateGap(value);
      if (missing) return unknownFact(missing, at);
    }
    const got = read(value);
    return got === undefined ? unknownFact(`expected ${expected}, found ${describeKind(value)}`, at) : known(got, at);
  }
}

const replayed = new WeakMap<ConfigSource, { readonly env: EnvFacts; readonly document: ConfigDocument }>();

/** Each step that looks at a snapshot starts from the same document. */
function documentOf(config: ConfigSource, env: EnvFacts): ConfigDocument {
  const known = replayed.get(config);
  if (known?.env === env) return known.document;
  const document = replayDocument(config, env);
  replayed.set(config, { env, document });
  return document;
}

/** Rebuilds the merged document from the files of a snapshot, without touching the disk. */
function replayDocument(config: ConfigSource, env: EnvFacts): ConfigDocument {
  const main = config.files[0];
  if (!main) return { files: [], root: undefined, problems: [], loadable: config.status === 'missing' };
  const byPath = new Map(config.files.map((f) => [f.path, f]));
  const absent = (path: string): ConfigFile => ({ path, text: '', bom: false, secrets: [], error: 'missing' });
  return loadDocument(main, { resolve: resolveInclude, read: (path) => byPath.get(path) ?? absent(path) }, (name) => {
    const fact = env.vars[name];
    if (!fact) return undefined;
    return fact.secret ? { withheld: true } : { value: fact.value ?? '' };
  });
}

/** Absolute path of an `$include` target: relative to the including file, `.` and `..` resolved, without the disk. */
export function resolveInclude(target: string, fromFile: string): string {
  const windows = /^[A-Za-z]:[\\/]/.test(fromFile);
  const slash = (p: string) => (windows ? p.replaceAll('\\', '/') : p);
  const absolute = target.startsWith('/') || (windows && /^[A-Za-z]:[\\/]/.test(target));
  const parts = slash(absolute ? target : `${slash(fromFile).replace(/[^/]*$/, '')}${target}`).split('/');
  const out: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return windows ? out.join('\\') : `/${out.join('/')}`;
}

function templateGap(value: Extract<Value, { kind: 'string' }>): string | undefined {
  const t = value.template;
  if (t?.unset.length) return `\${${t.unset[0]}} is not set`;
  if (t?.withheld.length) return `\${${t.withheld[0]}} looks like a secret, so its value was not kept`;
  return undefined;
}

function describeKind(value: Value): string {
  switch (value.kind) {
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
    case 'null':
      return 'null';
    default:
      return `a ${value.kind}`;
  }
}
