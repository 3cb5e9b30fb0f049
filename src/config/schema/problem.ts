import type { KeyPath, KeyStep } from '../../core/ref.ts';
import type { Value } from '../value.ts';
import type { SchemaNode } from './table.ts';

/**
 * - `unknown-key`: OpenClaw knows no such key at this place
 * - `moved-key`: it did or will in another version; `suggestion` names the key of the judged one
 * - `wrong-type`, `not-allowed-value`, `missing`: what the words say
 * - `rule`: each key is fine, their combination is refused
 */
export type ProblemKind = 'unknown-key' | 'wrong-type' | 'not-allowed-value' | 'missing' | 'rule' | 'moved-key';

/** One reason why OpenClaw refuses a config. No string of the config is in it but keys and short words of a closed list. */
export interface SchemaProblem {
  /** The key; for `missing` the key that should be there. */
  readonly path: KeyPath;
  readonly kind: ProblemKind;
  /** What OpenClaw accepts here: `one of loopback, lan or auto`, `a number`. */
  readonly expected: string;
  /** What stands there: a type, or a number or word that cannot be a secret. */
  readonly found: string;
  /** The key or value that was probably meant, or where the key is now. */
  readonly suggestion?: string;
}

/** A problem before it is put into words: words are made only for those that are shown. */
export interface Draft {
  readonly path: KeyPath;
  readonly kind: ProblemKind;
  /** The node whose constraint failed; for `unknown-key` that of the object. */
  readonly node: SchemaNode;
  /** The value at `path`, absent for `missing`. */
  readonly value: Value | undefined;
}

/** Gathers drafts up to a limit and counts the rest. */
export class DraftSink {
  readonly drafts: Draft[] = [];
  count = 0;
  private readonly limit: number;
  private readonly stopWhenFull: boolean;

  /** With `stopWhenFull` the walk ends at the limit: enough to ask whether anything is wrong. */
  constructor(limit: number, stopWhenFull = false) {
    this.limit = limit;
    this.stopWhenFull = stopWhenFull;
  }

  get done(): boolean {
    return this.stopWhenFull && this.count >= this.limit;
  }

  add(kind: ProblemKind, path: readonly KeyStep[], node: SchemaNode, value: Value | undefined): void {
    this.count++;
    if (this.drafts.length < this.limit) this.drafts.push({ kind, path: [...path], node, value });
  }

  /** Takes over what another sink gathered. */
  take(other: DraftSink): void {
    this.count += other.count;
    const room = this.limit - this.drafts.length;
    if (room > 0) this.drafts.push(...other.drafts.slice(0, room));
  }
}
