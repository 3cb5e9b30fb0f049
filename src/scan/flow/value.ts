import type { Callable } from './callable.ts';
import type { Obj } from './object.ts';

/** A constant. Strings may hold `HOLE` where a part is not known. */
export type Const = string | number | boolean | null;

/** Stands for an unknown part of a constant string. A private-use character that no source text needs. */
export const HOLE = '\uE000';
/** Stands for the directory of what is scanned, at the start of a path. */
export const PACKAGE = '\uE001';

/** What makes a value worth following. */
export type TaintKind =
  | 'env-all'
  | 'env-names'
  | 'env-secret'
  | 'credential-file'
  | 'home-file'
  | 'file'
  | 'session-store'
  | 'clipboard'
  | 'machine'
  | 'network'
  | 'input'
  | 'param'
  | 'decoded'
  | 'command-output'
  | 'shell-output'
  | 'literal-secret';

/** One place a tainted value passed; linked backwards. */
export interface Step {
  readonly file: string;
  readonly pos: number;
  readonly what: string;
  readonly prev: Step | undefined;
  readonly length: number;
}

/** A label on a value: where it comes from, and the way so far. */
export interface Taint {
  readonly kind: TaintKind;
  /** The variable, file or host; part of the identity. */
  readonly detail: string;
  /** How often the value went through code that is not known; 0 is certain. */
  readonly weak: number;
  readonly step: Step;
}

/** Everything known about what an expression can be: an over-approximation, joined over all ways to reach it. */
export interface Value {
  readonly consts: readonly Const[];
  /** Things the platform or a library provides, by dotted name: `child_process.exec`, `process.env`. */
  readonly apis: readonly string[];
  readonly funcs: readonly Callable[];
  readonly objects: readonly Obj[];
  readonly taints: readonly Taint[];
  /** True when it can also be something that is not known. */
  readonly open: boolean;
}

const NONE: readonly never[] = [];
const MAX_CONSTS = 12;
const MAX_REFS = 10;
const MAX_TAINTS = 16;
/** Through more unknown calls than this a label says nothing any more. */
const MAX_WEAK = 2;
const MAX_STEPS = 14;

/** Nothing: the value of code that has not run. */
export const NEVER: Value = { consts: NONE, apis: NONE, funcs: NONE, objects: NONE, taints: NONE, open: false };
/** Anything. */
export const OPEN: Value = { ...NEVER, open: true };

export function constant(value: Const): Value {
  return { ...NEVER, consts: [value] };
}
export function constants(values: readonly Const[]): Value {
  return values.length === 0 ? OPEN : join({ ...NEVER, consts: [...new Set(values)].slice(0, MAX_CONSTS) }, NEVER);
}
export function api(name: string): Value {
  return { ...NEVER, apis: [name] };
}
export function func(callable: Callable): Value {
  return { ...NEVER, funcs: [callable] };
}
export function object(obj: Obj): Value {
  return { ...NEVER, objects: [obj] };
}
/** An unknown value with labels. */
export function tainted(taints: readonly Taint[]): Value {
  return taints.length === 0 ? OPEN : { ...OPEN, taints };
}

function union<T>(a: readonly T[], b: readonly T[], max: number): readonly T[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  let out: T[] | undefined;
  for (const item of b) {
    const list = out ?? a;
    if (list.includes(item) || list.length >= max) continue;
    out ??= [...a];
    out.push(item);
  }
  return out ?? a;
}

/** Joins labels: one of each kind and detail, the most certain one. */
export function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  let out: Taint[] | undefined;
  for (const taint of b) {
    const list = out ?? a;
    const at = list.findIndex((t) => t.kind === taint.kind && t.detail === taint.detail);
    if (at < 0) {
      if (list.length >= MAX_TAINTS) continue;
      out ??= [...a];
      out.push(taint);
    } else if (taint.weak < list[at]!.weak) {
      out ??= [...a];
      out[at] = taint;
    }
  }
  return out ?? a;
}

/** What either can be. Returns `a` itself when `b` adds nothing. */
export function join(a: Value, b: Value): Value {
  if (a === b || b === NEVER) return a;
  if (a === NEVER) return b;
  const consts = union(a.consts, b.consts, MAX_CONSTS);
  const apis = union(a.apis, b.apis, MAX_REFS);
  const funcs = union(a.funcs, b.funcs, MAX_REFS);
  const objects = union(a.objects, b.objects, MAX_REFS);
  const taints = joinTaints(a.taints, b.taints);
  const full = consts.length >= MAX_CONSTS && b.consts.some((c) => !consts.includes(c));
  const open = a.open || b.open || full;
  if (
    consts === a.consts &&
    apis === a.apis &&
    funcs === a.funcs &&
    objects === a.objects &&
    taints === a.taints &&
    open === a.open
  ) {
    return a;
  }
  return { consts, apis, funcs, objects, taints, open };
}

