import type { Unknown } from './fact.ts';
import type { Fix } from './fix.ts';
import type { Ref } from './ref.ts';
import type { Confidence, Severity } from './severity.ts';
import type { MessageArg } from './text.ts';

/**
 * What a check looks at. A need that was not collected (`gateway`, `code` without `--deep`) makes the outcome `skipped`;
 * the engine knows which.
 */
export type Need =
  | 'config'
  | 'schema'
  | 'env'
  | 'files'
  | 'plugins'
  | 'skills'
  | 'machine'
  | 'docker'
  | 'gateway'
  | 'code';

/** One way in which a check can fail. */
export interface Variant {
  readonly severity: Severity;
  /** What is wrong, with `{name}` placeholders. */
  readonly text: string;
  /** Overrides of the check's own, where this variant needs other words. */
  readonly title?: string;
  readonly why?: string;
  readonly remedy?: string;
}

/** One place on a way that a finding is about. */
export interface HitStep {
  readonly at: Ref;
  /** What happens there; without any secret in it. */
  readonly text: string;
}

/** Something wrong, as a check yields it. */
export interface Hit {
  readonly result: 'hit';
  readonly variant: string;
  /** The primary place. */
  readonly at: Ref;
  readonly also: readonly Ref[];
  readonly args: Readonly<Record<string, MessageArg>>;
  readonly fixes: readonly Fix[];
  /** Ways from a source to where it does harm, in order. */
  readonly flows?: readonly (readonly HitStep[])[];
}

/** The check cannot tell. */
export interface UnknownResult {
  readonly result: 'unknown';
  readonly reason: string;
  readonly at: Ref;
}

/** There is nothing to check, e.g. no hooks are enabled. */
export interface NotApplicable {
  readonly result: 'not-applicable';
  readonly reason: string;
}

export type CheckResult = Hit | UnknownResult | NotApplicable;

export interface HitDetails {
  readonly at: Ref | { readonly at: Ref };
  readonly also?: readonly (Ref | { readonly at: Ref })[];
  readonly args?: Readonly<Record<string, MessageArg>>;
  readonly fixes?: readonly Fix[];
  readonly flows?: readonly (readonly HitStep[])[];
}

/** Builds a hit of one of the check's variants; a fact may stand for its place. */
export type HitBuilder<V extends string> = (variant: V, details: HitDetails) => Hit;

/** A check: a pure, synchronous function of the model with the words that explain it. */
export interface Check<M, V extends string = string> {
  /**
   * The stable id. A `<name>` part is filled from the hit's argument of that name, e.g.
   * `channels.<provider>.dm.open`.
   */
  readonly id: string;
  /** Under twelve words, no value in it; may use `<name>` parts of the id as `{name}`. */
  readonly title: string;
  /** Why it matters: what an attacker or accident does with it. */
  readonly why: string;
  /** The exact next step; `{name}` placeholders as in the variant texts. */
  readonly remedy: string;
  /** Version of openclaw-security that brought the check. */
  readonly since: string;
  readonly confidence: Confidence;
  readonly needs: readonly Need[];
  /** OpenClaw versions it applies to; outside it is not-applicable. `from` inclusive, `before` exclusive. */
  readonly appliesTo?: { readonly from?: string; readonly before?: string };
  /** The id under which OpenClaw's own audit knows the same thing, when it differs. */
  readonly referenceId?: string;
  readonly variants: Readonly<Record<V, Variant>>;
  run(model: M, hit: HitBuilder<V>): Iterable<CheckResult>;
}

/** The check cannot tell, because this fact cannot be told. */
export function unknown(fact: Unknown): UnknownResult {
  return { result: 'unknown', reason: fact.reason, at: fact.at };
}

/** There is nothing to check. */
export function notApplicable(reason: string): NotApplicable {
  return { result: 'not-applicable', reason };
}
