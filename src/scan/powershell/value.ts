import { joinTaints, NEVER, OPEN, join, type Taint, type Value } from '../flow/value.ts';

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

/** All labels of a value and its parts. */
export function labelsOf(value: PsValue | undefined, depth = 0): readonly Taint[] {
  if (!value || depth > 6) return [];
  let out = value.value.taints;
  for (const item of value.items ?? []) out = joinTaints(out, labelsOf(item, depth + 1));
  for (const item of value.fields?.values() ?? []) out = joinTaints(out, labelsOf(item, depth + 1));
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