export function joinAll(values: readonly Value[]): Value {
  let out: Value = NEVER;
  for (const value of values) out = join(out, value);
  return out;
}

/** The same value with more labels. */
export function withTaints(value: Value, taints: readonly Taint[]): Value {
  const joined = joinTaints(value.taints, taints);
  return joined === value.taints ? value : { ...value, taints: joined };
}

export function withoutTaints(value: Value, drop: (taint: Taint) => boolean): Value {
  return value.taints.some(drop) ? { ...value, taints: value.taints.filter((t) => !drop(t)) } : value;
}

/** The labels after one more call into unknown code; those that say nothing any more are dropped. */
export function weaken(taints: readonly Taint[]): readonly Taint[] {
  if (taints.length === 0) return taints;
  return taints.filter((t) => t.weak < MAX_WEAK).map((t) => ({ ...t, weak: t.weak + 1 }));
}

/** Adds a place to the way of each label; repeated and over-long ways stay as they are. */
export function stepTaints(taints: readonly Taint[], file: string, pos: number, what: string): readonly Taint[] {
  if (taints.length === 0) return taints;
  return taints.map((taint) => {
    const prev = taint.step;
    if (prev.length >= MAX_STEPS || (prev.file === file && prev.pos === pos)) return taint;
    return { ...taint, step: { file, pos, what, prev, length: prev.length + 1 } };
  });
}

export function newTaint(kind: TaintKind, detail: string, file: string, pos: number, what: string): Taint {
  return { kind, detail, weak: 0, step: { file, pos, what, prev: undefined, length: 1 } };
}

/** True when nothing is known but that it is something. */
export function isPlainOpen(value: Value): boolean {
  return (
    value.open &&
    value.consts.length === 0 &&
    value.apis.length === 0 &&
    value.funcs.length === 0 &&
    value.objects.length === 0 &&
    value.taints.length === 0
  );
}

/** The strings this value can be; an unknown alternative is one `HOLE`. */
export function stringsOf(value: Value): readonly string[] {
  const out = value.consts.map(String);
  const other = value.apis.length + value.funcs.length + value.objects.length > 0;
  if (value.open || other || out.length === 0) out.push(HOLE);
  return out;
}

/** The constant strings only; unknown alternatives are left out. */
export function constStrings(value: Value): readonly string[] {
  return value.consts.filter((c): c is string => typeof c === 'string');
}

/** Fully known strings: no `HOLE` inside. */
export function wholeStrings(value: Value): readonly string[] {
  return constStrings(value).filter((s) => !s.includes(HOLE));
}

const MAX_TEXT = 200_000;

/** All concatenations of the parts, capped; labels are joined. */
export function concatenate(parts: readonly Value[], taints: readonly Taint[] = NONE): Value {
  let texts: string[] = [''];
  let labels = taints;
  let capped = false;
  for (const part of parts) {
    labels = joinTaints(labels, part.taints);
    const options = stringsOf(part);
    if (options.length === 1) {
      texts = texts.map((t) => t + options[0]!);
    } else {
      const next = new Set<string>();
      for (const text of texts) for (const option of options) next.add(text + option);
      texts = [...next];
      if (texts.length > MAX_CONSTS) {
        texts = texts.slice(0, MAX_CONSTS);
        capped = true;
      }
    }
    if (texts.some((t) => t.length > MAX_TEXT)) texts = texts.map((t) => t.slice(0, MAX_TEXT));
  }
  const known = texts.map((t) => t.replaceAll(/\uE000{2,}/g, HOLE)).filter((t) => t !== HOLE);
  const open = capped || known.length < texts.length;
  return { ...NEVER, consts: [...new Set(known)], taints: labels, open };
}

const signatures = new WeakMap<Value, string>();

/**
 * A short key that tells arguments apart for the table of analysed calls. Functions and objects count by the place that
 * makes them, so that the table stays finite.
 */
export function signature(value: Value): string {
  const known = signatures.get(value);
  if (known !== undefined) return known;
  let out = value.open ? '?' : '';
  for (const c of value.consts)
    out += typeof c === 'string' && c.length > 80 ? `s${c.length}:${hash(c)},` : `${typeof c}${c},`;
  for (const name of value.apis) out += `a${name},`;
  for (const f of value.funcs) out += `f${f.kind === 'closure' ? f.site : f.id},`;
  for (const o of value.objects) out += `o${o.site},`;
  for (const t of value.taints) out += `t${t.kind}${t.weak}${t.detail},`;
  signatures.set(value, out);
  return out;
}

function hash(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) | 0;
  return h;
}
