import type { SyntaxNode } from '../types.ts';
import type { Closure } from './callable.ts';
import { callValue } from './calls.ts';
import { isCredentialName } from '../data/credential-names.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import { Obj } from './object.ts';
import {
  api,
  constant,
  HOLE,
  join,
  joinAll,
  NEVER,
  object,
  OPEN,
  type Taint,
  type Value,
  withTaints,
} from './value.ts';

/** Marks the field that holds a getter. No source name starts with it. */
export const GETTER = '\0get ';

/** Members whose value says little of what it is read from. */
const DROPPED = new Set([
  'length',
  'size',
  'ok',
  'status',
  'statusCode',
  'byteLength',
  'name',
  'ended',
  'closed',
  'code',
]);

/** `value[key]` for any key. */
export function readKey(machine: Machine, value: Value, key: Value, node: SyntaxNode, frame: Frame): Value {
  const names = key.consts.map(String).filter((k) => !k.includes(HOLE));
  let out: Value = NEVER;
  for (const name of names) out = join(out, readNamed(machine, value, name, node, frame));
  const unsure = key.open || names.length === 0 || names.length < key.consts.length;
  return unsure ? join(out, readUnknown(machine, value, key, node, frame)) : out;
}

function readUnknown(machine: Machine, value: Value, key: Value, node: SyntaxNode, frame: Frame): Value {
  let out: Value = value.open ? OPEN : NEVER;
  for (const obj of withParents(machine, value.objects)) {
    out = join(out, obj.elements(machine.round));
    if (obj.kind !== 'instance') out = join(out, ofParents(machine, obj, node, frame));
  }
  for (const name of value.apis) out = join(out, frame.unit.language.readApi(machine, name, '*', node, frame));
  for (const text of value.consts) if (typeof text === 'string') out = join(out, OPEN);
  const taints = value.taints.filter((t) => t.kind !== 'env-all' || !value.apis.length);
  out = withTaints(out, taints);
  // Over all names of the environment, reading one by one is reading it all.
  const names = key.taints.find((t) => t.kind === 'env-names');
  if (names && isEnvironment(value)) {
    out = withTaints(out, [machine.taint('env-all', '', node, frame, 'reads every environment variable by name')]);
  }
  return out;
}

/** What an unknown key gives of a parent that is no object of the scanned code. */
function ofParents(machine: Machine, obj: Obj, node: SyntaxNode, frame: Frame): Value {
  const parents = obj.parents.read(machine.round);
  if (parents === NEVER) return NEVER;
  let out: Value = parents.open ? OPEN : NEVER;
  for (const name of parents.apis) out = join(out, frame.unit.language.readApi(machine, name, '*', node, frame));
  return withTaints(
    out,
    parents.taints.filter((t) => t.kind !== 'env-all' || !parents.apis.length),
  );
}

const MAX_PARENTS = 60;

/** Objects with those they take members from, each once: spread objects, and what is re-exported. Classes are left out. */
function withParents(machine: Machine, objects: readonly Obj[]): readonly Obj[] {
  const out = [...objects];
  for (let i = 0; i < out.length && out.length < MAX_PARENTS; i++) {
    const obj = out[i]!;
    if (obj.kind === 'instance') continue;
    for (const parent of obj.parents.read(machine.round).objects) if (!out.includes(parent)) out.push(parent);
  }
  return out;
}

function isEnvironment(value: Value): boolean {
  return (
    value.taints.some((t) => t.kind === 'env-all') ||
    value.objects.some((o) => o.parents.value.taints.some((t) => t.kind === 'env-all'))
  );
}

