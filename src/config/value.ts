import type { KeyPath } from '../core/ref.ts';
import type { SecretSpan } from '../core/snapshot.ts';
import type { Span } from './syntax.ts';

/** Where a merged value was written. */
export interface Origin extends Span {
  /** Index into the files of the document. */
  readonly file: number;
}

interface ValueBase {
  /** The span of the value itself. */
  readonly origin: Origin;
}

/** A member of a merged object, with the place of its key. */
export interface Entry {
  readonly value: Value;
  readonly keyOrigin: Origin;
}

export interface ObjectValue extends ValueBase {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, Entry>;
  /** Why members may be missing: the text broke off inside, or an `$include` could not be read. */
  readonly incomplete?: string;
}

export interface ArrayValue extends ValueBase {
  readonly kind: 'array';
  readonly items: readonly Value[];
  readonly incomplete?: string;
}

export interface StringValue extends ValueBase {
  readonly kind: 'string';
  /** After `${NAME}` substitution. An unset variable stays as it is written, as in OpenClaw. */
  readonly value: string;
  /** Present when the text holds `${NAME}`. */
  readonly template?: {
    readonly names: readonly string[];
    readonly unset: readonly string[];
    /** Names whose value was not kept because it looks like a secret. */
    readonly withheld: readonly string[];
  };
  /** Present when the string stands where a secret belongs. */
  readonly secret?: SecretSpan;
}

export interface PrimitiveValue extends ValueBase {
  readonly kind: 'number' | 'boolean' | 'null';
  readonly value: number | boolean | null;
}

/** A value of the merged config: what OpenClaw sees after `$include` and `${NAME}`, with the place of every part. */
export type Value = ObjectValue | ArrayValue | StringValue | PrimitiveValue;

/** The child of a value, or undefined. Own keys only; an index selects from arrays. */
export function childOf(value: Value | undefined, step: string | number): Value | undefined {
  if (value?.kind === 'object') return value.entries.get(String(step))?.value;
  if (value?.kind === 'array' && typeof step === 'number') return value.items[step];
  return undefined;
}

/** Follows a route from a value; undefined where it leaves the tree. */
export function valueAt(root: Value | undefined, path: KeyPath): Value | undefined {
  let value = root;
  for (const step of path) {
    if (!value) return undefined;
    value = childOf(value, step);
  }
  return value;
}

/** The value as plain data. Secrets are in it: never for output. */
export function plainValue(value: Value): unknown {
  // An explicit stack: a config may be nested deeper than the call stack.
  const holder: { out?: unknown } = {};
  const stack: { from: Value; put: (v: unknown) => void }[] = [
    { from: value, put: (v) => Object.defineProperty(holder, 'out', { value: v }) },
  ];
  for (let job = stack.pop(); job; job = stack.pop()) {
    const { from, put } = job;
    if (from.kind === 'object') {
      const object: Record<string, unknown> = {};
      put(object);
      const children = [...from.entries];
      for (const [key] of children) define(object, key, undefined);
      for (const [key, entry] of children) stack.push({ from: entry.value, put: (v) => define(object, key, v) });
    } else if (from.kind === 'array') {
      const list: unknown[] = [];
      put(list);
      from.items.forEach((item, i) => {
        stack.push({ from: item, put: (v) => (list[i] = v) });
      });
    } else put(from.value);
  }
  return holder.out;
}

// `__proto__` is an ordinary key in JSON5.
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
