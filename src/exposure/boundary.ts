import type { BoundaryKind } from '../core/exposure.ts';
import type { Fact } from '../core/fact.ts';
import { formatRef, type Ref } from '../core/ref.ts';
import type { Boundary } from './graph.ts';
import type { Lever } from './lever.ts';

/** A boundary that is known to hold. */
export function holds(kind: BoundaryKind, text: string, ...refs: Ref[]): Boundary {
  return { kind, state: 'holds', text, refs };
}

/** A boundary that is known not to hold, and what would make it. */
export function open(kind: BoundaryKind, text: string, refs: readonly Ref[], ...levers: Lever[]): Boundary {
  return { kind, state: 'open', text, refs, levers };
}

/** A boundary of which nothing can be told. */
export function untold(kind: BoundaryKind, text: string, refs: readonly Ref[], ...levers: Lever[]): Boundary {
  return { kind, state: 'unknown', text, refs, levers };
}

/** A boundary that a fact decides: it holds where the fact is `when`. */
export function decided(
  kind: BoundaryKind,
  fact: Fact<boolean>,
  words: { readonly when: boolean; readonly holds: string; readonly open: string; readonly unknown?: string },
  ...levers: Lever[]
): Boundary {
  if (!fact.known) return untold(kind, `${words.unknown ?? words.open}? ${fact.reason}`, [fact.at], ...levers);
  if (fact.value === words.when) return holds(kind, words.holds, fact.at);
  return open(kind, words.open, [fact.at], ...levers);
}

/** One text for all that tells two boundaries apart. */
export function signature(boundaries: readonly Boundary[]): string {
  return boundaries.map(signatureOf).join(';');
}

/** Many arrivals share their boundaries. */
const signatures = new WeakMap<Boundary, string>();

function signatureOf(b: Boundary): string {
  let text = signatures.get(b);
  if (text === undefined) {
    text = `${b.kind}/${b.state}/${b.text}/${b.refs.map(formatRef).join(',')}`;
    signatures.set(b, text);
  }
  return text;
}
