import type { Ref } from './ref.ts';

/** A value that was read, or follows from a documented default. */
export interface Known<T> {
  readonly known: true;
  readonly value: T;
  /** The key or file that decides the value. For a default: the key that would set it. */
  readonly at: Ref;
  /** True when somebody wrote it; false when it is OpenClaw's default. */
  readonly set: boolean;
}

/** A value that cannot be told from what was collected. */
export interface Unknown {
  readonly known: false;
  readonly value?: undefined;
  readonly at: Ref;
  /** One clause for people, e.g. `${BIND} is not set`, without a secret in it. */
  readonly reason: string;
}

/** Knowledge about one setting. "Cannot be known" is a value, never a pass. */
export type Fact<T> = Known<T> | Unknown;

/** A fact with a value. */
export function known<T>(value: T, at: Ref, set = true): Known<T> {
  return { known: true, value, at, set };
}

/** A fact without one. */
export function unknownFact(reason: string, at: Ref): Unknown {
  return { known: false, reason, at };
}

/** Applies `f` to a known value; an unknown stays unknown. */
export function mapFact<T, U>(fact: Fact<T>, f: (value: T) => U): Fact<U> {
  return fact.known ? { ...fact, value: f(fact.value) } : fact;
}

/** Three-valued "or": one known `true` decides; otherwise an unknown is passed on; otherwise the last known `false`. */
export function anyOf(first: Fact<boolean>, ...rest: Fact<boolean>[]): Fact<boolean> {
  const all = [first, ...rest];
  return all.find((f) => f.known && f.value) ?? all.find((f) => !f.known) ?? all[all.length - 1]!;
}

/** Three-valued "and": one known `false` decides; otherwise an unknown is passed on; otherwise the last known `true`. */
export function allOf(first: Fact<boolean>, ...rest: Fact<boolean>[]): Fact<boolean> {
  const all = [first, ...rest];
  return all.find((f) => f.known && !f.value) ?? all.find((f) => !f.known) ?? all[all.length - 1]!;
}
