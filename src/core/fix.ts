import type { Json } from './json.ts';
import type { KeyPath } from './ref.ts';

/**
 * - `safe`: cannot lock the owner out or change what the bot can do for its owner; part of `--fix`
 * - `unsafe`: right for most, but changes who or what works; applied only when named
 * - `manual`: needs a decision or a secret that only a person has
 */
export type FixSafety = 'safe' | 'unsafe' | 'manual';

/** One change, as data. Key paths are the ones the user wrote. */
export type FixOp =
  | { readonly op: 'set'; readonly key: KeyPath; readonly value: Json }
  | { readonly op: 'remove'; readonly key: KeyPath }
  | { readonly op: 'chmod'; readonly path: string; readonly mode: number }
  | { readonly op: 'run'; readonly command: string };

/** A remedy that can be planned, previewed and (unless manual) applied. */
export interface Fix {
  /** Imperative, e.g. `Close the group policy`. */
  readonly title: string;
  readonly safety: FixSafety;
  readonly ops: readonly FixOp[];
  /** What stops working or changes, in plain words. */
  readonly sideEffect?: string;
}

/** Writes a config key. */
export function setKey(key: KeyPath, value: Json): FixOp {
  return { op: 'set', key, value };
}

/** Sets the permission bits of a file or directory, e.g. `0o600`. */
export function chmod(path: string, mode: number): FixOp {
  return { op: 'chmod', path, mode };
}
