import { joinTaints, NEVER, OPEN, join, type Taint, tainted, type Value } from '../flow/value.ts';

/** A value of a script: what the flow knows of it, and the parts of lists and objects. */
export interface PsValue {
  readonly value: Value;
  readonly items?: readonly PsValue[] | undefined;
  /** Of objects and hash tables; changed in place. */
  readonly fields?: Map<string, PsValue> | undefined;
  /** Where the text of a script block starts. */
  readonly block?: number | undefined;
  /** True when it was put together, cut or computed rather than written down. */
  readonly built?: boolean | undefined;
}

export const UNKNOWN: PsValue = { value: OPEN };
export const NOTHING: PsValue = { value: NEVER };

export function plain(value: Value): PsValue {
  return { value };
}

/** Parts of one value that are looked at; objects may hold each other. */
const MAX_PARTS = 150;

/** All labels of a value and its parts. */
export function labelsOf(value: PsValue | undefined): readonly Taint[] {
  if (!value) return [];
  if (!value.items && !value.fields) return value.value.taints;
  let out = value.value.taints;
  const seen = new Set<unknown>();
  const queue: PsValue[] = [value];
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
export function flat(value: PsValue | undefined): Value {
  if (!value) return NEVER;
  const taints = labelsOf(value);
  return { ...value.value, taints, open: value.value.open || value.items !== undefined || value.fields !== undefined };
}

/** Either of two values. */
export function either(a: PsValue, b: PsValue): PsValue {
  if (a === b) return a;
  return {
    value: join(a.value, b.value),
    items: a.items ?? b.items,
    fields: a.fields ?? b.fields,
    block: a.block ?? b.block,
    built: a.built === true || b.built === true,
  };
}

/** A list. */
export function list(items: readonly PsValue[]): PsValue {
  return { value: tainted(items.flatMap((i) => labelsOf(i))), items };
}

/** Any element of a list. */
export function elements(value: PsValue): PsValue {
  if (!value.items) return value;
  let out: Value = NEVER;
  for (const item of value.items.slice(0, 40)) out = join(out, item.value);
  return plain(out);
}
