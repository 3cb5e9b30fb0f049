import { joinTaints, NEVER, type Taint, type Value } from './value.ts';

/** A value of a scripting language: what the flow knows of it, and the parts of lists and objects. */
export interface Compound {
  readonly value: Value;
  readonly items?: readonly Compound[] | undefined;
  readonly fields?: ReadonlyMap<string, Compound> | undefined;
}

/** Parts of one value that are looked at; objects may hold each other. */
const MAX_PARTS = 150;

/** All labels of a value and its parts. */
export function labelsOf(value: Compound | undefined): readonly Taint[] {
  if (!value) return [];
  if (!value.items && !value.fields) return value.value.taints;
  let out = value.value.taints;
  const seen = new Set<unknown>();
  const queue: Compound[] = [value];
  for (let i = 0; i < queue.length; i++) {
    const next = queue[i]!;
    out = joinTaints(out, next.value.taints);
    for (const parts of [next.items, next.fields?.values()]) {
      const owner = parts === next.items ? next.items : next.fields;
      if (!parts || seen.has(owner)) continue;
      seen.add(owner);
      for (const part of parts) {
        if (queue.length >= MAX_PARTS) break;
        if (part.items || part.fields || part.value.taints.length > 0) queue.push(part);
      }
    }
  }
  return out;
}

/** The value with the labels of its parts, as a sink sees it. */
export function flat(value: Compound | undefined): Value {
  if (!value) return NEVER;
  if (!value.items && !value.fields) return value.value;
  return { ...value.value, taints: labelsOf(value), open: true };
}
