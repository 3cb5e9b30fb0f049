import { NEVER, OPEN, join, tainted, type Value } from '../flow/value.ts';
import { labelsOf } from '../flow/compound.ts';

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