/** `value.name`. */
export function readNamed(machine: Machine, value: Value, name: string, node: SyntaxNode, frame: Frame): Value {
  let out: Value = value.open ? OPEN : NEVER;
  for (const obj of value.objects) out = join(out, readField(machine, obj, name, node, frame));
  for (const apiName of value.apis) out = join(out, frame.unit.language.readApi(machine, apiName, name, node, frame));
  for (const callable of value.funcs) {
    if (callable.kind === 'closure') out = join(out, readStatic(machine, callable, name, node, frame));
    else out = join(out, OPEN);
  }
  for (const text of value.consts) out = join(out, readOfConst(text, name));
  if (value.taints.length > 0 && !DROPPED.has(name)) {
    out = withTaints(out, memberTaints(machine, value.taints, name, node, frame, value.apis.length > 0));
  }
  return out;
}

function readOfConst(text: Value['consts'][number], name: string): Value {
  if (typeof text !== 'string') return NEVER;
  if (name === 'length') return text.includes(HOLE) ? OPEN : constant(text.length);
  if (name === 'constructor') return api('String');
  if (/^\d+$/.test(name) && !text.includes(HOLE)) {
    const char = text[Number(name)];
    return char === undefined ? NEVER : constant(char);
  }
  return OPEN;
}

/** Labels of one member. One variable of the environment is not the environment. */
function memberTaints(
  machine: Machine,
  taints: readonly Taint[],
  name: string,
  node: SyntaxNode,
  frame: Frame,
  fromApi: boolean,
): readonly Taint[] {
  const out: Taint[] = [];
  for (const taint of taints) {
    if (taint.kind === 'env-all') {
      // The model of the platform answers for the variable itself.
      if (fromApi) continue;
      if (isCredentialName(name))
        out.push(machine.taint('env-secret', name, node, frame, `reads ${name} of the environment`));
    } else if (taint.kind !== 'env-names' || name !== 'length') out.push(taint);
  }
  return out;
}

/** A member of an object: its own, a getter's result, one of its class, or one of the platform. */
function readField(machine: Machine, start: Obj, name: string, node: SyntaxNode, frame: Frame): Value {
  if (start.kind === 'array' && name === 'length') return start.exact ? constant(start.length) : OPEN;
  let out: Value = NEVER;
  const chain = [start];
  for (let i = 0; i < chain.length && chain.length < MAX_PARENTS; i++) {
    const obj = chain[i]!;
    out = join(out, readOwn(machine, obj, start, name, node, frame));
    const own = obj.has(name);
    if (own && obj.kind !== 'instance') continue;
    if (obj.api !== undefined && !own)
      out = join(out, frame.unit.language.readApi(machine, obj.api, name, node, frame));
    const parents = obj.parents.read(machine.round);
    if (parents === NEVER) continue;
    for (const parent of parents.objects) if (!chain.includes(parent)) chain.push(parent);
    for (const callable of parents.funcs) {
      if (callable.kind !== 'closure') continue;
      const prototype = prototypeOf(machine, callable);
      if (!chain.includes(prototype)) chain.push(prototype);
    }
    out = join(out, readOfPlatform(machine, parents, name, node, frame));
  }
  return out;
}

/** A member of an object itself; a getter runs with `start` as `this`. */
function readOwn(machine: Machine, obj: Obj, start: Obj, name: string, node: SyntaxNode, frame: Frame): Value {
  const field = obj.fields.get(name);
  let rest = obj.rest.read(machine.round);
  // What lies under unknown keys may be the variables of the environment; a known name picks one of them.
  if (rest.taints.some((t) => t.kind === 'env-all') && obj.kind !== 'array') {
    rest = { ...rest, taints: memberTaints(machine, rest.taints, name, node, frame, false) };
  }
  const out = field ? join(field.read(machine.round), rest) : rest;
  const getter = obj.fields.get(GETTER + name);
  if (!getter) return out;
  const site = { node, frame, self: object(start), args: [], rest: undefined, keywords: undefined, isNew: false, name };
  return join(out, callValue(machine, getter.read(machine.round), site));
}

