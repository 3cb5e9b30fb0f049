import { HOLE, join, joinTaints, NEVER, OPEN, type Taint, tainted, type Value } from '../flow/value.ts';
import { labelsOf } from '../flow/compound.ts';
import type { Expression, Parameter, Statement } from './syntax.ts';

/** A function of the file. */
export interface PyFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[] | Expression;
  /** The variables around it. */
  readonly scope: Map<string, PyValue>;
  /** The file it stands in. */
  readonly file: string;
  /** The fields of the class it is a method of. */
  owner: Map<string, PyValue> | undefined;
}

/** A value: what the flow knows of it, and the parts of lists, dictionaries and objects. */
export interface PyValue {
  readonly value: Value;
  readonly items?: readonly PyValue[] | undefined;
  /** Of dictionaries and objects; changed in place. */
  readonly fields?: Map<string, PyValue> | undefined;
  readonly func?: PyFunction | undefined;
  /** What a method was taken from. */
  readonly self?: PyValue | undefined;
}

export const UNKNOWN: PyValue = { value: OPEN };
export const NOTHING: PyValue = { value: NEVER };

export function plain(value: Value): PyValue {
  return { value };
}

/** Something a module provides, by its dotted name; `()` stands for what calling it gives. */
export function named(api: string, fields?: Record<string, PyValue>): PyValue {
  return {
    value: { ...NEVER, apis: [api], open: fields !== undefined },
    fields: fields ? new Map(Object.entries(fields)) : undefined,
  };
}

/** Either of two values. */
export function either(a: PyValue, b: PyValue): PyValue {
  if (a === b || b === NOTHING) return a;
  if (a === NOTHING) return b;
  return {
    value: join(a.value, b.value),
    items: a.items ?? b.items,
    fields: a.fields ?? b.fields,
    func: a.func ?? b.func,
    self: a.self ?? b.self,
  };
}

/** An unknown value with the labels of others. */
export function mixed(values: readonly (PyValue | undefined)[]): PyValue {
  let taints: readonly Taint[] = [];
  for (const value of values) taints = joinTaints(taints, labelsOf(value));
  return plain(tainted(taints));
}

/** What the elements of a list or the content of something can be. */
export function elementOf(value: PyValue): PyValue {
  if (value.items) {
    let out: PyValue = NOTHING;
    for (const item of value.items.slice(0, 40)) out = either(out, item);
    return out === NOTHING ? plain(tainted(value.value.taints)) : out;
  }
  return plain(tainted(labelsOf(value)));
}

/** The one constant text of a value. */
export function textOf(value: PyValue | undefined): string | undefined {
  if (value?.value.consts.length !== 1 || value.value.open) return undefined;
  const text = value.value.consts[0];
  return typeof text === 'string' && !text.includes(HOLE) ? text : undefined;
}