/** A member of those parents that are no objects of the scanned code. */
function readOfPlatform(machine: Machine, parents: Value, name: string, node: SyntaxNode, frame: Frame): Value {
  let out: Value = parents.open ? OPEN : NEVER;
  for (const apiName of parents.apis) out = join(out, frame.unit.language.readApi(machine, apiName, name, node, frame));
  return withTaints(out, memberTaints(machine, parents.taints, name, node, frame, parents.apis.length > 0));
}

/** The object that instances of a function or class inherit from. */
export function prototypeOf(machine: Machine, closure: Closure): Obj {
  if (!closure.prototype) {
    closure.prototype = new Obj(machine.id(), 'object');
    closure.prototype.prototypeFor = closure;
    if (closure.classInfo) closure.prototype.parents.write(machine.round, closure.classInfo.superClass);
  }
  return closure.prototype;
}

/** The object that holds `f.x`. */
export function staticsOf(machine: Machine, closure: Closure): Obj {
  closure.statics ??= new Obj(machine.id(), 'object');
  return closure.statics;
}

function readStatic(machine: Machine, closure: Closure, name: string, node: SyntaxNode, frame: Frame): Value {
  if (name === 'prototype') return object(prototypeOf(machine, closure));
  if (name === 'constructor') return api('Function');
  let out = closure.statics ? readField(machine, closure.statics, name, node, frame) : NEVER;
  if (out === NEVER && closure.classInfo) {
    out = readNamed(machine, closure.classInfo.superClass, name, node, frame);
    // Python: `Class.method`.
    if (closure.prototype?.has(name)) out = join(out, closure.prototype.own(machine.round, name));
  }
  return out;
}

/** `value[key] = written`. */
export function writeKey(
  machine: Machine,
  target: Value,
  key: Value,
  written: Value,
  node: SyntaxNode,
  frame: Frame,
): void {
  const names = key.consts.map(String).filter((k) => !k.includes(HOLE));
  const unsure = key.open || names.length === 0;
  for (const obj of target.objects) {
    for (const name of names) writeField(machine, obj, name, written, node, frame);
    if (unsure) obj.writeRest(machine.round, written);
  }
  for (const callable of target.funcs) {
    if (callable.kind !== 'closure') continue;
    for (const name of names) {
      if (name === 'prototype') prototypeOf(machine, callable).parents.write(machine.round, written);
      else staticsOf(machine, callable).write(machine.round, name, written);
    }
  }
  for (const name of target.apis) frame.unit.language.writeApi(machine, name, names[0] ?? '*', written, node, frame);
}

function writeField(machine: Machine, obj: Obj, name: string, written: Value, node: SyntaxNode, frame: Frame): void {
  if (obj.kind === 'array' && /^\d{1,4}$/.test(name)) obj.length = Math.max(obj.length, Number(name) + 1);
  if (obj.prototypeFor) {
    for (const callable of written.funcs) if (callable.kind === 'closure') callable.owner ??= obj.prototypeFor;
  }
  obj.write(machine.round, name, written);
  if (obj.api !== undefined) frame.unit.language.writeApi(machine, obj.api, name, written, node, frame, obj);
}

/** Everything that iterating over a value can give, one element at a time. */
export function elementsOf(machine: Machine, value: Value): Value {
  let out: Value = value.open ? OPEN : NEVER;
  for (const obj of withParents(machine, value.objects)) {
    out = join(out, obj.elements(machine.round));
    const parents = obj.parents.read(machine.round);
    if (obj.kind === 'instance' || parents === NEVER) continue;
    if (parents.open || parents.apis.length > 0) out = join(out, OPEN);
    out = withTaints(out, parents.taints);
  }
  for (const text of value.consts) {
    if (typeof text !== 'string') continue;
    out = join(out, text.length <= 12 && !text.includes(HOLE) ? joinAll([...text].map(constant)) : OPEN);
  }
  if (value.apis.length > 0) out = join(out, OPEN);
  return withTaints(out, value.taints);
}
